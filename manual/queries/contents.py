"""The table of contents on a day: order and tree from a capture of the contents, status from the histories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from manual import citation
from manual.dates import in_words
from manual.model import (
    AnswerWord,
    Code,
    ContentsKind,
    ContentsLine,
    Sha256,
    SitePath,
    VersionId,
    contents_kind,
)
from manual.queries.results import Contents, ContentsEntry
from manual.queries.state import State
from manual.queries.texts import newest_title
from manual.queries.uncoded import mentions, status_on
from manual.store.read import ContentsCapture

_NOT_THERE = frozenset({"ended", "before_record", "not_yet"})


@dataclass(slots=True, eq=False)
class _Node:
    line: int | None
    code: Code | None
    title: str
    depth: int
    parent: str | None
    kind: ContentsKind
    address: SitePath | None = None
    work: str = ""
    above: _Node | None = None
    place: int = 0


@dataclass(slots=True)
class Tree:
    """The entries of one capture of the contents. Codes that it does not list are added where their number belongs."""

    nodes: list[_Node]
    capture: Sha256 | None = None
    captured: date | None = None
    loaded: date | None = None
    compiled: date | None = None
    note: str = ""
    by_code: dict[Code, _Node] = field(default_factory=dict)
    below: dict[_Node | None, list[_Node]] = field(default_factory=dict)
    again: dict[Code, list[_Node]] = field(default_factory=dict)
    """Further lines of codes that are listed more than once, by two works or by one."""

    def path(self, code: Code) -> list[_Node]:
        """Ancestors, top first."""
        found: list[_Node] = []
        node = self.by_code.get(code)
        while node is not None and node.above is not None:
            node = node.above
            found.insert(0, node)
        return found


def newest_tree(state: State) -> Tree:
    """Cached, since a list asks for it on each line."""
    return state.kept("newest tree", lambda: tree_for(state, None))


def tree_for(state: State, on: date | None) -> Tree:
    """The tree to be used on a day: for each work (the manual; the specimen) that of the newest contents captured by
    then, else of the oldest after it. Works stand one after the other, the manual first."""
    chosen = _chosen(state, state.kept("contents pages", state.reader.contents_pages), on)
    key = tuple(page.page for page, _ in chosen)
    tree = state.kept(("tree", key), lambda: _grown(state, [page for page, _ in chosen]))
    note = chosen[0][1] if chosen else "No table of contents was read; the codes stand in their own order."
    if tree.note == note:
        return tree
    return replace(tree, note=note)


def _chosen(state: State, pages: list[ContentsCapture], on: date | None) -> list[tuple[ContentsCapture, str]]:
    """The capture to use for each work, with a note where it was taken after the day."""
    works = sorted({page.work for page in pages})
    return [_chosen_of_work(state, [page for page in pages if page.work == work], on) for work in works]


def _chosen_of_work(
    state: State, pages: list[ContentsCapture], on: date | None
) -> tuple[ContentsCapture, str]:
    seen = sorted(
        ((sight.day, page.sha256, page, sight.exact) for page in pages for sight in page.seen),
        key=lambda s: s[:2],
    )
    earlier = [item for item in seen if on is None or item[0] <= on]
    if earlier:
        return earlier[-1][2], ""
    day, _, page, exact = seen[0]
    made = "compiled" if _is_compiled(state, page.sha256) else "captured" if exact else "loaded"
    return page, f"Order and headings are those of the contents {made} later, on {in_words(day)}."


def _is_compiled(state: State, sha256: Sha256) -> bool:
    """Whether it is the register that comes with the program: its day is that of its making, and no page was captured
    on it."""
    return state.kept(
        ("compiled", sha256), lambda: any(one.media == "register" for one in state.reader.capture(sha256))
    )


def _grown(state: State, pages: list[ContentsCapture]) -> Tree:
    nodes: list[_Node] = []
    for page in pages:
        of_work = [
            _node(line, page.work)
            for line in state.reader.contents_lines(page.page)
            if line.version_of_line is None
        ]
        _hang(of_work)
        nodes += of_work
    listed = {node.code for node in nodes}
    for code in state.codes():
        if code not in listed:
            _add_unlisted(nodes, code)
    main = pages[0] if pages else None
    tree = Tree(nodes)
    if main is not None:
        tree.capture = main.sha256
        day = max(sight.day for sight in main.seen)
        seen = max((sight.day for sight in main.seen if sight.exact), default=None)
        if _is_compiled(state, main.sha256):
            tree.compiled = day
        else:
            tree.captured, tree.loaded = seen, None if seen else day
    for place, node in enumerate(nodes):
        node.place = place
        tree.below.setdefault(node.above, []).append(node)
        if node.code is not None and tree.by_code.setdefault(node.code, node) is not node:
            tree.again.setdefault(node.code, []).append(node)
    return tree


def _node(line: ContentsLine, work: str) -> _Node:
    return _Node(line.line, line.code, line.title, line.depth, line.parent, line.kind, line.address, work)


def _hang(nodes: list[_Node]) -> None:
    """Find each node's parent: by its code, wherever it stands, or by its title, the nearest heading before."""
    by_code = {node.code: node for node in reversed(nodes) if node.code is not None}
    by_title: dict[str, _Node] = {}
    for node in nodes:
        if node.parent is not None:
            above = by_code.get(Code(node.parent)) or by_title.get(node.parent)
            node.above = above if above is not node else None
        if node.code is None:
            by_title[node.title] = node


