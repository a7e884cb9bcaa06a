"""What a page shows on a known day, and what stands against it (rule 17)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from manual.model import Statement
from tests.evidence import (
    archived,
    candidates,
    captured,
    caveats,
    day,
    doubtful,
    ends,
    history,
    kinds,
    live,
    on,
    page,
    rows,
    said,
    starts,
    told,
    words,
)


def test_a_sight_at_the_linked_address_stands_against_a_start_that_another_page_states() -> None:
    """A definite answer would contradict a page that showed the older version in force on that very day."""
    h = history(
        captured("01/06/2021", live("01/01/2018"), said("contents", at="manual/1")),
        captured("01/06/2022", archived("01/03/2020")),
    )
    assert told(h, "29/02/2020") == ["in_force 01/01/2018"]
    assert words(h, "01/03/2020", "01/06/2021", "01/06/2022") == ["disputed"] * 3
    assert candidates(h, "01/06/2021") == {"2018-01-01", "2020-03-01"}
    assert "sight_disputed" in kinds(h)


def test_a_page_at_an_address_that_is_not_the_linked_one_says_nothing_of_its_day() -> None:
    """An archived page without its banner would dispute the version that the contents link."""
    h = history(
        captured("01/06/2021", live("01/03/2020"), said("contents", at="manual/1")),
        captured("02/06/2021", page("foot 01/01/2018", at="manual/5", text_digest="x")),
        captured("03/06/2021", said("contents", at="manual/1")),
    )
    assert told(h, "29/02/2020", "01/03/2020", "02/06/2021", "01/01/2025") == [
        "in_force 01/01/2018",
        "in_force 01/03/2020",
        "in_force 01/03/2020",
        "in_force 01/03/2020",
    ]


def test_a_newer_start_than_an_older_sight_is_open_up_to_the_first_sight_of_the_newer_version() -> None:
    """Either the older page was out of date or the newer one's foot is; only its own sight settles it."""
    h = history(
        captured("01/01/2021", live("05/06/2020")),
        captured("01/06/2021", live("15/06/2020")),
    )
    assert words(h, "15/06/2020", "01/01/2021", "02/01/2021", "31/05/2021") == ["disputed"] * 4
    assert told(h, "01/06/2021", "02/06/2021") == ["in_force 15/06/2020"] * 2


def test_a_first_day_that_was_corrected_to_an_earlier_one_holds_up_to_its_last_sight() -> None:
    """The corrected words are in force from the corrected day on, and on the day of the older sight either."""
    h = history(
        captured("01/03/2021", live("16/02/2021")),
        captured("10/03/2021", live("15/02/2021")),
    )
    assert told(h, "14/02/2021", "15/02/2021", "16/02/2021", "01/03/2021", "02/03/2021", "10/03/2021") == [
        "before_record",
        "in_force 15/02/2021",
        "disputed",
        "disputed",
        "in_force 15/02/2021",
        "in_force 15/02/2021",
    ]
    assert "start_corrected" in kinds(h)


def test_a_version_that_a_list_shows_too_is_not_taken_back_by_an_earlier_one() -> None:
    """Only what was seen at one address alone can have been corrected there."""
    h = history(
        captured("01/03/2021", live("16/02/2021")),
        captured("10/03/2021", live("15/02/2021"), said("listed", "listed 16/02/2021", at="manual/9")),
    )
    assert "start_corrected" not in kinds(h)
    assert "2021-02-16" in candidates(h, "01/03/2021")


def test_the_same_words_with_another_first_day_are_one_version_of_two_readings() -> None:
    h = history(
        captured("01/01/2021", live("05/06/2020", text_digest="A")),
        captured("01/06/2021", live("15/06/2020", text_digest="A")),
    )
    assert len(h.versions) == 1
    assert told(h, "04/06/2020", "05/06/2020", "14/06/2020", "15/06/2020") == [
        "before_record",
        "disputed",
        "disputed",
        "in_force ?",
    ]
    assert h.versions[0].basis_from == "dispute"
    assert "starts_disagree" in kinds(h)


