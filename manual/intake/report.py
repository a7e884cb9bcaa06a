"""What a load brought, page by page, and how answers changed: from the knowledge base before and after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from manual.dates import local_day
from manual.errors import StoreError
from manual.load import LoadSummary, TakenPage
from manual.model import Answer, AnswerWord, Code, DayBasis, Finding, Sha256, Version, When
from manual.queries import KnowledgeBase
from manual.queries.differences import Difference, differences
from manual.queries.wanted import chapter_of

APART = frozenset({"law", "notice", "own_page", "viewer_shell"})
"""Kinds of pages that are not of the manual."""
_WITH_A_DAY = frozenset({"contents", "instruction", "front_matter"})
"""Kinds of pages of which the day they were saved on counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReport:
    """One page of a load."""

    filename: str
    sha256: Sha256
    new: bool
    """Whether its bytes were not held before."""
    kind: str
    """DocumentKind, `not_understood`, or `left_out` (of the specimen, beside other pages)."""
    code: Code | None = None
    """That of its first text; None for what is no instruction."""
    title: str = ""
    codes: tuple[Code, ...] = ()
    """Those of all its texts: a section's PDF has many."""
    lines: int = 0
    """Of contents: how many lines."""
    version: Version | None = None
    """The version whose words it holds; None where it holds no whole text."""
    answer: AnswerWord | None = None
    """The answer for its code on the day of the report; None without a code."""
    in_force: bool = False
    """Whether `version` is that answer."""
    new_text: bool = False
    """Whether no page held these words of this code before."""
    captured: date | None = None
    """The first known day on which it was saved."""
    day_basis: DayBasis = ""
    only_a_list: bool = False
    """A chapter's page that lists others and has no text of its own."""
    no_day: bool = False
    """Whether no known day is among those on which it was seen, so that it settles no day by itself."""
    changes: tuple[Difference, ...] = ()
    """How the answers for its codes changed with this load, whichever of its pages did it."""
    problems: tuple[Finding, ...] = ()
    """Why it was not understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterHeld:
    """How much of a chapter is held after the load."""

    chapter: str
    held: int
    codes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    """The report of a load. A page given twice is reported once."""

    on: date
    """The day for which what is in force and what is wanted are told."""
    pages: tuple[PageReport, ...]
    kinds: Mapping[str, int]
    new_texts: int
    """Texts of versions that no page held before."""
    compared: bool
    """False where the answers before were another program's, or can't be read: then `changes` is empty and says
    nothing, and in the second case all counts as new."""
    changes: tuple[Difference, ...]
    """By code, then by day: of codes that were known before."""
    new_codes: int
    """Codes that were not known before."""
    chapters: Mapping[str, ChapterHeld]
    """Those of the pages."""
    wanted_in_force: int
    wanted_others: int
    no_contents: bool
    """No contents that carry links are held: they come first."""

    @property
    def no_day(self) -> int:
        """The number of pages without a day."""
        return sum(1 for page in self.pages if page.no_day)

    @property
    def changed(self) -> tuple[Code, ...]:
        """The codes of which a definite answer changed."""
        return tuple(dict.fromkeys(one.code for one in self.changes if one.was_definite))

    @property
    def settled(self) -> tuple[Code, ...]:
        """The codes of which an open answer was settled."""
        return tuple(dict.fromkeys(one.code for one in self.changes if one.kind == "settled"))


def report_of(
    summary: LoadSummary,
    before: KnowledgeBase | None,
    kb: KnowledgeBase,
    on: date,
    *,
    unreadable: bool = False,
) -> LoadReport:
    """The report. `before`: the knowledge base before the load; None if there was none or (`unreadable`) it cannot be
    read. Both must be steady.

    If the earlier file turns out to be damaged while it is read, this does not fail: the load is done, and nothing is
    compared.
    """
    try:
        report = _Reporting(summary, before, kb, on).report()
    except StoreError:
        if before is None:
            raise
        report, unreadable = _Reporting(summary, None, kb, on).report(), True
    return replace(report, compared=False) if unreadable else report


class _Reporting:
    """Both states of the knowledge base, and their differences."""

    def __init__(
        self, summary: LoadSummary, before: KnowledgeBase | None, kb: KnowledgeBase, on: date
    ) -> None:
        self._summary, self._before, self._kb, self._on = summary, before, kb, on
        self._compared = before is None or not before.outdated
        self._old = frozenset(before.codes()) if before is not None else frozenset[Code]()
        self._new = frozenset(kb.codes())
        self._changes = dict(self._changed())

    def report(self) -> LoadReport:
        pages = tuple(self._pages())
        wanted = self._kb.wanted(When(self._on))
        in_force = wanted.counts.get("in_force", 0)
        named = {chapter_of(code) for page in pages for code in page.codes}
        return LoadReport(
            on=self._on,
            pages=pages,
            kinds=Counter(page.kind for page in pages),
            new_texts=sum(len(self._words(code) - self._words_before(code)) for code in self._derived),
            compared=self._compared,
            changes=tuple(one for code in self._kb.codes() for one in self._changes.get(code, ())),
            new_codes=len(self._new - self._old),
            chapters={
                one.chapter: ChapterHeld(chapter=one.chapter, held=one.held, codes=one.codes)
                for one in wanted.chapters
                if one.chapter in named
            },
            wanted_in_force=in_force,
            wanted_others=len(wanted.pages) - in_force,
            no_contents=wanted.contents is not None,
        )

    @property
    def _derived(self) -> frozenset[Code]:
        """Codes of the manual whose histories may have changed."""
        return self._summary.derived & self._new

    def _changed(self) -> Iterator[tuple[Code, tuple[Difference, ...]]]:
        """Codes known before for which any answer changed."""
        if self._before is None or not self._compared:
            return
        for code in self._derived & self._old:
            changes = differences(self._before.history_of(code), self._kb.history_of(code))
            if changes:
                yield code, changes

    def _words(self, code: Code) -> set[str]:
        """The digests of the complete texts held for a code."""
        return {v.text_digest for v in self._kb.history_of(code).versions if v.text_digest}

    def _words_before(self, code: Code) -> set[str]:
        if self._before is None or code not in self._old:
            return set()
        return {v.text_digest for v in self._before.history_of(code).versions if v.text_digest}

    def _pages(self) -> Iterator[PageReport]:
        unread: dict[Sha256 | None, list[Finding]] = {}
        for finding in self._summary.unread:
            unread.setdefault(finding.capture, []).append(finding)
        told: dict[Sha256, TakenPage] = {}
        for taken in self._summary.pages:
            told.setdefault(taken.sha256, taken)
        for taken in told.values():
            yield self._page(taken, tuple(unread.get(taken.sha256, ())))

    def _page(self, taken: TakenPage, problems: tuple[Finding, ...]) -> PageReport:
        texts = self._kb.pages_of(taken.sha256)
        if not texts:  # a page of the specimen in a home with other pages
            return PageReport(
                filename=taken.filename,
                sha256=taken.sha256,
                new=taken.new,
                kind="left_out",
                problems=problems,
            )
        first, capture = texts[0], self._kb.capture(taken.sha256)
        codes = tuple(dict.fromkeys(text.code for text in texts if text.code in self._new))
        code = first.code if first.code in self._new else None
        version = self._version(code, first.text_digest) if code is not None else None
        answer = self._kb.in_force_on(code, When(self._on)) if code is not None else None
        dated = any(text.day_known for text in texts)
        return PageReport(
            filename=taken.filename,
            sha256=taken.sha256,
            new=taken.new,
            kind=first.kind,
            code=code,
            title=first.title,
            codes=tuple(code for code in codes if code is not None),
            lines=first.lines,
            only_a_list=bool(first.only_a_list),
            version=version,
            answer=answer.answer if answer is not None else None,
            in_force=_answers(answer, version),
            new_text=version is not None
            and code is not None
            and first.text_digest not in self._words_before(code),
            captured=local_day(capture.captured_at, self._kb.publisher) if capture.captured_at else None,
            day_basis=capture.day_basis,
            no_day=not dated and first.kind in _WITH_A_DAY,
            changes=tuple(one for code in codes if code for one in self._changes.get(code, ())),
            problems=problems,
        )

    def _version(self, code: Code, words: str) -> Version | None:
        versions = self._kb.history_of(code).versions if words else ()
        return next((version for version in versions if version.text_digest == words), None)


def _answers(answer: Answer | None, version: Version | None) -> bool:
    """Whether the answer is that this version is in force."""
    if answer is None or answer.version is None or version is None:
        return False
    return answer.answer == "in_force" and answer.version.id == version.id
