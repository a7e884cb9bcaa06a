"""Queries shared by readers and builds: when pages were seen, what they say, and stored histories."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from manual.dates import local_day
from manual.model import Capture, Code, History, Seen, Sha256, Version, VersionId
from manual.publisher import Publisher
from manual.store.forms import VERSION, checksum, history_from

PageKey = tuple[str, str]
"""Hash and site path ('' where unknown)."""


class Sights(NamedTuple):
    """When a page was seen, and the first and last day (ordinals) on which sightings became known."""

    seen: tuple[Seen, ...]
    first_known: int
    last_known: int


class PageStatements(NamedTuple):
    """One page's statements about one code, undecoded, with the times it was seen."""

    statements: str
    sights: Sights


def work_of(site_path: str, publisher: Publisher) -> str:
    """The folder of an address, such as `specimen`; empty for the publisher's manual, or if no address is known."""
    folder = site_path.partition("/")[0] if "/" in site_path else ""
    return "" if folder in publisher.own_folders else folder.removesuffix("-archive")


def is_specimen(site_path: str | None) -> bool:
    """Whether an address belongs to the specimen, the manual written for this project."""
    return (site_path or "").partition("/")[0] in ("specimen", "specimen-archive")


def sightings_by_page(connection: sqlite3.Connection) -> dict[PageKey, frozenset[str]]:
    found: dict[PageKey, set[str]] = {}
    for sha256, site_path, record in connection.execute(
        "SELECT p.sha256, p.site_path, s.record FROM pages AS p LEFT JOIN sightings AS s ON s.page = p.id"
    ):
        records = found.setdefault((sha256, site_path), set())
        if record is not None:
            records.add(record)
    return {key: frozenset(records) for key, records in found.items()}


def hashes_read(connection: sqlite3.Connection) -> frozenset[Sha256]:
    """All captures whose bytes could be had."""
    rows = connection.execute("SELECT DISTINCT sha256 FROM pages WHERE kind <> 'not_read'")
    return frozenset(Sha256(sha256) for (sha256,) in rows)


def pages_not_read(connection: sqlite3.Connection) -> list[PageKey]:
    """Captures whose bytes could not be read."""
    rows = connection.execute("SELECT DISTINCT sha256, site_path FROM pages WHERE kind = 'not_read'")
    return [(sha256, site_path) for sha256, site_path in rows]


def seen_of_page(connection: sqlite3.Connection, page: int) -> Sights:
    """When a page was seen."""
    seen: dict[Seen, None] = {}
    days = []
    for day, exact, sha256, known in connection.execute(_SIGHTS, (page,)):
        seen[Seen(date.fromordinal(day), bool(exact), sha256)] = None
        days.append(known)
    return Sights(tuple(seen), min(days, default=0), max(days, default=0))


_SIGHTS = """
    SELECT s.seen, s.exact, p.sha256, s.known FROM sightings AS s JOIN pages AS p ON p.id = s.page
    WHERE s.page = ? ORDER BY s.record
"""


def seen_in(capture: Capture, publisher: Publisher) -> Seen:
    """The day on which a capture was seen. Not exact if only the moment of recording is known, and for a register,
    which says when it was compiled but not when each page was seen."""
    if capture.captured_at is not None:
        return Seen(local_day(capture.captured_at, publisher), capture.media != "register", capture.sha256)
    return Seen(local_day(capture.recorded_at, publisher), False, capture.sha256)


def seen_as(capture: Capture, seen_on: int | None, exact: bool, publisher: Publisher) -> Seen:
    """The same for one text of a capture, which may state its own day: the texts in an issue of the manual count as
    seen on the day of issue, not on the day of saving."""
    seen = seen_in(capture, publisher)
    if seen_on is not None:
        return Seen(date.fromordinal(seen_on), bool(exact), capture.sha256)
    return seen if exact else seen._replace(exact=False)


def read_history(connection: sqlite3.Connection, code: Code) -> History:
    """The stored history of a code. Raises ValueError if it is damaged, LookupError if there is none."""
    record, versions, spans = _records(connection, code)
    return history_from(code, record, list(versions.values()), spans)


def read_versions(connection: sqlite3.Connection, code: Code, ids: Collection[VersionId]) -> list[Version]:
    """Some versions of a code. The whole history is checked for damage, but only these are decoded. Raises as above."""
    _, versions, _ = _records(connection, code)
    return [VERSION.loads(versions[id]) for id in ids]


def _records(connection: sqlite3.Connection, code: Code) -> tuple[str, dict[VersionId, str], list[str]]:
    """The records of a code, of its versions and of its spans."""
    row = connection.execute("SELECT record, checksum FROM codes WHERE code = ?", (code,)).fetchone()
    if row is None:
        raise LookupError(code)
    versions = dict(connection.execute(_VERSIONS, (code,)))
    spans = [r for (r,) in connection.execute(_SPANS, (code,))]
    if checksum(row[0], versions.values(), spans) != row[1]:
        raise ValueError(f"the history of {code} is not the one that was written")
    return row[0], versions, spans


_VERSIONS = "SELECT id, record FROM versions WHERE code = ? ORDER BY position"
_SPANS = "SELECT record FROM spans WHERE code = ? ORDER BY first"
