"""Writes one self-contained HTML file, for an e-mail, a case file or an archive."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from manual.citation import anchor
from manual.export.collect import Volume, page_of, require_file, volume, write_file
from manual.export.render import TEMPLATES, environment
from manual.export.summary import ExportSummary
from manual.model import THERE, Code
from manual.pages.instruction import InstructionPage
from manual.pages.links import EditionLinks
from manual.pages.render import STATIC
from manual.pages.text import Node, Piece, Target
from manual.publisher import INZ, Publisher
from manual.queries import KnowledgeBase
from manual.queries.results import ContentsEntry

if TYPE_CHECKING:
    from manual.load import Progress


NOT_HERE = "not in this file"


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleLinks(EditionLinks):
    """Links within the file to codes whose text it contains; there are no other links."""

    texts: frozenset[Code]
    all: frozenset[Code]

    def instruction_on(self, code: str, day: date | None, pinpoint: str = "") -> str:
        if day != self.on or Code(code) not in self.all:
            return ""
        return "#" + anchor(pinpoint if pinpoint and Code(code) in self.texts else code)

    def version(self, code: str, version_id: str, pinpoint: str = "") -> str:
        return ""

    def history(self, code: str) -> str:
        return ""

    def compare(self, code: str, one: date | str, other: date | str, layout: str = "") -> str:
        return ""

    def contents(self, at: str = "") -> str:
        return "#top"

    def within(self, nodes: Sequence[Node]) -> tuple[Node, ...]:
        """`nodes`, with references to anything outside the file marked as such, without a link."""
        return tuple(
            replace(node, pieces=tuple(map(self._piece, node.pieces)), children=self.within(node.children))
            for node in nodes
        )

    def _piece(self, piece: Piece) -> Piece:
        target = piece.target
        if target is None or not target.code or Code(target.code) in self.all:
            return piece
        if target.state == "law":
            return replace(piece, target=replace(target, code=""))
        note = f"{target.note}, {NOT_HERE}" if target.note else NOT_HERE
        return replace(piece, target=Target(state="open", note=note))


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of the contents. `page` is None for a heading without a code."""

    entry: ContentsEntry
    page: InstructionPage | None
    anchor: str
    depth: int
    """Within the file, from 0: a chapter that stands alone begins at the margin."""


def export_single(
    home: Path,
    dest: Path,
    *,
    on: date | None = None,
    part: str | None = None,
    known: date | None = None,
    progress: Progress | None = None,
    publisher: Publisher = INZ,
) -> ExportSummary:
    """Write one self-contained HTML file of the instructions under the code `part`, or of the whole manual."""
    started = time.perf_counter()
    require_file(dest, ".html")
    with KnowledgeBase(home, publisher) as kb, kb.steady():
        found = volume(kb, on, part, known)
        items = _items(kb, found, progress)
        html = _html(found, items)
    data = html.encode()
    write_file(dest, data)
    return ExportSummary(
        dest=dest, on=found.on, digest=found.digest, pages=sum(item.page is not None for item in items),
        bytes=len(data), seconds=time.perf_counter() - started, unit="instruction", notes=found.notes,
    )  # fmt: skip


def _items(kb: KnowledgeBase, found: Volume, progress: Progress | None) -> list[Item]:
    if progress:
        progress.begin("Drawing instructions", len(found.entries))
    items: list[Item] = []
    seen: set[Code] = set()
    top = min((entry.depth for entry in found.entries), default=0)
    for entry in found.entries:
        shown = entry.code is not None and entry.status in THERE and entry.code not in seen
        if shown or entry.code is None:
            page = page_of(kb, entry.code, found.when) if shown and entry.code else None
            place = anchor(entry.code) if entry.code else ""
            items.append(Item(entry, page, place, min(entry.depth - top, 4)))
        if entry.code:
            seen.add(entry.code)
        if progress:
            progress.step()
    return items


def _html(found: Volume, items: list[Item]) -> str:
    pages = [item.page for item in items if item.page]
    links = SingleLinks(
        here="",
        on=found.on,
        all=frozenset(page.answer.code for page in pages),
        texts=frozenset(page.answer.code for page in pages if page.shown and page.shown.text),
    )
    style = "".join(file.read_text("utf-8") for file in (STATIC / "inforce.css", TEMPLATES / "single.css"))
    hashed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    template = environment().get_template("single.html")
    return template.render(volume=found, items=items, links=links, style=Markup(style), style_hash=hashed)
