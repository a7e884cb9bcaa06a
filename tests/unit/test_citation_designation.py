"""Which instruction and place a typed text means, given what stands on a day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import pytest

from manual.citation import (
    Address,
    Designation,
    PageShown,
    address_in,
    designate,
    designate_typed,
    meant,
    named_in,
)
from manual.errors import CitationError
from manual.model import Code, SitePath, VersionId


@dataclass
class Shelf:
    """What stands, as a table: the text of each code by its places, None where it is not held."""

    standing: dict[str, Collection[str] | None]
    other_days: tuple[str, ...] = ()
    pages: tuple[PageShown, ...] = ()
    asked_for_codes: int = field(default=0)

    def knows(self, code: Code) -> bool:
        return code in self.standing or code in self.other_days

    def stands(self, code: Code) -> bool:
        return code in self.standing

    def codes(self) -> list[Code]:
        self.asked_for_codes += 1
        return [Code(code) for code in (*self.standing, *self.other_days)]

    def places(self, code: Code) -> Collection[str] | None:
        return self.standing.get(code)

    def pages_at(self, address: Address) -> list[PageShown]:
        return [page for page in self.pages if address.fits(page.site_path)]


WA3_15 = ["WA3.15", "WA3.15(a)", "WA3.15(c)", "WA3.15(c)(i)", "WA3.15(c) note", "WA3.15.5", "WA3.15.5(b)"]
SHELF = Shelf(
    standing={"WA3.15": WA3_15, "WA3": None, "A16.1": None, "K2.1": ["K2.1", "K2.1(a)"], "WA3.1": ["WA3.1"]},
    other_days=("K2.1.1", "A5"),
    pages=(
        PageShown(SitePath("opsmanual/77195"), Code("WA3.15"), (VersionId("v1"),)),
        PageShown(SitePath("opsmanual/4783"), Code("A16.1")),
        PageShown(SitePath("opsmanual-archive/4783"), Code("WA3.15")),
    ),
)


def asked(typed: str) -> Designation:
    return designate_typed(typed, SHELF)


@pytest.mark.parametrize(
    ("typed", "code", "pinpoint", "exists", "read"),
    [
        ("wa3 15", "WA3.15", None, None, "code"),
        ("WA3-15(A)", "WA3.15", "WA3.15(a)", True, "code"),
        ("WA3.15(c)(i)", "WA3.15", "WA3.15(c)(i)", True, "code"),
        ("WA3.15(b)", "WA3.15", "WA3.15(b)", False, "code"),
        ("WA3.15.5", "WA3.15", "WA3.15.5", True, "section"),
        ("WA3.15.5 (b)", "WA3.15", "WA3.15.5(b)", True, "section"),
        ("WA3.15.9", "WA3.15", "WA3.15.9", False, "section"),
        ("K2.1.1", "K2.1", "K2.1.1", False, "section"),
        ("A16.1(b)(ii)", "A16.1", "A16.1(b)(ii)", None, "code"),
        ("A5", "A5", None, None, "code"),
        ("77195", "WA3.15", None, None, "address"),
        ("#77195.htm", "WA3.15", None, None, "address"),
        ("https://www.example.org/opsmanual/77195.htm", "WA3.15", None, None, "address"),
        ("opsmanual-archive/4783.HTM", "WA3.15", None, None, "address"),
    ],
)
def test_what_is_typed_means_one_place(
    typed: str, code: str, pinpoint: str | None, exists: bool | None, read: str
) -> None:
    """A reader would be led to another instruction or clause than the one named."""
    found = asked(typed)
    assert (found.code, found.pinpoint, found.place_exists, found.read) == (code, pinpoint, exists, read)
    assert found.known


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("WA315", "WA3.15"),
        ("WA3.1S", "WA3.15"),
        ("A16.1.1.1", "A16.1"),
        ("A016.1", "A16.1"),
    ],
)
def test_a_slip_is_offered_a_code_and_never_answered(typed: str, first: str) -> None:
    """A guess would be cited as what was asked for."""
    found = asked(typed)
    assert not found.known
    assert found.near[0] == first


@pytest.mark.parametrize(
    "typed", ["we", "visa", "section 61", "covid19", "INZ 1025", "99999", "2014", "", "½"]
)
def test_words_are_neither_codes_nor_near_one(typed: str) -> None:
    """A search for words would be answered with codes."""
    found = asked(typed)
    assert (found.read, found.code, found.near) == ("words", None, ())


def test_the_places_that_exist_are_offered_the_likest_first() -> None:
    """A reader of an old letter would have to look through the whole text for what its clause has become."""
    assert asked("WA3.15(b)").places == ("WA3.15.5(b)", "WA3.15(a)", "WA3.15(c)", "WA3.15.5")
    assert asked("WA3.15(c)(ix)").places == ("WA3.15(c)(i)",)


def test_a_code_of_other_days_is_offered_beside_its_section() -> None:
    """Somebody who wants the instruction of today would be sent to its section in 2012 and find no way back."""
    found = asked("K2.1.1")
    assert (found.code, found.near) == ("K2.1", ("K2.1.1",))


def test_three_part_code_is_its_own_page_where_it_stands_or_nothing_else_does() -> None:
    """One code would lead to two places, by whoever is asked."""
    stands = {Code("K2.1.1"), Code("K2.1")}.__contains__
    assert meant(Code("K2.1.1"), stands, stands) == "K2.1.1"
    only_section = {Code("K2.1")}.__contains__
    assert meant(Code("K2.1.1"), only_section, stands) == "K2.1"
    nothing = set[Code]().__contains__
    assert meant(Code("K2.1.1"), nothing, stands) == "K2.1.1"
    assert meant(Code("K2.1.1"), nothing, only_section) == "K2.1"
    assert meant(Code("K2.1.1"), nothing, nothing) == "K2.1.1"


def test_an_address_says_which_versions_its_page_showed() -> None:
    """A page's number would lead to the text of today, which the page may never have shown."""
    assert asked("77195").page == PageShown(SitePath("opsmanual/77195"), Code("WA3.15"), (VersionId("v1"),))


