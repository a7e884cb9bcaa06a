"""Readers of files and folders: what lies on a disk, in a fixed order, as captures and findings."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date
from pathlib import Path, PurePosixPath

from manual.captures.containers import read_archive
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
from manual.publisher import INZ, Publisher


def read_paths(
    paths: Sequence[Path],
    *,
    captured: date | None = None,
    limits: Limits | None = None,
    publisher: Publisher = INZ,
) -> FoundPages:
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


def _read_file(path: str, name: str, reading: Reading) -> FoundPages:
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


def _read_archive(path: str, name: str, kind: str, reading: Reading) -> FoundPages:
    with open(path, "rb") as stream:
        yield from read_archive(stream, name, kind or "zip", reading)


def _is_packed(path: str) -> bool:
    with open(path, "rb") as stream:
        return stream.read(4) == b"PK\x03\x04"
