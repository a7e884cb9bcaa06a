"""One state of the knowledge base, with what was already looked up in it."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Generic, TypeVar

from manual import citation
from manual.history import in_force_on
from manual.model import Answer, Capture, Code, Finding, History, Sha256, Version, VersionId
from manual.store import files
from manual.store.forms import said_with
from manual.store.read import Reader, RefRow

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


_NOTHING: Any = object()


class Kept(Generic[K, V]):
    """What was looked up, up to a number of things; the oldest go first. Safe for many threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._values: dict[K, V] = {}

    def get(self, key: K, make: Callable[[], V]) -> V:
        """What is kept under `key`, else what `make` gives. Two threads may make the same at once; both are right."""
        value: V = self._values.get(key, _NOTHING)
        if value is _NOTHING:
            value = make()
            self.put(key, value)
        return value

    def find(self, key: K) -> V | None:
        return self._values.get(key)

    def put(self, key: K, value: V) -> None:
        with self._lock:
            self._values[key] = value
            if len(self._values) > self._size:
                del self._values[next(iter(self._values))]


class Timeline:
    """The answers of one code, day by day.

    `history.in_force_on` gives them; between two days on which anything begins or ends they differ only in the day
    asked, so that each run of days is worked out once. Of each run the last answer is kept: a page asks several times
    for one day.
    """

    __slots__ = ("_answers", "_breaks", "history", "remarks")

    def __init__(self, history: History, remarks: Sequence[tuple[date | None, Finding]] = ()) -> None:
        self.history = history
        self.remarks = remarks
        """What is said beside the answers from a day on, or (None) on every day."""
        breaks = {span.first for span in history.spans if span.first is not None}
        breaks |= {
            v.validity.effective_from for v in history.versions if v.validity.effective_from is not None
        }
        if history.last_seen is not None and history.last_seen < date.max:
            breaks.add(history.last_seen + timedelta(days=1))
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
            beside = tuple(finding for since, finding in self.remarks if since is None or since <= day)
            if beside:
                same = replace(same, findings=(*same.findings, *beside))
            self._answers[run] = same
        return same

    def on(self, day: date, known: date | None) -> Answer:
        run = bisect_right(self._breaks, day)
        same = self._answer(run, day)
        if same.on == day and same.known == known:
            return same
        found = self._answers[run] = Answer(
            code=same.code,
            on=day,
            known=known,
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


class State:
    """What one file answers. Nothing in it changes; when the file is replaced, another State takes its place."""

    def __init__(self, home: Path, *, mapped: bool = True) -> None:
        self.reader = Reader(files.path_in(home), mapped=mapped)
        self.digest = self.reader.digest
        self.cached: Kept[Hashable, object] = Kept(64)
        """For what is large: contents by day, the tree, titles, coverage."""
        self._timelines: Kept[tuple[Code, date | None], Timeline | None] = Kept(4096)
        self.pinpoints: Kept[VersionId, frozenset[str] | None] = Kept(1024)
        self.captures: Kept[Sha256, Capture] = Kept(512)
        self._code_of: Kept[VersionId, Code | None] = Kept(4096)
        self.references: Kept[Code, list[RefRow]] = Kept(16)
        """Who refers to a section, on all days: whoever asks for one day mostly asks for others next."""

    def kept(self, key: Hashable, make: Callable[[], V]) -> V:
        """What is large and asked for often, by a name that tells its type."""
        return self.cached.get(key, make)  # type: ignore[return-value]

    def noticed(self, code: Code, on: date | None) -> None:
        """Called for every code of which anything is asked: for one day, or (None) for its whole history.

        Does nothing; for whoever must know what an answer rests on.
        """

    def noticed_shape(self, code: Code) -> None:
        """The same, where only the shape of a history is asked for."""

    def timeline(self, code: Code, known: date | None = None) -> Timeline | None:
        """None for an unknown code, or one that was not known then."""
        self.noticed(code, None)
        return self.found(code, known)

    def found(self, code: Code, known: date | None = None) -> Timeline | None:
        """As `timeline`, unnoticed."""
        return self._timelines.get((code, known), lambda: self._timeline(code, known))

    def _timeline(self, code: Code, known: date | None) -> Timeline | None:
        if known is None:
            history = self.reader.history(code)
            return Timeline(history, self.reader.remarks(code)) if history else None
        days = self.reader.known_between(code)
        if days is None or known.toordinal() < days[0]:
            return None
        number = known.toordinal()
        history = self._history_known(code, number, whole=days[1] <= number)
        contents = self.kept(("latest contents", known), lambda: self.reader.latest_contents(number))
        return Timeline(history, self.reader.remarks_known(history, contents, number))

    def _history_known(self, code: Code, known: int, *, whole: bool) -> History:
        """`whole`: everything that is said about it was known by then."""
        timeline = self.found(code) if whole else None
        if timeline is not None:
            return timeline.history
        from manual.history import history_of  # only this question derives anything

        said = self.reader.said_about(code, known)
        return history_of(code, (pair for one in said for pair in said_with(one.statements, one.sights.seen)))

    def answer(self, code: Code, on: date, known: date | None = None, *, near: bool = True) -> Answer:
        """`near`: name the nearest codes for an unknown one. That costs as much as a page, so references do without."""
        self.noticed(code, on)
        timeline = self._timelines.find((code, known)) or self.found(code, known)
        if timeline is not None:
            return timeline.on(on, known)
        return self._unknown(code, on, known, near=near)

    def _unknown(self, code: Code, on: date, known: date | None, *, near: bool) -> Answer:
        return Answer(
            code=code,
            on=on,
            known=known,
            answer="unknown_code",
            reasons=(f"no page that was read names {code}",),
            nearest_codes=citation.nearest_codes(code, self.codes(known)) if near else (),
        )

    def codes(self, known: date | None = None) -> tuple[Code, ...]:
        """In natural order."""
        return self.kept(("codes", known), lambda: self._codes(known))

    def _codes(self, known: date | None) -> tuple[Code, ...]:
        found = self.reader.codes(known.toordinal() if known else None)
        return tuple(sorted(found, key=citation.code_key))

    def versions_of(self, code: Code, ids: Collection[VersionId]) -> list[Version]:
        """Some versions of a known code: for whoever asks for few of many codes."""
        self.noticed(code, None)
        timeline = self._timelines.find((code, None))
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


def version_of(answer: Answer) -> tuple[Version, ...]:
    """The versions an answer names: one, or the candidates."""
    return (answer.version,) if answer.version else answer.candidates
