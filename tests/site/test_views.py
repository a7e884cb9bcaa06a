"""Every address of the site, and where forms and sloppy addresses lead."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from manual.queries import KnowledgeBase
from tests.site.conftest import Example, See


def where(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code in (301, 303), (address, response.status_code)
    return response.headers["Location"]


@pytest.mark.parametrize(
    "address",
    [
        "/", "/contents", "/contents/on/2020-01-01", "/J1.1", "/J1.1/on/2019-01-01", "/J1.1/history",
        "/J1.1/compare/2019-01-01/2023-01-01", "/J1.1/compare/2019-01-01/2023-01-01?layout=side-by-side",
        "/search", "/search?q=applications", "/search?q=applications&when=any&sort=date", "/search?q=zzzz",
        "/changes/2020-01-01/2021-01-01", "/coverage", "/findings", "/case", "/about", "/glossary", "/how-to-search",
        "/case?on=2021-01-01&codes=J2.25%0AJ1.5&part=K2",
    ],
)  # fmt: skip
def test_every_view_answers(see: See, address: str) -> None:
    """A page of the site would be missing or broken."""
    seen = see(address)
    assert seen.status == 200
    assert len(seen.soup.select("h1")) == 1
    assert "Information, not advice" in seen.soup.get_text()
    assert "captured on 11 August 2026" in seen.soup.get_text()
    assert "Specimen." in seen.soup.get_text()


@pytest.mark.parametrize(
    ("typed", "leads_to"),
    [
        ("/j1-1", "/J1.1"),
        ("/J1.1(b)", "/J1.1#J1.1-b"),
        ("/J1.1/on/15 August 2019", "/J1.1/on/2019-08-15"),
        ("/J1.1?on=15/8/2019", "/J1.1/on/2019-08-15"),
        ("/contents?on=15/8/2019", "/contents/on/2019-08-15"),
        ("/appendix 31", "/Appendix-31"),
        ("/changes/2021-01-01/2020-01-01", "/changes/2020-01-01/2021-01-01"),
        ("/J1.1/compare/2023-01-01/2019-01-01", "/J1.1/compare/2019-01-01/2023-01-01"),
        ("/J1.1/compare?first=1/1/2019&second=1 January 2023", "/J1.1/compare/2019-01-01/2023-01-01"),
        ("/changes?first=1/1/2020&until=1/1/2021", "/changes/2020-01-01/2021-01-01"),
    ],
)
def test_sloppy_addresses_lead_to_the_one_that_is_cited(
    client: FlaskClient, typed: str, leads_to: str
) -> None:
    """The same answer would stand at several addresses, and citations would differ."""
    assert where(client, typed) == leads_to


@pytest.mark.parametrize(
    ("query", "leads_to"),
    [
        ("q=j1.1", "/J1.1"),
        ("q=J1 1(b)(ii)", "/J1.1#J1.1-b-ii"),
        ("q=j1.1(b)&on=15/8/2019", "/J1.1/on/2019-08-15#J1.1-b"),
        ("q=&on=15 August 2019&at=J1.1", "/J1.1/on/2019-08-15"),
        ("q=&on=&at=J1.1/history", "/J1.1/history"),
        ("q=&on=2019-08-15&at=contents", "/contents/on/2019-08-15"),
        ("q=&on=2019-08-15&at=//evil.example", "/?on=2019-08-15"),
        ("q=fair work&on=2019-08-15", "/search?q=fair+work&on=2019-08-15"),
        ("q=&on=&known=2026-08-15&at=J1.1", "/J1.1?known=2026-08-15"),
    ],
)
def test_the_box_jumps_searches_or_stays(client: FlaskClient, query: str, leads_to: str) -> None:
    """A code would be searched for as words, or a new day would lose the reader's place."""
    assert where(client, f"/go?{query}") == leads_to


def test_a_code_in_the_search_address_jumps_too(client: FlaskClient) -> None:
    """A browser's own search box would show hits where the instruction was meant."""
    assert where(client, "/search?q=j1.1&on=2019-08-15") == "/J1.1/on/2019-08-15"


def test_an_unknown_code_is_searched_for_with_its_neighbours_offered(see: See) -> None:
    """A code mistyped in the box would look like words nobody wrote."""
    seen = see("/go?q=J1.11")
    assert "No instruction has the code J1.11" in seen.words
    assert "/J1.1" in seen.hrefs()


