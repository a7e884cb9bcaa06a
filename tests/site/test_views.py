"""Every address of the site, and where forms and sloppy addresses lead."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from manual.model import Code
from manual.pages.words import ANSWER_LABEL, run_words, short_validity
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
        "/changes/2020-01-01/2021-01-01", "/coverage", "/findings", "/case", "/about", "/glossary", "/wanted",
        "/how-to-search",
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


@pytest.mark.parametrize("days", ["2024-02-30/2024-01-01", "2024-01-01/1743465600", "yesterday’s/2024-01-01"])
def test_a_comparison_of_what_is_no_day_says_so(see: See, days: str) -> None:
    """It would be told that a version is not known, and not what was wrong."""
    seen = see(f"/J1.1/compare/{days}")
    assert seen.status == 400
    assert "is not a day" in seen.words
    assert see("/J1.1/compare/J1.1@1999-01-01/J1.1@2025-07-01").status == 404


def test_an_unknown_part_to_bring_is_not_found(see: See) -> None:
    """An empty list would pass for the news that all of it is held."""
    seen = see("/wanted?part=ZZ")
    assert seen.status == 404
    assert "No page that was read gives ZZ, or a code below it, to anything. Nearest: Z" in seen.words
    assert see("/wanted?part=Appendix").status == 200


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


def test_history_says_in_one_table_what_the_picture_shows(see: See, specimen_home: Path) -> None:
    """The timeline would be for eyes alone."""
    seen = see("/J1.1/history")
    rows = seen.soup.select("table.versions tbody tr")
    said = [" ".join(row.get_text(" ").split()) for row in rows]
    with KnowledgeBase(specimen_home) as kb:
        history = kb.history_of(Code("J1.1"))
    gaps = [span for span in history.spans if span.answer != "in_force"]
    assert len(rows) == len(history.versions) + len(gaps)
    for version in history.versions:
        assert sum(short_validity(version) in line for line in said), version.id
    for span in gaps:
        (line,) = [
            line
            for line in said
            if line.startswith(f"{run_words(span.first, span.until)} {ANSWER_LABEL[span.answer]}")
        ]
        assert all(reason in line for reason in span.reasons)
    for row in rows:
        assert row.select("svg rect"), "each row has its part of the picture"
    assert seen.soup.select("svg.timeline .disputed")
    assert seen.soup.select_one("svg.timeline .now")


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


def test_any_two_versions_can_be_chosen_and_compared(
    client: FlaskClient, see: See, specimen_home: Path
) -> None:
    """Two candidates of a dispute share their days, so that days alone could not name them."""
    with KnowledgeBase(specimen_home) as kb:
        history = kb.history_of(Code("J1.1"))
    first, second = history.versions[0].id, history.versions[-1].id
    address = where(client, f"/J1.1/compare?first={first}&second={second}")
    assert address == f"/J1.1/compare/{first}/{second}"
    assert see(address).status == 200


def _ticks(see: See) -> list[str]:
    return [str(box["value"]) for box in see("/J1.1/history").soup.select(".versions input[name=v]")]


def test_two_rows_of_the_history_are_ticked_and_compared(client: FlaskClient, see: See) -> None:
    """Comparing would mean typing two days, or the earlier text would be shown as the later one."""
    newest, older, *_ = _ticks(see)
    address = where(client, f"/J1.1/compare?v={newest}&v={older}")
    assert re.fullmatch(r"/J1\.1/compare/2024-11-14/2025-07-01", address)
    assert where(client, f"/J1.1/compare?v={older}&v={newest}&on=2024-12-01") == f"{address}?on=2024-12-01"
    assert see(address).soup.select(".redline")


def test_rows_whose_text_is_not_held_can_not_be_ticked(see: See, specimen_home: Path) -> None:
    """A comparison would be offered that can't be made."""
    with KnowledgeBase(specimen_home) as kb:
        held = {version.id for version in kb.history_of(Code("J1.1")).versions if version.text_held}
    assert set(_ticks(see)) == held


def test_ticking_another_number_than_two_keeps_the_ticks_and_says_so(see: See, client: FlaskClient) -> None:
    """A reader would start again, not knowing what was wrong; or be shown the page of another choice from the cache."""
    one, two, three, *_ = _ticks(see)
    for ticked, said in (
        ([], "No version is ticked"),
        ([one], "One version is ticked"),
        ([one, two, three], "3 versions"),
    ):
        address = "/J1.1/compare?" + "&".join(f"v={id}" for id in ticked)
        seen = see(address)
        assert seen.status == 400
        assert said in seen.words
        assert [str(box["value"]) for box in seen.soup.select("input[name=v][checked]")] == ticked
    assert where(client, f"/J1.1/compare?v={one}&v={two}").startswith("/J1.1/compare/")


