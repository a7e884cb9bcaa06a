"""The edition as files: whole, linked, repeatable, and in the same words as the site."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sphinx.util.inventory import InventoryFile

from manual import aside
from manual.captures import RawCapture
from manual.errors import ExportError
from manual.export import dependencies, html, manifest, pages, switch
from manual.export.html import export_html
from manual.export.manifest import check_edition
from manual.export.search import files as search_files
from manual.model import Code, SitePath
from manual.queries import KnowledgeBase
from manual.specimen.shape import ARCHIVE_BANNER, SpecimenEntry, contents_page
from manual.store.hashes import hashes_in
from manual.store.read import Reader
from tests.export.conftest import HOSTILE_TITLE, LATE, SMALL, capture, clauses, load_into, page
from tests.export.reading import broken_links, bytes_of, pages_of, read_page
from webapp import create_app

NEXT = datetime(2026, 8, 5, tzinfo=UTC)


def refused_once(home: Path, dest: Path, saying: str, before: dict[str, bytes]) -> None:
    """An export fails and leaves the edition as it was `before`; the next one succeeds."""
    with pytest.raises(ExportError, match=saying):
        export_html(home, dest, on=LATE, history=True)
    assert bytes_of(dest) == before
    export_html(home, dest, on=LATE, history=True)
    assert check_edition(dest) == ()


def different(one: Path, other: Path) -> list[str]:
    """Names of files that are not the same in both."""
    left, right = bytes_of(one), bytes_of(other)
    return sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name))


# ---------------------------------------------------------------- links and words


@pytest.mark.parametrize("which", ["edition", "day_edition", "hostile_edition"])
def test_every_link_and_every_anchor_leads_somewhere(request: pytest.FixtureRequest, which: str) -> None:
    """A reader on a plane would follow a reference into nothing."""
    assert broken_links(request.getfixturevalue(which)) == []


def _site_address(address: str) -> str:
    """Where the site has the page that lies at `address` in the edition."""
    bare = address.removesuffix(".html")
    return {"index": "/"}.get(bare, f"/{bare}")


_ONLY_EDITION = frozenset(
    {"edition.html", "how-to-read.html", "how-to-search.html", "genindex.html", "search.html", "changes.html"}
)
_ONLY_LIVE = frozenset(
    {"form", ".cite", ".layouts", ".imprint", ".tools", ".citebox", ".ways", ".cmp", ".key", ".live", "em"}
)
"""What needs a server, what a script of the edition shows, links to comparisons that conclude nothing, the key of a
picture, in which an edition has no today; caveats, which here are those of a run of days (`test_same_everywhere`)."""


_HASH = re.compile(r"^([0-9a-f]{16})(?:[0-9a-f]{48}|…)$")


_LINK_TO_TERM = re.compile(r'<a class="term" href="[^"]*">([^<]*)</a>')


def _main_words(text: str) -> list[str]:
    """The edition gives the beginning of a hash; the whole one stands in its manifest. It links no terms, and a
    link parts a word from its full stop."""
    words = read_page(_LINK_TO_TERM.sub(r"\1", text), without=_ONLY_LIVE).words
    return [_HASH.sub(r"\1", word) for word in words]


@pytest.mark.slow
def test_every_page_has_the_words_of_the_sites_page(edition: Path, specimen_home: Path) -> None:
    """The copy that somebody cites would say something else than the site."""
    client = create_app({"HOME": specimen_home, "TODAY": lambda: LATE, "TESTING": True}).test_client()
    compared, wrong = 0, []
    for address, text in pages_of(edition):
        if address in _ONLY_EDITION or address == "glossary.html":
            continue
        response = client.get(_site_address(address), follow_redirects=True)
        if response.status_code != 200 or _main_words(response.text) != _main_words(text):
            wrong.append(f"{address} ({response.status_code})")
        compared += 1
    assert not wrong, wrong[:10]
    assert compared > 500


def test_the_glossary_has_the_words_of_the_sites_glossary(edition: Path, specimen_home: Path) -> None:
    """Two glossaries of one product would drift apart."""
    client = create_app({"HOME": specimen_home, "TODAY": lambda: LATE}).test_client()
    theirs = read_page(client.get("/glossary").text, inside="dl").words
    assert theirs
    assert read_page((edition / "glossary.html").read_text("utf-8"), inside="dl").words == theirs


def test_each_page_says_its_day_and_where_it_comes_from(edition: Path) -> None:
    """A printed page without its day is the trap that this product is against."""
    for address, text in pages_of(edition):
        words = " ".join(read_page(text, inside="body").words)
        assert "This page answers for" in words, address
        assert "saved page" in words or "Captured on" in words, address


def test_the_contents_are_those_of_their_day(edition: Path) -> None:
    """A tree of today over the texts of a past day would lead into texts that were not there."""
    past = sorted((edition / "contents" / "on").iterdir())
    assert past
    assert "ended" in (edition / "contents.html").read_text("utf-8").lower()
    assert past[0].read_text("utf-8") != (edition / "contents.html").read_text("utf-8")


def test_a_day_that_the_edition_lacks_is_named_without_a_link(day_edition: Path) -> None:
    """A link that leads nowhere, or a heading with nothing below it."""
    found = read_page((day_edition / "J1.1.html").read_text("utf-8"))
    assert "17 September 2020, the last day before with a version in force" in " ".join(found.words)
    assert not [link for link in found.links if "2020-09-17" in link]


# ---------------------------------------------------------------- the same bytes


def test_two_exports_are_the_same_byte_for_byte(specimen_home: Path, edition: Path, tmp_path: Path) -> None:
    """Nobody could tell a changed edition from one that was merely made again."""
    export_html(specimen_home, tmp_path / "again", on=LATE, history=True)
    assert different(edition, tmp_path / "again") == []


def test_an_export_without_changes_writes_nothing(small_home: Path, tmp_path: Path) -> None:
    """Every copy and every backup of the edition would be taken anew."""
    export_html(small_home, tmp_path / "e", on=LATE, history=True)
    before = {name: (tmp_path / "e" / name).stat().st_mtime_ns for name in bytes_of(tmp_path / "e")}
    summary = export_html(small_home, tmp_path / "e", on=LATE, history=True)
    assert (summary.written, summary.removed, summary.kept) == (0, 0, summary.files)
    assert before == {name: (tmp_path / "e" / name).stat().st_mtime_ns for name in before}


CIRCULAR = """12 March 2026

