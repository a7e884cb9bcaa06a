"""Law, circulars and notices beside the manual: their citations, what circulars do to codes, defined terms."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from time import process_time

import pytest

from manual.captures import RawCapture
from manual.citation import named_in
from manual.citation.provisions import Provision, provisions_of, successor_of, with_laws
from manual.citation.references import find_refs
from manual.citation.terms import terms_in
from manual.load import load_captures
from manual.model import Block, Code, SitePath, When
from manual.pages import json_answers
from manual.pages.words import change_words, successor_words
from manual.pages.work_page import work_page
from manual.parse.circulars import read_circular
from manual.parse.law import read_law
from manual.parse.notices import read_notice
from manual.publisher import INZ
from manual.queries import KnowledgeBase

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SEEN = datetime(2014, 4, 1, tzinfo=UTC)
ON = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("see Immigration Act 2009 s 49(1)(b)", ["law:immigration-act-2009/s49"]),
        (
            "sections 154-156, 172 of the Immigration Act 2009",
            [f"law:immigration-act-2009/s{n}" for n in (154, 155, 156, 172)],
        ),
        ("s27(1)(e) of the Immigration Act 2009", ["law:immigration-act-2009/s27"]),
        ("Immigraton Act 2009 s 5", ["law:immigration-act-2009/s5"]),
        (
            "the Education Act 1989, s 2, and the Immigration Act 2009, s 7",
            ["law:education-act-1989/s2", "law:immigration-act-2009/s7"],
        ),
        (
            "section 5 of the Immigration Act 2009. Under section 28A",
            ["law:immigration-act-2009/s5", "law:immigration-act-2009/s28a"],
        ),
        (
            "Immigration Act 2009 s 5 and Education Act 1989 s 2. See section 7",
            ["law:immigration-act-2009/s5", "law:education-act-1989/s2"],
        ),
        ("regulation 5 of the Boats (Speed) Regulations 2010", ["law:boats-speed-regulations-2010/r5"]),
        ("section WA3.15", []),
        ("section 7", []),
        ("section 7 of the Immigration Act", []),
    ],
)
def test_provisions_have_one_form(text: str, keys: list[str]) -> None:
    """A section without an Act is of the one named before, if one alone was; an Act without a year names no work."""
    (refs,) = with_laws([(text, find_refs(text, here="", code=Code("A1")))])
    assert [p.key for ref in refs if ref.state == "law" for p in provisions_of(ref.target) if p.key] == keys


@pytest.mark.parametrize(
    ("title", "text", "terms"),
    [
        ("Boats", "“Learner” means a person who learns.", ["Learner"]),
        ("Boats", "For the purposes of J1, “learner” has the meaning given in J2.", ["learner"]),
        ("Boats", "Harbour pay means what a harbour pays.", ["Harbour pay"]),
        ("Definition of harbour", "A place for boats.", ["harbour"]),
        ("Definitions", "Pilot: a person who steers.", ["Pilot"]),
        ("Boats", "Pilot: a person who steers.", []),
        ("Boats", "This means that nobody learns.", []),
        ("Boats", "An officer asks what “learner” means.", []),
        ("Boats", "People who mean to stay say so.", []),
    ],
)
def test_what_defines_a_term(title: str, text: str, terms: list[str]) -> None:
    block = Block(kind="item", label="(a)", text=text, pinpoint="J1(a)")
    assert [term for term, _ in terms_in(title, [block], "J1")] == terms


CIRCULAR = """12 March 2014

Amendment Circular No. 2014/90

Changes to immigration instructions effective from 24 March 2014
ZW1.5 Boats
ZW2 A whole chapter
The following lists have been updated:
DEEP HARBOURS (Appendix 31)

Revocation of instructions
ZW1.6 Harbours
"""
NOTICE = """Visa Pak 7 - 1 May 2014

Boats are counted under ZW1.5(a).
"""
LAW = """Immigration Act 2009

28A Boats to be counted

(1) Every boat must be counted.

