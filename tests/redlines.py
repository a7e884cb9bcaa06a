"""The texts that a redline was made of, read from it again: rejecting all gives the old, accepting all the new."""

from __future__ import annotations

from collections.abc import Iterable

from manual.compare import ClauseChange, Op, Redline, RedlinedWord
from manual.compare.redline import present


def reject_all(redline: Redline) -> tuple[str, ...]:
    """The old text of each clause, in the old order."""
    split: dict[int | None, list[str]] = {}
    for change in redline.changes:
        if change.split_from is not None:
            split.setdefault(change.split_from, []).append(spelt(change.words, "removed"))
    kept = sorted((c.old_at, c) for c in redline.changes if c.old_at is not None)
    return tuple("".join([_text_of(change, "removed"), *split.get(at, ())]) for at, change in kept)


def accept_all(redline: Redline) -> tuple[str, ...]:
    """The new text of each clause, in the new order."""
    joined: dict[int | None, list[tuple[int, str]]] = {}
    for change in redline.changes:
        if change.joined_into is not None:
            text = spelt(change.words, "added")
            joined.setdefault(change.joined_into, []).append((change.old_at or 0, text))
    kept = sorted((c.new_at, c) for c in redline.changes if c.new_at is not None)
    return tuple(
        "".join([_text_of(change, "added"), *(text for _, text in sorted(joined.get(at, ())))])
        for at, change in kept
    )


def _text_of(change: ClauseChange, op: Op) -> str:
    rows = ([spelt(cell, op) for cell in row if present(cell, op)] for row in change.rows)
    return "\n".join([spelt(change.words, op), *("\t".join(row) for row in rows if row)])


def spelt(words: Iterable[RedlinedWord], op: Op) -> str:
    """The words of one side with that side's spelling: `removed` for the old side, `added` for the new."""
    kept = (word for word in words if word.op in ("same", op))
    return "".join(w.was if op == "removed" and w.was is not None else w.text for w in kept)
