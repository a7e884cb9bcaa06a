"""Rows of the store, made from results of `parse` and `history`. Pure, so that worker processes can do it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from manual import citation
from manual.citation.provisions import provisions_of
from manual.citation.references import ends_of
from manual.citation.terms import terms_in
from manual.errors import CitationError
from manual.history.deriving import history_of
from manual.model import (
    MANUAL,
    Block,
    Code,
    Finding,
    History,
    Link,
    ParsedPage,
    Ref,
    Seen,
    Sha256,
    SitePath,
    Span,
    Statement,
    Version,
    Work,
)
from manual.publisher import INZ, Publisher
from manual.store.changes import AnswerChange, changes_of
from manual.store.forms import (
    FINDING,
    LINE,
    REST,
    SAID,
    SPAN,
    TEXT,
    VERSION,
    PageText,
    Rest,
    checksum,
    said_with,
)
from manual.store.sights import PageStatements

NOT_UNDERSTOOD = "not_understood"
NOT_READ = "not_read"
"""Kind of a page whose bytes could not be had this time: the next load tries again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRow:
    """One page, ready to be written."""

    sha256: Sha256
    site_path: str
    part: int = 0
    """Of a capture that holds several texts: which of them this is."""
    kind: str
    code: str | None
    title: str
    seen_on: int | None = None
    seen_exact: bool = True
    text_digest: str = ""
    content: bytes
    statements: tuple[tuple[str, str], ...]
    marks: tuple[tuple[str, str, str], ...] = ()
    """What links codes: code, `words` or `move`, and the digest or the other code."""
    contents: tuple[str, ...]
    terms: tuple[tuple[str, str], ...] = ()
    """Terms that the text defines, each with its pinpoint."""
    refs: tuple[tuple[str, str, str, str], ...]
    """Pinpoint of the block, target as found, its code, its section."""
    findings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """The history of one code, ready to be written."""

    code: Code
    record: str
    checksum: int
    versions: tuple[tuple[Version, str], ...]
    spans: tuple[tuple[Span, str], ...]
    changes: tuple[AnswerChange, ...]
    findings: tuple[tuple[str, str], ...]
    links: tuple[Link, ...]


def page_rows(
    page: ParsedPage, sha256: Sha256, site_path: SitePath | None, publisher: Publisher = INZ
) -> list[PageRow]:
    """A row for each text in a capture."""
    return [
        _page_row(text, sha256, site_path, part, publisher) for part, text in enumerate((page, *page.others))
    ]


def _page_row(
    page: ParsedPage, sha256: Sha256, site_path: SitePath | None, part: int, publisher: Publisher
) -> PageRow:
    text = PageText(
        blocks=page.blocks,
        structure=page.structure,
        instrument=page.instrument,
        ancestors=page.ancestors,
        previous=page.previous,
        next=page.next,
    )
    return PageRow(
        sha256=sha256,
        site_path=site_path or "",
        part=part,
        kind=page.kind,
        code=page.code,
        title=page.title,
        seen_on=page.seen_on.toordinal() if page.seen_on else None,
        seen_exact=page.seen_exact,
        text_digest=next((st.text_digest for st in page.statements if st.kind == "page"), ""),
        content=TEXT.deflate(text),
        statements=tuple((code, SAID.dumps(said)) for code, said in _by_code(page.statements)),
        marks=tuple(dict.fromkeys(_marks(page.statements))),
        contents=tuple(LINE.dumps(line) for line in page.contents),
        terms=tuple(terms_in(page.title, page.blocks, page.code or "")) if page.kind == "instruction" else (),
        refs=tuple(_ref_rows(page.blocks, publisher)),
        findings=_finding_rows(page.findings, sha256),
    )


def row_not_understood(
    sha256: Sha256, site_path: SitePath | None, finding: Finding, kind: str = NOT_UNDERSTOOD
) -> PageRow:
    """The row for archived bytes that cannot be read as a page, or (NOT_READ) cannot be obtained."""
    return PageRow(
        sha256=sha256,
        site_path=site_path or "",
        kind=kind,
        code=None,
        title="",
        content=TEXT.deflate(PageText()),
        statements=(),
        contents=(),
        refs=(),
        findings=_finding_rows((finding,), sha256),
    )


def history_row(history: History) -> HistoryRow:
    rest = Rest(
        findings=history.findings,
        links=history.links,
        last_seen=history.last_seen,
        last_seen_exact=history.last_seen_exact,
    )
    record = REST.dumps(rest)
    versions = tuple((version, VERSION.dumps(version)) for version in history.versions)
    spans = tuple((span, SPAN.dumps(span)) for span in history.spans)
    return HistoryRow(
        code=history.code,
        record=record,
        checksum=checksum(record, [r for _, r in versions], [r for _, r in spans]),
        versions=versions,
        spans=spans,
        changes=changes_of(history),
        findings=_finding_rows(history.findings),
        links=history.links,
    )


def derived_row(code: Code, said: Sequence[PageStatements], publisher: Publisher = INZ) -> HistoryRow | None:
    """The history of a code from all statements about it; None if there are none."""
    if not said:
        return None
    return history_row(history_of(code, statements_of(said), edition_ended=publisher.edition_ended))


def statements_of(said: Iterable[PageStatements]) -> Iterator[tuple[Statement, Seen]]:
    """Each statement with each day on which its page was seen: the input of `history`."""
    return (pair for one in said for pair in said_with(one.statements, one.sights.seen))


def _by_code(statements: Sequence[Statement]) -> list[tuple[Code, tuple[Statement, ...]]]:
    found: dict[Code, list[Statement]] = {}
    for statement in statements:
        found.setdefault(statement.code, []).append(statement)
    return [(code, tuple(said)) for code, said in found.items()]


def _marks(statements: Iterable[Statement]) -> Iterator[tuple[str, str, str]]:
    """Marks for finding renumbered codes. Only codes of the manual: a section of an Act on a page was not
    renumbered."""
    for statement in statements:
        if Work.of(statement.code).scheme != MANUAL:
            continue
        if statement.text_digest:
            yield statement.code, "words", statement.text_digest
        if statement.moved_to is not None:
            yield statement.code, "move", statement.moved_to


def _finding_rows(findings: Iterable[Finding], sha256: Sha256 | None = None) -> tuple[tuple[str, str], ...]:
    rows = []
    for finding in findings:
        if finding.capture is None and sha256 is not None:
            finding = Finding(
                finding.severity, finding.kind, finding.message, finding.code, sha256, finding.locator
            )
        rows.append((finding.severity, FINDING.dumps(finding)))
    return tuple(dict.fromkeys(rows))


def _ref_rows(blocks: Iterable[Block], publisher: Publisher) -> Iterator[tuple[str, str, str, str]]:
    for top in blocks:
        for block in top.walk():
            for ref in block.refs:
                for code in codes_meant(ref, publisher):
                    yield block.pinpoint, ref.target, code, citation.section_of(code)


def codes_meant(ref: Ref, publisher: Publisher = INZ) -> tuple[Code, ...]:
    """The codes that a reference names: both ends of a range, every candidate, each provision of law; none for
    forms."""
    if ref.state == "law":
        keys = (provision.key for provision in provisions_of(ref.target, publisher))
        return tuple(dict.fromkeys(key for key in keys if key is not None))
    if ref.state == "form":
        return ()
    codes: dict[Code, None] = {}
    for target in (ref.target, *ref.candidates):
        for end in ends_of(target):
            try:
                codes[citation.parse_citation(end, publisher).code] = None
            except CitationError:
                continue
    return tuple(codes)
