"""Check a whole archive: every object against its hash, every object has a line, every line has an object."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from manual.captures.archive import Archive, Inventory
from manual.errors import SourceError
from manual.model import Finding, Sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The result of a check."""

    originals: int
    whole: int
    """Of the originals, those whose bytes are the ones that were given."""
    bytes: int
    lines: int
    sightings: int
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        return not any(finding.severity == "error" for finding in self.findings)


def check_archive(archive: Archive, tell: Callable[[], object] = lambda: None) -> Checked:
    """Read every original once, calling `tell` after each. Writes nothing, and does not raise for damage."""
    there = archive.inventory()
    damaged: list[Finding] = []
    size = 0
    for sha256 in there.objects:
        try:
            size += len(archive.bytes_of(sha256))
        except SourceError as problem:
            damaged.append(_damaged(archive, sha256, problem))
        tell()
    found = (*damaged, *archive.findings(), *_of_inventory(there))
    return Checked(
        originals=len(there.objects),
        whole=len(there.objects) - len(damaged),
        bytes=size,
        lines=there.lines,
        sightings=sum(len(archive.log_of(capture.sha256)) for capture in archive.captures()),
        findings=found,
    )


def _damaged(archive: Archive, sha256: Sha256, problem: SourceError) -> Finding:
    named = next((line.filename for line in archive.log_of(sha256)), "an original without a line")
    message = f"{named}: {problem.found}; expected {problem.expected}. {problem.do}"
    return Finding("error", "original_damaged", message, capture=sha256, locator=f"objects/{sha256[7:9]}")


def _of_inventory(there: Inventory) -> Iterator[Finding]:
    if there.lines_without_checksum:
        message = f"{there.lines_without_checksum:,} lines of the log, of an older version, have no checksum"
        yield Finding("info", "line_without_checksum", message, locator="log.jsonl")
    for name in there.strays:
        half = name.endswith(".part")
        message = (
            "half a file, of a load that was ended: the next load removes it" if half else "it is no original"
        )
        yield Finding("info" if half else "warning", "stray_file", message, locator=f"objects/{name}")
