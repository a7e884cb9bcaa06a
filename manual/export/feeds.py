"""The feeds of an edition: of the manual, each part and the chosen searches; with the history, of every code."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from indexer import SearchIndex
from manual.errors import ExportError
from manual.export.plan import HeldLinks, Plan
from manual.export.render import Facts
from manual.model import Code
from manual.pages.feed import MOST, Feed, atom, feed_of_codes, feed_of_manual, feed_of_search
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


def feed_in_edition(kb: KnowledgeBase, plan: Plan, code: Code | None) -> Feed:
    """The site's feed of a code and all below it, or (None) of the manual; announcements count from the edition's own
    day."""
    most = MOST if plan.history else FEW
    if code is None:
        return feed_of_manual(kb, plan.on, most=most)
    return feed_of_codes(kb, code, plan.below[code], plan.on, most=most)


def draw_feed(feed: Feed, address: str, plan: Plan, facts: Facts) -> bytes:
    links = HeldLinks(here=address, on=plan.on, plan=plan)
    return atom(feed, links, address.rpartition("/")[2], facts.publisher)


def search_feeds(kb: KnowledgeBase, plan: Plan, facts: Facts, home: Path) -> Iterator[tuple[str, bytes]]:
    """Address and bytes of the feed of each search. Raises ExportError if the index does not belong to this state of
    the knowledge base."""
    index = _index_of(kb, home) if facts.searches else None
    for words, address in facts.searches:
        assert index is not None
        most = MOST if plan.history else FEW
        yield address, draw_feed(feed_of_search(kb, index, words, plan.on, most=most), address, plan, facts)


def _index_of(kb: KnowledgeBase, home: Path) -> SearchIndex:
    index = SearchIndex.open(home / "index", kb.publisher)
    if index.digest != kb.digest:
        raise ExportError(
            "The search index was made from another state of the knowledge base. Run: inforce index build"
        )
    return index
