"""Lists of versions: rows in and out of order, whole lists and cut ones, twins of one day (rules 1, 15, 16, 18, 19)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from manual.model import SitePath
from tests.evidence import (
    archived,
    candidates,
    captured,
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


def whole(start: str, *listed: str, when: str = "01/06/2024", at: int = 50, **more: object) -> list:  # type: ignore[type-arg]
    """The page in force with a whole list."""
    return captured(when, live(start, lists_versions=True, **more), rows(*listed, at=at))


# ---------------------------------------------------------------- one version or two


def test_two_archived_addresses_of_one_day_are_one_version_of_two_texts() -> None:
    """One edited version, or two: neither text may pass for the text."""
    h = history(
        captured("01/01/2020", archived("01/03/2018", 7, text_digest="A")),
        captured("02/01/2020", archived("01/03/2018", 8, text_digest="B")),
        captured("02/01/2020", live("01/05/2019"), capture="live"),
    )
    assert len(h.versions) == 2
    version = on(h, "01/06/2018").version
    assert version is not None
    assert (version.text_digest, version.other_texts) == ("B", ("sha256:01/01/2020",))
    assert "texts_differ" in kinds(h)


def test_two_archived_addresses_of_one_day_and_the_same_words_leave_no_text_open() -> None:
    h = history(
        captured("01/01/2020", archived("01/03/2018", 7, text_digest="A")),
        captured("02/01/2020", archived("01/03/2018", 8, text_digest="A")),
    )
    assert len(h.versions) == 1
    assert h.versions[0].other_texts == ()
    assert "texts_differ" not in kinds(h)


def test_the_page_in_force_and_its_archived_copy_of_other_words_leave_no_text_open() -> None:
    """Edited words at a new address: the copy is the text."""
    h = history(
        captured("01/06/2018", live("01/03/2018", text_digest="A")),
        captured("02/01/2020", archived("01/03/2018", 8, text_digest="B"), live("01/05/2019")),
    )
    assert len(h.versions) == 2
    assert h.versions[0].other_texts == ()
    assert h.versions[0].text_digest == "B"


def test_one_list_that_shows_both_addresses_makes_two_versions_of_one_day() -> None:
    h = history(
        captured("01/01/2020", archived("01/03/2018", 50, text_digest="A")),
        captured("02/01/2020", archived("01/03/2018", 51, text_digest="B")),
        whole("01/05/2019", "01/03/2018", "01/03/2018"),
    )
    assert len(h.versions) == 3
    assert words(h, "28/02/2018", "01/03/2018", "30/04/2019") == ["before_record", "disputed", "disputed"]
    assert [v.id for v in h.versions][:2] == ["ZA1.5@2018-03-01~manual-50", "ZA1.5@2018-03-01~manual-51"]


def test_rows_of_two_lists_with_one_day_are_one_version() -> None:
    h = history(
        captured("01/06/2022", live("01/01/2020"), rows("01/03/2018", at=50)),
        captured("01/06/2024", live("01/05/2023"), rows("01/01/2020", "01/03/2018", at=60)),
    )
    assert len(h.versions) == 3
    assert told(h, "01/03/2018", "31/12/2019") == ["in_force 01/03/2018"] * 2


def test_a_page_seen_old_before_another_of_its_day_was_seen_in_force_is_a_version_of_its_own() -> None:
    """Replaced on its first day: the one in force came after it."""
    h = history(
        captured("01/06/2020", archived("01/03/2018", 5, text_digest="A")),
        captured("01/06/2021", live("01/03/2018", text_digest="B")),
    )
    assert len(h.versions) == 2
    newer = on(h, "02/03/2018").version
    assert newer is not None
    assert newer.text_digest == "B"
    assert words(h, "02/03/2018", "01/06/2021") == ["in_force", "in_force"]


def test_a_page_seen_in_force_before_it_was_seen_old_is_one_version() -> None:
    h = history(
        captured("01/06/2019", live("01/03/2018", text_digest="B")),
        captured("01/06/2020", archived("01/03/2018", 5, text_digest="A")),
    )
    assert len(h.versions) == 1


def test_a_row_and_its_own_page_with_another_foot_are_one_version_by_their_address() -> None:
    """The list prints the day before; the page's foot ranks above it (rule 6)."""
    h = history(
        captured("01/06/2021", live("01/06/2020", lists_versions=True), rows("05/08/2019", at=7)),
        captured("01/06/2021", archived("06/08/2019", 7), capture="own"),
    )
    assert len(h.versions) == 2
    assert words(h, "05/08/2019", "06/08/2019") == ["before_record", "in_force"]
    assert "weaker_start" in kinds(h)


