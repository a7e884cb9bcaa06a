"""Several versions of one first day, and what shows which is which (rules 15, 18 and 19)."""

from __future__ import annotations

from manual.model import Validity
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
    over,
    page,
    rows,
    said,
    start_of,
    told,
    words,
)


def whole(when: str, start: str, *listed: object, **more: object) -> list:  # type: ignore[type-arg]
    """The page in force, seen on `when`, with a whole list."""
    return captured(
        when, live(start, lists_versions=True, **more), *listed, capture=f"{when} {start} {len(listed)}"
    )


def row(start: str, at: int | None, position: int = 0, **more: object):  # type: ignore[no-untyped-def]
    return said(
        "listed",
        f"listed {start}",
        at=f"manual/{at}" if at else None,
        shown_as_old=True,
        position=position,
        locator=f"row {position}",
        **more,
    )


def test_the_row_that_no_other_version_of_its_day_explains_is_the_page_once_in_force() -> None:
    """Two rows of one day, one of which the page in force listed as previous: the other one is that page's own."""
    h = history(
        whole("01/06/2020", "01/05/2020", row("01/05/2020", 7)),
        whole("01/06/2022", "01/05/2022", row("01/05/2020", 8, 0), row("01/05/2020", 7, 1)),
    )
    assert [v.address for v in h.versions] == ["manual/7", "manual/8", "manual/1"]
    assert told(h, "01/05/2020", "30/04/2022") == ["in_force 01/05/2020"] * 2
    answer = on(h, "01/05/2021")
    assert answer.version is not None
    assert answer.version.text_digest == "01/05/2020"
    assert answer.version.validity.effective_until == day("01/05/2022")


def test_rows_without_addresses_are_told_apart_by_their_titles() -> None:
    h = history(
        whole("01/06/2020", "01/05/2020", row("01/05/2020", 7, title="Ferry work"), title="Harbour work"),
        whole(
            "01/06/2022",
            "01/05/2022",
            row("01/05/2020", None, 0, title="Harbour work"),
            row("01/05/2020", None, 1, title="Ferry work"),
        ),
    )
    assert [(v.title, v.text_held) for v in h.versions[:2]] == [("Ferry work", False), ("Harbour work", True)]
    assert len(h.versions) == 3


def test_rows_of_one_day_without_addresses_stand_in_the_order_of_the_list() -> None:
    h = history(
        captured(None, live("01/05/2020", lists_versions=True), row("01/05/2020", None)),
        whole("01/06/2022", "01/05/2022", row("01/05/2020", 8, 0), row("01/05/2020", 7, 1)),
    )
    assert [v.address for v in h.versions] == ["manual/7", "manual/8", "manual/1"]


def test_more_rows_of_one_day_than_versions_known_make_new_ones() -> None:
    listed = [row("01/05/2020", 20 + n, n) for n in range(6)]
    h = history(whole("01/06/2022", "01/05/2022", *listed))
    assert len(h.versions) == 7
    assert len({v.address for v in h.versions}) == 7


def test_a_page_of_other_words_is_the_version_of_its_day_whose_words_are_not_held() -> None:
    """The contents show two of one day: the page in force was not the one whose archived copy has other words."""
    h = history(
        captured("01/06/2020", live("01/05/2020", text_digest="Z")),
        captured("01/06/2022", live("01/05/2022"), row("01/05/2020", 8, 0), row("01/05/2020", 7, 1)),
        captured("01/06/2024", archived("01/05/2020", 7, text_digest="A")),
    )
    assert [(v.address, v.text_digest) for v in h.versions[:2]] == [("manual/7", "A"), ("manual/8", "Z")]
    answer = on(h, "01/06/2020")
    assert answer.version is not None
    assert answer.version.id == h.versions[1].id


def test_a_page_of_other_words_is_the_version_of_its_day_that_has_them() -> None:
    h = history(
        captured("01/06/2020", live("01/05/2020", text_digest="Z")),
        captured("01/06/2022", live("01/05/2022"), row("01/05/2020", 8, 0), row("01/05/2020", 7, 1)),
        captured("01/06/2024", archived("01/05/2020", 7, text_digest="A"), capture="seven"),
        captured("01/06/2024", archived("01/05/2020", 8, text_digest="Z"), capture="eight"),
    )
    assert [(v.address, v.text_digest) for v in h.versions[:2]] == [("manual/7", "A"), ("manual/8", "Z")]


def test_of_two_versions_of_one_day_the_one_seen_in_force_later_came_last() -> None:
    h = history(
        captured("01/06/2020", live("01/05/2020", text_digest="Z")),
        captured("01/06/2022", live("01/05/2022"), row("01/05/2020", 8, 0), row("01/05/2020", 7, 1)),
        captured("01/06/2024", archived("01/05/2020", 7, text_digest="A")),
    )
    assert told(h, "01/05/2020", "02/05/2020", "30/04/2022") == ["in_force 01/05/2020"] * 3


