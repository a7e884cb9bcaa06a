"""Is hostile input read in linear time: `python tests/bench/hostile_bench.py`. Prints times of one run and ratios.

Each text is read at a size and at twice that size; a ratio near 2 is linear, near 4 quadratic. Tests count calls;
a pattern that tries again and again does so within one call, and shows only here.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

from indexer.language import parse
from manual.citation.references import find_refs
from manual.compare import compare
from manual.model import Block, Code

REFERENCES = (
    "(a)",
    "A1.1",
    "(a) and ",
    "Aa ",
    "section 1, ",
    "A of the ",
    "ss 1, ",
    "Act s 1 ",
    "a-",
    "((((",
    "A1.1(a)-",
)
QUERIES = ("ab cd ", "(", '"', "-", "a:", "A1.", "1 ")


def milliseconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1e3


def told(name: str, work: Callable[[int], object], size: int) -> None:
    work(size // 10)  # patterns are compiled, modules loaded
    once, twice = milliseconds(lambda: work(size)), milliseconds(lambda: work(2 * size))
    print(f"{name:32} {once:9.1f} ms {twice:9.1f} ms   x {twice / max(once, 0.1):.1f}")


def compared(clauses: int) -> object:
    old, new = (
        [Block(kind="paragraph", text=f"{letter}{n} " * 30, pinpoint=f"P{n}") for n in range(clauses)]
        for letter in "xy"
    )
    return compare(old, new)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    arguments.add_argument("--size", type=int, default=20_000)
    size = arguments.parse_args().size
    for piece in REFERENCES:
        told(
            f"references in {piece!r}",
            lambda n, piece=piece: find_refs(
                piece * (n // len(piece)) + " Act", here="A1.1", code=Code("A1.1")
            ),  # type: ignore[misc]
            size,
        )
    for piece in QUERIES:
        told(
            f"query of {piece!r}", lambda n, piece=piece: parse(piece * (n // len(piece)), frozenset()), size
        )  # type: ignore[misc]
    told("comparison without a like word", lambda n: compared(n // 30), size)


if __name__ == "__main__":
    main()
