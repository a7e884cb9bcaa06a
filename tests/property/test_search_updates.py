"""An updated index is the index that would be built anew; and the index gives back what it was given."""

from __future__ import annotations

import json
import random
import tempfile
from dataclasses import replace
from pathlib import Path

from bench.search_corpus import Shape, documents, with_digest
from hypothesis import given
from hypothesis import strategies as st
from soak import examples

from indexer import SearchIndex, build, update
from indexer.contents import oldest_first
from manual.citation import code_key
from manual.model import Code, Passage, VersionDocument, VersionId

SMALL = Shape(versions=40, words=40, passage_words=8, vocabulary=60, most_versions=8)
SEEDS = st.integers(min_value=0, max_value=10_000)


def bytes_of_index(folder: Path) -> bytes:
    generation = json.loads((folder / "CURRENT").read_text())["generation"]
    return (folder / generation / "arrays.bin").read_bytes()


def canonical(manual: list[VersionDocument]) -> list[VersionDocument]:
    return sorted(manual, key=lambda version: (code_key(version.code), oldest_first(version)))


@given(SEEDS)
@examples(60, 1_000)
def test_updates_one_after_another_give_the_bytes_of_a_rebuild(seed: int) -> None:
    """Otherwise answers depend on the order in which captures happened to be loaded."""
    rng = random.Random(seed)
    pool = list(documents(seed, SMALL))
    rng.shuffle(pool)
    first = rng.randrange(len(pool))
    held = {version.id: version for version in pool[:first]}
    waiting = pool[first:]
    with tempfile.TemporaryDirectory() as folder:
        updated, rebuilt = Path(folder, "updated"), Path(folder, "rebuilt")
        build(held.values(), updated, kb_digest="0")
        for _ in range(3):
            changed = [_amended(version, rng) for version in held.values() if rng.random() < 0.1]
            added = [waiting.pop() for _ in range(min(len(waiting), rng.randrange(4)))]
            gone = [id for id in held if rng.random() < 0.1 and id not in {one.id for one in changed}]
            held |= {version.id: version for version in changed + added}
            for id in gone:
                del held[id]
            summary = update(changed + added, gone, updated, kb_digest="1")
            again = build(held.values(), rebuilt, kb_digest="1")
            assert bytes_of_index(updated) == bytes_of_index(rebuilt)
            assert replace(summary, seconds=0) == replace(again, seconds=0)
            assert SearchIndex.open(updated).check(held.values()) == ()


def _amended(version: VersionDocument, rng: random.Random) -> VersionDocument:
    """Another text, sometimes under another code."""
    said = Passage(version.code, "Amended", f"word{rng.randrange(5)} altered text")
    code = Code(f"{version.code}.1") if rng.random() < 0.2 and version.code.count(".") == 1 else version.code
    return with_digest(replace(version, code=code, text_held=True, passages=(*version.passages[:2], said)))


@given(SEEDS)
@examples(60, 1_000)
def test_an_index_gives_back_every_document_whatever_the_order_it_came_in(seed: int) -> None:
    """Otherwise `index check` compares with something else than what was indexed."""
    manual = list(documents(seed, SMALL))
    shuffled = random.Random(seed).sample(manual, len(manual))
    with tempfile.TemporaryDirectory() as folder:
        build(manual, Path(folder, "one"), kb_digest="k")
        build(shuffled, Path(folder, "other"), kb_digest="k")
        assert bytes_of_index(Path(folder, "one")) == bytes_of_index(Path(folder, "other"))
        assert list(SearchIndex.open(Path(folder, "one")).dump()) == canonical(manual)


TEXTS = st.text(max_size=40)


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS, TEXTS), max_size=6))
@examples(150)
def test_any_text_at_all_is_kept_and_indexed(texts: list[tuple[str, str, str, str]]) -> None:
    """Otherwise a page with odd characters stops the index from being built, or comes back altered."""
    manual = [
        with_digest(
            VersionDocument(
                id=VersionId(str(number)), code=Code("A1.1"), title=title, part=heading, kind="section",
                effective_from=None, effective_until=None, text_held=True, damaged=False,
                in_force=((None, None),) if number == 0 else (), disputed=(), ended=(),
                passages=(Passage(pinpoint, heading, text), Passage(pinpoint, heading, text)),
            )
        )
        for number, (title, pinpoint, heading, text) in enumerate(texts)
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        build(manual, Path(folder), kb_digest="k")
        index = SearchIndex.open(Path(folder))
        assert list(index.dump()) == canonical(manual)
        assert index.check(manual) == ()
        for title, _, _, text in texts:
            index.search(text, None)
            index.search(f'"{title}"', None)