@pytest.mark.parametrize("other", [{"text_digest": "B"}, {"at": "manual/2"}])
def test_other_words_or_another_address_are_a_version_of_their_own(other: dict[str, str]) -> None:
    first = {"text_digest": "A", "at": "manual/1"}
    h = history(
        captured("01/01/2021", live("05/06/2020", **first)),
        captured("01/06/2021", live("15/03/2021", **(first | other))),
    )
    assert len(h.versions) == 2
    assert told(h, "14/03/2021") == ["in_force 05/06/2020"]


def test_the_same_words_issued_again_are_two_versions_where_a_list_shows_the_earlier_day() -> None:
    """The list says that the earlier day was a version's own."""
    h = history(
        captured("01/01/2021", live("05/06/2020", text_digest="A")),
        captured("01/06/2021", live("15/03/2021", text_digest="A", lists_versions=True), rows("05/06/2020")),
    )
    assert len(h.versions) == 2
    assert told(h, "14/03/2021", "15/03/2021") == ["in_force 05/06/2020", "in_force 15/03/2021"]


def test_the_same_words_announced_for_later_are_not_the_version_in_force() -> None:
    """Both sights must lie after the day that they state; else a postponed start would be a second reading."""
    h = history(
        captured("01/01/2021", live("05/06/2020", text_digest="A")),
        captured("01/06/2021", live("15/06/2021", text_digest="A")),
    )
    assert len(h.versions) == 2
    assert told(h, "14/06/2021", "15/06/2021") == ["in_force 05/06/2020", "in_force 15/06/2021"]


def test_an_address_that_bore_a_banner_doubts_only_the_day_on_which_it_shows_none() -> None:
    """A capture that lost its banner would put an old version back in force for years."""
    h = history(
        captured("01/06/2020", archived("01/01/2016"), live("01/01/2019")),
        captured("01/06/2020", said("contents", at="manual/1")),
        captured("01/06/2022", page("foot 01/01/2016", at="manual/5", text_digest="01/01/2016")),
    )
    assert words(h, "01/06/2022") == ["disputed"]
    assert told(h, "31/12/2018", "01/01/2019", "31/05/2022", "02/06/2022") == [
        "in_force 01/01/2016",
        *["in_force 01/01/2019"] * 3,
    ]


def test_an_address_that_bore_a_banner_may_be_the_live_one_where_nothing_links_another() -> None:
    """What an address shows later outranks what it showed before (rule 17), and nothing says that it is not the one."""
    h = history(
        captured("01/06/2020", archived("01/01/2016"), live("01/01/2019")),
        captured("01/06/2022", page("foot 01/01/2016", at="manual/5", text_digest="01/01/2016")),
    )
    assert told(h, "31/12/2018") == ["in_force 01/01/2016"]
    assert words(h, "01/01/2019", "01/06/2022", "02/06/2022") == ["disputed"] * 3


def test_a_version_marked_old_and_seen_in_force_later_at_its_address_was_not_replaced_in_between() -> None:
    """Pages are marked when the next one is published; the one that was published may have been taken back."""
    h = history(
        captured("01/06/2022", live("01/09/2022"), rows("01/01/2018", at=7)),
        captured("01/12/2022", live("01/01/2018")),
    )
    assert told(h, "01/09/2022", "01/12/2022", "01/06/2023") == ["in_force 01/01/2018"] * 3
    assert on(h, "01/12/2022").version is not None
    assert "announcement_gone" in kinds(h)


def test_a_sight_after_an_end_that_another_page_states_is_disputed() -> None:
    h = history(
        captured("01/06/2024", live("01/01/2020")),
        captured("01/05/2024", said("contents", ends=ends("listed excluded 01/03/2024"))),
    )
    assert told(h, "29/02/2024") == ["in_force 01/01/2020"]
    assert words(h, "01/03/2024", "01/06/2024", "01/01/2025") == ["disputed"] * 3
    assert "end_contradicted" in kinds(h)


