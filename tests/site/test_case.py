"""The case: several codes on several named days, made up from page to page."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from manual.model import Cell
from manual.pages.render import environment
from tests.site.conftest import See

DAYS = "eoi=1/6/2018&invitation=1/3/2021&on=1/1/2022&decision=1/8/2025"
CASE = f"/case?codes=J1.1,J2.25,K1.15&{DAYS}"


def test_each_code_has_its_version_on_each_day(see: See) -> None:
    """A case would be argued on the version of another day."""
    table = see(CASE).soup.select_one(".case-days")
    assert table is not None
    rows = [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in table.select("tr")]
    assert rows[0][1:] == [
        "expression of interest 1 June 2018",
        "invitation 1 March 2021",
        "application made 1 January 2022",
        "decision 1 August 2025",
    ]
    assert rows[1][1:] == [
        "12 March 2018 to 4 May 2020",
        "other: disputed",
        "disputed",
        "other: from 1 July 2025",
    ]
    assert [cell.startswith("other:") for cell in rows[2][1:]] == [False, False, True, True]


def test_versions_that_differ_lead_to_their_comparison_if_both_texts_are_held(see: See) -> None:
    """A comparison would be offered that can't be made, or the change would have to be found by reading twice."""
    seen = see(CASE)
    assert "/K1.15/compare/2018-06-01/2021-03-01" in " ".join(seen.hrefs())
    assert re.search(r"J1\.1 ?: between expression of interest and invitation \(no comparison", seen.words)
    assert not any("/J1.1/compare" in href for href in seen.hrefs())


def test_every_text_stands_once_with_the_days_it_holds_for(see: See) -> None:
    """The text of one day would be read as that of another."""
    items = see(CASE).soup.select(".case-item")
    heads = [[head.get_text(" ", strip=True) for head in item.select(".case-body > h3")] for item in items]
    assert heads[1] == [
        "expression of interest (1 June 2018), invitation (1 March 2021)",
        "application made (1 January 2022)",
        "decision (1 August 2025)",
    ]


def test_what_is_open_is_listed_first(see: See) -> None:
    """A disputed answer, or one without a text, would lie hidden among forty pages."""
    first = see(CASE).soup.select_one(".first-look")
    assert first is not None
    assert "J1.1 on invitation (1 March 2021), application made (1 January 2022): Disputed" in first.get_text(
        " "
    ).replace("\n", "").replace("  ", " ")
    fine = see("/case?codes=K1.15&on=1/6/2018").soup.select_one(".first-look")
    assert fine is not None
    assert "Every instruction was in force" in fine.get_text()


def test_text_that_is_not_held_is_listed_first(see: See) -> None:
    """An adviser would find out in the hearing."""
    first = see("/case?codes=J1.1&on=2011-01-01").soup.select_one(".first-look")
    assert first is not None
    assert "not held" in first.get_text()


def test_cut_offs_between_days_of_the_case_are_named(see: See) -> None:
    """A transitional clause that decides the case would be overlooked."""
    clauses = [" ".join(one.get_text(" ").split()) for one in see(CASE).soup.select(".clauses li")]
    assert any("J2.25.1(a)" in one and "between invitation and application made" in one for one in clauses)
    assert any("J2.25.5(a)" in one and "between application made and decision" in one for one in clauses)
    alone = [one.get_text(" ") for one in see("/case?codes=J2.25&on=1/1/2022").soup.select(".clauses li")]
    assert alone
    assert not any("between invitation" in one for one in alone)


def test_reference_has_no_way_to_leave_the_window(see: See) -> None:
    """The name of an applicant would stand in the address, the cache and the logs of others."""
    box = see(CASE).soup.select_one("#reference")
    assert box is not None
    assert not box.has_attr("name")
    assert not box.has_attr("form")
    assert box.find_parent("form") is None
    assert box["autocomplete"] == "off"


def test_unknown_parameters_reach_neither_page_nor_cache(client: FlaskClient) -> None:
    """A name put into an address by hand would be kept with the page."""
    plain = client.get("/case?codes=J1.1&on=2018-06-01")
    other = client.get("/case?codes=J1.1&on=2018-06-01&reference=Somebody")
    assert plain.headers["ETag"] == other.headers["ETag"]
    assert b"Somebody" not in other.data


def test_bad_day_is_told_beside_its_field_and_the_rest_is_answered(see: See) -> None:
    """One slip would lose what was typed."""
    seen = see("/case?codes=K1.15&eoi=31/2/2018&on=1/6/2018&days=nonsense")
    box = seen.soup.select_one("#day-eoi")
    assert box is not None
    assert (box["value"], box["aria-invalid"]) == ("31/2/2018", "true")
    said = seen.soup.select_one(f"#{box['aria-describedby']}")
    assert said is not None
    assert "is not a day" in said.get_text()
    assert seen.soup.select(".case-item")


