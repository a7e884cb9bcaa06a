"""One rule for which instruction is meant, on every surface; and one for where a version's source page is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from indexer import SearchIndex
from manual.citation import Citation, named_in, parse_citation, pinpoint_of_anchor
from manual.cli import cli
from manual.model import When
from manual.pages.as_json import history_json
from manual.pages.case_page import case_page_of
from manual.pages.found import source_of
from manual.pages.history_page import VersionRow, history_page
from manual.pages.links import typed_code
from manual.pages.version_view import version_view
from manual.queries import KnowledgeBase
from tests.site.conftest import TODAY, See

OWN_SINCE = date(2014, 9, 29)
"""The first day of K2.1.1 as an instruction of its own."""
DAYS = [date(2005, 1, 1), date(2012, 1, 1), date(2014, 9, 28), OWN_SINCE, date(2020, 1, 1), TODAY]
TYPED = [
    "K2.1.1", "k2-1-1", "K2.1.1(a)", "K2.1.9", "K2.1", "k2 1(b)(ii)", "K2.1(z)", "KB1.5.1", "kb1 5.1(a)", "KB1.5.7",
    "K2", "J1.1", "J 1-1 b", "appendix 31", "Q1.20(a)",
]  # fmt: skip

Meant = tuple[str, str]
"""Code, and the place or again the code."""


@pytest.fixture(scope="module")
def kb(specimen_home: Path) -> Iterator[KnowledgeBase]:
    with KnowledgeBase(specimen_home) as opened:
        yield opened


@pytest.fixture(scope="module")
def index(specimen_home: Path) -> SearchIndex:
    return SearchIndex.open(specimen_home / "index")


def at(location: str) -> Meant:
    """The place that an address of the site names."""
    parts = urlsplit(location)
    code = str(parse_citation(typed_code(unquote(parts.path).split("/")[1])).code)
    asked = parse_qs(parts.query).get("asked", [""])[0]
    if asked:
        named = named_in(asked)
        return code, named.pinpoint if isinstance(named, Citation) else code
    return code, pinpoint_of_anchor(unquote(parts.fragment)) if parts.fragment else code


def of_the_box(client: FlaskClient, typed: str, day: date) -> Meant:
    return at(client.get(f"/go?q={quote(typed)}&on={day}").headers["Location"])


def of_the_address(client: FlaskClient, typed: str, day: date) -> Meant:
    address = f"/{quote(typed)}/on/{day}"
    return at(client.get(address).headers.get("Location", address))


def of_the_command(home: Path, typed: str, day: date) -> Meant:
    ran = CliRunner().invoke(cli, ["--home", str(home), "show", typed, "--on", str(day), "--json"])
    found = json.loads(ran.stdout)
    return found["code"], found.get("pinpoint") or found["code"]


@pytest.mark.parametrize("typed", TYPED)
def test_every_surface_means_the_same_place(
    client: FlaskClient, specimen_home: Path, kb: KnowledgeBase, index: SearchIndex, typed: str
) -> None:
    """Box, command, reference, case and search would answer for different instructions, each as if it were the one."""
    for day in DAYS:
        place = of_the_box(client, typed, day)
        assert of_the_address(client, typed, day) == place
        assert of_the_command(specimen_home, typed, day) == place
        followed = kb.follow(parse_citation(typed).pinpoint, When(day))
        assert (followed.code, followed.pinpoint) == place
        case = case_page_of(kb, {"codes": typed, "on": day.isoformat()}, None, TODAY)
        assert [item.code for item in case.items] == [place[0]]
        assert index.search(typed, day).code == place[0]


@pytest.mark.parametrize(
    ("day", "code"), [(date(2012, 1, 1), "K2.1"), (date(2014, 9, 28), "K2.1"), (OWN_SINCE, "K2.1.1"), (TODAY, "K2.1.1")]
)  # fmt: skip
def test_three_part_code_is_its_own_page_from_its_first_day(
    client: FlaskClient, index: SearchIndex, day: date, code: str
) -> None:
    """K2.1.1 on 2012-01-01 was answered with "before the record" here and with K2.1 there."""
    assert of_the_box(client, "K2.1.1", day) == (code, "K2.1.1")
    hits = index.search("K2.1.1", day).hits
    assert hits[0].code == code


def test_a_place_that_is_not_there_leads_to_the_instruction_which_says_so(see: See) -> None:
    """A reader would look for the clause in a text that does not have it."""
    seen = see("/K2.1(z)/on/2012-01-01")
    assert seen.status == 200
    assert "There is no K2.1(z) in the text of K2.1 on 1 January 2012" in seen.words
    assert "/K2.1/on/2012-01-01#K2.1-a" in seen.hrefs()
    assert "There is no" not in see("/K2.1(a)/on/2012-01-01").words


def test_a_code_of_other_days_leads_to_its_section_and_to_its_own_history(see: See) -> None:
    """Nobody would learn that K2.1.1 is an instruction of its own since 2014."""
    seen = see("/K2.1.1/on/2012-01-01")
    assert "K2.1" in seen.words
    assert "/K2.1.1/history?on=2012-01-01" in seen.hrefs()
    assert (
        see("/K2.1.1/history").words.startswith("History of K2.1.1")
        or "K2.1.1" in see("/K2.1.1/history").words
    )


@pytest.mark.parametrize("typed", ["60112", "#60112.htm", "https://specimen.example/specimen/60112.htm"])
def test_an_address_leads_to_its_instruction_and_says_which_version_it_shows(see: See, typed: str) -> None:
    """The text of today would be taken for the one on the page that was named."""
    seen = see(f"/go?q={quote(typed)}")
    assert seen.status == 200
    assert (
        "The page specimen/60112 is known here as a page of K2.1.1, with the text of this version"
        in seen.words
    )
    assert any(href.startswith("/K2.1.1/version/") for href in seen.hrefs())


def test_the_command_answers_an_address_and_refuses_one_that_nothing_is_known_of(specimen_home: Path) -> None:
    """The number in an address is what people have at hand."""
    home = ["--home", str(specimen_home)]
    found = json.loads(CliRunner().invoke(cli, [*home, "show", "60112", "--json"]).stdout)
    assert (found["code"], found["designation"]["page"]["address"]) == ("K2.1.1", "specimen/60112")
    assert len(found["designation"]["page"]["versions"]) == 1
    assert CliRunner().invoke(cli, [*home, "show", "69999"]).exit_code == 1


def test_the_command_offers_the_places_that_exist(specimen_home: Path) -> None:
    """Nobody would know which letters there are."""
    ran = CliRunner().invoke(cli, ["--home", str(specimen_home), "show", "K2.1(z)", "--on", "2012-01-01"])
    assert ran.exit_code == 1
    assert "Places that it has: K2.1(a), K2.1(b)" in ran.stdout


def test_a_slip_is_offered_in_the_search(see: See) -> None:
    """A near match must be offered, and never taken."""
    seen = see("/go?q=J1.l")
    assert seen.soup.select_one("h1").get_text().startswith("Search")  # type: ignore[union-attr]
    assert "/J1.1" in seen.hrefs()


@pytest.mark.parametrize(
    ("typed", "leads_to", "status"),
    [
        ("/J1.1/", "/J1.1", 301),
        ("/contents/?known=2026-08-15", "/contents?known=2026-08-15", 301),
        ("/J1.1/2019-01-01", "/J1.1/on/2019-01-01", 301),
        ("/J1.1/on/today", "/J1.1", 302),
        ("/J1.1/on/yesterday", "/J1.1/on/2026-08-31", 302),
        ("/J1.1/on/Tue, 1 January 2019", "/J1.1/on/2019-01-01", 301),
        ("/contents/on/yesterday", "/contents/on/2026-08-31", 302),
    ],
)
def test_other_forms_of_an_address_lead_to_the_one_that_is_cited(
    client: FlaskClient, typed: str, leads_to: str, status: int
) -> None:
    """A reader who guesses an address would be told that nothing is there; or a browser keeps `today` for good."""
    response = client.get(typed)
    assert (response.status_code, response.headers["Location"]) == (status, leads_to)


def test_what_is_no_day_is_no_page(client: FlaskClient) -> None:
    """Every second word in an address would be told that it is no day."""
    assert client.get("/J1.1/nonsense").status_code == 404


# ---------------------------------------------------------------- where a version's source page is


def differing(kb: KnowledgeBase) -> list[str]:
    """Versions whose source page has one address on the site and another in JSON."""
    found = []
    for code in kb.codes():
        history = kb.history_of(code)
        printed = history_json(history, source_of=source_of(kb, None))["versions"]
        rows = history_page(kb, code, When(TODAY), TODAY).rows
        shown = {row.version.id: row.source_href for row in rows if isinstance(row, VersionRow)}
        for version, said in zip(history.versions, printed, strict=True):
            view = version_view(kb, version, None, TODAY)
            if not (said["source_url"] or "") == shown[version.id] == view.source_href:
                found.append(version.id)
    return found


def test_site_and_json_give_one_source_page_for_every_version(kb: KnowledgeBase) -> None:
    """A reader would be sent to one page and a program to another; they differed for versions without a text."""
    assert differing(kb) == []


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """The register and the real captures."""
    home = tmp_path_factory.mktemp("real")
    words = ["load", "--register", str(shared / "captures"), "--captured", "2026-08-11"]
    assert CliRunner().invoke(cli, ["--home", str(home), *words]).exit_code == 0
    with KnowledgeBase(home) as opened:
        yield opened


@pytest.mark.shared
def test_site_and_json_give_one_source_page_for_every_real_version(real: KnowledgeBase) -> None:
    """The same, for addresses that the publisher's own pages state."""
    assert differing(real) == []


@pytest.mark.shared
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("77195", "WA4.10"),
        ("https://www.immigration.govt.nz/opsmanual/#77195.htm", "WA4.10"),
        ("opsmanual-archive/4783.HTM", "A1.1"),
        ("wa3 15", "WA3.15"),
    ],
)
def test_real_addresses_and_codes_lead_to_their_instruction(
    real: KnowledgeBase, typed: str, code: str
) -> None:
    """The number that a colleague sends would be searched for as a word."""
    found = real.designate_typed(typed, date(2026, 8, 11))
    assert (found.code, found.known) == (code, True)
    assert found.page is None or len(found.page.versions) == 1


@pytest.mark.shared
@pytest.mark.parametrize(("typed", "first"), [("WA315", "WA3.15"), ("WA3.1S", "WA3.15"), ("A161", "A16.1")])
def test_real_slips_are_offered(real: KnowledgeBase, typed: str, first: str) -> None:
    """A near match must be offered, and never answered."""
    found = real.designate_typed(typed, date(2026, 8, 11))
    assert (found.known, found.near[0]) == (False, first)
