"""Full-text search over every version, as of any day."""

from indexer.building import build, update
from indexer.results import (
    Hit,
    HitAnswer,
    IndexSummary,
    Piece,
    SearchResult,
    Snippet,
    Sort,
    Stood,
    Suggestion,
    VersionsMatched,
)
from indexer.search import SearchIndex

__all__ = [
    "Hit",
    "HitAnswer",
    "IndexSummary",
    "Piece",
    "SearchIndex",
    "SearchResult",
    "Snippet",
    "Sort",
    "Stood",
    "Suggestion",
    "VersionsMatched",
    "build",
    "update",
]
