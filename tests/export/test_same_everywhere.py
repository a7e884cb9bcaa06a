"""One question, every way of asking it: 2,000 cells of code, day and known, and no difference.

The library's answer is the measure. The API and the tools for assistants give it as the same JSON, the site and the
edition as a page, Akoma Ntoso as documents; 50 cells are asked of the command line, too. The edition and Akoma Ntoso
know no `known`: they are asked the cells without it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import anyio
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from lxml import etree, html

from manual.citation import anchor, parse_citation
from manual.cli import cli
from manual.export.akn.document import document
from manual.export.akn.edition import name_of
from manual.export.akn.reading import Document, read
from manual.export.dependencies import RecordingBase
from manual.export.plan import Plan, make_plan
from manual.model import NAMING, Answer, Block, Code, Version, When
from manual.pages import json_answers
from manual.pages.links import code_segment
from manual.pages.words import answer_sentence, citation
from manual.queries import KnowledgeBase
from tests.export.conftest import LATE
from webapp import create_app

CELLS = 2000
TYPED = 50
DAY = timedelta(days=1)
UNKNOWN = (Code("X99"), Code("J19.1"))


@dataclass(frozen=True, slots=True, repr=False)
class Cell:
    """One question with the library's answer to it."""

    typed: Code
    when: When
    answer: Answer
    """Of the code that was meant: K2.1.1 is a place in K2.1 on days on which it has no page of its own."""
    place: str
    """That place; else empty."""
    blocks: tuple[Block, ...]
    """Of the text that may be shown."""

    def __repr__(self) -> str:
        return f"{self.typed} on {self.when.on}, known {self.when.known}"

    @property
    def code(self) -> Code:
        """The code meant."""
        return self.answer.code

    @property
    def cited(self) -> str:
        return citation(self.answer, self.place)

    @property
    def query(self) -> dict[str, str]:
        known = {"known": str(self.when.known)} if self.when.known else {}
        return {"on": str(self.when.on), **known}


