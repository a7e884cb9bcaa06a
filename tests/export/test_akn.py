"""Akoma Ntoso of the specimen and of small homes: valid, true, and with the addresses of the site."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from lxml import etree

from manual.errors import ExportError
from manual.export.akn.document import document
from manual.export.akn.edition import export_akn, name_of
from manual.export.akn.names import akn, ours
from manual.export.akn.reading import read
from manual.export.data import export_csv
from manual.export.html import export_html
from manual.export.manifest import check_edition
from manual.model import Code, Version, When
from manual.queries import KnowledgeBase
from tests.akn_schema import faults_of
from tests.export.conftest import LATE, capture, clauses, load_into, page
from webapp import create_app


@pytest.fixture(scope="module")
def folder(specimen_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    dest = tmp_path_factory.mktemp("akn") / "all"
    export_akn(specimen_home, dest, history=True)
    return dest


def versions_in(kb: KnowledgeBase) -> list[Version]:
    codes = (*kb.codes(), *(work.key for work in kb.works_beside()))
    return [version for code in codes for version in kb.history_of(code).versions]


def one(kb: KnowledgeBase, code: str, number: int = 0) -> tuple[Version, etree._Element]:
    """A version and its document."""
    history = kb.history_of(Code(code))
    version = history.versions[number]
    return version, etree.fromstring(document(kb, version, history))


def dates_in(root: etree._Element, level: str) -> list[tuple[str, str]]:
    return [
        (d.get("name", ""), d.get("date", "")) for d in root.iterfind(f".//{akn(level)}/{akn('FRBRdate')}")
    ]


def test_every_document_is_valid_and_no_version_lacks_one(specimen_home: Path, folder: Path) -> None:
    """A file that breaks the standard is refused by the systems it was written for."""
    with KnowledgeBase(specimen_home) as kb:
        names = {name_of(version) for version in versions_in(kb)}
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.xml")}
    assert files.keys() == names
    assert {name: faults_of(path.read_bytes()) for name, path in files.items()} == {
        name: [] for name in files
    }


def test_text_and_bounds_are_those_of_the_version(specimen_home: Path, folder: Path) -> None:
    """The document would otherwise be another version than its name says."""
    with KnowledgeBase(specimen_home) as kb:
        for version in versions_in(kb):
            found = read((folder / name_of(version)).read_bytes())
            text = kb.text_of(version)
            shown = text is not None and not version.text_damaged and not version.other_texts
            assert found.blocks == (text.blocks if text and shown else ())
            assert found.facts["id"] == version.id
            bounds = (found.facts.get("effectiveFrom"), found.facts.get("effectiveUntil"))
            validity = version.validity
            assert bounds == tuple(
                d and d.isoformat() for d in (validity.effective_from, validity.effective_until)
            )
            bases = (found.facts.get("basisFrom"), found.facts.get("basisUntil"))
            assert bases == (version.basis_from, version.basis_until)
            assert found.captures == version.captures


def test_ids_are_the_anchors_of_the_site(specimen_home: Path) -> None:
    """A link to a clause on the site and one into the document would name different places."""
    client = create_app({"HOME": specimen_home, "TODAY": lambda: LATE}).test_client()
    with KnowledgeBase(specimen_home) as kb:
        seen = 0
        for version in versions_in(kb)[::7]:
            text = kb.text_of(version)
            if text is None or version.text_damaged or version.other_texts:
                continue
            root = etree.fromstring(document(kb, version, kb.history_of(version.code)))
            ids = {e.get("eId") for e in root.iterfind(f".//{akn('mainBody')}//*[@eId]")}
            html = client.get(f"/{version.code.replace(' ', '-')}/version/{version.id}").get_data(
                as_text=True
            )
            anchors = {e["id"] for e in BeautifulSoup(html, "html5lib").select(".text [id]")}
            assert ids == anchors
            seen += len(ids)
    assert seen > 100


def test_a_version_of_unknown_start_carries_the_day_of_its_capture(tmp_path: Path) -> None:
    """An invented first day would be believed."""
    undated = page("ZX1", "Umbrellas", clauses("Umbrellas are open.")).replace("Effective 01/01/2020", "")
    home = load_into(tmp_path / "home", [capture(1, undated)])
    with KnowledgeBase(home) as kb:
        version, root = one(kb, "ZX1")
    assert version.validity.effective_from is None
    assert dates_in(root, "FRBRExpression") == [("captured", "2026-08-01")]
    assert dates_in(root, "FRBRWork") == [("captured", "2026-08-01")]
    assert root.find(f".//{akn('lifecycle')}") is None
    assert root.find(f".//{akn('temporalData')}") is None


def test_a_capture_of_unknown_day_is_dated_by_its_recording_and_says_so(tmp_path: Path) -> None:
    """The day on which a file was taken in is not the day on which its page was seen."""
    undated = page("ZX1", "Umbrellas", clauses("Umbrellas are open.")).replace("Effective 01/01/2020", "")
    home = load_into(tmp_path / "home", [capture(1, undated, None)])
    with KnowledgeBase(home) as kb:
        _, root = one(kb, "ZX1")
    assert dates_in(root, "FRBRExpression") == [("recorded", "2026-08-20")]


def test_a_known_period_is_in_lifecycle_and_temporal_data(tmp_path: Path) -> None:
    """Both bounds, the second the first day without force, each with how it is known."""
    other = page("ZX1", "Umbrellas", clauses("Umbrellas are shut."), foot="01/02/2021")
    first = capture(1, page("ZX1", "Umbrellas", clauses("Open.")), datetime(2020, 6, 1, tzinfo=UTC))
    home = load_into(tmp_path / "home", [first, capture(1, other)])
    with KnowledgeBase(home) as kb:
        version, root = one(kb, "ZX1")
    events = [(e.get("type"), e.get("date")) for e in root.iterfind(f".//{akn('eventRef')}")]
    assert events == [("generation", "2020-01-01"), ("repeal", "2021-02-01")]
    interval = root.find(f".//{akn('timeInterval')}")
    assert interval is not None
    assert (interval.get("start"), interval.get("end")) == ("#start", "#end")
    stated = root.find(f".//{ours('version')}")
    assert stated is not None
    assert (stated.get("basisFrom"), stated.get("basisUntil")) == ("foot", "successor")
    assert dates_in(root, "FRBRExpression") == [("effective", "2020-01-01")]
    uri = root.find(f".//{akn('FRBRExpression')}/{akn('FRBRuri')}")
    assert uri is not None
    assert uri.get("value", "").endswith("/ZX1/eng@2020-01-01")
    assert version.id.endswith("@2020-01-01")


def test_list_styles_are_kept(tmp_path: Path) -> None:
    """(i) is the ninth letter or the first roman numeral: the label alone does not tell."""
    roman = "<ol class='listroman'><li>First.</li></ol>"
    html = page("ZX1", "Umbrellas", clauses(*(f"Letter {n}." for n in range(9))) + "<p>Then:</p>" + roman)
    home = load_into(tmp_path / "home", [capture(1, html)])
    with KnowledgeBase(home) as kb:
        _, root = one(kb, "ZX1")
    ninth = [
        (e.getparent().get("class"), e.findtext(akn("num")))  # type: ignore[union-attr]
        for e in root.iterfind(f".//{akn('item')}")
        if e.findtext(akn("num")) == "(i)"
    ]
    assert ninth == [("letter", "(i)"), ("roman", "(i)")]


def test_references_lead_to_works_and_places(small_home: Path) -> None:
    """A reference within the text is a jump, one to another instruction the address of that work and place."""
    with KnowledgeBase(small_home) as kb:
        _, root = one(kb, "ZX1")
        _, other = one(kb, "ZX2.5")
    hrefs = [e.get("href", "") for e in root.iterfind(f".//{akn('ref')}")]
    work = "/akn/nz/doc/operational-manual/immigration-new-zealand"
    assert hrefs == [f"{work}/ZX1.5#ZX1.5-a", f"{work}/ZX1.10"]
    assert [e.get("href") for e in other.iterfind(f".//{akn('ref')}")] == [f"{work}/ZX1.5#ZX1.5-b"]


def test_words_stand_in_the_place_of_a_text_that_may_not_be_shown(specimen_home: Path, folder: Path) -> None:
    """Damaged words, and one of several texts in dispute, would be quoted as the text."""
    with KnowledgeBase(specimen_home) as kb:
        unshown = [v for v in versions_in(kb) if v.text_damaged or v.other_texts or not v.text_held]
        assert any(v.text_damaged for v in unshown)
        for version in unshown:
            root = etree.fromstring((folder / name_of(version)).read_bytes())
            main = root.find(f".//{akn('mainBody')}")
            assert main is not None
            assert [e.get("class") for e in main] == ["absent"]


def test_the_specimen_names_no_authority_as_its_author(folder: Path) -> None:
    """What was invented for this project is nobody's law."""
    root = etree.fromstring(next(folder.rglob("*.xml")).read_bytes())
    authors = {e.get("href") for e in root.iterfind(f".//{akn('FRBRauthor')}")}
    assert authors == {"#inforce"}
    assert "nobody’s law" in (root.findtext(f".//{ours('notice')}") or "")


