"""The making of a version: a draft gathers all that was said of it, then gets its readings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from manual.model import (
    Basis,
    EndClaim,
    Seen,
    SitePath,
    StartClaim,
    Statement,
)

ONE_DAY = timedelta(days=1)


RANK: Mapping[Basis, int] = {
    "text": 0,
    "note": 1,
    "revocation": 2,
    "foot": 3,
    "circular": 4,
    "suffix": 5,
    "listed": 6,
    "edition": 7,
    "successor": 8,
    "dispute": 9,
}
"""Rule 6: the body's own words rank above the foot, the foot above a suffix, a suffix above another page's list."""


Said = tuple[Statement, Seen]


@dataclass(frozen=True, slots=True, order=True)
class Starts:
    """The start lies on one of the days `lo` to `hi`, both included; `lo` None: no lower bound is known."""

    lo: date | None
    hi: date

    @property
    def is_day(self) -> bool:
        return self.lo == self.hi

    def may_lie_outside(self, after: date, until: date) -> bool:
        """Whether some day of it lies outside `after` (excluded) to `until` (included)."""
        return self.lo is None or self.lo <= after or self.hi > until


@dataclass(frozen=True, slots=True)
class End:
    """The first day without force lies on one of the days `lo` to `hi`. `unseen`: replaced by something unknown."""

    lo: date
    hi: date
    basis: Basis
    unseen: bool = False


@dataclass(slots=True, eq=False)
class Draft:
    """A version in the making: all that was said of it, then its readings."""

    said: list[Said] = field(default_factory=list)
    addresses: set[SitePath] = field(default_factory=set)
    pinned: set[SitePath] = field(default_factory=set)
    """Addresses at which it stands as an old version, for good (rule 3)."""
    claims: set[StartClaim] = field(default_factory=set)
    ends: set[EndClaim] = field(default_factory=set)
    superseded_by: date | None = None
    """The first day on which a capture shows it as an old version."""
    places: set[Starts] = field(default_factory=set)
    """Where a list that prints its date twice places it (rule 18)."""
    before: list[Draft] = field(default_factory=list)
    """Drafts that a list on the page in force calls earlier than this one."""
    vouched: set[date] = field(default_factory=set)
    starts: tuple[Starts, ...] = ()
    endings: tuple[End, ...] = ()
    _start: date | None = None
    _counted: int = -1

    def add(self, statement: Statement, seen: Seen, *, old: bool | None = None) -> None:
        is_old = statement.shown_as_old if old is None else old
        self.said.append((statement, seen))
        self.claims.update(statement.starts)
        self.ends.update(statement.ends)
        if statement.address is not None:
            self.addresses.add(statement.address)
            if is_old:
                self.pinned.add(statement.address)
        if is_old and (self.superseded_by is None or seen.day < self.superseded_by):
            self.superseded_by = seen.day

    @property
    def best_claims(self) -> list[StartClaim]:
        """The claims of the strongest basis present; more than one day among them is a dispute."""
        if not self.claims:
            return []
        best = min(RANK[c.basis] for c in self.claims)
        return sorted(c for c in self.claims if RANK[c.basis] == best)

    @property
    def start(self) -> date | None:
        """The best claim's day; worked out again only when a claim was added."""
        if self._counted != len(self.claims):
            best = self.best_claims
            self._start, self._counted = (best[0].day if best else None), len(self.claims)
        return self._start

    @property
    def days(self) -> set[date]:
        return {c.day for c in self.claims}

    @property
    def only_listed(self) -> bool:
        return all(c.basis == "listed" for c in self.claims)

    @property
    def pages(self) -> list[Said]:
        return [(st, seen) for st, seen in self.said if st.kind == "page"]

    @property
    def digests(self) -> set[str]:
        return {st.text_digest for st, _ in self.said if st.text_digest}

    @property
    def titles(self) -> list[str]:
        return [st.title for st, _ in self.said if st.title]


def surely_ended(draft: Draft, day: date) -> bool:
    """Whether by every reading of some end it is out of force on `day`."""
    return any(e.day <= day if e.reading == "excluded" else e.day < day for e in draft.ends)


def has_title(draft: Draft, st: Statement) -> bool:
    wanted = plain(st.title)
    for title in draft.titles:
        have = plain(title)
        if have == wanted:
            return True
        shorter, longer = sorted((have, wanted), key=len)
        if (st.title_truncated or any(s.title_truncated for s, _ in draft.said)) and longer.startswith(
            shorter
        ):
            return True
    return False


def plain(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold()))


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What a day may come to over all readings: indices of drafts, and whether nothing may have begun."""

    alive: tuple[int, ...]
    ended: tuple[int, ...]
    unseen: tuple[int, ...]
    nothing: bool
