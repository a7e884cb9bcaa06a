"""The days that a letter is checked against."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from manual.errors import NamedDayError
from manual.named_days import named_day, no_name_twice

MOST_DAYS = 8


@dataclass(frozen=True, slots=True)
class Day:
    """A day asked about; `name` says what happened then, or is empty."""

    name: str
    on: date


def days_of(on: date | None, typed: Iterable[str], today: date) -> tuple[Day, ...]:
    """`on` without a name, if it is given, then those typed as `NAME=DAY`. Raises NamedDayError.

    >>> days_of(None, ["decision = 2025-05-02"], date(2026, 1, 1))
    (Day(name='decision', on=datetime.date(2025, 5, 2)),)
    """
    named = [Day(*named_day(one, today)) for one in typed]
    no_name_twice(day.name for day in named)
    found = [Day("", on), *named] if on else named
    if len(found) > MOST_DAYS:
        raise NamedDayError(f"{len(found)} days are given; a letter is checked against at most {MOST_DAYS}.")
    return tuple(found)
