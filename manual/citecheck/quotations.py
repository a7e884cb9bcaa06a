"""What a letter quotes, and what it cites beside it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from indexer import PassageRun
from manual.citation.provisions import with_laws
from manual.citation.references import find_refs
from manual.citecheck.letter import Letter, Paragraph
from manual.citecheck.words import ELLIPSIS, count_words, tokens
from manual.model import Code, Ref
from manual.publisher import Publisher

FEWEST = 5
"""Words from which on a quotation can be told from chance."""
UNMARKED = 12
"""Words in a row from which on words of the manual count as quoted without marks."""
_NEAR = 6
"""Words between two runs of one passage that may have been changed: the runs are then one quotation."""
_MARKED_FEWEST = 3
"""Words from which on words in marks are listed at all: fewer are a term, a title, a name."""
_CHAINS = 40
"""Passages of one instruction that a run may go on, the latest: one instruction may say the same often."""
_BACK = 3
"""Paragraphs before a quotation in which its citation is sought."""

_MOST_BESIDE = 12
"""Citations on either side of a quotation that it may go with."""

QuotedHow = Literal["marks", "block", "unmarked"]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of the letter: characters `start` (included) to `end` (excluded), marks left out."""

    start: int
    end: int
    how: QuotedHow


def references_in(letter: Letter, publisher: Publisher) -> tuple[Ref, ...]:
    """Every citation of a code, a place, a run of codes, law or a form, in order; none that only says "(a) above"."""
    found = []
    for paragraph in letter.paragraphs:
        text = letter.text[paragraph.start : paragraph.end]
        for ref in find_refs(text, here="", code=Code(""), publisher=publisher):
            if not ref.target.startswith("(") and ref.end - ref.start <= _LONGEST_CITATION:
                at = paragraph.start
                found.append(Ref(at + ref.start, at + ref.end, ref.target, ref.state, ref.address))
    (of_acts,) = with_laws([(letter.text, found)], publisher)
    return of_acts


# ---------------------------------------------------------------- words in marks, and set off

# Opening mark, words, closing mark of the same kind. Single marks only where they can't be apostrophes. Double marks
# may close some paragraphs on: a quotation of clauses opens once. One that never closes ends with its paragraph.
# yes: `“words of the manual”` `“words “of the” manual”` `"words"` `«words»` `„words“` `‘words’` `“words"`
# no: `applicant’s` `5" by 7"`
_MARKED = re.compile(
    r"“(?P<nested>[^“”\n]*(?:“[^“”\n]*”[^“”\n]*)+)”|“(?P<curly>[^“”]+)”|“(?P<mixed>[^“”\"\n]+)(?:\"|$)"
    r"|„(?P<low>[^„“”]+)[“”]|«(?P<angle>[^«»]+)»|»(?P<turned>[^«»\n]+)«"
    r"|(?<![^\W_])\"(?=\S)(?:(?P<straight>[^\"\n]+)\"|(?P<long>[^\"]+)(?<=\S)\"(?![^\W_])|(?P<open>[^\"\n]+)$)"
    r"|(?<![^\W_])‘(?P<single>(?:[^‘’\n]|(?<=[^\W_])’(?=[^\W_]))+)’(?![^\W_])"
    r"|(?<![^\W_])'(?P<plain>(?:[^'\n]|(?<=[^\W_])'(?=[^\W_]))+)'(?![^\W_])",
    re.MULTILINE,
)
_OTHER_MARKS = str.maketrans("‟〝❝〞❞＂", '“““””"')
_LONGEST_IN_MARKS = 40_000
"""Characters; marks further apart don't belong together."""
_MOST_ELLIPSES = 60
_LONGEST_CITATION = 200
"""Characters; what is longer cites nothing that there is."""
_LONGEST_SET_OFF = 400
"""Words from which on what is set off is no quotation but a letter in a reply to it."""


def quoted_in(letter: Letter) -> tuple[Quoted, ...]:
    """Quotations in marks of all kinds and those set off from the text, in order, without overlap."""
    found: list[Quoted] = []
    for quoted, group in groupby(letter.paragraphs, key=lambda paragraph: paragraph.quoted):
        start, end = _bounds(tuple(group))
        marked = [q for q in _in_marks(letter, start, end) if _may_quote(letter, q)]
        whole = Quoted(start, end, "block")
        if quoted and not any(_words(letter, q) >= FEWEST for q in marked):
            if _MARKED_FEWEST <= _words(letter, whole) <= _LONGEST_SET_OFF:
                found.append(whole)
            continue
        found += marked
    return tuple(found)


