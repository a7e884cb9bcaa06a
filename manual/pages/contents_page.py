"""The table of contents as on a day, as a tree in printed order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from manual.citation import anchor
from manual.model import Code, When, contents_kind
from manual.pages.links import Place
from manual.pages.words import ANSWER_LABEL, counted, entry_label
from manual.queries import KnowledgeBase
from manual.queries.results import Contents, ContentsEntry

Grid = tuple[tuple[str, tuple[ContentsEntry, ...]], ...]
"""Coded entries by the title of their top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One entry with the entries below it."""

    entry: ContentsEntry
    status: str
    """The answer in words where it is not plainly in force; else empty."""
    children: tuple[Branch, ...]
    anchor: str = ""
    """Of a part, chapter or appendix, its first line: where links lead that mean a place in the contents."""
    open: bool = False
    """Whether what stands below it is seen at once."""
    here: bool = False
    """It is the place that was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsPage:
    template: ClassVar[str] = "contents.html"
    title: str
    place: Place
    contents: Contents
    branches: tuple[Branch, ...]
    unlisted: tuple[Branch, ...]
    """Codes that pages know and these contents do not list."""
    grid: Grid
    """Parts and chapters by the top they stand under: the whole manual on one screen."""
    totals: tuple[str, ...]
    """`1,302 instructions in force`: codes by answer, each counted once."""
    status: int = 200


def contents_page(kb: KnowledgeBase, when: When, at: str = "") -> ContentsPage:
    """The contents on a day, from pages seen by `known`, open at the code `at`; open down to the parts if there is no
    `at` or it is not listed."""
    contents = kb.contents_on(when)
    listed = [entry for entry in contents.entries if not entry.unlisted]
    stray = [entry for entry in contents.entries if entry.unlisted]
    return ContentsPage(
        title="Contents",
        place=Place(view="contents"),
        contents=contents,
        branches=tree(listed, at),
        unlisted=tree(stray, at),
        grid=chapters(contents),
        totals=tuple(
            f"{counted(contents.totals[f'status:{word}'], 'instruction')} {label.lower()}"
            for word, label in ANSWER_LABEL.items()
            if contents.totals.get(f"status:{word}")
        ),
    )


def chapters(contents: Contents) -> Grid:
    """Entries with codes above the sections, each once, under the title of their top entry; empty tops are left out."""
    found: dict[str, dict[str, ContentsEntry]] = {}
    top = ""
    for entry in contents.entries:
        if entry.kind == "top":
            top = entry.title
        elif entry.code and entry.kind in ("part", "chapter", "appendix") and not entry.unlisted:
            found.setdefault(top, {}).setdefault(entry.code, entry)
    return tuple((top, tuple(entries.values())) for top, entries in found.items())


@dataclass(slots=True)
class _Growing:
    entry: ContentsEntry
    children: list[_Growing] = field(default_factory=list)

    def grown(self, at: str, known: dict[str, _Growing]) -> Branch:
        """`known`: the first line of every code."""
        children = tuple(child.grown(at, known) for child in self.children)
        code = self.entry.code
        first = code is not None and known[code] is self
        here = first and code == at
        return Branch(
            entry=self.entry,
            status=entry_label(self.entry),
            children=children,
            anchor=anchor(code) if code is not None and first and (is_chapter(code) or here) else "",
            open=here or any(child.open or child.here for child in children)
            if at
            else self.entry.kind in _OPEN,
            here=here,
        )


_OPEN = frozenset({"top", "heading", "part"})


def is_chapter(code: Code) -> bool:
    """Whether other lines may stand below it: a part, a chapter or an appendix."""
    return contents_kind(code) in ("part", "chapter", "appendix")


def chapter_of(code: Code, path: Sequence[ContentsEntry]) -> str:
    """The chapter of a code: itself if it is one, else the nearest above it; empty if there is none."""
    above = (entry.code for entry in reversed(path) if entry.code and is_chapter(entry.code))
    return code if is_chapter(code) else next(above, "")


def tree(entries: list[ContentsEntry], at: str = "") -> tuple[Branch, ...]:
    """`entries` as a tree by the parents they name, siblings in printed order. Only the path to the code `at` is open,
    if that is listed.

    Nested by name, not by position: a section printed far from its chapter is still under it. An entry whose parent
    comes later, is missing or is the entry itself goes to the top, so that none is lost.
    """
    tops: list[_Growing] = []
    known: dict[str, _Growing] = {}
    for entry in entries:
        here = _Growing(entry)
        above = known.get(entry.parent) if entry.parent is not None else None
        (above.children if above else tops).append(here)
        if entry.code is None:
            known[entry.title] = here  # the nearest before: two works in one copy may have tops of one name
        else:
            known.setdefault(entry.code, here)
    wanted = at if at in known and known[at].entry.code == at else ""
    return tuple(top.grown(wanted, known) for top in tops)
