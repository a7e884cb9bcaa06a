"""The PDF and the single file: what advisers asked back for."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manual.errors import CitationError, ExportError, NotFound
from manual.export.collect import volume
from manual.export.print import pdf as pdf_module
from manual.export.print import setting
from manual.export.print.pdf import export_pdf
from manual.export.print.typeset import grid, levels
from manual.export.single import export_single
from manual.model import Cell
from manual.queries import KnowledgeBase
from manual.queries.results import ContentsEntry
from tests.export.conftest import LATE, capture, clauses, load_into, page
from tests.export.reading import broken_links, read_page

pikepdf = pytest.importorskip("pikepdf")
pytest.importorskip("typst")


@pytest.fixture(scope="module")
def short_runs() -> Iterator[None]:
    """So many runs that nearly everything leads from one to another."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf_module, "LEAST", 3_000)
        patch.setattr(pdf_module, "MOST", 6_000)
        yield


@pytest.fixture(scope="module")
def pdf_path(specimen_home: Path, tmp_path_factory: pytest.TempPathFactory, short_runs: None) -> Path:
    dest = tmp_path_factory.mktemp("pdf") / "manual.pdf"
    export_pdf(specimen_home, dest, on=LATE)
    return dest


@pytest.fixture
def pdf(pdf_path: Path) -> Iterator[Any]:
    with pikepdf.open(pdf_path) as opened:
        yield opened


def _structure(element: Any) -> Iterator[Any]:
    """Every structure element below one, in reading order."""
    kids = element.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _structure(kid)


def _document(pdf: Any) -> Any:
    return pdf.Root.StructTreeRoot.K[0]


def _marked(pdf: Any) -> dict[tuple[int, int], int]:
    """How often each piece of marked content, by page and number, is claimed by an element of the tree."""
    page_number = {page.objgen: number for number, page in enumerate(pdf.pages)}
    claimed: dict[tuple[int, int], int] = {}
    for element in _structure(_document(pdf)):
        kids = element.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
                place = page_number[kid.get("/Pg", element.get("/Pg")).objgen], int(kid.MCID)
            elif isinstance(kid, int):
                place = page_number[element.Pg.objgen], kid
            else:
                continue
            claimed[place] = claimed.get(place, 0) + 1
    return claimed


def _drawn(page: Any) -> tuple[list[int], list[str]]:
    """Numbers of the marked content of a page, and what is drawn outside of all marked content and artifacts."""
    numbers: list[int] = []
    stray: list[str] = []
    depth = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        word = str(operator)
        if word in ("BDC", "BMC"):
            depth += 1
            if word == "BDC" and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]:
                numbers.append(int(operands[1].MCID))
        elif word == "EMC":
            depth -= 1
        elif word in ("Tj", "TJ", "S", "f", "B", "Do", "sh") and depth == 0:
            stray.append(word)
    return numbers, stray


def test_all_that_is_printed_has_its_place_among_the_tags(pdf: Any) -> None:
    """After joining, a screen reader would pass over pages, or read them with the words of others."""
    claimed = _marked(pdf)
    found: set[tuple[int, int]] = set()
    for number, sheet in enumerate(pdf.pages):
        numbers, stray = _drawn(sheet)
        assert not stray, f"page {number + 1} shows what is neither text nor artifact"
        assert len(numbers) == len(set(numbers))
        found |= {(number, each) for each in numbers}
    assert set(claimed) == found
    assert set(claimed.values()) == {1}


def test_every_page_finds_its_tags_by_its_number(pdf: Any) -> None:
    """The table from content back to tags would be that of another run: the words of one page spoken on another."""
    tree = dict(pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree).items())
    reached = {element.objgen for element in _structure(_document(pdf))}
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    assert [int(key) for key in numbers[::2]] == sorted(tree)
    assert int(pdf.Root.StructTreeRoot.ParentTreeNextKey) > max(tree)
    for sheet in pdf.pages:
        listed = tree[int(sheet.obj.StructParents)]
        for mcid in _drawn(sheet)[0]:
            element = listed[mcid]
            assert element.objgen in reached
            assert (mcid, sheet.objgen) in set(_content_of(element))


