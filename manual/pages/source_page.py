"""The web address of the page a version stands on, without what drawing pages needs."""

from __future__ import annotations

from manual.model import Capture, Version
from manual.publisher import INZ, Publisher

_SITES = {"specimen": "https://specimen.example/", "specimen-archive": "https://specimen.example/"}


def source_page(version: Version, capture: Capture | None, publisher: Publisher = INZ) -> str:
    """As the capture of its text states it, else made of its site path; empty where neither is known.

    Nothing but a web address of printable ASCII is given, so that it can be printed and linked to as it is.
    """
    stated = capture.address if capture else None
    if stated and stated.startswith(("https://", "http://")) and stated.isascii() and stated.isprintable():
        return stated.replace('"', "%22").replace(" ", "%20")
    if version.address is None:
        return ""
    site, _, _ = version.address.partition("/")
    if site in _SITES:
        ending = ".HTM" if site.endswith("-archive") else ".htm"
        return f"{_SITES[site]}{version.address}{ending}"
    return publisher.address_of(version.address)
