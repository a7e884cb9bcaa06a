"""Answers held against the truth, and against what the captures could tell.

*wrong*     a definite answer that the truth contradicts and no evidence excuses
*phantom*   a listed version that never was
*doubtful*  a cell that one page settles, answered `disputed` or `undated`, or without the first day that it states
*caveated*  a cell that one page settles, answered with a caveat

A cell is a code and a day. What happened and stands on no capture is hidden: an answer that names an older version
and carries a caveat is excused for it. What a capture does tell is *evident*, and no caveat excuses its neglect.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise
from random import Random

from manual.model import Answer, History, Version
from tests.property.truth.program import Program, hash_of
from tests.property.truth.publisher import TODAY, Shown, Taken, neighbours
from tests.property.truth.world import DAY, EDITION_END, Manual, TrueCode, TrueVersion

DOUBTS = ("disputed", "undated", "unknown_code")
ONE_CIRCULAR = DAY * 31
"""A circular's day so near to a page's own is that page's (rule 26)."""


@dataclass(frozen=True, slots=True)
class Sight:
    """One `Shown` with its capture."""

    shown: Shown
    taken: Taken


@dataclass(frozen=True, slots=True)
class Settled:
    """One page proves this of the days `first` to `last`: the version begun on `start` in force, or (None) ended."""

    first: date
    last: date
    start: date | None
    why: str
    weak: bool = False
    """Said by a page that may have lost its banner: it contradicts other pages, and settles nothing."""


