"""Answers of the enumerator and of the program in the notation of the small sets, and whether they are those wanted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from manual.model import Answer, History
from tests.property.worlds.agreement import Reply


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as it is shown: `starts` holds every first day that the answer allows, None where it gives none."""

    word: str
    starts: frozenset[date | None] = frozenset()
    gap: bool = False
    seen: date | None = None
    texts_differ: bool = False
    words: str = ""
    """Those of the text that the program shows."""
    until: date | None = None
    """The first day without it, by the program."""

    def __str__(self) -> str:
        start = ""
        if self.word == "in_force":
            start = "@" + "/".join(sorted(str(day or "null") for day in self.starts))
        seen = f"+seen {self.seen}" if self.seen else ""
        return f"{self.word}{start}{'+gap' if self.gap else ''}{seen}"


def told_by_worlds(reply: Reply) -> Told:
    return Told(reply.word, reply.starts, reply.gap, reply.seen, reply.texts_differ)


def told_by_program(history: History, answer: Answer) -> Told:
    version = answer.version
    if version is None:
        return Told(answer.answer)
    differ = (
        any(finding.kind == "texts_differ" for finding in history.findings) or version.text_capture is None
    )
    start = version.validity.effective_from
    return Told(
        answer.answer,
        frozenset({start}),
        gap=not version.gap_vouched,
        seen=answer.as_last_seen,
        texts_differ=differ,
        words=version.text_digest.removeprefix("sha256:"),
        until=version.validity.effective_until,
    )


def agrees(told: Told, wanted: str) -> bool:
    """Whether an answer is one of those `wanted` accepts; caveats that it doesn't name are free."""
    return any(_agrees(told, one) for one in wanted.split(" or "))


def _agrees(told: Told, wanted: str) -> bool:
    head, *caveats = wanted.split("+")
    word, _, start = head.partition("@")
    if told.word != word or (start and not _has_start(told, start)):
        return False
    return all(_has_caveat(told, caveat) for caveat in caveats)


def _has_start(told: Told, start: str) -> bool:
    known = told.starts - {None}
    if start == "null":
        return len(known) > 1 or None in told.starts
    return known == {date.fromisoformat(start)}


def _has_caveat(told: Told, caveat: str) -> bool:
    if caveat.startswith("seen "):
        day = caveat.removeprefix("seen ")
        return told.seen == (None if day == "null" else date.fromisoformat(day))
    return told.texts_differ if caveat == "text" else told.gap
