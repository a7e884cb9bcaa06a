"""Drafts of blocks: the readers of HTML and of text make them; `finish` adds labels, pinpoints and references.

Items are numbered only here, so that both readers follow the same rules:

- A sub-heading with a code restarts all numbering; what follows is named after it: `WA3.15.5(b)`.
- A list interrupted by a heading without a code, a note or a table continues: the item after the heading is (h).
- A list interrupted by a paragraph restarts, as in a browser, unless the source gives the number to continue with. Its
  items are then named after the paragraph, so that no two share a pinpoint: `WA3.15 paragraph 2(a)`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from manual.citation.provisions import with_laws
from manual.citation.references import find_refs, resolve_refs
from manual.model import Block, BlockKind, Cell, Code, Finding, ListStyle, Ref, Severity
from manual.parse.inline import LinkedWords
from manual.parse.links import merge_links
from manual.parse.lists import ORDERED, by_depth, label
from manual.publisher import INZ, Publisher


@dataclass(slots=True, kw_only=True)
class BlockDraft:
    """A block without label and pinpoint yet. Mutable; used only within one call of the parser."""

    kind: BlockKind
    text: str = ""
    links: tuple[LinkedWords, ...] = ()
    code: Code | None = None
    """Of a sub-heading with a code."""
    style: ListStyle = ""
    number: int | None = None
    """The item's number where the source prints it or starts its list with it."""
    new_list: bool = False
    """The first item of a list of its own in the source."""
    children: list[BlockDraft] = field(default_factory=list)
    rows: tuple[tuple[Cell, ...], ...] = ()
    struck: tuple[str, ...] = ()
    """Words that the source shows struck out within this block."""
    label: str = ""
    pinpoint: str = ""

    def walk(self) -> Iterator[BlockDraft]:
        yield self
        for child in self.children:
            yield from child.walk()


def struck_words(words: str) -> tuple[Severity, str, str]:
    """The finding for words that a page shows struck out. The finding keeps them, the text leaves them out (r09)."""
    return "warning", "struck_words", f"struck out on the page, so no part of the text: {words!r}"


def items_by_depth(drafts: Iterable[BlockDraft], depth: int = 0) -> None:
    """Give ordered items of unknown style (`number` set, style empty) the style of their depth."""
    for draft in drafts:
        counted = draft.kind == "item" and draft.number is not None
        if counted and not draft.style:
            draft.style = by_depth(depth)
        items_by_depth(draft.children, depth + 1 if counted else depth)


@dataclass(slots=True)
class _Siblings:
    """Counts the blocks directly below one heading, item or page."""

    base: str
    inside_item: bool
    items_at: str = ""
    """What items are called after: the base, or a divider from which their list starts anew."""
    last: dict[ListStyle, int] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)
    divider: str = ""
    """The latest paragraph or heading."""
    cut: bool = False
    """A paragraph stands between the last ordered item and here."""

    def __post_init__(self) -> None:
        self.items_at = self.items_at or self.base

    def restart(self) -> None:
        if self.divider:
            self.items_at = self.divider
        self.last = {}

    def item_number(self, draft: BlockDraft) -> int:
        """The number of the next item, by the rules above."""
        if draft.style not in ORDERED:
            self.last[draft.style] = self.last.get(draft.style, 0) + 1
            return self.last[draft.style]
        seen = self.last.get(draft.style)
        again = draft.number is not None and seen is not None and draft.number <= seen
        if again or (draft.number is None and draft.new_list and self.cut and seen):
            self.restart()
        self.cut = False
        number = draft.number if draft.number is not None else self.last.get(draft.style, 0) + 1
        self.last[draft.style] = number
        return number

    def named(self, kind: str) -> str:
        """`WA3.15 paragraph 2`; inside an item the first note is just `note`."""
        self.kinds[kind] += 1
        count = self.kinds[kind]
        if self.inside_item and kind == "note" and count == 1:
            return f"{self.base} note"
        return f"{self.base} {kind} {count}"


