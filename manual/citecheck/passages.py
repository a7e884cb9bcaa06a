"""Find the words of a quotation in a text, exactly or nearly.

Texts are encoded as strings with one character for each word, number or mark (`Vocabulary`), so that finding words is a
search for characters. Each text has two forms: with the labels of its clauses and without.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel
from rapidfuzz.fuzz import partial_ratio_alignment

from manual.citecheck.words import (
    ELLIPSIS,
    ENDS,
    Token,
    count_words,
    decides,
    denies,
    either_case,
    is_number,
    normal,
    opens_label,
    tokens,
    with_spaces,
)
from manual.model import Block, Code, VersionId

LIKE = 0.7
"""Share of a quotation's words from which on it counts as nearly the same as a passage."""
_FIRST_CHARACTER = 0x100
_SURROGATES = range(0xD800, 0xE000)
_MOST_REPLACED = 12
"""Words that an editor's brackets may stand for."""
_LEAST_STEM = 3
_ENDINGS = ("", "s", "es", "d", "ed", "ing", "e", "y", "ies", "ied", "'s")
"""What an editor's brackets may put or replace at the end of a word of at least `_LEAST_STEM` letters."""


class Vocabulary:
    """Maps each folded word of the letter and of the compared texts to one character."""

    def __init__(self) -> None:
        self._characters: dict[str, str] = {}
        self._blocks: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._words: dict[str, str] = {}
        self._deciding: dict[str, str] = {}

    def character(self, word: str) -> str:
        found = self._characters.get(word)
        if found is None:
            number = _FIRST_CHARACTER + len(self._characters)
            if number >= _SURROGATES.start:
                number += len(_SURROGATES)
            found = self._characters[word] = chr(number)
            self._words[found] = word
            if decides(word):
                self._deciding[found] = word.lower()
        return found

    def words_of(self, characters: str) -> list[str]:
        return [self._words[character] for character in characters]

    def deciding(self, characters: str) -> list[str]:
        """The deciding words among those encoded, in order and in lower case."""
        return [word for character in characters if (word := self._deciding.get(character))]

    def written(self, words: Iterable[str]) -> str:
        return "".join(map(self.character, words))

    def block(self, text: str) -> tuple[str, tuple[str, ...]]:
        """A block's text as it is searched, and its words as printed; brackets of its own don't count.

        Most blocks stand in many versions: each is taken apart once.
        """
        found = self._blocks.get(text)
        if found is None:
            pairs = [(t.text, p) for t, p in with_spaces(normal(text)) if t.text not in ("[", "]")]
            found = self._blocks[text] = self.written(word for word, _ in pairs), tuple(p for _, p in pairs)
        return found


# ---------------------------------------------------------------- texts of the manual


@dataclass(frozen=True, slots=True)
class Written:
    """A text in one of its two forms. `places[i]`: the number of the place to which the i-th character belongs."""

    characters: str
    places: tuple[int, ...]
    printed: tuple[str, ...]
    """The words as printed, each with the space behind it."""


@dataclass(frozen=True, slots=True)
class Text:
    """The words of one version, title first, ready to be searched."""

    code: Code
    version: VersionId
    pinpoints: tuple[str, ...]
    """Its places in reading order; the code itself is the first and stands for title and opening words."""
    labelled: Written
    bare: Written


class _Writing:
    """A text being built, one block after another."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._characters: list[str] = []
        self._places: list[int] = []
        self._printed: list[str] = []

    def add(self, text: str, place: int) -> None:
        if text:
            characters, printed = self._vocabulary.block(text)
            self._characters.append(characters)
            self._places += [place] * len(characters)
            self._printed += printed

    def written(self) -> Written:
        return Written("".join(self._characters), tuple(self._places), tuple(self._printed))


def text_of(
    code: Code, version: VersionId, title: str, blocks: Sequence[Block], vocabulary: Vocabulary
) -> Text:
    """`title` and `blocks` of a version as they are searched."""
    labelled, bare = _Writing(vocabulary), _Writing(vocabulary)
    pinpoints = [str(code)]
    for writing in (labelled, bare):
        writing.add(title, 0)
    for block in (each for top in blocks for each in top.walk()):
        place = len(pinpoints)
        pinpoints.append(block.pinpoint or pinpoints[-1])
        labelled.add(block.label, place)
        for text in (block.text, *(cell.text for row in block.rows for cell in row)):
            labelled.add(text, place)
            bare.add(text, place)
    return Text(code, version, tuple(pinpoints), labelled.written(), bare.written())


# ---------------------------------------------------------------- words of the letter


@dataclass(frozen=True, slots=True)
class Gap:
    """The contents of an editor's brackets, which replace words of the text."""

    deciding: tuple[str, ...]
    """Its words that decide, in order and small."""


