"""Letters held against every version: right verdicts, and how long a long letter takes.

    python tests/bench/citecheck_bench.py                     1,000 letters over the specimen
    python tests/bench/citecheck_bench.py --home HOME         and a letter of 40 pages over a large copy

The first table counts verdicts by where a quotation came from and how it was edited; a wrong one ends the run with an
error. The second prints what the check of a long letter costs beside reading its text alone.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from random import Random

if __package__ in (None, ""):  # run as a script: the project's folder is not on the path
    sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]

from letters import EDITS, SOURCES, LetterWriter

from indexer import SearchIndex, build
from manual.captures import Archive
from manual.citecheck import Day, check, read_letter
from manual.load import rebuild
from manual.queries import KnowledgeBase
from manual.specimen import specimen_captures

PAGES = 40
WORDS_A_PAGE = 400


def specimen_home(home: Path) -> Path:
    archive = Archive(home)
    with archive.batch():
        for raw in specimen_captures():
            archive.add(raw, datetime.now(UTC))
    rebuild(home)
    with KnowledgeBase(home) as kb:
        build(kb.documents(), home / "index", kb_digest=kb.digest)
    return home


def verdicts(home: Path, count: int, seed: int) -> int:
    """Prints the table; how many were wrong."""
    index = SearchIndex.open(home / "index")
    table: Counter[tuple[str, str, str]] = Counter()
    wrong = 0
    with KnowledgeBase(home) as kb:
        for quote in LetterWriter(kb).letters(seed, count):
            report = check(read_letter(quote.letter.encode(), "letter"), [Day("", quote.on)], kb, index)
            marked = [q for q in report.quotations if q.quoted.how == "marks"]
            verdict = marked[0].judgements[0].verdict
            table[quote.source, quote.edit, verdict] += 1
            if verdict not in quote.expected:
                wrong += 1
                print(f"wrong: {verdict}, expected {' or '.join(sorted(quote.expected))}: {quote.letter}")
    found = sorted({verdict for _, _, verdict in table})
    print(f"{'from':10}{'edit':10}" + "".join(f"{verdict:>17}" for verdict in found))
    for source in SOURCES:
        for edit in EDITS:
            row = [table[source, edit, verdict] for verdict in found]
            if any(row):
                print(f"{source:10}{edit:10}" + "".join(f"{number:17}" for number in row))
    print(f"{count} letters, {wrong} wrong")
    return wrong


def long_letter(home: Path, seed: int) -> None:
    """A letter of 40 pages: a third of it quotes the manual, in marks, set in and without marks."""
    random = Random(seed)
    index = SearchIndex.open(home / "index")
    with KnowledgeBase(home) as kb:
        codes = [code for code in kb.codes() if any(v.text_held for v in kb.history_of(code).versions)]
        parts: list[str] = []
        words = 0
        while words < PAGES * WORDS_A_PAGE:
            code = random.choice(codes)
            version = random.choice([v for v in kb.history_of(code).versions if v.text_held])
            text = kb.text_of(version)
            clauses = (
                [b.text for top in text.blocks for b in top.walk() if len(b.text.split()) > 12]
                if text
                else []
            )
            if not clauses:
                continue
            clause = random.choice(clauses)
            own = " ".join(f"own{random.randrange(5000)}" for _ in range(2 * len(clause.split())))
            said = random.choice((f"“{clause}”", f"\n\n    {clause}\n\n", clause))
            parts.append(f"{own} {code} says {said}")
            words += 3 * len(clause.split())
        data = "\n\n".join(parts).encode()
        began = time.perf_counter()
        letter = read_letter(data, "letter")
        read = time.perf_counter() - began
        day = kb.newest_capture()
        assert day is not None
        began = time.perf_counter()
        report = check(letter, [Day("", day)], kb, index)
        spent = time.perf_counter() - began
    print(
        f"{words:,} words, {len(report.quotations)} quotations, {len(report.citations)} citations over "
        f"{sum(1 for _ in index.dump()):,} versions: read {read:.2f} s, checked {spent:.2f} s"
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--letters", type=int, default=1000)
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--home", type=Path, help="a large copy, for the long letter")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        wrong = verdicts(specimen_home(Path(folder) / "home"), given.letters, given.seed)
    if given.home:
        long_letter(given.home, given.seed)
    if wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
