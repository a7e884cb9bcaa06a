"""The edition before 29 November 2010: replaced pages, last ones, pages seen live or without a banner (rule 12)."""

from __future__ import annotations

import pytest

from tests.evidence import (
    archived,
    captured,
    caveats,
    day,
    ends,
    history,
    live,
    old_page,
    on,
    page,
    rows,
    said,
    told,
    words,
)

CEASES = ends("edition excluded 29/11/2010")


def test_a_replaced_page_of_the_edition_is_open_from_its_second_day_and_ended_with_it() -> None:
    """It gives no force up to 28 November 2010: something replaced it, nobody knows when."""
    h = history(captured("05/09/2025", archived("01/06/2001", edition="pre-2010")))
    assert words(h, "31/05/2001", "01/06/2001", "02/06/2001", "28/11/2010", "29/11/2010") == [
        "before_record",
        "in_force",
        "disputed",
        "disputed",
        "ended",
    ]


def test_a_replaced_page_ends_at_the_next_start_of_its_edition() -> None:
    h = history(
        captured("05/09/2025", archived("01/06/2001", 2, edition="pre-2010")),
        captured(
            "05/09/2025",
            old_page("foot 01/01/2005", at="manual/3", edition="pre-2010", ends=CEASES),
            capture="b",
        ),
    )
    assert told(h, "31/12/2004", "01/01/2005", "28/11/2010", "29/11/2010") == [
        "in_force 01/06/2001",
        "in_force 01/01/2005",
        "in_force 01/01/2005",
        "ended",
    ]
    assert caveats(h, "01/01/2003")[1] is False


def test_nothing_stood_between_two_versions_of_the_edition_that_a_whole_list_shows_side_by_side() -> None:
    """The edition ended the newer one alone: its end says nothing of what followed the older one."""
    h = history(captured("01/05/2010", live("13/03/2004", lists_versions=True), rows("15/06/2003")))
    assert told(h, "12/03/2004", "13/03/2004") == ["in_force 15/06/2003", "in_force 13/03/2004"]
    assert caveats(h, "12/03/2004") == (None, True)


def test_a_page_saved_live_before_the_edition_ceased_was_in_force_and_ended_with_it_at_the_latest() -> None:
    h = history(captured("03/02/2007", live("20/02/2002")))
    assert words(h, "19/02/2002", "20/02/2002", "03/02/2007", "28/11/2010", "29/11/2010", "01/01/2026") == [
        "before_record",
        "in_force",
        "in_force",
        "in_force",
        "ended",
        "ended",
    ]
    assert caveats(h, "28/11/2010") == (day("03/02/2007"), True)
    assert caveats(h, "03/02/2007")[0] is None
    assert h.versions[0].basis_until == "edition"


@pytest.mark.parametrize(("seen_on", "on_the_day"), [("28/11/2010", "ended"), ("29/11/2010", "in_force")])
def test_only_what_was_seen_before_the_day_is_of_the_edition(seen_on: str, on_the_day: str) -> None:
    h = history(captured(seen_on, live("20/02/2002")))
    assert words(h, "28/11/2010", "29/11/2010") == ["in_force", on_the_day]


def test_a_page_that_began_with_the_next_edition_is_not_of_the_older_one() -> None:
    """Announced for 29 November 2010 and seen before: it begins that day."""
    h = history(captured("20/11/2010", live("29/11/2010")))
    assert words(h, "28/11/2010", "29/11/2010", "01/01/2026") == ["not_yet", "in_force", "in_force"]


def test_a_page_seen_unmarked_after_the_edition_ceased_is_not_ended_on_that_day() -> None:
    """What the live address shows on a day is never passed over."""
    h = history(
        captured("03/02/2007", live("20/02/2002")),
        captured("01/06/2012", live("20/02/2002")),
    )
    assert words(h, "28/11/2010", "01/06/2012") == ["in_force", "disputed"]


def test_a_page_of_the_edition_that_lost_its_banner_may_have_been_replaced() -> None:
    """Saved later it bears a banner; without one, it is unknown which of the two kinds it was."""
    h = history(captured("05/09/2025", page("foot 01/06/2001", at="manual/2", edition="pre-2010")))
    assert words(h, "01/06/2001", "02/06/2001", "28/11/2010", "29/11/2010") == [
        "in_force",
        "disputed",
        "disputed",
        "ended",
    ]


