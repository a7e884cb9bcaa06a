"""From statements to versions: a pure function, and the one place that decides what was in force.

An answer is given only if *every* reading of the pages gives it. Each version has one or more possible
starts and ends (`_Starts`, `_End`: days, or intervals where a page fixes only the order of things). A day's
*outcomes* are the versions that are the latest to have started, and have not ended, in at least one choice of
readings. One outcome is an answer; several are `disputed`, with the candidates and the reasons.

The steps, in order:

1. `_merge_pages`, `_place_rows`: which statements speak of the same version (a *draft*).
2. `_settle_undated`: what pages and lines without a date may be taken for.
3. `_settle_starts`, `_settle_ends`: the readings of each draft.
4. `_spans`: the outcomes of every run of days between two readings' bounds.

Rule numbers in comments are those of the project's notes on dates; ARCHITECTURE.md lists them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from manual.dates import in_words, printed, require_day
from manual.errors import HistoryConflict
from manual.model import (
    Answer,
    AnswerWord,
    Basis,
    Code,
    EndClaim,
    Finding,
    History,
    Link,
    Seen,
    SitePath,
    Span,
    StartClaim,
    Statement,
    Validity,
    Version,
    VersionId,
)

__all__ = ["history_of", "in_force_on", "links_between"]

ONE_DAY = timedelta(days=1)
RANK: Mapping[Basis, int] = {
    "text": 0,
    "note": 1,
    "revocation": 2,
    "foot": 3,
    "suffix": 4,
    "listed": 5,
    "edition": 6,
    "successor": 7,
    "dispute": 8,
}
"""Rule 6: the body's own words rank above the foot, the foot above a suffix, a suffix above another page's list."""

EDITION_CEASED: Mapping[str, date] = {"pre-2010": date(2010, 11, 29)}
"""Rule 12: what an edition says of itself."""

Said = tuple[Statement, Seen]


@dataclass(frozen=True, slots=True, order=True)
class _Starts:
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
class _End:
    """The first day without force lies on one of the days `lo` to `hi`. `unseen`: replaced by something unknown."""

    lo: date
    hi: date
    basis: Basis
    unseen: bool = False


@dataclass(slots=True, eq=False)
class _Draft:
    """A version in the making: all that was said of it, then its readings."""

    said: list[Said] = field(default_factory=list)
    addresses: set[SitePath] = field(default_factory=set)
    pinned: set[SitePath] = field(default_factory=set)
    """Addresses at which it stands as an old version, for good (rule 3)."""
    claims: set[StartClaim] = field(default_factory=set)
    ends: set[EndClaim] = field(default_factory=set)
    superseded_by: date | None = None
    """The first day on which a capture shows it as an old version."""
    places: set[_Starts] = field(default_factory=set)
    """Where a list that prints its date twice places it (rule 18)."""
    before: list[_Draft] = field(default_factory=list)
    """Drafts that a list on the page in force calls earlier than this one."""
    vouched: set[date] = field(default_factory=set)
    starts: tuple[_Starts, ...] = ()
    endings: tuple[_End, ...] = ()
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


# ---------------------------------------------------------------- the whole


def history_of(code: Code, said: Iterable[Said]) -> History:
    """The history of `code` from all that captures say of it; order and repetition of `said` change nothing.

    Raises HistoryConflict if a statement is about another code.
    """
    ordered = sorted(_without_echoes({(_with_edition_end(st), seen) for st, seen in said}), key=_said_key)
    for statement, _ in ordered:
        if statement.code != code:
            raise HistoryConflict(f"a statement about {statement.code} was given for the history of {code}")
    findings: list[Finding] = []
    drafts = _merge_pages(ordered, findings)
    _place_rows(drafts, ordered, code, findings)
    _settle_undated(drafts, ordered, code, findings)
    _note_order(drafts, ordered)
    _apply_revocations(drafts, ordered, code, findings)
    _vouch(drafts, code, findings)
    _settle_starts(drafts, code, findings)
    _settle_ends(drafts, code, findings)
    drafts.sort(key=_draft_order)
    ids = _name_versions(code, drafts)
    spans = _spans(drafts, ids)
    versions = _versions(code, drafts, ids, spans, findings)
    last = _last_seen(ordered, drafts)
    return History(
        code=code,
        versions=versions,
        spans=spans,
        findings=tuple(sorted(set(findings), key=_finding_key)),
        links=_moves(code, ordered),
        last_seen=last[0] if last else None,
        last_seen_exact=last[1] if last else True,
    )


def _with_edition_end(st: Statement) -> Statement:
    """A page of an edition that ceased as a whole ends with it, if nothing else ended it sooner (rule 12)."""
    if st.kind != "page" or not st.edition or st.ends:
        return st
    return replace(st, ends=(EndClaim(EDITION_CEASED[st.edition], "edition", "excluded"),))


def _without_echoes(said: Iterable[Said]) -> list[Said]:
    """One of all lines that name the page in force alike on one day: every page of a section repeats them."""
    kept: dict[tuple[object, ...], Said] = {}
    for item in said:
        st, seen = item
        if st.kind == "neighbour" or (st.kind == "listed" and not st.starts and not st.ends):
            key: tuple[object, ...] = (
                seen.day,
                seen.exact,
                st.kind,
                st.title,
                st.address,
                st.starts,
                st.ends,
            )
            if key not in kept or _said_key(item) < _said_key(kept[key]):
                kept[key] = item
        else:
            kept[item] = item
    return list(kept.values())


def in_force_on(history: History, day: date, known: date | None = None) -> Answer:
    """What `history` answers for `day`. `known` is only carried along: the history must be that of the captures
    taken by then.
    """
    require_day(day)
    span = span_on(history.spans, day)
    named = tuple(history.version(id) for id in span.versions)
    single = span.answer in ("in_force", "ended") and len(named) == 1
    last_seen = history.last_seen
    before, after = _around(history.versions, day, named[0] if single else None)
    return Answer(
        code=history.code,
        on=day,
        known=known,
        answer=span.answer,
        version=named[0] if single else None,
        candidates=() if single else named,
        reasons=span.reasons,
        findings=history.findings,
        as_last_seen=last_seen if last_seen is not None and day > last_seen else None,
        previous=before,
        next=after,
        span=span,
    )


def _last_seen(ordered: Sequence[Said], drafts: Sequence[_Draft]) -> tuple[date, bool] | None:
    """The last day on which a capture says which version is in force; lines that give a title alone don't."""
    days = [
        (seen.day, seen.exact)
        for st, seen in ordered
        if st.kind in ("page", "listed") or st.starts or st.ends
    ]
    for draft in drafts:
        days += [
            (seen.day, seen.exact) for _, seen in draft.said if not draft.claims or seen.day in draft.vouched
        ]
    return max(days, default=None)


