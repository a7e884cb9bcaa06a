"""What questions to the knowledge base are answered with: frozen records beside those of `manual.model`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from manual.model import (
    Answer,
    AnswerWord,
    Code,
    ContentsKind,
    DocumentKind,
    Finding,
    Sha256,
    SitePath,
    Version,
    VersionId,
)

if TYPE_CHECKING:
    from manual.compare import Redline

ChangeKind = Literal["began", "replaced", "ended", "revoked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsEntry:
    """One entry of the table of contents as on a day. Entries come flat, in printed order."""

    line: int | None
    """Printed line, from 1; None for an entry that stands in no contents and was added by its code."""
    code: Code | None
    title: str
    """The title of the version in force that day where one is known, else as printed in the contents."""
    depth: int
    parent: str | None
    """The parent's code or, where it has none, its title."""
    kind: ContentsKind
    status: AnswerWord | Literal[""] = ""
    """The code's answer on that day; of an entry without a code, what the marks of its line say (rule 22). Empty where
    no day was asked."""
    version_ids: tuple[VersionId, ...] = ()
    """The version of the answer, or the candidates."""
    address: SitePath | None = None
    unlisted: bool = False
    """True where pages know the code and the contents used do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The table of contents as on a day."""

    on: date | None
    """None: no day was asked, so every entry has an empty status."""
    known: date | None
    entries: tuple[ContentsEntry, ...]
    totals: Mapping[str, int]
    """Entries by kind (`top`, `heading`, `part`, …), codes by status (`status:in_force`, …), each once, `unlisted`."""
    capture: Sha256 | None = None
    """The capture of the contents that gave order and tree; None where no contents are held."""
    captured: date | None = None
    """The day of that capture; None where it is not known, and of the register that comes with the program."""
    loaded: date | None = None
    """The day on which a capture of unknown day was loaded."""
    compiled: date | None = None
    """The day on which that register was made."""
    note: str = ""
    """Says when these contents were captured after the day asked, or that none are held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionChange:
    """One thing that happened to one code on one day."""

    day: date
    code: Code
    title: str
    kind: ChangeKind
    old: Version | None
    new: Version | None
    part: str
    """Title of the top-level part, e.g. `Residence`; empty where it stands in no contents."""
    disputed: bool = False
    """True where the day itself is one of several readings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two versions of one code side by side. Without `redline`, `note` says why."""

    code: Code
    old: Answer | None
    """The answer on the earlier day; None where two versions, not two days, were asked for."""
    new: Answer | None
    old_version: Version | None
    new_version: Version | None
    redline: Redline | None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """How much is known of one part, or of everything."""

    part: str
    instructions: int
    versions: int
    dated: int
    """Versions whose start is known."""
    held: int
    """Versions whose text is held, damaged ones not counted."""
    disputed: int
    """Codes that have at least one day whose answer is disputed."""
    undated: int
    """Codes without a single version of known start."""
    newest_capture: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What this copy knows."""

    parts: tuple[CoverageRow, ...]
    """In the order of the contents; codes that stand in no contents come last under the part ``""``."""
    total: CoverageRow
    captures: int
    """Different originals; one, such as a web archive or a text file, may hold several pages."""
    documents: Mapping[str, int]
    """Pages by kind; `not_understood` counts those that could not be read."""
    findings: Mapping[str, int]
    """Findings by severity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """Where a reference leads on a day."""

    target: str
    code: Code | None
    """None where the target is no code (law, forms, broken text)."""
    pinpoint: str
    """The full place, e.g. `WA3.15.5(b)`; equal to `code` where the whole instruction is meant."""
    answer: AnswerWord
    version: Version | None
    """The version in force that day, or the one that ended."""
    pinpoint_exists: bool | None
    """Whether that version has the place; None where its text is not held or has no labels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Referrer:
    """A place that refers to a code, in a version that is in force on the day asked."""

    code: Code
    title: str
    pinpoint: str
    version_id: VersionId
    target: str
    """What it refers to as printed there, e.g. `WA3.15.5(b)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherDocument:
    """A page that is not an instruction: law, notice, front matter, the viewer's frame, not understood."""

    kind: DocumentKind | Literal["not_understood", "not_read"]
    title: str
    capture: Sha256
    site_path: SitePath | None
    findings: tuple[Finding, ...] = field(default=())
