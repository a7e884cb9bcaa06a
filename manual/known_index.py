"""The search index of what was known by a day: made on first use and kept.

It contains only pages seen by then, so that later pages are not found, counted, ranked or suggested. All days between
two captures share one index. The newest `KEPT` are in the home's folder `cache/known`, which may be removed at any
time. If that cannot be written, or another process is writing the same index, the index is made in memory.
"""

from __future__ import annotations

import shutil
import threading
from contextlib import suppress
from datetime import date
from pathlib import Path

from indexer import SearchIndex, build
from manual.cache import Cache
from manual.errors import IndexFault
from manual.publisher import INZ, Publisher
from manual.queries import KnowledgeBase

KEPT = 8


class KnownIndexes:
    """The indexes of one home by day of `known`. Safe for many threads; each index is made once."""

    def __init__(self, home: Path, publisher: Publisher = INZ) -> None:
        self._folder = home / "cache" / "known"
        self._publisher = publisher
        self._making = threading.Lock()
        self._open: Cache[str, SearchIndex] = Cache(KEPT)

    def at(self, kb: KnowledgeBase, known: date) -> SearchIndex | None:
        """The index of what was known by the end of a day; None if that is everything, so that the home's index is
        used."""
        since = kb.known_since(known)
        if since is None:
            return None
        digest = f"{kb.digest} as known on {since}"
        found = self._open.find(digest)
        if found is None:
            with self._making:
                found = self._open.get(digest, lambda: self._made(kb, since, digest))
        return found

    def _made(self, kb: KnowledgeBase, since: date, digest: str) -> SearchIndex:
        folder = self._folder / since.isoformat()
        with suppress(IndexFault):
            there = SearchIndex.open(folder, self._publisher)
            if there.digest == digest:
                return there
        try:
            build(kb.documents(since), folder, kb_digest=digest)
            self._remove_all_but_newest()
            return SearchIndex.open(folder, self._publisher)
        except (OSError, IndexFault):
            return SearchIndex.in_memory(kb.documents(since), self._publisher, kb_digest=digest)

    def _remove_all_but_newest(self) -> None:
        folders = sorted(self._folder.iterdir(), key=lambda folder: folder.stat().st_mtime_ns, reverse=True)
        for folder in folders[KEPT:]:
            shutil.rmtree(folder, ignore_errors=True)
