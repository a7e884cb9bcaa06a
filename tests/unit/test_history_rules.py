"""Each rule about dates as a test: what the pages state, and what may be concluded from it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from manual.errors import HistoryConflict
from manual.history.deriving import history_of
from manual.model import Code, ParsedPage, Sha256, SitePath
from manual.parse import parse_capture
from tests.evidence import (
    AUGUST,
    CODE,
    captured,
    day,
    ends,
    history,
    kinds,
    live,
    old_page,
    on,
    page,
    rows,
    said,
    seen,
    start_of,
    words,
)


def saved_page(*feet: str) -> ParsedPage:
    """A page in the live shape with these feet, as the parser reads it."""
    lines = "".join(f'<p class="bodytext">Pears.</p><p class="effectivedate">{foot}</p>' for foot in feet)
    source = (
        f'<html><head><title>{CODE} Orchard work</title></head><body><table><tr><td id="main">'
        f'<p class="heading4" id="t1">{CODE} Orchard work</p>{lines}</td></tr></table></body></html>'
    )
    return parse_capture(
        source.encode(), media="html", site_path=SitePath("opsmanual/1"), sha256=Sha256("sha256:one")
    )


# ---------------------------------------------------------------- what identifies a text


def test_rule_1_two_old_pages_with_one_date_are_two_versions() -> None:
    """If code and date were the key, one of two different texts would vanish."""
    one, two = rows("10/12/2021", "10/12/2021", at=1)
    pages = (old_page("foot 10/12/2021", at="manual/1"), old_page("foot 10/12/2021", at="manual/2"))
    h = history(*pages, (one, seen(capture="list")), (two, seen(capture="list")))
    assert len(h.versions) == 2
    assert on(h, "10/12/2021").answer == "disputed"
    assert len({v.id for v in h.versions}) == 2


def test_rule_1_two_archived_texts_of_one_day_that_no_list_tells_apart_leave_the_text_open() -> None:
    """One edited version or two: the day is answered, and neither text may pass for the text."""
    h = history(
        (old_page("foot 01/03/2018", at="manual/7", text_digest="a"), seen(capture="a")),
        (old_page("foot 01/03/2018", at="manual/8", text_digest="b"), seen(capture="b")),
        (page("foot 01/05/2019", at="manual/1"), seen(capture="c")),
    )
    version = on(h, "01/06/2018").version
    assert version is not None
    assert (version.text_capture, version.other_texts) == ("sha256:b", ("sha256:a",))
    assert not version.gap_vouched


def test_rule_2_a_change_of_subject_is_marked() -> None:
    """A code is not an identity: the history must show where it was given to another subject."""
    h = history(
        page("foot 29/09/2025", title="Remuneration", at="manual/1"),
        said(
            "listed",
            "listed 20/06/2022",
            title="Employers holding a licence",
            shown_as_old=True,
            at="manual/2",
        ),
    )
    assert [v.subject_changed for v in h.versions] == [False, True]
    assert [v.title_changed for v in h.versions] == [False, True]


def test_rule_2_a_reworded_title_is_no_change_of_subject() -> None:
    h = history(
        page("foot 29/09/2025", title="General instructions for orchard work", at="manual/1"),
        said("listed", "listed 20/06/2022", title="General instruction on orchard work", shown_as_old=True),
    )
    assert h.versions[1].title_changed
    assert not h.versions[1].subject_changed


def test_rule_3_one_address_seen_with_two_texts_is_two_versions() -> None:
    """The page in force keeps its id while its text changes; the older capture must not be overwritten."""
    h = history(
        (page("foot 01/03/2024", at="manual/1", text_digest="a"), seen(day("01/06/2024"), capture="one")),
        (page("foot 01/03/2025", at="manual/1", text_digest="b"), seen(day("01/06/2025"), capture="two")),
    )
    assert [v.validity.effective_from for v in h.versions] == [day("01/03/2024"), day("01/03/2025")]
    assert [v.text_capture for v in h.versions] == ["sha256:one", "sha256:two"]
    assert start_of(on(h, "28/02/2025")) == day("01/03/2024")


def test_rule_3_a_text_that_moved_to_an_archive_page_is_one_version() -> None:
    h = history(
        (page("foot 01/03/2024", at="manual/1", text_digest="a"), seen(day("01/06/2024"))),
        (old_page("foot 01/03/2024", "suffix 01/03/2024", at="manual/9", text_digest="a"), seen(AUGUST)),
        (page("foot 01/03/2025", at="manual/1", text_digest="b"), seen(AUGUST, capture="two")),
    )
    assert len(h.versions) == 2
    assert h.versions[0].address == "manual/9"


# ---------------------------------------------------------------- start dates


def test_rule_4_the_foot_is_the_first_day_with_force() -> None:
    h = history(page("foot 21/11/2016"))
    assert words(h, "20/11/2016", "21/11/2016", "22/11/2016") == ["before_record", "in_force", "in_force"]
    assert h.versions[0].basis_from == "foot"


@pytest.mark.parametrize("foot", ["26/071999", "31/02/2020", "10/13/2020"])
def test_rule_4_a_malformed_foot_is_kept_reported_and_proves_nothing(foot: str) -> None:
    parsed = saved_page(f"Effective {foot}")
    assert [st.starts for st in parsed.statements] == [()]
    assert [f.kind for f in parsed.findings] == ["malformed_date"]
    assert foot in parsed.findings[0].message
    h = history(*parsed.statements)
    assert words(h, "01/02/2020", "10/08/2026", "11/08/2026") == ["undated", "undated", "in_force"]


def test_rule_4_the_foot_is_read_day_first() -> None:
    h = history(*saved_page("Effective 09/10/2023").statements)
    assert start_of(on(h, "11/08/2026")) == date(2023, 10, 9)
    assert words(h, "10/09/2023", "08/10/2023", "09/10/2023") == [
        "before_record",
        "before_record",
        "in_force",
    ]


def test_rule_5_the_last_of_several_feet_is_the_pages() -> None:
    parsed = saved_page("Effective 08/05/2017", "Effective 02/12/2024")
    h = history(*parsed.statements)
    assert start_of(on(h, "02/12/2024")) == date(2024, 12, 2)
    assert words(h, "08/05/2017", "01/12/2024") == ["before_record", "before_record"]


@pytest.mark.parametrize(
    ("claims", "start", "basis"),
    [
        (("suffix 30/10/2019", "text 01/07/2019"), "01/07/2019", "text"),
        (("foot 01/07/2019", "suffix 30/10/2019"), "01/07/2019", "foot"),
        (("suffix 01/07/2019", "listed 30/10/2019"), "01/07/2019", "suffix"),
    ],
)
def test_rule_6_stronger_words_win_and_weaker_dates_are_kept(
    claims: tuple[str, ...], start: str, basis: str
) -> None:
    h = history(page(*claims))
    assert h.versions[0].validity.effective_from == day(start)
    assert h.versions[0].basis_from == basis
    assert len(h.versions[0].starts) == 2
    assert [f.kind for f in h.findings] == ["weaker_start"]


def test_rule_6_two_dates_of_one_rank_are_a_dispute() -> None:
    h = history(page("text 01/07/2019", "text 30/09/2019"))
    assert words(h, "30/06/2019", "01/07/2019", "29/09/2019", "30/09/2019") == [
        "before_record",
        "disputed",
        "disputed",
        "in_force",
    ]
    assert h.versions[0].basis_from == "dispute"


# ---------------------------------------------------------------- end dates


def test_rule_7_the_next_start_ends_a_version_half_open() -> None:
    h = history(page("foot 01/04/2025"), rows("05/12/2024", "07/10/2024"))
    assert start_of(on(h, "31/03/2025")) == day("05/12/2024")
    assert start_of(on(h, "01/04/2025")) == day("01/04/2025")
    first = h.versions[0]
    assert (first.validity.effective_until, first.basis_until) == (day("05/12/2024"), "successor")


def test_rule_8_an_ended_page_starts_at_its_foot_and_ends_at_its_suffix() -> None:
    h = history(page("foot 29/11/2010", ends=ends("suffix either 27/08/2017")))
    assert words(h, "28/11/2010", "29/11/2010", "26/08/2017", "27/08/2017", "28/08/2017") == [
        "before_record",
        "in_force",
        "in_force",
        "disputed",
        "ended",
    ]


def test_rule_9a_words_of_cessation_decide_what_to_means() -> None:
    h = history(page("foot 29/11/2010", ends=ends("suffix either 08/05/2017", "text excluded 08/05/2017")))
    assert words(h, "07/05/2017", "08/05/2017") == ["in_force", "ended"]
    h = history(page("foot 29/11/2010", ends=ends("suffix either 27/08/2017", "text excluded 28/08/2017")))
    assert words(h, "27/08/2017", "28/08/2017") == ["in_force", "ended"]


@pytest.mark.parametrize(
    ("begins", "on_the_day"), [("27/08/2017", "27/08/2017"), ("28/08/2017", "29/11/2010")]
)
def test_rule_9b_a_successor_decides_what_to_means(begins: str, on_the_day: str) -> None:
    h = history(page("foot 29/11/2010", at="manual/1", ends=ends("suffix either 27/08/2017")),
                page(f"foot {begins}", at="manual/2"))  # fmt: skip
    assert start_of(on(h, "27/08/2017")) == day(on_the_day)
    assert words(h, "26/08/2017", "27/08/2017", "28/08/2017") == ["in_force"] * 3


def test_rule_9c_otherwise_the_day_itself_is_disputed_with_both_readings() -> None:
    h = history(page("foot 29/11/2010", ends=ends("suffix either 27/08/2017")))
    answer = on(h, "27/08/2017")
    assert answer.answer == "disputed"
    assert [v.id for v in answer.candidates] == [h.versions[0].id]
    assert "both ways" in answer.reasons[-1]
    assert h.versions[0].basis_until == "dispute"


def test_rule_9c_a_successor_long_after_leaves_the_day_disputed() -> None:
    h = history(page("foot 29/11/2010", at="manual/1", ends=ends("suffix either 27/08/2017")),
                page("foot 01/01/2020", at="manual/2"))  # fmt: skip
    assert words(h, "26/08/2017", "27/08/2017", "28/08/2017", "31/12/2019", "01/01/2020") == [
        "in_force",
        "disputed",
        "ended",
        "ended",
        "in_force",
    ]


def test_rule_10_revoked_is_the_first_day_without_it() -> None:
    h = history(page("foot 01/01/2020", ends=ends("revocation excluded 11/04/2024")))
    assert words(h, "10/04/2024", "11/04/2024") == ["in_force", "ended"]
    assert h.versions[0].basis_until == "revocation"


def test_rule_11_from_is_a_start() -> None:
    h = history(said("contents", "listed 29/09/2023"))
    assert words(h, "28/09/2023", "29/09/2023") == ["before_record", "in_force"]


def test_rule_11_until_the_end_of_a_day_includes_it() -> None:
    h = history(page("foot 18/03/2020", ends=ends("text included 31/03/2020")))
    assert words(h, "31/03/2020", "01/04/2020") == ["in_force", "ended"]


def test_rule_12_the_edition_ends_what_nothing_of_it_superseded() -> None:
    edition = ends("edition excluded 29/11/2010")
    h = history(
        old_page(
            "foot 26/07/1999", "suffix 26/07/1999", at="archive/1", edition="pre-2010", suffix="(26/07/1999)"
        ),
        old_page("foot 05/11/2007", at="archive/2", edition="pre-2010", ends=edition),
    )
    assert words(h, "04/11/2007", "05/11/2007", "28/11/2010", "29/11/2010") == [
        "in_force",
        "in_force",
        "in_force",
        "ended",
    ]
    assert start_of(on(h, "04/11/2007")) == day("26/07/1999")
    assert h.versions[1].basis_until == "edition"


def test_rule_12_a_page_of_the_edition_without_a_start_is_undated_then_ended() -> None:
    h = history(old_page(at="archive/2", edition="pre-2010", ends=ends("edition excluded 29/11/2010")))
    assert words(h, "01/01/2005", "29/11/2010") == ["undated", "ended"]


def test_rule_12_a_page_of_the_edition_ends_with_it_although_a_later_version_is_known() -> None:
    """Its end is stated; that days after it may lack an answer is another matter."""
    edition = ends("edition excluded 29/11/2010")
    h = history(
        old_page(at="archive/2", edition="pre-2010", ends=edition), page("foot 29/11/2010", at="manual/1")
    )
    first, second = h.versions
    assert (first.validity.effective_from, first.validity.effective_until) == (None, day("29/11/2010"))
    assert (first.basis_until, second.basis_from) == ("edition", "foot")
    assert words(h, "28/11/2010", "29/11/2010") == ["undated", "in_force"]


def test_rule_12_the_last_page_of_the_edition_is_not_its_superseded_one() -> None:
    """Both end with the edition; taking them for one version would show the wrong text until 2010."""
    edition = ends("edition excluded 29/11/2010")
    h = history(
        old_page("suffix 29/04/2002", at="archive/1", edition="pre-2010", suffix="(29/04/2002)"),
        page(at="archive/2", edition="pre-2010", ends=edition),
    )
    assert len(h.versions) == 2
    assert words(h, "29/04/2002", "30/04/2002", "28/11/2010", "29/11/2010") == [
        "in_force",
        "disputed",
        "disputed",
        "ended",
    ]


def test_rule_12_days_between_the_edition_and_a_later_version_are_ended_with_a_caveat() -> None:
    """The next edition took most pages over on that very day; the answer must say that a version may lie hidden."""
    h = history(
        old_page(
            "foot 29/04/2002", at="archive/2", edition="pre-2010", ends=ends("edition excluded 29/11/2010")
        ),
        old_page("foot 30/03/2015", "suffix 30/03/2015", at="manual/7"),
        page("foot 01/04/2017", at="manual/8"),
    )
    assert words(h, "28/11/2010", "29/11/2010", "29/03/2015", "30/03/2015") == [
        "in_force",
        "ended",
        "ended",
        "in_force",
    ]
    assert h.versions[0].basis_until == "edition"
    between = on(h, "29/03/2015").version
    assert between is not None
    assert not between.gap_vouched


def test_rule_12_an_undated_page_of_the_edition_does_not_dispute_what_begins_when_it_ends() -> None:
    h = history(
        page(at="manual/2", edition="pre-2010"),
        page("foot 01/04/2012", at="manual/3", lists_versions=True),
        rows("29/11/2010"),
    )
    assert words(h, "28/11/2010", "29/11/2010", "31/03/2012") == ["undated", "in_force", "in_force"]
    assert start_of(on(h, "29/11/2010")) == day("29/11/2010")


def test_rule_13_a_move_is_a_link_and_no_version() -> None:
    h = history(
        page("foot 29/11/2010", ends=ends("text excluded 02/07/2021")), said("move", moved_to=Code("ZA5.30"))
    )
    assert len(h.versions) == 1
    assert [(link.kind, link.target) for link in h.links] == [("moved", "ZA5.30")]


# ---------------------------------------------------------------- lists of other versions


def test_rule_14_what_ended_still_answers_for_the_day_an_application_was_made() -> None:
    h = history(page("foot 01/02/2018", ends=ends("suffix excluded 31/10/2021"), text_digest="words"))
    made = on(h, "30/10/2021")
    assert (made.answer, start_of(made)) == ("in_force", day("01/02/2018"))
    assert made.version is not None
    assert made.version.text_held
    after = on(h, "11/08/2026")
    assert (after.answer, after.version) == ("ended", made.version)


def test_rule_15_an_unordered_list_proves_nothing_about_order() -> None:
    h = history(
        old_page("foot 17/11/2014", at="manual/1"), rows("29/11/2010", "30/07/2012"), page("foot 01/02/2016")
    )
    assert words(h, "29/11/2010", "30/07/2012", "17/11/2014") == ["in_force"] * 3
    (oddity,) = (f for f in h.findings if f.kind == "listed_out_of_order")
    assert oddity.severity == "info"
    assert "30/07/2012" in oddity.message
    assert oddity.locator


def test_rule_15_an_archived_page_may_list_later_versions() -> None:
    h = history(old_page("foot 26/11/2012", at="manual/1"), rows("28/02/2025", "02/12/2024", at=50))
    assert start_of(on(h, "01/12/2024")) == day("26/11/2012")
    assert start_of(on(h, "27/02/2025")) == day("02/12/2024")


def test_rule_16_a_dated_neighbour_is_a_version_no_longer_in_force() -> None:
    h = history(said("neighbour", "listed 20/06/2022", shown_as_old=True, at="manual/5"))
    assert words(h, "19/06/2022", "20/06/2022", "21/06/2022", "11/08/2026") == [
        "before_record",
        "in_force",
        "disputed",
        "undated",
    ]


def test_rule_17_a_page_without_banner_is_not_taken_for_the_newest() -> None:
    """Two addresses without a banner: which one was the live one is not known, unless a line links it."""
    pages = (page("foot 01/01/2020", at="manual/1"), page("foot 01/01/2022", at="manual/2"))
    h = history(*pages)
    assert words(h, "31/12/2021", "01/01/2022", "11/08/2026") == ["in_force", "disputed", "disputed"]
    assert [f.kind for f in h.findings] == ["sight_disputed"]
    linked = history(*pages, said("contents", at="manual/2"))
    assert start_of(on(linked, "11/08/2026")) == day("01/01/2022")


LISTED_TWICE = ("01/03/2022", "10/12/2021", "24/11/2021", "10/12/2021", "19/07/2021", "27/04/2021")


def test_rule_18_a_date_listed_twice_and_out_of_order_is_disputed_not_repaired() -> None:
    """The worked example: guessing either way would give a wrong version that looks right."""
    h = history(page("foot 01/04/2025"), rows(*LISTED_TWICE))
    assert len(h.versions) == 7
    expected = {
        "18/07/2021": ("in_force", 1),
        "19/07/2021": ("disputed", 2),
        "23/11/2021": ("disputed", 2),
        "24/11/2021": ("in_force", 1),
        "09/12/2021": ("in_force", 1),
        "10/12/2021": ("disputed", 2),
        "28/02/2022": ("disputed", 2),
        "01/03/2022": ("in_force", 1),
    }
    for text, (word, count) in expected.items():
        answer = on(h, text)
        named = (answer.version,) if answer.version else answer.candidates
        assert (answer.answer, len(named)) == (word, count), text
    assert {f.kind for f in h.findings} == {"listed_twice", "listed_out_of_order"}
    assert on(h, "11/08/2026").findings == on(h, "24/11/2021").findings == ()
    assert on(h, "10/12/2021").findings == on(h, "19/07/2021").findings == h.findings


ELSEWHERE = {22: "test_parse_marks.py", 25: "test_remarks.py"}
"""Rules that say nothing of when a version began or ended: lines of the contents without a code, and contents that lack
one. The files that hold their tests."""


def test_each_of_the_28_rules_has_a_test_named_after_it_or_a_file_of_its_own() -> None:
    """A rule without a test may be broken by anybody."""
    named = {int(m[1]) for name in globals() if (m := re.match(r"test_rule_(\d+)[a-c]?_", name))}
    assert named | set(ELSEWHERE) == set(range(1, 29))
    assert named.isdisjoint(ELSEWHERE)
    assert all((Path(__file__).parent / file).is_file() for file in ELSEWHERE.values())


def test_a_page_of_unknown_day_does_not_say_when_another_was_last_seen() -> None:
    """Else a record made today of an old page would vouch for today."""
    today = seen(date(2026, 11, 22), exact=False, capture="two")
    h = history(page("foot 01/04/2025"), (page("foot 01/04/2025", at="manual/1"), today))
    assert (h.last_seen, h.last_seen_exact) == (AUGUST, True)
    assert on(h, "12/08/2026").as_last_seen == AUGUST
    newer = on(history(page("foot 01/04/2025"), (page("foot 01/09/2026"), today)), "01/12/2026")
    assert (start_of(newer), newer.as_last_seen, newer.as_last_seen_exact) == (day("01/09/2026"), None, False)


@pytest.mark.parametrize("foot", ["10/12/2021", "08/10/2021"])
def test_rule_18_the_dispute_goes_away_when_both_pages_state_their_dates(foot: str) -> None:
    h = history(
        page("foot 01/04/2025"),
        rows(*LISTED_TWICE),
        (old_page("foot 10/12/2021", "suffix 10/12/2021", at="manual/7"), seen(capture="two")),
        (old_page("foot 08/10/2021", f"suffix {foot}", at="manual/8"), seen(capture="three")),
    )
    assert len(h.versions) == 7
    assert words(h, "19/07/2021", "08/10/2021", "23/11/2021", "10/12/2021", "28/02/2022") == ["in_force"] * 5
    assert start_of(on(h, "07/10/2021")) == day("19/07/2021")
    assert start_of(on(h, "08/10/2021")) == day("08/10/2021")
    assert start_of(on(h, "10/12/2021")) == day("10/12/2021")


def test_rule_18_a_start_before_a_version_listed_as_previous_is_disputed() -> None:
    h = history(page("foot 26/11/2010", at="manual/1"), rows("29/11/2010", at=50))
    assert words(h, "26/11/2010", "29/11/2010", "10/08/2026", "11/08/2026", "12/08/2026") == [
        "disputed",
        "disputed",
        "disputed",
        "in_force",
        "in_force",
    ]
    version = on(h, "11/08/2026").version
    assert version is not None
    assert (version.validity.effective_from, version.basis_from) == (None, "dispute")
    assert "starts_before_previous" in {f.kind for f in h.findings}


def test_rule_19_a_version_known_from_a_list_answers_without_text() -> None:
    h = history(page("foot 01/04/2025", text_digest="x"), rows("05/12/2024", at=70))
    version = on(h, "31/03/2025").version
    assert version is not None
    assert not version.text_held
    assert version.address == "manual/70"


def test_rule_20_a_contents_line_vouches_from_the_day_it_was_captured() -> None:
    h = history(said("contents"))
    assert words(h, "10/08/2026", "11/08/2026", "12/08/2026") == ["undated", "in_force", "in_force"]
    answer = on(h, "12/08/2026")
    assert start_of(answer) is None
    assert answer.as_last_seen == AUGUST
    assert on(h, "11/08/2026").as_last_seen is None


def test_rule_20_a_contents_line_with_an_end_is_undated_then_ended() -> None:
    revoked = history(said("contents", ends=ends("listed excluded 01/07/2023")))
    assert words(revoked, "30/06/2023", "01/07/2023") == ["undated", "ended"]
    to = history(said("contents", ends=ends("listed either 08/05/2017")))
    assert words(to, "07/05/2017", "08/05/2017", "09/05/2017") == ["undated", "disputed", "ended"]


def test_rule_21_a_newer_version_of_unknown_start_disputes_the_days_between() -> None:
    lines = [
        said("contents", position=0),
        said("contents", "listed 28/08/2017", position=1),
        said("contents", "listed 08/05/2017", position=2),
        said("contents", "listed 17/12/2012", position=3),
    ]
    h = history(lines)
    assert len(h.versions) == 4
    assert words(h, "16/12/2012", "17/12/2012", "07/05/2017", "28/08/2017", "29/08/2017", "10/08/2026") == [
        "before_record",
        "in_force",
        "in_force",
        "in_force",
        "disputed",
        "disputed",
    ]
    assert on(h, "11/08/2026").answer == "in_force"
    assert start_of(on(h, "11/08/2026")) is None
    assert start_of(on(h, "28/08/2017")) == day("28/08/2017")


def test_rule_23_an_end_not_after_its_own_start_is_found_and_disputes_the_days() -> None:
    h = history(captured("01/01/2016", page("foot 05/06/2010", ends=ends("suffix either 05/06/2010"))))
    assert words(h, "05/06/2010") == ["disputed"]
    assert "ends_before_start" in {finding.kind for finding in h.findings}


def test_rule_24_a_sentence_about_another_version_ends_that_one() -> None:
    """The page that holds the sentence is its evidence, and its own version goes on."""
    claim = said("claim", title="", ends=ends("text excluded 01/03/2024"), of_day=day("01/02/2020"))
    h = history(
        captured("11/08/2026", page("foot 01/06/2024", at="manual/1"), claim),
        captured("01/06/2022", rows("01/02/2020")),
    )
    assert words(h, "29/02/2024", "01/03/2024", "31/05/2024", "01/06/2024") == [
        "in_force",
        "ended",
        "ended",
        "in_force",
    ]


def test_rule_26_a_circular_states_a_start_that_the_pages_own_foot_outranks() -> None:
    h = history(
        captured("20/07/2019", said("claim", "circular 05/08/2019", title="")),
        captured("01/06/2020", page("foot 06/08/2019", at="manual/1")),
    )
    assert words(h, "04/08/2019", "05/08/2019", "06/08/2019") == ["not_yet", "not_yet", "in_force"]
    assert h.versions[0].basis_from == "foot"


def test_rule_27_an_unknown_day_never_makes_an_answer_that_starts_on_the_day_of_loading() -> None:
    h = history(
        captured("01/06/2024", page("foot 01/02/2020", at="manual/1")),
        captured(None, said("contents", title="Boats")),
    )
    assert words(h, "31/01/2020", "01/02/2020", "10/08/2026", "11/08/2026", "12/08/2026") == [
        "before_record",
        *["in_force"] * 4,
    ]


def test_rule_28_as_last_seen_is_a_claim_about_the_version_named() -> None:
    """A later capture of an old version says nothing of the one in force."""
    h = history(
        captured("01/06/2024", page("foot 01/02/2020", at="manual/1")),
        captured("01/06/2026", old_page("foot 01/02/2018", at="manual/5")),
    )
    assert on(h, "01/06/2026").as_last_seen == day("01/06/2024")


# ---------------------------------------------------------------- what users were misled by elsewhere


def test_a_single_dated_contents_line_is_an_old_version() -> None:
    """Old versions leak into the contents with their date; the code may be in use without a line of its own."""
    h = history(said("contents", "listed 24/03/2014"))
    assert words(h, "23/03/2014", "24/03/2014", "25/03/2014", "11/08/2026") == [
        "before_record",
        "in_force",
        "disputed",
        "undated",
    ]


def test_a_contents_line_with_from_and_a_day_is_of_the_version_in_force() -> None:
    """It was taken for an old one, as one with a bare day is (rules 11 and 20)."""
    line = said("contents", "listed 29/09/2019", suffix="(from 29 September 2019)")
    h = history(captured("12/12/2019", live("29/09/2019")), captured("01/01/2021", line))
    assert words(h, "12/12/2019", "01/01/2021", "11/08/2026") == ["in_force", "in_force", "in_force"]


def test_the_reason_for_a_foot_before_its_own_list_is_the_list() -> None:
    """Two days would be named, of which the page states one (rule 18)."""
    h = history(captured("28/12/2017", live("30/05/2015"), rows("13/06/2015")))
    assert "its page lists as previous a version that is dated later" in on(h, "06/06/2015").reasons[0]


def test_an_old_page_alone_is_not_in_force_for_ever() -> None:
    """Its date suffix says that something replaced it; answering with it for today would be wrong."""
    h = history(old_page("foot 27/11/2023", "suffix 27/11/2023", at="manual/1"))
    assert words(h, "27/11/2023", "28/11/2023", "10/08/2026", "11/08/2026") == [
        "in_force",
        "disputed",
        "disputed",
        "undated",
    ]


def test_a_contents_line_of_unknown_day_does_not_unseat_a_dated_page() -> None:
    """Contents saved nobody knows when may be older than the page, whatever title they carry."""
    h = history(
        (page("foot 29/09/2025", title="Remuneration", at="manual/1"), seen()),
        (said("listed", "listed 20/06/2022", title="Licensed employers", shown_as_old=True), seen()),
        (said("contents", title="Licensed employers"), seen(day("22/11/2026"), exact=False, capture="two")),
    )
    assert len(h.versions) == 2
    assert start_of(on(h, "22/11/2026")) == day("29/09/2025")


def test_a_contents_line_of_a_later_day_with_another_title_is_a_newer_version() -> None:
    h = history(
        (page("foot 01/01/2020", title="Remuneration", at="manual/1"), seen(day("01/06/2020"))),
        (said("contents", title="Harbour pilots"), seen(day("01/06/2024"), capture="two")),
    )
    assert words(h, "01/06/2020", "02/06/2020", "31/05/2024", "01/06/2024") == [
        "in_force",
        "disputed",
        "disputed",
        "in_force",
    ]
    assert h.versions[-1].subject_changed


def test_an_announced_version_is_not_yet_in_force() -> None:
    h = history(page("foot 01/12/2026", at="manual/1"))
    assert words(h, "10/08/2026", "11/08/2026", "30/11/2026", "01/12/2026") == [
        "before_record",
        "not_yet",
        "not_yet",
        "in_force",
    ]


def test_an_announced_version_stands_beside_the_one_in_force() -> None:
    h = history(page("foot 01/12/2026", at="manual/1"), rows("01/05/2026"))
    answer = on(h, "30/11/2026")
    assert (answer.answer, start_of(answer)) == ("in_force", day("01/05/2026"))
    assert answer.next is not None
    assert answer.next.validity.effective_from == day("01/12/2026")


def test_reissue_after_revocation_leaves_the_time_between_ended() -> None:
    h = history(
        page("foot 01/01/2015", at="manual/1", ends=ends("revocation excluded 01/07/2018")),
        page("foot 01/03/2020", at="manual/2"),
    )
    assert words(h, "30/06/2018", "01/07/2018", "29/02/2020", "01/03/2020") == [
        "in_force",
        "ended",
        "ended",
        "in_force",
    ]


def test_a_revocation_sentence_ends_the_version_it_names() -> None:
    h = history(
        rows("05/12/2024"),
        said("claim", ends=ends("revocation excluded 20/03/2025"), of_day=day("05/12/2024")),
        page("foot 01/04/2025"),
    )
    assert words(h, "19/03/2025", "20/03/2025", "31/03/2025", "01/04/2025") == [
        "in_force",
        "ended",
        "ended",
        "in_force",
    ]


def test_order_and_repetition_of_statements_change_nothing() -> None:
    items = [(st, seen()) for st in [page("foot 01/04/2025"), *rows(*LISTED_TWICE)]]
    assert history_of(CODE, items) == history_of(CODE, [*reversed(items), *items])


def test_a_gap_that_no_list_vouches_for_is_said() -> None:
    vouched = history(page("foot 01/04/2025", lists_versions=True), rows("05/12/2024"))
    assert [v.gap_vouched for v in vouched.versions] == [True, True]
    loose = history(
        old_page("foot 05/12/2024", at="manual/2"), (page("foot 01/04/2025"), seen(capture="two"))
    )
    assert [v.gap_vouched for v in loose.versions] == [False, True]


def test_two_captures_with_other_words_but_one_date_are_reported() -> None:
    h = history(
        (page("foot 01/04/2025", at="manual/1", text_digest="a"), seen(day("01/05/2025"), capture="one")),
        (page("foot 01/04/2025", at="manual/1", text_digest="b"), seen(day("01/06/2025"), capture="two")),
    )
    assert len(h.versions) == 1
    assert h.versions[0].text_capture == "sha256:two"
    assert [f.kind for f in h.findings] == ["texts_differ"]


def test_a_statement_of_another_code_is_refused() -> None:
    with pytest.raises(HistoryConflict, match=r"ZA1\.5"):
        history_of(Code("ZA9.9"), [(page("foot 01/04/2025"), seen())])


def test_weaker_starts_are_told_in_the_order_of_the_calendar() -> None:
    later = [f"suffix {n:02}/06/2013" for n in (7, 2, 8, 4, 6, 3, 5)]
    h = history(captured("01/06/2020", page("foot 01/06/2013", *later, at="manual/1")))
    (finding,) = h.findings
    assert finding.message == "its start is 01/06/2013; also printed: " + ", ".join(
        f"{n:02}/06/2013" for n in range(2, 9)
    )


@pytest.mark.parametrize("printed", ["31/01/2020", "01/02/2020"])
def test_the_start_of_a_version_is_not_what_replaced_it(printed: str) -> None:
    """An end on its own first day, or on the day before, is a contradiction and no “to” that a successor settles."""
    h = history(
        captured("01/06/2021", page("foot 01/02/2020", at="manual/1", ends=ends(f"suffix either {printed}")))
    )
    assert words(h, "31/01/2020", "01/02/2020", "02/02/2020") == ["disputed"] * 3
    assert {"end_ambiguous", "ends_before_start"} <= kinds(h)


def test_a_page_of_unknown_day_that_lists_a_later_version_as_previous_did_not_cease_with_its_edition() -> (
    None
):
    """Its foot is misprinted (WF2.5): it began after the edition had ceased."""
    h = history(captured(None, page("foot 26/11/2010", at="manual/1"), rows("29/11/2010")))
    assert words(h, "01/01/2012") == ["disputed"]
    assert {str(v.validity.effective_from) for v in on(h, "01/01/2012").candidates} == {"None", "2010-11-29"}


def test_a_version_before_which_its_page_lists_a_later_one_may_have_begun_up_to_its_capture() -> None:
    h = history(captured("01/06/2012", page("foot 26/11/2010", at="manual/1"), rows("29/11/2010")))
    assert words(h, "26/11/2010", "31/05/2012", "01/06/2012") == ["disputed", "disputed", "in_force"]
    misprinted = next(v for v in h.versions if v.address == "manual/1")
    assert misprinted.gap_vouched  # the version of the later date came before it, and follows it in no way


def test_a_misprinted_foot_is_told_also_where_the_list_has_a_row_without_a_start() -> None:
    h = history(
        captured(
            None,
            page("foot 26/11/2010", at="manual/1"),
            rows("29/11/2010"),
            said("listed", title="Harbour pilots", ends=ends("listed excluded 01/01/2009"), position=5),
        )
    )
    assert "starts_before_previous" in kinds(h)
    assert words(h, "01/01/2012") == ["disputed"]
