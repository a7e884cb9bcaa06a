"""What a query matches, and how well: the definition, evaluated with arrays.

Everything is counted over the *view*: the versions that are the answer on the day (or all, at any time). N, the
number of versions holding a leaf, and mean lengths come from those versions only, so the search of a day is what it
would be if nothing else were in the index.

Matching, for one version v
    leaf         occurs in v (title, sub-headings, passages; the title alone under `title:`)
    Cited        v's code is the code, its section or lies below it, or a text of v mentions the code
    All          every part; Either: some part that is no Not; Not: its part doesn't
    Ranked       every `must`, no `must_not`, and some `should` where no `must` is a word
    Expanded     a word said or a leaf meant
v *holds all* if it matches with Ranked read as every `should` and `must`, and Expanded as all said or one meant.
It holds all *in title* (*in headings*) likewise, with leaves counted in the title (title and sub-headings) only;
filters and Not are read as in matching.

Score
    leaf         idf * f / (K1 + f),  idf = ln(1 + (N - n + 1/2) / (n + 1/2)),  n = versions in which it occurs,
                 f = sum over fields F of WEIGHT[F] * occurrences in F / (1 - B[F] + B[F] * length of F / mean length)
                 with the mean over versions that have any word in F
    groups       the sum over parts that match (Not and filters: 0)
    Expanded     the greater of the sum over what was said and MEANT times the best of what was meant

Order
    tier (the instruction cited; its sub-codes or all in the title; all in title and headings; all; some), then score,
    then code. One hit per instruction: of its versions that match best (holding all before some), the newest.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from indexer.analysis import folded_text, term_of
from indexer.arrays import Array
from indexer.contents import FOR_EVER, HEADING, SINCE_EVER, TITLE
from indexer.holdings import ANSWERS, FIELDS, Holdings, View, ranges
from indexer.tree import (
    FILTERS,
    LEAVES,
    All,
    Began,
    Cited,
    CodeLike,
    Either,
    Ended,
    Expanded,
    Filter,
    Fuzzy,
    KindIs,
    Leaf,
    Near,
    Node,
    Not,
    OneOf,
    PartIs,
    Phrase,
    Prefix,
    Ranked,
    StatusIs,
    Word,
)
from manual.model import STEP

K1 = 2.0
WEIGHT = (3.0, 1.5, 1.0)
"""Of a word in the title, in a sub-heading, in a passage. Chosen on the judged set (tests/bench/relevance)."""
B = (0.3, 0.3, 0.5)
MEANT = 0.9
"""What a version is worth that says what was meant, against one that says what was typed."""

MATCH, ALL, IN_HEADING, IN_TITLE = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Evaluated:
    """Of every row of the view: `holds` has one line each for matching, holding all, in headings, in the title."""

    holds: Array
    score: Array


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where a leaf stands in the view."""

    evaluated: Evaluated
    marks: Array
    """Places of the words to be marked, rising."""
    units: Array
    counts: Array
    """How often it occurs in each of `units`."""
    idf: float

    @property
    def size(self) -> int:
        arrays = (self.evaluated.holds, self.evaluated.score, self.marks, self.units, self.counts)
        return sum(array.nbytes for array in arrays)


# ---------------------------------------------------------------- leaves


def find(leaf: Leaf, view: View) -> Occurrences:
    """Where `leaf` stands in the view; remembered by the view."""
    known = view.holdings.found.find((view.key, leaf))
    if isinstance(known, Occurrences):
        return known
    places, marks = _PLACES_OF[type(leaf)](leaf, view)
    found = _scored(leaf, places, marks, view)
    view.holdings.found.put((view.key, leaf), found, found.size)
    return found


def _scored(leaf: Leaf, places: Array, marks: Array, view: View) -> Occurrences:
    held = view.holdings
    if len(places) == 0:
        return _nowhere(leaf, places, view)
    units, counts = _units_of(places, held)
    fields = held.rows.unit_field[units]
    if leaf.title_only:
        keep = fields == TITLE
        units, counts, fields = units[keep], counts[keep], fields[keep]
        marks = marks[:0]
    repeats = view.row_at[units + 1] - view.row_at[units]
    rows = view.rows_of_units[ranges(view.row_at[units], repeats)]
    fields = np.repeat(fields, repeats)
    frequency = np.bincount(
        rows, weights=np.repeat(counts, repeats) * weights_of(view)[fields, rows], minlength=len(view)
    )
    holds = np.zeros((4, len(view)), dtype=bool)
    holds[MATCH, rows] = True
    holds[IN_HEADING, rows[fields <= HEADING]] = True
    holds[IN_TITLE, rows[fields == TITLE]] = True
    holding = int(np.count_nonzero(holds[MATCH]))
    idf = float(np.log1p((len(view) - holding + 0.5) / (holding + 0.5)))
    if isinstance(leaf, Cited):
        holds[:, _below(leaf, view)[view.instructions]] = True
    holds[ALL] = holds[MATCH]
    return Occurrences(Evaluated(holds, idf * frequency / (K1 + frequency)), marks, units, counts, idf)


