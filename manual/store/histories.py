"""Histories in a knowledge base: derived from statements, written, and checked against each other."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations, groupby
from operator import itemgetter

from manual.errors import StoreError
from manual.model import Code, Finding, History, Link, Sha256, SitePath, Version
from manual.publisher import INZ, Publisher
from manual.store.forms import FINDING, LINK
from manual.store.remarks import LatestContents, remarks_on
from manual.store.rows import HistoryRow
from manual.store.sights import PageStatements, Sights, read_history, seen_of_page


class Histories:
    """The derived tables, on a connection that may write them."""

    def __init__(self, connection: sqlite3.Connection, publisher: Publisher = INZ) -> None:
        self.publisher = publisher
        self._connection = connection
        self._run = connection.execute
        self._sights: dict[int, Sights] = {}

    def said_about(self, code: Code) -> list[PageStatements]:
        """All statements about a code, in no particular order."""
        rows = self._run("SELECT page, said FROM statements WHERE code = ?", (code,)).fetchall()
        said = [PageStatements(said, self._sights_of(page)) for page, said in rows]
        return [one for one in said if one.sights.seen]

    def _sights_of(self, page: int) -> Sights:
        if page not in self._sights:
            self._sights[page] = seen_of_page(self._connection, page)
        return self._sights[page]

    def put_history(self, row: HistoryRow, said: Sequence[Sights]) -> None:
        """Replace the history of a code. Raises StoreError if its spans overlap."""
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
        """Remove a code about which there are no statements any more."""
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
        """The histories of all codes sharing a text that one of them loses on the day on which another begins with
        it."""
        for (code,) in self._run(_SAME_WORDS).fetchall():
            yield read_history(self._connection, Code(code))

    def put_links(self, links: Iterable[Link]) -> None:
        """Replace the links derived from all histories."""
        self._run("DELETE FROM links WHERE origin IS NULL")
        self._insert_links(None, links)

    def _insert_links(self, origin: Code | None, links: Iterable[Link]) -> None:
        self._connection.executemany(
            "INSERT INTO links (origin, source, target, record) VALUES (?, ?, ?, ?)",
            [(origin, link.source, link.target, LINK.dumps(link)) for link in links],
        )

    def claimed_twice(self) -> Iterator[Finding]:
        """Pages of two codes seen at one address on one day: one of the files has a wrong name.

        An address that shows different codes on different days is no such case: a page may be replaced by another.
        """
        for path, group in groupby(self._pages_of_contested_addresses(), key=itemgetter(0)):
            pages = [(code, sha256, self._days_of(page)) for _, code, sha256, page in group]
            for (code, _, days), (other, sha256, other_days) in combinations(pages, 2):
                if code != other and days & other_days:
                    message = (
                        f"{path} is claimed by {code} and by {other} on one day; both are kept, each under its code. "
                        "See which file bears a wrong name, and load it again under its own"
                    )
                    yield Finding("warning", "address_twice", message, other, sha256, path)

    def _pages_of_contested_addresses(self) -> list[tuple[SitePath, Code, Sha256, int]]:
        pages = "FROM pages WHERE code IS NOT NULL AND site_path <> '' AND part = 0"
        return self._run(
            f"SELECT site_path, code, sha256, id {pages} AND site_path IN "
            f"(SELECT site_path {pages} GROUP BY site_path HAVING count(DISTINCT code) > 1) ORDER BY 1, 2, 3"
        ).fetchall()

    def _days_of(self, page: int) -> set[tuple[date, bool]]:
        return {(seen.day, seen.exact) for seen in self._sights_of(page).seen}

    def put_findings(self, findings: Iterable[Finding]) -> None:
        """Replace the findings about the whole, which belong to no single page or code."""
        self._run("DELETE FROM whole_findings")
        self._connection.executemany(
            "INSERT INTO whole_findings (severity, record) VALUES (?, ?)",
            [(finding.severity, FINDING.dumps(finding)) for finding in findings],
        )

    def put_remarks_on(self, code: Code, contents: Sequence[LatestContents]) -> None:
        """Add remarks on a code, whose history must be present."""
        history = read_history(self._connection, code)
        said = remarks_on(self._connection, history, contents, self.publisher)
        self._connection.executemany(
            "INSERT INTO remarks VALUES (?, ?, ?, ?, ?)",
            [
                (code, n, _ordinal(since), finding.severity, FINDING.dumps(finding))
                for n, (_, since, finding) in enumerate(said)
            ],
        )


_SAME_WORDS = """
    SELECT DISTINCT code FROM versions WHERE text_digest <> '' AND text_digest IN (
        SELECT new.text_digest
        FROM versions AS old
        JOIN versions AS new ON new.text_digest = old.text_digest AND new.effective_from = old.effective_until
        WHERE old.text_digest <> '' AND new.text_digest <> '' AND new.code <> old.code
    )
    ORDER BY code
"""


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
