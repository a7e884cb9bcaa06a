"""Signatures: the lines of name and office before `Signed 31 March 2025`, or below `Dated at Lyttelton this …`."""

from __future__ import annotations

import re

from manual.parse.draft import Draft
from manual.parse.notes import SIGNED

MAX_LINES = 5
BELOW = 3
_SCHEDULE = re.compile(r"(?:schedule|annex|appendix|note|part)\b", re.IGNORECASE)


def join_signatures(drafts: list[Draft]) -> list[Draft]:
    """`drafts` with each signing line and the short lines before it joined to one block of kind `signature`."""
    joined: list[Draft] = []
    waiting = list(reversed(drafts))
    while waiting:
        draft = waiting.pop()
        if draft.kind != "paragraph" or not _is_signing(draft.text):
            joined.append(draft)
            continue
        lines: list[str] = []
        while joined and len(lines) < MAX_LINES and _may_belong(joined[-1]):
            lines.insert(0, joined.pop().text)
        if not lines and "\n" not in draft.text:
            lines = _below(waiting)
        joined.append(Draft(kind="signature", text="\n".join([*lines, draft.text])))
    return joined


def _below(waiting: list[Draft]) -> list[str]:
    """The name and office below the day, taken from the drafts to come (next one last)."""
    lines: list[str] = []
    while (
        waiting and len(lines) < BELOW and _may_belong(waiting[-1]) and not _SCHEDULE.match(waiting[-1].text)
    ):
        lines.append(waiting.pop().text)
    return lines


def _is_signing(text: str) -> bool:
    return len(text) < 300 and any(SIGNED.fullmatch(line.strip()) for line in text.split("\n"))


def _may_belong(draft: Draft) -> bool:
    """A short line without the stop of a sentence: a name or an office."""
    return (
        draft.kind in ("paragraph", "heading")
        and draft.code is None
        and not draft.children
        and len(draft.text) <= 90
        and draft.text[-1:] not in ".;:?!"
    )
