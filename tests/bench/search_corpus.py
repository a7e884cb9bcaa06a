"""A manual made up at random, for tests and measurements of the search: seeded, so the same everywhere.

Instructions have 1 to 30 versions that repeat most passages; words follow Zipf's law over pronounceable made-up words
with endings that stem; periods come with gaps, disputes, versions without a start and versions known only by date.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from itertools import accumulate

from manual.model import Code, Passage, VersionDocument, VersionId

_ONSETS = [
    "b",
    "br",
    "c",
    "ch",
    "cl",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "pr",
    "qu",
    "r",
    "s",
    "sh",
    "st",
    "t",
    "tr",
    "v",
    "w",
]
_VOWELS = ["a", "e", "i", "o", "u", "ea", "ai", "oo", "ou", "ā", "ē", "ō"]
_CODAS = [
    "b",
    "ck",
    "d",
    "ft",
    "g",
    "l",
    "ld",
    "m",
    "mp",
    "n",
    "nd",
    "nt",
    "p",
    "r",
    "rd",
    "rm",
    "rt",
    "s",
    "st",
    "t",
    "x",
]
_ENDINGS = ("", "", "", "s", "ed", "ing", "ment", "ments", "ation", "er")
_COMMON = [
    "the",
    "of",
    "to",
    "and",
    "a",
    "in",
    "is",
    "for",
    "be",
    "must",
    "may",
    "an",
    "not",
    "or",
    "on",
    "by",
    "that",
    "with",
    "as",
    "are",
    "if",
    "at",
    "this",
    "from",
    "any",
]
PARTS = {"A": "Administration", "R": "Residence", "W": "Work visas", "S": "Study", "V": "Visitors"}
FIRST_DAY = date(1999, 7, 26)
LAST_DAY = date(2026, 6, 30)


@dataclass(frozen=True, slots=True)
class Shape:
    """How big the made-up manual is. `words` is the mean length of a version."""

    versions: int = 1500
    words: int = 600
    passage_words: int = 60
    vocabulary: int = 8000
    most_versions: int = 30
    change: float = 0.15
    """Share of passages that a new version changes."""


class Words:
    """Draws words by Zipf's law."""

    def __init__(self, rng: random.Random, size: int) -> None:
        self._rng = rng
        self.common_last: list[str] = _made_up(rng, size)
        self.ranked = _COMMON + self.common_last
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.ranked))))

    def draw(self, count: int) -> list[str]:
        return self._rng.choices(self.ranked, cum_weights=self._weights, k=count)


def _made_up(rng: random.Random, size: int) -> list[str]:
    made: dict[str, None] = {}
    while len(made) < size:
        syllables = rng.choice((1, 2, 2, 3))
        root = "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) for _ in range(syllables)) + rng.choice(
            _CODAS
        )
        made[root + rng.choice(_ENDINGS)] = None
    return list(made)


def documents(seed: int = 1, shape: Shape | None = None) -> Iterator[VersionDocument]:
    """Versions until there are as many as the shape asks for, instruction by instruction."""
    shape = shape or Shape()
    rng = random.Random(seed)
    words = Words(rng, shape.vocabulary)
    made = 0
    for number in range(1, shape.versions + 1):
        count = min(1 + int(rng.expovariate(1 / (shape.most_versions / 3))), shape.most_versions)
        for version in instruction(_code(number, rng), count, rng, words, shape):
            yield version
            made += 1
            if made == shape.versions:
                return


def _code(number: int, rng: random.Random) -> Code:
    letter = rng.choice(list(PARTS))
    second = rng.choice(["", "A", "B"]) if letter in "RW" else ""
    return Code(f"{letter}{second}{1 + number // 40}.{1 + number % 40}")


def instruction(
    code: Code, count: int, rng: random.Random, words: Words, shape: Shape
) -> list[VersionDocument]:
    """`count` versions of one instruction, oldest first."""
    passages = _passages(code, rng, words, shape)
    title = _sentence(words.draw(rng.randint(2, 6)))
    made = []
    for number in range(count):
        if number:
            passages = [_changed(passage, rng, words, shape) for passage in passages]
            title = _sentence(words.draw(rng.randint(2, 6))) if rng.random() < 0.05 else title
        made.append(_version(code, number, title, passages, rng))
    return [with_digest(version) for version in _with_periods(made, rng)]


