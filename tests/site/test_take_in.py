"""The form that takes saved pages in: for the owner on this machine, and for nobody else."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from manual.captures import Archive
from manual.model import Code, When
from manual.queries import KnowledgeBase
from tests.chromium import faults as faults_on
from tests.chromium import look
from tests.site.test_browser import Server
from webapp import create_app

OWN = "http://127.0.0.1:8000"
PAGE = """<!DOCTYPE html><html><head><title> ZZ9.1 Moorings </title></head><body onload="highlight('91001')">
<table><tr><td id="main"><p class="heading4" id="t91001">ZZ9.1 Moorings</p>
<p class="bodytext">A mooring has a {}.</p><p class="effectivedate">Effective {}</p>
</td></tr></table></body></html>"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def app(home: Path) -> Flask:
    return create_app({"HOME": home, "TAKE_IN": True})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def _token(client: FlaskClient) -> str:
    page = client.get("/take-in", base_url=OWN).get_data(as_text=True)
    return str(BeautifulSoup(page, "html5lib").select_one("input[name=token]")["value"])


def _send(
    client: FlaskClient,
    *files: tuple[str, bytes],
    day: str = "",
    token: str | None = None,
    headers: Mapping[str, str] | None = None,
    base_url: str = OWN,
    peer: str = "127.0.0.1",
) -> tuple[int, BeautifulSoup]:
    data = {
        "token": _token(client) if token is None else token,
        "day": day,
        "files": [(io.BytesIO(content), name) for name, content in files],
    }
    response = client.post(
        "/take-in",
        data=data,
        content_type="multipart/form-data",
        base_url=base_url,
        headers=dict(headers or {}),
        environ_overrides={"REMOTE_ADDR": peer},
    )
    return response.status_code, BeautifulSoup(response.get_data(as_text=True), "html5lib")


def _words(soup: BeautifulSoup) -> str:
    return " ".join(soup.select_one("main").get_text(" ").split())


def _moorings(what: str = "ring", first: str = "01/02/2020") -> tuple[str, bytes]:
    return "91001.htm", PAGE.format(what, first).encode()


def test_it_is_off_unless_it_is_asked_for(home: Path) -> None:
    """Whoever reaches a published copy could write into it."""
    client = create_app({"HOME": home}).test_client()
    assert client.post("/take-in", base_url=OWN).status_code in (404, 405)
    assert "/take-in" not in client.get("/about", base_url=OWN).get_data(as_text=True)


def test_a_page_is_taken_in_and_told_about(client: FlaskClient, home: Path) -> None:
    """The owner would not see what a file did."""
    status, soup = _send(client, _moorings())
    assert status == 200
    row = [cell.get_text(" ", strip=True) for cell in soup.select("tbody tr")[0].select("th, td")]
    assert row[0] == "91001.htm"
    assert row[1] == "ZZ9.1 Moorings"
    assert row[3] == "new"
    assert "text now held" in row[4]
    assert client.get("/ZZ9.1", base_url=OWN).status_code == 200
    assert client.get("/search?q=mooring", base_url=OWN).status_code == 200


def test_a_page_without_a_day_is_asked_about_and_the_answer_is_the_keepers_word(
    client: FlaskClient, home: Path
) -> None:
    """A guessed day would be an answer that nobody vouches for."""
    _, soup = _send(client, _moorings())
    form = soup.select_one("form[action$=days]")
    fields = {field["name"]: field.get("value", "") for field in form.select("input")}
    answer = client.post(
        "/take-in/days", data={**fields, "day": "15 August 2024"}, base_url=OWN, headers={"Origin": OWN}
    )
    assert answer.status_code == 200
    assert "form[action$=days]" not in answer.get_data(as_text=True)
    (capture,) = Archive(home).captures()
    assert capture.day_basis == "keeper"
    with KnowledgeBase(home) as kb:
        assert kb.in_force_on(Code("ZZ9.1"), When(date(2024, 9, 1))).as_last_seen == date(2024, 8, 15)
    assert "as the keeper of this copy says" in client.get("/ZZ9.1", base_url=OWN).get_data(as_text=True)