def test_a_day_has_the_versions_that_its_answers_name(specimen_home: Path, tmp_path: Path) -> None:
    """In force: one; disputed: every candidate; of what had ended or not begun, none."""
    day = date(2021, 3, 1)
    summary = export_akn(specimen_home, tmp_path / "day", on=day)
    names = {path.relative_to(tmp_path / "day").as_posix() for path in (tmp_path / "day").rglob("*.xml")}
    expected = set()
    with KnowledgeBase(specimen_home) as kb:
        for code in (*kb.codes(), *(work.key for work in kb.works_beside())):
            answer = kb.in_force_on(code, When(day))
            if answer.answer == "in_force" and answer.version:
                expected.add(name_of(answer.version))
            elif answer.answer == "disputed":
                expected.update(map(name_of, answer.candidates))
    assert names == expected
    assert summary.files == len(expected) > 20


def test_markup_in_texts_and_titles_stays_words(hostile_home: Path, tmp_path: Path) -> None:
    """A page could otherwise write elements of its own into the document."""
    export_akn(hostile_home, tmp_path / "hostile", history=True)
    for path in (tmp_path / "hostile").rglob("*.xml"):
        data = path.read_bytes()
        assert faults_of(data) == []
        assert {etree.QName(e).namespace for e in etree.fromstring(data).iter()} == {
            akn("x")[1:-2],
            ours("x")[1:-2],
        }


