"""Versions that were seen before their first day: what a later sight makes of them (rule 17)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from manual.model import Code, StartClaim, Statement
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
    on,
    over,
    page,
    rows,
    said,
    told,
    words,
)


def test_an_announcement_nobody_took_back_begins_on_its_day() -> None:
    h = history(captured("01/06/2022", live("01/07/2022"), rows("01/01/2020")))
    assert told(h, "30/06/2022", "01/07/2022") == ["in_force 01/01/2020", "in_force 01/07/2022"]
    assert kinds(h) == set()
    assert caveats(h, "01/07/2022")[0] == day("01/06/2022")


def test_a_first_announcement_is_not_yet_from_the_day_it_was_seen() -> None:
    """Before that day nobody could know of it."""
    h = history(captured("01/06/2022", live("01/07/2022")))
    assert words(h, "31/05/2022", "01/06/2022", "30/06/2022", "01/07/2022") == [
        "before_record",
        "not_yet",
        "not_yet",
        "in_force",
    ]


def test_an_old_mark_on_a_page_that_is_yet_to_begin_is_no_old_mark() -> None:
    """A date in brackets behind the title of an announced version is its start, not a sign that it is over."""
    h = history(captured("01/06/2022", archived("01/07/2022", 1)))
    assert words(h, "30/06/2022", "01/07/2022", "01/06/2026") == ["not_yet", "in_force", "in_force"]
    begun = history(captured("02/07/2022", archived("01/07/2022", 1)))
    assert words(begun, "01/07/2022", "02/07/2022") == ["in_force", "undated"]


def test_a_page_seen_on_its_own_first_day_is_in_force_and_not_announced() -> None:
    h = history(captured("01/07/2022", live("01/07/2022")))
    assert words(h, "30/06/2022", "01/07/2022") == ["before_record", "in_force"]
    assert caveats(h, "01/07/2022")[0] is None


def test_an_announcement_is_taken_back_by_a_sight_before_its_day() -> None:
    """It would begin on the day that the publisher gave up."""
    h = history(
        captured("01/06/2022", live("01/07/2022"), rows("01/01/2020")),
        captured("20/06/2022", live("01/08/2022"), rows("01/01/2020")),
    )
    assert told(h, "01/07/2022", "31/07/2022", "01/08/2022") == [
        "in_force 01/01/2020",
        "in_force 01/01/2020",
        "in_force 01/08/2022",
    ]
    assert "announcement_gone" in kinds(h)


def test_an_announcement_is_taken_back_by_a_sight_of_a_version_that_began_before_it() -> None:
    h = history(
        captured("01/06/2022", live("01/07/2022")),
        captured("01/08/2022", live("01/01/2020")),
    )
    assert told(h, "01/07/2022", "01/08/2022", "01/01/2023") == ["in_force 01/01/2020"] * 3
    assert "announcement_gone" in kinds(h)


def test_a_later_version_without_a_list_leaves_open_whether_the_announced_one_began() -> None:
    h = history(
        captured("01/01/2022", live("01/01/2020")),
        captured("01/06/2022", live("01/07/2022")),
        captured("01/06/2023", live("01/02/2023")),
    )
    assert told(h, "30/06/2022") == ["in_force 01/01/2020"]
    assert words(h, "01/07/2022", "31/01/2023") == ["disputed", "disputed"]
    assert told(h, "01/02/2023") == ["in_force 01/02/2023"]


@pytest.mark.parametrize(
    ("listed", "on_the_day"),
    [(("01/07/2022", "01/01/2020"), "in_force 01/07/2022"), (("01/01/2020",), "in_force 01/01/2020")],
)
def test_a_later_version_with_a_whole_list_says_whether_the_announced_one_began(
    listed: tuple[str, ...], on_the_day: str
) -> None:
    h = history(
        captured("01/06/2022", live("01/07/2022")),
        captured("01/06/2023", live("01/02/2023", lists_versions=True), rows(*listed)),
    )
    assert told(h, "30/06/2022", "01/07/2022", "31/01/2023") == [
        "in_force 01/01/2020",
        on_the_day,
        on_the_day,
    ]


def test_a_list_that_breaks_off_does_not_take_an_announcement_back() -> None:
    h = history(
        captured("01/06/2022", live("01/07/2022")),
        captured("01/06/2023", live("01/02/2023"), rows("01/01/2020")),
    )
    assert words(h, "30/06/2022", "01/07/2022", "31/01/2023") == ["in_force", "disputed", "disputed"]


def test_a_row_without_a_start_on_a_whole_list_may_be_the_announced_version() -> None:
    h = history(
        captured("01/06/2022", live("01/07/2022")),
        captured(
            "01/06/2023",
            live("01/02/2023", lists_versions=True),
            [*rows("01/01/2020"), said("listed", at="manual/70", position=1, locator="row 1")],
        ),
    )
    assert words(h, "01/07/2022") == ["disputed"]


def test_a_row_of_its_title_that_ended_after_the_announced_day_leaves_open_whether_it_is_that_version() -> (
    None
):
    """The row may be the announced version, or one that nobody announced."""
    ended = said(
        "listed", at="manual/70", position=1, locator="row 1", ends=ends("listed excluded 01/11/2022")
    )
    h = history(
        captured("01/06/2022", live("01/07/2022")),
        captured("01/06/2023", live("01/02/2023", lists_versions=True), [*rows("01/01/2020"), ended]),
    )
    assert words(h, "01/07/2022", "31/10/2022") == ["disputed", "disputed"]
    assert "ended" not in words(h, "31/10/2022", "01/02/2023")


def test_a_row_that_ended_on_the_announced_day_is_another_version() -> None:
    ended = said(
        "listed", at="manual/70", position=1, locator="row 1", ends=ends("listed excluded 01/07/2022")
    )
    h = history(
        captured("01/06/2022", live("01/07/2022")),
        captured("01/06/2023", live("01/02/2023", lists_versions=True), [*rows("01/01/2020"), ended]),
    )
    assert told(h, "01/07/2022") != ["in_force 01/07/2022"]


def _ended_row(*claims: str) -> Statement:
    return said("listed", at="manual/70", position=1, locator="row 1", ends=ends(*claims))


def test_an_end_that_may_be_that_of_an_announced_version_makes_no_second_one() -> None:
    """Whether the announced version or one of unknown start ended so is open; that one ended then is not."""
    h = history(
        captured("27/02/2014", live("09/04/2014")),
        captured(
            "06/04/2018", live("05/04/2018", lists_versions=True), _ended_row("listed excluded 20/06/2016")
        ),
    )
    assert len(h.versions) == 2
    assert words(h, "08/04/2014", "09/04/2014", "18/06/2016") == ["undated", "disputed", "disputed"]
    assert words(h, "20/06/2016", "04/04/2018", "05/04/2018") == ["ended", "ended", "in_force"]
    assert h.versions[0].text_capture is None


def test_a_line_of_its_title_shows_that_what_ended_was_in_force_by_then() -> None:
    """Its words are not quoted: the announced version need not be the one that stood."""
    h = history(
        captured("27/02/2014", live("09/04/2014")),
        captured("01/01/2015", said("contents", at="manual/1")),
        captured(
            "06/04/2018", live("05/04/2018", lists_versions=True), _ended_row("listed excluded 20/06/2016")
        ),
    )
    assert told(h, "31/12/2014", "01/01/2015", "19/06/2016", "20/06/2016") == [
        "disputed",
        "in_force ?",
        "in_force ?",
        "ended",
    ]


def test_an_announced_version_whose_words_are_shown_as_ended_had_begun() -> None:
    h = history(
        captured("27/02/2014", live("09/04/2014")),
        captured(
            "06/04/2018", live("05/04/2018", lists_versions=True), _ended_row("listed excluded 20/06/2016")
        ),
        captured(
            "01/01/2019",
            page(at="manual/70", text_digest="09/04/2014", ends=ends("suffix excluded 20/06/2016")),
        ),
    )
    assert told(h, "08/04/2014", "09/04/2014", "19/06/2016", "20/06/2016") == [
        "not_yet",
        "in_force 09/04/2014",
        "in_force 09/04/2014",
        "ended",
    ]


def test_the_first_sight_after_the_announced_day_counts() -> None:
    """A third sight must not be asked what the second one showed."""
    h = history(
        captured("01/06/2022", live("01/07/2022")),
        captured("01/08/2022", live("01/01/2020")),
        captured("01/06/2023", live("01/02/2023")),
    )
    assert told(h, "01/07/2022", "31/01/2023") == ["in_force 01/01/2020"] * 2


def test_the_announced_version_seen_in_force_began() -> None:
    h = history(
        captured("01/06/2022", live("01/07/2022")),
        captured("01/08/2022", live("01/07/2022")),
    )
    assert words(h, "31/05/2022", "30/06/2022", "01/07/2022") == ["before_record", "not_yet", "in_force"]
    assert "announcement_gone" not in kinds(h)


def test_an_old_copy_of_unknown_day_shows_that_the_announced_version_began() -> None:
    """Something else says that it began: the next sight of the address alone does not take it back."""
    h = history(
        captured("01/06/2022", live("01/07/2022")),
        captured(None, archived("01/07/2022", 8)),
        captured("01/06/2023", live("01/02/2023")),
    )
    assert told(h, "01/07/2022") == ["in_force 01/07/2022"]


def test_a_sight_without_a_start_leaves_the_announcement_open() -> None:
    h = history(
        captured("01/01/2022", live("01/01/2020")),
        captured("01/06/2022", live("01/07/2022")),
        captured("01/08/2022", page(at="manual/1", text_digest="other")),
    )
    assert words(h, "01/07/2022") == ["disputed"]


def test_what_was_marked_old_by_an_announcement_that_was_taken_back_had_not_been_replaced() -> None:
    h = history(
        captured("01/06/2022", live("01/07/2022"), rows("01/01/2020", at=7)),
        captured("20/06/2022", live("01/09/2022")),
    )
    assert told(h, "01/07/2022", "31/08/2022", "01/09/2022") == [
        "in_force 01/01/2020",
        "in_force 01/01/2020",
        "in_force 01/09/2022",
    ]


def test_a_page_marked_old_when_the_next_one_was_announced_stays_in_force_up_to_that_day() -> None:
    """Pages are marked when the next one is published, weeks before it begins."""
    h = history(
        captured("20/05/2020", archived("01/01/2018", 2), live("05/06/2020")),
    )
    assert told(h, "20/05/2020", "04/06/2020", "05/06/2020") == [
        "in_force 01/01/2018",
        "in_force 01/01/2018",
        "in_force 05/06/2020",
    ]


def test_a_start_far_after_the_capture_proves_nothing() -> None:
    """A slip of a figure would announce a version for decades on (rule 4)."""
    last = day("11/08/2026") + timedelta(days=5 * 366)
    far = history(captured("11/08/2026", live(f"{last + timedelta(days=1):%d/%m/%Y}")))
    assert "start_far_ahead" in kinds(far)
    assert words(far, "10/08/2026", "11/08/2026", "15/08/2036") == ["undated", "in_force", "in_force"]
    near = history(captured("11/08/2026", live(f"{last:%d/%m/%Y}")))
    assert kinds(near) == set()
    assert words(near, "11/08/2026", "15/08/2036") == ["not_yet", "in_force"]


@pytest.mark.parametrize(
    ("printed", "counts"), [("05/06/30", False), ("(5.6.30)", False), ("05/06/2030", True)]
)
def test_a_year_of_two_digits_never_lies_after_the_capture(printed: str, counts: bool) -> None:
    """`05/06/30` is of no year that the page can mean."""
    stated = replace(live("05/06/2030"), starts=(StartClaim(day("05/06/2030"), "foot", printed),))
    h = history(captured("11/08/2026", stated))
    assert ("start_far_ahead" not in kinds(h)) is counts
    assert words(h, "11/08/2026") == (["not_yet"] if counts else ["in_force"])
    past = replace(live("05/06/2020"), starts=(StartClaim(day("05/06/2020"), "foot", "05/06/20"),))
    assert told(history(captured("11/08/2026", past)), "05/06/2020") == ["in_force 05/06/2020"]


def test_a_row_of_nothing_but_a_far_start_is_left_out_and_one_that_ended_is_kept() -> None:
    page_in_force = live("01/05/2023", lists_versions=True)
    gone = history(captured("11/08/2026", page_in_force, rows("01/01/2106")))
    assert len(gone.versions) == 1
    kept = replace(rows("01/01/2106")[0], ends=ends("listed excluded 01/01/2020"))
    assert words(history(captured("11/08/2026", page_in_force, kept)), "01/01/2020") == ["ended"]


def test_a_far_start_beside_a_near_one_is_left_out() -> None:
    h = history(captured("11/08/2026", page("foot 01/02/2020", "suffix 01/02/2062", at="manual/1")))
    assert told(h, "31/01/2020", "01/02/2020", "01/02/2062") == [
        "before_record",
        "in_force 01/02/2020",
        "in_force 01/02/2020",
    ]
    assert [finding.kind for finding in on(h, "11/08/2026").findings] == ["start_far_ahead"]


def test_a_circular_is_not_taken_back_by_a_page_of_no_address() -> None:
    """Only a sight of the same address may take an announcement back; nobody knows which address that was."""
    h = history(
        captured("01/06/2022", said("claim", "circular 01/07/2022", title="")),
        captured("20/06/2022", page("foot 01/01/2020", text_digest="x")),
    )
    assert told(h, "20/06/2022", "30/06/2022", "01/07/2022") == [
        "in_force 01/01/2020",
        "in_force 01/01/2020",
        "in_force 01/07/2022",
    ]


def test_a_version_of_unknown_start_beside_it_changes_nothing_about_an_announcement() -> None:
    h = history(
        captured("01/03/2011", said("contents", title="Harbour pilots")),
        captured("01/06/2022", live("01/07/2022")),
        captured("01/06/2023", live("01/02/2023", lists_versions=True), rows("01/07/2022", "01/01/2020")),
    )
    assert told(h, "01/03/2011", "01/01/2020", "30/06/2022", "01/07/2022", "01/02/2023") == [
        "in_force ?",
        "in_force 01/01/2020",
        "in_force 01/01/2020",
        "in_force 01/07/2022",
        "in_force 01/02/2023",
    ]


def test_a_line_of_its_title_after_the_announcement_speaks_of_the_announced_version() -> None:
    """Contents are printed from the newest page, whose day is yet to come."""
    h = history(captured("01/06/2022", live("01/07/2022")), captured("10/06/2022", said("contents")))
    assert len(h.versions) == 1
    assert words(h, "10/06/2022", "30/06/2022", "01/07/2022") == ["not_yet", "not_yet", "in_force"]


def test_a_line_of_its_title_before_the_announcement_is_an_older_version() -> None:
    h = history(captured("10/05/2022", said("contents")), captured("01/06/2022", live("01/07/2022")))
    assert told(h, "09/05/2022", "10/05/2022", "30/06/2022", "01/07/2022") == [
        "undated",
        "in_force ?",
        "in_force ?",
        "in_force 01/07/2022",
    ]


@pytest.mark.parametrize("begins", ["15/08/2020", "15/12/2020"])
def test_a_page_marked_old_before_anything_announced_the_next_one_is_open_from_its_second_day(
    begins: str,
) -> None:
    """Nothing says that it was marked for the next one: something else may have replaced it, or nothing."""
    h = history(
        captured("01/06/2020", archived("01/01/2018", 5)),
        captured("01/06/2021", live(begins, lists_versions=True), rows("01/01/2018", at=5)),
    )
    assert words(h, "01/01/2018", "02/01/2018", "31/05/2020") == ["in_force", "disputed", "disputed"]
    assert told(h, begins) == [f"in_force {begins}"]
    assert "in_force" not in words(h, "01/06/2020", "14/08/2020")


def test_a_page_marked_old_with_no_list_of_the_next_one_is_undated_after_it() -> None:
    h = history(captured("01/06/2020", archived("01/01/2018", 5)), captured("01/06/2021", live("15/08/2020")))
    assert told(h, "01/01/2018", "02/01/2018", "01/06/2020", "14/08/2020", "15/08/2020") == [
        "in_force 01/01/2018",
        "disputed",
        "undated",
        "undated",
        "in_force 15/08/2020",
    ]


def test_an_old_mark_of_unknown_day_on_a_page_that_begins_after_it_was_taken_in_stays_a_mark() -> None:
    h = history(captured(None, archived("01/09/2026", 1)))
    assert words(h, "31/08/2026", "01/09/2026", "02/09/2026") == ["before_record", "in_force", "disputed"]


def test_a_row_that_ended_after_another_version_began_is_not_the_announced_one() -> None:
    """The announced version would have been replaced before the row's end."""
    ended = said(
        "listed", at="manual/70", position=2, locator="row 2", ends=ends("listed excluded 01/11/2022")
    )
    h = history(
        captured("01/06/2022", live("01/07/2022")),
        captured(
            "01/06/2023",
            live("01/02/2023", lists_versions=True),
            [*rows("01/09/2022", "01/01/2020"), ended],
        ),
    )
    assert "announcement_gone" in kinds(h)
    assert told(h, "01/07/2022") != ["in_force 01/07/2022"]
    assert "2022-07-01" not in candidates(h, "01/07/2022")


