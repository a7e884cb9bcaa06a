"""Which sentences define a term, in the styles that people write, and which only look like it."""

from __future__ import annotations

import pytest

from manual.citation.terms import terms_in
from manual.model import Block, BlockKind, Cell

DEFINE = {
    "“Learner” means a person who learns.": ["Learner"],
    '"Learner" means a person who learns.': ["Learner"],
    "‘Learner’ means a person who learns.": ["Learner"],
    "“Learner” means—": ["Learner"],
    "For the purposes of these instructions, “learner” means a person who learns.": ["learner"],
    "For the purposes of these instructions, a learner means a person who learns.": ["learner"],
    "For the purposes of these instructions, a learner is a person who learns.": ["learner"],
    "For the purpose of J1, “learner” includes a person who teaches.": ["learner"],
    "In these instructions, “learner” means a person who learns.": ["learner"],
    "In this section learner means a person who learns.": ["learner"],
    "In these instructions, unless the context otherwise requires, “learner” means a person.": ["learner"],
    "Under J1, “learner” means a person who learns.": ["learner"],
    "The term “learner” means a person who learns.": ["learner"],
    "The term learner means a person who learns.": ["learner"],
    "The expression “harbour dues” means what a harbour takes.": ["harbour dues"],
    "References to “learner” mean a person who learns.": ["learner"],
    "Note: “learner” means a person who learns.": ["learner"],
    "“Learner” has the meaning given in section 4 of the Harbours Act 1999.": ["Learner"],
    "“Learner” has the same meaning as in section 4.": ["Learner"],
    "“Learner” shall have the meaning in J2.": ["Learner"],
    "“Learner” shall mean a person who learns.": ["Learner"],
    "Learner has the meaning set out in J2.": ["Learner"],
    "Learner means a person who learns.": ["Learner"],
    "Learner means the person who is to learn.": ["Learner"],
    "Harbour pay means what a harbour pays.": ["Harbour pay"],
    "Harbour pay is defined as what a harbour pays.": ["Harbour pay"],
    "“Harbour pay” includes dues and tips.": ["Harbour pay"],
    "“Harbour pay” refers to dues and tips.": ["Harbour pay"],
    "“Learner” and “pupil” mean a person who learns.": ["Learner", "pupil"],
    "“Learner” or “pupil” means a person who learns.": ["Learner", "pupil"],
    "“Learner (of a harbour)” means a person who learns.": ["Learner (of a harbour)"],
    "Learner, in relation to a harbour, means a person who learns.": ["Learner"],
    "“Learner”, in relation to a harbour, means a person who learns.": ["Learner"],
    "“Learner” (in relation to a harbour) means a person who learns.": ["Learner"],
    "“Learner” is defined in J2.": ["Learner"],
    "Full-time means 30 hours or more each week.": ["Full-time"],
    "Certificate of harbour means a paper.": ["Certificate of harbour"],
    "Agreement to Pilot means a paper.": ["Agreement to Pilot"],
    "Ordinarily resident means living here.": ["Ordinarily resident"],
    "“N/A” means not applicable.": ["N/A"],
    "Wānanga means a place to learn.": ["Wānanga"],
}
DEFINE_NOTHING = [
    "This means that nobody learns.",
    "It means a lot.",
    "By any means they learn.",
    "Means of transport are boats.",
    "Boats by means of which people learn.",
    "The means test applies.",
    "Insufficient means",
    "Applicants with no means of support",
    "Sufficient means to live on",
    "A person who is a learner within the meaning of section 4 of the Act.",
    "Learner within the meaning of section 4.",
    "An officer asks what “learner” means.",
    "Officers must consider whether “learner” means a person who learns.",
    "If “learner” means a person who learns, J2 applies.",
    "Which “learner” means the most?",
    "No learner means no pay.",
    "Passing the test means the learner has learned.",
    "A refusal means that the applicant leaves.",
    "A refusal means the applicant must leave.",
    "Refusal means the applicant must leave.",
    "A visa means a person can work.",
    "Being a learner means paying dues.",
    "Failing this requirement means the application is declined.",
    "Failure means refusal.",
    "Where this means that a person leaves, J2 applies.",
    "Note: This means nobody learns.",
    "The meaning of learner is given in J2.",
    "“Harbour pay” does not include tips.",
    "“Harbour pay” does not mean tips.",
    "Harbour pay does not mean tips.",
    "Harbour pay includes dues and tips.",
    "Harbour pay refers to dues and tips.",
    "Evidence includes bank statements.",
    "Evidence may include bank statements.",
    "Other words have the meaning that a sailor would give them.",
    "“People who mean to stay” say so.",
    "“Yes” means that the form is complete.",
    "Applicants must show that they have the means to pay.",
    "The Minister means to act.",
    "He said “learner” means nothing.",
    "“Learner” meant a person who learned.",
    "For the purposes of these instructions, an application is made when it is lodged.",
    "What is a learner?",
    "“Learner”: a person who learns.",
    "Learner – a person who learns.",
    "learner means a person who learns.",
]
HEADINGS = {
    "Definition of learner": ["learner"],
    "Definition of ‘learner’": ["learner"],
    "Definition: learner": ["learner"],
    "Meaning of “learner”": ["learner"],
    "Definitions of full-time and part-time": ["full-time", "part-time"],
    "Definitions of pilot, learner and harbour": ["pilot", "learner", "harbour"],
    "Definitions": [],
    "Meaning of words": [],
    "What learner means": [],
    "Who is a learner": [],
    "Learner means a person who learns.": [],
}
IN_A_LIST = {
    "Learner: a person who learns.": ["Learner"],
    "“Learner”: a person who learns.": ["Learner"],
    "Learner – a person who learns.": ["Learner"],
    "learner means a person who learns.": ["learner"],
    "a learner means a person who learns.": ["learner"],
    "Note: more is said in J2.": [],
    "This: a person who learns.": [],
    "the person who learns: a learner": [],
}


