"""What people say for what the manual says: the query also searches the manual's own words.

The words are data (`vocabulary.txt`, editable). Nothing is taken from the index, so that an expansion can't
tell what stands in a text of another day.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from indexer.analysis import folded_words, term_of
from indexer.tree import All, Either, Expanded, Leaf, Node, Phrase, Ranked, Word
from manual.errors import IndexFault

Terms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """From the stems of what is said to the folded words of what is meant."""

    meant: dict[Terms, tuple[tuple[str, ...], ...]]
    longest: int


@cache
def bundled_vocabulary() -> Vocabulary:
    """The vocabulary that comes with the program."""
    return read_vocabulary(resources.files("indexer").joinpath("vocabulary.txt").read_text(encoding="utf-8"))


def read_vocabulary(text: str) -> Vocabulary:
    """A vocabulary from its written form. Raises IndexFault, with the line, for a line that is neither form."""
    meant: dict[Terms, tuple[tuple[str, ...], ...]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        content = line.split("#", 1)[0].strip()
        if not content:
            continue
        for said, other in _directions(content, number):
            key = tuple(term_of(word) for word in folded_words(said))
            meant[key] = (*meant.get(key, ()), tuple(folded_words(other)))
    return Vocabulary(meant, max(map(len, meant), default=0))


def _directions(content: str, number: int) -> list[tuple[str, str]]:
    mark = "<>" if "<>" in content else "="
    said, found, others = content.partition(mark)
    pairs = [(said.strip(), other.strip()) for other in others.split("|")]
    if not found or not all(folded_words(said) and folded_words(other) for said, other in pairs):
        raise IndexFault(
            f"vocabulary.txt, line {number}: {content!r} is neither `said = meant` nor `one <> other`."
        )
    return pairs + [(other, said) for said, other in pairs] if mark == "<>" else pairs


def expand(node: Node, vocabulary: Vocabulary) -> tuple[Node, tuple[str, ...]]:
    """The query with words of the vocabulary widened, and what is also searched, to be disclosed.

    Only words that stand as plain words: quoted ones, prefixes and codes mean what they say.
    """
    disclosed: dict[str, None] = {}
    widened = _widened(node, vocabulary, disclosed)
    return widened, tuple(disclosed)


def _widened(node: Node, vocabulary: Vocabulary, disclosed: dict[str, None]) -> Node:
    match node:
        case Word():
            return _in_sequence((node,), vocabulary, disclosed)[0]
        case All(parts):
            return All(tuple(_widened(part, vocabulary, disclosed) for part in parts))
        case Either(parts):
            return Either(tuple(_widened(part, vocabulary, disclosed) for part in parts))
        case Ranked(should, must, must_not):
            return Ranked(
                _in_sequence(should, vocabulary, disclosed),
                tuple(_widened(part, vocabulary, disclosed) for part in must),
                must_not,
            )
        case _:
            return node


def _in_sequence(
    parts: tuple[Node, ...], vocabulary: Vocabulary, disclosed: dict[str, None]
) -> tuple[Node, ...]:
    """Longest run of neighbouring words first."""
    done: list[Node] = []
    at = 0
    while at < len(parts):
        part = parts[at]
        run = _run_at(parts, at, vocabulary)
        if run:
            meant = vocabulary.meant[tuple(term_of(word.folded) for word in run)]
            disclosed.update(dict.fromkeys(" ".join(words) for words in meant))
            done.append(Expanded(run, tuple(_leaf(words) for words in meant)))
            at += len(run)
        else:
            done.append(part if isinstance(part, Word) else _widened(part, vocabulary, disclosed))
            at += 1
    return tuple(done)


def _run_at(parts: tuple[Node, ...], at: int, vocabulary: Vocabulary) -> tuple[Word, ...]:
    run: list[Word] = []
    best: tuple[Word, ...] = ()
    for part in parts[at : at + vocabulary.longest]:
        if not isinstance(part, Word):
            break
        run.append(part)
        if tuple(term_of(word.folded) for word in run) in vocabulary.meant:
            best = tuple(run)
    return best


def _leaf(words: tuple[str, ...]) -> Leaf:
    return Word(words[0]) if len(words) == 1 else Phrase(words, exact=False)
