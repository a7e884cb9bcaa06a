"""Announcements seen twice, circulars of several days, years of two figures, and rows of the edition that ceased."""

from __future__ import annotations

from dataclasses import replace

import pytest

from manual.history.deriving import history_of
from manual.model import EndClaim, StartClaim, Statement
from tests.evidence import (
    CODE,
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
    said_pairs,
    told,
    words,
)

# ---------------------------------------------------------------- announcements (rule 17)


def test_announcement_seen_twice_is_not_taken_back() -> None:
    """The second sight of the same announcement is no sight of something else."""
    h = history(captured("01/06/2012", live("01/01/2013")), captured("01/10/2012", live("01/01/2013")))
    assert told(h, "01/11/2012", "01/06/2013") == ["not_yet", "in_force 01/01/2013"]
    assert kinds(h) == set()


def test_page_of_unknown_day_does_not_save_an_announcement() -> None:
    """Rule 27: an unknown day outweighs no known one."""
    h = history(
        captured("01/06/2012", live("01/01/2013", text_digest="A")),
        captured(None, live("01/01/2013", text_digest="A")),
        captured("01/10/2012", live("01/09/2012", text_digest="B")),
    )
    assert told(h, "01/06/2013") == ["in_force 01/09/2012"]


def announced_with(row: Statement) -> list[str]:
    """What is answered where a page announced was seen at two addresses, and later the next version with this row."""
    h = history(
        captured("01/06/2012", live("01/01/2013", text_digest="A")),
        captured("01/05/2012", page("foot 01/01/2013", at="manual/7", text_digest="A")),
        captured("01/06/2015", live("01/01/2014", text_digest="B", lists_versions=True), row),
    )
    return [*told(h, "01/06/2013"), *sorted(kinds(h))]


def test_row_without_a_start_may_be_the_version_announced() -> None:
    """It links the very page that announced it: that it never began is not proven."""
    row = said("listed", at="manual/7", locator="row 1")
    assert announced_with(row) == ["disputed", "announcement_gone"]
    dated = said("listed", "listed 01/01/2010", shown_as_old=True, at="manual/9", locator="row 1")
    assert announced_with(dated) == ["in_force 01/01/2010", "announcement_gone"]


# ---------------------------------------------------------------- circulars (rule 26)


def test_two_circulars_may_speak_of_one_page_on_two_days() -> None:
    """Circulars name the day before it is certain; the page's own day counts."""
    h = history(
        captured("01/02/2020", said("claim", "circular 05/03/2020"), capture="one"),
        captured("05/02/2020", said("claim", "circular 08/03/2020"), capture="two"),
        captured("01/06/2020", live("10/03/2020")),
    )
    assert told(h, "05/03/2020", "10/03/2020") == ["not_yet", "in_force 10/03/2020"]
    assert len(h.versions) == 1


def test_two_circulars_of_two_days_are_of_two_versions() -> None:
    """Where no page is held both begin what they say."""
    h = history(
        captured("01/02/2020", said("claim", "circular 05/03/2020"), capture="one"),
        captured("05/02/2020", said("claim", "circular 20/03/2020"), capture="two"),
    )
    assert told(h, "06/03/2020", "21/03/2020") == ["in_force 05/03/2020", "in_force 20/03/2020"]


@pytest.mark.parametrize(
    ("revoked", "shown", "versions"),
    [
        ("30/03/2014", "suffix either", 1),
        ("31/03/2014", "suffix either", 1),
        ("02/04/2014", "suffix either", 2),
        ("31/03/2014", "listed excluded", 2),
    ],
)
def test_circular_ends_the_version_that_is_shown_with_its_end(
    revoked: str, shown: str, versions: int
) -> None:
    """ "(to D)" is D or the day after it, as for BH3.5, which a circular revokes on the day after."""
    h = history(
        captured("01/01/2013", said("contents")),
        captured("20/03/2014", said("claim", ends=ends(f"circular excluded {revoked}"))),
        captured("01/06/2015", said("contents", ends=ends(f"{shown} 30/03/2014"))),
    )
    assert len(h.versions) == versions