def _nowhere(leaf: Leaf, places: Array, view: View) -> Occurrences:
    """As `_scored` of no places: a code that no text mentions, mostly."""
    holds = np.zeros((4, len(view)), dtype=bool)
    if isinstance(leaf, Cited):
        holds[:] = _below(leaf, view)[view.instructions]
    idf = float(np.log1p((len(view) + 0.5) / 0.5))
    return Occurrences(Evaluated(holds, np.zeros(len(view))), places, places, places, idf)


def weights_of(view: View) -> Array:
    """What one occurrence in a field of a row counts: shape (3, rows)."""
    known = view.holdings.found.find((view.key, "weights"))
    if isinstance(known, np.ndarray):
        return known
    weights = np.zeros(view.lengths.shape)
    for field in range(FIELDS):
        lengths = view.lengths[field]
        some = lengths > 0
        if some.any():
            mean = lengths[some].mean()
            weights[field, some] = WEIGHT[field] / (1 - B[field] + B[field] * lengths[some] / mean)
    view.holdings.found.put((view.key, "weights"), weights, weights.nbytes)
    return weights


def _units_of(places: Array, held: Holdings) -> tuple[Array, Array]:
    """The units that rising `places` lie in, and how many lie in each."""
    at = held.unit_at_place[places]
    if len(at) == 0:
        return at, at
    bounds = np.concatenate([[0], np.flatnonzero(at[1:] != at[:-1]) + 1, [len(at)]])
    return at[bounds[:-1]], bounds[1:] - bounds[:-1]


def _below(leaf: Cited, view: View) -> Array:
    """Instructions that a citation names: the code, its section if it has no page of its own, and all below it."""
    codes = view.holdings.codes
    mask = np.zeros(len(codes), dtype=bool)
    if leaf.title_only:
        return mask
    code = view.instruction_named(leaf.code)
    in_order, numbers = view.holdings.codes_by_letters
    first, until = _alphabet(in_order, code)
    mask[[number for number in numbers[first:until] if is_below(codes[number], code)]] = True
    return mask


def is_below(code: str, start: str) -> bool:
    """Whether `code` is `start` or lies below it: WA4.10 below WA4 and WA, WA41 only below WA.

    >>> is_below("WA4.10", "WA4"), is_below("WA41", "WA4"), is_below("WA41", "WA")
    (True, False, True)
    """
    rest = code.removeprefix(start)
    if rest == code:
        return code == start
    return not rest or rest[0] == "." or (start.isalpha() and rest[0].isdecimal())


Places = tuple[Array, Array]


def _word(leaf: Word, view: View) -> Places:
    places = view.standing(view.holdings.places_of(leaf.folded))
    return places, places


def _one_of(leaf: OneOf, view: View) -> Places:
    """Places where any of the ways begins; all words of it are marked."""
    found = [(way, _phrase_starts(way, False, view)) for way in leaf.ways]
    marks = [(first[:, None] + np.arange(len(way))).ravel() for way, first in found]
    first = np.unique(np.concatenate([first for _, first in found]))
    return first, np.unique(np.concatenate(marks)).astype(view.holdings.places.dtype)


def _prefix(leaf: Prefix, view: View) -> Places:
    held = view.holdings
    first, until = _alphabet(held.folded, leaf.start)
    return _any_of(np.arange(first, until), view)


def _fuzzy(leaf: Fuzzy, view: View) -> Places:
    held = view.holdings
    near = process.extract(
        leaf.folded,
        held.folded,
        scorer=OSA.distance,
        score_cutoff=slips_allowed(leaf.folded),
        limit=None,
        processor=None,
    )
    return _any_of(np.sort(np.array([number for _, _, number in near], dtype=np.int64)), view)


def slips_allowed(folded: str) -> int:
    """How many letters may be wrong, missing, doubled or swapped in a word."""
    return 1 if len(folded) <= 5 else 2


def _alphabet(words: list[str], start: str) -> tuple[int, int]:
    """The stretch of sorted `words` that begin with `start`."""
    first = bisect_left(words, start)
    until = bisect_left(words, start[:-1] + chr(ord(start[-1]) + 1))
    return first, until


