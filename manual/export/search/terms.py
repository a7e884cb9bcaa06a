"""What the search of the edition knows of one code: a pure function of the documents of its versions."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from indexer.analysis import folded_words, term_of
from manual.export.plan import CodePlan, Plan
from manual.model import Code, VersionDocument, VersionId
from manual.queries import KnowledgeBase

EPOCH = date(1900, 1, 1).toordinal()
TITLE_WEIGHT, HEADING_WEIGHT = 4, 2
K1, B, USUAL_LENGTH = 1.2, 0.75, 600
LENGTH_STEP = 1.5
"""Lengths are rounded to its powers, so that another clause does not change the weight of every word."""
LEVELS = 15
"""Weights are rounded to so many levels: one character each, and as few different ones as rank as well."""
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_RUNS = _DIGITS[LEVELS]
"""In the place of a level: runs of versions follow."""


@dataclass(frozen=True, slots=True)
class SearchData:
    """What the search needs of one code."""

    postings: tuple[tuple[str, str], ...]
    """Each term with its weights in the versions; see `_runs`."""
    forms: frozenset[str]
    """Printed forms that differ from their terms."""
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
    """The versions that the edition can find: those that answer on a day that it holds, in a fixed order."""
    spans = each.spans if plan.history else [each.span_on(plan.on)]
    found = (id for span in spans if span.answer in ("in_force", "disputed") for id in span.versions)
    return tuple(dict.fromkeys(found))


def search_data(kb: KnowledgeBase, plan: Plan, code: Code) -> SearchData | None:
    """None for a code that can't be found on any day of the edition."""
    each = plan.codes[code]
    wanted = versions_shown(each, plan)
    if not wanted:
        return None
    by_id = {document.id: document for document in kb.documents_of([code])}
    documents = [by_id[id] for id in wanted]
    postings, forms = _terms(documents)
    titles = groupby(one.title for one in documents)
    return SearchData(
        postings,
        forms,
        tuple(part for title, same in titles for part in (title, len(list(same)))),
        _spans(plan, each, wanted),
    )


def _terms(documents: Sequence[VersionDocument]) -> tuple[tuple[tuple[str, str], ...], frozenset[str]]:
    counted = _Counted()
    weights = [counted.of(document) for document in documents]
    length = _rounded(sum(sum(weight.values()) for weight in weights) / len(weights))
    levels = _Levels(length)
    postings = tuple(
        (term, _runs([levels[weight.get(term, 0)] for weight in weights]))
        for term in sorted(set().union(*weights))
    )
    return postings, frozenset(form for form in counted.forms if term_of(form) != form)


class _Counted:
    """Counts words; each distinct passage once, since versions repeat most of theirs."""

    def __init__(self) -> None:
        self.forms: set[str] = set()
        self._of: dict[tuple[str, int], Counter[str]] = {}

    def of(self, document: VersionDocument) -> dict[str, int]:
        parts = [self._words(f"{document.code} {document.title}", TITLE_WEIGHT)]
        headings = dict.fromkeys(passage.heading for passage in document.passages if passage.heading)
        parts += [self._words(heading, HEADING_WEIGHT) for heading in headings]
        parts += [self._words(one.text, 1) for one in document.passages if one.text != one.heading]
        total: dict[str, int] = {}
        for part in parts:
            for term, count in part.items():  # several times as fast as Counter.update
                total[term] = total.get(term, 0) + count
        return total

    def _words(self, text: str, weight: int) -> Counter[str]:
        found = self._of.get((text, weight))
        if found is None:
            forms = [form for form in folded_words(text) if form and not form.isspace()]
            self.forms.update(forms)
            found = Counter({term: n * weight for term, n in Counter(map(term_of, forms)).items()})
            self._of[text, weight] = found
        return found


def _rounded(length: float) -> float:
    return LENGTH_STEP ** round(math.log(max(length, 1), LENGTH_STEP))


class _Levels(dict[int, int]):
    """How much a term weighs by its count: BM25's saturation in whole steps; 0 where it does not stand."""

    def __init__(self, length: float) -> None:
        super().__init__({0: 0})
        self._half = K1 * (1 - B + B * length / USUAL_LENGTH)

    def __missing__(self, count: int) -> int:
        level = self[count] = max(1, min(LEVELS, round(count / (count + self._half) * LEVELS)))
        return level


def _runs(levels: Sequence[int]) -> str:
    """The level where it is the same in all versions, one character; else runs of versions with one level.

    Of a run that lasts to the newest version the length is left open, so that one more version changes little.
    """
    if levels.count(levels[0]) == len(levels):
        return number(levels[0] - 1)
    runs, at = [], 0
    for level, same in groupby(levels):
        count = len(list(same))
        if level:
            runs.append((at, 0 if at + count == len(levels) else count, level))
        at += count
    said, end = [_RUNS, number(len(runs))], 0
    for start, count, level in runs:
        said += [number(start - end), number(count), number(level - 1)]
        end = start + count
    return "".join(said)


def _spans(plan: Plan, each: CodePlan, shown: Sequence[VersionId]) -> str:
    """Its spans: the days since the span before, 0 for none or 1 + number of versions, which versions."""
    ordinal = {id: n for n, id in enumerate(shown)}
    spans = each.spans if plan.history else [each.span_on(plan.on)]
    said, before = [], EPOCH
    for place, span in enumerate(spans):
        if place:
            first = span.first.toordinal() if span.first else EPOCH
            said.append(number(first - before))
            before = first
        found = span.versions if span.answer in ("in_force", "disputed") else ()
        said.append(number(0 if not found else 2 * len(found) - (span.answer == "in_force")))
        said += [number(ordinal[id]) for id in found]
    return "".join(said)
