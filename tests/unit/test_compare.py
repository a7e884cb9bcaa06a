"""Redlines, with expectations written by hand."""

from __future__ import annotations

import inspect
import re

import pytest
from effort import calls_of

from manual.compare import (
    ClauseChange,
    Redline,
    RedlinedWord,
    clause_text,
    compare,
    spaced,
)
from manual.compare import words as module
from manual.model import Block, Cell
from tests.redlines import accept_all, reject_all

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


def spelt(words: tuple[RedlinedWord, ...]) -> str:
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
        ("a harbour oﬃcer", "a harbour officer"),
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


def spanned(*rows: tuple[Cell, ...]) -> Block:
    return Block(kind="table", pinpoint="B1.1 table 1", rows=rows)


def shown(redline: Redline) -> list[list[tuple[str, int, int]]]:
    """The cells of the only table: words with marks, rows and columns that each takes."""
    (change,) = redline.changes
    return [[(spelt(cell.words), cell.rowspan, cell.colspan) for cell in row] for row in change.rows]


def test_values_stay_under_their_own_heading() -> None:
    """A heading over two columns would shrink to one, and the values below move up to the wrong heading."""
    head = (Cell("Port", rowspan=2, header=True), Cell("Fee", colspan=2, header=True))
    below = (Cell("by day", header=True), Cell("by night", header=True))
    old = spanned(head, below, (Cell("North"), Cell("$20"), Cell("$30")))
    new = spanned(head, below, (Cell("North"), Cell("$20"), Cell("$35")))
    assert shown(compare([old], [new])) == [
        [("Port", 2, 1), ("Fee", 1, 2)],
        [("by day", 1, 1), ("by night", 1, 1)],
        [("North", 1, 1), ("$20", 1, 1), ("[-$30-]{+$35+}", 1, 1)],
    ]
    assert all(cell.header for cell in compare([old], [new]).changes[0].rows[1])


def test_row_put_between_rows_that_share_a_cell_is_covered_by_it() -> None:
    """The new row would stand one column too far to the left."""
    first, last = (Cell("Berth A"), Cell("$10")), (Cell("Berth B"), Cell("$20"))
    old = spanned((Cell("North", rowspan=2), *first), last)
    new = spanned((Cell("North", rowspan=3), *first), (Cell("Berth Z"), Cell("$99")), last)
    assert shown(compare([old], [new])) == [
        [("North", 3, 1), ("Berth A", 1, 1), ("$10", 1, 1)],
        [("{+Berth Z+}", 1, 1), ("{+$99+}", 1, 1)],
        [("Berth B", 1, 1), ("$20", 1, 1)],
    ]
    assert shown(compare([new], [old]))[1] == [("[-Berth Z-]", 1, 1), ("[-$99-]", 1, 1)]


def test_place_of_a_column_that_one_side_lacks_is_kept_free() -> None:
    """In a row that only the old table has, the values would move under the new column."""
    old = table(("Port", "Fee in dollars"), ("North Quay", "twenty"), ("Old Pier", "thirty"))
    new = table(("Port", "Owner", "Fee in dollars"), ("North Quay", "Crown", "twenty"))
    assert shown(compare([old], [new])) == [
        [("Port", 1, 1), ("{+Owner+}", 1, 1), ("Fee in dollars", 1, 1)],
        [("North Quay", 1, 1), ("{+Crown+}", 1, 1), ("twenty", 1, 1)],
        [("[-Old Pier-]", 1, 1), ("", 1, 1), ("[-thirty-]", 1, 1)],
    ]


def test_spans_that_cannot_stand_on_one_grid_are_shown_apart() -> None:
    """Two cells would lie over each other, and all that follows would be pushed aside."""
    old = spanned((Cell("North Quay fee"), Cell("South Quay fee")), (Cell("$1"), Cell("$2")))
    new = spanned((Cell("North Quay fee", colspan=2),), (Cell("$1"), Cell("$2")))
    assert shown(compare([old], [new])) == [
        [("[-North Quay fee-]", 1, 1), ("[-South Quay fee-]", 1, 1)],
        [("{+North Quay fee+}", 1, 2)],
        [("$1", 1, 1), ("$2", 1, 1)],
    ]


