"""The table of contents: a flat list of lines in, a tree by code out (pages.md, "The table of contents").

Every line is an entry, a version of an entry, or an entry with a finding; none is dropped.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bs4 import BeautifulSoup
from bs4.element import Comment, Doctype, PageElement, Tag

from manual.citation import parent_of
from manual.model import (
    Code,
    ContentsKind,
    ContentsLine,
    Finding,
    ParsedPage,
    SitePath,
    Statement,
    contents_kind,
)
from manual.parse.addresses import folder_of, site_path_of_link
from manual.parse.headings import Heading, letters_of, read_heading, starts_with_code, with_mark_below
from manual.parse.inline import Inline, read_inline
from manual.parse.soup import HIDDEN, body_of
from manual.publisher import INZ, Publisher

# Expand QZ1 Fair wind | Collapse QZ4 Sound boats | [Expand] QZ5 Crews
_BUTTON = re.compile(r"(\[)?(?:Expand|Collapse)(?(1)\])(?:\s+(?=[A-Z])|$)")
# • QZ1 Fair wind | | QZ1 Fair wind | | QZ1 Fair wind ....... 12
_BEFORE = re.compile(r"^(?:[•·▪●◦*|+–-]\s*)+")
_BEHIND = re.compile(r"(?:\s*\||\s?(?:\.\s?){4,200}[\w-]{0,8})\s*$")


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line as printed, and where its link leads."""

    text: str
    address: SitePath | None = None


@dataclass(slots=True)
class _Entry:
    line: int
    heading: Heading
    kind: ContentsKind
    address: SitePath | None
    standing: str
    """The top or heading it stands under, or the appendix."""
    parent: str | None = None
    depth: int = 0
    version_of: int | None = None

    @property
    def name(self) -> str:
        return self.heading.code or self.heading.title


def read_contents(lines: Sequence[PrintedLine], publisher: Publisher = INZ) -> ParsedPage:
    """Entries, statements and findings for all lines; the `n`th line has `line` n, a broken one counted once."""
    findings: list[Finding] = []
    entries = _entries(_whole(lines, publisher), findings, publisher)
    _old_versions(entries, findings)
    _parents(entries, findings)
    for entry in entries:
        findings += entry.heading.findings(f"line {entry.line}")
    return ParsedPage(
        kind="contents",
        title="Contents",
        contents=tuple(_contents_line(entry) for entry in entries),
        statements=tuple(_statement(entry) for entry in entries if entry.heading.code),
        findings=tuple(findings),
    )


def is_top(text: str, publisher: Publisher = INZ) -> bool:
    """Whether a line is one of the uncoded tops."""
    return " ".join(text.split()).casefold() in _tops(publisher)


@cache
def _tops(publisher: Publisher) -> frozenset[str]:
    return frozenset(top.casefold() for top in publisher.tops)


# ---------------------------------------------------------------- lines


def lines_of_text(text: str) -> list[PrintedLine]:
    """The lines of a text capture that hold anything, without the words on the buttons before them."""
    lines = (_BUTTON.sub("", " ".join(line.split())) for line in text.split("\n"))
    return [PrintedLine(bare) for line in lines if (bare := _BEHIND.sub("", _BEFORE.sub("", line)))]


def _whole(lines: Sequence[PrintedLine], publisher: Publisher) -> list[PrintedLine]:
    """The lines, with the title that stands below its code, and the mark below its title, in one piece."""
    found: list[PrintedLine] = []
    for line in lines:
        whole = _continued(found[-1], line, publisher) if found else None
        if whole is None:
            found.append(line)
        else:
            found[-1] = PrintedLine(whole, found[-1].address or line.address)
    return found


def _continued(line: PrintedLine, below: PrintedLine, publisher: Publisher) -> str | None:
    before, text = line.text, below.text
    if whole := with_mark_below(before, text, publisher):
        return whole
    above = read_heading(before, publisher)
    if above.code is None or above.title or above.suffixes or is_top(text, publisher):
        return None
    if _has_uncoded_children(above.code) or (line.address and below.address not in (None, line.address)):
        return None
    return f"{before} {text}" if text[:1].isupper() and not starts_with_code(text, publisher) else None