def _any_of(words: Array, view: View) -> Places:
    """Places of any of the folded words with these numbers."""
    held = view.holdings
    if len(words) == 0:
        return held.places[:0], held.places[:0]
    terms = np.unique(held.term_of_word[words])
    counts = held.term_at[terms + 1] - held.term_at[terms]
    places = view.standing(held.places[ranges(held.term_at[terms], counts)])
    wanted = np.zeros(len(held.term_of_word), dtype=bool)
    wanted[words] = True
    places = np.sort(places[wanted[held.words[places]]])
    return places, places


def _phrase(leaf: Phrase, view: View) -> Places:
    held = view.holdings
    first = _phrase_starts(leaf.folded, leaf.exact, view)
    marks = (first[:, None] + np.arange(len(leaf.folded))).ravel()
    return first, np.unique(marks).astype(held.places.dtype)


def _phrase_starts(folded: tuple[str, ...], exact: bool, view: View) -> Array:
    """Places where the words begin to stand one after another within one unit."""
    held = view.holdings
    occurrences = [held.places_of(word) for word in folded]
    rarest = min(range(len(folded)), key=lambda number: len(occurrences[number]))
    first: Array = view.standing(occurrences[rarest]) - rarest
    last = len(folded) - 1
    first = first[(first >= 0) & (first + last < len(held.words))]
    first = first[held.unit_at_place[first] == held.unit_at_place[first + last]]
    for offset, word in enumerate(folded):
        if len(first) == 0:
            break
        there = held.words[first + offset]
        if exact:
            first = first[there == held.word_number.get(word, len(held.folded))]
        elif offset != rarest:
            first = first[
                held.term_of_word[there] == held.term_number.get(term_of(word), len(held.term_number))
            ]
    return first


def _near(leaf: Near, view: View) -> Places:
    """Places of the first word that have each other word near; all of these words there are marked."""
    held = view.holdings
    anchors = view.standing(held.places_of(leaf.folded[0]))
    others = [view.standing(held.places_of(word)) for word in leaf.folded[1:]]
    for places in others:
        low, high = _neighbourhood(anchors, leaf.within, held)
        at = np.searchsorted(places, low)
        near = places[np.minimum(at, len(places) - 1)] if len(places) else anchors - 1
        anchors = anchors[(at < len(places)) & (near <= high) & (near >= low)]
    return anchors, _near_marks(anchors, others, leaf.within, held)


def _neighbourhood(anchors: Array, within: int, held: Holdings) -> tuple[Array, Array]:
    """First and last place that count as near, both included."""
    units = held.unit_at_place[anchors]
    low = np.maximum(anchors - within, held.place_at[units])
    return low, np.minimum(anchors + within, held.place_at[units + 1] - 1)


def _near_marks(anchors: Array, others: list[Array], within: int, held: Holdings) -> Array:
    marks = [anchors]
    low, high = _neighbourhood(anchors, within, held)
    for places in others:
        first = np.searchsorted(places, low)
        marks.append(places[ranges(first, np.searchsorted(places, high, side="right") - first)])
    return np.unique(np.concatenate(marks))


def _cited(leaf: Cited, view: View) -> Places:
    words = folded_text(leaf.code).split()
    if len(words) != 1:
        return _phrase(Phrase(tuple(words), exact=False), view)
    folded = view.holdings.folded
    first, until = _alphabet(folded, words[0])
    code = words[0]
    numbers = [number for number in range(first, until) if is_below(folded[number].upper(), code.upper())]
    if code.isalpha():
        numbers = [number for number in numbers if folded[number] != code]
    return _any_of(np.array(numbers, dtype=np.int64), view)


_PLACES_OF: dict[type[Leaf], Callable[..., Places]] = {
    Word: _word,
    OneOf: _one_of,
    Phrase: _phrase,
    Near: _near,
    Prefix: _prefix,
    Fuzzy: _fuzzy,
    Cited: _cited,
}


# ---------------------------------------------------------------- filters and groups


def evaluate(node: Node, view: View) -> Evaluated:
    """The definition above, over all rows of the view at once."""
    if isinstance(node, LEAVES):
        return find(node, view).evaluated
    match node:
        case Not(part):
            return _negated(part, view)
        case All(parts):
            return _all([evaluate(part, view) for part in parts], view)
        case Either(parts):
            return _either([evaluate(part, view) for part in parts if not isinstance(part, Not)], view)
        case Ranked():
            return _ranked(node, view)
        case Expanded(said, meant):
            return _expanded(said, meant, view)
        case _:
            return _filtered(filter_mask(node, view), view)


