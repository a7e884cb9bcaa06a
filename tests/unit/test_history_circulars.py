"""What circulars say of a code, beside pages, rows and lines that say otherwise (rule 26)."""

from __future__ import annotations

from typing import Any

import pytest

from manual.model import EndClaim, Seen, Statement
from tests.evidence import (
    archived,
    captured,
    caveats,
    day,
    doubtful,
    ends,
    history,
    kinds,
    live,
    old_page,
    page,
    rows,
    said,
    told,
    words,
)


def circular(
    when: str | None, start: str = "", *, end: str = "", **more: Any
) -> list[tuple[Statement, Seen]]:
    """A circular that begins or ends the code on a day."""
    starts = [f"circular {start}"] if start else []
    ended = ends(f"circular excluded {end}") if end else ()
    return captured(when, said("claim", *starts, ends=ended, **more), capture=f"circular {start}{end}")


# ---------------------------------------------------------------- beside announcements and ends of pages


def test_an_end_is_not_that_of_an_announcement_which_its_page_took_back() -> None:
    """The history could not be made: the version announced was left with nothing but an end."""
    h = history(
        captured("01/12/2018", live("20/12/2018")),
        captured("10/05/2019", live("01/12/2018")),
        circular(None, end="10/06/2021"),
    )
    assert told(h, "19/12/2018", "20/12/2018", "09/06/2021", "10/06/2021") == [
        "in_force 01/12/2018",
        "in_force 01/12/2018",
        "in_force 01/12/2018",
        "ended",
    ]


def test_a_circulars_day_is_that_to_which_its_page_put_off_an_announcement() -> None:
    """The day of both, put off by the page alone, was a version of its own."""
    h = history(
        circular("01/06/2022", "01/07/2022"),
        captured("02/06/2022", live("01/07/2022")),
        captured("20/06/2022", live("15/07/2022")),
    )
    assert told(h, "10/07/2022", "15/07/2022") == ["not_yet", "in_force 15/07/2022"]


def test_a_circular_of_another_day_does_not_make_a_doubtful_announcement_sure() -> None:
    h = history(
        captured("01/03/2019", live("10/03/2019"), rows("01/01/2018")),
        circular("25/03/2019", "02/04/2019"),
        captured("30/10/2022", page(at="manual/1", text_digest="other")),
    )
    assert words(h, "10/03/2019", "02/04/2019") == ["disputed", "disputed"]


def test_an_end_is_that_of_the_second_of_two_versions_of_one_day() -> None:
    """It made a version of unknown start beside the two."""
    twins = said("listed", "listed 11/06/2017", shown_as_old=True, at="manual/5", locator="row 0")
    h = history(
        captured("13/06/2017", live("11/06/2017"), twins),
        captured("21/07/2017", archived("11/06/2017", 5, text_digest="first")),
        circular("28/03/2020", end="22/04/2020"),
        captured("12/05/2020", archived("11/06/2017", 7, ends=ends("suffix either 21/04/2020"))),
    )
    assert len(h.versions) == 2
    assert words(h, "22/04/2020") == ["ended"]


def test_the_first_end_after_a_start_is_that_versions_and_not_a_circulars_later_one() -> None:
    h = history(
        captured("01/12/2010", live("29/11/2010")),
        captured("03/05/2012", said("contents", at="manual/1", ends=ends("listed excluded 10/11/2011"))),
        circular("24/10/2014", end="11/11/2014"),
    )
    assert words(h, "09/11/2011", "10/11/2011", "03/05/2012", "11/11/2014") == [
        "in_force",
        "ended",
        "ended",
        "ended",
    ]


def test_the_title_of_a_circular_that_is_taken_for_a_pages_own_is_not_that_pages() -> None:
    """A line of that title would have shown the older version in force."""
    h = history(
        circular("30/10/2012", "13/12/2012", title="Harbour gates"),
        captured("06/12/2012", live("29/11/2012")),
        captured("04/09/2013", said("neighbour", title="Harbour gates", at="manual/1")),
    )
    assert told(h, "06/12/2012", "04/09/2013") == ["in_force 29/11/2012", "in_force ?"]


def test_words_that_end_on_a_circulars_day_need_not_be_those_of_the_version_known() -> None:
    """The words of a later version were shown for the one that the circular had been taken to end."""
    h = history(
        captured("29/07/2013", live("29/07/2013")),
        circular("21/06/2019", end="29/08/2017"),
        captured(
            "12/02/2026", page(at="manual/1", text_digest="later", ends=ends("note excluded 29/08/2017"))
        ),
    )
    assert [v.text_digest for v in h.versions if v.validity.effective_from] == ["29/07/2013"]