def test_a_row_seen_after_a_page_was_in_force_is_not_taken_for_it() -> None:
    """The list of an archived page, seen when the page in force was: its row of that day is the other version."""
    in_force = [live("01/05/2020", lists_versions=True), row("01/05/2020", 7)]
    h = history(
        captured("01/06/2020", *in_force),
        captured(
            "01/06/2020",
            archived("01/01/2019", 6, lists_versions=True),
            row("01/05/2020", None),
            capture="six",
        ),
        captured("01/06/2024", archived("01/05/2020", 8), row("01/05/2020", 7, 0), capture="eight"),
    )
    assert len(h.versions) == 3
    seven = next(v for v in h.versions if v.address == "manual/7")
    assert "sha256:six" in seven.captures


def test_a_row_that_prints_an_end_is_a_version_of_its_own_whatever_first_day_its_page_states() -> None:
    ended = said("listed", at="manual/8", ends=ends("listed excluded 01/07/2021"), locator="row 0")
    h = history(
        captured("01/06/2020", live("01/05/2020", text_digest="Z"), row("01/05/2020", 7)),
        captured("01/08/2022", live("01/05/2022", lists_versions=True), ended, row("01/05/2020", 7, 1)),
        captured("01/09/2022", archived("01/05/2020", 7, text_digest="A"), capture="seven"),
        captured(
            "01/09/2022",
            archived("01/05/2020", 8, text_digest="B", ends=ends("note excluded 01/07/2021")),
            capture="eight",
        ),
    )
    assert told(h, "01/05/2020", "30/06/2021", "01/07/2021") == ["in_force 01/05/2020"] * 2 + ["ended"]
    assert [v.address for v in h.versions] == ["manual/7", "manual/8", "manual/1"]


def test_the_text_of_a_page_seen_before_its_first_day_may_be_that_of_another_version_of_that_day() -> None:
    """The page that lists the other one is surely the last of the day; what was announced may have been the first."""
    h = history(
        captured("16/12/2012", live("17/12/2012", text_digest="A")),
        captured(None, live("17/12/2012", text_digest="B", lists_versions=True), row("17/12/2012", 7)),
    )
    answer = on(h, "01/01/2013")
    assert answer.version is not None
    assert answer.version.text_digest == "B"


def test_a_live_page_and_an_archived_one_of_other_words_leave_the_text_open_where_no_day_tells_them_apart() -> (
    None
):
    h = history(
        captured(None, live("16/04/2017", text_digest="A"), capture="live"),
        captured(None, archived("16/04/2017", 7, text_digest="B"), capture="old"),
    )
    (version,) = h.versions
    assert version.other_texts


def test_a_page_seen_in_force_holds_the_text_whatever_an_archived_copy_says() -> None:
    h = history(
        captured("01/06/2017", live("16/04/2017", text_digest="A")),
        captured("01/06/2019", archived("16/04/2017", 7, text_digest="B")),
    )
    (version,) = h.versions
    assert not version.other_texts


# ---------------------------------------------------------------- first days that the pages correct


def test_a_page_of_unknown_day_with_another_foot_disputes_the_first_day() -> None:
    h = history(
        captured("19/12/2010", live("14/12/2010", text_digest="A")),
        captured(None, live("10/12/2010", text_digest="A")),
    )
    assert words(h, "09/12/2010", "11/12/2010", "14/12/2010") == ["before_record", "disputed", "in_force"]
    assert start_of(on(h, "01/01/2011")) is None


def test_a_first_day_seen_a_day_ahead_is_corrected_as_any_other() -> None:
    """The page was saved the day before the first day that it printed, again after it, and later with another one."""
    h = history(
        captured("26/06/2017", live("27/06/2017", text_digest="A")),
        captured("16/07/2017", live("27/06/2017", text_digest="A")),
        captured("22/06/2018", live("26/06/2017", text_digest="A", ends=ends("note excluded 20/06/2018"))),
    )
    assert len(h.versions) == 1
    assert words(h, "26/06/2017", "27/06/2017", "20/06/2018") == ["disputed", "in_force", "ended"]


def test_a_page_that_says_until_when_it_was_in_force_takes_back_what_its_address_showed_before() -> None:
    h = history(
        captured("21/10/2016", live("08/02/2016", text_digest="A")),
        captured("16/10/2017", live("24/01/2016", text_digest="B", ends=ends("note excluded 30/03/2017"))),
    )
    assert words(h, "24/01/2016", "01/12/2016", "30/03/2017") == ["in_force", "in_force", "ended"]
    assert start_of(on(h, "01/12/2016")) == day("24/01/2016")
    assert on(h, "01/06/2016").answer == "disputed"