def test_ticked_version_whose_text_is_not_held_leads_to_the_nearest_that_are(
    see: See, client: FlaskClient, specimen_home: Path
) -> None:
    """An address made by hand would lead to an error."""
    with KnowledgeBase(specimen_home) as kb:
        unheld = next(v for v in kb.history_of(Code("J1.1")).versions if not v.text_held)
    seen = see(where(client, f"/J1.1/compare?v={unheld.id}&v={_ticks(see)[0]}"))
    assert seen.status == 200
    assert "can’t be compared" in seen.words
    assert seen.soup.select(".compare .live a[href*='/compare/']")


def test_comparison_of_one_version_with_itself_says_so(see: See) -> None:
    """Two days of one version would look like a comparison that found nothing."""
    assert "One and the same version" in see("/J1.1/compare/2019-01-01/2019-06-01").words


def test_comparison_with_a_text_that_is_not_held_concludes_nothing(see: See) -> None:
    """A missing text would look like a deletion of every word."""
    seen = see("/J1.1/compare/2011-01-01/2019-06-01")
    assert "can’t be compared" in seen.words
    assert not seen.soup.select("del, ins:not(.titles ins)") or seen.soup.select(".titles")


def test_changes_stand_by_month_newest_first_and_link_comparisons(see: See) -> None:
    """Nobody could see what an amendment did, or find the month of one."""
    seen = see("/changes/2018-01-01/2026-01-01")
    months = [heading.get_text() for heading in seen.soup.select(".month h2")]
    assert months[0] == "December 2025"
    assert len(months) == len(set(months)) > 3
    days = [str(time["datetime"]) for time in seen.soup.select(".changes time")]
    assert days == sorted(days, reverse=True)
    assert any("/compare/" in href for href in seen.hrefs())


def test_each_event_has_an_address_with_code_and_title(see: See) -> None:
    """An amendment could not be pointed at, nor told from the others of its day."""
    seen = see("/changes/2018-01-01/2026-01-01")
    events = seen.soup.select(".changes li")
    assert len({str(event["id"]) for event in events}) == len(events) > 5
    for event in events:
        assert event.select_one("a[href]")["href"] == f"#{event['id']}"  # type: ignore[index]
        assert event.select_one(".what .code") is not None
        assert event.select_one(".what bdi").get_text()  # type: ignore[union-attr]
    (one,) = seen.soup.select("#\\32 025-07-01-J1\\.1-replaced")
    assert "1 July 2025" in one.get_text()


def test_events_on_the_first_page_lead_to_their_place_among_the_changes(see: See) -> None:
    """The address of an event would lead into nothing."""
    lead = [href for href in see("/").hrefs() if href.startswith(("/changes/", "/coming")) and "#" in href]
    assert {href.split("/")[1].partition("#")[0] for href in lead} == {"changes", "coming"}
    for href in lead:
        address, _, anchor = href.partition("#")
        assert see(address).soup.find(id=anchor), href


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


PROGRAMS = "script:not([type='application/ld+json'])"
"""Scripts that run, and not blocks of data."""


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
        assert not seen.soup.select(f"{PROGRAMS}, style, [style], [onclick], [onload]"), address


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
    assert b'href="/manual/coverage"' in response.data
    assert b'href="/contents"' not in response.data


def test_all_chapters_stand_on_one_screen_of_the_contents_and_the_front_page(see: See) -> None:
    """A chapter would be eight screens of scrolling away."""
    for address in ("/contents/on/2020-01-01", "/"):
        links = [str(a["href"]) for a in see(address).soup.select(".grid a")]
        assert any(href.partition("/on/")[0] == "/J1" for href in links), address
        assert len(links) == len(set(links))


def _open_lines(see: See, address: str) -> list[str]:
    """Codes, or titles, of the lines of the contents whose details are open."""
    found = []
    for details in see(address).soup.select(".tree details[open]"):
        line = details.parent
        assert line is not None
        found.append(" ".join(str(line.contents[0].get_text()).split()))
    return found


def test_contents_open_where_the_reader_is(see: See) -> None:
    """A reader of J2.25 would look for chapter J2 among all chapters again."""
    for page, line in (("/J2.25", "J2"), ("/J2", "J2"), ("/K2.1.1", "K2")):
        links = [href for href in see(page).hrefs() if href.startswith("/contents")]
        assert set(links) == {f"/contents?at={line}#{line}"}, page
    assert set(_open_lines(see, "/contents?at=K2")) == {
        "Temporary entry class visa",
        "Fields and forests",
        "K",
        "K2",
    }
    place = see("/contents?at=K2").soup.find(id="K2")
    assert place is not None
    line = place.find_parent("li")
    assert line is not None
    assert line["aria-current"] == "true"
    assert line.a is not None
    assert line.a.get_text() == "K2"


