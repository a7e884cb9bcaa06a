"""The web address of the page a version stands on, without what drawing pages needs."""

from __future__ import annotations

from manual.model import Capture, Version

_SITES = {"specimen": "https://specimen.example/", "specimen-archive": "https://specimen.example/"}
_PUBLISHER = "https://www.immigration.govt.nz/"


def source_page(version: Version, capture: Capture | None) -> str:
    """As the capture of its text states it, else made of its site path; empty where neither is known.

    Nothing but a web address of printable ASCII is given, so that it can be printed and linked to as it is.
    """
    stated = capture.address if capture else None
    if stated and stated.startswith(("https://", "http://")) and stated.isascii() and stated.isprintable():
        return stated.replace('"', "%22").replace(" ", "%20")
    if version.address is None:
        return ""
    site, _, _ = version.address.partition("/")
    ending = ".HTM" if site.endswith("-archive") else ".htm"
    return f"{_SITES.get(site, _PUBLISHER)}{version.address}{ending}"
