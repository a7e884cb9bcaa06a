"""Codes, pinpoints and cross-references: read what people type and pages print, and print it one way.

    typed or printed          code          citation          target of a reference
    `wa4 10(f)`               WA4.10        WA4.10(f)
    "(a) to (c) above"                                        WA4.10.20(a)-(c)

Three steps, each usable alone: *parse* (`parse_code`, `parse_citation`) takes one whole input and either
understands it exactly or raises `CitationError`; *find* (`find_refs`) takes a block's text and yields spans with
targets, relative ones ("at (b) above") with every reading that the block's own place allows; *resolve*
(`resolve_refs`) holds those readings against the pinpoints that exist. No step knows which codes exist: an
input that is shaped like a code is one, and whoever asks for it is told that there is none such.

Above every regular expression stand samples, `yes:` (matched as a whole) and `no:` (not matched so), each in
back-quotes; a test feeds them in. Texts are never normalised before references are sought, so spans are exact.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final, Literal, cast

from manual.errors import CitationError
from manual.model import Code, Ref, SitePath
from manual.publisher import INZ, NOTHING, Publisher, expression
from manual.quick import dataclass

__all__ = [
    "Citation",
    "anchor",
    "code_key",
    "ends_of",
    "find_refs",
    "find_typed",
    "looks_like_code",
    "nearest_codes",
    "parent_of",
    "parse_citation",
    "parse_code",
    "pinpoint_of_anchor",
    "resolve_refs",
    "section_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A code and a place inside it, as one typed it: `WA3.15.5(b)` has code `WA3.15.5` and labels `("(b)",)`."""

    code: Code
    labels: tuple[str, ...] = ()
    """The pieces of the pinpoint after the code: `(f)`, `(ii)`, `•2`, `note`, `paragraph 2`."""

    @property
    def pinpoint(self) -> str:
        """The one printed form; `parse_citation` reads it back to this citation."""
        return self.code + "".join(
            label if label.startswith(("(", "•")) else f" {label}" for label in self.labels
        )


