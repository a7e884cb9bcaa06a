"""The instructions of one part, or of the whole manual, as one document for the PDF and the single file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from manual.citation import nearest_codes, parse_code
from manual.dates import require_day
from manual.errors import ExportError, NotFound
from manual.model import THERE, Code, When
from manual.pages.frame import DISCLAIMER, NAME
from manual.pages.instruction import InstructionPage, instruction_page
from manual.publisher import INZ, Publisher
from manual.queries import KnowledgeBase
from manual.queries.contents import below
from manual.queries.results import ContentsEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """What is to be printed, without the texts."""

    when: When
    part: Code | None
    title: str
    entries: tuple[ContentsEntry, ...]
    """In printed order: headings without code, and codes that have something to print."""
    newest_capture: date | None
    specimen: bool
    digest: str
    publisher: Publisher = INZ

    @property
    def on(self) -> date:
        return self.when.on

    @property
    def codes(self) -> tuple[Code, ...]:
        return tuple(entry.code for entry in self.entries if entry.code is not None)


def volume(kb: KnowledgeBase, on: date | None, part: str | None, known: date | None) -> Volume:
    """Raises CitationError if `part` is not a code, NotFound if it is unknown."""
    day = require_day(on) if on is not None else kb.newest_capture(known)
    if day is None:
        raise ExportError("No page that was read carries a day. Say for which day to export.")
    code, when = parse_code(part, kb.publisher) if part else None, When(day, known)
    entries = _entries(kb, when, code)
    return Volume(
        when=when,
        part=code,
        title=f"{code} {kb.title_of(code, when)}".strip() if code else f"The {kb.publisher.manual}",
        entries=tuple(entries),
        newest_capture=kb.newest_capture(known),
        specimen=kb.specimen,
        digest=kb.digest,
        publisher=kb.publisher,
    )


def _entries(kb: KnowledgeBase, when: When, part: Code | None) -> list[ContentsEntry]:
    """The entries of that day's contents below `part`, without empty headings."""
    entries = kb.contents_on(when).entries
    if part is not None:
        entries = below(entries, part)
        if not entries:
            near = ", ".join(nearest_codes(part, kb.codes(when.known), publisher=kb.publisher))
            raise NotFound(f"The code {part}", f"Near it: {near}." if near else "")
    kept: list[ContentsEntry] = []
    for entry in reversed(entries):
        if (entry.code and entry.status in THERE) or (kept and kept[-1].depth > entry.depth):
            kept.append(entry)
    return kept[::-1]


def page_of(kb: KnowledgeBase, code: Code, when: When) -> InstructionPage:
    """The page object of a code, as the site shows it on that day."""
    page = instruction_page(kb, code, when, when.on)
    if not isinstance(page, InstructionPage):
        raise NotFound(f"The code {code}")
    return page


def require_file(dest: Path, ending: str) -> None:
    """Raises ExportError if `dest` is a folder, or a file of another kind that would be overwritten."""
    if dest.is_dir():
        raise ExportError(f"{dest} is a folder. Name a file, such as {dest / ('manual' + ending)}.")
    if dest.exists() and dest.suffix.lower() != ending:
        raise ExportError(f"{dest} exists and does not end in {ending}; it is not replaced.")


__all__ = ["DISCLAIMER", "NAME", "Volume", "page_of", "require_file", "volume"]
