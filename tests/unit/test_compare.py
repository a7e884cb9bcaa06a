"""Redlines, with expectations written by hand."""

from __future__ import annotations

import inspect
import re

import pytest
from effort import calls_of

from manual.compare import ClauseChange, Redline, Word, accept_all, clause_text, compare, reject_all
from manual.compare import words as module
from manual.model import Block, Cell

LETTERS = "abcdefghijklmnop"


def item(label: str, text: str, *children: Block, base: str = "B1.1") -> Block:
    return Block(kind="item", text=text, label=f"({label})", pinpoint=f"{base}({label})", children=children)


def items(*texts: str) -> tuple[Block, ...]:
    return tuple(item(LETTERS[n], text) for n, text in enumerate(texts))


def paragraph(text: str, number: int = 1) -> Block:
    return Block(kind="paragraph", text=text, pinpoint=f"B1.1 paragraph {number}")


def heading(text: str) -> Block:
    return Block(kind="heading", text=text, pinpoint="B1.1 heading 1")


def table(*rows: tuple[str, ...]) -> Block:
    return Block(
        kind="table", pinpoint="B1.1 table 1", rows=tuple(tuple(Cell(text) for text in row) for row in rows)
    )


def kinds(redline: Redline) -> list[str]:
    return [change.kind for change in redline.changes]


def only(redline: Redline, kind: str) -> ClauseChange:
    (change,) = (c for c in redline.changes if c.kind == kind)
    return change


def marked(change: ClauseChange) -> str:
    """The words with [-removed-] and {+added+} marks."""
    return spelt(change.words)


def spelt(words: tuple[Word, ...]) -> str:
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(marks[word.op].format(word.text) for word in words)


SHIP = "the vessel is registered in a harbour of the territory; and"
CREW = "every member of the crew holds a certificate of competence; and"
FEE = "the harbour fee has been paid before the day of departure; and"
LOG = "a log of the voyage is kept by the officer of the watch."
TENT = "the applicant may pitch a tent on the shore for one night;"


def test_same_text_gives_no_change() -> None:
    """Unchanged instructions would be listed as amended."""
    redline = compare(items(SHIP, CREW), items(SHIP, CREW))
    assert kinds(redline) == ["same", "same"]
    assert not redline.amended


def test_inserted_clause_shifts_labels_and_changes_no_words() -> None:
    """Every clause after an inserted one would be reported as changed."""
    redline = compare(items(SHIP, CREW, LOG), items(SHIP, FEE, CREW, LOG))
    assert kinds(redline) == ["same", "added", "renumbered", "renumbered"]
    assert redline.counts == {
        **{"same": 1, "added": 1, "renumbered": 2},
        **{"changed": 0, "removed": 0, "moved": 0, "typography": 0},
    }
    assert redline.amended


def test_removed_clause_stays_where_it_stood() -> None:
    """A deletion would be shown elsewhere, or not at all."""
    redline = compare(items(SHIP, FEE, CREW), items(SHIP, CREW))
    assert kinds(redline) == ["same", "removed", "renumbered"]
    assert marked(redline.changes[1]) == f"[-{FEE}-]"


def test_replaced_clause_shows_the_old_one_first() -> None:
    """Readers expect what went before what came."""
    redline = compare(items(SHIP, "Dogs must wear bells.", CREW), items(SHIP, LOG, CREW))
    assert kinds(redline) == ["same", "removed", "added", "same"]


def test_clauses_in_another_order_are_moved_and_not_reworded() -> None:
    """A reordered list would look rewritten."""
    redline = compare(items(SHIP, CREW, FEE, LOG), items(CREW, FEE, LOG, SHIP))
    assert sorted(kinds(redline)) == ["moved", "renumbered", "renumbered", "renumbered"]
    moved = only(redline, "moved")
    assert (moved.old_at, moved.new_at) == (0, 3)
    assert not moved.reworded


def test_moved_clause_takes_its_short_sub_clauses_along() -> None:
    """Sub-clauses of a moved clause would be torn from it as removed and added."""
    one = item("a", SHIP, item("i", "red"), item("ii", "blue"))
    redline = compare((one, item("b", CREW), item("c", LOG)), (item("a", CREW), item("b", LOG), one))
    assert kinds(redline) == ["renumbered", "renumbered", "moved", "moved", "moved"]


def test_short_words_that_recur_elsewhere_have_not_moved() -> None:
    """`or` and `Not used` would wander across the page."""
    redline = compare(items("Not used.", SHIP, CREW), items(SHIP, CREW, "Not used."))
    assert sorted(kinds(redline)) == ["added", "removed", "renumbered", "renumbered"]


def test_clause_that_moved_and_was_reworded_shows_both() -> None:
    """The changed word of a moved clause would be hidden."""
    new = FEE.replace("departure", "arrival")
    redline = compare(items(FEE, SHIP, CREW, LOG), items(SHIP, CREW, LOG, new))
    moved = only(redline, "moved")
    assert moved.reworded
    assert "[-departure-]{+arrival+}" in marked(moved)


