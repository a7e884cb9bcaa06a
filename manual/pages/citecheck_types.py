"""The shape of a checked letter as JSON (`citecheck_words.report_json`), for those who describe it to programs."""

from __future__ import annotations

from typing import TypedDict

from manual.citecheck import Verdict
from manual.model import AnswerWord
from manual.pages.json_types import Day


class NamedDay(TypedDict):
    """A day that the letter was held against."""

    name: str | None
    on: Day


class Meant(TypedDict):
    """What a citation designated on one of the days."""

    code: str | None
    pinpoint: str | None
    answer: AnswerWord
    pinpoint_exists: bool | None
    version_id: str | None


class CitationFound(TypedDict):
    """A citation in the letter, from character `start` (included) to `end` (excluded); `days` in the order asked."""

    start: int
    end: int
    target: str
    kind: str
    days: list[Meant]


class Stands(TypedDict):
    """A version that holds the words, and where."""

    code: str
    version_id: str
    effective_from: Day | None
    effective_until: Day | None
    source_url: str | None
    pinpoints: list[str]


class Then(TypedDict):
    """What was in force on the day."""

    code: str
    answer: AnswerWord
    version_id: str | None
    citation: str
    as_last_seen: Day | None


class DifferencePiece(TypedDict):
    """Words of both, of the manual alone or of the letter alone."""

    of: str
    text: str


class Difference(TypedDict):
    """What the words are held against, and how they differ."""

    code: str
    version_id: str
    effective_from: Day | None
    effective_until: Day | None
    source_url: str | None
    pinpoint: str
    share: float
    pieces: list[DifferencePiece]


class Judged(TypedDict):
    """One quotation against one day."""

    verdict: Verdict
    reasons: list[str]
    stands_in: list[Stands]
    then: list[Then]
    difference: Difference | None
    not_held: int


class QuotationFound(TypedDict):
    """A quotation in the letter; `days` in the order asked, empty where it is too short to be judged."""

    start: int
    end: int
    quoted: str
    text: str
    words: int
    cited: list[str]
    days: list[Judged]


class CheckedLetter(TypedDict):
    """A letter against every version. `totals` counts verdicts."""

    letter: str
    text: str
    days: list[NamedDay]
    known: Day | None
    citations: list[CitationFound]
    quotations: list[QuotationFound]
    left_out: int
    totals: dict[str, int]
    disclaimer: str