# ---------------------------------------------------------------- beside rows


def test_a_circulars_day_near_that_of_a_row_is_of_another_version() -> None:
    """The version that the row dates was lost: only a page's own day is a circular's too (rule 26)."""
    h = history(
        captured("17/04/2022", archived("08/03/2021", 5), said("listed", "listed 10/04/2022", at="manual/6")),
        circular("12/04/2022", "15/04/2022"),
    )
    assert told(h, "10/04/2022", "14/04/2022", "15/04/2022") == [
        "in_force 10/04/2022",
        "in_force 10/04/2022",
        "in_force 15/04/2022",
    ]


# ---------------------------------------------------------------- put off


def put_off(when: str | None, start: str, instead_of: str) -> list[tuple[Statement, Seen]]:
    """A circular that says another day than an earlier one did."""
    before = said(
        "claim", title="", ends=doubtful("unclear", f"circular excluded {instead_of}"), of_day=day(instead_of)
    )
    return captured(when, said("claim", f"circular {start}"), before, capture=f"put off {start}")


def test_what_a_circular_puts_off_leaves_the_version_before_in_force() -> None:
    """The days in between were disputed, with what was put off as the only candidate (rule 17)."""
    first, later = circular("01/03/2020", "01/05/2020"), put_off("20/04/2020", "01/09/2020", "01/05/2020")
    before = captured("01/03/2020", live("01/02/2019"))
    days = ("01/05/2020", "31/08/2020", "01/09/2020")
    assert told(history(before, first, later), *days) == [
        "in_force 01/02/2019",
        "in_force 01/02/2019",
        "in_force 01/09/2020",
    ]
    assert told(history(first, later), *days) == ["not_yet", "not_yet", "in_force 01/09/2020"]
    assert "announcement_put_off" in kinds(history(first, later))


def test_a_page_that_shows_the_later_day_is_not_doubted_by_what_put_it_off() -> None:
    """The former day is so near that it is taken for the page's own."""
    h = history(
        circular("01/03/2020", "01/05/2020"),
        put_off("20/04/2020", "04/05/2020", "01/05/2020"),
        captured("01/06/2020", live("04/05/2020")),
    )
    assert told(h, "03/05/2020", "04/05/2020", "01/06/2020") == ["not_yet"] + ["in_force 04/05/2020"] * 2


def test_a_page_that_shows_the_former_day_as_begun_is_not_put_off() -> None:
    """A circular counts less than a page's foot (rule 26)."""
    h = history(
        circular("01/03/2020", "01/05/2020"),
        put_off("20/04/2020", "01/09/2020", "01/05/2020"),
        captured("01/06/2020", live("01/05/2020")),
    )
    assert told(h, "01/05/2020", "01/09/2020") == ["disputed", "in_force 01/09/2020"]


def test_a_circular_of_unknown_day_puts_nothing_off_that_one_of_known_day_announced() -> None:
    """An unknown day never outweighs a known one (rule 27)."""
    h = history(circular("01/03/2020", "01/05/2020"), put_off(None, "01/09/2020", "01/05/2020"))
    assert told(h, "30/04/2020", "01/05/2020", "01/09/2020") == ["not_yet", "disputed", "in_force 01/09/2020"]


def put_off_to(when: str | None, start: str, issued: str | None) -> list[tuple[Statement, Seen]]:
    """A circular that puts a start off and does not print the former day."""
    told_on = (EndClaim(day(issued) if issued else None, "circular", "excluded", kind="unclear"),)
    before = said("claim", title="", ends=told_on, of_day=day(start))
    return captured(when, said("claim", f"circular {start}"), before, capture=f"put off to {start}")


@pytest.mark.parametrize("issued", ["20/04/2020", None])
def test_what_is_put_off_from_a_day_that_is_not_printed_does_not_begin_on_it(issued: str | None) -> None:
    """The first circular's start stood beside the later one, and was answered as in force in between."""
    first, later = circular("01/03/2020", "01/05/2020"), put_off_to("20/04/2020", "01/09/2020", issued)
    before = captured("01/03/2020", live("01/02/2019"))
    days = ("01/05/2020", "31/08/2020", "01/09/2020")
    assert told(history(before, first, later), *days) == [
        "in_force 01/02/2019",
        "in_force 01/02/2019",
        "in_force 01/09/2020",
    ]
    assert told(history(first, later), *days) == ["not_yet", "not_yet", "in_force 01/09/2020"]
    assert kinds(history(before, later)) == kinds(history(before))


