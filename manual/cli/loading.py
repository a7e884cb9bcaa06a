"""`load` and `rebuild`: from saved pages to answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from manual.cli.group import cli, knowledge_base
from manual.cli.indexing import knowledge_base_before, refresh_index
from manual.cli.printed import FINDINGS, print_json, warn
from manual.cli.progress import shown_progress
from manual.cli.typed import DAY, as_json_option, home, reads_home
from manual.dates import in_words, today

if TYPE_CHECKING:
    from manual.load import LoadSummary
    from manual.model import Capture


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
    with (
        _bundled(register, specimen) as bundled,
        shown_progress() as progress,
        knowledge_base_before() as before,
    ):
        now = datetime.now(UTC)
        summary = load(home(), [*paths, *bundled], captured=captured, now=now, progress=progress)
        refresh_index(progress, summary, before)
    _print_summary(summary, as_json)
    if _has_errors(summary):
        raise SystemExit(FINDINGS)


@cli.command("rebuild")
@as_json_option
@reads_home
def rebuild_command(as_json: bool) -> None:
    """Derive kb.sqlite and the search index anew from the captures. The old ones answer until that is done.

    Example: inforce rebuild
    """
    from manual.load import rebuild

    with shown_progress() as progress:
        summary = rebuild(home(), progress=progress)
        refresh_index(progress, summary, before=None)
    _print_summary(summary, as_json)
    if _has_errors(summary):
        raise SystemExit(FINDINGS)


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
    from manual.dates import noon
    from manual.specimen import specimen_pages

    path = folder / "specimen.warc"
    with path.open("wb") as stream:
        for page in specimen_pages():
            kind = "text/plain" if page.name.endswith(".txt") else "text/html"
            block = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + page.data
            moment = noon(page.captured).astimezone(UTC)
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {page.address}\r\n"
                f"WARC-Date: {moment:%Y-%m-%dT%H:%M:%SZ}\r\nContent-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(block)}\r\n\r\n"
            )
            stream.write(head.encode() + block + b"\r\n\r\n")
    return path


def _print_summary(summary: LoadSummary, as_json: bool) -> None:
    """What came of it on stdout, its problems on stderr."""
    from manual.pages.as_json import finding_json
    from manual.pages.as_text import finding_text

    counts = ("read", "new", "known", "understood", "not_understood", "parsed", "codes")
    if as_json:
        found: dict[str, Any] = {name: getattr(summary, name) for name in counts}
        found |= {"findings": dict(summary.findings), "changed": summary.changed, "digest": summary.digest}
        problems = [finding_json(problem) for problem in (*summary.problems, *summary.unread)]
        print_json(found | {"seconds": summary.seconds, "problems": problems})
    else:
        for problem in (*summary.problems, *summary.unread):
            warn(finding_text(problem))
        said = ", ".join(f"{getattr(summary, name):,} {name.replace('_', ' ')}" for name in counts[:5])
        findings = ", ".join(f"{number:,} {name}" for name, number in summary.findings.items()) or "none"
        click.echo(f"Pages: {said}. Findings: {findings}.")
        click.echo(f"{summary.seconds:.1f} s, {summary.pages_per_second:,.0f} pages a second.")


def _has_errors(summary: LoadSummary) -> bool:
    """Whether anything is wrong with the pages. What the specimen does wrong it does on purpose."""
    if summary.not_understood or any(problem.severity == "error" for problem in summary.problems):
        return True
    with knowledge_base() as kb:
        found = [finding.capture for finding in kb.findings("error")]
        return any(not sha256 or not _is_specimen(kb.capture(sha256)) for sha256 in found)


def _is_specimen(capture: Capture) -> bool:
    return (capture.site_path or "").partition("/")[0] in ("specimen", "specimen-archive")
