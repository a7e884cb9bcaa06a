"""The records that every layer shares: frozen, compared by value, without behaviour beyond their own bounds.

    Capture   ->  Statement, Block, Finding   ->  Version, Span  ->  Answer
    (bytes)       (what one page says)            (history)         (one code, one day)

A `Span` is the unit of an answer: a run of days on which one code has one answer. `history` makes the
spans, `store` keeps them, `queries` looks them up; nothing else decides what was in force.
"""

# No postponed annotations here: the codec would have to compile each of them at every start.
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple, NewType

Code = NewType("Code", str)
"""What one work is called everywhere: a code of the manual in its one printed form (`A16.1`, `WA3.15.5`, `RA`,
`Appendix 13`; made by `citation.parse_code`), or the key of a work of another scheme (`Work.key`)."""

MANUAL = "manual"
"""The scheme of the manual's own instructions: the default, left out wherever a work is written down."""


@dataclass(frozen=True, slots=True)
class Work:
    """What has dated versions: a scheme, and a code that names one work in it.

    >>> Work.of(Code("A16.1")), Work.of(Code("law:immigration-act-2009/s28")).scheme
    (Work(scheme='manual', code='A16.1'), 'law')
    """

    scheme: str
    """Lower-case letters: `manual`, `law`, `circular`, `notice`."""
    code: str
    """Of the manual: the code as printed. Of others: whatever names one of their works; never empty."""

    def __post_init__(self) -> None:
        if not (self.scheme.isascii() and self.scheme.isalpha() and self.scheme.islower() and self.code):
            raise ValueError(
                f"{self.scheme!r} with {self.code!r} names no work; expected law:immigration-act-2009/s28"
            )
        if self.scheme == MANUAL and ":" in self.code:
            raise ValueError(f"{self.code!r} is no code of the manual: it names a scheme")

    @property
    def key(self) -> Code:
        """The code, with the scheme in front unless that is the manual: the name used in statements and the store."""
        return Code(self.code if self.scheme == MANUAL else f"{self.scheme}:{self.code}")

    @classmethod
    def of(cls, key: Code) -> "Work":
        """The work that a key names; the inverse of `key`."""
        scheme, colon, code = key.partition(":")
        return cls(scheme, code) if colon else cls(MANUAL, key)


SitePath = NewType("SitePath", str)
"""Key of a page: site path and id without ending, such as `folder/44854` (dates.md, rule 1)."""

Sha256 = NewType("Sha256", str)
"""`sha256:` and 64 lower-case hexadecimal digits."""

VersionId = NewType("VersionId", str)
"""Names one version within a knowledge base; a function of the statements, not of loading order."""

AnswerWord = Literal["in_force", "ended", "before_record", "not_yet", "disputed", "undated", "unknown_code"]
THERE: frozenset[AnswerWord] = frozenset({"in_force", "disputed"})
"""Answers with something to print; the others are no part of the manual on that day."""
NAMING: frozenset[AnswerWord] = frozenset({"in_force", "disputed", "ended"})
"""Answers that name versions; those around another answer are no part of it."""
OPEN: frozenset[AnswerWord] = frozenset({"disputed", "undated", "before_record"})
"""Answers that another page could settle."""
Basis = Literal[
    "text", "foot", "circular", "suffix", "listed", "successor", "note", "revocation", "edition", "dispute"
]
"""How a bound is known. From strongest: text (the body's own words), note, revocation, foot, circular, suffix,
listed, edition; `successor` for an end that is the next start, `dispute` for a bound with more than one reading."""

Severity = Literal["info", "warning", "error"]
DocumentKind = Literal[
    "contents",  # the table of contents
    "instruction",  # any page with a code: current, archived, ended, revoked, chapter, part
    "front_matter",  # a page of the manual without a code
    "viewer_shell",  # the viewer's empty frame
    "law",  # a section of an Act
    "account",  # what a page says of a section in plain language, which is not the law
    "circular",  # an amendment circular
    "notice",  # memos, internal circulars, news, anything else
    "own_page",  # a page that this program made
    "register",  # the bundled facts
]
BlockKind = Literal[
    "heading", "paragraph", "item", "note", "table", "reference", "signature", "quote", "other"
]
ListStyle = Literal["", "letter", "roman", "number", "capital", "decimal", "bullet", "dash"]
"""How the items of a list are counted. Empty: of no item, or levels were lost, so that no label is known."""
Structure = Literal["full", "flat", "damaged"]
"""`full`: labels are known. `flat`: levels were lost, so no label is given. `damaged`: words were lost; never quote."""