def test_a_withdrawn_version_has_no_end() -> None:
    """It never began, so nothing replaced it."""
    h = history(captured("01/06/2022", live("01/07/2022")), captured("01/08/2022", live("01/01/2020")))
    gone = h.versions[-1]
    assert gone.id == "ZA1.5@2022-07-01"
    assert (gone.validity.effective_until, gone.basis_until) == (None, None)


def test_a_row_of_another_title_is_not_the_announced_version() -> None:
    ended = said(
        "listed", title="Lanterns", at="manual/70", position=1, locator="row 1",
        ends=ends("listed excluded 01/11/2022"),
    )  # fmt: skip
    h = history(
        captured("01/06/2022", live("01/07/2022")),
        captured("01/06/2023", live("01/02/2023", lists_versions=True), [*rows("01/01/2020"), ended]),
    )
    assert "2022-07-01" not in candidates(h, "01/07/2022")


@pytest.mark.parametrize(("begins", "replaced"), [("01/06/2020", True), ("02/06/2020", False)])
def test_a_version_begun_by_the_day_of_an_old_mark_explains_it(begins: str, replaced: bool) -> None:
    h = history(captured("01/06/2020", archived("01/01/2018")), captured("01/06/2021", live(begins)))
    assert words(h, "02/01/2018", "31/05/2020") == (["in_force"] * 2 if replaced else ["disputed"] * 2)


