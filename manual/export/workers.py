"""Renders pages in several processes, a few codes at a time, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from manual.processes import WorkerEnded, WorkerPool, batched, processors

FEW = 60
"""Up to so many codes are drawn in this process: starting others would take longer."""
_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Todo:
    """Pages to render: of a code, or (None) about the whole."""

    code: Code | None
    addresses: frozenset[str]


@dataclass(frozen=True, slots=True)
class Done:
    """The rendered pages and, for a code, what the search and the A to Z show of it."""

    code: Code | None
    drawn: tuple[Drawn, ...]
    search: SearchData | None = None
    lines: tuple[IndexLine, ...] = ()


class Edition:
    """What a process needs to render any page."""

    def __init__(self, kb: RecordingBase, plan: Plan, facts: Facts) -> None:
        self.kb, self.plan, self.facts = kb, plan, facts
        self.whole = dict(pages_of_whole(kb, plan, facts))
        """Pages about the whole: what draws them, by address."""

    def do(self, todo: Todo) -> Done:
        kb, plan, code = self.kb, self.plan, todo.code
        if code is None:
            return Done(None, tuple(Drawn(address, self.whole[address]()) for address in todo.addresses))
        drawn = tuple(pages_of_code(kb, plan, self.facts, code, todo.addresses))
        return Done(code, drawn, search_data(kb, plan, code), tuple(index_lines(kb, code, plan.on)))


def done(edition: Edition, home: Path, todo: Sequence[Todo]) -> Iterator[Done]:
    """The results in order. Raises ExportError if a worker is killed from outside."""
    if len(todo) <= FEW or processors() < 2:
        yield from map(edition.do, todo)
        return
    start = (home, edition.kb.digest, edition.plan.on, edition.plan.history, edition.facts)
    with WorkerPool(_start, start) as pool:
        try:
            for drawn in pool.map(_do, batched(todo, _AT_ONCE), many=True):
                yield from drawn
        except WorkerEnded as problem:
            raise ExportError(f"{problem} Nothing was changed; export again.") from problem


_AT_WORK: dict[str, Edition] = {}


def _start(home: Path, digest: str, on: date, history: bool, facts: Facts) -> None:
    kb = RecordingBase(home, facts.publisher)
    kb.steady().__enter__()  # for the life of this process
    if kb.digest != digest:
        raise ExportError("The knowledge base was changed while it was exported.")
    _AT_WORK["it"] = Edition(kb, make_plan(kb, on, history=history), facts)


def _do(batch: Sequence[Todo]) -> list[Done]:
    return [_AT_WORK["it"].do(todo) for todo in batch]
