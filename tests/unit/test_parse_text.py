"""Text captures: what is frame and what is text, and what a copy lost on its way."""

from __future__ import annotations

from datetime import date

import pytest

from manual.model import ParsedPage, Sha256, SitePath
from manual.parse import parse_capture
from tests.parsed_page import blocks, own


def parsed(text: str, site_path: str | None = "opsmanual/90001") -> ParsedPage:
    return parse_capture(
        text.encode(),
        media="text",
        site_path=SitePath(site_path) if site_path else None,
        sha256=Sha256("sha256:0"),
    )


def page_with(
    text: str, *, heading: str = "ZB1.5 Harbour gates", foot: str = "Effective 01/04/2021"
) -> ParsedPage:
    return parsed(f"{heading}\n\n{text}\n\n{foot}\n")


def texts(page: ParsedPage) -> list[str]:
    return [block.text for block in blocks(page)]


def items(page: ParsedPage) -> list[str]:
    return [block.pinpoint for block in blocks(page) if block.kind == "item"]


def kinds(page: ParsedPage) -> set[str]:
    return {finding.kind for finding in page.findings}


# ---------------------------------------------------------------- frame


@pytest.mark.parametrize(
    "line",
    [
        "A gate is opened when its notice is no longer current.",
        "You are here: at the gate, and must wait.",
        "The keeper calls out: this is not current policy.",
        "Top of page notices must be hung at the gate.",
        "These are archived instructions, and a keeper must keep them.",
        "To see the current tide go to the gate.",
        "Archived boats are kept in the shed.",
    ],
)
def test_sentence_that_resembles_the_frame_is_text(line: str) -> None:
    """Taken for frame, a clause disappears and may take its instruction out of force."""
    page = page_with(f"A gate must be shut at night.\n\n{line}")
    assert line in texts(page)
    assert not own(page).shown_as_old


@pytest.mark.parametrize(
    "frame",
    [
        "These are archived immigration instructions that are no longer current",
        "ARCHIVED",
        "These are archived\nimmigration instructions that are\nno longer current",
        "|\n|\nThese are archived immigration instructions\nthat are no longer current\n|",
        "- This is not current policy -",
        "You are here: Harbours » ZB1 Gates\nThis is not current policy",
    ],
)
def test_banner_above_the_heading_marks_the_page_as_old(frame: str) -> None:
    """An old version without its mark would be in force for ever."""
    page = parsed(f"{frame}\n\nZB1.5 Harbour gates\n\nA gate must be shut.\n\nEffective 01/04/2001\n")
    assert own(page).shown_as_old
    assert texts(page) == ["A gate must be shut."]


def test_breadcrumb_that_names_another_code_is_no_heading() -> None:
    """The page would be filed under its chapter."""
    page = parsed(
        "You are here: Harbours »\nZB1 Gates » ZB1.5 Harbour gates\n\nZB1.5 Harbour gates\n\nA gate is shut.\n"
    )
    assert (page.code, page.title) == ("ZB1.5", "Harbour gates")


def test_banner_formula_between_text_is_kept() -> None:
    """Nothing between heading and foot is frame, whatever it says."""
    line = "These are archived immigration instructions that are no longer current"
    page = page_with(f"A notice at the gate says:\n\n{line}\n\nKeepers must hang it.")
    assert line in texts(page)
    assert not own(page).shown_as_old


def test_foot_of_the_frame_is_left_out_below_the_text_only() -> None:
    """Frame words would be compared with other versions as if they were law."""
    page = parsed(
        "ZB1.5 Gates\n\nA gate is shut.\n\nEffective 01/04/2021\n\nTop of Page| E-mail this Page| Print this page\n"
    )
    assert texts(page) == ["A gate is shut."]


# ---------------------------------------------------------------- headings


@pytest.mark.parametrize(
    ("first", "second", "title", "suffix"),
    [
        ("ZB1.5 Gates of the...", "ZB1.5 Gates of the inner harbour", "Gates of the inner harbour", ""),
        ("ZB1.5 Gates", "ZB1.5 Gates (01/04/2021)", "Gates", "(01/04/2021)"),
        (
            "ZB1.5 Gates of the... (01/04/2021)",
            "ZB1.5 Gates of the harbour",
            "Gates of the harbour",
            "(01/04/2021)",
        ),
        ("ZB1.5 GATES", "ZB1.5 Gates", "Gates", ""),
        ("ZB1.5 Gates of the", "ZB1.5 Gates of the inner harbour", "Gates of the inner harbour", ""),
        ("ZB1.5 Gates", "Previous Topic\n\nNext Topic\n\nZB1.5 Gates", "Gates", ""),
    ],
)
def test_heading_printed_twice_is_one(first: str, second: str, title: str, suffix: str) -> None:
    """The second would be a row, a sub-heading, or another version."""
    page = page_with("A gate is shut.", heading=f"{first}\n\n{second}")
    assert (page.title, own(page).suffix) == (title, suffix)
    assert [st.kind for st in page.statements] == ["page"]
    assert texts(page) == ["A gate is shut."]


def test_two_headings_with_two_dates_stay_two() -> None:
    """Which of the two dates is the page's would be a guess."""
    page = page_with("A gate is shut.", heading="ZB1.5 Gates (01/04/2021)\n\nZB1.5 Gates (01/05/2022)")
    assert own(page).suffix == "(01/04/2021)"
    assert "heading_twice" not in kinds(page)


@pytest.mark.parametrize("list_heading", ["IN THIS SECTION", "PREVIOUS IMMIGRATION INSTRUCTIONS", "SEE ALSO"])
def test_row_of_a_list_is_no_heading(list_heading: str) -> None:
    """A page without a code would be filed as the first page that it lists."""
    page = parsed(f"Gates of all kinds\n\n{list_heading}\n\nZB1.5 Harbour gates\n\nZB1.10 Keepers\n")
    assert (page.kind, page.code, page.title) == ("front_matter", None, "Gates of all kinds")
    assert "ZB1.5 Harbour gates" in texts(page)


def test_page_that_lost_its_heading_is_reported_and_loses_nothing_else() -> None:
    """An end that no code is known for must not pass in silence."""
    page = parsed(
        "Note: The policy in this provision ceases to be effective as from 30/07/2007\n\nEffective 17/12/2003"
    )
    assert (page.kind, page.title) == ("front_matter", "")
    assert [(f.severity, f.kind) for f in page.findings] == [("warning", "no_code")]
    assert texts(page)[0].startswith("Note: The policy")
    assert "Effective 17/12/2003" in texts(page)


