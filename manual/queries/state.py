"""One state of the knowledge base, with what was already looked up in it; and the same as it was known by a day."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from manual import citation
from manual.cache import Cache
from manual.history import in_force_on
from manual.model import Answer, Capture, Code, Finding, History, Sha256, Version, VersionId
from manual.store.read import Reader, RefRow

if TYPE_CHECKING:
    from manual.queries.learned import Learned

V = TypeVar("V")


class Timeline:
    """The answers of one code, day by day.

    `history.in_force_on` gives them; between two days on which anything begins or ends they differ only in the day
    asked, so that each run of days is worked out once. Of each run the last answer is kept: a page asks several times
    for one day.
    """

    __slots__ = ("_answers", "_breaks", "_found", "history", "remarks")

    def __init__(
        self,
        history: History,
        remarks: Sequence[tuple[date | None, Finding]] = (),
        found: Sequence[Finding] = (),
    ) -> None:
        """`found`: what reading the pages about the code brought up."""
        self.history = history
        self.remarks = remarks
        """What is said beside the answers from a day on, or (None) on every day."""
        self._found = found
        breaks = {span.first for span in history.spans if span.first is not None}
        breaks |= {
            v.validity.effective_from for v in history.versions if v.validity.effective_from is not None
        }
        # "as last seen" and "no list shows what came between" count from the day after a version or its end was seen;
        # the latter, of one of unknown start, before its last sight too
        seen = {day for v in history.versions for day in (v.last_seen, v.end_seen) if day is not None}
        breaks |= seen | {day + timedelta(days=1) for day in seen if day < date.max}
        breaks |= {since for since, _ in remarks if since is not None}
        self._breaks = sorted(breaks)
        self._answers: list[Answer | None] = [None] * (len(breaks) + 1)

    def runs(self) -> Iterator[tuple[date | None, Answer]]:
        """Each run of days by its first day (None: all days before the next), with the answer of one of its days."""
        for run, first in enumerate([None, *self._breaks]):
            day = first or (self._breaks[0] - timedelta(days=1) if self._breaks else date.max)
            yield first, self._answer(run, day)

    def _answer(self, run: int, day: date) -> Answer:
        same = self._answers[run]
        if same is None:
            same = in_force_on(self.history, day)
            beside = [finding for since, finding in self.remarks if since is None or since <= day]
            found = self._found_behind(same)
            if beside or found:
                same = replace(same, findings=tuple(dict.fromkeys((*same.findings, *found, *beside))))
            self._answers[run] = same
        return same

    def _found_behind(self, answer: Answer) -> list[Finding]:
        """What was found in the captures of the versions that the answer names, else of those around it: a first day
        that can't be read decides between `in_force` and `before_record` (a foot "Effective 05/06/0212")."""
        if not self._found:
            return []
        named = answer.named or [v for v in (answer.previous, answer.next) if v is not None]
        captures = {sha256 for version in named for sha256 in (*version.captures, *version.other_texts)}
        return [finding for finding in self._found if finding.capture in captures]

    def on(self, day: date) -> Answer:
        run = bisect_right(self._breaks, day)
        same = self._answer(run, day)
        if same.on == day:
            return same
        found = self._answers[run] = Answer(
            code=same.code,
            on=day,
            known=None,
            answer=same.answer,
            version=same.version,
            candidates=same.candidates,
            reasons=same.reasons,
            findings=same.findings,
            as_last_seen=same.as_last_seen,
            as_last_seen_exact=same.as_last_seen_exact,
            previous=same.previous,
            next=same.next,
            span=same.span,
        )
        return found


VIEWS_KEPT = 3
"""Days of knowledge whose histories are kept; those of a large manual take tens of megabytes each."""


