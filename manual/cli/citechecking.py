"""`citecheck`: a letter against every version."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from manual.cli.group import cli, knowledge_base
from manual.cli.printed import FINDINGS, print_json, print_lines
from manual.cli.typed import DAY, as_json_option, home, known_option, reads_home
from manual.dates import today


@cli.command("citecheck")
@click.argument("letter", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--on", type=DAY, help="The day that decides; for most cases, when the application was made.")
@click.option(
    "--day", "named", multiple=True, metavar="NAME=DAY", help="A further day with its name; may be repeated."
)
@click.option(
    "--marked",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write the letter with its passages marked to this HTML file.",
)
@known_option
@as_json_option
@reads_home
def citecheck_command(
    letter: Path,
    on: date | None,
    named: tuple[str, ...],
    marked: Path | None,
    known: date | None,
    as_json: bool,
) -> None:
    """Does a letter quote the version that applied? LETTER is text, .docx, .odt, .eml or a PDF with text; - is stdin.

    Exit status 1 where a quotation is not that of the version in force on every day asked.

    Example: inforce citecheck decline.docx --on 2024-08-15 --day "decision=2 May 2025"
    """
    from indexer import SearchIndex
    from manual.citecheck import check, days_of, read_letter
    from manual.pages.citecheck_page import marked_letter
    from manual.pages.citecheck_words import report_lines
    from manual.pages.json_answers import citechecked

    days = days_of(on, named, today())
    if not days:
        raise click.UsageError("Say which day decides: --on DAY, or --day NAME=DAY.")
    data = sys.stdin.buffer.read() if str(letter) == "-" else letter.read_bytes()
    read = read_letter(data, "letter" if str(letter) == "-" else letter.name)
    with knowledge_base() as kb:
        report = check(read, days, kb, SearchIndex.open(home() / "index"), known)
        if marked:
            marked.write_text(marked_letter(report), encoding="utf-8")
        if as_json:
            print_json(citechecked(kb, report))
        else:
            print_lines(report_lines(report))
    if any(judgement.verdict != "in_force_then" for q in report.quotations for judgement in q.judgements):
        raise SystemExit(FINDINGS)
