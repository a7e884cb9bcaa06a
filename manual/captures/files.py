"""Readers of files and folders: what lies on a disk, in a fixed order, as captures and findings."""

from __future__ import annotations

import json
import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath

from manual.captures.addresses import capture_path_of, path_of_file, stated_origin
from manual.captures.moments import UNSTATED, Moment, read_moment
from manual.captures.raw import Found, Limits, Media, RawCapture, remark, settled, trouble
from manual.dates import noon
from manual.errors import SourceError
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What holds for all sources of one call."""

    captured_at: datetime | None
    """The moment for pages that carry none."""
    limits: Limits
    publisher: Publisher = INZ


def read_paths(
    paths: Sequence[Path],
    *,
    captured: date | None = None,
    limits: Limits | None = None,
    publisher: Publisher = INZ,
) -> Found:
    """Every page found under `paths`, with findings for what is none or can't be read; nothing is written.

    `captured` is the day on which pages that carry no date were saved; it counts as noon where the publisher is.
    Folders are walked in order of their names, so that two runs give one sequence. Raises SourceError at once, before
    anything is read, for a path that doesn't exist; a fault in one page or member is a finding, and reading goes on.
    """
    for path in paths:
        if not path.exists():
            raise SourceError(str(path), "there is no such file or folder", EXPECTED)
    moment = noon(captured, publisher).astimezone(UTC) if captured else None
    return _read_all(paths, Reading(captured_at=moment, limits=limits or Limits(), publisher=publisher))


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


# ---------------------------------------------------------------- paths


def _read_all(paths: Sequence[Path], reading: Reading) -> Found:
    for path in paths:
        pages = (
            _read_folder(path, reading)
            if path.is_dir()
            else _read_file(str(path), printable(path.name), reading)
        )
        for found in pages:
            yield from settled(found, reading.captured_at, reading.publisher)


def _read_folder(folder: Path, reading: Reading) -> Found:
    passed_over: Counter[str] = Counter()
    pages = 0
    for name in _walk(folder, ""):
        if not kind_of(name):
            passed_over[PurePosixPath(name).suffix.lower() or "no ending"] += 1
            continue
        for found in _read_file(os.path.join(folder, name), printable(name), reading):
            pages += isinstance(found, RawCapture)
            yield found
    shown = printable(folder.name or str(folder))
    yield from other_files(passed_over, shown)
    if not pages:
        yield remark("no_pages", f"there is no page in it; expected {EXPECTED}", shown, warning=True)


def other_files(passed_over: Counter[str], place: str) -> Iterator[Finding]:
    """One remark on all files that are of no kind we read."""
    if passed_over:
        kinds = ", ".join(sorted(passed_over))
        yield remark(
            "passed_over", f"{passed_over.total()} other files were passed over ({printable(kinds)})", place
        )


def _walk(folder: Path, prefix: str) -> Iterator[str]:
    """Names of all files below, sorted; without hidden ones, links to folders and the folders of complete pages."""
    entries = sorted((e for e in os.scandir(folder) if not e.name.startswith(".")), key=lambda e: e.name)
    skipped = companions(entry.name for entry in entries)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in skipped:
                yield from _walk(folder / entry.name, f"{prefix}{entry.name}/")
        elif not entry.is_dir():
            yield f"{prefix}{entry.name}"


def _read_file(path: str, name: str, reading: Reading) -> Found:
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            yield trouble("not_a_page", f"it is no ordinary file; expected {EXPECTED}", name)
            return
        kind = kind_of(name)
        if kind in ARCHIVES or (not kind and _is_packed(path)):
            yield from _read_archive(path, name, kind, reading)
            return
        limit = limit_of(kind, reading.limits)
        if status.st_size > limit:
            yield too_large(status.st_size, limit, name)
            return
        with open(path, "rb") as stream:
            data = stream.read()
    except OSError as problem:
        yield trouble("unreadable_file", f"it can't be read ({problem.strerror or problem})", name)
        return
    folder = "" if "/" in name else os.path.basename(os.path.dirname(os.path.abspath(path)))
    yield from read_single(data, name, kind, reading, folder=folder)


def _read_archive(path: str, name: str, kind: str, reading: Reading) -> Found:
    from manual.captures.containers import read_archive  # zipfile and warcio are only needed here

    with open(path, "rb") as stream:
        yield from read_archive(stream, name, kind or "zip", reading)


def _is_packed(path: str) -> bool:
    with open(path, "rb") as stream:
        return stream.read(4) == b"PK\x03\x04"


def limit_of(kind: str, limits: Limits) -> int:
    """How large a file of this kind may be."""
    return limits.package if kind in ("package", "register") else limits.page


def read_single(
    data: bytes, name: str, kind: str, reading: Reading, *, folder: str = "", trust_name: bool = True
) -> Found:
    """The page or pages in one file that is no archive. `folder` is its folder where `name` doesn't say."""
    if kind == "package" or looks_like_package(data):
        from manual.captures.packages import read_package

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
