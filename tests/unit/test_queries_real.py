"""The whole way from pages to answers: the specimen, and real captures (facts only) where they are at hand."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from manual.history.answers import in_force_on
from manual.history.deriving import history_of
from manual.load import load, load_captures, rebuild
from manual.model import Code, When
from manual.queries import KnowledgeBase
from manual.specimen import specimen_captures
from manual.store import files
from manual.store.forms import said_with
from manual.store.histories import Histories
from manual.store.read import Reader

NOW = datetime(2026, 9, 1, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def specimen_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("specimen")
    load_captures(home, specimen_captures(), now=NOW)
    return home


def _sample(home: Path, count: int) -> Iterator[tuple[Code, date]]:
    """Random days, and the days around every bound."""
    chance = random.Random(11)
    with KnowledgeBase(home) as kb:
        edges = [
            (code, day + DAY * chance.choice((-1, 0, 1)))
            for code in kb.codes()
            for span in kb.history_of(code).spans
            for day in (span.first, span.until)
            if day
        ]
        codes = kb.codes()
    yield from chance.choices(edges, k=count // 2)
    for _ in range(count // 2):
        yield chance.choice(codes), date(2009, 1, 1) + DAY * chance.randrange(7000)


def test_rebuilt_knowledge_base_gives_equal_answers(specimen_home: Path, tmp_path: Path) -> None:
    """Everything but the captures can be made again, to the last answer."""
    questions = list(_sample(specimen_home, 5000))
    with KnowledgeBase(specimen_home) as kb:
        right = [kb.in_force_on(code, When(day)) for code, day in questions]
        digest = kb.digest
    (specimen_home / "captures").rename(tmp_path / "captures")
    try:
        rebuild(tmp_path)
    finally:
        (tmp_path / "captures").rename(specimen_home / "captures")
    with KnowledgeBase(tmp_path) as kb:
        assert [kb.in_force_on(code, When(day)) for code, day in questions] == right
        assert kb.digest == digest


def test_one_page_after_another_equals_all_at_once(specimen_home: Path, tmp_path: Path) -> None:
    """A manual that grew over years answers like one loaded today."""
    captures = list(specimen_captures())
    random.Random(5).shuffle(captures)
    third = len(captures) // 3 + 1
    for first in range(0, len(captures), third):
        load_captures(tmp_path, captures[first : first + third], now=NOW)
    questions = list(_sample(specimen_home, 2000))
    with KnowledgeBase(specimen_home) as one, KnowledgeBase(tmp_path) as other:
        assert one.digest == other.digest
        assert one.findings() == other.findings()
        assert list(one.documents()) == list(other.documents())
        for code, day in questions:
            assert one.in_force_on(code, When(day)) == other.in_force_on(code, When(day))


def test_store_equals_history_of_what_it_was_told(specimen_home: Path) -> None:
    """SQL answers equal the pure function's, on real page shapes; findings of pages and remarks come from the store."""
    with Reader(files.path_in(specimen_home)) as reader, KnowledgeBase(specimen_home) as kb:
        store = Histories(reader._connection)
        histories = {
            code: history_of(
                code,
                [p for one in store.said_about(code) for p in said_with(one.statements, one.sights.seen)],
            )
            for code in kb.codes()
        }
        for code, day in _sample(specimen_home, 4000):
            stored, pure = kb.in_force_on(code, When(day)), in_force_on(histories[code], day)
            assert set(pure.findings) <= set(stored.findings)
            assert replace(stored, findings=()) == replace(pure, findings=())


