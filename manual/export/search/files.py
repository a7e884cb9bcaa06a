"""The files of the edition's search: an index cut into scripts, since a browser reads nothing else from a stick.

    search/start.js      what every query needs: codes, buckets, common words, related words
    search/days.js       for each code which of its versions answers on which days
    search/t/17.js       the terms of one bucket with their postings, one line each
    search/n/3.js        titles of the versions of some neighbouring codes

A word goes to the bucket of its first four letters, so that its other forms, and words that begin with it, mostly lie
in the same file; the terms are the stems that the site's index uses, and each carries the forms that were seen, so
that no stemmer is needed in the browser. A posting says for which versions of a code a term stands in it and how much
it weighs there. Only postings of the versions that answer on the day asked are ever looked at, counted or shown.
No text lies here: a snippet comes from the page of the instruction itself, which search.js opens in a hidden frame.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from indexer.analysis import COMMON, term_of
from indexer.vocabulary import bundled_vocabulary
from manual.citation import STANDS, section_of
from manual.export.plan import Plan
from manual.export.search.terms import EPOCH, SearchData, number
from manual.model import Code
from manual.pages.links import code_segment

FORMAT = 3
KEY = 4
"""Letters of a word that choose its bucket."""
BUCKETS = {False: 96, True: 256}
"""For an edition of one day, and for one with the history."""
NAMED = 64
"""Codes whose titles share a file."""

Put = Callable[[str, bytes], None]


def bucket_of(word: str, buckets: int) -> int:
    """FNV-1a over the first letters of a folded word; search.js computes the same."""
    hashed = 2166136261
    for letter in word[:KEY]:
        hashed = ((hashed ^ ord(letter)) * 16777619) & 0xFFFFFFFF
    return hashed % buckets


def script(*values: object) -> bytes:
    """A file that hands its values to search.js. Markup in a text can't end it: `<` is written as an escape."""
    said = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    said = said.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"(self.inforce=self.inforce||[]).push({said});\n".encode()


def write_search(plan: Plan, found: Mapping[Code, SearchData], put: Put) -> None:
    """All files of the search. `found`: what is known of each code that can be found on a day of the edition."""
    codes = sorted(found)
    put("search/start.js", _start(plan, codes))
    put("search/days.js", script("days", "", " ".join(found[code].days for code in codes)))
    for n, at in enumerate(range(0, len(codes), NAMED)):
        titles = [found[code].titles for code in codes[at : at + NAMED]]
        put(f"search/n/{n}.js", script("n", n, titles))
    buckets = BUCKETS[plan.history]
    lines: list[list[str]] = [[] for _ in range(buckets)]
    for word, line in _lines([found[code] for code in codes], buckets):
        lines[bucket_of(word, buckets)].append(line)
    for bucket, those in enumerate(lines):
        put(f"search/t/{bucket}.js", script("t", bucket, "\n".join(sorted(those))))


def _lines(found: Sequence[SearchData], buckets: int) -> Iterator[tuple[str, str]]:
    """Lines with the words that choose their buckets: `term forms postings`; `form>term` where the term lies elsewhere.

    A posting is the distance to the place of the code before, and the weights in the versions of the code.
    """
    near: dict[str, list[str]] = {}
    for form in sorted(frozenset().union(*(one.forms for one in found))):
        term = term_of(form)
        if bucket_of(form, buckets) == bucket_of(term, buckets):
            near.setdefault(term, []).append(form)
        else:
            yield form, f"{form}>{term}"
    parts: dict[str, list[str]] = {}
    last: dict[str, int] = {}
    for place, one in enumerate(found):
        for term, weights in one.postings:
            parts.setdefault(term, []).append(number(place - last.get(term, 0)) + weights)
            last[term] = place
    for term, said in parts.items():
        yield term, f"{term} {','.join(near.get(term, ()))} {''.join(said)}"


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


def _start(plan: Plan, codes: Sequence[Code]) -> bytes:
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
