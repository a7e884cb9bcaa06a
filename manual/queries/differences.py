"""On which days two histories of one code answer differently: what pages taken in later changed.

Two answers are the same if their word is the same and they name versions with the same first days (where none is known:
the same titles), and none with other words. That a text is held now, that a page was seen on a further day or that an
end became known changes no answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from manual.history import in_force_on, span_on
from manual.model import NAMING, OPEN, AnswerWord, Code, History, Span, Version, VersionId

ChangeOfAnswer = Literal["changed", "opened", "settled", "open"]
"""`changed`: a definite answer became another, such as another version in force. `opened`: a definite answer became an
open one (disputed, undated, before the record). `settled`: the other way round, or the first day of a version became
known. `open`: an open answer became another open one."""


@dataclass(frozen=True, slots=True)
class NamedVersion:
    """A version as an answer names it."""

    id: VersionId
    title: str
    effective_from: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What was answered for a run of days."""

    answer: AnswerWord
    versions: tuple[NamedVersion, ...]
    as_last_seen: bool
    """Whether the answer for the first of these days said that nothing so late had been read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A run of days with one answer before and another after: `first` included (None: since ever), `until` excluded
    (None: no end)."""

    code: Code
    title: str
    first: date | None
    until: date | None
    before: Answered
    after: Answered

    @property
    def kind(self) -> ChangeOfAnswer:
        if self.after.answer in OPEN:
            return "open" if self.before.answer in OPEN else "opened"
        if self.before.answer in OPEN:
            return "settled"
        only_its_start = self.before.answer == self.after.answer and not any(
            version.effective_from for version in self.before.versions
        )
        return "settled" if only_its_start else "changed"

    @property
    def was_definite(self) -> bool:
        """Whether somebody may have relied on the answer before."""
        return self.kind in ("changed", "opened")


def differences(before: History, after: History) -> tuple[Difference, ...]:
    """By day. Runs that follow each other have different answers before or after."""
    found: list[Difference] = []
    firsts = (span.first for span in (*before.spans, *after.spans))
    for first, until in runs_from(firsts):
        day = first or (until - timedelta(days=1) if until else date.max)
        old, new = span_on(before.spans, day), span_on(after.spans, day)
        if _same(before, old, after, new):
            continue
        one = _difference(before, old, after, new, first, until, day)
        if found and found[-1].until == first and _answers(found[-1]) == _answers(one):
            found[-1] = replace(found[-1], until=until)
        else:
            found.append(one)
    return tuple(found)


def runs_from(
    firsts: Iterable[date | None], until: date | None = None
) -> Iterator[tuple[date | None, date | None]]:
    """Runs of days, all days before `until` (None: no end) together: each from one of `firsts` up to the next."""
    days = sorted({day for day in firsts if day is not None and (until is None or day < until)})
    return zip([None, *days], [*days, until], strict=True)


def _answers(one: Difference) -> tuple[object, ...]:
    return one.before.answer, one.before.versions, one.after.answer, one.after.versions


def _same(before: History, old: Span, after: History, new: Span) -> bool:
    if old.answer != new.answer:
        return False
    if old.answer not in NAMING:
        return True
    one, other = (
        sorted((history.version(id) for id in span.versions), key=_order)
        for history, span in ((before, old), (after, new))
    )
    return len(one) == len(other) and all(map(_alike, one, other))


def _order(version: Version) -> tuple[date, str]:
    return version.validity.effective_from or date.min, version.title


def _alike(one: Version, other: Version) -> bool:
    if one.validity.effective_from != other.validity.effective_from:
        return False
    if one.text_digest and other.text_digest:
        return one.text_digest == other.text_digest
    return one.validity.effective_from is not None or one.title.casefold() == other.title.casefold()


def _difference(
    before: History,
    old: Span,
    after: History,
    new: Span,
    first: date | None,
    until: date | None,
    day: date,
) -> Difference:
    told, now = _told(before, old, day), _told(after, new, day)
    named = [version.title for version in (*now.versions, *told.versions)]
    titles = [title for title in (*named, *(v.title for v in reversed(after.versions))) if title]
    return Difference(
        code=after.code,
        title=titles[0] if titles else "",
        first=first,
        until=until,
        before=told,
        after=now,
    )


def _told(history: History, span: Span, day: date) -> Answered:
    named = (history.version(id) for id in span.versions) if span.answer in NAMING else ()
    answer = in_force_on(history, day)
    return Answered(
        answer=span.answer,
        versions=tuple(NamedVersion(v.id, v.title, v.validity.effective_from) for v in named),
        as_last_seen=answer.as_last_seen is not None or not answer.as_last_seen_exact,
    )
