"""After each load the index is the one that would be made anew, though only what may have changed is indexed."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from toy_pages import NOW

import indexer
from manual.captures import RawCapture
from manual.intake import indexing
from manual.load import LoadSummary, Silent, load_captures, rebuild
from manual.queries import KnowledgeBase
from manual.specimen import specimen_captures
from manual.store import files
from manual.store.write import Writer

Loads = Callable[..., LoadSummary]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which way the index was made, load by load."""
    ways: list[str] = []

    def told(way: str, real: Any) -> Any:
        def make(*args: Any, **named: Any) -> Any:
            ways.append(way)
            return real(*args, **named)

        return make

    monkeypatch.setattr(indexer, "build", told("anew", indexer.build))
    monkeypatch.setattr(indexer, "update", told("updated", indexer.update))
    return ways


@pytest.fixture
def loads(tmp_path: Path) -> Loads:
    """Loads captures into one home and brings its index up, as `inforce load` does."""

    def loaded(*captures: RawCapture) -> LoadSummary:
        with indexing.knowledge_base_before(tmp_path) as kb:
            summary = load_captures(tmp_path, captures, now=NOW)
            indexing.refresh_index(tmp_path, Silent(), summary, kb)
        return summary

    return loaded


def assert_as_made_anew(home: Path, aside: Path) -> None:
    with KnowledgeBase(home) as kb:
        assert indexer.SearchIndex.open(home / "index").digest == kb.digest
        assert indexer.SearchIndex.open(home / "index").check(kb.documents()) == ()
        indexer.building.build(kb.documents(), aside, kb_digest=kb.digest)
    assert arrays_in(home / "index") == arrays_in(aside)


def arrays_in(index: Path) -> bytes:
    generation = json.loads((index / "CURRENT").read_text())["generation"]
    return (index / generation / "arrays.bin").read_bytes()


@pytest.mark.parametrize("seed", [1, 2])
def test_loads_one_after_another_leave_the_index_that_would_be_made_anew(
    seed: int, tmp_path: Path, loads: Loads, made: list[str]
) -> None:
    """A search would answer from texts, periods or headings that are no longer those of the knowledge base."""
    chance = random.Random(seed)
    contents, *pages = specimen_captures()
    chance.shuffle(pages)
    rest, late = pages[30:110], pages[:30]
    loads(*rest)
    assert_as_made_anew(tmp_path, tmp_path / "aside")
    late.insert(chance.randrange(5, 25), contents)  # from then on codes stand under other headings
    while late:
        taken = [late.pop() for _ in range(min(len(late), chance.choice((1, 1, 1, 5))))]
        loads(*taken)
        assert_as_made_anew(tmp_path, tmp_path / "aside")
    assert made[0] == "anew"
    assert set(made[1:]) == {"updated"}


def test_load_that_changes_nothing_leaves_the_index_alone(loads: Loads, made: list[str]) -> None:
    """Every load of an unchanged folder would pay for an index."""
    some = list(specimen_captures())[:12]
    loads(*some)
    assert loads(*some).changed is False
    assert made == ["anew"]


def test_after_an_interrupted_load_the_index_is_made_anew(
    tmp_path: Path, loads: Loads, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the killed load had derived is not among what the next one derives: the index would lack it."""
    some = list(specimen_captures())
    loads(*some[:40])
    with monkeypatch.context() as broken:
        broken.setattr(Writer, "finish", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        broken.setattr(Writer, "put_links", lambda self, _: (self.commit(), self.begin()))
        with pytest.raises(KeyboardInterrupt):
            loads(*some[40:60])
    assert files.usable(files.building_in(tmp_path))
    loads(some[60])
    assert made == ["anew", "anew"]
    assert_as_made_anew(tmp_path, tmp_path / "aside")


def test_index_that_another_program_run_left_behind_is_made_anew(
    tmp_path: Path, loads: Loads, made: list[str]
) -> None:
    """An index that missed a load would miss its changes for ever."""
    some = list(specimen_captures())
    loads(*some[:40])
    load_captures(tmp_path, some[40:45], now=NOW)  # and its index was never brought up
    loads(some[50])
    assert made == ["anew", "anew"]
    assert_as_made_anew(tmp_path, tmp_path / "aside")


def test_summary_names_the_codes_that_a_load_may_have_changed(tmp_path: Path) -> None:
    """An index that trusts the summary would keep old texts."""
    some = list(specimen_captures())
    first = load_captures(tmp_path, some[:100], now=NOW)
    with KnowledgeBase(tmp_path) as kb, kb.steady():
        old = {code: (kb.history_of(code), tuple(kb.documents_of([code]))) for code in kb.codes()}
        second = load_captures(tmp_path, some[100:104], now=NOW)
    assert (first.built_on, second.built_on) == ("", first.digest)
    with KnowledgeBase(tmp_path) as kb:
        new = {code: (kb.history_of(code), tuple(kb.documents_of([code]))) for code in kb.codes()}
    changed = {code for code in old.keys() | new.keys() if old.get(code) != new.get(code)}
    assert changed
    assert changed <= second.derived
    assert second.derived < new.keys()
    assert rebuild(tmp_path).built_on == ""


def test_index_of_another_program_is_made_anew_though_nothing_was_loaded(
    tmp_path: Path, loads: Loads, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an upgrade the search would find half of what is asked for, or refuse, until something new is loaded."""
    captures = [one for one in specimen_captures() if isinstance(one, RawCapture)][:3]
    with monkeypatch.context() as other:
        for module in ("indexer.building", "indexer.arrays", "manual.intake.indexing"):
            other.setattr(f"{module}.index_stamp", lambda: "another")
        loads(*captures)
    loads(*captures)
    loads(*captures)
    assert made == ["anew", "anew"]
    assert_as_made_anew(tmp_path, tmp_path / "aside")