# ---------------------------------------------------------------- one line


def test_whole_page_on_one_line_is_taken_apart() -> None:
    """Suffix, note, foot and list would be parts of its title."""
    page = parsed(
        "ZB1.5 Keepers of gates (to 25/11/2018)Note: These instructions cease to be effective from 26 November 2018."
        " Effective 08/05/2017 PREVIOUS IMMIGRATION INSTRUCTIONS ZB1.5 Keepers of gates (02/12/2013)"
        " ZB1.5 Keepers (29/11/2010) Top of page | Print this page |"
    )
    assert (page.title, own(page).suffix) == ("Keepers of gates", "(to 25/11/2018)")
    assert [claim.day for claim in own(page).starts] == [date(2017, 5, 8)]
    assert [st.suffix for st in page.statements if st.kind == "listed"] == ["(02/12/2013)", "(29/11/2010)"]
    assert [block.kind for block in page.blocks] == ["note"]
    assert page.structure == "flat"


@pytest.mark.parametrize(
    "frame",
    [
        "Previous Topic Next Topic",
        "These are archived immigration instructions that are no longer current",
        "Previous Topic | Next Topic | This is not current policy |",
    ],
)
def test_frame_before_the_heading_in_its_line_is_frame(frame: str) -> None:
    """The code in the middle of a line would go unseen, and the page be filed under none."""
    page = parsed(f"{frame} ZB1.5 Keepers (to 25/11/2018) A keeper has a key. Effective 08/05/2017", None)
    assert (page.code, page.title, own(page).suffix) == ("ZB1.5", "Keepers", "(to 25/11/2018)")
    assert texts(page) == ["A keeper has a key."]
    assert own(page).shown_as_old == ("urrent" in frame)


LONG = (
    " keeper of lamps must hold oil, and a keeper who holds oil must hold a wick, whatever the harbour says about"
    " lamps on that day or on any other day that it names."
)


def test_title_glued_to_its_text_ends_at_the_capital() -> None:
    """The only trace of the end of the title is the capital behind a small letter."""
    page = parsed(f"ZB1.5 Keepers of lampsA{LONG} Effective 02/12/2013")
    assert page.title == "Keepers of lamps"
    assert texts(page) == [f"A{LONG}"]


def test_title_without_an_end_is_left_out_with_an_error() -> None:
    """A title of two hundred characters looks right and is a guess."""
    page = parsed(f"ZB1.5 Keepers of lamps A{LONG} Effective 02/12/2013")
    assert (page.code, page.title) == ("ZB1.5", "")
    assert [f.severity for f in page.findings if f.kind == "title_unbounded"] == ["error"]
    assert texts(page) == [f"Keepers of lamps A{LONG}"]


def test_long_title_with_a_colon_is_a_title() -> None:
    """Titles of instruments have colons; they are bounded by their suffix."""
    heading = "ZB1.5 Handing on of powers of all kinds: Harbour Master to keepers (30/10/2019)"
    page = page_with("A keeper has a key.", heading=heading)
    assert page.title == "Handing on of powers of all kinds: Harbour Master to keepers"


# ---------------------------------------------------------------- lists


def test_titles_below_the_foot_are_a_list_without_heading() -> None:
    """As headings they would be clauses of this page."""
    page = page_with(
        "A gate is shut.", foot="Effective 01/04/2021\n\nZB1.1 Objective\n\nZB1.10 Keepers (of gates)"
    )
    assert [st.code for st in page.statements if st.kind == "neighbour"] == ["ZB1.1", "ZB1.10"]
    assert texts(page) == ["A gate is shut."]


def test_sub_heading_below_an_earlier_foot_is_text() -> None:
    """A block inserted with a foot of its own must not make rows of what follows."""
    page = page_with(
        "A gate is shut.\n\nEffective 01/04/2019\n\nZB1.5.5 Locks\n\nOil locks.\n\nZB1.5.10 Keys\n\nA key is kept."
    )
    assert [block.label for block in blocks(page) if block.kind == "heading"] == ["ZB1.5.5", "ZB1.5.10"]


def test_chapter_page_of_titles_alone_is_a_list() -> None:
    """Its children's titles would be its text."""
    page = parsed("ZB1 Gates\n\nZB1.1 Objective\n\nZB1.5 Harbour gates\n\nTop of page | Print this page\n")
    assert page.blocks == ()
    assert [st.code for st in page.statements if st.kind == "neighbour"] == ["ZB1.1", "ZB1.5"]


ROWS = "PREVIOUS IMMIGRATION INSTRUCTIONS\n\nZB1.5 Harbour gates (02/12/2013)\n\n"


@pytest.mark.parametrize(
    "end",
    ["ZB1.5 Harbour", "ZB1.5 Harbour gates (29/11/20", "ZB1.5", "ZB1.", "ZB", "ZB1.5 Harbour gates"],
)
def test_list_that_ends_within_a_row_is_not_whole(end: str) -> None:
    """It would vouch that nothing stood between its rows and before, and half a row would be a version."""
    page = parsed(f"ZB1.5 Harbour gates\n\nA gate is shut.\n\nEffective 01/04/2021\n\n{ROWS}{end}")
    assert not own(page).lists_versions
    assert [st.suffix for st in page.statements if st.kind == "listed"] == ["(02/12/2013)"]
    assert texts(page) == ["A gate is shut."]
    assert "list_breaks_off" in kinds(page)


def test_list_of_a_capture_that_lost_its_lower_frame_is_not_whole() -> None:
    """Saved with the frame above, it would have the frame below, had it not been cut between two rows."""
    page = parsed(
        f"Previous Topic\n\nNext Topic\n\nZB1.5 Harbour gates\n\nA gate is shut.\n\nEffective 01/04/2021\n\n{ROWS}"
    )
    assert not own(page).lists_versions
    assert [st.suffix for st in page.statements if st.kind == "listed"] == ["(02/12/2013)"]


@pytest.mark.parametrize("frame", ["", "Top of page | Print this page"])
def test_list_that_ends_whole_is_whole(frame: str) -> None:
    """Doubt about every copied list would be needless."""
    page = parsed(f"ZB1.5 Harbour gates\n\nA gate is shut.\n\nEffective 01/04/2021\n\n{ROWS}{frame}")
    assert own(page).lists_versions


