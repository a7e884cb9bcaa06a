"""What is wrong with law, circulars and notices is said in a finding, and nothing is concluded from it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from small_pdf import small_pdf

from manual.errors import ParseError
from manual.load import load_captures
from manual.model import Code, ParsedPage, Sha256, When
from manual.pages.work_page import work_page
from manual.parse import parse_capture
from manual.queries import KnowledgeBase
from tests.unit.test_beside import NOW, ON, text

SECTION = "(1) Every boat must be counted under this Act.\n"
CIRCULAR = [
    "12 March 2014",
    "Amendment Circular No. 2014/90",
    "Changes to immigration instructions effective from 24 March 2014",
]


def read(data: str | bytes) -> ParsedPage:
    return parse_capture(
        data.encode() if isinstance(data, str) else data,
        media="text" if isinstance(data, str) else "pdf",
        site_path=None,
        sha256=Sha256("sha256:0"),
        filename="x",
    )


def said(page: ParsedPage) -> list[str]:
    return [f"{finding.kind}: {finding.message}" for finding in page.findings]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (f"Immigration Act\n\n28 Boats to be counted\n\n{SECTION}", "no Act is named with its year"),
        (
            f"Immigration Act 2009\n\nSchedule 2 Old boats\n\n1 Boats to be counted\n\n{SECTION}",
            "clause 1 of schedule 2, no section",
        ),
        (
            f"Migration Act 1958 (Commonwealth of Australia)\n\n28 Boats to be counted\n\n{SECTION}",
            "Migration Act 1958 is law of another country",
        ),
        (
            f"Boats Act 1971\nwww.legislation.gov.uk/ukpga/1971\n\n28 Boats to be counted\n\n{SECTION}",
            "Boats Act 1971 is law of another country",
        ),
        (
            f"Immigration Act 2009\n\n28 Boats to be counted\n\n{SECTION}\n28 Ships to be hidden\n\n{SECTION}",
            "two headings claim section 28: Boats to be counted and Ships to be hidden",
        ),
    ],
)
def test_what_is_no_one_section_of_a_law_of_this_country_is_kept_apart(words: str, why: str) -> None:
    """It would be filed, and cited, as a section that it is not."""
    page = read(words)
    assert (page.kind, page.code, page.statements) == ("law", None, ())
    [finding] = said(page)
    assert finding.startswith("law_not_placed: ")
    assert why in finding


def test_a_section_that_speaks_of_another_country_is_law_of_this_one() -> None:
    page = read(
        f"Immigration Act 2009\n\n28A Boats of Australia\n\n{SECTION}(2) So are those of Australia.\n"
    )
    assert page.code == "law:immigration-act-2009/s28a"
    assert page.findings == ()


@pytest.mark.parametrize("noted", [True, False])
def test_two_pages_that_claim_one_section_are_said(tmp_path: Path, noted: bool) -> None:
    """One of two texts would stand there as the law, and nobody would know of the other."""
    note = "\nSection 28: amended, on 3 March 2015, by section 4 of the Immigration Amendment Act 2015.\n"
    pages = [
        text(
            f"Immigration Act 2009\n\n28 {what} under this Act\n\n(1) {what}.\n{note if noted else ''}", what
        )
        for what in ("Boats to be counted", "Ships to be hidden")
    ]
    load_captures(tmp_path, pages, now=NOW)
    with KnowledgeBase(tmp_path) as kb:
        page = work_page(kb, Code("law:immigration-act-2009/s28"), When(ON))
        checked = {(found.kind, found.code) for found in kb.findings()}
        as_known = {(found.kind, found.code) for found in kb.findings(known=NOW.date())}
    if noted:
        assert ("texts_differ", page.key) in checked & as_known
        assert [finding.kind for finding in page.findings] == ["texts_differ"]
    else:
        assert page.answer.answer == "undated"
        assert "2 texts of it were read, none with a day" in page.sentence


def test_a_circular_with_two_numbers_changes_nothing() -> None:
    page = read(
        "\n".join([*CIRCULAR[:2], "It replaces Amendment Circular No. 2014/89", CIRCULAR[2], "ZW1.5 Boats"])
    )
    assert page.statements == ()
    assert [finding.severity for finding in page.findings] == ["error"]
    assert "2014-89 and 2014-90" in said(page)[0]


def test_a_circular_without_a_day_of_issue_says_so_and_keeps_its_days_of_effect() -> None:
    page = read("\n".join([*CIRCULAR[1:], "ZW1.5 Boats"]))
    assert "circular_undated" in said(page)[0]
    assert [(st.code, st.happens) for st in page.statements if st.kind == "claim"] == [("ZW1.5", "amended")]


def test_a_list_in_an_appendix_that_the_circular_has_itself_is_claimed_of_neither() -> None:
    """The manual's Appendix 1 would be amended by a paper that speaks of its own."""
    lists = [
        "ZW1.5 Boats",
        "The following lists have been updated: HARBOURS (Appendix 1)",
        "Appendix 1",
        "Words.",
    ]
    page = read("\n".join([*CIRCULAR, *lists]))
    assert [st.code for st in page.statements if st.kind == "claim"] == ["ZW1.5"]
    assert "whether the list HARBOURS is in Appendix 1 of the manual or of the circular" in said(page)[0]