@dataclass(frozen=True)
class Evidence:
    """All that the captures say of one code. Computed from what the publisher meant, not from the bytes."""

    code: TrueCode
    sights: tuple[Sight, ...]

    # ------------------------------------------------------------ what is evident

    @cached_property
    def dated(self) -> frozenset[int]:
        """Versions whose true first day stands somewhere, and in the strongest place that prints one: a page of theirs,
        a circular, a page that has it behind its title, a row."""
        found = set()
        for version in self.code.versions:
            sights = [s for s in self._of(version) if s.shown.start is not None and not self._is_lent(s)]
            best = min((_rank(s.shown) for s in sights), default=0)
            if any(s.shown.start == version.start for s in sights if _rank(s.shown) == best):
                found.add(version.number)
        return frozenset(found)

    def _is_lent(self, sight: Sight) -> bool:
        """Whether the first day in a circular is so near to that of another version that it is taken for it."""
        day, number = sight.shown.start, sight.shown.number
        if sight.shown.via != "circular" or day is None:
            return False
        placed = [s.shown for s in self.sights if s.shown.via != "circular" and s.shown.start is not None]
        others = [abs(s.start - day) for s in placed if s.start and s.number != number]
        own = [abs(s.start - day) for s in placed if s.start and s.number == number]
        nearest = min(others, default=ONE_CIRCULAR * 2)
        return nearest <= ONE_CIRCULAR and nearest <= min(own, default=nearest)

    @cached_property
    def in_force_days(self) -> Mapping[int, tuple[date, ...]]:
        """For each version the known days on which a capture shows it in force."""
        days: dict[int, list[date]] = {}
        for sight in self.sights:
            version = self.version(sight.shown.number)
            shows = sight.shown.at_live and not sight.shown.mark and sight.taken.known
            shows = shows and (sight.shown.start is None or sight.shown.start <= sight.taken.day)
            shows = shows and not self._stands_elsewhere(sight)
            if version is not None and shows and version.covers(sight.taken.day):
                days.setdefault(version.number, []).append(sight.taken.day)
        return {number: tuple(sorted(found)) for number, found in days.items()}

    def _stands_elsewhere(self, sight: Sight) -> bool:
        """Whether a page without a first day stands at another address than the one linked on the nearest known day:
        then it says nothing of what is in force (rule 17)."""
        if sight.shown.via != "page" or sight.shown.start is not None:
            return False
        days = {s.taken.day for s in self._links}
        before = [day for day in days if day <= sight.taken.day]
        nearest = max(before) if before else min(days, default=None)
        named = {s.shown.address for s in self._links if s.taken.day == nearest}
        return bool(named) and sight.shown.address not in named

    @cached_property
    def _links(self) -> tuple[Sight, ...]:
        """The lines and rows of known days that link the page in force."""
        return tuple(s for s in self.sights if s.taken.known and s.shown.address and _links_live(s.shown))

    @cached_property
    def ends_shown(self) -> frozenset[int]:
        """Versions whose end stands somewhere; every page of the old edition is known to have ended with it."""
        shown = {s.shown.number for s in self.sights if s.shown.end is not None}
        old = {v.number for v in self.code.versions if v.ending == "edition" and self._of(v)}
        return frozenset(shown | old)

    def end_last_shown(self, version: TrueVersion) -> date | None:
        """The last known day on which the live address or the contents show that `version` has ended."""
        days = [s.taken.day for s in self._of(version) if s.shown.end and s.shown.at_live and s.taken.known]
        return max(days, default=None)

    def version(self, number: int) -> TrueVersion | None:
        return next((v for v in self.code.versions if v.number == number), None)

    def _of(self, version: TrueVersion) -> list[Sight]:
        return [s for s in self.sights if s.shown.number == version.number]

    def evident(self, version: TrueVersion, day: date, instead: TrueVersion | None = None) -> bool:
        """Whether the captures tell that `version` had begun by `day`, and that it is not `instead`: a place without a
        date says no more than a title."""
        if version.number in self.dated:
            return True
        if instead is not None and instead.title == version.title:
            return False
        if self._printed_start(version) > day:
            return False  # every page of it prints a later first day: what is seen before may be its announcement
        return any(seen <= day for seen in self.in_force_days.get(version.number, ()))

    def _printed_start(self, version: TrueVersion) -> date:
        printed = [s.shown.start for s in self._of(version) if s.shown.via == "page" and s.shown.start]
        return min(printed, default=date.min)

    def is_seen(self, version: TrueVersion) -> bool:
        """Whether a capture of known day shows it in force on some day."""
        return bool(self.in_force_days.get(version.number))

    def begun_later(self, day: date) -> bool:
        """Whether the captures show a version that begins after `day`."""
        return any(v.start > day and (v.number in self.dated or self.is_seen(v)) for v in self.code.versions)

    def are_neighbours(self, older: TrueVersion, newer: TrueVersion) -> bool:
        """Whether a whole list shows these two with nothing between them."""
        for listing in {s.taken for s in self.sights if s.shown.via == "page" and s.shown.listed}:
            numbers = sorted(
                s.shown.number for s in self.sights if s.taken is listing and s.shown.via in ("page", "row")
            )
            if (older.number, newer.number) in pairwise(numbers):
                return True
        return False

    @cached_property
    def known(self) -> tuple[TrueVersion, ...]:
        """The versions that a capture dates, shows in force or shows ended, oldest first."""
        numbers = self.dated | self.ends_shown | self.in_force_days.keys()
        return tuple(v for v in self.code.versions if v.number in numbers)

    def adjoin(self, older: TrueVersion, newer: TrueVersion) -> bool:
        """Whether nothing can have stood between two versions: one ends, as printed, when the other begins, or a list
        shows them side by side."""
        ends = any(s.shown.end is not None and s.shown.number == older.number for s in self.sights)
        met = ends and newer.number in self.dated and older.until == newer.start
        return met or self.are_neighbours(older, newer)

    def owes_caveat(self, day: date) -> bool:
        """Whether the version of `day` is followed by a known one, and something may have stood between them."""
        version = self.code.on(day) or self.code.ended_by(day)
        if version is None:
            return False
        later = [v for v in self.known if v.number > version.number]
        return bool(later) and not self.adjoin(version, later[0])

    # ------------------------------------------------------------ what was printed and did not come true

    @cached_property
    def untrue_days(self) -> Mapping[date, int]:
        """First days that pages printed and that were corrected, put off or withdrawn later; with the version meant."""
        found: dict[date, int] = {}
        for sight in self.sights:
            version = self.version(sight.shown.number)
            if sight.shown.start is not None and (version is None or version.start != sight.shown.start):
                found[sight.shown.start] = sight.shown.number
        return found

    @cached_property
    def made_way(self) -> tuple[Sight, ...]:
        """Copies of a version in force that bear an old-mark, since another was announced that was withdrawn later."""
        return tuple(s for s in self.sights if s.shown.mark == "old" and "withdrawn" in s.taken.traits)

    def is_taken_back(self, day: date) -> bool:
        """Whether a later capture of the same address, of known day, shows otherwise than an untrue first day. One that
        stands in the text changes the words with it, and so does a note of the end: then both pass for versions (small
        set 05b)."""
        untrue = [
            s for s in self.sights if s.shown.start == day and self.untrue_days.get(day) == s.shown.number
        ]
        if of_circulars := [s for s in untrue if s.shown.via == "circular"]:
            return any(self._is_corrected(s) for s in of_circulars)
        begun = any(s.shown.via == "page" and s.taken.known and s.taken.day >= day for s in untrue)
        meant = self.version(self.untrue_days.get(day, -1))
        if begun and meant is not None and meant.in_body:
            return False
        same_words = [s for s in self.sights if not (begun and self._is_noted(s))]
        return any(_shows_otherwise(old, new, begun=begun) for old in untrue for new in same_words)

    def _is_noted(self, sight: Sight) -> bool:
        """Whether a page of an ended version has a note that it had not while it was in force."""
        version = self.version(sight.shown.number)
        return (
            sight.shown.mark == "ended"
            and version is not None
            and (version.says_ceased or self.code.moved_to != "")
        )

    def _is_corrected(self, sight: Sight) -> bool:
        """Whether an untrue first day of a circular is that of a page which prints the true one at its foot: no page
        takes back what a circular says, but a page's own day outranks it (rule 26)."""
        day, version = sight.shown.start, self.version(sight.shown.number)
        if day is None or version is None or abs(version.start - day) > ONE_CIRCULAR or self._is_lent(sight):
            return False
        pages = [
            s for s in self._of(version) if s.shown.via == "page" and s.shown.start and not s.shown.by_suffix
        ]
        return bool(pages) and all(s.shown.start == version.start and s.taken.known for s in pages)

    # ------------------------------------------------------------ what is suspended

    def suspended_on(self, day: date) -> bool:
        """Whether a page says of the version of `day` that it is suspended then."""
        truth = self.code.on(day)
        if truth is None:
            return False
        said = [s.shown.suspended for s in self._of(truth) if s.shown.suspended]
        return any(first <= day <= last for first, last in said)

    def is_of_another(self, named: Version | None) -> bool:
        """Whether an answer names a version by an untrue first day that nothing takes back: no page that prints another
        day speaks of that one."""
        start = named.validity.effective_from if named is not None else None
        return start in self.untrue_days and start is not None and not self.is_taken_back(start)

    def is_near_suspension(self, day: date) -> bool:
        """Whether `day` is one from the first of a suspension on, up to the first known day on which the page that told
        of it is silent about it. In between the version is never plainly in force."""
        for told in (s for s in self.sights if s.shown.suspended):
            assert told.shown.suspended is not None
            silent = [s.taken.day for s in self.sights if _is_silent(s, told)]
            if told.shown.suspended[0] <= day < min(silent, default=date.max):
                return True
        return False

    # ------------------------------------------------------------ what misleads

    def says_later(self, version: TrueVersion, day: date) -> bool:
        """Whether pages print a first day of `version` after `day` that no later capture takes back."""
        return any(
            n == version.number and d > day and not self.is_taken_back(d) for d, n in self.untrue_days.items()
        )

    def misled_by(self, version: TrueVersion) -> bool:
        """Whether a page shows `version` without a mark, and no known day of a live address to hold it against."""
        return any(
            s.shown.via == "page" and not s.shown.mark and not (s.taken.known and s.shown.at_live)
            for s in self._of(version)
        )

    def stands_unmarked(self, version: TrueVersion, day: date) -> bool:
        """Whether an archived copy of `version` that lost its banner was seen on `day` or later, a known day."""
        return any(
            s.shown.via == "page"
            and not s.shown.mark
            and not s.shown.at_live
            and s.taken.known
            and s.taken.day >= day
            for s in self._of(version)
        )

    def is_marked_old(self, version: TrueVersion) -> bool:
        """Whether a page or a row shows that `version` was replaced."""
        return any(s.shown.mark == "old" for s in self._of(version))

    @cached_property
    def marked_old_too_soon(self) -> bool:
        """Whether a version is marked as old on a day on which it was in force: one announced was withdrawn."""
        return any(
            s.shown.mark == "old" and s.taken.known and version is not None and version.covers(s.taken.day)
            for s in self.sights
            for version in [self.version(s.shown.number)]
        )

    @cached_property
    def rows_do_not_tell_apart(self) -> bool:
        """Whether a list without addresses has a row without a date, and two versions began on one day: then that row
        and a row of that day are two versions, and nothing tells which."""
        open_rows = (s for s in self.sights if s.shown.via == "row" and not (s.shown.start or s.shown.end))
        return any(not s.shown.address for s in open_rows) and any(
            v.until == v.start for v in self.code.versions
        )

    def passes_for(self, other: TrueVersion, version: TrueVersion) -> bool:
        """Whether a page of `other` may be taken for one of `version`: it prints no day, their titles are the same, and
        no page holds the words of `version`."""
        pages = [s for s in self.sights if s.shown.via == "page"]
        undated = all(s.shown.start is None for s in pages if s.shown.number == other.number)
        held = any(s.shown.number == version.number for s in pages)
        return undated and not held and other.title == version.title

    def is_known_by_page(self, version: TrueVersion) -> bool:
        """Whether a page or the contents of known day show `version`; a sight without a mark outranks rows."""
        return any(s.taken.known and s.shown.via in ("page", "contents") for s in self._of(version))

    def one_list_shows(self, *numbers: int) -> bool:
        """Whether one page shows all these versions side by side, each with a day."""
        told: dict[bytes, set[int]] = {}
        for sight in self.sights:
            dated = sight.shown.start is not None or sight.shown.end is not None
            if sight.shown.via in ("page", "row") and dated:
                told.setdefault(sight.taken.data, set()).add(sight.shown.number)
        return any(set(numbers) <= found for found in told.values())

    # ------------------------------------------------------------ what one page settles

    @cached_property
    def claims(self) -> tuple[Settled, ...]:
        """What every page proves by itself, whether true or not."""
        return tuple(claim for sight in self.sights for claim in _claims(sight))

    def settles(self, day: date) -> Settled | None:
        """What one page proves of `day`, unless another page contradicts it."""
        there = sorted((c for c in self.claims if c.first <= day <= c.last), key=lambda c: c.weak)
        said = {claim.start for claim in there}
        if len(said) != 1 or there[0].weak or self._doubted(day) or self.is_near_suspension(day):
            return None
        truth = self.code.on(day)
        start = there[0].start
        if (truth.start if truth is not None else None) != start:
            return None  # a page that was corrected later, or lost its banner
        return there[0]

    def _doubted(self, day: date) -> bool:
        """Whether a first day that did not come true touches the versions about `day`, or a version stood marked as old
        while another was announced that never began."""
        near = {v.number for v in _around(self.code, day)}
        if any(s.shown.number in near for s in self.made_way):
            return True
        return any(
            number in near or number < 0
            for untrue, number in self.untrue_days.items()
            if not self._is_only_misannounced(untrue)
        )

    def passes_for_its_start(self, version: TrueVersion) -> bool:
        """Whether a circular announced a version that never began for a day on which `version` was in force."""
        false = (s.shown.start for s in self.sights if s.shown.via == "circular" and s.shown.number < 0)
        return any(day is not None and version.covers(day) for day in false)

    def passes_for_another(self, version: TrueVersion, meant: TrueVersion) -> bool:
        """Whether what shows `version` is outranked by a copy of `meant` that lost its banner and was seen since, or,
        without a first day, passes for what a circular announced and never began."""
        if self.is_known_by_page(version):
            return False
        announced = version.number not in self.dated and self.passes_for_its_start(version)
        return announced or self.stands_unmarked(meant, version.start)

    def _is_only_misannounced(self, day: date) -> bool:
        """Whether nothing but circulars print an untrue first day, and a page corrects each of them."""
        said = [s for s in self.sights if s.shown.start == day and s.shown.number == self.untrue_days[day]]
        return all(s.shown.via == "circular" and self._is_corrected(s) for s in said)