def _bounds(paragraphs: Sequence[Paragraph]) -> tuple[int, int]:
    return paragraphs[0].start, paragraphs[-1].end


def _in_marks(letter: Letter, start: int, end: int) -> Iterable[Quoted]:
    """Within some paragraphs that follow each other."""
    for match in _MARKED.finditer(letter.text[start:end].translate(_OTHER_MARKS)):
        first, until = match.span(match.lastgroup or 0)
        yield Quoted(start + first, start + until, "marks")


def _may_quote(letter: Letter, quoted: Quoted) -> bool:
    """Neither too short nor longer than any instruction, nor mere dots."""
    if quoted.end - quoted.start > _LONGEST_IN_MARKS:
        return False
    words = tokens(letter.text[quoted.start : quoted.end])
    return count_words(words) >= _MARKED_FEWEST and sum(t.text == ELLIPSIS for t in words) <= _MOST_ELLIPSES


def _words(letter: Letter, quoted: Quoted) -> int:
    return count_words(tokens(letter.text[quoted.start : quoted.end]))


# ---------------------------------------------------------------- words of the manual without marks


def unmarked_in(runs: Sequence[PassageRun], marked: Sequence[Quoted]) -> tuple[Quoted, ...]:
    """Words that stand in the manual, `UNMARKED` or more in a row, outside the quotations that were found.

    Runs of one passage with a few words between them count as one, so that a changed word is seen and not cut away.
    """
    found: list[Quoted] = []
    taken = [(quoted.start, quoted.end) for quoted in marked]
    for start, end in sorted(_passages(runs), key=lambda span: (span[0] - span[1], span[0])):
        if all(end <= first or until <= start for first, until in taken):
            taken.append((start, end))
            found.append(Quoted(start, end, "unmarked"))
    return tuple(sorted(found, key=lambda quoted: quoted.start))


def _passages(runs: Sequence[PassageRun]) -> Iterable[tuple[int, int]]:
    """Characters from the first to the last of runs that belong together, one of them being long enough."""
    by_code: dict[Code, list[list[PassageRun]]] = {}
    for run in runs:  # in the order of the text
        chains = by_code.setdefault(run.code, [])
        chain = next((chain for chain in reversed(chains[-_CHAINS:]) if _adjoins(chain[-1], run)), None)
        if chain is None:
            chains.append([run])
        else:
            chain.append(run)
    for chain in (chain for chains in by_code.values() for chain in chains):
        if any(run.until - run.first >= UNMARKED for run in chain):
            yield chain[0].start, max(run.end for run in chain)


def _adjoins(one: PassageRun, other: PassageRun) -> bool:
    return abs(one.shift - other.shift) <= _NEAR and one.first <= other.first <= one.until + _NEAR


# ---------------------------------------------------------------- which citation belongs to a quotation


def cited_beside(quoted: Quoted, refs: Sequence[Ref], letter: Letter) -> tuple[Ref, ...]:
    """The citations of codes that a quotation goes with: those of its own paragraphs, else the nearest before it. Of
    very many the nearest.

    Citations inside the words quoted are the manual's own and don't count.
    """
    paragraphs = letter.paragraphs
    first = bisect_right(paragraphs, quoted.start, key=_start) - 1
    last = bisect_right(paragraphs, quoted.end - 1, key=_start) - 1
    stretches = [(first, last), *((before, before) for before in range(first - 1, first - 1 - _BACK, -1))]
    for one, other in ((one, other) for one, other in stretches if one >= 0):
        beside = _around(quoted, refs, paragraphs[one].start, paragraphs[other].end)
        if beside:
            return beside
    return ()


def _start(place: Paragraph | Ref) -> int:
    return place.start


def _around(quoted: Quoted, refs: Sequence[Ref], start: int, end: int) -> tuple[Ref, ...]:
    """Citations of codes from `start` to `end`, outside the words quoted: the nearest ones on both sides."""
    before = refs[bisect_left(refs, start, key=_start) : bisect_left(refs, quoted.start, key=_start)]
    behind = refs[bisect_left(refs, quoted.end, key=_start) : bisect_left(refs, end, key=_start)]
    near = (*before[-_MOST_BESIDE:], *behind[:_MOST_BESIDE])
    return tuple(
        ref for ref in near if ref.state in ("resolved", "ambiguous", "unresolved") and ref.start < end
    )