def test_clause_under_another_parent_has_moved() -> None:
    """A condition that now belongs to another rule would be called unchanged."""
    old = (item("a", SHIP, item("i", CREW), item("ii", FEE)), item("c", LOG))
    new = (item("a", SHIP, item("i", CREW)), item("b", TENT, item("ii", FEE)), item("c", LOG))
    assert only(compare(old, new), "moved").new == item("ii", FEE)


def test_short_clause_under_another_parent_has_not_moved() -> None:
    """`Not used.` below one rule would be taken for that below another."""
    old = (item("a", SHIP, item("i", CREW), item("ii", "Not used.")), item("c", LOG))
    new = (item("a", SHIP, item("i", CREW)), item("b", TENT, item("ii", "Not used.")), item("c", LOG))
    assert kinds(compare(old, new)) == ["same", "same", "removed", "added", "added", "same"]


def test_one_word_in_a_long_clause_is_all_that_is_marked() -> None:
    """A reader would have to find the change himself."""
    text = " ".join([SHIP, CREW, FEE, LOG])
    redline = compare([paragraph(text)], [paragraph(text.replace("certificate", "licence"))])
    assert kinds(redline) == ["changed"]
    words = redline.changes[0].words
    assert [w.op for w in words] == ["same", "removed", "added", "same"]
    assert (words[1].text, words[2].text) == ("certificate ", "licence ")


def test_amount_is_one_token() -> None:
    """`$29.66` to `$31.61` would be marked digit by digit."""
    redline = compare([paragraph("Pay $29.66 an hour.")], [paragraph("Pay $31.61 an hour.")])
    assert marked(redline.changes[0]) == "Pay [-$29.66 -]{+$31.61 +}an hour."


def test_rewritten_words_are_not_riddled_with_islands() -> None:
    """`the` and `of` kept amid rewritten text make both texts unreadable."""
    old = "The vessel leaves from the northern quay of the old harbour at noon on every Monday of the year."
    new = "The vessel leaves after inspection by the officers of customs at noon on every Monday of the year."
    (change,) = compare([paragraph(old)], [paragraph(new)]).changes
    assert [w.op for w in change.words] == ["same", "removed", "added", "same"]


def test_change_in_a_sub_clause_leaves_its_parent_alone() -> None:
    """A whole branch would be marked for one word at its tip."""
    old = [item("a", SHIP, item("i", CREW), item("ii", FEE))]
    new = [item("a", SHIP, item("i", CREW), item("ii", FEE.replace("paid", "waived")))]
    assert kinds(compare(old, new)) == ["same", "same", "changed"]


def test_rewritten_lead_in_keeps_its_sub_clauses() -> None:
    """Everything below a rewritten lead-in would be called moved."""
    old = [
        item("a", "Where a vessel is at anchor the master must see that:", item("i", CREW), item("ii", FEE))
    ]
    new = [item("a", "The master of every ship must see that:", item("i", CREW), item("ii", FEE))]
    assert kinds(compare(old, new)) == ["changed", "same", "same"]


def test_unrelated_lead_in_does_not_move_what_stands_below() -> None:
    """Sub-clauses that stayed would be reported as moved."""
    old = [item("a", "Zebras graze.", item("i", CREW), item("ii", FEE))]
    new = [item("a", "All quiet tonight", item("i", CREW), item("ii", FEE))]
    assert kinds(compare(old, new)) == ["removed", "added", "same", "same"]


def test_split_clause_is_a_change_and_an_addition() -> None:
    """Words that merely stand in two clauses now would all be new."""
    old = items(f"{SHIP} {TENT}", LOG)
    new = items(SHIP, TENT, LOG)
    redline = compare(old, new)
    assert kinds(redline) == ["changed", "added", "renumbered"]
    assert marked(redline.changes[0]).endswith(f"[-{TENT}-]")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("the ‘same’ role", "the 'same' role"),
        ("the “same” role", 'the "same" role'),
        ("the ‘same’ role", 'the "same" role'),
        ("an employer’s ship", "an employer's ship"),
        ("full‑time – always", "full-time - always"),
        ("noon — midnight", "noon -- midnight"),
        ("30\u00a0days", "30 days"),
        ("30  days ", " 30 days"),
        ("30 days (or so)", "30 days( or so )"),
        ("infor\u00admation\u200b here", "information here"),
        ("and so on…", "and so on..."),
        ("Ma\u0304ori", "M\u0101ori"),
        ("", " "),
    ],
)
def test_typography_alone_is_no_amendment(old: str, new: str) -> None:
    """A tool reported 42 spurious amendments in one Act, all of this sort."""
    redline = compare([paragraph(old)], [paragraph(new)])
    assert kinds(redline) == ["typography"]
    assert not redline.amended
    assert (reject_all(redline), accept_all(redline)) == ((old,), (new,))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("red; and", "red."),
        ("red; and", "red; or"),
        ("any one", "anyone"),
        ("full-time", "full time"),
        ("Minister", "minister"),
        ("5 m²", "5 m2"),
        ("Māori", "Maori"),
        ("$1,000", "$1000"),
        ("must, in time, pay", "must in time pay"),
        ("(a)", "a"),
    ],
)
def test_words_and_punctuation_that_can_change_the_sense_are_amendments(old: str, new: str) -> None:
    """An amendment would be hidden as a matter of typography."""
    assert compare([paragraph(old)], [paragraph(new)]).amended


