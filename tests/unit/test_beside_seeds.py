"""The real contents and the real section of the Act, with circulars and instructions of our own beside them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from manual.captures import RawCapture
from manual.load import load_captures
from manual.model import Answer, Code, SitePath, When
from manual.pages.history_page import history_page
from manual.pages.work_page import work_page
from manual.queries import KnowledgeBase
from tests.unit.test_beside import NOW, ON, page, text

SECTION_28 = Code("law:immigration-act-2009/s28")
CIRCULAR = """12 March 2014

Amendment Circular No. 2014/03

To all holders of the manual

Changes to immigration instructions effective from 24 March 2014
WR3 What this circular calls the chapter

Revocation of immigration instructions
BH3.5 What this circular calls it
BH3.10 What this circular calls that
"""


def seed(shared: Path, number: str, seen: datetime | None = None) -> RawCapture:
    path = next((shared / "seeds").glob(f"{number}*"))
    site_path = SitePath("opsmanual/toc") if number == "003" else None
    return RawCapture(
        data=path.read_bytes(),
        media="text",
        address=None,
        site_path=site_path,
        captured_at=seen,
        filename=path.name,
    )


def answers(kb: KnowledgeBase, code: str, *days: date) -> list[Answer]:
    return [kb.in_force_on(Code(code), When(day)) for day in days]


BEFORE, DAY, AFTER = date(2014, 3, 23), date(2014, 3, 24), date(2014, 3, 25)


def test_what_only_the_contents_end_on_a_day_is_ended_by_a_circular(shared: Path, tmp_path: Path) -> None:
    """The contents say "(to 24/03/2014)", which is meant both ways: the day was disputed."""
    contents = seed(shared, "003", datetime(2026, 3, 1, tzinfo=UTC))
    load_captures(tmp_path, [contents], now=NOW)
    with KnowledgeBase(tmp_path) as kb:
        for code in ("BH3.5", "BH3.10"):
            assert answers(kb, code, DAY)[0].answer == "disputed"
    load_captures(tmp_path, [text(CIRCULAR, "c")], now=NOW)
    with KnowledgeBase(tmp_path) as kb:
        for code in ("BH3.5", "BH3.10"):
            on_day, later = answers(kb, code, DAY, AFTER)
            assert (on_day.answer, later.answer) == ("ended", "ended")
            assert all(answer.answer != "disputed" for answer in answers(kb, code, BEFORE, DAY, AFTER, ON))
        page = history_page(kb, Code("BH3.5"), When(ON), ON)
        behind = [
            (change.circular, change.happens) for row in page.rows for change in getattr(row, "circulars", ())
        ]
        assert behind == [("circular:2014-03", "revoked")]


def test_a_section_says_that_its_chapter_was_named_and_no_more(shared: Path, tmp_path: Path) -> None:
    """A part that a circular names is never spread over its sections."""
    contents = seed(shared, "003", datetime(2026, 3, 1, tzinfo=UTC))
    load_captures(tmp_path, [contents], now=NOW)
    with KnowledgeBase(tmp_path) as kb:
        sections = [code for code in kb.codes() if code.startswith("WR3.")]
        plain = [answers(kb, code, BEFORE, DAY, ON) for code in sections]
    assert sections
    load_captures(tmp_path, [text(CIRCULAR, "c")], now=NOW)
    with KnowledgeBase(tmp_path) as kb:
        assert [answers(kb, code, BEFORE, DAY, ON) for code in sections] == plain
        for code in sections:
            found = kb.around(kb.in_force_on(code, When(ON))).circulars
            assert [(change.code, change.whole_part, change.day) for change in found] == [("WR3", True, DAY)]


def test_automated_decisions_and_the_section_on_them_meet(shared: Path, tmp_path: Path) -> None:
    """Each leads to the other, on the days on which the instruction was in force."""
    instruction = page(
        "A21 Automated electronic decision making\n\nSystems decide as the Immigration Act 2009 s 28 says.\n\n"
        "Effective 01/07/2019",
        1,
        date(2026, 1, 1),
    )
    load_captures(tmp_path, [instruction, seed(shared, "001")], now=NOW)
    with KnowledgeBase(tmp_path) as kb:
        around = kb.around(kb.in_force_on(Code("A21"), When(ON)))
        assert [law.held for law in around.laws] == [SECTION_28]
        cited_by = work_page(kb, SECTION_28, When(ON)).cited_by
        assert [(one.code, one.pinpoint) for one in cited_by] == [("A21", "A21 paragraph 1")]
        assert work_page(kb, SECTION_28, When(date(2019, 6, 30))).cited_by == ()


def test_the_section_is_filed_under_its_own_number_and_the_wrong_heading_is_said(
    shared: Path, tmp_path: Path
) -> None:
    load_captures(tmp_path, [seed(shared, "001")], now=NOW)
    with KnowledgeBase(tmp_path) as kb:
        said = work_page(kb, SECTION_28, When(ON))
        checked = {(found.kind, found.code, bool(found.locator)) for found in kb.findings()}
    assert said.answer.answer == "undated"
    assert said.account is not None
    assert said.account.scheme == "account"
    labels = [
        node.label
        for top in said.text
        for node in (top, *top.children)
        if node.label.isascii() and node.label
    ]
    assert labels[:1] == ["(1)"]
    assert {
        ("law_heading_disagrees", SECTION_28, True),
        ("note_without_day", SECTION_28, True),
    } <= checked


def test_a_report_that_names_no_code_is_filed_and_found_by_its_words(shared: Path, tmp_path: Path) -> None:
    load_captures(tmp_path, [seed(shared, "000")], now=NOW)
    with KnowledgeBase(tmp_path) as kb:
        [work] = kb.works_beside()
        assert work.scheme == "notice"
        assert work_page(kb, work.key, When(ON)).text
        assert kb.codes() == ()
