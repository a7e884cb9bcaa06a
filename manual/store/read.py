"""Queries on a finished knowledge base. Every method is one or two indexed queries; none decides anything."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple, ParamSpec, TypeVar

from manual.errors import WrongPublisher
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
    Statement,
    Version,
    VersionId,
)
from manual.publisher import INZ, Publisher
from manual.store import files
from manual.store.forms import (
    CAPTURE,
    FINDING,
    LINE,
    LINK,
    SPAN,
    TEXT,
    PageText,
    statements_from,
)
from manual.store.records import SUM_LENGTH
from manual.store.sights import (
    PageKey,
    PageStatements,
    hashes_read,
    pages_not_read,
    read_history,
    read_versions,
    seen_of_page,
    sightings_by_page,
    work_of,
)

VERIFIED_FOR = 60.0
"""Seconds for which a file that is held open is taken for the one that was verified."""
P = ParamSpec("P")
R = TypeVar("R")


Identity = tuple[int, int, int, int]
"""Tells one knowledge base file from the one that replaces it: device, inode, moment of change, size."""


class OutlineSpan(NamedTuple):
    """A run of days with one answer. `first` is None for the run before all others. Versions only if they are the
    answer."""

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


class ContentsCapture(NamedTuple):
    """One capture of the table of contents, without its lines."""

    page: int
    sha256: Sha256
    seen: tuple[Seen, ...]
    work: str = ""
    """Folder of its address, such as `specimen`: contents of another work don't replace these, they stand beside.
    Empty for the publisher's manual, and where no address is known."""


class RefRow(NamedTuple):
    """A place that refers to a code, with its version and days on which that is in force."""

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


class SightRecorded(NamedTuple):
    """One sighting of a page, and its capture."""

    page: int
    seen: Seen
    capture: Capture


class PageOf(NamedTuple):
    """One text read from a capture's bytes."""

    kind: str
    """A DocumentKind, or `not_understood`."""
    code: Code | None
    title: str
    text_digest: str
    """Empty where no text is held, or words are missing."""
    day_known: int
    """1 where a known day is among those on which it was seen."""
    lines: int
    """Of contents: how many lines they have."""
    only_a_list: int
    """1 for a chapter's page that only lists others: it has no text that could be held."""


class TermRow(NamedTuple):
    """A term that a text defines, with its version and days on which that is in force."""

    term: str
    pinpoint: str
    code: Code
    title: str
    version: VersionId
    first: int
    until: int | None

    def stands_on(self, day: int) -> bool:
        return self.first <= day and (self.until is None or day < self.until)


class Replaced(Exception):
    """The file was replaced while a thread opened it: the caller should open the new one."""


def _guarded(method: Callable[P, R]) -> Callable[P, R]:
    """Turn damage found while reading into a StoreError that says what to do."""

    @wraps(method)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        reader = args[0]
        assert isinstance(reader, Reader)
        try:
            with reader.turn:
                reader.verify_when_due()
                return method(*args, **kwargs)
        except files.SIGNS_OF_DAMAGE as problem:
            files.damaged(reader.path, str(problem), problem)

    return guarded


