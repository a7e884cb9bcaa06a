"""Drafts of versions: each collects the statements about one version, then its possible starts and ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from manual.model import Basis, EndClaim, Seen, Sha256, SitePath, StartClaim, Statement

ONE_DAY = timedelta(days=1)

RANK: Mapping[Basis, int] = {
    "text": 0,
    "note": 1,
    "revocation": 1,
    "edition": 1,
    "foot": 2,
    "circular": 3,
    "suffix": 4,
    "listed": 5,
    "successor": 7,
    "dispute": 8,
}
"""Rule 6: the body's own words rank above the foot, the foot above a suffix, a suffix above another page's list. The
banner of the edition that ceased is words: its page was the last one (rule 12)."""

PUBLISHED_AHEAD = timedelta(days=92)
"""How long before its first day a version may be published, so that the one before it is marked as old already."""

StatementSeen = tuple[Statement, Seen]


@dataclass(frozen=True, slots=True, order=True)
class Starts:
    """A possible start: some day from `lo` to `hi`, both included. `lo` None: no lower bound is known."""

    lo: date | None
    hi: date

    @property
    def is_day(self) -> bool:
        return self.lo == self.hi

    def may_lie_outside(self, after: date, until: date) -> bool:
        """Whether it may lie outside the days from `after` (excluded) to `until` (included)."""
        return self.lo is None or self.lo <= after or self.hi > until


Ending = Literal["ended", "unseen", "suspended", "unclear", "unplaced"]
"""`ended`: the pages say that it ended. `unseen`: it was shown as old, and no page says by what it was replaced, or
whether by anything. `suspended`: neither plainly in force nor ended. `unclear`: words that may end it or not.
`unplaced`: a mark that may be that of another version."""


@dataclass(frozen=True, slots=True)
class End:
    """A possible end: the first day without force is some day from `lo` to `hi`. `hi` None: it may never end."""

    lo: date
    hi: date | None
    basis: Basis
    kind: Ending = "ended"
    lifted: date | None = None
    """Of a suspension: the first known day on which its page says nothing of it any more."""

    def doubts(self, day: date) -> bool:
        """Whether `day` is one of those that a suspension, or unclear words, leave open."""
        return self.lo <= day and (self.lifted is None or day < self.lifted)

    @property
    def is_day(self) -> bool:
        return self.lo == self.hi


@dataclass(frozen=True, slots=True)
class Again:
    """Days from `lo` (included) to `until` (excluded; None: for ever) on which a draft may be in force although its
    other readings say that it was replaced or had ended, because a capture shows it in force."""

    lo: date
    until: date | None
    why: str

    def covers(self, day: date) -> bool:
        return self.lo <= day and (self.until is None or day < self.until)


@dataclass(slots=True, eq=False)
class VersionDraft:
    """A version being derived: the statements about it, then its readings."""

    edition_ended: date | None
    """The first day without the edition that ceased as a whole; None: no edition did."""
    said: list[StatementSeen] = field(default_factory=list)
    addresses: set[SitePath] = field(default_factory=set)
    pinned: set[SitePath] = field(default_factory=set)
    """Addresses at which it stands as an old version, for good (rule 3)."""
    claims: set[StartClaim] = field(default_factory=set)
    titled: list[StatementSeen] = field(default_factory=list)
    """What is taken to speak of it by its title or the live address alone: it adds no day (rule 28)."""
    called_otherwise: set[str] = field(default_factory=set)
    """Titles that circulars print beside a day near its own, which was seen on no known day: its own or another's."""
    may_have_ended: list[StatementSeen] = field(default_factory=list)
    """Marks of ending without a day that may speak of it or of another version (rule 10)."""
    places: set[Starts] = field(default_factory=set)
    """Where a list that prints its date twice places it (rule 18)."""
    late_starts: set[Starts] = field(default_factory=set)
    """When it began if the first day that its page states is wrong: its words end it after the next version began."""
    before: list[VersionDraft] = field(default_factory=list)
    """Drafts that surely came before this one, even where their dates say otherwise."""
    next_in_list: list[VersionDraft] = field(default_factory=list)
    """Drafts that a whole list shows right after it: nothing began between the two."""
    announced_next: list[VersionDraft] = field(default_factory=list)
    """The same for drafts that had not begun when the list was seen."""
    optional: bool = False
    """It may never have existed: a misprinted row, or an announcement whose outcome is unknown."""
    perhaps_announced: bool = False
    """It was seen only before its first day, and what its address showed later leaves open whether it began."""
    open_start: bool = False
    """An end was joined to it although it may never have begun: then a version of unknown start ended so."""
    withdrawn: bool = False
    """It was announced and never began (rule 17)."""
    marks_void: set[tuple[Sha256, date]] = field(default_factory=set)
    """Captures whose old-marks do not count: they announced a version that was taken back, or the same address showed
    this version in force later."""
    in_force: set[date] = field(default_factory=set)
    """Known days on which a capture shows it in force at the address of the page in force."""
    contested: set[date] = field(default_factory=set)
    """Those of them that stand against a newer version."""
    starts: tuple[Starts, ...] = ()
    endings: tuple[End, ...] = ()
    """What may have ended it: one of these did, at the latest on its last day (a `hi` of None never comes)."""
    goes_on: bool = True
    """In some reading none of the endings is true."""
    doubts: tuple[End, ...] = ()
    """Suspensions and unclear words: from these days on it may not be in force although nothing ended it."""
    cap: End | None = None
    """The end of its whole edition."""
    again: list[Again] = field(default_factory=list)
    loose_end: bool = False
    """Its end was joined to it by its title alone, or is that of its edition although it was already replaced."""
    ends_seen: set[date] = field(default_factory=set)
    """Known days on which the page in force or the contents showed its end."""
    ends_shown: set[date] = field(default_factory=set)
    """The same with pages that may be the one in force: up to these days nothing is known of what came after."""
    _best: list[StartClaim] = field(default_factory=list)
    _counted: int = -1

    def add(self, statement: Statement, seen: Seen, *, old: bool | None = None) -> None:
        is_old = statement.shown_as_old if old is None else old
        self.said.append((replace(statement, shown_as_old=is_old), seen))
        self.claims.update(c for c in statement.starts if not c.unclear)
        if statement.address is not None and statement.kind != "claim":
            self.addresses.add(statement.address)
            if is_old:
                self.pinned.add(statement.address)

    @property
    def joined(self) -> set[date]:
        """Known days on which something identified with it only by title or address was seen in force (rule 28)."""
        return {
            seen.day
            for _, seen in self.titled
            if seen.exact and (self.start is None or self.start <= seen.day)
        }

    @property
    def sights(self) -> set[date]:
        """The known days on which it counts as in force, including its first day."""
        return {*self.in_force, *self.joined, *([self.start] if self.start else [])}

    @property
    def uncontested(self) -> set[date]:
        """The known days on which it was seen in force and nothing stands against that."""
        return self.in_force - self.contested

    @property
    def last_sight(self) -> date | None:
        return max(self.sights, default=None)

    @property
    def first_seen(self) -> date | None:
        """The first known day of a statement about it."""
        return min((seen.day for _, seen in self.said if seen.exact), default=None)

    @property
    def best_claims(self) -> list[StartClaim]:
        """The strongest claims of its start. Different days among them are a dispute.

        At an archived address a later capture outranks an earlier one. A page of unknown day neither outweighs one of a
        known day nor gives way to it, unless it is of a weaker kind: both count. Computed again only after a statement
        was added or removed.
        """
        if self._counted != len(self.said):
            told = _newest_of_each_archived_address(self)
            known = _strongest(claim for claim, seen in told if seen.exact)
            of_all = _strongest(claim for claim, _ in told)
            self._best, self._counted = sorted({*known, *of_all}), len(self.said)
        return self._best

    @property
    def strength(self) -> tuple[bool, int]:
        """Strength of the strongest statement of its start (see `strength_of`)."""
        stated = [
            strength_of(claim.basis, seen)
            for st, seen in self.said
            for claim in st.starts
            if not claim.unclear
        ]
        return min(stated)

    @property
    def start(self) -> date | None:
        """The day of the best claim; None if no statement gives its first day."""
        best = self.best_claims
        return best[0].day if best else None

    @property
    def place_on_its_day(self) -> int:
        """The number of versions with the same first day that certainly came before it."""
        return sum(other.start == self.start for other in self.before)

    @property
    def days(self) -> set[date]:
        return {c.day for c in self.claims}

    @property
    def ends(self) -> list[EndClaim]:
        return [end for st, _ in self.said for end in st.ends]

    @property
    def states_its_end(self) -> bool:
        """Whether a statement that is certainly about this version states its end."""
        return any(
            end.basis != "edition" and end.kind != "suspension"
            for st, _ in self.said
            for end in st.ends
            if st.starts or st.address in self.pinned
        )

    @property
    def old_by(self) -> date | None:
        """The first known day on which a capture shows it as an old version."""
        return min((seen.day for _, seen in self.old_marks if seen.exact), default=None)

    @property
    def is_old(self) -> bool:
        """Whether any capture, of known day or not, shows it as an old version."""
        return bool(self.old_marks)

    @property
    def old_marks(self) -> list[StatementSeen]:
        """The statements that show it as old. A mark does not count if a page at its own address states a later end (it
        was marked for an announced version that was postponed or withdrawn, rule 17), or if it was seen before its own
        first day; nor does a row's if any page states a later end."""
        start = self.start or date.min
        stated = [
            (st.address, day, when.day if when.exact else date.max)
            for st, when in self.pages
            if st.starts and (day := last_end(end for end in st.ends if end.kind == "end")) is not None
        ]

        def counts(st: Statement, seen: Seen) -> bool:
            if not st.shown_as_old or st.misprinted or (seen.capture, seen.day) in self.marks_void:
                return False
            stood = any(
                seen.day < day and seen.day <= told
                for address, day, told in stated
                if st.kind != "page" or address == st.address
            )
            return not seen.exact or not (stood or seen.day < start)

        return [item for item in self.said if counts(*item)]

    @property
    def only_listed(self) -> bool:
        return all(c.basis == "listed" for c in self.claims)

    @property
    def pages(self) -> list[StatementSeen]:
        return [(st, seen) for st, seen in self.said if st.kind == "page"]

    def newest_at_each_address(self, states: Callable[[Statement], bool]) -> list[StatementSeen]:
        """The statements about it, without those of an address from before the last known day on which the address
        `states` something."""
        newest: dict[SitePath, date] = {}
        for st, seen in self.pages:
            if seen.exact and st.address and states(st):
                newest[st.address] = max(seen.day, newest.get(st.address, seen.day))
        return [
            (st, seen)
            for st, seen in self.said
            if st.kind != "page" or not st.address or newest.get(st.address, seen.day) <= seen.day
        ]

    @property
    def digests(self) -> set[str]:
        return {st.text_digest for st, _ in self.said if st.text_digest}

    @property
    def known(self) -> bool:
        """Whether some statement about it was seen on a known day."""
        return any(seen.exact for _, seen in self.said)

    @property
    def stated(self) -> tuple[date, ...]:
        """The days by which a finding names this version."""
        return tuple(sorted(self.days | {end.day for end in self.ends if end.day is not None}))

    @property
    def of_edition(self) -> bool:
        """Whether it was seen as part of the edition that ended as a whole (rule 12)."""
        return any(st.edition or any(end.basis == "edition" for end in st.ends) for st, _ in self.said)

    def ceased_with_edition(self, day: date) -> bool:
        """Whether it is out of force on `day` because its whole edition ended (rule 12): it was seen as part of that
        edition, or its page states an earlier start and was not seen since. What the next edition shows, be it as old,
        went over into it."""
        ended = self.edition_ended
        if ended is None or day < ended or any(claim.day >= ended for claim in self.best_claims):
            return False
        if self.of_edition:
            return True
        start = self.start
        if start is None or not self.pages:
            return False
        since = any(seen.day >= ended if seen.exact else st.shown_as_old for st, seen in self.pages)
        return not since and not any(b.start is not None and b.start > start for b in self.before)

    def over_by(self, day: date) -> bool:
        """Whether, by every reading of some end, it is out of force on `day`."""
        return any(is_over(st.ends, seen, day) for st, seen in self.said)

    def may_be_over_by(self, day: date) -> bool:
        """Whether it may have ended by `day`: by words seen by then that can be read both ways, or by a mark that may
        belong to another version."""
        return any(seen.day <= day for _, seen in self.may_have_ended) or any(
            end.kind == "unclear" and (end.day or day) <= day and (seen.day <= day or not seen.exact)
            for st, seen in self.said
            for end in st.ends
        )

    def begun_by(self, day: date) -> bool:
        """Whether it may have begun by `day`."""
        start = self.start
        return start is not None and start <= day and not self.withdrawn


