"""The specimen manual: its markup, its pages, and what must hold for all of them."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from manual import specimen
from manual.history.deriving import history_of
from manual.model import Code, ParsedPage, Seen, Sha256
from manual.parse import parse_capture
from manual.register import register_files
from manual.specimen.__main__ import main
from manual.specimen.source import parse_source, stands_in

FILES = list(specimen.specimen_pages())
SOURCES = specimen.specimen().sources


@pytest.fixture(scope="module")
def parsed() -> dict[str, ParsedPage]:
    """Every page as read, by file name."""
    return {
        raw.filename: parse_capture(
            raw.data,
            media=raw.media,
            site_path=raw.site_path,
            sha256=Sha256(f"sha256:{hashlib.sha256(raw.data).hexdigest()}"),
            filename=raw.filename,
        )
        for raw in specimen.specimen_captures()
    }


def test_pages_are_the_same_bytes_each_time() -> None:
    """The knowledge base knows pages by their hash; other bytes would be other captures."""
    assert [f.data for f in FILES] == [f.data for f in specimen.Specimen.bundled().files()]


def test_there_are_forty_instructions_of_three_to_ten_versions_and_more() -> None:
    """The promised size of the demonstration."""
    enough = [s for s in SOURCES.values() if "." in s.code and len(s.versions) >= 3]
    assert len(enough) >= 40
    assert len(FILES) > 240
    assert len({(f.name, f.captured) for f in FILES}) == len(FILES)


def test_texts_are_as_long_as_real_ones(parsed: dict[str, ParsedPage]) -> None:
    """Short texts would flatter search and hide what long pages look like."""
    words = {
        name: sum(len(block.text.split()) for top in page.blocks for block in top.walk())
        for name, page in parsed.items()
        if page.code and "." in page.code and page.structure == "full"
    }
    assert max(words.values()) > 400
    assert sorted(words.values())[len(words) // 10] >= 175


def test_every_page_says_at_its_top_and_foot_that_it_is_a_specimen() -> None:
    """Nobody may take an invented rule for a real one."""
    for file in FILES:
        if file.name != "toc.htm":
            text = file.data.decode()
            assert text.count("This page is a specimen.") == 1, file.name
            assert text.count("End of specimen text.") == 1, file.name
        assert "immigration.govt.nz" not in file.data.decode()
        assert file.address.startswith("https://specimen.example/specimen")


def test_no_code_of_the_specimen_is_or_was_one_of_the_real_manual() -> None:
    """A code in both would answer one question from two manuals."""
    register = json.loads(register_files()[0].read_bytes())
    printed = [*register["contents"], *(f"{page['code']} " for page in register["pages"])]
    real = {match[0] for line in printed if (match := re.match(r"[A-Z]+(?=\d|\s|$)|Appendix \d+", line))}
    ours = {match[0] for code in SOURCES if (match := re.match(r"[A-Z]{1,2}(?=\d|$)|Appendix \d+", code))}
    assert not real & ours
    assert {"J", "K", "KB", "Q", "T", "Z"} <= ours


def test_every_page_is_understood_and_the_traps_are_noticed(parsed: dict[str, ParsedPage]) -> None:
    """A page that is not understood teaches nothing; a trap that goes unnoticed tests nothing."""
    kinds = Counter(page.kind for page in parsed.values())
    assert kinds.keys() == {"contents", "instruction", "front_matter", "law", "circular", "notice"}
    assert Counter(page.structure for page in parsed.values())["damaged"] == 2
    found = {finding.kind for page in parsed.values() for finding in page.findings}
    assert {
        "malformed_date",
        "text_damaged",
        "code_twice",
        "levels_lost",
        "run_together",
        "reference_unresolved",
        "heading_lies",
        "foot_not_last",
    } <= found


def test_a_list_out_of_order_is_reported_once_for_each_page_that_prints_it(
    parsed: dict[str, ParsedPage],
) -> None:
    """J1.1's list disputes days; one fault told twice hides the others."""
    said = [
        (st, Seen(date(2026, 8, 11), True, Sha256(f"sha256:{name}")))
        for name, page in parsed.items()
        for st in page.statements
        if st.code == "J1.1"
    ]
    found = [f for f in history_of(Code("J1.1"), said).findings if f.kind.startswith("listed_")]
    assert Counter(f.kind for f in found) == {"listed_twice": 4, "listed_out_of_order": 4}
    assert len({(f.kind, f.capture) for f in found}) == len(found)
    assert all(f.locator and f.severity == "warning" for f in found)
    told = Counter(finding.kind for page in parsed.values() for finding in page.findings)
    assert not {"listed_twice", "list_out_of_order"} & told.keys()


