"""Load pages as they are saved into a folder, which is checked regularly and never changed.

A file is read once it has stopped growing. Browsers write a page in pieces, so one whose end is missing gets more time.
Other files are ignored: the folder may be someone's general download folder.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from manual.captures import Archive, RawCapture, read_paths
from manual.captures.archive import hash_of
from manual.captures.single import companions, kind_of
from manual.errors import ManualError, SourceError
from manual.intake import TakenIn, take_in_captures
from manual.model import DocumentKind, Finding, Sha256
from manual.parse import parse_capture
from manual.publisher import INZ, Publisher

SETTLED = 2.0
"""Seconds without a change after which a file is taken for finished."""
PATIENCE = 30.0
"""The same for one whose end is missing: a slow download, or a page that is really cut off."""
OF_THE_MANUAL: frozenset[DocumentKind] = frozenset({"contents", "instruction", "front_matter", "circular"})
_TAIL = 2048

_Signature = tuple[int, int]
"""Size and moment of the last change: another one is another state of a file."""


@dataclass(slots=True)
class _Known:
    """A file as last seen. `since`: since when it has been unchanged, in seconds of the caller's clock."""

    signature: _Signature
    since: float
    handed_out: bool = False


class WatchedFolder:
    """The files below a folder that may be pages, and which of them are finished. Read-only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[Path, _Known] = {}
        self.there_before = frozenset(path for path, _ in _pages_below(folder))
        """The files that were there when watching began."""

    def finished(self, now: float) -> list[Path]:
        """The finished files not yet returned in their present state, by name. `now`: seconds of a monotonic
        clock."""
        there = dict(_pages_below(self._folder))
        for path in self._files.keys() - there.keys():
            del self._files[path]
        found = []
        for path, signature in sorted(there.items()):
            known = self._files.get(path)
            if known is None or known.signature != signature:
                self._files[path] = _Known(signature, now)
            elif not known.handed_out and _is_finished(path, signature, now - known.since):
                known.handed_out = True
                found.append(path)
        return found

    def again(self, paths: Iterable[Path]) -> None:
        """Return these files again next time: they could not be loaded just now."""
        for path in paths:
            if path in self._files:
                self._files[path].handed_out = False


def _pages_below(folder: Path) -> Iterator[tuple[Path, _Signature]]:
    """Possible pages, without hidden files and folders of complete pages. Unreadable ones are skipped."""
    for place, folders, names in os.walk(folder):
        beside = companions(names)
        folders[:] = [name for name in folders if not name.startswith(".") and name not in beside]
        for name in names:
            if name.startswith(".") or kind_of(name) in ("", "register"):
                continue
            path = Path(place, name)
            try:
                status = path.stat()
            except OSError:
                continue
            yield path, (status.st_size, status.st_mtime_ns)


def _is_finished(path: Path, signature: _Signature, quiet: float) -> bool:
    if signature[0] == 0 or quiet < SETTLED:
        return False
    return quiet >= PATIENCE or _has_its_end(path)


def _has_its_end(path: Path) -> bool:
    """Whether the file ends as its kind should; True for kinds without a fixed end."""
    kind = kind_of(path.name)
    try:
        if kind in ("zip", "wacz"):
            return zipfile.is_zipfile(path)
        if kind not in ("html", "package"):
            return True
        with path.open("rb") as stream:
            stream.seek(max(0, path.stat().st_size - _TAIL))
            tail = stream.read().lower()
    except OSError:
        return False
    return b"</html" in tail or b"</body" in tail if kind == "html" else tail.rstrip().endswith(b"--")


# ---------------------------------------------------------------- what is taken in


@dataclass(slots=True)
class Round:
    """The results for the files of one round."""

    taken: TakenIn | None = None
    """None where there was nothing to take in."""
    left_alone: list[tuple[str, str]] = field(default_factory=list)
    """Names, and what they are: not of the manual, or not to be read."""
    known: int = 0
    """Pages that were held already and passed over."""


def take_in_of_the_manual(
    home: Path,
    paths: Iterable[Path],
    *,
    captured: date | None,
    now: datetime,
    pass_over_known: bool = False,
    publisher: Publisher = INZ,
) -> Round:
    """Load only pages of the manual. `pass_over_known`: skip those held already. Raises StoreError as `take_in`."""
    archive = Archive(home, publisher) if pass_over_known else None
    found = Round()
    chosen = _chosen(paths, captured, archive, found, publisher)
    first = next(chosen, None)
    if first is not None:
        found.taken = take_in_captures(home, _after(first, chosen), now=now, publisher=publisher)
    return found


def _after(first: RawCapture, others: Iterator[RawCapture]) -> Iterator[RawCapture]:
    yield first
    yield from others


def _chosen(
    paths: Iterable[Path], captured: date | None, archive: Archive | None, found: Round, publisher: Publisher
) -> Iterator[RawCapture]:
    for path in paths:
        try:
            pages = read_paths([path], captured=captured, publisher=publisher)
        except SourceError:
            continue  # it was removed meanwhile
        for page in pages:
            if isinstance(page, Finding):
                if page.severity == "error":
                    found.left_alone.append((page.locator or path.name, page.message))
            elif archive is not None and _is_known(page, archive):
                found.known += 1
            else:
                why_not = _why_not(page, publisher)
                if not why_not:
                    yield page
                else:
                    found.left_alone.append((page.filename, why_not))


def _is_known(page: RawCapture, archive: Archive) -> bool:
    sha256 = hash_of(page.data)
    return sha256 in archive and (page.captured_at is None or page.captured_at in archive.sightings(sha256))


def _why_not(page: RawCapture, publisher: Publisher) -> str:
    """Why a page is not loaded; empty for a page of the manual."""
    if page.media == "register":
        return "facts, and no page"
    try:
        read = parse_capture(
            page.data,
            media=page.media,
            site_path=page.site_path,
            sha256=Sha256(""),
            filename=page.filename,
            publisher=publisher,
        )
    except ManualError as problem:
        return str(problem).removeprefix(f"{page.filename}: ")
    except Exception as problem:  # a fault of the parser costs one page, as in a load
        return f"the parser failed ({type(problem).__name__})"
    if read.kind in OF_THE_MANUAL:
        return ""
    if read.kind == "viewer_shell":
        return read.findings[0].message
    return "not of the manual"