Section 28A: inserted, on 3 March 2015, by section 4 of the Immigration Amendment Act 2015.
"""


def text(words: str, name: str) -> RawCapture:
    return RawCapture(
        data=words.encode(), media="text", address=None, site_path=None, captured_at=SEEN, filename=name
    )


def page(words: str, number: int, seen: date) -> RawCapture:
    return RawCapture(
        data=words.encode(),
        media="text",
        address=None,
        site_path=SitePath(f"opsmanual/{number}"),
        captured_at=datetime(seen.year, seen.month, seen.day, tzinfo=UTC),
        filename=str(number),
    )


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    pages = [
        page(
            "ZW1.5 Boats\n\nCount boats under Immigration Act 2009 s 28A.\n\nEffective 24/03/2014",
            1,
            date(2014, 4, 1),
        ),
        page("ZW1.6 Harbours\n\nHarbours are deep.\n\nEffective 01/01/2012", 2, date(2013, 1, 10)),
        page("ZW2.5 Deep water\n\nWater is deep.\n\nEffective 01/01/2012", 3, date(2014, 4, 1)),
    ]
    load_captures(tmp_path, [*pages, text(CIRCULAR, "c"), text(NOTICE, "n"), text(LAW, "l")], now=NOW)
    return KnowledgeBase(tmp_path)


def test_a_circular_begins_and_ends_what_it_names(kb: KnowledgeBase) -> None:
    """`ended` from the day of the circular, without a page that says so."""
    assert kb.in_force_on(Code("ZW1.6"), When(date(2014, 3, 23))).answer == "in_force"
    ended = kb.in_force_on(Code("ZW1.6"), When(date(2014, 3, 24)))
    assert ended.answer == "ended"
    assert ended.version is not None
    assert ended.version.basis_until == "circular"


def test_an_instruction_meets_law_circulars_and_notices(kb: KnowledgeBase) -> None:
    around = kb.around(kb.in_force_on(Code("ZW1.5"), When(ON)))
    assert [law.held for law in around.laws] == ["law:immigration-act-2009/s28a"]
    assert [(change.circular, change.ends, change.day) for change in around.circulars] == [
        ("circular:2014-90", False, date(2014, 3, 24))
    ]
    assert [notice.key for notice in around.notices] == ["notice:visa-pak-7"]
    before = kb.around(kb.in_force_on(Code("ZW1.5"), When(date(2014, 4, 1))))
    assert before.notices == ()  # written later


def test_the_law_knows_the_instructions_that_cite_it(kb: KnowledgeBase) -> None:
    key = Code("law:immigration-act-2009/s28a")
    assert [one.code for one in kb.referrers(key, When(ON))] == ["ZW1.5"]
    assert kb.referrers(key, When(date(2014, 3, 1))) == ()
    assert kb.in_force_on(key, When(date(2015, 3, 3))).answer == "in_force"


def test_a_whole_chapter_is_not_spread_over_its_sections(kb: KnowledgeBase) -> None:
    """The section says that its chapter was named; its own answer stays as its page has it."""
    answer = kb.in_force_on(Code("ZW2.5"), When(ON))
    assert answer.version is not None
    assert answer.version.validity.effective_from == date(2012, 1, 1)
    assert [(change.code, change.whole_part) for change in kb.around(answer).circulars] == [("ZW2", True)]


def test_a_section_that_changed_on_the_day_of_its_chapter_says_so(tmp_path: Path) -> None:
    """ "No page read confirms this instruction" would be untrue where one does."""
    pages = [
        page("ZW2.5 Deep water\n\nWater is deep.\n\nEffective 24/03/2014", 1, date(2014, 4, 1)),
        page("ZW2.10 Shallow water\n\nWater is shallow.\n\nEffective 01/01/2012", 2, date(2014, 4, 1)),
    ]
    load_captures(tmp_path, [*pages, text(CIRCULAR, "c")], now=NOW)
    with KnowledgeBase(tmp_path) as kb:
        said = {
            code: change_words(kb.around(kb.in_force_on(Code(code), When(ON))).circulars[0])
            for code in ("ZW2.5", "ZW2.10")
        }
    above = "part of ZW2, which it changes from 24 March 2014"
    assert said == {
        "ZW2.5": f"{above}; a page read says that this instruction changed on that day, too",
        "ZW2.10": f"{above}; no page read confirms this instruction",
    }


def test_nothing_beside_the_manual_is_listed_as_an_instruction(kb: KnowledgeBase) -> None:
    assert all(":" not in code for code in kb.codes())
    assert {work.scheme for work in kb.works_beside()} == {"law", "circular", "notice"}
    assert [change.code for change in kb.announced_in(Code("circular:2014-90"))] == [
        "ZW1.5",
        "ZW2",
        "Appendix 31",
        "ZW1.6",
    ]


def test_a_circular_keeps_its_own_words_for_what_happens(kb: KnowledgeBase) -> None:
    """A part, or a list in an appendix, would pass for an instruction; "revoked" for a mere change."""
    found = kb.announced_in(Code("circular:2014-90"))
    assert [(change.code, change.happens, change.whole, change.list_named) for change in found] == [
        ("ZW1.5", "amended", "", ""),
        ("ZW2", "amended", "chapter", ""),
        ("Appendix 31", "amended", "", "DEEP HARBOURS"),
        ("ZW1.6", "revoked", "", ""),
    ]


def test_a_version_names_the_circular_behind_it(kb: KnowledgeBase) -> None:
    """Of its own code and day alone: a circular that names the chapter is not behind a version of a section."""

    def behind(code: str) -> list[tuple[str, str]]:
        versions = kb.history_of(Code(code)).versions
        return [(one.circular, one.happens) for each in versions for one in kb.circulars_behind(each)]

    assert behind("ZW1.5") == [("circular:2014-90", "amended")]
    assert behind("ZW1.6") == [("circular:2014-90", "revoked")]
    assert behind("ZW2.5") == []


def test_what_was_known_counts_for_what_stands_beside(kb: KnowledgeBase) -> None:
    assert kb.works_beside(known=date(2013, 6, 1)) == ()


@pytest.mark.parametrize(
    ("act", "number", "stood", "printed", "assumed"),
    [
        ("Immigration Act 1987", "35A", None, "Immigration Act 2009 s 61", ""),
        ("Immigration Act 1987", "7", None, "Immigration Act 2009", ""),
        ("Immigration Act 2009", "35A", None, None, None),
        ("Education Act 1989", "35A", None, None, None),
        ("", "35A", date(2010, 11, 28), "Immigration Act 2009 s 61", "Immigration Act 1987"),
        ("", "35A", date(2010, 11, 29), None, None),
        ("", "35A", date(1987, 10, 31), None, None),
        ("", "7", date(2008, 1, 1), None, None),
    ],
)
def test_what_took_the_place_of_a_section(
    act: str, number: str, stood: date | None, printed: str | None, assumed: str | None
) -> None:
    """Of an Act that ended; where the text names none, only a section that the record knows, and on its days."""
    found = successor_of(Provision(act, "s", number), stood)
    assert (found.printed if found else None, found.assumed if found else None) == (printed, assumed)


def test_a_reference_across_the_change_of_act_leads_to_both(tmp_path: Path) -> None:
    """Whoever reads a policy of 2008 would look for section 35A in an Act that has none of that matter."""
    old = page(
        "ZW3.5 Old boats\n\nSee section 35A of the Immigration Act 1987.\n\nEffective 01/07/2008",
        1,
        date(2009, 1, 1),
    )
    section = text(
        "Immigration Act 2009\n\n61 Boats in special cases\n\n(1) Boats may be counted.\n\n"
        "Section 61: amended, on 3 March 2015, by section 4 of the Immigration Amendment Act 2015.\n",
        "l",
    )
    load_captures(tmp_path, [old, section], now=NOW)
    with KnowledgeBase(tmp_path) as kb:
        law = kb.around(kb.in_force_on(Code("ZW3.5"), When(date(2009, 1, 1)))).laws[0]
        assert law.provision.printed == "Immigration Act 1987 s 35A"
        assert law.successor is not None
        assert successor_words(law.successor) == (
            "since 29 November 2010 its place is taken by Immigration Act 2009 s 61"
        )
        assert law.successor_held == "law:immigration-act-2009/s61"


def test_a_circulars_page_says_the_days_of_its_appendices(tmp_path: Path) -> None:
    """One circular may carry two days, and a reader would take the first for all of it."""
    path = Path(__file__).resolve().parents[1] / "pages" / "circular_two_days.txt"
    load_captures(tmp_path, [text(path.read_text("utf-8"), "c")], now=NOW)
    with KnowledgeBase(tmp_path) as kb:
        page = work_page(kb, Code("circular:2018-09"), When(ON))
        data = json_answers.show(kb, named_in("circular 2018/09"), When(ON))
    assert data["appendix_days"] == [
        {"appendix": "1", "day": "2018-06-05"},
        {"appendix": "2", "day": "2018-07-02"},
    ]
    assert page.appendix_days == (("1", date(2018, 6, 5)), ("2", date(2018, 7, 2)))
    assert [(row.change.code, row.change.happens, row.scope) for row in page.changes] == [
        ("K2.5", "new", ""),
        ("K2.10", "amended", ""),
        ("QA1", "closed", "the whole chapter: which of its instructions is for their pages to say"),
        ("Appendix 31", "amended", "a list in this appendix"),
    ]


def test_seed_sections_meet_their_law(shared: Path, tmp_path: Path) -> None:
    seed = next((shared / "seeds").glob("001*"))
    page = RawCapture(
        data=seed.read_bytes(),
        media="text",
        address=None,
        site_path=SitePath("law/1"),
        captured_at=None,
        filename="law",
    )
    load_captures(tmp_path, [page], now=NOW)
    kb = KnowledgeBase(tmp_path)
    assert [work.key for work in kb.works_beside()] == [
        "account:immigration-act-2009/s28",
        "law:immigration-act-2009/s28",
    ]
    assert kb.in_force_on(Code("law:immigration-act-2009/s28"), When(ON)).answer == "undated"


# ---------------------------------------------------------------- circulars that are hard to read

CHANGED = (
    "Amendment Circular No. 2020/05\nDate: 3 May 2020\n"
    + "Changes to immigration instructions effective from 4 May 2020\n"
)

WR1 = "Changes to immigration instructions effective from 4 May 2020\nWR1 Alpha title\n"


def changes_in(text: str) -> list[tuple[str, str, date]]:
    """Code, `start`, `end` or `suspension`, and day of each claim, but for what takes back another announcement."""
    found: list[tuple[str, str, date]] = []
    for said in read_circular(text, None, INZ).statements[1:]:
        found += [(said.code, "start", claim.day) for claim in said.starts]
        found += [
            (said.code, claim.kind, claim.day) for claim in said.ends if claim.day and claim.kind != "unclear"
        ]
    return found


@pytest.mark.parametrize(
    "heading",
    [
        "The following instructions are revoked:",
        "The following instructions have been revoked.",
        "Instructions removed",
        "Deleted instructions",
        "Instructions to be rescinded",
        "Withdrawn instructions",
        "These instructions are no longer in force",
        "Closure of the category",
        "Cancelled instructions",
        "Abolition of the BH instructions",
        "Revocation of BH3.5",
        "Revocations",
        "Closed from 4 May 2020:",
        "Instructions that cease to have effect on 4 May 2020",
        "Appendix 2: Revoked instructions",
    ],
)
def test_an_end_is_never_read_as_a_start(heading: str) -> None:
    read = changes_in(f"{CHANGED}WR1 Alpha title\n{heading}\nBH3.5 Beta title\n")
    assert read == [("WR1", "start", date(2020, 5, 4)), ("BH3.5", "end", date(2020, 5, 4))]


@pytest.mark.parametrize(
    ("heading", "day"),
    [("Instructions ceasing to be effective at the end of 31 May 2020", date(2020, 6, 1)),
     ("Revoked instructions: they cease after 31 May 2020", date(2020, 6, 1)),
     ("Instructions revoked on and after 1 June 2020", date(2020, 6, 1))],
)  # fmt: skip
def test_what_ends_at_the_end_of_a_day_is_out_of_force_on_the_next(heading: str, day: date) -> None:
    """One day too early is a wrong answer on the last day."""
    assert ("BH3.5", "end", day) in changes_in(f"{CHANGED}WR1 Alpha title\n{heading}\nBH3.5 Beta title\n")


def test_following_changes_are_changes() -> None:
    """If it failed, what a circular announces would be passed over in silence."""
    head = (
        "Amendment Circular No. 2020/05\nDate: 3 May 2020\nThe following changes take effect on 4 May 2020.\n"
    )
    assert changes_in(f"{head}WR1 Alpha title\n") == [("WR1", "start", date(2020, 5, 4))]


@pytest.mark.parametrize(
    "words",
    ["On 4 May 2020 the instructions below come into force:\nWR1 Alpha title\n",
     "On 4 May 2020 the instructions listed here are put in order:\nWR1 Alpha title\n",
     "WR1.5 expires on 9 May 2020.\n",
     "WR1.5 is replaced by WR1.10 from 9 May 2020.\n",
     "WR1.5 or WR1.10 is revoked on 9 May 2020.\n",
     "WR1.5 is revoked from 9 May 2020 for crews.\n",
     "The start date of the following instructions is now 9 May 2020:\nWR1.5 Alpha title\n"],
)  # fmt: skip
def test_words_that_are_not_understood_change_nothing_and_are_said(words: str) -> None:
    """Neither a guess nor silence."""
    page = read_circular(f"Amendment Circular No. 2020/05\nDate: 3 May 2020\n{words}", None, INZ)
    assert len(page.statements) == 1
    assert "circular_change_unclear" in {found.kind for found in page.findings}


@pytest.mark.parametrize(
    "line", ["Date: Monday, 4 May 2020", "Issued 4 May 2020", "Date of issue: 4th May 2020"]
)
def test_day_of_issue_is_read_in_usual_forms(line: str) -> None:
    """Without it nobody could know when the announcement was known."""
    page = read_circular(f"Amendment Circular No. 2020/05\n{line}\n{WR1}", None, INZ)
    assert [claim.day for claim in page.statements[0].starts] == [date(2020, 5, 4)]


@pytest.mark.parametrize(
    "heading",
    [
        "Changes to immigration instructions: revocation of BH instructions effective from 4 May 2020",
        "Amended and revoked instructions",
        "Instructions not revoked",
        "Revocation of the BH instructions will be notified separately",
        "Reopening of closed categories",
        "Current instructions",
        "Changes to immigration instructions effective from 4 May 2020 and 8 June 2020",
        "Changes to immigration instructions effective from 4 May 2020 until 3 May 2021",
        "Changes to immigration instructions that were to be effective from 4 May 2020",
        "Changes to immigration instructions will not be effective from 4 May 2020",
        "Instructions no longer suspended from 4 June 2020",
        "Suspension of the instructions lifted from 4 June 2020",
        "Suspension of applications under the following instructions",
        "Extension of the suspension of instructions",
        "Partly revoked instructions",
        "Instructions partially revoked from 4 June 2020",
        "Instructions revoked in part",
        "Instructions that remain in force",
        "Extension of instructions to 30 June 2021",
        "Postponed instructions",
        "Instructions in force until 30 June 2021",
        "Instructions reinstated from 4 June 2020",
        "Instructions under review",
        "The following paragraphs are revoked from 4 June 2020:",
        "Revocation of parts of the following instructions:",
        "Revoked paragraphs",
        "Withdrawn forms",
        "Closing dates",
        "Ceasing to hold a visa",
        "Removal of the cap on applications",
        "Instructions that end on 4 June 2020",
        "Instructions for which no change is made",
        "Revocation of visas under the following instructions:",
        "Changes to immigration instructions now effective from 4 June 2020 until 4 July 2020",
        "Changes to immigration instructions deferred from 4 May 2020 until further notice",
        "Changes to immigration instructions effective from 4 June 2020 postponed",
        "Removal of the bond",
        "REMOVAL OF THE BOND",
        "Removal of the bond from the BH instructions",
        "Deletion of repeated words",
        "Closure of the north berth",
        "Closed season",
        "Closing hours set by these instructions",
        "People removed from the harbour",
        "Instructions for removing rafts",
        "Revoked licences",
        "Instructions no longer require a bond",
        "Sections removed from the list of rafts",
        "Categories closed to rafts",
        "Instructions suspended for rafts",
        "Suspension of passes",
        "Suspended sentences",
        "Instructions about paused ballots",
        "Superseded instructions",
        "Instructions set aside",
        "Instructions phased out",
        "Obsolete instructions",
    ],
)
def test_a_heading_that_is_not_plain_changes_nothing(heading: str) -> None:
    assert changes_in(f"{CHANGED}{heading}\nBH3.5 Beta title\n") == []


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("BH3.5 Beta title (revoked from 4 June 2020)", [("BH3.5", "end", date(2020, 6, 4))]),
        ("BH3.5 Beta title (closed 30 June 2020)", [("BH3.5", "end", date(2020, 6, 30))]),
        ("BH3.5 Beta title (closed to new applicants)", []),
        ("BH3.5 Beta title (ends in June)", []),
        ("BH3.5 Beta title [deleted]", [("BH3.5", "end", date(2020, 5, 4))]),
        ("BH3.5 Beta title - removed", [("BH3.5", "end", date(2020, 5, 4))]),
        ("BH3.5 Beta title has been rescinded", [("BH3.5", "end", date(2020, 5, 4))]),
        ("BH3.5 Beta title replaced by WR1", []),
        ("BH3.5 Beta title continues to apply to applications made before that day", []),
        ("BH3.5 says that", []),
        ("BH3.5 Beta and the other matters\nthat it names were looked at.", []),
        ("Appendix 3 Countries", [("Appendix 3", "start", date(2020, 5, 4))]),
        ("Appendix 1: Amended instructions", []),
        ("BH3.5 Beta title (from 4 June 2020)", [("BH3.5", "start", date(2020, 6, 4))]),
        ("BH3.5 Beta title – effective 4 June 2020", [("BH3.5", "start", date(2020, 6, 4))]),
        ("BH3.5 Beta title (not amended)", []),
        ("BH3.5 Beta title (no change)", []),
        ("BH3.5 Beta title (deferred to 4 June 2020)", []),
        ("BH3.5 Beta title (to 4 June 2020)", []),
        ("BH3.5 Boats: to 12 metres", [("BH3.5", "start", date(2020, 5, 4))]),
        ("BH3.5 Boats not to be moored", [("BH3.5", "start", date(2020, 5, 4))]),
        ("• BH3.5 Beta title", [("BH3.5", "start", date(2020, 5, 4))]),
        ("2. BH3.5 Beta title", [("BH3.5", "start", date(2020, 5, 4))]),
        ("BH3.5 and BH3.10 Beta titles", []),
        ("BH3.5 Beta title (closed, effective 4 June 2020)", [("BH3.5", "end", date(2020, 6, 4))]),
        ("BH3.5 Beta title (amended, effective 4 June 2020)", [("BH3.5", "start", date(2020, 6, 4))]),
        ("BH3.5 Beta title (revoked at the end of 3 June 2020)", [("BH3.5", "end", date(2020, 6, 4))]),
        ("BH3.5 Beta title (applies until 4 June 2020)", []),
        ("Revoked: BH3.5 Beta title", [("BH3.5", "end", date(2020, 5, 4))]),
        ("| BH3.5 | Beta title | Revoked |", [("BH3.5", "end", date(2020, 5, 4))]),
        ("| BH3.5 | Beta title | No change |", []),
        ("BH3.5 | Beta title | Not amended", []),
        ("BH3.5\tBeta title\tEffective 4 June 2020", [("BH3.5", "start", date(2020, 6, 4))]),
        ("Amended | BH3.5 | Beta title", [("BH3.5", "start", date(2020, 5, 4))]),
        ("BH3.5(b) Beta title", []),
        ("BH3.5 Beta title (paragraph (b) revoked)", []),
        ("BH3.5 Beta title (paragraph (b) amended)", [("BH3.5", "start", date(2020, 5, 4))]),
        ("BH3.5 Beta title – paragraph (b) deleted", []),
        ("BH3.5 Beta title is not revoked", []),
        ("BH3.5 Beta title may be revoked", []),
        ("BH3.5 Beta title – already revoked", []),
        ("BH3.5 Beta title (no longer revoked)", []),
        ("BH3.5 Beta title (new; WR1 revoked)", []),
        ("BH3.5 Beta title (partly revoked)", []),
        ("BH3.5 Beta title (revocation deferred)", []),
        ("BH3.5 Beta title (in force from 4 June 2020)", [("BH3.5", "start", date(2020, 6, 4))]),
        ("Revoked – BH3.5 Beta title (from 4 June 2020)", [("BH3.5", "end", date(2020, 6, 4))]),
        ("Revoked: BH3.5 Beta title (not amended)", []),
        ("| BH3.5 | Beta title | Amended | 4 June 2020 |", [("BH3.5", "start", date(2020, 6, 4))]),
        ("| BH3.5 | Beta title | Revoked | 4 June 2020 |", [("BH3.5", "end", date(2020, 6, 4))]),
        ("| BH3.5 | Beta title | 4 May 2020 | 4 June 2020 |", []),
        ("| BH3.5 | Beta title | Paragraph (b) revoked |", []),
        ("Partly revoked: BH3.5 Beta title", []),
        ("BH3.5 (other than paragraph (c)) is revoked on 4 June 2020.", []),
        ("BH3.5, except (c), is revoked on 4 June 2020.", []),
        ("Not amended: BH3.5 Beta title", []),
        ("No longer in force: BH3.5 Beta title", []),
        ("Deferred: BH3.5 Beta title", []),
        ("Revoked from 4 June 2020: BH3.5 Beta title", [("BH3.5", "end", date(2020, 6, 4))]),
        ("Effective 4 June 2020: BH3.5 Beta title", [("BH3.5", "start", date(2020, 6, 4))]),
        ("Section BH3.5 Beta title", [("BH3.5", "start", date(2020, 5, 4))]),
        ("Suspended: BH3.5 Beta title", [("BH3.5", "suspension", date(2020, 5, 4))]),
        (
            "BH3.5 Beta title (suspended from 4 June 2020 to 30 June 2020)",
            [("BH3.5", "suspension", date(2020, 6, 4))],
        ),
        (
            "BH3.5 Beta title – temporarily suspended until further notice",
            [("BH3.5", "suspension", date(2020, 5, 4))],
        ),
        ("| BH3.5 | Beta title | Suspended |", [("BH3.5", "suspension", date(2020, 5, 4))]),
        ("BH3.5 Beta title, suspended from 4 June 2020", [("BH3.5", "suspension", date(2020, 6, 4))]),
        ("BH3.5 Beta title suspended", []),
        ("BH3.5 Beta title – suspended indefinitely", [("BH3.5", "suspension", date(2020, 5, 4))]),
        ("BH3.5 Beta title (cancelled)", [("BH3.5", "end", date(2020, 5, 4))]),
        ("BH3.5 Beta title – superseded", []),
        ("BH3.5 Beta title (from 4 June 2020 to 9 June 2021)", []),
        ("BH3.5 Beta title (selection suspended)", []),
        ("BH3.5 Beta title (suspension lifted)", []),
        ("BH3.5 Beta title (suspended licences)", []),
        ("BH3.5 Beta title – suspended sentences", []),
        ("BH3.5 Suspended sentences", [("BH3.5", "start", date(2020, 5, 4))]),
    ],
)
def test_what_a_line_says_of_its_code(line: str, read: list[tuple[str, str, date]]) -> None:
    assert changes_in(f"{CHANGED}{line}\n") == read


@pytest.mark.parametrize("line", ["Partly revoked: BH3.5 Beta title", "Deferred: BH3.5 Beta title"])
def test_a_line_with_a_reserve_before_its_code_is_said_to_be_unclear(line: str) -> None:
    """It was passed over in silence."""
    page = read_circular(f"{CHANGED}{line}\n", None, INZ)
    assert [found.kind for found in page.findings] == ["circular_change_unclear"]


@pytest.mark.parametrize(
    ("heading", "day"),
    [
        ("Suspended instructions", date(2020, 5, 4)),
        ("Instructions paused from 4 June 2020", date(2020, 6, 4)),
        ("The following instructions are suspended from 4 June 2020 until 30 June 2020:", date(2020, 6, 4)),
        ("Suspension of the BH instructions", date(2020, 5, 4)),
    ],
)
def test_what_a_circular_suspends_is_not_plainly_in_force(heading: str, day: date) -> None:
    """It was reported and changed nothing: the code was answered as in force."""
    assert changes_in(f"{CHANGED}{heading}\nBH3.5 Beta title\n") == [("BH3.5", "suspension", day)]


def test_what_a_circular_takes_back_is_not_shown_as_an_end(tmp_path: Path) -> None:
    """Beside the code stood that the circular "ends it" from the day that no longer counts."""
    words = "The start of ZW1.5 is deferred from 4 May 2020 to 4 June 2020.\nZW1.6 is suspended from 4 May 2020.\n"
    load_captures(tmp_path, [text(f"{PUT_OFF}{words}", "c")], now=NOW)
    shown = KnowledgeBase(tmp_path).announced_in(Code("circular:2020-05"))
    assert [(change.code, change.happens, change.ends, change.day) for change in shown] == [
        ("ZW1.5", "amended", False, date(2020, 6, 4)),
        ("ZW1.6", "suspended", False, date(2020, 5, 4)),
    ]


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("WR1.5 is revoked on 9 May 2020.", [("WR1.5", "end", date(2020, 5, 9))]),
        ("From 9 May 2020 WR1.5 and WR1.10 are revoked.",
         [("WR1.5", "end", date(2020, 5, 9)), ("WR1.10", "end", date(2020, 5, 9))]),
        ("The instructions at WR1.5 have effect up to and including 8 May 2020.", [("WR1.5", "end", date(2020, 5, 9))]),
        ("WR1.5 has effect until 8 May 2020.", []),
        ("WR1.5 has effect from 9 May 2020 until 30 May 2020.", []),
        ("WR1.5 ceases to have effect at the end of 8 May 2020.", [("WR1.5", "end", date(2020, 5, 9))]),
        ("• WR1.5 Alpha title takes effect on 9 May 2020.", [("WR1.5", "start", date(2020, 5, 9))]),
        ("WR1.5 is suspended from 9 May 2020 to 30 May 2020.", [("WR1.5", "suspension", date(2020, 5, 9))]),
        ("A permit under WR1.5 ceases to have effect on 9 May 2020.", []),
        ("WR1.5(b) is revoked on 9 May 2020.", []),
        ("Appendix 1\nWR1.5 is revoked on 9 May 2020.", []),
        ("WR1.5 may be revoked on 9 May 2020.", []),
        ("WR1.5 dated 1 March 2019 is revoked on 9 May 2020.", []),
        ("WR1.5 dated 1 March 2019 and WR1.10 dated 2 March 2019 are revoked on 9 May 2020.", []),
        ("Appendix 1 takes effect on 9 May 2020 and Appendix 2 on 30 May 2020.", []),
    ],
)  # fmt: skip
def test_a_plain_sentence_of_a_circular_counts_as_one_of_a_page(
    sentence: str, read: list[tuple[str, str, date]]
) -> None:
    """A dated sentence about a code belongs to that code (rule 24); those of circulars changed nothing."""
    assert changes_in(f"{PUT_OFF}{sentence}\n") == read


def test_what_a_circular_says_in_a_line_and_in_a_sentence_is_said_once() -> None:
    text = f"{CHANGED}WR1 Alpha title\nWR1 takes effect on 4 May 2020.\nWR1 is suspended from 4 June 2020.\n"
    assert changes_in(text) == [("WR1", "start", date(2020, 5, 4)), ("WR1", "suspension", date(2020, 6, 4))]


@pytest.mark.parametrize(
    "heading",
    [
        "Changes effective 4 May 2020",
        "Minor amendments to immigration instructions effective from 4 May 2020",
        "Instructions effective from 4 May 2020",
        "Immigration instructions coming into force on 4 May 2020:",
        "The following instructions are amended (effective from 4 May 2020):",
        "The following instructions have been added, effective from 4 May 2020:",
        "The following new instructions take effect on 4 May 2020:",
        "Changes effective from 4 May 2020",
        "Amendments in force on and after 4 May 2020:",
        "The changes come into force on 4 May 2020.\nAmended instructions",
        "These changes are in force from 4 May 2020.\nAmended instructions",
        "Date of effect: 4 May 2020\nAmended instructions",
    ],
)
def test_day_of_effect_is_read_in_usual_words(heading: str) -> None:
    """What a circular announces would be passed over."""
    head = "Amendment Circular No. 2020/05\nDate: 3 May 2020\n"
    assert changes_in(f"{head}{heading}\nWR1 Alpha title\n") == [("WR1", "start", date(2020, 5, 4))]


@pytest.mark.parametrize("line", ["BH3.5 and BH3.10 Titles", "BH3.5 to BH3.10 Titles", "BH3.5(b) Title"])
def test_line_of_changes_that_names_several_codes_is_said(line: str) -> None:
    """It was passed over in silence."""
    page = read_circular(f"{CHANGED}{line}\n", None, INZ)
    assert [found.kind for found in page.findings] == ["circular_change_unclear"]


PUT_OFF = "Amendment Circular No. 2020/05\nDate: 3 May 2020\n"


@pytest.mark.parametrize(
    "words",
    [
        "The following instructions will now take effect on 4 June 2020 instead of 4 May 2020:\nWR1 Alpha title",
        "Changes to immigration instructions now effective from 4 June 2020 (previously 4 May 2020)\nWR1 Alpha title",
        "Changes to immigration instructions effective from 4 June 2020, not 4 May 2020\nWR1 Alpha title",
        "The start of the following instructions is deferred from 4 May 2020 to 4 June 2020:\nWR1 Alpha title",
        "The changes to WR1 announced in circular 2020/01 will now take effect on 4 June 2020 instead of 4 May 2020.",
        "The commencement of WR1 has been postponed from 4 May 2020 to 4 June 2020.",
    ],
)
def test_what_is_put_off_begins_on_the_later_day_and_may_not_have_begun_before(words: str) -> None:
    """Read as two starts, or as none, the answer between the two days would be the announced text (rule 26)."""
    _, start, former = read_circular(f"{PUT_OFF}{words}\n", None, INZ).statements
    assert (start.code, [claim.day for claim in start.starts]) == ("WR1", [date(2020, 6, 4)])
    assert (former.code, former.of_day) == ("WR1", date(2020, 5, 4))
    assert [(end.day, end.kind) for end in former.ends] == [(date(2020, 5, 4), "unclear")]


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("The start of WR1 and WR2 has been deferred until 4 June 2020.",
         [("WR1", "start", date(2020, 6, 4)), ("WR2", "start", date(2020, 6, 4))]),
        ("The revocation of WR1 has been deferred from 4 May 2020 to 4 June 2020.", [("WR1", "end", date(2020, 6, 4))]),
        ("Instructions deferred until 4 June 2020\nWR1 Alpha title", [("WR1", "start", date(2020, 6, 4))]),
    ],
)  # fmt: skip
def test_what_is_put_off_from_a_day_that_is_not_said(words: str, read: list[tuple[str, str, date]]) -> None:
    assert changes_in(f"{PUT_OFF}{words}\n") == read


@pytest.mark.parametrize(
    "words",
    [
        "The start of WR1 has been deferred until 4 June 2020.",
        "The start of WR1 Alpha title has been deferred until 4 June 2020.",
        "The implementation of WR1 has been delayed to 4 June 2020.",
        "Instructions deferred until 4 June 2020\nWR1 Alpha title",
    ],
)
def test_what_is_put_off_takes_back_what_was_to_come_after_the_day_of_issue(words: str) -> None:
    """Without the former day the first circular's start stood beside the later one."""
    _, start, former = read_circular(f"{PUT_OFF}{words}\n", None, INZ).statements
    assert [claim.day for claim in start.starts] == [date(2020, 6, 4)]
    assert (former.of_day, former.starts) == (date(2020, 6, 4), ())
    assert [(end.day, end.kind) for end in former.ends] == [(date(2020, 5, 3), "unclear")]


