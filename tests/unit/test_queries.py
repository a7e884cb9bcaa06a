"""Questions to the knowledge base."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from toy_pages import contents, derive_anew, instruction, raw, take

from manual.errors import NotFound, StoreError
from manual.model import Block, Cell, Code, EndClaim, VersionId, When
from manual.queries import KnowledgeBase
from manual.queries.documents import LONG, ROWS, passages_of
from manual.store import files

SEEN = date(2025, 1, 1)
ON = date(2024, 6, 1)
DAY = timedelta(days=1)

CONTENTS = contents(
    ("top", "", "Toys", None),
    ("heading", "", "Soft toys", "Toys"),
    ("part", "ZD", "Dolls", "Soft toys"),
    ("chapter", "ZD1", "Rag dolls", "ZD"),
    ("section", "ZD1.10", "Hair of rag dolls", "ZD1"),
    ("section", "ZD1.5", "Eyes", "ZD1"),
    ("chapter", "ZD2", "Bears", "ZD"),
    ("section", "ZD2.1", "Growling", "ZD2"),
    ("top", "", "Games", None),
    ("part", "ZE", "Board games", "Games"),
    ended={"ZD2.1": EndClaim(date(2024, 3, 1), "revocation", "excluded")},
)


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    """A small manual: contents, replaced, ended and revoked versions, references."""
    take(
        tmp_path,
        raw(CONTENTS, SEEN, "toys/contents"),
        raw(
            instruction(
                "ZD1.5", date(2024, 1, 1), title="Eyes", listed=[date(2020, 1, 1)], refs=["ZD2.1(a)"]
            ),
            SEEN,
        ),
        raw(instruction("ZD1.7", date(2023, 1, 1), title="Noses", refs=["ZD1.5.1", "ZD1.5"]), SEEN),
        raw(
            instruction(
                "ZD2.1",
                date(2021, 1, 1),
                title="Growling",
                until=EndClaim(date(2024, 3, 1), "revocation", "excluded"),
                words=["Bears growl."],
            ),
            SEEN,
        ),
    )
    with KnowledgeBase(tmp_path) as kb:
        yield kb


def test_the_order_in_which_days_are_asked_changes_no_answer(tmp_path: Path) -> None:
    """Of a run of days one answer is kept; the gap behind a version of unknown start stands up to its last sight."""
    end = EndClaim(date(2012, 2, 3), "suffix", "excluded")
    take(
        tmp_path,
        raw(
            instruction(
                "ZD1.5", None, words=["One."], until=end, listed=[date(2012, 1, 3), date(2012, 2, 2)]
            ),
            date(2012, 2, 1),
        ),
        raw(
            instruction("ZD1.5", None, words=["One."], listed=[date(2012, 1, 1), date(2012, 1, 4)]),
            date(2012, 1, 31),
        ),
    )
    days = [date(2012, 1, 31), date(2012, 2, 1)]
    with KnowledgeBase(tmp_path) as kb, KnowledgeBase(tmp_path) as another:
        forwards = [kb.in_force_on(Code("ZD1.5"), When(day)) for day in days]
        backwards = [another.in_force_on(Code("ZD1.5"), When(day)) for day in reversed(days)]
    assert forwards == backwards[::-1]
    assert forwards[0].version != forwards[1].version


def _at(kb: KnowledgeBase, code: str, on: date = ON) -> str:
    return kb.in_force_on(Code(code), When(on)).answer


# ---------------------------------------------------------------- one code


@pytest.mark.parametrize(
    ("code", "on", "answer"),
    [
        ("ZD1.5", date(2019, 12, 31), "before_record"),
        ("ZD1.5", date(2020, 1, 1), "in_force"),
        ("ZD2.1", date(2024, 2, 29), "in_force"),
        ("ZD2.1", date(2024, 3, 1), "ended"),
        ("ZD9.9", ON, "unknown_code"),
        ("ZD1.10", date(2025, 1, 1), "in_force"),
        ("ZD1.10", date(2024, 12, 31), "undated"),
    ],
)
def test_every_word_of_the_vocabulary_comes_from_the_store_as_from_history(
    kb: KnowledgeBase, code: str, on: date, answer: str
) -> None:
    """The store is a fast copy, never an opinion."""
    assert _at(kb, code, on) == answer


def test_replaced_version_ends_on_the_day_its_successor_begins(kb: KnowledgeBase) -> None:
    """Half-open bounds survive the store."""
    before, after = (kb.in_force_on(Code("ZD1.5"), When(date(2024, 1, 1) - DAY * n)) for n in (1, 0))
    assert before.version is not None
    assert after.version is not None
    assert before.version.validity.effective_until == date(2024, 1, 1)
    assert after.version.validity.effective_from == date(2024, 1, 1)
    assert (before.next, after.previous) == (after.version, before.version)


def test_unknown_code_comes_with_near_ones_and_history_refuses_it(kb: KnowledgeBase) -> None:
    """A near match is offered, never answered."""
    assert "ZD1.5" in kb.in_force_on(Code("ZD1.55"), When(ON)).nearest_codes
    with pytest.raises(NotFound, match=r"ZD1.55 is not known here.*ZD1.5"):
        kb.history_of(Code("ZD1.55"))
    with pytest.raises(NotFound):
        kb.version(VersionId("nothing"))


def test_moment_is_no_day(kb: KnowledgeBase) -> None:
    """A datetime is a date to Python, and compares wrongly."""
    with pytest.raises(TypeError):
        kb.in_force_on(Code("ZD1.5"), When(datetime(2024, 1, 1)))  # noqa: DTZ001


def test_text_is_that_of_the_version_asked(kb: KnowledgeBase) -> None:
    """Never show another version's text in its place."""
    held = kb.in_force_on(Code("ZD1.5"), When(ON)).version
    listed = kb.in_force_on(Code("ZD1.5"), When(date(2021, 1, 1))).version
    assert held is not None
    assert listed is not None
    text = kb.text_of(held)
    assert text is not None
    assert [block.text for block in text.blocks] == ["see ZD2.1(a)"]
    assert kb.text_of(listed) is None
    assert kb.version(held.id) == held


