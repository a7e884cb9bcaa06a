"""Text captures whose right reading is known: each file of the shared cases stands for its kind."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from manual.captures import RawCapture, read_paths
from manual.load import load_captures
from manual.model import Code, ParsedPage, Sha256, When
from manual.parse import parse_capture
from manual.queries import KnowledgeBase
from tests.parsed_page import blocks, own

pytestmark = pytest.mark.shared

HIGHEST_TITLE = 160
NOW = datetime(2026, 8, 11, 12, tzinfo=UTC)


def page_of(path: Path) -> ParsedPage:
    (raw,) = read_paths([path], captured=None)
    assert isinstance(raw, RawCapture)
    return parse_capture(raw.data, media=raw.media, site_path=raw.site_path, sha256=Sha256("sha256:0"))


def words(page: ParsedPage) -> str:
    return "\n".join(block.text for block in blocks(page))


def labels(page: ParsedPage) -> list[str]:
    return [block.pinpoint for block in blocks(page) if block.kind == "item"]


def kinds(page: ParsedPage) -> set[str]:
    return {finding.kind for finding in page.findings}


@pytest.fixture
def opsmanual(cases: Path) -> Path:
    return cases / "pages" / "opsmanual"


# ---------------------------------------------------------------- frame


def test_clause_that_ends_like_a_banner_is_text(cases: Path) -> None:
    """Taken for a banner, it disappeared and took its instruction out of force."""
    page = page_of(cases / "damage" / "no-longer-current.txt")
    assert "if it is no longer current" in words(page)
    assert not own(page).shown_as_old
    assert own(page).starts[0].day == date(2025, 12, 8)


@pytest.mark.parametrize("name", ["91004", "91006", "91012", "91013"])
def test_frame_lines_are_no_text(opsmanual: Path, name: str) -> None:
    """Read as text they would be compared with other versions and quoted as law."""
    text = words(page_of(opsmanual / f"{name}.txt")).lower()
    for frame in (
        "archived",
        "to see the current",
        "govt.nz",
        "email",
        "top of page",
        "you are here",
        "topic",
    ):
        assert frame not in text


@pytest.mark.parametrize("name", ["91004", "91006"])
def test_banner_broken_over_lines_marks_the_page_as_old(opsmanual: Path, name: str) -> None:
    """Unread, it would leave an old version in force for ever."""
    assert own(page_of(opsmanual / f"{name}.txt")).shown_as_old


def test_a_cut_title_before_the_whole_one_is_one_heading(opsmanual: Path) -> None:
    """Two headings would give two instructions, and the pinpoints of the second a paragraph between."""
    page = page_of(opsmanual / "91012.txt")
    assert page.title.endswith("order and manner of mooring boats")
    assert labels(page) == ["QZ16.1(a)", "QZ16.1(a)(i)", "QZ16.1(a)(ii)", "QZ16.1(b)"]


# ---------------------------------------------------------------- one line


def test_page_on_one_line_is_taken_apart(opsmanual: Path) -> None:
    """Its title ran to two hundred characters, and suffix, note and foot were lost in it."""
    page = page_of(opsmanual / "91006.txt")
    assert (page.code, page.title, own(page).suffix) == (
        "QZ4.25",
        "Backing for boat owners",
        "(to 07/10/2019)",
    )
    assert [claim.day for claim in own(page).starts] == [date(2016, 11, 21)]
    assert [block.kind for block in page.blocks] == ["note", "paragraph", "note"]
    assert page.structure == "damaged"
    assert {"one_line", "text_damaged"} <= kinds(page)


def test_list_on_one_line_is_no_instruction(opsmanual: Path) -> None:
    """`IN THIS SECTION` is no code, and what follows it is no title."""
    page = page_of(opsmanual / "91009.txt")
    assert page.code is None
    assert len(page.title) < HIGHEST_TITLE
    assert "title_unbounded" in kinds(page)
    assert "QZ4.10 Sound boats (owners)" in words(page)


def test_page_without_a_code_makes_no_instruction_of_its_list(opsmanual: Path) -> None:
    """The first row of its list would be filed as the page itself, or `IN` as a part of the manual."""
    page = page_of(opsmanual / "91008.txt")
    assert (page.kind, page.code, page.title) == ("front_matter", None, "Skilled Boat Category")
    assert "QZ1 Objective and overview" in words(page)


# ---------------------------------------------------------------- lists


def test_coded_rows_below_the_foot_are_a_list(opsmanual: Path) -> None:
    """As text they would be clauses that the next version seems to have lost."""
    page = page_of(opsmanual / "91011.txt")
    assert labels(page) == ["QZ4.40(a)", "QZ4.40(b)"]
    assert [block.kind for block in page.blocks] == ["item", "item"]
    assert [st.code for st in page.statements if st.kind == "neighbour"] == ["QZ4.1", "QZ4.5", "QZ4.10"]


def test_list_that_breaks_off_is_not_whole(cases: Path) -> None:
    """It would vouch for a gap in which other versions stood, and half a row would be a version of its own."""
    page = page_of(cases / "pages" / "cut" / "opsmanual" / "91018.txt")
    assert not own(page).lists_versions
    assert [st.suffix for st in page.statements if st.kind == "listed"] == ["(28/02/2025)", "(02/12/2024)"]
    assert "list_breaks_off" in kinds(page)


@pytest.mark.parametrize("name", ["91001", "91003", "91004"])
def test_list_that_ends_with_the_capture_is_whole(opsmanual: Path, name: str) -> None:
    """Most copies end with their list; doubt about each would be needless."""
    assert own(page_of(opsmanual / f"{name}.txt")).lists_versions


def test_foot_of_another_word_is_no_text(opsmanual: Path) -> None:
    """`Rescinded D` stands in the place of the foot, below the text."""
    page = page_of(opsmanual / "91001.txt")
    assert words(page) == "A boat may have a further pass if its bell rings."
    assert own(page).starts == ()


def test_contents_of_the_old_edition_are_contents(opsmanual: Path) -> None:
    """Its first coded line would be filed as an instruction whose text is the contents."""
    page = page_of(opsmanual / "TOC91010.txt")
    assert page.kind == "contents"
    assert [line.title for line in page.contents if line.code == "QZ4"] == ["Sound boats"]
    assert {st.edition for st in page.statements} == {"pre-2010"}
    assert (page.seen_on, page.seen_exact) == (date(2010, 11, 28), False)


# ---------------------------------------------------------------- sentences


def test_words_that_the_source_lost_are_seen(opsmanual: Path) -> None:
    """A sentence without its nouns would be quoted as law."""
    page = page_of(opsmanual / "91013.txt")
    assert page.structure == "damaged"
    assert own(page).edition == "pre-2010"
    assert own(page).text_digest == ""


def test_see_also_in_a_sentence_opens_no_list(opsmanual: Path) -> None:
    """The coded line behind it would leave the note and become a row."""
    page = page_of(opsmanual / "91014.txt")
    assert "See also QZ3.20 for further terms of boat passes." in words(page)
    assert [block.kind for block in page.blocks] == ["item", "note"]
    assert [st.kind for st in page.statements] == ["page"]


def test_bare_code_in_a_sentence_is_a_reference(opsmanual: Path) -> None:
    """As a heading it would cut the sentence and take the text below it for another instruction."""
    page = page_of(opsmanual / "91016.txt")
    first = page.blocks[0]
    assert first.text.endswith("show health (see QZ4 and QZ5), but cannot.")
    assert [ref.target for ref in first.refs] == ["QZ4", "QZ5"]
    assert "heading" not in {block.kind for block in page.blocks}


def test_cells_without_their_grid_get_no_labels(opsmanual: Path) -> None:
    """`a.` in a cell is no item (a), and which cells made a row is not known."""
    page = page_of(opsmanual / "91015.txt")
    (table,) = page.blocks
    assert table.kind == "table"
    assert [row[0].text for row in table.rows][:4] == [
        "Column A: Kind of trip", "Column B: Time", "a.", "A trip around the bay",
    ]  # fmt: skip
    assert "grid_lost" in kinds(page)
    assert page.structure == "flat"


def test_front_page_keeps_the_day_on_which_the_manual_was_updated(opsmanual: Path) -> None:
    """Taken for frame, the only day that the front page prints would be gone."""
    page = page_of(opsmanual / "91017.txt")
    assert (page.kind, page.title) == ("front_matter", "About this manual")
    assert "Manual updated on: 3 May 2024" in words(page)


# ---------------------------------------------------------------- instruments


def test_instrument_states_signature_power_and_what_it_revokes(opsmanual: Path) -> None:
    """Who signed stands below the day; it would be a paragraph of the text, and the instrument nobody's."""
    page = page_of(opsmanual / "91004.txt")
    instrument = page.instrument
    assert instrument is not None
    assert (instrument.signed_by, instrument.office) == ("Ann Bell", "Harbour Master")
    assert instrument.signed_on == date(2019, 6, 27)
    assert instrument.power == "section 380 of the Harbour Act 2009"
    assert instrument.revokes == "Instrument of Delegation dated 11th day of September 2017"


