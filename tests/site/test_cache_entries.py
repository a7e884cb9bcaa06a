"""A page is kept once: what its view does not read in an address makes no other page, and what it reads always does."""

from __future__ import annotations

from urllib.parse import quote

from flask import Flask

from tests.site.conftest import Example
from tests.site.test_browser import kinds_of_page
from webapp import replies
from webapp.replies import PARAMETERS, READ_BY

VALUES = {
    "asked": "J1.1(z)", "at": "K2", "began": "2024-01-01", "beside": "law", "codes": "J1.1", "days": "x=2024-01-01",
    "decision": "2025-01-01",
    "eoi": "2023-01-01", "expand": "no", "first": "2024-01-01", "invitation": "2023-06-01", "kind": "chapter", "n": "2",
    "known": "2026-08-20", "layout": "side-by-side", "limit": "2", "offset": "1", "on": "2025-08-20", "page": "2",
    "part": "K", "q": "pilot", "second": "2025-01-01", "severity": "error", "sort": "code", "stale": "30",
    "status": "ended", "terms": "no", "until": "2025-01-01", "v": "J1.1@2018-03-12", "was": "||pilot", "when": "any",
    "year": "2020", "case": "codes=J1.1",
}  # fmt: skip
FEEDS = {
    "feed": "/changes.atom",
    "feed of a code": "/J1.1/changes.atom",
    "feed of a search": "/search.atom?q=pilot",
}


def _pages(examples: dict[str, Example]) -> list[str]:
    return [address.partition("#")[0] for address in (kinds_of_page(examples) | FEEDS).values()]


def test_there_is_a_value_for_every_parameter() -> None:
    assert set(VALUES) == set(PARAMETERS)
    assert set(READ_BY) <= set(PARAMETERS)


def test_what_a_view_does_not_read_changes_nothing_and_makes_no_entry(
    app: Flask, examples: dict[str, Example]
) -> None:
    """A feed had an entry for each parameter that any page knows, and each drove another page out. Were one of them
    read in spite of that, two pages would share one place in the cache, and a reader be shown the other's."""
    client, kept = app.test_client(), app.extensions["inforce"].cache._kept
    unread_anywhere = set(VALUES)
    for address in _pages(examples):
        plain = client.get(address)
        if plain.status_code != 200:
            continue
        with app.test_request_context(address):
            unread = [name for name in VALUES if not replies._reads(name)]
        unread_anywhere &= set(unread)
        entries = len(kept)
        for some in (unread[::2], unread[1::2]):  # an address takes no more at once
            more = "&".join(f"{name}={quote(VALUES[name])}" for name in some)
            longer = f"{address}{'&' if '?' in address else '?'}{more}"
            assert client.get(longer).data == plain.data, longer
            assert len(kept) <= entries, longer
            kept.clear()  # drawn anew, with all that is not read
            entries = 1
            assert client.get(longer).data == plain.data, longer
    # of the API, of the form in the head, and of forms that lead on
    assert unread_anywhere == {"limit", "offset", "severity", "was", "first", "second", "until", "v"}


def test_a_feed_reads_no_day_and_no_case(app: Flask) -> None:
    client, kept = app.test_client(), app.extensions["inforce"].cache._kept
    plain = client.get("/J1.1/changes.atom")
    before = len(kept)
    for more in ("on=2025-08-20", "on=rubbish", "case=codes%3DJ1.1", "at=x", "layout=y", "utm_source=z"):
        assert client.get(f"/J1.1/changes.atom?{more}").data == plain.data, more
    assert len(kept) == before
    assert client.get("/J1.1/changes.atom?known=2026-08-20").status_code == 200
    assert len(kept) == before + 1
