"""The API: the same answers as the command line's, paged, open to all, and plain about what it can't answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from manual.model import Code, When
from manual.queries import KnowledgeBase
from tests.cli.conftest import run_in
from tests.site.conftest import TODAY, See
from webapp import create_app


def asked(client: FlaskClient, address: str, status: int = 200) -> Any:
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == status, (address, response.get_data(as_text=True))
    expected = "application/json" if status == 200 else "application/problem+json"
    assert response.content_type == expected
    return json.loads(response.data)


# ---------------------------------------------------------------- the same answers


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (["show", "J1.1", "--on", "2019-08-15"], "show/J1.1?on=2019-08-15"),
        (["show", "J1.1(b)(ii)", "--on", "2019-08-15"], "show/j1-1(b)(ii)?on=2019-08-15"),
        (["show", "K1.15", "--on", "2026-11-30", "--known", "2026-08-11"], "show/K1.15?on=2026-11-30&known=2026-08-11"),
        (["why", "J1.1", "--on", "2019-08-15"], "why/J1.1?on=2019-08-15"),
        (["history", "J1.5"], "history/J1.5"),
        (
            ["show", "law:specimen-harbours-act-1999/s49", "--on", "2026-09-01"],
            "show/Specimen Harbours Act 1999 s 49",
        ),
        (["history", "section 49 of the Specimen Harbours Act 1999"], "history/law:specimen-harbours-act-1999/s49"),
        (["compare", "J1.1", "2019-01-01", "2023-01-01"], "compare/J1.1/2019-01-01/2023-01-01"),
        (["contents", "--on", "2019-08-15"], "contents?on=2019-08-15"),
        (["changes", "2020-01-01", "2021-01-01"], "changes/2020-01-01/2021-01-01?limit=1000"),
        (["coming", "--on", "2026-09-01"], "coming?on=2026-09-01"),
        (["coverage"], "coverage"),
        (["wanted"], "wanted?limit=1000"),
        (["wanted", "--part", "j1", "--known", "2026-08-11"], "wanted?part=j1&known=2026-08-11&limit=1000"),
        (["wanted", "--stale", "5"], "wanted?stale=5&limit=1000"),
        (["beside", "--kind", "notice"], "beside?kind=notice"),
        (["show", "circular:2024-07", "--on", "2025-08-20"], "show/circular:2024-07?on=2025-08-20"),
        (["terms", "--on", "2025-08-20"], "terms?on=2025-08-20"),
        (["terms", "berth", "--on", "2025-08-20"], "terms?term=berth&on=2025-08-20"),
        (["check", "--severity", "warning"], "check?severity=warning&limit=1000"),
        (["search", "applications", "--on", "2019-08-15"], "search?q=applications&on=2019-08-15"),
        (["search", "applications", "--any-time"], "search?q=applications&on=any"),
    ],
)  # fmt: skip
def test_the_api_answers_as_the_command_line_does(
    client: FlaskClient, specimen_home: Path, monkeypatch: pytest.MonkeyPatch, typed: list[str], address: str
) -> None:
    """Two programs that ask the same would be told different things."""
    monkeypatch.setattr("manual.cli.bringing.today", lambda: TODAY)  # it can't be asked for another day
    ran = run_in(specimen_home)(*typed, "--json")
    assert ran.exit_code == 0, ran.err
    answer = asked(client, address)
    answer.pop("paging", None)
    assert answer == ran.json


def test_every_answer_says_what_it_rests_on(client: FlaskClient, specimen_home: Path) -> None:
    """Two answers that differ could not be told from two states of the copy."""
    with KnowledgeBase(specimen_home) as kb:
        expected = {
            "knowledge_base": kb.digest,
            "newest_capture": "2026-08-11",
            "specimen": True,
            "outdated": False,
        }
    for address in (
        "show/J1.1", "why/J1.1", "history/J1.1", "compare/J1.1/2019-01-01/2023-01-01", "contents", "coming", "coverage",
        "changes/2020-01-01/2021-01-01", "search?q=applications", "check", "wanted",
    ):  # fmt: skip
        assert asked(client, address)["rests_on"] == expected, address


def test_with_the_second_dial_the_newest_capture_is_the_newest_by_then(client: FlaskClient) -> None:
    """An answer would claim to rest on pages that it leaves out."""
    assert asked(client, "coverage?known=2000-01-01")["rests_on"]["newest_capture"] is None


def test_hits_of_any_time_say_whether_only_older_versions_match(
    client: FlaskClient, specimen_home: Path
) -> None:
    """Words of a text that was replaced years ago would pass for words in force."""
    hits = [
        hit
        for words in ("applications", "turns", "queues")
        for hit in asked(client, f"search?q={words}&on=any&limit=1000")["hits"]
    ]
    assert {hit["versions"]["older_only"] for hit in hits} == {True, False}
    with KnowledgeBase(specimen_home) as kb:
        for hit in hits:
            days = [TODAY, *(change.day for change in kb.coming(When(TODAY)) if change.code == hit["code"])]
            answers = [kb.in_force_on(Code(hit["code"]), When(day)) for day in days]
            stands = {
                version.id
                for answer in answers
                if answer.answer in ("in_force", "disputed", "undated")
                for version in (answer.candidates or (answer.version,))
                if version
            }
            assert hit["versions"]["older_only"] == stands.isdisjoint(hit["versions"]["ids"]), hit["code"]
    assert all(hit["versions"] is None for hit in asked(client, "search?q=applications")["hits"])


# ---------------------------------------------------------------- paging


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("changes/2010-01-01/2027-01-01", "changes"),
        ("check", "findings"),
        ("search?q=visa&on=any", "hits"),
        ("wanted", "pages"),
    ],
)
def test_pages_joined_are_the_whole_list_in_its_order(client: FlaskClient, address: str, name: str) -> None:
    """A program that goes from page to page would miss some results or count them twice."""
    mark = "&" if "?" in address else "?"
    whole = asked(client, f"{address}{mark}limit=1000")
    assert whole["paging"] == {"offset": 0, "limit": 1000, "total": len(whole[name]), "next": None}
    joined: list[Any] = []
    there: str | None = f"/api/v1/{address}{mark}limit=7"
    while there:
        response = client.get(there)
        body = json.loads(response.data)
        joined += body[name]
        there = body["paging"]["next"]
        assert (
            (f'<{there}>; rel="next"' == response.headers.get("Link"))
            if there
            else "Link" not in response.headers
        )
        if "totals" in body:
            assert body["totals"] == whole["totals"]
    assert joined == whole[name]
    assert len(joined) > 7


# ---------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("show/J1.1?on=2024-02-30", "no day"),
        ("show/J1.1?on=0", "no day"),
        ("show/J1.1?on=1743465600", "no day"),
        ("show/J1.1?on=15/8/2024", "no day"),
        ("show/J1.1?on=2024-08-15%0A", "no day"),
        ("show/J1.1?on=%D9%A2024-08-15", "no day"),
        ("show/J1.1?on=", "no day"),
        ("show/J1.1?known=yesterday", "no day"),
        ("show/J1.1?day=2024-08-15", "no parameter 'day'"),
        ("show/J1.1?on=2024-08-15&on=2024-08-16", "twice"),
        ("show/!!!", "is not a code"),
        ("show/..%2F..%2Fetc%2Fpasswd", "is not a code"),
        ("history/J1.1?on=2024-08-15", "no parameter 'on'"),
        ("compare/J1.1/2019-01-01/tomorrow", "no day"),
        ("changes/2020-01-01/0", "no day"),
        ("changes/2020-01-01/2021-01-01?limit=0", "'limit'"),
        ("changes/2020-01-01/2021-01-01?limit=1001", "'limit'"),
        ("changes/2020-01-01/2021-01-01?offset=-1", "'offset'"),
        ("check?severity=fatal", "'severity'"),
        ("wanted?part=!!!", "is not a code"),
        ("wanted?stale=-1", "'stale'"),
        ("search", "'q' is missing"),
        ("search?q=", "0 characters"),
        ("search?q=" + "a" * 2001, "2001 characters"),
        ("search?q=" + "a" * 50_000, "too long"),
        ("search?q=x&colour=red", "no parameter 'colour'"),
        ("search?q=x&sort=size", "'sort'"),
        ("search?q=x&year=20", "'year'"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(
    client: FlaskClient, address: str, reason: str
) -> None:
    """A program would be answered another question than the one it meant to ask."""
    body = asked(client, address, 400)
    assert reason in body["detail"]
    assert {"type", "title", "status", "detail"} <= body.keys()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"{", "no letter"),
        (b"null", "no letter"),
        (b'{"text": "J1.1", "days": []}', "no list of days"),
        (b'{"text": "J1.1", "days": [{"on": "2024-02-30"}]}', "no day"),
        (b'{"text": "J1.1", "days": [{"on": "2024-02-29"}], "known": null}', "'known' is no day"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_letter_is_refused_with_its_reason(client: FlaskClient, body: bytes, reason: str) -> None:
    """A program would be told of a fault that is not here, and send it again."""
    sent = client.post("/api/v1/citecheck", data=body, content_type="application/json")
    assert (sent.status_code, sent.content_type) == (400, "application/problem+json")
    assert reason in json.loads(sent.data)["detail"]


def test_words_in_any_writing_may_be_as_long_as_is_described(client: FlaskClient) -> None:
    """A letter of another alphabet takes twelve bytes of an address, and a search as described was refused."""
    assert asked(client, "search?q=" + quote("\N{CUNEIFORM SIGN A}" * 2000))["total"] == 0


@pytest.mark.parametrize(
    "question", ["show/J1.11", "why/J1.11", "history/J1.11", "compare/J1.11/2019-01-01/2023-01-01"]
)
def test_an_unknown_code_is_a_404_that_offers_the_nearest(client: FlaskClient, question: str) -> None:
    """A near match answered would be another instruction; none offered, and a slip leads nowhere."""
    body = asked(client, question, 404)
    assert body["answer"] == "unknown_code"
    assert "J1.1" in body["nearest"]


@pytest.mark.parametrize(
    "question", ["wanted?part=ZZ", "wanted?part=ZZ&known=2026-08-11", "search?q=visa&part=zz1"]
)
def test_an_unknown_part_is_a_404_that_offers_the_nearest(client: FlaskClient, question: str) -> None:
    """An empty list would say that nothing is missing there, or that nothing there holds the words."""
    body = asked(client, question, 404)
    assert body["answer"] == "unknown_code"
    assert "Z" in body["nearest"]
    # a heading that has no page itself, yet codes below it, is a part
    assert asked(client, "wanted?part=Appendix")["part"] == "Appendix"


def test_what_was_not_known_by_a_day_is_said_to_be_so(client: FlaskClient) -> None:
    """A program would take a code for one that never was."""
    body = asked(client, "show/J1.1?known=2000-01-01", 404)
    assert body["detail"] == "The code J1.1 is not known here. Pages seen after 2000-01-01 are left out."


def test_an_address_that_no_page_has_is_a_404(client: FlaskClient) -> None:
    """A page's number that is not held here would be answered with something else."""
    assert "not known here" in asked(client, "show/77195", 404)["detail"]


