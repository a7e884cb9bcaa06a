"""What the search of the edition knows of one code: a pure function of the documents of its versions.

Everything is counted as the index of the site counts it (`indexer.evaluate`): how often a word stands in the title, the
sub-headings and the passages of each version, and how long these are. search.js scores with the same formula, so that
both surfaces find the same and rank it alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby, pairwise

from indexer.analysis import folded_words, term_of
from indexer.contents import oldest_first
from indexer.vocabulary import bundled_vocabulary
from indexer.written import BESIDE, UNITS, compounds
from manual.export.plan import CodePlan, Plan
from manual.model import AnswerWord, Code, VersionDocument, VersionId
from manual.publisher import Publisher
from manual.queries import KnowledgeBase

EPOCH = date(1900, 1, 1).toordinal()
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_KINDS: dict[AnswerWord, int] = {"in_force": 2, "disputed": 1, "undated": 0}
"""Answers by which a code can be found; a span is written as 3 times the number of its versions, less this."""
FIELDS = 3


@dataclass(frozen=True, slots=True)
class SearchData:
    """What the search needs of one code."""

    words: tuple[tuple[str, str], ...]
    """Each folded word with its counts in the versions; see `_runs`."""
    pairs: tuple[tuple[str, str], ...]
    """The same for each two words that stand side by side: by these phrases are found."""
    things: tuple[tuple[str, str], ...]
    """The same for what pairs can't tell: long phrases of the vocabulary, numbers near their units; see `things_in`."""
    lengths: str
    """How many words the fields of each version have, as runs."""
    titles: tuple[str | int, ...]
    """Each title of its versions in their order, and for how many of them it stands."""
    days: str
    """Which versions answer on which days; see `_spans`."""


def number(value: int) -> str:
    """A whole number in few characters: five bits each, the lowest first; all but the last have the sixth bit set."""
    digits = ""
    while value > 31:
        digits += _DIGITS[32 | value & 31]
        value >>= 5
    return digits + _DIGITS[value]


def versions_shown(each: CodePlan, plan: Plan) -> tuple[VersionId, ...]:
    """The versions that the edition can find: those that answer on a day that it holds, in the order of the index."""
    spans = each.spans if plan.history else [each.span_on(plan.on)]
    found = (id for span in spans if span.answer in _KINDS for id in span.versions)
    return tuple(dict.fromkeys(found))


def search_data(kb: KnowledgeBase, plan: Plan, code: Code) -> SearchData | None:
    """None for a code that can't be found on any day of the edition."""
    each = plan.codes[code]
    wanted = frozenset(versions_shown(each, plan))
    if not wanted:
        return None
    documents = sorted((one for one in kb.documents_of([code]) if one.id in wanted), key=oldest_first)
    counted = _Counted(documents, kb.publisher)
    titles = groupby(one.title for one in documents)
    return SearchData(
        words=counted.words(),
        pairs=counted.pairs(),
        things=counted.things(),
        lengths=counted.lengths(),
        titles=tuple(part for title, same in titles for part in (title, len(list(same)))),
        days=_spans(plan, each, [one.id for one in documents]),
    )


def units_of(document: VersionDocument) -> Iterator[tuple[int, str]]:
    """Field and text of the title, each distinct sub-heading and every passage: what the index counts words in."""
    yield 0, document.title
    for heading in dict.fromkeys(passage.heading for passage in document.passages if passage.heading):
        yield 1, heading
    for passage in document.passages:
        yield 2, passage.text


