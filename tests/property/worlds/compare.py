"""The program's answers beside those of the plain worlds, day by day, and the kinds of difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from manual.history.answers import in_force_on
from manual.history.deriving import history_of
from tests.property.worlds.agreement import Reply, reply_on
from tests.property.worlds.enumerator import Plain, TooLarge, all_readings, days_asked
from tests.property.worlds.evidence import CODE, Contents, Evidence, Page, said_by
from tests.property.worlds.replies import Told, told_by_program, told_by_worlds

DOUBT = ("disputed", "undated")
Severity = Literal["wrong", "doubt", "bound", "word", "caveat"]
SEVERITIES: tuple[Severity, ...] = ("wrong", "doubt", "bound", "word", "caveat")


@dataclass(frozen=True, slots=True)
class Difference:
    """One day on which the two differ. `kind` says how, in words that group alike ones."""

    day: date
    severity: Severity
    kind: str
    program: Told
    worlds: Told


@dataclass(frozen=True, slots=True)
class Compared:
    """All days of one piece of evidence. `settled`: days on which the plain worlds agree on a definite answer."""

    plain: Plain
    cells: int
    settled: int
    differences: tuple[Difference, ...]


def compare(evidence: Evidence, seconds: float = 2.0) -> Compared:
    """Raises TooLarge where the worlds can't be enumerated in time."""
    readings = all_readings(evidence, seconds)
    history = history_of(CODE, said_by(evidence))
    days = days_asked(readings[0].marks)
    found: list[Difference] = []
    settled = 0
    for day in days:
        program = told_by_program(history, in_force_on(history, day))
        reply, kinds = _nearest(program, [reply_on(plain, day) for plain in readings])
        settled += reply.word not in DOUBT
        worlds = told_by_worlds(reply)
        found += [Difference(day, severity, kind, program, worlds) for severity, kind in kinds]
    return Compared(readings[0], len(days), settled, tuple(found))


def _nearest(program: Told, replies: Sequence[Reply]) -> tuple[Reply, list[tuple[Severity, str]]]:
    """The reply from which the program differs least: what the definition leaves open may be answered either way."""
    told = [(reply, list(differences(program, reply))) for reply in replies]
    return max(told, key=lambda pair: min((SEVERITIES.index(s) for s, _ in pair[1]), default=len(SEVERITIES)))


def differences(program: Told, worlds: Reply) -> Iterator[tuple[Severity, str]]:
    """How an answer of the program differs from one of the worlds: how badly, and in words that group alike ones."""
    if program.word != worlds.word:
        severity: Severity = (
            "wrong" if program.word not in DOUBT else "doubt" if worlds.word not in DOUBT else "word"
        )
        yield severity, f"{program.word} where the worlds say {worlds.word}"
        return
    if program.word == "in_force":
        yield from _starts(program, worlds)
    if program.word in ("in_force", "ended"):
        yield from _ends(program, worlds)
        yield from _caveats(program, worlds)


def _starts(program: Told, worlds: Reply) -> Iterator[tuple[Severity, str]]:
    start = next(iter(program.starts))
    known = worlds.starts - {None}
    if program.words and program.words not in worlds.words:
        yield "wrong", "the text of another version"
    if start is not None and start not in worlds.starts | worlds.stated:
        yield "wrong", "another version in force"
    elif start is not None and (len(known) > 1 or not known):
        yield "bound", "a first day that the worlds don't agree on"
    elif start is None and worlds.starts == known and len(known) == 1:
        yield "bound", "no first day where the worlds agree on one"


def _ends(program: Told, worlds: Reply) -> Iterator[tuple[Severity, str]]:
    if program.until is not None and worlds.untils != {program.until}:
        yield "bound", "a day of ending that the worlds don't agree on"
    elif program.until is None and None not in worlds.untils and len(worlds.untils) == 1:
        yield "bound", "no day of ending where the worlds agree on one"


def _caveats(program: Told, worlds: Reply) -> Iterator[tuple[Severity, str]]:
    """One caveat does for another; a day of last sight is that of this version."""
    caveated = program.gap or program.seen is not None
    if worlds.gap and not caveated:
        yield "caveat", f"{program.word} without a caveat, where no list vouches for what follows"
    if worlds.seen is not None and not worlds.gap and not caveated:
        yield "caveat", f"{program.word} without a caveat, after the last sight"
    if program.seen is not None and worlds.seen is not None and program.seen not in worlds.shown:
        yield "caveat", f"{program.word} as last seen on a day that shows another version"
    if caveated and not worlds.gap and not worlds.after:
        yield "caveat", f"{program.word} with a needless caveat"


# ---------------------------------------------------------------- smaller examples


def shrunk(evidence: Evidence, kind: str, seconds: float) -> Evidence:
    """The smallest piece of evidence found by leaving out captures and rows that still shows the kind of difference."""
    for smaller in _smaller(evidence):
        try:
            if any(difference.kind == kind for difference in compare(smaller, seconds).differences):
                return shrunk(smaller, kind, seconds)
        except TooLarge:
            continue
    return evidence


def _smaller(evidence: Evidence) -> Iterator[Evidence]:
    for n, says in enumerate(evidence):
        before, after = evidence[:n], evidence[n + 1 :]
        if len(evidence) > 1:
            yield (*before, *after)
        if isinstance(says, Page) and says.rows is not None:
            yield (*before, replace(says, rows=None), *after)
            for k in range(len(says.rows) if len(says.rows) > 1 else 0):
                # what is left of a whole list is one that breaks off, or another contradiction would be planted
                yield (*before, replace(says, rows=says.rows[:k] + says.rows[k + 1 :], whole=False), *after)
        if isinstance(says, Contents) and len(says.lines) > 1:
            for k in range(len(says.lines)):
                yield (*before, replace(says, lines=says.lines[:k] + says.lines[k + 1 :]), *after)