def test_both_circulars_may_be_loaded_on_one_day_after_all() -> None:
    """The day of loading says nothing of what was to come when the circular was issued."""
    h = history(circular("01/10/2020", "01/05/2020"), put_off_to("01/10/2020", "01/09/2020", "20/04/2020"))
    assert told(h, "01/05/2020", "01/09/2020") == ["before_record", "in_force 01/09/2020"]


def test_what_had_begun_when_a_circular_was_issued_was_not_put_off_by_it() -> None:
    h = history(circular("01/10/2019", "01/01/2020"), put_off_to("20/04/2020", "01/09/2020", "20/04/2020"))
    assert told(h, "20/04/2020", "01/09/2020") == ["in_force 01/01/2020", "in_force 01/09/2020"]
    on_its_day = history(
        circular("01/10/2019", "20/04/2020"), put_off_to("20/04/2020", "01/09/2020", "20/04/2020")
    )
    assert told(on_its_day, "20/04/2020") == ["in_force 20/04/2020"]


def test_what_was_to_come_later_is_brought_forward() -> None:
    """Only where nothing was to come sooner: that would have been put off."""
    forward = put_off_to("20/04/2020", "01/05/2020", "20/04/2020")
    late, soon = circular("01/03/2020", "01/09/2020"), circular("01/03/2020", "25/04/2020")
    assert told(history(late, forward), "01/05/2020", "01/09/2020") == ["in_force 01/05/2020"] * 2
    assert told(history(soon, late, forward), "25/04/2020", "01/05/2020", "01/09/2020") == [
        "not_yet",
        "in_force 01/05/2020",
        "in_force 01/09/2020",
    ]
    unknown = put_off_to("20/04/2020", "01/05/2020", None)
    assert told(history(late, unknown), "01/05/2020", "01/09/2020") == [
        "in_force 01/05/2020",
        "in_force 01/09/2020",
    ]


def test_one_of_two_announcements_was_put_off_and_it_is_not_said_which() -> None:
    later = put_off_to("20/04/2020", "01/09/2020", "20/04/2020")
    h = history(circular("01/03/2020", "01/05/2020"), circular("01/03/2020", "01/07/2020"), later)
    assert words(h, "01/05/2020", "01/07/2020", "01/09/2020") == ["disputed", "disputed", "in_force"]


def test_a_start_is_put_off_twice_without_a_former_day() -> None:
    """The announcement that was already taken back was counted again, as one of two."""
    h = history(
        circular("01/03/2020", "01/05/2020"),
        put_off_to("01/04/2020", "01/09/2020", "01/04/2020"),
        put_off_to("20/04/2020", "01/10/2020", "20/04/2020"),
    )
    assert told(h, "01/05/2020", "01/09/2020", "01/10/2020") == ["not_yet", "not_yet", "in_force 01/10/2020"]


def test_a_page_that_doubts_another_version_puts_nothing_off() -> None:
    """Only a circular says that what was announced is put off."""
    doubt = said("claim", ends=doubtful("unclear", "text excluded 20/04/2020"), of_day=day("01/09/2020"))
    h = history(circular("01/03/2020", "01/05/2020"), captured("20/04/2020", doubt))
    assert told(h, "01/05/2020") == ["in_force 01/05/2020"]


def test_a_circular_that_ends_the_version_of_a_day_puts_nothing_off() -> None:
    ended = said("claim", ends=ends("circular excluded 01/08/2020"), of_day=day("01/02/2020"))
    h = history(captured("01/03/2020", live("01/02/2020")), captured("01/06/2020", ended))
    assert words(h, "31/07/2020", "01/08/2020") == ["in_force", "ended"]


def test_what_a_circular_ends_on_the_day_on_which_another_begins_is_the_one_before() -> None:
    before = captured("01/03/2020", live("01/02/2019"))
    h = history(before, circular("01/03/2020", "01/05/2020"), circular("02/03/2020", end="01/05/2020"))
    assert told(h, "30/04/2020", "01/05/2020") == ["in_force 01/02/2019", "in_force 01/05/2020"]


def test_a_page_of_the_former_day_is_not_taken_back_by_a_circular_that_does_not_print_it() -> None:
    first, later = circular("01/03/2020", "01/05/2020"), put_off_to("20/04/2020", "01/09/2020", "20/04/2020")
    h = history(first, later, captured("01/06/2020", live("01/05/2020")))
    assert told(h, "01/05/2020", "01/09/2020") == ["in_force 01/05/2020", "in_force 01/09/2020"]


# ---------------------------------------------------------------- suspended


def suspended(when: str, since: str) -> list[tuple[Statement, Seen]]:
    return captured(when, said("claim", ends=doubtful("suspension", f"circular excluded {since}")))


