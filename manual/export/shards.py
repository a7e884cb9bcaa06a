"""The search of the edition: an index cut into script files, since a browser reads nothing else from a stick.

    search/start.js      what every query needs: codes, buckets, common words, related words
    search/days.js       for each code which of its versions answers on which days
    search/t/17.js       terms of one bucket with their postings, deflated, fifteen bits in each character
    search/n/3.js        titles of the versions of some neighbouring codes

A word goes to the bucket of its first four letters, so that its other forms, and words that begin with it, mostly lie
in the same file; the terms are the stems that the site's index uses, and each carries the forms that were seen, so
that no stemmer is needed in the browser. A posting says for which versions of a code a term stands in it and how much
it weighs there. Only postings of the versions that answer on the day asked are ever looked at, counted or shown.
No text lies here: a snippet comes from the page of the instruction itself, which search.js opens in a hidden frame.

What the index needs of a code is a pure function of its documents. When few codes change, the files are mended by it:
`mend_index` writes what `write_index` would have written.
"""

from __future__ import annotations

import codecs
import json
import math
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from indexer.analysis import COMMON, folded_words, term_of
from indexer.vocabulary import bundled_vocabulary
from manual.citation import STANDS, section_of
from manual.export.plan import CodePlan, Plan
from manual.model import Code, VersionDocument, VersionId
from manual.pages.links import code_segment
from manual.queries import KnowledgeBase

FORMAT = 2
START = "search/start.js"
KEY = 4
"""Letters of a word that choose its bucket."""
BUCKETS = {False: 96, True: 256}
"""For an edition of one day, and for one with the history."""
NAMED = 64
"""Codes whose titles share a file."""
EPOCH = date(1900, 1, 1).toordinal()
TITLE_WEIGHT, HEADING_WEIGHT = 4, 2
K1, B, USUAL_LENGTH = 1.2, 0.75, 600
LENGTH_STEP = 1.5
"""Lengths are rounded to its powers, so that another clause does not change the weight of every word."""
CODES_AT_ONCE = 500
"""The index of a larger manual is put together in several passes, so as to take less memory."""
LEVELS = 15
"""Weights are rounded to so many levels: one character each, and as few different ones as rank as well."""
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_RUNS = _DIGITS[LEVELS]
"""In the place of a level: runs of versions follow."""

Put = Callable[[str, bytes], None]
Get = Callable[[str], bytes]
Searches = Callable[[], Iterator[tuple[Code, "CodeSearch"]]]


@dataclass(frozen=True, slots=True)
class CodeSearch:
    """What the index needs of one code."""

    postings: str
    """One line for each term: `term weights`."""
    forms: str
    """Printed forms that differ from their terms, separated by spaces."""
    titles: str
    """JSON: each title of its versions in their order, and for how many of them it stands."""
    days: str
    """Which versions answer on which days; see `_spans`."""


def number(value: int) -> str:
    """A whole number in few characters: five bits each, the lowest first; all but the last have the sixth bit set."""
    digits = ""
    while value > 31:
        digits += _DIGITS[32 | value & 31]
        value >>= 5
    return digits + _DIGITS[value]


_NUMBER = re.compile("[g-z0-9_-]*[A-Za-f]")
_LETTER = 0x3400
"""The first of 32,768 characters in a row that are letters."""


def _value(digits: str) -> int:
    value = 0
    for digit in reversed(digits):
        value = value << 5 | _DIGITS.index(digit) & 31
    return value


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


def code_search(kb: KnowledgeBase, plan: Plan, code: Code) -> CodeSearch | None:
    """None for a code that can't be found on any day of the edition."""
    each = plan.codes[code]
    wanted = versions_shown(each, plan)
    if not wanted:
        return None
    by_id = {document.id: document for document in kb.documents_of([code])}
    documents = [by_id[id] for id in wanted]
    postings, forms = _terms(documents)
    titles = [
        part for title, same in groupby(one.title for one in documents) for part in (title, len(list(same)))
    ]
    return CodeSearch(postings, forms, _json(titles), _spans(plan, each, wanted))


