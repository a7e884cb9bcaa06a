"""How many examples a property is tried with: few with every change, many in `make soak`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hypothesis import settings

SOAK = 2_000


def examples(normal: int, soak: int = SOAK) -> settings:
    """Decorator for a property: `normal` examples, or `soak` ones under the profile of that name.

    A bare `@settings(max_examples=…)` would overrule the profile, so that a soak tried no more than any run.
    """
    return settings(max_examples=soak if settings.get_current_profile_name() == "soak" else normal)


done: Counter[str] = Counter()
"""What was tried, for the lines at the end of a run (`conftest.py`)."""


def how_many(normal: int, soak: int) -> int:
    """`normal`, or `soak` under the profile of that name."""
    return soak if settings.get_current_profile_name() == "soak" else normal


def times(normal: int, soak: int, what: str) -> Iterator[int]:
    """Count to `how_many`, and keep how many of `what` were tried to their end."""
    for number in range(how_many(normal, soak)):
        yield number
        done[what] += 1