class _Lazy:
    """A regular expression that is compiled when it is first used: all at once would be a tenth of every start."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Asked only for what is not there yet. From then on the compiled pattern's methods are this one's."""
        compiled = re.compile(self.pattern, self._flags)
        for method in ("search", "match", "fullmatch", "finditer", "findall"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def _pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    return cast("re.Pattern[str]", _Lazy(pattern, flags))


# ---------------------------------------------------------------- reading one whole input

# Two readings would be a guess: a footnote mark is no digit of the code, and `½` is no `1/2`.
_REFUSED_FORMS = ("<super>", "<sub>", "<fraction>", "<circle>", "<vertical>", "<square>")
_EDGES = " \t'\"`´‘’“”«».,;:!?#/\\*_|-<>=&"
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－⁃", "-"))

# A number of a code: no sign, no leading zero, at most three digits.
# yes: `1` `16` `175`
# no: `0` `05` `1000`
_NUMBER = _pattern(r"[1-9][0-9]{0,2}")

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

# `(aa)` goes on after `(z)`; other pairs of letters are words.
_DOUBLED = "|".join(letter * 2 for letter in "abcdefghijklmnopqrstuvwxyz")

_BLOCK = "heading|paragraph|item|note|table|reference|signature|quote|other"

# What may follow a code: labels, bullets, kinds of blocks, a mark of repetition, at last a label without brackets.
# yes: `(f)` `(a)(iii)` `(A) (II)` `(b)ii` ` b.` ` b)` `f` `(g)(ii)•2 note` `(1)` ` note` ` paragraph 2(a)` `(a) [2]`
# no: `(of student)` ` to` `(a` ` mix up` ` [2`
_TYPED_LABELS = _pattern(
    rf"(?P<pieces>(?: ?\( ?(?:[A-Za-z]|(?i:{_DOUBLED})|[IVXivx]{{2,7}}|[0-9]{{1,2}}) ?\)| ?•[0-9]{{1,3}}"
    rf"| (?:{_BLOCK})(?: [0-9]{{1,3}})?| \[[0-9]{{1,2}}\])*)"
    r"(?: ?(?P<bare>[A-Za-z]|[IVXivx]{2,7})[.)]?)?"
)

# One of those, without its spaces.
# yes: `(ii)` `•2` `paragraph 2` `note` `[2]`
# no: `2` ` `
_TYPED_PIECE = _pattern(r"\( ?[A-Za-z0-9]+ ?\)|•[0-9]+|[a-z]+(?: [0-9]+)?|\[[0-9]+\]")


def parse_code(text: str, publisher: Publisher = INZ) -> Code:
    """The code that `text` is, in its one printed form.

    >>> parse_code("a16-1"), parse_code(" wa3 15.5 "), parse_code("appendix 13")
    ('A16.1', 'WA3.15.5', 'Appendix 13')

    Raises CitationError for anything else, a code with a pinpoint included. Never answers another code than
    the one typed: `A161` is chapter A161, which nobody will know, and not A16.1.
    """
    typed = _normalised(text)
    code, rest = _leading_code(text, typed, publisher)
    if rest:
        raise CitationError(text, f"{rest.strip()!r} stands after the code {code}", publisher.codes.examples)
    return code


def parse_citation(text: str, publisher: Publisher = INZ) -> Citation:
    """The code and the place in it that `text` names.

    >>> parse_citation("wa4 10(f)").pinpoint, parse_citation("A5.45 b.").pinpoint
    ('WA4.10(f)', 'A5.45(b)')

    Raises CitationError. Labels are printed in lower case, as the manual does.
    """
    typed = _normalised(text)
    code, rest = _leading_code(text, typed, publisher)
    match = _TYPED_LABELS.fullmatch(rest)
    if match is None or (match["bare"] and not code[-1].isdecimal()):
        raise CitationError(text, f"{rest.strip()!r} is no label inside {code}", publisher.codes.examples)
    return Citation(code=code, labels=tuple(_typed_labels(match)))


def looks_like_code(text: str, publisher: Publisher = INZ) -> bool:
    """Whether a whole input is meant as a code or a citation, rather than as words.

    Letters alone count only as typed in capitals (`RA`, not `we`); whether the code exists is another question.
    """
    try:
        citation = parse_citation(text, publisher)
    except CitationError:
        return False
    return not citation.code.isalpha() or _normalised(text).isupper()


# A code within words that someone typed. Spaces inside a code are only taken where no other reading is likely.
# yes: `a16.1` `A16-1` `wa4 10(f)` `WA 4.10` `wa3.15.5 (b)` `wj2` `appendix 13` `A16.1(b)(ii)`
# no: `a 5` `in 4.10` `a 2.5` `section 61` `inz1025` `a16.1km` `A1.2.3.4` `5.5`
_IN_WORDS = expression(
    lambda publisher: (
        rf"(?<![\w.$])(?:{publisher.codes.any_letters}[1-9][0-9]{{0,2}}(?:[.,·-][1-9][0-9]{{0,2}}){{1,2}}"
        + (_LOOSELY_IN_WORDS if publisher.codes.lettered else "")
        + rf"|(?i:{publisher.codes.word_in_words}) ?[1-9][0-9]?)"
        + rf"(?: ?\((?:[A-Za-z]|[IVXivx]{{2,6}}|(?i:{_DOUBLED}))\))*(?![\w(])(?!\.[0-9])"
    )
)
_LOOSELY_IN_WORDS = (
    r"|[A-Z]{2} [1-9][0-9]{0,2}\.[1-9][0-9]{0,2}"
    r"|[A-Za-z]{1,2}[1-9][0-9]{0,2}(?: [1-9][0-9]{0,2}(?= ?\(| *$))?"
)


def find_typed(text: str, publisher: Publisher = INZ) -> tuple[tuple[int, int, Citation], ...]:
    """Codes and citations among the words of a query: start (included), end (excluded), what they say.

    >>> [(c.pinpoint, s, e) for s, e, c in find_typed("remuneration wa3.15 or A16-1(b) on arrival")]
    [('WA3.15', 13, 19), ('A16.1(b)', 23, 31)]

    A query that is a citation as a whole is one. Whether the codes exist is for the caller to see.
    """
    if looks_like_code(text, publisher):
        return ((0, len(text), parse_citation(text, publisher)),)
    found = []
    for match in _IN_WORDS(publisher).finditer(text):
        try:
            found.append((match.start(), match.end(), parse_citation(match[0], publisher)))
        except CitationError:  # `a5.5-10` could be a range
            continue
    return tuple(found)


def _leading_code(text: str, typed: str, publisher: Publisher) -> tuple[Code, str]:
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


def _normalised(text: str) -> str:
    """`text` with one kind of letter, digit, dash and space, and without what stands around a code."""
    for character in text:
        if unicodedata.decomposition(character).startswith(_REFUSED_FORMS):
            raise CitationError(text, f"{character!r} is not part of a code")
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    visible = (c for c in plain if unicodedata.category(c) != "Cf")
    spaced = " ".join("".join(visible).split())
    return _without_edges(spaced)


def _without_edges(text: str) -> str:
    """Without quotes and stops around it, and without brackets that enclose it or have no partner."""
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
_CODE = _pattern(r"(?P<letters>[A-Z]*)(?P<numbers>[0-9]*(?:\.[0-9]+){0,2})")


def code_key(code: Code) -> tuple[int, str, tuple[int, ...]]:
    """Sorts codes as people count: A2 before A16, a part before its chapters, these before their sections.

    >>> sorted(["Appendix 2", "A16.1", "A2", "RA", "R"], key=code_key)
    ['A2', 'A16.1', 'R', 'RA', 'Appendix 2']
    """
    letters, numbers = _split_code(code)
    return (int(" " in code), letters, numbers)


def parent_of(code: Code) -> Code | None:
    """The code above, by the code's own shape: WA3.15.5, WA3.15, WA3, WA, None."""
    letters, numbers = _split_code(code)
    if " " in code or not numbers:
        return None
    return Code(letters + ".".join(map(str, numbers[:-1]))) or None


def section_of(code: Code) -> Code:
    """WA3.15 for WA3.15.5, which is most often a sub-heading on its page; every other code itself."""
    return parent_of(code) or code if code.count(".") == 2 else code


def _split_code(code: Code) -> tuple[str, tuple[int, ...]]:
    match = _CODE.fullmatch(code)
    if match:
        return match["letters"], tuple(int(n) for n in match["numbers"].split(".") if n)
    letters, _, number = code.partition(" ")
    return letters, (int(number),) if number.isdecimal() else ()


# ---------------------------------------------------------------- codes near one that is not known


def nearest_codes(
    text: str, codes: Collection[Code], limit: int = 5, publisher: Publisher = INZ
) -> tuple[Code, ...]:
    """The codes among `codes` that someone who typed `text` may have meant, likeliest first; never `text` itself.

    For A16.11: A16.1, then others of chapter A16. Empty where nothing is near.
    """
    typed, whole = _as_near_code(text, publisher)
    if not typed:
        return ()
    squeezed = {_squeezed(typed), _squeezed(text)}
    scored = []
    for code in codes:
        cost = 0.0 if _squeezed(code) in squeezed else _distance(typed, code)
        if cost <= 3.0 and not (whole and code == typed):
            scored.append((cost, code_key(code), code))
    return tuple(code for _, _, code in sorted(scored)[:limit])


def _as_near_code(text: str, publisher: Publisher) -> tuple[Code, bool]:
    """What to measure from, and whether it is all of `text`."""
    try:
        return parse_citation(text, publisher).code, True
    except CitationError:
        pass
    try:
        return _leading_code(text, _normalised(text), publisher)[0], False
    except CitationError:
        return Code("".join(text.split()).upper()[:20]), False


def _distance(typed: Code, code: Code) -> float:
    """How unlike two codes are: slips of the finger, then how far apart they stand in the manual."""
    from rapidfuzz.distance import OSA  # only for codes that are not known; it would slow every start

    cost = float(OSA.distance(typed.upper(), code.upper(), score_cutoff=4))
    letters, numbers = _split_code(typed)
    other_letters, other_numbers = _split_code(code)
    if letters != other_letters:
        cost += 0.3 if letters in other_letters or other_letters in letters else 1.0
    if letters == other_letters and numbers[:1] == other_numbers[:1]:
        cost = min(cost, 2.0)
    elif numbers != other_numbers:
        cost += 0.6
    cost += 0.3 * abs(len(numbers) - len(other_numbers))
    if numbers and other_numbers:
        cost += min(abs(numbers[-1] - other_numbers[-1]), 100) / 200
    if typed.startswith(code) or code.startswith(typed):
        cost -= 0.2
    return cost - 1.0 if typed.startswith(f"{code}.") else cost


def _squeezed(text: str) -> str:
    return "".join(c for c in text.upper() if c.isalnum())


# ---------------------------------------------------------------- pinpoints as anchors

# yes: `(g)` `(ii)` `(12)` `(aa)` `(xxxviii)`
# no: `(note)` `(1A)` `g`
_PLAIN_LABEL = _pattern(r"\((?:[A-Za-z]{1,3}|[ivx]{4,8}|[0-9]{1,4})\)")

# The pieces of a pinpoint that have a readable spelling; every other character is spelt by its number.
# yes: `WA3.25` `(ii)` `(1A)` `•2` ` 13` ` note` ` h2` ` [2]` `/`
# no: `(a)(b)` ` note 2`
_ANCHOR_PIECE = _pattern(
    rf"(?P<head>^[A-Za-z0-9.]+)|(?P<label>{_PLAIN_LABEL.pattern})|(?P<odd_label>\([A-Za-z0-9]+\))"
    r"|(?P<bullet>•[0-9]+)|(?P<again> \[[0-9]+\])|(?P<number> [0-9]+(?![A-Za-z0-9]))"
    r"|(?P<word> (?![ivx]+(?![a-z]))[a-z]{4,}(?![A-Z0-9]))"
    r"|(?P<odd_word> [A-Za-z0-9]+)|(?P<other>.)",
    re.DOTALL,
)

# The same pieces as they are spelt.
# yes: `WA3.25` `-ii` `__1A` `-b2` `_13` `-note` `--h2` `_x2` `~2f~`
# no: `-` `~2f` `-ii-b2`
_ANCHOR_SPELT = _pattern(
    r"(?P<head>^[A-Za-z0-9.]+)|__(?P<odd_label>[A-Za-z0-9]+)|_x(?P<again>[0-9]+)|_(?P<number>[0-9]+)|--(?P<odd_word>[A-Za-z0-9]+)"
    r"|-b(?P<bullet>[0-9]+)|-(?P<label>[A-Za-z]{1,3}(?![A-Za-z])|[ivx]{4,8}(?![a-z])|[0-9]+)|-(?P<word>[a-z]{4,})"
    r"|~(?P<other>[0-9a-f]+)~"
)


@lru_cache(maxsize=4096)  # one place is asked for by its text, its outline and every link to it
def anchor(pinpoint: str) -> str:
    """The HTML id and URL fragment of a pinpoint; no two pinpoints share one. Only `A-Z a-z 0-9 . - _ ~`.

    >>> anchor("WA3.25(g)(ii)"), anchor("WA3.25(g)(ii)•2 note"), anchor("Appendix 13(a)")
    ('WA3.25-g-ii', 'WA3.25-g-ii-b2-note', 'Appendix_13-a')
    """
    return "".join(_spelt(piece) for piece in _ANCHOR_PIECE.finditer(pinpoint))


def _spelt(piece: re.Match[str]) -> str:
    text = piece[0]
    match piece.lastgroup:
        case "head":
            return text
        case "label":
            return f"-{text[1:-1]}"
        case "odd_label":
            return f"__{text[1:-1]}"
        case "bullet":
            return f"-b{text[1:]}"
        case "again":
            return f"_x{text[2:-1]}"
        case "number":
            return f"_{text[1:]}"
        case "word":
            return f"-{text[1:]}"
        case "odd_word":
            return f"--{text[1:]}"
        case _:
            return f"~{ord(text):x}~"


def pinpoint_of_anchor(fragment: str) -> str:
    """The pinpoint that `anchor` made `fragment` of. Raises CitationError for what `anchor` never made."""
    pieces: list[str] = []
    position = 0
    for piece in _ANCHOR_SPELT.finditer(fragment):
        if piece.start() != position:
            break
        pieces.append(_unspelt(piece))
        position = piece.end()
    pinpoint = "".join(pieces)
    if position != len(fragment) or anchor(pinpoint) != fragment:
        raise CitationError(fragment, "it is not the address of a place in an instruction")
    return pinpoint


def _unspelt(piece: re.Match[str]) -> str:
    name = piece.lastgroup or ""
    text = piece[name]
    if name in ("label", "odd_label"):
        return f"({text})"
    if name == "bullet":
        return f"•{text}"
    if name == "again":
        return f" [{text}]"
    if name == "other":
        number = int(text[:8], 16)
        return chr(number) if number < 0x110000 else ""
    return text if name == "head" else f" {text}"


# ---------------------------------------------------------------- labels and their order

Style = Literal["letter", "roman", "number"]
_ROMAN: Final = {
    roman: n
    for n, roman in enumerate(
        [tens + ones for tens in ("", "x", "xx", "xxx")
         for ones in ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")]
    )
    if roman
}  # fmt: skip


def _readings(label: str) -> dict[Style, int]:
    """What place in a list a label (without brackets) can mean: `i` is the ninth letter or roman one."""
    readings: dict[Style, int] = {}
    if label.isdecimal():
        readings["number"] = int(label)
    if len(label) == 1 and label.isalpha():
        readings["letter"] = ord(label.lower()) - 96
    if label in _ROMAN:
        readings["roman"] = _ROMAN[label]
    elif len(label) == 2 and label[0] == label[1] and label.isalpha():
        readings["letter"] = 26 + ord(label[0].lower()) - 96
    return readings


def _alike(one: str, other: str) -> bool:
    """Whether two labels can stand in one list."""
    return bool(_readings(one).keys() & _readings(other).keys())


def _stands(label: str, direction: str, sibling: str) -> bool:
    """Whether `label` can stand before (`above`) or after (`below`) `sibling` in one list; any, without direction."""
    there, here = _readings(label), _readings(sibling)
    for style in there.keys() & here.keys():
        if direction == "above" and there[style] < here[style]:
            return True
        if direction == "below" and there[style] > here[style]:
            return True
        if not direction:
            return True
    return False


# ---------------------------------------------------------------- references in a text

_L = rf"\((?:[a-z]|[ivx]{{2,6}}|{_DOUBLED})\)"
_ACT_NAME = (
    r"(?!(?:See|Under|The|In|If|And)\s)"
    r"(?:[A-Z][A-Za-zāēīōūĀĒĪŌŪ’'-]*,?\s(?:(?:and|of|for|to|the|in)\s){0,2}){1,8}Act(?:\s(?:19|20)[0-9]{2})?"
)
_LAW_PART = r"\s?\((?:[0-9]{1,2}[A-Z]{0,2}|[a-z]{1,5})\)"
_LAW_PLACE = rf"[1-9][0-9]{{0,2}}[A-Z]{{0,3}}(?:{_LAW_PART})*(?![\w%])(?!\.[0-9])"
_LINK = r"(?:,?\s(?:and/or|and|or)\s|,\s)"
_RANGE = r"(?:\s(?:to|through|until)\s|\s?[-–—]\s?)"

# Labels as a text prints them, the last perhaps without brackets.
# yes: `(a)` `(a)(iii)` `(aa)` `(b)ii`
# no: `(see` `(s) above` `(or)` `(1)` `(A)`
_PRINTED_LABELS = _pattern(rf"{_L}(?:{_L})*(?:[ivx]{{1,5}}(?![\w(]))?")

# The last label in the form `A5.45 b.`
# yes: ` b.` ` b)`
# no: ` b` ` be.` ` b.5`
_BARE_LABEL = _pattern(r"\s(?P<bare>[a-z])[.)](?!\w)")

# yes: ` and ` `, ` `, and ` ` or ` ` and/or ` ` to ` `-` ` – `
# no: ` the ` `,`
_JOINT = _pattern(rf"{_LINK}|(?P<range>{_RANGE})")

# The other end of `(b)ii - iv`.
# yes: `iv` `x`
# no: `in` `ivy`
_BARE_ROMAN = _pattern(r"[ivx]{1,5}(?!\w)")

# yes: `-U5.20` ` to A5.25` ` – A5.25`
# no: ` to 5.25` ` and A5.25` `-A5.25of`
_CODE_RANGE_END = expression(
    lambda publisher: rf"{_RANGE}(?P<code>{publisher.codes.printed})(?![\w(])(?!\.[0-9])"
)

# Which way a relative reference points.
# yes: ` above` ` directly above` ` immediately below` `, above`
# no: ` above-average` ` aboveboard` ` at or above`
_WHERE = _pattern(r",?\s(?:(?:directly|immediately)\s)?(?P<where>above|below)(?![\w-])")

# Before labels that are meant as a reference though neither `above` nor `below` follows.
# yes: `at ` `under ` `(see ` `paragraphs ` `in `
# no: `must ` `to ` `chat `
_CUE = _pattern(r"\(?(?<!\w)(?:at|in|under|see|per|(?:sub-?)?(?:paragraph|clause)s?)\s", re.IGNORECASE)

# `(a) of WA3.15`, against `(a) of the definition` and `paragraph (a) of section 49`.
# yes: ` of WA3.15` ` of the definition`
# no: ` often`
_OF = expression(
    lambda publisher: rf"\sof\s(?:(?P<code>{publisher.codes.printed})(?![\w(])(?!\.[0-9])|[\w ]{{1,20}})"
)

# yes: ` of the Employment Relations Act 2000` ` of the Immigration Act`
# no: ` of the Act` ` of these instructions`
_OF_ACT = _pattern(rf"\s(?:of|in|under)\s(?:the\s)?(?P<act>{_ACT_NAME})")

# Further places after `sections 15`, and after `section 49(1)(a)`.
# yes: `, 40, 265` ` to 55` ` and 16(2)`
# no: ` and 16.5` ` and the`
_MORE_SECTIONS = _pattern(rf"(?:(?:{_LINK}|{_RANGE})(?:{_LAW_PLACE}))+")
# yes: ` and (b)` `, (b) and (c)`
# no: ` and 16`
_MORE_PARTS = _pattern(rf"(?:(?:{_LINK}|{_RANGE})(?:\([a-z0-9]{{1,4}}\))+)+")

# Where a page stands on the publisher's site.
# yes: `{folder}/#46513.htm` `{archive}/4783.HTM` `{folder}/77177.html`
# no: `{folder}/` `{folder}/toc.htm`
_SITE_PATH = expression(
    lambda publisher: rf"(?P<site>{_folder_of(publisher)})/#?(?P<id>[0-9]{{1,9}})\.html?", re.IGNORECASE
)


def _folder_of(publisher: Publisher) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(publisher.own_folders, key=len, reverse=True))) + ")"


