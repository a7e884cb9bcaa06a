"""What pages whose address is not known prove, and which address shows the page in force (rules 3, 17 and 18)."""

from __future__ import annotations

from manual.history.evidence import LiveAddress
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
    old_page,
    on,
    page,
    rows,
    said,
    told,
)

# ---------------------------------------------------------------- pages whose address is not known


def test_announcement_without_an_address_is_taken_back_by_no_other_page() -> None:
    """Only a later sight of the same address takes one back (rule 17); two unknown addresses need not be one."""
    h = history(
        captured("01/06/2012", page("foot 01/01/2013", text_digest="A")),
        captured("01/10/2012", page("foot 01/09/2012", text_digest="B")),
    )
    assert told(h, "01/12/2012", "01/06/2013") == ["in_force 01/09/2012", "in_force 01/01/2013"]
    assert "announcement_gone" not in kinds(h)


def test_same_words_at_unknown_addresses_are_no_corrected_start() -> None:
    """The words may have been issued again; a first day is corrected only at one address."""
    h = history(
        captured("01/01/2014", page("foot 01/01/2012", text_digest="A")),
        captured("01/01/2015", page("foot 01/02/2012", text_digest="A")),
    )
    assert told(h, "15/01/2012") == ["in_force 01/01/2012"]
    assert candidates(h, "01/06/2012") == {"2012-01-01", "2012-02-01"}


def test_page_of_unknown_address_shows_its_end_on_the_day_it_was_seen() -> None:
    """Else nobody would say how long its end is known to have lasted."""
    h = history(
        captured(
            "01/06/2015", page("foot 01/01/2012", text_digest="A", ends=ends("text excluded 01/01/2014"))
        )
    )
    assert caveats(h, "01/06/2014") == (None, True)
    assert caveats(h, "01/06/2016") == (day("01/06/2015"), True)


def test_page_of_unknown_address_may_be_the_one_in_force() -> None:
    """The contents link an address, and nothing says that this page stood at another one."""
    h = history(
        captured("01/03/2014", said("contents", at="manual/1")),
        captured("01/03/2014", page(text_digest="O", title="Lamps"), capture="page"),
    )
    assert "page_not_placed" not in kinds(h)
    assert len(on(h, "01/03/2014").candidates) == 2


# ---------------------------------------------------------------- the address of the page in force


def test_a_link_holds_while_its_address_is_seen_in_force() -> None:
    """A page that stands elsewhere would stand against the version that the linked address showed since."""
    h = history(
        captured("01/03/2014", said("contents", at="manual/1")),
        captured("01/03/2015", live("01/01/2014")),
        captured("01/03/2016", page("foot 01/01/2012", at="manual/2", text_digest="O")),
    )
    assert told(h, "01/01/2013", "01/03/2016") == ["in_force 01/01/2012", "in_force 01/01/2014"]


def test_a_page_that_lost_its_banner_shows_no_second_version_of_its_day() -> None:
    """Rule 3: other words at the archived address of a version are that version, edited."""
    h = history(
        captured("01/01/2014", archived("01/01/2012", 5, text_digest="A")),
        captured("01/01/2016", page("foot 01/01/2012", at="manual/5", text_digest="B")),
        captured("01/01/2016", live("01/01/2013"), capture="live"),
    )
    assert len(h.versions) == 2
    assert "texts_differ" in kinds(h)


def test_page_in_force_may_list_versions_that_began_shortly_before_it() -> None:
    """Instructions changed twice in ten days; the last one is in force."""
    h = history(captured("01/06/2016", live("10/03/2014"), rows("05/03/2014", "01/03/2014")))
    assert told(h, "05/03/2014", "10/03/2014", "01/06/2016") == [
        "in_force 05/03/2014",
        "in_force 10/03/2014",
        "in_force 10/03/2014",
    ]


def test_page_in_force_dated_shortly_before_what_it_lists_is_misprinted() -> None:
    """Rule 18 (WF2.5): it is in force when it was seen, and began on a day that is not known."""
    h = history(captured("01/06/2016", live("01/03/2014"), rows("20/03/2014", "10/03/2014")))
    assert told(h, "01/06/2016") == ["in_force ?"]
    assert "starts_before_previous" in kinds(h)


def test_one_row_that_prints_two_days_makes_no_archived_page() -> None:
    """Rule 15: an archived page lists several later versions; one row may itself be misprinted."""
    row = said(
        "listed",
        "listed 01/02/2014",
        ends=ends("listed excluded 01/02/2015"),
        at="manual/7",
        shown_as_old=True,
        locator="row 1",
    )
    h = history(captured("01/06/2016", live("01/01/2012"), row))
    assert "2012-01-01" in candidates(h, "01/06/2016")
    assert "sight_disputed" in kinds(h)


