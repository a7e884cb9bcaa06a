"""Amendment circulars about a generated manual: what its publisher sent round, and the copies of it that people kept.

A circular says of codes that they are new, amended or revoked from a day (rule 26). It is drawn apart from the manual
and its pages, so that these are the same with and without circulars.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from manual.dates import in_words
from tests.property.truth.publisher import TODAY, Shown, Taken
from tests.property.truth.world import DAY, EDITION_END, Manual, TrueCode, TrueVersion

SLIP = 25
"""By at most so many days a circular misses the first day that came true: less than the 31 within which it is that of
the page."""
APART = 70
"""No other version begins so near to a first day that a circular misses: its day would be taken for that one's."""
TOGETHER = 45
"""Changes of days no further apart may stand in one circular."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line of a circular."""

    code: str
    number: int
    """Of the true version, or below zero for one that was withdrawn."""
    title: str
    ends: bool
    day: date
    """As printed."""
    issued: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Circular:
    name: str
    """Year and number, `2018-09`."""
    issued: date
    changes: tuple[Change, ...]

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(dict.fromkeys(change.day for change in self.changes))


# ---------------------------------------------------------------- what is announced


def circulars_of(manual: Manual) -> tuple[Circular, ...]:
    """Those that the publisher sent, by day of issue. One tells of one change, or of two of different days."""
    rng = Random(f"circulars {manual.seed}")
    changes = sorted((c for code in manual.codes for c in _changes(code, rng)), key=lambda c: c.issued)
    sent: list[Circular] = []
    numbers: dict[int, int] = {}
    while changes:
        together = [changes.pop(0)]
        if changes and _go_together(together[0], changes[0]) and rng.random() < 0.6:
            together.append(changes.pop(0))
        issued = together[0].issued
        numbers[issued.year] = numbers.get(issued.year, 0) + 1
        name = f"{issued.year}-{numbers[issued.year]:02d}"
        sent.append(Circular(name=name, issued=issued, changes=tuple(together)))
    return tuple(sent)


def _go_together(one: Change, other: Change) -> bool:
    return one.code != other.code and other.day > one.issued and abs(other.day - one.day) <= DAY * TOGETHER


def _changes(code: TrueCode, rng: Random) -> Iterator[Change]:
    """Some of the starts and ends of a code, and of the starts that were withdrawn later."""
    for version in code.versions:
        roll, lead, slip = rng.random(), rng.randint(1, 60), rng.choice((-1, 1)) * rng.randint(1, SLIP)
        if version.old_edition or version.start == EDITION_END:
            continue
        if roll < 0.22:
            yield _start(code, version, lead, slip if roll < 0.025 else 0)
    for version in code.versions:
        roll, lead = rng.random(), rng.randint(1, 60)
        if version.ended and roll < 0.4:
            assert version.until is not None
            issued = max(version.until - DAY * lead, version.published)
            yield _line(code, version, ends=True, day=version.until, issued=issued)
    for ghost in code.withdrawn:
        if rng.random() < 0.25:
            v = ghost.version
            yield _line(code, v, ends=False, day=v.start, issued=v.published)


def _start(code: TrueCode, version: TrueVersion, lead: int, slip: int) -> Change:
    """The first day as the publisher gives it when the circular is issued: before the version begins, and no sooner
    than its page shows it, if that shows it before."""
    issued = version.start - DAY * lead
    day = version.start
    if version.published < version.start:
        issued = max(issued, version.published)
        day = version.printed_start(issued)
    elif slip and all(abs(v.start - day) > DAY * APART for v in code.versions if v is not version):
        day += DAY * slip
    return _line(code, version, ends=False, day=day, issued=min(issued, day - DAY))


def _line(code: TrueCode, version: TrueVersion, *, ends: bool, day: date, issued: date) -> Change:
    return Change(
        code=code.code, number=version.number, title=version.title, ends=ends, day=day, issued=issued
    )


# ---------------------------------------------------------------- as sent, and as kept


def _text(circular: Circular) -> str:
    days = [in_words(day) for day in circular.days]
    effect = (
        f"The changes are effective from {days[0]}."
        if len(days) == 1
        else f"Some changes are effective from {days[0]}, and others from {days[1]}."
    )
    year, _, number = circular.name.partition("-")
    lines = [
        in_words(circular.issued),
        f"Immigration Amendment Circular No. {year}/{number}",
        "To all who keep the harbour's papers",
        "Introduction",
        effect,
    ]
    for change in circular.changes:
        lines.append(_heading(change))
        lines.append(f"{change.code} {change.title}")
    return "\n\n".join(lines) + "\n"


def _heading(change: Change) -> str:
    if change.ends:
        return f"Revocation of instructions effective from {in_words(change.day)}"
    return f"Changes to immigration instructions effective from {in_words(change.day)}"


def take_circulars(manual: Manual) -> list[Taken]:
    """Most of them, each kept as it came, or found again much later."""
    rng = Random(f"kept circulars {manual.seed}")
    taken = []
    for circular in circulars_of(manual):
        roll, later, known = rng.random(), rng.randint(1, 2500), rng.random() < 0.86
        day = circular.issued + DAY * (0 if roll < 0.4 else later % 15 if roll < 0.6 else later)
        if roll < 0.9:
            taken.append(_taken(circular, min(day, TODAY), known))
    return taken


def _taken(circular: Circular, day: date, known: bool) -> Taken:
    return Taken(
        data=_text(circular).encode(),
        media="text",
        path=f"circular/{circular.name}",
        day=day,
        known=known,
        shown=tuple(_shown(change) for change in circular.changes),
        summary=f"circular of {circular.issued}: {_said(circular.changes)}",
    )


def _shown(change: Change) -> Shown:
    said = {"mark": "ended", "end": change.day, "over": change.day} if change.ends else {"start": change.day}
    return Shown(code=change.code, number=change.number, via="circular", address="", **said)  # type: ignore[arg-type]


def _said(changes: Sequence[Change]) -> str:
    return ", ".join(f"{c.code} {'ends' if c.ends else 'begins'} on {c.day}" for c in changes)