def test_capture_that_breaks_off_in_its_text_is_damaged() -> None:
    """Half a text, compared with the whole one, would be an amendment."""
    page = parsed(
        "Previous Topic\n\nNext Topic\n\nZB1.5 Gates\n\n  1. A gate is shut.\n  2. A gate is opened at"
    )
    assert page.structure == "damaged"
    assert own(page).text_digest == ""
    assert "truncated" in kinds(page)


@pytest.mark.parametrize("word", ["Rescinded", "Revoked on", "Withdrawn:", "Ceased with effect from"])
def test_foot_with_a_word_of_ending_is_a_foot(word: str) -> None:
    """As a paragraph it would be text, and the page in force without a day."""
    page = page_with("A gate is shut.", foot=f"{word} 30 April 2011")
    assert texts(page) == ["A gate is shut."]


# ---------------------------------------------------------------- sentences


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (
            "A gate is shut (see\nZB4\nand\nZB5\n), but not locked.",
            "A gate is shut (see ZB4 and ZB5), but not locked.",
        ),
        ("A gate is shut under\nZB4.10(a)\n, and locked.", "A gate is shut under ZB4.10(a), and locked."),
        ("Note:\nSee also\nZB3.20\nfor other gates.", "Note: See also ZB3.20 for other gates."),
        ("See also\nZB3.20 for other gates.", "See also ZB3.20 for other gates."),
        (
            "A gate is shut as set out in\nZB4 and ZB5, in this order.",
            "A gate is shut as set out in ZB4 and ZB5, in this order.",
        ),
        ("Gates are those of\nAppendix 3\n.", "Gates are those of Appendix 3."),
        ("See also\nZB3.20 Other gates\nfor those.", "See also ZB3.20 Other gates for those."),
    ],
)
def test_sentence_broken_at_its_links_is_joined(lines: str, sentence: str) -> None:
    """A code on a line of its own would be a heading, or a row of a list."""
    page = page_with(f"{lines}\n\nA gate is painted.")
    assert texts(page) == [sentence, "A gate is painted."]
    assert [st.kind for st in page.statements] == ["page"]


@pytest.mark.parametrize(
    "lines",
    [
        "These instructions are revoked\nfrom 3 May 2023.",
        "These instructions are revoked from 3\nMay 2023.",
        "These instructions are revoked from\n3 May 2023.",
    ],
)
def test_sentence_broken_at_its_day_keeps_it(lines: str) -> None:
    """The end would be one without a day, or none."""
    page = page_with(lines)
    assert texts(page) == [" ".join(lines.split())]
    assert [str(end.day) for end in own(page).ends] == ["2023-05-03"]


def test_foot_broken_before_its_day_is_a_foot() -> None:
    """The version would have no first day, and the foot would be text."""
    page = page_with("A gate is shut.", foot="Effective\n01/04/2021")
    assert texts(page) == ["A gate is shut."]
    assert [str(start.day) for start in own(page).starts] == ["2021-04-01"]


def test_list_of_days_is_not_joined_to_the_line_above() -> None:
    page = page_with("A gate is open\n3 May 2023\n4 June 2023")
    assert texts(page) == ["A gate is open", "3 May 2023", "4 June 2023"]


def test_see_also_over_titles_is_a_list() -> None:
    """The rows of a list are no sentence."""
    page = page_with("A gate is shut.\n\nSee also\n\nZB4 Locks\n\nZB5 Keys of locks")
    assert [st.code for st in page.statements if st.kind == "neighbour"] == ["ZB4", "ZB5"]
    assert texts(page) == ["A gate is shut."]


@pytest.mark.parametrize(
    "text",
    [
        "Keepers must be satisfied that owners of gates are (see ZB9.10).",
        "Owners and any  or  aged 16 or over must wait.",
        "A keeper must ensure that every is shut.",
        "If a was shut at night, the must be told.",
        "Owners and any or aged 16 must wait.",
    ],
)
def test_words_lost_with_their_links_are_seen(text: str) -> None:
    """A sentence without its nouns is no law, and must not be quoted."""
    page = page_with(text)
    assert page.structure == "damaged"
    assert own(page).text_digest == ""


@pytest.mark.parametrize(
    "text",
    [
        "Gates are kept as they are (see ZB9.10).",
        "Any or all of the gates may be shut.  Any gate is painted.",
        "A gate (see ZB9.10) is shut by the keeper or the owner.",
        "Each is shut at night, and every gate must have a lock.",
        "Gates of category A, or of category B (see ZB4), are shut.",
    ],
)
def test_sentence_that_lacks_nothing_is_whole(text: str) -> None:
    """Doubt about a whole text would be needless."""
    page = page_with(text)
    assert page.structure == "full"


@pytest.mark.parametrize("after", ["", "\n\nNote: A child is at home where its boat lies."])
def test_clause_that_announces_what_never_comes_is_damaged(after: str) -> None:
    """The conditions are gone, and the clause would grant a berth to everybody."""
    page = page_with(f"A berth is given to an owner who:{after}")
    assert page.structure == "damaged"
    assert "text_damaged" in kinds(page)


def test_clause_that_announces_items_is_whole() -> None:
    """Most clauses that end in a colon are followed by their items."""
    page = page_with("A berth is given to an owner who:\n  1. waits; and\n  2. pays.")
    assert page.structure == "full"


# ---------------------------------------------------------------- items and tables


def test_letters_that_the_copy_kept_are_labels() -> None:
    """The text refers to them: "see (b) above"."""
    page = page_with("a. A gate is shut.\nb. It has:\n   i. a lock;\n   ii. a key.\nc. It is painted.")
    assert items(page) == ["ZB1.5(a)", "ZB1.5(b)", "ZB1.5(b)(i)", "ZB1.5(b)(ii)", "ZB1.5(c)"]


def test_numerals_without_indentation_belong_to_the_letter_above() -> None:
    """`ZB1.5(i)` would name an item that the page doesn't have."""
    page = page_with("(a) A gate is shut.\n(b) It has:\n(i) a lock;\n(ii) a key.\n(c) It is painted.")
    assert items(page) == ["ZB1.5(a)", "ZB1.5(b)", "ZB1.5(b)(i)", "ZB1.5(b)(ii)", "ZB1.5(c)"]


