"""The shapes of the JSON answers. `as_json` is type-checked against them; the API's description is made from them.

Fields may be added, none renamed. Days are ISO dates, unknown is null. `NotRequired`: only some surfaces or questions
have the field.
"""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

from indexer.results import HitAnswer
from manual.citation.designation import Kind, Read
from manual.compare import ChangeKind as ClauseChangeKind
from manual.compare import Op
from manual.model import (
    AnswerWord,
    Basis,
    BlockKind,
    CircularWord,
    ContentsKind,
    DocumentKind,
    ListStyle,
    Severity,
    Structure,
)
from manual.queries.results import ChangeKind
from manual.queries.wanted import WantedReason

Day = Annotated[str, "day"]
"""`2024-08-15`."""


class RestsOn(TypedDict):
    """What an answer rests on: the knowledge base that gave it, and the date of its newest page."""

    knowledge_base: str
    """Changes if and only if answers can."""
    newest_capture: Day | None
    """The last known day on which any page was seen; with `known`, by that day."""
    specimen: bool
    """True for the manual that was invented for this project."""
    outdated: bool
    """True where another version of the program derived the answers."""


class Paging(TypedDict):
    """Which of all results these are. `next`: address of the following ones; null for the last."""

    offset: int
    limit: int
    total: int
    next: str | None


class Claim(TypedDict):
    """A date as one place of a page states it."""

    day: Day | None
    basis: Basis
    raw: str
    locator: str


class EndClaim(Claim):
    """An end as one place of a page states it, and how it is to be read."""

    reading: Literal["excluded", "included", "either"]
    kind: Literal["end", "suspension", "unclear"]


class Finding(TypedDict):
    """Something noticed while reading, with its place."""

    severity: Severity
    kind: str
    code: str | None
    message: str
    capture: str | None
    locator: str


class Cell(TypedDict):
    text: str
    rowspan: int
    colspan: int
    header: bool


class Ref(TypedDict):
    """A reference in a text: characters `start` (included) to `end` (excluded)."""

    start: int
    end: int
    target: str
    state: Literal["resolved", "ambiguous", "unresolved", "law", "form"]
    address: str | None
    candidates: list[str]


class Block(TypedDict):
    """A node of a text. `pinpoint` is unique in its version, and the anchor on its page."""

    kind: BlockKind
    label: str
    pinpoint: str
    style: ListStyle
    text: str
    children: list[Block]
    refs: list[Ref]
    rows: NotRequired[list[list[Cell]]]


class Bases(TypedDict("Bases", {"from": Basis | None})):  # the word is none that a class can spell
    """How each bound is known; null where it is not."""

    until: Basis | None


class Instrument(TypedDict):
    """Signature and power of a general instruction or delegation, as its page states them."""

    power: str
    signed_by: str
    office: str
    signed_on: Day | None
    revokes: str
    revokes_on: Day | None


class OtherText(TypedDict):
    """One of several texts that were archived for one first day."""

    capture: str
    text: list[Block]


class VersionNamed(TypedDict):
    """A version in short. `effective_from` included, `effective_until` excluded."""

    id: str
    title: str
    effective_from: Day | None
    effective_until: Day | None


class Version(VersionNamed):
    """One text of one code over one period, as all captures together state it."""

    basis: Bases
    text_held: bool
    text_damaged: bool
    text_disputed: bool
    other_texts: list[str]
    source_url: str | None
    address: str | None
    captures: list[str]
    first_seen: Day | None
    last_seen: Day | None
    title_changed: bool
    subject_changed: bool
    gap_vouched: bool
    starts: list[Claim]
    ends: list[EndClaim]
    structure: Structure | None
    instrument: Instrument | None
    text: list[Block] | None
    texts: list[OtherText]


class PageShown(TypedDict):
    """What a page of the publisher showed, if its address was asked for."""

    address: str
    versions: list[str]


