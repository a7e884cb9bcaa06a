"""What reading a page brought up stands on the answer that rests on it: cases from the shared folder."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from manual.cli import cli
from manual.load import load
from manual.model import Code, When
from manual.queries import KnowledgeBase
from webapp import create_app

NOW = datetime(2026, 8, 20, tzinfo=UTC)
SEEN = date(2026, 8, 10)


@pytest.mark.shared
def test_foot_that_cannot_be_read_is_said_on_every_surface(shared: Path, tmp_path: Path) -> None:
    """Nobody who reads the answer would learn that the page prints a first day, though an impossible one."""
    load(tmp_path, [shared / "cases" / "reports" / "r20_finding_not_in_show"], captured=SEEN, now=NOW)
    with KnowledgeBase(tmp_path) as kb:
        of_page = [f for f in kb.findings() if f.code in (None, "ZD3.1") and "05/06/0212" in f.message]
        assert of_page
        for day in (date(2012, 6, 5), SEEN):
            assert set(of_page) <= set(kb.in_force_on(Code("ZD3.1"), When(day)).findings)
    said = of_page[0].message
    printed = CliRunner().invoke(cli, ["--home", str(tmp_path), "show", "ZD3.1", "--on", "2026-08-10"])
    assert said in " ".join(printed.stdout.split())
    told = CliRunner().invoke(cli, ["--home", str(tmp_path), "show", "ZD3.1", "--on", "2026-08-10", "--json"])
    assert said in [finding["message"] for finding in json.loads(told.stdout)["findings"]]
    page = create_app({"HOME": tmp_path, "TODAY": lambda: SEEN}).test_client().get("/ZD3.1/on/2026-08-10")
    assert "05/06/0212" in page.get_data(as_text=True)
