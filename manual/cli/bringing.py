"""What to bring, and what was brought: wanted, watch, replay."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from manual.cli.group import cli, knowledge_base
from manual.cli.printed import one_line, print_json, print_lines
from manual.cli.typed import as_json_option, known_option, reads_home, this_home
from manual.dates import today
from manual.errors import CitationError
from manual.home import is_home
from manual.model import Code, When

if TYPE_CHECKING:
    from manual.queries.wanted import Wanted


class PartType(click.ParamType):  # type: ignore[type-arg]  # generic in newer releases only
    """A code, and all that stands below it."""

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
    from manual.pages.as_text import as_known
    from manual.pages.wanted_page import wanted_json, wanted_lines
    from manual.publisher import INZ

    found = _wanted(When(today(), known), part, stale)
    if as_json:
        print_json(wanted_json(found, INZ))
    else:
        print_lines(as_known(known, wanted_lines(found, INZ)))


def _wanted(when: When, part: Code | None, stale: int | None) -> Wanted:
    """Of a home into which nothing was loaded yet, the contents alone are wanted."""
    if not is_home(this_home().path):
        from manual.queries.wanted import nothing_held

        return nothing_held(when)
    with knowledge_base() as kb:
        return kb.wanted(when, part, stale)