def _shows_otherwise(old: Sight, new: Sight, *, begun: bool) -> bool:
    """Whether `new` takes back the untrue first day on `old`. One that was seen after that day (`begun`) can only be
    corrected for the same version; one announced is withdrawn, or doubted, by whatever else the address shows later."""
    if not (
        new.taken.known and old.taken.known and new.shown.via == "page" and new.taken.day > old.taken.day
    ):
        return False
    if new.shown.address != old.shown.address or new.shown.start == old.shown.start:
        return False
    announced = old.shown.start is not None and old.shown.start > old.taken.day and not begun
    return announced or new.shown.number == old.shown.number


def _is_silent(sight: Sight, told: Sight) -> bool:
    """Whether a page of a known day says nothing of the suspension that it told of before."""
    later = sight.taken.known and told.taken.known and sight.taken.day > told.taken.day
    same = sight.shown.via == "page" and sight.shown.address == told.shown.address
    return later and same and sight.shown.suspended is None


def _links_live(shown: Shown) -> bool:
    """Whether a row or line has no day, or is the line of the contents for a code that ended."""
    plain = shown.via != "page" and not shown.mark and shown.start is None
    return plain or (shown.via == "contents" and shown.mark == "ended")


def _rank(shown: Shown) -> int:
    """How much a printed first day counts, smaller is more (rule 6)."""
    if shown.via == "page":
        return 2 if shown.by_suffix else 0
    return 1 if shown.via == "circular" else 3


