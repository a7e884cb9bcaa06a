"""Running text with its links: one paragraph's worth of inline nodes as a string and spans in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bs4.element import NavigableString, PageElement, Tag

from manual.parse.soup import BLOCKS, HIDDEN, attribute

# Control characters, marks that turn the direction of writing, and characters of no width.
_UNWANTED = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\xad]"
)
_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a text: characters `start` (included) to `end` (excluded), and what the source says of it."""

    start: int
    end: int
    href: str
    title: str


@dataclass(frozen=True, slots=True)
class Inline:
    """A text with single spaces and `\\n` for line breaks, and its links in order."""

    text: str
    links: tuple[Link, ...] = ()
    marks: tuple[str, ...] = ()
    """Names of unwanted characters that were left out: `direction_marks`."""

    def lines(self) -> Iterator[Inline]:
        """One for each line that holds anything, links moved along."""
        if "\n" not in self.text:
            yield self
            return
        position = 0
        for line in self.text.split("\n"):
            if line.strip():
                yield self._part(position, position + len(line))
            position += len(line) + 1

    def _part(self, start: int, end: int) -> Inline:
        text = self.text[start:end]
        lead = len(text) - len(text.lstrip())
        text = text.strip()
        first = start + lead
        links = tuple(
            replace(link, start=max(0, link.start - first), end=min(len(text), link.end - first))
            for link in self.links
            if link.start < first + len(text) and link.end > first
        )
        return Inline(text, links, self.marks)

    def after(self, count: int) -> Inline:
        """Without the first `count` characters and the spaces that follow them."""
        return self._part(count, len(self.text))


@dataclass(slots=True)
class _Run:
    """Gathers pieces; white space is held back until a word follows."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    space: bool = False
    links: list[Link] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)

    def add(self, raw: str) -> None:
        if not raw.isprintable():
            raw = self._clean(raw)
        words = raw.split()
        if not words:
            self.space = self.space or bool(raw)
            return
        if (self.space or raw[0].isspace()) and self.length and self.pieces[-1][-1] != "\n":
            self._push(" ")
        self._push(" ".join(words))
        self.space = raw[-1].isspace()

    def _clean(self, raw: str) -> str:
        if _TURNING.search(raw):
            self.marks.add("direction_marks")
        return _UNWANTED.sub("", raw)

    def line_break(self) -> None:
        if self.pieces and self.pieces[-1] != "\n":
            self._push("\n")
        self.space = False

    def _push(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)

    def result(self) -> Inline:
        text = "".join(self.pieces)
        lead = len(text) - len(text.lstrip())
        text = text.strip()
        links = tuple(link for raw in self.links if (link := _trimmed(raw, text, lead)))
        return Inline(text, links, tuple(sorted(self.marks)))


def _trimmed(link: Link, text: str, lead: int) -> Link | None:
    start, end = max(0, link.start - lead), min(len(text), link.end - lead)
    while start < end and text[start].isspace():
        start += 1
    return replace(link, start=start, end=end) if start < end else None


def read_inline(nodes: list[PageElement]) -> Inline:
    """The text of some neighbouring nodes that stand in one line."""
    run = _Run()
    for node in nodes:
        _add(run, node)
    return run.result()


def _add(run: _Run, node: PageElement) -> None:
    if type(node) is NavigableString:
        run.add(node)
    elif isinstance(node, Tag) and node.name not in HIDDEN:
        _add_tag(run, node)


def _add_tag(run: _Run, tag: Tag) -> None:
    if tag.name == "br":
        run.line_break()
        return
    if tag.name == "img":
        _add_image(run, tag)
        return
    if tag.name in BLOCKS:
        run.line_break()
    start = run.length
    for child in tag.contents:
        _add(run, child)
    if tag.name in BLOCKS:
        run.line_break()
    if tag.name == "a" and run.length > start and (href := attribute(tag, "href")):
        run.links.append(Link(start, run.length, href.strip(), " ".join(attribute(tag, "title").split())))


def _add_image(run: _Run, tag: Tag) -> None:
    """A picture stands for its description; the arrows of the viewer stand for nothing."""
    described = " ".join(attribute(tag, "alt").split())
    if described and described.lower() not in ("previous topic", "next topic", "*", "bullet"):
        run.add(f"[{described}]")
