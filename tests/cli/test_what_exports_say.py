"""What exports and the site's command say of themselves: what they counted, of which day they are, what stands in the
way."""

from __future__ import annotations

import socket
from datetime import date
from pathlib import Path

import pytest

from manual.dates import in_words, local_day
from manual.queries import KnowledgeBase
from manual.specimen import specimen_captures
from tests.cli.conftest import Inforce, run_in
from tests.export.conftest import clauses, page
from tests.site.conftest import make_home

DATED = "No page was captured on a known day"


@pytest.fixture(scope="module")
def specimen(tmp_path_factory: pytest.TempPathFactory) -> Inforce:
    return run_in(make_home(tmp_path_factory.mktemp("exports") / "home", list(specimen_captures())))


@pytest.fixture
def undated(tmp_path: Path) -> tuple[Inforce, date]:
    """A home of one page that carries no day, and the day on which it was loaded."""
    saved = tmp_path / "1.htm"
    saved.write_text(page("ZX1.5", "Umbrellas", clauses("Umbrellas are open.")), "utf-8")
    inforce = run_in(tmp_path / "undated")
    inforce("load", saved)
    with KnowledgeBase(tmp_path / "undated") as kb:
        (capture,) = [kb.capture(sha) for sha in kb.history_of(kb.codes()[0]).versions[0].captures]
        assert capture.captured_at is None
        return inforce, local_day(capture.recorded_at, kb.publisher)


@pytest.mark.parametrize(("what", "name"), [("html", "e"), ("single", "e.html"), ("akn", "e")])
def test_an_export_that_falls_back_on_the_day_of_loading_says_so(
    undated: tuple[Inforce, date], tmp_path: Path, what: str, name: str
) -> None:
    """The day of loading passed for the day on which pages were captured, on the first page of what is printed."""
    inforce, loaded = undated
    ran = inforce("export", what, tmp_path / name)
    assert f"as on {in_words(loaded)}, the day on which the last one was loaded" in " ".join(ran.err.split())
    assert "newest captured on" not in _words(tmp_path / name)
    chosen = inforce("export", what, tmp_path / f"chosen-{name}", "--on", "2025-01-01")
    assert DATED not in chosen.err


def test_a_pdf_says_that_its_pages_were_loaded(undated: tuple[Inforce, date], tmp_path: Path) -> None:
    pdfplumber = pytest.importorskip("pdfplumber")
    pytest.importorskip("typst")
    inforce, loaded = undated
    for words in (["export", "pdf", tmp_path / "e.pdf"], ["case", "ZX1.5", "--pdf", tmp_path / "e.pdf"]):
        assert inforce(*words).exit_code == 0
        with pdfplumber.open(tmp_path / "e.pdf") as pdf:
            first = " ".join((pdf.pages[0].extract_text() or "").split())
        assert f"saved pages, none captured on a known day, the last loaded on {in_words(loaded)}." in first


def _words(made: Path) -> str:
    files = [made] if made.is_file() else [file for file in made.rglob("*") if file.suffix == ".html"]
    return " ".join(file.read_text("utf-8") for file in files)


def test_a_known_day_of_capture_is_named(specimen: Inforce, tmp_path: Path) -> None:
    ran = specimen("export", "single", tmp_path / "e.html")
    assert DATED not in ran.err
    assert "Made from saved pages, the newest captured on 11 August 2026." in _words(tmp_path / "e.html")


@pytest.mark.parametrize(
    ("what", "name", "unit"),
    [
        ("json", "e.jsonl", "version"),
        ("csv", "e", "table"),
        ("akn", "e", "document"),
        ("single", "e.html", "instruction"),
    ],
)
def test_an_export_counts_what_it_writes(
    specimen: Inforce, tmp_path: Path, what: str, name: str, unit: str
) -> None:
    """Tables and lines of JSON were counted as pages."""
    ran = specimen("export", what, tmp_path / name)
    assert f" {unit}s, " in ran.out
    assert " page" not in ran.out
    said = specimen("export", what, tmp_path / name, "--json").json
    assert said["unit"] == unit
    assert f": {said['pages']:,} {unit}s, " in ran.out


def test_a_port_in_use_is_said_with_what_to_do(specimen: Inforce) -> None:
    """The server's own message named a setting that this command does not have."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = specimen("serve", "--port", str(port))
    assert (ran.exit_code, ran.out) == (1, "")
    assert f"Port {port} of 127.0.0.1 is in use by another program." in ran.err
    assert f"--port {port + 1}" in ran.err


def test_a_host_that_is_not_this_machine_is_refused(specimen: Inforce) -> None:
    ran = specimen("serve", "--host", "192.0.2.1", "--port", "0")
    assert (ran.exit_code, ran.out) == (1, "")
    assert "192.0.2.1 is no address of this machine." in ran.err
