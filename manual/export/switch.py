"""An edition is put together aside and switched in at once; files whose bytes stay are linked, not written again.

    dest             the edition that readers have
    .dest.spare      the next one while it is put together. After the switch it holds the edition before, in hard links,
                     so that the next export need not link tens of thousands of files again; it may be deleted
    .dest.memory     what the next export need not work out again (`memory`), and its SHA-256 in .dest.memory.sum; they
                     may be deleted
    .dest.old        the edition before, for the moment of the switch where two folders can't be exchanged at once

A process killed at any moment leaves the old edition, or the whole new one. Of two exports into one folder the second
is refused while the first is at work, by locks on both folders, which end with their process.
"""

from __future__ import annotations

import contextlib
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
    """The next edition while it is put together. Use as a context manager: what isn't switched in is removed."""

    def __init__(self, dest: Path, *, keep_spare: bool = False) -> None:
        self.dest = dest.absolute()
        self.aside = self._beside("spare")
        self.memory = self._beside("memory")
        self._between = self._beside("old")
        self._keep_spare = keep_spare
        self.files: dict[str, FileEntry] = {}
        self.written = 0
        self.kept = 0
        self._made: set[str] = set()
        self._links = True
        self._locks = contextlib.ExitStack()
        self._owns_aside = False
        self._recover()
        self.old, self.old_hash, self._whole = _ours(self.dest)
        self._lying: dict[str, bool] = {}
        """Files that lie aside, and whether they are those of the old edition."""

    def _beside(self, what: str) -> Path:
        return self.dest.parent / f".{self.dest.name}.{what}"

    def __enter__(self) -> Staging:
        try:
            self.dest.parent.mkdir(parents=True, exist_ok=True)
            self._take()
            self._lying = self._found_aside()
        except OSError as problem:
            self._locks.close()
            raise self.unwritable(problem) from problem
        except BaseException:
            self._locks.close()
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        if self._owns_aside and (exc[0] is not None or not self._keep_spare):
            shutil.rmtree(self.aside, ignore_errors=True)
        self._locks.close()

    def _take(self) -> None:
        """Lock the edition and what lies aside. Raises ExportError where another export has them, or had since."""
        if self.dest.exists():
            self._lock(self.dest)
        if self.aside.is_symlink() or self.aside.is_file():
            self.aside.unlink()  # nobody's edition is to be written through a link
        self.aside.mkdir(exist_ok=True)
        self._lock(self.aside)
        self._owns_aside = True
        if manifest.hash_in(self.dest) != self.old_hash:
            raise self._taken()

    def _lock(self, folder: Path) -> None:
        descriptor = lock(folder)
        if descriptor is None:
            raise self._taken()
        if descriptor >= 0:
            self._locks.callback(os.close, descriptor)

    def _taken(self) -> ExportError:
        return ExportError(f"Another export writes, or has just written, {self.dest}. Wait until it ends.")

    def _recover(self) -> None:
        """Take back the old edition where an export was killed in the middle of a switch by renaming."""
        if self._between.is_dir() and not self.dest.exists():
            self._between.rename(self.dest)
        elif self._between.exists():
            shutil.rmtree(self._between, ignore_errors=True)

    def _found_aside(self) -> dict[str, bool]:
        """What lies aside can stay where it is one and the same file as in the old edition."""
        there = dict(manifest.files_below(self.aside))
        for name in [name for name, entry in there.items() if entry.is_symlink()]:
            os.unlink(there.pop(name).path)  # it may stand where a folder is wanted
        if self.old is None or self.aside.stat().st_dev != self.dest.stat().st_dev:
            return dict.fromkeys(there, False)
        return {name: self._whole.get(name) == entry.inode() for name, entry in there.items()}

    def unwritable(self, problem: Exception) -> ExportError:
        said = problem.strerror if isinstance(problem, OSError) else ""
        return ExportError(f"{self.dest} can't be written ({said or problem}). Nothing was changed there.")

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
            self._free(name, path)
            write_new(path, data)
        except OSError as problem:
            raise self.unwritable(problem) from problem
        self.files[name] = entry
        self.written += 1

    def keep(self, name: str) -> None:
        """A file of the old edition, unchanged. It must be there, whole."""
        assert self.old is not None
        path = self._place(name)
        if not self._lying.get(name):
            try:
                self._free(name, path)
                self._link(f"{self.dest}/{name}", path)
            except OSError as problem:
                raise self.unwritable(problem) from problem
        self.files[name] = self.old.files[name]
        self.kept += 1

    def _free(self, name: str, path: str) -> None:
        """What lies aside may be linked to what readers have: it is removed, and never written into."""
        if name in self._lying:
            os.unlink(path)

    def _link(self, there: str, here: str) -> None:
        if self._links:
            try:
                os.link(there, here)
                return
            except FileExistsError:
                raise
            except OSError:  # no links on this file system, e.g. on a USB stick
                self._links = False
        shutil.copy2(there, here)

    def _place(self, name: str) -> str:
        """Where a file is to lie; a plain string, since an edition has tens of thousands of them."""
        if name in self.files:
            raise ExportError(f"Two pages of the edition have the address {name}.")
        folder = name.rpartition("/")[0]
        if folder not in self._made and not self._lying.get(name):
            try:
                (self.aside / folder).mkdir(parents=True, exist_ok=True)
            except OSError as problem:
                raise self.unwritable(problem) from problem
            self._made.add(folder)
        return f"{self.aside}/{name}"

    @property
    def removed(self) -> int:
        return len(self.old.files.keys() - self.files.keys()) if self.old else 0

    def switch_in(self, made: Manifest) -> str:
        """Make the new edition the one that readers have, unless that is the same. Gives its manifest's SHA-256."""
        data = made.dumps()
        if self.old is not None and made == self.old and not self.written:
            return self.old_hash
        try:
            self._clear()
            path = self.aside / manifest.NAME
            path.unlink(missing_ok=True)
            write_new(path, data)
            self._switch()
        except OSError as problem:
            raise self.unwritable(problem) from problem
        return manifest.entry_of(data).sha256

    def _clear(self) -> None:
        """Remove what lay aside and is of no use; folders that are empty then, too."""
        folders = set()
        for name in self._lying.keys() - self.files.keys():
            os.unlink(self.aside / name)
            folders.add((self.aside / name).parent)
        for folder in sorted(folders, key=lambda path: len(path.parts), reverse=True):
            with contextlib.suppress(OSError):  # not empty
                while folder != self.aside:
                    folder.rmdir()
                    folder = folder.parent

    def _switch(self) -> None:
        if not self.dest.exists():
            self.aside.rename(self.dest)
            self._owns_aside = False  # it is the edition now
            self._mirror()
        elif not exchange(self.aside, self.dest):
            self.dest.rename(self._between)
            self.aside.rename(self.dest)
            self._between.rename(self.aside)
        self._keep_spare = self._keep_spare and self._links

    def _mirror(self) -> None:
        """A first spare, so that the first amendment is as fast as any. Without it nothing is lost but time."""
        if not self._keep_spare:
            return
        try:
            self._made.clear()
            self._lying = {}
            self.aside.mkdir()
            self._lock(self.aside)
            self._owns_aside = True
            for name in (*self.files, manifest.NAME):
                folder = name.rpartition("/")[0]
                if folder not in self._made:
                    (self.aside / folder).mkdir(parents=True, exist_ok=True)
                    self._made.add(folder)
                os.link(f"{self.dest}/{name}", f"{self.aside}/{name}")
        except (OSError, ExportError):
            self._keep_spare = False