def test_ninth_letter_is_no_numeral() -> None:
    """(i) below (h) is the ninth item; read as a numeral it would belong to (h)."""
    page = page_with("\n".join(f"({letter}) Gate {letter} is shut." for letter in "abcdefghij"))
    assert items(page) == [f"ZB1.5({letter})" for letter in "abcdefghij"]


def test_rows_between_walls_are_a_table() -> None:
    """Cells that stand side by side keep their rows."""
    page = page_with("| Kind of boat | Berth |\n|---|---|\n| Sloop | 12 m |\n| Ketch | 14 m |")
    (table,) = page.blocks
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Kind of boat", "Berth"],
        ["Sloop", "12 m"],
        ["Ketch", "14 m"],
    ]
    assert page.structure == "full"


def test_lines_of_two_cells_are_a_table() -> None:
    """Run together, the length of a berth would belong to the next kind of boat."""
    page = page_with("Sloop | 12 m\nKetch | 14 m\n\nA berth is long.")
    rows = [[cell.text for cell in row] for row in page.blocks[0].rows]
    assert rows == [["Sloop", "12 m"], ["Ketch", "14 m"]]
    assert page.blocks[1].text == "A berth is long."


def test_cells_below_each_other_lose_their_grid_and_get_no_labels() -> None:
    """Which cells made a row would be a guess, and `a.` in a cell is no item."""
    page = page_with("|\nKind of boat\n|\nBerth\n|\na.\n|\nA sloop\n|\n12 m\n|")
    (table,) = page.blocks
    assert [row[0].text for row in table.rows] == ["Kind of boat", "Berth", "a.", "A sloop", "12 m"]
    assert items(page) == []
    assert (page.structure, "grid_lost" in kinds(page)) == ("flat", True)


def test_walls_around_the_whole_page_are_no_table() -> None:
    """Old pages lay themselves out in a table of one cell."""
    page = page_with("|\n(a) A gate is shut.\n(b) It is painted.\n|")
    assert items(page) == ["ZB1.5(a)", "ZB1.5(b)"]


# ---------------------------------------------------------------- instruments

POWER = "PURSUANT TO section 380 of the Harbour Act 2009, and effective from 1 May 2020, I, Kim Sample, Harbour Master:"


@pytest.mark.parametrize(
    "signature",
    [
        "Dated at Exampleton this 30th day of April 2020\n\nKim Sample\nHarbour Master",
        "Signed at Exampleton, Lower Bay, this 30th day of April 2020\n\nKim Sample\nHarbour Master",
        "Kim Sample\nHarbour Master\n\nSigned 30 April 2020",
        "Kim Sample\nHarbour Master\n\nDated this 30 April 2020",
    ],
)
def test_signature_is_read_on_either_side_of_its_day(signature: str) -> None:
    """Names below the day would be paragraphs, and nobody would have signed."""
    page = parsed(
        f"ZB1.5 Handing on of powers\n\n{POWER}\n\n  1. REVOKE the instrument dated 3 March 2018;\n  2. DELEGATE.\n\n"
        f"{signature}\n\nSchedule 1\n\nTo moor boats is the power that is handed on by these words.\n"
    )
    assert page.instrument is not None
    assert (page.instrument.signed_by, page.instrument.office) == ("Kim Sample", "Harbour Master")
    assert page.instrument.signed_on == date(2020, 4, 30)
    assert page.instrument.power == "section 380 of the Harbour Act 2009"
    assert "Schedule 1" in texts(page)


def test_paragraphs_of_an_instrument_keep_their_numbers() -> None:
    """ "Paragraph 1" would name nothing if the items were called (a) and (b)."""
    page = parsed(
        f"ZB1.5 Powers\n\n{POWER}\n\n  1. DIRECT that:\n    a. logs be kept.\n  2. DELEGATE powers.\n"
    )
    found = [(block.label, block.pinpoint) for block in blocks(page) if block.kind == "item"]
    assert found == [("1.", "ZB1.5(1)"), ("(a)", "ZB1.5(1)(a)"), ("2.", "ZB1.5(2)")]


# ---------------------------------------------------------------- contents


def test_contents_with_buttons_are_those_of_the_old_edition() -> None:
    """They stood before 29 November 2010, whenever they were saved, and name no page in force."""
    page = parsed(
        "Overview\nCollapse Gates\n   Expand ZB1 Fair gates\n   Collapse ZB4 Foul gates\n      ZB4.1 Objective\n"
    )
    assert page.kind == "contents"
    assert [(line.code, line.title) for line in page.contents] == [
        (None, "Overview"), (None, "Gates"), ("ZB1", "Fair gates"), ("ZB4", "Foul gates"), ("ZB4.1", "Objective"),
    ]  # fmt: skip
    assert {st.edition for st in page.statements} == {"pre-2010"}
    assert (page.seen_on, page.seen_exact) == (date(2010, 11, 28), False)


# ---------------------------------------------------------------- issues

HEAD = "INZ Operational Manual                              Gates"


def issue(*pages: str, day: str = "Issue Date: 04 April 2011") -> ParsedPage:
    cover = f"Immigration New Zealand Operational Manual\n\nGates\n{day}\n{HEAD}\n\nCONTENTS\n\n  ZB1 Gates ..... 1-1\n"
    numbered = [f"\n{HEAD}\n\n{page}\n\n                 1-{n}" for n, page in enumerate(pages, 1)]
    return parsed(cover + "".join(numbered), None)


def test_issue_gives_each_instruction_its_own_text_and_foot() -> None:
    """One instruction with the foot of the last would be filed under the code of the first."""
    page = issue(
        "ZB1 OBJECTIVE\nGates are:\n\na.   to let boats in; and\n\nb.   to keep waves out.\n\n  Effective 29/11/2010",
        "ZB2 KEEPERS\nIN THIS SECTION\nZB2.1 Who keeps gates ......... 2-1\n\nZB2.1 Who keeps gates\n"
        "See previous instructions ZB2.1 Effective 26/07/1999\na.   A keeper.\n      Effective 04/04/2011",
    )
    assert [(one.code, one.title) for one in page.others] == [
        ("ZB1", "OBJECTIVE"), ("ZB2", "KEEPERS"), ("ZB2.1", "Who keeps gates"),
    ]  # fmt: skip
    assert [[c.day for c in own(one).starts] for one in page.others] == [
        [date(2010, 11, 29)], [], [date(2011, 4, 4)],
    ]  # fmt: skip
    assert items(page.others[0]) == ["ZB1(a)", "ZB1(b)"]
    assert [st.code for st in page.others[1].statements if st.kind == "neighbour"] == ["ZB2.1"]
    (before,) = [st for st in page.others[2].statements if st.kind == "listed"]
    assert [claim.day for claim in before.starts] == [date(1999, 7, 26)]
    assert not own(page.others[2]).lists_versions
    assert {own(one).address for one in page.others} == {None}


