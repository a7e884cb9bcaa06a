"""Running `inforce` as a person does."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from manual.cli import cli


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended."""

    exit_code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Inforce = Callable[..., Ran]


def run_in(home: Path) -> Inforce:
    """`inforce` with a home: give the words of the command line."""

    def inforce(*words: str | Path) -> Ran:
        result = CliRunner().invoke(cli, ["--home", str(home), *map(str, words)])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(result.exit_code, result.stdout, result.stderr)

    return inforce


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def inforce(home: Path) -> Inforce:
    """`inforce` with an empty home."""
    return run_in(home)
