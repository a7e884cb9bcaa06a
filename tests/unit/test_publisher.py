"""One record holds what is true of a publisher; the program reads another's manual by another record."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from toy_publisher import HARBOUR, save_pages

from indexer import SearchIndex, build
from manual.captures import Archive, RawCapture, site_path_of
from manual.citation import Citation, code_key, named_in, parent_of, parse_code
from manual.citation.references import find_refs
from manual.cli import cli
from manual.dates import local_day
from manual.errors import CitationError, WrongPublisher
from manual.export.single import export_single
from manual.load import LoadSummary, load, load_captures, rebuild
from manual.model import Code, When
from manual.publisher import INZ
from manual.queries import KnowledgeBase
from webapp import create_app

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2025, 1, 5, 9, tzinfo=UTC)
CAPTURED = date(2024, 6, 1)
FEES, PILOT = Code("4.12.3"), Code("5.1")


def load_toy(home: Path, pages: Path) -> LoadSummary:
    return load(home, [pages], captured=CAPTURED, now=NOW, publisher=HARBOUR)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("toy")
    home = folder / "home"
    summary = load_toy(home, save_pages(folder))
    assert (summary.read, summary.not_understood) == (4, 0)
    with KnowledgeBase(home, HARBOUR) as kb:
        build(kb.documents(), home / "index", kb_digest=kb.digest)
    return home


@pytest.mark.parametrize(
    ("code", "on", "answer", "began"),
    [
        (FEES, date(2020, 4, 30), "before_record", None),
        (FEES, date(2020, 5, 1), "in_force", date(2020, 5, 1)),
        (FEES, date(2023, 1, 31), "in_force", date(2020, 5, 1)),
        (FEES, date(2023, 2, 1), "in_force", date(2023, 2, 1)),
        # no edition of this book ever ceased as a whole: a rule of 2004 goes on past 29 November 2010
        (PILOT, date(2010, 11, 30), "in_force", date(2004, 6, 7)),
    ],
)
def test_another_publishers_pages_load_and_answer(
    home: Path, code: Code, on: date, answer: str, began: date | None
) -> None:
    """What is true of one publisher would be taken for true of all."""
    with KnowledgeBase(home, HARBOUR) as kb:
        found = kb.in_force_on(code, When(on))
    assert found.answer == answer
    if began is not None:
        assert found.version is not None
        assert found.version.validity.effective_from == began


def test_another_publishers_contents_and_texts_are_read(home: Path) -> None:
    """Its class names and tops would be those of the page's text."""
    with KnowledgeBase(home, HARBOUR) as kb:
        entries = kb.contents_on(When(CAPTURED)).entries
        answer = kb.in_force_on(FEES, When(CAPTURED))
        assert answer.version is not None
        text = kb.text_of(answer.version)
    assert [(entry.kind, entry.title) for entry in entries if entry.code is None] == [
        ("top", "Berths"),
        ("top", "Pilots"),
    ]
    assert text is not None
    assert [(block.kind, block.text) for block in text.blocks] == [
        ("heading", "Sloops"),
        ("paragraph", "The owner of a sloop pays two crowns a night, unless rule 5.1 applies."),
    ]
    assert [ref.target for ref in text.blocks[1].refs] == ["5.1"]


def test_a_sentence_about_another_code_of_that_shape_is_filed_there(home: Path) -> None:
    """A rule that another page ends would be answered as in force."""
    with KnowledgeBase(home, HARBOUR) as kb:
        ended = kb.in_force_on(Code("4.12.9"), When(date(2022, 3, 3)))
        pilot = kb.in_force_on(PILOT, When(date(2022, 3, 3)))
    assert ended.answer == "ended"
    assert pilot.answer == "in_force"


@pytest.mark.parametrize("query", ["sloop crowns", "4.12.3", "4.12.3 crowns"])
def test_another_publishers_manual_is_searched_by_words_and_codes(home: Path, query: str) -> None:
    """A code typed in its shape would be searched as a word."""
    found = SearchIndex.open(home / "index", HARBOUR).search(query, CAPTURED)
    assert [hit.code for hit in found.hits][:1] == [FEES]


def test_the_site_shows_another_publishers_manual(home: Path) -> None:
    """The site would link to, and speak of, a manual that it does not show."""
    client = create_app({"HOME": home, "PUBLISHER": HARBOUR, "TODAY": lambda: date(2025, 1, 5)}).test_client()
    page = client.get("/4.12.3").get_data(as_text=True)
    assert "two crowns" in page
    assert 'lang="en-IE"' in page
    assert "https://harbour.example/rules/4123.htm" in page
    assert "immigration" not in page.lower()
    assert client.get("/search?q=4.12.3").headers["Location"].startswith("/4.12.3")


def test_an_export_speaks_of_the_manual_that_it_holds(home: Path, tmp_path: Path) -> None:
    """A file that people hand on would name another manual."""
    export_single(home, tmp_path / "rules.html", publisher=HARBOUR)
    html = (tmp_path / "rules.html").read_text("utf-8")
    assert 'lang="en-IE"' in html
    assert "The book of rules" in html


def test_days_are_those_of_the_publishers_place() -> None:
    """A page saved in the evening would count for the next day."""
    moment = datetime(2024, 2, 29, 20, tzinfo=UTC)
    assert local_day(moment, HARBOUR) == date(2024, 2, 29)
    assert local_day(moment, INZ) == date(2024, 3, 1)


