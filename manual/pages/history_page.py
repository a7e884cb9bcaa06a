"""Everything known of one code over time: the picture, the table that says the same, the findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from manual.model import Code, Finding, History, Link, Span, Version, VersionId, When
from manual.pages.held import comparable, first_comparable
from manual.pages.links import Place
from manual.pages.source_page import source_url
from manual.pages.timeline import Timeline, span_words, timeline
from manual.pages.version_view import Bound, bounds_of
from manual.pages.words import ANSWER_LABEL, NEVER_SEEN, counted, seen_on, short_validity, starts_after
from manual.queries import KnowledgeBase


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One version in the table."""

    version: Version
    period: str
    bounds: tuple[Bound, ...]
    source_href: str
    before: Version | None
    """The nearest version before it whose text is held, to compare with where its own is too."""
    nearest: bool
    """`before` is the very version before it."""
    new_title: bool
    not_yet: bool
    disputed: tuple[str, ...]
    """Runs of days on which it is one of several candidates."""

    @property
    def day(self) -> date | None:
        return self.version.validity.effective_from

    @property
    def basis(self) -> str:
        """How its first day is known."""
        return self.bounds[0].meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanRow:
    """A run of days with one answer."""

    words: str
    label: str
    answer: str
    versions: tuple[Version, ...]
    reasons: tuple[str, ...]
    not_yet: bool


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

    @property
    def held(self) -> tuple[HistoryRow, ...]:
        """Rows that can be compared."""
        return tuple(row for row in self.rows if comparable(row.version))


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
        rows=tuple(reversed(_rows(kb, history, when.known, today))),
        spans=tuple(_span_row(span, history, today) for span in history.spans),
        links=history.links,
        findings=history.findings,
        last_seen=history.last_seen,
        vouched=_vouched(history),
    )


def _vouched(history: History) -> str:
    if history.last_seen is None:
        return "" if history.last_seen_exact else NEVER_SEEN.format(it="it was in force")
    return f"Last vouched for by a capture {seen_on(history.last_seen, exact=history.last_seen_exact)}."


def _summary(history: History) -> str:
    held = sum(version.text_held for version in history.versions)
    disputed = sum(span.answer == "disputed" for span in history.spans)
    words = f"{counted(len(history.versions), 'version')} known; the text of {held or 'none'} is held here"
    return words + (f"; {counted(disputed, 'period')} in dispute." if disputed else ".")


def _rows(kb: KnowledgeBase, history: History, known: date | None, today: date) -> list[HistoryRow]:
    names = _names(history.versions)
    rows: list[HistoryRow] = []
    for place, version in enumerate(history.versions):
        earlier = history.versions[:place]
        before = first_comparable(reversed(earlier)) if comparable(version) else None
        rows.append(
            HistoryRow(
                version=version,
                period=names[version.id],
                bounds=bounds_of(version),
                source_href=source_url(kb, version, known),
                before=before,
                nearest=before is not None and before is earlier[-1],
                new_title=_title_is_new(version, earlier),
                not_yet=starts_after(version, today),
                disputed=tuple(
                    span_words(s)
                    for s in history.spans
                    if s.answer == "disputed" and version.id in s.versions
                ),
            )
        )
    return rows


def _names(versions: Sequence[Version]) -> dict[VersionId, str]:
    """What each version is called in a list: by its days, and by its page where two would be called alike."""
    days = {version.id: short_validity(version) for version in versions}
    often = Counter(days.values())
    return {
        v.id: days[v.id] if often[days[v.id]] == 1 else f"{days[v.id]} ({v.address or v.id})"
        for v in versions
    }


def _title_is_new(version: Version, earlier: Sequence[Version]) -> bool:
    """Whether the title differs from the one before it; a version that is known without a title has none to differ."""
    last = next((one.title for one in reversed(earlier) if one.title), "")
    return bool(version.title and last and version.title_changed and version.title != last)


def _span_row(span: Span, history: History, today: date) -> SpanRow:
    known = {version.id: version for version in history.versions}
    return SpanRow(
        words=span_words(span),
        label=ANSWER_LABEL[span.answer],
        answer=span.answer,
        versions=tuple(known[id] for id in span.versions if id in known),
        reasons=span.reasons,
        not_yet=span.answer == "in_force" and span.first is not None and span.first > today,
    )
