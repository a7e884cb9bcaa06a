"""Marks behind titles, in feet, rows and contents: starts, ends, and words of ending that can't be read."""

from __future__ import annotations

from datetime import date

import pytest

from manual.model import ParsedPage, Sha256, SitePath
from manual.parse import parse_capture
from manual.parse.headings import read_heading
from tests.parsed_page import own

SHA = Sha256("sha256:" + "0" * 64)


def ends_of(line: str) -> list[tuple[str, str, str, str]]:
    heading = read_heading(f"ZA1.5 {line}")
    return [(str(e.day or ""), e.reading, e.basis, e.kind) for e in heading.ends("suffix", "heading")]


def page_of(text: str, site_path: str = "opsmanual/1") -> ParsedPage:
    return parse_capture(text.encode(), media="text", site_path=SitePath(site_path), sha256=SHA)


@pytest.mark.parametrize(
    ("mark", "day", "reading", "basis"),
    [
        ("(to 01/04/2015)", "2015-04-01", "either", "suffix"),
        ("(until 1 April 2015)", "2015-04-01", "either", "suffix"),
        ("（to 1 April 2015）", "2015-04-01", "either", "suffix"),
        ("{to 1 April 2015}", "2015-04-01", "either", "suffix"),
        ("(to 1 April 2015 incl.)", "2015-04-01", "included", "suffix"),
        ("(to 01/04/2015 – see ZX1.5)", "2015-04-01", "either", "suffix"),
        ("(revoked 01/04/2015, now ZX1.5)", "2015-04-01", "excluded", "revocation"),
        ("(annulled 01/04/2015)", "2015-04-01", "excluded", "suffix"),
        ("(expiry date: 01/04/2015)", "2015-04-01", "either", "suffix"),
        ("(last day in force 01/04/2015)", "2015-04-01", "included", "suffix"),
        ("(revocation 01/04/2015)", "2015-04-01", "excluded", "revocation"),
        ("［revoked 01/04/2015）", "2015-04-01", "excluded", "revocation"),
        ("(to 1 April 2015 inclusive)", "2015-04-01", "included", "suffix"),
        ("(up to and including 1 April 2015)", "2015-04-01", "included", "suffix"),
        ("(revoked 01/04/2015)", "2015-04-01", "excluded", "revocation"),
        ("(revoked on 1 April 2015)", "2015-04-01", "excluded", "revocation"),
        ("(REVOKED from 01/04/2015)", "2015-04-01", "excluded", "revocation"),
        ("(revoked with effect from 1st April 2015)", "2015-04-01", "excluded", "revocation"),
        ("(rescinded: 1.4.2015)", "2015-04-01", "excluded", "revocation"),
        ("(withdrawn 1-4-2015)", "2015-04-01", "excluded", "revocation"),
        ("(ceased 01/04/2015)", "2015-04-01", "excluded", "suffix"),
        ("(superseded 01/04/2015)", "2015-04-01", "excluded", "suffix"),
        ("(closed 01/04/2015)", "2015-04-01", "either", "suffix"),
        ("(closed from 01/04/2015)", "2015-04-01", "excluded", "suffix"),
        ("(expired 1 Apr 2015)", "2015-04-01", "either", "suffix"),
        ("(01/04/2015 revoked)", "2015-04-01", "excluded", "revocation"),
        ("revoked 01/04/2015", "2015-04-01", "excluded", "revocation"),
        ("to 01/04/2015", "2015-04-01", "either", "suffix"),
        ("to 01/04/2015)", "2015-04-01", "either", "suffix"),
        ("(to 01/04/2015", "2015-04-01", "either", "suffix"),
        ("(to 01/04/2015)*", "2015-04-01", "either", "suffix"),
        ("(revoked 01/04/2015)¹", "2015-04-01", "excluded", "revocation"),
        ("(withdrawn on Wednesday 1 April 2015)", "2015-04-01", "excluded", "revocation"),
        ("(ends 01/04/2015)", "2015-04-01", "either", "suffix"),
        ("(expiring 1 April 2015)", "2015-04-01", "either", "suffix"),
        ("(expires on 1 April 2015)", "2015-04-01", "either", "suffix"),
        ("(closes 01/04/2015)", "2015-04-01", "either", "suffix"),
        ("(deleted 01/04/2015)", "2015-04-01", "excluded", "suffix"),
        ("(ceases to have effect from 1 April 2015)", "2015-04-01", "excluded", "suffix"),
        ("(no longer effective from 01/04/2015)", "2015-04-01", "excluded", "suffix"),
        ("(effective until 1 April 2015)", "2015-04-01", "either", "suffix"),
        ("(in force until 01/04/2015)", "2015-04-01", "either", "suffix"),
        ("(until the end of 1 April 2015)", "2015-04-01", "included", "suffix"),
        ("(to 11:59pm 1 April 2015)", "2015-04-01", "included", "suffix"),
        (": revoked 1 April 2015", "2015-04-01", "excluded", "revocation"),
        (", to 1 April 2015", "2015-04-01", "either", "suffix"),
        ("(not effective from 1 April 2015)", "2015-04-01", "excluded", "suffix"),
        ("(not in force after 1 April 2015)", "2015-04-01", "included", "suffix"),
        ("(until midnight on 1 April 2015)", "2015-04-01", "included", "suffix"),
        ("(to end of 1 April 2015)", "2015-04-01", "included", "suffix"),
        ("(replaced by ZB2.5 on 1 April 2015)", "2015-04-01", "excluded", "suffix"),
        ("(superseded by ZB2.5 1 April 2015)", "2015-04-01", "excluded", "suffix"),
        ("(revoked from end of 31 March 2015)", "2015-04-01", "excluded", "revocation"),
    ],
)
def test_mark_of_ending_is_an_end(mark: str, day: str, reading: str, basis: str) -> None:
    """A word of ending that is passed over leaves a dead version in force (rules 8 to 10)."""
    assert ends_of(f"Boats {mark}") == [(day, reading, basis, "end")]
    assert read_heading(f"ZA1.5 Boats {mark}").title == "Boats"


