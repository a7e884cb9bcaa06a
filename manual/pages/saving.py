"""How pages are saved so that their address and day come with them: facts about browsers, told in one place."""

from __future__ import annotations

from typing import NamedTuple


class Way(NamedTuple):
    """A way of saving, and whether the file says where the page stood and when it was saved."""

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
