"""What a page's own words prove: feet, sentences without a subject, other versions, moves, and who signed."""

from __future__ import annotations

from datetime import date

import pytest

from manual.model import Block, Cell, Code, EndClaim, Instrument
from manual.parse.notes import (
    SIGNED,
    Claims,
    drop_repeats,
    edition_ends,
    manual_updated,
    read_foots,
    read_words,
)
from manual.parse.reading import Foot

CODE = Code("ZA1.5")
DAY = date(2023, 5, 3)


def feet(*texts: str, blocks: int = 1) -> Claims:
    """Feet that stand one block apart on a page of so many blocks."""
    claims = Claims()
    read_foots([Foot(text, place) for place, text in enumerate(texts, 1)], blocks, CODE, claims)
    return claims


def words(*texts: str, kind: str = "paragraph", signed: str = "") -> Claims:
    """Blocks of one kind at p1, p2 and so on, then a signature."""
    claims = Claims()
    blocks = [Block(kind=kind, text=text, pinpoint=f"p{n}") for n, text in enumerate(texts, 1)]  # type: ignore[arg-type]
    signature = [Block(kind="signature", text=signed, pinpoint="s")] if signed else []
    read_words([*blocks, *signature], CODE, claims, title="Boats")
    return claims


def kinds(claims: Claims) -> list[str]:
    return [f"{finding.severity} {finding.kind}" for finding in claims.findings]


def said_ends(claims: Claims) -> list[tuple[date | None, str, str]]:
    return [(end.day, end.basis, end.kind) for end in claims.ends]


# ---------------------------------------------------------------- feet (rules 4, 5 and 10)


def test_one_foot_is_the_start_and_nothing_is_noticed() -> None:
    """A page like most others would be reported."""
    claims = feet("Effective 01/02/2020.")
    assert [(c.day, c.basis, c.raw, c.locator) for c in claims.starts] == [
        (date(2020, 2, 1), "foot", "01/02/2020", "foot")
    ]
    assert kinds(claims) == []


def test_text_below_a_foot_is_told() -> None:
    """The foot may belong to a block that was put in."""
    assert kinds(feet("Effective 01/02/2020", blocks=2)) == ["info foot_not_last"]


def test_only_the_last_of_several_feet_starts_the_version() -> None:
    """Rule 5: an inserted block brought its own foot along."""
    claims = feet("Effective 01/02/2018", "Effective 01/02/2019", "Effective 01/02/2020", blocks=3)
    assert [c.day for c in claims.starts] == [date(2020, 2, 1)]
    assert [finding.locator for finding in claims.findings] == ["foot 1", "foot 2"]


@pytest.mark.parametrize("order", [1, -1])
def test_foot_of_ending_beside_a_foot_ends_what_that_one_starts(order: int) -> None:
    """Rule 10: neither of the two replaces the other, whichever stands first."""
    claims = feet(*["Effective 01/02/2020", "Rescinded 30/04/2021"][::order])
    assert [c.day for c in claims.starts] == [date(2020, 2, 1)]
    assert [e.day for e in claims.ends] == [date(2021, 4, 30)]


def test_other_words_in_the_place_of_the_foot_leave_the_end_in_doubt() -> None:
    """A page "kept for reference" would be in force (rule 10)."""
    claims = feet("Kept for reference")
    assert [(e.day, e.basis, e.kind) for e in claims.ends] == [(None, "foot", "unclear")]


def test_malformed_last_foot_does_not_let_an_earlier_one_count() -> None:
    """Rule 4: a day that can't be read proves nothing, and the version would be dated by another one's foot."""
    claims = feet("Effective 01/02/2018", "Effective 31/02/2020")
    assert claims.starts == []
    assert kinds(claims) == ["info foot_not_last", "warning malformed_date"]


@pytest.mark.parametrize("text", ["Ceased", "Until", "Obsolete", "Revoked 31/02/2020"])
def test_foot_of_ending_without_a_day_ends_and_is_reported_in_its_words(text: str) -> None:
    """Rule 10: a mark of ending that can't be read never passes in silence."""
    claims = feet(text)
    assert [(e.day, e.reading) for e in claims.ends] == [(None, "excluded")]
    assert claims.ends[0].raw in text
    assert claims.ends[0].raw
    assert "warning end_without_day" in kinds(claims)


