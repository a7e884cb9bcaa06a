"""What the readers of HTML and of text return, before any conclusions; and the kinds of lines both recognise."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from manual.model import Finding, Severity, SitePath, Structure
from manual.parse.draft import BlockDraft
from manual.publisher import INZ, Publisher, expression


@dataclass(frozen=True, slots=True)
class ListRow:
    """A line under a list of other pages."""

    text: str
    address: SitePath | None
    locator: str


@dataclass(slots=True)
class RowList:
    """One list of other pages: its heading as printed (which may be wrong, dates.md rule 16) and its rows."""

    heading: str
    rows: list[ListRow] = field(default_factory=list)


@dataclass(slots=True)
class Foot:
    """An `Effective …` line: its text and the number of blocks before it."""

    text: str
    after: int


@dataclass(slots=True)
class Reading:
    """One instruction page split into its elements, not yet interpreted."""

    publisher: Publisher = INZ
    heading: str = ""
    drafts: list[BlockDraft] = field(default_factory=list)
    foots: list[Foot] = field(default_factory=list)
    lists: list[RowList] = field(default_factory=list)
    banners: list[str] = field(default_factory=list)
    ancestors: tuple[SitePath, ...] = ()
    previous: SitePath | None = None
    next: SitePath | None = None
    structure: Structure = "full"
    lists_break_off: bool = False
    """The capture ends within its list of other pages: what the list doesn't show may have stood in it."""
    breaks_off: bool = False
    """The capture ends within its text."""
    findings: list[Finding] = field(default_factory=list)

    def find(self, severity: Severity, kind: str, message: str, locator: str = "") -> None:
        self.findings.append(Finding(severity, kind, message, locator=locator))

    def open_list(self, heading: str) -> RowList:
        self.lists.append(RowList(heading))
        return self.lists[-1]

    def add_row(self, text: str, address: SitePath | None) -> None:
        rows = self.lists[-1] if self.lists else self.open_list("")
        locator = f"list {len(self.lists)} row {len(rows.rows) + 1}"
        rows.rows.append(ListRow(text, address, locator))


_MONTH_AND_YEAR = r"[A-Za-z]+\.?,?\s+\d{2}(?:\d{2})?"
_FOOT_DAY = (
    rf"(?:[\d/][\d/.\s-]{{3,15}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH_AND_YEAR}"
    r"|\d{1,2}-[A-Za-z]{3,9}-\d{2}(?:\d{2})?)"
)
_FOOT_ENDS = r"\.?[\s*†‡⁰¹²³⁴-⁹]*"  # with the mark of a footnote
# Effective 08/12/2025 | Effective: 05/06/00 | EFFECTIVE 26/071999 | Effective 1st April 2025
# Effective - 1/5/2015 | Effective Friday 1 May 2015     Not: Effective date: 1 May 2015, which a body says too
FOOT = re.compile(
    r"effective\s*[:–—-]?\s*(?:from\s*:?\s*)?"
    rf"(?P<day>(?:the\s+)?(?:[a-z]{{3,6}}day,?\s+)?{_FOOT_DAY}){_FOOT_ENDS}",
    re.IGNORECASE,
)
FOOT_OF_ENDING = (
    r"rescinded|revoked|repealed|cancell?ed|withdrawn|discontinued"
    r"|ceased|closed|expired|ended|superseded|replaced"
)
# Rescinded 30/04/2011 | Revoked on 1 April 2015: in the place of the foot (dates.md rule 10, om/41782)
ENDED_FOOT = re.compile(
    rf"(?:{FOOT_OF_ENDING})\s*:?\s*(?:(?:on|from|as\s+from|with\s+effect\s+from)\s*:?\s*)?{_FOOT_DAY}{_FOOT_ENDS}",
    re.IGNORECASE,
)


def is_foot(text: str) -> bool:
    """Whether a line is a foot: it says since when the text has been in force, or when it ended. In small
    letters "revoked on D" is an item of a list without its mark."""
    bare = without_brackets(text)
    ended = ENDED_FOOT.fullmatch(bare) is not None and not bare[:1].islower()
    return ended or FOOT.fullmatch(bare) is not None


def without_brackets(text: str) -> str:
    """A foot without the brackets around all of it: `(Effective 01/09/2021)`."""
    inner = text.strip()
    whole = inner[:1] + inner[-1:] in ("()", "[]") and not re.search(r"[()\[\]]", inner[1:-1])
    return inner[1:-1].strip() if whole else inner


RELATED_HEADING = expression(lambda publisher: publisher.words.lists, re.IGNORECASE)

# Words of a recognised banner that say the version is old. `frame_words` finds the line.
BANNER = expression(lambda publisher: publisher.words.old, re.IGNORECASE)
REPLACED_BANNER = expression(lambda publisher: publisher.words.replaced, re.IGNORECASE)
EDITION_BANNER = expression(lambda publisher: publisher.words.edition_ends, re.IGNORECASE)
BREADCRUMB = expression(lambda publisher: publisher.words.breadcrumb, re.IGNORECASE)
CHROME = expression(lambda publisher: publisher.words.chrome, re.IGNORECASE)

_PIECE = expression(
    lambda publisher: (
        rf"[\W_]*(?:(?P<banner>{publisher.words.archived}|(?P<edition>{publisher.words.edition_sentence}))(?!\w)"
        rf"|(?:{publisher.words.pointer}|(?:https?://)?(?:www\.)?{re.escape(publisher.host)}\S*)(?!\w)"
        rf"|archived(?=\W*$)|{publisher.words.chrome})[\W_]*"
    ),
    re.IGNORECASE,
)
# The same formula without its end, or with other words before it: the page is old, but the words are kept.
_WITHIN = expression(
    lambda publisher: rf"{publisher.words.archived}(?!\w)|{publisher.words.archived_cut}", re.IGNORECASE
)


def frame_words(text: str, publisher: Publisher = INZ) -> tuple[str, tuple[int, int]]:
    """The banner in a line within the frame, and the range of the rest of the line.

    Both are empty for a frame line that is no banner, such as a pointer to the current manual. In a line without frame
    words, everything is the rest.
    """
    piece_of = _PIECE(publisher)
    position, banners = 0, []
    while position < len(text) and (piece := piece_of.match(text, position)) and piece.end() > position:
        if piece["banner"] or "archived" in piece[0].lower():
            banners.append(piece[0].strip(" -–—"))
        position = piece.end()
    if banners or position == len(text):
        return " ".join(banners), (position, len(text))
    within = _WITHIN(publisher).search(text)
    if within is None or text[: within.start()].endswith(("“", '"')):  # quoted: said of another page
        return "", (0, len(text))
    rest = (0, within.start()) if not text[within.end() :].strip(" .-") else (0, len(text))
    return within[0], rest


def begins_banner(text: str, publisher: Publisher = INZ) -> bool:
    """Whether `text` is the first line of a banner that runs over several lines."""
    words = re.findall(r"[a-z]+", text.lower())
    words = words[words[:1] == ["archived"] :]
    broken = publisher.words.broken
    return 3 <= len(words) < len(broken) and broken[: len(words)] == tuple(words)


def is_banner(text: str, publisher: Publisher = INZ) -> bool:
    """Whether a whole line belongs to the frame and says that the page or its edition is old; also true of the last
    line of a banner that runs over several."""
    line = " ".join(text.split())
    banner, (start, end) = frame_words(line, publisher)
    words = re.findall(r"[a-z]+", line.lower())
    last_words = list(publisher.words.broken[-5:])
    return bool(banner and start == end) or bool(words and words == last_words)
