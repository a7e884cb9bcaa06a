"""Which statement gives way, and what leaves no room for a version of unknown start."""

from __future__ import annotations

from tests.evidence import (
    archived,
    captured,
    day,
    doubtful,
    ends,
    history,
    kinds,
    live,
    over,
    page,
    rows,
    said,
    told,
    words,
)

# ---------------------------------------------------------------- rows and circulars against pages


def test_a_row_gives_way_to_a_later_sight_of_the_version_before_it() -> None:
    """A page that bears no mark on a later day shows that nothing had replaced it: one misprinted row would dispute
    years."""
    h = history(
        captured("22/02/2012", live("21/05/2011")),
        captured("28/09/2013", live("01/03/2013"), rows("18/09/2011", "21/05/2011")),
    )
    assert told(h, "18/09/2011", "22/02/2012", "28/02/2013") == ["in_force 21/05/2011"] * 3
    assert told(h, "01/03/2013") == ["in_force 01/03/2013"]
    assert "start_contradicted" in kinds(h)


def test_a_row_of_the_very_day_of_the_sight_is_disputed() -> None:
    """The page may have been saved on that day before it was changed."""
    h = history(
        captured("18/09/2011", live("21/05/2011")),
        captured("28/09/2013", live("01/03/2013"), rows("18/09/2011")),
    )
    assert words(h, "17/09/2011", "18/09/2011", "28/02/2013") == ["in_force", "disputed", "disputed"]


def test_a_page_that_lists_a_later_version_as_previous_is_no_stronger_than_its_own_list() -> None:
    """Rule 18: nobody knows which of the two it prints wrongly."""
    h = history(captured("28/03/2017", live("15/05/2015"), rows("25/05/2015")))
    assert words(h, "25/05/2015") == ["disputed"]
    assert "start_contradicted" not in kinds(h)


def test_a_sight_at_another_address_than_the_linked_one_leaves_a_row_standing() -> None:
    """A copy without a banner shows nothing in force (rule 17)."""
    h = history(
        captured("04/07/2017", said("contents", at="manual/1")),
        captured("02/08/2019", page("foot 07/03/2014", at="manual/5")),
        captured("13/11/2019", live("23/12/2018"), rows("04/12/2015")),
    )
    assert "in_force 07/03/2014" not in told(h, "04/12/2015", "04/07/2017")


def test_a_row_stands_where_a_page_of_a_newer_version_contradicts_the_sight_too() -> None:
    h = history(
        captured("02/06/2013", live("22/01/2013"), rows("23/11/2012")),
        captured("05/04/2014", page("foot 10/04/2011", at="manual/5")),
    )
    assert "start_contradicted" not in kinds(h)


def test_a_circular_gives_way_to_words_of_ending_but_not_to_a_page_without_a_mark() -> None:
    """A page need not know yet what a circular begins; its own words about its end rank above the circular."""
    circular = captured("13/08/2011", said("claim", "circular 20/09/2011", title=""), capture="circular")
    stated = page("foot 22/07/2011", at="manual/6", ends=ends("text excluded 25/11/2013"))
    h = history(circular, captured("16/11/2017", stated))
    assert told(h, "20/09/2011", "24/11/2013") == ["in_force 22/07/2011"] * 2
    h = history(circular, captured("16/11/2017", live("22/07/2011")))
    assert words(h, "20/09/2011") == ["disputed"]


def test_words_that_may_end_a_version_later_leave_a_row_in_doubt() -> None:
    """By one reading the row is of no version; by the other it followed."""
    stated = page("foot 07/04/2012", at="manual/6", ends=doubtful("unclear", "text excluded 05/11/2012"))
    row = captured(None, said("page", at="manual/7"), rows("17/08/2012"), capture="list")
    h = history(captured(None, stated, capture="page"), row)
    assert words(h, "16/08/2012", "17/08/2012") == ["in_force", "disputed"]


def test_circulars_of_two_days_speak_of_two_versions() -> None:
    """A month apart at most, they would pass for one whose first day is doubted."""
    first = captured("08/11/2011", said("claim", "circular 13/11/2011", title=""), capture="first")
    second = captured("17/11/2011", said("claim", "circular 23/11/2011", title=""), capture="second")
    h = history(first, second)
    assert told(h, "13/11/2011", "23/11/2011") == ["in_force 13/11/2011", "in_force 23/11/2011"]