def test_a_row_with_a_mark_of_ending_and_no_day_may_be_the_announced_version() -> None:
    over_row = said("listed", at="manual/70", position=1, locator="row 1", ends=over("listed"))
    h = history(
        captured("01/06/2022", live("01/07/2022")),
        captured("01/06/2023", live("01/02/2023", lists_versions=True), [*rows("01/01/2020"), over_row]),
    )
    assert words(h, "01/07/2022") == ["disputed"]


def test_the_finding_of_a_far_start_names_its_place() -> None:
    h = history(captured("11/08/2026", live("05/06/2106", locator="page")))
    assert [(f.kind, f.locator, f.capture) for f in h.findings] == [
        ("start_far_ahead", "page", "sha256:11/08/2026")
    ]


def test_only_the_list_of_the_later_sight_says_whether_the_announced_one_began() -> None:
    """Another list that announced it too says nothing of what happened on its day."""
    h = history(
        captured("01/06/2022", live("01/07/2022")),
        captured("15/06/2022", said("listed", "listed 01/07/2022")),
        captured("01/06/2023", live("01/02/2023", lists_versions=True), rows("01/01/2020")),
    )
    assert told(h, "01/07/2022", "31/01/2023") == ["in_force 01/01/2020"] * 2


def test_a_row_elsewhere_does_not_hide_that_the_page_took_its_announcement_back() -> None:
    """The row's address shows nothing later, and the page that announced the version does."""
    h = history(
        captured("01/06/2022", live("01/09/2022")),
        captured("15/06/2022", said("listed", "listed 01/09/2022", at="manual/9")),
        captured("01/07/2022", live("01/01/2020")),
    )
    assert told(h, "01/09/2022") == ["in_force 01/01/2020"]


