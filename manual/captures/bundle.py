"""An archive as one WACZ file, which programs that replay web archives can open and `load` can read.

Each sighting is one record; a further one of the same bytes is a revisit. What WARC cannot express (that the day is
unknown, when the sighting was recorded) is in a header of the record, as the line of the log.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import tempfile
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from manual.aside import switch_in
from manual.captures.archive import Archive
from manual.captures.log import SIGHTING_HEADER, Sighting, record_of
from manual.captures.raw import MB
from manual.captures.records import payload_digest
from manual.errors import SourceError, StoreError
from manual.model import Finding
from manual.publisher import INZ, Publisher

_KINDS = {"html": "text/html", "text": "text/plain", "register": "application/json", "pdf": "application/pdf"}
_REVISIT = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_WARC = "archive/data.warc.gz"
_IN_MEMORY = 32 * MB


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundled:
    """The contents of a bundle."""

    pages: int
    sightings: int
    bytes: int
    findings: tuple[Finding, ...]
    """What could not be given out, since its original is missing or damaged."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """The position of a record, for the index."""

    address: str
    moment: datetime
    kind: str
    digest: str
    start: int
    length: int
    title: str


def bundle(archive: Archive, path: Path, *, now: datetime, publisher: Publisher = INZ) -> Bundled:
    """Write all of `archive` to `path`, which must not exist yet. `now` (aware) is the day that the file states.

    Raises SourceError if it exists or is not called .wacz, StoreError if it cannot be written.
    """
    if path.suffix.lower() != ".wacz":
        raise SourceError(str(path), "a name that does not end in .wacz", "a name such as captures.wacz")
    if path.exists():
        raise SourceError(
            str(path), "a file that is there already", "a name that is free", "Give another name."
        )
    aside = path.with_name(f".{path.name}.aside")
    try:
        made = _write(archive, aside, now, publisher)
        switch_in(aside, path)
    except OSError as problem:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        message = (
            f"{path} can't be written ({problem.strerror or problem}). Make room, or give another place."
        )
        raise StoreError(message) from problem
    return made


def _write(archive: Archive, aside: Path, now: datetime, publisher: Publisher) -> Bundled:
    entries: list[_Entry] = []
    findings = [finding for finding in archive.findings() if finding.kind != "moment_unknown"]
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as records:
        _put(
            records,
            {"WARC-Type": "warcinfo", "Content-Type": "application/warc-fields"},
            now,
            _about(publisher),
        )
        pages = 0
        for capture in archive.captures():
            try:
                data = archive.bytes_of(capture.sha256)
            except SourceError as problem:
                findings.append(Finding("error", "original_damaged", str(problem), capture=capture.sha256))
                continue
            pages += 1
            entries += _records_of(archive.log_of(capture.sha256), data, records, publisher)
        files = {
            "pages/pages.jsonl": _pages(entries),
            "indexes/index.cdx": "".join(sorted(map(_cdx_line, entries))).encode(),
        }
        size = _zip(aside, records, files, now)
    return Bundled(pages=pages, sightings=len(entries), bytes=size, findings=tuple(findings))


def _about(publisher: Publisher) -> bytes:
    described = f"captures of pages of the publisher {publisher.name}"
    return f"software: In Force\r\nformat: WARC File Format 1.1\r\ndescription: {described}\r\n".encode()


# ---------------------------------------------------------------- records


def _records_of(
    sightings: tuple[Sighting, ...], data: bytes, records: IO[bytes], publisher: Publisher
) -> Iterator[_Entry]:
    digest = payload_digest(data)
    first: tuple[str, datetime] | None = None
    for sighting in sightings:
        address, moment = _address_of(sighting, publisher), sighting.captured_at or sighting.recorded_at
        served = address.lower().startswith(("http://", "https://"))  # else no server can have answered
        kind = _KINDS[sighting.media]
        http = (
            f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\n\r\n"
            if served
            else ""
        )
        headers = {
            "WARC-Type": "revisit" if first else "response" if served else "resource",
            "WARC-Target-URI": address,
            "WARC-Payload-Digest": digest,
            "Content-Type": "application/http; msgtype=response" if served else kind,
            SIGHTING_HEADER: json.dumps(record_of(sighting)),
        }
        if first:
            headers |= {
                "WARC-Profile": _REVISIT,
                "WARC-Refers-To-Target-URI": first[0],
                "WARC-Refers-To-Date": _moment(first[1]),
            }
        start, length = _put(records, headers, moment, http.encode() + (b"" if first else data))
        yield _Entry(
            address, moment, "warc/revisit" if first else kind, digest, start, length, sighting.filename
        )
        first = first or (address, moment)


def _address_of(sighting: Sighting, publisher: Publisher) -> str:
    """The address for replay: its own, else its page's, else one made from its hash; always without a fragment."""
    if sighting.address and "#" not in sighting.address and sighting.address.isprintable():
        return sighting.address.replace(" ", "%20")
    known = publisher.address_of(sighting.site_path) if sighting.site_path else ""
    return known or f"urn:sha256:{sighting.sha256.removeprefix('sha256:')}"


