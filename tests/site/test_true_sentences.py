"""Nothing on a page, in a document or in JSON says what the answer does not."""

from __future__ import annotations

import dataclasses
import logging
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import unquote
from urllib.request import urlopen

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from indexer import SnippetPiece
from manual.captures import RawCapture
from manual.load import load
from manual.model import Answer, Code, SitePath, StartClaim, Validity, Version, VersionId, When
from manual.pages.as_json import answer_json
from manual.pages.as_text import Shown, answer_lines
from manual.pages.compare_page import COUNTED
from manual.pages.contents_page import contents_page
from manual.pages.frame import Frame
from manual.pages.held import comparable, nearest_pair
from manual.pages.history_page import _names, _title_is_new
from manual.pages.links import SiteLinks
from manual.pages.render import render
from manual.pages.search_page import text_directives
from manual.pages.words import citation, counted, gap_sentence, short_validity, title_words
from manual.queries import KnowledgeBase
from manual.register import register_files
from manual.specimen import specimen_captures
from tests.site.conftest import TODAY, Example, See, make_home
from webapp import create_app

D = date(2020, 1, 1)


def version(first: date | None, until: date | None = None, **more: object) -> Version:
    made = Version(
        id=VersionId(f"v{first}"), code=Code("SM1"), title="Objective", validity=Validity(first, until),
        basis_from="foot" if first else None, basis_until="text" if until else None, text_capture="sha256:1",
    )  # fmt: skip
    return dataclasses.replace(made, **more)  # type: ignore[arg-type]


def answer(word: str, **more: object) -> Answer:
    return Answer(code=Code("SM1"), on=D, known=None, answer=word, **more)  # type: ignore[arg-type]


ENDED = version(date(2010, 11, 29), date(2017, 8, 28))


@pytest.mark.parametrize(
    ("made", "cited"),
    [
        (answer("in_force", version=version(date(2010, 11, 29))), "SM1, as in force on 1 January 2020"),
        (
            answer("in_force", version=version(date(2010, 11, 29)), as_last_seen=date(2019, 5, 4)),
            "SM1, as in force on 1 January 2020, as last seen on 4 May 2019",
        ),
        (
            answer("in_force", version=version(date(2010, 11, 29)), as_last_seen_exact=False),
            "SM1, as in force on 1 January 2020, not seen on any known day",
        ),
        (answer("ended", version=ENDED), "SM1 on 1 January 2020: ended, last day in force 27 August 2017"),
        (answer("disputed"), "SM1 on 1 January 2020: in dispute, no version settled"),
        (answer("undated"), "SM1 on 1 January 2020: not known whether in force"),
        (answer("before_record"), "SM1 on 1 January 2020: before the record of this instruction"),
        (
            answer("not_yet", next=version(date(2021, 2, 3))),
            "SM1 on 1 January 2020: not yet in force, stated to start on 3 February 2021",
        ),
    ],
)
def test_only_an_instruction_in_force_is_cited_as_in_force(made: Answer, cited: str) -> None:
    """A submission would claim that an ended instruction was in force."""
    assert citation(made) == cited
    assert answer_json(made)["citation"] == cited


def test_an_end_in_dispute_is_given_no_day() -> None:
    """A citation would settle what the pages don't."""
    made = answer("ended", version=dataclasses.replace(ENDED, basis_until="dispute"))
    assert citation(made) == "SM1 on 1 January 2020: ended"
    assert title_words(made) == "ended by 1 January 2020"


def test_every_answer_is_cited_and_titled_as_what_it_is(see: See, examples: dict[str, Example]) -> None:
    """The page, the tab and the print would say "in force" of what is not."""
    for word, asked in examples.items():
        if word == "unknown_code":
            continue
        seen = see(asked.address)
        box = seen.soup.select_one(".citebox")
        in_force = word in ("in_force", "unheld", "other")
        assert seen.soup.title is not None
        said = [seen.soup.title.get_text()] + ([box.get_text()] if box else [])
        assert box or in_force, word
        for words in said:
            assert bool(re.search(r"(: |, as )in force on", words)) is in_force, (word, words)
            assert not words.endswith("In Force"), word


