"""How long the shell waits for an answer: `python tests/bench/start_bench.py`. Prints times and ratios of one run.

Each round runs, one after the other, a Python that does nothing, one that imports click and sqlite3, and `inforce show`
with the specimen's answer, so that other work on the machine meets all three alike. Times are of the processor, user
and system. Goal: `show` in at most two and a half times the time of the imports.

Bytecode is written beforehand, as an installation does, into a folder of its own; without it every start would compile.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

BARE = "import click, sqlite3"
SHOW = "import sys; from manual.cli import main; main()"


def processor_ms(command: list[str], environment: dict[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1e3


def environment_with_bytecode(folder: Path) -> dict[str, str]:
    found = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return found | {"PYTHONPYCACHEPREFIX": str(folder)}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    arguments.add_argument("--rounds", type=int, default=41)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        environment, home = environment_with_bytecode(Path(temporary) / "bytecode"), f"{temporary}/home"
        inforce = [sys.executable, "-c", SHOW, "--home", home]
        load = subprocess.run(
            [*inforce, "load", "--specimen"], env=environment, capture_output=True, text=True
        )
        if load.returncode not in (0, 1):  # 1: the specimen has pages that contradict each other, on purpose
            raise SystemExit(load.stderr)
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            f"python -c '{BARE}'": [sys.executable, "-c", BARE],
            "inforce show J1.1": [*inforce, "show", "J1.1"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for command in commands.values():
            processor_ms(command, environment)  # writes bytecode, fills the disk's cache
        for _ in range(given.rounds):
            for name, command in commands.items():
                times[name].append(processor_ms(command, environment))
    _, bare, ours = times.values()
    for name, each in times.items():
        print(f"{name:35} {statistics.median(each):6.1f} ms (least {min(each):.1f})")
    ratio = statistics.median(one / other for one, other in zip(ours, bare, strict=True))
    print(f"ratio of the last two, median of {given.rounds} pairs: {ratio:.2f} (goal: at most 2.5)")


if __name__ == "__main__":
    main()
