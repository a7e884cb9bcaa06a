"""Progress of long commands: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

from manual.cli.printed import one_line

if TYPE_CHECKING:
    from manual.load import Progress


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """A moving bar on a terminal, a line now and then elsewhere; always on stderr."""
    if not sys.stderr.isatty():
        yield PlainProgress(sys.stderr)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
    )
    with Progress(*columns, TimeElapsedColumn(), console=Console(file=sys.stderr)) as bars:
        yield RichProgress(bars)


class PlainProgress:
    """Counts and rate as lines, at most one every few seconds."""

    def __init__(self, stream: TextIO, every: float = 5.0) -> None:
        self._stream = stream
        self._every = every
        self.begin("", None)

    def begin(self, what: str, total: int | None) -> None:
        self._what, self._total, self._done = what, total, 0
        self._began = self._told = time.monotonic()
        if what:
            print(f"{what}{f': {total:,}' if total is not None else ''}", file=self._stream, flush=True)

    def step(self, count: int = 1) -> None:
        self._done += count
        now = time.monotonic()
        if now - self._told >= self._every:
            self._told = now
            of = f" of {self._total:,}" if self._total else ""
            rate = self._done / (now - self._began)
            print(f"{self._what}: {self._done:,}{of}, {rate:,.0f} a second", file=self._stream, flush=True)

    def say(self, message: str) -> None:
        print(one_line(message), file=self._stream, flush=True)


class RichProgress:
    """One bar for each stage."""

    def __init__(self, bars: Any) -> None:
        self._bars = bars
        self._task: Any = None
        self._done = 0
        self._began = time.monotonic()

    def begin(self, what: str, total: int | None) -> None:
        self._done, self._began = 0, time.monotonic()
        self._task = self._bars.add_task(what, total=total, rate="")

    def step(self, count: int = 1) -> None:
        self._done += count
        rate = self._done / max(time.monotonic() - self._began, 1e-3)
        self._bars.update(self._task, advance=count, rate=f"{rate:,.0f}/s")

    def say(self, message: str) -> None:
        self._bars.print(one_line(message), markup=False, highlight=False)