def test_the_changed_day_of_a_start_is_the_later_one() -> None:
    words = "The effective date of the changes to WR1 has been changed from 4 May 2020 to 4 June 2020."
    assert changes_in(f"{PUT_OFF}{words}\n") == [("WR1", "start", date(2020, 6, 4))]


@pytest.mark.parametrize(
    "words",
    [
        "Decisions under WR1 have been deferred until 4 June 2020.",
        "WR1 will now take effect on 4 June 2020 for crews instead of 4 May 2020.",
        "WR1 will now take effect on 4 June 2020 instead of 4 May 2020, except for paragraph (b).",
        "WR1 now takes effect on 4 June 2020, rather than WR2.",
        "WR1 is now in force until 4 June 2020.",
        "WR1 now effective from 4 June 2020 until 4 July 2020.",
        "The start of WR1(b) has been deferred until 4 June 2020.",
        "The start of WR1 may be deferred until 4 June 2020.",
        "The start of WR1 has not been deferred until 4 June 2020.",
        "WR1 was previously amended on 4 June 2020.",
        "The start of the instructions announced in circular 2020/01 is postponed to 4 June 2020.",
    ],
)
def test_prose_that_puts_off_something_else_or_not_surely_changes_nothing_and_is_said(words: str) -> None:
    page = read_circular(f"{PUT_OFF}{words}\n", None, INZ)
    assert len(page.statements) == 1
    assert [found.kind for found in page.findings] == ["circular_change_unclear"]


