"""Archives of many pages: .zip, .warc(.gz) and .wacz, unpacked in memory and within limits.

The name of a member is only ever read for the page it may name; no byte is written under it.
"""

from __future__ import annotations

import io
import re
import stat
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Any

from manual.captures.addresses import capture_path_of
from manual.captures.moments import read_moment
from manual.captures.raw import MB, FoundPages, Media, RawCapture, Reading, remark, trouble
from manual.captures.single import (
    ARCHIVES,
    companions,
    hidden,
    kind_of,
    limit_of,
    other_files,
    printable,
    read_single,
    too_large,
)
from manual.model import Finding
from manual.publisher import Publisher

if TYPE_CHECKING:
    from warcio.archiveiterator import ArchiveIterator

_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError)
_DRIVE = re.compile(r"[A-Za-z]:")
_IN_MEMORY = 32 * MB


class _Full(Exception):
    """The archive is larger or more numerous than the limits; what was read so far stands."""


@dataclass(slots=True)
class _Budget:
    """What one archive, with those inside it, may still unpack to."""

    reading: Reading
    expanded: int = 0
    members: int = 0
    originals: Originals = field(default_factory=lambda: Originals())

    def spend(self, size: int) -> None:
        self.check(size)
        self.expanded += size

    def check(self, size: int) -> None:
        if self.expanded + size > self.reading.limits.expanded:
            raise _Full(f"it unpacks to more than {self.reading.limits.expanded:,} bytes")

    def count(self, members: int = 1) -> None:
        self.members += members
        if self.members > self.reading.limits.members:
            raise _Full(f"it has more than {self.reading.limits.members:,} members")


def read_archive(stream: IO[bytes], name: str, kind: str, reading: Reading) -> FoundPages:
    """All pages in one archive file; `kind` is zip, wacz or warc. Never raises for what is in it."""
    pages = troubled = False
    budget = _Budget(reading)
    try:
        for found in _read(stream, name, kind, budget, depth=0):
            pages |= isinstance(found, RawCapture)
            troubled |= isinstance(found, Finding) and found.severity == "error"
            yield found
    except _Full as full:
        yield trouble("archive_too_large", f"{full}; the rest was not read", name)
        troubled = True
    finally:
        budget.originals.close()
    if not pages and not troubled:
        yield trouble("no_pages", "there is no page in the archive", name)


def _read(stream: IO[bytes], name: str, kind: str, budget: _Budget, depth: int) -> FoundPages:
    if kind == "warc":
        yield from _read_warc(stream, name, budget)
    else:
        yield from _read_zip(stream, name, kind, budget, depth)


# ---------------------------------------------------------------- zip and wacz


def _read_zip(stream: IO[bytes], name: str, kind: str, budget: _Budget, depth: int) -> FoundPages:
    try:
        archive = zipfile.ZipFile(stream)
    except _DAMAGED as problem:
        yield trouble("archive_damaged", f"it is cut off or no archive at all ({problem})", name)
        return
    with archive:
        members = [m for m in archive.infolist() if not m.is_dir() and not hidden(m.filename)]
        budget.count(len(members))
        if kind == "wacz":
            members = [
                m for m in members if m.filename.startswith("archive/") and kind_of(m.filename) == "warc"
            ]
        yield from _read_members(archive, sorted(members, key=lambda m: m.filename), name, budget, depth)


def _read_members(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], name: str, budget: _Budget, depth: int
) -> FoundPages:
    skipped = companions(member.filename for member in members)
    passed_over: Counter[str] = Counter()
    encrypted = 0
    for member in members:
        if any(str(folder) in skipped for folder in PurePosixPath(member.filename).parents):
            continue
        if not kind_of(member.filename) or stat.S_ISLNK(member.external_attr >> 16):
            passed_over[PurePosixPath(member.filename).suffix.lower() or "no ending"] += 1
        elif member.flag_bits & 1:
            encrypted += 1
        else:
            yield from _read_member(archive, member, name, budget, depth)
    yield from other_files(passed_over, name)
    if encrypted:
        message = (
            f"{encrypted} members are encrypted and can't be read; unpack the archive and load the folder"
        )
        yield trouble("archive_encrypted", message, name)


