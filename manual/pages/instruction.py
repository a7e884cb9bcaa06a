"""The page of one code on one day, to which all other pages lead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from manual.citation import parse_code
from manual.citation.provisions import provisions_of, successor_of
from manual.dates import in_words
from manual.errors import CitationError
from manual.model import OPEN, Answer, Code, Finding, Link, Version, When
from manual.pages.changed_words import WordChanged, words_changed_in
from manual.pages.contents_page import chapter_of
from manual.pages.cut_offs import CutOffs, cut_offs_around
from manual.pages.held import Around, ComparisonOffer, comparisons, nearest_held
from manual.pages.links import NOWHERE, Place
from manual.pages.meant import Notice
from manual.pages.term_links import TermLinks, TermUsed
from manual.pages.text import Follow, Marker, Target, target_of
from manual.pages.version_strip import VersionsBeside, versions_beside
from manual.pages.version_view import VersionView, version_view
from manual.pages.words import (
    ANSWER_LABEL,
    WHICH_ACT,
    answer_sentence,
    citation,
    counted,
    day_before,
    further_reasons,
    gap_sentence,
    last_seen_sentence,
    starts_after,
    successors_note,
    title_words,
)
from manual.queries import KnowledgeBase, Shape
from manual.queries.beside import BesideAnswer
from manual.queries.results import ContentsEntry, Referrer


@dataclass(frozen=True, slots=True, kw_only=True)
class NearDay:
    """A day for which the code has an answer, offered if this day has none."""

    day: date
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferrerGroup:
    """All places of one instruction that refer to this one."""

    code: Code
    title: str
    pinpoints: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionPage:
    """The answer for one code and day with everything shown around it."""

    template: ClassVar[str] = "instruction.html"
    title: str
    place: Place
    answer: Answer
    heading: str
    label: str
    sentence: str
    citation: str
    shown: VersionView | None
    """The version in force, or the one that ended."""
    candidates: tuple[VersionView, ...]
    near: tuple[NearDay, ...]
    path: tuple[ContentsEntry, ...]
    previous: ContentsEntry | None
    next: ContentsEntry | None
    children: tuple[ContentsEntry, ...]
    siblings: tuple[tuple[ContentsEntry, bool], ...]
    """The entries beside it in the contents, each with whether its text is held; on the site alone."""
    referrers: tuple[ReferrerGroup, ...]
    terms: tuple[TermUsed, ...]
    """Defined terms that the text uses; none in an edition, where they would rest on every instruction that defines."""
    terms_off: bool
    """The reader asked for the text without them."""
    around: BesideAnswer
    """Law, circulars and notices beside it."""
    changed: tuple[WordChanged, ...]
    """Words of a text of before the Act of 2009 for which the manual has said others since."""
    links: tuple[Link, ...]
    versions: int
    beside: VersionsBeside
    """The versions around it."""
    comparisons: tuple[ComparisonOffer, ...]
    """Comparisons whose two texts are held."""
    held: tuple[Version, ...]
    """Where the text of the answer is not held: the nearest versions before and after whose text is."""
    coming: Version | None
    """The version that will take the place of the one in force, where one is announced."""
    cut_offs: CutOffs | None
    """Of an instruction that had ended: clauses that may still govern an earlier application."""
    now: Answer | None
    """Of an instruction that had ended: the answer for today, where another one is due."""
    findings: tuple[Finding, ...]
    settle: tuple[str, ...] = ()
    """What would settle an open answer, in sentences."""
    notices: tuple[Notice, ...] = ()
    """What is to be said of a place or address that was asked for."""
    status: int = 200
    at_its_end: Answer | None = None
    """The answer on the last day of the run of days that a page of an edition stands for: it has all their caveats."""

    @property
    def as_last_seen(self) -> str:
        """A sentence with the last day for which a capture confirms the code; empty if that day is not past."""
        return last_seen_sentence(self.at_its_end or self.answer)

    @property
    def gap(self) -> str:
        """A sentence if another version may have been in force on the day; else empty."""
        return gap_sentence(self.at_its_end or self.answer)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Reasons that the answer's sentence does not give."""
        return further_reasons(self.answer, self.sentence)

    @property
    def chapter(self) -> str:
        """Where it stands in the contents."""
        return chapter_of(self.answer.code, self.path)

    @property
    def versions_words(self) -> str:
        return counted(self.versions, "version")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownCodePage:
    """The 404 for an unknown code, with the nearest codes and codes it may have become."""

    template: ClassVar[str] = "unknown_code.html"
    title: str
    place: Place
    asked: str
    sentence: str
    nearest: tuple[tuple[Code, str], ...]
    became: tuple[Link, ...] = ()
    with_all_pages: str = ""
    """Where pages seen later are left out: the same address with all of them."""
    status: int = 404


