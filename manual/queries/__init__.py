"""What readers ask: which version was in force, what it said, what stands around it, what changed.

    with KnowledgeBase(home) as kb:
        kb.in_force_on(Code("A16.1"), When(date(2024, 8, 15)))

Every question takes the second dial, `known`, in a `When` or, where it is about no day, alone.
Read-only. Nothing here decides what was in force: `history` did, and `store` kept it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from manual.queries.base import KnowledgeBase, Shape
from manual.queries.texts import VersionText
from manual.store.read import Outline, OutlineSpan, OutlineVersion

if TYPE_CHECKING:
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
    "Outline",
    "OutlineSpan",
    "OutlineVersion",
    "Referrer",
    "Shape",
    "VersionChange",
    "VersionText",
]


def __getattr__(name: str) -> Any:
    """Records that only some questions are answered with are loaded with the first of them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from manual.queries import results

    return getattr(results, name)