def _claims(sight: Sight) -> Iterator[Settled]:
    shown, taken = sight.shown, sight.taken
    if shown.via not in ("page", "contents"):
        return
    if shown.mark == "ended" and shown.end is not None:
        if shown.start is not None and shown.via == "page":
            yield Settled(shown.start, (shown.over or shown.end) - DAY, shown.start, "ended page")
        if shown.at_live and taken.known:
            yield Settled(shown.over or shown.end + DAY, taken.day, None, f"end at {shown.via}")
    if shown.via == "page" and not shown.mark and taken.known and shown.start is not None:
        yield Settled(shown.start, taken.day, shown.start, "page in force", weak=not shown.at_live)
    for older, newer in neighbours(shown.listed):
        # of two of one day nothing tells which one followed the other
        if newer <= taken.day and shown.listed.count(older) == 1:
            yield Settled(older, newer - DAY, older, "list")


def evidence_of(manual: Manual, captures: Sequence[Taken]) -> dict[str, Evidence]:
    """The evidence about every code that a capture speaks of."""
    sights: dict[str, list[Sight]] = {}
    for taken in captures:
        for shown in taken.shown:
            sights.setdefault(shown.code, []).append(Sight(shown, taken))
    return {code: Evidence(manual.code(code), tuple(found)) for code, found in sights.items()}