def test_an_end_that_the_same_address_showed_later_holds_after_the_earlier_sight() -> None:
    """The later sight outranks the earlier one, save on the earlier one's own day."""
    h = history(
        captured("01/06/2024", live("01/01/2020")),
        captured("01/09/2024", live("01/01/2020", ends=ends("revocation excluded 01/03/2024"))),
    )
    assert words(h, "29/02/2024", "01/03/2024", "01/06/2024", "02/06/2024", "01/09/2024") == [
        "in_force",
        "disputed",
        "disputed",
        "ended",
        "ended",
    ]


def test_an_end_that_is_not_shown_any_more_by_the_same_address_is_disputed_from_its_day() -> None:
    h = history(
        captured("01/06/2024", live("01/01/2020", ends=ends("revocation excluded 01/03/2024"))),
        captured("01/09/2024", live("01/01/2020")),
    )
    assert told(h, "29/02/2024") == ["in_force 01/01/2020"]
    assert words(h, "01/03/2024", "01/06/2024", "01/09/2024", "02/09/2024") == ["disputed"] * 4


def test_a_circulars_start_stands_beside_a_sight_without_a_mark() -> None:
    h = history(
        captured("01/02/2025", said("claim", "circular 01/03/2025", title="")),
        captured("01/04/2025", live("01/01/2024")),
    )
    assert told(h, "28/02/2025") == ["in_force 01/01/2024"]
    assert words(h, "01/03/2025", "01/04/2025", "01/04/2026") == ["disputed"] * 3


def test_a_sight_counts_on_its_day_even_where_its_end_is_unclear() -> None:
    """Words that may end it or not leave the day open, and never end it."""
    h = history(
        captured("01/06/2024", live("01/01/2020", ends=doubtful("unclear", "text excluded 01/03/2024")))
    )
    assert words(h, "29/02/2024", "01/03/2024", "01/06/2024", "02/06/2025") == [
        "in_force",
        "disputed",
        "disputed",
        "disputed",
    ]


def test_an_unclear_start_is_another_reading_beside_the_foot() -> None:
    """Words that may say that it began later must not be passed over, nor decide."""
    may = starts("text 01/05/2020")[0]._replace(unclear=True)
    both = replace(page(at="manual/1"), starts=(*starts("foot 01/02/2020"), may))
    h = history(captured("01/06/2024", both))
    assert told(h, "31/01/2020", "01/02/2020", "30/04/2020", "01/05/2020") == [
        "before_record",
        "disputed",
        "disputed",
        "in_force ?",
    ]
    assert [claim.basis for claim in h.versions[0].starts] == ["foot"]


def test_a_dated_row_outside_the_page_in_force_is_not_last_seen() -> None:
    """That a list names an old version says nothing of the day on which the list was read."""
    h = history(captured("01/06/2024", live("01/01/2022", lists_versions=True), rows("01/01/2020")))
    assert h.versions[0].last_seen is None
    assert h.versions[1].last_seen == day("01/06/2024")
    assert caveats(h, "01/07/2024") == (day("01/06/2024"), True)
    assert caveats(h, "01/06/2021") == (None, True)


def test_two_sights_of_one_day_at_one_address_are_both_possible_from_then_on() -> None:
    """Neither is later than the other, so neither outranks the other."""
    h = history(
        captured("01/06/2024", live("01/01/2020"), capture="a"),
        captured("01/06/2024", live("01/01/2022"), capture="b"),
    )
    assert told(h, "31/12/2021") == ["in_force 01/01/2020"]
    assert words(h, "01/01/2022", "01/06/2024", "02/06/2024") == ["disputed"] * 3


def test_a_line_of_the_contents_that_prints_a_start_does_not_stand_against_a_newer_version() -> None:
    """What a line says of an older version's day of beginning is not a sight of the page in force."""
    h = history(
        captured("01/06/2024", said("contents", "suffix 01/01/2020")),
        captured("01/07/2024", live("01/01/2022")),
    )
    assert told(h, "31/12/2021", "01/01/2022", "01/06/2024") == [
        "in_force 01/01/2020",
        "in_force 01/01/2022",
        "in_force 01/01/2022",
    ]


