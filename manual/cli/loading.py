"""`load`, `rebuild`, `verify`: from saved pages to answers."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from manual.cli.group import cli, knowledge_base
from manual.cli.printed import FINDINGS, print_json, print_lines, warn
from manual.cli.progress import shown_progress
from manual.cli.typed import DAY, as_json_option, home, reads_home, this_home
from manual.dates import in_words, today
from manual.errors import StoreError
from manual.home import is_home

if TYPE_CHECKING:
    from manual.intake import LoadReport, TakenIn
    from manual.load import LoadSummary, Progress


@cli.command("load")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="PATH…")
@click.option("--captured", type=DAY, help="The day on which files that carry no date were saved.")
@click.option("--register", is_flag=True, help="Also the bundled facts about the real manual (no text).")
@click.option(
    "--specimen",
    is_flag=True,
    help="The bundled specimen, a manual invented for this project: alone, into a home with nothing else in it.",
)
@as_json_option
@reads_home
def load_command(
    paths: tuple[Path, ...], captured: date | None, register: bool, specimen: bool, as_json: bool
) -> None:
    """Take saved pages in: files, folders, .zip, .mhtml, .warc, .wacz. Loading again changes nothing.

    Example: inforce load captures/ 77177.htm --captured 2026-08-11
    """
    if not (paths or register or specimen):
        raise click.UsageError("Give at least one PATH, --register or --specimen.")
    if specimen and (paths or register):
        raise click.UsageError("The specimen is loaded alone: `inforce --home DIR load --specimen`.")
    if captured and captured > today():
        warn(
            f"{in_words(captured)} lies in the future; pages saved then vouch for days that nobody has seen."
        )
    warn(f"The home is {this_home()}.")
    with shown_progress() as progress:
        taken = _load_specimen(progress) if specimen else _load(paths, register, captured, progress)
    _print_summary(taken.summary, as_json, taken.report)
    if _has_errors(taken.summary):
        raise SystemExit(FINDINGS)


@cli.command("rebuild")
@click.option(
    "--without-lost",
    is_flag=True,
    help="Go on though originals are missing or damaged: what was read of those pages is given up.",
)
@as_json_option
@reads_home
def rebuild_command(without_lost: bool, as_json: bool) -> None:
    """Derive kb.sqlite and the search index anew from the captures. The old ones answer until that is done.

    Example: inforce rebuild
    """
    from manual.intake.indexing import refresh_index
    from manual.load import rebuild

    if not ((home() / "captures").is_dir() or is_home(home())):
        raise StoreError(
            f"There are no captures yet. Take some in with `inforce load PATH…`. The home is {this_home()}."
        )
    warn(f"The home is {this_home()}.")
    with shown_progress() as progress:
        summary = rebuild(home(), progress=progress, without_lost=without_lost)
        refresh_index(home(), progress, summary, before=None)
    _print_summary(summary, as_json)
    if _has_errors(summary):
        raise SystemExit(FINDINGS)


@cli.command("verify")
@as_json_option
@reads_home
def verify_command(as_json: bool) -> None:
    """Derive everything again from the captures and say what differs from the knowledge base, which stays as it is.

    Example: inforce verify
    """
    from manual.load import verify
    from manual.pages.as_json import check_json
    from manual.pages.as_text import finding_text, line
    from manual.pages.words import counted

    warn(f"The home is {this_home()}.")
    # says so where another version of the program derived it; a broken seal is what `verify` looks behind
    with suppress(StoreError), knowledge_base():
        pass
    with shown_progress() as progress:
        findings = verify(home(), progress=progress)
    if as_json:
        print_json(check_json(findings))
    else:
        print_lines(line(finding_text(finding)) for finding in findings)
        said = f"{counted(len(findings), 'difference')}. `inforce rebuild` takes what the captures give."
        warn(said if findings else "The knowledge base is what the captures give.")
    if findings:
        raise SystemExit(FINDINGS)


def _load(paths: Sequence[Path], register: bool, captured: date | None, progress: Progress) -> TakenIn:
    from manual.intake import take_in
    from manual.register import register_files

    bundled = register_files() if register else []
    return take_in(home(), [*paths, *bundled], captured=captured, now=datetime.now(UTC), progress=progress)


def _load_specimen(progress: Progress) -> TakenIn:
    from manual.intake import take_in_captures
    from manual.specimen import specimen_captures

    return take_in_captures(
        home(), specimen_captures(), now=datetime.now(UTC), progress=progress, as_specimen=True
    )


def _print_summary(summary: LoadSummary, as_json: bool, report: LoadReport | None = None) -> None:
    """Print the results on stdout and the problems on stderr."""
    from manual.pages.as_json import finding_json
    from manual.pages.as_text import finding_text
    from manual.pages.report_words import report_json, report_lines

    counts = ("read", "new", "known", "understood", "not_understood", "parsed", "codes")
    if as_json:
        found: dict[str, Any] = {name: getattr(summary, name) for name in counts}
        found |= {"findings": dict(summary.findings), "changed": summary.changed, "digest": summary.digest}
        problems = [finding_json(problem) for problem in (*summary.problems, *summary.unread)]
        told = {"report": report_json(report)} if report is not None else {}
        print_json(found | {"seconds": summary.seconds, "problems": problems} | told)
    else:
        for problem in (*summary.problems, *summary.unread):
            warn(finding_text(problem))
        said = ", ".join(f"{getattr(summary, name):,} {name.replace('_', ' ')}" for name in counts[:5])
        findings = ", ".join(f"{number:,} {name}" for name, number in summary.findings.items()) or "none"
        click.echo(f"Pages: {said}. Findings: {findings}.")
        click.echo(f"{summary.seconds:.1f} s, {summary.pages_per_second:,.0f} pages a second.")
        if report is not None:
            print_lines(report_lines(report))


def _has_errors(summary: LoadSummary) -> bool:
    """Whether anything is wrong with the pages. The specimen's errors are intended and do not count."""
    if summary.not_understood or any(problem.severity == "error" for problem in summary.problems):
        return True
    with knowledge_base() as kb:
        return any(not (kb.specimen and finding.capture) for finding in kb.findings("error"))
