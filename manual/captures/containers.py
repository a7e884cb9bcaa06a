"""Archives of many pages: .zip, .warc(.gz) and .wacz, unpacked in memory and within limits.

A member's name only tells which page it may be; nothing is written under that name.
"""

from __future__ import annotations

import io
import json
import re
import stat
import tempfile
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import IO

from manual.captures.addresses import capture_path_of
from manual.captures.archive import hash_of
from manual.captures.formats import foreign
from manual.captures.log import SIGHTING_HEADER, Sighting, sighting_from
from manual.captures.moments import read_moment
from manual.captures.raw import (
    MB,
    Budget,
    FoundPages,
    Full,
    Media,
    RawCapture,
    Reading,
    remark,
    trouble,
)
from manual.captures.records import NoWebArchive, Record, Reply, body_of, records_in, reply_in
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
from manual.captures.unpacking import BROKEN, TooMuch, Unpacking, inflated
from manual.model import Finding
from manual.publisher import Publisher

_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError)
_DRIVE = re.compile(r"[A-Za-z]:")
_IN_MEMORY = 32 * MB


@dataclass(slots=True)
class _Budget:
    """How much one archive may still unpack to, and the originals that its records repeat."""

    reading: Reading
    shared: Budget
    originals: Originals = field(default_factory=lambda: Originals())

    def spend(self, size: int) -> None:
        self.shared.spend(size)

    def check(self, size: int) -> None:
        self.shared.check(size)

    def count(self, members: int = 1) -> None:
        self.shared.count(members)


def read_archive(stream: IO[bytes], name: str, kind: str, reading: Reading) -> FoundPages:
    """All pages in one archive file; `kind` is zip, wacz or warc. Never raises because of its contents."""
    pages = troubled = False
    shared = reading.budget or Budget(reading.limits)
    budget = _Budget(replace(reading, budget=shared), shared)
    try:
        for found in _read(stream, name, kind, budget, depth=0):
            pages |= isinstance(found, RawCapture)
            troubled |= isinstance(found, Finding) and found.severity == "error"
            yield found
    except Full as full:
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
        _refuse_long_list(stream, budget)
        archive = zipfile.ZipFile(stream)
    except _DAMAGED as problem:
        yield trouble("archive_damaged", f"it is cut off or no archive at all ({problem})", name)
        return
    with archive:
        members = [m for m in archive.infolist() if not m.is_dir() and not hidden(m.filename)]
        budget.count(len(members))
        if kind == "wacz":
            members = [m for m in members if _is_archive_of_wacz(m.filename)]
        elif any(m.filename in _OFFICE for m in members):
            yield trouble("not_a_page", "it is an office document: save it as text (.txt) or PDF", name)
            return
        yield from _read_members(archive, sorted(members, key=lambda m: m.filename), name, budget, depth)


def _refuse_long_list(stream: IO[bytes], budget: _Budget) -> None:
    """Refuse a long list of members before reading it: reading takes ten times its length in memory."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - 66_000))
    tail = stream.read()
    stream.seek(0)
    end, larger = tail.rfind(b"PK\5\6"), tail.rfind(b"PK\6\6")  # the end of a zip, and of one beyond 4 GB
    stated = [int.from_bytes(tail[end + 12 : end + 16], "little")] if end >= 0 else []
    if larger >= 0:
        stated.append(int.from_bytes(tail[larger + 40 : larger + 48], "little"))
    most = budget.reading.limits.members * _OF_A_MEMBER
    if any(most < length <= size for length in stated):
        raise Full(f"it has more than {budget.reading.limits.members:,} members")


_OF_A_MEMBER = 200
"""Bytes of the list, for each member that may be in it."""
_OFFICE = frozenset({"[Content_Types].xml", "META-INF/manifest.xml"})
"""Members by which Word's and OpenDocument's files are told from archives of pages."""


def _is_archive_of_wacz(member: str) -> bool:
    """Whether a member is a web archive, or a WACZ file in a collection of them."""
    return (member.startswith("archive/") and kind_of(member) == "warc") or kind_of(member) == "wacz"


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
            data = _unpacked(archive, member, budget)
            yield from _page_member(data, member.filename, place, kind, budget, archive)
    except _DAMAGED as problem:
        yield trouble("archive_damaged", f"this member can't be unpacked ({problem})", place)


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: _Budget) -> bytes:
    """The bytes of a member. `zipfile` checks its stated size and checksum."""
    budget.spend(member.file_size)
    return archive.read(member)


def _page_member(
    data: bytes, member_name: str, place: str, kind: str, budget: _Budget, archive: zipfile.ZipFile
) -> FoundPages:
    unsafe = _is_unsafe(member_name)
    if unsafe:
        message = "the member's name leads out of the archive, so no address is taken from it"
        yield remark("unsafe_member_name", message, place, warning=True)
    before = place[: len(place) - len(printable(member_name))]

    def beside(name: str) -> bytes | None:
        wanted = name.removeprefix(before)
        member = next((m for m in archive.infolist() if printable(m.filename) == wanted), None)
        fits = (
            member is not None and member.file_size <= budget.reading.limits.page and not member.flag_bits & 1
        )
        return _unpacked(archive, member, budget) if member is not None and fits else None

    yield from read_single(data, place, kind, budget.reading, trust_name=not unsafe, beside=beside)


def _is_unsafe(name: str) -> bool:
    """Whether a member's name would lead outside if it were used as a path."""
    return name.startswith("/") or "\\" in name or ".." in name.split("/") or bool(_DRIVE.match(name))


