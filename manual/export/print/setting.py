"""What volumes and cases share on their way to paper: processes that set pages, notes for who prints, the file."""

from __future__ import annotations

import multiprocessing
import os
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TypeVar

from manual.errors import ExportError
from manual.export.print.joining import PageRun
from manual.export.print.press import as_number
from manual.processes import end_with_parent

_Given = TypeVar("_Given")


def require_libraries() -> None:
    try:
        import pikepdf  # noqa: F401
        import typst  # noqa: F401
    except ImportError as problem:
        raise ExportError(f"A PDF needs typst and pikepdf ({problem}). Install inforce[pdf].") from problem


def into_place(made: Path, dest: Path) -> int:
    """The old file stays until the new one is whole."""
    aside = dest.with_name(f".{dest.name}.building")
    try:
        dest.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(made, aside)
        os.replace(aside, dest)
    except OSError as problem:
        aside.unlink(missing_ok=True)
        raise ExportError(f"{dest} can't be written ({problem.strerror or problem}).") from problem
    return dest.stat().st_size


def typesetter() -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(1, mp_context=context, initializer=end_with_parent)


def result(job: Future[_Given]) -> _Given:
    try:
        return job.result()
    except BrokenProcessPool as problem:
        raise ExportError("The typesetter was ended from outside, perhaps for want of memory.") from problem


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
