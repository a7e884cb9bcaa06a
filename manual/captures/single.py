"""One file that is not an archive: its kind, and the page or pages in it."""

from __future__ import annotations

import io
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

from manual.captures.addresses import capture_path_of, path_of_file, site_path_of, stated_origin
from manual.captures.formats import foreign, is_log_of_requests, is_pdf, refused_ending
from manual.captures.frames import framed_files, is_topic, own_path, topics_inside
from manual.captures.mail import is_web_archive_of_safari, read_mail, read_safari
from manual.captures.moments import UNSTATED, Moment, read_moment
from manual.captures.packages import read_package
from manual.captures.raw import Budget, FoundPages, Full, Limits, Media, RawCapture, Reading, remark, trouble
from manual.captures.records import is_web_archive
from manual.captures.unpacking import BROKEN, TooMuch, compressed_as, unpacked
from manual.dates import noon
from manual.model import Finding, PlacedBy
from manual.publisher import INZ, Publisher

_KINDS = {
    ".htm": "html",
    ".html": "html",
    ".xhtml": "html",
    ".txt": "text",
    ".mhtml": "package",
    ".mht": "package",
    ".eml": "mail",
    ".webarchive": "safari",
    ".pdf": "pdf",
    ".gz": "compressed",
    ".bz2": "compressed",
    ".xz": "compressed",
    ".zip": "zip",
    ".wacz": "wacz",
    ".warc": "warc",
    ".arc": "warc",
}
ARCHIVES = frozenset({"zip", "wacz", "warc"})
EXPECTED = (
    "a saved page (.htm, .html, .mhtml, .webarchive, .txt), a .pdf, a message (.eml), a folder, or an archive "
    "(.zip, .warc, .wacz, .arc), compressed (.gz, .bz2, .xz) or not"
)
_LARGE = frozenset({"package", "register", "mail", "safari", "pdf", "compressed", *ARCHIVES})
"""Kinds that hold more than a page's own text."""


def kind_of(name: str) -> str:
    """The kind according to the name's ending: html, text, package, mail, safari, pdf, compressed, zip, warc (ARC too),
    wacz, register; empty for anything else."""
    lower = name.lower()
    if lower.endswith(".register.json"):
        return "register"
    if lower.endswith((".warc.gz", ".arc.gz")):
        return "warc"
    return _KINDS.get(os.path.splitext(lower)[1], "")  # called very often, so without pathlib


