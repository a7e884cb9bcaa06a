"""One version as one document of Akoma Ntoso."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

from manual.citation import anchor, parse_citation, section_of
from manual.citation.references import ends_of
from manual.errors import CitationError
from manual.export.akn.body import Address, add_blocks
from manual.export.akn.meta import add_meta, described, work_of
from manual.export.akn.names import ABSENT, NSMAP, akn, sayable
from manual.model import Block, Code, History, Version
from manual.pages.source_page import source_url
from manual.pages.words import DAMAGED, NOT_HELD, TEXTS_DISPUTED
from manual.publisher import Publisher
from manual.queries import KnowledgeBase


def document(kb: KnowledgeBase, version: Version, history: History) -> bytes:
    """A whole document, valid against the schema of the standard. `history`: of the version's code.

    A text that is not held, damaged or disputed is left out, and a sentence says so.
    """
    root = etree.Element(akn("akomaNtoso"), nsmap=NSMAP)
    doc = etree.SubElement(root, akn("doc"), {"name": "instruction", "contains": "singleVersion"})
    add_meta(doc, described(kb, version, history, source_url(kb, version, None)))
    _preface(doc, version)
    dated = (version.validity.effective_from, version.validity.effective_until) != (None, None)
    main = etree.SubElement(doc, akn("mainBody"), {"period": "#period"} if dated else {})
    blocks, instead = _text(kb, version)
    add_blocks(main, blocks, _addresses(kb, blocks))
    if not blocks:
        etree.SubElement(main, akn("p"), {"class": ABSENT}).text = instead
    _lines(main)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _preface(doc: etree._Element, version: Version) -> None:
    line = etree.SubElement(etree.SubElement(doc, akn("preface")), akn("p"))
    number = etree.SubElement(line, akn("docNumber"))
    number.text, number.tail = version.code, " "
    etree.SubElement(line, akn("docTitle")).text = sayable(version.title)


def _text(kb: KnowledgeBase, version: Version) -> tuple[tuple[Block, ...], str]:
    """The blocks that may be shown as the version's text, or the sentence instead of them."""
    if version.other_texts:
        return (), TEXTS_DISPUTED
    if version.text_damaged:
        return (), DAMAGED
    text = kb.text_of(version)
    return (text.blocks, "") if text is not None else ((), NOT_HELD)


def _addresses(kb: KnowledgeBase, blocks: tuple[Block, ...]) -> Address:
    """Addresses of places: in this text, else in the work with the code, as far as the codes tell."""
    places = {block.pinpoint for top in blocks for block in top.walk()}
    known = frozenset(kb.codes())

    def address(target: str) -> str:
        place = ends_of(target)[0]
        if place in places:
            return f"#{anchor(place)}"
        cited = _cited(place, kb.publisher)
        if cited is None:
            return ""
        named = Code(cited)
        code = named if named in known else section_of(named)
        work = work_of(code, kb.publisher, invented=kb.specimen)
        return work if place == named and named in known else f"{work}#{anchor(place)}"

    return address


@lru_cache(maxsize=2048)
def _cited(place: str, publisher: Publisher) -> str | None:
    try:
        return parse_citation(place, publisher).code
    except CitationError:
        return None


_HOLD_NO_WORDS = frozenset(
    akn(name) for name in ("mainBody", "tblock", "blockList", "item", "blockContainer", "table", "tr")
)


def _lines(element: etree._Element) -> None:
    """Put each element on its own line where white space has no meaning, so never among words."""
    if element.tag in _HOLD_NO_WORDS:
        element.text = "\n"
        for child in element:
            child.tail = "\n"
            _lines(child)
