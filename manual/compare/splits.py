"""Find clauses that were split into a lead-in and items, or joined from them: same words, another layout."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from manual.compare.pairing import ALIKE
from manual.compare.placed import Clause
from manual.compare.words import equal_runs, tokens_of

Group = tuple[int, ...]
"""Places of the clauses that one was split into, in their order."""

MOST_PIECES = 40
"""Clauses that are looked at for the pieces of one; among more of them nothing tells which these are."""
MOST_WORK = 10_000_000_000
"""Pairs of words that are looked at for pieces in one comparison; clauses beyond are taken for not split."""
KEPT_SHARE = 0.6
"""Of the words of the clause that was split, as many must stand in the pieces."""
PIECE_SHARE = 0.5
"""Of the words of each piece, as many must come from the clause that was split."""


def split_up(olds: Sequence[Clause], news: Sequence[Clause], in_order: dict[int, int]) -> dict[int, Group]:
    """The clauses that were split, with the new ones, of which the first becomes its pair in `in_order`.

    Only clauses that are left over, and lie between the same neighbours, are looked at.
    """
    splits: dict[int, Group] = {}
    taken = -1
    work = 0
    for i, window in _windows(olds, news, in_order):
        if not 2 <= len(window) <= MOST_PIECES or olds[i].is_table or olds[i].block.kind == "heading":
            continue
        work += len(olds[i].key) * sum(len(news[j].key) for j in window)
        if work > MOST_WORK:
            break
        group = _pieces(olds[i], news, window)
        if group and group[0] > taken and in_order.get(i, group[0]) in group:
            splits[i] = group
            in_order[i] = group[0]
            taken = group[-1]
    return splits


def _windows(
    olds: Sequence[Clause], news: Sequence[Clause], in_order: dict[int, int]
) -> list[tuple[int, range]]:
    """Each old clause without an equal one, with the new clauses that stand between the pairs of its neighbours."""
    found: list[tuple[int, range]] = []
    places = sorted(in_order)
    for i, old in enumerate(olds):
        if i in in_order and old.key == news[in_order[i]].key:
            continue
        at = bisect_left(places, i)
        after = at + (i in in_order)
        start = in_order[places[at - 1]] + 1 if at else 0
        end = in_order[places[after]] if after < len(places) else len(news)
        found.append((i, range(start, end)))
    return found


def _pieces(old: Clause, news: Sequence[Clause], window: range) -> Group:
    """The run of clauses in the window that hold the words of the old one, if they hold most of them."""
    shares = _shares(old, [news[j] for j in window])
    best: list[int] = []
    run: list[int] = []
    for j, shared in zip(window, shares, strict=True):
        whole = len(news[j].key)
        fits = whole > 0 and shared >= PIECE_SHARE * whole
        if not fits or (run and not _may_follow(old, news[run[0]], news[j])):
            run = []
        if fits and not (news[j].is_table or news[j].block.kind == "heading"):
            run = [*run, j]
        if sum(shares[n - window.start] for n in run) > sum(shares[n - window.start] for n in best):
            best = run
    held = [shares[j - window.start] for j in best]
    length = sum(len(news[j].key) for j in best)
    if sum(held) < KEPT_SHARE * len(old.key) or 2 * sum(held) < ALIKE * (len(old.key) + length):
        return ()
    return tuple(best) if len(best) > 1 and sum(held) > max(held) else ()


def _may_follow(old: Clause, lead: Clause, piece: Clause) -> bool:
    """An item's next sibling is another clause, with a label of its own; what stands below it, or follows a paragraph,
    is not."""
    return piece.depth > lead.depth or (piece.depth == lead.depth and old.block.kind != "item")


def _shares(old: Clause, clauses: Sequence[Clause]) -> list[int]:
    """How many words each clause shares with the old one, in order; short isolated runs do not count."""
    pieces = [clause.block.text if clause.key and not clause.is_table else "" for clause in clauses]
    tokens = [token for text in pieces for token in tokens_of(text)]
    key = "".join([clause.key if text else "" for clause, text in zip(clauses, pieces, strict=True)])
    places = [n for n, text in enumerate(pieces) for _ in tokens_of(text)]
    shared = [0] * len(pieces)
    for _, start, length in equal_runs(tokens_of(old.block.text), tokens, old.key, key):
        for at in places[start : start + length]:
            shared[at] += 1
    return shared
