"""Links on a page as site paths: which page of the manual an `href` leads to, if any."""

from __future__ import annotations

import re

from manual.model import SitePath

DEFAULT_FOLDER = "opsmanual"

# 77177.htm  ../opsmanual-archive/4783.HTM  https://www.immigration.govt.nz/opsmanual/77177.htm#h1
# https://www.immigration.govt.nz/opsmanual/#46513.htm  #46513.htm  toc.htm
_TOPIC = re.compile(
    r"(?:(?P<host>[a-z][a-z0-9+.-]*:)?//[^/#?]*)?"
    r"(?:[^#?]*?/)??(?:(?P<folder>opsmanual(?:-archive)?)/)?"
    r"(?:[^#?/]*#)?(?P<id>\d{1,9}|toc)\.html?(?:[?#].*)?",
    re.IGNORECASE | re.DOTALL,
)


def folder_of(site_path: SitePath | None) -> str:
    """The folder that a relative link on this page starts from."""
    folder, _, _ = (site_path or "").rpartition("/")
    return folder or DEFAULT_FOLDER


def site_path_of_link(href: str, folder: str) -> SitePath | None:
    """Where `href` on a page in `folder` leads, or None for a place on the page or outside the manual."""
    if not href or len(href) > 500:
        return None
    match = _TOPIC.fullmatch(href.strip())
    if match is None:
        return None
    found = match["folder"]
    if found is None and match["host"]:
        return None
    return SitePath(f"{(found or folder).lower()}/{match['id'].lower()}")


def topic(number: str, folder: str) -> SitePath:
    """The page with this id in `folder`."""
    return SitePath(f"{folder}/{number}")
