"""A page copied as text to a `Reading`: numbered lists with indentation, flat `- ` items, or run-together lines.

Where indentation was kept, labels are computed from it. Where it was lost, no labels are made up and the structure is
`flat`. Where words of glossary links were dropped, the text is `damaged`.

    lines -> unfolded -> head: frame and heading -> body: text, feet, lists -> joined, tables -> items -> tree
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from manual.dates import DAY
from manual.model import Code, ListStyle
from manual.parse.draft import BlockDraft, items_by_depth
from manual.parse.headings import Heading, continued_row, read_heading, starts_with_code, with_mark_below
from manual.parse.reading import RELATED_HEADING, Foot, Reading, is_foot, without_brackets
from manual.parse.text_fold import bounded, unfolded
from manual.parse.text_frame import is_banner_line, is_frame_below, is_signpost, read_head
from manual.parse.text_join import is_bare_code, joined, opens_no_list, with_whole_frame
from manual.parse.text_line import NOTE, STOPS, Line, is_item, lines_of, mark_items
from manual.parse.text_lost import judge
from manual.parse.text_tables import with_tables
from manual.publisher import INZ, Publisher

MAX_HEADING = 90
MAX_TITLE = 60
"""Of a page without a code."""

_VIEWER = re.compile(r"(?:previous|next)\s+topic", re.IGNORECASE)
# PURSUANT to section 380 of the Harbour Act 2009 and effective from the date of signature I, Ann Bell, …
_INSTRUMENT = re.compile(
    r"(?:pursuant\s+to|under|in\s+accordance\s+with|by\s+virtue\s+of)\b.*\b(?-i:I,?\s+[A-Z]|we\b)",
    re.IGNORECASE,
)


def read_text(text: str, publisher: Publisher = INZ) -> Reading:
    """Everything that the lines show, in order."""
    reading = Reading(publisher)
    read_unfolded(unfolded(lines_of(text), reading), reading)
    return reading


def read_unfolded(lines: Sequence[Line], reading: Reading, *, last: bool = True) -> None:
    """The same for lines that are already unfolded. `last`: no other text follows, so that the capture ends here."""
    lines = with_whole_frame(lines, reading.publisher)
    framed = any(_VIEWER.fullmatch(line.text) for line in lines[:HEAD])
    read_lines(_without_head(lines, reading), reading)
    if last:
        _judge_end(lines, reading, framed=framed)


HEAD = 6
"""The viewer's first lines, `Previous Topic` and `Next Topic`, stand within so many."""


def read_lines(lines: Sequence[Line], reading: Reading) -> None:
    """Read the lines below the heading of one page."""
    body = _Body(reading, lines).text()
    mark_items(body, reading)
    reading.drafts = _tree(body, reading.publisher)
    if any(_INSTRUMENT.match(line.text) for line in body):
        _keep_numbers(reading.drafts)
    items_by_depth(reading.drafts)
    judge(body, reading)


def _keep_numbers(drafts: Sequence[BlockDraft]) -> None:
    """Keep the printed numbers 1, 2 of an instrument's paragraphs; on other pages they stand for (a), (b)."""
    for draft in drafts:
        if draft.kind == "item" and draft.number is not None and not draft.style:
            draft.style = "decimal"


# ---------------------------------------------------------------- the head


def _without_head(lines: Sequence[Line], reading: Reading) -> list[Line]:
    """The lines below the heading, and those above it that are not frame. Banners and the heading are recorded."""
    head = read_head([line.text for line in lines], reading.publisher)
    reading.banners += head.banners
    kept = [line for place, line in enumerate(lines) if place not in head.frame]
    if head.heading is None:
        _title_without_code(kept, reading)
        if any(finding.kind == "one_line" for finding in reading.findings):
            message = "the page stands on one line, and no heading can be told in it: save it again"
            reading.find("error", "title_unbounded", message)
        return kept
    above = [line for place, line in enumerate(lines[: head.heading]) if place not in head.frame]
    for line in above:
        message = f"text above the heading was kept: {line.text[:60]!r}"
        reading.find("info", "outside_frame", message, f"line {line.number}")
    first, *rest = bounded(lines[head.heading], reading)
    below = [*rest, *lines[head.heading + 1 :]]
    below = _banners_below(_twins(first, below, reading), reading)
    return [*above, *_rest_of_heading(below, reading)]


