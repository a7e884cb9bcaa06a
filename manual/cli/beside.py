"""`terms`: what instructions define."""

from __future__ import annotations

from datetime import date

import click

from manual.cli.group import cli, knowledge_base
from manual.cli.printed import print_json, print_lines
from manual.cli.typed import as_json_option, on_and_known, reads_home
from manual.dates import today
from manual.model import When


@cli.command("terms")
@click.argument("words", nargs=-1, metavar="[TERM]")
@on_and_known
@as_json_option
@reads_home
def terms_command(words: tuple[str, ...], on: date | None, known: date | None, as_json: bool) -> None:
    """Terms that instructions in force on a day define; with TERM, its definitions and their words.

    Example: inforce terms "ordinarily resident" --on 2024-08-15
    """
    from manual.pages.as_text import as_known, line

    when = When(on or today(), known)
    wanted = " ".join(words).lower()
    with knowledge_base() as kb:
        found = [one for one in kb.terms_on(when) if wanted in ("", one.term.lower())]
        said = {one: kb.words_of_term(one, known) for one in found} if wanted else {}
    if as_json:
        print_json(
            {
                "on": when.on.isoformat(),
                "known": known.isoformat() if known else None,
                "terms": [
                    {
                        "term": one.term,
                        "code": one.code,
                        "pinpoint": one.pinpoint,
                        "title": one.title,
                        "version_id": one.version_id,
                        "first": one.first.isoformat() if one.first else None,
                        "until": one.until.isoformat() if one.until else None,
                        **({"words": said[one]} if wanted else {}),
                    }
                    for one in found
                ],
            }
        )
        return
    if not found:
        print_lines([line("No instruction in force on that day, whose text is held, defines that.")])
    for one in found:
        print_lines(as_known(known, iter([line(f"{one.term}  {one.pinpoint}  {one.title}")])))
        if said.get(one):
            print_lines([line(said[one], indent=4)])
