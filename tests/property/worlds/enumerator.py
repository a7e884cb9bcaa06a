"""The definition in code: all plain worlds of one code, and what they agree on.

It shares no code with `manual.history`. A world is a sequence of versions, each with a first day and a first day
without force. For every set of rejected statements that can't be made smaller, all worlds that fit the rest are made;
then those sets are left out for which another rejects weaker statements instead.

How the definition is read here:

1. The strongest statement decides between two sets of rejections: one is left out if each statement that only the other
   rejects is weaker than some statement that only it rejects.
2. Time is cut at all stated days. A version of unknown start begins on one of these days, or on the first or last day
   between two of them. Answers are worked out for those days and for a day in the middle.

Seven things are left open. An answer is accepted if either of two readings gives it:

3. A page may date its version, or an end, before a day on which its address still showed something else. First
   reading: the later sight is right of that day, or what was seen on it; its version then began, or ended, between
   the two. Second reading: the later sight is right.
4. A circular's day within 31 days of a page's own is that page's. First reading: of a page alone; second: of a row
   too.
5. A line without a date whose title is that of a dated version and of one of unknown start that another line
   requires. First reading: it speaks of the dated one; second: of either.
6. A version marked old that no dated version can have replaced, and one of unknown start that another line requires.
   First reading: this one replaced it, or it ended before this one began; second: this one replaced it.
7. A line under another title at the live address that showed a dated version. First reading: the address says as much
   as a title, so it may speak of that version; second: its own title says that it does not.
8. A line of the contents, or a page without a date, seen after a circular told of a version and before that began.
   First reading: it speaks of that version, which was announced; second: it may show the one before as well.
9. A line of the contents with an end and no first day. First reading: it has a date, so that it links no live address;
   second: it links the live address as any line of the contents does.

Decided:

10. A statement that rests only on a rejected start (a page at no live address, a row) makes no version.
11. A mark of unknown day may have been made on any day, later ones than the day of loading included (rule 27).
12. A page or line without a stated day that was seen on an unknown day says that its version exists, and began after
    those that the capture dates. Any version may be it, under another title too: an unknown day outweighs no known one
    (rule 27), and titles change.
13. A mark of ending without a day says that the version ended on some day up to its sight, not that it was replaced.
14. Where every world has a version in force with one known first day, and some world takes them for one version, it
    is that version, and only its text is in dispute.
15. A list can't know what began after it was seen. Versions that the capture itself shows are no exception to what it
    says of the time between two rows, or after an end.
16. An address that was only ever seen with an end mark is taken for the live one where it is the only one known, and
    nothing contradicts it; the answer then says that nothing shows later days.
17. The address that a list's row links with a start is archived, though a page there may have lost its mark.
18. Everything seen before 29 November 2010 is of the edition that ceased then (rule 12c): pages, lines and circulars.
    What replaced one of its versions before that day ceased with it too.
19. Words that may say that a version ended, a row under another code, and a row out of the order of its list are each
    in the evidence of some worlds and not of others.
20. A bound that some worlds don't know and all others agree on may be given or be null.
21. An end that is rejected dates no version.
22. A page without a first day at the archived address of one with the same words is of its version (section 3), so that
    the later of the two takes back what the earlier says.
23. A page that alone states its first day has none if that is rejected: it is of a version that has its words or its
    archived address, if one fits.
24. Where the evidence can be read in several ways, a world of one reading is not plain if one of another reading
    rejects a part of what it does, unless all of its reading are so: each reading is plain.
25. A line or page whose end is rejected makes no version, for only that nothing followed is left of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise, permutations, product
from typing import NamedTuple

from tests.property.worlds.evidence import EDITION_END, Evidence
from tests.property.worlds.identity import differ, partitions
from tests.property.worlds.mentions import (
    ONE_DAY,
    Atom,
    Mention,
    atoms_of,
    in_own_list,
    is_ended_line,
    is_misprinted,
    mentions_of,
    published_late,
    stronger,
    two_readings,
    variants,
)

LONG = timedelta(days=10_000)
Extras = frozenset[tuple[str, int]]
STRAYED = "strayed"
"""Extra of a mention without a start that speaks of another version than its address or words tell."""
JOINED = ("title", "unknown", "new")
"""Extras that say how a mention without a start found its version; they are compared before all others."""


class TooLarge(Exception):
    """Enumerating this evidence takes longer than the limit."""


@dataclass(frozen=True, slots=True)
class Stand:
    """One version in one world. `until` is its first day without force; None: it goes on."""

    start: date
    until: date | None
    members: frozenset[int]
    """Mentions that speak of it; none for a version of which only the traces were seen."""
    stated: bool
    by_title: frozenset[int] = frozenset()

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class World:
    stands: tuple[Stand, ...]
    extras: Extras
    """What it holds beyond the statements: the fewer the plainer."""

    def on(self, day: date) -> tuple[str, Stand | None]:
        """`in_force`, `ended` or `nothing`, with the version meant."""
        begun = [stand for stand in self.stands if stand.start <= day]
        held = [stand for stand in begun if stand.covers(day)]
        if held:
            return "in_force", held[-1]
        return ("ended", begun[-1]) if begun else ("nothing", None)


class Group(NamedTuple):
    """Mentions that speak of one version, and those among them that joined it by title alone."""

    members: frozenset[int]
    by_title: frozenset[int] = frozenset()
    made: bool = False
    """No statement among them dates it."""


def _cost(m: Mention, *, title: bool, unknown: bool) -> Extras:
    return frozenset({("title", m.n)} if title else ()) | frozenset({("unknown", m.n)} if unknown else ())


@dataclass(frozen=True, slots=True)
class Draft:
    """A version before its bounds are chosen."""

    members: frozenset[int]
    by_title: frozenset[int]
    start: date | None
    """Its stated first day."""
    ends: frozenset[date] | None
    """Days that the statements about its end allow; None where there are none."""
    doubted: bool = False
    """A row states its first day wrongly."""
    vague: bool = False
    """No day is printed for its end."""


# ---------------------------------------------------------------- worlds that fit


class Fitting:
    """All worlds that agree with a set of kept statements."""

    def __init__(self, mentions: Sequence[Mention], deadline: float, *, second: bool, rows: bool) -> None:
        """`second`: by the second reading of what is left open; `rows`: by that of a circular's day (item 4)."""
        self.second = second
        self.mentions = {m.n: m for m in mentions}
        self.undated = [m for m in mentions if m.start is None]
        self.dated_by_end: set[int] = set()
        """Mentions whose end, with a day, is kept."""
        self.quiet: set[int] = set()
        """Mentions of an end that is rejected: they only say that no version followed some end."""
        self.parts = partitions(mentions, rows=rows)
        self.deadline = deadline
        self.marked: set[int] = set()
        """Mentions whose old-mark is kept."""
        self.marks = marks_of(mentions)
        self.places = places_of(self.marks)

    def worlds(self, kept: Iterable[Atom]) -> Iterator[World]:
        by: dict[int, list[Atom]] = {}
        for atom in kept:
            by.setdefault(atom.by.n, []).append(atom)
        self.marked = {n for n, atoms in by.items() if any(atom.says == "old" for atom in atoms)}
        self.dated_by_end = {n for n, atoms in by.items() if any(atom.says == "end" for atom in atoms)}
        self.quiet = {n for n, atoms in by.items() if all(atom.says == "quiet" for atom in atoms)}
        gaps = [atom for atoms in by.values() for atom in atoms if atom.says == "between"]
        attached = [
            found
            for parts in self.parts
            for found in self._attached(self._standing(parts, by), self._speaking(by), frozenset())
        ]
        attached = [(groups, extras | self._parted(groups)) for groups, extras in attached]
        fitting: list[Extras] = []
        for drafted, extras in sorted(attached, key=lambda found: len(found[1])):
            if any(fewer < extras for fewer in fitting):
                continue  # another world does with less
            drafts = [self._draft(members, by_title, by) for members, by_title, _ in drafted]
            known = [draft for draft in drafts if draft is not None]
            if len(known) == len(drafts):
                for world in self._placed(known, extras, by, gaps):
                    fitting.append(extras)
                    yield world

    def _standing(self, parts: Sequence[frozenset[int]], by: dict[int, list[Atom]]) -> list[Group]:
        fallen = self._fallen(by)
        return [Group(part) for part in parts if any(self._requires(by, n) for n in part - fallen)]

    def _fallen(self, by: dict[int, list[Atom]]) -> set[int]:
        """Pages with words that alone state their first day, which is rejected: they have none."""
        alone = {n for parts in self.parts for part in parts if len(part) == 1 for n in part}
        pages = (n for n in alone if self.mentions[n].kind == "page" and self.mentions[n].words)
        return {n for n in pages if not any(atom.says == "start" for atom in by.get(n, ()))}

    def _speaking(self, by: dict[int, list[Atom]]) -> list[Mention]:
        """Those that state an end come first, for they date a version; then in the order in which they were seen, since
        a later line joins what an earlier one shows."""
        speaking = [m for m in self.undated if any(a.says != "between" for a in by.get(m.n, ()))]
        speaking += [self.mentions[n] for n in self._fallen(by) if self._requires(by, n)]
        return sorted(speaking, key=lambda m: (m.end is None, m.seen or date.max, m.n))

    def _requires(self, by: dict[int, list[Atom]], n: int) -> bool:
        return any(
            atom.says in ("start", "window", "exists", "sight", "end", "out") for atom in by.get(n, ())
        )

    # ------------------------------------------------ mentions without a start

    def _attached(
        self,
        groups: list[Group],
        left: list[Mention],
        extras: Extras,
    ) -> Iterator[tuple[list[Group], Extras]]:
        """Each joins a version that it may speak of, or makes one of unknown start. Joining by title costs more than
        joining by address or words, more still where nothing dates the version, and a new version costs most."""
        if not left:
            yield groups, extras
            return
        m, rest = left[0], left[1:]
        homes = [n for n, group in enumerate(groups) if self._is_home(m, group)]
        for n, (members, by_title, made) in enumerate(groups):
            if homes and n not in homes:
                continue
            link = self._link(m, [self.mentions[k] for k in members])
            if link == "" or (m.start is not None and link != "known"):
                continue
            cost = _cost(m, title=link == "title", unknown=link == "title" and made and not self.second)
            if link == "title" and self._tells_its_version(m):
                cost |= {(STRAYED, m.n)}
            if self.second and self._is_only_told(m, members):
                cost |= self._cost_of_new(m, groups)
            sure = self._surely(m, members - by_title)
            joined = Group(
                members | {m.n},
                by_title if sure else by_title | {m.n},
                made and m.n not in self.dated_by_end,
            )
            grown = [joined if n == k else group for k, group in enumerate(groups)]
            yield from self._attached(grown, rest, extras | cost)
        if homes:
            return
        new = self._cost_of_new(m, groups) if m.start is None else frozenset()
        if self._tells_its_version(m):
            new |= {(STRAYED, m.n)}
        alone = [] if m.n in self.quiet else [Group(frozenset({m.n}), made=m.n not in self.dated_by_end)]
        yield from self._attached([*groups, *alone], rest, extras | new)

    def _cost_of_new(self, m: Mention, groups: Sequence[Group]) -> Extras:
        return _cost(m, title=True, unknown=True) | {("new", sum(group.made for group in groups))}

    def _is_only_told(self, m: Mention, members: Iterable[int]) -> bool:
        """Whether nothing but circulars had told of a version before it began, when a line or page was seen (8)."""
        day = m.seen
        if day is None or m.end is not None or m.kind not in ("contents", "page"):
            return False
        by_then = [o for o in (self.mentions[n] for n in members) if o.seen and o.seen <= day]
        return bool(by_then) and all(o.kind == "circular" and o.start and o.start > day for o in by_then)

    def _parted(self, groups: Sequence[Group]) -> Extras:
        """Circulars that end another version than a statement of the same end and no first day speaks of."""
        ends = [m for m in self.undated if m.end is not None and m.end.day is not None]
        return frozenset(
            (STRAYED, m.n)
            for m in ends
            if m.kind == "circular"
            for other in ends
            if self._known_by(m, other)
            if any(m.n in members and other.n not in members for members, _, _ in groups)
        )

    def _tells_its_version(self, m: Mention) -> bool:
        """Whether a dated version has its words or stands at its archived address."""
        dated = [o for o in self.mentions.values() if o.start is not None and o is not m]
        if m.end is not None:
            return any(self._at_one_address(m, o) or self._has_its_words(m, o) for o in dated)
        return any(self._known_by(m, o) for o in dated)

    def _surely(self, m: Mention, members: frozenset[int]) -> bool:
        """Whether it is known to speak of this version. What is known only by a line that joined by its title is not;
        nor is whichever version stood when a circular ended it."""
        return m.kind != "circular" and self._link(m, [self.mentions[k] for k in members]) == "known"

    def _link(self, m: Mention, members: Sequence[Mention]) -> str:
        """How a mention without a start may speak of a version: `known` by address, words or end; `title`; or not."""
        if any(differ(m, other) for other in members if other.capture == m.capture):
            return ""
        if m.window is not None:
            return ""  # a row of its own
        if m.kind == "circular" or any(self._known_by(m, other) for other in members):
            return "known"
        if m.seen is None and m.end is None and not m.old:
            return "title"
        if any(
            o.start is None and o.end is None and o.seen and m.end is None and o.title != m.title
            for o in members
        ):
            return ""  # undated lines of different titles are different versions
        if m.end is None and any(o.n in self.marked and _is_old_by(o, m.seen) for o in members):
            return ""  # marked old by then
        same_title = any(m.title and m.title == other.title for other in members)
        same_live = not self.second and any(m.address and m.address == other.address for other in members)
        return "title" if same_title or same_live else ""

    def _is_home(self, m: Mention, group: Group) -> bool:
        """Whether a page without a first day stands at the archived address of one that states it, with the same words:
        then both are about one version (section 3), and a later sight takes back what an earlier one said of it. Not
        what had ended before that one began: the same words are issued again."""
        over = m.end.day if m.end else None
        pages = [o for o in (self.mentions[n] for n in group.members) if o.kind == m.kind == "page"]
        begun = [o for o in pages if o.start is not None and not (over and over <= o.start)]
        return any(self._at_one_address(m, o) and self._has_its_words(m, o) for o in begun)

    def _at_one_address(self, m: Mention, other: Mention) -> bool:
        """Whether both stand at one archived address."""
        return bool(m.address) and m.address == other.address and (m.pinned or other.pinned)

    def _has_its_words(self, m: Mention, other: Mention) -> bool:
        return bool(m.words) and m.words == other.words

    def _known_by(self, m: Mention, other: Mention) -> bool:
        at = self._at_one_address(m, other)
        words = self._has_its_words(m, other)
        end = (
            m.end is not None
            and other.end is not None
            and m.end.day is not None
            and m.end.day == other.end.day
        )
        return at or words or end

    def _draft(
        self, members: frozenset[int], by_title: frozenset[int], by: dict[int, list[Atom]]
    ) -> Draft | None:
        """None where its statements contradict each other."""
        atoms = [atom for n in members for atom in by.get(n, ())]
        starts = {atom.days[0] for atom in atoms if atom.says == "start"}
        ends = [frozenset(atom.days) for atom in atoms if atom.says == "end"]
        if len(starts) > 1:
            return None
        start = min(starts, default=None)
        allowed = frozenset.intersection(*ends) if ends else None
        if allowed is not None and start is not None and any(day <= start for end in ends for day in end):
            return None  # rule 23
        outs = [atom for atom in atoms if atom.says == "out"]
        if outs:  # it ended on some day up to the sight
            last = min((atom.days[0] for atom in outs if atom.days), default=date.max)
            allowed = frozenset(day for day in (self.places if allowed is None else allowed) if day <= last)
        if allowed is not None and not allowed:
            return None
        doubted = any(atom.says == "window" for atom in atoms)
        return Draft(members, by_title, start, allowed, doubted, vague=bool(outs) and not ends)

    # ------------------------------------------------ days

    def _placed(
        self, drafts: list[Draft], extras: Extras, by: dict[int, list[Atom]], gaps: list[Atom]
    ) -> Iterator[World]:
        stated = [d.start for d in drafts if d.start]
        choices = [[d.start] if d.start else self._may_begin(d, stated, by) for d in drafts]
        for starts in product(*choices):
            self._watch()
            pairs = sorted(zip(starts, drafts, strict=True), key=lambda pair: (pair[0], min(pair[1].members)))
            for ordered in _orders(pairs):
                yield from self._ended(ordered, extras, by, gaps)

    def _may_begin(self, draft: Draft, stated: Sequence[date], by: dict[int, list[Atom]]) -> list[date]:
        atoms = [atom for n in draft.members for atom in by.get(n, ())]
        seen = [
            a.days[0]
            for a in atoms
            if a.says == "sight" and not self._was_announced(draft.members, a.days[0])
        ]
        before = [max(draft.ends) - ONE_DAY] if draft.ends else []
        before += [a.days[0] - ONE_DAY for a in atoms if a.says == "old" and a.days]
        windows = [a.days for a in atoms if a.says == "window"]
        last = min((*seen, *before, *(window[1] for window in windows)), default=date.max)
        first = max((window[0] for window in windows), default=date.min)
        # no other version begins between its start and a day on which it is in force, its last one included
        shown = [*seen, min(draft.ends) - ONE_DAY] if draft.ends else seen
        after = max((start for start in stated if shown and start <= max(shown)), default=date.min)
        exists = {a.by.capture for a in atoms if a.says == "exists"}
        beside = [m.start for m in self.mentions.values() if m.capture in exists and m.start is not None]
        after = max(after, *beside, date.min)
        return [place for place in self.places if first <= place <= last and place > after]

    def _was_announced(self, members: Iterable[int], day: date) -> bool:
        return any(
            m.start is not None and m.seen is not None and m.seen <= day < m.start
            for m in (self.mentions[n] for n in members)
        )

    def _ended(
        self, ordered: list[tuple[date, Draft]], extras: Extras, by: dict[int, list[Atom]], gaps: list[Atom]
    ) -> Iterator[World]:
        choices = []
        for n, (start, draft) in enumerate(ordered):
            following = ordered[n + 1] if n + 1 < len(ordered) else None
            undated = any(other.start is None for _, other in ordered if other is not draft)
            choice = list(self._lives(start, draft, following, by, undated=undated))
            if not choice:
                return
            choices.append(choice)
        for lives in product(*choices):
            stands = tuple(stand for life, _ in lives for stand in life)
            if self._fits(stands, by, gaps):
                yield World(stands, extras | frozenset(extra for _, extra in lives if extra is not None))

    def _lives(
        self,
        start: date,
        draft: Draft,
        following: tuple[date, Draft] | None,
        by: dict[int, list[Atom]],
        *,
        undated: bool,
    ) -> Iterator[tuple[tuple[Stand, ...], tuple[str, int] | None]]:
        """How a version may go on: to its stated end, to the next version, or to one of which only a mark tells, which
        no statement requires where there is an `undated` one that may have replaced it."""
        following_day = following[0] if following else None

        def stand(until: date | None) -> Stand:
            return Stand(start, until, draft.members, draft.start is not None, draft.by_title)

        marks = [a for n in draft.members for a in by.get(n, ()) if a.says == "old"]
        edition = self._edition(draft) and start < EDITION_END
        if draft.ends is not None:
            for day in self._ends(start, draft, following, EDITION_END if edition else date.max):
                if all(not mark.days or day <= mark.days[0] for mark in marks):
                    yield (stand(day),), None
            return
        until = following_day
        if edition and (until is None or until > EDITION_END):
            until = EDITION_END
        open_marks = [mark for mark in marks if not self._replaced_by(mark, following, edition, dated=True)]
        if self._follows_undated(open_marks, following, edition):
            yield (stand(until),), None
        if not open_marks or (self.second and self._follows_undated(open_marks, following, edition)):
            return
        # replaced by no dated version: by one of unknown start, or by none
        limit = min(*(_mark_day(mark, edition) for mark in open_marks), (following_day or date.max) - ONE_DAY)
        seen = [a.days[0] for n in draft.members for a in by.get(n, ()) if a.says == "sight"]
        for place in self.places:
            if not max((start, *seen)) < place <= limit:
                continue
            if not edition or place < EDITION_END:  # what began later was of the next edition
                needless = ("unseen", min(draft.members)) if undated else None
                yield (stand(place), Stand(place, until, frozenset(), False)), needless
            yield (stand(place),), ("gone", min(draft.members)) if undated and self.second else None

    def _ends(
        self, start: date, draft: Draft, following: tuple[date, Draft] | None, latest: date
    ) -> list[date]:
        latest = min(latest, following[0]) if following else latest
        days = [day for day in draft.ends or () if start < day <= latest]
        if following is not None and following[1].start in days and not draft.vague:
            return [following[0]]  # rule 9b: a successor's start decides between the readings
        return days

    def _edition(self, draft: Draft) -> bool:
        return any(self.mentions[n].edition for n in draft.members)

    def _follows_undated(
        self, marks: Sequence[Atom], following: tuple[date, Draft] | None, edition: bool
    ) -> bool:
        return all(self._replaced_by(mark, following, edition, dated=False) for mark in marks)

    def _replaced_by(
        self, mark: Atom, following: tuple[date, Draft] | None, edition: bool, *, dated: bool
    ) -> bool:
        """Whether the next version, of a stated start or not, may be what replaced one marked old."""
        if following is None or (following[1].start is not None) != dated:
            return False
        limit = _mark_day(mark, edition)
        return following[0] <= limit or (dated and self._was_announced(following[1].members, limit))

    def _fits(self, stands: Sequence[Stand], by: dict[int, list[Atom]], gaps: list[Atom]) -> bool:
        for stand in stands:
            for n in stand.members:
                if not all(self._agrees(atom, stand, stands) for atom in by.get(n, ())):
                    return False
        return all(self._none_between(gap, stand) for gap in gaps for stand in stands)

    def _agrees(self, atom: Atom, stand: Stand, stands: Sequence[Stand]) -> bool:
        if atom.says == "sight":
            day = atom.days[0]
            may_come = atom.by.start is None and self._was_announced(stand.members, day)
            return stand.covers(day) or (may_come and stand.start > day)
        if atom.says == "quiet":
            return not any(
                not other.stated and stand.until is not None and stand.until <= other.start <= atom.days[0]
                for other in stands
                if other is not stand and not self._shown_in(other, atom.by.capture)
            )
        return True

    def _none_between(self, gap: Atom, stand: Stand) -> bool:
        return self._shown_in(stand, gap.by.capture) or not gap.days[0] < stand.start < gap.days[1]

    def _shown_in(self, stand: Stand, capture: int) -> bool:
        return any(self.mentions[n].capture == capture for n in stand.members)

    def _watch(self) -> None:
        if time.process_time() > self.deadline:
            raise TooLarge


