"""The file of `changes --since`: what is followed, and what was reported last."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from manual.aside import replace_file
from manual.errors import SourceError
from manual.model import Code
from manual.queries.learned import Named, Run, Told
from manual.queries.news import Watched

FORMAT = "inforce-since"
VERSION = 1


def read(path: Path) -> Watched | None:
    """None if the file does not exist yet. Raises SourceError if it is damaged or another kind of file."""
    try:
        raw = json.loads(path.read_text("utf-8"))
        if raw["format"] != FORMAT or raw["version"] != VERSION:
            raise ValueError
        return Watched(
            codes=tuple(Code(code) for code in raw["codes"]),
            days=tuple(date.fromisoformat(day) for day in raw["days"]),
            looked=date.fromisoformat(raw["looked"]),
            told={Code(code): tuple(map(_run, runs)) for code, runs in raw["told"].items()},
        )
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise SourceError(
            str(path),
            "it was not written by `changes --since`, or is damaged",
            "a file of that command, or a name that no file has yet",
            "Nothing was changed in it.",
        ) from problem


def write(path: Path, watched: Watched) -> None:
    found = {
        "format": FORMAT,
        "version": VERSION,
        "codes": list(watched.codes),
        "days": [day.isoformat() for day in watched.days],
        "looked": watched.looked.isoformat(),
        "told": {code: [_row(run) for run in runs] for code, runs in watched.told.items()},
    }
    replace_file(path, json.dumps(found, indent=0).encode())


def _row(run: Run) -> list[Any]:
    named = [[one.began.isoformat() if one.began else None, one.title] for one in run.told.versions]
    return [run.first.isoformat() if run.first else None, run.told.answer, named]


def _run(row: list[Any]) -> Run:
    first, answer, named = row
    versions = tuple(Named(date.fromisoformat(day) if day else None, str(title)) for day, title in named)
    return Run(date.fromisoformat(first) if first else None, Told(answer, versions))
