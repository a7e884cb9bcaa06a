"""What an answer says beside its word: last sights, gaps, bounds, names, texts, neighbours (rules 19 and 28)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from manual.history import in_force_on, span_on
from manual.model import Code, Span, StartClaim
from tests.evidence import (
    AUGUST,
    archived,
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

# ---------------------------------------------------------------- as last seen


def test_a_day_after_the_last_sight_says_when_the_version_was_seen() -> None:
    h = history(captured("01/06/2024", live("01/05/2023")))
    assert [caveats(h, d)[0] for d in ("01/05/2023", "31/05/2024", "01/06/2024")] == [None, None, None]
    assert caveats(h, "02/06/2024")[0] == day("01/06/2024")
    assert on(h, "02/06/2024").as_last_seen_exact
    assert (h.last_seen, h.last_seen_exact) == (day("01/06/2024"), True)


def test_a_capture_of_another_version_does_not_take_the_caveat_away() -> None:
    """Only what shows this version, or lists all, may say that it was still in force (rule 28)."""
    h = history(
        captured("01/01/2012", live("01/06/2011")),
        captured("01/01/2025", archived("01/06/2009")),
    )
    assert caveats(h, "01/01/2020")[0] == day("01/01/2012")


def test_a_version_whose_next_start_is_known_needs_no_last_sight() -> None:
    h = history(captured("01/06/2020", live("01/05/2019")), captured("01/06/2024", live("01/05/2023")))
    assert caveats(h, "30/04/2023")[0] is None


def test_a_day_before_a_suspension_is_as_last_seen_unless_a_next_start_is_known() -> None:
    """That it is suspended later tells nothing of the days between."""
    suspended = captured(
        "01/06/2019", live("01/05/2019", ends=doubtful("suspension", "text excluded 01/03/2020"))
    )
    followed = history(
        suspended, captured("01/06/2024", live("01/05/2023", lists_versions=True), rows("01/05/2019"))
    )
    assert caveats(history(suspended), "01/02/2020") == (day("01/06/2019"), True)
    assert caveats(followed, "01/02/2020") == (None, True)


def test_a_page_that_tells_of_a_suspension_does_not_state_its_end() -> None:
    """Its end was joined to it by title alone, so that another version may have stood between the two."""
    h = history(
        captured("01/06/2019", live("01/05/2019", ends=doubtful("suspension", "text excluded 01/06/2019"))),
        captured("01/09/2019", live("01/05/2019")),
        captured(None, said("neighbour", ends=ends("listed either 01/01/2022"))),
    )
    assert told(h, "01/01/2021") == ["in_force 01/05/2019"]
    assert caveats(h, "01/01/2021") == (day("01/09/2019"), False)


def test_an_end_is_as_last_seen_on_the_day_the_contents_showed_it() -> None:
    h = history(
        captured("01/06/2020", live("01/05/2019")),
        captured("01/06/2022", said("contents", ends=ends("listed excluded 01/03/2022"))),
    )
    assert words(h, "01/03/2022") == ["ended"]
    assert caveats(h, "01/03/2022")[0] is None
    assert caveats(h, "01/06/2022")[0] is None
    assert caveats(h, "02/06/2022")[0] == day("01/06/2022")
    assert h.versions[0].end_seen == day("01/06/2022")


def test_an_end_on_an_archived_copy_says_nothing_of_later_days() -> None:
    """Another version may have begun under the code; the copy stands elsewhere."""
    h = history(
        captured("01/06/2020", live("01/05/2019")),
        captured("01/06/2022", page("foot 01/05/2019", at="manual/9", ends=ends("text excluded 01/03/2022"))),
    )
    assert words(h, "01/06/2022") == ["ended"]
    assert h.versions[0].end_seen is None


def test_an_end_followed_by_a_known_start_is_not_as_last_seen() -> None:
    h = history(
        captured("01/06/2022", live("01/05/2019", ends=ends("text excluded 01/03/2022"))),
        captured("01/06/2024", live("01/05/2023")),
    )
    assert words(h, "30/04/2023") == ["ended"]
    assert on(h, "30/04/2023").as_last_seen is None


def test_an_announced_version_was_last_seen_when_it_was_announced() -> None:
    h = history(captured("01/06/2022", live("01/07/2022")))
    assert h.versions[0].last_seen == day("01/06/2022")
    assert caveats(h, "01/07/2022") == (day("01/06/2022"), True)


# ---------------------------------------------------------------- gaps


def test_a_version_followed_by_one_that_no_list_shows_beside_it_has_a_gap_after_its_last_sight() -> None:
    h = history(captured("01/06/2020", live("01/05/2019")), captured("01/06/2024", live("01/05/2023")))
    assert caveats(h, "01/06/2020")[1] is True
    assert caveats(h, "02/06/2020")[1] is False
    assert caveats(h, "01/05/2023")[1] is True
    sure = on(h, "01/06/2020").version
    assert sure is not None
    assert (sure.validity.effective_until, sure.basis_until) == (None, "dispute")
    after = on(h, "02/06/2020").version
    assert after is not None
    assert (after.validity.effective_until, after.basis_until) == (day("01/05/2023"), "successor")


@pytest.mark.parametrize(("whole", "vouched"), [(True, True), (False, False)])
def test_only_a_whole_list_of_both_vouches_for_the_days_between(whole: bool, vouched: bool) -> None:
    h = history(
        captured("01/06/2020", live("01/05/2019")),
        captured("01/06/2024", live("01/05/2023", lists_versions=whole), rows("01/05/2019")),
    )
    assert caveats(h, "30/04/2023")[1] is vouched


def test_a_page_that_states_its_own_end_needs_nobody_to_vouch_for_its_days() -> None:
    h = history(
        captured(
            "01/06/2022", page("foot 01/01/2018", at="manual/5", ends=ends("revocation excluded 01/01/2019"))
        ),
        captured("01/06/2023", live("01/01/2022")),
    )
    assert words(h, "31/12/2018", "01/01/2019") == ["in_force", "ended"]
    assert caveats(h, "31/12/2018")[1] is True
    assert caveats(h, "01/01/2019")[1] is False
    assert caveats(h, "31/12/2021")[1] is False


def test_days_between_an_end_and_a_later_start_are_vouched_for_by_a_list_of_both() -> None:
    ended = said("listed", "listed 01/01/2018", at="manual/5", ends=ends("listed excluded 01/01/2019"))
    h = history(captured("01/06/2023", live("01/01/2022", lists_versions=True), ended))
    assert words(h, "01/01/2019", "31/12/2021") == ["ended", "ended"]
    assert caveats(h, "31/12/2021")[1] is True


def test_an_end_joined_by_title_alone_is_not_vouched_for() -> None:
    """The line may speak of a version that nobody saw."""
    h = history(
        captured("01/06/2020", live("01/05/2019")),
        captured("01/06/2022", said("contents", ends=ends("listed excluded 01/03/2022"))),
    )
    assert h.versions[0].gap_vouched is False
    own = history(
        captured("01/06/2020", live("01/05/2019")),
        captured("01/06/2022", live("01/05/2019", ends=ends("revocation excluded 01/03/2022"))),
    )
    assert own.versions[0].gap_vouched is True


def test_an_old_version_that_nothing_known_followed_is_not_vouched_for() -> None:
    h = history(captured("01/06/2024", archived("01/05/2019")))
    assert h.versions[0].gap_vouched is False


def test_a_withdrawn_announcement_is_not_what_followed() -> None:
    h = history(
        captured("01/06/2022", live("01/07/2022")),
        captured("01/08/2022", live("01/01/2020")),
    )
    assert [v.gap_vouched for v in h.versions if v.validity.effective_from == day("01/01/2020")] == [True]


# ---------------------------------------------------------------- bounds


def test_a_bound_is_given_only_where_all_readings_agree_on_it() -> None:
    h = history(captured("01/06/2024", archived("01/05/2019")))
    assert (h.versions[0].validity.effective_until, h.versions[0].basis_until) == (None, "dispute")
    alone = history(captured("01/06/2024", live("01/05/2019")))
    assert (alone.versions[0].validity.effective_until, alone.versions[0].basis_until) == (None, None)


def test_a_version_of_unknown_start_was_first_seen_on_its_first_known_day() -> None:
    h = history(captured("01/06/2024", said("contents")), captured("01/06/2022", said("contents")))
    assert h.versions[0].first_seen == day("01/06/2022")
    assert h.versions[0].basis_from is None
    dated = history(captured("01/06/2024", live("01/05/2019")))
    assert dated.versions[0].first_seen is None


def test_a_version_replaced_on_its_own_first_day_ends_when_it_begins() -> None:
    h = history(
        captured("01/06/2020", archived("01/03/2018", 5, text_digest="A")),
        captured("01/06/2021", live("01/03/2018", text_digest="B")),
    )
    older = next(v for v in h.versions if v.text_digest == "A")
    assert (older.validity.effective_until, older.basis_until) == (day("01/03/2018"), "successor")


def test_starts_are_told_strongest_first_and_ends_in_order() -> None:
    h = history(
        live("01/02/2020", ends=ends("suffix either 05/05/2022", "text excluded 01/05/2022")),
        page("suffix 03/02/2020", "text 01/02/2020", at="manual/1"),
    )
    assert [claim.basis for claim in h.versions[0].starts][:2] == ["text", "foot"]
    assert [claim.day for claim in h.versions[0].ends] == [day("01/05/2022"), day("05/05/2022")]


# ---------------------------------------------------------------- names, titles, addresses, texts


def test_versions_are_named_by_code_and_first_day() -> None:
    h = history(
        captured(
            "01/06/2024", live("01/05/2023"), rows("01/01/2020"), said("contents", title="Harbour pilots")
        )
    )
    assert [v.id for v in h.versions][:2] == ["ZA1.5@2020-01-01", "ZA1.5@2023-05-01"]
    alone = history(captured("01/06/2024", said("contents")))
    assert [v.id for v in alone.versions] == ["ZA1.5@undated"]


def test_twins_without_addresses_are_named_by_their_order() -> None:
    h = history(captured("01/06/2024", live("01/05/2023"), rows("01/01/2020", "01/01/2020")))
    assert [v.id for v in h.versions][:2] == ["ZA1.5@2020-01-01~1", "ZA1.5@2020-01-01~2"]


def test_a_title_is_the_pages_own_and_whole_and_the_newest() -> None:
    h = history(
        captured("01/06/2020", live("01/05/2019", title="Oars")),
        captured("01/06/2021", live("01/05/2019", title="Oars and rowlocks")),
        captured("01/06/2022", live("01/05/2019", title="Oars and ro", title_truncated=True)),
        captured("01/06/2023", said("listed", "listed 01/05/2019", title="Oar", shown_as_old=True)),
    )
    assert h.versions[0].title == "Oars and rowlocks"
    assert history(said("listed", "listed 01/05/2019", title="")).versions[0].title == ""


def test_the_address_is_that_of_the_copy_where_there_is_one() -> None:
    h = history(captured("01/06/2020", live("01/05/2019")), captured("01/06/2024", archived("01/05/2019", 9)))
    assert h.versions[0].address == "manual/9"
    only = history(
        captured("01/06/2020", live("01/05/2019"), said("listed", "listed 01/05/2019", at="manual/3"))
    )
    assert only.versions[0].address == "manual/1"


def test_the_newest_text_of_known_day_is_shown() -> None:
    h = history(
        captured("01/06/2020", live("01/05/2019", text_digest="A")),
        captured("01/06/2021", live("01/05/2019", text_digest="B")),
        captured(None, live("01/05/2019", text_digest="C")),
    )
    assert (h.versions[0].text_digest, h.versions[0].text_capture) == ("B", "sha256:01/06/2021")
    assert "texts_differ" in kinds(h)


def test_a_damaged_text_is_told_only_where_no_sound_one_is_held() -> None:
    damaged = live("01/05/2019", text_digest="", text_damaged=True)
    assert history(captured("01/06/2020", damaged)).versions[0].text_damaged is True
    sound = history(captured("01/06/2020", damaged), captured("01/06/2021", live("01/05/2019")))
    assert sound.versions[0].text_damaged is False


def test_a_change_of_title_and_of_subject_is_told_of_the_version_after_it() -> None:
    h = history(
        captured("01/06/2020", live("01/05/2019", title="Employers of pilots")),
        captured("01/06/2022", live("01/05/2021", title="The employers and pilots")),
        captured("01/06/2024", live("01/05/2023", title="Lanterns")),
        captured("01/06/2026", live("01/05/2025", title="Lanterns")),
    )
    assert [v.title_changed for v in h.versions] == [False, True, True, False]
    assert [v.subject_changed for v in h.versions] == [False, False, True, False]


def test_a_title_of_little_words_alone_is_no_other_subject() -> None:
    h = history(
        captured("01/06/2020", live("01/05/2019", title="On the")),
        captured("01/06/2022", live("01/05/2021", title="Lanterns")),
    )
    assert [v.subject_changed for v in h.versions] == [False, False]


def test_a_third_of_the_words_makes_it_the_same_subject() -> None:
    h = history(
        captured("01/06/2020", live("01/05/2019", title="Boats lanterns ropes")),
        captured("01/06/2022", live("01/05/2021", title="Boat sails masts")),
    )
    assert [v.subject_changed for v in h.versions] == [False, False]


# ---------------------------------------------------------------- around an answer


def test_the_versions_before_and_after_an_answer_are_named() -> None:
    h = history(captured("01/06/2024", live("01/05/2023"), rows("01/01/2020", "01/01/2018")))
    middle = on(h, "01/01/2021")
    assert middle.previous is not None
    assert middle.next is not None
    assert (middle.previous.id, middle.next.id) == ("ZA1.5@2018-01-01", "ZA1.5@2023-05-01")
    first, last = on(h, "01/01/2018"), on(h, "01/05/2023")
    assert first.previous is None
    assert last.next is None


def test_an_open_day_names_the_last_begun_and_the_first_to_come() -> None:
    h = history(
        captured(
            "01/06/2024", live("01/05/2023"), rows("01/01/2020", "10/12/2018", "10/12/2018", "01/01/2018")
        )
    )
    answer = on(h, "01/01/2019")
    assert answer.answer == "disputed"
    assert answer.previous is not None
    assert answer.next is not None
    assert (start_of_id(answer.previous.id), start_of_id(answer.next.id)) == ("2018-12-10", "2020-01-01")
    before = on(h, "31/12/2017")
    assert (before.answer, before.previous) == ("before_record", None)
    assert before.next is not None
    assert start_of_id(before.next.id) == "2018-01-01"


def start_of_id(name: str) -> str:
    return name.partition("@")[2][:10]


def test_findings_of_other_versions_are_not_on_the_answer() -> None:
    h = history(
        captured("01/06/2020", page("foot 01/05/2019", "suffix 03/05/2019", at="manual/1")),
        captured("01/06/2024", live("01/05/2023")),
    )
    assert [f.kind for f in on(h, "01/06/2019").findings] == ["weaker_start"]
    assert on(h, "01/06/2023").findings == ()


def test_candidates_stand_only_where_no_version_is_answered() -> None:
    h = history(captured("01/06/2024", archived("01/05/2019")))
    sure, open_ = on(h, "01/05/2019"), on(h, "02/05/2019")
    assert (sure.version is not None, sure.candidates) == (True, ())
    assert (open_.version, [v.id for v in open_.candidates]) == (None, ["ZA1.5@2019-05-01"])
    nothing = on(h, "30/04/2019")
    assert (nothing.version, [v.id for v in nothing.candidates]) == (None, ["ZA1.5@2019-05-01"])


def test_a_moment_is_refused_where_a_day_is_asked() -> None:
    h = history(captured("01/06/2024", live("01/05/2019")))
    with pytest.raises(TypeError, match=r"expected a datetime\.date"):
        in_force_on(h, datetime(2024, 6, 1))  # noqa: DTZ001


def test_the_dial_of_what_was_known_is_carried_along() -> None:
    h = history(captured("01/06/2024", live("01/05/2019")))
    answer = in_force_on(h, day("01/06/2024"), AUGUST)
    assert (answer.known, answer.on, answer.code) == (AUGUST, day("01/06/2024"), Code("ZA1.5"))


def test_a_span_is_found_by_its_first_day_included_and_its_last_excluded() -> None:
    spans = (
        Span(first=None, until=day("01/01/2020"), answer="before_record"),
        Span(first=day("01/01/2020"), until=day("01/01/2021"), answer="in_force"),
        Span(first=day("01/01/2021"), until=None, answer="ended"),
    )
    found = [span_on(spans, day(d)).answer for d in ("31/12/2019", "01/01/2020", "31/12/2020", "01/01/2021")]
    assert found == ["before_record", "in_force", "in_force", "ended"]


def test_a_code_of_which_no_page_says_anything_is_undated() -> None:
    h = history()
    assert [(s.first, s.until, s.answer) for s in h.spans] == [(None, None, "undated")]
    assert (h.versions, h.last_seen, h.last_seen_exact) == ((), None, False)


def test_moves_are_links_once_each_with_the_day_of_the_end() -> None:
    move = said("move", moved_to=Code("ZA5.30"), ends=ends("text excluded 02/07/2021"))
    other = said("move", moved_to=Code("ZA4.1"), locator="x")
    h = history(captured("01/06/2024", move, other), captured("01/06/2024", move, capture="a"))
    assert [(link.kind, link.source, link.target, link.day) for link in h.links] == [
        ("moved", "ZA1.5", "ZA4.1", None),
        ("moved", "ZA1.5", "ZA5.30", day("02/07/2021")),
        ("moved", "ZA1.5", "ZA5.30", day("02/07/2021")),
    ]
    assert [link.capture for link in h.links[1:]] == ["sha256:01/06/2024", "sha256:a"]


def test_a_move_to_nowhere_is_no_link() -> None:
    assert history(captured("01/06/2024", said("move"))).links == ()


def test_how_many_words_a_text_has_is_told_with_it() -> None:
    held = history(captured("01/06/2024", live("01/05/2019", text_words=17)))
    assert held.versions[0].text_words == 17
    assert history(captured("01/06/2024", rows("01/05/2019"))).versions[0].text_words == 0


def test_an_end_stated_at_the_copys_own_address_is_the_versions_own() -> None:
    """A copy without a foot still stands at the address of that version."""
    h = history(
        captured("01/06/2020", live("01/05/2019")),
        captured("01/06/2022", archived("01/05/2019", 9)),
        captured(
            "01/06/2023", page(at="manual/9", title="Harbour pilots", ends=ends("listed excluded 01/03/2022"))
        ),
        captured("01/06/2024", live("01/03/2022")),
    )
    assert words(h, "28/02/2022", "01/03/2022") == ["in_force", "in_force"]


def test_the_end_of_a_version_that_another_may_have_replaced_before_is_not_given() -> None:
    twice = rows("01/03/2022", "10/12/2021", "24/11/2021", "10/12/2021", "19/07/2021", at=50)
    h = history(captured("01/06/2024", live("01/05/2023", lists_versions=True), twice))
    assert (h.versions[0].id, h.versions[0].validity.effective_until) == ("ZA1.5@2021-07-19", None)
    assert h.versions[0].basis_until == "dispute"


def test_no_list_vouches_that_nothing_stood_beside_a_row_that_may_repeat_another() -> None:
    """A16.1 lists 10/12/2021 twice, once out of order: a misprinted day, a repetition, or a second version."""
    twice = rows("01/03/2022", "10/12/2021", "24/11/2021", "10/12/2021", "19/07/2021", at=50)
    h = history(captured("01/06/2024", live("01/05/2023", lists_versions=True), twice))
    vouched = {v.id: v.gap_vouched for v in h.versions}
    assert (vouched["ZA1.5@2021-12-10~manual-51"], vouched["ZA1.5@2022-03-01"]) == (False, True)


def test_a_version_that_may_be_in_force_for_ever_and_may_not_has_a_disputed_end() -> None:
    old = history(captured(None, archived("01/05/2019")))
    suspended = history(live("01/05/2019", ends=doubtful("suspension", "text excluded 01/03/2020")))
    two = history(
        captured("01/06/2024", page("foot 01/01/2020", at="manual/1")),
        captured("01/06/2024", page("foot 01/01/2022", at="manual/2"), capture="b"),
    )
    for version in (old.versions[0], suspended.versions[0], *two.versions):
        assert (version.validity.effective_until, version.basis_until) == (None, "dispute")


def test_the_least_of_several_archived_addresses_is_the_versions() -> None:
    h = history(
        captured("01/01/2020", archived("01/03/2018", 8)), captured("02/01/2020", archived("01/03/2018", 7))
    )
    assert h.versions[0].address == "manual/7"


def test_a_damaged_text_is_told_beside_rows_that_hold_none() -> None:
    damaged = live("01/05/2019", text_digest="", text_damaged=True)
    h = history(
        captured("01/06/2020", damaged), captured("01/06/2024", live("01/05/2023"), rows("01/05/2019"))
    )
    assert h.versions[0].text_damaged is True


def test_a_version_seen_on_no_known_day_before_one_of_unknown_start_says_so() -> None:
    """Nobody saw it in force, and what came after it is not known."""
    h = history(
        captured("01/06/2022", live("01/05/2016"), rows("01/06/2013")),
        captured("01/01/2015", said("contents", title="Harbour pilots")),
    )
    assert on(h, "01/06/2013").as_last_seen is None
    assert not on(h, "01/06/2013").as_last_seen_exact


def test_days_with_one_answer_are_one_span() -> None:
    h = history(captured("01/06/2016", live("01/01/2015")), captured("01/06/2017", live("01/01/2015")))
    assert [span.answer for span in h.spans] == ["before_record", "in_force"]


def test_a_day_before_its_last_sight_needs_no_word_of_what_followed() -> None:
    """It is in force on that day without a doubt; until when is another question."""
    h = history(
        captured("01/06/2016", live("01/06/2013")),
        captured("04/12/2022", said("contents", title="Harbour pilots")),
    )
    assert caveats(h, "01/01/2015") == (None, True)
    assert caveats(h, "31/05/2016") == (None, True)
    assert not h.versions[0].gap_vouched


def test_captures_of_other_texts_stand_in_order() -> None:
    pages = [
        captured(f"0{n}/06/2021", archived("01/01/2018", n, text_digest=f"words {n}")) for n in range(1, 8)
    ]
    h = history(*pages)
    assert h.versions[0].text_digest == "words 7"
    assert h.versions[0].other_texts == tuple(f"sha256:0{n}/06/2021" for n in range(1, 7))


def test_a_version_stands_at_the_address_of_its_page_and_not_of_a_row() -> None:
    row = said("listed", "listed 01/05/2019", at="manual/9")
    h = history(captured("01/06/2020", live("01/05/2019")), captured("01/06/2021", row))
    assert [v.address for v in h.versions] == ["manual/1"]


def test_an_end_on_the_one_page_without_a_mark_is_as_last_seen_though_a_list_names_an_old_page() -> None:
    h = history(
        captured(
            "31/01/2011", page("foot 03/01/2011", at="manual/1", ends=ends("revocation excluded 05/01/2011"))
        ),
        captured("10/01/2011", *rows("02/01/2011", at=900)),
    )
    assert words(h, "01/02/2011") == ["ended"]
    assert caveats(h, "01/02/2011")[0] == day("31/01/2011")


def test_a_copy_that_prints_its_end_needs_nothing_that_followed_it() -> None:
    """Its banner says no more than its end does: that it is over."""
    h = history(captured("05/10/2022", archived("13/03/2016", ends=ends("suffix either 29/09/2018"))))
    assert words(h, "13/03/2016", "28/09/2018", "29/09/2018", "30/09/2018") == [
        "in_force",
        "in_force",
        "disputed",
        "ended",
    ]
    assert caveats(h, "28/09/2018") == (None, True)


def test_a_line_of_its_title_takes_nothing_from_a_page_that_states_both_its_days() -> None:
    """The page says that it was in force from the one to the other, whatever the line speaks of."""
    h = history(
        captured("16/11/2015", live("27/10/2015")),
        captured("04/01/2017", said("contents", at="manual/1")),
        captured("06/03/2018", live("27/10/2015", ends=ends("suffix either 05/03/2018"))),
    )
    assert words(h, "17/11/2015", "04/03/2018") == ["in_force", "in_force"]
    assert caveats(h, "17/11/2015") == (None, True)
    assert caveats(h, "04/03/2018") == (None, True)
    assert caveats(h, "01/01/2026") == (day("06/03/2018"), True)


def test_a_page_that_prints_the_end_of_its_whole_edition_states_its_own_end() -> None:
    """Rule 12a: nobody need vouch for the days before it."""
    last = page(
        "foot 01/01/2004", at="manual/5", edition="pre-2010", ends=ends("edition excluded 29/11/2010")
    )
    h = history(captured("01/06/2012", last), captured("01/06/2013", live("01/01/2012")))
    assert caveats(h, "28/11/2010") == (None, True)
    assert caveats(h, "29/11/2010") == (None, False)


def test_an_open_day_says_nothing_of_a_last_sight() -> None:
    h = history(captured("01/06/2022", archived("01/05/2019")))
    answer = on(h, "02/06/2022")
    assert (answer.answer, answer.as_last_seen, answer.as_last_seen_exact) == ("undated", None, True)


def test_versions_stand_in_the_order_of_their_stated_first_days() -> None:
    """Words that may name an earlier day would put a version before one that it came after."""
    may = StartClaim(day("01/01/2019"), "text", unclear=True)
    h = history(
        captured("01/06/2020", replace(live("01/03/2020"), starts=(*starts("foot 01/03/2020"), may))),
        captured("01/06/2021", archived("01/06/2019")),
    )
    assert [v.id for v in h.versions] == ["ZA1.5@2019-06-01", "ZA1.5@2020-03-01"]


def test_candidates_stand_in_the_order_of_their_first_days_however_many_versions_there_are() -> None:
    h = history(
        captured(
            "01/06/2022", live("01/01/2021"), rows(*(f"01/01/{year}" for year in range(2020, 2013, -1)))
        ),
        captured("02/06/2022", archived("01/06/2021")),
    )
    assert [str(v.validity.effective_from) for v in on(h, "02/06/2021").candidates] == [
        "2021-01-01",
        "2021-06-01",
    ]


def test_the_finding_of_differing_texts_names_the_capture_of_the_text_that_is_shown() -> None:
    days = ("01/06/2020", "01/07/2020", "01/08/2020")
    h = history(*(captured(d, live("01/03/2020", text_digest=d), capture=d) for d in days))
    (finding,) = h.findings
    assert (finding.kind, finding.capture) == ("texts_differ", h.versions[0].text_capture)
    assert finding.capture == "sha256:01/08/2020"


def test_a_list_of_the_next_version_alone_vouches_for_nothing() -> None:
    """Something that it leaves out may have stood before the next version."""
    h = history(
        captured("01/06/2018", live("01/05/2017")),
        captured("01/06/2022", live("01/05/2021", lists_versions=True), rows("01/05/2019")),
    )
    assert caveats(h, "30/04/2019") == (None, False)


def test_a_line_joined_by_its_title_leaves_no_gap_where_a_whole_list_shows_the_next_version() -> None:
    """Whatever the line was about, nothing stood between the two."""
    h = history(
        captured("01/06/2018", live("01/05/2017")),
        captured("01/09/2018", said("contents")),
        captured("01/06/2022", live("01/05/2021", lists_versions=True), rows("01/05/2017")),
    )
    assert caveats(h, "30/04/2021") == (None, True)


def test_a_version_before_one_that_may_never_have_begun_has_a_gap() -> None:
    """A row under another code may be a version of its own, or none (rule 18)."""
    misprinted = replace(rows("27/09/2024")[0], misprinted=True)
    h = history(captured("15/05/2025", live("01/02/2023", lists_versions=True), misprinted))
    assert caveats(h, "01/02/2023")[1] is False


def test_the_captures_of_a_version_stand_in_order() -> None:
    """Whatever the order of loading, the same history is written (two files would differ byte by byte)."""
    days = [f"0{month}/2020" for month in range(1, 9)]
    h = history(*(captured(f"01/{d}", live("01/01/2020"), capture=d) for d in reversed(days)))
    assert h.versions[0].captures == tuple(f"sha256:{d}" for d in days)


def test_a_line_joined_after_the_last_sight_leaves_the_gap_before_it_open() -> None:
    """The last of several lines counts: it need not be about this version (rule 28)."""
    line = said("contents", at="manual/3")
    h = history(
        captured("01/06/2015", line),
        captured("01/06/2017", live("01/05/2014")),
        captured("01/06/2020", line),
    )
    assert caveats(h, "01/01/2019") == (None, False)


def test_the_finding_of_different_words_says_whether_both_are_shown() -> None:
    edited = history(
        captured("01/06/2019", live("01/05/2019", text_digest="a")),
        captured("01/06/2020", live("01/05/2019", text_digest="b")),
    )
    copies = history(
        captured("01/06/2020", archived("01/05/2018", 5, text_digest="a"), live("01/05/2019")),
        captured("01/06/2020", archived("01/05/2018", 6, text_digest="b"), capture="copy"),
    )
    said_of = [next(f.message for f in h.findings if f.kind == "texts_differ") for h in (edited, copies)]
    assert [message.rpartition("; ")[2] for message in said_of] == [
        "the newest one is shown",
        "both are shown and neither is quoted",
    ]


def test_words_lost_on_a_page_joined_by_its_title_alone_are_not_those_of_the_version() -> None:
    h = history(
        captured("01/06/2020", live("01/01/2019"), rows("01/01/2016", at=50)),
        captured(
            "01/06/2021",
            page(at="manual/9", text_digest="", text_damaged=True, ends=ends("suffix either 31/12/2018")),
        ),
    )
    assert [v.text_damaged for v in h.versions] == [False, False]