def _starts(publisher: Publisher, *, acts: bool) -> str:
    """Where any reference starts; without `acts`, a text that names no Act is spared the search for one."""
    shape = publisher.codes
    issuers = "|".join(publisher.forms) or NOTHING
    starts = [
        rf"(?P<url>(?:https?://|www\.)[^\s<>\"]+|/{_folder_of(publisher)}/[^\s<>\"]+)",
        rf"(?P<act_law>(?P<act>{_ACT_NAME}),?\s(?P<act_word>ss?|[Ss]ections?)\s(?P<act_place>{_LAW_PLACE}))",
        rf"(?P<law>(?<![.-])(?P<word>[Ss]ections?|ss?)\s(?P<place>{_LAW_PLACE}|[A-Z]{{1,2}}\s?[1-9][0-9]{{0,2}}[A-Z]?"
        rf"(?:{_LAW_PART})*(?=\sof\sthe\s[A-Z][\w ]{{0,60}}Act\b)))",
        rf"(?P<form>(?P<issuer>{issuers})\s?(?P<number>[0-9]{{3,4}}[A-Z]?)(?!\w))",
        rf"(?P<appendix>(?:[Tt]ier\s[0-9]\sof\s)?{shape.word_printed}\s(?P<appendix_number>[1-9][0-9]?)(?!\w))",
        rf"(?P<code>(?<![.$-])(?P<instruction>{shape.printed})(?!\.?[0-9])(?P<glued>[A-Za-z]\w*)?)",
        rf"(?P<relative>(?<!\))(?={_L}))",
    ]
    if not acts:
        del starts[1]
    # No reference begins inside a word; said once and first, since it spares most positions the rest.
    digits = "" if shape.lettered else "0-9"
    return rf"(?<!\w)(?=[{digits}A-Z(/hwsat])(?:" + "|".join(starts) + ")"