def test_items_of_an_instrument_keep_their_numbers(opsmanual: Path) -> None:
    """ "Paragraph 1" would name nothing if the items were (a) and (b)."""
    page = page_of(opsmanual / "91005.txt")
    items = [block for block in blocks(page) if block.kind == "item"]
    assert [(block.label, block.pinpoint) for block in items] == [("1.", "QZ15.6(1)"), ("2.", "QZ15.6(2)")]
    pinpoints = [block.pinpoint for block in blocks(page)]
    assert len(set(pinpoints)) == len(pinpoints)
    assert page.instrument is not None
    assert page.instrument.signed_by == "Hon Ann Bell"
    assert page.instrument.signed_on == date(2023, 9, 15)


# ---------------------------------------------------------------- an issue


def test_issue_is_split_into_its_instructions(cases: Path) -> None:
    """The text of a whole section would be one instruction, with the foot of the last."""
    page = page_of(cases / "pages" / "issue" / "boats-issue.txt")
    assert [other.code for other in page.others] == ["QZ1", "QZ2", "QZ2.1"]
    assert [[claim.day for claim in own(other).starts] for other in page.others] == [
        [date(2010, 11, 29)], [], [date(2011, 4, 4)],
    ]  # fmt: skip
    assert labels(page.others[2]) == ["QZ2.1(a)", "QZ2.1(a)(i)", "QZ2.1(a)(ii)"]
    assert {other.seen_on for other in page.others} == {date(2011, 4, 4)}
    everything = "\n".join(words(one) for one in (page, *page.others))
    assert "Operational Manual" not in everything
    assert "...." not in everything
    assert "Issue Date: 04 April 2011" in everything


def test_issue_shows_each_text_for_its_own_code(cases: Path, tmp_path: Path) -> None:
    """The words of one instruction would be shown under the code of another."""
    captures = list(read_paths([cases / "pages" / "issue"], captured=date(2026, 8, 10)))
    load_captures(tmp_path, captures, now=NOW)
    with KnowledgeBase(tmp_path) as kb:
        for code, first in (
            ("QZ1", "The objective of boat instructions is:"),
            ("QZ2.1", "A boat must ring."),
        ):
            answer = kb.in_force_on(Code(code), When(date(2011, 4, 4)))
            assert answer.answer == "in_force"
            assert answer.version is not None
            text = kb.text_of(answer.version)
            assert text is not None
            assert text.blocks[0].text == first
