"""Step 5: the answer of every run of days, which is what all readings agree on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from manual.dates import in_words
from manual.history.announced import is_announcement
from manual.history.drafts import ONE_DAY, Again, Starts, StatementSeen, VersionDraft, has_title, is_dated
from manual.history.reasons import how_ended, why_disputed, why_undated, why_unseen
from manual.model import AnswerWord, Span, VersionId


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Everything that may be true on one day, over all readings. Numbers are indices of drafts."""

    alive: tuple[int, ...]
    ended: tuple[int, ...]
    """Nothing is in force, since this one ended."""
    unseen: tuple[int, ...]
    """This one was replaced by something unknown, or by nothing."""
    nothing: bool


@dataclass(frozen=True, slots=True)
class OutcomeSpan:
    """A run of days with the same outcomes. `first` is included (None: no lower bound), `until` is excluded (None: no
    upper bound)."""

    first: date | None
    until: date | None
    outcomes: Outcomes


def outcome_spans(drafts: Sequence[VersionDraft]) -> tuple[OutcomeSpan, ...]:
    """All days, as runs with the same outcomes."""
    _cut_off_by_later_sights(drafts)
    _keep_sights(drafts)
    bounds = sorted(_bounds(drafts))
    runs: list[OutcomeSpan] = []
    for first, until in zip([None, *bounds], [*bounds, None], strict=True):
        day = first if first is not None else (until or date.max) - ONE_DAY
        runs.append(OutcomeSpan(first, until, outcomes_on(drafts, day)))
    return tuple(runs)


def spans_of(
    drafts: Sequence[VersionDraft], ids: Sequence[VersionId], runs: Sequence[OutcomeSpan]
) -> tuple[Span, ...]:
    """All days, as spans with the same answer."""
    if not drafts:
        said = "The code is mentioned, but no page or list says anything of a version."
        return (Span(first=None, until=None, answer="undated", reasons=(said,)),)
    spans: list[Span] = []
    for run in runs:
        day = run.first if run.first is not None else (run.until or date.max) - ONE_DAY
        answer, numbers, reasons = _decide(drafts, run.outcomes, day)
        span = Span(
            first=run.first,
            until=run.until,
            answer=answer,
            versions=tuple(ids[n] for n in numbers),
            reasons=tuple(reasons),
        )
        if spans and _is_same_answer(spans[-1], span):
            spans[-1] = replace(spans[-1], until=run.until)
        else:
            spans.append(span)
    return tuple(spans)


def _is_same_answer(one: Span, other: Span) -> bool:
    return (one.answer, one.versions, one.reasons) == (other.answer, other.versions, other.reasons)


def _cut_off_by_later_sights(drafts: Sequence[VersionDraft]) -> None:
    """Shorten each sight that contradicts other statements: it says nothing about days after another version, of
    unknown start, was seen in force. If that was only a line of its own title, the line may be about it too: then the
    other one began after the line, and by its next sight."""
    for draft in drafts:
        others = [other for other in drafts if other is not draft and other.start is None]
        for n, again in enumerate(list(draft.again)):
            last = max((day for day in draft.in_force if again.covers(day)), default=again.lo)
            shown = min((day for other in others for day in other.uncontested if day > last), default=None)
            if shown is None or (again.until and again.until <= shown):
                continue
            draft.again[n] = replace(again, until=shown)
            later = [day for other in others for day in (*other.in_force, *other.contested) if day > shown]
            if later and _is_line_of_its_title(draft, others, shown):
                draft.again.append(replace(again, lo=shown + ONE_DAY, until=min(later)))


def _is_line_of_its_title(draft: VersionDraft, others: Sequence[VersionDraft], day: date) -> bool:
    """Whether `others` were seen in force on `day` only by rows or lines with the title of `draft`."""
    sights = [st for other in others for st, seen in other.said if seen.exact and seen.day == day]
    return all(st.kind != "page" and has_title(draft, st) for st in sights)


def _keep_sights(drafts: Sequence[VersionDraft]) -> None:
    """Ensure that a version is among the outcomes of every day on which it was seen in force."""
    for number, draft in enumerate(drafts):
        for day in draft.in_force:
            if number not in outcomes_on(drafts, day).alive:
                draft.again.append(Again(day, day + ONE_DAY, f"it was seen in force on {in_words(day)}"))


