"""The command line, and the place where everything is put together: imports anything, imported by nothing.

Each command is an argument parser around one call. Data goes to stdout, progress and warnings to stderr. Exit 0
fine, 1 findings of severity error or a thing that is not known, 2 misuse. What only some commands need is imported
inside them, so that `inforce show` starts quickly.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO, TypeVar

import click

from manual.dates import auckland_day, in_words, parse_day, today
from manual.errors import CitationError, DayError, ManualError, NotFound, SourceError
from manual.model import Answer, Code, Severity, Version, VersionId

if TYPE_CHECKING:
    from indexer import SearchIndex
    from manual.citation import Citation
    from manual.load import LoadSummary, Progress
    from manual.pages.as_text import Line, Shown
    from manual.queries import KnowledgeBase, VersionText

FINDINGS = 1
"""Exit status: findings of severity error, a thing that is not known, a home that can't be used."""
MISUSE = 2
"""Exit status: what was typed can't be understood."""
WIDEST = 100
"""Characters of a line on a terminal, at most."""

F = TypeVar("F", bound=Callable[..., Any])


# ---------------------------------------------------------------- what is typed


class DayType(click.ParamType):  # type: ignore[type-arg]  # generic in newer releases only
    """A day in one of the three forms; anything else is misuse."""

    name = "DAY"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return parse_day(value)
        except DayError as problem:
            self.fail(_one_line(str(problem)), param, ctx)


class CitationType(click.ParamType):  # type: ignore[type-arg]
    """A code, with or without a place in it; sloppily typed, exactly understood."""

    name = "CODE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Citation:
        from manual.citation import Citation, parse_citation

        if isinstance(value, Citation):
            return value
        try:
            return parse_citation(value)
        except CitationError as problem:
            self.fail(_one_line(str(problem)), param, ctx)


DAY = DayType()
CODE = CitationType()


def _choose_home(ctx: click.Context, param: click.Parameter, value: Path | None) -> None:
    """`--home` counts wherever it stands, and the one nearest to the command wins."""
    if value is not None:
        ctx.meta["inforce.home"] = value


_HOME_HELP = (
    "Folder with captures/, kb.sqlite and index/; else INFORCE_HOME, else the platform's data folder."
)


def reads_home(command: F) -> F:
    """Lets `--home` stand after the command as well as before it."""
    option = click.option(
        "--home", type=click.Path(path_type=Path), expose_value=False, callback=_choose_home, help=_HOME_HELP
    )
    return option(command)


def on_and_known(command: F) -> F:
    """The two dials that are on every answer."""
    command = click.option(
        "--known", type=DAY, help="Answer as could be known from the captures taken by DAY."
    )(command)
    return click.option("--on", type=DAY, help="The day asked about; today in Auckland if not given.")(
        command
    )


as_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def _home() -> Path:
    chosen = click.get_current_context().meta.get("inforce.home") or os.environ.get("INFORCE_HOME")
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path

    return user_data_path("inforce")


# ---------------------------------------------------------------- what is printed


class Failure(click.ClickException):
    """One clear line on stderr and the exit status that goes with it."""

    exit_code = FINDINGS

    def __init__(self, message: str) -> None:
        super().__init__(_one_line(message))


class Misuse(Failure):
    """The same for what was typed and can't be understood."""

    exit_code = MISUSE


def _one_line(text: str) -> str:
    from manual.pages.as_text import plain

    return plain(text)


_STYLES: dict[str, dict[str, Any]] = {
    "strong": {"bold": True},
    "faint": {"dim": True},
    "removed": {"fg": "red", "strikethrough": True},
    "added": {"fg": "green", "underline": True},
    "match": {"bold": True, "fg": "yellow"},
    "alert": {"fg": "yellow"},
}


def print_lines(lines: Iterable[Line]) -> None:
    """Lines for people: wrapped and coloured on a terminal, whole and bare elsewhere."""
    from manual.pages.as_text import wrapped

    terminal = sys.stdout.isatty()
    width = min(shutil.get_terminal_size().columns, WIDEST) if terminal else sys.maxsize
    for whole in lines:
        for part in wrapped(whole, width):
            click.echo("".join(click.style(r.text, **_STYLES[r.role]) if r.role else r.text for r in part))


