"""A printable document with the instructions of a case as they were on each of its days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from manual.citation import code_key, named_in
from manual.dates import in_words
from manual.errors import CitationError
from manual.model import Answer, Code, Version, When
from manual.pages.case import MOST_CODES, Case, Row, Standing, case_of
from manual.pages.case_days import FIELDS, MADE, Days, NamedDay, codes_in, days_typed, principal, settled
from manual.pages.held import comparable
from manual.pages.instruction import follower
from manual.pages.links import Place
from manual.pages.meant import notices
from manual.pages.version_view import VersionView, version_view
from manual.pages.words import answer_sentence, citation, counted, no_instruction, short_validity
from manual.queries import KnowledgeBase


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What happened to one instruction after the day of the application."""

    words: str
    versions: tuple[tuple[Version, str], ...]
    compare_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePart:
    """One answer of an instruction with its text, and the days of the case for which it holds."""

    days: tuple[NamedDay, ...]
    anchor: str
    answer: Answer
    label: str
    sentence: str
    citation: str
    shown: VersionView | None
    candidates: tuple[VersionView, ...]

    @property
    def day(self) -> date:
        return self.days[0].day


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseItem:
    code: Code
    anchor: str
    heading: str
    parts: tuple[CasePart, ...]
    """One for each answer that differs, in time order."""
    since: Since


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    template: ClassVar[str] = "case.html"
    title: str
    place: Place
    made: date | None
    """The day the application was made, as it stands in the address."""
    given: Mapping[str, str]
    """What was typed, by parameter."""
    case: Case | None
    """None where the form is still empty."""
    parts: tuple[tuple[str, str], ...]
    """Codes a reader may choose as a part, with their titles."""
    items: tuple[CaseItem, ...]
    problems: tuple[str, ...]
    wrong: Mapping[str, str]
    """By parameter: what could not be read in it."""
    left_out: str
    today: date
    fields: ClassVar[Mapping[str, str]] = FIELDS
    status: int = 200

    @property
    def several(self) -> bool:
        """Whether it is about several days."""
        return self.case is not None and len(self.case.days) > 1


def _in_words(given: Mapping[str, str], days: Days) -> Mapping[str, str]:
    """The input, with understood days as people write them."""
    read = {one.name: in_words(one.day) for one in days.found}
    return {
        **given,
        **{field: read[name] for field, name in FIELDS.items() if name in read and given.get(field)},
    }


def case_page_of(
    kb: KnowledgeBase,
    given: Mapping[str, str],
    known: date | None,
    today: date,
    problems: tuple[str, ...] = (),
) -> CasePage:
    """The document for what was typed, by the parameters of `case_days`."""
    days = days_typed(given, today)
    made = next((one.day for one in days.found if one.name == MADE), None)
    chosen = principal(days.found)
    when = When(chosen.day if chosen else today, known)
    wanted, unread = _wanted(kb, given.get("codes", ""), when)
    if given.get("part"):
        wanted += [code for code in _codes_of_part(kb, given["part"], when) if code not in wanted]
    case = case_of(kb, wanted, days.found, known, today) if wanted and days.found else None
    return CasePage(
        title=_title(case, made),
        place=Place(view="case", query=tuple(pair for pair in settled(given, days) if pair[0] != "on")),
        made=made,
        given=_in_words(given, days),
        case=case,
        parts=_parts(kb, when),
        items=tuple(_item(kb, row, case, known, today) for row in case.rows) if case else (),
        problems=(*problems, *unread),
        wrong=days.problems,
        left_out=_left_out(wanted),
        today=today,
    )


def _title(case: Case | None, made: date | None) -> str:
    if case is None:
        return "Make up a case"
    if len(case.days) > 1:
        first, last = in_words(case.first.day), in_words(case.last.day)
        return f"Instructions on {len(case.days)} days of a case, {first} to {last}"
    if made is not None:
        return f"Instructions for an application made on {in_words(made)}"
    return f"Instructions for a case: {case.first.name}, {in_words(case.first.day)}"


def _left_out(wanted: list[Code]) -> str:
    if len(wanted) <= MOST_CODES:
        return ""
    return (
        f"Only the first {MOST_CODES} of {counted(len(wanted), 'instruction')} are shown. Left out: "
        + ", ".join(wanted[MOST_CODES:])
    )


