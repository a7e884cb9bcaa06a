"""The instructions of one part, or of the whole manual, as one document for the PDF and the single file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from manual.aside import replace_file
from manual.citation import nearest_codes, parse_code
from manual.dates import in_words, require_day
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
    made_from: str
    notes: tuple[str, ...]
    """What a publisher should know of its day."""
    specimen: bool
    digest: str
    publisher: Publisher = INZ

    @property
    def on(self) -> date:
        return self.when.on

    @property
    def codes(self) -> tuple[Code, ...]:
        return tuple(entry.code for entry in self.entries if entry.code is not None)


def day_of(kb: KnowledgeBase, on: date | None, known: date | None = None) -> date:
    """The day of an export: `on`, else that of the newest capture. Raises ExportError if no page read has a day."""
    day = require_day(on) if on is not None else kb.newest_capture(known)
    if day is None:
        raise ExportError("No page that was read carries a day. Give one: --on DAY.")
    return day


def day_notes(kb: KnowledgeBase, on: date | None, known: date | None = None) -> list[str]:
    """That the day of an export is one of loading, where nobody chose it and no page was seen on a known day."""
    loaded = kb.newest_capture(known)
    if on is not None or loaded is None or kb.newest_capture(known, exact=True) is not None:
        return []
    return [
        f"No page was captured on a known day, so this is as on {in_words(loaded)}, the day on which the last one was "
        "loaded. Give another with --on DAY."
    ]


def made_from(kb: KnowledgeBase, known: date | None = None) -> str:
    """Of what an export is made, as the end of a sentence. That a page was captured is said of a known day alone."""
    captured, loaded = kb.newest_capture(known, exact=True), kb.newest_capture(known)
    if captured is not None:
        return f"saved pages, the newest captured on {in_words(captured)}"
    if loaded is not None:
        return f"saved pages, none captured on a known day, the last loaded on {in_words(loaded)}"
    return "saved pages"


def volume(kb: KnowledgeBase, on: date | None, part: str | None, known: date | None) -> Volume:
    """Raises CitationError if `part` is not a code, NotFound if it is unknown."""
    code, when = parse_code(part, kb.publisher) if part else None, When(day_of(kb, on, known), known)
    entries = _entries(kb, when, code)
    return Volume(
        when=when,
        part=code,
        title=f"{code} {kb.title_of(code, when)}".strip() if code else f"The {kb.publisher.manual}",
        entries=tuple(entries),
        made_from=made_from(kb, known),
        notes=tuple(day_notes(kb, on, known)),
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


def write_file(dest: Path, data: bytes) -> None:
    """The old file stays until the new one is whole. Raises ExportError where the system refuses."""
    try:
        dest.parent.mkdir(parents=True, exist_ok=True)
        replace_file(dest, data)
    except OSError as problem:
        raise ExportError(f"{dest} can't be written ({problem.strerror or problem}).") from problem


__all__ = ["DISCLAIMER", "NAME", "Volume", "page_of", "require_file", "volume", "write_file"]
