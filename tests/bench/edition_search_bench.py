"""How much a query of the static edition loads: the script, what every query needs, files of words, titles of ten hits.

    python tests/bench/edition_search_bench.py                   the history of 15,000 versions of 1,500 instructions
    python tests/bench/edition_search_bench.py --day             one day of them: as many words as the manual has

The pages of the hits, from which snippets come, are not counted: they are the edition's own.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import groupby, pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from bench.relevance.score import judged_set  # noqa: E402
from bench.search_bench import as_text, made_up_queries  # noqa: E402
from bench.search_corpus import Shape, documents  # noqa: E402

from indexer.analysis import term_of  # noqa: E402
from indexer.contents import oldest_first  # noqa: E402
from indexer.language import parse  # noqa: E402
from indexer.tree import LEAVES, Cited, Near, Node, OneOf, Phrase, Prefix, Word, children  # noqa: E402
from indexer.vocabulary import bundled_vocabulary, expand  # noqa: E402
from manual.export.search import files, terms  # noqa: E402
from manual.model import VersionDocument  # noqa: E402
from manual.publisher import INZ  # noqa: E402

DAY = date(2026, 8, 1)
SCRIPT = ROOT / "manual" / "export" / "static" / "search.js"
TITLES = 10


def data_of(versions: list[VersionDocument]) -> terms.SearchData:
    """As `search_data` makes it, with a span of its own for each version."""
    counted = terms._Counted(versions, INZ)
    one = terms.number
    days = "A" + "".join(one(150) + one(1) + one(number) for number in range(len(versions)))
    titles = [part for title, same in groupby(v.title for v in versions) for part in (title, len(list(same)))]
    return terms.SearchData(
        counted.words(), counted.pairs(), counted.things(), counted.lengths(), tuple(titles), days
    )


def sizes_of(manual: list[VersionDocument], *, history: bool) -> dict[str, int]:
    by_code: dict[Any, list[VersionDocument]] = defaultdict(list)
    for version in sorted(manual, key=oldest_first):
        by_code[version.code].append(version)
    found = {code: data_of(versions if history else versions[-1:]) for code, versions in by_code.items()}
    plan: Any = SimpleNamespace(on=DAY, history=history, codes={})
    sizes: dict[str, int] = {}
    files.write_search(
        plan, found, lambda path, data: sizes.__setitem__(path.removeprefix("search/"), len(data))
    )
    return sizes


def keys_of(node: Node) -> Iterator[tuple[str, str]]:
    """Kind of file, and what chooses it, of all that a query asks for; as search.js asks."""
    match node:
        case Word(folded):
            yield "t", files.key_of(term_of(folded))
        case OneOf(said):
            yield "t", files.key_of("+".join(map(term_of, said)))
            yield "t", files.key_of(term_of("".join(said)))
        case Near(folded):
            yield "t", files.key_of(f"{folded[0]}~")
        case Prefix(start):
            yield "t", files.key_of(start)
        case Cited(code):
            yield "t", files.key_of(code.lower())
        case Phrase(folded, exact=True):
            yield from (("p", f"{one} {other}") for one, other in pairwise(folded))
        case Phrase(folded):
            yield "t", files.key_of("+".join(map(term_of, folded)))
        case _:
            assert not isinstance(node, LEAVES)
            for part in children(node):
                yield from keys_of(part)


def loaded(query: str, sizes: dict[str, int], codes: set[Any]) -> int:
    """Bytes of all files that a query loads."""
    buckets = {kind: sum(name.startswith(f"{kind}/") for name in sizes) for kind in "tp"}
    titles = sorted(size for name, size in sizes.items() if name.startswith("n/"))
    total = SCRIPT.stat().st_size + sizes["start.js"] + sizes["days.js"]
    total += sum(titles[len(titles) // 2 :][:TITLES])
    tree = parse(query, codes).tree
    if tree is None:
        return total
    wanted = set(keys_of(expand(tree, bundled_vocabulary())[0]))
    names = {f"{kind}/{files.hash_of(key) % buckets[kind]}.js" for kind, key in wanted}
    return total + sum(sizes[name] for name in names)


def main() -> None:
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("--versions", type=int, default=15_000)
    reader.add_argument("--day", action="store_true")
    asked = reader.parse_args()
    manual = list(documents(1, Shape(versions=asked.versions)))
    sizes = sizes_of(manual, history=not asked.day)
    codes = {version.code for version in manual}
    print(f"{len(codes)} instructions; {len(sizes)} files, {sum(sizes.values()) / 1e6:.1f} MB")
    rng = random.Random(3)
    queries = {
        kind: [as_text(query) for query in made_up_queries(manual, kind, 150, rng, [DAY])]
        for kind in ("word", "three words", "phrase", "prefix", "code")
    }
    queries["judged questions"] = [one.query for one in judged_set() if "~" not in one.query]
    for kind, those in queries.items():
        found = sorted(loaded(query, sizes, codes) for query in those)
        middle, most = found[len(found) // 2], found[int(len(found) * 0.95)]
        print(f"{kind:18} median {middle:>8,}  p95 {most:>8,}  most {found[-1]:>8,}")


if __name__ == "__main__":
    main()