class Designation(TypedDict):
    """Which instruction and place were meant by what was typed."""

    typed: str
    read: Read
    code: str | None
    kind: Kind | None
    pinpoint: str | None
    pinpoint_exists: bool | None
    places: list[str]
    near: list[str]
    page: PageShown | None


class Answer(TypedDict):
    """What was in force under one code on one day."""

    code: str
    on: Day
    known: Day | None
    answer: AnswerWord
    version: Version | None
    candidates: list[Version]
    reasons: list[str]
    citation: str
    as_last_seen: Day | None
    as_last_seen_exact: bool
    previous: VersionNamed | None
    next: VersionNamed | None
    nearest_codes: list[str]
    findings: list[Finding]
    designation: NotRequired[Designation]
    pinpoint: NotRequired[str]
    beside: NotRequired[Beside]
    announces: NotRequired[list[CircularChange]]
    """Of a circular: what it changes."""
    cited_by: NotRequired[list[CitedBy]]
    """Of a provision of law: the instructions in force on the day that cite it."""
    rests_on: NotRequired[RestsOn]
    text_capture: NotRequired[Capture]
    """That of the version's text."""


class CitedBy(TypedDict):
    """A place in an instruction."""

    code: str
    pinpoint: str
    title: str


class Capture(TypedDict):
    """A saved page: when it was saved, how that is known, and when it was taken in."""

    sha256: str
    address: str | None
    site_path: str | None
    filename: str
    captured_at: str | None
    day_basis: Literal["source", "keeper"] | None
    """Whose word the moment is: the file's (or its container's), or that of whoever loaded it."""
    recorded_at: str


class WantedChapter(TypedDict):
    """How much is held of the codes with the same letters: `held` of `codes`; `wanted` pages are still to bring."""

    chapter: str
    title: str
    codes: int
    held: int
    wanted: int


class WantedPage(TypedDict):
    """One page to bring, and why. `address` is null where no page that was read links it."""

    reason: WantedReason
    code: str
    title: str
    chapter: str
    version: str | None
    effective_from: Day | None
    effective_until: Day | None
    last_seen: Day | None
    address: str | None


class Wanted(TypedDict):
    """What to bring, most useful first. `totals` counts all, by reason."""

    on: Day
    known: Day | None
    part: str | None
    seen_before: Day | None
    contents: str | None
    totals: dict[str, int]
    chapters: list[WantedChapter]
    pages: list[WantedPage]
    paging: NotRequired[Paging]
    rests_on: NotRequired[RestsOn]


class Span(TypedDict):
    """A run of days with one answer: `first` included (null: since ever), `until` excluded (null: for ever)."""

    first: Day | None
    until: Day | None
    answer: AnswerWord
    versions: list[str]
    reasons: list[str]


class Link(TypedDict):
    """A relation between codes with its evidence."""

    kind: Literal["moved", "renumbered"]
    source: str
    target: str
    day: Day | None
    evidence: str
    capture: str | None


class History(TypedDict):
    """Every version of a code, oldest first, and the runs of days with one answer each."""

    code: str
    known: Day | None
    versions: list[Version]
    spans: list[Span]
    links: list[Link]
    last_seen: Day | None
    last_seen_exact: bool
    findings: list[Finding]
    circulars: NotRequired[dict[str, list[CircularChange]]]
    """By id of the version: the circulars behind its bounds."""
    rests_on: NotRequired[RestsOn]


class Stated(TypedDict):
    """What one place of one capture says."""

    says: str
    capture: str
    seen: Day | None
    address: str | None
    locator: str


class Considered(TypedDict):
    """A version that was considered for an answer, with the statements about it."""

    id: str
    title: str
    possible: bool
    starts: list[str]
    ends: list[str]
    statements: list[Stated]


class Why(TypedDict):
    """What stands behind one answer, and what would settle it."""

    code: str
    on: Day
    known: Day | None
    answer: AnswerWord
    reasons: list[str]
    rules: list[str]
    versions: list[Considered]
    settle: list[str]
    rests_on: NotRequired[RestsOn]