# yes: `https://www.example.org/{folder}/#46513.htm` `Immigration Act 2009 s 49(1)(b)` `section 49(1)` `s 49(1)(b)`
#      `INZ 1025` `Appendix 13` `Tier 1 of Appendix 13` `A16.5`
#      `/{folder}/77177.htm` `WD2` `E4.1.10of`
# no: `this section` `$29.66` `(452314)` `1 April 2025` `ANZSCO skill level 4` `NZ$1.50` `A1.2.3.4` `section` `5.5`
_START = expression(lambda publisher: _starts(publisher, acts=True))
_START_WITHOUT_ACT = expression(lambda publisher: _starts(publisher, acts=False))

# Whether a text can hold a reference at all.
# yes: `A1` `(a)` `s 4` `x 1` `S 10` `{folder}`
# no: `the person` `(452314)` `30 hours` `$29.66`
_HINT = expression(
    lambda publisher: (
        rf"{'[A-Z][1-9]' if publisher.codes.lettered else '[1-9][.][1-9]'}|\([a-z]{{1,6}}\)"
        rf"|[sSxXZ](?:ections?)?\s?[A-Z]{{0,2}}\s?[1-9]|{_folder_of(publisher)}"
    )
)


@dataclass(frozen=True, slots=True)
class _Named:
    """Labels named in a text, `last` set for a range; without brackets."""

    start: int
    end: int
    first: tuple[str, ...]
    last: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a block stands: code as printed in its pinpoint, labels above and of it, and whether more follows."""

    head: str
    """What its labels are counted from: a code, or the paragraph from which a list starts anew."""
    labels: tuple[str, ...]
    inside: bool
    """The block is a note, bullet or table within the labelled item, so that the item's own children are siblings."""
    others: tuple[str, ...]
    """What else labels on this page are counted from, likeliest first."""