@pytest.mark.parametrize(
    ("text", "reading"),
    [("Ended 30/04/2021.", "either"), ("Closed on 30/04/2021", "either"), ("Until 30/04/2021", "either"),
     ("Expired: 30/04/2021", "either"), ("Revoked on 30/04/2021", "excluded")],
)  # fmt: skip
def test_foot_of_ending_with_a_day_is_no_finding(text: str, reading: str) -> None:
    """Words that name a last day leave it open; a revocation doesn't (rules 9 and 10)."""
    claims = feet(text)
    assert [(e.day, e.reading, e.raw) for e in claims.ends] == [(date(2021, 4, 30), reading, "30/04/2021")]
    assert kinds(claims) == []


def test_foot_that_suspends_ends_nothing() -> None:
    """What is suspended may go on."""
    assert said_ends(feet("Suspended 01/05/2020")) == [(date(2020, 5, 1), "text", "suspension")]


def test_foot_that_suspends_for_a_time_names_its_first_day() -> None:
    """The two days together were no day, and the suspension was of unknown beginning."""
    claims = feet("Suspended from 01/05/2020 to 31/05/2020")
    assert said_ends(claims) == [(date(2020, 5, 1), "text", "suspension")]
    assert kinds(claims) == []
    assert [end.day for end in feet("Revoked 01/05/2020 to 31/05/2020").ends] == [None]


# ---------------------------------------------------------------- of what a sentence speaks (rule 24)


@pytest.mark.parametrize("kind", ["item", "table"])
def test_item_without_a_subject_bounds_a_part(kind: str) -> None:
    """A clause that was taken out would end the whole instruction."""
    claims = words("Revoked from 3 May 2023.", kind=kind)
    assert claims.ends == []
    assert kinds(claims) == ["info bound_of_part"]


@pytest.mark.parametrize("kind", ["item", "table"])
@pytest.mark.parametrize("label", ["Expiry date", "Effective date", "Commencement"])
def test_labelled_day_in_an_item_bounds_a_part(kind: str, label: str) -> None:
    """The column of a table of quotas would end the whole instruction, or begin it anew."""
    claims = words(f"{label}: 3 May 2023", kind=kind)
    assert (claims.starts, claims.ends) == ([], [])
    assert kinds(claims) == ["info bound_of_part"]


@pytest.mark.parametrize("kind", ["item", "table"])
def test_day_of_a_start_in_an_item_is_of_a_part(kind: str) -> None:
    """The column of a table of fees began the whole instruction anew."""
    claims = words("Effective from 3 May 2023", kind=kind)
    assert (claims.starts, kinds(claims)) == ([], ["info bound_of_part"])


def headed(*texts: str) -> Claims:
    """Texts of which the short ones are headings."""
    claims = Claims()
    blocks = [
        Block(kind="paragraph" if text.endswith(".") else "heading", text=text, pinpoint=f"p{n}")
        for n, text in enumerate(texts, 1)
    ]
    read_words(blocks, CODE, claims, title="Boats")
    return claims


@pytest.mark.parametrize(
    "heading", ["Suspended", "Revoked", "Suspended from 3 May 2023", "Effective from 3 May 2023"]
)
def test_heading_between_two_texts_is_of_the_part_below_it(heading: str) -> None:
    """A sub-heading suspended the whole page, ended it or began it anew."""
    claims = headed("A boat has a bell.", heading, "Rafts are moored.")
    assert (claims.starts, claims.ends, kinds(claims)) == ([], [], ["info bound_of_part"])


@pytest.mark.parametrize("texts", [("Suspended", "A boat has a bell."), ("A boat has a bell.", "Revoked")])
def test_heading_above_or_below_all_text_may_be_of_the_whole(texts: tuple[str, ...]) -> None:
    """It may be a stamp, or head a list of what was."""
    claims = headed(*texts)
    assert [end.kind for end in claims.ends] == ["unclear"]
    assert kinds(claims) == ["warning end_unclear"]


def test_heading_that_names_the_instruction_bounds_it() -> None:
    claims = headed(
        "A boat has a bell.", "These instructions are suspended from 3 May 2023", "Rafts are moored."
    )
    assert said_ends(claims) == [(DAY, "text", "suspension")]


def listed(intro: str, *items: str) -> Claims:
    claims = Claims()
    blocks = [Block(kind="paragraph", text=intro, pinpoint="p")]
    blocks += [Block(kind="item", text=item, pinpoint=f"i{n}") for n, item in enumerate(items, 1)]
    read_words(blocks, CODE, claims, title="Boats")
    return claims