def test_a_list_of_another_address_does_not_move_a_page_that_is_there() -> None:
    h = history(
        captured("01/06/2021", live("01/06/2020", lists_versions=True), rows("05/08/2019", at=8)),
        captured("01/06/2021", archived("06/08/2019", 7), capture="own"),
    )
    assert len(h.versions) == 3
    assert told(h, "05/08/2019") != ["before_record"]


# ---------------------------------------------------------------- order and repetition


def test_a_date_printed_twice_at_one_address_is_one_row_printed_twice() -> None:
    first, second = rows("01/03/2020", "01/03/2020", at=50)
    again = said(
        "listed", "listed 01/03/2020", at="manual/50", position=3, locator="row 3", shown_as_old=True
    )
    del second
    h = history(captured("01/06/2024", live("01/05/2023"), first, *rows("01/01/2019", at=90), again))
    assert len(h.versions) == 3
    assert words(h, "01/03/2020") == ["in_force"]


def test_a_repeated_date_in_order_is_two_versions_of_one_day() -> None:
    h = history(whole("01/05/2023", "10/12/2021", "10/12/2021", "01/01/2019"))
    assert words(h, "09/12/2021", "10/12/2021", "30/04/2023") == ["in_force", "disputed", "disputed"]
    assert "listed_twice" in kinds(h)
    assert "listed_out_of_order" not in kinds(h)


def test_a_repeated_date_out_of_order_may_stand_anywhere_between_its_neighbours() -> None:
    h = history(whole("01/05/2023", "01/03/2022", "10/12/2021", "24/11/2021", "10/12/2021", "19/07/2021"))
    assert words(h, "19/07/2021", "23/11/2021", "24/11/2021", "09/12/2021", "01/03/2022") == [
        "disputed",
        "disputed",
        "in_force",
        "in_force",
        "in_force",
    ]
    assert candidates(h, "20/07/2021") == {"2021-07-19", "?"}
    assert words(h, "10/12/2021", "28/02/2022") == ["disputed", "disputed"]
    assert {"listed_twice", "listed_out_of_order"} <= kinds(h)


def test_a_repeated_date_at_the_foot_of_a_list_is_merely_doubted() -> None:
    """With nothing older below it no days can be named."""
    h = history(whole("01/05/2023", "01/03/2022", "10/12/2021", "24/11/2021", "10/12/2021"))
    assert words(h, "23/11/2021", "24/11/2021", "09/12/2021") == ["before_record", "in_force", "in_force"]


def test_a_list_that_is_merely_unordered_settles_every_day() -> None:
    h = history(whole("01/05/2023", "24/11/2021", "01/03/2022", "19/07/2021"))
    assert told(h, "19/07/2021", "24/11/2021", "01/03/2022") == [
        "in_force 19/07/2021",
        "in_force 24/11/2021",
        "in_force 01/03/2022",
    ]
    (oddity,) = (f for f in h.findings if f.kind == "listed_out_of_order")
    assert (oddity.severity, oddity.days) == ("info", (day("01/03/2022"),))


def test_a_repeated_date_in_an_unordered_list_proves_nothing() -> None:
    h = history(whole("01/05/2023", "19/07/2021", "10/12/2021", "24/11/2021", "01/03/2022", "10/12/2021"))
    assert words(h, "19/07/2021", "24/11/2021") == ["in_force", "in_force"]


def test_a_page_that_states_a_day_between_the_neighbours_is_the_misprinted_row() -> None:
    """The row prints another row's date in the place of its own."""
    h = history(
        whole("01/05/2023", "01/03/2022", "10/12/2021", "24/11/2021", "10/12/2021", "19/07/2021"),
        captured("01/06/2024", archived("08/10/2021", 90), capture="own"),
    )
    assert told(h, "07/10/2021", "08/10/2021", "23/11/2021") == [
        "in_force 19/07/2021",
        "in_force 08/10/2021",
        "in_force 08/10/2021",
    ]


def test_a_row_that_prints_another_code_may_exist_or_not() -> None:
    h = history(
        captured(
            "01/06/2024",
            live("01/05/2023", lists_versions=True),
            rows("01/01/2022"),
            said(
                "listed", "listed 01/01/2021", shown_as_old=True, misprinted=True, position=1, locator="row 9"
            ),
            said("listed", "listed 01/01/2020", shown_as_old=True, position=2, locator="row 10"),
        )
    )
    assert told(h, "31/12/2020", "01/01/2021", "31/12/2021", "01/01/2022") == [
        "in_force 01/01/2020",
        "disputed",
        "disputed",
        "in_force 01/01/2022",
    ]
    assert "code_misprinted" in kinds(h)


