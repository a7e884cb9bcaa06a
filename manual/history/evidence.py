"""Step 0: how much each statement about a code counts, before statements are assigned to versions.

Some statements mean less, or more, than they print: a date that the capture cannot have known, an old-mark on a page
that is yet to begin, a page of the edition that ended as a whole. This module decides that, once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from manual.dates import in_words, printed
from manual.history.drafts import StatementSeen, is_dated, own_start, surely_ended
from manual.model import Code, Finding, Seen, Sha256, SitePath, StartClaim, Statement

FAR_AHEAD = timedelta(days=5 * 366)
"""A start so long after the capture that the page can't have known it (rule 4). Instructions are announced days or
months before they begin; `Effective 05/06/2106` for 2016 was met."""

_TWO_DIGIT_YEAR = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}")  # 05/06/30


def understood(
    code: Code, said: Iterable[StatementSeen], findings: list[Finding], edition_ended: date | None
) -> list[StatementSeen]:
    """The statements as they count, each once, in an order independent of the order of loading."""
    near = [kept for item in set(said) if (kept := _without_far_days(item, code, findings)) is not None]
    near = [_unless_misprinted(item) for item in _rows_of_the_edition(near, edition_ended)]
    lists = _ListsLater(near)
    plain = {lists.seen_through(_of_its_edition(_unless_announced(item), edition_ended)) for item in near}
    return sorted(_without_echoes(plain), key=said_key)


def _without_far_days(item: StatementSeen, code: Code, findings: list[Finding]) -> StatementSeen | None:
    """The statement without starts too long after its capture; None for a row that states nothing else."""
    st, seen = item
    far = [claim for claim in st.starts if _is_too_late(claim, seen)]
    if not far:
        return item
    for claim in far:
        message = (
            f"the start {claim.raw or printed(claim.day)} lies far after the capture ({in_words(seen.day)})"
        )
        findings.append(
            Finding("warning", "start_far_ahead", message, code, seen.capture, claim.locator or st.locator)
        )
    starts = tuple(claim for claim in st.starts if claim not in far)
    return (replace(st, starts=starts), seen) if starts or st.ends or st.kind == "page" else None


def _unless_misprinted(item: StatementSeen) -> StatementSeen:
    """A row under another code may be about this one or not, so that what it ends may have ended or not (rule 18)."""
    st, seen = item
    doubted = (end._replace(kind="unclear") if end.kind == "end" else end for end in st.ends)
    return (replace(st, ends=tuple(doubted)), seen) if st.misprinted else item


def _is_too_late(claim: StartClaim, seen: Seen) -> bool:
    """Whether a day lies too long after the capture. A two-digit year never lies after it: `05/06/30` has no valid
    year."""
    if claim.day > seen.day + FAR_AHEAD:
        return True
    return claim.day > seen.day and _TWO_DIGIT_YEAR.fullmatch(claim.raw.strip("() ")) is not None


def _unless_announced(item: StatementSeen) -> StatementSeen:
    """The statement with an old-mark for a date in brackets, unless that day was in the future when the page was
    saved."""
    st, seen = item
    to_come = st.starts and seen.exact and min(claim.day for claim in st.starts) > seen.day
    return (replace(st, shown_as_old=False), seen) if st.shown_as_old and to_come else item


def _of_its_edition(item: StatementSeen, edition_ended: date | None) -> StatementSeen:
    """Assign what was seen before an edition ended as a whole to that edition (rule 12). Its pages saved later have a
    banner; if the capture lost the banner, the page may have been replaced or may have been the last version."""
    st, seen = item
    if edition_ended is not None and seen.exact and seen.day < edition_ended:
        return replace(st, edition="pre-2010"), seen
    lost_its_banner = st.kind == "page" and st.edition and not st.ends and not st.shown_as_old
    return (replace(st, shown_as_old=True), seen) if lost_its_banner else item


def _rows_of_the_edition(said: Sequence[StatementSeen], edition_ended: date | None) -> list[StatementSeen]:
    """Assign what a page of the pre-2010 edition shows as begun before that edition's end to the edition too."""
    if edition_ended is None:
        return list(said)
    of_edition = {seen.capture for st, seen in said if st.kind == "page" and st.edition}
    return [
        (replace(st, edition="pre-2010"), seen)
        if seen.capture in of_edition and _begins_before(st, edition_ended)
        else (st, seen)
        for st, seen in said
    ]


def _begins_before(st: Statement, day: date) -> bool:
    return bool(st.starts) and all(claim.day < day for claim in st.starts)


MISPRINTED_BY = timedelta(days=31)
"""A page in force whose foot lies this little before a version that it lists as previous is misprinted (WF2.5: three
days, rule 18). One that lists later versions is an archived page whose banner the capture lost (rule 15)."""


class _ListsLater:
    """Marks pages without a banner as archived if they list several versions begun or ended after their own start."""

    def __init__(self, said: Iterable[StatementSeen]) -> None:
        self._days: dict[tuple[Sha256, date], list[date]] = defaultdict(list)
        for st, seen in said:
            if st.kind == "listed":
                days = [claim.day for claim in st.starts] + [
                    end.day for end in st.ends if end.day is not None
                ]
                self._days[seen.capture, seen.day] += days[:1]

    def seen_through(self, item: StatementSeen) -> StatementSeen:
        st, seen = item
        if st.kind != "page" or not is_dated(st) or st.ends:
            return item
        own = own_start(st) + MISPRINTED_BY
        later = [day for day in self._days[seen.capture, seen.day] if day > own]
        # a single later row may itself be a misprint
        return (replace(st, shown_as_old=True), seen) if len(later) > 1 else item