def _wanted(kb: KnowledgeBase, codes: str, when: When) -> tuple[list[Code], list[str]]:
    """The instructions that the typed codes and addresses mean on the day, and remarks about the input."""
    wanted: list[Code] = []
    problems: list[str] = []
    for typed in codes_in({"codes": codes}):
        try:
            meant = kb.designate(named_in(typed, kb.publisher), when.on, when.known)
        except CitationError as problem:
            problems.append(str(problem))
            continue
        if meant.code is None or not meant.known:
            near = ", ".join(meant.near)
            problems.append(
                f"{meant.typed} is not known in this copy." + (f" Nearest: {near}." if near else "")
            )
            continue
        if meant.beside:
            problems.append(no_instruction(meant.code))
            continue
        problems += [notice.in_words() for notice in notices(kb, meant, when)]
        if meant.code not in wanted:
            wanted.append(meant.code)
    return wanted, problems


def _codes_of_part(kb: KnowledgeBase, part: str, when: When) -> list[Code]:
    """The part's own code and all below it in the contents of the day, in printed order."""
    found: list[Code] = []
    below: set[str] = {part}
    for entry in kb.contents_on(when).entries:
        name = entry.code or entry.title
        if name == part or (entry.parent is not None and entry.parent in below):
            below.add(name)
            if entry.code and entry.status in ("in_force", "disputed") and entry.code not in found:
                found.append(entry.code)
    return found


def _parts(kb: KnowledgeBase, when: When) -> tuple[tuple[str, str], ...]:
    kinds = ("part", "chapter", "appendix")
    entries = kb.contents_on(when).entries
    chosen = {e.code: e.title for e in entries if e.code and e.kind in kinds and e.status != "ended"}
    return tuple(sorted(chosen.items(), key=lambda pair: code_key(pair[0])))


def _item(kb: KnowledgeBase, row: Row, case: Case, known: date | None, today: date) -> CaseItem:
    anchor = f"case-{row.code.replace(' ', '-')}"
    chosen = next(one.answer for one in row.standings if one.named == case.principal)
    return CaseItem(
        code=row.code,
        anchor=anchor,
        heading=row.title,
        parts=tuple(
            _part(kb, part, anchor if n == 0 else f"{anchor}-{n + 1}", known, today)
            for n, part in enumerate(row.stretches)
        ),
        since=_since(kb, chosen, today),
    )


def _part(
    kb: KnowledgeBase, standings: tuple[Standing, ...], anchor: str, known: date | None, today: date
) -> CasePart:
    answer = standings[0].answer
    follow = follower(kb, answer.when)
    shown = (
        version_view(kb, answer.version, known, today, follow=follow, level=3)
        if answer.version and answer.answer == "in_force"
        else None
    )
    candidates = answer.candidates if answer.answer == "disputed" else ()
    return CasePart(
        days=tuple(one.named for one in standings),
        anchor=anchor,
        answer=answer,
        label=standings[0].label,
        sentence=answer_sentence(answer, today),
        citation=citation(answer),
        shown=shown,
        candidates=tuple(version_view(kb, v, known, today, follow=follow, level=3) for v in candidates),
    )


def _since(kb: KnowledgeBase, answer: Answer, today: date) -> Since:
    later = [
        (version, short_validity(version))
        for version in kb.history_of(answer.code, answer.known).versions
        if version.validity.effective_from and answer.on < version.validity.effective_from <= today
    ]
    now = kb.in_force_on(answer.code, When(today, answer.known))
    if later:
        words = f"{counted(len(later), 'later version')} since."
        if now.answer == "ended":
            words += " Nothing under this code is in force today."
    elif now.answer == answer.answer and now.version == answer.version:
        words = "Nothing has changed since, as far as this copy knows."
    else:
        words = f"Today: {answer_sentence(now, today)}"
    settled = later and answer.answer == "in_force" and now.answer == "in_force"
    both_held = settled and comparable(answer.version) and comparable(now.version)
    return Since(words=words, versions=tuple(later), compare_to=today if both_held else None)