def strength_of(basis: Basis, seen: Seen) -> tuple[bool, int]:
    """Strength of a statement, smaller is stronger: known days before unknown ones, then by kind."""
    return not seen.exact, RANK[basis]


def _strongest(claims: Iterable[StartClaim]) -> list[StartClaim]:
    found = list(claims)
    best = min((RANK[c.basis] for c in found), default=0)
    return [c for c in found if RANK[c.basis] == best]


def _newest_of_each_archived_address(draft: VersionDraft) -> list[tuple[StartClaim, Seen]]:
    """Its claims of a start. For an archived page, only those of the last known day on which it was seen, if any."""
    said = draft.newest_at_each_address(lambda st: st.address in draft.pinned and bool(st.starts))
    known = {st.address for st, seen in draft.pages if seen.exact and st.starts} & draft.pinned
    return [
        (claim, seen)
        for st, seen in said
        if seen.exact or st.address not in known
        for claim in st.starts
        if not claim.unclear
    ]


def is_dated(st: Statement) -> bool:
    """Whether a statement clearly states a first day."""
    return any(not claim.unclear for claim in st.starts)


def own_start(st: Statement) -> date:
    """The strongest start that a statement states (rule 6)."""
    return min((c for c in st.starts if not c.unclear), key=lambda c: (RANK[c.basis], c.day)).day