def test_an_unmarked_page_that_a_later_page_lists_as_previous_disputes_the_days_after_the_newer_start() -> (
    None
):
    """Nothing links the page in force: either address may have been the live one."""
    h = history(
        captured("01/05/2024", page("foot 01/01/2020", at="manual/5")),
        captured("01/06/2024", live("01/01/2022"), rows("01/01/2020")),
    )
    assert told(h, "31/12/2021") == ["in_force 01/01/2020"]
    assert words(h, "01/01/2022", "01/05/2024", "01/07/2024") == ["disputed"] * 3


def test_an_old_mark_that_its_own_address_lost_again_leaves_the_day_of_the_sight_open() -> None:
    h = history(captured("01/06/2020", archived("01/01/2018", 1)), captured("01/06/2021", live("01/01/2018")))
    assert told(h, "01/01/2018") == ["in_force 01/01/2018"]
    assert words(h, "01/06/2021") == ["disputed"]
    assert not {"in_force", "ended"} & set(words(h, "01/06/2020", "02/06/2020", "01/06/2022"))


# ---------------------------------------------------------------- beside a version of unknown start

EARLY = captured("01/03/2011", said("contents", title="Harbour pilots"))
LATE = captured("01/03/2025", said("contents", title="Harbour pilots"))


def test_a_version_of_unknown_start_beside_it_changes_nothing_about_a_contradicted_sight() -> None:
    h = history(
        EARLY,
        captured("01/06/2021", live("01/01/2018"), said("contents", at="manual/1")),
        captured("01/06/2022", archived("01/03/2020")),
    )
    assert told(h, "01/03/2011", "31/12/2017", "29/02/2020") == [
        "in_force ?",
        "in_force ?",
        "in_force 01/01/2018",
    ]
    assert words(h, "01/03/2020", "01/06/2021") == ["disputed", "disputed"]
    assert candidates(h, "01/06/2021") == {"2018-01-01", "2020-03-01"}


def test_a_version_of_unknown_start_beside_it_changes_nothing_about_a_corrected_first_day() -> None:
    h = history(
        EARLY, captured("01/03/2021", live("16/02/2021")), captured("10/03/2021", live("15/02/2021")), LATE
    )
    assert told(h, "14/02/2021", "15/02/2021", "02/03/2021", "10/03/2021", "01/03/2025") == [
        "in_force ?",
        "in_force 15/02/2021",
        "in_force 15/02/2021",
        "in_force 15/02/2021",
        "in_force ?",
    ]
    assert words(h, "16/02/2021", "01/03/2021", "11/03/2021", "28/02/2025") == ["disputed"] * 4


def test_a_version_of_unknown_start_beside_it_changes_nothing_about_a_contradicted_end() -> None:
    h = history(
        EARLY,
        captured("01/06/2024", live("01/01/2020")),
        captured("01/09/2024", live("01/01/2020", ends=ends("revocation excluded 01/03/2024"))),
        LATE,
    )
    assert words(h, "29/02/2024", "01/03/2024", "01/06/2024", "02/06/2024", "01/09/2024", "01/03/2025") == [
        "in_force",
        "disputed",
        "disputed",
        "ended",
        "ended",
        "in_force",
    ]


def test_an_end_on_a_copy_does_not_take_back_what_the_live_address_showed_after_it() -> None:
    """Only a later sight of the same address outranks an earlier one."""
    h = history(
        captured("01/06/2024", live("01/01/2020")),
        captured(
            "01/09/2024",
            page("foot 01/01/2020", at="manual/9", ends=ends("revocation excluded 01/03/2024")),
        ),
    )
    assert words(h, "29/02/2024", "01/03/2024", "01/06/2024", "02/06/2024", "01/09/2024") == [
        "in_force",
        *["disputed"] * 4,
    ]


