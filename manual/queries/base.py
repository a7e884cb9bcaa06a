"""The one door to the knowledge base."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Self

from manual.model import (
    Answer,
    Capture,
    Code,
    Finding,
    History,
    Link,
    Severity,
    Sha256,
    Version,
    VersionDocument,
    VersionId,
)
from manual.queries.results import (
    Comparison,
    Contents,
    ContentsEntry,
    Coverage,
    Followed,
    OtherDocument,
    Referrer,
    VersionChange,
    VersionText,
)


class KnowledgeBase:
    """Answers from `home/kb.sqlite`. Safe for many threads; reopens by itself when the file was replaced.

    Raises StoreError, saying what to do, where the file is missing, newer, older or corrupted.
    """

    def __init__(self, home: Path) -> None:
        raise NotImplementedError

    def close(self) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(self, *exc: object) -> None: ...

    @property
    def digest(self) -> str:
        """Identity of the content: changes if and only if answers can."""
        raise NotImplementedError

    def steady(self) -> AbstractContextManager[KnowledgeBase]:
        """Within this block all questions of this thread are answered from one state of the file."""
        raise NotImplementedError

    def in_force_on(self, code: Code, on: date, known: date | None = None) -> Answer: ...
    def history_of(self, code: Code, known: date | None = None) -> History:
        """Raises NotFound if the code is unknown."""
        raise NotImplementedError

    def version(self, id: VersionId) -> Version:
        """Raises NotFound."""
        raise NotImplementedError

    def text_of(self, version: Version) -> VersionText | None: ...
    def contents_on(self, on: date | None = None, known: date | None = None) -> Contents: ...
    def path_to(self, code: Code, on: date | None = None) -> tuple[ContentsEntry, ...]:
        """Ancestors, top first, without the code itself."""
        raise NotImplementedError

    def neighbours(
        self, code: Code, on: date | None = None
    ) -> tuple[ContentsEntry | None, ContentsEntry | None]: ...
    def children(self, code: Code, on: date | None = None) -> tuple[ContentsEntry, ...]: ...
    def changes_between(self, first: date, until: date) -> tuple[VersionChange, ...]:
        """Half-open: `first` included, `until` excluded. By day, then in the order of the contents."""
        raise NotImplementedError

    def compare(self, code: Code, one: date, other: date, known: date | None = None) -> Comparison: ...
    def compare_versions(self, a: VersionId, b: VersionId) -> Comparison: ...
    def coverage(self) -> Coverage: ...
    def findings(self, severity: Severity | None = None) -> tuple[Finding, ...]: ...
    def follow(self, target: str, on: date, known: date | None = None) -> Followed: ...
    def referrers(self, code: Code, on: date) -> tuple[Referrer, ...]: ...
    def capture(self, sha256: Sha256) -> Capture: ...
    def codes(self) -> tuple[Code, ...]: ...
    def nearest_codes(self, text: str, limit: int = 5) -> tuple[Code, ...]: ...
    def title_of(self, code: Code, on: date | None = None) -> str: ...
    def part_of(self, code: Code) -> str: ...
    def links_of(self, code: Code) -> tuple[Link, ...]: ...
    def newest_capture(self) -> date | None: ...
    def other_documents(self) -> tuple[OtherDocument, ...]: ...
    def documents(self) -> Iterator[VersionDocument]: ...
    def documents_of(self, codes: Iterable[Code]) -> Iterator[VersionDocument]: ...
