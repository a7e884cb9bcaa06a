"""The feeds of an edition: of the manual and of each part; with the history, of every code. Drawn as on the site."""

from __future__ import annotations

from collections.abc import Callable

from manual.export.plan import HeldLinks, Plan
from manual.pages.feed import MOST, Feed, atom, feed_of_code, feed_of_manual
from manual.queries import KnowledgeBase

FEW = 20
"""Entries of a feed in an edition of one day, which is to stay small."""


def write_feeds(kb: KnowledgeBase, plan: Plan, put: Callable[[str, bytes], None]) -> None:
    """What is announced counts from the edition's own day. A search has no feed here: nobody answers it."""

    def write(address: str, feed: Feed) -> None:
        links = HeldLinks(here=address, on=plan.on, plan=plan)
        put(address, atom(feed, links, address.rpartition("/")[2], kb.publisher))

    most = MOST if plan.history else FEW
    write("changes.atom", feed_of_manual(kb, plan.on, most=most))
    for code in plan.codes:
        address = plan.feed_page(code)
        if address:
            write(address, feed_of_code(kb, code, plan.on, most=most))