def _terms(documents: Sequence[VersionDocument]) -> tuple[str, str]:
    counted = _Counted()
    weights = [counted.of(document) for document in documents]
    length = _rounded(sum(sum(weight.values()) for weight in weights) / len(weights))
    levels = _Levels(length)
    lines = [
        f"{term} {_runs([levels[weight.get(term, 0)] for weight in weights])}"
        for term in sorted(set().union(*weights))
    ]
    other = sorted(form for form in counted.forms if term_of(form) != form)
    return "\n".join(lines), " ".join(other)


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


# ---------------------------------------------------------------- all codes


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def script(*values: object) -> bytes:
    """A file that hands its values to search.js. Markup in a text can't end it: `<` is written as an escape."""
    return _script(_json(values))


def _script(said: str) -> bytes:
    said = said.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"{_HEAD}{said}{_TAIL}".encode()


_HEAD, _TAIL = "(self.inforce=self.inforce||[]).push(", ");\n"


def handed(data: bytes) -> list[Any]:
    """What a search file hands to search.js."""
    text = data.decode("utf-16") if data.startswith(codecs.BOM_UTF16_LE) else data.decode()
    found: list[Any] = json.loads(text.removeprefix(_HEAD).removesuffix(_TAIL))
    return found


def _bucket_file(bucket: int, lines: Iterable[str]) -> bytes:
    """The sorted lines of a bucket in three columns, which deflate better apart: terms, places, weights."""
    terms, places, weights = [], [], []
    for line in lines:
        term, blank, said = line.rpartition(" ")
        terms.append(term if blank else line)
        if blank:
            entries = list(_entries(said))
            befores = [0, *(place for place, _ in entries)]
            places.append(
                "".join(number(place - before) for (place, _), before in zip(entries, befores, strict=False))
            )
            weights.append("".join(weight for _, weight in entries))
    columns = (_packed("\n".join(column)) for column in (terms, places, weights))
    said = _json(["t", bucket, *columns])
    return codecs.BOM_UTF16_LE + f"{_HEAD}{said}{_TAIL}".encode("utf-16-le")


def bucket_lines(data: bytes) -> list[str]:
    """The lines that a bucket's file was made of."""
    terms, places, weights = (_unpacked(column).split("\n") for column in handed(data)[2:])
    postings = zip(places, weights, strict=True)
    return [f"{term} {_joined(*next(postings))}" if " " in term else term for term in terms if term]


def _joined(places: str, weights: str) -> str:
    numbers, at, said = _NUMBER.findall(weights), 0, []
    for place in _NUMBER.findall(places):
        length = _length(numbers, at)
        said += [place, *numbers[at : at + length]]
        at += length
    return "".join(said)


