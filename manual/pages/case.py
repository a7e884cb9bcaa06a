"""A case: for each code the version on each of several named days, where they differ, what is open, which cut-offs lie
between. One object for the site, the command line, its JSON and the PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from manual.model import Answer, Code, Version, VersionId, When
from manual.pages.case_days import NamedDay, principal
from manual.pages.held import comparable
from manual.pages.words import (
    ANSWER_LABEL,
    DAMAGED,
    NOT_HELD,
    answer_sentence,
    short_validity,
)
from manual.queries import KnowledgeBase
from manual.queries.transitional import TransitionalClause, transitional_clauses

MOST_CODES = 80
"""Instructions in one case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The answer for one instruction on one day of the case."""

    named: NamedDay
    answer: Answer
    label: str
    short: str
    """The version in a few words, or the answer where none was in force."""
    changed: bool
    """It differs from the day before it in the case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Two successive days of the case between which an instruction changed."""

    first: NamedDay
    second: NamedDay
    can_compare: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One instruction on all days of the case."""

    code: Code
    title: str
    standings: tuple[Standing, ...]
    steps: tuple[Step, ...]

    @property
    def differs(self) -> bool:
        return bool(self.steps)

    @property
    def stretches(self) -> Iterator[tuple[Standing, ...]]:
        """Successive days with the same answer."""
        return (tuple(same) for _, same in groupby(self.standings, key=lambda one: _what_stood(one.answer)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """An answer that needs attention: not in force, or without a held text."""

    code: Code
    days: tuple[NamedDay, ...]
    label: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOff:
    """A transitional clause in one of the texts of the case."""

    code: Code
    version: Version
    """The first that has it."""
    period: str
    """Of every version in the case that has it."""
    clause: TransitionalClause
    between: tuple[NamedDay, NamedDay] | None
    """The first two days of the case in a row that lie on different sides of it; None where all lie on one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything known about the codes on the days."""

    days: tuple[NamedDay, ...]
    """In time order, at least one."""
    known: date | None
    today: date
    rows: tuple[Row, ...]
    open: tuple[Open, ...]
    cut_offs: tuple[CutOff, ...]
    left_out: tuple[Code, ...]
    """Codes beyond `MOST_CODES`."""

    @property
    def principal(self) -> NamedDay:
        found = principal(self.days)
        assert found is not None
        return found

    @property
    def first(self) -> NamedDay:
        return self.days[0]

    @property
    def last(self) -> NamedDay:
        return self.days[-1]

    @property
    def between(self) -> tuple[CutOff, ...]:
        """The cut-offs that lie between days of the case."""
        return tuple(one for one in self.cut_offs if one.between is not None)


def case_of(
    kb: KnowledgeBase, codes: Sequence[Code], days: Sequence[NamedDay], known: date | None, today: date
) -> Case:
    """The case of `codes` (known ones, each once) on `days` (at least one, in time order)."""
    rows = [_row(kb, code, days, known) for code in codes[:MOST_CODES]]
    return Case(
        days=tuple(days),
        known=known,
        today=today,
        rows=tuple(rows),
        open=tuple(one for row in rows for one in _open(row, today)),
        cut_offs=tuple(one for row in rows for one in _cut_offs(kb, row, days, known, today)),
        left_out=tuple(codes[MOST_CODES:]),
    )


def _row(kb: KnowledgeBase, code: Code, days: Sequence[NamedDay], known: date | None) -> Row:
    answers = [kb.in_force_on(code, When(named.day, known)) for named in days]
    standings: list[Standing] = []
    steps: list[Step] = []
    for n, (named, answer) in enumerate(zip(days, answers, strict=True)):
        changed = n > 0 and _what_stood(answer) != _what_stood(answers[n - 1])
        if changed:
            held = all(
                one.answer == "in_force" and comparable(one.version) for one in (answers[n - 1], answer)
            )
            steps.append(Step(first=days[n - 1], second=named, can_compare=held))
        standings.append(
            Standing(
                named=named,
                answer=answer,
                label=ANSWER_LABEL[answer.answer],
                short=_short(answer),
                changed=changed,
            )
        )
    return Row(code=code, title=_title(kb, code, answers), standings=tuple(standings), steps=tuple(steps))


def _what_stood(answer: Answer) -> tuple[str, ...]:
    """What makes two answers of one code different: the version in force, else the answer's word and candidates."""
    if answer.answer == "in_force" and answer.version is not None:
        return (answer.version.id,)
    return (answer.answer, *(version.id for version in answer.candidates))


def _short(answer: Answer) -> str:
    if answer.answer == "in_force" and answer.version is not None:
        return short_validity(answer.version)
    return ANSWER_LABEL[answer.answer].lower()


def _title(kb: KnowledgeBase, code: Code, answers: Sequence[Answer]) -> str:
    for answer in reversed(answers):
        near = answer.version or answer.next or answer.previous
        if near is not None and near.title:
            return near.title
    return kb.title_of(code, answers[-1].when)


# ---------------------------------------------------------------- what is open


def _open(row: Row, today: date) -> Iterator[Open]:
    """One entry for successive days with the same answer."""
    for same in row.stretches:
        answer = same[0].answer
        why = _why(answer, today)
        if why:
            yield Open(code=row.code, days=tuple(one.named for one in same), label=same[0].label, why=why)


def _why(answer: Answer, today: date) -> str:
    if answer.answer != "in_force" or answer.version is None:
        return answer_sentence(answer, today)
    if answer.version.text_damaged:
        return DAMAGED
    if not answer.version.text_held:
        return NOT_HELD
    return (
        "Several texts of this version were archived, and nothing says which stood."
        if answer.version.other_texts
        else ""
    )


# ---------------------------------------------------------------- cut-offs


def _cut_offs(
    kb: KnowledgeBase, row: Row, days: Sequence[NamedDay], known: date | None, today: date
) -> Iterator[CutOff]:
    """Cut-offs in the texts of all days of the case and of today. A clause in several versions is listed once."""
    answers = [one.answer for one in row.standings]
    answers.append(kb.in_force_on(row.code, When(today, known)))
    found: dict[TransitionalClause, dict[VersionId, Version]] = {}
    for version in _versions(answers):
        text = kb.text_of(version, known) if version.text_held else None
        if text is None or text.structure == "damaged":
            continue
        for clause in transitional_clauses(text.blocks):
            found.setdefault(clause, {})[version.id] = version
    for clause, versions in found.items():
        parted = (pair for pair in pairwise(days) if clause.parts(pair[0].day, pair[1].day))
        yield CutOff(
            code=row.code,
            version=next(iter(versions.values())),
            period="; ".join(short_validity(version) for version in versions.values()),
            clause=clause,
            between=next(parted, None),
        )


def _versions(answers: Iterable[Answer]) -> Iterator[Version]:
    for answer in answers:
        if answer.answer == "in_force" and answer.version is not None:
            yield answer.version
        elif answer.answer == "disputed":
            yield from answer.candidates


__all__ = [
    "MOST_CODES",
    "Case",
    "CutOff",
    "Open",
    "Row",
    "Standing",
    "Step",
    "case_of",
]