# ---------------------------------------------------------------- whole lists and cut ones


def test_a_whole_list_vouches_for_the_days_between_two_neighbours() -> None:
    h = history(whole("01/05/2023", "01/01/2020"))
    assert [v.gap_vouched for v in h.versions] == [True, True]


def test_a_list_that_breaks_off_vouches_for_nothing() -> None:
    h = history(captured("01/06/2024", live("01/05/2023"), rows("01/01/2020")))
    assert [v.gap_vouched for v in h.versions] == [False, True]
    assert told(h, "01/01/2020", "30/04/2023") == ["in_force 01/01/2020"] * 2


def test_a_version_missing_from_one_of_two_whole_lists_is_doubted() -> None:
    """Neither list outweighs the other, in whichever order they were printed."""
    older = whole("01/01/2019", "01/01/2018", "01/01/2017", "01/01/2016", when="01/06/2020")
    newer = whole("01/01/2021", "01/01/2019", "01/01/2018", "01/01/2016", when="01/06/2022", at=70)
    h = history(older, newer)
    assert told(h, "31/12/2016", "01/01/2017", "31/12/2017", "01/01/2018") == [
        "in_force 01/01/2016",
        "disputed",
        "disputed",
        "in_force 01/01/2018",
    ]


def test_a_version_whose_page_was_seen_is_not_doubted_by_a_list_that_lacks_it() -> None:
    h = history(
        captured("01/06/2017", live("01/01/2017"), said("contents", at="manual/1")),
        captured("01/06/2022", archived("01/01/2017", 8), capture="copy"),
        whole("01/01/2021", "01/01/2019", "01/01/2018", "01/01/2016", when="01/06/2022", at=0),
    )
    assert told(h, "01/01/2017") == ["in_force 01/01/2017"]


def test_a_version_older_than_the_whole_list_reaches_is_not_doubted() -> None:
    h = history(
        whole("01/01/2021", "01/01/2019", when="01/06/2022"),
        captured(
            "01/06/2022", old_page("foot 01/01/2022", at="manual/99"), rows("01/01/2017"), capture="other"
        ),
    )
    assert told(h, "01/01/2017", "31/12/2018") == ["in_force 01/01/2017"] * 2


def test_a_listed_version_within_the_days_of_a_page_that_states_its_own_end_gives_way() -> None:
    """A page's own words rank above a row: days that they settle would be disputed for a misprint."""
    h = history(
        captured("01/06/2022", page("foot 01/01/2018", at="manual/5", ends=ends("text excluded 01/01/2021"))),
        captured("01/06/2023", live("01/02/2023"), rows("01/06/2020")),
    )
    assert told(h, "01/06/2020", "31/12/2020") == ["in_force 01/01/2018"] * 2
    assert words(h, "01/01/2021") == ["ended"]
    assert "start_contradicted" in kinds(h)


def test_a_page_that_begins_shortly_before_a_version_it_lists_as_previous_is_disputed_up_to_its_capture() -> (
    None
):
    """A misprinted foot (WF2.5): the page is in force when seen, and nobody knows since when."""
    h = history(captured("11/08/2026", live("26/11/2010"), rows("29/11/2010")))
    assert words(h, "25/11/2010", "26/11/2010", "10/08/2026", "11/08/2026") == [
        "before_record",
        "disputed",
        "disputed",
        "in_force",
    ]
    assert "starts_before_previous" in kinds(h)


def test_a_page_without_a_banner_that_lists_several_later_versions_is_an_archived_one() -> None:
    """It lists all the others, later ones too (rule 15); taken for the page in force it would outlast them."""
    h = history(
        captured("11/08/2026", page("foot 17/11/2014", at="manual/8"), rows("01/02/2025", "01/12/2024"))
    )
    assert told(h, "17/11/2014", "30/11/2024", "01/12/2024", "01/02/2025") == [
        "in_force 17/11/2014",
        "in_force 17/11/2014",
        "in_force 01/12/2024",
        "in_force 01/02/2025",
    ]


def test_a_page_that_lists_one_later_version_may_have_met_a_misprint() -> None:
    """One row alone does not make the page an archived one: it was seen in force."""
    h = history(
        captured("11/08/2026", page("foot 17/11/2014", at="manual/8"), rows("01/02/2025", "01/12/2012"))
    )
    assert told(h, "01/12/2012", "17/11/2014", "31/01/2025") == [
        "in_force 01/12/2012",
        "in_force 17/11/2014",
        "in_force 17/11/2014",
    ]
    assert words(h, "01/02/2025", "11/08/2026") == ["disputed", "disputed"]