def span_on(spans: Sequence[Span], day: date) -> Span:
    """The span that holds `day`; `spans` cover all days in order."""
    return spans[bisect_right([s.first for s in spans[1:]], day)]  # type: ignore[type-var]


def _around(
    versions: Sequence[Version], day: date, version: Version | None
) -> tuple[Version | None, Version | None]:
    """The versions before and after `version`, or, without one, the last begun by `day` and the first begun later."""
    if version is not None:
        place = versions.index(version)
        after = versions[place + 1] if place + 1 < len(versions) else None
        return (versions[place - 1] if place else None), after
    dated = [v for v in versions if v.validity.effective_from is not None]
    begun = [v for v in dated if v.validity.effective_from <= day]  # type: ignore[operator]
    later = [v for v in dated if v.validity.effective_from > day]  # type: ignore[operator]
    return (begun[-1] if begun else None), (later[0] if later else None)


def _said_key(item: Said) -> tuple[object, ...]:
    """A total order, so that nothing depends on the order of loading."""
    st, seen = item
    place = (seen.day, seen.capture, seen.exact, st.kind, st.position, st.locator)
    words = (st.title, st.address or "", st.suffix, st.text_digest, st.edition, st.moved_to or "")
    rest = (st.starts, st.ends, st.revokes or date.min, st.shown_as_old, st.first_version, st.lists_versions)
    return (*place, *words, *rest)


def _finding_key(finding: Finding) -> tuple[str, str, str, str]:
    return (finding.kind, finding.message, finding.capture or "", finding.locator)


# ---------------------------------------------------------------- 1. which statements speak of one version


def _merge_pages(ordered: Sequence[Said], findings: list[Finding]) -> list[_Draft]:
    """Drafts of all pages that state a start: old pages by address (rule 1), then pages in force by address and
    start, joined to the copy under another address into which such a text moves (rule 3)."""
    dated = [(st, seen) for st, seen in ordered if st.kind == "page" and st.starts]
    drafts: list[_Draft] = []
    for st, seen in (item for item in dated if item[0].shown_as_old):
        same = [d for d in drafts if st.address is not None and st.address in d.pinned]
        (same[0] if same else _new(drafts)).add(st, seen)
    for st, seen in sorted(
        (item for item in dated if not item[0].shown_as_old), key=lambda item: item[0].address is None
    ):
        draft = _home_of(drafts, st, findings, seen)
        (draft or _new(drafts)).add(st, seen)
    return drafts


def _new(drafts: list[_Draft]) -> _Draft:
    draft = _Draft()
    drafts.append(draft)
    return draft


def _home_of(drafts: Sequence[_Draft], st: Statement, findings: list[Finding], seen: Seen) -> _Draft | None:
    """The draft that a page not shown as old belongs to, or None if it is a version of its own."""
    start = min(st.starts, key=lambda c: (RANK[c.basis], c.day)).day
    same_start = [d for d in drafts if d.start == start]
    for draft in same_start:
        if st.address in draft.addresses or (st.text_digest and st.text_digest in draft.digests):
            return draft
    movable = [d for d in same_start if d.pinned or st.address is None or not d.addresses]
    if len(movable) == 1:
        return movable[0]
    if movable:
        findings.append(
            Finding(
                "warning",
                "copy_unclear",
                f"{len(movable)} pages state the start {printed(start)} and none has the words of this one",
                st.code,
                seen.capture,
                st.locator,
            )
        )
    return None


def _is_row(st: Statement) -> bool:
    return st.kind in ("listed", "neighbour", "contents") and bool(st.starts)


_ROW = re.compile(r"\s*\brow \d+$")  # page 13 opsmanual/44854 row 15 -> page 13 opsmanual/44854


def _place_rows(drafts: list[_Draft], ordered: Sequence[Said], code: Code, findings: list[Finding]) -> None:
    """Give every dated row of a list, link or contents to its draft, or make one (rules 15, 16, 19)."""
    lists: dict[tuple[str, date, bool, bool, str], list[Said]] = defaultdict(list)
    for st, seen in ordered:
        if _is_row(st):
            list_name = _ROW.sub("", st.locator) if st.kind == "listed" else st.kind
            lists[seen.capture, seen.day, seen.exact, st.kind == "contents", list_name].append((st, seen))
    markers = {
        (seen.capture, seen.day, seen.exact)
        for st, seen in ordered
        if st.kind == "contents" and not st.starts and not st.ends
    }
    addressed_first = sorted(lists.items(), key=lambda item: any(st.address is None for st, _ in item[1]))
    for key, unsorted_rows in addressed_first:
        rows = sorted(unsorted_rows, key=lambda item: item[0].position)
        places = _misplaced(rows)
        own = [] if key[3] else _listing_page(drafts, key[0], key[4])
        newest = max(_row_day(st) for st, _ in rows)
        taken: set[int] = set()
        for number, (st, seen) in sorted(enumerate(rows), key=lambda item: item[0] in places):
            place = places.get(number)
            draft = _draft_of_row(drafts, st, place, own, taken, rows)
            if draft is None:
                draft = _new(drafts)
            taken.add(id(draft))
            is_old = st.shown_as_old
            if key[
                3
            ]:  # contents: an old version leaked in where a line without date, or a newer one, stands too
                is_old = key[:3] in markers or _row_day(st) < newest
            draft.add(st, seen, old=is_old)
            if place is not None:
                draft.places.add(place)
        _report_rows(rows, places, code, findings)


