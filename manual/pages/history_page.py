"""Everything known about one code over time: the picture, the equivalent table, the findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from manual.model import AnswerWord, Code, Finding, History, Link, Version, VersionId, When
from manual.pages.held import comparable, first_comparable, standing
from manual.pages.links import Place
from manual.pages.source_page import source_url
from manual.pages.timeline import Bar, Timeline, timeline
from manual.pages.version_view import Bound, bounds_of
from manual.pages.words import (
    ANSWER_LABEL,
    NEVER_SEEN,
    counted,
    run_words,
    seen_on,
    short_validity,
    starts_after,
)
from manual.queries import KnowledgeBase
from manual.queries.beside import ChangeAnnounced


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """One version in the table."""

    kind: ClassVar[str] = "version"
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
    in_force: tuple[str, ...]
    """Runs of days on which it is the answer, where they are not simply its period."""
    disputed: tuple[str, ...]
    """Runs of days on which it is one of several candidates."""
    bars: tuple[Bar, ...]
    circulars: tuple[ChangeAnnounced, ...]
    """Those behind its bounds."""

    @property
    def day(self) -> date | None:
        return self.version.validity.effective_from

    @property
    def basis(self) -> str:
        """How its first day is known."""
        return self.bounds[0].meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanRow:
    """A run of days without a single version as the answer."""

    kind: ClassVar[str] = "span"
    words: str
    label: str
    answer: str
    candidates: tuple[tuple[Version, str], ...]
    """Of disputed days, each with what it is called in the rows of versions."""
    reasons: tuple[str, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    template: ClassVar[str] = "history.html"
    title: str
    place: Place
    code: Code
    heading: str
    summary: str
    timeline: Timeline
    rows: tuple[VersionRow | SpanRow, ...]
    """Newest first: every version, and every run of days that has none."""
    links: tuple[Link, ...]
    findings: tuple[Finding, ...]
    last_seen: date | None
    vouched: str
    """A sentence on when a capture last vouched for the code."""
    ticked: frozenset[str] = frozenset()
    """Ids of the versions that were ticked."""
    problem: str = ""
    """Why what was ticked can't be compared."""
    status: int = 200

    @property
    def held(self) -> int:
        """How many versions can be compared."""
        return sum(row.kind == "version" and comparable(row.version) for row in self.rows)  # type: ignore[union-attr]


def history_page(
    kb: KnowledgeBase, code: Code, when: When, today: date, ticked: Sequence[str] = (), problem: str = ""
) -> HistoryPage:
    """Raises NotFound for a code that is not known. `ticked`, `problem`: the chosen versions, and what is wrong with
    the choice."""
    history = kb.history_of(code, when.known)
    heading = kb.title_of(code, when)
    drawn = timeline(history, when.on, today)
    return HistoryPage(
        title=f"History of {code} {heading}".strip(),
        place=Place(view="history", code=code),
        code=code,
        heading=heading,
        summary=_summary(history),
        timeline=drawn,
        rows=_in_order(_version_rows(kb, history, when.known, today, drawn), _span_rows(history, drawn)),
        links=history.links,
        findings=history.findings,
        last_seen=history.last_seen,
        vouched=_vouched(history),
        ticked=frozenset(ticked),
        problem=problem,
        status=400 if problem else 200,
    )


def chosen_for_comparison(
    kb: KnowledgeBase, code: Code, ticked: Sequence[str], known: date | None
) -> tuple[date | VersionId, date | VersionId] | str:
    """The two sides to compare for the ticked versions of `code`, earlier first; else a sentence saying what is
    wrong."""
    history = kb.history_of(code, known)
    found = [version for version in history.versions if version.id in ticked]
    if len(found) == 2:
        one, other = found
        return standing(one, history), standing(other, history)
    number = {0: "No version is", 1: "One version is"}.get(len(found), f"{len(found)} versions are")
    return f"{number} ticked. Two are compared: tick the two that you mean."


