"""The surroundings of every page: the day, the search box, where the copy comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from manual.dates import in_words
from manual.pages.links import HOME, Place
from manual.publisher import INZ, Publisher

if TYPE_CHECKING:
    from manual.pages.hits import HitsAround
    from manual.pages.identity import Identity

NAME = "In Force"
SITE_NAME = "In Force tool"
"""The name where it stands alone, in titles and at the top of pages: "In Force" above an instruction that has ended
would read as an answer."""
DISCLAIMER = (
    "Information, not advice. In Force is an independent work; it is not the manual's publisher and speaks for no "
    "authority. Check the source page before you rely on a text."
)

CAUTION = "Information, not advice, and not official: check the source page."
"""The same in one line, for a foot that stands on thousands of pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One line offered while typing: what to put into the box, and what it is."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The contents of the form in the head when a day in it could not be read: shown again with what is expected."""

    at: str
    """Token of the place where the reader was."""
    on: str
    on_problem: str
    known: str
    known_problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The surroundings of one page. `day_chosen`: the day stands in the address, and not merely because it is today."""

    today: date
    on: date
    day_chosen: bool = False
    known: date | None = None
    query: str = ""
    place: Place = HOME
    newest_capture: date | None = None
    specimen: bool = False
    """This copy is the invented specimen manual, and every page says so."""
    made_on: date | None = None
    """Day on which an edition was written; None on the site."""
    suggestions: tuple[Suggestion, ...] = ()
    typed: Typed | None = None
    hits: HitsAround | None = None
    """The list of results that led here."""
    publisher: Publisher = INZ
    """Whose manual it is: its language, and what it is called."""
    identity: Identity | None = None
    """What the page is, for machines; None on pages that are no instruction, and in editions."""
    indexed: bool = False
    """Whether search engines may keep the page."""
    outdated: str = ""
    """A warning for every page where another version of the program derived the answers; else empty."""

    @property
    def is_today(self) -> bool:
        return self.on == self.today

    @property
    def on_words(self) -> str:
        return in_words(self.on)

    @property
    def distance(self) -> str:
        """`2 years and 3 months before today`, for the banner; empty on the day itself."""
        if self.is_today:
            return ""
        return f"{_span_words(self.on, self.today)} {'before' if self.on < self.today else 'after'} today"


def _span_words(one: date, other: date) -> str:
    earlier, later = min(one, other), max(one, other)
    months = (later.year - earlier.year) * 12 + later.month - earlier.month - (later.day < earlier.day)
    if months == 0:
        days = (later - earlier).days
        return f"{days} day{'' if days == 1 else 's'}"
    years, rest = divmod(months, 12)
    parts = []
    if years:
        parts.append(f"{years} year{'' if years == 1 else 's'}")
    if rest:
        parts.append(f"{rest} month{'' if rest == 1 else 's'}")
    return " and ".join(parts)