class _Counted:
    """Counts words of versions; each distinct text once, since versions repeat most of theirs."""

    def __init__(self, documents: Sequence[VersionDocument], publisher: Publisher) -> None:
        self._forms = frozenset(word.lower() for word in publisher.forms)
        self._units: dict[tuple[int, str], int] = {}
        self._standing: list[list[int]] = []
        """Of each unit how often it stands in each version."""
        for version, document in enumerate(documents):
            for unit in units_of(document):
                number = self._units.setdefault(unit, len(self._units))
                if number == len(self._standing):
                    self._standing.append([0] * len(documents))
                self._standing[number][version] += 1
        self._texts = [folded_words(text) for _, text in self._units]
        self._fields = [field for field, _ in self._units]
        self._versions = len(documents)
        self._said: dict[tuple[tuple[int, int], ...], str] = {}

    def words(self) -> tuple[tuple[str, str], ...]:
        return self._counted(self._texts)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        return self._counted([[f"{one} {other}" for one, other in pairwise(text)] for text in self._texts])

    def things(self) -> tuple[tuple[str, str], ...]:
        return self._counted([list(things_in(text, self._forms)) for text in self._texts])

    def lengths(self) -> str:
        """Runs of versions: how many, then words of title, sub-headings and passages."""
        found = [
            tuple(
                sum(
                    len(text) * standing[version]
                    for text, field, standing in zip(self._texts, self._fields, self._standing, strict=True)
                    if field == wanted
                )
                for wanted in range(FIELDS)
            )
            for version in range(self._versions)
        ]
        return "".join(
            number(len(list(same))) + "".join(map(number, lengths)) for lengths, same in groupby(found)
        )

    def _counted(self, keys: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
        """`keys`: of each unit what stands in it, as often as it does."""
        places: dict[str, list[tuple[int, int]]] = {}
        for unit, found in enumerate(keys):
            for key, count in Counter(found).items():
                if key and not key.isspace():
                    places.setdefault(key, []).append((unit, count))
        return tuple((key, self._posting(tuple(places[key]))) for key in sorted(places))

    def _posting(self, places: tuple[tuple[int, int], ...]) -> str:
        said = self._said.get(places)
        if said is None:
            counts = [[0] * FIELDS for _ in range(self._versions)]
            for unit, count in places:
                field = self._fields[unit]
                for version, times in enumerate(self._standing[unit]):
                    counts[version][field] += count * times
            said = self._said[places] = _runs([tuple(one) for one in counts])
        return said


def things_in(words: Sequence[str], forms: Set[str]) -> Iterator[str]:
    """What stands in a text beside its words and pairs, by the name that search.js knows it by, as often as it does.

    Phrases of the vocabulary and compounds, by their stems: `accredit+employ+work+visa`, `full+time`. Sections of Acts
    and forms (`forms`: what stands before their numbers): `section+61`, `inz+1025`. Numbers with a unit near, once for
    each unit: `30~hour`.
    """
    stems = [term_of(word) for word in words]
    phrases = _phrases()
    for at, stem in enumerate(stems):
        for phrase in phrases.get(stem, ()):
            if tuple(stems[at : at + len(phrase)]) == phrase:
                yield "+".join(phrase)
    for word, after in pairwise(words):
        if _OF_ACT.fullmatch(after) and (term_of(word) == "section" or word in ("s", "ss")):
            yield f"section+{after}"
        elif word in forms and _OF_FORM.fullmatch(after):
            yield f"{word}+{after}"
    for at, word in enumerate(words):
        if _AMOUNT.fullmatch(word):
            around = stems[max(0, at - BESIDE) : at + BESIDE + 1]
            for unit in sorted(_unit_stems().intersection(around)):
                yield f"{word}~{unit}"


# 61 | 35a
_OF_ACT = re.compile(r"\d{1,3}[a-z]{0,2}")
# 1025
_OF_FORM = re.compile(r"\d{3,4}")
# 30 | 29.66
_AMOUNT = re.compile(r"\d+(?:\.\d+)?")


@cache
def _phrases() -> dict[str, list[tuple[str, ...]]]:
    """Phrases of the vocabulary and compounds by their first stem."""
    found: dict[str, dict[tuple[str, ...], None]] = {}
    meant = (words for many in bundled_vocabulary().meant.values() for words in many)
    for words in (*meant, *compounds()):
        if len(words) > 1:
            phrase = tuple(map(term_of, words))
            found.setdefault(phrase[0], {})[phrase] = None
    return {first: list(phrases) for first, phrases in found.items()}


@cache
def _unit_stems() -> frozenset[str]:
    return frozenset(map(term_of, UNITS))


def _runs(counts: Sequence[tuple[int, ...]]) -> str:
    """The counts where they are the same in all versions; else 0, the number of runs of versions, and each run.

    Of a run: how many versions lie between it and the one before, how many it has (0: all the rest, so that one more
    version changes little), its counts.
    """
    if len(set(counts)) == 1:
        return _counts(counts[0])
    runs, at = [], 0
    for same, many in groupby(counts):
        count = len(list(many))
        if any(same):
            runs.append((at, 0 if at + count == len(counts) else count, same))
        at += count
    said, end = [number(0), number(len(runs))], 0
    for start, count, same in runs:
        said += [number(start - end), number(count), _counts(same)]
        end = start + count
    return "".join(said)


def _counts(counts: tuple[int, ...]) -> str:
    """Mostly one character: twice the count of a word that stands in passages alone; else 1 and all three counts."""
    title, heading, body = counts
    return number(2 * body) if not (title or heading) else number(1) + "".join(map(number, counts))


def _spans(plan: Plan, each: CodePlan, shown: Sequence[VersionId]) -> str:
    """Its spans: the days since the span before, 0 for none or what `_KINDS` says, which versions."""
    ordinal = {id: n for n, id in enumerate(shown)}
    spans = each.spans if plan.history else [each.span_on(plan.on)]
    said, before = [], EPOCH
    for place, span in enumerate(spans):
        if place:
            first = span.first.toordinal() if span.first else EPOCH
            said.append(number(first - before))
            before = first
        found = span.versions if span.answer in _KINDS else ()
        said.append(number(3 * len(found) - _KINDS[span.answer] if found else 0))
        said += [number(one) for one in sorted(ordinal[id] for id in found)]
    return "".join(said)
