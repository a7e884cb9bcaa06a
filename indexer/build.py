"""Build and update the index: aside in a fresh directory, checked, then switched in."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from indexer.results import IndexSummary
from manual.model import VersionDocument, VersionId


def build(documents: Iterable[VersionDocument], index_dir: Path, *, kb_digest: str) -> IndexSummary:
    """Index every version handed in, replacing whatever index was there."""
    raise NotImplementedError


def update(
    documents_changed: Iterable[VersionDocument],
    removed: Collection[VersionId],
    index_dir: Path,
    *,
    kb_digest: str,
) -> IndexSummary:
    """Put changed documents in place of those with the same id, add new ones, drop the removed."""
    raise NotImplementedError
