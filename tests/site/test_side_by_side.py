"""Two manuals served together: each under its prefix, and nothing of one in the other."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from manual.captures import RawCapture
from manual.errors import SettingError
from manual.model import SitePath
from manual.specimen.shape import SpecimenEntry, contents_page
from tests.site.conftest import TODAY, Seen, make_home
from webapp import create_app

SEEN = datetime(2026, 8, 1, tzinfo=UTC)
JSON = {"Accept": "application/problem+json"}
PLACES = (
    "/contents", "/contents/on/2020-06-01", "/J1.1", "/J1.1/on/2020-09-10", "/J1.1/history", "/J1.5",
    "/J1.1/compare/2019-01-01/2026-01-01", "/coverage", "/findings", "/wanted", "/changes/2018-01-01/2026-09-01",
    "/search?q=galoshes", "/search?q=officer", "/search?q=application&when=any", "/search?q=J1.1",
    "/case?on=2024-01-01&codes=J1.1,J1.5", "/about", "/glossary", "/X99", "/nope/at/all", "/J1.1/on/0",
)  # fmt: skip
"""Addresses that mean something else, or nothing, in each of the two."""


def _page(number: int, html: str) -> RawCapture:
    return RawCapture(
        data=html.encode(),
        media="html",
        address=None,
        site_path=SitePath(f"opsmanual/{number}"),
        captured_at=SEEN,
        filename=f"{number}.htm",
    )


def _instruction(number: int, heading: str, text: str) -> RawCapture:
    return _page(
        number,
        f"<html><head><title> {heading} </title></head><body><table><tr><td id='main'>"
        f"<p class='heading4'>{heading}</p><ol class='listletter'><li>{text}</li></ol>"
        "<p class='effectivedate'>Effective 01/02/2020</p></td></tr></table>",
    )


@pytest.fixture(scope="module")
def rain_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two instructions, one of them under a code that the specimen uses too."""
    pages = [
        _instruction(1, "J1.1 Galoshes", "Galoshes are shown to an officer."),
        _instruction(2, "J1.6 Hats", "Dry."),
    ]
    return make_home(tmp_path_factory.mktemp("rain") / "home", pages)


