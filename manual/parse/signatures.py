"""Signatures: the lines of name and office that stand before or with `Signed 31 March 2025`."""

from __future__ import annotations

from manual.parse.draft import Draft
from manual.parse.notes import SIGNED

MAX_LINES = 5


def join_signatures(drafts: list[Draft]) -> list[Draft]:
    """`drafts` with each signing line and the short lines before it joined to one block of kind `signature`."""
    joined: list[Draft] = []
    for draft in drafts:
        if draft.kind == "paragraph" and _is_signing(draft.text):
            lines: list[str] = []
            while joined and len(lines) < MAX_LINES and _may_belong(joined[-1]):
                lines.insert(0, joined.pop().text)
            joined.append(Draft(kind="signature", text="\n".join([*lines, draft.text])))
        else:
            joined.append(draft)
    return joined


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
