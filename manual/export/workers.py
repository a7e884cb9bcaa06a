"""Draws pages in several processes, a few codes at a time, in a fixed order."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from manual.errors import ExportError
from manual.export.a_to_z import IndexLine, index_lines
from manual.export.dependencies import RecordingBase
from manual.export.pages import Drawn, pages_of_code, pages_of_whole
from manual.export.plan import Plan, make_plan
from manual.export.render import Facts
from manual.export.search import SearchData, search_data
from manual.model import Code
from manual.processes import end_with_parent

FEW = 60
"""Up to so many codes are drawn in this process: starting others would take longer."""
_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Todo:
    """Pages to draw: of a code, or (None) about the whole."""

    code: Code | None
    addresses: frozenset[str]


@dataclass(frozen=True, slots=True)
class Done:
    """The pages drawn, and of a code what the search and the A to Z show of it."""

    code: Code | None
    drawn: tuple[Drawn, ...]
    search: SearchData | None = None
    lines: tuple[IndexLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """What a process needs to draw any page."""

    kb: RecordingBase
    plan: Plan
    facts: Facts

    def do(self, todo: Todo) -> Done:
        kb, plan, code = self.kb, self.plan, todo.code
        if code is None:
            pages = pages_of_whole(kb, plan, self.facts)
            return Done(None, tuple(Drawn(name, draw()) for name, draw in pages if name in todo.addresses))
        drawn = tuple(pages_of_code(kb, plan, self.facts, code, todo.addresses))
        return Done(code, drawn, search_data(kb, plan, code), tuple(index_lines(kb, code, plan.on)))


def done(edition: Edition, home: Path, todo: Sequence[Todo]) -> Iterator[Done]:
    """The work in its order. Raises ExportError where a worker is ended from outside."""
    if len(todo) <= FEW or (os.cpu_count() or 1) < 2:
        for one in todo:
            yield edition.do(one)
        return
    context = multiprocessing.get_context("spawn")
    plan, facts = edition.plan, edition.facts
    start = (home, edition.kb.digest, plan.on, plan.history, facts)
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context, initializer=_start, initargs=start) as pool:
        try:
            yield from _in_order(pool, [todo[at : at + _AT_ONCE] for at in range(0, len(todo), _AT_ONCE)])
        except BrokenProcessPool as problem:
            raise ExportError(
                "A worker process was ended from outside. Nothing was changed; export again."
            ) from problem
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _in_order(pool: ProcessPoolExecutor, batches: Sequence[Sequence[Todo]]) -> Iterator[Done]:
    """Few batches in flight at once, so that memory stays bounded."""
    waiting: deque[Future[list[Done]]] = deque()
    for batch in batches:
        waiting.append(pool.submit(_do, batch))
        if len(waiting) > 2 * (os.cpu_count() or 1):
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()


_AT_WORK: dict[str, Edition] = {}


def _start(home: Path, digest: str, on: date, history: bool, facts: Facts) -> None:
    end_with_parent()
    kb = RecordingBase(home, facts.publisher)
    kb.steady().__enter__()  # for the life of this process
    if kb.digest != digest:
        raise ExportError("The knowledge base was changed while it was exported.")
    _AT_WORK["it"] = Edition(kb, make_plan(kb, on, history=history), facts)


def _do(batch: Sequence[Todo]) -> list[Done]:
    return [_AT_WORK["it"].do(todo) for todo in batch]
