"""What a history answers for a day: a look-up among its spans. It needs nothing of what derives histories."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from manual.dates import require_day
from manual.model import Answer, Finding, History, Span, Version


def span_on(spans: Sequence[Span], day: date) -> Span:
    """The span that holds `day`; `spans` cover all days in order."""
    return spans[bisect_right([s.first for s in spans[1:]], day)]  # type: ignore[type-var]


def in_force_on(history: History, day: date, known: date | None = None) -> Answer:
    """What `history` answers for `day`. `known` is only carried along: the history must be that of the captures
    taken by then.
    """
    require_day(day)
    span = span_on(history.spans, day)
    named = tuple(history.version(id) for id in span.versions)
    single = span.answer in ("in_force", "ended") and len(named) == 1
    last_seen = history.last_seen
    before, after = _around(history.versions, day, named[0] if single else None)
    return Answer(
        code=history.code,
        on=day,
        known=known,
        answer=span.answer,
        version=named[0] if single else None,
        candidates=() if single else named,
        reasons=span.reasons,
        findings=touching(history.findings, named) if history.findings else (),
        as_last_seen=last_seen if last_seen is not None and day > last_seen else None,
        as_last_seen_exact=history.last_seen_exact,
        previous=before,
        next=after,
        span=span,
    )


def touching(findings: Sequence[Finding], named: Sequence[Version]) -> tuple[Finding, ...]:
    """Those findings that are about one of the versions named by an answer, or about its code as a whole."""
    stated = {claim.day for version in named for claim in version.starts}
    stated |= {claim.day for version in named for claim in version.ends}
    return tuple(f for f in findings if not f.days or not stated.isdisjoint(f.days))


def _around(
    versions: Sequence[Version], day: date, version: Version | None
) -> tuple[Version | None, Version | None]:
    """The versions before and after `version`, or, without one, the last begun by `day` and the first begun later."""
    if version is not None:
        place = [each.id for each in versions].index(version.id)
        after = versions[place + 1] if place + 1 < len(versions) else None
        return (versions[place - 1] if place else None), after
    dated = [v for v in versions if v.validity.effective_from is not None]
    begun = [v for v in dated if v.validity.effective_from <= day]  # type: ignore[operator]
    later = [v for v in dated if v.validity.effective_from > day]  # type: ignore[operator]
    return (begun[-1] if begun else None), (later[0] if later else None)
