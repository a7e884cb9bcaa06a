"""One capture that holds several texts: each is shown for its own code and its own version, and seen on its own day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from toy_pages import derive_anew, instruction, raw, take

from manual.model import Block, Code, ParsedPage, When
from manual.parse.parts import texts_of
from manual.queries import KnowledgeBase

SEEN = date(2025, 1, 1)


def _text(code: str, start: date, words: str, place: str, *, old: bool = False) -> ParsedPage:
    block = Block(kind="paragraph", text=words, pinpoint=f"{code} paragraph 1")
    page = instruction(code, start, words=(words,), address="toys/many", old=old, blocks=(block,))
    own = replace(page.statements[0], locator=place, address=None if old else page.statements[0].address)
    return replace(page, statements=(own,))


def _shown(home: Path, code: str, on: date) -> list[str]:
    with KnowledgeBase(home) as kb:
        answer = kb.in_force_on(Code(code), When(on))
        assert answer.version is not None
        text = kb.text_of(answer.version)
        return [block.text for block in text.blocks] if text else []


def test_each_text_of_a_capture_is_shown_for_its_own_version(tmp_path: Path) -> None:
    """If it failed, the words of one instruction, or of another day, would be shown under a true heading."""
    many = replace(
        _text("ZC1.5", date(2022, 1, 1), "Boats ring.", "text 1 of 3"),
        others=(
            _text("ZC1.5", date(2020, 1, 1), "Boats rang.", "text 2 of 3", old=True),
            _text("ZC2.5", date(2021, 1, 1), "Gates shut.", "text 3 of 3"),
        ),
    )
    summary = take(tmp_path, raw(many, SEEN, "toys/many"))
    assert (summary.read, summary.parsed) == (1, 1)
    for _ in range(2):
        assert _shown(tmp_path, "ZC1.5", date(2022, 6, 1)) == ["Boats ring."]
        assert _shown(tmp_path, "ZC1.5", date(2020, 6, 1)) == ["Boats rang."]
        assert _shown(tmp_path, "ZC2.5", date(2022, 6, 1)) == ["Gates shut."]
        derive_anew(tmp_path)
    assert not take(tmp_path, raw(many, SEEN, "toys/many")).changed


def test_a_capture_of_several_texts_is_one_capture(tmp_path: Path) -> None:
    """If it failed, one page would be evidence several times, or two codes seem to claim its address."""
    many = replace(
        _text("ZC1.5", date(2022, 1, 1), "Boats ring.", "text 1 of 2"),
        others=(_text("ZC2.5", date(2021, 1, 1), "Gates shut.", "text 2 of 2"),),
    )
    take(tmp_path, raw(many, SEEN, "toys/many"))
    with KnowledgeBase(tmp_path) as kb:
        version = kb.in_force_on(Code("ZC2.5"), When(date(2022, 6, 1))).version
        assert version is not None
        assert version.text_capture is not None
        assert kb.capture(version.text_capture).sha256 == version.text_capture
        assert "address_twice" not in {finding.kind for finding in kb.findings()}


def test_a_reprinted_text_was_seen_on_the_day_of_its_issue(tmp_path: Path) -> None:
    """If it failed, an issue of 2011 that somebody saved in 2025 would show its instructions in force in 2025."""
    page = _text("ZC1.5", date(2010, 11, 29), "Boats ring.", "text 2 of 2")
    cover = ParsedPage(
        kind="front_matter",
        title="Boats",
        others=(replace(page, seen_on=date(2011, 4, 4)),),
    )
    take(tmp_path, raw(cover, SEEN))
    with KnowledgeBase(tmp_path) as kb:
        assert kb.in_force_on(Code("ZC1.5"), When(date(2020, 1, 1))).as_last_seen == date(2011, 4, 4)


def test_a_reprinted_text_without_a_day_of_issue_was_seen_on_no_known_day(tmp_path: Path) -> None:
    """The day on which an issue was saved says nothing of what was in force then."""
    page = replace(_text("ZC1.5", date(2010, 11, 29), "Boats ring.", "page"), seen_exact=False)
    take(tmp_path, raw(page, SEEN))
    with KnowledgeBase(tmp_path) as kb:
        assert not kb.in_force_on(Code("ZC1.5"), When(date(2026, 1, 1))).as_last_seen_exact


def test_statements_of_each_text_have_places_of_their_own() -> None:
    """Two lists with one name would be read as one list, whose rows contradict each other."""
    old = [date(2019, 1, 1)]
    first = instruction("ZC1.5", date(2022, 1, 1), listed=old)
    second = instruction("ZC1.5", date(2020, 1, 1), listed=old)
    first, second = (
        replace(
            p,
            statements=tuple(
                replace(st, locator=f"list 1 row {n}", in_list="list 1") for n, st in enumerate(p.statements)
            ),
        )
        for p in (first, second)
    )
    parts = texts_of(replace(first, others=(second,)))
    assert [part.statements[0].locator for part in parts] == ["text 1 of 2", "text 2 of 2"]
    assert [part.statements[1].in_list for part in parts] == ["text 1 of 2: list 1", "text 2 of 2: list 1"]
    assert len({st.locator for part in parts for st in part.statements}) == 4


def test_a_second_damaged_text_of_one_code_is_withheld() -> None:
    """Damaged texts can't be told apart by their words: one could be shown as the other version's."""
    damaged = replace(_text("ZC1.5", date(2022, 1, 1), "If a was ringing.", "page"), structure="damaged")
    parts = texts_of(replace(damaged, others=(damaged,)))
    assert [bool(part.blocks) for part in parts] == [True, False]
    assert [finding.kind for finding in parts[1].findings] == ["text_withheld"]
