"""What the site refuses, hides and survives."""

from __future__ import annotations

import json
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer import build
from manual.captures import Archive, RawCapture
from manual.load import rebuild
from manual.model import SitePath
from manual.queries import KnowledgeBase
from manual.specimen import specimen_captures
from tests.site.conftest import RECORDED, TODAY, Seen, make_home
from webapp import create_app

JSON = {"Accept": "application/problem+json"}


def test_headers_forbid_everything_that_is_not_needed(client: FlaskClient) -> None:
    """A hostile capture that slipped through would run."""
    for address in ("/", "/nope", "/J1.1/on/0", "/healthz"):
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; style-src 'self'")
        assert "unsafe" not in policy
        assert "script-src" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


def test_unchanged_page_is_answered_304_before_it_is_made(client: FlaskClient) -> None:
    """Every visit would cost the whole page again."""
    first = client.get("/J1.1")
    again = client.get("/J1.1", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["ETag"] == first.headers["ETag"]
    assert first.headers["Cache-Control"] == "no-cache"


def test_etag_changes_with_the_day_the_address_and_the_mount(specimen_home: Path) -> None:
    """Yesterday's "today" would be served today."""
    days = [TODAY]
    client = create_app({"HOME": specimen_home, "TODAY": lambda: days[-1]}).test_client()
    first = client.get("/J1.1").headers["ETag"]
    assert client.get("/J1.1/on/2019-01-01").headers["ETag"] != first
    assert client.get("/J1.1", base_url="http://localhost/mounted/").headers["ETag"] != first
    days.append(TODAY.replace(day=2))
    assert client.get("/J1.1").headers["ETag"] != first


def test_static_files_are_hashed_and_kept_for_ever(client: FlaskClient, app: Flask) -> None:
    """A new stylesheet would not reach readers, or the old one would be asked for at every page."""
    name = app.extensions["inforce"].statics.names["inforce.css"]
    response = client.get(f"/static/{name}")
    assert response.status_code == 200
    assert "immutable" in response.headers["Cache-Control"]
    assert f"/static/{name}" in client.get("/").get_data(as_text=True)
    assert client.get("/static/inforce.css").status_code == 404
    assert client.get("/static/..%2f..%2fwebapp%2fviews.py").status_code == 404


@pytest.mark.parametrize(
    "day", ["0", "1743465600", "2025-13-01", "12", "next week", "-", "31/02/2020", "²/1/2020"]
)
def test_a_day_that_is_none_is_a_400_with_its_reason(client: FlaskClient, day: str) -> None:
    """A day misread would answer for another one."""
    for address in (f"/J1.1?on={day}", f"/go?q=J1.1&on={day}", f"/search?q=x&known={day}"):
        response = client.get(address)
        assert response.status_code == 400, address
        assert "is not a day" in response.get_data(as_text=True)


def test_errors_are_problem_json_where_json_was_asked_for(client: FlaskClient) -> None:
    """A program would have to read a page."""
    for address, status in (
        ("/J1.1/on/0", 400),
        ("/J1.11", 404),
        ("/no/such/page", 404),
        ("/api/A16.1", 404),
    ):
        response = client.get(address, headers=JSON)
        assert response.status_code == status
        assert response.content_type == "application/problem+json"
        body = json.loads(response.data)
        assert body["status"] == status
        assert {"type", "title", "detail"} <= body.keys()
    assert "J1.1" in json.loads(client.get("/J1.11", headers=JSON).data)["nearest"]


def test_api_is_kept_free(client: FlaskClient) -> None:
    """`/api` would be read as a code."""
    assert client.get("/api").status_code == 404
    assert client.get("/api/anything").content_type == "application/problem+json"


def test_only_reading_is_allowed(client: FlaskClient) -> None:
    """The site is read-only."""
    response = client.post("/J1.1", data={"a": "b"})
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


def test_requests_larger_than_any_honest_one_are_refused(client: FlaskClient) -> None:
    """Ten thousand parameters would be parsed, and a novel searched for."""
    assert client.get("/search?" + "&".join(f"a{n}=1" for n in range(100))).status_code == 400
    for length in (2001, 10_000, 50_000):
        assert client.get("/search?q=" + "a" * length).status_code == 400
    assert client.get("/search?q=" + "a+" * 1500).status_code == 400
    assert client.get("/case?on=2020-01-01&codes=" + "A1," * 900).status_code == 400


def test_500_leaks_nothing(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths and values of the machine would be shown to strangers."""
    secret = "/var/secret/path"

    def breaks(*_: object) -> None:
        raise RuntimeError(secret)

    monkeypatch.setattr("webapp.views.home_page", breaks)
    for headers in ({}, JSON):
        response = client.get("/", headers=headers)
        assert response.status_code == 500
        text = response.get_data(as_text=True)
        assert secret not in text
        assert "Traceback" not in text
        assert "RuntimeError" not in text


def test_a_home_with_nothing_in_it_is_503_and_recovers(tmp_path: Path) -> None:
    """The application would have to be restarted after the first load."""
    home = tmp_path / "home"
    home.mkdir()
    client = create_app({"HOME": home, "TODAY": lambda: TODAY}).test_client()
    for address in ("/", "/J1.1", "/search?q=x", "/contents", "/healthz"):
        response = client.get(address)
        assert response.status_code == 503, address
        assert str(home) not in response.get_data(as_text=True)
    assert client.get("/about").status_code == 200
    make_home(home, list(specimen_captures())[:12])
    assert client.get("/contents").status_code == 200
    assert client.get("/healthz").get_json()["index_current"] is True


def test_a_missing_index_costs_the_search_alone(tmp_path: Path) -> None:
    """No index, no answers at all, would be too much."""
    home = tmp_path / "home"
    archive = Archive(home)
    for raw in list(specimen_captures())[:5]:
        archive.add(raw, RECORDED)
    rebuild(home)
    client = create_app({"HOME": home, "TODAY": lambda: TODAY}).test_client()
    assert client.get("/contents").status_code == 200
    response = client.get("/search?q=applications")
    assert response.status_code == 503
    assert "There can be no answer just now" in response.get_data(as_text=True)
    assert client.get("/healthz").get_json()["index"] is None


def test_healthz_tells_the_state(client: FlaskClient) -> None:
    """A keeper could not tell a stale index from a fresh one."""
    body = client.get("/healthz").get_json()
    assert body["status"] == "ok"
    assert body["index_current"] is True
    assert client.get("/healthz").headers["Cache-Control"] == "no-store"


def test_access_log_is_one_json_line_without_the_query(
    specimen_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The log would tell what a case is about."""
    client = create_app({"HOME": specimen_home, "ACCESS_LOG": True}).test_client()
    client.get("/search?q=secret+words")
    line = json.loads(capsys.readouterr().out)
    assert line["path"] == "/search"
    assert line["status"] == 200
    assert "secret" not in json.dumps(line)
    assert line["ms"] >= 0


def test_two_applications_share_nothing(specimen_home: Path, tmp_path: Path) -> None:
    """Something would happen at import."""
    one = create_app({"HOME": specimen_home})
    other = create_app({"HOME": tmp_path})
    assert one.test_client().get("/J1.1").status_code == 200
    assert other.test_client().get("/J1.1").status_code == 503


# ---------------------------------------------------------------- hostile pages

HOSTILE = """<html><head><title>ZX1.1 x</title></head><body><table><tr><td id="main">
<p id="t1" class="heading4">ZX1.1 &lt;script&gt;alert(1)&lt;/script&gt; &#8238;Reversed {{ 7*7 }} "quoted' &amp;amp;</p>
<p class="bodytext">Go <a href="javascript:alert(1)">here</a> or <a href="JaVaScRiPt:alert(2)">there</a>
<script>document.write("x")</script>.</p>
<ol class="listletter"><li class="listletter">An &lt;img src=x onerror=alert(1)&gt; stays text.<ol><li>open
<li class="listletter">Second "&gt;&lt;svg onload=alert(1)&gt; item {% raw %}</ol>
<table class="tableintopic"><tr><td colspan="99999999" rowspan="-3">&lt;u&gt;wide</td></tr></table>
<p class="effectivedate">Effective 01/01/2020</p></td></tr></table></body></html>"""


@pytest.fixture(scope="module")
def hostile_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    raw = RawCapture(
        data=HOSTILE.encode(),
        media="html",
        address="javascript:alert(3)//opsmanual/1.htm",
        site_path=SitePath("opsmanual/1"),
        captured_at=datetime(2026, 8, 1, tzinfo=UTC),
        filename='"><script>alert(4)</script>.htm',
    )
    return make_home(tmp_path_factory.mktemp("hostile"), [raw])


PAGES = (
    "/ZX1.1", "/ZX1.1/on/2021-01-01", "/ZX1.1/history", "/contents", "/coverage", "/findings", "/search?q=Reversed",
    "/search?q=%22%3E%3Cscript%3Ealert(5)%3C/script%3E", "/case?on=2021-01-01&codes=ZX1.1", "/",
    "/wanted",
    "/%3Cscript%3Ealert(6)%3C%2Fscript%3E", "/changes/2019-01-01/2021-01-01",
    "/case?on=%22%3E%3Cscript%3E&codes=%3C/textarea%3E%3Cscript%3Ealert(7)%3C/script%3E&part=%22%3E%3Cscript%3E",
)  # fmt: skip


@pytest.fixture
def hostile(hostile_home: Path) -> FlaskClient:
    return create_app({"HOME": hostile_home, "TODAY": lambda: TODAY}).test_client()


@pytest.mark.parametrize("address", PAGES)
def test_hostile_words_stay_words(hostile: FlaskClient, address: str) -> None:
    """A script in a title would run in every reader's browser."""
    response = hostile.get(address)
    seen = Seen(response.status_code, response.get_data(as_text=True))
    assert response.status_code in (200, 404)
    assert not seen.soup.select(
        "script:not([type='application/ld+json']), img, iframe, svg[onload], [onerror], [onload], u"
    )
    for link in seen.soup.select("[href], [src], [action]"):
        for name in ("href", "src", "action"):
            target = str(link.get(name, ""))
            assert target.startswith(("/", "#", "https://", "http://")) or not target, target
    assert "49" not in seen.main.get_text().replace("&", ""), "a template was filled in from a capture"


def test_hostile_words_are_all_there(hostile: FlaskClient) -> None:
    """Text that looks dangerous would be dropped, and the instruction misquoted."""
    seen = Seen(200, hostile.get("/ZX1.1").get_data(as_text=True))
    assert "<img src=x onerror=alert(1)> stays text." in seen.words
    assert "{{ 7*7 }}" in seen.words
    title = seen.soup.select_one("h1")
    assert title is not None
    assert "<script>alert(1)</script>" in title.get_text()


def test_a_very_wide_table_is_no_attack(hostile: FlaskClient) -> None:
    """A cell that spans a hundred million columns would hang the browser."""
    seen = Seen(200, hostile.get("/ZX1.1").get_data(as_text=True))
    spans = [int(str(cell.get("colspan", 1))) for cell in seen.soup.select("td, th")]
    assert max(spans, default=1) <= 1000


# ---------------------------------------------------------------- under load


def test_a_rebuild_under_load_fails_no_request(tmp_path: Path) -> None:
    """Readers would see errors, or the old answers for ever, whenever somebody loads a page."""
    captures = list(specimen_captures())
    home = make_home(tmp_path / "home", captures[:40])
    app = create_app({"HOME": home, "TODAY": lambda: TODAY})
    stop = threading.Event()
    failed: list[tuple[str, int]] = []
    done = [0]

    def read() -> None:
        client = app.test_client()
        while not stop.is_set():
            for address in (
                "/",
                "/contents",
                "/J1.1",
                "/J1.1/history",
                "/search?q=applications",
                "/coverage",
            ):
                response = client.get(address)
                done[0] += 1
                time.sleep(0.005)  # leaves the one interpreter to the rebuild now and then
                if response.status_code != 200:
                    failed.append((address, response.status_code))

    readers = [threading.Thread(target=read) for _ in range(2)]
    before = app.test_client().get("/healthz").get_json()["knowledge_base"]
    for reader in readers:
        reader.start()
    try:
        for upto in (50, 60):
            _grow(home, captures[:upto])
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    after = app.test_client().get("/healthz").get_json()
    assert failed == []
    assert done[0] > 20
    assert after["knowledge_base"] != before
    assert after["index_current"] is True


def _grow(home: Path, captures: list[RawCapture]) -> None:
    archive = Archive(home)
    with archive.batch():
        for raw in captures:
            archive.add(raw, RECORDED)
    rebuild(home)
    with KnowledgeBase(home) as kb:
        build(kb.documents(), home / "index", kb_digest=kb.digest)


def test_a_stale_index_is_said_to_be_one(tmp_path: Path) -> None:
    """Hits of an earlier state would pass for all there are."""
    captures = list(specimen_captures())
    home = make_home(tmp_path / "home", captures[:12])
    archive = Archive(home)
    archive.add(captures[40], RECORDED)
    rebuild(home)
    client = create_app({"HOME": home, "TODAY": lambda: TODAY}).test_client()
    assert "another state of this copy" in client.get("/search?q=applications").get_data(as_text=True)
    assert client.get("/healthz").get_json()["index_current"] is False
