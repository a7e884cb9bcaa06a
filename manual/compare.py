"""A redline of two versions of an instruction: clause by clause, then word by word.

A *clause* is one block without its children: a lead-in, an item, a note, a heading, a table. Both trees are read off
into lists of clauses, and every clause of either side ends up in exactly one `ClauseChange`. In this order:

1.  *Words.* A text falls into tokens (words, numbers with their currency, marks), each with the white space after it,
    so that tokens join to the exact text. Tokens that differ in typography alone (quotes, dashes, spaces, invisible
    characters; in headings also case) have one key, and a clause's keys are one string with a character per token:
    two clauses with equal strings say the same words, and rapidfuzz compares strings fast.
2.  *Anchors.* Clauses whose words stand exactly once on both sides are paired, as far as they are in one order: the
    heaviest increasing run of pairs (patience alignment, weighted by length), so that a short heading that happens to
    recur does not hold long clauses apart.
3.  *Gaps.* Between two anchors the best order-keeping pairing is found by dynamic programming over similarity (shared
    words in order, twice over all words), which must reach one half. The same pinpoint, label or depth helps a little.
    A lead-in that was rewritten beyond that is still paired where its sub-clauses are. Pairs that ended up under
    different parents are parted again, unless they would pass for a move.
4.  *Moves.* Clauses left over on both sides with the same words, or nearly, and enough of them not to be chance, have
    moved; what stood below them goes along.
5.  *Kinds.* A pair out of order, or whose parents are not a pair, is `moved` (`reworded` where words changed too); with
    other words it is `changed`; with another label `renumbered`; with other typography `typography`; else `same`.
6.  *Redline.* Within a pair, removed and added words by longest common subsequence; an island of shared words smaller
    than the changes on both its sides is taken into them, since "of the" amid rewritten text tells a reader nothing.

The sides are put into a fixed order before aligning, so comparing backwards gives the mirror image.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log1p
from typing import Literal, get_args

from rapidfuzz.distance import Indel, LCSseq, Opcode
from rapidfuzz.process import cdist

from manual.model import Block, Cell

__all__ = [
    "ChangeKind",
    "ClauseChange",
    "Redline",
    "Word",
    "accept_all",
    "clause_text",
    "compare",
    "reject_all",
]

ChangeKind = Literal["same", "changed", "added", "removed", "moved", "renumbered", "typography"]
Op = Literal["same", "removed", "added"]

LEAST = 0.4
"""Below this similarity no two clauses or rows are paired, wherever they stand."""
ALIKE = 0.5
"""From this similarity on, two clauses in one place are versions of one clause."""
NEARLY_EQUAL = 0.85
"""From this similarity on, two clauses in different places are one clause that moved."""
MOVED_WORDS, NEARLY_MOVED_WORDS = 4, 8
"""Shorter clauses recur by chance and are not called moved: for equal and for nearly equal words."""
FEW_PAIRS = 20_000
"""Fewer pairs than these are weighed one by one, which spares importing numpy."""
LARGEST_GAP = 250_000
"""Pairs of clauses that are weighed in one gap; beyond, only those with one pinpoint are."""


@dataclass(frozen=True, slots=True)
class Word:
    """A run of words with one fate, white space included; the texts of one side join to that side's exact text."""

    op: Op
    text: str
    was: str | None = None
    """For `same`: the old side's spelling, where typography differs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseChange:
    """What became of one clause. `old` and `new` carry no children; their pinpoints tell the places."""

    kind: ChangeKind
    old: Block | None
    new: Block | None
    depth: int
    """Levels above it, in the new tree, or for `removed` in the old."""
    words: tuple[Word, ...] = ()
    rows: tuple[tuple[tuple[Word, ...], ...], ...] = ()
    """For tables: rows of cells of words. An empty cell is an empty word; a cell of `added` words alone is new."""
    old_at: int | None = None
    new_at: int | None = None
    """Place in reading order of either side, from 0."""

    @property
    def reworded(self) -> bool:
        """Whether any word was added or removed: a `moved` clause may have been reworded on the way."""
        return _reworded(self.words, self.rows)


def _reworded(words: Sequence[Word], rows: Rows) -> bool:
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


def compare(old: Sequence[Block], new: Sequence[Block]) -> Redline:
    """The redline of two block trees. A pure function; mirrored when the sides are."""
    placed, other_placed = _placed(old), _placed(new)
    swapped = _comes_before(other_placed, placed)
    lexicon = _Lexicon()
    first = lexicon.clauses(other_placed if swapped else placed)
    second = lexicon.clauses(placed if swapped else other_placed)
    matching = _match(first, second)
    if swapped:
        first, second, matching = second, first, matching.mirrored()
    return Redline(tuple(_in_reading_order(first, second, matching, lexicon)))


def reject_all(redline: Redline) -> tuple[str, ...]:
    """The old text of each clause, in the old order."""
    kept = sorted((c.old_at, c) for c in redline.changes if c.old_at is not None)
    return tuple(_text_of(change, "removed") for _, change in kept)


def accept_all(redline: Redline) -> tuple[str, ...]:
    """The new text of each clause, in the new order."""
    kept = sorted((c.new_at, c) for c in redline.changes if c.new_at is not None)
    return tuple(_text_of(change, "added") for _, change in kept)


def clause_text(block: Block) -> str:
    """The text of one block without its children; a table's cells by tabs, its rows by line ends."""
    if not block.rows:
        return block.text
    return "\n".join([block.text, *("\t".join(cell.text for cell in row) for row in block.rows if row)])