def test_a_page_seen_on_its_own_first_day_was_seen_in_force() -> None:
    h = history(captured("01/07/2022", live("01/07/2022")))
    assert h.versions[0].last_seen == day("01/07/2022")
    assert caveats(h, "02/07/2022")[0] == day("01/07/2022")


def test_a_row_of_a_version_known_otherwise_is_not_the_announced_one() -> None:
    """It has no start of its own, and its address is that of an older version."""
    h = history(
        captured("01/01/2022", archived("01/01/2020")),
        captured("01/06/2022", live("01/07/2022")),
        captured(
            "01/06/2023",
            live("01/02/2023", lists_versions=True),
            said("listed", at="manual/5", shown_as_old=True),
        ),
    )
    assert "announcement_gone" in kinds(h)
    assert "2022-07-01" not in candidates(h, "31/01/2023")


def test_an_address_that_showed_its_own_first_day_announced_nothing() -> None:
    h = history(captured("01/07/2022", live("01/07/2022")), captured("01/06/2024", live("01/01/2018")))
    assert kinds(h) == {"start_corrected"}


def test_an_old_version_at_its_address_does_not_take_an_announcement_back() -> None:
    """It says nothing of what was in force when it was seen."""
    h = history(captured("01/06/2022", live("01/07/2022")), captured("01/06/2023", archived("01/01/2020", 1)))
    assert told(h, "01/07/2022") == ["in_force 01/07/2022"]
    assert kinds(h) == set()


