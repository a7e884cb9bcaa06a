"""Full-text search over the works beside the manual: law, circulars, notices.

It is separate from the index of the manual, so that results are not counted, ranked or suggested together. Since there
are few such works, the index is made in memory on first use.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from indexer import SearchIndex, SearchResult
from manual.cache import Cache
from manual.model import Code, Work
from manual.queries import KnowledgeBase
from manual.queries.beside import Scheme

KEPT = 4
MOST_FOUND = 10
"""Works shown for one search; how many more there are is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFound:
    """A work that contains the words. `words`: the text around them, without marks."""

    key: Code
    scheme: Scheme
    title: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksFound:
    """The first works that contain the words, and the total for each scheme."""

    shown: tuple[WorkFound, ...] = ()
    total: int = 0
    by_scheme: tuple[tuple[Scheme, int], ...] = ()


_MADE: Cache[tuple[str, date | None], SearchIndex] = Cache(KEPT)
"""By knowledge base and day of knowledge; each is made once."""


def search_beside(kb: KnowledgeBase, query: str, known: date | None = None) -> WorksFound:
    """Works whose title or text contains the words, whatever their days; none if nothing was asked or is held."""
    if not query.strip() or not kb.works_beside(known=known):
        return WorksFound()
    since = kb.known_since(known) if known is not None else None
    index = _MADE.get(
        (kb.digest, since),
        lambda: SearchIndex.in_memory(kb.documents_beside(known), kb.publisher, kb_digest=kb.digest),
    )
    result = index.search(query, None, limit=MOST_FOUND)
    kinds = result.facets.get("kind", {})
    return WorksFound(
        shown=tuple(_shown(result)),
        total=result.total,
        by_scheme=tuple(sorted(kinds.items())),  # type: ignore[arg-type]  # kinds are the schemes
    )


def _shown(result: SearchResult) -> list[WorkFound]:
    return [
        WorkFound(
            key=hit.code,
            scheme=Work.of(hit.code).scheme,  # type: ignore[arg-type]
            title=hit.title,
            words="".join(piece.text for piece in hit.snippet),
        )
        for hit in result.hits
    ]
