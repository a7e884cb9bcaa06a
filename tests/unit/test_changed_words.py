"""What changed on 29 November 2010 is bridged and said, in texts and in terms: no more than the facts say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from manual.citation import named_in
from manual.load import load_captures
from manual.model import Block, Code, When
from manual.pages.beside_lines import around_lines
from manual.pages.changed_words import term_otherwise, words_changed
from manual.pages.found import found
from manual.pages.instruction import InstructionPage, instruction_page, version_page
from manual.pages.text import Node
from manual.publisher import INZ
from manual.queries import KnowledgeBase
from tests.toy_publisher import HARBOUR
from tests.unit.test_beside import NOW, page, text

OLD, NEW = date(2010, 11, 28), date(2010, 11, 29)


@pytest.mark.parametrize(
    ("words", "changed"),
    [
        ("A visa officer grants a permit.", ["permit", "visa officer"]),
        ("Permits and policies.", ["policy", "permit"]),
        ("A residence permit is granted.", ["residence permit"]),
        ("A residence visa is granted.", ["residence visa"]),
        ("RESIDENCE PERMITS, and other permits.", ["permit", "residence permit"]),
        ("Removal and removals.", ["removal"]),
        ("They permitted a policyholder to be removed.", []),
        ("A visa is granted under these instructions.", []),
    ],
)
def test_the_words_of_an_old_text_that_have_others_now(words: str, changed: list[str]) -> None:
    block = Block(kind="paragraph", text=words, pinpoint="A1")
    assert [one.before for one in words_changed([block], OLD, INZ)] == changed
    assert words_changed([block], NEW, INZ) == ()
    assert words_changed([block], OLD, HARBOUR) == ()


@pytest.mark.parametrize(
    ("term", "on", "said"),
    [
        ("Permit", OLD, "since 29 November 2010: visa"),
        ("Visa officers", OLD, "since 29 November 2010: immigration officer"),
        ("Residence class visa", NEW, "before 29 November 2010: residence permit or residence visa"),
        ("Deportation", NEW, "before 29 November 2010: removal"),
        ("Instructions", NEW, "before 29 November 2010: policy"),
        ("Permit", NEW, ""),
        ("Visa", OLD, ""),
        ("Visa holder", NEW, ""),
        ("Learner", OLD, ""),
    ],
)
def test_a_term_offers_the_other_word_of_the_same_thing(term: str, on: date, said: str) -> None:
    assert term_otherwise(term, on, INZ) == said


def notes(nodes: tuple[Node, ...]) -> list[tuple[str, str]]:
    """Words and note of each reference in a drawn text that has one."""
    own = [(p.text, p.target.note) for node in nodes for p in node.pieces if p.target and p.target.note]
    return own + [said for node in nodes for said in notes(node.children)]


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    old = page(
        "ZW3.5 Old boats\n\n"
        "A visa officer may grant a permit under section 35A of the Immigration Act 1987, and see section 7.\n\n"
        "It differs from section 2 of the Education Act 1989. Section 9 is open.\n\n"
        "Effective 01/07/2008",
        1,
        date(2009, 1, 1),
    )
    bare = page("ZW3.10 Bare boats\n\nSee section 35A.\n\nEffective 01/07/2008", 2, date(2009, 1, 1))
    law = text(
        "Immigration Act 2009\n\n61 Boats in special cases\n\n(1) Boats may be counted.\n\n"
        "Section 61: amended, on 3 March 2015, by section 4 of the Immigration Amendment Act 2015.\n",
        "l",
    )
    load_captures(tmp_path, [old, bare, law], now=NOW)
    return KnowledgeBase(tmp_path)


DAY = When(date(2009, 2, 2))


def test_a_reference_in_a_text_says_what_took_the_place_of_its_act(kb: KnowledgeBase) -> None:
    """Section N is never said to be section M now, unless the publisher's record says so."""
    shown = instruction_page(kb, Code("ZW3.5"), DAY, DAY.on)
    assert isinstance(shown, InstructionPage)
    assert shown.shown is not None
    assert notes(shown.shown.nodes) == [
        ("section 35A of the Immigration Act 1987", "since 29 November 2010: Immigration Act 2009 s 61"),
        ("section 7", "Act replaced on 29 November 2010 by the Immigration Act 2009"),
        ("Section 9", "which Act is meant is not certain"),
    ]
    assert [one.before for one in shown.changed] == ["permit", "visa officer"]
    alone = version_page(kb, shown.shown.version, DAY, DAY.on)
    assert notes(alone.shown.nodes) == notes(shown.shown.nodes)
    bare = instruction_page(kb, Code("ZW3.10"), DAY, DAY.on)
    assert isinstance(bare, InstructionPage)
    assert bare.shown is not None
    assert notes(bare.shown.nodes) == [
        (
            "section 35A",
            "if the Immigration Act 1987 is meant, since 29 November 2010: Immigration Act 2009 s 61",
        )
    ]


def test_the_command_line_says_the_same(kb: KnowledgeBase) -> None:
    lines = [line[0].text.strip() for line in around_lines(kb, found(kb, named_in("ZW3.5", INZ), DAY))]
    assert lines == [
        "The law it rests on:",
        "- Immigration Act 1987 s 35A; since 29 November 2010 its place is taken by Immigration Act 2009 s 61"
        " (law:immigration-act-2009/s61)",
        "- Immigration Act 1987 s 7; its Act was replaced on 29 November 2010 by the Immigration Act 2009;"
        " which section has its matter is not recorded",
        "- Education Act 1989 s 2",
        "- s 9 (which Act is meant is not certain)",
        "Words that changed on 29 November 2010:",
        "- permit: since then visa",
        "- visa officer: since then immigration officer",
    ]
