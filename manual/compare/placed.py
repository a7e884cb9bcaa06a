"""The clauses of a text in reading order, each with the key of its words and its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from manual.compare.redline import clause_text
from manual.compare.words import Lexicon
from manual.model import Block


@dataclass(frozen=True, slots=True)
class Clause:
    """A block without its children, the key of its words, and its place; `parent` is -1 at the top."""

    block: Block
    depth: int
    parent: int
    key: str

    @property
    def is_table(self) -> bool:
        return bool(self.block.rows)


Placed = tuple[Block, int, int]
"""A block, its depth, and the place of its parent in reading order, -1 at the top."""


def placed(blocks: Sequence[Block]) -> list[Placed]:
    """All blocks of a tree in reading order. Without recursion: trees may be deep."""
    found: list[Placed] = []
    waiting: list[Placed] = [(block, 0, -1) for block in reversed(blocks)]
    while waiting:
        block, depth, _ = one = waiting.pop()
        found.append(one)
        if block.children:
            waiting += [(child, depth + 1, len(found) - 1) for child in reversed(block.children)]
    return found


def comes_before(placed: list[Placed], other_placed: list[Placed]) -> bool:
    """Whether the first text comes first in a fixed order, which does not depend on the order of the arguments."""
    for one, other in zip(placed, other_placed, strict=False):
        rank, other_rank = _rank(*one), _rank(*other)
        if rank != other_rank:
            return rank < other_rank
    return len(placed) < len(other_placed)


def _rank(block: Block, depth: int, parent: int) -> tuple[str, str, str, str, int, int]:
    return (clause_text(block), block.label, block.pinpoint, block.kind, depth, parent)


def _alone(block: Block) -> Block:
    """A block without its children."""
    if not block.children:
        return block
    return Block(
        kind=block.kind,
        text=block.text,
        label=block.label,
        pinpoint=block.pinpoint,
        rows=block.rows,
        refs=block.refs,
    )


def clauses(placed: Sequence[Placed], lexicon: Lexicon) -> list[Clause]:
    return [_clause(*one, lexicon) for one in placed]


def _clause(block: Block, depth: int, parent: int, lexicon: Lexicon) -> Clause:
    key = lexicon.key(block.text, heading=block.kind == "heading")
    if block.rows:
        key += "".join(["\x02" + lexicon.row_key(row) for row in block.rows if row])
    return Clause(_alone(block), depth, parent, key)


def openings(found: Sequence[Clause]) -> list[int | None]:
    """For each clause, the place of the clause that introduces it: the paragraph before its list, else its parent.

    "A boat must:" may stand above its items (their parent) or before them (a paragraph of the same level); either way
    the items say nothing without it.
    """
    before: dict[int, int] = {}
    opened: list[int | None] = []
    for at, clause in enumerate(found):
        above = clause.parent if clause.parent >= 0 else None
        opened.append(before.get(clause.parent, above) if clause.block.kind == "item" else above)
        if clause.block.kind in ("paragraph", "heading"):
            goes_on = clause.block.kind == "paragraph" and not clause.block.text.rstrip().endswith((".", ";"))
            before[clause.parent] = at if goes_on else -1
            if not goes_on:
                del before[clause.parent]
    return opened