def test_a_day_typed_with_the_files_counts_for_those_that_carry_none(client: FlaskClient, home: Path) -> None:
    """The owner would be asked for what was said already."""
    _, soup = _send(client, _moorings(), day="15/8/2024")
    assert soup.select_one("form[action$=days]") is None
    (capture,) = Archive(home).captures()
    assert capture.day_basis == "keeper"


@pytest.mark.parametrize("day", ["31/2/2024", "1/1/2150", "soon"])
def test_a_day_that_cannot_be_takes_nothing_in(client: FlaskClient, home: Path, day: str) -> None:
    """The pages would be kept without the day that was meant."""
    status, soup = _send(client, _moorings(), day=day)
    assert status == 400
    assert "Nothing was taken in" in _words(soup)
    assert not home.exists()


def test_what_gives_no_page_is_named_with_the_reason(client: FlaskClient) -> None:
    """A file that is refused in silence would be thought held."""
    status, soup = _send(client, ("holiday.png", b"\x89PNG\r\n\x1a\n123"), ("empty.htm", b""), _moorings())
    assert status == 200
    assert "holiday.png" in _words(soup)
    assert "it is an image" in _words(soup)
    assert "the file is empty" in _words(soup)
    assert "ZZ9.1" in _words(soup)


def test_changed_answers_are_told(client: FlaskClient) -> None:
    """A correction of a past answer would pass unnoticed."""
    _send(client, _moorings(), day="1/3/2020")
    _, soup = _send(client, _moorings("chain", "01/05/2021"), day="1/6/2021")
    assert "1 answer changed: ZZ9.1" in _words(soup)
    assert "from 1 May 2021" in _words(soup)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9000"},
        {"Origin": "https://127.0.0.1:8000"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"X-Forwarded-For": "203.0.113.9"},
        {"Forwarded": "for=203.0.113.9"},
    ],
)
def test_a_request_from_elsewhere_is_refused_even_with_the_token(
    client: FlaskClient, home: Path, headers: dict[str, str]
) -> None:
    """Any page that the owner visits could put pages into the copy."""
    status, _ = _send(client, _moorings(), headers=headers)
    assert status == 403
    assert not home.exists()


@pytest.mark.parametrize("token", ["", "x" * 43, "é"])
def test_a_form_without_the_token_is_refused(client: FlaskClient, home: Path, token: str) -> None:
    """A browser that sends neither header would let other sites in."""
    status, _ = _send(client, _moorings(), token=token)
    assert status == 403
    assert not home.exists()


@pytest.mark.parametrize(
    "base_url", ["http://evil.example:8000", "http://127.0.0.1.evil.example", "http://192.0.2.1:8000"]
)
def test_a_name_that_is_not_this_machines_own_never_sees_the_form(client: FlaskClient, base_url: str) -> None:
    """A site whose name is made to lead here (DNS rebinding) could read the token and send the form."""
    assert client.get("/take-in", base_url=base_url).status_code == 403
    status, _ = _send(client, _moorings(), base_url=base_url, headers={"Origin": base_url})
    assert status == 403


def test_a_peer_on_another_machine_is_refused(client: FlaskClient) -> None:
    """A copy that is reachable from the network would take in what strangers send."""
    assert (
        client.get("/take-in", base_url=OWN, environ_overrides={"REMOTE_ADDR": "192.0.2.7"}).status_code
        == 403
    )
    status, _ = _send(client, _moorings(), peer="192.0.2.7")
    assert status == 403


def test_another_run_has_another_token(home: Path) -> None:
    """A token that leaked once would open the form for ever."""
    tokens = {_token(create_app({"HOME": home, "TAKE_IN": True}).test_client()) for _ in range(2)}
    assert len(tokens) == 2


def test_a_manual_served_beside_has_no_form(tmp_path: Path, home: Path) -> None:
    """The specimen would be offered pages that it refuses."""
    both = create_app({"HOME": home, "TAKE_IN": True, "ALSO": {"/other": tmp_path / "other"}}).test_client()
    assert both.get("/take-in", base_url=OWN).status_code == 200
    assert both.get("/other/take-in", base_url=OWN).status_code in (404, 503)


