"""The command line, and the place where everything is put together: imports anything, imported by nothing.

Each command is an argument parser around one call. Data goes to stdout, progress and warnings to stderr. Exit 0
fine, 1 findings of severity error or a thing that is not known, 2 misuse. What only some commands need is imported
inside them, so that `inforce show` starts quickly.
"""

from manual.cli.group import cli, main

__all__ = ["cli", "main"]