@pytest.mark.parametrize(
    "mark",
    [
        "(REVOKED)", "(revoked 31/04/2015)", "(to 31/04/2015)", "(to June 2015)", "(to 05/06/0212)", "(closed)",
        "(ended)", "(now withdrawn)", "(replaced by ZB1.5)", "(no longer in force)", "(ceased in 2015)",
        "- Revoked", "– superseded",
        "REVOKED", "[obsolete]", "revoked 31/04/2015", "(not in force)", "(not current)", "(archived 01/04/2015)",
        "– no longer current",
        "(revoked April 2015)", "(to 01 04 2015)", "(to 01/04...", "(removed)",
        "(withdrawn mid-2015)", "(to mid 2015)", "(to 1 April)", "(revoked?)", "(closed early 2015)",
        "(expires end of April 2015)", "(ending April 2015)", "(to the end of 2015)", "(to summer 2015)",
    ],
)  # fmt: skip
def test_mark_of_ending_without_a_readable_day_is_an_end_of_unknown_day(mark: str) -> None:
    """It would become part of the title, or a start, and the version stay in force (rule 10)."""
    heading = read_heading(f"ZA1.5 Boats {mark}")
    assert [(end.day, end.reading, end.kind) for end in heading.ends("suffix", "heading")] == [
        (None, "excluded", "end")
    ]
    assert heading.title == "Boats"
    assert heading.starts("suffix", "heading") == ()
    assert not heading.dated
    assert {finding.kind for finding in heading.findings("heading")} & {"end_without_day", "unlikely_year"}


@pytest.mark.parametrize(
    "mark",
    ["(closed to new applications)", "(to be revoked 1 May 2015)", "(due to expire 1 May 2015)",
     "(partly revoked 1 May 2015)", "(temporarily closed from 1 May 2015)", "(not to be effective from 1 May 2015)",
     "(partly revoked)", "(paragraph (b) revoked 1 May 2015)", "(category closed 1 May 2015)",
     "(from 1 May 2014 until revoked)", "(not yet in force)", "(closed 1 May 2015 – 9 May 2015)",
     "(revoked 1 May 2014; reinstated 1 May 2015)", "(formerly ZX1.5, to 1 May 2015)", "(to 1 May 2015 11:59pm)",
     "(last day 1 May 2015)", "(in force to 1 May 2015 only)", "(closed temporarily from 1 May 2015)",
     "(closed for now)", "(withdrawn until further notice)", "(revoked in part 1 May 2015)",
     "(revoked from 1 May 2015 for rafts)", "(revoked 1 May 2015 except for rafts)",
     "(revoked 1 May 2015 or 9 May 2015)",
     "(closed 1 May 2015, reopened 9 May 2015)", "(revoked 1 May 2015 – date to be confirmed)",
     "(valid until 1 May 2015)", "(current to 1 May 2015)", "(valid 1 May 2014 to 1 May 2015)"],
)  # fmt: skip
def test_mark_that_may_mean_an_end_is_an_unclear_one(mark: str) -> None:
    """A category closed to applications is not an instruction ended; ignoring the words would be no better."""
    heading = read_heading(f"ZA1.5 Boats {mark}")
    assert [end.kind for end in heading.ends("suffix", "heading")] == ["unclear"]
    assert [finding.kind for finding in heading.findings("heading")] == ["end_unclear"]


