"""Pair the items of two lists that belong together and keep their order: clauses, rows or columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import log1p

from rapidfuzz.distance import Indel, LCSseq
from rapidfuzz.process import cdist

from manual.compare.runs import Pair, heaviest_run
from manual.compare.words import shared_runs

LEAST = 0.4
"""Below this similarity no two clauses or rows are paired, wherever they stand."""
ALIKE = 0.5
"""From this similarity on, two clauses in one place are versions of one clause."""
FEW_PAIRS = 20_000
"""Fewer pairs than this are compared one by one, which saves importing numpy."""
LARGEST_GAP = 250_000
"""The most pairs of clauses compared in one gap; in a larger gap only equal clauses are paired."""
HEAVIEST_GAP = 40_000_000_000
"""The most pairs of tokens compared in one gap, for the same reason: this many take some seconds."""
LONGEST_PAIR = 1_000_000_000
"""Beyond this many pairs of tokens, similarity is computed from the runs that a redline would show."""

Gain = Callable[[int, int], float]
"""What pairing two things is worth; 0 for nothing."""


def aligned(keys: Sequence[str], other_keys: Sequence[str], gain: Gain) -> list[Pair]:
    """Pairs of two sequences that keep their order: unique equal items first, then the best pairs in the gaps."""
    anchors = _anchors(keys, other_keys)
    pairs: list[Pair] = []
    bounds = [(-1, -1), *anchors, (len(keys), len(other_keys))]
    for (i, j), (next_i, next_j) in pairwise(bounds):
        if i >= 0:
            pairs.append((i, j))
        pairs += gap(range(i + 1, next_i), range(j + 1, next_j), gain, keys, other_keys)
    return pairs


def _anchors(keys: Sequence[str], other_keys: Sequence[str]) -> list[Pair]:
    once, other_once = Counter(keys), Counter(other_keys)
    place = {key: j for j, key in enumerate(other_keys) if other_once[key] == 1 and once[key] == 1}
    candidates = [(i, place[key], 1 + len(key)) for i, key in enumerate(keys) if key in place]
    return heaviest_run(candidates, len(other_keys))


def gap(olds: range, news: range, gain: Gain, keys: Sequence[str], other_keys: Sequence[str]) -> list[Pair]:
    """The pairs within one gap with the largest total gain, in order. Equal items at both ends are paired first."""
    head: list[Pair] = []
    while olds and news and keys[olds[0]] == other_keys[news[0]] and gain(olds[0], news[0]):
        head.append((olds[0], news[0]))
        olds, news = olds[1:], news[1:]
    tail: list[Pair] = []
    while olds and news and keys[olds[-1]] == other_keys[news[-1]] and gain(olds[-1], news[-1]):
        tail.append((olds[-1], news[-1]))
        olds, news = olds[:-1], news[:-1]
    if not olds or not news:
        return head + tail[::-1]
    if too_much([keys[i] for i in olds], [other_keys[j] for j in news]):
        return head + _equal_pairs(olds, news, keys, other_keys) + tail[::-1]
    return head + best_path(olds, news, gain, keys, other_keys) + tail[::-1]


def _equal_pairs(olds: range, news: range, keys: Sequence[str], other_keys: Sequence[str]) -> list[Pair]:
    """For gaps too large to weigh every pair: the longest common run of equal clauses."""
    blocks = LCSseq.opcodes([keys[i] for i in olds], [other_keys[j] for j in news])
    return [
        (olds[b.src_start + n], news[b.dest_start + n])
        for b in blocks
        if b.tag == "equal"
        for n in range(b.src_end - b.src_start)
    ]


def best_path(
    olds: range, news: range, gain: Gain, keys: Sequence[str], other_keys: Sequence[str]
) -> list[Pair]:
    gains = [[0.0] * len(news) for _ in olds]
    weighed = near([keys[i] for i in olds], [other_keys[j] for j in news], LEAST)
    for i, j, _ in weighed:
        gains[i][j] = gain(olds[i], news[j])
    width = len(news)
    worth = [[0.0] * (width + 1) for _ in range(len(olds) + 1)]
    for i in range(len(olds) - 1, -1, -1):
        row, below, here = worth[i], worth[i + 1], gains[i]
        for j in range(width - 1, -1, -1):
            best = below[j] if below[j] >= row[j + 1] else row[j + 1]
            paired = here[j] + below[j + 1]
            row[j] = paired if here[j] and paired >= best else best
    pairs, i, j = [], 0, 0
    while i < len(olds) and j < width:
        if gains[i][j] and worth[i][j] == gains[i][j] + worth[i + 1][j + 1]:
            pairs.append((olds[i], news[j]))
            i, j = i + 1, j + 1
        elif worth[i + 1][j] >= worth[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def too_much(keys: Sequence[str], other_keys: Sequence[str]) -> bool:
    """Whether there are too many items, or too long ones, to compare each with each. One item against one never is."""
    if len(keys) * len(other_keys) <= 1:
        return False
    weight = sum(map(len, keys)) * sum(map(len, other_keys))
    return len(keys) * len(other_keys) > LARGEST_GAP or weight > HEAVIEST_GAP


def near(keys: Sequence[str], other_keys: Sequence[str], least: float) -> list[tuple[int, int, float]]:
    """Every pair with at least this similarity, and the similarity. Many are compared in one call to rapidfuzz."""
    if len(keys) * len(other_keys) < FEW_PAIRS:
        weighed = (
            (i, j, likeness(key, other, least))
            for i, key in enumerate(keys)
            for j, other in enumerate(other_keys)
        )
        return [one for one in weighed if one[2]]
    table = cdist(keys, other_keys, scorer=Indel.normalized_similarity, score_cutoff=least)
    return [(int(i), int(j), float(table[i, j])) for i, j in zip(*table.nonzero(), strict=True)]


def likeness(key: str, other: str, least: float) -> float:
    """Similarity from 0 to 1: twice the number of shared words in order, divided by all words; 0 if below `least`."""
    if key == other:
        return 1.0
    if not key or not other:
        return 0.0
    if len(key) * len(other) > LONGEST_PAIR:
        alike = 2 * sum(length for _, _, length in shared_runs(key, other)) / (len(key) + len(other))
        return alike if alike >= least else 0.0
    return Indel.normalized_similarity(key, other, score_cutoff=least)


def mirror_safe(keys: list[str], other: list[str], least: float) -> list[Pair]:
    def gain(left: list[str], right: list[str]) -> Gain:
        def worth(i: int, j: int) -> float:
            alike = likeness(left[i], right[j], least)
            return alike**2 * (1 + log1p(min(len(left[i]), len(right[j]))))

        return worth

    if keys <= other:
        return aligned(keys, other, gain(keys, other))
    return [(i, j) for j, i in aligned(other, keys, gain(other, keys))]


def interleaved(pairs: list[Pair], length: int, other_length: int) -> Iterator[tuple[int | None, int | None]]:
    """Every place of both sides once, those of the first side before those of the second in each gap."""
    i = j = 0
    for next_i, next_j in [*pairs, (length, other_length)]:
        yield from ((n, None) for n in range(i, next_i))
        yield from ((None, n) for n in range(j, next_j))
        if next_i < length and next_j < other_length:
            yield next_i, next_j
        i, j = next_i + 1, next_j + 1
