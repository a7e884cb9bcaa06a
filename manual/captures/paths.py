"""Read files and folders, in a fixed order, as captures and findings."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date
from pathlib import Path, PurePosixPath

from manual.captures.containers import read_archive
from manual.captures.formats import refused_ending
from manual.captures.raw import FoundPages, Limits, RawCapture, Reading, remark, settled, trouble
from manual.captures.single import (
    ARCHIVES,
    EXPECTED,
    companions,
    kind_of,
    limit_of,
    other_files,
    printable,
    read_single,
    too_large,
)
from manual.dates import noon
from manual.errors import SourceError
from manual.model import Finding
from manual.publisher import INZ, Publisher


def read_paths(
    paths: Sequence[Path],
    *,
    captured: date | None = None,
    limits: Limits | None = None,
    publisher: Publisher = INZ,
) -> FoundPages:
    """Every page found under `paths`, with findings for files that are not pages or cannot be read; writes nothing.

    `captured`: the day of saving for pages without a date, taken as noon in the publisher's time zone. Folders are
    walked in order of names, so that every run gives the same sequence. Raises SourceError before reading anything if a
    path does not exist; an error in one page or member is a finding, and reading continues.
    """
    for path in paths:
        _require(path)
    moment = noon(captured, publisher).astimezone(UTC) if captured else None
    return _read_all(paths, Reading(captured_at=moment, limits=limits or Limits(), publisher=publisher))


def _require(path: Path) -> None:
    try:
        os.stat(path)
    except FileNotFoundError as problem:
        raise SourceError(str(path), "there is no such file or folder", EXPECTED) from problem
    except OSError:
        return  # it exists, and a finding will say why it cannot be read; the other paths are read


def _read_all(paths: Sequence[Path], reading: Reading) -> FoundPages:
    for path in paths:
        pages = (
            _read_folder(path, reading)
            if path.is_dir()
            else _read_file(str(path), printable(path.name), reading)
        )
        for found in pages:
            yield from settled(found, reading.captured_at, reading.publisher)


def _read_folder(folder: Path, reading: Reading) -> FoundPages:
    passed_over: Counter[str] = Counter()
    pages = 0
    for name in _walk(folder):
        if isinstance(name, Finding):
            yield name
            continue
        if not kind_of(name) and not refused_ending(name):
            passed_over[PurePosixPath(name).suffix.lower() or "no ending"] += 1
            continue
        for found in _read_file(os.path.join(folder, name), printable(name), reading, in_folder=True):
            pages += isinstance(found, RawCapture)
            yield found
    shown = printable(folder.name or str(folder))
    yield from other_files(passed_over, shown)
    if not pages:
        yield remark("no_pages", f"there is no page in it; expected {EXPECTED}", shown, warning=True)


def _walk(folder: Path) -> Iterator[str | Finding]:
    """Names of all files below, sorted, without hidden files, links to folders, and folders of complete pages.

    A folder or link that cannot be read, or is nested too deeply, is a finding.
    """
    waiting: list[str] = [""]  # without recursion, for folders may lie as deep as a disk allows
    while waiting:
        prefix = waiting.pop()
        if prefix.count("/") > _DEEPEST:
            message = f"the folder lies more than {_DEEPEST} levels deep; load it by itself"
            yield trouble("unreadable_folder", message, printable(prefix[:_SHOWN]))
            continue
        try:
            with os.scandir(folder / prefix) as listing:
                entries = sorted((e for e in listing if not e.name.startswith(".")), key=lambda e: e.name)
        except OSError as problem:
            message = f"the folder can't be read ({problem.strerror or problem}); the others are"
            yield trouble("unreadable_folder", message, printable(prefix[:_SHOWN] or folder.name))
            continue
        skipped = companions(entry.name for entry in entries)
        below = []
        for entry in entries:
            what = _what_is(entry)
            if what == "file":
                yield f"{prefix}{entry.name}"
            elif what == "folder" and entry.name not in skipped:
                below.append(f"{prefix}{entry.name}/")
            elif what not in ("folder", "link"):
                yield trouble(
                    "unreadable_file", f"it can't be read ({what})", printable(f"{prefix}{entry.name}")
                )
        waiting += reversed(below)


_DEEPEST = 100
_SHOWN = 200


def _what_is(entry: os.DirEntry[str]) -> str:
    """`file`, `folder`, `link` (to a folder), or why it cannot be determined."""
    try:
        if entry.is_dir(follow_symlinks=False):
            return "folder"
        return "link" if entry.is_dir() else "file"
    except OSError as problem:
        return problem.strerror or str(problem)


def _read_file(path: str, name: str, reading: Reading, *, in_folder: bool = False) -> FoundPages:
    """`in_folder`: the file was not named by the user, so a refused kind is not an error."""
    if in_folder and not kind_of(name):
        message = f"{refused_ending(name)}; passed over"
        yield remark("not_a_page", message, name, warning=True)
        return
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            yield trouble("not_a_page", f"it is no ordinary file; expected {EXPECTED}", name)
            return
        kind = kind_of(name)
        if not kind and (refused := refused_ending(name)):
            yield trouble("not_a_page", f"{refused}; expected {EXPECTED}", name)
            return
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
    here = path[: -len(os.path.basename(path))]

    def beside(other: str) -> bytes | None:
        place = os.path.join(
            here, *other.removeprefix(name[: name.rindex("/") + 1] if "/" in name else "").split("/")
        )
        return _page_at(place, reading.limits.page)

    yield from read_single(data, name, kind, reading, folder=folder, beside=beside)


def _page_at(path: str, limit: int) -> bytes | None:
    """Whether it is an ordinary file of a page's size and not a link, which could lead anywhere."""
    try:
        status = os.lstat(path)
        if not stat.S_ISREG(status.st_mode) or status.st_size > limit:
            return None
        with open(path, "rb") as stream:
            return stream.read()
    except OSError:
        return None


def _read_archive(path: str, name: str, kind: str, reading: Reading) -> FoundPages:
    try:
        stream = open(path, "rb")  # noqa: SIM115 (closed below; what is read from it may raise later)
    except OSError as problem:
        yield trouble("unreadable_file", f"it can't be read ({problem.strerror or problem})", name)
        return
    with stream:
        yield from read_archive(stream, name, kind or "zip", reading)


def _is_packed(path: str) -> bool:
    with open(path, "rb") as stream:
        return stream.read(4) == b"PK\x03\x04"