def test_knowledge_of_a_later_day_never_changes_what_could_be_known(
    specimen_home: Path, tmp_path: Path
) -> None:
    """`known` T on everything equals no `known` on the captures taken by T."""
    captures = list(specimen_captures())
    days = sorted({capture.captured_at for capture in captures if capture.captured_at})
    moment = days[len(days) // 2]
    load_captures(tmp_path, [c for c in captures if c.captured_at and c.captured_at <= moment], now=NOW)
    with KnowledgeBase(specimen_home) as whole, KnowledgeBase(tmp_path) as part:
        for code, day in _sample(tmp_path, 1000):
            then, now = part.in_force_on(code, When(day)), whole.in_force_on(code, When(day, moment.date()))
            assert (then.answer, then.version, then.candidates) == (now.answer, now.version, now.candidates)
        assert part.contents_on(When(days[0].date())).entries == (
            whole.contents_on(When(days[0].date(), moment.date())).entries
        )


def test_specimen_is_whole_and_every_document_findable(specimen_home: Path) -> None:
    """No page of the demonstration may be misread unnoticed."""
    with KnowledgeBase(specimen_home) as kb:
        kb.check()
        assert "not_understood" not in kb.coverage().documents
        documents = list(kb.documents())
        assert len({document.id for document in documents}) == len(documents)
        for document in documents:
            assert bool(document.passages) == document.text_held, document.id


# ---------------------------------------------------------------- real captures


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    home = tmp_path_factory.mktemp("real")
    load(home, [shared / "captures"], captured=date(2026, 8, 11), now=NOW)
    load(home, [shared / "seeds"], captured=date(2026, 8, 1), now=NOW)
    with KnowledgeBase(home) as kb:
        yield kb


@pytest.mark.shared
@pytest.mark.parametrize(
    ("code", "on", "answer", "start", "held"),
    [
        ("A16.1", "2010-11-28", "before_record", None, None),
        ("A16.1", "2010-11-29", "in_force", "2010-11-29", False),
        ("A16.1", "2021-07-18", "in_force", None, False),
        ("A16.1", "2021-07-19", "disputed", None, None),
        ("A16.1", "2021-11-23", "disputed", None, None),
        ("A16.1", "2021-11-24", "in_force", "2021-11-24", False),
        ("A16.1", "2021-12-09", "in_force", "2021-11-24", False),
        ("A16.1", "2021-12-10", "disputed", None, None),
        ("A16.1", "2022-02-28", "disputed", None, None),
        ("A16.1", "2022-03-01", "in_force", "2022-03-01", False),
        ("A16.1", "2025-03-31", "in_force", "2024-12-05", False),
        ("A16.1", "2025-04-01", "in_force", "2025-04-01", True),
        ("WA3.15", "2022-06-19", "before_record", None, None),
        ("WA3.15", "2025-12-07", "in_force", "2025-09-29", False),
        ("WA3.15", "2025-12-08", "in_force", "2025-12-08", True),
        ("WA3.25", "2024-01-01", "in_force", "2022-06-20", False),
        ("WA4.10", "2026-05-31", "in_force", "2026-03-09", False),
        ("WA4.10", "2026-06-01", "in_force", "2026-06-01", True),
        ("R6.1", "2023-06-30", "undated", None, None),
        ("R6.1", "2023-07-01", "ended", None, False),
        ("D7.40", "2024-04-11", "ended", None, False),
        ("F2.35", "2017-05-08", "disputed", None, None),
        ("F2.35", "2017-05-09", "ended", None, False),
        ("A16.11", "2025-04-01", "unknown_code", None, None),
    ],
)
def test_real_pages_answer(
    real: KnowledgeBase, code: str, on: str, answer: str, start: str | None, held: bool | None
) -> None:
    """The worked examples that the whole project is measured by."""
    found = real.in_force_on(Code(code), When(date.fromisoformat(on)))
    assert found.answer == answer
    assert (found.version.text_held if found.version else None) == held
    if start:
        assert found.version is not None
        assert found.version.validity.effective_from == date.fromisoformat(start)


@pytest.mark.shared
def test_real_histories_have_their_versions(real: KnowledgeBase) -> None:
    """Every row of every list of versions is a version, once."""
    counts = {
        code: len(real.history_of(Code(code)).versions) for code in ("A16.1", "WA3.15", "WJ2.10", "V3.1")
    }
    assert counts == {"A16.1": 26, "WA3.15": 17, "WJ2.10": 4, "V3.1": 2}
    assert real.in_force_on(Code("A16.11"), When(NOW.date())).nearest_codes[0] == "A16.1"


@pytest.mark.shared
def test_real_contents_have_every_entry(shared: Path, tmp_path: Path) -> None:
    """1,476 lines: each an entry or a version of one."""
    contents = next((shared / "seeds").glob("003_*.txt"))
    load(tmp_path, [contents], captured=date(2026, 8, 1), now=NOW)
    with KnowledgeBase(tmp_path) as kb:
        found = kb.contents_on(When(date(2026, 8, 1)))
        kinds = {
            kind: found.totals[kind] for kind in ("top", "heading", "part", "appendix", "appendix_child")
        }
        assert kinds == {"top": 10, "heading": 15, "part": 21, "appendix": 18, "appendix_child": 72}
        assert found.totals["section"] + 17 == 1088, "17 lines are old versions of sections"
        assert found.totals["chapter"] + 1 == 252, "one line is the older WJ5"
        assert "unlisted" not in found.totals
        lines = [entry.line for entry in found.entries if entry.line]
        assert lines == sorted(lines)
        codes = [entry.code for entry in found.entries]
        assert codes.index(Code("R5.6")) > codes.index(Code("R5.7"))
        assert codes.count(Code("WS3")) == 2


@pytest.mark.shared
def test_real_references_lead_somewhere(real: KnowledgeBase) -> None:
    """From pinpoint to pinpoint on the same day."""
    on = date(2026, 8, 11)
    assert [e.code or e.title for e in real.path_to(Code("WR3.5"), When(on))][-1] == "WR3"
    assert real.follow("WA3.30.1", When(on)).code == "WA3.30"
    for place in ("WA3.15.5(b)", "WA4.10(f)", "WA4.10.20(d)", "WA3.15.10(a)(vi)", "WA3.25(g)(ii)"):
        found = real.follow(place, When(on))
        assert (found.answer, found.pinpoint_exists) == ("in_force", True), place
    assert {r.code for r in real.referrers(Code("WA3.15"), When(on))} == {"WA3.25", "WA4.10"}
    assert real.part_of(Code("WA3.15")) == "Temporary entry class visa"
    assert sorted(page.kind for page in real.other_documents()) == ["account", "law", "notice"]
