"""The specimen's answers as a careful reader gives them, against those of the whole program."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from manual import specimen
from manual.captures import Archive
from manual.load import rebuild
from manual.model import Answer, Code, When
from manual.queries import KnowledgeBase

EXPECTED = Path(specimen.__file__).with_name("expected.json")
ROWS = json.loads(EXPECTED.read_text("utf-8"))["answers"]


def _cases() -> Iterator[object]:
    for row in ROWS:
        yield pytest.param(row, id=f"{row[0]} on {row[1]}")


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    home = tmp_path_factory.mktemp("specimen")
    archive = Archive(home)
    with archive.batch():
        for raw in specimen.specimen_captures():
            archive.add(raw, datetime(2026, 8, 12, tzinfo=UTC))
    rebuild(home)
    base = KnowledgeBase(home)
    yield base
    base.close()


@pytest.mark.parametrize("row", list(_cases()))
def test_answer_is_that_of_a_careful_reader(kb: KnowledgeBase, row: list[object]) -> None:
    """The pages say so; an answer that differs is either a wrong rule or a wrong reading of it."""
    code, day, word, first, until, held, why = row
    answer = kb.in_force_on(Code(str(code)), When(date.fromisoformat(str(day))))
    assert answer.answer == word, (why, answer.reasons)
    if word in ("in_force", "ended"):
        for found, wanted in zip(_facts(answer), (first, until, held), strict=True):
            assert wanted == "?" or found == wanted, why


def _facts(answer: Answer) -> tuple[object, object, object]:
    version = answer.version
    assert version is not None
    first, until = version.validity.effective_from, version.validity.effective_until
    return first and str(first), until and str(until), version.text_held


def test_every_instruction_with_versions_is_asked_about() -> None:
    """A trap without a question is no test."""
    asked = {row[0] for row in ROWS}
    sources = specimen.specimen().sources.values()
    assert {source.code for source in sources if len(source.versions) > 1} <= asked


def test_subject_change_and_moves_are_shown_in_the_history(kb: KnowledgeBase) -> None:
    """A code that was given to another subject must not look like one instruction amended (rule 2)."""
    changed = [version for version in kb.history_of(Code("KB1.10")).versions if version.subject_changed]
    assert [str(version.validity.effective_from) for version in changed] == ["2017-08-27"]
    moves = {(link.source, link.target) for link in kb.history_of(Code("J2.20")).links}
    assert ("J2.20", "J2.15") in moves


def test_an_earlier_known_day_does_not_see_later_captures(kb: KnowledgeBase) -> None:
    """What was known on 20 January 2025 is what was captured by then."""
    then = kb.in_force_on(Code("Q1.5"), When(date(2026, 3, 10), date(2025, 1, 20)))
    assert then.answer == "in_force"
    assert then.version is not None
    assert then.version.validity.effective_from == date(2024, 11, 20)
    assert then.as_last_seen == date(2025, 1, 20)
