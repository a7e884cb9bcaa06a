"""The append-only archive of original bytes: the only thing here that can't be made again.

    captures/objects/ab/abcd…   the bytes of one page, under their own SHA-256; written once, never changed
    captures/log.jsonl          one line per sighting: these bytes, at this address, at this moment
    captures/publisher          name of the publisher whose pages these are, written with the first of them

An object is synced to disk before a line names it. So after a kill at any moment, everything that the log names exists.
Objects without a line and an incomplete line only mean that the same pages must be loaded again. `log` has the format
of lines, `check` the examination of a whole archive.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from manual.aside import replace_file, switch_in_all, sync
from manual.captures.log import (
    Sighting,
    has_checksum,
    line_of,
    moment_of,
    record_of,
    require_aware,
    sighting_from,
    sighting_of,
)
from manual.captures.moments import believed
from manual.captures.raw import MB, RawCapture
from manual.errors import SourceError, StoreError, WrongPublisher
from manual.model import Capture, Finding, Sha256
from manual.publisher import INZ, Publisher

_BATCH_BYTES = 32 * MB


@dataclass(frozen=True, slots=True)
class Inventory:
    """The contents of an archive when it is opened."""

    objects: tuple[Sha256, ...]
    lines: int
    """Lines of the log that are whole."""
    lines_without_checksum: int
    strays: tuple[str, ...]
    """Files among the objects that are none."""


class Archive:
    """The captures in `home`/captures. Reading never writes; the first `add` creates the folder.

    `load` ensures that there is one writer at a time; a second would cause repeated lines, never a loss. Raises
    WrongPublisher for a home with another publisher's pages.
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
        self._read_lines = self._without_sum = 0
        self._damaged: set[int] = set()
        self._read_log()
        listed = _listed(self._root / "objects")
        self._objects, self._litter, self._strays = listed.objects, listed.litter, listed.strays
        self._findings += listed.findings
        self._held = len(self._sightings.keys() & self._objects)

    # ------------------------------------------------------------ whose pages

    def _kept_name(self) -> str | None:
        """The name of the publisher whose pages are here; None if there are none yet.

        Homes older than this file have pages of the only publisher there was then.
        """
        try:
            return self._name.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return INZ.name if self._log.exists() else None
        except (OSError, UnicodeDecodeError) as problem:
            raise StoreError(f"{self._name} can't be read ({problem}). Give another --home.") from problem

    def _keep_name(self) -> None:
        """Write the name; it is synced before the first capture."""
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
        placed = min(sightings, key=_strength_of_place)
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
            placed_by=placed.placed_by,
        )

    def sightings(self, sha256: Sha256) -> tuple[datetime, ...]:
        """Every stated moment at which these bytes were saved, oldest first; empty if none is stated."""
        known = {s.captured_at for s in self._sightings.get(sha256, ()) if s.captured_at}
        return tuple(sorted(known))

    def log_of(self, sha256: Sha256) -> tuple[Sighting, ...]:
        """Every line about one hash, in the order of recording."""
        return tuple(self._sightings.get(sha256, ()))

    def bytes_of(self, sha256: Sha256) -> bytes:
        """The original bytes. Raises SourceError if they are not held or no longer have that hash."""
        if sha256 in self._pending:
            return self._pending[sha256]
        try:
            data = self._path(sha256).read_bytes()
        except OSError as problem:
            raise SourceError(
                str(self._path(sha256)),
                problem.strerror or "unreadable",
                "the bytes of a capture",
                _PUT_BACK,
            ) from problem
        if hash_of(data) != sha256:
            raise SourceError(
                str(self._path(sha256)),
                "bytes that have another hash than their name",
                "an unchanged original",
                _PUT_BACK,
            )
        return data

    def has_whole(self, sha256: Sha256) -> bool:
        """Whether the original is present and unchanged."""
        try:
            self.bytes_of(sha256)
        except SourceError:
            return False
        return True

    def findings(self) -> tuple[Finding, ...]:
        """Findings about the archive itself: unreadable lines, lines without bytes, bytes without a line."""
        missing = [
            Finding(
                "error",
                "original_missing",
                f"the log names {sightings[0].filename!r}, whose bytes are not in the archive. {_PUT_BACK}",
                capture=sha256,
                locator="log.jsonl",
            )
            for sha256, sightings in self._sightings.items()
            if sha256 not in self
        ]
        return (*self._findings, *missing, *self._without_line(), *self._unlikely())

    def inventory(self) -> Inventory:
        """The contents of the archive, for `check`."""
        litter = [f"{path.parent.name}/{path.name}" for path in self._litter]
        objects = tuple(sorted(self._objects))
        return Inventory(objects, self._read_lines, self._without_sum, tuple(sorted(litter + self._strays)))

    def without_line(self) -> frozenset[Sha256]:
        """Objects that no line of the log names."""
        return frozenset(self._objects - self._sightings.keys())

    def _without_line(self) -> Iterator[Finding]:
        alone = len(self.without_line())
        if not alone:
            return
        pages = "1 original lies" if alone == 1 else f"{alone:,} originals lie"
        lost = not self._sightings
        why = (
            "the log is lost or empty"
            if lost
            else "an interrupted load leaves such, and so does a damaged log"
        )
        yield Finding(
            "error" if lost else "warning",
            "original_without_line",
            f"{pages} in the archive without a line in its log that says where and when they were seen, so they "
            f"answer nothing ({why}). Load those pages again, or put captures/log.jsonl back from a copy and load",
            locator="log.jsonl",
        )

    def _unlikely(self) -> Iterator[Finding]:
        """Sightings whose source states a day on which the page cannot have been seen; their day counts as unknown."""
        for sighting in (s for sightings in self._sightings.values() for s in sightings if s.stated_at):
            assert sighting.stated_at is not None  # as chosen
            problem = believed(sighting.stated_at, sighting.recorded_at, self._publisher).problem
            message = f"when the page was seen is not known: {problem}"
            yield Finding(
                "warning", "moment_unknown", message, capture=sighting.sha256, locator=sighting.filename
            )

    def __contains__(self, sha256: object) -> bool:
        return sha256 in self._sightings and (sha256 in self._objects or sha256 in self._pending)

    def __len__(self) -> int:
        return self._held

    # ------------------------------------------------------------ writing

    def add(self, raw: RawCapture, recorded_at: datetime) -> tuple[Capture, bool]:
        """Store the bytes and the sighting. The second value: whether anything new was recorded.

        That is so for new bytes, and for known bytes seen at another address or moment; `sha256 in archive` tells
        whether the bytes were known before. Synced on return, or at the end of a `batch`. Raises StoreError if the home
        cannot be written, ValueError for moments without a time zone.
        """
        require_aware(recorded_at, raw.captured_at, raw.recorded_at)
        if raw.recorded_at is not None:  # recorded by another archive, but no recording lies in the future
            recorded_at = min(raw.recorded_at, recorded_at)
        captured_at = moment_of(raw.captured_at, recorded_at, self._publisher)
        sighting = Sighting(
            sha256=hash_of(raw.data),
            media=raw.media,
            address=raw.address,
            site_path=raw.site_path,
            captured_at=captured_at,
            recorded_at=recorded_at.astimezone(UTC),
            filename=raw.filename,
            stated_at=raw.captured_at if captured_at is None else None,
            day_basis=raw.day_basis if captured_at else "",
            placed_by=raw.placed_by,
        )
        new = self.take_in(sighting, raw.data, recorded_before=raw.recorded_at is not None)
        return self.capture(sighting.sha256), new

    def take_in(self, sighting: Sighting, data: bytes, *, recorded_before: bool = True) -> bool:
        """`add` for a sighting recorded by another archive, with its bytes.

        A damaged or missing original is written again.
        """
        sha256 = sighting.sha256
        held = sha256 in self._pending or (sha256 in self._objects and self._is_on_disk(sha256, data))
        self._held += sha256 not in self
        if not held:
            self._pending[sha256] = data
            self._pending_bytes += len(data)
        new_line = self._take(sighting, recorded_before=recorded_before)
        if new_line:
            self._lines.append(sighting)
        if self._batch_is_full():
            self.flush()
        return new_line or not held

    def _is_on_disk(self, sha256: Sha256, data: bytes) -> bool:
        try:
            return self._path(sha256).read_bytes() == data
        except OSError:
            return False

    def as_recorded(self, capture: Capture) -> Sighting:
        """A capture as one of its sightings, read by the rules of today."""
        sighting = Sighting(
            sha256=capture.sha256,
            media=capture.media,
            address=capture.address,
            site_path=capture.site_path,
            captured_at=capture.captured_at,
            recorded_at=capture.recorded_at,
            filename=capture.filename,
            day_basis=capture.day_basis,
            placed_by=capture.placed_by,
        )
        return sighting_from(record_of(sighting), self._publisher)

    def put_back(self, sighting: Sighting) -> bool:
        """Restore a line missing from the log, for an original that is held. Returns whether it was missing."""
        if sighting.sha256 not in self._objects or not self._take(sighting):
            return False
        self._held = len(self._sightings.keys() & self._objects)
        self._lines.append(sighting)
        return True

    @contextmanager
    def batch(self, size: int = 1000) -> Iterator[None]:
        """Make up to `size` additions durable together, which is many times faster than one by one."""
        self._batch = size
        self._clear_away()
        try:
            yield
        finally:
            self._batch = 1
            self.flush()

    def set_damaged_lines_aside(self) -> int:
        """Move unreadable lines to `log.damaged`, once every original has a readable line. Returns their number.

        Raises StoreError if the home cannot be written.
        """
        if not self._damaged or self.without_line() or self._lines:
            return 0
        count = len(self._damaged)
        try:
            whole = self._log.read_bytes().split(b"\n")
            kept = [
                line for number, line in enumerate(whole, 1) if number not in self._damaged and line.strip()
            ]
            lost = [line for number, line in enumerate(whole, 1) if number in self._damaged]
            with (self._root / "log.damaged").open("ab") as aside:
                aside.write(b"".join(line + b"\n" for line in lost))
            replace_file(self._log, b"".join(line + b"\n" for line in kept))
        except OSError as problem:
            raise self._refused(problem) from problem
        self._damaged.clear()
        self._torn = False
        self._findings = [f for f in self._findings if f.kind != "log_line_unreadable"]
        return count

    def _clear_away(self) -> None:
        """Remove files that a kill left incomplete. There is one writer at a time, so nobody is using them."""
        for part in self._litter:
            with suppress(OSError):
                part.unlink()
        self._litter = []

    def flush(self) -> None:
        """Write what a batch has collected: first the bytes, then the lines that name them."""
        if not self._pending and not self._lines:
            return
        try:
            self._keep_name()
            self._write_objects()
            self._append_lines()
        except OSError as problem:
            raise self._refused(problem) from problem

    def _refused(self, problem: OSError) -> StoreError:
        return StoreError(
            f"{self._root} can't be written ({problem.strerror or problem}); nothing already there was changed. "
            "Give another folder with --home, or make room and load again."
        )

    def _batch_is_full(self) -> bool:
        waiting = max(len(self._pending), len(self._lines))
        return waiting >= self._batch or self._pending_bytes > _BATCH_BYTES

    def _write_objects(self) -> None:
        parts: dict[Path, Path] = {}
        try:
            for sha256, data in self._pending.items():
                final = self._path(sha256)
                final.parent.mkdir(parents=True, exist_ok=True)
                part = final.with_name(f"{final.name}.{os.getpid()}.part")
                parts[part] = final
                part.write_bytes(data)
            switch_in_all(parts)
        except OSError:
            for part in parts:
                with suppress(OSError):
                    part.unlink(missing_ok=True)
            raise
        if self._pending:
            sync(self._root / "objects")
        self._objects.update(self._pending)
        self._pending.clear()
        self._pending_bytes = 0

    def _append_lines(self) -> None:
        if not self._lines:
            return
        text = b"".join(line_of(sighting) for sighting in self._lines)
        if self._torn:  # ends the incomplete line, so that only that one is lost
            text = b"\n" + text
        self._root.mkdir(parents=True, exist_ok=True)
        log = os.open(self._log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        before, torn = os.fstat(log).st_size, self._torn
        self._torn = True  # until all of it is there
        try:
            _write_all(log, text)
            os.fsync(log)
        except OSError:
            with suppress(OSError):  # a full disk: half a line is taken back
                os.ftruncate(log, before)
                self._torn = torn
            raise
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
                self._take(sighting_of(line, self._publisher))
                self._read_lines += 1
                self._without_sum += not has_checksum(line)
            except (ValueError, KeyError, TypeError, RecursionError):
                self._damaged.add(number)
                self._findings.append(
                    Finding(
                        "warning",
                        "log_line_unreadable",
                        "a line of the capture log was cut off or damaged and is passed over; load its pages again, "
                        "or put captures/log.jsonl back from a copy",
                        locator=f"log.jsonl line {number}",
                    )
                )

    def _take(self, sighting: Sighting, *, recorded_before: bool = True) -> bool:
        """Whether a line says anything new. If two archives recorded one sighting, the first recording counts."""
        of_bytes = self._sightings.setdefault(sighting.sha256, [])
        if sighting.key not in self._keys:
            self._keys.add(sighting.key)
            of_bytes.append(sighting)
        else:
            place = next(n for n, one in enumerate(of_bytes) if one.key == sighting.key)
            if not recorded_before or of_bytes[place].recorded_at <= sighting.recorded_at:
                return False
            of_bytes[place] = replace(of_bytes[place], recorded_at=sighting.recorded_at)
        self._captures.pop(sighting.sha256, None)
        return True

    def _path(self, sha256: Sha256) -> Path:
        digits = sha256.removeprefix("sha256:")
        return self._root / "objects" / digits[:2] / digits


def _captured_at(sighting: Sighting) -> str:
    return sighting.captured_at.isoformat() if sighting.captured_at else ""


_PUT_BACK = (
    "Put it back from a copy (`inforce captures merge COPY`), or load its page again; what was read is kept."
)


def hash_of(data: bytes) -> Sha256:
    return Sha256("sha256:" + hashlib.sha256(data).hexdigest())


def _strength_of_place(sighting: Sighting) -> int:
    """Sort key of sightings by place: an address before the page's own number, that before none."""
    return 2 if not (sighting.site_path or sighting.address) else 1 if sighting.placed_by else 0


@dataclass(slots=True)
class _Listed:
    objects: set[Sha256] = field(default_factory=set)
    litter: list[Path] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def _listed(folder: Path) -> _Listed:
    """The files in the objects folder. A `.part` file was left by a kill and is not an object."""
    found = _Listed()
    for shard in _names_in(folder, found):
        for name in _names_in(folder / shard, found) if len(shard) == 2 else ():
            if is_digits(name) and name.startswith(shard):
                found.objects.add(Sha256(f"sha256:{name}"))
            elif name.endswith(".part"):
                found.litter.append(folder / shard / name)
            else:
                found.strays.append(f"{shard}/{name}")
    return found


def _names_in(folder: Path, found: _Listed) -> list[str]:
    try:
        return os.listdir(folder)
    except FileNotFoundError:
        return []
    except OSError as problem:
        if not isinstance(problem, NotADirectoryError):
            message = f"the folder objects/{folder.name} of the archive can't be read ({problem.strerror})"
            found.findings.append(Finding("error", "archive_unreadable", message, locator=folder.name))
        return []


def is_digits(name: str) -> bool:
    """Whether this is a possible name of an object's file."""
    return len(name) == 64 and set(name) <= set("0123456789abcdef")


def _write_all(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]
