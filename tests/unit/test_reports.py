"""What a load brought, page by page, from the knowledge base before and after it."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import toy_pages
from toy_pages import contents, instruction, raw

import manual.load
from manual.captures import RawCapture
from manual.intake import LoadReport, take_in_captures
from manual.pages import report_words
from manual.pages.report_words import sentences, watch_line
from manual.store import files
from manual.store.write import Writer

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SEEN = date(2026, 2, 1)


@pytest.fixture(autouse=True)
def toys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manual.load, "parse_capture", toy_pages.parse)


def _take(home: Path, *captures: RawCapture, days: int = 0) -> LoadReport:
    return take_in_captures(home, captures, now=NOW + timedelta(days=days)).report


def _said(report: LoadReport) -> list[str]:
    return list(sentences(report))


def test_a_first_load_counts_texts_and_codes_and_no_changed_answer(tmp_path: Path) -> None:
    """Everything that is new would be reported as changed."""
    report = _take(
        tmp_path,
        raw(
            contents(("part", "ZA", "Toys", None), ("section", "ZA1.5", "Tops", "ZA")), SEEN, "opsmanual/toc"
        ),
        raw(instruction("ZA1.5", date(2020, 1, 1), title="Tops"), None, "opsmanual/1"),
        raw(b"no page"),
    )
    assert (report.new_texts, report.new_codes, report.changes, report.no_day) == (1, 2, (), 1)
    assert _said(report)[0] == (
        "3 pages: 1 instruction (1 new text, 0 answers changed), 1 contents, 1 not understood. "
        "2 codes not known before."
    )
    assert "1 carries no day and settles no day by itself; load it again" in _said(report)[1]


def test_a_line_for_a_page_says_what_is_held_of_its_chapter(tmp_path: Path) -> None:
    """`12 of 36 in WA` is what keeps somebody going."""
    first = contents(("part", "ZA", "Toys", None), ("section", "ZA1.5", "Tops", "ZA"))
    _take(tmp_path, raw(first, SEEN, "opsmanual/toc"))
    report = _take(tmp_path, raw(instruction("ZA1.5", date(2020, 1, 1), title="Tops"), SEEN, "opsmanual/1"))
    (line,) = [watch_line(page, report) for page in report.pages]
    assert line.startswith("ZA1.5 Tops: text now held, in force since 1 January 2020; ")
    assert line.endswith("; 1 of 2 in ZA")


def test_a_version_that_is_not_in_force_is_not_called_so(tmp_path: Path) -> None:
    """A text of 2018 would be announced as what stands."""
    report = _take(
        tmp_path,
        raw(instruction("ZA1", date(2020, 1, 1)), SEEN, "opsmanual/1"),
        raw(instruction("ZA1", date(2018, 1, 1), old=True), SEEN, "opsmanual/2"),
    )
    told = {page.version.validity.effective_from: page.in_force for page in report.pages if page.version}
    assert told == {date(2020, 1, 1): True, date(2018, 1, 1): False}


def test_a_known_page_is_no_new_text_and_other_bytes_with_the_same_words_neither(tmp_path: Path) -> None:
    """A page saved again would count as progress."""
    page = instruction("ZA1", date(2020, 1, 1), words=["One."])
    _take(tmp_path, raw(page, SEEN, "opsmanual/1"))
    again = _take(tmp_path, raw(page, SEEN, "opsmanual/1"))
    assert [(one.new, one.new_text) for one in again.pages] == [(False, False)]
    other = instruction("ZA1", date(2020, 1, 1), words=["One."], listed=[date(2019, 1, 1)])
    (seen_again,) = _take(tmp_path, raw(other, date(2026, 2, 2), "opsmanual/1")).pages
    assert (seen_again.new, seen_again.new_text) == (True, False)


def test_changes_are_split_by_whether_somebody_may_have_relied_on_the_answer(tmp_path: Path) -> None:
    """An open answer that is settled is good news, a definite one that changes is not."""
    lines = contents(("part", "ZA", "Toys", None), ("part", "ZB", "Tops", None))
    _take(
        tmp_path,
        raw(lines, SEEN, "opsmanual/toc"),
        raw(instruction("ZB", date(2020, 1, 1), title="Tops"), SEEN, "opsmanual/2"),
    )
    report = _take(
        tmp_path,
        raw(instruction("ZA", date(2020, 1, 1), title="Toys"), SEEN, "opsmanual/1"),
        raw(
            instruction("ZB", date(2022, 1, 1), title="Tops", listed=[date(2020, 1, 1)]), SEEN, "opsmanual/3"
        ),
    )
    assert (report.changed, report.settled) == (("ZB",), ("ZA",))
    assert "1 answer changed: ZB, 1 open answer settled: ZA" in _said(report)[0]


def test_answers_of_another_program_are_not_compared_and_that_is_said(tmp_path: Path) -> None:
    """After an upgrade every difference of rules would be blamed on the pages."""
    _take(tmp_path, raw(instruction("ZA1", date(2020, 1, 1)), SEEN, "opsmanual/1"))
    with Writer(files.path_in(tmp_path)) as writer:
        writer.set_meta(history="another")
    report = _take(tmp_path, raw(instruction("ZA1", date(2022, 1, 1)), SEEN, "opsmanual/1"))
    assert (report.compared, report.changes) == (False, ())
    assert any("another version of this program derived them" in one for one in _said(report))


def test_of_many_pages_a_terminal_shows_chapters_and_json_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand rows would push the sentences away; a program would have to guess which file was refused."""
    monkeypatch.setattr(report_words, "ROWS", 5)
    codes = [f"{letters}{number}" for letters in ("ZA", "ZB") for number in range(1, 7)]
    report = _take(
        tmp_path, *(raw(instruction(code, date(2020, 1, 1)), SEEN, f"opsmanual/{code}") for code in codes)
    )
    assert [one["code"] for one in report_words.report_json(report)["pages"]] == codes
    shown = ["".join(part.text for part in line) for line in report_words.report_lines(report)]
    assert shown[1:3] == [f"{letters}  6 pages, 6 new texts, 6 of 6 held" for letters in ("ZA", "ZB")]


def test_a_damaged_file_before_costs_the_comparison_and_not_the_load(tmp_path: Path) -> None:
    """The pages would be taken in and the command fail; the next one would say that nothing is new."""
    _take(tmp_path, raw(instruction("ZA1", date(2020, 1, 1)), SEEN, "opsmanual/1"))
    with sqlite3.connect(files.path_in(tmp_path)) as damaged:
        damaged.execute("UPDATE versions SET record = replace(record, 'ZA1', 'ZA2')")
    damaged.close()
    report = _take(tmp_path, raw(instruction("ZA1", date(2022, 1, 1)), SEEN, "opsmanual/1"))
    assert (report.compared, [page.code for page in report.pages]) == (False, ["ZA1"])