class _Held:
    """A connection that is closed when its thread or reader ends."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.process = os.getpid()

    def close(self) -> None:
        self.connection.close()

    __del__ = close


OF_THE_MANUAL = "instr(code, ':') = 0"
"""The key of a work of any other scheme has a colon (`model.Work`). Whatever lists, counts or compares all codes asks
for those of the manual alone; a look-up by key needs no such condition."""


class Reader:
    """One state of the file, for any number of threads, each with its own connection.

    After the file is replaced, new threads get `Replaced`; threads with a connection keep the old state.
    """

    turn: AbstractContextManager[object] = nullcontext()
    """Held while a question is answered: here nobody waits, since each thread has a connection of its own."""

    _codes = f"SELECT code FROM codes WHERE {OF_THE_MANUAL}"

    def __init__(self, path: Path, publisher: Publisher = INZ, *, mapped: bool = True) -> None:
        """Raises WrongPublisher if the file was made from another publisher's pages."""
        self.path = path
        self.publisher = publisher
        self._mapped = mapped
        self._local = threading.local()
        self._all: weakref.WeakSet[_Held] = weakref.WeakSet()
        identity = identity_of(path)
        if identity is None:
            files.open_to_read(path).close()  # says what is missing
            raise Replaced
        self.identity = identity
        self.verified = time.monotonic()
        self.meta = self._read_meta()
        holds = self.meta.get("publisher", INZ.name)  # files made before it was kept are of the one there was
        if holds != publisher.name:
            self.close()
            raise WrongPublisher(str(path.parent), holds, publisher.name)

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

    def verify_when_due(self) -> None:
        """Read the file again every `VERIFIED_FOR` seconds: what stays open for weeks may change where nobody writes.

        A file that took its place in the meantime is verified by whoever opens it.
        """
        if time.monotonic() - self.verified < VERIFIED_FOR:
            return
        if identity_of(self.path) == self.identity:
            files.verify(self.path)
        self.verified = time.monotonic()

    @_guarded
    def _read_meta(self) -> dict[str, str]:
        return dict(self._run("SELECT key, value FROM meta").fetchall())

    @property
    def digest(self) -> str:
        return self.meta.get("digest", "")

    def _run(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> sqlite3.Cursor:
        return self._connection.execute(sql, values)

    def attach(self) -> None:
        """Open this thread's connection now, so that it keeps this state even if the file is replaced."""
        _ = self._connection

    # ------------------------------------------------------------ what must be derived before it can be looked up

    # A finished file holds all that is derived, so there is nothing to do; `known.KnownReader` derives it here. Each
    # method that looks into a derived table (versions, spans, changes, links, findings) calls one of these first.

    def _need(self, *codes: Code) -> None:
        """Derive the histories of these codes, if necessary."""

    def _need_all(self) -> None:
        """Derive the histories of all codes and what follows from all of them."""

    def _need_works(self) -> None:
        """The histories of all works beside the manual."""

    def _need_version(self, id: VersionId) -> None:
        """Derive the history with this version."""

    def _need_links(self) -> None:
        """Derive the histories that contain links, and the links between histories."""

    def _need_referring(self, section: Code) -> None:
        """Derive the histories of all codes with a text that refers to a section or a place in it."""

    # ------------------------------------------------------------ one code

    @_guarded
    def history(self, code: Code) -> History | None:
        self._need(code)
        try:
            return read_history(self._connection, code)
        except LookupError:
            return None

    @_guarded
    def versions(self, code: Code, ids: Collection[VersionId]) -> list[Version]:
        """Some versions of a known code."""
        self._need(code)
        return read_versions(self._connection, code, ids)

    @_guarded
    def code_of(self, id: VersionId) -> Code | None:
        self._need_version(id)
        row = self._run("SELECT code FROM versions WHERE id = ?", (id,)).fetchone()
        return Code(row[0]) if row else None

    @_guarded
    def text(self, id: VersionId) -> tuple[PageText, tuple[Finding, ...]] | None:
        """The page with a version's text, and the findings from reading it."""
        self._need_version(id)
        row = self._run(
            "SELECT p.id, p.content FROM versions AS v JOIN pages AS p ON p.id = v.text_page WHERE v.id = ?",
            (id,),
        ).fetchone()
        if row is None:
            return None
        found = self._run("SELECT record FROM page_findings WHERE page = ? ORDER BY position", (row[0],))
        return TEXT.inflate(row[1]), tuple([FINDING.loads(record) for (record,) in found])

    @_guarded
    def text_in(self, capture: Sha256, code: Code) -> tuple[PageText, tuple[Finding, ...]] | None:
        """A capture's text for a code, whichever version it was assigned to."""
        row = self._run(
            "SELECT id, content FROM pages WHERE sha256 = ? AND code = ? ORDER BY site_path, part LIMIT 1",
            (capture, code),
        ).fetchone()
        return (TEXT.inflate(row[1]), self._findings_of_page(row[0])) if row else None

    @_guarded
    def answers_on(self, day: date) -> dict[Code, tuple[str, tuple[VersionId, ...]]]:
        """The answer of every code on a day, with the versions it names."""
        self._need_all()
        number = day.toordinal()
        rows = self._run(
            f"SELECT code, answer, version, record FROM spans WHERE {OF_THE_MANUAL}"
            " AND first <= ? AND (until IS NULL OR until > ?)",
            (number, number),
        )
        return {
            code: (answer, (version,) if version else tuple(_versions_in(record)))
            for code, answer, version, record in rows
        }

    @_guarded
    def titles(self) -> dict[VersionId, str]:
        self._need_all()
        return dict(self._run("SELECT id, title FROM versions WHERE title <> ''").fetchall())

    @_guarded
    def said_about(self, code: Code) -> list[PageStatements]:
        """The statements about a code, with the times their pages were seen."""
        rows = self._run("SELECT page, said FROM statements WHERE code = ?", (code,)).fetchall()
        found = [PageStatements(said, seen_of_page(self._connection, page)) for page, said in rows]
        return [one for one in found if one.sights.seen]

    @_guarded
    def said_as_known(self, code: Code) -> list[tuple[int, str, Seen]]:
        """Each sighting of a page with its statements about a code, undecoded, by the day on which it became known."""
        return [
            (known, said, Seen(date.fromordinal(day), bool(exact), sha256))
            for known, said, day, exact, sha256 in self._run(_SAID_AS_KNOWN, (code,))
        ]

    @_guarded
    def found_while_reading(self, code: Code) -> list[Finding]:
        """Warnings and errors from reading pages, for a code: the one that a finding names, else the page's own."""
        rows = self._run(_FOUND_WHILE_READING, (code,)).fetchall()
        found = ((FINDING.loads(record), of) for record, of in rows)
        return [finding for finding, of in found if (finding.code or of) == code]

    @_guarded
    def remarks(self, code: Code) -> list[tuple[date | None, Finding]]:
        """The remarks on a code, each with the day from which it applies, or None for every day."""
        self._need(code)
        rows = self._run("SELECT since, record FROM remarks WHERE code = ? ORDER BY position", (code,))
        return [
            (date.fromordinal(since) if since is not None else None, FINDING.loads(record))
            for since, record in rows
        ]

    # ------------------------------------------------------------ all codes

    @_guarded
    def outlines(self) -> dict[Code, Outline]:
        """What addresses are made of, for every code, in two passes and without decoding whole records."""
        self._need_all()
        found: dict[Code, Outline] = {}
        spans = f"SELECT code, first, answer, version, record FROM spans WHERE {OF_THE_MANUAL} ORDER BY code, first"
        for code, first, answer, version, record in self._run(spans):
            outline = found.get(code)
            if outline is None:
                outline = found[code] = Outline([], [])
            several = answer in ("disputed", "undated")
            named = (version,) if version else tuple(_versions_in(record)) if several else ()
            outline.spans.append(OutlineSpan(date.fromordinal(first) if first else None, answer, named))
        versions = "SELECT code, id, effective_from, text_page FROM versions"
        versions += f" WHERE {OF_THE_MANUAL} ORDER BY code, position"
        for code, id, starts, page in self._run(versions):
            begun = date.fromordinal(starts) if starts is not None else None
            found[code].versions.append(OutlineVersion(id, begun, page is not None))
        return found

    @_guarded
    def codes(self) -> list[Code]:
        """Every code of the manual with statements. Works of other schemes are read by their key."""
        return [Code(code) for (code,) in self._run(self._codes)]

    @_guarded
    def addressed(self, number: str) -> list[tuple[Code, SitePath]]:
        """Codes of the manual whose own page has an address ending in this number according to any page, with the
        address."""
        stated_of = f"SELECT said FROM statements WHERE {OF_THE_MANUAL} AND instr(said, ?)"
        rows = self._run(stated_of, (f'/{number}"',))
        found = {
            (stated.code, stated.address)
            for (said,) in rows
            for stated in statements_from(said)
            if stated.address is not None and stated.kind != "claim"  # a claim speaks of another code's page
        }
        return sorted(one for one in found if one[1].rpartition("/")[2] == number)

    @_guarded
    def changes(self, first: date, until: date) -> list[ChangeRow]:
        self._need_all()
        return self._run(
            f"SELECT day, code, kind, old, new, disputed FROM changes WHERE {OF_THE_MANUAL} AND day >= ? AND day < ?"
            " ORDER BY day, code, position",
            (first.toordinal(), until.toordinal()),
        ).fetchall()

    @_guarded
    def changes_of(self, code: Code) -> list[ChangeRow]:
        self._need(code)
        return self._run(
            "SELECT day, code, kind, old, new, disputed FROM changes WHERE code = ? ORDER BY day, position",
            (code,),
        ).fetchall()

    @_guarded
    def count_changes(self, first: date, until: date) -> int:
        self._need_all()
        row = self._run(
            f"SELECT count(*) FROM changes WHERE {OF_THE_MANUAL} AND day >= ? AND day < ?",
            (first.toordinal(), until.toordinal()),
        ).fetchone()
        return int(row[0])

    @_guarded
    def span_days(self) -> tuple[date, date] | None:
        """The first and the last day on which an answer changes."""
        self._need_all()
        first, last = self._run(
            f"SELECT min(first), max(first) FROM spans WHERE {OF_THE_MANUAL} AND first > 0"
        ).fetchone()
        return (date.fromordinal(first), date.fromordinal(last)) if first else None

    @_guarded
    def works_beside(self) -> list[tuple[Code, str]]:
        """Key and title of every work beside the manual, by key, from the pages that show them."""
        rows = self._run(
            "SELECT code, max(title) FROM pages WHERE instr(code, ':') > 0 GROUP BY code ORDER BY code"
        )
        return [(Code(code), title) for code, title in rows]

    @_guarded
    def said_by_circulars(self, code: Code) -> list[tuple[Code, tuple[Statement, ...]]]:
        """Each circular that changes a code, by key, and what it says of the code."""
        rows = self._run(
            "SELECT DISTINCT p.code, s.said FROM statements AS s JOIN pages AS p ON p.id = s.page"
            " WHERE s.code = ? AND instr(p.code, 'circular:') = 1 ORDER BY p.code, s.said",
            (code,),
        )
        return [(Code(circular), statements_from(said)) for circular, said in rows]

    @_guarded
    def said_in_circular(self, circular: Code) -> list[Statement]:
        """What a circular says about codes, in its order."""
        rows = self._run(
            "SELECT s.said FROM statements AS s JOIN pages AS p ON p.id = s.page"
            " WHERE p.code = ? AND s.code <> p.code GROUP BY s.said",
            (circular,),
        )
        said_of_codes = [statement for (said,) in rows for statement in statements_from(said)]
        return sorted(said_of_codes, key=lambda statement: (statement.position, statement.code))

    @_guarded
    def mentioned_in(self, section: Code) -> list[tuple[Code, Code]]:
        """Each notice or circular that names a section or a place in it, with that code."""
        rows = self._run(
            "SELECT DISTINCT p.code, r.code FROM refs AS r JOIN pages AS p ON p.id = r.page"
            " WHERE r.section = ? AND (instr(p.code, 'notice:') = 1 OR instr(p.code, 'circular:') = 1)"
            " ORDER BY p.code, r.code",
            (section,),
        )
        return [(Code(beside), Code(named)) for beside, named in rows]

    @_guarded
    def refs_to(self, section: Code) -> list[RefRow]:
        """Places in versions in force on any day that refer to a section or a place in it."""
        self._need_referring(section)
        return [RefRow(*row) for row in self._run(_REFS_TO, (section,))]

    @_guarded
    def sights_recorded(self) -> list[SightRecorded]:
        """Every sighting of every page, with the day on which it was recorded."""
        return [
            SightRecorded(page, Seen(date.fromordinal(seen), bool(exact), sha256), CAPTURE.loads(record))
            for page, seen, exact, sha256, record in self._run(_SIGHTS_RECORDED)
        ]

    @_guarded
    def codes_said_on(self, page: int) -> list[Code]:
        """The codes of the manual that a page mentions."""
        return [
            Code(code)
            for (code,) in self._run(
                f"SELECT code FROM statements WHERE page = ? AND {OF_THE_MANUAL}", (page,)
            )
        ]

    @_guarded
    def statements_by_page(self, code: Code) -> list[tuple[int, str]]:
        """What each page says about a code, undecoded."""
        return self._run("SELECT page, said FROM statements WHERE code = ? ORDER BY page", (code,)).fetchall()

    @_guarded
    def only_lists(self) -> set[tuple[Code, Sha256]]:
        """Codes with the captures in which their own page has no text and only a list of others."""
        return set(
            self._run(f"SELECT code, sha256 FROM pages WHERE code IS NOT NULL AND id IN ({_ONLY_LISTS})")
        )

    @_guarded
    def references(self) -> list[tuple[Code, int, int | None]]:
        """Each code to which a version in force refers, with a run of days of that version: first day (included) and
        end (excluded; None: no end)."""
        self._need_all()
        return self._run(_REFERENCES).fetchall()

    @_guarded
    def all_references(self) -> list[tuple[str, ...]]:
        """Version, code, place, target and the code or key that it names, of each reference of each text."""
        self._need_all()
        self._need_works()
        return self._run(_ALL_REFERENCES).fetchall()

    @_guarded
    def terms(self) -> list[TermRow]:
        """Every term that the text of a version in force on any day defines."""
        self._need_all()
        return [TermRow(*row) for row in self._run(_TERMS)]

    @_guarded
    def contents_pages(self) -> list[ContentsCapture]:
        """Every capture of the contents."""
        pages = self._run(
            "SELECT id, sha256, site_path FROM pages WHERE id IN (SELECT page FROM contents_lines)"
            " ORDER BY sha256, site_path"
        ).fetchall()
        return [
            ContentsCapture(
                page,
                sha256,
                seen_of_page(self._connection, page).seen,
                work_of(site_path or "", self.publisher),
            )
            for page, sha256, site_path in pages
        ]

    @_guarded
    def contents_lines(self, page: int) -> list[ContentsLine]:
        """The lines of one capture of the contents, in printed order."""
        lines = self._run("SELECT record FROM contents_lines WHERE page = ? ORDER BY position", (page,))
        return [LINE.loads(record) for (record,) in lines]

    @_guarded
    def lines_without_code(self) -> list[tuple[int, ContentsLine]]:
        """The lines without a code of all contents, each with the number of its page."""
        lines = self._run(
            f"SELECT page, record FROM contents_lines WHERE {_SECOND_FIELD} IS NULL ORDER BY page, position"
        )
        return [(page, LINE.loads(record)) for page, record in lines]

    @_guarded
    def versions_counted(self) -> dict[Code, tuple[int, int, int]]:
        """For each code the numbers of its versions, of those with a known start, and of those with a complete text."""
        self._need_all()
        rows = self._run(
            "SELECT code, count(*), count(effective_from), sum(held) FROM versions GROUP BY code"
        )
        return {code: (all_of_them, dated, held) for code, all_of_them, dated, held in rows}

    @_guarded
    def disputed_codes(self) -> set[Code]:
        self._need_all()
        return {
            code
            for (code,) in self._run(
                f"SELECT DISTINCT code FROM spans WHERE {OF_THE_MANUAL} AND answer = 'disputed'"
            )
        }

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
    def days_known(self) -> list[int]:
        """The days, as ordinals, on which anything became known, in order."""
        return [day for (day,) in self._run("SELECT DISTINCT known FROM sightings ORDER BY known")]

    @_guarded
    def newest_seen(self, exact: bool = False) -> date | None:
        """The last day on which a page was seen. With `exact`: None if no page was seen on a known day."""
        if exact:
            (day,) = self._run("SELECT max(seen) FROM sightings WHERE exact").fetchone()
            return date.fromordinal(day) if day else None
        # a page of unknown day tells nothing of how new the copy is, unless there is no other
        row = self._run(
            "SELECT max(seen) FROM sightings GROUP BY exact ORDER BY exact DESC LIMIT 1"
        ).fetchone()
        return date.fromordinal(row[0]) if row else None

    @_guarded
    def newest_seen_by_code(self) -> dict[Code, int]:
        """For each code the last known day on which a page of its own was seen."""
        return dict(
            self._run(
                "SELECT p.code, max(s.seen) FROM pages AS p JOIN sightings AS s ON s.page = p.id"
                " WHERE s.exact AND p.code IS NOT NULL AND instr(p.code, ':') = 0 GROUP BY p.code"
            ).fetchall()
        )

    @_guarded
    def documents_by_kind(self) -> dict[str, int]:
        return dict(self._run("SELECT kind, count(*) FROM pages GROUP BY kind ORDER BY kind").fetchall())

    @_guarded
    def captures_counted(self) -> int:
        """How many different bytes were read, however many pages stood in each, and at however many addresses."""
        return int(self._run("SELECT count(DISTINCT sha256) FROM pages").fetchone()[0])

    @_guarded
    def hashes_of_kind(self, kind: str) -> set[Sha256]:
        return {Sha256(sha256) for (sha256,) in self._run("SELECT sha256 FROM pages WHERE kind = ?", (kind,))}

    @_guarded
    def pages_of(self, sha256: Sha256) -> list[PageOf]:
        """The texts in a capture's bytes, in order, each once whatever the addresses of the bytes."""
        rows = self._run(_PAGES_OF, (sha256,))
        return [PageOf(*row) for row in rows]

    @_guarded
    def hashes_read(self) -> frozenset[Sha256]:
        """All captures whose bytes could be had."""
        return hashes_read(self._connection)

    @_guarded
    def pages_not_read(self) -> list[PageKey]:
        """Captures whose bytes could not be read: a temporary error, or a lost original."""
        return pages_not_read(self._connection)

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
        self._need_all()
        self._need_works()
        rows = self._run(_FINDINGS, {"severity": severity})
        return [FINDING.loads(record) for (record,) in rows]

    @_guarded
    def findings_by_severity(self) -> dict[str, int]:
        self._need_all()
        self._need_works()
        return dict(self._run(_FINDINGS_BY_SEVERITY).fetchall())

    @_guarded
    def links(self, code: Code) -> list[Link]:
        self._need_links()
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
        """Read the whole file. Raises StoreError if anything in it is damaged."""
        problem = self._run("PRAGMA integrity_check(1)").fetchone()[0]
        if problem != "ok":
            raise ValueError(problem)
        for (code,) in self._run("SELECT code FROM codes").fetchall():
            self.history(code)
        for (content,) in self._run("SELECT content FROM pages"):
            TEXT.inflate(content)


_SIGHTS_RECORDED = """
    SELECT s.page, s.seen, s.exact, p.sha256, s.record
    FROM sightings AS s JOIN pages AS p ON p.id = s.page ORDER BY s.page, s.record
"""
# a record is the list of its fields with a sum behind it (`store.records`)
_SECOND_FIELD = f"json_extract(substr(record, 1, length(record) - {SUM_LENGTH}), '$[1]')"
"""The code of a line of contents, the kind of a finding."""
_ONLY_LISTS = f"SELECT page FROM page_findings WHERE {_SECOND_FIELD} = 'only_a_list'"
_PAGES_OF = f"""
    SELECT p.kind, p.code, p.title, p.text_digest, max(s.exact), count(DISTINCT l.position),
        max(p.id IN ({_ONLY_LISTS}))
    FROM pages AS p LEFT JOIN sightings AS s ON s.page = p.id LEFT JOIN contents_lines AS l ON l.page = p.id
    WHERE p.sha256 = ? GROUP BY p.part ORDER BY p.part
"""


def _versions_in(record: str) -> Iterable[VersionId]:
    versions: tuple[VersionId, ...] = SPAN.loads(record).versions
    return versions


_SAID_AS_KNOWN = """
    SELECT s.known, st.said, s.seen, s.exact, p.sha256
    FROM statements AS st JOIN pages AS p ON p.id = st.page JOIN sightings AS s ON s.page = st.page
    WHERE st.code = ? ORDER BY s.known, p.sha256, p.site_path, p.part, s.record
"""
_FOUND_WHILE_READING = """
    SELECT f.record, p.code
    FROM statements AS s JOIN pages AS p ON p.id = s.page JOIN page_findings AS f ON f.page = p.id
    WHERE s.code = ? AND f.severity <> 'info'
    ORDER BY p.sha256, p.site_path, p.part, f.position
"""
_ALL_FINDINGS = """
    SELECT severity, record FROM whole_findings
    UNION SELECT severity, record FROM page_findings
    UNION SELECT severity, record FROM code_findings
    UNION SELECT severity, record FROM remarks
"""
_FINDINGS = f"SELECT record FROM ({_ALL_FINDINGS}) WHERE :severity IS NULL OR severity = :severity"
_FINDINGS_BY_SEVERITY = f"SELECT severity, count(*) FROM ({_ALL_FINDINGS}) GROUP BY severity"
_REFERENCES = """
    SELECT DISTINCT r.code, s.first, s.until
    FROM refs AS r
    JOIN versions AS v ON v.text_page = r.page
    JOIN spans AS s ON s.code = v.code AND s.version = v.id AND s.answer = 'in_force'
    WHERE instr(v.code, ':') = 0
"""
_ALL_REFERENCES = """
    SELECT DISTINCT v.id, v.code, r.pinpoint, r.target, ifnull(r.code, '')
    FROM refs AS r JOIN versions AS v ON v.text_page = r.page
    ORDER BY v.code, v.position, r.position
"""
_TERMS = """
    SELECT t.term, t.pinpoint, v.code, v.title, v.id, s.first, s.until
    FROM terms AS t
    JOIN versions AS v ON v.text_page = t.page
    JOIN spans AS s ON s.code = v.code AND s.version = v.id AND s.answer = 'in_force'
    WHERE instr(v.code, ':') = 0
    ORDER BY v.code, s.first, t.position
"""
REFERRING = """refs AS r
    JOIN versions AS v ON v.text_page = r.page
    JOIN spans AS s ON s.code = v.code AND s.version = v.id AND s.answer = 'in_force'
    WHERE instr(v.code, ':') = 0"""
"""References in the texts of versions that are in force on some day. (An edition's hashes need the same ones: a page
lists those of its day, and depends on the codes of all of them.)"""
_REFS_TO = f"""
    SELECT v.code, v.title, v.id, r.pinpoint, r.target, r.code, s.first, s.until
    FROM {REFERRING} AND r.section = ?
    ORDER BY v.code, s.first, r.position
"""
