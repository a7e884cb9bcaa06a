"""Build an edition beside the old one, sync it to disk, and exchange the two in one step.

    dest             the edition that readers have
    .dest.next       the next one while it is built: unchanged files are linked from `dest`, or copied
    .dest.old        the previous edition, during the exchange, if the system cannot swap two folders
    dest.damaged     an edition with an unreadable manifest; kept, since nothing tells which files belong to it

A process killed at any moment leaves the old edition or the complete new one. While one export writes into a folder, a
second is refused, by locks on both folders that end with their process.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from manual import aside
from manual.errors import ExportError
from manual.export import manifest
from manual.export.manifest import FileEntry, Manifest
from manual.export.summary import ExportSummary

_OF_OLDER_PROGRAMS = ("spare", "memory", "memory.sum", "memory.new")


class Staging:
    """The next edition while it is built. A context manager: if it is not put in place, it is removed."""

    def __init__(self, dest: Path, format: str = manifest.FORMAT) -> None:
        """Raises ExportError if `dest` holds anything but an edition of this format."""
        self.dest = dest.absolute()
        self.aside = self._beside("next")
        self._between = self._beside("old")
        self.files: dict[str, FileEntry] = {}
        self.written = 0
        self.kept = 0
        self._made: set[str] = set()
        self._links = True
        self._locks = contextlib.ExitStack()
        self._owns_aside = False
        self._recover()
        self._seen = manifest.hash_in(self.dest)
        self.damage = _damage(self.dest, format)
        """What is wrong with the manifest that lies there; empty where it is whole or there is none."""
        self.old, self._whole = (None, frozenset[str]()) if self.damage else _ours(self.dest, format)

    def _beside(self, what: str) -> Path:
        return self.dest.parent / f".{self.dest.name}.{what}"

    def __enter__(self) -> Staging:
        try:
            self.dest.parent.mkdir(parents=True, exist_ok=True)
            self._take()
        except OSError as problem:
            self._locks.close()
            raise self.unwritable(problem) from problem
        except BaseException:
            self._locks.close()
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        if self._owns_aside:
            shutil.rmtree(self.aside, ignore_errors=True)
        self._locks.close()

    def _take(self) -> None:
        """Lock the edition and an empty folder beside it. Raises ExportError if another export holds or held them."""
        if self.dest.exists():
            self._lock(self.dest)
        if self.aside.is_symlink() or self.aside.is_file():
            self.aside.unlink()  # never write into someone's folder through a link
        self.aside.mkdir(exist_ok=True)
        self._lock(self.aside)
        self._owns_aside = True
        if manifest.hash_in(self.dest) != self._seen:
            raise self._taken()
        for left in self.aside.iterdir():  # left by an export that was killed
            _remove(left)

    def _lock(self, folder: Path) -> None:
        if sys.platform == "win32":
            return  # a folder can't be opened there: two exports at once are left to whoever starts them
        try:
            self._locks.enter_context(aside.held(folder))
        except aside.Held as problem:
            raise self._taken() from problem

    def _taken(self) -> ExportError:
        return ExportError(f"Another export writes, or has just written, {self.dest}. Wait until it ends.")

    def _recover(self) -> None:
        """Restore the old edition if an export was killed while exchanging folders by renaming."""
        if self._between.is_dir() and not self.dest.exists():
            self._between.rename(self.dest)
        elif self._between.exists():
            shutil.rmtree(self._between, ignore_errors=True)

    def unwritable(self, problem: OSError) -> ExportError:
        said = problem.strerror or problem
        return ExportError(f"{self.dest} can't be written ({said}). Nothing was changed there.")

    def has(self, name: str) -> bool:
        """Whether the old edition has this file with the bytes that its manifest states."""
        return name in self._whole

    @property
    def is_whole(self) -> bool:
        """Whether there is an old edition with all its files."""
        return self.old is not None and len(self._whole) == len(self.old.files)

    def put(self, name: str, data: bytes) -> None:
        """Add a file to the new edition. It is written only if the old edition has no such file with these bytes."""
        entry = manifest.entry_of(data)
        if self.old is not None and self.has(name) and self.old.files[name] == entry:
            self.keep(name)
            return
        path = self._place(name)
        try:
            write_new(path, data)
        except OSError as problem:
            raise self.unwritable(problem) from problem
        self.files[name] = entry
        self.written += 1

    def keep(self, name: str) -> None:
        """Add an unchanged file of the old edition, which must be present and intact."""
        assert self.old is not None
        path = self._place(name)
        try:
            self._link(f"{self.dest}/{name}", path)
        except OSError as problem:
            raise self.unwritable(problem) from problem
        self.files[name] = self.old.files[name]
        self.kept += 1

    def _link(self, there: str, here: str) -> None:
        if self._links:
            try:
                os.link(there, here)
                return
            except OSError:  # no links on this file system, e.g. on a USB stick
                self._links = False
        shutil.copy2(there, here)

    def _place(self, name: str) -> str:
        """The path of a file; a plain string, since an edition has tens of thousands of files."""
        if name in self.files:
            raise ExportError(f"Two pages of the edition have the address {name}.")
        folder = name.rpartition("/")[0]
        if folder not in self._made:
            try:
                (self.aside / folder).mkdir(parents=True, exist_ok=True)
            except OSError as problem:
                raise self.unwritable(problem) from problem
            self._made.add(folder)
        return f"{self.aside}/{name}"

    def switch_in(self, made: Manifest) -> None:
        """Put the new edition in place."""
        try:
            write_new(self.aside / manifest.NAME, made.dumps())
            aside.sync_below(self.aside)
            self._switch()
            aside.sync(self.dest.parent)
            if self.damage:
                self.aside.rename(self.damaged)
                self._owns_aside = False
        except OSError as problem:
            raise self.unwritable(problem) from problem
        for what in _OF_OLDER_PROGRAMS:
            with contextlib.suppress(OSError):
                _remove(self._beside(what))

    def summary(
        self, made: Manifest, on: date | None, started: float, notes: Iterable[str], unit: str = "page"
    ) -> ExportSummary:
        """Of an export that began at `started`: of pages only those are counted, else every file."""
        return ExportSummary(
            dest=self.dest,
            on=on,
            digest=made.digest,
            pages=sum(unit != "page" or name.endswith(".html") for name in made.files),
            bytes=sum(entry.size for entry in made.files.values()),
            seconds=time.perf_counter() - started,
            files=len(made.files),
            written=self.written,
            kept=self.kept,
            removed=len(self.old.files.keys() - made.files.keys()) if self.old else 0,
            unit=unit,
            notes=tuple(notes),
        )

    @property
    def damaged(self) -> Path:
        """The path where an edition with a damaged manifest is kept."""
        names = (f"{self.dest.name}.damaged{f'-{n}' if n > 1 else ''}" for n in range(1, 1000))
        return next(path for path in map(self.dest.with_name, names) if not path.exists())

    def _switch(self) -> None:
        if not self.dest.exists():
            self.aside.rename(self.dest)
            self._owns_aside = False  # it is now the edition
        elif not aside.exchange(self.aside, self.dest):
            self.dest.rename(self._between)
            self.aside.rename(self.dest)
            self._between.rename(self.aside)


def _remove(path: Path) -> None:
    """Remove a file, a link or a folder with its contents, if it exists."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def write_new(path: str | Path, data: bytes) -> None:
    """Write a new file. An existing one is never overwritten, as it could be a link to a file that readers have."""
    with open(path, "xb") as file:
        file.write(data)