# ---------------------------------------------------------------- years of two figures (rule 4)


@pytest.mark.parametrize(
    ("start", "answer"), [("05/06/20", "in_force 05/06/2020"), ("06/06/20", "in_force ?")]
)
def test_year_of_two_figures_lies_not_after_the_capture(start: str, answer: str) -> None:
    """A page may begin on the day it was saved; a later day shows that another century is meant."""
    first = day(f"{start[:6]}20{start[6:]}")
    shown = replace(live("01/01/2020"), starts=(StartClaim(first, "foot", start),))
    assert told(history(captured("05/06/2020", shown)), "05/06/2020") == [answer]


# ---------------------------------------------------------------- the edition that ceased (rule 12)


def earlier(*claims: str, **more: object) -> Statement:
    """A page of the edition before 2010 with the short banner."""
    shown = {"at": "old/5", "text_digest": "E", "edition": "pre-2010", "shown_as_old": True}
    return page(*claims, **(shown | more))


def test_row_without_a_date_on_a_page_of_the_old_edition_may_be_in_force() -> None:
    """It links what stood there when the page was saved, years after that edition ceased."""
    h = history(
        captured("05/09/2025", earlier("foot 01/06/2005"), said("listed", at="manual/1", locator="row 1"))
    )
    assert told(h, "05/09/2025") == ["in_force ?"]


def test_rows_of_the_old_edition_ended_with_it_and_later_ones_did_not() -> None:
    """What a page of that edition lists stood in it, unless it began since."""
    listed = [
        said("listed", f"listed {start}", at=f"manual/{n}", shown_as_old=True, locator=f"row {n}", position=n)
        for n, start in ((7, "01/06/2012"), (8, "01/06/2007"))
    ]
    h = history(captured("05/09/2025", earlier("foot 01/06/2005"), listed))
    assert told(h, "01/01/2009", "28/11/2010", "29/11/2010", "01/01/2012", "01/06/2012") == [
        "in_force 01/06/2007",
        "in_force 01/06/2007",
        "ended",
        "ended",
        "in_force 01/06/2012",
    ]


def test_page_of_unknown_day_that_says_its_edition_ceased_is_of_that_edition() -> None:
    """It can't have been saved since then as a page in force."""
    last = page("foot 01/06/2005", at="old/5", edition="pre-2010", ends=ends("edition excluded 29/11/2010"))
    h = history(captured(None, last))
    assert told(h, "01/01/2009", "01/01/2012") == ["in_force 01/06/2005", "ended"]


def test_publisher_whose_editions_went_on_has_no_such_end() -> None:
    """Another publisher's pages would all end in 2010."""
    pairs = said_pairs(
        captured("01/06/2008", live("01/06/2005", text_digest="A")),
        captured("01/06/2012", said("contents")),
    )
    h = history_of(CODE, pairs, edition_ended=None)
    assert told(h, "01/01/2009", "01/06/2012") == ["in_force 01/06/2005", "in_force 01/06/2005"]
    assert told(history_of(CODE, pairs), "01/06/2012") == ["in_force ?"]


def test_page_of_unknown_day_beside_a_line_without_a_date_doubts_the_years_since() -> None:
    """Nothing says that the page was of the old edition, nor when it was saved."""
    h = history(
        captured(None, page("foot 01/01/2005", at="manual/1", text_digest="A")),
        captured("01/06/2014", said("contents", title="Lamps")),
    )
    assert told(h, "01/06/2012", "01/06/2014") == ["disputed", "in_force ?"]


# ---------------------------------------------------------------- versions without a start (rules 20 and 21)


