"""Odd pieces of evidence, and the days on which the history says what all plain worlds agree on.

    python -m tests.property.worlds.agreed --pieces 420           writes `agreed.txt` anew
    python -m tests.property.worlds.agreed --only 417             one piece, its answers, and the worlds

`agreed.txt` has a line for each piece: its number, then each answer with the days on which it holds. Where a change of
the history alters a line, `--only` says what all worlds that fit the evidence agree on: either the change is wrong, or
the table is written anew.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from manual.history.answers import in_force_on
from manual.history.deriving import history_of
from manual.model import History
from tests.property.worlds.agreement import reply_on
from tests.property.worlds.compare import differences
from tests.property.worlds.enumerator import TooLarge, all_readings
from tests.property.worlds.evidence import CODE, Evidence, said_by
from tests.property.worlds.odd_pieces import odd_piece
from tests.property.worlds.replies import told_by_program
from tests.property.worlds.run import explained

TABLE = Path(__file__).with_name("agreed.txt")
NEAR = (timedelta(days=-1), timedelta(), timedelta(days=1))
Answers = dict[date, str]


def days_of(evidence: Evidence) -> list[date]:
    """Every day that the evidence names, and the days before and after it."""
    return sorted({day + near for says in evidence for day in _named(says) for near in NEAR})


def _named(says: object) -> Iterator[date]:
    """All days in a description, however deep."""
    for value in (getattr(says, name) for name in getattr(says, "__slots__", ())):
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, date):
                yield part
            else:
                yield from _named(part)


def told_on(history: History, day: date) -> str:
    """An answer in short, without its caveats, which do for one another."""
    told = told_by_program(history, in_force_on(history, day))
    start = next((f" {start or '?'}" for start in told.starts if told.word == "in_force"), "")
    until = f" to {told.until}" if told.until else ""
    return f"{told.word}{start}{until}"


def agreed(evidence: Evidence, seconds: float = 20.0) -> Answers:
    """The answers of the history on which all plain worlds agree. Raises TooLarge."""
    readings = all_readings(evidence, seconds)
    history = history_of(CODE, said_by(evidence))
    found: Answers = {}
    for day in days_of(evidence):
        told = told_by_program(history, in_force_on(history, day))
        if any(not list(differences(told, reply_on(plain, day))) for plain in readings):
            found[day] = told_on(history, day)
    return found


def written(answers: Answers) -> str:
    """In one line: each answer with its days."""
    days = defaultdict[str, list[date]](list)
    for day, told in answers.items():
        days[told].append(day)
    return "; ".join(f"{told}: {' '.join(map(str, held))}" for told, held in days.items())


def read(line: str) -> Answers:
    parts = [part.split(": ") for part in line.split("; ")]
    return {date.fromisoformat(day): told for told, held in parts for day in held.split()}


def table() -> dict[int, Answers]:
    lines = [line.split(" ", 1) for line in TABLE.read_text("utf-8").splitlines()]
    return {int(number): read(told) for number, told in lines}


def _lines(numbers: range) -> Iterator[str]:
    for number in numbers:
        try:
            answers = agreed(odd_piece(number))
        except TooLarge:
            continue
        if answers:
            yield f"{number} {written(answers)}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--pieces", type=int, default=420)
    parser.add_argument("--only", type=int)
    asked = parser.parse_args()
    if asked.only is not None:
        print(explained(odd_piece(asked.only)))
    else:
        TABLE.write_text("".join(_lines(range(asked.pieces))), "utf-8")


if __name__ == "__main__":
    main()
