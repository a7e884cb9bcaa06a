"""All measurements, one after the other, each with its own table: `make bench`, or

    python tests/bench/all.py --quick               small sizes, to see that all of them work: some minutes
    python tests/bench/all.py --only load,start     some of them

Sizes are chosen so that the whole takes less than half an hour on two processors. Each measurement can be run alone
with other sizes; see its own `--help`. Compare figures only within one run.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


@dataclass(frozen=True)
class Bench:
    """One script with the arguments of a full and of a quick run; `{home}`: a loaded home that several share."""

    title: str
    script: str
    full: str
    quick: str


BENCHES = {
    "load": Bench(
        "Pages to answers",
        "load_bench.py",
        "--pages 6000 --home {home}",
        "--pages 300 --sample 60 --home {home}",
    ),
    "start": Bench("From the shell to an answer", "start_bench.py", "--rounds 41", "--rounds 7"),
    "store": Bench("Look-ups", "store_bench.py", "--home {home}", "--home {home} --look-ups 4000"),
    "search": Bench(
        "Search, beside other engines",
        "search_bench.py",
        "--versions 15000 --queries 120",
        "--versions 300 --queries 40",
    ),
    "hostile": Bench("Hostile input", "hostile_bench.py", "", "--size 4000"),
    "citecheck": Bench(
        "A letter against every version", "citecheck_bench.py", "--home {home}", "--letters 60 --home {home}"
    ),
    "relevance": Bench("Is what was meant found", "relevance/score.py", "", ""),
    "site": Bench("The site", "site_bench.py", "--home {home}", "--home {home} --requests 200"),
    "export": Bench("The static edition", "export_bench.py", "--pages 1500", "--pages 150"),
    "ssg": Bench(
        "The static edition, beside other generators",
        "ssg_bench.py",
        "--pages 1500 --limit 120",
        "--pages 150 --limit 60",
    ),
    "pdf": Bench("The PDF", "pdf_bench.py", "--instructions 1400", "--instructions 150 --part 40"),
}
SHARING = {"load", "store", "site", "citecheck"}
"""Those that use one home, which the first of them makes."""


def run(name: str, bench: Bench, home: Path, quick: bool) -> bool:
    print(f"\n=== {name}: {bench.title}", flush=True)
    words = (bench.quick if quick else bench.full).format(home=home).split()
    began = time.perf_counter()
    # bytecode is kept, as in an installation: worker processes would compile everything again
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run([sys.executable, str(HERE / bench.script), *words], cwd=ROOT, env=environment)
    print(f"--- {name}: {time.perf_counter() - began:.0f} s", flush=True)
    return done.returncode == 0


def chosen(only: str | None) -> list[str]:
    names = only.split(",") if only else list(BENCHES)
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        raise SystemExit(f"No measurement is called {', '.join(unknown)}. There are {', '.join(BENCHES)}.")
    if SHARING & set(names) - {"load"} and "load" not in names:
        names.insert(0, "load")  # it makes the home that they measure
    return [name for name in BENCHES if name in names]


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--quick", action="store_true", help="small sizes")
    arguments.add_argument("--only", metavar="NAMES", help=f"some of {','.join(BENCHES)}")
    given = arguments.parse_args()
    names = chosen(given.only)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        failed = [name for name in names if not run(name, BENCHES[name], home, given.quick)]
    if failed:
        raise SystemExit(f"Failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