# ---------------------------------------------------------------- known from lists alone


def test_a_row_alone_is_in_force_on_its_first_day_and_open_after_it() -> None:
    h = history(captured("01/06/2024", rows("01/03/2020", at=50)))
    assert words(h, "29/02/2020", "01/03/2020", "02/03/2020", "31/05/2024", "01/06/2024") == [
        "before_record",
        "in_force",
        "disputed",
        "disputed",
        "undated",
    ]
    assert not h.versions[0].text_held


def test_a_row_that_bears_its_end_ends_on_it() -> None:
    ended = said("listed", "listed 01/03/2020", at="manual/50", ends=ends("listed excluded 01/03/2021"))
    h = history(captured("01/06/2024", live("01/05/2023"), ended))
    assert words(h, "29/02/2020", "01/03/2020", "28/02/2021", "01/03/2021", "30/04/2023") == [
        "before_record",
        "in_force",
        "in_force",
        "ended",
        "ended",
    ]


def test_many_pages_that_link_the_page_in_force_alike_are_one_statement() -> None:
    """Every page of a section repeats the link; each of them as a version would be hundreds."""
    link = said("neighbour", at="manual/1")
    h = history(
        captured("01/06/2024", live("01/05/2023"), link),
        captured("01/06/2024", link, capture="a"),
        captured("01/06/2024", link, capture="b"),
    )
    assert len(h.versions) == 1
    assert len(h.versions[0].captures) <= 2


def test_a_row_without_an_address_beside_a_page_of_its_day_is_another_version() -> None:
    """The list on a page names the others, never the page itself."""
    evidence = (
        captured(
            "01/06/2024",
            live("01/03/2018", text_digest="B"),
            said("listed", "listed 01/03/2018", shown_as_old=True),
        ),
        captured("01/06/2024", archived("01/03/2018", 5, text_digest="A"), capture="x"),
    )
    h = history(*evidence)
    assert len(h.versions) == 2
    assert words(h, "28/02/2018", "01/03/2018", "02/03/2018") == ["before_record", "in_force", "in_force"]
    shown = on(h, "02/03/2018").version
    assert shown is not None
    assert shown.text_digest == "B"


def test_an_archived_page_whose_foot_was_corrected_begins_on_the_later_capture_s_day() -> None:
    """For one address a later capture outranks an earlier one."""
    h = history(
        captured("01/06/2020", archived("01/03/2018", 5, text_digest="A")),
        captured("01/06/2022", archived("05/03/2018", 5, text_digest="A")),
    )
    assert len(h.versions) == 1
    assert words(h, "01/03/2018", "04/03/2018", "05/03/2018") == [
        "before_record",
        "before_record",
        "in_force",
    ]
    assert "weaker_start" in kinds(h)


def test_a_version_of_unknown_start_beside_them_changes_nothing_about_two_whole_lists() -> None:
    h = history(
        captured("01/03/2011", said("contents", title="Harbour pilots")),
        whole("01/01/2019", "01/01/2018", "01/01/2017", "01/01/2016", when="01/06/2020"),
        whole("01/01/2021", "01/01/2019", "01/01/2018", "01/01/2016", when="01/06/2022", at=70),
    )
    assert told(h, "31/12/2015", "31/12/2016", "01/01/2017", "01/01/2018") == [
        "in_force ?",
        "in_force 01/01/2016",
        "disputed",
        "in_force 01/01/2018",
    ]


def test_a_version_of_unknown_start_beside_it_changes_nothing_about_a_misprinted_foot() -> None:
    h = history(
        captured("01/03/2011", said("contents", title="Harbour pilots")),
        captured("11/08/2026", live("26/11/2012"), rows("29/11/2012")),
    )
    assert told(h, "25/11/2012", "11/08/2026") == ["in_force ?", "in_force ?"]
    assert words(h, "26/11/2012", "10/08/2026") == ["disputed", "disputed"]


def test_a_whole_list_printed_on_the_first_day_of_its_page_counts_as_any_other() -> None:
    h = history(
        whole("01/01/2019", "01/01/2018", "01/01/2017", "01/01/2016", when="01/06/2020"),
        whole("01/01/2021", "01/01/2019", "01/01/2018", "01/01/2016", when="01/01/2021", at=70),
        whole("01/03/2017", "01/01/2016", when="01/03/2017", at=0),
    )
    assert words(h, "01/01/2017", "01/02/2017") == ["disputed", "disputed"]


