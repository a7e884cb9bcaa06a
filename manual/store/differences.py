"""Differences between the current knowledge base and one derived again from the same captures."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from manual.model import Code, Finding, Version
from manual.store import files
from manual.store.forms import VERSION

_PAGE = "p.sha256 || ' ' || p.site_path || ' ' || p.part"
"""What a page is called, whatever its number in the file."""
_OF_PAGES = "FROM {table} AS t JOIN pages AS p ON p.id = t.page"

_WHATS = {
    "page": f"SELECT {_PAGE}, code, kind, title, seen_on, seen_exact, text_digest, content FROM pages AS p",
    "sighting": f"SELECT {_PAGE} || ' ' || record, NULL, seen, exact, known {_OF_PAGES.format(table='sightings')}",
    "statements": f"SELECT {_PAGE} || ' ' || t.code, t.code, said {_OF_PAGES.format(table='statements')}",
    "mark": f"SELECT {_PAGE} || ' ' || t.code || t.kind || mark, t.code {_OF_PAGES.format(table='marks')}",
    "line of contents": (
        f"SELECT {_PAGE} || ' ' || position, NULL, record {_OF_PAGES.format(table='contents_lines')}"
    ),
    "reference": (
        f"SELECT {_PAGE} || ' ' || position, t.code, pinpoint, target, section {_OF_PAGES.format(table='refs')}"
    ),
    "finding of a page": (
        f"SELECT {_PAGE} || ' ' || position, NULL, severity, record {_OF_PAGES.format(table='page_findings')}"
    ),
    "history": "SELECT code, code, first_known, last_known, record, checksum FROM codes",
    "version": (
        f"SELECT v.id, v.code, position, v.title, effective_from, effective_until, v.text_digest, held, record, {_PAGE}"
        " FROM versions AS v LEFT JOIN pages AS p ON p.id = v.text_page"
    ),
    "answer": "SELECT code || ' from ' || first, code, until, answer, version, record FROM spans",
    "change": "SELECT code || ' ' || day || ' ' || position, code, kind, old, new, disputed FROM changes",
    "finding of a history": "SELECT code || ' ' || position, code, severity, record FROM code_findings",
    "remark": "SELECT code || ' ' || position, code, since, severity, record FROM remarks",
    "link": "SELECT ifnull(origin, '') || record, source, target FROM links",
    "finding of the whole": "SELECT record, NULL, severity FROM whole_findings",
}
"""Of each kind of thing what it is called, its code, and all that is kept of it. Numbers of rows are no part of it."""


def differences(here: Path, again: Path) -> Iterator[Finding]:
    """Everything that only one of two files has, or that differs. `again`: the file derived from the captures.

    Raises StoreError if `here` is damaged or another program's.
    """
    # no seal check: a changed file is just what this looks for
    ours, derived = (files.open_to_read(path, mapped=False, sealed=False) for path in (here, again))
    try:
        for what, sql in _WHATS.items():
            yield from _differing(what, sql, ours, derived)
    except files.SIGNS_OF_DAMAGE as problem:
        files.damaged(here, str(problem), problem)
    finally:
        ours.close()
        derived.close()


def _differing(
    what: str, sql: str, ours: sqlite3.Connection, derived: sqlite3.Connection
) -> Iterator[Finding]:
    """A finding for each row that differs. Only hashes of derived rows are kept, since texts may be large."""
    missing = {row[0]: (row[1], hash(row)) for row in derived.execute(sql)}
    for row in ours.execute(sql):
        key, code = row[:2]
        _, expected = missing.pop(key, (None, None))
        if expected is None:
            yield _found("only_here", "the captures give no such thing", what, key, code)
        elif expected != hash(row):
            yield _found("derived_otherwise", _how(what, key, ours, derived), what, key, code)
    for key, (code, _) in missing.items():
        yield _found("only_derived", "the captures give it, and it is not there", what, key, code)


def _found(kind: str, message: str, what: str, key: str, code: str | None) -> Finding:
    return Finding("error", kind, f"{what} {key}: {message}", Code(code) if code else None)


def _how(what: str, key: str, ours: sqlite3.Connection, derived: sqlite3.Connection) -> str:
    """How two rows differ: by fields for versions, otherwise only that they do."""
    if what != "version":
        return "what is kept of it is not what the captures give"
    again = _version(derived, key)
    try:
        here = _version(ours, key)
    except files.SIGNS_OF_DAMAGE:
        return "its record is not the one that was written"
    told = [
        f"{field.name} is {getattr(here, field.name)!s} and derived as {getattr(again, field.name)!s}"
        for field in fields(Version)
        if getattr(here, field.name) != getattr(again, field.name)
    ]
    return "; ".join(told) or "what is kept beside its record is not what the captures give"


def _version(connection: sqlite3.Connection, id: str) -> Version:
    (record,) = connection.execute("SELECT record FROM versions WHERE id = ?", (id,)).fetchone()
    version: Version = VERSION.loads(record)
    return version
