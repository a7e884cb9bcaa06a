"""When a page was seen: which moments that a source states are taken, and why not the others.

A file's clock may be wrong, its date damaged. A moment that can't be is never moved to one that can: the page then
counts as seen on the day on which it was taken in, or earlier.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from manual.dates import EARLIEST, LATEST, in_words, local_day
from manual.publisher import INZ, Publisher


@dataclass(frozen=True, slots=True)
class Moment:
    """What one place of a source says: an aware moment, or why what stands there is none. Both empty: it is silent."""

    value: datetime | None = None
    problem: str = ""


UNSTATED = Moment()


def read_moment(printed: str | None, reader: Callable[[str], datetime]) -> Moment:
    """`printed` by `reader`, in UTC where it names no zone. Never raises, whatever is printed."""
    if not printed or not printed.strip():
        return UNSTATED
    try:
        moment = reader(printed)
    except (ValueError, OverflowError, TypeError, IndexError):
        return Moment(problem=f"{printed.strip()[:60]!r} is no date that can be read")
    return within_calendar(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def within_calendar(moment: datetime) -> Moment:
    """`moment`, unless it lies outside the years in which days are counted here. Works with no clock arithmetic:
    the ends of the calendar can't be moved to another zone."""
    if EARLIEST.year <= moment.year <= LATEST.year:
        return Moment(moment)
    return Moment(problem=f"the year {moment.year} lies outside {EARLIEST.year} to {LATEST.year}")


def believed(moment: datetime, recorded_at: datetime, publisher: Publisher = INZ) -> Moment:
    """`moment`, unless a page taken in at `recorded_at` can't have been seen then."""
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