class State:
    """What one file answers, or what it would answer had only the pages known by a day been loaded (`at`).

    Nothing in it changes; when the file is replaced, another State takes its place.
    """

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.publisher = reader.publisher
        self.digest = reader.digest
        self.cached: Cache[Hashable, object] = Cache(64)
        """For what is large: contents by day, the tree, titles, coverage."""
        self._timelines: Cache[Code, Timeline | None] = Cache(4096)
        self._known: Cache[tuple[int, int], State] = Cache(VIEWS_KEPT)
        self.pinpoints: Cache[VersionId, Mapping[str, None] | None] = Cache(1024)
        self.captures: Cache[Sha256, Capture] = Cache(512)
        self._code_of: Cache[VersionId, Code | None] = Cache(4096)
        self.taught: Cache[tuple[Code, date | None], tuple[Learned, ...]] = Cache(4096)
        """What captures taught of a code since a day: the feeds of the code and of all that it is under ask for it."""
        self.references: Cache[Code, list[RefRow]] = Cache(16)
        """Who refers to a section, on all days: whoever asks for one day mostly asks for others next."""

    def kept(self, key: Hashable, make: Callable[[], V]) -> V:
        """What is large and asked for often, by a name that tells its type."""
        return self.cached.get(key, make)  # type: ignore[return-value]

    def noticed(self, code: Code) -> None:
        """Called for every code of which anything is asked. Hook, overridden by the exporter to record dependencies."""

    def at(self, known: date | None) -> State:
        """The state as it could be known by the end of a day. All days between two captures share one."""
        day = self.known_since(known) if known is not None else None
        if day is None:
            return self
        # By process, too: a connection must not be shared with a child.
        return self._known.get((os.getpid(), day), lambda: self._at(day))

    def known_since(self, known: date) -> int | None:
        """The last day up to `known` on which anything became known (0: none was); None where nothing did later."""
        days: list[int] = self.kept("days known", self.reader.days_known)
        place = bisect_right(days, known.toordinal())
        if place == len(days):
            return None
        return days[place - 1] if place else 0

    def _at(self, day: int) -> State:
        from manual.store.known import KnownReader  # only such a question derives anything

        return State(KnownReader(self.reader, day))

    def timeline(self, code: Code) -> Timeline | None:
        """None for an unknown code."""
        self.noticed(code)
        return self.found(code)

    def found(self, code: Code) -> Timeline | None:
        """As `timeline`, unnoticed."""
        return self._timelines.get(code, lambda: self._timeline(code))

    def _timeline(self, code: Code) -> Timeline | None:
        history = self.reader.history(code)
        if history is None:
            return None
        return Timeline(history, self.reader.remarks(code), self.reader.found_while_reading(code))

    def answer(self, code: Code, on: date, *, near: bool = True) -> Answer:
        """`near`: name the nearest codes for an unknown one. That costs as much as a page, so references do without."""
        self.noticed(code)
        timeline = self._timelines.find(code) or self.found(code)
        return timeline.on(on) if timeline is not None else self._unknown(code, on, near=near)

    def _unknown(self, code: Code, on: date, *, near: bool) -> Answer:
        return Answer(
            code=code,
            on=on,
            known=None,
            answer="unknown_code",
            reasons=(f"no page that was read names {code}",),
            nearest_codes=citation.nearest_codes(code, self.codes(), publisher=self.publisher)
            if near
            else (),
        )

    def codes(self) -> tuple[Code, ...]:
        """In natural order."""
        return self.kept("codes", lambda: tuple(sorted(self.reader.codes(), key=citation.code_key)))

    def versions_of(self, code: Code, ids: Collection[VersionId]) -> list[Version]:
        """Some versions of a known code: for whoever asks for few of many codes."""
        self.noticed(code)
        timeline = self._timelines.find(code)
        if timeline is None:
            return self.reader.versions(code, ids)
        return [version for version in timeline.history.versions if version.id in ids]

    def version(self, id: VersionId | str | None) -> Version | None:
        """By way of its code's history, which is checked against damage."""
        if not id:
            return None
        sought = VersionId(id)
        code = self._code_of.get(sought, lambda: self.reader.code_of(sought))
        timeline = self.timeline(code) if code else None
        if timeline is None:
            return None
        return next((version for version in timeline.history.versions if version.id == id), None)
