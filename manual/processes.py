"""Bounded, ordered work in processes: the only way in which this program uses several processors."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any, Self, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class WorkerEnded(Exception):
    """A worker process was ended from outside, perhaps for want of memory."""


def processors() -> int:
    """The number of processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """`items` in lists of `size`; the last one may be shorter."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


class WorkerPool:
    """Does work in batches, in this process or in workers, which are started with the first batch for them.

    `prepare` is called with `arguments` once in each worker. Workers are started with "spawn", since forking a program
    with threads (a progress display) may hang. A context manager: at its end no worker is left.
    """

    def __init__(
        self,
        prepare: Callable[..., None] | None = None,
        arguments: tuple[Any, ...] = (),
        *,
        most: int | None = None,
    ) -> None:
        """`most`: the largest number of processes; without it, one for each processor."""
        self._prepare = prepare
        self._arguments = arguments
        self._size = min(processors(), most or processors())
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def map(self, work: Callable[[T], R], batches: Iterable[T], *, many: bool) -> Iterator[R]:
        """`work` on each batch, in order; a few batches at a time, so that memory stays bounded.

        With one processor, or if there are not `many` batches and no worker runs yet, the work is done in this process,
        which the caller must have prepared. Raises WorkerEnded.
        """
        if self._size < 2 or not (many or self._pool):
            yield from map(work, batches)
            return
        waiting: deque[Future[R]] = deque()
        for batch in batches:
            waiting.append(_submitted(self._started(), work, batch))
            if len(waiting) > 3 * self._size:
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = _workers(self._size, self._prepare, self._arguments)
        return self._pool


def in_short_lived(work: Callable[[T], R], items: Iterable[T], *, each: int, most: int) -> Iterator[R]:
    """`work` on each item, in order, in up to `most` processes that end after `each` items: for work that never frees
    its memory. Items are taken while processes are at work, but only a few beforehand. Raises WorkerEnded.

    One pool with `max_tasks_per_child` would do, but in Python 3.11 it stops for ever when several workers reach that
    number.
    """
    most = min(processors(), most)
    waiting: deque[Future[R]] = deque()
    pools: list[ProcessPoolExecutor] = []
    try:
        for number, item in enumerate(items):
            if number % each == 0:
                for pool in pools:
                    pool.shutdown(wait=False)  # it does what it was given, and ends
                while len(waiting) > (most - 1) * each:
                    yield _result(waiting.popleft())
                pools = [*pools[-most:], _workers(1)]
            waiting.append(_submitted(pools[-1], work, item))
        while waiting:
            yield _result(waiting.popleft())
    finally:
        for pool in pools:
            pool.shutdown(wait=True, cancel_futures=True)


def _workers(
    number: int, prepare: Callable[..., None] | None = None, arguments: tuple[Any, ...] = ()
) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        number,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(prepare, arguments),
    )


def _begin(prepare: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    # Ctrl-C reaches all processes of a terminal; the parent decides what happens to the work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    if prepare is not None:
        prepare(*arguments)


_ENDED = "A worker process was ended from outside, perhaps for want of memory."


def _submitted(pool: ProcessPoolExecutor, work: Callable[[T], R], item: T) -> Future[R]:
    """A pool whose worker was ended takes nothing more."""
    try:
        return pool.submit(work, item)
    except BrokenProcessPool as problem:
        raise WorkerEnded(_ENDED) from problem


def _result(future: Future[R]) -> R:
    try:
        return future.result()
    except BrokenProcessPool as problem:
        raise WorkerEnded(_ENDED) from problem


def end_with_parent() -> None:
    """Called at the start of a worker, which would otherwise wait for ever if its parent was killed."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