def print_json(found: Any) -> None:
    """ASCII only: whatever a page contains, it can do nothing to the terminal or the next program."""
    click.echo(json.dumps(found, indent=2))


def warn(message: str) -> None:
    """A sentence on stderr."""
    click.echo(_one_line(message), err=True)


# ---------------------------------------------------------------- the group


class Commands(click.Group):
    """Turns every error that was raised on purpose, and those of the disk, into one line and an exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (DayError, CitationError, SourceError) as problem:
            raise Misuse(str(problem)) from problem
        except ManualError as problem:
            raise Failure(str(problem)) from problem
        except BrokenPipeError:
            raise
        except OSError as problem:
            raise Failure(f"The disk or the network refused: {problem}") from problem


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": WIDEST},
    epilog="Exit status: 0 fine, 1 findings of severity error or a thing that is not known, 2 misuse.",
)
@click.version_option(package_name="inforce", prog_name="inforce")
@reads_home
def cli() -> None:
    """The operational manual as it stood on any date: which instruction was in force, what it said, how we know.

    Days are typed 2024-08-15, 15/8/2024 or "15 August 2024"; codes a16.1, "A 16.1", A16-1 or "A16.1(b)(ii)".
    """


def main() -> NoReturn:
    """The `inforce` command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(
                errors="replace"
            )  # a terminal that lacks a letter gets a mark, not a traceback
    cli.main(prog_name="inforce")
    raise SystemExit(0)


@contextmanager
def _knowledge_base() -> Iterator[KnowledgeBase]:
    from manual.queries import KnowledgeBase

    with KnowledgeBase(_home()) as kb:
        yield kb


# ---------------------------------------------------------------- load and rebuild


@cli.command("load")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="PATH…")
@click.option("--captured", type=DAY, help="The day on which files that carry no date were saved.")
@click.option("--register", is_flag=True, help="Also the bundled facts about the real manual (no text).")
@click.option(
    "--specimen", is_flag=True, help="Also the bundled specimen: a manual written for this project."
)
@as_json_option
@reads_home
def load_command(
    paths: tuple[Path, ...], captured: date | None, register: bool, specimen: bool, as_json: bool
) -> None:
    """Take saved pages in: files, folders, .zip, .mhtml, .warc, .wacz. Loading again changes nothing.

    Example: inforce load captures/ 77177.htm --captured 2026-08-11
    """
    from manual.load import load

    if not (paths or register or specimen):
        raise click.UsageError("Give at least one PATH, --register or --specimen.")
    if captured and captured > today():
        warn(
            f"{in_words(captured)} lies in the future; pages saved then vouch for days that nobody has seen."
        )
    with _bundled(register, specimen) as bundled, _progress() as progress:
        now = datetime.now(UTC)
        summary = load(_home(), [*paths, *bundled], captured=captured, now=now, progress=progress)
        _refresh_index(progress)
    _print_summary(summary, as_json)


@cli.command("rebuild")
@as_json_option
@reads_home
def rebuild_command(as_json: bool) -> None:
    """Derive kb.sqlite and the search index anew from the captures. The old ones answer until that is done.

    Example: inforce rebuild
    """
    from manual.load import rebuild

    with _progress() as progress:
        summary = rebuild(_home(), progress=progress)
        _refresh_index(progress, anew=True)
    _print_summary(summary, as_json)


@contextmanager
def _bundled(register: bool, specimen: bool) -> Iterator[list[Path]]:
    """What comes with the program, as paths to load."""
    found: list[Path] = []
    if register:
        from manual.register import register_files

        found += register_files()
    if not specimen:
        yield found
        return
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="inforce-") as folder:
        yield [*found, _specimen_archive(Path(folder))]


def _specimen_archive(folder: Path) -> Path:
    """The specimen as a web archive, which carries the address and the day of each page."""
    from datetime import time as clock

    from manual.dates import AUCKLAND
    from manual.specimen import specimen_pages

    path = folder / "specimen.warc"
    with path.open("wb") as stream:
        for page in specimen_pages():
            kind = "text/plain" if page.name.endswith(".txt") else "text/html"
            block = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + page.data
            moment = datetime.combine(page.captured, clock(12), AUCKLAND).astimezone(UTC)
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {page.address}\r\n"
                f"WARC-Date: {moment:%Y-%m-%dT%H:%M:%SZ}\r\nContent-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(block)}\r\n\r\n"
            )
            stream.write(head.encode() + block + b"\r\n\r\n")
    return path


