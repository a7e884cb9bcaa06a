"""Split texts into tokens, give each token a key, and find what two texts share."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import Indel

from manual.compare.redline import Op, Word
from manual.compare.runs import SharedRun, heaviest_run, joined
from manual.model import Cell

LARGEST_TABLE = 16_000_000
"""Pairs of tokens that are laid out at once: a table of one bit for each, 2 MB, however long the texts are."""
WINDOW = 4_000
"""Tokens of each side that are looked at together where a longer stretch has no word that occurs once."""
DEEPEST = 8
"""How often a stretch is divided by words that occur once in it, before windows are taken."""
KEPT = 20_000
"""Characters of the longest text whose tokens are kept for the next comparison."""
KEPT_TOKEN = 64
SHORT_RUN = 4
"""Tokens of the longest shared run that may be an island."""

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

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_FOLDED = str.maketrans(
    dict.fromkeys('‘’‚‛“”„‟«»‹›`´"', "'") | dict.fromkeys(_INVISIBLE, None) | {"…": "..."} | _LIGATURES
)


class Lexicon:
    """Maps each token, ignoring typography, to one character; valid within one comparison.

    Characters are assigned in the order in which words first occur, and forgotten after the comparison: the order of
    the keys decides between equally good alignments, so it must not depend on earlier comparisons.
    """

    def __init__(self) -> None:
        self._characters = _Characters({"": ""})
        self._keys: dict[str, str] = {}
        self._keys_of_headings: dict[str, str] = {}

    def row_key(self, row: Sequence[Cell]) -> str:
        return "\x01".join([self.key(cell.text) for cell in row])

    def key(self, text: str, *, heading: bool = False) -> str:
        """The key of a text: one character a token. Cached, as most texts occur on both sides."""
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


# The functions below cache their results for short texts: the same words occur in every text, and the same text in one
# version after another.


def _folded(token: str) -> str:
    """A token without typography."""
    return _folded_kept(token) if len(token) <= KEPT_TOKEN else _folded_kept.__wrapped__(token)


@lru_cache(maxsize=8192)
def _folded_kept(token: str) -> str:
    folded = unicodedata.normalize("NFC", _DASHES.sub("-", _SPACES.sub("", token).translate(_FOLDED)))
    return "'" if folded == "''" else folded


def _folded_text(text: str) -> tuple[str, ...]:
    return _folded_text_kept(text) if len(text) <= KEPT else _folded_text_kept.__wrapped__(text)


@lru_cache(maxsize=1024)
def _folded_text_kept(text: str) -> tuple[str, ...]:
    return tuple(map(_folded, tokens_of(text)))


def _folded_heading(text: str) -> tuple[str, ...]:
    return tuple([_folded(token).casefold() for token in tokens_of(text)])


def tokens_of(text: str) -> tuple[str, ...]:
    """The tokens of a text, each with the white space after it; they join to `text`. Mere white space is one token.

    >>> tokens_of("Pay  $29.66, at least.")
    ('Pay  ', '$29.66', ', ', 'at ', 'least', '.')
    """
    return _tokens_kept(text) if len(text) <= KEPT else _tokens_kept.__wrapped__(text)


@lru_cache(maxsize=256)
def _tokens_kept(text: str) -> tuple[str, ...]:
    leading = _SPACES.match(text)
    if leading is None:
        return tuple(_TOKEN.findall(text))
    tokens = _TOKEN.findall(text, leading.end())
    return (leading[0] + tokens[0], *tokens[1:]) if tokens else (text,)


# ---------------------------------------------------------------- what was removed and added


def redlined(old_text: str, new_text: str, lexicon: Lexicon, *, heading: bool = False) -> tuple[Word, ...]:
    """The words of two texts with what was removed and added; removed before added in each place."""
    if old_text == new_text:
        return (Word("same", new_text),) if new_text else ()
    key, other = lexicon.key(old_text, heading=heading), lexicon.key(new_text, heading=heading)
    if not key and not other:
        return (Word("same", new_text, old_text),)
    old, new = tokens_of(old_text), tokens_of(new_text)
    return tuple(_words(old, new, equal_runs(old, new, key, other)))


def redlined_pieces(old_text: str, new_texts: Sequence[str], lexicon: Lexicon) -> list[tuple[Word, ...]]:
    """The words of one text and of several that it was split into, for each of them. Words removed between two of
    them are put at the end of the first."""
    old, new = tokens_of(old_text), [token for text in new_texts for token in tokens_of(text)]
    equal = equal_runs(old, new, lexicon.key(old_text), "".join([lexicon.key(text) for text in new_texts]))
    ends = _ends(new_texts)
    pieces: list[list[Word]] = [[] for _ in new_texts]
    at = j = 0
    for op, olds, news in _stretches(old, new, equal):
        if op == "removed":
            _put(pieces[at], op, "".join(olds))
        while news:
            while j >= ends[at]:
                at += 1
            here = min(len(news), ends[at] - j)
            _put(pieces[at], op, "".join(news[:here]), "".join(olds[:here]))
            olds, news, j = olds[here:], news[here:], j + here
    return [tuple(piece) for piece in pieces]


def joined_pieces(old_texts: Sequence[str], new_text: str, lexicon: Lexicon) -> list[tuple[Word, ...]]:
    """The mirror image of `redlined_pieces`: several texts that were joined into one."""
    old, new = [token for text in old_texts for token in tokens_of(text)], tokens_of(new_text)
    equal = equal_runs(old, new, "".join([lexicon.key(text) for text in old_texts]), lexicon.key(new_text))
    ends = _ends(old_texts)
    pieces: list[list[Word]] = [[] for _ in old_texts]
    at = i = 0
    for op, olds, news in _stretches(old, new, equal):
        if op == "added":
            _put(pieces[at], op, "".join(news))
        while olds:
            while i >= ends[at]:
                at += 1
            here = min(len(olds), ends[at] - i)
            was = "".join(olds[:here])
            _put(pieces[at], op, "".join(news[:here]) if op == "same" else was, was)
            olds, news, i = olds[here:], news[here:], i + here
    return [tuple(piece) for piece in pieces]


def _ends(texts: Sequence[str]) -> list[int]:
    """Where each text ends: the number of tokens up to and including its last one."""
    ends: list[int] = []
    for text in texts:
        ends.append((ends[-1] if ends else 0) + len(tokens_of(text)))
    return ends


Stretch = tuple[Op, Sequence[str], Sequence[str]]


def _stretches(old: Sequence[str], new: Sequence[str], equal: Sequence[SharedRun]) -> Iterator[Stretch]:
    """Runs of tokens that were all kept, all removed or all added, for the old side and for the new."""
    i = j = 0
    for next_i, next_j, length in [*equal, (len(old), len(new), 0)]:
        if next_i > i:
            yield "removed", old[i:next_i], ()
        if next_j > j:
            yield "added", (), new[j:next_j]
        i, j = next_i + length, next_j + length
        if length:
            yield "same", old[next_i:i], new[next_j:j]


def _words(old: Sequence[str], new: Sequence[str], equal: Sequence[SharedRun]) -> Iterator[Word]:
    for op, olds, news in _stretches(old, new, equal):
        was, text = "".join(olds), "".join(news)
        yield Word(op, was) if op == "removed" else _word(op, text, was)


def _word(op: Op, text: str, was: str) -> Word:
    return Word(op, text, was if op == "same" and was != text else None)


def _put(words: list[Word], op: Op, text: str, was: str = "") -> None:
    words.append(_word(op, text, was))


def spaced(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words as they are shown: a space that only one side has belongs to the words that only that side has.

    >>> [word.text for word in spaced((Word("same", "one two", "one two "), Word("removed", "three")))]
    ['one two', ' three']
    """
    shown = list(words)
    for at, word in enumerate(words):
        if word.op != "same" or word.was is None:
            continue
        ends: dict[Op, str] = {"added": _space_after(word.text), "removed": _space_after(word.was)}
        if bool(ends["added"]) == bool(ends["removed"]):
            continue
        given: set[Op] = set()
        for n in (at + 1, at + 2):
            if n >= len(shown) or shown[n].op == "same":
                break
            op = shown[n].op
            shown[n] = Word(op, ends[op] + shown[n].text)
            given.add(op)
        text = word.text.removesuffix(ends["added"]) if "added" in given else word.text
        was = word.was.removesuffix(ends["removed"]) if "removed" in given else word.was
        shown[at] = _word("same", text, was)
    return tuple(shown)


