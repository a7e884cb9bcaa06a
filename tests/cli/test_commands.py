"""Every command as a person types it: words out, JSON out, exit status, and what is refused."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import pytest
from cli.conftest import Inforce, run_in

from manual.cli import cli
from manual.dates import today

PROJECT = Path(__file__).resolve().parents[2]
BAD_DAYS = [
    "0",
    "1743465600",
    "2025-13-01",
    "12",
    "next week",
    "-",
    "",
    "31/02/2020",
    "01/02/20",
    "2024-8-15-1",
]


def page(
    number: int, heading: str, clauses: Sequence[str], foot: str, earlier: Sequence[tuple[int, str]] = ()
) -> bytes:
    """An instruction page in the live shape, in words of this test."""
    items = "".join(f"<li>{clause}" for clause in clauses)
    rows = "".join(f'<p class="relateditem"><a href="{n}.htm">{title}</a></p>' for n, title in earlier)
    related = f'<p class="relatedheading">PREVIOUS IMMIGRATION INSTRUCTIONS</p>{rows}' if earlier else ""
    return (
        f"<!DOCTYPE html><html><head><title> {heading} </title></head><body onload=\"highlight('{number}')\">"
        f'<table><tr><td id="main"><p class="heading4" id="t{number}">{heading}</p>'
        f'<ol class="listletter">{items}</ol><p class="effectivedate">Effective {foot}</p>'
        f'<table class="relatedtopics belowtopictext"><tr><td>{related}</td></tr></table></td></tr></table>'
        "</body></html>"
    ).encode()


OLD = ("Cooks must hold a certificate.", "Bakers must hold two certificates.")
NEW = ("Cooks must hold a recent certificate.", "Bakers must hold two certificates.", "Others need none.")
ROW = (9002, "ZZ9.1 Kitchen staff (02/03/2020)")


@pytest.fixture(scope="module")
def kitchen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of four saved pages: two versions of ZZ9.1, a title that would command a terminal, and ZZ9.10."""
    folder = tmp_path_factory.mktemp("saved") / "opsmanual"
    folder.mkdir()
    hostile = "Nasty &#27;[31m\x1b]0;owned\x07 \u202e<b>title</b>"
    for number, data in (
        (9001, page(9001, "ZZ9.1 Kitchen staff", NEW, "05/06/2023", [ROW])),
        (9002, page(9002, "ZZ9.1 Kitchen staff (02/03/2020)", OLD, "02/03/2020")),
        (9003, page(9003, f"ZZ9.5 {hostile}", ["Nothing \x1b[2J here."], "01/01/2021")),
        (9004, page(9004, "ZZ9.10 Dish washers", ["See ZZ9.1(b)."], "01/01/2021")),
    ):
        (folder / f"{number}.htm").write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def home_with_kitchen(kitchen: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("kitchen") / "home"
    ran = run_in(home)("load", kitchen, "--captured", "2026-08-11")
    assert ran.exit_code == 0, ran.err
    return home


@pytest.fixture
def inforce(home_with_kitchen: Path) -> Inforce:
    return run_in(home_with_kitchen)


def all_commands(group: click.Group | None = None, path: str = "") -> Iterator[tuple[str, click.Command]]:
    group = group or cli
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield from (
            all_commands(command, f"{path}{name} ")
            if isinstance(command, click.Group)
            else [(path + name, command)]
        )


# ---------------------------------------------------------------- all commands


def test_every_command_is_in_the_readme() -> None:
    """If it failed, a command would exist that no reader hears of."""
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    missing = [name for name, _ in all_commands() if not re.search(rf"(inforce |`){name}\b", readme)]
    assert missing == []


def test_every_command_of_the_contract_is_there() -> None:
    """If it failed, a command that house.md promises would be missing."""
    promised = {"load", "contents", "show", "why", "history", "compare", "changes", "search", "check", "rebuild",
                "serve", "export html", "index check", "index dump", "wanted", "watch", "replay"}  # fmt: skip
    assert promised <= {name for name, _ in all_commands()}


@pytest.mark.parametrize("name", [name for name, _ in all_commands()])
def test_every_command_has_help_with_an_example_and_a_home(name: str, home: Path) -> None:
    """If it failed, a person would have to guess how a command is typed."""
    ran = run_in(home)(*name.split(), "--help")
    assert ran.exit_code == 0
    assert re.search(rf"Examples?: inforce {name}", ran.out)
    assert "--home" in ran.out or name == "export check"


READERS = ["contents", "show", "why", "history", "compare", "changes", "search", "check", "wanted", "replay"]


@pytest.mark.parametrize("name", READERS)
def test_every_reader_has_json(name: str) -> None:
    """If it failed, a program could not ask what a person can."""
    options = {option for param in dict(all_commands())[name].params for option in param.opts}
    assert "--json" in options


# ---------------------------------------------------------------- load and rebuild


def test_load_counts_what_it_read_and_what_it_knew(kitchen: Path, home: Path) -> None:
    """If it failed, a person could not tell whether the pages were taken in."""
    inforce = run_in(home)
    first = inforce("load", kitchen, "--captured", "2026-08-11", "--json").json
    again = inforce("load", kitchen, "--captured", "2026-08-11", "--json").json
    assert (first["read"], first["new"], first["known"], first["understood"]) == (4, 4, 0, 4)
    assert (again["read"], again["new"], again["known"], again["parsed"]) == (4, 0, 4, 0)
    assert first["digest"] == again["digest"]


def test_load_tells_its_summary_on_stdout_and_its_progress_on_stderr(kitchen: Path, home: Path) -> None:
    """If it failed, the output could not be piped on."""
    ran = run_in(home)("load", kitchen)
    assert ran.exit_code == 0
    assert "4 read, 4 new" in ran.out
    assert "Reading pages" in ran.err
    assert "Reading pages" not in ran.out


def test_load_goes_on_after_a_bad_source_and_ends_with_one(kitchen: Path, home: Path, tmp_path: Path) -> None:
    """If it failed, one bad file would cost the others, or pass unnoticed."""
    bad = tmp_path / "x.pdf"
    bad.write_bytes(b"%PDF-1.7")
    ran = run_in(home)("load", bad, kitchen)
    assert ran.exit_code == 1
    assert "not_a_page" in ran.err
    assert "4 new" in ran.out


def test_load_reads_a_zip_like_its_folder(
    kitchen: Path, home: Path, home_with_kitchen: Path, tmp_path: Path
) -> None:
    """If it failed, the same pages would give other answers when they come packed."""
    with zipfile.ZipFile(tmp_path / "saved.zip", "w") as archive:
        for path in sorted(kitchen.iterdir()):
            archive.write(path, f"opsmanual/{path.name}")
    inforce = run_in(home)
    assert inforce("load", tmp_path / "saved.zip", "--captured", "2026-08-11").exit_code == 0
    assert (
        inforce("history", "ZZ9.1", "--json").json
        == run_in(home_with_kitchen)("history", "ZZ9.1", "--json").json
    )


@pytest.mark.parametrize(
    "words", [["load"], ["load", "/no/such/path"], ["load", ".", "--captured", "31/02/2020"]]
)
def test_load_refuses_what_it_cannot_understand(home: Path, words: list[str]) -> None:
    """If it failed, a typing error would look like a load."""
    ran = run_in(home)(*words)
    assert ran.exit_code == 2
    assert not home.exists()


def test_home_that_cannot_be_written_is_said_in_one_line(kitchen: Path, tmp_path: Path) -> None:
    """If it failed, a person would see a traceback."""
    (tmp_path / "home").write_text("in the way")
    ran = run_in(tmp_path / "home")("load", kitchen)
    assert ran.exit_code == 1
    assert "Error:" in ran.err
    assert "Traceback" not in ran.err


def test_rebuild_gives_the_same_answers_and_index(kitchen: Path, home: Path) -> None:
    """If it failed, derived files could not be thrown away."""
    inforce = run_in(home)
    inforce("load", kitchen, "--captured", "2026-08-11")
    before = inforce("show", "ZZ9.1", "--json").out
    (home / "kb.sqlite").unlink()
    assert inforce("show", "ZZ9.1").exit_code == 1
    assert inforce("rebuild").exit_code == 0
    assert inforce("show", "ZZ9.1", "--json").out == before
    assert inforce("index", "check").exit_code == 0


def test_register_and_specimen_come_with_the_program(home: Path, tmp_path: Path) -> None:
    """If it failed, a newcomer would have nothing to try."""
    real, invented = run_in(home), run_in(tmp_path / "specimen")
    for inforce, bundled in ((real, "--register"), (invented, "--specimen")):
        ran = inforce("load", bundled, "--json")
        assert ran.exit_code == 0, ran.err
        assert ran.json["not_understood"] == 0
    shown = invented("show", "J1.1", "--json").json
    assert shown["version"]["source_url"].startswith("https://specimen.example/")
    assert real("show", "WA3.15", "--on", "2025-12-08", "--json").json["answer"] == "in_force"


# ---------------------------------------------------------------- show


def test_show_says_validity_basis_source_and_text(inforce: Inforce) -> None:
    """If it failed, an answer could not be checked."""
    ran = inforce("show", "zz9 1", "--on", "15 August 2024")
    assert ran.exit_code == 0
    lines = ran.out.splitlines()
    assert lines[0].split(maxsplit=1) == ["ZZ9.1", "Kitchen staff"]
    assert "On 15 August 2024: in force." in lines
    assert any("from 5 June 2023" in line for line in lines)
    assert any("the foot of the page" in line for line in lines)
    assert any("9001.htm" in line and "11 August 2026" in line for line in lines)
    assert [line for line in lines if line.startswith("(")] == [
        "(a) Cooks must hold a recent certificate.",
        "(b) Bakers must hold two certificates.",
        "(c) Others need none.",
    ]


@pytest.mark.parametrize(
    ("on", "word"),
    [("2020-03-01", "before the record"), ("2020-03-02", "in force"), ("2023-06-05", "in force")],
)
def test_show_names_its_answer_in_words(inforce: Inforce, on: str, word: str) -> None:
    """If it failed, a reader would have to guess which answer was given."""
    ran = inforce("show", "ZZ9.1", "--on", on)
    assert ran.exit_code == 0
    assert f": {word}." in ran.out


def test_show_of_a_place_prints_that_clause_alone(inforce: Inforce) -> None:
    """If it failed, a pinpoint would print everything, or nothing."""
    ran = inforce("show", "zz9.1 b", "--on", "2020-03-02")
    assert ran.exit_code == 0
    assert "(b) Bakers" in ran.out
    assert "Cooks" not in ran.out


def test_show_without_a_day_is_today(inforce: Inforce) -> None:
    """If it failed, the commonest question would be asked of another day."""
    assert inforce("show", "ZZ9.1", "--json").json["on"] == today().isoformat()


def test_show_as_could_be_known_before_the_capture_knows_nothing(inforce: Inforce) -> None:
    """If it failed, the second dial would not be on this answer."""
    found = inforce("show", "ZZ9.1", "--on", "2024-08-15", "--known", "2026-08-10", "--json").json
    assert (found["known"], found["answer"]) == ("2026-08-10", "unknown_code")
    assert (
        inforce("show", "ZZ9.1", "--on", "2024-08-15", "--known", "2026-08-11", "--json").json["answer"]
        == "in_force"
    )


def test_unknown_code_is_an_answer_with_the_nearest_codes(inforce: Inforce) -> None:
    """If it failed, a typing error would be answered with another instruction."""
    ran = inforce("show", "ZZ9.11")
    assert ran.exit_code == 1
    assert "not known here" in ran.out
    assert "ZZ9.1 Kitchen staff" in ran.out
    assert "recent certificate" not in ran.out


@pytest.mark.parametrize("code", ["", "hello world", "A16.1.1.1", "16.1", "A2023"])
@pytest.mark.parametrize("command", ["show", "why", "history"])
def test_what_is_no_code_is_misuse(inforce: Inforce, command: str, code: str) -> None:
    """If it failed, nonsense would be taken for a code."""
    ran = inforce(command, "--", code)
    assert (ran.exit_code, ran.out) == (2, "")
    assert "is not a code" in ran.err


@pytest.mark.parametrize("day", BAD_DAYS)
def test_what_is_no_day_is_misuse(inforce: Inforce, day: str) -> None:
    """If it failed, a moment in seconds or a month 13 would be answered as some day."""
    for words in (["show", "ZZ9.1", "--on", day], ["show", "ZZ9.1", "--known", day], ["contents", "--on", day],
                  ["compare", "ZZ9.1", day, "2024-01-01"], ["changes", "2024-01-01", day],
                  ["search", "cooks", "--on", day]):  # fmt: skip
        ran = inforce(*words)
        assert (ran.exit_code, ran.out) == (2, "")
        assert "Expected 2024-08-15, 15/8/2024 or 15 August 2024" in " ".join(ran.err.split())


def test_nothing_from_a_page_reaches_the_terminal_as_a_command(inforce: Inforce) -> None:
    """If it failed, a saved page could recolour, retitle or rearrange the reader's screen."""
    commands = [["show", "ZZ9.5"], ["history", "ZZ9.5"], ["contents"], ["changes", "2020-01-01", "2024-01-01"],
                ["check"], ["search", "nasty"]]  # fmt: skip
    for words in [*commands, *([*words, "--json"] for words in commands)]:
        out = inforce(*words).out
        assert "Nasty" in out or words[0] == "check"
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", out)


# ---------------------------------------------------------------- the other questions


@pytest.fixture(scope="module")
def home_with_porters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One page whose title ends it "to" a day: on that day itself it may have been in force or not (rule 9c)."""
    folder = tmp_path_factory.mktemp("porters") / "opsmanual"
    folder.mkdir()
    data = page(9100, "ZZ9.20 Porters (to 01/06/2022)", ["Porters must hold a trolley."], "01/01/2021")
    (folder / "9100.htm").write_bytes(data)
    home = folder.parent / "home"
    assert run_in(home)("load", folder, "--captured", "2024-08-11").exit_code == 0
    return home


def test_why_gives_statements_versions_rules_and_what_would_settle_it(home_with_porters: Path) -> None:
    """A keeper could not tell what a disputed answer rests on, nor which page to look for."""
    ran = run_in(home_with_porters)("why", "zz9.20", "--on", "2022-06-01", "--json")
    assert ran.exit_code == 0
    why = ran.json
    assert (why["code"], why["on"], why["known"], why["answer"]) == ("ZZ9.20", "2022-06-01", None, "disputed")
    (version,) = why["versions"]
    assert version["possible"]
    assert version["starts"] == ["1 January 2021"]
    (statement,) = version["statements"]
    assert statement["seen"] == "2024-08-11"
    assert statement["capture"].startswith("sha256:")
    assert any(rule.startswith("9:") for rule in why["rules"])
    assert why["settle"]
    words = run_in(home_with_porters)("why", "ZZ9.20", "--on", "1/6/2022").out
    for told in (why["reasons"][0], why["rules"][0], "Porters", statement["capture"], why["settle"][0]):
        assert told in words


def test_why_of_a_settled_answer_settles_nothing_more(home_with_porters: Path) -> None:
    """A reader would be sent to look for pages though nothing is open."""
    assert run_in(home_with_porters)("why", "ZZ9.20", "--on", "2022-05-31", "--json").json["settle"] == []


def test_why_rests_on_what_was_seen_by_the_day_of_knowledge(home_with_porters: Path) -> None:
    """Pages seen later would stand behind an answer of a day on which nobody had seen them."""
    inforce = run_in(home_with_porters)
    assert inforce("why", "ZZ9.20", "--known", "2024-08-10").exit_code == 1
    known = inforce("why", "ZZ9.20", "--on", "2022-06-01", "--known", "2024-08-11", "--json").json
    assert known == inforce("why", "ZZ9.20", "--on", "2022-06-01", "--json").json | {"known": "2024-08-11"}


def test_why_of_an_unknown_code_offers_the_nearest(inforce: Inforce) -> None:
    """A slip of the finger would end in silence."""
    ran = inforce("why", "ZZ9.6")
    assert ran.exit_code == 1
    assert "ZZ9.5" in ran.err


def test_history_lists_versions_oldest_first(inforce: Inforce) -> None:
    """If it failed, the order of versions could not be relied on."""
    found = inforce("history", "ZZ9.1", "--json").json
    assert found["code"] == "ZZ9.1"
    assert [v["effective_from"] for v in found["versions"]] == ["2020-03-02", "2023-06-05"]
    assert [v["text_held"] for v in found["versions"]] == [True, True]
    out = inforce("history", "ZZ9.1").out
    assert out.index("2 March 2020 to 4 June 2023") < out.index("from 5 June 2023")


def test_history_of_an_unknown_code_offers_the_nearest(inforce: Inforce) -> None:
    """If it failed, the commands would disagree on what an unknown code is."""
    for words in (["history", "ZZ9.11"], ["compare", "ZZ9.11", "2020-03-02", "2024-01-01"]):
        ran = inforce(*words)
        assert (ran.exit_code, ran.out) == (1, "")
        assert "ZZ9.1" in ran.err.replace("ZZ9.11", "")


def test_compare_marks_words_and_counts_clauses(inforce: Inforce) -> None:
    """If it failed, an amendment would have to be found by reading twice."""
    ran = inforce("compare", "ZZ9.1", "2020-03-02", "2024-01-01")
    assert ran.exit_code == 0
    assert "{+recent+}" in ran.out
    assert "{+Others need none.+}" in ran.out
    assert "Bakers" not in ran.out
    assert "1 changed" in ran.out
    assert "1 added" in ran.out
    found = inforce("compare", "ZZ9.1", "2020-03-02", "2024-01-01", "--json").json
    assert found["amended"] is True
    assert [c["kind"] for c in found["changes"] if c["kind"] != "same"] == ["changed", "added"]
    assert (found["old"]["on"], found["new"]["on"]) == ("2020-03-02", "2024-01-01")


def test_compare_of_one_version_with_itself_says_so(inforce: Inforce) -> None:
    """If it failed, "no change" and "one version" could not be told apart."""
    ran = inforce("compare", "ZZ9.1", "2024-01-01", "2024-02-01")
    assert ran.exit_code == 0
    assert "same version" in ran.out


def test_compare_concludes_nothing_without_a_text(kitchen: Path, home: Path) -> None:
    """If it failed, a text that is not held would count as unchanged, or as wholly removed."""
    inforce = run_in(home)
    inforce("load", kitchen / "9001.htm", "--captured", "2026-08-11")
    ran = inforce("compare", "ZZ9.1", "2020-03-02", "2024-01-01")
    assert ran.exit_code == 0
    assert "not held" in ran.out
    assert "{+" not in ran.out
    found = inforce("compare", "ZZ9.1", "2020-03-02", "2024-01-01", "--json").json
    assert (found["amended"], found["changes"]) == (None, None)
    assert found["note"]


def test_changes_include_the_first_day_and_not_the_last(inforce: Inforce) -> None:
    """If it failed, a change would be told twice, or never, by someone who asks month by month."""

    def codes(first: str, until: str) -> list[tuple[str, str]]:
        found = inforce("changes", first, until, "--json").json
        assert (found["from"], found["to"]) == (first, until)
        return [(change["day"], change["code"]) for change in found["changes"]]

    assert ("2023-06-05", "ZZ9.1") in codes("2023-06-05", "2023-06-06")
    assert codes("2023-06-04", "2023-06-05") == []
    assert codes("2023-06-06", "2023-06-07") == []
    assert "ZZ9.1" in inforce("changes", "1/6/2023", "1/7/2023").out
    assert inforce("changes", "2024-01-02", "2024-01-01").exit_code == 2


def test_contents_as_of_a_day_say_what_is_not_in_force(inforce: Inforce) -> None:
    """If it failed, the contents would look the same on every day."""
    found = inforce("contents", "--on", "2020-06-01", "--json").json
    status = {entry["code"]: entry["status"] for entry in found["entries"] if entry["code"]}
    assert found["on"] == "2020-06-01"
    assert (status["ZZ9.1"], status["ZZ9.10"]) == ("in_force", "before_record")
    assert "[before the record]" in inforce("contents", "--on", "2020-06-01").out


def test_check_prints_one_finding_per_line(kitchen: Path, home: Path, tmp_path: Path) -> None:
    """If it failed, findings could not be counted or filtered by line."""
    (tmp_path / "9009.htm").write_bytes(page(9009, "ZZ9.15 Waiters", ["Carry."], "31/02/2020"))
    inforce = run_in(home)
    inforce("load", tmp_path / "9009.htm")
    ran = inforce("check")
    found = inforce("check", "--json").json
    assert len(ran.out.splitlines()) == len(found["findings"]) == sum(found["totals"].values())
    assert any(finding["code"] == "ZZ9.15" for finding in found["findings"])
    assert ran.exit_code == (1 if found["totals"]["error"] else 0)
    assert inforce("check", "--severity", "error", "--json").json["totals"]["info"] == 0


# ---------------------------------------------------------------- search and index


def test_search_finds_the_text_in_force_on_the_day_only(inforce: Inforce) -> None:
    """If it failed, words of another day's text would be shown."""
    then = inforce("search", "recent", "certificate", "--on", "2021-01-01", "--json").json
    now = inforce("search", "recent", "certificate", "--on", "2024-01-01", "--json").json
    assert [hit["effective_from"] for hit in then["hits"] if hit["code"] == "ZZ9.1"] == ["2020-03-02"]
    assert "recent" not in json.dumps(then["hits"])
    assert now["hits"][0]["effective_from"] == "2023-06-05"
    assert {"query", "on", "total", "expanded", "hits", "facets"} <= now.keys()


def test_search_at_any_time_says_in_how_many_versions(inforce: Inforce) -> None:
    """If it failed, a reader could not tell old words from new ones."""
    ran = inforce("search", "certificate", "--any-time")
    assert ran.exit_code == 0
    assert "in 2 of 2 versions" in ran.out


def test_search_for_first_and_last_use_of_a_phrase(inforce: Inforce) -> None:
    """If it failed, an adviser would have to read every version."""
    ran = inforce("search", "--first", "recent certificate", "ZZ9.1")
    assert ran.exit_code == 0
    assert "1 of 2 versions" in ran.out
    assert (
        inforce("search", "--first", "recent certificate", "ZZ9.1", "--json").json["first_from"]
        == "2023-06-05"
    )


def test_search_refuses_a_day_with_any_time(inforce: Inforce) -> None:
    """If it failed, one of two contradicting wishes would be dropped in silence."""
    assert inforce("search", "cooks", "--on", "2024-01-01", "--any-time").exit_code == 2


@pytest.mark.parametrize("words", ["", "  "])
def test_search_without_words_says_that_none_were_given(inforce: Inforce, words: str) -> None:
    """ "Nothing was found" would be an answer about the manual."""
    ran = inforce("search", words)
    assert ran.exit_code == 2
    assert "No words were given" in ran.err
    assert inforce("search", words, "--part", "ZZ").exit_code == 0


def test_missing_or_stale_index_is_never_answered_from(kitchen: Path, home: Path) -> None:
    """If it failed, a search would answer from another state of the manual."""
    inforce = run_in(home)
    inforce("load", kitchen / "9001.htm", "--captured", "2026-08-11")
    os.rename(home / "index", home / "old")
    assert inforce("search", "cooks").exit_code == 1
    inforce("load", kitchen, "--captured", "2026-08-11")
    assert inforce("search", "cooks").exit_code == 0
    shutil.rmtree(home / "index")
    os.rename(home / "old", home / "index")
    ran = inforce("search", "cooks")
    assert (ran.exit_code, ran.out) == (1, "")
    assert "inforce index build" in ran.err
    assert inforce("index", "check").exit_code == 1
    assert inforce("index", "build").exit_code == 0
    assert inforce("index", "check").exit_code == 0


def test_index_dump_is_one_object_per_version(inforce: Inforce) -> None:
    """If it failed, nobody could look at what the index holds."""
    versions = [json.loads(line) for line in inforce("index", "dump").out.splitlines()]
    assert [version["code"] for version in versions].count("ZZ9.1") == 2


# ---------------------------------------------------------------- as a process


def process(home: Path, *words: str, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "manual.cli", *words], cwd=PROJECT, env={**os.environ, "INFORCE_HOME": str(home)},
        capture_output=True, text=True, timeout=60, check=False, **more,  # type: ignore[call-overload]
    )  # fmt: skip


