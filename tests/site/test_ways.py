"""Where links lead: to the day that they were looked up for, to places that exist, and with nobody's case."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, urlsplit

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.site.conftest import TODAY, See
from webapp import create_app

CASE = quote("codes=Q2.1&on=2025-01-01", safe="")


def test_references_of_one_version_lead_to_the_day_they_were_looked_up_for(see: See) -> None:
    """They led to the day of the dial, where another text stands."""
    for dial in ("", "?on=2023-07-04"):
        page = see(f"/Q1.5/version/Q1.5@2019-09-16{dial}")
        hrefs = [str(a["href"]) for a in page.soup.select(".text a") if str(a["href"]).startswith("/")]
        assert hrefs
        assert {urlsplit(href).path.rpartition("/")[2] for href in hrefs} == {"2019-09-16"}


def test_what_the_desk_announces_stands_on_the_page_it_links_to(see: See) -> None:
    """The desk tells what is announced today, whatever the day of the dial."""
    for dial in ("?on=2026-12-01", "?on=2027-02-01", ""):
        found = [href for href in see(f"/{dial}").hrefs() if href.startswith("/coming") and "#" in href]
        assert found
        for href in found:
            address, _, place = href.partition("#")
            assert see(address).soup.find(id=place) is not None


def test_addresses_that_are_handed_on_carry_no_case(see: See) -> None:
    """A feed reader, and who runs it, would learn of a case and ask for it every hour."""
    for address in (f"/Q1.1?case={CASE}", f"/contents?case={CASE}", f"/search?q=pilot&case={CASE}"):
        page = see(address)
        feeds = [str(link["href"]) for link in page.soup.select("link[rel=alternate]")]
        feeds += [str(a["href"]) for a in page.soup.select("a[type='application/atom+xml']")]
        assert feeds
        assert [href for href in feeds if "case" in href] == []
        assert [href for href in page.hrefs() if "case=" in href]


def test_a_page_with_a_case_is_kept_by_nobody_else(client: FlaskClient) -> None:
    held = client.application.extensions["inforce"].cache._kept
    for address in (f"/Q1.1?case={CASE}", "/case?codes=Q1.1&on=2025-01-01"):
        before = len(held)
        response = client.get(address)
        assert response.headers["Cache-Control"] == "private, no-cache"
        assert len(held) == before
        again = client.get(address, headers={"If-None-Match": response.headers["ETag"]})
        assert (again.status_code, again.headers["Cache-Control"]) == (304, "private, no-cache")
    client.get("/Q1.1")
    assert len(held) == before + 1
    assert client.get("/Q1.1").headers["Cache-Control"] == "no-cache"


def test_no_redirect_leads_to_the_host_that_a_request_names(client: FlaskClient) -> None:
    for address in ("/law//s1", "/circulars//2024-07", "/notices//x?on=2025-01-01"):
        response = client.get(address, headers={"Host": "other.example"})
        assert response.status_code == 308
        assert response.headers["Location"] == address.replace("//", "/")


def test_an_unchanged_page_is_described_as_a_whole_one(client: FlaskClient) -> None:
    """A cache would keep the old answer for requests that ask for another."""
    for address in (
        "/Q1.1",
        "/Q1.1/on/2025-08-20",
        "/law",
        "/contents",
        "/api/v1/show/Q1.1",
        "/changes.atom",
    ):
        whole = client.get(address)
        for asked in (whole.headers["ETag"], "*"):
            same = client.get(address, headers={"If-None-Match": asked})
            assert same.status_code == 304
            for name in ("ETag", "Vary", "Link", "Memento-Datetime", "Cache-Control"):
                assert same.headers.get(name) == whole.headers.get(name), (address, asked, name)


def test_behind_a_proxy_with_a_path_each_manual_keeps_its_own_prefix(specimen_home: Path) -> None:
    """Every link of the specimen led into the manual at `/`: to a real instruction for an invented one."""
    settings = {"HOME": specimen_home, "ALSO": {"/specimen": specimen_home}, "PROXIES": "10.0.0.7"}
    client = create_app({**settings, "TODAY": lambda: TODAY}).test_client()
    for peer, path in (("10.0.0.7", "/nz/specimen"), ("10.0.0.8", "/specimen")):
        from_peer = {"headers": {"X-Forwarded-Prefix": "/nz"}, "environ_overrides": {"REMOTE_ADDR": peer}}
        page = BeautifulSoup(client.get("/specimen/Q1.10", **from_peer).data, "html5lib")
        own = [str(a["href"]) for a in page.select("[href]") if str(a["href"]).startswith("/")]
        assert own
        assert [href for href in own if not href.startswith(f"{path}/")] == []
        assert client.get("/specimen", **from_peer).headers["Location"] == f"{path}/"
        assert client.get("/specimen/Q1.10/", **from_peer).headers["Location"] == f"{path}/Q1.10"