def _is_old_by(m: Mention, day: date | None) -> bool:
    """Whether it was marked old by `day`."""
    return m.seen is not None and day is not None and m.seen <= day


def _mark_day(mark: Atom, edition: bool) -> date:
    """The day by which a marked version was out of force; pre-2010 pages were marked before their edition ceased."""
    day = mark.days[0] if mark.days else date.max
    return min(day, EDITION_END) if edition else day


def _orders(pairs: list[tuple[date, Draft]]) -> Iterator[list[tuple[date, Draft]]]:
    """All orders of versions that begin on one day; one of unknown start shares its first day with none, unless a list
    prints its date wrongly."""
    groups: dict[date, list[tuple[date, Draft]]] = {}
    for pair in pairs:
        groups.setdefault(pair[0], []).append(pair)
    if any(
        len(group) > 1 and any(d.start is None and not d.doubted for _, d in group)
        for group in groups.values()
    ):
        return
    for order in product(*(permutations(group) for group in groups.values())):
        yield [pair for group in order for pair in group]


def marks_of(mentions: Sequence[Mention]) -> list[date]:
    """Every day that the evidence names, and those on which something may change by it."""
    days = {day for m in mentions for day in (m.start, m.seen) if day is not None}
    for m in mentions:
        if m.end is not None and m.end.day is not None:
            days |= {m.end.day, m.end.day + ONE_DAY}
        if m.window is not None:
            days |= set(m.window)
    if any(m.edition for m in mentions):
        days.add(EDITION_END)
    return sorted(days)


