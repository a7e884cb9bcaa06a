"""Feeds as a reader of feeds reads them: what began, ended or is announced, and what captures changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from manual.captures import RawCapture
from manual.citation import ways_up
from manual.model import Code, When
from manual.pages.feed import MOST
from manual.queries import KnowledgeBase
from tests.export.reading import parsed_feed as parsed
from tests.site.conftest import TODAY, See, make_home
from webapp import create_app

ALL = (
    "/changes.atom",
    "/J1.1/changes.atom",
    "/K/changes.atom",
    "/K1.15/changes.atom",
    "/search.atom?q=turns",
)
Read = Callable[[str], Any]


@pytest.fixture
def read(client: FlaskClient) -> Read:
    def read(address: str) -> Any:
        response = client.get(address)
        assert response.status_code == 200, address
        assert response.content_type == "application/atom+xml; charset=utf-8"
        return parsed(response.data)

    return read


# ---------------------------------------------------------------- what every feed has


@pytest.mark.parametrize("address", ALL)
def test_every_entry_has_what_the_standard_asks_and_leads_to_a_page(
    read: Read, see: See, address: str
) -> None:
    """A feed reader would refuse it, or show news that lead nowhere."""
    feed = read(address)
    assert feed.feed.id.startswith("urn:uuid:")
    assert feed.feed.title
    assert feed.feed.author
    assert "Information, not advice" in feed.feed.subtitle
    assert "(specimen)" in feed.feed.title
    assert [link.href for link in feed.feed.links if link.rel == "self"] == [address]
    [about] = [link.href for link in feed.feed.links if link.rel == "alternate"]
    assert see(about).status == 200
    assert feed.entries
    names = [entry.id for entry in feed.entries]
    assert len(set(names)) == len(names)
    times = [entry.updated_parsed for entry in feed.entries]
    assert times == sorted(times, reverse=True)
    assert feed.feed.updated_parsed == times[0]
    for entry in feed.entries[:12]:
        assert entry.title
        assert see(entry.link).status == 200


def test_every_version_that_began_ended_or_is_announced_has_one_entry(
    read: Read, specimen_home: Path
) -> None:
    """Whoever follows a code would miss a version."""
    with KnowledgeBase(specimen_home) as kb:
        for code in kb.codes():
            feed = read(f"/{code.replace(' ', '-')}/changes.atom")
            below = [other for other in kb.codes() if code in ways_up(other)]
            expected = [
                (change.code, str(change.day), "announced" if change.day > TODAY else change.kind)
                for other in below
                for change in kb.changes_of(other)
            ]
            told = [entry for entry in feed.entries if entry.tags[0].term != "learned"]
            found = [(_code(entry.link), entry.link.rpartition("/")[2], entry.tags[0].term) for entry in told]
            if len(below) == 1 or len(feed.entries) < MOST:
                assert sorted(found) == sorted(expected), code
            else:
                assert set(found) <= set(expected)
            learned = [entry for entry in feed.entries if entry.tags[0].term == "learned"]
            if len(below) == 1:
                days = [str(one.day) for one in kb.learned(code)]
                assert [entry.updated[:10] for entry in reversed(learned)] == days


def _code(link: str) -> str:
    return urlsplit(link).path.split("/")[1].replace("-", " ")


def test_what_is_announced_is_said_to_be_announced(read: Read) -> None:
    """A version of next year would be read as in force."""
    [entry] = [one for one in read("/K1.25/changes.atom").entries if one.tags[0].term == "announced"]
    assert entry.title.endswith("is to come into force on 1 February 2027")
    assert "not yet so" in entry.summary
    assert entry.updated[:10] <= str(TODAY)


def test_a_disputed_day_is_said_to_be_disputed(read: Read) -> None:
    """A guess would be sent to everybody who follows the code."""
    disputed = [entry for entry in read("/J1.1/changes.atom").entries if "(disputed)" in entry.title]
    assert disputed
    assert all("do not agree" in entry.summary for entry in disputed)


def test_a_capture_that_changed_an_answer_is_told_with_both_answers(read: Read) -> None:
    """Whoever relied on the old answer would never hear of it."""
    [first] = [one for one in read("/K1.15/changes.atom").entries if one.updated.startswith("2024-05-02")]
    assert first.tags[0].term == "learned"
    assert (
        "17 April 2023 to 27 February 2024: was in force (version of 1 April 2022), is in force"
        in first.summary
    )


# ---------------------------------------------------------------- names that stay


def test_names_stay_the_same_wherever_a_feed_is_read(specimen_home: Path) -> None:
    """A feed reader would show all of it again as new."""
    plain = create_app({"HOME": specimen_home, "TODAY": lambda: TODAY})
    other = create_app({"HOME": specimen_home, "TODAY": lambda: TODAY, "ORIGIN": "https://manual.example"})
    for address in ALL:
        one, two = (parsed(app.test_client().get(address).data) for app in (plain, other))
        assert one.feed.id == two.feed.id
        assert [entry.id for entry in one.entries] == [entry.id for entry in two.entries]
        assert all(entry.link.startswith("https://manual.example/") for entry in two.entries)


def test_an_entry_has_one_name_in_every_feed(read: Read) -> None:
    """Whoever follows a part and the manual would be told everything twice."""
    whole = {entry.id: entry.title for entry in read("/changes.atom").entries}
    part = {entry.id: entry.title for entry in read("/K/changes.atom").entries}
    assert whole.keys() & part.keys()
    assert all(whole[name] == part[name] for name in whole.keys() & part.keys())


def test_an_announcement_and_the_beginning_are_two_pieces_of_news(specimen_home: Path) -> None:
    """On the day on which it comes into force nobody would be told."""
    day = date(2027, 2, 1)
    before, after = (
        create_app({"HOME": specimen_home, "TODAY": lambda today=today: today}).test_client()
        for today in (date(2027, 1, 31), day)
    )
    [announced], [began] = (
        [e for e in parsed(client.get("/K1.25/changes.atom").data).entries if "1 February 2027" in e.title]
        for client in (before, after)
    )
    assert announced.id != began.id
    assert (announced.tags[0].term, began.tags[0].term) == ("announced", "began")
    assert began.updated.startswith("2027-02-01T00:00:00")


# ---------------------------------------------------------------- searches, and what is refused


def test_the_feed_of_a_search_tells_of_the_versions_that_hold_the_words(
    read: Read, specimen_home: Path, client: FlaskClient
) -> None:
    """It would tell of changes that have nothing to do with the words."""
    hits = client.get("/api/v1/search?q=turns&on=any&limit=1000").get_json()["hits"]
    matching = {id for hit in hits for id in hit["versions"]["ids"]}
    with KnowledgeBase(specimen_home) as kb:
        for entry in read("/search.atom?q=turns").entries:
            changes = kb.changes_of(Code(_code(entry.link)))
            day = entry.link.rpartition("/")[2]
            assert {v.id for c in changes if str(c.day) == day for v in (c.old, c.new) if v} & matching


def test_the_page_of_a_search_names_its_feed(see: See) -> None:
    """Nobody would find it."""
    feeds = see("/search?q=turns&part=Administration&sort=date").soup.select(
        'link[type="application/atom+xml"]'
    )
    assert [str(link["href"]) for link in feeds] == [
        "/changes.atom",
        "/search.atom?q=turns&part=Administration",
    ]
    [own] = see("/J1.1").soup.select('link[type="application/atom+xml"]')
    assert own["href"] == "/J1.1/changes.atom"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/search.atom", 400), ("/search.atom?q=", 400), ("/search.atom?q=x&known=2026-08-11", 400),
        ("/search.atom?q=x&part=ZZ", 404), ("/search.atom?q=x&part=zz1", 404),
        ("/X99/changes.atom", 404), ("/!!!/changes.atom", 404), ("/changes.atom?known=never", 400),
    ],
)  # fmt: skip
def test_a_feed_that_cannot_be_is_refused(client: FlaskClient, address: str, status: int) -> None:
    """A feed reader would follow an empty feed for years."""
    assert client.get(address).status_code == status


def test_a_feed_is_sent_again_only_when_it_changed(client: FlaskClient) -> None:
    """Every reader of it would fetch the whole of it every hour."""
    for address in ALL:
        tag = client.get(address).headers["ETag"]
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
        # a page that is kept is never given in the place of a feed
        assert client.get(address).content_type.startswith("application/atom+xml")


def test_with_the_second_dial_nothing_read_later_is_told(read: Read) -> None:
    """A feed as of a day would tell of what nobody knew."""
    told = [one.updated[:10] for one in read("/K1.15/changes.atom?known=2024-06-01").entries]
    assert told
    assert max(told) <= "2024-06-01"


def test_titles_that_no_document_may_hold_are_shown_harmless(tmp_path: Path) -> None:
    """One page with a control character or markup in its title would break the feed of everybody."""
    page = (
        b"<html><head><title>ZX1.1 A &lt;b&gt; &amp; ]]&gt; \xef\xbf\xbf title</title></head><body>"
        b'<p class="heading4" id="t1">ZX1.1 A &lt;b&gt; &amp; ]]&gt; \xef\xbf\xbf title</p>'
        b'<p class="bodytext">Words.</p><p class="effectivedate">Effective 01/02/2020</p></body></html>'
    )
    capture = RawCapture(
        data=page,
        media="html",
        address="https://x.example/opsmanual/1.htm",
        site_path=None,
        captured_at=datetime(2024, 1, 1, tzinfo=UTC),
        filename="1.htm",
    )
    home = make_home(tmp_path / "home", [capture])
    client = create_app({"HOME": home, "TODAY": lambda: TODAY}).test_client()
    [entry] = parsed(client.get("/changes.atom").data).entries
    assert entry.title.startswith("ZX1.1 A ")
    assert "in force from 1 February 2020" in entry.title


# ---------------------------------------------------------------- what is announced


def test_the_page_of_what_is_announced_says_the_same_as_the_question(see: See, specimen_home: Path) -> None:
    """Two doors would tell different news."""
    seen = see("/coming")
    with KnowledgeBase(specimen_home) as kb:
        expected = [(str(change.day), change.code) for change in kb.coming(When(TODAY))]
    lines = seen.main.select("ul.changes li")
    assert [
        (line.select_one("time")["datetime"], line.select_one(".code").text) for line in lines
    ] == expected
    assert all("not yet in force" in line.text for line in lines)
    assert [line.select_one(".tag").text for line in lines] == ["to be replaced", "to begin"]
    assert "2 changes are announced" in seen.words
    assert "/coming" in see("/changes/2020-01-01/2021-01-01").hrefs()


def test_where_nothing_is_announced_it_says_up_to_when_was_read(see: See) -> None:
    """An empty list would be read as the news that nothing will change."""
    words = see("/coming?on=2027-06-01").words
    assert "Nothing that was read is announced for days after 1 June 2027" in words
    assert "The newest capture is of 11 August 2026" in words