def test_home_is_taken_from_the_environment_and_from_either_side_of_the_command(
    home_with_kitchen: Path, tmp_path: Path
) -> None:
    """If it failed, one of the promised ways of naming the home would not work."""
    assert process(home_with_kitchen, "show", "ZZ9.1").returncode == 0
    for words in (
        ["--home", str(home_with_kitchen), "show", "ZZ9.1"],
        ["show", "ZZ9.1", "--home", str(home_with_kitchen)],
    ):
        assert process(tmp_path / "none", *words).returncode == 0
    assert process(tmp_path / "none", "show", "ZZ9.1").returncode == 1


def test_home_without_a_knowledge_base_says_what_to_do(tmp_path: Path) -> None:
    """If it failed, a newcomer's first question would end in a traceback."""
    ran = process(tmp_path, "show", "A16.1")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "inforce load" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1


def test_reader_that_closes_early_sees_no_traceback(home_with_kitchen: Path) -> None:
    """If it failed, `inforce … | head -1` would end in an error message."""
    line = f'"{sys.executable}" -m manual.cli index dump | head -c 1'
    ran = subprocess.run(
        ["sh", "-c", line], cwd=PROJECT, env={**os.environ, "INFORCE_HOME": str(home_with_kitchen)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "{", "")


def test_terminal_that_lacks_letters_gets_marks(home_with_kitchen: Path) -> None:
    """If it failed, an old terminal would see a traceback where a macron stands."""
    env = {**os.environ, "INFORCE_HOME": str(home_with_kitchen), "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "manual.cli", "show", "ZZ9.5"]
    ran = subprocess.run(command, cwd=PROJECT, env=env, capture_output=True, timeout=60, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_serve_answers_and_stops(home_with_kitchen: Path) -> None:
    """If it failed, a newcomer would have no site to look at."""
    command = [sys.executable, "-m", "manual.cli", "--home", str(home_with_kitchen), "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        said = server.stderr.readline()
        try:
            address = re.search(r"http://\S+/", said)
            assert address, said
            with urllib.request.urlopen(f"{address[0]}ZZ9.1/on/2024-01-01", timeout=20) as answer:
                assert "Kitchen staff" in answer.read().decode()
        finally:
            server.send_signal(signal.SIGINT)
            for _ in range(100):
                if server.poll() is not None:
                    break
                time.sleep(0.1)
            server.kill()  # a shell that runs this in the background has it ignore the signal
            server.stderr.read()
    assert server.returncode is not None


def test_show_imports_nothing_that_other_commands_need(home_with_kitchen: Path) -> None:
    """If it failed, the commonest command would start slowly for the sake of others."""
    code = (
        "import sys, manual.cli; sys.argv = ['inforce', 'show', 'ZZ9.1', '--on', '2024-01-01']\n"
        "try: manual.cli.main()\nexcept SystemExit: pass\n"
        "heavy = {'rich', 'bs4', 'html5lib', 'flask', 'jinja2', 'sphinx', 'whoosh', 'numpy', 'warcio', 'indexer',"
        " 'webapp', 'manual.load', 'manual.parse', 'manual.captures', 'manual.history.deriving',"
        " 'manual.queries.contents', 'manual.queries.results'}\n"
        "print(sorted(heavy & sys.modules.keys()), file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, env={**os.environ, "INFORCE_HOME": str(home_with_kitchen)},
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert ran.stderr.strip() == "[]"


def test_load_makes_the_index_again_where_it_is_gone_and_only_then(kitchen: Path, home: Path) -> None:
    """If it failed, a search would stay broken after a load, or every load would index everything."""
    inforce = run_in(home)
    assert "Indexing" in inforce("load", kitchen, "--captured", "2026-08-11").err
    assert "Indexing" not in inforce("load", kitchen, "--captured", "2026-08-11").err
    shutil.rmtree(home / "index")
    assert "Indexing" in inforce("load", kitchen, "--captured", "2026-08-11").err
    assert inforce("search", "cooks").exit_code == 0


def test_edition_is_written_and_verifies(inforce: Inforce, tmp_path: Path) -> None:
    """If it failed, a publisher could not make or check a copy."""
    ran = inforce("export", "html", tmp_path / "edition", "--on", "2024-01-01", "--json")
    assert (ran.exit_code, ran.json["on"]) == (0, "2024-01-01")
    assert (tmp_path / "edition" / "index.html").is_file()
    assert inforce("export", "check", tmp_path / "edition").exit_code == 0
    (tmp_path / "edition" / "index.html").write_text("changed")
    assert inforce("export", "check", tmp_path / "edition").exit_code == 1


def test_edition_is_not_written_over_something_else(inforce: Inforce, tmp_path: Path) -> None:
    """If it failed, a typing error could replace somebody's folder."""
    (tmp_path / "mine.txt").write_text("mine")
    ran = inforce("export", "html", tmp_path)
    assert ran.exit_code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
