"""Pages, rows and lines without a start: what they may be taken for (rules 20, 21, 27)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.evidence import (
    archived,
    candidates,
    captured,
    caveats,
    day,
    ends,
    history,
    kinds,
    live,
    old_page,
    on,
    over,
    page,
    rows,
    said,
    told,
    words,
)

LINE = said("contents")
OTHER = said("contents", title="Harbour pilots")


# ---------------------------------------------------------------- lines seen on a known day


def test_a_line_of_the_same_title_speaks_of_the_dated_version_and_adds_no_day() -> None:
    """The title may have stayed while the text changed: a line alone vouches for no version (rule 28)."""
    h = history(captured("01/06/2016", live("01/06/2013")), captured("04/12/2022", LINE))
    assert len(h.versions) == 1
    assert told(h, "01/06/2016", "04/12/2022", "01/01/2024") == ["in_force 01/06/2013"] * 3
    assert h.versions[0].last_seen == day("01/06/2016")
    assert caveats(h, "01/06/2016") == (None, True)
    assert caveats(h, "02/06/2016")[0] == caveats(h, "04/12/2022")[0] == day("01/06/2016")


def test_a_line_of_another_title_is_a_newer_version_of_unknown_start() -> None:
    h = history(captured("01/06/2016", live("01/06/2013")), captured("04/12/2022", OTHER))
    assert told(h, "01/06/2016", "02/06/2016", "03/12/2022", "04/12/2022") == [
        "in_force 01/06/2013",
        "disputed",
        "disputed",
        "in_force ?",
    ]
    assert candidates(h, "02/06/2016") == {"2013-06-01", "?"}


def test_a_line_of_another_title_of_the_day_before_the_first_sight_is_an_older_version() -> None:
    h = history(captured("31/05/2013", OTHER), captured("01/06/2016", live("01/06/2013")))
    assert told(h, "30/05/2013", "31/05/2013", "01/06/2013") == [
        "undated",
        "in_force ?",
        "in_force 01/06/2013",
    ]


def test_a_title_that_is_cut_short_fits_any_that_begins_like_it() -> None:
    cut = said("contents", title="Orchard", title_truncated=True)
    assert len(history(captured("01/06/2016", live("01/06/2013")), captured("04/12/2022", cut)).versions) == 1
    whole = said("contents", title="Orchard")
    assert (
        len(history(captured("01/06/2016", live("01/06/2013")), captured("04/12/2022", whole)).versions) == 2
    )


def test_a_line_before_any_start_is_a_version_of_unknown_start() -> None:
    h = history(captured("01/01/2011", LINE), captured("01/06/2016", live("01/06/2013")))
    assert told(h, "31/12/2010", "01/01/2011", "31/05/2013", "01/06/2013") == [
        "undated",
        "in_force ?",
        "in_force ?",
        "in_force 01/06/2013",
    ]


def test_two_lines_of_one_title_with_nothing_between_are_one_run() -> None:
    h = history(captured("01/03/2014", LINE), captured("01/03/2023", LINE))
    assert len(h.versions) == 1
    assert told(h, "28/02/2014", "01/03/2014", "01/06/2018", "01/03/2023") == [
        "undated",
        "in_force ?",
        "in_force ?",
        "in_force ?",
    ]
    assert h.versions[0].first_seen == day("01/03/2014")


def test_two_lines_of_other_titles_are_two_versions() -> None:
    h = history(captured("01/03/2014", LINE), captured("01/03/2023", OTHER))
    assert len(h.versions) == 2
    assert words(h, "01/03/2014", "02/03/2014", "28/02/2023", "01/03/2023") == [
        "in_force",
        "undated",
        "undated",
        "in_force",
    ]


def test_a_dated_version_between_two_lines_parts_them() -> None:
    h = history(
        captured("01/03/2014", OTHER),
        captured("01/06/2018", live("01/01/2016")),
        captured("01/03/2023", OTHER),
    )
    assert len(h.versions) == 3
    assert told(h, "01/03/2014", "01/06/2018", "01/03/2023") == [
        "in_force ?",
        "in_force 01/01/2016",
        "in_force ?",
    ]


def test_an_end_between_two_lines_parts_them() -> None:
    h = history(
        captured("01/03/2014", LINE),
        captured("01/06/2018", said("contents", ends=ends("listed excluded 01/01/2016"))),
        captured("01/03/2023", LINE),
    )
    assert words(h, "01/03/2014", "01/01/2016", "01/06/2018", "01/03/2023") == [
        "in_force",
        "ended",
        "ended",
        "in_force",
    ]


def test_a_line_after_an_end_is_a_version_begun_again() -> None:
    """The title is the same, and the version that bore it had ended."""
    h = history(
        captured("26/04/2024", live("01/01/2020", ends=ends("revocation excluded 07/09/2023"))),
        captured("07/09/2025", LINE),
    )
    assert told(h, "06/09/2023", "07/09/2023", "26/04/2024", "07/09/2025") == [
        "in_force 01/01/2020",
        "ended",
        "ended",
        "in_force ?",
    ]
    assert words(h, "27/04/2024", "06/09/2025") == ["undated", "undated"]


def test_a_line_for_a_version_marked_old_by_then_is_a_newer_one() -> None:
    h = history(
        captured("01/06/2020", archived("01/01/2018")),
        captured("01/06/2022", LINE),
    )
    assert told(h, "01/06/2022") == ["in_force ?"]


def test_a_page_without_a_start_and_with_known_words_is_that_version() -> None:
    """The same words tell it, whatever its title."""
    undated = page(at="manual/1", title="Harbour pilots", text_digest="01/06/2013")
    h = history(captured("01/06/2016", live("01/06/2013")), captured("04/12/2022", undated))
    assert len(h.versions) == 1
    assert h.versions[0].last_seen == day("04/12/2022")
    assert caveats(h, "04/12/2022") == (None, True)


def test_a_page_without_a_start_and_with_other_words_of_one_title_does_not_lend_them() -> None:
    """The text of another version would be shown as this one's."""
    undated = page(at="manual/1", text_digest="other")
    h = history(captured("01/06/2016", live("01/06/2013")), captured("04/12/2022", undated))
    assert h.versions[0].text_digest == "01/06/2013"


