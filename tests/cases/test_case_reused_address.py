"""An address that shows another code on a later day, from the folder of real captures and cases."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from manual.load import load
from manual.model import Code, When
from manual.queries import KnowledgeBase

NOW = datetime(2026, 8, 20, tzinfo=UTC)


@pytest.mark.shared
def test_code_that_left_its_address_says_so(shared: Path, tmp_path: Path) -> None:
    """The source of its text would lead a reader to another instruction without a word."""
    folder = shared / "cases" / "reports" / "r18_address_reused"
    load(tmp_path, [folder / "day1"], captured=date(2021, 3, 1), now=NOW)
    load(tmp_path, [folder / "day2"], captured=date(2026, 8, 10), now=NOW)
    with KnowledgeBase(tmp_path) as kb:
        left = kb.in_force_on(Code("ZA7.1"), When(date(2026, 8, 11)))
        kinds = {finding.kind: finding.message for finding in left.findings}
        assert "ZA7.5" in kinds["address_reused"]
        assert "10 August 2026" in kinds["address_reused"]
        came = kb.in_force_on(Code("ZA7.5"), When(date(2026, 8, 11)))
        assert "address_reused" not in [finding.kind for finding in came.findings]
