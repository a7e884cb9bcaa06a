"""Where statements can be meant in several ways, or contradict each other, no way is chosen."""

from __future__ import annotations

from tests.evidence import (
    archived,
    captured,
    doubtful,
    ends,
    history,
    live,
    over,
    page,
    rows,
    said,
    told,
    words,
)

# ---------------------------------------------------------------- a mark of ending without a day


def test_a_mark_without_a_day_ends_the_only_version_of_its_title() -> None:
    h = history(
        captured("01/06/2020", live("01/01/2020")),
        captured("01/06/2022", said("contents", ends=over("listed"))),
    )
    assert words(h, "01/06/2020", "02/06/2020", "01/06/2022") == ["in_force", "disputed", "ended"]
    assert len(h.versions) == 1


def test_a_mark_without_a_day_doubts_every_version_that_it_may_mean() -> None:
    """The row may be of either: each may have ended before the next one began."""
    h = history(
        captured("01/06/2020", live("01/01/2020"), rows("01/01/2018")),
        captured("01/06/2022", said("contents", ends=over("listed"))),
    )
    assert told(h, "01/01/2018", "01/01/2020", "01/06/2020") == [
        "in_force 01/01/2018",
        *["in_force 01/01/2020"] * 2,
    ]
    assert words(h, "02/01/2018", "31/12/2019", "02/06/2020", "01/06/2022") == ["disputed"] * 4
    assert len(h.versions) == 2


def test_a_mark_without_a_day_beside_a_line_that_may_mean_the_same_version_may_be_of_an_unknown_one() -> None:
    """Two lines of one list are two versions: one is the known one, and nobody knows when the other one stood."""
    h = history(
        captured("26/08/2020", live("01/06/2020")),
        captured("30/04/2023", said("contents"), said("contents", ends=over("listed"), position=1)),
    )
    assert words(h, "01/01/2019") == ["undated"]
    assert told(h, "26/08/2020") == ["in_force 01/06/2020"]


def test_a_mark_without_a_day_in_a_page_of_unknown_day_may_be_of_a_later_version() -> None:
    h = history(
        captured(None, live("27/06/2019"), said("listed", ends=over("listed"), locator="row 0")),
    )
    assert words(h, "27/06/2019", "28/06/2019") == ["in_force", "disputed"]


# ---------------------------------------------------------------- rows that can't both be one version


def test_a_row_beside_one_that_needs_the_same_version_is_given_to_none() -> None:
    """The row that links the page in force can only be the announced version; so may the row with an end be."""
    h = history(
        captured("24/04/2020", live("16/05/2020")),
        captured(
            "01/06/2020",
            archived("19/02/2017", 6),
            said("listed", at="manual/1", locator="row 0"),
            said("listed", ends=ends("listed excluded 12/05/2021"), locator="row 1", position=1),
        ),
    )
    assert words(h, "12/05/2021", "01/01/2022") == ["disputed", "disputed"]


# ---------------------------------------------------------------- first days


def test_a_first_day_is_in_doubt_where_words_end_the_version_after_the_next_one_began() -> None:
    """Both feet rank below the words, and are of one rank."""
    h = history(
        captured("01/11/2015", live("15/11/2014")),
        captured("14/03/2016", page("foot 16/09/2014", at="manual/5", ends=ends("text included 27/12/2014"))),
    )
    assert words(h, "15/09/2014", "16/09/2014", "15/11/2014") == ["before_record", "disputed", "disputed"]


def test_a_sight_before_another_stated_first_day_is_in_doubt_with_it() -> None:
    h = history(
        captured("23/08/2014", live("20/08/2014", text_digest="A")),
        captured("05/09/2014", live("30/08/2014", text_digest="A")),
        captured("11/03/2015", live("20/08/2014", text_digest="A")),
    )
    assert words(h, "19/08/2014", "23/08/2014", "29/08/2014") == ["before_record", "disputed", "disputed"]
    assert words(h, "30/08/2014", "11/03/2015") == ["in_force", "in_force"]


def test_a_circular_seen_after_the_day_it_names_announces_a_later_page() -> None:
    """Its day is that of the page, which began after the circular had been seen (rule 26)."""
    h = history(
        captured("01/03/2017", said("claim", "circular 27/02/2017")),
        captured("05/03/2019", archived("09/03/2017")),
    )
    assert words(h, "28/02/2017", "01/03/2017", "09/03/2017") == ["before_record", "not_yet", "in_force"]


def test_a_first_day_of_a_known_row_stands_against_the_words_of_a_page_of_unknown_day() -> None:
    h = history(
        captured("08/10/2017", live("01/07/2017"), rows("03/07/2015")),
        captured(None, page("foot 23/05/2015", at="manual/6", ends=ends("text excluded 26/11/2015"))),
    )
    assert words(h, "23/05/2015", "02/07/2015", "04/07/2015") == ["disputed"] * 3


