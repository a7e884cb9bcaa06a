"""Lists of versions in captures: rows in order, rows out of order, and what a complete list proves."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from manual.dates import printed
from manual.history.drafts import ONE_DAY, Starts, StatementSeen, is_dated
from manual.model import Code, Finding, Sha256, Statement

_ROW = re.compile(r"\s*\brow \d+$")  # page 13 folder/44854 row 15 -> page 13 folder/44854


def list_name(st: Statement) -> str:
    """The name of a row's list within its capture; in a capture of several pages it begins with the page's locator."""
    return st.in_list or _ROW.sub("", st.locator)


_FROM = re.compile(r"\W*(?:from|effective|commencing|with\s+effect|w\.?e\.?f)\b", re.IGNORECASE)


def row_day(st: Statement) -> date:
    return min(claim.day for claim in st.starts)


@dataclass(frozen=True)
class PrintedList:
    """The dated rows of one list in one capture, in printed order, as seen on one day."""

    capture: Sha256
    day: date
    exact: bool
    kind: str
    """`listed`, `neighbour` or `contents`."""
    name: str
    rows: tuple[StatementSeen, ...]

    def is_old(self, st: Statement) -> bool:
        """Whether a row shows an old version: in the contents, a bare date marks a version that leaked in among the
        lines of those in force (rule 21); "(from D)" is the first day of one in force (rule 11)."""
        return st.shown_as_old or (self.kind == "contents" and _FROM.match(st.suffix) is None)

    @cached_property
    def _places(self) -> Mapping[int, Starts]:
        days = [row_day(st) for st, _ in self.rows]
        repeated = {n for n, day in enumerate(days) if days.count(day) > 1 and not self._one_address(day)}
        steady = [n for n in range(len(days)) if n not in repeated]
        if any(days[a] < days[b] for a, b in pairwise(steady)):
            return {}
        found = {}
        for n in repeated:
            above = [days[m] for m in steady if m < n]
            below = [days[m] for m in steady if m > n]
            in_order = (not above or days[n] <= above[-1]) and (not below or days[n] >= below[0])
            if not in_order and above:
                # with nothing older below it, the row is only doubtful
                found[n] = Starts(below[0] if below else days[n], above[-1] - ONE_DAY if below else days[n])
        return found if len(found) < len(repeated) else {}

    def misplaced(self) -> Mapping[int, Starts]:
        """Rows whose date the list prints twice and which are out of order, with their positions.

        Only a repeated date counts: lists that are merely unordered exist and prove nothing (rules 15 and 18).
        """
        return self._places

    def _one_address(self, day: date) -> bool:
        addresses = {st.address for st, _ in self.rows if row_day(st) == day}
        return len(addresses) == 1 and None not in addresses

    def oddities(self, code: Code) -> Iterator[Finding]:
        """Findings for dates printed twice, rows whose position disputes days, and rows that are merely out of
        order."""
        days = [row_day(st) for st, _ in self.rows]
        for n, (st, seen) in enumerate(self.rows):
            if days.count(days[n]) > 1:  # the same finding for each of them
                message = f"the list prints {printed(days[n])} {days.count(days[n])} times"
                same = ", ".join(
                    one.locator for (one, _), day in zip(self.rows, days, strict=True) if day == days[n]
                )
                yield Finding("warning", "listed_twice", message, code, seen.capture, same, (days[n],))
            if st.misprinted:
                message = f"the row of {printed(days[n])} prints another code with the title of this one"
                yield Finding(
                    "warning", "code_misprinted", message, code, seen.capture, st.locator, (days[n],)
                )
            yield from self._out_of_order(n, days, code)

    def _out_of_order(self, n: int, days: Sequence[date], code: Code) -> Iterator[Finding]:
        st, seen = self.rows[n]
        kind = "listed_out_of_order"
        if n in self._places:
            message = f"the row of {printed(days[n])} stands among older ones, out of the list's order"
            yield Finding("warning", kind, message, code, seen.capture, st.locator, (days[n],))
        elif n and st.kind == "listed" and days[n] > days[n - 1] and n - 1 not in self._places:
            message = (
                f"the row of {printed(days[n])} stands below that of {printed(days[n - 1])}, which is older"
            )
            yield Finding("info", kind, message, code, seen.capture, st.locator, (days[n],))


def printed_lists(ordered: Sequence[StatementSeen]) -> list[PrintedList]:
    """All lists with dated rows of this code."""
    rows: dict[tuple[str, Sha256, date, bool, str], list[StatementSeen]] = defaultdict(list)
    for st, seen in ordered:
        if st.kind in ("listed", "neighbour", "contents") and is_dated(st):
            name = list_name(st) if st.kind == "listed" else ""
            rows[st.kind, seen.capture, seen.day, seen.exact, name].append((st, seen))
    return [
        PrintedList(
            capture=capture,
            day=day,
            exact=exact,
            kind=kind,
            name=name,
            rows=tuple(sorted(found, key=lambda item: item[0].position)),
        )
        for (kind, capture, day, exact, name), found in rows.items()
    ]
