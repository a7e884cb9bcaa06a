"""How fast pages become answers: `python tests/bench/load_bench.py --pages 1500`. Prints figures and ratios of one run.

Goals: a first load, history and store included and with all processors, takes at most two and a half times what one
process needs for bare html5lib parsing of the same pages; a second load of the unchanged folder at most 2 % of the
first; 15,000 pages within 1.5 GiB; one more capture is in the index within a second. Compare figures of one run only:
machines and their other work differ. Processor time is printed beside the clock's, since other work disturbs it less.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import ModuleType

import html5lib

from manual.intake import indexing
from manual.load import LoadSummary, Silent, load

SEEN = date(2026, 8, 1)


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_generate", Path(__file__).with_name("generate.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@dataclass(frozen=True)
class Spent:
    """Seconds by the clock and of the processors, those of ended child processes included."""

    clock: float
    processor: float

    def times(self, factor: float) -> Spent:
        return Spent(self.clock * factor, self.processor * factor)


def spent(work: Callable[[], object]) -> Spent:
    clock, processor = time.perf_counter(), processor_seconds()
    work()
    return Spent(time.perf_counter() - clock, processor_seconds() - processor)


def processor_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def bare_parsing(folder: Path, most: int) -> Spent:
    """For html5lib alone over a sample of the pages, scaled to all of them."""
    pages = sorted(folder.glob("*.htm"))
    sample = random.Random(1).sample(pages, min(most, len(pages)))
    data = [page.read_bytes() for page in sample]

    def parse() -> None:
        for one in data:
            html5lib.parse(one)

    return spent(parse).times(len(pages) / len(sample))


def memory() -> float:
    """At most so many MiB were used at once: this process and, for each processor, the largest worker."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (own + worker * (os.cpu_count() or 1)) / 1024


def one_more(home: Path, folder: Path) -> tuple[Spent, Spent, Spent]:
    """For the index of everything, for the load of one amended page, and for bringing the index up to it."""
    page = sorted(folder.glob("[0-9]*.htm"))[-1]
    amended = folder.parent / page.name
    amended.write_bytes(page.read_bytes().replace(b" the ", b" amended ", 1))
    summaries: list[LoadSummary] = []

    def take() -> None:
        later = SEEN + timedelta(days=3)
        summaries.append(load(home, [amended], captured=later, now=datetime.now(UTC)))

    unchanged = load(home, [folder], captured=SEEN, now=datetime.now(UTC))
    whole = spent(lambda: indexing.refresh_index(home, Silent(), unchanged, None))
    with indexing.knowledge_base_before(home) as before:
        loading = spent(take)
        update = spent(lambda: indexing.refresh_index(home, Silent(), summaries[0], before))
    return whole, loading, update


def row(name: str, one: Spent, against: Spent | None = None, goal: str = "") -> None:
    figures = f"{name:44}{one.clock:9.2f}{one.processor:9.2f}"
    ratios = f"{one.clock / against.clock:8.3f}{one.processor / against.processor:8.3f}" if against else ""
    print(f"{figures}{ratios:16}  {goal}".rstrip())


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    arguments.add_argument("--pages", type=int, default=1500)
    arguments.add_argument("--sample", type=int, default=300, help="pages that bare html5lib parses")
    arguments.add_argument("--home", type=Path, help="where to leave what was loaded, for other measurements")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        measure(given.pages, given.sample, Path(temporary), given.home or Path(temporary) / "home")


def measure(pages: int, sample: int, temporary: Path, home: Path) -> None:
    folder = temporary / "pages"
    generator().write(folder, pages=pages, seed=1)
    now = datetime.now(UTC)
    bare = bare_parsing(folder, sample)
    first = spent(lambda: load(home, [folder], captured=SEEN, now=now))
    used = memory()
    second = spent(lambda: load(home, [folder], captured=SEEN, now=now))
    whole, loading, update = one_more(home, folder)
    size = (home / "kb.sqlite").stat().st_size / 2**20
    print(f"{pages} pages; {os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f}")
    print(f"{'':44}{'clock s':>9}{'CPU s':>9}{'ratio':>8}{'of CPU':>8}")
    row(f"bare html5lib, one process (from {sample} pages)", bare)
    row("first load, all processors", first, bare, "to bare parsing; goal: at most 2.5 by the clock")
    row("second load of the same folder", second, first, "to the first load; goal: at most 0.02")
    row("index of everything", whole)
    row("load of one amended page", loading, first, "to the first load")
    row("its index", update, whole, "to the whole index; goal: less than 1 s")
    print(f"{pages / first.clock:.0f} pages a second; knowledge base {size:.0f} MiB;", end=" ")
    print(f"at most {used:.0f} MiB in use (goal, at 15,000 pages: 1536)")


if __name__ == "__main__":
    main()