@pytest.mark.parametrize(
    "mark",
    ["(01/04/2015 to present)", "(from 01/04/2015 to date)", "(from 01/04/2015 –)", "(1 April 2015 - now)"],
)
def test_range_that_goes_on_is_a_start_and_no_end(mark: str) -> None:
    """It stayed in the title, and the version without its first day."""
    heading = read_heading(f"ZA1.5 Boats {mark}")
    assert [str(claim.day) for claim in heading.starts("suffix", "heading")] == ["2015-04-01"]
    assert (heading.title, heading.dated, heading.ends("suffix", "heading")) == ("Boats", False, ())


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Boats (revoked 01/04/2015) (see ZB2.5)", "Boats (see ZB2.5)"),
        ("Boats (revoked 01/04/2015) – see ZB2.5", "Boats – see ZB2.5"),
        ("Boats (to 01/04/2015) and Ships", "Boats and Ships"),
        ("Boats ((to 01/04/2015))", "Boats"),
        ("Boats (revoked (01/04/2015))", "Boats"),
        ("Boats (instructions revoked 01/04/2015)", "Boats"),
        ("Boats *(to 01/04/2015)*", "Boats"),
    ],
)
def test_end_in_brackets_counts_whatever_stands_behind_or_around_it(line: str, title: str) -> None:
    """It stayed in the title, and a dead version in force (rule 10)."""
    assert [end[0] for end in ends_of(line)] == ["2015-04-01"]
    assert read_heading(f"ZA1.5 {line}").title == title


def test_word_before_the_title_with_its_day_in_brackets_is_a_mark() -> None:
    """It passed for a title in silence (rule 10)."""
    assert ends_of("REVOKED (01/04/2015) Boats")[0][3] == "end"


def test_suspension_in_a_mark_is_no_end() -> None:
    """What is suspended may come back."""
    assert ends_of("Boats (suspended 01/04/2015)") == [("2015-04-01", "excluded", "suffix", "suspension")]
    since = "(suspended indefinitely from 01/04/2015)"
    assert ends_of(f"Boats {since}") == [("2015-04-01", "excluded", "suffix", "suspension")]
    for mark in (
        "(suspended)",
        "(in abeyance)",
        "(on hold)",
        "(suspended for now)",
        "(on hold indefinitely)",
    ):
        assert [kind for *_, kind in ends_of(f"Boats {mark}")] == ["suspension"], mark


@pytest.mark.parametrize(
    "title",
    [
        "Boats (as amended on 4 May 2013)", "Boats (for applications made before 4 May 2013)", "Boats (risk to hulls)",
        "Boats (applications made on or after 4 May 2013)", "Boats (ANZSCO)", "Boats (expired passes)",
        "Boats (to 12 metres)", "Boats (2013)", "Boats (2019/20)", "Boats built prior to 1 April 2015",
        "Boats built from 1 May 2012 to 1 June 2013",
        "Owners (born before 1 May 2000)", "Boats as at 1 May 2020", "VISITS CANCELLED",
        "Boats (valid from 4 May 2013)", "Boats (introduced 4 May 2013)",
        "Year ending 30 June 2020", "Boats (year ending 30 June 2020)",
        "(Small) boats", "Ferries (from Lyttelton to Picton)", "Boats (voyages to 4 May 2013)", "Boats (closed decks)",
    ],
)  # fmt: skip
def test_bracket_that_is_no_mark_belongs_to_the_title(title: str) -> None:
    """A title cut at a bracket names another subject; its date would move the version."""
    heading = read_heading(f"ZA1.5 {title}")
    assert (heading.title, heading.suffixes) == (title, ())


@pytest.mark.parametrize(
    "line",
    ["(revoked 01/04/2015) Boats", "REVOKED 01/04/2015 Boats", "[Revoked: 1 April 2015] Boats"],
)
def test_mark_before_the_title_is_an_end_too(line: str) -> None:
    """Read as words of the title it would leave the version in force."""
    heading = read_heading(f"ZA1.5 {line}")
    assert [(end.day, end.kind) for end in heading.ends("suffix", "h")] == [(date(2015, 4, 1), "end")]
    assert heading.title == "Boats"


@pytest.mark.parametrize(
    ("line", "title"), [("REVOKED – Boats", "Boats"), ("Revoked", ""), ("WITHDRAWN", "")]
)
def test_word_of_ending_before_or_in_place_of_the_title_is_an_end(line: str, title: str) -> None:
    """The same where no day is printed."""
    heading = read_heading(f"ZA1.5 {line}")
    assert [(end.day, end.kind) for end in heading.ends("suffix", "h")] == [(None, "end")]
    assert heading.title == title