def _rest_of_heading(below: list[Line], reading: Reading) -> list[Line]:
    """Take what a copy put on lines of their own: the title below its code, the mark below the title."""
    heading = read_heading(reading.heading, reading.publisher)
    if (
        below
        and heading.code
        and not heading.title
        and not heading.suffixes
        and _may_be_title(below[0], reading)
    ):
        reading.heading = f"{reading.heading} {below.pop(0).text}"
    if below and (whole := with_mark_below(reading.heading, below[0].text, reading.publisher)):
        reading.heading = whole
        del below[0]
    return below


def _may_be_title(line: Line, reading: Reading) -> bool:
    text = line.text
    if line.apart or line.indent or len(text) > MAX_HEADING or not text[:1].isupper() or text.endswith(STOPS):
        return False
    listed = RELATED_HEADING(reading.publisher).fullmatch(text) or starts_with_code(text, reading.publisher)
    return not (listed or is_foot(text) or is_item(text) or NOTE.match(text))


def _title_without_code(kept: list[Line], reading: Reading) -> None:
    """The title of front matter: its first line, if that looks like a title."""
    first = kept[0] if kept else None
    if first is None or len(first.text) > MAX_TITLE or first.text.endswith(STOPS) or NOTE.match(first.text):
        return
    headed = RELATED_HEADING(reading.publisher).fullmatch(first.text)
    if not headed and not starts_with_code(first.text, reading.publisher, lettered=True):
        reading.heading = kept.pop(0).text


def _twins(first: Line, below: list[Line], reading: Reading) -> list[Line]:
    """Treat a heading printed twice, once shortened or without its suffix, as one heading."""
    reading.heading = first.text
    while below:
        framed = _framed_below(below, reading.publisher)
        again = below[framed] if framed < len(below) else None
        whole = _whole_of(reading.heading, again.text, reading.publisher) if again else None
        if again is None or whole is None:
            break
        message = f"the heading stands twice; {whole[:80]!r} is kept"
        reading.find("info", "heading_twice", message, f"line {again.number}")
        reading.banners += [
            line.text for line in below[:framed] if not is_frame_below(line.text, reading.publisher)
        ]
        reading.heading = whole
        below = below[framed + 1 :]
    return below


def _framed_below(lines: Sequence[Line], publisher: Publisher) -> int:
    """The number of frame lines between the window title and the page's heading."""
    head = read_head([line.text for line in lines[:HEAD]], publisher)
    return len(head.frame) if head.heading is not None else 0


def _whole_of(one: str, other: str, publisher: Publisher) -> str | None:
    """Of two headings for one page, the fuller one; None if they name two pages or contradict each other."""
    a, b = (read_heading(text, publisher, lettered=True) for text in (one, other))
    if a.code is None or a.code != b.code or (a.suffixes and b.suffixes and a.suffix != b.suffix):
        return None
    if not _same_title(a, b):
        return None
    title = max(a, b, key=lambda heading: (not heading.truncated, len(heading.title), heading is b)).title
    return " ".join(part for part in (a.code, title, a.suffix or b.suffix) if part)


def _same_title(a: Heading, b: Heading) -> bool:
    if a.title.casefold() == b.title.casefold():
        return True
    cut, whole = sorted((a, b), key=lambda heading: (not heading.truncated, len(heading.title)))
    rest = whole.title[len(cut.title) :]
    begins = bool(cut.title) and whole.title.casefold().startswith(cut.title.casefold())
    return begins and (cut.truncated or rest.startswith(" ")) and not whole.title.endswith(STOPS)


def _banners_below(lines: Sequence[Line], reading: Reading) -> list[Line]:
    """Skip banners and the viewer's first lines, which some copies show between heading and text."""
    place = 0
    while place < len(lines) and (
        is_banner_line(lines[place].text, reading.publisher) or _VIEWER.fullmatch(lines[place].text)
    ):
        if not _VIEWER.fullmatch(lines[place].text):
            reading.banners.append(lines[place].text)
        place += 1
    return list(lines[place:])


# ---------------------------------------------------------------- text, feet and lists


