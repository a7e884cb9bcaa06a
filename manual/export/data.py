"""The knowledge base as data: one JSON document for each version, and tables. Unknown is null or an empty field."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from manual.aside import switch_in
from manual.errors import ExportError
from manual.export.collect import require_file
from manual.export.folder import write_folder
from manual.export.manifest import CSV
from manual.export.summary import ExportSummary
from manual.model import MANUAL, History, Version, When, Work
from manual.pages.as_json import Json, finding_json, iso, version_json
from manual.pages.beside_json import change_json
from manual.pages.source_page import source_url
from manual.pages.words import AUTHORITY
from manual.publisher import INZ, Publisher
from manual.queries import KnowledgeBase

if TYPE_CHECKING:
    from manual.load import Progress

Row = Sequence[object]

TABLES: dict[str, tuple[str, ...]] = {
    "codes.csv": ("code", "title", "part", "versions", "answer", "last_seen", "last_seen_exact"),
    "versions.csv": (
        "id", "code", "title", "effective_from", "effective_until", "basis_from", "basis_until", "text_held",
        "text_damaged", "text_disputed", "gap_vouched", "first_seen", "last_seen", "source_url", "captures",
    ),
    "spans.csv": ("code", "first", "until", "answer", "versions"),
    "works.csv": (
        "id", "code", "kind", "authority", "title", "effective_from", "effective_until", "text_held", "captures",
    ),
    "circular_changes.csv": ("circular", "code", "title", "happens", "list_named", "ends", "day"),
    "references.csv": ("version_id", "code", "pinpoint", "target", "to"),
    "terms.csv": ("term", "code", "pinpoint", "version_id", "first", "until"),
    "findings.csv": ("severity", "kind", "code", "message", "capture", "locator"),
}  # fmt: skip
"""The columns of each table. `answer` of a code: on the day of the newest capture. Lists are parted by a space.