def _sentence(words: list[str]) -> str:
    return " ".join(words).capitalize()


def _passages(code: Code, rng: random.Random, words: Words, shape: Shape) -> list[Passage]:
    count = max(1, round(rng.gauss(shape.words, shape.words / 3) / shape.passage_words))
    heading = ""
    passages = []
    for number in range(count):
        if rng.random() < 0.3:
            heading = _sentence(words.draw(rng.randint(1, 4)))
        text = _text(words.draw(max(3, round(rng.gauss(shape.passage_words, shape.passage_words / 3)))), rng)
        passages.append(Passage(f"{code}({_label(number)})", heading, text))
    return passages


def _label(number: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return letters[number % 26] * (1 + number // 26)


def _text(drawn: list[str], rng: random.Random) -> str:
    return "".join(word + rng.choices((" ", ", ", "; ", ". "), (20, 2, 1, 2))[0] for word in drawn).strip()


def _changed(passage: Passage, rng: random.Random, words: Words, shape: Shape) -> Passage:
    if rng.random() >= shape.change:
        return passage
    said = passage.text.split(" ")
    at = rng.randrange(len(said))
    return replace(
        passage, text=" ".join([*said[:at], *words.draw(rng.randint(1, 6)), *said[at + rng.randint(0, 3) :]])
    )


def _version(
    code: Code, number: int, title: str, passages: list[Passage], rng: random.Random
) -> VersionDocument:
    held = rng.random() < 0.9
    return VersionDocument(
        id=VersionId(f"{code}@{number}"),
        code=code,
        title=title,
        part=PARTS[code[0]],
        kind=rng.choices(("section", "chapter", "appendix"), (8, 1, 1))[0],
        effective_from=None,
        effective_until=None,
        text_held=held,
        damaged=held and rng.random() < 0.03,
        in_force=(),
        disputed=(),
        ended=(),
        passages=tuple(passages) if held else (),
    )


def _with_periods(made: list[VersionDocument], rng: random.Random) -> list[VersionDocument]:
    """Starts at rising random days, with gaps, disputes, an end, and versions without a start thrown in."""
    span = (LAST_DAY - FIRST_DAY).days
    starts = sorted(FIRST_DAY + timedelta(days=rng.randrange(span)) for _ in made)
    dated = []
    for number, version in enumerate(made):
        begins = starts[number]
        until = starts[number + 1] if number + 1 < len(made) else None
        if rng.random() < 0.04:
            dated.append(version)
            continue
        dated.append(_one_period(version, begins, until, rng))
    return dated


def _one_period(
    version: VersionDocument, begins: date, until: date | None, rng: random.Random
) -> VersionDocument:
    if until is not None and rng.random() < 0.05 and (until - begins).days > 10:
        until -= timedelta(days=5)
    if until is None and rng.random() < 0.15:
        ends = begins + timedelta(days=rng.randrange(1, 2000))
        return replace(
            version,
            effective_from=begins,
            effective_until=ends,
            in_force=((begins, ends),),
            ended=((ends, None),),
        )
    if until is not None and begins == until:
        return replace(version, effective_from=begins, effective_until=until)
    if rng.random() < 0.06:
        both = (begins, until)
        return replace(version, effective_from=begins, effective_until=until, disputed=(both,))
    return replace(version, effective_from=begins, effective_until=until, in_force=((begins, until),))


def with_digest(version: VersionDocument) -> VersionDocument:
    """The document with the digest over all its other fields."""
    said = [getattr(version, column.name) for column in fields(version) if column.name != "digest"]
    return replace(version, digest=hashlib.sha256(repr(said).encode()).hexdigest())


def overlap_some(versions: list[VersionDocument], rng: random.Random) -> list[VersionDocument]:
    """Give neighbouring versions a shared stretch of dispute, as when two pages state one day."""
    out = list(versions)
    for number in range(len(out) - 1):
        one, other = out[number], out[number + 1]
        if one.code == other.code and one.disputed and not other.disputed and other.in_force:
            out[number + 1] = with_digest(replace(other, disputed=(one.disputed[0],)))
    return out
