"""The possible verdicts, and which of them a quotation gets for a day.

A verdict uses only texts that are held, complete and not disputed. The rules, in order:

1. the words stand in the version in force on the day, at the place cited: `in_force_then`;
2. no text is held that is known to be the one in force that day: `not_held`, whatever else holds the words;
3. they stand in another version of a code cited beside them, or of any code where none is cited: `superseded_then`;
4. they stand in another instruction, or at another place than the one cited: `elsewhere`;
5. a passage is nearly the same: `altered`;
6. else `not_found`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from manual.citation.references import ends_of
from manual.citecheck.passages import LIKE, Fragment, Piece, Text, Vocabulary, most_like
from manual.dates import in_words
from manual.model import Answer, Code, Version, VersionId
from manual.queries.results import Followed

Verdict = Literal["in_force_then", "superseded_then", "elsewhere", "altered", "not_found", "not_held"]
VERDICTS: Mapping[Verdict, str] = {
    "in_force_then": "the words of the version in force on that day",
    "superseded_then": "genuine words of a version that was not in force on that day",
    "elsewhere": "genuine words of another instruction, or of another place than the one cited",
    "altered": "nearly words of the manual, changed",
    "not_found": "in no text that is held",
    "not_held": "no text is held that is known to be the one that counts",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where the words were found."""

    version: Version
    pinpoints: tuple[str, ...]
    """In reading order; the code alone stands for the title and opening words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The most similar passage of one version, and how it differs."""

    version: Version
    pinpoint: str
    share: float
    """Of all words of both, those that agree."""
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A verdict with what it rests on."""

    verdict: Verdict
    stands: tuple[Stand, ...] = ()
    """Versions that hold the words, those that the verdict is about first."""
    then: tuple[Answer, ...] = ()
    """What the codes cited (or, where none is cited, those that hold the words) answered on the day."""
    difference: Difference | None = None
    """Against the version in force on the day, else against the one that is nearest."""
    reasons: tuple[str, ...] = ()
    not_held: int = 0
    """How many versions of the codes cited have no text held that may be quoted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Everything known about one quotation before a day is considered."""

    fragments: tuple[Fragment, ...]
    stands: Mapping[Code, tuple[Stand, ...]]
    """By code, oldest version first; codes without any are left out."""
    texts: Mapping[Code, Mapping[VersionId, Text]]
    """Texts that may be quoted, of the codes cited and of those that may hold the words."""
    versions: Mapping[Code, tuple[Version, ...]]
    vocabulary: Vocabulary


def judged(evidence: Evidence, cited: Sequence[Followed], answers: Mapping[Code, Answer]) -> Judgement:
    """The verdict for one day. `cited`: the citations beside it as read on that day; `answers`: the answers on that day
    for every code in `evidence`."""
    named = tuple(dict.fromkeys(one.code for one in cited if one.code in answers))
    if cited and not named:
        return _cited_unknown(evidence, cited)
    codes: tuple[Code, ...] = tuple(code for code in named if code) or tuple(evidence.stands)
    then = tuple(answers[code] for code in codes)
    missing = sum(
        len(evidence.versions.get(code, ())) - len(evidence.texts.get(code, {}))
        for code in (named if named else ())
        if code
    )
    current = [stand for answer in then for stand in _in_force(answer, evidence)]
    others = [stand for code in codes for stand in evidence.stands.get(code, ())]
    if current:
        beside = [stand for stand in others + _elsewhere(evidence, codes) if stand not in current]
        return _current(current, beside, cited, then, missing)
    open_ = [why for answer in then if (why := _why_open(answer, evidence))]
    if open_:
        every = (*others, *_elsewhere(evidence, codes))
        return Judgement(verdict="not_held", stands=every, then=then, reasons=tuple(open_), not_held=missing)
    if others:
        difference = _against(evidence, [version for a in then for version in _standing(a)])
        return Judgement(
            verdict="superseded_then",
            stands=tuple(others),
            then=then,
            difference=difference,
            reasons=tuple(_what_stood(answer) for answer in then),
            not_held=missing,
        )
    if found := _elsewhere(evidence, codes):
        return Judgement(verdict="elsewhere", stands=tuple(found), then=then, not_held=missing)
    return _near_or_none(evidence, then, missing)


# ---------------------------------------------------------------- the version that counts


def _standing(answer: Answer) -> tuple[Version, ...]:
    """The version in force, or the candidates if it is disputed."""
    if answer.answer == "in_force" and answer.version:
        return (answer.version,)
    return answer.candidates if answer.answer == "disputed" else ()


def _in_force(answer: Answer, evidence: Evidence) -> list[Stand]:
    """Where the version in force has the words. If there are several candidates, all must have them."""
    versions = _standing(answer)
    held = {stand.version.id: stand for stand in evidence.stands.get(answer.code, ())}
    found = [held[version.id] for version in versions if version.id in held]
    return found if versions and len(found) == len(versions) else []


def _why_open(answer: Answer, evidence: Evidence) -> str:
    """Why nothing can be said about the day; empty if something can."""
    day = in_words(answer.on)
    texts = evidence.texts.get(answer.code, {})
    if answer.answer == "in_force" and answer.version:
        if answer.version.id in texts:
            return ""
        return f"The text of {answer.code} that was in force on {day} is not held."
    if answer.answer == "disputed":
        lacking = [version for version in answer.candidates if version.id not in texts]
        held = {stand.version.id for stand in evidence.stands.get(answer.code, ())}
        if not lacking and not any(version.id in held for version in answer.candidates):
            return ""
        return f"Which version of {answer.code} was in force on {day} is disputed."
    if answer.answer == "undated":
        return f"No page read says which version of {answer.code} was in force on {day}."
    if answer.answer == "before_record":
        return f"{day} lies before the record of {answer.code} begins."
    return ""


def _what_stood(answer: Answer) -> str:
    day = in_words(answer.on)
    if answer.answer == "in_force" and answer.version:
        begins = answer.version.validity.effective_from
        since = f", in force since {in_words(begins)}" if begins else ""
        return f"On {day} another version of {answer.code} stood{since}."
    if answer.answer == "disputed":
        return f"On {day} one of several versions of {answer.code} stood, and none of them holds these words."
    if answer.answer == "ended":
        return f"On {day} nothing stood under {answer.code}: it had ended."
    return f"On {day} nothing stood under {answer.code} yet."


# ---------------------------------------------------------------- the other verdicts


def _cited_unknown(evidence: Evidence, cited: Sequence[Followed]) -> Judgement:
    """Whether only unknown codes are cited: then whatever has the words is not what was cited."""
    unknown = dict.fromkeys(one.pinpoint or one.target for one in cited)
    reason = f"No page read knows {' or '.join(unknown)}, which is cited beside the words."
    found = _elsewhere(evidence, ())
    if found:
        return Judgement(verdict="elsewhere", stands=tuple(found), reasons=(reason,))
    near = _near_or_none(evidence, (), 0)
    return Judgement(verdict=near.verdict, difference=near.difference, reasons=(reason,))


def _current(
    current: Sequence[Stand],
    beside: Sequence[Stand],
    cited: Sequence[Followed],
    then: tuple[Answer, ...],
    missing: int,
) -> Judgement:
    own = [one for one in cited if any(one.code == stand.version.code for stand in current)]
    places = [one.pinpoint for one in own if one.pinpoint != one.code and one.pinpoint_exists is not None]
    whole = any(one.pinpoint == one.code or len(ends_of(one.target)) > 1 for one in own)
    verdict: Verdict = "in_force_then"
    reasons = [
        f"As last seen on {in_words(a.as_last_seen)}."
        for a in then
        if a.answer == "in_force" and a.as_last_seen
    ]
    if places and not whole and not any(_within(stand, place) for stand in current for place in places):
        where = ", ".join(dict.fromkeys(point for stand in current for point in stand.pinpoints))
        reasons.insert(0, f"The words stand at {where}, not at {' or '.join(places)}.")
        verdict = "elsewhere"
    return Judgement(
        verdict=verdict,
        stands=(*current, *beside),
        then=then,
        reasons=tuple(reasons),
        not_held=missing,
    )


def _within(stand: Stand, place: str) -> bool:
    """Whether the words are at the place cited, within it, or extend beyond it."""
    return any(
        point == place or (point.startswith(place) and not point[len(place)].isalnum())
        for point in stand.pinpoints
    )


def _elsewhere(evidence: Evidence, codes: Iterable[Code]) -> list[Stand]:
    return [stand for code, stands in evidence.stands.items() if code not in codes for stand in stands]


def _near_or_none(evidence: Evidence, then: tuple[Answer, ...], missing: int) -> Judgement:
    first = [version for answer in then for version in _standing(answer)]
    every = [version for versions in evidence.versions.values() for version in versions]
    near = _against(evidence, first, LIKE) or _against(evidence, every, LIKE)
    lacking: tuple[str, ...] = ()
    if missing:
        held = "1 text of the codes cited is" if missing == 1 else f"{missing} texts of the codes cited are"
        lacking = (f"{held} not held.",)
    if near is not None:
        return Judgement(verdict="altered", then=then, difference=near, reasons=lacking, not_held=missing)
    return Judgement(verdict="not_found", then=then, reasons=lacking, not_held=missing)


def _against(evidence: Evidence, versions: Iterable[Version], least: float = 0.0) -> Difference | None:
    """How the words differ from the most similar of these versions with held texts; None if none is similar enough."""
    best: Difference | None = None
    for version in versions:
        text = evidence.texts.get(version.code, {}).get(version.id)
        if text is None:
            continue
        found = most_like(evidence.fragments, text, evidence.vocabulary)
        if found.share >= least and (best is None or found.share > best.share):
            best = Difference(
                version=version, pinpoint=found.pinpoint, share=found.share, pieces=found.pieces
            )
    return best