Amendment Circular No. 2026/03

Changes to immigration instructions effective from 1 April 2026
ZX1 First chapter
ZX1.5 Umbrellas (replaced)
"""
LAW = """Immigration Act 2009

28A Boats to be counted

(1) Every boat must be counted, as ZX1.5 says.

Section 28A: inserted, on 3 March 2015, by section 4 of the Immigration Amendment Act 2015.
"""
NOTICE = """Visa Pak 7 - 1 May 2026

Umbrellas are counted under ZX1.5.
"""


def in_words(number: int, words: str) -> RawCapture:
    return replace(capture(number, words, NEXT), media="text")


AMENDMENTS = {
    "a new version": [
        capture(
            2,
            page("ZX1.5", "Umbrellas", clauses("Umbrellas are shut.", "See ZX2.5."), foot="01/06/2026"),
            NEXT,
        )
    ],
    "another title": [capture(4, page("ZX2", "Of boots", clauses("Boots need no umbrella.")), NEXT)],
    "a new instruction": [
        capture(9, page("ZX1.7", "Hats", clauses("Hats are high; see ZX2.5."), foot="01/03/2024"), NEXT)
    ],
    "an end": [capture(5, page("ZX2.5", "Boots (revoked 01/07/2025)", clauses("Boots are heavy.")), NEXT)],
    "an older version that turned up": [
        capture(
            8,
            page("ZX1.10", "Galoshes (01/01/2015)", clauses("Galoshes may be wet."), foot="01/01/2015"),
            NEXT,
        )
    ],
    "the same page seen again": [capture(3, SMALL[2][1], NEXT)],
    "two at once": [
        capture(1, page("ZX1", "First chapter", clauses("See ZX2."), foot="01/04/2026"), NEXT),
        capture(5, page("ZX2.5", "Boots", clauses("Boots are light."), foot="01/05/2026"), NEXT),
    ],
    "a circular": [in_words(150, CIRCULAR)],
    "law and a notice": [in_words(151, LAW), in_words(152, NOTICE)],
    "law that a text cites": [
        capture(
            5, page("ZX2.5", "Boots", clauses("See Immigration Act 2009 s 28A."), foot="01/05/2026"), NEXT
        ),
        in_words(151, LAW),
    ],
}


@pytest.mark.parametrize("history", [True, False])
@pytest.mark.parametrize("amendment", AMENDMENTS)
def test_an_incremental_export_equals_a_clean_one(
    small_home: Path, tmp_path: Path, amendment: str, history: bool
) -> None:
    """A page kept although it changed shows a text, a title or a reference of yesterday."""
    export_html(small_home, tmp_path / "kept", on=LATE, history=history)
    load_into(small_home, AMENDMENTS[amendment])
    export_html(small_home, tmp_path / "kept", on=LATE, history=history)
    export_html(small_home, tmp_path / "clean", on=LATE, history=history)
    assert different(tmp_path / "kept", tmp_path / "clean") == []


def test_works_beside_the_manual_have_pages_in_the_edition(small_home: Path, tmp_path: Path) -> None:
    """A circular would be named there and be nowhere to read; its page leads to the instruction and back."""
    load_into(small_home, [*AMENDMENTS["a circular"], *AMENDMENTS["law and a notice"]])
    export_html(small_home, tmp_path / "e", on=LATE, history=True)
    circular = (tmp_path / "e" / "circulars" / "2026-03.html").read_text("utf-8")
    assert 'href="../ZX1.5/on/2026-04-01.html"' in circular
    assert "replaced" in circular
    assert 'href="../circulars/2026-03.html"' in (tmp_path / "e" / "ZX1.5" / "history.html").read_text(
        "utf-8"
    )
    assert 'href="circulars/2026-03.html"' in (tmp_path / "e" / "circulars.html").read_text("utf-8")
    assert (tmp_path / "e" / "law" / "immigration-act-2009" / "s28a.html").exists()
    assert (tmp_path / "e" / "notices" / "visa-pak-7.html").exists()
    assert "Abbreviations" in (tmp_path / "e" / "terms.html").read_text("utf-8")


def test_an_instructions_page_in_the_edition_leads_to_what_stands_beside_it(
    small_home: Path, tmp_path: Path
) -> None:
    """A reader without a server would not learn of the circular, the notice and the law that the site shows there."""
    load_into(small_home, [*AMENDMENTS["a circular"], in_words(152, NOTICE)])
    load_into(small_home, AMENDMENTS["law that a text cites"])
    export_html(small_home, tmp_path / "e", on=LATE, history=True)
    umbrellas = (tmp_path / "e" / "ZX1.5.html").read_text("utf-8")
    assert 'href="circulars/2026-03.html"' in umbrellas
    assert "part of ZX1" not in umbrellas  # the circular names it itself
    galoshes = (tmp_path / "e" / "ZX1.10.html").read_text("utf-8")
    assert "part of ZX1, which it changes from 1 April 2026; no page read confirms" in galoshes
    assert 'href="notices/visa-pak-7.html"' in umbrellas
    boots = (tmp_path / "e" / "ZX2.5.html").read_text("utf-8")
    assert boots.count('href="law/immigration-act-2009/s28a.html"') == 2  # in the text, and beside it
    law = (tmp_path / "e" / "law" / "immigration-act-2009" / "s28a.html").read_text("utf-8")
    assert 'href="../../ZX2.5.html#' in law
    assert 'href="../ZX1.5.html"' in (tmp_path / "e" / "notices" / "visa-pak-7.html").read_text("utf-8")
    assert broken_links(tmp_path / "e") == []


def test_a_notice_that_is_dated_later_changes_the_hash_of_what_it_names(small_home: Path) -> None:
    """The kept page would list it on days before it was written."""
    load_into(small_home, [in_words(152, NOTICE.replace(" - 1 May 2026", ""))])
    before = hashes_in(small_home).codes
    load_into(small_home, [in_words(153, NOTICE)])
    after = hashes_in(small_home).codes
    assert [code for code in before if before[code] != after[code]] == ["ZX1.5"]


def test_fewer_codes_in_force_leave_no_file_of_titles_behind(
    small_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The search would have a file that no export makes, with the title of what is no longer in force."""
    monkeypatch.setattr(search_files, "NAMED", 2)
    export_html(small_home, tmp_path / "kept", on=LATE)
    load_into(small_home, AMENDMENTS["an end"])
    export_html(small_home, tmp_path / "kept", on=LATE)
    export_html(small_home, tmp_path / "clean", on=LATE)
    assert different(tmp_path / "kept", tmp_path / "clean") == []


