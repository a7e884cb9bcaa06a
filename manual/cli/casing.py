"""The case: several instructions on several named days."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from manual.cli.group import cli, knowledge_base
from manual.cli.printed import Misuse, print_json, print_lines, warn
from manual.cli.progress import shown_progress
from manual.cli.typed import CODE, as_json_option, home, on_and_known, reads_home
from manual.dates import today
from manual.errors import NamedDayError

if TYPE_CHECKING:
    from manual.citation import Named
    from manual.model import Code
    from manual.pages.case import Case
    from manual.pages.case_days import NamedDay

MOST_REFERENCE = 300


@cli.command("case")
@click.argument("named", metavar="CODE...", type=CODE, nargs=-1, required=True)
@click.option(
    "--day",
    "days",
    metavar="NAME=DAY",
    multiple=True,
    help="A named day, such as decision=2024-08-15; repeated.",
)
@on_and_known
@click.option("--reference", default="", help="Printed at the top, on paper too; kept nowhere else.")
@click.option(
    "--pdf", type=click.Path(path_type=Path), metavar="FILE", help="Write the case with its texts as a PDF."
)
@as_json_option
@reads_home
def case_command(
    named: tuple[Named, ...],
    days: tuple[str, ...],
    on: date | None,
    known: date | None,
    reference: str,
    pdf: Path | None,
    as_json: bool,
) -> None:
    """Which version of several instructions on each day of a case, where they differ, and which cut-offs lie between.

    `--on` is the day on which the application was made. Without any day the case is about today.

    Example: inforce case WA3.15 WA4.10 --day "expression of interest=2023-10-02" --on 2024-08-15 --pdf case.pdf
    """
    from manual.citation.designation import WorkNamed
    from manual.citation.provisions import Provision
    from manual.pages.case import case_of
    from manual.pages.case_days import principal
    from manual.pages.case_said import case_json, case_lines
    from manual.pages.found import known_code
    from manual.pages.words import no_instruction

    reference = _reference(reference)
    wanted = _days(days, on)
    chosen = principal(wanted)
    day = chosen.day if chosen else None
    with knowledge_base() as kb:
        codes: list[Code] = []
        for one in named:
            code = known_code(kb, one, day, known)
            if isinstance(one, Provision | WorkNamed):
                raise Misuse(no_instruction(code))
            if code not in codes:
                codes.append(code)
        case = case_of(kb, _few(codes), wanted, known, today())
    if pdf is not None:
        _write(case, pdf, reference)
    if as_json:
        print_json(case_json(case))
    else:
        print_lines(case_lines(case, reference))


def _days(typed: tuple[str, ...], on: date | None) -> tuple[NamedDay, ...]:
    from manual.pages.case_days import MADE, NamedDay, day_of_case, in_time_order

    try:
        found = [day_of_case(one, today()) for one in typed]
        if on is not None:
            found.append(NamedDay(on, MADE))
        return in_time_order(found or [NamedDay(today(), "today")])
    except NamedDayError as problem:
        raise Misuse(str(problem)) from problem


def _few(codes: list[Code]) -> list[Code]:
    from manual.pages.case import MOST_CODES

    if len(codes) > MOST_CODES:
        raise Misuse(
            f"{len(codes)} codes are named; a case takes at most {MOST_CODES}. Make two cases of it."
        )
    return codes


def _reference(text: str) -> str:
    if len(text) > MOST_REFERENCE:
        raise Misuse(f"The reference has {len(text)} characters; at most {MOST_REFERENCE} are printed.")
    return " ".join(text.split())


def _write(case: Case, dest: Path, reference: str) -> None:
    from manual.export.print.case_pdf import export_case

    with shown_progress() as progress:
        summary = export_case(home(), dest, case, reference=reference, progress=progress)
    for note in summary.notes:
        warn(note)
    warn(f"{summary.dest}: {summary.pages} pages, {summary.bytes:,} bytes.")
