"""A folder of documents: every version, or those that the answers of one day name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from manual.dates import require_day
from manual.errors import ExportError
from manual.export.akn.document import document
from manual.export.folder import write_folder
from manual.export.manifest import AKN
from manual.export.summary import ExportSummary
from manual.model import THERE, Code, Version, When
from manual.pages.links import code_segment
from manual.publisher import INZ, Publisher
from manual.queries import KnowledgeBase

if TYPE_CHECKING:
    from manual.load import Progress


def write_akn(
    home: Path,
    dest: Path,
    *,
    on: date | None,
    history: bool,
    progress: Progress | None,
    publisher: Publisher = INZ,
) -> ExportSummary:
    """See `manual.export.export_akn`."""
    with KnowledgeBase(home, publisher) as kb, kb.steady():
        day = None if history else _day(kb, on)
        captures: set[str] = set()
        files = _documents(kb, day, captures, progress)
        return write_folder(kb, dest, files, format=AKN, on=day, captures=captures)


def _day(kb: KnowledgeBase, on: date | None) -> date:
    day = require_day(on) if on is not None else kb.newest_capture()
    if day is None:
        raise ExportError("No page that was read carries a day. Say for which day to export.")
    return day


def _documents(
    kb: KnowledgeBase, on: date | None, captures: set[str], progress: Progress | None
) -> Iterator[tuple[str, bytes]]:
    codes = kb.codes()
    if progress:
        progress.begin("Writing documents", len(codes))
    for code in codes:
        history = kb.history_of(code)
        for version in history.versions if on is None else _named(kb, code, on):
            captures.update(version.captures)
            yield name_of(version), document(kb, version, history)
        if progress:
            progress.step()


def _named(kb: KnowledgeBase, code: Code, on: date) -> tuple[Version, ...]:
    """The version in force on a day, or all candidates if that is disputed."""
    answer = kb.in_force_on(code, When(on))
    return answer.named if answer.answer in THERE else ()


def name_of(version: Version) -> str:
    """The path of a version's document in the folder: `A16.1/2024-08-01.xml`."""
    return f"{code_segment(version.code)}/{quote(version.id.partition('@')[2], safe='~')}.xml"
