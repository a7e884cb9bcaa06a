"""What each place of the evidence says, taken apart into single statements that can be kept or rejected.

A *mention* is one page, row, line or claim: it speaks of one version. An *atom* is one thing it says: that its version
began on a day, was in force on a day, was replaced or ended by a day, ended on a day; that nothing began between two
rows; that no version without a stated first day followed an end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal, NamedTuple

from tests.property.worlds.evidence import EDITION_END, Circular, Contents, Ending, Evidence, Page, Row

ONE_DAY = timedelta(days=1)
ONE_MONTH = timedelta(days=31)
KIND = {
    "text": 0,
    "note": 1,
    "revocation": 1,
    "edition": 1,
    "foot": 2,
    "circular": 3,
    "suffix": 4,
    "listed": 5,
}
"""Strength of the kinds of statement, strongest first."""
WEAKEST = 9
"""Rank of what holds only if an address is the live one, where nothing says so."""


@dataclass(frozen=True, slots=True)
class Mention:
    n: int
    capture: int
    kind: Literal["page", "listed", "contents", "circular"]
    seen: date | None
    """None: on an unknown day."""
    start: date | None = None
    start_basis: str = "listed"
    end: Ending | None = None
    address: str = ""
    words: str = ""
    title: str = ""
    old: bool = False
    edition: bool = False
    whole: bool = False
    """For a page and its rows: the list does not break off."""
    pinned: bool = False
    """It stands at an archived address, which never changes its text (rule 1)."""
    misprinted: bool = False
    window: tuple[date, date] | None = None
    """The days, both included, on one of which its version began, where its own date is doubted (rule 18)."""
    early: bool = False
    """It is a row that was marked old since the page announced a version, which was withdrawn then."""

    @property
    def announced(self) -> bool:
        """It was seen before its own first day."""
        return self.start is not None and self.seen is not None and self.start > self.seen

    @property
    def in_list(self) -> bool:
        return self.kind in ("page", "listed")


ENDS = ("end", "out", "old", "quiet")
Says = Literal["start", "window", "exists", "sight", "old", "out", "end", "quiet", "between"]


@dataclass(frozen=True, slots=True)
class Atom:
    """`days`: the day of a start, sight or mark (none for a mark of unknown day); the first days without force that an
    end may mean; the end of the time without a version of unknown start; the two rows between which nothing began."""

    says: Says
    by: Mention
    days: tuple[date, ...]
    rank: int
    own: bool = True
    """It speaks of the version of its own page."""


def mentions_of(evidence: Evidence) -> tuple[Mention, ...]:
    found = [m for number, says in enumerate(evidence) for m in _of_capture(number, says)]
    found = [replace(m, old=True) if _lists_later_ones(m, found) else m for m in found]
    archived = _archived(found)
    return tuple(
        replace(m, n=n, edition=m.edition or _before_edition_end(m), pinned=m.address in archived)
        for n, m in enumerate(found)
    )


def _lists_later_ones(m: Mention, found: Sequence[Mention]) -> bool:
    """Whether a page lists several versions that began or ended after its own start: then it is an archived one, which
    lost its mark (rule 15). A single one, or one of the same month, may be misprinted (rule 18, WF2.5)."""
    if m.kind != "page" or m.old or m.start is None or m.end is not None:
        return False
    rows = [r for r in found if r.kind == "listed" and r.capture == m.capture]
    days = [r.start or (r.end and r.end.day) for r in rows]
    return sum(day is not None and day > m.start + ONE_MONTH for day in days) > 1


def _archived(found: Sequence[Mention]) -> set[str]:
    """Addresses that bear an old-mark or that a row links with a start, and that never show the live page. A row with
    an end may link the live address, where a version was revoked in place, unless it is the live page that lists it at
    another one (rule 15). A page with an end may stand at the live address too, if that shows other words with another
    first day as well: those of the current page change (rule 3)."""
    pages = [m for m in found if m.kind == "page"]
    marked = {m.address for m in pages if m.old}
    linked = {m.address for m in found if m.kind == "listed" and m.start}
    linked |= {m.address for m in found if m.kind == "listed" and m.end and _is_elsewhere_than_live(m, pages)}
    unmarked = {m.address for m in pages if not m.old and (m.end is None or _shows_another(m, pages))}
    named = {m.address for m in found if m.kind != "page" and not m.start and not m.end}
    return (marked | linked) - (unmarked - linked) - named - {""}


def _is_elsewhere_than_live(row: Mention, pages: Sequence[Mention]) -> bool:
    return any(
        m.capture == row.capture and m.address != row.address and not (m.old or m.end or m.announced)
        for m in pages
    )


def _shows_another(m: Mention, pages: Sequence[Mention]) -> bool:
    """Whether its address shows another text too, with another first day."""
    return any(
        o.address == m.address and o.start and m.start and o.start != m.start and o.words != m.words
        for o in pages
    )


def _before_edition_end(m: Mention) -> bool:
    """What was seen before the pre-2010 edition ceased was of that edition (rule 12c)."""
    return m.seen is not None and m.seen < EDITION_END


def _of_capture(number: int, says: Page | Contents | Circular) -> Iterator[Mention]:
    if isinstance(says, Circular):
        end = Ending(says.end, "excluded", "circular") if says.end else None
        yield Mention(0, number, "circular", says.seen, says.start, "circular", end, title=says.title)
        return
    if isinstance(says, Contents):
        yield from (_row(number, "contents", says.seen, row) for row in says.lines)
        return
    whole = says.whole and bool(says.rows)
    yield Mention(
        0, number, "page", says.seen, says.start, says.start_basis, says.end, says.address, says.words,
        says.title, says.old, says.edition, whole,
    )  # fmt: skip
    yield from (replace(_row(number, "listed", says.seen, row), whole=whole) for row in says.rows or ())


def _row(number: int, kind: Literal["listed", "contents"], seen: date | None, row: Row) -> Mention:
    end = replace(row.end, basis="listed") if row.end else None
    old = row.start is not None and not (seen is not None and row.start > seen)
    return Mention(
        0,
        number,
        kind,
        seen,
        row.start,
        "listed",
        end,
        row.address,
        "",
        row.title,
        old,
        misprinted=row.misprinted,
    )


# ---------------------------------------------------------------- atoms


def atoms_of(
    reading: Sequence[Mention], mentions: Sequence[Mention], *, ended_lines: bool = False
) -> list[Atom]:
    """What one reading of the evidence says; that nothing began between two rows is told by all that were printed.
    `ended_lines`: lines with an end link the live address."""
    live = live_addresses(mentions, ended_lines=ended_lines)
    found = [atom for m in reading for atom in _own_atoms(m, live)]
    found += [
        Atom("out", m, (m.seen,), KIND[m.end.basis])
        for m in reading
        if m.end and m.seen and _ended_late(m, reading)
    ]
    return found + [
        atom for page in mentions if page.whole and page.kind == "page" for atom in _gaps(page, mentions)
    ]


def _ended_late(m: Mention, mentions: Sequence[Mention]) -> bool:
    """Its address still showed no end after the day from which it says that it had ended."""
    return m.kind == "page" and any(
        other.kind == "page" and other.address == m.address and not other.old and other.end is None
        and other.seen is not None and m.seen is not None and m.end is not None and m.end.day is not None
        and m.end.day <= other.seen < m.seen
        for other in mentions
    )  # fmt: skip


class Live(NamedTuple):
    """Addresses of the code's live page, as far as it can be told."""

    possible: set[str]
    certain: set[str]
    """Without those that were only ever seen with an end mark: the page there may be a copy."""
    unmarked: set[str]
    titles: set[str]
    """Titles of the lines and rows that link the live address."""

    def may_have_been(self, m: Mention) -> bool:
        """Whether a page may have stood at the live address though another one is linked: before the edition of 2010
        ceased, old texts kept their address and new ones got another (rules 3 and 12c); and a link of another title may
        be that of another subject, which was given the code later (rule 2)."""
        before = m.seen is not None and m.seen < EDITION_END
        return before or (m.address in self.unmarked and m.title not in self.titles)


