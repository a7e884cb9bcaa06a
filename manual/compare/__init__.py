"""A redline of two versions of an instruction: clause by clause, then word by word.

A *clause* is one block without its children: a lead-in, an item, a note, a heading, a table. Both trees are read off
into lists of clauses, and every clause of either side ends up in exactly one `ClauseChange`. In this order:

1.  *Words* (`words`). A text falls into tokens (words, numbers with their currency, marks), each with the white space
    after it, so that tokens join to the exact text. Tokens that differ in typography alone (quotes, dashes, spaces,
    ligatures, invisible characters; in headings also case) have one key, and a clause's keys are one string with a
    character per token: two clauses with equal strings say the same words, and rapidfuzz compares strings fast.
2.  *Anchors* (`pairing`). Clauses whose words stand exactly once on both sides are paired, as far as they are in one
    order: the heaviest increasing run of pairs (patience alignment, weighted by length), so that a short heading that
    happens to recur does not hold long clauses apart.
3.  *Gaps* (`pairing`, `clauses`). Between two anchors the best order-keeping pairing is found by dynamic programming
    over similarity (shared words in order, twice over all words), which must reach one half. The same pinpoint, label
    or depth helps a little. A lead-in that was rewritten beyond that is still paired where its sub-clauses are. Pairs
    that ended up under different parents are parted again, unless they would pass for a move.
4.  *Splits* (`splits`). A clause whose words now stand in a lead-in and the items that follow it was split, or the
    other way round joined: its words are compared with those of all of them together.
5.  *Moves* (`clauses`). Clauses left over on both sides with the same words, or nearly, and enough of them not to be
    chance, have moved; what stood below them goes along.
6.  *Kinds* (`changes`). A pair out of order, or whose parents are not a pair, is `moved` (`reworded` where words
    changed too); with other words it is `changed`; with another label `renumbered`; with other typography
    `typography`; else `same`.
7.  *Redline* (`words`, `tables`). Within a pair, removed and added words by longest common subsequence; an island of
    shared words smaller than the changes on both its sides is taken into them, since "of the" amid rewritten text
    tells a reader nothing. The cells of two tables are laid out on one grid, so that each stands in its own column.

The sides are put into a fixed order before aligning, so comparing backwards gives the mirror image. What is laid out
at once is bounded (`words.LARGEST_TABLE`, `pairing.LARGEST_GAP`, `HEAVIEST_GAP`): beyond, a redline is coarser and
never wrong: rejecting all still gives the old text and accepting all the new one.
"""

from manual.compare.changes import compare
from manual.compare.redline import (
    CellChange,
    ChangeKind,
    ClauseChange,
    Op,
    Redline,
    Word,
    accept_all,
    clause_text,
    reject_all,
)
from manual.compare.words import spaced, tokens_of

__all__ = [
    "CellChange",
    "ChangeKind",
    "ClauseChange",
    "Op",
    "Redline",
    "Word",
    "accept_all",
    "clause_text",
    "compare",
    "reject_all",
    "spaced",
    "tokens_of",
]
