"""The search index of what was known by a day: made when it is first asked for, and kept.

Only pages seen by then are in it, so that nothing seen later is found, counted, ranked or suggested. All days between
two captures share one. The newest `KEPT` lie in the folder `cache/known` of the home, which may be removed at any time;
where it can't be written, and where another process is just writing the same, the index is made in memory.
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
    """The indexes of one home by the day of knowledge. Safe for many threads; each is made once."""

    def __init__(self, home: Path, publisher: Publisher = INZ) -> None:
        self._folder = home / "cache" / "known"
        self._publisher = publisher
        self._making = threading.Lock()
        self._open: Cache[str, SearchIndex] = Cache(KEPT)

    def at(self, kb: KnowledgeBase, known: date) -> SearchIndex | None:
        """The index of what was known by the end of a day; None where that is all: the home's own one answers."""
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