def _read_nested(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, place: str, kind: str, budget: _Budget, depth: int
) -> FoundPages:
    """Read an archive within an archive. The web archives inside a .wacz are its content, not another level."""
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
    """Payloads of one archive, for revisit records, which refer to an earlier payload instead of repeating it."""

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
    """Read the records of a WARC or ARC file, even if they state wrong lengths."""
    limits = budget.reading.limits
    passed_over = 0
    try:
        for record in records_in(Unpacking(stream, budget.spend, limits), limits.page + MB):
            budget.count()
            found = _found_in(record, name, budget)
            passed_over += found is None and record.kind in ("response", "resource")
            if found is not None:
                yield from found
    except NoWebArchive:
        yield trouble("archive_damaged", "it is no web archive, or a damaged one; expected WARC or ARC", name)
    except TooMuch as problem:
        kind = "archive_bomb" if "which no page" in str(problem) else "archive_too_large"
        yield trouble(kind, f"{problem}; the rest was not read", name)
    except _DAMAGED as problem:
        yield trouble(
            "truncated", f"it is cut off or damaged ({problem}); the pages before that were read", name
        )
    if passed_over:
        yield remark("passed_over", f"{passed_over} records that are no pages were passed over", name)


_WEB = ("http://", "https://")
_CODED = ("gzip", "x-gzip", "deflate")
_MEDIA: dict[str, Media] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "application/pdf": "pdf",
}


def _found_in(record: Record, name: str, budget: _Budget) -> list[RawCapture | Finding] | None:
    """The page in a response, resource or revisit record, with remarks; None for any other record."""
    place = f"{name}!{printable(record.address)}"
    if record.kind == "revisit" and not record.problem:
        return _revisited(record, place, budget)
    if record.kind not in ("response", "resource"):
        if record.problem and record.headers:  # not a page: a request, or information about the archive
            return [
                remark(
                    "truncated", f"a record that is no page is damaged: {record.problem}", place, warning=True
                )
            ]
        return [_not_believed(record, place)] if record.problem else None
    if record.block is None and not record.problem:
        page = capture_path_of(record.address, budget.reading.publisher) is not None
        return [too_large(record.length, budget.reading.limits.page, place)] if page else None
    if record.problem:
        return [_not_believed(record, place)]
    return _page_in(record, place, budget)


def _not_believed(record: Record, place: str) -> Finding:
    return trouble(
        "truncated",
        f"a record of the archive is not what it says, so it was not read: {record.problem}",
        place,
    )


def _page_in(record: Record, place: str, budget: _Budget) -> list[RawCapture | Finding] | None:
    assert record.block is not None  # as asked before
    reply = reply_in(record.block) if record.kind == "response" else None
    kind = reply.headers.get("content-type", "") if reply else record.headers.get("content-type", "")
    media = _MEDIA.get(kind.split(";")[0].strip().lower())
    if sighting := _sighting_in(record, budget):
        media = sighting.media
    elif record.kind == "resource" and not record.address.lower().startswith(_WEB):
        return None  # an archiver's own notes: arguments, logs, texts extracted from pages
    elif record.kind == "response" and (reply is None or reply.status != 200):
        return None
    if media is None or record.address.endswith("/robots.txt"):
        return None
    found = _payload(record, reply, media, place, budget)
    if isinstance(found, Finding):
        return [found]
    budget.originals.keep(_keys_of(record), found, media)
    if sighting:
        return [_recorded(sighting, found, place)]
    said = [_cut(place)] if "warc-truncated" in record.headers else []
    return [_capture(found, media, record, place, budget.reading.publisher), *said]


