"""Law, circulars, notices and defined terms on the site, in search and through the API."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from tests.site.conftest import See

ON = "2025-08-20"


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/law", "A provision is law"),
        ("/circulars", "A circular announces"),
        ("/notices", "binds nobody"),
        ("/law/specimen-harbours-act-1999/s49", "A provision is law"),
        ("/circulars/2024-07", "Issued on 30 October 2024"),
        ("/notices/visa-pak-12", "Of 4 December 2024"),
        (f"/terms?on={ON}", "Act of pilotage"),
        ("/terms", "RFI request for information"),
    ],
)
def test_each_kind_says_what_it_binds(see: See, address: str, says: str) -> None:
    """A notice would pass for law, or a circular for an instruction."""
    seen = see(address)
    assert seen.status == 200
    assert says in seen.words


@pytest.mark.parametrize("address", ["/law/nothing/s1", "/circulars/1999-99", "/notices/none", "/law/a:b/c"])
def test_what_no_page_shows_is_a_404_in_words(see: See, address: str) -> None:
    seen = see(address)
    assert seen.status == 404
    assert "not known here" in seen.words


def test_an_instruction_and_its_law_lead_to_each_other(see: See) -> None:
    hrefs = see(f"/Q1.10/on/{ON}").hrefs()
    assert any(href.startswith("/law/specimen-harbours-act-1999/s49") for href in hrefs)
    assert any(href.startswith("/notices/visa-pak-12") for href in hrefs)
    back = see(f"/law/specimen-harbours-act-1999/s49?on={ON}")
    assert any(href.startswith("/Q1.10") for href in back.hrefs())


def test_a_circular_names_what_it_changed_and_a_section_says_that_its_chapter_was_meant(see: See) -> None:
    assert "/Q1.1/on/2024-11-20" in see("/circulars/2024-07").hrefs()
    assert "part of Q2" in see(f"/Q2.5/on/{ON}").words
    assert "no page read confirms" in see(f"/Q2.5/on/{ON}").words


def test_a_circular_compares_the_texts_around_each_change_and_says_its_word(see: See) -> None:
    """Two versions that are held on the day before and the day can be compared; a chapter can't."""
    page = see("/circulars/2024-07")
    assert "/Q1.1/compare/2024-11-19/2024-11-20" in page.hrefs()
    assert not any(href.startswith("/Q2/compare") for href in page.hrefs())
    assert "amended" in page.words
    assert "the whole chapter" in page.words
    assert see("/Q1.1/compare/2024-11-19/2024-11-20").status == 200


def test_a_history_names_the_circular_behind_a_version(see: See) -> None:
    page = see("/Q1.1/history")
    assert "amended from 20 November 2024" in page.words
    assert "/circulars/2024-07" in page.hrefs()


@pytest.mark.parametrize("typed", ["circular:2024-07", "Circular 2024/07", "amendment circular no. 2024-7"])
def test_a_circular_may_be_named_wherever_a_code_may(client: FlaskClient, typed: str) -> None:
    assert client.get("/go", query_string={"q": typed}).headers["Location"] == "/circulars/2024-07"
    if "/" not in typed:
        answer = json.loads(client.get(f"/api/v1/show/{typed}").data)
        assert [(one["code"], one["happens"]) for one in answer["announces"]] == [
            ("Q1.1", "amended"),
            ("Q2", "amended"),
        ]


def test_all_works_are_listed_for_programs(client: FlaskClient) -> None:
    every = json.loads(client.get("/api/v1/beside").data)
    assert {work["kind"] for work in every["works"]} >= {"law", "circular", "notice"}
    one = json.loads(client.get("/api/v1/beside?kind=circular").data)
    assert [(work["code"], work["day"]) for work in one["works"]] == [("circular:2024-07", "2024-10-30")]
    assert client.get("/api/v1/beside?kind=poem").status_code == 400


def test_terms_lead_to_the_definition_of_the_day_and_one_switch_turns_them_off(see: See) -> None:
    page = see(f"/Q1.15/on/{ON}")
    links = [str(a["href"]) for a in page.soup.select("a.term")]
    assert f"/Q1.1/on/{ON}#Q1.1.1-a" in links
    assert page.soup.select(".terms-used details p")
    without = see(f"/Q1.15/on/{ON}?terms=no")
    assert not without.soup.select("a.term")


def test_search_labels_what_is_no_instruction(see: See, client: FlaskClient) -> None:
    found = see("/search?q=licence+harbour+company").soup.select_one(".found-beside")
    assert found is not None
    assert "None of them is an instruction" in found.get_text()
    answer = json.loads(client.get("/api/v1/search?q=licence+harbour+company").data)
    assert "law:specimen-harbours-act-1999/s49" in [work["code"] for work in answer["beside"]]
    assert all(":" not in hit["code"] for hit in answer["hits"])


def test_a_provision_may_be_named_wherever_a_code_may(client: FlaskClient) -> None:
    led = client.get("/go?q=section+49+of+the+Specimen+Harbours+Act+1999").headers["Location"]
    assert led == "/law/specimen-harbours-act-1999/s49"
    answer = json.loads(client.get("/api/v1/show/Specimen Harbours Act 1999 s 49").data)
    assert answer["code"] == "law:specimen-harbours-act-1999/s49"
    assert answer["answer"] == "in_force"
