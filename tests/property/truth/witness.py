"""A program that answers exactly what the captures tell, worked out from the truth. The judge must find no fault in it.

It knows the versions that a capture dates, shows in force or shows ended, and no others, and carries every caveat that
what it does not know calls for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from manual.model import Answer, AnswerWord, Code, History, Validity, Version, VersionId
from tests.property.truth.judge import Evidence, evidence_of
from tests.property.truth.publisher import Taken
from tests.property.truth.world import Manual, TrueVersion


@dataclass(frozen=True, slots=True)
class Witness:
    """`honest`: with its caveats."""

    evidence: Mapping[str, Evidence]
    honest: bool = True

    def history(self, code: str) -> History | None:
        return None

    def answer(self, code: str, day: date) -> Answer:
        told = self.evidence[code]
        if told.suspended_on(day):
            return _answer(code, day, "disputed")
        begun = [v for v in told.known if _begun(told, v) <= day]
        later = [v for v in told.known if _begun(told, v) > day]
        if not begun:
            return _answer(code, day, "before_record")
        version, after = begun[-1], later[0] if later else None
        over = version.number in told.ends_shown
        gap = self.honest and after is not None and not told.adjoin(version, after)
        if over and version.until is not None and version.until <= day:
            if after is not None and after.number not in told.dated:
                return _answer(code, day, "disputed")
            shown = told.end_last_shown(version) if self.honest else None
            last = shown if shown is not None and shown < day and after is None else None
            return _answer(code, day, "ended", _version(told, version, version.until, gap=gap), last)
        seen = max([version.start, *told.in_force_days.get(version.number, ())])
        if not over and after is not None and after.number not in told.dated and day > seen:
            return _answer(code, day, "disputed")
        until = (
            version.until
            if over
            else after.start
            if after is not None and after.number in told.dated
            else None
        )
        named = _version(told, version, until, gap=gap)
        unbounded = self.honest and until is None and seen < day
        return _answer(code, day, "in_force", named, seen if unbounded else None)


def witness(manual: Manual, captures: Sequence[Taken], *, honest: bool = True) -> Witness:
    return Witness(evidence_of(manual, captures), honest)


def _begun(told: Evidence, version: TrueVersion) -> date:
    """The first day on which the captures show the version."""
    if version.number in told.dated:
        return version.start
    days = told.in_force_days.get(version.number)
    if days:
        return days[0]
    assert version.until is not None
    return version.until


def _version(told: Evidence, version: TrueVersion, until: date | None, *, gap: bool) -> Version:
    start = version.start if version.number in told.dated else None
    return Version(
        id=VersionId(f"{version.code}~{version.number}"),
        code=Code(version.code),
        title=version.title,
        validity=Validity(start, until),
        basis_from=None,
        basis_until=None,
        gap_vouched=not gap,
    )


def _answer(
    code: str, day: date, word: AnswerWord, version: Version | None = None, last: date | None = None
) -> Answer:
    return Answer(code=Code(code), on=day, known=None, answer=word, version=version, as_last_seen=last)