def _content_of(element: Any) -> Iterator[tuple[int, Any]]:
    kids = element.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
            yield int(kid.MCID), kid.get("/Pg", element.get("/Pg")).objgen
        elif isinstance(kid, int):
            yield kid, element.Pg.objgen


def test_every_link_is_tagged_and_says_where_it_leads(pdf: Any) -> None:
    """Somebody who hears the page would be told "link", or an address that is nowhere."""
    tree = dict(pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree).items())
    reached = {element.objgen for element in _structure(_document(pdf))}
    for sheet in pdf.pages:
        for annotation in sheet.obj.get("/Annots", []):
            element = tree[int(annotation.StructParent)]
            assert str(element.S) == "/Link"
            assert element.objgen in reached
            placed = [kid for kid in element.K if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid]
            assert annotation.objgen in {kid.Obj.objgen for kid in placed}
            said = str(annotation.Contents)
            assert said
            assert "edition.invalid" not in said
            assert "/Dest" not in annotation or ", page " in said


def test_tags_are_those_of_a_text(pdf: Any) -> None:
    """Lists, tables, headings and the contents would be heard as one stream of words."""
    elements = list(_structure(_document(pdf)))
    kinds = {str(element.S) for element in elements}
    wanted = {"/H1", "/H2", "/P", "/L", "/LI", "/Lbl", "/LBody", "/Table", "/TR", "/TD", "/Link"}
    assert wanted | {"/TOC", "/TOCI"} <= kinds
    levels = [int(str(one.S)[2:]) for one in elements if str(one.S)[:2] == "/H" and str(one.S)[2:].isdigit()]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), "a level is passed over"
    for element in elements:
        assert element.P.objgen == _document(pdf).objgen or "/S" in element.P


TABLE = (
    "<table class='tableintopic'><tr><td></td><th>Before</th><th>After</th></tr>"
    "<tr><th>Boots</th><td>1</td><td>2</td></tr><tr><th>Hats</th><td>3</td><td>4</td></tr></table>"
)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory, short_runs: None) -> Iterator[Any]:
    """Three instructions with a table each, in runs of their own."""
    folder = tmp_path_factory.mktemp("tables")
    long = clauses(*["Words that make a run of this instruction alone. " * 4] * 20)
    home = load_into(
        folder / "home",
        [capture(number, page(f"ZX{number}", "Counts", TABLE + long)) for number in (1, 2, 3)],
    )
    export_pdf(home, folder / "x.pdf", on=LATE)
    with pikepdf.open(folder / "x.pdf") as opened:
        yield opened


def test_cells_name_headers_that_are_there_once(tables: Any) -> None:
    """Each run numbers its tables from one: a cell would be read with the header of another table."""
    pdf = tables
    named: dict[str, Any] = {}
    used: set[str] = set()
    for element in _structure(_document(pdf)):
        if "/ID" in element:
            assert str(element.ID) not in named
            named[str(element.ID)] = element
        attributes = element.get("/A", pikepdf.Array())
        for one in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
            used |= {str(name) for name in one.get("/Headers", [])}
        if str(element.S) == "/TH":
            assert any(str(one.get("/Scope", "")) in ("/Column", "/Row", "/Both") for one in element.A)
    assert len(used) == 3 * 3
    assert used <= set(named)
    listed = dict(pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree).items())
    assert {str(name): element.objgen for name, element in listed.items()} == {
        name: element.objgen for name, element in named.items()
    }


def test_the_file_says_what_it_is(pdf: Any) -> None:
    """A reader's window would show a file name, and its voice would guess the language."""
    assert str(pdf.Root.Lang) == "en-NZ"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert "15 August 2026" in str(pdf.docinfo.Title)
    packet = pdf.Root.Metadata.read_bytes().decode()
    assert f'<rdf:li xml:lang="x-default">{pdf.docinfo.Title}</rdf:li>' in packet
    assert "<pdfuaid:part>1</pdfuaid:part>" in packet
    assert all(str(page.obj.Tabs) == "/S" for page in pdf.pages if "/Annots" in page.obj)
    with pdf.open_metadata() as metadata:  # well formed
        assert metadata["dc:title"] == str(pdf.docinfo.Title)