def _listing_page(drafts: Sequence[_Draft], capture: str, list_name: str) -> list[_Draft]:
    """The page on which a list stands: the capture's only page of this code or, in a capture of many, the named one."""
    pages = [(d, st) for d in drafts for st, seen in d.pages if seen.capture == capture]
    if len(pages) > 1:
        pages = [(d, st) for d, st in pages if st.locator and list_name.startswith(st.locator)]
    return [d for d, _ in pages]


def _row_day(st: Statement) -> date:
    return min(c.day for c in st.starts)


def _draft_of_row(
    drafts: Sequence[_Draft],
    st: Statement,
    place: _Starts | None,
    own: Sequence[_Draft],
    taken: set[int],
    rows: Sequence[Said],
) -> _Draft | None:
    """The draft a row speaks of: by address, else by the date it prints, else by its place in the list."""
    day = _row_day(st)
    if st.address is not None:
        at_address = [d for d in drafts if st.address in d.addresses]
        for draft in at_address:
            if day in draft.days or (st.address in draft.pinned and st.shown_as_old):
                return draft
        free = [d for d in drafts if d.start == day and not d.pinned and id(d) not in taken]
        return free[0] if len(free) == 1 and not (set(at_address) & set(free)) else None
    fits = [d for d in drafts if day in d.days and d not in own and id(d) not in taken]
    fits.sort(key=lambda d: (bool(d.places) != (place is not None), not _fits(d, day, place)))
    if fits:
        return fits[0]
    if place is None:
        return None
    printed_days = {_row_day(other) for other, _ in rows}
    by_place = [
        d
        for d in drafts
        if id(d) not in taken
        and d not in own
        and not d.only_listed
        and not (d.days & printed_days)
        and d.start is not None
        and place.lo is not None
        and place.lo <= d.start <= place.hi
    ]
    return by_place[0] if len(by_place) == 1 else None


def _fits(draft: _Draft, day: date, place: _Starts | None) -> bool:
    start = draft.start
    if start is None or place is None:
        return start == day
    return (place.lo is None or place.lo <= start) and start <= place.hi


def _misplaced(rows: Sequence[Said]) -> dict[int, _Starts]:
    """Rows whose date the list prints twice and that stand out of the list's order, with where they stand.

    Only a repeated date counts: lists that are merely unordered exist and prove nothing (rule 15).
    """
    days = [_row_day(st) for st, _ in rows]
    repeated = {
        n
        for n, day in enumerate(days)
        if days.count(day) > 1
        and len({rows[m][0].address for m, d in enumerate(days) if d == day} - {None}) != 1
    }
    steady = [n for n in range(len(days)) if n not in repeated]
    if any(days[a] < days[b] for a, b in pairwise(steady)):
        return {}
    found = {}
    for n in sorted(repeated):
        above = [days[m] for m in steady if m < n]
        below = [days[m] for m in steady if m > n]
        in_order = (not above or days[n] <= above[-1]) and (not below or days[n] >= below[0])
        if not in_order and above:
            found[n] = _Starts(below[0] if below else None, above[-1] - ONE_DAY)
    return found if len(found) < len(repeated) else {}


def _report_rows(
    rows: Sequence[Said], places: Mapping[int, _Starts], code: Code, findings: list[Finding]
) -> None:
    days = [_row_day(st) for st, _ in rows]
    for n, (st, seen) in enumerate(rows):
        if days.count(days[n]) > 1 and days.index(days[n]) == n:
            message = f"the list prints {printed(days[n])} {days.count(days[n])} times"
            findings.append(Finding("warning", "listed_twice", message, code, seen.capture, st.locator))
        if n in places:
            message = f"the row of {printed(days[n])} stands among older ones, out of the list's order"
            findings.append(
                Finding("warning", "listed_out_of_order", message, code, seen.capture, st.locator)
            )


# ---------------------------------------------------------------- 2. statements without a start


def _settle_undated(
    drafts: list[_Draft], ordered: Sequence[Said], code: Code, findings: list[Finding]
) -> None:
    """Take each page or line without a start for a known version, or make one of unknown start (rules 8, 20, 21)."""
    undated = [
        (st, seen)
        for st, seen in ordered
        if st.kind in ("page", "listed", "neighbour", "contents") and not st.starts
    ]
    for st, seen in undated:
        if st.ends:
            _place_ended(drafts, st, seen)
    for st, seen in undated:
        if not st.ends and st.shown_as_old:
            at_address = [d for d in drafts if st.address is not None and st.address in d.addresses]
            (at_address[0] if at_address else _new(drafts)).add(st, seen)
    in_use = [(st, seen) for st, seen in undated if not st.ends and not st.shown_as_old]
    for st, seen in in_use:
        if seen.exact:
            _place_seen(drafts, st, seen, code, findings)
    for st, seen in in_use:
        if not seen.exact:
            _place_loosely(drafts, st, seen, code, findings)


def _place_ended(drafts: list[_Draft], st: Statement, seen: Seen) -> None:
    """A version that ended, of unknown start: one known to end then, or with the same words; else one of its own,
    since the version seen in force before may have been replaced before the end."""
    end = max(e.day for e in st.ends)
    for draft in drafts:
        same_words = bool(st.text_digest) and st.text_digest in draft.digests
        elsewhere = st.address is not None and draft.addresses and st.address not in draft.addresses
        same_end = not elsewhere and _own_ends(draft.ends) and not _other_end(draft, st)
        same_end = same_end or (
            not elsewhere and st.address is not None and draft.start is None and bool(draft.ends)
        )
        if (draft.start is None or draft.start < end) and (same_words or same_end):
            draft.add(st, seen, old=False)
            return
    _new(drafts).add(st, seen, old=False)


def _own_ends(ends: Iterable[EndClaim]) -> set[date]:
    """Ends of a version's own: that of its edition is every page's."""
    return {e.day for e in ends if e.basis != "edition"}


