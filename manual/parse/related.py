"""Lists of other versions and of neighbours. Headings lie, so each row is judged by itself (dates.md rule 16)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from manual.dates import printed
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
        order = "descending" if _descends(versions) else "unordered"
        statements += (
            replace(st, list_order=order) if st.kind == "listed" else st  # type: ignore[arg-type]
            for st in known
        )
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
        first_version=heading.first_version,
        position=position,
        locator=row.locator,
    )


def _descends(versions: Sequence[Statement]) -> bool:
    days = [statement.starts[0].day for statement in versions if statement.starts]
    return days == sorted(days, reverse=True)


def _oddities(
    rows: RowList, versions: Sequence[Statement], known: Sequence[Statement], code: Code
) -> Iterator[Finding]:
    """Rows out of order, dates that stand twice, and headings that say what the rows are not (rules 16 and 18)."""
    dated = [statement for statement in versions if statement.starts]
    for one, other in pairwise(dated):
        if other.starts[0].day > one.starts[0].day:
            message = f"{other.suffix} stands below {one.suffix} in a list that runs from new to old"
            yield Finding("warning", "list_out_of_order", message, code, locator=other.locator)
    counts = Counter(statement.starts[0].day for statement in dated)
    for day, count in sorted(counts.items()):
        if count > 1:
            places = ", ".join(s.locator for s in dated if s.starts[0].day == day)
            message = f"{printed(day)} is listed {count} times ({places})"
            yield Finding("warning", "listed_twice", message, code, locator=places)
    if rows.heading.upper().startswith("PREVIOUS") and known and not versions:
        message = f"{rows.heading!r} stands over other codes only"
        yield Finding("info", "heading_lies", message, code)
    if "THIS SECTION" in rows.heading.upper() and dated:
        message = f"{rows.heading!r} stands over old versions"
        yield Finding("info", "heading_lies", message, code)
