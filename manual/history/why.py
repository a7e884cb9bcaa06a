"""Why a day has its answer: the statements, the versions considered, the rules, and what would settle it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from manual.dates import in_words, require_day
from manual.history.answers import span_on
from manual.history.deriving import Derivation, derive
from manual.history.drafts import ONE_DAY, End, Starts, StatementSeen, VersionDraft
from manual.history.reasons import label
from manual.history.spans import Outcomes, OutcomeSpan, spans_of
from manual.model import AnswerWord, Code, EndClaim, Sha256, SitePath, Statement, VersionId
from manual.publisher import INZ


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One thing that a capture says about a version."""

    says: str
    """`a page in force: starts 1 August 2024 (foot)`."""
    capture: Sha256
    seen: date | None
    """The day on which the capture was made; None where it is not known."""
    address: SitePath | None
    locator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Considered:
    """One version that the statements are about, with its possible bounds."""

    id: VersionId
    title: str
    stated: tuple[Stated, ...]
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    possible: bool
    """Whether it may be in force on the day asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Everything on which one answer rests. `rules`: the rules about dates that decided."""

    code: Code
    on: date
    answer: AnswerWord
    reasons: tuple[str, ...]
    rules: tuple[str, ...]
    versions: tuple[Considered, ...]
    settle: tuple[str, ...]
    """What would settle a dispute, in sentences; empty for an answer that is not open."""


def why_of(
    code: Code, said: Iterable[StatementSeen], day: date, *, edition_ended: date | None = INZ.edition_ended
) -> Why:
    """What the answer for `day` rests on; `said` as for `history_of`. Raises HistoryConflict as that does."""
    require_day(day)
    derived = derive(code, said, edition_ended)
    span = span_on(spans_of(derived.drafts, derived.ids, derived.outcomes), day)
    found = _run_on(derived.outcomes, day).outcomes if derived.outcomes else Outcomes((), (), (), True)
    versions = tuple(
        _considered(draft, derived.ids[n], n in found.alive) for n, draft in enumerate(derived.drafts)
    )
    open_answer = span.answer in ("disputed", "undated", "before_record")
    return Why(
        code=code,
        on=day,
        answer=span.answer,
        reasons=span.reasons,
        rules=tuple(_rules(derived, found, day)),
        versions=versions,
        settle=tuple(dict.fromkeys(_settling(derived, found, day))) if open_answer else (),
    )


def _run_on(runs: Sequence[OutcomeSpan], day: date) -> OutcomeSpan:
    return next(run for run in reversed(runs) if run.first is None or run.first <= day)


# ---------------------------------------------------------------- the versions


def _considered(draft: VersionDraft, id: VersionId, possible: bool) -> Considered:
    said = sorted((*draft.said, *draft.titled), key=lambda item: (item[1].day, item[1].capture))
    return Considered(
        id=id,
        title=next((st.title for st, _ in said if st.title), ""),
        stated=tuple(_stated(item, joined=item in draft.titled) for item in said),
        starts=tuple(_start_in_words(reading) for reading in draft.starts),
        ends=tuple(_ends_in_words(draft)),
        possible=possible,
    )


def _stated(item: StatementSeen, *, joined: bool) -> Stated:
    st, seen = item
    told = [f"starts {in_words(c.day)} ({c.basis}{', unclear' if c.unclear else ''})" for c in st.starts]
    told += [_end_claim_in_words(end) for end in st.ends]
    told += ["taken for this version by its title alone"] if joined else []
    what = _KIND[st.kind] + (" shown as old" if st.shown_as_old else "")
    return Stated(
        says=f"{what}: {'; '.join(told) if told else 'neither start nor end'}",
        capture=seen.capture,
        seen=seen.day if seen.exact else None,
        address=st.address,
        locator=st.locator,
    )


_KIND = {
    "page": "a page",
    "listed": "a row of a list",
    "contents": "a line of the contents",
    "neighbour": "a link on another page",
    "claim": "a sentence of another page or circular",
    "move": "a move",
}


def _end_claim_in_words(end: EndClaim) -> str:
    kind = "" if end.kind == "end" else f"{end.kind}: "
    if end.day is None:
        return f"{kind}over, no readable day ({end.basis})"
    reading = {"excluded": "out of force from", "included": "in force to the end of", "either": "to"}
    return f"{kind}{reading[end.reading]} {in_words(end.day)} ({end.basis})"