class ContentsEntry(TypedDict):
    """One entry of the table of contents. `line` is the printed line; null for a code that the contents lack."""

    line: int | None
    code: str | None
    title: str
    depth: int
    parent: str | None
    kind: ContentsKind
    status: AnswerWord | None
    versions: list[str]
    address: str | None
    unlisted: bool


class Contents(TypedDict):
    """The table of contents as on a day: a flat list in printed order."""

    on: Day | None
    known: Day | None
    entries: list[ContentsEntry]
    totals: dict[str, int]
    capture: str | None
    captured: Day | None
    compiled: Day | None
    note: str
    rests_on: NotRequired[RestsOn]


class Words(TypedDict):
    """Words in both texts (`same`) or in one of them."""

    op: Op
    text: str


class Clause(TypedDict):
    kind: BlockKind
    label: str
    pinpoint: str
    text: str


class ClauseChange(TypedDict):
    """What happened to one clause."""

    kind: ClauseChangeKind
    depth: int
    old: Clause | None
    new: Clause | None
    words: list[Words]
    rows: list[list[list[Words]]]
    cells: list[list[CellShape]]
    """Parallel to `rows`."""
    was: str | None
    """Where it was, if it stood elsewhere."""
    above: list[OpeningWords]
    split_from: str | None
    """Place of the old clause that the words of an added one stood in."""
    joined_into: str | None
    """Place of the new clause that the words of a removed one stand in."""


class CellShape(TypedDict):
    """How many rows and columns a cell spans."""

    rowspan: int
    colspan: int
    header: bool


class OpeningWords(TypedDict):
    """The opening words of the clause that introduces this one."""

    pinpoint: str
    text: str


class Comparison(TypedDict):
    """Two versions of one code side by side. Without a redline `amended` is null and `note` says why."""

    code: str
    known: Day | None
    old: Answer | None
    new: Answer | None
    old_version: VersionNamed | None
    new_version: VersionNamed | None
    note: str
    summary: list[str]
    """Three sentences for a file note; none without a redline."""
    amended: bool | None
    counts: dict[str, int] | None
    changes: list[ClauseChange] | None
    rests_on: NotRequired[RestsOn]


class Change(TypedDict):
    """One thing that happened to one code on one day."""

    day: Day
    code: str
    title: str
    kind: ChangeKind
    part: str
    disputed: bool
    old: VersionNamed | None
    new: VersionNamed | None


class Changes(TypedDict("Changes", {"from": Day})):
    """What happened on the days from `from` (included) to `to` (excluded). `totals` counts all, by kind."""

    to: Day
    known: Day | None
    changes: list[Change]
    totals: dict[str, int]
    paging: NotRequired[Paging]
    rests_on: NotRequired[RestsOn]


class Coming(TypedDict):
    """What is announced and not yet in force on a day, the nearest first."""

    on: Day
    known: Day | None
    changes: list[Change]
    totals: dict[str, int]
    rests_on: NotRequired[RestsOn]


class Told(TypedDict):
    """An answer in short, with the first day of each version it names; null if that is unknown."""

    answer: AnswerWord
    effective_from: list[Day | None]


class News(TypedDict):
    """One piece of news: answers for the days from `first` (included) to `until` (excluded) that changed (kind
    `answer`), or something that happened on the day `first`."""

    code: str
    title: str
    kind: Literal["answer", "began", "replaced", "ended", "revoked"]
    first: Day | None
    until: Day | None
    before: Told | None
    after: Told | None


class AllNews(TypedDict):
    """What is new since the last run (`since`; null for the first run)."""

    since: Day | None
    on: Day
    news: list[News]
    rests_on: NotRequired[RestsOn]


