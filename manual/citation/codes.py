"""Codes and places in them as people type them, read as a whole or not at all; and what a code's shape tells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from manual.citation.labels import DOUBLED
from manual.errors import CitationError
from manual.model import Code
from manual.publisher import INZ, Publisher, expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A code and a place in it, as typed: `WA3.15.5(b)` has code `WA3.15.5` and labels `("(b)",)`."""

    code: Code
    labels: tuple[str, ...] = ()
    """The pieces of the pinpoint after the code: `(f)`, `(ii)`, `•2`, `note`, `paragraph 2`."""

    @property
    def pinpoint(self) -> str:
        """The one printed form; `parse_citation` reads it back to this citation."""
        return self.code + "".join(
            label if label.startswith(("(", "•")) else f" {label}" for label in self.labels
        )


# ---------------------------------------------------------------- reading one whole input

# With two readings it would be a guess: a footnote mark is not a digit of the code, and `½` is not `1/2`.
_REFUSED_FORMS = ("<super>", "<sub>", "<fraction>", "<circle>", "<vertical>", "<square>")
_EDGES = " \t'\"`´‘’“”«».,;:!?#/\\*_|-<>=&"
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－⁃", "-"))

# The code itself, sloppily typed. A space may stand anywhere, a hyphen for every dot.
# yes: `a16.1` `A 16.1` `A16-1` `A16 .1` `a16,1` `wa4 10` `WA3.15.5` `wa3-15-5` `WS 2.1.1` `R` `ra` `BA`
# no: `A16.1.1.1` `A5.5-10` `A16, 1` `INZ 1025` `A016.1` `16.1` `a b1` `A2023`
_TYPED = expression(
    lambda publisher: (
        rf"(?P<letters>{publisher.codes.any_letters})"
        rf"(?:{'[ .-]?' if publisher.codes.lettered else ''}(?P<one>[1-9][0-9]{{0,2}})"
        r"(?:(?: ?[.,·:] ?(?<!, )| ?- ?|  ?)(?P<two>[1-9][0-9]{0,2})"
        r"(?:(?: ?[.,·:] ?(?<!, )|(?<=-[0-9])-|(?<=-[0-9][0-9])-|(?<=-[0-9]{3})-|  ?)(?P<three>[1-9][0-9]{0,2}))?"
        rf"){'' if publisher.codes.fewest_numbers > 1 else '?'}){'' if publisher.codes.fewest_numbers else '?'}"
    )
)

# yes: `appendix 13` `Appendix13` `APP. 5` `app 7` `Appendix no. 4`
# no: `appendix` `appendix 0` `appendices 3 and 4`
_TYPED_APPENDIX = expression(lambda publisher: rf"(?i:{publisher.codes.word_typed}) ?(?P<number>[1-9][0-9]?)")


_BLOCK = "heading|paragraph|item|note|table|reference|signature|quote|other"

# What may follow a code: labels, bullets, kinds of blocks, a mark of repetition, at last a label without brackets.
# yes: `(f)` `(a)(iii)` `(A) (II)` `(b)ii` ` b.` ` b)` `f` `(g)(ii)•2 note` `(1)` ` note` ` paragraph 2(a)` `(a) [2]`
# no: `(of student)` ` to` `(a` ` mix up` ` [2`
_TYPED_LABELS = re.compile(
    rf"(?P<pieces>(?: ?\( ?(?:[A-Za-z]|(?i:{DOUBLED})|[IVXivx]{{2,7}}|[0-9]{{1,2}}) ?\)| ?•[0-9]{{1,3}}"
    rf"| (?:{_BLOCK})(?: [0-9]{{1,3}})?| \[[0-9]{{1,2}}\])*)"
    r"(?: ?(?P<bare>[A-Za-z]|[IVXivx]{2,7})[.)]?)?"
)

# One of those, without its spaces.
# yes: `(ii)` `•2` `paragraph 2` `note` `[2]`
# no: `2` ` `
_TYPED_PIECE = re.compile(r"\( ?[A-Za-z0-9]+ ?\)|•[0-9]+|[a-z]+(?: [0-9]+)?|\[[0-9]+\]")


# A letter that looks like a figure, right behind the code: `WA3.1S` may mean WA3.15 or WA3.1(s).
# yes: `S` `O` `o` `l` `I` `B`
# no: `b` `s` `i` ` S` `(S)` `SS`
_PERHAPS_FIGURE = re.compile(r"[SOIZBlo]")


def parse_code(text: str, publisher: Publisher = INZ) -> Code:
    """The code that `text` is, in its one printed form.

    >>> parse_code("a16-1"), parse_code(" wa3 15.5 "), parse_code("appendix 13")
    ('A16.1', 'WA3.15.5', 'Appendix 13')

    Raises CitationError for anything else, including a code with a pinpoint. Never returns another code than the one
    typed: `A161` is chapter A161, which will be unknown, and not A16.1.
    """
    typed = normalised(text)
    code, rest = leading_code(text, typed, publisher)
    if rest:
        raise CitationError(text, f"{rest.strip()!r} stands after the code {code}", publisher.codes.examples)
    return code


