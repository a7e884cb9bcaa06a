"""`coming`, `coverage`: questions about the whole manual."""

from __future__ import annotations

from datetime import date

from manual.cli.group import cli, knowledge_base
from manual.cli.printed import print_json, print_lines
from manual.cli.typed import as_json_option, known_option, on_and_known, reads_home
from manual.dates import today
from manual.model import When


@cli.command("coming")
@on_and_known
@as_json_option
@reads_home
def coming_command(on: date | None, known: date | None, as_json: bool) -> None:
    """What is announced and not yet in force: what begins, is replaced, ends or is revoked after the day.

    Example: inforce coming
    """
    from manual.pages import json_answers
    from manual.pages.as_text import as_known, coming_lines

    when = When(on or today(), known)
    with knowledge_base() as kb:
        if as_json:
            print_json(json_answers.coming(kb, when))
        else:
            print_lines(
                as_known(known, coming_lines(when.on, kb.coming(when), kb.newest_capture(known, exact=True)))
            )


@cli.command("coverage")
@known_option
@as_json_option
@reads_home
def coverage_command(known: date | None, as_json: bool) -> None:
    """How complete this copy is: instructions, versions and texts held, part by part.

    Example: inforce coverage
    """
    from manual.pages import json_answers
    from manual.pages.as_text import as_known, coverage_lines

    with knowledge_base() as kb:
        if as_json:
            print_json(json_answers.coverage(kb, known))
        else:
            print_lines(as_known(known, coverage_lines(kb.coverage(known))))
