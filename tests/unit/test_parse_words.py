"""Headings, suffixes, labels and the sentences that state dates; each expression's own samples are fed in."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from manual import parse as parse_package
from manual.model import Block, Code
from manual.parse import notes, reading, text_lost
from manual.parse.headings import read_heading
from manual.parse.lists import label, letters, roman, style_of
from manual.parse.notes import Claims, read_foots, read_words
from manual.parse.reading import Foot

SOURCES = Path(parse_package.__file__).parent


def samples(module: object, filename: str) -> list[tuple[str, str, bool]]:
    """(name of the expression, sample, whether it must be found) from the comments above each expression."""
    found: list[tuple[str, str, bool]] = []
    waiting: list[tuple[str, bool]] = []
    for line in (SOURCES / filename).read_text("utf-8").splitlines():
        comment = re.match(r"# (yes|no): (.*)", line)
        defined = re.match(r"([A-Z_]+) = re\.compile", line)
        if comment:
            waiting += [(sample, comment[1] == "yes") for sample in comment[2].split(" | ")]
        elif defined:
            found += [(defined[1], sample, wanted) for sample, wanted in waiting]
            waiting = []
    return [(name, sample, wanted) for name, sample, wanted in found if hasattr(module, name)]


SAMPLES = [
    (module, *sample)
    for module, filename in ((notes, "notes.py"), (text_lost, "text_lost.py"), (reading, "reading.py"))
    for sample in samples(module, filename)
]


@pytest.mark.parametrize(("module", "name", "sample", "wanted"), SAMPLES)
def test_expression_finds_its_samples_and_no_others(
    module: object, name: str, sample: str, wanted: bool
) -> None:
    """An expression whose samples fail does something else than its comment says."""
    pattern: re.Pattern[str] = getattr(module, name)
    assert bool(pattern.search(sample)) is wanted


def test_there_are_samples() -> None:
    """A change of the comments' form would silently test nothing."""
    assert len(SAMPLES) > 30


# ---------------------------------------------------------------- headings and suffixes


@pytest.mark.parametrize(
    ("line", "code", "title", "suffix", "word", "day"),
    [
        ("ZA1.5 Boats", "ZA1.5", "Boats", "", None, None),
        ("  ZA1.5   Boats \n (29/11/2010) ", "ZA1.5", "Boats", "(29/11/2010)", "", date(2010, 11, 29)),
        ("ZA1.5 Boats (to 08/05/2017)", "ZA1.5", "Boats", "(to 08/05/2017)", "to", date(2017, 5, 8)),
        ("ZA1.5 Boats (to 24 March 2014)", "ZA1.5", "Boats", "(to 24 March 2014)", "to", date(2014, 3, 24)),
        ("ZA1.5 Boats (to 06 July 2015)", "ZA1.5", "Boats", "(to 06 July 2015)", "to", date(2015, 7, 6)),
        ("ZA1.5 Boats (REVOKED 11/04/2024)", "ZA1.5", "Boats", "(REVOKED 11/04/2024)", "to", date(2024, 4, 11)),
        ("ZA1.5 Boats (from 9 September 2023)", "ZA1.5", "Boats", "(from 9 September 2023)", "from", date(2023, 9, 9)),
        ("ZA1.5 Boats (before 29 April 2002)", "ZA1.5", "Boats", "(before 29 April 2002)", "before", date(2002, 4, 29)),
        ("ZA1.5 Boats (after 20/11/2002)", "ZA1.5", "Boats", "(after 20/11/2002)", "after", date(2002, 11, 20)),
        ("ZA1.5 Boats (to 08/05/2017", "ZA1.5", "Boats", "(to 08/05/2017", "to", date(2017, 5, 8)),
        ("ZA1.5 Boats to 08/05/2017)", "ZA1.5", "Boats", "to 08/05/2017)", "to", date(2017, 5, 8)),
        ("ZA1.5 Boats (09/10/2023)", "ZA1.5", "Boats", "(09/10/2023)", "", date(2023, 10, 9)),
        ("ZA1.5 Boats (26/071999)", "ZA1.5", "Boats", "(26/071999)", "", None),
        ("ZA1.5 Boats (31/02/2020)", "ZA1.5", "Boats", "(31/02/2020)", "", None),
        ("ZA1.5 Boats (risk to hulls)", "ZA1.5", "Boats (risk to hulls)", "", None, None),
        ("ZA1.5 Boats under section 49(1)", "ZA1.5", "Boats under section 49(1)", "", None, None),
        ("ZA1.5 Boats as at 1 May 2020", "ZA1.5", "Boats as at 1 May 2020", "", None, None),
        ("ZA8 2022 Special boats", "ZA8", "2022 Special boats", "", None, None),
        ("Appendix 13 – List (ANZSCO)", "Appendix 13", "List (ANZSCO)", "", None, None),
        ("ZA1.5.10 Boats", "ZA1.5.10", "Boats", "", None, None),
        ("WL Boat Instructions", "WL", "Boat Instructions", "", None, None),
        ("ZB Boat Instructions", None, "ZB Boat Instructions", "", None, None),
        ("A Guide to rowing", None, "A Guide to rowing", "", None, None),
        ("I Ann Bell, Harbour Master", None, "I Ann Bell, Harbour Master", "", None, None),
        ("28Automated boats", None, "28Automated boats", "", None, None),
        ("ZE4.1.10of boats", None, "ZE4.1.10of boats", "", None, None),
        ("Residence", None, "Residence", "", None, None),
    ],
)  # fmt: skip
def test_line_is_taken_apart_into_code_title_and_suffix(
    line: str, code: str | None, title: str, suffix: str, word: str | None, day: date | None
) -> None:
    """A date taken month first, or a bracket taken for a date, moves a version by months."""
    heading = read_heading(line, lettered=True)
    assert (heading.code, heading.title, heading.suffix) == (code, title, suffix)
    if word is not None:
        assert [(s.word, s.day) for s in heading.suffixes] == [(word, day)]


