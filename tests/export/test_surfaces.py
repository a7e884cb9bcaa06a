"""One language on every surface: what the edition finds in a browser is what the index of site and command finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from selenium import webdriver

from indexer import SearchIndex, build
from indexer.analysis import folded_words, term_of
from manual.export.search.terms import DENSE
from manual.model import VersionDocument
from manual.queries import KnowledgeBase
from tests.chromium import look
from tests.export.conftest import LATE

pytestmark = pytest.mark.browser

ASK = """
const asked = arguments[0], done = arguments[1], found = [];
(async () => { for (const [on, query] of asked) found.push(await self.inforce.search(query, on)); })().then(
  () => done(found), problem => done([{error: String(problem)}]));
"""


@dataclass(frozen=True)
class Asked:
    on: date | None
    query: str


def table() -> list[Asked]:
    """The queries of surfaces.tsv; no day where that of the edition is meant."""
    lines = (Path(__file__).parent / "surfaces.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [Asked(None if on == "-" else date.fromisoformat(on), query) for on, query in rows]


@pytest.fixture(scope="module")
def index(specimen_home: Path, tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    folder = tmp_path_factory.mktemp("index")
    with KnowledgeBase(specimen_home) as kb:
        build(kb.documents(), folder, kb_digest=kb.digest)
    return SearchIndex.open(folder)


def ask(chrome: webdriver.Chrome, edition: Path, asked: list[Asked]) -> list[dict[str, Any]]:
    """One page for all queries."""
    look(chrome, (edition / "search.html").as_uri())
    chrome.set_script_timeout(60)
    found: list[dict[str, Any]] = chrome.execute_async_script(
        ASK, [["" if one.on is None else one.on.isoformat(), one.query] for one in asked]
    )
    assert not any("error" in one for one in found), found
    return found


def segments(index: SearchIndex, one: Asked) -> tuple[list[str], int]:
    found = index.search(one.query, one.on or LATE, limit=1000)
    return [hit.code.replace(" ", "-") for hit in found.hits], found.holding_all


def test_the_table_is_found_alike_in_edition_and_index(
    chrome: webdriver.Chrome, edition: Path, index: SearchIndex
) -> None:
    """The same words found other instructions on a stick than on the site, and nobody was told."""
    asked = table()
    assert len(asked) >= 150
    first = 0
    for one, found in zip(asked, ask(chrome, edition, asked), strict=True):
        wanted, whole = segments(index, one)
        assert set(found["codes"]) == set(wanted), one
        assert found["whole"] == whole, one
        first += found["codes"][:1] == wanted[:1]
    assert first >= 0.95 * len(asked)


def test_the_surfaces_say_the_same_of_a_query(
    chrome: webdriver.Chrome, edition: Path, index: SearchIndex
) -> None:
    """Syntax read as plain words, or words bridged, would be told on one surface alone."""
    asked = table()
    for one, found in zip(asked, ask(chrome, edition, asked), strict=True):
        said = [note for note in found["notes"] if not note.startswith("In this edition a phrase")]
        assert said == list(index.search(one.query, one.on or LATE).notes), one


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ('"job offer"~5 visa', "near each other"),
        ("acredited~ visa", "spelt nearly so"),
        ("int* visa", "fewer than 4 letters"),
        ("part:WA visa", "part:"),
        ("kind:section visa", "kind:"),
        ("began:2024.. visa", "began:"),
        ("ended:..2020 visa", "ended:"),
        ("status:ended visa", "status:ended"),
    ],
)
def test_what_the_edition_cant_evaluate_is_refused_in_words(
    chrome: webdriver.Chrome, edition: Path, query: str, what: str
) -> None:
    """It was read as plain words, in silence."""
    (found,) = ask(chrome, edition, [Asked(None, query)])
    assert what in found["refused"]


def made_up(documents: Sequence[VersionDocument], rng: Random) -> str:
    """A query of words that stand in texts, in one of the ways in which queries are written."""
    texts = [folded_words(passage.text) for one in documents for passage in one.passages]
    texts = [text for text in texts if len(text) > 6]
    text = rng.choice(texts)
    at = rng.randrange(len(text) - 4)
    word, other = rng.choice(text), rng.choice(rng.choice(texts))
    return rng.choice(
        [
            word,
            f"{word} {other}",
            f"{word} {other} {rng.choice(text)}",
            f"+{word} {other}",
            f"{word} -{other}",
            f"{word} AND {other}",
            f"({word} OR {other}) {rng.choice(text)}",
            f'"{text[at]} {text[at + 1]}"',
            f'"{text[at]} {text[at + 1]}" {other}',
            f"{text[at]}-{text[at + 1]}",
            f"title:{word}",
            f"{word[:4]}*" if len(word) > 3 and word.isalpha() else word,
            rng.choice(documents).code,
            f"{rng.choice(documents).code} {other}",
        ]
    )


def phrase(documents: Sequence[VersionDocument], rng: Random) -> str:
    """A phrase that stands in a text, or all of whose words do, or that is made of the commonest words."""
    texts = [folded_words(passage.text) for one in documents for passage in one.passages]
    text = rng.choice([text for text in texts if len(text) > 8])
    at = rng.randrange(len(text) - 7)
    some = " ".join(text[at : at + rng.randrange(2, 8)])
    dense = [rng.choice(DENSE[:8]) for _ in range(3)]
    kinds = [
        f'"{some}"',
        f'"{some}" {rng.choice(text)}',
        f'"{some} {rng.choice(text)}"',
        f'"{dense[0]} {dense[1]}"',
        f'"{dense[0]} {rng.choice(text)} {dense[1]}"',
        f'"{" ".join(dense)}"',
        f'title:"{dense[0]} {rng.choice(text)}"',
        f"{text[at]}-{text[at + 1]}-{text[at + 2]}",
    ]
    return rng.choice(kinds)


def test_made_up_queries_of_any_day_are_found_alike(
    chrome: webdriver.Chrome, edition: Path, index: SearchIndex
) -> None:
    """A table that somebody wrote holds only what somebody thought of."""
    rng = Random(12)
    documents = list(index.dump())
    asked = [
        Asked(date(2008, 1, 1) + timedelta(days=rng.randrange(7000)), made_up(documents, rng))
        for _ in range(150)
    ]
    for one, found in zip(asked, ask(chrome, edition, asked), strict=True):
        wanted, whole = segments(index, one)
        assert (found["codes"], found["whole"]) == (wanted, whole), one


def test_an_edition_of_one_day_finds_all_of_it_alike(
    chrome: webdriver.Chrome, day_edition: Path, index: SearchIndex
) -> None:
    """It finds phrases by other files than one with the history."""
    rng, day = Random(5), date(2021, 3, 1)
    documents = [one for one in index.dump() if any(first and first <= day for first, _ in one.in_force)]
    queries = [one.query for one in table() if "on:" not in one.query]
    queries += [made_up(documents, rng) for _ in range(80)] + [phrase(documents, rng) for _ in range(120)]
    asked = [Asked(None, query) for query in queries]
    for one, found in zip(asked, ask(chrome, day_edition, asked), strict=True):
        wanted, whole = segments(index, Asked(day, one.query))
        assert (found["codes"], found["whole"]) == (wanted, whole), one


def test_words_are_folded_and_stemmed_as_in_the_index(
    chrome: webdriver.Chrome, edition: Path, index: SearchIndex
) -> None:
    """A word would be found under one stem and looked for under another."""
    texts = {passage.text for one in index.dump() for passage in one.passages}
    odd = "Ōtaki Hawaiʻi O’Brien’s Straße Ærø $25,000.00 1,2 12,345.67 A16.1(b) e.g. naïve YYYY boys' dying ying"
    endings = "s es ed ing ly er ers ion ions ation ize izing ization ness ful fulness ous ousness ive iveness al ally"
    stems = "run appl organ communic general inter late past universe arsen emerge hopp agree succeed proceed exceed"
    made = " ".join(
        f"{stem}{ending}"
        for stem in stems.split()
        for ending in (*endings.split(), "y", "ies", "eed", "eedly")
    )
    rare = "skis skies idly gently ugly early only singly sky news howe atlas cosmos bias andes innings outing canning"
    whole = " ".join([*sorted(texts), odd, made, rare])
    look(chrome, (edition / "search.html").as_uri())
    found = chrome.execute_script("return self.inforce.stems(arguments[0])", whole)
    assert found == [term_of(word) for word in folded_words(whole)]