def test_list_of_an_issue_vouches_for_no_text_of_it_that_says_it_ended() -> None:
    """If it failed, the row would be a second version: in force, and since nobody knows when."""
    page = issue(
        "ZB2 KEEPERS\nIN THIS SECTION\nZB2.1 Who keeps gates ......... 2-1\nZB2.5 Bells ......... 2-2",
        "ZB2.1 Who keeps gates\na.   A keeper.\n      Rescinded 30/03/2011",
        "ZB2.5 Bells\na.   A bell.\n      Effective 30/03/2011",
    )
    assert [st.code for one in page.others for st in one.statements if st.kind == "neighbour"] == ["ZB2.5"]
    assert [end.day for end in own(page.others[1]).ends] == [date(2011, 3, 30)]


def test_paragraph_that_a_page_of_an_issue_cuts_is_one() -> None:
    """A clause would end at the foot of the page, and another begin at the head of the next."""
    page = issue(
        "ZB1.1 Locks\n\nThe keeper must oil a lock on each day on which the gate at its side is\nopened, and on",
        "the day before.\n\nEffective 29/11/2010",
    )
    (instruction,) = page.others
    assert texts(instruction) == [
        "The keeper must oil a lock on each day on which the gate at its side is opened, and on the day before."
    ]


def test_reference_at_the_beginning_of_a_line_begins_no_instruction() -> None:
    """The rest of the text would be filed under the code that it refers to."""
    page = issue(
        "ZB1.1 Locks\n\nThe keeper must oil a lock on each day that is named for it in\nZB2.1 Keys and in no other.\n\n"
        "ZB1.1.5 Oil\n\nOil is kept dry.\n\nEffective 29/11/2010"
    )
    assert [one.code for one in page.others] == ["ZB1.1"]
    assert [block.label for block in blocks(page.others[0]) if block.kind == "heading"] == ["ZB1.1.5"]


def test_contents_of_an_issue_without_leaders_begin_no_instruction() -> None:
    """Each line of the contents would be an instruction without a text."""
    page = issue(
        "CONTENTS\n\nZB1.1 Locks 1-1\n\nZB1.2 Keys that are kept in the house of the keeper of the harbour and of\n"
        "the lights ......... 1-2",
        "ZB1.1 Locks\n\nA lock is oiled.\n\nEffective 29/11/2010          1-2",
    )
    assert [one.code for one in page.others] == ["ZB1.1"]
    assert [claim.day for claim in own(page.others[0]).starts] == [date(2010, 11, 29)]
    assert texts(page.others[0]) == ["A lock is oiled."]


def test_heading_of_an_issue_that_takes_two_lines_is_one() -> None:
    """The second half of a title would be the first clause."""
    page = issue("ZB1.1 LOCKS OF THE\nINNER HARBOUR\n\nA lock is oiled.\n\nEffective 29/11/2010")
    assert page.others[0].title == "LOCKS OF THE INNER HARBOUR"


def test_heading_of_an_issue_is_as_long_as_its_contents_print_it() -> None:
    """The rest of a short line would be the first clause."""
    page = issue(
        "CONTENTS\n\nZB1.1 Locks of the harbour and of its gates ..... 1-2",
        "ZB1.1 Locks of the harbour\nand of its gates\n\nA lock is oiled.\n\nEffective 29/11/2010",
    )
    assert [one.title for one in page.others] == ["Locks of the harbour and of its gates"]
    assert texts(page.others[0]) == ["A lock is oiled."]


def test_mark_in_the_contents_of_an_issue_is_read() -> None:
    """What the contents call ended would stay in force for ever (rules 10 and 20)."""
    page = issue(
        "CONTENTS\n\nZB1.1 Locks (to 03/04/2011) ..... 1-2\nZB1.2 Keys ..... 1-3",
        "ZB1.1 Locks\n\nA lock is oiled.\n\nEffective 29/11/2010",
    )
    (line,) = page.statements
    assert (line.kind, line.code, [end.day for end in line.ends]) == ("contents", "ZB1.1", [date(2011, 4, 3)])


@pytest.mark.parametrize(
    "previous",
    [
        "See previous instructions ZB1.1 Effective 29/11/2010 and ZB1.1 Effective 26/07/1999",
        "See previous instructions ZB1.1 Effective 29/11/2010, ZB1.1 Effective 26/07/1999 (PDF 93KB)",
        "See previous instructions:\nZB1.1 Effective 29/11/2010\nZB1.1 Effective 26/07/1999",
        "See previous instructions\nZB1.1 Effective 29/11/2010\nZB1.1 Effective 26/07/1999",
    ],
)
def test_previous_instructions_of_an_issue_are_rows_and_no_text(previous: str) -> None:
    """Their days were lost, and the words became headings and clauses."""
    page = issue(f"ZB1.1 Locks\n{previous}\na.   A lock is oiled.\n\nEffective 01/02/2011")
    (instruction,) = page.others
    rows = [st for st in instruction.statements if st.kind == "listed"]
    assert [claim.day for st in rows for claim in st.starts] == [date(2010, 11, 29), date(1999, 7, 26)]
    assert texts(instruction) == ["A lock is oiled."]


def test_issue_was_seen_on_its_own_day() -> None:
    """Saved fifteen years later, it shows nothing of those years."""
    page = issue("ZB1.1 Locks\n\nA lock is oiled.\n\nEffective 29/11/2010")
    assert [(one.seen_on, one.seen_exact) for one in page.others] == [(date(2011, 4, 4), True)]
    assert own(page.others[0]).edition == ""


def test_issue_of_the_old_edition_belongs_to_it() -> None:
    """Its instructions would seem to go on after 29 November 2010."""
    page = issue("ZB1.1 Locks\n\nA lock is oiled.\n\nEffective 26/07/1999", day="Issue Date: 4 December 2006")
    assert own(page.others[0]).edition == "pre-2010"


def test_issue_without_a_day_was_seen_on_no_known_day() -> None:
    """The day of saving would be a day on which its instructions were in force."""
    page = issue("ZB1.1 Locks\n\nA lock is oiled.\n\nEffective 29/11/2010", day="Harbour edition")
    assert [(one.seen_on, one.seen_exact) for one in page.others] == [(None, False)]
    assert "issue_undated" in kinds(page)


