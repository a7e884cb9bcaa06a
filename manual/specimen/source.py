"""The markup in which the specimen is written: one file holds all versions of one instruction.

    code: Q1.5
    title: Harbour pilots
    id: 60110
    1 29/11/2010 listed
    2 14/05/2013
    3 02/12/2015 title="Harbour and river pilots"
    ---
    - The applicant must hold a licence for {-2:vessels|3-:ships and barges}.
      - [3-] This stands in the third version and later.
        * A bullet.
      ! A note inside the item.
    ## Q1.5.1 A sub-heading
    | = Vessel | = Licence |
    | 2^ Tug | 3< Class B |
    > See also Immigration Act 2009 s 49(1)(b)

Before `---` stand facts and versions, after it the text. `[2-4]` and `{2-4:…|5-:…}` say in which versions
something stands. `-` and `*` are items (letters, romans, bullets by depth), `##` a sub-heading, `~` a heading
inside a list whose letters go on, `!` a note, `!-` a line of a note of several, `>` a reference, `@` a line of
a signature. `[[J2.1(a)]]` is a link, `<<word>>` a link to a glossary.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from itertools import zip_longest

ITEM_MARKS = ("-", "*")
# "…of any country; and" where nothing follows
_OPEN_END = re.compile(r";(?: and| or)?$")

_FACT = re.compile(r"(?P<name>[a-z]+): ?(?P<value>.*)")
# 3 02/12/2015 title="Harbour and river pilots" nobanner
_VERSION = re.compile(r"(?P<number>\d+) (?P<day>\d\d/\d\d/\d{4}|-)(?P<options>.*)")
# "  - [3-] text"
_LINE = re.compile(
    r"(?P<indent> *)(?P<mark>-(?= )|\*(?= )|##|~|!-|!|>|@|\|)? ?(?:\[(?P<versions>[\d,-]+)\] ?)?(?P<text>.*)"
)
# {-2:vessels|3-:ships and barges}
_CHOICE = re.compile(r"\{(?P<cases>[\d,-]+:[^{}]*)\}")
_CASE = re.compile(r"(?:^|\|)(?P<versions>[\d,-]+):(?P<words>(?:(?!\|[\d,-]+:).)*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceVersion:
    """One version as its line declares it."""

    number: int
    day: date | None
    options: dict[str, str]
    """Words without value (`listed`, `nobanner`) map to the empty text. Their meanings are in `pages.py`."""

    def has(self, option: str) -> bool:
        return option in self.options


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of a text, in one version."""

    depth: int
    mark: str
    text: str


@dataclass(slots=True)
class SourceNode:
    """A line with what belongs below it."""

    mark: str
    text: str
    children: list[SourceNode] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """All that one file says."""

    name: str
    code: str
    title: str
    id: int
    facts: dict[str, str]
    versions: tuple[SourceVersion, ...]
    lines: tuple[str, ...]

    def title_of(self, version: SourceVersion) -> str:
        return version.options.get("title", self.title)

    def text_of(self, number: int) -> list[SourceNode]:
        """The text of one version as a forest."""
        return _forest(list(_lines_in(self.lines, number)))


def parse_source(name: str, text: str) -> Source:
    """A file's text as a source. Raises ValueError naming the file and line where it is not well formed."""
    head, _, body = text.partition("\n---\n")
    facts: dict[str, str] = {}
    versions: list[SourceVersion] = []
    for number, line in enumerate(head.splitlines(), 1):
        if version := _VERSION.fullmatch(line):
            versions.append(_version(version))
        elif fact := _FACT.fullmatch(line):
            facts[fact["name"]] = fact["value"]
        elif line.strip():
            raise ValueError(f"{name}:{number}: {line!r} is neither a fact nor a version")
    missing = {"code", "title", "id"} - facts.keys()
    if missing or [v.number for v in versions] != list(range(1, len(versions) + 1)) or not versions:
        raise ValueError(f"{name}: lacks {sorted(missing)} or its versions are not numbered from 1")
    return Source(
        name=name,
        code=facts["code"],
        title=facts["title"],
        id=int(facts["id"]),
        facts=facts,
        versions=tuple(versions),
        lines=tuple(line for line in body.splitlines() if line.strip()),
    )


def _version(match: re.Match[str]) -> SourceVersion:
    options: dict[str, str] = {}
    for word in shlex.split(match["options"]):
        key, _, value = word.partition("=")
        options[key] = value
    day = None if match["day"] == "-" else datetime.strptime(match["day"], "%d/%m/%Y").date()  # noqa: DTZ007
    return SourceVersion(number=int(match["number"]), day=day, options=options)


def stands_in(versions: str, number: int) -> bool:
    """Whether `2-4`, `-3`, `5-` or `1,3` includes a version's number.

    >>> [stands_in("-2,5", n) for n in (1, 3, 5)]
    [True, False, True]
    """
    for part in versions.split(","):
        first, dash, last = part.partition("-")
        low = int(first or 1)
        high = int(last or 10_000) if dash else low
        if low <= number <= high:
            return True
    return False


def _lines_in(lines: Iterable[str], number: int) -> Iterator[SourceLine]:
    """The lines of one version. What is below a line goes with it."""
    gone: int | None = None
    for raw in lines:
        match = _LINE.fullmatch(raw)
        assert match is not None  # every part is optional
        depth = len(match["indent"]) // 2
        if gone is not None and depth > gone:
            continue
        gone = None
        if match["versions"] and not stands_in(match["versions"], number):
            gone = depth
            continue
        text = _CHOICE.sub(partial(_choose, number), match["text"])
        yield SourceLine(depth, match["mark"] or "", re.sub(r"  +", " ", text).strip())


def _choose(number: int, choice: re.Match[str]) -> str:
    for case in _CASE.finditer(choice["cases"]):
        if stands_in(case["versions"], number):
            return case["words"]
    return ""


def _forest(lines: list[SourceLine]) -> list[SourceNode]:
    """Lines by depth. The last item of a list ends in a full stop, whatever stood after it in other versions."""
    roots: list[SourceNode] = []
    path: list[SourceNode] = []
    for line in lines:
        node = SourceNode(line.mark, line.text)
        depth = min(line.depth, len(path))
        (path[depth - 1].children if depth else roots).append(node)
        del path[depth:]
        path.append(node)
    _close_lists(roots)
    return roots


def _close_lists(nodes: list[SourceNode]) -> None:
    for node, following in zip_longest(nodes, nodes[1:]):
        _close_lists(node.children)
        goes_on = following is not None and following.mark in ITEM_MARKS
        if node.mark in ITEM_MARKS and not goes_on and not node.children:
            node.text = _OPEN_END.sub(".", node.text)
