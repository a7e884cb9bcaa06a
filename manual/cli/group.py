"""The command group. It turns errors into exit statuses."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

import click

from manual.cli.printed import WIDEST, Failure, Misuse, warn
from manual.cli.typed import reads_home, this_home
from manual.errors import CitationError, DayError, ManualError, SettingError, SourceError, StoreError

if TYPE_CHECKING:
    from manual.queries import KnowledgeBase


_MODULES = {
    "asking": ("contents", "show", "why", "history", "compare", "changes", "check"),
    "bringing": ("wanted", "watch", "replay"),
    "casing": ("case",),
    "citechecking": ("citecheck",),
    "beside": ("terms", "beside"),
    "keeping": ("captures",),
    "loading": ("load", "rebuild", "verify"),
    "overview": ("coming", "coverage"),
    "publishing": ("serve", "export"),
    "serving": ("mcp",),
    "searching": ("search", "index"),
}
_MODULE_OF = {command: module for module, commands in _MODULES.items() for command in commands}


class Commands(click.Group):
    """Imports a command's module when the command is called, and turns the program's own errors and those of the disk
    into one line and an exit status.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_MODULE_OF)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _MODULE_OF:
            import_module(f"manual.cli.{_MODULE_OF[cmd_name]}")  # which adds its commands to the group
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (DayError, CitationError, SettingError, SourceError) as problem:
            raise Misuse(str(problem)) from problem
        except ManualError as problem:
            raise Failure(str(problem)) from problem
        except BrokenPipeError:
            raise
        except OSError as problem:
            raise Failure(f"The disk or the network refused: {problem}") from problem


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": WIDEST},
    epilog="Exit status: 0 fine, 1 findings of severity error or a thing that is not known, 2 misuse.",
)
@click.version_option(package_name="inforce", prog_name="inforce")
@reads_home
def cli() -> None:
    """The operational manual as it stood on any date: which instruction was in force, what it said, how we know.

    Days are typed 2024-08-15, 15/8/2024, "15 August 2024" or today; codes a16.1, "A 16.1", A16-1 or "A16.1(b)(ii)".
    """


def main() -> NoReturn:
    """The `inforce` command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(
                errors="replace"
            )  # characters that the terminal lacks are replaced, instead of raising an error
    cli.main(prog_name="inforce")
    raise SystemExit(0)


@contextmanager
def knowledge_base() -> Iterator[KnowledgeBase]:
    """The knowledge base of the chosen home, in one state throughout. Raises StoreError, which says what to do and
    which home is meant, where there is none.

    Says on stderr, `--json` or not, if another version of the program derived it.
    """
    from manual.queries import KnowledgeBase

    chosen = this_home()
    try:
        opened = KnowledgeBase(chosen.path)
    except StoreError as problem:
        raise StoreError(f"{problem} The home is {chosen}.") from problem
    with opened as kb, kb.steady():
        if kb.outdated:
            from manual.stamp import OUTDATED

            warn(OUTDATED)
        yield kb