def test_a_page_of_the_edition_that_prints_its_end_keeps_it_without_a_banner() -> None:
    h = history(
        captured("05/09/2025", page("foot 01/06/2001", at="manual/2", edition="pre-2010", ends=CEASES))
    )
    assert words(h, "01/06/2001", "28/11/2010", "29/11/2010") == ["in_force", "in_force", "ended"]
    assert caveats(h, "28/11/2010") == (None, True)
    assert on(h, "28/11/2010").as_last_seen_exact


def test_rows_on_a_page_of_the_edition_stood_in_it_too() -> None:
    h = history(
        captured(
            "05/09/2025", old_page("foot 01/06/2005", at="manual/2", edition="pre-2010"), rows("01/06/2001")
        )
    )
    assert told(h, "01/06/2001", "31/05/2005") == ["in_force 01/06/2001"] * 2
    assert words(h, "29/11/2010") == ["ended"]


def test_a_row_on_a_page_of_the_edition_that_begins_with_the_next_one_goes_on() -> None:
    h = history(
        captured(
            "05/09/2025", old_page("foot 01/06/2005", at="manual/2", edition="pre-2010"), rows("29/11/2010")
        )
    )
    assert told(h, "28/11/2010", "29/11/2010", "30/11/2010") == [
        "in_force 01/06/2005",
        "in_force 29/11/2010",
        "disputed",
    ]


def test_an_old_page_of_unknown_day_and_no_sign_of_an_edition_may_be_of_either() -> None:
    """It was replaced before 29 November 2010, or its version went over: nothing says that it ended then."""
    h = history(captured(None, archived("01/06/2001")))
    assert words(h, "01/06/2001", "28/11/2010", "29/11/2010") == ["in_force", "disputed", "disputed"]


def test_an_old_page_of_the_next_edition_went_over_into_it() -> None:
    """Rule 12 speaks of pages of the edition that ceased: this one shows no sign of it."""
    h = history(
        captured("05/09/2025", archived("01/06/2001")),
        captured("06/09/2025", live("01/06/2015", at="manual/9")),
    )
    assert told(h, "29/11/2010", "31/05/2015") == ["in_force 01/06/2001"] * 2


def test_what_began_on_the_day_the_edition_ceased_is_of_the_next_one() -> None:
    h = history(captured("05/09/2025", archived("29/11/2010")))
    assert words(h, "29/11/2010", "30/11/2010", "04/09/2025", "05/09/2025") == [
        "in_force",
        "disputed",
        "disputed",
        "undated",
    ]


def test_a_row_alone_from_before_the_day_did_not_cease_with_the_edition() -> None:
    """A list of the next edition that names it shows that it went over."""
    h = history(captured("01/06/2012", live("01/03/2012", lists_versions=True), rows("01/06/2001")))
    assert told(h, "29/11/2010", "29/02/2012", "01/03/2012") == [
        "in_force 01/06/2001",
        "in_force 01/06/2001",
        "in_force 01/03/2012",
    ]


def test_an_own_end_before_the_edition_ceased_comes_first() -> None:
    h = history(
        captured(
            "05/09/2025", archived("01/06/2001", edition="pre-2010", ends=ends("text excluded 01/01/2008"))
        )
    )
    assert words(h, "31/12/2007", "01/01/2008", "29/11/2010") == ["in_force", "ended", "ended"]


def test_a_line_without_a_date_seen_before_the_day_is_of_the_edition() -> None:
    h = history(captured("03/02/2007", said("contents")))
    assert words(h, "02/02/2007", "03/02/2007", "28/11/2010", "29/11/2010") == [
        "undated",
        "in_force",
        "in_force",
        "ended",
    ]


def test_a_day_after_the_edition_and_before_a_later_start_is_ended_and_not_vouched_for() -> None:
    h = history(
        captured("03/02/2007", live("20/02/2002")),
        captured("01/06/2012", live("01/03/2012")),
    )
    assert told(h, "28/11/2010", "29/11/2010", "29/02/2012", "01/03/2012") == [
        "in_force 20/02/2002",
        "ended",
        "ended",
        "in_force 01/03/2012",
    ]
    assert on(h, "29/02/2012").version is not None
    assert caveats(h, "29/02/2012")[1] is False