BOAT = paragraph("A boat must be dry, must be painted blue, and must carry a bell.")
SPLIT = (paragraph("A boat must:"), *items("be dry;", "be painted blue; and", "carry a bell."))


@pytest.mark.parametrize(
    "split",
    [SPLIT, (Block(kind="paragraph", text="A boat must:", pinpoint="B1.1 paragraph 1", children=SPLIT[1:]),)],
    ids=["beside", "below"],
)
def test_paragraph_split_into_items_marks_only_what_changed(split: tuple[Block, ...]) -> None:
    """The whole paragraph would be struck out and all items new, and a reader would look for the change himself."""
    redline = compare([BOAT], split)
    assert [marked(change) for change in redline.changes] == [
        "A boat must{+:+}",
        "be dry[-, must -]{+;+}",
        "be painted blue[-, -]{+; +}and[-must -]",
        "carry a bell.",
    ]
    assert [change.split_from for change in redline.changes] == [None, 0, 0, 0]
    assert redline.changes[0].split_into == 4
    assert reject_all(redline) == (BOAT.text,)
    assert accept_all(redline) == tuple(block.text for block in SPLIT)


def test_items_joined_into_a_paragraph_are_the_mirror_image() -> None:
    """Comparing backwards would show other amendments."""
    redline = compare(SPLIT, [BOAT])
    assert kinds(redline) == ["changed", "removed", "removed", "removed"]
    assert redline.changes[0].joined_from == 4
    assert {change.joined_into for change in redline.changes[1:]} == {0}
    assert reject_all(redline) == tuple(block.text for block in SPLIT)
    assert accept_all(redline) == (BOAT.text,)


def test_new_item_of_a_split_paragraph_is_an_addition() -> None:
    """A duty that was never there would pass for one that was only set on a line of its own."""
    redline = compare([BOAT], (*SPLIT, item("d", "display the name of its owner in letters of gold.")))
    assert marked(redline.changes[-1]).startswith("{+display")
    assert redline.changes[-1].split_from is None


def test_items_say_what_they_go_on_from() -> None:
    """`be painted red;` says nothing without "A boat must:", which may stand before the list or above it."""
    red = (*SPLIT[:2], item("b", "be painted red; and"), SPLIT[3])
    assert only(compare(SPLIT, red), "changed").opening == 0
    nested = [item("a", SHIP, item("i", CREW), item("ii", FEE))]
    other = [item("a", SHIP, item("i", CREW), item("ii", FEE.replace("paid", "waived")))]
    assert only(compare(nested, other), "changed").opening == 0


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("one two three", "one two", "one two[- three-]"),
        ("one two", "one two three", "one two{+ three+}"),
        ("one two, three", "one two and three", "one two[-, -]{+ and +}three"),
    ],
)
def test_shown_words_do_not_run_together(old: str, new: str, shown: str) -> None:
    """`one twothree` would be read where a word at the end was struck out."""
    (change,) = compare([paragraph(old)], [paragraph(new)]).changes
    assert spelt(spaced(change.words)) == shown


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


@pytest.mark.parametrize("kind", ["few", "none", "two words"])
def test_half_a_megabyte_is_compared_in_bounded_memory(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two long paragraphs would take a gigabyte of a worker: the table of the longest common subsequence has a bit for
    each pair of words."""
    tables: list[int] = []
    whole = module.Indel.opcodes

    def counting(one: str, other: str) -> object:
        tables.append(len(one) * len(other))
        return whole(one, other)

    monkeypatch.setattr(module.Indel, "opcodes", counting)
    old = ["dog", "cat"] * 40_000 if kind == "two words" else [f"w{n % 9_000}" for n in range(80_000)]
    new = ["cat", "dog", "dog"] * 27_000 if kind == "two words" else list(old)
    if kind == "few":
        new[100], new[40_000], new[79_999] = "one", "two", "three"
    elif kind == "none":
        new = [f"{word}x" for word in new]
    redline = compare([paragraph(" ".join(old))], [paragraph(" ".join(new))])
    assert accept_all(redline) == (" ".join(new),)
    assert reject_all(redline) == (" ".join(old),)
    assert max(tables, default=0) <= module.LARGEST_TABLE
    if kind == "few":
        removed = [word.text for word in redline.changes[0].words if word.op == "removed"]
        assert removed == [f"{old[100]} ", f"{old[40_000]} ", old[79_999]]


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
