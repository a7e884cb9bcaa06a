"""Building a knowledge base: pages in, then the histories of every code they touched, then checks."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from manual.errors import StoreError
from manual.model import Capture, Code, Finding, History, Link, Sha256, SitePath, Version
from manual.store import files
from manual.store.forms import CAPTURE, FINDING, LINK, SHAPE
from manual.store.remarks import codes_to_remark_on, latest_contents, remarks_on
from manual.store.rows import HistoryRow, PageRow
from manual.store.sights import (
    PageKey,
    Said,
    Sights,
    read_history,
    seen_as,
    seen_in,
    seen_of_page,
    sightings_by_page,
)


class Writer:
    """One knowledge base being built at `path`. Close it, or use it in a `with`, whatever happens."""

    def __init__(self, path: Path) -> None:
        self._connection = files.open_to_build(path)
        self._run = self._connection.execute
        self._sights: dict[int, Sights] = {}

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

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

    # ------------------------------------------------------------ pages

    def add_page(self, row: PageRow) -> None:
        """Write what was read of a page. Its statements count once it has a sighting."""
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
        many(
            "INSERT INTO contents_lines VALUES (?, ?, ?)", [(page, n, r) for n, r in enumerate(row.contents)]
        )
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
        """Replace what is known of when a page was seen, all its texts alike."""
        captures = [(record, CAPTURE.loads(record)) for record in records]
        parts = self._run(
            "SELECT id, seen_on, seen_exact FROM pages WHERE sha256 = ? AND site_path = ?", key
        ).fetchall()
        for page, seen_on, exact in parts:
            self._run("DELETE FROM sightings WHERE page = ?", (page,))
            seen = [(record, seen_as(capture, seen_on, exact)) for record, capture in captures]
            self._connection.executemany(
                "INSERT INTO sightings VALUES (?, ?, ?, ?)",
                [(page, record, sight.day.toordinal(), int(sight.exact)) for record, sight in seen],
            )
        self._mark_stale(key)

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

    def said_about(self, code: Code) -> list[Said]:
        """Everything that pages say about a code, in no particular order."""
        rows = self._run("SELECT page, said FROM statements WHERE code = ?", (code,)).fetchall()
        said = [Said(said, self._sights_of(page)) for page, said in rows]
        return [one for one in said if one.sights.seen]

    def _sights_of(self, page: int) -> Sights:
        if page not in self._sights:
            self._sights[page] = seen_of_page(self._connection, page)
        return self._sights[page]

    def put_history(self, row: HistoryRow, said: Sequence[Sights]) -> None:
        """Replace the history of a code. Raises StoreError where its spans overlap."""
        code = row.code
        self._run("DELETE FROM codes WHERE code = ?", (code,))
        first, last = min(s.first_known for s in said), max(s.last_known for s in said)
        self._run("INSERT INTO codes VALUES (?, ?, ?, ?, ?)", (code, first, last, row.record, row.checksum))
        try:
            self._put_versions(row)
            self._put_spans(row)
        except sqlite3.IntegrityError as problem:
            raise StoreError(f"The history of {code} contradicts itself ({problem}).") from problem
        self._connection.executemany(
            "INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (c.day.toordinal(), code, n, c.kind, c.old, c.new, int(c.disputed))
                for n, c in enumerate(row.changes)
            ],
        )
        self._connection.executemany(
            "INSERT INTO code_findings VALUES (?, ?, ?, ?)",
            [(code, n, severity, record) for n, (severity, record) in enumerate(row.findings)],
        )
        self._insert_links(code, row.links)
        self._run("DELETE FROM stale WHERE code = ?", (code,))

    def forget_code(self, code: Code) -> None:
        """For a code that nothing speaks of any more."""
        self._run("DELETE FROM codes WHERE code = ?", (code,))
        self._run("DELETE FROM stale WHERE code = ?", (code,))

    def _put_versions(self, row: HistoryRow) -> None:
        self._connection.executemany(
            "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?,"
            " (SELECT id FROM pages WHERE sha256 = ?"
            " ORDER BY code IS NOT ?, text_digest <> ?, site_path IS NOT ?, site_path, part LIMIT 1), ?)",
            [_version_row(row.code, place, v, record) for place, (v, record) in enumerate(row.versions)],
        )

    def _put_spans(self, row: HistoryRow) -> None:
        self._connection.executemany(
            "INSERT INTO spans VALUES (?, ?, ?, ?, ?, ?)",
            [
                (
                    row.code,
                    _ordinal(span.first) or 0,
                    _ordinal(span.until),
                    span.answer,
                    span.versions[0] if span.answer in ("in_force", "ended") and span.versions else None,
                    record,
                )
                for span, record in row.spans
            ],
        )

    def histories_of_same_words(self) -> Iterator[History]:
        """The histories of all codes with a text that one of them loses on the day on which another begins with it."""
        for (code,) in self._run(_SAME_WORDS).fetchall():
            yield read_history(self._connection, Code(code))

    # ------------------------------------------------------------ the whole

    def put_links(self, links: Iterable[Link]) -> None:
        """Replace the links that were derived from all histories."""
        self._run("DELETE FROM links WHERE origin IS NULL")
        self._insert_links(None, links)

    def _insert_links(self, origin: Code | None, links: Iterable[Link]) -> None:
        self._connection.executemany(
            "INSERT INTO links (origin, source, target, record) VALUES (?, ?, ?, ?)",
            [(origin, link.source, link.target, LINK.dumps(link)) for link in links],
        )

    def pages_of_contested_addresses(self) -> list[tuple[SitePath, Code, Sha256]]:
        """Pages whose address was seen with more than one code: they may have followed one another, or not."""
        pages = "FROM pages WHERE code IS NOT NULL AND site_path <> '' AND part = 0"
        return self._run(
            f"SELECT site_path, code, sha256 {pages} AND site_path IN "
            f"(SELECT site_path {pages} GROUP BY site_path HAVING count(DISTINCT code) > 1) ORDER BY 1, 2, 3"
        ).fetchall()

    def put_findings(self, findings: Iterable[Finding]) -> None:
        """Findings about the whole: they belong to no single page or code."""
        self._run("DELETE FROM whole_findings")
        self._connection.executemany(
            "INSERT INTO whole_findings (severity, record) VALUES (?, ?)",
            [(finding.severity, FINDING.dumps(finding)) for finding in findings],
        )

    def put_remarks(self) -> None:
        """Replace what is said beside answers. All histories must be there."""
        self._run("DELETE FROM remarks")
        contents = latest_contents(self._connection)
        for code in codes_to_remark_on(self._connection, contents):
            said = remarks_on(self._connection, read_history(self._connection, code), contents)
            self._connection.executemany(
                "INSERT INTO remarks VALUES (?, ?, ?, ?, ?)",
                [
                    (code, n, _ordinal(since), finding.severity, FINDING.dumps(finding))
                    for n, (_, since, finding) in enumerate(said)
                ],
            )

    def finish(self, stamp: Mapping[str, str]) -> str:
        """Check the whole and sign it. Gives the digest. Raises StoreError where an invariant is broken."""
        self._require_cover()
        digest = self._digest(stamp)
        self.set_meta(**stamp, digest=digest, finished="yes")
        return digest

    def unfinish(self) -> None:
        """From here on the file is work in progress and no reader would accept it."""
        self._run("DELETE FROM meta WHERE key = 'finished'")

    def optimise(self) -> None:
        self._run("PRAGMA optimize=0x10002")

    def _require_cover(self) -> None:
        """Every code has exactly one answer for every day."""
        if self._run("SELECT 1 FROM stale").fetchone():
            raise StoreError("Some histories were not derived. Run `inforce rebuild`.")
        row = self._run(_UNCOVERED).fetchone()
        if row:
            raise StoreError(f"The answers for {row[0]} do not cover every day once.")

    def _digest(self, stamp: Mapping[str, str]) -> str:
        """Of all that answers depend on: what was seen when, and the rules by which it was read."""
        hasher = hashlib.sha256(json.dumps([SHAPE, sorted(stamp.items())]).encode())
        for key, records in sorted(self.pages().items()):
            sights = sorted(_identity(CAPTURE.loads(record)) for record in records)
            hasher.update(json.dumps([key, sights]).encode())
        for (record,) in self._run("SELECT record FROM whole_findings ORDER BY record"):
            hasher.update(record.encode())
        return hasher.hexdigest()


_SAME_WORDS = """
    SELECT DISTINCT code FROM versions WHERE text_digest <> '' AND text_digest IN (
        SELECT new.text_digest
        FROM versions AS old
        JOIN versions AS new ON new.text_digest = old.text_digest AND new.effective_from = old.effective_until
        WHERE old.text_digest <> '' AND new.text_digest <> '' AND new.code <> old.code
    )
    ORDER BY code
"""
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


def _identity(capture: Capture) -> list[str]:
    seen = seen_in(capture)
    moment = capture.captured_at.isoformat() if capture.captured_at else seen.day.isoformat()
    return [capture.media, capture.address or "", moment, str(seen.exact)]


def _version_row(code: Code, place: int, version: Version, record: str) -> tuple[object, ...]:
    validity = version.validity
    return (
        version.id,
        code,
        place,
        version.title,
        _ordinal(validity.effective_from),
        _ordinal(validity.effective_until),
        version.text_digest,
        int(version.text_held and not version.text_damaged),
        version.text_capture,
        code,
        version.text_digest,
        version.address,
        record,
    )


def _ordinal(day: object) -> int | None:
    toordinal: Callable[[], int] | None = getattr(day, "toordinal", None)
    return toordinal() if toordinal else None