@dataclass(frozen=True, slots=True)
class When:
    """The two dates of every question: the day asked about (`on`), and the day up to which pages count (`known`).

    `known` goes by the day on which a page was *seen*, not by the day on which it was loaded: pages seen after it are
    left out. A page seen on an unknown day counts from the day it was recorded. None: all pages count.
    """

    on: date
    known: date | None = None

    def __post_init__(self) -> None:
        for day in (self.on,) if self.known is None else (self.on, self.known):
            if type(day) is not date:  # a datetime is an instance of date, so a type checker allows it
                raise TypeError(f"expected a datetime.date, got {type(day).__name__}")


@dataclass(frozen=True, slots=True)
class Validity:
    """The days on which a version has force: the first bound included, the second excluded. None: unknown or none."""

    effective_from: date | None
    effective_until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether `day` lies within the bounds; an unknown start covers nothing."""
        return (
            self.effective_from is not None
            and self.effective_from <= day
            and (self.effective_until is None or day < self.effective_until)
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """Something noticed that a reader or keeper should know, with its place."""

    severity: Severity
    kind: str
    """Short snake_case name, such as `listed_twice`; listed with their meanings in ARCHITECTURE.md."""
    message: str
    code: Code | None = None
    capture: Sha256 | None = None
    locator: str = ""
    """Where in the capture: `line 14`, `list 2 row 3`, a pinpoint, a file name."""
    days: tuple[date, ...] = ()
    """Of a history: it is about the versions that state one of these as their start or end; none: about the code."""


DayBasis = Literal["source", "keeper", ""]
"""How the moment of a capture is known. `source`: the file, its container or the address of a web archive states it.
`keeper`: whoever loaded the page says so (`--captured DAY`, the form for taking pages in). Empty: the moment is not
known, or the archive's older lines don't tell how it is."""


PlacedBy = Literal["", "own_number"]
"""How a capture's `site_path` is known: from an address or a file's name, or, weaker, from the number that the page
bears itself. That names the page; its folder is then the live manual's, or the archive's for a page marked archived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One source page as its bytes were saved. The bytes live in the archive under `sha256`."""

    sha256: Sha256
    media: Literal["html", "text", "register", "pdf"]
    address: str | None
    """Full address as stated by the container or file name, e.g. `https://…/folder/77177.htm`, or None."""
    site_path: SitePath | None
    captured_at: datetime | None
    """Aware moment at which the page was saved, where the source says so."""
    recorded_at: datetime
    """Aware UTC moment at which this archive first took the bytes in."""
    filename: str
    """Name of the file or archive member it came from, for people."""
    day_basis: DayBasis = ""
    placed_by: PlacedBy = ""

    @property
    def known_at(self) -> datetime:
        """The moment from which this capture counts for `known`: captured_at, else recorded_at."""
        return self.captured_at or self.recorded_at


class Seen(NamedTuple):
    """The day, where the publisher is, on which a capture saw its page.

    `exact` is False where only `recorded_at` is known: the page was seen on that day *or earlier*.
    """

    day: date
    exact: bool
    capture: Sha256


# ---------------------------------------------------------------- what one page says


class StartClaim(NamedTuple):
    """`day` is the first day with force, as one place of a page says."""

    day: date
    basis: Basis
    raw: str = ""
    """The date as printed."""
    locator: str = ""
    unclear: bool = False
    """The words may say this or not ("officers were told that …"): both readings are plain (dates.md, rule 24)."""


class EndClaim(NamedTuple):
    """An end as one place of a page says it, and how it is to be read.

    `excluded`: `day` is the first day without force ("cease to be effective from D", revoked D).
    `included`: `day` is the last day with force. `either`: the page doesn't say ("to D", dates.md rule 9).
    `day` None: out of force on the day of the capture, and the page does not say readably since when ("(REVOKED)",
    "(revoked 31/04/2015)", "these instructions have been revoked"); the reading is then `excluded`.
    """

    day: date | None
    basis: Basis
    reading: Literal["excluded", "included", "either"]
    raw: str = ""
    locator: str = ""
    kind: Literal["end", "suspension", "unclear"] = "end"
    """`suspension`: not plainly in force from then on, and not ended. `unclear`: the words may say that the
    instruction ends or not (a category closed to applications): no definite answer may rest on ignoring them."""


CircularWord = Literal["", "amended", "new", "revoked", "rescinded", "replaced", "closed", "suspended"]
"""What an amendment circular says of a code."""
StatementKind = Literal["page", "listed", "contents", "neighbour", "claim", "move"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one place of one capture says about one version of one code.

    kind
        `page`: the page is itself that version. `listed`: a row under a list of other versions.
        `contents`: a line of the table of contents. `neighbour`: a row or link that names another code's page
        ("in this section", previous/next). `claim`: a sentence on another page, on a page about another version,
        or in a circular that begins or ends a version of `code`: the one called by `of_day`, or whichever stands
        then. `move`: "equivalent instructions are now found at `moved_to`".
    """

    kind: StatementKind
    code: Code
    title: str
    """Without code and suffix. Empty where the place gives none."""
    title_truncated: bool = False
    """The title ends in `...` in the source."""
    address: SitePath | None = None
    """The page that the statement is about: the page itself, or where the row or line links to."""
    starts: tuple[StartClaim, ...] = ()
    ends: tuple[EndClaim, ...] = ()
    suffix: str = ""
    """The bracket after the title exactly as printed, e.g. `(to 08/05/2017)`; empty where there is none."""
    shown_as_old: bool = False
    """An archive banner, a bare date suffix on a page or list row, or the pre-2010 'not current' banner."""
    edition: Literal["", "pre-2010"] = ""
    """`pre-2010` for a page of that edition. That the edition ended as a whole on 29 November 2010 is for the history
    to add (rule 12); an end with basis `edition` stands here only where the page itself prints that it ceases then,
    which makes it the last one under its code. `shown_as_old`: the short banner, or a date behind the title."""
    lists_versions: bool = False
    """For `page`: the page carries a whole list of its other versions, so that gaps are vouched for. A list that
    breaks off, or that stands at the end of a capture that breaks off, is not whole."""
    text_digest: str = ""
    """For `page` with text: SHA-256 of the normalised words, codes left out; empty for none or damaged text."""
    text_words: int = 0
    """How many words `text_digest` is made of."""
    text_damaged: bool = False
    """For `page`: words were lost on the way (structure `damaged`)."""
    of_day: date | None = None
    """For `claim`: the date by which the version meant is called (signed or effective); None: whichever stands."""
    misprinted: bool = False
    """For `listed`: the row prints another code, yet the page's own title, among the page's own versions (rule 18):
    the version may exist or not."""
    in_list: str = ""
    """For `listed`: names the list within its capture; rows of one list that stand side by side have one name."""
    moved_to: Code | None = None
    position: int = 0
    """Printed order within its list or contents, from 0."""
    locator: str = ""
    happens: CircularWord = ""
    """For `claim` of a circular: its own word for what happens to `code`."""
    list_named: str = ""
    """For `claim` of a circular: the list in the appendix `code` that it names, where it names no title."""