def test_the_case_document_cites_each_answer_as_what_it_is(see: See, examples: dict[str, Example]) -> None:
    """ "Cite as …, as in force on …" would stand under "nothing was in force"."""
    asked = examples["ended"]
    seen = see(f"/case?on={asked.day}&codes={asked.code}")
    box = seen.soup.select_one(".citebox")
    assert box is not None
    assert "as in force" not in box.get_text()
    assert f"{asked.code} on" in box.get_text()
    assert ": ended" in box.get_text()


def test_a_version_that_nothing_vouches_for_says_that_another_may_lie_between() -> None:
    """`gap_vouched: false` would be shown nowhere."""
    loose = version(date(2010, 11, 29), gap_vouched=False)
    assert "Another version may lie between" in gap_sentence(
        answer("in_force", version=loose, next=version(date(2021, 1, 1)))
    )
    assert "a later one may have begun" in gap_sentence(answer("in_force", version=loose))
    assert gap_sentence(answer("in_force", version=version(date(2010, 11, 29)))) == ""


# ---------------------------------------------------------------- counts and names


def test_counts_name_what_they_count() -> None:
    """ "1 words changed", of five clauses."""
    assert counted(1, *COUNTED["changed"]) == "1 clause changed"
    assert counted(5, *COUNTED["changed"]) == "5 clauses changed"
    assert counted(2, *COUNTED["typography"]) == "2 clauses differ in typography only"


def test_versions_without_a_first_day_are_told_apart() -> None:
    """WF2.5 had "first day not known" twice among the versions to compare."""
    stated = version(None, starts=(StartClaim(day=date(2010, 11, 26), basis="foot"),), basis_from="dispute")
    seen = version(None, first_seen=date(2026, 8, 11), id=VersionId("b"))
    assert short_validity(stated) == "stated to start on 26 November 2010"
    assert short_validity(seen) == "first day not known, first seen on 11 August 2026"
    one = version(None, id=VersionId("c"), address=SitePath("opsmanual/1"))
    other = version(None, id=VersionId("d"), address=SitePath("opsmanual/2"))
    assert len(set(_names([stated, seen, one, other]).values())) == 4


def test_an_empty_title_is_no_new_title() -> None:
    """A version known from a list, without title, was counted as a change of title, and the next one too."""
    first = version(date(2010, 1, 1), title="Aim")
    untitled = version(date(2011, 1, 1), title="", title_changed=True)
    again = version(date(2012, 1, 1), title="Aim", title_changed=True)
    other = version(date(2013, 1, 1), title="Scope", title_changed=True)
    assert not _title_is_new(untitled, [first])
    assert not _title_is_new(again, [first, untitled])
    assert _title_is_new(other, [first, untitled, again])


def test_a_version_without_title_is_named_as_such_on_a_terminal() -> None:
    """ "Version after: , from 29 November 2010"."""
    made = answer(
        "before_record", next=version(date(2021, 1, 1), title=""), reasons=("The earliest is later.",)
    )
    lines = [
        "".join(run.text for run in line) for line in answer_lines(made, Shown(today=TODAY, near_titles={}))
    ]
    assert "  Version after: without a title, from 1 January 2021" in lines
    assert sum("The earliest is later." in line for line in lines) == 1


def test_before_the_record_one_day_is_named() -> None:
    """The sentence named the first settled day, and "Why" the first day that any page states."""
    claim = StartClaim(day=date(2020, 11, 26), basis="foot")
    reason = "The earliest version known starts on 26 November 2020; nothing says that it was the first."
    made = answer(
        "before_record",
        candidates=(version(None, starts=(claim,)),),
        next=version(date(2020, 11, 29)),
        reasons=(reason,),
    )
    words = [
        "".join(run.text for run in line) for line in answer_lines(made, Shown(today=TODAY, near_titles={}))
    ]
    assert any(reason in line for line in words)
    assert "29 November 2020; nothing says" not in " ".join(words)


# ---------------------------------------------------------------- what is held


def test_a_comparison_is_offered_only_where_both_texts_are_held(see: See, specimen_home: Path) -> None:
    """A link would lead to "the words can't be compared"."""
    looked: set[str] = set()
    with KnowledgeBase(specimen_home) as kb:
        codes = [code.replace(" ", "-") for code in kb.codes()]
    for code in codes[::3]:
        for address in (f"/{code}", f"/{code}/history"):
            offered = {href for href in see(address).hrefs() if "/compare/" in href} - looked
            looked |= offered
            for href in offered:
                assert "can’t be compared" not in see(href).words, (address, href)
    assert looked


