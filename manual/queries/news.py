"""What is new since somebody last looked, of some codes, or of the answers for the days of some cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from manual.citation import ways_up
from manual.errors import UnknownCode
from manual.model import Code
from manual.queries.base import KnowledgeBase
from manual.queries.learned import UNKNOWN, AnswerRun, Shift, runs_of, shifts, told_on
from manual.queries.results import VersionChange


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What somebody follows, and what was told them last."""

    codes: tuple[Code, ...]
    """With all codes below each; none: all codes there are."""
    days: tuple[date, ...]
    """Of cases: only the answers for these days count. None: those for all days do."""
    looked: date
    told: Mapping[Code, tuple[AnswerRun, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One piece of news about one code: answers that became others (`shift`), or a day that came (`change`)."""

    code: Code
    title: str
    kind: Literal["answer", "began", "replaced", "ended", "revoked"]
    shift: Shift | None = None
    change: VersionChange | None = None


def watch(kb: KnowledgeBase, codes: tuple[Code, ...], days: tuple[date, ...], today: date) -> Watched:
    """What is followed from now on. Raises UnknownCode."""
    known = kb.codes()
    for code in codes:
        if code not in known and not any(code in ways_up(other) for other in known):
            raise UnknownCode(code, kb.nearest_codes(code))
    told = {code: runs_of(kb.history_of(code)) for code in _followed(kb, codes)}
    return Watched(codes=codes, days=tuple(sorted(days)), looked=today, told=told)


def news(kb: KnowledgeBase, before: Watched, now: Watched) -> tuple[News, ...]:
    """What is new between two looks at the same codes and days, by code."""
    return tuple(
        one for code in dict.fromkeys((*now.told, *before.told)) for one in _news_of(kb, code, before, now)
    )


def _followed(kb: KnowledgeBase, codes: tuple[Code, ...]) -> Iterator[Code]:
    for code in kb.codes():
        if not codes or any(way in codes for way in ways_up(code)):
            yield code


def _news_of(kb: KnowledgeBase, code: Code, before: Watched, now: Watched) -> Iterator[News]:
    old, new = before.told.get(code, UNKNOWN), now.told.get(code, UNKNOWN)
    title = kb.newest_title(code)
    changed = _on_days(old, new, now.days) if now.days else shifts(old, new)
    for shift in changed:
        yield News(code=code, title=title, kind="answer", shift=shift)
    if now.days or new is UNKNOWN:
        return
    for change in kb.changes_of(code):
        if before.looked < change.day <= now.looked and not any(_covers(s, change.day) for s in changed):
            yield News(code=code, title=change.title, kind=change.kind, change=change)


def _on_days(
    old: tuple[AnswerRun, ...], new: tuple[AnswerRun, ...], days: tuple[date, ...]
) -> tuple[Shift, ...]:
    told = ((day, told_on(old, day), told_on(new, day)) for day in days)
    return tuple(
        Shift(first=day, until=day + timedelta(days=1), before=was, after=now)
        for day, was, now in told
        if was != now
    )


def _covers(shift: Shift, day: date) -> bool:
    return (shift.first is None or shift.first <= day) and (shift.until is None or day < shift.until)