@pytest.mark.parametrize(
    "mark",
    ["(as from 1 April 2015)", "(as of 1 April 2015)", "(on and after 1 April 2015)", "(effective on 1 April 2015)",
     "(in force from 1 April 2015)", "(commencing 1 April 2015)", "(effective as from 1 April 2015)",
     "(wef 1 April 2015)", "(w.e.f. 01/04/2015)"],
)  # fmt: skip
def test_mark_of_beginning_is_a_start(mark: str) -> None:
    """Left in the title, it would give a second subject, and the version no first day."""
    heading = read_heading(f"ZA1.5 Boats {mark}")
    assert [start.day for start in heading.starts("suffix", "h")] == [date(2015, 4, 1)]
    assert (heading.title, heading.dated) == ("Boats", False)


@pytest.mark.parametrize(
    "mark", ["(effective 4 May 2013 to 3 June 2014)", "(between 4 May 2013 and 3 June 2014)"]
)
def test_range_in_words_is_a_start_and_an_end(mark: str) -> None:
    """A range read as title would leave the version in force for ever."""
    heading = read_heading(f"ZA1.5 Boats {mark}")
    assert [start.day for start in heading.starts("suffix", "h")] == [date(2013, 5, 4)]
    assert [(end.day, end.reading) for end in heading.ends("suffix", "h")] == [(date(2014, 6, 3), "either")]
    assert (heading.title, heading.suffix) == ("Boats", mark)


@pytest.mark.parametrize(
    ("mark", "day"),
    [("(to be revoked 1 May 2015)", date(2015, 5, 1)), ("(valid until 1 May 2015)", date(2015, 5, 1)),
     ("(from 1 May 2014 until revoked)", None), ("(closed to new applications)", None)],
)  # fmt: skip
def test_unclear_end_has_the_day_that_may_be_its(mark: str, day: date | None) -> None:
    """Without it the days after it would be answered as if the mark were not there."""
    (end,) = read_heading(f"ZA1.5 Boats {mark}").ends("suffix", "h")
    assert (end.day, end.kind) == (day, "unclear")


def test_bracket_with_two_marks_is_two() -> None:
    """If it failed, a revoked version would be in force."""
    heading = read_heading("ZA1.5 Boats (01/04/2012, revoked 1 April 2015)")
    assert [start.day for start in heading.starts("suffix", "h")] == [date(2012, 4, 1)]
    assert [(end.day, end.kind) for end in heading.ends("suffix", "h")] == [(date(2015, 4, 1), "end")]
    assert (heading.title, heading.suffix) == ("Boats", "(01/04/2012, revoked 1 April 2015)")


def test_range_is_a_start_and_an_end_and_keeps_its_words() -> None:
    """Between the two days the version was in force (seen as "from 4 May 2013 to 3 June 2014")."""
    heading = read_heading("ZA1.5 Boats (from 4 May 2013 to 3 June 2014)")
    assert heading.suffix == "(from 4 May 2013 to 3 June 2014)"
    assert [start.day for start in heading.starts("suffix", "h")] == [date(2013, 5, 4)]
    assert [(end.day, end.reading) for end in heading.ends("suffix", "h")] == [(date(2014, 6, 3), "either")]
    assert not heading.dated


def test_end_of_a_row_rests_on_the_list() -> None:
    """A mention in another page's list ranks below the page's own mark (rule 6)."""
    heading = read_heading("ZA1.5 Boats (revoked 01/04/2015)")
    assert [end.basis for end in heading.ends("listed", "list 1 row 1")] == ["listed"]


# ---------------------------------------------------------------- feet


@pytest.mark.parametrize(
    ("foot", "ends"),
    [
        ("Rescinded 30/04/2011", [(date(2011, 4, 30), "excluded", "revocation")]),
        ("Revoked on 30 April 2011", [(date(2011, 4, 30), "excluded", "revocation")]),
        ("Ceased 30/04/2011", [(date(2011, 4, 30), "excluded", "foot")]),
        ("Rescinded 31/04/2011", [(None, "excluded", "revocation")]),
    ],
)
def test_line_of_ending_in_the_place_of_the_foot_ends_and_never_starts(
    foot: str, ends: list[tuple[date | None, str, str]]
) -> None:
    """`Rescinded D` read as `Effective D` starts a version on the day it ended (rule 10)."""
    said = own(page_of(f"ZA1.5 Boats\nA boat floats and has a bell.\n{foot}\n"))
    assert said.starts == ()
    assert [(end.day, end.reading, end.basis) for end in said.ends] == ends


def test_last_effective_line_counts_whatever_ends_stand_beside_it() -> None:
    """Of several feet the last is the page's (rule 5); a line of ending is none of them."""
    feet = "Effective 08/05/2017\nA boat rows.\nEffective 1st Dec. 2024\nRescinded 3/4/2025\n"
    text = f"ZA1.5 Boats\nA boat floats.\n{feet}"
    said = own(page_of(text))
    assert [start.day for start in said.starts] == [date(2024, 12, 1)]
    assert [end.day for end in said.ends] == [date(2025, 4, 3)]


