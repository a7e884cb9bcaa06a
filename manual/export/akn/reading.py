"""Reads a document written by `document`: the exact blocks, and the facts as stated."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from lxml import etree

from manual.citation import pinpoint_of_anchor
from manual.export.akn.names import ABSENT, BELOW, CLASSES, akn, ours
from manual.model import AnswerWord, Block, Cell, Ref, SitePath, Span, VersionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One version as its document states it."""

    facts: dict[str, str]
    """The attributes of `inforce:version`; what is not known is missing."""
    captures: tuple[str, ...]
    spans: tuple[Span, ...]
    """The answers of all days for its code; without reasons."""
    blocks: tuple[Block, ...]
    """Empty where no text may be shown."""

    def on(self, day: date) -> Span:
        """The span that holds a day."""
        return next(
            span
            for span in self.spans
            if (span.first is None or span.first <= day) and (span.until is None or day < span.until)
        )


def read(data: bytes) -> Document:
    """Raises ValueError for anything but a document of ours. Entities are not followed and nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as problem:
        raise ValueError(f"not XML: {problem}") from problem
    stated, answers, main = (
        root.find(f".//{name}") for name in (ours("version"), ours("answers"), akn("mainBody"))
    )
    if stated is None or answers is None or main is None:
        raise ValueError("no document of In Force: expected inforce:version, inforce:answers and mainBody")
    return Document(
        facts={str(name): str(value) for name, value in stated.attrib.items()},
        captures=tuple(one.get("digest", "") for one in stated.iterfind(ours("capture"))),
        spans=tuple(_span(one) for one in answers.iterfind(ours("span"))),
        blocks=tuple(blocks_of(main)),
    )


def _span(element: etree._Element) -> Span:
    word: AnswerWord = element.get("answer", "")  # type: ignore[assignment]
    return Span(
        first=_day(element.get("first")),
        until=_day(element.get("until")),
        answer=word,
        versions=tuple(VersionId(one.get("id", "")) for one in element.iterfind(ours("version"))),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


# ---------------------------------------------------------------- blocks


def blocks_of(parent: Iterable[etree._Element]) -> Iterator[Block]:
    """The blocks that elements stand for; the inverse of `body.add_blocks`."""
    for element in parent:
        css = element.get("class", "")
        if element.tag == akn("blockList"):
            yield from (_item(item, css) for item in element)
        elif element.tag == akn("tblock"):
            yield _heading(element)
            yield from blocks_of(_after_heading(element))
        elif css in CLASSES:
            yield _other(element, css)


def _item(element: etree._Element, style: str) -> Block:
    words, *below = _without_number(element)
    text, refs = _words(words)
    return Block(
        kind="item", text=text, refs=refs, label=_label(element), pinpoint=_pinpoint(element),
        style=style, children=tuple(blocks_of(below)),  # type: ignore[arg-type]
    )  # fmt: skip


def _heading(element: etree._Element) -> Block:
    text, refs = _words(_child(element, "heading"))
    below = next((one for one in element if one.get("class") == BELOW), None)
    return Block(
        kind="heading", text=text, refs=refs, label=_label(element), pinpoint=_pinpoint(element),
        children=tuple(blocks_of(below)) if below is not None else (),
    )  # fmt: skip


def _after_heading(element: etree._Element) -> Iterator[etree._Element]:
    return (one for one in element if one.tag not in (akn("num"), akn("heading")))


def _other(element: etree._Element, kind: str) -> Block:
    own, *below = _without_number(element) if element.tag == akn("blockContainer") else [element]
    words = own.find(akn("caption")) if own.tag == akn("table") else own
    rows = tuple(_row(line) for line in own.iterfind(akn("tr")))
    text, refs = _words(words) if words is not None else ("", ())
    return Block(
        kind=kind,  # type: ignore[arg-type]
        text=text, refs=refs, label=_label(element), pinpoint=_pinpoint(element), rows=rows,
        children=tuple(blocks_of(below)),
    )  # fmt: skip


def _row(line: etree._Element) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            text=_words(_child(cell, "p"))[0],
            rowspan=int(cell.get("rowspan", "1")),
            colspan=int(cell.get("colspan", "1")),
            header=cell.tag == akn("th"),
        )
        for cell in line
        if cell.get("class") != ABSENT
    )


def _without_number(element: etree._Element) -> list[etree._Element]:
    return [one for one in element if one.tag != akn("num")]


def _child(element: etree._Element, name: str) -> etree._Element:
    found = element.find(akn(name))
    if found is None:
        raise ValueError(f"{etree.QName(element).localname} has no {name}")
    return found


def _label(element: etree._Element) -> str:
    number = element.find(akn("num"))
    return _words(number)[0] if number is not None else ""


def _pinpoint(element: etree._Element) -> str:
    id = element.get("eId")
    return pinpoint_of_anchor(id) if id else ""


# ---------------------------------------------------------------- words


def _words(element: etree._Element) -> tuple[str, tuple[Ref, ...]]:
    """The words of an element, a line end for each `eol`, and the references in them."""
    text = element.text or ""
    refs: list[Ref] = []
    for child in element:
        if child.tag == akn("eol"):
            text += "\n"
        else:
            start = len(text)
            text += _words(child)[0]
            refs.append(_ref(child, start, len(text)))
        text += child.tail or ""
    return text, tuple(refs)


def _ref(element: etree._Element, start: int, end: int) -> Ref:
    address = element.get(ours("address"))
    return Ref(
        start,
        end,
        element.get(ours("target"), ""),
        element.get(ours("state"), ""),  # type: ignore[arg-type]
        SitePath(address) if address is not None else None,
        tuple(json.loads(element.get(ours("candidates"), "[]"))),
    )
