"""How much a query of the static edition loads: the script, what every query needs, files of words, titles of ten hits.

Of a phrase its pairs of words, or the places of its words and the stretches of the codes in which it stands.

    python tests/bench/edition_search_bench.py                   the history of 15,000 versions of 1,500 instructions
    python tests/bench/edition_search_bench.py --day             one day of them: as many words as the manual has

The pages of the hits, from which snippets come, are not counted: they are the edition's own.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from bench.relevance.score import judged_set  # noqa: E402
from bench.search_bench import as_text, made_up_queries  # noqa: E402
from bench.search_corpus import Shape, documents  # noqa: E402

from indexer.analysis import folded_words, term_of  # noqa: E402
from indexer.contents import oldest_first  # noqa: E402
from indexer.language import parse  # noqa: E402
from indexer.tree import LEAVES, Cited, Near, Node, OneOf, Phrase, Prefix, Word, children  # noqa: E402
from indexer.vocabulary import bundled_vocabulary, expand  # noqa: E402
from manual.citation import code_key  # noqa: E402
from manual.export.search import files, terms  # noqa: E402
from manual.model import Passage, VersionDocument  # noqa: E402
from manual.publisher import INZ  # noqa: E402

DAY = date(2026, 8, 1)
SCRIPT = ROOT / "manual" / "export" / "static" / "search.js"
TITLES = 10


def data_of(versions: list[VersionDocument], *, history: bool) -> terms.SearchData:
    """As `search_data` makes it, with a span of its own for each version."""
    one = terms.number
    days = "A" + "".join(one(150) + one(1) + one(number) for number in range(len(versions)))
    return terms.data_of(versions, days, INZ, placed=not history)


def sizes_of(by_code: Mapping[Any, list[VersionDocument]], *, history: bool) -> dict[str, int]:
    plan: Any = SimpleNamespace(on=DAY, history=history, codes={})
    sizes: dict[str, int] = {}
    search = files.SearchFiles(plan)
    for code in sorted(by_code, key=code_key):
        search.add(code, data_of(by_code[code], history=history))
    search.put(lambda path, data: sizes.__setitem__(path.removeprefix("search/"), len(data)))
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
            if len(folded) == 1:
                yield "t", files.key_of(term_of(folded[0]))
            yield from (("p", f"{one} {other}") for one, other in pairwise(folded))
            yield from (("w", key) for key in keys_of_phrase(folded))
        case Phrase(folded):
            yield "t", files.key_of("+".join(map(term_of, folded)))
        case _:
            assert not isinstance(node, LEAVES)
            for part in children(node):
                yield from keys_of(part)


def keys_of_phrase(folded: Sequence[str]) -> Iterator[str]:
    yield from (files.key_of(term_of(word)) for word in folded if word not in terms.DENSE)
    for one, other in pairwise(folded):
        if one in terms.DENSE and other in terms.DENSE:
            yield files.key_of(terms.beside(one, other))


def phrases_of(node: Node) -> Iterator[tuple[str, ...]]:
    match node:
        case Phrase(folded, exact=True):
            yield tuple(folded)
        case _ if not isinstance(node, LEAVES):
            for part in children(node):
                yield from phrases_of(part)


class Standing:
    """In which codes, by their numbers in the files, a phrase stands."""

    def __init__(self, by_code: Mapping[Any, Sequence[VersionDocument]]) -> None:
        self._texts = []
        for code in sorted(by_code, key=code_key):
            units = dict.fromkeys(text for one in by_code[code] for _, text in terms.units_of(one))
            self._texts.append(" . ".join(f" {' '.join(folded_words(text))} " for text in units))

    def codes_of(self, phrase: Sequence[str]) -> list[int]:
        return [n for n, text in enumerate(self._texts) if f" {' '.join(phrase)} " in text]


def loaded(query: str, sizes: dict[str, int], codes: set[Any], standing: Standing) -> int:
    """Bytes of all files that a query loads."""
    buckets = {kind: sum(name.startswith(f"{kind}/") for name in sizes) for kind in "tpw"}
    titles = sorted(size for name, size in sizes.items() if name.startswith("n/"))
    total = SCRIPT.stat().st_size + sizes["start.js"] + sizes["days.js"]
    total += sum(titles[len(titles) // 2 :][:TITLES])
    tree = parse(query, codes).tree
    if tree is None:
        return total
    tree = expand(tree, bundled_vocabulary())[0]
    keys = set(keys_of(tree))
    if buckets["w"]:  # the words of the places lie in the file of the same number
        keys |= {("t", key) for kind, key in keys if kind == "w"}
    names = {f"{kind}/{files.hash_of(key) % buckets[kind]}.js" for kind, key in keys if buckets[kind]}
    for phrase in phrases_of(tree) if buckets["w"] else ():
        if len(phrase) > 1:
            names |= {f"u/{code // files.NAMED}.js" for code in standing.codes_of(phrase)}
    return total + sum(sizes[name] for name in names)


def longer_phrases(manual: Sequence[VersionDocument], rng: random.Random) -> list[str]:
    """Phrases of two to six words as they stand in texts, and those that load most: common words around each other."""
    found = []
    while len(found) < 150:
        text = folded_words(rng.choice(rng.choice(manual).passages or [Passage("", "", "")]).text)
        if len(text) > 6:
            at = rng.randrange(len(text) - 6)
            found.append(f'"{" ".join(text[at : at + rng.randrange(2, 7)])}"')
    counted = Counter(
        word for one in manual[::10] for passage in one.passages for word in folded_words(passage.text)
    )
    common = [word for word, _ in counted.most_common(14)]
    return (
        found
        + [f'"{one} {other}"' for one in common for other in common]
        + [f'"{common[0]} {common[-1]} {common[1]}"']
    )


def main() -> None:
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("--versions", type=int, default=15_000)
    reader.add_argument("--day", action="store_true")
    asked = reader.parse_args()
    manual = list(documents(1, Shape(versions=asked.versions)))
    by_code: dict[Any, list[VersionDocument]] = defaultdict(list)
    for version in sorted(manual, key=oldest_first):
        by_code[version.code].append(version)
    if asked.day:
        by_code = defaultdict(list, {code: versions[-1:] for code, versions in by_code.items()})
    sizes, standing = sizes_of(by_code, history=not asked.day), Standing(by_code)
    codes = set(by_code)
    print(f"{len(codes)} instructions; {len(sizes)} files, {sum(sizes.values()) / 1e6:.1f} MB")
    rng = random.Random(3)
    queries = {
        kind: [as_text(query) for query in made_up_queries(manual, kind, 150, rng, [DAY])]
        for kind in ("word", "three words", "phrase", "prefix", "code")
    }
    queries["longer phrases"] = longer_phrases(manual, rng)
    queries["judged questions"] = [one.query for one in judged_set() if "~" not in one.query]
    for kind, those in queries.items():
        found = sorted(loaded(query, sizes, codes, standing) for query in those)
        middle, most = found[len(found) // 2], found[int(len(found) * 0.95)]
        print(f"{kind:18} median {middle:>8,}  p95 {most:>8,}  most {found[-1]:>8,}")


if __name__ == "__main__":
    main()
