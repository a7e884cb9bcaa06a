"""Why a day is answered as it is: statements, versions considered, rules, reasons, and what would settle it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from manual.errors import HistoryConflict
from manual.history.why import Why, why_of
from manual.model import Code
from tests.evidence import (
    CODE,
    archived,
    captured,
    day,
    doubtful,
    ends,
    history,
    live,
    on,
    over,
    page,
    rows,
    said,
    said_pairs,
)


def why(text: str, *items: Any) -> Why:
    """Why that day is answered as it is, which is as the history answers it."""
    found = why_of(CODE, said_pairs(*items), day(text))
    answer = on(history(*items), text)
    assert (found.answer, found.reasons, found.on) == (answer.answer, answer.reasons, day(text))
    return found


def numbers(found: Why) -> list[str]:
    return [rule.partition(":")[0] for rule in found.rules]


ORDINARY = captured("01/06/2024", live("01/05/2019"))
TO = captured(
    "01/06/2018", page("foot 01/01/2015", at="manual/5", ends=ends("suffix either 27/08/2017")), capture="to"
)


# ---------------------------------------------------------------- statements and versions


def test_each_version_is_told_with_what_was_said_of_it_in_the_order_of_its_captures() -> None:
    old = archived("01/05/2019", 9, locator="page", ends=ends("suffix either 02/06/2025"))
    found = why("01/06/2020", captured("01/06/2026", old), ORDINARY)
    (version,) = found.versions
    assert (version.id, version.title, version.possible) == ("ZA1.5@2019-05-01", "Orchard work", True)
    first, second = version.stated
    assert (first.says, first.capture, first.seen, first.address) == (
        "a page: starts 1 May 2019 (foot)",
        "sha256:01/06/2024",
        day("01/06/2024"),
        "manual/1",
    )
    assert second.says == "a page shown as old: starts 1 May 2019 (foot); to 2 June 2025 (suffix)"
    assert second.locator == "page"
    assert version.starts == ("1 May 2019",)
    assert version.ends == ("from some day up to 3 June 2025 (ended, dispute)",)


def test_a_version_not_yet_begun_is_told_and_is_not_possible() -> None:
    found = why("01/06/2018", captured("01/06/2024", live("01/05/2019"), rows("01/01/2017", at=50)))
    assert [(v.id, v.possible) for v in found.versions] == [
        ("ZA1.5@2017-01-01", True),
        ("ZA1.5@2019-05-01", False),
    ]
    assert found.versions[0].stated[0].says == "a row of a list shown as old: starts 1 January 2017 (listed)"


def test_a_line_joined_by_its_title_says_so() -> None:
    found = why(
        "01/06/2020", captured("01/06/2016", live("01/06/2013")), captured("04/12/2022", said("contents"))
    )
    assert [s.says for s in found.versions[0].stated] == [
        "a page: starts 1 June 2013 (foot)",
        "a line of the contents: taken for this version by its title alone",
    ]


def test_a_statement_of_neither_bound_and_of_unknown_day_is_told_as_such() -> None:
    found = why("01/06/2022", captured(None, said("contents")))
    (stated,) = found.versions[0].stated
    assert (stated.says, stated.seen) == ("a line of the contents: neither start nor end", None)
    assert found.versions[0].starts == ("by an unknown day",)


@pytest.mark.parametrize(
    ("claims", "says", "bound"),
    [
        (ends("text excluded 01/03/2020"), "out of force from 1 March 2020 (text)", "from 1 March 2020 (ended, text)"),
        (
            ends("text included 01/03/2020"),
            "in force to the end of 1 March 2020 (text)",
            "from 2 March 2020 (ended, text)",
        ),
        (over(), "over, no readable day (revocation)", "from some day up to 1 June 2024 (ended, dispute)"),
        (
            doubtful("suspension", "text excluded 01/03/2020"),
            "suspension: out of force from 1 March 2020 (text)",
            "from 1 March 2020 (suspended, text)",
        ),
    ],
)  # fmt: skip
def test_an_end_is_told_as_stated_and_as_it_counts(claims: Any, says: str, bound: str) -> None:
    (version,) = why("01/06/2022", captured("01/06/2024", live("01/05/2019", ends=claims))).versions
    assert version.stated[0].says == f"a page: starts 1 May 2019 (foot); {says}"
    assert version.ends == (bound,)


def test_a_mark_of_unknown_day_ends_on_some_day_after_the_last_sight() -> None:
    (version,) = why("01/06/2022", captured(None, live("01/01/2018", ends=over()))).versions
    assert version.ends == ("on some day from 2 January 2018 on (ended, dispute)",)


def test_an_unknown_start_is_told_by_the_days_between_which_it_lies() -> None:
    found = why(
        "01/01/2018",
        captured("01/06/2016", live("01/06/2013")),
        captured("04/12/2022", said("contents", title="Harbour pilots")),
    )
    assert found.versions[1].starts == ("after 1 June 2016, by 4 December 2022",)
    assert found.versions[1].title == "Harbour pilots"


def test_a_sight_that_stands_against_another_start_is_told_with_its_days() -> None:
    found = why(
        "01/06/2021",
        captured("01/06/2021", live("01/01/2018"), said("contents", at="manual/1")),
        captured("01/06/2022", archived("01/03/2020")),
    )
    assert found.versions[0].ends == (
        "possibly in force from 1 March 2020 on: its page showed it on 1 June 2021",
    )


def test_a_sight_of_one_day_is_told_by_its_last_day() -> None:
    found = why(
        "01/03/2021", captured("01/03/2021", live("16/02/2021")), captured("10/03/2021", live("15/02/2021"))
    )
    assert "possibly in force from 16 February 2021 to 1 March 2021: its page showed it on 1 March 2021" in {
        end for version in found.versions for end in version.ends
    }


def test_an_end_that_need_not_be_true_is_told_so() -> None:
    found = why(
        "05/06/2010", captured("01/01/2016", live("05/06/2010", ends=ends("revocation excluded 05/06/2010")))
    )
    assert found.versions[0].ends == ("from 5 June 2010 (ended, revocation)", "or not at all")
    assert found.versions[0].starts == ("5 June 2010", "by 4 June 2010")
    plain = why("01/06/2020", ORDINARY)
    assert plain.versions[0].ends == ()


# ---------------------------------------------------------------- rules


def test_the_foot_alone_is_rule_4() -> None:
    assert numbers(why("01/06/2020", ORDINARY)) == ["4"]


def test_a_successor_is_rule_7_and_a_row_alone_rule_19() -> None:
    listed = captured("01/06/2024", live("01/05/2019"), rows("01/01/2017", at=50))
    assert numbers(why("01/06/2018", listed)) == ["7", "19"]
    assert numbers(why("01/05/2019", listed)) == ["7"]
    assert "7" not in numbers(why("31/12/2016", listed))


@pytest.mark.parametrize(
    ("text", "applies"), [("26/08/2017", False), ("27/08/2017", True), ("28/08/2017", False)]
)
def test_the_two_ways_of_to_are_rule_9_on_their_day_alone(text: str, applies: bool) -> None:
    assert ("9" in numbers(why(text, TO))) is applies


@pytest.mark.parametrize(
    ("text", "applies"), [("28/11/2010", False), ("29/11/2010", True), ("01/01/2020", True)]
)
def test_the_end_of_the_edition_is_rule_12_from_its_day(text: str, applies: bool) -> None:
    found = why(text, captured("05/09/2025", archived("01/06/2001", edition="pre-2010")))
    assert ("12" in numbers(found)) is applies


def test_what_an_address_showed_is_rule_17_on_the_days_it_counts_for() -> None:
    evidence = (captured("01/03/2021", live("16/02/2021")), captured("10/03/2021", live("15/02/2021")))
    assert "17" in numbers(why("01/03/2021", *evidence))
    assert "17" not in numbers(why("02/03/2021", *evidence))


def test_a_row_printed_out_of_order_is_rule_18() -> None:
    twice = rows("01/03/2022", "10/12/2021", "24/11/2021", "10/12/2021", "19/07/2021", at=50)
    evidence = captured("01/06/2024", live("01/05/2023", lists_versions=True), twice)
    assert "18" in numbers(why("20/07/2021", evidence))
    assert "18" not in numbers(why("24/11/2021", evidence))


def test_versions_without_a_start_are_rules_20_and_21() -> None:
    assert numbers(why("01/06/2024", captured("01/06/2024", said("contents")))) == ["20, 21"]


@pytest.mark.parametrize(
    ("stated", "applies"),
    [
        (ends("revocation excluded 05/06/2010"), True),
        (ends("revocation excluded 04/06/2010"), True),
        (ends("revocation excluded 06/06/2010"), False),
    ],
)
def test_an_end_not_after_its_start_is_rule_23(stated: Any, applies: bool) -> None:
    found = why("05/06/2010", captured("01/01/2016", live("05/06/2010", ends=stated)))
    assert ("23" in numbers(found)) is applies


@pytest.mark.parametrize(
    ("text", "applies"), [("29/02/2020", False), ("01/03/2020", True), ("02/03/2020", True)]
)
def test_unclear_words_are_rule_24_from_their_day(text: str, applies: bool) -> None:
    may = live("01/05/2019", ends=doubtful("unclear", "text excluded 01/03/2020"))
    found = numbers(why(text, captured("01/06/2024", may)))
    assert ("24" in found, "10" in found) == (applies, False)


@pytest.mark.parametrize(
    ("text", "applies"), [("01/06/2019", False), ("02/06/2019", True), ("31/05/2020", True)]
)
def test_a_mark_that_may_be_of_another_version_is_rule_10_from_the_day_after_the_last_sight(
    text: str, applies: bool
) -> None:
    """Of two lines of one title one bears the mark; up to its last sight the dated version surely stood."""
    lines = said("contents", ends=over("listed")), said("contents", position=1)
    found = numbers(why(text, captured("01/06/2019", live("01/05/2018")), captured("01/06/2020", *lines)))
    assert ("10" in found, "24" in found) == (applies, False)


def test_captures_of_unknown_day_are_rule_27() -> None:
    assert numbers(why("01/06/2022", captured(None, live("01/05/2019")))) == ["27"]
    assert numbers(why("01/06/2022", captured(None, live("01/05/2019")), ORDINARY)) == ["4"]
    either = (captured(None, live("01/05/2021")), ORDINARY)
    assert why("01/06/2024", *either).answer == "disputed"
    assert "27" in numbers(why("01/06/2024", *either))


# ---------------------------------------------------------------- reasons


@pytest.mark.parametrize(
    ("basis", "how"),
    [
        ("text", "its own text says that it ceased"),
        ("note", "a note on its page says so"),
        ("revocation", "it was revoked"),
        ("circular", "a circular says so"),
        ("suffix", "its title says so"),
        ("listed", "the contents or a list says so"),
        ("foot", "the foot of its page says so"),
    ],
)
def test_the_reason_of_an_end_names_its_day_and_how_it_is_known(basis: str, how: str) -> None:
    evidence = captured("01/06/2024", live("01/05/2019", ends=ends(f"{basis} excluded 01/03/2020")))
    assert why("01/03/2020", evidence).reasons == (
        f"The version of 1 May 2019 ended: 1 March 2020 is the first day without it ({how}).",
    )
    assert why("29/02/2020", evidence).reasons == ()


def test_the_reason_of_an_end_by_the_edition_names_the_edition() -> None:
    (reason,) = why("29/11/2010", captured("03/02/2007", live("20/02/2002"))).reasons
    assert reason.endswith("29 November 2010 is the first day without it (the whole edition ceased).")


def test_the_reason_of_a_day_of_two_readings_says_that_to_is_used_both_ways() -> None:
    (reason,) = why("27/08/2017", TO).reasons
    assert reason.startswith("“to 27/08/2017” is used both ways")
    (after,) = why("28/08/2017", TO).reasons
    assert (
        after
        == "The version of 1 January 2015 had ended by 28 August 2017; since when is not stated readably."
    )


def test_the_reason_of_a_mark_without_a_day_says_by_when_it_had_ended() -> None:
    (known,) = why("01/06/2020", captured("01/06/2024", live("01/01/2018", ends=over()))).reasons
    assert "had ended by 1 June 2024" in known
    (unknown,) = why("01/06/2020", captured(None, live("01/01/2018", ends=over()))).reasons
    assert "is shown as ended, on a day that is not known" in unknown


@pytest.mark.parametrize(
    ("kind", "words"),
    [("suspension", "is said to be suspended from 1 March 2020"), ("unclear", "may have ended from")],
)
def test_the_reason_of_doubtful_words_says_from_when(kind: Any, words: str) -> None:
    stated = doubtful(kind, "text excluded 01/03/2020")
    (reason,) = why("01/06/2022", captured("01/06/2024", live("01/05/2019", ends=stated))).reasons
    assert words in reason


def test_the_reason_of_an_old_version_says_by_when_it_was_over_and_that_nothing_says_what_came_after() -> (
    None
):
    old = captured("01/06/2024", archived("01/05/2019"))
    assert "from when something replaced it" in why("01/01/2022", old).reasons[0]
    assert "no longer in force by 1 June 2024" in why("01/06/2024", old).reasons[0]
    unknown = captured(None, archived("01/05/2019"))
    assert "from when something replaced it" in why("01/01/2030", unknown).reasons[0]


def test_the_reasons_of_an_unknown_start_say_when_it_was_first_seen() -> None:
    line = captured("01/06/2024", said("contents"))
    assert why("01/01/2020", line).reasons == (
        "It was first seen on 1 June 2024; no page read says when it began.",
    )
    ended = captured("01/06/2024", said("contents", ends=ends("listed included 01/01/2023")))
    assert why("01/01/2020", ended).reasons == (
        "It ended by 2 January 2023; no page read says when it began.",
    )
    assert "on an unknown day" in why("01/01/2020", captured(None, said("contents"))).reasons[0]


def test_the_reasons_of_a_dispute_name_each_version_and_why_it_may_stand() -> None:
    found = why(
        "01/01/2018",
        captured("01/06/2016", live("01/06/2013")),
        captured("04/12/2022", said("contents", title="Harbour pilots")),
    )
    assert found.reasons == (
        "The version of 1 June 2013 had begun, and it is not certain that something had replaced it.",
        "Another version was first seen on 4 December 2022. We do not know when it began.",
    )


def test_the_reason_of_two_readings_of_a_start_names_both_days() -> None:
    found = why(
        "10/06/2020",
        captured("01/01/2021", live("05/06/2020", text_digest="A")),
        captured("01/06/2021", live("15/06/2020", text_digest="A")),
    )
    assert found.reasons == (
        "The version of 5 June 2020: its start is stated as 5 June 2020 and 15 June 2020.",
        "By another reading nothing was in force yet.",
    )


def test_the_reason_of_an_announcement_of_unknown_fate_says_that_it_may_never_have_begun() -> None:
    evidence = (
        captured("01/01/2022", live("01/01/2020")),
        captured("01/06/2022", live("01/07/2022")),
        captured("01/06/2023", live("01/02/2023")),
    )
    assert (
        "The version of 1 July 2022 may never have begun: the pages that name it do not agree."
        in why("15/07/2022", *evidence).reasons
    )


def test_the_reasons_of_a_first_announcement_and_of_a_day_before_any_version() -> None:
    announced = captured("01/06/2022", live("01/07/2022"))
    assert why("15/06/2022", announced).reasons == ("It is stated to start on 1 July 2022.",)
    assert (
        why("31/05/2022", announced)
        .reasons[0]
        .startswith("The earliest version known starts on 1 July 2022;")
    )


def test_the_reason_of_a_row_out_of_order_says_where_the_list_places_it() -> None:
    twice = rows("01/03/2022", "10/12/2021", "24/11/2021", "10/12/2021", "19/07/2021", at=50)
    found = why("20/07/2021", captured("01/06/2024", live("01/05/2023", lists_versions=True), twice))
    assert found.reasons[1] == (
        "The version of 10 December 2021: a list prints its date twice and places this row before 24 November 2021."
    )


# ---------------------------------------------------------------- what would settle it


def test_a_settled_day_needs_nothing() -> None:
    assert why("01/06/2020", ORDINARY).settle == ()
    ended = captured("01/06/2024", live("01/05/2019", ends=ends("text excluded 01/03/2020")))
    assert why("01/03/2020", ended).settle == ()


def test_a_page_of_which_only_a_list_speaks_would_settle_its_days() -> None:
    twice = rows("01/03/2022", "10/12/2021", "24/11/2021", "10/12/2021", "19/07/2021", at=50)
    found = why("20/07/2021", captured("01/06/2024", live("01/05/2023", lists_versions=True), twice))
    assert found.settle == (
        "The page manual/54 would state when it began.",
        "The page manual/53 would state when it began.",
    )


def test_a_capture_with_its_foot_would_settle_an_unknown_start() -> None:
    line = captured("01/06/2024", said("contents"))
    assert why("01/01/2020", line).settle == (
        "A capture of its page with its “Effective” line would state when it began.",
    )


def test_a_capture_without_a_day_would_have_to_be_loaded_with_it() -> None:
    found = why("01/01/2030", captured(None, archived("01/05/2019")))
    assert found.settle[0] == (
        "The version of 1 May 2019: the captures that speak of it carry no day. "
        "Load them again with the day on which they were saved."
    )


def test_a_sentence_or_circular_would_settle_what_to_means() -> None:
    assert why("27/08/2017", TO).settle == (
        "A sentence or circular that says from which day the page manual/5 has no force would settle it.",
    )


def test_the_page_in_force_would_show_what_followed_and_an_older_page_what_stood_before() -> None:
    old = why("01/01/2022", captured("01/06/2024", archived("01/05/2019")))
    assert old.settle == (
        "The page in force with its list of other versions, or one saved in between, would show what followed.",
    )
    before = why("30/04/2019", ORDINARY)
    assert before.settle == (
        "An older page, or the page in force with its list of other versions, would show what stood before.",
    )


def test_a_code_of_which_nothing_is_said_is_open() -> None:
    found = why("01/06/2020")
    assert (found.answer, found.versions) == ("undated", ())
    assert found.settle != ()


def test_a_moment_and_a_statement_of_another_code_are_refused() -> None:
    with pytest.raises(TypeError, match=r"expected a datetime\.date"):
        why_of(CODE, ORDINARY, datetime(2024, 6, 1))  # noqa: DTZ001
    with pytest.raises(HistoryConflict):
        why_of(Code("ZA9.9"), ORDINARY, day("01/06/2020"))


def test_the_reason_of_a_version_of_unknown_day_and_start_in_a_dispute_says_so() -> None:
    found = why(
        "01/01/2021",
        captured("01/06/2020", archived("01/01/2018")),
        captured(None, page(at="manual/1", title="Harbour pilots"), capture="stray"),
    )
    assert found.answer in ("disputed", "undated")
    assert found.reasons


def test_the_page_that_speaks_of_a_version_would_not_settle_when_it_began() -> None:
    """A keeper would be sent to the circular that had been read."""
    claim = said("claim", title="", at="manual/77", ends=ends("text excluded 01/01/2022"))
    found = why("01/01/2020", captured("01/06/2025", claim))
    assert not any("manual/77" in sentence for sentence in found.settle)


def test_the_page_of_a_version_that_is_held_is_not_asked_for() -> None:
    """A row that links it says less than the page itself."""
    row = said("listed", "listed 01/06/2013", at="manual/5", shown_as_old=True)
    found = why("01/06/2016", captured("01/06/2020", archived("01/06/2013", 5)), captured("01/07/2020", row))
    assert found.answer == "disputed"
    assert not any("manual/5" in told for told in found.settle)


def test_an_end_before_its_start_is_named_beside_a_version_without_one() -> None:
    contradicted = page("foot 01/02/2020", at="manual/9", ends=ends("revocation excluded 01/01/2020"))
    found = why(
        "15/12/2019", captured("01/06/2018", live("01/06/2013")), captured("01/06/2021", contradicted)
    )
    assert found.answer == "disputed"
    assert len([version for version in found.versions if version.possible]) > 1
    assert "23" in numbers(found)


def test_a_version_without_a_start_is_named_beside_a_dated_one() -> None:
    other = said("contents", title="Harbour pilots")
    found = why("01/06/2019", captured("01/06/2016", live("01/06/2013")), captured("04/12/2022", other))
    assert found.answer == "disputed"
    assert "20, 21" in numbers(found)


def test_an_end_of_no_day_and_no_sight_is_on_an_unknown_day() -> None:
    """ "From 1 January 1 on" would say a day that no page states."""
    (version,) = why("01/01/2016", captured(None, said("contents", ends=over()))).versions
    assert version.ends == ("on an unknown day (ended, dispute)",)
