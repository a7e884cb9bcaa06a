"""The index as readers ask it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from indexer.results import SearchResult, Sort, Stood, Suggestion
from manual.model import Code, Finding, VersionDocument


class SearchIndex:
    """An open index. Thread-safe; follows the pointer when a new index is switched in."""

    def __init__(self, index_dir: Path) -> None:
        raise NotImplementedError

    @classmethod
    def open(cls, index_dir: Path) -> SearchIndex:
        """Raises IndexFault where the index is missing, corrupted or written by a newer program."""
        return cls(index_dir)

    @property
    def digest(self) -> str:
        """The `kb_digest` the index was built for."""
        raise NotImplementedError

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
        """Instructions that answer `query` on the day `on` (None: at any time)."""
        raise NotImplementedError

    def suggest(self, prefix: str, on: date | None, limit: int = 10) -> tuple[Suggestion, ...]:
        """Codes and titles, as of the day, that go on from what was typed."""
        raise NotImplementedError

    def first_and_last(self, words: str, code: Code) -> Stood:
        """When a phrase first and last stood in an instruction. Raises NotFound for an unknown code."""
        raise NotImplementedError

    def check(self, documents: Iterable[VersionDocument]) -> tuple[Finding, ...]:
        """Index against knowledge base: every version in, none too many, same content."""
        raise NotImplementedError

    def dump(self) -> Iterator[VersionDocument]:
        """Every version as the index holds it, in code order."""
        raise NotImplementedError
