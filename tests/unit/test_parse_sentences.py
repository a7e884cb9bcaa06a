"""The grammar of sentences: a table of them, mostly near misses, and what each says of the page it stands on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sentence_tables import page_with, rows, wrong_about

TABLE = Path(__file__).with_name("sentences.tsv")
ROWS = rows(TABLE)


@pytest.mark.parametrize(("sentence", "reading", "days"), ROWS, ids=[row[0] for row in ROWS])
def test_sentence_bounds_what_it_says_and_nothing_else(sentence: str, reading: str, days: str) -> None:
    """An end missed leaves a dead instruction in force; one imagined takes a living one out of force."""
    assert wrong_about(sentence, reading, days, "WA3.15") == ""


def test_sentence_means_the_same_whatever_stands_around_it() -> None:
    """A sentence would count only at the head of a paragraph, or with the spaces of one line."""
    for sentence, reading, days in ROWS:
        if reading not in (
            "ends",
            "ends_after",
            "ends_either",
            "starts",
            "suspended",
            "part",
            "group",
            "other",
        ):
            continue
        if sentence.startswith("They "):
            continue
        longer = f"A boat has a bell and a lamp. {sentence} The warden keeps a list."
        assert wrong_about(longer, reading, days, "WA3.15") == "", longer


def test_months_and_figures_name_the_same_day() -> None:
    """A form of date that the sentences do not know would make an end invisible."""
    for form in (
        "3 May 2023",
        "3rd May 2023",
        "03/05/2023",
        "3.5.2023",
        "3-5-2023",
        "2023-05-03",
        "03 May, 2023",
        "May 3, 2023",
    ):
        sentence = f"These instructions cease to be effective from {form}."
        assert wrong_about(sentence, "ends", "2023-05-03", "WA3.15") == "", form


@pytest.mark.parametrize(
    ("sentence", "own", "others"),
    [
        ("ZB2.1 was revoked on 1 March 2021 and these instructions on 3 May 2023.", "2023-05-03", ["ZB2.1 2021-03-01"]),
        ("These instructions ended on 3 May 2023 and ZB2.1 on 1 March 2023.", "2023-05-03", ["ZB2.1 2023-03-01"]),
        ("ZB2.1 was revoked on 1 March 2021, ZB2.2 on 1 May 2021 and these instructions on 3 May 2023.", "2023-05-03",
         ["ZB2.1 2021-03-01", "ZB2.2 2021-05-01"]),
        ("ZB2.1 was revoked on 1 March 2021 and the form on 3 May 2023.", None, ["ZB2.1 2021-03-01"]),
        ("ZB2.1 was revoked on 1 March 2021 and published on 3 May 2023.", None, ["ZB2.1 2021-03-01"]),
    ],
)  # fmt: skip
def test_one_verb_ends_several_each_on_its_day(sentence: str, own: str | None, others: list[str]) -> None:
    """The verb is said once: the second instruction would stay in force for ever."""
    page, *claims = page_with(sentence, "WA3.15").statements
    assert [str(end.day) for end in page.ends] == ([own] if own else [])
    assert [f"{said.code} {end.day}" for said in claims for end in said.ends] == others


def test_clause_that_speaks_of_an_own_three_part_code_is_of_a_part() -> None:
    """The end of a sub-heading would end the whole instruction."""
    assert wrong_about("WA3.15.10 ceases to be effective from 3 May 2023.", "part", "", "WA3.15") == ""


def test_edition_that_ceases_is_told_apart_from_its_instructions() -> None:
    """The last versions of the old edition say that the whole manual ceases (rule 12)."""
    page = page_with("The whole manual ceases to be effective from 29 November 2010.", "WA3.15")
    assert [end.basis for said in page.statements for end in said.ends] == ["edition"]
