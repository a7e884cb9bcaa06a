"""Sources and homes that are not as they should be: a clear word, the right exit status, and nothing lost."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from cli.conftest import Inforce, run_in

GOOD = (
    b'<!DOCTYPE html><html><head><title> ZZ9.1 Kitchen staff </title></head><body><table><tr><td id="main">'
    b'<p class="heading4" id="t9001">ZZ9.1 Kitchen staff</p><ol class="listletter"><li>Cooks need one.</li></ol>'
    b'<p class="effectivedate">Effective 05/06/2023</p></td></tr></table></body></html>'
)
SHELL = (
    b"<!DOCTYPE html><!-- saved from url=(0052)https://www.immigration.govt.nz/opsmanual/#46513.htm --><html><head>"
    b'<title>Operational Manual</title><script src="ext-all.js"></script><script>Ext.onReady(function(){'
    b'Ext.create("Ext.container.Viewport",{});});</script></head><body></body></html>'
)
PACKAGE = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.immigration.govt.nz/opsmanual/9002.htm\r\n"
    b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n'
    b"Content-Transfer-Encoding: binary\r\n\r\n" + GOOD[:200]
)


@pytest.fixture
def loaded(home: Path, tmp_path: Path) -> Inforce:
    """A home that holds one good page."""
    (tmp_path / "good").mkdir()
    (tmp_path / "good" / "9001.htm").write_bytes(GOOD)
    inforce = run_in(home)
    ran = inforce("load", tmp_path / "good", "--captured", "2026-08-11")
    assert ran.exit_code == 0, ran.err
    return inforce


def still_answers(inforce: Inforce) -> None:
    found = inforce("show", "ZZ9.1", "--on", "2024-01-01", "--json")
    assert (found.exit_code, found.json["answer"]) == (0, "in_force")
    assert found.json["version"]["effective_from"] == "2023-06-05"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("9002.htm", b"\x00\x01\x02\x03" * 4000),
        ("9002.htm", b"\x89PNG\r\n\x1a\n" + b"\x00" * 400),
        ("9002.htm", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj"),
        ("9002.htm", b""),
        ("9002.txt", b" \n\t\n"),
        ("9002.pdf", b"%PDF-1.7"),
        ("9002.mhtml", PACKAGE),
        ("9002.zip", b"PK\x03\x04 cut"),
        ("9002.warc.gz", b"\x1f\x8b cut"),
        ("9002.htm", b"<html><body>" + b"<ul><li>x" * 10_000),
    ],
    ids=[
        "binary",
        "image",
        "pdf",
        "empty",
        "blank",
        "named-pdf",
        "cut-mhtml",
        "cut-zip",
        "cut-warc",
        "nested",
    ],
)
def test_source_that_is_no_page_is_reported_and_costs_nothing(
    loaded: Inforce, tmp_path: Path, name: str, data: bytes
) -> None:
    """If it failed, one bad source would cost the answers that were there, or pass unnoticed."""
    (tmp_path / name).write_bytes(data)
    ran = loaded("load", tmp_path / name)
    assert ran.exit_code == 1
    assert name in ran.err
    assert "Traceback" not in ran.err
    still_answers(loaded)


def test_page_of_fifty_megabytes_is_refused(loaded: Inforce, tmp_path: Path) -> None:
    """If it failed, one file could fill the memory."""
    (tmp_path / "9002.htm").write_bytes(GOOD + b" " * 50_000_000)
    ran = loaded("load", tmp_path / "9002.htm")
    assert ran.exit_code == 1
    assert "too_large" in ran.err
    still_answers(loaded)


def test_viewers_shell_is_recognised_and_said(loaded: Inforce, tmp_path: Path) -> None:
    """If it failed, a person who saved the viewer would believe that the instruction is in."""
    (tmp_path / "viewer.htm").write_bytes(SHELL)
    ran = loaded("load", tmp_path / "viewer.htm", "--json")
    assert ran.json["read"] == 1
    assert "viewer" in loaded("check").out.lower()
    still_answers(loaded)


def test_page_cut_off_is_a_finding_and_not_an_amendment(loaded: Inforce, tmp_path: Path) -> None:
    """If it failed, half a page saved later would look like a new text of the same instruction."""
    (tmp_path / "9001.htm").write_bytes(GOOD[: GOOD.index(b"one.")])
    loaded("load", tmp_path / "9001.htm", "--captured", "2026-09-01")
    assert loaded("check", "--json").json["findings"]
    found = loaded("show", "ZZ9.1", "--on", "2024-01-01", "--json").json
    texts = str(found["version"]["text"]) if found["version"] else ""
    assert found["answer"] in ("in_force", "disputed")
    assert found["answer"] == "disputed" or "Cooks need one." in texts


def test_half_a_page_is_never_the_text_nor_an_amendment(home: Path, tmp_path: Path) -> None:
    """If it failed, words that were cut off would seem to have been repealed, or be quoted as the whole."""
    inforce = run_in(home)
    for day, data in (("2026-08-11", GOOD[: GOOD.index(b"one.")]), ("2026-09-01", GOOD)):
        (tmp_path / "9001.htm").write_bytes(data)
        inforce("load", tmp_path / "9001.htm", "--captured", day)
        if day == "2026-08-11":
            half = inforce("show", "ZZ9.1", "--on", day)
            assert "Words were lost" in half.out
            assert "Cooks need" not in half.out
    found = inforce("history", "ZZ9.1", "--json").json
    assert [version["text_held"] for version in found["versions"]] == [True]
    assert "texts_differ" not in {finding["kind"] for finding in found["findings"]}


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (b"<html><body> </body></html>", "not_understood", 1),
        (b"<html><body><p>Gone.</body></html>", "no_code", 0),
    ],
    ids=["without-a-word", "without-a-code"],
)
def test_page_that_answers_nothing_is_said(
    loaded: Inforce, tmp_path: Path, data: bytes, kind: str, status: int
) -> None:
    """If it failed, an empty or missing page would count as understood, and nobody would hear of it."""
    (tmp_path / "9002.htm").write_bytes(data)
    assert loaded("load", tmp_path / "9002.htm").exit_code == status
    assert [finding["kind"] for finding in loaded("check", "--json").json["findings"]] == [kind]
    still_answers(loaded)


def test_wrong_declared_encoding_does_not_spoil_the_words(home: Path, tmp_path: Path) -> None:
    """If it failed, macrons would turn into other letters."""
    data = GOOD.replace(b"<head>", b'<head><meta charset="us-ascii">').replace(b"Kitchen", "Kīhini".encode())
    (tmp_path / "9001.htm").write_bytes(data)
    inforce = run_in(home)
    inforce("load", tmp_path / "9001.htm", "--captured", "2026-08-11")
    assert inforce("show", "ZZ9.1", "--json").json["version"]["title"] == "Kīhini staff"


def test_foot_with_an_impossible_day_is_a_finding_and_no_date(home: Path, tmp_path: Path) -> None:
    """If it failed, a misprinted day would become some other day."""
    (tmp_path / "9001.htm").write_bytes(GOOD.replace(b"05/06/2023", b"31/02/2020"))
    inforce = run_in(home)
    inforce("load", tmp_path / "9001.htm", "--captured", "2026-08-11")
    assert "31/02/2020" in inforce("check").out
    found = inforce("show", "ZZ9.1", "--on", "2024-01-01", "--json").json
    assert found["answer"] == "undated"


def test_code_without_a_title_is_kept(home: Path, tmp_path: Path) -> None:
    """If it failed, an instruction would be lost for want of a title."""
    (tmp_path / "9001.htm").write_bytes(GOOD.replace(b" Kitchen staff", b""))
    inforce = run_in(home)
    inforce("load", tmp_path / "9001.htm", "--captured", "2026-08-11")
    ran = inforce("show", "ZZ9.1", "--on", "2024-01-01")
    assert ran.exit_code == 0
    assert "in force" in ran.out


def test_two_pages_that_claim_one_address_are_both_kept(loaded: Inforce, tmp_path: Path) -> None:
    """If it failed, one of two pages would overwrite the other in silence."""
    (tmp_path / "9001.htm").write_bytes(GOOD.replace(b"ZZ9.1 Kitchen", b"ZZ9.2 Dining"))
    loaded("load", tmp_path / "9001.htm", "--captured", "2026-08-11")
    still_answers(loaded)
    assert loaded("show", "ZZ9.2", "--on", "2024-01-01", "--json").json["answer"] == "in_force"
    (finding,) = loaded("check", "--json").json["findings"]
    assert (finding["kind"], finding["locator"]) == ("address_twice", "opsmanual/9001")
    assert "ZZ9.1" in finding["message"]
    assert "ZZ9.2" in finding["message"]


def test_address_that_was_given_to_another_code_later_is_said_and_no_oddity(
    loaded: Inforce, tmp_path: Path
) -> None:
    """If it failed, every renumbered page would be a warning, or its reader would not learn what its address shows."""
    (tmp_path / "9001.htm").write_bytes(GOOD.replace(b"ZZ9.1 Kitchen", b"ZZ9.2 Dining"))
    loaded("load", tmp_path / "9001.htm", "--captured", "2026-09-01")
    found = loaded("check", "--json").json["findings"]
    assert [(one["severity"], one["kind"], one["code"]) for one in found] == [
        ("info", "address_reused", "ZZ9.1")
    ]
    assert "address_reused" in loaded("show", "ZZ9.1").out
    assert "address_reused" in loaded("history", "ZZ9.1").out


def test_corrupted_knowledge_base_is_said_and_made_again(loaded: Inforce, home: Path) -> None:
    """If it failed, a broken file would be answered from, or end in a traceback."""
    data = bytearray((home / "kb.sqlite").read_bytes())
    data[: len(data) // 2] = b"x" * (len(data) // 2)
    (home / "kb.sqlite").write_bytes(data)
    ran = loaded("show", "ZZ9.1")
    assert (ran.exit_code, ran.out) == (1, "")
    assert "inforce rebuild" in ran.err
    assert loaded("rebuild").exit_code == 0
    still_answers(loaded)


def test_knowledge_base_of_a_newer_program_is_left_alone(loaded: Inforce, home: Path) -> None:
    """If it failed, an older program would read, or replace, what it does not understand."""
    connection = sqlite3.connect(home / "kb.sqlite")
    connection.execute("PRAGMA user_version = 99999")
    connection.close()
    before = (home / "kb.sqlite").read_bytes()
    for words in (["show", "ZZ9.1"], ["load", str(home.parent / "good")]):
        ran = loaded(*words)
        assert (ran.exit_code, ran.out) == (1, "")
        assert "newer" in ran.err
    assert (home / "kb.sqlite").read_bytes() == before


def test_deleting_what_is_derived_loses_nothing(loaded: Inforce, home: Path) -> None:
    """If it failed, a home without its derived files could not be brought back."""
    (home / "kb.sqlite").unlink()
    shutil.rmtree(home / "index")
    assert loaded("rebuild").exit_code == 0
    still_answers(loaded)
