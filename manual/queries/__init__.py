"""What readers ask: which version was in force, what it said, what stands around it, what changed.

    with KnowledgeBase(home) as kb:
        kb.in_force_on(Code("A16.1"), date(2024, 8, 15))

Read-only. Nothing here decides what was in force: `history` did, and `store` kept it.
"""

from __future__ import annotations

from manual.queries.base import KnowledgeBase
from manual.queries.results import (
    Comparison,
    Contents,
    ContentsEntry,
    Coverage,
    CoverageRow,
    Followed,
    OtherDocument,
    Referrer,
    VersionChange,
    VersionText,
)

__all__ = [
    "Comparison",
    "Contents",
    "ContentsEntry",
    "Coverage",
    "CoverageRow",
    "Followed",
    "KnowledgeBase",
    "OtherDocument",
    "Referrer",
    "VersionChange",
    "VersionText",
]