def test_words_that_may_say_when_it_began_make_no_announcement_a_sight() -> None:
    said_unclearly = replace(page(at="manual/1"), starts=(*_CLEAR, *_UNCLEAR))
    h = history(captured("01/06/2022", said_unclearly))
    assert "in_force" not in words(h, "01/06/2022", "30/06/2022")
    assert words(h, "01/07/2022") == ["in_force"]


_CLEAR = (StartClaim(day("01/07/2022"), "foot"),)
_UNCLEAR = (StartClaim(day("01/01/2022"), "text", unclear=True),)


def test_another_page_announced_at_the_address_on_its_very_day_leaves_it_open() -> None:
    """It was not taken back before its day, and nothing older was shown again."""
    h = history(
        captured("01/06/2022", live("01/07/2022")),
        captured("01/07/2022", live("01/09/2022")),
    )
    assert told(h, "01/07/2022", "31/08/2022", "01/09/2022") == [
        "disputed",
        "disputed",
        "in_force 01/09/2022",
    ]


def test_an_announcement_that_was_taken_back_is_no_corrected_start() -> None:
    """It was never seen in force, so nothing about its first day was put right."""
    h = history(captured("01/06/2022", live("01/07/2022")), captured("01/08/2022", live("01/01/2020")))
    assert kinds(h) == {"announcement_gone"}


