"""When a page was seen: which moments stated by a source are accepted, and why others are not.

A file's clock may be wrong or its date damaged. An impossible moment is never changed to a possible one: the page then
counts as seen on the day of recording or earlier.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from manual.dates import EARLIEST, LATEST, in_words, local_day
from manual.publisher import INZ, Publisher


@dataclass(frozen=True, slots=True)
class Moment:
    """What one place of a source states: an aware moment, or why it is none. Both empty: it states nothing."""

    value: datetime | None = None
    problem: str = ""


UNSTATED = Moment()


def read_moment(printed: str | None, reader: Callable[[str], datetime]) -> Moment:
    """`printed` as read by `reader`, in UTC if it names no zone. Never raises."""
    if not printed or not printed.strip():
        return UNSTATED
    try:
        moment = reader(printed)
    except (ValueError, OverflowError, TypeError, IndexError):
        return Moment(problem=f"{printed.strip()[:60]!r} is no date that can be read")
    return within_calendar(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def within_calendar(moment: datetime) -> Moment:
    """`moment`, unless it is outside the accepted years. Uses no time zone arithmetic, which would fail at the ends of
    the calendar."""
    if EARLIEST.year <= moment.year <= LATEST.year:
        return Moment(moment)
    return Moment(problem=f"the year {moment.year} lies outside {EARLIEST.year} to {LATEST.year}")


def believed(moment: datetime, recorded_at: datetime, publisher: Publisher = INZ) -> Moment:
    """`moment`, unless a page recorded at `recorded_at` cannot have been seen then."""
    within = within_calendar(moment)
    if within.value is None:
        return within
    day, recorded = local_day(moment, publisher), local_day(recorded_at, publisher)
    if day < publisher.site_since:
        return Moment(
            problem=f"{in_words(day)} is before the manual and its site; the two days can't both be true"
        )
    if day > recorded:
        when = f"{in_words(day)} is after {in_words(recorded)}, when it was taken in"
        return Moment(problem=f"{when}; the two days can't both be true")
    return within
