"""A redline for readers: what happened to each clause, where it was, which words introduce it, and a summary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from manual.model import Answer, Block, Version
from manual.pages.words import citation, counted, short_validity

if TYPE_CHECKING:
    from manual.compare import ClauseChange, Redline
    from manual.queries.results import Comparison

KIND_LABEL = {
    "same": "unchanged",
    "changed": "words changed",
    "added": "added",
    "removed": "removed",
    "moved": "moved",
    "renumbered": "renumbered",
    "typography": "typography only",
}
COUNTED = {
    "changed": ("clause changed", "clauses changed"),
    "split": ("clause split", "clauses split"),
    "joined": ("clause joined from several", "clauses joined from several"),
    "added": ("clause added", "clauses added"),
    "removed": ("clause removed", "clauses removed"),
    "moved": ("clause moved", "clauses moved"),
    "renumbered": ("clause renumbered", "clauses renumbered"),
    "typography": ("clause differs in typography only", "clauses differ in typography only"),
    "same": ("clause unchanged", "clauses unchanged"),
}
"""What a count of each kind counts."""
FOLDED = ("same", "typography")
"""Kinds that are no amendment."""
MOST_ABOVE = 3
"""Levels whose opening words are repeated above a clause."""
MOST_NAMED = 8
_LONGEST_OPENING = 160


def place_of(block: Block | None) -> str:
    return (block.pinpoint or block.label) if block else ""


def kind_words(change: ClauseChange) -> str:
    """What happened to a clause, in words."""
    if change.split_from is not None:
        return "split off"
    if change.joined_into is not None:
        return "joined to another clause"
    if change.split_into:
        return f"split into {change.split_into}"
    if change.joined_from:
        return f"joined from {change.joined_from}"
    words = KIND_LABEL[change.kind]
    also = change.kind in ("moved", "renumbered") and change.reworded
    return f"{words} and words changed" if also else words


def was_at(change: ClauseChange) -> str:
    """Where a clause was, if elsewhere. Another paragraph number alone means nothing, since we number paragraphs."""
    if change.old is None or change.new is None:
        return ""
    old, new = place_of(change.old), place_of(change.new)
    labelled = bool(change.old.label and change.new.label)
    return old if change.kind == "moved" or (labelled and old != new) else ""


def fates(redline: Redline) -> dict[str, int]:
    """The number of clauses for each kind of change in `COUNTED`, without zeros. A split or joined clause counts
    once."""
    found = dict.fromkeys(COUNTED, 0)
    for change in redline.changes:
        if change.split_into or change.joined_from:
            found["split" if change.split_into else "joined"] += 1
        elif not change.piece:
            found[change.kind] += 1
    return {fate: number for fate, number in found.items() if number}


def counts_in_words(redline: Redline) -> tuple[str, ...]:
    """`5 clauses changed`: counts with what they count."""
    return tuple(counted(number, *COUNTED[fate]) for fate, number in fates(redline).items())


def opening_words(block: Block) -> str:
    """Introductory words, shortened at a word boundary if long."""
    text = " ".join(block.text.split())
    if len(text) <= _LONGEST_OPENING:
        return text
    end = text.rfind(" ", 0, _LONGEST_OPENING)
    return f"{text[: end if end > 0 else _LONGEST_OPENING]} …"


def openings(changes: Sequence[ClauseChange]) -> list[tuple[Block, ...]]:
    """For each change, the clauses whose opening words are shown above it: those that introduce it and are not shown
    there already. None for unchanged clauses."""
    old_at = {change.old_at: n for n, change in enumerate(changes) if change.old_at is not None}
    new_at = {change.new_at: n for n, change in enumerate(changes) if change.new_at is not None}
    found: list[tuple[Block, ...]] = []
    in_view: set[int] = set()
    for n, change in enumerate(changes):
        if change.kind in FOLDED:
            in_view.clear()
            found.append(())
            continue
        found.append(tuple(_above(changes, change, old_at if change.kind == "removed" else new_at, in_view)))
        in_view.add(n)
    return found


def _above(
    changes: Sequence[ClauseChange], change: ClauseChange, places: dict[int, int], in_view: set[int]
) -> list[Block]:
    above: list[Block] = []
    at = change.opening
    while at is not None and len(above) < MOST_ABOVE:
        n = places[at]
        if n in in_view:
            break
        in_view.add(n)
        block = changes[n].old if change.kind == "removed" else changes[n].new
        if block is not None and block.text.strip():
            above.append(block)
        at = changes[n].opening
    return above[::-1]


# ---------------------------------------------------------------- for the file


def summary(comparison: Comparison, source_of: Callable[[Version], str]) -> tuple[str, ...]:
    """Three sentences for a file note: what was compared, what differs, and which pages were read. None without a
    redline."""
    redline, old, new = comparison.redline, comparison.old_version, comparison.new_version
    if redline is None or old is None or new is None:
        return ()
    sides = (_side(comparison.old, old), _side(comparison.new, new))
    return (
        f"Compared: {sides[0]}, with {sides[1]}.",
        _differs(redline),
        f"Read from the saved pages {_source(old, source_of)} and {_source(new, source_of)}; differences of typography "
        "alone are not counted.",
    )


def _side(answer: Answer | None, version: Version) -> str:
    period = short_validity(version)
    return f"{citation(answer)} ({period})" if answer else f"{version.code} in its version {period}"


def _differs(redline: Redline) -> str:
    changed = [change for change in redline.changes if change.kind not in FOLDED]
    if not changed:
        return "The words are the same."
    said = [counted(n, *COUNTED[fate]) for fate, n in fates(redline).items() if fate not in FOLDED]
    places = list(dict.fromkeys(filter(None, map(_place, changed))))
    more = len(places) - MOST_NAMED
    named = ", ".join(places[:MOST_NAMED]) + (f" and {more} more places" if more > 0 else "")
    return f"What differs: {', '.join(said)}{f' ({named})' if named else ''}."


def _place(change: ClauseChange) -> str:
    return place_of(change.new or change.old)


def _source(version: Version, source_of: Callable[[Version], str]) -> str:
    return source_of(version) or "of an address that is not known"


def numbered(changes: Sequence[ClauseChange]) -> Iterator[int]:
    """A number for each change that is an amendment, from 1; 0 for the others."""
    number = 0
    for change in changes:
        number += change.kind not in FOLDED
        yield number if change.kind not in FOLDED else 0


__all__ = [
    "COUNTED",
    "FOLDED",
    "KIND_LABEL",
    "counts_in_words",
    "fates",
    "kind_words",
    "numbered",
    "opening_words",
    "openings",
    "place_of",
    "summary",
    "was_at",
]
