"""A text of the specimen as HTML in the real shape, and as the three kinds of text that people copy from pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from manual.specimen import shape
from manual.specimen.source import SourceNode

Titles = Callable[[str], tuple[int, str] | None]
"""Page id and heading of a code, or None for one that has no page here."""

# [[J2.1(a)]]  <<partner>>
_LINK = re.compile(r"\[\[(?P<target>[^\]]+)\]\]|<<(?P<term>[^>]+)>>")
_CODE = re.compile(r"[A-Z]{1,2}\d+(?:\.\d+)?|[A-Z]{1,2}\b|Appendix \d+")
_ITEM_MARKS = ("-", "*", "~")


class Html:
    """Renders one page. Links get names that are unique in the page, as there."""

    def __init__(self, titles: Titles) -> None:
        self.titles = titles
        self.used: dict[int, int] = {}

    def body(self, nodes: Sequence[SourceNode]) -> str:
        return "".join(self._run(kind, list(run)) for kind, run in groupby(nodes, _group))

    def _run(self, kind: str, nodes: list[SourceNode]) -> str:
        if kind == "list":
            return self._items(nodes, 0)
        if kind == "|":
            return self._table(nodes)
        if kind == "!-":
            return shape.notes(self.words(node.text) for node in nodes)
        return "".join(self._block(node) for node in nodes)

    def _block(self, node: SourceNode) -> str:
        words = self.words(node.text)
        if node.mark == "##":
            return shape.sub_heading(node.text)
        if node.mark == "!":
            return shape.note(words)
        if node.mark == ">":
            return shape.reference(words)
        return shape.table_paragraph(words) if node.mark == "@" else shape.paragraph(words)

    def _items(self, nodes: list[SourceNode], depth: int) -> str:
        """A list; a `~` within it is a heading after which the labels go on."""
        if any(node.mark == "~" for node in nodes):
            groups: list[tuple[str, list[str]]] = [("", [])]
            for node in nodes:
                if node.mark == "~":
                    groups.append((node.text, []))
                else:
                    groups[-1][1].append(self._item(node, depth))
            return shape.letters_across(groups)
        items = [self._item(node, depth) for node in nodes]
        if depth >= 2 or nodes[0].mark == "*":
            return shape.bullets(items)
        return shape.romans(items) if depth else shape.letters(items)

    def _item(self, node: SourceNode, depth: int) -> str:
        out = [self.words(node.text)]
        for kind, run in groupby(node.children, _group):
            children = list(run)
            if kind == "list":
                out.append(self._items(children, depth + 1))
            elif kind == "!":
                out += [shape.list_note(self.words(child.text)) for child in children]
            else:
                out.append(self._run(kind, children))
        return "".join(out)

    def _table(self, nodes: list[SourceNode]) -> str:
        return shape.table([[self._cell(cell) for cell in _cells(node.text)] for node in nodes])

    def _cell(self, raw: str) -> shape.TableCell:
        words, rows, columns = _spans(raw)
        return shape.TableCell(html=self.words(words), rowspan=rows, colspan=columns)

    def words(self, raw: str) -> str:
        """Text with its links, as HTML."""
        out, at = [], 0
        for match in _LINK.finditer(raw):
            out += [shape.text(raw[at : match.start()]), self._link(match)]
            at = match.end()
        return "".join(out) + shape.text(raw[at:])

    def _link(self, match: re.Match[str]) -> str:
        if match["term"]:
            return f'<a class="glossaryterm" href="#glossary">{shape.text(match["term"])}</a>'
        code = _CODE.match(match["target"])
        found = self.titles(code.group()) if code else None
        if found is None:
            return shape.text(match["target"])
        page, heading = found
        self.used[page] = self.used.get(page, 0) + 1
        return shape.link(page, heading, match["target"], serial=self.used[page])


def _group(node: SourceNode) -> str:
    return "list" if node.mark in _ITEM_MARKS else node.mark


def _cells(row: str) -> Iterator[str]:
    for cell in row.strip().removesuffix("|").split("|"):
        yield cell.strip().removeprefix("=").strip()


def _spans(cell: str) -> tuple[str, int, int]:
    """`2^ words` spans two rows, `3< words` three columns."""
    rows = columns = 1
    while match := re.match(r"(\d)([\^<]) ", cell):
        if match[2] == "^":
            rows = int(match[1])
        else:
            columns = int(match[1])
        cell = cell[match.end() :]
    return cell, rows, columns


# ---------------------------------------------------------------- as copied from a browser


def plain(raw: str, *, damaged: bool = False) -> str:
    """Words of a line without markup. Damaged: what was a glossary link is gone, as in captures before 2010."""
    if damaged:
        raw = re.sub(r"<<[^>]+>> ?", "", raw)
    return _LINK.sub(lambda match: match["target"] or match["term"], raw)


def as_numbered(nodes: Sequence[SourceNode], depth: int = 1) -> Iterator[str]:
    """Lists as `1.` with indentation and bullets as dots; depth survives, letters do not."""
    indent, count = "  " * depth, 0
    for node in nodes:
        words = plain(node.text)
        if node.mark == "-":
            count += 1
            yield f"{indent}{count}. {words}"
        elif node.mark == "*":
            yield f"{indent}• {words}"
        elif node.mark == "~":
            yield from ("", f"{indent}  {words}", "")
        elif node.mark == "!" and depth > 1:
            yield from ("", f"{indent}Note: {words}", "")
        else:
            count = 0
            yield from _plain_block(node, words)
        yield from as_numbered(node.children, depth + 1)


def as_flat(nodes: Sequence[SourceNode], *, damaged: bool = False) -> Iterator[str]:
    """Every item as `- `, whatever its depth."""
    for node in nodes:
        words = plain(node.text, damaged=damaged)
        if node.mark in ("-", "*"):
            yield f"- {words}"
        else:
            yield from _plain_block(node, words)
        yield from as_flat(node.children, damaged=damaged)


def as_run_together(nodes: Sequence[SourceNode]) -> Iterator[str]:
    """One line for a whole list, its items joined without a space."""
    for is_item, run in groupby(nodes, lambda node: node.mark in ("-", "*")):
        if is_item:
            yield "".join(_all_words(list(run)))
        else:
            for node in run:
                yield from _plain_block(node, plain(node.text))


def _all_words(nodes: Sequence[SourceNode]) -> Iterator[str]:
    for node in nodes:
        yield plain(node.text)
        yield from _all_words(node.children)


def _plain_block(node: SourceNode, words: str) -> Iterator[str]:
    if node.mark == "|":
        yield "\t".join(_spans(cell)[0] for cell in _cells(words))
    else:
        yield from ("", f"Note: {words}" if node.mark in ("!", "!-") else words, "")