def test_codes_listed_below_a_sentence_are_what_it_is_about() -> None:
    """Its own page among them stayed in force, and the others were ended by nobody."""
    claims = listed("The following instructions are revoked from 3 May 2023:", "ZB1.5 Rafts", "ZA1.5 Boats")
    assert said_ends(claims) == [(DAY, "revocation", "end")]
    assert [said.code for said in claims.elsewhere] == ["ZB1.5"]
    assert listed("The following instructions are revoked from 3 May 2023:", "ZB1.5 Rafts").ends == []


def test_items_that_are_no_codes_are_not_listed() -> None:
    claims = listed("The following rafts are let in until 3 May 2023:", "ZB1.5 Rafts", "those of wood")
    assert (claims.ends, claims.elsewhere) == ([], [])


def test_items_below_the_name_of_the_instruction_are_about_it() -> None:
    """What ends on a day by an item of its own sentence stayed in force."""
    claims = listed(
        "These instructions:", "took effect on 1 February 2020; and", "cease to be effective from 3 May 2023."
    )
    assert [claim.day for claim in claims.starts] == [date(2020, 2, 1)]
    assert said_ends(claims) == [(DAY, "text", "end")]
    assert listed("A boat must not be one that:", "ceased to be effective from 3 May 2023.").ends == []


def test_box_of_one_cell_may_tell_of_the_page() -> None:
    """A notice in a box above the text was taken for the cell of a table."""
    claims = Claims()
    cell = Cell(text="Revoked from 3 May 2023")
    read_words([Block(kind="table", text="", pinpoint="t", rows=((cell,),))], CODE, claims, title="Boats")
    assert said_ends(claims) == [(DAY, "revocation", "unclear")]


def test_paragraph_without_a_subject_bounds_the_instruction() -> None:
    """A page that says no more than this would stay in force."""
    assert said_ends(words("Revoked from 3 May 2023.")) == [(DAY, "revocation", "end")]


def test_item_that_names_the_instruction_bounds_it() -> None:
    claims = words("These instructions cease to be effective from 3 May 2023.", kind="item")
    assert said_ends(claims) == [(DAY, "text", "end")]


def test_cells_of_a_table_are_read() -> None:
    """A note in a table would be overlooked."""
    claims = Claims()
    cell = Cell(text="These instructions are revoked from 3 May 2023.")
    read_words([Block(kind="table", text="", pinpoint="t", rows=((cell,),))], CODE, claims, title="Boats")
    assert said_ends(claims) == [(DAY, "revocation", "end")]
    assert claims.ends[0].locator == "t"


def test_label_and_day_in_two_cells_are_told_as_of_a_part() -> None:
    """The rows of a table that say when something expires were passed over in silence."""
    claims = Claims()
    row = (Cell(text="Expiry date:"), Cell(text="3 May 2023"))
    read_words([Block(kind="table", text="", pinpoint="t", rows=(row,))], CODE, claims, title="Boats")
    assert (claims.starts, claims.ends) == ([], [])
    assert kinds(claims) == ["info bound_of_part"]


@pytest.mark.parametrize(
    ("sentence", "kind", "basis"),
    [
        ("These instructions cease to be effective from 3 May 2023.", "paragraph", "text"),
        ("These instructions cease to be effective from 3 May 2023.", "note", "note"),
        ("These instructions are revoked from 3 May 2023.", "note", "revocation"),
        ("The whole manual ceases to be effective from 3 May 2023.", "paragraph", "edition"),
    ],
)
def test_rank_of_an_end_is_that_of_its_words(sentence: str, kind: str, basis: str) -> None:
    """Rule 6: a note would outweigh the text, or the end of an edition would pass for one of its own."""
    assert said_ends(words(sentence, kind=kind)) == [(DAY, basis, "end")]


def test_sentence_about_a_visa_is_told_only_where_it_has_a_day() -> None:
    """Every rule about visas would be reported."""
    assert kinds(words("The visa ceases to be effective from 3 May 2023.")) == ["info bound_of_other_thing"]
    assert kinds(words("The visa ceases to be effective before 3 May 2023.")) == ["info bound_of_other_thing"]
    assert kinds(words("The visa ceases to be effective.")) == []