def _add_unlisted(nodes: list[_Node], code: Code) -> None:
    """Add a node below its nearest known ancestor, after the sibling with the next lower number."""
    above = _nearest_above(nodes, code)
    depth = above.depth + 1 if above else 0
    parent = (above.code or above.title) if above else None
    node = _Node(None, code, "", depth, parent, contents_kind(code), above=above)
    nodes.insert(_place_for(nodes, node), node)


def _nearest_above(nodes: list[_Node], code: Code) -> _Node | None:
    by_code = {node.code: node for node in reversed(nodes) if node.code is not None}
    parent = citation.parent_of(code)
    while parent is not None:
        if parent in by_code:
            return by_code[parent]
        parent = citation.parent_of(parent)
    if contents_kind(code) == "appendix":
        return next((node.above for node in nodes if node.kind == "appendix"), None)
    return None


def _place_for(nodes: list[_Node], new: _Node) -> int:
    assert new.code is not None
    key = citation.code_key(new.code)
    before = [
        (citation.code_key(node.code), place)
        for place, node in enumerate(nodes)
        if node.above is new.above and node.code is not None and citation.code_key(node.code) < key
    ]
    if before:
        _, place = max(before)
    elif new.above is not None:
        return nodes.index(new.above) + 1
    else:
        return len(nodes)
    depth = nodes[place].depth
    place += 1
    while place < len(nodes) and nodes[place].depth > depth:
        place += 1
    return place


# ---------------------------------------------------------------- answers


def contents_on(state: State, on: date) -> Contents:
    return state.kept(("contents", on), lambda: _contents_on(state, on))


def _contents_on(state: State, on: date) -> Contents:
    tree = tree_for(state, on)
    return _contents(tree, on, tuple(_entries(state, tree.nodes, on)))


def contents_printed(state: State) -> Contents:
    return state.kept("contents printed", lambda: _contents_printed(state))


def _contents_printed(state: State) -> Contents:
    tree = newest_tree(state)
    return _contents(tree, None, tuple(_as_printed(state, node) for node in tree.nodes))


def _contents(tree: Tree, on: date | None, entries: tuple[ContentsEntry, ...]) -> Contents:
    return Contents(
        on=on,
        known=None,
        entries=entries,
        totals=MappingProxyType(_totals(entries)),
        capture=tree.capture,
        captured=tree.captured,
        loaded=tree.loaded,
        compiled=tree.compiled,
        note=tree.note,
    )


def _totals(entries: Iterable[ContentsEntry]) -> dict[str, int]:
    totals: Counter[str] = Counter()
    told: set[Code] = set()
    for entry in entries:
        totals[entry.kind] += 1
        if entry.status and entry.code and entry.code not in told:  # WS3 and Q3 are printed twice
            told.add(entry.code)
            totals[f"status:{entry.status}"] += 1
        if entry.unlisted:
            totals["unlisted"] += 1
    return dict(sorted(totals.items()))


def _entries(state: State, nodes: Iterable[_Node], on: date) -> Iterator[ContentsEntry]:
    """All entries at once: one look-up for the answers of every code instead of one for each."""
    answers = state.reader.answers_on(on)
    titles = state.kept("titles", state.reader.titles)
    for node in nodes:
        word, versions = answers.get(node.code, ("", ())) if node.code else (_uncoded(state, node, on), ())
        title = titles.get(versions[0], "") if word == "in_force" and versions else ""
        yield _made(node, title or _printed_title(state, node), word, versions)


