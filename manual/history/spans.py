"""Step 4: the outcomes of every run of days over all choices of readings, and the answer they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from manual.dates import in_words
from manual.history.drafts import ONE_DAY, Draft, Outcomes
from manual.history.reasons import how_ended, why_disputed, why_undated, why_unseen
from manual.model import (
    AnswerWord,
    Span,
    VersionId,
)


def spans_of(drafts: Sequence[Draft], ids: Sequence[VersionId]) -> tuple[Span, ...]:
    """One span for each run of days with the same answer, from ever to ever."""
    if not drafts:
        reasons = ("The code is mentioned, but no page or list says anything of a version.",)
        return (Span(first=None, until=None, answer="undated", reasons=reasons),)
    bounds = sorted(_bounds(drafts))
    spans: list[Span] = []
    for first, until in zip([None, *bounds], [*bounds, None], strict=True):
        day = first if first is not None else (until or date.max) - ONE_DAY
        span = replace(_answer_of(drafts, ids, _outcomes(drafts, day), day), first=first, until=until)
        if spans and _is_same_answer(spans[-1], span):
            spans[-1] = replace(spans[-1], until=until)
        else:
            spans.append(span)
    return tuple(spans)


def _is_same_answer(one: Span, other: Span) -> bool:
    return (one.answer, one.versions, one.reasons) == (other.answer, other.versions, other.reasons)


def _bounds(drafts: Sequence[Draft]) -> set[date]:
    """Every day on which an outcome may change."""
    bounds: set[date] = set()
    for draft in drafts:
        for reading in draft.starts:
            bounds.add(reading.hi)
            if reading.lo is not None:
                bounds.add(reading.lo)
        for end in draft.endings:
            bounds |= {end.lo, end.hi} - {date.min}
        bounds |= draft.vouched
        bounds |= set(_announced(draft))
    return bounds


def _outcomes(drafts: Sequence[Draft], day: date) -> Outcomes:
    latest = [n for n, draft in enumerate(drafts) if _may_be_latest(draft, drafts, day)]
    alive = [n for n in latest if not drafts[n].endings or any(e.hi > day for e in drafts[n].endings)]
    gone = [n for n in latest if any(e.lo <= day for e in drafts[n].endings)]
    nothing = all(any(r.hi > day for r in d.starts) and not any(v <= day for v in d.vouched) for d in drafts)
    return Outcomes(
        tuple(alive),
        tuple(n for n in gone if not drafts[n].endings[0].unseen),
        tuple(n for n in gone if drafts[n].endings[0].unseen),
        nothing,
    )


def _may_be_latest(draft: Draft, drafts: Sequence[Draft], day: date) -> bool:
    """Whether in some choice of readings no other version has started since this one, as of `day`."""
    # what ended began before its end, even where nothing else is known of its start
    last = max((e.hi - ONE_DAY for e in draft.endings), default=day)
    begins = [r.hi if r.is_day else min(r.hi, day, last) for r in draft.starts if r.lo is None or r.lo <= day]
    begins += [v for v in draft.vouched if v <= day]
    if not begins:
        return False
    since = max(begins)
    for other in drafts:
        if other is draft:
            continue
        if not any(r.may_lie_outside(since, day) for r in other.starts):
            return False
        if any(since < v <= day for v in other.vouched):
            return False
        if draft in other.before and all(r.hi <= day for r in other.starts):
            return False
    return True


def _announced(draft: Draft) -> list[date]:
    """Days on which a capture shows a version that is yet to start."""
    start = draft.start
    if start is None:
        return []
    return [s.day for st, s in draft.said if s.exact and st.kind in ("page", "contents") and s.day < start]


def _answer_of(drafts: Sequence[Draft], ids: Sequence[VersionId], found: Outcomes, day: date) -> Span:
    answer, numbers, reasons = _decide(drafts, found, day)
    return Span(
        first=None, until=None, answer=answer, versions=tuple(ids[n] for n in numbers), reasons=tuple(reasons)
    )


def _decide(
    drafts: Sequence[Draft], found: Outcomes, day: date
) -> tuple[AnswerWord, tuple[int, ...], list[str]]:
    several = (found.alive, found.ended, found.unseen, found.nothing)
    if several == (found.alive[:1], (), (), False) and found.alive:
        return "in_force", found.alive, []
    if (found.alive, found.unseen, found.nothing) == ((), (), False) and len(found.ended) == 1:
        return "ended", found.ended, [how_ended(drafts[found.ended[0]])]
    if found.nothing and not (found.alive or found.ended or found.unseen):
        return _before_all(drafts, day)
    named = tuple(sorted({*found.alive, *found.ended, *found.unseen}))
    unknown = all(not drafts[n].claims for n in found.alive)
    if (found.nothing or found.unseen) and unknown and not found.ended:
        reasons = [why_unseen(drafts[n]) for n in found.unseen]
        return "undated", named, [*reasons, *(why_undated(drafts[n]) for n in found.alive)]
    return "disputed", named, why_disputed(drafts, found)


def _before_all(drafts: Sequence[Draft], day: date) -> tuple[AnswerWord, tuple[int, ...], list[str]]:
    """No version had begun: stated to start later, or merely before the record (rule of the vocabulary)."""
    first = min(range(len(drafts)), key=lambda n: (drafts[n].starts[0].lo or drafts[n].starts[0].hi, n))
    start = drafts[first].starts[0].hi
    if any(seen <= day for seen in _announced(drafts[first])):
        return "not_yet", (first,), [f"It is stated to start on {in_words(start)}."]
    return (
        "before_record",
        (first,),
        [f"The earliest version known starts on {in_words(start)}; nothing says that it was the first."],
    )
