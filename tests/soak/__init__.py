"""How many examples a property is tried with: few with every change, many in `make soak`."""

from __future__ import annotations

from hypothesis import settings

SOAK = 5_000


def examples(normal: int, soak: int = SOAK) -> settings:
    """Decorator for a property: `normal` examples, or `soak` ones under the profile of that name.

    A bare `@settings(max_examples=…)` would overrule the profile, so that a soak tried no more than any run.
    """
    return settings(max_examples=soak if settings.get_current_profile_name() == "soak" else normal)


def times(normal: int, soak: int) -> range:
    """How often a test of another kind tries: `normal` times, or `soak` times under the profile of that name."""
    return range(soak if settings.get_current_profile_name() == "soak" else normal)