def test_a_comparison_without_a_text_leads_to_the_nearest_that_are_held() -> None:
    """A reader would be left with the news that nothing can be compared."""
    bare = {"text_capture": None}
    versions = [
        version(date(2010 + n, 1, 1), id=VersionId(f"v{n}"), **({} if n in (0, 2, 5) else bare))
        for n in range(6)
    ]
    found = nearest_pair(versions, versions[3], versions[4])
    assert found is not None
    assert [v.id for v in found] == ["v2", "v5"]
    assert nearest_pair(versions[:2], versions[0], versions[1]) is None
    assert not comparable(version(D, text_damaged=True))


def test_where_no_text_is_held_the_next_step_stands(see: See, examples: dict[str, Example]) -> None:
    """A reader would not know how the text can be had."""
    words = see(examples["unheld"].address).words
    assert "To bring a text in, save its page" in words
    assert "Its page at the publisher" in words or "No address of its page is known" in words


def test_nothing_found_says_what_was_searched(see: See) -> None:
    """ "No instruction holds these words" is not known: few of the texts are held."""
    words = see("/search?q=zzqqzz").words
    assert "No title and no text held of the instructions in force or in dispute" in words
    assert "No instruction" not in words


def test_a_hit_links_to_the_words_and_keeps_them_in_the_box(see: See) -> None:
    """The reader would search the page again for the words just searched for."""
    found = see("/search?q=applications+order&on=2019-01-01").soup.select(".hits h2 a")
    first = next(str(a["href"]) for a in found if ":~:text=" in str(a["href"]))
    assert "q=applications+order" in first
    page = see(first.partition("#")[0])
    box = page.soup.select_one("#q")
    assert box is not None
    assert box["value"] == "applications order"
    marked = unquote(first.partition(":~:text=")[2].partition("&")[0]).replace("-,", " ").replace(",-", " ")
    assert marked in " ".join(page.words.split())


def test_another_day_for_words_left_in_the_box_keeps_the_page(client: FlaskClient) -> None:
    """Whoever sets the day of an instruction found would be led back to a search."""
    there = client.get("/go?at=J1.1&was=||visa+order&q=visa+order&on=2019-08-15").headers["Location"]
    assert there == "/J1.1/on/2019-08-15?q=visa+order"
    assert "/search" in client.get("/go?at=J1.1&was=||visa+order&q=visa+order").headers["Location"]
    assert "/search" in client.get("/go?at=J1.1&was=||visa&q=visa+order&on=2019-08-15").headers["Location"]


def test_text_directives_spell_what_has_a_meaning_there() -> None:
    """A dash or a comma of the text would be read as part of the directive."""
    found = text_directives(
        (SnippetPiece("a ", False), SnippetPiece("part-time, full", True), SnippetPiece("!", False))
    )
    assert found == "text=a-,part%2Dtime%2C%20full"
    assert text_directives(()) == ""


# ---------------------------------------------------------------- not yet in force


ANNOUNCED = """<html><head><title>ZY1.1 x</title></head><body><table><tr><td id="main">
<p class="heading4">ZY1.1 Aim{suffix}</p><p class="bodytext">Some words{more}.</p>
<p class="effectivedate">Effective {day}</p></td></tr></table></body></html>"""


