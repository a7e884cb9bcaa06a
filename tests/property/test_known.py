"""The second dial: what is answered as known by a day is what a home of only the pages known by then answers."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from soak import examples
from toy_pages import contents, instruction, raw, take

from indexer import build
from manual.captures import RawCapture
from manual.dates import local_day
from manual.errors import NotFound
from manual.load import load_captures
from manual.model import Code, EndClaim, Finding, ParsedPage, Statement, When
from manual.pages import as_json
from manual.pages.links import code_segment
from manual.queries import KnowledgeBase
from manual.specimen import specimen_captures
from webapp import create_app

FIRST = date(2012, 1, 1)
STEP = timedelta(days=10)
LATELY = date(2012, 12, 1)
RECORDED = datetime(2012, 3, 20, 12, tzinfo=UTC)
"""When pages of unknown day were taken in: in the midst of the days on which the others were seen."""
LATER = datetime(2012, 8, 20, 12, tzinfo=UTC)
"""When the others were taken in: no page can have been seen after that."""
CODES = ("ZF1.5", "ZF1.5.1", "ZF1.7", "ZF2.1")
NONE = Code("ZF9.9")

starts = st.integers(0, 6).map(lambda n: FIRST + STEP * n)
seen = st.integers(3, 14).map(lambda n: FIRST + STEP * n)
codes = st.sampled_from(CODES)


def mostly(usual: st.SearchStrategy[Any], seldom: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(usual, usual, usual, seldom)


@st.composite
def instructions(draw: st.DrawFn) -> ParsedPage:
    """Few starts, ends, words and addresses, so that codes take over texts and addresses from each other."""
    code = draw(codes)
    end = st.builds(EndClaim, starts, st.just("note"), st.just("excluded"))
    own, shared = [f"only {code}"], draw(st.sampled_from(["one", "two", "three"]))
    found = instruction(
        code,
        draw(mostly(starts, st.none())),
        title=draw(st.sampled_from(["Kites", "Marbles"])),
        words=draw(mostly(st.just(own), st.just([shared]))),
        address=f"toys/{draw(st.integers(0, 3))}",
        old=draw(mostly(st.just(False), st.just(True))),
        until=draw(mostly(st.none(), end)),
        listed=draw(st.lists(starts, max_size=3)),
        refs=draw(st.lists(st.sampled_from(["ZF1.5(a)", "ZF1.5.1(a)", "ZF2.1"]), unique=True, max_size=2)),
    )
    return replace(
        found,
        statements=(*found.statements, *draw(st.lists(moves(code), max_size=1))),
        findings=draw(st.lists(st.just(Finding("error", "odd_code", "a knot in the string", Code(code))))),
    )


def moves(code: str) -> st.SearchStrategy[Statement]:
    return codes.map(lambda to: Statement(kind="move", code=Code(code), title="Kites", moved_to=Code(to)))


@st.composite
def tables(draw: st.DrawFn) -> ParsedPage:
    listed = draw(st.lists(codes, unique=True, max_size=4))
    top = draw(st.sampled_from(["Toys", "Games"]))
    lines = [("section", code, draw(st.sampled_from(["Kites", "Tops"])), top) for code in listed]
    return contents(("top", "", top, None), *lines)


@st.composite
def renumbered(draw: st.DrawFn) -> list[RawCapture]:
    """A text that one code loses on the day on which another begins with it: the two are linked once both were seen."""
    one, other = draw(st.lists(codes, unique=True, min_size=2, max_size=2))
    words, day = [draw(st.sampled_from(["four", "five"]))], draw(starts)
    end = EndClaim(day, "note", "excluded")
    old = instruction(one, day - STEP, words=words, address=f"toys/{one}-old", until=end)
    new = instruction(other, day, words=words, address=f"toys/{other}-new")
    return [raw(old, draw(seen)), raw(new, draw(seen))]


bytes_of_no_page = st.sampled_from([b"no page, only sand", b"fault of a wheel"])
single = st.builds(raw, instructions() | instructions() | tables() | bytes_of_no_page, st.none() | seen)


@st.composite
def seen_again(draw: st.DrawFn) -> list[RawCapture]:
    """The same bytes on two days, the address known of one of them only."""
    one = draw(single)
    moment = raw(b"", draw(st.none() | seen)).captured_at
    return [one, replace(one, captured_at=moment, address="https://toys.example/1.htm", filename="again.htm")]


captures = st.builds(
    lambda alone, pairs: [*alone, *(one for pair in pairs for one in pair)],
    st.lists(single, min_size=2, max_size=7),
    st.lists(renumbered() | seen_again(), min_size=1, max_size=3),
)


@st.composite
def known_days(draw: st.DrawFn, given: Sequence[RawCapture]) -> date:
    """Mostly a day by which something was seen, and before the last one: or nothing would be left out."""
    days = sorted({local_day(c.captured_at or RECORDED) for c in given})
    return draw(st.sampled_from(days[len(days) // 2 - 1 :] or days)) - timedelta(days=draw(st.integers(0, 1)))


def taken(home: Path, given: Sequence[RawCapture]) -> None:
    take(home, *(c for c in given if c.captured_at is None), now=RECORDED)
    take(home, *(c for c in given if c.captured_at is not None), now=LATER)
    indexed(home)


def indexed(home: Path) -> None:
    with KnowledgeBase(home) as kb:
        build(kb.documents(), home / "index", kb_digest=kb.digest)


def known_by(given: Sequence[RawCapture], known: date) -> list[RawCapture]:
    return [c for c in given if local_day(c.captured_at or RECORDED) <= known]


# ---------------------------------------------------------------- everything that is answered, as plain values


def _answers(kb: KnowledgeBase, codes: Sequence[Code], when: When) -> Iterator[tuple[str, Any]]:
    """Of each code what is asked for one day."""
    for code in codes:
        answer = kb.in_force_on(code, when)
        held = answer.version if answer.version and answer.version.text_held else None
        text = kb.text_of(held, when.known) if held else None
        yield f"show {code}", as_json.answer_json(answer, texts={held.id: text} if held and text else {})
        for version in (*answer.candidates, *([answer.version] if answer.version else [])):
            yield f"captures {version.id}", [kb.capture(sha, when.known) for sha in version.captures]
        yield f"around {code}", [
            kb.path_to(code, when), kb.neighbours(code, when), kb.children(code, when),
            kb.entries_on(code, when), kb.referrers(code, when), kb.title_of(code, when),
            kb.follow(f"{code}(a)", when), kb.compare(code, FIRST, when.on, when.known),
        ]  # fmt: skip


def _histories(kb: KnowledgeBase, codes: Sequence[Code], known: date) -> Iterator[tuple[str, Any]]:
    for code in codes:
        try:
            history = as_json.history_json(kb.history_of(code, known), known)
        except NotFound as missing:
            history = {"missing": str(missing)}
        yield f"history {code}", history
        yield f"rest {code}", [
            kb.links_of(code, known), kb.changes_of(code, known),
            kb.part_of(code, known), kb.newest_title(code, known), kb.nearest_codes(code, known=known),
            kb.learned(code, known=known),
        ]  # fmt: skip


def _whole(kb: KnowledgeBase, when: When) -> Iterator[tuple[str, Any]]:
    on, known = when.on, when.known
    yield "contents", as_json.contents_json(kb.contents_on(when))
    yield "printed", as_json.contents_json(kb.contents_printed(known))
    yield "changes", as_json.changes_json(FIRST, on, kb.changes_between(FIRST, on, known), known)
    yield "coming", as_json.coming_json(when, kb.coming(when))
    yield "counts", kb.change_counts([(FIRST, on)], known)
    yield "check", as_json.check_json(kb.findings(None, known), known)
    coverage = kb.coverage(known)
    yield "coverage", [coverage.parts, coverage.total, coverage.captures, list(coverage.documents.items())]
    yield "severities", list(coverage.findings.items())
    yield "wanted", [kb.wanted(when), kb.wanted(when, stale=30)]
    yield "replay", kb.replay(FIRST, None, known)
    yield "others", [asdict(other) for other in kb.other_documents(known)]
    yield (
        "lists",
        [dict(kb.titles_on(when)), dict(kb.answers_on(when)), dict(kb.outlines(known)), kb.codes(known)],
    )
    yield "documents", [list(kb.documents(known)), kb.places(known)]
    yield "days", [kb.days_of_change(known), kb.newest_capture(known)]


def _everything(home: Path, codes: Sequence[Code], when: When, order: Sequence[int]) -> dict[str, Any]:
    """`order`: which questions come first. What one of them derives must not change what another says."""
    assert when.known is not None
    with KnowledgeBase(home) as kb:
        asked = [
            lambda: _answers(kb, codes, when),
            lambda: _histories(kb, codes, when.known),
            lambda: _whole(kb, when),
        ]
        return dict(item for n in order for item in asked[n]())


def _addresses(kb: KnowledgeBase, codes: Sequence[Code], when: When) -> Iterator[str]:
    on, known = when.on, when.known
    for code in codes:
        place = f"/{code_segment(code)}"
        yield from (place, f"{place}/on/{on}", f"{place}/history", f"{place}/compare/{FIRST}/{on}")
        yield from (f"{place}/timemap", f"{place}/changes.atom")
        if code in kb.codes(known):
            yield from (f"{place}/version/{v.id}" for v in kb.history_of(code, known).versions)
    yield from (
        "/",
        "/contents",
        f"/contents/on/{on}",
        f"/changes/{FIRST}/{on}",
        "/changes",
        "/changes.atom",
        "/coming",
        "/coverage",
        "/wanted",
        "/findings",
    )
    yield f"/case?codes={','.join(codes)}&on={on}"
    yield f"/case?codes={','.join(codes)}&on={on}&decision=2026-01-01"
    yield f"/search?q=kites+tops+four+ZF1.5&on={on}"
    yield "/search?q=marbles+OR+only+OR+status:undated&when=any"
    yield f"/suggest?q=ki&on={on}"


def _page(client: FlaskClient, address: str, known: date) -> tuple[int, str, str]:
    found = client.get(f"{address}{'&' if '?' in address else '?'}known={known}")
    return found.status_code, found.headers.get("Location", ""), found.get_data(as_text=True)


def _require_same_pages(whole: Path, part: Path, codes: Sequence[Code], when: When) -> None:
    assert when.known is not None
    apps = [create_app({"HOME": home, "TODAY": lambda: LATELY}) for home in (whole, part)]
    with KnowledgeBase(part) as kb:
        addresses = list(_addresses(kb, codes, when))
    for address in addresses:
        one, other = (_page(app.test_client(), address, when.known) for app in apps)
        assert one == other, address


def _require_same(
    whole: Path, part: Path, codes: Sequence[Code], when: When, order: Sequence[int] = (0, 1, 2)
) -> None:
    one, other = (_everything(home, codes, when, order) for home in (whole, part))
    assert one.keys() == other.keys()
    for name, said in one.items():
        assert said == other[name], name
    _require_same_pages(whole, part, codes, when)


# ---------------------------------------------------------------- the property


@examples(10, 500)
@given(
    captures.flatmap(lambda given: st.tuples(st.just(given), known_days(given))),
    seen,
    st.permutations(range(3)),
)
def test_what_was_known_by_a_day_is_what_the_pages_seen_by_then_say(
    case: tuple[list[RawCapture], date], on: date, order: list[int]
) -> None:
    """A page seen later would tell of a day on which nobody could know it, and a case be judged by hindsight."""
    given, known = case
    with tempfile.TemporaryDirectory() as folder:
        whole, part = Path(folder) / "whole", Path(folder) / "part"
        taken(whole, given)
        taken(part, known_by(given, known))
        _require_same(whole, part, [*map(Code, CODES), NONE], When(on, known), order)


TAKEN_IN = datetime(2026, 8, 20, tzinfo=UTC)


@pytest.mark.parametrize("known", [date(2024, 6, 1)])
def test_the_specimen_as_known_by_a_day_is_the_specimen_of_that_day(tmp_path: Path, known: date) -> None:
    """The same with pages in the real shape, read by the real parser."""
    given = list(specimen_captures())
    early = known_by(given, known)
    assert 0 < len(early) < len(given)
    whole, part = tmp_path / "whole", tmp_path / "part"
    load_captures(whole, given, now=TAKEN_IN)
    load_captures(part, early, now=TAKEN_IN)
    for home in (whole, part):
        indexed(home)
    with KnowledgeBase(whole) as kb:
        codes = kb.codes()[::7]
    _require_same(whole, part, codes, When(date(2023, 3, 1), known))
