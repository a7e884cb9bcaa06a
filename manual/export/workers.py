"""Draws pages in several processes, a few codes at a time, in a fixed order."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from manual.errors import ExportError
from manual.export.aspects import aspects_of
from manual.export.pages import Drawn, pages_of_code, pages_of_whole
from manual.export.plan import Plan, make_plan
from manual.export.render import Facts
from manual.export.shards import CodeSearch, code_search
from manual.export.watched import Runs, Watched, runs_of
from manual.model import Code
from manual.processes import end_with_parent

T = TypeVar("T")
FEW = 60
"""Up to so many codes are drawn in this process: starting others would take longer."""
_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Todo:
    """Pages of a code to draw, or (None) about the whole; without addresses all of the code. `learn`: it changed."""

    code: Code | None
    addresses: frozenset[str] | None
    learn: bool = False


@dataclass(frozen=True, slots=True)
class Learnt:
    """What is to be remembered of a code."""

    runs: Runs
    aspects: dict[str, str]
    search: CodeSearch | None


@dataclass(frozen=True, slots=True)
class Done:
    code: Code | None
    drawn: tuple[Drawn, ...]
    learnt: Learnt | None


@dataclass(frozen=True, slots=True)
class Edition:
    """What a process needs to draw any page."""

    kb: Watched
    plan: Plan
    facts: Facts

    def do(self, todo: Todo) -> Done:
        if todo.code is None:
            wanted = todo.addresses or frozenset()
            pages = pages_of_whole(self.kb, self.plan, self.facts, ())
            return Done(
                None, tuple(Drawn(one.address, one.draw()) for one in pages if one.address in wanted), None
            )
        drawn = tuple(pages_of_code(self.kb, self.plan, self.facts, todo.code, todo.addresses))
        return Done(todo.code, drawn, self._learnt(todo.code) if todo.learn else None)

    def _learnt(self, code: Code) -> Learnt:
        return Learnt(
            runs_of(self.kb, code, self.plan.codes[code].shape),
            aspects_of(self.kb, self.plan, code),
            code_search(self.kb, self.plan, code),
        )


@contextmanager
def beside(work: Callable[[Path], T], home: Path) -> Iterator[Callable[[], T]]:
    """`work` in a process of its own while this one goes on; gives what waits for its result.

    Only where a process can simply be copied: to start another one would take longer.
    """
    if "fork" not in multiprocessing.get_all_start_methods() or threading.active_count() > 1:
        yield lambda: work(home)
        return
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(1, mp_context=context, initializer=end_with_parent) as pool:
        yield pool.submit(work, home).result


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
    kb = Watched(home, facts.publisher)
    kb.steady().__enter__()  # for the life of this process
    if kb.digest != digest:
        raise ExportError("The knowledge base was changed while it was exported.")
    _AT_WORK["it"] = Edition(kb, make_plan(kb, on, history=history), facts)


def _do(batch: Sequence[Todo]) -> list[Done]:
    return [_AT_WORK["it"].do(todo) for todo in batch]