def test_a_page_of_no_address_is_not_doubted_by_a_list_that_lacks_it() -> None:
    """Only a page whose own address lists all others later may have had its first day corrected."""
    h = history(
        captured("01/06/2021", page("foot 01/01/2020", text_digest="x")),
        whole("01/01/2022", "01/01/2019", when="01/06/2023"),
    )
    assert told(h, "31/12/2019", "01/01/2020") == ["in_force 01/01/2019", "in_force 01/01/2020"]


def test_a_page_that_its_own_address_leaves_out_of_a_whole_list_later_is_doubted() -> None:
    """Its first day was corrected, and the list shows it under the right one; or the list is wrong."""
    h = history(
        captured("01/06/2021", live("05/01/2020")),
        whole("01/01/2022", "01/01/2020", "01/01/2019", when="01/06/2023"),
    )
    assert told(h, "31/12/2019", "01/01/2020", "04/01/2020") == [
        "in_force 01/01/2019",
        "in_force 01/01/2020",
        "in_force 01/01/2020",
    ]
    assert words(h, "05/01/2020", "31/12/2021") == ["disputed", "disputed"]


def test_lines_of_the_contents_out_of_order_are_not_reported() -> None:
    """Contents are ordered as the manual is; only a list of versions has an order of days."""
    lines = [
        said("contents", "listed 01/01/2018", position=0, locator="line 1", shown_as_old=True),
        said("contents", "listed 01/01/2020", position=1, locator="line 2", shown_as_old=True),
    ]
    assert "listed_out_of_order" not in kinds(history(captured("01/06/2022", lines)))
    assert "listed_out_of_order" in kinds(
        history(captured("01/06/2022", live("01/05/2021"), rows("01/01/2018", "01/01/2020")))
    )


def test_pages_of_one_day_of_which_one_holds_no_text_are_one_version() -> None:
    """Words that nobody has read tell no two versions apart."""
    one = history(
        captured("01/06/2020", archived("01/03/2018", 5, text_digest="")),
        captured("01/06/2021", live("01/03/2018", text_digest="B")),
    )
    other = history(
        captured("01/06/2020", archived("01/03/2018", 5, text_digest="A")),
        captured("01/06/2021", live("01/03/2018", text_digest="")),
    )
    assert [len(h.versions) for h in (one, other)] == [1, 1]


def test_a_row_without_an_address_parts_its_page_from_an_archived_copy_seen_later() -> None:
    h = history(
        captured(
            "01/06/2024",
            live("01/03/2018", text_digest="B"),
            said("listed", "listed 01/03/2018", shown_as_old=True),
        ),
        captured("01/06/2025", archived("01/03/2018", 5, text_digest="A")),
    )
    assert len(h.versions) == 2


def test_each_list_in_a_capture_of_several_texts_belongs_to_its_own_text() -> None:
    """The row on the first text is the second text, and the other way round."""
    h = history(
        captured(
            "01/06/2024",
            live("01/01/2020", locator="page 1", lists_versions=True),
            said("listed", "listed 01/01/2018", shown_as_old=True, locator="page 1 row 1"),
            archived("01/01/2018", 6, locator="page 2", lists_versions=True),
            said("listed", "listed 01/01/2020", locator="page 2 row 1"),
        )
    )
    assert [v.id for v in h.versions] == ["ZA1.5@2018-01-01", "ZA1.5@2020-01-01"]
    assert told(h, "31/12/2019", "01/01/2020") == ["in_force 01/01/2018", "in_force 01/01/2020"]


def test_rows_of_two_lists_of_one_capture_do_not_stand_side_by_side() -> None:
    """The same day in two lists is one version; twice in one list it would be two."""
    for named in ({"in_list": "list 1"}, {}):
        again = {"in_list": "list 2"} if named else {}
        h = history(
            captured(
                "01/06/2024",
                live("01/05/2023", lists_versions=True),
                said(
                    "listed",
                    "listed 10/12/2021",
                    at="manual/50",
                    shown_as_old=True,
                    locator="list 1 row 1",
                    **named,
                ),
                said(
                    "listed",
                    "listed 10/12/2021",
                    at="manual/51",
                    shown_as_old=True,
                    locator="list 2 row 1",
                    **again,
                ),
            )
        )
        assert len(h.versions) == 2
        assert words(h, "10/12/2021", "30/04/2023") == ["in_force", "in_force"]