def parse_citation(text: str, publisher: Publisher = INZ) -> Citation:
    """The code and the place in it that `text` names.

    >>> parse_citation("wa4 10(f)").pinpoint, parse_citation("A5.45 b.").pinpoint
    ('WA4.10(f)', 'A5.45(b)')

    Raises CitationError. Labels are printed in lower case, as the manual does.
    """
    typed = normalised(text)
    code, rest = leading_code(text, typed, publisher)
    match = _TYPED_LABELS.fullmatch(rest)
    if match is None or (match["bare"] and not code[-1].isdecimal()):
        raise CitationError(text, f"{rest.strip()!r} is no label inside {code}", publisher.codes.examples)
    if _PERHAPS_FIGURE.fullmatch(rest):
        raise CitationError(
            text,
            f"{rest!r} may be a figure of the code or a label; a label stands in brackets",
            publisher.codes.examples,
        )
    return Citation(code=code, labels=tuple(_typed_labels(match)))


def looks_like_code(text: str, publisher: Publisher = INZ) -> bool:
    """Whether a whole input is meant as a code or a citation, rather than as words.

    Letters alone count only as typed in capitals (`RA`, not `we`); whether the code exists is another question.
    """
    try:
        citation = parse_citation(text, publisher)
    except CitationError:
        return False
    return not citation.code.isalpha() or normalised(text).isupper()


def leading_code(text: str, typed: str, publisher: Publisher) -> tuple[Code, str]:
    """The longest code that `typed` begins with, and what follows it."""
    shape = publisher.codes
    match = _TYPED_APPENDIX(publisher).match(typed)
    if match:
        code = Code(f"{shape.word} {match['number']}")
    else:
        match = _TYPED(publisher).match(typed)
        if match is None:
            begins = "with the letters of a code" if shape.lettered else "like a code"
            raise CitationError(text, f"it does not begin {begins}", shape.examples)
        numbers = [match[name] for name in ("one", "two", "three") if match[name]]
        code = Code(match["letters"].upper() + ".".join(numbers))
    rest = typed[match.end() :]
    if rest[:1].isdecimal() or (rest[:1].isalpha() and code.isalpha()):
        raise CitationError(text, "its letters and numbers are not those of a code", shape.examples)
    return code, rest


def _typed_labels(match: re.Match[str]) -> Iterator[str]:
    for piece in _TYPED_PIECE.findall(match["pieces"]):
        yield piece.lower().replace(" ", "") if piece.startswith("(") else piece
    if match["bare"]:
        yield f"({match['bare'].lower()})"


def normalised(text: str) -> str:
    """`text` with letters, digits, dashes and spaces each in one form, and without characters around the code."""
    for character in text:
        if unicodedata.decomposition(character).startswith(_REFUSED_FORMS):
            raise CitationError(text, f"{character!r} is not part of a code")
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    visible = (c for c in plain if unicodedata.category(c) != "Cf")
    spaced = " ".join("".join(visible).split())
    return _without_edges(spaced)


def _without_edges(text: str) -> str:
    """`text` without quotes and full stops around it, and without brackets that enclose it or have no partner."""
    before = None
    while before != text:
        before = text
        text = text.strip(_EDGES).lstrip("([{").rstrip("([{")
        for opened, closed in ("()", "[]", "{}"):
            if text.endswith(closed) and text.count(closed) > text.count(opened):
                text = text[:-1]
    return text


# ---------------------------------------------------------------- what a code says by itself

# A code as it is kept, whoever's it is.
# yes: `A16.1` `WA3.15.5` `RA` `A16` `4.12.3`
# no: `Appendix 13` `a16.1`
_CODE = re.compile(r"(?P<letters>[A-Z]*)(?P<numbers>[0-9]*(?:\.[0-9]+){0,2})")


def code_key(code: Code) -> tuple[int, str, tuple[int, ...]]:
    """Sort key in numeric order: A2 before A16, a part before its chapters, chapters before their sections.

    >>> sorted(["Appendix 2", "A16.1", "A2", "RA", "R"], key=code_key)
    ['A2', 'A16.1', 'R', 'RA', 'Appendix 2']
    """
    letters, numbers = split_code(code)
    return (int(" " in code), letters, numbers)


def parent_of(code: Code) -> Code | None:
    """The code above, from the code's shape: WA3.15.5, WA3.15, WA3, WA, None."""
    letters, numbers = split_code(code)
    if " " in code or not numbers:
        return None
    return Code(letters + ".".join(map(str, numbers[:-1]))) or None


def ways_up(code: Code) -> Iterator[Code]:
    """The code itself and those above it.

    >>> list(ways_up(Code("WA3.15")))
    ['WA3.15', 'WA3', 'WA']
    """
    way: Code | None = code
    while way is not None:
        yield way
        way = parent_of(way)


def section_of(code: Code) -> Code:
    """WA3.15 for WA3.15.5, which is most often a sub-heading on its page; every other code itself."""
    return parent_of(code) or code if code.count(".") == 2 else code


def split_code(code: Code) -> tuple[str, tuple[int, ...]]:
    """The letters of a code, or `Appendix`, and its numbers."""
    match = _CODE.fullmatch(code)
    if match:
        return match["letters"], tuple(int(n) for n in match["numbers"].split(".") if n)
    letters, _, number = code.partition(" ")
    return letters, (int(number),) if number.isdecimal() else ()
