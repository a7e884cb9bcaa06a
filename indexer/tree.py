"""The query as a tree. Frozen, without behaviour: `language` makes it, `evaluate` answers it.

*Leaves* occur in the words and are scored. *Filters* apply or not, without a score. *Groups* combine both. `evaluate`
defines what each node matches.
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
    """One thing written in several ways: `full time` and `fulltime`, `section 61` and `s61`.

    Each way is a sequence of stems. Matches of two ways at one place count once.
    """

    said: tuple[str, ...]
    """Folded words of the first way: what the vocabulary is asked for."""
    ways: tuple[tuple[str, ...], ...]
    title_only: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Successive words in one passage, title or sub-heading: as written if `exact`, else by stems."""

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
    """Any word with this beginning."""

    start: str
    title_only: bool = False


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Any word with at most one typing error (up to five letters) or two."""

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
    """At least one part. A `Not` among the parts adds no matches: texts lacking a word were not asked for."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Words as typed: every `must`, no `must_not`, and any `should` if there is no `must` except filters."""

    should: tuple[Node, ...] = ()
    must: tuple[Node, ...] = ()
    must_not: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Expanded:
    """The words typed, or the manual's words for them."""

    said: tuple[Word | OneOf, ...]
    meant: tuple[Leaf, ...]


Node = Leaf | Filter | Not | All | Either | Ranked | Expanded
FILTERS = (PartIs, KindIs, StatusIs, CodeLike, Began, Ended)
LEAVES = (Word, OneOf, Phrase, Near, Prefix, Fuzzy, Cited)


def children(node: Node) -> tuple[Node, ...]:
    """The child nodes, including negated ones."""
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
    """The leaves that can make a text match, without those below a NOT."""
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
