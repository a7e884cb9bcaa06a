"""Words of a text, by Whoosh's analysis, run once for each distinct word.

A chain of Whoosh's own parts (tokenizer, lower case, accent folding, possessives) makes the *folded* word; the Snowball
project's English stemmer makes the *term* from it. Before stemming, `forms` unifies words that are the same.

    "Māori applicants' WA3.15 $25,000"  ->  folded: maori applicants wa3.15 25000  ->  terms: maori applic wa3.15 25000

(Whoosh's stemmers are older: they treat "international" as "intern", and "added" as a different word from "add".)

Running the chain on every word would take most of a build's time, and a manual repeats its words. So `Lexicon` runs it
once for each distinct printed word and caches the result; a property test compares the two. Every word is indexed, also
"the" and "not", since a quoted phrase means each of its words. Common words are ignored only in queries (`COMMON`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from snowballstemmer.english_stemmer import EnglishStemmer
from whoosh.analysis.filters import CharsetFilter, LowercaseFilter, SubstitutionFilter
from whoosh.analysis.tokenizers import RegexTokenizer
from whoosh.lang.stopwords import stoplists
from whoosh.support.charset import accent_map

from indexer.forms import usual

# A dot joins only what a digit follows, so that codes and amounts stay whole and sentences run together do not.
# An amount with its commas is one word, and folds to its digits alone.
# yes: WA3.15.5 | applicant's | 4.5 | 2010 | 25,000 | 1,400,000.50
# no: e.g | self-employed | visa.The | 1,2 | 2010,2011
_APOSTROPHES = "'’‘ʻʼ`´"
_WORD = rf"(?<![\w.,])\d{{1,3}}(?:,\d{{3}})+(?!\w|,\d)(?:\.\d+)?|\w+(?:\.(?=\d)\w+|[{_APOSTROPHES}]\w+)*"

TOKENS = RegexTokenizer(_WORD)
WORD: re.Pattern[str] = TOKENS.expression
# what is left out of a word: the possessive, apostrophes and the ʻokina, commas of an amount, cents that are none
ANALYZER = (
    TOKENS
    | LowercaseFilter()
    | CharsetFilter(accent_map)
    | SubstitutionFilter(rf"[{_APOSTROPHES}]s?$|[{_APOSTROPHES},]|(?<=\d)\.00$", "")
)
LONGEST_STEMMED = 40

# Words of questions that say nothing about the subject, in addition to Whoosh's own list.
_OF_QUESTIONS = """
    also although always among another anyone anything around away became become becomes been being below besides
    beyond came come comes could does doing done during each either else ever every everything except far few find
    first gets getting give given gives go goes going gone got had happen happens having hence here hers herself
    hi him himself his how however i ie instead into its itself just keep keeps kept kind know known later least less
    let like likely look looking made make makes many me mean meant might mine more moreover most mostly much must
    my myself near nearly need needed needs neither never next none nor nothing now often ok once one ones only onto
    other others otherwise our ours ourselves out over own particular per perhaps please put quite rather really
    regarding regards said same saw say saying says see seem seems seen shall she should since so some somehow
    someone something sometimes soon still such sure take taken tell than thank that's the their theirs them
    themselves then there thereby therefore these they thing things think this those though through throughout thus
    to together too took toward towards tried tries try trying under until unto up upon us use used uses using very
    via want wants was way well went were what whatever whats when whenever where whether which while who whoever
    whole whom whose why will wish within without would yes yet you your yours yourself
"""
COMMON: frozenset[str] = frozenset(stoplists["en"]) | frozenset(_OF_QUESTIONS.split())
"""Folded words that a query passes over unless they are quoted, marked with `+`, or all there is."""


def plain(text: str) -> str:
    """`text` with accents composed, so that a vowel with a macron is always one character."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def printed_words(text: str) -> Iterator[re.Match[str]]:
    """The words of `text`, which must be `plain`, with their positions."""
    return WORD.finditer(text)


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """The folded form of one printed word: lower case, no accents, no possessive."""
    return next((str(token.text) for token in ANALYZER(word)), "")


@lru_cache(maxsize=200_000)
def term_of(folded: str) -> str:
    """The stem of a folded word; codes, amounts and overlong strings are their own stems."""
    if len(folded) > LONGEST_STEMMED or not folded.isalpha():
        return folded
    # A new stemmer for each word: it has state, and threads share this module.
    return str(EnglishStemmer().stemWord(usual(folded)))


def folded_words(text: str) -> list[str]:
    """The folded words of `text`, in order, none left out."""
    return [fold(word) for word in WORD.findall(plain(text))]


def folded_text(text: str) -> str:
    """The folded words with single spaces, for comparing titles and headings."""
    return " ".join(folded_words(text))
