"""Which home a command or the site uses: one rule for all.

A home is the folder with `captures/`, `kb.sqlite` and `index/` of one manual.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

HERE = Path("home")
"""The home that `make` fills, as seen from the project's folder."""
VARIABLE = "INFORCE_HOME"
_SIGNS = (Path("kb.sqlite"), Path("captures", "log.jsonl"))
"""A folder with one of these is a home. A folder that is merely called `home`, such as `/home`, has neither."""


class Home(NamedTuple):
    """The folder, and why it was chosen, in words, so that nobody has to guess which home a command used."""

    path: Path
    why: str

    def __str__(self) -> str:
        return f"{self.path.absolute()} ({self.why})"


def chosen_home(given: str | Path | None = None, given_by: str = "--home") -> Home:
    """The home given, else that of INFORCE_HOME, else `./home` if that is a home, else the platform's data folder.

    The folder need not exist: `load` creates it.
    """
    if given:
        return Home(Path(given), f"given by {given_by}")
    named = os.environ.get(VARIABLE)
    if named:
        return Home(Path(named), f"named by {VARIABLE}")
    if is_home(HERE):
        return Home(HERE, "the home in this folder")
    from platformdirs import user_data_path  # imported only here, since most commands do not need it

    return Home(
        user_data_path("inforce"),
        f"the platform's data folder, since no home is given, {VARIABLE} is not set and ./{HERE} is no home",
    )


def is_home(folder: Path) -> bool:
    """Whether a manual was ever loaded into `folder`."""
    return any((folder / sign).is_file() for sign in _SIGNS)