def live_addresses(mentions: Sequence[Mention], *, ended_lines: bool = False) -> Live:
    """Those that contents or a list link without a date; where none does, every unmarked address may be it, but for
    those that a row links as another version's; where none is unmarked, the only one there is. `ended_lines`: lines of
    the contents with an end alone link it too."""
    linked = [m for m in mentions if m.kind != "page" and m.address]
    named = {m.address for m in linked if not m.start and not m.end}
    named |= {m.address for m in linked if ended_lines and is_ended_line(m)}
    archived = {m.address for m in linked if m.kind == "listed" and m.start}
    pages = [m for m in mentions if m.kind == "page" and not m.old and m.address not in archived]
    # words that may say that it ended, or not, are no mark
    unmarked = {m.address for m in pages if m.end is None or m.end.unclear}
    certain = named or unmarked
    known = {m.address for m in mentions if m.address}
    possible = certain or ({m.address for m in pages} if len(known) == 1 else set())
    titles = {m.title for m in linked if not m.start and not m.end}
    return Live(possible, certain, unmarked, titles)


def is_ended_line(m: Mention) -> bool:
    """Whether it is a line of the contents that links an address with an end and no first day."""
    return m.kind == "contents" and bool(m.address) and m.start is None and m.end is not None


def _own_atoms(m: Mention, live: Live) -> Iterator[Atom]:
    mark = KIND["suffix"] if m.kind == "page" else KIND["listed"]
    own = m.kind == "page"
    if m.start is not None:
        yield Atom("start", m, (m.start,), KIND[m.start_basis], own)
    if m.window is not None:
        yield Atom("window", m, m.window, KIND["listed"], own)
    if m.old and not m.announced and not m.early:
        yield Atom("old", m, (m.seen,) if m.seen else (), mark, own)
    if m.end is not None:
        days = end_options(m.end) or ((m.seen,) if m.seen else ())
        yield Atom("end" if m.end.day else "out", m, days, KIND[m.end.basis], own)
    if m.seen is None and m.start is None and m.end is None and not m.old and m.window is None:
        yield Atom("exists", m, (), mark, own)
    if m.seen is None or m.kind == "circular":
        return  # an unknown day shows nothing in force (rule 27)
    at_live = m.address in live.possible if own else True
    current = m.kind == "contents" or (own and at_live and not m.old)
    over = m.end is not None and (not m.end.day or end_options(m.end)[0] <= m.seen)
    if over and current:
        assert m.end is not None
        certain = not own or m.address in live.certain
        yield Atom("quiet", m, (m.seen,), KIND[m.end.basis] if certain else WEAKEST, own)
    if over or m.old or m.announced or m.window is not None:
        return
    if at_live:
        yield Atom("sight", m, (m.seen,), KIND["foot"] if own else KIND["listed"], own)
    elif live.may_have_been(m):
        yield Atom("sight", m, (m.seen,), WEAKEST, own)


