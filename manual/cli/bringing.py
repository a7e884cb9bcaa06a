"""`wanted`, `watch`, `replay`: pages to bring, and what pages changed."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import click

from manual.cli.group import cli, knowledge_base
from manual.cli.printed import one_line, print_json, print_lines, warn
from manual.cli.typed import DAY, as_json_option, home, known_option, reads_home, this_home
from manual.dates import today
from manual.errors import CitationError, StoreError, UnknownCode
from manual.home import is_home
from manual.model import Code, When

if TYPE_CHECKING:
    pass


class PartType(click.ParamType):  # type: ignore[type-arg]  # generic in newer releases only
    """The type of `--part`: a code and everything below it."""

    name = "CODE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Code:
        from manual.queries.wanted import part_named

        try:
            return part_named(value)
        except CitationError as problem:
            self.fail(one_line(str(problem)), param, ctx)


@cli.command("wanted")
@click.option(
    "--part", type=PartType(), help="Only the pages of this code and of those below it, such as WA."
)
@click.option(
    "--stale",
    type=click.IntRange(0, 36_500),
    metavar="DAYS",
    help="Instead: what was last seen more than DAYS ago, and what the newest contents lack.",
)
@known_option
@as_json_option
@reads_home
def wanted_command(part: Code | None, stale: int | None, known: date | None, as_json: bool) -> None:
    """The pages whose text is not held and would matter, most useful first, with their addresses. Nothing is fetched.

    Example: inforce wanted --part WA
    """
    from manual.pages import json_answers
    from manual.pages.as_text import as_known
    from manual.pages.wanted_page import is_unknown, wanted_json, wanted_lines
    from manual.publisher import INZ
    from manual.queries.wanted import nothing_held

    when = When(today(), known)
    if not is_home(this_home().path):  # nothing is loaded yet: only the contents are wanted
        found = nothing_held(when)
        if as_json:
            print_json(wanted_json(found, INZ))
        else:
            print_lines(as_known(known, wanted_lines(found, INZ)))
        return
    with knowledge_base() as kb:
        found = kb.wanted(when, part, stale)
        if part and is_unknown(kb, when, found):
            raise UnknownCode(part, kb.nearest_codes(part, known=known))
        if as_json:
            print_json(json_answers.wanted(kb, when, part, stale))
        else:
            print_lines(as_known(known, wanted_lines(found, INZ)))


@cli.command("replay")
@click.argument("since", metavar="SINCE", type=DAY)
@click.argument("until", metavar="[UNTIL]", type=DAY, required=False)
@known_option
@as_json_option
@reads_home
def replay_command(since: date, until: date | None, known: date | None, as_json: bool) -> None:
    """The past answers that captures changed, by the day on which they were taken in: SINCE included, UNTIL not.

    Example: inforce replay 2026-11-01
    """
    from manual.pages.as_text import as_known
    from manual.pages.replay_words import replay_json, replay_lines

    if until is not None and until < since:
        raise click.UsageError(f"UNTIL ({until}) lies before SINCE ({since}).")
    with knowledge_base() as kb:
        days = kb.replay(since, until, known)
    if as_json:
        print_json(replay_json(days, since, until, known))
    else:
        print_lines(as_known(known, replay_lines(days, since, until)))


@cli.command("watch")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--captured", type=DAY, help="The day on which files that carry no date are saved, such as today."
)
@click.option(
    "--every",
    type=click.FloatRange(0.1, 3600),
    default=1.0,
    show_default=True,
    metavar="SECONDS",
    help="How often the folder is looked at.",
)
@reads_home
def watch_command(folder: Path, captured: date | None, every: float) -> None:
    """Take in what looks like the manual as it is saved into FOLDER, a line for each page. Nothing in it is touched.

    Files that are there already are taken in first. Ctrl-C ends it, after what it is taking in.

    Example: inforce watch ~/Downloads --captured today
    """
    from manual.intake.watching import WatchedFolder

    watched, waiting = WatchedFolder(folder), ""
    with stopped_by_signals() as stop:
        warn(f"Watching {folder} for the home {this_home()} (stop with Ctrl-C).")
        while not stop.is_set():
            paths = watched.finished(time.monotonic())
            before = [path for path in paths if path in watched.there_before]
            for chosen in (before, [path for path in paths if path not in watched.there_before]):
                if chosen:
                    problem = _take_round(chosen, captured, chosen is before)
                    if problem:
                        watched.again(chosen)
                    if problem not in ("", waiting):  # once, and not each second
                        warn(f"Not taken in yet: {problem}")
                    waiting = problem
            stop.wait(every)
    warn("Stopped.")


def _take_round(paths: list[Path], captured: date | None, before: bool) -> str:
    """Load the files that are complete and print the results. Returns why the home cannot be written just now, or
    nothing. Files that were there `before` are only counted if they are known already or of another kind."""
    from manual.intake.watching import take_in_of_the_manual
    from manual.pages.report_words import watch_line

    try:
        found = take_in_of_the_manual(
            home(), paths, captured=captured, now=datetime.now(UTC), pass_over_known=before
        )
    except StoreError as problem:
        return str(problem)
    if found.taken is not None:
        for page in found.taken.report.pages:
            click.echo(one_line(watch_line(page, found.taken.report)))
    if before and (found.known or found.left_alone):
        warn(f"Already there: {found.known:,} known, {len(found.left_alone):,} not of the manual.")
    elif not before:
        for name, why in found.left_alone:
            click.echo(one_line(f"{name}: left alone, {why}"))
    return ""


@contextmanager
def stopped_by_signals() -> Iterator[Event]:
    """An event set by Ctrl-C or SIGTERM, so that the command can finish what it is writing."""
    stop = Event()
    before = {
        number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