# ---------------------------------------------------------------- the edition that is there


def _damage(dest: Path, format: str) -> str:
    """Why the manifest of an edition cannot be read. Raises ExportError if it is newer or not of an edition."""
    try:
        manifest.read(dest, format)
    except manifest.DamagedManifest as problem:
        if not (dest / "_static" / "edition.js").is_file():
            raise ExportError(f"{dest} holds files and is no edition: {problem}") from problem
        return str(problem)
    return ""


def _ours(dest: Path, format: str) -> tuple[Manifest | None, frozenset[str]]:
    """The manifest of the edition at `dest`, and the names of its files whose bytes match it.

    None if nothing is there. Raises ExportError for anything else.
    """
    if not dest.exists() and not dest.is_symlink():
        return None, frozenset()
    if not dest.is_dir() or dest.is_symlink():
        raise ExportError(f"{dest} is no folder. Name one that does not exist yet, or that holds an edition.")
    old = manifest.read(dest, format)
    if old is None:
        if any(dest.iterdir()):
            raise ExportError(
                f"{dest} holds files and is no edition (no {manifest.NAME}). Name a folder that does not exist yet."
            )
        return None, frozenset()
    there = dict(manifest.files_below(dest))
    strange = sorted(there.keys() - old.files.keys() - {manifest.NAME})
    if strange:
        raise ExportError(
            f"{dest} holds files that are not of the edition and would be lost: {', '.join(strange[:3])}"
            f"{' …' if len(strange) > 3 else ''}. Move them elsewhere first."
        )
    return old, frozenset(_verified(dest, old, there))


def _verified(dest: Path, old: Manifest, there: Mapping[str, os.DirEntry[str]]) -> Iterator[str]:
    for name, entry in old.files.items():
        if name in there and not there[name].is_symlink():
            with contextlib.suppress(OSError):
                if manifest.hash_of(dest / name) == entry:
                    yield name
