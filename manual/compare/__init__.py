"""A redline of two versions of an instruction: clause by clause, then word by word.

A *clause* is one block without its children: a lead-in, an item, a note, a heading, a table. Both trees are flattened
into lists of clauses, and every clause of either side ends up in exactly one `ClauseChange`. The steps, in order:

1.  *Words* (`words`). A text is split into tokens (words, numbers with their currency, marks), each with the white
    space after it, so that they join to the exact text. Tokens that differ in typography alone (quotes, dashes, spaces,
    ligatures, invisible characters; in headings also case) have one key, and a clause's keys are one string with a
    character per token: two clauses with equal strings say the same words, and rapidfuzz compares strings fast.
2.  *Anchors* (`pairing`). Clauses whose words occur once on each side are paired, if these pairs keep one order. If not
    all of them do, the heaviest increasing run of pairs is taken (patience alignment, weighted by length), so that a
    short heading that happens to recur does not keep long clauses from being paired.
3.  *Gaps* (`pairing`, `clauses`). Between two anchors the best order-keeping pairing is found by dynamic programming
    over similarity (shared words in order, twice over all words), which must reach one half. The same pinpoint, label
    or depth helps a little. A lead-in that was rewritten beyond that is still paired where its sub-clauses are. Pairs
    whose parents differ are undone, unless the clauses are similar enough to count as moved.
4.  *Splits* (`splits`). A clause whose words now stand in a lead-in and the items that follow it was split (the
    other way round: joined). Its words are compared with those of all these clauses together.
5.  *Moves* (`clauses`). Clauses left over on both sides have moved if they have the same or nearly the same words, and
    enough words to rule out chance. The clauses below them move with them.
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