def test_page_that_names_the_manual_is_no_issue() -> None:
    """A sentence about the manual is no running head."""
    page = page_with("The Operational Manual is kept at the gate.\n\nRead the Operational Manual at 1-1.")
    assert page.others == ()


def test_words_beside_a_banner_are_kept_and_the_page_is_old() -> None:
    """If it failed, a replaced text would pass for the one in force, or words of the page would be lost."""
    banner = "These are archived immigration instructions that are no longer current."
    page = parsed(f"{banner} The lock keeper keeps a copy\nZB1.5 Harbour gates\n\nGates are shut at dusk.\n")
    assert own(page).shown_as_old
    assert any("lock keeper" in text for text in texts(page))


def test_a_trail_of_headings_that_names_an_archive_is_no_banner() -> None:
    """If it failed, a page in force would count as replaced since its trail leads through an archive of boats."""
    page = parsed("Home » Archived boats » ZB1\nZB1.5 Harbour gates\n\nGates are shut at dusk.\n")
    assert not own(page).shown_as_old


# ---------------------------------------------------------------- rows, tables and instruments of other copies


def neighbours(page: ParsedPage) -> list[tuple[str, str]]:
    return [(said.code, said.title) for said in page.statements if said.kind == "neighbour"]


def test_rows_that_a_copy_put_on_one_line_are_several() -> None:
    """Read as one, the second code would be words of the first one's title."""
    page = parsed(
        "ZB1.5 Harbour gates\nA gate is shut.\nEffective 01/04/2021\nZB1.1 Aim | ZB1.10 Locks | ZB1.15 Keys\n"
    )
    assert neighbours(page) == [("ZB1.1", "Aim"), ("ZB1.10", "Locks"), ("ZB1.15", "Keys")]


def test_titles_right_above_the_foot_are_a_list_too() -> None:
    """Read as sub-headings they would give the page places of other instructions."""
    page = page_with("A gate is shut.\nZB1.1 Aim\nZB1.10 Locks")
    assert neighbours(page) == [("ZB1.1", "Aim"), ("ZB1.10", "Locks")]
    assert texts(page) == ["A gate is shut."]
    assert [start.day for start in own(page).starts] == [date(2021, 4, 1)]


def test_signpost_below_the_foot_is_frame() -> None:
    """Read as text it would be compared with other versions."""
    page = parsed(
        "ZB1.5 Harbour gates\nA gate is shut.\nEffective 01/04/2021\n"
        "To see the current Manual go to\nwww.example.org/manual\n"
    )
    assert texts(page) == ["A gate is shut."]


def test_reference_with_its_title_stays_in_the_brackets_it_stands_in() -> None:
    """Taken out of the sentence, the reference would be a paragraph, and the sentence have no end."""
    page = page_with("A gate may be shut (see also\nZB3.20 Locks\n).\nA gate is red.")
    assert texts(page) == ["A gate may be shut (see also ZB3.20 Locks).", "A gate is red."]


def test_lines_with_tabs_are_rows_of_a_table() -> None:
    """A table copied from a browser has tabs between its cells; without them it would be one word after another."""
    page = page_with("Gate\tShut for\nRed\t12 months\nBlue\t6 months\nA gate is high.")
    (table,) = [block for block in blocks(page) if block.kind == "table"]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Gate", "Shut for"],
        ["Red", "12 months"],
        ["Blue", "6 months"],
    ]
    assert texts(page)[-1] == "A gate is high."


def test_tab_behind_a_label_makes_no_table() -> None:
    """If it failed, numbered paragraphs would lose their labels."""
    page = page_with("1.\tA gate is shut.\n2.\tA gate is red.")
    assert items(page) == ["ZB1.5(a)", "ZB1.5(b)"]


@pytest.mark.parametrize(
    "words",
    ["UNDER section 5 of the Harbour Act 2009 and with effect from 1 July 2019, I, Ann Bell, Harbour Master:",
     "PURSUANT to section 5 of the Harbour Act 2009 and effective on and from 1 July 2019, we:"],
)  # fmt: skip
def test_instrument_in_other_words_has_a_day_a_power_and_numbers(words: str) -> None:
    """It would have force from its day of publication, or from none, and "paragraph 1" be cited as (a)."""
    page = parsed(
        f"ZB15.5 Powers (30/10/2019)\n{words}\n  1. REVOKE the instrument dated the 3rd of May 2018; and\n"
        "  2. DELEGATE the powers.\nDated at Lyttelton this 27th day of June 2019\nAnn Bell\nHarbour Master\n"
    )
    assert [(s.day, s.basis) for s in own(page).starts] == [
        (date(2019, 7, 1), "text"),
        (date(2019, 10, 30), "suffix"),
    ]
    assert items(page) == ["ZB15.5(1)", "ZB15.5(2)"]
    assert page.instrument is not None
    assert page.instrument.power == "section 5 of the Harbour Act 2009"
    assert page.instrument.revokes == "instrument dated the 3rd of May 2018"
    assert (page.instrument.signed_by, page.instrument.signed_on) == ("Ann Bell", date(2019, 6, 27))


def test_signing_day_may_stand_at_the_top() -> None:
    """If it failed, "the date of signature" would be no day."""
    page = parsed(
        "ZB15.6 Powers\nDated this 3rd day of May 2020\nPURSUANT to section 5 of the Harbour Act 2009 and effective"
        " from the date of signature, I Ann Bell, Harbour Master:\n1. DELEGATE the powers.\n"
    )
    assert [(s.day, s.basis) for s in own(page).starts] == [(date(2020, 5, 3), "text")]


# ---------------------------------------------------------------- several texts in one copy

OLDER = "ZB1.5 Harbour gates (01/02/2015)\n\nA gate is open.\n\nEffective 01/02/2015\n"
LISTED = "PREVIOUS IMMIGRATION INSTRUCTIONS\n\nZB1.5 Harbour gates (01/02/2015)\n\n"