Item = tuple[str, ...] | Gap
"""Words any of which may stand there, or a gap."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words between two ellipses."""

    items: tuple[Item, ...]
    plain: tuple[str, ...]
    """The words as they are compared where they don't match."""
    printed: tuple[str, ...]


# An editor's brackets, by what they do.
# yes: `[...]` `[…]`
_LEFT_OUT = re.compile(r"\[\s*(?:…|\.(?:\s?\.){2,3})\s*\]")
# yes: `[sic]` `[emphasis added]` `[my emphasis]`
_REMARK = re.compile(r"\[\s*(?:sic|(?:my |our )?emphasis(?: added| mine)?)\s*\]", re.IGNORECASE)
# yes: `[T]he` `applicant[s]` `[a]`
# no: `[the applicant]` `[...]`
_IN_WORD = re.compile(r"(?<![^\W_])(?P<before>[^\W_]*)\[(?P<inside>[^\W_]+)\](?P<after>[^\W_]*)")
_BRACKETS = re.compile(r"\[(?P<inside>[^\[\]]*)\]")
_ODD_BRACKET = re.compile(r"[\[\]]")


def fragments_of(quoted: str) -> tuple[Fragment, ...]:
    """The fragments of a quotation between its ellipses, without empty ones."""
    found = []
    for part in _cut_at_ellipses(_REMARK.sub(" ", _LEFT_OUT.sub(f" {ELLIPSIS} ", quoted))):
        items, plain, printed = _items(part)
        if items:
            first = items[0]
            if isinstance(first, tuple) and len(first) == 1:
                items[0] = either_case(first[0])
            found.append(Fragment(tuple(items), tuple(plain), tuple(printed)))
    return tuple(found)


# yes: `accredi- tation`, a word parted at the end of a line
_PARTED = re.compile(r"(?<=[^\W\d_])[-‐]\s+(?=[^\W\d_])")


# yes: `a. text` `iv) text`
_LIST_LABEL = re.compile(r"(?<!\S)([a-z]|[ivx]{2,4})[.)](?=\s)")


def readings_of(quoted: str) -> tuple[tuple[Fragment, ...], ...]:
    """The ways to read a quotation: with an editor's square brackets, with the manual's own, with words rejoined that a
    line end had divided, and with labels as lists print them."""
    joined, labelled = _PARTED.sub("", quoted), _LIST_LABEL.sub(r"(\1)", quoted)
    found = (fragments_of(quoted), literal_fragments(quoted), fragments_of(joined), fragments_of(labelled))
    return tuple(reading for reading in dict.fromkeys(found) if reading)


def literal_fragments(quoted: str) -> tuple[Fragment, ...]:
    """The fragments if the square brackets are the manual's own."""
    return fragments_of(_ODD_BRACKET.sub(" ", quoted))


def _cut_at_ellipses(text: str) -> list[str]:
    cuts = [0]
    for token in tokens(text):
        if token.text == ELLIPSIS:
            cuts += [token.start, token.end]
    cuts.append(len(text))
    return [text[first:until] for first, until in zip(cuts[::2], cuts[1::2], strict=True)]


def _items(part: str) -> tuple[list[Item], list[str], list[str]]:
    items: list[Item] = []
    plain: list[str] = []
    printed: list[str] = []

    def add(text: str) -> None:
        for token, as_printed in with_spaces(text):
            items.append((token.text,))
            plain.append(token.text)
            printed.append(as_printed)

    position = 0
    marks = sorted(
        [*_IN_WORD.finditer(part), *_BRACKETS.finditer(part)], key=lambda match: (match.start(), -match.end())
    )
    for match in marks:
        if match.start() < position:
            continue
        add(part[position : match.start()])
        position = match.end()
        inside = match["inside"]
        if match.re is _IN_WORD and (match["before"] or match["after"]):
            items.append(_edited(match["before"], inside, match["after"]))
            plain.append(match["before"] + inside + match["after"])
            printed.append(f"{match[0]} ")
        else:
            words = (token.text for token in tokens(inside))
            items.append(Gap(tuple(word.lower() for word in words if decides(word))))
    add(part[position:])
    return _ends_trimmed(items, plain, printed)


def _ends_trimmed(
    items: list[Item], plain: list[str], printed: list[str]
) -> tuple[list[Item], list[str], list[str]]:
    """The items without punctuation at either end. A gap at an end stands only for its deciding words. Only `items` has
    gaps."""
    while items and _is_bare(items[-1]):
        if not isinstance(items.pop(), Gap):
            del plain[-1], printed[-1]
    while items and _is_bare(items[0]) and not opens_label(plain):
        if not isinstance(items.pop(0), Gap):
            del plain[0], printed[0]
    for end, at in ((len(items) - 1, len(plain)), (0, 0)):
        if items and isinstance(gap := items[end], Gap):
            items[end : end + 1] = [(word,) for word in gap.deciding]
            plain[at:at] = gap.deciding
            printed[at:at] = [f"{word} " for word in gap.deciding]
    return items, plain, printed


