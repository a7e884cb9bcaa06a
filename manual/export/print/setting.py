"""What volumes and cases share on their way to paper: processes that set pages, notes for who prints, the file."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from manual.errors import ExportError
from manual.export.collect import require_file, write_file
from manual.export.print.joining import Bookmark, PageRun, join
from manual.export.print.press import Data, as_number, typeset, typeset_numbers
from manual.export.print.typeset import broken, jump
from manual.export.summary import ExportSummary
from manual.processes import WorkerEnded, in_short_lived
from manual.publisher import Publisher
from manual.queries import KnowledgeBase

if TYPE_CHECKING:
    from manual.load import Progress

MOST_WORKERS = 4
"""Each takes some 200 MB."""
_RUNS_A_PROCESS = 5
_NUMBERS = "numbers.pdf"


class SetPages(NamedTuple):
    """All pages of a document, set and not yet joined."""

    front: PageRun
    runs: Sequence[PageRun]
    marks: Sequence[Bookmark]
    title: str
    on: date
    digest: str
    """Identity of the knowledge base."""
    notes: tuple[str, ...] = ()


def write_document(
    home: Path,
    dest: Path,
    publisher: Publisher,
    progress: Progress | None,
    set_pages: Callable[[KnowledgeBase, Path], SetPages],
) -> ExportSummary:
    """Set pages into a temporary folder (which `set_pages` is given), join them, and put the file in place."""
    started = time.perf_counter()
    require_libraries()
    require_file(dest, ".pdf")
    with tempfile.TemporaryDirectory(prefix="inforce-pdf-") as name:
        folder = Path(name)
        with KnowledgeBase(home, publisher) as kb, kb.steady():
            made = set_pages(kb, folder)
        if progress:
            progress.begin("Joining", None)
        joined = folder / "joined.pdf"
        pages = join(made.front, made.runs, made.marks, joined, title=made.title, numbers=folder / _NUMBERS)
        data = joined.read_bytes()
    write_file(dest, data)
    return ExportSummary(
        dest=dest, on=made.on, digest=made.digest, pages=pages, bytes=len(data), seconds=time.perf_counter() - started,
        notes=(*made.notes, *notes([made.front, *made.runs])),
    )  # fmt: skip


def require_libraries() -> None:
    try:
        import pikepdf  # noqa: F401
        import typst  # noqa: F401
    except ImportError as problem:
        raise ExportError(f"A PDF needs typst and pikepdf ({problem}). Install inforce[pdf].") from problem


# ---------------------------------------------------------------- runs of pages

ToSet = tuple[Data, Path, int]
"""What to set, the file for its pages, and its number among the files to be joined."""


def set_runs(several: Iterable[ToSet]) -> Iterator[PageRun]:
    """Runs in their order, set in processes of their own."""
    return _in_processes(_set_run, several)


def set_front(data: Data, folder: Path, number: int) -> PageRun:
    """The first pages, and the characters of page numbers for all others."""
    [front] = _in_processes(_set_front, [(data, folder / "front.pdf", number)])
    return front


def _in_processes(work: Callable[[ToSet], PageRun], several: Iterable[ToSet]) -> Iterator[PageRun]:
    try:
        yield from in_short_lived(work, several, each=_RUNS_A_PROCESS, most=MOST_WORKERS)
    except WorkerEnded as problem:
        raise ExportError("The typesetter was ended from outside, perhaps for want of memory.") from problem


def _set_run(one: ToSet) -> PageRun:
    return PageRun(one[1], typeset(*one))


def _set_front(one: ToSet) -> PageRun:
    typeset_numbers(one[1].with_name(_NUMBERS))
    return _set_run(one)


def contents_rows(marks: Sequence[Bookmark]) -> list[Data]:
    """The contents of a document, as `volume.typ` takes them."""
    return [
        {
            "depth": mark.depth,
            "code": mark.code,
            "title": broken(mark.title),
            "far": jump(mark.name, "", mark.said),
            "page": f"{mark.spot.page + 1:,}",
        }
        for mark in marks
    ]


# ---------------------------------------------------------------- what a publisher should know

_MOST_NAMED = 12
EXAMPLE = as_number("中")


def notes(runs: Sequence[PageRun]) -> Iterator[str]:
    """Which characters could not be drawn and where; characters of the same places in one note."""
    undrawn: dict[str, dict[str, None]] = {}
    for run in runs:
        for text, code in run.sheets.undrawn:
            undrawn.setdefault(text, {})[code] = None
    together: dict[tuple[str, ...], list[str]] = {}
    for text in sorted(undrawn):
        places = tuple(code for code in undrawn[text] if code) or ("the contents",)
        together.setdefault(places, []).append(_named(text))
    notes = [
        f"No font that comes with Typst has {_few(names)}; printed as numbers, such as {EXAMPLE}, in {_few(places)}."
        for places, names in together.items()
    ]
    yield from notes[:_MOST_NAMED]
    if len(notes) > _MOST_NAMED:
        yield f"Characters without a font are printed as numbers in {len(notes) - _MOST_NAMED:,} more places."
    refused = sorted({run.sheets.refused for run in runs if run.sheets.refused})
    if refused:
        yield f"The file does not claim PDF/UA-1: {_few(refused, 3)}."


def _named(text: str) -> str:
    number = as_number(text).strip("[]")
    return f"{text} ({number})" if text.isprintable() else number


def _few(found: Sequence[str], most: int = _MOST_NAMED) -> str:
    more = len(found) - most
    return ", ".join(found[:most]) + (f" and {more:,} more" if more > 0 else "")