def _print_summary(summary: LoadSummary, as_json: bool) -> None:
    """What came of it on stdout, its problems on stderr; exit status 1 where one of them is an error."""
    from manual.pages.as_json import finding_json
    from manual.pages.as_text import finding_text

    counts = ("read", "new", "known", "understood", "not_understood", "parsed", "codes")
    if as_json:
        found: dict[str, Any] = {name: getattr(summary, name) for name in counts}
        found |= {"findings": dict(summary.findings), "changed": summary.changed, "digest": summary.digest}
        print_json(
            found | {"seconds": summary.seconds, "problems": [finding_json(p) for p in summary.problems]}
        )
    else:
        for problem in summary.problems:
            warn(finding_text(problem))
        said = ", ".join(f"{getattr(summary, name):,} {name.replace('_', ' ')}" for name in counts[:5])
        findings = ", ".join(f"{number:,} {name}" for name, number in summary.findings.items()) or "none"
        click.echo(f"Pages: {said}. Findings: {findings}.")
        click.echo(f"{summary.seconds:.1f} s, {summary.pages_per_second:,.0f} pages a second.")
    if summary.not_understood or any(problem.severity == "error" for problem in summary.problems):
        raise SystemExit(FINDINGS)


# ---------------------------------------------------------------- progress


@contextmanager
def _progress() -> Iterator[Progress]:
    """A moving bar on a terminal, a line now and then elsewhere; always on stderr."""
    if not sys.stderr.isatty():
        yield PlainProgress(sys.stderr)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
    )
    with Progress(*columns, TimeElapsedColumn(), console=Console(file=sys.stderr)) as bars:
        yield RichProgress(bars)


class PlainProgress:
    """Counts and rate as lines, at most one every few seconds."""

    def __init__(self, stream: TextIO, every: float = 5.0) -> None:
        self._stream = stream
        self._every = every
        self.begin("", None)

    def begin(self, what: str, total: int | None) -> None:
        self._what, self._total, self._done = what, total, 0
        self._began = self._told = time.monotonic()

    def step(self, count: int = 1) -> None:
        self._done += count
        now = time.monotonic()
        if now - self._told >= self._every:
            self._told = now
            of = f" of {self._total:,}" if self._total else ""
            rate = self._done / (now - self._began)
            print(f"{self._what}: {self._done:,}{of}, {rate:,.0f} a second", file=self._stream, flush=True)

    def say(self, message: str) -> None:
        print(_one_line(message), file=self._stream, flush=True)


class RichProgress:
    """One bar for each stage."""

    def __init__(self, bars: Any) -> None:
        self._bars = bars
        self._task: Any = None
        self._done = 0
        self._began = time.monotonic()

    def begin(self, what: str, total: int | None) -> None:
        self._done, self._began = 0, time.monotonic()
        self._task = self._bars.add_task(what, total=total, rate="")

    def step(self, count: int = 1) -> None:
        self._done += count
        rate = self._done / max(time.monotonic() - self._began, 1e-3)
        self._bars.update(self._task, advance=count, rate=f"{rate:,.0f}/s")

    def say(self, message: str) -> None:
        self._bars.print(_one_line(message), markup=False, highlight=False)


# ---------------------------------------------------------------- questions


@cli.command("contents")
@on_and_known
@as_json_option
@reads_home
def contents_command(on: date | None, known: date | None, as_json: bool) -> None:
    """The table of contents as of a day.

    Example: inforce contents --on 2024-08-15
    """
    from manual.pages.as_json import contents_json
    from manual.pages.as_text import contents_lines

    with _knowledge_base() as kb:
        contents = kb.contents_on(on or today(), known)
    if as_json:
        print_json(contents_json(contents))
    else:
        print_lines(contents_lines(contents))


