"""Blocks to Akoma Ntoso and back: nothing is lost, whatever a page holds."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from manual.export.akn.body import add_blocks
from manual.export.akn.names import NSMAP, akn, sayable
from manual.export.akn.reading import blocks_of
from manual.model import Block, Cell, Ref, Sha256, SitePath
from manual.parse import parse_capture
from tests.akn_schema import faults_of
from tests.soak import examples

PAGES = Path(__file__).resolve().parents[1] / "pages"
SHARED = Path(__file__).resolve().parents[3] / "shared"

TEXTS = st.one_of(
    st.sampled_from(
        ["", " ", "\n", "one\ntwo", " <p>&amp;]]>", "\r\n", "\ttab  two  spaces ", "(a) ZX1.5(b)"]
    ),
    st.text(
        st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff"), max_size=20
    ),
)
STATES = ["resolved", "ambiguous", "unresolved", "law", "form"]


@st.composite
def worded(draw: st.DrawFn) -> tuple[str, tuple[Ref, ...]]:
    """A text and references in it that do not overlap."""
    text = draw(TEXTS)
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    refs = [
        Ref(
            start, end, draw(st.sampled_from(["ZX1.5(b)", "ZX2", "No Act 1999 s 4", "ZX1.5(a)-(c)", ""])),
            draw(st.sampled_from(STATES)),  # type: ignore[arg-type]
            draw(st.sampled_from([None, SitePath("opsmanual/12")])),
            draw(st.sampled_from([(), ("ZX1", "ZX2 note"), ('a"b, c',)])),
        )
        for start, end in zip(places[::2], places[1::2], strict=False)
    ]  # fmt: skip
    return text, tuple(refs)


CELLS = st.builds(Cell, TEXTS, st.integers(1, 9), st.integers(1, 9), st.booleans())
ROWS = st.lists(st.lists(CELLS, max_size=3).map(tuple), max_size=3).map(tuple)
LABELS = st.sampled_from(["", "(a)", "•", "ZX1.5", "2."])
STYLES = st.sampled_from(["", "letter", "roman", "number", "capital", "decimal", "bullet", "dash"])
KINDS = st.sampled_from(
    ["heading", "paragraph", "item", "note", "table", "reference", "signature", "quote", "other"]
)
PINPOINTS = st.sampled_from(
    ["", "ZX1.5(a)", "ZX1.5 note 2", "ZX1.5•2 note", "Appendix 13(a)", "page list 1•2"]
)


@st.composite
def block(draw: st.DrawFn, children: st.SearchStrategy[list[Block]]) -> Block:
    kind = draw(KINDS)
    text, refs = draw(worded())
    return Block(
        kind=kind,  # type: ignore[arg-type]
        text=text, refs=refs, label=draw(LABELS), pinpoint=draw(PINPOINTS),
        style=draw(STYLES) if kind == "item" else "",  # type: ignore[arg-type]
        rows=draw(ROWS) if kind == "table" else (), children=tuple(draw(children)),
    )  # fmt: skip


BLOCKS = st.lists(
    st.recursive(block(st.just([])), lambda inner: block(st.lists(inner, max_size=4)), max_leaves=12),
    max_size=5,
).map(tuple)


def address(target: str) -> str:
    """As if every code were held."""
    return f"/akn/nz/doc/{target.replace(' ', '-')}" if target else ""


def written(blocks: tuple[Block, ...]) -> etree._Element:
    main = etree.Element(akn("mainBody"), nsmap=NSMAP)
    add_blocks(main, blocks, address)
    return etree.fromstring(etree.tostring(main))  # as it is read from a file


@given(BLOCKS)
@examples(150)
def test_blocks_written_and_read_are_the_same(blocks: tuple[Block, ...]) -> None:
    """A document would otherwise say less, or something else, than the version it stands for."""
    assert tuple(blocks_of(written(blocks))) == blocks


def _unique(blocks: tuple[Block, ...], numbers: count[int]) -> tuple[Block, ...]:
    return tuple(
        replace(one, pinpoint=f"ZX1({next(numbers)})", children=_unique(one.children, numbers))
        for one in blocks
    )


@given(st.text(max_size=40), st.text(max_size=10))
@examples(100)
def test_characters_that_xml_lacks_cost_themselves_alone(text: str, label: str) -> None:
    """One control character in one title would stop the export of a whole manual."""
    (block,) = blocks_of(written((Block(kind="note", text=text, label=label),)))
    assert block.text == sayable(text)
    assert len(block.text) == len(text)
    assert block.label == sayable(label)


HEAD = (
    '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><doc name="instruction"><meta>'
    '<identification source="#x">{}{}{}</identification></meta>'
)
LEVEL = (
    '<{0}><FRBRthis value="/x"/><FRBRuri value="/x"/><FRBRdate date="2020-01-01" name="x"/>'
    '<FRBRauthor href="#x"/>{1}</{0}>'
)
AROUND = HEAD.format(
    LEVEL.format("FRBRWork", '<FRBRcountry value="nz"/>'),
    LEVEL.format("FRBRExpression", '<FRBRlanguage language="eng"/>'),
    LEVEL.format("FRBRManifestation", ""),
)


@given(BLOCKS.filter(bool))
@examples(60)
def test_any_tree_of_blocks_is_valid(blocks: tuple[Block, ...]) -> None:
    """A tree in an unforeseen shape would make a file that other programs refuse."""
    body = etree.tostring(written(_unique(blocks, count(1)))).decode()
    assert faults_of(f"{AROUND}{body}</doc></akomaNtoso>".encode()) == []


def _texts(path: Path) -> list[tuple[Block, ...]]:
    media = "html" if path.suffix.lower() in (".htm", ".html") else "text"
    page = parse_capture(
        path.read_bytes(), media=media, site_path=SitePath("opsmanual/1"), sha256=Sha256("sha256:" + "0" * 64),
        filename=path.name,
    )  # fmt: skip
    return [one.blocks for one in (page, *page.others)]


def test_pages_of_every_shape_come_back() -> None:
    """The shapes that generated trees don't think of: each page of tests/pages."""
    texts = [
        text for path in sorted(PAGES.iterdir()) if path.suffix in (".htm", ".txt") for text in _texts(path)
    ]
    assert sum(map(bool, texts)) > 40
    for blocks in texts:
        assert tuple(blocks_of(written(blocks))) == blocks


@pytest.mark.shared
def test_real_captures_come_back() -> None:
    """Facts only: that the trees are equal."""
    if not SHARED.is_dir():
        pytest.skip(f"no captures at {SHARED}")
    paths = [*(SHARED / "captures").iterdir(), *(SHARED / "seeds").iterdir()]
    texts = [text for path in sorted(paths) for text in _texts(path)]
    assert sum(map(bool, texts)) > 4
    for blocks in texts:
        assert tuple(blocks_of(written(blocks))) == blocks
