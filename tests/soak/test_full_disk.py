"""A full disk is said in one line, costs nothing that was there, and leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from soak import done, how_many
from soak.giving import SEEN, answers, folder_of, litter, whole

DISK = 4 * 1024
"""Kilobytes."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk; the test skips where none can be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", f"size={DISK}k", "tmpfs", str(place)], capture_output=True, check=False
    )
    if not made or made.returncode:
        pytest.skip("no small disk can be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def inforce(home: Path, *words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "manual.cli", "--home", str(home), *map(str, words)]
    environment = {**os.environ, "SQLITE_TMPDIR": str(home.parent), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def test_load_on_a_full_disk_is_said_and_leaves_all_as_it_was(disk: Path, tmp_path: Path) -> None:
    """If it failed, a person would see a traceback, and each try would fill the disk further."""
    before, more = (
        folder_of(tmp_path / "a", range(1, 4)),
        folder_of(tmp_path / "b", range(4, 24), "New " * 400),
    )
    home = disk / "home"
    when = ("--captured", SEEN)
    assert inforce(home, "load", before, *when).returncode == 0
    shutil.copytree(home, tmp_path / "right")
    assert inforce(tmp_path / "right", "load", more, *when).returncode == 0
    old, new = answers(home), answers(tmp_path / "right")
    levels = (12, 100, 4, 24, 40, 60, 80, 140, 200, 300)[: how_many(2, 10)]  # kilobytes that are left
    refused = 0
    shutil.copytree(home, tmp_path / "kept")
    for level in levels:
        shutil.rmtree(home)
        shutil.copytree(tmp_path / "kept", home)
        _fill(disk, leave=level * 1024)
        ran = inforce(home, "load", more, *when)
        said = ran.stderr + ran.stdout
        assert "Traceback" not in said
        assert ran.returncode in (0, 1)
        refused += ran.returncode
        if ran.returncode:
            assert any(words in said for words in ("No space left", "disk is full", "could not be made")), (
                said
            )
            assert litter(home) == []
        assert answers(home) in (old, new)
        assert whole(home)
        (disk / "filler").unlink()
        assert inforce(home, "load", more, *when).returncode == 0
        assert answers(home) == new
        assert litter(home) == []
        done["fill levels of a small disk"] += 1
    assert refused


def _fill(disk: Path, leave: int) -> None:
    free = shutil.disk_usage(disk).free - leave
    with (disk / "filler").open("wb") as file:
        file.write(b"\0" * max(free, 0))
