"""The search is described once, and everything that the description shows works."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from manual.cli import cli
from manual.pages.how_to_search import SECTIONS, Form
from tests.site.conftest import See

FORMS = [form for section in SECTIONS for form in section.forms]
README = Path(__file__).parents[2] / "README.md"
# inforce search 'title:pilots appren*'      in the title; words that begin so
EXAMPLE = re.compile(r"^    (inforce search .*?)  +\S", re.MULTILINE)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.typed)
def test_each_form_on_the_page_finds_something(client: FlaskClient, form: Form) -> None:
    """A reader would try it, find nothing, and not try the next one."""
    answer = client.get("/search", query_string={"q": form.typed, "on": "2026-08-01"}, follow_redirects=True)
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    assert "read as written" not in page
    assert 'class="hits"' in page or "/search" not in answer.request.path


def test_the_page_shows_every_form_and_leads_to_its_search(see: See) -> None:
    """A form that is described nowhere is used by nobody."""
    page = see("/how-to-search?on=2019-08-15")
    shown = [code.get_text() for code in page.soup.select("dl.forms dt code")]
    assert shown == [form.typed for form in FORMS]
    assert all("on=2019-08-15" in href for href in page.hrefs() if href.startswith("/search"))
    assert "/how-to-search" in see("/search").hrefs()
    assert "/how-to-search" in see("/about").hrefs()


def test_the_help_of_the_command_shows_every_form() -> None:
    """Whoever sits at a terminal would have to open the site to learn the language."""
    said = " ".join(CliRunner().invoke(cli, ["search", "--help"], terminal_width=200).output.split())
    for form in FORMS:
        assert form.typed in said
        assert " ".join(form.means.split())[:30] in said


EXAMPLES = EXAMPLE.findall(README.read_text(encoding="utf-8"))


def test_the_readme_has_examples() -> None:
    """The test below would run none."""
    assert len(EXAMPLES) >= 10


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_example_of_the_readme_finds_something(example: str, specimen_home: Path) -> None:
    """The first thing that a newcomer copies would fail."""
    arguments = shlex.split(example)[1:]
    ran = CliRunner().invoke(cli, ["--home", str(specimen_home), *arguments])
    assert ran.exit_code == 0, ran.output
    assert re.search(r"^[1-9]\d* instructions? on ", ran.stdout, re.MULTILINE), ran.output
    assert "read as written" not in ran.output