def test_a_sight_is_kept_with_the_day_of_the_publishers_place(tmp_path: Path) -> None:
    """`known` would leave out a page that was seen on that very day."""
    page = RawCapture(
        data=b"<p class=ruletitle>7.1 Buoys</p><p>Buoys are red.</p><p class=since>Effective 01/01/2020</p>",
        media="html",
        address="https://harbour.example/rules/71.htm",
        site_path=site_path_of("https://harbour.example/rules/71.htm", HARBOUR),
        captured_at=datetime(2024, 2, 29, 20, tzinfo=UTC),
        filename="71.htm",
    )
    load_captures(tmp_path, [page], now=NOW, publisher=HARBOUR)
    with KnowledgeBase(tmp_path, HARBOUR) as kb:
        assert kb.newest_capture() == date(2024, 2, 29)
        assert kb.in_force_on(Code("7.1"), When(CAPTURED, date(2024, 2, 29))).answer == "in_force"
        assert kb.in_force_on(Code("7.1"), When(CAPTURED, date(2024, 2, 28))).answer == "unknown_code"


def test_codes_of_numbers_alone_are_typed_found_and_sorted() -> None:
    """They would not be understood, or one would be taken for another."""
    assert parse_code(" 4-12-3 ", HARBOUR) == "4.12.3"
    assert [
        ref.target
        for ref in find_refs("see 4.12(b) and 5.1", here="4.1", code=Code("4.1"), publisher=HARBOUR)
    ] == [
        "4.12(b)",
        "5.1",
    ]
    assert named_in("4-12-3 (b)", HARBOUR) == Citation(code=FEES, labels=("(b)",))
    assert sorted(map(Code, ["10.1", "4.12.3", "4.2", "4.12"]), key=code_key) == [
        "4.2",
        "4.12",
        "4.12.3",
        "10.1",
    ]
    assert (parent_of(FEES), parent_of(Code("4.12")), parent_of(Code("4"))) == ("4.12", "4", None)


@pytest.mark.parametrize("typed", ["4", "A16.1", "Appendix 13", "2024"])
def test_what_is_no_code_of_that_shape_is_refused_with_examples_of_its_own(typed: str) -> None:
    """Another publisher's code, or any number, would be looked up."""
    with pytest.raises(CitationError, match=re.escape("4.12 or 4.12.3")):
        parse_code(typed, HARBOUR)
    if typed[0].isdecimal():
        with pytest.raises(CitationError, match=re.escape("A16.1")):
            parse_code(typed)


# ---------------------------------------------------------------- one home, one publisher


def test_a_home_refuses_another_publishers_pages(home: Path, tmp_path: Path) -> None:
    """Pages of two publishers, with codes of one shape, would make one history."""
    pages = save_pages(tmp_path)
    with pytest.raises(WrongPublisher, match="harbour-board"):
        load(home, [pages], captured=CAPTURED, now=NOW)
    with pytest.raises(WrongPublisher):
        rebuild(home)
    with pytest.raises(WrongPublisher):
        KnowledgeBase(home)


def test_a_home_from_before_names_were_kept_is_of_the_one_publisher_there_was(tmp_path: Path) -> None:
    """After an upgrade nobody's pages could be loaded any more, or anybody's."""
    page = RawCapture(
        data=b"<p>a page</p>", media="html", address=None, site_path=None, captured_at=None, filename="a.htm"
    )
    Archive(tmp_path).add(page, NOW)
    (tmp_path / "captures" / "publisher").unlink()
    assert len(Archive(tmp_path)) == 1
    with pytest.raises(WrongPublisher, match=INZ.name):
        Archive(tmp_path, HARBOUR)


def test_the_name_is_there_before_the_first_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kill in between would leave another publisher's pages in a home that looks like ours."""
    archive = Archive(tmp_path, HARBOUR)
    monkeypatch.setattr(archive, "_write_objects", lambda: pytest.fail("killed") if not named() else None)

    def named() -> bool:
        return (tmp_path / "captures" / "publisher").read_text() == "harbour-board\n"

    page = RawCapture(
        data=b"<p>a page</p>", media="html", address=None, site_path=None, captured_at=None, filename="a.htm"
    )
    archive.add(page, NOW)
    assert named()


@pytest.mark.parametrize("words", [["load", "--register"], ["show", "A16.1"], ["rebuild"]])
def test_the_command_line_says_so_and_exits_2(home: Path, words: list[str]) -> None:
    """A person would be told that nothing is known, and load again and again."""
    result = CliRunner().invoke(cli, ["--home", str(home), *words])
    assert result.exit_code == 2
    assert "it holds pages of the publisher 'harbour-board'" in result.stderr


# ---------------------------------------------------------------- nothing of it stands elsewhere


def test_only_the_record_names_the_publishers_site() -> None:
    """Another publisher's pages would be read by what is true of this one."""
    found = [
        str(path.relative_to(ROOT))
        for package in ("manual", "indexer", "webapp")
        for path in sorted((ROOT / package).rglob("*.py"))
        if re.search(r"opsmanual|immigration\.govt", path.read_text("utf-8"))
    ]
    elsewhere = [p for p in found if not p.startswith(("manual/register/", "manual/specimen/"))]
    assert elsewhere == ["manual/publisher.py"]


def test_records_that_differ_in_one_fact_are_told_apart() -> None:
    """A cache would give what was made for one publisher to another of the same name."""
    assert HARBOUR._replace(folder="regulations") != HARBOUR
    assert site_path_of("https://harbour.example/regulations/1.htm", HARBOUR._replace(folder="regulations"))
    assert site_path_of("https://harbour.example/regulations/1.htm", HARBOUR) is None
