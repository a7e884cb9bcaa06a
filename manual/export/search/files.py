"""The files of the edition's search: an index cut into scripts, since a browser reads nothing else from a stick.

    search/start.js      what every query needs: codes, buckets, tables of words, the numbers of the score
    search/days.js       for each code which of its versions answers on which days, and how long their texts are
    search/t/17.js       the words of one bucket with their postings, a line for each stem
    search/p/17.js       in an edition with the history: the same for pairs of words, a line for each
    search/w/17.js       in one of a single day: where the same words stand, in the same order
    search/u/3.js        in one of a single day: which fields and versions the places of some neighbouring codes are in
    search/n/3.js        titles of the versions of some neighbouring codes

A word goes to the bucket of the beginning of its stem, so that its other forms, and words that begin with it, mostly
lie in the same file. A posting says in which versions of a code it stands and how often in title, sub-headings and
passages: all that the index of the site counts, so that both find and rank alike. Only postings of the versions
that answer on the day asked are ever looked at, counted or shown. `terms`
says how a phrase is found. No text lies here: a snippet comes from the page of the instruction itself, which search.js
opens in a hidden frame.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from whoosh.support.charset import accent_map

from indexer.analysis import COMMON, term_of
from indexer.evaluate import K1, MEANT, WEIGHT, B
from indexer.forms import RULES, table
from indexer.language import FIELDS, LONGEST_QUERY, MOST_WORDS
from indexer.vocabulary import BRIDGED, bundled_vocabulary
from indexer.written import BESIDE, UNITS, compounds
from manual.citation import STANDS, section_of
from manual.citation.labels import DOUBLED
from manual.export.plan import Plan
from manual.export.search.terms import DENSE, EPOCH, ONCE, SearchData, number
from manual.model import Code
from manual.pages.links import code_segment
from manual.pages.words import UNTITLED
from manual.publisher import INZ, Publisher

FORMAT = 5
KEY = 4
"""Letters of a word that choose its bucket."""
FILLED = 3000
"""Bytes that a file of words holds on average, at most."""
FEWEST, MOST = 16, 2048
NAMED = 16
"""Codes whose titles, or stretches, share a file."""

FIRST = b"self.inforce=self.inforce||[];"
"""For files that are read before search.js takes what is pushed."""

Put = Callable[[str, bytes], None]

# the letters that a code or an amount begins with
_BEFORE_DIGITS = re.compile(r"[^\d]*")


def key_of(word: str) -> str:
    """What of a word chooses its bucket. Codes with the same letters lie together: WA finds all below it.

    >>> key_of("partner"), key_of("wa4.10"), key_of("25000"), key_of("accredit+employ")
    ('part', 'wa', '25', 'accr')
    """
    if word[:1].isdecimal():
        return word[:2]
    found = _BEFORE_DIGITS.match(word)
    return (found[0] if found else word)[:KEY]


def hash_of(text: str) -> int:
    """FNV-1a over UTF-16 units of characters below 65536; search.js computes the same."""
    hashed = 2166136261
    for letter in text:
        hashed = ((hashed ^ ord(letter)) * 16777619) & 0xFFFFFFFF
    return hashed


def script(*values: object) -> bytes:
    """A file that hands its values to search.js. Markup in a text can't end it: `<` is written as an escape."""
    said = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    said = said.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"inforce.push({said});\n".encode()


class _Postings:
    """What stands in the codes, with its postings and places.

    (In arrays of bytes, since postings are ASCII: the collector of garbage would look through millions of lists.)
    """

    def __init__(self) -> None:
        self._postings: dict[str, bytearray] = {}
        self._places: dict[str, bytearray] = {}
        self._last: dict[str, int] = {}

    def add(self, place: int, of_code: Sequence[tuple[str, str, str]]) -> None:
        """For each code twice the distance to the place of the code before, and the counts; or one more, where it
        stands there once, in a passage of every version, which most do."""
        postings, last = self._postings, self._last
        for key, counts, places in of_code:
            gap = 2 * (place - last.get(key, 0))
            said = number(gap + 1) if counts == ONCE else number(gap) + counts
            postings.setdefault(key, bytearray()).extend(said.encode())
            if places:
                self._places.setdefault(key, bytearray()).extend(places.encode())
            last[key] = place

    def __iter__(self) -> Iterator[tuple[str, str, str]]:
        """Name, postings and places, by name."""
        for key in sorted(self._postings):
            yield key, self._postings[key].decode(), self._places.get(key, b"").decode()


class SearchFiles:
    """All files of the search, made of what is known of each code that can be found on a day of the edition."""

    def __init__(self, plan: Plan, publisher: Publisher = INZ) -> None:
        self._plan, self._publisher = plan, publisher
        self._codes: list[Code] = []
        self._words, self._things, self._pairs = _Postings(), _Postings(), _Postings()
        self._days: list[str] = []
        self._lengths: list[str] = []
        self._titles: list[tuple[str | int, ...]] = []
        self._stretches: list[str] = []

    def add(self, code: Code, data: SearchData) -> None:
        """Codes come in their order."""
        place = len(self._codes)
        self._codes.append(code)
        self._words.add(place, data.words)
        self._things.add(place, data.things)
        self._pairs.add(place, data.pairs)
        self._days.append(data.days)
        self._lengths.append(data.lengths)
        self._titles.append(data.titles)
        self._stretches.append(data.stretches)

    def put(self, put: Put) -> None:
        history = self._plan.history
        put("search/days.js", FIRST + script("days", "", " ".join(self._days), " ".join(self._lengths)))
        for n, at in enumerate(range(0, len(self._codes), NAMED)):
            put(f"search/n/{n}.js", script("n", n, self._titles[at : at + NAMED]))
            if not history:
                put(f"search/u/{n}.js", script("u", n, " ".join(self._stretches[at : at + NAMED])))
        buckets = _put_lines("t", list(_lines(self._words, self._things)), put, None if history else "w")
        pairs = _put_lines("p", list(_pair_lines(self._pairs)), put) if history else 0
        put("search/start.js", _start(self._plan, self._codes, self._publisher, buckets, pairs))