def test_case_of_several_days_does_not_say_that_it_answers_for_one(see: See) -> None:
    """The head would contradict the table below it."""
    assert "This page answers for" not in see(CASE).soup.select_one(".day-line").get_text()  # type: ignore[union-attr]
    assert (
        "This page answers for"
        in see("/case?codes=J1.1&on=2018-06-01").soup.select_one(".day-line").get_text()
    )  # type: ignore[union-attr]


def _add(see: See, address: str) -> str:
    found = next(href for href in see(address).hrefs() if href.startswith("/case?codes="))
    return str(found)


def test_codes_are_added_from_page_to_page(see: See) -> None:
    """Making up a case would mean typing codes that one has just read."""
    first = _add(see, "/K1.15/on/2018-06-01")
    assert first == "/case?codes=K1.15&on=2018-06-01"
    carried = next(href for href in see(first).hrefs() if href.startswith("/contents"))
    assert "case=codes%3DK1.15%26on%3D2018-06-01" in carried
    second = next(
        href for href in see("/J2.25?" + carried.partition("?")[2]).hrefs() if "K1.15%2CJ2.25" in href
    )
    assert second == "/case?codes=K1.15%2CJ2.25&on=2018-06-01"
    seen = see(second)
    assert [item["aria-labelledby"] for item in seen.soup.select(".case-item")] == [
        "case-K1.15",
        "case-J2.25",
    ]
    again = see("/J2.25?case=codes%3DJ2.25")
    assert "In the case" in again.words


def test_hits_and_rows_of_the_history_add_too(see: See) -> None:
    """A version found in a list would have to be opened first."""
    rows = [a["href"] for a in see("/K1.15/history").soup.select(".to-case a")]
    assert "/case?codes=K1.15&on=2014-04-01" in rows
    hits = [str(a["href"]) for a in see("/search?q=bees&on=2018-06-01").soup.select(".to-case a")]
    assert hits
    assert all(re.fullmatch(r"/case\?codes=[^&]+&on=2018-06-01", href) for href in hits)


def test_citation_leaves_out_the_case(see: See) -> None:
    """Whoever follows a citation would be handed somebody's case."""
    seen = see("/K1.15/on/2018-06-01?case=codes%3DJ1.1")
    cited = [one.get_text() for one in seen.soup.select(".citebox, .cite, .imprint")]
    assert any("/K1.15/on/2018-06-01" in one for one in cited)
    assert not any("case=" in one for one in cited)


def test_box_in_the_head_keeps_the_case(client: FlaskClient, see: See) -> None:
    """The case would be lost with the first code typed."""
    box = see("/case?codes=K1.15&on=2018-06-01").soup.select_one("#jump input[name=case]")
    assert box is not None
    assert box["value"] == "codes=K1.15&on=2018-06-01"
    to = client.get("/go?q=J2.25&case=codes%3DK1.15&at=case").headers["Location"]
    assert to == "/J2.25?case=codes%3DK1.15"
    other_day = client.get("/go?q=&at=case&on=2020-01-01&case=codes%3DK1.15%26on%3D2018-06-01").headers[
        "Location"
    ]
    assert other_day == "/case?codes=K1.15&on=2020-01-01"


def test_heading_rows_of_a_table_are_repeated_on_paper() -> None:
    """The second sheet of a long table would be figures without headings."""
    head = ((Cell("Port", rowspan=2, header=True), Cell("Fee", colspan=2, header=True)),)
    head += ((Cell("day", header=True), Cell("night", header=True)),)
    table = environment().get_template("_text.html").module.table  # type: ignore[attr-defined]
    drawn = BeautifulSoup(table((*head, (Cell("North"), Cell("1"), Cell("2"))), "Fees"), "html5lib")
    assert [len(drawn.select(f"{part} > tr")) for part in ("thead", "tbody")] == [2, 1]
    plain = BeautifulSoup(table(((Cell("North"), Cell("1")),), "Fees"), "html5lib")
    assert not plain.select("thead")


def test_a_case_without_anything_open_asks_nobody_to_look(see: See) -> None:
    """ "Look at these first" stood above nothing to look at."""
    for address, days in (
        ("/case?codes=K1.15&on=2025-08-01", "the day"),
        ("/case?codes=K1.15&on=2025-08-01&decision=2025-09-01", "every day of the case"),
    ):
        words = see(address).words
        assert f"Nothing is open Every instruction was in force on {days}, and the texts are held." in words
        assert "Look at these first" not in words
    assert "Look at these first" in see("/case?codes=J9.9,J1.1&on=2020-06-01").words