def test_row_without_an_address_marks_no_other_page_as_archived() -> None:
    """Two unknown addresses need not be one: the page would be taken for one that lost its banner."""
    h = history(
        captured("01/06/2014", live("01/01/2013"), rows("01/01/2011")),
        captured("01/06/2016", page("foot 01/01/2015", text_digest="P")),
    )
    assert told(h, "01/06/2015", "01/06/2016") == ["in_force 01/01/2015", "in_force 01/01/2015"]
    assert caveats(h, "01/06/2016") == (None, True)
    assert caveats(h, "02/06/2016") == (day("01/06/2016"), True)


def test_page_whose_text_is_not_held_is_no_other_version_of_its_day() -> None:
    """Other words are needed for a second version of one day (rule 3); none are held here."""
    h = history(
        captured("01/03/2014", archived("01/01/2012", 5)),
        captured("01/06/2014", live("01/01/2012", text_digest="")),
    )
    assert len(h.versions) == 1
    assert told(h, "01/06/2014") == ["disputed"]  # the copy at the other address is marked


def test_texts_of_two_archived_addresses_stay_in_dispute_after_a_sight_of_one() -> None:
    """That the page in force showed these words doesn't say that the other archived page is of another version."""
    h = history(
        captured("01/06/2013", live("01/01/2012", text_digest="A")),
        captured("01/06/2015", archived("01/01/2012", 7, text_digest="A"), capture="seven"),
        captured("01/06/2015", archived("01/01/2012", 8, text_digest="B"), capture="eight"),
        captured("01/06/2015", live("01/01/2014"), capture="live"),
    )
    (first, _) = h.versions
    assert {first.text_capture, *first.other_texts} == {"sha256:eight", "sha256:seven"}


def test_text_of_an_unknown_address_disputes_no_other() -> None:
    """It may have stood at the same address, edited."""
    h = history(
        captured("01/06/2015", archived("01/01/2012", 7, text_digest="A"), capture="seven"),
        captured("01/06/2015", old_page("foot 01/01/2012", text_digest="B"), capture="page"),
        captured("01/06/2015", live("01/01/2014"), capture="live"),
    )
    assert [version.other_texts for version in h.versions] == [(), ()]
    assert "texts_differ" in kinds(h)


def test_old_mark_that_is_gone_later_was_put_before_something_was_withdrawn() -> None:
    """Rule 17: its address shows it in force again, and nothing newer is known, so it is in force."""
    h = history(
        captured("01/06/2013", archived("01/01/2012", 1, text_digest="A")),
        captured("01/06/2014", live("01/01/2012", text_digest="A"), said("contents", at="manual/1")),
    )
    assert told(h, "01/06/2013", "01/06/2014", "01/06/2015") == ["in_force 01/01/2012"] * 3


def test_old_mark_at_another_address_stands_against_a_later_sight() -> None:
    """An archived copy shows that something replaced it; that the page bears no mark is weak."""
    h = history(
        captured("01/06/2013", archived("01/01/2012", 5, text_digest="A")),
        captured("01/06/2014", live("01/01/2012", text_digest="A")),
    )
    assert told(h, "01/01/2012") == ["in_force 01/01/2012"]
    assert told(h, "01/06/2013", "01/06/2014", "01/06/2015") == ["disputed"] * 3


def test_pages_whose_words_are_not_held_are_not_one_version_for_that() -> None:
    """That no words were read is not that they are the same: only the same words with two first days are one."""
    first, second = ("01/03/2021", "01/05/2019"), ("01/06/2021", "01/06/2020")
    for words_held, number in (("", 2), ("same", 1)):
        h = history(*(captured(when, live(start, text_digest=words_held)) for when, start in (first, second)))
        assert len(h.versions) == number, words_held


def test_a_row_of_the_same_day_takes_no_link_away() -> None:
    """A list may show only later that the linked address has an old version by now; on one day the link counts."""
    link = captured("01/06/2020", said("contents", at="manual/1"))
    old = said("listed", at="manual/1", ends=ends("listed excluded 01/06/2019"))
    same, later = captured("01/06/2020", old), captured("02/06/2020", old)
    assert LiveAddress([*link, *same], None).named(day("01/06/2020")) == {"manual/1"}
    assert LiveAddress([*link, *later], None).named(day("02/06/2020")) == frozenset()
