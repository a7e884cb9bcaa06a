"""Lines of the archive's log: one sighting each, with a checksum.

    {"sha256": "sha256:ab…", "media": "html", …, "filename": "77177.htm", "sum": "5e0f11c2"}

`sum` is the CRC-32 of everything before it. Lines of older programs have none and are accepted unchecked.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, get_args

from manual.captures.addresses import replay_of
from manual.captures.moments import believed, within_calendar
from manual.captures.raw import Media
from manual.model import DayBasis, PlacedBy, Sha256, SitePath
from manual.publisher import Publisher

_SUM = b', "sum": "'
SIGHTING_HEADER = "In-Force-Sighting"
"""Header of a record in a bundle: the line of the log, as JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One line of the log: these bytes were at this address at this moment, according to some source."""

    sha256: Sha256
    media: Media
    address: str | None
    site_path: SitePath | None
    captured_at: datetime | None
    recorded_at: datetime
    filename: str
    stated_at: datetime | None = None
    """A moment that the source states and that can't be true; `captured_at` is then None."""
    day_basis: DayBasis = ""
    placed_by: PlacedBy = ""
    """How `site_path` is known, where that is weaker than an address or a file's name."""

    @property
    def key(self) -> tuple[Sha256, str | None, SitePath | None, datetime | None]:
        """What distinguishes it from other sightings; not the moment of recording or the file's name."""
        return self.sha256, self.address, self.site_path, self.captured_at


def record_of(sighting: Sighting) -> dict[str, Any]:
    """A sighting as stored in a line and in a bundle."""
    moment = sighting.captured_at
    record = {
        "sha256": sighting.sha256,
        "media": sighting.media,
        "address": sighting.address,
        "site_path": sighting.site_path,
        "captured_at": moment.isoformat() if moment else None,
        "recorded_at": sighting.recorded_at.isoformat(),
        "filename": sighting.filename,
    }
    if sighting.stated_at:
        record["stated_at"] = sighting.stated_at.isoformat()
    if sighting.day_basis:
        record["day_basis"] = sighting.day_basis
    if sighting.placed_by:
        record["placed_by"] = sighting.placed_by
    return record


def line_of(sighting: Sighting) -> bytes:
    body = json.dumps(record_of(sighting)).encode()[:-1]
    return body + _SUM + f'{zlib.crc32(body):08x}"}}\n'.encode()


def has_checksum(line: bytes) -> bool:
    return _SUM in line


def sighting_of(line: bytes, publisher: Publisher) -> Sighting:
    """Raises ValueError, KeyError or TypeError for a damaged line."""
    if has_checksum(line):
        body, _, stated = line.rpartition(_SUM)
        if f"{zlib.crc32(body):08x}".encode() != stated[:8] or stated[8:].strip() != b'"}':
            raise ValueError("not the line that was written")
    return sighting_from(json.loads(line), publisher)


def sighting_from(record: Mapping[str, Any], publisher: Publisher) -> Sighting:
    """The inverse of `record_of`. Raises ValueError, KeyError or TypeError if it is not a sighting.

    The rules of `moments` and `replay_of` apply to older lines too: an impossible day is an unknown one.
    """
    digits = str(record["sha256"]).removeprefix("sha256:")
    if len(digits) != 64 or not set(digits) <= set("0123456789abcdef"):
        raise ValueError("not a hash")
    if record["media"] not in get_args(Media) or record.get("placed_by", "") not in get_args(PlacedBy):
        raise ValueError("not a kind of capture")
    printed = record["captured_at"] or record.get("stated_at")
    stated = datetime.fromisoformat(printed) if printed else None
    recorded_at = datetime.fromisoformat(record["recorded_at"])
    require_aware(recorded_at, stated)
    if within_calendar(recorded_at).problem:
        raise ValueError("not a moment of recording")
    replay = replay_of(record["address"])
    if replay is not None:
        stated = replay.moment
    captured_at = moment_of(stated, recorded_at, publisher)
    return Sighting(
        sha256=Sha256(record["sha256"]),
        media=record["media"],
        address=replay.address if replay else record["address"],
        site_path=record["site_path"],
        captured_at=captured_at,
        recorded_at=recorded_at,
        filename=record["filename"],
        stated_at=stated if captured_at is None else None,
        day_basis=_basis_in(record) if captured_at else "",
        placed_by=record.get("placed_by", ""),
    )


def _basis_in(record: Mapping[str, Any]) -> DayBasis:
    """The basis of a day. Older lines do not have it, and no line is dropped because of its value."""
    bases: tuple[DayBasis, ...] = get_args(DayBasis)
    return next((basis for basis in bases if basis == record.get("day_basis")), "")


def moment_of(stated: datetime | None, recorded_at: datetime, publisher: Publisher) -> datetime | None:
    """`stated` in UTC, if it is plausible."""
    if stated is None:
        return None
    value = believed(stated, recorded_at, publisher).value
    return value.astimezone(UTC) if value else None


def require_aware(*moments: datetime | None) -> None:
    if any(moment is not None and moment.tzinfo is None for moment in moments):
        raise ValueError("a moment must carry its time zone")