def test_contents_that_come_back_from_another_address_are_noticed(small_home: Path, tmp_path: Path) -> None:
    """Contents of the old and the new site are of one work: neighbours and titles would be those of last week."""
    rows = [
        SpecimenEntry(
            1, "ZX1 First chapter", [SpecimenEntry(2, "ZX1.5 Rain"), SpecimenEntry(3, "ZX1.10 Snow")]
        )
    ]
    one = contents_page(rows)
    rows[0].children.reverse()
    other = contents_page(rows)
    for seen, folder, toc in ((1, "opsmanual", one), (2, "opsmanual-archive", other), (3, "opsmanual", one)):
        page = capture(0, toc, datetime(2026, 8, 1 + seen, tzinfo=UTC))
        load_into(small_home, [replace(page, site_path=SitePath(f"{folder}/toc"))])
        export_html(small_home, tmp_path / "kept", on=LATE, history=True)
        export_html(small_home, tmp_path / f"clean{seen}", on=LATE, history=True)
        assert different(tmp_path / "kept", tmp_path / f"clean{seen}") == []


def test_a_change_that_did_not_happen_lately_after_all_is_noticed(small_home: Path, tmp_path: Path) -> None:
    """The list of the last ninety days moves with the newest capture, and what stands in it may be corrected."""
    old = f"<p class='bodytext'><strong class='bold'>{ARCHIVE_BANNER}</strong></p>"
    text = old + clauses("Umbrellas wear out.")
    bracket = page("ZX1.5", "Umbrellas (01/07/2026)", text).replace("Effective 01/01/2020", "")
    load_into(small_home, [capture(150, bracket)])
    later = capture(4, page("ZX2", "Second chapter", clauses("Boots need care.")), NEXT + timedelta(days=1))
    foot = capture(150, page("ZX1.5", "Umbrellas", text, foot="01/05/2020"), NEXT)
    lately = "changes/2026-05-08/2026-08-07.html"
    for number, captures in enumerate([[], [later], [foot]]):
        load_into(small_home, captures)
        export_html(small_home, tmp_path / "kept", on=LATE, history=True)
        clean = tmp_path / f"clean{number}"
        export_html(small_home, clean, on=LATE, history=True)
        assert different(tmp_path / "kept", clean) == []
        if number:
            assert ("ZX1.5" in (clean / lately).read_text("utf-8")) == (number == 1)


def test_a_second_line_of_a_code_in_the_contents_is_noticed(small_home: Path, tmp_path: Path) -> None:
    """Contents may list a code twice; where the second line prints no title it shows the newest one known."""
    rows = [
        SpecimenEntry(1, "ZX1 First chapter", [SpecimenEntry(2, "ZX1.5 Printed"), SpecimenEntry(2, "ZX1.5")])
    ]
    load_into(small_home, [replace(capture(0, contents_page(rows)), site_path=SitePath("opsmanual/toc"))])
    export_html(small_home, tmp_path / "kept", on=date(2020, 6, 1), history=True)
    load_into(small_home, [capture(2, page("ZX1.5", "Parasols", clauses("Open."), foot="01/02/2023"), NEXT)])
    export_html(small_home, tmp_path / "kept", on=date(2020, 6, 1), history=True)
    export_html(small_home, tmp_path / "clean", on=date(2020, 6, 1), history=True)
    assert "Parasols" in (tmp_path / "clean" / "contents.html").read_text("utf-8")
    assert different(tmp_path / "kept", tmp_path / "clean") == []


