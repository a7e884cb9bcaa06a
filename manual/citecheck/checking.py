"""The check as a whole."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from indexer import Run, SearchIndex
from manual.citation.provisions import provisions_of
from manual.citation.references import ends_of
from manual.citecheck import passages, quotations
from manual.citecheck.days import Day
from manual.citecheck.letter import Letter
from manual.citecheck.passages import Pattern, Text, Vocabulary
from manual.citecheck.quotations import Quoted
from manual.citecheck.verdicts import Evidence, Judgement, Stand, judged
from manual.errors import NotFound
from manual.model import Answer, Code, Ref, Version, VersionId, When
from manual.queries import KnowledgeBase
from manual.queries.results import Followed

MOST_CODES = 8
"""Instructions held against one quotation beside those cited: the ones that share most of its words."""
MOST_QUOTATIONS = 2000
_SHARED = 5
"""Words in a row that a passage must share with a quotation to be looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedPlace:
    """One citation and what it designated on each day; `meant` is empty for law and forms."""

    ref: Ref
    meant: tuple[Followed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationChecked:
    """One quotation, with one judgement for each day; none if it is so short that a match may be chance."""

    quoted: Quoted
    words: int
    cited: tuple[str, ...]
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was found. `verdicts` counts them over all days."""

    letter: Letter
    days: tuple[Day, ...]
    known: date | None
    citations: tuple[CitedPlace, ...]
    quotations: tuple[QuotationChecked, ...]
    left_out: int
    """Quotations beyond `MOST_QUOTATIONS`, which were not looked at."""

    @property
    def verdicts(self) -> Counter[str]:
        return Counter(one.verdict for checked in self.quotations for one in checked.judgements)


def check(
    letter: Letter, days: Sequence[Day], kb: KnowledgeBase, index: SearchIndex, known: date | None = None
) -> Report:
    """Every citation and quotation of `letter`, on each of `days` (at least one)."""
    with kb.steady():
        runs = index.runs_in(letter.text, _SHARED)
        held = frozenset(work.key for work in kb.works_beside("law", known))
        checking = _Checking(letter, tuple(days), kb, known, _Runs(runs), held)
        marked = quotations.quoted_in(letter)
        found = sorted((*marked, *quotations.unmarked_in(runs, marked)), key=lambda quoted: quoted.start)
        refs = quotations.references_in(letter, kb.publisher)
        return Report(
            letter=letter,
            days=checking.days,
            known=known,
            citations=tuple(CitedPlace(ref=ref, meant=checking.followed(ref)) for ref in refs),
            quotations=tuple(checking.checked(quoted, refs) for quoted in found[:MOST_QUOTATIONS]),
            left_out=max(0, len(found) - MOST_QUOTATIONS),
        )


@dataclass(slots=True)
class _Checking:
    """The check of one letter. Each text is read only once."""

    letter: Letter
    days: tuple[Day, ...]
    kb: KnowledgeBase
    known: date | None
    runs: _Runs
    _held: frozenset[Code] = frozenset()
    """Provisions of law that are held."""
    _vocabulary: Vocabulary = field(default_factory=Vocabulary)
    _versions: dict[Code, tuple[Version, ...]] = field(default_factory=dict)
    _texts: dict[Code, dict[VersionId, Text]] = field(default_factory=dict)
    _answers: dict[tuple[Code, date], Answer] = field(default_factory=dict)
    _followed: dict[tuple[str, date], Followed] = field(default_factory=dict)

    def followed(self, ref: Ref) -> tuple[Followed, ...]:
        """What a citation meant on each day; empty for forms and for law that is not held."""
        if ref.state == "form" or ref.address:
            return ()
        if ref.state == "law":
            return self._law(ref.target)
        return tuple(self._whole(ref.target, day.on) for day in self.days)

    def _law(self, target: str) -> tuple[Followed, ...]:
        """The first provision cited, on each day."""
        provision = next(iter(provisions_of(target, self.kb.publisher)), None)
        key = provision.key if provision else None
        if provision is None or key is None or key not in self._held:
            return ()
        answers = (self.kb.in_force_on(key, When(day.on, self.known)) for day in self.days)
        return tuple(
            Followed(
                target=target,
                code=key,
                pinpoint=provision.printed,
                answer=answer.answer,
                version=answer.version,
                pinpoint_exists=True,
            )
            for answer in answers
        )

    def _whole(self, target: str, on: date) -> Followed:
        """The end of a range of places or codes that does not exist, if one does not."""
        ends = [self._follow(end, on) for end in ends_of(target)]
        missing = (one for one in ends if one.pinpoint_exists is False or one.answer == "unknown_code")
        return next(missing, ends[0])

    def _follow(self, target: str, on: date) -> Followed:
        found = self._followed.get((target, on))
        if found is None:
            found = self._followed[target, on] = self.kb.follow(target, When(on, self.known))
        return found

    def checked(self, quoted: Quoted, refs: Sequence[Ref]) -> QuotationChecked:
        words = self.letter.text[quoted.start : quoted.end]
        fragments = passages.fragments_of(words)
        beside = quotations.cited_beside(quoted, refs, self.letter)
        count = passages.count(fragments)
        judgements: tuple[Judgement, ...] = ()
        if count >= quotations.FEWEST:
            evidence = self._evidence(words, fragments, quoted, beside)
            judgements = tuple(
                judged(
                    evidence,
                    [self._follow(ref.target, day.on) for ref in beside],
                    {code: self._answer(code, day.on) for code in evidence.versions},
                )
                for day in self.days
            )
        cited = tuple(dict.fromkeys(ref.target for ref in beside))
        return QuotationChecked(quoted=quoted, words=count, cited=cited, judgements=judgements)

    def _evidence(
        self,
        words: str,
        fragments: tuple[passages.Fragment, ...],
        quoted: Quoted,
        beside: Iterable[Ref],
    ) -> Evidence:
        cited = [self._follow(ref.target, day.on).code for ref in beside for day in self.days]
        codes = [code for code in dict.fromkeys((*cited, *self.runs.likeliest(quoted))) if code]
        known = [code for code in codes if self._versions_of(code)]
        texts = {code: self._texts_of(code) for code in known}
        patterns = [Pattern(reading, self._vocabulary) for reading in passages.readings_of(words)]
        stands = {code: self._stands(code, patterns) for code in known}
        return Evidence(
            fragments=fragments,
            stands={code: found for code, found in stands.items() if found},
            texts=texts,
            versions={code: self._versions_of(code) for code in known},
            vocabulary=self._vocabulary,
        )

    def _stands(self, code: Code, patterns: Sequence[Pattern]) -> tuple[Stand, ...]:
        texts = self._texts_of(code)
        found = []
        for version in self._versions_of(code):
            text = texts.get(version.id)
            places = next((p for pattern in patterns if text and (p := pattern.stands_in(text))), None)
            if places:
                found.append(Stand(version=version, pinpoints=places))
        return tuple(found)

    def _versions_of(self, code: Code) -> tuple[Version, ...]:
        """Oldest first; none for a code that is not known."""
        if code not in self._versions:
            try:
                self._versions[code] = self.kb.history_of(code, self.known).versions
            except NotFound:
                self._versions[code] = ()
        return self._versions[code]

    def _texts_of(self, code: Code) -> dict[VersionId, Text]:
        """Texts that may be quoted: held, complete and not disputed."""
        if code not in self._texts:
            self._texts[code] = {
                version.id: passages.text_of(code, version.id, version.title, held.blocks, self._vocabulary)
                for version in self._versions_of(code)
                if not version.other_texts
                and not version.text_damaged
                and (held := self.kb.text_of(version, self.known)) is not None
                and held.structure != "damaged"
            }
        return self._texts[code]

    def _answer(self, code: Code, on: date) -> Answer:
        found = self._answers.get((code, on))
        if found is None:
            found = self._answers[code, on] = self.kb.in_force_on(code, When(on, self.known))
        return found


class _Runs:
    """Runs of words that the letter shares with the index, by their first position."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self._runs = runs
        self._starts = [run.start for run in runs]
        self._longest = max((run.end - run.start for run in runs), default=0)

    def likeliest(self, quoted: Quoted) -> list[Code]:
        """Codes of the passages that share the most words with a quotation, best first."""
        words: dict[Code, set[int]] = {}
        first = bisect_left(self._starts, quoted.start - self._longest)
        for run in self._runs[first : bisect_left(self._starts, quoted.end)]:
            if quoted.start < run.end:
                words.setdefault(run.code, set()).update(range(run.first, run.until))
        return sorted(words, key=lambda code: (-len(words[code]), code))[:MOST_CODES]
