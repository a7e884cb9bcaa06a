"""What changed in the whole manual from one day on and before another, grouped by part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import ClassVar

from manual.dates import in_words
from manual.pages.held import comparable
from manual.pages.links import Place
from manual.pages.words import counted, day_before
from manual.queries import KnowledgeBase
from manual.queries.results import VersionChange

CHANGE_LABEL = {"began": "begun", "replaced": "replaced", "ended": "ended", "revoked": "revoked"}
NO_PART = "Not in the contents"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    change: VersionChange
    label: str
    compare_from: date | None
    """The day before, where the texts of both versions are held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartChanges:
    part: str
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
    parts: tuple[PartChanges, ...]
    counts: tuple[tuple[str, int], ...]
    total: str
    newest_capture: date | None
    status: int = 200


def changes_page(kb: KnowledgeBase, first: date, until: date, known: date | None) -> ChangesPage:
    """Changes from `first` on and before `until`, as on the command line."""
    changes = kb.changes_between(first, until, known)
    last = in_words(day_before(until))
    return ChangesPage(
        title=f"What changed from {in_words(first)} to {last}",
        place=Place(view="changes", first=first.isoformat(), second=until.isoformat()),
        first=first,
        until=until,
        last=last,
        parts=by_part(changes, part_order(kb, known)),
        counts=tuple(
            (label, number)
            for kind, label in CHANGE_LABEL.items()
            if (number := sum(change.kind == kind for change in changes))
        ),
        total=counted(len(changes), "change"),
        newest_capture=kb.newest_capture(known),
    )


def part_order(kb: KnowledgeBase, known: date | None) -> tuple[str, ...]:
    """Titles of the parts in the order of the contents."""
    return tuple(entry.title for entry in kb.contents_printed(known).entries if entry.kind == "top")


def by_part(
    changes: tuple[VersionChange, ...], order: tuple[str, ...], *, newest_first: bool = True
) -> tuple[PartChanges, ...]:
    """`changes` grouped by part in the `order` of the contents, days newest first, or the other way round."""
    place = {
        part: n for n, part in enumerate((*order, *sorted({change.part for change in changes} - {*order})))
    }
    way = -1 if newest_first else 1
    in_order = sorted(changes, key=lambda c: (place[c.part], way * c.day.toordinal()))
    return tuple(
        PartChanges(part=part or NO_PART, lines=tuple(line_of(change) for change in group))
        for part, group in groupby(in_order, key=lambda change: change.part)
    )


def line_of(change: VersionChange) -> ChangeLine:
    """A change with the day to compare it from."""
    return ChangeLine(
        change=change,
        label=CHANGE_LABEL[change.kind],
        compare_from=day_before(change.day) if comparable(change.old) and comparable(change.new) else None,
    )