def test_an_archived_page_that_lost_its_foot_and_its_banner_stays_the_old_version() -> None:
    h = history(
        captured("01/06/2020", archived("01/01/2016"), live("01/01/2019")),
        captured("01/06/2022", page(at="manual/5", title="Harbour pilots")),
    )
    assert len(h.versions) == 2
    assert told(h, "01/06/2022") == ["in_force 01/01/2019"]
    assert "sha256:01/06/2022" in h.versions[0].captures


def test_two_lines_of_one_capture_are_two_versions() -> None:
    """Rows of one list are distinct, dated or not."""
    both = [
        said("contents", position=0, locator="line 1"),
        said("contents", "listed 28/08/2017", position=1, locator="line 2"),
    ]
    h = history(captured("01/01/2020", both))
    assert len(h.versions) == 2
    assert told(h, "28/08/2017", "29/08/2017", "01/01/2020") == [
        "in_force 28/08/2017",
        "disputed",
        "in_force ?",
    ]


def test_a_page_and_a_row_without_a_start_in_its_list_are_two_versions() -> None:
    h = history(
        captured("29/09/2013", archived("25/07/2012"), said("listed", at="manual/1", locator="row 1"))
    )
    assert len(h.versions) == 2
    assert told(h, "25/07/2012", "26/07/2012", "29/09/2013") == [
        "in_force 25/07/2012",
        "disputed",
        "in_force ?",
    ]


@pytest.mark.parametrize(("seen_on", "versions"), [("23/07/2013", 2), ("22/07/2013", 3)])
def test_what_a_row_without_a_date_announces_begins_within_92_days(seen_on: str, versions: int) -> None:
    """One seen earlier may be of a version between the two."""
    h = history(
        captured(seen_on, archived("25/07/2012", 9), said("listed", at="manual/1", locator="row 1")),
        captured("26/06/2014", live("23/10/2013", lists_versions=True), rows("25/07/2012", at=9)),
    )
    assert len(h.versions) == versions


def test_a_line_shortly_before_a_start_of_its_title_is_that_version_where_a_list_leaves_no_room() -> None:
    """Pages are marked old when the next one is published: the line of 29 September names the page of October."""
    h = history(
        captured("29/09/2013", archived("25/07/2012", 9), said("listed", at="manual/1", locator="row 1")),
        captured("26/06/2014", live("23/10/2013", lists_versions=True), rows("25/07/2012", at=9)),
    )
    assert told(h, "01/01/2013", "22/10/2013", "23/10/2013") == [
        "in_force 25/07/2012",
        "in_force 25/07/2012",
        "in_force 23/10/2013",
    ]
    assert len(h.versions) == 2


def test_a_line_long_before_a_start_of_its_title_is_another_version_which_a_whole_list_doubts() -> None:
    line = captured("29/09/2013", archived("25/07/2012", 9), said("listed", at="manual/1", locator="row 1"))
    newest, days = live("23/02/2014"), ("26/07/2012", "29/09/2013", "22/02/2014", "23/02/2014")
    h = history(line, captured("26/06/2014", newest, rows("25/07/2012", at=9)))
    assert told(h, *days) == ["disputed", "in_force ?", "in_force ?", "in_force 23/02/2014"]
    # a list and a line have one rank: neither is taken back
    whole = captured("26/06/2014", replace(newest, lists_versions=True), rows("25/07/2012", at=9))
    assert told(history(line, whole), *days) == ["disputed"] * 3 + ["in_force 23/02/2014"]


