"""Changes in the whole manual from one day (included) to another (excluded), by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import ClassVar

from manual.citation import anchor
from manual.dates import in_words
from manual.pages.held import comparable
from manual.pages.links import Place
from manual.pages.words import counted, day_before
from manual.queries import KnowledgeBase
from manual.queries.results import VersionChange

CHANGE_LABEL = {"began": "begun", "replaced": "replaced", "ended": "ended", "revoked": "revoked"}
COMING_LABEL = {
    "began": "to begin",
    "replaced": "to be replaced",
    "ended": "to end",
    "revoked": "to be revoked",
}
"""The same of a change that is announced."""
NO_PART = "Not in the contents"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    change: VersionChange
    label: str
    part: str
    compare_from: date | None
    """The day before, where the texts of both versions are held."""

    @property
    def coming(self) -> str:
        """What is said instead of `label` until its day has come."""
        return COMING_LABEL[self.change.kind]

    @property
    def anchor(self) -> str:
        return event_anchor(self.change)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthChanges:
    month: str
    """`August 2024`."""
    lines: tuple[ChangeLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage:
    template: ClassVar[str] = "changes.html"
    title: str
    place: Place
    first: date
    until: date
    """The first day left out."""
    last: str
    """The last day looked at, in words."""
    months: tuple[MonthChanges, ...]
    """Newest first."""
    counts: tuple[tuple[str, int], ...]
    total: str
    newest_capture: date | None
    status: int = 200


def changes_page(kb: KnowledgeBase, first: date, until: date, known: date | None) -> ChangesPage:
    """Changes from `first` (included) to `until` (excluded), as on the command line."""
    changes = kb.changes_between(first, until, known)
    last = in_words(day_before(until))
    return ChangesPage(
        title=f"What changed from {in_words(first)} to {last}",
        place=Place(view="changes", first=first.isoformat(), second=until.isoformat()),
        first=first,
        until=until,
        last=last,
        months=by_month(changes),
        counts=tuple(
            (label, number)
            for kind, label in CHANGE_LABEL.items()
            if (number := sum(change.kind == kind for change in changes))
        ),
        total=counted(len(changes), "change"),
        newest_capture=kb.newest_capture(known, exact=True),
    )


def by_month(changes: Sequence[VersionChange], *, to_come: bool = False) -> tuple[MonthChanges, ...]:
    """`changes` by month, newest first; with `to_come`, nearest first. Changes on one day keep their order, that of the
    contents."""
    ordered = sorted(changes, key=lambda change: change.day, reverse=not to_come)
    labels = COMING_LABEL if to_come else CHANGE_LABEL
    return tuple(
        MonthChanges(month=month, lines=tuple(line_of(change, labels) for change in group))
        for month, group in groupby(ordered, key=lambda change: in_words(change.day).partition(" ")[2])
    )


def event_anchor(change: VersionChange) -> str:
    """The address of one event within a page of changes: `2024-08-01-A16.1-replaced`. A code has at most one
    event of each kind on a day."""
    return f"{change.day}-{anchor(change.code)}-{change.kind}"


def line_of(change: VersionChange, labels: Mapping[str, str] = CHANGE_LABEL) -> ChangeLine:
    """A change with the day to compare it from."""
    return ChangeLine(
        change=change,
        label=labels[change.kind],
        part=change.part or NO_PART,
        compare_from=day_before(change.day) if comparable(change.old) and comparable(change.new) else None,
    )