def test_contents_keep_the_place_on_another_day_and_without_one_open_the_parts(
    see: See, client: FlaskClient
) -> None:
    """A past day would begin at the top again; an unknown place would close everything."""
    assert where(client, "/contents?at=K2&on=2020-01-01") == "/contents/on/2020-01-01?at=K2#K2"
    assert _open_lines(see, "/contents") == _open_lines(see, "/contents?at=nonsense")
    assert "K2" not in _open_lines(see, "/contents")
    assert "K" in _open_lines(see, "/contents")


def test_lines_of_the_contents_have_one_address_each(see: See) -> None:
    """A link into the contents would lead to another line."""
    ids = [str(line["id"]) for line in see("/contents").soup.select(".tree [id]")]
    assert len(ids) == len(set(ids)) > 10


@pytest.mark.parametrize(
    ("address", "box", "day", "at"),
    [
        ("/go?q=K2.1&on=31%2F2%2F2021&at=J1.1", "K2.1", "31/2/2021", "J1.1"),
        ("/search?q=seasonal+work&on=soon", "seasonal work", "soon", "search"),
        ("/J1.1/on/2021-13-01", "", "2021-13-01", "J1.1"),
        ("/contents?on=never", "", "never", "contents"),
        ("/J1.1/history?on=never", "", "never", "J1.1/history"),
    ],
)
def test_bad_day_keeps_what_was_typed_and_says_beside_the_field_what_is_expected(
    see: See, address: str, box: str, day: str, at: str
) -> None:
    """A slip of the finger would cost the words typed and the place."""
    seen = see(address)
    assert seen.status == 400
    form = seen.soup.select_one("#jump")
    assert form is not None
    field = form.select_one("#on")
    assert field is not None
    assert (form.select_one("#q")["value"], field["value"]) == (box, day)  # type: ignore[index]
    assert form.select_one("input[name=at]")["value"] == at  # type: ignore[index]
    assert field["aria-invalid"] == "true"
    said = form.find(id=str(field["aria-describedby"]))
    assert said is not None
    assert "Expected 2024-08-15, 15/8/2024 or 15 August 2024" in said.get_text()


def test_bad_day_of_knowledge_is_mended_beside_its_field(see: See) -> None:
    """The second dial would be lost, and another answer given."""
    form = see("/J1.1?known=13/13/2024&q=x").soup.select_one("#jump")
    assert form is not None
    field = form.select_one("input[name=known]")
    assert field is not None
    assert field["value"] == "13/13/2024"
    assert "is not a day" in form.find(id=str(field["aria-describedby"])).get_text()  # type: ignore[union-attr]
    assert not form.select("#on[aria-invalid]")


@pytest.mark.parametrize(
    ("address", "action", "values", "wrong"),
    [
        ("/changes?first=1/1/2020&until=oops", "/changes", ["1/1/2020", "oops"], "until"),
        (
            "/J1.1/compare?first=32/1/2020&second=1/1/2021&on=2020-01-01",
            "/J1.1/compare",
            ["32/1/2020", "1/1/2021"],
            "first",
        ),
    ],
)  # fmt: skip
def test_forms_with_days_are_shown_again_with_what_was_typed(
    see: See, address: str, action: str, values: list[str], wrong: str
) -> None:
    """Both days would have to be typed again for a slip in one of them."""
    form = see(address).soup.select_one("main form")
    assert form is not None
    assert form["action"] == action
    assert [str(field["value"]) for field in form.select("input[type=text]")] == values
    (field,) = form.select("[aria-invalid]")
    assert field["name"] == wrong
    assert "Expected" in form.find(id=str(field["aria-describedby"])).get_text()  # type: ignore[union-attr]
    assert [str(kept["name"]) for kept in form.select("input[type=hidden]")] == (
        ["on"] if "on=" in address else []
    )


def _hit_links(see: See, address: str) -> list[str]:
    return [str(a["href"]) for a in see(address).soup.select(".hits h2 a")]


def _around(see: See, href: str) -> tuple[str, dict[str, str]]:
    """What a hit's page says of the results, and where it leads from there."""
    nav = see(href.partition("#")[0]).soup.select_one(".hits-nav")
    assert nav is not None, href
    leads = {str(a.get("rel", ["all"])[0]): str(a["href"]) for a in nav.select("a")}
    return " ".join(nav.get_text(" ").split()), leads


