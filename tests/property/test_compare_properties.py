"""Properties of redlines over generated trees and random edits."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from manual.compare import Redline, clause_text, compare, tokens_of
from manual.compare.grid import laid_out
from manual.model import Block, Cell
from tests.redlines import accept_all, reject_all

WORDS = [
    *(
        "the",
        "of",
        "a",
        "and",
        "or",
        "must",
        "vessel",
        "harbour",
        "master",
        "fee",
        "noon",
        "departure",
        "registered",
    ),
    *(
        "$29.66",
        "$31.61",
        "30\u00a0days",
        "employer’s",
        "employer's",
        "“same”",
        '"same"',
        "–",
        "-",
        "--",
        ";",
        ",",
    ),
    *("(a)", "B1.5", "B1.5(b)", "Ma\u0304ori", "M\u0101ori", "…", "...", "soft\u00adly"),
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=6).map("".join),
    st.sampled_from(["", " ", "and", "Not used.", "the same words in the same order again;"]),
    st.text(max_size=8),
)
SPANS = st.sampled_from([1, 1, 1, 2, 3])
CELLS = st.builds(lambda text, rows, columns: Cell(text, rows, columns), TEXTS, SPANS, SPANS)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=3).map(tuple), min_size=1, max_size=4).map(tuple)
LABELS = st.sampled_from(["", "•", "(a)", "(b)", "(i)", "(ii)"])
LEAVES = st.one_of(
    st.builds(
        lambda kind, text, label: Block(kind=kind, text=text, label=label, pinpoint=f"B1{label}"),
        st.sampled_from(["item", "paragraph", "heading", "note"]),
        TEXTS,
        LABELS,
    ),
    ROWS.map(lambda rows: Block(kind="table", rows=rows)),
)
BLOCKS = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        lambda block, children: replace(block, children=tuple(children)), LEAVES, st.lists(inner, max_size=4)
    ),
    max_leaves=12,
)
TREES = st.lists(BLOCKS, max_size=6).map(tuple)


def edited(blocks: tuple[Block, ...], random: Random) -> tuple[Block, ...]:
    """The tree after a few of the edits that amendments make."""
    kept: list[Block] = []
    for block in blocks:
        fate = random.random()
        if fate < 0.1:
            continue
        if fate < 0.2:
            kept.append(Block(kind="item", text="a clause that is quite new;", label="(x)", pinpoint="B1(x)"))
        words = block.text.split(" ")
        if fate > 0.8:
            words[random.randrange(len(words))] = random.choice(WORDS)
        text = " ".join(words).replace("’", "'") if fate > 0.6 else " ".join(words)
        kept.append(replace(block, text=text, children=edited(block.children, random)))
    if random.random() < 0.3:
        random.shuffle(kept)
    return tuple(kept)


EDITS = st.builds(lambda tree, seed: (tree, edited(tree, Random(seed))), TREES, st.integers(0, 2**32))
PAIRS = st.one_of(EDITS, st.tuples(TREES, TREES))


def clauses(tree: tuple[Block, ...]) -> list[Block]:
    return [replace(one, children=()) for block in tree for one in block.walk()]


def fates(redline: Redline) -> Counter[tuple[int | None, int | None, str]]:
    return Counter((c.old_at, c.new_at, c.kind) for c in redline.changes)


@given(PAIRS)
def test_rejecting_all_gives_the_old_text_and_accepting_all_the_new(
    pair: tuple[tuple[Block, ...], ...],
) -> None:
    """The redline would show words that no version ever had, or hide some."""
    old, new = pair
    redline = compare(old, new)
    assert reject_all(redline) == tuple(clause_text(block) for block in clauses(old))
    assert accept_all(redline) == tuple(clause_text(block) for block in clauses(new))


@given(PAIRS)
def test_every_clause_of_both_sides_is_accounted_for_once(pair: tuple[tuple[Block, ...], ...]) -> None:
    """A deletion would be lost, or a clause shown twice."""
    old, new = pair
    changes = compare(old, new).changes
    olds, news = clauses(old), clauses(new)
    assert sorted(c.old_at for c in changes if c.old_at is not None) == list(range(len(olds)))
    assert [c.new_at for c in changes if c.new_at is not None] == list(range(len(news)))
    for change in changes:
        assert change.old == (None if change.old_at is None else olds[change.old_at])
        assert change.new == (None if change.new_at is None else news[change.new_at])
        assert (change.kind == "added") == (change.old is None)
        assert (change.kind == "removed") == (change.new is None)


@given(TREES)
def test_a_text_compared_with_itself_has_no_change(tree: tuple[Block, ...]) -> None:
    """Every comparison would begin with noise."""
    redline = compare(tree, tree)
    assert {change.kind for change in redline.changes} <= {"same"}
    assert not redline.amended


@given(PAIRS)
def test_swapping_the_sides_mirrors_the_redline(pair: tuple[tuple[Block, ...], ...]) -> None:
    """Two readers who compare the same days the other way round would see different amendments."""
    old, new = pair
    there, back = compare(old, new), compare(new, old)
    other = {"added": "removed", "removed": "added"}
    assert fates(there) == Counter((c.new_at, c.old_at, other.get(c.kind, c.kind)) for c in back.changes)
    assert there.amended == back.amended


@given(PAIRS)
def test_comparing_twice_gives_the_same(pair: tuple[tuple[Block, ...], ...]) -> None:
    """An answer would change without a change in the texts."""
    old, new = pair
    assert compare(old, new) == compare(old, new)


@given(PAIRS)
def test_kinds_say_what_the_words_show(pair: tuple[tuple[Block, ...], ...]) -> None:
    """An amendment would be called typography, or its words left unmarked."""
    for change in compare(*pair).changes:
        if change.kind in ("same", "typography", "renumbered"):
            assert not change.reworded
        if change.kind == "changed":
            assert change.reworded
        if change.kind == "same":
            assert change.old is not None
            assert change.new is not None
            assert clause_text(change.old) == clause_text(change.new)


@given(st.one_of(TEXTS, st.text()))
def test_tokens_join_to_the_text(text: str) -> None:
    """Characters would be lost between two words."""
    assert "".join(tokens_of(text)) == text


@given(ROWS, ROWS)
def test_cells_of_a_table_never_lie_over_each_other(
    old: tuple[tuple[Cell, ...], ...], new: tuple[tuple[Cell, ...], ...]
) -> None:
    """A browser would push cells aside, and values would stand under the wrong heading."""
    redline = compare([Block(kind="table", rows=old)], [Block(kind="table", rows=new)])
    for change in redline.changes:
        rows = [[Cell("", cell.rowspan, cell.colspan) for cell in row] for row in change.rows]
        for placed in laid_out(rows):
            assert (placed.height, placed.width) == (placed.cell.rowspan, placed.cell.colspan)
