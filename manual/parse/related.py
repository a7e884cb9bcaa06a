"""Lists of other versions and of neighbours. Headings lie, so each row is judged by itself (dates.md rule 16)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from manual.model import Code, Finding, Statement
from manual.parse.headings import Heading, read_heading
from manual.parse.reading import Row, RowList


def read_rows(lists: Iterable[RowList], code: Code) -> tuple[tuple[Statement, ...], tuple[Finding, ...]]:
    """A statement for each row: `listed` for another version of `code`, `neighbour` for another code."""
    statements: list[Statement] = []
    findings: list[Finding] = []
    for rows in lists:
        made = [_read_row(row, code, position, findings) for position, row in enumerate(rows.rows)]
        known = [statement for statement in made if statement is not None]
        versions = [statement for statement in known if statement.kind == "listed"]
        statements += known
        findings += _oddities(rows, versions, known, code)
    return tuple(statements), tuple(findings)


def _read_row(row: Row, code: Code, position: int, findings: list[Finding]) -> Statement | None:
    heading = read_heading(row.text, lettered=True)
    if heading.code is None:
        message = f"a row without a code: {row.text[:300]!r}"
        findings.append(Finding("info", "row_without_code", message, code, locator=row.locator))
        return None
    findings += heading.findings(row.locator)
    return _statement(row, heading, heading.code, code, position)


def _statement(row: Row, heading: Heading, row_code: Code, code: Code, position: int) -> Statement:
    return Statement(
        kind="listed" if row_code == code else "neighbour",
        code=row_code,
        title=heading.title,
        title_truncated=heading.truncated,
        address=row.address,
        starts=heading.starts("listed", row.locator),
        ends=heading.ends("listed", row.locator),
        suffix=heading.suffix,
        shown_as_old=heading.dated,
        position=position,
        locator=row.locator,
    )


def _oddities(
    rows: RowList, versions: Sequence[Statement], known: Sequence[Statement], code: Code
) -> Iterator[Finding]:
    """Headings that say what the rows are not (rule 16). What the order of the rows means is for the history to say."""
    if rows.heading.upper().startswith("PREVIOUS") and known and not versions:
        message = f"{rows.heading!r} stands over other codes only"
        yield Finding("info", "heading_lies", message, code)
    if "THIS SECTION" in rows.heading.upper() and any(statement.starts for statement in versions):
        message = f"{rows.heading!r} stands over old versions"
        yield Finding("info", "heading_lies", message, code)