def test_year_that_the_manual_cannot_mean_is_a_finding_and_no_start() -> None:
    """A page that said 0212 would start in the year 212, or fail, or say nothing."""
    page = page_of("ZA1.5 Boats\nA boat floats and has a bell.\nEffective 05/06/0212\n")
    assert own(page).starts == ()
    assert ("unlikely_year", "foot", "ZA1.5") in [(f.kind, f.locator, f.code) for f in page.findings]


# ---------------------------------------------------------------- rows and contents


def test_row_that_misprints_the_code_is_a_version_of_the_page_and_reported() -> None:
    """The other code would get a version it never had, and the page's own would be missing (rule 18)."""
    page = page_of(
        "ZA1.5 Rowing at night\nA rower has a lamp.\nEffective 09/10/2023\nPREVIOUS IMMIGRATION INSTRUCTIONS\n"
        "ZA1 Rowing at night (26/11/2018)\nZA1.5 Rowing at night (02/12/2013)\nZA1.10 Rowing by day (01/02/2012)\n"
    )
    rows = [(s.kind, s.code, s.suffix, s.misprinted, s.in_list) for s in page.statements if s.kind != "page"]
    assert rows == [
        ("listed", "ZA1.5", "(26/11/2018)", True, "list 1"),
        ("listed", "ZA1.5", "(02/12/2013)", False, "list 1"),
        ("neighbour", "ZA1.10", "(01/02/2012)", False, ""),
    ]
    assert ("code_misprinted", "list 1 row 1") in [(f.kind, f.locator) for f in page.findings]


def test_row_with_another_code_is_no_misprint_among_other_codes_only() -> None:
    """A heading "previous" stands over other codes too (rule 16)."""
    page = page_of(
        "ZA1.5 Objective\nA rower has a lamp.\nEffective 09/10/2023\nPREVIOUS IMMIGRATION INSTRUCTIONS\n"
        "ZA2.5 Objective (26/11/2018)\nZA3.5 Objective (02/12/2013)\n"
    )
    assert [said.kind for said in page.statements if said.kind != "page"] == ["neighbour", "neighbour"]


def test_line_of_the_contents_without_a_code_keeps_its_marks() -> None:
    """A list that ended would look current (rule 22)."""
    page = page_of(
        "Administration\nZA1 Boats\nZA1.5 Masts (REVOKED)\nAppendices\nAppendix 3 – Piers\nRuritania (to 27/06/2016)\n"
        "Utopia (to 31/06/2016)\n",
        "opsmanual/toc",
    )
    lines = {line.title: line for line in page.contents}
    assert [(end.day, end.reading) for end in lines["Ruritania"].ends] == [(date(2016, 6, 27), "either")]
    assert [(end.day, end.reading) for end in lines["Utopia"].ends] == [(None, "excluded")]
    assert [(end.day, end.basis) for end in lines["Masts"].ends] == [(None, "listed")]
    assert {"line 3", "line 7"} <= {f.locator for f in page.findings if f.kind == "end_without_day"}


def test_letters_alone_are_a_code_only_where_the_part_is_known() -> None:
    """ "I, Ann Bell" and "NZ Harbour" would be filed as instructions."""
    assert read_heading("WL Boats", lettered=True).code == "WL"
    for line in ("IN THIS SECTION", "I NAME the wardens", "A Guide to rowing", "NZ Harbour news", "ZB Boats"):
        assert read_heading(line, lettered=True).code is None, line
    listed = "ZB Boats\nWho may row.\nIN THIS SECTION\nZB1 Masts\nZB1.5 Sails\n"
    contents = page_of("Administration\nResidence\nZB Boats\nZB1 Masts\nNZ Harbour\nI Row\n", "opsmanual/toc")
    assert [line.code for line in contents.contents] == [None, None, "ZB", "ZB1", None, None]
    assert page_of(listed).kind in ("instruction", "front_matter")


# ---------------------------------------------------------------- the pre-2010 edition

SHORT = "- This is not current policy -"
WHOLE = "This manual ceases to be effective from 29 November 2010."


@pytest.mark.parametrize(
    ("banner", "suffix", "old", "ended"),
    [
        (WHOLE, "", False, True),
        (SHORT, "", True, False),
        (SHORT, " (01/07/2002)", True, False),
        ("", " (01/07/2002)", True, False),
        ("", "", False, False),
    ],
)
def test_pages_of_the_old_edition_are_of_three_kinds(
    banner: str, suffix: str, old: bool, ended: bool
) -> None:
    """A replaced version would be in force until the edition ended, or a live page count as replaced (rule 12)."""
    text = f"{banner}\nZA1.5 Boats{suffix}\nA boat floats and has a bell.\nEffective 01/07/2002\n"
    said = own(page_of(text, "opsmanual-archive/1"))
    assert (said.edition, said.shown_as_old) == ("pre-2010", old)
    assert [(end.day, end.basis) for end in said.ends] == ([(date(2010, 11, 29), "edition")] if ended else [])


