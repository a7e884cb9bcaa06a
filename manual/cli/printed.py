"""Output: lines for people, JSON for programs, one clear line for an error."""

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
    """The same for arguments that cannot be understood."""

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
    """Print lines for people: wrapped and coloured on a terminal, unwrapped and plain elsewhere."""
    from manual.pages.as_text import wrapped

    width = _width()
    for whole in lines:
        for part in wrapped(whole, width):
            click.echo("".join(click.style(r.text, **_STYLES[r.role]) if r.role else r.text for r in part))


def _width() -> int:
    """The width for wrapping; unlimited if stdout is not a terminal. (`shutil` would load six modules.)"""
    try:
        return (
            min(os.get_terminal_size(sys.stdout.fileno()).columns, WIDEST)
            if sys.stdout.isatty()
            else sys.maxsize
        )
    except (OSError, ValueError):
        return WIDEST


def print_json(found: Any) -> None:
    """Print JSON in ASCII only, so that no character of a page can affect the terminal or the next program."""
    import json

    click.echo(json.dumps(found, indent=2))


def warn(message: str) -> None:
    """A sentence on stderr."""
    click.echo(one_line(message), err=True)
