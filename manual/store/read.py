"""Look-ups in a finished knowledge base. Every method is one or two indexed queries; none decides anything."""

from __future__ import annotations

import os
import sqlite3
import threading
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, ParamSpec, TypeVar

from manual.model import (
    AnswerWord,
    Capture,
    Code,
    ContentsLine,
    Finding,
    History,
    Link,
    Seen,
    Severity,
    Sha256,
    SitePath,
    Version,
    VersionId,
)
from manual.quick import dataclass
from manual.store import files
from manual.store.forms import (
    CAPTURE,
    FINDING,
    LINE,
    LINK,
    SPAN,
    TEXT,
    PageText,
)
from manual.store.sights import (
    PageKey,
    Said,
    read_history,
    read_versions,
    seen_of_page,
    sightings_by_page,
    work_of,
)

if TYPE_CHECKING:
    from manual.store.remarks import LatestContents

P = ParamSpec("P")
R = TypeVar("R")


Identity = tuple[int, int, int, int]
"""Tells one knowledge base file from the one that replaces it: device, inode, moment of change, size."""


class OutlineSpan(NamedTuple):
    """A run of days with one answer; `first` is None for all days before. Versions only where any answers."""

    first: date | None
    answer: AnswerWord
    versions: tuple[VersionId, ...]


class OutlineVersion(NamedTuple):
    """A version with its first day and whether its text is held."""

    id: VersionId
    effective_from: date | None
    text_held: bool


class Outline(NamedTuple):
    """Spans and versions of one code, oldest first."""

    spans: list[OutlineSpan]
    versions: list[OutlineVersion]


ChangeRow = tuple[int, Code, str, str | None, str | None, int]
"""Day, code, kind, old and new version, whether it is disputed."""


def identity_of(path: Path) -> Identity | None:
    try:
        stat = os.stat(path)
    except OSError:
        return None
    return stat.st_dev, stat.st_ino, stat.st_mtime_ns, stat.st_size


@dataclass(frozen=True, slots=True)
class ContentsPage:
    """One capture of the table of contents, without its lines."""

    page: int
    sha256: Sha256
    seen: tuple[Seen, ...]
    work: str = ""
    """Folder of its address, such as `specimen`: contents of another work don't replace these, they stand beside.
    Empty for the publisher's manual, and where no address is known."""


class RefRow(NamedTuple):
    """A place that refers to a code, and the version whose text it stands in, with days on which that is in force."""

    code: Code
    title: str
    version: VersionId
    pinpoint: str
    target: str
    named: Code
    """The code that the target names: the section, or a part of it."""
    first: int
    until: int | None
    """The first day after those in force; None for no end."""

    def stands_on(self, day: int) -> bool:
        return self.first <= day and (self.until is None or day < self.until)


class Replaced(Exception):
    """The file was replaced while a thread opened it: ask again for the new one."""


def _guarded(method: Callable[P, R]) -> Callable[P, R]:
    """Damage found while reading becomes a StoreError that says what to do."""

    @wraps(method)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(*args, **kwargs)
        except files.SIGNS_OF_DAMAGE as problem:
            reader = args[0]
            assert isinstance(reader, Reader)
            files.damaged(reader.path, str(problem), problem)

    return guarded


