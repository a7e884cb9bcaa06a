"""Which small changes do the tests not notice: `make mutants`, or

    PYTHONPATH=tests python -m mutants.run --sample 20 --seed 7 'manual/history/*.py'

Draws a sample of mutants of the sources that fit the patterns, runs for each the tests that `tests.txt` names, in a
copy of the project, as far as they call the changed function, and prints the mutants that survive. A run that takes
much longer than the unchanged one counts as noticed, and so does a mutant that mypy refuses: `make test` asks for the
types too. Mutants named in `equivalent.txt` are left out. Ends with 1 if more than `--most` percent survive.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from mutants.mutating import Mutant, mutants_of, named_in, reasons_in

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
SLOWER = 2
"""A mutant that takes so many times as long as the unchanged source has lost its way."""
LONGEST = 20
"""How many times longer than on a processor of its own a run may take: others may use the machine."""
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
        self.environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {
            "PYTHONPATH": str(self.folder),
            "HYPOTHESIS_PROFILE": "mutants",
        }

    def write(self, path: str, source: bytes) -> None:
        """Each writing gets a second of its own: Python tells old bytecode by the second and the size."""
        self._written += 1
        file = self.folder / path
        file.write_bytes(source)
        os.utime(file, (BASE + self._written, BASE + self._written))

    def passes(self, tests: Sequence[str], limit: float) -> bool:
        """Whether all of these tests pass within so many seconds, in a process of their own."""
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider", *tests]
        quiet = subprocess.DEVNULL
        run = subprocess.Popen(
            command,
            cwd=self.folder,
            env=self.environment,
            stdout=quiet,
            stderr=quiet,
            start_new_session=True,
        )
        try:
            return run.wait(limit) == 0
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
            return False

    def types_hold(self, path: str) -> bool:
        """Whether mypy accepts a source as it stands in the copy now: `make test` asks for the types too."""
        command = [sys.executable, "-m", "mypy", "--no-error-summary", path]
        quiet = subprocess.DEVNULL
        return (
            subprocess.run(command, cwd=self.folder, stdout=quiet, stderr=quiet, check=False).returncode == 0
        )


class Warm:
    """A process that has loaded some tests in a copy, and runs them quickly with other functions (`warm.py`)."""

    def __init__(self, copy: Copy, tests: Iterable[str]) -> None:
        self.copy = copy
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.mutants.warm", *tests],
            cwd=copy.folder,
            env=copy.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(
        self,
        tests: Sequence[str],
        seconds: float,
        *,
        changed: str = "",
        calls: str = "",
    ) -> tuple[bool, float]:
        """Whether all of these tests pass within so many seconds of the processor, and how many they took.

        `changed`: the source whose functions are to be those that stand in the copy now. Which functions
        each test calls is written into the file `calls`, if any.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked = {
            "tests": tests,
            "seconds": seconds,
            "changed": changed,
            "calls": calls,
        }
        print(json.dumps(asked), file=self._process.stdin, flush=True)
        passed, took = json.loads(self._process.stdout.readline())
        return passed, took

    def close(self) -> None:
        self._process.communicate()


def chosen_tests(path: str) -> tuple[str, ...]:
    """The tests that are to notice a change of this source."""
    for line in (HERE / "tests.txt").read_text("utf-8").splitlines():
        pattern, *tests = line.split() or [""]
        if pattern and not line.startswith("#") and fnmatch(path, pattern):
            found = [(sorted(ROOT.glob(file)), one) for file, *one in (test.split("::") for test in tests)]
            return tuple("::".join([str(f.relative_to(ROOT)), *one]) for files, one in found for f in files)
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
    return random.Random(seed).sample(every, min(size, len(every)))


