"""A small manual written for this project, in the real page shape. Nothing in it is real.

    sources/*.txt  ->  source.py  ->  render.py, shape.py  ->  pages.py  ->  specimen_files()
    (our texts)        (versions)     (HTML, text)             (all pages with their capture days)

It is the demonstration and the golden test set: `expected.json` holds what a careful reader answers. Its pages are
made from the sources each time, always the same bytes. `python -m manual.specimen DEST` writes them to a folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from manual.specimen.pages import SpecimenFile, specimen

__all__ = ["SpecimenFile", "specimen_files", "specimen_pages"]


def specimen_files() -> Iterator[tuple[str, bytes, date]]:
    """Name, bytes and day of capture of every page, the contents first; one page may come with two days."""
    for file in specimen_pages():
        yield file.name, file.data, file.captured


def specimen_pages() -> Iterator[SpecimenFile]:
    """The same with the address of each: a text page can't carry it in itself."""
    yield from specimen().files()
