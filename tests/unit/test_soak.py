"""The suite keeps what `make soak` promises."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from hypothesis import settings
from soak import SOAK, examples

TESTS = Path(__file__).resolve().parents[1]


def _fixed_numbers(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and any(keyword.arg == "max_examples" for keyword in node.keywords):
            yield f"{path.name}:{node.lineno}"


def test_no_property_fixes_its_number_of_examples() -> None:
    """A number in a decorator overrules the profile: a soak would try no more examples than any run."""
    found = [place for path in TESTS.rglob("test_*.py") for place in _fixed_numbers(path)]
    assert found == []


def test_property_is_tried_more_often_in_a_soak() -> None:
    """`make soak` would be an ordinary run."""
    before = settings.get_current_profile_name()
    try:
        settings.load_profile("default")
        assert examples(7).max_examples == 7
        settings.load_profile("soak")
        assert (examples(7).max_examples, examples(7, 900).max_examples) == (SOAK, 900)
        assert settings().max_examples == SOAK
    finally:
        settings.load_profile(before)