class Ref(NamedTuple):
    """A reference found in a block's text: characters `start` (included) to `end` (excluded)."""

    start: int
    end: int
    target: str
    """`WA3.15.5(b)` for an instruction, `Immigration Act 2009 s 49(1)(b)` for law, `INZ 1025` for a form."""
    state: Literal["resolved", "ambiguous", "unresolved", "law", "form"]
    address: SitePath | None = None
    """Where the source linked to, if it was a link."""
    candidates: tuple[str, ...] = ()


class Cell(NamedTuple):
    """One cell of a table."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A node of an instruction's text. `pinpoint` is unique in its version and is the anchor on the page."""

    kind: BlockKind
    text: str = ""
    label: str = ""
    """As printed or computed: `(g)`, `(ii)`, `•`, `WA3.15.5`; empty where unknown (structure `flat`)."""
    pinpoint: str = ""
    """`WA3.25(g)(ii)`, `WA3.25(g)(ii)•2`, `WA3.25(g)(ii)•2 note`; anchors are made of it by `citation.anchor`."""
    style: ListStyle = ""
    """Of an item: how its list is counted. `(i)` alone does not tell the ninth letter from the first roman numeral."""
    children: tuple["Block", ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    refs: tuple[Ref, ...] = ()

    def walk(self) -> Iterator["Block"]:
        """This block and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """Signature and power of a general instruction or delegation, as its page states them."""

    power: str = ""
    """E.g. `section 26(4) of the Immigration Act 2009`."""
    signed_by: str = ""
    office: str = ""
    signed_on: date | None = None
    revokes: str = ""
    """The instrument that the page says it revokes, in a few words."""
    revokes_on: date | None = None


ContentsKind = Literal["top", "heading", "part", "chapter", "section", "appendix", "appendix_child"]
"""What a line of a table of contents is. Only parts, chapters, sections and appendices have a code."""


def contents_kind(code: Code) -> Literal["part", "chapter", "section", "appendix"]:
    """The kind of a line with this code.

    >>> [contents_kind(Code(code)) for code in ("R", "RA", "R5", "R5.66.5", "Appendix 3")]
    ['part', 'part', 'chapter', 'section', 'appendix']
    """
    if " " in code:  # a word and a number
        return "appendix"
    if code.isalpha():
        return "part"
    return "section" if "." in code else "chapter"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsLine:
    """One printed line of a table of contents. `line` counts from 1."""

    line: int
    code: Code | None
    title: str
    depth: int
    parent: str | None
    """The parent's code or, where it has none, its title."""
    kind: ContentsKind
    suffix: str = ""
    address: SitePath | None = None
    starts: tuple[StartClaim, ...] = ()
    ends: tuple[EndClaim, ...] = ()
    """What the marks behind the title say: a line without a code has no statement, and its marks count (rule 22)."""
    version_of_line: int | None = None
    """Set where the line is an old version of the entry first printed on that line, not an entry of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedPage:
    """All that the parser read from one capture. Pure function of the bytes and the address."""

    kind: DocumentKind
    code: Code | None = None
    title: str = ""
    statements: tuple[Statement, ...] = ()
    blocks: tuple[Block, ...] = ()
    structure: Structure = "full"
    contents: tuple[ContentsLine, ...] = ()
    findings: tuple[Finding, ...] = ()
    instrument: Instrument | None = None
    ancestors: tuple[SitePath, ...] = ()
    previous: SitePath | None = None
    next: SitePath | None = None
    others: tuple["ParsedPage", ...] = ()
    """Further texts of one capture, each with statements, blocks and findings of its own: the instructions of a whole
    section's text, an older version below the current one. None of them has `others`."""
    seen_on: date | None = None
    """The day on which the text stood, where the page itself tells (an issue of the manual is read years later); None:
    the capture's own."""
    seen_exact: bool = True
    """False: it stood on that day or on an earlier one."""


# ---------------------------------------------------------------- what all pages together say


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One text of one code over one period, as all captures together state it."""

    id: VersionId
    code: Code
    title: str
    validity: Validity
    basis_from: Basis | None
    """None where the start is not known."""
    basis_until: Basis | None
    """None where no end is known."""
    starts: tuple[StartClaim, ...] = ()
    """Every start stated for it, strongest first."""
    ends: tuple[EndClaim, ...] = ()
    first_seen: date | None = None
    """First day a capture shows it as the one in force, for a version whose start is unknown."""
    last_seen: date | None = None
    """Last known day on which a capture shows this version in force (rule 28), else on which it was announced; None
    where no known day is."""
    end_seen: date | None = None
    """Last known day on which the page in force or the contents showed that it had ended."""
    text_capture: Sha256 | None = None
    """The capture whose text is this version's text; None: text not held."""
    text_digest: str = ""
    other_texts: tuple[Sha256, ...] = ()
    """Captures at other archived addresses that state the same first day and hold other words: one edited version, or
    two of that day. Then no text is *the* text, and none is offered for quoting."""
    text_words: int = 0
    """How many words `text_digest` is made of."""
    text_damaged: bool = False
    """Only a damaged text was seen: shown as such, never offered for quoting."""
    address: SitePath | None = None
    """Where its text stands (or stood): the source page."""
    captures: tuple[Sha256, ...] = ()
    title_changed: bool = False
    subject_changed: bool = False
    """Compared with the version before it under the same code."""
    gap_vouched: bool = True
    """Nothing can lie hidden between this version and what follows it: a whole list shows both side by side. Of an
    answer: or a capture shows this version on the day asked or later."""

    @property
    def text_held(self) -> bool:
        return self.text_capture is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of days with one answer: `first` included (None: since ever), `until` excluded (None: for ever).

    `versions` holds the one version for in_force and ended, all candidates for disputed, the nearest
    ones for the other words. `reasons` are sentences for people.
    """

    first: date | None
    until: date | None
    answer: AnswerWord
    versions: tuple[VersionId, ...] = ()
    reasons: tuple[str, ...] = ()


class Link(NamedTuple):
    """A relation between codes with its evidence: `moved` (a page says so) or `renumbered` (same text, same day)."""

    kind: Literal["moved", "renumbered"]
    source: Code
    target: Code
    day: date | None
    evidence: str
    capture: Sha256 | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Everything the statements say about one code. `spans` cover all days, in order, without gap or overlap."""

    code: Code
    versions: tuple[Version, ...]
    """Oldest first; a version of unknown start stands where its readings allow it last."""
    spans: tuple[Span, ...]
    findings: tuple[Finding, ...] = ()
    links: tuple[Link, ...] = ()
    last_seen: date | None = None
    """Last day on which any capture vouches for the code."""
    last_seen_exact: bool = True

    def version(self, id: VersionId) -> Version:
        return next(v for v in self.versions if v.id == id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was in force for one code on one day. Never None, never a guess (dates.md, Vocabulary of answers)."""

    code: Code
    on: date
    known: date | None
    answer: AnswerWord
    version: Version | None = None
    """The version for `in_force`; the version that ended for `ended`; else None."""
    candidates: tuple[Version, ...] = ()
    reasons: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    as_last_seen: date | None = None
    """Set where `on` lies after the last known day on which a capture shows the version in force (for `ended`: its
    end), and nothing that came after it is known: that day."""
    as_last_seen_exact: bool = True
    """False where the same holds and no capture of a known day shows it; `as_last_seen` is then None."""
    previous: Version | None = None
    next: Version | None = None
    """The version after the day asked, announced or since begun."""
    nearest_codes: tuple[Code, ...] = ()
    span: Span | None = field(default=None, compare=False)

    @property
    def when(self) -> When:
        """The question that it answers."""
        return When(self.on, self.known)

    @property
    def named(self) -> tuple[Version, ...]:
        """The versions that the answer names: `version`, else the `candidates`."""
        return (self.version,) if self.version else self.candidates


# ---------------------------------------------------------------- what the search index is handed


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of text that search results can point at: one clause with its sub-clauses' words, or a table."""

    pinpoint: str
    heading: str
    """The sub-heading it stands under, or empty."""
    text: str


STEP = " › "
"""Between the headings of `VersionDocument.part`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionDocument:
    """One version as the index sees it. Periods are half-open; None: since ever, for ever."""

    id: VersionId
    code: Code
    title: str
    part: str
    """Headings that it stands under, joined by `STEP`: `Temporary entry class visa › Work visas`. Empty if in none."""
    kind: str
    """`section`, `chapter`, `part`, `appendix` …"""
    effective_from: date | None
    effective_until: date | None
    text_held: bool
    damaged: bool
    in_force: tuple[tuple[date | None, date | None], ...]
    """Days on which this version is *the* answer `in_force`."""
    disputed: tuple[tuple[date | None, date | None], ...]
    """Days on which it is one of the candidates of a disputed answer."""
    ended: tuple[tuple[date | None, date | None], ...]
    """Days on which the code's answer is `ended` and this is the version that ended."""
    undated: tuple[tuple[date | None, date | None], ...] = ()
    """Days on which the code's answer is `undated` and names this version: found by its title alone."""
    passages: tuple[Passage, ...] = ()
    digest: str = ""
    """SHA-256 over all fields above: two documents with one digest are indexed alike."""
