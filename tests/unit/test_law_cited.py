"""References to law, in the forms that people write: which provisions each names, and what is none of law.

A sentence of the table stands alone on its page, unless it says by `Immigration Act 2009 s 5.` what was named before.
"""

from __future__ import annotations

import pytest

from manual.citation.provisions import provision_in, provisions_of, with_laws
from manual.citation.references import find_refs
from manual.model import Code

ACT = "Immigration Act 2009"
REGULATIONS = "Immigration (Visa, Entry Permission, and Related Matters) Regulations 2010"
BEFORE = f"{ACT} s 5. "


def cited(*texts: str) -> list[str]:
    """The provisions that the texts of one page cite, as they are printed."""
    found = [(text, find_refs(text, here="", code=Code("A1"))) for text in texts]
    law = [ref for refs in with_laws(found) for ref in refs if ref.state == "law"]
    return [one.printed for ref in law for one in provisions_of(ref.target)]


def of(act: str, *places: str) -> list[str]:
    return [f"{act} {place}" for place in places]


FORMS = {
    f"see {ACT} s 49(1)(b)": of(ACT, "s 49(1)(b)"),
    f"{ACT}, s 49(1)(b)": of(ACT, "s 49(1)(b)"),
    f"{ACT}: section 61": of(ACT, "s 61"),
    f"{ACT} (s 61)": of(ACT, "s 61"),
    f"the {ACT} at section 61": of(ACT, "s 61"),
    f"{ACT} ss 22, 23 and 25": of(ACT, "s 22", "s 23", "s 25"),
    f"{ACT} ss 39, 40, 265": of(ACT, "s 39", "s 40", "s 265"),
    f"{ACT} ss 154-156, 172": of(ACT, "s 154", "s 155", "s 156", "s 172"),
    f"{ACT} ss 154–156": of(ACT, "s 154", "s 155", "s 156"),
    f"{ACT} sections 61, 62(1)(a), and 63": of(ACT, "s 61", "s 62(1)(a)", "s 63"),
    f"{ACT} s 49(1)(a) and A16.1": of(ACT, "s 49(1)(a)"),
    f"{ACT} s 28A": of(ACT, "s 28A"),
    f"{ACT} s 400": of(ACT, "s 400"),
    f"s27(1)(e) of the {ACT}": of(ACT, "s 27(1)(e)"),
    f"s.27(1)(e) of the {ACT}": of(ACT, "s 27(1)(e)"),
    f"s. 27 of the {ACT}": of(ACT, "s 27"),
    f"S27(1)(e) of the {ACT}": of(ACT, "s 27(1)(e)"),
    f"Sections 22, 23 and 25 of the {ACT}": of(ACT, "s 22", "s 23", "s 25"),
    f"sections 45(1) and 46(2) of the {ACT}": of(ACT, "s 45(1)", "s 46(2)"),
    f"sections 61 to 63 of the {ACT}": of(ACT, "s 61", "s 62", "s 63"),
    f"section 61 or 62 of the {ACT}": of(ACT, "s 61", "s 62"),
    f"section 61 {ACT}": of(ACT, "s 61"),
    f"section 61, {ACT}": of(ACT, "s 61"),
    f"in terms of section 61 ({ACT})": of(ACT, "s 61"),
    "s 61 of the Immigration Act (2009)": of(ACT, "s 61"),
    "s 61 of the Immigration Act, 2009": of(ACT, "s 61"),
    f"section 49 (1)(a) and (b) of the {ACT}": of(ACT, "s 49(1)(a)", "s 49(1)(b)"),
    f"section 49(1)(a) or (b) of the {ACT}": of(ACT, "s 49(1)(a)", "s 49(1)(b)"),
    f"section 61A(2)(a)(i) of the {ACT}": of(ACT, "s 61A(2)(a)(i)"),
    f"section 36AB of the {ACT}": of(ACT, "s 36AB"),
    f"under s 350(1)(a), (b) and (c) of the {ACT}": of(ACT, "s 350(1)(a)", "s 350(1)(b)", "s 350(1)(c)"),
    "Immigration Regulations 2010 regs 10, 11": of("Immigration Regulations 2010", "r 10", "r 11"),
    f"{REGULATIONS} r 5": of(REGULATIONS, "r 5"),
    f"regulation 5 of the {REGULATIONS}": of(REGULATIONS, "r 5"),
    "regulations 10 and 11 of the Boats Regulations 2010": of("Boats Regulations 2010", "r 10", "r 11"),
    "reg 10 of the Boats Regulations 2010": of("Boats Regulations 2010", "r 10"),
    "r 10 of the Boats Regulations 2010": of("Boats Regulations 2010", "r 10"),
    "Boats Regulations 2010, regulation 10(1)(a)": of("Boats Regulations 2010", "r 10(1)(a)"),
    "Immigraton Act 2009 s 5": of(ACT, "s 5"),
    "Imigration Act 2009 s 5": of(ACT, "s 5"),
    "Health and Safety at Work Act 2015 s 5": of("Health and Safety at Work Act 2015", "s 5"),
    "section 392 of the Education and Training Act 2020": of("Education and Training Act 2020", "s 392"),
    "section 61 of the Companies Act 1993": of("Companies Act 1993", "s 61"),
    f"Where {ACT} s 5 applies": of(ACT, "s 5"),
    "section CE 1 of the Income Tax Act 2007": of("Income Tax Act 2007", "s CE 1"),
}
TWO_LAWS = {
    f"{ACT} s 49 Boats Regulations 2010 r 5": [f"{ACT} s 49", "Boats Regulations 2010 r 5"],
    f"{ACT} s 49(1)(b)Boats Regulations 2010 r 5": [f"{ACT} s 49(1)(b)", "Boats Regulations 2010 r 5"],
    f"{ACT} s 49Boats Regulations 2010 r 5": [f"{ACT} s 49", "Boats Regulations 2010 r 5"],
    f"the Education Act 1989, s 2, and the {ACT}, s 7": ["Education Act 1989 s 2", f"{ACT} s 7"],
    f"section 61, Education Act 1989 s 7, {ACT} s 3": ["s 61", "Education Act 1989 s 7", f"{ACT} s 3"],
    f"{ACT}, sections 22 and 27; Boats Regulations 2010, regulation 5": [
        f"{ACT} s 22",
        f"{ACT} s 27",
        "Boats Regulations 2010 r 5",
    ],
    "the Crimes Act 1961 s 7 and section 8 of the Boats Act 1975": [
        "Crimes Act 1961 s 7",
        "Boats Act 1975 s 8",
    ],
    "Immigration Act and Education Act 1989 s 2": ["Education Act 1989 s 2"],
}
NAMED_BEFORE = {
    BEFORE + "Section 7 applies.": of(ACT, "s 5", "s 7"),
    BEFORE + "See section 7 of the Act.": of(ACT, "s 5", "s 7"),
    BEFORE + "Sections 15 and 16 of the same Act apply.": of(ACT, "s 5", "s 15", "s 16"),
    BEFORE + "At 10 am (s 7).": of(ACT, "s 5", "s 7"),
    BEFORE + "Under section 7 in this case.": of(ACT, "s 5", "s 7"),
    f"Under the {ACT} an officer may act. Section 61 applies.": of(ACT, "s 61"),
    f"The Education Act 1989 s 2. The {ACT} matters too. Section 61 of that Act applies.": [
        "Education Act 1989 s 2",
        f"{ACT} s 61",
    ],
    f"The Education Act 1989 s 2. The {ACT} (s 61) matters too.": ["Education Act 1989 s 2", f"{ACT} s 61"],
    f"Immigration Act 1987 s 5 and {ACT} s 6. See section 7 of the 2009 Act.": [
        "Immigration Act 1987 s 5",
        f"{ACT} s 6",
        f"{ACT} s 7",
    ],
    BEFORE + "Boats Regulations 2010 r 6. Regulation 7 and section 8.": [
        f"{ACT} s 5",
        "Boats Regulations 2010 r 6",
        "Boats Regulations 2010 r 7",
        f"{ACT} s 8",
    ],
}
OPEN = {
    # No Act is named before, or several: none is taken.
    "Section 61 applies.": ["s 61"],
    "Section 61 of the Act applies.": ["s 61"],
    f"Section 7 applies. See {ACT} s 5.": ["s 7", f"{ACT} s 5"],
    f"Under the {ACT} and the Education Act 1989 an officer may act. Section 61 applies.": ["s 61"],
    f"The Education Act 1989 s 2. The {ACT} matters too. Section 61 applies.": [
        "Education Act 1989 s 2",
        "s 61",
    ],
    "Immigration Act 1987 s 5. See section 7 of the 2009 Act.": ["Immigration Act 1987 s 5", "s 7"],
    "Under the Migration Act 1958 (Cth) a person may go. Section 61 applies.": ["s 61"],
    BEFORE + "Regulation 7 applies.": [f"{ACT} s 5", "r 7"],
    # A law without its year, or of another year, is no law of the record.
    "See section 7 of the Immigration Act.": ["Immigration Act s 7"],
    "Immigration Act 2008 s 5": ["Immigration Act 2008 s 5"],
    f"section 61 and section 62 of the {ACT}": ["s 61", f"{ACT} s 62"],
    "section 7 and 8 visas": ["s 7"],
}
NO_LAW = [
    "section 501 of the Migration Act 1958 (Cth)",
    "under section 501 of the Migration Act 1958 of Australia",
    "section 3 of the Immigration Act 1971 (UK)",
    "Immigration and Refugee Protection Act 2001, Canada",
    "sections of society",
    "a section of the community",
    "this section applies",
    "the section on health",
    "section WA3.15",
    "section A16.1(b)",
    "see section R2 above",
    "section F1.5(a) of these instructions",
    "Section 3 of the form INZ 1025 is filled in.",
    "Section 3 of this chapter applies.",
    "Complete section 4 in the application form.",
    "sections 1-3 of the medical certificate",
    "Section 2: Employer details",
    "Section 2 – Employer details",
    "The applicant's 3 children",
    "The applicant’s 3 children",
    "the companies' 12 staff",
    "a regulation 10 years old",
    "by regulation, 10 people",
    "the regulation of boats",
    "regulations of 2010",
    "section 2024",
    "section 1.5",
    "5 sections 10 pages long",
    "s 5%",
    "section 4 of Schedule 2 of the Immigration Act 2009",
    "clause 4 of Schedule 2 of the Immigration Act 2009",
    "Immigration Act 2009 schedule 2",
    "An Act 10 sections long",
    "Article 1A(2) of the Refugee Convention",
    "option (s) 3",
    "paragraph 61 of the judgment",
]


