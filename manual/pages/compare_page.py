"""A redline of one code between two days or two versions, in place or side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import ClassVar, Literal

from manual.compare import CellChange, ClauseChange, Redline, Word, spaced
from manual.dates import in_words
from manual.model import Answer, Block, Code, Version, VersionId, When
from manual.pages.held import ComparisonOffer, comparable, nearest_pair
from manual.pages.links import Place
from manual.pages.redlined import (
    COUNTED,
    FOLDED,
    KIND_LABEL,
    counts_in_words,
    kind_words,
    numbered,
    opening_words,
    openings,
    place_of,
    summary,
    was_at,
)
from manual.pages.source_page import source_url
from manual.pages.words import ANSWER_LABEL, answer_sentence, counted, short_validity, starts_after
from manual.queries import KnowledgeBase
from manual.queries.results import Comparison

Layout = Literal["", "side-by-side"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordRun:
    """Words that were all kept, all removed or all added."""

    op: str
    """`same`, `removed` or `added`."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCell:
    """A cell of a table. `empty`: no cell, only its place, so that later cells keep their columns."""

    runs: tuple[WordRun, ...]
    rowspan: int
    colspan: int
    header: bool
    empty: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One clause of a redline, ready to draw."""

    kind: str
    label: str
    """Its kind in words."""
    place: str
    was: str
    """Where it was, if it stood elsewhere."""
    depth: int
    number: int
    """Of the amendments on the page, from 1; 0 where it is none."""
    above: tuple[tuple[str, str], ...]
    """Place and opening words of what it goes on from, where that does not stand above it anyway."""
    words: tuple[Word, ...]
    rows: tuple[tuple[ShownCell, ...], ...]

    @property
    def runs(self) -> tuple[WordRun, ...]:
        return runs(self.words)

    @property
    def old_runs(self) -> tuple[WordRun, ...]:
        """The old side, for a comparison side by side."""
        old = (Word(w.op, w.text if w.was is None else w.was) for w in self.words if w.op != "added")
        return runs(old)

    @property
    def new_runs(self) -> tuple[WordRun, ...]:
        return runs(Word(word.op, word.text) for word in self.words if word.op != "removed")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseGroup:
    """Clauses in reading order; `folded` ones did not change."""

    folded: bool
    clauses: tuple[Clause, ...]

    @property
    def summary(self) -> str:
        return counted(len(self.clauses), "unchanged clause")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of the comparison."""

    day: date | None
    """The day asked about; None where a version was asked for."""
    heading: str
    label: str
    sentence: str
    version: Version | None
    period: str
    not_yet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparePage:
    template: ClassVar[str] = "compare.html"
    title: str
    place: Place
    code: Code
    heading: str
    layout: Layout
    old: Side
    new: Side
    first: str
    second: str
    counts: tuple[str, ...]
    """`5 clauses changed`: a count with what it counts."""
    groups: tuple[ClauseGroup, ...]
    amendments: int
    summary: tuple[str, ...]
    """Three sentences for a file note; none where there is no redline."""
    same_version: bool
    verdict: str
    note: str
    instead: ComparisonOffer | None = None
    """Where a text is not held: the nearest two that are."""
    only_held: str = ""
    """Else why there is no such comparison."""
    status: int = 200


def compare_page(
    kb: KnowledgeBase,
    code: Code,
    first: date | VersionId,
    second: date | VersionId,
    *,
    layout: Layout,
    known: date | None,
    today: date,
    far: bool = False,
) -> ComparePage:
    """`code` on two days, or two of its versions. Raises NotFound for a code or version that is not known.

    `far`: if a text is not held, search the whole history for two that are.
    """
    if isinstance(first, date) and isinstance(second, date):
        found = kb.compare(code, first, second, known)
    else:
        old, new = (_version_id(kb, code, side, known) for side in (first, second))
        found = kb.compare_versions(old, new, known)
    heading = _heading(kb, code, second, known)
    lacking = far and found.redline is None and not _same(found)
    groups = _groups(found.redline)
    instead, only_held = _instead(kb, code, found, known) if lacking else (None, "")
    return ComparePage(
        title=f"{code} compared: {_word(first)} and {_word(second)}",
        place=Place(view="compare", code=code, first=str(first), second=str(second)),
        code=code,
        heading=heading,
        layout=layout,
        old=_side(found.old, found.old_version, first, today),
        new=_side(found.new, found.new_version, second, today),
        first=str(first),
        second=str(second),
        counts=counts_in_words(found.redline) if found.redline else (),
        groups=groups,
        amendments=max((one.number for group in groups for one in group.clauses), default=0),
        summary=summary(found, lambda version: source_url(kb, version, known)),
        same_version=_same(found),
        verdict=_verdict(found),
        note=found.note,
        instead=instead,
        only_held=only_held,
    )