def test_claim_about_another_code_has_this_page_as_evidence() -> None:
    """The end of ZB3.1 would be lost, or taken for the end of the page that tells it (rule 24)."""
    page = page_of(
        "ZA1.5 Boats\nThe instructions at ZB3.1 cease to be effective from 1 January 2026.\nEffective 01/01/2026\n"
    )
    (claim,) = (said for said in page.statements if said.kind == "claim")
    assert (claim.code, claim.address, claim.locator) == ("ZB3.1", "opsmanual/1", "ZA1.5 paragraph 1")
    assert own(page).ends == ()


def test_undated_words_add_nothing_to_a_dated_end() -> None:
    """ "Have been revoked" beside "(revoked D)" would make the known day unknown."""
    said = own(
        page_of("ZA1.5 Boats (revoked 01/04/2015)\nThese instructions have been revoked.\nA boat floats.\n")
    )
    assert [end.day for end in said.ends] == [date(2015, 4, 1)]


def test_empty_brackets_before_a_title_are_no_mark() -> None:
    heading = read_heading("() Boats")
    assert (heading.title, heading.suffixes) == ("() Boats", ())


@pytest.mark.parametrize(("text", "code"), [("K Kites", "K"), ("A Guide", None), ("I Kite Flyer", None)])
def test_one_letter_is_a_part_where_other_lines_show_it_unless_it_is_a_word(
    text: str, code: str | None
) -> None:
    """If it failed, a part would lose its place in the contents, or a sentence would be taken for a part."""
    assert read_heading(text, lettered=True, parts=frozenset(("A", "I", "K"))).code == code


# ---------------------------------------------------------------- marks that a copy moved or dressed up


@pytest.mark.parametrize(
    "head",
    [
        "ZA1.5 Boats\n(to 31/03/2015)",
        "ZA1.5 Boats\n\n(to 31/03/2015)\n",
        "ZA1.5 Boats (to\n31/03/2015)",
        "ZA1.5\nBoats (to 31/03/2015)",
        "ZA1.5 Boats\n[to 31 March 2015]",
    ],
)
def test_mark_on_a_line_of_its_own_is_the_heading_s(head: str) -> None:
    """If it failed, an ended instruction would be answered as in force, and its mark be shown as a clause."""
    page = page_of(f"{head}\n\n  1. A boat floats.\n\nEffective 01/01/2010\n")
    assert page.title == "Boats"
    assert [(end.day, end.reading) for end in own(page).ends] == [(date(2015, 3, 31), "either")]
    assert [block.text for block in page.blocks] == ["A boat floats."]


def test_code_alone_takes_no_clause_for_its_title() -> None:
    """If it failed, the first clause of a page whose title was lost would become its title."""
    for clause in (
        "A boat floats.",
        "(risk)",
        "1. A boat",
        "Note: A boat",
        "Effective 01/01/2010",
        "ZA1.6 Sails",
    ):
        page = page_of(f"ZA1.5\n{clause}\nA boat has a keel.\n\nEffective 01/01/2010\n")
        assert page.title == "", clause


def test_mark_of_a_row_on_the_next_line_is_read() -> None:
    """If it failed, the list would name a version without a day, and days of the old version be given to none."""
    page = page_of(
        "ZA1.5 Boats\n\n  1. A boat floats.\n\nEffective 01/02/2020\n\nPREVIOUS IMMIGRATION\nINSTRUCTIONS\n\n"
        "ZA1.5 Boats\n(25/07/2011)\n\n• ZA1.5 Boats (29/11/2010)\n"
    )
    rows = [st for st in page.statements if st.kind == "listed"]
    assert [st.starts[0].day for st in rows] == [date(2011, 7, 25), date(2010, 11, 29)]
    assert [block.text for block in page.blocks] == ["A boat floats."]


@pytest.mark.parametrize(
    "line", ["Boats *REVOKED*", "Boats **revoked 01/04/2015**", "Boats (revoked ??/04/2015)"]
)
def test_mark_between_asterisks_or_with_a_part_of_its_day_lost_ends(line: str) -> None:
    """If it failed, the words would stay in the title and the instruction be in force."""
    heading = read_heading(f"ZA1.5 {line}")
    assert heading.title == "Boats"
    assert [mark.word for mark in heading.suffixes] == ["to"]