class _Body:
    """Sorts the lines below a heading into text, feet and lists of other pages."""

    def __init__(self, reading: Reading, lines: Sequence[Line]) -> None:
        self.reading = reading
        self.publisher = reading.publisher
        self.own = read_heading(reading.heading, self.publisher, lettered=True).code
        last_foot = max((n for n, line in enumerate(lines) if is_foot(line.text)), default=len(lines))
        below = [piece for line in lines[last_foot:] for piece in _rows_beside(line, self.publisher)]
        self.lines = [*with_tables(joined(lines[:last_foot], self.publisher), reading), *below]
        self.end = min(len(self.lines) - len(below), _rows_at_end(self.lines, self.publisher))
        """Where the last foot stands, or the line before the rows of a list without heading; else the end."""
        self.placed_foot = None if self.end < len(self.lines) else _placed_foot(self.lines, self.publisher)
        self.kept: list[Line] = []
        self.rows_open = False

    def text(self) -> list[Line]:
        last = _before_frame(self.lines, self.publisher)
        for place, line in enumerate(self.lines[:last]):
            self._take(place, line)
        for foot in self.reading.foots:
            foot.after = 0 if foot.after < len(self.kept) else 1_000_000
        return self.kept

    def _take(self, place: int, line: Line) -> None:
        if self.rows_open or place > self.end:
            line = _without_bullet(line, self.publisher)
        if line.kind == "table":
            self.rows_open = False
            self.kept.append(line)
        elif is_foot(line.text) or place == self.placed_foot:
            self.reading.foots.append(Foot(without_brackets(line.text), len(self.kept)))
        elif self._is_frame(place, line):
            if is_banner_line(line.text, self.publisher):
                self.reading.banners.append(line.text)
        elif self._opens_list(place, line):
            self.reading.open_list(line.text)
            self.rows_open = True
        elif self._is_rest_of_row(line):
            pass
        elif self._is_row(place, line):
            if not self.rows_open:
                self.reading.open_list("")
            self.rows_open = True
            self.reading.add_row(line.text, None)
        else:
            self._keep(place, line)

    def _opens_list(self, place: int, line: Line) -> bool:
        headed = RELATED_HEADING(self.publisher).fullmatch(line.text) is not None
        return headed and not opens_no_list(self.lines, place, self.publisher)

    def _keep(self, place: int, line: Line) -> None:
        if self.rows_open and place > self.end:
            where = f"line {line.number}"
            self.reading.find("info", "row_without_code", f"no code in {line.text[:80]!r}", where)
        self.rows_open = False
        self.kept.append(line)

    def _is_frame(self, place: int, line: Line) -> bool:
        """Whether a line is frame: possible below a foot or in the lists, never in the text."""
        below = self.rows_open or (place > 0 and is_foot(self.lines[place - 1].text)) or place > self.end
        return below and (
            is_frame_below(line.text, self.publisher)
            or is_banner_line(line.text, self.publisher)
            or is_signpost(line.text)
        )

    def _is_rest_of_row(self, line: Line) -> bool:
        """Add the part of a row that a copy put on the next line: its mark, or the rest of the page's own title."""
        rows = self.reading.lists[-1].rows if self.rows_open and self.reading.lists else []
        whole = (
            continued_row(rows[-1].text, line.text, self.reading.heading, self.publisher) if rows else None
        )
        if whole is not None:
            rows[-1] = replace(rows[-1], text=whole)
        return whole is not None

    def _is_row(self, place: int, line: Line) -> bool:
        """Below a list's heading every line with a code; else one with the page's own code and a date, and below the
        last foot every line that is a heading and no text."""
        heading = read_heading(line.text, self.publisher, lettered=self.rows_open)
        if heading.code is None:
            is_last = place == len(self.lines) - 1
            return self.rows_open and (bool(heading.suffixes) or (is_last and _begins(self.own, line.text)))
        if self.rows_open:
            return not (len(line.text) > MAX_HEADING and line.text.endswith("."))
        if line.indent and place < self.end:
            return False
        if heading.suffixes and (heading.code == self.own or self.reading.foots):
            return True
        return place > self.end and bool(heading.title) and not self._has_text(place, heading.code)

    def _has_text(self, place: int, code: Code) -> bool:
        """Whether the coded line is a sub-heading: its words follow it."""
        if not (self.own and code.startswith(f"{self.own}.")):
            return False
        following = self.lines[place + 1].text if place + 1 < len(self.lines) else ""
        if not following or starts_with_code(following, self.publisher):
            return False
        return not is_frame_below(following, self.publisher)


_BULLET = re.compile(r"^(?:[•·▪●◦*–-]|\d{1,2}[.)])\s*")


