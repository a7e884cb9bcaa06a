"""What pages are made of, without a server: words, places, the timeline's geometry, references, addresses."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from manual.model import Block, Code, History, Ref, Span, Validity, Version, VersionId, When
from manual.pages.changes_page import changes_page
from manual.pages.compare_page import compare_page
from manual.pages.contents_page import contents_page, tree
from manual.pages.coverage_page import coverage_page, findings_page
from manual.pages.frame import Frame
from manual.pages.history_page import history_page
from manual.pages.home_page import AboutPage, glossary_page, home_page
from manual.pages.instruction import instruction_page
from manual.pages.links import EditionLinks, Place, SiteLinks, typed_code
from manual.pages.render import Page, render
from manual.pages.source_page import web_address
from manual.pages.text import Node, Target, nodes, pieces
from manual.pages.timeline import timeline
from manual.pages.version_strip import versions_beside
from manual.pages.words import validity_sentence
from manual.queries import KnowledgeBase
from manual.queries.results import ContentsEntry
from tests.site.conftest import TODAY

D = date(2024, 8, 1)


def version(first: date | None, until: date | None = None, **more: object) -> Version:
    made = Version(
        id=VersionId(f"v{first}"), code=Code("A16.1"), title="Order", validity=Validity(first, until),
        basis_from="foot" if first else None, basis_until="successor" if until else None,
    )  # fmt: skip
    return dataclasses.replace(made, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (version(D, date(2024, 10, 7)), "In force from 1 August 2024 until 7 October 2024, when it was replaced. "
         "Last day in force: 6 October 2024."),
        (version(D), "In force from 1 August 2024; no end is known."),
        (version(None), "In force; its first day is not known; no end is known."),
        (version(D, date(2027, 1, 1), basis_until="revocation"), "In force from 1 August 2024 until 1 January 2027, "
         "when it is revoked. Last day in force: 31 December 2026."),
        (version(date(2027, 2, 1)), "To come into force on 1 February 2027; no end is known."),
    ],
)  # fmt: skip
def test_validity_names_the_last_day_with_force_and_the_first_without(made: Version, words: str) -> None:
    """ "Until 7 October" is read both ways; one of them is wrong by a day."""
    assert validity_sentence(made, TODAY) == words


def test_overlapping_and_impossible_references_stay_text() -> None:
    """A reference with a wrong span would repeat or drop words of an instruction."""
    refs = (
        Ref(0, 5, "A1", "resolved"),
        Ref(3, 8, "A2", "resolved"),
        Ref(9, 99, "A3", "resolved"),
        Ref(7, 7, "A4", "law"),
    )
    found = pieces("A1(b) or A2", refs, lambda target: Target(code=target, state="link"))
    assert [piece.text for piece in found] == ["A1(b)", " or A2"]


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=6))
def test_pieces_join_to_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    """Words of an instruction would be lost or doubled on the page."""
    refs = [Ref(start, end, "A1", "resolved") for start, end in spans]
    assert "".join(p.text for p in pieces(text, refs, lambda target: Target())) == text


def test_items_that_follow_each_other_make_one_list() -> None:
    """A list cut by a heading would be one list, or each item a list of its own."""
    blocks = [Block(kind=k, text=k) for k in ("item", "item", "heading", "item", "paragraph")]  # type: ignore[arg-type]
    drawn: tuple[Node, ...] = nodes(blocks, lambda target: Target())
    assert [(n.kind, len(n.children)) for n in drawn] == [
        ("list", 2),
        ("heading", 0),
        ("list", 1),
        ("paragraph", 0),
    ]


DAYS = st.dates(date(1999, 1, 1), date(2030, 1, 1))


@given(st.lists(DAYS, min_size=1, max_size=12, unique=True), DAYS)
def test_timeline_bars_lie_within_the_picture_and_in_order(days: list[date], on: date) -> None:
    """A bar would stick out, or stand before an earlier one."""
    days.sort()
    ends: list[date | None] = [*days[1:], None]
    versions = tuple(version(first, until) for first, until in zip(days, ends, strict=True))
    spans = (
        Span(first=None, until=days[0], answer="before_record", versions=(versions[0].id,)),
        *(
            Span(
                first=v.validity.effective_from,
                until=v.validity.effective_until,
                answer="in_force",
                versions=(v.id,),
            )
            for v in versions
        ),
    )
    drawn = timeline(History(code=Code("A1"), versions=versions, spans=spans), on, TODAY)
    lefts = [float(row.bars[0].x[:-1]) for row in drawn.rows]
    assert lefts == sorted(lefts)
    for bar in (*drawn.strip, *(bar for row in drawn.rows for bar in row.bars)):
        assert 0 <= float(bar.x[:-1]) <= 100
        assert float(bar.x[:-1]) + float(bar.width[:-1]) <= 100.5
    assert 0 <= float(drawn.today_x[:-1]) <= 100
    assert 1 <= len(drawn.ticks) <= 8


def test_disputed_days_are_hatched_on_every_candidate() -> None:
    """A dispute would look like two versions in force at once."""
    one, other = version(D, D + timedelta(30)), version(D + timedelta(10))
    spans = (
        Span(first=D, until=D + timedelta(10), answer="in_force", versions=(one.id,)),
        Span(first=D + timedelta(10), until=None, answer="disputed", versions=(one.id, other.id)),
    )
    drawn = timeline(History(code=Code("A1"), versions=(one, other), spans=spans), TODAY, TODAY)
    assert [[bar.kind for bar in row.bars] for row in drawn.rows] == [["unheld", "disputed"], ["disputed"]]
    assert drawn.on_x == ""


@pytest.mark.parametrize(
    ("named", "on", "words", "links"),
    [
        ([], D - timedelta(1), "3 versions", ["after 2024-08-01"]),
        ([0], D, "Version 1 of 3", ["after 2024-08-11"]),
        ([1], D + timedelta(10), "Version 2 of 3", ["before 2024-08-01", "after 2024-08-31"]),
        ([0, 1], D + timedelta(5), "3 versions", ["after 2024-08-31"]),
        ([2], TODAY, "Version 3 of 3", ["before 2024-08-11"]),
    ],
)
def test_versions_beside_are_those_around_the_ones_shown(
    named: list[int], on: date, words: str, links: list[str]
) -> None:
    """The version before would be the one shown, or one between two candidates would be left out."""
    days = [D, D + timedelta(10), D + timedelta(30), None]
    versions = tuple(version(days[n], days[n + 1]) for n in range(3))
    spans = tuple(
        Span(
            first=v.validity.effective_from,
            until=v.validity.effective_until,
            answer="in_force",
            versions=(v.id,),
        )
        for v in versions
    )
    history = History(code=Code("A1"), versions=versions, spans=spans)
    found = versions_beside(history, [versions[n] for n in named], on, TODAY, picture=True)
    assert found.words == words
    assert [f"{link.words.removeprefix('Version ')} {link.at}" for link in found.links] == links


def entry(code: str | None, title: str, parent: str | None, kind: str = "section") -> ContentsEntry:
    return ContentsEntry(
        line=1, code=Code(code) if code else None, title=title, depth=0, parent=parent, kind=kind
    )  # type: ignore[arg-type]


def test_tree_follows_names_and_loses_nothing() -> None:
    """WR3.5 is printed last and stands under WR3; an entry whose parent is missing would vanish."""
    found = tree([
        entry(None, "Residence", None, "top"), entry("WR3", "Chapter", "Residence"), entry("X1", "Stray", "X"),
        entry("WR3.5", "Late", "WR3"), entry("L1", "Itself", "L1"),
    ])  # fmt: skip
    assert [branch.entry.title for branch in found] == ["Residence", "Stray", "Itself"]
    assert found[0].children[0].children[0].entry.code == "WR3.5"


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JAVASCRIPT://x/%0aalert(1)", "data:text/html,x", "//evil", "", None, 'https://a"b', "https://",
     "https://exa mple", "http\n://x", "https://ex\u202eample"],
)  # fmt: skip
def test_only_plain_web_addresses_are_linked_to(address: str | None) -> None:
    """A capture's stated address would run as script."""
    assert web_address(address) == ""


