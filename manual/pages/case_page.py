"""One printable document of the instructions as in force on the day an application was made."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from manual.citation import code_key, named_in
from manual.dates import in_words
from manual.errors import CitationError
from manual.model import Answer, Code, Version, When
from manual.pages.held import comparable
from manual.pages.instruction import follower
from manual.pages.links import Place
from manual.pages.meant import notices
from manual.pages.version_view import VersionView, version_view
from manual.pages.words import ANSWER_LABEL, answer_sentence, citation, counted, short_validity
from manual.queries import KnowledgeBase
from manual.queries.transitional import transitional_clauses

MOST = 80
"""Instructions in one document; what is left out is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause found, with the place it stands at and the version it stands in."""

    pinpoint: str
    text: str
    version: Version
    later: bool
    """It stands in a version that came into force after the day of the application."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What has happened to one instruction after the day of the application."""

    words: str
    versions: tuple[tuple[Version, str], ...]
    compare_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseItem:
    code: Code
    anchor: str
    heading: str
    answer: Answer
    label: str
    sentence: str
    citation: str
    shown: VersionView | None
    candidates: tuple[VersionView, ...]
    since: Since
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    template: ClassVar[str] = "case.html"
    title: str
    place: Place
    made: date | None
    """The day the application was made; None where the form is still empty."""
    codes: str
    part: str
    parts: tuple[tuple[str, str], ...]
    """Codes a reader may choose as a part, with their titles."""
    items: tuple[CaseItem, ...]
    problems: tuple[str, ...]
    left_out: str
    today: date
    status: int = 200

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return tuple(clause for item in self.items for clause in item.clauses)


def case_page(
    kb: KnowledgeBase,
    made: date | None,
    codes: str,
    part: str,
    known: date | None,
    today: date,
    problems: tuple[str, ...] = (),
) -> CasePage:
    """The document for the `codes` typed and the instructions of `part`, as in force on `made`."""
    when = When(made or today, known)
    wanted, unread = _wanted(kb, codes, when)
    if part:
        wanted += [code for code in _codes_of_part(kb, part, when) if code not in wanted]
    items = [_item(kb, code, when, today) for code in wanted[:MOST]] if made else []
    title = (
        f"Instructions for an application made on {in_words(made)}" if made and items else "Make up a case"
    )
    return CasePage(
        title=title,
        place=Place(view="case", query=tuple((k, v) for k, v in (("codes", codes), ("part", part)) if v)),
        made=made,
        codes=codes,
        part=part,
        parts=_parts(kb, when),
        items=tuple(items),
        problems=(*problems, *unread),
        left_out=_left_out(wanted),
        today=today,
    )


def _left_out(wanted: list[Code]) -> str:
    if len(wanted) <= MOST:
        return ""
    return (
        f"Only the first {MOST} of {counted(len(wanted), 'instruction')} are shown. Left out: "
        + ", ".join(wanted[MOST:])
    )


def _wanted(kb: KnowledgeBase, codes: str, when: When) -> tuple[list[Code], list[str]]:
    """The instructions that the typed codes and addresses mean on the day, and what is to be said of those typed."""
    wanted: list[Code] = []
    problems: list[str] = []
    for typed in (piece.strip() for piece in re.split(r"[\n,;]+", codes)):
        if not typed:
            continue
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


def _item(kb: KnowledgeBase, code: Code, when: When, today: date) -> CaseItem:
    answer = kb.in_force_on(code, when)
    follow = follower(kb, when)
    shown = (
        version_view(kb, answer.version, when.known, today, follow=follow, level=3)
        if answer.version and answer.answer == "in_force"
        else None
    )
    candidates = answer.candidates if answer.answer == "disputed" else ()
    near = answer.version or answer.next or answer.previous
    return CaseItem(
        code=code,
        anchor=f"case-{code.replace(' ', '-')}",
        heading=near.title if near and near.title else kb.title_of(code, when),
        answer=answer,
        label=ANSWER_LABEL[answer.answer],
        sentence=answer_sentence(answer, today),
        citation=citation(answer),
        shown=shown,
        candidates=tuple(version_view(kb, v, when.known, today, follow=follow, level=3) for v in candidates),
        since=_since(kb, answer, today),
        clauses=tuple(_clauses(kb, answer, today)),
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


def _clauses(kb: KnowledgeBase, answer: Answer, today: date) -> Iterable[Clause]:
    """Cut-off clauses in the text of the day, and in today's where that is a later version."""
    now = kb.in_force_on(answer.code, When(today, answer.known))
    texts = (
        [(answer.version, False)] if answer.answer == "in_force" else [(v, False) for v in answer.candidates]
    )
    if now.version is not None and now.answer == "in_force" and now.version not in [v for v, _ in texts]:
        texts.append((now.version, True))
    for version, later in texts:
        text = kb.text_of(version, answer.known) if version is not None else None
        if version is None or text is None or text.structure == "damaged":
            continue
        for found in transitional_clauses(text.blocks):
            words = f"{found.opening} {found.text}".strip()
            yield Clause(pinpoint=found.pinpoint, text=words, version=version, later=later)