def test_other_words_without_a_start_at_an_address_that_bore_a_banner_are_another_version() -> None:
    """They were shown as the text of the version that the banner marked."""
    marked = captured("23/01/2015", old_page("foot 07/01/2014", at="manual/1", text_digest="A"))
    h = history(marked, captured("31/05/2017", page(at="manual/1", text_digest="B")))
    assert told(h, "07/01/2014", "31/05/2017") == ["in_force 07/01/2014", "in_force ?"]
    assert [version.text_digest for version in h.versions] == ["A", "B"]
    # without its banner and its foot it is the archived page all the same
    h = history(marked, captured("31/05/2017", page(at="manual/1", text_digest="A")))
    assert len(h.versions) == 1


# ---------------------------------------------------------------- of unknown day


def test_a_page_of_unknown_day_is_in_force_from_its_start_and_was_last_seen_on_no_day() -> None:
    h = history(captured(None, live("01/01/2018")))
    assert told(h, "31/12/2017", "01/01/2018", "01/01/2035") == [
        "before_record",
        "in_force 01/01/2018",
        "in_force 01/01/2018",
    ]
    answer = on(h, "01/01/2020")
    assert (answer.as_last_seen, answer.as_last_seen_exact) == (None, False)


def test_an_old_mark_of_unknown_day_doubts_every_day_after_the_last_known_sight() -> None:
    h = history(
        captured("01/01/2020", live("01/01/2018")),
        captured(None, archived("01/01/2018", 5)),
    )
    assert words(h, "01/01/2018", "01/01/2020", "02/01/2020", "01/01/2040") == [
        "in_force",
        "in_force",
        "disputed",
        "disputed",
    ]


def test_a_line_of_unknown_day_never_makes_an_answer_from_the_day_of_loading() -> None:
    h = history(
        captured("01/01/2020", live("01/01/2018", ends=ends("text excluded 01/01/2019"))),
        captured(None, LINE),
    )
    assert words(h, "01/01/2019", "11/08/2026", "01/01/2040") == ["ended"] * 3


def test_a_line_of_unknown_day_alone_is_undated_on_every_day() -> None:
    h = history(captured(None, LINE))
    assert words(h, "01/01/1990", "11/08/2026", "01/01/2040") == ["undated"] * 3
    assert on(h, "11/08/2026").reasons


def test_a_page_of_unknown_day_without_a_start_is_not_placed_beside_known_versions() -> None:
    """Which version its words are nobody knows; they must not be shown as any."""
    h = history(
        captured("01/01/2020", live("01/01/2018")),
        captured(None, page(at="manual/3", text_digest="stray")),
    )
    assert len(h.versions) == 1
    assert h.versions[0].text_digest == "01/01/2018"
    assert "page_not_placed" in kinds(h)


def test_a_page_of_unknown_day_with_known_words_is_that_version() -> None:
    h = history(
        captured("01/01/2020", live("01/01/2018")),
        captured(None, page(at="manual/3", text_digest="01/01/2018"), capture="copy"),
    )
    assert len(h.versions) == 1
    assert "page_not_placed" not in kinds(h)
    assert "sha256:copy" in h.versions[0].captures


def test_a_title_of_unknown_day_that_no_version_bears_is_reported() -> None:
    h = history(captured("01/01/2020", live("01/01/2018")), captured(None, OTHER))
    assert "title_differs" in kinds(h)
    assert "page_not_placed" not in kinds(h)  # it has no words to place
    assert told(h, "11/08/2026") == ["in_force 01/01/2018"]
    same = history(captured("01/01/2020", live("01/01/2018")), captured(None, LINE))
    assert "title_differs" not in kinds(same)


def test_lines_of_unknown_day_with_one_title_are_one_version_and_with_two_are_two() -> None:
    two = history(captured(None, LINE, capture="a"), captured(None, OTHER, capture="b"))
    assert len(two.versions) == 2
    one = history(
        captured(None, LINE, capture="a"), captured(None, said("contents", at="manual/3"), capture="b")
    )
    assert len(one.versions) == 1


# ---------------------------------------------------------------- old pages and ends without a start


def test_an_old_page_without_a_start_at_a_known_address_is_that_version() -> None:
    h = history(
        captured("01/06/2020", archived("01/01/2016"), live("01/01/2019")),
        captured("01/06/2022", page(at="manual/5", shown_as_old=True, title="Harbour pilots")),
    )
    assert len(h.versions) == 2
    assert "page_not_placed" not in kinds(h)


