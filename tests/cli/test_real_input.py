"""The acceptance tests of the whole: real captures in, the promised answers out. Facts only, no sentence of a page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cli.conftest import Inforce, run_in

pytestmark = pytest.mark.shared

A16_1 = "002_5788dd5c8cfd6883.txt"
CONTENTS = "003_015076b074445a8d.txt"


def home_with(folder: Path, *sources: Path, captured: str = "2026-08-11") -> Inforce:
    for source in sources:
        assert source.exists(), source
    inforce = run_in(folder / "home")
    ran = inforce("load", *sources, "--captured", captured, "--json")
    assert ran.exit_code == 0, ran.err
    return inforce


@pytest.fixture(scope="module")
def alone(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Inforce:
    """A16.1 with nothing else loaded."""
    return home_with(tmp_path_factory.mktemp("alone"), shared / "seeds" / A16_1)


@pytest.fixture(scope="module")
def pages(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Inforce:
    """The three pages as served."""
    return home_with(tmp_path_factory.mktemp("pages"), shared / "captures")


@pytest.fixture(scope="module")
def contents(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Inforce:
    """The table of contents alone."""
    return home_with(tmp_path_factory.mktemp("contents"), shared / "seeds" / CONTENTS)


@pytest.fixture(scope="module")
def everything(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Inforce:
    """All real captures together."""
    return home_with(tmp_path_factory.mktemp("all"), shared / "seeds", shared / "captures")


def show(inforce: Inforce, code: str, on: str, *more: str) -> Any:
    ran = inforce("show", code, "--on", on, "--json", *more)
    assert ran.exit_code == 0, ran.err
    return ran.json


def blocks_of(blocks: list[Any]) -> Iterator[Any]:
    for block in blocks:
        yield block
        yield from blocks_of(block["children"])


def at(found: Any, pinpoint: str) -> Any:
    [block] = [b for b in blocks_of(found["version"]["text"]) if b["pinpoint"] == pinpoint]
    return block


# ---------------------------------------------------------------- A16.1, the worked example


def test_a16_1_has_26_versions(alone: Inforce) -> None:
    """If it failed, a listed version would be lost or counted twice."""
    ran = alone("history", "A16.1", "--json")
    assert (ran.exit_code, len(ran.json["versions"])) == (0, 26)


@pytest.mark.parametrize(
    ("on", "answer", "effective_from", "text_held"),
    [
        ("2010-11-28", "before_record", None, None),
        ("2010-11-29", "in_force", "2010-11-29", False),
        ("2021-07-18", "in_force", None, False),
        ("2021-11-24", "in_force", "2021-11-24", False),
        ("2021-12-09", "in_force", "2021-11-24", False),
        ("2022-03-01", "in_force", "2022-03-01", False),
        ("2024-07-31", "in_force", None, False),
        ("2024-08-01", "in_force", "2024-08-01", False),
        ("2024-08-15", "in_force", "2024-08-01", False),
        ("2024-10-06", "in_force", "2024-08-01", False),
        ("2024-10-07", "in_force", "2024-10-07", False),
        ("2025-03-31", "in_force", "2024-12-05", False),
        ("2025-04-01", "in_force", "2025-04-01", True),
        ("2025-04-02", "in_force", "2025-04-01", True),
        ("2030-01-01", "in_force", "2025-04-01", True),
    ],
)
def test_a16_1_answers_at_every_edge(
    alone: Inforce, on: str, answer: str, effective_from: str | None, text_held: bool | None
) -> None:
    """If it failed, the example that the contract promises would be answered otherwise."""
    found = show(alone, "A16.1", on)
    assert (found["answer"], found["on"]) == (answer, on)
    if text_held is None:
        assert found["version"] is None
        return
    assert found["version"]["text_held"] is text_held
    assert (found["version"]["text"] is not None) is text_held
    if effective_from:
        assert found["version"]["effective_from"] == effective_from


@pytest.mark.parametrize("on", ["2021-07-19", "2021-07-20", "2021-09-30", "2021-11-22", "2021-11-23"])
def test_a16_1_is_disputed_while_the_list_is_out_of_order(alone: Inforce, on: str) -> None:
    """If it failed, the row dated 10/12/2021 that stands before 24/11/2021 would have been repaired by a guess."""
    found = show(alone, "A16.1", on)
    assert (found["answer"], found["version"]) == ("disputed", None)
    assert sorted(c["effective_from"] or "" for c in found["candidates"])[-1:] != []
    stated = {claim["day"] for candidate in found["candidates"] for claim in candidate["starts"]}
    assert stated == {"2021-07-19", "2021-12-10"}
    assert found["reasons"]


@pytest.mark.parametrize("on", ["2021-12-10", "2021-12-11", "2022-01-15", "2022-02-27", "2022-02-28"])
def test_a16_1_is_disputed_while_two_versions_state_one_day(alone: Inforce, on: str) -> None:
    """If it failed, one of two versions of one day would have been picked by order of arrival."""
    found = show(alone, "A16.1", on)
    assert (found["answer"], len(found["candidates"])) == ("disputed", 2)
    assert {claim["day"] for c in found["candidates"] for claim in c["starts"]} == {"2021-12-10"}


def test_a16_1_of_august_2024_is_as_the_contract_prints_it(alone: Inforce) -> None:
    """If it failed, programs that rely on the JSON of house.md would break."""
    found = show(alone, "A16.1", "15/8/2024")
    version = found["version"]
    assert (found["code"], found["on"], found["known"], found["answer"]) == (
        "A16.1",
        "2024-08-15",
        None,
        "in_force",
    )
    assert (version["effective_from"], version["effective_until"]) == ("2024-08-01", "2024-10-07")
    assert version["basis"] == {"from": "listed", "until": "successor"}
    assert (version["text_held"], version["source_url"], version["text"]) == (False, None, None)
    assert [capture[:7] for capture in version["captures"]] == ["sha256:"]
    assert found["candidates"] == []
    assert found["findings"] == []


def test_a16_1_after_its_capture_is_as_last_seen(alone: Inforce) -> None:
    """If it failed, an old capture would vouch for days that nobody has seen."""
    assert show(alone, "A16.1", "2026-08-11")["as_last_seen"] is None
    assert show(alone, "A16.1", "2026-08-12")["as_last_seen"] == "2026-08-11"


def test_sloppy_code_and_day_in_words_are_understood(alone: Inforce) -> None:
    """If it failed, the commonest way of typing would not work."""
    ran = alone("show", "a16-1", "--on", "1 April 2025")
    assert (ran.exit_code, ran.out[:5]) == (0, "A16.1")
    assert "In force from 1 April 2025" in ran.out


def test_code_that_does_not_exist_is_said_and_the_nearest_offered(alone: Inforce) -> None:
    """If it failed, A16.11 would be answered with A16.1, or with nothing."""
    ran = alone("show", "A16.11")
    assert ran.exit_code == 1
    assert "not known here" in ran.out
    assert "A16.1 " in ran.out
    found = alone("show", "A16.11", "--json").json
    assert (found["answer"], found["version"], found["nearest_codes"][0]) == ("unknown_code", None, "A16.1")


# ---------------------------------------------------------------- the three pages


@pytest.mark.parametrize(
    ("code", "on", "answer", "effective_from", "text_held"),
    [
        ("WA3.15", "2025-12-08", "in_force", "2025-12-08", True),
        ("WA3.15", "2025-12-07", "in_force", "2025-09-29", False),
        ("WA3.15", "2022-06-19", "before_record", None, None),
        ("WA3.25", "2024-01-01", "in_force", "2022-06-20", False),
        ("WA3.25", "2025-09-29", "in_force", "2025-09-29", True),
        ("WA4.10", "2026-06-01", "in_force", "2026-06-01", True),
        ("WA4.10", "2026-05-31", "in_force", "2026-03-09", False),
    ],
)
def test_pages_answer_for_their_days(
    pages: Inforce, code: str, on: str, answer: str, effective_from: str | None, text_held: bool | None
) -> None:
    """If it failed, the pages as served would be dated wrongly."""
    found = show(pages, code, on)
    assert found["answer"] == answer
    if effective_from:
        assert (found["version"]["effective_from"], found["version"]["text_held"]) == (
            effective_from,
            text_held,
        )


def test_wa3_15_has_17_versions(pages: Inforce) -> None:
    """If it failed, its list of earlier versions would not have been read whole."""
    assert len(pages("history", "WA3.15", "--json").json["versions"]) == 17


def test_wa3_25_shows_its_change_of_subject(pages: Inforce) -> None:
    """If it failed, two subjects under one code would pass for one text that was amended."""
    assert (
        show(pages, "WA3.25", "2024-01-01")["version"]["title"] == "Employers holding Standard Accreditation"
    )
    versions = pages("history", "WA3.25", "--json").json["versions"]
    changed = [v["effective_from"] for v in versions if v["subject_changed"]]
    assert "2025-09-29" in changed


def test_bullets_of_wa3_25_g_ii_are_two_and_the_second_holds_a_note(pages: Inforce) -> None:
    """If it failed, nested lists would be read flat, or the note inside one lost."""
    clause = at(show(pages, "WA3.25", "2026-01-01"), "WA3.25(g)(ii)")
    bullets = [child for child in clause["children"] if child["label"] == "•"]
    assert len(bullets) == 2
    assert "note" not in {child["kind"] for child in bullets[0]["children"]}
    assert "note" in {child["kind"] for child in bullets[1]["children"]}


@pytest.mark.parametrize(
    ("code", "on", "pinpoint"),
    [
        ("WA4.10", "2026-06-01", "WA4.10(f)"),
        ("WA4.10", "2026-06-01", "WA4.10.20(d)"),
        ("WA3.15", "2025-12-08", "WA3.15.10(a)(vi)"),
    ],
)
def test_pinpoint_exists_and_can_be_asked_for(pages: Inforce, code: str, on: str, pinpoint: str) -> None:
    """If it failed, a citation that officers use would lead nowhere."""
    whole = at(show(pages, code, on), pinpoint)
    alone = show(pages, pinpoint, on)
    assert (alone["code"], alone["pinpoint"]) == (code, pinpoint)
    assert alone["version"]["text"] == [whole]
    ran = pages("show", pinpoint, "--on", on)
    assert ran.exit_code == 0
    assert len(ran.out) < len(pages("show", code, "--on", on).out)


def test_place_that_is_not_in_the_text_is_said(pages: Inforce) -> None:
    """If it failed, a wrong pinpoint would be answered with another clause, or with silence."""
    ran = pages("show", "WA4.10(zz)", "--on", "2026-06-01")
    assert ran.exit_code == 1
    assert "There is no WA4.10(zz)" in ran.out


def test_references_in_wa3_15_resolve(pages: Inforce) -> None:
    """If it failed, "(b) above" and a link to a sub-heading would lead nowhere."""
    found = show(pages, "WA3.15", "2025-12-08")
    refs = [ref for block in blocks_of([at(found, "WA3.15.5(e)")]) for ref in block["refs"]]
    assert ("WA3.15.5(b)", "resolved") in {(ref["target"], ref["state"]) for ref in refs}
    every = [r for b in blocks_of(found["version"]["text"]) for r in b["refs"]]
    linked = [ref for ref in every if ref["target"].startswith("WA3.30.1")]
    assert linked
    assert {ref["state"] for ref in linked} == {"resolved"}


# ---------------------------------------------------------------- the contents


@pytest.mark.parametrize(
    ("code", "on", "answer"),
    [
        ("R6.1", "2023-07-01", "ended"),
        ("R6.1", "2023-06-30", "undated"),
        ("D7.40", "2024-04-11", "ended"),
        ("D7.40", "2024-04-10", "undated"),
        ("F2.35", "2017-05-08", "disputed"),
        ("F2.35", "2017-05-09", "ended"),
    ],
)
def test_ends_printed_in_the_contents_are_read(contents: Inforce, code: str, on: str, answer: str) -> None:
    """If it failed, an ended instruction would be taken for one in force."""
    assert show(contents, code, on)["answer"] == answer


@pytest.mark.parametrize(("code", "number"), [("WJ2.10", 4), ("V3.1", 2), ("WS3", 2)])
def test_lines_of_one_code_are_its_versions(contents: Inforce, code: str, number: int) -> None:
    """If it failed, old versions that leaked into the contents would be children, or lost."""
    found = contents("history", code, "--json").json
    assert len(found["versions"]) == number


def test_both_ws3_lines_survive_with_a_finding(contents: Inforce) -> None:
    """If it failed, one of two titles would have been dropped in silence."""
    titles = {version["title"] for version in contents("history", "WS3", "--json").json["versions"]}
    assert len(titles) == 2
    findings = contents("check", "--json").json["findings"]
    assert any(finding["code"] == "WS3" for finding in findings)


def test_tree_of_the_contents_is_by_code_in_printed_order(contents: Inforce) -> None:
    """If it failed, the contents would be sorted by number, or nested by position."""
    found = contents("contents", "--on", "2026-08-11", "--json").json
    entries = [entry for entry in found["entries"] if not entry["unlisted"]]
    by_code = {entry["code"]: entry for entry in entries if entry["code"]}
    assert by_code["WR3.5"]["parent"] == "WR3"
    assert by_code["R5.6"]["line"] > by_code["R5.7"]["line"]
    assert sum(entry["kind"] == "top" for entry in entries) == 10
    lines = [entry["line"] for entry in entries]
    assert lines == sorted(lines)


def test_every_line_of_the_contents_is_accounted_for(contents: Inforce, shared: Path) -> None:
    """If it failed, a line would be neither an entry, nor a version, nor a finding."""
    text = (shared / "seeds" / CONTENTS).read_text(encoding="utf-8")
    number = sum(1 for line in text.splitlines() if line.strip())
    assert number == 1476
    entries = contents("contents", "--on", "2026-08-11", "--json").json["entries"]
    assert len([entry for entry in entries if not entry["unlisted"]]) > 1440


# ---------------------------------------------------------------- everything together


def test_what_is_not_the_manual_is_kept_apart(everything: Inforce, shared: Path) -> None:
    """If it failed, a news report or a section of an Act would be filed as an instruction."""
    for code in ("A16.1", "WA3.15", "WA3.25", "WA4.10", "R6.1", "WJ2.10"):
        hashes = {c for v in everything("history", code, "--json").json["versions"] for c in v["captures"]}
        assert not hashes & _hashes(shared, "000_d20a890b648a1b64.txt", "001_00da49baed021881.txt")
    codes = {e["code"] for e in everything("contents", "--on", "2026-08-11", "--json").json["entries"]}
    assert not codes & {"27", "28"}


def _hashes(shared: Path, *names: str) -> set[str]:
    import hashlib

    return {"sha256:" + hashlib.sha256((shared / "seeds" / name).read_bytes()).hexdigest() for name in names}


def test_loading_in_another_order_and_twice_gives_the_same_answers(
    everything: Inforce, shared: Path, tmp_path: Path
) -> None:
    """If it failed, an answer would depend on the order in which pages were found."""
    again = home_with(tmp_path, *sorted((shared / "captures").iterdir(), reverse=True))
    home_with(tmp_path, *sorted((shared / "seeds").iterdir(), reverse=True))
    ran = again("load", shared / "seeds", shared / "captures", "--captured", "2026-08-11", "--json")
    assert (ran.json["new"], ran.json["known"], ran.json["parsed"]) == (0, 7, 0)
    for code in ("A16.1", "WA3.15", "WA3.25", "WA4.10", "F2.35"):
        assert again("history", code, "--json").json == everything("history", code, "--json").json


def test_rebuild_gives_equal_answers(shared: Path, tmp_path: Path) -> None:
    """If it failed, the knowledge base would hold something that the captures do not say."""
    inforce = home_with(tmp_path, shared / "captures", shared / "seeds" / A16_1)
    before = [inforce("history", code, "--json").out for code in ("A16.1", "WA3.25", "WA4.10")]
    (tmp_path / "home" / "kb.sqlite").unlink()
    shutil.rmtree(tmp_path / "home" / "index", ignore_errors=True)
    assert inforce("rebuild", "--json").exit_code == 0
    assert [inforce("history", code, "--json").out for code in ("A16.1", "WA3.25", "WA4.10")] == before


def test_captures_are_counted_and_not_the_pages_in_them(everything: Inforce) -> None:
    """A text file with two pages would be two captures where the copy is described, and one where it is checked."""
    counted = everything("coverage", "--json").json
    assert counted["captures"] == everything("captures", "check", "--json").json["originals"]
    assert sum(counted["documents"].values()) > counted["captures"], (
        "no file with several pages is among them"
    )
