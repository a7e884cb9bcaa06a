"""The text of a whole section's PDF, as issues of the manual were published: many instructions in one capture.

    cover, contents, then for each instruction: heading, list of its children, text, foot; running heads between pages

An issue speaks for its day of issue, printed on the cover, not for the day on which it was saved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from manual.dates import parse_printed_day
from manual.errors import DayError
from manual.model import Code, Statement
from manual.parse.draft import BlockDraft
from manual.parse.headings import Heading, read_heading, starts_with_code
from manual.parse.reading import RELATED_HEADING, Reading, is_foot
from manual.parse.text import read_lines
from manual.parse.text_fold import LONGEST_TITLE
from manual.parse.text_join import FILLED
from manual.parse.text_line import STOPS, Line, is_item, lines_of
from manual.publisher import INZ, NOTHING, Publisher, expression

_MANUAL = expression(lambda publisher: publisher.words.running_head, re.IGNORECASE)
# INZ Operational Manual                  Boats
_RUNNING = expression(
    lambda publisher: (
        rf"{publisher.words.running_head}(?:\s{{2,}}\S.{{0,60}})?"
        rf"|\S.{{0,60}}\s{{2,}}{publisher.words.running_head}"
    ),
    re.IGNORECASE,
)
_ISSUED = re.compile(r"(?:issue\s+date|date\s+of\s+issue|issued)\s*:?\s*(?P<day>\d.{5,30})", re.IGNORECASE)
# 1-1 | Page 3 of 20 | A1-3
_PAGE_NUMBER = expression(
    lambda publisher: (
        r"\d{1,3}-\d{1,4}|page\s+\d{1,4}(?:\s+of\s+\d{1,4})?"
        rf"|{publisher.codes.capitals or NOTHING}\d{{0,2}}-\d{{1,4}}"
    ),
    re.IGNORECASE,
)
_TABLE = re.compile(r"(?:table\s+of\s+)?contents", re.IGNORECASE)
# QZ1 Objective 1-1, where the leader was lost
_ENTRY = expression(
    lambda publisher: rf"(?P<title>{publisher.codes.beginning}[\d.]*\s.{{1,200}}?)\s+\d{{1,3}}-\d{{1,4}}"
)
# Effective 29/11/2010          1-1
_NUMBERED_FOOT = re.compile(r"(?P<foot>\S.{0,60}?)\s{3,}(?:\d{1,3}-\d{1,4}|\d{1,4})")
# QZ1 Objective .................... 1-1
_LEADER = re.compile(r"(?P<title>\S.{0,200}?)\s?(?:\.\s?){4,200}(?P<page>[\w-]{0,8})")
# See previous instructions QZ3.5 Effective 29/11/2010 and QZ3.5 Effective 01/03/1998 (PDF 93KB)
_PREVIOUS = re.compile(
    r"see\s+(?:the\s+)?previous\s+(?:immigration\s+)?(?:instructions?|polic(?:y|ies))\s*:?(?:\s+(?P<rows>.*))?",
    re.IGNORECASE,
)
_PREVIOUS_ROW = expression(
    lambda publisher: (
        rf"(?P<code>{publisher.codes.beginning}[\d.]*)"
        r"\s+effective\s*:?\s*(?P<day>\d[\d/]{5,9}|\d{1,2}\s+[A-Za-z]+\s+\d{4})\.?"
    ),
    re.IGNORECASE,
)
_BETWEEN_ROWS = re.compile(r"\s*[,;]\s*(?:and\s+)?|\s+and\s+")
_FILE = re.compile(r"\s*\((?:PDF|Word)[^()]*\)", re.IGNORECASE)
_CONTINUED = re.compile(r"\s*\(?continued\)?\s*$", re.IGNORECASE)


@dataclass(slots=True)
class Issue:
    """The parts of an issue: its cover with the contents, and its instructions."""

    cover: Reading
    instructions: list[Reading] = field(default_factory=list)
    issued_on: date | None = None


def is_issue(text: str, publisher: Publisher = INZ) -> bool:
    """Whether the text has running heads of the manual and a day of issue, page numbers or dot leaders."""
    if _MANUAL(publisher).search(text) is None:
        return False
    lines = lines_of(text.replace("\f", "\n"))
    running, number = _RUNNING(publisher), _PAGE_NUMBER(publisher)
    heads = sum(1 for line in lines if running.fullmatch(line.raw))
    return heads >= 2 and any(
        _ISSUED.fullmatch(line.text) or number.fullmatch(line.text) or _LEADER.fullmatch(line.text)
        for line in lines
    )


def read_issue(text: str, publisher: Publisher = INZ) -> Issue:
    """The whole issue in order, without running heads and page numbers."""
    source = lines_of(text.replace("\f", "\n"))
    bare = [_without_number(line, publisher) for line in source]
    lines = _whole_titles(_without_running_heads(bare, publisher), publisher)
    sections = _sections(lines, publisher)
    cover = _cover(sections[0][1], publisher)
    found = Issue(cover, issued_on=_issued_on(source, cover))
    for heading, body in sections[1:]:
        found.instructions.append(_instruction(heading, body, publisher))
    return found


# ---------------------------------------------------------------- pages


def _without_running_heads(lines: Sequence[Line], publisher: Publisher) -> list[Line]:
    """The lines of the pages. The first line of each page starts a new paragraph."""
    kept: list[Line] = []
    turned = False
    titled = dated = False
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else None
        if _is_running(line, following, publisher, titled=titled, dated=dated):
            titled = titled or _RUNNING(publisher).fullmatch(line.raw) is not None
            turned = True
            continue
        dated = dated or _ISSUED.fullmatch(line.text) is not None
        line.apart = line.apart or turned
        turned = False
        kept.append(line)
    return kept


def _without_number(line: Line, publisher: Publisher) -> Line:
    match = _NUMBERED_FOOT.fullmatch(line.raw)
    return (
        line.like(match["foot"])
        if match and (is_foot(match["foot"]) or _RUNNING(publisher).fullmatch(match["foot"]))
        else line
    )


def _whole_titles(lines: Sequence[Line], publisher: Publisher) -> list[Line]:
    """The lines, with broken titles joined: the second line has the leader, or goes on in the same letter case, or the
    contents print both as one."""
    whole: list[Line] = []
    printed: set[str | None] = set()
    for line in lines:
        before = whole[-1].text if whole else ""
        joined = f"{before} {line.text}"
        as_printed = joined in printed and before not in printed
        if whole and not line.apart and (as_printed or _goes_on_title(before, line.text, publisher)):
            whole[-1] = whole[-1].like(joined)
        else:
            whole.append(line)
        printed.add(_entry(whole[-1].text, publisher))
    return whole


def _goes_on_title(before: str, text: str, publisher: Publisher) -> bool:
    if not starts_with_code(before, publisher) or _entry(before, publisher):
        return False
    if starts_with_code(text, publisher) or before.endswith(STOPS):
        return False
    if RELATED_HEADING(publisher).fullmatch(text) or is_item(text):
        return False
    capitals = before.isupper() and text.isupper()
    return (
        _entry(text, publisher) is not None
        or capitals
        or (FILLED <= len(before) <= LONGEST_TITLE and text[0].islower())
    )


def _entry(text: str, publisher: Publisher) -> str | None:
    """The title of a contents line: the words before its dot leader or page number."""
    match = _LEADER.fullmatch(text) or _ENTRY(publisher).fullmatch(text)
    return match["title"] if match else None


def _is_running(
    line: Line, following: Line | None, publisher: Publisher, *, titled: bool, dated: bool
) -> bool:
    running = _RUNNING(publisher)
    if running.fullmatch(line.raw) or _PAGE_NUMBER(publisher).fullmatch(line.text):
        return True
    ends_page = following is None or running.fullmatch(following.raw) is not None
    if _TABLE.fullmatch(line.text) or line.text.isdecimal():
        return ends_page and titled
    return dated and _ISSUED.fullmatch(line.text) is not None


def _issued_on(lines: Iterable[Line], cover: Reading) -> date | None:
    """The day of the issue; None if its pages print several days or an unreadable one."""
    days: set[date] = set()
    for line in lines:
        if match := _ISSUED.fullmatch(line.text):
            try:
                days.add(parse_printed_day(match["day"].strip(" .")))
            except DayError:
                cover.find("warning", "malformed_date", f"{line.text!r} is no day", f"line {line.number}")
    if len(days) == 1:
        return days.pop()
    message = "the issue prints no single day: what it shows was so on a day that is not known"
    cover.find("warning", "issue_undated", message)
    return None


# ---------------------------------------------------------------- instructions


Section = tuple[str, list[Line]]
"""A heading and the lines below it; of the cover the heading is empty."""


class _Splitter:
    """Assigns the lines to their instructions."""

    def __init__(self, publisher: Publisher) -> None:
        self.publisher = publisher
        self.sections: list[Section] = [("", [])]
        self.own: Code | None = None
        self.listed: set[Code] | None = None
        """Codes that the list named which is open here; None where none is."""
        self.leaders = False
        """Its rows have leaders, so that a line without is no row."""

    def take(self, line: Line) -> None:
        entry = _entry(line.text, self.publisher)
        heading = read_heading(entry or line.text, self.publisher)
        if RELATED_HEADING(self.publisher).fullmatch(line.text):
            self.listed, self.leaders = set(), False
        elif heading.code is None:
            self.listed = None
        elif self._is_row(heading.code, leaders=entry is not None):
            pass
        elif heading.code == self.own and _CONTINUED.search(line.text):
            return
        elif _begins(line, heading, self.own):
            self.own, self.listed = heading.code, None
            self.sections.append((line.text, []))
            return
        self.sections[-1][1].append(line)

    def _is_row(self, code: Code, *, leaders: bool) -> bool:
        """A line of an open list; the second one of a code, or one without leaders below others, is a heading."""
        if leaders:
            self.leaders = True
            return True
        if self.listed is None or self.leaders or code in self.listed or code == self.own:
            return False
        self.listed.add(code)
        return True


def _sections(lines: Sequence[Line], publisher: Publisher) -> list[Section]:
    splitter = _Splitter(publisher)
    for line in lines:
        splitter.take(line)
    return splitter.sections


def _begins(line: Line, heading: Heading, own: Code | None) -> bool:
    """Whether a line with a code is the heading of an instruction, not a sentence or part of the previous one."""
    code = heading.code
    if code is None or code == own or not line.apart or len(line.text) > LONGEST_TITLE:
        return False
    if not heading.title or heading.title[:1].islower() or line.text.endswith(STOPS):
        return False
    return not (own is not None and "." in own and code.startswith(f"{own}."))


def _instruction(heading: str, lines: Sequence[Line], publisher: Publisher) -> Reading:
    reading = Reading(publisher, heading=heading)
    read_lines(_unwrapped(_without_previous(lines, reading), publisher), reading)
    return reading


def _without_previous(lines: Sequence[Line], reading: Reading) -> Iterator[Line]:
    """Remove the lines that name previous versions. They need not name all, so the list of versions is incomplete."""
    publisher = reading.publisher
    below = False
    for line in lines:
        label = _PREVIOUS.fullmatch(line.text)
        rows = _previous_rows(label["rows"] if label else line.text, publisher) if label or below else []
        below = bool(rows or (label and not label["rows"]))
        entry = _entry(line.text, publisher)
        if rows:
            _list_previous(rows, reading)
        elif entry:
            yield line.like(entry)
        elif not below or not _names_previous(line, lines, publisher):
            yield line


def _names_previous(label: Line, lines: Sequence[Line], publisher: Publisher) -> bool:
    """Whether the line below "See previous instructions:" names one."""
    place = next(n for n, line in enumerate(lines) if line is label) + 1
    return place < len(lines) and bool(_previous_rows(lines[place].text, publisher))


def _previous_rows(text: str | None, publisher: Publisher) -> list[re.Match[str]]:
    """The versions that a line names, "QZ2.1 Effective D and QZ2.1 Effective E"; none if it says anything else."""
    parts = _BETWEEN_ROWS.split(_FILE.sub("", text or "").strip())
    rows = [_PREVIOUS_ROW(publisher).fullmatch(part) for part in parts]
    return [row for row in rows if row] if all(rows) else []


def _list_previous(rows: Sequence[re.Match[str]], reading: Reading) -> None:
    title = read_heading(reading.heading, reading.publisher).title
    if not reading.lists:
        reading.open_list("See previous instructions")
    for row in rows:
        reading.add_row(f"{row['code']} {title} ({row['day']})", None)
    reading.lists_break_off = True


def _unwrapped(lines: Iterable[Line], publisher: Publisher) -> list[Line]:
    """Paragraphs and items joined to one line each where the page width had broken them."""
    whole: list[Line] = []
    for line in lines:
        if whole and _goes_on(whole[-1], line, publisher):
            before = whole[-1]
            whole[-1] = before.like(f"{before.text} {line.text}")
            whole[-1].raw = f"{before.raw} {line.text}"
        else:
            whole.append(line)
    return whole


def _goes_on(before: Line, line: Line, publisher: Publisher) -> bool:
    begins_anew = (
        is_item(line.text)
        or is_foot(line.text)
        or is_foot(before.text)
        or RELATED_HEADING(publisher).fullmatch(line.text)
        or RELATED_HEADING(publisher).fullmatch(before.text)
    )
    if begins_anew:
        return False
    lower = line.text[0].islower() or line.text[0] in "(),;"
    if line.apart:
        return lower and not before.text.endswith(STOPS)
    if read_heading(line.text, publisher).code is not None and line.text[:1].isupper():
        return len(before.text) >= FILLED and not before.text.endswith(STOPS)
    return lower or len(before.text) >= FILLED


# ---------------------------------------------------------------- the cover


def marked_lines(issue: Issue) -> Iterator[Statement]:
    """The lines of its contents with a mark (rules 10 and 20)."""
    rows = [row for one in issue.cover.lists for row in one.rows]
    for place, row in enumerate(rows):
        heading = read_heading(row.text, issue.cover.publisher)
        locator = f"line {place + 1} of the contents"
        if heading.code is not None and heading.ends("listed", locator):
            yield Statement(
                kind="contents",
                code=heading.code,
                title=heading.title,
                starts=heading.starts("listed", locator),
                ends=heading.ends("listed", locator),
                suffix=heading.suffix,
                shown_as_old=heading.dated,
                position=place,
                locator=locator,
            )


def _cover(lines: Sequence[Line], publisher: Publisher) -> Reading:
    """The cover, before the first instruction: titles as text, the contents as a list."""
    cover = Reading(publisher)
    for line in lines:
        entry = _entry(line.text, publisher)
        if entry:
            cover.add_row(entry, None)
        elif _TABLE.fullmatch(line.text):
            cover.open_list(line.text)
        else:
            cover.drafts.append(BlockDraft(kind="paragraph", text=line.text))
    titles = [draft for draft in cover.drafts if not _ISSUED.fullmatch(draft.text)]
    if titles:
        cover.heading = titles[0].text
        cover.drafts.remove(titles[0])
    return cover
