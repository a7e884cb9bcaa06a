"""The days of a case and its address, which contains its codes and named days. Nothing else of a case is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlencode

from manual.dates import parse_asked_day
from manual.errors import DayError, NamedDayError
from manual.named_days import named_day, no_name_twice

MADE = "application made"
FIELDS: Mapping[str, str] = {
    "eoi": "expression of interest",
    "invitation": "invitation",
    "on": MADE,
    "began": "work began",
    "decision": "decision",
}
"""Parameters of the address, each with the name of its day, in the order in which they usually come."""
OTHER_DAYS = "days"
"""The parameter for days with names of the reader's own: `medical = 2024-08-15; appeal = 2025-01-10`."""
PARAMETERS = ("codes", "part", *FIELDS, OTHER_DAYS)
"""All that makes a case."""
MOST_DAYS = 9
"""Days of one case: a table of them and the codes fits the width of a sheet of paper."""
LONGEST_NAME = 40
_LONGEST = 3000

_SEVERAL = re.compile(r"[\n;]+")
_CODES = re.compile(r"[\n,;]+")


@dataclass(frozen=True, slots=True, order=True)
class NamedDay:
    """A day of a case with what happened on it."""

    day: date
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days of a case as typed."""

    found: tuple[NamedDay, ...]
    """In time order; those of one day as they were typed."""
    problems: Mapping[str, str]
    """By parameter: what could not be read there, and what is expected."""


def day_of_case(text: str, today: date) -> NamedDay:
    """A day typed as `NAME=DAY`. Raises NamedDayError, also for a name of more than `LONGEST_NAME` characters."""
    name, day = named_day(text, today)
    if len(name) > LONGEST_NAME:
        raise NamedDayError(f"The name “{name[:LONGEST_NAME]}” is longer than {LONGEST_NAME} characters.")
    return NamedDay(day, name)


def in_time_order(days: Iterable[NamedDay]) -> tuple[NamedDay, ...]:
    """The days of a case. Raises NamedDayError for a name that is given twice, and for too many days."""
    found = list(days)
    no_name_twice(one.name for one in found)
    if len(found) > MOST_DAYS:
        raise NamedDayError(
            f"{len(found)} days are named; a case takes at most {MOST_DAYS}. Make two cases of it."
        )
    return tuple(sorted(found, key=lambda one: one.day))


def days_typed(given: Mapping[str, str], today: date) -> Days:
    """The days in an address. A day that cannot be read is reported by field; the others still count."""
    found: list[NamedDay] = []
    problems: dict[str, str] = {}
    for parameter, name in FIELDS.items():
        typed = given.get(parameter, "").strip()
        if typed:
            try:
                found.append(NamedDay(parse_asked_day(typed, today), name))
            except DayError as problem:
                problems[parameter] = str(problem)
    for piece in _SEVERAL.split(given.get(OTHER_DAYS, "")):
        if piece.strip():
            try:
                more = [*found, day_of_case(piece, today)]
                in_time_order(more)
                found = more
            except NamedDayError as problem:
                problems[OTHER_DAYS] = str(problem)
    return Days(found=in_time_order(found), problems=problems)


def principal(days: Iterable[NamedDay]) -> NamedDay | None:
    """The day whose instructions apply: when the application was made; else the first of the case."""
    ordered = tuple(days)
    made = (one for one in ordered if one.name.casefold() == MADE)
    return next(made, ordered[0] if ordered else None)


# ---------------------------------------------------------------- its address

Query = tuple[tuple[str, str], ...]


def case_query(given: Mapping[str, str] | str) -> Query:
    """The parts of an address or query string that make a case, in a fixed order, without the rest."""
    if isinstance(given, str):
        given = dict(parse_qsl(given[:_LONGEST]))
    return tuple((name, given[name].strip()) for name in PARAMETERS if given.get(name, "").strip())


def settled(given: Mapping[str, str], days: Days) -> Query:
    """The same address with each readable day in ISO form."""
    named = {name: parameter for parameter, name in FIELDS.items()}
    found = dict(case_query(given))
    others: list[str] = []
    for one in days.found:
        parameter = named.get(one.name)
        if parameter and parameter in found and parameter not in days.problems:
            found[parameter] = one.day.isoformat()
        else:
            others.append(f"{one.name}={one.day.isoformat()}")
    if others and OTHER_DAYS not in days.problems:
        found[OTHER_DAYS] = ";".join(others)
    return case_query(found)


def with_code(case: str, code: str, day: date | None, *, own: bool = False) -> Query:
    """The case `case` (a query string, empty for a new one) with one more code.

    `day`: its day if the case has none yet. With `own` the day is added to the others under the code's name, because
    the reader chose a version.
    """
    held = dict(case_query(case))
    codes = codes_in(held)
    if code not in codes:
        codes.append(code)
    held["codes"] = ",".join(codes)
    days = [held[name] for name in (*FIELDS, OTHER_DAYS) if name in held]
    if day is None or (own and any(day.isoformat() in typed for typed in days)):
        return case_query(held)
    if not days:
        held["on"] = day.isoformat()
    elif own:
        others = [held[OTHER_DAYS]] if OTHER_DAYS in held else []
        held[OTHER_DAYS] = ";".join([*others, f"{code} from {day.isoformat()}={day.isoformat()}"])
    return case_query(held)


def codes_in(given: Mapping[str, str]) -> list[str]:
    """The codes and addresses typed, one by one."""
    return [piece.strip() for piece in _CODES.split(given.get("codes", "")) if piece.strip()]


def as_query(query: Query) -> str:
    return urlencode(query)
