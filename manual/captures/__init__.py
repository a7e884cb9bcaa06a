"""Saved pages in, an archive of their original bytes out.

`read_paths` turns whatever a person saved (pages, packages, text, folders, archives) into `RawCapture` records and
never writes. `Archive` stores the bytes by hash, append-only. Reading the text of a page is done in `manual.parse`.
"""

from manual.captures.addresses import is_viewer_address, site_path_of, viewer_of
from manual.captures.archive import Archive
from manual.captures.log import Sighting
from manual.captures.paths import read_paths
from manual.captures.raw import Limits, RawCapture

__all__ = [
    "Archive",
    "Limits",
    "RawCapture",
    "Sighting",
    "is_viewer_address",
    "read_paths",
    "site_path_of",
    "viewer_of",
]
