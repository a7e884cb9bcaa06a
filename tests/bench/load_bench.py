"""How fast pages become answers: `python tests/bench/load_bench.py --pages 1500`. Prints figures and ratios of one run.

Goals: a first load at most twice the time of bare html5lib parsing of the same pages; a second load of the unchanged
folder at most 2 % of the first; a look-up at most three times a bare SQLite primary-key look-up; 15,000 pages within
1.5 GiB. Compare figures only within one run: machines and their other work differ.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import ModuleType

import html5lib

from manual.load import load
from manual.queries import KnowledgeBase

SEEN = date(2026, 8, 1)
LOOKS = 20_000


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_generate", Path(__file__).with_name("generate.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def cpu_seconds(work: Callable[[], object]) -> float:
    """For what takes microseconds: other work on the machine would drown it."""
    started = time.process_time()
    work()
    return time.process_time() - started


def bare_parsing(folder: Path, most: int) -> tuple[float, int]:
    """Seconds for html5lib alone over a sample of the pages, scaled to all of them."""
    pages = sorted(folder.glob("*.htm"))
    sample = random.Random(1).sample(pages, min(most, len(pages)))
    data = [page.read_bytes() for page in sample]

    def parse() -> None:
        for one in data:
            html5lib.parse(one)

    return seconds(parse) * len(pages) / len(sample), len(sample)


def memory() -> float:
    """At most so many MiB were used at once: this process and, for each processor, the largest worker."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (own + worker * (os.cpu_count() or 1)) / 1024


def bare_look_up(folder: Path, keys: list[str]) -> float:
    """Microseconds for one primary-key look-up in a plain SQLite file opened as ours is."""
    path = folder / "bare.sqlite"
    with sqlite3.connect(path) as writer:
        writer.execute("CREATE TABLE t (k TEXT PRIMARY KEY, v TEXT) WITHOUT ROWID")
        writer.executemany("INSERT OR IGNORE INTO t VALUES (?, ?)", [(key, "v" * 100) for key in keys])
    writer.close()
    reader = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)

    def look() -> None:
        for key in keys:
            reader.execute("SELECT v FROM t WHERE k = ?", (key,)).fetchone()

    look()
    spent = cpu_seconds(look)
    reader.close()
    return spent / len(keys) * 1e6


def look_ups(home: Path, folder: Path) -> None:
    chance = random.Random(2)
    with KnowledgeBase(home) as kb:
        codes = kb.codes()
        asked = [(chance.choice(codes), SEEN - timedelta(chance.randrange(6000))) for _ in range(LOOKS)]

        def look() -> None:
            for code, day in asked:
                kb.in_force_on(code, day)

        with kb.steady():  # as within one request
            first = cpu_seconds(look) / LOOKS * 1e6
            again = cpu_seconds(look) / LOOKS * 1e6
        alone = cpu_seconds(look) / LOOKS * 1e6
        bare = bare_look_up(folder, [str(code) for code, _ in asked])
        contents = seconds(lambda: kb.contents_on(SEEN)) * 1e3
        contents_next = seconds(lambda: kb.contents_on(SEEN - timedelta(400))) * 1e3
    print(f"in_force_on: {again:.1f} µs within one request, {first:.1f} while filling its cache,", end=" ")
    print(f"{alone:.1f} alone (it asks whether the file was replaced)")
    print(f"bare SQLite primary-key look-up: {bare:.1f} µs; ratio {again / bare:.2f} (goal: at most 3)")
    print(f"contents of a day: {contents:.0f} ms the first time, {contents_next:.0f} ms for another day")


def cold(home: Path) -> None:
    """From a fresh process to one answer."""
    ask = (
        "from pathlib import Path; from datetime import date; from manual.queries import KnowledgeBase; import click;"
        f"kb = KnowledgeBase(Path({str(home)!r})); kb.in_force_on(kb.codes()[0], date(2024, 1, 1))"
    )
    times = {}
    for name, code in (("bare", "import click, sqlite3"), ("ours", ask)):
        command = [sys.executable, "-c", code]
        times[name] = min(seconds(lambda: subprocess.run(command, check=True)) for _ in range(5))  # noqa: B023
    ratio = times["ours"] / times["bare"]
    print(
        f"an answer from a cold process: {times['ours'] * 1e3:.0f} ms; ratio to importing click and sqlite3 {ratio:.2f}"
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    arguments.add_argument("--pages", type=int, default=1500)
    arguments.add_argument("--sample", type=int, default=300, help="pages that bare html5lib parses")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder, home = Path(temporary) / "pages", Path(temporary) / "home"
        generator().write(folder, pages=given.pages, seed=1)
        now = datetime.now(UTC)
        bare, sampled = bare_parsing(folder, given.sample)
        first = load(home, [folder], captured=SEEN, now=now)
        second = load(home, [folder], captured=SEEN, now=now)
        size = (home / "kb.sqlite").stat().st_size / 2**20
        print(
            f"{first.read} pages; knowledge base {size:.0f} MiB; at most {memory():.0f} MiB in use (goal: 1536)"
        )
        print(f"bare html5lib, one process: {bare:.1f} s (from {sampled} pages)")
        print(f"first load: {first.seconds:.1f} s, {first.pages_per_second:.0f} pages a second;", end=" ")
        print(f"ratio {first.seconds / bare:.2f} (goal: at most 2)")
        share = second.seconds / first.seconds
        print(f"second load: {second.seconds:.2f} s; {share:.1%} of the first (goal: at most 2 %)")
        look_ups(home, Path(temporary))
        cold(home)


if __name__ == "__main__":
    main()
