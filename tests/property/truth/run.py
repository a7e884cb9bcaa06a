"""Judge In Force on generated manuals.

    python -m tests.property.truth.run --manuals 1000 --seed 0 --jobs 2
    python -m tests.property.truth.run --seed 17 --only F2.5 --show      one code: its truth, its captures, its answers

Exit 1 if an answer or a bound was wrong, or a version was made up.
"""

from __future__ import annotations

import argparse
import multiprocessing
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from random import Random

from tests.property.truth import judge as judging
from tests.property.truth.captures import take_captures
from tests.property.truth.judge import Cell, Verdict, evidence_of, share
from tests.property.truth.program import Program, in_memory, temporary_home, whole
from tests.property.truth.publisher import Taken
from tests.property.truth.world import Manual, TrueCode, make_manual

MOST_DOUBT = 1.0
MOST_CAVEATS = 4.0
"""Of the cells that one page settles, in per cent."""


def judge_seed(seed: int, *, lies: bool = False, through_load: bool = False, only: str = "") -> Verdict:
    """The verdict on one generated manual."""
    manual = make_manual(seed, lies=lies)
    captures = take_captures(manual)
    if not through_load:
        return judging.judge(manual, captures, in_memory(captures), only=only)
    with temporary_home() as home:
        program = whole(captures, Path(home))
        with program.base:
            return judging.judge(manual, captures, program, only=only)


def judge_many(
    seeds: Iterable[int], *, jobs: int = 1, lies: bool = False, through_load: bool = False
) -> Verdict:
    """The verdict on all of `seeds` together."""
    work = partial(judge_seed, lies=lies, through_load=through_load)
    total = Verdict()
    if jobs == 1:
        for seed in seeds:
            total.add(work(seed))
        return total
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        for done, verdict in enumerate(pool.imap(work, seeds, chunksize=4), 1):
            total.add(verdict)
            if done % 100 == 0:
                print(f"{done} manuals, {len(total.wrong)} wrong", file=sys.stderr)
    return total


def table(verdict: Verdict) -> str:
    """Counts by kind, and the sums."""
    columns = [
        Counter(c.kind for c in cells)
        for cells in (verdict.wrong, verdict.bounds, verdict.phantoms, verdict.doubtful, verdict.caveated)
    ]
    lines = ["kind              cells  settled  wrong  bound  phantom  doubtful  caveated"]
    for kind in sorted(verdict.cells, key=lambda k: -verdict.cells[k]):
        lines.append(_line(kind, verdict.cells[kind], verdict.settled[kind], [c[kind] for c in columns]))
    cells, settled = verdict.cells.total(), verdict.settled.total()
    lines.append(_line("all", cells, settled, [c.total() for c in columns]))
    doubt, caveats = share(verdict.doubtful, settled), share(verdict.caveated, settled)
    due = 100 * verdict.owed / max(settled, 1)
    lines.append(
        f"{verdict.manuals} manuals; of the settled cells {doubt:.2f} % doubtful (at most {MOST_DOUBT:g}), "
        f"{caveats:.2f} % with a caveat (at most {MOST_CAVEATS:g}; due on {due:.2f} %)"
    )
    return "\n".join(lines)


def _line(kind: str, cells: int, settled: int, counts: Sequence[int]) -> str:
    wrong, bound, phantom, doubtful, caveated = counts
    return f"{kind:<14}{cells:>9}{settled:>9}{wrong:>7}{bound:>7}{phantom:>9}{doubtful:>10}{caveated:>10}"


def reasons(title: str, cells: Sequence[Cell]) -> str:
    """How often each fault was found, whatever its days and versions."""
    counts = Counter(re.sub(r"\d{4}-\d\d-\d\d|None|version \d+", "…", cell.fault) for cell in cells)
    return "".join(f"\n{title}, {count}: {fault}" for fault, count in counts.most_common())


def listing(title: str, cells: Sequence[Cell], most: int) -> str:
    """The first cells of each code, so that each can be replayed."""
    if not cells:
        return ""
    lines = [f"\n{title}:"]
    per_code: Counter[tuple[int, str]] = Counter()
    for cell in cells:
        per_code[cell.seed, cell.code] += 1
        if per_code[cell.seed, cell.code] <= 2 and len(lines) <= most:
            place = f"--seed {cell.seed} --only {cell.code:<7} {cell.day or ''}"
            lines.append(f"  {place} {cell.kind}: {cell.fault} | {cell.answer} | {cell.truth}")
    lines.append(f"  {len(cells)} in {len(per_code)} codes")
    return "\n".join(lines)


