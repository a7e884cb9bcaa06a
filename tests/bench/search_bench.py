"""How fast and how big: this search beside Tantivy, SQLite FTS5 and Whoosh as it comes, over the same versions.

    python tests/bench/search_bench.py --versions 1500
    python tests/bench/search_bench.py --versions 15000 --engines ours,tantivy
    python tests/bench/search_bench.py --engines ours,tantivy --passes 5      where others use the machine as well

Every engine answers each query as of a day with an exact total and the top 20 with snippets; ours also gathers
versions to instructions, counts facets and points at passages, which the others are not asked to do. What an
engine can't do (facets, fuzzy in FTS5) it is not asked for. Each query is asked once, after 20 others of its kind have
warmed it up; days are drawn from `--days` different ones. Of several passes, each on an index opened anew so that
nothing is remembered, the least time of each query counts, for every engine. Tantivy, FTS5 and Whoosh index one
document per version.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from bench.search_corpus import FIRST_DAY, LAST_DAY, Shape, documents  # noqa: E402

import indexer  # noqa: E402
from indexer.analysis import COMMON, folded_words  # noqa: E402
from manual.model import VersionDocument  # noqa: E402

KINDS = ("word", "three words", "all three", "phrase", "proximity", "prefix", "fuzzy", "title + part", "code")
LIMIT = 20
FOR_EVER = 10**7


@dataclass(frozen=True)
class Query:
    kind: str
    words: tuple[str, ...]
    on: date
    part: str = ""


def made_up_queries(
    manual: list[VersionDocument], kind: str, count: int, rng: random.Random, days: list[date]
) -> list[Query]:
    """Words drawn from the texts, so common ones are asked for as often as they stand there."""
    held = [version for version in manual if version.passages]
    queries = []
    while len(queries) < count:
        version = rng.choice(held)
        said = folded_words(rng.choice(version.passages).text)
        telling = [word for word in said if word not in COMMON and len(word) > 3 and word.isascii()]
        if len(telling) < 3 or len(said) < 8:
            continue
        at = rng.randrange(len(said) - 4)
        words: tuple[str, ...] = tuple(rng.sample(telling, 3))
        if kind == "word":
            words = words[:1]
        elif kind == "phrase":
            words = tuple(said[at : at + rng.choice((2, 3))])
        elif kind == "proximity":
            words = (said[at], said[at + rng.randint(1, 3)])
        elif kind == "prefix":
            words = (words[0][:4],)
        elif kind == "fuzzy":
            words = (words[0][:-2] + words[0][-1],)
        elif kind == "title + part":
            words = (rng.choice([word for word in folded_words(version.title) if word.isascii()] or ["the"]),)
        elif kind == "code":
            words = (version.code,)
        if all(word.isascii() for word in words):
            queries.append(Query(kind, words, rng.choice(days), version.part))
    return queries


class Engine(ABC):
    """One way of indexing the versions and of answering queries."""

    name: str

    @abstractmethod
    def build(self, manual: list[VersionDocument], folder: Path) -> None: ...

    @abstractmethod
    def open(self, folder: Path) -> None: ...

    @abstractmethod
    def ask(self, query: Query) -> int | None:
        """The total; None where the engine is not asked for this kind."""


class Ours(Engine):
    name = "ours"

    def build(self, manual: list[VersionDocument], folder: Path) -> None:
        indexer.build(manual, folder, kb_digest="bench")

    def open(self, folder: Path) -> None:
        self._index = indexer.SearchIndex.open(folder)

    def ask(self, query: Query) -> int | None:
        return self._index.search(as_text(query), query.on, limit=LIMIT).total


class OursAnyTime(Ours):
    name = "ours, any time"

    def ask(self, query: Query) -> int | None:
        return self._index.search(as_text(query), None, limit=LIMIT).total


def as_text(query: Query) -> str:
    words = " ".join(query.words)
    return {
        "all three": " AND ".join(query.words),
        "phrase": f'"{words}"',
        "proximity": f'"{words}"~5',
        "prefix": f"{words}*",
        "fuzzy": f"{words}~",
        "title + part": f'title:{words} part:"{query.part}"',
    }.get(query.kind, words)


def period_of(version: VersionDocument) -> tuple[int, int] | None:
    """First day and first day without force, as the engines without periods can hold them."""
    for first, until in version.in_force + version.disputed:
        return (first or date.min).toordinal(), until.toordinal() if until else FOR_EVER
    return None


def body_of(version: VersionDocument) -> str:
    headings = dict.fromkeys(passage.heading for passage in version.passages)
    return "\n".join([*headings, *(passage.text for passage in version.passages)])


class Tantivy(Engine):
    name = "tantivy"

    def build(self, manual: list[VersionDocument], folder: Path) -> None:
        import tantivy

        writer = tantivy.Index(self._schema(), path=str(folder)).writer(heap_size=200_000_000, num_threads=1)
        for version in manual:
            period = period_of(version)
            if period is not None:
                writer.add_document(
                    tantivy.Document(
                        code=version.code,
                        part=version.part,
                        title=version.title,
                        body=body_of(version),
                        first=period[0],
                        until=period[1],
                    )
                )
        writer.commit()
        writer.wait_merging_threads()

    def _schema(self):  # type: ignore[no-untyped-def]
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("code", stored=True, tokenizer_name="raw")
        builder.add_text_field("part", stored=True, tokenizer_name="raw")
        builder.add_text_field("title", stored=True, tokenizer_name="en_stem")
        builder.add_text_field("body", stored=True, tokenizer_name="en_stem")
        builder.add_integer_field("first", stored=True, indexed=True, fast=True)
        builder.add_integer_field("until", stored=True, indexed=True, fast=True)
        return builder.build()

    def open(self, folder: Path) -> None:
        import tantivy

        self._schema_used = self._schema()
        self._index = tantivy.Index.open(str(folder))
        self._searcher = self._index.searcher()

    def _words(self, query: Query):  # type: ignore[no-untyped-def]
        import tantivy

        make, schema = tantivy.Query, self._schema_used
        words = list(query.words)
        if query.kind in ("phrase", "proximity"):
            stems = [indexer.analysis.term_of(word) for word in words]
            return make.phrase_query(schema, "body", stems, slop=5 if query.kind == "proximity" else 0)
        if query.kind == "prefix":
            return make.regex_query(schema, "body", f"{words[0]}.*")
        if query.kind == "fuzzy":
            return make.fuzzy_term_query(schema, "body", words[0], distance=2)
        if query.kind == "code":
            return make.term_query(schema, "code", words[0])
        if query.kind == "title + part":
            inner = self._index.parse_query(words[0], ["title"])
            return make.boolean_query(
                [
                    (tantivy.Occur.Must, inner),
                    (tantivy.Occur.Must, make.term_query(schema, "part", query.part)),
                ]
            )
        joined = (" AND " if query.kind == "all three" else " ").join(words)
        return self._index.parse_query(joined, ["title", "body"])

    def ask(self, query: Query) -> int | None:
        import tantivy

        make, must = tantivy.Query, tantivy.Occur.Must
        day = query.on.toordinal()
        began = make.range_query(self._schema_used, "first", tantivy.FieldType.Integer, 0, day)
        ends = make.range_query(self._schema_used, "until", tantivy.FieldType.Integer, day + 1, FOR_EVER)
        whole = make.boolean_query([(must, self._words(query)), (must, began), (must, ends)])
        found = self._searcher.search(whole, LIMIT, count=True)
        snippets = tantivy.SnippetGenerator.create(self._searcher, whole, self._schema_used, "body")
        for _, address in found.hits:
            document = self._searcher.doc(address)
            snippets.snippet_from_doc(document).to_html()
        return int(found.count)


class Fts5(Engine):
    name = "fts5"

    def build(self, manual: list[VersionDocument], folder: Path) -> None:
        base = sqlite3.connect(folder / "fts.sqlite")
        base.execute(
            "create virtual table v using fts5(code unindexed, part unindexed, title, body, "
            "tokenize='porter unicode61 remove_diacritics 2', prefix='4')"
        )
        base.execute("create table p(id integer primary key, code, first int, until int)")
        for number, version in enumerate(manual, 1):
            period = period_of(version)
            if period is not None:
                row = (number, version.code, version.part, version.title, body_of(version))
                base.execute("insert into v(rowid, code, part, title, body) values (?,?,?,?,?)", row)
                base.execute("insert into p values (?,?,?,?)", (number, version.code, *period))
        base.execute("create index by_code on p(code)")
        base.commit()
        base.execute("insert into v(v) values ('optimize')")
        base.commit()
        base.close()

    def open(self, folder: Path) -> None:
        self._base = sqlite3.connect(folder / "fts.sqlite")

    def ask(self, query: Query) -> int | None:
        day = query.on.toordinal()
        if query.kind == "code":
            rows = self._base.execute(
                "select rowid from p where code = ? and first <= ? and ? < until", (query.words[0], day, day)
            ).fetchall()
            return len(rows)
        quoted = [f'"{word}"' for word in query.words]
        match = {
            "word": quoted[0],
            "three words": " OR ".join(quoted),
            "all three": " AND ".join(quoted),
            "phrase": '"' + " ".join(query.words) + '"',
            "proximity": f"NEAR({' '.join(quoted)}, 5)",
            "prefix": f"{quoted[0]}*",
            "title + part": f"title : {quoted[0]}",
        }.get(query.kind)
        if match is None:
            return None
        where = "from v join p on p.id = v.rowid where v match ? and p.first <= ? and ? < p.until"
        given: tuple[object, ...] = (match, day, day)
        if query.kind == "title + part":
            where, given = where + " and v.part = ?", (*given, query.part)
        total = self._base.execute(f"select count(*) {where}", given).fetchone()[0]
        self._base.execute(
            f"select v.rowid, snippet(v, 3, '<b>', '</b>', '…', 40) {where} order by rank limit {LIMIT}",
            given,
        ).fetchall()
        return int(total)


class PlainWhoosh(Engine):
    name = "whoosh"

    def build(self, manual: list[VersionDocument], folder: Path) -> None:
        from whoosh import fields, index
        from whoosh.analysis import StemmingAnalyzer

        schema = fields.Schema(
            id=fields.ID(unique=True, stored=True),
            code=fields.ID(stored=True),
            part=fields.ID(stored=True),
            title=fields.TEXT(analyzer=StemmingAnalyzer(), stored=True),
            body=fields.TEXT(analyzer=StemmingAnalyzer(), stored=True),
            first=fields.NUMERIC(signed=True, bits=32),
            until=fields.NUMERIC(signed=True, bits=32),
        )
        writer = index.create_in(str(folder), schema).writer(limitmb=256)
        for version in manual:
            period = period_of(version)
            if period is not None:
                writer.add_document(
                    id=version.id, code=version.code, part=version.part, title=version.title,
                    body=body_of(version), first=period[0], until=period[1],
                )  # fmt: skip
        writer.commit()

    def open(self, folder: Path) -> None:
        from whoosh import index

        self._index = index.open_dir(str(folder))
        self._searcher = self._index.searcher()

    def ask(self, query: Query) -> int | None:
        from whoosh.qparser import FuzzyTermPlugin, MultifieldParser, OrGroup
        from whoosh.query import And, NumericRange, Term

        day = query.on.toordinal()
        filtered = And([NumericRange("first", None, day), NumericRange("until", day + 1, None)])
        if query.kind == "code":
            tree = Term("code", query.words[0])
        else:
            fields = ["title"] if query.kind == "title + part" else ["title", "body"]
            text = query.words[0] if query.kind == "title + part" else as_text(query)
            parser = MultifieldParser(fields, self._index.schema, group=OrGroup)
            parser.add_plugin(FuzzyTermPlugin())
            tree = parser.parse(text.replace("~", "~2") if query.kind == "fuzzy" else text)
        if query.kind == "title + part":
            tree = And([tree, Term("part", query.part)])
        found = self._searcher.search(tree, limit=LIMIT, filter=filtered)
        for hit in found:
            hit.highlights("body")
        return len(found)


ENGINES: dict[str, type[Engine]] = {
    engine.name: engine for engine in (Ours, OursAnyTime, Tantivy, Fts5, PlainWhoosh)
}


@dataclass(frozen=True)
class Measured:
    engine: str
    build_cpu: float
    bytes: int
    memory: int
    times: dict[str, tuple[float, float]]


def measure(
    name: str, manual: list[VersionDocument], asked: dict[str, list[Query]], folder: Path, passes: int = 1
) -> Measured:
    """Build and ask, in this process; see `measure_apart` for memory."""
    engine = ENGINES[name]()
    folder.mkdir()
    began = time.process_time()
    engine.build(manual, folder)
    spent = time.process_time() - began
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    times = {}
    for kind, queries in asked.items():
        spans = _least(engine, folder, queries, passes)
        if spans:
            times[kind] = (statistics.median(spans), quantile(spans, 0.95))
    return Measured(name, spent, size, serving_memory(name, folder, asked), times)


def _least(engine: Engine, folder: Path, queries: Sequence[Query], passes: int) -> list[float]:
    """The least time of each query in several passes; what else ran on the machine only ever adds to it."""
    found = []
    for _ in range(passes):
        engine.open(folder)
        found.append(_timed(engine.ask, queries))
    return [min(spans) for spans in zip(*found, strict=True)]


def _timed(ask: Callable[[Query], int | None], queries: Iterable[Query]) -> list[float]:
    spans = []
    for number, query in enumerate(queries):
        began = time.process_time()
        total = ask(query)
        if total is not None and number >= 20:
            spans.append((time.process_time() - began) * 1000)
    return spans


def quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def serving_memory(name: str, folder: Path, asked: dict[str, list[Query]]) -> int:
    """Most memory that a process took which only opened the index and answered all the queries."""
    queries = [[q.kind, list(q.words), q.on.toordinal(), q.part] for batch in asked.values() for q in batch]
    done = subprocess.run(
        [sys.executable, __file__, "--serve", name, str(folder)],
        input=json.dumps(queries), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return int(done.stdout.split()[-1]) * 1024


def serve(name: str, folder: Path) -> None:
    """Answer queries from standard input, then print the peak of resident memory in KiB.

    `getrusage` would tell the peak of the process that this one was started from.
    """
    engine = ENGINES[name]()
    engine.open(folder)
    for kind, words, day, part in json.load(sys.stdin):
        engine.ask(Query(kind, tuple(words), date.fromordinal(day), part))
    status = Path("/proc/self/status").read_text(encoding="ascii")
    print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def update_seconds(manual: list[VersionDocument], folder: Path) -> float:
    """Median seconds of processor time for taking in one changed version."""
    spans = []
    for version in random.Random(5).sample(manual, 5):
        began = time.process_time()
        indexer.update([version], [], folder, kb_digest="bench2")
        spans.append(time.process_time() - began)
    return statistics.median(spans)


def report_codec(manual: list[VersionDocument], folder: Path, out: Callable[[str], None]) -> None:
    """What Whoosh's own codec would cost for the same units, and one reading of common words' places from either."""
    import numpy
    from whoosh import fields, index

    from indexer.arrays import StringTable

    indexer.build(manual, folder / "units", kb_digest="bench")
    held = indexer.SearchIndex.open(folder / "units")._current()
    schema = fields.Schema(text=fields.TEXT(analyzer=indexer.analysis.ANALYZER, phrase=True))
    (folder / "codec").mkdir()
    began = time.process_time()
    writer = index.create_in(str(folder / "codec"), schema).writer(limitmb=256)
    texts: StringTable = held.rows.texts
    for text in texts.all():
        writer.add_document(text=text)
    writer.commit()
    spent = time.process_time() - began
    size = sum(path.stat().st_size for path in (folder / "codec").iterdir())
    counts = numpy.bincount(held.words, minlength=len(held.folded))
    common = [held.folded[number] for number in counts.argsort()[::-1][:20]]
    began = time.process_time()
    for word in common:
        held.unit_at_place[held.places_of(word)].sum()
    ours = (time.process_time() - began) / len(common)
    began = time.process_time()
    with index.open_dir(str(folder / "codec")).searcher() as searcher:
        for word in common:
            matcher = searcher.postings("text", word)
            while matcher.is_active():
                matcher.id(), matcher.value_as("positions")
                matcher.next()
    theirs = (time.process_time() - began) / len(common)
    out(
        f"Whoosh's codec over the same {len(texts)} units: built in {spent:.1f} s, {size / 1e6:.1f} MB without texts;"
    )
    out(f"places of a common word read in {theirs * 1000:.1f} ms, from our arrays in {ours * 1000:.2f} ms")


def report(results: list[Measured], out: Callable[[str], None]) -> None:
    """One table: times as p50/p95 in ms of processor time; below each other engine its ratios to ours (p95)."""
    out("| engine | build s (CPU) | MB | serving MB | " + " | ".join(KINDS) + " |")
    out("|" + " --- |" * (4 + len(KINDS)))
    ours = results[0]
    for one in results:
        sizes = f"{one.build_cpu:.1f} | {one.bytes / 1e6:.1f} | {one.memory / 1e6:.0f}"
        cells = [f"{p50:.1f}/{p95:.1f}" if p95 else "–" for p50, p95 in _row(one)]
        out(f"| {one.engine} | {sizes} | {' | '.join(cells)} |")
        if one is not ours:
            out(f"| … against ours | {' | '.join(_ratios(one, ours))} |")


def _ratios(one: Measured, ours: Measured) -> list[str]:
    sizes = (one.build_cpu / ours.build_cpu, one.bytes / ours.bytes, one.memory / ours.memory)
    pairs = zip(_row(one), _row(ours), strict=True)
    return [f"×{size:.1f}" for size in sizes] + [
        f"×{p95 / own:.1f}" if p95 else "–" for (_, p95), (_, own) in pairs
    ]


def _row(one: Measured) -> list[tuple[float, float]]:
    return [one.times.get(kind, (0.0, 0.0)) for kind in KINDS]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--versions", type=int, default=1500)
    parser.add_argument(
        "--engines", default="ours,ours any time,tantivy,fts5,whoosh".replace("ours any", "ours, any")
    )
    parser.add_argument("--queries", type=int, default=220)
    parser.add_argument("--days", type=int, default=10)
    parser.add_argument("--passes", type=int, default=1)
    parser.add_argument("--serve", nargs=2, metavar=("ENGINE", "FOLDER"))
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    if given.serve:
        serve(given.serve[0], Path(given.serve[1]))
        return
    manual = list(documents(1, Shape(versions=given.versions)))
    rng = random.Random(2)
    days = [FIRST_DAY + timedelta(days=rng.randrange((LAST_DAY - FIRST_DAY).days)) for _ in range(given.days)]
    asked = {kind: made_up_queries(manual, kind, given.queries, rng, days) for kind in KINDS}
    words = sum(len(passage.text.split()) for version in manual for passage in version.passages)
    print(
        f"{len(manual)} versions, {words} words, {given.queries - 20} queries of each kind on {given.days} days\n"
    )
    names = [name for name in ENGINES if name in given.engines.replace("ours, any time", "ours, any time")]
    folder = Path(tempfile.mkdtemp())
    try:
        results = []
        for name in names:
            results.append(measure(name, manual, asked, folder / name.replace(" ", "-"), given.passes))
            print(f"measured {name}", file=sys.stderr)
        report(results, print)
        if "whoosh" in names:
            report_codec(manual, folder, print)
        if (folder / "ours").is_dir():
            print(f"\nOne changed version taken in: {update_seconds(manual, folder / 'ours'):.2f} s of CPU")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