def find_refs(text: str, *, here: str, code: Code, publisher: Publisher = INZ) -> tuple[Ref, ...]:
    """Every reference in a block's `text`, in order, with exact spans that do not overlap.

    `here` is the block's pinpoint and `code` its page's code; relative references are read from there. A relative
    reference carries its possible readings as `candidates`, even where there is one; give the result to
    `resolve_refs`. A reference by code is `resolved` by its shape; whether anything stands there is not known here.
    A range is one reference: `WA4.10(a)-(e)`, `U5.5-U5.20` (`ends_of` takes it apart). One by address alone has the
    address as its target.
    """
    if not _HINT(publisher).search(text):
        return ()
    pattern = (_START if "Act" in text else _START_WITHOUT_ACT)(publisher)
    refs: list[Ref] = []
    position = 0
    while match := pattern.search(text, position):
        found, position = _read_reference(text, match, here, code, publisher)
        refs.extend(found)
    return tuple(refs)


def _read_reference(
    text: str, match: re.Match[str], here: str, code: Code, publisher: Publisher
) -> tuple[list[Ref], int]:
    """The references that begin at `match`, and where to go on."""
    if match["relative"] is not None:
        return _relative(text, match.start(), here, code, publisher)
    if match["code"]:
        return _by_code(text, match, publisher)
    if match["appendix"]:
        return _with_labels(text, match, f"{publisher.codes.word} {match['appendix_number']}")
    if match["url"]:
        return _by_address(match, publisher)
    if match["form"]:
        target = f"{match['issuer']} {match['number']}"
        return [Ref(match.start(), match.end(), target, "form")], match.end()
    return _law(text, match)


