"""Running text with its links: the inline nodes of one paragraph as a string, with positions of links in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bs4.element import NavigableString, PageElement, Tag

from manual.parse.soup import BLOCKS, FOREIGN, HIDDEN, attribute, is_struck, raised, text_of

# Control characters, marks that turn the direction of writing, and characters of no width.
_UNWANTED = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\xad]"
)
_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class LinkedWords:
    """A link in a text: characters `start` (included) to `end` (excluded), and what the source says of it."""

    start: int
    end: int
    href: str
    title: str


@dataclass(frozen=True, slots=True)
class Inline:
    """A text with single spaces and `\\n` for line breaks, and its links in order."""

    text: str
    links: tuple[LinkedWords, ...] = ()
    marks: tuple[str, ...] = ()
    """Names of unwanted characters that were left out: `direction_marks`."""
    struck: tuple[str, ...] = ()
    """Words that the page shows struck out. They are not in `text`."""

    def lines(self) -> Iterator[Inline]:
        """One `Inline` for each line that is not empty, with the links' positions adjusted."""
        if "\n" not in self.text:
            yield self
            return
        position = 0
        for line in self.text.split("\n"):
            if line.strip():
                yield self.part(position, position + len(line))
            position += len(line) + 1

    def part(self, start: int, end: int) -> Inline:
        """Characters `start` to `end` with their links, without spaces around them."""
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
        return self.part(count, len(self.text))


@dataclass(slots=True)
class _TextRun:
    """Collects pieces of text; white space is added only when a word follows."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    space: bool = False
    links: list[LinkedWords] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)
    struck: list[str] = field(default_factory=list)
    table: dict[int, int] | None = None
    """How characters are written where they stand raised or lowered."""

    def add(self, raw: str) -> None:
        if not raw.isprintable():
            raw = self._clean(raw)
        words = raw.split()
        if not words:
            self.space = self.space or bool(raw)
            return
        if (self.space or raw[0].isspace()) and self.length and self.pieces[-1][-1] != "\n":
            self._push(" ")
        text = " ".join(words)
        self._push(text.translate(self.table) if self.table else text)
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
        return Inline(text, links, tuple(sorted(self.marks)), tuple(self.struck))


def _trimmed(link: LinkedWords, text: str, lead: int) -> LinkedWords | None:
    start, end = max(0, link.start - lead), min(len(text), link.end - lead)
    while start < end and text[start].isspace():
        start += 1
    return replace(link, start=start, end=end) if start < end else None


def read_inline(nodes: list[PageElement]) -> Inline:
    """The text of neighbouring inline nodes."""
    run = _TextRun()
    for node in nodes:
        _add(run, node)
    return run.result()


def _add(run: _TextRun, node: PageElement) -> None:
    if type(node) is NavigableString:
        run.add(node)
    elif isinstance(node, Tag) and node.name not in HIDDEN:
        _add_tag(run, node)


def _add_tag(run: _TextRun, tag: Tag) -> None:
    if tag.name == "br":
        run.line_break()
    elif tag.name == "img":
        _add_image(run, tag)
    elif is_struck(tag):
        run.struck += filter(None, [text_of(tag)])
    elif (mark := raised(tag)) and not run.table:
        _add_raised(run, tag, mark)
    elif tag.name in _FORMULAS and len(parts := [c for c in tag.contents if isinstance(c, Tag)]) == 2:
        _add_formula(run, tag.name, parts)
    else:
        _add_all(run, tag)


def _add_all(run: _TextRun, tag: Tag) -> None:
    if tag.name in BLOCKS:
        run.line_break()
    run.space = run.space or tag.name in _APART
    start = run.length
    for child in tag.contents:
        _add(run, child)
    if tag.name in BLOCKS:
        run.line_break()
    run.space = run.space or tag.name in _APART
    if tag.name == "a" and run.length > start and (href := attribute(tag, "href")):
        run.links.append(
            LinkedWords(start, run.length, href.strip(), " ".join(attribute(tag, "title").split()))
        )


_APART = frozenset({"text", "mtd", "legend", "canvas", "video", "audio", "rt", "option", "summary"}) | FOREIGN
"""Pieces of a drawing or a formula that stand apart without a space between them in the source."""
_FORMULAS = {"msup": "^", "msub": "_", "mfrac": "/"}

_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_ORDINAL = frozenset({"st", "nd", "rd", "th"})


def _add_raised(run: _TextRun, tag: Tag, mark: str) -> None:
    """Keep the meaning of superscript and subscript: 10⁶ is not 106 (reports r09). `1st` stays plain, as it is part of
    a date, and so do note signs such as * and †, which look raised anyway."""
    words = "".join(text_of(tag).split())
    table = _RAISED if mark == "^" else _LOWERED
    plain = words.lower() in _ORDINAL or not any(char.isalnum() for char in words)
    if plain:
        _add_all(run, tag)
    elif all(ord(char) in table for char in words):
        run.table = table
        _add_all(run, tag)
        run.table = None
    else:
        run.add(f"{mark}(")
        _add_all(run, tag)
        run.space = False
        run.add(")")


def _add_formula(run: _TextRun, name: str, parts: list[Tag]) -> None:
    """A fraction or power in a formula, with brackets where it would otherwise be unclear where it ends."""
    mark = _FORMULAS[name]
    first, second = parts
    _add_operand(run, first)
    if mark == "/":
        run.add("/")
        _add_operand(run, second)
    else:
        _add_raised(run, second, mark)


def _add_operand(run: _TextRun, tag: Tag) -> None:
    bracketed = tag.name == "mrow" and len(tag.contents) > 1
    run.add("(" if bracketed else "")
    _add_all(run, tag)
    run.add(")" if bracketed else "")


def _add_image(run: _TextRun, tag: Tag) -> None:
    """A picture becomes its description; the arrows of the viewer are left out."""
    described = " ".join(attribute(tag, "alt").split())
    if described and described.lower() not in ("previous topic", "next topic", "*", "bullet"):
        run.add(f"[{described}]")
