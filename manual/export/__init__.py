"""The manual as plain files: the static edition through Sphinx, one HTML file, a PDF; Akoma Ntoso, JSON and tables.

    queries, pages -> plan (which pages there are) -> render (with the site's page objects and templates)
    -> sphinx_ext (inventory, prose, glossary) -> switch (written aside, unchanged files linked, switched in)

Nothing here decides what was in force or words an answer: the edition shows what `manual.pages` shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from manual.export.summary import ExportSummary
from manual.publisher import INZ, Publisher

if TYPE_CHECKING:
    from manual.load import Progress
    from manual.model import Finding
    from manual.pages.case import Case

__all__ = [
    "ExportSummary",
    "check_edition",
    "export_akn",
    "export_case",
    "export_csv",
    "export_html",
    "export_json",
    "export_pdf",
    "export_single",
]


def export_html(
    home: Path,
    dest: Path,
    *,
    on: date | None = None,
    history: bool = False,
    searches: Sequence[str] = (),
    progress: Progress | None = None,
    publisher: Publisher = INZ,
) -> ExportSummary:
    """Write the edition as of `on` (None: the day of the newest capture) into the folder `dest`.

    With `history` every version of every instruction, their histories and comparisons. Each of `searches` gets a feed.
    The new edition is written
    aside and put in place in one step. Raises ExportError if `dest` holds something else, or if the knowledge base was
    replaced meanwhile; the old edition then stays. `publisher` (in every export): whose pages the home holds.
    """
    from manual.export.html import write_edition

    return write_edition(
        home, dest, on=on, history=history, searches=searches, progress=progress, publisher=publisher
    )


def export_single(
    home: Path,
    dest: Path,
    *,
    on: date | None = None,
    part: str | None = None,
    known: date | None = None,
    progress: Progress | None = None,
    publisher: Publisher = INZ,
) -> ExportSummary:
    """Write one self-contained HTML file of the instructions under the code `part`, or of the whole manual."""
    from manual.export.single import write_single

    return write_single(home, dest, on=on, part=part, known=known, progress=progress, publisher=publisher)


def export_pdf(
    home: Path,
    dest: Path,
    *,
    on: date | None = None,
    part: str | None = None,
    known: date | None = None,
    progress: Progress | None = None,
    publisher: Publisher = INZ,
) -> ExportSummary:
    """Write a tagged PDF of the instructions under the code `part`, or of the whole manual."""
    from manual.export.print.pdf import write_pdf

    return write_pdf(home, dest, on=on, part=part, known=known, progress=progress, publisher=publisher)


def export_case(
    home: Path,
    dest: Path,
    case: Case,
    *,
    reference: str = "",
    progress: Progress | None = None,
    publisher: Publisher = INZ,
) -> ExportSummary:
    """Write a tagged PDF of a case: what is open, which version on which day, and every text once.

    `reference` is printed and not kept anywhere. Raises ExportError if `dest` cannot be written.
    """
    from manual.export.print.case_pdf import write_case

    return write_case(home, dest, case, reference=reference, progress=progress, publisher=publisher)


def export_akn(
    home: Path,
    dest: Path,
    *,
    on: date | None = None,
    history: bool = False,
    progress: Progress | None = None,
    publisher: Publisher = INZ,
) -> ExportSummary:
    """Write Akoma Ntoso 3.0 into the folder `dest`: one document for each version that an answer of the day `on` names
    (None: the day of the newest capture), or with `history` for every version."""
    from manual.export.akn.edition import write_akn

    return write_akn(home, dest, on=on, history=history, progress=progress, publisher=publisher)


def export_json(
    home: Path,
    dest: Path,
    *,
    known: date | None = None,
    progress: Progress | None = None,
    publisher: Publisher = INZ,
) -> ExportSummary:
    """Write JSON Lines: one document for each version, its text included."""
    from manual.export.data import write_json

    return write_json(home, dest, known=known, progress=progress, publisher=publisher)


def export_csv(
    home: Path,
    dest: Path,
    *,
    known: date | None = None,
    progress: Progress | None = None,
    publisher: Publisher = INZ,
) -> ExportSummary:
    """Write tables of codes, versions, spans and findings into the folder `dest`."""
    from manual.export.data import write_csv

    return write_csv(home, dest, known=known, progress=progress, publisher=publisher)


def check_edition(dest: Path) -> tuple[Finding, ...]:
    """What is wrong with the files of an edition according to its manifest; empty if nothing is. Needs no network."""
    from manual.export.manifest import check

    return check(dest)
