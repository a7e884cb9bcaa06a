"""One question, every way of asking it: 2,000 cells of code, day and known, and no difference.

The library's answer is the measure. The API and the tools for assistants give it as the same JSON, the site and the
edition as a page, Akoma Ntoso as documents; 50 cells are asked of the command line, too. The edition and Akoma Ntoso
know no `known`: they are asked the cells without it.
"""

from __future__ import annotations

import json
import random
from collections import Counter
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
from manual.dates import in_words
from manual.export.akn.document import document
from manual.export.akn.edition import name_of
from manual.export.akn.reading import Document, read
from manual.export.dependencies import RecordingBase
from manual.export.plan import Plan, make_plan
from manual.model import NAMING, Answer, Block, Code, Version, When
from manual.pages import json_answers
from manual.pages.links import code_segment
from manual.pages.words import (
    BASIS_MEANING,
    answer_sentence,
    citation,
    gap_sentence,
    last_seen_sentence,
    short_validity,
)
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


def test_the_data_say_what_the_library_s_answer_says(cells: list[Cell], as_data: list[Any]) -> None:
    """All other doors are held against them: word, version, text, bounds, bases, candidates, caveats."""
    for cell, said in zip(cells, as_data, strict=True):
        answer, version = cell.answer, cell.answer.version
        assert (said["code"], said["on"], said["answer"]) == (answer.code, str(answer.on), answer.answer), (
            cell
        )
        assert said["known"] == (str(answer.known) if answer.known else None), cell
        assert [one["id"] for one in said["candidates"]] == [one.id for one in answer.candidates], cell
        assert said["reasons"] == list(answer.reasons), cell
        seen = str(answer.as_last_seen) if answer.as_last_seen else None
        assert (said["as_last_seen"], said["as_last_seen_exact"]) == (seen, answer.as_last_seen_exact), cell
        assert [one["message"] for one in said["findings"]] == [one.message for one in answer.findings], cell
        assert (said["version"] is None) == (version is None), cell
        if version is not None:
            same_data(said["version"], version, cell)


def same_data(said: Any, version: Version, cell: Cell) -> None:
    bounds = version.validity.effective_from, version.validity.effective_until
    stated = said["effective_from"], said["effective_until"]
    assert stated == tuple(str(day) if day else None for day in bounds), cell
    assert said["basis"] == {"from": version.basis_from, "until": version.basis_until}, cell
    assert (said["id"], said["title"]) == (version.id, version.title), cell
    assert (said["text_held"], said["gap_vouched"]) == (version.text_held, version.gap_vouched), cell
    assert said["captures"] == list(version.captures), cell
    words = words_in(said["text"] or [])
    every = [(block.pinpoint, block.text) for top in cell.blocks for block in top.walk()]
    assert set(words) <= set(every) if cell.place else words == every, cell


def words_in(blocks: list[Any]) -> list[tuple[str, str]]:
    """Place and words of each block of a tree, as `Block.walk` goes."""
    return [found for one in blocks for found in ((one["pinpoint"], one["text"]), *words_in(one["children"]))]


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
    """The words for the model say the same as the data: citation, caveats, text."""
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
                said = folded(content.text)
                if cell.answer.answer != "unknown_code":
                    assert all(words in said for words in caveats_of(cell.answer)), cell
                if cell.answer.answer == "in_force" and not cell.place:
                    every = [block for top in cell.blocks for block in top.walk()]
                    assert all(folded(block.text) in said for block in every), cell

    anyio.run(ask)


def test_the_site_shows_the_library_s_answer(client: FlaskClient, cells: list[Cell]) -> None:
    """Word, sentence, caveats, citation, title, bounds with their bases, candidates, captures, places, words."""
    for cell in cells:
        known = {name: value for name, value in cell.query.items() if name == "known"}
        address = f"/{code_segment(cell.typed)}/on/{cell.when.on}"
        response = client.get(address, query_string=known, follow_redirects=bool(cell.place))
        assert response.status_code == (404 if cell.answer.answer == "unknown_code" else 200), cell
        page = html.fromstring(response.data)
        same_page(page, cell)
        if cell.answer.answer != "unknown_code":
            assert caveats_in(page) == caveats_of(cell.answer), cell
            assert folded(answer_sentence(cell.answer, LATE)) in folded(page), cell
            if not (cell.answer.version and cell.answer.version.other_texts):
                assert folded(citation(cell.answer)) in folded(page), cell
            linked = {
                str(href).partition("?")[0].rpartition("/")[2] for href in page.xpath(f"{CARD}/h3/a/@href")
            }
            assert linked == {version.id for version in carded(cell.answer)}, cell


def test_the_edition_shows_the_library_s_answer(
    specimen_home: Path, edition: Path, cells: list[Cell]
) -> None:
    """A page of the edition stands for a run of days, so that it names another day, and has the caveats of them all."""
    with RecordingBase(specimen_home) as kb:
        plan = make_plan(kb, LATE, history=True)
        asked = [cell for cell in cells if cell.when.known is None]
        seen = Counter(same_in_edition(kb, plan, edition, cell) for cell in asked)
    assert seen["page"] > 400
    assert seen["page"] + seen["history"] > 800


