"""The static edition beside Hugo, Pelican, MkDocs and Frozen-Flask: `python tests/bench/ssg_bench.py --pages 1500`.

All write the same pages in one run: those that `export html --history` makes for the codes. The others are handed the
finished `<main>` of each page as raw HTML with its title, and draw the edition's own frame around it with the smallest
template each allows. That is less work than the edition's, and the printed note says so. Each is run as a command from
the shell, with what it takes to start. One that is not at hand is left out, saying so; one that takes longer than
`--limit` is cut off. Goal: faster than each of them. Compare figures only within one run.

Pelican is under the AGPL, one of its libraries under the GPL: they are run here as they come, and nothing of the
project imports or ships them.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import escape, unescape
from pathlib import Path

if __package__ in (None, ""):  # run as a script: the project's folder is not on the path
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


from manual.export.dependencies import RecordingBase
from manual.export.plan import make_plan, pages_planned
from manual.load import load
from tests.bench.generate import write

ROOT = Path(__file__).resolve().parents[2]
SEEN = date(2026, 8, 11)
NOTE = """\
In Force reads its knowledge base, works out and words every answer, compares versions, draws each page from data and
builds the search; its figures are those of the whole edition, pages about the whole and search files included. The
others are handed each page's finished content and only set it into the same frame; so is `In Force's writer`, the
edition's Sphinx extension alone in one process: like beside like. Search, feeds, site maps, taxonomies and lists of
the others are off. MkDocs builds its navigation in any case: `own theme` does not draw it, `stock theme` draws it on
every page, as it comes. Memory is the most that all processes of a command held at once, sampled, mapped files left
out."""


@dataclass(frozen=True)
class Page:
    """A finished page of the edition: its place, its title, and the HTML inside `<main>`."""

    address: str
    title: str
    main: str


@dataclass(frozen=True)
class Generator:
    """Another program: whether it is at hand, and what makes a project of it."""

    name: str
    missing: Callable[[], str]
    """What is not at hand; empty if all is."""
    prepare: Callable[[Path, Sequence[Page], str], list[str]]
    """Writes the sources into a folder and gives the command; the pages go to `out` in that folder. The frame has
    `@title@` and `@main@` where they go."""


# ---------------------------------------------------------------- the pages


def edition_command(home: Path, dest: Path) -> list[str]:
    words = ["--home", str(home), "export", "html", str(dest), "--history", "--on", SEEN.isoformat()]
    return [sys.executable, "-m", "manual.cli", *words]


_PARTS = re.compile(r"(.*?<title>)(.*?)(</title>.*?<main\b[^>]*>)(.*)(</main>.*)", re.DOTALL)


def pages_of(home: Path, edition: Path) -> tuple[list[Page], str]:
    """Every page made for a code, and the frame of the first one."""
    with RecordingBase(home) as kb, kb.steady():
        plan = make_plan(kb, SEEN, history=True)
        files = [address for each in plan.codes.values() for address, _ in pages_planned(plan, each)]
        wanted = [address for address in files if address.endswith(".html")]
    pages, frame = [], ""
    for address in wanted:
        parts = _PARTS.fullmatch((edition / address).read_text(encoding="utf-8"))
        if parts is None:
            raise SystemExit(f"{address} has no <title> and <main>")
        before, title, between, main, after = parts.groups()
        pages.append(Page(address, unescape(title), main))
        frame = frame or f"{before}@title@{between}@main@{after}"
    if "{{" in frame or "{%" in frame:
        raise SystemExit("the frame of the edition would be taken for a template's own marks")
    return pages, frame


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def framed(frame: str, title: str, main: str) -> str:
    return frame.replace("@title@", title).replace("@main@", main)


# ---------------------------------------------------------------- the others


def hugo(folder: Path, pages: Sequence[Page], frame: str) -> list[str]:
    off = ["home", "section", "taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404"]
    settings = {"baseURL": "/", "title": "pages", "uglyURLs": True, "disableKinds": off}
    put(folder / "config.json", json.dumps({**settings, "disablePathToLower": True}))
    put(folder / "layouts/_default/single.html", framed(frame, "{{ .Title }}", "{{ .Content }}"))
    for page in pages:
        head = json.dumps({"title": page.title, "url": f"/{page.address}"})
        put(folder / "content" / page.address, f"{head}\n{page.main}")
    where = [
        "--source",
        str(folder),
        "--destination",
        str(folder / "out"),
        "--cacheDir",
        str(folder / "kept"),
    ]
    return ["hugo", "--quiet", *where]


_PELICAN = r"""
PATH = "content"
OUTPUT_PATH = "out"
THEME = "theme"
SITENAME = "pages"
TIMEZONE = "UTC"
PAGE_PATHS = [""]
PATH_METADATA = r"(?P<place>.*)\.html"
PAGE_URL = PAGE_SAVE_AS = "{place}.html"
PAGE_TRANSLATION_ID = None
ARTICLE_PATHS = STATIC_PATHS = DIRECT_TEMPLATES = []
ARTICLE_SAVE_AS = AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
"""


def pelican(folder: Path, pages: Sequence[Page], frame: str) -> list[str]:
    put(folder / "settings.py", _PELICAN)
    put(folder / "theme/templates/page.html", framed(frame, "{{ page.title }}", "{{ page.content }}"))
    (folder / "theme/static").mkdir()
    for page in pages:
        head = f'<head><title>{escape(page.title)}</title><meta charset="utf-8"></head>'
        put(folder / "content" / page.address, f"<html>{head}<body>{page.main}</body></html>")
    return [sys.executable, "-m", "pelican", "--quiet", "--settings", "settings.py"]


def mkdocs(folder: Path, pages: Sequence[Page], frame: str, theme: object) -> list[str]:
    settings = {"site_name": "pages", "docs_dir": "content", "site_dir": "out", "use_directory_urls": False}
    put(folder / "mkdocs.yml", json.dumps({**settings, "plugins": [], "theme": theme}))  # JSON is YAML
    put(folder / "theme/main.html", framed(frame, "{{ page.title }}", "{{ page.content }}"))
    for page in pages:
        head = f"---\ntitle: {json.dumps(page.title)}\n---\n"
        path = folder / "content" / f"{page.address.removesuffix('.html')}.md"
        put(path, f"{head}\n<div>\n{page.main}\n</div>\n")
    return [sys.executable, "-m", "mkdocs", "build", "--quiet"]


def mkdocs_own(folder: Path, pages: Sequence[Page], frame: str) -> list[str]:
    return mkdocs(folder, pages, frame, {"name": None, "custom_dir": "theme"})


def mkdocs_stock(folder: Path, pages: Sequence[Page], frame: str) -> list[str]:
    return mkdocs(folder, pages, frame, "mkdocs")


_FLASK = """
import json
from pathlib import Path
from flask import Flask, render_template
from flask_frozen import Freezer
from markupsafe import Markup

here = Path(__file__).parent
app = Flask("pages", root_path=str(here), static_folder=None)
app.config["FREEZER_DESTINATION"] = str(here / "out")
freezer = Freezer(app, with_static_files=False, with_no_argument_rules=False, log_url_for=False)

@app.get("/<path:address>")
def page(address):
    title, main = (here / "content" / address).read_text(encoding="utf-8").split("\\n", 1)
    return render_template("page.html", title=json.loads(title), main=Markup(main))

@freezer.register_generator
def page_addresses():
    for address in json.loads((here / "addresses.json").read_text(encoding="utf-8")):
        yield "page", {"address": address}

freezer.freeze()
"""


def frozen_flask(folder: Path, pages: Sequence[Page], frame: str) -> list[str]:
    put(folder / "site.py", _FLASK)
    put(folder / "templates/page.html", framed(frame, "{{ title }}", "{{ main }}"))
    put(folder / "addresses.json", json.dumps([page.address for page in pages]))
    for page in pages:
        put(folder / "content" / page.address, f"{json.dumps(page.title)}\n{page.main}")
    return [sys.executable, "site.py"]


_SPHINX = """
import json
from pathlib import Path
from jinja2 import Environment, FileSystemLoader
from manual.export.html import build
from manual.export.pages import Drawn

here = Path(__file__).parent
template = Environment(loader=FileSystemLoader(here / "templates")).get_template("page.html")
addresses = json.loads((here / "addresses.json").read_text(encoding="utf-8"))

class Job:
    def objects(self):
        return ((address, address, address.removesuffix(".html")) for address in addresses)

    def page_of(self, code):
        return addresses[0].removesuffix(".html")

    def pages(self):
        for address in addresses:
            title, main = (here / "content" / address).read_text(encoding="utf-8").split("\\n", 1)
            yield Drawn(address, template.render(title=json.loads(title), main=main).encode())

    def prose(self, name, title, body):
        return template.render(title=title, main=body).encode()

    def facts_of(self, kind):
        return []

    def put(self, name, data):
        path = here / "out" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

build(Job())
"""


def own_writer(folder: Path, pages: Sequence[Page], frame: str) -> list[str]:
    """The edition's way of writing, with no more to do than the others have."""
    frozen_flask(folder, pages, frame)
    put(folder / "site.py", _SPHINX)
    return [sys.executable, "site.py"]


def _program(name: str) -> Callable[[], str]:
    return lambda: "" if shutil.which(name) else f"the program {name} is not installed"


def _package(name: str) -> Callable[[], str]:
    return lambda: "" if importlib.util.find_spec(name) else f"the Python package {name} is not installed"


GENERATORS = (
    Generator("In Force's writer", lambda: "", own_writer),
    Generator("Hugo", _program("hugo"), hugo),
    Generator("Pelican", _package("pelican"), pelican),
    Generator("MkDocs, own theme", _package("mkdocs"), mkdocs_own),
    Generator("MkDocs, stock theme", _package("mkdocs"), mkdocs_stock),
    Generator("Frozen-Flask", _package("flask_frozen"), frozen_flask),
)


# ---------------------------------------------------------------- measuring


@dataclass(frozen=True)
class Spent:
    """Of one command with all processes it began: seconds by the clock and of the processors, and the most memory."""

    clock: float
    processor: float
    memory: float
    """MB; 0 where the system doesn't tell."""
    cut_off: bool = False


def run(command: list[str], folder: Path, limit: float) -> Spent:
    """Raises SystemExit, with what the command printed, where it fails."""
    # bytecode is kept, as in an installation
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = str(ROOT)
    printed = folder / "printed.txt"
    before, began = _processor_seconds(), time.perf_counter()
    with printed.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=out, stderr=out, start_new_session=True
        )
        late = threading.Timer(limit, os.killpg, (process.pid, signal.SIGKILL))
        watch = _Memory(process.pid)
        late.start()
        watch.start()
        process.wait()
    clock = time.perf_counter() - began
    cut_off = not late.is_alive()
    late.cancel()
    watch.stop()
    if process.returncode and not cut_off:
        raise SystemExit(f"{' '.join(command)} failed:\n{printed.read_text(errors='replace')[-2000:]}")
    return Spent(clock, _processor_seconds() - before, watch.most / 1e6, cut_off)


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _Memory(threading.Thread):
    """Samples what all processes of a session hold themselves, from Linux's /proc. Mapped files are left out: the
    knowledge base is mapped by each process, and counted it would be as often as there are processes."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self.most = 0
        self._session = str(session)
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(0.05):
            self.most = max(self.most, self._now())

    def stop(self) -> None:
        self._ended.set()
        self.join()

    def _now(self) -> int:
        held = 0
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                if path.read_text().rpartition(")")[2].split()[3] == self._session:
                    resident, of_files = path.with_name("statm").read_text().split()[1:3]
                    held += int(resident) - int(of_files)
            except OSError:  # it has ended
                continue
        return held * resource.getpagesize()


@dataclass(frozen=True)
class Row:
    name: str
    spent: Spent
    pages: int
    bytes: int


def written(out: Path) -> tuple[int, int]:
    """Pages, and bytes of all files."""
    sizes = {path: path.stat().st_size for path in out.rglob("*") if path.is_file()}
    return sum(path.suffix == ".html" for path in sizes), sum(sizes.values())


def measure_edition(home: Path, folder: Path, rounds: int) -> Row:
    """The best of some rounds; the last edition stays in `folder/edition`."""
    spent = []
    for _ in range(rounds):
        shutil.rmtree(folder / "edition", ignore_errors=True)
        spent.append(run(edition_command(home.resolve(), folder / "edition"), folder, 3600))
    return Row("In Force", min(spent, key=lambda one: one.clock), *written(folder / "edition"))


def measure(
    generator: Generator, pages: Sequence[Page], frame: str, folder: Path, rounds: int, limit: float
) -> Row:
    folder.mkdir()
    command = generator.prepare(folder, pages, frame)
    spent = []
    for _ in range(rounds):
        shutil.rmtree(folder / "out", ignore_errors=True)
        spent.append(run(command, folder, limit))
        if spent[-1].cut_off:
            break
    row = Row(generator.name, min(spent, key=lambda one: one.clock), *written(folder / "out"))
    if not row.spent.cut_off and row.pages < len(pages):
        raise SystemExit(f"{generator.name} wrote {row.pages} pages of {len(pages)}")
    shutil.rmtree(folder)
    print(f"measured {generator.name}", file=sys.stderr)  # the largest take many minutes
    return row


def report(rows: Sequence[Row]) -> None:
    """One table; the ratios are to the first row."""
    ours = rows[0].spent
    print(f"{'':22}{'clock s':>9}{'CPU s':>9}{'memory MB':>11}{'pages':>9}{'MB':>8}{'clock':>9}{'CPU':>9}")
    for row in rows:
        spent = row.spent
        figures = f"{spent.clock:9.2f}{spent.processor:9.2f}{spent.memory:11,.0f}{row.pages:9,}"
        ratios = f"{'×' + format(spent.clock / ours.clock, '.2f'):>9}"
        ratios += f"{'×' + format(spent.processor / ours.processor, '.2f'):>9}"
        cut_off = "  cut off here" if spent.cut_off else ""
        print(f"{row.name:22}{figures}{row.bytes / 1e6:8.1f}{ratios}{cut_off}")


def made_home(folder: Path, pages: int) -> Path:
    write(folder / "pages", pages=pages, seed=1)
    load(folder / "home", [folder / "pages"], captured=SEEN, now=datetime(2026, 8, 12, tzinfo=UTC))
    return folder / "home"


def main() -> None:
    reader = argparse.ArgumentParser(
        description="Measure the static edition beside other generators of static sites."
    )
    reader.add_argument("--pages", type=int, default=1500, help="versions in the generated manual")
    reader.add_argument("--home", type=Path, help="a home that is already there; it is only read")
    reader.add_argument("--rounds", type=int, default=1, help="runs of each, of which the best counts")
    reader.add_argument("--limit", type=float, default=900, help="seconds after which another is cut off")
    reader.add_argument("--only", default="", help="some of the others, as Hugo,Pelican")
    asked = reader.parse_args()
    names = {name.strip().casefold() for name in asked.only.split(",") if name.strip()}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = asked.home or made_home(folder, asked.pages)
        rows = [measure_edition(home, folder, asked.rounds)]
        pages, frame = pages_of(home, folder / "edition")
        skipped = []
        for number, generator in enumerate(GENERATORS):
            if names and not any(generator.name.casefold().startswith(name) for name in names):
                continue
            if missing := generator.missing():
                skipped.append(f"{generator.name} left out: {missing}.")
                continue
            rows.append(measure(generator, pages, frame, folder / str(number), asked.rounds, asked.limit))
    main_bytes = sum(len(page.main.encode()) for page in pages)
    print(f"{len(pages):,} pages of codes, {main_bytes / 1e6:.1f} MB of content;", end=" ")
    print(f"{os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f}; best of {asked.rounds}")
    report(rows)
    print("\n".join([*skipped, "", NOTE]))


if __name__ == "__main__":
    main()
