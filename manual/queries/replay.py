"""What captures changed, by the day on which the archive took them in.

`known` asks what could be known from pages *seen* by a day. This asks what this copy answered on a day: history is a
pure function of statements, so the answers of each day are derived from the captures recorded by its end, by the rules
of today.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from manual.citation import code_key
from manual.dates import local_day
from manual.history.deriving import history_of
from manual.model import Capture, Code, History, Seen, Sha256
from manual.queries.differences import Difference, differences
from manual.queries.state import State
from manual.store.forms import said_with
from manual.store.read import SightRecorded

Chosen = Callable[[date, Capture], bool]
"""Which sights count, by the day of their recording and their capture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayedChange:
    """A run of past days whose answer changed, and the captures that did it."""

    difference: Difference
    captures: tuple[Capture, ...]
    """Those taken in on the day of which each alone makes this change; where only several together do, all of that day
    that speak of the code."""


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
    return tuple(_Replay(state, since, until).days())


class _Replay:
    def __init__(self, state: State, since: date, until: date | None) -> None:
        self._state = state
        self._recorded: dict[int, list[tuple[date, SightRecorded]]] = defaultdict(list)
        self._by_day: dict[date, list[SightRecorded]] = defaultdict(list)
        for sight in state.reader.sights_recorded():
            day = local_day(sight.capture.recorded_at, state.publisher)
            self._recorded[sight.page].append((day, sight))
            if since <= day and (until is None or day < until):
                self._by_day[day].append(sight)

    def days(self) -> Iterator[ReplayedDay]:
        found: dict[date, list[ReplayedChange]] = defaultdict(list)
        new_codes: dict[date, int] = defaultdict(int)
        for code, days in sorted(self._concerned().items(), key=lambda item: code_key(item[0])):
            replayed = _ReplayedCode(self._state, code, self._recorded)
            for day in sorted(days):
                if replayed.is_new_on(day):
                    new_codes[day] += 1
                else:
                    found[day] += replayed.changes_of(day)
        for day in sorted(self._by_day):
            yield ReplayedDay(
                day=day,
                captures=len({sight.capture for sight in self._by_day[day]}),
                new_codes=new_codes[day],
                changes=tuple(found[day]),
            )

    def _concerned(self) -> dict[Code, set[date]]:
        """The codes that captures of those days speak of, with the days."""
        days_of_page: dict[int, set[date]] = defaultdict(set)
        for day, sights in self._by_day.items():
            for sight in sights:
                days_of_page[sight.page].add(day)
        found: dict[Code, set[date]] = defaultdict(set)
        for page, days in days_of_page.items():
            for code in self._state.reader.codes_said_on(page):
                found[code] |= days
        return found


class _ReplayedCode:
    """One code, as of the end of each day of recording."""

    def __init__(
        self, state: State, code: Code, recorded: Mapping[int, Sequence[tuple[date, SightRecorded]]]
    ) -> None:
        self._state, self._code = state, code
        self._said = [
            (said, [(day, sight.seen, sight.capture) for day, sight in recorded.get(page, ())])
            for page, said in state.reader.statements_by_page(code)
        ]
        self._made: dict[frozenset[tuple[int, Seen]], History] = {}

    def is_new_on(self, day: date) -> bool:
        return all(recorded >= day for _, sights in self._said for recorded, _, _ in sights)

    def changes_of(self, day: date) -> Iterator[ReplayedChange]:
        """What the captures recorded on a day changed."""
        before = self._sights(lambda recorded, capture: recorded < day)
        after = self._sights(lambda recorded, capture: recorded <= day)
        if before == after:
            return
        old, new = self._history(before), self._history(after)
        past = [one for one in differences(old, new) if one.first is None or one.first <= day]
        if not past:
            return
        own = self._captures_of(day)
        alone = {sha256: self._with(before, day, sha256) for sha256 in own} if len(own) > 1 else {}
        for one in past:
            doing = [sha256 for sha256, history in alone.items() if _makes(old, history, one)]
            yield ReplayedChange(difference=one, captures=tuple(own[sha256] for sha256 in doing or own))

    def _captures_of(self, day: date) -> dict[Sha256, Capture]:
        """The captures recorded on a day that speak of the code."""
        return {
            capture.sha256: capture
            for _, sights in self._said
            for recorded, _, capture in sights
            if recorded == day
        }

    def _with(self, before: frozenset[tuple[int, Seen]], day: date, sha256: Sha256) -> History:
        added = self._sights(lambda recorded, capture: recorded == day and capture.sha256 == sha256)
        return self._history(before | added)

    def _sights(self, chosen: Chosen) -> frozenset[tuple[int, Seen]]:
        return frozenset(
            (place, seen)
            for place, (_, sights) in enumerate(self._said)
            for recorded, seen, capture in sights
            if chosen(recorded, capture)
        )

    def _history(self, sights: frozenset[tuple[int, Seen]]) -> History:
        made = self._made.get(sights)
        if made is None:
            statements = (
                pair
                for place, (said, _) in enumerate(self._said)
                for pair in said_with(said, sorted((s for p, s in sights if p == place), key=_seen_order))
            )
            ended = self._state.publisher.edition_ended
            made = self._made[sights] = history_of(self._code, statements, edition_ended=ended)
        return made


def _seen_order(seen: Seen) -> tuple[date, bool, Sha256]:
    return seen.day, seen.exact, seen.capture


def _makes(old: History, new: History, one: Difference) -> bool:
    """Whether `new` differs from `old` on all days of a difference, as it does."""
    return any(
        (found.first is None or (one.first is not None and found.first <= one.first))
        and (found.until is None or (one.until is not None and one.until <= found.until))
        and found.after.answer == one.after.answer
        and [v.effective_from for v in found.after.versions] == [v.effective_from for v in one.after.versions]
        for found in differences(old, new)
    )