def test_titles_are_those_of_the_day_else_the_newest(kb: KnowledgeBase) -> None:
    """A page about a day on which the code had no title still needs one to show."""
    assert kb.title_of(Code("ZD1.5"), When(ON)) == "Eyes"
    assert kb.title_of(Code("ZD2.1"), When(date(2030, 1, 1))) == "Growling"
    assert kb.title_of(Code("ZD2.1"), When(date(2000, 1, 1))) == "Growling"
    assert kb.title_of(Code("ZD9.9"), When(ON)) == ""


# ---------------------------------------------------------------- as could be known


def test_known_hides_what_was_captured_later(tmp_path: Path) -> None:
    """A later capture never makes an earlier `known` answer different."""
    take(tmp_path, raw(instruction("ZD1.5", date(2020, 1, 1), title="Old"), date(2020, 6, 1)))
    with KnowledgeBase(tmp_path) as kb:
        before = kb.in_force_on(Code("ZD1.5"), When(ON, date(2021, 1, 1)))
        unknown = kb.in_force_on(Code("ZD1.55"), When(ON, date(2021, 1, 1)))
        too_early = kb.in_force_on(Code("ZD1.5"), When(ON, date(2020, 5, 31)))
        tree = kb.contents_on(When(ON, date(2021, 1, 1)))
    assert too_early.answer == "unknown_code"
    take(
        tmp_path,
        raw(instruction("ZD1.5", date(2023, 1, 1), title="New"), SEEN),
        raw(instruction("ZD1.50", date(2023, 1, 1)), SEEN),
        raw(CONTENTS, SEEN, "toys/contents"),
    )
    with KnowledgeBase(tmp_path) as kb:
        assert kb.in_force_on(Code("ZD1.5"), When(ON, date(2021, 1, 1))) == before
        assert kb.in_force_on(Code("ZD1.55"), When(ON, date(2021, 1, 1))) == unknown
        assert kb.in_force_on(Code("ZD1.5"), When(ON, date(2020, 5, 31))) == too_early
        assert kb.contents_on(When(ON, date(2021, 1, 1))) == tree
        assert kb.in_force_on(Code("ZD1.5"), When(ON)) != before
        late = kb.in_force_on(Code("ZD1.5"), When(ON, date(2026, 1, 1)))
        assert late.version == kb.in_force_on(Code("ZD1.5"), When(ON)).version
        with pytest.raises(NotFound):
            kb.history_of(Code("ZD1.5"), known=date(2020, 1, 1))