def test_three_part_code_leads_to_its_place_on_the_sections_page(
    client: FlaskClient, specimen_home: object
) -> None:
    """WA3.15.5 is a heading on the page of WA3.15, and would be called unknown."""
    with KnowledgeBase(specimen_home) as kb:  # type: ignore[arg-type]
        code, pinpoint = next(
            (code, block.pinpoint)
            for code in kb.codes()
            if (version := kb.history_of(code).versions[-1]).text_held and (text := kb.text_of(version))
            for block in text.blocks
            if block.kind == "heading" and block.pinpoint.count(".") == 2 and " " not in block.pinpoint
        )
    assert where(client, f"/go?q={pinpoint}") == f"/{code}#{pinpoint}"


def test_the_day_is_echoed_in_words(see: See) -> None:
    """9/10 would be read month first by one of the two sides."""
    seen = see("/go?q=&on=9/10/2019&at=J1.1")
    assert seen.soup.select_one("#on")["value"] == "9 October 2019"  # type: ignore[index]


def test_home_shows_the_ninety_days_before_the_newest_capture(see: See) -> None:
    """Lately would mean before today, when nothing was read."""
    seen = see("/")
    assert "ninety days before the newest capture, 11 August 2026" in seen.words
    assert seen.soup.select(".changes li")


def test_contents_mark_what_is_not_in_force(see: See, examples: dict[str, Example]) -> None:
    """An ended instruction would stand in the tree like any other."""
    ended = examples["ended"]
    seen = see(f"/contents/on/{ended.day}")
    line = next(
        li for li in seen.soup.select(".tree li") if (a := li.find("a")) and a.get_text() == ended.code
    )
    status = line.find("i", recursive=False)
    assert status is not None
    assert status.get_text() == "Ended"


def test_history_says_in_a_table_what_the_picture_shows(see: See) -> None:
    """The timeline would be for eyes alone."""
    seen = see("/J1.1/history")
    bars = seen.soup.select("svg a")
    rows = seen.soup.select("table.versions tbody tr")
    assert len(bars) == len(rows) > 3
    assert {str(a["href"]) for a in bars} <= {str(a["href"]) for row in rows for a in row.select("a")}
    assert seen.soup.select("svg .disputed")
    assert seen.soup.select_one("svg .now")


def test_comparison_counts_folds_and_tells_added_from_removed(see: See) -> None:
    """A reader of the screen's words alone could not tell what was removed."""
    seen = see("/J1.1/compare/2019-01-01/2023-01-01")
    assert seen.soup.select(".counts li")
    assert seen.soup.select("details.folded")
    removed, added = seen.soup.select_one(".redline del"), seen.soup.select_one(".redline ins")
    assert removed is not None
    assert removed.get_text().startswith("removed: ")
    assert added is not None
    assert added.get_text().startswith("added: ")


def test_any_two_versions_can_be_chosen_and_compared(client: FlaskClient, see: See) -> None:
    """Two candidates of a dispute share their days, so that days alone could not name them."""
    form = see("/J1.1/history").soup.select("form.inline")[1]
    first, second = (
        [str(o["value"]) for o in box.select("option")][n] for n, box in enumerate(form.select("select"))
    )
    address = where(client, f"/J1.1/compare?first={first}&second={second}")
    assert address == f"/J1.1/compare/{first}/{second}"
    assert see(address).status == 200


def test_comparison_of_one_version_with_itself_says_so(see: See) -> None:
    """Two days of one version would look like a comparison that found nothing."""
    assert "One and the same version" in see("/J1.1/compare/2019-01-01/2019-06-01").words


def test_comparison_with_a_text_that_is_not_held_concludes_nothing(see: See) -> None:
    """A missing text would look like a deletion of every word."""
    seen = see("/J1.1/compare/2011-01-01/2019-06-01")
    assert "can’t be compared" in seen.words
    assert not seen.soup.select("del, ins:not(.titles ins)") or seen.soup.select(".titles")


def test_changes_group_by_part_and_link_comparisons(see: See) -> None:
    """Nobody could see what an amendment did."""
    seen = see("/changes/2018-01-01/2026-01-01")
    assert seen.soup.select(".part-changes h2")
    assert any("/compare/" in href for href in seen.hrefs())


