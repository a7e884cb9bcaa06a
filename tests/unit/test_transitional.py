"""Transitional clauses: a cut-off by the day of an application is found, with its side, and nothing else is."""

from __future__ import annotations

from datetime import date

import pytest

from manual.model import Block, Cell
from manual.queries.transitional import CutOff, cut_offs, transitional_clauses


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Applications made on or before 9 March 2025 are decided on the old rate.", True),
        ("An application lodged before 01/07/2021 may be withdrawn.", True),
        ("This applies to those who applied after 5 May 2017.", True),
        ("Before 1 July 2021 no fee was asked of applications that had been accepted.", True),
        ("The application form dated 9 March 2025 is used.", False),
        ("Decisions made before 9 March 2025 stand.", False),
        ("Applications are made on paper.", False),
        ("An application made before 31 February 2025 is kept.", False),
    ],
)
def test_cut_offs_by_day_of_application_are_found(text: str, found: bool) -> None:
    """A transitional provision would be missing from a case document, or everything would look like one."""
    assert bool(transitional_clauses((Block(kind="paragraph", text=text),))) is found


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ("before 1 July 2021", "before"), ("prior to 1 July 2021", "before"), ("on or before 1 July 2021", "until"),
        ("up to and including 1 July 2021", "until"), ("until 1 July 2021", "until"), ("after 1 July 2021", "after"),
        ("on or after 1 July 2021", "from"), ("on and from 1 July 2021", "from"), ("from 1 July 2021", "from"),
        ("by 1 July 2021", "near"), ("between 1 July 2021", "near"),
    ],
)  # fmt: skip
def test_side_of_a_cut_off_is_that_of_its_words(words: str, side: str) -> None:
    """An application made on the very day would be put on the wrong side."""
    assert cut_offs(f"made {words}") == (CutOff(day=date(2021, 7, 1), side=side),)  # type: ignore[arg-type]


def test_both_days_of_a_span_are_cut_offs() -> None:
    """An application made after the span would seem untouched by it."""
    found = cut_offs("made between 1 July 2021 and 5 May 2022 on a form of 3 March 2020")
    assert [(str(cut_off.day), cut_off.side) for cut_off in found] == [
        ("2021-07-01", "near"),
        ("2022-05-05", "near"),
    ]


@pytest.mark.parametrize(
    ("side", "eve", "day"),
    [
        ("before", True, False),
        ("from", True, False),
        ("until", False, True),
        ("after", False, True),
        ("near", True, True),
    ],
)
def test_cut_off_parts_two_days_that_lie_on_its_sides(side: str, eve: bool, day: bool) -> None:
    """A clause that decides between two days of a case would not be listed, or one that decides nothing would."""
    cut_off = CutOff(day=date(2021, 7, 1), side=side)  # type: ignore[arg-type]
    assert cut_off.parts(date(2021, 6, 30), date(2021, 7, 1)) is eve
    assert cut_off.parts(date(2021, 7, 2), date(2021, 7, 1)) is day
    assert not cut_off.parts(date(2021, 6, 1), date(2021, 6, 30))
    assert not cut_off.parts(date(2021, 7, 1), date(2021, 7, 1))


def _item(label: str, text: str, *children: Block) -> Block:
    return Block(kind="item", label=label, pinpoint=f"J1.5{label}", text=text, children=children)


def test_item_goes_on_from_an_opening_that_speaks_of_applications() -> None:
    """The day stands in the item and the application above it: read alone, neither is a clause."""
    text = (
        _item(
            "(a)",
            "The old points count for an application that was made:",
            _item("(i)", "on or before 9 March 2025; or"),
            _item("(ii)", "with papers of employment from 1 May 2020"),
        ),
    )
    (clause,) = transitional_clauses(text)
    assert clause.pinpoint == "J1.5(i)"
    assert clause.opening == "The old points count for an application that was made:"
    assert clause.parts(date(2025, 3, 9), date(2025, 3, 10))


def test_heading_opens_nothing_and_tables_are_read() -> None:
    """A heading "Applications" would make clauses of all days below it; a table of rates would be passed over."""
    under = _item("(a)", "before 1 July 2021 the fee was lower")
    row = ((Cell(text="Applications made before 1 July 2021"), Cell(text="old rate")),)
    text = (
        Block(kind="heading", text="Applications made", children=(under,)),
        Block(kind="table", pinpoint="J1.5 table 1", rows=row),
    )
    assert [clause.pinpoint for clause in transitional_clauses(text)] == ["J1.5 table 1"]