def _other_end(draft: _Draft, st: Statement) -> bool:
    """Whether `draft` is known to end on quite another day than `st` says (a day apart is one end said twice)."""
    mine, other = _own_ends(st.ends), _own_ends(draft.ends)
    return not mine or not other or min(abs(a - b) for a in mine for b in other) > ONE_DAY


def _place_seen(drafts: list[_Draft], st: Statement, seen: Seen, code: Code, findings: list[Finding]) -> None:
    """An undated page or line seen as in force on a known day: the version dated to cover that day, if it can be
    that one; else one of unknown start, first seen then."""
    worded = [d for d in drafts if st.text_digest and st.text_digest in d.digests]
    if worded:
        worded[0].add(st, seen)
        return
    covering = _covering(drafts, seen.day)
    if covering is not None and _may_be_in_use(covering, seen.day):
        other_words = bool(st.text_digest and covering.digests)  # shared words were found above
        same = not other_words and (_has_title(covering, st) or st.address in covering.addresses)
        if same or any(day >= seen.day for day in _exact_days(covering)):
            if not same:
                findings.append(_other_title(st, seen, code))
            covering.add(st, seen)
            return
    runs = [d for d in drafts if d.start is None and not d.ends and not d.superseded_by and _has_title(d, st)]
    if (
        st.kind == "page"
    ):  # its words decide: a title seen earlier says nothing of this text, nor the other way round
        runs = [d for d in runs if d.pages and not (st.text_digest and d.digests)]
    (runs[-1] if runs else _new(drafts)).add(st, seen)


def _place_loosely(
    drafts: list[_Draft], st: Statement, seen: Seen, code: Code, findings: list[Finding]
) -> None:
    """An undated page or line seen on an unknown day. It may be as old as any version, so it makes a version of
    unknown start only where nothing better says what is in force."""
    settled = [
        d
        for d in drafts
        if any(not s.shown_as_old and s.starts and not s.ends and s.kind == "page" for s, _ in d.said)
        or (d.start is None and not d.ends and not d.superseded_by)
        or _sole_contents(d)
    ]
    ended_for_sure = any(
        s.kind == "neighbour" and s.shown_as_old and when.exact for d in drafts for s, when in d.said
    )
    if not settled and not ended_for_sure:
        _new(drafts).add(st, seen)
        return
    if not any(_has_title(d, st) for d in drafts):
        findings.append(_other_title(st, seen, code))
    for draft in drafts:
        if st.text_digest and st.text_digest in draft.digests:
            draft.said.append((st, seen))
            return
    for draft in settled:
        loose = draft.start is None and not any(when.exact for _, when in draft.said)
        if loose and not (st.text_digest and draft.digests):
            draft.add(st, seen)
            return
    if st.text_digest:
        message = (
            "the page says neither when it began nor when it was saved; its text is not placed in the history"
        )
        findings.append(Finding("warning", "page_not_placed", message, code, seen.capture, st.locator))
        return
    for draft in drafts:
        if st.address is not None and st.address in draft.addresses:
            draft.said.append((st, seen))
            return


def _sole_contents(draft: _Draft) -> bool:
    return draft.superseded_by is None and any(s.kind == "contents" and s.starts for s, _ in draft.said)


def _covering(drafts: Sequence[_Draft], day: date) -> _Draft | None:
    begun = [d for d in drafts if d.start is not None and d.start <= day]
    return max(begun, key=lambda d: d.start or date.min, default=None)


def _may_be_in_use(draft: _Draft, day: date) -> bool:
    return not _surely_ended(draft, day) and (draft.superseded_by is None or draft.superseded_by > day)


def _surely_ended(draft: _Draft, day: date) -> bool:
    """Whether by every reading of some end it is out of force on `day`."""
    return any(e.day <= day if e.reading == "excluded" else e.day < day for e in draft.ends)


def _exact_days(draft: _Draft) -> list[date]:
    return [seen.day for st, seen in draft.said if seen.exact and not st.shown_as_old]


def _other_title(st: Statement, seen: Seen, code: Code) -> Finding:
    message = f"the title {st.title!r} is that of no version known for that time"
    return Finding("info", "title_differs", message, code, seen.capture, st.locator)


def _has_title(draft: _Draft, st: Statement) -> bool:
    wanted = _plain(st.title)
    for title in draft.titles:
        have = _plain(title)
        if have == wanted:
            return True
        shorter, longer = sorted((have, wanted), key=len)
        if (st.title_truncated or any(s.title_truncated for s, _ in draft.said)) and longer.startswith(
            shorter
        ):
            return True
    return False


def _plain(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold()))


# ---------------------------------------------------------------- what else statements say of drafts


def _note_order(drafts: Sequence[_Draft], ordered: Sequence[Said]) -> None:
    """A page in force that lists a version as previous says that the version came before it (WF2.5, rule 18)."""
    for draft in drafts:
        current = {
            (seen.capture, seen.day) for st, seen in draft.pages if not st.shown_as_old and not st.ends
        }
        for other in drafts:
            listed = any(
                st.kind == "listed" and st.shown_as_old and (seen.capture, seen.day) in current
                for st, seen in other.said
            )
            if listed and other is not draft:
                draft.before.append(other)


def _apply_revocations(
    drafts: Sequence[_Draft], ordered: Sequence[Said], code: Code, findings: list[Finding]
) -> None:
    for st, seen in ordered:
        if st.kind != "revocation" or st.revokes is None:
            continue
        meant = [d for d in drafts if st.revokes in d.days]
        for draft in meant:
            draft.ends.update(st.ends)
            draft.said.append((st, seen))
        if not meant:
            message = f"a page revokes a version of {in_words(st.revokes)} that nothing else mentions"
            findings.append(Finding("info", "revokes_unknown", message, code, seen.capture, st.locator))


