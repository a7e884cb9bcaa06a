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
from manual.model import History, Version, When
from manual.pages.as_json import Json, finding_json, iso, version_json
from manual.pages.source_page import source_url
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
    "findings.csv": ("severity", "kind", "code", "message", "capture", "locator"),
}  # fmt: skip
"""The columns of each table. `answer` of a code: on the day of the newest capture. Lists are parted by a space."""


def write_json(
    home: Path, dest: Path, *, known: date | None, progress: Progress | None, publisher: Publisher = INZ
) -> ExportSummary:
    """See `manual.export.export_json`."""
    started = time.perf_counter()
    require_file(dest, ".jsonl")
    with KnowledgeBase(home, publisher) as kb, kb.steady():
        lines, size = _write_lines(dest, documents(kb, known, progress))
        digest = kb.digest
    return ExportSummary(
        dest=dest, on=None, digest=digest, pages=lines, files=1, written=1, kept=0, removed=0,
        bytes=size, seconds=time.perf_counter() - started,
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
    """One object for each version, in the order of codes: as in `history --json`, plus its text and the days on which
    it is its code's answer or a candidate."""
    codes = kb.codes(known)
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
    return {"code": history.code, "known": iso(known), **said, "spans": spans}


def write_csv(
    home: Path, dest: Path, *, known: date | None, progress: Progress | None, publisher: Publisher = INZ
) -> ExportSummary:
    """See `manual.export.export_csv`."""
    with KnowledgeBase(home, publisher) as kb, kb.steady():
        return write_folder(kb, dest, tables(kb, known, progress), format=CSV, on=None)


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
    findings: list[Mapping[str, object]] = [{**finding_json(one)} for one in kb.findings(None, known)]
    rows: dict[str, Iterable[Row]] = {
        "codes.csv": _codes(kb, histories, known),
        "versions.csv": (_version(kb, version, known) for one in histories for version in one.versions),
        "spans.csv": (
            (one.code, span.first, span.until, span.answer, " ".join(span.versions))
            for one in histories
            for span in one.spans
        ),
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
    return str(value).lower() if isinstance(value, bool) else str(value)
