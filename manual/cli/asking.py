"""The questions: contents, show, why, history, compare, changes, check."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from manual.cli.group import cli, knowledge_base
from manual.cli.printed import FINDINGS, print_json, print_lines, warn
from manual.cli.typed import CODE, DAY, as_json_option, known_option, on_and_known, reads_home
from manual.dates import today
from manual.model import Severity, When

if TYPE_CHECKING:
    from manual.citation import Named


@cli.command("contents")
@on_and_known
@as_json_option
@reads_home
def contents_command(on: date | None, known: date | None, as_json: bool) -> None:
    """The table of contents as of a day.

    Example: inforce contents --on 2024-08-15
    """
    from manual.pages import json_answers
    from manual.pages.as_text import as_known, contents_lines

    when = When(on or today(), known)
    with knowledge_base() as kb:
        if as_json:
            print_json(json_answers.contents(kb, when))
        else:
            print_lines(as_known(known, contents_lines(kb.contents_on(when))))


@cli.command("show")
@click.argument("named", metavar="CODE", type=CODE)
@on_and_known
@as_json_option
@reads_home
def show_command(named: Named, on: date | None, known: date | None, as_json: bool) -> None:
    """What was in force under a code on a day, what it said and how that is known.

    A place in it may be named: only that clause is then printed. The publisher's address of a page, or the number in
    it, names the instruction that the page showed.

    Example: inforce show "A16.1(b)(ii)" --on "1 April 2025"
    """
    from manual.pages.found import found

    with knowledge_base() as kb:
        what = found(kb, named, When(on or today(), known))
        if as_json:
            from manual.pages import json_answers

            print_json(json_answers.shown(kb, what))
        else:
            from manual.pages.found_text import found_lines

            print_lines(found_lines(kb, what, today()))
    if what.answer.answer == "unknown_code" or what.place_missing:
        raise SystemExit(FINDINGS)


@cli.command("why")
@click.argument("named", metavar="CODE", type=CODE)
@on_and_known
@as_json_option
@reads_home
def why_command(named: Named, on: date | None, known: date | None, as_json: bool) -> None:
    """What stands behind an answer: statements, versions considered, rules, and what would settle it.

    Example: inforce why A16.1 --on 2021-08-01
    """
    from manual.pages import json_answers
    from manual.pages.as_text import as_known, why_lines
    from manual.pages.found import known_code

    with knowledge_base() as kb:
        when = When(on or today(), known)
        if as_json:
            print_json(json_answers.why(kb, named, when))
        else:
            code = known_code(kb, named, when.on, when.known)
            print_lines(as_known(known, why_lines(kb.why(code, when), kb.title_of(code, when))))


@cli.command("history")
@click.argument("named", metavar="CODE", type=CODE)
@known_option
@as_json_option
@reads_home
def history_command(named: Named, known: date | None, as_json: bool) -> None:
    """Every version of a code, oldest first, and how each bound is known.

    Example: inforce history WA3.25
    """
    from manual.pages import json_answers
    from manual.pages.as_text import as_known, history_lines
    from manual.pages.beside_lines import circular_lines
    from manual.pages.found import known_code

    with knowledge_base() as kb:
        if as_json:
            print_json(json_answers.history(kb, named, known))
        else:
            when = When(today(), known)
            code = known_code(kb, named, None, known)
            history = kb.history_of(code, known)
            print_lines(as_known(known, history_lines(history, kb.title_of(code, when))))
            print_lines(circular_lines(kb, history, known))


@cli.command("compare")
@click.argument("named", metavar="CODE", type=CODE)
@click.argument("one", metavar="DAY", type=DAY)
@click.argument("other", metavar="DAY", type=DAY)
@known_option
@as_json_option
@reads_home
def compare_command(named: Named, one: date, other: date, known: date | None, as_json: bool) -> None:
    """The words of an instruction on two days, clause by clause: [-removed-] and {+added+}.

    Example: inforce compare A16.1 2024-08-15 2025-04-01
    """
    from manual.pages import json_answers
    from manual.pages.as_text import as_known
    from manual.pages.compare_lines import comparison_lines
    from manual.pages.found import known_code, source_of

    with knowledge_base() as kb:
        if as_json:
            print_json(json_answers.compare(kb, named, one, other, known))
        else:
            code = known_code(kb, named, None, known)
            comparison = kb.compare(code, one, other, known)
            lines = comparison_lines(comparison, today(), source_of=source_of(kb, known))
            print_lines(as_known(known, lines))


@cli.command("changes")
@click.argument("first", metavar="[FROM", type=DAY, required=False)
@click.argument("until", metavar="TO]", type=DAY, required=False)
@click.option(
    "--since",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Instead of FROM and TO: what is new since the last run with this FILE, which keeps what was told.",
)
@click.option(
    "--code",
    "codes",
    metavar="CODE",
    type=CODE,
    multiple=True,
    help="With --since: only this code and those below it; may be repeated. All codes if not given.",
)
@click.option(
    "--day",
    "days",
    type=DAY,
    multiple=True,
    help="With --since: only the answers for this day, of a case; may be repeated. All days if not given.",
)
@known_option
@as_json_option
@reads_home
def changes_command(
    first: date | None,
    until: date | None,
    file: Path | None,
    codes: tuple[Named, ...],
    days: tuple[date, ...],
    known: date | None,
    as_json: bool,
) -> None:
    """What began, was replaced, ended or was revoked in the whole manual: FROM included, TO not.

    With --since FILE, what is new since the last run: for cron and mail. Nothing is printed where nothing is.

    Examples: inforce changes 2025-01-01 2025-07-01; inforce changes --since wa.json --code WA --day 2024-08-15
    """
    if file is not None:
        if first or known:
            raise click.UsageError("--since takes neither FROM and TO nor --known.")
        _print_news(file, codes, days, as_json)
        return
    if first is None or until is None or codes or days:
        raise click.UsageError("Give FROM and TO, or --since FILE, which alone takes --code and --day.")
    from manual.pages import json_answers
    from manual.pages.as_text import as_known, changes_lines

    if until < first:
        raise click.UsageError(f"TO ({until}) lies before FROM ({first}).")
    with knowledge_base() as kb:
        if as_json:
            print_json(json_answers.changes(kb, first, until, known))
        else:
            changes = kb.changes_between(first, until, known)
            print_lines(as_known(known, changes_lines(first, until, changes)))


def _print_news(file: Path, named: tuple[Named, ...], days: tuple[date, ...], as_json: bool) -> None:
    """The state is written last: what could not be printed is reported again next time."""
    from manual.cli import watchlist
    from manual.pages import json_answers
    from manual.pages.as_text import news_lines
    from manual.pages.found import designated
    from manual.queries.news import news, watch

    before = watchlist.read(file)
    with knowledge_base() as kb:
        codes = tuple(designated(kb, one, None, None)[1] for one in named)
        if before is not None and not codes and not days:
            codes, days = before.codes, before.days
        now = watch(kb, codes, days, today())
        same = before is not None and (before.codes, before.days) == (now.codes, now.days)
        found = news(kb, before, now) if before is not None and same else ()
        since = before.looked if before is not None and same else None
        if as_json:
            print_json(json_answers.news(kb, found, since, now.looked))
        else:
            print_lines(news_lines(found))
    if since is None:
        warn(f"{len(now.told):,} codes are followed from now on; the next run says what is new.")
    watchlist.write(file, now)


@cli.command("check")
@click.option(
    "--severity", type=click.Choice(["info", "warning", "error"]), help="Only findings of this severity."
)
@known_option
@as_json_option
@reads_home
def check_command(severity: Severity | None, known: date | None, as_json: bool) -> None:
    """What the pages state that can't all be true, and what was not understood, one finding per line.

    Example: inforce check --severity error
    """
    from manual.pages import json_answers
    from manual.pages.as_text import as_known, finding_text, line

    with knowledge_base() as kb:
        findings = kb.findings(severity, known)
        if as_json:
            print_json(json_answers.check(kb, severity, known))
        else:
            print_lines(as_known(known, (line(finding_text(finding)) for finding in findings)))
    if any(finding.severity == "error" for finding in findings):
        raise SystemExit(FINDINGS)