@pytest.mark.parametrize("seed", range(2))
def test_many_incremental_exports_equal_a_clean_one(small_home: Path, tmp_path: Path, seed: int) -> None:
    """What one export leaves behind for the next, files or notes, would turn up in a later edition."""
    random, dest = Random(seed), tmp_path / "e"
    export_html(small_home, dest, on=LATE, history=True)
    for week in range(6):
        seen = NEXT + timedelta(days=week)
        load_into(small_home, [_amended(random, seen) for _ in range(random.randint(1, 2))])
        export_html(small_home, dest, on=LATE, history=True)
        if week % 2:
            clean = tmp_path / f"clean{week}"
            export_html(small_home, clean, on=LATE, history=True)
            assert different(dest, clean) == [], week
    assert check_edition(dest) == ()


def _amended(random: Random, seen: datetime) -> RawCapture:
    """A page with another text, title, reference or first day."""
    number, code = random.choice([(2, "ZX1.5"), (3, "ZX1.10"), (4, "ZX2"), (5, "ZX2.5")])
    words = ["umbrellas", "boots", "lanterns", "maps"]
    said = [f"The {random.choice(words)} and {random.choice(words)} are shown.", "A map means a drawing."]
    refers = random.choice(["See ZX1.5(a).", "See ZX2(b).", "See ZX1.10.", "None."])
    title = random.choice(["Umbrellas", "Boots", "Second chapter"])
    foot = f"{random.randint(1, 28):02}/{random.randint(1, 7):02}/2026"
    html = page(code, title, clauses(*random.sample(said, random.randint(1, 2)), refers), foot=foot)
    return capture(number, html, seen)


def test_what_an_older_program_left_beside_an_edition_is_removed(small_home: Path, tmp_path: Path) -> None:
    """Megabytes that nothing reads would lie there for ever."""
    dest, clean = tmp_path / "e", tmp_path / "clean"
    export_html(small_home, dest, on=LATE, history=True)
    (tmp_path / ".e.memory").write_bytes(b"SQLite format 3")
    (tmp_path / ".e.memory.sum").write_text("0")
    (tmp_path / ".e.spare" / "ZX1").mkdir(parents=True)
    os.link(dest / "ZX1.html", tmp_path / ".e.spare" / "ZX1.html")
    load_into(small_home, AMENDMENTS["another title"])
    export_html(small_home, dest, on=LATE, history=True)
    export_html(small_home, clean, on=LATE, history=True)
    assert different(dest, clean) == []
    assert hidden_beside(dest) == []


def hidden_beside(dest: Path) -> list[str]:
    return sorted(path.name for path in dest.parent.iterdir() if path.name.startswith("."))


@pytest.mark.parametrize(
    "alter",
    [
        lambda pages: pages.pop("ZX2.5.html"),
        lambda pages: pages.update({"ZX2.5.html": []}),
        lambda pages: pages.clear(),
    ],
)
def test_nothing_is_taken_from_a_log_of_dependencies_that_was_altered(
    small_home: Path, tmp_path: Path, alter: Callable[[dict[str, list[int]]], object]
) -> None:
    """One line lost, and a page is kept that shows the title of yesterday."""
    dest, clean = tmp_path / "e", tmp_path / "clean"
    export_html(small_home, dest, on=LATE, history=True)
    log = dest / dependencies.NAME
    said = json.loads(log.read_bytes())
    alter(said["pages"])
    log.write_text(json.dumps(said))
    load_into(small_home, AMENDMENTS["another title"])
    export_html(small_home, dest, on=LATE, history=True)
    export_html(small_home, clean, on=LATE, history=True)
    assert different(dest, clean) == []


def _a_link(aside: Path, elsewhere: Path) -> None:
    aside.symlink_to(elsewhere)


def _a_file(aside: Path, elsewhere: Path) -> None:
    aside.write_text("no folder")


def _a_link_for_a_folder(aside: Path, elsewhere: Path) -> None:
    aside.mkdir()
    (aside / "ZX1.5").symlink_to(elsewhere)


def _links_for_files(aside: Path, elsewhere: Path) -> None:
    aside.mkdir()
    (elsewhere / "mine.txt").write_text("mine")
    for name in ("ZX2.html", "manifest.json", "objects.inv"):
        (aside / name).symlink_to(elsewhere / "mine.txt")


def _pages_of_a_stranger(aside: Path, elsewhere: Path) -> None:
    aside.mkdir()
    (aside / "ZX1.html").write_text("Nobody wrote this.")
    (aside / "stranger.html").write_text("Nor this.")


@pytest.mark.parametrize(
    "leave", [_a_link, _a_file, _a_link_for_a_folder, _links_for_files, _pages_of_a_stranger]
)
def test_what_lies_where_an_edition_is_put_together_is_not_used(
    small_home: Path, tmp_path: Path, leave: Callable[[Path, Path], None]
) -> None:
    """Somebody's folder would be written into, or a stranger's page would stand in the edition."""
    dest, clean, elsewhere = tmp_path / "e", tmp_path / "clean", tmp_path / "elsewhere"
    elsewhere.mkdir()
    export_html(small_home, dest, on=LATE, history=True)
    leave(tmp_path / ".e.next", elsewhere)
    before = bytes_of(elsewhere)
    load_into(small_home, AMENDMENTS["a new version"])
    export_html(small_home, dest, on=LATE, history=True)
    export_html(small_home, clean, on=LATE, history=True)
    assert different(dest, clean) == []
    assert check_edition(dest) == ()
    assert not dest.is_symlink()
    assert bytes_of(elsewhere) == before
    assert hidden_beside(dest) == []