def test_every_bookmark_and_every_jump_leads_to_a_page(pdf: Any, specimen_home: Path) -> None:
    """A contents that leads nowhere is decoration."""
    pages = {page.objgen for page in pdf.pages}
    with KnowledgeBase(specimen_home) as kb:
        entries = volume(kb, LATE, None, None).entries
    titles = []
    with pdf.open_outline() as outline:
        waiting = list(outline.root)
        while waiting:
            item = waiting.pop(0)
            titles.append(item.title)
            assert item.destination[0].objgen in pages
            waiting = [*item.children, *waiting]
    assert titles == [f"{entry.code or ''} {entry.title}".strip() for entry in entries]
    links = [one for page in pdf.pages for one in page.obj.get("/Annots", []) if str(one.Subtype) == "/Link"]
    assert len(links) > 100
    for link in links:
        assert "/Dest" in link or str(link.A.URI).startswith("https://")
        assert "/Dest" not in link or link.Dest[0].objgen in pages


def test_pages_carry_code_day_source_and_number(pdf_path: Path) -> None:
    """A page pulled out of the pile could not be cited."""
    if which("pdftotext") is None:
        pytest.skip("there is no pdftotext here")
    text = subprocess.run(
        ["pdftotext", "-layout", pdf_path, "-"], capture_output=True, check=True
    ).stdout.decode()
    pages = text.split("\f")
    shown = next(one for one in pages if "J1.10" in one and "Cite as J1.10" in one)
    assert "as on 15 August 2026" in shown
    assert "captured" in shown
    numbers = re.findall(r"page ([0-9]+) of ([0-9]+)", text)
    assert [number for number, _ in numbers] == [str(number + 1) for number in range(len(numbers))]
    assert {whole for _, whole in numbers} == {str(len(numbers))}
    assert len(numbers) > 30
    assert "(a)" in text
    assert "(ii)" in text


def test_the_pdf_is_the_same_each_time(specimen_home: Path, pdf_path: Path, tmp_path: Path) -> None:
    """Nobody could tell a changed manual from a reprint."""
    export_pdf(specimen_home, tmp_path / "again.pdf", on=LATE)
    assert (tmp_path / "again.pdf").read_bytes() == pdf_path.read_bytes()