# ---------------------------------------------------------------- cells


def days_of(evidence: Evidence, rng: Random) -> list[date]:
    """The day before, on and after every bound, printed date and capture, and some others."""
    code = evidence.code
    bounds = {v.start for v in code.versions} | {v.until for v in code.versions if v.until} | {EDITION_END}
    for sight in evidence.sights:
        bounds |= {d for d in (sight.shown.start, sight.shown.end, sight.taken.day) if d is not None}
        bounds |= set(sight.shown.suspended or ())
    days = {bound + DAY * step for bound in bounds for step in (-1, 0, 1)}
    first = min(v.start for v in code.versions)
    days |= {first + DAY * rng.randint(-400, (TODAY - first).days + 60) for _ in range(12)}
    return sorted(days)


def _around(code: TrueCode, day: date) -> list[TrueVersion]:
    """The version of a day with its neighbours; without one, those before and after."""
    version = code.on(day)
    if version is None:
        begun = [v for v in code.versions if v.start <= day]
        version = begun[-1] if begun else code.versions[0]
    return [v for v in (code.before(version), version, code.after(version)) if v is not None]


def kind_of(evidence: Evidence, day: date) -> str:
    """The situation that a cell stands for: the rarest that applies."""
    near = _around(evidence.code, day)
    numbers = {v.number for v in near}
    about = [s for s in evidence.sights if s.shown.number in numbers or s.shown.number < 0]
    traits = {trait for s in about for trait in s.taken.traits}
    tests = {
        "withdrawn": "withdrawn" in traits or any(n < 0 for n in evidence.untrue_days.values()),
        "correction": any(n in numbers for n in evidence.untrue_days.values()),
        "banner lost": "banner lost" in traits,
        "list cut": "cut" in traits,
        "suspended": any(s.shown.suspended for s in about),
        "circular": any(s.shown.via == "circular" for s in about),
        "undated": any(v.footless for v in near),
        "same day": any(v.until == v.start for v in near),
        "pre-2010": day <= EDITION_END and any(v.old_edition for v in near),
        "announcement": any(v.published <= day < v.start for v in near)
        or any(s.shown.start is not None and s.shown.start > s.taken.day for s in about),
        "unknown day": any(not s.taken.known for s in about),
        "reissue": any(v.ended and evidence.code.after(v) is not None for v in near),
        "ended": any(v.ended for v in near),
        "contents": any(s.shown.via == "contents" for s in about),
        "list": any(s.shown.via == "row" for s in about),
    }
    return next((kind for kind, applies in tests.items() if applies), "plain")


# ---------------------------------------------------------------- wrong answers


def fault_of(evidence: Evidence, day: date, answer: Answer, texts: Mapping[str, int]) -> str:
    """Why a definite answer is wrong; empty where it is right, excused or no definite answer.

    `texts`: the true version whose words each capture holds.
    """
    if answer.answer == "in_force":
        if evidence.suspended_on(day) and not evidence.is_of_another(answer.version):
            return "a page says that it is suspended"
        return _fault_in_force(evidence, day, answer, texts)
    if answer.answer == "ended":
        return _fault_ended(evidence, day, answer)
    if answer.answer in ("before_record", "not_yet"):
        return _fault_nothing(evidence, day)
    return ""


def has_caveat(answer: Answer) -> bool:
    return answer.as_last_seen is not None or (answer.version is not None and not answer.version.gap_vouched)


