"""The search of the edition: an index cut into script files, since a browser reads nothing else from a stick.

    search/start.js      what every query needs: codes, buckets, common words, related words
    search/days.js       for each code which of its versions answers on which days
    search/t/17.js       terms of one bucket with their postings
    search/x/A16.1.js    titles of one code's versions, and its passages (deflated) for snippets

A word goes to the bucket of its first four letters, so that its other forms, and words that begin with it, mostly lie
in the same file; the terms are the stems that the site's index uses, and each carries the forms that were seen, so
that no stemmer is needed in the browser. A posting says for which versions of a code a term stands in it and how much
it weighs there. Only postings of the versions that answer on the day asked are ever looked at, counted or shown.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from indexer.analysis import COMMON, folded_words, term_of
from indexer.vocabulary import bundled_vocabulary
from manual.citation import anchor
from manual.export.plan import CodePlan, Plan
from manual.model import Code, Passage, VersionDocument, VersionId
from manual.pages.words import short_validity
from manual.queries import KnowledgeBase

FORMAT = 1
KEY = 4
"""Letters of a word that choose its bucket."""
BUCKETS = {False: 96, True: 256}
"""For an edition of one day, and for one with the history."""
EPOCH = date(1900, 1, 1).toordinal()
TITLE_WEIGHT, HEADING_WEIGHT = 4, 2
K1, B, USUAL_LENGTH = 1.2, 0.75, 600
LEVELS = 31
"""Weights are rounded to so many levels: one character each."""
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

Put = Callable[[str, bytes], None]


@dataclass(frozen=True, slots=True)
class CodeTerms:
    """What the index needs of one code: a pure function of its documents, kept while they are the same."""

    postings: str
    """One line for each term: `term weights`."""
    forms: str
    """Printed forms that differ from their terms, separated by spaces."""


@dataclass(frozen=True, slots=True)
class CodeShard:
    """The terms of one code, and the file of its titles and passages."""

    code: Code
    terms: CodeTerms
    file: bytes


def number(value: int) -> str:
    """A whole number in few characters: five bits each, the lowest first; all but the last have the sixth bit set."""
    digits = ""
    while value > 31:
        digits += _DIGITS[32 | value & 31]
        value >>= 5
    return digits + _DIGITS[value]


def bucket_of(word: str, buckets: int) -> int:
    """FNV-1a over the first letters of a folded word; search.js computes the same."""
    hashed = 2166136261
    for letter in word[:KEY]:
        hashed = ((hashed ^ ord(letter)) * 16777619) & 0xFFFFFFFF
    return hashed % buckets


# ---------------------------------------------------------------- one code


def versions_shown(each: CodePlan, plan: Plan) -> tuple[VersionId, ...]:
    """The versions that the edition can find: those that answer on a day that it holds, in a fixed order."""
    spans = each.spans if plan.history else [each.span_on(plan.on)]
    found = (id for span in spans if span.answer in ("in_force", "disputed") for id in span.versions)
    return tuple(dict.fromkeys(found))


def code_shard(kb: KnowledgeBase, plan: Plan, code: Code) -> CodeShard | None:
    """None for a code that can't be found on any day of the edition."""
    each = plan.codes[code]
    wanted = versions_shown(each, plan)
    if not wanted:
        return None
    by_id = {document.id: document for document in kb.documents_of([code])}
    documents = [by_id[id] for id in wanted]
    return CodeShard(code, _terms(documents), _file(kb, each, documents))


def _terms(documents: Sequence[VersionDocument]) -> CodeTerms:
    counted = _Counted()
    weights = [counted.of(document) for document in documents]
    lengths = [sum(weight.values()) for weight in weights]
    length = sum(lengths) / max(len(lengths), 1)
    terms = sorted(set().union(*weights))
    lines = [f"{term} {_runs([_level(weight[term], length) for weight in weights])}" for term in terms]
    other = sorted(form for form in counted.forms if term_of(form) != form)
    return CodeTerms("\n".join(lines), " ".join(other))


class _Counted:
    """Counts words; each distinct passage once, since versions repeat most of theirs."""

    def __init__(self) -> None:
        self.forms: set[str] = set()
        self._of: dict[tuple[str, int], Counter[str]] = {}

    def of(self, document: VersionDocument) -> Counter[str]:
        parts = [self._words(f"{document.code} {document.title}", TITLE_WEIGHT)]
        headings = dict.fromkeys(passage.heading for passage in document.passages if passage.heading)
        parts += [self._words(heading, HEADING_WEIGHT) for heading in headings]
        parts += [self._words(one.text, 1) for one in document.passages if one.text != one.heading]
        total: Counter[str] = Counter()
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


def _level(count: int, length: float) -> int:
    """How much a term weighs: BM25's saturation in whole steps; 0 where it does not stand."""
    if not count:
        return 0
    saturated = count * (K1 + 1) / (count + K1 * (1 - B + B * length / USUAL_LENGTH))
    return max(1, min(LEVELS, round(saturated / (K1 + 1) * LEVELS)))


def _runs(levels: Sequence[int]) -> str:
    """Runs of versions with one weight; the commonest case, one weight in all versions, takes two characters."""
    if len(set(levels)) == 1:
        return number(0) + number(levels[0])
    runs, at = [], 0
    for level, same in groupby(levels):
        count = len(list(same))
        if level:
            runs.append((at, count, level))
        at += count
    said, end = [number(len(runs))], 0
    for start, count, level in runs:
        said += [number(start - end), number(count), number(level)]
        end = start + count
    return "".join(said)