def _text_of(change: ClauseChange, op: Op) -> str:
    rows = ([_spelt(cell, op) for cell in row if _present(cell, op)] for row in change.rows)
    return "\n".join([_spelt(change.words, op), *("\t".join(row) for row in rows if row)])


def _spelt(words: Iterable[Word], op: Op) -> str:
    kept = (word for word in words if word.op in ("same", op))
    return "".join(w.was if op == "removed" and w.was is not None else w.text for w in kept)


def _present(cell: Iterable[Word], op: Op) -> bool:
    return any(word.op in ("same", op) for word in cell)


# ---------------------------------------------------------------- words

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060"
_SPACE = rf"[\s{_INVISIBLE}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
_IN_WORD = rf"[\w{_INVISIBLE}\u0300-\u036f]"

# White space, and marks that nobody sees.
# yes: ` ` `  `
# no: `a` ` a`
_SPACES = re.compile(rf"{_SPACE}+")

# One token with the white space after it: an amount or number, a code or word, dots, dashes, another mark.
# yes: `$29.66` `1,000` `01/04/2025` `20%` `13A` `WA3.15.5` `employer’s ` `...` `-- ` `—` `"` `(`
# no: `two words` `29. ` `a-b` `()` ` a`
_TOKEN = re.compile(
    r"(?:[$£€]?[0-9]+(?:[.,/][0-9]+)*\w*%?|[A-Za-z]{1,3}[0-9]+(?:\.[0-9]+)*(?!\w)"
    rf"|\w{_IN_WORD}*(?:['’]\w{_IN_WORD}*)*|\.{{2,}}|[-‐-―−]+|'{{2}}|(?!{_SPACE})[^\w]){_SPACE}*"
)

# Any dash, or several, is one dash.
# yes: `-` `--` `—`
# no: `_`
_DASHES = re.compile(r"[-‐-―−]+")

_FOLDED = str.maketrans(
    dict.fromkeys('‘’‚‛“”„‟«»‹›`´"', "'") | dict.fromkeys(_INVISIBLE, None) | {"…": "..."}
)


class _Lexicon:
    """Gives every token, typography aside, one character for the length of one comparison.

    Characters are given out in the order in which words first occur, and not kept for the next comparison: which of
    several equally good alignments is taken follows from the order of keys.
    """

    def __init__(self) -> None:
        self._characters = _Characters({"": ""})
        self._keys: dict[str, str] = {}
        self._keys_of_headings: dict[str, str] = {}

    def clauses(self, placed: Sequence[_Placed]) -> list[_Clause]:
        return [self._clause(*one) for one in placed]

    def _clause(self, block: Block, depth: int, parent: int) -> _Clause:
        key = self.key(block.text, heading=block.kind == "heading")
        if block.rows:
            key += "".join(["\x02" + self.row_key(row) for row in block.rows if row])
        return _Clause(_alone(block), depth, parent, key)

    def row_key(self, row: Sequence[Cell]) -> str:
        return "\x01".join([self.key(cell.text) for cell in row])

    def key(self, text: str, *, heading: bool = False) -> str:
        """Most texts stand on both sides and are looked at once."""
        keys = self._keys_of_headings if heading else self._keys
        key = keys.get(text)
        if key is None:
            folded = _folded_heading(text) if heading else _folded_text(text)
            key = keys[text] = "".join(map(self._characters.__getitem__, folded))
        return key