def _read_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, budget: _Budget, depth: int
) -> FoundPages:
    limits = budget.reading.limits
    place = f"{name}!{printable(member.filename)}"
    kind = kind_of(member.filename)
    if member.file_size > limits.ratio_from and member.file_size > limits.ratio * max(
        member.compress_size, 1
    ):
        message = (
            f"{member.compress_size:,} bytes unpack to {member.file_size:,}, which no page does; not read"
        )
        yield trouble("archive_bomb", message, place)
        return
    try:
        if kind in ARCHIVES:
            yield from _read_nested(archive, member, place, kind, budget, depth)
        elif member.file_size > limit_of(kind, limits):
            yield too_large(member.file_size, limit_of(kind, limits), place)
        else:
            budget.spend(member.file_size)
            data = archive.read(member)
            yield from _page_member(data, member.filename, place, kind, budget.reading)
    except _DAMAGED as problem:
        yield trouble("archive_damaged", f"this member can't be unpacked ({problem})", place)


def _page_member(data: bytes, member_name: str, place: str, kind: str, reading: Reading) -> FoundPages:
    unsafe = _is_unsafe(member_name)
    if unsafe:
        message = "the member's name leads out of the archive, so no address is taken from it"
        yield remark("unsafe_member_name", message, place, warning=True)
    yield from read_single(data, place, kind, reading, trust_name=not unsafe)


def _is_unsafe(name: str) -> bool:
    """Whether a member's name would lead elsewhere if it were used as a path."""
    return name.startswith("/") or "\\" in name or ".." in name.split("/") or bool(_DRIVE.match(name))


def _read_nested(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, place: str, kind: str, budget: _Budget, depth: int
) -> FoundPages:
    """An archive within an archive. The web archives inside a .wacz are its own content, not a level."""
    inside = depth + (0 if _is_wacz_part(archive, kind) else 1)
    if inside > budget.reading.limits.nesting:
        yield trouble(
            "archive_nested", "it lies too deep, in an archive within an archive; load it by itself", place
        )
        return
    budget.check(member.file_size)
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spooled, archive.open(member) as packed:
        while chunk := packed.read(MB):
            spooled.write(chunk)
        spooled.seek(0)
        yield from _read(spooled, place, kind, budget, inside)


def _is_wacz_part(archive: zipfile.ZipFile, kind: str) -> bool:
    return kind == "warc" and "datapackage.json" in archive.namelist()


# ---------------------------------------------------------------- web archives