@pytest.fixture(scope="module")
def announced(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A code with one version in force and one that begins in 2027."""
    pages = [("opsmanual/1", "01/01/2020", ""), ("opsmanual/2", "01/02/2027", " and more")]
    raws = [
        RawCapture(
            data=ANNOUNCED.format(suffix="", day=day, more=more).encode(), media="html", address=None,
            site_path=SitePath(path), captured_at=datetime(2026, 8, 1, tzinfo=UTC), filename=f"{n}.htm",
        )
        for n, (path, day, more) in enumerate(pages)
    ]  # fmt: skip
    home = make_home(tmp_path_factory.mktemp("announced"), raws)
    return create_app({"HOME": home, "TODAY": lambda: TODAY}).test_client()


def _soup(client: FlaskClient, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).get_data(as_text=True), "html5lib")


def test_a_version_not_yet_in_force_is_marked_in_every_list(announced: FlaskClient) -> None:
    """A version of next year would pass for one of those that count."""
    with_marks = ("/ZY1.1/history", "/changes/2020-01-01/2028-01-01", "/search?q=more&when=any")
    for address in with_marks:
        marks = [tag.get_text() for tag in _soup(announced, address).select(".tag.not_yet")]
        assert "not yet in force" in marks, address
    assert not _soup(announced, "/changes/2020-01-01/2026-01-01").select(".tag.not_yet")


def test_the_page_that_will_change_says_so_at_its_top(announced: FlaskClient) -> None:
    """An officer would learn at the foot of the page that the text changes next month."""
    main = _soup(announced, "/ZY1.1").main
    assert main is not None
    words = " ".join(main.get_text(" ").split())
    assert "This will change: another version is to come into force on 1 February 2027" in words
    assert words.index("This will change") < words.index("Some words")


# ---------------------------------------------------------------- addresses, requests


def test_addresses_come_from_the_settings_and_never_from_the_request(specimen_home: Path) -> None:
    """Whoever sends a forged Host header could put an address of his into a citation that others are shown."""
    here = {"HOME": specimen_home, "TODAY": lambda: TODAY}
    bare = create_app(here).test_client()
    html = bare.get("/J1.1", base_url="http://evil.example/").get_data(as_text=True)
    assert "evil.example" not in html
    assert "/J1.1/on/2026-09-01" in html
    assert "an address of this machine only" in html
    named = create_app({**here, "ORIGIN": "https://manual.example/"}).test_client()
    html = named.get("/J1.1", base_url="http://evil.example/").get_data(as_text=True)
    assert "https://manual.example/J1.1/on/2026-09-01" in html
    assert "of this machine" not in html


def test_the_path_under_which_it_is_mounted_stands_in_every_address(specimen_home: Path) -> None:
    """Behind a prefix every link, and the address that is cited, would lead nowhere."""
    app = create_app({"HOME": specimen_home, "TODAY": lambda: TODAY, "ORIGIN": "https://manual.example"})
    response = app.test_client().get("/J1.1", environ_overrides={"SCRIPT_NAME": "/nz"})
    soup = BeautifulSoup(response.get_data(as_text=True), "html5lib")
    own = [str(tag[name]) for name in ("href", "action") for tag in soup.select(f"[{name}]")]
    ours = (
        "/nz/",
        "#",
        "https://manual.example/nz/",
        "https://specimen.example/",
        "https://www.legislation.govt.nz/",
    )
    assert all(href.startswith(ours) for href in own)
    assert "https://manual.example/nz/J1.1/on/2026-09-01" in response.get_data(as_text=True)


def test_forwarded_headers_count_only_from_a_proxy_that_is_named(specimen_home: Path) -> None:
    """Anybody could move the links of a page that others are shown from a cache."""
    forwarded = {"X-Forwarded-Prefix": "/nz", "X-Forwarded-Host": "evil.example"}
    for proxies, peer, moved in (
        ("", "127.0.0.1", False),
        ("10.0.0.7, unix", "127.0.0.1", False),
        ("10.0.0.7, unix", "10.0.0.7", True),
        ("10.0.0.7, unix", "", True),
    ):
        client = create_app({"HOME": specimen_home, "TODAY": lambda: TODAY, "PROXIES": proxies}).test_client()
        html = client.get("/J1.1", headers=forwarded, environ_overrides={"REMOTE_ADDR": peer}).get_data(
            as_text=True
        )
        assert ('href="/nz/coverage"' in html) is moved, (proxies, peer)
        assert "evil.example" not in html


def test_unknown_parameters_make_no_new_cache_entries(specimen_home: Path) -> None:
    """A link with a tracking parameter for each reader would empty the cache of pages."""
    app = create_app({"HOME": specimen_home, "TODAY": lambda: TODAY})
    client = app.test_client()
    first = client.get("/contents").headers["ETag"]
    for address in ("/contents?utm_source=x", "/contents?a=1&b=2"):
        assert client.get(address).headers["ETag"] == first
    one = client.get("/search?q=visa&on=2019-01-01").headers["ETag"]
    assert client.get("/search?on=2019-01-01&q=visa&q=other").headers["ETag"] == one
    assert client.get("/search?on=2020-01-01&q=visa").headers["ETag"] != one
    assert len(app.extensions["inforce"].cache._kept) == 3


def test_if_none_match_any_is_answered_by_what_is_there(client: FlaskClient) -> None:
    """An address that does not exist was answered 304: nothing has changed."""
    anything = {"If-None-Match": "*"}
    for address in ("/J9.99", "/no/such", "/hello-world", "/J1.1/on/0"):
        assert client.get(address, headers=anything).status_code in (400, 404), address
    response = client.get("/J1.1", headers=anything)
    assert response.status_code == 304
    assert response.data == b""
    assert response.headers["ETag"] == client.get("/J1.1").headers["ETag"]


def test_the_small_server_writes_no_query_down(specimen_home: Path, caplog: pytest.LogCaptureFixture) -> None:
    """`inforce serve` would print what a case is about on its terminal."""
    import threading

    from werkzeug.serving import make_server

    from webapp.access_log import PathsOnly

    app = create_app({"HOME": specimen_home, "TODAY": lambda: TODAY})
    server = make_server("127.0.0.1", 0, app, request_handler=PathsOnly)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        with caplog.at_level(logging.INFO, "werkzeug"):
            urlopen(f"http://127.0.0.1:{server.server_port}/search?q=secret+words").read()
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert "/search" in caplog.text
    assert "secret" not in caplog.text


# ---------------------------------------------------------------- contents


@pytest.fixture(scope="module")
def register_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("register")
    load(home, register_files(), captured=None, now=datetime(2026, 11, 22, tzinfo=UTC))
    return home


def test_the_register_is_compiled_and_not_captured(register_home: Path) -> None:
    """The day on which the register was made passed for the day of a saved page."""
    with KnowledgeBase(register_home) as kb:
        found = kb.contents_on(When(TODAY.replace(year=2030)))
        assert found.captured is None
        assert found.compiled is not None
        page = contents_page(kb, When(TODAY.replace(year=2030)))
        frame = Frame(today=TODAY, on=TODAY.replace(year=2030), day_chosen=True)
        html = render(page, SiteLinks(static_names={"inforce.css": "x", "mark.svg": "y"}), frame)
        assert "Order and headings as captured" not in html
        assert "the register that comes with this program" in html
        assert "compiled later" in kb.contents_on(When(date(2000, 1, 1))).note


def test_contents_count_a_code_once(register_home: Path) -> None:
    """WS3 and Q3 are printed twice, and were counted twice."""
    with KnowledgeBase(register_home) as kb:
        found = kb.contents_on(When(TODAY))
        coded = [entry.code for entry in found.entries if entry.code and entry.status]
        assert len(coded) > len(set(coded))
        assert sum(n for name, n in found.totals.items() if name.startswith("status:")) == len(set(coded))


@pytest.mark.parametrize("typed", ["%2346513.htm", "46513", "https://www.example.org/opsmanual/46513.htm"])
def test_an_address_of_the_publisher_that_no_page_is_known_by_says_so(see: See, typed: str) -> None:
    """It was searched for as words, and the answer was about titles and texts."""
    page = see(f"/go?q={typed}")
    assert "No page that was read is known by the publisher’s address 46513." in page.words
    assert any(href.startswith("/wanted") for href in page.hrefs())
    assert "publisher’s address" not in see("/search?q=seasonal").words
    assert "publisher’s address" not in see("/search?q=2019").words


def test_contents_of_unknown_day_are_not_said_to_be_captured(tmp_path: Path) -> None:
    """The day of loading stood there as the day of the capture."""
    toc = next(raw for raw in specimen_captures() if raw.site_path and raw.site_path.endswith("/toc"))
    home = make_home(tmp_path / "home", [replace(toc, captured_at=None)])
    client = create_app({"HOME": home, "TODAY": lambda: TODAY}).test_client()
    words = " ".join(client.get("/contents").get_data(as_text=True).split())
    assert "as a page of unknown day has them, loaded on 20 August 2026." in words
    assert "captured on 20" not in words
    said = client.get("/api/v1/contents").json
    assert said is not None
    assert (said["captured"], said["loaded"]) == (None, "2026-08-20")
    earlier = client.get("/contents/on/2020-01-01").get_data(as_text=True)
    assert "those of the contents loaded later, on 20 August 2026." in earlier


def test_a_copy_into_which_nothing_was_loaded_says_so(tmp_path: Path) -> None:
    """That its knowledge base "can't be read" would send whoever keeps it looking for damage."""
    page = create_app({"HOME": tmp_path}).test_client().get("/")
    assert page.status_code == 503
    assert "Nothing was loaded into this copy yet." in page.get_data(as_text=True)
