"""One file that is no archive: what kind it is, and the page or pages in it."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from manual.captures.addresses import capture_path_of, path_of_file, stated_origin
from manual.captures.moments import UNSTATED, Moment, read_moment
from manual.captures.packages import read_package
from manual.captures.raw import FoundPages, Limits, Media, RawCapture, Reading, remark, trouble
from manual.dates import noon
from manual.model import Finding
from manual.publisher import INZ, Publisher

_KINDS = {
    ".htm": "html",
    ".html": "html",
    ".xhtml": "html",
    ".txt": "text",
    ".mhtml": "package",
    ".mht": "package",
    ".zip": "zip",
    ".wacz": "wacz",
    ".warc": "warc",
}
_FOREIGN = (  # what is saved by mistake, and what to call it
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
)
ARCHIVES = frozenset({"zip", "wacz", "warc"})
EXPECTED = "a saved page (.htm, .html, .mhtml, .txt), a folder, .zip, .warc, .warc.gz or .wacz"


def kind_of(name: str) -> str:
    """What the name's ending promises: html, text, package, zip, warc, wacz, register; empty for anything else."""
    lower = name.lower()
    if lower.endswith(".register.json"):
        return "register"
    if lower.endswith(".warc.gz"):
        return "warc"
    return _KINDS.get(os.path.splitext(lower)[1], "")  # many times a second, so without pathlib


def page_from(
    data: bytes,
    name: str,
    media: Media,
    *,
    folder: str = "",
    trust_name: bool = True,
    publisher: Publisher = INZ,
) -> RawCapture | Finding:
    """A lone page: its origin from its own comment, else from its name, else unknown."""
    if not data.strip():
        return trouble("empty_file", "the file is empty", name)
    address, moment = stated_origin(data) if media == "html" else (None, UNSTATED)
    if media == "register":
        moment = _compiled(
            data, publisher
        )  # the last day on which its facts can have been read; no other day is right
    site_path = capture_path_of(address, publisher) if address else None
    if address is None and trust_name and media != "register":
        site_path = path_of_file(f"{folder}/{name}" if folder else name, publisher)
    return RawCapture(
        data=data,
        media=media,
        address=address,
        site_path=site_path,
        captured_at=moment.value,
        filename=name,
        doubt=moment.problem,
    )


def _compiled(data: bytes, publisher: Publisher) -> Moment:
    try:
        printed = str(json.loads(data)["compiled"])
    except (ValueError, KeyError, TypeError):
        return UNSTATED  # the parser reports what is wrong with it
    return read_moment(printed, lambda day: noon(date.fromisoformat(day), publisher))


def too_large(size: int, limit: int, name: str) -> Finding:
    """The finding for a source over its limit."""
    return trouble("too_large", f"{size:,} bytes are more than the {limit:,} that are taken in", name)


def printable(name: str) -> str:
    """A name as a disk or an archive gives it, made safe to keep and show: valid UTF-8, no control characters."""
    if name.isprintable():  # so it holds no half of a surrogate pair either
        return name
    text = os.fsencode(name).decode("utf-8", "replace") if os.sep == "/" else name
    return "".join(char if char.isprintable() else "�" for char in text)


def hidden(name: str) -> bool:
    """Whether a part of the path is hidden, or is what a Mac adds to its archives."""
    parts = name.split("/")
    return any(part == "__MACOSX" or (part.startswith(".") and not part.startswith("..")) for part in parts)


def companions(names: Iterable[str]) -> frozenset[str]:
    """The folders that belong to a "web page, complete": `x_files` for each page `x.htm` among `names`."""
    pages = (name for name in names if kind_of(name) == "html")
    return frozenset(name[: name.rindex(".")] + "_files" for name in pages)


def other_files(passed_over: Counter[str], place: str) -> Iterator[Finding]:
    """One remark on all files that are of no kind we read."""
    if passed_over:
        kinds = ", ".join(sorted(passed_over))
        yield remark(
            "passed_over", f"{passed_over.total()} other files were passed over ({printable(kinds)})", place
        )


def limit_of(kind: str, limits: Limits) -> int:
    """How large a file of this kind may be."""
    return limits.package if kind in ("package", "register") else limits.page


def read_single(
    data: bytes, name: str, kind: str, reading: Reading, *, folder: str = "", trust_name: bool = True
) -> FoundPages:
    """The page or pages in one file that is no archive. `folder` is its folder where `name` doesn't say."""
    if kind == "package" or looks_like_package(data):
        yield from read_package(data, name, reading)
    elif kind:
        media: Media = "html" if kind == "html" else "register" if kind == "register" else "text"
        yield page_from(data, name, media, folder=folder, trust_name=trust_name, publisher=reading.publisher)
    else:
        yield _of_unknown_kind(data, name, reading.publisher)


def looks_like_package(data: bytes) -> bool:
    """Whether a file named like a page is really a browser's package of one."""
    head = data[:2048]
    return head[:1] not in (b"<", b"\xef") and b"multipart/related" in head and b"MIME-Version" in head


def _of_unknown_kind(data: bytes, name: str, publisher: Publisher) -> RawCapture | Finding:
    """A file that was asked for by name, without an ending that says what it is: its first bytes decide."""
    for magic, what in _FOREIGN:
        if data.startswith(magic):
            return trouble("not_a_page", f"it is {what}; expected {EXPECTED}", name)
    if b"\0" in data[:4096]:
        return trouble("not_a_page", f"it is no text; expected {EXPECTED}", name)
    is_html = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"
    return page_from(data, name, "html" if is_html else "text", publisher=publisher)
