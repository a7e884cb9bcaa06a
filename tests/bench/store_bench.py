"""How fast an answer is looked up: `python tests/bench/store_bench.py --pages 1500`. Prints figures of one run.

`in_force_on` over random codes and days, against one primary-key look-up in a plain SQLite table opened as ours is, and
against the slow reference (the pure function over a history that is already read). Rounds of all of them alternate, and
medians are compared. Goal: at most three times the bare look-up.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from manual.history import in_force_on
from manual.load import load
from manual.model import Code, When
from manual.queries import KnowledgeBase

SEEN = date(2026, 8, 1)
ROUNDS = 9

Asked = list[tuple[Code, date]]


def make_home(folder: Path, pages: int) -> Path:
    generate = [sys.executable, str(Path(__file__).with_name("generate.py")), str(folder / "pages")]
    subprocess.run([*generate, "--pages", str(pages)], check=True, capture_output=True)
    load(folder / "home", [folder / "pages"], captured=SEEN, now=datetime.now(UTC))
    return folder / "home"


def microseconds(work: Callable[[], object], count: int) -> float:
    """Of processor time: other work on the machine would drown what takes so little."""
    started = time.process_time()
    work()
    return (time.process_time() - started) / count * 1e6


def bare_table(folder: Path, asked: Asked) -> sqlite3.Connection:
    path = folder / "bare.sqlite"
    writer = sqlite3.connect(path)
    writer.execute("CREATE TABLE t (k TEXT PRIMARY KEY, v TEXT) WITHOUT ROWID")
    writer.executemany("INSERT OR IGNORE INTO t VALUES (?, ?)", [(code, "v" * 100) for code, _ in asked])
    writer.commit()
    writer.close()
    return sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)


def measure(home: Path, folder: Path, count: int) -> None:
    chance = random.Random(2)
    with KnowledgeBase(home) as kb:
        codes = kb.codes()
        asked = [(chance.choice(codes), SEEN - timedelta(chance.randrange(6000))) for _ in range(count)]
        bare = bare_table(folder, asked)
        histories = {code: kb.history_of(code) for code in codes}

        def bare_look_ups() -> None:
            for code, _ in asked:
                bare.execute("SELECT v FROM t WHERE k = ?", (code,)).fetchone()

        def ours() -> None:
            for code, day in asked:
                kb.in_force_on(code, When(day))

        def within_a_request() -> None:
            with kb.steady():
                ours()

        def reference() -> None:
            for code, day in asked:
                in_force_on(histories[code], day)

        with KnowledgeBase(home) as fresh:
            filling = microseconds(lambda: [fresh.in_force_on(code, When(day)) for code, day in asked], count)
        works = {
            "bare SQLite primary-key look-up": bare_look_ups,
            "in_force_on within one request": within_a_request,
            "in_force_on alone (asks after a new file)": ours,
            "the pure function over histories in memory": reference,
        }
        times: dict[str, list[float]] = {name: [] for name in works}
        for _ in range(ROUNDS):
            for name, work in works.items():
                times[name].append(microseconds(work, count))
        bare.close()
    medians = {name: statistics.median(each) for name, each in times.items()}
    unit = next(iter(medians.values()))
    print(f"{len(codes)} codes, {count} look-ups a round, medians of {ROUNDS} rounds")
    print(f"{'':44}{'µs':>8}{'ratio':>8}")
    for name, median in medians.items():
        print(f"{name:44}{median:8.2f}{median / unit:8.2f}")
    print(f"{'in_force_on, first time in a process':44}{filling:8.2f}{filling / unit:8.2f}")
    print("goal: in_force_on at most 3 times the bare look-up")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    arguments.add_argument("--pages", type=int, default=1500)
    arguments.add_argument("--look-ups", type=int, default=20_000)
    arguments.add_argument("--home", type=Path, help="a home that is already loaded")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        measure(given.home or make_home(folder, given.pages), folder, given.look_ups)


if __name__ == "__main__":
    main()
