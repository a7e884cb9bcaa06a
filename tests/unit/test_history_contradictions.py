"""Evidence that contradicts itself: no definite answer may rest on passing one side over."""

from __future__ import annotations

from manual.history.why import why_of
from tests.evidence import (
    CODE,
    archived,
    captured,
    day,
    ends,
    history,
    live,
    over,
    page,
    rows,
    said,
    said_pairs,
    told,
    words,
)


def test_a_mark_without_a_day_on_a_copy_stands_against_a_later_sight() -> None:
    """On its day one page says that it is over, and a later one that it is in force: both are possible."""
    h = history(
        captured("01/06/2024", live("01/01/2018")),
        captured("01/06/2022", page("foot 01/01/2018", at="manual/9", ends=over())),
    )
    assert told(h, "01/01/2018") == ["in_force 01/01/2018"]
    assert words(h, "01/06/2022", "01/06/2023") == ["disputed", "disputed"]


def test_a_row_of_unknown_start_that_ended_late_may_have_begun_before_the_announced_version() -> None:
    """If it is not the announced version it may have begun on any day after the older neighbour's first."""
    ended = said(
        "listed", at="manual/70", position=1, locator="row 1", ends=ends("listed excluded 01/11/2022")
    )
    h = history(
        captured("01/06/2022", live("01/07/2022")),
        captured("01/06/2023", live("01/02/2023", lists_versions=True), [*rows("01/01/2020"), ended]),
    )
    assert words(h, "01/03/2021", "30/06/2022") == ["disputed", "disputed"]


def test_an_end_under_another_title_on_the_day_of_the_pages_own_end_is_the_same_end() -> None:
    """Two statements of one end, needlessly taken for two versions, would dispute every day before it."""
    h = history(
        captured("01/06/2020", live("01/01/2018", ends=ends("text excluded 01/01/2020"))),
        captured(
            "01/06/2022",
            said("contents", title="Harbour pilots", ends=ends("listed excluded 01/01/2020")),
        ),
    )
    assert words(h, "31/12/2019", "01/01/2020") == ["in_force", "ended"]


def test_a_line_of_another_title_settles_its_own_day_against_an_older_contradiction() -> None:
    """A contradicted sight of years ago does not reach beyond a later known day that shows another version."""
    h = history(
        captured("01/06/2021", live("01/01/2018"), said("contents", at="manual/1")),
        captured("01/06/2022", archived("01/03/2020")),
        captured("01/03/2025", said("contents", title="Harbour pilots")),
    )
    assert words(h, "01/06/2021") == ["disputed"]
    assert told(h, "01/03/2025") == ["in_force ?"]


def test_a_claim_ends_the_version_of_unknown_start_that_stood_last_before_its_day() -> None:
    """The dated version had been replaced; ending that one leaves the instruction in force after its revocation."""
    h = history(
        captured("01/06/2020", live("01/01/2018")),
        captured("01/06/2021", said("contents", title="Harbour pilots")),
        captured("01/06/2026", said("claim", title="", ends=ends("text excluded 01/01/2026"))),
    )
    assert told(h, "01/06/2020", "01/06/2021") == ["in_force 01/01/2018", "in_force ?"]
    assert words(h, "01/01/2026", "01/06/2026") == ["ended", "ended"]


def test_a_page_of_unknown_day_is_of_the_older_edition_only_where_something_says_so() -> None:
    """That it began before 29 November 2010 is no end; nobody knows when it was seen."""
    h = history(captured(None, live("01/01/2005")))
    assert "ended" not in words(h, "29/11/2010", "01/01/2018")


def test_the_page_that_speaks_of_a_version_is_not_where_its_text_stands() -> None:
    """A reader would be led to the sentence that ended it in the place of its text."""
    row = said("listed", "listed 01/02/2020", at="manual/5")
    stated = ends("text excluded 01/01/2022")
    claim = said("claim", title="", at="manual/77", ends=stated, of_day=day("01/02/2020"))
    h = history(captured("01/06/2024", row), captured("01/06/2025", claim))
    assert [v.address for v in h.versions] == ["manual/5"]


def test_a_page_that_is_held_without_a_foot_would_have_to_be_captured_with_one() -> None:
    """To name the page as if nobody had read it would send a keeper for what is there."""
    found = why_of(CODE, said_pairs(captured("01/06/2024", page(at="manual/4"))), day("01/01/2020"))
    assert found.settle == (
        "A capture of the page manual/4 with its “Effective” line would state when it began.",
    )


def test_rule_22_is_named_for_lines_without_a_code_only() -> None:
    """An old-mark with nothing that replaced it is rule 12 or 17; the number sends a keeper to another rule."""
    found = why_of(CODE, said_pairs(captured("01/06/2024", archived("01/05/2019"))), day("01/01/2022"))
    assert [rule for rule in found.rules if rule.startswith("22")] == []
