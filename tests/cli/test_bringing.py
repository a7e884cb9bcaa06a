"""wanted, watch, replay, and what a load ends with."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli.conftest import Inforce, run_in

PAGE = """<!DOCTYPE html><html><head><title> {code} {title} </title></head><body onload="highlight('{id}')">
<table><tr><td id="main"><p class="heading4" id="t{id}">{code} {title}</p>
<p class="bodytext">A {title} has a {what}. See ZZ9.7.</p><p class="effectivedate">Effective {first}</p>
</td></tr></table></body></html>"""
TOC = """<html><head><title>Contents</title></head><body><ul><li><a href="90000.htm">Administration</a></li>
<li><a href="91000.htm">ZZ Boats</a><ul><li><a href="91001.htm">ZZ9 Moorings</a></li>
<li><a href="91002.htm">ZZ9.1 Rings</a></li></ul></li><li><a href="90001.htm">Residence</a></li></ul></body></html>"""


def _page(number: int, code: str, title: str, first: str = "01/02/2020", what: str = "rope") -> str:
    return PAGE.format(id=number, code=code, title=title, first=first, what=what)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "toc.htm").write_text(TOC, "utf-8")
    (folder / "91001.htm").write_text(_page(91001, "ZZ9", "Moorings"), "utf-8")
    (folder / "notes.txt").write_text("News of the harbour.\nThe harbour is open.\n", "utf-8")
    return folder


# ---------------------------------------------------------------- wanted


def test_wanted_of_an_empty_copy_names_the_contents(inforce: Inforce) -> None:
    """A librarian with nothing would not know where to begin."""
    ran = inforce("wanted")
    assert ran.exit_code == 0
    assert ran.out.rstrip().endswith("/opsmanual/toc.htm")
    assert inforce("wanted", "--json").json["contents"].endswith("/opsmanual/toc.htm")


def test_wanted_lists_addresses_by_chapter_with_counts(inforce: Inforce, pages: Path) -> None:
    """The list of pages to bring could not be worked through."""
    inforce("load", pages, "--captured", "2026-08-11")
    ran = inforce("wanted")
    assert "ZZ: 1 of 3 held" in ran.out
    assert "https://www.immigration.govt.nz/opsmanual/91002.htm" in ran.out
    found = inforce("wanted", "--part", "zz9.1", "--json").json
    assert [(page["reason"], page["code"]) for page in found["pages"]] == [("in_force", "ZZ9.1")]
    assert found["contents"] is None
    codes = [page["code"] for page in inforce("wanted", "--json").json["pages"]]
    assert codes == ["ZZ", "ZZ9.1", "ZZ9.7"]


def test_wanted_as_could_be_known_leaves_out_what_was_seen_later(inforce: Inforce, pages: Path) -> None:
    """`--known` would be ignored by one command."""
    inforce("load", pages / "toc.htm", "--captured", "2026-08-01")
    inforce("load", pages / "91001.htm", "--captured", "2026-08-11")
    before = inforce("wanted", "--known", "2026-08-05", "--json").json
    assert [page["code"] for page in before["pages"]] == ["ZZ", "ZZ9", "ZZ9.1"]
    assert before["chapters"][0]["held"] == 0


@pytest.mark.parametrize("words", [["--part", "!!"], ["--stale", "-1"], ["--stale", "soon"]])
def test_wanted_refuses_what_it_cannot_understand(inforce: Inforce, words: list[str]) -> None:
    """A typing error would look like an empty list."""
    assert inforce("wanted", *words).exit_code == 2


# ---------------------------------------------------------------- what a load ends with


def test_load_ends_in_a_table_and_sentences(inforce: Inforce, pages: Path) -> None:
    """A report of counts tells a librarian nothing."""
    ran = inforce("load", pages)
    assert (
        "3 pages: 1 instruction (1 new text, 0 answers changed), 1 contents, 1 not of the manual." in ran.out
    )
    assert "2 carry no day and settle no day by themselves; load them again with `--captured DAY`." in ran.out
    assert "Still wanted: 2 texts of what is or may be in force, and 1 other page." in ran.out
    assert "ZZ9 Moorings: text now held" in ran.out
    assert "toc.htm    contents with 5 lines" in ran.out


def test_load_names_the_codes_of_changed_answers(inforce: Inforce, pages: Path, tmp_path: Path) -> None:
    """A past answer would change and nobody hear of it."""
    inforce("load", pages, "--captured", "2020-03-01")
    later = tmp_path / "91001.htm"
    later.write_text(_page(91001, "ZZ9", "Moorings", "01/05/2021", "chain"), "utf-8")
    found = inforce("load", later, "--captured", "2021-06-01", "--json").json["report"]
    assert found["answers_changed"]["codes"] == ["ZZ9"]
    (change,) = found["answers_changed"]["differences"]
    assert (change["code"], change["from"], change["until"], change["kind"]) == (
        "ZZ9", "2021-05-01", None, "changed",
    )  # fmt: skip
    assert found["new_texts"] == 1
    assert found["pages"][0]["day_basis"] == "keeper"
    assert "Still wanted" in found["sentences"][-1]


def test_load_of_the_same_again_reports_no_change(inforce: Inforce, pages: Path) -> None:
    """Each load would alarm."""
    inforce("load", pages, "--captured", "2020-03-01")
    found = inforce("load", pages, "--captured", "2020-03-01", "--json").json["report"]
    assert (found["new_texts"], found["new_codes"], found["answers_changed"]["differences"]) == (0, 0, [])
    assert not any(page["new"] for page in found["pages"])


def test_the_keepers_word_for_a_day_is_told_apart(inforce: Inforce, pages: Path, tmp_path: Path) -> None:
    """A day that somebody typed would pass for one that the file states."""
    single = tmp_path / "saved.html"
    comment = (
        "<!--\n Page saved with SingleFile \n url: https://www.immigration.govt.nz/opsmanual/91002.htm \n "
        "saved date: Tue Aug 11 2026 09:00:00 GMT+1200 (NZST)\n-->"
    )
    single.write_text(_page(91002, "ZZ9.1", "Rings").replace("<html>", f"<html>{comment}"), "utf-8")
    inforce("load", pages / "91001.htm", single, "--captured", "2026-08-11")
    basis = {
        code: inforce("show", code, "--json").json["text_capture"]["day_basis"] for code in ("ZZ9", "ZZ9.1")
    }
    assert basis == {"ZZ9": "keeper", "ZZ9.1": "source"}
    assert "as the keeper of this copy says" in inforce("show", "ZZ9").out
    assert "as the keeper of this copy says" not in inforce("show", "ZZ9.1").out


# ---------------------------------------------------------------- replay


def test_replay_lists_what_captures_of_a_day_changed(inforce: Inforce, pages: Path) -> None:
    """Codes that were new on the only day of loading are counted, and no answer of theirs changed."""
    inforce("load", pages, "--captured", "2020-03-01")
    found = inforce("replay", "2020-01-01", "--json").json
    assert [(day["captures"], day["new_codes"], day["changes"]) for day in found["days"]] == [(3, 3, [])]
    assert "0 runs of past days got other answers" in inforce("replay", "2020-01-01").out
    assert inforce("replay", "2020-01-01", "2020-01-02", "--json").json["days"] == []
    assert inforce("replay", "2020-01-02", "2020-01-01").exit_code == 2


# ---------------------------------------------------------------- watch


@pytest.mark.slow
def test_watch_takes_in_what_is_saved_touches_nothing_and_ends_cleanly(home: Path, pages: Path) -> None:
    """A half-written page would be taken in, a file of the owner changed, or Ctrl-C leave a traceback."""
    folder = pages.parent / "downloads"
    folder.mkdir()
    (folder / "old.txt").write_text("News of last year.\nThe harbour was open.\n", "utf-8")
    command = [
        sys.executable,
        "-m",
        "manual.cli",
        "--home",
        str(home),
        "watch",
        str(folder),
        "--every",
        "0.1",
    ]
    out = home.parent / "out.txt"
    with (
        out.open("w") as stream,
        subprocess.Popen(command, stdout=stream, stderr=subprocess.PIPE, text=True) as ran,
    ):
        assert ran.stderr is not None
        assert "Watching" in ran.stderr.readline()
        whole = (pages / "91001.htm").read_text("utf-8")
        (folder / "91001.htm").write_text(whole[: len(whole) // 2], "utf-8")
        (folder / "toc.htm").write_text(TOC, "utf-8")
        (folder / "statement.txt").write_text("Account 12.\nPaid in: 3.\n", "utf-8")
        _until(out, "toc.htm: contents")
        assert "ZZ9" not in out.read_text()
        (folder / "91001.htm").write_text(whole, "utf-8")
        _until(out, "ZZ9 Moorings: text now held")
        ran.send_signal(signal.SIGINT)
        assert ran.wait(20) == 0
        err = ran.stderr.read()
    told = out.read_text()
    assert "1 of 3 in ZZ" in told
    assert "statement.txt: left alone, not of the manual" in told
    assert "old.txt" not in told
    assert err.endswith("Stopped.\n")
    assert "Traceback" not in err
    assert sorted(os.listdir(folder)) == ["91001.htm", "old.txt", "statement.txt", "toc.htm"]
    assert (folder / "91001.htm").read_text("utf-8") == whole
    shown = run_in(home)("show", "ZZ9", "--json").json
    assert len([one for one in shown["findings"] if one["kind"] == "truncated"]) == 0


def _until(out: Path, words: str) -> None:
    ends = time.monotonic() + 30
    while words not in out.read_text():
        assert time.monotonic() < ends, out.read_text()
        time.sleep(0.05)


def test_watch_needs_a_folder(inforce: Inforce, pages: Path) -> None:
    """A mistyped path would be watched for ever."""
    assert inforce("watch", pages / "nowhere").exit_code == 2
    assert inforce("watch", pages / "toc.htm").exit_code == 2


def test_the_form_is_refused_to_other_machines(inforce: Inforce) -> None:
    """A slip of the pen would open the copy to the network."""
    ran = inforce("serve", "--take-in", "--host", "0.0.0.0", "--port", "0")
    assert ran.exit_code == 2
    assert "this machine alone" in ran.err


def test_an_unknown_part_is_said_and_is_no_empty_list(inforce: Inforce, pages: Path) -> None:
    """A mistyped part would read as one of which everything is held."""
    inforce("load", pages, "--captured", "2026-08-11")
    ran = inforce("wanted", "--part", "QQ")
    assert (ran.exit_code, ran.out) == (1, "")
    assert "QQ is not known here" in ran.err
    ran = inforce("search", "rope", "--part", "Harbours")
    assert "Only a part called “Harbours” was searched" in ran.err


def test_terms_say_which_one_is_not_defined(inforce: Inforce, pages: Path) -> None:
    """Without a term, "defines that" would speak of nothing."""
    inforce("load", pages, "--captured", "2026-08-11")
    assert inforce("terms").out.strip().endswith("defines a term.")
    assert inforce("terms", "shackle").out.strip().endswith("defines “shackle”.")


def test_rebuild_of_an_empty_folder_makes_no_empty_manual(inforce: Inforce, home: Path) -> None:
    """A mistyped --home would from then on answer that no code is known."""
    ran = inforce("rebuild")
    assert ran.exit_code == 1
    assert "There are no captures yet" in ran.err
    assert not (home / "kb.sqlite").exists()


def test_pages_of_unknown_day_are_not_said_to_be_captured_on_the_day_they_were_taken_in(
    inforce: Inforce, pages: Path
) -> None:
    """A page of 2019 without its day would pass for one of today."""
    inforce("load", pages)
    assert "captured on" not in inforce("coming").out
    assert "newest capture" not in inforce("coverage").out
    assert inforce("coverage", "--json").json["rests_on"]["newest_capture"] is None
    inforce("load", pages, "--captured", "2026-08-11")
    assert "The newest page was captured on 11 August 2026." in inforce("coming").out
    assert "newest capture 11 August 2026" in inforce("coverage").out