class _Held:
    """A connection that is closed with the thread or the reader that holds it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.process = os.getpid()

    def close(self) -> None:
        self.connection.close()

    __del__ = close


class Reader:
    """One state of the file, for any number of threads; each gets a connection of its own.

    Threads that come after the file was replaced get `Replaced`; those that have a connection keep the old state.
    """

    def __init__(self, path: Path, *, mapped: bool = True) -> None:
        self.path = path
        self._mapped = mapped
        self._local = threading.local()
        self._all: weakref.WeakSet[_Held] = weakref.WeakSet()
        identity = identity_of(path)
        if identity is None:
            files.open_to_read(path).close()  # says what is missing
            raise Replaced
        self.identity = identity
        self.meta = self._read_meta()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        for held in list(self._all):
            held.close()

    @property
    def _connection(self) -> sqlite3.Connection:
        held: _Held | None = getattr(self._local, "held", None)
        if held is None or held.process != os.getpid():
            held = self._open()
        return held.connection

    def _open(self) -> _Held:
        connection = files.open_to_read(self.path, mapped=self._mapped)
        if identity_of(self.path) != self.identity:
            connection.close()
            raise Replaced
        held = self._local.held = _Held(connection)
        self._all.add(held)
        return held

    @_guarded
    def _read_meta(self) -> dict[str, str]:
        return dict(self._run("SELECT key, value FROM meta").fetchall())

    @property
    def digest(self) -> str:
        return self.meta.get("digest", "")

    def _run(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> sqlite3.Cursor:
        return self._connection.execute(sql, values)

    def attach(self) -> None:
        """Open this thread's connection now, so that it keeps this state whatever replaces the file."""
        _ = self._connection

    # ------------------------------------------------------------ one code

    @_guarded
    def history(self, code: Code) -> History | None:
        try:
            return read_history(self._connection, code)
        except LookupError:
            return None

    @_guarded
    def versions(self, code: Code, ids: Collection[VersionId]) -> list[Version]:
        """Some versions of a code that is there."""
        return read_versions(self._connection, code, ids)

    @_guarded
    def code_of(self, id: VersionId) -> Code | None:
        row = self._run("SELECT code FROM versions WHERE id = ?", (id,)).fetchone()
        return Code(row[0]) if row else None

    @_guarded
    def text(self, id: VersionId) -> tuple[PageText, tuple[Finding, ...]] | None:
        """The page that holds a version's text, and what reading it brought up."""
        row = self._run(
            "SELECT p.id, p.content FROM versions AS v JOIN pages AS p ON p.id = v.text_page WHERE v.id = ?",
            (id,),
        ).fetchone()
        if row is None:
            return None
        found = self._run("SELECT record FROM page_findings WHERE page = ? ORDER BY position", (row[0],))
        return TEXT.inflate(row[1]), tuple([FINDING.loads(record) for (record,) in found])

    @_guarded
    def answers_on(self, day: date) -> dict[Code, tuple[str, tuple[VersionId, ...]]]:
        """The answer of every code on a day, with the versions it names."""
        number = day.toordinal()
        rows = self._run(
            "SELECT code, answer, version, record FROM spans WHERE first <= ? AND (until IS NULL OR until > ?)",
            (number, number),
        )
        return {
            code: (answer, (version,) if version else tuple(_versions_in(record)))
            for code, answer, version, record in rows
        }

    @_guarded
    def titles(self) -> dict[VersionId, str]:
        return dict(self._run("SELECT id, title FROM versions WHERE title <> ''").fetchall())

    @_guarded
    def said_about(self, code: Code, known: int) -> list[Said]:
        """What pages that were known by a day say about a code; only the times seen by then count."""
        found = []
        for page, said in self._run("SELECT page, said FROM statements WHERE code = ?", (code,)).fetchall():
            sights = seen_of_page(self._connection, page, known)
            if sights.seen:
                found.append(Said(said, sights))
        return found

    @_guarded
    def known_between(self, code: Code) -> tuple[int, int] | None:
        """The days on which the first and the last thing said about a code became known; None for an unknown code."""
        row: tuple[int, int] | None = self._run(
            "SELECT first_known, last_known FROM codes WHERE code = ?", (code,)
        ).fetchone()
        return row

    @_guarded
    def remarks(self, code: Code) -> list[tuple[date | None, Finding]]:
        """What is said beside the answers of a code from a day on, or (None) on every day."""
        rows = self._run("SELECT since, record FROM remarks WHERE code = ? ORDER BY position", (code,))
        return [
            (date.fromordinal(since) if since is not None else None, FINDING.loads(record))
            for since, record in rows
        ]

    @_guarded
    def latest_contents(self, known: int) -> list[LatestContents]:
        """The contents that a code may be missing from, as far as they were known by a day."""
        from manual.store import remarks  # only questions with `known` make any

        return remarks.latest_contents(self._connection, known)

    @_guarded
    def remarks_known(
        self, history: History, contents: Sequence[LatestContents], known: int
    ) -> list[tuple[date | None, Finding]]:
        """As `remarks`, for the history of the captures that were known by a day, and `latest_contents` of that day."""
        from manual.store import remarks

        found = remarks.remarks_on(self._connection, history, contents, known)
        return [(remark.since, remark.finding) for remark in found]

    # ------------------------------------------------------------ all codes

    @_guarded
    def outlines(self) -> dict[Code, Outline]:
        """Of every code what addresses are made of, in two passes and without reading any record whole."""
        found: dict[Code, Outline] = {}
        spans = "SELECT code, first, answer, version, record FROM spans ORDER BY code, first"
        for code, first, answer, version, record in self._run(spans):
            outline = found.get(code)
            if outline is None:
                outline = found[code] = Outline([], [])
            named = (version,) if version else tuple(_versions_in(record)) if answer == "disputed" else ()
            outline.spans.append(OutlineSpan(date.fromordinal(first) if first else None, answer, named))
        versions = "SELECT code, id, effective_from, text_page FROM versions ORDER BY code, position"
        for code, id, starts, page in self._run(versions):
            begun = date.fromordinal(starts) if starts is not None else None
            found[code].versions.append(OutlineVersion(id, begun, page is not None))
        return found

    @_guarded
    def codes(self, known: int | None = None) -> list[Code]:
        """Every code that something is said about, or was by a day."""
        rows = self._run("SELECT code FROM codes WHERE ?1 IS NULL OR first_known <= ?1", (known,))
        return [Code(code) for (code,) in rows]

    @_guarded
    def changes(self, first: date, until: date) -> list[ChangeRow]:
        return self._run(
            "SELECT day, code, kind, old, new, disputed FROM changes WHERE day >= ? AND day < ?"
            " ORDER BY day, code, position",
            (first.toordinal(), until.toordinal()),
        ).fetchall()

    @_guarded
    def changes_of(self, code: Code) -> list[ChangeRow]:
        return self._run(
            "SELECT day, code, kind, old, new, disputed FROM changes WHERE code = ? ORDER BY day, position",
            (code,),
        ).fetchall()

    @_guarded
    def count_changes(self, first: date, until: date) -> int:
        row = self._run(
            "SELECT count(*) FROM changes WHERE day >= ? AND day < ?", (first.toordinal(), until.toordinal())
        ).fetchone()
        return int(row[0])

    @_guarded
    def span_days(self) -> tuple[date, date] | None:
        """The first and the last day on which an answer changes."""
        first, last = self._run("SELECT min(first), max(first) FROM spans WHERE first > 0").fetchone()
        return (date.fromordinal(first), date.fromordinal(last)) if first else None

    @_guarded
    def refs_to(self, section: Code) -> list[RefRow]:
        """Places in versions in force on any day that refer to a section or a part of it."""
        return [RefRow(*row) for row in self._run(_REFS_TO, (section,))]

    @_guarded
    def contents_pages(self, known: int | None = None) -> list[ContentsPage]:
        """Every capture of the contents, as far as it was known by a day."""
        pages = self._run(
            "SELECT id, sha256, site_path FROM pages WHERE id IN (SELECT page FROM contents_lines)"
            " ORDER BY sha256, site_path"
        ).fetchall()
        found = []
        for page, sha256, site_path in pages:
            sights = seen_of_page(self._connection, page, known)
            if sights.seen:
                found.append(ContentsPage(page, sha256, sights.seen, work_of(site_path or "")))
        return found

    @_guarded
    def contents_lines(self, page: int) -> list[ContentsLine]:
        """The lines of one of them, in printed order."""
        lines = self._run("SELECT record FROM contents_lines WHERE page = ? ORDER BY position", (page,))
        return [LINE.loads(record) for (record,) in lines]

    @_guarded
    def versions_counted(self) -> dict[Code, tuple[int, int, int]]:
        """For each code how many versions it has, how many of known start, and how many whose text is held whole."""
        rows = self._run(
            "SELECT code, count(*), count(effective_from), sum(held) FROM versions GROUP BY code"
        )
        return {code: (all_of_them, dated, held) for code, all_of_them, dated, held in rows}

    @_guarded
    def disputed_codes(self) -> set[Code]:
        return {code for (code,) in self._run("SELECT DISTINCT code FROM spans WHERE answer = 'disputed'")}

    @_guarded
    def capture(self, sha256: Sha256) -> list[Capture]:
        """Every sighting of some bytes."""
        rows = self._run(
            "SELECT DISTINCT s.record FROM pages AS p JOIN sightings AS s ON s.page = p.id WHERE p.sha256 = ?"
            " ORDER BY s.record",
            (sha256,),
        )
        return [CAPTURE.loads(record) for (record,) in rows]

    @_guarded
    def newest_seen(self) -> date | None:
        # a page of unknown day tells nothing of how new the copy is, unless there is no other
        row = self._run(
            "SELECT max(seen) FROM sightings GROUP BY exact ORDER BY exact DESC LIMIT 1"
        ).fetchone()
        return date.fromordinal(row[0]) if row else None

    @_guarded
    def newest_seen_by_code(self) -> dict[Code, int]:
        """For each code the last day on which a page of its own was seen."""
        return dict(
            self._run(
                "SELECT p.code, max(s.seen) FROM pages AS p JOIN sightings AS s ON s.page = p.id"
                " WHERE p.code IS NOT NULL GROUP BY p.code"
            ).fetchall()
        )

    @_guarded
    def documents_by_kind(self) -> dict[str, int]:
        return dict(self._run("SELECT kind, count(*) FROM pages GROUP BY kind ORDER BY kind").fetchall())

    @_guarded
    def hashes_of_kind(self, kind: str) -> set[Sha256]:
        return {Sha256(sha256) for (sha256,) in self._run("SELECT sha256 FROM pages WHERE kind = ?", (kind,))}

    @_guarded
    def other_pages(self) -> list[tuple[Any, str, Sha256, SitePath, tuple[Finding, ...]]]:
        """Pages that are no instruction and no contents: kind, title, hash, site path or '', findings."""
        rows = self._run(
            "SELECT id, kind, title, sha256, site_path FROM pages WHERE kind NOT IN ('instruction', 'contents')"
            " ORDER BY kind, title, sha256, site_path"
        ).fetchall()
        return [(*row[1:], self._findings_of_page(row[0])) for row in rows]

    def _findings_of_page(self, page: int) -> tuple[Finding, ...]:
        rows = self._run("SELECT record FROM page_findings WHERE page = ? ORDER BY position", (page,))
        return tuple([FINDING.loads(record) for (record,) in rows])

    @_guarded
    def findings(self, severity: Severity | None = None) -> list[Finding]:
        rows = self._run(_FINDINGS, {"severity": severity})
        return [FINDING.loads(record) for (record,) in rows]

    @_guarded
    def findings_by_severity(self) -> dict[str, int]:
        return dict(self._run(_FINDINGS_BY_SEVERITY).fetchall())

    @_guarded
    def links(self, code: Code) -> list[Link]:
        rows = self._run(
            "SELECT record FROM links WHERE source = ? OR target = ? ORDER BY record", (code, code)
        )
        return [LINK.loads(record) for (record,) in rows]

    @_guarded
    def histories(self) -> Iterator[History]:
        for code in sorted(self.codes()):
            history = self.history(code)
            if history is not None:
                yield history

    @_guarded
    def pages(self) -> dict[PageKey, frozenset[str]]:
        return sightings_by_page(self._connection)

    @_guarded
    def require_sound(self) -> None:
        """Read the whole file. Raises StoreError where anything in it is damaged."""
        problem = self._run("PRAGMA integrity_check(1)").fetchone()[0]
        if problem != "ok":
            raise ValueError(problem)
        for code in self.codes():
            self.history(code)
        for (content,) in self._run("SELECT content FROM pages"):
            TEXT.inflate(content)


def _versions_in(record: str) -> Iterable[VersionId]:
    versions: tuple[VersionId, ...] = SPAN.loads(record).versions
    return versions


_ALL_FINDINGS = """
    SELECT severity, record FROM whole_findings
    UNION SELECT severity, record FROM page_findings
    UNION SELECT severity, record FROM code_findings
    UNION SELECT severity, record FROM remarks
"""
_FINDINGS = f"SELECT record FROM ({_ALL_FINDINGS}) WHERE :severity IS NULL OR severity = :severity"
_FINDINGS_BY_SEVERITY = f"SELECT severity, count(*) FROM ({_ALL_FINDINGS}) GROUP BY severity"
_REFS_TO = """
    SELECT v.code, v.title, v.id, r.pinpoint, r.target, r.code, s.first, s.until
    FROM refs AS r
    JOIN versions AS v ON v.text_page = r.page
    JOIN spans AS s ON s.code = v.code AND s.version = v.id AND s.answer = 'in_force'
    WHERE r.section = ?
    ORDER BY v.code, s.first, r.position
"""
