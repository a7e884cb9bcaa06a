"""Where a page stands: addresses, file names and a saved page's own comment."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

import pytest

from manual.captures import is_viewer_address, site_path_of, viewer_of
from manual.captures.addresses import capture_path_of, path_of_file, replay_of, stated_origin
from manual.captures.moments import UNSTATED
from manual.publisher import INZ


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://www.immigration.govt.nz/opsmanual/77177.htm", "opsmanual/77177"),
        ("http://immigration.govt.nz/opsmanual/35020.htm?print=1", "opsmanual/35020"),
        ("https://immigration.govt.nz/opsmanual-archive/4783.HTM", "opsmanual-archive/4783"),
        ("/opsmanual-archive/4783.HTM", "opsmanual-archive/4783"),
        ("https://www.immigration.govt.nz/opsmanual/#46513.htm", "opsmanual/46513"),
        ("https://www.immigration.govt.nz/opsmanual#46513.htm", "opsmanual/46513"),
        ("https://www.immigration.govt.nz/opsmanual/77177.htm#top", "opsmanual/77177"),
        ("opsmanual/toc.htm", "opsmanual/toc"),
        ("https://specimen.example/specimen/60110.htm", "specimen/60110"),
        ("toc.htm", "opsmanual/toc"),
        ("77177.htm", "opsmanual/77177"),
        ("77177 (1).htm", "opsmanual/77177"),
        ("77177(2).html", "opsmanual/77177"),
        ("4783.HTM", "opsmanual-archive/4783"),
        ("44854.txt", "opsmanual/44854"),
        ("77117.mhtml", "opsmanual/77117"),
    ],
)
def test_address_or_name_gives_the_key_of_its_page(given: str, expected: str) -> None:
    """If it failed, captures of one page would not be known as such, and links between pages would break."""
    assert site_path_of(given) == expected


@pytest.mark.parametrize(
    "given",
    ["", "https://example.org/news/12.htm", "https://[broken/1.htm", "002_5788dd5c8cfd6883.txt", "WA3.15.htm",
     "https://www.immigration.govt.nz/opsmanual", "https://www.immigration.govt.nz/opsmanual/", "x" * 5000,
     "https://www.immigration.govt.nz/notopsmanual/77177.htm"],
)  # fmt: skip
def test_what_names_no_page_of_the_manual_gives_no_key(given: str) -> None:
    """If it failed, a page from elsewhere would be filed as a page of the manual."""
    assert site_path_of(given) is None


@pytest.mark.parametrize("fragment", ["", "/", "/#46513.htm", "#46513.htm", "/index.htm"])
def test_saved_viewer_stays_recognisable_whatever_its_fragment(fragment: str) -> None:
    """If it failed, the viewer's empty frame would pass for the topic that its address ends in."""
    address = f"https://www.immigration.govt.nz/opsmanual{fragment}"
    assert is_viewer_address(address)
    assert capture_path_of(address) == viewer_of(INZ)
    assert not is_viewer_address("https://www.immigration.govt.nz/opsmanual/46513.htm")


def test_folder_named_like_a_site_decides_over_the_case_of_the_ending() -> None:
    """If it failed, an archived page saved with a lower-case ending would claim the address of a live one."""
    assert path_of_file("x/opsmanual-archive/4783.htm") == "opsmanual-archive/4783"
    assert path_of_file("x/opsmanual/4783.HTM") == "opsmanual/4783"
    assert path_of_file("saved.zip!4783.HTM") == "opsmanual-archive/4783"


def test_comment_of_a_browser_gives_the_address() -> None:
    """If it failed, a page saved under its title would lose its address."""
    page = b"<!DOCTYPE html>\r\n<!-- saved from url=(0051)https://www.immigration.govt.nz/opsmanual/77177.htm -->\r\n"
    assert stated_origin(page) == ("https://www.immigration.govt.nz/opsmanual/77177.htm", UNSTATED)


def test_comment_of_singlefile_gives_address_and_moment() -> None:
    """If it failed, a page that knows when it was saved would count as undated."""
    page = (
        b"<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://example.org/opsmanual/9.htm \n"
        b" saved date: Tue Aug 11 2026 09:00:00 GMT+1200 (New Zealand Standard Time)\n-->"
    )
    address, moment = stated_origin(page)
    assert address == "https://example.org/opsmanual/9.htm"
    assert moment.value is not None
    assert (moment.value.isoformat(), moment.value.utcoffset()) == (
        "2026-08-11T09:00:00+12:00",
        timedelta(hours=12),
    )


@pytest.mark.parametrize(
    "page",
    [
        b"<!-- saved from url=(0014)about:internet -->",
        b"<!-- saved from url=(0030)file:///C:/saved/77177.htm -->",
        b'<link rel="canonical" href="https://example.org/opsmanual/1.htm">',
        b" " * 5000 + b"<!-- saved from url=(0041)https://example.org/opsmanual/77177.htm -->",
    ],
)
def test_what_a_page_claims_otherwise_is_no_origin(page: bytes) -> None:
    """If it failed, a file of somebody's disk or a claim inside the text would decide where a page stood."""
    assert stated_origin(page) == (None, UNSTATED)


@pytest.mark.shared
def test_every_address_of_the_register_has_a_key_of_its_site(shared: Path) -> None:
    """If it failed, a form of address that real pages have would not be understood."""
    with (shared / "domain" / "register.csv").open(encoding="utf-8") as stream:
        addresses = [row["url"] for row in csv.DictReader(stream)]
    assert len(addresses) == 227
    for address in addresses:
        *_, site, name = address.split("/")
        assert site_path_of(address) == f"{site}/{name.split('.')[0]}"
        assert site_path_of(name) == site_path_of(address)


@pytest.mark.parametrize(
    ("address", "inner", "moment"),
    [
        ("https://web.archive.org/web/20150815003000/https://example.org/opsmanual/1.htm",
         "https://example.org/opsmanual/1.htm", "2015-08-15T00:30:00+00:00"),
        ("http://archive.example/web/20150815003000if_/http:/example.org/opsmanual/1.htm?a=b",
         "http://example.org/opsmanual/1.htm?a=b", "2015-08-15T00:30:00+00:00"),
        ("https://library.example/webarchive/wayback/20101129000000/http://example.org/opsmanual/#1.htm",
         "http://example.org/opsmanual/#1.htm", "2010-11-29T00:00:00+00:00"),
        ("https://web.archive.org/web/2015/https://example.org/opsmanual/1.htm",
         "https://example.org/opsmanual/1.htm", None),
        ("https://web.archive.org/web/20151332003000/https://example.org/opsmanual/1.htm",
         "https://example.org/opsmanual/1.htm", None),
    ],
)  # fmt: skip
def test_address_of_a_web_archive_says_page_and_moment(address: str, inner: str, moment: str | None) -> None:
    """If it failed, a copy of 2015 fetched today would show the page as it was in 2015 as today's."""
    replay = replay_of(address)
    assert replay is not None
    assert (replay.address, replay.moment and replay.moment.isoformat()) == (inner, moment)


@pytest.mark.parametrize(
    "address",
    [None, "", "https://example.org/opsmanual/20150815003000.htm", "https://example.org/20150815003000/page.htm",
     "https://example.org/go?to=/20150815003000/https://example.org/1.htm"],
)  # fmt: skip
def test_other_addresses_are_no_web_archives(address: str | None) -> None:
    """If it failed, a number in an ordinary address would be taken for a day."""
    assert replay_of(address) is None
