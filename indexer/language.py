"""The query language: text in, tree out. Never an error, never "everything".

    partner income                 any of the words ranks; instructions that hold all of them come first
    +partner -child                must stand / must not stand
    "sufficient funds"             these words, one after another
    "job offer"~5                  these words (in any form) at most five words apart
    accredit*   acredited~         words that begin so / words spelt nearly so
    partner AND (income OR funds)  NOT binds closest, then AND, then OR, then mere neighbourhood
    title:partnership  code:WA*  part:"Work visas"  kind:section  status:ended
    on:2024-08-15  began:2024..  ended:..2023  began:2023-05..2024-06-30     (both ends included)
    wa4 10(f)  A16-1  appendix 13  codes, however typed, anywhere
    full-time  full time  fulltime   one thing (`compounds.txt`; any other word with a hyphen is its parts side by side)
    s 61  s61(1)  section 61         a section of an Act;  INZ 1025  INZ1025: a form
    12 months  12-month              a number with its unit, at most three words apart

Recursive descent over one pass of tokens. The grammar is small, and a hand-written parser can easily say where a query
is broken and fall back to its plain words.

    sequence := any*        any := all (OR all)*        all := unary (AND unary)*
    unary    := NOT unary | "+" unary | "-" unary | primary
    primary  := "(" sequence ")" | field ":" value | phrase | word
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from indexer.analysis import COMMON, fold, folded_words, plain, printed_words
from indexer.tree import (
    FILTERS,
    LEAVES,
    All,
    Began,
    Cited,
    CodeLike,
    Either,
    Ended,
    Filter,
    Fuzzy,
    KindIs,
    Near,
    Node,
    Not,
    OneOf,
    PartIs,
    Phrase,
    Prefix,
    Ranked,
    StatusIs,
    Word,
)
from indexer.written import of_compound, one_thing_at
from manual.citation import meant, parse_citation
from manual.dates import parse_day
from manual.errors import CitationError, DayError
from manual.model import Code
from manual.publisher import INZ, Publisher, expression

LONGEST_QUERY = 2000
MOST_WORDS = 64
"""Common words count half; what is looked up among all words or places (`a*`, `a~`, `"a b"~5`) counts four times."""
DEEPEST = 20
_STATUSES = ("in_force", "disputed", "ended", "undated")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A query understood."""

    tree: Node | None
    """None where nothing is asked for."""
    on: date | None = None
    """The day of `on:`, if the query has one."""
    code: Code | None = None
    notes: tuple[str, ...] = ()
    text: str = ""
    """The query as read; `words` are places in it."""
    words: tuple[tuple[int, int, str], ...] = ()
    """Start, end and folded form of each plain word: what `did you mean` may correct."""


def parse(query: str, codes: Collection[Code], publisher: Publisher = INZ) -> Parsed:
    """`query` as a tree. `codes`: all codes; something that may be a code is one if it is among them."""
    text = plain(query)[:LONGEST_QUERY].translate(_QUOTES)
    notes: list[str] = []
    if len(query) > LONGEST_QUERY:
        notes.append(f"The query is very long; only its first {LONGEST_QUERY} characters were searched.")
    try:
        parsed = _Parser(list(_tokens(text, codes, publisher)), text, publisher).parsed()
    except _BrokenQuery as problem:
        notes.append(
            f"The query can't be read as written ({problem}), so its words were searched as plain words."
        )
        parsed = _Parser(list(_plain_tokens(text, codes, publisher)), text, publisher).parsed()
    if parsed.tree is None and text.strip():
        parsed = replace(parsed, notes=(*parsed.notes, _NOTHING_SOUGHT))
    return replace(parsed, notes=(*notes, *parsed.notes)) if notes else parsed


def day_in(query: str, codes: Collection[Code], publisher: Publisher = INZ) -> tuple[str, date] | None:
    """The query without its `on:`, and the day named there; None without one, or for a broken query."""
    parsed = parse(query, codes, publisher)
    if parsed.on is None:
        return None
    text = parsed.text
    rest, at = [], 0
    tokens = list(_tokens(text, codes, publisher))
    for field, value in pairwise(tokens):
        if field.kind == "field" and field.text.lower() == "on:":
            rest.append(text[at : field.start])
            at = value.start + len(value.text) + (2 if value.kind == "phrase" else 0)
    return " ".join("".join([*rest, text[at:]]).split()), parsed.on


_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\0": " "})
_NOTHING_SOUGHT = "Nothing was searched: a query needs at least one word, code or field that is to be found."


