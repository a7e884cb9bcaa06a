"""Compare the index with the documents from which it was made."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from indexer.contents import documents_in
from indexer.holdings import Holdings
from manual.model import Finding, VersionDocument, VersionId


def differences(documents: Iterable[VersionDocument], holdings: Holdings) -> tuple[Finding, ...]:
    """Every version that is missing, extra or different, and arrays that do not fit together.

    Compares the contents themselves, not only digests: an index can be intact, signed and empty.
    """
    file = holdings.file
    held = {
        version.id: version
        for version in documents_in(holdings.rows, file.strings("part_names"), file.strings("kind_names"))
    }
    findings = []
    seen: set[VersionId] = set()
    for version in documents:
        seen.add(version.id)
        there = held.get(version.id)
        if there is None:
            findings.append(_finding(version, "index_version_missing", "is not in the search index"))
        elif there != version:
            findings.append(
                _finding(version, "index_version_differs", "is held with other contents by the search index")
            )
    for id in sorted(held.keys() - seen):
        findings.append(_finding(held[id], "index_version_extra", "is in the search index only"))
    return (*sorted(findings, key=lambda finding: (finding.kind, finding.message)), *_broken_arrays(holdings))


def _finding(version: VersionDocument, kind: str, what: str) -> Finding:
    message = f"Version {version.id} of {version.code} {what}. Run `inforce rebuild`."
    return Finding("error", kind, message, version.code)


def _broken_arrays(holdings: Holdings) -> tuple[Finding, ...]:
    """What is wrong if the inverted index does not belong to the stored words."""
    terms = holdings.term_of_word[holdings.words]
    in_order = terms[holdings.places]
    counts = np.bincount(terms, minlength=len(holdings.term_at) - 1)
    whole = (
        len(holdings.places) == len(holdings.words)
        and bool(np.all(np.diff(in_order.astype(np.int64)) >= 0))
        and np.array_equal(counts, np.diff(holdings.term_at))
        and np.array_equal(np.sort(holdings.places), np.arange(len(holdings.words)))
    )
    if whole:
        return ()
    message = "The inverted index does not fit the texts beside it. Run `inforce rebuild`."
    return (Finding("error", "index_inconsistent", message),)