`works.csv` has what stands beside the manual, a line for each version; the tables of codes, versions and spans have the
manual alone. `to` of a reference: the code or the key of a work; empty where none is named."""


def export_json(
    home: Path,
    dest: Path,
    *,
    known: date | None = None,
    progress: Progress | None = None,
    publisher: Publisher = INZ,
) -> ExportSummary:
    """Write JSON Lines: one document for each version, its text included."""
    started = time.perf_counter()
    require_file(dest, ".jsonl")
    with KnowledgeBase(home, publisher) as kb, kb.steady():
        lines, size = _write_lines(dest, documents(kb, known, progress))
        digest = kb.digest
    return ExportSummary(
        dest=dest, on=None, digest=digest, pages=lines, bytes=size, seconds=time.perf_counter() - started,
        unit="version",
    )  # fmt: skip


def _write_lines(dest: Path, found: Iterable[Json]) -> tuple[int, int]:
    """Write one object a line, aside and then in place, since all texts may not fit in memory. Returns lines and
    bytes."""
    aside = dest.with_name(f".{dest.name}.building")
    count = 0
    try:
        dest.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
            for one in found:
                file.write(json.dumps(one, ensure_ascii=False) + "\n")
                count += 1
            size = file.tell()
        switch_in(aside, dest)
    except OSError as problem:
        raise ExportError(f"{dest} can't be written ({problem.strerror or problem}).") from problem
    finally:
        aside.unlink(missing_ok=True)
    return count, size


def documents(kb: KnowledgeBase, known: date | None, progress: Progress | None = None) -> Iterator[Json]:
    """One object for each version, in the order of codes, then of the works beside the manual: as `history --json` has
    it, with its text, and the days on which it is the answer of its code or one of its candidates. `kind` and
    `authority` tell what its words count for."""
    codes = (*kb.codes(known), *(work.key for work in kb.works_beside(None, known)))
    if progress:
        progress.begin("Writing versions", len(codes))
    for code in codes:
        history = kb.history_of(code, known)
        for version in history.versions:
            yield _document(kb, history, version, known)
        if progress:
            progress.step()


def _document(kb: KnowledgeBase, history: History, version: Version, known: date | None) -> Json:
    said = version_json(
        version,
        text=kb.text_of(version, known),
        others=kb.other_texts_of(version, known),
        source_of=lambda one: source_url(kb, one, known),
    )
    spans = [
        {"first": iso(span.first), "until": iso(span.until), "answer": span.answer}
        for span in history.spans
        if version.id in span.versions
    ]
    scheme = Work.of(history.code).scheme
    kind = {"kind": "instruction" if scheme == MANUAL else scheme, "authority": AUTHORITY[scheme]}
    made: Json = {"code": history.code, "known": iso(known), **kind, **said, "spans": spans}
    if scheme == "circular":
        made["announces"] = [change_json(change) for change in kb.announced_in(history.code, known)]
    return made


def export_csv(
    home: Path,
    dest: Path,
    *,
    known: date | None = None,
    progress: Progress | None = None,
    publisher: Publisher = INZ,
) -> ExportSummary:
    """Write tables of codes, versions, spans and findings into the folder `dest`."""
    with KnowledgeBase(home, publisher) as kb, kb.steady():
        return write_folder(kb, dest, tables(kb, known, progress), format=CSV, on=None, unit="table")


def tables(
    kb: KnowledgeBase, known: date | None, progress: Progress | None = None
) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each table of `TABLES`: UTF-8, RFC 4180."""
    histories = []
    codes = kb.codes(known)
    if progress:
        progress.begin("Reading histories", len(codes))
    for code in codes:
        histories.append(kb.history_of(code, known))
        if progress:
            progress.step()
    works = [kb.history_of(work.key, known) for work in kb.works_beside(None, known)]
    findings: list[Mapping[str, object]] = [{**finding_json(one)} for one in kb.findings(None, known)]
    rows: dict[str, Iterable[Row]] = {
        "codes.csv": _codes(kb, histories, known),
        "versions.csv": (_version(kb, version, known) for one in histories for version in one.versions),
        "spans.csv": (
            (one.code, span.first, span.until, span.answer, " ".join(span.versions))
            for one in histories
            for span in one.spans
        ),
        "works.csv": (_work(version) for one in works for version in one.versions),
        "circular_changes.csv": (
            [said[name] for name in TABLES["circular_changes.csv"]] for said in _announced(kb, works, known)
        ),
        "references.csv": kb.references_held(known),
        "terms.csv": kb.terms_held(known),
        "findings.csv": ([said[name] for name in TABLES["findings.csv"]] for said in findings),
    }
    for name, columns in TABLES.items():
        yield name, _table(columns, rows[name])


def _codes(kb: KnowledgeBase, histories: Iterable[History], known: date | None) -> Iterator[Row]:
    newest = kb.newest_capture(known)
    answers = kb.answers_on(When(newest, known)) if newest else {}
    for one in histories:
        title, part = kb.newest_title(one.code, known), kb.part_of(one.code, known)
        answer = answers.get(one.code, "")
        yield one.code, title, part, len(one.versions), answer, one.last_seen, one.last_seen_exact


def _version(kb: KnowledgeBase, version: Version, known: date | None) -> Row:
    said: Mapping[str, object] = {
        **version_json(version, source_of=lambda one: source_url(kb, one, known)),
        "code": version.code,
        "basis_from": version.basis_from,
        "basis_until": version.basis_until,
        "captures": " ".join(version.captures),
    }
    return [said[name] for name in TABLES["versions.csv"]]


def _work(version: Version) -> Row:
    scheme = Work.of(version.code).scheme
    days = version.validity.effective_from, version.validity.effective_until
    held, captures = version.text_held, " ".join(version.captures)
    return [version.id, version.code, scheme, AUTHORITY[scheme], version.title, *days, held, captures]


def _announced(
    kb: KnowledgeBase, works: Iterable[History], known: date | None
) -> Iterator[Mapping[str, object]]:
    for one in works:
        for change in kb.announced_in(one.code, known):
            yield {**change_json(change)}


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A spreadsheet reads a field that begins like this as a formula, and titles come from pages that others made. An
apostrophe before the field makes it text. Programs that need the exact words use `export json`."""


def _table(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(columns)
    writer.writerows([_field(value) for value in row] for row in rows)
    return written.getvalue().encode("utf-8", "replace")


def _field(value: object) -> str:
    """A field: empty if unknown; booleans are `true` or `false`, as in the JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
