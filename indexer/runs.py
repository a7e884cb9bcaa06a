"""Runs of words that a text shares with passages of the index, to find where its words may come from.

Each run of `length` words, of the index and of the text, has a number computed from its words. Runs with equal numbers
are found at once, then compared word by word. Neighbouring runs are joined to longer ones. A whole index takes tenths
of a second, so nothing of this is stored on disk.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from indexer.analysis import fold, printed_words
from indexer.arrays import Array
from indexer.holdings import Holdings
from manual.model import Code

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_AT_ONCE = 1 << 20
"""Words of the index looked at in one go: bounds the memory."""


@dataclass(frozen=True, slots=True, order=True)
class PassageRun:
    """Successive words of a text that also occur, in that order, in a passage of an instruction (in any version)."""

    first: int
    """Number of its first word in the text, from 0."""
    until: int
    """Number of the word after its last."""
    start: int
    """Its first character in the text."""
    end: int
    """The character after its last."""
    code: Code
    shift: int
    """Number of its first word among all words of the index, less `first`: two runs whose shifts are near stand near
    each other there as well."""


def shared_runs(text: str, holdings: Holdings, length: int) -> tuple[PassageRun, ...]:
    """Every longest run of at least `length` words of `text` that occurs in one passage, in the order of the text.

    `text` must be composed (NFC). Words are compared folded: without case, accents and what stands between them.
    """
    found = list(printed_words(text))
    number_of = holdings.word_number
    numbers = np.array([number_of.get(fold(match[0]), -1) for match in found], dtype=np.int64)
    if len(numbers) < length or len(holdings.words) < length:
        return ()
    pairs = _matches(numbers, holdings, length)
    return tuple(
        sorted(
            PassageRun(
                first,
                until,
                found[first].start(),
                found[until - 1].end(),
                holdings.codes[_instruction(holdings, first + shift)],
                shift,
            )
            for first, until, shift in _longest(pairs, length)
        )
    )


def _instruction(holdings: Holdings, place: int) -> int:
    unit = holdings.unit_at_place[place]
    return int(np.searchsorted(holdings.unit_at, unit, side="right")) - 1


def _matches(numbers: Array, holdings: Holdings, length: int) -> tuple[Array, Array]:
    """Words of the text at which a run of `length` begins, and the places of the index where the same run begins."""
    ours = _run_numbers(numbers, length)
    whole = np.lib.stride_tricks.sliding_window_view(numbers >= 0, length).all(axis=1)
    begins = np.flatnonzero(whole)
    order = begins[np.argsort(ours[begins], kind="stable")]
    keys = ours[order]
    texts, places = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for first in range(0, len(holdings.words) - length + 1, _AT_ONCE):
        there = holdings.words[first : first + _AT_ONCE + length - 1].astype(np.int64)
        units = holdings.unit_at_place[first : first + len(there)]
        theirs = _run_numbers(there, length)
        low, high = np.searchsorted(keys, theirs, "left"), np.searchsorted(keys, theirs, "right")
        at = np.flatnonzero((high > low) & (units[: len(theirs)] == units[length - 1 :]))
        counts = high[at] - low[at]
        place = np.repeat(at, counts)
        ends = np.cumsum(counts)
        word = order[np.arange(len(place)) - np.repeat(ends - counts, counts) + np.repeat(low[at], counts)]
        equal = np.ones(len(place), dtype=bool)
        for step in range(length):  # two runs may have one number
            equal &= there[place + step] == numbers[word + step]
        texts.append(word[equal])
        places.append(place[equal] + first)
    return np.concatenate(texts), np.concatenate(places)


def _run_numbers(words: Array, length: int) -> Array:
    """One number for each run of `length` words, modulo 2^64."""
    numbers = words.astype(np.uint64)
    count = len(words) - length + 1
    made: Array = np.zeros(max(count, 0), dtype=np.uint64)
    for step in range(length):
        made = made * _FACTOR + numbers[step : step + count] + np.uint64(1)
    return made


def _longest(pairs: tuple[Array, Array], length: int) -> Iterator[tuple[int, int, int]]:
    """First word, word after the last, and shift of each run that neighbouring matches make together."""
    words, places = pairs
    if not len(words):
        return
    shifts = places - words
    order = np.lexsort((words, shifts))
    words, shifts = words[order], shifts[order]
    breaks = np.flatnonzero((np.diff(shifts) != 0) | (np.diff(words) != 1)) + 1
    for first, until in zip(
        np.concatenate(([0], breaks)).tolist(), np.concatenate((breaks, [len(words)])).tolist(), strict=True
    ):
        yield int(words[first]), int(words[until - 1]) + length, int(shifts[first])