def test_labels_go_on_across_a_heading(parsed: dict[str, ParsedPage]) -> None:
    """J1.1's last items are (f) to (h); a list begun anew would cite the wrong clause."""
    page = parsed["specimen/60005.htm"]
    labels = [block.label for top in page.blocks for block in top.walk() if block.kind == "item"]
    assert [label for label in labels if label in ("(f)", "(g)", "(h)")] == ["(f)", "(g)", "(h)"]


def test_one_page_is_captured_on_two_days_with_two_texts() -> None:
    """The id of the page that stays is kept and its text changes (dates.md, rule 3)."""
    pages = [f for f in FILES if f.address.endswith("/60203.htm")]
    assert [f.captured for f in pages] == [date(2020, 3, 3), date(2025, 1, 20), date(2026, 8, 11)]
    assert len({f.data for f in pages}) == 3


def test_pages_can_be_written_to_a_folder(tmp_path: Path) -> None:
    """Whoever wants to see them in a browser must be able to."""
    assert main(tmp_path) == len(FILES)
    assert (tmp_path / "toc.htm").read_bytes() == FILES[0].data
    assert (tmp_path / "2025-01-20" / "60203.htm").exists()


def test_markup_says_in_which_versions_something_stands() -> None:
    """Versions of one text are edits of it, and the marks are what makes them."""
    source = parse_source(
        "x.txt",
        "code: J9.9\ntitle: X\nid: 1\n1 01/01/2020\n2 01/01/2021 listed\n---\n"
        "- {1:One|2-:Two}, and {2:more}\n  - [2] below\n    * deeper\n",
    )
    first, second = source.text_of(1), source.text_of(2)
    assert [node.text for node in first] == ["One, and"]
    assert second[0].text == "Two, and more"
    assert second[0].children[0].children[0].text == "deeper"
    assert source.versions[1].has("listed")


@pytest.mark.parametrize(
    ("marks", "numbers"), [("2-4", [2, 3, 4]), ("-2", [1, 2]), ("4-", [4, 5]), ("1,3", [1, 3])]
)
def test_marks_name_versions(marks: str, numbers: list[int]) -> None:
    """Both ends count."""
    assert [number for number in range(1, 6) if stands_in(marks, number)] == numbers


@pytest.mark.parametrize(
    "text", ["code: J9.9\n---\n", "code: J9.9\ntitle: X\nid: 1\n2 01/01/2020\n---\n", "nonsense\n---\n"]
)
def test_source_that_is_not_well_formed_is_refused(text: str) -> None:
    """A slip in a source must not become a page."""
    with pytest.raises(ValueError, match=r"x\.txt"):
        parse_source("x.txt", text)


@pytest.mark.shared
def test_no_run_of_six_words_is_taken_from_the_real_manual(shared: Path) -> None:
    """The specimen is the project's own writing; the publisher's words are not the project's to give."""
    real: set[tuple[str, ...]] = set()
    for path in [*(shared / "captures").glob("*.htm"), *(shared / "seeds").glob("*.txt")]:
        real |= _runs(re.sub(r"<[^>]*>", " ", path.read_text("utf-8-sig")))
    for path in Path(specimen.__file__).parent.joinpath("sources").iterdir():
        assert not _runs(path.read_text("utf-8")) & real, path.name


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9()]+", text.lower())
    return {tuple(words[at : at + 6]) for at in range(len(words) - 5)}
