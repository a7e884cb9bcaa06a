"""The feeds of an edition: of the manual, each part and the chosen searches; with the history, of every code."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from indexer import SearchIndex
from manual.errors import ExportError
from manual.export.plan import HeldLinks, Plan
from manual.pages.feed import MOST, Feed, atom, codes_below, feed_of_codes, feed_of_manual, feed_of_search
from manual.queries import KnowledgeBase

FEW = 20
"""Entries of a feed in an edition of one day, which is to stay small."""


def search_address(words: str) -> str:
    """The address of a search's feed: unique, and a valid name on any file system.

    >>> search_address("job offer")
    'search/feeds/job-offer-55535fdf.atom'
    """
    name = re.sub("[^a-z0-9]+", "-", words.lower()).strip("-")[:40]
    return f"search/feeds/{name or 'search'}-{hashlib.sha256(words.encode()).hexdigest()[:8]}.atom"


def write_feeds(
    kb: KnowledgeBase, plan: Plan, searches: Sequence[str], home: Path, put: Callable[[str, bytes], None]
) -> None:
    """Write the feeds as on the site, with announcements counted from the edition's own day. Raises ExportError if
    there are searches and the index does not belong to this state of the knowledge base."""

    def write(address: str, feed: Feed) -> None:
        links = HeldLinks(here=address, on=plan.on, plan=plan)
        put(address, atom(feed, links, address.rpartition("/")[2], kb.publisher))

    most = MOST if plan.history else FEW
    write("changes.atom", feed_of_manual(kb, plan.on, most=most))
    below = codes_below(kb.codes())
    for code in plan.codes:
        address = plan.feed_page(code)
        if address:
            write(address, feed_of_codes(kb, code, below[code], plan.on, most=most))
    if searches:
        index = _index_of(kb, home)
        for words in searches:
            write(search_address(words), feed_of_search(kb, index, words, plan.on, most=most))


def _index_of(kb: KnowledgeBase, home: Path) -> SearchIndex:
    index = SearchIndex.open(home / "index", kb.publisher)
    if index.digest != kb.digest:
        raise ExportError(
            "The search index was made from another state of the knowledge base. Run: inforce index build"
        )
    return index
