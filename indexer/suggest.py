"""Suggestions while typing: codes and titles as of the day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise

from indexer.analysis import folded_text, folded_words
from indexer.holdings import View
from indexer.results import Suggestion
from manual.citation import parse_citation
from manual.errors import CitationError
from manual.publisher import INZ, Publisher


def suggestions(prefix: str, view: View, limit: int, publisher: Publisher = INZ) -> tuple[Suggestion, ...]:
    """Codes that begin as typed, then titles that begin so, then titles with words that begin so; each by code."""
    rows = dict.fromkeys([*_by_code(prefix, view, publisher), *_by_title(prefix, view)])
    found: dict[str, Suggestion] = {}
    for row in rows:
        code = view.holdings.codes[view.instructions[row]]
        found.setdefault(code, Suggestion(code, view.printed_titles[row]))
        if len(found) >= limit:
            break
    return tuple(found.values())[: max(limit, 0)]


def _newest_rows(view: View) -> Iterator[int]:
    """Rows with the newest version of each instruction first, in code order."""
    bounds = [*view.group_first.tolist(), len(view)]
    for first, until in pairwise(bounds):
        yield from range(until - 1, first - 1, -1)


def _by_code(prefix: str, view: View, publisher: Publisher) -> list[int]:
    typed = "".join(prefix.split()).upper()
    starts = {typed} if typed else set()
    with suppress(CitationError):
        starts.add(parse_citation(prefix, publisher).code)
    codes = view.holdings.codes
    numbers = {
        number for number, code in enumerate(codes) if code.replace(" ", "").upper().startswith(tuple(starts))
    }
    if not starts:
        return []
    return [row for row in _newest_rows(view) if view.instructions[row] in numbers]


def _by_title(prefix: str, view: View) -> list[int]:
    typed = folded_words(prefix)
    if not typed:
        return []
    start = folded_text(prefix)
    rows = list(_newest_rows(view))
    first = [row for row in rows if view.titles[row].startswith(start)]
    rest = [row for row in rows if all(f" {word}" in f" {view.titles[row]}" for word in typed)]
    return first + rest
