"""How fast and how large the PDF is: `python tests/bench/pdf_bench.py --instructions 1400`. Figures of one run.

A part of 150 instructions and a whole manual, each instruction of about 600 words with one version. Memory is that of
the whole tree of processes, sampled: the sum of what each holds, shared pages counted in each. Goals for 1,400
instructions: under 60 s and under 1 GB. Beside it, where they are at hand, WeasyPrint and a headless Chromium printing
the single HTML file of the same part; what they make lacks the running heads and the contents with page numbers.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import which

if __package__ in (None, ""):  # run as a script: the project's folder is not on the path
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from manual.load import load
from tests.bench.generate import write

SEEN = date(2026, 8, 11)
ROOT = Path(__file__).resolve().parents[2]
EVERY = 0.05
"""Seconds between two samples of memory."""
MOST_SECONDS = 1800
EXPORT = """
import sys
from datetime import date
from pathlib import Path
from manual.export.print.pdf import export_pdf
from manual.export.single import export_single
if __name__ == "__main__":
    export = {"pdf": export_pdf, "single": export_single}[sys.argv[1]]
    export(Path(sys.argv[2]), Path(sys.argv[3]), on=date.fromisoformat(sys.argv[4]))
"""
WEASYPRINT = (
    "import sys, weasyprint; weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2], pdf_tags=True)"
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a command took, with all processes that it began."""

    seconds: float
    cpu: float
    peak: float
    """Megabytes."""


def main() -> None:
    reader = argparse.ArgumentParser(description="Measure the PDF.")
    reader.add_argument("--instructions", type=int, default=1400, help="of the whole manual")
    reader.add_argument("--part", type=int, default=150, help="instructions of the part")
    reader.add_argument("--home", type=Path, help="a home that is already there, for the whole manual")
    reader.add_argument("--alone", action="store_true", help="without the other programs")
    asked = reader.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        part = make_home(folder / "part", asked.part)
        ours = say(f"PDF of {asked.part:,} instructions", export("pdf", part, folder / "part.pdf"))
        whole = asked.home or make_home(folder / "whole", asked.instructions)
        title = "PDF of the whole home" if asked.home else f"PDF of {asked.instructions:,} instructions"
        say(title, export("pdf", whole, folder / "whole.pdf"))
        if not asked.alone:
            say("single HTML file of the part", export("single", part, folder / "part.html"))
            for made in others(folder / "part.html", folder):
                ratio = f"{made.seconds / ours.seconds:.1f} in seconds, {made.cpu / ours.cpu:.1f} in CPU"
                print(f"{'  times ours':<34}{ratio}, {made.peak / ours.peak:.1f} in memory")


def make_home(folder: Path, instructions: int) -> Path:
    write(folder / "pages", pages=instructions, seed=1, most_versions=1)
    load(folder / "home", [folder / "pages"], captured=SEEN, now=datetime(2026, 8, 12, tzinfo=UTC))
    return folder / "home"


def export(kind: str, home: Path, dest: Path) -> tuple[Measured, Path]:
    script = dest.with_suffix(".py")  # a file and not -c: the typesetter's processes read it again
    script.write_text(EXPORT)
    return measured([sys.executable, str(script), kind, str(home), str(dest), SEEN.isoformat()]), dest


def others(page: Path, folder: Path) -> Iterator[Measured]:
    """The same part by other programs, those that are at hand."""
    if importlib.util.find_spec("weasyprint"):
        dest = folder / "weasyprint.pdf"
        made = measured([sys.executable, "-c", WEASYPRINT, str(page), str(dest)])
        yield say("WeasyPrint on that file", (made, dest))
    else:
        print("WeasyPrint is not at hand")
    browser = next(filter(None, map(which, BROWSERS)), None)
    if browser:
        dest = folder / "browser.pdf"
        profile = f"--user-data-dir={folder / 'profile'}"
        made = measured([browser, *QUIET, profile, f"--print-to-pdf={dest}", page.as_uri()])
        yield say("Chromium on that file", (made, dest))
    else:
        print("Chromium is not at hand")


def measured(command: Sequence[str]) -> Measured:
    """Run it. Raises CalledProcessError where it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.perf_counter()
    peak = 0
    spent: dict[int, float] = {}
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
        while process.poll() is None:
            running = list(tree(process.pid))
            peak = max(peak, sum(map(resident, running)))
            spent |= {one: processor_time(one) for one in running}
            if time.perf_counter() - began > MOST_SECONDS:
                process.kill()
            time.sleep(EVERY)
        seconds = time.perf_counter() - began
        if process.returncode:
            said.seek(0)
            sys.stderr.buffer.write(said.read()[-2000:])
            raise subprocess.CalledProcessError(process.returncode, command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    # a browser doesn't wait for its processes, so what they took is known from the samples alone
    return Measured(seconds, max(cpu, sum(spent.values())), peak / 1e6)


def tree(process: int) -> Iterator[int]:
    """A process and all below it, as Linux tells; nothing where there is no /proc."""
    yield process
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            below = listed.read_text().split()
        except OSError:  # it has ended
            continue
        for one in below:
            yield from tree(int(one))


def resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * resource.getpagesize()
    except (OSError, IndexError):
        return 0


def processor_time(process: int) -> float:
    """Seconds of CPU that a process has taken so far."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") if len(fields) > 12 else 0.0


def say(name: str, made: tuple[Measured, Path]) -> Measured:
    took, path = made
    print(
        f"{name:<34}{took.seconds:>8.1f} s {took.cpu:>7.1f} s of CPU {took.peak:>6.0f} MB of memory"
        f" {pages(path):>6} pages {path.stat().st_size / 1e6:>7.2f} MB",
        flush=True,
    )
    return took


def pages(path: Path) -> str:
    if path.suffix != ".pdf":
        return "–"
    import pikepdf

    with pikepdf.open(path) as pdf:
        return f"{len(pdf.pages):,}"


if __name__ == "__main__":
    main()
