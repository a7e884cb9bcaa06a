"""The search index, as used by the rest of the program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Lock

import numpy as np

from indexer import building
from indexer.analysis import folded_words
from indexer.arrays import Array, ArrayFile
from indexer.check import differences
from indexer.contents import (
    BODY,
    DAMAGED,
    DISPUTED,
    FOR_EVER,
    HEADING,
    HELD,
    SINCE_EVER,
    UNDATED,
    day_of,
    documents_in,
)
from indexer.evaluate import ALL, MATCH, Evaluated, evaluate, filter_mask, find
from indexer.generations import Stamp, open_served, pointer_of, stamp_of
from indexer.holdings import ANSWERS, Holdings, View
from indexer.language import Parsed, day_in, parse
from indexer.results import (
    Candidate,
    Hit,
    HitAnswer,
    SearchResult,
    Sort,
    Stood,
    Suggestion,
    VersionsMatched,
)
from indexer.runs import PassageRun, shared_runs
from indexer.snippets import best_passages, snippets
from indexer.spelling import did_you_mean
from indexer.suggest import suggestions
from indexer.tree import (
    Began,
    Cited,
    Filter,
    KindIs,
    Leaf,
    Node,
    PartIs,
    Phrase,
    StatusIs,
    asks_for_ended,
    sought,
)
from indexer.vocabulary import Vocabulary, bundled_vocabulary, widen
from manual.errors import NotFound
from manual.model import Code, Finding, VersionDocument, VersionId
from manual.publisher import INZ, Publisher

FEW = 3
"""Below so many instructions that hold all the words, other spellings are offered."""


class SearchIndex:
    """An open index. Thread-safe; notices when a new index is put in place."""

    def __init__(
        self,
        index_dir: Path,
        publisher: Publisher = INZ,
        *,
        vocabulary: Vocabulary | None = None,
        arrays: ArrayFile | None = None,
    ) -> None:
        """`arrays`: used if the folder contains no index (`in_memory`)."""
        self._publisher = publisher
        self._index_dir = index_dir
        self._pointer = pointer_of(index_dir)
        self._vocabulary = vocabulary or bundled_vocabulary()
        self._opening = Lock()
        file, self._stamp = (arrays, None) if arrays is not None else open_served(index_dir)
        self._follows = arrays is None
        self._holdings = Holdings(file)

    @classmethod
    def open(cls, index_dir: Path, publisher: Publisher = INZ) -> SearchIndex:
        """Raises IndexFault if the index is missing, corrupted or made by a newer program.

        `publisher`: whose codes are meant in a query.
        """
        return cls(index_dir, publisher)

    @classmethod
    def in_memory(
        cls, documents: Iterable[VersionDocument], publisher: Publisher = INZ, *, kb_digest: str
    ) -> SearchIndex:
        """An index in memory only. It never changes."""
        return cls(Path(), publisher, arrays=building.in_memory(documents, kb_digest=kb_digest))

    def day_in(self, query: str) -> tuple[str, date] | None:
        """The query without its `on:`, and the day that it names.

        None if there is no day, or if the query cannot be parsed.
        """
        return day_in(query, self._current().instruction_of_code, self._publisher)

    @property
    def digest(self) -> str:
        """The `kb_digest` the index was built for."""
        return self._current().file.kb_digest

    def _current(self) -> Holdings:
        """The current generation; one system call if nothing changed."""
        stamp: Stamp | None = stamp_of(self._pointer) if self._follows else None
        if stamp == self._stamp:
            return self._holdings
        with self._opening:
            if stamp_of(self._pointer) != self._stamp:
                file, opened = open_served(self._index_dir)
                self._holdings, self._stamp = Holdings(file), opened
            return self._holdings

    def search(
        self,
        query: str,
        on: date | None,
        *,
        limit: int = 20,
        offset: int = 0,
        sort: Sort = "relevance",
        part: str | None = None,
        status: str | None = None,
        kind: str | None = None,
        year: int | None = None,
        expand: bool = True,
    ) -> SearchResult:
        """Instructions that answer `query` on the day `on` (None: at any time).

        Only versions that are the answer on that day, or candidates of a dispute, are looked at; ended
        instructions where `status` or the query asks for them. `part` is a part's title or letters, `year`
        the year in which the version began; an empty query with one of these lists all that it lets through.
        `expand` off searches only the words as typed.
        """
        holdings = self._current()
        parsed = parse(query, holdings.instruction_of_code, self._publisher)
        filters = _filters(part, status, kind, year)
        wanted = parsed if parsed.on or on is None else replace(parsed, on=on)
        if parsed.tree is None and (query.strip() or not filters):
            return _nothing(query, wanted)
        wanted, expanded = self._widened(wanted) if expand else (wanted, ())
        view, found = _found(wanted, filters, holdings)
        result = _result(query, wanted, view, found, _Page(limit, offset, sort), expanded)
        if result.holding_all >= FEW:
            return result
        return self._corrected(result, wanted, filters, view, expand)

    def _widened(self, parsed: Parsed) -> tuple[Parsed, tuple[str, ...]]:
        """The query with the words of the vocabulary, and what is also searched."""
        if parsed.tree is None:
            return parsed, ()
        widened = widen(parsed.tree, self._vocabulary)
        if not widened.words and not widened.notes:
            return parsed, ()
        return replace(parsed, tree=widened.tree, notes=(*parsed.notes, *widened.notes)), widened.words

    def _corrected(
        self, result: SearchResult, wanted: Parsed, filters: tuple[Filter, ...], view: View, expand: bool
    ) -> SearchResult:
        """The result with a corrected spelling, if more instructions contain all its words."""
        better = did_you_mean(wanted, view, self._vocabulary)
        if better is None:
            return result
        other = parse(better, view.holdings.instruction_of_code, self._publisher)
        other = self._widened(other)[0] if expand else other
        _, found = _found(replace(other, on=wanted.on), filters, view.holdings)
        if _holding_all(found) <= result.holding_all:
            return result
        return replace(result, did_you_mean=better, did_you_mean_total=len(found.rows))

    def suggest(self, prefix: str, on: date | None, limit: int = 10) -> tuple[Suggestion, ...]:
        """Codes and titles on the day that start with what was typed: codes first, then titles."""
        return suggestions(prefix, self._current().view(on, False), limit, self._publisher)

    def first_and_last(self, words: str, code: Code) -> Stood:
        """When a phrase was first and last in an instruction. Raises NotFound for an unknown code."""
        return _stood(words, code, self._current())

    def runs_in(self, text: str, length: int) -> tuple[PassageRun, ...]:
        """Runs of at least `length` words of a text (NFC) that occur in a passage of any version, in order."""
        return shared_runs(text, self._current(), length)

    def check(self, documents: Iterable[VersionDocument]) -> tuple[Finding, ...]:
        """Compare the index with the knowledge base: every version present, none extra, same contents."""
        return differences(documents, self._current())

    def dump(self) -> Iterator[VersionDocument]:
        """Every version as stored in the index, in code order, oldest version first."""
        file = self._current()
        return documents_in(file.rows, file.file.strings("part_names"), file.file.strings("kind_names"))


# ---------------------------------------------------------------- one search


@dataclass(frozen=True, slots=True)
class _Page:
    limit: int
    offset: int
    sort: Sort


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matches:
    """The instructions found, not yet in order. Each array has one item for each of them, except `level` (one per
    row)."""

    tree: Node | None
    level: Array
    """Of each row of the view: 0 no match, 1 some words, 2 all words."""
    rows: Array
    """The row that is shown: the newest of those that match best."""
    groups: Array
    tier: Array
    score: Array


def _filters(part: str | None, status: str | None, kind: str | None, year: int | None) -> tuple[Filter, ...]:
    chosen: list[Filter] = []
    if part is not None:
        chosen.append(PartIs(part))
    if status is not None:
        chosen.append(StatusIs(status))
    if kind is not None:
        chosen.append(KindIs(kind))
    if year is not None:
        chosen.append(Began(*_year(year)))
    return tuple(chosen)


def _year(year: int) -> tuple[date, date]:
    """First day of the year and of the next; for an impossible year, an empty range."""
    if not date.min.year <= year < date.max.year:
        return date.min, date.min
    return date(year, 1, 1), date(year + 1, 1, 1)


def _found(parsed: Parsed, filters: tuple[Filter, ...], holdings: Holdings) -> tuple[View, _Matches]:
    tree = parsed.tree
    with_ended = any(map(asks_for_ended, filters)) or (tree is not None and asks_for_ended(tree))
    view = holdings.view(parsed.on, with_ended)
    return view, _matched(tree, filters, view)


def _nothing(query: str, parsed: Parsed) -> SearchResult:
    return SearchResult(
        query=query,
        on=parsed.on,
        total=0,
        holding_all=0,
        first_of_rest=None,
        hits=(),
        expanded=(),
        did_you_mean=None,
        did_you_mean_total=0,
        facets={"part": {}, "status": {}, "kind": {}, "year": {}},
        notes=parsed.notes,
        code=parsed.code,
    )


def _matched(tree: Node | None, filters: tuple[Filter, ...], view: View) -> _Matches:
    evaluated = evaluate(tree, view) if tree is not None else _all_rows(view)
    holds = evaluated.holds
    for node in filters:
        holds = holds & filter_mask(node, view)
    level = holds[MATCH].astype(np.int8) + holds[ALL]
    if len(view) == 0:
        nothing = np.zeros(0, dtype=np.int64)
        return _Matches(tree=tree, level=level, rows=nothing, groups=nothing, tier=nothing, score=nothing)
    best = np.maximum.reduceat(level, view.group_first)
    newest = np.where(level == np.repeat(best, view.group_sizes), np.arange(len(view)), -1)
    groups = np.flatnonzero(best)
    # Sums may differ in their last digits depending on the order of adding, which must not decide anything.
    score = np.round(evaluated.score, 9)
    rows = np.maximum.reduceat(newest, view.group_first)[groups]
    tier = holds[:, rows].sum(axis=0)
    cited = _cited(tree, view) if tree is not None else []
    if cited:
        instructions = view.instructions[rows]
        named = np.logical_or.reduce([instructions == number for number in cited])
        tier = tier + 10 * named
    return _Matches(tree=tree, level=level, rows=rows, groups=groups, tier=tier, score=score[rows])


def _all_rows(view: View) -> Evaluated:
    return Evaluated(np.ones((4, len(view)), dtype=bool), np.zeros(len(view)))


def _cited(tree: Node, view: View) -> list[int]:
    """The instructions whose codes the query names exactly."""
    cited = [leaf for leaf in sought(tree) if isinstance(leaf, Cited) and not leaf.title_only]
    codes = [view.instruction_named(leaf.code) for leaf in cited]
    return [view.holdings.instruction_of_code.get(code, -1) for code in codes]


def _order(found: _Matches, view: View, sort: Sort) -> Array:
    if len(found.rows) < 2:
        return np.arange(len(found.rows))
    instructions = view.instructions[found.rows]
    if sort == "code":
        return np.argsort(instructions)
    if sort == "date":
        begins = view.holdings.rows.begins[view.versions[found.rows]].astype(np.int64)
        return np.lexsort((instructions, -begins))
    return np.lexsort((instructions, -found.score, -found.tier))


def _result(
    query: str, parsed: Parsed, view: View, found: _Matches, page: _Page, expanded: tuple[str, ...]
) -> SearchResult:
    ordered = _order(found, view, page.sort)[max(page.offset, 0) :][: max(page.limit, 0)]
    leaves = tuple(dict.fromkeys(sought(found.tree))) if found.tree is not None else ()
    holding_all = _holding_all(found)
    return SearchResult(
        query=query,
        on=parsed.on,
        total=len(found.rows),
        holding_all=holding_all,
        first_of_rest=_first_of_rest(found) if page.sort == "relevance" else None,
        hits=_hits(ordered, leaves, view, found, any_time=parsed.on is None),
        expanded=expanded,
        did_you_mean=None,
        did_you_mean_total=0,
        facets=_facets(view, found.rows),
        notes=parsed.notes,
        code=view.instruction_named(parsed.code) if parsed.code else None,
    )


def _holding_all(found: _Matches) -> int:
    return int(np.count_nonzero(found.level[found.rows] == 2))


def _first_of_rest(found: _Matches) -> int | None:
    """The cited instructions come before the line even if they do not contain the other words."""
    before = int(np.count_nonzero(found.tier > 1))
    return before if 0 < before < len(found.rows) else None


def _facets(view: View, rows: Array) -> Mapping[str, Mapping[str, int]]:
    held = view.holdings
    versions = view.versions[rows]
    years = Counter(held.begin_years[versions].tolist())
    return {
        "part": _counted(held.rows.part[versions], held.part_names),
        "status": _counted(view.answers[rows], ANSWERS),
        "kind": _counted(held.rows.kind[versions], held.kind_names),
        "year": {str(year): years[year] for year in sorted(years, reverse=True) if year},
    }


def _counted(numbers: Array, names: list[str] | tuple[str, ...]) -> dict[str, int]:
    """For the few rows of most results, counting in Python is faster than filling an array of all names."""
    counts = Counter(numbers.tolist())
    pairs = [(-count, names[number]) for number, count in counts.items() if names[number]]
    return {name: -count for count, name in sorted(pairs)}


def _hits(
    ordered: Array, leaves: tuple[Leaf, ...], view: View, found: _Matches, *, any_time: bool
) -> tuple[Hit, ...]:
    if len(ordered) == 0:
        return ()
    rows = found.rows[ordered]
    shown = best_passages(rows, leaves, view)
    pieces = snippets(shown, leaves, view)
    held = view.holdings
    versions = view.versions[rows]
    units = np.array([one.unit for one in shown])
    columns = zip(
        rows.tolist(),
        versions.tolist(),
        view.instructions[rows].tolist(),
        held.mentions[held.mention_at[:-1][versions]].tolist(),
        held.rows.begins[versions].tolist(),
        held.rows.ends[versions].tolist(),
        held.rows.flags[versions].tolist(),
        view.answers[rows].tolist(),
        found.score[ordered].tolist(),
        found.groups[ordered].tolist(),
        found.level[rows].tolist(),
        held.heading_of[units].tolist(),
        shown,
        pieces,
        strict=True,
    )
    hits = []
    for row, version, instruction, title, begins, ends, flags, answer, score, group, *more in columns:
        level, heading, one, snippet = more
        matching = _matching(group, row, version, view, found)
        hits.append(
            Hit(
                code=held.codes[instruction],
                title=held.rows.texts[title],
                version_id=VersionId(held.rows.ids[version]),
                effective_from=day_of(begins),
                effective_until=day_of(ends),
                answer=_ANSWERS[answer],
                text_held=bool(flags & HELD),
                damaged=bool(flags & DAMAGED),
                pinpoint=held.rows.pinpoints[one.unit] if one.matched else "",
                heading=held.rows.texts[heading] if one.matched and heading >= 0 else "",
                snippet=snippet,
                score=score,
                holds_all=level == 2,
                candidates=()
                if any_time or answer not in _OF_SEVERAL
                else _candidates(group, row, view, found),
                versions=_versions_matched(matching, row, view) if any_time else None,
                matching_versions=tuple(VersionId(held.rows.ids[other]) for other in reversed(matching)),
            )
        )
    return tuple(hits)


_ANSWERS: tuple[HitAnswer, ...] = ("in_force", "disputed", "ended", "undated")


_OF_SEVERAL = (DISPUTED, UNDATED)
"""Answers that may name several versions."""


def _candidates(group: int, row: int, view: View, found: _Matches) -> tuple[Candidate, ...]:
    held = view.holdings
    first = int(view.group_first[group])
    rows = range(first, first + int(view.group_sizes[group]))
    return tuple(
        Candidate(
            version_id=VersionId(held.rows.ids[version]),
            title=view.printed_titles[one],
            effective_from=day_of(int(held.rows.begins[version])),
            effective_until=day_of(int(held.rows.ends[version])),
            matches=bool(found.level[one] >= found.level[row]),
        )
        for one, version in zip(rows, view.versions[rows.start : rows.stop].tolist(), strict=True)
    )


def _matching(group: int, row: int, version: int, view: View, found: _Matches) -> list[int]:
    """Versions of the instruction that match as well as the one shown, oldest first."""
    first = int(view.group_first[group])
    if first == row:
        return [version]
    as_well = found.level[first : row + 1] == found.level[row]
    versions: list[int] = view.versions[first : row + 1][as_well].tolist()
    return versions


def _versions_matched(versions: list[int], row: int, view: View) -> VersionsMatched:
    held = view.holdings
    instruction = view.instructions[row]
    begins = [day for day in held.rows.begins[versions].tolist() if day != SINCE_EVER]
    ends = int(held.rows.ends[versions[-1]])
    last = None if ends == FOR_EVER else date.fromordinal(ends - 1).year
    first, until = held.version_at[instruction : instruction + 2].tolist()
    return VersionsMatched(
        matching=len(versions),
        of=until - first,
        held=int(np.count_nonzero(held.rows.flags[first:until] & HELD)),
        first_year=date.fromordinal(min(begins)).year if begins else None,
        last_year=last,
    )


# ---------------------------------------------------------------- first and last


def _stood(words: str, code: Code, holdings: Holdings) -> Stood:
    instruction = holdings.instruction_of_code.get(code)
    if instruction is None:
        raise NotFound(code, "Ask for an instruction that the index holds.")
    first, until = holdings.version_at[instruction : instruction + 2].tolist()
    folded = tuple(folded_words(words))
    matching: list[int] = []
    if folded:
        found = find(Phrase(folded), holdings.view(None, False))
        fields = holdings.rows.unit_field[found.units]
        units = set(found.units[(fields == BODY) | (fields == HEADING)].tolist())
        matching = [version for version in range(first, until) if _holds(version, units, holdings)]
    flags = holdings.rows.flags[first:until]
    ids = [VersionId(holdings.rows.ids[version]) for version in matching]
    return Stood(
        code=code,
        words=words,
        first=ids[0] if ids else None,
        first_from=day_of(int(holdings.rows.begins[matching[0]])) if ids else None,
        last=ids[-1] if ids else None,
        last_until=day_of(int(holdings.rows.ends[matching[-1]])) if ids else None,
        matching=tuple(ids),
        of=until - first,
        not_held=int(np.count_nonzero((flags & HELD == 0) | (flags & DAMAGED != 0))),
    )


def _holds(version: int, units: set[int], holdings: Holdings) -> bool:
    first, until = holdings.mention_at[version : version + 2].tolist()
    return not units.isdisjoint(holdings.mentions[first:until].tolist())
