"""Days with a name each, typed as `NAME=DAY`: those of a case, and those that a letter is checked against."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from manual.dates import parse_asked_day
from manual.errors import DayError, NamedDayError

_SHOWN = 40


def named_day(text: str, today: date) -> tuple[str, date]:
    """The name and the day, which is read as by `parse_asked_day`. Raises NamedDayError.

    >>> named_day("work began = 3/2/2025", date(2026, 1, 1))
    ('work began', datetime.date(2025, 2, 3))
    """
    name, equals, typed = text.partition("=")
    name = " ".join(name.split())
    if not equals or not name or not typed.strip():
        raise NamedDayError(
            f"“{text.strip()[:_SHOWN]}” is no named day: expected NAME=DAY, such as decision=2024-08-15."
        )
    try:
        return name, parse_asked_day(typed.strip(), today)
    except DayError as problem:
        raise NamedDayError(f"{name[:_SHOWN]}: {problem}") from problem


def no_name_twice(names: Iterable[str]) -> None:
    """Raises NamedDayError for a name that is given twice, in capitals or not."""
    seen = set[str]()
    for name in names:
        if name.casefold() in seen:
            raise NamedDayError(f"The day “{name}” is given twice: give every day a name of its own.")
        seen.add(name.casefold())