def end_options(end: Ending) -> tuple[date, ...]:
    """The first days without force that an end may mean; none for a mark without a day."""
    if end.day is None:
        return ()
    later = end.day + ONE_DAY
    return {"excluded": (end.day,), "included": (later,), "either": (end.day, later)}[end.reading]


def _gaps(page: Mention, mentions: Sequence[Mention]) -> Iterator[Atom]:
    """Nothing began between two neighbours of a whole list, as far as it could know."""
    shown = [m.start for m in mentions if m.capture == page.capture and m.in_list and m.start is not None]
    for one, other in pairwise(sorted(set(shown))):
        until = other if page.seen is None else min(other, page.seen + ONE_DAY)
        if one < until:
            yield Atom("between", page, (one, until), KIND["listed"], own=False)


# ---------------------------------------------------------------- what may have been said


def variants(mentions: tuple[Mention, ...]) -> list[tuple[Mention, ...]]:
    """The readings of the evidence that are all plain: with and without unclear words, rows under another code, rows
    that stand out of order, and announcements that may have been withdrawn; without those that were."""
    found: list[tuple[Mention, ...]] = [()]
    for m in mentions:
        readings = _readings(m, mentions)
        found = [(*variant, *reading) for variant in found for reading in readings]
    return [_without_early_marks(variant, mentions) for variant in found]