def write_new(path: str | Path, data: bytes) -> None:
    """A file that is not there yet: what lies there could be a link to what readers have."""
    with open(path, "xb") as file:
        file.write(data)


def lock(folder: Path) -> int | None:
    """Hold `folder` until the descriptor given is closed; None where another process does.

    -1 where the system has no such locks: then two exports at once are left to whoever starts them.
    """
    if sys.platform == "win32":
        return -1
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(descriptor), os.stat(folder)):
            return descriptor
    except BlockingIOError:
        pass
    except FileNotFoundError:
        pass  # another one moved it meanwhile
    except OSError:
        os.close(descriptor)
        return -1
    os.close(descriptor)
    return None


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


def _ours(dest: Path) -> tuple[Manifest | None, str, dict[str, int]]:
    """The manifest of the edition at `dest`, its SHA-256, and the inodes of its files that are whole.

    None where nothing is there. Raises ExportError for anything else.
    """
    if not dest.exists() and not dest.is_symlink():
        return None, "", {}
    if not dest.is_dir() or dest.is_symlink():
        raise ExportError(f"{dest} is no folder. Name one that does not exist yet, or that holds an edition.")
    found = manifest.read_with_hash(dest)
    if found is None:
        if any(dest.iterdir()):
            raise ExportError(
                f"{dest} holds files and is no edition (no {manifest.NAME}). Name a folder that does not exist yet."
            )
        return None, "", {}
    old, hashed = found
    there = {name: entry.stat(follow_symlinks=False) for name, entry in manifest.files_below(dest)}
    strange = sorted(there.keys() - old.files.keys() - {manifest.NAME})
    if strange:
        raise ExportError(
            f"{dest} holds files that are not of the edition and would be lost: {', '.join(strange[:3])}"
            f"{' …' if len(strange) > 3 else ''}. Move them elsewhere first."
        )
    return old, hashed, _trusted(dest, old, there)


def _trusted(dest: Path, old: Manifest, there: dict[str, os.stat_result]) -> dict[str, int]:
    """Files of the old edition that are as they were written, with their inodes.

    Where size and time tell that nobody touched a file since the manifest was written its bytes are not read again.
    """
    written = there[manifest.NAME].st_mtime_ns
    return {
        name: there[name].st_ino
        for name, entry in old.files.items()
        if name in there
        and there[name].st_size == entry.size
        and (there[name].st_mtime_ns <= written or manifest.hash_of(dest / name) == entry)
    }
