"""What the readers return, and their limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from manual.captures.addresses import capture_path_of, replay_of
from manual.captures.moments import Moment, within_calendar
from manual.model import DayBasis, Finding, PlacedBy, SitePath
from manual.publisher import INZ, Publisher

Media = Literal["html", "text", "register", "pdf"]

MB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCapture:
    """One source page as found: its bytes, and only what its container says about them."""

    data: bytes
    media: Media
    address: str | None
    site_path: SitePath | None
    captured_at: datetime | None
    """Aware moment, or None where neither the source nor the person said."""
    filename: str
    """For people: `folder/77177.htm`, or `saved.zip!folder/77177.htm` for a member of an archive."""
    doubt: str = ""
    """Why the moment that its source states is none."""
    day_basis: DayBasis = "source"
    """How `captured_at` is known, where it is."""
    recorded_at: datetime | None = None
    """When another archive took it in, where it comes from one."""
    as_recorded: bool = False
    """Another archive of this program kept it: with the place and moment that it knew, none included."""
    placed_by: PlacedBy = ""
    """How `site_path` is known, where that is weaker than an address or a file's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of what is read. All sizes are in bytes, after decompression."""

    page: int = 8 * MB
    """One page. The largest real one, the contents, has 0.3 MB."""
    package: int = 64 * MB
    """One .mhtml file, whose pictures count too, and one register of facts."""
    members: int = 200_000
    """Members of one archive, records of one web archive."""
    expanded: int = 4096 * MB
    """All that one archive unpacks to, archives inside it included."""
    ratio: int = 200
    """How many times larger than its packed form a member may be, once it is larger than `ratio_from`."""
    ratio_from: int = MB
    nesting: int = 1
    """Archives inside archives: a .zip may hold a .zip or .warc, and that one no further archive."""


class Full(Exception):
    """A source unpacks to more, or contains more, than the limits. What was read so far is kept."""


@dataclass(slots=True)
class Budget:
    """How much one file, with all archives inside it, may still unpack to."""

    limits: Limits
    expanded: int = 0
    members: int = 0

    def spend(self, size: int) -> None:
        self.check(size)
        self.expanded += size

    def check(self, size: int) -> None:
        if self.expanded + size > self.limits.expanded:
            raise Full(f"it unpacks to more than {self.limits.expanded:,} bytes")

    def count(self, members: int = 1) -> None:
        self.members += members
        if self.members > self.limits.members:
            raise Full(f"it has more than {self.limits.members:,} members")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Settings and results shared by all sources of one call."""

    captured_at: datetime | None
    """The moment for pages that carry none."""
    limits: Limits
    publisher: Publisher = INZ
    budget: Budget | None = None
    """Of the file that is being read; None before one is begun."""
    inside: int = 0
    """How many compressed files and messages what is being read came out of."""


def trouble(kind: str, message: str, place: str) -> Finding:
    """A finding of severity error about one source; the other sources are still read."""
    return Finding("error", kind, message, locator=place)


def remark(kind: str, message: str, place: str, *, warning: bool = False) -> Finding:
    """A finding of severity info or warning."""
    return Finding("warning" if warning else "info", kind, message, locator=place)


FoundPages = Iterator[RawCapture | Finding]


def settled(found: RawCapture | Finding, person_says: datetime | None, publisher: Publisher) -> FoundPages:
    """`found` with its final address and moment, and findings about the stated ones.

    The address of a web archive's copy tells when the page was seen, whatever its container's date, and contains the
    page's address. A moment that cannot be read is dropped; then the user's `captured` counts.
    """
    if isinstance(found, Finding):
        yield found
        return
    if found.as_recorded:
        yield found
        return
    replay = replay_of(found.address)
    if replay is not None:
        path = capture_path_of(replay.address, publisher)
        problem = (
            "" if replay.moment else f"{replay.printed!r} in the web archive's address is no whole moment"
        )
        found = replace(
            found, address=replay.address, site_path=path, captured_at=replay.moment, doubt=problem
        )
    moment = within_calendar(found.captured_at) if found.captured_at else Moment(problem=found.doubt)
    if problem := found.doubt or moment.problem:
        message = f"when the page was seen is not known: {problem}"
        yield remark("moment_unknown", message, found.filename, warning=True)
    if moment.value is None and replay is None and person_says is not None:
        yield replace(found, captured_at=person_says, doubt="", day_basis="keeper")
    else:
        yield replace(found, captured_at=moment.value, doubt="")