def _packed(text: str) -> str:
    """Deflated, fifteen bits a character; the first character tells how many bytes of the last one are no data.

    In UTF-16 that is a fifteenth more than the bytes, where base64 would be a third, and all characters are letters
    that nothing escapes or normalizes.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packer.compress(text.encode()) + packer.flush()
    count = -(-len(data) * 8 // 15)
    letters = []
    for at in range(0, len(data), 15):  # eight characters
        value = int.from_bytes(data[at : at + 15].ljust(15, b"\0"), "big")
        letters += [chr(_LETTER + (value >> shift & 0x7FFF)) for shift in range(105, -1, -15)]
    spare = count * 15 // 8 - len(data)
    return chr(_LETTER + spare) + "".join(letters[:count])


def _unpacked(said: str) -> str:
    data = bytearray()
    for at in range(1, len(said), 8):
        value = 0
        for letter in said[at : at + 8].ljust(8, chr(_LETTER)):
            value = value << 15 | ord(letter) - _LETTER
        data += value.to_bytes(15, "big")
    length = (len(said) - 1) * 15 // 8 - (ord(said[0]) - _LETTER)
    return zlib.decompress(bytes(data[:length]), -15).decode()


def write_index(plan: Plan, codes: Sequence[Code], searches: Searches, put: Put) -> None:
    """All files of the search. `codes`: those that can be found, sorted; `searches` gives them in that order."""
    put(START, start_file(plan, codes))
    days, titles, forms = [], [], set()
    for _, one in searches():
        days.append(one.days)
        titles.append(one.titles)
        forms.update(one.forms.split())
    _put_days(days, put)
    for name, data in _named(titles):
        put(name, data)
    buckets = BUCKETS[plan.history]
    at_once = buckets // (1 + len(codes) // CODES_AT_ONCE)
    for first in range(0, buckets, at_once):
        wanted = range(first, min(first + at_once, buckets))
        lines = _lines(searches, forms, wanted, buckets)
        for bucket in wanted:
            put(_bucket_name(bucket), _bucket_file(bucket, sorted(lines.get(bucket, ()))))


def _put_days(days: Iterable[str], put: Put) -> None:
    put("search/days.js", script("days", "", " ".join(days)))


def _named(titles: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    for number, at in enumerate(range(0, len(titles), NAMED)):
        said = ",".join(titles[at : at + NAMED])
        yield f"search/n/{number}.js", _script(f'["n",{number},[{said}]]')


def _bucket_name(bucket: int) -> str:
    return f"search/t/{bucket}.js"


def _begun(plan: Plan) -> dict[str, int]:
    """By three-part code, and by section of one: the first day on which it stands, in days of the epoch.

    Left out: those that stand on every day. By this the search tells a page from a place in its section, as
    `citation.meant` does.
    """
    parts = [code for code in plan.codes if section_of(code) != code]
    found = {}
    for code in sorted({*parts, *(section_of(code) for code in parts)}):
        spans = plan.codes[code].spans if code in plan.codes else ()
        before = [n for n, span in enumerate(spans) if span.answer not in STANDS]
        if before:
            after = spans[before[-1] + 1].first if before[-1] + 1 < len(spans) else None
            found[code_segment(code)] = (after or date.max).toordinal() - EPOCH
    return found


def start_file(plan: Plan, codes: Sequence[Code]) -> bytes:
    """What every query needs. `codes`: as in `write_index`."""
    related = [
        [" ".join(said), [" ".join(words) for words in meant]]
        for said, meant in sorted(bundled_vocabulary().meant.items())
    ]
    known = frozenset(codes)
    others = [code_segment(code) for code in plan.codes if code not in known]
    facts = {
        "format": FORMAT,
        "on": plan.on.isoformat(),
        "history": plan.history,
        "buckets": BUCKETS[plan.history],
        "named": NAMED,
        "codes": " ".join(map(code_segment, codes)),
        "others": " ".join(others),
        "begun": _begun(plan),
        "common": " ".join(sorted(COMMON)),
        "related": related,
    }
    return script("start", "", facts)


def _lines(searches: Searches, forms: Iterable[str], wanted: range, buckets: int) -> dict[int, list[str]]:
    """The lines of some buckets: `term forms postings`, and `form>term` for a form whose term lies elsewhere."""
    bucket = _Buckets(buckets)
    lines: dict[int, list[str]] = {}
    near: dict[str, list[str]] = {}
    for form in sorted(forms):
        there = bucket[form[:KEY]]
        if there in wanted:
            term = term_of(form)
            if bucket[term[:KEY]] == there:
                near.setdefault(term, []).append(form)
            else:
                lines.setdefault(there, []).append(f"{form}>{term}")
    parts: dict[str, list[str]] = {}
    last: dict[str, int] = {}
    for place, (_, one) in enumerate(searches()):
        for term, weights in pairs(one.postings):
            if bucket[term[:KEY]] in wanted:
                parts.setdefault(term, []).append(number(place - last.get(term, 0)) + weights)
                last[term] = place
    for term, said in parts.items():
        lines.setdefault(bucket[term[:KEY]], []).append(
            f"{term} {','.join(near.get(term, ()))} {''.join(said)}"
        )
    return lines


class _Buckets(dict[str, int]):
    """The bucket of each beginning of a word, worked out once."""

    def __init__(self, buckets: int) -> None:
        self._buckets = buckets

    def __missing__(self, beginning: str) -> int:
        self[beginning] = bucket_of(beginning, self._buckets)
        return self[beginning]


def pairs(postings: str) -> Iterator[tuple[str, str]]:
    """Term and weights of each line."""
    for line in postings.split("\n"):
        term, _, weights = line.rpartition(" ")
        if term:
            yield term, weights


# ---------------------------------------------------------------- mending


@dataclass(frozen=True, slots=True)
class Change:
    """One code of which the index knows something else than before. Its place among the codes is the same."""

    place: int
    old: CodeSearch
    new: CodeSearch


def mend_index(
    changes: Sequence[Change],
    *,
    history: bool,
    known: Callable[[str], Sequence[str]],
    get: Get,
    put: Put,
) -> None:
    """Writes the files that differ from those `get` gives, as `write_index` would write them.

    `known` gives one field of what is known of all codes now, by code.
    """
    if any(one.old.days != one.new.days for one in changes):
        _put_days(known("days"), put)
    if any(one.old.titles != one.new.titles for one in changes):
        places = {one.place // NAMED for one in changes if one.old.titles != one.new.titles}
        for number, (name, data) in enumerate(_named(known("titles"))):
            if number in places:
                put(name, data)
    lost = {form for one in changes for form in one.old.forms.split()}
    if lost:
        lost.difference_update(*map(str.split, known("forms")))
    for bucket, mended in _mended(changes, BUCKETS[history], lost).items():
        name = _bucket_name(bucket)
        put(name, _bucket_file(bucket, mended.applied(bucket_lines(get(name)))))


class _Bucket:
    """What changes in one bucket."""

    def __init__(self) -> None:
        self.postings: dict[str, dict[int, str | None]] = {}
        """By term and place the new weights; None where the term no longer stands."""
        self.forms: dict[str, dict[str, bool]] = {}
        """By term its forms in this bucket: whether they are to be there."""
        self.aliases: dict[str, tuple[str, bool]] = {}
        """By form its term in another bucket, and whether it is to be there."""

    def applied(self, old: Sequence[str]) -> list[str]:
        lines = {line.partition(" ")[0]: line for line in old}
        for form, (term, there) in self.aliases.items():
            lines.pop(f"{form}>{term}", None)
            if there:
                lines[f"{form}>{term}"] = f"{form}>{term}"
        for term in self.postings.keys() | self.forms.keys():
            line = self._line(term, lines.pop(term, f"{term}  "))
            if line:
                lines[term] = line
        return sorted(lines.values())

    def _line(self, term: str, line: str) -> str:
        _, forms, said = line.split(" ")
        there = set(forms.split(",")) - {""}
        for form, wanted in self.forms.get(term, {}).items():
            (there.add if wanted else there.discard)(form)
        said = _respliced(said, self.postings.get(term, {}))
        return f"{term} {','.join(sorted(there))} {said}" if said else ""


def _mended(changes: Sequence[Change], buckets: int, lost: set[str]) -> dict[int, _Bucket]:
    found: dict[int, _Bucket] = {}

    def bucket(word: str) -> _Bucket:
        return found.setdefault(bucket_of(word, buckets), _Bucket())

    for one in changes:
        old, new = dict(pairs(one.old.postings)), dict(pairs(one.new.postings))
        for term in old.keys() | new.keys():
            if old.get(term) != new.get(term):
                bucket(term).postings.setdefault(term, {})[one.place] = new.get(term)
    gained = {form for one in changes for form in one.new.forms.split()}
    gained -= {form for one in changes for form in one.old.forms.split()}
    for form in gained | lost:
        term, there = term_of(form), form not in lost
        if bucket_of(form, buckets) == bucket_of(term, buckets):
            bucket(term).forms.setdefault(term, {})[form] = there
        else:
            bucket(form).aliases[form] = (term, there)
    return found


def _respliced(said: str, changed: Mapping[int, str | None]) -> str:
    """The postings of a term with other weights for some places."""
    if not changed:
        return said
    by_place = dict(_entries(said))
    for place, weights in changed.items():
        if weights is None:
            by_place.pop(place, None)
        else:
            by_place[place] = weights
    parts, last = [], 0
    for place in sorted(by_place):
        parts.append(number(place - last) + by_place[place])
        last = place
    return "".join(parts)


def _length(numbers: Sequence[str], at: int) -> int:
    """How many numbers the weights that begin there take."""
    return 1 if numbers[at] != _RUNS else 2 + 3 * _value(numbers[at + 1])


def _entries(said: str) -> Iterator[tuple[int, str]]:
    """Place and weights of each posting."""
    numbers = _NUMBER.findall(said)
    at = place = 0
    while at < len(numbers):
        place += _value(numbers[at])
        length = _length(numbers, at + 1)
        yield place, "".join(numbers[at + 1 : at + 1 + length])
        at += 1 + length


__all__ = ["Change", "CodeSearch", "code_search", "handed", "mend_index", "versions_shown", "write_index"]
