"""The changes in one history (began, was replaced, ended), from its spans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from manual.model import History, Span, VersionId


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """The answer changed from `old` to `new` on `day`. `disputed`: not in every reading."""

    day: date
    kind: Literal["began", "replaced", "ended", "revoked"]
    old: VersionId | None
    new: VersionId | None
    disputed: bool = False


def changes_of(history: History) -> tuple[AnswerChange, ...]:
    """Changes by day. A version of unknown start has no first day, so being first seen is not a change."""
    found: list[AnswerChange] = []
    for before, after in pairwise(history.spans):
        if after.first is not None:
            found.extend(_between(history, before, after, after.first))
    return tuple(found)


def _between(history: History, before: Span, after: Span, day: date) -> Iterator[AnswerChange]:
    old = before.versions[0] if before.answer == "in_force" and before.versions else None
    unsure = "disputed" in (before.answer, after.answer)
    if after.answer == "ended":
        if before.answer != "ended" and after.versions:
            ended = after.versions[0]
            yield AnswerChange(day, _how_it_ended(history, ended), ended, None, unsure)
        return
    if after.answer in ("in_force", "disputed"):
        follows = before.answer in ("in_force", "disputed")
        for new in after.versions:
            if new != old and history.version(new).validity.effective_from == day:
                yield AnswerChange(day, "replaced" if follows else "began", old, new, unsure)


def _how_it_ended(history: History, id: VersionId) -> Literal["ended", "revoked"]:
    return "revoked" if history.version(id).basis_until == "revocation" else "ended"