def test_a_row_under_another_code_is_not_doubted_where_another_list_prints_it_rightly() -> None:
    h = history(
        captured("16/03/2017", live("03/02/2017"), said("listed", "listed 10/04/2014", misprinted=True)),
        captured("15/09/2017", archived("21/05/2016", 8), rows("10/04/2014")),
    )
    assert told(h, "10/04/2014", "20/05/2016") == ["in_force 10/04/2014"] * 2


# ---------------------------------------------------------------- no room for a version of unknown start


def test_nothing_of_unknown_start_is_in_force_on_the_first_day_of_a_dated_version() -> None:
    """A version lasts its first day at least; the days after it are open."""
    h = history(captured("19/02/2014", archived("25/08/2011"), said("listed", at="manual/1", ends=over())))
    assert told(h, "25/08/2011") == ["in_force 25/08/2011"]
    assert words(h, "26/08/2011") == ["disputed"]


def test_nothing_of_unknown_start_is_in_force_before_a_sight_of_a_version_that_had_begun() -> None:
    h = history(
        captured("20/02/2016", live("18/04/2015")),
        captured("21/10/2017", live("08/03/2017"), said("listed", at="manual/5", ends=over())),
    )
    assert told(h, "19/04/2015", "20/02/2016") == ["in_force 18/04/2015"] * 2
    assert words(h, "21/02/2016", "07/03/2017") == ["disputed", "disputed"]


def test_nothing_of_unknown_start_is_in_force_before_the_end_that_a_page_states() -> None:
    stated = live("07/08/2015", ends=ends("suffix either 16/09/2016"))
    h = history(captured("16/01/2018", stated, said("listed", ends=over(), locator="row 0")))
    assert told(h, "08/08/2015", "15/09/2016") == ["in_force 07/08/2015"] * 2


def test_a_line_settles_its_own_day_against_another_that_had_ended_on_no_readable_day() -> None:
    h = history(
        captured("04/05/2012", said("contents")),
        captured("21/03/2018", live("12/05/2017"), said("listed", at="manual/7", ends=over())),
    )
    assert told(h, "04/05/2012") == ["in_force ?"]


# ---------------------------------------------------------------- what a line may speak of


def test_a_line_may_speak_of_a_version_that_ended_later() -> None:
    """Whether it was the dated one or the one that ended is not known, nor since when the latter stood."""
    ended = said("listed", position=0, locator="row 0", ends=ends("text excluded 28/10/2016"))
    h = history(
        captured("11/02/2016", said("contents", at="manual/1")),
        captured("06/09/2018", live("09/08/2018"), ended, rows("20/10/2014")),
    )
    assert told(h, "20/10/2014", "11/02/2016") == ["in_force 20/10/2014"] * 2
    assert words(h, "21/10/2014", "10/02/2016", "12/02/2016", "28/10/2016") == [
        "disputed",
        "disputed",
        "disputed",
        "ended",
    ]


def test_a_line_does_not_speak_of_one_that_ended_after_a_later_version_had_begun() -> None:
    ended = said("listed", at="manual/7", locator="row 9", ends=ends("listed excluded 23/07/2021"))
    h = history(
        captured("26/11/2017", said("neighbour", at="manual/1")),
        captured(
            "05/03/2026", live("09/05/2024", lists_versions=True), ended, rows("26/03/2020", "06/04/2017")
        ),
    )
    assert told(h, "07/04/2017", "26/11/2017") == ["in_force 06/04/2017"] * 2


def test_a_line_after_words_that_can_be_read_both_ways_settles_its_own_day() -> None:
    """If the words ended the version the line is of another one: the code was in force by both readings."""
    stated = live("09/05/2017", ends=doubtful("unclear", "text excluded 23/06/2018"))
    h = history(captured("31/08/2017", stated), captured("27/12/2021", said("contents")))
    assert words(h, "22/06/2018", "23/06/2018", "26/12/2021") == ["in_force", "disputed", "disputed"]
    assert told(h, "27/12/2021", "01/06/2022") == ["in_force ?"] * 2


