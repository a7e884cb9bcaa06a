"""A version whose first day two archived pages state with other words: the day is answered, its text is in dispute."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result

from manual.cli import cli
from manual.model import Code, When
from manual.pages.words import TEXTS_DISPUTED
from manual.queries import KnowledgeBase
from tests.toy_pages import instruction, raw, take
from webapp import create_app

START, NEXT, SEEN = date(2018, 3, 1), date(2019, 5, 1), date(2020, 1, 1)
DAY = "2018-06-01"
CODE = Code("ZG1.5")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Small set 01 of the definition of an answer: two archived texts of one day, then another version."""
    made = tmp_path_factory.mktemp("gates")
    for number, words in (("7", "green gates"), ("8", "red gates")):
        page = instruction(
            CODE, START, title="Gates", words=[words], address=f"opsmanual-archive/{number}", old=True
        )
        take(made, raw(page, SEEN))
    take(made, raw(instruction(CODE, NEXT, title="Gates", words=["blue gates"], address="opsmanual/9"), SEEN))
    return made


def _show(home: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["--home", str(home), "show", CODE, "--on", DAY, *words])


def test_json_gives_both_texts_and_none_as_the_text(home: Path) -> None:
    """A program would quote one of two texts as what was in force."""
    told = json.loads(_show(home, "--json").stdout)
    version = told["version"]
    assert (told["answer"], version["effective_from"]) == ("in_force", START.isoformat())
    assert version["text_disputed"]
    assert version["text"] is None
    assert {one["text"][0]["text"] for one in version["texts"]} == {"green gates", "red gates"}
    assert {one["capture"] for one in version["texts"]} > set(version["other_texts"])


def test_version_with_one_text_is_not_in_dispute(home: Path) -> None:
    """Every text would be withheld from quoting."""
    ran = CliRunner().invoke(cli, ["--home", str(home), "show", CODE, "--on", "2019-06-01", "--json"])
    version = json.loads(ran.stdout)["version"]
    assert (version["text_disputed"], version["other_texts"], version["texts"]) == (False, [], [])
    assert version["text"][0]["text"] == "blue gates"


def test_command_says_that_the_text_is_in_dispute_and_prints_both(home: Path) -> None:
    """A reader would take the first text for the only one."""
    printed = " ".join(_show(home).stdout.split())
    assert TEXTS_DISPUTED in printed
    assert "green gates" in printed
    assert "red gates" in printed


@pytest.mark.parametrize("address", [f"/{CODE}/on/{DAY}", "version"])
def test_page_links_both_captures_and_offers_no_citation(home: Path, address: str) -> None:
    """An adviser would cite words that may not have been the text."""
    with KnowledgeBase(home) as kb:
        version = kb.in_force_on(CODE, When(date(2018, 6, 1))).version
    assert version is not None
    app = create_app({"HOME": home, "TODAY": lambda: SEEN})
    address = f"/{CODE}/version/{version.id}" if address == "version" else address
    soup = BeautifulSoup(app.test_client().get(address).get_data(as_text=True), "html5lib")
    warning = soup.select_one(".warn")
    assert warning is not None
    assert TEXTS_DISPUTED in warning.get_text()
    told = warning.get_text()
    assert all(
        capture.removeprefix("sha256:")[:12] in told
        for capture in (version.text_capture or "", *version.other_texts)
    )
    assert "green gates" in soup.get_text()
    assert "red gates" in soup.get_text()
    assert not soup.select(".citebox, .cite")


def test_nothing_is_concluded_from_comparing_a_text_in_dispute(home: Path) -> None:
    """A redline would show as amended what was perhaps never the text."""
    with KnowledgeBase(home) as kb:
        comparison = kb.compare(CODE, date(2018, 6, 1), date(2019, 6, 1))
    assert comparison.redline is None
    assert "several texts" in comparison.note


def test_answer_that_no_capture_of_a_known_day_shows_says_so(tmp_path: Path) -> None:
    """An answer from pages of unknown day would look as if it had been seen today."""
    take(tmp_path, raw(instruction(CODE, START, title="Gates", address="opsmanual/9")))
    never = "No page saved on a known day shows"
    ran = CliRunner().invoke(cli, ["--home", str(tmp_path), "show", CODE, "--on", DAY])
    assert never in " ".join(ran.stdout.split())
    app = create_app({"HOME": tmp_path, "TODAY": lambda: SEEN})
    for address in (f"/{CODE}/on/{DAY}", f"/case?codes={CODE}&on={DAY}"):
        assert never in app.test_client().get(address).get_data(as_text=True)
