"""Build a knowledge base: add pages, then derive the histories of the codes they mention, then check."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from manual.dates import local_day
from manual.errors import StoreError
from manual.model import MANUAL, Capture, Code, Sha256, Work
from manual.publisher import INZ, Publisher
from manual.store import files
from manual.store.forms import CAPTURE, SHAPE
from manual.store.histories import Histories
from manual.store.remarks import codes_to_remark_on, latest_contents
from manual.store.rows import PageRow
from manual.store.sights import (
    PageKey,
    hashes_read,
    pages_not_read,
    seen_as,
    seen_in,
    sightings_by_page,
)


class Writer(Histories):
    """One knowledge base being built at `path`. Must be closed, or used as a context manager."""

    def __init__(self, path: Path, publisher: Publisher = INZ) -> None:
        super().__init__(files.open_to_build(path), publisher)
        self._path = path

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: object, *exc: object) -> None:
        self._connection.close()
        if kind is None:
            files.seal(self._path)

    def close(self) -> None:
        self.__exit__(None)

    def begin(self) -> None:
        self._run("BEGIN")

    def commit(self) -> None:
        self._run("COMMIT")

    # ------------------------------------------------------------ what is there

    def meta(self) -> dict[str, str]:
        return dict(self._run("SELECT key, value FROM meta"))

    def set_meta(self, **values: str) -> None:
        self._connection.executemany("REPLACE INTO meta VALUES (?, ?)", values.items())

    def pages(self) -> dict[PageKey, frozenset[str]]:
        """Every page with the records of its sightings."""
        return sightings_by_page(self._connection)

    def hashes_read(self) -> frozenset[Sha256]:
        """All captures whose bytes could be had."""
        return hashes_read(self._connection)

    def pages_not_read(self) -> list[PageKey]:
        return pages_not_read(self._connection)

    # ------------------------------------------------------------ pages

    def add_page(self, row: PageRow) -> None:
        """Write what was read from a page. Its statements count once it has a sighting."""
        page = self._run(
            "INSERT INTO pages"
            " (sha256, site_path, part, kind, code, title, seen_on, seen_exact, text_digest, content)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                row.sha256,
                row.site_path,
                row.part,
                row.kind,
                row.code,
                row.title,
                row.seen_on,
                int(row.seen_exact),
                row.text_digest,
                row.content,
            ),
        ).lastrowid
        many = self._connection.executemany
        many("INSERT INTO statements VALUES (?, ?, ?)", [(code, page, said) for code, said in row.statements])
        many("INSERT INTO marks VALUES (?, ?, ?, ?)", [(page, *mark) for mark in row.marks])
        many(
            "INSERT INTO contents_lines VALUES (?, ?, ?)", [(page, n, r) for n, r in enumerate(row.contents)]
        )
        many("INSERT INTO terms VALUES (?, ?, ?, ?)", [(page, n, *term) for n, term in enumerate(row.terms)])
        many(
            "INSERT INTO refs VALUES (?, ?, ?, ?, ?, ?)", [(page, n, *ref) for n, ref in enumerate(row.refs)]
        )
        many(
            "INSERT INTO page_findings VALUES (?, ?, ?, ?)",
            [(page, n, severity, record) for n, (severity, record) in enumerate(row.findings)],
        )

    def remove_page(self, key: PageKey) -> None:
        self._mark_stale(key)
        self._run("DELETE FROM pages WHERE sha256 = ? AND site_path = ?", key)

    def set_sightings(self, key: PageKey, records: Iterable[str]) -> None:
        """Replace the sightings of a page, for all its texts."""
        captures = [(record, CAPTURE.loads(record)) for record in records]
        parts = self._run(
            "SELECT id, seen_on, seen_exact FROM pages WHERE sha256 = ? AND site_path = ?", key
        ).fetchall()
        for page, seen_on, exact in parts:
            self._run("DELETE FROM sightings WHERE page = ?", (page,))
            self._connection.executemany(
                "INSERT INTO sightings VALUES (?, ?, ?, ?, ?)",
                [
                    (page, record, *self._days_of_sight(capture, seen_on, exact))
                    for record, capture in captures
                ],
            )
            self._sights.pop(page, None)
        self._mark_stale(key)

    def _days_of_sight(self, capture: Capture, seen_on: int | None, exact: bool) -> tuple[int, int, int]:
        """When it was seen, whether exactly, and from when it counts for `known`: a text in an issue was seen on the
        day of issue, but it could be known only from the day of saving."""
        seen = seen_as(capture, seen_on, exact, self.publisher)
        known = local_day(capture.known_at, self.publisher)
        return seen.day.toordinal(), int(seen.exact), known.toordinal()

    def _mark_stale(self, key: PageKey) -> None:
        self._run(
            "INSERT OR IGNORE INTO stale SELECT s.code FROM statements AS s JOIN pages AS p ON p.id = s.page"
            " WHERE p.sha256 = ? AND p.site_path = ?",
            key,
        )

    def mark_all_stale(self) -> None:
        self._run("INSERT OR IGNORE INTO stale SELECT code FROM statements")

    # ------------------------------------------------------------ histories

    def stale_codes(self) -> list[Code]:
        return [Code(code) for (code,) in self._run("SELECT code FROM stale ORDER BY code")]

    # ------------------------------------------------------------ the whole

    def put_remarks(self) -> None:
        """Replace the remarks. All histories must be present."""
        self._run("DELETE FROM remarks")
        contents = latest_contents(self._connection, self.publisher)
        codes = [Code(code) for (code,) in self._run("SELECT code FROM codes")]
        codes = [code for code in codes if Work.of(code).scheme == MANUAL]  # no contents list the others
        for code in codes_to_remark_on(self._connection, contents, codes):
            self.put_remarks_on(code, contents)

    def finish(self, stamp: Mapping[str, str]) -> str:
        """Check everything and mark the file as finished. Returns the digest. Raises StoreError if an invariant is
        broken."""
        self._require_cover()
        digest = self._digest(stamp)
        self.set_meta(**stamp, digest=digest, finished="yes")
        return digest

    def unfinish(self) -> None:
        """Mark the file as work in progress, which no reader accepts."""
        self._run("DELETE FROM meta WHERE key = 'finished'")

    def _require_cover(self) -> None:
        """Raises StoreError unless every code has exactly one answer for every day."""
        if self._run("SELECT 1 FROM stale").fetchone():
            raise StoreError("Some histories were not derived. Run `inforce rebuild`.")
        row = self._run(_UNCOVERED).fetchone()
        if row:
            raise StoreError(f"The answers for {row[0]} do not cover every day once.")

    def _digest(self, stamp: Mapping[str, str]) -> str:
        """The digest of everything that answers depend on: what was seen when, and the rules by which it was read."""
        hasher = hashlib.sha256(json.dumps([SHAPE, sorted(stamp.items())]).encode())
        for key, records in sorted(self.pages().items()):
            sights = sorted(_identity(CAPTURE.loads(record), self.publisher) for record in records)
            hasher.update(json.dumps([key, sights]).encode())
        for (record,) in self._run("SELECT record FROM whole_findings ORDER BY record"):
            hasher.update(record.encode())
        return hasher.hexdigest()


_UNCOVERED = """
    SELECT code FROM (
        SELECT code, first, until,
               lag(until) OVER w AS before, lead(first) OVER w AS after, row_number() OVER w AS place
        FROM spans WINDOW w AS (PARTITION BY code ORDER BY first)
    )
    WHERE (place = 1 AND first <> 0) OR (place > 1 AND before IS NOT first) OR (after IS NULL AND until IS NOT NULL)
    UNION ALL
    SELECT code FROM codes WHERE NOT EXISTS (SELECT 1 FROM spans WHERE spans.code = codes.code)
    LIMIT 1
"""


def _identity(capture: Capture, publisher: Publisher) -> list[str]:
    seen = seen_in(capture, publisher)
    moment = capture.captured_at.isoformat() if capture.captured_at else seen.day.isoformat()
    return [capture.media, capture.address or "", moment, str(seen.exact)]