def _put(records: IO[bytes], headers: dict[str, str], moment: datetime, block: bytes) -> tuple[int, int]:
    """Append one separately compressed record. Returns its position."""
    digest = payload_digest(block)
    whole = {
        **headers,
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, repr((sorted(headers.items()), digest)))}>",
        "WARC-Date": _moment(moment),
        "WARC-Block-Digest": digest,
        "Content-Length": str(len(block)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in whole.items())
    packed = gzip.compress(b"WARC/1.1\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n", mtime=0)
    start = records.tell()
    records.write(packed)
    return start, len(packed)


def _moment(moment: datetime) -> str:
    """As WARC 1.1 writes it, to the microsecond where there is one."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


# ---------------------------------------------------------------- what a replay looks things up in


def _cdx_line(entry: _Entry) -> str:
    found = {
        "url": entry.address,
        "mime": entry.kind,
        "status": "200",
        "digest": entry.digest,
        "length": str(entry.length),
        "offset": str(entry.start),
        "filename": _WARC.rpartition("/")[2],
    }
    return f"{_sortable(entry.address)} {entry.moment.astimezone(UTC):%Y%m%d%H%M%S} {json.dumps(found)}\n"


def _sortable(address: str) -> str:
    """The host from the end, then the path: `org,example)/folder/1.htm`, as indexes of web archives sort addresses."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return address
    if not host:
        return address
    query = f"?{'&'.join(sorted(parts.query.lower().split('&')))}" if parts.query else ""
    path = parts.path.lower()
    return f"{','.join(reversed(host.split('.')))}{port}){path.rstrip('/') or '/'}{query}"


def _pages(entries: list[_Entry]) -> bytes:
    lines: list[dict[str, Any]] = [{"format": "json-pages-1.0", "id": "pages", "title": "Pages"}]
    lines += [
        {"id": str(number), "url": entry.address, "ts": _moment(entry.moment), "title": entry.title}
        for number, entry in enumerate(entries, 1)
        if entry.kind != "warc/revisit"
    ]
    return "".join(f"{json.dumps(line)}\n" for line in lines).encode()


def _zip(aside: Path, records: IO[bytes], files: dict[str, bytes], now: datetime) -> int:
    """The package, nothing in it compressed twice."""
    digests: list[dict[str, Any]] = []

    def listed(name: str, hashed: str, size: int) -> None:
        digests.append(
            {"name": name.rpartition("/")[2], "path": name, "hash": f"sha256:{hashed}", "bytes": size}
        )

    with zipfile.ZipFile(aside, "w", zipfile.ZIP_STORED) as package:
        size = records.tell()
        records.seek(0)
        hasher = hashlib.sha256()
        with package.open(zipfile.ZipInfo(_WARC, _zip_day(now)), "w", force_zip64=True) as member:
            while chunk := records.read(MB):
                hasher.update(chunk)
                member.write(chunk)
        listed(_WARC, hasher.hexdigest(), size)
        for name, data in files.items():
            package.writestr(zipfile.ZipInfo(name, _zip_day(now)), data)
            listed(name, hashlib.sha256(data).hexdigest(), len(data))
        about = {
            "profile": "data-package",
            "wacz_version": "1.1.1",
            "title": "Captures",
            "software": "In Force",
            "created": _moment(now.replace(microsecond=0)),
            "resources": digests,
        }
        text = json.dumps(about, indent=2).encode()
        package.writestr(zipfile.ZipInfo("datapackage.json", _zip_day(now)), text)
        stated = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(text).hexdigest()}"}
        package.writestr(zipfile.ZipInfo("datapackage-digest.json", _zip_day(now)), json.dumps(stated))
    return aside.stat().st_size


def _zip_day(now: datetime) -> tuple[int, int, int, int, int, int]:
    there = now.astimezone(UTC)
    return max(there.year, 1980), there.month, there.day, there.hour, there.minute, there.second