def test_version_without_a_start_was_first_seen_on_the_first_of_its_days() -> None:
    h = history(captured("01/03/2014", said("contents")), captured("01/03/2016", said("contents")))
    assert [version.first_seen for version in h.versions] == [day("01/03/2014")]


def test_nobody_vouches_for_the_years_between_two_sights_without_a_start() -> None:
    """The line and the page bear one title and need not be one version."""
    h = history(
        captured("01/03/2014", said("contents")),
        captured("01/03/2023", page(at="manual/1", text_digest="A")),
    )
    assert told(h, "01/06/2018") == ["in_force ?"]
    assert caveats(h, "01/06/2018") == (None, False)
    assert caveats(h, "01/03/2023") == (None, True)


def test_line_after_words_that_may_end_a_version_may_be_of_another_one() -> None:
    """A page that may say that it ended, on no day, is not taken for what the contents showed later."""
    may_have_ended = live("01/01/2012", ends=(EndClaim(None, "text", "excluded", kind="unclear"),))
    h = history(captured("01/03/2014", may_have_ended), captured("01/03/2016", said("contents")))
    assert told(h, "01/03/2013", "01/03/2015", "01/03/2016") == [
        "in_force 01/01/2012",
        "disputed",
        "in_force ?",
    ]


# ---------------------------------------------------------------- the same words again


@pytest.mark.parametrize("end", ["01/01/2014", "01/06/2013"])
def test_words_that_were_issued_again_after_their_end_are_another_version(end: str) -> None:
    """Two readings of one start would dispute every day between them (rule 17); here the first one had ended."""
    h = history(
        captured("01/03/2013", live("01/01/2012", text_digest="A", ends=ends(f"text excluded {end}"))),
        captured("01/06/2014", live("01/01/2014", text_digest="A")),
    )
    assert len(h.versions) == 2
    assert told(h, "01/06/2012", "01/06/2014") == ["in_force 01/01/2012", "in_force 01/01/2014"]


def test_row_below_one_that_stands_out_of_order_is_in_order() -> None:
    """Rule 18: a list that prints a day twice would be reported for each row beside the wrong one."""
    h = history(
        captured(
            "01/06/2022",
            live("01/01/2022"),
            rows("01/01/2021", "01/01/2018", "01/01/2020", "01/01/2019", "01/01/2018", "01/01/2017"),
        )
    )
    assert [f"{finding.severity} {finding.kind}" for finding in h.findings] == [
        "warning listed_out_of_order",
        "warning listed_twice",
    ]
    assert told(h, "01/06/2018", "01/06/2019") == ["disputed", "in_force 01/01/2019"]


def test_page_that_says_its_edition_ceased_ended_with_it_wherever_it_is_saved() -> None:
    """Rule 12: saved long after, and without any other sign of that edition, it would be in force today."""
    shown = page("foot 01/06/2005", at="manual/5", text_digest="E", ends=ends("edition excluded 29/11/2010"))
    h = history(captured("05/09/2025", shown))
    assert told(h, "28/11/2010", "29/11/2010", "05/09/2025") == ["in_force 01/06/2005", "ended", "ended"]


def test_what_is_to_come_is_the_first_version_that_was_not_taken_back() -> None:
    """A reader would be told the day that was put off."""
    h = history(captured("10/01/2012", live("01/03/2012")), captured("10/02/2012", live("01/06/2012")))
    answer = on(h, "15/02/2012")
    assert [version.validity.effective_from for version in answer.candidates] == [day("01/06/2012")]
    assert answer.answer == "not_yet"


def test_two_lists_of_one_page_print_a_day_once_each() -> None:
    """A version in both lists would be reported as a mistake of one."""
    listed = [
        said(
            "listed", "listed 01/01/2018", shown_as_old=True, at="manual/8", in_list=name, locator=f"row {n}"
        )
        for n, name in enumerate(("list 1", "list 2"))
    ]
    h = history(captured("01/06/2022", live("01/01/2022"), listed))
    assert kinds(h) == set()
    assert told(h, "01/06/2018") == ["in_force 01/01/2018"]