def test_pages_without_text_at_one_address_and_with_two_first_days_are_two_versions() -> None:
    """Nothing is not the same words."""
    h = history(
        captured("01/01/2021", live("05/06/2020", text_digest="")),
        captured("01/06/2021", live("15/03/2021", text_digest="")),
    )
    assert [v.id for v in h.versions] == ["ZA1.5@2020-06-05", "ZA1.5@2021-03-15"]


def test_pages_of_no_address_with_the_same_words_and_two_first_days_are_two_versions() -> None:
    """Nobody knows that they stood at one address."""
    h = history(
        captured("01/01/2021", page("foot 05/06/2020", text_digest="A")),
        captured("01/06/2021", page("foot 15/03/2021", text_digest="A")),
    )
    assert [v.id for v in h.versions] == ["ZA1.5@2020-06-05", "ZA1.5@2021-03-15"]


@pytest.mark.parametrize(
    ("end", "seen_on", "in_force"),
    [
        ("text included 01/03/2024", "01/03/2024", True),
        ("text excluded 01/03/2024", "01/03/2024", False),
        ("text excluded 01/03/2024", "29/02/2024", True),
        ("suffix either 01/03/2024", "01/03/2024", True),
        ("suffix either 01/03/2024", "02/03/2024", False),
    ],
)
def test_a_page_that_states_its_end_was_seen_in_force_up_to_that_end(
    end: str, seen_on: str, in_force: bool
) -> None:
    h = history(captured(seen_on, live("01/01/2020", ends=ends(end))))
    assert (h.versions[0].last_seen == day(seen_on)) is in_force
    assert (h.versions[0].end_seen == day(seen_on)) is not in_force


@pytest.mark.parametrize(
    ("linked_before", "expected"),
    [(None, "in_force 01/01/2019"), ("manual/1", "in_force 01/01/2019"), ("manual/5", "disputed")],
)
def test_the_live_address_is_the_one_that_the_nearest_links_name(
    linked_before: str | None, expected: str
) -> None:
    """An address that was linked before may have been left since; one that was never linked says nothing."""
    before = captured("01/06/2019", said("contents", at=linked_before)) if linked_before else []
    h = history(
        before,
        captured("01/06/2020", page("foot 01/01/2018", at="manual/5")),
        captured("01/06/2022", live("01/01/2019"), said("contents", at="manual/1")),
    )
    assert told(h, "31/12/2018", "01/01/2019", "01/06/2020") == ["in_force 01/01/2018", expected, expected]
    assert ("not_current" in kinds(h)) is (linked_before is None)


def test_a_corrected_first_day_that_a_list_shows_too_was_corrected_all_the_same() -> None:
    h = history(
        captured("01/03/2021", live("16/02/2021")),
        captured("10/03/2021", live("15/02/2021")),
        captured("01/06/2023", live("01/05/2023"), rows("15/02/2021")),
    )
    assert told(h, "15/02/2021", "02/03/2021", "10/03/2021") == ["in_force 15/02/2021"] * 3
    assert words(h, "16/02/2021", "01/03/2021") == ["disputed", "disputed"]


def test_an_announced_end_does_not_part_two_readings_of_one_start() -> None:
    """Only an end before the second first day makes the words issued again."""
    h = history(
        captured("01/01/2021", live("05/06/2020", text_digest="A", ends=ends("text excluded 01/09/2021"))),
        captured("01/06/2021", live("15/06/2020", text_digest="A")),
    )
    assert len(h.versions) == 1
    assert words(h, "10/06/2020") == ["disputed"]


def test_a_page_seen_on_the_later_of_two_first_days_states_another_reading_of_one_start() -> None:
    """Two readings of one start, although the first sight was on the very day."""
    h = history(
        captured("15/06/2020", live("05/06/2020", text_digest="A")),
        captured("01/06/2021", live("15/06/2020", text_digest="A")),
    )
    assert len(h.versions) == 1


