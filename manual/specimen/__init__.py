"""A small manual written for this project, in the real page shape. Nothing in it is real.

    sources/*.txt  ->  source.py  ->  render.py, shape.py  ->  pages.py  ->  specimen_files()
    (our texts)        (versions)     (HTML, text)             (all pages with their capture days)

It is the demonstration and the golden test set: `expected.json` holds what a careful reader answers. Its pages are
made from the sources each time, always the same bytes. `python -m manual.specimen DEST` writes them to a folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from manual.captures import RawCapture
from manual.dates import noon
from manual.model import SitePath
from manual.specimen.pages import SITE, STATEMENT, Specimen, SpecimenFile, specimen

__all__ = [
    "STATEMENT",
    "Specimen",
    "SpecimenFile",
    "specimen",
    "specimen_captures",
    "specimen_files",
    "specimen_pages",
]


def specimen_files() -> Iterator[tuple[str, bytes, date]]:
    """Name, bytes and day of capture of every page, the contents first; one page may come with two days."""
    for file in specimen_pages():
        yield file.name, file.data, file.captured


def specimen_pages() -> Iterator[SpecimenFile]:
    """The same with the address of each: a text page can't carry it in itself."""
    yield from specimen().files()


def specimen_captures() -> Iterator[RawCapture]:
    """The same as captures, ready for the archive: taken at noon in Auckland, under `specimen/<id>`."""
    host = SITE.removesuffix("specimen")
    for file in specimen_pages():
        yield RawCapture(
            data=file.data,
            media="text" if file.name.endswith(".txt") else "html",
            address=file.address,
            site_path=SitePath(file.address.removeprefix(host).rpartition(".")[0]),
            captured_at=noon(file.captured),
            filename=f"specimen/{file.name}",
        )