def _space_after(text: str) -> str:
    return text[len(text.rstrip()) :]


# ---------------------------------------------------------------- what two texts share


def equal_runs(old: Sequence[str], new: Sequence[str], key: str, other: str) -> list[SharedRun]:
    """Runs of shared tokens as (start in old, start in new, length), without very short isolated runs."""
    runs = shared_runs(min(key, other), max(key, other))
    if key > other:
        runs = [(i, j, length) for j, i, length in runs]
    sizes, other_sizes = _sums(old), _sums(new)
    kept: list[SharedRun] = []
    for n, run in enumerate(runs):
        following = runs[n + 1][:2] if n + 1 < len(runs) else (len(old), len(new))
        previous = (kept[-1][0] + kept[-1][2], kept[-1][1] + kept[-1][2]) if kept else (0, 0)
        before = max(sizes[run[0]] - sizes[previous[0]], other_sizes[run[1]] - other_sizes[previous[1]])
        ends = (run[0] + run[2], run[1] + run[2])
        after = max(sizes[following[0]] - sizes[ends[0]], other_sizes[following[1]] - other_sizes[ends[1]])
        size = max(sizes[ends[0]] - sizes[run[0]], other_sizes[ends[1]] - other_sizes[run[1]])
        if run[2] > SHORT_RUN or size > min(before, after):
            kept.append(run)
    return kept


