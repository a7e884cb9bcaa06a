"""The web address of a version's source page, for pages, prints, the command line and JSON."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from manual.errors import NotFound
from manual.model import Capture, SitePath, Version
from manual.publisher import INZ, Publisher

if TYPE_CHECKING:
    from manual.queries import KnowledgeBase

_SPECIMEN = "https://specimen.example/"
_ENDINGS = {"specimen": ".htm", "specimen-archive": ".HTM"}
"""Folders of the specimen's pages, and how their addresses end."""


def source_url(kb: KnowledgeBase, version: Version, known: date | None) -> str:
    """The address of a version's source page; empty if unknown. `known`: as when the version was asked for."""
    capture = None
    if version.text_capture is not None:
        with suppress(NotFound):  # the site path remains
            capture = kb.capture(version.text_capture, known)
    return source_page(version, capture, kb.publisher)


def source_page(version: Version, capture: Capture | None, publisher: Publisher = INZ) -> str:
    """The address stated by `capture`, the capture of its text; else made from its site path; empty if both are
    unknown."""
    stated = source_address(capture)
    if stated or version.address is None:
        return stated
    return address_of_page(version.address, publisher)


def address_of_page(site_path: SitePath, publisher: Publisher = INZ) -> str:
    """The web address for a site path; empty if the path belongs to no known work."""
    ending = _ENDINGS.get(site_path.partition("/")[0])
    if ending is not None:
        return web_address(f"{_SPECIMEN}{site_path}{ending}")
    return web_address(publisher.address_of(site_path))


def source_address(capture: Capture | None) -> str:
    """The address from which a capture was saved, if it may be linked."""
    return web_address(capture.address) if capture else ""


def web_address(address: str | None) -> str:
    """`address` if it is http or https and has only printable ASCII characters; else empty, so no link is made."""
    if address and address.isascii() and address.isprintable() and '"' not in address:
        scheme, _, rest = address.partition("://")
        if scheme.lower() in ("http", "https") and rest and " " not in rest:
            return address
    return ""
