"""`export akn`, `json` and `csv` on the command line: whole, true, and nothing unknown made up."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from manual.cli.printed import FINDINGS, MISUSE
from manual.export.data import TABLES
from tests.cli.conftest import Inforce, run_in


@pytest.fixture(scope="module")
def specimen(tmp_path_factory: pytest.TempPathFactory) -> Inforce:
    inforce = run_in(tmp_path_factory.mktemp("machines") / "home")
    assert inforce("load", "--specimen").exit_code == 0
    return inforce


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_json_lines_hold_every_version_as_its_history_has_it(specimen: Inforce, tmp_path: Path) -> None:
    """Whoever reads the file and whoever asks must get the same version, with its words."""
    dest = tmp_path / "versions.jsonl"
    assert specimen("export", "json", dest).exit_code == 0
    documents = lines_of(dest)
    texts = 0
    for code in dict.fromkeys(one["code"] for one in documents):
        history = specimen("history", code, "--json").json
        mine = [one for one in documents if one["code"] == code]
        beside = (
            "code",
            "known",
            "kind",
            "authority",
            "announces",
            "spans",
            "text",
            "texts",
            "structure",
            "instrument",
        )
        plain = [{k: v for k, v in one.items() if k not in beside} for one in mine]
        assert plain == [{k: v for k, v in one.items() if k not in beside} for one in history["versions"]]
        texts += sum(one["text"] is not None for one in mine)
        for one in mine:
            spans = [s for s in history["spans"] if one["id"] in s["versions"]]
            assert one["spans"] == [{k: s[k] for k in ("first", "until", "answer")} for s in spans]
    assert texts > 100


def test_json_lines_know_what_was_known(specimen: Inforce, tmp_path: Path) -> None:
    """A file as of an earlier day may hold nothing that was seen later."""
    dest = tmp_path / "then.jsonl"
    assert specimen("export", "json", dest, "--known", "2021-01-01").exit_code == 0
    documents = lines_of(dest)
    assert {one["known"] for one in documents} <= {"2021-01-01"}
    assert all((one["last_seen"] or "") <= "2021-01-01" for one in documents)


def test_tables_say_what_the_commands_say(specimen: Inforce, tmp_path: Path) -> None:
    """Every table with its columns; each row is one that a command prints."""
    dest = tmp_path / "tables"
    assert specimen("export", "csv", dest).exit_code == 0
    tables = {name: rows_of(dest / name) for name in TABLES}
    for name, rows in tables.items():
        assert rows
        assert tuple(rows[0]) == TABLES[name]
    findings = specimen("check", "--json").json["findings"]
    assert [row["message"] for row in tables["findings.csv"]] == [one["message"] for one in findings]
    for row in tables["codes.csv"][::9]:
        history = specimen("history", row["code"], "--json").json
        assert int(row["versions"]) == len(history["versions"])
        spans = [(s["first"] or "", s["until"] or "", s["answer"]) for s in history["spans"]]
        mine = [s for s in tables["spans.csv"] if s["code"] == row["code"]]
        assert [(s["first"], s["until"], s["answer"]) for s in mine] == spans
        ids = [v["id"] for v in tables["versions.csv"] if v["code"] == row["code"]]
        assert ids == [v["id"] for v in history["versions"]]


def test_unknown_is_an_empty_field(specimen: Inforce, tmp_path: Path) -> None:
    """A made-up last day, such as one in 9999, would be counted with."""
    dest = tmp_path / "tables"
    assert specimen("export", "csv", dest).exit_code == 0
    text = "".join((dest / name).read_text("utf-8") for name in TABLES if name != "findings.csv")
    assert "9999-" not in text
    assert "None" not in text
    assert any(row["effective_until"] == "" for row in rows_of(dest / "versions.csv"))
    assert any(row["first"] == "" for row in rows_of(dest / "spans.csv"))


@pytest.mark.parametrize("first", ["=", "+", "@", "＝"])
def test_no_title_is_a_formula_in_a_spreadsheet(inforce: Inforce, tmp_path: Path, first: str) -> None:
    """A page that somebody made would compute, or fetch, on the machine of whoever opens the table."""
    title = f"{first}HYPERLINK(A1)"
    page = f"<h1>ZX1.1 {title}</h1><p>Words.</p><p class=effectivedate>Effective 01/02/2020</p>"
    (tmp_path / "1.htm").write_text(f"<title>ZX1.1 {title}</title>{page}", "utf-8")
    assert inforce("load", tmp_path / "1.htm", "--captured", "2024-01-01").exit_code == 0
    assert inforce("export", "csv", tmp_path / "tables").exit_code == 0
    assert inforce("export", "json", tmp_path / "all.jsonl").exit_code == 0
    [row] = rows_of(tmp_path / "tables" / "versions.csv")
    assert row["title"] == f"'{title}"
    assert [one["title"] for one in lines_of(tmp_path / "all.jsonl")] == [title]
    assert row["effective_from"] == "2020-02-01"


def test_akn_says_what_it_wrote(specimen: Inforce, tmp_path: Path) -> None:
    """The summary is what a script goes on with."""
    ran = specimen("export", "akn", tmp_path / "akn", "--on", "1 March 2021", "--json")
    assert ran.exit_code == 0
    assert ran.json["on"] == "2021-03-01"
    assert ran.json["files"] == len(list((tmp_path / "akn").rglob("*.xml"))) > 20
    assert specimen("export", "check", tmp_path / "akn").exit_code == 0


def test_misuse_is_told_and_nothing_is_written(specimen: Inforce, tmp_path: Path) -> None:
    """Two days at once, a day that is none, a folder with other files, a file of another kind."""
    both = specimen("export", "akn", tmp_path / "a", "--on", "2021-03-01", "--history")
    assert both.exit_code == MISUSE
    assert "exclude each other" in both.err
    assert specimen("export", "akn", tmp_path / "a", "--on", "2021-02-30").exit_code == MISUSE
    assert not (tmp_path / "a").exists()
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("kept")
    for command in ("akn", "csv", "json"):
        ran = specimen("export", command, mine)
        assert ran.exit_code == FINDINGS
        assert "Traceback" not in ran.err
    taken = tmp_path / "letter.txt"
    taken.write_text("kept")
    assert specimen("export", "json", taken).exit_code == FINDINGS
    assert specimen("export", "csv", taken).exit_code == FINDINGS
    assert [path.read_text() for path in (taken, mine / "letter.txt")] == ["kept", "kept"]


@pytest.mark.parametrize("command", ["akn", "csv", "json"])
def test_an_empty_home_is_an_error_that_says_what_to_do(
    inforce: Inforce, tmp_path: Path, command: str
) -> None:
    """An empty file would look like a manual without instructions."""
    ran = inforce("export", command, tmp_path / "out")
    assert ran.exit_code == FINDINGS
    assert "inforce load" in ran.err
    assert not (tmp_path / "out").exists()


def test_verify_says_that_the_captures_give_the_same(specimen: Inforce) -> None:
    """A script goes by the exit status."""
    ran = specimen("verify")
    assert (ran.exit_code, ran.out) == (0, "")
    assert "is what the captures give" in ran.err


def test_verify_names_what_differs(inforce: Inforce, home: Path, tmp_path: Path) -> None:
    """In the shape of `check`, and with exit 1."""
    page = tmp_path / "1.htm"
    page.write_text(
        "<p class='heading4'>ZX1 Kites</p><p>Red.</p><p class='effectivedate'>Effective 01/01/2020</p>"
    )
    assert inforce("load", page).exit_code == 0
    with sqlite3.connect(home / "kb.sqlite") as connection:
        connection.execute("UPDATE versions SET record = replace(record, 'Kites', 'Marbles')")
    connection.close()
    ran = inforce("verify", "--json")
    assert ran.exit_code == FINDINGS
    (found,) = ran.json["findings"]
    assert (found["code"], found["kind"]) == ("ZX1", "derived_otherwise")
    assert "its record is not the one that was written" in found["message"]
    assert ran.json["totals"]["error"] == 1