def _filtered(mask: Array, view: View) -> Evaluated:
    return Evaluated(np.broadcast_to(mask, (4, len(view))), np.zeros(len(view)))


def _negated(part: Node, view: View) -> Evaluated:
    return _filtered(~evaluate(part, view).holds[MATCH], view)


def _all(parts: list[Evaluated], view: View) -> Evaluated:
    holds = np.ones((4, len(view)), dtype=bool)
    score = np.zeros(len(view))
    for part in parts:
        holds = holds & part.holds
        score = score + part.score
    return Evaluated(holds, score)


def _either(parts: list[Evaluated], view: View) -> Evaluated:
    holds = np.zeros((4, len(view)), dtype=bool)
    score = np.zeros(len(view))
    for part in parts:
        holds = holds | part.holds
        score = score + part.score
    return Evaluated(holds, score)


def _ranked(node: Ranked, view: View) -> Evaluated:
    musts = _all([evaluate(part, view) for part in node.must], view)
    shoulds = [evaluate(part, view) for part in node.should]
    every = _all([musts, *shoulds], view)
    holds = every.holds.copy()
    holds[MATCH] = musts.holds[MATCH]
    if node.should and all(isinstance(part, FILTERS) for part in node.must):
        holds[MATCH] &= _either(shoulds, view).holds[MATCH]
    for part in node.must_not:
        holds &= ~evaluate(part, view).holds[MATCH]
    return Evaluated(holds, every.score)


def _expanded(said: tuple[Word | OneOf, ...], meant: tuple[Leaf, ...], view: View) -> Evaluated:
    words = [evaluate(word, view) for word in said]
    others = [evaluate(leaf, view) for leaf in meant]
    alternatives = _either(others, view)
    every = _all(words, view)
    holds = every.holds | alternatives.holds
    holds[MATCH] = _either(words, view).holds[MATCH] | alternatives.holds[MATCH]
    best = np.max([other.score for other in others], axis=0)
    return Evaluated(holds, np.maximum(every.score, MEANT * best))


def filter_mask(node: Filter, view: View) -> Array:
    """Which rows a filter lets through; remembered by the view."""
    known = view.holdings.found.find((view.key, node))
    if isinstance(known, np.ndarray):
        return known
    mask = _mask(node, view)
    view.holdings.found.put((view.key, node), mask, mask.nbytes)
    return mask


def _mask(node: Filter, view: View) -> Array:
    held = view.holdings
    match node:
        case PartIs(value):
            return _part_mask(value, view)
        case KindIs(value):
            names = [folded_text(name) == folded_text(value) for name in held.kind_names]
            return np.array(names, dtype=bool)[held.rows.kind[view.versions]]
        case StatusIs(value):
            number = ANSWERS.index(value) if value in ANSWERS else len(ANSWERS)
            return np.asarray(view.answers == number)
        case CodeLike(start, open_end):
            like = [code.startswith(start) if open_end else is_below(code, start) for code in held.codes]
            return np.array(like, dtype=bool)[view.instructions]
        case Began(first, until):
            return _within(held.rows.begins[view.versions], SINCE_EVER, first, until)
        case Ended(first, until):
            return _within(held.rows.ends[view.versions], FOR_EVER, first, until)


def _within(days: Array, unknown: int, first: date | None, until: date | None) -> Array:
    mask: Array = days != unknown
    if first is not None:
        mask = mask & (days >= first.toordinal())
    if until is not None:
        mask = mask & (days < until.toordinal())
    return mask


def part_matches(value: str, part: str, code: str) -> bool:
    """Whether an instruction belongs to the part that `value` names: by any heading it stands under, or by a code that
    it lies below.

    >>> part_matches("work visas", "Work visas", "WA4.10"), part_matches("WA4", "Work visas", "WA4.10")
    (True, True)
    >>> part_matches("W", "Work visas", "WA4.10"), part_matches("WR", "Work visas", "WA4.10")
    (True, False)
    """
    start = value.strip().upper()
    if code and start and is_below(code, start):
        return True
    if len(start) == 1 and start.isalpha() and code[:1] == start and " " not in code:
        return True
    if not part:
        return False
    wanted = folded_text(value)
    return any(folded_text(step) == wanted for step in (part, *part.split(STEP)))


def _part_mask(value: str, view: View) -> Array:
    held = view.holdings
    by_name = np.array([part_matches(value, name, "") for name in held.part_names], dtype=bool)
    by_code = np.array([part_matches(value, "", code) for code in held.codes], dtype=bool)
    mask: Array = by_name[held.rows.part[view.versions]] | by_code[view.instructions]
    return mask
