"""How fast and how large the exports are: `python tests/bench/export_bench.py --pages 1500`. Figures of one run.

The edition with its whole history against a bare loop that renders the same templates over page objects made before the
clock starts, and writes the same bytes (one process; measured on a sample of the codes and scaled). Then the same
edition again without a change and with one amended instruction, several times; an edition of one day of a manual of
1,400 instructions with 600 words each; what a query loads, and after how long a browser shows its first results, if
Chromium is here. Goals, at 15,000 versions: at most twice the bare loop; 5 s without a change; 30 s with one amendment;
15 MB for the 1,400 instructions; 200 kB a query over one day and 400 kB over the history; first results in 100 ms after
the page was read. Seconds of the processor, of all processes together, stand beside those of the clock: on a machine
that others use at the same time only they can be compared.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import re
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

from selenium.webdriver.support.ui import WebDriverWait

if __package__ in (None, ""):  # run as a script: the project's folder is not on the path
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from manual.captures import Archive, RawCapture
from manual.export.html import export_html
from manual.export.summary import ExportSummary
from manual.load import load, load_captures
from manual.model import Code
from manual.specimen.shape import ARCHIVE_BANNER
from tests import chromium
from tests.bench.generate import MOST_VERSIONS, write

SEEN = date(2026, 8, 11)
LATER = datetime(2026, 8, 10, tzinfo=UTC)
AMENDED = (0, 5, 10)
"""Which of the pages in force are amended, one after the other."""
DAY_PAGES = 1400
BANNER = ARCHIVE_BANNER.encode()
_THIS_YEAR = re.compile(rb"Effective \d\d/\d\d/2026")
QUERIES = ("visa officer", "granted evidence", "application", "conditions* period", "permit applicant")
SAMPLE = 60
"""Codes whose pages the bare loop renders."""


def main() -> None:
    reader = argparse.ArgumentParser(description="Measure the exports.")
    reader.add_argument("--pages", type=int, default=1500)
    reader.add_argument("--home", type=Path, help="a home that is already there; it gets one more capture")
    reader.add_argument("--day-pages", type=int, default=DAY_PAGES)
    asked = reader.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = asked.home or make_home(folder / "history", asked.pages)
        measure_history(home, folder)
        measure_day(make_home(folder / "one-day", asked.day_pages, most_versions=1), folder, asked.day_pages)


def make_home(folder: Path, pages: int, most_versions: int = MOST_VERSIONS) -> Path:
    write(folder / "pages", pages=pages, seed=1, most_versions=most_versions)
    load(folder / "home", [folder / "pages"], captured=SEEN, now=datetime(2026, 8, 12, tzinfo=UTC))
    return folder / "home"


def alone(work: Callable[..., Any], *given: Any) -> tuple[Any, float, float]:
    """What `work` gives, in a process of its own; the seconds of the processor that it and those it began took."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_told, args=(there, work, given))
    process.start()
    found = here.recv()
    process.join()
    if isinstance(found[0], Exception):
        raise found[0]
    return found  # type: ignore[no-any-return]


def _told(pipe: Any, work: Callable[..., Any], given: tuple[Any, ...]) -> None:
    try:
        found = work(*given)
    except Exception as problem:
        found = problem
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    processor = sum(one.ru_utime + one.ru_stime for one in used)
    pipe.send((found, processor, max(one.ru_maxrss for one in used) / 1024))


def _edition(home: Path, dest: Path, history: bool) -> ExportSummary:
    return export_html(home, dest, on=SEEN, history=history)


def row(name: str, summary: ExportSummary, processor: float, memory: float) -> str:
    return (
        f"{name:<34}{summary.seconds:>8.2f} s ({processor:.2f} s of processor) {summary.files:>7,} files"
        f" {summary.written:>7,} written {summary.bytes / 1e6:>7.1f} MB {memory:>6.0f} MB of memory in a process"
    )


def measure_history(home: Path, folder: Path) -> None:
    whole = folder / "whole"
    first, processor, memory = alone(_edition, home, whole, True)
    print(row("with the history, all anew", first, processor, memory))
    bare, pages = alone(bare_loop, home, folder / "bare")[0]
    print(f"{'a bare Jinja loop, one process':<34}{bare:>8.2f} s {pages:>7,} pages")
    print(f"{'ratio':<34}{first.seconds / bare:>8.2f} by the clock, {processor / bare:.2f} by the processor")
    print(row("the same again", *alone(_edition, home, whole, True)))
    for number in AMENDED:
        amend(home, number)
        print(row("one instruction amended", *alone(_edition, home, whole, True)))
    say_search("the history", whole)


def measure_day(home: Path, folder: Path, instructions: int) -> None:
    day, processor, memory = alone(_edition, home, folder / "day", False)
    print(row(f"one day, {instructions:,} instructions", day, processor, memory))
    say_search("one day", folder / "day")


