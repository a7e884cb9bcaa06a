"""Ends: as words, marks, other pages and circulars state them; suspensions; ends that contradict a start.

Rules 8 to 10, 23, 24 and 26.
"""

from __future__ import annotations

import pytest

from manual.model import EndClaim
from tests.evidence import (
    archived,
    candidates,
    captured,
    day,
    doubtful,
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

# ---------------------------------------------------------------- what one page says


def test_words_of_one_rank_with_two_days_leave_the_days_between_open() -> None:
    h = history(live("01/01/2018", ends=ends("text excluded 01/03/2020", "text excluded 01/05/2020")))
    assert words(h, "29/02/2020", "01/03/2020", "30/04/2020", "01/05/2020") == [
        "in_force",
        "disputed",
        "disputed",
        "ended",
    ]
    assert h.versions[0].basis_until == "dispute"
    assert "ends_disagree" in kinds(h)


def test_words_outrank_a_suffix_that_reads_otherwise() -> None:
    h = history(live("01/01/2018", ends=ends("suffix excluded 01/03/2020", "text included 01/05/2020")))
    assert words(h, "01/03/2020", "01/05/2020", "02/05/2020") == ["in_force", "in_force", "ended"]
    assert h.versions[0].basis_until == "text"


def test_two_marks_that_may_mean_either_day_are_open_from_the_first_to_the_last() -> None:
    h = history(
        captured("01/06/2021", live("01/01/2018", ends=ends("suffix either 01/03/2020"))),
        captured(
            "01/06/2021", archived("01/01/2018", ends=ends("suffix either 01/05/2020")), capture="second"
        ),
    )
    assert words(h, "29/02/2020", "01/03/2020", "01/05/2020", "02/05/2020") == [
        "in_force",
        "disputed",
        "disputed",
        "ended",
    ]
    assert "ends_disagree" in kinds(h)


@pytest.mark.parametrize(
    ("begins", "expected"),
    [
        ("27/08/2017", ["in_force 27/08/2017", "in_force 27/08/2017"]),
        ("28/08/2017", ["in_force 01/01/2015", "in_force 28/08/2017"]),
        ("29/08/2017", ["disputed", "ended"]),
    ],
)
def test_only_a_start_on_the_day_or_the_next_one_settles_what_to_means(
    begins: str, expected: list[str]
) -> None:
    h = history(
        captured("01/06/2018", page("foot 01/01/2015", at="manual/5", ends=ends("suffix either 27/08/2017"))),
        captured("01/06/2018", live(begins), capture="second"),
    )
    assert told(h, "27/08/2017", "28/08/2017") == expected


def test_a_start_that_two_pages_dispute_does_not_settle_what_to_means() -> None:
    """Only a certain start decides (rule 9b)."""
    h = history(
        captured("01/06/2018", page("foot 01/01/2015", at="manual/5", ends=ends("suffix either 27/08/2017"))),
        captured("02/06/2018", page("text 28/08/2017", "text 01/10/2017", at="manual/1")),
    )
    assert words(h, "27/08/2017") == ["disputed"]


# ---------------------------------------------------------------- without a readable day


def test_a_mark_without_a_readable_day_ends_by_the_capture_and_leaves_open_since_when() -> None:
    """A mark that can't be read never passes in silence (rule 10)."""
    h = history(captured("01/06/2024", live("01/01/2018", ends=over())))
    assert words(h, "31/12/2017", "01/01/2018", "02/01/2018", "31/05/2024", "01/06/2024") == [
        "before_record",
        "in_force",
        "disputed",
        "disputed",
        "ended",
    ]


def test_a_mark_without_a_readable_day_of_unknown_day_leaves_every_later_day_open() -> None:
    h = history(captured(None, live("01/01/2018", ends=over())))
    assert words(h, "01/01/2018", "02/01/2018", "01/06/2035") == ["in_force", "disputed", "disputed"]


def test_a_mark_without_a_readable_day_says_nothing_up_to_a_sight_in_force() -> None:
    h = history(
        captured("01/06/2022", live("01/01/2018")),
        captured("01/06/2024", live("01/01/2018", ends=over())),
    )
    assert words(h, "01/06/2022", "02/06/2022", "31/05/2024", "01/06/2024") == [
        "in_force",
        "disputed",
        "disputed",
        "ended",
    ]


def test_a_dated_end_outweighs_a_mark_without_a_day() -> None:
    h = history(captured("01/06/2024", live("01/01/2018", ends=(*ends("text excluded 01/03/2020"), *over()))))
    assert words(h, "29/02/2020", "01/03/2020") == ["in_force", "ended"]


def test_an_end_of_known_day_outweighs_one_of_unknown_day() -> None:
    """An unknown day never outweighs a known one (rule 27)."""
    h = history(
        captured("01/06/2024", live("01/01/2018", ends=ends("text excluded 01/03/2020"))),
        captured(None, archived("01/01/2018", ends=ends("text excluded 01/03/2019"))),
    )
    assert words(h, "01/03/2019", "29/02/2020", "01/03/2020") == ["in_force", "in_force", "ended"]


# ---------------------------------------------------------------- suspensions and unclear words


@pytest.mark.parametrize("kind", ["suspension", "unclear"])
def test_words_that_suspend_or_may_end_leave_the_days_after_open(kind: str) -> None:
    """Neither `in_force` nor `ended` may rest on passing them over (rule 24)."""
    stated = doubtful(kind, "text excluded 01/03/2020")  # type: ignore[arg-type]
    h = history(live("01/01/2018", ends=stated))
    assert words(h, "29/02/2020", "01/03/2020", "11/08/2026", "01/06/2035") == [
        "in_force",
        "disputed",
        "disputed",
        "disputed",
    ]


def test_what_its_page_calls_suspended_is_not_plainly_in_force_on_the_day_of_the_page() -> None:
    """No day is printed: it counts from the day on which the page was seen."""
    h = history(
        captured(
            "06/05/2024", live("01/02/2020", ends=(EndClaim(None, "text", "excluded", kind="suspension"),))
        )
    )
    assert words(h, "05/05/2024", "06/05/2024", "07/05/2024") == ["in_force", "disputed", "disputed"]


def test_a_suspension_to_the_end_of_a_day_begins_on_the_next_one() -> None:
    h = history(live("01/01/2018", ends=doubtful("suspension", "text included 01/03/2020")))
    assert words(h, "01/03/2020", "02/03/2020") == ["in_force", "disputed"]


def test_what_replaced_a_suspended_version_is_in_force() -> None:
    h = history(
        captured("01/06/2020", live("01/01/2018", ends=doubtful("suspension", "text excluded 01/03/2020"))),
        captured("01/06/2022", live("01/01/2021")),
    )
    assert told(h, "31/12/2020", "01/01/2021") == ["disputed", "in_force 01/01/2021"]


def test_unclear_words_about_a_later_day_leave_open_which_of_two_ends_is_meant() -> None:
    stated = (*ends("suffix excluded 01/03/2020"), *doubtful("unclear", "text excluded 01/05/2020"))
    h = history(live("01/01/2018", ends=stated))
    assert words(h, "29/02/2020", "01/03/2020", "30/04/2020", "01/05/2020") == [
        "in_force",
        "disputed",
        "disputed",
        "ended",
    ]


def test_unclear_words_without_a_day_leave_the_days_after_the_last_sight_open() -> None:
    may = tuple(claim._replace(kind="unclear") for claim in over("text"))
    h = history(captured("01/06/2020", live("01/01/2018", ends=may)))
    assert words(h, "01/01/2018", "01/06/2020", "02/06/2020") == ["in_force", "in_force", "disputed"]


def test_unclear_mark_without_a_day_may_have_ended_it_by_its_capture() -> None:
    """A mark that can't be fully read never leaves a version in force for certain (rule 10)."""
    may = tuple(claim._replace(kind="unclear") for claim in over("suffix"))
    h = history(captured("01/06/2020", live("01/01/2018", ends=may)))
    assert words(h, "01/01/2018", "31/05/2020", "01/06/2020") == ["in_force", "in_force", "disputed"]


# ---------------------------------------------------------------- ends and starts that contradict each other


def test_an_end_before_its_own_start_disputes_the_days_and_is_found() -> None:
    h = history(captured("01/01/2016", live("05/06/2010", ends=ends("suffix either 04/03/2009"))))
    assert words(h, "03/03/2009", "05/06/2010", "01/01/2016") == ["disputed"] * 3
    assert "ends_before_start" in kinds(h)


def test_an_end_on_its_own_first_day_disputes_that_day() -> None:
    h = history(captured("01/01/2016", live("05/06/2010", ends=ends("revocation excluded 05/06/2010"))))
    assert words(h, "05/06/2010") == ["disputed"]
    assert "ends_before_start" in kinds(h)


def test_an_end_on_the_day_after_its_first_day_is_no_contradiction() -> None:
    h = history(captured("01/01/2016", live("05/06/2010", ends=ends("revocation excluded 06/06/2010"))))
    assert words(h, "04/06/2010", "05/06/2010", "06/06/2010") == ["before_record", "in_force", "ended"]
    assert "ends_before_start" not in kinds(h)


def test_a_last_day_that_is_its_first_day_is_no_contradiction() -> None:
    h = history(captured("01/01/2016", live("05/06/2010", ends=ends("text included 05/06/2010"))))
    assert words(h, "05/06/2010", "06/06/2010") == ["in_force", "ended"]


def test_an_end_after_the_next_start_gives_way_to_it() -> None:
    """A version is never in force beside its successor : the page that begins later is seen in force."""
    h = history(
        captured("01/06/2020", page("foot 01/01/2018", at="manual/5", ends=ends("suffix either 30/06/2019"))),
        captured("01/06/2020", live("28/06/2019"), capture="second"),
    )
    assert told(h, "27/06/2019", "28/06/2019", "30/06/2019", "01/07/2019") == [
        "in_force 01/01/2018",
        *["in_force 28/06/2019"] * 3,
    ]


def test_words_that_end_a_version_after_the_next_start_dispute_both_starts() -> None:
    """Its own words rank above both feet, which can't both be true: it may have begun after the other one."""
    h = history(
        captured("01/06/2020", page("foot 01/01/2018", at="manual/5", ends=ends("text excluded 30/06/2019"))),
        captured("01/06/2020", archived("28/06/2019", 6), capture="second"),
    )
    assert words(h, "31/12/2017") == ["before_record"]
    assert words(h, "27/06/2019", "28/06/2019", "29/06/2019") == ["disputed"] * 3
    assert words(h, "30/06/2019") == ["disputed"]


# ---------------------------------------------------------------- what other pages and circulars say


def test_a_claim_ends_the_version_that_stands_before_its_day() -> None:
    h = history(
        captured("01/06/2025", live("01/02/2020")),
        captured("11/08/2026", said("claim", title="", ends=ends("text excluded 01/01/2026"))),
    )
    assert words(h, "31/12/2025", "01/01/2026", "11/08/2026") == ["in_force", "ended", "ended"]
    assert h.versions[0].basis_until == "text"
    assert len(h.versions) == 1


def test_a_claim_ends_the_version_it_calls_by_its_day_and_no_other() -> None:
    h = history(
        captured("01/06/2025", live("01/02/2024"), rows("01/02/2020")),
        captured(
            "11/08/2026",
            said("claim", title="", ends=ends("text excluded 01/01/2023"), of_day=day("01/02/2020")),
        ),
    )
    assert words(h, "31/12/2022", "01/01/2023", "31/01/2024", "01/02/2024") == [
        "in_force",
        "ended",
        "ended",
        "in_force",
    ]


def test_a_claim_about_a_version_that_nothing_else_mentions_is_reported_and_ends_nothing() -> None:
    h = history(
        captured("01/06/2025", live("01/02/2024")),
        captured(
            "11/08/2026",
            said("claim", title="", ends=ends("text excluded 01/01/2026"), of_day=day("05/02/2020")),
        ),
    )
    assert words(h, "01/01/2026") == ["in_force"]
    assert "revokes_unknown" in kinds(h)


def test_a_claim_of_an_end_alone_makes_a_version_of_unknown_start() -> None:
    h = history(captured("11/08/2026", said("claim", title="", ends=ends("text excluded 01/01/2026"))))
    assert words(h, "31/12/2025", "01/01/2026") == ["undated", "ended"]


def test_a_claim_ends_the_undated_version_that_was_seen_before_it() -> None:
    h = history(
        captured("01/06/2025", said("contents")),
        captured("11/08/2026", said("claim", title="", ends=ends("text excluded 01/01/2026"))),
    )
    assert len(h.versions) == 1
    assert words(h, "31/05/2025", "01/06/2025", "31/12/2025", "01/01/2026") == [
        "undated",
        "in_force",
        "in_force",
        "ended",
    ]


def test_a_claim_does_not_end_what_was_first_seen_after_its_day() -> None:
    h = history(
        captured("11/08/2025", said("claim", title="", ends=ends("text excluded 01/06/2025"))),
        captured("01/06/2026", said("contents")),
    )
    assert len(h.versions) == 2
    assert told(h, "31/05/2025", "31/05/2026", "01/06/2026") == ["undated", "undated", "in_force ?"]


@pytest.mark.parametrize(("circular", "count"), [("01/07/2019", 1), ("01/08/2019", 1), ("30/06/2019", 2)])
def test_a_circulars_day_within_31_days_of_a_pages_own_is_that_pages(circular: str, count: int) -> None:
    """Two versions a few days apart would be made of one (rule 26)."""
    h = history(
        captured("20/05/2019", said("claim", f"circular {circular}", title="")),
        captured("01/06/2020", live("01/08/2019"), archived("01/01/2018", lists_versions=False)),
    )
    assert len(h.versions) == count + 1
    assert told(h, "01/08/2019", "01/06/2020") == ["in_force 01/08/2019"] * 2


def test_a_circular_speaks_of_the_nearest_page() -> None:
    h = history(
        captured("20/05/2019", said("claim", "circular 10/08/2019", title="")),
        captured("01/06/2020", live("15/08/2019"), archived("20/07/2019")),
    )
    nearest = next(v for v in h.versions if v.validity.effective_from == day("15/08/2019"))
    assert "circular" in {claim.basis for claim in nearest.starts}


def test_a_circular_alone_is_not_yet_and_then_in_force() -> None:
    h = history(captured("20/05/2019", said("claim", "circular 10/08/2019", title="")))
    assert words(h, "19/05/2019", "20/05/2019", "09/08/2019", "10/08/2019") == [
        "before_record",
        "not_yet",
        "not_yet",
        "in_force",
    ]
    assert h.versions[0].basis_from == "circular"


def test_a_circulars_end_ranks_below_words_and_above_a_suffix() -> None:
    h = history(
        captured("20/05/2019", said("claim", title="", ends=ends("circular excluded 10/08/2019"))),
        captured("01/06/2020", live("01/01/2018", ends=ends("suffix excluded 12/08/2019"))),
    )
    assert words(h, "09/08/2019", "10/08/2019") == ["in_force", "ended"]
    assert on(h, "10/08/2019").version is not None
    assert h.versions[0].basis_until == "circular"


# ---------------------------------------------------------------- begun again


def test_a_code_used_again_keeps_the_answers_about_its_earlier_use() -> None:
    h = history(
        captured("01/06/2020", live("01/01/2018", ends=ends("revocation excluded 01/01/2019"))),
        captured("01/06/2023", live("01/05/2021")),
    )
    assert told(h, "31/12/2018", "01/01/2019", "30/04/2021", "01/05/2021") == [
        "in_force 01/01/2018",
        "ended",
        "ended",
        "in_force 01/05/2021",
    ]


def test_the_same_words_issued_again_after_an_end_are_two_versions() -> None:
    """Two readings of one start would put the time in between in force."""
    h = history(
        captured("17/08/2023", live("12/12/2020", text_digest="A", ends=ends("suffix excluded 13/03/2022"))),
        captured("01/03/2024", live("29/02/2024", text_digest="A")),
    )
    assert len(h.versions) == 2
    assert told(h, "12/03/2022", "13/03/2022", "28/02/2024", "29/02/2024") == [
        "in_force 12/12/2020",
        "ended",
        "ended",
        "in_force 29/02/2024",
    ]


def test_a_copy_with_its_end_at_another_address_is_the_same_version() -> None:
    """An added note changes the words of the copy, and not which version it is."""
    h = history(
        captured("09/10/2014", live("01/01/2012")),
        captured(
            "29/03/2017",
            page(
                "foot 01/01/2012", at="manual/2", text_digest="noted", ends=ends("suffix either 24/03/2016")
            ),
        ),
    )
    assert len(h.versions) == 1
    assert words(h, "23/03/2016", "24/03/2016", "25/03/2016") == ["in_force", "disputed", "ended"]
    assert candidates(h, "24/03/2016") == {"2012-01-01"}


def test_an_end_that_the_same_address_states_otherwise_later_is_the_later_one() -> None:
    """For one address a later sight outranks an earlier one (rule 17)."""
    h = history(
        captured("01/06/2022", live("01/01/2020", ends=ends("text excluded 01/03/2021"))),
        captured("01/06/2024", live("01/01/2020", ends=ends("text excluded 01/05/2021"))),
    )
    assert words(h, "28/02/2021", "01/03/2021", "30/04/2021", "01/05/2021") == [
        "in_force",
        "in_force",
        "in_force",
        "ended",
    ]
    assert "ends_disagree" not in kinds(h)


def test_an_end_in_the_contents_stands_beside_a_later_one_on_the_page() -> None:
    """Another place is not outranked by the page's later sight: the stronger words decide."""
    h = history(
        captured("01/06/2022", said("contents", ends=ends("listed excluded 01/03/2021"))),
        captured("01/06/2024", live("01/01/2020", ends=ends("text excluded 01/05/2021"))),
    )
    assert words(h, "28/02/2021")[0] in ("in_force", "disputed")
    assert words(h, "01/05/2021") == ["ended"]


def test_an_end_in_the_contents_after_a_version_of_one_day_replaced_another_is_the_newer_ones() -> None:
    h = history(
        captured("01/06/2020", archived("01/03/2018", 5, text_digest="A")),
        captured("01/06/2021", live("01/03/2018", text_digest="B")),
        captured("01/06/2024", said("contents", ends=ends("listed excluded 01/01/2024"))),
    )
    assert len(h.versions) == 2
    assert words(h, "01/03/2018", "31/12/2023", "01/01/2024") == ["in_force", "in_force", "ended"]
    ended = on(h, "01/01/2024").version
    assert ended is not None
    assert ended.text_digest == "B"


def test_a_version_of_unknown_start_beside_it_changes_nothing_about_an_end_before_its_start() -> None:
    h = history(
        captured("01/03/2011", said("contents", title="Harbour pilots")),
        captured("01/01/2016", live("05/06/2012", ends=ends("suffix either 04/03/2012"))),
    )
    assert words(h, "01/03/2012", "04/03/2012", "05/06/2012", "01/01/2016") == ["disputed"] * 4
    assert "ends_before_start" in kinds(h)


def test_a_version_of_unknown_start_beside_it_changes_nothing_about_what_to_means() -> None:
    h = history(
        captured("01/03/2011", said("contents", title="Harbour pilots")),
        captured("01/06/2018", page("foot 01/01/2015", at="manual/5", ends=ends("suffix either 27/08/2017"))),
        captured("01/03/2025", said("contents", title="Harbour pilots")),
    )
    assert told(h, "31/12/2014", "26/08/2017", "27/08/2017", "28/08/2017", "01/03/2025") == [
        "in_force ?",
        "in_force 01/01/2015",
        "disputed",
        "ended",
        "in_force ?",
    ]


def test_a_version_of_unknown_start_that_ended_while_a_dated_one_was_seen_in_force_leaves_both_open() -> None:
    h = history(
        captured("01/06/2024", live("01/01/2018")),
        captured(
            "01/06/2022", said("contents", title="Harbour pilots", ends=ends("listed excluded 01/01/2020"))
        ),
    )
    assert told(h, "01/01/2018") == ["in_force 01/01/2018"]
    assert words(h, "02/01/2018", "31/12/2019", "01/01/2020", "01/06/2024") == ["disputed"] * 4


def test_a_mark_without_a_day_on_a_page_of_its_title_ends_the_version_by_that_day() -> None:
    h = history(
        captured("01/01/2021", live("01/01/2018")), captured("01/06/2022", page(at="manual/7", ends=over()))
    )
    assert len(h.versions) == 1
    assert words(h, "01/01/2021", "02/01/2021", "31/05/2022", "01/06/2022") == [
        "in_force",
        "disputed",
        "disputed",
        "ended",
    ]


def test_a_claim_does_not_end_a_version_that_was_already_old() -> None:
    h = history(
        captured("01/06/2020", archived("01/01/2018")),
        captured("01/06/2026", said("claim", title="", ends=ends("text excluded 01/01/2026"))),
    )
    assert len(h.versions) == 2
    assert words(h, "01/01/2018", "02/01/2018", "01/01/2026") == ["in_force", "disputed", "ended"]


def test_a_claim_that_states_neither_start_nor_end_says_nothing() -> None:
    h = history(captured("01/06/2025", live("01/02/2020")), captured("01/06/2026", said("claim", title="")))
    assert h.versions[0].captures == ("sha256:01/06/2025",)


def test_a_claim_of_a_start_and_an_end_makes_one_version_of_both() -> None:
    claim = said("claim", "text 01/02/2020", title="", ends=ends("text excluded 01/02/2022"))
    h = history(captured("01/06/2024", claim))
    assert words(h, "31/01/2020", "01/02/2020", "31/01/2022", "01/02/2022") == [
        "before_record",
        "in_force",
        "in_force",
        "ended",
    ]


def test_words_of_ending_without_a_day_beside_a_dated_end_dispute_nothing_more() -> None:
    h = history(
        captured(
            "01/06/2020",
            page("foot 01/01/2018", at="manual/5", ends=(*over("text"), *ends("text excluded 30/06/2019"))),
        ),
        captured("01/06/2020", archived("28/06/2019", 6), capture="second"),
    )
    assert words(h, "27/06/2019", "28/06/2019", "29/06/2019") == ["disputed"] * 3


def test_the_text_of_the_page_outranks_a_mark_of_revocation() -> None:
    stated = ends("text excluded 01/05/2020", "revocation excluded 01/03/2020")
    h = history(live("01/01/2018", ends=stated))
    assert words(h, "01/03/2020", "30/04/2020", "01/05/2020") == ["in_force", "in_force", "ended"]


def test_an_end_in_the_foot_after_the_next_start_gives_way_to_it() -> None:
    """Words and marks of revocation alone stand against the foot of another page."""
    h = history(
        captured("01/06/2020", page("foot 01/01/2018", at="manual/5", ends=ends("foot excluded 30/06/2019"))),
        captured("01/06/2020", archived("28/06/2019", 6), capture="second"),
    )
    assert told(h, "27/06/2019", "28/06/2019") == ["in_force 01/01/2018", "in_force 28/06/2019"]


def test_a_line_may_end_a_version_on_its_second_day() -> None:
    h = history(
        captured(None, live("01/01/2018")),
        captured("01/06/2024", said("contents", ends=ends("listed excluded 02/01/2018"))),
    )
    assert len(h.versions) == 1
    assert words(h, "31/12/2017", "01/01/2018", "02/01/2018") == ["before_record", "in_force", "ended"]


def test_a_page_that_lost_its_foot_and_states_the_same_end_at_the_same_address_is_the_same_version() -> None:
    stated = ends("revocation excluded 01/01/2019")
    h = history(
        captured("01/06/2020", page("foot 01/01/2018", at="manual/9", text_digest="A", ends=stated)),
        captured("01/06/2022", page(at="manual/9", title="Lanterns", text_digest="B", ends=stated)),
    )
    assert len(h.versions) == 1
    assert words(h, "31/12/2018", "01/01/2019") == ["in_force", "ended"]


def test_a_mark_of_revocation_outranks_a_foot_of_ending() -> None:
    h = history(live("01/01/2018", ends=ends("foot excluded 01/05/2020", "revocation excluded 01/03/2020")))
    assert words(h, "29/02/2020", "01/03/2020") == ["in_force", "ended"]
    assert "ends_disagree" not in kinds(h)


def test_a_claim_does_not_end_what_had_ended_before() -> None:
    h = history(
        captured("01/06/2021", said("contents", ends=ends("listed excluded 01/01/2020"))),
        captured("01/06/2026", said("claim", title="", ends=ends("text excluded 01/01/2026"))),
    )
    assert len(h.versions) == 2
    assert words(h, "31/12/2019", "01/01/2026") == ["undated", "ended"]


def test_the_address_of_a_claim_is_that_of_the_page_that_speaks_and_not_of_the_version() -> None:
    claim = said("claim", "circular 01/02/2020", title="", at="manual/77")
    h = history(captured("01/06/2019", claim), captured("01/06/2021", live("01/02/2020")))
    assert [v.address for v in h.versions] == ["manual/1"]


def test_a_finding_about_a_version_with_a_mark_and_no_day_names_its_readable_days() -> None:
    h = history(
        captured("01/06/2024", page("foot 01/01/2018", "suffix 03/01/2018", at="manual/1", ends=over()))
    )
    (weaker,) = (finding for finding in h.findings if finding.kind == "weaker_start")
    assert weaker.days == (day("01/01/2018"), day("03/01/2018"))


def test_a_line_that_ended_on_the_day_of_a_suspension_is_of_another_version() -> None:
    """A day on which another version was suspended is not that one's end."""
    h = history(
        captured("01/06/2019", live("01/01/2015", ends=doubtful("suspension", "text excluded 01/03/2020"))),
        captured(
            "01/06/2022", said("contents", title="Harbour pilots", ends=ends("listed excluded 01/03/2020"))
        ),
    )
    assert len(h.versions) == 2


def test_an_end_that_names_no_version_is_that_of_the_one_seen_last_before_it() -> None:
    h = history(
        captured("01/03/2014", said("contents")),
        captured("01/03/2016", said("contents", title="Harbour pilots")),
        captured("01/06/2018", said("claim", title="", ends=ends("text excluded 01/01/2018"))),
    )
    assert [(v.title, bool(v.ends)) for v in h.versions] == [
        ("Orchard work", False),
        ("Harbour pilots", True),
    ]


def test_words_of_ending_without_a_day_elsewhere_end_what_was_seen_before_them() -> None:
    h = history(
        captured("01/03/2016", said("contents")),
        captured("01/06/2018", said("claim", title="", ends=over())),
    )
    assert [bool(v.ends) for v in h.versions] == [True]
    assert words(h, "01/03/2016", "02/03/2016", "01/06/2018") == ["in_force", "disputed", "ended"]


def test_a_version_replaced_before_its_stated_end_ended_when_the_next_one_began() -> None:
    h = history(
        captured("01/06/2021", archived("01/06/2013", ends=ends("suffix excluded 01/01/2020"))),
        captured("01/06/2021", live("01/01/2018")),
    )
    first = h.versions[0]
    assert (first.validity.effective_until, first.basis_until) == (day("01/01/2018"), "successor")


def test_an_end_that_names_no_version_is_not_that_of_one_replaced_on_its_first_day() -> None:
    h = history(
        captured("01/06/2021", archived("01/01/2021", text_digest="old"), live("01/01/2021")),
        captured("01/06/2023", said("claim", title="", ends=ends("text excluded 01/01/2023"))),
    )
    assert [(v.text_digest, bool(v.ends)) for v in h.versions] == [("old", False), ("01/01/2021", True)]


def test_a_version_of_unknown_start_with_two_ends_had_ended_by_the_first() -> None:
    line = said("contents", ends=ends("listed excluded 01/01/2016", "listed excluded 01/01/2015"))
    h = history(captured("01/06/2018", line))
    assert words(h, "31/12/2014", "01/01/2015", "01/01/2016") == ["undated", "disputed", "ended"]
    assert on(h, "01/01/2014").reasons == ("It ended by 1 January 2015; no page read says when it began.",)


def test_a_suspension_after_its_end_doubts_no_end() -> None:
    stated = (*ends("revocation excluded 01/01/2020"), *doubtful("suspension", "text excluded 01/06/2021"))
    h = history(captured("01/06/2019", live("01/01/2018", ends=stated)))
    assert words(h, "31/12/2019", "01/01/2020", "31/05/2021") == ["in_force", "ended", "ended"]


def test_a_page_seen_in_force_on_the_day_to_which_it_was_shows_how_that_is_meant() -> None:
    """The words "to D" are used both ways (rule 9); a sight on D leaves one of them."""
    ended = live("29/11/2010", ends=ends("suffix either 07/12/2012"))
    h = history(captured("07/12/2012", live("29/11/2010")), captured("24/02/2015", ended))
    assert words(h, "07/12/2012", "08/12/2012") == ["in_force", "ended"]
    before = history(captured("06/12/2012", live("29/11/2010")), captured("24/02/2015", ended))
    assert words(before, "06/12/2012", "07/12/2012", "08/12/2012") == ["in_force", "disputed", "ended"]
    marked = history(captured("07/12/2012", ended), captured("24/02/2015", ended))
    assert words(marked, "06/12/2012", "07/12/2012", "08/12/2012") == ["in_force", "disputed", "ended"]


def test_a_suspension_of_which_its_page_says_nothing_any_more_is_over() -> None:
    """What an address shows later outranks what it showed before (rule 17): the version stayed disputed for ever."""
    told_of = live("01/02/2020", ends=doubtful("suspension", "text excluded 01/03/2021"))
    h = history(captured("15/03/2021", told_of), captured("01/10/2021", live("01/02/2020")))
    assert words(h, "28/02/2021", "01/03/2021", "30/09/2021", "01/10/2021", "01/01/2022") == [
        "in_force",
        "disputed",
        "disputed",
        "in_force",
        "in_force",
    ]
    unknown = history(captured(None, told_of), captured("01/10/2021", live("01/02/2020")))
    assert words(unknown, "01/10/2021") == ["disputed"]
