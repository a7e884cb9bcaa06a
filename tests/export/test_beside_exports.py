"""What stands beside the manual in the exports for machines: whole, linked, and never taken for the manual."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from manual.export.akn.document import document
from manual.export.akn.edition import name_of
from manual.export.akn.names import akn
from manual.export.data import documents, tables
from manual.export.single import export_single
from manual.model import Code
from manual.pages.words import AUTHORITY
from manual.queries import KnowledgeBase
from tests.export.conftest import LATE
from tests.export.test_edition import AMENDMENTS, NOTICE, in_words, load_into

LAW = "law:immigration-act-2009/s28a"
CIRCULAR = "circular:2026-03"
NOTICE_KEY = "notice:visa-pak-7"


@pytest.fixture
def kb(small_home: Path) -> KnowledgeBase:
    load_into(small_home, [*AMENDMENTS["a circular"], in_words(152, NOTICE)])
    load_into(small_home, AMENDMENTS["law that a text cites"])
    return KnowledgeBase(small_home)


def test_json_lines_hold_the_works_and_say_what_their_words_count_for(kb: KnowledgeBase) -> None:
    """A notice would be read as an instruction that binds."""
    found = [json.loads(json.dumps(one)) for one in documents(kb, None)]
    kinds = {one["code"]: (one["kind"], one["authority"]) for one in found}
    assert kinds["ZX1.5"] == ("instruction", AUTHORITY["manual"])
    assert kinds[LAW] == ("law", AUTHORITY["law"])
    assert kinds[NOTICE_KEY] == ("notice", AUTHORITY["notice"])
    [circular] = [one for one in found if one["code"] == CIRCULAR]
    assert [(change["code"], change["happens"]) for change in circular["announces"]] == [
        ("ZX1", "amended"),
        ("ZX1.5", "replaced"),
    ]
    assert all(one["text"] for one in found if ":" in one["code"])


def test_the_tables_of_the_manual_have_no_work_and_the_others_link_both_ways(kb: KnowledgeBase) -> None:
    made = {name: list(csv.DictReader(io.StringIO(data.decode()))) for name, data in tables(kb, None)}
    assert all(
        ":" not in row["code"] for name in ("codes", "versions", "spans") for row in made[f"{name}.csv"]
    )
    assert {row["code"] for row in made["works.csv"]} == {LAW, CIRCULAR, NOTICE_KEY}
    changes = [(row["circular"], row["code"], row["day"]) for row in made["circular_changes.csv"]]
    assert changes == [(CIRCULAR, "ZX1", "2026-04-01"), (CIRCULAR, "ZX1.5", "2026-04-01")]
    links = {(row["code"], row["to"]) for row in made["references.csv"]}
    assert {("ZX2.5", LAW), (LAW, "ZX1.5"), (NOTICE_KEY, "ZX1.5")} <= links


def test_tables_know_what_was_known(kb: KnowledgeBase) -> None:
    """They would name a work, or a reference, of a page that was seen later."""
    made = {name: data.decode() for name, data in tables(kb, date(2020, 1, 1))}
    assert made["works.csv"].count("\n") == 1
    assert ":" not in made["references.csv"]


def test_akoma_ntoso_has_a_document_of_each_work_under_a_name_of_its_own(kb: KnowledgeBase) -> None:
    history = kb.history_of(Code(LAW))
    root = etree.fromstring(document(kb, history.versions[0], history))
    [doc] = root
    assert doc.get("name") == "law"
    assert AUTHORITY["law"] in "".join(doc.find(akn("preface")).itertext())  # type: ignore[union-attr]
    work = root.find(f".//{akn('FRBRWork')}/{akn('FRBRuri')}")
    assert work is not None
    named = work.get("value")
    assert named == (
        "/akn/nz/doc/beside-operational-manual/immigration-new-zealand/law/immigration-act-2009/s28a"
    )
    assert name_of(history.versions[0]) == "law/immigration-act-2009/s28a/2015-03-03.xml"
    authors = {author.get("href") for author in root.iterfind(f".//{akn('FRBRauthor')}")}
    assert authors == {"#inforce"}  # the manual's publisher made no Act
    citing = kb.history_of(Code("ZX2.5"))
    text = document(kb, citing.versions[-1], citing).decode()
    assert f'href="{named}"' in text


def test_the_single_file_names_what_stands_beside_each_instruction(
    kb: KnowledgeBase, small_home: Path, tmp_path: Path
) -> None:
    """Words alone: nothing of it is in the file."""
    export_single(small_home, tmp_path / "one.html", on=LATE)
    words = (tmp_path / "one.html").read_text("utf-8")
    assert "The law it rests on: Immigration Act 2009 s 28A." in words
    assert "Circular 2026/03: replaced from 1 April 2026" in words
    assert "Notices that name it, which bind nobody: <bdi>Visa Pak 7 - 1 May 2026</bdi>." in words
    assert "law%3A" not in words
