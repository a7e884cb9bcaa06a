"""Copied texts with the marks of the tool that copied them."""

from __future__ import annotations

import pytest

from manual.model import ParsedPage, Sha256, SitePath
from manual.parse import parse_capture
from tests.parsed_page import blocks, own

CLAUSES = ["A boat must ring.", "A boat must row."]
LISTS = "PREVIOUS IMMIGRATION INSTRUCTIONS"


def parsed(text: str) -> ParsedPage:
    return parse_capture(
        text.encode(), media="text", site_path=SitePath("opsmanual/91"), sha256=Sha256("sha256:0")
    )


def page(heading: str, row: str, *, headed: str = LISTS, end: str = "") -> str:
    return (
        f"{heading}\n\n  1. {CLAUSES[0]}\n  2. {CLAUSES[1]}\n\nEffective 01/02/2020\n\n{headed}\n\n{row}\n\n"
        f"{row.replace('2010', '2011')}\n{end}"
    )


ADDRESS = "https://www.example.org/opsmanual/3.htm"


@pytest.mark.parametrize(
    "text",
    [
        page("[1]Next Topic\n\nQZ4.10 Boats", "[2]QZ4.10 Boats (29/11/2010)"),
        page(
            "QZ4.10 Boats",
            "[2]QZ4.10 Boats (29/11/2010)",
            end=f"\nReferences\n\n   1. {ADDRESS}\n   2. {ADDRESS}\n",
        ),
        page("QZ4.10 Boats", f"QZ4.10 Boats (29/11/2010) <{ADDRESS}>"),
        page("QZ4.10 Boats", "QZ4.10 Boats (29/11/2010) (3.htm)"),
        page("# QZ4.10 Boats", f"[QZ4.10 Boats (29/11/2010)]({ADDRESS})", headed=f"## {LISTS}"),
        page("**QZ4.10 Boats**", "[QZ4.10 Boats (29/11/2010)](3.htm)", headed=f"**{LISTS}**"),
        "> " + page("QZ4.10 Boats", "QZ4.10 Boats (29/11/2010)").replace("\n", "\n> "),
        page("QZ4.10 Boats\u200b", "QZ4.10 Boats (29/11/2010)\u200b"),
    ],
)
def test_page_copied_by_a_tool_is_read_as_without_its_marks(text: str) -> None:
    """If it failed, the heading or the rows would have no code, and older versions be unknown."""
    read = parsed(text)
    assert (read.code, read.title) == ("QZ4.10", "Boats")
    assert [block.text for block in blocks(read)] == CLAUSES
    assert [str(claim.day) for claim in own(read).starts] == ["2020-02-01"]
    listed = [str(st.starts[0].day) for st in read.statements if st.kind == "listed"]
    assert listed == ["2010-11-29", "2011-11-29"]


@pytest.mark.parametrize(
    "clause",
    [
        "A boat must ring [see QZ4.15].",
        "A boat must ring (https://www.example.org/bells).",
        "A boat must ring.[1]",
        "Owners apply at <https://www.example.org/bells> before the boat rings.",
        "The form is on the website <https://www.example.org/bells>.",
        "A *boat* must ring.",
        "> 5 boats must ring.",
        "A boat_with_bells_must ring # 3 times.",
    ],
)
def test_clause_that_resembles_a_tool_s_mark_is_kept(clause: str) -> None:
    """If it failed, words of a clause would be lost."""
    read = parsed(f"QZ4.10 Boats\n\n{clause}\n\nA boat must row.\n\nEffective 01/02/2020\n")
    assert [block.text for block in blocks(read)] == [clause, "A boat must row."]
    assert "tool_marks" not in [finding.kind for finding in read.findings]