def _is_bare(item: Item) -> bool:
    if isinstance(item, Gap):
        return not item.deciding
    return len(item) == 1 and item[0] in ENDS


def _edited(before: str, inside: str, after: str) -> Item:
    """`[T]he` matches either case, `applicant[s]` the word with any ending. Elsewhere, and in deciding words, the
    letters are taken as printed."""
    word = before + inside + after
    if not before:
        return either_case(word) if len(inside) == 1 else (word,)
    if after or len(before) < _LEAST_STEM or inside not in _ENDINGS or decides(word):
        return (word,)
    return tuple(before + ending for ending in _ENDINGS if not decides(before + ending))


def count(fragments: Iterable[Fragment]) -> int:
    """The number of words in a quotation, without punctuation and bracketed words."""
    return sum(count_words(Token(word, 0, 0) for word in fragment.plain) for fragment in fragments)


# ---------------------------------------------------------------- held against each other


class Pattern:
    """A quotation prepared for searching texts encoded with the same vocabulary."""

    def __init__(self, fragments: Sequence[Fragment], vocabulary: Vocabulary) -> None:
        self.fragments = fragments
        self._vocabulary = vocabulary
        self._sought = tuple(_Sought(fragment, vocabulary) for fragment in fragments)

    def stands_in(self, text: Text) -> tuple[str, ...] | None:
        """The places of `text` that contain the words, in order; None if it does not contain them."""
        for written in (text.labelled, text.bare):
            found = self._spans(written)
            if found is not None:
                numbers = dict.fromkeys(
                    number for first, until in found for number in written.places[first:until]
                )
                return tuple(dict.fromkeys(text.pinpoints[number] for number in numbers))
        return None

    def _spans(self, written: Written) -> list[tuple[int, int]] | None:
        """Each fragment behind the one before, the first of those that what is left out allows."""
        spans: list[tuple[int, int]] = []
        for sought in self._sought:
            position = spans[-1][1] if spans else 0
            found = next(
                (
                    span
                    for span in sought.spans(written.characters, position)
                    if sought.is_whole(span, written)
                    and (not spans or self._may_leave_out(written.characters, spans[-1], span))
                ),
                None,
            )
            if found is None:
                return None
            spans.append(found)
        return spans or None

    def _may_leave_out(self, characters: str, before: tuple[int, int], behind: tuple[int, int]) -> bool:
        """Whether an ellipsis may stand between two spans: not for the word that denies, nor for another number."""
        left_out = self._vocabulary.words_of(characters[before[1] : behind[0]])
        words = [word for word in left_out if word[0].isalnum()]
        if not words:
            return True
        if denies(words[0]) or denies(words[-1]):
            return False
        beside = self._vocabulary.words_of(characters[before[1] - 1] + characters[behind[0] : behind[0] + 2])
        return not (any(map(is_number, beside)) and any(map(is_number, words)))