@pytest.mark.parametrize("more", ["", "&on=2021-01-01", "&when=any", "&sort=code", "&part=Administration"])
def test_a_hit_leads_to_the_one_before_and_the_next_in_its_list(see: See, more: str) -> None:
    """A reader of results would go back to the list for each of them, or be led through another list."""
    address = f"/search?q=applications+made{more}"
    links = _hit_links(see, address)
    assert len(links) > 2
    for place, href in enumerate(links[:4]):
        said, leads = _around(see, href)
        assert said.startswith(f"Hit {place + 1} of ")
        assert leads.get("prev") == (links[place - 1] if place else None)
        assert leads.get("next") == (links[place + 1] if place + 1 < len(links) else None)
        assert _hit_links(see, leads["all"]) == links
        assert see(href.partition("#")[0]).soup.select_one("#q")["value"] == "applications made"  # type: ignore[index]


def test_hits_beyond_the_first_page_of_results_keep_their_position(see: See) -> None:
    """The twenty-first hit would be called the first, and lead back to the wrong page."""
    second = _hit_links(see, "/search?q=the&when=any&page=2")
    said, leads = _around(see, second[0])
    assert said.startswith("Hit 21 of ")
    assert _hit_links(see, leads["all"]) == second
    assert leads["prev"] == _hit_links(see, "/search?q=the&when=any")[-1]


@pytest.mark.parametrize("n", ["0", "99999", "-1", "1e3", "999999999999", "x", "2"])
def test_position_that_is_not_that_of_the_page_says_nothing(see: See, n: str) -> None:
    """A page would claim to be a hit of a list in which another one stands there."""
    address = _hit_links(see, "/search?q=applications")[0].partition("#")[0].replace("&n=1", f"&n={n}")
    seen = see(address)
    assert seen.status == 200
    assert not seen.soup.select(".hits-nav")


def test_no_hits_offers_other_days_on_which_the_words_stand(see: See) -> None:
    """A reader would take words that were replaced for words that never stood."""
    seen = see("/search?q=%22turns+and+queues%22")
    assert not seen.soup.select(".hits li")
    offers = seen.soup.select(".search .answer a")
    (other,) = [a for a in offers if str(a["href"]).startswith("/J1.1/on/2020-05-04?q=")]
    assert "on 4 May 2020 in" in seen.words
    assert "turns and queues" in see(str(other["href"]).partition("#")[0]).words
    assert "On other days" not in see("/search?q=applications").words
    assert "On other days" not in see("/search?q=zzzzqq").words


def test_announced_changes_are_said_to_come(see: See) -> None:
    """ "Begun" beside a day of next year is not so."""
    (coming,) = [li for li in see("/").soup.select("#h-announced ~ .month li") if "K1.25" in li.get_text()]
    assert "to begin" in coming.get_text()
    assert "begun" not in coming.get_text()
    assert "not yet in force" in coming.get_text()


@pytest.mark.parametrize("address", ["/J1.1/version/J1.1@2018-03-12", "/case?on=2021-01-01&codes=J2.25"])
def test_the_mark_of_the_specimen_stands_once(see: See, address: str) -> None:
    """A warning on every second line is read by nobody."""
    said = " ".join(see(address).soup.get_text(" ").split())
    assert said.count("It was invented to show how this works") == 1


def test_a_version_page_leads_to_the_ones_before_and_after(see: See) -> None:
    """From a hit in an old version nothing would lead on."""
    tools = see("/J1.1/version/J1.1@2018-03-12").soup.select_one(".tools")
    assert tools is not None
    assert "Version 3 of 10" in tools.get_text()
    assert [str(a["href"]) for a in tools.select("a")] == [
        "/J1.1/on/2012-07-30",
        "/J1.1/version/J1.1@2020-05-05",  # its days are in dispute, so that only its id names it
        "/J1.1/history",
    ]


def test_the_chapter_list_names_a_code_once_that_the_contents_print_twice(see: See) -> None:
    """Two lines with the same words lead to the same page, and a reader would look for the difference."""
    listed = [one.get_text() for one in see("/Q2").soup.select("nav[aria-label=Chapter] b")]
    assert listed == ["Q1", "Q2", "Q3"]
    printed = [one.get_text() for one in see("/contents").soup.select(".tree a")]
    assert printed.count("Q3") == 2, "nothing is printed twice any more, so that this test shows nothing"


def test_one_page_is_not_called_several(see: See) -> None:
    """Figures that disagree with their words read like a fault in counting."""
    said = see("/coverage").soup.get_text(" ")
    assert "1 table of contents" in said
    assert "1 amendment circular " in said + " "
