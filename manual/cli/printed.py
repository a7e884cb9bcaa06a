"""What is printed: lines for people, JSON for programs, one clear line for what went wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from manual.pages.as_text import Line

FINDINGS = 1
"""Exit status: findings of severity error, a thing that is not known, a home that can't be used."""
MISUSE = 2
"""Exit status: what was typed can't be understood."""
WIDEST = 100
"""Characters of a line on a terminal, at most."""


class Failure(click.ClickException):
    """One clear line on stderr and the exit status that goes with it."""

    exit_code = FINDINGS

    def __init__(self, message: str) -> None:
        super().__init__(one_line(message))


class Misuse(Failure):
    """The same for what was typed and can't be understood."""

    exit_code = MISUSE


def one_line(text: str) -> str:
    from manual.pages.as_text import plain

    return plain(text)


_STYLES: dict[str, dict[str, Any]] = {
    "strong": {"bold": True},
    "faint": {"dim": True},
    "removed": {"fg": "red", "strikethrough": True},
    "added": {"fg": "green", "underline": True},
    "match": {"bold": True, "fg": "yellow"},
    "alert": {"fg": "yellow"},
}


def print_lines(lines: Iterable[Line]) -> None:
    """Lines for people: wrapped and coloured on a terminal, whole and bare elsewhere."""
    from manual.pages.as_text import wrapped

    width = _width()
    for whole in lines:
        for part in wrapped(whole, width):
            click.echo("".join(click.style(r.text, **_STYLES[r.role]) if r.role else r.text for r in part))


def _width() -> int:
    """Characters of a line; as many as there are where nobody looks at a terminal. (`shutil` loads six modules.)"""
    try:
        return (
            min(os.get_terminal_size(sys.stdout.fileno()).columns, WIDEST)
            if sys.stdout.isatty()
            else sys.maxsize
        )
    except (OSError, ValueError):
        return WIDEST


def print_json(found: Any) -> None:
    """ASCII only: whatever a page contains, it can do nothing to the terminal or the next program."""
    import json

    click.echo(json.dumps(found, indent=2))


def warn(message: str) -> None:
    """A sentence on stderr."""
    click.echo(one_line(message), err=True)