def test_an_old_page_that_may_be_any_of_two_versions_is_reported_and_lends_no_words() -> None:
    h = history(
        captured("01/06/2020", live("01/01/2019", text_digest=""), rows("01/01/2016", "01/01/2014", at=50)),
        captured("01/06/2022", page(at="manual/9", shown_as_old=True, text_digest="stray")),
    )
    assert "page_not_placed" in kinds(h)
    assert {v.text_digest for v in h.versions} == {""}


def test_an_old_page_where_no_version_can_be_it_is_one_of_its_own() -> None:
    h = history(captured("01/06/2022", page(at="manual/9", shown_as_old=True)))
    assert words(h, "01/06/2020", "01/06/2022", "01/06/2030") == ["undated"] * 3
    assert len(h.versions) == 1


def test_a_line_with_an_end_and_the_title_of_a_dated_version_ends_it() -> None:
    h = history(
        captured("01/01/2021", live("01/01/2018")),
        captured("01/01/2024", said("contents", ends=ends("listed either 01/01/2023"))),
    )
    assert len(h.versions) == 1
    assert words(h, "31/12/2022", "01/01/2023", "02/01/2023") == ["in_force", "disputed", "ended"]


def test_a_line_with_an_end_and_another_title_is_another_version() -> None:
    h = history(
        captured("01/01/2021", live("01/01/2018")),
        captured(
            "01/01/2024", said("contents", title="Harbour pilots", ends=ends("listed excluded 01/01/2023"))
        ),
    )
    assert len(h.versions) == 2
    assert words(h, "01/01/2021", "01/01/2023") == ["in_force", "ended"]


def test_a_line_with_an_end_before_any_start_is_an_older_version() -> None:
    h = history(
        captured("01/01/2021", live("01/01/2018")),
        captured("01/01/2024", said("contents", ends=ends("listed excluded 01/06/2015"))),
    )
    assert told(h, "31/05/2015", "01/06/2015", "31/12/2017", "01/01/2018") == [
        "undated",
        "ended",
        "ended",
        "in_force 01/01/2018",
    ]


def test_statements_of_one_end_without_a_start_are_one_version() -> None:
    h = history(
        captured("01/01/2024", said("contents", ends=ends("listed excluded 01/06/2015"))),
        captured("01/01/2025", page(at="manual/8", ends=ends("revocation excluded 01/06/2015"))),
    )
    assert len(h.versions) == 1
    assert words(h, "31/05/2015", "01/06/2015") == ["undated", "ended"]


def test_statements_of_two_ends_without_a_start_are_two_versions() -> None:
    h = history(
        captured("01/01/2024", said("contents", ends=ends("listed excluded 01/06/2015"), position=0, locator="line 1"),
                 said("contents", ends=ends("listed excluded 01/06/2018"), position=1, locator="line 2")),
    )  # fmt: skip
    assert len(h.versions) == 2
    assert words(h, "31/05/2015", "01/06/2018") == ["undated", "ended"]


def test_a_mark_of_ending_without_a_day_on_the_only_line_ends_the_version_of_its_title() -> None:
    h = history(
        captured("01/01/2021", live("01/01/2018")),
        captured("01/01/2024", said("contents", ends=over("listed"))),
    )
    assert len(h.versions) == 1
    assert words(h, "01/01/2021", "02/01/2021", "01/01/2024") == ["in_force", "disputed", "ended"]


def test_a_mark_of_ending_without_a_day_beside_other_lines_may_be_of_any_version() -> None:
    lines = [
        said("contents", position=0, locator="line 1", ends=over("listed")),
        said("contents", "listed 01/01/2018", position=1, locator="line 2", shown_as_old=True),
    ]
    h = history(captured("01/01/2024", lines))
    assert len(h.versions) == 2
    assert words(h, "01/01/2018") == ["in_force"]


@pytest.mark.parametrize("words_of", ["01/01/2018", "other"])
def test_a_page_with_an_end_and_no_start_is_the_version_whose_words_it_holds(words_of: str) -> None:
    h = history(
        captured("01/01/2021", live("01/01/2018")),
        captured(
            "01/01/2024",
            page(
                at="manual/8",
                title="Harbour pilots",
                text_digest=words_of,
                ends=ends("text excluded 01/01/2023"),
            ),
        ),
    )
    assert len(h.versions) == (1 if words_of == "01/01/2018" else 2)
    assert words(h, "01/01/2023") == ["ended"]


def test_a_dated_line_and_an_ended_one_of_one_capture_are_two_versions() -> None:
    lines = [
        said("contents", "listed 01/01/2018", position=0, locator="line 1", shown_as_old=True),
        said("contents", position=1, locator="line 2", ends=ends("listed excluded 01/01/2020")),
    ]
    h = history(captured("01/06/2022", lines))
    assert len(h.versions) == 2
    assert words(h, "01/01/2018", "02/01/2018", "31/12/2019", "01/01/2020", "01/06/2022") == [
        "in_force",
        "disputed",
        "disputed",
        "ended",
        "ended",
    ]