# ---------------------------------------------------------------- contents


def test_contents_keep_printed_order_and_place_unlisted_codes_by_number(kb: KnowledgeBase) -> None:
    """Order as printed, not by number; and nothing known is left out."""
    found = kb.contents_on(When(ON))
    codes = [entry.code or entry.title for entry in found.entries]
    assert codes == [
        "Toys",
        "Soft toys",
        "ZD",
        "ZD1",
        "ZD1.10",
        "ZD1.5",
        "ZD1.7",
        "ZD2",
        "ZD2.1",
        "Games",
        "ZE",
    ]
    (added,) = (entry for entry in found.entries if entry.unlisted)
    assert (added.code, added.line, added.parent, added.depth, added.kind) == (
        "ZD1.7",
        None,
        "ZD1",
        4,
        "section",
    )
    assert found.totals["unlisted"] == 1
    assert (found.totals["top"], found.totals["section"]) == (2, 4)
    assert found.captured == SEEN
    assert "1 January 2025" in found.note, "captured after the day asked"
    assert kb.contents_on(When(SEEN)).note == ""


def test_contents_say_what_each_code_was_on_the_day(kb: KnowledgeBase) -> None:
    """Status and title are those of the day, not of the capture of the contents."""
    on = {entry.code: entry for entry in kb.contents_on(When(ON)).entries}
    assert (on[Code("ZD1.5")].status, on[Code("ZD1.5")].title) == ("in_force", "Eyes")
    assert (on[Code("ZD2.1")].status, on[Code("ZD2.1")].title) == ("ended", "Growling")
    assert on[Code("ZD1.10")].status == "undated"
    early = {entry.code: entry.status for entry in kb.contents_on(When(date(2010, 1, 1))).entries}
    assert early[Code("ZD1.5")] == "before_record"
    assert {entry.status for entry in kb.contents_printed().entries} == {""}
    for entry in kb.contents_on(When(ON)).entries:
        if entry.code:
            assert entry.status == _at(kb, entry.code)


def test_contents_with_known_equal_those_looked_up_at_once(kb: KnowledgeBase) -> None:
    """The quick way over all codes and the way code by code must agree."""
    for on in (date(2010, 1, 1), ON, date(2030, 1, 1)):
        assert kb.contents_on(When(on)).entries == kb.contents_on(When(on, date(2030, 1, 1))).entries


def test_contents_in_effect_are_those_captured_last_by_the_day(tmp_path: Path) -> None:
    """Yesterday's tree for yesterday, today's for today."""
    old = contents(("top", "", "Old toys", None), ("part", "ZD", "Dolls", "Old toys"))
    take(tmp_path, raw(old, date(2020, 1, 1), "toys/c"), raw(CONTENTS, SEEN, "toys/c"))
    with KnowledgeBase(tmp_path) as kb:
        assert kb.contents_on(When(date(2019, 1, 1))).entries[0].title == "Old toys"
        assert kb.contents_on(When(date(2019, 1, 1))).note
        assert kb.contents_on(When(SEEN - DAY)).entries[0].title == "Old toys"
        assert kb.contents_on(When(SEEN - DAY)).note == ""
        assert kb.contents_on(When(SEEN)).entries[0].title == "Toys"
        assert kb.part_of(Code("ZD1.5")) == "Toys"


