"""Which texts are held around an answer. Only these are offered for reading instead, and for comparing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from manual.model import Answer, History, Version, VersionId
from manual.pages.words import short_validity
from manual.queries import KnowledgeBase, Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonOffer:
    """A comparison that can be made: two days or ids of versions, for `Links.compare`."""

    words: str
    first: date | str
    second: date | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The versions before and after an answer, the nearest first."""

    before: tuple[Version, ...]
    after: tuple[Version, ...]

    @classmethod
    def of(cls, kb: KnowledgeBase, answer: Answer, *, far: bool) -> Around:
        """Versions around an answer. `far`: all of them; else one on each side."""
        if not far:
            return cls(before=_one(answer.previous), after=_one(answer.next))
        versions = kb.history_of(answer.code, answer.known).versions
        ids = [version.id for version in versions]
        at = [ids.index(version.id) for version in answer.named if version.id in ids]
        if at:
            return cls(before=tuple(reversed(versions[: min(at)])), after=versions[max(at) + 1 :])
        return cls(
            before=tuple(v for v in reversed(versions) if _begun(v, answer.on) is True),
            after=tuple(v for v in versions if _begun(v, answer.on) is False),
        )


def _one(version: Version | None) -> tuple[Version, ...]:
    return (version,) if version else ()


def _begun(version: Version, day: date) -> bool | None:
    first = version.validity.effective_from
    return first <= day if first else None


def comparable(version: Version | None) -> bool:
    """Whether a complete, undisputed text is held."""
    return version is not None and version.text_held and not version.text_damaged and not version.other_texts


def first_comparable(versions: Iterable[Version]) -> Version | None:
    return next((version for version in versions if comparable(version)), None)


def nearest_held(answer: Answer, around: Around) -> tuple[Version, ...]:
    """The nearest versions before and after whose texts are held; empty if the answer's own text is held."""
    if answer.answer not in ("in_force", "disputed", "undated") or any(v.text_held for v in answer.named):
        return ()
    found = first_comparable(around.before), first_comparable(around.after)
    return tuple(version for version in found if version is not None)


def comparisons(
    answer: Answer, around: Around, shape: Shape, now: Answer | None
) -> tuple[ComparisonOffer, ...]:
    """What the version in force can be compared with: the nearest texts on either side, and today's."""
    if answer.answer != "in_force" or not comparable(answer.version):
        return ()
    offers = []
    before, after = first_comparable(around.before), first_comparable(around.after)
    if before is not None:
        words = _named("version before", "earlier", before, around.before[0])
        offers.append(ComparisonOffer(words=words, first=standing(before, shape), second=answer.on))
    if after is not None:
        words = _named("version after", "later", after, around.after[0])
        offers.append(ComparisonOffer(words=words, first=answer.on, second=standing(after, shape)))
    if now is not None and _differs(now, answer):
        days = sorted((answer.on, now.on))
        offers.append(ComparisonOffer(words="Compare with today", first=days[0], second=days[1]))
    return tuple(offers)


def _named(next_to_it: str, side: str, version: Version, nearest: Version) -> str:
    if version is nearest:
        return f"Compare with the {next_to_it}"
    return f"Compare with the nearest {side} text held ({short_validity(version)})"


def _differs(now: Answer, answer: Answer) -> bool:
    if now.answer != "in_force" or not comparable(now.version) or now.version is None:
        return False
    return answer.version is None or now.version.id != answer.version.id


def standing(version: Version, shape: Shape | History) -> date | VersionId:
    """Where to read a version: on its first day if it is the definite answer that day, else by its id."""
    first = version.validity.effective_from
    settled = any(
        span.answer == "in_force" and span.first == first and version.id in span.versions
        for span in shape.spans
    )
    return first if first is not None and settled else version.id


def nearest_pair(
    versions: Sequence[Version], old: Version | None, new: Version | None
) -> tuple[Version, Version] | None:
    """The two versions with held texts nearest to two versions of which one is not held; None if there are not two."""
    held = [version for version in versions if comparable(version)]
    if len(held) < 2:
        return None
    place = {version.id: n for n, version in enumerate(versions)}
    one = place.get(old.id, 0) if old else 0
    other = place.get(new.id, len(versions)) if new else len(versions)
    first = min(held[:-1], key=lambda v: abs(place[v.id] - one))
    later = held[held.index(first) + 1 :]
    return first, min(later, key=lambda v: abs(place[v.id] - other))
