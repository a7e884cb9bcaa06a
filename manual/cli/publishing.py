"""`serve` and `export`: the site on this machine, and editions as files."""

from __future__ import annotations

import errno
import socket
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from manual.cli.group import cli, knowledge_base
from manual.cli.printed import FINDINGS, Failure, print_json, print_lines, warn
from manual.cli.progress import shown_progress
from manual.cli.typed import DAY, as_json_option, home, known_option, reads_home, this_home
from manual.dates import in_words
from manual.home import Home, chosen_home, is_home

if TYPE_CHECKING:
    from manual.export.summary import ExportSummary


@cli.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option(
    "--also",
    multiple=True,
    metavar="/PREFIX=HOME",
    help="Another manual, from a home of its own, under a prefix; may be repeated. Else INFORCE_ALSO.",
)
@click.option(
    "--take-in",
    "takes_in",
    is_flag=True,
    help="Also a form at /take-in that takes saved pages into the home, for this machine alone.",
)
@reads_home
def serve_command(host: str, port: int, also: tuple[str, ...], takes_in: bool) -> None:
    """The site on this machine. For others, run it with gunicorn (see the README).

    Example: inforce serve --port 8000 --also /specimen=specimen-home
    """
    from werkzeug.serving import make_server

    from webapp import create_app
    from webapp.access_log import PathsOnly
    from webapp.config import Settings
    from webapp.mounts import also_of
    from webapp.take_in import is_loopback

    if takes_in and not is_loopback(host):
        raise click.UsageError(f"--take-in is for this machine alone, and {host} is not: leave out --host.")
    config = {"HOME": home(), "TAKE_IN": takes_in} | ({"ALSO": also_of(also)} if also else {})
    _require_free(host, port)
    server = make_server(host, port, create_app(config), threaded=True, request_handler=PathsOnly)
    address = f"http://{host}:{server.server_port}"
    click.echo(f"Serving on {address}/ (stop with Ctrl-C)", err=True)
    if takes_in:
        click.echo(f"{address}/take-in takes saved pages in", err=True)
    click.echo(f"{address}/ from the home {_served(this_home())}", err=True)
    for prefix, folder in Settings.read(config).also.items():
        click.echo(f"{address}{prefix}/ from the home {_served(chosen_home(folder, '--also'))}", err=True)
    try:
        server.serve_forever()
    finally:
        server.server_close()


