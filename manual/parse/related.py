"""Lists of other versions and of neighbours. Headings may be wrong, so each row is judged alone (dates.md rule 16)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from manual.model import Code, Finding, Statement
from manual.parse.headings import Heading, read_heading
from manual.parse.reading import ListRow, RowList
from manual.publisher import INZ, Publisher


def read_rows(
    lists: Iterable[RowList], code: Code, title: str, publisher: Publisher = INZ
) -> tuple[tuple[Statement, ...], tuple[Finding, ...]]:
    """A statement for each row: `listed` for another version of `code`, `neighbour` for another code."""
    statements: list[Statement] = []
    findings: list[Finding] = []
    for number, rows in enumerate(lists, 1):
        name = f"list {number}"
        made = [
            _read_row(row, code, position, name, findings, publisher)
            or _without_code(row, rows, code, title, position, name, findings, publisher)
            for position, row in enumerate(rows.rows)
        ]
        known = _misprints([said for said in made if said is not None], rows, code, title, findings)
        versions = [statement for statement in known if statement.kind == "listed"]
        statements += known
        findings += _oddities(rows, versions, known, code)
    return tuple(statements), tuple(findings)


def _read_row(
    row: ListRow, code: Code, position: int, in_list: str, findings: list[Finding], publisher: Publisher
) -> Statement | None:
    heading = read_heading(row.text, publisher, lettered=True)
    if heading.code is None:
        message = f"a row without a code: {row.text[:300]!r}"
        findings.append(Finding("info", "row_without_code", message, code, locator=row.locator))
        return None
    findings += heading.findings(row.locator)
    return _statement(row, heading, heading.code, code, position, in_list)


def _without_code(
    row: ListRow,
    rows: RowList,
    code: Code,
    title: str,
    position: int,
    in_list: str,
    findings: list[Finding],
    publisher: Publisher,
) -> Statement | None:
    """A dated row among previous versions with the page's title and a code that is none (`U7.020`), or without one."""
    heading = read_heading(row.text, publisher, lettered=True)
    if heading.code is not None or not heading.dated or not _is_of_versions(rows):
        return None
    named = _NO_CODE.sub("", heading.title)
    if not title or _folded(title) not in (_folded(heading.title), _folded(named)):
        return None
    message = f"the row {row.text[:300]!r} prints no code that there is, among the versions of {code}, with its title"
    findings.append(Finding("warning", "code_misprinted", message, code, locator=row.locator))
    return replace(_statement(row, heading, code, code, position, in_list), misprinted=True)


# QZ7.02 | QZ 7.20 | U7.020 before the title
_NO_CODE = re.compile(r"^[A-Z]{1,3}\s?\d[\d. ]*(?=\s|[A-Z])\s*")
_DASHES = re.compile(r"\s*[\u2010-\u2015\u2212-]\s*")


def _folded(title: str) -> str:
    """A title without the differences that typing makes: case, kinds of dashes and quotes, spaces, a full stop."""
    return " ".join(_DASHES.sub("-", title).replace("’", "'").casefold().rstrip(".").split())


def _is_of_versions(rows: RowList) -> bool:
    return rows.heading.upper().startswith("PREVIOUS")


def _misprints(
    known: list[Statement], rows: RowList, code: Code, title: str, findings: list[Finding]
) -> list[Statement]:
    """Misprinted codes: a dated row among the page's own versions with the page's title but another code.

    Seen on om/34262: U7.20 lists "U7 Part-time study (26/11/2018)" (rule 18). The other code has no such version.
    """
    if not _is_of_versions(rows) or not any(said.code == code and said.shown_as_old for said in known):
        return known
    judged = []
    for said in known:
        if said.code != code and said.shown_as_old and _folded(said.title) == _folded(title):
            message = f"the row prints {said.code} among the versions of {code}, with its title"
            findings.append(Finding("warning", "code_misprinted", message, code, locator=said.locator))
            said = replace(
                said, kind="listed", code=code, misprinted=True, in_list=said.locator.partition(" row")[0]
            )
        judged.append(said)
    return judged


def _statement(
    row: ListRow, heading: Heading, row_code: Code, code: Code, position: int, in_list: str
) -> Statement:
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
        in_list=in_list if row_code == code else "",
        position=position,
        locator=row.locator,
    )


def _oddities(
    rows: RowList, versions: Sequence[Statement], known: Sequence[Statement], code: Code
) -> Iterator[Finding]:
    """Findings for headings that do not fit their rows (rule 16). The order of rows is judged in `history`."""
    if rows.heading.upper().startswith("PREVIOUS") and known and not versions:
        message = f"{rows.heading!r} stands over other codes only"
        yield Finding("info", "heading_lies", message, code)
    if "THIS SECTION" in rows.heading.upper() and any(statement.starts for statement in versions):
        message = f"{rows.heading!r} stands over old versions"
        yield Finding("info", "heading_lies", message, code)