def _without_early_marks(variant: tuple[Mention, ...], mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Pages are marked old when the next one is published: if that one never began, its page's rows tell nothing."""
    kept = {m.n for m in variant}
    gone = {m.capture for m in mentions if m.kind == "page" and m.announced and m.n not in kept}
    return tuple(replace(m, early=m.capture in gone and m.old) for m in variant)


def _readings(m: Mention, mentions: Sequence[Mention]) -> list[tuple[Mention, ...]]:
    fate = _fate(m, mentions) if m.announced and m.kind == "page" else "kept"
    if fate == "withdrawn":
        return [()]
    if fate == "open" or m.misprinted:
        return [(m,), ()]
    if m.end is not None and m.end.unclear:
        return [(m,), (replace(m, end=None),)]
    window = _window(m, mentions)
    if window is not None:
        # a version of that day, a repetition, or a misprint (rule 18)
        return [(m,), (), (replace(m, start=None, window=window, old=False),)]
    return [(m,)]


def _window(m: Mention, mentions: Sequence[Mention]) -> tuple[date, date] | None:
    """For a row that prints the date of another row, out of the order of its list: the days on which it may have begun,
    from its older neighbour's to the day before its newer neighbour's."""
    rows = [
        r for r in mentions if r.kind == m.kind == "listed" and r.capture == m.capture and r.start is not None
    ]
    if m.start is None or sum(r.start == m.start for r in rows) < 2:
        return None
    place = next(k for k, r in enumerate(rows) if r.n == m.n)
    newer = rows[place - 1].start if place else None
    older = rows[place + 1].start if place + 1 < len(rows) else None
    if newer is None or older is None or older <= m.start <= newer or older >= newer:
        return None
    return older, newer - ONE_DAY


def _fate(m: Mention, mentions: Sequence[Mention]) -> Literal["kept", "withdrawn", "open"]:
    """Whether a version announced at an address began, by what the address showed later (rule 17)."""
    assert m.start is not None
    assert m.seen is not None
    open_ = False
    for later in mentions:
        same = later.kind == "page" and later.address == m.address and later.start is not None
        if not same or later.seen is None or later.seen <= m.seen or later.start == m.start:
            continue
        assert later.start is not None
        if later.seen < m.start or later.start < m.start:
            return "withdrawn"
        rows = [r for r in mentions if r.capture == later.capture and r.kind == "listed"]
        if any(r.start == m.start for r in rows):
            continue
        if later.whole and not any(_may_be_announced(r, m.start, rows) for r in rows):
            return "withdrawn"
        open_ = True
    return "open" if open_ and not any(_shows_it_began(o, m) for o in mentions) else "kept"


def _shows_it_began(later: Mention, announced: Mention) -> bool:
    """Whether, since its first day, a page without a date shows the words of an announced version at its address, or a
    row shows it as an old one."""
    assert announced.start is not None
    if later.seen is None or later.seen < announced.start or later.misprinted:
        return False
    if later.kind == "listed":
        return later.start == announced.start
    same = later.address == announced.address and later.words == announced.words != ""
    return later.kind == "page" and same and later.start is None and not later.old and later.end is None


def _may_be_announced(row: Mention, start: date, rows: Sequence[Mention]) -> bool:
    """Whether a row without a start may be that of the version announced for `start`: its list shows none that began
    between that day and its end."""
    until = row.end.day if row.end and row.end.day else None
    later = (r.start for r in rows if r.start is not None and r.start > start)
    return row.start is None and not any(until is not None and day < until for day in later)


# ---------------------------------------------------------------- strength


def stronger(one: Atom, other: Atom, *, later_wins: bool) -> bool:
    """Whether `one` is kept rather than `other` where they can't both be true."""
    if WEAKEST in (one.rank, other.rank):
        return one.rank < other.rank
    if any(
        _both_plain(a, b) or (not later_wins and _seen_otherwise(a, b))
        for a, b in ((one, other), (other, one))
    ):
        return False
    known = one.by.seen is not None, other.by.seen is not None
    if known[0] != known[1]:
        return known[0]
    same_address = one.own and other.own and one.by.address == other.by.address
    if same_address and one.by.seen != other.by.seen:
        assert one.by.seen is not None
        assert other.by.seen is not None
        return one.by.seen > other.by.seen
    return one.rank < other.rank


def _both_plain(one: Atom, other: Atom) -> bool:
    """Contradictions that no rank decides."""
    if one.says == "sight":
        # that a page bears no mark is weak against another page's end or mark, or a circular's start
        if other.says in ENDS and one.by.address != other.by.address:
            return True
        if other.says == "start":
            return other.by.kind == "circular"
    if one.says == "start" and in_own_list(one.by, other.by):
        # a page is no stronger than its own list (rule 18)
        return other.says == "start" or (other.says == "sight" and not is_misprinted(other.by, one.by))
    if one.says == "start" and other.says == "end":  # rule 23
        return other.days[0] <= one.days[0] and may_be_one(one.by, other.by)
    return one.says == other.says == "start" and two_readings(one.by, other.by)


def _seen_otherwise(one: Atom, other: Atom) -> bool:
    """What an address shows without a mark on one day against what it says on another of that day."""
    if one.says != "sight":
        return False
    same_address = one.by.address == other.by.address
    return (other.says in ENDS and same_address) or (
        other.says == "start" and published_late(one.by, other.by)
    )


def in_own_list(row: Mention, page: Mention) -> bool:
    return row.kind == "listed" and page.kind == "page" and row.capture == page.capture


def is_misprinted(page: Mention, row: Mention) -> bool:
    """Whether a page's foot lies so little before a version that it lists as previous that the foot may be misprinted,
    and the page still that of the version in force (rule 18, WF2.5: three days)."""
    return (
        page.start is not None and row.start is not None and page.start < row.start <= page.start + ONE_MONTH
    )


def may_be_one(one: Mention, other: Mention) -> bool:
    same_address = one.pinned and other.pinned and one.address == other.address
    return one.n == other.n or same_address or (one.start is not None and one.start == other.start)


def two_readings(one: Mention, other: Mention) -> bool:
    """The same words at the same address later with another first day, both sights after it began: one version. A page
    of unknown day may be the later one, so that its reading stands beside the other one too (rule 27)."""
    same = one.kind == other.kind == "page" and one.address == other.address and one.words == other.words
    if not same or not one.words or one.old or other.old or one.start == other.start:
        return False
    if one.start is None or other.start is None:
        return False
    known = [m.seen for m in (one, other) if m.seen is not None]
    return max(one.start, other.start) <= min(known, default=date.max)


def published_late(earlier: Mention, later: Mention) -> bool:
    """The address still showed another version after the day from which the later page says it stood."""
    if not (earlier.kind == later.kind == "page" and earlier.address == later.address):
        return False
    if earlier.seen is None or later.seen is None or earlier.start is None or later.start is None:
        return False
    return earlier.start < later.start <= earlier.seen < later.seen and not two_readings(earlier, later)
