"""Compares the history with the plain worlds of many made-up pieces of evidence.

    python -m tests.property.worlds.run --sets 20000 --seed 0
    python -m tests.property.worlds.run --seed 0 --only 417          all days of one piece, and its worlds
    python -m tests.property.worlds.run --sets 2000 --kind another   only kinds that hold these words, more examples

Ends with 1 if an answer is wrong or more than one in a hundred settled cells is doubtful.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from manual.history.answers import in_force_on
from manual.history.deriving import history_of
from tests.property.worlds.agreement import reply_on
from tests.property.worlds.compare import SEVERITIES, Compared, Difference, Severity, compare, shrunk
from tests.property.worlds.enumerator import Plain, TooLarge, World, days_asked
from tests.property.worlds.evidence import CODE, Evidence, printed, said_by
from tests.property.worlds.generator import evidence_of
from tests.property.worlds.replies import told_by_program, told_by_worlds

MOST_DOUBT = 0.01


@dataclass(slots=True)
class Tally:
    """What was found over many pieces of evidence."""

    sets: int = 0
    cells: int = 0
    settled: int = 0
    too_large: list[int] = field(default_factory=list)
    failed: list[tuple[int, str]] = field(default_factory=list)
    cells_by_severity: dict[Severity, int] = field(default_factory=lambda: dict.fromkeys(SEVERITIES, 0))
    by_kind: dict[tuple[Severity, str], list[tuple[int, Difference]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, number: int, compared: Compared) -> None:
        self.sets += 1
        self.cells += compared.cells
        self.settled += compared.settled
        for difference in compared.differences:
            self.by_kind[difference.severity, difference.kind].append((number, difference))
        for severity in SEVERITIES:
            self.cells_by_severity[severity] += len(
                {difference.day for difference in compared.differences if difference.severity == severity}
            )

    @property
    def doubt(self) -> float:
        """The share of settled cells on which the program is doubtful."""
        return self.cells_by_severity["doubt"] / max(self.settled, 1)

    @property
    def holds(self) -> bool:
        return not self.cells_by_severity["wrong"] and not self.failed and self.doubt <= MOST_DOUBT

    def __str__(self) -> str:
        counts = ", ".join(f"{self.cells_by_severity[s]} {s}" for s in SEVERITIES)
        large = f"; {len(self.too_large)} too large: {self.too_large[:20]}" if self.too_large else ""
        failed = f"; {len(self.failed)} failed: {self.failed[:5]}" if self.failed else ""
        return (
            f"{self.sets} sets, {self.cells} cells, {self.settled} settled: {counts}; "
            f"doubtful {100 * self.doubt:.2f} % of the settled cells{large}{failed}"
        )


def tally_of(numbers: Iterable[int], seed: int, seconds: float = 2.0) -> Tally:
    """Compares the pieces with these numbers; those whose worlds take longer than `seconds` are named."""
    tally = Tally()
    for number in numbers:
        try:
            tally.add(number, compare(evidence_of(seed, number), seconds))
        except TooLarge:
            tally.too_large.append(number)
        except Exception as error:  # a history that fails is a finding of its own
            tally.failed.append((number, f"{type(error).__name__}: {error}"))
    return tally


# ---------------------------------------------------------------- printing


def report(tally: Tally, seed: int, *, words: str = "", examples: int = 3, seconds: float = 2.0) -> str:
    lines = [str(tally)]
    order = sorted(tally.by_kind, key=lambda k: (SEVERITIES.index(k[0]), -len(tally.by_kind[k])))
    for severity, kind in order:
        if words not in f"{severity} {kind}":
            continue
        found = tally.by_kind[severity, kind]
        sets = list(dict.fromkeys(number for number, _ in found))
        lines += ["", f"## {severity}: {kind}: {len(found)} cells in {len(sets)} sets"]
        lines += [f"   sets {' '.join(map(str, sets[:12]))}"]
        for number in sets[:examples]:
            lines.append(_example(seed, number, kind, seconds))
    return "\n".join(lines)


def _example(seed: int, number: int, kind: str, seconds: float) -> str:
    evidence = shrunk(evidence_of(seed, number), kind, seconds)
    found = [d for d in compare(evidence, seconds).differences if d.kind == kind]
    lines = ["", f"   set {number}, made smaller:", _indented(printed(evidence))]
    lines += [f"      {d.day}: program {d.program}; worlds {d.worlds}" for d in found[:4]]
    return "\n".join(lines)


def _indented(text: str) -> str:
    return "\n".join(f"      {line}" for line in text.split("\n"))


def explained(evidence: Evidence, seconds: float = 20.0) -> str:
    """Every day of one piece of evidence, its plain worlds and what they reject."""
    compared = compare(evidence, seconds)
    plain = compared.plain
    history = history_of(CODE, said_by(evidence))
    lines = [printed(evidence), ""]
    for day in days_asked(plain.marks):
        program = told_by_program(history, in_force_on(history, day))
        kinds = ", ".join(f"{d.severity}: {d.kind}" for d in compared.differences if d.day == day)
        lines.append(f"{day}  {program!s:55} {told_by_worlds(reply_on(plain, day))!s:55} {kinds}")
    lines += ["", "rejected in some plain world:"]
    for out in plain.rejected:
        told = [
            f"{a.says} {'/'.join(map(str, a.days))} of capture {a.by.capture + 1} {a.by.kind}" for a in out
        ]
        lines.append("  " + ("; ".join(sorted(told)) or "nothing"))
    lines += ["", f"{len(plain.worlds)} plain worlds, of which:"]
    return "\n".join(lines + [f"  {_world(plain, world)}" for world in plain.worlds[:25]])


def _world(plain: Plain, world: World) -> str:
    told = []
    for stand in world.stands:
        of = sorted({m.capture + 1 for m in plain.mentions if m.n in stand.members})
        told.append(
            f"{stand.start}{'' if stand.stated else '?'} to {stand.until or '…'} (captures {of or 'none'})"
        )
    return " | ".join(told)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--sets", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0, help="number of the first piece")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", type=int, help="explain the piece with this number")
    parser.add_argument("--kind", default="", help="show only kinds that hold these words")
    parser.add_argument("--examples", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2.0, help="longest time for the worlds of one piece")
    asked = parser.parse_args()
    if asked.only is not None:
        print(explained(evidence_of(asked.seed, asked.only)))
        return 0
    begun = time.monotonic()
    tally = tally_of(range(asked.first, asked.first + asked.sets), asked.seed, asked.seconds)
    print(report(tally, asked.seed, words=asked.kind, examples=asked.examples, seconds=asked.seconds))
    print(f"\n{time.monotonic() - begun:.0f} s", file=sys.stderr)
    return 0 if tally.holds else 1


if __name__ == "__main__":
    sys.exit(main())
