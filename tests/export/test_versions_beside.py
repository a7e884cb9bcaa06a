"""What stands beside an instruction in an edition: the versions around it, and how a place in it is cited."""

from __future__ import annotations

import re
from pathlib import Path

import html5lib
import pytest
from bs4 import BeautifulSoup, Tag
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from manual.citation.printing import pinpoint_of_anchor
from tests.chromium import look
from tests.export.reading import pages_of

_DAY = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")
_AROUND = re.compile(r"Version (before|after): (.+)")


def _around(page: Path) -> dict[str, tuple[str, Tag | None]]:
    """`before` and `after`, each with its days and its link."""
    found = {}
    for line in BeautifulSoup(page.read_text("utf-8"), "html5lib").select(".tools li"):
        if said := _AROUND.match(line.get_text(" ", strip=True)):
            found[said[1]] = (said[2], line.find("a"))
    return found


def test_the_versions_before_and_after_are_one_link_away(edition: Path) -> None:
    """Going back by one version took the way over the history."""
    steps, page = [], edition / "J1.1.html"
    while "before" in (around := _around(page)):
        period, link = around["before"]
        assert link is not None, page
        page = (page.parent / str(link["href"])).resolve()
        steps.append(period)
        words = BeautifulSoup(page.read_text("utf-8"), "html5lib").get_text(" ")
        assert all(day in words for day in _DAY.findall(period)), (page, period)
    assert len(steps) == 9, steps
    back = 0
    while "after" in (around := _around(page)):
        link = around["after"][1]
        assert link is not None, page
        page = (page.parent / str(link["href"])).resolve()
        back += 1
    assert back == len(steps)
    assert "<b>Version 10 of 10</b>" in page.read_text("utf-8")


def test_an_edition_of_one_day_says_the_days_of_the_versions_that_it_does_not_hold(day_edition: Path) -> None:
    """A link would lead to a page that is not there; without days nobody would know that another version is near."""
    around = _around(day_edition / "J1.1.html")
    assert set(around) == {"before", "after"}
    assert all(re.search(r"\d{4}", period) and link is None for period, link in around.values()), around


def test_an_instruction_of_one_version_spends_no_bytes_on_others(day_edition: Path) -> None:
    """An edition of one day is thousands of pages that say the same."""
    lone = [
        address
        for address, text in pages_of(day_edition)
        if "citebox" in text and 'class="tools"' not in text
    ]
    assert lone


def test_a_place_named_as_an_example_is_on_the_page(edition: Path) -> None:
    """An invented place would be cited as it stands there."""
    named = 0
    for address, text in pages_of(edition):
        if example := re.search(r"labels after the code: ([^<]+)\.</span>", text):
            named += 1
            label = "(" + example[1].partition("(")[2] if "(" in example[1] else "•"
            assert f">{label}</a>" in text or f">{label[0]}</a>" in text, (address, example[1])
    assert named > 100


@pytest.mark.browser
def test_without_a_script_the_page_says_how_a_place_is_cited(
    chrome: Chrome, plain_chrome: Chrome, edition: Path
) -> None:
    """A reading room without scripts would have the citation of the whole instruction alone."""
    for driver, wanted in (
        (plain_chrome, "For a place put its labels after the code: J1.1(a)."),
        (chrome, "Follow a label such as (a) for the citation of its place."),
    ):
        look(driver, (edition / "J1.1.html").as_uri())
        box = driver.find_element(By.CSS_SELECTOR, ".citebox").text
        assert wanted in box, box
        assert box.startswith("Cite as J1.1, as in force on")
        assert box.count("place") == 1


_ASK = """
  const done = arguments[0], way = new MessageChannel();
  way.port1.onmessage = event => done(event.data.passages);
  window.postMessage("inforce-passages", "*", [way.port2]);"""


@pytest.mark.browser
def test_the_script_says_each_place_as_it_is_printed(
    chrome: Chrome, edition: Path, hostile_edition: Path
) -> None:
    """A paragraph was cited as `J1.1(paragraph_1)`, and so it stood in the results of the search."""
    kinds = set()
    for page in [*sorted(edition.glob("[A-Z]*.html")), *hostile_edition.glob("ZX1*.html")]:
        look(chrome, page.as_uri())
        for place, said, _ in chrome.execute_async_script(_ASK):
            if place and not re.match(r"(?:c|t)\d+-", place):
                assert said == pinpoint_of_anchor(place), (page.name, place)
                kinds.add(re.sub(r"^[A-Z0-9.]+|[0-9]", "", place))
    assert {"-paragraph_", "-heading_", "-note_", "-signature_", "-a", "-b-ii"} <= kinds
    look(chrome, (edition / "J1.1.html").as_uri() + "#J1.1-paragraph_1")
    assert chrome.find_element(By.CSS_SELECTOR, ".cite-here").text.startswith(
        "Cite as: J1.1 paragraph 1, as in force"
    )


def test_a_history_offers_comparisons_that_the_edition_holds(edition: Path) -> None:
    """Words that look like an offer and lead nowhere."""
    rows = BeautifulSoup((edition / "J1.1" / "history.html").read_bytes(), "html5lib").select("tbody tr")
    offers = [row.select("td")[-1] for row in rows]
    assert sum(1 for one in offers if one.get_text(strip=True).startswith("with the")) == 3
    assert all(one.find("a") for one in offers if one.get_text(strip=True).startswith("with the"))


def test_pages_are_html_without_parse_errors(edition: Path, day_edition: Path) -> None:
    """Tags and quotes are left out where HTML lets a writer do so; one too many, and a reader sees another page."""
    for page in (*edition.glob("*.html"), *(edition / "J1.1").rglob("*.html"), *day_edition.glob("*.html")):
        parser = html5lib.HTMLParser()
        parser.parse(page.read_bytes())
        assert parser.errors == [], page
