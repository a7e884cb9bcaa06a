"""The pages of works beside the manual (law, circulars, notices), each stating its own authority."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from manual.citation.provisions import law_named, slug
from manual.dates import in_words
from manual.errors import NotFound
from manual.model import Answer, Code, Finding, Version, When, Work
from manual.pages.held import comparable
from manual.pages.instruction import follower
from manual.pages.links import NOWHERE, Place
from manual.pages.text import Node, nodes
from manual.pages.words import ANSWER_LABEL, SCHEME_NAMES, last_seen_sentence
from manual.parse.circulars import days_of_appendices
from manual.queries import KnowledgeBase, VersionText
from manual.queries.beside import BesideWork, ChangeAnnounced, Scheme
from manual.queries.results import Referrer

AUTHORITY: dict[Scheme, str] = {
    "law": "A provision is law. This is a copy as one page showed it; the legislation site has the law itself.",
    "account": "An account in plain language. It is not the law.",
    "circular": "A circular announces changes of the manual. Pages of the manual show what came of them.",
    "notice": "A notice advises or reports. It binds nobody.",
}
KIND: dict[Scheme, str] = {scheme: SCHEME_NAMES[scheme][0].capitalize() for scheme in AUTHORITY}
LISTS: dict[tuple[Scheme, ...], str] = {
    ("law",): "The law beside the manual",
    ("circular",): "Amendment circulars",
    ("notice",): "Notices",
}
"""The pages that list works: which kinds, and the title."""
MACHINE_MADE = "Made by a machine, as its page says. It may be out of date, and it is not the law."


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPage:
    """One work on a day."""

    template: ClassVar[str] = "work.html"
    MACHINE_MADE: ClassVar[str] = MACHINE_MADE
    title: str
    """With the answer, where the law is not known to have stood so on the day: of tabs and prints."""
    heading: str
    place: Place = NOWHERE
    key: Code
    scheme: Scheme
    kind: str
    authority: str
    answer: Answer
    sentence: str
    """When it was made or had force, as far as that is known."""
    other_day: str
    """That the text shown is not known to be the one of the day; empty where it is."""
    text: tuple[Node, ...]
    damaged: bool
    account: WorkPage | None = None
    """The plain-language account of a provision."""
    law_address: str = ""
    """Where the latest version of its law stands."""
    before: BesideWork | None = None
    after: BesideWork | None = None
    cited_by: tuple[Referrer, ...] = ()
    changes: tuple[ChangeRow, ...] = ()
    appendix_days: tuple[tuple[str, date], ...] = ()
    """Of a circular: from when each of its appendices counts, where it says so."""
    findings: tuple[Finding, ...] = ()
    source: str = ""
    status: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """What a circular says about one code. `before`: the day before, if the texts of both days are held and are
    two versions, so that they can be compared."""

    change: ChangeAnnounced
    named: str
    """The title, or the list that is named."""
    scope: str
    """What is meant where that is more or less than one instruction; else empty."""
    before: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BesidePage:
    """All works of some kinds."""

    template: ClassVar[str] = "beside.html"
    title: str
    place: Place = NOWHERE
    groups: tuple[tuple[str, str, tuple[BesideWork, ...]], ...]
    """Heading, what its authority is, and the works."""
    status: int = 200


def beside_page(kb: KnowledgeBase, known: date | None, schemes: tuple[Scheme, ...], title: str) -> BesidePage:
    groups = tuple((KIND[scheme], AUTHORITY[scheme], kb.works_beside(scheme, known)) for scheme in schemes)
    return BesidePage(title=title, groups=groups)


def work_page(kb: KnowledgeBase, key: Code, when: When) -> WorkPage:
    """Raises NotFound for a key that no page shows."""
    work = Work.of(key)
    every = kb.works_beside(work.scheme, when.known)  # type: ignore[arg-type]
    place = next((n for n, one in enumerate(every) if one.key == key), None)
    if place is None:
        raise NotFound(f"{KIND.get(work.scheme, 'The work')} {work.code}", _why_unknown(kb, work, when.known))  # type: ignore[call-overload]
    scheme = every[place].scheme
    answer = kb.in_force_on(key, when)
    version, text = _text(kb, answer)
    before, after = _neighbours(every, place, scheme)
    heading = every[place].title or str(key)
    return WorkPage(
        title=f"{heading}{_title_answer(scheme, answer)}",
        heading=heading,
        key=key,
        scheme=scheme,
        kind=KIND[scheme],
        authority=AUTHORITY[scheme],
        answer=answer,
        sentence=_sentence(scheme, answer, version),
        other_day=_other_day(scheme, answer, version) if text else "",
        text=nodes(text.blocks, follower(kb, when, law=True), 2) if text else (),
        damaged=text is not None and text.structure == "damaged",
        account=_account(kb, work, when) if scheme == "law" else None,
        law_address=_law_address(kb, work) if scheme in ("law", "account") else "",
        before=before,
        after=after,
        cited_by=kb.referrers(key, when) if scheme == "law" else (),
        changes=_changes(kb, key, when.known) if scheme == "circular" else (),
        appendix_days=days_of_appendices([block.text for block in text.blocks])
        if text and scheme == "circular"
        else (),
        findings=tuple(
            f for f in (*answer.findings, *(text.findings if text else ())) if f.severity != "info"
        ),
        source=_source(kb, text, when.known),
    )


def _why_unknown(kb: KnowledgeBase, work: Work, known: date | None) -> str:
    """Why a work is unknown: pages seen after the `known` day may show it."""
    if known is not None and any(one.key == work.key for one in kb.works_beside(work.scheme)):  # type: ignore[arg-type]
        return f"No page seen by {in_words(known)} shows it; one seen later does."
    return "It is in no page that was read."


def _changes(kb: KnowledgeBase, circular: Code, known: date | None) -> tuple[ChangeRow, ...]:
    return tuple(
        ChangeRow(
            change=change,
            named=change.list_named or change.title,
            scope=_scope(change),
            before=_comparable_before(kb, change, known),
        )
        for change in kb.announced_in(circular, known)
    )


def _scope(change: ChangeAnnounced) -> str:
    if change.list_named:
        return "a list in this appendix"
    return (
        f"the whole {change.whole}: which of its instructions is for their pages to say"
        if change.whole
        else ""
    )


def _comparable_before(kb: KnowledgeBase, change: ChangeAnnounced, known: date | None) -> date | None:
    if change.day is None:
        return None
    before = change.day - timedelta(days=1)
    old, new = (kb.in_force_on(change.code, When(day, known)).version for day in (before, change.day))
    return before if comparable(old) and comparable(new) and old != new else None


def _text(kb: KnowledgeBase, answer: Answer) -> tuple[Version | None, VersionText | None]:
    """The version of the answer; if the day has none, the newest one held."""
    named = [v for v in (answer.version, *answer.candidates) if v is not None]
    versions = named or list(reversed(kb.history_of(answer.code, answer.known).versions))
    for version in versions:
        text = kb.text_of(version, answer.known)
        if text is not None:
            return version, text
    return (versions[0] if versions else None), None


def _sentence(scheme: Scheme, answer: Answer, version: Version | None) -> str:
    first = version.validity.effective_from if version else None
    if scheme == "circular":
        return f"Issued on {in_words(first)}." if first else "The page does not say when it was issued."
    if scheme == "notice":
        return f"Of {in_words(first)}." if first else "The page does not say when it was written."
    return _law_sentence(answer)


def _title_answer(scheme: Scheme, answer: Answer) -> str:
    if scheme != "law" or answer.answer == "in_force":
        return ""
    return f": {ANSWER_LABEL[answer.answer].lower()} on {in_words(answer.on)}"


def _other_day(scheme: Scheme, answer: Answer, version: Version | None) -> str:
    """For a provision: a remark if the text shown is not the answer's but an earlier or later one. If the answer is
    open, the text may be the right one, and the answer's sentence says so."""
    if scheme != "law" or answer.answer in ("in_force", "undated", "disputed"):
        return ""
    first = version.validity.effective_from if version else None
    which = f"that of {in_words(first)}" if first else "one of unknown first day"
    return f"The text below is not known to be that of {in_words(answer.on)}: it is {which}."