def _without_echoes(said: Iterable[StatementSeen]) -> list[StatementSeen]:
    """Keep one of equal lines that name the page in force on one day: every page of a section repeats them."""
    kept: dict[tuple[object, ...], StatementSeen] = {}
    for item in said:
        st, seen = item
        key: tuple[object, ...] = item
        if is_mention(st) and st.kind in ("neighbour", "listed"):
            key = (seen.day, seen.exact, st.kind, st.title, st.address)
        if key not in kept or said_key(item) < said_key(kept[key]):
            kept[key] = item
    return list(kept.values())


def is_mention(st: Statement) -> bool:
    """Whether a page, row or line states neither a start nor an end and shows nothing as old."""
    return (
        st.kind in ("page", "listed", "neighbour", "contents")
        and not st.ends
        and not st.shown_as_old
        and not is_dated(st)
    )


def said_key(item: StatementSeen) -> tuple[object, ...]:
    """Sort key for a total order, so that nothing depends on the order of loading."""
    st, seen = item
    return seen.day, seen.capture, seen.exact, st.kind, st.position, st.locator, repr(st)


class LiveAddress:
    """The address of the instruction in force (rule 17): the one that contents or lists link without a date.

    If no line links one, it may be any address that shows no old-mark.
    """

    def __init__(self, said: Sequence[StatementSeen], edition_ended: date | None) -> None:
        self._edition_ended = edition_ended
        self._links = [
            (seen.day, st.address)
            for st, seen in said
            if st.address is not None and seen.exact and _links_live(st)
        ]
        self._on_unknown_days = frozenset(
            st.address for st, seen in said if st.address is not None and not seen.exact and _links_live(st)
        )
        self._with_banner = frozenset(
            (seen.capture, seen.day) for st, seen in said if st.kind == "page" and st.shown_as_old
        )
        self._listed = [
            (seen.day, st.address)
            for st, seen in said
            if st.kind == "listed" and seen.exact and (st.shown_as_old or st.ends)
        ]

    def named(self, day: date) -> frozenset[SitePath]:
        """The addresses linked on the last day up to `day` with links, else on the first one after it; where no known
        day has any, those linked on unknown ones."""
        if not self._links:
            return self._on_unknown_days
        before = sorted({linked for linked, _ in self._links if linked <= day}, reverse=True)
        after = sorted({linked for linked, _ in self._links if linked > day})
        for nearest in before or after[:1]:
            # a list may show later that the address now has an old version
            old = {address for listed, address in self._listed if nearest < listed <= day}
            named = frozenset(address for linked, address in self._links if linked == nearest) - old
            if named:
                return named
        return frozenset()

    def was_linked_by(self, day: date) -> bool:
        """Whether a line or row of a known day up to `day` links the page in force."""
        return any(linked <= day for linked, _ in self._links)

    def is_copy(self, st: Statement, seen: Seen) -> bool:
        """Whether a page bears the mark of an old version, and no line or row links it as the page in force: it has an
        archived address, though the end that it prints be its own."""
        return (seen.capture, seen.day) in self._with_banner and st.address not in self.named(seen.day)

    def is_elsewhere(self, address: SitePath | None, day: date) -> bool:
        """Whether, on the day nearest to `day`, another address is linked as that of the page in force."""
        named = self.named(day)
        return address is not None and bool(named) and address not in named

    def may_be(self, address: SitePath | None, day: date, archived: Mapping[SitePath | None, date]) -> bool:
        """Whether `address` may have shown the instruction in force on `day`. `archived`: the last day on which each
        address was shown to hold an old version.

        Before the edition of 2010 ceased, old texts kept their address and new ones got another (rule 3), so an
        archived address may have been the live one then.
        """
        if address is None:
            return True
        if any(address not in named for named in self._surely_named(day)):
            return False
        in_old_edition = self._edition_ended is not None and day < self._edition_ended
        return in_old_edition or archived.get(address, date.min) < day

    def _surely_named(self, day: date) -> Iterator[frozenset[SitePath]]:
        """The addresses linked on `day` itself, or equally on the nearest days before and after it: an instruction that
        was issued again may have got another address."""
        if any(linked == day for linked, _ in self._links):
            yield self.named(day)
            return
        after = min((linked for linked, _ in self._links if linked > day), default=None)
        before = any(linked < day for linked, _ in self._links)
        if before and after is not None and self.named(day) == self.named(after):
            yield self.named(day)


def _links_live(st: Statement) -> bool:
    """Whether a line or row links the address of the page in force: it has no date, or is the contents line of a code
    that ended."""
    return (st.kind != "page" and is_mention(st)) or (
        st.kind == "contents" and bool(st.ends) and not st.shown_as_old
    )


def was_seen_in_force(st: Statement, seen: Seen) -> bool:
    """Whether a statement shows a version as in force on the day it was seen, apart from its address."""
    return (
        seen.exact
        and not st.shown_as_old
        and is_dated(st)
        and own_start(st) <= seen.day
        and not surely_ended(st.ends, seen.day)
    )