def test_a_line_before_words_that_can_be_read_both_ways_stays_in_doubt() -> None:
    """The page that may say that it had ended is newer than the line."""
    stated = live("01/11/2011", ends=doubtful("unclear", "text excluded 23/03/2012"))
    h = history(captured("23/10/2012", stated), captured("10/10/2012", said("contents")))
    assert words(h, "10/10/2012") == ["disputed"]


def test_an_announced_version_began_if_its_words_stand_at_the_address_later() -> None:
    """Nothing else is known of what became of it: it would be taken for one that may never have begun."""
    h = history(
        captured("22/05/2014", live("19/07/2014", text_digest="C")),
        captured("19/01/2015", page(at="manual/1", text_digest="C")),
    )
    assert told(h, "19/07/2014", "19/01/2015") == ["in_force 19/07/2014"] * 2


def test_an_address_seen_without_a_mark_before_it_bore_one_shows_what_was_in_force() -> None:
    h = history(captured("01/11/2017", live("08/07/2017")), captured("04/06/2018", archived("08/07/2017", 1)))
    assert told(h, "04/09/2017", "01/11/2017") == ["in_force 08/07/2017"] * 2
    assert words(h, "02/11/2017") == ["disputed"]


# ---------------------------------------------------------------- ends without a day


def test_two_marks_of_ending_without_a_day_are_of_one_version() -> None:
    h = history(
        captured("30/03/2016", live("10/09/2014", ends=over())),
        captured("02/04/2016", said("contents", ends=over("listed"))),
    )
    assert len(h.versions) == 1
    assert words(h, "30/03/2016", "02/04/2016") == ["ended", "ended"]


def test_a_mark_without_a_day_is_of_what_is_known_to_have_ended_before() -> None:
    """It was there to be read; another version of unknown start would leave the days between undated."""
    h = history(
        captured("27/05/2019", said("contents", ends=ends("listed included 02/10/2016"))),
        captured("28/06/2019", said("contents", ends=over("listed"))),
    )
    assert len(h.versions) == 1
    assert words(h, "03/10/2016", "27/06/2019") == ["ended", "ended"]


def test_a_mark_without_a_day_may_be_of_any_version_of_its_title() -> None:
    """Of the one that had ended before, or of the one that has begun since: on its own day both are possible."""
    h = history(
        captured("01/06/2015", said("contents", ends=ends("listed excluded 01/01/2015"))),
        captured("01/06/2018", live("01/01/2018")),
        captured("01/06/2020", said("contents", ends=over("listed"))),
    )
    assert [bool(v.ends) for v in h.versions] == [True, False]
    assert told(h, "01/01/2018", "01/06/2018") == ["in_force 01/01/2018"] * 2
    assert words(h, "01/01/2015", "31/12/2017") == ["ended", "ended"]
    assert words(h, "02/06/2018", "01/06/2020") == ["disputed", "disputed"]


def test_a_circular_ends_what_was_over_when_it_was_first_seen() -> None:
    h = history(
        captured("11/09/2015", said("claim", title="", ends=ends("circular excluded 29/09/2015"))),
        captured("28/01/2016", said("contents", ends=over("listed"))),
    )
    assert len(h.versions) == 1
    assert words(h, "29/09/2015", "27/01/2016") == ["ended", "ended"]
    assert h.versions[0].validity.effective_until == day("29/09/2015")


def test_a_circular_ends_a_version_that_its_page_calls_over_later() -> None:
    """That the page was over when seen, later, is no end before the circular's day."""
    h = history(
        captured("17/04/2013", said("claim", title="", ends=ends("circular excluded 27/04/2013"))),
        captured("24/06/2013", live("22/02/2013", ends=over())),
    )
    assert told(h, "22/02/2013", "26/04/2013") == ["in_force 22/02/2013"] * 2
    assert words(h, "27/04/2013") == ["ended"]


def test_a_version_whose_end_precedes_its_start_began_after_a_sight_of_the_one_before() -> None:
    h = history(
        captured("23/07/2012", live("19/03/2011")),
        captured(None, live("22/09/2014", text_digest="B", ends=ends("revocation excluded 18/09/2014"))),
    )
    assert told(h, "20/03/2011", "23/07/2012") == ["in_force 19/03/2011"] * 2
    assert words(h, "24/07/2012", "22/09/2014") == ["disputed", "disputed"]
