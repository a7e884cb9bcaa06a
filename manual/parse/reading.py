"""What a reader of HTML or of text hands on, before anything is concluded from it; and the lines both know."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from manual.model import Finding, Severity, SitePath, Structure
from manual.parse.draft import Draft


@dataclass(frozen=True, slots=True)
class Row:
    """A line under a list of other pages."""

    text: str
    address: SitePath | None
    locator: str


@dataclass(slots=True)
class RowList:
    """One list of other pages: its heading as printed (it may lie, dates.md rule 16) and its rows."""

    heading: str
    rows: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Foot:
    """An `Effective …` line: its text, and how many blocks stood before it."""

    text: str
    after: int


@dataclass(slots=True)
class Reading:
    """One instruction page, taken apart but not understood."""

    heading: str = ""
    heading_from_title: bool = False
    drafts: list[Draft] = field(default_factory=list)
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
        rows.rows.append(Row(text, address, locator))


_FOOT_DAY = r"\d[\d/.\s-]{3,12}|\d{1,2}(?:st|nd|rd|th)?\s+[A-Za-z]+\.?,?\s+\d{4}"
# Effective 08/12/2025 | Effective: 05/06/00 | EFFECTIVE 26/071999 | Effective 1st April 2025 | Effective 1 Sept. 2021
# Rescinded 30/04/2011 | Revoked on 1 April 2015: a line of ending in the place of the foot (dates.md rule 10)
FOOT = re.compile(
    rf"effective\s*:?\s*(?:from\s*:?\s*)?(?P<day>{_FOOT_DAY})\.?"
    r"|(?:rescinded|revoked|withdrawn|cancell?ed|repealed|ceased|superseded|closed|expired)(?:\s+(?:on|from))?\s*:?\s+"
    rf"(?:{_FOOT_DAY})\.?",
    re.IGNORECASE,
)

# PREVIOUS IMMIGRATION INSTRUCTIONS | PREVIOUS IMMIGRATON INSTRUCTIONS | Previous policy | IN THIS SECTION | SEE ALSO
RELATED_HEADING = re.compile(
    r"(?:PREVIOUS\s+(?:IMMIGRAT\w*\s+)?(?:INSTRUCTIONS?|POLIC(?:Y|IES)|VERSIONS?)|IN\s+THIS\s+(?:SECTION|CHAPTER)"
    r"|SEE\s+ALSO|RELATED\s+TOPICS?)\s*:?",
    re.IGNORECASE,
)

BANNER = re.compile(
    r"these\s+are\s+archived\s+(?:immigration\s+)?(?:instructions|policies)|(?:no\s+longer\s+current)\W*$"
    r"|this\s+is\s+not\s+current\s+(?:policy|instructions?)|^\W*archived\W*$",
    re.IGNORECASE,
)
PRE_2010_BANNER = re.compile(r"not\s+current\s+policy", re.IGNORECASE)
# The whole of this manual ceases to be effective from 29 November 2010.
EDITION_BANNER = re.compile(
    r"\b(?:manual|edition|all\s+(?:policy|instructions))\b[^.]{0,80}\bceases?\s+to\s+be\s+effective\s+(?:on\s+and\s+)?from\b",
    re.IGNORECASE,
)
BREADCRUMB = re.compile(r"you\s+are\s+here\s*:", re.IGNORECASE)

# Top of page | Print this page
CHROME = re.compile(
    r"(?:previous\s+topic|next\s+topic|top\s+of\s+(?:the\s+|this\s+)?page|(?:print|e-?mail)(?:\s+this)?\s+page|back\s+to\s+top|[|\s»>])+",
    re.IGNORECASE,
)


def is_banner(text: str) -> bool:
    """A line of the frame, rather than of the instruction, that says the page or its edition is old."""
    return len(text) < 300 and (BANNER.search(text) or EDITION_BANNER.search(text)) is not None