def _vouch(drafts: Sequence[_Draft], code: Code, findings: list[Finding]) -> None:
    """Days on which a capture certainly shows a version as the one in force (no banner does not prove it, rule 17)."""
    for draft in drafts:
        start = draft.start
        for st, seen in draft.said:
            usable = st.kind in ("page", "contents", "neighbour", "listed") and not st.shown_as_old
            if not usable or not seen.exact or (start is not None and start > seen.day):
                continue
            if (draft.claims or draft.pages) and st.kind != "page" and not st.starts:
                continue  # a title alone can't tell a text from its successor of the same title
            if _surely_ended(draft, seen.day):
                continue
            if st.kind == "contents" and st.starts and draft.superseded_by is not None:
                continue
            if _newer_by(drafts, draft, seen.day):
                message = "shown without a banner although a newer version had begun by then"
                findings.append(Finding("warning", "not_current", message, code, seen.capture, st.locator))
            else:
                draft.vouched.add(seen.day)


def _newer_by(drafts: Sequence[_Draft], draft: _Draft, day: date) -> bool:
    start = draft.start
    if start is None:
        return False
    return any(
        other.start is not None
        and start < other.start <= day
        and other not in draft.before
        and not other.places
        for other in drafts
        if other is not draft
    )


# ---------------------------------------------------------------- 3. readings


def _settle_starts(drafts: Sequence[_Draft], code: Code, findings: list[Finding]) -> None:
    for draft in drafts:
        days = sorted({c.day for c in draft.best_claims})
        readings = {_Starts(day, day) for day in days}
        if draft.only_listed and draft.claims:
            readings |= draft.places
        late = [b.start for b in draft.before if b.start is not None and days and b.start > days[0]]
        if late:  # a version that its own page calls previous is dated later (WF2.5)
            last = max(seen.day for st, seen in draft.pages)
            readings.add(_Starts(max(late), max(last, max(late))))
            message = f"its start {printed(days[0])} is earlier than that of a version it lists as previous"
            findings.append(Finding("warning", "starts_before_previous", message, code))
        if len(days) > 1:
            message = "its start is stated as " + " and as ".join(printed(d) for d in days)
            findings.append(Finding("warning", "starts_disagree", message, code))
        elif len(draft.days) > 1 and days:
            weaker = sorted(draft.days - set(days))
            message = f"its start is {printed(days[0])}; also printed: {', '.join(map(printed, weaker))}"
            findings.append(Finding("info", "weaker_start", message, code))
        draft.starts = tuple(sorted(readings, key=lambda r: (not r.is_day, r.hi, r.lo or date.min)))
    for draft in drafts:
        if not draft.starts:
            draft.starts = (_unknown_start(draft, drafts),)


def _unknown_start(draft: _Draft, drafts: Sequence[_Draft]) -> _Starts:
    """Between the last day something older is known to be in force and the first day this one was seen (rule 21)."""
    if draft.ends:
        hi = min(e.day for e in draft.ends)
        hi = min([hi, *(seen.day for st, seen in draft.said if seen.exact)])
    elif draft.superseded_by is not None:
        hi = draft.superseded_by
    else:
        hi = min(seen.day for _, seen in draft.said)
    if any(st.edition and not st.suffix for st, _ in draft.said):
        if not any(
            st.shown_as_old for st, _ in draft.said
        ):  # saved while in force: it need not be the last one
            return _Starts(None, hi)
        older = [d.start for d in drafts if d.start is not None and d.start < hi]
    elif draft.superseded_by is not None and not draft.ends:
        return _Starts(None, hi)
    else:
        older = [d.start for d in drafts if d.start is not None and d.start < hi]
        older += [day for d in drafts if d is not draft for day in d.vouched if day < hi]
    return _Starts(max(older) + ONE_DAY, hi) if older else _Starts(None, hi)


def _settle_ends(drafts: Sequence[_Draft], code: Code, findings: list[Finding]) -> None:
    certain = {d.starts[0].lo for d in drafts if d.claims and len(d.starts) == 1 and d.starts[0].is_day}
    for draft in drafts:
        draft.endings = _reissued(_stated_ends(draft, certain, code, findings), drafts)
        if not draft.starts[0].is_day and not draft.claims and not draft.ends and draft.superseded_by is None:
            # seen as in force at the end of its interval at the latest
            draft.vouched.add(draft.starts[0].hi)
        gone = draft.superseded_by
        if gone is not None and not draft.endings and not _successor_by(draft, drafts, gone):
            lo = draft.starts[0].lo
            draft.endings = (_End((lo + ONE_DAY) if lo else date.min, gone, "dispute", unseen=True),)


def _reissued(endings: tuple[_End, ...], drafts: Sequence[_Draft]) -> tuple[_End, ...]:
    """An edition ends all its pages at once, and the next one takes most of them over (rule 12). Where a later
    version is known, the days up to it are therefore not known to be without one."""
    return tuple(
        replace(end, unseen=True)
        if end.basis == "edition" and any(r.hi > end.lo for d in drafts for r in d.starts)
        else end
        for end in endings
    )


def _stated_ends(
    draft: _Draft, certain: set[date | None], code: Code, findings: list[Finding]
) -> tuple[_End, ...]:
    """Rule 9: words decide, else a successor's start, else both readings of the day stand."""
    if not draft.ends:
        return ()
    best = (
        min(RANK[e.basis] for e in draft.ends if e.reading != "either")
        if any(e.reading != "either" for e in draft.ends)
        else None
    )
    firm = sorted(e for e in draft.ends if e.reading != "either" and RANK[e.basis] == best)
    loose = sorted(e for e in draft.ends if e.reading == "either")
    if firm and not (firm[0].basis == "edition" and loose):
        days = sorted({e.day if e.reading == "excluded" else e.day + ONE_DAY for e in firm})
        if len(days) > 1:
            message = "its end is stated as " + " and as ".join(printed(d) for d in days)
            findings.append(Finding("warning", "ends_disagree", message, code))
        return (_End(days[0], days[-1], firm[0].basis if len(days) == 1 else "dispute"),)
    day = loose[0].day
    if len({e.day for e in loose}) > 1:
        last = max(e.day for e in loose)
        message = f"its end is printed as {printed(day)} and as {printed(last)}"
        findings.append(Finding("warning", "ends_disagree", message, code))
        return (_End(day, last + ONE_DAY, "dispute"),)
    if day in certain:
        return (_End(day, day, "successor"),)
    if day + ONE_DAY in certain:
        return (_End(day + ONE_DAY, day + ONE_DAY, "successor"),)
    message = f"“to {printed(day)}” may mean that {printed(day)} is its last day or the first day without it"
    findings.append(Finding("info", "end_ambiguous", message, code))
    return (_End(day, day + ONE_DAY, "dispute"),)


