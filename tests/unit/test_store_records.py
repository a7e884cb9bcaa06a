"""Records as the store writes them."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field, is_dataclass, make_dataclass
from datetime import UTC, date, datetime
from typing import Any, get_args, get_type_hints

import pytest

from manual.model import (
    Block,
    Capture,
    Cell,
    Code,
    ParsedPage,
    Ref,
    Sha256,
    SitePath,
    Span,
    StartClaim,
    Statement,
    Validity,
    Version,
    VersionId,
)
from manual.store.forms import SHAPE, STORED
from manual.store.records import codec, fingerprint, is_named_tuple
from manual.store.rows import codes_meant

BLOCK = Block(
    kind="item",
    label="(a)",
    pinpoint="ZB1.5(a)",
    text="Toys with wheels — and “ears”",
    children=(Block(kind="note", text="a note"), Block(kind="table", rows=((Cell("x", 2, 1, True),), ()))),
    refs=(Ref(0, 4, "ZB1.1(a)-(c)", "ambiguous", SitePath("toys/1"), ("ZB1.1(a)", "ZB1.2(a)")),),
)
RECORDS = [
    BLOCK,
    ParsedPage(kind="instruction", blocks=(BLOCK, BLOCK)),
    Statement(kind="listed", code=Code("ZB1.5"), title="", starts=(StartClaim(date(2020, 2, 29), "foot"),)),
    Span(first=None, until=date(2020, 1, 1), answer="before_record"),
    Span(first=date(2020, 1, 1), until=None, answer="in_force", versions=(VersionId("x"),), reasons=("why",)),
    Capture(
        sha256=Sha256("sha256:00"),
        media="text",
        address=None,
        site_path=None,
        captured_at=datetime(2020, 1, 1, 1, 2, 3, 4, tzinfo=UTC),
        recorded_at=datetime(2021, 1, 1, tzinfo=UTC),
        filename="",
    ),
    Version(
        id=VersionId("v"),
        code=Code("ZB1.5"),
        title="",
        validity=Validity(None, date(2021, 1, 1)),
        basis_from=None,
        basis_until="note",
        gap_vouched=False,
    ),
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_record_comes_back_as_it_was(record: object) -> None:
    """A bit lost here is lost from every answer."""
    coder = codec(type(record))
    text = coder.dumps(record)
    assert coder.loads(text) == record
    for place in range(len(text)):
        with pytest.raises(ValueError, match="not the one that was written"):
            coder.loads(f"{text[:place]}{chr(ord(text[place]) ^ 1)}{text[place + 1 :]}")
    assert coder.inflate(coder.deflate(record)) == record


def test_damaged_bytes_are_noticed() -> None:
    """One flipped bit in a stored text would be shown as law."""
    coder = codec(Block)
    data = bytearray(coder.deflate(BLOCK))
    data[len(data) // 2] ^= 4
    with pytest.raises(ValueError, match=r"damaged|Expecting|Invalid|decode"):
        coder.inflate(bytes(data))


def test_record_of_a_later_shape_is_refused() -> None:
    """A file written by a program that knows more fields must not be read as if it had fewer."""
    with pytest.raises(ValueError, match="values for Validity"):
        codec(Validity).decode([1, 2, 3])


def test_type_without_a_stored_form_is_refused_at_once() -> None:
    """Storing something in a way that can't be read back would show up years later."""

    @dataclass
    class Odd:
        value: complex

    with pytest.raises(TypeError, match="no way to store"):
        codec(Odd).dumps(Odd(1j))


def test_shape_has_the_same_name_in_every_process() -> None:
    """Otherwise each program start would take the knowledge base for an older one."""
    command = [sys.executable, "-c", "from manual.store.forms import SHAPE; print(SHAPE)"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == SHAPE


def test_shape_changes_with_a_field_its_type_and_its_default() -> None:
    """A file of another shape would be misread."""
    shapes = set()
    for fields in (
        [("a", "int")],
        [("a", "str")],
        [("a", "int"), ("b", "str")],
        [("a", "int", field(default=3))],
    ):
        shapes.add(fingerprint([make_dataclass("Toy", fields)]))
    assert len(shapes) == 4


def _named_in(hint: Any) -> set[Any]:
    """A type and all that its brackets name."""
    return {hint}.union(*(_named_in(arg) for arg in get_args(hint)))


def test_shape_covers_every_record_that_is_stored() -> None:
    """A record left out could change its fields unnoticed."""
    named = {one for kind in STORED for hint in get_type_hints(kind).values() for one in _named_in(hint)}
    assert {one for one in named if is_dataclass(one) or is_named_tuple(one)} <= set(STORED)


@pytest.mark.parametrize(
    ("ref", "codes"),
    [
        (Ref(0, 1, "ZB1.5(a)-(d)", "resolved"), ("ZB1.5",)),
        (Ref(0, 1, "ZB1.5-ZB1.20", "resolved"), ("ZB1.5", "ZB1.20")),
        (Ref(0, 1, "Appendix 13", "resolved"), ("Appendix 13",)),
        (Ref(0, 1, "Immigration Act 2009 s 49(1)", "law"), ("law:immigration-act-2009/s49",)),
        (Ref(0, 1, "s 49(1)", "law"), ()),
        (Ref(0, 1, "INZ 1025", "form"), ()),
        (Ref(0, 1, "toys/1", "unresolved"), ()),
        (Ref(0, 1, "ZB1.1", "ambiguous", None, ("ZB1.1", "ZB2.1(b)")), ("ZB1.1", "ZB2.1")),
    ],
)
def test_reference_names_these_codes(ref: Ref, codes: tuple[str, ...]) -> None:
    """Who refers to an instruction is found by these codes alone."""
    assert codes_meant(ref) == codes
