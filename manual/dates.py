"""Days as people type them and as pages print them: day first, strict, without guessing.

`09/10/2023` is 9 October. There is no fallback to month-first: for most dates that would be valid, wrong and unnoticed.
One grammar (`PRINTED_DAY`) serves headings, feet, rows, contents, sentences and what people type (dates.md rule 4).
Two-digit years occur on pages only (`05/06/00`, `26/07/99`, and in feet and marks `5 June 99`): the manual began in
1999, so 90 to 99 are the 1990s, 00 to 49 are of this century, and 50 to 89 are no year that it can mean.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from manual.errors import DayError, UnlikelyYear
from manual.publisher import INZ, Publisher

EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)
PRINTED_YEARS = range(1990, 2101)
"""Years that a page of the manual can mean: it began in 1999 and quotes papers of a few years before."""
PIVOT = 50
NINETIES = 90

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH_NUMBER = {name: n for n, name in enumerate(MONTHS, 1)}
_MONTH_NUMBER |= {name[:3]: n for n, name in enumerate(MONTHS, 1)} | {"sept": 9}

MONTH = r"(?:" + "|".join(sorted(_MONTH_NUMBER, key=len, reverse=True)) + r")\b\.?"
"""A month's name, full or short, with or without a dot."""

# 2024-08-15
_ISO = r"\d{4}-\d{1,2}-\d{1,2}"
# 15/8/2024  15.8.2024  15-8-2024  05/06/00  05/06/0212
_FIGURES = r"(?:" + "|".join(rf"\d{{1,2}}{s}\d{{1,2}}{s}(?:\d{{4}}|\d{{2}})" for s in ("/", r"\.", "-")) + ")"
# 15 August 2024  06 July 2015  15 Aug. 2024  1st April, 2025  11th day of September 2017  December 1, 2022  15-Aug-2024
_WORDS = (
    rf"(?:\d{{1,2}}\s*(?:st|nd|rd|th)?\s+(?:(?:day\s+)?of\s+)?{MONTH},?\s+\d{{4}}"
    rf"|{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,\s*\d{{4}}|\d{{1,2}}-{MONTH}-\d{{4}})"
)

_RAISED = "⁰¹²³⁴-⁹"
DAY = rf"(?<![\w/])(?<!\d[.-])(?:{_ISO}|{_FIGURES}|{_WORDS})(?:(?=[{_RAISED}])|(?![\w/]))(?![.-]\d)"
"""The expression, without groups, that finds a date as pages print it; the raised number of a footnote may follow."""

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SAID_DAY = rf"(?:the\s+)?(?:(?:{'|'.join(_WEEKDAYS)}),?\s+)?(?:the\s+)?{DAY}"
"""The same with words that stand before a date: `Thursday, 1 December 2022`, `the 1st of December 2022`."""

PRINTED_DAY = re.compile(DAY, re.IGNORECASE)
"""Finds a date as pages print it; give the match to `parse_printed_day`. Samples: `01/04/2025`, `5/11/2021`,
`05/06/00`, `1st April 2025`, `1 Sept 2021`, `15.8.2024`. Not `26/071999`."""

_BEFORE_DAY = re.compile(
    rf"\s*(?:the\s+)?(?:(?P<weekday>{'|'.join(_WEEKDAYS)}),?\s+)?(?:the\s+)?(?=\d)", re.IGNORECASE
)
_PARTS = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    re.compile(r"(?P<d>\d{1,2})(?P<stroke>[/.-])(?P<m>\d{1,2})(?P=stroke)(?P<y>\d{4}|\d{2})"),
    re.compile(
        r"(?P<d>\d{1,2})\s*(?:st|nd|rd|th)?\s+(?:(?:day\s+)?of\s+)?(?P<m>[a-z]+)\.?,?\s+(?P<y>\d{4}|\d{2})",
        re.IGNORECASE,
    ),
    re.compile(r"(?P<m>[a-z]+)\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,\s*(?P<y>\d{4})", re.IGNORECASE),
    re.compile(r"(?P<d>\d{1,2})-(?P<m>[a-z]+)-(?P<y>\d{4}|\d{2})", re.IGNORECASE),
)


# 01 / 09 / 2021
_BLANKS = re.compile(r"(?<=\d)\s?([/.-])\s?(?=\d)")


def parse_day(text: str) -> date:
    """The day a person typed: `2024-08-15`, `15/8/2024`, `15.8.2024`, `15 August 2024` or `1st Sept 2021`.

    >>> parse_day("9/10/2023")
    datetime.date(2023, 10, 9)

    Raises DayError for everything else, two-digit years and days outside 1900 to 2199 included.
    """
    match = _parts(text, "it is not written in a form that is understood")
    if len(match["y"]) == 2:
        raise DayError(text, "the year needs four digits")
    return _day(text, match, int(match["y"]))


