"""Records of web archives (WARC and the older ARC), read sequentially with limited lines, headers and blocks.

A record states its length. That is accepted only if another record, or the end, follows: otherwise its text may be cut
off or contain another record.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from manual.captures.raw import MB
from manual.captures.unpacking import Unpacking

_LINE = 64 * 1024
_HEADERS = 256 * 1024
_VERSION = re.compile(rb"WARC/\d\.\d+\s*$")
# https://example.org/folder/1.htm 192.0.2.1 20080430204825 text/html 747
_ARC = re.compile(
    rb"(?P<url>[a-z][a-z0-9.+-]*:.*?) [\da-fA-F.:-]+ (?P<moment>\d{4,14}) (?P<kind>\S+)(?: .*)? (?P<length>\d+)\s*$"
)
_ARC_FILE = "filedesc:"
_BEGINNING = re.compile(
    rb"(?<=\n)(?:WARC/\d\.\d+\s*\n|[a-z][a-z0-9.+-]*:[^\n]*? [\da-fA-F.:-]+ \d{14} \S+(?: [^\n]*)? \d+\s*\n)"
)
_TAKEN = 300
_SWALLOWED = re.compile(rb"(?:\r?\n){1,2}(?=WARC/\d\.\d+\r?\n(?:WARC|Content)-)")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})\b")
_BLANK = re.compile(rb"\r?\n\r?\n")
_DIGESTS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha-256": hashlib.sha256, "md5": hashlib.md5}


class NoWebArchive(Exception):
    """The bytes are not a web archive."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record. `block` is None if it is larger than the limit."""

    headers: Mapping[str, str]
    """Of the record, with names in lower case; those of an ARC record under the names of WARC."""
    block: bytes | None
    length: int
    problem: str = ""
    """Why the block is not to be believed."""

    @property
    def kind(self) -> str:
        return self.headers.get("warc-type", "").lower()

    @property
    def address(self) -> str:
        return self.headers.get("warc-target-uri", "").strip("<>")


