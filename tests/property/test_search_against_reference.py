"""The engine against the definition in plain Python, and against an index that knows nothing of other days."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from bench.search_corpus import Shape, documents, overlap_some, with_digest
from hypothesis import given
from hypothesis import strategies as st
from search_reference import answer_of, reference_search
from soak import examples

from indexer import SearchIndex, build
from indexer.analysis import folded_words, plain
from indexer.language import parse
from indexer.tree import Began, KindIs, PartIs, StatusIs
from indexer.vocabulary import expand, read_vocabulary
from manual.model import VersionDocument

SMALL = Shape(versions=40, words=40, passage_words=8, vocabulary=25, most_versions=8)
SEEDS = st.integers(min_value=0, max_value=10_000)


def made_up_manual(seed: int) -> list[VersionDocument]:
    """A few instructions with few different words, so that everything collides with everything."""
    rng = random.Random(seed)
    return [_undated_at_times(version, rng) for version in overlap_some(list(documents(seed, SMALL)), rng)]


def _undated_at_times(version: VersionDocument, rng: random.Random) -> VersionDocument:
    """Some versions that are no answer on any day are what an undated answer names, on all days or before one."""
    if version.in_force or version.disputed or version.ended or rng.random() < 0.3:
        return version
    until = date(rng.randint(2001, 2024), 1, 1) if rng.random() < 0.5 else None
    return with_digest(replace(version, undated=((None, until),)))


def words_in(manual: list[VersionDocument]) -> list[str]:
    texts = [manual[0].title] + [passage.text for version in manual for passage in version.passages[:3]]
    return sorted({word for text in texts for word in folded_words(text)}) or ["nothing"]


def made_up_query(rng: random.Random, manual: list[VersionDocument]) -> str:
    """One to four pieces of every kind that the language has."""
    words = words_in(manual)
    pieces = [_piece(rng, words, manual) for _ in range(rng.choice((1, 1, 2, 2, 3, 4)))]
    joined = " ".join(pieces)
    return (
        joined
        if rng.random() < 0.8
        else f"{joined} {rng.choice(('AND', 'OR', 'NOT'))} {_piece(rng, words, manual)}"
    )


def _piece(rng: random.Random, words: list[str], manual: list[VersionDocument]) -> str:
    def word() -> str:
        return rng.choice(words)

    def code() -> str:
        return rng.choice(manual).code

    spelt = word()
    kinds = [
        word, word, word, word,
        lambda: f"{word()}-{word()}",
        lambda: f"{word()} {rng.randint(1, 30)} months",
        lambda: f"section {rng.randint(1, 70)}",
        lambda: f"+{word()}",
        lambda: f"-{word()}",
        lambda: f'"{_run(rng, manual)}"',
        lambda: f'"{word()} {word()}"~{rng.randint(0, 6)}',
        lambda: f'"{word()} {word()} {word()}"~{rng.randint(1, 9)}',
        lambda: f"{spelt[: rng.randint(2, 4)]}*",
        lambda: f"{spelt[:-1]}~",
        lambda: f"({word()} OR {word()})",
        lambda: f"({word()} AND {word()})",
        lambda: f"({word()} -{word()})",
        lambda: f"title:{word()}",
        lambda: f"code:{code()[0]}*",
        lambda: f"part:{rng.choice(manual).part.split()[0]}",
        lambda: f"kind:{rng.choice(manual).kind}",
        lambda: f"status:{rng.choice(('ended', 'in_force', 'disputed', 'undated'))}",
        lambda: f"began:{rng.randint(1999, 2026)}..",
        lambda: f"ended:..{rng.randint(1999, 2026)}",
        code,
        lambda: f"{code()}(b)",
    ]  # fmt: skip
    return rng.choice(kinds)()


def _run(rng: random.Random, manual: list[VersionDocument]) -> str:
    texts = [passage.text for version in manual for passage in version.passages] or [manual[0].title]
    said = folded_words(rng.choice(texts))
    at = rng.randrange(max(1, len(said)))
    return " ".join(said[at : at + rng.randint(1, 3)]) or "nothing"


def made_up_day(rng: random.Random, manual: list[VersionDocument]) -> date | None:
    """Any time, or a day at, before or after some bound."""
    periods = [period for version in manual for period in version.in_force + version.disputed + version.ended]
    bounds = [day for period in periods for day in period if day]
    if not bounds or rng.random() < 0.2:
        return None
    return rng.choice(bounds) + timedelta(days=rng.choice((-1, 0, 1, 100)))


def made_up_vocabulary(rng: random.Random, manual: list[VersionDocument]) -> str:
    words = words_in(manual)
    return "\n".join(
        [
            f"{rng.choice(words)} = {rng.choice(words)} | {rng.choice(words)} {rng.choice(words)}",
            f"{rng.choice(words)} {rng.choice(words)} = {rng.choice(words)}",
            f"{rng.choice(words)} <> {rng.choice(words)} {rng.choice(words)}",
        ]
    )


@given(SEEDS)
@examples(60, 1_000)
def test_engine_finds_counts_and_ranks_as_the_definition_says(seed: int) -> None:
    """Otherwise the arrays answer another question than the one that was defined."""
    rng = random.Random(seed)
    manual = made_up_manual(seed)
    vocabulary = read_vocabulary(made_up_vocabulary(rng, manual))
    with tempfile.TemporaryDirectory() as folder:
        build(manual, Path(folder), kb_digest="k")
        index = SearchIndex(Path(folder), vocabulary=vocabulary)
        for _ in range(12):
            query, on = made_up_query(rng, manual), made_up_day(rng, manual)
            filters = _made_up_filters(rng, manual)
            parsed = parse(query, {version.code for version in manual})
            found = index.search(query, on, limit=10_000, expand=True, **filters)
            if parsed.tree is None:
                assert found.total == 0
                continue
            tree, _ = expand(parsed.tree, vocabulary)
            expected = reference_search(manual, tree, on, _as_nodes(filters))
            said = f"{query!r} on {on} with {filters}"
            assert [hit.code for hit in found.hits] == [hit.code for hit in expected], said
            assert [hit.version_id for hit in found.hits] == [hit.version_id for hit in expected], said
            assert [hit.matching_versions for hit in found.hits] == [hit.matching for hit in expected], said
            assert found.total == len(expected), said
            assert found.holding_all == sum(hit.level == 2 for hit in expected), said
            for hit, other in zip(found.hits, expected, strict=True):
                assert abs(hit.score - other.score) <= 1e-6, said


def _made_up_filters(rng: random.Random, manual: list[VersionDocument]) -> dict[str, object]:
    filters: dict[str, object] = {}
    if rng.random() < 0.2:
        filters["part"] = rng.choice(manual).part
    if rng.random() < 0.2:
        filters["status"] = rng.choice(("in_force", "disputed", "ended"))
    if rng.random() < 0.1:
        filters["kind"] = "section"
    if rng.random() < 0.1:
        filters["year"] = rng.randint(1999, 2026)
    return filters


def _as_nodes(filters: dict[str, object]) -> list[object]:
    nodes: list[object] = []
    for name, value in filters.items():
        if name == "year":
            nodes.append(Began(date(value, 1, 1), date(value + 1, 1, 1)))  # type: ignore[arg-type, operator]
        else:
            nodes.append({"part": PartIs, "status": StatusIs, "kind": KindIs}[name](value))
    return nodes


@given(SEEDS)
@examples(60, 1_000)
def test_nothing_of_another_day_shows_in_any_part_of_a_result(seed: int) -> None:
    """Otherwise a hit, snippet, count, score or suggestion tells what stood on another day.

    The whole result must be equal to that of an index which holds only the versions of that day.
    """
    rng = random.Random(seed)
    manual = made_up_manual(seed)
    on = made_up_day(rng, manual) or date(2015, 1, 1)
    standing = [version for version in manual if answer_of(version, on)]
    with tempfile.TemporaryDirectory() as folder:
        build(manual, Path(folder, "all"), kb_digest="k")
        build(standing, Path(folder, "day"), kb_digest="k")
        whole, alone = SearchIndex.open(Path(folder, "all")), SearchIndex.open(Path(folder, "day"))
        for _ in range(12):
            query = made_up_query(rng, manual)
            if rng.random() < 0.3:
                query += " " + _misspelt(rng, manual)
            assert whole.search(query, on, limit=50) == alone.search(query, on, limit=50), query
            typed = rng.choice(words_in(manual))[: rng.randint(1, 4)]
            assert whole.suggest(typed, on) == alone.suggest(typed, on)


def _misspelt(rng: random.Random, manual: list[VersionDocument]) -> str:
    word = rng.choice(words_in(manual))
    return word[:-1] + "q"


@given(SEEDS)
@examples(60, 1_000)
def test_every_hit_stands_on_the_day_and_shows_only_its_own_text(seed: int) -> None:
    """Otherwise an officer reads words that were not in force on the day, or words that nobody wrote."""
    rng = random.Random(seed)
    manual = made_up_manual(seed)
    by_id = {version.id: version for version in manual}
    with tempfile.TemporaryDirectory() as folder:
        build(manual, Path(folder), kb_digest="k")
        index = SearchIndex.open(Path(folder))
        for _ in range(12):
            query, on = made_up_query(rng, manual), made_up_day(rng, manual)
            found = index.search(query, on, limit=10_000)
            for hit in found.hits:
                version = by_id[hit.version_id]
                assert hit.answer == answer_of(version, on)
                assert (hit.code, hit.title) == (version.code, version.title)
                if on is not None:
                    assert all(answer_of(by_id[id], on) == hit.answer for id in hit.matching_versions[:1])
                _assert_quoted(hit, version)
            shown = [by_id[hit.version_id] for hit in found.hits]
            assert len(shown) == found.total
            assert found.facets["part"] == Counter(version.part for version in shown)
            assert found.facets["kind"] == Counter(version.kind for version in shown)
            assert found.facets["status"] == Counter(hit.answer for hit in found.hits)
            begun = [version.effective_from for version in shown]
            assert found.facets["year"] == Counter(str(day.year) for day in begun if day)


def _assert_quoted(hit: object, version: VersionDocument) -> None:
    said = "".join(piece.text for piece in hit.snippet).strip("… ")  # type: ignore[attr-defined]
    if version.damaged or not version.text_held:
        assert said == ""
        assert hit.pinpoint == ""  # type: ignore[attr-defined]
        return
    texts = [passage for passage in version.passages if said in " ".join(plain(passage.text).split())]
    assert texts or not version.passages
    if hit.pinpoint:  # type: ignore[attr-defined]
        assert hit.pinpoint in {passage.pinpoint for passage in texts}  # type: ignore[attr-defined]


def test_a_text_that_another_day_holds_is_not_found_the_day_before_it_begins() -> None:
    """The plainest leak there is: an amendment found before it was law."""
    old = with_digest(
        replace(
            next(documents(1, SMALL)),
            in_force=((date(2020, 1, 1), date(2021, 1, 1)),),
            disputed=(),
            ended=(),
            title="Old title",
            passages=(),
        )
    )
    new = with_digest(
        replace(old, id="new", in_force=((date(2021, 1, 1), None),), title="Amended title")  # type: ignore[arg-type]
    )
    with tempfile.TemporaryDirectory() as folder:
        build([old, new], Path(folder), kb_digest="k")
        index = SearchIndex.open(Path(folder))
        assert index.search("amended", date(2020, 12, 31)).total == 0
        assert index.search("amended", date(2021, 1, 1)).total == 1
        assert index.search("old", date(2021, 1, 1)).total == 0
        assert index.search("old", None).total == 1
