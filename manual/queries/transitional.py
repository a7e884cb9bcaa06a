"""Transitional clauses: places of a text that speak of applications made before or after a day.

This only looks for words: a day with a side ("before", "on or after") next to an application. It does not understand
what the clause provides, and it misses a clause that words its cut-off otherwise. So a page that shows the result says
that it comes from the texts held, and never shows an empty result as "there is none".
Source of the rule: users.md, traps 13 and 14 (an instruction that has ended may still govern an earlier application).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from manual.dates import PRINTED_DAY, parse_printed_day
from manual.errors import DayError
from manual.model import Block

Side = Literal["before", "from", "until", "after", "near"]
"""On which side of its day a cut-off stands.

`before`, `from`: the day itself is the first of the later side (before 1 July, on or after 1 July). `until`, `after`:
it is the last of the earlier side (on or before 30 June, after 30 June). `near`: the words leave open to which side it
belongs (by 30 June, between 1 July and 30 June).
"""

# A clause that names a cut-off: an application, made or lodged, and a side of a day.
# yes: applications made on or before 9 March 2025 | applications lodged before 1 July 2021
# yes: an application that was received after 5 May 2017
# no: the application form dated 9 March 2025 | decisions made before 9 March 2025
_DONE = r"(?:made|lodged|received|submitted|accepted)"
_APPLICATION = re.compile(
    rf"\bappl(?:y|ied|ication|ications)\b.{{0,160}}?\b(?:{_DONE}|appl(?:y|ied))\b"
    rf"|\b{_DONE}\b.{{0,160}}?\bapplications?\b"
    r"|\bapplied\b",
    re.IGNORECASE | re.DOTALL,
)
_SIDES: tuple[tuple[Side, str], ...] = (
    ("until", r"on or before|up to|until|till"),
    ("from", r"on or after|on and from|on and after|from|since"),
    ("before", r"before|prior to|earlier than"),
    ("after", r"later than|after"),
    ("near", r"by|between"),
)
_SIDE = re.compile(
    r"\b(?:" + "|".join(f"(?P<{side}>{words})" for side, words in _SIDES) + r")\s+(?:and including\s+)?$",
    re.IGNORECASE,
)
_LONGEST_SIDE = 40

# An item that goes on after an opening which speaks of applications: it begins with the side, or with what was done.
# yes: "on or after 1 July 2021; and" | "made before 1 July 2021" | "was lodged after 30 June 2021"
_GOES_ON = re.compile(
    rf"(?:(?:is|are|was|were)\s+)?(?:{_DONE}\s+)?(?:" + "|".join(words for _, words in _SIDES) + r")\b",
    re.IGNORECASE,
)
_OPENING = re.compile(r"\bappl(?:ied|ication|ications)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOff:
    """A day named by a clause, and its side."""

    day: date
    side: Side

    def parts(self, one: date, other: date) -> bool:
        """Whether two days lie on different sides. If the words leave it open, the day itself counts as on both sides.

        >>> before = CutOff(day=date(2021, 7, 1), side="before")
        >>> before.parts(date(2021, 6, 30), date(2021, 7, 1)), before.parts(date(2021, 7, 1), date(2021, 7, 2))
        (True, False)
        """
        first, last = min(one, other), max(one, other)
        if self.side in ("before", "from"):
            return first < self.day <= last
        if self.side in ("until", "after"):
            return first <= self.day < last
        return first <= self.day <= last and first != last


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionalClause:
    """One place of a text that names a cut-off by the day of an application."""

    pinpoint: str
    """Its place and anchor; empty where the text has no labels."""
    text: str
    """Its own words, whole."""
    opening: str
    """The words of the block above that it goes on from; empty where its own words speak of the application."""
    cut_offs: tuple[CutOff, ...]
    """In the order of the text, at least one."""

    def parts(self, one: date, other: date) -> bool:
        """Whether any of its cut-offs lies between two days."""
        return any(cut_off.parts(one, other) for cut_off in self.cut_offs)


def transitional_clauses(blocks: Iterable[Block]) -> tuple[TransitionalClause, ...]:
    """The transitional clauses of a text, in reading order. Do not pass a damaged text: it lacks words."""
    return tuple(clause for block in blocks for clause in _below(block, ""))


def cut_offs(text: str) -> tuple[CutOff, ...]:
    """Days directly after a side such as "before", whatever they refer to. Printed days that do not exist are left out.

    >>> [(str(found.day), found.side) for found in cut_offs("lodged on or after 1/7/2021 and before 9 March 2025")]
    [('2021-07-01', 'from'), ('2025-03-09', 'before')]
    """
    found: dict[CutOff, None] = {}
    side: Side | None = None
    end = 0
    for match in PRINTED_DAY.finditer(text):
        between = side == "near" and text[end : match.start()].strip() == "and"
        said = _SIDE.search(text[max(0, match.start() - _LONGEST_SIDE) : match.start()])
        side = "near" if between else said.lastgroup if said else None  # type: ignore[assignment]  # groups are sides
        end = match.end()
        if side is None:
            continue
        try:
            found[CutOff(day=parse_printed_day(match[0]), side=side)] = None
        except DayError:
            continue
    return tuple(found)


def _below(block: Block, opening: str) -> Iterator[TransitionalClause]:
    words = _own_words(block)
    days = cut_offs(words)
    if days and _APPLICATION.search(words):
        yield TransitionalClause(pinpoint=block.pinpoint, text=words, opening="", cut_offs=days)
    elif days and opening and _GOES_ON.match(words):
        yield TransitionalClause(pinpoint=block.pinpoint, text=words, opening=opening, cut_offs=days)
    goes_on = words if block.kind != "heading" and _OPENING.search(words) else ""
    for child in block.children:
        yield from _below(child, goes_on)


def _own_words(block: Block) -> str:
    """The words of a block without those below it; of a table the words of its cells."""
    return block.text or " ".join(cell.text for row in block.rows for cell in row)
