"""Several texts in one capture: each is a page of its own, told from the others by its locators.

A parser returns them as `others` of the first. Here they are made distinct for the rest of the program: no two
statements of a capture share a locator, and no two texts of one code can be mistaken for each other.
"""

from __future__ import annotations

from dataclasses import replace

from manual.model import Code, Finding, ParsedPage, Statement


def texts_of(page: ParsedPage) -> list[ParsedPage]:
    """`page` and its `others`, the first first. The locators of `text 2 of 3` begin with these words."""
    if not page.others:
        return [page]
    parts = [replace(page, others=()), *page.others]
    wordless: set[Code | None] = set()
    found = []
    for number, part in enumerate(parts, 1):
        place = f"text {number} of {len(parts)}"
        part = replace(
            part,
            statements=tuple(_placed(st, place) for st in part.statements),
            findings=tuple(replace(f, locator=_within(place, f.locator)) for f in part.findings),
        )
        if part.structure == "damaged" and part.code is not None:
            part = _withheld(part, place) if part.code in wordless else part
            wordless.add(part.code)
        found.append(part)
    return found


def _placed(st: Statement, place: str) -> Statement:
    """A page with new locators: its own statement at `text 2 of 3`, its rows at `text 2 of 3: list 1 row 1`."""
    locator = place if st.kind == "page" else _within(place, st.locator)
    return replace(st, locator=locator, in_list=_within(place, st.in_list) if st.in_list else "")


def _within(place: str, locator: str) -> str:
    return f"{place}: {locator}" if locator else place


def _withheld(part: ParsedPage, place: str) -> ParsedPage:
    """Withhold damaged texts after the first of a code. A version's text is looked up by code and words; damaged texts
    have no words to compare, so the second could be shown in place of the first."""
    message = f"{part.code} has two damaged texts in this capture: the later one is kept in its source only"
    statements = tuple(replace(st, text_damaged=False) if st.kind == "page" else st for st in part.statements)
    why = Finding("error", "text_withheld", message, part.code, locator=place)
    return replace(part, blocks=(), statements=statements, findings=(*part.findings, why))
