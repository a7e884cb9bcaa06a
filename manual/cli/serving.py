"""`mcp`: the answers for assistants."""

from __future__ import annotations

from manual.cli.group import cli, knowledge_base
from manual.cli.printed import Failure
from manual.cli.typed import home, reads_home


@cli.command("mcp")
@reads_home
def mcp_command() -> None:
    """The same answers as tools for assistants, over standard input and output (Model Context Protocol).

    A client starts it by itself: give it this command, with the home named.

    Example: inforce mcp --home /srv/inforce
    """
    try:
        from manual import mcp
    except ModuleNotFoundError as problem:
        if problem.name is None or problem.name.partition(".")[0] not in ("mcp", "pydantic"):
            raise
        raise Failure('Tools for assistants need the extra mcp. Run: pip install "inforce[mcp]"') from problem
    with (
        knowledge_base()
    ):  # reports on stderr what is wrong with the home before a client waits for an answer
        made = mcp.server(home())
    made.run("stdio")