def _without_bullet(line: Line, publisher: Publisher) -> Line:
    """A row that a copy shows as an item of a list: `• ZA4.1 Aim`."""
    rest = _BULLET.sub("", line.text, count=1)
    return line.like(rest) if rest != line.text and starts_with_code(rest, publisher) else line


def _rows_beside(line: Line, publisher: Publisher) -> list[Line]:
    """Rows that a copy put on one line: `ZA4.1 Aim | ZA4.5 Overview`."""
    pieces = [piece.strip() for piece in line.text.split("|") if piece.strip()]
    if len(pieces) > 1 and all(starts_with_code(piece, publisher) for piece in pieces):
        return [line.like(piece) for piece in pieces]
    return [line]


def _before_frame(lines: Sequence[Line], publisher: Publisher) -> int:
    """The line after which only frame follows."""
    last = len(lines)
    while last and is_frame_below(lines[last - 1].text, publisher):
        last -= 1
    return last


# Effective date: 1 May 2015 | Not effective | Previously effective 01/01/2010 | Effective     Not: Effective boats
_IN_PLACE_OF_FOOT = re.compile(
    r"(?:(?:not|no\s+longer|was|previously|formerly)\s+)?(?:effective|inactive|archived|current|in\s+force)"
    rf"(?:(?:\s+[a-z]+){{0,2}}\s*:?\s*{DAY})?\.?",
    re.IGNORECASE,
)


def _placed_foot(lines: Sequence[Line], publisher: Publisher) -> int | None:
    """The line in the place of the foot, on a page without one: the last of the text, in its words (html/92010)."""
    related = RELATED_HEADING(publisher)
    headings = (place for place, line in enumerate(lines) if related.fullmatch(line.text))
    last = next(headings, _before_frame(lines, publisher)) - 1
    if last < 1 or any(is_foot(line.text) for line in lines):
        return None
    return last if _IN_PLACE_OF_FOOT.fullmatch(lines[last].text) else None


def _rows_at_end(lines: Sequence[Line], publisher: Publisher) -> int:
    """The line at which the text ends if at least two lines of only code and title follow it."""
    place = last = _before_frame(lines, publisher)
    while place and is_foot(lines[place - 1].text):
        place = last = place - 1  # a list may stand above the foot
    while place and _is_title(lines[place - 1], publisher):
        place -= 1
    return place - 1 if last - place >= 2 else len(lines)


def _is_title(line: Line, publisher: Publisher) -> bool:
    heading = read_heading(line.text, publisher)
    named = heading.code is not None and heading.title[:1].isupper()
    return line.kind == "paragraph" and named and not line.indent and not line.text.endswith(STOPS)


# ---------------------------------------------------------------- where a capture breaks off


def _judge_end(lines: Sequence[Line], reading: Reading, *, framed: bool) -> None:
    """Mark what was cut off, as captures from a web store may end anywhere: a list as incomplete, a text as damaged."""
    if not lines or is_frame_below(lines[-1].text, reading.publisher):
        return
    place = f"line {lines[-1].number}"
    drop_cut_foot(lines[-1].text, reading)
    if reading.lists:
        if _row_is_cut(lines[-1].text, reading):
            _drop_last(lines[-1].text, reading)
        elif not framed:
            return
        reading.lists_break_off = True
        message = f"the list of other pages breaks off at {lines[-1].text[:80]!r}: it is not whole"
        reading.find("warning", "list_breaks_off", message, place)
    elif framed and not reading.foots and reading.heading:
        reading.breaks_off = True


_CUT_YEAR = re.compile(r"(?:\d[/.-]\d{1,2}[/.-]|\d[\s-]+[A-Za-z]{3,9}\.?,?[\s-]+)(?:19|20)$")


def drop_cut_foot(end: str, reading: Reading) -> None:
    """Drop a foot with which the capture ends if its year may be cut short: `26/11/20` may be of 2012."""
    if not reading.foots or not _CUT_YEAR.search(end) or not end.endswith(reading.foots[-1].text):
        return
    cut = reading.foots.pop()
    message = f"the capture ends with {cut.text!r}: its year may be cut short, so it proves nothing"
    reading.find("warning", "malformed_date", message, "foot")


