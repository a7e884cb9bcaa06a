"""A folder of documents: every version, or those that the answers of one day name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from manual.export.akn.document import document
from manual.export.collect import day_notes, day_of
from manual.export.folder import write_folder
from manual.export.manifest import AKN
from manual.export.summary import ExportSummary
from manual.model import MANUAL, THERE, Code, Version, When, Work
from manual.pages.links import code_segment
from manual.publisher import INZ, Publisher
from manual.queries import KnowledgeBase

if TYPE_CHECKING:
    from manual.load import Progress


def export_akn(
    home: Path,
    dest: Path,
    *,
    on: date | None = None,
    history: bool = False,
    progress: Progress | None = None,
    publisher: Publisher = INZ,
) -> ExportSummary:
    """Write Akoma Ntoso 3.0 into the folder `dest`: one document for each version that an answer of the day `on` names
    (None: the day of the newest capture), or with `history` for every version."""
    with KnowledgeBase(home, publisher) as kb, kb.steady():
        day = None if history else day_of(kb, on)
        captures: set[str] = set()
        files = _documents(kb, day, captures, progress)
        said = [] if history else day_notes(kb, on)
        return write_folder(
            kb, dest, files, format=AKN, on=day, unit="document", captures=captures, day_said=said
        )


def _documents(
    kb: KnowledgeBase, on: date | None, captures: set[str], progress: Progress | None
) -> Iterator[tuple[str, bytes]]:
    codes = (*kb.codes(), *(work.key for work in kb.works_beside()))
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
    """Where the document of a version lies in the folder: `A16.1/2024-08-01.xml`; of a work beside the manual:
    `law/immigration-act-2009/s28/2015-05-07.xml`."""
    work = Work.of(version.code)
    folder = code_segment(version.code) if work.scheme == MANUAL else f"{work.scheme}/{quote(work.code)}"
    return f"{folder}/{quote(version.id.partition('@')[2], safe='~')}.xml"