def test_a_copy_of_unknown_day_with_another_foot_does_not_move_an_archived_page() -> None:
    h = history(
        captured("01/06/2022", archived("05/03/2018", 5, text_digest="A")),
        captured(None, archived("01/03/2018", 5, text_digest="A")),
    )
    assert words(h, "01/03/2018", "05/03/2018") == ["before_record", "in_force"]
    assert len(h.versions) == 1


def test_a_row_of_a_day_with_two_versions_is_the_one_of_its_title() -> None:
    both = [
        said(
            "listed",
            "listed 01/03/2018",
            title=title,
            shown_as_old=True,
            at=f"manual/{5 + n}",
            position=n,
            locator=f"row {n}",
        )
        for n, title in enumerate(("Oars", "Sails"))
    ]
    for title in ("Oars", "Sails"):
        again = said("listed", "listed 01/03/2018", title=title, shown_as_old=True, locator="row 0")
        h = history(
            captured("01/06/2024", live("01/05/2023"), both),
            captured("01/06/2025", live("01/05/2023"), again),
        )
        assert {v.title: len(v.captures) for v in h.versions if v.title in ("Oars", "Sails")} == {
            title: 2,
            ({"Oars", "Sails"} - {title}).pop(): 1,
        }


def test_a_whole_list_leaves_no_room_for_something_unknown_between_two_neighbours() -> None:
    """Marked old and not yet replaced: in force up to some day, then nothing; never something undated."""
    h = history(
        captured("01/06/2020", archived("01/01/2018", 5)),
        captured("01/06/2021", live("15/12/2020", lists_versions=True), rows("01/01/2018", at=5)),
    )
    assert words(h, "01/01/2018", "02/01/2018", "15/12/2020") == ["in_force", "disputed", "in_force"]
    assert {*words(h, "01/06/2020", "14/12/2020")} <= {"disputed", "ended"}


def test_an_archived_version_is_not_doubted_by_a_list_that_lacks_it() -> None:
    h = history(
        captured("01/06/2021", archived("05/01/2020", 1)),
        whole("01/01/2022", "01/01/2019", when="01/06/2023"),
    )
    assert told(h, "31/12/2019", "05/01/2020") == ["in_force 01/01/2019", "in_force 05/01/2020"]


def test_a_mark_of_ending_without_a_day_spans_no_listed_version() -> None:
    h = history(
        captured("01/06/2022", page("foot 01/01/2018", at="manual/5", ends=over("text"))),
        captured("01/06/2023", live("01/02/2023"), rows("01/06/2020")),
    )
    assert words(h, "01/06/2020", "31/01/2023") == ["in_force", "in_force"]


@pytest.mark.parametrize(("previous", "disputed"), [("29/12/2012", True), ("30/12/2012", False)])
def test_a_foot_is_taken_for_a_misprint_up_to_31_days_before_the_previous_version(
    previous: str, disputed: bool
) -> None:
    h = history(captured("11/08/2026", live("28/11/2012"), rows(previous)))
    assert ("starts_before_previous" in kinds(h)) is disputed


def test_a_row_of_a_near_and_a_far_start_keeps_the_near_one() -> None:
    h = history(
        captured(
            "11/08/2026",
            live("01/05/2023"),
            said("listed", "listed 01/01/2020", "listed 01/01/2106", shown_as_old=True),
        )
    )
    assert told(h, "01/01/2020") == ["in_force 01/01/2020"]


def test_a_version_between_the_page_and_its_older_neighbour_is_doubted_from_the_pages_first_day() -> None:
    """A list counts for its page's own first day, on which it may have been printed."""
    h = history(
        whole("01/01/2021", "01/01/2018", when="01/01/2021"),
        whole("01/06/2022", "01/01/2021", "01/06/2019", "01/01/2018", when="01/06/2023", at=70),
    )
    assert told(h, "31/05/2019", "01/01/2021") == ["in_force 01/01/2018", "in_force 01/01/2021"]
    assert words(h, "01/06/2019", "31/12/2020") == ["disputed", "disputed"]


def test_words_that_stood_in_force_are_those_of_the_archived_page_and_not_of_its_twin() -> None:
    """A list shows two versions of one day, and the words of one are not held: the page of the other one's words says
    nothing of it."""
    h = history(
        captured("01/06/2019", live("01/01/2018")),
        captured("01/06/2021", archived("01/01/2018", 5)),
        captured("01/07/2021", live("01/01/2021"), rows("01/01/2018", "01/01/2018", at=5)),
    )
    assert {(v.address, v.text_digest) for v in h.versions} == {
        ("manual/6", ""),
        ("manual/5", "01/01/2018"),
        ("manual/1", "01/01/2021"),
    }