def test_day_on_which_people_may_apply_starts_nothing() -> None:
    """Categories open and close while their instructions are in force."""
    claims = words("The boat category is in force from 3 May 2023.")
    assert claims.starts == []
    assert kinds(claims) == ["info bound_of_other_thing"]
    closed = words("The boat category is closed from 3 May 2023.")
    assert said_ends(closed) == [(DAY, "text", "unclear")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Instructions come into force on 3 May 2023.",
        "The notice said “these instructions come into force on 3 May 2023”.",
    ],
)
def test_start_that_may_be_another_ones_is_unclear_and_told(sentence: str) -> None:
    """A doubt that nobody hears of is a guess."""
    claims = words(sentence)
    assert [(c.day, c.unclear) for c in claims.starts] == [(DAY, True)]
    assert kinds(claims) == ["warning start_unclear"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Instructions cease to be effective from 3 May 2023.",
        "The notice said “these instructions are revoked from 3 May 2023”.",
    ],
)
def test_end_that_may_be_another_ones_is_unclear_and_told(sentence: str) -> None:
    claims = words(sentence)
    assert [(e.day, e.kind) for e in claims.ends] == [(DAY, "unclear")]
    assert kinds(claims) == ["warning end_unclear"]


def test_fact_of_an_end_without_its_day_is_an_end() -> None:
    """Rule 24: it says that the instruction ended, as long ago as it may be."""
    claims = words("These instructions have been revoked.")
    assert said_ends(claims) == [(None, "revocation", "end")]
    assert kinds(claims) == ["warning end_without_day"]


def test_end_with_its_day_is_no_finding() -> None:
    assert kinds(words("These instructions are revoked from 3 May 2023.")) == []


@pytest.mark.parametrize(
    ("day", "problem"), [("31/02/2023", "malformed_date"), ("3/05/2223", "unlikely_year")]
)
def test_end_on_a_day_that_cannot_be_is_unclear_and_keeps_its_words(day: str, problem: str) -> None:
    """Rule 4: kept as found, reported, and nothing concluded."""
    claims = words(f"These instructions cease to be effective from {day}.")
    assert [(e.day, e.kind, e.raw) for e in claims.ends] == [(None, "unclear", day)]
    assert kinds(claims) == [f"warning {problem}", "warning end_unclear"]


def test_end_from_the_date_of_signature_starts_nothing_and_has_no_readable_day() -> None:
    """An instrument that revokes when it is signed would start its own version on that day, or end it as a fact."""
    claims = words(
        "These instructions are revoked from the date of signature.", signed="Signed on 3 May 2023"
    )
    assert (claims.starts, said_ends(claims)) == ([], [(None, "revocation", "unclear")])
    assert kinds(claims) == ["warning end_unclear"]


def test_validity_from_the_date_of_signature_until_a_day_ends_on_that_day() -> None:
    """The end would be lost without a word (rule 24)."""
    claims = words(
        "These instructions are effective from the date of signature until 5 June 2023.",
        signed="Signed on 3 May 2023",
    )
    assert [c.day for c in claims.starts] == [DAY]
    assert [(e.day, e.reading) for e in claims.ends] == [(date(2023, 6, 5), "either")]
    assert kinds(claims) == []


def test_end_that_is_only_possible_is_told() -> None:
    """Rule 24: a dated sentence about ending that bounds nothing never passes in silence."""
    claims = words("These instructions may be revoked from 3 May 2023.")
    assert (claims.ends, kinds(claims)) == ([], ["info bound_not_asserted"])


def test_validity_from_and_until_bounds_both_sides() -> None:
    claims = words("These instructions are effective from 3 May 2023 until 5 June 2023.")
    assert [c.day for c in claims.starts] == [DAY]
    assert [(e.day, e.reading) for e in claims.ends] == [(date(2023, 6, 5), "either")]


def test_suspension_from_and_until_starts_on_its_first_day() -> None:
    """The last day of a suspension is no end of the instruction."""
    claims = words("These instructions were suspended from 3 May 2023 until 5 June 2023.")
    assert said_ends(claims) == [(DAY, "text", "suspension")]
    assert kinds(claims) == ["warning instruction_suspended"]
    assert said_ends(words("These instructions are suspended until 5 June 2023.")) == [
        (None, "text", "suspension")
    ]


# ---------------------------------------------------------------- other versions and codes (rule 24)


