"""What the plain worlds of one code agree on: the table of answers, and the caveats of section 4."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tests.property.worlds.enumerator import Plain, Stand, World
from tests.property.worlds.evidence import EDITION_END
from tests.property.worlds.mentions import Mention, live_addresses


@dataclass(frozen=True, slots=True)
class Reply:
    """What the plain worlds say of one day."""

    word: str
    starts: frozenset[date | None] = frozenset()
    """First days of the version agreed on; None: not stated, or not in some world."""
    untils: frozenset[date | None] = frozenset()
    stated: frozenset[date] = frozenset()
    """First days of the versions that may be in force."""
    seen: date | None = None
    """The last known day on which it was shown (for `ended`: its end), where the day asked lies after it."""
    after: bool = False
    """Nothing shows how long it goes on: the day asked lies after all that shows it, or nothing does."""
    gap: bool = False
    shown: frozenset[date] = frozenset()
    """Every day on which a statement about the version was seen."""
    words: frozenset[str] = frozenset()
    """Words of the pages that are it in some world."""
    texts_differ: bool = False
    """Pages that some world takes for one version hold other words."""


def reply_on(plain: Plain, day: date) -> Reply:
    """The answer for a day by the table of answers."""
    told = [(world, *world.on(day)) for world in plain.worlds]
    words = {word for _, word, _ in told}
    held = [(world, stand) for world, word, stand in told if word == "in_force" and stand is not None]
    if words == {"in_force"} and _one_version_in_all([stand for _, stand in held]):
        return _in_force(plain, held, day)
    if words == {"ended"}:
        return _ended_reply(plain, [(world, stand) for world, _, stand in told if stand is not None], day)
    if words == {"nothing"}:
        return Reply("not_yet" if _announced_by(plain, day) else "before_record")
    if not told:
        return Reply("undated")
    stated = frozenset(s for _, stand in held for s in _stated_days(plain, stand))
    if words == {"ended", "nothing"}:
        return Reply("undated")
    return Reply("disputed" if stated else "undated", stated=stated)


def _one_version_in_all(stands: Sequence[Stand]) -> bool:
    if frozenset.intersection(*(stand.members for stand in stands)):
        return True
    one_day = len({stand.start for stand in stands}) == 1 and all(stand.stated for stand in stands)
    return one_day and any(all(stand.members & other.members for other in stands) for stand in stands)


def _stated_days(plain: Plain, stand: Stand) -> set[date]:
    return {m.start for m in plain.mentions if m.n in stand.members and m.start is not None}


def _announced_by(plain: Plain, day: date) -> bool:
    # one of the same first day is no earlier one
    first = {
        n
        for world in plain.worlds
        for stand in world.stands
        if stand.start == world.stands[0].start
        for n in stand.members
    }
    return any(m.n in first and m.start and m.seen is not None and m.seen <= day for m in plain.mentions)


def _in_force(plain: Plain, held: Sequence[tuple[World, Stand]], day: date) -> Reply:
    stands = [stand for _, stand in held]
    seen = _last_seen(plain, stands)
    after = any(_goes_on(plain, stand) for stand in stands) and (seen is None or day > seen)
    gap = any(_gap(plain, world, stand) for world, stand in held)
    # a line joined by its title alone adds no day and vouches for none before it; its own page may, by an end
    gap |= (seen is None or day > seen) and any(
        stand.by_title and not _states_its_end(plain, stand) for stand in stands
    )
    return Reply(
        "in_force",
        starts=frozenset(stand.start if stand.stated else None for stand in stands),
        untils=frozenset(_until(world, stand) for world, stand in held),
        stated=frozenset(s for stand in stands for s in _stated_days(plain, stand)),
        seen=seen if after else None,
        after=after,
        gap=gap,
        shown=_days_shown(plain, stands),
        words=_words(plain, stands),
        texts_differ=len(_words(plain, stands)) > 1,
    )


def _days_shown(plain: Plain, stands: Sequence[Stand]) -> frozenset[date]:
    members = frozenset(n for stand in stands for n in stand.members)
    return frozenset(m.seen for m in plain.mentions if m.n in members and m.seen is not None)


def _words(plain: Plain, stands: Sequence[Stand]) -> frozenset[str]:
    return frozenset(m.words for m in plain.mentions if m.words and any(m.n in s.members for s in stands))


def _goes_on(plain: Plain, stand: Stand) -> bool:
    """Nothing ends it but, at the latest, its edition."""
    ended = any(m.end is not None and m.n in stand.members for m in plain.mentions)
    return stand.until is None or (stand.until == EDITION_END and not ended)


def _states_its_end(plain: Plain, stand: Stand) -> bool:
    """A page that is surely its own states both bounds."""
    own = stand.members - stand.by_title
    return any(m.kind == "page" and m.start and m.end and m.end.day and m.n in own for m in plain.mentions)


def _until(world: World, stand: Stand) -> date | None:
    """Its first day without force, if that is a stated day."""
    following = _following(world, stand)
    unknown = following is not None and following.start == stand.until and not following.stated
    return None if unknown else stand.until


def _following(world: World, stand: Stand) -> Stand | None:
    place = world.stands.index(stand)
    return world.stands[place + 1] if place + 1 < len(world.stands) else None


def _last_seen(plain: Plain, stands: Sequence[Stand]) -> date | None:
    """The last known day on which a page, row or line shows the version; one joined by title adds no day."""
    always = frozenset.intersection(*(stand.members - stand.by_title for stand in stands))
    shown = [m for m in plain.mentions if m.n in always and not m.old and _shows_it(m)]
    return max((m.seen for m in shown if m.seen is not None), default=None)


def _shows_it(m: Mention) -> bool:
    """In force, or to come; a circular that ends a version shows nothing of it."""
    if m.end is None or m.end.unclear or m.seen is None:
        return True
    return m.kind != "circular" and m.end.day is not None and m.end.day > m.seen


def _gap(plain: Plain, world: World, stand: Stand) -> bool:
    """A version followed by one that no list shows beside it."""
    following = _following(world, stand)
    if following is None or stand.until != following.start:
        return False
    return not _listed_together(plain, stand, following)


def _listed_together(plain: Plain, one: Stand, other: Stand) -> bool:
    shown = [
        {m.capture for m in plain.mentions if m.whole and m.n in s.members - s.by_title} for s in (one, other)
    ]
    return bool(shown[0] & shown[1])


def _ended_reply(plain: Plain, told: Sequence[tuple[World, Stand]], day: date) -> Reply:
    gap = False
    for world, stand in told:
        following = _following(world, stand)
        gap |= following is not None and not _listed_together(plain, stand, following)
        gap |= any(m.end is not None and m.n in stand.by_title for m in plain.mentions)
    seen = _end_seen(plain, [stand for _, stand in told])
    after = any(_following(world, stand) is None for world, stand in told) and (seen is None or day > seen)
    return Reply(
        "ended",
        starts=frozenset(stand.start if stand.stated else None for _, stand in told),
        untils=frozenset(stand.until for _, stand in told),
        shown=_days_shown(plain, [stand for _, stand in told]),
        seen=seen if after else None,
        after=after,
        gap=gap,
    )


def _end_seen(plain: Plain, stands: Sequence[Stand]) -> date | None:
    """The last known day on which the live address or the contents showed the end. An address that was only ever seen
    with an end mark may be that of a copy, which says nothing of later days."""
    always = frozenset.intersection(*(stand.members for stand in stands))
    live = live_addresses(plain.mentions).certain
    shown = [m for m in plain.mentions if m.n in always and m.end is not None and not m.old]
    current = [m for m in shown if m.kind == "contents" or (m.kind == "page" and m.address in live)]
    return max((m.seen for m in current if m.seen is not None), default=None)
