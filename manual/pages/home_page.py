"""The front page, and the pages that hold prose of the project's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from manual.model import When
from manual.pages.changes_page import MonthChanges, by_month
from manual.pages.contents_page import Grid, chapters
from manual.pages.links import HOME, NOWHERE, Place
from manual.pages.words import ANSWER_LABEL, ANSWER_MEANING, BASIS_MEANING, counted
from manual.queries import KnowledgeBase
from manual.queries.results import CoverageRow

LATELY = timedelta(days=90)
ABOUT = Place(view="about")
SHOWN = 12
"""Changes that the front page lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    template: ClassVar[str] = "home.html"
    title: str
    place: Place
    total: CoverageRow
    newest_capture: date | None
    first: date | None
    until: date | None
    months: tuple[MonthChanges, ...]
    """What changed lately, newest first."""
    changes: int
    left_out: int
    announced: tuple[MonthChanges, ...]
    """What is to begin or end after today, as far as a page says so; the soonest first."""
    examples: tuple[tuple[str, str], ...]
    no_text: bool
    """This copy holds no text at all, whatever was known when."""
    specimen: str
    """Address of the specimen that is served beside this copy; empty where none is."""
    grid: Grid
    status: int = 200

    @property
    def changes_words(self) -> str:
        return counted(self.changes, "change")


def lately(newest: date) -> tuple[date, date]:
    """The recent days: the ninety before the newest capture and its own. The end is excluded."""
    return newest - LATELY, newest + timedelta(days=1)


def home_page(kb: KnowledgeBase, known: date | None, today: date, specimen: str = "") -> HomePage:
    """What changed in the ninety days before the newest capture, what is announced, how complete this copy is."""
    newest = kb.newest_capture(known, exact=True)
    first, until = lately(newest) if newest else (None, None)
    changes = kb.changes_between(first, until, known) if first and until else ()
    total = kb.coverage(known).total
    changes = tuple(change for change in changes if change.day <= today)
    newest_first = tuple(sorted(changes, key=lambda change: change.day, reverse=True))[:SHOWN]
    announced = kb.coming(When(today, known))
    return HomePage(
        title="Which instruction was in force?",
        place=HOME,
        total=total,
        newest_capture=newest,
        first=first,
        until=until,
        months=by_month(newest_first),
        announced=by_month(announced, to_come=True),
        changes=len(changes),
        left_out=len(changes) - len(newest_first),
        grid=chapters(kb.contents_printed(known)),
        examples=tuple((change.code, change.title) for change in newest_first[:2]),
        no_text=known is None and not total.held,
        specimen=specimen,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutPage:
    template: ClassVar[str] = "about.html"
    title: str = "About In Force"
    place: Place = ABOUT
    status: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    term: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryPage:
    template: ClassVar[str] = "glossary.html"
    title: str
    place: Place
    answers: tuple[Term, ...]
    bases: tuple[Term, ...]
    words: tuple[Term, ...]
    status: int = 200


WORDS = (
    (
        "Code",
        "What designates an instruction on a day, such as A16.1. Codes are given to other subjects over time.",
    ),
    ("Instruction", "What a code designates on a day."),
    ("Version", "The text of an instruction as it stood over one period."),
    ("Capture", "The bytes of a source page as they were saved, with their hash, address and time."),
    ("In force", "Effective on a day, and not yet replaced, revoked or expired. Always on a day."),
    ("Applicable", "Governs a given case. It may start later than force; the two are not the same."),
    ("Replaced", "The whole text gave way to a new version, which starts on that day."),
    ("Revoked", "Ended without replacement."),
    ("First day in force", "The first day on which a text has force."),
    ("Until", "The first day on which a text no longer has force. The day before is its last day in force."),
    ("As last seen", "The day asked lies after the last capture; nothing later was read."),
    ("Text not held", "The version is known by its dates, and its words are not in this copy."),
    ("Pinpoint", "A reference to a place inside an instruction, such as A16.1(d)(ii)."),
    ("Finding", "Something odd that was noticed in a page, with its place."),
    (
        "Keeper",
        "Whoever loads pages into this copy. Where a saved page carries no day, the keeper may say when it was saved.",
    ),
    (
        "Known on",
        "What could be known from pages saved by that day, whenever they were taken in here; later ones are left out.",
    ),
)


def glossary_page() -> GlossaryPage:
    return GlossaryPage(
        title="Words and what they mean here",
        place=Place(view="glossary"),
        answers=tuple(Term(term=ANSWER_LABEL[w], meaning=m) for w, m in ANSWER_MEANING.items()),
        bases=tuple(Term(term=basis.capitalize(), meaning=m) for basis, m in BASIS_MEANING.items()),
        words=tuple(Term(term=term, meaning=meaning) for term, meaning in WORDS),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MendField:
    """A field with what was typed, and why it cannot be read; empty if it can."""

    name: str
    label: str
    value: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """A form shown again for correction."""

    form: str
    """As `Links.action` names it."""
    code: str
    fields: tuple[MendField, ...]
    kept: tuple[tuple[str, str], ...]
    """What else the form sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    """A request that cannot be answered, with the reason and what to do."""

    template: ClassVar[str] = "error.html"
    title: str
    detail: str
    do: str
    status: int
    place: Place = NOWHERE
    no_text: bool = False
    """There is nothing to answer from, since nothing was loaded."""
    mend: Mend | None = None
    specimen: str = ""
    """Address of the specimen that is served beside this copy; empty where none is."""
