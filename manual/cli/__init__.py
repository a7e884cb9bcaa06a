"""The command line. It may import everything, and nothing imports it.

Each command parses its arguments and makes one call. Data goes to stdout, progress and warnings to stderr. Exit status:
0 fine, 1 findings of severity error or something unknown, 2 misuse. Imports that only some commands need are inside
those commands, so that `inforce show` starts quickly.
"""

from manual.cli.group import cli, main

__all__ = ["cli", "main"]