def _by_address(match: re.Match[str], publisher: Publisher) -> tuple[list[Ref], int]:
    site = _SITE_PATH(publisher).search(match[0])
    if site is None:
        return [], match.end()
    address = SitePath(f"{site['site'].lower()}/{site['id']}")
    end = match.start() + site.end()
    return [Ref(match.start(), end, address, "resolved", address)], max(end, match.end())


def _law(text: str, match: re.Match[str]) -> tuple[list[Ref], int]:
    groups = match.groupdict()
    act, word = groups.get("act") or "", groups.get("act_word") or match["word"]
    place, end = groups.get("act_place") or match["place"], match.end()
    several = word.lower() in ("ss", "sections")
    more = (_MORE_SECTIONS if several else _MORE_PARTS).match(text, end)
    if more:
        place, end = place + more[0], more.end()
    if not act and (named := _OF_ACT.match(text, end)):
        act, end = named["act"], named.end()
    place = re.sub(r"(?<=[0-9A-Z])\s\(", "(", place)
    target = f"{act} {'ss' if several else 's'} {place}"
    return [Ref(match.start(), end, " ".join(target.split()), "law")], end


def _by_code(text: str, match: re.Match[str], publisher: Publisher) -> tuple[list[Ref], int]:
    code = match["instruction"]
    if match["glued"]:
        broken = Ref(match.start(), match.end(), match[0], "unresolved", candidates=(code,))
        return ([broken] if "." in code else []), match.end()
    if (other := _CODE_RANGE_END(publisher).match(text, match.end())) is not None:
        return [Ref(match.start(), other.end(), f"{code}-{other['code']}", "resolved")], other.end()
    refs, end = _with_labels(text, match, code)
    if "." not in code and "(" not in refs[0].target and not _is_chapter(text, match, code):
        return [], end
    return refs, end