def _fault_in_force(evidence: Evidence, day: date, answer: Answer, texts: Mapping[str, int]) -> str:
    named = answer.version
    if named is None:
        return "in force without a version"
    truth = evidence.code.on(day)
    start = named.validity.effective_from
    if start is None:
        return _fault_of_unknown_start(evidence, day, answer, named, texts)
    if truth is not None and start == truth.start:
        return _fault_of_text(evidence, truth, named, texts) or _missing_caveat(evidence, day, truth, answer)
    if start in evidence.untrue_days and not any(v.start == start for v in evidence.code.versions):
        return "rests on a first day that was taken back" if evidence.is_taken_back(start) else ""
    meant = [v for v in evidence.code.versions if v.start == start]
    if not meant:
        return f"no version began on {start}"
    if start > day:
        return "begins after the day"
    unmarked = (v for v in meant if evidence.stands_unmarked(v, answer.as_last_seen or day))
    return _fault_of_older(evidence, day, answer, next(unmarked, meant[-1]), truth)


def _fault_of_older(
    evidence: Evidence, day: date, answer: Answer, meant: TrueVersion, truth: TrueVersion | None
) -> str:
    """A version that had been replaced, or had ended, is said to be in force."""
    told = _is_told(evidence, day, truth, meant)
    if told and not (truth and evidence.passes_for_another(truth, meant)):
        return told
    last = answer.as_last_seen
    if (
        last is not None
        and meant.until is not None
        and last >= meant.until
        and not evidence.stands_unmarked(meant, last)
    ):
        return f"as last seen on {last}, when it was no longer in force"
    if truth is not None and evidence.passes_for_its_start(truth):
        return ""
    # "as last seen on no known day" is a caveat too
    if (
        has_caveat(answer)
        or not answer.as_last_seen_exact
        or evidence.misled_by(meant)
        or (truth and evidence.says_later(truth, day))
    ):
        return ""
    return (
        "another version was in force, and there is no caveat"
        if truth
        else "it had ended, and there is no caveat"
    )


def _is_told(
    evidence: Evidence, day: date, truth: TrueVersion | None, meant: TrueVersion | None = None
) -> str:
    """What the captures tell of a day, against an answer that tells otherwise, or names the version `meant`."""
    if truth is not None:
        told = evidence.evident(truth, day, meant)
        return f"the captures show the version of {truth.start}" if told else ""
    over = evidence.code.ended_by(day)
    if over is None:
        return "nothing had begun"
    return f"the captures show that it ended on {over.until}" if over.number in evidence.ends_shown else ""


def _fault_of_unknown_start(
    evidence: Evidence, day: date, answer: Answer, named: Version, texts: Mapping[str, int]
) -> str:
    truth = evidence.code.on(day)
    shown = texts.get(named.text_capture or "")
    if truth is not None and shown in (None, truth.number):
        return ""
    if has_caveat(answer) or not answer.as_last_seen_exact:
        return _is_told(evidence, day, truth, evidence.version(shown) if shown is not None else None)
    if truth is None:
        return "nothing was in force"
    other = evidence.version(shown) if shown is not None else None
    if other is not None and evidence.stands_unmarked(other, day):
        return ""
    return f"shows the text of version {shown}"


def bound_fault_of(evidence: Evidence, day: date, answer: Answer) -> str:
    """Why the end of the version that a right answer names is wrong: in force until then, or ended on it."""
    named = answer.version
    truth = evidence.code.ended_by(day) if answer.answer == "ended" else evidence.code.on(day)
    if truth is None or named is None or answer.answer not in ("in_force", "ended"):
        return ""
    start, until = named.validity.effective_from, named.validity.effective_until
    if until is None or until == truth.until or start not in (None, truth.start):
        return ""
    if until in evidence.untrue_days:
        return f"ends on {until}, which was taken back" if evidence.is_taken_back(until) else ""
    if not _end_is_told(evidence, truth) and _may_hide(evidence, day, answer, until):
        return ""
    if truth.old_edition and until == EDITION_END and not evidence.is_marked_old(truth):
        return ""  # seen in force and never as old: nothing says that it ended before its edition did
    return f"ends on {until}, in truth on {truth.until}"


def _may_hide(evidence: Evidence, day: date, answer: Answer, until: date) -> bool:
    """Whether `until` is a true bound of another version, and a caveat says that others may have stood between."""
    true = {v.start for v in evidence.code.versions} | {v.until for v in evidence.code.versions}
    hedged = has_caveat(answer) or not answer.as_last_seen_exact
    return until in true and (hedged or (answer.answer == "ended" and _unseen_end(evidence, day)))


def _end_is_told(evidence: Evidence, version: TrueVersion) -> bool:
    after = evidence.code.after(version)
    if version.ended:
        return version.number in evidence.ends_shown
    return after is not None and after.number in evidence.dated


