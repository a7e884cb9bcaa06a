"""Days as people type them and as pages print them: day first, strict, without guessing.

`09/10/2023` is 9 October. A month-first reading of most dates is valid, wrong and silent, so there
is no fallback to it. Two-digit years occur on pages only (`05/06/00`, `26/07/99`; dates.md rule 4): the manual
began in 1999, so 90 to 99 are the 1990s and 00 to 89 are of this century.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from manual.errors import DayError

AUCKLAND = ZoneInfo("Pacific/Auckland")
EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH_NUMBER = {name: n for n, name in enumerate(MONTHS, 1)}
_MONTH_NUMBER |= {name[:3]: n for n, name in enumerate(MONTHS, 1)} | {"sept": 9}

# 2024-08-15
_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})")
# 15/8/2024  15/08/2024  (and, on pages, 05/06/00)
_SLASHED = re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4}|\d{2})")
# 15 August 2024  06 July 2015  15 Aug 2024
_WORDS = re.compile(r"(?P<d>\d{1,2})\s+(?P<m>[A-Za-z]+)\.?,?\s+(?P<y>\d{4})")

PRINTED_DAY = re.compile(
    r"(?<![\d/])\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?![\d/])"
    r"|(?<!\d)\d{1,2}\s+(?:" + "|".join(MONTHS) + r")\s+\d{4}(?!\d)",
    re.IGNORECASE,
)
"""Finds a date as pages print it; give the match to `parse_printed_day`. Samples: `01/04/2025`, `5/11/2021`,
`05/06/00`, `1 April 2025`. Not `26/071999`."""


def parse_day(text: str) -> date:
    """The day a person typed: `2024-08-15`, `15/8/2024` or `15 August 2024`.

    >>> parse_day("9/10/2023")
    datetime.date(2023, 10, 9)

    Raises DayError for everything else, two-digit years and days outside 1900 to 2199 included.
    """
    stripped = " ".join(text.split())
    for pattern in (_ISO, _SLASHED, _WORDS):
        match = pattern.fullmatch(stripped)
        if match:
            if len(match["y"]) == 2:
                raise DayError(text, "the year needs four digits")
            return _day(text, match)
    raise DayError(text, "it is not written in a form that is understood")


def parse_printed_day(text: str) -> date:
    """The day a page prints, two-digit years allowed. Raises DayError, e.g. for `31/02/2020` and `26/071999`.

    >>> parse_printed_day("26/07/99")
    datetime.date(1999, 7, 26)
    """
    stripped = " ".join(text.split())
    for pattern in (_SLASHED, _WORDS):
        match = pattern.fullmatch(stripped)
        if match:
            return _day(text, match)
    raise DayError(text, "it is not printed in a form that is understood")


def _day(text: str, match: re.Match[str]) -> date:
    year = int(match["y"])
    if len(match["y"]) == 2:
        year += 1900 if year >= 90 else 2000
    raw_month = match["m"].lower()
    month = int(raw_month) if raw_month.isdecimal() else _MONTH_NUMBER.get(raw_month)
    if month is None:
        raise DayError(text, f"there is no month called {match['m']}")
    try:
        day = date(year, month, int(match["d"]))
    except ValueError as problem:
        raise DayError(text, f"the calendar has no such day ({problem})") from problem
    if not EARLIEST <= day <= LATEST:
        raise DayError(text, f"it lies outside {EARLIEST.year} to {LATEST.year}")
    return day


def in_words(day: date) -> str:
    """`15 August 2024`: unambiguous, for people."""
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"


def printed(day: date) -> str:
    """`15/08/2024`: as the manual prints it."""
    return f"{day:%d/%m/%Y}"


def auckland_day(moment: datetime) -> date:
    """The calendar day in New Zealand at an aware moment. Raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a moment must carry its time zone")
    return moment.astimezone(AUCKLAND).date()


def today() -> date:
    """Today in Pacific/Auckland. Only `cli` and `webapp` may call it."""
    return datetime.now(AUCKLAND).date()


def require_day(value: object) -> date:
    """`value` if it is a plain date. Raises TypeError for a datetime, which Python also counts as a date."""
    if isinstance(value, datetime) or not isinstance(value, date):
        raise TypeError(f"expected a datetime.date, got {type(value).__name__}")
    return value