def say_search(of: str, edition: Path) -> None:
    loaded = query_bytes(edition) / 1000
    print(f"{'a query over ' + of:<34}{loaded:>8.0f} kB for three words and ten snippets, p95 of 200")
    if chromium.CHROMIUM and chromium.DRIVER:
        shown, told = first_results(edition)
        print(
            f"{'  in Chromium, from file://':<34}{shown:>8.0f} ms to the hits, {told:.0f} ms to the words around them"
        )
    else:
        print("  not timed in a browser: there is no Chromium with its chromedriver here")


def first_results(edition: Path) -> tuple[float, float]:
    """Milliseconds from the page being read to the hits, and to all snippets: medians over `QUERIES`, thrice each."""
    shown, told = [], []
    with tempfile.TemporaryDirectory() as profile:
        driver = chromium.started(Path(profile))
        try:
            for query in QUERIES * 4:
                driver.get(f"{(edition / 'search.html').as_uri()}?q={quote(query)}")
                WebDriverWait(driver, 20).until(lambda d: "inforce-told" in d.execute_script(_MARKS))
                marks = driver.execute_script(_MARKS)
                shown.append(marks["inforce-shown"] - marks["read"])
                told.append(marks["inforce-told"] - marks["read"])
        finally:
            driver.quit()
    warm = slice(len(QUERIES), None)
    return statistics.median(shown[warm]), statistics.median(told[warm])


_MARKS = (
    "return Object.fromEntries(performance.getEntriesByType('mark').map(m => [m.name, m.startTime])"
    ".concat([['read', performance.getEntriesByType('navigation')[0].domInteractive]]))"
)


def bare_loop(home: Path, dest: Path) -> tuple[float, int]:
    """Seconds of the processor to render and write every page, and their number: from a sample of codes, without
    feeds."""
    from manual.export import pages as export_pages
    from manual.export.dependencies import RecordingBase
    from manual.export.plan import make_plan, pages_planned
    from manual.export.render import Facts

    spent = 0.0
    real = export_pages.draw

    def timed(*given: Any, **more: Any) -> bytes:
        nonlocal spent
        begun = time.process_time()
        html = real(*given, **more)
        path = dest / given[1]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(html)
        spent += time.process_time() - begun
        return html

    export_pages.draw = timed
    with RecordingBase(home) as kb, kb.steady():
        plan = make_plan(kb, SEEN, history=True)
        facts = Facts(
            on=SEEN, history=True, made=SEEN, newest_capture=SEEN, specimen=False, digest=kb.digest,
            codes=len(plan.codes), in_force=1,
        )  # fmt: skip
        codes = random.Random(1).sample(sorted(plan.codes), min(SAMPLE, len(plan.codes)))
        list(export_pages.pages_of_code(kb, plan, facts, codes[0]))  # templates are compiled
        spent = 0.0
        planned = {code: dict(pages_planned(plan, each)) for code, each in plan.codes.items()}
        pages = {code: sum(kind != "feed" for kind in kinds.values()) for code, kinds in planned.items()}
        for code in codes:
            list(export_pages.pages_of_code(kb, plan, facts, Code(code)))
        drawn, total = sum(pages[code] for code in codes), sum(pages.values())
    export_pages.draw = real
    return spent * total / drawn, total


def amend(home: Path, number: int = 0) -> None:
    """The `number`th page in force with another word and another first day, as captured before the others."""
    archive = Archive(home)
    pages = (
        (taken, data)
        for taken in archive.captures()
        if taken.site_path and b'class="effectivedate"' in (data := archive.bytes_of(taken.sha256))
    )
    in_force = ((taken, data) for taken, data in pages if BANNER not in data and not _THIS_YEAR.search(data))
    taken, data = next(islice(in_force, number, None))
    changed = data.replace(b" visa ", b" permit ", 1).replace(b"Effective ", b"Effective 01/07/2026 was ", 1)
    raw = RawCapture(
        data=changed, media="html", address=None, site_path=taken.site_path, captured_at=LATER,
        filename=taken.filename,
    )  # fmt: skip
    load_captures(home, [raw], now=datetime(2026, 8, 13, tzinfo=UTC))


def query_bytes(edition: Path) -> int:
    """What a query of three words loads, with the pages of ten hits: the 95th percentile of 200."""
    rng = random.Random(3)
    folder = edition / "search"
    always = sum((folder / name).stat().st_size for name in ("start.js", "days.js"))
    buckets = [path.stat().st_size for path in (folder / "t").iterdir()]
    titles = [path.stat().st_size for path in (folder / "n").iterdir()]
    pages = [path.stat().st_size for path in edition.glob("[A-Z]*.html")]
    asked = [
        always + sum(rng.sample(buckets, 3)) + sum(rng.choices(titles, k=10)) + sum(rng.sample(pages, 10))
        for _ in range(200)
    ]
    return sorted(asked)[189]


if __name__ == "__main__":
    main()