class _Namer:
    """Gives every draft of one page its label and a unique pinpoint."""

    def __init__(self) -> None:
        self.used: set[str] = set()
        self.findings: list[Finding] = []

    def claim(self, pinpoint: str) -> str:
        if pinpoint in self.used:
            again = 2
            while f"{pinpoint} [{again}]" in self.used:
                again += 1
            message = f"{pinpoint} stands twice; the later one is called {pinpoint} [{again}]"
            self.findings.append(Finding("info", "pinpoint_twice", message, locator=pinpoint))
            pinpoint = f"{pinpoint} [{again}]"
        self.used.add(pinpoint)
        return pinpoint

    def name(self, drafts: Sequence[BlockDraft], base: str, *, inside_item: bool = False) -> None:
        siblings = _Siblings(base, inside_item)
        for draft in drafts:
            if draft.kind == "heading" and draft.code is not None:
                draft.label = draft.code
                draft.pinpoint = self.claim(draft.code)
                siblings = _Siblings(draft.pinpoint, inside_item=False)
            elif draft.kind == "item":
                self._name_item(draft, siblings)
            else:
                draft.pinpoint = self.claim(siblings.named(draft.kind))
                if draft.kind in ("paragraph", "heading", "other", "quote"):
                    siblings.divider = draft.pinpoint
                    siblings.cut = siblings.cut or draft.kind != "heading"
            self.name(draft.children, draft.pinpoint, inside_item=draft.kind == "item")

    def _name_item(self, draft: BlockDraft, siblings: _Siblings) -> None:
        number = siblings.item_number(draft)
        draft.label = label(draft.style, number)
        if draft.style in ORDERED:
            label_within = f"({number})" if draft.style == "decimal" else draft.label
            draft.pinpoint = self.claim(siblings.items_at + label_within)
        elif draft.style:
            draft.pinpoint = self.claim(f"{siblings.items_at}•{number}")
        else:
            draft.pinpoint = self.claim(f"{siblings.items_at} item {number}")


def finish(
    drafts: Sequence[BlockDraft], code: Code, folder: str, publisher: Publisher = INZ
) -> tuple[tuple[Block, ...], tuple[Finding, ...]]:
    """The finished blocks of a page with this code, and findings about its labels and references."""
    namer = _Namer()
    namer.used.add(code)
    namer.name(drafts, code)
    refs, findings = _references(drafts, code, folder, frozenset(namer.used), publisher)
    struck = (
        Finding(*struck_words(words), code, locator=draft.pinpoint)
        for top in drafts
        for draft in top.walk()
        for words in draft.struck
    )
    return tuple(_frozen(draft, refs) for draft in drafts), (*namer.findings, *findings, *struck)


def _frozen(draft: BlockDraft, refs: dict[str, tuple[Ref, ...]]) -> Block:
    return Block(
        kind=draft.kind,
        text=draft.text,
        label=draft.label,
        pinpoint=draft.pinpoint,
        style=draft.style,
        children=tuple([_frozen(child, refs) for child in draft.children]) if draft.children else (),
        rows=draft.rows,
        refs=refs.get(draft.pinpoint, ()),
    )


def _references(
    drafts: Sequence[BlockDraft],
    code: Code,
    folder: str,
    pinpoints: frozenset[str],
    publisher: Publisher,
) -> tuple[dict[str, tuple[Ref, ...]], list[Finding]]:
    """The references of each block by its pinpoint: found one by one, resolved all at once, then joined with links."""
    texts = {draft.pinpoint: draft for top in drafts for draft in top.walk() if draft.text}
    found = {
        place: find_refs(draft.text, here=place, code=code, publisher=publisher)
        for place, draft in texts.items()
    }
    resolved = iter(resolve_refs([ref for refs in found.values() for ref in refs], pinpoints))
    within = [(draft.text, tuple(islice(resolved, len(found[place])))) for place, draft in texts.items()]
    of_acts = dict(zip(texts, with_laws(within, publisher), strict=True))
    by_place: dict[str, tuple[Ref, ...]] = {}
    findings: list[Finding] = []
    for place, draft in texts.items():
        refs = tuple(_of_another_time(draft.text, ref) for ref in of_acts[place])
        if draft.links:
            refs, problems = merge_links(draft.text, refs, draft.links, folder, publisher)
            findings += (Finding(sev, kind, message, code, locator=place) for sev, kind, message in problems)
        if refs:
            by_place[place] = refs
            findings += _unresolved(draft.text, refs, code, place)
    return by_place, findings


# (Archived WD2) | the former A5.20(b) | an earlier version of WD2        Not: a previous WD2 visa
_FORMER = re.compile(
    r"\b(?:(?:archived|former|superseded)\s+(?:(?:versions?|instructions?|policy)\s+(?:of|at|in|under)\s+)?"
    r"|(?:earlier|previous|old)\s+versions?\s+of\s+)$",
    re.IGNORECASE,
)
# WD2 (archived)
_NOW_ARCHIVED = re.compile(r"\s*\((?:now\s+)?archived\b", re.IGNORECASE)


def _of_another_time(text: str, ref: Ref) -> Ref:
    """A reference to an archived instruction does not mean the one that has the code today, so it gets no target."""
    former = _FORMER.search(text[max(0, ref.start - 60) : ref.start]) or _NOW_ARCHIVED.match(text, ref.end)
    if ref.state == "resolved" and former:
        return ref._replace(state="unresolved", candidates=(ref.target,))
    return ref


def _unresolved(text: str, refs: Sequence[Ref], code: Code, place: str) -> Iterator[Finding]:
    for ref in refs:
        if ref.state == "unresolved":
            message = f"{text[ref.start : ref.end]!r} leads to no known place"
            yield Finding("info", "reference_unresolved", message, code, locator=place)