def test_sentence_about_two_codes_ends_both_and_not_its_own_page() -> None:
    claims = words("The instructions at ZB9.5 and ZB9.10 cease to be effective from 3 May 2023.")
    assert [(st.code, st.title, st.ends[0].day, st.locator) for st in claims.elsewhere] == [
        ("ZB9.5", "", DAY, "p1"),
        ("ZB9.10", "", DAY, "p1"),
    ]
    assert claims.ends == []
    assert kinds(claims) == ["info bound_of_another"]


def test_sentence_about_its_own_page_and_another_code_ends_both() -> None:
    claims = words("These instructions and the instructions at ZB9.5 cease to be effective from 3 May 2023.")
    assert said_ends(claims) == [(DAY, "text", "end")]
    assert [st.code for st in claims.elsewhere] == ["ZB9.5"]


def test_sentence_that_starts_another_code_ends_nothing_there() -> None:
    (said,) = words("The instructions at ZB9.5 come into force on 3 May 2023.").elsewhere
    assert ([c.day for c in said.starts], said.ends) == ([DAY], ())


def test_sentence_that_ends_another_code_starts_nothing_there() -> None:
    (said,) = words("The instructions at ZB9.5 cease to be effective from 3 May 2023.").elsewhere
    assert (said.starts, [e.day for e in said.ends]) == ((), [DAY])


def test_sentence_that_bounds_another_code_on_both_sides_does_so_there() -> None:
    claims = words("The instructions at ZB9.5 are effective from 3 May 2023 until 5 June 2023.")
    (said,) = claims.elsewhere
    assert ([c.day for c in said.starts], [e.day for e in said.ends]) == ([DAY], [date(2023, 6, 5)])


def test_sentence_about_another_code_that_may_be_meant_is_unclear_there() -> None:
    (said,) = words("The notice said “the instructions at ZB9.5 are revoked from 3 May 2023”.").elsewhere
    assert [(e.day, e.kind) for e in said.ends] == [(DAY, "unclear")]
    (said,) = words("The notice said “the instructions at ZB9.5 come into force on 3 May 2023”.").elsewhere
    assert [(c.day, c.unclear) for c in said.starts] == [(DAY, True)]


def test_sentence_that_says_until_when_another_code_is_valid_does_not_start_it() -> None:
    (said,) = words("The instructions at ZB9.5 are effective until 3 May 2023.").elsewhere
    assert (said.starts, [(e.day, e.reading) for e in said.ends]) == ((), [(DAY, "either")])


def test_sentence_that_starts_another_code_when_this_page_is_signed_makes_no_claim() -> None:
    """A claim without a day would make a code known of which nothing is said."""
    claims = words(
        "The instructions at ZB9.5 are effective from the date of signature.", signed="Signed on 3 May 2023"
    )
    assert (claims.elsewhere, claims.starts) == ([], [])


def test_suspension_of_another_code_that_may_be_meant_ends_nothing_there() -> None:
    (said,) = words("The notice said “the instructions at ZB9.5 are suspended from 3 May 2023”.").elsewhere
    assert [(e.day, e.kind) for e in said.ends] == [(DAY, "suspension")]


def test_version_called_by_its_day_is_the_one_that_ends() -> None:
    (said,) = words("The instructions dated 2 March 2020 cease to be effective from 3 May 2023.").elsewhere
    assert (said.code, said.title, said.of_day) == (CODE, "Boats", date(2020, 3, 2))


def test_other_version_that_is_not_named_makes_no_claim() -> None:
    """Nobody knows which one is meant."""
    claims = words("The previous instructions ceased to be effective from 3 May 2023.")
    assert (claims.elsewhere, claims.ends) == ([], [])
    assert kinds(claims) == ["info bound_of_another"]


def test_pronoun_speaks_of_what_the_sentence_before_was_about() -> None:
    """The pronoun would end the page's own instruction in place of another one."""
    claims = words(
        "The instructions at ZB9.5 came into force on 3 May 2022. They cease to be effective from 3 May 2023."
    )
    assert said_ends(claims) == []
    assert [st.code for st in claims.elsewhere] == ["ZB9.5", "ZB9.5"]


# ---------------------------------------------------------------- repeated marks, editions, front page