def _fault_of_text(evidence: Evidence, truth: TrueVersion, named: Version, texts: Mapping[str, int]) -> str:
    shown = texts.get(named.text_capture or "")
    if shown is None or shown == truth.number or named.other_texts:
        return ""  # a text in dispute is not quoted
    other = evidence.version(shown)
    if other is not None and (other.clauses == truth.clauses or evidence.stands_unmarked(other, truth.start)):
        return ""  # the same words, issued again; or a copy that lost its banner, and passes for the page in force
    if (
        other is not None
        and other.start == truth.start
        and not evidence.one_list_shows(other.number, truth.number)
    ):
        return ""  # two of one day, which nothing tells apart
    if other is not None and (evidence.passes_for(other, truth) or truth.number not in evidence.dated):
        return ""
    return f"shows the text of version {shown}"


def _missing_caveat(evidence: Evidence, day: date, truth: TrueVersion, answer: Answer) -> str:
    """A day after all on which captures show the version, and nothing is known to follow: that must be said."""
    seen = evidence.in_force_days.get(truth.number, ())
    named = answer.version
    if not seen or day <= max(seen) or has_caveat(answer) or evidence.misled_by(truth):
        return ""
    if named is not None and (named.validity.effective_until is not None or evidence.begun_later(day)):
        return ""
    if truth.ended and truth.number in evidence.ends_shown:
        return ""  # what followed is known, though perhaps not to the day
    return f"not said: as last seen on {max(seen)}"


def _fault_ended(evidence: Evidence, day: date, answer: Answer) -> str:
    truth = evidence.code.on(day)
    over = evidence.code.ended_by(day)
    if truth is not None:
        told = _is_told(evidence, day, truth)
        if told or has_caveat(answer) or not answer.as_last_seen_exact or evidence.says_later(truth, day):
            return told
        if _unseen_end(evidence, day) or _copy_is_linked(evidence, day):
            return ""
        return "a version was in force, and there is no caveat"
    if over is None:
        return "nothing had begun"
    return ""


def _unseen_end(evidence: Evidence, day: date) -> bool:
    """No known day could be named for a caveat: no live page and no contents show an end, and nothing known follows."""
    shown = any(s.shown.end is not None and s.shown.at_live and s.taken.known for s in evidence.sights)
    return not shown and not evidence.begun_later(day)


def _copy_is_linked(evidence: Evidence, day: date) -> bool:
    """The contents linked the copy of an ended version, and that address showed its end on `day` or later: it passes
    for the page in force, as in case 42, which accepts `ended` alone."""
    linked = {s.shown.address for s in evidence.sights if s.shown.via == "contents" and s.shown.end}
    return any(
        s.shown.via == "page"
        and s.shown.end
        and s.shown.address in linked
        and s.taken.known
        and s.taken.day >= day
        for s in evidence.sights
    )


def _fault_nothing(evidence: Evidence, day: date) -> str:
    truth = evidence.code.on(day)
    if truth is None and evidence.code.ended_by(day) is None:
        return ""
    return _is_told(evidence, day, truth)


# ---------------------------------------------------------------- phantoms


