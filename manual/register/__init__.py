"""Bundled facts about the real manual: its contents and the versions known by date. No text of the manual.

The data file is built by `build.py` from captures that are not part of the project; `manual.parse.register`
reads it like any other capture (media `register`).
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

ENDING = ".register.json"


def register_files() -> tuple[Path, ...]:
    """The bundled data files, in order of name.

    >>> [path.name for path in register_files()]
    ['operational-manual.register.json']
    """
    folder = Path(str(files(__package__)))
    return tuple(sorted(path for path in folder.iterdir() if path.name.endswith(ENDING)))
