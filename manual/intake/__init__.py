"""A complete load: from captures to answers, then the search index, then the report.

`manual.load` makes the knowledge base; this package then updates the index and compares the answers before and after.
The commands and the form of the site load pages only through it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from manual.captures import RawCapture, read_paths
from manual.dates import local_day
from manual.intake.indexing import knowledge_base_before, refresh_index
from manual.intake.report import LoadReport, report_of
from manual.load import LoadSummary, Progress, Silent, load_captures
from manual.model import Finding
from manual.publisher import INZ, Publisher
from manual.queries import KnowledgeBase
from manual.store import files

__all__ = ["LoadReport", "TakenIn", "take_in", "take_in_captures"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """How a load went, and its report."""

    summary: LoadSummary
    report: LoadReport


def take_in(
    home: Path,
    paths: Sequence[Path],
    *,
    captured: date | None,
    now: datetime,
    progress: Progress | None = None,
    publisher: Publisher = INZ,
) -> TakenIn:
    """Load saved pages as `manual.load.load` does, raising the same errors."""
    found = read_paths(paths, captured=captured, publisher=publisher)
    return take_in_captures(home, found, now=now, progress=progress, publisher=publisher)


def take_in_captures(
    home: Path,
    found: Iterable[RawCapture | Finding],
    *,
    now: datetime,
    progress: Progress | None = None,
    as_specimen: bool = False,
    publisher: Publisher = INZ,
) -> TakenIn:
    """The same for captures that do not come from files; as `manual.load.load_captures`."""
    tell = progress or Silent()
    there = files.path_in(home).is_file()
    with knowledge_base_before(home, publisher) as before:
        summary = load_captures(
            home, found, now=now, progress=tell, as_specimen=as_specimen, publisher=publisher
        )
        refresh_index(home, tell, summary, before, publisher)
        with KnowledgeBase(home, publisher) as kb, kb.steady():
            on = local_day(now, publisher)
            report = report_of(summary, before, kb, on, unreadable=there and before is None)
    return TakenIn(summary=summary, report=report)
