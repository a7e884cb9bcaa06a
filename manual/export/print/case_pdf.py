"""A case on paper: what is open and which version on which day come first, then every text once, under its days.

Set by the same typesetter and joined in the same way as a volume; the running head says the code and its day, the foot
its source.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from manual.citation import anchor
from manual.dates import in_words
from manual.errors import NotFound
from manual.export.collect import DISCLAIMER, NAME, made_from
from manual.export.print.joining import Bookmark, PageRun
from manual.export.print.pdf import LEAST
from manual.export.print.press import Data
from manual.export.print.setting import SetPages, contents_rows, set_front, set_runs, write_document
from manual.export.print.typeset import Setter, broken
from manual.export.summary import ExportSummary
from manual.model import Code, When
from manual.pages.case import Case, CaseRow, CaseStanding
from manual.pages.case_said import NO_CUT_OFF
from manual.pages.instruction import InstructionPage, instruction_page
from manual.pages.words import SPECIMEN_SAID
from manual.publisher import INZ, Publisher
from manual.queries import KnowledgeBase

if TYPE_CHECKING:
    from manual.load import Progress


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer of one instruction, to be set."""

    code: Code
    title: str
    level: int
    data: Data


def export_case(
    home: Path,
    dest: Path,
    case: Case,
    *,
    reference: str = "",
    progress: Progress | None = None,
    publisher: Publisher = INZ,
) -> ExportSummary:
    """Write a tagged PDF of a case: what is open, which version on which day, and every text once.

    `reference` is printed and not kept anywhere. Raises ExportError if `dest` cannot be written.
    """

    def set_pages(kb: KnowledgeBase, folder: Path) -> SetPages:
        return _set_all(kb, case, reference, folder, progress)

    return write_document(home, dest, publisher, progress, set_pages)


def _title(case: Case) -> str:
    return f"Instructions for a case ({_span(case)})"


def _span(case: Case) -> str:
    if len(case.days) == 1:
        return f"on {in_words(case.first.day)}"
    return f"{len(case.days)} days, {in_words(case.first.day)} to {in_words(case.last.day)}"


# ---------------------------------------------------------------- texts


def _entries(kb: KnowledgeBase, case: Case) -> Iterator[Entry]:
    parts = [(row, list(row.stretches)) for row in case.rows]
    # A reference leads into the document only where it can't lead to another day's text.
    setter = Setter([row.code for row, several in parts if len(several) == 1])
    for row, several in parts:
        for n, standings in enumerate(several):
            page = instruction_page(kb, row.code, When(standings[0].named.day, case.known), case.today)
            if not isinstance(page, InstructionPage):
                raise NotFound(f"The code {row.code}")
            level = 1 if n == 0 else 2
            names = f" ({', '.join(one.named.name for one in standings)})" if len(case.days) > 1 else ""
            yield Entry(row.code, page.heading + names, level, _data(setter, page, level, standings, case))


def _data(
    setter: Setter, page: InstructionPage, level: int, standings: Sequence[CaseStanding], case: Case
) -> Data:
    data = setter.instruction(page, level)
    day = in_words(standings[0].named.day)
    more = f" and {len(standings) - 1} more" if len(standings) > 1 else ""
    data["day"] = day + more
    data["fresh"] = True  # on a sheet of its own, since the running head names one day
    if len(case.days) > 1:
        data["remarks"] = [f"On {_days(standings)}.", *data["remarks"]]
    return data


def _days(standings: Sequence[CaseStanding]) -> str:
    return ", ".join(f"{one.named.name} ({in_words(one.named.day)})" for one in standings)


def _set_all(
    kb: KnowledgeBase, case: Case, reference: str, folder: Path, progress: Progress | None
) -> SetPages:
    entries = list(_entries(kb, case))
    if progress:
        progress.begin("Setting pages", len(entries))
    runs: list[PageRun] = []
    marks: list[Bookmark] = []
    start = 0
    parts = list(_runs(entries))
    to_set = ((_body(case, several), folder / f"{n}.pdf", n) for n, several in enumerate(parts))
    for several, run in zip(parts, set_runs(to_set), strict=True):
        for entry, spot in zip(several, run.sheets.heads, strict=True):
            name = anchor(entry.code) if entry.level == 1 else f"~{len(marks)}"
            marks.append(Bookmark(entry.code, entry.title, entry.level - 1, name, spot.moved(start)))
        start += run.sheets.pages
        runs.append(run)
        if progress:
            progress.step(len(several))
    front = set_front(_front(kb, case, reference, marks), folder, len(runs))
    return SetPages(front, runs, marks, _title(case), case.principal.day, kb.digest)


def _body(case: Case, several: Sequence[Entry]) -> Data:
    above = [1] if several[0].level > 1 else []
    return _whole(case, "body", above=above, instructions=[entry.data for entry in several])


def _runs(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """As many entries as Typst lays out at once with little memory."""
    several: list[Entry] = []
    size = 0
    for entry in entries:
        several.append(entry)
        size += len(json.dumps(entry.data, ensure_ascii=False))
        if size > LEAST:
            yield several
            several, size = [], 0
    if several:
        yield several


# ---------------------------------------------------------------- the first pages


def _whole(case: Case, kind: str, **more: object) -> Data:
    return {
        "kind": kind,
        "title": "Instructions for a case",
        "document": _title(case),
        "day": in_words(case.principal.day),
        "as_on": _span(case),
        "imprint": f"{NAME}: information, not advice",
        **more,
    }


def _front(kb: KnowledgeBase, case: Case, reference: str, marks: Sequence[Bookmark]) -> Data:
    known = (
        [f"As could be known on {in_words(case.known)}: pages saved later are left out."]
        if case.known
        else []
    )
    left_out = (
        [f"Left out, beyond {len(case.rows)} instructions: {', '.join(case.left_out)}."]
        if case.left_out
        else []
    )
    lines = [
        *left_out,
        *known,
        *([SPECIMEN_SAID] if kb.specimen else []),
        DISCLAIMER,
        f"Made up on {in_words(case.today)} from {made_from(kb, case.known)}.",
        f"Knowledge base {kb.digest}",
    ]
    return _whole(
        case, "front", above=[], lines=lines, contents=contents_rows(marks), opening=_opening(case, reference)
    )


def _opening(case: Case, reference: str) -> Data:
    several = len(case.days) > 1
    head = ["Instruction", *(f"{one.name}, {in_words(one.day)}" for one in case.days)]
    return {
        "reference": broken(reference),
        "days": [f"{one.name}: {in_words(one.day)}" for one in case.days],
        "open": [
            broken(f"{one.code} on {', '.join(day.name for day in one.days)}: {one.label}. {one.why}")
            for one in case.open
        ],
        "open_heading": case.open_heading,
        "none_open": case.none_open,
        "table": [head, *(_table_row(row) for row in case.rows)] if several else [],
        "clauses": [broken(words) for words in _clauses(case)],
        "no_clause": NO_CUT_OFF,
    }


def _table_row(row: CaseRow) -> list[str]:
    said = (f"other: {one.short}" if one.changed else one.short for one in row.standings)
    return [f"{row.code} {broken(row.title)}", *said]


def _clauses(case: Case) -> Iterator[str]:
    for found in case.cut_offs:
        parted = f", between {found.between[0].name} and {found.between[1].name}" if found.between else ""
        opening = f"{found.clause.opening} … " if found.clause.opening else ""
        where = found.clause.pinpoint or found.code
        yield f"{where} (version {found.period}){parted}: {opening}{found.clause.text}"
