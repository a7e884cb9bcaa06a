"""The knowledge base and index of one home, opened on first use and kept open."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from indexer import SearchIndex
from manual.cache import Cache
from manual.errors import IndexFault, StoreError
from manual.known_index import KnownIndexes
from manual.publisher import INZ, Publisher
from manual.queries import KnowledgeBase

MOST_FACTS = 200
"""Kept at once; each is small."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What every page says about the copy it was made from."""

    newest_capture: date | None
    specimen: bool
    outdated: bool


class Holdings:
    """One per application and worker. `inforce load` replaces both files; both classes notice it by themselves."""

    def __init__(self, home: Path, publisher: Publisher = INZ) -> None:
        self.home = home
        self.publisher = publisher
        self._lock = threading.Lock()
        self._kb: KnowledgeBase | None = None
        self._index: SearchIndex | None = None
        self._known = KnownIndexes(home, publisher)
        self._facts: Cache[tuple[str, date | None], Facts] = Cache(MOST_FACTS)

    @property
    def kb(self) -> KnowledgeBase:
        """Raises StoreError, saying what to do, while there is no knowledge base that can be read."""
        if self._kb is None:
            with self._lock:
                if self._kb is None:
                    self._kb = KnowledgeBase(self.home, self.publisher)
        return self._kb

    @property
    def index(self) -> SearchIndex:
        """Raises IndexFault while there is no index that can be read."""
        if self._index is None:
            with self._lock:
                if self._index is None:
                    self._index = SearchIndex.open(self.home / "index", self.publisher)
        return self._index

    def index_at(self, known: date | None) -> SearchIndex:
        """The index of what was known by a day. Raises IndexFault as `index`."""
        of_then = self._known.at(self.kb, known) if known is not None else None
        return of_then if of_then is not None else self.index

    def index_or_none(self) -> SearchIndex | None:
        """The index of all pages; None if it cannot be opened."""
        return self._index

    def index_digest(self) -> str:
        """Digest of the knowledge base that the index was built for; empty while there is no index."""
        try:
            return self.index.digest
        except IndexFault:
            return ""

    def facts(self, known: date | None) -> Facts:
        """Computed once for each state of the knowledge base and day of `known`."""
        return self._facts.get((self.kb.digest, known), lambda: self._made(known))

    def _made(self, known: date | None) -> Facts:
        return Facts(
            newest_capture=self.kb.newest_capture(known, exact=True),
            specimen=self.kb.specimen,
            outdated=self.kb.outdated,
        )

    def facts_or_none(self, known: date | None) -> Facts | None:
        """`facts`, or None while nothing can be read: for error pages."""
        try:
            return self.facts(known)
        except StoreError:
            return None


__all__ = ["Facts", "Holdings"]