@pytest.mark.parametrize(
    "between",
    ["", LISTED, "These are archived immigration instructions that are no longer current\n\n",
     f"{LISTED}Top of page | Print this page\n\nPrevious Topic\n\nNext Topic\n\n"],
)  # fmt: skip
def test_older_version_below_the_page_is_a_text_of_its_own(between: str) -> None:
    """If it failed, the page in force would have the older version's first day and the words of both."""
    page = parsed(f"ZB1.5 Harbour gates\n\nA gate is shut.\n\nEffective 01/04/2021\n\n{between}{OLDER}")
    (other,) = page.others
    assert (texts(page), texts(other)) == (["A gate is shut."], ["A gate is open."])
    assert [start.day for start in own(page).starts] == [date(2021, 4, 1)]
    assert {start.day for start in own(other).starts} == {date(2015, 2, 1)}
    assert (own(page).shown_as_old, own(other).shown_as_old) == (False, True)
    assert (own(page).address, own(other).address) == ("opsmanual/90001", None)
    assert own(page).lists_versions is (between.startswith("PREVIOUS"))
    assert "list_breaks_off" not in kinds(page)


def test_another_instruction_below_the_page_is_a_text_of_its_own() -> None:
    """Its foot would date this page."""
    page = parsed(
        f"ZB1.5 Harbour gates\nA gate is shut.\nEffective 01/04/2021\n{OLDER.replace('1.5', '1.10')}"
    )
    assert [other.code for other in page.others] == ["ZB1.10"]
    assert [start.day for start in own(page).starts] == [date(2021, 4, 1)]


@pytest.mark.parametrize(
    "inserted",
    ["ZB1.5.5 Locks\n\nOil locks.", "Oil locks.",
     "ZB1.10 Locks, which are of iron, must be oiled each spring.\nSo must keys."],
)  # fmt: skip
def test_block_with_a_foot_of_its_own_begins_no_other_text(inserted: str) -> None:
    """The last foot is the page's (rule 5)."""
    page = page_with(f"A gate is shut.\n\nEffective 01/04/2019\n\n{inserted}")
    assert page.others == ()
    assert [start.day for start in own(page).starts] == [date(2021, 4, 1)]


@pytest.mark.parametrize("end", ["Effective 26/11/20", "Effective 26.11.19"])
def test_foot_with_which_a_copy_ends_may_have_lost_the_end_of_its_year(end: str) -> None:
    """`26/11/20` of 2012 would date the version eight years late."""
    page = parsed(f"ZB1.5 Harbour gates\nA gate is shut.\n{end}")
    assert own(page).starts == ()
    assert "malformed_date" in kinds(page)
    whole = parsed(f"ZB1.5 Harbour gates\nA gate is shut.\n{end}\nTop of page | Print this page\n")
    assert [start.day.month for start in own(whole).starts] == [11]


def test_old_page_on_one_line_keeps_its_words() -> None:
    """Taken for a breadcrumb, the whole page was lost."""
    page = parsed(
        "You are here: Harbour » ZB1 Gates - This is not current policy - ZB1.5 Harbour gates (05/06/2001) A gate is"
        " shut at night and on all days of the year on which the harbour is closed. Effective 05/06/2001 Top of Page"
    )
    assert own(page).shown_as_old
    assert [start.day for start in own(page).starts] == [date(2001, 6, 5)] * 2
    assert texts(page)[0].startswith("A gate is shut at night")


def test_rescinded_foot_in_a_page_on_one_line_is_no_text() -> None:
    """It would be compared with other versions and quoted as law."""
    page = parsed("ZB1.5 Harbour gates (29/11/2010) A gate is shut by its owner. Rescinded 30/04/2011")
    assert texts(page) == ["A gate is shut by its owner."]
    assert [end.day for end in own(page).ends] == [date(2011, 4, 30)]


# ---------------------------------------------------------------- sentences that a page's width broke


@pytest.mark.parametrize(
    "note",
    [
        "Note: This policy ceases\nto be effective as from 15/05/2006.",
        "Note: This policy ceases to be effective as\nfrom 15 May 2006.",
        "Note:\nThis policy ceases\nto be effective\nfrom\n15 May 2006.",
        "Note: This\npolicy ceases to be effective from 15 May 2006.",
        "Note: This policy, which is about all boats,\nceases to be effective as from 15 May\n2006.",
    ],
)
def test_sentence_of_an_end_is_read_over_its_line_breaks(note: str) -> None:
    """If it failed, `to be effective as from D` alone would make the last day of the version its first."""
    page = page_with(note, foot="Effective 17/12/2003")
    assert [claim.day for claim in own(page).starts] == [date(2003, 12, 17)]
    assert [end.day for end in own(page).ends] == [date(2006, 5, 15)]


def test_day_of_signing_and_of_updating_is_read_over_a_line_break() -> None:
    """If it failed, an instrument that has force from its signing would have no first day."""
    page = parsed(
        "ZB1.5 Powers\n\nPURSUANT to section 8 of the Boats Act, with effect from the date of signature, I, Jo Carey, "
        "Keeper of Lights:\n\n1. DELEGATE the powers.\n\nDated at Timaru this 3rd day of\nMay 2017\n\nJo Carey\n"
        "Keeper of Lights\n"
    )
    assert [claim.day for claim in own(page).starts] == [date(2017, 5, 3)]
    front = parsed(
        "Next Topic\n\nAbout this manual\n\nIt is about boats.\n\nManual updated on:\n3 May 2024\n\nTop of page\n"
    )
    assert "manual_updated" in kinds(front)


def test_full_line_goes_on_in_small_letters() -> None:
    """If it failed, one clause of a mail would be shown as several; if items were joined, as one."""
    wrapped = "A gate that was shut in the night must be opened by its keeper as soon\nas a boat rings."
    assert texts(page_with(wrapped)) == [wrapped.replace("\n", " ")]
    listed = "A keeper who has shut the gate in the night must be told of a boat; and\nany boat must ring."
    assert texts(page_with(listed)) == listed.split("\n")


@pytest.mark.parametrize(
    "words",
    [
        "These instructions do not\napply from 1 May 2022\nto keepers of rafts.",
        "These instructions are revoked on 1 May 2022\nfor keepers of rafts.",
        "These instructions cease\non 1 May 2022\nunless a notice says otherwise.",
    ],
)
def test_what_a_broken_sentence_says_behind_its_day_belongs_to_it(words: str) -> None:
    """If it failed, what ends for some people only would end for all."""
    page = page_with(words)
    assert texts(page) == [words.replace("\n", " ")]
    assert not [end for end in own(page).ends if end.kind == "end"]