@cli.command("show")
@click.argument("citation", metavar="CODE", type=CODE)
@on_and_known
@as_json_option
@reads_home
def show_command(citation: Citation, on: date | None, known: date | None, as_json: bool) -> None:
    """What was in force under a code on a day, what it said and how that is known.

    A place in it may be named: only that clause is then printed.

    Example: inforce show "A16.1(b)(ii)" --on "1 April 2025"
    """
    with _knowledge_base() as kb:
        found = _found(kb, citation, on or today(), known)
        if as_json:
            from manual.pages.as_json import answer_json

            texts = {found.answer.version.id: found.text} if found.answer.version and found.text else {}
            source_of = _source_of(kb)
            print_json(answer_json(found.answer, texts=texts, source_of=source_of, pinpoint=found.pinpoint))
        else:
            from manual.pages.as_text import answer_lines

            print_lines(answer_lines(found.answer, _shown(kb, found)))
    if found.answer.answer == "unknown_code" or found.place_missing:
        raise SystemExit(FINDINGS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An answer, its text where it is held, and the place that was asked for."""

    answer: Answer
    text: VersionText | None
    pinpoint: str

    @property
    def place_missing(self) -> bool:
        """Whether a place was asked for that the text, being held, does not have."""
        from manual.pages.as_json import block_at

        return bool(self.pinpoint and self.text) and block_at(self.text.blocks, self.pinpoint) is None  # type: ignore[union-attr]


def _found(kb: KnowledgeBase, citation: Citation, on: date, known: date | None) -> Found:
    """The answer to a citation. `WA3.15.5(b)` is a place in WA3.15, unless WA3.15.5 has a page of its own."""
    code = _designated(kb, citation.code, on)
    answer = kb.in_force_on(code, on, known)
    text = kb.text_of(answer.version) if answer.version and answer.version.text_held else None
    pinpoint = citation.pinpoint if citation.pinpoint != code else ""
    return Found(answer=answer, text=text, pinpoint=pinpoint)


def _designated(kb: KnowledgeBase, code: Code, on: date) -> Code:
    """The code that a person means: of a sub-heading without a page of its own, the section's."""
    from manual.citation import section_of

    section = section_of(code)
    if section == code or kb.in_force_on(code, on).answer != "unknown_code":
        return code
    return section if kb.in_force_on(section, on).answer != "unknown_code" else code


def _shown(kb: KnowledgeBase, found: Found) -> Shown:
    from manual.pages.as_text import Shown

    answer, text = found.answer, found.text
    captured = kb.capture(text.capture).captured_at if text else None
    return Shown(
        today=today(),
        text=text,
        source=_source_of(kb)(answer.version) if answer.version else "",
        captured=auckland_day(captured) if captured else None,
        pinpoint=found.pinpoint,
        title=kb.title_of(answer.code, answer.on) if answer.answer != "unknown_code" else "",
        near_titles={code: kb.title_of(code, answer.on) for code in answer.nearest_codes},
    )


def _source_of(kb: KnowledgeBase) -> Callable[[Version], str]:
    def source_of(version: Version) -> str:
        from manual.pages.version_view import address_of

        return address_of(version, kb)

    return source_of


@cli.command("history")
@click.argument("citation", metavar="CODE", type=CODE)
@click.option("--known", type=DAY, help="As could be known from the captures taken by DAY.")
@as_json_option
@reads_home
def history_command(citation: Citation, known: date | None, as_json: bool) -> None:
    """Every version of a code, oldest first, and how each bound is known.

    Example: inforce history WA3.25
    """
    from manual.pages.as_json import history_json
    from manual.pages.as_text import history_lines

    with _knowledge_base() as kb:
        code = _known_code(kb, citation)
        history = kb.history_of(code, known)
        if as_json:
            print_json(history_json(history, source_of=_source_of(kb)))
        else:
            print_lines(history_lines(history, today(), kb.title_of(code, today())))


def _known_code(kb: KnowledgeBase, citation: Citation) -> Code:
    """The code meant. Raises NotFound with the nearest ones where there is no such code."""
    code = _designated(kb, citation.code, today())
    if kb.in_force_on(code, today()).answer == "unknown_code":
        near = ", ".join(kb.nearest_codes(code))
        raise NotFound(f"The code {code}", f"Nearest: {near}." if near else "")
    return code


@cli.command("compare")
@click.argument("citation", metavar="CODE", type=CODE)
@click.argument("one", metavar="DAY", type=DAY)
@click.argument("other", metavar="DAY", type=DAY)
@click.option("--known", type=DAY, help="As could be known from the captures taken by DAY.")
@as_json_option
@reads_home
def compare_command(citation: Citation, one: date, other: date, known: date | None, as_json: bool) -> None:
    """The words of an instruction on two days, clause by clause: [-removed-] and {+added+}.

    Example: inforce compare A16.1 2024-08-15 2025-04-01
    """
    from manual.pages.as_json import compare_json
    from manual.pages.as_text import comparison_lines

    with _knowledge_base() as kb:
        code = _known_code(kb, citation)
        comparison = kb.compare(code, one, other, known)
        if as_json:
            print_json(compare_json(comparison, source_of=_source_of(kb)))
        else:
            print_lines(comparison_lines(comparison, today()))


@cli.command("changes")
@click.argument("first", metavar="FROM", type=DAY)
@click.argument("until", metavar="TO", type=DAY)
@as_json_option
@reads_home
def changes_command(first: date, until: date, as_json: bool) -> None:
    """What began, was replaced, ended or was revoked in the whole manual: FROM included, TO not.

    Example: inforce changes 2025-01-01 2025-07-01
    """
    from manual.pages.as_json import changes_json
    from manual.pages.as_text import changes_lines

    if until < first:
        raise click.UsageError(f"TO ({until}) lies before FROM ({first}).")
    with _knowledge_base() as kb:
        changes = kb.changes_between(first, until)
    if as_json:
        print_json(changes_json(first, until, changes))
    else:
        print_lines(changes_lines(first, until, changes))


@cli.command("check")
@click.option(
    "--severity", type=click.Choice(["info", "warning", "error"]), help="Only findings of this severity."
)
@as_json_option
@reads_home
def check_command(severity: Severity | None, as_json: bool) -> None:
    """What the pages state that can't all be true, and what was not understood, one finding per line.

    Example: inforce check --severity error
    """
    from manual.pages.as_json import check_json
    from manual.pages.as_text import finding_text, line

    with _knowledge_base() as kb:
        findings = kb.findings(severity)
    if as_json:
        print_json(check_json(findings))
    else:
        print_lines(line(finding_text(finding)) for finding in findings)
    if any(finding.severity == "error" for finding in findings):
        raise SystemExit(FINDINGS)


# ---------------------------------------------------------------- search


@cli.command("search")
@click.argument("words", nargs=-1, required=True, metavar="WORDS…")
@click.option("--on", type=DAY, help="The day asked about; today in Auckland if not given.")
@click.option("--any-time", is_flag=True, help="Search the whole history.")
@click.option("--part", metavar="CODE", help="Only in the part of this code, or of this title.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, metavar="N")
@click.option(
    "--sort", type=click.Choice(["relevance", "date", "code"]), default="relevance", show_default=True
)
@click.option(
    "--no-expand", is_flag=True, help="Don't search for what abbreviations and everyday words stand for."
)
@click.option(
    "--first", "phrase", metavar="PHRASE", help="When PHRASE first and last stood in the code given."
)
@as_json_option
@reads_home
def search_command(
    words: tuple[str, ...], on: date | None, any_time: bool, part: str | None, limit: int, sort: Any,
    no_expand: bool, phrase: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Full text of the versions in force on a day.

    Examples: inforce search "job offer" -- -seasonal; inforce search --first "job offer" WA3.15
    """
    from manual.pages.as_json import search_json
    from manual.pages.as_text import search_lines

    if on and any_time:
        raise click.UsageError("--on and --any-time exclude each other.")
    with _knowledge_base() as kb:
        index = _index_of(kb)
        if phrase is not None:
            _print_stood(kb, index, phrase, " ".join(words), as_json)
            return
        result = index.search(
            " ".join(words),
            None if any_time else on or today(),
            limit=limit,
            sort=sort,
            part=_part_title(kb, part),
            expand=not no_expand,
        )
    if as_json:
        print_json(search_json(result))
    else:
        print_lines(search_lines(result))


def _print_stood(kb: KnowledgeBase, index: SearchIndex, phrase: str, typed: str, as_json: bool) -> None:
    from manual.citation import parse_citation
    from manual.pages.as_json import stood_json
    from manual.pages.as_text import stood_lines
    from manual.pages.words import short_validity

    def period_of(version: VersionId) -> str:
        found = kb.version(version)
        return f"{short_validity(found)}  {found.title}"

    stood = index.first_and_last(phrase, _known_code(kb, parse_citation(typed)))
    if as_json:
        print_json(stood_json(stood))
    else:
        print_lines(stood_lines(stood, period_of))


def _part_title(kb: KnowledgeBase, part: str | None) -> str | None:
    """The title of the top-level part that a code stands under; a title stays as it is."""
    if not part:
        return None
    from manual.citation import looks_like_code, parse_code

    return kb.part_of(parse_code(part)) or part if looks_like_code(part) else part


def _index_of(kb: KnowledgeBase) -> SearchIndex:
    """The index of this knowledge base. Raises IndexFault where it is missing, damaged or of another state."""
    from indexer import SearchIndex
    from manual.errors import IndexFault

    index = SearchIndex.open(_home() / "index")
    if index.digest != kb.digest:
        raise IndexFault(
            "The search index was made from another state of the knowledge base. Run: inforce index build"
        )
    return index


def _refresh_index(progress: Progress, *, anew: bool = False) -> None:
    """Bring the index up to the knowledge base; a fault of the index costs the search, not the load."""
    from indexer import SearchIndex, build
    from manual.errors import IndexFault

    with _knowledge_base() as kb:
        folder = _home() / "index"
        try:
            if not anew and SearchIndex.open(folder).digest == kb.digest:
                return
        except IndexFault:
            pass  # none yet, or one that can't be read: it is made anew
        progress.say("Indexing")
        try:
            build(kb.documents(), folder, kb_digest=kb.digest)
        except IndexFault as problem:
            progress.say(f"The search index could not be made; everything else is done. {problem}")


@cli.group("index")
def index_group() -> None:
    """The search index: build it, hold it against the knowledge base, print what it holds."""


@index_group.command("build")
@reads_home
def index_build_command() -> None:
    """Make the search index anew.

    Example: inforce index build
    """
    from indexer import build

    with _knowledge_base() as kb:
        summary = build(kb.documents(), _home() / "index", kb_digest=kb.digest)
    click.echo(
        f"{summary.versions:,} versions, {summary.terms:,} terms, {summary.bytes:,} bytes, {summary.seconds:.1f} s."
    )


@index_group.command("check")
@as_json_option
@reads_home
def index_check_command(as_json: bool) -> None:
    """Hold the index against the knowledge base: every version in, none too many, same words.

    Example: inforce index check
    """
    from indexer import SearchIndex
    from manual.pages.as_json import check_json
    from manual.pages.as_text import finding_text, line

    with _knowledge_base() as kb:
        findings = SearchIndex.open(_home() / "index").check(kb.documents())
    if as_json:
        print_json(check_json(findings))
    else:
        print_lines(line(finding_text(finding)) for finding in findings)
        warn(
            "The index holds what the knowledge base holds."
            if not findings
            else f"{len(findings)} differences."
        )
    if any(finding.severity == "error" for finding in findings):
        raise SystemExit(FINDINGS)


@index_group.command("dump")
@reads_home
def index_dump_command() -> None:
    """Every version as the index holds it, one JSON object per line, in the order of codes.

    Example: inforce index dump | head -1
    """
    from dataclasses import asdict

    from indexer import SearchIndex

    for document in SearchIndex.open(_home() / "index").dump():
        click.echo(json.dumps(asdict(document), default=str))


# ---------------------------------------------------------------- site and editions


@cli.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@reads_home
def serve_command(host: str, port: int) -> None:
    """The site on this machine. For others, run it with gunicorn (see the README).

    Example: inforce serve --port 8000
    """
    from werkzeug.serving import make_server

    from webapp import create_app

    app = create_app({"HOME": str(_home())})
    server = make_server(host, port, app, threaded=True)
    click.echo(f"Serving on http://{host}:{server.server_port}/ (stop with Ctrl-C)", err=True)
    try:
        server.serve_forever()
    finally:
        server.server_close()


if __name__ == "__main__":
    main()