def test_what_a_circular_suspends_is_not_plainly_in_force_from_then_on() -> None:
    h = history(captured("01/03/2020", live("01/02/2020")), suspended("01/04/2020", "01/05/2020"))
    assert words(h, "30/04/2020", "01/05/2020", "01/05/2021") == ["in_force", "disputed", "disputed"]


def test_what_begins_and_is_suspended_on_one_day_is_suspended() -> None:
    """The version before was taken for the suspended one, and the new one for in force."""
    h = history(
        captured("01/03/2020", live("01/02/2019")),
        circular("01/03/2020", "01/05/2020"),
        suspended("01/04/2020", "01/05/2020"),
    )
    assert words(h, "30/04/2020", "01/05/2020", "02/05/2020") == ["in_force", "disputed", "disputed"]


def test_what_was_put_off_is_not_what_is_suspended() -> None:
    h = history(
        captured("01/03/2020", live("01/02/2019")),
        circular("01/03/2020", "01/05/2020"),
        put_off_to("20/04/2020", "01/09/2020", "20/04/2020"),
        suspended("21/04/2020", "01/05/2020"),
    )
    assert words(h, "30/04/2020", "01/05/2020", "01/09/2020") == ["in_force", "disputed", "in_force"]


# ---------------------------------------------------------------- beside an old page


def test_the_list_of_an_old_page_given_to_what_only_a_circular_told_vouches_for_no_neighbours() -> None:
    """It shows an old version and not when that began, which may be between two of its rows."""
    h = history(
        captured("29/10/2015", live("31/08/2015")),
        circular("24/10/2019", "13/12/2019"),
        captured(
            "06/10/2020", old_page(at="manual/5", lists_versions=True), rows("06/07/2019", "31/08/2015", at=6)
        ),
    )
    assert told(h, "01/01/2018") == ["in_force 31/08/2015"]
    assert not caveats(h, "01/01/2018")[1]


# ---------------------------------------------------------------- beside lines


def test_a_line_seen_before_a_circulars_day_may_show_the_version_before() -> None:
    """The code was answered `not_yet` on a day on which the contents showed it."""
    h = history(circular("25/10/2014", "20/12/2014"), captured("19/12/2014", said("contents", at="manual/1")))
    assert words(h, "18/12/2014", "19/12/2014") == ["undated", "undated"]
    assert told(h, "20/12/2014") == ["in_force 20/12/2014"]


# ---------------------------------------------------------------- caveats


def test_a_copy_with_a_banner_says_nothing_of_the_days_after_the_end_that_it_prints() -> None:
    """It is not at the live address; what a circular begins later may have followed another one."""
    ended = old_page(at="manual/5", ends=ends("revocation excluded 21/05/2013"))
    h = history(captured("04/03/2017", ended), circular("20/01/2018", "30/01/2018"))
    assert words(h, "01/01/2015") == ["ended"]
    assert not caveats(h, "01/01/2015")[1]


def test_an_end_that_a_circular_alone_states_carries_a_caveat() -> None:
    """It ends what the code designated by then, which may have replaced the version known."""
    known = [*captured("01/03/2020", live("01/02/2020")), *circular("01/12/2023", end="01/01/2024")]
    h = history(known)
    assert caveats(h, "01/03/2020") == (None, True)
    assert caveats(h, "01/06/2022") == (day("01/03/2020"), False)
    own = captured("01/02/2024", live("01/02/2020", ends=ends("revocation excluded 01/01/2024")))
    assert caveats(history(known, own), "01/06/2022") == (None, True)


def test_an_end_that_a_line_prints_a_day_earlier_is_the_same_end() -> None:
    """“To D” is D or the day after (rule 9): no second version ended on the circular's day."""
    h = history(
        captured("01/06/2018", live("01/01/2018")),
        circular("01/06/2019", end="01/07/2019"),
        captured("01/08/2019", said("contents", ends=ends("listed either 30/06/2019"))),
    )
    assert [version.id for version in h.versions] == ["ZA1.5@2018-01-01"]
    assert told(h, "30/06/2019", "01/07/2019") == ["in_force 01/01/2018", "ended"]


def test_a_known_day_of_a_circular_takes_none_from_an_old_page_of_unknown_day_near_it() -> None:
    """It may be of the version after that page's, five days later: the page's own day would be lost."""
    h = history(
        captured(None, archived("20/01/2015", at="manual/8"), capture="one"),
        captured(None, archived("25/09/2016", at="manual/9"), capture="two"),
        circular("01/10/2016", "30/09/2016"),
    )
    assert words(h, "25/09/2016", "29/09/2016") == ["disputed", "disputed"]
