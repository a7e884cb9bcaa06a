"""Work in several processes comes back in order, a few batches at a time."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator

import pytest

from manual import processes
from manual.processes import WorkerEnded, WorkerPool, batched, in_short_lived

PREPARED: list[str] = []


def prepare(word: str) -> None:
    PREPARED.append(word)


def described(batch: list[int]) -> tuple[int, list[int], list[str]]:
    return os.getpid(), [number * number for number in batch], PREPARED


def killed(batch: list[int]) -> list[int]:
    os.kill(os.getpid(), signal.SIGKILL)
    return batch


@pytest.fixture
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "processors", lambda: 2)


def test_batches_hold_everything_once() -> None:
    """Pages would be left out or read twice."""
    assert list(batched(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(batched([], 2)) == []


@pytest.mark.usefixtures("two_processors")
def test_results_come_in_the_order_of_the_work_from_prepared_workers() -> None:
    """Results would be filed under another page."""
    with WorkerPool(prepare, ("ready",)) as pool:
        done = list(pool.map(described, batched(range(30), 2), many=True))
    assert [square for _, squares, _ in done for square in squares] == [n * n for n in range(30)]
    assert os.getpid() not in {process for process, _, _ in done}
    assert all(prepared == ["ready"] for _, _, prepared in done)


@pytest.mark.usefixtures("two_processors")
def test_little_work_is_done_here_and_few_batches_are_taken_beforehand() -> None:
    """Starting processes would take longer than the work; or a whole manual would be held in memory."""
    taken: list[int] = []

    def batches() -> Iterator[list[int]]:
        for number in range(40):
            taken.append(number)
            yield [number]

    with WorkerPool() as pool:
        assert {process for process, _, _ in pool.map(described, [[1], [2]], many=False)} == {os.getpid()}
        results = pool.map(described, batches(), many=True)
        next(results)
        assert len(taken) < 10
        results.close()  # type: ignore[attr-defined]


@pytest.mark.usefixtures("two_processors")
def test_worker_that_was_killed_is_said() -> None:
    """The load would wait for ever, or go on without those pages."""
    with WorkerPool() as pool, pytest.raises(WorkerEnded):
        list(pool.map(killed, [[1], [2]], many=True))


@pytest.mark.usefixtures("two_processors")
def test_short_lived_processes_end_after_their_share_and_results_keep_their_order() -> None:
    """Memory of a whole manual's pages would pile up, or pages would be bound in another order."""
    taken: list[int] = []

    def items() -> Iterator[list[int]]:
        for number in range(12):
            taken.append(number)
            yield [number]

    results = in_short_lived(described, items(), each=2, most=2)
    first = next(results)
    assert len(taken) < 6
    done = [first, *results]
    assert [squares for _, squares, _ in done] == [[n * n] for n in range(12)]
    assert len({process for process, _, _ in done}) == 6
    with pytest.raises(WorkerEnded):
        list(in_short_lived(killed, [[1]], each=2, most=2))


@pytest.mark.usefixtures("two_processors")
def test_worker_that_ends_before_it_gets_more_work_is_said() -> None:
    """An export would end in the program's own traceback instead of a sentence."""

    def items() -> Iterator[list[int]]:
        yield [1]
        for _ in range(100):
            if multiprocessing.active_children():
                time.sleep(0.05)
        time.sleep(0.2)  # the pool notices a little later
        yield [2]

    with pytest.raises(WorkerEnded):
        list(in_short_lived(killed, items(), each=5, most=2))
    with WorkerPool() as pool, pytest.raises(WorkerEnded):
        list(pool.map(killed, items(), many=True))
