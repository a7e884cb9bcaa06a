"""Report r11: a page is read whatever form it was saved in, and nothing else is taken for one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from manual.load import LoadSummary, load
from manual.model import Code, When
from manual.parse import parse_capture
from manual.queries import KnowledgeBase

pytestmark = pytest.mark.shared

NOW = datetime(2026, 11, 26, 1, tzinfo=UTC)
ON = date(2026, 8, 11)


@pytest.fixture(scope="module")
def loaded(cases: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, LoadSummary]:
    home = tmp_path_factory.mktemp("home")
    given = cases / "reports" / "r11_capture_forms"
    return home, load(home, [given], captured=date(2026, 8, 10), now=NOW)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("ZQ1.1", "A frame holds glass."),  # SingleFile: in `srcdoc`
        ("ZQ1.5", "A frame holds wood."),  # complete page: in `_files/`
        ("ZM1.5", "A bell rings."),  # WARC, resource record
        ("ZM1.18", "A bell rings."),  # WACZ within WACZ
        ("ZU1.1", "A bollard is iron."),  # WARC-Truncated, in the list below the text
    ],
)
def test_page_of_each_form_answers(loaded: tuple[Path, LoadSummary], code: str, words: str) -> None:
    """If it failed, a form that people have would give nothing."""
    with KnowledgeBase(loaded[0]) as kb:
        answer = kb.in_force_on(Code(code), When(ON))
        assert answer.answer == "in_force"
        assert answer.version is not None
        text = kb.text_of(answer.version)
        assert text is not None
        assert words in str(text.blocks)


def test_older_web_archive_is_read_and_a_network_log_is_refused(loaded: tuple[Path, LoadSummary]) -> None:
    """If it failed, the one would be lost, or the other be taken for a text."""
    home, summary = loaded
    with KnowledgeBase(home) as kb:
        assert {str(code) for code in kb.codes()} == {"ZM1.5", "ZM1.18", "ZM1.22", "ZQ1.1", "ZQ1.5", "ZU1.1"}
        assert "truncated" in [finding.kind for finding in kb.findings()]
    said = {finding.kind: finding.message for finding in summary.problems}
    assert "network log" in said["not_a_page"]
    assert "WARC-Truncated" in said["truncated"]


def test_page_that_takes_quadratic_time_is_refused_early(cases: Path, tmp_path: Path) -> None:
    """If it failed, a page of 200 kB would keep a load busy for ten seconds."""
    import subprocess
    import sys

    from manual.errors import LimitExceeded
    from manual.model import Sha256, SitePath

    script = cases / "damage" / "foster.py"
    subprocess.run([sys.executable, str(script), "16000"], cwd=tmp_path, check=True)
    with pytest.raises(LimitExceeded, match="too many tags"):
        parse_capture(
            (tmp_path / "77177.htm").read_bytes(),
            media="html",
            site_path=SitePath("opsmanual/77177"),
            sha256=Sha256("sha256:0"),
        )