def _successor_by(draft: _Draft, drafts: Sequence[_Draft], gone: date) -> bool:
    """Whether some known version can have replaced `draft` by the day it was shown as old."""
    low = draft.starts[0].lo
    for other in drafts:
        if other is draft:
            continue
        if draft in other.before:
            return True
        for reading in other.starts:
            after = low is None or reading.hi > low
            same_day = reading.hi == low and other.superseded_by is None
            begins = reading.lo is None or reading.lo <= gone
            if (after and begins and not (other.superseded_by and reading.lo is None)) or same_day:
                return True
    return False


# ---------------------------------------------------------------- 4. outcomes of every day

_NOTHING = -1


@dataclass(frozen=True, slots=True)
class _Outcomes:
    """What a day may come to over all readings: indices of drafts, and whether nothing may have begun."""

    alive: tuple[int, ...]
    ended: tuple[int, ...]
    unseen: tuple[int, ...]
    nothing: bool


def _spans(drafts: Sequence[_Draft], ids: Sequence[VersionId]) -> tuple[Span, ...]:
    """One span for each run of days with the same answer, from ever to ever."""
    if not drafts:
        reasons = ("The code is mentioned, but no page or list says anything of a version.",)
        return (Span(first=None, until=None, answer="undated", reasons=reasons),)
    bounds = sorted(_bounds(drafts))
    spans: list[Span] = []
    for first, until in zip([None, *bounds], [*bounds, None], strict=True):
        day = first if first is not None else (until or date.max) - ONE_DAY
        span = _answer_of(drafts, ids, _outcomes(drafts, day), day)
        if spans and (spans[-1].answer, spans[-1].versions, spans[-1].reasons) == (
            span.answer,
            span.versions,
            span.reasons,
        ):
            spans[-1] = Span(
                first=spans[-1].first,
                until=until,
                answer=span.answer,
                versions=span.versions,
                reasons=span.reasons,
            )
        else:
            spans.append(
                Span(
                    first=first, until=until, answer=span.answer, versions=span.versions, reasons=span.reasons
                )
            )
    return tuple(spans)


def _bounds(drafts: Sequence[_Draft]) -> set[date]:
    """Every day on which an outcome may change."""
    bounds: set[date] = set()
    for draft in drafts:
        for reading in draft.starts:
            bounds.add(reading.hi)
            if reading.lo is not None:
                bounds.add(reading.lo)
        for end in draft.endings:
            bounds |= {end.lo, end.hi} - {date.min}
        bounds |= draft.vouched
        bounds |= set(_announced(draft))
    return bounds


def _outcomes(drafts: Sequence[_Draft], day: date) -> _Outcomes:
    latest = [n for n, draft in enumerate(drafts) if _may_be_latest(draft, drafts, day)]
    alive = [n for n in latest if not drafts[n].endings or any(e.hi > day for e in drafts[n].endings)]
    gone = [n for n in latest if any(e.lo <= day for e in drafts[n].endings)]
    nothing = all(any(r.hi > day for r in d.starts) and not any(v <= day for v in d.vouched) for d in drafts)
    return _Outcomes(
        tuple(alive),
        tuple(n for n in gone if not drafts[n].endings[0].unseen),
        tuple(n for n in gone if drafts[n].endings[0].unseen),
        nothing,
    )


def _may_be_latest(draft: _Draft, drafts: Sequence[_Draft], day: date) -> bool:
    """Whether in some choice of readings no other version has started since this one, as of `day`."""
    begins = [min(r.hi, day) for r in draft.starts if r.lo is None or r.lo <= day]
    begins += [v for v in draft.vouched if v <= day]
    if not begins:
        return False
    since = max(begins)
    for other in drafts:
        if other is draft:
            continue
        if not any(r.may_lie_outside(since, day) for r in other.starts):
            return False
        if any(since < v <= day for v in other.vouched):
            return False
        if draft in other.before and all(r.hi <= day for r in other.starts):
            return False
    return True


def _announced(draft: _Draft) -> list[date]:
    """Days on which a capture shows a version that is yet to start."""
    start = draft.start
    if start is None:
        return []
    return [s.day for st, s in draft.said if s.exact and st.kind in ("page", "contents") and s.day < start]


def _answer_of(drafts: Sequence[_Draft], ids: Sequence[VersionId], found: _Outcomes, day: date) -> Span:
    answer, numbers, reasons = _decide(drafts, found, day)
    return Span(
        first=None, until=None, answer=answer, versions=tuple(ids[n] for n in numbers), reasons=tuple(reasons)
    )


def _decide(
    drafts: Sequence[_Draft], found: _Outcomes, day: date
) -> tuple[AnswerWord, tuple[int, ...], list[str]]:
    several = (found.alive, found.ended, found.unseen, found.nothing)
    if several == (found.alive[:1], (), (), False) and found.alive:
        return "in_force", found.alive, []
    if (found.alive, found.unseen, found.nothing) == ((), (), False) and len(found.ended) == 1:
        return "ended", found.ended, [_how_ended(drafts[found.ended[0]])]
    if found.nothing and not (found.alive or found.ended or found.unseen):
        return _before_all(drafts, day)
    named = tuple(sorted({*found.alive, *found.ended, *found.unseen}))
    unknown = all(not drafts[n].claims for n in found.alive)
    if (found.nothing or found.unseen) and unknown and not found.ended:
        reasons = [_why_unseen(drafts[n]) for n in found.unseen]
        return "undated", named, [*reasons, *(_why_undated(drafts[n]) for n in found.alive)]
    return "disputed", named, _why_disputed(drafts, found)