def test_the_pdf_is_the_same_however_many_processes_set_it(
    specimen_home: Path, pdf_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two libraries with different machines would hold different files of one manual."""
    monkeypatch.setattr(setting, "MOST_WORKERS", 1)
    export_pdf(specimen_home, tmp_path / "alone.pdf", on=LATE)
    assert (tmp_path / "alone.pdf").read_bytes() == pdf_path.read_bytes()


def test_a_reference_leads_to_the_place_and_not_only_to_its_instruction(
    small_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader would have to look for paragraph (b) in what may be ten pages."""
    monkeypatch.setattr(pdf_module, "MOST", 1)  # each instruction is a run of its own
    export_pdf(small_home, tmp_path / "x.pdf", on=LATE)
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        names = pikepdf.NameTree(pdf.Root.Names.Dests)
        head = names["ZX1.10"]
        found = [
            one.Dest
            for page in pdf.pages
            for one in page.obj.get("/Annots", [])
            if str(one.Contents).startswith("ZX1.10(b), page ")
        ]
        assert found
        for dest in found:
            assert dest[0].objgen == head[0].objgen
            assert 20 < float(head[3]) - float(dest[3]) < 120


def test_characters_that_no_font_has_are_printed_as_numbers_and_reported(tmp_path: Path) -> None:
    """A name would vanish from a page that looks complete."""
    texts = ("Whānau and Ελλάδα and Мир.", "Written 中文, 😀 and 中.")
    home = load_into(
        tmp_path / "home",
        [capture(1, page("ZX1", "Names 漢", clauses(*texts))), capture(2, page("ZX2", "Plain", "<p>x</p>"))],
    )
    summary = export_pdf(home, tmp_path / "x.pdf", on=LATE)
    (note,) = summary.notes
    for said in ("中 (U+4E2D)", "文 (U+6587)", "漢 (U+6F22)", "😀 (U+1F600)", "ZX1."):
        assert said in note
    assert "ZX2" not in note
    assert "ā" not in note
    with pikepdf.open(tmp_path / "x.pdf") as pdf, pdf.open_outline() as outline:
        assert "pdfuaid:part" in pdf.Root.Metadata.read_bytes().decode()
        assert outline.root[0].title == "ZX1 Names 漢", "bookmarks are drawn by the reader's own fonts"
    if which("pdftotext") is None:
        pytest.skip("there is no pdftotext here")
    text = subprocess.run(
        ["pdftotext", tmp_path / "x.pdf", "-"], capture_output=True, check=True
    ).stdout.decode()
    assert "Whānau and Ελλάδα and Мир." in text
    assert "Written [U+4E2D][U+6587], [U+1F600] and [U+4E2D]." in text
    assert "Names [U+6F22]" in text


def test_a_file_with_a_refused_run_claims_no_standard(
    small_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file would promise what one of its pages breaks."""
    real = setting.typeset

    def refused(data: Any, path: Path, number: int) -> Any:
        return replace(real(data, path, number), refused="no" if number == 0 else "")

    def here(work: Any, several: Any, **_: int) -> Any:
        return map(work, several)

    monkeypatch.setattr(setting, "in_short_lived", here)
    monkeypatch.setattr(setting, "typeset", refused)
    summary = export_pdf(small_home, tmp_path / "x.pdf", on=LATE)
    assert summary.notes == ("The file does not claim PDF/UA-1: no.",)
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        assert "pdfuaid:part" not in pdf.Root.Metadata.read_bytes().decode()


def test_headers_of_rows_and_of_columns_are_told_apart(tables: Any) -> None:
    """The numbers of a table would be heard without what they are numbers of."""
    heads = [one for one in _structure(_document(tables)) if str(one.S) == "/TH"]
    scopes = [str(one.Scope) for head in heads for one in head.A if "/Scope" in one]
    assert scopes == (["/Column"] * 3 + ["/Row"] * 2) * 3


def test_words_without_end_stay_on_the_page(tmp_path: Path) -> None:
    """The end of an address would be printed beyond the edge of the paper."""
    if which("pdftotext") is None:
        pytest.skip("there is no pdftotext here")
    address = "https://example.org/" + "umbrella" * 60
    table = f"<table class='tableintopic'><tr><td>{address}</td><td>x</td></tr></table>"
    home = load_into(
        tmp_path / "home", [capture(1, page("ZX1", address, f"<p>{address}</p>{clauses(address)}{table}"))]
    )
    export_pdf(home, tmp_path / "x.pdf", on=LATE)
    boxes = subprocess.run(
        ["pdftotext", "-bbox", tmp_path / "x.pdf", "-"], capture_output=True, check=True
    ).stdout.decode()
    assert max(float(right) for right in re.findall(r'xMax="([\d.]+)"', boxes)) < 595 - 50


def test_jumps_over_levels_become_headings_without_gaps() -> None:
    """A standard for readers who listen forbids them, and the whole export would lose its claim."""
    entries = [
        ContentsEntry(line=None, code=None, title="x", depth=depth, parent=None, kind="heading")
        for depth in (1, 4, 5, 9, 2, 0, 1)
    ]
    assert levels(entries) == (1, 2, 3, 4, 3, 1, 2)
    assert levels([]) == ()


def test_a_part_can_be_had_alone(specimen_home: Path, tmp_path: Path) -> None:
    """An adviser who needs one chapter would print a thousand pages."""
    summary = export_pdf(specimen_home, tmp_path / "part.pdf", on=LATE, part="j2")
    assert 2 < summary.pages < 15
    with pytest.raises(NotFound, match="J77"):
        export_pdf(specimen_home, tmp_path / "no.pdf", on=LATE, part="J77")
    with pytest.raises(CitationError):
        export_pdf(specimen_home, tmp_path / "no.pdf", on=LATE, part="?!")
    with pytest.raises(ExportError, match="1950"):
        export_pdf(specimen_home, tmp_path / "no.pdf", on=date(1950, 1, 1))
    assert not (tmp_path / "no.pdf").exists()


def test_hostile_text_is_set_as_text(hostile_home: Path, tmp_path: Path) -> None:
    """Typst markup in a title would run as a program while the pages are set."""
    export_pdf(hostile_home, tmp_path / "x.pdf", on=LATE)
    if which("pdftotext") is None:
        pytest.skip("there is no pdftotext here")
    said = subprocess.run(
        ["pdftotext", tmp_path / "x.pdf", "-"], capture_output=True, check=True
    ).stdout.decode()
    words = " ".join(said.split())
    assert "#panic[x] $x$ @label" in words
    assert "{{ 7*7 }} ]]> <script>alert(1)</script>" in words


def test_files_of_other_kinds_are_not_replaced(specimen_home: Path, tmp_path: Path) -> None:
    """A letter would be lost to a slip of the keyboard."""
    (tmp_path / "letter.odt").write_text("Dear")
    for export in (export_pdf, export_single):
        with pytest.raises(ExportError, match="letter"):
            export(specimen_home, tmp_path / "letter.odt", on=LATE)
        with pytest.raises(ExportError, match="folder"):
            export(specimen_home, tmp_path, on=LATE)


def test_the_single_file_needs_nothing_beside_it(specimen_home: Path, tmp_path: Path) -> None:
    """It would arrive by e-mail without its style sheet, or fetch something when opened."""
    export_single(specimen_home, tmp_path / "j.html", on=LATE, part="J")
    text = (tmp_path / "j.html").read_text("utf-8")
    assert broken_links(tmp_path) == []
    assert "<script" not in text
    assert "<link" not in text
    assert "src=" not in text
    words = " ".join(read_page(text, inside="body").words)
    assert "15 August 2026" in words
    assert "J1.1, as in force on 15 August 2026" in words
    export_single(specimen_home, tmp_path / "again.html", on=LATE, part="J")
    assert (tmp_path / "again.html").read_text("utf-8") == text


CELLS = st.builds(
    Cell,
    text=st.just("x"),
    rowspan=st.integers(min_value=-2, max_value=6),
    colspan=st.integers(min_value=-2, max_value=6),
    header=st.booleans(),
)


@given(st.lists(st.lists(CELLS, max_size=5), max_size=6))
def test_no_two_cells_of_a_table_lie_upon_each_other(rows: list[list[Cell]]) -> None:
    """Setting the whole manual would stop at one odd table."""
    set_in = grid(rows)
    taken: set[tuple[int, int]] = set()
    for cell in set_in["cells"]:
        own = {(cell["x"] + dx, cell["y"] + dy) for dx in range(cell["w"]) for dy in range(cell["h"])}
        assert own
        assert not own & taken
        assert all(x < set_in["columns"] and y < len(rows) for x, y in own)
        taken |= own
    assert len(set_in["cells"]) == sum(map(len, rows))


def test_a_pdf_as_known_by_a_day_says_so_and_holds_nothing_seen_later(
    specimen_home: Path, tmp_path: Path
) -> None:
    """A print for a case would pass for what is known now, or for what was known then without being it."""
    dest, early = tmp_path / "then.pdf", date(2024, 6, 1)
    export_pdf(specimen_home, dest, on=date(2023, 3, 1), known=early)
    titles = []
    with pikepdf.open(dest) as opened, opened.open_outline() as outline:
        waiting = list(outline.root)
        while waiting:
            item = waiting.pop(0)
            titles.append(item.title.partition(" ")[0])
            waiting += item.children
    assert "K1.15" in titles
    assert {title.partition(".")[0] for title in titles} <= {"K1", "Q1"}, "all that was seen by then names"
    with KnowledgeBase(specimen_home) as kb:
        front = pdf_module._front(volume(kb, date(2023, 3, 1), None, early), ())
    assert "As could be known on 1 June 2024: pages saved later are left out." in front["lines"]