class Originals:
    """Payloads of one archive, for the records that say "the same as before" instead of repeating them."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (closed by `close`)
        self._places: dict[object, tuple[int, int, Media]] = {}

    def keep(self, keys: tuple[object, ...], data: bytes, media: Media) -> None:
        start = self._file.seek(0, io.SEEK_END)
        self._file.write(data)
        self._places.update({key: (start, len(data), media) for key in keys if key})

    def of(self, keys: tuple[object, ...]) -> tuple[bytes, Media] | None:
        place = next((self._places[key] for key in keys if key in self._places), None)
        if place is None:
            return None
        self._file.seek(place[0])
        return self._file.read(place[1]), place[2]

    def close(self) -> None:
        self._file.close()


def _read_warc(stream: IO[bytes], name: str, budget: _Budget) -> FoundPages:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    passed_over = 0
    records = ArchiveIterator(stream)
    try:
        for record in _records(records, budget):
            found = _found_in(record, name, budget)
            passed_over += found is None and record.rec_type == "response"
            if found is not None:
                yield found
    except ArchiveLoadFailed as problem:
        yield trouble(
            "archive_damaged", f"it is no web archive or a damaged one ({_first_line(problem)})", name
        )
    except _DAMAGED as problem:
        yield trouble(
            "truncated", f"it is cut off or damaged ({problem}); the pages before that were read", name
        )
    finally:
        records.close()
    if records.err_count:
        yield trouble("archive_damaged", f"{records.err_count} records are longer than they say", name)
    if passed_over:
        yield remark("passed_over", f"{passed_over} records that are no pages were passed over", name)


def _records(records: ArchiveIterator, budget: _Budget) -> Iterator[Any]:
    """The records, counted, with what the reader would print about bad ones kept off the terminal."""
    while True:
        try:
            with redirect_stderr(io.StringIO()):
                record = next(records, None)
        except (AttributeError, TypeError, LookupError) as problem:  # a record cut off in its headers
            raise ValueError("a record without its headers") from problem
        if record is None:
            return
        budget.count()
        budget.spend(_declared_length(record))
        yield record


def _declared_length(record: Any) -> int:
    text = record.rec_headers.get_header("Content-Length") or "0"
    return int(text) if text.isdecimal() else 0


def _found_in(record: Any, name: str, budget: _Budget) -> RawCapture | Finding | None:
    """A page for a response or a revisit that is one; None for anything else."""
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    place = f"{name}!{printable(address)}"
    if record.rec_type == "revisit":
        return _revisited(record, address, place, budget)
    media = _media_of(record)
    if record.rec_type != "response" or media is None or address.endswith("/robots.txt"):
        return None
    data = _payload(record, place, budget.reading.limits.page)
    if isinstance(data, Finding):
        return data
    budget.originals.keep(_keys_of(record, address), data, media)
    return _capture(data, media, record, address, place, budget.reading.publisher)


def _payload(record: Any, place: str, limit: int) -> bytes | Finding:
    encoding = (record.http_headers.get_header("Content-Encoding") or "").lower()
    if encoding not in ("", "identity", "gzip", "deflate"):
        return trouble(
            "unknown_encoding", f"the page is compressed as {encoding!r}, which can't be read here", place
        )
    data: bytes = _read_up_to(record.content_stream(), limit + 1)
    if len(data) > limit:
        return too_large(max(len(data), _declared_length(record)), limit, place)
    if getattr(record.raw_stream, "limit", 0) > 0:
        return trouble("truncated", "the record is cut off in the middle of the page", place)
    if not data.strip():
        return trouble("empty_file", "the page is empty", place)
    return data


def _read_up_to(stream: Any, size: int) -> bytes:
    chunks: list[bytes] = []
    while size > 0 and (chunk := stream.read(min(size, MB))):
        chunks.append(chunk)
        size -= len(chunk)
    return b"".join(chunks)


def _revisited(record: Any, address: str, place: str, budget: _Budget) -> RawCapture | Finding | None:
    headers = record.rec_headers
    earlier = (headers.get_header("WARC-Refers-To-Target-URI"), headers.get_header("WARC-Refers-To-Date"))
    original = budget.originals.of((headers.get_header("WARC-Payload-Digest"), earlier))
    if original is None:
        if capture_path_of(address, budget.reading.publisher) is None:
            return None
        message = "it says that the page was unchanged, but the page itself is not in this archive"
        return remark("revisit_without_original", message, place, warning=True)
    return _capture(*original, record, address, place, budget.reading.publisher)


def _capture(
    data: bytes, media: Media, record: Any, address: str, place: str, publisher: Publisher
) -> RawCapture:
    moment = read_moment(record.rec_headers.get_header("WARC-Date"), datetime.fromisoformat)
    return RawCapture(
        data=data,
        media=media,
        address=address or None,
        site_path=capture_path_of(address, publisher) if address else None,
        captured_at=moment.value,
        filename=place,
        doubt=moment.problem,
    )


def _keys_of(record: Any, address: str) -> tuple[object, ...]:
    headers = record.rec_headers
    return headers.get_header("WARC-Payload-Digest"), (address, headers.get_header("WARC-Date"))


def _media_of(record: Any) -> Media | None:
    if record.http_headers is None or record.http_headers.get_statuscode() != "200":
        return None
    kind = (record.http_headers.get_header("Content-Type") or "").split(";")[0].strip().lower()
    return (
        "html" if kind in ("text/html", "application/xhtml+xml") else "text" if kind == "text/plain" else None
    )


def _first_line(problem: Exception) -> str:
    return next((line.strip() for line in str(problem).splitlines() if line.strip()), "damaged")
