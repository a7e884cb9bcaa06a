"""Which codes are one instruction by another number, as their texts show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from manual.history.renumbering import FEWEST_WORDS, renumberings
from manual.model import Code, History, Link, Validity, Version, VersionId

FIRST, DAY = date(2015, 2, 1), date(2020, 2, 1)
LATER = date(2022, 2, 1)
ONE_DAY = timedelta(days=1)


def version(
    code: str,
    begins: date | None,
    ends: date | None,
    words: str = "anchors",
    length: int = FEWEST_WORDS,
) -> Version:
    return Version(
        id=VersionId(f"{code}@{begins}"),
        code=Code(code),
        title="Anchors",
        validity=Validity(begins, ends),
        basis_from="foot" if begins else None,
        basis_until="successor" if ends else None,
        text_digest=words,
        text_words=length,
    )


def links(*versions: Version) -> list[tuple[str, str, date | None]]:
    codes = sorted({one.code for one in versions})
    histories = [
        History(code=code, versions=tuple(v for v in versions if v.code == code), spans=()) for code in codes
    ]
    found = renumberings(histories)
    assert all(isinstance(link, Link) and link.kind == "renumbered" for link in found)
    assert renumberings(reversed(histories)) == found
    return [(link.source, link.target, link.day) for link in found]


OLD = version("ZE1.1", FIRST, DAY)
NEW = version("ZE2.1", DAY, None)


def test_text_that_one_code_loses_and_another_begins_with_is_renumbered() -> None:
    """A reader of the old number would not find where the instruction went."""
    assert links(OLD, NEW) == [("ZE1.1", "ZE2.1", DAY)]
    assert links(OLD, version("ZE1.1", DAY, None, "buoys"), NEW) == [("ZE1.1", "ZE2.1", DAY)]
    assert links(OLD, version("ZE2.1", DAY, LATER)) == [("ZE1.1", "ZE2.1", DAY)]


def test_numbers_that_change_twice_are_two_links() -> None:
    """The chain would break at its first link."""
    moved = version("ZE2.1", DAY, LATER)
    assert links(OLD, moved, version("ZE3.1", LATER, None)) == [
        ("ZE1.1", "ZE2.1", DAY),
        ("ZE2.1", "ZE3.1", LATER),
    ]


def test_links_stand_in_the_order_of_their_days() -> None:
    """A history is read from its beginning."""
    first = (version("ZE8.1", FIRST, DAY, "buoys"), version("ZE9.1", DAY, None, "buoys"))
    second = (version("ZE1.1", FIRST, LATER), version("ZE2.1", LATER, None))
    assert links(*second, *first) == [("ZE8.1", "ZE9.1", DAY), ("ZE1.1", "ZE2.1", LATER)]


def test_words_that_the_new_code_had_long_before_hide_no_link() -> None:
    """They were given up years ago, and came back from the other code."""
    long_ago = version("ZE2.1", date(2010, 2, 1), date(2012, 2, 1))
    assert ("ZE1.1", "ZE2.1", DAY) in links(OLD, NEW, long_ago)


def test_two_versions_of_the_new_code_leave_the_link_open() -> None:
    """It would name one of two texts that may have begun on that day."""
    twin = replace(NEW, id=VersionId("ZE2.1@twin"))
    assert links(OLD, NEW, twin) == []


@pytest.mark.parametrize(
    ("why", "versions"),
    [
        ("the old code goes on with the same words", (OLD, version("ZE1.1", DAY, None), NEW)),
        ("it has a version of unknown start with them", (OLD, version("ZE1.1", None, None), NEW)),
        ("two codes took the words", (OLD, NEW, version("ZE5.1", DAY, None))),
        ("a third code has had them all the time", (OLD, NEW, version("ZE5.1", FIRST, None))),
        ("the other code had them before", (OLD, version("ZE2.1", FIRST, DAY), NEW)),
        ("the other code had them from another day", (OLD, version("ZE2.1", DAY - ONE_DAY, None))),
        ("they came a day later", (OLD, version("ZE2.1", DAY + ONE_DAY, None))),
        ("the words are others", (OLD, version("ZE2.1", DAY, None, "buoys"))),
        ("no text is held", (version("ZE1.1", FIRST, DAY, "", 0), version("ZE2.1", DAY, None, "", 0))),
        ("nothing ended", (version("ZE1.1", FIRST, None), NEW)),
        ("one code only", (OLD, version("ZE1.1", DAY, None))),
    ],
)  # fmt: skip
def test_like_words_alone_are_no_renumbering(why: str, versions: tuple[Version, ...]) -> None:
    """A reader would be led from an instruction to one that has nothing to do with it."""
    assert links(*versions) == []


def test_text_of_few_words_is_not_told_by_them() -> None:
    """“See the next section” stands under many codes."""
    few, enough = 11, 12
    assert links(version("ZE1.1", FIRST, DAY, length=few), version("ZE2.1", DAY, None, length=few)) == []
    old, new = version("ZE1.1", FIRST, DAY, length=enough), version("ZE2.1", DAY, None, length=enough)
    assert links(old, new) == [("ZE1.1", "ZE2.1", DAY)]