def test_a_line_in_use_and_an_ended_one_of_one_capture_are_two_versions() -> None:
    lines = [
        said("contents", position=0, locator="line 1"),
        said("contents", position=1, locator="line 2", ends=ends("listed excluded 01/01/2020")),
    ]
    h = history(captured("01/06/2022", lines))
    assert len(h.versions) == 2
    assert told(h, "31/12/2019", "31/05/2022", "01/06/2022") == ["undated", "undated", "in_force ?"]


def test_an_end_after_the_version_was_already_old_is_that_of_another_version() -> None:
    h = history(
        captured("01/06/2020", archived("01/01/2018")),
        captured("01/06/2022", said("contents", ends=ends("listed excluded 01/01/2022"))),
    )
    assert len(h.versions) == 2
    assert words(h, "01/01/2018", "02/01/2018", "01/01/2022") == ["in_force", "disputed", "ended"]


def test_an_end_after_the_version_had_ended_is_that_of_another_version() -> None:
    h = history(
        captured("01/06/2020", live("01/01/2018", ends=ends("text excluded 01/01/2020"))),
        captured("01/06/2022", said("contents", ends=ends("listed excluded 01/01/2022"))),
    )
    assert len(h.versions) == 2
    assert words(h, "31/12/2019", "01/01/2020", "31/12/2021", "01/01/2022") == [
        "in_force",
        "ended",
        "undated",
        "ended",
    ]


def test_the_same_end_in_the_contents_is_that_of_the_version_of_its_title() -> None:
    h = history(
        captured("01/06/2020", live("01/01/2018", ends=ends("text excluded 01/01/2020"))),
        captured("01/06/2022", said("contents", ends=ends("listed excluded 01/01/2020"))),
    )
    assert len(h.versions) == 1
    assert words(h, "31/12/2019", "01/01/2020") == ["in_force", "ended"]
    assert h.versions[0].end_seen == day("01/06/2022")


def test_an_end_after_the_edition_ceased_is_not_that_of_a_version_of_that_edition() -> None:
    h = history(
        captured("01/06/2008", live("01/01/2006")),
        captured("01/06/2014", said("contents", ends=ends("listed excluded 01/01/2013"))),
    )
    assert len(h.versions) == 2
    assert words(h, "01/06/2008", "29/11/2010", "31/12/2012", "01/01/2013") == [
        "in_force",
        "undated",
        "undated",
        "ended",
    ]


def test_an_ended_version_of_another_title_between_two_lines_parts_them() -> None:
    h = history(
        captured("01/03/2014", LINE),
        captured(
            "01/06/2018", said("contents", title="Harbour pilots", ends=ends("listed excluded 01/01/2016"))
        ),
        captured("01/03/2023", LINE),
    )
    assert len(h.versions) == 3
    assert words(h, "01/03/2014", "01/01/2016", "01/06/2018", "28/02/2023", "01/03/2023") == [
        "in_force",
        "ended",
        "ended",
        "undated",
        "in_force",
    ]


def test_an_old_row_without_a_date_is_the_only_version_that_can_be_it() -> None:
    h = history(
        captured("01/06/2020", live("01/01/2018", text_digest="")),
        captured("01/06/2022", said("listed", at="manual/9", shown_as_old=True)),
    )
    assert len(h.versions) == 1
    assert words(h, "01/06/2020", "02/06/2020", "31/05/2022", "01/06/2022") == [
        "in_force",
        "disputed",
        "disputed",
        "undated",
    ]
    assert "page_not_placed" not in kinds(h)


def test_an_old_page_without_a_date_and_with_other_words_than_the_only_version_is_another_one() -> None:
    h = history(
        captured("01/06/2020", live("01/01/2018")),
        captured("01/06/2022", page(at="manual/9", shown_as_old=True, text_digest="other")),
    )
    assert len(h.versions) == 2
    assert h.versions[0].text_digest == "01/01/2018"


def test_a_second_page_of_unknown_day_and_start_with_other_words_is_not_placed() -> None:
    h = history(
        captured(None, page(at="manual/3", text_digest="a"), capture="a"),
        captured(None, page(at="manual/4", text_digest="b"), capture="b"),
    )
    assert len(h.versions) == 1
    assert "page_not_placed" in kinds(h)


def test_a_page_of_unknown_day_and_start_lends_its_words_to_a_line_of_its_title() -> None:
    h = history(
        captured(None, LINE, capture="a"), captured(None, page(at="manual/4", text_digest="b"), capture="b")
    )
    assert [v.text_digest for v in h.versions] == ["b"]


def test_a_page_without_a_title_speaks_of_no_version_by_its_title() -> None:
    h = history(captured("01/06/2016", live("01/06/2013", title="")), captured("04/12/2022", LINE))
    assert len(h.versions) == 2
    assert told(h, "04/12/2022") == ["in_force ?"]