def _has_uncoded_children(code: Code) -> bool:
    """Whether lines without a code stand below it: an appendix has them (`Russia (to D)`), and a mark is theirs."""
    return " " in code


def is_outline(lines: Sequence[str]) -> bool:
    """Whether these are the contents of the pre-2010 edition, which print their buttons as `Expand` and `Collapse`."""
    return sum(1 for line in lines if _BUTTON.match(line.strip())) >= 2


def lines_of_html(
    soup: BeautifulSoup, site_path: SitePath | None, publisher: Publisher = INZ
) -> list[PrintedLine]:
    """One line for each link and for each other line of text, at any depth."""
    folder = folder_of(site_path, publisher)
    return [line for inline in _inlines(body_of(soup)) for line in _split(inline, folder, publisher)]


def _inlines(node: Tag) -> Iterator[Inline]:
    run: list[PageElement] = []
    for child in node.contents:
        if isinstance(child, Tag) and child.name not in HIDDEN and _is_container(child):
            yield from _flushed(run)
            yield from _inlines(child)
        elif not isinstance(child, Comment | Doctype):
            run.append(child)
    yield from _flushed(run)


_INLINE = frozenset(
    {"a", "b", "i", "em", "strong", "span", "font", "br", "img", "u", "small", "sup", "sub", "nobr", "input"}
)


def _is_container(tag: Tag) -> bool:
    return tag.name not in _INLINE or any(isinstance(c, Tag) and _is_container(c) for c in tag.contents)


def _flushed(run: list[PageElement]) -> Iterator[Inline]:
    inline = read_inline(run)
    run.clear()
    for line in inline.lines():
        if line.text:
            yield line


def _split(inline: Inline, folder: str, publisher: Publisher) -> Iterator[PrintedLine]:
    """Each link with the words after it, unless these start a new line."""
    bounds = [link.start for link in inline.links] or [0]
    if bounds[0] > 0 and inline.text[: bounds[0]].strip():
        yield PrintedLine(inline.text[: bounds[0]].strip())
    for number, start in enumerate(bounds):
        end = bounds[number + 1] if number + 1 < len(bounds) else len(inline.text)
        link = inline.links[number] if inline.links else None
        address = site_path_of_link(link.href, folder, publisher) if link else None
        text = inline.text[start:end].strip()
        if text:
            yield PrintedLine(text, address)


# ---------------------------------------------------------------- the tree


def _entries(lines: Sequence[PrintedLine], findings: list[Finding], publisher: Publisher) -> list[_Entry]:
    """Entries with their kinds, from shape and position. A line without a code is a heading if a coded line follows."""
    entries: list[_Entry] = []
    parts = letters_of([read_heading(line.text, publisher).code for line in lines])
    top = standing = appendix = ""
    for number, line in enumerate(lines, 1):
        heading = read_heading(line.text, publisher, lettered=True, parts=parts)
        kind = _kind(heading, line.text, top, appendix, publisher)
        if kind == "top":
            top = standing = heading.title
            appendix = ""
        elif kind == "heading":
            standing = heading.title
            _check_heading(number, lines, parts, findings, publisher)
        elif kind == "appendix":
            appendix = heading.code or ""
        under = {"top": "", "heading": top, "appendix": top, "appendix_child": appendix}.get(kind, standing)
        entries.append(_Entry(number, heading, kind, line.address, under))
    return entries


def _kind(heading: Heading, text: str, top: str, appendix: str, publisher: Publisher) -> ContentsKind:
    code = heading.code
    if code is None:
        if is_top(text, publisher):
            return "top"
        below = appendix and top.casefold() == publisher.appendices.casefold()
        return "appendix_child" if below else "heading"
    return contents_kind(code)


def _check_heading(
    number: int,
    lines: Sequence[PrintedLine],
    parts: frozenset[str],
    findings: list[Finding],
    publisher: Publisher,
) -> None:
    following = lines[number].text if number < len(lines) else ""
    if read_heading(following, publisher, lettered=True, parts=parts).code is None:
        message = f"{lines[number - 1].text[:80]!r} has no code and no coded line follows it"
        findings.append(Finding("info", "uncoded_line", message, locator=f"line {number}"))


