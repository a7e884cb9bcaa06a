"""Hostile files: each ends in findings, within a bounded memory, and what was given with them is taken in."""

from __future__ import annotations

import gzip
import io
import os
import random
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from manual.captures import Archive, RawCapture, read_paths
from manual.load import load
from soak import done, how_many, times
from soak.giving import folder_of, in_child

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")
MB = 1024 * 1024
MEMORY = 1_500 * MB


def _record(body: bytes, number: int = 1, *more: bytes, length: int | None = None) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + b"".join(more) + b"\r\n" + body
    size = len(block) if length is None else length
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://www.immigration.govt.nz/opsmanual/%d.htm\r\n"
        b"WARC-Date: 2024-03-01T10:00:00Z\r\nContent-Length: %d\r\n\r\n" % (number, size)
    )
    return head + block + b"\r\n\r\n"


def _packed(size: int, piece: bytes = b" " * MB) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    made = [packer.compress(piece) for _ in range(size * MB // len(piece))]
    return b"".join([*made, packer.flush()])


def _many_bodies(size: int) -> bytes:
    body = _packed(7)
    return b"".join(gzip.compress(_record(body, n, b"Content-Encoding: gzip\r\n")) for n in range(size // 7))


def _headers(size: int) -> bytes:
    return _packed(1, b"WARC/1.0\r\n" * (MB // 10)) + _packed(size, b"X-Name: value\r\n" * (MB // 15))


def _deep_zip(size: int) -> bytes:
    data = b" " * MB
    for level in range(size // 10):
        box = io.BytesIO()
        with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
            for copy in range(4):
                archive.writestr(f"{level}-{copy}.zip" if level else f"{copy}.htm", data)
        data = gzip.compress(box.getvalue()) if level % 2 else box.getvalue()
    return data


def _wide_zip(size: int) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(size * 10):
            archive.writestr(f"{number}.htm", b"<p>" + b" " * MB)
    return box.getvalue()


def _parts(size: int) -> bytes:
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
    return head + b"--b\r\nContent-Type: text/html\r\n\r\nx\r\n" * (size * 1_000)


def _pdf(size: int) -> bytes:
    """A page whose drawing unpacks to megabytes of nothing."""
    packer = zlib.compressobj(9)
    stream = b"".join([*(packer.compress(b" " * MB) for _ in range(size)), packer.flush()])
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream),
    )
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, one) for number, one in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"


ATTACKS: dict[str, Callable[[int], bytes]] = {
    "bodies.warc.gz": _many_bodies,
    "headers.warc.gz": _headers,
    "line.warc.gz": lambda size: _packed(size, b"WARC/1.0\r\nX: ") + _packed(size, b"a" * MB),
    "blank.warc.gz": lambda size: _packed(size, b"\r\n" * (MB // 2)),
    "long.warc": lambda size: _record(b"<p>x", 1, length=10**17),
    "page.htm.gz": _packed,
    "page.htm.xz": lambda size: __import__("lzma").compress(b" " * size * MB),
    "deep.zip": _deep_zip,
    "wide.zip": _wide_zip,
    "parts.mhtml": _parts,
    "parts.eml": _parts,
    "list.webarchive": lambda size: b"bplist00" + b"\xd1" * size * 1_000,
    "stream.pdf": _pdf,
    "tags.htm": lambda size: b"<table>" + b"<p>x" * size * 10_000,
    "frames.htm": lambda size: b'<iframe srcdoc="' + b"&lt;iframe srcdoc=" * size * 1_000 + b'">',
    "attributes.htm": lambda size: b"<p " + b"a " * size * 10_000 + b">x",
}


@pytest.mark.parametrize("name", ATTACKS)
def test_hostile_file_ends_within_its_bounds_and_the_rest_goes_on(tmp_path: Path, name: str) -> None:
    """If it failed, one file could fill the memory, or stop everything that was given with it."""
    import resource

    folder = folder_of(tmp_path / "given", range(1, 3))
    size = how_many(10, 400)
    (folder / f"a-{name}").write_bytes(ATTACKS[name](size))

    def work() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        load(tmp_path / "home", [folder], captured=None, now=__import__("soak.giving").giving.NOW)

    assert os.waitpid(in_child(work), 0)[1] == 0
    names = {capture.filename for capture in Archive(tmp_path / "home").captures()}
    assert {"91001.htm", "91002.htm"} <= names
    total = sum(path.stat().st_size for path in (tmp_path / "home" / "captures").rglob("*") if path.is_file())
    assert total < 64 * MB
    done["hostile files"] += 1


def test_no_change_of_an_archive_raises_or_gives_a_text_that_was_not_there(tmp_path: Path) -> None:
    """If it failed, a damaged download would end a load, or half a page would be kept as whole."""
    pages = [
        f"<html><body><p>Page {n} of a whole. {'word ' * 30}</p></body></html>".encode() for n in range(4)
    ]
    records = [_record(page, n, b"Content-Length: %d\r\n" % len(page)) for n, page in enumerate(pages)]
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, page in enumerate(pages):
            archive.writestr(f"{number}.htm", page)
    forms = {"x.warc.gz": b"".join(map(gzip.compress, records)), "x.zip": box.getvalue()}
    chance = random.Random(8)
    for _ in times(100, 2_000, "damaged archives"):
        name = chance.choice(sorted(forms))
        data = bytearray(forms[name])
        kind, place = chance.randrange(3), chance.randrange(len(data))
        if kind == 0:
            data[place] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del data[place:]
        else:
            del data[place : place + chance.randrange(1, 60)]
        (tmp_path / name).write_bytes(data)
        found = list(read_paths([tmp_path / name]))
        assert {one.data for one in found if isinstance(one, RawCapture)} <= set(pages)