def test_the_end_of_an_edition_outweighs_a_row() -> None:
    """Its banner is words: the page that bears it was the last one (rule 12)."""
    old = archived("01/01/2005", edition="pre-2010", ends=ends("edition excluded 29/11/2010"))
    h = history(
        captured("01/06/2011", live("29/11/2010"), rows("01/01/2008")),
        captured("01/06/2015", old),
    )
    assert told(h, "01/01/2008", "28/11/2010") == ["in_force 01/01/2005"] * 2


def test_a_page_seen_old_on_the_day_on_which_another_of_its_first_day_was_in_force_is_another_version() -> (
    None
):
    """Without a list that shows both: the one was replaced on its first day."""
    h = history(
        captured("01/06/2021", archived("01/01/2021", text_digest="old"), capture="old"),
        captured("01/06/2021", live("01/01/2021"), capture="live"),
    )
    assert [v.text_digest for v in h.versions] == ["old", "01/01/2021"]


def test_a_date_printed_twice_at_two_addresses_is_misplaced_where_it_stands_out_of_order() -> None:
    h = history(captured("01/06/2022", rows("10/12/2021", "24/11/2021", "10/12/2021", at=51)))
    assert sorted((f.severity, f.kind) for f in h.findings) == [
        ("warning", "listed_out_of_order"),
        ("warning", "listed_twice"),
    ]


def test_an_archived_page_whose_words_are_not_held_is_not_told_from_its_twin_by_words() -> None:
    h = history(
        captured("01/06/2019", live("01/01/2018")),
        captured("01/06/2021", archived("01/01/2018", 5, text_digest="")),
        captured("01/07/2021", live("01/01/2021"), rows("01/01/2018", "01/01/2018", at=5)),
    )
    assert {(v.address, v.text_digest) for v in h.versions} == {
        ("manual/6", ""),
        ("manual/5", "01/01/2018"),
        ("manual/1", "01/01/2021"),
    }


def test_if_both_rows_of_one_date_stand_out_of_order_neither_is_the_misprint() -> None:
    """Nothing tells which of the two is in its place, so the list proves no other place for either."""
    h = history(whole("01/03/2021", "01/01/2020", "01/01/2014", "01/01/2018", "01/01/2014", "01/01/2016"))
    assert candidates(h, "01/06/2014") == {"2014-01-01"}
    assert told(h, "01/06/2016", "01/06/2018") == ["in_force 01/01/2016", "in_force 01/01/2018"]


def test_a_repeated_date_at_the_top_of_a_list_has_nothing_above_it_to_be_misplaced_under() -> None:
    h = history(whole("01/03/2021", "01/01/2014", "01/01/2018", "01/01/2014"))
    assert told(h, "01/06/2018") == ["in_force 01/01/2018"]
    assert {f.severity for f in h.findings if f.kind == "listed_out_of_order"} == {"info"}


def test_a_row_printed_twice_at_one_address_does_not_hide_that_another_is_misplaced() -> None:
    """The list is in order but for the one row, whose days are disputed (rule 18)."""
    places = {"01/01/2020": 60, "01/01/2019": 61, "01/01/2014": 62, "01/01/2016": 63}
    printed = ["01/01/2020", "01/01/2019", "01/01/2019", "01/01/2014", "01/01/2016"]
    listed = [
        replace(row, address=SitePath(f"manual/{places[d]}"))
        for row, d in zip(rows(*printed), printed, strict=True)
    ]
    again = said(
        "listed", "listed 01/01/2014", at="manual/64", shown_as_old=True, position=5, locator="row 5"
    )
    h = history(captured("01/06/2024", live("01/03/2021", lists_versions=True), [*listed, again]))
    assert words(h, "01/06/2016", "01/06/2018") == ["disputed", "disputed"]
    (twice,) = [f for f in h.findings if f.kind == "listed_twice" and "2014" in f.message]
    assert twice.locator == "row 3, row 5"


def test_a_page_that_lists_several_later_versions_as_previous_began_after_the_last_of_them() -> None:
    """WF2.5, rule 18: its foot is misprinted, and all that it lists came before it."""
    h = history(whole("01/03/2020", "20/03/2020", "10/03/2020", when="01/06/2021"))
    assert candidates(h, "15/03/2020") == {"2020-03-10", "?"}
    assert candidates(h, "25/03/2020") == {"2020-03-20", "?"}
    assert told(h, "01/06/2021") == ["in_force ?"]


