"""What captures changed, by the day on which the archive took them in.

`known` asks what could be known from pages *seen* by a day. This asks what this copy answered on a day: history is a
pure function of statements, so the answers of each day are derived from the captures recorded by its end, by the rules
of today.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import NamedTuple

from manual.citation import code_key
from manual.dates import local_day
from manual.history.deriving import history_of
from manual.model import Capture, Code, History, Seen
from manual.processes import WorkerPool, batched
from manual.queries.differences import Difference, differences
from manual.queries.state import State
from manual.store.forms import statements_from

_FEW_CODES = 60
"""Up to so many codes are replayed in this process: starting others would take longer."""
_CODES_AT_ONCE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayedChange:
    """A run of past days whose answer changed, and the captures that did it."""

    difference: Difference
    captures: tuple[Capture, ...]
    """The one taken in on the day that alone makes this change, one of the code's own pages if that does; where only
    several together make it, all of that day that speak of the code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayedDay:
    """One day on which captures were taken in."""

    day: date
    captures: int
    """How many sights of pages were recorded on it."""
    new_codes: int
    """Codes that nothing spoke of before that day: no answer of theirs changed."""
    changes: tuple[ReplayedChange, ...]
    """By code, then by the days. Only of days up to this one: what lies ahead is no past answer."""


def replay(state: State, since: date, until: date | None) -> tuple[ReplayedDay, ...]:
    """The days from `since` (included) to `until` (excluded; None: no end) on which captures were taken in."""
    recorded: dict[int, list[_Sight]] = defaultdict(list)
    taken_in: dict[date, set[Capture]] = defaultdict(set)
    days_of_page: dict[int, set[date]] = defaultdict(set)
    for page, seen, capture in state.reader.sights_recorded():
        day = local_day(capture.recorded_at, state.publisher)
        recorded[page].append(_Sight(day, seen, capture))
        if since <= day and (until is None or day < until):
            taken_in[day].add(capture)
            days_of_page[page].add(day)
    found: dict[date, list[ReplayedChange]] = defaultdict(list)
    new_codes: Counter[date] = Counter()
    for new, changes in _replayed(_jobs(state, recorded, days_of_page)):
        if new is not None:
            new_codes[new] += 1
        for day, change in changes:
            found[day].append(change)
    return tuple(
        ReplayedDay(day=day, captures=len(taken_in[day]), new_codes=new_codes[day], changes=tuple(found[day]))
        for day in sorted(taken_in)
    )


class _Sight(NamedTuple):
    """A sight of a page, and the day on which the archive took it in."""

    recorded: date
    seen: Seen
    capture: Capture


@dataclass(frozen=True, slots=True)
class _Job:
    """One code, with what each page says of it and when each was seen, and the days to be replayed."""

    code: Code
    said: tuple[tuple[str, tuple[_Sight, ...]], ...]
    days: tuple[date, ...]
    edition_ended: date | None


_Done = tuple[date | None, list[tuple[date, ReplayedChange]]]
"""Of one code the day on which the first thing was said of it, if that is one of those replayed, and what changed."""


def _jobs(
    state: State, recorded: Mapping[int, Sequence[_Sight]], days_of_page: Mapping[int, set[date]]
) -> list[_Job]:
    """The codes that captures of those days speak of, in their natural order."""
    days: dict[Code, set[date]] = defaultdict(set)
    for page, own in days_of_page.items():
        for code in state.reader.codes_said_on(page):
            days[code] |= own
    return [
        _Job(
            code,
            tuple(
                (said, tuple(recorded.get(page, ()))) for page, said in state.reader.statements_by_page(code)
            ),
            tuple(sorted(days[code])),
            state.publisher.edition_ended,
        )
        for code in sorted(days, key=code_key)
    ]


def _replayed(jobs: Sequence[_Job]) -> Iterator[_Done]:
    with WorkerPool() as workers:
        for done in workers.map(_replay_codes, batched(jobs, _CODES_AT_ONCE), many=len(jobs) > _FEW_CODES):
            yield from done


def _replay_codes(jobs: Sequence[_Job]) -> list[_Done]:
    return [_replay_code(job) for job in jobs]


def _replay_code(job: _Job) -> _Done:
    code = _ReplayedCode(job)
    first = min(sight.recorded for _, sights in job.said for sight in sights)
    changes = [(day, change) for day in job.days if day != first for change in code.changes_of(day)]
    return first if first in job.days else None, changes


class _ReplayedCode:
    """One code, as of the end of each day of recording."""

    def __init__(self, job: _Job) -> None:
        self._job = job
        self._said = [(statements_from(said), sights) for said, sights in job.said]
        self._made: dict[frozenset[tuple[int, Seen]], History] = {}

    def changes_of(self, day: date) -> Iterator[ReplayedChange]:
        """What the captures recorded on a day changed on days up to it."""
        before = self._sights(lambda sight: sight.recorded < day)
        after = self._sights(lambda sight: sight.recorded <= day)
        if before == after:
            return
        old, new = self._history(before), self._history(after)
        past = [one for one in differences(old, new) if one.first is None or one.first <= day]
        if past:
            yield from self._with_captures(past, old, before, day)

    def _with_captures(
        self, past: Sequence[Difference], old: History, before: frozenset[tuple[int, Seen]], day: date
    ) -> Iterator[ReplayedChange]:
        own = self._captures_of(day)
        doing: dict[Difference, Capture] = {}
        for capture in own if len(own) > 1 else ():
            if len(doing) == len(past):
                break
            added = self._sights(partial(_is_of, day, capture))
            made = differences(old, self._history(before | added))
            doing |= {one: capture for one in past if one not in doing and _makes(made, one)}
        for one in past:
            yield ReplayedChange(difference=one, captures=(doing[one],) if one in doing else tuple(own))

    def _captures_of(self, day: date) -> list[Capture]:
        """The captures recorded on a day that speak of the code, those of its own pages first."""
        found: dict[Capture, bool] = {}
        for statements, sights in self._said:
            own = any(statement.kind == "page" for statement in statements)
            for sight in sights:
                if sight.recorded == day:
                    found[sight.capture] = found.get(sight.capture, False) or own
        return sorted(found, key=lambda capture: (not found[capture], capture.recorded_at, capture.sha256))

    def _sights(self, chosen: Callable[[_Sight], bool]) -> frozenset[tuple[int, Seen]]:
        return frozenset(
            (place, sight.seen)
            for place, (_, sights) in enumerate(self._said)
            for sight in sights
            if chosen(sight)
        )

    def _history(self, sights: frozenset[tuple[int, Seen]]) -> History:
        made = self._made.get(sights)
        if made is None:
            statements = ((said, seen) for place, seen in sights for said in self._said[place][0])
            ended = self._job.edition_ended
            made = self._made[sights] = history_of(self._job.code, statements, edition_ended=ended)
        return made


def _is_of(day: date, capture: Capture, sight: _Sight) -> bool:
    return sight.recorded == day and sight.capture.sha256 == capture.sha256


def _makes(made: Sequence[Difference], one: Difference) -> bool:
    """Whether one of the differences has all days of another, with the same answer after it."""
    return any(
        (found.first is None or (one.first is not None and found.first <= one.first))
        and (found.until is None or (one.until is not None and one.until <= found.until))
        and found.after.answer == one.after.answer
        and [v.effective_from for v in found.after.versions] == [v.effective_from for v in one.after.versions]
        for found in made
    )