def phantoms_of(evidence: Evidence, history: History, texts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Versions listed that never were: the name of each, and why."""
    true_starts = Counter(v.start for v in evidence.code.versions)
    listed: Counter[date] = Counter()
    for version in history.versions:
        start = version.validity.effective_from
        if start is None:
            continue
        listed[start] += 1
        if start not in true_starts and start not in evidence.untrue_days:
            yield version.id, f"no version began on {start}"
        elif listed[start] > max(true_starts[start], 1) and not _may_be_two(evidence, start):
            yield version.id, f"{true_starts[start]} began on {start}"
    unlisted = [v for v in evidence.code.versions if listed[v.start] < true_starts[v.start]]
    for version in history.versions:
        if version.validity.effective_from is not None or evidence.untrue_days or evidence.made_way:
            continue
        if evidence.marked_old_too_soon or evidence.rows_do_not_tell_apart:
            continue
        shown = evidence.version(texts.get(version.text_capture or "", -1))
        if not unlisted:
            yield version.id, "all true versions are listed with their first days"
        elif shown is not None and listed[shown.start] >= true_starts[shown.start]:
            yield version.id, f"its text is that of the version listed as of {shown.start}"


def _may_be_two(evidence: Evidence, start: date) -> bool:
    """An edited copy may be taken for a second version of that day (history.md, section 3)."""
    begun = [v for v in evidence.code.versions if v.start == start]
    return start in evidence.untrue_days or any(v.edited or v.copy_clauses for v in begun)


# ---------------------------------------------------------------- one manual


@dataclass(frozen=True, slots=True)
class Cell:
    """An answer that was found wrong, doubtful or caveated."""

    seed: int
    code: str
    day: date | None
    kind: str
    fault: str
    answer: str
    truth: str


@dataclass(slots=True)
class Verdict:
    """The counts of one manual or of many, by kind."""

    manuals: int = 0
    cells: Counter[str] = field(default_factory=Counter)
    settled: Counter[str] = field(default_factory=Counter)
    wrong: list[Cell] = field(default_factory=list)
    bounds: list[Cell] = field(default_factory=list)
    """Right answers that state a wrong end of the version."""
    phantoms: list[Cell] = field(default_factory=list)
    doubtful: list[Cell] = field(default_factory=list)
    caveated: list[Cell] = field(default_factory=list)
    owed: int = 0
    """Settled cells whose version is followed by one that no list shows beside it: a caveat is due."""

    def add(self, other: Verdict) -> None:
        self.manuals += other.manuals
        self.cells += other.cells
        self.settled += other.settled
        self.wrong += other.wrong
        self.bounds += other.bounds
        self.phantoms += other.phantoms
        self.doubtful += other.doubtful
        self.caveated += other.caveated
        self.owed += other.owed


def judge(manual: Manual, captures: Sequence[Taken], program: Program, *, only: str = "") -> Verdict:
    """Every cell of one manual; codes whose lists print an error are left out."""
    verdict = Verdict(manuals=1)
    rng = Random(f"days {manual.seed}")
    for name, evidence in sorted(evidence_of(manual, captures).items()):
        days = days_of(evidence, rng)
        if evidence.code.lie or (only and name != only):
            continue
        texts = _texts(evidence)
        for day in days:
            _judge_cell(manual, evidence, day, program.answer(name, day), texts, verdict)
        history = program.history(name)
        for id, why in phantoms_of(evidence, history, texts) if history else ():
            verdict.phantoms.append(Cell(manual.seed, name, None, kind_of(evidence, TODAY), why, id, ""))
    return verdict


def _texts(evidence: Evidence) -> dict[str, int]:
    pages = (s for s in evidence.sights if s.shown.via == "page")
    return {hash_of(s.taken): s.shown.number for s in pages}


def _judge_cell(
    manual: Manual, evidence: Evidence, day: date, answer: Answer, texts: Mapping[str, int], verdict: Verdict
) -> None:
    kind = kind_of(evidence, day)
    verdict.cells[kind] += 1
    settled = evidence.settles(day)
    verdict.settled[kind] += settled is not None
    verdict.owed += settled is not None and evidence.owes_caveat(day)

    def cell(fault: str) -> Cell:
        code = evidence.code
        return Cell(manual.seed, code.code, day, kind, fault, describe(answer), describe_truth(code, day))

    fault = fault_of(evidence, day, answer, texts)
    if fault:
        verdict.wrong.append(cell(fault))
        return
    if bound := bound_fault_of(evidence, day, answer):
        verdict.bounds.append(cell(bound))
    if settled is not None and _is_doubt(settled, answer):
        verdict.doubtful.append(cell(settled.why))
    elif settled is not None and has_caveat(answer):
        verdict.caveated.append(cell(settled.why))


def _is_doubt(settled: Settled, answer: Answer) -> bool:
    """Whether an answer leaves open what one page settles, if only the first day of the version in force."""
    unnamed = answer.version is None or answer.version.validity.effective_from is None
    return answer.answer in DOUBTS or (settled.start is not None and unnamed)


def describe(answer: Answer) -> str:
    """An answer in a few words: `in_force@2018-01-01..2019-01-01 +gap +seen 2020-01-01`."""
    words: str = answer.answer
    if answer.version is not None:
        validity = answer.version.validity
        words += f"@{validity.effective_from}..{validity.effective_until or ''}"
        words += " +gap" * (not answer.version.gap_vouched)
    if answer.as_last_seen is not None:
        words += f" +seen {answer.as_last_seen}"
    return words + ("" if answer.as_last_seen_exact else "?")


def describe_truth(code: TrueCode, day: date) -> str:
    version, over = code.on(day), code.ended_by(day)
    if version is not None:
        return f"in force since {version.start}, until {version.until or 'further notice'}"
    return f"ended on {over.until}" if over is not None else "nothing yet"


def share(part: Iterable[object], whole: int) -> float:
    """In per cent."""
    return 100.0 * sum(1 for _ in part) / whole if whole else 0.0
