"""What the readers hand on, and how much they are willing to take in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from manual.model import Finding, SitePath

Media = Literal["html", "text", "register"]

MB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCapture:
    """One source page as it was found: bytes first, and only what its container said about them."""

    data: bytes
    media: Media
    address: str | None
    site_path: SitePath | None
    captured_at: datetime | None
    """Aware moment, or None where neither the source nor the person said."""
    filename: str
    """For people: `folder/77177.htm`, or `saved.zip!opsmanual/77177.htm` for a member of an archive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is taken in at most. All sizes are in bytes, after expansion."""

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


def trouble(kind: str, message: str, place: str) -> Finding:
    """A finding of severity error about one source; the rest of the sources is still read."""
    return Finding("error", kind, message, locator=place)


def remark(kind: str, message: str, place: str, *, warning: bool = False) -> Finding:
    """A finding that costs nothing but attention."""
    return Finding("warning" if warning else "info", kind, message, locator=place)


Found = Iterator[RawCapture | Finding]