@pytest.mark.parametrize(("sentence", "provisions"), [*FORMS.items(), *TWO_LAWS.items()])
def test_what_a_sentence_cites_has_one_form(sentence: str, provisions: list[str]) -> None:
    """A link would lead to another section, or to one of another Act."""
    assert cited(sentence) == provisions


@pytest.mark.parametrize(("sentence", "provisions"), NAMED_BEFORE.items())
def test_a_section_without_an_act_is_of_the_one_that_was_named_before(
    sentence: str, provisions: list[str]
) -> None:
    assert cited(sentence) == provisions


@pytest.mark.parametrize(("sentence", "provisions"), OPEN.items())
def test_where_it_is_not_said_which_act_is_meant_none_is_taken(sentence: str, provisions: list[str]) -> None:
    """The page would send its reader to the same number of another Act."""
    assert cited(sentence) == provisions


@pytest.mark.parametrize("sentence", NO_LAW)
@pytest.mark.parametrize("before", ["", BEFORE])
def test_what_is_no_law_is_no_reference_to_it(sentence: str, before: str) -> None:
    """A section of a form, or another country's, would pass for one of the Act that was named before it."""
    assert cited(before + sentence) == cited(before)


def test_an_act_named_without_a_section_in_another_clause_counts() -> None:
    """The second clause went to the only Act that was cited with a section, whatever else the first one named."""
    assert cited(f"The Education Act 1989 s 2, and the {ACT}.", "Section 61 applies.") == [
        "Education Act 1989 s 2",
        "s 61",
    ]
    assert cited(f"The {ACT} governs this.", "Section 61 applies.") == [f"{ACT} s 61"]


def test_spans_are_those_of_the_words() -> None:
    """A link would begin or end within a word, where two laws are run together."""
    text = f"See {ACT} s 49Boats Regulations 2010 r 5, and s. 7 of that Act."
    words = [text[ref.start : ref.end] for ref in find_refs(text, here="", code=Code("A1"))]
    assert words == [f"{ACT} s 49", "Boats Regulations 2010 r 5", "s. 7"]


@pytest.mark.parametrize(
    "typed", [f"s 28 {ACT}", f"section 28 of the {ACT}", f"{ACT} s 28", f"{ACT}, section 28", f"s28, {ACT}"]
)
def test_a_provision_is_typed_in_any_of_these_forms(typed: str) -> None:
    found = provision_in(typed)
    assert found is not None
    assert found.printed == f"{ACT} s 28"


def test_the_key_of_a_provision_leads_back_to_it() -> None:
    for act, place in ((ACT, "28A"), ("Income Tax Act 2007", "CE 1")):
        [provision] = provisions_of(f"{act} s {place}")
        assert provision.key is not None
        again = provision_in(provision.key)
        assert again is not None
        assert (again.printed, again.key) == (f"{act} s {place}", provision.key)
