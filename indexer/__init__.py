"""Full-text search over every version, as of any day.

    VersionDocuments -> contents (units, words) -> arrays on disk -> Holdings -> View of a day -> search
                        building, generations      holdings.py                  language, evaluate, snippets

The index is given versions and never reads the store. It is derived: `build` writes it aside, reads it back, and puts
it in place by replacing one small file; `update` gives the same bytes as a build. `language` defines what a query
means, `evaluate` what it matches and how it ranks. tests/property compares the engine with that definition, written
again in plain Python, and with an index that contains nothing of other days.

**What is used of Whoosh.** Its analysis defines the words: tokenizer, lower case, accent folding and the stop list
(`analysis`). The stemmer is the Snowball project's. Whoosh's codec, matchers, collectors, scoring and query parser are
not used. Measured on made-up manuals (tests/bench/search_bench.py):

- Whoosh's analysis costs most of a build when it is run over every word; run once per distinct printed word, with the
  same results by test, it costs next to nothing.
- Whoosh's codec over the same units took 2.5 s and 3.7 MB at 1,500 versions, texts not included; the arrays take
  0.45 s and 4.0 MB with the texts. The places of a common word come from its matcher in 7.7 ms, from the arrays in
  0.15 ms, and phrases and proximity are then look-ups. Its And, Or and range matchers gave wrong counts in ways
  that the issue lists; a mask over arrays has nothing to get wrong.
- So the inverted index is one array: the places of all words, sorted by their terms. It is what
  `numpy.argsort(terms, kind="stable")` answers, and it is read as slices.

**Each distinct passage once.** A title, sub-heading or passage that is the same in twenty versions is one unit, to
which twenty versions refer. Against one copy per version (1,500 versions): 4.0 instead of 14.5 MB, 0.45 instead of 0.85
s to build, queries equally fast, and results point at the passage.

**The day first.** A search collects the versions that are the answer on its day (a `View`, cached for that day) and
counts everything over these only: matches, lengths, document frequencies, spellings, suggestions. Nothing of another
day can appear, because nothing of another day is read.
"""

from __future__ import annotations

from indexer.building import build, update
from indexer.results import (
    Candidate,
    Hit,
    HitAnswer,
    IndexSummary,
    SearchResult,
    Snippet,
    SnippetPiece,
    Sort,
    Stood,
    Suggestion,
    VersionsMatched,
)
from indexer.runs import PassageRun
from indexer.search import SearchIndex

__all__ = [
    "Candidate",
    "Hit",
    "HitAnswer",
    "IndexSummary",
    "PassageRun",
    "SearchIndex",
    "SearchResult",
    "Snippet",
    "SnippetPiece",
    "Sort",
    "Stood",
    "Suggestion",
    "VersionsMatched",
    "build",
    "update",
]
