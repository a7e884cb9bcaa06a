"""What a page says of itself to machines: its canonical address, schema.org's Legislation, and who may keep it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from manual.model import When
from manual.queries import KnowledgeBase
from tests.site.conftest import TODAY, Example, See, Seen
from webapp import create_app


def canonical(seen: Seen) -> str:
    [link] = seen.soup.select('link[rel="canonical"]')
    return str(link["href"])


def legislation(seen: Seen) -> Any:
    blocks = seen.soup.select('script[type="application/ld+json"]')
    return json.loads(str(blocks[0].string)) if blocks else None


def test_all_days_of_a_version_have_one_canonical_address(see: See) -> None:
    """Each day would count as a page of its own, four thousand of them for one text."""
    assert {canonical(see(f"/J1.1/on/{day}")) for day in ("2018-03-12", "2019-08-15", "2020-05-04")} == {
        "/J1.1/on/2018-03-12"
    }
    assert canonical(see("/J1.1")) == "/J1.1/on/2025-07-01"


def test_a_canonical_address_gives_the_same_answer(
    see: See, specimen_home: Path, examples: dict[str, Example]
) -> None:
    """A page would be kept under the address of another answer."""
    with KnowledgeBase(specimen_home) as kb:
        for code in kb.codes():
            for span in kb.history_of(code).spans:
                day = span.first or date(2000, 1, 1)
                answer = kb.in_force_on(code, When(day))
                address = f"/{code.replace(' ', '-')}/on/{day}"
                if code not in ("J1.1", "K1.15") and address not in {e.address for e in examples.values()}:
                    continue
                leads_to = date.fromisoformat(canonical(see(address)).rpartition("/")[2])
                there = kb.in_force_on(code, When(leads_to))
                assert (there.answer, there.version) == (answer.answer, answer.version), address
                begun = answer.version.validity.effective_from if answer.version else None
                if answer.answer != "in_force" or begun is None:
                    assert leads_to == day


def test_the_data_say_what_the_page_says(see: See) -> None:
    """A machine would be told of another version or period than a reader."""
    told = legislation(see("/J1.1/on/2019-08-15"))
    assert told["@type"] == "Legislation"
    assert told["legislationIdentifier"] == "J1.1"
    assert told["legislationDateVersion"] == "2018-03-12"
    assert told["temporalCoverage"] == "2018-03-12/2020-05-04"  # the last day in force, not the first without
    assert told["legislationLegalForce"] == "https://schema.org/NotInForce"  # today
    assert told["isBasedOn"].startswith("https://specimen.example/")
    assert told["description"] == "J1.1, as in force on 15 August 2019"
    assert told["disambiguatingDescription"].startswith("Specimen.")
    now = legislation(see("/J1.1"))
    assert now["legislationLegalForce"] == "https://schema.org/InForce"
    assert now["temporalCoverage"] == "2025-07-01/.."
    assert "as last seen on 11 August 2026" in now["description"]


def test_an_announced_version_is_not_said_to_be_in_force(see: See) -> None:
    """It is not, on the day on which the page is read."""
    told = legislation(see("/K1.25/on/2027-03-01"))
    assert told["legislationLegalForce"] == "https://schema.org/NotInForce"


def test_nothing_is_said_where_no_one_version_answers(see: See, examples: dict[str, Example]) -> None:
    """A candidate would be passed off as the law."""
    for word in ("disputed", "undated", "before_record", "not_yet"):
        assert legislation(see(examples[word].address)) is None, word
    assert legislation(see("/contents")) is None
    assert see("/contents").soup.select('link[rel="canonical"]') == []


def test_an_unknown_first_day_is_left_out(see: See, specimen_home: Path) -> None:
    """It would be invented."""
    with KnowledgeBase(specimen_home) as kb:
        code = next(
            code
            for code in kb.codes()
            for answer in [kb.in_force_on(code, When(TODAY))]
            if answer.answer == "in_force" and answer.version and not answer.version.validity.effective_from
        )
    seen = see(f"/{code}")
    told = legislation(seen)
    assert told["legislationIdentifier"] == code
    assert not {"legislationDateVersion", "temporalCoverage"} & told.keys()
    assert canonical(seen) == f"/{code}/on/{TODAY}"


def test_the_host_of_the_settings_makes_addresses_whole(specimen_home: Path) -> None:
    """An address without a host means nothing to who keeps it."""
    app = create_app({"HOME": specimen_home, "TODAY": lambda: TODAY, "ORIGIN": "https://manual.example"})
    seen = Seen(200, app.test_client().get("/J1.1").get_data(as_text=True))
    assert canonical(seen) == legislation(seen)["@id"] == "https://manual.example/J1.1/on/2025-07-01"


# ---------------------------------------------------------------- search engines


@pytest.mark.parametrize(("setting", "kept"), [({}, False), ({"ROBOTS": True}, True)])
def test_search_engines_are_let_in_by_a_setting_alone(
    specimen_home: Path, setting: dict[str, bool], kept: bool
) -> None:
    """A private copy would be found by everybody, or a public one by nobody."""
    client = create_app({"HOME": specimen_home, "TODAY": lambda: TODAY, **setting}).test_client()

    def marked(address: str) -> bool:
        return 'content="noindex"' in client.get(address).get_data(as_text=True)

    rules = client.get("/robots.txt").get_data(as_text=True).splitlines()
    assert rules[0] == "User-agent: *"
    assert ("Disallow: /" in rules) is not kept
    assert ("Disallow: /search" in rules) is kept
    # asked with a word that nobody reads, and then without: one page in the cache
    assert marked("/J1.1?utm=x") is marked("/J1.1") is not kept
    assert marked("/search?q=x")
    assert marked("/J1.1?known=2026-08-11")
    assert marked("/X99")


def test_the_environment_lets_them_in(specimen_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The README says so."""
    monkeypatch.setenv("INFORCE_ROBOTS", "allow")
    client = create_app({"HOME": specimen_home}).test_client()
    assert "Disallow: /search" in client.get("/robots.txt").get_data(as_text=True)
    monkeypatch.setenv("INFORCE_ROBOTS", "no")
    client = create_app({"HOME": specimen_home}).test_client()
    assert "Disallow: /\n" in client.get("/robots.txt").get_data(as_text=True)


def test_titles_cannot_end_the_block_of_data(client: FlaskClient) -> None:
    """A title could put a script into the page."""
    from manual.pages.render import environment

    drawn = (
        environment()
        .from_string("<script>{{ data|tojson }}</script>")
        .render(data={"name": "</script><b>&'"})
    )
    assert drawn.count("<") == 2