def test_a_circular_with_struck_words_gives_days_and_says_what_was_struck() -> None:
    page = read(small_pdf([*CIRCULAR, "ZW1.5 Boats", "", "Appendix 1", "A boat ~must~_may_ be counted."]))
    assert page.code == "circular:2014-90"
    assert [st.code for st in page.statements if st.kind == "claim"] == ["ZW1.5"]
    assert any("struck_words: " in one and "'must'" in one for one in said(page))
    assert "must" not in " ".join(block.text for block in page.blocks)


def test_a_circular_whose_marks_nobody_can_read_gives_days_and_no_text() -> None:
    page = read(small_pdf([*CIRCULAR, "ZW1.5 Boats", "", "Appendix 1", "A boat !must! be counted."]))
    assert page.blocks == ()
    assert [st.code for st in page.statements if st.kind == "claim"] == ["ZW1.5"]
    assert [finding.kind for finding in page.findings] == ["markup_unclear"]


def test_a_scanned_circular_and_an_encrypted_one_are_refused_in_words() -> None:
    with pytest.raises(ParseError, match="without text"):
        read(small_pdf([]))
    pikepdf = pytest.importorskip("pikepdf")
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(small_pdf(CIRCULAR))) as document:
        document.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(ParseError, match="password"):
        read(locked.getvalue())


def test_a_notice_without_a_day_says_so() -> None:
    page = read("Visa Pak 7 - Boats\n\nBoats are counted under ZW1.5.\n")
    assert page.code == "notice:visa-pak-7"
    assert any("notice_undated" in one for one in said(page))


@pytest.mark.parametrize(
    "words",
    [
        f"Immigration Act 2009\n\n28 Boats to be counted\n\n{SECTION}",
        "Immigration Act 2009\nPublic Act 2009 No 51\n\n28 Boats to be counted\n\n(1) Every boat is counted.\n",
        "Version as at 1 July 2025\nImmigration Act 2009\n\n28 Boats to be counted\n\nEvery boat is counted.\n",
    ],
)
def test_a_saved_page_of_law_is_law_whatever_words_it_uses(words: str) -> None:
    """One without "this Act" and without notes was filed as a notice."""
    assert read(words).code == "law:immigration-act-2009/s28"


def test_cells_of_a_circulars_table_keep_apart() -> None:
    page = parse_capture(
        b"<h1>Amendment Circular 2020/10</h1><p>20 November 2020</p><h2>Changes to immigration instructions effective"
        b" from 30 November 2020</h2><table><tr><td>ZW1.5</td><td>Boats</td></tr></table>",
        media="html",
        site_path=None,
        sha256=Sha256("sha256:0"),
        filename="x",
    )
    assert [st.title for st in page.statements if st.code == "ZW1.5"] == ["Boats"]
    assert page.blocks[-1].text == "ZW1.5 Boats"


LAW_SITE = """<html><head><title>Immigration Act 2009 No 51 (as at 01 July 2025), Public Act</title></head><body>
<nav><ul><li>Browse</li></ul></nav><main><h1>Immigration Act 2009</h1><p>Version as at 1 July 2025</p>
<h2>Part 3 Boats</h2><h3>Special cases</h3><h5><span>61</span> Boats in special cases</h5>
<p><span>(1)</span> An officer counts a boat that—</p>
<p><span>(a)</span> is in a harbour; and</p><p><span>(b)</span> is not deep.</p>
<p><span>(2)</span> Under subsection (1), section 11 applies.</p><h6>History</h6>
<p>Section 61(1): amended, on 7 May 2015, by section 22 of the Immigration Amendment Act 2015.</p>
</main></body></html>"""


def test_a_page_of_a_site_of_law_keeps_part_heading_and_labels() -> None:
    """Number and title, and label and text, stand in elements of their own there."""
    page = parse_capture(
        LAW_SITE.encode(), media="html", site_path=None, sha256=Sha256("sha256:0"), filename="x"
    )
    assert page.code == "law:immigration-act-2009/s61"
    places = [(block.kind, block.pinpoint) for top in page.blocks for block in top.walk()]
    assert places == [
        ("heading", "s 61 heading 1"),
        ("heading", "s 61 heading 2"),
        ("item", "s 61(1)"),
        ("item", "s 61(1)(a)"),
        ("item", "s 61(1)(b)"),
        ("item", "s 61(2)"),
        ("note", "s 61 note 1"),
    ]
    own = [ref.target for top in page.blocks for block in top.walk() for ref in block.refs]
    assert "Immigration Act 2009 s 11" in own
