"""Which small changes do the tests not notice: `make mutants`, or

    PYTHONPATH=tests python -m mutants.run --sample 20 --seed 7 'manual/history/*.py'

Draws a sample of mutants of the sources that fit the patterns, runs for each the tests that `tests.txt` names, in a
copy of the project, and prints those that survive. A run that takes many times longer than the unchanged one counts as
noticed. Mutants named in `equivalent.txt` are left out. Ends with 1 if more than `--most` percent survive.
"""

from __future__ import annotations

import argparse
import os
import queue
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from fnmatch import fnmatch
from pathlib import Path

from mutants.mutating import Mutant, mutants_of, named_in

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]

SOURCES = ("manual/history/*.py", "manual/parse/notes*.py")
COPIED = (
    "manual",
    "indexer",
    "webapp",
    "build",
    "tests",
    "pyproject.toml",
    "ARCHITECTURE.md",
    "README.md",
    "Makefile",
)
JOBS = 2
SLOWER = 6
"""A mutant that takes so many times as long as the unchanged source has lost its way."""
BASE = 1_600_000_000


class Copy:
    """A copy of the project in which one source at a time is another, with a link to the folder of real captures."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "project"
        self._written = 0
        for name in COPIED:
            skipped = shutil.ignore_patterns("__pycache__", "_html", "_pages", "_doctrees")
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, self.folder / name, ignore=skipped)
            else:
                shutil.copy(ROOT / name, self.folder / name)
        shared = ROOT.parent / "shared"
        if shared.is_dir():
            (folder / "shared").symlink_to(shared.resolve())

    def write(self, path: str, source: bytes) -> None:
        """Each writing gets a second of its own: Python tells old bytecode by the second and the size."""
        self._written += 1
        file = self.folder / path
        file.write_bytes(source)
        os.utime(file, (BASE + self._written, BASE + self._written))

    def passes(self, tests: Sequence[str], limit: float) -> bool:
        """Whether all of these tests pass within so many seconds."""
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider", *tests]
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {
            "PYTHONPATH": str(self.folder),
            "HYPOTHESIS_PROFILE": "mutants",
        }
        quiet = subprocess.DEVNULL
        run = subprocess.Popen(
            command, cwd=self.folder, env=environment, stdout=quiet, stderr=quiet, start_new_session=True
        )
        try:
            return run.wait(limit) == 0
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
            return False


def chosen_tests(path: str) -> tuple[str, ...]:
    """The tests that are to notice a change of this source."""
    for line in (HERE / "tests.txt").read_text("utf-8").splitlines():
        pattern, *tests = line.split() or [""]
        if pattern and not line.startswith("#") and fnmatch(path, pattern):
            found = [sorted(ROOT.glob(test)) for test in tests]
            return tuple(str(file.relative_to(ROOT)) for files in found for file in files)
    raise SystemExit(f"tests.txt names no tests for {path}.")


def drawn(patterns: Sequence[str], size: int, seed: int) -> list[Mutant]:
    """A sample of the mutants of the sources that fit, the same for the same seed and sources."""
    paths = sorted({path for pattern in patterns for path in ROOT.glob(pattern)})
    if not paths:
        raise SystemExit(f"No source fits {' '.join(patterns)}.")
    equivalent = named_in(HERE / "equivalent.txt")
    every = [
        mutant
        for path in paths
        for mutant in mutants_of(str(path.relative_to(ROOT)), path.read_bytes())
        if mutant.name not in equivalent
    ]
    print(
        f"{len(every)} mutants of {len(paths)} sources; a sample of {min(size, len(every))}, seed {seed}.",
        flush=True,
    )
    return random.Random(seed).sample(every, size)


def limits(copy: Copy, mutants: Sequence[Mutant]) -> dict[tuple[str, ...], float]:
    """For each set of tests how long a mutant may take. Ends the program where they fail without any."""
    found = {}
    for tests in sorted({chosen_tests(mutant.path) for mutant in mutants}):
        began = time.perf_counter()
        if not copy.passes(tests, 3600):
            raise SystemExit(f"These tests fail without any mutant: {' '.join(tests)}")
        took = time.perf_counter() - began
        print(f"{took:.0f} s without a mutant: {' '.join(tests)}", flush=True)
        found[tests] = 30 + SLOWER * took
    return found


def survivors(mutants: Sequence[Mutant], folder: Path, jobs: int) -> Iterator[Mutant]:
    copies: queue.SimpleQueue[Copy] = queue.SimpleQueue()
    made = [Copy(folder / str(n)) for n in range(jobs)]
    limit = limits(made[0], mutants)
    for copy in made:
        copies.put(copy)
    done, lock = Counter[bool](), threading.Lock()

    def survives(mutant: Mutant) -> bool:
        copy, source, tests = copies.get(), (ROOT / mutant.path).read_bytes(), chosen_tests(mutant.path)
        try:
            copy.write(mutant.path, mutant.applied(source))
            passed = copy.passes(tests, limit[tests])
        finally:
            copy.write(mutant.path, source)
            copies.put(copy)
        with lock:
            done[passed] += 1
            if done.total() % 20 == 0:
                print(f"  {done.total()} of {len(mutants)}, {done[True]} survived", flush=True)
        return passed

    with ThreadPoolExecutor(jobs) as pool:
        running = {pool.submit(survives, mutant): mutant for mutant in mutants}
        yield from (running[future] for future in as_completed(running) if future.result())


def tell(mutant: Mutant) -> None:
    print(
        f"\n{mutant.path}:{mutant.line}: {mutant.source}\n  - {mutant.was}\n  + {mutant.becomes}", flush=True
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("sources", nargs="*", default=SOURCES, help="patterns of sources")
    arguments.add_argument("--sample", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--jobs", type=int, default=JOBS)
    arguments.add_argument("--most", type=float, default=10.0, metavar="PERCENT")
    given = arguments.parse_args()
    mutants = drawn(given.sources, given.sample, given.seed)
    alive: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for mutant in survivors(mutants, Path(folder), given.jobs):
            alive[mutant.path] += 1
            tell(mutant)
    print()
    for path, number in sorted(Counter(mutant.path for mutant in mutants).items()):
        print(f"{path:40} {alive[path]:4} of {number:4} survived")
    share = 100 * alive.total() / len(mutants)
    print(f"{'all':40} {alive.total():4} of {len(mutants):4} survived, {share:.1f} %")
    if share > given.most:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
