"""The judged questions put to other engines as they come: Tantivy, SQLite FTS5, bm25s and Whoosh beside ours.

    python tests/bench/relevance/others.py

Each is handed the same documents: of every instruction that stands on the day of a question its newest version, with
code, title and text. Their own query syntax is not used: words are words, as their users type them. Questions without
an answer are left out, since none of them says whether a text holds all words.
"""

from __future__ import annotations

import re
import sqlite3
import sys
import tempfile
import warnings
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from bench.relevance.score import Judged, _measured, judged_set, means, specimen_index  # noqa: E402
from bench.search_bench import body_of  # noqa: E402

from indexer import SearchIndex  # noqa: E402
from manual.model import VersionDocument  # noqa: E402

MOST = 20
Ask = Callable[[str], list[str]]
Engine = Callable[[Sequence[VersionDocument], Path], Ask]


def plain(query: str) -> str:
    """The words and codes of a query, without signs of our language."""
    return " ".join(re.findall(r"[\w.$]+(?:['’]\w+)?", re.sub(r"\b(?:title|status|on):", "", query)))


def text_of(one: VersionDocument) -> str:
    return f"{one.code} {one.title} {body_of(one)}"


def fts5(documents: Sequence[VersionDocument], folder: Path) -> Ask:
    base = sqlite3.connect(":memory:")
    base.execute("create virtual table v using fts5(code, title, body, tokenize='porter unicode61')")
    base.executemany(
        "insert into v values (?,?,?)", [(one.code, one.title, body_of(one)) for one in documents]
    )

    def ask(query: str) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in plain(query).split())
        rows = (
            base.execute("select code from v where v match ? order by rank limit ?", (words, MOST))
            if words
            else ()
        )
        return [code for (code,) in rows]

    return ask


def tantivy(documents: Sequence[VersionDocument], folder: Path) -> Ask:
    import tantivy as engine

    builder = engine.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    for name in ("code", "title", "body"):
        builder.add_text_field(name, tokenizer_name="en_stem")
    index = engine.Index(builder.build())
    writer = index.writer()
    for one in documents:
        writer.add_document(engine.Document(id=one.code, code=one.code, title=one.title, body=body_of(one)))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def ask(query: str) -> list[str]:
        words = re.sub(r"[^\w. ]", " ", plain(query))
        found = searcher.search(index.parse_query(words, ["code", "title", "body"]), MOST)
        return [searcher.doc(address)["id"][0] for _, address in found.hits]

    return ask


def bm25s(documents: Sequence[VersionDocument], folder: Path) -> Ask:
    import bm25s as engine
    from snowballstemmer import stemmer

    english = stemmer("english")
    stem = english.stemWords
    retriever = engine.BM25()
    texts = [text_of(one) for one in documents]
    retriever.index(
        engine.tokenize(texts, stopwords="en", stemmer=stem, show_progress=False), show_progress=False
    )

    def ask(query: str) -> list[str]:
        tokens = engine.tokenize([plain(query)], stopwords="en", stemmer=stem, show_progress=False)
        found, scores = retriever.retrieve(tokens, k=min(MOST, len(documents)), show_progress=False)
        return [
            documents[int(number)].code
            for number, score in zip(found[0], scores[0], strict=True)
            if score > 0
        ]

    return ask


def whoosh(documents: Sequence[VersionDocument], folder: Path) -> Ask:
    from whoosh import fields
    from whoosh.analysis import StemmingAnalyzer
    from whoosh.filedb.filestore import RamStorage
    from whoosh.qparser import MultifieldParser, OrGroup

    stemming = StemmingAnalyzer()
    schema = fields.Schema(
        id=fields.ID(stored=True),
        code=fields.TEXT(stemming),
        title=fields.TEXT(stemming),
        body=fields.TEXT(stemming),
    )
    index = RamStorage().create_index(schema)
    writer = index.writer()
    for one in documents:
        writer.add_document(id=one.code, code=one.code, title=one.title, body=body_of(one))
    writer.commit()
    searcher = index.searcher()
    parser = MultifieldParser(["code", "title", "body"], schema, group=OrGroup)
    return lambda query: [hit["id"] for hit in searcher.search(parser.parse(plain(query)), limit=MOST)]


ENGINES: dict[str, Engine] = {"tantivy": tantivy, "fts5": fts5, "bm25s": bm25s, "whoosh": whoosh}


def standing(index: SearchIndex, on: date) -> list[VersionDocument]:
    """The newest version of each instruction that is, or may be, in force on a day."""
    newest = {}
    for one in index.dump():
        periods = one.in_force + one.disputed
        if any((not first or first <= on) and (not until or on < until) for first, until in periods):
            newest[one.code] = one
    return list(newest.values())


def measured(judged: Sequence[Judged], ask_on: Callable[[date], Ask]) -> dict[str, float]:
    qrels = {one.number: one.grades for one in judged}
    run = {
        one.number: {code: 100.0 - rank for rank, code in enumerate(ask_on(one.on)(one.query))}
        for one in judged
    }
    return means(_measured(qrels, run).values())


def main() -> None:
    warnings.simplefilter("ignore")
    judged = [one for one in judged_set() if one.grades]
    with tempfile.TemporaryDirectory() as folder:
        index = specimen_index(Path(folder))

        def ours(on: date) -> Ask:
            return lambda query: [str(hit.code) for hit in index.search(query, on, limit=MOST).hits]

        print(f"{'ours':8} {measured(judged, ours)}")
        for name, engine in ENGINES.items():
            made = cache(lambda on, engine=engine: engine(standing(index, on), Path(folder)))
            print(f"{name:8} {measured(judged, made)}")


if __name__ == "__main__":
    main()
