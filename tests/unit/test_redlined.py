"""What a redline says to a reader, on pages, in lines and in JSON alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from manual.compare import compare
from manual.model import Block, Code, Validity, Version, VersionId
from manual.pages.as_json import compare_json
from manual.pages.compare_lines import comparison_lines
from manual.pages.compare_page import _groups, runs
from manual.pages.redlined import counts_in_words, kind_words, openings, summary, was_at
from manual.queries.results import Comparison

LEAD = Block(kind="paragraph", text="The master of a boat must:", pinpoint="B1.1 paragraph 1")
LOG = "keep a log of every voyage of the boat in the harbour"
LAMP = "carry a lamp of brass on every voyage that is made by night"


def item(label: str, text: str, *children: Block, base: str = "B1.1") -> Block:
    return Block(kind="item", text=text, label=f"({label})", pinpoint=f"{base}({label})", children=children)


OLD = (
    LEAD,
    item(
        "a",
        LOG,
        item("i", "from dawn; and", base="B1.1(a)"),
        item("ii", "until the boat is at its own quay.", base="B1.1(a)"),
    ),
    item("b", LAMP),
)
NEW = (
    LEAD,
    item("a", "be sober at all times;"),
    item(
        "b",
        LOG,
        item("i", "from dawn; and", base="B1.1(b)"),
        item("ii", "until the boat is at any quay.", base="B1.1(b)"),
    ),
    item("c", LAMP.replace("brass", "copper")),
)
REDLINE = compare(OLD, NEW)


def version(day: str) -> Version:
    return Version(
        id=VersionId(f"B1.1@{day}"), code=Code("B1.1"), title="Boats", basis_from="foot", basis_until=None,
        validity=Validity(date.fromisoformat(day), None),
    )  # fmt: skip


COMPARISON = Comparison(
    code=Code("B1.1"), old=None, new=None, old_version=version("2020-01-01"), new_version=version("2021-01-01"),
    redline=REDLINE, note="",
)  # fmt: skip


def source_of(found: Version) -> str:
    return f"https://example.org/{found.id[-10:]}.htm"


def test_clause_that_changed_says_where_it_was() -> None:
    """A reader would look for the old (b) under (b)."""
    said = {
        change.new.pinpoint: (kind_words(change), was_at(change)) for change in REDLINE.changes if change.new
    }
    assert said["B1.1(c)"] == ("words changed", "B1.1(b)")
    assert said["B1.1(b)(ii)"] == ("words changed", "B1.1(a)(ii)")
    assert said["B1.1(a)"] == ("added", "")


def test_paragraph_counted_otherwise_has_not_moved() -> None:
    """We number paragraphs ourselves: a new one above would have all others say that they were elsewhere."""
    one = Block(kind="paragraph", text="Boats are dry on every day.", pinpoint="B1.1 paragraph 1")
    other = replace(one, text="Boats are wet on every day.", pinpoint="B1.1 paragraph 2")
    first = Block(kind="paragraph", text="All quiet.", pinpoint="B1.1 paragraph 1")
    assert [was_at(change) for change in compare([one], [first, other]).changes] == ["", ""]


def test_opening_words_stand_above_a_clause_that_goes_on_from_them_once() -> None:
    """`until the boat is at any quay.` says nothing by itself; nor is a page of repeated lead-ins easier to read."""
    above = {
        change.new.pinpoint: [block.text for block in found]
        for change, found in zip(REDLINE.changes, openings(REDLINE.changes), strict=True)
        if change.new
    }
    assert above["B1.1(a)"] == [LEAD.text]
    assert above["B1.1(b)(ii)"] == [LEAD.text, LOG]
    assert above["B1.1(b)(i)"] == above["B1.1(c)"] == []


def test_a_removed_clause_is_led_in_by_old_words_alone() -> None:
    """What leads in to it was looked for by places of the new text: the page showed another clause, or was none."""
    gone = [
        Block(kind="paragraph", text=f"Rule {n} of the old harbour.", pinpoint=f"B1.1 p{n}") for n in range(3)
    ]
    lead = Block(kind="paragraph", text="A boat must:", pinpoint="B1.1 p9")
    first = item("i", "carry a lamp that burns all night;")
    last = item("ii", "be home before the bell has rung.")
    old = item("a", "in every season", first, last)
    new = replace(old, children=(last,))
    redline = compare([*gone, lead, old], [lead, new])
    found = zip(redline.changes, openings(redline.changes), strict=True)
    above = {
        change.old.text: [b.text for b in shown]
        for change, shown in found
        if change.kind == "removed" and change.old
    }
    assert above.pop(first.text) == ["A boat must:", "in every season"]
    assert above == {block.text: [] for block in gone}


def test_every_change_leads_to_the_next_one() -> None:
    """Twenty changes among four hundred clauses would be searched for by scrolling."""
    numbers = [one.number for group in _groups(REDLINE) for one in group.clauses if one.number]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == sum(change.kind != "same" for change in REDLINE.changes)


def test_summary_is_three_sentences_and_the_same_everywhere() -> None:
    """An adviser would word it himself, and otherwise each time."""
    said = summary(COMPARISON, source_of)
    assert len(said) == 3
    assert all(sentence.endswith(".") for sentence in said)
    assert "from 1 January 2020" in said[0]
    assert "2 clauses changed, 1 clause added" in said[1]
    assert "B1.1(b)(ii)" in said[1]
    assert "https://example.org/2021-01-01.htm" in said[2]
    assert compare_json(COMPARISON, source_of=source_of)["summary"] == list(said)
    *_, last = comparison_lines(COMPARISON, date(2022, 1, 1), source_of=source_of)
    assert "".join(run.text for run in last) == f"For the file: {' '.join(said)}"


def test_nothing_is_summed_up_where_nothing_was_compared() -> None:
    """A text that is not held would be said to be unchanged."""
    assert summary(replace(COMPARISON, redline=None), source_of) == ()


def test_split_clause_counts_once() -> None:
    """`3 clauses added` would be read of words that stood there before."""
    one = Block(
        kind="paragraph", text="Boats must be red at dawn or blue at noon.", pinpoint="B1.1 paragraph 1"
    )
    redline = compare(
        [one], (replace(one, text="Boats must be:"), item("a", "red at dawn; or"), item("b", "blue at noon."))
    )
    assert counts_in_words(redline) == ("1 clause split",)
    assert [kind_words(change) for change in redline.changes] == ["split into 3", "split off", "split off"]
    changes = compare_json(replace(COMPARISON, redline=redline), source_of=source_of)["changes"]
    assert [change["split_from"] for change in changes] == [None, "B1.1 paragraph 1", "B1.1 paragraph 1"]


def test_each_side_is_shown_in_its_own_spelling() -> None:
    """Side by side the earlier text would be printed with the later one's quotes and spaces."""
    (change,) = compare(
        [replace(LEAD, text="the ‘same’ role ends")], [replace(LEAD, text="the 'same' role")]
    ).changes
    (group,) = _groups(
        compare([replace(LEAD, text="the ‘same’ role ends")], [replace(LEAD, text="the 'same' role")])
    )
    (clause,) = group.clauses
    assert "".join(run.text for run in clause.old_runs) == "the ‘same’ role ends"
    assert "".join(run.text for run in clause.new_runs) == "the 'same' role"
    assert [(run.op, run.text) for run in runs(change.words)][-1] == ("removed", " ends")