class SearchLine(NamedTuple):
    """A line of a file of words, and the places of what stands in it, in its order. `key` chooses the file."""

    key: str
    said: str
    places: tuple[str, ...] = ()


def _put_lines(kind: str, lines: Sequence[SearchLine], put: Put, places: str | None = None) -> int:
    """Lines into files, each by its key, and their places into files of the kind `places`; how many files of a kind."""
    size = sum(len(line.said) for line in lines)
    buckets = FEWEST
    while buckets < MOST and size > buckets * FILLED:
        buckets *= 2
    those: list[list[SearchLine]] = [[] for _ in range(buckets)]
    for line in lines:
        those[hash_of(line.key) % buckets].append(line)
    for bucket, found in enumerate(those):
        found.sort(key=lambda line: line.said)
        put(f"search/{kind}/{bucket}.js", script(kind, bucket, "\n".join(line.said for line in found)))
        if places:
            stood = " ".join(one for line in found for one in line.places)
            put(f"search/{places}/{bucket}.js", script(places, bucket, stood))
    return buckets


def _lines(words: _Postings, things: _Postings) -> Iterator[SearchLine]:
    """`stem form postings form postings …`, the form left out where it is the stem; `form>stem` where a form begins
    otherwise than its stem; things by their names."""
    by_stem: dict[str, list[tuple[str, str, str]]] = {}
    for form, said, places in words:
        by_stem.setdefault(term_of(form), []).append((form, said, places))
    for stem, forms in by_stem.items():
        said = " ".join(f"{'' if form == stem else form} {said}" for form, said, _ in forms)
        yield SearchLine(key_of(stem), f"{stem} {said}", tuple(places for _, _, places in forms))
        yield from (
            SearchLine(key_of(form), f"{form}>{stem}") for form, _, _ in forms if key_of(form) != key_of(stem)
        )
    for thing, said, places in things:
        yield SearchLine(key_of(thing), f"{thing}  {said}", (places,))


def _pair_lines(pairs: _Postings) -> Iterator[SearchLine]:
    """`one other postings`; the pair chooses the file."""
    for pair, said, _ in pairs:
        yield SearchLine(pair, f"{pair} {said}")


def shortened(codes: Iterable[str]) -> str:
    """Codes in one line, each without what it has in common with the one before, up to a dot.

    >>> shortened(["WA4", "WA4.5", "WA4.10", "WA4.10.1"])
    'WA4 WA4.5 .10 WA4.10.1'
    """
    said, before = [], None
    for code in codes:
        stem, _, last = code.rpartition(".")
        said.append(f".{last}" if stem and stem == before else code)
        before = stem
    return " ".join(said)


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


def _start(plan: Plan, codes: Sequence[Code], publisher: Publisher, buckets: int, pairs: int) -> bytes:
    vocabulary = bundled_vocabulary()
    related = [
        [" ".join(said), [" ".join(words) for words in meant], *vocabulary.bridges.get(said, ())]
        for said, meant in sorted(vocabulary.meant.items())
    ]
    known = frozenset(codes)
    others = [code_segment(code) for code in plan.codes if code not in known]
    shape = publisher.codes
    facts = {
        "format": FORMAT,
        "on": plan.on.isoformat(),
        "history": plan.history,
        "buckets": buckets,
        "pairs": pairs,
        "named": NAMED,
        "codes": shortened(map(code_segment, codes)),
        "others": shortened(others),
        "begun": _begun(plan),
        "common": " ".join(sorted(COMMON)),
        "dense": " ".join(DENSE),
        "related": related,
        "bridged": BRIDGED,
        "accents": "".join(
            chr(int(plain)) + accented
            for plain, accented in sorted(accent_map.items())
            if len(accented) == 1 and chr(int(plain)).lower() == chr(int(plain))
        ),
        "usual": " ".join(f"{word} {form}" for word, form in table().items()),
        "rules": [[pattern, said.replace("\\", "$")] for pattern, said in RULES],
        "compounds": " ".join("-".join(parts) for parts in compounds()),
        "units": " ".join(sorted(UNITS)),
        "beside": BESIDE,
        "fields": " ".join(FIELDS),
        "forms": " ".join(publisher.forms),
        "letters": shape.any_letters,
        "lettered": shape.lettered,
        "doubled": DOUBLED,
        "word": shape.word,
        "inWords": shape.word_in_words,
        "typed": shape.word_typed,
        "untitled": UNTITLED,
        "most": [LONGEST_QUERY, MOST_WORDS],
        "score": [K1, MEANT, list(WEIGHT), list(B)],
    }
    return FIRST + script("start", "", facts)
