"""What readers ask: which version was in force, what it said, what stands around it, what changed.

    with KnowledgeBase(home) as kb:
        kb.in_force_on(Code("A16.1"), When(date(2024, 8, 15)))

Every question takes `known`, the day up to which pages count: within a `When`, or alone if it is about no day.
Records that only some answers need are in `results`.
Read-only. Nothing here decides what was in force: `history` did, and `store` kept it.
"""

from __future__ import annotations

from manual.queries.base import KnowledgeBase, Shape
from manual.queries.texts import VersionText
from manual.store.read import Outline, OutlineSpan, OutlineVersion

__all__ = [
    "KnowledgeBase",
    "Outline",
    "OutlineSpan",
    "OutlineVersion",
    "Shape",
    "VersionText",
]