def test_a_row_begun_later_than_the_page_of_the_edition_that_lists_it_ceased_with_the_edition_too() -> None:
    """What a page of the edition lists stood in that edition."""
    h = history(
        captured(
            "05/09/2025", old_page("foot 01/06/2001", at="manual/2", edition="pre-2010"), rows("01/06/2005")
        )
    )
    assert told(h, "01/06/2001", "31/05/2005", "01/06/2005") == [
        "in_force 01/06/2001",
        "in_force 01/06/2001",
        "in_force 01/06/2005",
    ]
    assert words(h, "28/11/2010", "29/11/2010", "01/01/2026") == ["disputed", "ended", "ended"]


def test_what_was_replaced_within_its_edition_was_not_replaced_by_a_version_of_eleven_years_later() -> None:
    """U3.20 in the register: nobody knows what stood there in between."""
    h = history(
        captured(None, old_page("foot 05/06/2000", at="manual/2", edition="pre-2010")),
        captured(None, archived("20/12/2021")),
    )
    assert words(h, "05/06/2000", "06/06/2000", "28/11/2010", "29/11/2010") == [
        "in_force",
        "disputed",
        "disputed",
        "ended",
    ]


def test_what_ceased_with_the_old_edition_stands_before_what_began_with_the_next() -> None:
    """If it stood after it, A16.1's neighbours and comparisons would lead from 2010 back to the old edition."""
    h = history(
        captured(None, page(at="manual/2", edition="pre-2010")),
        captured("05/09/2025", live("30/07/2012"), rows("29/11/2010")),
    )
    assert [v.id.partition("@")[2] for v in h.versions] == ["undated", "2010-11-29", "2012-07-30"]


def test_an_old_version_of_the_edition_may_have_ended_before_the_edition_did() -> None:
    """A whole list says that nothing known replaced it; that its edition ceased is not the reason."""
    h = history(
        captured("01/06/2012", live("01/01/2011", lists_versions=True), rows("01/01/2005")),
        captured("01/06/2014", archived("01/01/2005", edition="pre-2010")),
    )
    answer = on(h, "29/11/2010")
    assert answer.answer == "ended"
    assert answer.reasons == (
        "The version of 1 January 2005 had ended by 29 November 2010; since when is not stated readably.",
    )


def test_that_the_edition_ended_an_old_version_vouches_for_no_gap() -> None:
    """It had been replaced by then, even where a whole list shows the next known one beside it."""
    h = history(
        captured("01/06/2010", archived("01/01/2005")),
        captured("01/06/2012", live("01/01/2011", lists_versions=True), rows("01/01/2005")),
    )
    answer = on(h, "29/11/2010")
    assert (answer.answer, answer.version and answer.version.gap_vouched) == ("ended", False)


def test_an_old_version_of_the_edition_has_no_stated_end() -> None:
    """It was replaced on a day that nobody knows, at the latest when its edition ceased."""
    h = history(captured("05/09/2025", old_page("foot 01/06/2005", at="manual/2", edition="pre-2010")))
    assert words(h, "01/06/2005", "02/06/2005", "29/11/2010") == ["in_force", "disputed", "ended"]
    assert (h.versions[0].validity.effective_until, h.versions[0].basis_until) == (None, "dispute")


@pytest.mark.parametrize("previous", ["01/01/2003", "01/01/2004"])
def test_a_page_of_unknown_day_that_lists_older_ones_may_have_ended_with_its_edition(previous: str) -> None:
    """Only a previous version of a later day shows that its own first day is misprinted (rule 18)."""
    h = history(captured(None, live("01/01/2004"), rows(previous, at=7)))
    assert words(h, "02/01/2004", "01/01/2015") == ["in_force", "disputed"]


def test_the_reason_of_an_old_page_of_the_edition_is_that_the_edition_ceased() -> None:
    """Its mark says nothing of how it ended, and the edition does."""
    old = old_page("foot 01/01/2004", at="manual/5", edition="pre-2010")
    h = history(captured("01/06/2012", old))
    assert [reason[-30:] for reason in on(h, "01/01/2011").reasons] == ["it (the whole edition ceased)."]


def test_an_address_that_holds_an_old_page_since_then_may_have_been_the_live_one_in_the_old_edition() -> None:
    """Rule 3: before 2011 old texts kept their address, so the page of 2005 was seen in force there."""
    h = history(
        captured("01/06/2005", page("foot 01/01/2004", at="manual/5", text_digest="A")),
        captured("01/06/2012", archived("01/01/2004", text_digest="A")),
    )
    assert [v.last_seen for v in h.versions] == [day("01/06/2005")]