class CoverageRow(TypedDict):
    """How much is known of one part, or of everything. `part` is empty for codes not in any contents."""

    part: str
    instructions: int
    versions: int
    dated: int
    held: int
    disputed: int
    undated: int
    newest_capture: Day | None


class OtherDocument(TypedDict):
    """A page that is not an instruction."""

    kind: DocumentKind | Literal["not_understood", "not_read"]
    title: str
    capture: str
    address: str | None


class Coverage(TypedDict):
    """How complete this copy is."""

    known: Day | None
    total: CoverageRow
    parts: list[CoverageRow]
    captures: int
    documents: dict[str, int]
    findings: dict[str, int]
    other_documents: list[OtherDocument]
    rests_on: NotRequired[RestsOn]


class Check(TypedDict):
    """Findings. `totals` counts all, by severity."""

    known: Day | None
    findings: list[Finding]
    totals: dict[str, int]
    paging: NotRequired[Paging]
    rests_on: NotRequired[RestsOn]


class Marked(TypedDict):
    text: str
    marked: bool


class VersionsMatched(TypedDict):
    """Which of an instruction's versions contain the words. `older_only`: none that is or may be in force on the day of
    asking or later."""

    matching: int
    of: int
    held: int
    first_year: int | None
    last_year: int | None
    ids: list[str]
    older_only: bool | None


class HitCandidate(TypedDict):
    """A version named by the answer of a disputed or undated hit. `matches`: whether it contains the words too."""

    version_id: str
    title: str
    effective_from: Day | None
    effective_until: Day | None
    matches: bool


class Hit(TypedDict):
    """One instruction found, with its best passage."""

    code: str
    title: str
    effective_from: Day | None
    effective_until: Day | None
    snippet: str
    marked: list[Marked]
    score: float
    version_id: str
    answer: HitAnswer
    text_held: bool
    damaged: bool
    pinpoint: str
    heading: str
    holds_all: bool
    candidates: list[HitCandidate]
    versions: VersionsMatched | None


class WorkFound(TypedDict):
    """Law, a circular or a notice that contains the words; not an instruction."""

    code: str
    kind: Literal["law", "account", "circular", "notice"]
    title: str
    words: str


class Search(TypedDict):
    """Instructions that contain the words, on a day (`on` null: at any time)."""

    query: str
    on: Day | None
    known: Day | None
    total: int
    holding_all: int
    expanded: list[str]
    did_you_mean: str | None
    did_you_mean_total: int
    first_of_rest: int | None
    code: str | None
    notes: list[str]
    hits: list[Hit]
    facets: dict[str, dict[str, int]]
    beside: NotRequired[list[WorkFound]]
    paging: NotRequired[Paging]
    rests_on: NotRequired[RestsOn]


class Stood(TypedDict):
    """When a phrase first and last stood in an instruction."""

    code: str
    words: str
    first: str | None
    first_from: Day | None
    last: str | None
    last_until: Day | None
    matching: list[str]
    of: int
    not_held: int


class Successor(TypedDict):
    """What replaced a provision whose Act ended. `assumed`: the Act taken to be meant if the text names none."""

    provision: str
    code: str | None
    since: Day
    latest: str | None
    assumed: str | None
    words: str


class LawCited(TypedDict):
    """A provision that a text cites. `code`: how to ask for it here, if its text is held."""

    provision: str
    code: str | None
    latest: str | None
    """Address of the latest version of its law."""
    pinpoints: list[str]
    successor: Successor | None


class CircularChange(TypedDict):
    """What a circular says about a code, or about the part or chapter above it (`whole_part`)."""

    circular: str
    code: str
    title: str
    happens: CircularWord
    """The circular's own word."""
    list_named: str | None
    """The list in the appendix `code` that it names."""
    ends: bool
    day: Day | None
    whole_part: bool


class Notice(TypedDict):
    """A notice that names a code."""

    code: str
    title: str


class Beside(TypedDict):
    """What stands beside an instruction. Only a provision is law; a circular announces, a notice binds nobody."""

    laws: list[LawCited]
    circulars: list[CircularChange]
    notices: list[Notice]