def test_without_contents_codes_stand_in_their_own_order(tmp_path: Path) -> None:
    """A few loose pages still make a readable list."""
    take(
        tmp_path,
        *(raw(instruction(code, ON), SEEN) for code in ("ZD2.1", "ZD1.10", "ZD1.5", "Appendix 2", "ZD1")),
    )
    with KnowledgeBase(tmp_path) as kb:
        found = kb.contents_on(When(ON))
        assert [entry.code for entry in found.entries] == ["ZD1", "ZD1.5", "ZD1.10", "ZD2.1", "Appendix 2"]
        assert [entry.depth for entry in found.entries] == [0, 1, 1, 0, 0]
        assert "No table of contents" in found.note
        assert kb.part_of(Code("ZD2.1")) == ""


def test_path_children_and_neighbours(kb: KnowledgeBase) -> None:
    """What stands around an instruction, as on the day."""
    assert [e.code or e.title for e in kb.path_to(Code("ZD1.7"), When(ON))] == [
        "Toys",
        "Soft toys",
        "ZD",
        "ZD1",
    ]
    assert [e.code for e in kb.children(Code("ZD1"), When(ON))] == ["ZD1.10", "ZD1.5", "ZD1.7"]
    before, after = kb.neighbours(Code("ZD1.5"), When(ON))
    assert before is not None
    assert after is not None
    assert (before.code, after.code) == ("ZD1.10", "ZD1.7")
    _, beyond = kb.neighbours(Code("ZD2"), When(ON))
    assert beyond is not None
    assert beyond.code == "ZE", "ZD2.1 had ended"
    assert kb.neighbours(Code("ZD9.9"), When(ON)) == (None, None)
    assert kb.path_to(Code("ZD9.9"), When(ON)) == ()
    assert kb.children(Code("ZD9.9"), When(ON)) == ()


# ---------------------------------------------------------------- references


@pytest.mark.parametrize(
    ("target", "code", "pinpoint", "answer", "exists"),
    [
        ("ZD1.5(a)", "ZD1.5", "ZD1.5(a)", "in_force", True),
        ("ZD1.5(b)", "ZD1.5", "ZD1.5(b)", "in_force", False),
        ("ZD1.5(a)-(c)", "ZD1.5", "ZD1.5(a)", "in_force", True),
        ("ZD1.5.1", "ZD1.5", "ZD1.5.1", "in_force", False),
        ("ZD1.5", "ZD1.5", "ZD1.5", "in_force", True),
        ("ZD2.1(a)", "ZD2.1", "ZD2.1(a)", "ended", True),
        ("ZD1.10(a)", "ZD1.10", "ZD1.10(a)", "undated", None),
        ("ZD9.9", "ZD9.9", "ZD9.9", "unknown_code", None),
        ("Immigration Act 2009 s 49(1)", None, "", "unknown_code", None),
    ],
)
def test_reference_is_followed_to_the_same_day(
    kb: KnowledgeBase, target: str, code: str | None, pinpoint: str, answer: str, exists: bool | None
) -> None:
    """A reference from a 2024 text must lead to the target of 2024, and say so where there is none."""
    found = kb.follow(target, When(ON))
    assert (found.code, found.pinpoint, found.answer, found.pinpoint_exists) == (
        code,
        pinpoint,
        answer,
        exists,
    )