def test_place_of_a_form_field_is_never_trusted() -> None:
    """A forged field would lead out of the site."""
    links = SiteLinks(static_names={})
    for token in (
        "//evil.example", "https://evil.example", "../..", "", "home", "\\evil", "a/b/c", "law://evil.example", "law:",
        "circular:../..", "changes/2024-01-01//evil.example", "javascript:alert(1)",
    ):  # fmt: skip
        assert links.place(Place.from_token(token), None).startswith("/")
        assert not links.place(Place.from_token(token), None).startswith("//")
    for place in (
        Place(view="instruction", code="A16.1"),
        Place(view="history", code="A16.1"),
        Place(view="contents"),
        Place(view="changes", first="2024-01-01", second="2025-01-01"),
        Place(view="work", first="law:specimen-harbours-act-1999/s49"),
        Place(view="circulars"),
        Place(view="citecheck"),
    ):
        assert Place.from_token(place.token) == place
    assert typed_code("Appendix-13") == "Appendix 13"


LAW = "https://www.legislation.govt.nz/"
"""Where law that is not held is read: no page of an edition is."""


def every_page(kb: KnowledgeBase) -> list[Page]:
    code, on = Code("J1.1"), date(2019, 1, 1)
    first: list[Page] = [
        home_page(kb, None, TODAY), contents_page(kb, When(on)), coverage_page(kb, None), findings_page(kb, None),
        AboutPage(), glossary_page(),
        history_page(kb, code, When(on), TODAY), changes_page(kb, date(2018, 1, 1), date(2021, 1, 1), None),
        compare_page(kb, code, on, date(2023, 1, 1), layout="", known=None, today=TODAY),
    ]  # fmt: skip
    return first + [instruction_page(kb, c, When(on), TODAY) for c in kb.codes()]


