"""Pages whose like words are no renumbering, from the folder of real captures and cases."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from manual.load import load
from manual.queries import KnowledgeBase

NOW = datetime(2026, 8, 20, tzinfo=UTC)


@pytest.mark.shared
@pytest.mark.parametrize("pages", ["a", "b"])
def test_words_that_stay_or_go_to_two_codes_are_no_renumbering(
    shared: Path, tmp_path: Path, pages: str
) -> None:
    """A code that keeps its words, or words that two codes took, would be shown as an instruction renumbered."""
    folder = shared / "cases" / "reports" / "r10_false_renumbering" / pages
    load(tmp_path, [folder], captured=date(2026, 8, 10), now=NOW)
    with KnowledgeBase(tmp_path) as kb:
        assert kb.codes()
        assert [link for code in kb.codes() for link in kb.links_of(code)] == []