class BesideWork(TypedDict):
    """Law, a plain-language account, a circular or a notice. `day`: since when its newest text has been in
    force, or the day of its issue."""

    code: str
    kind: Literal["law", "account", "circular", "notice"]
    title: str
    day: Day | None


class Works(TypedDict):
    """What stands beside the manual, by code."""

    known: Day | None
    total: int
    works: list[BesideWork]
    paging: NotRequired[Paging]
    rests_on: NotRequired[RestsOn]


class DefinedTerm(TypedDict):
    """A term and where it is defined. `words`: the words of its clause, if one term was asked for."""

    term: str
    code: str
    pinpoint: str
    title: str
    version_id: str
    first: Day | None
    until: Day | None
    words: NotRequired[str]


class Abbreviation(TypedDict):
    """An abbreviation of words of the manual, as used by the search."""

    short: str
    meant: list[str]


class Terms(TypedDict):
    """Terms that instructions in force on a day define."""

    on: Day
    known: Day | None
    terms: list[DefinedTerm]
    abbreviations: NotRequired[list[Abbreviation]]
    rests_on: NotRequired[RestsOn]


class LetterDay(TypedDict):
    """A day that a letter was checked against."""

    name: str | None
    on: Day


class CitedOn(TypedDict):
    """What a citation meant on a day."""

    code: str | None
    pinpoint: str | None
    answer: AnswerWord
    pinpoint_exists: bool | None
    version_id: str | None


class LetterCitation(TypedDict):
    """A citation in a letter: characters `start` (included) to `end` (excluded) of `text`."""

    start: int
    end: int
    target: str
    kind: Literal["instruction", "law", "form"]
    days: list[CitedOn]


class StandsIn(TypedDict):
    """A version that contains the words."""

    code: str
    version_id: str
    effective_from: Day | None
    effective_until: Day | None
    source_url: str | None
    pinpoints: list[str]


class ThenAnswer(TypedDict):
    """The answer for a code on the day."""

    code: str
    answer: AnswerWord
    version_id: str | None
    citation: str
    as_last_seen: Day | None


class LetterPiece(TypedDict):
    """Words that are in both, or only in one of the two."""

    of: Literal["both", "letter", "manual"]
    text: str


class LetterDifference(TypedDict):
    """The passage most similar to the words. `share`: the proportion of words that agree."""

    code: str
    version_id: str
    effective_from: Day | None
    effective_until: Day | None
    source_url: str | None
    pinpoint: str
    share: float
    pieces: list[LetterPiece]


class LetterJudgement(TypedDict):
    """A verdict for one day, with what it rests on."""

    verdict: Literal["in_force_then", "superseded_then", "elsewhere", "altered", "not_found", "not_held"]
    reasons: list[str]
    stands_in: list[StandsIn]
    then: list[ThenAnswer]
    difference: LetterDifference | None
    not_held: int


class LetterQuotation(TypedDict):
    """A quotation in a letter. `days` is empty if it is too short to be judged."""

    start: int
    end: int
    quoted: Literal["marks", "block", "unmarked"]
    text: str
    words: int
    cited: list[str]
    days: list[LetterJudgement]


class Citecheck(TypedDict):
    """A letter checked against every version."""

    letter: str
    text: str
    days: list[LetterDay]
    known: Day | None
    citations: list[LetterCitation]
    quotations: list[LetterQuotation]
    left_out: int
    totals: dict[str, int]
    disclaimer: str
    rests_on: NotRequired[RestsOn]


class Problem(TypedDict):
    """Why there is no answer (RFC 9457). `nearest`: similar codes; none of them is what was asked."""

    type: str
    title: str
    status: int
    detail: str
    do: NotRequired[str]
    answer: NotRequired[Literal["unknown_code"]]
    nearest: NotRequired[list[str]]
