"""Which mentions with a stated start speak of one version, by section 3 of the definition."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import product

from tests.property.worlds.mentions import Mention, two_readings


def partitions(mentions: Sequence[Mention], *, rows: bool = False) -> list[tuple[frozenset[int], ...]]:
    """All ways in which the mentions with a start fall into versions. With `rows` a circular's day may be that
    of a row within 31 days, not of a page alone."""
    dated = [m for m in mentions if m.start is not None]
    choices = [_split(group) for group in _joined(dated, _one_version(dated, rows))]
    return [tuple(part for parts in choice for part in parts) for choice in product(*choices)]


def _one_version(dated: Sequence[Mention], rows: bool) -> Callable[[Mention, Mention], bool]:
    stating = [m for m in dated if m.kind == "page" or (rows and m.kind != "circular")]

    def same(one: Mention, other: Mention) -> bool:
        if one.start == other.start or two_readings(one, other):
            return True
        if one.pinned and other.pinned and one.address == other.address:
            return True
        if other.kind == "circular":
            one, other = other, one
        return one.kind == "circular" and other in stating and _nearest(one, stating) == other.start

    return same


def _nearest(circular: Mention, stating: Sequence[Mention]) -> date | None:
    """The stated start that a circular's day speaks of: the nearest within 31 days of it."""
    assert circular.start is not None
    near = [(abs(day - circular.start), day) for day in {m.start for m in stating if m.start is not None}]
    return min((pair for pair in near if pair[0] <= timedelta(days=31)), default=(None, None))[1]


def _joined(dated: Sequence[Mention], same: Callable[[Mention, Mention], bool]) -> list[list[Mention]]:
    groups: list[list[Mention]] = []
    for m in dated:
        touching = [group for group in groups if any(same(m, other) for other in group)]
        groups = [group for group in groups if group not in touching]
        groups.append([m, *(other for group in touching for other in group)])
    return groups


def _split(group: Sequence[Mention]) -> list[list[frozenset[int]]]:
    """One version, or two of one day: where a list shows both they are two; two archived copies may be."""
    found = _fewest(group, differ)
    if any(may_differ(one, other) for one in group for other in group):
        found += [p for p in _fewest(group, lambda a, b: differ(a, b) or may_differ(a, b)) if p not in found]
    return found


def _fewest(
    group: Sequence[Mention], apart: Callable[[Mention, Mention], bool]
) -> list[list[frozenset[int]]]:
    found: list[list[list[Mention]]] = [[]]
    for m in group:
        found = [grown for parts in found for grown in _placed(m, parts, apart)]
    least = min(len(parts) for parts in found)
    return [[frozenset(m.n for m in part) for part in parts] for parts in found if len(parts) == least]


def _placed(
    m: Mention, parts: list[list[Mention]], apart: Callable[[Mention, Mention], bool]
) -> Iterator[list[list[Mention]]]:
    free = [n for n, part in enumerate(parts) if not any(apart(m, o) or apart(o, m) for o in part)]
    for n in free:
        yield [[*part, m] if n == k else part for k, part in enumerate(parts)]
    if not free:
        yield [*parts, [m]]


def differ(one: Mention, other: Mention) -> bool:
    """Two versions, though they state one first day: one list shows both, or one was old before the other stood."""
    if one.n == other.n:
        return False
    if one.capture == other.capture:
        return not (one.address and one.address == other.address)
    if (
        one.kind != "page"
        or other.kind != "page"
        or one.words == other.words
        or not (one.words and other.words)
    ):
        return False
    in_force = other.seen is not None and not other.old and not other.announced and other.end is None
    return one.old and one.seen is not None and in_force and one.seen <= (other.seen or one.seen)


def may_differ(one: Mention, other: Mention) -> bool:
    """Two archived addresses with one first day and other words: one edited version, or two."""
    pages = one.kind == other.kind == "page" and one.old and other.old
    return pages and one.address != other.address and one.words != other.words
