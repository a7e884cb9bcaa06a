"""The one door to the knowledge base."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self, TypeVar

from manual import citation
from manual.errors import NotFound, StoreError, UnknownCode
from manual.model import (
    Answer,
    AnswerWord,
    Capture,
    Code,
    Finding,
    History,
    Link,
    Severity,
    Sha256,
    Span,
    Version,
    VersionDocument,
    VersionId,
    When,
)
from manual.publisher import INZ, Publisher
from manual.queries import texts
from manual.queries.state import State
from manual.queries.texts import VersionText
from manual.stamp import is_outdated
from manual.store import files
from manual.store.read import Outline, PageOf, Reader, Replaced, identity_of

if TYPE_CHECKING:
    from manual.history.why import Why
    from manual.queries.beside import BesideAnswer, BesideWork, ChangeAnnounced, Scheme
    from manual.queries.learned import Learned
    from manual.queries.replay import ReplayedDay
    from manual.queries.results import (
        Comparison,
        Contents,
        ContentsEntry,
        Coverage,
        Followed,
        OtherDocument,
        Referrer,
        VersionChange,
    )
    from manual.queries.terms import DefinedTerm
    from manual.queries.wanted import Wanted


class Shape(NamedTuple):
    """A history without the statements behind each version."""

    spans: tuple[Span, ...]
    versions: int
    links: tuple[Link, ...]


class KnowledgeBase:
    """Answers from `home/kb.sqlite`. Safe for many threads; reopens by itself when the file was replaced.

    Every method raises StoreError, saying what to do, where the file is missing, newer, older or damaged.
    What only some questions need is imported in their methods, so that a single answer comes quickly.
    """

    def __init__(self, home: Path, publisher: Publisher = INZ) -> None:
        """Raises WrongPublisher for a home of another publisher's pages."""
        self.publisher = publisher
        self._home = home
        self._path = files.path_in(home)
        self._lock = threading.Lock()
        self._local = threading.local()
        self._current = self._opened()

    def close(self) -> None:
        self._current.reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    # ------------------------------------------------------------ which state answers

    def _opened(self) -> State:
        """Files may be replaced faster than they are opened, though not for long."""
        for _ in range(100):
            try:
                return self._made()
            except Replaced:
                continue
        raise StoreError(f"{self._path} is replaced again and again while it is opened. Try again.")

    def _made(self) -> State:
        return State(Reader(self._path, self.publisher))

    @property
    def _state(self) -> State:
        steady: State | None = getattr(self._local, "steady", None)
        return steady if steady is not None else self._latest()

    def _latest(self) -> State:
        state = self._current
        for _ in range(100):
            if identity_of(self._path) != state.reader.identity:
                state = self._reopened(state)
            try:
                state.reader.attach()
                return state
            except Replaced:
                continue
        raise StoreError(f"{self._path} is replaced again and again while it is read. Try again.")

    def _reopened(self, old: State) -> State:
        """The old state is closed when the last thread that uses it is done."""
        with self._lock:
            if self._current is old:
                self._current = self._opened()
            return self._current

    def _at(self, known: date | None) -> State:
        """The state that answers a question, as it could be known by the end of a day."""
        for _ in range(100):
            try:
                return self._state.at(known)
            except Replaced:  # between the look at the file and the look at what was known
                if getattr(self._local, "steady", None) is not None:
                    break
        raise StoreError(f"{self._path} was replaced while it was asked what was known by then. Ask again.")

    def steady(self) -> _Steady:
        """Inside this block, every question of this thread is answered from one state of the file.

        A process that only ever needs one state may enter the block and never leave it.
        """
        return _Steady(self)

    @property
    def digest(self) -> str:
        """Identity of the content: changes if and only if answers can."""
        return self._state.digest

    @property
    def outdated(self) -> bool:
        """Whether another version of the program derived these answers; `manual.stamp.OUTDATED` says what to do."""
        return is_outdated(self._state.reader.meta)

    @property
    def specimen(self) -> bool:
        """Whether this is the specimen, the manual that was invented for this project, and nothing else."""
        return self._state.reader.meta.get("specimen") == "yes"

    # ------------------------------------------------------------ one code

    # A question about a day takes a `When`; one about no day takes `known` alone. Either way one state answers, in the
    # same words for all days of knowledge (`State.at`); only what names `known` itself is named here.

    def in_force_on(self, code: Code, when: When) -> Answer:
        """The answer for a code on a day, as could be known by the end of the day `when.known`."""
        return _named(self._at(when.known).answer(code, when.on), when.known)

    def history_of(self, code: Code, known: date | None = None) -> History:
        """All versions and answers of a code. Raises NotFound if the code is unknown, or was not known by then."""
        state = self._at(known)
        timeline = state.timeline(code)
        if timeline is None:
            raise _no_such(code, state)
        findings = (*timeline.history.findings, *(finding for _, finding in timeline.remarks))
        return replace(timeline.history, findings=findings, links=tuple(state.reader.links(code)))

    def why(self, code: Code, when: When) -> Why:
        """The statements, versions and rules behind the answer for a day, and what would settle it. Raises NotFound as
        `history_of`."""
        from manual.queries import why  # costs as much as deriving the history

        state = self._at(when.known)
        found = why.why(state, code, when.on)
        if found is None:
            raise _no_such(code, state)
        return found

    def shape_of(self, code: Code, known: date | None = None) -> Shape:
        """What a page about one day needs to know of the other days. Raises NotFound as `history_of`."""
        state = self._at(known)
        timeline = state.timeline(code)
        if timeline is None:
            raise _no_such(code, state)
        history = timeline.history
        return Shape(history.spans, len(history.versions), tuple(state.reader.links(code)))

    def version(self, id: VersionId, known: date | None = None) -> Version:
        """Raises NotFound."""
        found = self._at(known).version(id)
        if found is None:
            raise NotFound(f"The version {id}")
        return found

    def text_of(self, version: Version, known: date | None = None) -> VersionText | None:
        """None where its text is not held. `known` must be the same as when the version was asked for."""
        return texts.text_of(self._at(known), version)

    def other_texts_of(self, version: Version, known: date | None = None) -> tuple[VersionText, ...]:
        """Other words that were archived for the same first day; where there are any, no text is to be quoted."""
        return texts.other_texts_of(self._at(known), version)

    def title_of(self, code: Code, when: When) -> str:
        """The title on a day, else the newest known; empty for an unknown code."""
        return texts.title_on(self._at(when.known), code, when.on)

    def newest_title(self, code: Code, known: date | None = None) -> str:
        """Empty for an unknown code."""
        return texts.newest_title(self._at(known), code)

    def titles_on(self, when: When) -> Mapping[Code, str]:
        """The title of every code as `title_of` gives it."""
        return texts.titles_on(self._at(when.known), when.on)

    def links_of(self, code: Code, known: date | None = None) -> tuple[Link, ...]:
        """Moves and renumberings from and to a code."""
        return tuple(self._at(known).reader.links(code))

    def compare(self, code: Code, one: date, other: date, known: date | None = None) -> Comparison:
        from manual.queries import relations

        found = relations.compare(self._at(known), code, When(one).on, When(other).on)
        return replace(found, old=_named(found.old, known), new=_named(found.new, known))

    def compare_versions(self, a: VersionId, b: VersionId, known: date | None = None) -> Comparison:
        """Raises NotFound for an unknown version."""
        from manual.queries import relations

        with self.steady():
            old, new = self.version(a, known), self.version(b, known)
            return relations.compare_versions(self._at(known), new.code, old, new)

    # ------------------------------------------------------------ around it

    def contents_on(self, when: When) -> Contents:
        from manual.queries import contents

        return replace(contents.contents_on(self._at(when.known), when.on), known=when.known)

    def contents_printed(self, known: date | None = None) -> Contents:
        """The newest contents, without answers: no day was asked."""
        from manual.queries import contents

        return replace(contents.contents_printed(self._at(known)), known=known)

    def entries_on(self, code: Code, when: When) -> tuple[ContentsEntry, ...]:
        """Every entry of one code in the contents on a day. Works beside each other may list the same code."""
        from manual.queries import contents

        return contents.entries_on(self._at(when.known), code, when.on)

    def path_to(self, code: Code, when: When) -> tuple[ContentsEntry, ...]:
        """Ancestors, top first, without the code itself."""
        from manual.queries import contents

        return contents.path_to(self._at(when.known), code, when.on)

    def neighbours(self, code: Code, when: When) -> tuple[ContentsEntry | None, ContentsEntry | None]:
        """The nearest entries before and after it in printed order that were there on the day."""
        from manual.queries import contents

        return contents.neighbours(self._at(when.known), code, when.on)

    def children(self, code: Code, when: When) -> tuple[ContentsEntry, ...]:
        from manual.queries import contents

        return contents.children(self._at(when.known), code, when.on)

    def part_of(self, code: Code, known: date | None = None) -> str:
        """Title of the top-level part, e.g. `Residence`; empty where the code stands in no contents."""
        from manual.queries import contents

        return contents.part_of(self._at(known), code)

    def designate(
        self, named: citation.Named, on: date | None, known: date | None = None
    ) -> citation.Designation:
        """The instruction and place that a citation or an address means on a day; `on` None: on any day."""
        from manual.queries.designating import StandingOn

        return citation.designate(named, StandingOn(self._at(known), on), publisher=self.publisher)

    def designate_typed(self, typed: str, on: date | None, known: date | None = None) -> citation.Designation:
        """The same for what may also be words to search for."""
        from manual.queries.designating import StandingOn

        return citation.designate_typed(typed, StandingOn(self._at(known), on), self.publisher)

    def follow(self, target: str, when: When) -> Followed:
        """Where a reference leads on a day."""
        from manual.queries import relations

        return relations.follow(self._at(when.known), target, when.on)

    def around(self, answer: Answer) -> BesideAnswer:
        """The law behind an answer's version, the circulars that change its code, and the notices that name it."""
        from manual.queries import beside

        return beside.around(self._at(answer.known), answer)

    def works_beside(self, scheme: Scheme | None = None, known: date | None = None) -> tuple[BesideWork, ...]:
        """The law, circulars and notices that stand beside the manual, by key."""
        from manual.queries import beside

        return beside.works(self._at(known), scheme)

    def announced_in(self, circular: Code, known: date | None = None) -> tuple[ChangeAnnounced, ...]:
        """Every change that a circular states, in its order."""
        from manual.queries import beside

        return beside.announced_in(self._at(known), circular)

    def circulars_behind(self, version: Version, known: date | None = None) -> tuple[ChangeAnnounced, ...]:
        """The circulars that a bound of a version rests on, or that agree with it."""
        from manual.queries import beside

        return beside.behind(self._at(known), version)

    def terms_on(self, when: When) -> tuple[DefinedTerm, ...]:
        """Terms that instructions in force on a day define, by term."""
        from manual.queries import terms

        return terms.terms_on(self._at(when.known), when.on)

    def words_of_term(self, defined: DefinedTerm, known: date | None = None) -> str:
        """The words of a definition; empty where the whole instruction is one."""
        from manual.queries import terms

        return terms.words_of(self._at(known), defined)

    def referrers(self, code: Code, when: When) -> tuple[Referrer, ...]:
        """Places in versions in force on a day that refer to a code."""
        from manual.queries import relations

        return relations.referrers(self._at(when.known), code, when.on)

    # ------------------------------------------------------------ the whole

    def changes_between(
        self, first: date, until: date, known: date | None = None
    ) -> tuple[VersionChange, ...]:
        """Half-open: `first` included, `until` excluded. By day, then in the order of the contents."""
        from manual.queries import relations

        return relations.changes_between(self._at(known), When(first).on, When(until).on)

    def changes_of(self, code: Code, known: date | None = None) -> tuple[VersionChange, ...]:
        """All changes of one code, by day."""
        from manual.queries import relations

        return relations.changes_of(self._at(known), code)

    def coming(self, when: When) -> tuple[VersionChange, ...]:
        """What is announced and not yet in force on the day: what begins, is replaced or ends after it, by day."""
        from manual.queries.coming import coming

        return coming(self._at(when.known), when.on)

    def learned(
        self, code: Code, since: date | None = None, known: date | None = None
    ) -> tuple[Learned, ...]:
        """What captures taught of a code: the answers for days gone by that they changed, oldest capture first."""
        from manual.queries import learned

        return learned.learned(self._at(known), code, since)

    def change_counts(self, runs: Sequence[tuple[date, date]], known: date | None = None) -> tuple[int, ...]:
        """How many changes there are in each of these runs of days, the second day excluded."""
        reader = self._at(known).reader
        return tuple(reader.count_changes(first, until) for first, until in runs)

    def days_of_change(self, known: date | None = None) -> tuple[date, date] | None:
        """The first and the last day on which any answer changes; None where none does."""
        return self._at(known).reader.span_days()

    def outlines(self, known: date | None = None) -> Mapping[Code, Outline]:
        """The spans and versions of every code without the statements behind them: enough to make addresses."""
        return self._at(known).reader.outlines()

    def answers_on(self, when: When) -> Mapping[Code, AnswerWord]:
        """The word of the answer of every code on a day."""
        answers = self._at(when.known).reader.answers_on(when.on)
        return {code: word for code, (word, _) in answers.items()}  # type: ignore[misc]

    def coverage(self, known: date | None = None) -> Coverage:
        from manual.queries import relations

        return relations.coverage(self._at(known))

    def replay(self, since: date, until: date | None, known: date | None = None) -> tuple[ReplayedDay, ...]:
        """The past answers that captures changed, by the day on which they were taken in: from `since` (included) to
        `until` (excluded; None: no end)."""
        from manual.queries import replay

        return replay.replay(self._at(known), since, until)

    def wanted(self, when: When, part: Code | None = None, stale: int | None = None) -> Wanted:
        """The pages whose text is not held and would matter; with `stale` what was last seen so many days ago."""
        from manual.queries import wanted

        return replace(wanted.wanted(self._at(when.known), when.on, part, stale), known=when.known)

    def findings(self, severity: Severity | None = None, known: date | None = None) -> tuple[Finding, ...]:
        """Errors first, then by code and place."""
        found = self._at(known).reader.findings(severity)
        return tuple(sorted(found, key=_finding_order))

    def codes(self, known: date | None = None) -> tuple[Code, ...]:
        """Every known code, in natural order (A2 before A10)."""
        return self._at(known).codes()

    def nearest_codes(self, text: str, limit: int = 5, known: date | None = None) -> tuple[Code, ...]:
        return citation.nearest_codes(text, self._at(known).codes(), limit, publisher=self.publisher)

    def capture(self, sha256: Sha256, known: date | None = None) -> Capture:
        """All sightings of some bytes as one: the first known address, the earliest moment. Raises NotFound."""
        state = self._at(known)
        return state.captures.get(sha256, lambda: self._capture(state, sha256))

    def _capture(self, state: State, sha256: Sha256) -> Capture:
        sightings = state.reader.capture(sha256)
        if not sightings:
            raise NotFound(f"The capture {sha256}")
        placed = min(
            sightings, key=lambda c: 0 if c.address else 3 if not c.site_path else 2 if c.placed_by else 1
        )
        dated = [(c.captured_at, c.day_basis) for c in sightings if c.captured_at]
        if dated:
            captured_at, day_basis = min(dated)
            placed = replace(placed, captured_at=captured_at, day_basis=day_basis)
        return replace(placed, recorded_at=min(c.recorded_at for c in sightings))

    def pages_of(self, sha256: Sha256, known: date | None = None) -> list[PageOf]:
        """The texts that some bytes hold, as they were read; none for unknown bytes."""
        return self._at(known).reader.pages_of(sha256)

    def newest_capture(self, known: date | None = None, *, exact: bool = False) -> date | None:
        """The last day on which any page was seen.

        Where no page was seen on a known day: the last day on which one was taken in, or None with `exact`, for
        sentences that say on which day a page was captured.
        """
        return self._at(known).reader.newest_seen(exact)

    def other_documents(self, known: date | None = None) -> tuple[OtherDocument, ...]:
        """Pages that are neither instructions nor contents."""
        from manual.queries.results import OtherDocument

        return tuple(
            OtherDocument(kind=kind, title=title, capture=sha256, site_path=path or None, findings=findings)
            for kind, title, sha256, path, findings in self._at(known).reader.other_pages()
        )

    # ------------------------------------------------------------ for the search index

    def documents(self, known: date | None = None) -> Iterator[VersionDocument]:
        """Every version of every code, for the search index."""
        from manual.queries import documents

        state = self._at(known)
        yield from documents.documents_of(state, state.codes())

    def known_since(self, known: date) -> date | None:
        """The last day up to `known` on which anything became known (`date.min`: none was).

        None where nothing became known later. All days of knowledge with one answer here share all other answers.
        """
        day = self._state.known_since(known)
        return None if day is None else date.fromordinal(max(day, 1))

    def documents_beside(self, known: date | None = None) -> Iterator[VersionDocument]:
        """Every version of the law, circulars and notices beside the manual."""
        from manual.queries import documents

        yield from documents.documents_beside(self._at(known))

    def documents_of(self, codes: Iterable[Code], known: date | None = None) -> Iterator[VersionDocument]:
        from manual.queries import documents

        yield from documents.documents_of(self._at(known), codes)

    def places(self, known: date | None = None) -> dict[Code, tuple[str, str]]:
        """For every code, what its documents take from the contents. The rest comes from its history and texts."""
        from manual.queries import documents

        state = self._at(known)
        return {code: documents.place_of(state, code) for code in state.codes()}

    def check(self) -> None:
        """Read the whole file. Raises StoreError where anything in it is damaged."""
        self._state.reader.require_sound()


class _Steady:
    """Not a generator: if nobody keeps a reference to a generator, Python closes it at once and so ends its block."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._outermost = False

    def __enter__(self) -> KnowledgeBase:
        local = self._kb._local
        self._outermost = getattr(local, "steady", None) is None
        if self._outermost:
            local.steady = self._kb._latest()
        return self._kb

    def __exit__(self, *exc: object) -> None:
        if self._outermost:
            self._kb._local.steady = None


def _no_such(code: Code, state: State) -> NotFound:
    near = citation.nearest_codes(code, state.codes(), publisher=state.publisher)
    return UnknownCode(code, near)


_A = TypeVar("_A", Answer, Answer | None)


def _named(answer: _A, known: date | None) -> _A:
    """An answer that says as of which day of knowledge it was asked for."""
    return answer if answer is None or answer.known == known else replace(answer, known=known)


_SEVERITIES = {"error": 0, "warning": 1, "info": 2}


def _finding_order(finding: Finding) -> tuple[object, ...]:
    key = citation.code_key(finding.code) if finding.code else (-1, "", ())
    return (
        _SEVERITIES[finding.severity],
        key,
        finding.kind,
        finding.capture or "",
        finding.locator,
        finding.message,
    )
