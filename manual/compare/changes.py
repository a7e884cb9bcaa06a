"""From pairs of clauses to their changes, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from manual.compare.clauses import Matching, displaced, match
from manual.compare.placed import Clause, clauses, comes_before, openings, placed
from manual.compare.redline import ChangeKind, ClauseChange, Redline, RedlinedWord, clause_text, reworded
from manual.compare.tables import redlined_table
from manual.compare.words import TokenAlphabet, redlined, redlined_pieces
from manual.model import Block


def compare(old: Sequence[Block], new: Sequence[Block]) -> Redline:
    """The redline of two block trees. A pure function; mirrored when the sides are."""
    before, after = placed(old), placed(new)
    swapped = comes_before(after, before)
    lexicon = TokenAlphabet()
    first = clauses(after if swapped else before, lexicon)
    second = clauses(before if swapped else after, lexicon)
    matching = match(first, second)
    if swapped:
        first, second, matching = second, first, matching.mirrored()
    return Redline(tuple(_Changes(first, second, matching, lexicon).in_reading_order()))


class _Changes:
    """The changes between two lists of clauses."""

    def __init__(
        self, olds: list[Clause], news: list[Clause], matching: Matching, lexicon: TokenAlphabet
    ) -> None:
        self._olds, self._news = olds, news
        self._matching = matching
        self._lexicon = lexicon
        self._openings = openings(olds), openings(news)
        self._sources = {j: i for i, j in (*matching.in_order.items(), *matching.moved.items())}
        self._paired = {i: j for j, i in self._sources.items()}
        self._split_words: dict[int, tuple[RedlinedWord, ...]] = {}
        self._joined_words: dict[int, tuple[RedlinedWord, ...]] = {}
        self._split_from = {j: i for i, group in matching.splits.items() for j in group[1:]}
        self._joined_into = {i: j for j, group in matching.joins.items() for i in group[1:]}
        for i, group in matching.splits.items():
            texts = [news[j].block.text for j in group]
            pieces = redlined_pieces([olds[i].block.text], texts, lexicon)
            self._split_words.update(zip(group, pieces, strict=True))
        for j, group in matching.joins.items():
            texts = [olds[i].block.text for i in group]
            pieces = redlined_pieces(texts, [news[j].block.text], lexicon)
            self._joined_words.update(zip(group, pieces, strict=True))

    def in_reading_order(self) -> Iterator[ClauseChange]:
        """In the order of the new text; removed clauses follow what they followed."""
        in_order = self._matching.in_order
        at = 0

        def removed_from_here() -> Iterator[ClauseChange]:
            nonlocal at
            while at < len(self._olds) and at not in in_order:
                if at not in self._paired:
                    yield self._one_sided("removed", at)
                at += 1

        yield from removed_from_here()
        for j in range(len(self._news)):
            i = self._sources.get(j)
            if i is None:
                yield self._one_sided("added", j)
                continue
            yield self._pair(i, j)
            if i in in_order:
                at = i + 1
                yield from removed_from_here()

    def _one_sided(self, kind: Literal["added", "removed"], at: int) -> ClauseChange:
        clause = (self._olds if kind == "removed" else self._news)[at]
        words: tuple[RedlinedWord, ...] = (
            (RedlinedWord(kind, clause.block.text),) if clause.block.text else ()
        )
        if kind == "added":
            return ClauseChange(
                kind=kind, old=None, new=clause.block, depth=clause.depth, new_at=at,
                words=self._split_words.get(at, words),
                rows=redlined_table((), clause.block.rows, self._lexicon),
                opening=self._openings[1][at],
                split_from=self._split_from.get(at),
            )  # fmt: skip
        return ClauseChange(
            kind=kind, old=clause.block, new=None, depth=clause.depth, old_at=at,
            words=self._joined_words.get(at, words),
            rows=redlined_table(clause.block.rows, (), self._lexicon),
            old_opening=self._openings[0][at],
            joined_into=self._joined_into.get(at),
        )  # fmt: skip

    def _pair(self, i: int, j: int) -> ClauseChange:
        old, new = self._olds[i].block, self._news[j].block
        heading = old.kind == "heading" == new.kind
        split_into = len(self._matching.splits.get(i, ()))
        joined_from = len(self._matching.joins.get(j, ()))
        words = (
            self._split_words.get(j)
            or self._joined_words.get(i)
            or redlined(old.text, new.text, self._lexicon, heading=heading)
        )
        rows = redlined_table(old.rows, new.rows, self._lexicon)
        moved = i in self._matching.moved or displaced(
            self._olds[i], self._news[j], self._paired, self._sources
        )
        kind = _kind(old, new, moved, split_into + joined_from > 0 or reworded(words, rows))
        return ClauseChange(
            kind=kind, old=old, new=new, depth=self._news[j].depth, words=words, rows=rows,
            old_at=i, new_at=j, opening=self._openings[1][j], old_opening=self._openings[0][i],
            split_into=split_into, joined_from=joined_from,
        )  # fmt: skip


def _kind(old: Block, new: Block, displaced: bool, reworded: bool) -> ChangeKind:
    """A label that is not known on one side (flat captures) says nothing about renumbering."""
    if displaced:
        return "moved"
    if reworded:
        return "changed"
    if old.label and new.label and old.label != new.label:
        return "renumbered"
    return "same" if clause_text(old) == clause_text(new) else "typography"
