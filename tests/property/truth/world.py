"""A true history: what was in force under each code of an invented manual, and when the publisher said so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import zip_longest
from random import Random
from typing import Literal

DAY = timedelta(days=1)
EDITION_END = date(2010, 11, 29)
"""First day without the old edition (dates.md, rule 12)."""
FIRST = date(1999, 7, 26)
LAST = date(2026, 6, 30)
"""Nothing begins or ends later."""

Ending = Literal["", "replaced", "edition", "revoked", "to_first", "to_last"]
"""`to_first`: the mark "(to D)" names the first day without force; `to_last`: the last day with it (rule 9)."""
CopyStyle = Literal["banner", "both", "suffix"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """Days on which a version did not count, though nothing ended it; told in its text."""

    first: date
    last: date
    told: tuple[date, date]
    """Its page says so from the first of these days on, up to the second, excluded."""

    def on(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueVersion:
    """One text that a code designated, and how its pages show it."""

    code: str
    number: int
    start: date
    until: date | None = None
    """First day without force. Equal to `start` where another version of that day took its place."""
    ending: Ending = ""
    title: str
    clauses: tuple[str, ...]
    old_edition: bool
    feet: tuple[tuple[date, date], ...]
    """What the foot at the live address says, and from which day on: (since, first day as printed)."""
    footless: bool = False
    live: int
    archive: int
    stays: bool = False
    """Once ended, it stays at the live address with a mark; else it moves to its archived address."""
    says_ceased: bool = False
    """Once ended, a note in its text says so in words, which tells how "to D" is meant."""
    copy_style: CopyStyle = "both"
    edited: bool = False
    """The archived copy has a note that the page in force had not."""
    copy_clauses: tuple[str, ...] = ()
    """The words of the archived copy, where the publisher edited them."""
    in_body: bool = False
    """Its first day stands in a sentence of its text and not at its foot (rule 4)."""
    rescinded: bool = False
    """Once revoked, its pages say so at the foot, in the place of its first day (rule 10)."""
    in_words: bool = False
    """Its pages write days in a rarer way: "24 March 2014", "REVOKED", "05/06/00"."""
    unlisted: date | None = None
    """From this day on the contents list it no more, once it has ended."""
    leaked: bool = False
    """Once old, the contents list it on a line of its own, with its date."""
    suspension: Suspension | None = None

    @property
    def published(self) -> date:
        return self.feet[0][0]

    @property
    def ended(self) -> bool:
        """It ended without a successor on that day."""
        return self.ending in ("revoked", "to_first", "to_last")

    @property
    def mark_day(self) -> date:
        """The day in the mark of its end."""
        assert self.until is not None
        return self.until - DAY if self.ending == "to_last" else self.until

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.until is None or day < self.until)

    def printed_start(self, day: date) -> date:
        """What the foot at the live address says on `day`."""
        return [printed for since, printed in self.feet if since <= day][-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """An announced version that never began: the live address showed it from its publication until `gone`.

    Meanwhile the version in force stood at its archived address, marked as old."""

    version: TrueVersion
    gone: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueCode:
    """All that a code designated, oldest first."""

    code: str
    versions: tuple[TrueVersion, ...]
    withdrawn: tuple[Withdrawn, ...] = ()
    lists: bool = True
    """Its pages carry lists of its other versions."""
    list_heading: str = "PREVIOUS IMMIGRATION INSTRUCTIONS"
    moved_to: str = ""
    """Where the text of an ended version says that equivalent instructions are found."""
    lie: Literal["", "row_date", "row_twice"] = ""
    """An error that the lists of this code print."""

    def on(self, day: date) -> TrueVersion | None:
        """The version in force."""
        return next((v for v in self.versions if v.covers(day)), None)

    def ended_by(self, day: date) -> TrueVersion | None:
        """The last version that has ended by `day`, where none is in force."""
        over = [v for v in self.versions if v.until is not None and v.until <= day]
        return over[-1] if over and self.on(day) is None else None

    def after(self, version: TrueVersion) -> TrueVersion | None:
        return next((v for v in self.versions if v.number == version.number + 1), None)

    def before(self, version: TrueVersion) -> TrueVersion | None:
        return next((v for v in self.versions if v.number == version.number - 1), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manual:
    """One invented manual."""

    seed: int
    codes: tuple[TrueCode, ...]

    def code(self, name: str) -> TrueCode:
        return next(c for c in self.codes if c.code == name)


# ---------------------------------------------------------------- invented words

_CHAPTERS = ("A3", "A7", "E4", "F2", "R5", "S3", "U6", "V2", "WB1", "WD4", "SM2", "BF2")
_THINGS = (
    "Harbour",
    "Lantern",
    "Ferry",
    "Orchard",
    "Glass",
    "Pilot",
    "Bell",
    "Anchor",
    "Tide",
    "Mast",
    "Rope",
)
_MATTERS = (
    "gates",
    "fees",
    "keepers",
    "wardens",
    "moorings",
    "records",
    "journeys",
    "signals",
    "crews",
    "sheds",
)
_WHO = ("Keepers", "Crews", "Rowers", "Wardens", "Pilots", "Painters", "Divers")
_DO = ("show", "bring", "polish", "count", "carry", "register", "store", "repair")
_WHAT = (
    "a brass bell",
    "two oars",
    "the blue flag",
    "a rope of ten ells",
    "the tide book",
    "a lantern",
    "dry sails",
)
_WHERE = (
    "at the north quay",
    "by the old gate",
    "before each voyage",
    "in the long shed",
    "near the slipway",
)


def _clause(rng: Random, number: int) -> str:
    return f"{rng.choice(_WHO)} {rng.choice(_DO)} {rng.choice(_WHAT)} {rng.choice(_WHERE)}, as row {number} says."


def _clauses(rng: Random) -> tuple[str, ...]:
    return tuple(_clause(rng, rng.randint(100, 99999)) for _ in range(rng.randint(2, 4)))


def _title(rng: Random) -> str:
    return f"{rng.choice(_THINGS)} {rng.choice(_MATTERS)}"


def _amended(rng: Random, clauses: tuple[str, ...]) -> tuple[str, ...]:
    """One clause has other words, so that no two versions hold the same text."""
    place = rng.randrange(len(clauses))
    return (*clauses[:place], _clause(rng, rng.randint(100, 99999)), *clauses[place + 1 :])


# ---------------------------------------------------------------- one life


@dataclass(slots=True)
class _Maker:
    """Makes the versions of one code, in order."""

    rng: Random
    code: str
    ids: Iterator[int]
    made: list[TrueVersion]

    def add(self, start: date, **more: object) -> None:
        """Another version; words and title follow from the one before, except under another subject."""
        rng = self.rng
        last = self.made[-1] if self.made else None
        fresh = last is None or (last.ended and rng.random() < 0.4)
        title = _title(rng) if fresh or rng.random() < 0.2 else self.made[-1].title
        clauses = _clauses(rng) if fresh else _amended(rng, self.made[-1].clauses)
        old = start < EDITION_END
        live = next(self.ids)
        if (
            last is not None
            and not old
            and not last.old_edition
            and (last.stays or not last.ended or rng.random() < 0.5)
        ):
            live = last.live
        archive = live if old else next(self.ids)
        version = TrueVersion(
            code=self.code,
            number=len(self.made),
            start=start,
            title=title,
            clauses=clauses,
            old_edition=old,
            feet=((start, start),),
            footless=not old and rng.random() < 0.05,
            live=live,
            archive=archive,
            copy_style=rng.choice(("banner", "both", "both", "suffix")),
            edited=rng.random() < 0.06,
            leaked=rng.random() < 0.1,
            in_words=rng.random() < 0.15,
        )
        self.made.append(replace(version, **more))  # type: ignore[arg-type]

    def change_last(self, **more: object) -> None:
        self.made[-1] = replace(self.made[-1], **more)  # type: ignore[arg-type]


def _old_edition(maker: _Maker) -> None:
    """One to three versions of the old edition, the last of which ceased with it."""
    rng = maker.rng
    day = FIRST if rng.random() < 0.3 else FIRST + DAY * rng.randint(1, 2500)
    for _ in range(rng.randint(1, 3)):
        if day > date(2010, 6, 1):
            break
        if maker.made:
            maker.change_last(until=day, ending="replaced")
        maker.add(day)
        day += DAY * rng.randint(60, 1500)
    maker.change_last(until=EDITION_END, ending="edition")


def _new_edition(maker: _Maker) -> None:
    rng = maker.rng
    day = _first_day(maker)
    for _ in range(rng.choice((1, 1, 2, 2, 3, 3, 4, 5, 7))):
        if day > LAST - DAY * 40:
            break
        maker.add(day)
        roll = rng.random()
        if roll < 0.18:
            day = _end(maker, day)
        elif roll < 0.24:
            maker.change_last(until=day, ending="replaced")
        else:
            day += DAY * (rng.randint(1, 40) if rng.random() < 0.25 else rng.randint(60, 1400))
            maker.change_last(until=day, ending="replaced")
    if not maker.made[-1].ended:
        maker.change_last(until=None, ending="")


def _first_day(maker: _Maker) -> date:
    rng = maker.rng
    if rng.random() < (0.8 if maker.made else 0.45):
        return EDITION_END
    return date(2011, 2, 1) + DAY * rng.randint(0, 4500)


def _end(maker: _Maker, day: date) -> date:
    """Ends the last version. Gives the first day that another may begin: not the day after, which rule 9b reads as
    the successor that decides how "to D" is meant."""
    rng = maker.rng
    until = min(day + DAY * rng.randint(20, 1200), LAST)
    maker.change_last(
        until=until,
        ending=rng.choice(("revoked", "to_first", "to_last")),
        stays=rng.random() < 0.5,
        says_ceased=rng.random() < 0.4,
        unlisted=until + DAY * rng.randint(0, 1500) if rng.random() < 0.5 else None,
    )
    return until + DAY * rng.randint(3, 900) if rng.random() < 0.6 else date.max - DAY * 5000


def _with_other_words(rng: Random, before: TrueVersion | None, version: TrueVersion) -> TrueVersion:
    """Rarer ways to print it: words that are issued again, or edited in the copy; bounds that stand elsewhere."""
    if version.old_edition:
        return version
    if before is not None and before.ended and rng.random() < 0.12:
        version = replace(version, title=before.title, clauses=before.clauses)
    return replace(
        version,
        copy_clauses=_amended(rng, version.clauses) if rng.random() < 0.04 else (),
        in_body=not version.footless and rng.random() < 0.06,
        rescinded=version.ending == "revoked" and rng.random() < 0.15,
    )


# ---------------------------------------------------------------- what was said beforehand, and wrongly


def _feet(
    rng: Random, before: TrueVersion | None, version: TrueVersion, after: TrueVersion | None
) -> TrueVersion:
    """Announced, postponed or corrected at times; `after` is not yet announced itself."""
    if version.old_edition or (before is not None and before.until == before.start):
        return version
    start = version.start
    floor = (
        max(before.start, before.published, before.until if before.ended and before.until else FIRST)
        if before
        else FIRST
    )
    roll = rng.random()
    if roll < 0.3 and not version.footless:  # announced without a date, it would pass for the one in force
        lead = rng.randint(1, 70)
        published = start - DAY * lead
        if published > floor:
            return replace(version, feet=_announced(rng, published, start))
    elif roll < 0.36 and not version.footless:
        until = min(x for x in (after.start if after else None, version.until, date(2026, 8, 1)) if x)
        printed = start + DAY * rng.choice((-1, 1)) * rng.randint(1, 25)
        corrected = max(start, printed) + DAY * rng.randint(1, 300)
        if corrected < until - DAY * 75 and printed > floor + DAY:
            return replace(version, feet=((start, printed), (corrected, start)))
    return version


def _announced(rng: Random, published: date, start: date) -> tuple[tuple[date, date], ...]:
    """A third of the announced starts are put off, or moved forward, before they come."""
    lead = (start - published).days
    if lead < 8 or rng.random() > 0.35:
        return ((published, start),)
    first = (
        published + DAY * rng.randint(3, lead - 1) if rng.random() < 0.7 else start + DAY * rng.randint(1, 20)
    )
    changed = published + DAY * rng.randint(1, (min(first, start) - published).days - 1)
    if (start - changed).days > 8 and rng.random() < 0.25:  # put off twice
        second = changed + DAY * rng.randint(3, (start - changed).days + 10)
        again = changed + DAY * rng.randint(1, (min(second, start) - changed).days - 1)
        return ((published, first), (changed, second), (again, start))
    return ((published, first), (changed, start))


def _withdrawn(maker: _Maker, version: TrueVersion, after: TrueVersion | None) -> Withdrawn | None:
    """A version announced while `version` was in force, and withdrawn before it began."""
    rng = maker.rng
    limit = min(x for x in (after.published if after else None, version.until, date(2026, 6, 1)) if x)
    settled = max(since for since, _ in version.feet)
    room = (limit - max(settled, version.start)).days - 100
    if version.old_edition or room < 10:
        return None
    published = max(settled, version.start) + DAY * rng.randint(5, room)
    gone = published + DAY * rng.randint(2, 40)
    start = gone + DAY * rng.randint(1, 40)
    ghost = replace(
        version,
        number=-1 - version.number,
        start=start,
        until=None,
        ending="",
        title=version.title if rng.random() < 0.7 else _title(rng),
        clauses=_amended(rng, version.clauses),
        feet=((published, start),),
        footless=False,
        archive=next(maker.ids),
    )
    return Withdrawn(version=ghost, gone=gone)


# ---------------------------------------------------------------- the whole


def make_manual(seed: int, *, lies: bool = False) -> Manual:
    """The manual of this seed; with `lies`, the lists of some codes print an error."""
    rng = Random(f"world {seed}")
    ids = iter(range(30000 + rng.randint(0, 500), 99000, 7))
    codes: list[TrueCode] = []
    for chapter in rng.sample(_CHAPTERS, 3):
        for section in sorted(rng.sample(range(1, 13), rng.randint(2, 4))):
            codes.append(_make_code(rng, f"{chapter}.{section * 5}", ids))
    codes = [_with_move(rng, code, codes) for code in codes]
    if lies:
        codes = [replace(c, lie=rng.choice(("", "row_date", "row_twice"))) for c in codes]
    later = Random(f"more of the world {seed}")  # apart, so that what is drawn above stays the same
    codes = [_with_suspension(later, code) for code in codes]
    codes = _with_reused_addresses(later, codes)
    return Manual(seed=seed, codes=tuple(codes))


def _make_code(rng: Random, code: str, ids: Iterator[int]) -> TrueCode:
    maker = _Maker(rng, code, ids, [])
    if rng.random() < 0.13:
        _old_edition(maker)
    if not maker.made or rng.random() < 0.8:
        _new_edition(maker)
    made = maker.made
    for place, version in enumerate(made):
        before = made[place - 1] if place else None
        made[place] = _with_other_words(rng, before, version)
    for place, version in enumerate(made):
        before = made[place - 1] if place else None
        after = made[place + 1] if place + 1 < len(made) else None
        made[place] = _feet(rng, before, version, after)
    ghosts = []
    for version, after in zip_longest(made, made[1:]):
        if rng.random() < 0.06 and (ghost := _withdrawn(maker, version, after)):
            ghosts.append(ghost)
    headings = ("PREVIOUS IMMIGRATION INSTRUCTIONS",) * 4 + ("PREVIOUS IMMIGRATON INSTRUCTIONS", "SEE ALSO")
    return TrueCode(
        code=code,
        versions=tuple(made),
        withdrawn=tuple(ghosts),
        lists=rng.random() < 0.96,
        list_heading=rng.choice(headings),
    )


def _with_suspension(rng: Random, code: TrueCode) -> TrueCode:
    """One version in ten codes is suspended for a while, well within the days on which it stands alone."""
    if rng.random() >= 0.1:
        return code
    version = rng.choice(code.versions)
    after = code.after(version)
    first = max(version.start, version.feet[-1][0]) + DAY * rng.randint(5, 400)
    last = first + DAY * rng.randint(5, 300)
    told = (first - DAY * rng.randint(0, 30), last + DAY * rng.randint(1, 90))
    told = (max(told[0], version.start), told[1])
    until = min(x for x in (after.published if after else None, version.until, LAST) if x)
    if (
        version.old_edition
        or told[1] >= until
        or any(g.version.number == -1 - version.number for g in code.withdrawn)
    ):
        return code
    suspended = replace(version, suspension=Suspension(first=first, last=last, told=told))
    versions = tuple(suspended if v is version else v for v in code.versions)
    return replace(code, versions=versions)


def _with_reused_addresses(rng: Random, codes: list[TrueCode]) -> list[TrueCode]:
    """Half of the live addresses that a code left when it ended for good are given to another one that begins later."""
    left = [(code, v) for code in codes for v in code.versions[-1:] if v.ended and not v.stays]
    found = {code.code: code for code in codes}
    for code, over in left:
        taken = rng.choice(codes).code
        if rng.random() < 0.5 and taken != code.code:
            found[taken] = _moved_to(found[taken], over)
    return list(found.values())


def _moved_to(code: TrueCode, over: TrueVersion) -> TrueCode:
    """`code`, with its last live address replaced by that of `over`, if that was free by then."""
    last = code.versions[-1]
    there = [v for v in code.versions if v.live == last.live]
    assert over.until is not None
    if last.old_edition or (last.ended and not last.stays) or there[0].published <= over.until:
        return code
    versions = tuple(replace(v, live=over.live) if v in there else v for v in code.versions)
    ghosts = tuple(
        replace(ghost, version=replace(ghost.version, live=over.live))
        if ghost.version.live == last.live
        else ghost
        for ghost in code.withdrawn
    )
    return replace(code, versions=versions, withdrawn=ghosts)


def _with_move(rng: Random, code: TrueCode, codes: list[TrueCode]) -> TrueCode:
    """The text of an ended version may name the code that holds its rules now: a link, not a version (rule 13)."""
    if any(v.ended for v in code.versions) and rng.random() < 0.3:
        return replace(code, moved_to=rng.choice([c.code for c in codes if c is not code]))
    return code
