"""Write aside, sync, lock, switch in: how every file and folder that readers use is replaced.

New content is written beside the old one and synced, then takes its place in one step. Readers see either the old or
the new content, and so does whoever comes after a kill or a loss of power.

    with held(home / "kb.lock"):              one writer at a time
        write_synced(building, data)          written aside, and on the disk
        switch_in(building, final)            in the place of the old one, in one step

Every function raises OSError where the system refuses.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

__all__ = [
    "Held",
    "exchange",
    "held",
    "replace_file",
    "switch_in",
    "switch_in_all",
    "sync",
    "sync_below",
    "write_synced",
]

_RENAME_EXCHANGE = 2
_AT_FDCWD = -100


class Held(Exception):
    """Another process, or another part of this one, holds the lock."""


def sync(path: Path) -> None:
    """Sync a file's bytes, or the names in a folder, so that they survive a loss of power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_below(folder: Path) -> None:
    """The same for a folder and all that it holds.

    On Linux the whole file system is synced at once, much faster than tens of thousands of files one by one.
    """
    if sys.platform == "win32":
        return  # folders can't be opened there, and files only for writing
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if not _synced_at_once(descriptor):
            for path in folder.rglob("*"):
                sync(path)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _synced_at_once(descriptor: int) -> bool:
    """Returns False if the system cannot do it."""
    import ctypes  # only an export needs it, and every command loads this module

    try:
        return int(ctypes.CDLL(None, use_errno=True).syncfs(descriptor)) == 0
    except (OSError, AttributeError):
        return False


def write_synced(path: Path, data: bytes) -> None:
    """Write a file with these bytes and sync it. Its name in the folder is not synced yet."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def switch_in(aside: Path, final: Path) -> None:
    """Replace the old file by a finished one. Readers that have the old one open keep it."""
    switch_in_all({aside: final})


def switch_in_all(places: Mapping[Path, Path]) -> None:
    """The same for several files, synced together, which is many times faster than one by one."""
    for aside in places:
        sync(aside)
    for aside, final in places.items():
        os.replace(aside, final)
    for folder in {final.parent for final in places.values()}:
        sync(folder)


def replace_file(final: Path, data: bytes) -> None:
    """Replace `final` by a file with these bytes, written aside and synced. If that fails, the new file is removed."""
    aside = final.with_name(f".{final.name}.aside")
    try:
        write_synced(aside, data)
        switch_in(aside, final)
    except OSError:
        aside.unlink(missing_ok=True)
        raise


def exchange(one: Path, other: Path) -> bool:
    """Swap two files or folders in one step. Returns False, and does nothing, if the system cannot do it."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes  # as above

    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    done = renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return int(done) == 0


@contextmanager
def held(path: Path, *, wait: float = 0.0) -> Iterator[None]:
    """Hold the lock at `path`, a folder or a file (created if missing). Raises Held after `wait` seconds.

    The system releases the lock when the process ends, however it ends, so a lock is never left behind.
    """
    deadline = time.monotonic() + wait
    while (descriptor := _taken(path)) is None:
        if time.monotonic() >= deadline:
            raise Held(f"{path} is held by another process.")
        time.sleep(0.05)
    try:
        yield
    finally:
        os.close(descriptor)


def _taken(path: Path) -> int | None:
    """A file descriptor that holds the lock until it is closed; None if someone else has the lock."""
    descriptor = os.open(path, os.O_RDONLY) if path.is_dir() else os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if _lock(descriptor) and os.path.samestat(os.fstat(descriptor), os.stat(path)):
            return descriptor
    except FileNotFoundError:
        pass  # a folder that another process moved away meanwhile
    except BaseException:
        os.close(descriptor)
        raise
    os.close(descriptor)
    return None


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