def test_case_of_a_heading_is_typography() -> None:
    """A house style would be reported as an amendment; in a clause, case can define a term."""
    assert kinds(compare([heading("Harbour Fees")], [heading("HARBOUR FEES")])) == ["typography"]
    assert kinds(compare([paragraph("Harbour Fees")], [paragraph("HARBOUR FEES")])) != ["typography"]


def test_unknown_label_is_not_another_label() -> None:
    """A flat capture would have every clause renumbered."""
    flat = [Block(kind="item", text=SHIP, pinpoint="B1.1 item 1")]
    assert kinds(compare(items(SHIP), flat)) == ["same"]


def test_table_is_compared_by_cells() -> None:
    """A table would be marked whole for one figure."""
    old = table(("Port", "Fee"), ("North", "$20"), ("South", "$30"))
    new = table(("Port", "Fee"), ("North", "$20"), ("East", "$25"), ("South", "$35"))
    (change,) = compare([old], [new]).changes
    assert change.kind == "changed"
    assert [[spelt(cell) for cell in row] for row in change.rows] == [
        ["Port", "Fee"],
        ["North", "$20"],
        ["{+East+}", "{+$25+}"],
        ["South", "[-$30-]{+$35+}"],
    ]


def test_new_column_is_an_addition_in_every_row() -> None:
    """All cells would be marked as changed because they shifted."""
    old = table(("North Quay", "twenty dollars"), ("South Quay", "thirty dollars"))
    new = table(("North Quay", "", "twenty dollars"), ("South Quay", "open", "thirty dollars"))
    (change,) = compare([old], [new]).changes
    assert [[spelt(cell) for cell in row] for row in change.rows] == [
        ["North Quay", "{++}", "twenty dollars"],
        ["South Quay", "{+open+}", "thirty dollars"],
    ]
    assert accept_all(compare([old], [new])) == (clause_text(new),)
    assert reject_all(compare([old], [new])) == (clause_text(old),)


def test_emptied_cell_and_filled_cell_survive_both_ways() -> None:
    """Rejecting would lose a cell, and the columns would shift."""
    old, new = table(("a", ""), ("", "b")), table(("", "x"), ("c", "b"))
    redline = compare([old], [new])
    assert reject_all(redline) == (clause_text(old),)
    assert accept_all(redline) == (clause_text(new),)


def test_typography_in_a_table_is_no_amendment() -> None:
    """A curly quote in a cell would be an amendment."""
    redline = compare([table(("employer’s", "a – b"))], [table(("employer's", "a - b"))])
    assert kinds(redline) == ["typography"]


def test_nothing_against_something() -> None:
    """A first or last version could not be compared."""
    assert compare((), ()).changes == ()
    assert kinds(compare((), items(SHIP))) == ["added"]
    assert kinds(compare(items(SHIP), ())) == ["removed"]


def test_blocks_come_without_children() -> None:
    """A clause's text would be shown once for itself and once within its parent."""
    redline = compare([item("a", SHIP, item("i", CREW))], [item("a", SHIP, item("i", CREW))])
    assert all(c.new is not None and not c.new.children for c in redline.changes)
    assert [c.depth for c in redline.changes] == [0, 1]


def test_deep_trees_are_read() -> None:
    """A hostile page would end the comparison with a recursion error."""
    block = item("a", SHIP)
    for _ in range(3000):
        block = Block(kind="item", children=(block,))
    assert not compare([block], [block]).amended


def test_large_texts_that_share_nothing_are_compared_in_bounded_time() -> None:
    """Two versions of one page without a common word would hold up everybody else."""
    old = [paragraph(f"x{n} " * 30, n) for n in range(700)]
    new = [paragraph(f"y{n} " * 30, n) for n in range(700)]
    assert compare(old, new).counts["removed"] == 700
    half = calls_of(lambda: compare(old[:350], new[:350]))
    assert calls_of(lambda: compare(old, new)) <= 2.1 * half


@pytest.mark.parametrize("name", ["_SPACES", "_TOKEN", "_DASHES"])
def test_pattern_does_what_its_samples_say(name: str) -> None:
    """The comment above a pattern would promise what the pattern does not do."""
    source = inspect.getsource(module)
    comment = source[: source.index(f"\n{name} = re.compile")].rpartition("\n\n")[2]
    yes, no = (re.findall(r"`([^`]*)`", part) for part in comment.partition("# yes:")[2].split("# no:"))
    assert yes
    assert no
    assert all(getattr(module, name).fullmatch(sample) for sample in yes)
    assert not any(getattr(module, name).fullmatch(sample) for sample in no)
