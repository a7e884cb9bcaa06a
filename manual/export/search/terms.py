"""What the search of the edition knows of one code: a pure function of the documents of its versions.

Everything is counted as the index of the site counts it (`indexer.evaluate`): how often a word stands in the title, the
sub-headings and the passages of each version, and how long these are. search.js scores with the same formula, so that
both surfaces find the same and rank it alike.

Phrases are found in two ways: one is small where many versions are to be counted, the other where the whole is to be
carried. An edition with the history counts each two words that stand side by side, as it counts words. One of a single
day gives the places of words: the texts of a code are laid end to end, with an empty place after each, and every word
has numbered places in them. The commonest words (`DENSE`) would fill files with theirs, so they have none: a place of
any other word says which of them stands before and after it, and two of them side by side are counted and placed as
one thing. That tells every place of a dense word in a phrase of two words or more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain, groupby, pairwise
from typing import NamedTuple

from indexer.analysis import folded_words, term_of
from indexer.contents import oldest_first
from indexer.vocabulary import bundled_vocabulary
from indexer.written import BESIDE, UNITS, compounds
from manual.export.plan import CodePlan, Plan
from manual.model import AnswerWord, Code, VersionDocument, VersionId
from manual.publisher import Publisher
from manual.queries import KnowledgeBase

EPOCH = date(1900, 1, 1).toordinal()
# All printable signs that stand for themselves in a script's string, and separate nothing in our lines.
_SIGNS = "".join(chr(sign) for sign in range(33, 127) if chr(sign) not in '"\\<>')
LAST, MORE = 42, 20
"""How many signs end a number, and how many say that it goes on."""
DENSE = tuple("the of to and a in is for be or that an must not".split())  # noqa: SIM905
_BEFORE, _AFTER = (
    dict(zip(DENSE, _SIGNS[LAST + MORE + skipped :: 2], strict=True)) for skipped in (0, 1)
)  # fmt: skip
_KINDS: dict[AnswerWord, int] = {"in_force": 2, "disputed": 1, "undated": 0}
"""Answers by which a code can be found; a span is written as 3 times the number of its versions, less this."""
FIELDS = 3


@dataclass(frozen=True, slots=True)
class SearchData:
    """What the search needs of one code."""

    words: tuple[tuple[str, str, str], ...]
    """Each folded word with its counts in the versions (see `_runs`) and its places (see `_Counted.places`)."""
    pairs: tuple[tuple[str, str, str], ...]
    """The counts of each two words that stand side by side, or nothing where there are places."""
    things: tuple[tuple[str, str, str], ...]
    """The same for what is more than a word: phrases of the vocabulary, numbers near their units, dense words side by
    side; see `things_in`. Only the last have places."""
    stretches: str
    """In which field and which versions the places stand; see `_Counted.stretches`."""
    lengths: str
    """How many words the fields of each version have, as runs."""
    titles: tuple[str | int, ...]
    """Each title of its versions in their order, and for how many of them it stands."""
    days: str
    """Which versions answer on which days; see `_spans`."""


def number(value: int) -> str:
    """A whole number in few signs, the lowest digit first.

    >>> number(0), number(41), number(42), number(881), number(882)
    ('!', 'M', 'N!', 'bM', 'NN!')
    """
    return _NUMBERS[value] if value < len(_NUMBERS) else _digits(value)


def _digits(value: int) -> str:
    digits = ""
    while value >= LAST:
        value, low = divmod(value - LAST, MORE)
        digits += _SIGNS[LAST + low]
    return digits + _SIGNS[value]


_NUMBERS = tuple(map(_digits, range(4096)))
"""Most numbers are small, and an export writes millions of them."""


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
    days = _spans(plan, each, [one.id for one in documents])
    return data_of(documents, days, kb.publisher, placed=not plan.history)


def data_of(
    documents: Sequence[VersionDocument], days: str, publisher: Publisher, *, placed: bool
) -> SearchData:
    """`days`: see `_spans`. `placed`: with the places of words, else with pairs."""
    counted = _Counted(documents, publisher, placed=placed)
    titles = groupby(one.title for one in documents)
    return SearchData(
        words=counted.words(),
        pairs=counted.pairs(),
        things=counted.things(),
        stretches=counted.stretches(),
        lengths=counted.lengths(),
        titles=tuple(part for title, same in titles for part in (title, len(list(same)))),
        days=days,
    )


def units_of(document: VersionDocument) -> Iterator[tuple[int, str]]:
    """Field and text of the title, each distinct sub-heading and every passage: what the index counts words in."""
    yield 0, document.title
    for heading in dict.fromkeys(passage.heading for passage in document.passages if passage.heading):
        yield 1, heading
    for passage in document.passages:
        yield 2, passage.text


class _Stretch(NamedTuple):
    """Texts of one field that stand in the same versions."""

    field: int
    versions: list[int]
    """1 for each version in which they stand, 0 for any other."""
    texts: list[list[str]]
    """The folded words of each; twice where it stands twice."""


class _Counted:
    """Counts words of versions; each distinct text once, since versions repeat most of theirs."""

    def __init__(self, documents: Sequence[VersionDocument], publisher: Publisher, *, placed: bool) -> None:
        self._forms = frozenset(word.lower() for word in publisher.forms)
        self._versions = len(documents)
        standing: dict[tuple[int, str, int], list[int]] = {}
        for version, document in enumerate(documents):
            copies: Counter[tuple[int, str]] = Counter()
            for unit in units_of(document):  # a text that stands twice in one version counts twice
                copies[unit] += 1
                standing.setdefault((*unit, copies[unit]), [0] * self._versions)[version] = 1
        ordered = sorted(standing.items(), key=lambda one: (one[0][0], [-n for n in one[1]]))
        self._stretches = [
            _Stretch(field, versions, [folded_words(text) for (_, text, _), _ in same])
            for (field, versions), same in groupby(ordered, key=lambda one: (one[0][0], one[1]))
        ]
        self._said: dict[tuple[tuple[int, int], ...], str] = {}
        self._placed = placed
        self._places = self.places() if placed else {}

    def words(self) -> tuple[tuple[str, str, str], ...]:
        return self._counted(lambda text: text)

    def pairs(self) -> tuple[tuple[str, str, str], ...]:
        if self._placed:
            return ()
        return self._counted(lambda text: (f"{one} {other}" for one, other in pairwise(text)))

    def things(self) -> tuple[tuple[str, str, str], ...]:
        return self._counted(self._things_of)

    def _things_of(self, text: Sequence[str]) -> Iterator[str]:
        yield from things_in(text, self._forms)
        if self._placed:
            yield from (beside(*two) for two in pairwise(text) if two[0] in _BEFORE and two[1] in _BEFORE)

    def places(self) -> dict[str, str]:
        """By word, and by two dense ones side by side, its places in the texts laid end to end.

        Each as the distance from the place after the one before, with signs for a dense word before and after it. Where
        there are several versions, how many places there are comes first; else as many as the word is counted.
        """
        found: dict[str, list[tuple[int, str, str]]] = {}
        at = 0
        for text in (text for stretch in self._stretches for text in stretch.texts):
            around = zip(["", *text], text, [*text[1:], ""], strict=False)
            for place, (before, word, after) in enumerate(around, at):
                if word not in _BEFORE:
                    one = (place, _BEFORE.get(before, ""), _AFTER.get(after, ""))
                    found.setdefault(word, []).append(one)
                elif after in _BEFORE:
                    found.setdefault(beside(word, after), []).append((place, "", ""))
            at += len(text) + 1
        return {word: self._distances(those) for word, those in found.items()}

    def _distances(self, those: Sequence[tuple[int, str, str]]) -> str:
        said = [number(len(those))] if self._versions > 1 else []
        expected = 0
        for place, before, after in those:
            said += [before, number(place - expected), after]
            expected = place + 1
        return "".join(said)

    def stretches(self) -> str:
        """Nothing where there are no places; else for each field how many runs of its texts stand in the same
        versions, and of each run how many places it has and the versions: twice the gap before, 1 more if others
        follow; how many (0: all the rest)."""
        said: list[str] = []
        for field in range(FIELDS) if self._placed else ():
            of_field = [one for one in self._stretches if one.field == field]
            said.append(number(len(of_field)))
            for one in of_field:
                stood = list(_runs_of([(stands,) for stands in one.versions]))
                said.append(number(sum(len(text) + 1 for text in one.texts)))
                said += [
                    number(2 * gap + (n < len(stood))) + number(many)
                    for n, (gap, many, _) in enumerate(stood, 1)
                ]
        return "".join(said)

    def lengths(self) -> str:
        """Runs of versions: twice how many, and 1 more if title and sub-headings are as long as in the run before; else
        words of title and of sub-headings; words of passages."""
        found = self._of_versions((n, sum(map(len, one.texts))) for n, one in enumerate(self._stretches))
        said: list[str] = []
        before: tuple[int, ...] = ()
        for (*heads, body), same in groupby(found):
            known = before == (before := tuple(heads))
            said.append(number(2 * len(list(same)) + known))
            said += [number(length) for length in ([] if known else heads)]
            said.append(number(body))
        return "".join(said)

    def _of_versions(self, counts: Iterable[tuple[int, int]]) -> list[tuple[int, ...]]:
        """How often something stands in the fields of each version. `counts`: how often in which stretch."""
        found = [[0] * FIELDS for _ in range(self._versions)]
        for place, count in counts:
            stretch = self._stretches[place]
            for version, stands in enumerate(stretch.versions):
                found[version][stretch.field] += count * stands
        return [tuple(one) for one in found]

    def _counted(self, keys_of: Callable[[Sequence[str]], Iterable[str]]) -> tuple[tuple[str, str, str], ...]:
        """`keys_of`: what stands in a text, as often as it does."""
        where: dict[str, tuple[tuple[int, int], ...]] = {}
        for n, stretch in enumerate(self._stretches):
            for key, count in Counter(chain.from_iterable(map(keys_of, stretch.texts))).items():
                where[key] = (*where.get(key, ()), (n, count))
        said, places = self._said, self._places
        for counts in set(where.values()).difference(said):
            said[counts] = _runs(self._of_versions(counts))
        return tuple(
            (key, said[counts], places.get(key, ""))
            for key, counts in where.items()
            if key and not key.isspace()
        )


def beside(one: str, other: str) -> str:
    """Two dense words side by side, by the name that search.js knows it by."""
    return f"{one}&{other}"


def things_in(words: Sequence[str], forms: Set[str]) -> Iterator[str]:
    """What stands in a text beside its words, by the name that search.js knows it by, as often as it does.

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
    runs = list(_runs_of(counts))
    return (
        number(0)
        + number(len(runs))
        + "".join(number(gap) + number(many) + _counts(same) for gap, many, same in runs)
    )


def _runs_of(counts: Sequence[tuple[int, ...]]) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Runs of the same counts that are not all 0: the gap before, how many (0: all the rest), the counts."""
    at = end = 0
    for same, many in groupby(counts):
        count = len(list(many))
        if any(same):
            yield at - end, 0 if at + count == len(counts) else count, same
            end = at + count
        at += count


def _counts(counts: tuple[int, ...]) -> str:
    """Mostly one character: twice the count of a word that stands in passages alone; else 1 and all three counts."""
    title, heading, body = counts
    return number(2 * body) if not (title or heading) else number(1) + "".join(map(number, counts))


ONCE = _counts((0, 0, 1))


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
