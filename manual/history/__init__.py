"""From statements to versions: a pure function, and the one place that decides what was in force.

An answer is given only if *every* reading of the pages gives it. Each version has one or more possible
starts and ends (`drafts.Starts`, `drafts.End`: days, or intervals where a page fixes only the order of things). A day's
*outcomes* are the versions that are the latest to have started, and have not ended, in at least one choice of
readings. One outcome is an answer; several are `disputed`, with the candidates and the reasons.

The steps, in order:

1. `merging`: which statements speak of the same version (a *draft*).
2. `merging.settle_undated`: what pages and lines without a date may be taken for.
3. `readings`: the days on which each draft may have started and ended.
4. `spans`: the outcomes of every run of days between two readings' bounds; `reasons` words them.

`versions` then gives the drafts names, bounds and texts.

Rule numbers in comments are those of the project's notes on dates; ARCHITECTURE.md lists them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from manual.history.answers import in_force_on, span_on

if TYPE_CHECKING:
    from manual.history.deriving import history_of
    from manual.history.versions import links_between

__all__ = ["history_of", "in_force_on", "links_between", "span_on"]


def __getattr__(name: str) -> Any:
    """What derives histories is loaded when it is first asked for: an answer from the store needs none of it."""
    if name == "history_of":
        from manual.history.deriving import history_of

        return history_of
    if name == "links_between":
        from manual.history.versions import links_between

        return links_between
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