# A day of the week before a day: `Thu, 15 August 2024`, `Thursday 15/8/2024`.
_AFTER_WEEKDAY = re.compile(r"\s*(?P<weekday>[A-Za-z]{3,9})\.?,?\s+(?=\d)(?P<day>.*)", re.DOTALL)


def parse_asked_day(text: str, today: date) -> date:
    """The day asked about: as `parse_day`, also with a day of the week before it, and `today` or `yesterday`.

    >>> parse_asked_day("Thu, 15 August 2024", date(2026, 9, 1)), parse_asked_day("yesterday", date(2026, 9, 1))
    (datetime.date(2024, 8, 15), datetime.date(2026, 8, 31))

    Raises DayError, also if the day of the week does not fit the date, since one of the two is wrong.
    """
    word = text.strip().lower()
    if word in ("today", "yesterday"):
        return today if word == "today" else today - timedelta(days=1)
    match = _AFTER_WEEKDAY.fullmatch(text)
    number = _weekday(match["weekday"]) if match else None
    if match is None or number is None:
        return parse_day(text)
    day = parse_day(match["day"])
    _require_weekday(text, day, number)
    return day


def _require_weekday(text: str, day: date, number: int | None) -> None:
    """One of the two is wrong where the day of the week does not fit the date."""
    if day.weekday() != number:
        raise DayError(text, f"{in_words(day)} was a {_WEEKDAYS[day.weekday()].capitalize()}")


def _weekday(word: str) -> int | None:
    """0 for `Monday`, `Mon` …; None for another word."""
    said = word.lower()
    return next((n for n, name in enumerate(_WEEKDAYS) if said in (name, name[:3], name[:4], name[:5])), None)


def parse_printed_day(text: str) -> date:
    """The day a page prints, two-digit years allowed. Raises DayError, e.g. for `31/02/2020` and `26/071999`.

    >>> parse_printed_day("26/07/99"), parse_printed_day("Thursday, 1 December 2022")
    (datetime.date(1999, 7, 26), datetime.date(2022, 12, 1))

    Raises UnlikelyYear, which is a DayError, for a year that the manual cannot mean (`05/06/0212`,
    `05/06/2112`, `05/06/69`): some digit is wrong, and it is unknown which.
    """
    before = _BEFORE_DAY.match(text)
    match = _parts(text[before.end() :] if before else text, "it is not printed in a form that is understood")
    year = int(match["y"])
    if len(match["y"]) == 2 and PIVOT <= year < NINETIES:
        raise UnlikelyYear(text, "two figures of a year that the manual can't mean")
    if len(match["y"]) == 2:
        year = full_year(year)
    if year not in PRINTED_YEARS:
        raise UnlikelyYear(text, f"the year lies outside {PRINTED_YEARS[0]} to {PRINTED_YEARS[-1]}")
    day = _day(text, match, year)
    if before and before["weekday"]:
        _require_weekday(text, day, _weekday(before["weekday"]))
    return day


def full_year(figures: int) -> int:
    """The year that its last two figures mean: 99 is 1999, 0 is 2000."""
    return figures + (1900 if figures >= NINETIES else 2000)


def _parts(text: str, complaint: str) -> re.Match[str]:
    stripped = _BLANKS.sub(r"\1", " ".join(text.split()))
    for pattern in _PARTS:
        if match := pattern.fullmatch(stripped):
            return match
    raise DayError(text, complaint)


def _day(text: str, match: re.Match[str], year: int) -> date:
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


def local_day(moment: datetime, publisher: Publisher = INZ) -> date:
    """The calendar day of an aware moment in the publisher's time zone. Raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a moment must carry its time zone")
    return moment.astimezone(publisher.zone).date()


def noon(day: date, publisher: Publisher = INZ) -> datetime:
    """The moment used for a day without a time: noon in the publisher's time zone."""
    return datetime.combine(day, time(12), publisher.zone)


def today(publisher: Publisher = INZ) -> date:
    """Today in the publisher's time zone. Only `cli` and `webapp` may call it."""
    return datetime.now(publisher.zone).date()


def require_day(value: object) -> date:
    """`value` if it is a plain date. Raises TypeError for a datetime, which Python also counts as a date."""
    if isinstance(value, datetime) or not isinstance(value, date):
        raise TypeError(f"expected a datetime.date, got {type(value).__name__}")
    return value
