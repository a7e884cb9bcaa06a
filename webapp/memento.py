"""Memento (RFC 7089): an instruction's address is its own TimeGate, `/CODE/timemap` lists what it leads to.

A Memento is the page for a run of days with the same answer, if that is in force, disputed or ended. Its datetime is
midnight in the publisher's time zone at the start of the first of those days. For a version with a known start this is
when it came *into force*, not when anybody saved it. A moment leads to the page of its day in the publisher's time
zone. Days before the record have no Memento; the first one is never shown instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from itertools import pairwise

from flask import Response, request

from manual.model import NAMING, Answer, Code, Span
from manual.pages.links import SiteLinks
from manual.publisher import Publisher
from webapp.asked import BadRequest

MEDIA = "application/link-format"
VARY = "Accept, Accept-Datetime"

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

# A moment as RFC 7089 wants it: RFC 1123, in GMT.
# yes: `Thu, 15 Aug 2024 12:00:00 GMT`
# no: `2024-08-15` `Thu, 15 Aug 2024 12:00:00 +1200` `15 Aug 2024 12:00:00 GMT`
_MOMENT = re.compile(
    r"(?P<weekday>[A-Z][a-z]{2}), (?P<day>\d{2}) (?P<month>[A-Z][a-z]{2}) (?P<year>\d{4})"
    r" (?P<hour>\d{2}):(?P<minute>\d{2}):(?P<second>\d{2}) GMT",
    re.ASCII,
)


def moment_asked() -> datetime | None:
    """The moment in a request's Accept-Datetime. Raises BadRequest if it cannot be read."""
    typed = request.headers.get("Accept-Datetime")
    return read_moment(typed) if typed is not None else None


def read_moment(typed: str) -> datetime:
    """Raises BadRequest."""
    found = _MOMENT.fullmatch(typed.strip())
    try:
        if found and found["month"] in _MONTHS:
            month = _MONTHS.index(found["month"]) + 1
            numbers = (int(found[name]) for name in ("day", "hour", "minute", "second"))
            day, hour, minute, second = numbers
            moment = datetime(int(found["year"]), month, day, hour, minute, second, tzinfo=UTC)
            if 1900 <= moment.year < 2200 and _WEEKDAYS[moment.weekday()] == found["weekday"]:
                return moment
    except ValueError:
        pass
    raise BadRequest(
        f"Accept-Datetime is {typed[:60]!r}, which is no moment of the years 1900 to 2199.",
        "Expected a moment such as Thu, 15 Aug 2024 12:00:00 GMT.",
    )


def datetime_of(day: date, publisher: Publisher) -> str:
    """The start of a day in the publisher's time zone, as an HTTP date."""
    midnight = datetime.combine(day, time(), publisher.zone)
    return format_datetime(midnight.astimezone(UTC), usegmt=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mementos:
    """The addresses of one instruction's Mementos, absolute as RFC 7089 asks."""

    code: Code
    days: tuple[date, ...]
    """First days of the runs that have one, in order."""
    links: SiteLinks
    """Without a day."""
    host: str
    publisher: Publisher

    @classmethod
    def of(
        cls, code: Code, spans: Sequence[Span], links: SiteLinks, host: str, publisher: Publisher
    ) -> Mementos:
        days = tuple(span.first for span in spans if span.first is not None and span.answer in NAMING)
        return cls(code=code, days=days, links=links, host=host, publisher=publisher)

    def _whole(self, href: str) -> str:
        return f"{self.host}{href}"

    def address(self, day: date) -> str:
        return self._whole(self.links.instruction_on(self.code, day))

    @property
    def _original(self) -> str:
        return self._whole(self.links.instruction(self.code))

    @property
    def _timemap(self) -> str:
        return self._whole(self.links.timemap(self.code))

    def around(self, day: date | None = None) -> str:
        """The Link header of the TimeGate, or (with `day`) of the Memento of the run that began on that day."""
        found = [
            f'<{self._original}>; rel="original timegate"',
            f'<{self._timemap}>; rel="timemap"; type="{MEDIA}"',
        ]
        named: dict[date, list[str]] = {}
        if self.days:
            named.setdefault(self.days[0], []).append("first")
            named.setdefault(self.days[-1], []).append("last")
        for before, after in pairwise(self.days):
            if after == day:
                named.setdefault(before, []).append("prev")
            if before == day:
                named.setdefault(after, []).append("next")
        if day is not None:
            named.setdefault(day, [])
        found += [self._memento(one, [*rels, "memento"]) for one, rels in sorted(named.items())]
        return ", ".join(found)

    def _memento(self, day: date, rels: Sequence[str]) -> str:
        when = datetime_of(day, self.publisher)
        return f'<{self.address(day)}>; rel="{" ".join(rels)}"; datetime="{when}"'

    def timemap(self) -> str:
        """All of them in link format."""
        bounds = ""
        if self.days:
            first, last = (datetime_of(day, self.publisher) for day in (self.days[0], self.days[-1]))
            bounds = f'; from="{first}"; until="{last}"'
        lines = [
            f'<{self._original}>; rel="original timegate"',
            f'<{self._timemap}>; rel="self"; type="{MEDIA}"{bounds}',
        ]
        for n, day in enumerate(self.days):
            rels = ["first"] * (n == 0) + ["last"] * (n == len(self.days) - 1) + ["memento"]
            lines.append(self._memento(day, rels))
        return ",\n".join(lines) + "\n"


def began(answer: Answer) -> date | None:
    """The first day of the run that an answer belongs to, if that run has a Memento; else None."""
    return answer.span.first if answer.span is not None and answer.answer in NAMING else None


def mark(response: Response, mementos: Mementos, day: date | None = None) -> Response:
    """Add headers saying what a response is: the TimeGate or (with `day`) the Memento of the run that began then."""
    response.headers["Link"] = mementos.around(day)
    if day is not None:
        response.headers["Memento-Datetime"] = datetime_of(day, mementos.publisher)
    else:
        response.headers["Vary"] = VARY
    return response