def _bounds(drafts: Sequence[VersionDraft]) -> set[date]:
    """Every day on which an outcome may change."""
    bounds: set[date | None] = set()
    for draft in drafts:
        for reading in draft.starts:
            bounds |= {reading.lo, reading.hi}
            bounds |= {reading.hi + ONE_DAY} if reading.is_day else set()
        ends = (*draft.endings, *draft.doubts, *([draft.cap] if draft.cap else []))
        for end in ends:
            bounds |= {end.lo, end.hi, end.lifted}
        for again in draft.again:
            bounds |= {again.lo, again.until}
        bounds |= draft.in_force | {seen + ONE_DAY for seen in draft.in_force}
        bounds |= {seen.day for st, seen in draft.said if _announces(draft, (st, seen))}
    return {day for day in bounds if day is not None and date.min < day < date.max}


# ---------------------------------------------------------------- the outcomes of one day


def outcomes_on(drafts: Sequence[VersionDraft], day: date) -> Outcomes:
    alive, ended, unseen = set(), set(), set()
    for n, draft in enumerate(drafts):
        if any(again.covers(day) for again in draft.again):
            alive.add(n)
        if not _may_be_latest(draft, drafts, day):
            continue
        if draft.cap is not None and draft.cap.lo <= day:
            ended.add(n)
            continue
        if _may_last(draft, day):
            alive.add(n)
            if any(doubt.doubts(day) for doubt in draft.doubts):
                ended.add(n)
        ended |= {n for end in draft.endings if end.lo <= day and end.kind == "ended"}
        unseen |= {n for end in draft.endings if end.lo <= day and end.kind == "unseen"}
    return Outcomes(tuple(sorted(alive)), tuple(sorted(ended)), tuple(sorted(unseen)), _nothing(drafts, day))


def _may_last(draft: VersionDraft, day: date) -> bool:
    # before its stated first day only if that is wrong: then the end that stands against it is right (rule 23)
    goes_on = draft.goes_on and not (draft.endings and draft.start and day < draft.start)
    return goes_on or any(end.hi is None or end.hi > day for end in draft.endings)


def _nothing(drafts: Sequence[VersionDraft], day: date) -> bool:
    """Whether, in some reading, no version had begun by `day`."""
    return all(
        draft.withdrawn
        or draft.optional
        or (any(r.hi > day for r in draft.starts) and not any(s <= day for s in draft.uncontested))
        for draft in drafts
    )


def _may_be_latest(draft: VersionDraft, drafts: Sequence[VersionDraft], day: date) -> bool:
    """Whether, in some choice of readings, no other version has started after this one by `day`."""
    if draft.withdrawn:
        return False
    since = _latest_start(draft, day)
    if since is None:
        return False
    others = [other for other in drafts if other is not draft]
    surely = (seen for other in others if not other.optional for seen in other.joined if seen <= day)
    if any(_is_over_since(draft, seen) for seen in surely):
        return False  # another version was in force after its end
    if draft.start is None and any(_surely_stands(other, drafts, day) for other in others):
        return False
    last_days = filter(None, (_last_day_of(other, drafts) for other in others))
    if any(since < last < day for last in last_days):
        return False  # another version ended later
    return not any(_surely_since(other, draft, since, day) for other in others)


def _is_over_since(draft: VersionDraft, day: date) -> bool:
    return draft.over_by(day) and (draft.start is None or draft.start <= day)


def _surely_stands(draft: VersionDraft, drafts: Sequence[VersionDraft], day: date) -> bool:
    """Whether `draft` is certainly in force on `day`: on its first day, up to its last sight, or up to the end that its
    pages state. No version of unknown start can be in force on such a day."""
    if draft.withdrawn or draft.optional or draft.again or any(doubt.doubts(day) for doubt in draft.doubts):
        return False
    sights = draft.uncontested
    if draft.start is None and draft.loose_end:
        return day in sights  # what joined it by its title may be about another one
    first = draft.starts[0].lo if len(draft.starts) == 1 and draft.start else min(sights, default=None)
    if (
        first is None
        or day < first
        or any(_came_by(other, first, day) for other in drafts if other is not draft)
    ):
        return False
    until = min((seen for seen in sights if seen >= day), default=None)
    if day == first or (until and not any(_came_by(d, first, until) for d in drafts if d is not draft)):
        return True
    ends_later = all(end.kind == "ended" and end.lo > day for end in draft.endings)
    return draft.states_its_end and ends_later and not draft.goes_on


def _came_by(draft: VersionDraft, since: date, day: date) -> bool:
    """Whether `draft` is stated to have begun, or was seen in force, after `since` and by `day`."""
    begun = draft.start is not None and since < draft.start <= day and not draft.withdrawn
    return begun or any(since < seen <= day for seen in draft.uncontested)