def _sums(tokens: Sequence[str]) -> list[int]:
    """Running totals: the summed length of the first n tokens, for every n."""
    sums = [0]
    for token in tokens:
        sums.append(sums[-1] + len(token))
    return sums


def shared_runs(key: str, other: str) -> list[SharedRun]:
    """Runs of shared tokens of two keys: the longest common subsequence, if the texts are short enough to compute it.

    Longer keys are divided at words that occur once on each side, or into windows where there are none.
    """
    if len(key) * len(other) <= LARGEST_TABLE:
        return _longest_common(key, other)
    runs: list[SharedRun] = []
    for i, j, length, other_length in _divided(key, other, 0, 0, DEEPEST):
        found = _longest_common(key[i : i + length], other[j : j + other_length])
        runs += [(i + start, j + other_start, size) for start, other_start, size in found]
    return joined(runs)


def _longest_common(key: str, other: str) -> list[SharedRun]:
    return [
        (b.src_start, b.dest_start, b.src_end - b.src_start)
        for b in Indel.opcodes(key, other)
        if b.tag == "equal"
    ]


Stretches = Iterator[tuple[int, int, int, int]]


def _divided(key: str, other: str, i: int, j: int, deepest: int) -> Stretches:
    """Stretches (start, other start, length, other length), in order, each short enough for the full computation."""
    if not key or not other:
        return
    if len(key) * len(other) <= LARGEST_TABLE:
        yield i, j, len(key), len(other)
        return
    anchors = _once_on_both(key, other) if deepest else []
    if not anchors:
        yield from _windows(len(key), len(other), i, j)
        return
    for (at, there), (next_at, next_there) in pairwise([(-1, -1), *anchors, (len(key), len(other))]):
        if at >= 0:
            yield i + at, j + there, 1, 1
        yield from _divided(
            key[at + 1 : next_at], other[there + 1 : next_there], i + at + 1, j + there + 1, deepest - 1
        )


def _once_on_both(key: str, other: str) -> list[tuple[int, int]]:
    once, other_once = Counter(key), Counter(other)
    place = {one: at for at, one in enumerate(other) if other_once[one] == 1 and once[one] == 1}
    return heaviest_run([(at, place[one], 1) for at, one in enumerate(key) if one in place], len(other))


def _windows(length: int, other_length: int, i: int, j: int) -> Stretches:
    steps = -(-max(length, other_length) // WINDOW)
    for n in range(steps):
        start, end = n * length // steps, (n + 1) * length // steps
        other_start, other_end = n * other_length // steps, (n + 1) * other_length // steps
        yield i + start, j + other_start, end - start, other_end - other_start
