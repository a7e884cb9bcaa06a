"""When two texts count as the same words: what a letter may change without misquoting.

Folded, in a letter and in the manual alike:

- quotation marks and apostrophes of all kinds are one mark; dashes and hyphens of all kinds are one dash;
- spaces, line ends, soft hyphens and invisible characters don't count; joined letters of print (`ﬁ`) are two letters;
- bullets don't count, nor do marks of punctuation at either end of a quotation;
- the first letter of a quotation, and of what follows an ellipsis, may be a capital or not;
- labels of clauses may be left out; where they are given, they must be right: `(a)`, `a.` and `a)` are one;
- a quotation that begins or ends with a number holds the whole of it: `five months` is not in `twenty-five months`.

Only in a letter:

- an ellipsis (`…`, `...`, `[...]`) stands for any words left out, unless they begin or end with a word that denies
  (`not`), or a number stands beside the ellipsis and another among what it leaves out;
- an editor's square brackets stand for what they replace: `[T]he` is "the", `applicant[s]` is "applicant", `[she]` is
  at most twelve words. The words that decide (numbers in digits or letters, months, words that deny, may and must) are
  the same inside the brackets and in what they replace; `[sic]` and `[emphasis added]` are nothing;
- a hyphen with a space behind it may be that of a line's end: `accredi- tation` is "accreditation".

Everything else counts: case within a sentence, commas, and every digit. A changed number is never the same words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
# Soft hyphen, joiners and spaces without width, marks of direction; not the overrides, which change what is seen.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202c\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]"
)
_SPACE = re.compile(r"[^\S\n]+")

_ELLIPSIS = r"…|\.(?:\s?\.){2,3}"
# Numbers stay whole with their commas and points, and words with their apostrophes.
_TOKEN = re.compile(
    rf"(?P<ellipsis>{_ELLIPSIS})|(?P<number>[0-9](?:[0-9,.]*[0-9])?[^\W_]*)"
    r"|(?P<word>[^\W_]+(?:['’‘ʼ][^\W_]+)*)|(?P<dash>-{2,3}|[-‐‑‒–—―−])|(?P<quote>['’‘ʼ‛′\"“”„‟″«»‹›`´])|(?P<other>\S)"
)
_BULLETS = frozenset("•▪◦·●○■□*")
_APOSTROPHE = re.compile("[’‘ʼ]")
ENDS = frozenset(".,;:!?'-()")
"""Marks that don't count at either end of a quotation."""

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark, folded, with its place in the text: `start` included, `end` excluded."""

    text: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()


def normal(text: str) -> str:
    """The text as it is checked and shown: letters composed, ligatures split, invisible characters removed."""
    made = _INVISIBLE.sub("", text.translate(_LIGATURES)).replace("\r\n", "\n").replace("\r", "\n")
    return _SPACE.sub(" ", unicodedata.normalize("NFC", made))


def tokens(text: str) -> tuple[Token, ...]:
    """The folded words, numbers and marks of a `normal` text. Bullets are left out."""
    found = []
    for match in _TOKEN.finditer(text):
        folded = _folded(match)
        if folded:
            found.append(Token(folded, match.start(), match.end()))
    return tuple(found)


def with_spaces(text: str) -> Iterator[tuple[Token, str]]:
    """Each token of a `normal` text with its printed form and the space after it; a space is added at the end."""
    found = tokens(text)
    for token in found:
        spaced = token is found[-1] or text[token.end : token.end + 1].isspace()
        yield token, text[token.start : token.end] + (" " if spaced else "")


def _folded(match: re.Match[str]) -> str:
    kind, text = match.lastgroup, match[0]
    if kind == "word":
        return _APOSTROPHE.sub("'", text)
    if kind in ("dash", "quote", "ellipsis"):
        return {"dash": "-", "quote": "'", "ellipsis": ELLIPSIS}[kind]
    return "" if text in _BULLETS else text


def opens_label(words: Sequence[str]) -> bool:
    """Whether folded words begin with a label; its bracket then does not count as punctuation at an end."""
    return len(words) > 2 and words[0] == "(" and words[2] == ")"


def count_words(found: Iterable[Token]) -> int:
    return sum(token.is_word for token in found)


def either_case(word: str) -> tuple[str, ...]:
    """The word with a small and with a capital first letter."""
    return (word[0].lower() + word[1:], word[0].upper() + word[1:])


_COUNTS = """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen half quarter
    once twice thrice zero nil single double both
"""
_ORDINALS = """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
    sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth hundredth
"""
_NUMBERS = frozenset((_COUNTS + _ORDINALS).split())
_MONTH_NAMES = """
    january february march april june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
"""
_MONTHS = frozenset(_MONTH_NAMES.split())
_DENYING = "not no nor neither never none nobody nothing cannot without unless except"
_DENIALS = frozenset(_DENYING.split())
_DUTY_WORDS = "may must shall should will would can could might"
_DUTIES = frozenset(_DUTY_WORDS.split())


def is_number(word: str) -> bool:
    """Whether a folded word is a number, in digits or in letters."""
    return word.lower() in _NUMBERS or any(character.isnumeric() for character in word)


def denies(word: str) -> bool:
    """Whether a folded word turns a sentence into its opposite."""
    return word.lower() in _DENIALS or word.lower().endswith("n't")


def decides(word: str) -> bool:
    """Whether an editor may not replace this folded word: a number, a month, a denial, may or must."""
    small = word.lower()
    return is_number(word) or denies(word) or small in _MONTHS or small in _DUTIES
