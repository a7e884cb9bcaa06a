"""Each word of the vocabulary has its own page, and the day stays on."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from manual.dates import in_words
from manual.model import Code, When
from manual.queries import KnowledgeBase
from tests.site.conftest import TODAY, Example, See
from webapp import create_app

WORDS = ("in_force", "unheld", "ended", "before_record", "not_yet", "disputed", "undated", "unknown_code")


@pytest.mark.parametrize("word", WORDS)
def test_every_answer_has_its_page(see: See, examples: dict[str, Example], word: str) -> None:
    """A reader would get an error, or another answer's page, for a question that has an answer."""
    asked = examples[word]
    seen = see(asked.address)
    expected = "in_force" if word == "unheld" else word
    assert seen.soup.select_one(f".validity .tag.{expected}"), seen.words[:400]
    assert seen.status == (404 if word == "unknown_code" else 200)
    assert asked.code in seen.words


def test_text_in_force_carries_labels_anchors_and_citations(see: See, examples: dict[str, Example]) -> None:
    """Places of a text could not be cited."""
    asked = examples["in_force"]
    seen = see(asked.address)
    item = seen.soup.select_one(".text li[id]")
    assert item is not None
    label, cite = item.select_one("a:first-child"), item.select_one(".cite")
    assert label is not None
    assert label["href"] == f"#{item['id']}"
    assert cite is not None
    address = f"{asked.address}#{item['id']} (an address of this machine only)"
    assert (
        cite.get_text() == f"{asked.code}{label.get_text()}, as in force on {in_words(asked.day)}: {address}"
    )


def test_places_of_today_are_cited_by_their_dated_address(specimen_home: Path) -> None:
    """The address of a page of today shows another text tomorrow; copied, it would prove nothing."""
    made = create_app({"HOME": specimen_home, "TODAY": lambda: TODAY, "ORIGIN": "https://manual.example"})
    soup = BeautifulSoup(made.test_client().get("/J1.1").text, "html5lib")
    cites = {str(cite.parent["id"]): cite.get_text() for cite in soup.select(".text li[id] > .cite")}  # type: ignore[index]
    assert cites["J1.1-b-ii"].endswith(f": https://manual.example/J1.1/on/{TODAY}#J1.1-b-ii")
    headings = [cite.get_text() for cite in soup.select(".text :is(h2, h3) + .cite")]
    assert all("as in force on 1 September 2026" in cited for cited in headings)


def test_version_without_held_text_shows_no_other_text(see: See, examples: dict[str, Example]) -> None:
    """Another version's words would be read as those of the day."""
    seen = see(examples["unheld"].address)
    assert seen.soup.select_one(".text") is None
    assert "not held" in seen.words


def test_ended_answer_says_the_last_day(see: See, examples: dict[str, Example]) -> None:
    """A reader would take the first day without force for the last day with it."""
    seen = see(examples["ended"].address)
    assert "was its last day" in seen.words
    assert "ended may still govern" in seen.words


def test_disputed_answer_shows_candidates_and_reasons(see: See, examples: dict[str, Example]) -> None:
    """One candidate alone would look like an answer."""
    seen = see(examples["disputed"].address)
    assert len(seen.soup.select(".candidate")) >= 2
    assert seen.soup.select(".reasons li")


@pytest.mark.parametrize("word", ["disputed", "undated", "before_record"])
def test_open_answers_say_what_would_settle_them(
    see: See, examples: dict[str, Example], word: str, specimen_home: Path
) -> None:
    """A reader would not learn which page to look for; and the command would give other reasons than the page."""
    asked = examples[word]
    with KnowledgeBase(specimen_home) as kb:
        settle = kb.why(asked.code, When(asked.day)).settle
    shown = [item.get_text() for item in see(asked.address).soup.select(".settle li")]
    assert shown == list(settle)
    assert ("What would settle it" in see(asked.address).words) == bool(settle)


def test_settled_answer_names_nothing_that_would_settle_it(see: See, examples: dict[str, Example]) -> None:
    """A settled answer would look open."""
    assert "What would settle it" not in see(examples["in_force"].address).words


