"""Several manuals side by side: each is an application of its own under a prefix, over a home of its own.

Lists, counts, search, changes and suggestions of one never contain anything of another, since no view sees two homes.
Each request goes to one application, which gets the prefix as its mount path (SCRIPT_NAME).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from manual.citation import parse_code
from manual.errors import CitationError, SettingError
from manual.pages.links import typed_code
from manual.publisher import Publisher

_PREFIX = re.compile(r"/[a-z][a-z0-9-]*")
_EXPECTED = "a prefix of a slash and one word in small letters, and a home: /specimen=HOME"


def also_of(given: Iterable[str]) -> dict[str, Path]:
    """Prefixes with their homes, from `/specimen=HOME`. Raises SettingError."""
    found: dict[str, Path] = {}
    for one in given:
        prefix, equals, home = one.partition("=")
        if not equals:
            raise SettingError(one, "it names no home", _EXPECTED)
        if prefix in found:
            raise SettingError(one, f"{prefix} is given twice", "one home for each prefix")
        found[prefix] = _home(one, home)
    return found


def also_in(text: str) -> dict[str, Path]:
    """The same from INFORCE_ALSO, with entries separated as in PATH: by `:`, on Windows by `;`."""
    return also_of(part for part in text.split(os.pathsep) if part)


def also_from(given: Mapping[str, str | Path]) -> dict[str, Path]:
    """The same from a mapping of prefixes to homes."""
    return {prefix: _home(f"{prefix}={home}", home) for prefix, home in given.items()}


def _home(setting: str, home: str | Path) -> Path:
    if not str(home):
        raise SettingError(setting, "it names no home", _EXPECTED)
    return Path(home)


def mount(app: Flask, others: Mapping[str, Flask], publisher: Publisher) -> None:
    """Serve `others` under their prefixes, and `app` everywhere else. Raises SettingError for a bad prefix."""
    for prefix in others:
        _check(prefix, app, publisher)
    app.wsgi_app = DispatcherMiddleware(  # type: ignore[method-assign]
        app.wsgi_app, {prefix: other.wsgi_app for prefix, other in others.items()}
    )


def _check(prefix: str, app: Flask, publisher: Publisher) -> None:
    """Raises SettingError for a prefix that would hide an address of the manual served at `/`."""
    if not _PREFIX.fullmatch(prefix):
        raise SettingError(prefix, "it is no prefix", _EXPECTED)
    word = prefix.removeprefix("/")
    if word in {rule.rule.split("/")[1] for rule in app.url_map.iter_rules()}:
        raise SettingError(prefix, "a page of the manual at / has this address", "another word")
    try:
        code = parse_code(typed_code(word), publisher)
    except CitationError:
        return
    raise SettingError(prefix, f"it would hide the instruction {code} of the manual at /", "another word")