@pytest.mark.parametrize(
    "words",
    [
        "The changes take effect on 4 May 2020 for new boats and on 4 June 2020 for others.",
        "Passes in force from 4 May 2020 are listed.",
        "The rates in force from 4 May 2020 are unchanged.",
    ],
)
def test_day_of_something_else_or_one_of_two_is_not_the_day_of_effect(words: str) -> None:
    """The instructions below would begin on a day that is not theirs."""
    assert changes_in(f"{PUT_OFF}{words}\nAmended instructions\nWR1 Alpha title\n") == []


@pytest.mark.parametrize("piece", ["(", "– ", "(note ", "from 1 July 2022 ", "deferred from 1 July 2022 to "])
def test_long_line_of_a_circular_takes_no_more_than_its_length(piece: str) -> None:
    """A line of 60 kB took minutes: every bracket and every day was read together with all the words beside it."""
    line = (piece * 60_000)[:60_000]
    begun = process_time()
    read_circular(f"{CHANGED}WR1 {line}\n{line}\n", None, INZ)
    assert process_time() - begun < 10


def test_heading_that_ends_instructions_for_visas_ends_them() -> None:
    text = f"{CHANGED}Revocation of visitor visa instructions\nBH3.5 Beta title\n"
    assert changes_in(text) == [("BH3.5", "end", date(2020, 5, 4))]


