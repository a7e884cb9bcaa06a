"""One grammar of dates: what people type and what pages print."""

from __future__ import annotations

from datetime import date

import pytest

from manual.dates import PRINTED_DAY, parse_asked_day, parse_day, parse_printed_day
from manual.errors import DayError, UnlikelyYear

FORMS = (
    "1 April 2025", "01 April 2025", "1st April 2025", "1 Apr 2025", "1 Apr. 2025", "1 April, 2025", "1/4/2025",
    "01/04/2025", "1.4.2025", "01-04-2025", "2025-04-01", "1st day of April 2025", "1 APRIL 2025", "1-Apr-2025",
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_every_form_names_the_same_day_typed_or_printed(form: str) -> None:
    """A form known in one place only would be silently passed over in the others."""
    assert parse_day(form) == parse_printed_day(form) == date(2025, 4, 1)


@pytest.mark.parametrize("form", [*FORMS, "05/06/00", "15.8.24"])
def test_every_form_is_found_within_a_sentence(form: str) -> None:
    """A day that is read but not found would never be handed to the reader."""
    found = PRINTED_DAY.search(f"It begins on {form}.")
    assert found is not None
    assert found.group() == form


def test_raised_number_of_a_footnote_is_no_part_of_the_day() -> None:
    """A day with a footnote would be none, and its bound lost."""
    for form in ("1 April 2025", "01/04/2025"):
        found = PRINTED_DAY.search(f"It begins on {form}¹².")
        assert found is not None
        assert found.group() == form


@pytest.mark.parametrize(
    "words",
    [
        "26/071999",
        "1/2",
        "section 3.4.5",
        "1.2.3.2020",
        "12/34/5678/9",
        "1 Maypole 2020",
        "x1/4/2025",
        "1/4/20255",
    ],
)
def test_what_is_no_date_is_not_found(words: str) -> None:
    """Figures of law and of labels would become days."""
    assert PRINTED_DAY.search(words) is None


@pytest.mark.parametrize(
    "form", ["31/04/2015", "29 February 2023", "1-4/2025", "13.13.2020", "0/1/2020", "26/071999"]
)
def test_day_that_the_calendar_lacks_is_refused(form: str) -> None:
    """A repaired guess is worse than none."""
    for parse in (parse_day, parse_printed_day):
        with pytest.raises(DayError):
            parse(form)


@pytest.mark.parametrize(
    ("form", "year"), [("05/06/90", 1990), ("05/06/99", 1999), ("05/06/00", 2000), ("05/06/49", 2049)]
)
def test_two_figures_of_a_year_mean_the_manual_s_own_time(form: str, year: int) -> None:
    """The manual began in 1999: another pivot would date its pages a hundred years off."""
    assert parse_printed_day(form) == date(year, 6, 5)
    with pytest.raises(DayError, match="four digits"):
        parse_day(form)


@pytest.mark.parametrize(
    "form", ["05/06/50", "05/06/69", "05/06/89", "05/06/0212", "05/06/2112", "5 June 1989", "5.6.9999"]
)
def test_year_that_the_manual_cannot_mean_is_told_apart(form: str) -> None:
    """A slip of one figure would start a version in another century (pages with 0212 and 2112 exist)."""
    with pytest.raises(UnlikelyYear):
        parse_printed_day(form)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("Thursday 15 August 2024", date(2024, 8, 15)),
        ("Thu, 15/8/2024", date(2024, 8, 15)),
        ("thurs. 2024-08-15", date(2024, 8, 15)),
        ("15 Aug 2024", date(2024, 8, 15)),
        ("Today", date(2026, 9, 1)),
        (" yesterday ", date(2026, 8, 31)),
    ],
)
def test_a_day_may_be_asked_for_with_its_weekday_or_by_its_name(typed: str, day: date) -> None:
    """A day copied from a letter would be refused."""
    assert parse_asked_day(typed, date(2026, 9, 1)) == day


@pytest.mark.parametrize(
    "typed", ["Friday 15 August 2024", "Thu", "tomorrow", "T 15 August 2024", "Word 15 August 2024"]
)
def test_a_weekday_that_is_not_that_of_the_day_is_refused(typed: str) -> None:
    """One of the two is wrong, and nothing says which."""
    with pytest.raises(DayError):
        parse_asked_day(typed, date(2026, 9, 1))