def test_an_end_on_the_very_day_on_which_the_version_was_seen_old_is_its_own() -> None:
    h = history(
        captured("01/06/2020", archived("01/01/2018")),
        captured("01/06/2022", said("contents", ends=ends("listed excluded 01/06/2020"))),
    )
    assert len(h.versions) == 1
    assert words(h, "31/05/2020", "01/06/2020") == ["in_force", "ended"]


def test_a_row_with_a_mark_of_ending_and_no_day_is_not_the_page_in_force() -> None:
    """A row may be of any version; only a page or a single line speaks of the instruction."""
    over_row = said("listed", at="manual/8", ends=over("listed"), locator="row 1")
    h = history(captured("01/06/2022", live("01/01/2020"), over_row))
    assert len(h.versions) == 2
    assert told(h, "01/01/2020", "01/06/2022", "02/06/2022") == ["in_force 01/01/2020"] * 3


def test_a_row_without_a_date_on_a_page_of_unknown_day_is_another_version() -> None:
    row = said("listed", at="manual/9", title="Harbour pilots", locator="row 1")
    h = history(captured(None, live("01/01/2018", lists_versions=True), row))
    assert len(h.versions) == 2
    assert words(h, "01/01/2018", "01/01/2020") == ["in_force", "disputed"]


def test_a_page_of_other_words_and_no_start_shortly_before_another_start_was_in_force_when_seen() -> None:
    """What the live address shows on a day is in force on it, whatever began later."""
    h = history(
        captured("02/04/2011", page(at="manual/1", text_digest="A")),
        captured("30/12/2011", live("18/06/2011")),
    )
    assert told(h, "01/04/2011", "02/04/2011", "17/06/2011", "18/06/2011") == [
        "undated",
        "in_force ?",
        "in_force ?",
        "in_force 18/06/2011",
    ]


def test_a_page_of_no_start_that_lists_an_old_version_is_another_one() -> None:
    """A page never stands in its own list: taken for the row it would put an old version in force."""
    h = history(
        captured("17/12/2017", page(at="manual/1", text_digest="C"), rows("08/12/2015", at=6)),
        captured("07/04/2018", live("23/02/2018")),
    )
    assert told(h, "08/12/2015", "17/12/2017", "22/02/2018", "23/02/2018") == [
        "in_force 08/12/2015",
        "in_force ?",
        "in_force ?",
        "in_force 23/02/2018",
    ]


def test_a_mark_without_a_day_of_unknown_day_alone_is_undated_on_every_day() -> None:
    h = history(captured(None, said("contents", ends=over("listed"))))
    assert words(h, "01/01/1990", "01/01/2040") == ["undated", "undated"]
    assert on(h, "01/01/1990").reasons == ("It was seen on an unknown day; no page read says when it began.",)


def test_a_mark_without_a_day_on_a_line_alone_is_ended_from_the_day_it_was_seen() -> None:
    h = history(captured("01/06/2020", said("contents", ends=over("listed"))))
    assert words(h, "31/05/2020", "01/06/2020", "01/01/2040") == ["undated", "ended", "ended"]


def test_a_title_that_is_cut_short_fits_none_that_begins_otherwise() -> None:
    cut = said("contents", title="Harbour", title_truncated=True)
    assert len(history(captured("01/06/2016", live("01/06/2013")), captured("04/12/2022", cut)).versions) == 2


def test_two_pages_of_one_title_without_a_start_are_in_force_when_seen_and_between() -> None:
    """Nothing says that another version began in between."""
    h = history(
        captured("01/03/2014", page(at="manual/1", text_digest="A")),
        captured("01/03/2018", page(at="manual/1", text_digest="B")),
    )
    assert words(h, "28/02/2014", "01/03/2014", "01/03/2018") == ["undated", "in_force", "in_force"]
    assert caveats(h, "01/03/2014")[0] is None
    same = history(
        captured("01/03/2014", page(at="manual/1", text_digest="A")),
        captured("01/03/2018", page(at="manual/1", text_digest="A")),
    )
    assert words(same, "02/03/2014", "28/02/2018") == ["in_force", "in_force"]
    assert caveats(same, "01/03/2018")[0] is None


@pytest.mark.parametrize("start", ["01/01/2010", "01/01/2024"])
def test_a_dated_version_before_or_after_two_lines_does_not_part_them(start: str) -> None:
    h = history(
        captured("01/03/2014", LINE),
        captured("01/03/2023", LINE),
        captured("01/06/2024", archived(start, title="Harbour pilots")),
    )
    assert len(h.versions) == 2
    assert told(h, "01/03/2014", "01/06/2018", "01/03/2023") == ["in_force ?"] * 3