class _BrokenQuery(Exception):
    """What is wrong with the syntax, in words for the reader. Never leaves this module."""


# ---------------------------------------------------------------- tokens

_Kind = Literal["phrase", "open", "close", "mark", "field", "operator", "chunk", "code", "one"]


@dataclass(frozen=True, slots=True)
class _Token:
    kind: _Kind
    text: str
    start: int
    within: int | None = None
    cited: Cited | None = None
    one: OneOf | Near | None = None


# "job offer"~5 | "job offer"
_PHRASE = re.compile(r'"(?P<words>[^"]*)"(?:~(?P<within>\d{1,3})?)?')
FIELDS = ("title", "code", "part", "status", "kind", "on", "began", "ended")
# title: | PART:  directly before a value
_FIELD = re.compile(rf"(?P<name>{'|'.join(FIELDS)}):(?=\S)", re.IGNORECASE)
_OPERATOR = re.compile(r"(?:AND|OR|NOT)(?![^\s()])")
# + or - directly before what it marks, at the start of an item
_MARK = re.compile(r"[+-](?=[^\s+-])")
_CHUNK = re.compile(r'[^\s"()]+')
_SPACE = re.compile(r"\s+")
# A16.1 | A 16.1 | wa4 10(f) | A16-1 | WA3.15.5 (b)(ii) | appendix 13; tried from the longest reading to the shortest
_PERHAPS_CODE = expression(
    lambda publisher: (
        rf"(?:(?P<letters>{publisher.codes.any_letters})(?P<gap>{'[ .-]?' if publisher.codes.lettered else ''})"
        r"(?P<numbers>\d{1,3}(?:(?: ?[.,·:] ?|-| )\d{1,3}){0,2})"
        rf"|(?P<appendix>(?i:{publisher.codes.word_in_words}) ?\d{{1,2}}))(?![\w*~])"
        r"(?P<labels>(?: ?\( ?[A-Za-z0-9]{1,7} ?\)){0,4})"
    )
)
_PERHAPS_LETTERS = re.compile(r"[A-Z]{1,2}(?![\w*~:.])")


def _tokens(text: str, codes: Collection[Code], publisher: Publisher) -> Iterator[_Token]:
    at = 0
    start_of_item = True
    while at < len(text):
        token, at_next = _token_at(text, at, codes, start_of_item, publisher)
        start_of_item = token is None or token.kind in ("open", "mark", "field")
        if token is not None:
            yield token
        at = at_next


def _token_at(
    text: str, at: int, codes: Collection[Code], first: bool, publisher: Publisher
) -> tuple[_Token | None, int]:
    """The token that begins at `at` (None for white space) and where the next one begins."""
    if space := _SPACE.match(text, at):
        return None, space.end()
    if text[at] == '"':
        match = _PHRASE.match(text, at)
        if match is None:
            raise _BrokenQuery("a quotation mark is not closed")
        within = int(match["within"]) if match["within"] else None
        return _Token("phrase", match["words"], at, within), match.end()
    if text[at] in "()":
        return _Token("open" if text[at] == "(" else "close", text[at], at), at + 1
    for kind, pattern in (("mark", _MARK), ("field", _FIELD), ("operator", _OPERATOR)):
        match = pattern.match(text, at)
        if match and (first or kind != "mark"):
            return _Token(kind, match[0], at), match.end()  # type: ignore[arg-type]
    return _code_or_chunk(text, at, codes, publisher)


def _code_or_chunk(text: str, at: int, codes: Collection[Code], publisher: Publisher) -> tuple[_Token, int]:
    cited = _code_at(text, at, codes, publisher)
    if cited is not None:
        return _Token("code", text[at : cited[1]], at, cited=cited[0]), cited[1]
    one = one_thing_at(text, at, publisher)
    if one is not None:
        return _Token("one", text[at : one[1]], at, one=one[0]), one[1]
    chunk = _CHUNK.match(text, at)
    end = chunk.end() if chunk else at + 1
    return _Token("chunk", text[at:end], at), end


def _plain_tokens(text: str, codes: Collection[Code], publisher: Publisher) -> Iterator[_Token]:
    """Only words and codes; every other sign counts as white space. Words of the syntax (AND, OR) are common words."""
    at = 0
    for word in printed_words(text):
        if word.start() < at:
            continue
        cited = _code_at(text, word.start(), codes, publisher)
        if cited is not None:
            yield _Token("code", text[word.start() : cited[1]], word.start(), cited=cited[0])
            at = cited[1]
        elif (one := one_thing_at(text, word.start(), publisher)) is not None:
            yield _Token("one", text[word.start() : one[1]], word.start(), one=one[0])
            at = one[1]
        else:
            yield _Token("chunk", word[0], word.start())


