"""Pieces of evidence made up by number: the same seed and number always give the same one.

A short true history is thrown, then captures that a publisher would have printed from it. In every third piece one
thing is then made false: a date moved, a row lost or added, a mark lost or set, a page of another day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from tests.property.worlds.evidence import (
    EDITION_END,
    TITLE,
    CaptureSays,
    Circular,
    Contents,
    Ending,
    Evidence,
    Page,
    Row,
)

LIVE = "opsmanual/1"
MOST_ROWS = 4
MOST_UNDATED = 3
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TrueVersion:
    number: int
    start: date
    until: date | None
    """The first day without it, or on which the next one begins."""
    ends: Ending | None
    """How its pages print the end where nothing followed at once."""
    title: str

    @property
    def address(self) -> str:
        folder = "opsmanual-archive" if self.start < EDITION_END else "opsmanual"
        return f"{folder}/{self.number + 5}"

    @property
    def words(self) -> str:
        return "ABCDEFGH"[self.number]


def evidence_of(seed: int, number: int) -> Evidence:
    """The piece of evidence with this number; every third holds a planted contradiction."""
    return _made(seed, number)[1]


def truth_of(seed: int, number: int) -> tuple[TrueVersion, ...]:
    """The history from which it was printed."""
    return _made(seed, number)[0]


def is_contradicted(number: int) -> bool:
    return number % 3 == 0


def _made(seed: int, number: int) -> tuple[tuple[TrueVersion, ...], Evidence]:
    random = Random(f"{seed} {number}")
    truth = _truth(random)
    captures: list[CaptureSays] = []
    for _ in range(random.randint(1, 5)):
        made = random.choice(PUBLISHERS)(random, truth)
        if made is not None and _undated([*captures, made]) <= MOST_UNDATED:
            captures.append(made)
    if not captures:
        captures.append(Contents(truth[-1].start + ONE_DAY, (Row(title=truth[-1].title),)))
    if is_contradicted(number):
        captures = _contradicted(random, captures)
    return truth, tuple(captures)


def _undated(captures: Sequence[CaptureSays]) -> int:
    rows = [row for says in captures for row in _rows(says)]
    pages = [says for says in captures if isinstance(says, Page) and says.start is None]
    return sum(row.start is None for row in rows) + len(pages)


def _rows(says: CaptureSays) -> tuple[Row, ...]:
    if isinstance(says, Page):
        return says.rows or ()
    return says.lines if isinstance(says, Contents) else ()


# ---------------------------------------------------------------- a true history


def _truth(random: Random) -> tuple[TrueVersion, ...]:
    day = date(
        random.choice((2002, 2011, 2011, 2014, 2014, 2017)), random.randint(1, 12), random.randint(1, 28)
    )
    found: list[TrueVersion] = []
    title = TITLE
    for number in range(random.randint(1, 5)):
        until = day + timedelta(days=random.randint(20, 900))
        if day < EDITION_END < until:
            until = EDITION_END  # a new edition began, with new versions
        ends = None
        after = until
        if random.random() < 0.15 and until != EDITION_END:
            ends, after = _printed_end(random, until), until + timedelta(days=random.randint(30, 700))
        found.append(TrueVersion(number, day, until, ends, title))
        day = after
        if random.random() < 0.1:
            title = "Harbour lamps"
    last = found[-1]
    if last.ends is None and not last.start < EDITION_END:
        found[-1] = replace(last, until=None)
    return tuple(found)


def _printed_end(random: Random, until: date) -> Ending:
    return random.choice(
        (
            Ending(until, "excluded", "revocation"),
            Ending(until, "excluded", "text"),
            Ending(until, "either", "suffix"),
            Ending(until - ONE_DAY, "either", "suffix"),
            Ending(until - ONE_DAY, "included", "text"),
            Ending(None, "excluded", "revocation"),
        )
    )


# ---------------------------------------------------------------- what is captured of it


def _day(random: Random, truth: Sequence[TrueVersion]) -> date:
    last = (truth[-1].until or truth[-1].start) + timedelta(days=500)
    first = truth[0].start - timedelta(days=30)
    return first + timedelta(days=random.randint(0, (last - first).days))


def _seen(random: Random, day: date) -> date | None:
    return None if random.random() < 0.15 else day


def _begun(truth: Sequence[TrueVersion], day: date) -> list[TrueVersion]:
    return [version for version in truth if version.start <= day]


def _live(random: Random, truth: Sequence[TrueVersion]) -> Page | None:
    """The page at the live address: the version in force, one that ended in place, or one announced."""
    day = _day(random, truth)
    begun = _begun(truth, day)
    coming = [v for v in truth[len(begun) :] if v.start - day < timedelta(days=60)]
    shown = coming[0] if coming and random.random() < 0.5 else begun[-1] if begun else None
    if shown is None:
        return None
    over = shown.until is not None and shown.until <= day
    ends = shown.ends if over else None
    if over and ends is None:
        return None  # its edition ceased and nothing followed
    older = [v for v in begun if v is not shown]
    rows = _listed(random, older, day)
    start = None if shown in begun and random.random() < 0.08 else shown.start
    seen = _seen(random, day)
    edition = shown.start < EDITION_END
    if edition and seen is None:
        return None
    return Page(
        LIVE, seen, start, ends, words=shown.words, title=shown.title,
        rows=rows, whole=len(older) == len(rows or ()) and random.random() < 0.9,
    )  # fmt: skip


def _listed(random: Random, versions: Sequence[TrueVersion], day: date) -> tuple[Row, ...] | None:
    """Rows for other versions, newest first; None where the page shows no list."""
    if not versions or random.random() < 0.4:
        return None
    addressed = random.random() < 0.6
    rows = [_row(v, day, v.address if addressed else "") for v in reversed(versions)]
    return tuple(rows[:MOST_ROWS])


def _row(version: TrueVersion, day: date, address: str) -> Row:
    """An ended version's row prints its end in place of its start."""
    if version.ends is not None and version.until is not None and version.until <= day:
        return Row(None, version.ends, address, version.title)
    return Row(version.start, None, address, version.title)