def _file(kb: KnowledgeBase, each: CodePlan, documents: Sequence[VersionDocument]) -> bytes:
    versions = [
        [document.title, short_validity(kb.version(document.id)), _state(document)] for document in documents
    ]
    passages = json.dumps(_passages(documents), ensure_ascii=False, separators=(",", ":"))
    return script("x", each.segment, versions, _deflated(passages))


def _state(document: VersionDocument) -> int:
    """0: text held; 1: not held; 2: held with words missing, never to be quoted."""
    if document.damaged:
        return 2
    return 0 if document.text_held else 1


def _passages(documents: Sequence[VersionDocument]) -> list[list[object]]:
    """Each distinct passage once: place, anchor where it can't be worked out, heading, text, its versions."""
    stands: dict[Passage, list[int]] = {}
    for ordinal, document in enumerate(documents):
        if not document.damaged:
            for passage in dict.fromkeys(document.passages):
                stands.setdefault(passage, []).append(ordinal)
    return [
        [one.pinpoint, _odd_anchor(one.pinpoint), one.heading, one.text, _ranges(where)]
        for one, where in stands.items()
    ]


def _odd_anchor(pinpoint: str) -> str:
    plain = pinpoint.replace("(", "-").replace(")", "").replace("•", "-b").replace(" note", "-note")
    right = anchor(pinpoint) if pinpoint else ""
    return "" if plain == right else right


def _ranges(ordinals: Sequence[int]) -> list[int]:
    """First and last of each run of neighbours."""
    found: list[int] = []
    for ordinal in ordinals:
        if found and found[-1] == ordinal - 1:
            found[-1] = ordinal
        else:
            found += [ordinal, ordinal]
    return found


def _deflated(text: str) -> str:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return base64.b64encode(packer.compress(text.encode()) + packer.flush()).decode()


# ---------------------------------------------------------------- all codes


def script(*values: object) -> bytes:
    """A file that hands its values to search.js. Markup in a text can't end it: `<` is written as an escape."""
    said = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    said = said.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"(self.inforce=self.inforce||[]).push({said});\n".encode()


def write_index(plan: Plan, terms: Mapping[Code, CodeTerms], put: Put) -> None:
    """Everything but the files of single codes."""
    codes = sorted(terms)
    put("search/start.js", _start(plan, codes))
    put("search/days.js", script("days", "", _days(plan, codes)))
    buckets = BUCKETS[plan.history]
    lines = _lines(codes, terms, buckets)
    for bucket in range(buckets):
        put(f"search/t/{bucket}.js", script("t", bucket, "\n".join(lines.get(bucket, ()))))


def _start(plan: Plan, codes: Sequence[Code]) -> bytes:
    related = [
        [" ".join(said), [" ".join(words) for words in meant]]
        for said, meant in sorted(bundled_vocabulary().meant.items())
    ]
    known = {code: number for number, code in enumerate(codes)}
    others = [each.segment for code, each in plan.codes.items() if code not in known]
    facts = {
        "format": FORMAT,
        "on": plan.on.isoformat(),
        "history": plan.history,
        "buckets": BUCKETS[plan.history],
        "codes": " ".join(plan.codes[code].segment for code in codes),
        "others": " ".join(others),
        "common": " ".join(sorted(COMMON)),
        "related": related,
    }
    return script("start", "", facts)


def _days(plan: Plan, codes: Sequence[Code]) -> str:
    """For each code its spans: the days since the span before, 0 none or 1 + number of versions, which versions."""
    return " ".join(_spans(plan, plan.codes[code]) for code in codes)


def _spans(plan: Plan, each: CodePlan) -> str:
    ordinal = {id: n for n, id in enumerate(versions_shown(each, plan))}
    spans = each.spans if plan.history else [each.span_on(plan.on)]
    said, before = [], EPOCH
    for place, span in enumerate(spans):
        if place:
            first = span.first.toordinal() if span.first else EPOCH
            said.append(number(first - before))
            before = first
        shown = span.versions if span.answer in ("in_force", "disputed") else ()
        said.append(number(0 if not shown else 2 * len(shown) - (span.answer == "in_force")))
        said += [number(ordinal[id]) for id in shown]
    return "".join(said)


def _lines(codes: Sequence[Code], terms: Mapping[Code, CodeTerms], buckets: int) -> dict[int, list[str]]:
    """The lines of each bucket: `term forms postings`, and `form>term` for a form whose term lies in another bucket."""
    postings, forms = _merged(codes, terms)
    lines: dict[int, list[str]] = {}
    for term, said in sorted(postings.items()):
        here = bucket_of(term, buckets)
        near = [form for form in forms.get(term, ()) if bucket_of(form, buckets) == here]
        lines.setdefault(here, []).append(f"{term} {','.join(near)} {said}")
        for form in forms.get(term, ()):
            if form not in near:
                lines.setdefault(bucket_of(form, buckets), []).append(f"{form}>{term}")
    return {bucket: sorted(found) for bucket, found in lines.items()}


def _merged(
    codes: Sequence[Code], terms: Mapping[Code, CodeTerms]
) -> tuple[dict[str, str], dict[str, list[str]]]:
    parts: dict[str, list[str]] = {}
    last: dict[str, int] = {}
    seen: set[str] = set()
    for place, code in enumerate(codes):
        seen.update(terms[code].forms.split())
        for term, weights in _pairs(terms[code].postings):
            parts.setdefault(term, []).append(number(place - last.get(term, 0)) + weights)
            last[term] = place
    forms: dict[str, list[str]] = {}
    for form in sorted(seen):
        forms.setdefault(term_of(form), []).append(form)
    return {term: "".join(said) for term, said in parts.items()}, forms


def _pairs(postings: str) -> Iterator[tuple[str, str]]:
    for line in postings.split("\n"):
        term, _, weights = line.rpartition(" ")
        if term:
            yield term, weights