def _before_all(drafts: Sequence[_Draft], day: date) -> tuple[AnswerWord, tuple[int, ...], list[str]]:
    """No version had begun: stated to start later, or merely before the record (rule of the vocabulary)."""
    first = min(range(len(drafts)), key=lambda n: (drafts[n].starts[0].lo or drafts[n].starts[0].hi, n))
    start = drafts[first].starts[0].hi
    stated = any(st.first_version for st, _ in drafts[first].said)
    if stated or any(seen <= day for seen in _announced(drafts[first])):
        return "not_yet", (first,), [f"It is stated to start on {in_words(start)}."]
    return (
        "before_record",
        (first,),
        [f"The earliest version known starts on {in_words(start)}; nothing says that it was the first."],
    )


def _label(draft: _Draft) -> str:
    return f"The version of {in_words(draft.start)}" if draft.start else "A version of unknown start"


def _how_ended(draft: _Draft) -> str:
    end = draft.endings[0]
    words: dict[Basis, str] = {
        "text": "its own text says that it ceased",
        "note": "a note on its page says so",
        "revocation": "it was revoked",
        "suffix": "its title says so",
        "listed": "the contents or a list says so",
        "successor": "it was replaced",
        "edition": "the whole edition ceased",
    }
    ended = _label(draft)
    if end.lo != end.hi:
        return f"{ended} had ended by {in_words(end.hi)}."
    return f"{ended} ended: {in_words(end.lo)} is the first day without it ({words.get(end.basis, 'as stated')})."


def _why_unseen(draft: _Draft) -> str:
    end = draft.endings[0]
    if end.basis == "edition":
        day = in_words(end.lo)
        return f"{_label(draft)} ceased with its edition on {day}; no page read says what stood here from then on."
    gone = in_words(draft.superseded_by) if draft.superseded_by else "an unknown day"
    return f"{_label(draft)} was no longer in force by {gone}; no page read says what came after it."


def _why_undated(draft: _Draft) -> str:
    if draft.endings:
        return f"It ended by {in_words(draft.endings[0].hi)}; no page read says when it began."
    first = min(seen.day for _, seen in draft.said)
    return f"It was first seen on {in_words(first)}; no page read says when it began."


def _why_disputed(drafts: Sequence[_Draft], found: _Outcomes) -> list[str]:
    reasons = []
    for n in found.alive:
        if n not in found.ended and n not in found.unseen:  # else its end says all there is to say
            reasons.append(_why_candidate(drafts[n]))
    for n in found.ended:
        end = drafts[n].endings[0]
        if n in found.alive and end.hi - end.lo == ONE_DAY:
            reasons.append(
                f"“to {printed(end.lo)}” is used both ways: as the last day in force and as the first day without."
            )
        else:
            reasons.append(_how_ended(drafts[n]))
    for n in found.unseen:
        if n in found.alive:
            reasons.append(
                f"{_label(drafts[n])} is shown as an old version, "
                "and no page read says from when something replaced it."
            )
        else:
            reasons.append(_why_unseen(drafts[n]))
    if found.nothing:
        reasons.append("By another reading nothing was in force yet.")
    return list(dict.fromkeys(reasons))


def _why_candidate(draft: _Draft) -> str:
    label = _label(draft)
    if not draft.claims and draft.endings:
        return f"{label}, which ended by {in_words(draft.endings[0].hi)}, may have begun by then."
    if not draft.claims:
        first = min(seen.day for _, seen in draft.said)
        return f"{label}, first seen on {in_words(first)}, may have begun by then."
    if len(draft.starts) > 1:
        others = [r for r in draft.starts if not r.is_day]
        if others and draft.places:
            until = in_words(others[0].hi + ONE_DAY)
            return f"{label}: a list prints its date twice and places this row before {until}."
        if others:
            return f"{label}: its page lists as previous a version that is dated later."
        days = " and ".join(in_words(r.hi) for r in draft.starts)
        return f"{label}: its start is stated as {days}."
    return f"{label} had begun, and it is not certain that something had replaced it."


# ---------------------------------------------------------------- versions


def _draft_order(draft: _Draft) -> tuple[object, ...]:
    first = draft.starts[0]
    day = draft.start or first.lo or first.hi
    return (
        day,
        draft.start is None,
        bool(draft.places),
        sorted(draft.addresses),
        sorted(draft.titles),
        repr(draft.starts),
    )


def _name_versions(code: Code, drafts: Sequence[_Draft]) -> list[VersionId]:
    """`A16.1@2024-08-01`; where two would be called alike, their page or their order tells them apart."""
    bases = [f"{code}@{d.start.isoformat() if d.start else 'undated'}" for d in drafts]
    ids: list[VersionId] = []
    for n, base in enumerate(bases):
        twins = [m for m, other in enumerate(bases) if other == base]
        pinned = sorted(drafts[n].pinned or drafts[n].addresses)
        unique = pinned and all(not set(pinned) & drafts[m].addresses for m in twins if m != n)
        if len(twins) == 1:
            ids.append(VersionId(base))
        elif unique:
            ids.append(VersionId(f"{base}~{pinned[0].replace('/', '-')}"))
        else:
            ids.append(VersionId(f"{base}~{twins.index(n) + 1}"))
    return ids


