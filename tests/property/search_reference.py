"""Search as its definition reads (`indexer.evaluate`), in plain Python over plain documents: slow, and to be believed.

Nothing is shared with the engine but the tree of the query and the words of a text.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import OSA

from indexer.analysis import folded_words, term_of
from indexer.evaluate import K1, MEANT, WEIGHT, B, is_below, part_matches
from indexer.tree import (
    FILTERS,
    All,
    Began,
    Cited,
    CodeLike,
    Either,
    Ended,
    Expanded,
    Fuzzy,
    KindIs,
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
    asks_for_ended,
    sought,
)
from manual.citation import code_key, section_of
from manual.model import VersionDocument

TITLE, HEADING, BODY = 0, 1, 2


def start_key(version: VersionDocument) -> tuple[date, bool, date, str]:
    """Oldest first; versions without any start first."""
    begins = version.effective_from
    if begins is None:
        periods = version.in_force + version.disputed + version.ended + version.undated
        days = [first for first, _ in periods if first]
        begins = min(days, default=date.min)
    return begins, version.effective_until is None, version.effective_until or date.min, version.id


@dataclass(frozen=True)
class Row:
    version: VersionDocument
    answer: str
    units: tuple[tuple[int, tuple[str, ...]], ...]

    def length(self, field: int) -> int:
        return sum(len(words) for where, words in self.units if where == field)


@dataclass(frozen=True)
class Outcome:
    match: bool
    all: bool
    in_heading: bool
    in_title: bool
    score: float

    @property
    def flags(self) -> tuple[bool, bool, bool, bool]:
        return self.match, self.all, self.in_heading, self.in_title


@dataclass(frozen=True)
class Expected:
    code: str
    version_id: str
    score: float
    tier: int
    level: int
    matching: tuple[str, ...]


def _within(day: date, periods: Iterable[tuple[date | None, date | None]]) -> bool:
    return any((first is None or first <= day) and (until is None or day < until) for first, until in periods)


def answer_of(version: VersionDocument, on: date | None) -> str:
    """What the version is on the day, or the empty string."""
    if on is None:
        if any(until is None for _, until in version.in_force):
            return "in_force"
        if version.in_force or version.ended:
            return "ended"
        return "disputed" if version.disputed else "undated"
    for word, periods in (
        ("in_force", version.in_force),
        ("disputed", version.disputed),
        ("ended", version.ended),
        ("undated", version.undated),
    ):
        if _within(on, periods):
            return word
    return ""


def _row(version: VersionDocument, answer: str, on: date | None) -> Row:
    if answer == "undated" and on is not None:  # its text may be of any other day
        return Row(version, answer, ((TITLE, tuple(folded_words(version.title))),))
    headings = dict.fromkeys(passage.heading for passage in version.passages if passage.heading)
    units = [(TITLE, version.title), *((HEADING, heading) for heading in headings)]
    units += [(BODY, passage.text) for passage in version.passages]
    return Row(version, answer, tuple((where, tuple(folded_words(text))) for where, text in units))


class Reference:
    """The rows that a search of `on` looks at, with their statistics."""

    def __init__(self, documents: Sequence[VersionDocument], on: date | None, with_ended: bool) -> None:
        answers = ("in_force", "disputed", "undated", *(("ended",) if with_ended else ()))
        self.rows = [
            _row(version, answer_of(version, on), on)
            for version in sorted(documents, key=start_key)
            if on is None or answer_of(version, on) in answers
        ]
        self.known = {version.code for version in documents}
        self.dated = {v.code for v in documents if v.in_force or v.disputed or v.ended or v.undated}
        answering = {v.code for v in documents if on is None or answer_of(v, on)}
        self.begun = answering | (self.known - self.dated)
        self.mean = []
        for field in (TITLE, HEADING, BODY):
            lengths = [row.length(field) for row in self.rows if row.length(field)]
            self.mean.append(sum(lengths) / len(lengths) if lengths else 1.0)
        self._counted: dict[object, list[Counter[int]]] = {}

    # leaves

    def occurrences(self, leaf: Node) -> list[Counter[int]]:
        """Of each row, how often the leaf occurs in each field."""
        if leaf not in self._counted:
            self._counted[leaf] = [self._in_row(leaf, row) for row in self.rows]
        return self._counted[leaf]

    def _in_row(self, leaf: Node, row: Row) -> Counter[int]:
        counts: Counter[int] = Counter()
        for where, words in row.units:
            if where == TITLE or not leaf.title_only:  # type: ignore[union-attr]
                counts[where] += _count(leaf, words)
        return +counts

    def _leaf(self, leaf: Node, number: int) -> Outcome:
        counts = self.occurrences(leaf)
        holding = sum(1 for count in counts if count)
        idf = math.log(1 + (len(self.rows) - holding + 0.5) / (holding + 0.5))
        frequency = 0.0
        for field, count in counts[number].items():
            length = self.rows[number].length(field)
            frequency += WEIGHT[field] * count / (1 - B[field] + B[field] * length / self.mean[field])
        score = idf * frequency / (K1 + frequency)
        here = counts[number]
        names_all_below = isinstance(leaf, Cited) and not leaf.title_only
        if names_all_below and is_below(self.rows[number].version.code, self.named(leaf)):
            return Outcome(True, True, True, True, score)
        return Outcome(bool(here), bool(here), bool(here[TITLE] or here[HEADING]), bool(here[TITLE]), score)

    def named(self, leaf: Cited) -> str:
        section = section_of(leaf.code)
        if leaf.code in self.begun:
            return leaf.code
        return section if section in self.begun or leaf.code not in self.known else leaf.code

    # groups

    def evaluate(self, node: Node, number: int) -> Outcome:
        match node:
            case Not(part):
                return _flag(not self.evaluate(part, number).match)
            case All(parts):
                return _every([self.evaluate(part, number) for part in parts])
            case Either(parts):
                return _some([self.evaluate(part, number) for part in parts if not isinstance(part, Not)])
            case Ranked(should, must, must_not):
                return self._ranked(should, must, must_not, number)
            case Expanded(said, meant):
                words = [self.evaluate(word, number) for word in said]
                others = [self.evaluate(leaf, number) for leaf in meant]
                score = max(sum(word.score for word in words), MEANT * max(other.score for other in others))
                flags = [
                    one or other for one, other in zip(_every(words).flags, _some(others).flags, strict=True)
                ]
                return Outcome(_some(words).match or _some(others).match, *flags[1:], score)
            case _ if isinstance(node, FILTERS):
                return _flag(self._passes(node, self.rows[number]))
            case _:
                return self._leaf(node, number)

    def _ranked(
        self, should: Sequence[Node], must: Sequence[Node], must_not: Sequence[Node], number: int
    ) -> Outcome:
        musts = _every([self.evaluate(part, number) for part in must])
        shoulds = [self.evaluate(part, number) for part in should]
        every = _every([musts, *shoulds])
        match = musts.match
        if should and all(isinstance(part, FILTERS) for part in must):
            match = match and any(part.match for part in shoulds)
        if any(self.evaluate(part, number).match for part in must_not):
            return Outcome(False, False, False, False, every.score)
        return Outcome(match, every.all, every.in_heading, every.in_title, every.score)

    def _passes(self, node: Node, row: Row) -> bool:
        version = row.version
        match node:
            case PartIs(value):
                return part_matches(value, version.part, version.code)
            case KindIs(value):
                return folded_words(value) == folded_words(version.kind)
            case StatusIs(value):
                return value == row.answer
            case CodeLike(start, open_end):
                return version.code.startswith(start) if open_end else is_below(version.code, start)
            case Began(first, until):
                return _lies(version.effective_from, first, until)
            case Ended(first, until):
                return _lies(version.effective_until, first, until)
        raise AssertionError(node)

    # results

    def search(self, tree: Node, filters: Sequence[Node]) -> list[Expected]:
        """Instructions in the order of relevance."""
        by_code: dict[str, list[tuple[Row, Outcome]]] = {}
        for number, row in enumerate(self.rows):
            outcome = self.evaluate(tree, number)
            if outcome.match and all(self._passes(node, row) for node in filters):
                by_code.setdefault(row.version.code, []).append((row, outcome))
        cited = {self.named(leaf) for leaf in sought(tree) if isinstance(leaf, Cited) and not leaf.title_only}
        hits = [_hit(code, found, code in cited) for code, found in by_code.items()]
        return sorted(hits, key=lambda hit: (-hit.tier, -round(hit.score, 9), code_key(hit.code)))


def _hit(code: str, found: list[tuple[Row, Outcome]], cited: bool) -> Expected:
    level = max(1 + outcome.all for _, outcome in found)
    best = [(row, outcome) for row, outcome in found if 1 + outcome.all == level]
    row, outcome = best[-1]
    return Expected(
        code,
        row.version.id,
        outcome.score,
        sum(outcome.flags) + 10 * cited,
        level,
        tuple(row.version.id for row, _ in reversed(best)),
    )


def reference_search(
    documents: Sequence[VersionDocument], tree: Node, on: date | None, filters: Sequence[Node] = ()
) -> list[Expected]:
    with_ended = asks_for_ended(tree) or any(
        asks_for_ended(node) for node in filters if isinstance(node, StatusIs)
    )
    return Reference(documents, on, with_ended).search(tree, filters)


def _flag(holds: bool) -> Outcome:
    return Outcome(holds, holds, holds, holds, 0.0)


def _every(parts: Sequence[Outcome]) -> Outcome:
    flags = [all(part.flags[line] for part in parts) for line in range(4)]
    return Outcome(*flags, sum(part.score for part in parts))


def _some(parts: Sequence[Outcome]) -> Outcome:
    flags = [any(part.flags[line] for part in parts) for line in range(4)]
    return Outcome(*flags, sum(part.score for part in parts))


def _lies(day: date | None, first: date | None, until: date | None) -> bool:
    return day is not None and (first is None or first <= day) and (until is None or day < until)


def _count(leaf: Node, words: Sequence[str]) -> int:
    match leaf:
        case Word(folded):
            return sum(term_of(word) == term_of(folded) for word in words)
        case OneOf(_, ways):
            said = [term_of(word) for word in words]
            stems = [[term_of(word) for word in way] for way in ways]
            return sum(any(said[at : at + len(way)] == way for way in stems) for at in range(len(said)))
        case Prefix(start):
            return sum(word.startswith(start) for word in words)
        case Fuzzy(folded):
            slips = 1 if len(folded) <= 5 else 2
            return sum(OSA.distance(word, folded) <= slips for word in words)
        case Phrase(folded, exact):
            wanted = list(folded) if exact else [term_of(word) for word in folded]
            said = list(words) if exact else [term_of(word) for word in words]
            return sum(said[at : at + len(wanted)] == wanted for at in range(len(said)))
        case Near(folded, within):
            return sum(_near(words, at, folded, within) for at in range(len(words)))
        case Cited(code):
            return _mentions(code, words)
    raise AssertionError(leaf)


def _near(words: Sequence[str], at: int, folded: Sequence[str], within: int) -> bool:
    if term_of(words[at]) != term_of(folded[0]):
        return False
    around = {term_of(word) for word in words[max(0, at - within) : at + within + 1]}
    return all(term_of(word) in around for word in folded[1:])


def _mentions(code: str, words: Sequence[str]) -> int:
    parts = folded_words(code)
    if len(parts) > 1:
        return _count(Phrase(tuple(parts), exact=False), words)
    return sum(
        is_below(word.upper(), code) and (word.upper() != code or not code.isalpha()) for word in words
    )
