"""The days of a case and the address it lives in."""

from __future__ import annotations

from datetime import date

import pytest

from manual.errors import NamedDayError
from manual.pages.case_days import (
    MADE,
    MOST_DAYS,
    NamedDay,
    as_query,
    case_query,
    day_of_case,
    days_typed,
    in_time_order,
    principal,
    settled,
    with_code,
)

TODAY = date(2026, 9, 1)


@pytest.mark.parametrize(
    "typed", ["", "=", "decision", "decision=", "=2020-01-01", "decision=soon", "x" * 41 + "=2020-01-01"]
)
def test_day_without_a_name_or_a_name_without_a_day_is_refused(typed: str) -> None:
    """A case would be answered for a day that nobody meant."""
    with pytest.raises(NamedDayError):
        day_of_case(typed, TODAY)


def test_name_may_hold_spaces_and_the_day_any_form() -> None:
    """The command line would take fewer forms than the site."""
    assert day_of_case(" expression  of interest = 3/2/2025 ", TODAY) == NamedDay(
        date(2025, 2, 3), "expression of interest"
    )


def test_name_is_given_once_and_days_are_few() -> None:
    """Two columns of one name could not be told apart, and ten would not fit the paper."""
    day = date(2020, 1, 1)
    with pytest.raises(NamedDayError, match="twice"):
        in_time_order([NamedDay(day, "Decision"), NamedDay(day, "decision")])
    with pytest.raises(NamedDayError, match="at most"):
        in_time_order([NamedDay(day, str(n)) for n in range(MOST_DAYS + 1)])


def test_instructions_of_the_day_of_the_application_come_first() -> None:
    """The page would answer for the decision's day, by which the rule does not go."""
    days = in_time_order([NamedDay(date(2021, 1, 1), MADE), NamedDay(date(2020, 1, 1), "invitation")])
    assert [one.name for one in days] == ["invitation", MADE]
    assert principal(days) == NamedDay(date(2021, 1, 1), MADE)
    assert principal([]) is None


def test_what_can_not_be_read_is_told_by_its_field_and_the_rest_counts() -> None:
    """One slip would lose a whole case."""
    days = days_typed({"eoi": "31/2/2020", "on": "1/3/2020", "days": "medical=1/4/2020; nonsense"}, TODAY)
    assert [one.name for one in days.found] == [MADE, "medical"]
    assert set(days.problems) == {"eoi", "days"}


def test_too_many_other_days_are_told_and_none_is_lost_silently() -> None:
    """A day would be left out of a case without a word."""
    given = {"days": ";".join(f"n{n}=2020-01-0{n}" for n in range(1, 10)) + ";last=2020-02-01"}
    days = days_typed(given, TODAY)
    assert len(days.found) == MOST_DAYS
    assert "at most" in days.problems["days"]


def test_address_of_a_case_keeps_what_makes_it_and_nothing_else() -> None:
    """A name typed into some other field would go into addresses and into logs."""
    assert case_query({"codes": " A1 ", "name": "Somebody", "reference": "12", "on": "", "part": "WA"}) == (
        ("codes", "A1"),
        ("part", "WA"),
    )
    assert case_query("codes=A1&reference=12&on=2020-01-01") == (("codes", "A1"), ("on", "2020-01-01"))


def test_code_is_added_once_and_the_day_only_where_there_is_none() -> None:
    """Adding would double a code, or move the day of the application."""
    first = with_code("", "A1", date(2020, 1, 1))
    assert first == (("codes", "A1"), ("on", "2020-01-01"))
    second = with_code(as_query(first), "A2", date(2021, 1, 1))
    assert second == (("codes", "A1,A2"), ("on", "2020-01-01"))
    assert with_code(as_query(second), "A1", None) == second
    assert with_code("codes=A1&decision=2020-01-01", "A2", date(2021, 1, 1)) == (
        ("codes", "A1,A2"),
        ("decision", "2020-01-01"),
    )


def test_version_chosen_from_a_list_brings_its_own_day() -> None:
    """Every row of a history would add the same, whatever version the reader chose."""
    first = with_code("codes=A1&on=2020-01-01", "A2", date(2021, 1, 1), own=True)
    assert first == (("codes", "A1,A2"), ("on", "2020-01-01"), ("days", "A2 from 2021-01-01=2021-01-01"))
    assert with_code(as_query(first), "A2", date(2021, 1, 1), own=True) == first
    assert days_typed(dict(first), TODAY).problems == {}


def test_printed_address_has_every_day_in_the_form_that_is_cited() -> None:
    """`today` in a printed address would be another day when it is typed again."""
    given = {"codes": "A1", "on": "today", "eoi": "1/3/2020", "days": "medical = 1 April 2020"}
    assert settled(given, days_typed(given, TODAY)) == (
        ("codes", "A1"),
        ("eoi", "2020-03-01"),
        ("on", "2026-09-01"),
        ("days", "medical=2020-04-01"),
    )