def test_three_part_code_with_a_page_of_its_own_is_followed_there(tmp_path: Path) -> None:
    """Some three-part codes are pages, most are places on their section's page."""
    take(
        tmp_path,
        raw(instruction("ZD1.5", date(2020, 1, 1)), SEEN),
        raw(instruction("ZD1.5.1", date(2022, 1, 1)), SEEN),
        raw(instruction("ZD2.1", date(2020, 1, 1), refs=["ZD1.5.1(a)", "ZD1.5.2", "ZD1.5"]), SEEN),
    )
    with KnowledgeBase(tmp_path) as kb:
        assert kb.follow("ZD1.5.1(a)", When(ON)).code == "ZD1.5.1"
        assert kb.follow("ZD1.5.1(a)", When(date(2021, 1, 1))).code == "ZD1.5"
        assert [r.target for r in kb.referrers(Code("ZD1.5"), When(ON))] == ["ZD1.5.2", "ZD1.5"]
        assert [r.target for r in kb.referrers(Code("ZD1.5.1"), When(ON))] == ["ZD1.5.1(a)"]


def test_only_versions_in_force_that_day_refer(kb: KnowledgeBase) -> None:
    """Who refers to it on that day: neither before nor after."""
    found = kb.referrers(Code("ZD1.5"), When(ON))
    assert [(r.code, r.pinpoint, r.target) for r in found] == [
        ("ZD1.7", "ZD1.7(a)", "ZD1.5.1"),
        ("ZD1.7", "ZD1.7(b)", "ZD1.5"),
    ]
    assert kb.referrers(Code("ZD1.5"), When(date(2022, 12, 31))) == ()
    assert kb.referrers(Code("ZD1.5"), When(date(2023, 1, 1))) != ()
    assert [r.code for r in kb.referrers(Code("ZD2.1"), When(ON))] == ["ZD1.5"]
    assert kb.referrers(Code("ZD2.1"), When(date(2023, 12, 31))) == ()


# ---------------------------------------------------------------- changes, comparisons, coverage


def test_changes_are_half_open_and_tell_began_replaced_and_revoked(kb: KnowledgeBase) -> None:
    """What happened between two days, each thing once."""
    found = kb.changes_between(date(2000, 1, 1), date(2030, 1, 1))
    assert [(c.day, c.code, c.kind, c.old is not None, c.new is not None) for c in found] == [
        (date(2020, 1, 1), "ZD1.5", "began", False, True),
        (date(2021, 1, 1), "ZD2.1", "began", False, True),
        (date(2023, 1, 1), "ZD1.7", "began", False, True),
        (date(2024, 1, 1), "ZD1.5", "replaced", True, True),
        (date(2024, 3, 1), "ZD2.1", "revoked", True, False),
    ]
    assert {c.part for c in found} == {"Toys"}
    days = [change.day for change in found]
    for day in days:
        assert day in {c.day for c in kb.changes_between(day, day + DAY)}
        assert day not in {c.day for c in kb.changes_between(day - DAY, day)}
    assert kb.changes_between(date(2030, 1, 1), date(2000, 1, 1)) == ()


def test_disputed_beginnings_are_changes_and_say_so(tmp_path: Path) -> None:
    """A day that is one of two readings is shown, and not as certain."""
    days = [date(2022, 3, 1), date(2021, 12, 10), date(2021, 11, 24), date(2021, 12, 10), date(2021, 7, 19)]
    take(tmp_path, raw(instruction("ZD1.5", date(2023, 1, 1), listed=days), SEEN))
    with KnowledgeBase(tmp_path) as kb:
        found = kb.changes_between(date(2021, 12, 1), date(2023, 2, 1))
    assert {(c.day, c.disputed) for c in found} >= {(date(2021, 12, 10), True), (date(2023, 1, 1), False)}
    assert all(c.disputed == (c.day <= date(2022, 3, 1)) for c in found)