@pytest.mark.parametrize(
    "path",
    ["/api", "/api/", "/api/v1", "/api/v1/", "/api/v2/show/J1.1", "/api/v1/show/", "/api/v1/shew/J1.1"],
)
def test_elsewhere_below_the_api_the_description_is_named(client: FlaskClient, path: str) -> None:
    """Whoever mistypes an address would meet a page of HTML."""
    response = client.get(path)
    assert response.status_code == 404
    assert response.content_type == "application/problem+json"
    assert "/api/v1/openapi.json" in json.loads(response.data)["detail"]


def test_days_in_the_other_order_lead_to_the_period_between_them(client: FlaskClient) -> None:
    """An empty list would pass for the news that nothing changed."""
    response = client.get("/api/v1/changes/2021-01-01/2020-01-01?limit=2")
    assert response.status_code == 303
    assert response.headers["Location"] == "/api/v1/changes/2020-01-01/2021-01-01?limit=2"


def test_without_a_home_it_says_so_and_names_no_path(tmp_path: Path) -> None:
    """The path of a machine would be told to strangers, or a trace shown."""
    client = create_app({"HOME": tmp_path / "secret-home"}).test_client()
    for address in ("show/J1.1", "search?q=x", "coverage"):
        body = asked(client, address, 503)
        assert "secret-home" not in json.dumps(body)
    assert client.get("/api/v1/openapi.json").status_code == 200