def questions(kb: KnowledgeBase) -> Iterator[tuple[Code, When]]:
    """Half on the days around bounds, half anywhere; half as known by one of a few days. A fixed seed: a difference
    that was found once must be found again."""
    chance = random.Random(20260901)
    codes = [*kb.codes(), *UNKNOWN]
    bounds = [
        (code, day)
        for code in kb.codes()
        for span in kb.history_of(code).spans
        for day in (span.first, span.until)
        if day
    ]
    known: Sequence[date | None] = (date(2019, 1, 1), date(2024, 6, 1), date(2025, 6, 1), LATE)
    for _ in range(CELLS // 2):
        code, day = chance.choice(bounds)
        yield code, When(day + DAY * chance.choice((-1, 0, 1)), chance.choice((None, chance.choice(known))))
    for _ in range(CELLS // 2):
        day = date(2008, 1, 1) + DAY * chance.randrange(7500)
        yield chance.choice(codes), When(day, chance.choice((None, chance.choice(known))))


@pytest.fixture(scope="module")
def base(specimen_home: Path) -> Iterator[KnowledgeBase]:
    with KnowledgeBase(specimen_home) as kb, kb.steady():
        yield kb


@pytest.fixture(scope="module")
def cells(base: KnowledgeBase) -> list[Cell]:
    asked = sorted(questions(base), key=lambda q: (str(q[1].known), q[0], q[1].on))
    return [cell_of(base, code, when) for code, when in asked]


def cell_of(kb: KnowledgeBase, code: Code, when: When) -> Cell:
    meant = kb.designate(parse_citation(code), when.on, when.known)
    answer = kb.in_force_on(meant.code or code, when)
    return Cell(
        code,
        when,
        answer,
        meant.pinpoint or "",
        shown_text(kb, answer.version, when.known) if answer.version else (),
    )


def shown_text(kb: KnowledgeBase, version: Version, known: date | None) -> tuple[Block, ...]:
    text = kb.text_of(version, known)
    return text.blocks if text and not version.text_damaged and not version.other_texts else ()


@pytest.fixture(scope="module")
def client(specimen_home: Path) -> FlaskClient:
    return create_app({"HOME": specimen_home, "TODAY": lambda: LATE}).test_client()


@pytest.fixture(scope="module")
def as_data(base: KnowledgeBase, cells: list[Cell]) -> list[Any]:
    """The answers of the library as JSON."""
    found = [json_answers.show(base, parse_citation(cell.typed), cell.when) for cell in cells]
    return json.loads(json.dumps(found))  # type: ignore[no-any-return]


def test_the_cells_are_worth_asking(cells: list[Cell]) -> None:
    """Equal answers to 2,000 questions about nothing would prove nothing."""
    words = {
        word: sum(cell.answer.answer == word for cell in cells) for word in ("in_force", "ended", "disputed")
    }
    assert len(cells) == CELLS
    assert min(words.values()) > 20
    assert {cell.answer.answer for cell in cells} == {
        "in_force", "ended", "before_record", "not_yet", "disputed", "undated", "unknown_code",
    }  # fmt: skip
    assert sum(bool(cell.blocks) for cell in cells) > 300
    assert 800 < sum(cell.when.known is None for cell in cells) < 1200


def test_the_api_gives_the_library_s_answer(
    client: FlaskClient, cells: list[Cell], as_data: list[Any]
) -> None:
    """An unknown code is a problem document there, with the same word and codes."""
    for cell, expected in zip(cells, as_data, strict=True):
        response = client.get(f"/api/v1/show/{quote(cell.typed)}", query_string=cell.query)
        found = response.get_json(force=True)
        if cell.answer.answer == "unknown_code":
            assert response.status_code == 404, cell
            assert found["answer"] == "unknown_code", cell
            assert found["nearest"] == expected["nearest_codes"], cell
        else:
            assert response.status_code == 200, cell
            assert found == expected, cell


def test_assistants_get_the_library_s_answer(
    specimen_home: Path, cells: list[Cell], as_data: list[Any]
) -> None:
    """The words for the model say the same as the data: its citation."""
    pytest.importorskip("mcp", reason="the extra mcp is not installed")
    from mcp import Client

    from manual.mcp import server

    async def ask() -> None:
        async with Client(server(specimen_home, today=lambda: LATE)) as assistant:
            for cell, expected in zip(cells, as_data, strict=True):
                result = await assistant.call_tool("show", {"code": cell.typed, **cell.query})
                assert not result.is_error, cell
                assert result.structured_content == expected, cell
                (content,) = result.content
                assert content.type == "text"
                assert f"Cite as: {cell.cited}." in content.text, cell

    anyio.run(ask)


def test_the_site_shows_the_library_s_answer(client: FlaskClient, cells: list[Cell]) -> None:
    """Word, sentence, citation, title, places and words of the text."""
    for cell in cells:
        known = {name: value for name, value in cell.query.items() if name == "known"}
        address = f"/{code_segment(cell.typed)}/on/{cell.when.on}"
        response = client.get(address, query_string=known, follow_redirects=bool(cell.place))
        assert response.status_code == (404 if cell.answer.answer == "unknown_code" else 200), cell
        page = html.fromstring(response.data)
        assert word_of(page) == cell.answer.answer, cell
        if cell.answer.answer != "unknown_code":
            assert folded(answer_sentence(cell.answer, LATE)) in folded(page), cell
            if not (cell.answer.version and cell.answer.version.other_texts):
                assert folded(citation(cell.answer)) in folded(page), cell
        same_text(page, cell)


def test_the_edition_shows_the_library_s_answer(
    specimen_home: Path, edition: Path, cells: list[Cell]
) -> None:
    """A page of the edition stands for a run of days, so that it names another day; its answer is the same."""
    with RecordingBase(specimen_home) as kb:
        plan = make_plan(kb, LATE, history=True)
        asked = [cell for cell in cells if cell.when.known is None]
        for cell in asked:
            same_in_edition(plan, edition, cell)
    assert len(asked) > 800


def same_in_edition(plan: Plan, edition: Path, cell: Cell) -> None:
    name = plan.answer_page(cell.code, cell.when.on)
    if cell.answer.answer == "unknown_code":
        assert not name, cell
        return
    page = html.fromstring((edition / name).read_bytes())
    if name.endswith("/history.html"):
        assert cell.answer.answer not in NAMING or (cell.answer.span and cell.answer.span.first is None), cell
        return
    assert word_of(page) == cell.answer.answer, cell
    same_text(page, cell)


def test_akoma_ntoso_states_the_library_s_answer(base: KnowledgeBase, cells: list[Cell]) -> None:
    """Any document of a code tells which of its versions answers on a day; that version's document has the rest."""
    documents: dict[str, Document] = {}
    first: dict[Code, Document] = {}
    for code in base.codes():
        history = base.history_of(code)
        for version in history.versions:
            documents[name_of(version)] = first[code] = read(document(base, version, history))
    asked = [cell for cell in cells if cell.when.known is None]
    for cell in asked:
        answer = cell.answer
        if answer.answer == "unknown_code":
            assert cell.code not in first, cell
            continue
        span = first[cell.code].on(cell.when.on)
        assert span.answer == answer.answer, cell
        named = (answer.version,) if answer.version else answer.candidates
        if answer.answer in ("in_force", "ended", "disputed"):
            assert set(span.versions) == {version.id for version in named}, cell
        for version in named:
            same_version(documents[name_of(version)], version)
        if answer.version:
            assert documents[name_of(answer.version)].blocks == cell.blocks, cell


def same_version(found: Document, version: Version) -> None:
    bounds = version.validity.effective_from, version.validity.effective_until
    stated = found.facts.get("effectiveFrom"), found.facts.get("effectiveUntil")
    assert stated == tuple(day and day.isoformat() for day in bounds)
    assert (found.facts.get("basisFrom"), found.facts.get("basisUntil")) == (
        version.basis_from,
        version.basis_until,
    )
    assert found.facts.get("title", "") == version.title
    assert found.captures == version.captures


def test_the_command_line_prints_the_library_s_answer(
    specimen_home: Path, cells: list[Cell], as_data: list[Any]
) -> None:
    """Its exit status tells an unknown code."""
    chosen = random.Random(7).sample(range(CELLS), TYPED)
    for number in chosen:
        cell = cells[number]
        dials = [f"--{name}={value}" for name, value in cell.query.items()]
        ran = CliRunner().invoke(cli, ["--home", str(specimen_home), "show", cell.typed, *dials, "--json"])
        assert json.loads(ran.stdout) == as_data[number], cell
        assert ran.exit_code == (1 if cell.answer.answer == "unknown_code" else 0), cell


# ---------------------------------------------------------------- pages


def word_of(page: etree._Element) -> str:
    """The word of the answer, as the tag before the sentence has it."""
    (tag,) = page.xpath("//main//p[@class='validity']/b")
    return str(tag.get("class")).removeprefix("tag ")


def folded(of: str | etree._Element) -> str:
    """Words without the spaces between them, which markup changes."""
    return "".join((of if isinstance(of, str) else str(of.text_content())).split())


def same_text(page: etree._Element, cell: Cell) -> None:
    """The places in their order, and the words of each that holds no reference: notes may stand behind those."""
    found = page.xpath("//main//div[@class='text' or @class='text flat']")
    every = [block for top in cell.blocks for block in top.walk()]
    places = [place for text in found for place in text.xpath(".//@id")]
    if cell.answer.answer != "in_force" or cell.answer.version is None or cell.answer.version.other_texts:
        return
    assert places == [anchor(block.pinpoint) for block in every if block.pinpoint], cell
    words = "".join(folded(text) for text in found)
    assert all(folded(block.text) in words for block in every if not block.refs), cell