def test_end_of_a_version_called_by_its_day_stays_with_it() -> None:
    """A later line without a date, and not the version that the sentence names, would be ended."""
    h = history(
        captured("01/06/2011", live("01/01/2010")),
        captured("01/06/2013", said("contents", title="Lamps")),
        captured(
            "01/02/2014", said("claim", of_day=day("01/01/2010"), ends=ends("revocation excluded 01/01/2014"))
        ),
    )
    assert [[end.day for end in version.ends] for version in h.versions] == [[day("01/01/2014")], []]


def test_moves_stand_in_the_order_of_what_states_them() -> None:
    """Two loads of the same captures would print two orders."""
    moved = said("move", moved_to="ZB1.5", at="manual/1")
    h = history(*(captured("01/06/2015", moved, capture=name) for name in ("d", "b", "a", "c", "e")))
    assert [link.capture for link in h.links] == [f"sha256:{name}" for name in "abcde"]


def test_two_circulars_of_one_day_are_of_one_version() -> None:
    h = history(
        captured("01/02/2020", said("claim", "circular 05/03/2020"), capture="one"),
        captured("05/02/2020", said("claim", "circular 05/03/2020"), capture="two"),
    )
    assert len(h.versions) == 1


def circular_ends(day_of_end: str, **more: object) -> Statement:
    return said("claim", ends=ends(f"circular excluded {day_of_end}"), **more)


def gone(**more: object) -> Statement:
    """A line of the contents with a mark of ending and no day."""
    return said("contents", at="manual/1", ends=over("listed"), **more)


def test_circular_that_says_from_when_until_when_ends_the_version_that_it_starts() -> None:
    """A version that began in between would end with it."""
    both = said("claim", "circular 01/07/2022", ends=ends("circular excluded 01/01/2023"))
    h = history(captured("01/06/2022", both), captured("01/02/2023", live("01/10/2022")))
    assert told(h, "31/12/2022", "01/01/2023") == ["in_force 01/10/2022"] * 2


def test_line_seen_after_an_end_that_a_circular_states_is_of_another_version() -> None:
    """The code would be called ended on a day on which the contents list it (rules 20 and 21)."""
    line = said("contents", at="manual/1")
    h = history(
        captured("01/01/2020", line),
        captured("01/05/2020", circular_ends("01/06/2020")),
        captured("01/06/2021", line),
        captured("01/08/2021", line),
    )
    assert words(h, "01/01/2020", "01/06/2020", "31/05/2021") == ["in_force", "undated", "undated"]
    assert told(h, "01/06/2021", "01/08/2021", "01/06/2022") == ["in_force ?"] * 3
    assert caveats(h, "01/06/2022")[0] == day("01/06/2021")  # a line joined by its title adds no day


def test_circular_that_ends_a_code_after_it_was_shown_as_ended_ends_another_version() -> None:
    """What had ended by then can't end once more."""
    h = history(captured("01/06/2020", gone()), captured("01/12/2020", circular_ends("01/01/2021")))
    assert words(h, "01/06/2020", "02/06/2020", "31/12/2020", "01/01/2021") == [
        "ended",
        "undated",
        "undated",
        "ended",
    ]


@pytest.mark.parametrize("end", ["01/03/2020", "01/06/2020"])
def test_circular_dates_the_end_of_what_was_shown_as_ended_on_that_day_or_later(end: str) -> None:
    """Two versions would be made of one."""
    h = history(captured("01/02/2020", circular_ends(end)), captured("01/06/2020", gone()))
    assert len(h.versions) == 1
    assert words(h, "29/02/2020", end, "02/06/2020") == ["undated", "ended", "ended"]