def test_a_line_of_the_contents_before_a_version_began_is_of_another_one() -> None:
    """A row of a list may link the page that is about to change; the contents show what is in force."""
    h = history(
        captured("28/12/2012", said("contents", at="manual/1")), captured("10/05/2014", live("04/03/2013"))
    )
    assert told(h, "27/12/2012", "28/12/2012", "04/03/2013") == [
        "undated",
        "in_force ?",
        "in_force 04/03/2013",
    ]


def test_what_was_seen_on_the_first_day_of_a_version_is_not_what_replaced_it() -> None:
    h = history(captured("22/08/2011", OTHER), captured("01/06/2016", archived("22/08/2011")))
    assert words(h, "23/08/2011", "31/05/2016", "01/06/2016") == ["disputed", "disputed", "undated"]


def test_a_line_of_the_contents_at_the_address_of_an_old_version_shows_what_is_in_force() -> None:
    """Only a page that lost its banner is old by its address alone."""
    h = history(
        captured("01/06/2016", archived("01/06/2013")),
        captured("01/06/2018", said("contents", at="manual/5")),
    )
    assert told(h, "01/06/2018") == ["in_force ?"]


def test_a_line_that_ended_on_no_readable_day_may_have_begun_after_the_oldest_beside_it() -> None:
    """On the first day of a dated version it was not in force: that version began on a day of its own."""
    h = history(
        captured(
            "01/06/2020",
            said("contents", ends=over()),
            said("contents", "suffix 01/01/2012"),
            said("contents", "suffix 01/01/2015"),
        )
    )
    assert told(h, "01/01/2012", "02/01/2012", "01/06/2013", "01/01/2015", "02/01/2015") == [
        "in_force 01/01/2012",
        "disputed",
        "disputed",
        "in_force 01/01/2015",
        "disputed",
    ]
    assert candidates(h, "01/06/2013") == {"2012-01-01", "?"}


def test_a_page_of_unknown_day_gives_its_words_to_a_line_of_its_title() -> None:
    h = history(
        captured(None, said("contents"), capture="line"),
        captured(None, page(at="manual/1", text_digest="one"), capture="page"),
    )
    assert [(v.text_digest, v.address) for v in h.versions] == [("one", "manual/1")]


def test_a_page_gives_its_words_to_the_line_of_its_title_seen_before() -> None:
    """They need not have stood under that title on both days, so no gap is vouched for."""
    h = history(captured("01/03/2014", LINE), captured("01/03/2016", page(at="manual/1", text_digest="one")))
    assert [(v.text_digest, v.gap_vouched) for v in h.versions] == [("one", False)]
    assert h.versions[0].last_seen == day("01/03/2016")


def test_a_line_joins_the_words_seen_last_before_it() -> None:
    """The row of a dated version lies between two sights of those words, and none after the second."""
    h = history(
        captured("01/03/2014", page(at="manual/1", text_digest="one")),
        captured("01/03/2018", page(at="manual/1", text_digest="one")),
        captured("01/01/2020", LINE),
        captured(None, said("contents", "listed 28/08/2017")),
    )
    assert len(h.versions) == 2
    assert told(h, "01/03/2018", "01/01/2020") == ["in_force ?", "in_force ?"]


def test_a_page_without_a_first_day_that_stands_elsewhere_than_the_linked_one_shows_nothing_in_force() -> (
    None
):
    """A copy that lost its banner would bring back an instruction that ended years before."""
    ended = ends("listed either 08/05/2016")
    h = history(
        captured("24/02/2014", said("neighbour", at="manual/1")),
        captured("28/08/2016", said("contents", at="manual/7", ends=ended)),
        captured(
            "17/09/2025", page(at="manual/5"), said("listed", at="manual/7", ends=ended, locator="row 0")
        ),
    )
    assert told(h, "24/02/2014") == ["in_force ?"]
    assert words(h, "09/05/2016", "17/09/2025") == ["ended", "ended"]
    assert "page_not_placed" in kinds(h)


def test_an_old_page_of_unknown_start_was_not_replaced_by_what_had_ended_years_before() -> None:
    """What replaced it may be in force still, so it can't be said that nothing is."""
    listed = [
        said("listed", *claims, at=at, title="Ferries", position=n, locator=f"row {n}", **more)
        for n, (at, claims, more) in enumerate(
            [
                ("manual/8", ["listed 29/05/2015"], {"shown_as_old": True}),
                ("manual/9", [], {"ends": ends("listed excluded 15/06/2012")}),
            ]
        )
    ]
    gone = page(at="manual/7", text_digest="A", shown_as_old=True, lists_versions=True)
    h = history(captured("10/05/2025", said("contents", at="manual/1")), captured("12/04/2026", gone, listed))
    assert words(h, "15/06/2012", "29/05/2015", "12/04/2026") == ["undated", "in_force", "undated"]