def places_of(marks: Sequence[date]) -> list[date]:
    """Days on which a version of unknown start may begin."""
    if not marks:
        return []
    around = {day for mark in marks for day in (mark - ONE_DAY, mark, mark + ONE_DAY)}
    return sorted(around | {marks[0] - LONG, marks[-1] + LONG})


def days_asked(marks: Sequence[date]) -> list[date]:
    """The named days, and one day between each two of them."""
    if not marks:
        return []
    wide = [marks[0] - LONG, *marks, marks[-1] + LONG]
    middle = {one + (other - one) // 2 for one, other in pairwise(wide)}
    return sorted(set(marks) | middle)


# ---------------------------------------------------------------- plain worlds


@dataclass(frozen=True, slots=True)
class Plain:
    """The plain worlds of one piece of evidence, with what each of them rejects."""

    mentions: tuple[Mention, ...]
    worlds: tuple[World, ...]
    rejected: tuple[frozenset[Atom], ...]
    """What is rejected in some plain world."""

    @property
    def marks(self) -> list[date]:
        return marks_of(self.mentions)


def plain_worlds(evidence: Evidence, seconds: float = 2.0) -> Plain:
    """The plain worlds, by the first reading of what is left open.

    Raises TooLarge if that takes longer than `seconds`.
    """
    return _plain(mentions_of(evidence), time.process_time() + seconds, second=False, rows=False)


def all_readings(evidence: Evidence, seconds: float = 2.0) -> tuple[Plain, ...]:
    """The plain worlds by each of the two readings that items 3 to 8 above leave open. Where a circular may speak of a
    row, item 4 is read either way under the first reading of the others too: it has nothing to do with them. Nor has
    item 9."""
    deadline = time.process_time() + seconds
    mentions = mentions_of(evidence)
    found = [_plain(mentions, deadline, second=second, rows=second) for second in (False, True)]
    if any(m.kind == "circular" and m.start is not None for m in mentions):
        found.append(_plain(mentions, deadline, second=False, rows=True))
    if any(is_ended_line(m) for m in mentions):
        found += [
            _plain(mentions, deadline, second=second, rows=second, ended_lines=True)
            for second in (False, True)
        ]
    return tuple(found)


def _plain(
    mentions: tuple[Mention, ...], deadline: float, *, second: bool, rows: bool, ended_lines: bool = False
) -> Plain:
    worlds: dict[World, None] = {}
    rejected: list[frozenset[Atom]] = []
    read = []
    for variant in (found for found in variants(mentions) if found):
        atoms = atoms_of(variant, mentions, ended_lines=ended_lines)
        fitting = Fitting(variant, deadline, second=second, rows=rows)
        sets = undominated(_smallest_rejections(atoms, fitting), later_wins=second)
        read.append(Read(tuple(atoms), fitting, tuple(sets)))
    for one in read:
        for out in one.without_needless(read):
            rejected.append(out)
            worlds.update(dict.fromkeys(_plainest(one.fitting.worlds(a for a in one.atoms if a not in out))))
    return Plain(mentions, tuple(worlds), tuple(rejected))


class Read(NamedTuple):
    """One reading of the evidence: what it says, and the sets of that without which the rest fits."""

    atoms: tuple[Atom, ...]
    fitting: Fitting
    rejections: tuple[frozenset[Atom], ...]

    def without_needless(self, others: Iterable[Read]) -> Sequence[frozenset[Atom]]:
        """The sets that reject nothing which another reading, with all sights of this one, keeps with the rest; all, if
        there is none: each reading is plain in some world."""
        sights = _told(atom for atom in self.atoms if atom.says == "sight")
        fewer = [_told(out) for o in others if sights <= _told(o.atoms) for out in o.rejections]
        return [out for out in self.rejections if not any(o < _told(out) for o in fewer)] or self.rejections


def _told(atoms: Iterable[Atom]) -> frozenset[tuple[str, int, tuple[date, ...]]]:
    """What is said, whatever else its mentions say in one reading."""
    return frozenset((atom.says, atom.by.n, atom.days) for atom in atoms)


def _plainest(worlds: Iterable[World]) -> list[World]:
    """Those that hold nothing beyond the statements that another does without."""
    found = list(worlds)
    found = _least(found, lambda world: frozenset(e for e in world.extras if e[0] == STRAYED))
    by_joining = _least(found, lambda world: frozenset(e for e in world.extras if e[0] in JOINED))
    return _least(by_joining, lambda world: world.extras)


def _least(worlds: Sequence[World], extras_of: Callable[[World], Extras]) -> list[World]:
    extras = {extras_of(world) for world in worlds}
    least = {extra for extra in extras if not any(other < extra for other in extras)}
    return [world for world in worlds if extras_of(world) in least]


def _smallest_rejections(atoms: Sequence[Atom], fitting: Fitting) -> list[frozenset[Atom]]:
    """All sets of statements without which the rest fits and of which none can be left out."""
    cores: list[frozenset[Atom]] = []
    found: list[frozenset[Atom]] = []
    tried: set[frozenset[Atom]] = set()
    waiting: list[frozenset[Atom]] = [frozenset()]
    while waiting:
        out = waiting.pop(0)
        if out in tried or any(smaller <= out for smaller in found):
            continue
        tried.add(out)
        core = next((core for core in cores if not core & out), None) or _core(atoms, out, fitting)
        if core is None:
            found.append(out)
            continue
        cores.append(core)
        waiting += [_with_followers(out | {atom}, atoms) for atom in core]
        waiting.sort(key=len)
    found += [part for out in found for part in _parts_enough(out, atoms, fitting)]
    return [out for out in dict.fromkeys(found) if not any(other < out for other in found)]


def _parts_enough(out: frozenset[Atom], atoms: Sequence[Atom], fitting: Fitting) -> Iterator[frozenset[Atom]]:
    """The parts of a set of rejections that are enough. A version whose start is rejected has no stated one, which
    other statements may contradict: then a contradiction without that start need not be one with it."""
    for size in range(1, len(out)):
        for chosen in combinations(out, size):
            part = frozenset(chosen)
            if _with_followers(part, atoms) == part and _fits(atoms, part, fitting):
                yield part


def _fits(atoms: Sequence[Atom], out: frozenset[Atom], fitting: Fitting) -> bool:
    """Whether a world agrees with all but `out`."""
    return next(fitting.worlds(atom for atom in atoms if atom not in out), None) is not None


def _core(atoms: Sequence[Atom], out: frozenset[Atom], fitting: Fitting) -> frozenset[Atom] | None:
    """Statements that can't all be true; None if those outside `out` can."""
    if _fits(atoms, out, fitting):
        return None
    core = [atom for atom in atoms if atom not in out]
    for atom in list(core):
        if not _fits(core, frozenset({atom}), fitting):
            core.remove(atom)
    return frozenset(core)


def _with_followers(out: frozenset[Atom], atoms: Sequence[Atom]) -> frozenset[Atom]:
    """With a start goes the sight of the same page, unless the version has another stated first day."""
    gone = set(out)
    for start in out:
        if start.says != "start":
            continue
        stated = [other for other in atoms if other.says == "start" and other not in out]
        of_its_day = [peer for peer in out if peer.says == "start" and peer.days == start.days]
        stands = any(_lets_sight_stand(peer, other) for peer in of_its_day for other in stated)
        if not stands:
            gone |= {atom for atom in atoms if atom.says == "sight" and atom.by.n == start.by.n}
    return frozenset(gone)


def _lets_sight_stand(start: Atom, other: Atom) -> bool:
    if two_readings(start.by, other.by) or published_late(other.by, start.by):
        return True
    if in_own_list(other.by, start.by) and is_misprinted(start.by, other.by):
        return True
    return other.by.n != start.by.n and other.days == start.days


def undominated(sets: Sequence[frozenset[Atom]], *, later_wins: bool) -> list[frozenset[Atom]]:
    """Sets of rejections for which no other set rejects weaker statements in their place."""
    plain = [out for out in sets if not any(_plainer(other, out, later_wins) for other in sets)]
    return plain or list(sets)


def _plainer(one: frozenset[Atom], other: frozenset[Atom], later_wins: bool) -> bool:
    instead, spared = one - other, other - one
    return bool(spared) and all(
        any(stronger(kept, lost, later_wins=later_wins) for kept in spared) for lost in instead
    )
