"""Reads what `printed` writes, with the answers below each piece of evidence.

    live opsmanual/1 from 2019-01-01 words A [2020-06-01] whole list: 2018-01-01 at opsmanual/7
    = 2018-06-01 in_force@2018-01-01 to 2019-01-01
    = 2021-01-01 in_force@2019-01-01+seen 2020-06-01, caveats free

An empty line ends a set; a line with # is a heading. An answer holds all that is shown of it, unless it leaves the
caveats free.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from manual.model import Basis
from tests.property.worlds.evidence import (
    TITLE,
    CaptureSays,
    Circular,
    Contents,
    Ending,
    Evidence,
    Page,
    Reading,
    Row,
)
from tests.property.worlds.replies import Told

DAY = r"\d{4}-\d\d-\d\d"
FREE = ", caveats free"
ENDINGS: dict[str, tuple[Reading, Basis]] = {
    "revoked": ("excluded", "revocation"),
    "ceases": ("excluded", "text"),
    "noted": ("excluded", "note"),
    "edition ceases": ("excluded", "edition"),
    "last day": ("included", "text"),
    "to": ("either", "suffix"),
}
_PAGE = re.compile(
    rf"(?P<mark>old|live|unmarked) (?P<address>\S+)(?P<edition> pre-2010)? (?:from (?P<start>{DAY})|undated)"
    rf"(?: by (?P<basis>\w+))?(?P<end> \([^)]*\))?(?: words (?P<words>\w+))?(?P<title> title '[^']*')? "
    rf"\[(?P<seen>{DAY}|\?)\](?: (?P<list>whole|broken) list:(?P<rows>.*))?"
)
_ROW = re.compile(
    rf"(?:(?P<start>{DAY})|undated)(?P<end> \([^)]*\))?(?P<title> title '[^']*')?(?: at (?P<address>\S+))?"
    rf"(?P<misprinted> under another code)?"
)
_CIRCULAR = re.compile(
    rf"circular: (?:from (?P<start>{DAY}))?(?:, )?(?:ends (?P<end>{DAY}))? (?P<title>title '[^']*')?"
    rf"\[(?P<seen>{DAY}|\?)\]"
)
_ANSWER = re.compile(
    rf"(?P<word>[a-z_]+)(?:@(?P<start>{DAY}|null))?(?P<gap>\+gap)?(?:\+seen (?P<seen>{DAY}))?(?: to (?P<until>{DAY}))?"
)


@dataclass(frozen=True, slots=True)
class ReadSet:
    evidence: Evidence
    answers: tuple[tuple[date, str], ...]
    """Day and answer, as printed."""


def read_sets(text: str) -> Iterator[ReadSet]:
    """Raises ValueError for a line that is none of the notation."""
    for part in text.split("\n\n"):
        lines = [line for line in part.split("\n") if line and not line.startswith("#")]
        if lines:
            answers = [line.removeprefix("= ").split(" ", 1) for line in lines if line.startswith("= ")]
            yield ReadSet(
                tuple(_says(line) for line in lines if not line.startswith("= ")),
                tuple((date.fromisoformat(day), answer) for day, answer in answers),
            )


def written(told: Told) -> str:
    """An answer in the notation."""
    return f"{told} to {told.until}" if told.until else str(told)


def read_answer(answer: str) -> Told:
    found = _found(_ANSWER, answer.removesuffix(FREE))
    starts = frozenset({_day(found["start"])}) if found["start"] else frozenset[date | None]()
    return Told(found["word"], starts, bool(found["gap"]), _day(found["seen"]), until=_day(found["until"]))


def _says(line: str) -> CaptureSays:
    if line.startswith("circular: "):
        found = _found(_CIRCULAR, line)
        return Circular(_day(found["seen"]), _day(found["start"]), _day(found["end"]), _title(found["title"]))
    if line.startswith("contents "):
        seen, _, rows = line.removeprefix("contents ").partition(": ")
        return Contents(_day(seen.strip("[]")), _rows(rows))
    found = _found(_PAGE, line)
    basis: Basis = found["basis"] or "foot"  # type: ignore[assignment]
    return Page(
        found["address"], _day(found["seen"]), _day(found["start"]), _ending(found["end"]), found["mark"] == "old",
        found["words"] or "", _title(found["title"]), _rows(found["rows"]) if found["list"] else None,
        found["list"] != "broken", bool(found["edition"]), basis,
    )  # fmt: skip


def _rows(text: str) -> tuple[Row, ...]:
    return tuple(_row(_found(_ROW, row.strip())) for row in text.split("|"))


def _row(found: re.Match[str]) -> Row:
    return Row(
        _day(found["start"]), _ending(found["end"]), found["address"] or "", _title(found["title"]),
        bool(found["misprinted"]),
    )  # fmt: skip


def _ending(text: str | None) -> Ending | None:
    if text is None:
        return None
    said, _, unclear = text.strip(" ()").partition(", ")
    word = next(each for each in sorted(ENDINGS, key=len, reverse=True) if said.startswith(f"{each} "))
    reading, basis = ENDINGS[word]
    day = said.removeprefix(f"{word} ")
    return Ending(None if day == "no day" else date.fromisoformat(day), reading, basis, bool(unclear))


def _found(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    found = pattern.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no line of the notation")
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text and text not in ("?", "null") else None


def _title(text: str | None) -> str:
    return text.strip().removeprefix("title ").strip("'") if text else TITLE