def block(text: str, kind: BlockKind = "item", *below: Block) -> Block:
    return Block(
        kind=kind, label="(a)" if kind == "item" else "", text=text, pinpoint="J1(a)", children=below
    )


def terms(*blocks: Block, title: str = "Boats") -> list[str]:
    return [term for term, _ in terms_in(title, blocks, "J1")]


@pytest.mark.parametrize(("sentence", "defined"), DEFINE.items())
def test_a_sentence_that_defines(sentence: str, defined: list[str]) -> None:
    """The term would not be found, or another word would pass for it."""
    assert terms(block(sentence)) == terms(block(sentence, "paragraph")) == defined


@pytest.mark.parametrize("sentence", DEFINE_NOTHING)
def test_a_sentence_that_defines_nothing(sentence: str) -> None:
    """A common word would be linked, in every text, to a sentence that does not define it."""
    assert terms(block(sentence)) == terms(block(sentence, "paragraph")) == []


@pytest.mark.parametrize(("heading", "defined"), HEADINGS.items())
def test_headings_and_titles_that_name_what_is_defined(heading: str, defined: list[str]) -> None:
    assert terms(block(heading, "heading")) == defined
    assert terms(title=heading) == defined


@pytest.mark.parametrize(("item", "defined"), IN_A_LIST.items())
def test_a_list_of_definitions(item: str, defined: list[str]) -> None:
    """Under its heading, in an instruction of that title, or where a sentence announces definitions."""
    assert terms(block("Definitions", "heading"), block(item)) == defined
    assert terms(block(item), title="Definitions") == defined
    assert terms(block("In these instructions:", "paragraph"), block(item)) == defined
    assert terms(block("The following definitions apply:", "item", block(item))) == defined


def test_a_list_of_definitions_ends() -> None:
    """At the next heading, and where a paragraph comes between."""
    listed, plain = block("Learner: a person."), block("Pilot: a person.")
    assert terms(block("Definitions", "heading"), listed, block("Boats", "heading"), plain) == ["Learner"]
    assert terms(
        block("In these instructions:", "paragraph"), listed, block("More.", "paragraph"), plain
    ) == ["Learner"]
    assert terms(block("In these instructions the officer must:", "paragraph"), plain) == []


def test_a_table_of_terms_and_their_meanings() -> None:
    def table(*rows: tuple[str, str]) -> Block:
        cells = tuple(tuple(Cell(text=text) for text in row) for row in rows)
        return Block(kind="table", text="", pinpoint="J1 table 1", rows=cells)

    rows = (("Learner", "A person who learns."), ("Pilot", ""), ("Harbour pay", "What a harbour pays."))
    assert terms(table(("Term", "Meaning"), *rows)) == ["Learner", "Harbour pay"]
    assert terms(table(("Boat", "Meaning"), *rows)) == []