def test_title_is_plain_text_without_controls() -> None:
    """A mark that turns the direction of writing would show another title than the one that is stored."""
    heading = read_heading("ZA1.5 <b>Boats</b>\x07 \u202etaob")
    assert heading.title == "<b>Boats</b> taob"
    assert {kind for _, kind, _ in heading.problems} == {"direction_marks", "control_characters"}


# ---------------------------------------------------------------- labels


def test_labels_follow_the_alphabet_beyond_z_and_roman_numerals_beyond_x() -> None:
    """A wrong label sends a citation to the wrong clause."""
    assert [letters(n) for n in (1, 26, 27, 28, 52, 53)] == ["a", "z", "aa", "ab", "az", "ba"]
    assert [roman(n) for n in (1, 4, 9, 14, 40)] == ["i", "iv", "ix", "xiv", "xl"]
    assert [label(style, 2) for style in ("letter", "roman", "capital", "number", "bullet")] == [
        "(b)", "(ii)", "(B)", "(2)", "•",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("css", "kind", "ordered", "depth", "style"),
    [
        ("listletter", "", True, 0, "letter"),
        ("listroman", "", True, 0, "roman"),
        ("listbullet3", "", False, 0, "bullet"),
        ("listletter", "", True, 3, "letter"),
        ("", "i", True, 0, "roman"),
        ("", "", True, 0, "letter"),
        ("", "", True, 1, "roman"),
        ("", "", False, 1, "bullet"),
    ],
)
def test_style_of_a_list_is_its_class_then_its_type_then_its_depth(
    css: str, kind: str, ordered: bool, depth: int, style: str
) -> None:
    """The real pages name the style by class; older ones leave it to the browser."""
    assert style_of(css, kind, ordered=ordered, depth=depth) == style


# ---------------------------------------------------------------- sentences


def claims_of(sentence: str, kind: str = "paragraph") -> Claims:
    claims = Claims()
    block = Block(kind=kind, text=sentence, pinpoint="ZA1.5 paragraph 1")  # type: ignore[arg-type]
    read_words([block], Code("ZA1.5"), claims, title="Boats")
    return claims


