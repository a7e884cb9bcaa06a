"""A case lives in the address alone: every way from page to page must carry it while a reader collects."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, parse_qsl, quote, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.site.conftest import Example
from tests.site.test_browser import kinds_of_page
from webapp import create_app

CASE = "codes=Q1.1%2CK1.5&on=2025-01-01"
ONLY_READ_BY_PROGRAMS = re.compile(r"\.atom($|\?)|^/opensearch\.xml|^/static/|/timemap$|^/api/")
"""Addresses that carry no case: feeds and descriptions are handed on to programs and to whoever runs them."""


def _with_case(address: str) -> str:
    path, mark, place = address.partition("#")
    return f"{path}{'&' if '?' in path else '?'}case={quote(CASE, safe='')}{mark}{place}"


def _carries(address: str) -> bool:
    """The address has the case, whole; a case of its own page has it as its own parameters."""
    asked = parse_qs(urlsplit(address).query)
    if urlsplit(address).path == "/case":
        return {"Q1.1", "K1.5"} <= set(asked.get("codes", [""])[0].split(","))
    held = dict(parse_qsl(asked.get("case", [""])[0]))
    return {"Q1.1", "K1.5"} <= set(held.get("codes", "").split(","))


def _losing(html: str) -> Iterator[str]:
    """Links and forms of a page that lose the case."""
    soup = BeautifulSoup(html, "html5lib")
    for link in soup.select("a[href], area[href]"):
        href = str(link["href"])
        if href.startswith("/") and not ONLY_READ_BY_PROGRAMS.search(href) and not _carries(href):
            yield f"link to {href}"
    for form in soup.select("form"):
        action = str(form["action"])
        fields = [*form.select("input[name]"), *soup.select(f'input[form="{form.get("id", "-")}"]')]
        given = {str(field["name"]): str(field.get("value", "")) for field in fields}
        case = dict(parse_qsl(given.get("case", "")))
        # the form of the case itself has the codes in a field of its own
        codes = form.select_one("textarea[name=codes]") if action.endswith("/case") else None
        held = codes.get_text() if codes else case.get("codes", "")
        posted = str(form.get("method")) == "post" and _carries(action)
        if not posted and not {"Q1.1", "K1.5"} <= set(held.split(",")):
            yield f"form to {action}"


def _end(client: FlaskClient, address: str) -> TestResponse:
    """The page at the end of all redirects, each of which must carry the case."""
    for _ in range(5):
        response = client.get(address.partition("#")[0])
        if response.status_code not in (301, 302, 303, 307, 308):
            return response
        address = response.headers["Location"]
        assert _carries(address), f"a redirect to {address}"
    raise AssertionError(f"redirects without end at {address}")


def test_no_link_and_no_form_of_any_kind_of_page_loses_the_case(
    client: FlaskClient, examples: dict[str, Example]
) -> None:
    """What was collected would be gone after a page that forgets it, and the reader would not see when."""
    kinds = {
        kind: address for kind, address in kinds_of_page(examples).items() if not address.startswith("/case")
    }
    lost = {}
    for kind, address in kinds.items():
        if "case=" in address:
            continue
        response = _end(client, _with_case(address))
        if found := sorted(set(_losing(response.text))):
            lost[kind] = found[:5]
    assert not lost, "\n".join(f"{kind}: {found}" for kind, found in lost.items())


@pytest.mark.parametrize(
    "address",
    [
        "/go?q=J1.1&on=1/8/2024",
        "/go?q=seasonal+work",
        "/go?at=J1.1/history&on=1/8/2024",
        "/go?at=contents&on=2024-08-01",
        "/go?at=law:specimen-harbours-act-1999/s49&on=2024-08-01",
        "/go?q=J1.1&on=rubbish",
        "/search?q=on+1+August+2024+seasonal",
        "/search?q=J1.1",
        "/search?q=circular:2024-07",
        "/circular:2024-07",
        "/j1.1",
        "/J1.1/",
        "/J1.1/2024-08-15",
        "/J1.1/on/today",
        "/J1.1/on/15-8-2024",
        "/J1.1/on/32-8-2024",
        "/J1.1?on=2024-08-15",
        "/J1.1/compare?first=2019-01-01&second=2023-01-01",
        "/J1.1/compare?first=2019-01-01&second=x",
        "/J1.1/compare/2023-01-01/2019-01-01",
        "/J1.1/compare?v=J1.1@2018-03-12&v=x",
        "/changes?first=2024-01-01&until=2025-01-01",
        "/changes/2025-01-01/2024-01-01",
        "/contents?on=2024-08-01",
        "/J1.77",
        "/J1.1?known=2001-01-01",
        "/nowhere/at/all",
        "/law/no-such-act/s1",
        "/wanted?stale=x",
    ],
)
def test_no_redirect_and_no_answer_to_what_was_typed_loses_the_case(
    client: FlaskClient, address: str
) -> None:
    """Sloppy codes, days that are none and unknown addresses are what people type while they collect."""
    assert list(_losing(_end(client, _with_case(address)).text)) == []


@pytest.mark.parametrize(
    "text", ["", "“Applications of one group are taken up in the order in which they were made”"]
)
def test_a_checked_letter_keeps_the_case(client: FlaskClient, text: str) -> None:
    """The form is answered by a page of its own, whose links lead on."""
    given = {"on": "2025-08-01", "letter": (io.BytesIO(b""), ""), "text": text}
    response = client.post(_with_case("/citecheck"), data=given)
    assert response.status_code == (200 if text else 400)
    assert list(_losing(response.text)) == []


def test_the_form_of_the_owner_keeps_the_case_in_its_links(app: Flask) -> None:
    home = app.extensions["inforce"].settings.home.path
    client = create_app({"HOME": home, "TAKE_IN": True}).test_client()
    response = client.get(
        _with_case("/take-in"), base_url="http://127.0.0.1", headers={"Sec-Fetch-Site": "none"}
    )
    assert response.status_code == 200
    assert list(_losing(response.text)) == []