@pytest.mark.parametrize(
    "name",
    [
        "../../91001.htm",
        "C:\\saved\\91001.htm",
        "/etc/91001.htm",
        ".hidden.htm",
        "\x00.htm",
        "n" * 300 + ".htm",
    ],
)
def test_a_name_leads_nowhere(client: FlaskClient, home: Path, name: str) -> None:
    """A crafted name would write outside the folder that is thrown away, or end the request."""
    status, soup = _send(client, (name, _moorings()[1]))
    assert status == 200
    assert "ZZ9.1" in _words(soup)
    for (capture,) in [tuple(Archive(home).captures())]:
        assert ".." not in capture.filename
        assert len(capture.filename) <= 200


def test_the_form_is_kept_by_no_cache_and_framed_by_nobody(client: FlaskClient) -> None:
    """A cached token would be stale; a framed form could be clicked unseen."""
    response = client.get("/take-in", base_url=OWN)
    assert response.headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    assert not re.search(r"<script", response.get_data(as_text=True))


def test_a_day_is_not_moved_once_a_page_carries_one(client: FlaskClient, home: Path) -> None:
    """Whoever sends the second form twice would contradict what the file or the keeper said before."""
    _send(client, _moorings(), day="15/8/2024")
    (capture,) = Archive(home).captures()
    pages = capture.sha256.removeprefix("sha256:")
    data = {"token": _token(client), "pages": pages, "day": "1/1/2022"}
    assert client.post("/take-in/days", data=data, base_url=OWN).status_code == 200
    assert len(Archive(home).log_of(capture.sha256)) == 1


def test_files_are_read_as_usual_so_that_large_ones_go_to_the_disk(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An archive of gigabytes would end the process: letters alone are kept in memory (`webapp.citecheck`)."""

    def refused() -> None:
        raise AssertionError("kept in memory")

    monkeypatch.setattr("webapp.citecheck.BytesIO", refused)
    status, soup = _send(client, _moorings())
    assert status == 200
    assert "ZZ9.1" in _words(soup)


def _until(browser: webdriver.Chrome, *, there: bool) -> None:
    """Wait for an answer with or without the question for a day."""
    WebDriverWait(browser, 30).until(
        lambda it: (
            it.find_elements(By.CSS_SELECTOR, ".take-in") and bool(it.find_elements(By.ID, "saved")) is there
        )
    )


@pytest.mark.browser
def test_a_real_browser_sends_the_form_without_script(
    plain_chrome: webdriver.Chrome, app: Flask, tmp_path: Path
) -> None:
    """The headers that the form relies on are a browser's own: a test client sends what it is told."""
    page = tmp_path / "91001.htm"
    page.write_bytes(_moorings()[1])
    server = Server(app)
    try:
        plain_chrome.get(f"{server.at}/take-in")
        plain_chrome.find_element(By.ID, "files").send_keys(str(page))
        plain_chrome.find_element(By.CSS_SELECTOR, "form[enctype] button").click()
        _until(plain_chrome, there=True)
        plain_chrome.find_element(By.ID, "saved").send_keys("15 August 2024")
        plain_chrome.find_element(By.CSS_SELECTOR, "form[action$=days] button").click()
        _until(plain_chrome, there=False)
        plain_chrome.get(f"{server.at}/ZZ9.1")
        assert "as the keeper of this copy says" in plain_chrome.page_source
    finally:
        server.close()


@pytest.mark.browser
def test_axe_finds_nothing_on_the_form_and_its_answer(
    chrome: webdriver.Chrome, app: Flask, tmp_path: Path
) -> None:
    """Somebody could not take pages in, or not read what came of it."""
    page = tmp_path / "91001.htm"
    page.write_bytes(_moorings()[1])
    server = Server(app)
    try:
        look(chrome, f"{server.at}/take-in", 320)
        assert faults_on(chrome) == []
        chrome.find_element(By.ID, "files").send_keys(str(page))
        chrome.find_element(By.CSS_SELECTOR, "form[enctype] button").click()
        _until(chrome, there=True)
        assert faults_on(chrome) == []
        over = chrome.execute_script("return document.documentElement.scrollWidth - window.innerWidth")
        assert over <= 0
    finally:
        server.close()