@dataclass(frozen=True, slots=True)
class Reply:
    """A server's response: status, headers with names in lower case, and body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def is_web_archive(data: bytes) -> bool:
    """Whether the bytes begin like a web archive."""
    return bool(re.match(rb"WARC/\d\.\d+\s", data[:12])) or data.startswith(b"filedesc://")


def records_in(stream: Unpacking, most: int) -> Iterator[Record]:
    """All records. A block longer than `most` is skipped.

    Raises NoWebArchive if the bytes do not begin like one, and what `Unpacking` raises.
    """
    stream.skip_blank()
    begun = told = False
    while line := stream.readline(_LINE):
        record = _record_at(line, stream, most)
        if record is not None:
            begun, told = True, bool(record.problem) or record.address.startswith(_ARC_FILE)
            yield record
        elif not begun:
            raise NoWebArchive
        else:
            if not told:
                yield Record({}, None, 0, "what follows a record is no record; the next one is looked for")
            told = True
            if not stream.skip_to(_BEGINNING, _LINE):
                return
        stream.skip_blank()


def _record_at(line: bytes, stream: Unpacking, most: int) -> Record | None:
    if _VERSION.match(line):
        headers = _headers(stream)
        if headers is None:
            return Record({}, None, 0, "its headers are cut off, or longer than any real ones")
        length = headers.get("content-length", "").strip()
        if not length.isdecimal() or len(length) > 18:
            return Record(headers, None, 0, "it does not say how long it is")
        return _with_block(headers, int(length), stream, most)
    old = _ARC.match(line)
    if old is None or len(old["length"]) > 18:
        return None
    headers = _of_arc(old)
    if (
        headers["warc-type"] == "warcinfo"
    ):  # the file's description of itself: two lines, whatever length it states
        return Record(headers, stream.readline(_LINE) + stream.readline(_LINE), 0)
    return _with_block(headers, int(old["length"]), stream, most)


def _headers(stream: Unpacking) -> dict[str, str] | None:
    found: dict[str, str] = {}
    size, last = 0, ""
    while (line := stream.readline(_LINE)).strip():
        size += len(line)
        if size > _HEADERS or not line.endswith(b"\n"):
            return None
        text = line.decode("utf-8", "replace")
        if text[0] in " \t" and last:
            found[last] += f" {text.strip()}"
            continue
        name, colon, value = text.partition(":")
        last = name.strip().lower()
        if colon:
            found.setdefault(last, value.strip())
    return found if line else None


def _of_arc(line: re.Match[bytes]) -> dict[str, str]:
    address = line["url"].decode("utf-8", "replace")
    headers = {
        "warc-type": "warcinfo" if address.startswith(_ARC_FILE) else "response",
        "warc-target-uri": address,
        "content-type": line["kind"].decode("ascii", "replace"),
        "content-length": line["length"].decode(),
    }
    digits = line["moment"].decode()
    try:
        headers["warc-date"] = datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC).isoformat()
    except ValueError:
        headers["warc-date"] = digits  # no moment: `read_moment` says so
    return headers


def _with_block(headers: dict[str, str], length: int, stream: Unpacking, most: int) -> Record:
    if length > most:
        return Record(headers, None, length, _pass_over(stream, length))
    block = stream.read(length)
    if len(block) < length:
        swallowed = _swallowed(block, stream)
        return Record(headers, block, length, swallowed or "it is cut off in the middle of the page")
    swallowed = _swallowed(block, stream)
    problem = swallowed or _end_problem(stream)
    if problem and not swallowed:  # it may have taken the beginning of the next record's first line
        stream.push_back(block[-_TAKEN:])
    if headers.get("warc-type") != "revisit":  # tools disagree about what a revisit's checksum is made of
        problem = problem or _digest_problem(headers, block)
    return Record(headers, block, length, problem)


def _pass_over(stream: Unpacking, length: int) -> str:
    while length > 0 and (piece := stream.read(min(length, MB))):
        length -= len(piece)
    return "it is cut off" if length else _end_problem(stream)


def _swallowed(block: bytes, stream: Unpacking) -> str:
    """What is wrong if the stated length is too large: the record contains the next one, which is put back."""
    inside = _SWALLOWED.search(block)
    if inside is None:
        return ""
    stream.push_back(block[inside.end() :])
    return "it is shorter than it says, and holds the record after it"


def _end_problem(stream: Unpacking) -> str:
    """What is wrong if the stated length is too small: the rest of the page follows the record."""
    stream.skip_blank()
    line = stream.readline(_LINE)
    stream.push_back(line)
    if not line or _VERSION.match(line) or _ARC.match(line):
        return ""
    return "it is longer than it says: its end is not where it should be"


def _digest_problem(headers: Mapping[str, str], block: bytes) -> str:
    name, _, stated = headers.get("warc-block-digest", "").strip().partition(":")
    if not stated or name.lower() not in _DIGESTS:
        return ""
    found = _DIGESTS[name.lower()](block).digest()
    known = {found.hex(), base64.b32encode(found).decode().rstrip("=").lower()}
    return (
        "" if stated.rstrip("=").lower() in known else "its bytes are not those that its checksum was made of"
    )


def reply_in(block: bytes) -> Reply | None:
    """The response in a response record; None if it is not a server's response."""
    status = _STATUS.match(block)
    end = _BLANK.search(block, 0, _HEADERS)
    if status is None or end is None:
        return None
    headers: dict[str, str] = {}
    for line in block[: end.start()].splitlines()[1:]:
        name, colon, value = line.decode("latin-1").partition(":")
        if colon:
            headers.setdefault(name.strip().lower(), value.strip())
    return Reply(int(status[1]), headers, block[end.end() :])


def body_of(reply: Reply) -> tuple[bytes, str]:
    """The body, still compressed if it was, and the reason if it is incomplete.

    Some archives store a reassembled body under headers that say it is chunked.
    """
    body = reply.body
    if "chunked" in reply.headers.get("transfer-encoding", "").lower():
        joined = _joined(body)
        return (body, "") if joined is None else joined
    stated = reply.headers.get("content-length", "")
    if stated.isdecimal() and len(stated) < 18 and len(body) < int(stated):
        return body, f"the server announced {int(stated):,} bytes and {len(body):,} are there"
    return body, ""


def _joined(body: bytes) -> tuple[bytes, str] | None:
    """The chunks joined; None if there are no chunks."""
    pieces: list[bytes] = []
    place = 0
    while True:
        end = body.find(b"\n", place, place + 1024)
        try:
            size = int(body[place:end].split(b";")[0].strip(), 16) if end >= 0 else -1
        except ValueError:
            size = -1
        if size < 0:
            return None if not pieces else (b"".join(pieces), "it breaks off between two of its chunks")
        if size == 0:
            return b"".join(pieces), ""
        piece = body[end + 1 : end + 1 + size]
        pieces.append(piece)
        if len(piece) < size:
            return b"".join(pieces), "it breaks off inside one of its chunks"
        place = end + 1 + size
        place += 2 if body[place : place + 2] == b"\r\n" else body[place : place + 1] == b"\n"


def payload_digest(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()
