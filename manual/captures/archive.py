"""The append-only archive of original bytes: the only thing here that can't be made again.

    captures/objects/ab/abcd…   the bytes of one page, under their own SHA-256; written once, never changed
    captures/log.jsonl          one line per sighting: these bytes, at this address, at this moment
    captures/publisher          name of the publisher whose pages these are, written with the first of them

An object is durable before a line names it. So whatever the moment of a kill, what the log names is there;
objects without a line and a torn line cost nothing but a second load of the same pages.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

from manual.aside import replace_file, switch_in_all, sync
from manual.captures.addresses import replay_of
from manual.captures.moments import believed, within_calendar
from manual.captures.raw import MB, Media, RawCapture
from manual.errors import SourceError, StoreError, WrongPublisher
from manual.model import Capture, DayBasis, Finding, Sha256, SitePath
from manual.publisher import INZ, Publisher

_BATCH_BYTES = 32 * MB


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One line of the log: these bytes were at this address at this moment, as some source said."""

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

    @property
    def key(self) -> tuple[Sha256, str | None, SitePath | None, datetime | None]:
        """What makes it a sighting of its own. Neither the moment of recording nor the file's name does."""
        return self.sha256, self.address, self.site_path, self.captured_at


class Archive:
    """Captures under `home`/captures. Reading never writes; the folder is made by the first `add`.

    One writer at a time is `load`'s concern; a second one costs repeated lines, never a loss. Raises WrongPublisher
    for a home with another publisher's pages.
    """

    def __init__(self, home: Path, publisher: Publisher = INZ) -> None:
        self._root = home / "captures"
        self._log = self._root / "log.jsonl"
        self._name = self._root / "publisher"
        self._publisher = publisher
        holds = self._kept_name()
        if holds not in (None, publisher.name):
            raise WrongPublisher(str(home), str(holds), publisher.name)
        self._sightings: dict[Sha256, list[Sighting]] = {}
        self._captures: dict[Sha256, Capture] = {}
        self._keys: set[object] = set()
        self._findings: list[Finding] = []
        self._pending: dict[Sha256, bytes] = {}
        self._pending_bytes = 0
        self._lines: list[Sighting] = []
        self._batch = 1
        self._torn = False
        self._read_log()
        self._objects = set(_objects_in(self._root / "objects"))
        self._held = len(self._sightings.keys() & self._objects)

    # ------------------------------------------------------------ whose pages

    def _kept_name(self) -> str | None:
        """The name of the publisher whose pages are here; None where there are none yet.

        Homes made before names were kept hold pages of the one publisher there was.
        """
        try:
            return self._name.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return INZ.name if self._log.exists() else None
        except (OSError, UnicodeDecodeError) as problem:
            raise StoreError(f"{self._name} can't be read ({problem}). Give another --home.") from problem

    def _keep_name(self) -> None:
        """Durable before the first capture is."""
        if self._name.exists():
            return
        self._root.mkdir(parents=True, exist_ok=True)
        replace_file(self._name, f"{self._publisher.name}\n".encode())

    # ------------------------------------------------------------ reading

    def captures(self) -> Iterator[Capture]:
        """Every capture whose bytes are held, one per hash, in the order in which they were first recorded."""
        for sha256 in self._sightings:
            if sha256 in self:
                yield self.capture(sha256)

    def capture(self, sha256: Sha256) -> Capture:
        """All sightings of one hash as one record: the first known address, the earliest known moment."""
        known = self._captures.get(sha256)
        if known is None:
            known = self._captures[sha256] = self._merged(sha256)
        return known

    def _merged(self, sha256: Sha256) -> Capture:
        sightings = self._sightings[sha256]
        placed = next((s for s in sightings if s.site_path or s.address), sightings[0])
        first = min((s for s in sightings if s.captured_at), key=_captured_at, default=None)
        return Capture(
            sha256=sha256,
            media=sightings[0].media,
            address=placed.address,
            site_path=placed.site_path,
            captured_at=first.captured_at if first else None,
            recorded_at=min(s.recorded_at for s in sightings),
            filename=placed.filename,
            day_basis=first.day_basis if first else "",
        )

    def sightings(self, sha256: Sha256) -> tuple[datetime, ...]:
        """Every moment at which these bytes were saved, as sources say, oldest first; empty where none says."""
        known = {s.captured_at for s in self._sightings.get(sha256, ()) if s.captured_at}
        return tuple(sorted(known))

    def log_of(self, sha256: Sha256) -> tuple[Sighting, ...]:
        """Every line about one hash, in the order of recording."""
        return tuple(self._sightings.get(sha256, ()))

    def bytes_of(self, sha256: Sha256) -> bytes:
        """The original bytes. Raises SourceError where they are not held or no longer have that hash."""
        if sha256 in self._pending:
            return self._pending[sha256]
        try:
            data = self._path(sha256).read_bytes()
        except OSError as problem:
            raise SourceError(
                str(self._path(sha256)),
                problem.strerror or "unreadable",
                "the bytes of a capture",
                "Load its page again.",
            ) from problem
        if _hash(data) != sha256:
            raise SourceError(
                str(self._path(sha256)),
                "bytes that have another hash than their name",
                "an unchanged original",
                "Put the file back from a copy, or remove it and load its page again.",
            )
        return data

    def findings(self) -> tuple[Finding, ...]:
        """What is odd about the archive itself: unreadable lines, lines whose bytes are missing."""
        missing = [
            Finding(
                "error",
                "original_missing",
                f"the log names {sightings[0].filename!r}, whose bytes are not in the archive",
                capture=sha256,
                locator="log.jsonl",
            )
            for sha256, sightings in self._sightings.items()
            if sha256 not in self
        ]
        return (*self._findings, *missing, *self._unlikely())

    def _unlikely(self) -> Iterator[Finding]:
        """Sightings whose source states a day on which the page can't have been seen: an unknown day."""
        for sighting in (s for sightings in self._sightings.values() for s in sightings if s.stated_at):
            assert sighting.stated_at is not None  # as chosen
            problem = believed(sighting.stated_at, sighting.recorded_at, self._publisher).problem
            message = f"when the page was seen is not known: {problem}"
            yield Finding(
                "warning", "moment_unknown", message, capture=sighting.sha256, locator=sighting.filename
            )

    @staticmethod
    def hash_of(data: bytes) -> Sha256:
        """The name that these bytes have here."""
        return _hash(data)

    def __contains__(self, sha256: object) -> bool:
        return sha256 in self._sightings and (sha256 in self._objects or sha256 in self._pending)

    def __len__(self) -> int:
        return self._held

    # ------------------------------------------------------------ writing

    def add(self, raw: RawCapture, recorded_at: datetime) -> tuple[Capture, bool]:
        """Keep the bytes and the sighting. The second value: whether anything was recorded that wasn't known.

        That is so for new bytes and for known bytes seen at another address or moment; whether the bytes were
        known before, `sha256 in archive` tells. Durable on return, within a `batch` at its end. Raises StoreError
        where the home can't be written, ValueError for moments without a time zone.
        """
        _require_aware(recorded_at, raw.captured_at)
        sha256 = _hash(raw.data)
        captured_at = _moment(raw.captured_at, recorded_at, self._publisher)
        held = sha256 in self._objects or sha256 in self._pending
        known = (sha256, raw.address, raw.site_path, captured_at) in self._keys
        self._held += sha256 not in self
        if not held:
            self._pending[sha256] = raw.data
            self._pending_bytes += len(raw.data)
        if not known:
            self._record(raw, sha256, captured_at, recorded_at.astimezone(UTC))
        if self._batch_is_full():
            self.flush()
        return self.capture(sha256), not (held and known)

    def _record(
        self, raw: RawCapture, sha256: Sha256, captured_at: datetime | None, recorded_at: datetime
    ) -> None:
        sighting = Sighting(
            sha256=sha256,
            media=raw.media,
            address=raw.address,
            site_path=raw.site_path,
            captured_at=captured_at,
            recorded_at=recorded_at,
            filename=raw.filename,
            stated_at=raw.captured_at if captured_at is None else None,
            day_basis=raw.day_basis if captured_at else "",
        )
        self._take(sighting)
        self._lines.append(sighting)

    @contextmanager
    def batch(self, size: int = 1000) -> Iterator[None]:
        """Make up to `size` additions durable together, which is many times faster than one by one."""
        self._batch = size
        try:
            yield
        finally:
            self._batch = 1
            self.flush()

    def flush(self) -> None:
        """Write what a batch holds back: first the bytes, then the lines that name them."""
        if not self._pending and not self._lines:
            return
        try:
            self._keep_name()
            self._write_objects()
            self._append_lines()
        except OSError as problem:
            raise StoreError(
                f"{self._root} can't be written ({problem.strerror or problem}); nothing already there was changed. "
                "Give another folder with --home, or make room and load again."
            ) from problem

    def _batch_is_full(self) -> bool:
        waiting = max(len(self._pending), len(self._lines))
        return waiting >= self._batch or self._pending_bytes > _BATCH_BYTES

    def _write_objects(self) -> None:
        switch_in_all(
            {self._write_part(sha256, data): self._path(sha256) for sha256, data in self._pending.items()}
        )
        if self._pending:
            sync(self._root / "objects")
        self._objects.update(self._pending)
        self._pending.clear()
        self._pending_bytes = 0

    def _write_part(self, sha256: Sha256, data: bytes) -> Path:
        final = self._path(sha256)
        final.parent.mkdir(parents=True, exist_ok=True)
        part = final.with_name(f"{final.name}.{os.getpid()}.part")
        part.write_bytes(data)
        return part

    def _append_lines(self) -> None:
        if not self._lines:
            return
        text = "".join(_line_of(sighting) for sighting in self._lines)
        if self._torn:  # ends the torn line, so that only that one is lost
            text = "\n" + text
        self._root.mkdir(parents=True, exist_ok=True)
        log = os.open(self._log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        self._torn = True  # until all of it is there
        try:
            _write_all(log, text.encode())
            os.fsync(log)
        finally:
            os.close(log)
        sync(self._root)
        self._torn = False
        self._lines.clear()

    # ------------------------------------------------------------ the log

    def _read_log(self) -> None:
        try:
            data = self._log.read_bytes()
        except FileNotFoundError:
            return
        except OSError as problem:
            raise StoreError(
                f"{self._log} can't be read ({problem.strerror}). Give another folder with --home."
            ) from problem
        self._torn = bool(data) and not data.endswith(b"\n")
        for number, line in enumerate(data.split(b"\n"), 1):
            if not line.strip():
                continue
            try:
                self._take(_sighting_of(line, self._publisher))
            except (ValueError, KeyError, TypeError):
                self._findings.append(
                    Finding(
                        "warning",
                        "log_line_unreadable",
                        "a line of the capture log was cut off or damaged and is passed over; load its pages again",
                        locator=f"log.jsonl line {number}",
                    )
                )

    def _take(self, sighting: Sighting) -> None:
        if sighting.key not in self._keys:
            self._keys.add(sighting.key)
            self._sightings.setdefault(sighting.sha256, []).append(sighting)
            self._captures.pop(sighting.sha256, None)

    def _path(self, sha256: Sha256) -> Path:
        digits = sha256.removeprefix("sha256:")
        return self._root / "objects" / digits[:2] / digits


def _captured_at(sighting: Sighting) -> str:
    return sighting.captured_at.isoformat() if sighting.captured_at else ""


def _hash(data: bytes) -> Sha256:
    return Sha256("sha256:" + hashlib.sha256(data).hexdigest())


def _objects_in(folder: Path) -> Iterator[Sha256]:
    """The hashes of all objects held. A `.part` is what a kill left behind, and no object."""
    if not folder.is_dir():
        return
    for shard in os.scandir(folder):
        if shard.is_dir():
            yield from (Sha256(f"sha256:{name}") for name in os.listdir(shard) if len(name) == 64)


def _line_of(sighting: Sighting) -> str:
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
    return json.dumps(record) + "\n"


def _sighting_of(line: bytes, publisher: Publisher) -> Sighting:
    """Raises ValueError, KeyError or TypeError for a line that isn't whole.

    Lines written before the rules of `moments` and `replay_of` are read by them: an impossible day is an unknown one.
    """
    record = json.loads(line)
    digits = str(record["sha256"]).removeprefix("sha256:")
    if len(digits) != 64 or not set(digits) <= set("0123456789abcdef"):
        raise ValueError("not a hash")
    if record["media"] not in get_args(Media):
        raise ValueError("not a kind of capture")
    printed = record["captured_at"] or record.get("stated_at")
    stated = datetime.fromisoformat(printed) if printed else None
    recorded_at = datetime.fromisoformat(record["recorded_at"])
    _require_aware(recorded_at, stated)
    if within_calendar(recorded_at).problem:
        raise ValueError("not a moment of recording")
    replay = replay_of(record["address"])
    if replay is not None:
        stated = replay.moment
    captured_at = _moment(stated, recorded_at, publisher)
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
    )


def _basis_in(record: Mapping[str, Any]) -> DayBasis:
    """Lines written before this was kept don't say it; no line is lost for what it says of this."""
    bases: tuple[DayBasis, ...] = get_args(DayBasis)
    return next((basis for basis in bases if basis == record.get("day_basis")), "")


def _moment(stated: datetime | None, recorded_at: datetime, publisher: Publisher) -> datetime | None:
    """`stated` in UTC where it can be believed."""
    if stated is None:
        return None
    value = believed(stated, recorded_at, publisher).value
    return value.astimezone(UTC) if value else None


def _require_aware(*moments: datetime | None) -> None:
    if any(moment is not None and moment.tzinfo is None for moment in moments):
        raise ValueError("a moment must carry its time zone")


def _write_all(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]