def _old_versions(entries: Sequence[_Entry], findings: list[Finding]) -> None:
    """A repeated line with a date is an old version of the line without one; without a date it stays an entry."""
    by_code: dict[Code, list[_Entry]] = defaultdict(list)
    for entry in entries:
        if entry.heading.code:
            by_code[entry.heading.code].append(entry)
    for code, same in by_code.items():
        first = next((e for e in same if not e.heading.dated), same[0])
        for entry in same:
            if entry is not first and entry.heading.suffixes:
                entry.version_of = first.line
        own = [entry for entry in same if entry.version_of is None]
        if len(own) > 1:
            places = ", ".join(str(entry.line) for entry in own)
            titles = " and ".join(dict.fromkeys(repr(entry.heading.title) for entry in own))
            message = f"{code} stands on lines {places} without a date to tell them apart: {titles}"
            findings.append(Finding("warning", "code_twice", message, code, locator=f"line {own[-1].line}"))
        elif first.heading.dated:
            message = f"the only line of {code} is dated like an old version: {first.heading.suffix}"
            findings.append(Finding("info", "only_old_version", message, code, locator=f"line {first.line}"))


def _parents(entries: Sequence[_Entry], findings: list[Finding]) -> None:
    """Entries are nested by code, not by position. One without a parent by code goes under the latest top or
    heading."""
    first_lines: dict[str, _Entry] = {}
    for entry in entries:
        if entry.version_of is None:
            first_lines.setdefault(entry.name if entry.heading.code else f"\0{entry.heading.title}", entry)
    done: dict[int, int] = {}
    for entry in entries:
        entry.parent = _parent(entry, first_lines, findings)
    for entry in entries:
        entry.depth = _depth(entry, first_lines, done)


def _parent(entry: _Entry, first_lines: dict[str, _Entry], findings: list[Finding]) -> str | None:
    code = entry.heading.code
    if code is None or entry.kind == "appendix":
        return entry.standing or None
    above = parent_of(code)
    while above is not None:
        if above in first_lines:
            return above
        if entry.kind == "section":
            message = f"{code} stands here and {above} does not"
            findings.append(Finding("info", "parent_missing", message, code, locator=f"line {entry.line}"))
        above = parent_of(above)
    return entry.standing or None


def _depth(entry: _Entry, first_lines: dict[str, _Entry], done: dict[int, int]) -> int:
    depth, seen = 0, set[int]()
    current: _Entry | None = entry
    while current is not None and current.parent is not None and current.line not in seen:
        if current.line in done:
            depth += done[current.line]
            break
        seen.add(current.line)
        depth += 1
        parent = current.parent
        current = first_lines.get(parent) or first_lines.get(f"\0{parent}")
    done[entry.line] = depth
    return depth


# ---------------------------------------------------------------- what comes out


def _contents_line(entry: _Entry) -> ContentsLine:
    heading = entry.heading
    return ContentsLine(
        line=entry.line,
        code=heading.code,
        title=heading.title + ("..." if heading.truncated else ""),
        depth=entry.depth,
        parent=entry.parent,
        kind=entry.kind,
        suffix=heading.suffix,
        address=entry.address,
        starts=heading.starts("listed", f"line {entry.line}"),
        ends=heading.ends("listed", f"line {entry.line}"),
        version_of_line=entry.version_of,
    )


def _statement(entry: _Entry) -> Statement:
    heading = entry.heading
    assert heading.code is not None
    locator = f"line {entry.line}"
    return Statement(
        kind="contents",
        code=heading.code,
        title=heading.title,
        title_truncated=heading.truncated,
        address=entry.address,
        starts=heading.starts("listed", locator),
        ends=heading.ends("listed", locator),
        suffix=heading.suffix,
        shown_as_old=heading.dated,
        position=entry.line - 1,
        locator=locator,
    )