def surely_ended(ends: Iterable[EndClaim], day: date) -> bool:
    """Whether, by every reading of some end, the instruction is out of force on `day`."""
    return any(
        end.kind == "end"
        and (end.day is None or (end.day <= day if end.reading == "excluded" else end.day < day))
        for end in ends
    )


def is_over(ends: Iterable[EndClaim], seen: Seen, day: date) -> bool:
    """Whether, by every reading of some end seen on `seen`, it is out of force on `day`. An end without a day counts
    from the day it was seen."""
    return any(
        surely_ended([end], day) and (end.day is not None or (seen.exact and seen.day <= day)) for end in ends
    )


def first_without(end: EndClaim) -> date:
    """The first day without force for an end with a day; for an ambiguous "to D", the earlier of the two."""
    assert end.day is not None
    return end.day + ONE_DAY if end.reading == "included" else end.day


def last_end(ends: Iterable[EndClaim]) -> date | None:
    return max((end.day for end in ends if end.day is not None), default=None)


def has_title(draft: VersionDraft, st: Statement) -> bool:
    """Whether `draft` has the title of `st`. A shortened title matches any title that begins like it."""
    wanted = plain(st.title)
    for said, _ in (*draft.said, *draft.titled):
        have = plain(said.title)
        if not have:
            continue
        if have == wanted:
            return True
        shorter, longer = sorted((have, wanted), key=len)
        if shorter and (st.title_truncated or said.title_truncated) and longer.startswith(shorter):
            return True
    return False


def has_other_words(draft: VersionDraft, page: Statement) -> bool:
    """Whether the words of a page are none of those of `draft`; not if either has none."""
    return bool(page.text_digest and draft.digests) and page.text_digest not in draft.digests


def plain(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold()))


class VersionDrafts(list[VersionDraft]):
    """The drafts of all versions of one code."""

    def __init__(self, edition_ended: date | None) -> None:
        super().__init__()
        self.edition_ended = edition_ended