def _row_is_cut(text: str, reading: Reading) -> bool:
    """Whether the last line is a cut row: it breaks off in the code, in a title known from elsewhere, or in a date."""
    publisher = reading.publisher
    own = read_heading(reading.heading, publisher, lettered=True)
    row = read_heading(text, publisher, lettered=True)
    if own.code is None:
        return False
    if row.code is None:
        return _begins(own.code, text)
    if text.count("(") > text.count(")") or not row.title:
        return True
    others = [
        read_heading(r.text, publisher, lettered=True)
        for rows in reading.lists
        for r in rows.rows
        if r.text != text
    ]
    same = [h for h in (own, *others) if h.code == row.code]
    longer = any(len(h.title) > len(row.title) and h.title.startswith(row.title) for h in same)
    dated = row.code == own.code and any(h.suffixes for h in others if h.code == own.code)
    return not row.suffixes and (longer or dated)


def _begins(code: Code | None, text: str) -> bool:
    """Whether a line is the beginning of a code and no more: `QZ3.`"""
    return code is not None and f"{code}.".startswith(text)


def _drop_last(text: str, reading: Reading) -> None:
    """Drop the last row, as half a row names no version."""
    if reading.lists[-1].rows and reading.lists[-1].rows[-1].text == text:
        reading.lists[-1].rows.pop()


# ---------------------------------------------------------------- the tree


@dataclass(slots=True)
class _Open:
    """An item or note that may still get children; `indent`: the column of its marker."""

    indent: int
    draft: BlockDraft
    style: ListStyle = ""

    def ends_before(self, line: Line) -> bool:
        """Whether the item ends before the next line. Only a note takes items at its own indentation."""
        if self.draft.kind == "note" and line.kind == "item":
            return self.indent > line.indent
        if self.style == "letter" and line.style == "roman":  # (i) below (b), where indentation was lost
            return self.indent > line.indent
        return self.indent >= line.indent


def _tree(body: Sequence[Line], publisher: Publisher) -> list[BlockDraft]:
    """A tree in which an item goes below the nearest item with smaller indentation; other lines stay in place."""
    top: list[BlockDraft] = []
    open_items: list[_Open] = []
    for place, line in enumerate(body):
        following = body[place + 1] if place + 1 < len(body) else None
        if line.kind == "table":
            open_items.clear()
            top.append(BlockDraft(kind="table", rows=line.rows))
            continue
        if line.kind == "item":
            _add_item(line, top, open_items)
            continue
        if line.kind == "paragraph" and _is_heading(line, following, publisher):
            open_items.clear()
            top.append(_heading(line, publisher))
            continue
        while open_items and open_items[-1].ends_before(line):
            open_items.pop()
        draft = BlockDraft(kind=line.kind, text=line.text)
        (open_items[-1].draft.children if open_items else top).append(draft)
        if line.kind == "note" and line.text.rstrip().endswith(":"):
            open_items.append(_Open(line.indent, draft))
    return top


def _add_item(line: Line, top: list[BlockDraft], open_items: list[_Open]) -> None:
    while open_items and open_items[-1].ends_before(line):
        open_items.pop()
    parent = open_items[-1].draft if open_items else None
    style: ListStyle = (
        "dash" if parent is not None and parent.kind == "note" and not line.style else line.style
    )
    draft = BlockDraft(kind="item", text=line.text, style=style, number=line.item)
    if parent is None:
        top.append(draft)
    else:
        parent.children.append(draft)
    open_items.append(_Open(line.indent, draft, line.style))


def _is_heading(line: Line, following: Line | None, publisher: Publisher) -> bool:
    """Whether a line is a heading: short, without a full stop, with text below; if indented, only between items."""
    if (
        following is None
        or is_bare_code(line.text, publisher)
        or len(line.text) > MAX_HEADING
        or line.text.endswith(STOPS)
    ):
        return False
    three = read_heading(line.text, publisher)
    if three.code and three.title[:1].isupper():
        return True
    if not line.text[:1].isupper():
        return False
    if line.indent:
        return following.kind == "item" and following.indent < line.indent
    return following.kind == "item" or (following.kind == "paragraph" and len(following.text) > MAX_HEADING)


def _heading(line: Line, publisher: Publisher) -> BlockDraft:
    heading = read_heading(line.text, publisher)
    if heading.code is None:
        return BlockDraft(kind="heading", text=line.text)
    return BlockDraft(kind="heading", text=heading.words, code=heading.code)
