"""The two walks of ARCHITECTURE are the ones that the program takes."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

import pytest

from manual.intake import take_in
from webapp import create_app

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 9, 1, tzinfo=UTC)


def steps(heading: str) -> list[str]:
    """The modules and functions that a walk names, in its order."""
    walk = (ROOT / "ARCHITECTURE.md").read_text("utf-8").partition(f"### A walk: {heading}")[2]
    walk = walk.partition("\n#")[0]
    named = re.findall(r"`((?:[a-z_]+\.)+[a-z_]+|KnowledgeBase\.[a-z_]+|indexer)[^`]*`", walk)
    return [name for name in named if not name.endswith((".htm", ".sqlite"))]


@contextmanager
def entered() -> Iterator[list[str]]:
    """All calls of the program's functions, in order, each with its module."""
    names: list[str] = []

    def note(frame: FrameType, event: str, _: object) -> None:
        module = frame.f_globals.get("__name__", "")
        if event == "call" and module.startswith(("manual.", "indexer", "webapp")):
            names.append(f"{module}.{frame.f_code.co_qualname}")

    sys.setprofile(note)
    try:
        yield names
    finally:
        sys.setprofile(None)


def is_step(name: str, step: str) -> bool:
    """Whether a call is of that module or function; a package hands on what its modules define."""
    package, _, last = step.rpartition(".")
    return re.search(rf"\b{step}\b|\b{package}\.(?:\w+\.)*{last}$", name) is not None


BYTES, QUESTION = "the bytes of a capture", "a question"


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What is called where one page is taken in, and where it is asked for."""
    folder = tmp_path_factory.mktemp("walks")
    saved = folder / "specimen" / "9001.htm"
    saved.parent.mkdir()
    saved.write_bytes((ROOT / "tests" / "pages" / "effective_line_in_body.htm").read_bytes())
    with entered() as taking:
        take_in(folder / "home", [saved], captured=None, now=NOW)
    with entered() as asking:
        client = create_app({"HOME": folder / "home"}).test_client()
        assert client.get("/ZG16.1/on/2024-08-15").status_code == 200
    return {BYTES: taking, QUESTION: asking}


@pytest.mark.parametrize("heading", [BYTES, QUESTION])
def test_a_walk_is_taken_in_the_order_in_which_it_is_told(heading: str, walked: dict[str, list[str]]) -> None:
    """A newcomer would look for a step in a module that has no part in it."""
    named, calls = steps(heading), iter(walked[heading])
    assert len(named) > 4
    for step in named:
        assert any(is_step(name, step) for name in calls), (
            f"{step} is not taken, or not after what is told before it"
        )
