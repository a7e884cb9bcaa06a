"""Pieces of evidence in which anything stands beside anything, made up by number.

`generator` prints what a publisher would have printed. Here pages, rows, lines and circulars are thrown one by one, so
that rules meet that seldom meet: the same seed always gives the same piece.
"""

from __future__ import annotations

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

FIRST_DAYS = (date(2004, 3, 1), date(2010, 6, 1), date(2012, 1, 1), date(2014, 1, 20), date(2016, 1, 1))
APART = (0, 1, 15, 30, 80, 200, 201, 400, 420, 731, 1000)
ADDRESSES = ("opsmanual/1", "opsmanual/1", "opsmanual/5", "opsmanual/6", "opsmanual/7")
TITLES = (TITLE, TITLE, TITLE, "Harbour lamps")


def odd_piece(number: int) -> Evidence:
    """The piece with this number: one to four captures of one code."""
    return _Thrown(Random(f"odd {number}")).evidence()


class _Thrown:
    def __init__(self, random: Random) -> None:
        self.random = random
        first = random.choice(FIRST_DAYS)
        self.days = [first + timedelta(days=apart) for apart in APART]

    def evidence(self) -> Evidence:
        return tuple(self._capture() for _ in range(self.random.randint(1, 4)))

    def _chance(self, of: float) -> bool:
        return self.random.random() < of

    def _day(self) -> date:
        return self.random.choice(self.days) + timedelta(days=self.random.choice((0, 0, 0, 0, 1, -1)))

    def _capture(self) -> CaptureSays:
        kind = self.random.random()
        seen = self._day() + timedelta(days=self.random.choice((0, 1, 50, 300)))
        if kind < 0.65:
            return self._page(None if self._chance(0.12) else seen)
        if kind < 0.9:
            return Contents(seen, tuple(self._row(0.3) for _ in range(self.random.randint(1, 2))))
        return Circular(seen, self._day()) if self._chance(0.6) else Circular(seen, end=self._day())

    def _page(self, seen: date | None) -> Page:
        start = self._day() if self._chance(0.75) else None
        rows = None
        if self._chance(0.45):
            rows = [self._row(0.7) for _ in range(self.random.randint(1, 3))]
            if self._chance(0.8):
                rows.sort(key=lambda row: row.start or (row.end and row.end.day) or date.max, reverse=True)
        return Page(
            self.random.choice(ADDRESSES), seen, start, self._ending() if self._chance(0.2) else None,
            old=self._chance(0.35),
            words=self.random.choice("AAABBC") if self._chance(0.9) else "",
            title=self.random.choice(TITLES),
            rows=tuple(rows) if rows else None,
            whole=self._chance(0.7),
            edition=start is not None and start < EDITION_END and self._chance(0.1),
            start_basis=self.random.choice(("foot", "foot", "foot", "text", "suffix")) if start else "foot",
        )  # fmt: skip

    def _row(self, dated: float) -> Row:
        start = self._day() if self._chance(dated) else None
        end = self._ending() if start is None and self._chance(0.4) else None
        address = self.random.choice(ADDRESSES) if self._chance(0.5) else ""
        return Row(start, end, address, self.random.choice(TITLES))

    def _ending(self) -> Ending:
        basis = self.random.choice(("suffix", "revocation", "text", "note"))
        reading = self.random.choice(("excluded", "included")) if basis == "text" else "excluded"
        if self._chance(0.2):
            return Ending(None, "excluded", basis)
        return Ending(
            self._day(), "either" if basis == "suffix" else reading, basis, unclear=self._chance(0.15)
        )
