"""`inforce case`."""

from __future__ import annotations

from pathlib import Path

import pytest

from manual.specimen import specimen_captures
from tests.cli.conftest import Inforce, run_in
from tests.site.conftest import make_home

DAYS = ["--day", "expression of interest=1/6/2018", "--on", "1/1/2022", "--day", "decision=2025-08-01"]


@pytest.fixture(scope="module")
def specimen(tmp_path_factory: pytest.TempPathFactory) -> Inforce:
    return run_in(make_home(tmp_path_factory.mktemp("case") / "home", list(specimen_captures())))


def test_each_code_is_answered_on_each_day(specimen: Inforce) -> None:
    """The command line and the site would disagree on a case."""
    found = specimen("case", "j1.1", "K1.15", *DAYS, "--json").json
    assert [one["name"] for one in found["days"]] == [
        "expression of interest",
        "application made",
        "decision",
    ]
    assert found["principal"] == {"name": "application made", "day": "2022-01-01"}
    row = found["codes"][1]
    assert (row["code"], row["differs"]) == ("K1.15", True)
    assert [one["effective_from"] for one in row["on"]] == ["2014-04-01", "2019-10-14", "2025-03-10"]
    assert [(one["from"], one["to"]) for one in row["changes"]] == [
        ("expression of interest", "application made"),
        ("application made", "decision"),
    ]
    assert [(one["code"], one["days"]) for one in found["open"]] == [("J1.1", ["application made"])]


def test_cut_offs_between_the_days_are_found(specimen: Inforce) -> None:
    """A clause that decides the case would be overlooked."""
    found = specimen("case", "J2.25", *DAYS, "--json").json["cut_offs"]
    parted = {one["pinpoint"]: one["between"] for one in found}
    assert parted["J2.25.5(a)"] == ["application made", "decision"]
    assert parted["J2.25.1(a)"] == ["expression of interest", "application made"]
    assert len({(one["pinpoint"], one["text"]) for one in found}) == len(found)


def test_reference_is_printed(specimen: Inforce) -> None:
    """Sheets of two cases could not be told apart."""
    assert specimen("case", "K1.15", "--reference", "REF 7").out.startswith("REF 7\n")
    assert "REF 7" not in specimen("case", "K1.15", "--reference", "REF 7", "--json").out


def test_without_a_day_the_case_is_about_today(specimen: Inforce) -> None:
    """A command without a day would answer for none."""
    (day,) = specimen("case", "K1.15", "--json").json["days"]
    assert day["name"] == "today"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ([], 2, "CODE"),
        (["X99"], 1, "X99 is not known"),
        (["K1.15", "X99"], 1, "X99 is not known"),
        (["K1.15", "--day", "decision"], 2, "NAME=DAY"),
        (["K1.15", "--day", "decision=32/1/2020"], 2, "32/1/2020"),
        (["K1.15", "--day", "a=2020-01-01", "--day", "A=2020-01-02"], 2, "twice"),
        (["K1.15", "--on", "2020-01-01", "--day", "application made=2020-01-02"], 2, "twice"),
        (["K1.15", *(word for n in range(10) for word in ("--day", f"n{n}=2020-01-01"))], 2, "at most 9"),
        (["K1.15", "--reference", "x" * 301], 2, "301 characters"),
        (["K1.15", "--pdf", "."], 1, "is a folder"),
        (["not a code"], 2, "not a code"),
    ],
)
def test_bad_input_is_one_clear_line(specimen: Inforce, words: list[str], code: int, said: str) -> None:
    """A slip would end in a traceback, or in an answer to something else."""
    ran = specimen("case", *words)
    assert (ran.exit_code, ran.out) == (code, "")
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_case_is_printed_with_the_press(specimen: Inforce, tmp_path: Path) -> None:
    """An adviser would have nothing to file."""
    pdfplumber = pytest.importorskip("pdfplumber")
    pytest.importorskip("typst")
    dest = tmp_path / "case.pdf"
    ran = specimen("case", "J1.1", "K1.15", *DAYS, "--reference", "REF 7, A. Person", "--pdf", dest)
    assert ran.exit_code == 0, ran.err
    with pdfplumber.open(dest) as pdf:
        pages = [" ".join((page.extract_text() or "").split()) for page in pdf.pages]
    assert "REF 7, A. Person" in pages[0]
    assert "Look at these first" in pages[0]
    assert "J1.1 on application made: Disputed." in pages[0]
    assert "other: 14 October 2019" in pages[0]
    texts = [page for page in pages if "K1.15 Pay and hours as on" in page]
    assert "as on 1 June 2018" in texts[0]
    assert "as on 1 August 2025" in texts[-1]
    assert "Source:" in texts[0]
    assert "page 1 of" in pages[2] or "page 1 of" in pages[1]


def test_nothing_of_the_reference_is_kept(
    specimen: Inforce, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name of an applicant would lie about in a folder for temporary files."""
    pytest.importorskip("typst")
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", None)
    specimen("case", "K1.15", "--reference", "REF 7", "--pdf", tmp_path / "case.pdf")
    assert not list((tmp_path / "temporary").rglob("*"))
    assert (tmp_path / "case.pdf").exists()


def test_law_is_refused_as_on_the_site(specimen: Inforce) -> None:
    """It was listed as an instruction that was in force, and cited by a key."""
    refused = specimen("case", "J1.1", "section 49 of the Specimen Harbours Act 1999", *DAYS)
    assert refused.exit_code == 2
    assert "Specimen Harbours Act 1999 s 49 is law and not an instruction" in refused.err


def test_a_case_without_anything_open_asks_nobody_to_look(specimen: Inforce) -> None:
    """ "Look at these first" stood above nothing to look at."""
    ran = specimen("case", "K1.15", "--on", "2025-08-01")
    assert "Nothing is open" in ran.out
    assert "Every instruction was in force on the day, and the texts are held." in " ".join(ran.out.split())
    assert "Look at these first" not in ran.out
