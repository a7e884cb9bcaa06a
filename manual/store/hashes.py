"""One hash for each code over everything that its pages can show. With it an edition knows what may have changed."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from manual.citation import section_of
from manual.model import Code
from manual.store import files
from manual.store.read import OF_THE_MANUAL, REFERRING


@dataclass(frozen=True, slots=True, kw_only=True)
class Hashes:
    """Hashes of the data from which a knowledge base answers."""

    tree: str
    """Which contents apply on which days, which codes there are, and which provisions of law are held."""
    codes: Mapping[Code, str]
    captures: tuple[str, ...]
    """Every page that was read, by the SHA-256 of its bytes."""


_CODES = f"SELECT code FROM codes WHERE {OF_THE_MANUAL} ORDER BY code"
_RECORDS = (
    "SELECT code, record FROM codes",
    "SELECT code, position || record FROM versions ORDER BY id",  # the order in which they lie there
    "SELECT code, answer || record FROM spans ORDER BY code, first",
    "SELECT code, record FROM code_findings ORDER BY code, position",
    "SELECT code, ifnull(since, '') || record FROM remarks ORDER BY code, position",
    "SELECT source, record FROM links ORDER BY source, record",
    "SELECT target, record FROM links ORDER BY target, record",
)
_REFERRERS = f"SELECT DISTINCT r.section, v.code FROM {REFERRING} ORDER BY r.section, v.code"
_NOTICES = (
    "SELECT DISTINCT r.section, p.code FROM refs AS r JOIN pages AS p ON p.id = r.page"
    " WHERE instr(p.code, 'notice:') = 1 ORDER BY r.section, p.code"
)
_LAWS = "SELECT DISTINCT code FROM pages WHERE instr(code, 'law:') = 1 ORDER BY code"
_CONTENTS = (
    "SELECT s.seen, s.exact, p.sha256, p.site_path FROM pages AS p JOIN sightings AS s ON s.page = p.id"
    " WHERE p.id IN (SELECT page FROM contents_lines) ORDER BY s.seen, p.sha256, p.site_path, s.record"
)


def hashes_in(home: Path) -> Hashes:
    """The hashes of the knowledge base in `home`, in a few passes over its rows."""
    connection = files.open_to_read(files.path_in(home), mapped=False)
    try:
        known = [Code(code) for (code,) in connection.execute(_CODES)]
        captures = connection.execute("SELECT DISTINCT sha256 FROM pages ORDER BY sha256")
        return Hashes(
            tree=_tree(connection, known),
            codes=_code_hashes(connection, known),
            captures=tuple(sha256 for (sha256,) in captures),
        )
    finally:
        connection.close()


def _code_hashes(connection: sqlite3.Connection, codes: Sequence[Code]) -> dict[Code, str]:
    """A version's record names its text by the hash of the page that it stands on, so that texts need not be read.

    What a notice says of itself counts for the codes that it names, since their pages list it.
    """
    noticed: dict[str, list[Code]] = {}
    for section, notice in connection.execute(_NOTICES):
        noticed.setdefault(section, []).append(Code(notice))
    notices = {notice for named in noticed.values() for notice in named}
    hashes = {code: hashlib.sha256() for code in (*codes, *notices)}
    for sql in _RECORDS:
        for code, record in connection.execute(sql):
            if code in hashes:
                hashes[code].update(b"%d:" % len(record) + record.encode())
    seen = _seen_by_code(connection)
    referrers: dict[str, list[str]] = {}
    for section, code in connection.execute(_REFERRERS):
        referrers.setdefault(section, []).append(code)
    named_by = {section: [hashes[notice].digest() for notice in found] for section, found in noticed.items()}
    for code in codes:
        hashed = hashes[code]
        hashed.update(b"".join(sorted(seen.get(code, ()))))
        hashed.update("\0".join(referrers.get(section_of(code), ())).encode())
        hashed.update(b"".join(named_by.get(section_of(code), ())))
    return {code: hashes[code].hexdigest()[:24] for code in codes}


def _seen_by_code(connection: sqlite3.Connection) -> dict[str, set[bytes]]:
    """For each code, hashes of when and where the captures that mention it were seen.

    The same bytes at another address are another sighting of one capture. The hashes do not depend on page numbers,
    which a rebuild may change.
    """
    sha256s: dict[int, str] = dict(connection.execute("SELECT id, sha256 FROM pages"))
    records: dict[str, list[str]] = {}
    for page, record in connection.execute("SELECT page, record FROM sightings"):
        records.setdefault(sha256s[page], []).append(record)
    hashed = {
        sha256: hashlib.sha256("\0".join([sha256, *sorted(all_of)]).encode()).digest()
        for sha256, all_of in records.items()
    }
    found: dict[str, set[bytes]] = {}
    for code, page in connection.execute("SELECT code, page FROM statements"):
        found.setdefault(code, set()).add(hashed.get(sha256s[page], b""))
    return found


def _tree(connection: sqlite3.Connection, codes: Iterable[str]) -> str:
    """A hash of which contents apply on which days. Seeing the same contents again does not change it.

    All addresses in one row: `queries` decides which belong to one work.
    """
    hashed = hashlib.sha256("\0".join(codes).encode())
    hashed.update("\0".join(law for (law,) in connection.execute(_LAWS)).encode())
    last = None
    for seen, exact, sha256, site_path in connection.execute(_CONTENTS):
        if (exact, sha256, site_path) != last:
            hashed.update(f"{seen}\0{exact}\0{sha256}\0{site_path}\0".encode())
            last = exact, sha256, site_path
    return hashed.hexdigest()
