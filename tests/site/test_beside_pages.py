"""Law, circulars, notices and defined terms on the site, in search and through the API."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from manual.cli import cli
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


def test_search_narrows_what_stands_beside_the_manual_by_kind(see: See) -> None:
    """Of more than ten works the others could not be reached."""
    both = see("/search?q=pilot").soup.select_one(".found-beside")
    assert both is not None
    links = {link.get_text(): str(link["href"]) for link in both.select("p a")}
    assert set(links) == {"1 amendment circular", "1 provision of law"}
    one = see(links["1 provision of law"]).soup.select_one(".found-beside")
    assert one is not None
    assert [tag.get_text() for tag in one.select("li .tag")] == ["provision of law"]
    assert [link.get_text() for link in one.select("p a")] == ["1 amendment circular", "Show all kinds"]
    assert len(see("/search?q=pilot&beside=poem").soup.select(".found-beside li")) == 2


@pytest.mark.parametrize("typed", ["Visa Pak 12", "visa pak no. 12", "notice:visa-pak-12"])
def test_a_numbered_notice_may_be_named_as_people_call_it(client: FlaskClient, typed: str) -> None:
    assert client.get("/go", query_string={"q": typed}).headers["Location"] == "/notices/visa-pak-12"


def test_a_provision_may_be_named_wherever_a_code_may(client: FlaskClient) -> None:
    led = client.get("/go?q=section+49+of+the+Specimen+Harbours+Act+1999").headers["Location"]
    assert led == "/law/specimen-harbours-act-1999/s49"
    answer = json.loads(client.get("/api/v1/show/Specimen Harbours Act 1999 s 49").data)
    assert answer["code"] == "law:specimen-harbours-act-1999/s49"
    assert answer["answer"] == "in_force"


LAW = "law:specimen-harbours-act-1999/s49"


def test_a_text_of_law_that_is_not_of_the_day_says_so_and_so_does_the_title(see: See) -> None:
    """The newest text stood under "which text stood is not known", as if it were the answer."""
    page = see("/law/specimen-harbours-act-1999/s49?on=1990-01-01")
    assert (
        "The text below is not known to be that of 1 January 1990: it is that of 2 December 2015."
        in page.words
    )
    assert page.soup.title is not None
    assert "before the record on 1 January 1990" in page.soup.title.get_text()
    now = see("/law/specimen-harbours-act-1999/s49")
    assert "not known to be" not in now.words
    assert "As last seen on 11 August 2026" in now.words


def test_what_only_later_pages_show_is_not_said_to_be_in_no_page(see: See) -> None:
    page = see("/law/specimen-harbours-act-1999/s49?known=2020-01-01")
    assert page.status == 404
    assert "No page seen by 1 January 2020 shows it; one seen later does." in page.words
    assert "in no page that was read" in see("/law/specimen-harbours-act-1999/s50?known=2020-01-01").words


def test_the_second_dial_is_said_on_pages_beside_the_manual(see: See) -> None:
    for address in ("/terms", "/law", "/circulars", "/notices", "/circulars/2024-07"):
        said = see(f"{address}?known=2026-08-20").soup.select_one("header .day")
        assert said is not None
        assert "As could be known on 20 August 2026" in said.get_text()
        assert "As could be known" not in see(address).banner


@pytest.mark.parametrize(
    ("key", "page"),
    [
        (LAW, "/law/specimen-harbours-act-1999/s49"),
        ("circular:2024-07", "/circulars/2024-07"),
        ("notice:visa-pak-12", "/notices/visa-pak-12"),
    ],
)
def test_the_key_of_a_work_leads_to_its_page(client: FlaskClient, key: str, page: str) -> None:
    assert client.get(f"/{key}?on={ON}").headers["Location"] == f"{page}?on={ON}"
    assert client.get(f"/search?q={key}&on={ON}").headers["Location"] == f"{page}?on={ON}"


def test_law_is_cited_by_its_name_and_as_no_instruction(client: FlaskClient) -> None:
    """It was cited by the key of this copy, and "before the record of this instruction"."""
    named = "Specimen Harbours Act 1999 s 49"
    assert (
        json.loads(client.get(f"/api/v1/show/{LAW}?on={ON}").data)["citation"]
        == f"{named}, as in force on 20 August 2025"
    )
    before = json.loads(client.get(f"/api/v1/show/{LAW}?on=1990-01-01").data)["citation"]
    assert before == f"{named} on 1 January 1990: before the record of this provision"


def test_a_case_is_made_of_instructions_alone(see: See) -> None:
    page = see(f"/case?codes={LAW},Q1.1,circular:2024-07&on={ON}")
    assert "Specimen Harbours Act 1999 s 49 is law and not an instruction" in page.words
    assert [item["id"] for item in page.soup.select("[id^=case-]") if ":" in str(item["id"])] == []
    assert page.soup.select("#case-Q1\\.1")


def test_law_is_no_page_of_the_manual_to_bring(see: See, client: FlaskClient) -> None:
    """Each provision cited and not held was a "chapter" of its own, with a link that was refused."""
    answer = json.loads(client.get("/api/v1/wanted?limit=1000").data)
    assert [one for one in (*answer["pages"], *answer["chapters"]) if ":" in one["chapter"]] == []
    assert [href for href in see("/wanted").hrefs() if "law%3A" in href] == []


def test_every_page_leads_to_what_has_no_place_in_the_head(see: See) -> None:
    """A reader could reach law, circulars, notices and terms only by typing their addresses."""
    menu = see(f"/Q1.10/on/{ON}").soup.select("footer nav[aria-label=Menu] a")
    led = {str(a["href"]).partition("?")[0]: a for a in menu}
    wanted = ["/coming", "/law", "/circulars", "/notices", "/terms", "/how-to-search", "/wanted", "/findings"]
    assert [address for address in wanted if address not in led] == []
    assert all("on=2025-08-20" in str(led[address]["href"]) for address in wanted)
    assert [address for address in wanted if see(address).status != 200] == []


def test_an_unknown_part_of_the_pages_to_bring_is_said(see: See) -> None:
    """An empty list would say that every page of that part is held."""
    assert "No page that was read gives QX, or a code below it" in see("/wanted?part=QX").words
    assert "No page that was read gives" not in see("/wanted?part=Q").words


def test_a_narrowed_search_that_finds_nothing_is_one_sentence(see: See) -> None:
    """The sentence had two commas in a row."""
    words = see("/search?q=zeppelin&part=QX").words
    assert "as narrowed below, holds these words" in words
    assert ",," not in words


def test_a_notice_says_its_kind_and_what_it_names(see: See, client: FlaskClient) -> None:
    """A Visa Pak, a memo and a newspaper's report have not one standing."""
    page = see(f"/notices/visa-pak-12?on={ON}")
    assert "Visa Pak" in page.words
    named = page.soup.find("h2", string="What it names")
    assert named is not None
    links = [str(link["href"]) for link in named.find_next("ul").select("a")]  # type: ignore[union-attr]
    assert links == [f"/Q1.1/on/{ON}", f"/Q1.1/on/{ON}#Q1.1-b", f"/Q1.10/on/{ON}"]
    answer = json.loads(client.get(f"/api/v1/show/notice:visa-pak-12?on={ON}").data)
    assert (answer["notice_kind"], answer["mentions"]) == ("Visa Pak", ["Q1.1", "Q1.1(b)", "Q1.10"])