def _law_sentence(answer: Answer) -> str:
    day = in_words(answer.on)
    if answer.answer == "in_force" and answer.version and answer.version.validity.effective_from:
        since = in_words(answer.version.validity.effective_from)
        return f"This text has stood since {since}, as its notes say. {last_seen_sentence(answer)}".rstrip()
    if answer.answer == "undated":
        several = (
            f" {len(answer.candidates)} texts of it were read, none with a day; one of them is shown."
            if len(answer.candidates) > 1
            else ""
        )
        return f"No page read says from when this text has had force; whether it had on {day} is not known.{several}"
    if answer.answer == "ended":
        return f"It had ended by {day}."
    return f"Which text stood on {day} is not known."


def _neighbours(
    every: tuple[BesideWork, ...], place: int, scheme: Scheme
) -> tuple[BesideWork | None, BesideWork | None]:
    """The previous and next held section of the same law, or the previous and next circular."""
    if scheme not in ("law", "circular"):
        return None, None
    family = Work.of(every[place].key).code.partition("/")[0] if scheme == "law" else ""
    same = [w for w in every if scheme == "circular" or Work.of(w.key).code.partition("/")[0] == family]
    same.sort(key=lambda work: _in_order(work.key))
    at = same.index(every[place])
    return (same[at - 1] if at else None), (same[at + 1] if at + 1 < len(same) else None)


def _in_order(key: Code) -> tuple[str, int, str]:
    head, _, last = Work.of(key).code.rpartition("/")
    digits = "".join(c for c in last if c.isdigit())
    return head, int(digits or 0), last


def _account(kb: KnowledgeBase, law: Work, when: When) -> WorkPage | None:
    key = Work("account", law.code).key
    if not any(work.key == key for work in kb.works_beside("account", when.known)):
        return None
    return work_page(kb, key, when)


def _law_address(kb: KnowledgeBase, work: Work) -> str:
    act = work.code.partition("/")[0]
    found = next((law for law in kb.publisher.laws if slug(law.name) == act), None)
    named = law_named(found.name, kb.publisher) if found else None
    return named.address if named else ""


def _source(kb: KnowledgeBase, text: VersionText | None, known: date | None) -> str:
    if text is None:
        return ""
    capture = kb.capture(text.capture, known)
    return str(capture.address or capture.site_path or capture.filename)
