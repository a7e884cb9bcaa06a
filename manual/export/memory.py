"""What an export remembers of an edition for the next one: which pages consulted what, and what the search knows.

It lies beside the edition, in `.NAME.memory`, and not in it: no reader needs it, and a whole manual's is some
megabytes. It belongs to one manifest. Without it, or beside another one, everything is drawn anew, and the edition is
the same byte for byte. It must have the SHA-256 that lies in `.NAME.memory.sum`: one altered byte could keep a page
that is to change.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from manual.export.shards import CodeSearch
from manual.export.watched import Runs
from manual.model import Code

FORMAT = "3"
_SUM = ".sum"

_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE codes (
    code TEXT PRIMARY KEY,
    hash TEXT NOT NULL,
    runs TEXT NOT NULL,          -- JSON: first day and two hashes of each run of days with one answer
    aspects TEXT NOT NULL,       -- JSON: by page about the whole a hash of what it shows of this code
    postings BLOB,               -- what the search knows; NULL where the code can't be found
    forms TEXT,
    titles TEXT,
    days TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE pages (
    address TEXT PRIMARY KEY,
    code TEXT NOT NULL,          -- whose page it is
    consulted BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX pages_of_code ON pages (code);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeMemory:
    """What is remembered of one code."""

    hash: str
    runs: Runs
    aspects: Mapping[str, str]
    search: CodeSearch | None


class Memory:
    """One file. Nothing is kept of what is written into it before `commit`."""

    def __init__(self, path: Path, to: Path | None = None) -> None:
        self.path = path
        self._to = to
        """Where it is moved once it is whole."""
        self._connection = sqlite3.connect(path, isolation_level=None)

    @classmethod
    def opened(cls, path: Path, manifest: str) -> Memory | None:
        """The memory of the edition whose manifest has this SHA-256; None where there is none that can be read."""
        if not path.is_file():
            return None
        memory = None
        try:
            _roll_back(path)
            if not _is_sealed(path):
                return None
            memory = cls(path)
            memory._run("PRAGMA synchronous = OFF")  # it can always be made again
            if memory.meta("format") == FORMAT and memory.meta("manifest") == manifest:
                memory._run("BEGIN IMMEDIATE")
                return memory
        except (sqlite3.Error, OSError):
            pass
        if memory is not None:
            memory.close()
        return None

    @classmethod
    def begun(cls, path: Path) -> Memory:
        """An empty one that takes the place of whatever lies at `path` when it is committed."""
        aside = path.with_name(f"{path.name}.new")
        forget(aside)
        memory = cls(aside, path)
        memory._connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        memory._run("BEGIN")
        memory.remember("format", FORMAT)
        return memory

    def close(self) -> None:
        """What was not committed is lost."""
        self._connection.close()
        if self._to is not None:
            forget(self.path)

    def commit(self, manifest: str) -> None:
        self.remember("manifest", manifest)
        self._run("COMMIT")
        self._connection.close()
        if self._to is not None:
            forget(self._to)
            self.path.replace(self._to)
        _seal(self._to or self.path)

    def _run(self, sql: str, values: Iterable[Any] = ()) -> sqlite3.Cursor:
        return self._connection.execute(sql, tuple(values))

    # ------------------------------------------------------------ the whole

    def meta(self, name: str) -> str:
        row = self._run("SELECT value FROM meta WHERE name = ?", [name]).fetchone()
        return str(row[0]) if row else ""

    def remember(self, name: str, value: str) -> None:
        self._run("INSERT OR REPLACE INTO meta VALUES (?, ?)", [name, value])

    # ------------------------------------------------------------ codes

    def hashes(self) -> dict[Code, str]:
        return dict(self._run("SELECT code, hash FROM codes").fetchall())

    def code(self, code: Code) -> CodeMemory:
        row = self._run(
            "SELECT hash, runs, aspects, postings, forms, titles, days FROM codes WHERE code = ?", [code]
        ).fetchone()
        runs = tuple((first, own, others) for first, own, others in json.loads(row[1]))
        return CodeMemory(hash=row[0], runs=runs, aspects=json.loads(row[2]), search=_search(*row[3:]))

    def aspects(self, page: str) -> Iterator[tuple[Code, str]]:
        """By code what a page about the whole shows of it."""
        rows = self._run("SELECT code, json_extract(aspects, ?) FROM codes ORDER BY code", [f'$."{page}"'])
        for code, aspect in rows:
            if aspect is not None:
                yield Code(code), aspect

    def put_code(self, code: Code, known: CodeMemory) -> None:
        found = known.search
        said = (None,) * 4
        if found is not None:
            said = (zlib.compress(found.postings.encode(), 1), found.forms, found.titles, found.days)  # type: ignore[assignment]
        self._run(
            "INSERT OR REPLACE INTO codes VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [code, known.hash, json.dumps(known.runs), json.dumps(known.aspects), *said],
        )

    def searches(self) -> Iterator[tuple[Code, CodeSearch]]:
        """What the search knows of each code that can be found, by code."""
        rows = self._run(
            "SELECT code, postings, forms, titles, days FROM codes WHERE postings IS NOT NULL ORDER BY code"
        )
        for code, *said in rows:
            found = _search(*said)
            if found is not None:
                yield Code(code), found

    def found_codes(self) -> list[Code]:
        """Codes that can be found, sorted."""
        rows = self._run("SELECT code FROM codes WHERE postings IS NOT NULL ORDER BY code")
        return [Code(code) for (code,) in rows]

    def column(self, name: str) -> list[str]:
        """`days`, `titles` or `forms` of each code that can be found, by code."""
        assert name in ("days", "titles", "forms")
        return [
            said
            for (said,) in self._run(f"SELECT {name} FROM codes WHERE postings IS NOT NULL ORDER BY code")
        ]

    # ------------------------------------------------------------ pages

    def put_page(self, address: str, code: Code, consulted: bytes) -> None:
        self._run("INSERT OR REPLACE INTO pages VALUES (?, ?, ?)", [address, code, consulted])

    def forget_pages(self, addresses: Iterable[str]) -> None:
        for address in addresses:
            self._run("DELETE FROM pages WHERE address = ?", [address])

    def pages(self) -> Iterator[tuple[str, Code, bytes]]:
        for address, code, consulted in self._run("SELECT address, code, consulted FROM pages"):
            yield address, Code(code), consulted

    def pages_of(self, code: Code) -> frozenset[str]:
        return frozenset(
            address for (address,) in self._run("SELECT address FROM pages WHERE code = ?", [code])
        )


def _search(postings: bytes | None, forms: str, titles: str, days: str) -> CodeSearch | None:
    if postings is None:
        return None
    return CodeSearch(zlib.decompress(postings).decode(), forms, titles, days)


def _roll_back(path: Path) -> None:
    """Undo what a killed export has written; SQLite does so when it opens the file."""
    if path.with_name(f"{path.name}-journal").exists():
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")


def _seal(path: Path) -> None:
    path.with_name(path.name + _SUM).write_text(_sum_of(path))


def _is_sealed(path: Path) -> bool:
    return path.with_name(path.name + _SUM).read_text() == _sum_of(path)


def _sum_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def forget(path: Path) -> None:
    """Remove the file, its sum, and what SQLite lays beside it."""
    for name in (
        path,
        *(path.with_name(path.name + ending) for ending in (_SUM, "-journal", "-wal", "-shm")),
    ):
        with contextlib.suppress(FileNotFoundError):
            name.unlink()