def test_an_incremental_export_works_where_files_cannot_be_linked(
    small_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a USB stick the second export would fail, or leave half."""

    def no_links(*names: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    dest = tmp_path / "e"
    for number, amendment in enumerate(["another title", "a new version", "an end"]):
        load_into(small_home, AMENDMENTS[amendment])
        export_html(small_home, dest, on=LATE, history=True)
        export_html(small_home, tmp_path / f"clean{number}", on=LATE, history=True)
        assert different(dest, tmp_path / f"clean{number}") == []


@pytest.mark.parametrize("how", ["renamed", "copied", "copied with its folder"])
def test_an_edition_that_was_moved_is_exported_into(small_home: Path, tmp_path: Path, how: str) -> None:
    """One edition would write into the files of the other."""
    first = tmp_path / "one"
    first.mkdir()
    dest = first / "e"
    export_html(small_home, dest, on=LATE, history=True)
    if how == "renamed":
        moved = dest.rename(first / "f")
    elif how == "copied":
        moved = tmp_path / "f"
        subprocess.run(["cp", "-a", dest, moved], check=True)
    else:
        subprocess.run(["cp", "-a", first, tmp_path / "two"], check=True)
        moved = tmp_path / "two" / "e"
    old = bytes_of(moved)
    load_into(small_home, AMENDMENTS["a new version"])
    export_html(small_home, dest, on=LATE, history=True)
    assert bytes_of(moved) == old
    export_html(small_home, moved, on=LATE, history=True)
    export_html(small_home, tmp_path / "clean", on=LATE, history=True)
    assert different(moved, tmp_path / "clean") == []
    assert different(dest, tmp_path / "clean") == []


def test_of_two_exports_at_once_the_second_is_refused(small_home: Path, tmp_path: Path) -> None:
    """Two would put their files into one folder, and the edition would be neither."""
    dest = tmp_path / "e"
    export_html(small_home, dest, on=LATE, history=True)
    before = bytes_of(dest)
    load_into(small_home, AMENDMENTS["a new version"])
    late = switch.Staging(dest)
    with switch.Staging(dest):
        with pytest.raises(ExportError, match="Another export"):
            export_html(small_home, dest, on=LATE, history=True)
        assert (tmp_path / ".e.next").is_dir()
    assert bytes_of(dest) == before
    export_html(small_home, dest, on=LATE, history=True)
    with pytest.raises(ExportError, match="Another export"), late:
        """It looked at the old edition before the other one ended."""
    assert check_edition(dest) == ()


@pytest.mark.slow
def test_exports_started_at_once_leave_a_whole_edition(small_home: Path, tmp_path: Path) -> None:
    """A timer and an impatient hand would spoil the edition between them."""
    dest, clean = tmp_path / "e", tmp_path / "clean"
    for amendment in (None, "a new version", "an end"):
        load_into(small_home, AMENDMENTS[amendment] if amendment else [])
        children = [subprocess.Popen([sys.executable, "-c", _EXPORT, small_home, dest]) for _ in range(3)]
        assert 0 in [child.wait() for child in children]
        assert check_edition(dest) == ()
        export_html(small_home, dest, on=LATE, history=True)
        shutil.rmtree(clean, ignore_errors=True)
        export_html(small_home, clean, on=LATE, history=True)
        assert different(dest, clean) == []


def test_an_amendment_touches_only_the_files_that_show_it(small_home: Path, tmp_path: Path) -> None:
    """One amended instruction would rewrite the whole edition."""
    dest = tmp_path / "e"
    export_html(small_home, dest, on=LATE, history=True)
    before = {name: (dest / name).stat().st_ino for name in bytes_of(dest)}
    amended = capture(4, page("ZX2", "Second chapter", clauses("Boots need care."), foot="01/06/2026"), NEXT)
    load_into(small_home, [amended])
    export_html(small_home, dest, on=LATE, history=True)
    untouched = [
        name for name in before if (dest / name).exists() and (dest / name).stat().st_ino == before[name]
    ]
    assert "ZX1.5/on/2021-02-01.html" in untouched
    assert "ZX1.10.html" in untouched
    assert "ZX2.html" not in untouched


def test_a_page_captured_later_does_not_draw_the_others_anew(
    small_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each week's captures would make the whole edition anew, since the newest day moves."""
    export_html(small_home, tmp_path / "e", on=LATE, history=True)
    text = clauses("Boots are light; see ZX1.5(b).")
    load_into(small_home, [capture(5, page("ZX2.5", "Boots", text), NEXT)])
    drawn: list[str] = []
    real = pages.draw
    monkeypatch.setattr(pages, "draw", lambda *a, **k: drawn.append(a[1]) or real(*a, **k))
    real_feed = pages.draw_feed
    monkeypatch.setattr(pages, "draw_feed", lambda *a: drawn.append(a[1]) or real_feed(*a))
    export_html(small_home, tmp_path / "e", on=LATE, history=True)
    assert {"ZX2.5.html", "ZX2.5/changes.atom", "ZX2/changes.atom", "changes.atom"} <= set(drawn)
    assert not {"ZX1.5/history.html", "ZX1.5/changes.atom"} & set(drawn)


def test_what_lies_beside_the_manual_is_listed_once_for_all_pages(
    small_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list for each page would read all pages of the file: ten times the pages would take a hundred times as long."""
    asked: list[str] = []
    real = Reader.works_beside
    monkeypatch.setattr(Reader, "works_beside", lambda reader: asked.append("once") or real(reader))
    export_html(small_home, tmp_path / "e", on=LATE, history=True)
    assert asked == ["once"]


def test_the_log_of_dependencies_tells_which_pages_may_have_changed() -> None:
    """A page that used a changed code would be kept, or one that used none be drawn again."""
    one, two, three = Code("ZX1"), Code("ZX1.5"), Code("ZX2")
    log = dependencies.DependencyLog({one: "a", two: "b", three: "c"})
    log.add("ZX1.html", [one, two])
    log.add("ZX1.5.html", [two])
    log.add("ZX2.html", [three, Code("ZX9")])
    again = dependencies.loads(log.dumps())
    assert (again.hashes, again.pages) == (log.hashes, log.pages)
    assert sorted(again.unchanged(log.hashes)) == ["ZX1.5.html", "ZX1.html", "ZX2.html"]
    assert sorted(again.unchanged({one: "A", two: "b", three: "c"})) == ["ZX1.5.html", "ZX2.html"]


def test_a_code_that_is_newly_referred_to_has_another_hash(small_home: Path) -> None:
    """Its pages name who refers to it, and asked for nothing of the new one when they were drawn."""
    before = hashes_in(small_home).codes
    text = clauses("Boots are heavy; see ZX1.5(b) and ZX2(a).")
    load_into(small_home, [capture(5, page("ZX2.5", "Boots", text), NEXT)])
    after = hashes_in(small_home).codes
    assert {code for code in before if before[code] != after[code]} == {"ZX2", "ZX2.5"}


def _altered(path: Path) -> None:
    """Other bytes, of the same size and time."""
    data, seen = path.read_bytes(), path.stat()
    path.write_bytes(data[:-2] + b"~" + data[-1:])
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))


def _lost(path: Path) -> None:
    path.unlink()


def _a_link_to_its_bytes(path: Path) -> None:
    with tempfile.NamedTemporaryFile(delete=False) as elsewhere:
        elsewhere.write(path.read_bytes())
    path.unlink()
    path.symlink_to(elsewhere.name)


_FILES = (
    "ZX1.html",
    "contents.html",
    "edition.html",
    "search/days.js",
    "_static/search.js",
    dependencies.NAME,
)


@pytest.mark.parametrize("damage", [_altered, _lost, _a_link_to_its_bytes])
def test_exporting_again_repairs_a_damaged_edition(
    small_home: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """A page that somebody edited, or that was lost on the way, would live on in every later edition."""
    dest = tmp_path / "e"
    export_html(small_home, dest, on=LATE)
    good = bytes_of(dest)
    for name in _FILES:
        damage(dest / name)
        summary = export_html(small_home, dest, on=LATE)
        assert name in " ".join(summary.notes)
        assert summary.written == 1
        assert bytes_of(dest) == good
        assert not (dest / name).is_symlink()
    assert check_edition(dest) == ()


def _cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def _one_letter(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data.replace(b'"ZX1.html"', b'"ZX9.html"'))


@pytest.mark.parametrize("damage", [_cut_short, _one_letter, _altered, lambda path: path.write_bytes(b"")])
def test_a_damaged_manifest_is_replaced_and_that_is_said(
    small_home: Path, tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    """The edition could never be exported again, or a file of somebody's would be lost with it."""
    dest = tmp_path / "e"
    for number, kept in enumerate([tmp_path / "e.damaged", tmp_path / "e.damaged-2"]):
        export_html(small_home, dest, on=LATE)
        good = bytes_of(dest)
        damage(dest / "manifest.json")
        (dest / "notes.txt").write_text(f"mine {number}")
        with pytest.raises(ExportError, match="damaged"):
            check_edition(dest)
        said = " ".join(export_html(small_home, dest, on=LATE).notes)
        assert "manifest.json is damaged" in said
        assert kept.name in said
        assert bytes_of(dest) == good
        assert (kept / "notes.txt").read_text() == f"mine {number}"


def test_everything_is_on_the_disk_before_the_exchange(
    small_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a power cut the new edition would stand there with empty files."""
    done: list[tuple[str, str]] = []
    sync, sync_below, exchange = aside.sync, aside.sync_below, aside.exchange

    def synced(folder: Path) -> None:
        sync(folder)
        done.append(("sync", folder.name))

    def synced_below(folder: Path) -> None:
        sync_below(folder)
        done.append(("sync below", folder.name))

    def exchanged(one: Path, other: Path) -> bool:
        done.append(("exchange", one.name))
        return exchange(one, other)

    monkeypatch.setattr(aside, "sync", synced)
    monkeypatch.setattr(aside, "sync_below", synced_below)
    monkeypatch.setattr(aside, "exchange", exchanged)
    export_html(small_home, tmp_path / "e", on=LATE)
    load_into(small_home, AMENDMENTS["another title"])
    done.clear()
    export_html(small_home, tmp_path / "e", on=LATE)
    assert done == [("sync below", ".e.next"), ("exchange", ".e.next"), ("sync", tmp_path.name)]


def test_each_file_is_synced_where_the_system_has_no_quicker_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some systems sync no whole file system at once."""
    for name in ("a", "below/b", "below/c/d"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    seen: set[int] = set()
    monkeypatch.setattr(aside, "_synced_at_once", lambda descriptor: False)
    monkeypatch.setattr(os, "fsync", lambda descriptor: seen.add(os.fstat(descriptor).st_ino))
    aside.sync_below(tmp_path)
    assert seen == {path.stat().st_ino for path in (tmp_path, *tmp_path.rglob("*"))}


def test_the_edition_names_a_day_of_its_own_and_never_the_clock(
    small_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two exports could never be the same, or a distribution could not set the day it needs."""
    export_html(small_home, tmp_path / "e", on=LATE)
    assert manifest.read(tmp_path / "e").made == "2026-08-01"  # type: ignore[union-attr]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    export_html(small_home, tmp_path / "f", on=LATE)
    assert "14 November 2023" in (tmp_path / "f" / "edition.html").read_text("utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(ExportError, match="SOURCE_DATE_EPOCH"):
        export_html(small_home, tmp_path / "g", on=LATE)


# ---------------------------------------------------------------- whole


def test_the_manifest_lists_every_file_and_the_captures_behind_them(edition: Path) -> None:
    """An edition that can't be checked is a rumour."""
    listed = json.loads((edition / "manifest.json").read_bytes())
    assert set(listed["files"]) | {"manifest.json"} == set(bytes_of(edition))
    assert len(listed["captures"]) > 100
    assert all(one.startswith("sha256:") for one in listed["captures"])
    assert check_edition(edition) == ()


def test_check_finds_what_was_altered_lost_or_added(small_home: Path, tmp_path: Path) -> None:
    """A damaged copy would pass for whole."""
    dest = tmp_path / "e"
    export_html(small_home, dest, on=LATE)
    (dest / "ZX1.html").write_bytes((dest / "ZX1.html").read_bytes() + b" ")
    (dest / "ZX2.html").unlink()
    (dest / "more.html").write_text("mine")
    assert [(one.kind, one.locator) for one in check_edition(dest)] == [
        ("file_altered", "ZX1.html"),
        ("file_missing", "ZX2.html"),
        ("file_not_listed", "more.html"),
    ]


def test_check_needs_an_edition(tmp_path: Path) -> None:
    """An empty folder would be called whole."""
    with pytest.raises(ExportError, match="no edition"):
        check_edition(tmp_path)
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(ExportError, match="damaged"):
        check_edition(tmp_path)


def test_a_destination_that_is_not_ours_is_refused(small_home: Path, tmp_path: Path) -> None:
    """Somebody's photographs would be replaced by an edition."""
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "one.jpg").write_text("x")
    with pytest.raises(ExportError, match="no edition"):
        export_html(small_home, tmp_path / "photos", on=LATE)
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportError, match="no folder"):
        export_html(small_home, tmp_path / "file", on=LATE)
    (tmp_path / "app").mkdir()
    for foreign in ('{"name": "app"}', "{ // settings"):
        (tmp_path / "app" / "manifest.json").write_text(foreign)
        with pytest.raises(ExportError, match="no edition"):
            export_html(small_home, tmp_path / "app", on=LATE)
    export_html(small_home, tmp_path / "e", on=LATE)
    (tmp_path / "e" / "notes.txt").write_text("mine")
    with pytest.raises(ExportError, match=r"notes\.txt"):
        export_html(small_home, tmp_path / "e", on=LATE)
    assert (tmp_path / "e" / "notes.txt").read_text() == "mine"


def test_a_full_disk_leaves_the_old_edition(
    small_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The edition that readers have would be half the new one."""
    dest = tmp_path / "e"
    export_html(small_home, dest, on=LATE)
    before = bytes_of(dest)
    load_into(small_home, AMENDMENTS["a new version"])
    real = switch.write_new

    def full(path: str | Path, data: bytes) -> None:
        if "ZX1.5" in str(path):
            raise OSError(errno.ENOSPC, "No space left on device")
        real(path, data)

    monkeypatch.setattr(switch, "write_new", full)
    with pytest.raises(ExportError, match="No space left"):
        export_html(small_home, dest, on=LATE)
    monkeypatch.undo()
    assert bytes_of(dest) == before
    assert hidden_beside(dest) == []


def test_a_knowledge_base_changed_meanwhile_is_noticed(
    small_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edition would be called by the digest of answers that are no longer given."""
    dest = tmp_path / "e"
    export_html(small_home, dest, on=LATE)
    before = bytes_of(dest)
    load_into(small_home, AMENDMENTS["another title"])
    real = html.EditionJob._put_static

    def meanwhile(job: html.EditionJob) -> None:
        load_into(small_home, AMENDMENTS["an end"])
        real(job)

    monkeypatch.setattr(html.EditionJob, "_put_static", meanwhile)
    with pytest.raises(ExportError, match="changed while it was exported"):
        export_html(small_home, dest, on=LATE)
    assert bytes_of(dest) == before


_EXPORT = """
import sys
from datetime import date
from pathlib import Path
from manual.export.html import export_html
print("ready", flush=True)
export_html(Path(sys.argv[1]), Path(sys.argv[2]), on=date(2026, 8, 15), history=True)
"""


@pytest.mark.slow
def test_a_killed_export_leaves_the_old_edition_or_the_new_one(small_home: Path, tmp_path: Path) -> None:
    """A power cut would leave something between."""
    dest = tmp_path / "e"
    export_html(small_home, dest, on=LATE, history=True)
    old = bytes_of(dest)
    load_into(small_home, AMENDMENTS["two at once"])
    export_html(small_home, tmp_path / "new", on=LATE, history=True)
    new = bytes_of(tmp_path / "new")
    for delay in (0.05, 0.2, 0.4, 0.7, 1.1, 1.6):
        child = subprocess.Popen([sys.executable, "-c", _EXPORT, small_home, dest], stdout=subprocess.PIPE)
        assert child.stdout is not None
        with child.stdout as said:
            said.readline()
            time.sleep(delay)
            child.send_signal(signal.SIGKILL)
            child.wait()
        assert bytes_of(dest) in (old, new)
    export_html(small_home, dest, on=LATE, history=True)
    assert bytes_of(dest) == new


@pytest.mark.slow
def test_a_killed_incremental_export_leaves_the_old_edition_or_the_new_one(
    small_home: Path, tmp_path: Path
) -> None:
    """What a killed export leaves beside the edition would turn up in the next one."""
    dest, random = tmp_path / "e", Random(5)
    export_html(small_home, dest, on=LATE, history=True)
    for number in range(8):
        old = bytes_of(dest)
        load_into(small_home, [_amended(random, NEXT + timedelta(days=number)) for _ in range(2)])
        clean = tmp_path / f"clean{number}"
        export_html(small_home, clean, on=LATE, history=True)
        child = subprocess.Popen([sys.executable, "-c", _EXPORT, small_home, dest], stdout=subprocess.PIPE)
        assert child.stdout is not None
        with child.stdout as said:
            said.readline()
            time.sleep(random.uniform(0, 0.5))
            child.kill()
            child.wait()
        assert bytes_of(dest) in (old, bytes_of(clean))
        if number % 2:
            export_html(small_home, dest, on=LATE, history=True)
            assert different(dest, clean) == []


def test_an_export_killed_between_two_renames_is_taken_back(
    small_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where folders can't be exchanged at once there is a moment with no edition at all."""
    monkeypatch.setattr(aside, "exchange", lambda one, other: False)
    dest = tmp_path / "e"
    export_html(small_home, dest, on=LATE)
    old = bytes_of(dest)
    dest.rename(tmp_path / ".e.old")
    switch.Staging(dest)
    assert bytes_of(dest) == old
    load_into(small_home, AMENDMENTS["another title"])
    assert export_html(small_home, dest, on=LATE).written
    assert "Of boots" in (dest / "ZX2.html").read_text("utf-8")


def test_a_day_before_every_record_makes_an_edition_that_says_so(small_home: Path, tmp_path: Path) -> None:
    """The earliest text held would be shown for a day on which nothing is known."""
    summary = export_html(small_home, tmp_path / "e", on=date(1950, 1, 1), history=True)
    assert "1 January 1950" in " ".join(summary.notes)
    for name in ("index.html", "ZX1.html", "edition.html"):
        assert "1 January 1950" in (tmp_path / "e" / name).read_text("utf-8")
    assert "umbrella" not in (tmp_path / "e" / "ZX1.html").read_text("utf-8")
    assert broken_links(tmp_path / "e") == []


# ---------------------------------------------------------------- through Sphinx


def test_the_inventory_leads_to_every_code(edition: Path, specimen_home: Path) -> None:
    """Other Sphinx projects could not link to an instruction."""
    with (edition / "objects.inv").open("rb") as file:
        found = InventoryFile.load(file, "https://library.example/", lambda base, name: base + name)
    with KnowledgeBase(specimen_home) as kb:
        codes = kb.codes()
    assert set(found["inforce:instruction"]) == set(codes)
    for code in codes:
        uri = found["inforce:instruction"][code].uri
        assert (edition / uri.removeprefix("https://library.example/").split("#")[0]).is_file()
        assert code.lower() in found["std:label"]
    assert "In force" in found["std:term"]


def test_prose_links_to_codes_and_a_wrong_code_is_an_error(
    small_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken reference in the project's own prose would go unnoticed."""
    project = tmp_path / "project"
    project.mkdir()
    (project / "conf.py").write_bytes((html.project_folder() / "conf.py").read_bytes())
    (project / "edition.rst").write_text(
        "Prose\n=====\n\nSee :instr:`ZX1.5` and :instr:`a place <ZX1.5(b)>`.\n"
    )
    monkeypatch.setattr(html, "project_folder", lambda: project)
    export_html(small_home, tmp_path / "e", on=LATE)
    links = read_page((tmp_path / "e" / "edition.html").read_text("utf-8")).links
    assert {"ZX1.5.html", "ZX1.5.html#ZX1.5-b"} <= set(links)
    (project / "edition.rst").write_text("Prose\n=====\n\nSee :instr:`ZX9.9`.\n")
    with pytest.raises(ExportError, match=r"ZX9\.9"):
        export_html(small_home, tmp_path / "f", on=LATE)
    assert not (tmp_path / "f").exists()


# ---------------------------------------------------------------- hostile text


def test_hostile_text_comes_out_as_text(hostile_edition: Path) -> None:
    """Markup in a title would run, or be eaten, wherever the edition is opened."""
    words = " ".join(read_page((hostile_edition / "ZX1.html").read_text("utf-8")).words)
    for said in (":instr:`x` {{ 7*7 }} ]]> <script>alert(1)</script>", "|x|_ \\ &amp;"):
        assert said in words, said
    assert "</script><script>alert(2)</script>" in words
    assert "|sub| .. include:: /etc/passwd {% raw %} #panic[x] $x$ @label" in words
    assert HOSTILE_TITLE.split(":instr:")[1][:4] in words


def test_hostile_text_makes_no_element(hostile_edition: Path) -> None:
    """A script of a capture would run with the rights of the edition."""
    for address, text in pages_of(hostile_edition):
        found = read_page(text)
        assert not {"img", "iframe", "u", "object"} & set(found.tags), address
        scripts = re.findall(r"<script[^>]*>", text)
        assert all(re.fullmatch(r'<script src=("?)[\w./-]+\1 defer>', script) for script in scripts), address
        assert not [link for link in found.links if link.lower().startswith("javascript")], address
    for path in (hostile_edition / "search").rglob("*.js"):
        assert b"<" not in path.read_bytes(), path
