"""What is announced and not yet in force, day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from manual.model import When
from manual.pages.changes_page import MonthChanges, by_month
from manual.pages.links import Place
from manual.pages.words import counted
from manual.queries import KnowledgeBase


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingPage:
    template: ClassVar[str] = "coming.html"
    title: str
    place: Place
    months: tuple[MonthChanges, ...]
    """The nearest first."""
    total: str
    """`2 changes are announced`; empty where none is."""
    newest_capture: date | None
    status: int = 200


def coming_page(kb: KnowledgeBase, when: When) -> ComingPage:
    """What is announced on a day for later days, by month."""
    changes = kb.coming(when)
    verb = "is" if len(changes) == 1 else "are"
    return ComingPage(
        title="What is announced",
        place=Place(view="coming"),
        months=by_month(changes, to_come=True),
        total=f"{counted(len(changes), 'change')} {verb} announced" if changes else "",
        newest_capture=kb.newest_capture(when.known, exact=True),
    )
