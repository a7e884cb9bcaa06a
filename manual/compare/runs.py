"""Chains of pairs whose items keep their order on both sides."""

from __future__ import annotations

from collections.abc import Sequence

Pair = tuple[int, int]
SharedRun = tuple[int, int, int]
"""Start on one side, start on the other, length."""


def heaviest_run(candidates: Sequence[tuple[int, int, int]], width: int) -> list[Pair]:
    """The heaviest chain of (i, j, weight) in which i and j both increase; input sorted by i. Uses a Fenwick tree."""
    best: list[tuple[int, int]] = [(0, -1)] * (width + 1)
    before: list[int] = []
    for n, (_, j, weight) in enumerate(candidates):
        reached = (0, -1)
        at = j
        while at > 0:
            reached = max(reached, best[at])
            at -= at & -at
        before.append(reached[1])
        at = j + 1
        while at <= width:
            best[at] = max(best[at], (reached[0] + weight, n))
            at += at & -at
    last = max((end for end in best), default=(0, -1))[1]
    chain: list[Pair] = []
    while last >= 0:
        chain.append(candidates[last][:2])
        last = before[last]
    return chain[::-1]


def joined(runs: Sequence[SharedRun]) -> list[SharedRun]:
    """Merge runs that follow each other without a gap on either side."""
    found: list[SharedRun] = []
    for i, j, length in runs:
        if found and (found[-1][0] + found[-1][2], found[-1][1] + found[-1][2]) == (i, j):
            i, j, length = found[-1][0], found[-1][1], found[-1][2] + length
            found.pop()
        found.append((i, j, length))
    return found