def _cut(place: str) -> Finding:
    message = (
        "whoever archived the page stopped before its end (WARC-Truncated): only what is whole in it counts"
    )
    return remark("truncated", message, place, warning=True)


def _payload(
    record: Record, reply: Reply | None, media: Media, place: str, budget: _Budget
) -> bytes | Finding:
    limits = budget.reading.limits
    limit = limits.package if media in ("pdf", "register") else limits.page
    if record.headers.get("warc-segment-number"):
        return trouble(
            "truncated", "the page lies in several records, which are not put together here", place
        )
    data, lacks = body_of(reply) if reply else (record.block or b"", "")
    cut = "warc-truncated" in record.headers
    if lacks and not cut:
        return trouble("truncated", f"the page is not whole: {lacks}", place)
    if cut and media != "html":
        return trouble("truncated", "whoever archived it stopped before its end (WARC-Truncated)", place)
    coding = (reply.headers.get("content-encoding", "") if reply else "").lower()
    if _is_plain(data):
        coding = ""  # some archivers unpack a page but keep the header that says it is compressed
    if coding not in ("", "identity", *_CODED):
        return trouble(
            "unknown_encoding", f"the page is compressed as {coding!r}, which can't be read here", place
        )
    if coding in _CODED:
        unpacked = _inflated(data, coding, limit, place, budget)
        if isinstance(unpacked, Finding):
            return unpacked
        data = unpacked
    if len(data) > limit:
        return too_large(len(data), limit, place)
    if not data.strip():
        return trouble("empty_file", "the page is empty", place)
    if media != "pdf" and (what := foreign(data)):
        return trouble("not_a_page", f"it says that it is a page and is {what}", place)
    return data


def _is_plain(data: bytes) -> bool:
    return data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" and not foreign(data)


def _inflated(data: bytes, coding: str, limit: int, place: str, budget: _Budget) -> bytes | Finding:
    try:
        unpacked = inflated(data, "gzip" if "gzip" in coding else coding, limit, budget.reading.limits)
    except TooMuch as problem:
        return trouble("too_large", f"{problem}; not read", place)
    except BROKEN as problem:
        return trouble(
            "truncated", f"the page is cut off or damaged within its compression ({problem})", place
        )
    budget.spend(len(unpacked))
    return unpacked


def _revisited(record: Record, place: str, budget: _Budget) -> list[RawCapture | Finding] | None:
    headers = record.headers
    earlier = (headers.get("warc-refers-to-target-uri"), headers.get("warc-refers-to-date"))
    original = budget.originals.of((headers.get("warc-payload-digest"), earlier))
    if original is None:
        if capture_path_of(record.address, budget.reading.publisher) is None:
            return None
        message = "it says that the page was unchanged, but the page itself is not in this archive"
        return [remark("revisit_without_original", message, place, warning=True)]
    if sighting := _sighting_in(record, budget):
        return [_recorded(sighting, original[0], place)]
    return [_capture(*original, record, place, budget.reading.publisher)]


def _capture(data: bytes, media: Media, record: Record, place: str, publisher: Publisher) -> RawCapture:
    address = record.address
    moment = read_moment(record.headers.get("warc-date"), datetime.fromisoformat)
    return RawCapture(
        data=data,
        media=media,
        address=address or None,
        site_path=capture_path_of(address, publisher) if address else None,
        captured_at=moment.value,
        filename=place,
        doubt=moment.problem,
    )


def _keys_of(record: Record) -> tuple[object, ...]:
    headers = record.headers
    return headers.get("warc-payload-digest"), (record.address, headers.get("warc-date"))


# ---------------------------------------------------------------- bundles of this program


def _sighting_in(record: Record, budget: _Budget) -> Sighting | None:
    """The log line that a bundle keeps with each record (see `bundle`)."""
    stated = record.headers.get(SIGHTING_HEADER.lower())
    if stated is None:
        return None
    try:
        return sighting_from(json.loads(stated), budget.reading.publisher)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _recorded(sighting: Sighting, data: bytes, place: str) -> RawCapture | Finding:
    if hash_of(data) != sighting.sha256:
        return trouble("truncated", "its bytes are not those that the bundle was made of", place)
    return RawCapture(
        data=data,
        media=sighting.media,
        address=sighting.address,
        site_path=sighting.site_path,
        captured_at=sighting.captured_at or sighting.stated_at,
        filename=sighting.filename,
        recorded_at=sighting.recorded_at,
        day_basis=sighting.day_basis,
        placed_by=sighting.placed_by,
        as_recorded=True,
    )
