"""The result of a comparison: what happened to each word, cell and clause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from manual.model import Block

ChangeKind = Literal["same", "changed", "added", "removed", "moved", "renumbered", "typography"]
Op = Literal["same", "removed", "added"]


@dataclass(frozen=True, slots=True)
class Word:
    """A run of words, all kept, all removed or all added. The texts of one side, joined, give its exact text."""

    op: Op
    text: str
    was: str | None = None
    """For `same`: the old side's spelling, where typography differs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    """What happened to one cell of a table, and which part it covers of the grid that both tables share.

    Iterating over it gives its words.
    """

    words: tuple[Word, ...] = ()
    """Empty only where no cell stands and a later one of the row must not move up; an empty cell is an empty word."""
    rowspan: int = 1
    colspan: int = 1
    header: bool = False

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseChange:
    """What happened to one clause. `old` and `new` have no children; their pinpoints say where they stand."""

    kind: ChangeKind
    old: Block | None
    new: Block | None
    depth: int
    """Levels above it, in the new tree, or for `removed` in the old."""
    words: tuple[Word, ...] = ()
    rows: tuple[tuple[CellChange, ...], ...] = ()
    old_at: int | None = None
    new_at: int | None = None
    """Place in reading order of either side, from 0."""
    opening: int | None = None
    """Place of the clause that this one goes on from (its parent, or the paragraph that its list follows): among the
    new ones, or for `removed` among the old."""
    split_from: int | None = None
    """For `added`: place of the old clause that its words stood in. The words it shares with it are `same`, and the old
    text is that of the clause itself and of all that was split from it."""
    joined_into: int | None = None
    """For `removed`: place of the new clause that has its words now."""
    split_into: int = 0
    """How many clauses have its old words now, itself included; 0 where it was not split."""
    joined_from: int = 0
    """How many old clauses had its words, its own pair included; 0 where it was not joined."""

    @property
    def reworded(self) -> bool:
        """Whether any word was added or removed, or stands in another clause now: a `moved` clause may have been
        reworded on the way."""
        return self.split_into + self.joined_from > 0 or reworded(self.words, self.rows)

    @property
    def piece(self) -> bool:
        """Whether another clause was split into this one and others, or was joined from this one and others."""
        return self.split_from is not None or self.joined_into is not None


def reworded(words: Iterable[Word], rows: Iterable[Iterable[Iterable[Word]]]) -> bool:
    if any(word.op != "same" for word in words):
        return True
    return any(word.op != "same" for row in rows for cell in row for word in cell)


@dataclass(frozen=True, slots=True)
class Redline:
    """All clauses of both sides, each once: in reading order of the new text, removed ones where they stood."""

    changes: tuple[ClauseChange, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many changes there are of each kind, zeros included."""
        counted = Counter(change.kind for change in self.changes)
        return {kind: counted[kind] for kind in get_args(ChangeKind)}

    @property
    def amended(self) -> bool:
        """False where nothing differs, or typography alone."""
        return any(change.kind not in ("same", "typography") for change in self.changes)


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


def clause_text(block: Block) -> str:
    """The text of one block without its children; a table's cells by tabs, its rows by line ends."""
    if not block.rows:
        return block.text
    return "\n".join([block.text, *("\t".join(cell.text for cell in row) for row in block.rows if row)])


def _text_of(change: ClauseChange, op: Op) -> str:
    rows = ([spelt(cell, op) for cell in row if present(cell, op)] for row in change.rows)
    return "\n".join([spelt(change.words, op), *("\t".join(row) for row in rows if row)])


def spelt(words: Iterable[Word], op: Op) -> str:
    """The words of one side with that side's spelling: `removed` for the old side, `added` for the new."""
    kept = (word for word in words if word.op in ("same", op))
    return "".join(w.was if op == "removed" and w.was is not None else w.text for w in kept)


def present(words: Iterable[Word], op: Op) -> bool:
    """Whether a cell stands on one side: `removed` for the old one, `added` for the new."""
    return any(word.op in ("same", op) for word in words)