def test_hyphen_within_a_word_of_a_title_ends_nothing() -> None:
    """If it failed, a title such as this one would take its instruction out of force."""
    heading = read_heading("ZA1.5 Watching (closed-circuit television)")
    assert (heading.title, heading.suffixes) == ("Watching (closed-circuit television)", ())


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("Boats 01/09/2021", True),
        ("Boats - 1.9.2021", True),
        ("Boats 1 September 2021", False),
        ("Boats built before 01/09/2021", False),
        ("Boats built on 01/09/2021", False),
        ("Year ending 30/06/2020", False),
        ("Passes expiring 30/06/2020", False),
        ("Agreement signed 30/06/2020", False),
        ("Order in Council 30/06/2020", False),
        ("Applications: deadline 30/06/2020", False),
        ("Harbour Standard 3.4.20", False),
    ],
)
def test_day_in_figures_needs_no_brackets(line: str, marked: bool) -> None:
    """If it failed, an archived page without brackets would be in force, or a day within a title make a page old."""
    assert read_heading(f"ZA1.5 {line}").dated is marked


def test_year_of_two_figures_behind_a_month_s_name_is_read_in_marks_and_feet() -> None:
    """If it failed, pages of the 1990s that print it would have no first day."""
    assert ends_of("Boats (revoked 5 June 99)")[0][0] == "1999-06-05"
    page = page_of("ZA1.5 Boats\n\n  1. A boat floats.\n\nEffective 5 June 97\n\nTop of page\n")
    assert own(page).starts[0].day == date(1997, 6, 5)
    cut = page_of("Previous Topic\n\nZA1.5 Boats\n\n  1. A boat floats.\n\nEffective 5 June 20")
    assert own(cut).starts == ()


# ---------------------------------------------------------------- feet


@pytest.mark.parametrize(
    "foot",
    [
        "Effective from: 1st September 2021",
        "Effective - 01/09/2021",
        "Effective – 1-Sep-2021",
        "(Effective 01/09/2021)",
        "Effective Wednesday 1 September 2021",
        "Effective 01 / 09 / 2021",
    ],
)
@pytest.mark.parametrize("media", ["text", "html"])
def test_foot_in_other_spellings_is_the_foot(foot: str, media: str) -> None:
    """If it failed, the foot would be a clause, or `Effective - D` take the page out of force."""
    lines = {
        "text": f"ZA1.5 Boats\n\n  1. A boat floats.\n\n{foot}\n\nTop of page\n",
        "html": f'<p class="heading4">ZA1.5 Boats</p><p>A boat floats.</p><p class="effectivedate">{foot}</p>',
    }
    page = parse_capture(lines[media].encode(), media=media, site_path=SitePath("opsmanual/1"), sha256=SHA)
    assert [(claim.day, claim.basis) for claim in own(page).starts] == [(date(2021, 9, 1), "foot")]
    assert (own(page).ends, [block.text for block in page.blocks]) == ((), ["A boat floats."])


def test_day_of_the_week_that_does_not_fit_the_foot_proves_nothing() -> None:
    """If it failed, one of two days that contradict each other would be taken."""
    page = page_of("ZA1.5 Boats\n\n  1. A boat floats.\n\nEffective Monday 1 September 2021\n\nTop of page\n")
    assert own(page).starts == ()
    assert "malformed_date" in [finding.kind for finding in page.findings]


def test_foot_of_ending_in_brackets_ends() -> None:
    """If it failed, the day since which it is out of force would be lost."""
    page = page_of("ZA1.5 Boats\n\n  1. A boat floats.\n\n(Rescinded 30/04/2011)\n\nTop of page\n")
    assert [end.day for end in own(page).ends] == [date(2011, 4, 30)]


@pytest.mark.parametrize(
    ("foot", "starts", "ends"),
    [
        ("Effective date: 01/09/2021", 1, 0),
        ("Effective as from 1 September 2021", 1, 0),
        ("Not effective", 0, 1),
        ("Previously effective 01/01/2010", 0, 1),
        ("Archived 01/01/2010", 0, 1),
        ("Inactive from 30/04/2011", 0, 1),
        ("Effective", 0, 0),
    ],
)
@pytest.mark.parametrize(
    "below", ["Top of page | Print this page", "PREVIOUS POLICY\n\nZA1.5 Boats (29/11/2009)"]
)
def test_other_words_in_the_place_of_the_foot_of_a_copied_text_are_one(
    foot: str, starts: int, ends: int, below: str
) -> None:
    """If it failed, the words would be a clause, and a page that says it is not effective be in force."""
    page = page_of(f"ZA1.5 Boats\n\n  1. A boat floats.\n\n{foot}\n\n{below}\n")
    assert (len(own(page).starts), len(own(page).ends)) == (starts, ends)
    assert [block.text for block in page.blocks] == ["A boat floats."]


@pytest.mark.parametrize(
    "clause", ["Effective boats row well.", "Current boats", "In force are the rules of boats."]
)
def test_last_clause_is_no_foot(clause: str) -> None:
    """If it failed, a clause would be lost."""
    page = page_of(f"ZA1.5 Boats\n\nA boat floats.\n\n{clause}\n\nTop of page\n")
    assert [block.text for block in page.blocks] == ["A boat floats.", clause]


# ---------------------------------------------------------------- words of ending behind a dash, and broken contents