# ---------------------------------------------------------------- old-marks and successors


def test_a_version_that_may_not_exist_is_no_sure_successor() -> None:
    """The row is contradicted by a whole list: without it the page was old, replaced by nothing known."""
    h = history(
        captured("24/09/2018", archived("11/10/2017", 5)),
        captured("05/11/2018", live("21/12/2018", lists_versions=True), rows("11/10/2017", at=5)),
        captured("14/04/2019", live("21/12/2018"), rows("31/05/2018")),
    )
    assert words(h, "11/10/2017", "01/02/2018") == ["in_force", "disputed"]


def test_an_old_mark_before_the_first_day_marks_nothing() -> None:
    """The list calls it old before its page says that it began: the mark was of what stood at that address before."""
    h = history(
        captured("20/09/2012", live("13/03/2012"), rows("07/09/2011", at=5)),
        captured("06/07/2013", archived("11/10/2012", 5)),
    )
    assert told(h, "13/03/2012", "11/10/2012") == ["in_force 13/03/2012", "in_force 11/10/2012"]
    assert words(h, "12/10/2012") == ["disputed"]


# ---------------------------------------------------------------- sights


def test_what_the_live_page_shows_as_ended_doubts_what_a_line_showed_in_between() -> None:
    """The page in force says that nothing of unknown start had followed; the contents say that something stood."""
    h = history(
        captured("23/09/2018", live("01/01/2018")),
        captured("06/11/2019", said("contents", at="manual/1", title="Hop picking")),
        captured("28/11/2020", live("01/01/2018", ends=ends("revocation excluded 10/07/2019"))),
    )
    assert "in_force" not in words(h, "06/11/2019", "28/11/2020")


def test_a_page_elsewhere_than_linked_does_not_put_its_version_back_in_force() -> None:
    """Its banner was lost: another address is linked, and showed a version of unknown start since."""
    h = history(
        captured("10/08/2012", said("contents", at="manual/1", title="Wool")),
        captured("08/04/2017", said("contents", at="manual/1")),
        captured("09/01/2026", page("foot 29/11/2010", at="manual/5", title="Wool", text_digest="A")),
    )
    assert words(h, "08/04/2017", "09/01/2026", "10/01/2026") == ["in_force", "disputed", "disputed"]


def test_words_that_may_end_a_version_later_stand_against_a_line_of_another_title() -> None:
    h = history(
        captured("12/12/2014", said("contents", at="manual/1", title="Wool")),
        captured(
            "26/11/2015",
            page("foot 21/04/2014", at="manual/5", ends=doubtful("unclear", "text excluded 28/04/2015")),
        ),
    )
    assert "in_force" not in words(h, "16/08/2014", "12/12/2014")


def test_an_end_that_a_row_without_a_code_of_its_own_tells_makes_no_sure_version() -> None:
    """A row that prints another code may be of this one or not (rule 18)."""
    h = history(
        captured(
            "03/11/2017",
            page("foot 09/12/2014", at="manual/5", ends=ends("revocation excluded 20/04/2015")),
            said("listed", at="manual/1", locator="row 0", misprinted=True),
        ),
    )
    assert words(h, "20/04/2015", "03/11/2017") == ["undated", "undated"]


def test_one_archived_address_holds_one_version_though_its_page_bears_an_end() -> None:
    """The first days can't both be true (rule 1)."""
    h = history(
        captured("15/08/2019", page("foot 15/07/2017", at="manual/5", ends=ends("text excluded 29/03/2019"))),
        captured("17/09/2021", archived("23/11/2020", 5)),
    )
    assert len(h.versions) == 1
    assert "in_force" not in words(h, "15/07/2017", "22/05/2018")


def test_rows_keep_their_order_where_nothing_is_in_doubt() -> None:
    h = history(
        captured(
            "01/06/2022", live("01/01/2020", lists_versions=True), rows("01/01/2018", "01/01/2016", at=5)
        )
    )
    assert told(h, "01/06/2017", "01/06/2019", "01/06/2022") == [
        "in_force 01/01/2016",
        "in_force 01/01/2018",
        "in_force 01/01/2020",
    ]


def test_what_a_row_under_another_code_ends_may_go_on() -> None:
    """Rule 18: it may be about that other code."""
    row = said(
        "listed", at="manual/5", ends=ends("listed excluded 07/12/2018"), misprinted=True, locator="row 1"
    )
    h = history(
        captured("26/04/2018", said("contents", at="manual/1")),
        captured("30/10/2022", live("07/07/2020"), row),
    )
    days = ("26/04/2018", "06/12/2018", "07/12/2018", "06/07/2020", "07/07/2020", "30/10/2022")
    assert words(h, *days) == ["in_force", "in_force", "disputed", "disputed", "in_force", "in_force"]