def test_appendices_named_behind_their_days_have_them() -> None:
    text = (
        "Amendment Circular No. 2020/05\nDate: 3 May 2020\nChanges to immigration instructions effective from "
        "4 May 2020 (Appendix 1) and 8 June 2020 (Appendix 2)\nAppendix 1\nWR1 Alpha\nAppendix 2\nWR2 Beta\n"
    )
    assert changes_in(text) == [("WR1", "start", date(2020, 5, 4)), ("WR2", "start", date(2020, 6, 8))]


def test_each_appendix_has_its_own_day() -> None:
    text = (
        "Amendment Circular No. 2020/05\n"
        "The changes in Appendix 1 are effective from 4 May 2020 and in Appendix 2 from "
        "8 June 2020.\nAmended instructions\nAppendix 1\nWR1 Alpha\nAppendix 2\nWR2 Beta\n"
    )
    assert changes_in(text) == [("WR1", "start", date(2020, 5, 4)), ("WR2", "start", date(2020, 6, 8))]


@pytest.mark.parametrize("appendix", ["Appendix 1", "Appendix 1: New texts", "Appendix 1 – Instructions"])
def test_a_new_text_in_an_appendix_does_not_end_what_it_is_of(appendix: str) -> None:
    """The list of revocations stands last before the appendices: each new text below it was "revoked"."""
    text = (
        f"{CHANGED}WR1.5 Alpha title\nRevocation of instructions\nBH3.5 Beta title\n"
        f"{appendix}\nWR1.5 Alpha title\n(a) A boat is dry.\nWR1.5.1 Dry boats\n(b) So are others.\n"
    )
    assert changes_in(text) == [("WR1.5", "start", date(2020, 5, 4)), ("BH3.5", "end", date(2020, 5, 4))]