def test_a_page_of_an_unknown_day_takes_no_announcement_back() -> None:
    """It may have been saved before the announcement (rule 27)."""
    h = history(captured("01/06/2022", live("01/07/2022")), captured(None, live("01/01/2020")))
    assert told(h, "30/06/2022", "01/07/2022") == ["in_force 01/01/2020", "in_force 01/07/2022"]


def test_a_line_that_announces_it_too_does_not_hide_that_its_page_took_it_back() -> None:
    """A dated line of the contents shows an old version only when its day has come."""
    h = history(
        captured("01/02/2022", said("contents", "listed 01/07/2022", shown_as_old=True)),
        captured("01/06/2022", live("01/07/2022")),
        captured("15/06/2022", live("01/01/2020")),
    )
    assert told(h, "01/07/2022") == ["in_force 01/01/2020"]


def test_an_announced_version_seen_in_force_began_whatever_its_address_shows_later() -> None:
    h = history(
        captured("01/06/2022", said("claim", "circular 01/07/2022")),
        captured("01/08/2022", live("01/07/2022")),
        captured("01/06/2023", live("01/05/2023")),
    )
    assert told(h, "01/07/2022", "30/04/2023") == ["in_force 01/07/2022"] * 2
    assert kinds(h) == set()


@pytest.mark.parametrize(
    ("others", "end"),
    [
        (["01/11/2022", "01/01/2020"], None),
        (["01/11/2022", "01/01/2020"], "01/11/2022"),
        (["01/01/2020"], "01/11/2022"),
    ],
)
def test_a_row_without_a_start_may_be_the_announced_version_up_to_its_end(
    others: list[str], end: str | None
) -> None:
    """Without an end, or if no other version began before it, nothing tells the row from the announced version."""
    bounds = ends(f"listed excluded {end}") if end else ()
    row = said("listed", at="manual/70", position=len(others), locator=f"row {len(others)}", ends=bounds)
    h = history(
        captured("01/06/2022", live("01/07/2022")),
        captured("01/06/2023", live("01/02/2023", lists_versions=True), [*rows(*others), row]),
    )
    assert candidates(h, "01/07/2022") == {"2020-01-01", "?" if end else "2022-07-01"}
    assert any("undated" in v.id for v in h.versions) is (end is None)  # one that ended is the announced one


