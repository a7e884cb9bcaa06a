"""The timeline picture of one code: geometry in per cent of the width, so that it needs no scaling.

One strip shows the answer day by day. Each version has its own bar on the same scale: solid for days on which it is the
answer, hatched for days on which it may be.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from manual.model import AnswerWord, History, Span, Version
from manual.pages.words import ANSWER_LABEL, run_words

_MARGIN = timedelta(days=120)
_EDGE = 6
"""Per cent of the width that half a label takes in the right column."""
_STEPS = (1, 2, 5, 10, 20, 50)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A run of days. `x` and `width` are per cent of the picture's width."""

    x: str
    width: str
    kind: str
    """`held`, `unheld`, `disputed`, or the word of a gap: `ended`, `before_record`, `undated`, `not_yet`."""
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One version with its bars; none if it is the answer on no day."""

    version: Version
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    x: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Everything the template needs."""

    strip: tuple[Bar, ...]
    """A bar for each span of the history, in its order."""
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    today_x: str
    on_x: str
    """Where the day asked lies; empty if it is today or outside the picture."""


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def at(self, day: date | None, otherwise: date) -> float:
        inside = min(max(day or otherwise, self.first), self.last)
        return 100 * (inside - self.first).days / max((self.last - self.first).days, 1)


def _per_cent(value: float) -> str:
    return f"{value:.2f}%"


def timeline(history: History, on: date, today: date) -> Timeline:
    """The picture of `history`, with `today` marked, and `on` if it is another day."""
    scale = _scale(history, today)
    rows = tuple(_row(version, history.spans, scale) for version in history.versions)
    return Timeline(
        strip=tuple(_bar(span, _strip_kind(span, history), scale) for span in history.spans),
        rows=rows,
        ticks=_ticks(scale),
        today_x=_per_cent(scale.at(today, today)),
        on_x=_per_cent(scale.at(on, on)) if on != today and scale.first <= on <= scale.last else "",
    )


def _scale(history: History, today: date) -> _Scale:
    bounds = [day for span in history.spans for day in (span.first, span.until) if day is not None]
    first = min((*bounds, today))
    last = max((*bounds, today))
    margin = max(_MARGIN, (last - first) / 25)
    return _Scale(first - margin, last + margin)


def _strip_kind(span: Span, history: History) -> str:
    if span.answer != "in_force":
        return span.answer
    return "held" if any(history.version(id).text_held for id in span.versions) else "unheld"


def _bar(span: Span, kind: str, scale: _Scale) -> Bar:
    left, right = scale.at(span.first, scale.first), scale.at(span.until, scale.last)
    return Bar(
        x=_per_cent(left),
        width=_per_cent(max(right - left, 0.35)),
        kind=kind,
        title=f"{ANSWER_LABEL[span.answer]}: {run_words(span.first, span.until)}",
    )


def _row(version: Version, spans: tuple[Span, ...], scale: _Scale) -> Row:
    held = "held" if version.text_held else "unheld"
    shown: dict[AnswerWord, str] = {"in_force": held, "disputed": "disputed"}
    own = [span for span in spans if version.id in span.versions and span.answer in shown]
    return Row(version=version, bars=tuple(_bar(span, shown[span.answer], scale) for span in own))


def _ticks(scale: _Scale) -> tuple[Tick, ...]:
    """Ticks at years, or at quarters if the picture spans less than two years; none so near an edge that it would be
    cut."""
    return tuple(tick for tick in _all_ticks(scale) if _EDGE <= float(tick.x[:-1]) <= 100 - _EDGE)


def _all_ticks(scale: _Scale) -> tuple[Tick, ...]:
    if scale.last - scale.first < timedelta(days=730):
        quarters = ((y, m) for y in range(scale.first.year, scale.last.year + 1) for m in (1, 4, 7, 10))
        days = [date(year, month, 1) for year, month in quarters]
        return tuple(_tick(scale, day, f"{day:%b %Y}") for day in days if scale.first <= day <= scale.last)
    years = scale.last.year - scale.first.year + 1
    step = next((s for s in _STEPS if years / s <= 6), 50)
    first = scale.first.year + (-scale.first.year) % step
    days = [date(year, 1, 1) for year in range(first, scale.last.year + 1, step)]
    return tuple(_tick(scale, day, str(day.year)) for day in days if scale.first <= day)


def _tick(scale: _Scale, day: date, label: str) -> Tick:
    return Tick(x=_per_cent(scale.at(day, day)), label=label)
