"""`captures`: check, merge and bundle the archive."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from manual.cli.group import cli
from manual.cli.printed import FINDINGS, print_json, warn
from manual.cli.progress import shown_progress
from manual.cli.typed import as_json_option, home, reads_home, this_home
from manual.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from manual.captures import Archive
    from manual.model import Finding


@cli.group("captures")
@reads_home
def captures_group() -> None:
    """The archive of what was given: the only thing in a home that can't be made again."""


@captures_group.command("check")
@as_json_option
@reads_home
def check_command(as_json: bool) -> None:
    """Every original against its hash, every original with a line in the log, every line with an original.

    Example: inforce captures check
    """
    from manual.captures.check import check_archive
    from manual.pages.as_json import finding_json

    with shown_progress() as progress:
        archive = _archive()
        progress.begin("Checking originals", len(archive.inventory().objects))
        found = check_archive(archive, progress.step)
    counts = {name: getattr(found, name) for name in ("originals", "whole", "bytes", "lines", "sightings")}
    if as_json:
        totals = {
            severity: sum(finding.severity == severity for finding in found.findings)
            for severity in ("error", "warning", "info")
        }
        print_json(
            {
                **counts,
                "sound": found.sound,
                "findings": [finding_json(f) for f in found.findings],
                "totals": totals,
            }
        )
    else:
        _say(found.findings)
        click.echo(
            f"{found.whole:,} of {found.originals:,} originals are whole ({found.bytes:,} bytes), with "
            f"{found.sightings:,} sightings in {found.lines:,} lines of the log."
        )
    if not found.sound:
        raise SystemExit(FINDINGS)


@captures_group.command("merge")
@click.argument("other", type=click.Path(path_type=Path), metavar="OTHER")
@as_json_option
@reads_home
def merge_command(other: Path, as_json: bool) -> None:
    """Take in the captures of another home, or of a backup: each page once, with the sightings of both.

    Originals that are damaged or missing here are put back. OTHER is only read.

    Example: inforce captures merge /media/stick/home
    """
    from manual.intake.indexing import knowledge_base_before, refresh_index
    from manual.load import merge
    from manual.pages.as_json import finding_json

    warn(f"The home is {this_home()}.")
    with shown_progress() as progress, knowledge_base_before(home()) as before:
        summary = merge(home(), other, now=datetime.now(UTC), progress=progress)
        refresh_index(home(), progress, summary, before)
    if as_json:
        print_json(
            {
                "read": summary.read,
                "new": summary.new,
                "known": summary.known,
                "changed": summary.changed,
                "digest": summary.digest,
                "problems": [finding_json(problem) for problem in summary.problems],
            }
        )
    else:
        _say(summary.problems)
        click.echo(f"{summary.read:,} pages of {other}: {summary.new:,} new, {summary.known:,} known.")
    if any(problem.severity == "error" for problem in summary.problems):
        raise SystemExit(FINDINGS)


@captures_group.command("bundle")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.wacz")
@as_json_option
@reads_home
def bundle_command(file: Path, as_json: bool) -> None:
    """Give all captures out as one WACZ file, which programs that replay web archives open and `load` takes back.

    Example: inforce captures bundle captures.wacz
    """
    from manual.captures.bundle import bundle
    from manual.pages.as_json import finding_json

    made = bundle(_archive(), file, now=datetime.now(UTC))
    if as_json:
        counts = {name: getattr(made, name) for name in ("pages", "sightings", "bytes")}
        print_json({"file": str(file), **counts, "findings": [finding_json(f) for f in made.findings]})
    else:
        _say(made.findings)
        click.echo(f"{file}: {made.pages:,} pages, {made.sightings:,} sightings, {made.bytes:,} bytes.")
    if any(finding.severity == "error" for finding in made.findings):
        raise SystemExit(FINDINGS)


def _archive() -> Archive:
    from manual.captures import Archive

    chosen = this_home()
    if not (chosen.path / "captures").is_dir():
        raise StoreError(
            f"There are no captures yet. Take some in with `inforce load PATH…`. The home is {chosen}."
        )
    return Archive(chosen.path)


def _say(findings: Iterable[Finding]) -> None:
    from manual.pages.as_text import finding_text

    for finding in findings:
        warn(finding_text(finding))
