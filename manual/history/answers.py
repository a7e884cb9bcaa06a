"""The answer of a history for a day, looked up among its spans, without the code that derives histories."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from manual.dates import require_day
from manual.model import Answer, Finding, History, Span, Version


def span_on(spans: Sequence[Span], day: date) -> Span:
    """The span that contains `day`; `spans` cover all days in order."""
    return spans[bisect_right([s.first for s in spans[1:]], day)]  # type: ignore[type-var]


def in_force_on(history: History, day: date, known: date | None = None) -> Answer:
    """The answer of `history` for `day`. `known` is only recorded in it: the history must be made from the captures
    seen by then.
    """
    require_day(day)
    span = span_on(history.spans, day)
    named = tuple(history.version(id) for id in span.versions)
    single = span.answer in ("in_force", "ended")
    version = named[0] if single else None
    before, after = _around(history.versions, day, version)
    seen, exact = as_last_seen(span, version, after, day) if version else (None, True)
    return Answer(
        code=history.code,
        on=day,
        known=known,
        answer=span.answer,
        version=_with_gap_on(version, span, day) if version else None,
        candidates=() if single else named,
        reasons=span.reasons,
        findings=touching(history.findings, named) if history.findings else (),
        as_last_seen=seen,
        as_last_seen_exact=exact,
        previous=before,
        next=after,
        span=span,
    )


def as_last_seen(span: Span, version: Version, after: Version | None, day: date) -> tuple[date | None, bool]:
    """The caveat "as last seen": the last known day before `day` on which the version (or its end) was seen, if nothing
    after it is known. The second value is False if it was never seen on a known day."""
    last = version.end_seen if span.answer == "ended" else version.last_seen
    if _is_followed(span, version, after) or (last is not None and day <= last):
        return None, True
    return last, last is not None


def _is_followed(span: Span, version: Version, after: Version | None) -> bool:
    """Whether it is known what followed the days of `span`. The end of its edition does not show what was in force
    shortly before, unless the page itself says that it was the last version."""
    if span.answer == "ended":
        return span.until is not None
    if version.basis_until == "edition":
        return any(end.basis == "edition" for end in version.ends)
    if after is None and not any(end.kind == "end" for end in version.ends):
        return False  # a suspension or unclear words leave later days open, and do not say what became of it
    known = version.gap_vouched or version.basis_until == "successor"
    return known and version.basis_until is not None


def _states_its_end(version: Version) -> bool:
    """Whether its end is stated by its own page, its title or the banner of its edition."""
    if version.basis_until == "edition":
        return any(end.basis == "edition" for end in version.ends)
    return version.basis_until in ("text", "note", "revocation", "suffix")


def _with_gap_on(version: Version, span: Span, day: date) -> Version:
    """The answer with its gap caveat: only for days after the last sight of the version (or of its end), and for days
    in force only if its page does not state the end itself."""
    if version.gap_vouched:
        return version
    last = version.end_seen if span.answer == "ended" else version.last_seen
    if span.answer == "in_force" and _states_its_end(version):
        return replace(version, gap_vouched=True)
    if last is None or day > last or (not version.starts and day < last and span.answer == "in_force"):
        return version
    # it is certainly in force on `day`, but it is not known for how long after that
    until = version.validity if span.answer == "ended" else replace(version.validity, effective_until=None)
    basis = version.basis_until if span.answer == "ended" else "dispute"
    return replace(version, gap_vouched=True, validity=until, basis_until=basis)


def touching(findings: Sequence[Finding], named: Sequence[Version]) -> tuple[Finding, ...]:
    """The findings about a version named by an answer, or about its code as a whole."""
    stated: set[date | None] = {claim.day for version in named for claim in version.starts}
    stated |= {claim.day for version in named for claim in version.ends}
    return tuple(f for f in findings if not f.days or not stated.isdisjoint(f.days))


def _around(
    versions: Sequence[Version], day: date, version: Version | None
) -> tuple[Version | None, Version | None]:
    """The versions before and after `version`; without one, the last begun by `day` and the first begun later."""
    if version is not None:
        place = [each.id for each in versions].index(version.id)
        after = versions[place + 1] if place + 1 < len(versions) else None
        return (versions[place - 1] if place else None), after
    dated = [v for v in versions if v.validity.effective_from is not None]
    begun = [v for v in dated if v.validity.effective_from <= day]  # type: ignore[operator]
    later = [v for v in dated if v.validity.effective_from > day]  # type: ignore[operator]
    return (begun[-1] if begun else None), (later[0] if later else None)
