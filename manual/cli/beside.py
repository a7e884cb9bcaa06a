"""`beside`: law, circulars and notices; `terms`: what instructions define."""

from __future__ import annotations

from datetime import date
from typing import get_args

import click

from manual.cli.group import cli, knowledge_base
from manual.cli.printed import print_json, print_lines
from manual.cli.typed import as_json_option, known_option, on_and_known, reads_home
from manual.dates import today
from manual.model import When
from manual.queries.beside import Scheme


@cli.command("terms")
@click.argument("words", nargs=-1, metavar="[TERM]")
@on_and_known
@as_json_option
@reads_home
def terms_command(words: tuple[str, ...], on: date | None, known: date | None, as_json: bool) -> None:
    """Terms that instructions in force on a day define; with TERM, its definitions and their words.

    Example: inforce terms "ordinarily resident" --on 2024-08-15
    """
    from manual.pages import json_answers
    from manual.pages.as_text import as_known, line

    when = When(on or today(), known)
    with knowledge_base() as kb:
        answer = json_answers.terms(kb, " ".join(words), when)
    if as_json:
        print_json(answer)
        return
    if not answer["terms"]:
        what = f"“{' '.join(words)}”" if words else "a term"
        print_lines([line(f"No instruction in force on that day, whose text is held, defines {what}.")])
    for one in answer["terms"]:
        print_lines(as_known(known, iter([line(f"{one['term']}  {one['pinpoint']}  {one['title']}")])))
        if one.get("otherwise"):
            print_lines([line(one["otherwise"], indent=4)])
        if one.get("words"):
            print_lines([line(one["words"], indent=4)])
    for short in answer["abbreviations"] if words else ():
        print_lines([line(f"{short['short']} stands for {' or '.join(short['meant'])}.")])


@cli.command("beside")
@click.option("--kind", type=click.Choice(get_args(Scheme)), help="Only works of this kind.")
@known_option
@as_json_option
@reads_home
def beside_command(kind: Scheme | None, known: date | None, as_json: bool) -> None:
    """What stands beside the manual: law, plain-language accounts, amendment circulars, notices.

    Each has its key, by which `inforce show` gives it.

    Example: inforce beside --kind circular
    """
    from manual.pages import json_answers
    from manual.pages.as_text import as_known
    from manual.pages.beside_lines import all_works_lines

    with knowledge_base() as kb:
        if as_json:
            print_json(json_answers.works(kb, kind, known))
        else:
            print_lines(as_known(known, all_works_lines(kb, kind, known)))
