"""Words that run from right to left: marked where they stand, and nothing else is."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from manual.pages.render import environment, set_apart
from manual.pages.text import Node, Piece

HEBREW = "\u05d0\u05d1\u05d2"


def drawn(*items: tuple[str, str]) -> BeautifulSoup:
    """A list of items (label, words) as `_text.html` draws it."""
    nodes = tuple(
        Node(kind="item", label=label, anchor=f"A1-{n}", pieces=(Piece(text=words),))
        for n, (label, words) in enumerate(items)
    )
    template = environment().get_template("_text.html")
    return BeautifulSoup(str(template.module.text((Node(kind="list", children=nodes),), None)), "html5lib")  # type: ignore[attr-defined]


def test_a_clause_that_runs_the_other_way_has_its_own_direction_and_its_label_ours() -> None:
    """A label would jump to the other side, or the words after a Hebrew one would be read in the wrong order."""
    page = drawn(("(a)", "Visa"), ("(b)", f"{HEBREW} visa"))
    assert [item.get("dir") for item in page.select("li")] == ["auto", "auto"]
    assert [label.get("dir") for label in page.select("li > a")] == ["ltr", "ltr"]


def test_a_text_without_such_letters_has_no_marks() -> None:
    """They say nothing there, and were a tenth of an edition."""
    page = drawn(("(a)", "Māori, café – 25 €"), ("(b)", "Visa"))
    assert not page.select("[dir]")
    assert [item.get("id") for item in page.select("li")] == ["A1-0", "A1-1"]
    assert [item.get_text() for item in page.select("li")] == ["(a) Māori, café – 25 €", "(b) Visa"]


@pytest.mark.parametrize(
    ("words", "html"),
    [("A & B", "A &amp; B"), (f"{HEBREW} <b>", f"<bdi>{HEBREW} &lt;b&gt;</bdi>"), ("", "")],
)
def test_a_title_is_set_apart_only_where_it_turns_the_line(words: str, html: str) -> None:
    """A title of a hostile page would turn the code before it around, or make an element."""
    assert str(set_apart(words)) == html
