"""What a letter quotes, and what it cites beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from indexer import Run
from manual.citation.provisions import with_laws
from manual.citation.references import find_refs
from manual.citecheck.letter import Letter, Paragraph
from manual.citecheck.words import count_words, tokens
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
            if not ref.target.startswith("("):
                at = paragraph.start
                found.append(Ref(at + ref.start, at + ref.end, ref.target, ref.state, ref.address))
    return tuple(with_laws(found, publisher))


# ---------------------------------------------------------------- words in marks, and set off

# Opening mark, words, closing mark of the same kind. Single marks only where they can't be apostrophes.
# yes: `“words of the manual”` `"words"` `«words»` `„words“` `‘words’`
# no: `applicant’s`
_MARKED = re.compile(
    r"“(?P<curly>[^“”]+)(?:”|$)|„(?P<low>[^„“”]+)[“”]|«(?P<angle>[^«»]+)»|\"(?P<straight>[^\"]+)(?:\"|$)"
    r"|(?<![^\W_])‘(?P<single>(?:[^‘’]|’(?=[^\W_]))+)’(?![^\W_])"
    r"|(?<![^\W_])'(?P<plain>(?:[^']|'(?=[^\W_]))+)'(?![^\W_])"
)


def quoted_in(letter: Letter) -> tuple[Quoted, ...]:
    """Quotations in marks of all kinds and those set off from the text, in order, without overlap."""
    found: list[Quoted] = []
    block: list[Paragraph] = []
    for paragraph in (*letter.paragraphs, None):
        if paragraph is not None and paragraph.quoted:
            block.append(paragraph)
            continue
        if block:
            found.append(_block(letter, block))
            block = []
        if paragraph is not None:
            found += _in_marks(letter, paragraph)
    return tuple(quoted for quoted in found if _words(letter, quoted) >= _MARKED_FEWEST)


def _block(letter: Letter, block: Sequence[Paragraph]) -> Quoted:
    return Quoted(block[0].start, block[-1].end, "block")


def _in_marks(letter: Letter, paragraph: Paragraph) -> Iterable[Quoted]:
    text = letter.text[paragraph.start : paragraph.end]
    for match in _MARKED.finditer(text):
        first, until = match.span(match.lastgroup or 0)
        yield Quoted(paragraph.start + first, paragraph.start + until, "marks")


def _words(letter: Letter, quoted: Quoted) -> int:
    return count_words(tokens(letter.text[quoted.start : quoted.end]))


# ---------------------------------------------------------------- words of the manual without marks


def unmarked_in(runs: Sequence[Run], marked: Sequence[Quoted]) -> tuple[Quoted, ...]:
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


def _passages(runs: Sequence[Run]) -> Iterable[tuple[int, int]]:
    """Characters from the first to the last of runs that belong together, one of them being long enough."""
    by_code: dict[Code, list[list[Run]]] = {}
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


def _adjoins(one: Run, other: Run) -> bool:
    return abs(one.shift - other.shift) <= _NEAR and one.first <= other.first <= one.until + _NEAR


# ---------------------------------------------------------------- which citation belongs to a quotation


def cited_beside(quoted: Quoted, refs: Sequence[Ref], letter: Letter) -> tuple[Ref, ...]:
    """The citations of codes that a quotation goes with: those of its own paragraph, else the nearest before it.

    Citations inside the words quoted are the manual's own and don't count.
    """
    number = max(i for i, p in enumerate(letter.paragraphs) if p.start <= quoted.start)
    outside = [
        ref
        for ref in refs
        if ref.state in ("resolved", "ambiguous", "unresolved")
        and not (quoted.start <= ref.start and ref.end <= quoted.end)
    ]
    for back in range(_BACK + 1):
        if number - back < 0:
            break
        paragraph = letter.paragraphs[number - back]
        beside = tuple(ref for ref in outside if paragraph.start <= ref.start < paragraph.end)
        if beside:
            return beside
    return ()