def follower(kb: KnowledgeBase, when: When) -> Follow:
    """Resolves the references of a text to the same day, those to provisions of law that are held, too."""
    held = frozenset(work.key for work in kb.works_beside("law", when.known))

    def follow(target: str) -> Target:
        if provisions := provisions_of(target, kb.publisher):
            key = provisions[0].key
            successors = [successor_of(one, when.on, kb.publisher) for one in provisions]
            note = successors_note([one for one in successors if one is not None])
            note = note or ("" if provisions[0].act else WHICH_ACT)
            return Target(state="law", code=key if key in held else "", note=note)
        found = kb.follow(target, when)
        has_text = found.version is not None and found.version.text_held
        return target_of(found.code, found.pinpoint, found.answer, has_text, found.pinpoint_exists)

    return follow


def instruction_page(
    kb: KnowledgeBase,
    code: Code,
    when: When,
    today: date,
    notices: tuple[Notice, ...] = (),
    *,
    far: bool = False,
    terms: bool = True,
) -> InstructionPage | UnknownCodePage:
    """What was in force under `code` on a day, as could be known by another.

    `far`: use today's answer and search the whole history for held texts. Pages of an edition use only the versions
    before and after, so that an amendment does not change all pages. `terms`: link defined terms.
    """
    answer = kb.in_force_on(code, when)
    if answer.answer == "unknown_code":
        return unknown_code_page(kb, code, when.known, answer.nearest_codes)
    follow = follower(kb, when)
    shape = kb.shape_of(code, when.known)
    linked = TermLinks(code, kb.terms_on(when) if far and terms else ())
    shown = _shown(kb, answer, today, follow, linked.marks)
    before, after = kb.neighbours(code, when)
    heading = _heading(kb, answer)
    path = kb.path_to(code, when)
    around = Around.of(kb, answer, far=far)
    now = kb.in_force_on(code, When(today, when.known)) if far and today != when.on else None
    return InstructionPage(
        title=f"{f'{code} {heading}'.strip()}: {title_words(answer)}",
        place=Place(view="instruction", code=code),
        answer=answer,
        heading=heading,
        label=ANSWER_LABEL[answer.answer],
        sentence=answer_sentence(answer, today),
        citation=citation(answer),
        shown=shown,
        candidates=tuple(
            version_view(kb, v, when.known, today, follow=follow, level=3) for v in answer.candidates
        )
        if answer.answer in ("disputed", "undated")
        else (),
        near=_near(answer, shape),
        path=path,
        previous=before,
        next=after,
        children=kb.children(code, when),
        siblings=_siblings(kb, path, when) if far else (),
        referrers=_grouped(kb.referrers(code, when)),
        around=kb.around(answer),
        terms=linked.with_words(kb, when),
        terms_off=far and not terms,
        changed=words_changed_in(answer, shown.text.blocks, kb.publisher) if shown and shown.text else (),
        links=shape.links,
        versions=shape.versions,
        beside=versions_beside(kb.history_of(code, when.known), answer.named, when.on, today, picture=far),
        comparisons=comparisons(answer, around, shape, now),
        held=nearest_held(answer, around),
        coming=answer.next
        if answer.answer == "in_force" and answer.next and starts_after(answer.next, today)
        else None,
        cut_offs=cut_offs_around(kb, answer, shape.links, today, far=far),
        now=now if answer.answer == "ended" else None,
        findings=tuple(dict.fromkeys((*answer.findings, *(shown.findings if shown else ())))),
        settle=kb.why(code, when).settle if answer.answer in OPEN else (),
        notices=notices,
    )


def _siblings(
    kb: KnowledgeBase, path: tuple[ContentsEntry, ...], when: When
) -> tuple[tuple[ContentsEntry, bool], ...]:
    """The entries below the nearest code above, each code once; empty if there is none above. Contents may list a code
    twice, and both lines lead to the same page."""
    above = path[-1].code if path else None
    once: dict[Code, ContentsEntry] = {}
    for one in kb.children(above, when) if above else ():
        if one.code:
            once.setdefault(one.code, one)
    return tuple((one, _held(kb, code, when)) for code, one in once.items())


