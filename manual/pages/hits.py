"""Navigation among search results, on the page of a hit: its number, the total, previous and next.

The words, options and position are in the address, so that nothing about a reader is stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from indexer import SearchIndex
from manual.model import Code
from manual.pages.search_page import PER_PAGE, HitView, SearchOptions, ask, hit_view


@dataclass(frozen=True, slots=True, kw_only=True)
class HitsAround:
    """One hit among the results of a search."""

    query: str
    options: SearchOptions
    position: int
    """From 1."""
    total: int
    previous: HitView | None
    next: HitView | None

    @property
    def results(self) -> Mapping[str, str]:
        """The page of results on which the hit stands, as parameters of the search's address."""
        return replace(self.options, page=-(-self.position // PER_PAGE)).as_query()


def hits_around(
    index: SearchIndex, query: str, on: date, options: SearchOptions, position: int, code: Code
) -> HitsAround | None:
    """None if the results have no such position, or now have another instruction than `code` there."""
    if position < 1 or not query:
        return None
    offset = max(position - 2, 0)
    result = ask(index, query, on, options, 3, offset)
    hits = [hit_view(hit, n) for n, hit in enumerate(result.hits, offset + 1)]
    here = position - 1 - offset
    if here >= len(hits) or hits[here].hit.code != code:
        return None
    return HitsAround(
        query=query,
        options=options,
        position=position,
        total=result.total,
        previous=hits[here - 1] if here else None,
        next=hits[here + 1] if here + 1 < len(hits) else None,
    )