def test_fact_of_an_end_adds_nothing_where_its_day_is_said() -> None:
    """The answer would be doubtful although the page says since when."""
    claims = words("These instructions have been revoked.", "These instructions are revoked from 3 May 2023.")
    drop_repeats(claims, ())
    assert said_ends(claims) == [(DAY, "revocation", "end")]
    assert kinds(claims) == []


def test_fact_of_an_end_adds_nothing_to_a_dated_mark() -> None:
    claims = words("These instructions have been revoked.")
    drop_repeats(claims, [EndClaim(DAY, "suffix", "either", "03/05/2023", "heading")])
    assert (claims.ends, claims.findings) == ([], [])


@pytest.mark.parametrize(
    "other",
    [
        "These instructions are suspended from 3 May 2023.",
        "Instructions cease to be effective from 3 May 2023.",
    ],
)
def test_suspension_or_doubt_with_a_day_does_not_date_the_end(other: str) -> None:
    """A fact would be dropped for a day on which perhaps nothing ended."""
    claims = words("These instructions have been revoked.", other)
    drop_repeats(claims, ())
    assert said_ends(claims)[0] == (None, "revocation", "end")
    assert "warning end_without_day" in kinds(claims)


def test_day_that_cannot_be_read_stays_beside_one_that_can() -> None:
    """It may be another day."""
    claims = words("These instructions are revoked from 3 May 2023.")
    claims.ends.append(EndClaim(None, "suffix", "excluded", "(revoked 31/02/2023)", "heading"))
    claims.ends.append(EndClaim(None, "text", "excluded", "", "p3", "suspension"))
    drop_repeats(claims, ())
    assert len(claims.ends) == 3


def test_only_the_banner_of_an_edition_ends_it() -> None:
    """Rule 12; any other banner with such words is about something else."""
    ended = list(edition_ends(["The manual ceases to be effective from 29 November 2010"]))
    assert [(e.day, e.basis, e.reading) for e in ended] == [(date(2010, 11, 29), "edition", "excluded")]
    assert (
        list(edition_ends(["Boats cease to be effective from 1 May 2009", "This is not current policy"]))
        == []
    )
    assert list(edition_ends(["The manual ceases to be effective from 31 February 2010"])) == []


def test_front_page_says_when_the_manual_was_updated() -> None:
    """Rule 4: it starts no instruction; a day that the calendar lacks says nothing."""
    blocks = [
        Block(kind="paragraph", text="Manual updated on: 3 May 2024", pinpoint="p1"),
        Block(
            kind="paragraph",
            text="Manual updated on 31/02/2024. Manual last updated 4 May 2024",
            pinpoint="p2",
        ),
    ]
    told = [(found.message.split(" on ")[-1], found.locator) for found in manual_updated(blocks)]
    assert told == [("3 May 2024", "p1"), ("4 May 2024", "p2")]


# ---------------------------------------------------------------- moves and instruments


def test_move_goes_to_the_first_code_named_and_to_none_without() -> None:
    claims = words(
        "Equivalent instructions are now found at ZB9.10 and ZB9.15.",
        "Equivalent instructions are found in the harbour book; equivalent policy is located at ZA6.",
    )
    assert [(st.moved_to, st.code, st.title, st.locator) for st in claims.moves] == [
        ("ZB9.10", CODE, "Boats", "p1"),
        ("ZA6", CODE, "Boats", "p2"),
    ]


def instrument(*texts: str, signed: str = "") -> Instrument:
    found = words(*texts, signed=signed).instrument
    assert found is not None
    return found


def test_signature_gives_name_office_and_day() -> None:
    found = instrument(
        "Nothing else.", signed="Kim Sample\n\nHarbour Master\nBoat Office\nDated this 27th day of June 2019"
    )
    assert (found.signed_by, found.office, found.signed_on) == (
        "Kim Sample", "Harbour Master, Boat Office", date(2019, 6, 27),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "name", "office"),
    [
        ("Dated this 27th day of June, 2019 at Lyttelton\nKim Sample\nHarbour Master", "Kim Sample", "Harbour Master"),
        ("Signed at Lyttelton on 27 June 2019 by Kim Sample, Harbour Master.", "Kim Sample", "Harbour Master"),
        ("Signed by Kim Sample on 27/06/2019\nHarbour Master", "Kim Sample", "Harbour Master"),
        ("Dated at Port of Timaru this 27 June 2019\nKim Sample", "Kim Sample", ""),
    ],
)  # fmt: skip
def test_signing_line_names_place_and_person_on_either_side_of_its_day(
    line: str, name: str, office: str
) -> None:
    """ "The date of signature" would be no day, and the line a clause of the instrument."""
    found = instrument("Nothing else.", signed=line)
    assert (found.signed_by, found.office, found.signed_on) == (name, office, date(2019, 6, 27))