def test_circular_dates_the_end_of_what_was_shown_as_ended_first() -> None:
    h = history(
        captured("01/02/2020", circular_ends("01/03/2020")),
        captured("01/06/2020", gone()),
        captured("01/06/2023", gone(title="Lanterns")),
    )
    assert {v.title: [end.day for end in v.ends] for v in h.versions} == {
        "Orchard work": [day("01/03/2020"), None],
        "Lanterns": [None],
    }


def test_circular_ends_no_version_that_was_seen_on_no_known_day_alone() -> None:
    """Its page may have been saved since then (rule 27)."""
    h = history(
        captured(None, page(at="manual/1", text_digest="A")),
        captured("01/02/2020", circular_ends("01/03/2020")),
    )
    assert {len(v.ends) for v in h.versions} == {0, 1}
    assert words(h, "01/03/2020") == ["undated"]


def test_words_seen_in_force_after_an_end_that_a_circular_states_did_not_end_then() -> None:
    shown = page(at="manual/1", text_digest="A")
    h = history(
        captured("01/01/2020", shown),
        captured("01/05/2020", circular_ends("01/06/2020")),
        captured("01/06/2021", shown),
    )
    assert told(h, "31/05/2020", "01/06/2021") == ["in_force ?", "in_force ?"]
    assert words(h, "01/06/2020") == ["disputed"]


@pytest.mark.parametrize(
    ("issued", "end", "afterwards"),
    [("01/02/2020", "01/06/2020", "ended"), ("01/07/2020", "01/02/2020", "in_force")],
)
def test_circular_ends_what_stood_just_before_its_day_whenever_it_was_issued(
    issued: str, end: str, afterwards: str
) -> None:
    """A line of another title shows that the dated version was replaced by 1 March."""
    h = history(
        captured("01/01/2020", live("01/01/2019")),
        captured("01/03/2020", said("contents", title="Lanterns")),
        captured(issued, circular_ends(end), capture="circular"),
    )
    assert told(h, "01/03/2020") == ["in_force ?"]
    assert words(h, "01/06/2020") == [afterwards]


def test_circular_ends_what_was_seen_last_on_a_known_day() -> None:
    """A copy of the dated version that somebody loaded later shows nothing of what stood (rule 27)."""
    h = history(
        captured("01/01/2020", live("01/01/2019")),
        captured(None, live("01/01/2019")),
        captured("01/02/2020", circular_ends("01/06/2020", title="Lanterns")),
        captured("01/03/2020", said("contents", title="Lanterns")),
    )
    assert told(h, "01/03/2020", "31/05/2020") == ["in_force ?"] * 2
    assert {v.title: len(v.ends) for v in h.versions} == {"Orchard work": 0, "Lanterns": 1}


def test_circular_ends_what_stands_though_a_later_version_was_announced_by_then() -> None:
    h = history(
        captured("01/01/2020", live("01/01/2019")),
        captured("01/02/2020", circular_ends("01/06/2020")),
        captured("01/05/2020", live("01/07/2020", at="manual/9")),
    )
    assert told(h, "31/05/2020", "01/06/2020", "01/07/2020") == [
        "in_force 01/01/2019",
        "ended",
        "in_force 01/07/2020",
    ]
    assert [len(v.ends) for v in h.versions] == [1, 0]


def test_lines_seen_before_an_end_that_a_circular_states_are_of_what_ended_then_and_later_ones_are_not() -> (
    None
):
    """The contents show a later end: a version of the same title stood after the one that the circular ended."""
    line = said("contents")
    h = history(
        captured("01/01/2020", line),
        captured("01/05/2020", circular_ends("01/06/2020")),
        captured("01/03/2021", line),
        captured("01/01/2023", said("contents", ends=ends("listed excluded 01/06/2022"))),
    )
    assert [v.captures for v in h.versions] == [
        ("sha256:01/01/2020", "sha256:01/05/2020"),
        ("sha256:01/01/2023", "sha256:01/03/2021"),
    ]
