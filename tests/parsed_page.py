"""What tests ask of a page as the parser gives it."""

from __future__ import annotations

from collections.abc import Iterator

from manual.model import Block, ParsedPage, Statement


def own(page: ParsedPage) -> Statement:
    """What the page says of its own version."""
    (statement,) = [st for st in page.statements if st.kind == "page"]
    return statement


def blocks(page: ParsedPage) -> Iterator[Block]:
    """Every block of the page, with those inside others."""
    for top in page.blocks:
        yield from top.walk()