@pytest.mark.parametrize(
    ("code", "one", "other", "note"),
    [
        ("ZD1.5", ON, ON + DAY, "The same version"),
        ("ZD1.5", date(2021, 1, 1), ON, "its text is not held"),
        ("ZD1.5", date(2019, 1, 1), ON, "as early as 1 January 2019"),
        ("ZD2.1", date(2023, 1, 1), ON, "had ended"),
        ("ZD1.10", ON, SEEN, "No date is known"),
        ("ZD9.9", ON, SEEN, "not known here"),
    ],
)
def test_comparison_that_cannot_be_made_says_why(
    kb: KnowledgeBase, code: str, one: date, other: date, note: str
) -> None:
    """Where a side's text is not there, nothing is concluded."""
    found = kb.compare(Code(code), one, other)
    assert found.redline is None
    assert note in found.note
    assert found.old is not None
    assert found.old.on == one


def test_two_held_texts_are_compared(tmp_path: Path) -> None:
    """Both by day and by version."""
    pytest.importorskip("manual.compare")
    take(
        tmp_path,
        raw(
            instruction(
                "ZD1.5", date(2020, 1, 1), words=["Dolls have two eyes."], old=True, address="toys/9"
            ),
            SEEN,
        ),
        raw(instruction("ZD1.5", date(2022, 1, 1), words=["Dolls have three eyes."]), SEEN),
    )
    with KnowledgeBase(tmp_path) as kb:
        found = kb.compare(Code("ZD1.5"), date(2021, 1, 1), ON)
        assert found.note == ""
        assert found.redline is not None
        assert found.redline.amended
        assert found.old_version is not None
        assert found.new_version is not None
        again = kb.compare_versions(found.old_version.id, found.new_version.id)
        assert again.redline == found.redline
        assert kb.compare_versions(found.old_version.id, found.old_version.id).note


def test_coverage_counts_by_part_and_adds_up(kb: KnowledgeBase) -> None:
    """The reader has to know what this copy knows."""
    found = kb.coverage()
    assert [row.part for row in found.parts] == ["Toys", "Games"]
    assert found.total.instructions == sum(row.instructions for row in found.parts) == len(kb.codes()) == 8
    toys = found.parts[0]
    assert (toys.versions, toys.dated, toys.held, toys.disputed, toys.newest_capture) == (8, 4, 3, 0, SEEN)
    assert toys.undated == 4
    assert found.documents == {"contents": 1, "instruction": 3}
    assert found.captures == 4


# ---------------------------------------------------------------- for the index


def test_documents_are_all_versions_with_their_periods(kb: KnowledgeBase) -> None:
    """A version left out here can't be found; a wrong period leaks into another day."""
    found = {document.id: document for document in kb.documents()}
    assert len(found) == sum(len(kb.history_of(code).versions) for code in kb.codes())
    for document in found.values():
        for first, until in document.in_force:
            day = first or date(1999, 1, 1)
            answer = kb.in_force_on(document.code, When(day))
            assert answer.version is not None
            assert answer.version.id == document.id
            if until:
                later = kb.in_force_on(document.code, When(until))
                assert (later.answer, later.version and later.version.id) != ("in_force", document.id)
    ended = found[VersionId(next(id for id in found if id.startswith("ZD2.1@")))]
    assert ended.ended == ((date(2024, 3, 1), None),)
    assert (ended.part, ended.kind) == ("Toys › Soft toys", "section")
    assert [passage.text for passage in ended.passages] == ["Bears growl."]
    assert len({document.digest for document in found.values()}) == len(found)
    assert list(kb.documents_of([Code("ZD9.9")])) == []


