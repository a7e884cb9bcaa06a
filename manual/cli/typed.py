"""Arguments: days, codes, the home, and options that many commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from manual.cli.printed import one_line
from manual.dates import parse_asked_day, today
from manual.errors import CitationError, DayError
from manual.home import Home, chosen_home

if TYPE_CHECKING:
    from manual.citation import Named

    pass

F = TypeVar("F", bound=Callable[..., Any])


class DayType(click.ParamType):  # type: ignore[type-arg]  # generic in newer releases only
    """A day in one of the three forms, `today` or `yesterday`, as it is in Auckland; anything else is misuse."""

    name = "DAY"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return parse_asked_day(value, today())
        except DayError as problem:
            self.fail(one_line(str(problem)), param, ctx)


class NamedType(click.ParamType):  # type: ignore[type-arg]
    """A code with or without a place in it, the publisher's address of a page, or a provision of law. Sloppy typing is
    accepted if it can mean only one thing."""

    name = "CODE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Named:
        from manual.citation import named_in

        if not isinstance(value, str):
            named: Named = value
            return named
        try:
            return named_in(value)
        except CitationError as problem:
            self.fail(one_line(str(problem)), param, ctx)


DAY = DayType()
CODE = NamedType()


def _choose_home(ctx: click.Context, param: click.Parameter, value: Path | None) -> None:
    """Accept `--home` before or after the command; the one nearest to the command wins."""
    if value is not None:
        ctx.meta["inforce.home"] = value


_HOME_HELP = (
    "Folder with captures/, kb.sqlite and index/; else INFORCE_HOME, else ./home where that is a home, "
    "else the platform's data folder."
)


def reads_home(command: F) -> F:
    """Lets `--home` stand after the command as well as before it."""
    option = click.option(
        "--home", type=click.Path(path_type=Path), expose_value=False, callback=_choose_home, help=_HOME_HELP
    )
    return option(command)


known_option = click.option("--known", type=DAY, help="As could be known from pages seen by the end of DAY.")


def on_and_known(command: F) -> F:
    """The options `--on` and `--known`."""
    on = click.option("--on", type=DAY, help="The day asked about; today in Auckland if not given.")
    return on(known_option(command))


as_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def home() -> Path:
    """The folder with captures/, kb.sqlite and index/ that this command works on."""
    return this_home().path


def this_home() -> Home:
    """The same, with why it was chosen."""
    return chosen_home(click.get_current_context().meta.get("inforce.home"))
