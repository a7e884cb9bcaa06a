"""How to save pages with their address and day: facts about browsers, kept in one place."""

from __future__ import annotations

from typing import NamedTuple


class Way(NamedTuple):
    """A way of saving, and whether the file records the page's address and the time of saving."""

    how: str
    address: str
    day: str


SAVING = (
    Way("Chrome, Edge, Brave, Opera: “Webpage, single file” (.mhtml)", "yes", "yes"),
    Way("Firefox, Chrome, Edge, Safari with the extension SingleFile (.html)", "yes", "yes"),
    Way("The extension ArchiveWeb.page, or another web archive (.wacz, .warc.gz)", "yes", "yes"),
    Way("Chrome, Edge: “Webpage, complete” (.htm with a folder)", "yes", "no"),
    Way("Chrome, Edge: “HTML only”; Firefox without an extension (.htm)", "only by the file’s name", "no"),
    Way("Text copied from a page (.txt)", "only by the file’s name", "no"),
)
"""Best first."""
