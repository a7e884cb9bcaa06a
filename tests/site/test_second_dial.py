"""The second dial on the site: every page leaves out what was seen later, and every link keeps the day."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.site.conftest import See

EARLY = "known=2024-06-01"
"""Two pages of the specimen about K1.15 and two others were seen by then; most of it, and its contents, later."""
PAGES = (
    "/", "/contents", "/contents/on/2023-03-01", "/K1.15", "/K1.15/on/2023-03-01", "/K1.15/on/1999-01-01",
    "/K1.15/history", "/K1.15/compare/2020-01-01/2023-03-01", "/K1.15/version/K1.15@2022-04-01",
    "/changes/2019-01-01/2023-03-01", "/coming?on=2022-03-01", "/coverage", "/findings", "/about", "/glossary",
    "/wanted", "/how-to-search",
    "/case?on=2023-03-01&codes=K1.15",
)  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_every_link_keeps_the_day_of_knowledge(see: See, address: str) -> None:
    """A reader would be led from what could be known to what was learnt later, without a word."""
    seen = see(f"{address}{'&' if '?' in address else '?'}{EARLY}")
    assert seen.status == 200
    inside = [href for href in seen.hrefs() if href.startswith("/") and not href.startswith("/static/")]
    # a feed tells of each capture when it changed what, and the API's description of no answer at all
    inside = [href for href in inside if not href.endswith((".atom", "/openapi.json"))]
    assert len(inside) > 6
    back = [str(a["href"]) for a in seen.soup.select("details.known a")]
    for href in inside:
        assert (EARLY in href) != (href in back), href


@pytest.mark.parametrize("address", PAGES)
def test_every_page_names_the_newest_capture_known_then(see: See, address: str) -> None:
    """The foot would say that the page rests on captures that it leaves out."""
    seen = see(f"{address}{'&' if '?' in address else '?'}{EARLY}")
    assert "captured on 2 May 2024" in seen.soup.get_text()
    assert "11 August 2026" not in seen.soup.get_text()


@pytest.mark.parametrize(
    "address", ["/J1.1", "/J1.1/on/2023-03-01", "/J1.1/history", "/J1.1/compare/2020-01-01/2021-01-01"]
)
def test_a_code_not_known_then_leads_to_the_same_address_with_all_pages(see: See, address: str) -> None:
    """A reader would think that the code never was, and find no way on."""
    seen = see(f"{address}?{EARLY}")
    assert seen.status == 404
    assert "by 1 June 2024" in seen.words
    assert address in seen.hrefs()
    assert see(address).status == 200


def test_what_is_typed_next_is_asked_as_of_the_same_day_of_knowledge(see: See) -> None:
    """The box on the page of an unknown code would silently turn the dial back."""
    seen = see(f"/J1.1?{EARLY}")
    fields = {str(i["name"]): str(i["value"]) for i in seen.soup.select("#jump input[type=hidden]")}
    assert fields["known"] == "2024-06-01"


def test_forms_keep_the_day_of_knowledge(see: See) -> None:
    """Other days of the changes, or another comparison, would be those known now."""
    for address in (
        "/changes/2019-01-01/2023-03-01",
        "/K1.15/history",
        "/K1.15/compare/2020-01-01/2023-03-01",
        "/case",
    ):
        seen = see(f"{address}?{EARLY}")
        for form in seen.soup.select("main form"):
            known = [str(i["value"]) for i in form.select("input[name=known]")]
            assert known == ["2024-06-01"], address


@pytest.mark.parametrize("form", ["go", "search"])
def test_a_code_that_is_typed_is_gone_to_although_it_was_not_known_then(see: See, form: str) -> None:
    """A search would say that no instruction has the code."""
    seen = see(f"/{form}?q=J1.1&{EARLY}")
    assert seen.status == 404
    assert "by 1 June 2024" in seen.words


def test_a_search_finds_what_was_known_then_and_nothing_seen_later(see: See, client: FlaskClient) -> None:
    """Hits in pages seen later would pass for what could be known."""
    seen = see(f"/search?q=hours&on=2023-03-01&{EARLY}")
    hits = [str(a["href"]) for a in seen.soup.select(".hits h2 a")]
    assert 0 < len(hits) < len(see("/search?q=hours&on=2023-03-01").soup.select(".hits h2 a"))
    assert all(EARLY in href and "/on/2023-03-01" in href for href in hits)
    assert client.get(f"/suggest?q=bee&{EARLY}").json == ["bee", [], []]
    assert client.get("/suggest?q=bee").json[1]  # type: ignore[index]