# ---------------------------------------------------------------- one code


def show(manual: Manual, captures: Sequence[Taken], program: Program, only: str) -> str:
    """The truth, the captures in order and the answers of one code."""
    evidence = evidence_of(manual, captures).get(only)
    if evidence is None:
        return f"no capture of manual {manual.seed} speaks of {only}"
    lines = [f"{only} in manual {manual.seed}", "truth:", *_truth(evidence.code), "captures:"]
    for taken in sorted({s.taken for s in evidence.sights}, key=lambda t: (not t.known, t.day, t.path)):
        lines.append(f"  {str(taken.day) if taken.known else '?':<10} {taken.path}  {taken.summary}")
        lines += [
            f"      {s.shown.via:<9}{'live ' if s.shown.at_live else ''}{s.shown.mark} version {s.shown.number} "
            f"start {s.shown.start} end {s.shown.end} at {s.shown.address}"
            for s in evidence.sights
            if s.taken is taken
        ]
    verdict = judging.judge(manual, captures, program, only=only)
    faults = {c.day: f"WRONG: {c.fault}" for c in verdict.wrong} | {
        c.day: "doubtful" for c in verdict.doubtful
    }
    faults |= {c.day: "caveated" for c in verdict.caveated}
    faults |= {c.day: f"WRONG BOUND: {c.fault}" for c in verdict.bounds}
    lines.append("answers:")
    previous = ""
    for day in judging.days_of(evidence, Random(0)):
        answer = judging.describe(program.answer(only, day))
        line = f"{answer:<56} | {judging.describe_truth(evidence.code, day):<46} | {faults.get(day, '')}"
        if line != previous:
            lines.append(f"  {day} {line}")
        previous = line
    lines += [f"phantom: {c.answer}: {c.fault}" for c in verdict.phantoms]
    return "\n".join(lines)


def _truth(code: TrueCode) -> list[str]:
    lines = []
    for v in code.versions:
        feet = ", ".join(f"{since}: {printed}" for since, printed in v.feet)
        places = f"live {v.live} archive {v.archive}"
        lines.append(f"  {v.number}: {v.start} to {v.until} {v.ending} '{v.title}' {places} foot {feet}")
    for ghost in code.withdrawn:
        v = ghost.version
        lines.append(f"  {v.number}: announced {v.published} for {v.start}, gone {ghost.gone}, live {v.live}")
    return lines


# ---------------------------------------------------------------- the command


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--manuals", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0, help="of the first manual")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument(
        "--lies", action="store_true", help="some lists print errors; their codes are not judged"
    )
    parser.add_argument(
        "--whole", action="store_true", help="load each manual into a home, and ask its knowledge base"
    )
    parser.add_argument("--only", default="", metavar="CODE")
    parser.add_argument("--show", action="store_true", help="print the evidence and the answers of --only")
    parser.add_argument("--most", type=int, default=40, help="lines of each listing")
    parser.add_argument(
        "--kind", default="", help="list only cells of this kind, a word of the table's first column"
    )
    parser.add_argument("--doubts", action="store_true", help="list doubtful and caveated cells too")
    given = parser.parse_args(arguments)
    if given.show:
        manual = make_manual(given.seed, lies=given.lies)
        captures = take_captures(manual)
        print(show(manual, captures, in_memory(captures), given.only))
        return 0
    seeds = range(given.seed, given.seed + given.manuals)
    if given.only:
        verdict = judge_seed(given.seed, lies=given.lies, through_load=given.whole, only=given.only)
    else:
        verdict = judge_many(seeds, jobs=given.jobs, lies=given.lies, through_load=given.whole)
    print(table(verdict))
    print(reasons("wrong", verdict.wrong), reasons("phantom", verdict.phantoms), sep="")
    lists = {"wrong": verdict.wrong, "wrong bounds": verdict.bounds, "phantoms": verdict.phantoms}
    if given.doubts:
        lists |= {"doubtful": verdict.doubtful, "caveated": verdict.caveated}
    for title, cells in lists.items():
        print(listing(title, [c for c in cells if given.kind in ("", c.kind)], given.most))
    return 1 if verdict.wrong or verdict.bounds or verdict.phantoms else 0


if __name__ == "__main__":
    sys.exit(main())