def test_case_document_states_rule_day_citations_and_cut_offs(see: See) -> None:
    """An adviser would file instructions of the wrong day, or miss a transitional provision."""
    seen = see("/case?on=1/1/2021&codes=J2.25, J1.5&part=K2")
    assert "section 72 of the Immigration Act 2009" in seen.words
    assert "E7.10" in seen.words
    assert "J2.25, as in force on 1 January 2021" in seen.words
    assert seen.soup.select(".clauses li")
    assert len(seen.soup.select(".case-item")) > 2
    assert "Since then" in seen.words


def test_case_document_tells_what_it_could_not_read(see: See) -> None:
    """A code mistyped would be missing without a word."""
    seen = see("/case?on=1/1/2021&codes=J2.25, J1.11, what")
    assert "J1.11 is not known in this copy" in seen.words
    assert "'what' is not a code" in seen.words


def test_case_form_keeps_what_was_typed_when_the_day_is_none(see: See) -> None:
    """A slip in the day would cost the list of codes."""
    seen = see("/case?on=31/2/2021&codes=J2.25")
    assert seen.status == 200
    assert "is not a day" in seen.words
    assert seen.soup.select_one("#codes").get_text().strip() == "J2.25"  # type: ignore[union-attr]


def test_search_keeps_the_day_and_marks_words(see: See) -> None:
    """A hit would open the text of another day."""
    seen = see("/search?q=applications&on=2019-08-15")
    assert seen.soup.select("mark")
    hits = [str(a["href"]) for a in seen.soup.select(".hits h2 a")]
    assert hits
    assert all("/on/2019-08-15" in href for href in hits)


def test_search_facets_narrow_and_can_be_removed(see: See) -> None:
    """A reader who narrowed a search could not get back."""
    seen = see("/search?q=applications")
    facet = next(a for a in seen.soup.select(".facets a") if "part=" in str(a["href"]))
    narrowed = see(str(facet["href"]))
    chosen = narrowed.soup.select_one(".facets a[aria-current]")
    assert chosen is not None
    assert "part" not in parse_qs(urlsplit(str(chosen["href"])).query)


def test_suggestions_come_without_script(client: FlaskClient, see: See) -> None:
    """The datalist would be empty, or the browser's search box would offer nothing."""
    body = client.get("/suggest?q=J1").get_json(force=True)
    assert body[0] == "J1"
    assert "J1.1" in body[1]
    assert see("/search?q=fair").soup.select("script") == []


def test_version_page_shows_one_version_and_refuses_to_say_more(see: See, specimen_home: object) -> None:
    """A candidate's own page would look like the answer of a day."""
    with KnowledgeBase(specimen_home) as kb:  # type: ignore[arg-type]
        version = kb.history_of(kb.codes()[2]).versions[0]
    seen = see(f"/{version.code}/version/{version.id}")
    assert seen.status == 200
    assert "shows one version for itself" in seen.words


def test_no_page_carries_script_or_inline_style(see: See) -> None:
    """The policy would block it, and the page would look broken."""
    for address in (
        "/",
        "/J1.1",
        "/J1.1/history",
        "/J1.1/compare/2019-01-01/2023-01-01",
        "/contents",
        "/case",
    ):
        seen = see(address)
        assert not seen.soup.select("script, style, [style], [onclick], [onload]"), address


@pytest.mark.parametrize(
    "address", ["/J1.1", "/J1.1/history", "/contents", "/case", "/search?q=applications", "/"]
)
def test_no_page_is_heavier_than_its_text_and_sixty_kilobytes(see: See, address: str) -> None:
    """Officers on slow lines would wait for markup."""
    seen = see(address)
    assert len(seen.html.encode()) - len(seen.soup.get_text().encode()) < 60_000


def test_flask_is_mounted_under_a_path_as_well(client: FlaskClient) -> None:
    """Behind a proxy with a prefix every link would leave the site."""
    response = client.get("/J1.1", base_url="http://example.org/manual")
    assert b'href="/manual/contents"' in response.data
    assert b'href="/contents"' not in response.data


def test_all_chapters_stand_on_one_screen_of_the_contents_and_the_front_page(see: See) -> None:
    """A chapter would be eight screens of scrolling away."""
    for address in ("/contents/on/2020-01-01", "/"):
        links = [str(a["href"]) for a in see(address).soup.select(".grid a")]
        assert any(href.partition("/on/")[0] == "/J1" for href in links), address
        assert len(links) == len(set(links))
