"""A case as JSON, and as lines for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manual.dates import in_words
from manual.model import Answer
from manual.pages.as_text import Lines, StyledText, line, plain
from manual.pages.case import Case, CaseCutOff, CaseRow
from manual.pages.case_days import NamedDay
from manual.pages.words import SPECIMEN_SAID, citation, is_invented

Json = dict[str, Any]

NO_CUT_OFF = (
    "No clause naming a cut-off was found in the texts held; a text that is not held could not be looked at."
)


def case_json(case: Case) -> Json:
    """`case --json`: for each code its answer on each day, where they differ, what is open, and the cut-offs."""
    return {
        "days": [_day_json(one) for one in case.days],
        "principal": _day_json(case.principal),
        "known": case.known.isoformat() if case.known else None,
        "codes": [_row_json(row) for row in case.rows],
        "open": [
            {"code": one.code, "days": [day.name for day in one.days], "answer": one.label, "why": one.why}
            for one in case.open
        ],
        "cut_offs": [_cut_off_json(one) for one in case.cut_offs],
        "left_out": list(case.left_out),
    }


def _day_json(named: NamedDay) -> Json:
    return {"name": named.name, "day": named.day.isoformat()}


def _row_json(row: CaseRow) -> Json:
    return {
        "code": row.code,
        "title": row.title,
        "differs": row.differs,
        "on": [
            {**_day_json(one.named), "changed": one.changed, **_answer_json(one.answer)}
            for one in row.standings
        ],
        "changes": [
            {"from": step.first.name, "to": step.second.name, "can_compare": step.can_compare}
            for step in row.steps
        ],
    }


def _answer_json(answer: Answer) -> Json:
    version = answer.version if answer.answer == "in_force" else None
    first, until = (
        (version.validity.effective_from, version.validity.effective_until) if version else (None, None)
    )
    return {
        "answer": answer.answer,
        "citation": citation(answer),
        "version": version.id if version else None,
        "effective_from": first.isoformat() if first else None,
        "effective_until": until.isoformat() if until else None,
        "text_held": bool(version and version.text_held and not version.text_damaged),
        "candidates": [candidate.id for candidate in answer.candidates]
        if answer.answer == "disputed"
        else [],
    }


def _cut_off_json(found: CaseCutOff) -> Json:
    return {
        "code": found.code,
        "version": found.version.id,
        "pinpoint": found.clause.pinpoint,
        "opening": found.clause.opening,
        "text": found.clause.text,
        "days": [{"day": one.day.isoformat(), "side": one.side} for one in found.clause.cut_offs],
        "between": [day.name for day in found.between] if found.between else None,
    }


# ---------------------------------------------------------------- lines


def case_lines(case: Case, reference: str = "") -> Lines:
    """The case for a terminal: what is open first, then each code by day, then the cut-offs."""
    if reference:
        yield line(reference, "strong")
    if any(
        one.answer.version and is_invented(one.answer.version) for row in case.rows for one in row.standings
    ):
        yield line(SPECIMEN_SAID, "alert")
    for one in case.days:
        yield line(f"{one.name}: {in_words(one.day)}")
    yield line(case.open_heading, "strong")
    for found in case.open:
        yield line(f"{found.code} on {_names(found.days)}: {found.label}. {found.why}", "alert", indent=2)
    if not case.open:
        yield line(case.none_open, indent=2)
    for row in case.rows:
        yield from _row_lines(row, several=len(case.days) > 1)
    yield from _cut_off_lines(case)
    if case.left_out:
        yield line(f"Left out, beyond {len(case.rows)} instructions: {', '.join(case.left_out)}.", "alert")


def _names(days: Sequence[NamedDay]) -> str:
    return ", ".join(f"{one.name} ({in_words(one.day)})" for one in days)


def _row_lines(row: CaseRow, *, several: bool) -> Lines:
    yield line(f"{row.code}  {row.title}", "strong")
    for one in row.standings:
        marked = StyledText("  [other]", "alert") if one.changed else StyledText("")
        said = f"{one.label}: {one.short}" if one.answer.answer == "in_force" else one.label
        yield (StyledText(f"  {plain(one.named.name)}: {plain(said)}"), marked)
    if several and not row.differs:
        yield line("The same on all days of the case.", "faint", indent=2)


def _cut_off_lines(case: Case) -> Lines:
    yield line("Clauses that name a cut-off by the day of an application", "strong")
    for found in case.cut_offs:
        parted = f", between {found.between[0].name} and {found.between[1].name}" if found.between else ""
        opening = f"{found.clause.opening} … " if found.clause.opening else ""
        where = found.clause.pinpoint or found.code
        yield line(f"{where} ({found.period}){parted}: {opening}{found.clause.text}", indent=2)
    if not case.cut_offs:
        yield line(NO_CUT_OFF, indent=2)