@dataclass(frozen=True)
class Unchanged:
    """What some tests do without any mutant."""

    seconds: float
    calls: Mapping[str, list[tuple[str, int]]]
    """For each test the functions that it calls: file and first line."""

    def callers(self, mutant: Mutant) -> list[str]:
        """The tests that call the function in which a mutant stands, those first that call little else."""
        first, last = mutant.function or (0, 0)
        found = [
            test
            for test, called in self.calls.items()
            if any(path == mutant.path and first <= line <= last for path, line in called)
        ]
        return sorted(found, key=lambda test: (len(self.calls[test]), test))


def unchanged(warm: Warm, tests: Sequence[str]) -> Unchanged:
    """Ends the program where the tests fail without any mutant."""
    calls = warm.copy.folder / "calls.json"
    passed, took = warm.run(tests, 3600, calls=str(calls))
    if not passed:
        raise SystemExit(f"These tests fail without any mutant: {' '.join(tests)}")
    print(f"{took:.0f} s without a mutant: {' '.join(tests)}", flush=True)
    return Unchanged(took, json.loads(calls.read_text("utf-8")))


def passes(warm: Warm, mutant: Mutant, tests: Sequence[str], base: Unchanged) -> tuple[bool, bool]:
    """Whether the tests pass with a mutant, and then whether its types hold."""
    source, limit = (ROOT / mutant.path).read_bytes(), 5 + SLOWER * base.seconds
    warm.copy.write(mutant.path, mutant.applied(source))
    try:
        if mutant.function is None:
            passed = warm.copy.passes(tests, LONGEST * limit)
        else:
            callers = base.callers(mutant)
            passed = not callers or warm.run(callers, limit, changed=mutant.path)[0]
        return passed, passed and warm.copy.types_hold(mutant.path)
    finally:
        warm.copy.write(mutant.path, source)


def survivors(mutants: Sequence[Mutant], folder: Path, jobs: int) -> Iterator[tuple[Mutant, bool]]:
    """Those that no test notices, and whether the types hold."""
    chosen = {mutant.path: chosen_tests(mutant.path) for mutant in mutants}
    every = sorted({test for tests in chosen.values() for test in tests})
    made = [Warm(Copy(folder / str(n)), every) for n in range(jobs)]
    base = {tests: unchanged(made[0], tests) for tests in sorted(set(chosen.values()))}
    free: queue.SimpleQueue[Warm] = queue.SimpleQueue()
    for warm in made:
        free.put(warm)
    done, lock = Counter[bool](), threading.Lock()

    def survives(mutant: Mutant) -> tuple[bool, bool]:
        warm, tests = free.get(), chosen[mutant.path]
        try:
            passed, typed = passes(warm, mutant, tests, base[tests])
        finally:
            free.put(warm)
        with lock:
            done[typed] += 1
            if done.total() % 20 == 0:
                print(f"  {done.total()} of {len(mutants)}, {done[True]} survived", flush=True)
        return passed, typed

    with ThreadPoolExecutor(jobs) as pool:
        running = {pool.submit(survives, mutant): mutant for mutant in mutants}
        for future in as_completed(running):
            passed, typed = future.result()
            if passed:
                yield running[future], typed
    for warm in made:
        warm.close()


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
    refused = 0
    with tempfile.TemporaryDirectory() as folder:
        for mutant, typed in survivors(mutants, Path(folder), given.jobs):
            if typed:
                alive[mutant.path] += 1
                tell(mutant)
            else:
                refused += 1
    print()
    for path, number in sorted(Counter(mutant.path for mutant in mutants).items()):
        print(f"{path:40} {alive[path]:4} of {number:4} survived")
    share = 100 * alive.total() / len(mutants)
    print(f"{'all':40} {alive.total():4} of {len(mutants):4} survived, {share:.1f} %")
    print(f"{refused} more pass the tests and are refused by mypy.")
    print("Never drawn, for they change nothing (equivalent.txt names each):")
    for reason, number in reasons_in(HERE / "equivalent.txt").items():
        print(f"  {number}  {reason}")
    if share > given.most:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
