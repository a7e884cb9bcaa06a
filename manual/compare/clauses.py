"""Find which clauses of two texts belong together: those that kept their order, and those that moved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from math import log1p

from manual.compare.pairing import ALIKE, Gain, aligned, gap, likeness, near, too_much
from manual.compare.placed import Clause
from manual.compare.splits import Group, split_up
from manual.compare.words import tokens_of

NEARLY_EQUAL = 0.85
"""From this similarity on, two clauses in different places are one clause that moved."""
MOVED_WORDS, NEARLY_MOVED_WORDS = 4, 8
"""Shorter clauses recur by chance and are not called moved: for equal and for nearly equal words."""


# ---------------------------------------------------------------- in their order


@dataclass(frozen=True, slots=True)
class Matching:
    """Pairs of clauses, as places in the two lists: those that kept their order, and those that moved."""

    in_order: dict[int, int]
    moved: dict[int, int] = field(default_factory=dict)
    splits: dict[int, Group] = field(default_factory=dict)
    """Old clauses that were split, each with the new ones; the first of them is its pair."""
    joins: dict[int, Group] = field(default_factory=dict)
    """New clauses that were joined, each with the old ones; the first of them is its pair."""

    def mirrored(self) -> Matching:
        return Matching(
            {j: i for i, j in self.in_order.items()},
            {j: i for i, j in self.moved.items()},
            splits=self.joins,
            joins=self.splits,
        )


def match(olds: list[Clause], news: list[Clause]) -> Matching:
    keys, other_keys = [c.key for c in olds], [c.key for c in news]
    in_order = dict(aligned(keys, other_keys, _gain_among(olds, news)))
    if len(in_order) < min(len(olds), len(news)):
        _pair_rewritten_parents(olds, news, in_order)
    _part_chance_pairs(olds, news, in_order)
    splits = split_up(olds, news, in_order)
    sources = {j: i for i, j in in_order.items()}
    joins = split_up(news, olds, sources)
    matching = Matching({i: j for j, i in sources.items()}, splits=splits, joins=joins)
    matching.moved.update(_moves(olds, news, matching))
    return matching


def _gain_among(olds: Sequence[Clause], news: Sequence[Clause]) -> Gain:
    return lambda i, j: _gain(olds[i], news[j])


def _gain(old: Clause, new: Clause) -> float:
    """How good a pair of clauses in one gap is: similarity, plus a little for the same place, weighted by length."""
    place = 0.0
    if old.block.pinpoint == new.block.pinpoint:
        place = 0.08
    elif old.block.label and old.block.label == new.block.label:
        place = 0.04
    if old.depth == new.depth:
        place += 0.02
    if old.block.kind != new.block.kind and (
        old.is_table or new.is_table or "heading" in (old.block.kind, new.block.kind)
    ):
        place -= 0.3
    alike = likeness(old.key, new.key, ALIKE - place)
    return (alike + place) ** 2 * (1 + log1p(min(len(old.key), len(new.key)))) if alike else 0.0


def _pair_rewritten_parents(olds: list[Clause], news: list[Clause], in_order: dict[int, int]) -> None:
    """Pair two leftover lead-ins if every paired sub-clause of one belongs to a sub-clause of the other."""
    taken = set(in_order.values())
    targets: dict[int, set[int]] = {}
    for i, j in in_order.items():
        targets.setdefault(olds[i].parent, set()).add(news[j].parent)
    sources: dict[int, set[int]] = {}
    for i, j in in_order.items():
        sources.setdefault(news[j].parent, set()).add(olds[i].parent)
    for i in sorted(targets):
        if i < 0 or i in in_order or len(targets[i]) != 1:
            continue
        (j,) = targets[i]
        if j < 0 or j in taken or sources[j] != {i} or olds[i].is_table or news[j].is_table:
            continue
        if _fits_between(i, j, in_order) and likeness(olds[i].key, news[j].key, 0.2):
            in_order[i] = j
            taken.add(j)


def _part_chance_pairs(olds: list[Clause], news: list[Clause], in_order: dict[int, int]) -> None:
    """Unpair clauses whose parents differ, unless they are long and similar enough to count as moved."""
    sources = {j: i for i, j in in_order.items()}
    for i, j in sorted(in_order.items()):
        old, new = olds[i], news[j]
        if not old.key or not new.key or not displaced(old, new, in_order, sources):
            continue
        short = min(_word_count(old), _word_count(new)) < MOVED_WORDS
        if short or likeness(old.key, new.key, NEARLY_EQUAL) < NEARLY_EQUAL:
            del in_order[i], sources[j]


def _fits_between(i: int, j: int, in_order: dict[int, int]) -> bool:
    places = sorted(in_order)
    at = bisect_left(places, i)
    before = in_order[places[at - 1]] if at else -1
    after = in_order[places[at]] if at < len(places) else j + 1
    return before < j < after


# ---------------------------------------------------------------- moves


def _moves(olds: list[Clause], news: list[Clause], matching: Matching) -> dict[int, int]:
    """Pair leftover clauses wherever they stand, then the clauses below them."""
    pieces = {i for group in matching.joins.values() for i in group}
    taken = {j for group in matching.splits.values() for j in group} | set(matching.in_order.values())
    left = [i for i in range(len(olds)) if i not in matching.in_order and i not in pieces]
    other_left = [j for j in range(len(news)) if j not in taken]
    if not left or not other_left:
        return {}
    moved = _equal_moves(olds, news, left, other_left)
    left = [i for i in left if i not in moved]
    gone = set(moved.values())
    moved |= _near_moves(olds, news, left, [j for j in other_left if j not in gone])
    _take_along(olds, news, moved, matching.in_order.keys() | pieces, taken)
    return moved


def _equal_moves(
    olds: list[Clause], news: list[Clause], left: list[int], other_left: list[int]
) -> dict[int, int]:
    waiting: dict[str, list[int]] = {}
    for j in reversed(other_left):
        waiting.setdefault(news[j].key, []).append(j)
    moved: dict[int, int] = {}
    for i in left:
        if _word_count(olds[i]) >= MOVED_WORDS and waiting.get(olds[i].key):
            moved[i] = waiting[olds[i].key].pop()
    return moved


def _near_moves(
    olds: list[Clause], news: list[Clause], left: list[int], other_left: list[int]
) -> dict[int, int]:
    left = [i for i in left if _word_count(olds[i]) >= NEARLY_MOVED_WORDS]
    other_left = [j for j in other_left if _word_count(news[j]) >= NEARLY_MOVED_WORDS]
    keys, other_keys = [olds[i].key for i in left], [news[j].key for j in other_left]
    if too_much(keys, other_keys):
        return {}
    weighed = near(keys, other_keys, NEARLY_EQUAL)
    found = [(-alike, left[n], other_left[m]) for n, m, alike in weighed]
    found = [one for one in found if olds[one[1]].is_table == news[one[2]].is_table]
    moved: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(found):
        if i not in moved and j not in taken:
            moved[i] = j
            taken.add(j)
    return moved


def _word_count(clause: Clause) -> int:
    words = sum(token.lstrip()[:1].isalnum() for token in tokens_of(clause.block.text))
    return words + sum(len(cell.text.split()) for row in clause.block.rows for cell in row)


def _take_along(
    olds: list[Clause], news: list[Clause], moved: dict[int, int], kept: Set[int], other_kept: Set[int]
) -> None:
    """Pair the clauses below moved ones, however short: that their parents are a pair is evidence enough."""
    paired, taken = {*kept, *moved}, {*other_kept, *moved.values()}
    below, other_below = _children(olds), _children(news)
    waiting = sorted(moved.items())
    while waiting:
        i, j = waiting.pop()
        mine = [c for c in below.get(i, ()) if c not in paired]
        theirs = [c for c in other_below.get(j, ()) if c not in taken]
        ours, others = [olds[c] for c in mine], [news[c] for c in theirs]
        keys, other_keys = [c.key for c in ours], [c.key for c in others]
        for n, m in gap(range(len(mine)), range(len(theirs)), _gain_among(ours, others), keys, other_keys):
            moved[mine[n]] = theirs[m]
            paired.add(mine[n])
            taken.add(theirs[m])
            waiting.append((mine[n], theirs[m]))


def _children(clauses: list[Clause]) -> dict[int, list[int]]:
    below: dict[int, list[int]] = {}
    for at, clause in enumerate(clauses):
        below.setdefault(clause.parent, []).append(at)
    return below


def displaced(old: Clause, new: Clause, paired: dict[int, int], sources: dict[int, int]) -> bool:
    """Whether two clauses that kept their order have different parents. A rewritten parent is still the same parent."""
    if old.parent in paired or old.parent == -1:
        return paired.get(old.parent, -1) != new.parent
    return new.parent in sources or new.parent == -1
