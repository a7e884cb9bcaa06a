"""The knowledge base as a file: checked when opened, built aside, put in place in one step, one builder at a time.

A finished file ends in a seal: the checksum of all bytes before it. Opening the file reads it once and compares the
checksum, so that no record, count or query can use damaged bytes. SQLite itself does not check its pages.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from io import BufferedRandom, FileIO
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote

from manual import aside
from manual.errors import StoreError
from manual.store.forms import SHAPE

NAME = "kb.sqlite"
APPLICATION = 0x496E466F
"""`InFo`, in the header of the file, so that another program's database isn't taken for ours."""
SCHEMA_VERSION = 2
SIGNS_OF_DAMAGE = (sqlite3.DatabaseError, ValueError, TypeError, LookupError, OverflowError)
"""What reading changed bytes may raise: SQLite's own complaints, text that is no text, records of a wrong shape."""
_HEADER = b"SQLite format 3\x00"
_SEAL = b"\nIn Force, CRC-32 %08x\n"
_SEAL_LENGTH = len(_SEAL % 0)
_CHUNK = 1 << 18
_MAPPED = 1 << 30


def path_in(home: Path) -> Path:
    return home / NAME


def building_in(home: Path) -> Path:
    """The path at which the next knowledge base is built. The next load continues what a killed one left there."""
    return home / f"{NAME}.building"


def open_to_read(path: Path, *, mapped: bool = True, sealed: bool = True) -> sqlite3.Connection:
    """A read-only connection. Raises StoreError unless the file is a complete knowledge base of this schema.

    `sealed`: verify the seal; only a search for damage does without. `mapped`: read through mapped memory, which is
    faster but counts as memory of a process that reads everything.
    """
    if not path.is_file():
        raise StoreError(f"There is no knowledge base at {path}. Make one with `inforce load PATH…`.")
    connection = _connect(path, "mode=ro&immutable=1")
    try:
        _check(path, connection, sealed=sealed)
    except BaseException:
        connection.close()
        raise
    connection.execute(f"PRAGMA mmap_size = {_MAPPED if mapped else 0}")
    return connection