def _is_chapter(text: str, match: re.Match[str], code: str) -> bool:
    """Whether letters and one number are a chapter's code, rather than a level (`B2`), a tax form (`IR330`) …"""
    before = text[max(0, match.start() - 12) : match.start()].rstrip().lower()
    return sum(c.isdecimal() for c in code) <= 2 and not before.endswith(("level", "cefr", "visa", "form"))


def _with_labels(text: str, match: re.Match[str], code: str) -> tuple[list[Ref], int]:
    """References to `code` and the labels that follow it."""
    start, end = match.span()
    gap = end + 1 if text[end : end + 1].isspace() else end
    if labels := _PRINTED_LABELS.match(text, gap):
        named = _chain(text, labels)
        named[0] = replace(named[0], start=start)
        return [Ref(n.start, n.end, _printed(code, n), "resolved") for n in named], named[-1].end
    if bare := _BARE_LABEL.match(text, end):
        return [Ref(start, bare.end(), f"{code}({bare['bare']})", "resolved")], bare.end()
    return [Ref(start, end, code, "resolved")], end


def _chain(text: str, labels: re.Match[str]) -> list[_Named]:
    """All labels joined to the first by `and`, commas or a range; each filled up from the one before it."""
    named = [_Named(labels.start(), labels.end(), _split_labels(labels[0]))]
    bare = not labels[0].endswith(")")
    while joint := _JOINT.match(text, named[-1].end):
        more = _PRINTED_LABELS.match(text, joint.end())
        if more is None and bare and joint["range"]:
            more = _BARE_ROMAN.match(text, joint.end())
        if more is None:
            break
        latest = named[-1]
        full = _filled_up(latest.last or latest.first, _split_labels(more[0]))
        if joint["range"] and latest.last is None:
            named[-1] = replace(latest, end=more.end(), last=full)
        else:
            named.append(_Named(more.start(), more.end(), full))
    return named


def _split_labels(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z]+", text))


def _filled_up(before: tuple[str, ...], labels: tuple[str, ...]) -> tuple[str, ...]:
    """`(ii)` after `(g)(i)` is (g)(ii), and `(j)` after `(h)(i)` is (j)."""
    first = labels[0]
    levels = [k for k, label in enumerate(before) if _alike(first, label)]
    exact = [k for k in levels if _readings(before[k]).keys() == _readings(first).keys()]
    level = max(exact or levels, default=len(before) - 1)
    return before[:level] + labels


def _printed(base: str, named: _Named) -> str:
    """The target: `base` and labels; of a range's end only what differs from its beginning."""
    target = base + _bracketed(named.first)
    if named.last is None:
        return target
    same = 0
    while same < min(len(named.first), len(named.last)) - 1 and named.first[same] == named.last[same]:
        same += 1
    return f"{target}-{_bracketed(named.last[same:])}"


def _bracketed(labels: Sequence[str]) -> str:
    return "".join(f"({label})" for label in labels)


def ends_of(target: str) -> tuple[str, ...]:
    """The pinpoints that a reference's target names: two for a range, else one.

    >>> ends_of("BN3(a)(i)-(vi)"), ends_of("U5.5-U5.20"), ends_of("A16.1(b)")
    (('BN3(a)(i)', 'BN3(a)(vi)'), ('U5.5', 'U5.20'), ('A16.1(b)',))
    """
    first, dash, last = target.partition("-")
    if not dash:
        return (target,)
    if not last.startswith("("):
        return (first, last)
    base, bracket, labels = first.partition("(")
    full = _filled_up(_split_labels(bracket + labels), _split_labels(last))
    return (first, base + _bracketed(full))


# ---------------------------------------------------------------- relative references


def _relative(text: str, start: int, here: str, code: Code, publisher: Publisher) -> tuple[list[Ref], int]:
    """References such as `(a) to (c) above`, or none where the labels are only an enumeration in running text."""
    labels = _PRINTED_LABELS.match(text, start)
    if labels is None:
        return [], start + 1
    named = _chain(text, labels)
    end = named[-1].end
    if where := _WHERE.match(text, end):
        return [_placed(n, _place(here, code), where["where"]) for n in named], end
    if of := _OF(publisher).match(text, end):
        return _labels_of_code(named, of), of.end() if of["code"] else end
    cue = text[max(0, start - 16) : start]
    if any(m.end() == len(cue) for m in _CUE.finditer(cue)):
        return [_placed(n, _place(here, code), "") for n in named], end
    return [], end