def test_what_only_an_appendix_names_below_revocations_is_said_to_be_unclear() -> None:
    text = f"{CHANGED}Revocation of instructions\nBH3.5 Beta title\nAppendix 1\nWR2.5 Gamma title\n"
    assert changes_in(text) == [("BH3.5", "end", date(2020, 5, 4))]
    found = [
        finding.message for finding in read_circular(text, None, INZ).findings if "WR2.5" in finding.message
    ]
    assert found == ["what happens to WR2.5 is not said plainly: nothing is taken from this line"]


def test_a_circular_that_ends_and_changes_one_code_on_one_day_does_neither() -> None:
    """Whichever line came last would have won."""
    text = f"{CHANGED}BH3.5 Beta title\nWR1.5 Alpha\nRevocation of instructions\nBH3.5 Beta title\n"
    assert changes_in(text) == [("WR1.5", "start", date(2020, 5, 4))]
    messages = [finding.message for finding in read_circular(text, None, INZ).findings]
    assert "the circular both ends BH3.5 and begins or changes it on 4 May 2020" in messages[-1]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Memo\nTo: All staff\nSubject: Boats", "Memo: Boats"),
        ("Memorandum:\nRe: Harbours", "Memorandum: Harbours"),
        ("Internal administration circular No: 8-1\nSubject: Boats", "Internal administration circular No: 8-1: Boats"),
        ("Memo: Boats\nSubject: Harbours", "Memo: Boats"),
        ("Memo\nNothing more.", "Memo"),
    ],
)  # fmt: skip
def test_a_notice_is_called_by_its_subject(head: str, title: str) -> None:
    assert read_notice(f"{head}\nDate: 28 January 2024\nBoats are counted.\n", None, INZ).title == title


