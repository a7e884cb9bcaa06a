"""`search` and `index`."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from manual.cli.group import cli, knowledge_base
from manual.cli.printed import FINDINGS, print_json, print_lines, warn
from manual.cli.typed import DAY, as_json_option, home, reads_home
from manual.dates import today
from manual.errors import IndexFault
from manual.model import VersionId, When

if TYPE_CHECKING:
    from indexer import SearchIndex
    from manual.queries import KnowledgeBase


class _WithTheLanguage(click.Command):
    """A command whose help ends with the search language."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from manual.pages.how_to_search import LIMITS, SECTIONS

        for part in SECTIONS:
            with formatter.section(part.title):
                formatter.write_dl([(form.typed, form.means) for form in part.forms], col_max=34)
        formatter.write_paragraph()
        formatter.write_text(LIMITS)


@cli.command("search", cls=_WithTheLanguage)
@click.argument("words", nargs=-1, required=True, metavar="WORDS…")
@click.option("--on", type=DAY, help="The day asked about; today in Auckland if not given.")
@click.option("--known", type=DAY, help="Only what could be known by the end of that day.")
@click.option("--any-time", is_flag=True, help="Search the whole history.")
@click.option("--part", metavar="CODE", help="Only in the part of this code, or of this title.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, metavar="N")
@click.option(
    "--sort", type=click.Choice(["relevance", "date", "code"]), default="relevance", show_default=True
)
@click.option(
    "--no-expand", is_flag=True, help="Don't search for what abbreviations and everyday words stand for."
)
@click.option(
    "--first", "phrase", metavar="PHRASE", help="When PHRASE first and last stood in the code given."
)
@as_json_option
@reads_home
def search_command(
    words: tuple[str, ...], on: date | None, known: date | None, any_time: bool, part: str | None, limit: int,
    sort: Any, no_expand: bool, phrase: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Full text of the versions in force on a day.

    Examples: inforce search partner income --on 2019-08-15; inforce search '"good character" -waiver'

    A word with a minus stands in quotes with others, or after --: inforce search visa -- -seasonal. When a phrase stood
    in an instruction: inforce search --first "job offer" WA3.15
    """
    from manual.beside_index import search_beside
    from manual.pages import json_answers
    from manual.pages.as_text import as_known, search_lines
    from manual.pages.beside_lines import beside_lines
    from manual.pages.found import part_meant

    if on and any_time:
        raise click.UsageError("--on and --any-time exclude each other.")
    if not part and not " ".join(words).strip():
        raise click.UsageError(
            "No words were given, so nothing was searched. Example: inforce search partner income"
        )
    with knowledge_base() as kb:
        index = _index_of(kb, known)
        if phrase is not None:
            _print_stood(kb, index, phrase, " ".join(words), known, as_json)
            return
        result = index.search(
            " ".join(words),
            None if any_time else on or today(),
            limit=limit,
            sort=sort,
            part=part_meant(part) if part else None,
            expand=not no_expand,
        )
        if part and not result.total:
            _warn_of_unknown_part(kb, part, known)
        if as_json:
            print_json(json_answers.search(kb, result, today(), known))
        else:
            print_lines(as_known(known, search_lines(result)))
            print_lines(beside_lines(search_beside(kb, result.query, known)))


def _print_stood(
    kb: KnowledgeBase, index: SearchIndex, phrase: str, typed: str, known: date | None, as_json: bool
) -> None:
    from manual.citation import named_in
    from manual.pages.as_json import stood_json
    from manual.pages.as_text import stood_lines
    from manual.pages.found import known_code
    from manual.pages.words import short_validity

    def period_of(version: VersionId) -> str:
        found = kb.version(version, known)
        return f"{short_validity(found)}  {found.title}"

    stood = index.first_and_last(phrase, known_code(kb, named_in(typed), known))
    if as_json:
        print_json(stood_json(stood))
    else:
        print_lines(stood_lines(stood, period_of))


def _warn_of_unknown_part(kb: KnowledgeBase, part: str, known: date | None) -> None:
    """Warn, if nothing was found, that the part is an unknown code or how a part is named."""
    from manual.citation import looks_like_code
    from manual.pages.found import part_fault, part_meant

    unknown = part_fault(kb, part_meant(part), When(today(), known))
    if unknown is not None:
        warn(str(unknown))
    elif not looks_like_code(part):
        warn(
            f"Only a part called “{part}” was searched. Name a part by its code, such as WA, or its whole title."
        )


def _index_of(kb: KnowledgeBase, known: date | None) -> SearchIndex:
    """The index of this knowledge base, or of what was known by a day, which is made where it is not there yet.

    Raises IndexFault if the home's index is missing, damaged or out of date.
    """
    from indexer import SearchIndex
    from manual.known_index import KnownIndexes

    of_then = KnownIndexes(home()).at(kb, known) if known else None
    if of_then is not None:
        return of_then
    index = SearchIndex.open(home() / "index")
    if index.digest != kb.digest:
        raise IndexFault(
            "The search index was made from another state of the knowledge base. Run: inforce index build"
        )
    return index


@cli.group("index")
def index_group() -> None:
    """The search index: build it, hold it against the knowledge base, print what it holds."""


@index_group.command("build")
@reads_home
def index_build_command() -> None:
    """Make the search index anew.

    Example: inforce index build
    """
    from indexer import build

    with knowledge_base() as kb:
        summary = build(kb.documents(), home() / "index", kb_digest=kb.digest)
    click.echo(
        f"{summary.versions:,} versions, {summary.terms:,} terms, {summary.bytes:,} bytes, {summary.seconds:.1f} s."
    )


@index_group.command("check")
@as_json_option
@reads_home
def index_check_command(as_json: bool) -> None:
    """Hold the index against the knowledge base: every version in, none too many, same words.

    Example: inforce index check
    """
    from indexer import SearchIndex
    from manual.pages.as_json import check_json
    from manual.pages.as_text import finding_text, line

    with knowledge_base() as kb:
        findings = SearchIndex.open(home() / "index").check(kb.documents())
    if as_json:
        print_json(check_json(findings))
    else:
        print_lines(line(finding_text(finding)) for finding in findings)
        warn(
            "The index holds what the knowledge base holds."
            if not findings
            else f"{len(findings)} differences."
        )
    if any(finding.severity == "error" for finding in findings):
        raise SystemExit(FINDINGS)


@index_group.command("dump")
@reads_home
def index_dump_command() -> None:
    """Every version as the index holds it, one JSON object per line, in the order of codes.

    Example: inforce index dump | head -1
    """
    from dataclasses import asdict

    from indexer import SearchIndex

    for document in SearchIndex.open(home() / "index").dump():
        click.echo(json.dumps(asdict(document), default=str))
