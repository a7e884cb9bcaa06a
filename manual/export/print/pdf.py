"""Writes a PDF: runs of instructions set by Typst in processes of their own, joined into one tagged document.

Typst keeps all it has laid out, so that a whole manual at once takes gigabytes; runs of a few dozen instructions take
little, and a process that ends gives it back. No run knows of another: what depends on all of them (numbers of pages,
jumps, bookmarks, the contents) is made when they are joined, so that several processes can set runs at once and the
file is the same however many do.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from manual.citation import anchor
from manual.dates import in_words
from manual.errors import ExportError
from manual.export.collect import DISCLAIMER, NAME, Volume, page_of, volume
from manual.export.print.joining import Bookmark, PageRun
from manual.export.print.press import Data, Sheets
from manual.export.print.setting import (
    SetPages,
    ToSet,
    contents_rows,
    set_front,
    set_runs,
    write_document,
)
from manual.export.print.typeset import Setter, levels
from manual.export.summary import ExportSummary
from manual.model import THERE
from manual.pages.words import SPECIMEN_SAID
from manual.publisher import INZ, Publisher
from manual.queries import KnowledgeBase
from manual.queries.results import ContentsEntry

if TYPE_CHECKING:
    from manual.load import Progress

LEAST, MOST = 120_000, 240_000
"""A run ends before a chapter once its data has `LEAST` characters, and before any entry once `MOST`."""
CHAPTER = 2
"""Heading level of a chapter; parts have 1."""


def export_pdf(
    home: Path,
    dest: Path,
    *,
    on: date | None = None,
    part: str | None = None,
    known: date | None = None,
    progress: Progress | None = None,
    publisher: Publisher = INZ,
) -> ExportSummary:
    """Write a tagged PDF of the instructions under the code `part`, or of the whole manual."""

    def set_pages(kb: KnowledgeBase, folder: Path) -> SetPages:
        found = volume(kb, on, part, known)
        if not found.codes:
            raise ExportError(
                f"Nothing is known to have been in force on {in_words(found.on)}, so there is nothing to print."
            )
        return _set_all(kb, found, folder, progress)

    return write_document(home, dest, publisher, progress, set_pages)


def _title(found: Volume) -> str:
    return f"{found.title} (on {in_words(found.on)})"


# ---------------------------------------------------------------- runs


@dataclass(slots=True)
class Part:
    """What one run is to hold."""

    entries: list[ContentsEntry]
    levels: list[int]
    instructions: list[Data]
    above: list[int]
    """Levels of the headings that stand above its first, in earlier runs."""


def _set_all(kb: KnowledgeBase, found: Volume, folder: Path, progress: Progress | None) -> SetPages:
    if progress:
        progress.begin("Setting pages", len(found.entries))
    runs: list[PageRun] = []
    marks: list[Bookmark] = []
    start = 0
    being_set: deque[Part] = deque()
    for run in set_runs(_to_set(kb, found, folder, being_set)):
        part = being_set.popleft()
        if len(run.sheets.heads) != len(part.entries):
            raise ExportError(f"Typst gave {len(run.sheets.heads)} headings for {len(part.entries)} entries.")
        marks += _marks(part, run.sheets, start, len(marks))
        start += run.sheets.pages
        runs.append(run)
        if progress:
            progress.step(len(part.entries))
    front = set_front(_front(found, marks), folder, len(runs))
    return SetPages(front, runs, marks, _title(found), found.on, found.digest, found.notes)


def _to_set(kb: KnowledgeBase, found: Volume, folder: Path, being_set: deque[Part]) -> Iterator[ToSet]:
    """The runs in their order; each is added to `being_set`, without its texts, which take the most memory."""
    for number, part in enumerate(_parts(kb, found)):
        whole = _whole(found, "body", above=part.above, instructions=part.instructions)
        part.instructions = []
        being_set.append(part)
        yield whole, folder / f"{number}.pdf", number


def _parts(kb: KnowledgeBase, found: Volume) -> Iterator[Part]:
    """The instructions as data, cut into runs: where a chapter begins if that can be."""
    setter = Setter(found.codes)
    part, size = Part([], [], [], []), 0
    for entry, level in zip(found.entries, levels(found.entries), strict=True):
        if size > MOST or (size > LEAST and level <= CHAPTER):
            yield part
            part, size = Part([], [], [], list(range(1, level))), 0
        data = (
            setter.instruction(page_of(kb, entry.code, found.when), level)
            if entry.code and entry.status in THERE
            else setter.heading(entry, level)
        )
        size += len(json.dumps(data, ensure_ascii=False))
        part.entries.append(entry)
        part.levels.append(level)
        part.instructions.append(data)
    yield part


def _marks(part: Part, sheets: Sheets, start: int, before: int) -> Iterator[Bookmark]:
    several = zip(part.entries, part.levels, sheets.heads, strict=True)
    for number, (entry, level, spot) in enumerate(several, before):
        yield Bookmark(
            code=str(entry.code or ""),
            title=entry.title,
            depth=level - 1,
            name=anchor(entry.code) if entry.code else f"~{number}",
            spot=spot.moved(start),
        )


def _whole(found: Volume, kind: str, **more: object) -> Data:
    return {
        "kind": kind,
        "title": found.title,
        "document": _title(found),
        "day": in_words(found.on),
        "imprint": f"{NAME}: information, not advice",
        **more,
    }


def _front(found: Volume, marks: Sequence[Bookmark]) -> Data:
    lines = [
        f"The instructions known to have been in force on {in_words(found.on)}, and those of which that is disputed.",
        *_known_line(found),
        *([SPECIMEN_SAID] if found.specimen else []),
        DISCLAIMER,
        f"Made from {found.made_from}.",
        f"Knowledge base {found.digest}",
    ]
    return _whole(found, "front", above=[], lines=lines, contents=contents_rows(marks))


def _known_line(found: Volume) -> Iterator[str]:
    if found.when.known is not None:
        yield f"As could be known on {in_words(found.when.known)}: pages saved later are left out."