@pytest.mark.parametrize(
    ("title", "kinds"),
    [
        ("Boats - Revoked", ["end"]),
        ("Boats: revoked", ["end"]),
        ("Boats - Withdrawn", ["unclear"]),
        ("Boats – now closed", ["unclear"]),
        ("Visas - Cancelled", ["unclear"]),
        ("Boats: suspended", ["unclear"]),
        ("Visas cancelled", []),
        ("Well-closed boats", []),
        ("Time after which a pass has expired", []),
    ],
)
def test_word_of_ending_behind_a_dash_never_passes_in_silence(title: str, kinds: list[str]) -> None:
    """If it failed, an ended instruction would be in force, or a title be taken for a mark (rule 10)."""
    heading = read_heading(f"ZA1.5 {title}")
    assert [end.kind for end in heading.ends("suffix", "heading")] == kinds
    assert bool(heading.problems) is bool(kinds)


@pytest.mark.parametrize(
    "line",
    [
        "ZA1.5 Masts\n(to 31/03/2015)",
        "ZA1.5 Masts (to\n31/03/2015)",
        "ZA1.5\nMasts (to 31/03/2015)",
        "• ZA1.5 Masts (to 31/03/2015)",
        "- ZA1.5 Masts (to 31/03/2015)",
        "| ZA1.5 Masts (to 31/03/2015) |",
        "ZA1.5 Masts (to 31/03/2015) ...... 12",
        "[Expand] ZA1.5 Masts (to 31/03/2015)",
    ],
)
def test_line_of_the_contents_is_read_with_its_mark_however_copied(line: str) -> None:
    """If it failed, an ended instruction would stand in the contents as in force, or not at all."""
    page = page_of(f"Administration\nZA1 Boats\n{line}\nZA1.10 Sails\nAppendices\nIndex\n", "opsmanual/toc")
    assert [(one.code, one.title) for one in page.contents] == [
        (None, "Administration"), ("ZA1", "Boats"), ("ZA1.5", "Masts"), ("ZA1.10", "Sails"), (None, "Appendices"),
        (None, "Index"),
    ]  # fmt: skip
    assert [end.day for one in page.contents for end in one.ends] == [date(2015, 3, 31)]


def test_mark_of_an_uncoded_line_of_the_contents_may_stand_below_it() -> None:
    """If it failed, an ended list would look current (rule 22)."""
    source = "Administration\nZA1 Boats\nAppendices\nAppendix 3 – Piers\nRuritania\n(to 27/06/2016)\nIndex\n"
    page = page_of(source, "opsmanual/toc")
    assert [one.title for one in page.contents if one.ends] == ["Ruritania"]


def test_mark_of_the_first_line_below_an_appendix_without_a_title_is_not_the_appendix_s() -> None:
    """If it failed, the whole appendix would have ended with one of its lists (rule 22)."""
    source = "Administration\nZA1 Boats\nAppendices\nAppendix 3\nRuritania (to 27/06/2016)\nIndex\n"
    page = page_of(source, "opsmanual/toc")
    assert [(one.code, one.title) for one in page.contents if one.ends] == [(None, "Ruritania")]


def test_code_and_title_that_link_two_pages_are_two_lines() -> None:
    """If it failed, the page of a code whose title was lost would be called by the next line."""
    links = "".join(
        f'<p><a href="{n}.htm">{t}</a></p>' for n, t in ((1, "ZA1 Boats"), (2, "ZA1.5"), (3, "Harbours"))
    )
    page = parse_capture(
        f"<html><title>Contents</title><p>Administration</p>{links}<p>Index</p></html>".encode(),
        media="html", site_path=SitePath("opsmanual/toc"), sha256=SHA,
    )  # fmt: skip
    assert ("ZA1.5", "", "opsmanual/2") in [(one.code, one.title, one.address) for one in page.contents]


def test_link_of_the_contents_broken_by_a_line_break_is_one_line() -> None:
    """If it failed, the mark would be a line without a code, and the instruction be in force."""
    links = "".join(
        f'<p><a href="{n}.htm">{t}</a></p>'
        for n, t in ((1, "ZA1 Boats"), (2, "ZA1.5 Masts<br>(to 31/03/2015)"))
    )
    page = parse_capture(
        f"<html><title>Contents</title><p>Administration</p>{links}<p>Index</p></html>".encode(),
        media="html", site_path=SitePath("opsmanual/toc"), sha256=SHA,
    )  # fmt: skip
    assert [(one.code, one.address) for one in page.contents if one.ends] == [("ZA1.5", "opsmanual/2")]


def test_brackets_of_a_title_stay_as_they_are_printed() -> None:
    """A title in braces was changed, and shown so."""
    assert read_heading("ZX1 {{ 7*7 }} boats（small）").title == "{{ 7*7 }} boats（small）"
