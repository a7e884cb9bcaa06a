"""How complete this copy is, and which statements of its pages contradict each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from manual.model import Finding, Severity
from manual.pages.links import Place
from manual.pages.words import counted
from manual.queries import KnowledgeBase
from manual.queries.results import Coverage, CoverageRow, OtherDocument

DOCUMENT_LABEL = {
    "contents": ("table of contents", "tables of contents"),
    "instruction": ("instruction page", "instruction pages"),
    "front_matter": ("page of front matter", "pages of front matter"),
    "viewer_shell": ("empty viewer frame", "empty viewer frames"),
    "law": ("provision of law", "provisions of law"),
    "account": ("plain-language account", "plain-language accounts"),
    "circular": ("amendment circular", "amendment circulars"),
    "notice": ("notice or news", "notices and news"),
    "own_page": ("page made by In Force itself", "pages made by In Force itself"),
    "register": ("register of bundled facts", "registers of bundled facts"),
    "not_understood": ("not understood", "not understood"),
    "not_read": (
        "not read, since the original could not be had",
        "not read, since their originals could not be had",
    ),
}
"""One page of each kind, and several."""
FINDINGS_SHOWN = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveragePage:
    template: ClassVar[str] = "coverage.html"
    title: str
    place: Place
    coverage: Coverage
    rows: tuple[CoverageRow, ...]
    documents: tuple[str, ...]
    """Pages by kind, such as `4 instruction pages`."""
    others: tuple[OtherDocument, ...]
    status: int = 200


def coverage_page(kb: KnowledgeBase, known: date | None) -> CoveragePage:
    coverage = kb.coverage(known)
    return CoveragePage(
        title="What this copy knows",
        place=Place(view="coverage"),
        coverage=coverage,
        rows=coverage.parts,
        documents=tuple(
            counted(n, *DOCUMENT_LABEL.get(kind, (kind, kind))) for kind, n in coverage.documents.items() if n
        ),
        others=tuple(one for one in kb.other_documents(known) if one.kind != "register"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingGroup:
    severity: Severity
    label: str
    total: int
    shown: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsPage:
    template: ClassVar[str] = "findings.html"
    title: str
    place: Place
    groups: tuple[FindingGroup, ...]
    status: int = 200


_SEVERITIES: tuple[tuple[Severity, str], ...] = (
    ("error", "Errors"),
    ("warning", "Warnings"),
    ("info", "For information"),
)


def findings_page(kb: KnowledgeBase, known: date | None) -> FindingsPage:
    """Findings by severity, at most `FINDINGS_SHOWN` of each, with the total number."""
    groups = []
    for severity, label in _SEVERITIES:
        found = kb.findings(severity, known)
        if found:
            shown = found[:FINDINGS_SHOWN]
            groups.append(FindingGroup(severity=severity, label=label, total=len(found), shown=shown))
    return FindingsPage(title="Findings", place=Place(view="findings"), groups=tuple(groups))