def _held(kb: KnowledgeBase, code: Code, when: When) -> bool:
    version = kb.in_force_on(code, when).version
    return version is not None and version.text_held


def _shown(
    kb: KnowledgeBase, answer: Answer, today: date, follow: Follow, marker: Marker
) -> VersionView | None:
    if answer.version is None:
        return None
    with_text = follow if answer.answer == "in_force" else None
    return version_view(kb, answer.version, answer.known, today, follow=with_text, marker=marker)


def _heading(kb: KnowledgeBase, answer: Answer) -> str:
    near = answer.version or answer.next or answer.previous
    if answer.answer != "disputed" and near is not None and near.title:
        return near.title
    titles = {version.title for version in answer.candidates}
    return titles.pop() if len(titles) == 1 else kb.title_of(answer.code, answer.when)


def _near(answer: Answer, shape: Shape) -> tuple[NearDay, ...]:
    """The nearest days with a definite answer, for days without a single version."""
    if answer.answer == "in_force":
        return ()
    settled = [span for span in shape.spans if span.answer == "in_force"]
    before = [span.until for span in settled if span.until is not None and span.until <= answer.on]
    after = [span.first for span in settled if span.first is not None and span.first > answer.on]
    found = []
    if before:
        day = day_before(max(before))
        found.append(NearDay(day=day, words=f"{in_words(day)}, the last day before with a version in force"))
    if after:
        day = min(after)
        found.append(NearDay(day=day, words=f"{in_words(day)}, the next day with a version in force"))
    return tuple(found)


def _grouped(referrers: tuple[Referrer, ...]) -> tuple[ReferrerGroup, ...]:
    by_code: dict[Code, list[Referrer]] = {}
    for referrer in referrers:
        by_code.setdefault(referrer.code, []).append(referrer)
    return tuple(
        ReferrerGroup(
            code=code,
            title=group[0].title,
            pinpoints=tuple(dict.fromkeys(r.pinpoint for r in group if r.pinpoint)),
        )
        for code, group in by_code.items()
    )


def unknown_code_page(
    kb: KnowledgeBase, asked: str, known: date | None, near: tuple[Code, ...] = ()
) -> UnknownCodePage:
    """For a code that no page read gives to anything, or text that is no code at all. `near`: codes to offer."""
    nearest = near or kb.nearest_codes(asked, known=known)
    by = f" by {in_words(known)}" if known else ""
    sentence = f"No page that was read{by} gives the code {asked} to anything."
    became: tuple[Link, ...] = ()
    try:
        became = kb.links_of(parse_code(asked, kb.publisher), known)
    except CitationError as problem:
        sentence = f"{problem.text} is not a code: {problem.reason}."
    return UnknownCodePage(
        title=f"{asked} is not known here",
        place=NOWHERE,
        asked=asked,
        sentence=sentence,
        nearest=tuple((code, kb.newest_title(code, known)) for code in nearest),
        became=became,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionPage:
    """One version by itself, independent of a day: for candidates in a dispute and versions without a date."""

    template: ClassVar[str] = "version.html"
    title: str
    place: Place
    code: Code
    shown: VersionView
    on: date
    """The day to which its references are resolved."""
    path: tuple[ContentsEntry, ...]
    beside: VersionsBeside
    """The versions around it."""
    status: int = 200

    @property
    def chapter(self) -> str:
        """Where it stands in the contents."""
        return chapter_of(self.code, self.path)


def version_page(
    kb: KnowledgeBase, version: Version, when: When, today: date, *, far: bool = False
) -> VersionPage:
    """`version` with references resolved on its own first day, or on the day asked if that is unknown.

    `far`: look through the whole history, as for `instruction_page`.
    """
    own = When(version.validity.effective_from or when.on, when.known)
    shown = version_view(kb, version, when.known, today, follow=follower(kb, own))
    return VersionPage(
        title=f"{version.code} {version.title}, {shown.period}",
        place=Place(view="version", code=version.code, first=version.id),
        code=version.code,
        shown=shown,
        on=own.on,
        path=kb.path_to(version.code, own),
        beside=versions_beside(
            kb.history_of(version.code, when.known), (version,), own.on, today, picture=far
        ),
    )
