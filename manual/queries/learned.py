"""What captures taught: the answers for days gone by that each of them changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from manual.history.deriving import history_of
from manual.model import NAMING, AnswerWord, Code, History, Seen, Sha256, Span, Statement
from manual.queries.differences import runs_from
from manual.queries.state import State
from manual.store.forms import said_with


class VersionTold(NamedTuple):
    """A version as far as an answer names it: the day on which it began, else (None) its title."""

    began: date | None
    title: str = ""


class Told(NamedTuple):
    """An answer in short: its word and the versions that it names."""

    answer: AnswerWord
    versions: tuple[VersionTold, ...] = ()


class AnswerRun(NamedTuple):
    """An answer from a day on (None: since ever), up to the next run."""

    first: date | None
    told: Told


UNKNOWN: tuple[AnswerRun, ...] = (AnswerRun(None, Told("unknown_code")),)
"""The answers for a code that nothing is known of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A run of days whose answer became another: `first` included (None: since ever), `until` not (None: no end)."""

    first: date | None
    until: date | None
    before: Told
    after: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What became known of one code on one day, as far as it changed an answer."""

    code: Code
    day: date
    """The day on which it became known: that of the captures, or of their recording where that is unknown."""
    captures: tuple[Sha256, ...]
    """Those that became known on that day and speak of the code."""
    shifts: tuple[Shift, ...]


def runs_of(history: History) -> tuple[AnswerRun, ...]:
    """All answers of a code, day by day."""
    return tuple(AnswerRun(span.first, _told(history, span)) for span in history.spans)


def _told(history: History, span: Span) -> Told:
    """Of the other words, the versions that lie near may change unnoticed."""
    if span.answer not in NAMING:
        return Told(span.answer)
    named = (history.version(id) for id in span.versions)
    began = (
        VersionTold(version.validity.effective_from, "" if version.validity.effective_from else version.title)
        for version in named
    )
    return Told(span.answer, tuple(began))


def told_on(runs: Sequence[AnswerRun], day: date | None) -> Told:
    """The answer for a day; None: for all days before any on which it changes."""
    return [run for run in runs if run.first is None or (day is not None and run.first <= day)][-1].told


def shifts(
    before: Sequence[AnswerRun], after: Sequence[AnswerRun], until: date | None = None
) -> tuple[Shift, ...]:
    """The runs of days, before `until`, for which two histories of one code answer differently."""
    found: list[Shift] = []
    for first, next_day in runs_from((run.first for run in (*before, *after)), until):
        old, new = told_on(before, first), told_on(after, first)
        if old == new:
            continue
        last = found[-1] if found else None
        if last is not None and (last.until, last.before, last.after) == (first, old, new):
            first = found.pop().first
        found.append(Shift(first=first, until=next_day, before=old, after=new))
    return tuple(found)


def learned(state: State, code: Code, since: date | None = None) -> tuple[Learned, ...]:
    """What captures taught of a code, oldest first: one entry for each day on which any changed an answer for that day
    or an earlier one. The first captures that name the code changed none. `since`: only from that day on."""
    state.noticed(code)
    return state.taught.get((code, since), lambda: tuple(_learned(state, code, since)))


def _learned(state: State, code: Code, since: date | None) -> Iterator[Learned]:
    sights = state.reader.said_as_known(code)
    days = sorted({known for known, _, _ in sights})
    if len(days) < 2:
        return  # the first captures changed nothing, and most codes have no others
    start = since.toordinal() if since else 0
    before: Sequence[AnswerRun] = ()
    for n, day in enumerate(days):
        if day < start and (n + 1 == len(days) or days[n + 1] < start):
            continue  # nothing is told of this day, and the next one that is needs another history before it
        on = date.fromordinal(day)
        runs = runs_of(_history_by(state, code, sights, None if n + 1 == len(days) else day))
        changed = shifts(before, runs, on + timedelta(days=1)) if before and day >= start else ()
        if changed:
            captures = dict.fromkeys(seen.capture for known, _, seen in sights if known == day)
            yield Learned(code=code, day=on, captures=tuple(captures), shifts=changed)
        before = runs


def _history_by(
    state: State, code: Code, sights: Sequence[tuple[int, str, Seen]], day: int | None
) -> History:
    """The history as known by a day; None: by the last one, which the state has."""
    if day is None and (timeline := state.timeline(code)) is not None:
        return timeline.history
    said = _statements((text, seen) for known, text, seen in sights if day is None or known <= day)
    return history_of(code, said, edition_ended=state.publisher.edition_ended)


def _statements(said: Iterable[tuple[str, Seen]]) -> Iterator[tuple[Statement, Seen]]:
    return (pair for text, seen in said for pair in said_with(text, (seen,)))
