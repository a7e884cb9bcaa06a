"""Links on a page as site paths: which page of the manual an `href` leads to, if any."""

from __future__ import annotations

import re

from manual.model import SitePath
from manual.publisher import INZ, Publisher, expression

# 77177.htm  ../archive-folder/4783.HTM  https://www.example.org/folder/77177.htm#h1
# https://www.example.org/folder/#46513.htm  #46513.htm  toc.htm
_TOPIC = expression(
    lambda publisher: (
        r"(?:(?P<host>[a-z][a-z0-9+.-]*:)?//[^/#?]*)?"
        rf"(?:[^#?]*?/)??(?:(?P<folder>{'|'.join(map(re.escape, publisher.own_folders))})/)?"
        r"(?:[^#?/]*#)?(?P<id>\d{1,9}|toc)\.html?(?:[?#].*)?"
    ),
    re.IGNORECASE | re.DOTALL,
)


def folder_of(site_path: SitePath | None, publisher: Publisher = INZ) -> str:
    """The folder that a relative link on this page starts from."""
    folder, _, _ = (site_path or "").rpartition("/")
    return folder or publisher.folder


def site_path_of_link(href: str, folder: str, publisher: Publisher = INZ) -> SitePath | None:
    """Where `href` on a page in `folder` leads, or None for a place on the page or outside the manual."""
    if not href or len(href) > 500:
        return None
    match = _TOPIC(publisher).fullmatch(href.strip())
    if match is None:
        return None
    found = match["folder"]
    if found is None and match["host"]:
        return None
    return SitePath(f"{(found or folder).lower()}/{match['id'].lower()}")


def topic(number: str, folder: str) -> SitePath:
    """The page with this id in `folder`."""
    return SitePath(f"{folder}/{number}")
