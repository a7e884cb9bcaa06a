"""The days that a letter is checked against."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from manual.errors import DayError

MOST_DAYS = 8


@dataclass(frozen=True, slots=True)
class Day:
    """A day asked about; `name` says what happened then, or is empty."""

    name: str
    on: date


def days_of(on: date | None, named: Iterable[str], parse: Callable[[str], date]) -> tuple[Day, ...]:
    """`on` without a name, if it is given, then those typed as `NAME=DAY`. Raises DayError for what is no such line.

    >>> days_of(None, ["decision = 2025-05-02"], date.fromisoformat)
    (Day(name='decision', on=datetime.date(2025, 5, 2)),)
    """
    found = [Day("", on)] if on else []
    for typed in named:
        name, equals, day = typed.partition("=")
        name = " ".join(name.split())
        if not equals or not name:
            raise DayError(typed, "it has no name before an equals sign, as in decision=2 May 2025")
        if any(name.lower() == other.name.lower() for other in found):
            raise DayError(typed, f"the name {name!r} is given twice")
        found.append(Day(name, parse(day.strip())))
    if len(found) > MOST_DAYS:
        raise DayError(typed, f"a letter is checked against at most {MOST_DAYS} days")
    return tuple(found)