def page_from(
    data: bytes,
    name: str,
    media: Media,
    *,
    folder: str = "",
    trust_name: bool = True,
    publisher: Publisher = INZ,
) -> RawCapture | Finding:
    """A single page; its origin is taken from its own comment, else from its name, else unknown."""
    if not data.strip():
        return trouble("empty_file", "the file is empty", name)
    address, moment = stated_origin(data) if media == "html" else (None, UNSTATED)
    if media == "register":
        moment = _compiled(
            data, publisher
        )  # the last day on which its facts can have been read; no other day would be right
    site_path = capture_path_of(address, publisher) if address else None
    if address is None and trust_name and media != "register":
        site_path = path_of_file(f"{folder}/{name}" if folder else name, publisher)
    placed_by: PlacedBy = ""
    if address is None and site_path is None and media == "html":
        site_path = own_path(data, publisher)
        placed_by = "own_number" if site_path else ""
    return RawCapture(
        data=data,
        media=media,
        address=address,
        site_path=site_path,
        captured_at=moment.value,
        filename=name,
        doubt=moment.problem,
        placed_by=placed_by,
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
    """A name from a disk or an archive, made safe to store and show: valid UTF-8, no control characters."""
    if name.isprintable():  # so it holds no half of a surrogate pair either
        return name
    text = os.fsencode(name).decode("utf-8", "replace") if os.sep == "/" else name
    return "".join(char if char.isprintable() else "�" for char in text)


def hidden(name: str) -> bool:
    """Whether a part of the path is hidden, or was added to an archive by macOS."""
    parts = name.split("/")
    return any(part == "__MACOSX" or (part.startswith(".") and not part.startswith("..")) for part in parts)


def companions(names: Iterable[str]) -> frozenset[str]:
    """The folders that belong to a "web page, complete": `x_files` for each page `x.htm` among `names`."""
    pages = (name for name in names if kind_of(name) == "html")
    return frozenset(name[: name.rindex(".")] + "_files" for name in pages)


def other_files(passed_over: Counter[str], place: str) -> Iterator[Finding]:
    """One remark on all files of kinds that are not read."""
    if passed_over:
        kinds = ", ".join(sorted(passed_over))
        yield remark(
            "passed_over", f"{passed_over.total()} other files were passed over ({printable(kinds)})", place
        )


def limit_of(kind: str, limits: Limits) -> int:
    """The size limit for a file of this kind."""
    return limits.package if kind in _LARGE else limits.page


Beside = Callable[[str], bytes | None]
"""Reads a file that lies beside a page, by its name as the page is named; None where it can't be had."""


def read_single(
    data: bytes,
    name: str,
    kind: str,
    reading: Reading,
    *,
    folder: str = "",
    trust_name: bool = True,
    beside: Beside | None = None,
) -> FoundPages:
    """The page or pages in one file that is not an archive. `folder`: its folder, if `name` does not include it.

    Its first bytes take precedence over its ending.
    """
    if not data.strip(b" \t\r\n\f\0\xef\xbb\xbf"):
        yield trouble("empty_file", "the file is empty", name)
    elif is_pdf(data) and b"startxref" not in data:
        message = f"it is a PDF that is cut off or damaged; expected {EXPECTED}"
        yield trouble("not_a_page", message, name)
    elif is_pdf(data):
        yield page_from(data, name, "pdf", folder=folder, trust_name=trust_name, publisher=reading.publisher)
    elif is_web_archive_of_safari(data):
        yield from read_safari(data, name, reading)
    elif kind == "compressed" or compressed_as(data):
        yield from _read_compressed(data, name, reading, folder)
    elif is_web_archive(data):
        yield from _read_inner(data, name, "warc", reading, folder)
    elif kind == "mail":
        yield from _read_mail(data, name, reading)
    elif kind == "package" or looks_like_package(data):
        yield from read_package(data, name, reading)
    else:
        yield from _read_text(data, name, kind, reading, folder, trust_name, beside)


def looks_like_package(data: bytes) -> bool:
    """Whether a file named like a page is in fact a browser's package."""
    head = data[:2048]
    return head[:1] not in (b"<", b"\xef") and b"multipart/related" in head and b"MIME-Version" in head


def _read_text(
    data: bytes,
    name: str,
    kind: str,
    reading: Reading,
    folder: str,
    trust_name: bool,
    beside: Beside | None,
) -> FoundPages:
    """Read a page, a text or a register. Bytes that are not text are refused, whatever the file's name."""
    what = foreign(data) or ("a browser's network log" if is_log_of_requests(data) else "")
    refused = refused_ending(name) if not kind else ""
    if what or refused or kind in ("safari", "pdf"):
        said = refused or f"it is {what or 'not what its name says'}"
        yield trouble("not_a_page", f"{said}; expected {EXPECTED}", name)
        return
    if kind in ("html", "text", "register"):
        media: Media = "html" if kind == "html" else "register" if kind == "register" else "text"
    else:  # asked for by name, without an ending that says what it is
        media = "html" if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" else "text"
    page = page_from(data, name, media, folder=folder, trust_name=trust_name, publisher=reading.publisher)
    if media != "html" or isinstance(page, Finding):
        yield page
        return
    topics = list(_framed(page, reading, beside))
    if not topics or is_topic(data, reading.publisher):
        yield page
    yield from topics


def _framed(page: RawCapture, reading: Reading, beside: Beside | None) -> FoundPages:
    """The topics that a page shows in frames. The page around them is the viewer."""
    publisher = reading.publisher
    inner = topics_inside(page.data, publisher)
    for topic in inner:
        own = own_path(topic, publisher)
        shown = site_path_of(page.address, publisher) if page.address and len(inner) == 1 else None
        agreed = shown is not None and own in (None, shown)
        yield replace(
            page,
            data=topic,
            address=page.address if agreed else None,
            site_path=shown if agreed else own,
            placed_by="own_number" if own and not agreed else "",
        )
    for name in framed_files(page.data, page.filename) if beside else ():
        data = beside(name) if beside else None
        if data is not None and is_topic(data, publisher) and not foreign(data):
            found = page_from(data, name, "html", publisher=publisher)
            yield (
                found
                if isinstance(found, Finding)
                else replace(found, captured_at=found.captured_at or page.captured_at)
            )


def _read_mail(data: bytes, name: str, reading: Reading) -> FoundPages:
    attached, said = read_mail(data, name, reading)
    yield from said
    pages = 0
    for place, inner in attached:
        kind = kind_of(place)
        if not kind and (refused := refused_ending(place)):
            yield trouble("not_a_page", f"{refused}; expected {EXPECTED}", place)
        elif kind or not foreign(inner):
            for found in _read_inner(inner, printable(place), kind, reading, ""):
                pages += isinstance(found, RawCapture)
                yield found
    if attached and not pages:
        yield trouble("no_pages", "there is no page in the message", name)


def _read_compressed(data: bytes, name: str, reading: Reading, folder: str) -> FoundPages:
    inner_name = name[: name.rindex(".")] if kind_of(name) == "compressed" else name
    kind = kind_of(inner_name)
    if not compressed_as(data):
        yield trouble("archive_damaged", "it is not compressed with gzip, bzip2 or xz; unpack it first", name)
        return
    try:
        inner = unpacked(data, limit_of(kind, reading.limits), reading.limits)
    except TooMuch as problem:
        yield trouble(
            "archive_bomb" if "which no page" in str(problem) else "too_large", f"{problem}; not read", name
        )
        return
    except BROKEN as problem:
        yield trouble("truncated", f"it can't be unpacked ({problem}); load it again from its source", name)
        return
    yield from _read_inner(inner, inner_name, kind, reading, folder)


def _read_inner(data: bytes, name: str, kind: str, reading: Reading, folder: str) -> FoundPages:
    """Read a file from a compressed file or a message, within the limits of that file."""
    if reading.inside >= _DEEPEST:
        yield trouble("archive_nested", "it lies too deep, in a file within a file; load it by itself", name)
        return
    budget = reading.budget or Budget(reading.limits)
    reading = replace(reading, budget=budget, inside=reading.inside + 1)
    try:
        budget.spend(len(data))
    except Full as full:
        yield trouble("archive_too_large", f"{full}; not read", name)
        return
    if kind in ARCHIVES or (not kind and data.startswith(b"PK\x03\x04")):
        from manual.captures.containers import read_archive  # which reads single files in turn

        yield from read_archive(io.BytesIO(data), name, kind or "zip", reading)
        return
    if len(data) > limit_of(kind, reading.limits):
        yield too_large(len(data), limit_of(kind, reading.limits), name)
        return
    yield from read_single(data, name, kind, reading, folder=folder)


_DEEPEST = 3
