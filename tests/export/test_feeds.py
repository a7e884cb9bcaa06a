"""The feeds of an edition: the site's, as files."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from bs4 import BeautifulSoup

from indexer import build
from manual.errors import ExportError
from manual.export.feeds import FEW
from manual.export.html import export_html
from manual.pages.links import code_segment
from manual.queries import KnowledgeBase
from tests.export.conftest import LATE
from tests.export.reading import parsed_feed as parsed
from webapp import create_app


@pytest.fixture(scope="module")
def one_day(specimen_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The specimen as on one day, without its history."""
    dest = tmp_path_factory.mktemp("feeds") / "day"
    export_html(specimen_home, dest, on=LATE, history=False)
    return dest


def test_an_edition_has_the_feeds_that_the_site_has(edition: Path, specimen_home: Path) -> None:
    """Who follows a code in an edition would be told other news, or old news as new."""
    client = create_app({"HOME": specimen_home, "TODAY": lambda: LATE}).test_client()
    with KnowledgeBase(specimen_home) as kb:
        codes = kb.codes()
    for address in ("changes.atom", *(f"{code_segment(code)}/changes.atom" for code in codes)):
        here = parsed((edition / unquote(address)).read_bytes())
        there = parsed(client.get(f"/{address}").data)
        assert here.feed.id == there.feed.id
        told = [[(e.id, e.title, e.updated, e.get("summary")) for e in one.entries] for one in (here, there)]
        assert told[0] == told[1], address


def test_every_entry_leads_to_a_page_of_the_edition(edition: Path, one_day: Path) -> None:
    """News that lead nowhere."""
    for folder in (edition, one_day):
        feeds = sorted(folder.rglob("*.atom"))
        assert feeds
        for path in feeds:
            base = path.relative_to(folder).as_posix()
            feed = parsed(path.read_bytes())
            links = [link.href for one in (feed.feed, *feed.entries) for link in one.links]
            for link in links:
                assert (folder / unquote(urljoin(base, link))).is_file(), (base, link)


def test_an_edition_of_one_day_has_feeds_of_parts_alone_and_short_ones(one_day: Path) -> None:
    """A thousand small files, or long ones, would weigh more than the texts."""
    names = {path.parent.relative_to(one_day).as_posix() for path in one_day.rglob("*.atom")}
    assert "." in names
    assert all(name == "." or name.isalpha() for name in names)
    for path in one_day.rglob("*.atom"):
        assert len(parsed(path.read_bytes()).entries) <= FEW


def test_pages_about_changes_name_the_feed_and_what_is_announced_has_a_page(edition: Path) -> None:
    """Nobody would find them."""
    for name in ("index.html", "changes.html", "coming.html"):
        assert 'type="application/atom+xml"' in (edition / name).read_text("utf-8")
    assert "K1.25" in (edition / "coming.html").read_text("utf-8")


def test_searches_that_were_chosen_have_the_feed_that_the_site_has(
    specimen_home: Path, tmp_path: Path
) -> None:
    """An edition could not be asked for what is new of some words."""
    with KnowledgeBase(specimen_home) as kb:
        build(kb.documents(), specimen_home / "index", kb_digest=kb.digest)
    words = ["turns", "  fair   pay ", "<b>&", ""]
    export_html(specimen_home, tmp_path / "e", on=LATE, history=True, searches=words)
    client = create_app({"HOME": specimen_home, "TODAY": lambda: LATE}).test_client()
    page = BeautifulSoup((tmp_path / "e" / "changes.html").read_bytes(), "html5lib")
    named = {a.text: str(a["href"]) for a in page.select('a[href^="search/feeds/"]')}
    assert named.keys() == {"turns", "fair pay", "<b>&"}
    for typed, address in named.items():
        here = parsed((tmp_path / "e" / address).read_bytes())
        there = parsed(client.get("/search.atom", query_string={"q": typed}).data)
        assert here.feed.id == there.feed.id
        assert [e.id for e in here.entries] == [e.id for e in there.entries]
    assert parsed((tmp_path / "e" / named["turns"]).read_bytes()).entries
    # without them the next edition is another one, and has none
    export_html(specimen_home, tmp_path / "e", on=LATE, history=True)
    assert not (tmp_path / "e" / "search" / "feeds").exists()


def test_a_feed_of_a_search_needs_the_index_of_this_knowledge_base(small_home: Path, tmp_path: Path) -> None:
    """It would tell of yesterday's pages."""
    with KnowledgeBase(small_home) as kb:
        build(kb.documents(), small_home / "index", kb_digest="another")
    with pytest.raises(ExportError, match="index build"):
        export_html(small_home, tmp_path / "e", on=LATE, searches=["umbrella"])
    assert not (tmp_path / "e").exists()