def test_words_that_were_in_force_before_a_later_first_day_of_theirs_were_issued_again() -> None:
    """They can't have begun on a day after one on which they were shown in force: the days before would be lost."""
    h = history(
        captured("06/06/2018", live("12/05/2018", text_digest="A")),
        captured("21/08/2019", live("11/07/2018", text_digest="A")),
    )
    assert told(h, "12/05/2018", "11/07/2018") == ["in_force 12/05/2018", "in_force 11/07/2018"]


def test_a_sight_on_the_first_day_of_a_newer_version_is_disputed_up_to_the_next_start() -> None:
    h = history(
        captured("01/01/2020", live("01/01/2018")),
        captured("01/07/2024", live("01/01/2022"), rows("01/01/2020")),
    )
    assert told(h, "31/12/2019", "01/01/2020", "31/12/2021", "01/01/2022") == [
        "in_force 01/01/2018",
        "disputed",
        "disputed",
        "in_force 01/01/2022",
    ]
    answer = on(h, "01/01/2020")
    assert answer.reasons[0] == (
        "The version of 1 January 2018: its page showed it on 1 January 2020, "
        "although another version is stated to have begun by then."
    )
    assert answer.previous is not None
    assert answer.previous.validity.effective_from == day("01/01/2020")


def test_between_two_days_that_link_different_addresses_either_may_be_the_live_one() -> None:
    h = history(
        captured("01/01/2018", said("contents", at="manual/1")),
        captured("01/01/2020", live("01/06/2019", at="manual/2")),
        captured("01/01/2022", said("contents", at="manual/2")),
    )
    assert [v.last_seen for v in h.versions if v.starts] == [day("01/01/2020")]


def test_an_old_page_without_an_address_is_no_other_place_of_the_instruction() -> None:
    ended = page("foot 01/05/2019", at="manual/9", ends=ends("text excluded 01/03/2022"))
    h = history(captured("01/06/2022", ended), captured("01/06/2023", archived("01/01/2015", at=None)))
    assert h.versions[-1].end_seen == day("01/06/2022")


def test_a_page_seen_between_its_publication_and_the_day_in_its_words_is_not_yet_in_force() -> None:
    """An instrument's suffix is the day of its publication (om/73076)."""
    h = history(captured("28/06/2019", page("text 01/07/2019", "suffix 27/06/2019", at="manual/1")))
    assert words(h, "28/06/2019", "30/06/2019", "01/07/2019") == ["not_yet", "not_yet", "in_force"]


def test_an_end_seen_on_an_unknown_day_outweighs_no_sight() -> None:
    """Nobody knows that it was seen later (rule 27)."""
    h = history(
        captured("01/06/2020", live("01/01/2018")),
        captured(None, live("01/01/2018", ends=ends("revocation excluded 01/01/2020"))),
    )
    assert told(h, "31/12/2019", "01/01/2020", "01/06/2020", "02/06/2020", "01/01/2027") == [
        "in_force 01/01/2018",
        "disputed",
        "disputed",
        "disputed",
        "disputed",
    ]


def test_a_line_joins_a_version_that_was_suspended() -> None:
    """A suspension ends nothing: the line need not be of another version."""
    suspended = live("01/05/2019", ends=doubtful("suspension", "text excluded 01/03/2020"))
    h = history(captured("01/06/2020", suspended), captured("01/06/2021", said("contents")))
    assert [v.id for v in h.versions] == ["ZA1.5@2019-05-01"]


def test_the_line_of_a_code_that_ended_links_the_address_of_its_page() -> None:
    """A page without a mark elsewhere would stand against the end that the contents show."""
    h = history(
        captured("01/06/2021", said("contents", at="manual/1", ends=ends("listed excluded 01/03/2021"))),
        captured("01/06/2021", page("foot 01/01/2018", at="manual/5")),
    )
    assert words(h, "28/02/2021", "01/03/2021", "01/06/2021") == ["in_force", "ended", "ended"]