@pytest.mark.parametrize("word", ["before_record", "not_yet", "undated", "ended"])
def test_answers_without_a_version_offer_days_that_have_one(
    see: See, examples: dict[str, Example], word: str, specimen_home: object
) -> None:
    """A reader would be left with a bare no."""
    seen = see(examples[word].address)
    history = f"/{examples[word].code.replace(' ', '-')}/history?on={examples[word].day}"
    assert history in seen.hrefs()


def test_unknown_code_offers_the_nearest(see: See) -> None:
    """A slip of the finger would end in a dead end."""
    seen = see("/J1.11")
    assert seen.status == 404
    assert "/J1.1" in seen.hrefs()


def test_text_that_is_no_code_is_told_so(see: See) -> None:
    """An address typed wrongly would raise an error."""
    seen = see("/hello-world")
    assert seen.status == 404
    assert "is not a code" in seen.words


def test_the_day_stays_in_every_link_to_an_instruction(see: See) -> None:
    """Following a link would silently change the day."""
    seen = see("/J1.1/on/2019-01-01")
    own = [h for h in seen.hrefs() if h.startswith("/") and "/static/" not in h]
    dayless = [h for h in own if "2019-01-01" not in h and "/on/" not in h]
    assert dayless == ["/J1.1"], "only the way back to today may drop the day"


def test_banner_tells_the_day_and_leads_back_to_today(see: See) -> None:
    """A past text would be taken for today's."""
    past = see("/J1.1/on/2019-01-01")
    assert "1 January 2019" in past.banner
    assert "not today" in past.banner
    assert past.soup.select_one("a.back")["href"] == "/J1.1"  # type: ignore[index]
    assert f"today, {in_words(TODAY)}" in see("/J1.1").banner


def test_known_stays_on_and_changes_the_answer(see: See, specimen_home: object) -> None:
    """The second dial would fall off at the first link."""
    seen = see("/J1.1/on/2019-01-01?known=2026-08-15")
    assert "As could be known on 15 August 2026" in seen.soup.get_text()
    assert all("known=2026-08-15" in h for h in seen.hrefs() if h.startswith("/J1.1/history"))


def test_references_lead_to_the_same_day(see: See) -> None:
    """A reference followed from a 2019 text would lead to a later target."""
    seen = see("/J1.1/on/2019-01-01")
    inside = [str(a["href"]) for a in seen.soup.select(".text a:not([href^='#'])")]
    assert inside
    assert all("/on/2019-01-01" in href for href in inside)


def test_every_reference_lands_on_an_anchor_that_exists(see: See, specimen_home: object) -> None:
    """A link would open the top of the page and leave the reader searching."""
    seen = see("/J1.1/on/2019-01-01")
    for link in seen.soup.select(".text a:not([href^='#'])"):
        page, _, fragment = str(link["href"]).partition("#")
        target = see(page)
        assert not fragment or target.soup.find(id=fragment), link


def test_ids_on_a_page_are_unique(see: See, examples: dict[str, Example]) -> None:
    """A pinpoint's address would lead to the wrong one of two places."""
    for asked in examples.values():
        ids = [str(tag["id"]) for tag in see(asked.address).soup.select("[id]")]
        assert len(ids) == len(set(ids)), asked


def test_two_versions_held_as_candidates_keep_their_ids_apart(see: See, specimen_home: object) -> None:
    """Candidates shown side by side would share anchors."""
    with KnowledgeBase(specimen_home) as kb:  # type: ignore[arg-type]
        code, day = _disputed_with_two_texts(kb)
    seen = see(f"/{code}/on/{day}")
    ids = [str(tag["id"]) for tag in seen.soup.select("[id]")]
    assert len(seen.soup.select(".candidate .text")) >= 2
    assert len(ids) == len(set(ids))


def _disputed_with_two_texts(kb: KnowledgeBase) -> tuple[Code, object]:
    for code in kb.codes():
        history = kb.history_of(code)
        for span in history.spans:
            held = [id for id in span.versions if history.version(id).text_held]
            if span.answer == "disputed" and span.first and len(held) > 1:
                return code, span.first
    pytest.skip("the specimen holds no dispute between two held texts")


def test_head_of_a_page_is_no_other_than_its_body(client: FlaskClient) -> None:
    """HEAD would answer otherwise than GET, and link checkers would report nonsense."""
    get, head = client.get("/J1.1"), client.head("/J1.1")
    assert head.status_code == get.status_code == 200
    assert head.headers["ETag"] == get.headers["ETag"]
    assert head.data == b""