def _labels_of_code(named: list[_Named], of: re.Match[str]) -> list[Ref]:
    code = of["code"]
    if code is None:
        return []
    refs = [Ref(n.start, n.end, _printed(code, n), "resolved") for n in named]
    return [*refs[:-1], replace(refs[-1], end=of.end())]


def _placed(named: _Named, place: _Place, direction: str) -> Ref:
    readings = tuple(_printed(base, named) for base in _bases(named.first[0], place, direction))
    if not readings:
        return Ref(named.start, named.end, _printed(place.head, named), "unresolved")
    readings = tuple(dict.fromkeys(readings))
    state: Literal["resolved", "ambiguous"] = "resolved" if len(readings) == 1 else "ambiguous"
    return Ref(named.start, named.end, readings[0], state, candidates=readings)


def _bases(label: str, place: _Place, direction: str) -> list[str]:
    """What `label` can be a child of, the nearest first, seen from `place`."""
    depth = len(place.labels)
    levels = [k for k in range(depth - 1, -1, -1) if _stands(label, direction, place.labels[k])]
    if direction != "above" or (place.inside and depth):
        levels.insert(0, depth)
    if not levels:  # "(d) above", said inside (d) itself
        levels = [k for k in range(depth - 1, -1, -1) if label == place.labels[k]]
    return [*(place.head + _bracketed(place.labels[:k]) for k in levels), *place.others]


# The code and, where a list starts anew after a paragraph, that paragraph.
# yes: `WA3.15` `WA3.15 paragraph 2` `Appendix 13 heading 1` `4.12.3 paragraph 2`
# no: `WA3.15(a)` `paragraph 2`
_HEAD = _pattern(
    r"(?P<code>[A-Z]{0,2}[1-9][0-9]{0,2}(?:\.[1-9][0-9]{0,2}){0,2}|[A-Z]{1,2}|[A-Z][a-z]+ [0-9]+)"
    r"(?: (?P<kind>paragraph|heading|quote|other) (?P<number>[0-9]+))?"
)


def _place(here: str, code: Code) -> _Place:
    match = _HEAD.match(here)
    own = match["code"] if match else code
    head = match[0] if match else code
    others = [own, code]
    if match and match["kind"] == "paragraph":
        others = [f"{own} paragraph {n}" for n in range(int(match["number"]) - 1, 0, -1)] + others
    labels = tuple(re.findall(r"\(([a-z0-9]+)\)", here))
    return _Place(
        head,
        labels,
        not here.endswith(")"),
        tuple(dict.fromkeys(o for o in others if o != head or not labels)),
    )


def resolve_refs(refs: Collection[Ref], pinpoints: Collection[str]) -> tuple[Ref, ...]:
    """`refs` of one page, those within the page held against the pinpoints that stand on it.

    A relative one becomes `resolved` where exactly one reading exists (one in the same list, or nearer, is preferred
    to one elsewhere on the page), `ambiguous` with those that exist where several do, else `unresolved`. One that
    names the page's own code and a label becomes the place called so, `unresolved` where there is none, unless the
    page has no labels at all. Others stay as they are.
    """
    known = pinpoints if isinstance(pinpoints, (set, frozenset)) else frozenset(pinpoints)
    labelled = frozenset(_code_of(p) for p in known if "(" in p)
    return tuple(_resolved(ref, known, labelled) for ref in refs)


def _resolved(ref: Ref, known: Collection[str], labelled: frozenset[str]) -> Ref:
    if ref.state not in ("resolved", "ambiguous") or ref.address:
        return ref
    fitting: tuple[str, ...]
    if ref.candidates:
        fitting = _nearest(tuple(c for c in ref.candidates if _exists(c, known)))
    elif _exists(ref.target, known) or _code_of(ref.target) not in labelled:
        return ref
    else:
        fitting = _elsewhere(ref.target, known)
    if not fitting:
        return replace(ref, state="unresolved")
    if len(fitting) == 1:
        return replace(ref, target=fitting[0], state="resolved", candidates=())
    return replace(ref, target=fitting[0], state="ambiguous", candidates=fitting)


def _nearest(fitting: tuple[str, ...]) -> tuple[str, ...]:
    """Those in the same list as the first."""
    return tuple(c for c in fitting if c.partition("(")[0] == fitting[0].partition("(")[0])


def _elsewhere(target: str, known: Collection[str]) -> tuple[str, ...]:
    """`WA3.15 paragraph 2(b)`, where the text says `WA3.15(b)` and only a list that starts anew has a (b)."""
    code, bracket, labels = target.partition("(")
    found = (p for p in known if p.startswith(f"{code} ") and p.partition("(")[2] == labels)
    return tuple(sorted(found)) if bracket else ()


def _code_of(pinpoint: str) -> str:
    head = pinpoint.partition("(")[0]
    match = _HEAD.match(head)
    return match["code"] if match else head


def _exists(target: str, known: Collection[str]) -> bool:
    return "(" not in target or all(end in known for end in ends_of(target))