def _uncoded(state: State, node: _Node, on: date) -> AnswerWord:
    said = mentions(state).get((node.work, node.parent, node.title), [])
    return status_on(said, on)


def _as_printed(state: State, node: _Node) -> ContentsEntry:
    return _made(node, _printed_title(state, node), "", ())


def _entry(state: State, node: _Node, on: date) -> ContentsEntry:
    if node.code is None:
        return _made(node, node.title, _uncoded(state, node, on), ())
    answer = state.answer(node.code, on)
    title = answer.version.title if answer.answer == "in_force" and answer.version else ""
    word: AnswerWord | str = "" if answer.answer == "unknown_code" else answer.answer
    ids = tuple(version.id for version in answer.named)
    return _made(node, title or _printed_title(state, node), word, ids)


def _printed_title(state: State, node: _Node) -> str:
    """As the contents print it; for an unlisted code the title of its newest version."""
    if node.title or node.code is None:
        return node.title
    return newest_title(state, node.code)


def _made(node: _Node, title: str, status: str, versions: tuple[VersionId, ...]) -> ContentsEntry:
    return ContentsEntry(
        line=node.line,
        code=node.code,
        title=title,
        depth=node.depth,
        parent=node.parent,
        kind=node.kind,
        status=status,  # type: ignore[arg-type]
        version_ids=versions,
        address=node.address,
        unlisted=node.line is None,
    )


def entries_on(state: State, code: Code, on: date) -> tuple[ContentsEntry, ...]:
    tree = tree_for(state, on)
    node = tree.by_code.get(code)
    nodes = [node, *tree.again.get(code, ())] if node else []
    return tuple(_entry(state, node, on) for node in nodes)


def path_to(state: State, code: Code, on: date) -> tuple[ContentsEntry, ...]:
    return tuple(_entry(state, node, on) for node in tree_for(state, on).path(code))


def children(state: State, code: Code, on: date) -> tuple[ContentsEntry, ...]:
    tree = tree_for(state, on)
    node = tree.by_code.get(code)
    return tuple(_entry(state, child, on) for child in tree.below.get(node, ())) if node else ()


def below(entries: Iterable[ContentsEntry], part: str) -> tuple[ContentsEntry, ...]:
    """The entry with this code, or the heading with this title, and everything under it (by parent, not by position).
    Empty if there is no such entry."""
    under: set[str] = set()
    found = []
    for entry in entries:
        name = entry.code or entry.title
        if name == part or entry.parent in under:
            under.add(name)
            found.append(entry)
    return tuple(found)


def neighbours(state: State, code: Code, on: date) -> tuple[ContentsEntry | None, ContentsEntry | None]:
    """The nearest entries with a code before and after it that had begun and had not ended on the day."""
    tree = tree_for(state, on)
    node = tree.by_code.get(code)
    if node is None:
        return None, None
    before = reversed(tree.nodes[: node.place])
    return _first_there(state, before, on), _first_there(state, tree.nodes[node.place + 1 :], on)


def _first_there(state: State, nodes: Iterable[_Node], on: date) -> ContentsEntry | None:
    for node in nodes:
        if node.code is None:
            continue
        if state.answer(node.code, on).answer not in _NOT_THERE:
            return _entry(state, node, on)
    return None


def part_of(state: State, code: Code) -> str:
    """Title of the top-level entry above a code in the newest contents; empty if there is none."""
    path = newest_tree(state).path(code)
    if path:
        return path[0].title or path[0].code or ""
    return ""


def headings_above(state: State, code: Code) -> tuple[str, ...]:
    """Titles of the tops and headings above a code in the newest contents, top first; of its part where it has none."""
    path = newest_tree(state).path(code)
    return tuple(node.title for node in path if node.code is None and node.title) or tuple(
        node.title for node in path[:1] if node.title
    )


def order_of(state: State, code: Code) -> int:
    """Position of each code in the newest contents."""
    tree = newest_tree(state)
    node = tree.by_code.get(code)
    return node.place if node else len(tree.nodes)


def kind_of(state: State, code: Code) -> str:
    node = newest_tree(state).by_code.get(code)
    return node.kind if node else contents_kind(code)