def _start_in_words(reading: Starts) -> str:
    last = "an unknown day" if reading.hi == date.max else in_words(reading.hi)
    if reading.is_day:
        return last
    return f"after {in_words(reading.lo - ONE_DAY)}, by {last}" if reading.lo else f"by {last}"


def _ends_in_words(draft: VersionDraft) -> Iterator[str]:
    for end in (*draft.endings, *draft.doubts, *([draft.cap] if draft.cap else [])):
        yield f"{_end_days(end)} ({end.kind}, {end.basis})"
    if draft.goes_on and draft.endings:
        yield "or not at all"
    for again in draft.again:
        until = f" to {in_words(again.until - ONE_DAY)}" if again.until else " on"
        yield f"possibly in force from {in_words(again.lo)}{until}: {again.why}"


def _end_days(end: End) -> str:
    if end.hi is None:
        return f"on some day from {in_words(end.lo)} on" if end.lo > date.min else "on an unknown day"
    if end.is_day:
        return f"from {in_words(end.hi)}"
    return f"from some day up to {in_words(end.hi)}"


# ---------------------------------------------------------------- the rule, and what would settle it


def _rules(derived: Derivation, found: Outcomes, day: date) -> Iterator[str]:
    """The rules that decided the outcomes of a day, each once, by number."""
    named = [derived.drafts[n] for n in sorted({*found.alive, *found.ended, *found.unseen})]
    tests = (
        ("7: a version ends when the next begins", len(derived.drafts) > 1 and len(found.alive) == 1),
        ("9: “to D” is used both ways", any(_is_either(d, day) for d in named)),
        ("12: the edition before 2010 ceased as a whole", any(d.cap and d.cap.lo <= day for d in named)),
        ("17: what an address showed on a day", any(a.covers(day) for d in named for a in d.again)),
        ("18: lists have errors", any(d.places for d in named)),
        ("19: a version known from a list alone", any(d.only_listed and d.claims for d in named)),
        ("20, 21: lines and versions without a start", any(d.start is None for d in named)),
        ("12, 17: an old-mark, and nothing that replaced it", bool(found.unseen)),
        ("23: an end not after its own start", any(_ends_before_start(d) for d in named)),
        (
            "24: words that can be read both ways",
            any(x.doubts(day) and x.kind != "unplaced" for d in named for x in d.doubts),
        ),
        (
            "10: a mark of ending without a day, which may be of another version",
            any(x.doubts(day) and x.kind == "unplaced" for d in named for x in d.doubts),
        ),
        ("27: captures of unknown day", any(not d.known for d in named)),
    )
    told = [rule for rule, applies in tests if applies]
    yield from told or ["4: the page states its first day"]


def _is_either(draft: VersionDraft, day: date) -> bool:
    return any(end.hi is not None and end.hi - end.lo == ONE_DAY and end.lo == day for end in draft.endings)


def _ends_before_start(draft: VersionDraft) -> bool:
    return draft.start is not None and any(end.is_day and end.lo <= draft.start for end in draft.endings)


def _settling(derived: Derivation, found: Outcomes, day: date) -> Iterator[str]:
    named = sorted({*found.alive, *found.ended, *found.unseen})
    for draft in (derived.drafts[n] for n in named):
        page = _page_not_held(draft)
        if page is not None:
            yield f"The page {page} would state when it began."
        elif not draft.claims:
            yield f"A capture of {_place(draft)} with its “Effective” line would state when it began."
        if not draft.known:
            yield (
                f"{label(draft)}: the captures that speak of it carry no day. "
                "Load them again with the day on which they were saved."
            )
        if _is_either(draft, day):
            yield f"A sentence or circular that says from which day {_place(draft)} has no force would settle it."
    if found.unseen:
        yield "The page in force with its list of other versions, or one saved in between, would show what followed."
    if not named:
        yield "An older page, or the page in force with its list of other versions, would show what stood before."


def _page_not_held(draft: VersionDraft) -> SitePath | None:
    """The address of a version known only from other pages."""
    if any(st.kind == "page" for st, _ in draft.said):
        return None
    addresses: list[Statement] = [st for st, _ in draft.said if st.address is not None and st.kind != "claim"]
    return addresses[-1].address if addresses else None


def _place(draft: VersionDraft) -> str:
    return f"the page {min(draft.addresses)}" if draft.addresses else "its page"