class _Sought:
    """One fragment: stretches of words, with gaps left by an editor's brackets between them."""

    def __init__(self, fragment: Fragment, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._gaps: list[tuple[str, ...]] = []
        stretches: list[list[str]] = [[]]
        for item in fragment.items:
            if not isinstance(item, Gap):
                stretches[-1].append(self._expression(item))
            elif stretches[-1] or not self._gaps:
                self._gaps.append(item.deciding)
                stretches.append([])
            else:  # brackets behind brackets are one gap
                self._gaps[-1] += item.deciding
        self._stretches = [re.compile("".join(stretch), re.DOTALL) for stretch in stretches]

    def _expression(self, item: tuple[str, ...]) -> str:
        characters = "".join(re.escape(self._vocabulary.character(word)) for word in item)
        return characters if len(item) == 1 else f"[{characters}]"

    def spans(self, characters: str, position: int) -> Iterator[tuple[int, int]]:
        """Where it stands from `position` on, first ones first; half-open."""
        first, *others = self._stretches
        for match in first.finditer(characters, position):
            ends = {match.end()}
            for gap, stretch in zip(self._gaps, others, strict=True):
                if not ends:
                    break
                ends = {
                    found.end()
                    for end in ends
                    for start in range(end, min(end + _MOST_REPLACED, len(characters)) + 1)
                    if (found := stretch.match(characters, start))
                    and tuple(self._vocabulary.deciding(characters[end:start])) == gap
                }
            if ends:
                yield match.start(), min(ends)

    def is_whole(self, span: tuple[int, int], written: Written) -> bool:
        """Whether no number is cut in two at either end: `five` of `twenty-five`, `12` of `12 million`."""
        first, until = span
        return not (
            self._cuts_number(written, range(first, max(first - 3, -1), -1))
            or self._cuts_number(written, range(until - 1, min(until + 2, len(written.characters))))
        )

    def _cuts_number(self, written: Written, places: range) -> bool:
        """`places`: the last word inside and at most two behind it, going outwards."""
        near = [n for n in places if written.places[n] == written.places[places[0]]]
        words = self._vocabulary.words_of("".join(written.characters[n] for n in near))
        if not is_number(words[0]):
            return False
        outside = [word for word in words[1:] if word != "-"] if words[1:2] == ["-"] else words[1:2]
        return any(is_number(word) or word == "%" for word in outside)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are in both, only in the letter, or only in the manual."""

    of: Literal["both", "letter", "manual"]
    text: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """The passage most similar to a quotation. `share`: the proportion of words that agree, from 0 to 1."""

    share: float
    pinpoint: str
    pieces: tuple[Piece, ...]


def most_like(fragments: Sequence[Fragment], text: Text, vocabulary: Vocabulary) -> Likeness:
    """The passage of `text` most like the quotation, and how they differ."""
    best = max(
        (_aligned(fragments, written, text, vocabulary) for written in (text.labelled, text.bare)),
        key=lambda likeness: likeness.share,
    )
    return best


def _aligned(fragments: Sequence[Fragment], written: Written, text: Text, vocabulary: Vocabulary) -> Likeness:
    pieces: list[Piece] = []
    agreeing = total = 0
    place = ""
    for fragment in fragments:
        quoted = vocabulary.written(fragment.plain)
        first, until = _window(quoted, written.characters)
        there = written.characters[first:until]
        stretches = _stretches(quoted, there)
        if pieces:
            pieces.append(Piece("both", f"{ELLIPSIS} "))
        pieces += _pieces(stretches, fragment.printed, written.printed[first:until])
        agreeing += 2 * sum(part.ours[1] - part.ours[0] for part in stretches if part.same)
        total += sum(part.ours[1] - part.ours[0] + part.theirs[1] - part.theirs[0] for part in stretches)
        if not place and stretches and any(part.same for part in stretches):
            place = text.pinpoints[written.places[first + next(p.theirs[0] for p in stretches if p.same)]]
    return Likeness(agreeing / total if total else 0.0, place or text.pinpoints[0], tuple(pieces))


def _window(quoted: str, characters: str) -> tuple[int, int]:
    """The range of the most similar passage, with a margin on both sides for words left out or added."""
    found = partial_ratio_alignment(quoted, characters)
    if found is None or len(quoted) >= len(characters):
        return 0, len(characters)
    margin = max(4, len(quoted) // 4)
    return max(0, found.dest_start - margin), min(len(characters), found.dest_end + margin)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of words that are equal in quotation and text, or replace each other. Bounds are half-open."""

    same: bool
    ours: tuple[int, int]
    theirs: tuple[int, int]


def _stretches(quoted: str, there: str) -> list[_Stretch]:
    """The quotation aligned with the passage, word by word, with only as many words of the margins as were changed."""
    found: list[_Stretch] = []
    for op in Indel.opcodes(quoted, there):
        same = op.tag == "equal"
        ours, theirs = (op.src_start, op.src_end), (op.dest_start, op.dest_end)
        if not same and found and not found[-1].same:
            before = found.pop()
            ours, theirs = (before.ours[0], ours[1]), (before.theirs[0], theirs[1])
        found.append(_Stretch(same, ours, theirs))
    if found and not found[0].same:
        first = found[0]
        start = max(first.theirs[0], first.theirs[1] - (first.ours[1] - first.ours[0]))
        found[0] = _Stretch(False, first.ours, (start, first.theirs[1]))
    if found and not found[-1].same:
        last = found[-1]
        end = min(last.theirs[1], last.theirs[0] + (last.ours[1] - last.ours[0]))
        found[-1] = _Stretch(False, last.ours, (last.theirs[0], end))
    return found


def _pieces(stretches: Iterable[_Stretch], quoted: Sequence[str], there: Sequence[str]) -> Iterator[Piece]:
    for stretch in stretches:
        ours, theirs = "".join(quoted[slice(*stretch.ours)]), "".join(there[slice(*stretch.theirs)])
        if stretch.same:
            yield Piece("both", theirs)
            continue
        if theirs:
            yield Piece("manual", theirs)
        if ours:
            yield Piece("letter", ours)
