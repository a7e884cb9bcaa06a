"""Everything known of one code over time: the picture, the table that says the same, the findings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from manual.model import Code, Finding, History, Link, Span, Version, When
from manual.pages.links import Place
from manual.pages.source_page import source_url
from manual.pages.timeline import Timeline, span_words, timeline
from manual.pages.version_view import Bound, bounds_of
from manual.pages.words import ANSWER_LABEL, NEVER_SEEN, counted, seen_on, short_validity
from manual.queries import KnowledgeBase


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One version in the table."""

    version: Version
    period: str
    bounds: tuple[Bound, ...]
    source_href: str
    before: Version | None
    """The version before it, to compare with, where both have a first day."""
    disputed: tuple[str, ...]
    """Runs of days on which it is one of several candidates."""

    @property
    def day(self) -> date | None:
        return self.version.validity.effective_from


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanRow:
    """A run of days with one answer."""

    words: str
    label: str
    answer: str
    versions: tuple[Version, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    template: ClassVar[str] = "history.html"
    title: str
    place: Place
    code: Code
    heading: str
    summary: str
    timeline: Timeline
    rows: tuple[HistoryRow, ...]
    """Newest first."""
    spans: tuple[SpanRow, ...]
    links: tuple[Link, ...]
    findings: tuple[Finding, ...]
    last_seen: date | None
    vouched: str
    """A sentence on when a capture last vouched for the code."""
    status: int = 200


def history_page(kb: KnowledgeBase, code: Code, when: When, today: date) -> HistoryPage:
    """Raises NotFound for a code that is not known."""
    history = kb.history_of(code, when.known)
    heading = kb.title_of(code, when)
    return HistoryPage(
        title=f"History of {code} {heading}".strip(),
        place=Place(view="history", code=code),
        code=code,
        heading=heading,
        summary=_summary(history),
        timeline=timeline(history, when.on, today),
        rows=tuple(reversed(_rows(kb, history, when.known))),
        spans=tuple(_span_row(span, history) for span in history.spans),
        links=history.links,
        findings=history.findings,
        last_seen=history.last_seen,
        vouched=_vouched(history),
    )


def _vouched(history: History) -> str:
    if history.last_seen is None:
        return "" if history.last_seen_exact else NEVER_SEEN
    return f"Last vouched for by a capture {seen_on(history.last_seen, exact=history.last_seen_exact)}."


def _summary(history: History) -> str:
    held = sum(version.text_held for version in history.versions)
    disputed = sum(span.answer == "disputed" for span in history.spans)
    words = f"{counted(len(history.versions), 'version')} known; the text of {held or 'none'} is held here"
    return words + (f"; {counted(disputed, 'period')} in dispute." if disputed else ".")


def _rows(kb: KnowledgeBase, history: History, known: date | None) -> list[HistoryRow]:
    rows = []
    before: Version | None = None
    for version in history.versions:
        rows.append(
            HistoryRow(
                version=version,
                period=short_validity(version),
                bounds=bounds_of(version),
                source_href=source_url(kb, version, known),
                before=before,
                disputed=tuple(
                    span_words(s)
                    for s in history.spans
                    if s.answer == "disputed" and version.id in s.versions
                ),
            )
        )
        before = version
    return rows


def _span_row(span: Span, history: History) -> SpanRow:
    known = {version.id: version for version in history.versions}
    return SpanRow(
        words=span_words(span),
        label=ANSWER_LABEL[span.answer],
        answer=span.answer,
        versions=tuple(known[id] for id in span.versions if id in known),
        reasons=span.reasons,
    )