def test_static_edition_draws_the_same_pages_with_relative_links_alone(specimen_home: Path) -> None:
    """The edition would point at a server that its reader does not have."""
    links = EditionLinks(here="J1.1/on/2019-01-01.html", on=date(2019, 1, 1))
    frame = Frame(today=TODAY, on=date(2019, 1, 1), day_chosen=True, made_on=TODAY)
    with KnowledgeBase(specimen_home) as kb:
        for page in every_page(kb):
            soup = BeautifulSoup(render(page, links, frame), "html5lib")
            assert soup.find("form") is None, page.template
            for tag in soup.select("[href]"):
                href = str(tag["href"])
                assert href.startswith(("../../", "#", "https://specimen.example/", LAW)), (
                    page.template,
                    href,
                )
                page_or_feed = ".html" in href or href.endswith(".atom")
                assert page_or_feed or href.startswith(("#", "https://", "../../_static/")), href


def test_site_and_edition_say_the_same_words(specimen_home: Path) -> None:
    """Two editions of one answer would disagree."""
    site = SiteLinks(on=date(2019, 1, 1), static_names={"inforce.css": "x", "mark.svg": "y"})
    edition = EditionLinks(here="J1.1.html", on=date(2019, 1, 1))
    frame = Frame(today=TODAY, on=date(2019, 1, 1), day_chosen=True)
    with KnowledgeBase(specimen_home) as kb:
        for code in kb.codes()[:20]:
            page = instruction_page(kb, code, When(date(2019, 1, 1)), TODAY)
            words = [_text(render(page, links, frame)) for links in (site, edition)]
            assert words[0] == words[1], code


def _text(html: str) -> list[str]:
    found = BeautifulSoup(html, "html5lib").select_one(".text")
    for cite in found.select(".cite") if found else []:
        cite.decompose()  # a script of the edition shows it
    return found.get_text(" ").split() if found else []


def test_drawing_needs_nothing_of_a_request(specimen_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages would know Flask, and the edition would drag a server along."""
    import manual.pages

    for path in Path(manual.pages.__file__).parent.glob("*.py"):
        assert "flask" not in path.read_text("utf-8").lower().replace("flask site", ""), path.name