def test_a_number_in_two_folders_is_two_instructions_and_neither_is_chosen() -> None:
    """One of two pages with the same number would be taken for the other."""
    found = asked("4783")
    assert (found.code, found.known, set(found.near)) == (None, False, {"A16.1", "WA3.15"})


def test_references_are_followed_without_looking_for_codes_like_them() -> None:
    """Each reference to a code that is gone would cost as much as a page."""
    shelf = Shelf(standing={"A1": None})
    found = designate(named_in("A2.5"), shelf, offers=False)
    assert (found.known, found.near, shelf.asked_for_codes) == (False, (), 0)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://www.example.org/opsmanual/#46513.htm", Address("opsmanual", "46513")),
        ("https://example.org/opsmanual/index.htm#46513.htm", Address("opsmanual", "46513")),
        (" 77195.HTM#h1 ", Address("", "77195")),
        ("/OpsManual-Archive/4783.HTM", Address("opsmanual-archive", "4783")),
        ("A16.1", None),
        ("2014", None),
    ],
)
def test_addresses_are_read_in_each_form(typed: str, address: Address | None) -> None:
    """An address copied from the browser would be searched for as words."""
    assert address_in(typed) == address


def test_what_is_neither_code_nor_address_is_refused_where_one_is_meant() -> None:
    """A command would answer for something nobody named."""
    with pytest.raises(CitationError):
        named_in("bees")


@pytest.mark.parametrize(
    ("code", "kind"),
    [("WA3", "chapter"), ("WA3.15", "section"), ("K2.1.1", "section"), ("A5", "chapter")],
)
def test_a_part_or_chapter_is_told_from_a_section(code: str, kind: str) -> None:
    """Whoever asks for a chapter wants what stands under it."""
    assert asked(code).kind == kind
