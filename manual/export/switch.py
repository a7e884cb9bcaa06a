"""An edition is written aside and switched in at once; files whose bytes stay are linked, not written again.

    dest                 the edition that readers have
    .dest.building       the next one; begun anew by each export
    .dest.old            the one before, for the moment of the switch where two folders can't be exchanged at once

A process killed at any moment leaves the old edition, or the whole new one.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path

from manual.errors import ExportError
from manual.export import manifest
from manual.export.manifest import FileEntry, Manifest

_EXCHANGE = 2
_AT_FDCWD = -100


class Staging:
    """The next edition while it is written. Use as a context manager: what isn't switched in is removed."""

    def __init__(self, dest: Path) -> None:
        self.dest = dest.absolute()
        self.aside = self.dest.parent / f".{self.dest.name}.building"
        self._spare = self.dest.parent / f".{self.dest.name}.old"
        self.files: dict[str, FileEntry] = {}
        self.written = 0
        self.kept = 0
        self._made: set[str] = set()
        self._recover()
        self.old, self._whole = _ours(self.dest)

    def __enter__(self) -> Staging:
        try:
            self.dest.parent.mkdir(parents=True, exist_ok=True)
            shutil.rmtree(self.aside, ignore_errors=True)
            self.aside.mkdir()
        except OSError as problem:
            raise self.unwritable(problem) from problem
        return self

    def __exit__(self, *exc: object) -> None:
        shutil.rmtree(self.aside, ignore_errors=True)

    def _recover(self) -> None:
        """Take back the old edition where an export was killed in the middle of a switch by renaming."""
        if self._spare.is_dir() and not self.dest.exists():
            self._spare.rename(self.dest)
        elif self._spare.exists():
            shutil.rmtree(self._spare, ignore_errors=True)

    def unwritable(self, problem: OSError) -> ExportError:
        return ExportError(
            f"{self.dest} can't be written ({problem.strerror or problem}). Nothing was changed there."
        )

    def has(self, name: str) -> bool:
        """Whether the old edition has this file, whole."""
        return name in self._whole

    def put(self, name: str, data: bytes) -> None:
        """One file of the new edition."""
        entry = manifest.entry_of(data)
        if self.old is not None and name in self._whole and self.old.files[name] == entry:
            self.keep(name)
            return
        path = self._place(name)
        try:
            Path(path).write_bytes(data)
        except OSError as problem:
            raise self.unwritable(problem) from problem
        self.files[name] = entry
        self.written += 1

    def keep(self, name: str) -> None:
        """A file of the old edition, unchanged. It must be there, whole."""
        assert self.old is not None
        path = self._place(name)
        try:
            try:
                os.link(f"{self.dest}/{name}", path)
            except FileExistsError:
                raise
            except OSError:  # no links on this file system, e.g. on a USB stick
                shutil.copy2(self.dest / name, path)
        except OSError as problem:
            raise self.unwritable(problem) from problem
        self.files[name] = self.old.files[name]
        self.kept += 1

    def _place(self, name: str) -> str:
        """Where a file is to lie; a plain string, since an edition has tens of thousands of them."""
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

    @property
    def removed(self) -> int:
        return len(self.old.files.keys() - self.files.keys()) if self.old else 0

    def switch_in(self, made: Manifest) -> bool:
        """Make the new edition the one that readers have. False where the old one is the same, byte for byte."""
        if self.old is not None and made == self.old and not self.written:
            return False
        try:
            (self.aside / manifest.NAME).write_bytes(made.dumps())
            self._switch()
        except OSError as problem:
            raise self.unwritable(problem) from problem
        return True

    def _switch(self) -> None:
        if not self.dest.exists():
            self.aside.rename(self.dest)
            return
        if exchange(self.aside, self.dest):
            return  # the old one now lies aside, and __exit__ removes it
        self.dest.rename(self._spare)
        self.aside.rename(self.dest)
        shutil.rmtree(self._spare, ignore_errors=True)


def exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step. False where the system can't."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    done = renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE)
    return int(done) == 0


def _ours(dest: Path) -> tuple[Manifest | None, frozenset[str]]:
    """The manifest of the edition at `dest`, and which of its files are whole; None where nothing is there.

    Raises ExportError for anything else.
    """
    if not dest.exists() and not dest.is_symlink():
        return None, frozenset()
    if not dest.is_dir() or dest.is_symlink():
        raise ExportError(f"{dest} is no folder. Name one that does not exist yet, or that holds an edition.")
    old = manifest.read(dest)
    if old is None:
        if any(dest.iterdir()):
            raise ExportError(
                f"{dest} holds files and is no edition (no {manifest.NAME}). Name a folder that does not exist yet."
            )
        return None, frozenset()
    there = {name: entry.stat(follow_symlinks=False) for name, entry in manifest.files_below(dest)}
    strange = sorted(there.keys() - old.files.keys() - {manifest.NAME})
    if strange:
        raise ExportError(
            f"{dest} holds files that are not of the edition and would be lost: {', '.join(strange[:3])}"
            f"{' …' if len(strange) > 3 else ''}. Move them elsewhere first."
        )
    return old, _trusted(dest, old, there)


def _trusted(dest: Path, old: Manifest, there: dict[str, os.stat_result]) -> frozenset[str]:
    """Files of the old edition that are as they were written.

    Where size and time tell that nobody touched a file since the manifest was written its bytes are not read again.
    """
    written = there[manifest.NAME].st_mtime_ns
    return frozenset(
        name
        for name, entry in old.files.items()
        if name in there
        and there[name].st_size == entry.size
        and (there[name].st_mtime_ns <= written or manifest.hash_of(dest / name) == entry)
    )