def test_an_old_page_without_a_start_began_before_a_version_that_stood_then_and_was_seen_later() -> None:
    """What the later page showed in force had begun by the day on which the old page was seen."""
    old = old_page(at="manual/7", title="Lanterns", text_digest="O")
    h = history(captured("01/06/2018", old), captured("01/06/2019", live("01/05/2018")))
    assert told(h, "30/04/2018", "01/05/2018", "01/06/2018") == ["in_force ?", *["in_force 01/05/2018"] * 2]


def test_an_old_page_without_a_start_may_have_been_replaced_by_what_began_on_that_very_day() -> None:
    h = history(
        captured("01/06/2018", old_page(at="manual/7", text_digest="O")),
        captured("01/06/2019", live("01/06/2018")),
    )
    assert told(h, "31/05/2018", "01/06/2018") == ["undated", "in_force 01/06/2018"]


def test_between_two_stated_ends_a_version_need_not_stand() -> None:
    """A version of unknown start seen by then may have followed the earlier of the two."""
    twice = page(
        "foot 01/01/2018", at="manual/5", ends=ends("text excluded 01/01/2019", "text excluded 01/01/2021")
    )
    h = history(captured("01/06/2021", twice), captured("01/06/2020", said("contents", title="Lanterns")))
    assert told(h, "31/12/2018") == ["in_force 01/01/2018"]
    assert candidates(h, "01/01/2019") == candidates(h, "01/06/2020") == {"2018-01-01", "?"}


def test_a_line_beside_a_page_that_is_old_on_that_day_speaks_of_another_version() -> None:
    h = history(captured("01/06/2020", archived("01/05/2018"), LINE))
    assert told(h, "01/06/2020") == ["in_force ?"]


def test_a_line_speaks_of_the_latest_version_of_its_title() -> None:
    h = history(
        captured("01/06/2019", live("01/01/2018")),
        captured("01/06/2020", live("01/01/2020")),
        captured("01/06/2021", LINE),
    )
    assert ["sha256:01/06/2021" in v.captures for v in h.versions] == [False, True]


def test_the_reason_of_an_unknown_start_names_the_first_of_two_stated_ends() -> None:
    twice = page(
        at="manual/7", text_digest="A", ends=ends("text excluded 01/01/2018", "text excluded 01/02/2018")
    )
    h = history(captured("01/01/2020", twice))
    assert on(h, "01/01/2005").reasons == ("It ended by 1 January 2018; no page read says when it began.",)
    assert "1 January 2018 is the first day without it" in on(h, "01/01/2021").reasons[0]


def test_words_seen_elsewhere_after_the_next_version_began_leave_the_days_up_to_its_sight_open() -> None:
    """A copy that lost its banner and its foot would bring back what had been replaced."""
    h = history(
        captured("09/02/2016", page(at="manual/3", text_digest="A")),
        captured("19/04/2019", page(at="manual/7", text_digest="A")),
        captured("08/05/2019", page("foot 18/04/2019", at="manual/3", text_digest="B")),
    )
    assert told(h, "09/02/2016", "17/04/2019") == ["in_force ?", "in_force ?"]
    assert candidates(h, "19/04/2019") == candidates(h, "07/05/2019") == {"?", "2019-04-18"}
    assert told(h, "08/05/2019", "01/01/2026") == ["in_force 18/04/2019", "in_force 18/04/2019"]


@pytest.mark.parametrize(
    ("title", "told_of"), [("Orchard work", []), ("Lanterns", []), ("Boats", ["seen on an unknown day"])]
)
def test_a_title_of_unknown_day_is_told_only_where_no_version_has_it(title: str, told_of: list[str]) -> None:
    h = history(
        captured("01/06/2020", live("01/05/2018", title="Lanterns")),
        captured("01/06/2022", live("01/05/2021")),
        captured(None, said("contents", title=title)),
    )
    assert [f.message.split(", ")[1] for f in h.findings if f.kind == "title_differs"] == told_of


def test_the_finding_of_another_title_says_when_it_was_seen() -> None:
    h = history(
        captured("01/06/2020", live("01/05/2018")), captured("01/05/2020", said("contents", title="Boats"))
    )
    (finding,) = h.findings
    assert (finding.kind, "seen on 1 May 2020" in finding.message) == ("title_differs", True)


def test_the_reason_of_a_candidate_of_unknown_start_names_the_first_of_two_stated_ends() -> None:
    twice = page(
        at="manual/7", title="Lanterns", ends=ends("text excluded 01/01/2018", "text excluded 01/02/2018")
    )
    h = history(captured("01/01/2020", twice), captured("01/06/2020", archived("01/05/2016")))
    assert on(h, "02/05/2016").reasons[0].endswith("which ended by 1 January 2018, may have begun by then.")