def same_in_edition(kb: KnowledgeBase, plan: Plan, edition: Path, cell: Cell) -> str:
    """What kind of page it was."""
    name = plan.answer_page(cell.code, cell.when.on)
    if cell.answer.answer == "unknown_code":
        assert not name, cell
        return "none"
    page = html.fromstring((edition / name).read_bytes())
    if name.endswith("/history.html"):
        assert cell.answer.answer not in NAMING or (cell.answer.span and cell.answer.span.first is None), cell
        return "history"
    span = cell.answer.span
    assert span is not None
    assert span.first is not None
    last = max(min(span.until - DAY, LATE) if span.until else LATE, span.first)
    first, at_end = (kb.in_force_on(cell.code, When(day)) for day in (span.first, last))
    same_page(page, cell, cell.answer if cell.when.on == LATE else first)
    caveats = caveats_in(page)
    assert set(caveats_of(cell.answer)) <= set(caveats), cell
    assert caveats == caveats_of(at_end), cell
    return "page"


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
        if answer.answer in ("in_force", "ended", "disputed", "undated"):
            assert set(span.versions) == {version.id for version in named}, cell
        for version in named:
            # a gap behind a version is said of it as a whole, but of no day up to its last sight
            whole = base.version(version.id)
            assert whole == version or (version.gap_vouched and not whole.gap_vouched), cell
            same_version(documents[name_of(version)], whole)
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
    caveats = {
        "gapVouched": version.gap_vouched,
        "textHeld": version.text_held,
        "textDamaged": version.text_damaged,
        "textDisputed": bool(version.other_texts),
    }
    assert {name: found.facts[name] for name in caveats} == {k: str(v).lower() for k, v in caveats.items()}
    seen = found.facts.get("firstSeen"), found.facts.get("lastSeen")
    assert seen == tuple(day and day.isoformat() for day in (version.first_seen, version.last_seen))


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


def caveats_in(page: etree._Element) -> list[str]:
    return [folded(found) for found in page.xpath("//main//p[@class='validity']/em")]


def caveats_of(answer: Answer) -> list[str]:
    return [folded(said) for said in (last_seen_sentence(answer), gap_sentence(answer)) if said]


CARD = "//main//section[@class='candidate']"


def carded(answer: Answer) -> Sequence[Version]:
    """The versions that a page shows as candidates."""
    return answer.candidates if answer.answer in ("disputed", "undated") else ()


def same_page(page: etree._Element, cell: Cell, drawn: Answer | None = None) -> None:
    """`drawn`: the answer on the day for which the page is drawn, where that is another: the end of a version that
    nobody vouches for up to it is in dispute there."""
    answer = cell.answer
    version = (drawn or answer).version
    assert word_of(page) == answer.answer, cell
    if answer.answer == "unknown_code":
        return
    periods = [folded(found) for found in page.xpath(f"{CARD}/p[@class='period']/text()")]
    assert periods == [folded(short_validity(one)) for one in carded(answer)], cell
    if answer.answer == "in_force" and version is not None:
        (heading,) = page.xpath("//main//h1")
        assert folded(heading) == folded(f"{answer.code} {version.title or answer.code}"), cell
        assert bounds_in(page) == bounds_of(version), cell
        captures = page.xpath("//main//section[@class='beside']/dl//code/text()")
        assert {str(one)[:16] for one in captures} == {one[7:23] for one in version.captures}, cell
    same_text(page, cell)


def bounds_in(page: etree._Element) -> dict[str, str]:
    """Each bound that a page shows, with the words for its basis."""
    (shown,) = page.xpath("//main//details[@class='provenance']/dl")
    return {
        folded(bound): folded(str(basis.text or "").partition(":")[0])
        for bound, basis in zip(shown.xpath("dt"), shown.xpath("dd"), strict=True)
    }


def bounds_of(version: Version) -> dict[str, str]:
    """What is stated of a bound: its day, or that it is in dispute; nothing where nobody stated any."""
    first, until = version.validity.effective_from, version.validity.effective_until
    bounds = (
        (f"First day in force: {in_words(first) if first else 'not known'}", version.basis_from),
        (f"Last day in force: {in_words(until - DAY) if until else 'none known'}", version.basis_until),
    )
    return {folded(said): folded(BASIS_MEANING[basis]) for said, basis in bounds if basis}


def same_text(page: etree._Element, cell: Cell) -> None:
    """The places, and the words of each block and cell, all of them and in their order. Between them stand labels."""
    version = cell.answer.version
    if cell.answer.answer != "in_force" or version is None or version.other_texts:
        return
    found = page.xpath("//main//div[@class='text' or @class='text flat']")
    assert bool(found) == bool(cell.blocks), cell
    every = [block for top in cell.blocks for block in top.walk()]
    places = [place for text in found for place in text.xpath(".//@id")]
    assert places == [anchor(block.pinpoint) for block in every if block.pinpoint], cell
    for text in found:  # said of a place or a reference, and no words of the instruction
        for said in text.xpath(".//span[@class='cite' or @class='ref-note']"):
            said.drop_tree()
    words = "".join(folded(text) for text in found)
    for block in every:
        for said in filter(None, map(folded, (block.text, *(one.text for row in block.rows for one in row)))):
            before, at, words = words.partition(said)
            assert at == said, (cell, block.pinpoint)
            assert len(before) < 12, (cell, block.pinpoint, before)
    assert words == "", cell
