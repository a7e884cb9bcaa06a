"""The query as a tree. Frozen, without behaviour: `language` makes it, `evaluate` answers it.

*Leaves* stand somewhere in the words and are scored. *Filters* hold or don't and score nothing. *Groups* put both
together. What each node matches is defined in `evaluate`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from manual.model import Code


@dataclass(frozen=True, slots=True)
class Word:
    """Any word with the same stem."""

    folded: str
    title_only: bool = False


@dataclass(frozen=True, slots=True)
class OneOf:
    """One thing that is written in several ways: `full time` and `fulltime`, `section 61` and `s61`.

    Each way is a run of words by their stems; what stands in two ways at one place stands there once.
    """

    said: tuple[str, ...]
    """Folded words of the first way: what the vocabulary is asked for."""
    ways: tuple[tuple[str, ...], ...]
    title_only: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words one after another in one passage, title or sub-heading: as written if `exact`, else by their stems."""

    folded: tuple[str, ...]
    exact: bool = True
    title_only: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """The first word with each of the others at most `within` words away, on either side, in one passage."""

    folded: tuple[str, ...]
    within: int
    title_only: bool = False


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any word that begins so."""

    start: str
    title_only: bool = False


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Any word that is at most one (up to five letters) or two slips of the finger away."""

    folded: str
    title_only: bool = False


@dataclass(frozen=True, slots=True)
class Cited:
    """A code: the instruction itself, those below it, and the texts that mention it."""

    code: Code
    pinpoint: str
    """With the place inside, as typed; equal to the code where none was given."""
    title_only: bool = False


Leaf = Word | OneOf | Phrase | Near | Prefix | Fuzzy | Cited


@dataclass(frozen=True, slots=True)
class PartIs:
    value: str


@dataclass(frozen=True, slots=True)
class KindIs:
    value: str


@dataclass(frozen=True, slots=True)
class StatusIs:
    value: str


@dataclass(frozen=True, slots=True)
class CodeLike:
    """`WA*` by its letters; `WA4` for the code and all below it."""

    start: str
    open_end: bool


@dataclass(frozen=True, slots=True)
class Began:
    """The version's first day lies from `first` (included) to `until` (excluded)."""

    first: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Ended:
    """The version's first day without force lies from `first` (included) to `until` (excluded)."""

    first: date | None
    until: date | None


Filter = PartIs | KindIs | StatusIs | CodeLike | Began | Ended


@dataclass(frozen=True, slots=True)
class Not:
    part: Node


@dataclass(frozen=True, slots=True)
class All:
    """Every part."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part. A `Not` among them adds nothing: what lacks a word was not asked for."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Words as they are typed: every `must`, no `must_not`, and, where there is no `must` but filters, any `should`."""

    should: tuple[Node, ...] = ()
    must: tuple[Node, ...] = ()
    must_not: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Expanded:
    """Words said, or what the manual calls it."""

    said: tuple[Word | OneOf, ...]
    meant: tuple[Leaf, ...]


Node = Leaf | Filter | Not | All | Either | Ranked | Expanded
FILTERS = (PartIs, KindIs, StatusIs, CodeLike, Began, Ended)
LEAVES = (Word, OneOf, Phrase, Near, Prefix, Fuzzy, Cited)


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below, those that are asked not to stand included."""
    match node:
        case Not(part):
            return (part,)
        case All(parts) | Either(parts):
            return parts
        case Ranked(should, must, must_not):
            return should + must + must_not
        case Expanded(said, meant):
            return said + meant
        case _:
            return ()


def sought(node: Node) -> Iterator[Leaf]:
    """The leaves that may make a text match: those below a NOT left out."""
    if isinstance(node, LEAVES):
        yield node
    elif isinstance(node, Ranked):
        for part in node.should + node.must:
            yield from sought(part)
    elif not isinstance(node, Not):
        for part in children(node):
            yield from sought(part)


def asks_for_ended(node: Node) -> bool:
    """Whether instructions that have ended by the day are asked for."""
    if isinstance(node, Ended) or (isinstance(node, StatusIs) and node.value == "ended"):
        return True
    if isinstance(node, Not):
        return False
    below = node.should + node.must if isinstance(node, Ranked) else children(node)
    return any(asks_for_ended(part) for part in below)