def test_without_an_index_only_the_search_is_refused(specimen_home: Path, tmp_path: Path) -> None:
    """An answer of yesterday's index would be given for today's pages."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "kb.sqlite").write_bytes((specimen_home / "kb.sqlite").read_bytes())
    client = create_app({"HOME": home}).test_client()
    assert asked(client, "search?q=x", 503)["title"] == "Search is not ready"
    assert asked(client, "show/J1.1")["answer"] == "in_force"


def test_a_search_under_a_day_of_knowledge_finds_what_was_known_then(client: FlaskClient) -> None:
    """A program that asks what could be known would be told of pages seen later."""
    now = asked(client, "search?q=hours&on=2023-03-01")
    then = asked(client, "search?q=hours&on=2023-03-01&known=2024-06-01")
    assert (now["known"], then["known"]) == (None, "2024-06-01")
    assert {hit["code"] for hit in then["hits"]} < {hit["code"] for hit in now["hits"]}
    assert then["rests_on"]["newest_capture"] < now["rests_on"]["newest_capture"]


# ---------------------------------------------------------------- for programs in browsers and caches


def test_an_answer_is_asked_for_again_only_when_it_may_have_changed(client: FlaskClient) -> None:
    """Every poll would carry the whole answer, or a changed one would never arrive."""
    first = client.get("/api/v1/changes/2020-01-01/2021-01-01?limit=2")
    tag = first.headers["ETag"]
    again = client.get("/api/v1/changes/2020-01-01/2021-01-01?limit=2", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.data == b""
    other = client.get(
        "/api/v1/changes/2020-01-01/2021-01-01?limit=2&offset=2", headers={"If-None-Match": tag}
    )
    assert other.status_code == 200
    assert other.headers["ETag"] != tag
    bad = client.get("/api/v1/changes/2020-01-01/2021-01-01?limit=2&x=1", headers={"If-None-Match": tag})
    assert bad.status_code == 400


@pytest.mark.parametrize("address", ["/api/v1/show/J1.1", "/J1.1", "/changes.atom", "/coming"])
def test_a_tag_that_a_proxy_weakened_is_still_the_tag(client: FlaskClient, address: str) -> None:
    """Behind a proxy that compresses, every poll would carry the whole answer."""
    tag = client.get(address).headers["ETag"]
    for sent in (f"W/{tag}", f'"another", W/{tag}', tag, "*"):
        assert client.get(address, headers={"If-None-Match": sent}).status_code == 304, sent
    for sent in ('W/"another"', tag.strip('"')[:-1], ""):
        assert client.get(address, headers={"If-None-Match": sent}).status_code == 200, sent


def test_an_unchanged_answer_may_be_read_by_pages_of_other_sites_too(client: FlaskClient) -> None:
    """The browser would keep from a page what has not changed, and show it what has."""
    tag = client.get("/api/v1/show/J1.1").headers["ETag"]
    for sent in (tag, "*"):
        again = client.get("/api/v1/show/J1.1", headers={"If-None-Match": sent})
        assert (again.status_code, again.headers["Access-Control-Allow-Origin"]) == (304, "*")
        assert again.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_pages_of_other_sites_may_read_it_and_only_read(client: FlaskClient) -> None:
    """A practice system in a browser could not ask; or a page could do more than ask."""
    for address in ("/api/v1/show/J1.1", "/api/v1/show/J1.11", "/api/v1/openapi.json"):
        assert client.get(address).headers["Access-Control-Allow-Origin"] == "*"
    before = client.options("/api/v1/show/J1.1", headers={"Origin": "https://x.example"})
    assert before.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Access-Control-Allow-Credentials" not in before.headers
    assert "Access-Control-Allow-Origin" not in client.get("/J1.1").headers
    posted = client.post("/api/v1/show/J1.1")
    assert posted.status_code == 405
    assert posted.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_under_a_prefix_its_addresses_carry_the_prefix(specimen_home: Path) -> None:
    """The description would send programs to another manual."""
    app = create_app({"HOME": specimen_home, "ALSO": {"/specimen": specimen_home}, "TODAY": lambda: TODAY})
    described = json.loads(app.test_client().get("/specimen/api/v1/openapi.json").data)
    assert described["servers"] == [{"url": "/specimen/api/v1"}]
    paged = json.loads(app.test_client().get("/specimen/api/v1/check?limit=1").data)
    assert paged["paging"]["next"] == "/specimen/api/v1/check?limit=1&offset=1"


def test_the_page_about_the_site_names_the_doors_for_programs(see: See, client: FlaskClient) -> None:
    """Nobody would find them."""
    about = see("/about")
    assert "/api/v1/openapi.json" in about.words
    assert "/changes.atom" in about.hrefs()
    for address in ("/api/v1/openapi.json", "/changes.atom"):
        assert client.get(address).status_code == 200
