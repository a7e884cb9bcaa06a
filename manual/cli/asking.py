"""The questions: contents, show, why, history, compare, changes, check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import click

from manual.cli.group import cli, knowledge_base
from manual.cli.printed import FINDINGS, print_json, print_lines
from manual.cli.typed import CODE, DAY, as_json_option, known_option, on_and_known, reads_home
from manual.dates import local_day, today
from manual.errors import NotFound
from manual.model import Answer, Code, Severity, Version, When

if TYPE_CHECKING:
    from manual.citation import Address, Citation, Designation
    from manual.pages.as_text import Shown
    from manual.queries import KnowledgeBase, VersionText


@cli.command("contents")
@on_and_known
@as_json_option
@reads_home
def contents_command(on: date | None, known: date | None, as_json: bool) -> None:
    """The table of contents as of a day.

    Example: inforce contents --on 2024-08-15
    """
    from manual.pages.as_json import contents_json
    from manual.pages.as_text import as_known, contents_lines

    with knowledge_base() as kb:
        contents = kb.contents_on(When(on or today(), known))
    if as_json:
        print_json(contents_json(contents))
    else:
        print_lines(as_known(known, contents_lines(contents)))


@cli.command("show")
@click.argument("named", metavar="CODE", type=CODE)
@on_and_known
@as_json_option
@reads_home
def show_command(named: Citation | Address, on: date | None, known: date | None, as_json: bool) -> None:
    """What was in force under a code on a day, what it said and how that is known.

    A place in it may be named: only that clause is then printed. The publisher's address of a page, or the number in
    it, names the instruction that the page showed.

    Example: inforce show "A16.1(b)(ii)" --on "1 April 2025"
    """
    with knowledge_base() as kb:
        found = _found(kb, named, When(on or today(), known))
        if as_json:
            from manual.pages.as_json import answer_json

            version = found.answer.version
            print_json(
                answer_json(
                    found.answer,
                    texts={version.id: found.text} if version and found.text else {},
                    others={version.id: found.others} if version else {},
                    source_of=_source_of(kb, known),
                    pinpoint=found.pinpoint,
                    meant=found.meant,
                )
            )
        else:
            from manual.pages.as_text import answer_lines

            print_lines(answer_lines(found.answer, _shown(kb, found)))
    if found.answer.answer == "unknown_code" or found.place_missing:
        raise SystemExit(FINDINGS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An answer, its text where it is held, and the place that was asked for."""

    answer: Answer
    text: VersionText | None
    meant: Designation
    others: tuple[VersionText, ...] = ()
    """Other words that were archived for the first day of the version."""

    @property
    def pinpoint(self) -> str:
        return self.meant.pinpoint or ""

    @property
    def place_missing(self) -> bool:
        """Whether a place was asked for that the text, being held, does not show."""
        return bool(self.pinpoint) and self.text is not None and not self.meant.place_exists


def _found(kb: KnowledgeBase, named: Citation | Address, when: When) -> Found:
    """The answer to what was named. `WA3.15.5(b)` is a place in WA3.15, unless WA3.15.5 has a page of its own."""
    meant, code = _designated(kb, named, when.on, when.known)
    answer = kb.in_force_on(code, when)
    text = kb.text_of(answer.version, when.known) if answer.version and answer.version.text_held else None
    others = kb.other_texts_of(answer.version, when.known) if answer.version else ()
    return Found(answer=answer, text=text, meant=meant, others=others)


def _designated(
    kb: KnowledgeBase, named: Citation | Address, on: date | None, known: date | None
) -> tuple[Designation, Code]:
    """What is meant on a day (None: on any), and its code. Raises NotFound for an address that names no instruction."""
    meant = kb.designate(named, on, known)
    if meant.code is None:
        several = f"It may be that of {' or '.join(meant.near)}." if meant.near else "Ask by the code."
        raise NotFound(f"The address {meant.typed}", several)
    return meant, meant.code


def _shown(kb: KnowledgeBase, found: Found) -> Shown:
    from manual.pages.as_text import Shown
    from manual.pages.meant import notices

    answer, text, when = found.answer, found.text, found.answer.when
    captured = kb.capture(text.capture, when.known).captured_at if text else None
    return Shown(
        today=today(),
        text=text,
        source=_source_of(kb, when.known)(answer.version) if answer.version else "",
        captured=local_day(captured, kb.publisher) if captured else None,
        pinpoint=found.pinpoint,
        notices=notices(kb, found.meant, when),
        title=kb.title_of(answer.code, when) if answer.answer != "unknown_code" else "",
        others=tuple(_other(kb, text, when.known) for text in found.others),
        near_titles={code: kb.title_of(code, when) for code in answer.nearest_codes},
    )