def test_a_list_with_two_pairs_of_twins_tells_the_words_of_each_pair_apart() -> None:
    """Words that are not those of one twin are those of the other, whatever a second pair shows."""
    twins = ("01/01/2019", "01/01/2019", "01/01/2017", "01/01/2017")
    h = history(
        whole("01/03/2021", *twins, at=5),
        captured("01/07/2021", archived("01/01/2019", 5, text_digest="A")),
        captured("01/02/2020", live("01/01/2019", text_digest="B")),
    )
    assert [(v.address, v.text_digest) for v in h.versions if v.text_digest] == [
        ("manual/5", "A"),
        ("manual/6", "B"),
        ("manual/1", "01/03/2021"),
    ]


@pytest.mark.parametrize(("linked", "versions"), [(False, 1), (True, 2)])
def test_an_archived_address_has_one_version_unless_a_line_links_it_as_the_page_in_force(
    linked: bool, versions: int
) -> None:
    """Rules 1 and 3: only the page in force changes its text."""
    ended = page("foot 01/01/2020", at="manual/5", ends=ends("suffix either 01/05/2021"), text_digest="A")
    line = captured("01/03/2021", said("contents", at="manual/5"))
    h = history(
        captured("01/01/2020", archived("01/01/2018")), captured("01/06/2021", ended), line if linked else []
    )
    assert len(h.versions) == versions


@pytest.mark.parametrize("first_day", ["01/07/2021", "01/02/2022", "19/07/2021"])
def test_a_page_whose_day_lies_elsewhere_is_not_the_misprinted_row(first_day: str) -> None:
    """Rule 18: the misprinted row stands between its neighbours, and a day that another row prints is that row's."""
    h = history(
        whole("01/05/2023", "01/03/2022", "10/12/2021", "24/11/2021", "10/12/2021", "19/07/2021"),
        captured("01/06/2024", archived(first_day, 90), capture="own"),
    )
    assert words(h, "08/10/2021") == ["disputed"]


def test_a_row_of_another_list_is_not_the_misprinted_row() -> None:
    """Only a page says of itself when it began."""
    h = history(
        whole("01/05/2023", "01/03/2022", "10/12/2021", "24/11/2021", "10/12/2021", "19/07/2021"),
        captured("01/06/2024", said("contents", "listed 08/10/2021", shown_as_old=True), capture="own"),
    )
    assert words(h, "09/10/2021") == ["disputed"]


def test_a_version_marked_old_before_its_neighbour_in_a_whole_list_began_ended_or_went_on_until_then() -> (
    None
):
    """Nothing else can have followed it, and whether anything stood in between is open."""
    h = history(
        captured("01/06/2019", archived("01/01/2018")),
        whole("01/01/2021", "01/01/2018", when="01/06/2021"),
    )
    assert words(h, "02/06/2019", "31/12/2020") == ["disputed", "disputed"]


def test_three_rows_of_one_day_are_three_versions_in_the_order_of_the_list() -> None:
    h = history(
        whole("01/07/2021", *["01/01/2019"] * 3, "01/01/2018", when="01/06/2022", at=5),
        captured("02/06/2022", *(archived("01/01/2019", n, text_digest=f"{n}") for n in (5, 6, 7))),
    )
    assert [(v.address, v.text_digest) for v in h.versions[1:4]] == [
        (f"manual/{n}", f"{n}") for n in (5, 6, 7)
    ]


def test_the_same_words_with_a_weaker_first_day_that_their_version_states_too_are_that_version() -> None:
    """Rule 6: the foot of an instrument is the day of publication, and another capture may lack the better one."""
    both = page("text 10/03/2020", "foot 01/03/2020", at="manual/1", text_digest="A")
    copy = page("foot 01/03/2020", at="manual/9", text_digest="A")
    h = history(captured("01/06/2020", both), captured("01/06/2021", copy))
    assert [v.id for v in h.versions] == ["ZA1.5@2020-03-10"]


def test_a_version_of_a_day_with_two_is_named_by_the_address_of_its_copy() -> None:
    """The page in force shows another version tomorrow."""
    h = history(
        captured("01/06/2020", live("01/03/2020")),
        captured("01/06/2022", live("01/06/2021"), rows("01/03/2020", "01/03/2020", at=7)),
    )
    assert {v.id for v in h.versions[:2]} == {"ZA1.5@2020-03-01~manual-7", "ZA1.5@2020-03-01~manual-8"}