def _require_free(host: str, port: int) -> None:
    """Whether the site can be served there, found out before anything is opened. Raises Failure."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as problem:
        said = {
            errno.EADDRINUSE: f"Port {port} of {host} is in use by another program. Stop that one, or choose another "
            f"port: --port {port + 1 if port < 65535 else 8000}.",
            errno.EACCES: f"Port {port} may not be used by this account. Choose one from 1024 on: --port 8000.",
        }.get(problem.errno or 0, f"{host} is no address of this machine. Choose one that is with --host.")
        raise Failure(said) from problem


def _served(chosen: Home) -> str:
    if is_home(chosen.path):
        return str(chosen)
    return f"{chosen}. Nothing was loaded into it yet: `inforce --home {chosen.path} load PATH…`"


@cli.group("export")
def export_group() -> None:
    """Editions as plain files: a folder of pages, one page, a PDF; Akoma Ntoso, JSON and tables."""


_on_option = click.option(
    "--on",
    type=DAY,
    help="The day the edition answers for; if not given the newest capture's, or, with a note, that of loading.",
)
_part_option = click.option("--part", metavar="CODE", help="Only the instructions under this code.")
_dest_argument = click.argument("dest", type=click.Path(path_type=Path), metavar="DEST")


@export_group.command("html")
@_dest_argument
@_on_option
@click.option(
    "--history", is_flag=True, help="Every version of every instruction, histories and comparisons."
)
@click.option(
    "--search-feed",
    "searches",
    metavar="WORDS",
    multiple=True,
    help="Also a feed of the versions that hold these words; may be repeated.",
)
@as_json_option
@reads_home
def export_html_command(
    dest: Path, on: date | None, history: bool, searches: tuple[str, ...], as_json: bool
) -> None:
    """The static edition: a folder of pages that opens from a stick or any web server.

    Example: inforce export html edition --on 2025-04-01
    """
    from manual.export.html import export_html

    with shown_progress() as progress:
        summary = export_html(
            _home_to_publish(), dest, on=on, history=history, searches=searches, progress=progress
        )
    _print_export(summary, as_json)


@export_group.command("single")
@_dest_argument
@_on_option
@known_option
@_part_option
@as_json_option
@reads_home
def export_single_command(
    dest: Path, on: date | None, known: date | None, part: str | None, as_json: bool
) -> None:
    """One self-contained HTML file of a part, or of the whole manual.

    Example: inforce export single wa.html --part WA
    """
    from manual.export.single import export_single

    with shown_progress() as progress:
        summary = export_single(
            _home_to_publish(), dest, on=on, part=_part_code(part), known=known, progress=progress
        )
    _print_export(summary, as_json)


@export_group.command("pdf")
@_dest_argument
@_on_option
@known_option
@_part_option
@as_json_option
@reads_home
def export_pdf_command(
    dest: Path, on: date | None, known: date | None, part: str | None, as_json: bool
) -> None:
    """A PDF with bookmarks, running heads and the contents.

    Example: inforce export pdf manual.pdf --on 2025-04-01
    """
    from manual.export.print.pdf import export_pdf

    with shown_progress() as progress:
        summary = export_pdf(
            _home_to_publish(), dest, on=on, part=_part_code(part), known=known, progress=progress
        )
    _print_export(summary, as_json)


@export_group.command("akn")
@_dest_argument
@_on_option
@click.option("--history", is_flag=True, help="Every version of every instruction.")
@as_json_option
@reads_home
def export_akn_command(dest: Path, on: date | None, history: bool, as_json: bool) -> None:
    """Akoma Ntoso 3.0: a folder with one document for each version.

    Example: inforce export akn documents --on 2025-04-01
    """
    from manual.export.akn.edition import export_akn

    if on and history:
        raise click.UsageError("--on and --history exclude each other.")
    with shown_progress() as progress:
        summary = export_akn(_home_to_publish(), dest, on=on, history=history, progress=progress)
    _print_export(summary, as_json)


@export_group.command("json")
@_dest_argument
@known_option
@as_json_option
@reads_home
def export_json_command(dest: Path, known: date | None, as_json: bool) -> None:
    """JSON Lines: an object for each version, with its text.

    Example: inforce export json versions.jsonl
    """
    from manual.export.data import export_json

    with shown_progress() as progress:
        summary = export_json(_home_to_publish(), dest, known=known, progress=progress)
    _print_export(summary, as_json)


@export_group.command("csv")
@_dest_argument
@known_option
@as_json_option
@reads_home
def export_csv_command(dest: Path, known: date | None, as_json: bool) -> None:
    """Tables of codes, versions, spans and findings. What is not known is an empty field.

    Example: inforce export csv tables
    """
    from manual.export.data import export_csv

    with shown_progress() as progress:
        summary = export_csv(_home_to_publish(), dest, known=known, progress=progress)
    _print_export(summary, as_json)


@export_group.command("check")
@_dest_argument
@as_json_option
def export_check_command(dest: Path, as_json: bool) -> None:
    """Hold the files of an edition against its own manifest. Needs no home and no network.

    Example: inforce export check edition
    """
    from manual.export.manifest import check_edition
    from manual.pages.as_json import check_json
    from manual.pages.as_text import finding_text, line

    findings = check_edition(dest)
    if as_json:
        print_json(check_json(findings))
    else:
        print_lines(line(finding_text(finding)) for finding in findings)
        warn(
            "1 file is not as it was written."
            if len(findings) == 1
            else f"{len(findings)} files are not as they were written."
            if findings
            else "Every file is as it was written."
        )
    if any(finding.severity == "error" for finding in findings):
        raise SystemExit(FINDINGS)


def _home_to_publish() -> Path:
    """The chosen home. Opening it warns if another version of the program derived its answers."""
    with knowledge_base():
        return home()


def _part_code(part: str | None) -> str | None:
    """The code in its printed form. Raises CitationError."""
    if part is None:
        return None
    from manual.citation import parse_code

    return parse_code(part)


def _print_export(summary: ExportSummary, as_json: bool) -> None:
    from manual.pages.words import counted

    if as_json:
        names = ("pages", "unit", "files", "written", "kept", "removed", "bytes", "digest", "seconds")
        found = {name: getattr(summary, name) for name in names}
        on = summary.on.isoformat() if summary.on else None
        print_json({"dest": str(summary.dest), "on": on, **found, "notes": list(summary.notes)})
        return
    for note in summary.notes:
        warn(note)
    as_of = f" as on {in_words(summary.on)}" if summary.on else ""
    rest = (f"{getattr(summary, name):,} {name}" for name in ("written", "kept", "removed", "bytes"))
    said = ", ".join([counted(summary.pages, summary.unit), counted(summary.files, "file"), *rest])
    click.echo(f"{summary.dest}{as_of}: {said}; {summary.seconds:.1f} s.")