def _code_at(text: str, at: int, codes: Collection[Code], publisher: Publisher) -> tuple[Cited, int] | None:
    """The code that is typed at `at`, and where it ends."""
    match = _PERHAPS_CODE(publisher).match(text, at)
    if match is None:
        letters = _PERHAPS_LETTERS.match(text, at)
        whole = letters is not None and (len(letters[0]) == 2 or letters[0] == text.strip())
        known = whole and letters is not None and letters[0] in codes
        return (Cited(Code(letters[0]), letters[0]), letters.end()) if letters and known else None
    for end in _readings(match):
        typed = text[at:end]
        try:
            citation = parse_citation(typed, publisher)
        except CitationError:
            continue
        if _is_meant(match, typed, citation.code, codes):
            return Cited(citation.code, citation.pinpoint), end
    return None


def _readings(match: re.Match[str]) -> list[int]:
    """Ends of what may be the code, longest first: with labels, without, with fewer numbers."""
    ends = [match.end(), match.end() - len(match["labels"])]
    if match["numbers"]:
        base = match.start("numbers")
        ends += [base + gap.start() for gap in re.finditer(r" ?[.,·: -] ?", match["numbers"])][::-1]
    return list(dict.fromkeys(ends))


def _is_meant(match: re.Match[str], typed: str, code: Code, codes: Collection[Code]) -> bool:
    """A number with a dot is a code; what is looser (`wa4 10`, `a16-1`, `r5`) must be one that there is.

    Letters that are also a common word (`a 5 year visa`, `is 4.5 enough`) need the code to be there, and a second
    number or nothing else in the query.
    """
    known = meant(code, codes.__contains__, codes.__contains__) in codes
    tight = re.search(r"\d[.·]\d", typed) is not None and match["gap"] != "."
    if match["letters"] == "":
        return known  # numbers alone may be an amount
    if match["gap"] == " " and fold(match["letters"]) in COMMON:
        return known and (not match["numbers"].isdecimal() or len(typed) == len(match.string.strip()))
    return tight or known


# ---------------------------------------------------------------- parser