def _versions(
    code: Code,
    drafts: Sequence[_Draft],
    ids: Sequence[VersionId],
    spans: Sequence[Span],
    findings: list[Finding],
) -> tuple[Version, ...]:
    lists = _lists(drafts)
    versions: list[Version] = []
    for n, draft in enumerate(drafts):
        until, basis = _until(draft, ids[n], spans, drafts)
        texts = _texts(draft)
        if len({st.text_digest for st, _ in texts}) > 1:
            message = "captures of it hold different words; the newest one is shown"
            findings.append(Finding("warning", "texts_differ", message, code, texts[-1][1].capture))
        before = versions[-1] if versions else None
        title = _title_of(draft)
        versions.append(
            Version(
                id=ids[n],
                code=code,
                title=title,
                validity=Validity(draft.start, until),
                basis_from=_basis_from(draft),
                basis_until=basis,
                starts=tuple(sorted(draft.claims, key=lambda c: (RANK[c.basis], c))),
                ends=tuple(sorted(draft.ends)),
                first_seen=None if draft.start else min(seen.day for _, seen in draft.said),
                last_seen=max(draft.vouched, default=None),
                text_capture=texts[-1][1].capture if texts else None,
                text_digest=texts[-1][0].text_digest if texts else "",
                text_damaged=not texts and any(st.text_damaged for st, _ in draft.said),
                address=_address_of(draft),
                captures=tuple(sorted({seen.capture for _, seen in draft.said})),
                title_changed=before is not None and _plain(before.title) != _plain(title),
                subject_changed=before is not None and _other_subject(before.title, title),
                gap_vouched=_gap_vouched(draft, drafts[n + 1] if n + 1 < len(drafts) else None, lists),
            )
        )
    return tuple(versions)


def _basis_from(draft: _Draft) -> Basis | None:
    if not draft.claims:
        return None
    return "dispute" if len(draft.starts) > 1 else draft.best_claims[0].basis


def _until(
    draft: _Draft, id: VersionId, spans: Sequence[Span], drafts: Sequence[_Draft]
) -> tuple[date | None, Basis | None]:
    """The first day on which it is certainly not in force any more, and how that is known."""
    held = [s for s in spans if id in s.versions and s.answer in ("in_force", "disputed")]
    held = [
        s for s in held if not draft.endings or s.first is None or any(e.hi > s.first for e in draft.endings)
    ]
    if not held:
        end = draft.endings[0] if draft.endings else None
        if end is not None and not end.unseen:
            return (end.hi, end.basis if end.lo == end.hi else "dispute")
        return (draft.start, "successor") if draft.start else (None, None)
    last = held[-1]
    if last.until is None:
        return None, None
    if last.answer == "disputed":
        return last.until, "dispute"
    stated = [e for e in draft.endings if e.hi == last.until]
    return last.until, stated[0].basis if stated else "successor"


def _texts(draft: _Draft) -> list[Said]:
    """Pages that hold its text, the one to show last: known days above unknown ones, then the newest."""
    held = [(st, seen) for st, seen in draft.pages if st.text_digest]
    return sorted(held, key=lambda item: (item[1].exact, item[1].day, item[1].capture))


def _title_of(draft: _Draft) -> str:
    """Its page's own title, else a list's; whole before truncated, newest first."""
    titled = [(st, seen) for st, seen in draft.said if st.title]
    if not titled:
        return ""
    best = max(
        titled,
        key=lambda i: (i[0].kind == "page", not i[0].title_truncated, i[1].exact, i[1].day, i[0].title),
    )
    return best[0].title


def _address_of(draft: _Draft) -> SitePath | None:
    if draft.pinned:
        return min(draft.pinned)
    held = [(seen.day, st.address) for st, seen in draft.said if st.address is not None]
    return max(held)[1] if held else None


def _lists(drafts: Sequence[_Draft]) -> list[set[int]]:
    """For each capture that lists versions: the drafts it names, its own page's included."""
    named: dict[tuple[str, date], set[int]] = defaultdict(set)
    whole: set[tuple[str, date]] = set()
    for n, draft in enumerate(drafts):
        for st, seen in draft.said:
            if st.kind in ("page", "listed"):
                named[seen.capture, seen.day].add(n)
            if st.kind == "page" and st.lists_versions:
                whole.add((seen.capture, seen.day))
    return [{id(drafts[n]) for n in members} for key, members in sorted(named.items()) if key in whole]


def _gap_vouched(draft: _Draft, after: _Draft | None, lists: Sequence[set[int]]) -> bool:
    return after is None or any(id(draft) in members and id(after) in members for members in lists)


_SMALL = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "their", "to"}
)


def _other_subject(before: str, after: str) -> bool:
    """Whether two titles share so few words that the code was given to another subject (rule 2)."""
    old = {w.removesuffix("s") for w in _plain(before).split()} - _SMALL
    new = {w.removesuffix("s") for w in _plain(after).split()} - _SMALL
    if not old or not new:
        return False
    return len(old & new) * 3 < min(len(old), len(new))


# ---------------------------------------------------------------- links between codes


def _moves(code: Code, ordered: Sequence[Said]) -> tuple[Link, ...]:
    """“Equivalent instructions are now found at …” is a link, not a version (rule 13)."""
    links = {
        Link(
            kind="moved",
            source=code,
            target=st.moved_to,
            day=max((e.day for e in st.ends), default=None),
            evidence="its page says where equivalent instructions are found",
            capture=seen.capture,
        )
        for st, seen in ordered
        if st.kind == "move" and st.moved_to is not None
    }
    return tuple(sorted(links, key=lambda link: (link.target, link.capture or "")))


def links_between(histories: Iterable[History]) -> tuple[Link, ...]:
    """Renumberings: a version that ends on the day a version of another code begins with the same words."""
    begins: dict[tuple[str, date], list[Version]] = defaultdict(list)
    ends: list[tuple[date, Version]] = []
    for history in histories:
        if not history.versions:
            continue
        for version in history.versions:
            if version.text_digest and version.validity.effective_from is not None:
                begins[version.text_digest, version.validity.effective_from].append(version)
            until = version.validity.effective_until
            if version.text_digest and until is not None:
                ends.append((until, version))
    links = [
        Link(
            kind="renumbered",
            source=old.code,
            target=new.code,
            day=day,
            evidence=f"the same words stand under {new.code} from the day {old.code} lost them",
            capture=new.text_capture,
        )
        for day, old in ends
        for new in begins[old.text_digest, day]
        if new.code != old.code
    ]
    return tuple(sorted(set(links), key=lambda link: (link.day or date.min, link.source, link.target)))