@pytest.mark.parametrize(
    "line",
    [
        "Signed by the applicant on 3 May 2020",
        "Signed at the counter on 3 May 2020",
        "Signed on 3 May 2020 by the owner",
        "Signed on 3 May 2020 at the counter",
    ],
)
def test_line_that_says_what_others_sign_is_no_signature(line: str) -> None:
    """A clause about a form would give the page a signing day."""
    assert SIGNED.fullmatch(line) is None


def test_what_a_signed_page_delegates_from_a_day_begins_on_it() -> None:
    """Without a signature it may be said of powers that something else hands on."""
    text = "I delegate the powers in Schedule 1 with effect from 3 May 2023."
    signed = words(text, signed="Signed at Timaru on 1 May 2023\nKim Sample")
    assert [(c.day, c.unclear) for c in signed.starts] == [(DAY, False)]
    assert [(c.day, c.unclear) for c in words(text).starts] == [(DAY, True)]


def test_signing_day_that_the_calendar_lacks_is_no_day() -> None:
    found = instrument("Nothing else.", signed="Kim Sample\nDated 31 June 2019")
    assert (found.signed_by, found.office, found.signed_on) == ("Kim Sample", "", None)


def test_visa_that_starts_when_signed_starts_no_instruction() -> None:
    claims = words(
        "The visa is effective from the date of signature.", signed="Kim Sample\nDated 27 June 2019"
    )
    assert claims.starts == []


def test_power_of_an_instrument_is_that_which_its_signer_names() -> None:
    """A number of a clause may look like it ("I."), and a clause of a list is about something else."""
    power = "under section 26(4) of the Sample Act 2009"
    assert (
        instrument(f"I, Kim Sample, {power} give instructions.").power
        == "section 26(4) of the Sample Act 2009"
    )
    assert words(f"I. An act {power} of boats.").instrument is None
    assert words(f"I act {power} for boats.", kind="item").instrument is None


def test_instrument_keeps_what_was_read_of_it_before() -> None:
    """A signature would wipe out the power, or a second sentence the day of the first."""
    found = instrument(
        "I, Kim Sample, under section 26(4) of the Sample Act 2009 give instructions.",
        "On 3 May 2024, the former General Instructions dated 2 March 2023 about boats are revoked. "
        "On 5 May 2024, the former General Instructions dated 2 March 2022 about boats are revoked.",
        signed="Kim Sample\nDated 27 June 2019",
    )
    assert (found.power, found.signed_by) == ("section 26(4) of the Sample Act 2009", "Kim Sample")
    assert (found.revokes, found.revokes_on) == (
        "former General Instructions dated 2 March 2023", date(2024, 5, 3),
    )  # fmt: skip


def test_revocation_with_a_day_outweighs_one_without() -> None:
    claims = words(
        "The former General Instructions dated 2 March 2023 about boats are revoked. "
        "On 5 May 2024, the former General Instructions dated 2 March 2022 about boats are revoked."
    )
    assert claims.instrument is not None
    assert claims.instrument.revokes_on == date(2024, 5, 5)
    assert "info revocation_undated" in kinds(claims)


def test_instrument_that_revokes_by_its_own_act_needs_no_day() -> None:
    """It revokes when it takes effect; only a fact told in the passive lacks its day."""
    claims = words("I revoke the Instrument of Delegation dated 11th day of September 2017.")
    assert claims.instrument is not None
    assert claims.instrument.revokes == "Instrument of Delegation dated 11th day of September 2017"
    assert kinds(claims) == []
    passive = words("The Instrument of Delegation dated 11 September 2017 is hereby revoked.")
    assert kinds(passive) == ["info revocation_undated"]


def test_document_that_is_dated_is_not_thereby_revoked() -> None:
    assert (
        words("The former Instructions dated 2 March 2023 about boats are kept in the office.").instrument
        is None
    )


def test_sentence_about_dated_instructions_that_says_nothing_of_revoking_revokes_none() -> None:
    """The page would name as revoked what it refers to."""
    assert words("The former General Instructions dated 2 March 2023 apply to boats.").instrument is None
