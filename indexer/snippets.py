"""The best passage of each hit, and an extract of it with the words marked.

    passage score = sum over leaves of idf * f / (K1 + f),  f = occurrences in the passage / length norm
                    + WEIGHT[sub-heading] * occurrences in the sub-heading it stands under

A passage named by a citation comes first. Without any occurrence, the beginning of the text is shown. Nothing is shown
of a damaged text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.analysis import WORD, plain
from indexer.arrays import Array
from indexer.contents import BODY, DAMAGED, HEADING, HELD
from indexer.evaluate import K1, WEIGHT, B, Occurrences, find
from indexer.holdings import View, ranges
from indexer.results import Snippet, SnippetPiece
from indexer.tree import Cited, Leaf

WINDOW = 40
_NAMED = 1e6
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class ShownUnit:
    """What is shown of one hit. `unit` is -1 if there is nothing to show."""

    unit: int
    matched: bool


def best_passages(rows: Array, leaves: Sequence[Leaf], view: View) -> list[ShownUnit]:
    """For each of the rows of the view, its best passage."""
    held = view.holdings
    versions = view.versions[rows]
    counts = held.rows.units_in[versions]
    units = held.mentions[ranges(held.mention_at[:-1][versions], counts)]
    owner = np.repeat(np.arange(len(rows)), counts)
    body = held.rows.unit_field[units] == BODY
    units, owner = units[body], owner[body]
    scores = _passage_scores(units, leaves, view)
    first = np.searchsorted(owner, np.arange(len(rows) + 1)).tolist()
    showable = (((held.rows.flags[versions] & (HELD | DAMAGED)) == HELD) & ~view.title_alone[rows]).tolist()
    shown = []
    for number in range(len(rows)):
        low, high = first[number], first[number + 1]
        if low == high or not showable[number]:
            shown.append(ShownUnit(-1, False))
            continue
        best = low + int(np.argmax(scores[low:high]))
        shown.append(ShownUnit(int(units[best]), bool(scores[best] > 0)))
    return shown


def _passage_scores(units: Array, leaves: Sequence[Leaf], view: View) -> Array:
    held = view.holdings
    scores = np.zeros(len(units))
    standing = [found for found in (find(leaf, view) for leaf in leaves) if len(found.units)]
    if standing:  # a code is mostly mentioned nowhere
        norm = 1 - B[BODY] + B[BODY] * held.rows.unit_length[units] / view.mean_unit_length
        both = np.concatenate([units, held.heading_of[units]])
        for found in standing:
            counts = _occurrences(both, found)
            frequency = WEIGHT[BODY] * counts[: len(units)] / norm + WEIGHT[HEADING] * counts[len(units) :]
            scores += found.idf * frequency / (K1 + frequency)
        scores = np.round(scores, 9)
    for leaf in leaves:
        if isinstance(leaf, Cited) and leaf.pinpoint != leaf.code:
            scores += [_naming(held.rows.pinpoints[unit], leaf.pinpoint) for unit in units.tolist()]
    return scores


def _naming(pinpoint: str, cited: str) -> float:
    """How well a passage matches the cited place: the place itself, a place within it, or the place around it."""
    if pinpoint == cited:
        return _NAMED
    if pinpoint.startswith(cited):
        return _NAMED / 2
    return _NAMED / 4 * len(pinpoint) / len(cited) if "(" in pinpoint and cited.startswith(pinpoint) else 0.0


def _occurrences(units: Array, found: Occurrences) -> Array:
    at = np.minimum(np.searchsorted(found.units, units), len(found.units) - 1)
    return np.where(found.units[at] == units, found.counts[at], 0)


def snippets(shown: Sequence[ShownUnit], leaves: Sequence[Leaf], view: View) -> list[Snippet]:
    """The snippet of each passage; empty if there is nothing to show."""
    held = view.holdings
    units = np.array([one.unit for one in shown], dtype=np.int64)
    first, until = held.place_at[units], held.place_at[np.maximum(units, 0) + 1]
    marks: list[list[tuple[int, int]]] = [[] for _ in shown]
    for number, leaf in enumerate(leaves):
        places = find(leaf, view).marks
        if len(places) == 0:
            continue
        low, high = np.searchsorted(places, first), np.searchsorted(places, until)
        for hit in np.flatnonzero((high > low) & (units >= 0)).tolist():
            there = (places[low[hit] : high[hit]] - first[hit]).tolist()
            marks[hit] += [(place, number) for place in there]
    made: list[Snippet] = []
    for one, marked, low, high in zip(shown, marks, first.tolist(), until.tolist(), strict=True):
        begins = np.cumsum(held.gaps[low:high], dtype=np.int64).tolist()
        made.append(_snippet(held.rows.texts[one.unit], begins, sorted(marked)) if one.unit >= 0 else ())
    return made


def _snippet(text: str, begins: list[int], marks: list[tuple[int, int]]) -> Snippet:
    """The earliest extract of at most `WINDOW` words with the most different leaves."""
    text = plain(text)
    first, until = _window(marks, len(begins))
    start = begins[first] if first else 0
    end = len(text)
    if until < len(begins):
        end = _end_of_word(text, begins[until - 1])
    marked = sorted({begins[place] for place, _ in marks if first <= place < until})
    pieces = list(_pieces(text, marked, start, end))
    if first:
        pieces.insert(0, SnippetPiece("… ", False))
    if until < len(begins):
        pieces.append(SnippetPiece(" …", False))
    return tuple(pieces)


def _end_of_word(text: str, begin: int) -> int:
    word = WORD.match(text, begin)
    return word.end() if word else begin


def _window(marks: list[tuple[int, int]], length: int) -> tuple[int, int]:
    """The range of words to show: first included, last excluded."""
    if length <= WINDOW + WINDOW // 4 or not marks:
        return 0, length if length <= WINDOW + WINDOW // 4 else WINDOW
    best: tuple[int, int] = (0, 0)
    chosen = (marks[0][0], marks[0][0])
    until = 0
    for at, (first, _) in enumerate(marks):
        while until < len(marks) and marks[until][0] < first + WINDOW:
            until += 1
        within = marks[at:until]
        value = (len({leaf for _, leaf in within}), len(within))
        if value > best:
            best, chosen = value, (first, within[-1][0])
    spare = WINDOW - (chosen[1] - chosen[0] + 1)
    start = max(0, min(chosen[0] - spare // 3, length - WINDOW))
    return start, min(length, start + WINDOW)


def _pieces(text: str, marked: list[int], start: int, end: int) -> Iterator[SnippetPiece]:
    at = start
    for first in marked:
        until = _end_of_word(text, first)
        if at < first:
            yield SnippetPiece(_on_one_line(text[at:first]), False)
        yield SnippetPiece(text[first:until], True)
        at = until
    if at < end:
        yield SnippetPiece(_on_one_line(text[at:end]), False)


def _on_one_line(text: str) -> str:
    return text if text.isprintable() else _SPACES.sub(" ", text)
