"""Is what was meant found? Scores over the judged set, with gains and losses against the committed figures.

    python tests/bench/relevance/score.py                 compare with figures.json
    python tests/bench/relevance/score.py --write         and commit to the new figures
    python tests/bench/relevance/score.py --show          and print the first hits of every query that lost
    python tests/bench/relevance/score.py --trec DOCUMENTS TOPICS QRELS     an outside collection

nDCG@10, recall@5 and first-hit rate (Success@1) by ir_measures; a query with no answer scores 1 if no instruction is
said to hold all its words, else 0.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import ir_measures  # noqa: E402
from bench.relevance.collections_of_trec import Collection, read_collection  # noqa: E402
from ir_measures import RR, R, Success, nDCG  # noqa: E402

from indexer import SearchIndex, build  # noqa: E402
from manual.load import load_captures  # noqa: E402
from manual.queries import KnowledgeBase  # noqa: E402
from manual.specimen import specimen_captures  # noqa: E402

MEASURES = (nDCG @ 10, R @ 5, Success @ 1, RR @ 10)
TODAY = date(2026, 8, 15)
FIGURES = HERE / "figures.json"


@dataclass(frozen=True)
class Judged:
    number: str
    kind: str
    on: date
    query: str
    grades: dict[str, int]


def judged_set() -> list[Judged]:
    """The judged queries, in the order of the file."""
    judged = []
    lines = (HERE / "judged.tsv").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if line and not line.startswith("#"):
            kind, on, query, codes = line.split("\t")
            grades = (
                {}
                if codes == "none"
                else {code: int(grade) for code, _, grade in (one.partition("=") for one in codes.split(","))}
            )
            judged.append(
                Judged(f"q{number}", kind, TODAY if on == "-" else date.fromisoformat(on), query, grades)
            )
    return judged


def specimen_index(folder: Path) -> SearchIndex:
    """The specimen manual, loaded and indexed as a reader's own copy would be."""
    home = folder / "home"
    home.mkdir()
    load_captures(home, specimen_captures(), now=datetime(2026, 8, 12, tzinfo=UTC))
    build(KnowledgeBase(home).documents(), folder / "index", kb_digest="specimen")
    return SearchIndex.open(folder / "index")


def scores(index: SearchIndex, judged: Iterable[Judged]) -> dict[str, dict[str, float]]:
    """By query number: each measure."""
    run: dict[str, dict[str, float]] = {}
    qrels: dict[str, dict[str, int]] = {}
    scored: dict[str, dict[str, float]] = {}
    for one in judged:
        found = index.search(one.query, one.on, limit=20)
        if not one.grades:
            scored[one.number] = {"none": float(found.holding_all == 0)}
            continue
        qrels[one.number] = one.grades
        run[one.number] = {hit.code: 100.0 - rank for rank, hit in enumerate(found.hits)}
    return scored | _measured(qrels, run)


def _measured(
    qrels: dict[str, dict[str, int]], run: dict[str, dict[str, float]]
) -> dict[str, dict[str, float]]:
    by_query: dict[str, dict[str, float]] = {number: {} for number in qrels}
    for metric in ir_measures.iter_calc(list(MEASURES), qrels, run):
        by_query[metric.query_id][str(metric.measure)] = round(metric.value, 4)
    return by_query


def means(scored: Iterable[dict[str, float]]) -> dict[str, float]:
    """The mean of each measure over the queries that have it."""
    values: dict[str, list[float]] = {}
    for one in scored:
        for measure, value in one.items():
            values.setdefault(measure, []).append(value)
    return {measure: round(sum(all_) / len(all_), 4) for measure, all_ in sorted(values.items())}


def summary(judged: list[Judged], scored: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    kinds = dict.fromkeys(one.kind for one in judged)
    by_kind = {kind: means(scored[one.number] for one in judged if one.kind == kind) for kind in kinds}
    return {"all": means(scored.values())} | by_kind


def compare(judged: list[Judged], scored: dict[str, dict[str, float]], show: SearchIndex | None) -> bool:
    """Print the figures beside the committed ones, and each query that gained or lost. Whether any lost."""
    old = json.loads(FIGURES.read_text()) if FIGURES.exists() else {"summary": {}, "queries": {}}
    for kind, figures in summary(judged, scored).items():
        before = old["summary"].get(kind, {})
        cells = [
            f"{name} {value:.3f} ({value - before.get(name, value):+.3f})" for name, value in figures.items()
        ]
        print(f"{kind:9} {'  '.join(cells)}")
    lost = False
    for one in judged:
        now = scored[one.number].get("nDCG@10", scored[one.number].get("none", 0.0))
        was = old["queries"].get(f"{one.on} {one.query}", now)
        if now != was:
            lost = lost or now < was
            print(f"{'gain' if now > was else 'LOSS'} {was:.3f} -> {now:.3f}  {one.kind}: {one.query}")
        if show is not None and now < 1:
            hits = show.search(one.query, one.on, limit=5)
            print(
                f"{now:.3f} {one.kind}: {one.query}  wanted {one.grades}  got {[hit.code for hit in hits.hits]}"
                f" all={hits.holding_all} {hits.did_you_mean or ''}"
            )
    return lost


def write(judged: list[Judged], scored: dict[str, dict[str, float]]) -> None:
    queries = {
        f"{one.on} {one.query}": scored[one.number].get("nDCG@10", scored[one.number].get("none"))
        for one in judged
    }
    FIGURES.write_text(json.dumps({"summary": summary(judged, scored), "queries": queries}, indent=1) + "\n")


def score_collection(collection: Collection, folder: Path) -> dict[str, float]:
    """Measures of an outside collection, documents ranked as for any reader."""
    build(collection.documents, folder, kb_digest="collection")
    index = SearchIndex.open(folder)
    run = {}
    for topic, words in collection.topics.items():
        hits = index.search(words, TODAY, limit=1000, expand=False).hits
        run[topic] = {hit.version_id: 10_000.0 - rank for rank, hit in enumerate(hits)}
    qrels = {topic: grades for topic, grades in collection.grades.items() if topic in run}
    return means(_measured(qrels, run).values())


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--trec", nargs=3, type=Path, metavar=("DOCUMENTS", "TOPICS", "QRELS"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if given.trec:
            print(score_collection(read_collection(*given.trec), Path(folder)))
            return 0
        index = specimen_index(Path(folder))
        judged = judged_set()
        scored = scores(index, judged)
        lost = compare(judged, scored, index if given.show else None)
    if given.write:
        write(judged, scored)
    return int(lost)


if __name__ == "__main__":
    sys.exit(main())