@pytest.mark.parametrize(
    "between",
    [
        said("listed", "listed 16/02/2021", at="manual/9"),
        live("16/02/2021", ends=ends("suffix either 01/05/2021")),
        archived("16/02/2021", 9),
    ],
)
def test_a_version_of_which_more_is_said_than_that_its_page_showed_it_is_not_taken_back(
    between: Statement,
) -> None:
    """A row, an end or a copy speaks of it too; its page alone may have been corrected (rule 17)."""
    h = history(
        captured("01/03/2021", live("16/02/2021")),
        captured("05/03/2021", between),
        captured("10/03/2021", live("15/02/2021")),
    )
    assert "start_corrected" not in kinds(h)
    assert "2021-02-16" in candidates(h, "01/03/2021") or told(h, "01/03/2021") == ["in_force 16/02/2021"]


@pytest.mark.parametrize(
    "older",
    [
        archived("15/02/2021", 1),
        said("listed", "listed 15/02/2021", at="manual/1", ends=ends("listed excluded 10/05/2021")),
    ],
)
def test_a_version_is_not_taken_back_by_what_shows_the_earlier_one_as_old_or_by_a_row(
    older: Statement,
) -> None:
    """Only the page itself can say that the earlier version still stood."""
    h = history(captured("01/03/2021", live("16/02/2021")), captured("10/03/2021", older))
    assert told(h, "15/02/2021", "16/02/2021", "11/03/2021") == [
        "in_force 15/02/2021",
        "in_force 16/02/2021",
        "in_force 16/02/2021",
    ]


def test_a_page_of_no_address_may_be_the_page_in_force_whatever_is_linked() -> None:
    """A saved file without its address is not shown to stand elsewhere."""
    h = history(
        captured("01/06/2021", page("foot 01/01/2018", text_digest="A"), said("contents", at="manual/1")),
        captured("01/06/2022", archived("01/03/2020")),
    )
    assert candidates(h, "01/06/2021") == {"2018-01-01", "2020-03-01"}


def test_words_saved_on_an_unknown_day_are_no_sight_on_the_day_of_loading() -> None:
    """Rule 27: the version would be shown as seen in force on the day on which somebody loaded it."""
    to_come = page(at="manual/1", text_digest="A", ends=ends("suffix either 01/01/2030"))
    h = history(captured("01/06/2024", live("01/05/2019", text_digest="A")), captured(None, to_come))
    assert [v.last_seen for v in h.versions] == [day("01/06/2024")]


def test_a_newer_version_shown_on_an_unknown_day_does_not_end_what_a_sight_stands_for() -> None:
    """It may have been saved before that sight (rule 27)."""
    h = history(
        captured("01/06/2021", live("01/01/2018"), said("contents", at="manual/1")),
        captured("01/06/2022", archived("01/03/2020")),
        captured(None, live("01/03/2020")),
    )
    assert candidates(h, "02/06/2021") == candidates(h, "02/06/2022") == {"2018-01-01", "2020-03-01"}


def test_a_version_whose_words_end_it_after_the_next_one_began_may_stand_up_to_that_end() -> None:
    """Rule 24: its own words outrank nothing less than words; either page may be wrong."""
    ended = page("foot 01/01/2018", at="manual/5", ends=ends("text excluded 01/01/2021"))
    h = history(captured("01/06/2021", ended), captured("02/06/2021", live("01/01/2020")))
    assert candidates(h, "01/06/2020") == {"?", "2020-01-01"}
    assert h.versions[0].basis_from == "dispute"


def test_an_address_with_an_old_mark_before_and_after_has_an_old_page_in_between() -> None:
    """A capture that lost its banner in between is no sight of the version in force."""
    words_of_it = page("foot 01/01/2016", at="manual/5", text_digest="01/01/2016")
    h = history(
        captured("01/01/2018", archived("01/01/2016")),
        captured("01/06/2019", words_of_it),
        captured("01/01/2020", archived("01/01/2016"), said("contents", at="manual/1")),
        captured("01/02/2020", live("01/01/2017")),
    )
    assert [v.last_seen for v in h.versions] == [None, day("01/02/2020")]