class _Parser:
    """One query's tokens, read once from left to right."""

    def __init__(self, tokens: list[_Token], text: str, publisher: Publisher) -> None:
        self._publisher = publisher
        self._tokens = tokens
        self._text = text
        self._at = 0
        self._on: date | None = None
        self._code: Code | None = None
        self._notes: dict[str, None] = {}
        self._words: list[tuple[int, int, str]] = []
        self._cost = 0.0

    def parsed(self) -> Parsed:
        tree = self._sequence(0)
        if self._at < len(self._tokens):
            raise _BrokenQuery("a bracket is closed that was not opened")
        return Parsed(
            tree=None if isinstance(tree, Not) else tree,
            on=self._on,
            code=self._code,
            notes=tuple(self._notes),
            text=self._text,
            words=tuple(self._words),
        )

    def _peek(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _is_operator(self, *names: str) -> bool:
        token = self._peek()
        return token is not None and token.kind == "operator" and token.text in names

    def _sequence(self, depth: int) -> Node | None:
        if depth > DEEPEST:
            raise _BrokenQuery("its brackets are too deep")
        items: list[_Item] = []
        while (token := self._peek()) is not None and token.kind != "close":
            items.extend(self._any(depth))
        return _ranked(items)

    def _any(self, depth: int) -> list[_Item]:
        first = self._all(depth)
        if not self._is_operator("OR"):
            return first
        parts = [_joined(first)]
        while self._is_operator("OR"):
            self._at += 1
            parts.append(_joined(self._all(depth)))
        nodes = tuple(part for part in parts if part is not None)
        if any(isinstance(node, Not) for node in nodes):
            self._notes["A NOT beside OR finds nothing by itself and was passed over."] = None
        return [_Item(Either(nodes))] if nodes else []

    def _all(self, depth: int) -> list[_Item]:
        first = self._unary(depth)
        if not self._is_operator("AND"):
            return first
        parts = [_joined(first)]
        while self._is_operator("AND"):
            self._at += 1
            parts.append(_joined(self._unary(depth)))
        nodes = tuple(part for part in parts if part is not None)
        if nodes and all(isinstance(node, Not) for node in nodes):
            return [_Item(Not(Either(tuple(node.part for node in nodes if isinstance(node, Not)))))]
        return [_Item(All(nodes))] if nodes else []

    def _unary(self, depth: int) -> list[_Item]:
        if depth > DEEPEST:
            raise _BrokenQuery("its marks are too deep")
        token = self._peek()
        if token is None or token.kind == "close" or self._is_operator("AND", "OR"):
            raise _BrokenQuery("an operator has nothing to join")
        if token.kind == "operator" or (token.kind == "mark" and token.text == "-"):
            self._at += 1
            node = _joined(self._unary(depth + 1))
            if isinstance(node, Not):
                return [_Item(node.part)]
            return [_Item(Not(node))] if node is not None else []
        if token.kind == "mark":
            self._at += 1
            node = _joined(self._unary(depth + 1))
            return [_Item(node, "must")] if node is not None else []
        return self._primary(token, depth)

    def _primary(self, token: _Token, depth: int) -> list[_Item]:
        self._at += 1
        if token.kind == "open":
            return self._group(depth)
        if token.kind == "field":
            return self._field(token.text[:-1].lower(), depth)
        if token.kind == "phrase":
            return self._phrase(token)
        if token.kind == "code" and token.cited is not None:
            self._code = self._code or token.cited.code
            return self._leaf(token.cited)
        if token.one is not None:
            if "(" in token.text:
                section = " ".join(token.one.folded if isinstance(token.one, Near) else token.one.said)
                self._notes[f"Places in a section of an Act can’t be searched for; {section} was."] = None
            return self._leaf(token.one)
        return self._chunk(token)

    def _group(self, depth: int) -> list[_Item]:
        node = self._sequence(depth + 1)
        closing = self._peek()
        if closing is None:
            raise _BrokenQuery("a bracket is not closed")
        self._at += 1
        return [_Item(node)] if node is not None else []

    def _leaf(self, node: Node) -> list[_Item]:
        self._cost += _cost(node)
        if self._cost > MOST_WORDS:
            self._notes["The query has very many words; only the first ones were searched."] = None
            return []
        return [_Item(node)]

    def _phrase(self, token: _Token) -> list[_Item]:
        words = tuple(folded_words(token.text))[:MOST_WORDS]
        if not words:
            return []
        if token.within is None:
            return self._leaf(Phrase(words))
        return self._leaf(Near(tuple(dict.fromkeys(words)), token.within))

    def _chunk(self, token: _Token) -> list[_Item]:
        """One or several words without white space between them; words joined by hyphens are one item."""
        items: list[_Item] = []
        for run in _hyphenated(token.text):
            last = run[-1]
            folded = fold(last[0])
            after = token.text[last.end() : last.end() + 1]
            if len(run) > 1 and after not in ("*", "~"):
                items += self._leaf(of_compound(*(fold(word[0]) for word in run)))
                continue
            items += [item for word in run[:-1] for item in self._word(word, token)]
            if after == "*" and len(folded) > 1:
                items += self._leaf(Prefix(folded))
            elif after == "~":
                items += self._leaf(Fuzzy(folded))
            else:
                items += self._word(last, token)
        return items

    def _word(self, word: re.Match[str], token: _Token) -> list[_Item]:
        folded = fold(word[0])
        self._words.append((token.start + word.start(), token.start + word.end(), folded))
        return self._leaf(Word(folded))

    # fields

    def _field(self, name: str, depth: int) -> list[_Item]:
        if name == "title":
            node = _joined(self._titled(depth))
            return [_Item(node, "must")] if node is not None else []
        value = self._value(name)
        if name == "on":
            self._on = _day(value)
            return []
        if name == "code":
            return [_Item(_code_like(value, self._publisher))]
        return [_Item(_FILTER_OF[name](value))]

    def _titled(self, depth: int) -> list[_Item]:
        before = len(self._words)
        token = self._peek()
        if token is None or token.kind not in ("phrase", "chunk", "code", "one", "open"):
            raise _BrokenQuery("title: has no words")
        items = self._primary(token, depth)
        del self._words[before:]
        return [_Item(_title_only(item.node), item.mark) for item in items]

    def _value(self, name: str) -> str:
        token = self._peek()
        if token is None or token.kind not in ("phrase", "chunk", "code", "one"):
            raise _BrokenQuery(f"{name}: has no value")
        self._at += 1
        if not token.text.strip():
            raise _BrokenQuery(f"{name}: has no value")
        return token.text


def _hyphenated(text: str) -> list[list[re.Match[str]]]:
    """The words of a chunk, those together that stand with only a hyphen between them, four at most."""
    runs: list[list[re.Match[str]]] = []
    for word in printed_words(text):
        if runs and len(runs[-1]) < MOST_JOINED and text[runs[-1][-1].end() : word.start()] in _HYPHENS:
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


@dataclass(frozen=True, slots=True)
class _Item:
    node: Node
    mark: Literal["", "must"] = ""


MOST_JOINED = 4
_HYPHENS = ("-", "‐", "‑")


def _cost(node: Node) -> float:
    if isinstance(node, OneOf):
        return len(node.said)
    if isinstance(node, Prefix | Fuzzy | Near):
        return 4
    return 0.5 if isinstance(node, Word) and node.folded in COMMON else 1


def _ranked(items: list[_Item]) -> Node | None:
    """Items side by side. Common words are ignored if anything else is asked for."""
    must_not = tuple(item.node.part for item in items if isinstance(item.node, Not))
    rest = [item for item in items if not isinstance(item.node, Not)]
    must = tuple(item.node for item in rest if item.mark == "must" or isinstance(item.node, FILTERS))
    should = [item.node for item in rest if item.mark != "must" and not isinstance(item.node, FILTERS)]
    telling = [node for node in should if not (isinstance(node, Word) and node.folded in COMMON)]
    if not should and not must:
        return Not(Either(must_not)) if must_not else None
    if len(should) == 1 and not must and not must_not:
        return should[0]
    return Ranked(tuple(telling) if telling or must else tuple(should), must, must_not)


def _joined(items: list[_Item]) -> Node | None:
    """Items joined by one operator or mark: both halves of a hyphenated word must occur."""
    if len(items) == 1:
        return items[0].node
    return All(tuple(item.node for item in items)) if items else None


def _title_only(node: Node) -> Node:
    if isinstance(node, LEAVES):
        return replace(node, title_only=True)
    match node:
        case All(parts):
            return All(tuple(_title_only(part) for part in parts))
        case Either(parts):
            return Either(tuple(_title_only(part) for part in parts))
        case Not(part):
            return Not(_title_only(part))
        case Ranked(should, must, must_not):
            return Ranked(
                tuple(_title_only(part) for part in should),
                tuple(_title_only(part) for part in must),
                tuple(_title_only(part) for part in must_not),
            )
        case _:
            return node


def _status(value: str) -> Filter:
    word = value.strip().lower().replace(" ", "_").replace("-", "_")
    if word not in _STATUSES:
        raise _BrokenQuery(f"status: knows {', '.join(_STATUSES)}")
    return StatusIs(word)


def _code_like(value: str, publisher: Publisher) -> Filter:
    open_end = value.endswith("*")
    start = value.rstrip("*").strip()
    if not start:
        raise _BrokenQuery("code: has no value")
    try:
        return CodeLike(parse_citation(start, publisher).code, open_end)
    except CitationError:
        return CodeLike(start.upper(), open_end)


def _day(value: str) -> date:
    try:
        return parse_day(value)
    except DayError:
        raise _BrokenQuery(f"{value} is not a day") from None


# 2024 | 2024-05
_YEAR_MONTH = re.compile(r"(?P<y>\d{4})(?:-(?P<m>\d{1,2}))?")


def _stretch(value: str) -> tuple[date, date]:
    """The days that `2024`, `2024-05` or a day name: first included, last excluded."""
    match = _YEAR_MONTH.fullmatch(value.strip())
    if match is None:
        day = _day(value)
        return day, day + timedelta(days=1)
    year, month = int(match["y"]), int(match["m"] or 1)
    try:
        first = date(year, month, 1)
        if match["m"] is None:
            return first, date(year + 1, 1, 1)
        return first, date(year + month // 12, month % 12 + 1, 1)
    except ValueError:
        raise _BrokenQuery(f"{value} is not a time") from None


def _range(value: str) -> tuple[date | None, date | None]:
    before, dots, after = value.partition("..")
    if not dots:
        return _stretch(value)
    if not before and not after:
        raise _BrokenQuery(".. has neither end")
    return (_stretch(before)[0] if before else None, _stretch(after)[1] if after else None)


_FILTER_OF: dict[str, Callable[[str], Filter]] = {
    "part": PartIs,
    "kind": KindIs,
    "status": _status,
    "began": lambda value: Began(*_range(value)),
    "ended": lambda value: Ended(*_range(value)),
}