def test_words_about_where_equivalent_instructions_are_found_are_no_row() -> None:
    """They would leave open whether the announced version began, though the whole list lacks it."""
    h = history(
        captured("01/06/2022", live("01/07/2022")),
        captured(
            "01/06/2023",
            live("01/02/2023", lists_versions=True),
            rows("01/01/2020"),
            said("move", moved_to=Code("ZA1.6")),
        ),
    )
    assert told(h, "01/07/2022") == ["in_force 01/01/2020"]


def test_an_announcement_on_a_page_of_unknown_day_explains_no_old_mark() -> None:
    """It may have been published after the mark was seen (rule 27)."""
    h = history(captured("01/09/2026", archived("01/01/2020")), captured(None, live("01/12/2026")))
    assert words(h, "02/01/2020", "02/09/2026") == ["disputed", "undated"]


def test_a_row_without_a_start_in_another_list_is_not_the_announced_version() -> None:
    """The whole list of the page itself shows all that began by then."""
    h = history(
        captured("01/06/2022", live("01/07/2022")),
        captured("01/06/2023", live("01/02/2023", lists_versions=True), rows("01/01/2020")),
        captured("01/07/2023", said("listed", at="manual/70")),
    )
    assert told(h, "01/07/2022") == ["in_force 01/01/2020"]


def test_what_was_announced_and_put_off_is_not_yet_up_to_its_new_day() -> None:
    """On the day first announced nothing began, and nothing stood before."""
    h = history(captured("01/06/2022", live("01/07/2022")), captured("15/06/2022", live("01/09/2022")))
    assert words(h, "14/06/2022") == ["before_record"]
    assert words(h, "01/07/2022", "01/08/2022", "01/09/2022") == ["not_yet", "not_yet", "in_force"]


def test_a_line_of_its_title_is_not_about_an_announcement_that_was_taken_back() -> None:
    h = history(
        captured("01/06/2022", live("01/07/2022", title="Lanterns")),
        captured("10/06/2022", live("01/01/2020")),
        captured("01/08/2022", said("contents", title="Lanterns")),
    )
    assert told(h, "01/08/2022") == ["in_force ?"]


def test_the_finding_of_a_far_start_names_the_place_of_the_day_where_it_has_one() -> None:
    far = StartClaim(day("05/06/2106"), "foot", "", "foot")
    h = history(captured("11/08/2026", replace(live("05/06/2106", locator="page"), starts=(far,))))
    assert [f.locator for f in h.findings] == ["foot"]