def test_passages_hold_every_word_once_and_point_at_their_clause() -> None:
    """A word that is in no passage can't be found; one that is in two counts twice."""
    long = Block(
        kind="item",
        text="Lead",
        pinpoint="ZD1(b)",
        children=tuple(Block(kind="item", text="w" * LONG, pinpoint=f"ZD1(b)({n})") for n in "ij"),
    )
    table = Block(
        kind="table", pinpoint="ZD1 table 1", rows=tuple((Cell(f"row {n}"),) for n in range(ROWS + 1))
    )
    short = Block(
        kind="item",
        text="A",
        pinpoint="ZD1(a)",
        children=(Block(kind="item", text="B", pinpoint="ZD1(a)(i)"),),
    )
    found = list(passages_of([short, Block(kind="heading", text="H", pinpoint="ZD1.1"), long, table]))
    assert [(p.pinpoint, p.heading, p.text[:5]) for p in found] == [
        ("ZD1(a)", "", "A B"),
        ("ZD1.1", "H", "H"),
        ("ZD1(b)", "H", "Lead"),
        ("ZD1(b)(i)", "H", "wwwww"),
        ("ZD1(b)(j)", "H", "wwwww"),
        ("ZD1 table 1", "H", "row 0"),
        ("ZD1 table 1", "H", "row 2"),
    ]
    nested = Block(kind="heading", text="H", children=(short,))
    assert [(p.heading, p.text) for p in passages_of([nested])] == [("H", "A B")]


# ---------------------------------------------------------------- one file after another


def test_replaced_file_is_noticed_and_steady_readers_keep_the_old_one(tmp_path: Path) -> None:
    """A rebuild under load is picked up with no restart, and no page mixes two states."""
    take(tmp_path, raw(instruction("ZD1.5", date(2020, 1, 1)), SEEN))
    with KnowledgeBase(tmp_path) as kb:
        digest = kb.digest
        with kb.steady():
            take(tmp_path, raw(instruction("ZD1.7", date(2020, 1, 1)), SEEN))
            assert kb.digest == digest
            assert _at(kb, "ZD1.7") == "unknown_code"
            assert kb.codes() == ("ZD1.5",)
            with kb.steady():
                assert kb.digest == digest
        assert kb.digest != digest
        assert _at(kb, "ZD1.7") == "in_force"


def test_readers_never_fail_while_the_file_is_replaced(tmp_path: Path) -> None:
    """Many threads read while loads and rebuilds go on: no error, no mixed answer."""
    take(tmp_path, raw(instruction("ZD1.5", date(2020, 1, 1)), SEEN))
    stop = threading.Event()
    wrong: list[object] = []

    def read(kb: KnowledgeBase) -> None:
        while not stop.is_set():
            try:
                with kb.steady():
                    codes = kb.codes()
                    answers = {_at(kb, code) for code in codes}
                    titles = [kb.title_of(code, When(ON)) for code in codes]
                if answers != {"in_force"} or "" in titles:
                    wrong.append(answers)
            except Exception as problem:
                wrong.append(problem)

    with KnowledgeBase(tmp_path) as kb:
        threads = [threading.Thread(target=read, args=(kb,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for number in range(8):
            take(tmp_path, raw(instruction(f"ZD2.{number}", date(2020, 1, 1)), SEEN))
        derive_anew(tmp_path)
        stop.set()
        for thread in threads:
            thread.join()
        assert wrong == []
        assert len(kb.codes()) == 9


def test_file_that_goes_bad_is_not_answered_from(tmp_path: Path) -> None:
    """A server that is running must notice too."""
    take(tmp_path, raw(instruction("ZD1.5", date(2020, 1, 1)), SEEN))
    with KnowledgeBase(tmp_path) as kb:
        assert _at(kb, "ZD1.5") == "in_force"
        other = tmp_path / "other"
        other.write_bytes(b"ruined")
        other.replace(files.path_in(tmp_path))
        with pytest.raises(StoreError, match="inforce rebuild"):
            _at(kb, "ZD1.5")
        derive_anew(tmp_path)
        assert _at(kb, "ZD1.5") == "in_force"


def test_capture_that_is_not_there_is_not_found(kb: KnowledgeBase) -> None:
    """An address with a made-up hash gets an answer, not a crash."""
    with pytest.raises(NotFound):
        kb.capture("sha256:" + "0" * 64)  # type: ignore[arg-type]
    kb.check()