def test_short_items_in_small_letters_stay_apart() -> None:
    """If it failed, the items of a flat list would be quoted as one clause: "a day's notice a bell that rings"."""
    intro = "An applicant whose boat must pass the gate in the night has to give the keeper"
    items = "a day's notice\na bell that rings\na lamp bought after 1 May 2015\na rope"
    assert texts(page_with(f"{intro}\n{items}")) == [
        f"{intro} a day's notice", "a bell that rings", "a lamp bought after 1 May 2015", "a rope"
    ]  # fmt: skip
    short = "Applications are made for\nboats\nboats built after 1 May 2015\nrafts"
    assert texts(page_with(short))[1:] == ["boats built after 1 May 2015", "rafts"]


@pytest.mark.parametrize(
    "items",
    [
        [
            "boats in port on 1 May 2020",
            "rafts valid until 2 June 2021",
            "crews whose passes ceased on 3 July 2022",
        ],
        ["valid until 2 June 2021", "started before 1 May 2020", "revoked on 3 May 2021"],
        ["is valid until 2 June 2021", "was closed on 1 May 2020"],
    ],
)
def test_short_items_with_days_below_a_colon_stay_apart(items: list[str]) -> None:
    """If it failed, they would be quoted as one clause, and what is said of a boat would end the page."""
    page = page_with("A berth is let to one that is one of these:\n" + "\n".join(items))
    assert texts(page)[1:] == items
    assert own(page).ends == ()
    assert "end_unclear" not in kinds(page)


def test_item_below_a_colon_that_was_broken_before_its_verb_or_day_is_whole() -> None:
    broken = "boats whose passes\nexpire on 1 May 2020\nrafts that are valid until\n2 June 2021"
    page = page_with(f"These are let in:\n{broken}")
    assert texts(page)[1:] == [
        "boats whose passes expire on 1 May 2020",
        "rafts that are valid until 2 June 2021",
    ]


def test_verb_broken_from_its_subject_is_read_with_it() -> None:
    """If it failed, the end of the page would be a doubt, or an item's below a colon."""
    for words in ("These instructions", "Please note that:\nthese instructions"):
        page = page_with(f"{words}\ncease to be effective\nfrom 3 May 2023.")
        assert [(str(end.day), end.kind) for end in own(page).ends] == [("2023-05-03", "end")], words


def test_short_lines_below_a_colon_may_be_about_what_it_introduces() -> None:
    """If it failed, the last day for applications would end the instruction for certain."""
    page = page_with("Key dates:\n\nOpens: 3 May 2022\n\nCloses: 4 June 2023")
    assert [(str(end.day), end.kind) for end in own(page).ends] == [("2023-06-04", "unclear")]


def test_line_in_small_letters_that_names_nothing_may_be_the_rest_of_another() -> None:
    """If it failed, an item that lost its list would end the page for certain, in the place of its foot."""
    page = page_with("A gate is shut.\n\nrevoked on 3 May 2023")
    assert [(str(end.day), end.kind) for end in own(page).ends] == [("2023-05-03", "unclear")]


def test_frame_broken_over_two_lines_is_frame() -> None:
    """If it failed, words of the viewer would be clauses."""
    page = parsed(
        "ZB1.5 Gates\n\n  1. A gate is shut.\n\nEffective 01/04/2021\n\nTop of\npage | Print this page\n"
    )
    assert texts(page) == ["A gate is shut."]


def test_second_text_that_began_earlier_is_old() -> None:
    """If it failed, an older version below the one in force, without a date behind its title, would be in force too."""
    page = parsed(
        "ZB1.5 Gates\n\n  1. A gate is shut.\n\nEffective 01/05/2020\n\nPREVIOUS IMMIGRATION INSTRUCTIONS\n\n"
        "ZB1.5 Gates (01/02/2015)\n\nThese are archived immigration instructions that are no longer current\n\n"
        "ZB1.5 Gates\n\n  1. A gate is open.\n\nEffective 01/02/2015\n"
    )
    assert [own(part).shown_as_old for part in (page, *page.others)] == [False, True]


@pytest.mark.parametrize("day", ["29 November 2010", "29/11/2010", "29th November 2010", "29.11.2010"])
def test_banner_of_the_old_edition_may_print_its_day_in_any_form(day: str) -> None:
    """If it failed, the last version of the edition would be taken for one that was replaced before."""
    page = parsed(
        f"- This is not current policy -\nThe policy in this manual ceases to be effective from {day}\n\nZB1.5 Gates\n"
        "  1. A gate is shut.\n\nEffective 01/11/1999\n",
        "opsmanual-archive/1",
    )
    assert [end.basis for end in own(page).ends] == ["edition"]
    assert not own(page).shown_as_old
    assert texts(page) == ["A gate is shut."]


@pytest.mark.parametrize(
    "row",
    [
        "ZB1.5 Harbour\ngates (29/11/2010)",
        "ZB1.5\nHarbour gates (29/11/2010)",
        "1. ZB1.5 Harbour gates (29/11/2010)",
    ],
)
def test_row_broken_or_numbered_by_a_copy_is_one_row(row: str) -> None:
    """If it failed, the version would have no day, or its row be a clause."""
    page = page_with(
        "A gate is shut.",
        foot=f"Effective 01/04/2021\n\nPREVIOUS IMMIGRATION INSTRUCTIONS\n\n{row}\n\nTop of page",
    )
    assert [str(st.starts[0].day) for st in page.statements if st.kind == "listed"] == ["2010-11-29"]
    assert texts(page) == ["A gate is shut."]


@pytest.mark.parametrize(
    "signing",
    [
        "Dated at Timaru<br>this 3rd day<br>of May 2017",
        "Dated at Timaru</p><p>this 3rd day of May 2017",
    ],
)
def test_signing_line_in_several_pieces_is_read(signing: str) -> None:
    """If it failed, an instrument that has force from its signing would have no first day."""
    power = (
        "PURSUANT to section 8 of the Boats Act, with effect from the date of signature, I, Jo Carey, Pilot:"
    )
    page = parse_capture(
        f"<p class=heading4>ZB1.5 Powers</p><p>{power}</p><p>REVOKE all.</p><p>{signing}</p><p>Jo Carey</p>".encode(),
        media="html", site_path=SitePath("opsmanual/1"), sha256=Sha256("sha256:0"),
    )  # fmt: skip
    assert [claim.day for claim in own(page).starts] == [date(2017, 5, 3)]
    assert page.instrument is not None
    assert page.instrument.signed_by == "Jo Carey"