def _vouched(history: History) -> str:
    if history.last_seen is None:
        return "" if history.last_seen_exact else NEVER_SEEN.format(it="it was in force")
    return f"Last vouched for by a capture {seen_on(history.last_seen, exact=history.last_seen_exact)}."


def _summary(history: History) -> str:
    held = sum(version.text_held for version in history.versions)
    disputed = sum(span.answer == "disputed" for span in history.spans)
    words = f"{counted(len(history.versions), 'version')} known; the text of {held or 'none'} is held here"
    return words + (f"; {counted(disputed, 'period')} in dispute." if disputed else ".")


def _version_rows(
    kb: KnowledgeBase, history: History, known: date | None, today: date, drawn: Timeline
) -> list[VersionRow]:
    names = _names(history.versions)
    rows: list[VersionRow] = []
    for place, version in enumerate(history.versions):
        earlier = history.versions[:place]
        before = first_comparable(reversed(earlier)) if comparable(version) else None
        in_force = _runs(version, history, "in_force")
        rows.append(
            VersionRow(
                version=version,
                period=names[version.id],
                bounds=bounds_of(version),
                source_href=source_url(kb, version, known),
                before=before,
                nearest=before is not None and before is earlier[-1],
                new_title=_title_is_new(version, earlier),
                not_yet=starts_after(version, today),
                in_force=() if in_force == (short_validity(version),) else in_force,
                disputed=_runs(version, history, "disputed"),
                bars=drawn.rows[place].bars,
                circulars=kb.circulars_behind(version, known),
            )
        )
    return rows


def _runs(version: Version, history: History, answer: AnswerWord) -> tuple[str, ...]:
    return tuple(
        run_words(span.first, span.until)
        for span in history.spans
        if span.answer == answer and version.id in span.versions
    )


def _span_rows(history: History, drawn: Timeline) -> list[tuple[date, SpanRow]]:
    """Each row with its first day, for sorting."""
    names = _names(history.versions)
    known = {version.id: version for version in history.versions}
    return [
        (
            span.first or date.min,
            SpanRow(
                words=run_words(span.first, span.until),
                label=ANSWER_LABEL[span.answer],
                answer=span.answer,
                candidates=tuple((known[id], names[id]) for id in span.versions if id in known)
                if span.answer == "disputed"
                else (),
                reasons=span.reasons,
                bars=(bar,),
            ),
        )
        for span, bar in zip(history.spans, drawn.strip, strict=True)
        if span.answer != "in_force"
    ]


def _in_order(
    versions: Sequence[VersionRow], spans: Sequence[tuple[date, SpanRow]]
) -> tuple[VersionRow | SpanRow, ...]:
    """Rows with the newest first. A version without a certain first day stays after its predecessor; a run of disputed
    days comes above the versions that begin with it."""
    placed: list[tuple[date, int, int, VersionRow | SpanRow]] = []
    day = date.min
    for number, row in enumerate(versions):
        day = max(day, row.day or day)
        placed.append((day, 0, number, row))
    placed += [(first, 1, number, row) for number, (first, row) in enumerate(spans)]
    return tuple(row for *_, row in sorted(placed, key=lambda one: one[:3], reverse=True))


def _names(versions: Sequence[Version]) -> dict[VersionId, str]:
    """The name of each version in a list: its days, plus its page if two names would be equal."""
    days = {version.id: short_validity(version) for version in versions}
    often = Counter(days.values())
    return {
        v.id: days[v.id] if often[days[v.id]] == 1 else f"{days[v.id]} ({v.address or v.id})"
        for v in versions
    }


def _title_is_new(version: Version, earlier: Sequence[Version]) -> bool:
    """Whether the title differs from the previous one; False for a version without a known title."""
    last = next((one.title for one in reversed(earlier) if one.title), "")
    return bool(version.title and last and version.title_changed and version.title != last)