# ---------------------------------------------------------------- what pages say of later days


def test_a_mark_seen_before_the_end_that_its_page_states_had_been_void() -> None:
    """An announcement that was withdrawn had its page listed as old for a while."""
    mention = said("listed", at="manual/1", locator="row 0")
    h = history(
        captured("04/12/2010", live("04/12/2010")),
        captured("14/12/2010", archived("29/11/2010", 6), row("04/12/2010", 7)),
        captured("17/06/2011", archived("29/11/2010", 6), mention),
        captured("17/11/2011", archived("04/12/2010", 7, ends=ends("note excluded 17/11/2011"))),
    )
    assert told(h, "17/06/2011", "16/11/2011", "17/11/2011") == ["in_force 04/12/2010"] * 2 + ["ended"]


def test_an_archived_page_says_nothing_of_the_days_after_its_end() -> None:
    revoked = ends("revocation excluded 04/12/2013")
    h = history(
        captured("30/11/2015", said("contents", at="manual/7", ends=ends("listed excluded 04/12/2013"))),
        captured("01/10/2016", archived("29/11/2010", 7, ends=revoked)),
        captured("11/02/2019", said("contents", title="Ferry work", at="manual/2")),
    )
    assert words(h, "30/11/2015", "01/06/2016", "11/02/2019") == ["ended", "undated", "in_force"]


def test_a_page_that_still_shows_an_end_after_the_code_was_used_again_is_an_old_one() -> None:
    revoked = ends("revocation excluded 25/09/2015")
    h = history(
        captured("21/10/2018", page("foot 02/11/2012", at="manual/7", ends=revoked)),
        captured("20/09/2024", said("contents", title="Ferry work")),
        captured("25/01/2026", page("foot 02/11/2012", at="manual/7", ends=revoked)),
    )
    assert words(h, "24/09/2015", "01/01/2018", "20/09/2024") == ["in_force", "undated", "in_force"]


def test_an_old_page_without_a_first_day_may_lie_between_any_two_versions() -> None:
    h = history(
        captured(
            "15/09/2025",
            old_page(at="manual/9", text_digest="X", lists_versions=True),
            row("25/07/2021", 8, 0),
            said(
                "listed", at="manual/7", ends=ends("listed excluded 26/06/2018"), locator="row 1", position=1
            ),
            row("02/07/2013", 6, 2),
        ),
    )
    # before the oldest row and after the end of another version too: nothing says that it came later
    days = ("01/01/2010", "02/07/2013", "01/01/2016", "01/01/2020", "25/07/2021")
    assert words(h, *days) == ["undated", "in_force", "disputed", "undated", "in_force"]


def test_what_ended_last_is_named() -> None:
    h = history(
        captured("01/01/2017", live("01/03/2012", lists_versions=True)),
        captured(
            "04/04/2026",
            page(
                at="manual/1", text_digest="X", ends=ends("suffix excluded 06/05/2021"), lists_versions=True
            ),
            said("listed", at="manual/8", ends=ends("listed excluded 30/11/2019"), locator="row 0"),
        ),
    )
    answer = on(h, "01/01/2025")
    assert answer.answer == "ended"
    assert answer.version is not None
    assert answer.version.validity.effective_until == day("06/05/2021")


# ---------------------------------------------------------------- lines and lists


def test_a_line_that_a_dated_version_explains_stands_before_one_of_unknown_start() -> None:
    h = history(
        captured("14/05/2015", said("contents")),
        captured("18/10/2016", page(at="manual/1", text_digest="D"), *rows("23/08/2014", at=7)),
    )
    assert told(h, "14/05/2015", "15/05/2015", "18/10/2016") == [
        "in_force 23/08/2014",
        "disputed",
        "in_force ?",
    ]
    assert caveats(h, "14/05/2015") == (None, False)


def test_a_line_of_another_title_is_not_given_to_a_page_that_an_ended_version_of_its_title_contradicts() -> (
    None
):
    h = history(
        captured("02/07/2017", said("contents", title="Mast work", at="manual/1")),
        captured(
            "06/09/2024",
            page("foot 01/08/2014", at="manual/7", text_digest="A", lists_versions=True),
            said("listed", title="Mast work", ends=ends("listed excluded 15/10/2017"), locator="row 0"),
        ),
    )
    assert on(h, "02/07/2017").answer != "in_force" or start_of(on(h, "02/07/2017")) is None


