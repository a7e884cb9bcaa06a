"""How an export went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportSummary:
    """What was written. `written` counts files whose bytes changed; an export that changes nothing writes none."""

    dest: Path
    on: date | None
    """The day the edition answers for; None where no page with a day was ever read."""
    digest: str
    """Identity of the knowledge base it was made from."""
    pages: int
    """How many of its `unit` there are, drawn or kept; for a PDF its printed pages."""
    bytes: int
    seconds: float
    files: int = 1
    written: int = 1
    kept: int = 0
    removed: int = 0
    unit: str = "page"
    """What is counted: `page`, `instruction`, `document`, `version` or `table`."""
    notes: tuple[str, ...] = ()
    """What a publisher should know, such as that no instruction was in force on the day."""
