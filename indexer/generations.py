"""Which index is used: generations side by side, and a pointer replaced in one step.

    index/CURRENT              names the served generation and the digest of its manifest; replaced in one step
    index/g-<random>/          one whole index; never changed once CURRENT names it
    index/LOCK                 held by the one writer; the system releases it when a process dies

A writer builds in a new folder, reads it back and checks it, and only then replaces CURRENT. If it is killed at any
moment, the old pointer and folder remain; the next writer removes incomplete folders.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from indexer.arrays import REBUILD, ArrayFile, manifest_digest, read_arrays
from manual.aside import Held, held, replace_file, sync
from manual.errors import IndexFault

_POINTER = "CURRENT"
_LOCK = "LOCK"
_PREFIX = "g-"
LOCK_SECONDS = 10.0
_TRIES = 20


@dataclass(frozen=True, slots=True)
class Pointer:
    generation: str
    manifest: str


Stamp = tuple[int, int, int]


def pointer_of(index_dir: Path) -> str:
    """The path of the pointer."""
    return str(index_dir / _POINTER)


def stamp_of(pointer: str) -> Stamp | None:
    """A stamp that changes with each new generation; None if there is no pointer. One system call."""
    try:
        status = os.stat(pointer)
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


def read_pointer(index_dir: Path) -> Pointer:
    """Raises IndexFault if there is no index or its pointer cannot be read."""
    path = index_dir / _POINTER
    try:
        raw = json.loads(path.read_bytes())
        pointer = Pointer(str(raw["generation"]), str(raw["manifest"]))
    except FileNotFoundError:
        raise IndexFault(f"There is no search index in {index_dir}. {REBUILD}") from None
    except (ValueError, KeyError, TypeError, OSError) as problem:
        raise IndexFault(
            f"The search index is corrupted: {path} can't be read ({problem}). {REBUILD}"
        ) from problem
    if not pointer.generation.startswith(_PREFIX) or Path(pointer.generation).name != pointer.generation:
        raise IndexFault(f"The search index is corrupted: {path} names no generation. {REBUILD}")
    return pointer


def open_served(index_dir: Path) -> tuple[ArrayFile, Stamp | None]:
    """The current arrays and the stamp of their pointer. Raises IndexFault.

    If a reader read the pointer just before a switch, the folder may be gone; it then reads the pointer again.
    """
    for _ in range(_TRIES):
        stamp = stamp_of(pointer_of(index_dir))
        pointer = read_pointer(index_dir)
        try:
            return read_arrays(index_dir / pointer.generation, pointer.manifest), stamp
        except FileNotFoundError as problem:
            missing = problem
            if read_pointer(index_dir) == pointer:
                break
        except (ValueError, KeyError, TypeError, OSError) as problem:
            raise IndexFault(
                f"The search index in {index_dir} is corrupted ({problem}). {REBUILD}"
            ) from problem
    raise IndexFault(f"The search index is corrupted: {missing.filename} is missing. {REBUILD}")


@contextmanager
def writing(index_dir: Path) -> Iterator[Path]:
    """A new folder to build in, while holding the lock; removed if the body raises.

    Raises IndexFault if another process has been writing for more than `LOCK_SECONDS`.
    """
    index_dir.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        try:
            stack.enter_context(held(index_dir / _LOCK, wait=LOCK_SECONDS))
        except Held as problem:
            raise IndexFault(
                f"Another process is writing the search index in {index_dir}; try again when it has finished."
            ) from problem
        _remove_all_but_served(index_dir)
        fresh = index_dir / f"{_PREFIX}{secrets.token_hex(8)}"
        fresh.mkdir()
        try:
            yield fresh
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        _remove_all_but_served(index_dir)


def switch_to(index_dir: Path, fresh: Path) -> None:
    """Make `fresh` the current generation, in one step that survives a crash of the machine."""
    pointer = {"generation": fresh.name, "manifest": manifest_digest(fresh)}
    sync(fresh)
    replace_file(index_dir / _POINTER, json.dumps(pointer).encode())


def _remove_all_but_served(index_dir: Path) -> None:
    try:
        served = read_pointer(index_dir).generation
    except IndexFault:
        served = ""
    for folder in index_dir.glob(f"{_PREFIX}*"):
        if folder.name != served:
            shutil.rmtree(folder, ignore_errors=True)
