"""A load that is killed, at any moment, costs time: never an answer, never a page."""

from __future__ import annotations

import random
import shutil
import sys
import time
from pathlib import Path

import pytest

from soak import times
from soak.giving import answers, end, folder_of, in_child, litter, take_in, whole

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")


def test_load_killed_at_any_moment_loses_nothing(tmp_path: Path) -> None:
    """If it failed, a closed lid could cost what nobody can give again."""
    before, more = (
        folder_of(tmp_path / "before", range(1, 4)),
        folder_of(tmp_path / "more", range(1, 12), "New."),
    )
    first, right = tmp_path / "first", tmp_path / "right"
    take_in(first, before)
    shutil.copytree(first, right)
    began = time.monotonic()
    take_in(right, more)
    longest = time.monotonic() - began
    old, new = answers(first), answers(right)
    chance = random.Random(5)
    killed = 0
    for number in times(4, 300, "killed loads"):
        home = tmp_path / f"home{number}"
        shutil.copytree(first, home)
        child = in_child(lambda home=home: take_in(home, more))  # type: ignore[misc]
        time.sleep(chance.random() * longest if number else 0)  # one at least before it ends by itself
        killed += end(child) == 9
        assert answers(home) in (old, new)
        assert whole(home)
        take_in(home, more)
        assert answers(home) == new
        assert litter(home) == []
        shutil.rmtree(home)
    assert killed
