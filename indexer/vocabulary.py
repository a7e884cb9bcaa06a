"""Everyday words and the manual's words for them: a query also searches for the latter.

The words are data (`vocabulary.txt`, editable). Nothing is taken from the index, so that an expansion cannot reveal
words of another day's text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from indexer.analysis import folded_words, term_of
from indexer.tree import All, Either, Expanded, Leaf, Node, OneOf, Phrase, Ranked, Word
from manual.errors import IndexFault

Terms = tuple[str, ...]
BRIDGE = "<2010>"
"""Between the word that the manual used before the Immigration Act 2009 and the one it has used since."""
BRIDGED = "The manual said “{}” before 29 November 2010 and has said “{}” since; both were searched for."


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Maps stems of everyday words to folded words of the manual."""

    meant: dict[Terms, tuple[tuple[str, ...], ...]]
    longest: int
    words: frozenset[str] = frozenset()
    """Stems of all words on either side."""
    bridges: dict[Terms, tuple[str, str]] = field(default_factory=dict)
    """By the stems of what is said: the word of before and the word of since 29 November 2010."""


@cache
def bundled_vocabulary() -> Vocabulary:
    """The vocabulary that comes with the program."""
    return read_vocabulary(resources.files("indexer").joinpath("vocabulary.txt").read_text(encoding="utf-8"))


@cache
def abbreviations() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each abbreviation below the heading `# Abbreviations` of the bundled vocabulary, with what it stands for; by
    letters. They are written as people print them."""
    text = resources.files("indexer").joinpath("vocabulary.txt").read_text(encoding="utf-8")
    below = text.partition("\n# Abbreviations\n")[2].partition("\n#")[0]
    pairs = (line.partition("=") for line in below.splitlines() if "=" in line)
    found = ((short.strip(), tuple(one.strip() for one in meant.split("|"))) for short, _, meant in pairs)
    return tuple(sorted(found, key=lambda one: one[0].lower()))


def read_vocabulary(text: str) -> Vocabulary:
    """Read a vocabulary. Raises IndexFault, naming the line, for a line in neither format."""
    meant: dict[Terms, tuple[tuple[str, ...], ...]] = {}
    bridges: dict[Terms, tuple[str, str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        content = line.split("#", 1)[0].strip()
        if not content:
            continue
        for said, other in _directions(content, number):
            key = tuple(term_of(word) for word in folded_words(said))
            meant[key] = tuple(dict.fromkeys((*meant.get(key, ()), tuple(folded_words(other)))))
            if BRIDGE in content:
                old, _, new = content.partition(BRIDGE)
                bridges.setdefault(key, (old.strip(), new.strip()))
    words = {term for said in meant for term in said}
    words |= {term_of(word) for many in meant.values() for one in many for word in one}
    return Vocabulary(meant, max(map(len, meant), default=0), frozenset(words), bridges)


def _directions(content: str, number: int) -> list[tuple[str, str]]:
    mark = next((mark for mark in (BRIDGE, "<>") if mark in content), "=")
    said, found, others = content.partition(mark)
    pairs = [(said.strip(), other.strip()) for other in others.split("|")]
    if not found or not all(folded_words(said) and folded_words(other) for said, other in pairs):
        raise IndexFault(
            f"vocabulary.txt, line {number}: {content!r} is none of `said = meant`, `one <> other` and "
            f"`old {BRIDGE} new`."
        )
    return pairs + [(other, said) for said, other in pairs] if mark != "=" else pairs


def expand(node: Node, vocabulary: Vocabulary) -> tuple[Node, tuple[str, ...]]:
    """The query expanded by the vocabulary, and what is also searched, to be shown to the reader.

    Only plain words are expanded: quoted words, prefixes and codes are searched as typed.
    """
    widened = widen(node, vocabulary)
    return widened.tree, widened.words


@dataclass(frozen=True, slots=True)
class Widened:
    """A query with words of the vocabulary added."""

    tree: Node
    words: tuple[str, ...]
    """What is also searched."""
    notes: tuple[str, ...]
    """Sentences on words that changed with the Act."""


def widen(node: Node, vocabulary: Vocabulary) -> Widened:
    """As `expand`, plus remarks on words that changed."""
    disclosed: dict[str, None] = {}
    notes: dict[str, None] = {}
    tree = _widened(node, vocabulary, disclosed, notes)
    return Widened(tree, tuple(disclosed), tuple(notes))


def _widened(node: Node, vocabulary: Vocabulary, disclosed: dict[str, None], notes: dict[str, None]) -> Node:
    match node:
        case Word() | OneOf():
            return _in_sequence((node,), vocabulary, disclosed, notes)[0]
        case All(parts):
            return All(tuple(_widened(part, vocabulary, disclosed, notes) for part in parts))
        case Either(parts):
            return Either(tuple(_widened(part, vocabulary, disclosed, notes) for part in parts))
        case Ranked(should, must, must_not):
            return Ranked(
                _in_sequence(should, vocabulary, disclosed, notes),
                tuple(_widened(part, vocabulary, disclosed, notes) for part in must),
                must_not,
            )
        case _:
            return node


def _in_sequence(
    parts: tuple[Node, ...], vocabulary: Vocabulary, disclosed: dict[str, None], notes: dict[str, None]
) -> tuple[Node, ...]:
    """Longest run of neighbouring words first."""
    done: list[Node] = []
    at = 0
    while at < len(parts):
        part = parts[at]
        run = _run_at(parts, at, vocabulary)
        if run:
            meant = vocabulary.meant[_key(run)]
            if bridge := vocabulary.bridges.get(_key(run)):
                notes[BRIDGED.format(*bridge)] = None
            disclosed.update(dict.fromkeys(" ".join(words) for words in meant))
            done.append(Expanded(run, tuple(_leaf(words, run[0].title_only) for words in meant)))
            at += len(run)
        else:
            done.append(
                part if isinstance(part, Word | OneOf) else _widened(part, vocabulary, disclosed, notes)
            )
            at += 1
    return tuple(done)


def _run_at(parts: tuple[Node, ...], at: int, vocabulary: Vocabulary) -> tuple[Word | OneOf, ...]:
    run: list[Word | OneOf] = []
    best: tuple[Word | OneOf, ...] = ()
    for part in parts[at : at + vocabulary.longest]:
        if not isinstance(part, Word | OneOf) or part.title_only != parts[at].title_only:  # type: ignore[union-attr]
            break
        run.append(part)
        if _key(run) in vocabulary.meant:
            best = tuple(run)
    return best


def _key(run: Sequence[Word | OneOf]) -> Terms:
    words = (part.said if isinstance(part, OneOf) else (part.folded,) for part in run)
    return tuple(term_of(word) for said in words for word in said)


def _leaf(words: tuple[str, ...], title_only: bool) -> Leaf:
    if len(words) == 1:
        return Word(words[0], title_only)
    return Phrase(words, exact=False, title_only=title_only)