def _instead(
    kb: KnowledgeBase, code: Code, found: Comparison, known: date | None
) -> tuple[ComparisonOffer | None, str]:
    versions = kb.history_of(code, known).versions
    pair = nearest_pair(versions, found.old_version, found.new_version)
    if pair is None:
        held = sum(comparable(version) for version in versions)
        return (
            None,
            f"{'Only one text' if held else 'No text'} of {code} is held here, so no two can be compared.",
        )
    one, other = pair
    words = f"Compare the nearest texts that are held: {short_validity(one)}, and {short_validity(other)}"
    return ComparisonOffer(words=words, first=one.id, second=other.id), ""


def _heading(kb: KnowledgeBase, code: Code, side: date | VersionId, known: date | None) -> str:
    return kb.title_of(code, When(side, known)) if isinstance(side, date) else kb.newest_title(code, known)


def _version_id(kb: KnowledgeBase, code: Code, side: date | VersionId, known: date | None) -> VersionId:
    if not isinstance(side, date):
        return side
    version = kb.in_force_on(code, When(side, known)).version
    return version.id if version else VersionId("")


def _word(side: date | str) -> str:
    return in_words(side) if isinstance(side, date) else "one version"


def _side(answer: Answer | None, version: Version | None, asked: date | str, today: date) -> Side:
    day = asked if isinstance(asked, date) else None
    return Side(
        day=day,
        heading=in_words(day) if day else (version.title if version else ""),
        label=ANSWER_LABEL[answer.answer] if answer else "",
        sentence=answer_sentence(answer, today) if answer else "",
        version=version,
        period=short_validity(version) if version else "",
        not_yet=version is not None and starts_after(version, today),
    )


def _same(found: Comparison) -> bool:
    one, other = found.old_version, found.new_version
    return one is not None and other is not None and one.id == other.id


def _verdict(found: Comparison) -> str:
    if _same(found):
        return "One and the same version: nothing changed between these two."
    if found.redline is None:
        return "The words can’t be compared."
    if not found.redline.changes or all(c.kind == "same" for c in found.redline.changes):
        return "Two versions, word for word the same."
    if not found.redline.amended:
        return "The words are the same; only the typography differs, which is no amendment."
    return "The words differ."


def _groups(redline: Redline | None) -> tuple[ClauseGroup, ...]:
    if redline is None:
        return ()
    changes = redline.changes
    clauses = (
        _clause(change, above, number)
        for change, above, number in zip(changes, openings(changes), numbered(changes), strict=True)
    )
    grouped = groupby(clauses, key=lambda clause: clause.kind in FOLDED)
    return tuple(ClauseGroup(folded=folded, clauses=tuple(found)) for folded, found in grouped)


def _clause(change: ClauseChange, above: tuple[Block, ...], number: int) -> Clause:
    return Clause(
        kind=change.kind,
        label=kind_words(change),
        place=place_of(change.new) or place_of(change.old),
        was=was_at(change),
        depth=min(change.depth, 4),
        number=number,
        above=tuple((place_of(block), opening_words(block)) for block in above),
        words=change.words,
        rows=tuple(tuple(_cell(cell) for cell in row) for row in change.rows),
    )


def _cell(cell: CellChange) -> ShownCell:
    return ShownCell(
        runs=runs(cell.words),
        rowspan=cell.rowspan,
        colspan=cell.colspan,
        header=cell.header,
        empty=not cell.words,
    )


def runs(words: Iterable[Word]) -> tuple[WordRun, ...]:
    """Neighbouring words of one kind joined, so that the page has fewer elements."""
    joined: list[WordRun] = []
    for op, same in groupby(spaced(tuple(words)), key=lambda word: word.op):
        joined.append(WordRun(op=op, text="".join(word.text for word in same)))
    return tuple(joined)


__all__ = ["COUNTED", "KIND_LABEL", "ComparePage", "Layout", "WordRun", "compare_page", "runs"]
