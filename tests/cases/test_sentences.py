"""The shared table of sentences: each on a page of its own, judged by the claims that come of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.sentence_tables import rows, wrong_about

pytestmark = pytest.mark.shared


def test_every_shared_sentence_is_read_as_it_should(shared: Path) -> None:
    """Each wrong line is a wrong answer on every page that says it so."""
    wrong = []
    for number, (sentence, reading, days) in enumerate(rows(shared / "cases/sentences/sentences.tsv"), 1):
        if reading == "other":
            days = ", ".join(f"{code} ends 2022-12-01" for code in re.findall(r"\bZC\d[\d.]*\d", sentence))
        if why := wrong_about(sentence, reading, days, f"QZ{number}.1"):
            wrong.append(f"[{reading}] {sentence}: {why}")
    assert wrong == []