def test_an_export_again_writes_nothing_and_is_checked(specimen_home: Path, tmp_path: Path) -> None:
    """The same knowledge base gives the same bytes, and the manifest tells a changed file."""
    dest = tmp_path / "all"
    export_akn(specimen_home, dest, history=True)
    again = export_akn(specimen_home, dest, history=True)
    assert (again.written, again.removed) == (0, 0)
    assert check_edition(dest) == ()
    first = next(dest.rglob("*.xml"))
    first.write_bytes(first.read_bytes() + b" ")
    assert [finding.kind for finding in check_edition(dest)] == ["file_altered"]
    assert json.loads((dest / "manifest.json").read_text())["history"] is True


def test_one_kind_of_export_never_replaces_another(specimen_home: Path, folder: Path) -> None:
    """An edition for readers would be lost to a mistyped folder, or the other way round."""
    before = sorted(folder.rglob("*"))
    for export in (export_csv, export_html):
        with pytest.raises(ExportError, match="Name another folder"):
            export(specimen_home, folder)
    assert sorted(folder.rglob("*")) == before


def test_anything_else_is_not_read_as_a_document() -> None:
    """A reader that guesses would take any XML for a version without text; nor are entities followed."""
    for data in (
        b"",
        b"<a/>",
        b"not xml",
        b"<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/hosts'>]><a>&e;</a>",
    ):
        with pytest.raises(ValueError, match=r"XML|no document"):
            read(data)