def _archived(random: Random, truth: Sequence[TrueVersion]) -> Page | None:
    """The copy of a version that was replaced or has ended, at its own address."""
    day = _day(random, truth)
    over = [v for v in truth if v.until is not None and v.until <= day]
    if not over:
        return None
    mine = random.choice(over)
    edition = mine.start < EDITION_END
    ends = mine.ends
    if edition and mine.until == EDITION_END:
        ends = Ending(EDITION_END, "excluded", "edition")
    begun = _begun(truth, day)
    newest = begun[-1]
    others = [v for v in begun if v is not mine and v is not newest]
    rows = _listed(random, others, day) if not edition else None
    if rows is not None and newest is not mine:
        current = replace(_row(newest, day, LIVE), start=None)
        rows = (current, *rows)[:MOST_ROWS]
    complete = rows is not None and len(rows) == len(others) + (newest is not mine)
    return Page(
        mine.address, _seen(random, day), mine.start, ends, ends is None, mine.words, mine.title,
        rows, complete and random.random() < 0.9, edition,
    )  # fmt: skip


def _contents(random: Random, truth: Sequence[TrueVersion]) -> Contents | None:
    day = _day(random, truth)
    begun = [v for v in _begun(truth, day) if not v.start < EDITION_END <= day]
    if not begun:
        return None
    newest = begun[-1]
    address = LIVE if random.random() < 0.5 else ""
    over = newest.until is not None and newest.until <= day
    if over and newest.ends is None:
        return None
    first = Row(None, newest.ends if over else None, address, newest.title)
    leaked = [_row(v, day, "") for v in reversed(begun[:-1])] if random.random() < 0.2 else []
    return Contents(day, (first, *leaked[: MOST_ROWS - 1]))


def _circular(random: Random, truth: Sequence[TrueVersion]) -> Circular | None:
    version = random.choice(truth)
    ahead = timedelta(days=random.randint(3, 40))
    if version.ends is not None and version.until is not None and random.random() < 0.5:
        return Circular(version.until - ahead, end=version.until, title=version.title)
    return Circular(version.start - ahead, start=version.start, title=version.title)


Publisher = Callable[[Random, Sequence[TrueVersion]], CaptureSays | None]
PUBLISHERS: tuple[Publisher, ...] = (
    _live,
    _live,
    _live,
    _archived,
    _archived,
    _contents,
    _contents,
    _circular,
)

# ---------------------------------------------------------------- planted contradictions


def _contradicted(random: Random, captures: Sequence[CaptureSays]) -> list[CaptureSays]:
    """One capture says something else than the truth."""
    place = random.randrange(len(captures))
    changed = _changed(random, captures[place])
    return [changed if n == place else says for n, says in enumerate(captures)]


def _changed(random: Random, says: CaptureSays) -> CaptureSays:
    if isinstance(says, Circular):
        day = says.start or says.end
        assert day is not None
        return replace(says, start=_moved(random, day), end=None)
    if isinstance(says, Contents):
        return replace(
            says,
            lines=tuple(replace(r, misprinted=False) for r in _changed_rows(random, says.lines, says.seen)),
        )
    return _changed_page(random, says)


def _changed_page(random: Random, page: Page) -> Page:
    if page.rows and random.random() < 0.5:
        return replace(page, rows=_changed_rows(random, page.rows, page.seen) or None)
    choice = random.randrange(5)
    if choice == 4 and page.start is not None:
        day = page.start + timedelta(days=random.randint(10, 600))
        return replace(page, end=Ending(day, "excluded", "text", unclear=True), old=False)
    if choice == 0 and page.start is not None:
        return replace(page, start=_moved(random, page.start))
    if choice == 1 and not page.old and page.start is not None:
        return replace(
            page, end=Ending(page.start + timedelta(days=random.randint(-5, 300)), "excluded", "revocation")
        )
    if choice == 2:
        return replace(page, old=not page.old, end=None)
    return replace(page, words="Z", seen=page.seen and page.seen + timedelta(days=random.randint(1, 400)))


def _changed_rows(random: Random, rows: tuple[Row, ...], seen: date | None) -> tuple[Row, ...]:
    place = random.randrange(len(rows))
    row = rows[place]
    choice = random.randrange(5)
    if choice == 3:
        return (*rows[:place], replace(row, misprinted=True), *rows[place + 1 :])
    if choice == 4 and row.start is not None and len(rows) < MOST_ROWS:
        again = random.randint(0, len(rows))
        return (*rows[:again], replace(row, address=""), *rows[again:])
    if choice == 0 and len(rows) > 1:
        return (*rows[:place], *rows[place + 1 :])
    day = row.start or (row.end and row.end.day) or seen
    if choice == 1 and row.start is not None:
        return (*rows[:place], replace(row, start=_moved(random, row.start)), *rows[place + 1 :])
    if day is None or len(rows) >= MOST_ROWS:
        return rows
    added = Row(day - timedelta(days=random.randint(5, 200)), None, "", row.title)
    return tuple(sorted((*rows, added), key=lambda r: (r.start is None, r.start or date.min), reverse=True))


def _moved(random: Random, day: date) -> date:
    return day + timedelta(days=random.choice((-400, -60, -10, -1, 1, 10, 60, 400)))