def _latest_start(draft: VersionDraft, day: date) -> date | None:
    """The latest day up to `day` on which `draft` may have started."""
    # an ended version began before its end, even if nothing else is known about its start
    ends = [*draft.endings, *([draft.cap] if draft.cap else [])]
    last = max((e.hi - ONE_DAY for e in ends if e.hi is not None), default=day)
    begins = [_last_day(r, day, last) for r in draft.starts if r.lo is None or r.lo <= day]
    begins += [seen for seen in draft.in_force if seen <= day]
    return max(begins, default=None)


def _last_day(reading: Starts, day: date, last: date) -> date:
    return reading.hi if reading.is_day else min(reading.hi, day, last)


def _surely_since(other: VersionDraft, draft: VersionDraft, since: date, day: date) -> bool:
    """Whether `other` certainly started after `draft`, which started on `since`, and by `day`."""
    if other.withdrawn or other.optional:
        return False
    if draft in other.before and all(r.hi <= day for r in other.starts):
        return True
    if not any(r.may_lie_outside(since, day) for r in other.starts):
        return True
    return not other.again and any(since < seen <= day for seen in other.in_force)


def _last_day_of(draft: VersionDraft, drafts: Sequence[VersionDraft]) -> date | None:
    """The last day of a version by the end that its page states: it was in force then, whenever it began. None: no page
    states one, or something else began before."""
    if not draft.states_its_end or draft.goes_on or draft.again or draft.optional or draft.withdrawn:
        return None
    if not all(end.kind == "ended" and end.is_day for end in draft.endings):
        return None
    last = min(end.lo for end in draft.endings) - ONE_DAY
    first = draft.starts[0].hi
    return None if any(_came_by(other, first, last) for other in drafts if other is not draft) else last


# ---------------------------------------------------------------- the word for them


def _decide(
    drafts: Sequence[VersionDraft], found: Outcomes, day: date
) -> tuple[AnswerWord, tuple[int, ...], list[str]]:
    if len(found.alive) == 1 and not (found.ended or found.unseen or found.nothing):
        return "in_force", found.alive, []
    if found.ended and not (found.alive or found.unseen or found.nothing):
        last = max(found.ended, key=lambda n: (_ended_by(drafts[n], day), n))
        return "ended", (last,), [how_ended(drafts[last], day)]
    if found.nothing and not (found.alive or found.ended or found.unseen):
        return _before_all(drafts, day)
    named = tuple(sorted({*found.alive, *found.ended, *found.unseen}))
    its_own_end = set(found.alive) == set(found.ended) and not (found.unseen or found.nothing)
    if not any(_is_dated_on(drafts[n], day) for n in found.alive) and not its_own_end:  # rules 9 and 20
        reasons = [why_unseen(drafts[n]) for n in found.unseen]
        reasons += [how_ended(drafts[n], day) for n in found.ended if n not in found.alive]
        return "undated", named, [*reasons, *(why_undated(drafts[n]) for n in found.alive)]
    return "disputed", named, why_disputed(drafts, found, day)


def _is_dated_on(draft: VersionDraft, day: date) -> bool:
    """Whether the version that may be in force on `day` has a stated first day."""
    return draft.start is not None and not (draft.open_start and day < draft.start)


def _ended_by(draft: VersionDraft, day: date) -> date:
    """The last day up to `day` by which it may have ended."""
    ends = [*draft.endings, *([draft.cap] if draft.cap else [])]
    return max((min(end.hi or day, day) for end in ends if end.lo <= day), default=date.min)


def _announces(draft: VersionDraft, item: StatementSeen) -> bool:
    """Whether a statement was seen before the day it states, or before the first day of its version (a circular may
    state an earlier day, rule 26)."""
    st, seen = item
    early = seen.exact and is_dated(st) and draft.start is not None and seen.day < draft.start
    return early or is_announcement(item)


def _before_all(drafts: Sequence[VersionDraft], day: date) -> tuple[AnswerWord, tuple[int, ...], list[str]]:
    """The answer if no version had begun: `not_yet` if one was announced by then, else `before_record`."""
    begun = [n for n, draft in enumerate(drafts) if not draft.withdrawn] or list(range(len(drafts)))
    earliest = min(drafts[n].starts[0].hi for n in begun)
    first = [
        n for n in begun if drafts[n].starts[0].hi == earliest
    ]  # several where a list prints a row twice
    start = in_words(earliest)
    for n in first:
        if any(item[1].day <= day and _announces(drafts[n], item) for item in drafts[n].said):
            return "not_yet", (n,), [f"It is stated to start on {start}."]
    return (
        "before_record",
        (first[0],),
        [f"The earliest version known starts on {start}; nothing says that it was the first."],
    )
