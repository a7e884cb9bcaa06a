"""The PDF and the single file: what advisers asked back for."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manual.errors import CitationError, ExportError, NotFound
from manual.export import export_pdf, export_single
from manual.export.collect import volume
from manual.export.typeset import grid
from manual.model import Cell
from manual.queries import KnowledgeBase
from tests.export.conftest import LATE
from tests.export.reading import broken_links, read_page

pikepdf = pytest.importorskip("pikepdf")
pytest.importorskip("typst")


@pytest.fixture(scope="module")
def pdf_path(specimen_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    dest = tmp_path_factory.mktemp("pdf") / "manual.pdf"
    export_pdf(specimen_home, dest, on=LATE)
    return dest


@pytest.fixture
def pdf(pdf_path: Path) -> Iterator[Any]:
    with pikepdf.open(pdf_path) as opened:
        yield opened


def _structure(element: Any) -> Iterator[Any]:
    """Every structure element below one."""
    kids = element.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _structure(kid)


def test_the_pdf_is_tagged_in_all_its_pages(pdf: Any) -> None:
    """A screen reader would meet a picture of a text."""
    root = pdf.Root.StructTreeRoot
    elements = list(_structure(root.K[0]))
    kinds = {str(element.S) for element in elements}
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Lbl", "/LBody", "/Table", "/TR", "/TD", "/Link"} <= kinds
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang).startswith("en")
    numbers = list(root.ParentTree.Nums)
    keys = [int(numbers[at]) for at in range(0, len(numbers), 2)]
    assert keys == sorted(set(keys)), "a page would be read with another page's tags"
    for page in pdf.pages:
        assert int(page.obj.StructParents) in set(keys)


def test_every_tag_points_at_a_page_of_this_file(pdf: Any) -> None:
    """Joining would have torn the tags from their pages."""
    pages = {page.objgen for page in pdf.pages}
    for element in _structure(pdf.Root.StructTreeRoot.K[0]):
        if "/Pg" in element:
            assert element.Pg.objgen in pages


def test_every_bookmark_and_every_jump_leads_to_a_page(pdf: Any, specimen_home: Path) -> None:
    """A contents that leads nowhere is decoration."""
    pages = {page.objgen for page in pdf.pages}
    with KnowledgeBase(specimen_home) as kb:
        entries = volume(kb, LATE, None).entries
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
    shown = next(page for page in pages if "J1.10" in page and "Cite as J1.10" in page)
    assert "as on 15 August 2026" in shown
    assert "captured" in shown
    assert "page " in shown
    assert "(a)" in text
    assert "(ii)" in text


def test_the_pdf_is_the_same_each_time(specimen_home: Path, pdf_path: Path, tmp_path: Path) -> None:
    """Nobody could tell a changed manual from a reprint."""
    export_pdf(specimen_home, tmp_path / "again.pdf", on=LATE)
    assert (tmp_path / "again.pdf").read_bytes() == pdf_path.read_bytes()


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