def open_beside(path: Path) -> sqlite3.Connection:
    """A private database, in memory and on disk if it grows, with the knowledge base attached as `base`."""
    try:
        connection = sqlite3.connect(
            "",
            uri=True,
            factory=_Connection,
            check_same_thread=False,
            isolation_level=None,
            cached_statements=256,
        )
        connection.execute("ATTACH ? AS base", (f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1",))
    except sqlite3.Error as problem:
        raise StoreError(f"{path} can't be opened ({problem}).") from problem
    connection.execute("PRAGMA main.synchronous = OFF")
    connection.execute(f"PRAGMA base.mmap_size = {_MAPPED}")
    return connection


class _Connection(sqlite3.Connection):
    """A connection closed when nothing refers to it: a reader keeps one for each thread, and threads end
    unannounced."""

    def __del__(self) -> None:
        self.close()


def _connect(path: Path, how: str) -> sqlite3.Connection:
    try:
        return sqlite3.connect(
            f"file:{quote(str(path.resolve()))}?{how}",
            uri=True,
            factory=_Connection,
            check_same_thread=False,
            isolation_level=None,
            cached_statements=256,
        )
    except sqlite3.Error as problem:
        raise StoreError(
            f"{path} can't be opened ({problem}). See that the folder can be read and written, or give another --home."
        ) from problem


def is_sealed(path: Path) -> bool:
    """Whether all bytes of a finished file are as they were written."""
    try:
        open_to_read(path).close()
    except StoreError:
        return False
    return True


def _check(path: Path, connection: sqlite3.Connection, *, sealed: bool) -> None:
    """Header, schema version, size, completeness, and the seal over every byte."""
    try:
        with path.open("rb") as file:
            if file.read(len(_HEADER)) != _HEADER:
                damaged(path, "it does not begin like a database")
        one = _asker(connection)
        if one("PRAGMA application_id") != APPLICATION:
            damaged(path, "it is not a knowledge base of In Force")
        version = one("PRAGMA user_version")
        if version > SCHEMA_VERSION:
            _newer(path, version)
        if version < SCHEMA_VERSION or one("SELECT value FROM meta WHERE key = 'shape'") != SHAPE:
            raise StoreError(
                f"{path} was made by another version of In Force, most likely an older one. "
                "Run `inforce rebuild`; nothing is lost."
            )
        if one("SELECT value FROM meta WHERE key = 'finished'") != "yes":
            damaged(path, "it was never finished")
        size = one("PRAGMA page_count") * one("PRAGMA page_size")
        beyond = path.stat().st_size - size
        if beyond != _SEAL_LENGTH if sealed else not 0 <= beyond <= _SEAL_LENGTH:
            damaged(path, "its size is not the one it states")
        if sealed and not _is_sealed(path, size):
            damaged(path, "its bytes are not those that were written")
    except SIGNS_OF_DAMAGE as problem:
        damaged(path, str(problem), problem)


_intact: dict[Path, tuple[int, ...]] = {}
"""Which state of a file was found intact: threads of one process that open it one after another read it once."""


def _is_sealed(path: Path, size: int) -> bool:
    with path.open("rb", buffering=0) as file:
        status = os.fstat(file.fileno())
        state = (status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size)
        if _intact.get(path) == state:
            return True
        found = _SEAL % _sum_of(file, size) == file.read(_SEAL_LENGTH)
    if found:
        _intact[path] = state
    return found


def _sum_of(file: FileIO | BufferedRandom, size: int) -> int:
    """The CRC-32 of the next `size` bytes. It notices any single flipped bit and takes about 0.2 ms a megabyte."""
    found, piece = 0, memoryview(bytearray(_CHUNK))
    while size > 0 and (
        read := file.readinto(piece[: min(size, _CHUNK)])
    ):  # one piece: it fits into the processor's cache
        found = zlib.crc32(piece[:read], found)
        size -= read
    return found


def seal(path: Path) -> None:
    """Append the checksum to a finished file that nobody has open. Unfinished files are left unchanged."""
    connection = _connect(path, "mode=ro")
    try:
        one = _asker(connection)
        if one("SELECT value FROM meta WHERE key = 'finished'") != "yes":
            return
        size = one("PRAGMA page_count") * one("PRAGMA page_size")
    finally:
        connection.close()
    with path.open("r+b") as file:
        summed = _sum_of(file, size)
        file.seek(size)
        file.truncate()
        file.write(_SEAL % summed)


def _newer(path: Path, version: int) -> NoReturn:
    raise StoreError(
        f"{path} was made by a newer In Force (schema {version}, this one reads {SCHEMA_VERSION}). "
        "Use the newer program, or run `inforce rebuild` to derive it anew with this one."
    )


def refuse_newer(path: Path) -> None:
    """Raises StoreError for a newer program's file, which an older program must not replace."""
    if not path.is_file():
        return
    connection = _connect(path, "mode=ro&immutable=1")
    try:
        one = _asker(connection)
        if one("PRAGMA application_id") == APPLICATION and one("PRAGMA user_version") > SCHEMA_VERSION:
            _newer(path, one("PRAGMA user_version"))
    except SIGNS_OF_DAMAGE:
        return  # damaged: it is replaced by the newly derived file
    finally:
        connection.close()


def _asker(connection: sqlite3.Connection):  # type: ignore[no-untyped-def]
    def one(sql: str):  # type: ignore[no-untyped-def]
        row = connection.execute(sql).fetchone()
        return row[0] if row else None

    return one


def damaged(path: Path, why: str, cause: BaseException | None = None) -> NoReturn:
    raise StoreError(
        f"{path} is damaged ({why}), so nothing is answered from it. "
        "Run `inforce rebuild`: it is derived from the captures, and nothing is lost."
    ) from cause


def open_to_build(path: Path) -> sqlite3.Connection:
    """A file to build in, created with the schema if it does not exist.

    The journal makes a kill harmless and, since each commit is synced to disk, a loss of power too.
    """
    fresh = not path.exists()
    connection = _connect(path, "mode=rwc")
    try:
        connection.execute("PRAGMA journal_mode = TRUNCATE")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -65536")
        if fresh:
            _lay_out(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _lay_out(connection: sqlite3.Connection) -> None:
    schema = Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")
    connection.executescript(
        f"BEGIN; {schema}; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {SCHEMA_VERSION}; "
        f"INSERT INTO meta VALUES ('shape', '{SHAPE}'); COMMIT;"
    )


def copy_to_build(final: Path, building: Path) -> None:
    """Start building from a copy of the finished file, which is synced before it gets its name."""
    copying = building.with_name(f"{building.name}.copy")
    try:
        shutil.copyfile(final, copying)
        aside.switch_in(copying, building)
    except OSError:
        copying.unlink(missing_ok=True)
        raise


@contextmanager
def refusals(home: Path) -> Iterator[None]:
    """Turn disk errors while a knowledge base is built into a StoreError that says what to do.

    The unfinished file is removed, since a full disk needs the space; the finished file stays.
    """
    try:
        yield
    except (OSError, sqlite3.Error) as problem:
        with suppress(OSError):
            discard(building_in(home))
        raise StoreError(
            f"The home {home} can't be written ({problem}). The old answers are kept, and so is what was taken in. "
            "Make room on the disk, or see that the folder can be written, and load again."
        ) from problem


def usable(path: Path) -> bool:
    """Whether a file left by a killed load, or a copy, can be continued: ours, of this schema, and undamaged."""
    if not path.is_file():
        return False
    try:
        connection = _connect(path, "mode=rw")
    except StoreError:
        return False
    try:
        one = _asker(connection)
        return bool(
            one("PRAGMA application_id") == APPLICATION
            and one("PRAGMA user_version") == SCHEMA_VERSION
            and one("SELECT value FROM meta WHERE key = 'shape'") == SHAPE
            and one("PRAGMA quick_check(1)") == "ok"
        )
    except SIGNS_OF_DAMAGE:
        return False
    finally:
        connection.close()


def discard(path: Path) -> None:
    """Remove a file that was built aside, with its journal and any incomplete copy."""
    for ending in ("", "-journal", ".copy"):
        path.with_name(f"{path.name}{ending}").unlink(missing_ok=True)


def switch_in(built: Path, final: Path) -> None:
    """Put a finished file in the place of the old one. Readers that have the old one open keep it."""
    try:
        aside.switch_in(built, final)
    except OSError as problem:
        raise StoreError(
            f"{final} can't be replaced ({problem.strerror}); the old one still answers."
        ) from problem
    discard(built)


@contextmanager
def only_builder(home: Path) -> Iterator[None]:
    """Prevents a second load or rebuild in this home. The lock ends with the process, however that ends.

    Raises StoreError if the home cannot be written or another process is building.
    """
    with ExitStack() as stack:
        try:
            home.mkdir(parents=True, exist_ok=True)
            stack.enter_context(aside.held(home / "kb.lock"))
        except aside.Held as problem:
            raise StoreError(
                f"Another load or rebuild is at work in {home}. Wait until it ends."
            ) from problem
        except OSError as problem:
            raise StoreError(
                f"The home {home} can't be written ({problem.strerror}). Give another one with --home."
            ) from problem
        yield
