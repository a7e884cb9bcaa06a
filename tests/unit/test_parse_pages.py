"""Golden pages: each file in tests/pages with the JSON beside it, which says all that must be read from it.

Adding a case adds two files. `INFORCE_WRITE_PAGES=1 pytest tests/unit/test_parse_pages.py` writes the JSON of
cases that have none, or only the key `site_path`, which is an input; read it before it is committed.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from manual.model import Block, ContentsLine, Finding, ParsedPage, Sha256, SitePath, Statement
from manual.parse import parse_capture

PAGES = Path(__file__).resolve().parents[1] / "pages"
CASES = sorted(path for path in PAGES.iterdir() if path.suffix in (".htm", ".txt"))
SHA = Sha256("sha256:" + "0" * 64)


def parse(path: Path, site_path: str | None) -> ParsedPage:
    media = "html" if path.suffix == ".htm" else "text"
    where = SitePath(site_path) if site_path else None
    return parse_capture(path.read_bytes(), media=media, site_path=where, sha256=SHA, filename=path.name)


def _filled(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in ("", None, [], (), False, 0)}


def statement_as_json(said: Statement) -> dict[str, Any]:
    return _filled(
        kind=said.kind,
        code=said.code,
        title=said.title,
        title_truncated=said.title_truncated,
        address=said.address,
        starts=[
            f"{c.day} {c.basis} as {c.raw!r} at {c.locator}" + " unclear" * c.unclear for c in said.starts
        ],
        ends=[
            f"{c.day} {c.reading} {c.basis} as {c.raw!r} at {c.locator}"
            + (f" {c.kind}" if c.kind != "end" else "")
            for c in said.ends
        ],
        suffix=said.suffix,
        shown_as_old=said.shown_as_old,
        edition=said.edition,
        lists_versions=said.lists_versions,
        text=bool(said.text_digest),
        text_damaged=said.text_damaged,
        of_day=str(said.of_day or ""),
        misprinted=said.misprinted,
        in_list=said.in_list,
        moved_to=said.moved_to,
        position=said.position,
        locator=said.locator,
        happens=said.happens,
        list_named=said.list_named,
    )


def block_as_json(block: Block) -> dict[str, Any]:
    refs = [
        f"{block.text[r.start : r.end]} -> {r.target} {r.state}" + (f" at {r.address}" if r.address else "")
        for r in block.refs
    ]
    rows = [
        [f"{c.text}|{c.rowspan}x{c.colspan}" if (c.rowspan, c.colspan) != (1, 1) else c.text for c in row]
        for row in block.rows
    ]
    return _filled(
        kind=block.kind,
        pinpoint=block.pinpoint,
        label=block.label,
        text=block.text,
        refs=refs,
        rows=rows,
        children=[block_as_json(child) for child in block.children],
    )


def line_as_text(entry: ContentsLine) -> str:
    version = f" version of line {entry.version_of_line}" if entry.version_of_line else ""
    address = f" at {entry.address}" if entry.address else ""
    suffix = f" {entry.suffix}" if entry.suffix else ""
    code = f"{entry.code}: " if entry.code else ""
    return (
        f"{entry.line} {'  ' * entry.depth}{entry.kind} {code}{entry.title}{suffix}"
        f" below {entry.parent}{address}{version}"
    )


def finding_as_text(finding: Finding) -> str:
    return f"{finding.severity} {finding.kind} {finding.locator}: {finding.message}"


def page_as_json(page: ParsedPage) -> dict[str, Any]:
    made = page.instrument
    return _filled(
        kind=page.kind,
        code=page.code,
        title=page.title,
        structure=page.structure,
        statements=[statement_as_json(said) for said in page.statements],
        blocks=[block_as_json(block) for block in page.blocks],
        contents=[line_as_text(entry) for entry in page.contents],
        instrument=_filled(
            power=made.power, signed_by=made.signed_by, office=made.office, signed_on=str(made.signed_on or ""),
            revokes=made.revokes, revokes_on=str(made.revokes_on or ""),
        ) if made else None,
        ancestors=list(page.ancestors),
        previous=page.previous,
        next=page.next,
        findings=[finding_as_text(finding) for finding in page.findings],
    )  # fmt: skip


@pytest.mark.parametrize("path", CASES, ids=[path.name for path in CASES])
def test_page_is_read_as_its_json_says(path: Path) -> None:
    """A difference is a change of what is concluded from pages: intended or not, it must be looked at."""
    expected_file = path.with_name(path.name + ".json")
    expected = json.loads(expected_file.read_text("utf-8")) if expected_file.exists() else {}
    got = page_as_json(parse(path, expected.get("site_path")))
    if "site_path" in expected:
        got = {"site_path": expected["site_path"], **got}
    if expected.keys() <= {"site_path"} and os.environ.get("INFORCE_WRITE_PAGES"):
        expected_file.write_text(json.dumps(got, indent=1, ensure_ascii=False) + "\n", "utf-8")
        return
    assert got == expected


def test_every_json_has_its_page() -> None:
    """A left-over JSON would look like a test and be none."""
    assert {path.name + ".json" for path in CASES} == {path.name for path in PAGES.glob("*.json")}