@pytest.mark.parametrize(
    "sentence",
    [
        "I give these general instructions as to boats, effective from: 1 April 2025.",
        "Under section 26(4) I give general instructions for visa applications, effective from 1 April 2025.",
        "Effective from 1 April 2025:",
        "These instructions are effective from and on 1 April 2025.",
        "This instrument of delegation takes effect on 1 April 2025.",
        "These instructions come into force on 1 April 2025.",
        "The first day of these instructions is 1 April 2025.",
    ],
)
def test_sentence_about_the_instruction_states_its_start(sentence: str) -> None:
    """The body's own words are the strongest evidence of a start; missing them lets a weaker date win."""
    assert [(c.day, c.basis) for c in claims_of(sentence).starts] == [(date(2025, 4, 1), "text")]


@pytest.mark.parametrize(
    "sentence",
    [
        "A visa effective from 1 April 2025 may be granted.",
        "The visa is effective from 1 April 2025.",
        "These instructions apply to a visa effective from 1 April 2025.",
        "An application must be made on or before 1 April 2025.",
        "Applications made under the instructions effective from 1 April 2025 are decided first.",
        "These instructions cease to be effective from 1 April 2025.",
        "The minimum wage that took effect on 1 April 2025 applies.",
        "The employer holds an accreditation, effective from 1 April 2025, of some kind.",
        "Where these instructions were effective from 1 April 2025, nothing follows.",
        "The new rate takes effect from 1 April 2025.",
        "Effective from 1 April 2025 the boat owner pays more.",
    ],
)
@pytest.mark.parametrize("kind", ["paragraph", "item", "note"])
def test_sentence_about_something_else_states_no_start(sentence: str, kind: str) -> None:
    """A cut-off taken for a start moves a version to the day of a visa or a wage."""
    assert claims_of(sentence, kind).starts == []


@pytest.mark.parametrize(
    ("sentence", "day", "reading"),
    [
        ("These instructions cease to be effective from 8 May 2017.", date(2017, 5, 8), "excluded"),
        (
            "The boat category instructions cease to be effective from 28/08/2017.",
            date(2017, 8, 28),
            "excluded",
        ),
        ("The instructions at ZA1.5 ceased to be effective from 8 May 2017.", date(2017, 5, 8), "excluded"),
        ("The instructions in ZA1 cease to be effective from 8 May 2017.", date(2017, 5, 8), "excluded"),
        ("The cessation date of these instructions is 31 March 2020.", date(2020, 3, 31), "either"),
        ("These instructions are valid until 11:59pm 31 March 2020.", date(2020, 3, 31), "included"),
        ("These instructions are in force until 31 March 2020.", date(2020, 3, 31), "either"),
    ],
)
def test_sentence_about_the_instruction_states_its_end(sentence: str, day: date, reading: str) -> None:
    """'cease to be effective from X' means not on X; an end to the minute includes its day."""
    assert [(e.day, e.reading) for e in claims_of(sentence).ends] == [(day, reading)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The visa ceases to be effective from 8 May 2017.",
        "The instructions at ZB9.5 cease to be effective from 8 May 2017.",
        "The order ceases to have effect on 8 May 2017.",
        "A work visa is valid until 11:59pm 31 March 2020.",
        "Under these instructions a visa is valid until 31 March 2020.",
    ],
)
def test_sentence_about_something_else_states_no_end(sentence: str) -> None:
    """The end of a visa, or of another instruction, is not the end of this one."""
    assert claims_of(sentence).ends == []


def test_date_of_signature_is_the_signing_day() -> None:
    """A delegation takes effect when it is signed, not when it is published (dates.md rule 6)."""
    claims = Claims()
    blocks = [
        Block(
            kind="paragraph", text="This delegation is effective from the date of signature.", pinpoint="p"
        ),
        Block(
            kind="signature",
            text="Kim Sample\nHarbour Master\nDated this 27th day of June 2019",
            pinpoint="s",
        ),
    ]
    read_words(blocks, Code("ZA1.5"), claims, title="Boats")
    assert [(c.day, c.basis) for c in claims.starts] == [(date(2019, 6, 27), "text")]


def test_date_of_signature_without_a_signing_day_is_reported() -> None:
    """Unknown stays unknown."""
    claims = claims_of("This delegation is effective from the date of signature.")
    assert claims.starts == []
    assert [finding.kind for finding in claims.findings] == ["signing_unknown"]


