"""A case on paper: what is open and which version on which day come first, then every text once, under its days.

Set by the same typesetter and joined in the same way as a volume; the running head says the code and its day, the foot
its source.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from manual.citation import anchor
from manual.dates import in_words
from manual.errors import NotFound
from manual.export.collect import DISCLAIMER, NAME, require_file
from manual.export.print.joining import Bookmark, PageRun, join
from manual.export.print.pdf import LEAST
from manual.export.print.press import Data, typeset, typeset_numbers
from manual.export.print.setting import into_place, notes, require_libraries, result, typesetter
from manual.export.print.typeset import Setter, broken, jump
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


def write_case(
    home: Path,
    dest: Path,
    case: Case,
    *,
    reference: str,
    progress: Progress | None,
    publisher: Publisher = INZ,
) -> ExportSummary:
    """See `manual.export.export_case`."""
    started = time.perf_counter()
    require_libraries()
    require_file(dest, ".pdf")
    with tempfile.TemporaryDirectory(prefix="inforce-case-") as folder:
        with KnowledgeBase(home, publisher) as kb, kb.steady():
            entries = list(_entries(kb, case))
            front, runs, marks = _set_all(kb, case, reference, entries, Path(folder), progress)
            digest = kb.digest
        joined = Path(folder) / "joined.pdf"
        pages = join(front, runs, marks, joined, title=_title(case), numbers=Path(folder) / "numbers.pdf")
        size = into_place(joined, dest)
    return ExportSummary(
        dest=dest, on=case.principal.day, digest=digest, pages=pages, files=1, written=1, kept=0, removed=0,
        bytes=size, seconds=time.perf_counter() - started, notes=tuple(notes([front, *runs])),
    )  # fmt: skip


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
    kb: KnowledgeBase,
    case: Case,
    reference: str,
    entries: Sequence[Entry],
    folder: Path,
    progress: Progress | None,
) -> tuple[PageRun, list[PageRun], list[Bookmark]]:
    if progress:
        progress.begin("Setting pages", len(entries))
    runs: list[PageRun] = []
    marks: list[Bookmark] = []
    start = 0
    for number, several in enumerate(_runs(entries)):
        path = folder / f"{number}.pdf"
        data = _whole(
            case, "body", above=[1] if several[0].level > 1 else [], instructions=[e.data for e in several]
        )
        with typesetter() as pool:
            run = PageRun(path, result(pool.submit(typeset, data, path, number)))
        for entry, spot in zip(several, run.sheets.heads, strict=True):
            name = anchor(entry.code) if entry.level == 1 else f"~{len(marks)}"
            marks.append(Bookmark(entry.code, entry.title, entry.level - 1, name, spot.moved(start)))
        start += run.sheets.pages
        runs.append(run)
        if progress:
            progress.step(len(several))
    with typesetter() as pool:
        result(pool.submit(typeset_numbers, folder / "numbers.pdf"))
        path = folder / "front.pdf"
        front = PageRun(
            path, result(pool.submit(typeset, _front(kb, case, reference, marks), path, len(runs)))
        )
    return front, runs, marks


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
    newest = kb.newest_capture(case.known)
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
        f"Made up on {in_words(case.today)} from saved pages"
        + (f", the newest captured on {in_words(newest)}." if newest else "."),
        f"Knowledge base {kb.digest}",
    ]
    contents = [
        {
            "depth": mark.depth,
            "code": mark.code,
            "title": broken(mark.title),
            "far": jump(mark.name, "", mark.said),
            "page": f"{mark.spot.page + 1:,}",
        }
        for mark in marks
    ]
    return _whole(case, "front", above=[], lines=lines, contents=contents, opening=_opening(case, reference))


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
        "none_open": "Every instruction was in force on every day of the case, and the texts are held.",
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
