"""The store is a fast copy of the pure function: held equal over generated captures, days and moments of knowledge."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from soak import examples
from toy_pages import PAGE, derive_anew, instruction, raw, take

from manual.captures import RawCapture
from manual.dates import local_day
from manual.history.answers import in_force_on
from manual.history.deriving import history_of
from manual.model import Code, EndClaim, ParsedPage, Seen, Sha256, Statement, When
from manual.queries import KnowledgeBase

FIRST = date(2012, 1, 1)
DAY = timedelta(days=1)
CODES = ("ZF1.5", "ZF2.1")

days = st.integers(0, 60).map(lambda n: FIRST + DAY * n)


@st.composite
def ends(draw: st.DrawFn) -> EndClaim | None:
    if draw(st.integers(0, 3)):
        return None
    reading = draw(st.sampled_from(["excluded", "included", "either"]))
    return EndClaim(draw(days), "suffix", reading)  # type: ignore[arg-type]


@st.composite
def pages(draw: st.DrawFn) -> ParsedPage:
    """Pages that agree on nothing: any start or none, any end, any list."""
    code = draw(st.sampled_from(CODES))
    number = draw(st.integers(0, 3))
    return instruction(
        code,
        draw(st.none() | days),
        title=draw(st.sampled_from(["Kites", "Marbles"])),
        words=[draw(st.sampled_from(["one", "two", "three"]))],
        address=f"toys/{code}-{number}",
        old=draw(st.booleans()),
        until=draw(ends()),
        listed=draw(st.lists(days, max_size=4)),
        refs=[f"{CODES[0]}(a)"],
    )


captures = st.lists(
    st.builds(raw, pages(), st.none() | days.map(lambda day: day + DAY * 30)), min_size=1, max_size=7
)


def _said(given: list[RawCapture], code: str, known: date | None) -> list[tuple[Statement, Seen]]:
    """What the captures say, worked out from them and not from the store."""
    found = []
    for capture in given:
        page: ParsedPage = PAGE.loads(capture.data.decode())
        day = local_day(capture.captured_at) if capture.captured_at else date(2026, 3, 2)
        if known is None or day <= known:
            seen = Seen(day, capture.captured_at is not None, _hash(capture))
            found += [(statement, seen) for statement in page.statements if statement.code == code]
    return found


def _hash(capture: RawCapture) -> Sha256:
    import hashlib

    return Sha256("sha256:" + hashlib.sha256(capture.data).hexdigest())


def _edges(given: list[RawCapture], code: str) -> list[date]:
    history = history_of(Code(code), _said(given, code, None))
    found = {FIRST, FIRST + DAY * 200}
    for span in history.spans:
        found |= {day + DAY * n for day in (span.first, span.until) if day for n in (-1, 0, 1)}
    if history.last_seen:
        found |= {history.last_seen, history.last_seen + DAY}
    return sorted(found)


@examples(60, 1_000)
@given(captures, st.none() | st.integers(20, 100).map(lambda n: FIRST + DAY * n))
def test_store_answers_as_the_pure_function_does(given: list[RawCapture], known: date | None) -> None:
    """Were they to differ on one day, one of them would be wrong about the law."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        take(home, *given)
        with KnowledgeBase(home) as kb:
            for code in CODES:
                said = _said(given, code, known)
                if not said:
                    assert kb.in_force_on(Code(code), When(FIRST, known)).answer == "unknown_code"
                    continue
                history = history_of(Code(code), said)
                for day in _edges(given, code):
                    assert kb.in_force_on(Code(code), When(day, known)) == in_force_on(history, day, known)


@examples(40, 1_000)
@given(captures)
def test_what_is_asked_for_all_codes_at_once_is_what_each_says(given: list[RawCapture]) -> None:
    """Lists, addresses and inventories of an edition would name another title or day than the pages they lead to."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        take(home, *given)
        with KnowledgeBase(home) as kb:
            outlines, changes = kb.outlines(), kb.changes_between(FIRST - DAY * 400, FIRST + DAY * 400)
            for code in kb.codes():
                history, outline = kb.history_of(code), outlines[code]
                assert [(span.first, span.answer) for span in history.spans] == [
                    (span.first, span.answer) for span in outline.spans
                ]
                for span, brief in zip(history.spans, outline.spans, strict=True):
                    if span.answer in ("in_force", "ended", "disputed"):
                        assert brief.versions == span.versions
                assert [
                    (v.id, v.validity.effective_from, v.text_held) for v in history.versions
                ] == outline.versions
                assert kb.changes_of(code) == tuple(change for change in changes if change.code == code)
                for day in _edges(given, code):
                    assert kb.titles_on(When(day))[code] == kb.title_of(code, When(day))
                    assert kb.answers_on(When(day))[code] == kb.in_force_on(code, When(day)).answer


@examples(25, 500)
@given(captures, st.randoms(use_true_random=False))
def test_order_repetition_and_steps_of_loading_change_nothing(
    given: list[RawCapture], chance: object
) -> None:
    """Two people who loaded the same pages must get the same answers and the same digest."""
    shuffled = [*given, *given[:2]]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory() as folder:
        one, steps = Path(folder) / "one", Path(folder) / "steps"
        digest = take(one, *given).digest
        for capture in shuffled:
            last = take(steps, capture)
        assert last.digest == digest
        with KnowledgeBase(one) as a, KnowledgeBase(steps) as b:
            assert a.codes() == b.codes()
            for code in a.codes():
                assert a.history_of(code) == b.history_of(code)
            assert list(a.documents()) == list(b.documents())
            assert a.findings() == b.findings()
            before = [a.history_of(code) for code in a.codes()]
        assert derive_anew(one).digest == digest
        with KnowledgeBase(one) as a:
            assert [a.history_of(code) for code in a.codes()] == before