@pytest.fixture(scope="module")
def listed_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Contents alone: titles, and no text."""
    rows = [SpecimenEntry(1, "ZX1 Rain", [SpecimenEntry(2, "ZX1.5 Umbrellas")])]
    toc = RawCapture(
        data=contents_page(rows).encode(),
        media="html",
        address=None,
        site_path=SitePath("opsmanual/toc"),
        captured_at=SEEN,
        filename="toc.htm",
    )
    return make_home(tmp_path_factory.mktemp("listed") / "home", [toc])


def _client(home: Path, **more: object) -> FlaskClient:
    return create_app({"HOME": home, "TODAY": lambda: TODAY, "ALSO": {}, **more}).test_client()


@pytest.fixture
def both(rain_home: Path, specimen_home: Path) -> FlaskClient:
    return _client(rain_home, ALSO={"/specimen": specimen_home})


def test_nothing_crosses_between_two_manuals_served_together(
    both: FlaskClient, rain_home: Path, specimen_home: Path
) -> None:
    """A list, a count or a hit of one manual would stand among those of another: an invented rule among real ones."""
    rain, specimen = _client(rain_home), _client(specimen_home)
    for place in PLACES:
        here, there = both.get(place), both.get(f"/specimen{place}")
        alone, other = rain.get(place), specimen.get(place, base_url="http://localhost/specimen")
        assert (here.status_code, here.data) == (alone.status_code, alone.data), place
        assert (there.status_code, there.data) == (other.status_code, other.data), place
        assert here.headers.get("Location") == alone.headers.get("Location"), place
        if here.status_code == 200:
            assert here.data != there.data.replace(b"/specimen/", b"/"), "each answers for itself"
    assert "Galoshes" in both.get("/J1.1").get_data(as_text=True)
    for place in ("/J1.1", "/contents", "/search?q=galoshes", "/changes/2018-01-01/2026-09-01"):
        assert "Galoshes" not in both.get(f"/specimen{place}").get_data(as_text=True), place


def test_nothing_crosses_in_what_machines_are_told(
    both: FlaskClient, rain_home: Path, specimen_home: Path
) -> None:
    """A suggestion or the nearest code would lead into another manual."""
    rain, specimen = _client(rain_home), _client(specimen_home)
    for place in ("/suggest?q=J1", "/suggest?q=galo", "/healthz", "/J1.12", "/J1.1/on/0"):
        told = [client.get(at, headers=JSON).get_json(force=True) for client, at in (
            (both, place), (rain, place), (both, f"/specimen{place}"), (specimen, place),
        )]  # fmt: skip
        assert told[0] == told[1], place
        assert told[2] == told[3], place
    assert "J1.6" in json.loads(both.get("/J1.12", headers=JSON).data)["nearest"]
    assert "J1.6" not in json.loads(both.get("/specimen/J1.12", headers=JSON).data)["nearest"]


@pytest.mark.parametrize("place", ["/", *PLACES])
def test_every_link_and_form_below_a_prefix_stays_there(both: FlaskClient, place: str) -> None:
    """A reader of one manual would find herself in another, at the same code."""
    seen = Seen(0, both.get(f"/specimen{place}", follow_redirects=True).get_data(as_text=True))
    found = [str(tag.get("href") or tag.get("action")) for tag in seen.soup.select("[href], form[action]")]
    assert len(found) > 5
    for address in found:
        assert address.startswith(
            ("/specimen/", "#", "https://specimen.example/", "https://www.legislation.govt.nz/")
        ), address
    for printed in seen.soup.find_all(string=lambda text: "http://localhost/" in text):
        assert "http://localhost/specimen/" in printed


def test_redirects_and_static_files_respect_the_prefix(both: FlaskClient) -> None:
    """The first click would leave the manual, or find no stylesheet."""
    for asked, meant in (
        ("/specimen", "/specimen/"),
        ("/specimen?on=2024-01-01", "/specimen/?on=2024-01-01"),
        ("/specimen/go?q=J1.1&on=1/2/2024", "/specimen/J1.1/on/2024-02-01"),
        ("/specimen/j1.1", "/specimen/J1.1"),
        ("/specimen/contents?on=2024-01-01", "/specimen/contents/on/2024-01-01"),
        ("/specimen/changes?first=2024-01-01&until=2025-01-01", "/specimen/changes/2024-01-01/2025-01-01"),
    ):
        response = both.get(asked)
        assert response.status_code in (301, 303), asked
        where = urlsplit(response.headers["Location"])
        assert where.path + (f"?{where.query}" if where.query else "") == meant
    sheet = Seen(0, both.get("/specimen/").get_data(as_text=True)).soup.select_one("link[rel=stylesheet]")
    assert sheet is not None
    assert both.get(str(sheet["href"])).status_code == 200


def test_a_prefix_adds_to_that_of_a_proxy(both: FlaskClient) -> None:
    """Behind a proxy that serves all of it under /manuals, each link would lead out of it."""
    text = both.get("/specimen/J1.1", base_url="http://localhost/manuals").get_data(as_text=True)
    assert 'href="/manuals/specimen/coverage"' in text
    assert 'href="/coverage"' not in text


@pytest.mark.parametrize("place", ["/", *PLACES, "/J1.1?known=1990-01-01", "/?known=1990-01-01"])
def test_the_specimen_says_so_on_every_page_and_nothing_else_does(both: FlaskClient, place: str) -> None:
    """An invented rule would be read as law."""
    for prefix, invented in (("/specimen", True), ("", False)):
        seen = Seen(0, both.get(f"{prefix}{place}", follow_redirects=True).get_data(as_text=True))
        mark = seen.soup.select_one("header + aside.day")
        assert ("Specimen." in mark.get_text() if mark else False) is invented, prefix


def test_a_copy_without_text_leads_to_the_specimen_and_to_how_pages_are_brought_in(
    listed_home: Path, specimen_home: Path
) -> None:
    """A newcomer would look at bare titles and not know what else there could be."""
    beside = Seen(0, _client(listed_home, ALSO={"/shown": specimen_home}).get("/").get_data(as_text=True))
    alone = Seen(0, _client(listed_home).get("/").get_data(as_text=True))
    assert "/shown/" in beside.hrefs()
    for seen in (beside, alone):
        assert "This copy holds no text yet" in seen.words
        assert "/about#pages" in seen.hrefs()
    assert "the specimen" not in alone.words
    about = Seen(0, _client(listed_home).get("/about").get_data(as_text=True))
    assert about.soup.select_one("#pages") is not None


def test_a_copy_of_which_nothing_was_loaded_leads_there_too(tmp_path: Path, specimen_home: Path) -> None:
    """The very first visit would end at an error."""
    response = _client(tmp_path, ALSO={"/shown": specimen_home}).get("/")
    assert response.status_code == 503
    hrefs = Seen(503, response.get_data(as_text=True)).hrefs()
    assert {"/shown/", "/about#pages"} <= set(hrefs)


def test_a_copy_with_text_does_not_send_its_readers_away(both: FlaskClient) -> None:
    """Readers of real instructions would be led to invented ones."""
    seen = Seen(0, both.get("/").get_data(as_text=True))
    assert "no text yet" not in seen.words
    assert not any(href.startswith("/specimen") for href in seen.hrefs())
    assert "no text yet" not in Seen(0, both.get("/specimen/").get_data(as_text=True)).words


def test_the_first_page_changes_when_the_specimen_is_there(
    listed_home: Path, specimen_home: Path, tmp_path: Path
) -> None:
    """A browser that asked before would go on showing the page without the link."""
    later = tmp_path / "later"
    client = _client(listed_home, ALSO={"/shown": later})
    first = client.get("/")
    later.symlink_to(specimen_home)
    again = client.get("/", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert "/shown/" in Seen(0, again.get_data(as_text=True)).hrefs()


def test_the_environment_may_name_other_manuals(
    rain_home: Path, specimen_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A site under gunicorn has no command line."""
    named = os.pathsep.join([f"/specimen={specimen_home}", f"/more={rain_home}"])
    monkeypatch.setenv("INFORCE_ALSO", named)
    client = create_app({"HOME": rain_home, "TODAY": lambda: TODAY}).test_client()
    assert client.get("/specimen/J1.5").status_code == 200
    assert client.get("/more/J1.6").status_code == 200
    assert client.get("/more/specimen/J1.5").status_code == 404
    assert _client(rain_home).get("/specimen/J1.5").status_code == 404, (
        "what is given outranks the environment"
    )


@pytest.mark.parametrize(
    "prefix", ["specimen", "/", "", "/a/b", "/Big", "/contents", "/healthz", "/wa", "/J1.1"]
)
def test_a_bad_prefix_is_refused(rain_home: Path, prefix: str) -> None:
    """A page of the first manual would be hidden by the second."""
    with pytest.raises(SettingError, match="can't be used"):
        _client(rain_home, ALSO={prefix: rain_home})


def test_the_access_log_tells_two_manuals_apart(
    rain_home: Path, specimen_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`/J1.1` would stand there for both."""
    client = _client(rain_home, ALSO={"/specimen": specimen_home}, ACCESS_LOG=True)
    client.get("/J1.1")
    client.get("/specimen/J1.1")
    paths = [json.loads(line)["path"] for line in capsys.readouterr().out.splitlines()]
    assert paths == ["/J1.1", "/specimen/J1.1"]