class _Characters(dict[str, str]):
    """The character of each folded token; a new one gets the next."""

    def __missing__(self, folded: str) -> str:
        number = len(self) + 0xFF  # one entry is that of no word at all
        self[folded] = character = chr(number if number < 0xD800 else number + 0x800)
        return character


# What follows keeps what it found: the same words occur in every text, and a text in one version after another.


@lru_cache(maxsize=8192)
def _folded(token: str) -> str:
    """A token without typography."""
    folded = unicodedata.normalize("NFC", _DASHES.sub("-", _SPACES.sub("", token).translate(_FOLDED)))
    return "'" if folded == "''" else folded


@lru_cache(maxsize=1024)
def _folded_text(text: str) -> tuple[str, ...]:
    return tuple(map(_folded, tokens_of(text)))


@lru_cache(maxsize=256)
def _folded_heading(text: str) -> tuple[str, ...]:
    return tuple([_folded(token).casefold() for token in tokens_of(text)])


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


@lru_cache(maxsize=256)
def tokens_of(text: str) -> tuple[str, ...]:
    """The tokens of a text, each with the white space after it; they join to `text`. Mere white space is one token.

    >>> tokens_of("Pay  $29.66, at least.")
    ('Pay  ', '$29.66', ', ', 'at ', 'least', '.')
    """
    leading = _SPACES.match(text)
    if leading is None:
        return tuple(_TOKEN.findall(text))
    tokens = _TOKEN.findall(text, leading.end())
    return (leading[0] + tokens[0], *tokens[1:]) if tokens else (text,)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A block without its children, its words as a key, and where it stands; `parent` is -1 at the top."""

    block: Block
    depth: int
    parent: int
    key: str

    @property
    def is_table(self) -> bool:
        return bool(self.block.rows)


_Placed = tuple[Block, int, int]
"""A block, its depth, and the place of its parent in reading order, -1 at the top."""


def _placed(blocks: Sequence[Block]) -> list[_Placed]:
    """All blocks of a tree in reading order. Without recursion: trees may be deep."""
    placed: list[_Placed] = []
    waiting: list[_Placed] = [(block, 0, -1) for block in reversed(blocks)]
    while waiting:
        block, depth, _ = one = waiting.pop()
        placed.append(one)
        if block.children:
            waiting += [(child, depth + 1, len(placed) - 1) for child in reversed(block.children)]
    return placed


def _comes_before(placed: list[_Placed], other_placed: list[_Placed]) -> bool:
    """Puts two sides into a fixed order, whichever came first."""
    for one, other in zip(placed, other_placed, strict=False):
        rank, other_rank = _rank(*one), _rank(*other)
        if rank != other_rank:
            return rank < other_rank
    return len(placed) < len(other_placed)


def _rank(block: Block, depth: int, parent: int) -> tuple[str, str, str, str, int, int]:
    return (clause_text(block), block.label, block.pinpoint, block.kind, depth, parent)


# ---------------------------------------------------------------- pairing clauses

Pair = tuple[int, int]
Gain = Callable[[int, int], float]
"""What pairing two things is worth; 0 for nothing."""


@dataclass(frozen=True, slots=True)
class _Matching:
    """Clauses of two sides that belong together, by place: those in one order, and those out of it."""

    in_order: dict[int, int]
    moved: dict[int, int]

    def mirrored(self) -> _Matching:
        return _Matching({j: i for i, j in self.in_order.items()}, {j: i for i, j in self.moved.items()})


def _match(olds: list[_Clause], news: list[_Clause]) -> _Matching:
    keys, other_keys = [c.key for c in olds], [c.key for c in news]
    in_order = dict(_aligned(keys, other_keys, _gain_among(olds, news)))
    if len(in_order) < min(len(olds), len(news)):
        _pair_rewritten_parents(olds, news, in_order)
    _part_chance_pairs(olds, news, in_order)
    return _Matching(in_order, _moves(olds, news, in_order))


def _aligned(keys: Sequence[str], other_keys: Sequence[str], gain: Gain) -> list[Pair]:
    """The order-keeping pairs of two sequences: unique equals first, then the best pairing in the gaps."""
    anchors = _anchors(keys, other_keys)
    pairs: list[Pair] = []
    bounds = [(-1, -1), *anchors, (len(keys), len(other_keys))]
    for (i, j), (next_i, next_j) in pairwise(bounds):
        if i >= 0:
            pairs.append((i, j))
        pairs += _gap(range(i + 1, next_i), range(j + 1, next_j), gain, keys, other_keys)
    return pairs


def _anchors(keys: Sequence[str], other_keys: Sequence[str]) -> list[Pair]:
    once, other_once = Counter(keys), Counter(other_keys)
    place = {key: j for j, key in enumerate(other_keys) if other_once[key] == 1 and once[key] == 1}
    candidates = [(i, place[key], 1 + len(key)) for i, key in enumerate(keys) if key in place]
    return _heaviest_run(candidates, len(other_keys))


def _heaviest_run(candidates: list[tuple[int, int, int]], width: int) -> list[Pair]:
    """The heaviest chain that increases on both sides, of (i, j, weight) in order of i. A Fenwick tree of best ends."""
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


def _gap(olds: range, news: range, gain: Gain, keys: Sequence[str], other_keys: Sequence[str]) -> list[Pair]:
    """The most gainful order-keeping pairs within one gap; equal ends are cut off first."""
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
    if len(olds) * len(news) > LARGEST_GAP:
        return head + _equal_pairs(olds, news, keys, other_keys) + tail[::-1]
    return head + _best_path(olds, news, gain, keys, other_keys) + tail[::-1]


def _equal_pairs(olds: range, news: range, keys: Sequence[str], other_keys: Sequence[str]) -> list[Pair]:
    """For gaps too large to weigh every pair: the longest common run of equal clauses."""
    blocks = LCSseq.opcodes([keys[i] for i in olds], [other_keys[j] for j in news])
    return [
        (olds[b.src_start + n], news[b.dest_start + n])
        for b in blocks
        if b.tag == "equal"
        for n in range(b.src_end - b.src_start)
    ]


def _best_path(
    olds: range, news: range, gain: Gain, keys: Sequence[str], other_keys: Sequence[str]
) -> list[Pair]:
    gains = [[0.0] * len(news) for _ in olds]
    near = _near([keys[i] for i in olds], [other_keys[j] for j in news], LEAST)
    for i, j, _ in near:
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


def _gain_among(olds: Sequence[_Clause], news: Sequence[_Clause]) -> Gain:
    return lambda i, j: _gain(olds[i], news[j])


def _gain(old: _Clause, new: _Clause) -> float:
    """What pairing two clauses in one gap is worth: their likeness, a little for their place, more if long."""
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
    alike = _likeness(old.key, new.key, ALIKE - place)
    return (alike + place) ** 2 * (1 + log1p(min(len(old.key), len(new.key)))) if alike else 0.0


def _near(keys: Sequence[str], other_keys: Sequence[str], least: float) -> list[tuple[int, int, float]]:
    """Every pair that is alike at least so much, with how much. Many are weighed at once, outside Python."""
    if len(keys) * len(other_keys) < FEW_PAIRS:
        weighed = (
            (i, j, _likeness(key, other, least))
            for i, key in enumerate(keys)
            for j, other in enumerate(other_keys)
        )
        return [one for one in weighed if one[2]]
    table = cdist(keys, other_keys, scorer=Indel.normalized_similarity, score_cutoff=least)
    return [(int(i), int(j), float(table[i, j])) for i, j in zip(*table.nonzero(), strict=True)]


def _likeness(key: str, other: str, least: float) -> float:
    """Shared words in order, twice over all words; 0 below `least`."""
    if key == other:
        return 1.0
    if not key or not other:
        return 0.0
    return Indel.normalized_similarity(key, other, score_cutoff=least)


def _pair_rewritten_parents(olds: list[_Clause], news: list[_Clause], in_order: dict[int, int]) -> None:
    """Pairs two lead-ins that are left over where all paired sub-clauses of one are those of the other."""
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
        if _fits_between(i, j, in_order) and _likeness(olds[i].key, news[j].key, 0.2):
            in_order[i] = j
            taken.add(j)


def _part_chance_pairs(olds: list[_Clause], news: list[_Clause], in_order: dict[int, int]) -> None:
    """Parts clauses that stand under different parents, unless they are long and like enough to be called moved."""
    sources = {j: i for i, j in in_order.items()}
    for i, j in sorted(in_order.items()):
        old, new = olds[i], news[j]
        if not old.key or not new.key or not _displaced(old, new, in_order, sources):
            continue
        short = min(_word_count(old), _word_count(new)) < MOVED_WORDS
        if short or _likeness(old.key, new.key, NEARLY_EQUAL) < NEARLY_EQUAL:
            del in_order[i], sources[j]


def _fits_between(i: int, j: int, in_order: dict[int, int]) -> bool:
    places = sorted(in_order)
    at = bisect_left(places, i)
    before = in_order[places[at - 1]] if at else -1
    after = in_order[places[at]] if at < len(places) else j + 1
    return before < j < after


# ---------------------------------------------------------------- moves


def _moves(olds: list[_Clause], news: list[_Clause], in_order: dict[int, int]) -> dict[int, int]:
    """Pairs among what is left over, wherever it stands; then what stood below those."""
    taken = set(in_order.values())
    left = [i for i in range(len(olds)) if i not in in_order]
    other_left = [j for j in range(len(news)) if j not in taken]
    if not left or not other_left:
        return {}
    moved = _equal_moves(olds, news, left, other_left)
    left = [i for i in left if i not in moved]
    gone = set(moved.values())
    moved |= _near_moves(olds, news, left, [j for j in other_left if j not in gone])
    _take_along(olds, news, in_order, moved)
    return moved


def _equal_moves(
    olds: list[_Clause], news: list[_Clause], left: list[int], other_left: list[int]
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
    olds: list[_Clause], news: list[_Clause], left: list[int], other_left: list[int]
) -> dict[int, int]:
    left = [i for i in left if _word_count(olds[i]) >= NEARLY_MOVED_WORDS]
    other_left = [j for j in other_left if _word_count(news[j]) >= NEARLY_MOVED_WORDS]
    if len(left) * len(other_left) > LARGEST_GAP:
        return {}
    weighed = _near([olds[i].key for i in left], [news[j].key for j in other_left], NEARLY_EQUAL)
    near = [(-alike, left[n], other_left[m]) for n, m, alike in weighed]
    near = [one for one in near if olds[one[1]].is_table == news[one[2]].is_table]
    moved: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(near):
        if i not in moved and j not in taken:
            moved[i] = j
            taken.add(j)
    return moved


def _word_count(clause: _Clause) -> int:
    words = sum(token.lstrip()[:1].isalnum() for token in tokens_of(clause.block.text))
    return words + sum(len(cell.text.split()) for row in clause.block.rows for cell in row)


def _take_along(
    olds: list[_Clause], news: list[_Clause], in_order: dict[int, int], moved: dict[int, int]
) -> None:
    """Pairs the clauses below moved ones, however short: their place is vouched for by what they stand under."""
    paired = {**in_order, **moved}
    taken = set(paired.values())
    below, other_below = _children(olds), _children(news)
    waiting = sorted(moved.items())
    while waiting:
        i, j = waiting.pop()
        mine = [c for c in below.get(i, ()) if c not in paired]
        theirs = [c for c in other_below.get(j, ()) if c not in taken]
        ours, others = [olds[c] for c in mine], [news[c] for c in theirs]
        for n, m in _best_path(
            range(len(mine)),
            range(len(theirs)),
            _gain_among(ours, others),
            [c.key for c in ours],
            [c.key for c in others],
        ):
            moved[mine[n]] = paired[mine[n]] = theirs[m]
            taken.add(theirs[m])
            waiting.append((mine[n], theirs[m]))


def _children(clauses: list[_Clause]) -> dict[int, list[int]]:
    below: dict[int, list[int]] = {}
    for at, clause in enumerate(clauses):
        below.setdefault(clause.parent, []).append(at)
    return below


# ---------------------------------------------------------------- from pairs to changes


def _in_reading_order(
    olds: list[_Clause], news: list[_Clause], matching: _Matching, lexicon: _Lexicon
) -> Iterator[ClauseChange]:
    """Changes in the order of the new text; removed clauses follow what they followed."""
    sources = {j: i for i, j in (*matching.in_order.items(), *matching.moved.items())}
    paired = {i: j for j, i in sources.items()}
    at = 0

    def removed_from_here() -> Iterator[ClauseChange]:
        nonlocal at
        while at < len(olds) and at not in matching.in_order:
            if at not in paired:
                yield _one_sided(olds[at], "removed", at)
            at += 1

    yield from removed_from_here()
    for j, new in enumerate(news):
        i = sources.get(j)
        if i is None:
            yield _one_sided(new, "added", j)
            continue
        displaced = i in matching.moved or _displaced(olds[i], new, paired, sources)
        yield _pair_change(olds[i], new, i, j, displaced, lexicon)
        if i in matching.in_order:
            at = i + 1
            yield from removed_from_here()


def _displaced(old: _Clause, new: _Clause, paired: dict[int, int], sources: dict[int, int]) -> bool:
    """Whether two clauses in one order stand under different parents. A rewritten parent is not another one."""
    if old.parent in paired or old.parent == -1:
        return paired.get(old.parent, -1) != new.parent
    return new.parent in sources or new.parent == -1


def _one_sided(clause: _Clause, kind: Literal["added", "removed"], at: int) -> ClauseChange:
    words = (Word(kind, clause.block.text),) if clause.block.text else ()
    rows = tuple(tuple((Word(kind, cell.text),) for cell in row) for row in clause.block.rows if row)
    if kind == "added":
        return ClauseChange(
            kind=kind, old=None, new=clause.block, depth=clause.depth, words=words, rows=rows, new_at=at
        )
    return ClauseChange(
        kind=kind, old=clause.block, new=None, depth=clause.depth, words=words, rows=rows, old_at=at
    )


def _pair_change(
    old: _Clause, new: _Clause, i: int, j: int, displaced: bool, lexicon: _Lexicon
) -> ClauseChange:
    heading = old.block.kind == "heading" == new.block.kind
    words = _redlined(old.block.text, new.block.text, lexicon, heading=heading)
    rows = _table(old.block.rows, new.block.rows, lexicon)
    kind = _kind(old.block, new.block, displaced, _reworded(words, rows))
    return ClauseChange(
        kind=kind, old=old.block, new=new.block, depth=new.depth, words=words, rows=rows, old_at=i, new_at=j
    )


def _kind(old: Block, new: Block, displaced: bool, reworded: bool) -> ChangeKind:
    """A label that is not known on one side (flat captures) says nothing about renumbering."""
    if displaced:
        return "moved"
    if reworded:
        return "changed"
    if old.label and new.label and old.label != new.label:
        return "renumbered"
    return "same" if clause_text(old) == clause_text(new) else "typography"


def _redlined(old_text: str, new_text: str, lexicon: _Lexicon, *, heading: bool = False) -> tuple[Word, ...]:
    """The words of two texts with what was removed and added; removed before added in each place."""
    if old_text == new_text:
        return (Word("same", new_text),) if new_text else ()
    key, other = lexicon.key(old_text, heading=heading), lexicon.key(new_text, heading=heading)
    if not key and not other:
        return (Word("same", new_text, old_text),)
    old, new = tokens_of(old_text), tokens_of(new_text)
    equal = _equal_runs(old, new, key, other)
    words: list[Word] = []
    i = j = 0
    for next_i, next_j, length in [*equal, (len(old), len(new), 0)]:
        _put(words, "removed", old[i:next_i])
        _put(words, "added", new[j:next_j])
        i, j = next_i + length, next_j + length
        if length:
            was, text = "".join(old[next_i:i]), "".join(new[next_j:j])
            words.append(Word("same", text, None if was == text else was))
    return tuple(words)


def _put(words: list[Word], op: Op, tokens: Sequence[str]) -> None:
    if tokens:
        words.append(Word(op, "".join(tokens)))


SharedRun = tuple[int, int, int]


def _equal_runs(old: Sequence[str], new: Sequence[str], key: str, other: str) -> list[SharedRun]:
    """Runs of shared tokens (start in old, start in new, length), without the smallest islands."""
    if key <= other:
        runs = [(b.src_start, b.dest_start, b.src_end - b.src_start) for b in _equal_blocks(key, other)]
    else:
        runs = [(b.dest_start, b.src_start, b.src_end - b.src_start) for b in _equal_blocks(other, key)]
    sizes, other_sizes = _sums(old), _sums(new)
    kept: list[SharedRun] = []
    for n, run in enumerate(runs):
        following = runs[n + 1][:2] if n + 1 < len(runs) else (len(old), len(new))
        previous = (kept[-1][0] + kept[-1][2], kept[-1][1] + kept[-1][2]) if kept else (0, 0)
        before = max(sizes[run[0]] - sizes[previous[0]], other_sizes[run[1]] - other_sizes[previous[1]])
        ends = (run[0] + run[2], run[1] + run[2])
        after = max(sizes[following[0]] - sizes[ends[0]], other_sizes[following[1]] - other_sizes[ends[1]])
        size = max(sizes[ends[0]] - sizes[run[0]], other_sizes[ends[1]] - other_sizes[run[1]])
        if run[2] > 4 or size > min(before, after):
            kept.append(run)
    return kept


def _equal_blocks(key: str, other: str) -> list[Opcode]:
    return [block for block in Indel.opcodes(key, other) if block.tag == "equal"]


def _sums(tokens: Sequence[str]) -> list[int]:
    """Lengths of the first n tokens together, for every n."""
    sums = [0]
    for token in tokens:
        sums.append(sums[-1] + len(token))
    return sums


# ---------------------------------------------------------------- tables

Rows = tuple[tuple[tuple[Word, ...], ...], ...]


def _table(old: Sequence[Sequence[Cell]], new: Sequence[Sequence[Cell]], lexicon: _Lexicon) -> Rows:
    """The rows of two tables, aligned by their words, each with its cells compared."""
    if not old and not new:
        return ()
    old, new = [row for row in old if row], [row for row in new if row]
    if not old and not new:
        return ()
    pairs = _mirror_safe([lexicon.row_key(row) for row in old], [lexicon.row_key(row) for row in new], LEAST)
    return tuple(
        _cells(old[i] if i is not None else (), new[j] if j is not None else (), lexicon)
        for i, j in _interleaved(pairs, len(old), len(new))
    )


def _cells(old: Sequence[Cell], new: Sequence[Cell], lexicon: _Lexicon) -> tuple[tuple[Word, ...], ...]:
    """The cells of two rows: by column where there are as many, else aligned by their words."""
    if len(old) == len(new):
        pairs = [(n, n) for n in range(len(old))]
    else:
        keys = [[lexicon.key(cell.text) for cell in row] for row in (old, new)]
        pairs = _mirror_safe(keys[0], keys[1], ALIKE)
    return tuple(
        _cell(old[i].text if i is not None else None, new[j].text if j is not None else None, lexicon)
        for i, j in _interleaved(pairs, len(old), len(new))
    )


def _cell(old: str | None, new: str | None, lexicon: _Lexicon) -> tuple[Word, ...]:
    """At least one word, so that it shows on which sides the cell stands."""
    if old is None:
        return (Word("added", new or ""),)
    if new is None:
        return (Word("removed", old),)
    words = _redlined(old, new, lexicon)
    if not words:
        return (Word("same", ""),)
    if not _present(words, "removed"):
        return (Word("removed", old), *words)
    return words if _present(words, "added") else (*words, Word("added", new))


def _mirror_safe(keys: list[str], other: list[str], least: float) -> list[Pair]:
    def gain(left: list[str], right: list[str]) -> Gain:
        def worth(i: int, j: int) -> float:
            alike = _likeness(left[i], right[j], least)
            return alike**2 * (1 + log1p(min(len(left[i]), len(right[j]))))

        return worth

    if keys <= other:
        return _aligned(keys, other, gain(keys, other))
    return [(i, j) for j, i in _aligned(other, keys, gain(other, keys))]


def _interleaved(
    pairs: list[Pair], length: int, other_length: int
) -> Iterator[tuple[int | None, int | None]]:
    """Every place of both sides once, those of the first side before those of the second in each gap."""
    i = j = 0
    for next_i, next_j in [*pairs, (length, other_length)]:
        yield from ((n, None) for n in range(i, next_i))
        yield from ((None, n) for n in range(j, next_j))
        if next_i < length and next_j < other_length:
            yield next_i, next_j
        i, j = next_i + 1, next_j + 1
