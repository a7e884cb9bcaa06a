"""The manifest of an edition: every file with its SHA-256, and the captures on which it rests.

With it, anyone with a copy can check an edition offline and without this program: `sha256sum` is enough. It also
distinguishes an edition from any other folder at the same place.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from manual.errors import ExportError
from manual.model import Finding

NAME = "manifest.json"
FORMAT = "inforce-edition"
AKN, CSV = "inforce-akn", "inforce-csv"
FORMATS = (FORMAT, AKN, CSV)
"""What a folder can hold: the edition for readers, Akoma Ntoso, tables. None takes the place of another."""
VERSION = 2
_SUM = b',\n "sum": '


class DamagedManifest(ExportError):
    """The file cannot be read as the manifest of an edition."""


class FileEntry(NamedTuple):
    sha256: str
    """Bare hexadecimal digits, as `sha256sum` prints them."""
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    on: str
    """The day of the edition, or empty."""
    history: bool
    made: str
    """Day that the edition states as its own; see `Facts.made`."""
    digest: str
    """Identity of the knowledge base."""
    signature: str
    """Identity of everything a page can show: content, options, templates, code."""
    rules: str
    """The same without the content: pages of an edition with other rules are never kept."""
    newest_capture: str
    files: Mapping[str, FileEntry] = field(default_factory=dict)
    captures: tuple[str, ...] = ()
    format: str = FORMAT

    def dumps(self) -> bytes:
        """The same bytes for the same edition: sorted, one file a line; at the end the SHA-256 of all before."""
        head: dict[str, Any] = {
            "format": self.format,
            "version": VERSION,
            "on": self.on,
            "history": self.history,
            "made": self.made,
            "digest": self.digest,
            "signature": self.signature,
            "rules": self.rules,
            "newest_capture": self.newest_capture,
        }
        lines = [f" {json.dumps(key)}: {json.dumps(value)}," for key, value in head.items()]
        files = ",\n".join(
            f'  {_quoted(name)}: ["{entry.sha256}", {entry.size}]'
            for name, entry in sorted(self.files.items())
        )
        captures = ",\n".join(f"  {json.dumps(one)}" for one in self.captures)
        said = "\n".join(
            ["{", *lines, ' "files": {', files, " },", ' "captures": [', captures, " ]"]
        ).encode()
        return said + _SUM + f'"{entry_of(said).sha256}"\n}}\n'.encode()


_quoted = json.encoder.encode_basestring_ascii  # `json.dumps` of a text, without what leads to it


def loads(data: bytes, format: str | None = FORMAT) -> Manifest:
    """Raises DamagedManifest if it cannot be read, ExportError for the manifest of something else or of a later
    program. `format` None: any of ours."""
    try:
        raw = json.loads(data)
        expected = FORMATS if format is None else (format,)
        if raw["format"] not in expected:
            raise ExportError(
                f"{NAME} is of format {raw['format']!r}, not {' or '.join(map(repr, expected))}. Name another folder."
            )
        if raw["version"] > VERSION:
            raise ExportError(f"{NAME} was written by a newer program (version {raw['version']}).")
        if raw["version"] > 1 and raw["sum"] != entry_of(data[: data.rfind(_SUM)]).sha256:
            raise ValueError("its own sum is another")
        return Manifest(
            on=raw["on"],
            history=raw["history"],
            made=raw["made"],
            digest=raw["digest"],
            signature=raw["signature"],
            rules=raw["rules"],
            newest_capture=raw["newest_capture"],
            files={name: FileEntry(sha256, size) for name, (sha256, size) in raw["files"].items()},
            captures=tuple(raw["captures"]),
            format=raw["format"],
        )
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise DamagedManifest(f"{NAME} is damaged ({type(problem).__name__}: {problem}).") from problem


def read(dest: Path, format: str | None = FORMAT) -> Manifest | None:
    """None if there is none. Raises DamagedManifest or ExportError as `loads` does."""
    try:
        data = (dest / NAME).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return loads(data, format)


def hash_in(dest: Path) -> str:
    """The SHA-256 of the folder's manifest; empty if it has none."""
    try:
        return entry_of((dest / NAME).read_bytes()).sha256
    except (FileNotFoundError, NotADirectoryError):
        return ""


def entry_of(data: bytes) -> FileEntry:
    return FileEntry(hashlib.sha256(data).hexdigest(), len(data))


def hash_of(path: Path) -> FileEntry:
    with path.open("rb") as file:
        return FileEntry(hashlib.file_digest(file, "sha256").hexdigest(), os.fstat(file.fileno()).st_size)


def files_below(folder: Path) -> list[tuple[str, os.DirEntry[str]]]:
    """Every file with its name relative to `folder`, `/` between the parts."""
    found = []
    waiting = [("", str(folder))]
    while waiting:
        prefix, here = waiting.pop()
        with os.scandir(here) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((f"{prefix}{entry.name}/", entry.path))
                else:
                    found.append((prefix + entry.name, entry))
    return found


def check_edition(dest: Path) -> tuple[Finding, ...]:
    """Findings, errors first: files that are missing, altered or not part of the edition. Raises ExportError without a
    manifest."""
    manifest = read(dest, None)
    if manifest is None:
        raise ExportError(f"{dest} holds no edition: there is no {NAME} in it.")
    there = {name for name, _ in files_below(dest)} - {NAME}
    found = [
        *_missing(manifest, there),
        *_altered(dest, manifest, there),
        *_strange(there - set(manifest.files)),
    ]
    if manifest.format == FORMAT and not any(name.endswith(".html") for name in manifest.files):
        found.append(
            Finding("error", "edition_empty", "the manifest names no page: an edition without pages")
        )
    return tuple(sorted(found, key=lambda finding: (finding.severity != "error", finding.locator)))


def _missing(manifest: Manifest, there: set[str]) -> Iterator[Finding]:
    for name in sorted(set(manifest.files) - there):
        yield Finding("error", "file_missing", f"{name} is missing", locator=name)


def _altered(dest: Path, manifest: Manifest, there: set[str]) -> Iterator[Finding]:
    for name in sorted(there & set(manifest.files)):
        try:
            actual = hash_of(dest / name)
        except OSError as problem:
            yield Finding("error", "file_unreadable", f"{name} can't be read ({problem})", locator=name)
            continue
        if actual != manifest.files[name]:
            wanted = manifest.files[name].sha256
            message = f"{name} was altered: its SHA-256 is {actual.sha256}, the manifest says {wanted}"
            yield Finding("error", "file_altered", message, locator=name)


def _strange(names: Iterable[str]) -> Iterator[Finding]:
    for name in sorted(names):
        yield Finding("warning", "file_not_listed", f"{name} is not of this edition", locator=name)