def test_a_line_that_ended_on_an_unknown_day_is_the_last_version_s_where_only_dated_lines_stand_beside_it() -> (
    None
):
    h = history(
        captured("26/02/2020", live("11/01/2020")),
        captured(
            "12/02/2021",
            said("contents", ends=over("listed")),
            said("contents", "listed 06/04/2014", shown_as_old=True, position=1),
        ),
    )
    assert told(h, "01/01/2017", "26/02/2020") == ["in_force 06/04/2014", "in_force 11/01/2020"]
    assert words(h, "12/02/2021") == ["ended"]


def test_the_whole_list_of_a_page_still_to_begin_doubts_what_it_lacks() -> None:
    h = history(
        captured("14/04/2019", live("21/05/2019", lists_versions=True), *rows("19/06/2017", at=5)),
        captured("16/04/2019", said("contents", "listed 06/02/2019", shown_as_old=True)),
    )
    assert words(h, "05/02/2019", "06/02/2019", "20/05/2019") == ["in_force", "disputed", "disputed"]


def test_the_address_linked_is_no_longer_the_live_one_once_a_list_shows_it_as_old() -> None:
    """The contents linked the ended page; a later list shows that address as old, so that another one is live."""
    h = history(
        captured("23/03/2022", said("contents", at="manual/7", ends=ends("listed excluded 10/05/2021"))),
        captured(
            "05/11/2024",
            page(
                "foot 20/10/2023",
                at="manual/1",
                ends=ends("revocation excluded 31/05/2024"),
                lists_versions=True,
            ),
            said("listed", at="manual/7", ends=ends("listed excluded 10/05/2021"), locator="row 0"),
        ),
    )
    assert caveats(h, "01/01/2025")[0] == day("05/11/2024")


def test_a_page_of_unknown_day_that_lists_a_later_version_as_previous_changes_nothing_on_the_day_of_loading() -> (
    None
):
    h = history(captured(None, live("26/11/2010", lists_versions=True), row("29/11/2010", 7)))
    assert all(span.first is None or span.first < day("01/01/2011") for span in h.spans)


def test_a_first_day_seen_ahead_and_later_is_taken_back_by_the_page_that_tells_its_end() -> None:
    h = history(
        captured("19/02/2014", live("06/03/2014", text_digest="A")),
        captured("20/04/2014", live("06/03/2014", text_digest="A")),
        captured("07/02/2017", live("19/02/2014", text_digest="B", ends=ends("note excluded 21/07/2016"))),
    )
    assert words(h, "06/03/2014", "01/01/2015", "21/07/2016") == ["disputed", "in_force", "ended"]
    assert start_of(on(h, "01/01/2015")) == day("19/02/2014")


def test_a_first_day_printed_before_and_after_the_end_of_the_edition_does_not_end_with_it() -> None:
    h = history(
        captured("06/12/2010", live("29/11/2010", text_digest="A")),
        captured(None, live("22/11/2010", text_digest="A")),
    )
    assert words(h, "25/11/2010", "29/11/2010", "06/12/2010") == ["disputed", "in_force", "in_force"]


def test_a_page_seen_ahead_makes_no_third_version_of_a_day_of_two() -> None:
    """It announced the first version of the day and showed the second one since; a copy of the first is listed."""
    h = history(
        captured("21/06/2016", live("26/06/2016", text_digest="A")),
        captured(
            "27/06/2016", live("26/06/2016", text_digest="B", lists_versions=True), row("26/06/2016", 7)
        ),
        captured("01/03/2019", archived("26/06/2016", 8, text_digest="B"), row("26/06/2016", 7)),
    )
    assert [v.address for v in h.versions] == ["manual/7", "manual/8"]
    assert h.versions[1].text_digest == "B"
    assert told(h, "26/06/2016", "27/06/2016") == ["in_force 26/06/2016"] * 2


def test_a_version_marked_old_on_its_second_day_may_have_been_replaced_on_its_first() -> None:
    """The page that took its place prints no first day: that it ended on the day of the capture is a guess."""
    revoked = ends("revocation excluded 05/05/2011")
    h = history(
        captured("29/11/2010", said("contents", at="manual/1")),
        captured(
            "30/11/2010",
            archived("29/11/2010", 70),
            said("listed", at="manual/1", position=1, locator="row 1"),
        ),
        captured("23/02/2012", page(at="manual/1", text_digest="w", ends=revoked), rows("29/11/2010", at=70)),
    )
    answer = on(h, "29/11/2010")
    assert answer.answer == "in_force"
    assert answer.version is not None
    assert answer.version.validity == Validity(day("29/11/2010"), None)
    assert told(h, "30/11/2010", "04/05/2011", "05/05/2011") == ["in_force ?", "in_force ?", "ended"]