def test_two_memos_of_one_day_without_a_subject_are_two() -> None:
    """One would stand in the place of the other, as its newer text."""
    one, other = (
        read_notice(f"Memo\nDate: 28 January 2024\n{what}.\n", None, INZ) for what in ("Boats", "Ships")
    )
    assert one.code != other.code


# ---------------------------------------------------------------- pages of law that are hard to place


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("Immigration Act 2009\n28A Name of it\n(1) One thing.\n", "law:immigration-act-2009/s28a"),
        (
            "Boats (Speed) Regulations 2010\n5 Name of it\n(1) One thing.\n",
            "law:boats-speed-regulations-2010/r5",
        ),
        (
            "See the Privacy Act 1993 too\nImmigration Act 2009\n28 Name of it\n(1) A thing.\n",
            "law:immigration-act-2009/s28",
        ),
        ("Immigration Act 2009\nSchedule 1 Things\n1 Name of it\n(1) One thing.\n", None),
        ("Immigration Act 1971\nlegislation.gov.uk\n3 Name of it\n(1) One thing.\n", None),
        ("Migration Act 1958 (Cth)\n5 Name of it\n(1) One thing.\n", None),
        ("Immigration Act 2009\nImmigration Act 1987\n28 Name of it\n(1) One thing.\n", None),
        ("28 Name of it\n(1) A thing of the Privacy Act 1993.\n", None),
        ("Immigration Act\n28 Name of it\n(1) One thing.\n", None),
    ],
)
def test_where_a_page_of_law_is_filed(page: str, code: str | None) -> None:
    read = read_law(page, None, INZ)
    assert read.code == code
    assert bool(read.statements) == (code is not None)


def test_clauses_of_law_stand_under_their_paragraphs() -> None:
    page = "Immigration Act 2009\n28 Name of it\n(1) All—\n(a) of—\n(i) one; and\n(ii) two; or\n(b) three.\n(2) Four.\n"
    blocks = [block for top in read_law(page, None, INZ).blocks for block in top.walk()]
    assert [block.pinpoint.removeprefix("s 28") for block in blocks] == [
        "(1)", "(1)(a)", "(1)(a)(i)", "(1)(a)(ii)", "(1)(b)", "(2)"
    ]  # fmt: skip