def _other(kb: KnowledgeBase, text: VersionText, known: date | None) -> tuple[VersionText, str]:
    """A text with the name of the page that holds it."""
    capture = kb.capture(text.capture, known)
    return text, str(capture.address or capture.site_path or capture.filename)


def _source_of(kb: KnowledgeBase, known: date | None) -> Callable[[Version], str]:
    def source_of(version: Version) -> str:
        from manual.pages.source_page import source_url

        return source_url(kb, version, known)

    return source_of


@cli.command("why")
@click.argument("named", metavar="CODE", type=CODE)
@on_and_known
@as_json_option
@reads_home
def why_command(named: Citation | Address, on: date | None, known: date | None, as_json: bool) -> None:
    """What stands behind an answer: statements, versions considered, rules, and what would settle it.

    Example: inforce why A16.1 --on 2021-08-01
    """
    from manual.pages.as_json import why_json
    from manual.pages.as_text import as_known, why_lines

    with knowledge_base() as kb:
        when = When(on or today(), known)
        code = known_code(kb, named, when.on, when.known)
        why = kb.why(code, when)
        if as_json:
            print_json(why_json(why, known))
        else:
            print_lines(as_known(known, why_lines(why, kb.title_of(code, when))))


@cli.command("history")
@click.argument("named", metavar="CODE", type=CODE)
@known_option
@as_json_option
@reads_home
def history_command(named: Citation | Address, known: date | None, as_json: bool) -> None:
    """Every version of a code, oldest first, and how each bound is known.

    Example: inforce history WA3.25
    """
    from manual.pages.as_json import history_json
    from manual.pages.as_text import as_known, history_lines

    with knowledge_base() as kb:
        when = When(today(), known)
        code = known_code(kb, named, None, known)
        history = kb.history_of(code, known)
        if as_json:
            print_json(history_json(history, known, source_of=_source_of(kb, known)))
        else:
            print_lines(as_known(known, history_lines(history, when.on, kb.title_of(code, when))))


def known_code(
    kb: KnowledgeBase, named: Citation | Address, on: date | None, known: date | None = None
) -> Code:
    """The code meant on a day; `on` None: on any. Raises NotFound with the nearest ones where there is no such code."""
    meant, code = _designated(kb, named, on, known)
    if not meant.known:
        near = ", ".join(meant.near)
        raise NotFound(f"The code {code}", f"Nearest: {near}." if near else "")
    return code


@cli.command("compare")
@click.argument("named", metavar="CODE", type=CODE)
@click.argument("one", metavar="DAY", type=DAY)
@click.argument("other", metavar="DAY", type=DAY)
@known_option
@as_json_option
@reads_home
def compare_command(
    named: Citation | Address, one: date, other: date, known: date | None, as_json: bool
) -> None:
    """The words of an instruction on two days, clause by clause: [-removed-] and {+added+}.

    Example: inforce compare A16.1 2024-08-15 2025-04-01
    """
    from manual.pages.as_json import compare_json
    from manual.pages.as_text import as_known, comparison_lines

    with knowledge_base() as kb:
        code = known_code(kb, named, None, known)
        comparison = kb.compare(code, one, other, known)
        if as_json:
            print_json(compare_json(comparison, known, source_of=_source_of(kb, known)))
        else:
            lines = comparison_lines(comparison, today(), source_of=_source_of(kb, known))
            print_lines(as_known(known, lines))


@cli.command("changes")
@click.argument("first", metavar="FROM", type=DAY)
@click.argument("until", metavar="TO", type=DAY)
@known_option
@as_json_option
@reads_home
def changes_command(first: date, until: date, known: date | None, as_json: bool) -> None:
    """What began, was replaced, ended or was revoked in the whole manual: FROM included, TO not.

    Example: inforce changes 2025-01-01 2025-07-01
    """
    from manual.pages.as_json import changes_json
    from manual.pages.as_text import as_known, changes_lines

    if until < first:
        raise click.UsageError(f"TO ({until}) lies before FROM ({first}).")
    with knowledge_base() as kb:
        changes = kb.changes_between(first, until, known)
    if as_json:
        print_json(changes_json(first, until, changes, known))
    else:
        print_lines(as_known(known, changes_lines(first, until, changes)))


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
    from manual.pages.as_json import check_json
    from manual.pages.as_text import as_known, finding_text, line

    with knowledge_base() as kb:
        findings = kb.findings(severity, known)
    if as_json:
        print_json(check_json(findings, known))
    else:
        print_lines(as_known(known, (line(finding_text(finding)) for finding in findings)))
    if any(finding.severity == "error" for finding in findings):
        raise SystemExit(FINDINGS)