def test_revocation_names_the_day_and_the_instrument() -> None:
    """The sentence ends the version it names, not the page's own."""
    claims = claims_of(
        "On 3 May 2024, the previous General Instructions dated 2 March 2023 on boats are revoked."
    )
    (said,) = claims.elsewhere
    assert (said.kind, said.of_day, said.ends[0].day, said.ends[0].reading) == (
        "claim", date(2023, 3, 2), date(2024, 5, 3), "excluded",
    )  # fmt: skip
    assert claims.ends == []


def test_move_names_its_target_and_no_version() -> None:
    """A link to where equivalent instructions stand is neither an end nor a start."""
    claims = claims_of("Equivalent instructions are now found at ZA5.30(b).")
    assert [(said.kind, said.moved_to) for said in claims.moves] == [("move", "ZA5.30")]
    assert claims.starts == []
    assert claims.ends == []


def test_clause_that_proves_nothing_is_told_also_where_its_day_cannot_be_read() -> None:
    """A malformed date alone would not say of what it is."""
    claims = claims_of("Paragraph (b) is revoked from 31/02/2025.")
    assert claims.ends == []
    assert [finding.kind for finding in claims.findings] == ["malformed_date", "bound_of_part"]


def test_suspension_without_a_day_is_told() -> None:
    """It would doubt the days after the capture, and nobody would learn why."""
    claims = claims_of("These instructions are suspended.")
    assert [finding.kind for finding in claims.findings] == ["instruction_suspended"]


def test_paragraph_that_acts_under_no_act_is_no_instrument() -> None:
    assert claims_of("I act as a pilot under these rules.").instrument is None


def test_power_that_nobody_exercises_makes_no_instrument() -> None:
    """Only a person who speaks signs an instrument."""
    sentence = "A visa is granted under section 26(4) of the Sample Act 2009 to pilots."
    assert claims_of(sentence).instrument is None
    spoken = claims_of("I grant visas under section 26(4) of the Sample Act 2009 to pilots.").instrument
    assert spoken is not None
    assert spoken.power == "section 26(4) of the Sample Act 2009"


@pytest.mark.parametrize(
    ("foot", "basis", "reading"),
    [("Rescinded 30/04/2011", "revocation", "excluded"), ("Ceased 30/04/2011", "foot", "excluded"),
     ("Expired 30/04/2011", "foot", "either"), ("To 30/04/2011", "foot", "either")],
)  # fmt: skip
def test_foot_of_ending_says_whether_its_day_is_the_last_one(foot: str, basis: str, reading: str) -> None:
    """What was rescinded has no force on that day; what expired may have it to its end (rules 9 and 10)."""
    claims = Claims()
    read_foots([Foot(foot, 1)], 1, Code("ZA1.5"), claims)
    assert [(e.day, e.basis, e.reading) for e in claims.ends] == [(date(2011, 4, 30), basis, reading)]


def test_last_foot_counts_and_the_others_are_told() -> None:
    claims = Claims()
    read_foots([Foot("Effective 08/05/2017", 1), Foot("Effective 02/12/2024", 2)], 3, Code("ZA1.5"), claims)
    assert [(start.day, start.locator) for start in claims.starts] == [(date(2024, 12, 2), "foot 2")]
    assert [finding.message for finding in claims.findings] == [
        "the last such line counts, not 'Effective 08/05/2017'",
        "text follows 'Effective 02/12/2024'",
    ]


def test_day_of_a_revocation_is_that_of_its_own_clause() -> None:
    claims = claims_of(
        "These instructions are effective from 1 March 2025 and the former Instructions dated 2 March 2023 "
        "about boats are revoked on 3 May 2025."
    )
    assert claims.instrument is not None
    assert claims.instrument.revokes_on == date(2025, 5, 3)


def test_day_alone_at_the_foot_starts_nothing() -> None:
    claims = Claims()
    read_foots([Foot("30/04/2011", 1)], 1, Code("ZA1.5"), claims)
    assert (claims.starts, claims.ends) == ([], [])
