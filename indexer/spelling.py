"""`did you mean`: corrects misspelt plain words, using the words of the day."""

from __future__ import annotations

from functools import cache
from importlib import resources

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from indexer.analysis import COMMON, folded_words, term_of
from indexer.holdings import View
from indexer.language import Parsed
from indexer.vocabulary import Vocabulary

_SHORTEST = 4
_LONG = 8
"""Letters from which two slips are put right; in shorter words two slips make another word."""


@cache
def right_words() -> frozenset[str]:
    """Stems of correctly spelt words, whether or not a text contains them (`right_words.txt`)."""
    lines = resources.files("indexer").joinpath("right_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(term_of(word) for line in lines for word in folded_words(line.split("#", 1)[0]))


def did_you_mean(parsed: Parsed, view: View, vocabulary: Vocabulary) -> str | None:
    """The query with each plain word that occurs nowhere replaced by the most likely word that does; or None.

    Candidates by similarity, then frequency, then alphabet. Quoted words, codes, dates and words with digits are not
    changed, nor are correct words that occur nowhere: those of the vocabulary and of `right_words.txt`.
    """
    corrected = parsed.text
    changed = False
    for start, end, folded in reversed(parsed.words):
        better = None if _is_right(folded, view, vocabulary) else _correction(folded, view)
        if better is not None:
            corrected = corrected[:start] + better + corrected[end:]
            changed = True
    return corrected.strip() if changed else None


def _is_right(folded: str, view: View, vocabulary: Vocabulary) -> bool:
    if len(folded) < _SHORTEST or not folded.isalpha() or folded in COMMON:
        return True
    term = term_of(folded)
    return term in right_words() or term in vocabulary.words or _stands(folded, view)


def _correction(folded: str, view: View) -> str | None:
    slips = 2 if len(folded) >= _LONG else 1
    near = [
        found
        for length in range(len(folded) - slips, len(folded) + slips + 1)
        for found in process.extract(
            folded,
            view.holdings.words_of_length(length),
            scorer=OSA.distance,
            score_cutoff=slips,
            limit=None,
            processor=None,
        )
    ]
    standing = [
        (distance, -count, word)
        for word, distance, number in near
        if word.isalpha()
        and len(word) >= _SHORTEST - 1
        and word not in COMMON
        and (count := view.count_of(number))
    ]
    return min(standing)[2] if standing else None


def _stands(folded: str, view: View) -> bool:
    """Whether a word with the same stem occurs in the view."""
    places = view.holdings.places_of(folded)
    return bool(np.any(view.stands[view.holdings.unit_at_place[places]]))