def test_the_command_line_shows_what_stands_beside_an_instruction(specimen_home: Path) -> None:
    shown = CliRunner().invoke(cli, ["--home", str(specimen_home), "show", "Q1.1", "--on", ON]).stdout
    assert "  - Circular 2024/07: amended from 20 November 2024" in shown
    assert "  - Visa Pak 12 - 4 December 2024 (notice:visa-pak-12)" in shown
    notice = CliRunner().invoke(cli, ["--home", str(specimen_home), "show", "Visa Pak 12"]).stdout
    assert "Visa Pak. A notice advises or reports. It binds nobody." in notice
    assert "What it names: Q1.1, Q1.1(b), Q1.10" in notice


def test_a_provision_that_is_not_held_lists_who_cites_it(see: See, specimen_home: Path) -> None:
    """Whoever asks which instructions rest on a section need not hold its text."""
    page = see(f"/law/immigration-act-2009/s26a?on={ON}")
    assert page.status == 200
    assert "No page of it was read" in page.words
    assert "Its text is not held" in page.words
    assert [link for link in page.hrefs() if link.startswith(f"/J1.1/on/{ON}")]
    assert "https://www.legislation.govt.nz/act/public/2009/51/en/latest/" in page.hrefs()
    assert see("/law/immigration-act-2009/s26a?on=1990-01-01").status == 404
    command = CliRunner().invoke(
        cli, ["--home", str(specimen_home), "show", "Immigration Act 2009 s 26A", "--on", ON]
    )
    assert "J1.1 paragraph 3" in command.stdout
    assert "The latest version of the law: https://www.legislation.govt.nz/" in command.stdout
