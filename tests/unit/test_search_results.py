"""What a search answers with, in cases small enough to read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from bench.search_corpus import with_digest

from indexer import SearchIndex, SnippetPiece, Suggestion, VersionsMatched, build
from indexer.tree import Expanded, Phrase, Ranked, Word
from indexer.vocabulary import bundled_vocabulary, expand, read_vocabulary
from manual.errors import IndexFault, NotFound
from manual.model import Code, Passage, VersionDocument, VersionId

DAY = date(2024, 8, 15)
Searching = Callable[..., SearchIndex]


def version(
    code: str, title: str, *passages: Passage | str, number: int = 0, **changed: object
) -> VersionDocument:
    """A version in force since 2020 unless told otherwise; a bare text becomes passage (a), (b) …"""
    held = tuple(
        text if isinstance(text, Passage) else Passage(f"{code}({'abcdefgh'[place]})", "", text)
        for place, text in enumerate(passages)
    )
    plain = VersionDocument(
        id=VersionId(f"{code}@{number}"),
        code=Code(code),
        title=title,
        part="Work visas" if code.startswith("W") else "Residence",
        kind="section",
        effective_from=date(2020, 1, 1),
        effective_until=None,
        text_held=True,
        damaged=False,
        in_force=((date(2020, 1, 1), None),),
        disputed=(),
        ended=(),
        passages=held,
    )
    return with_digest(replace(plain, **changed))  # type: ignore[arg-type]


@pytest.fixture
def searching(tmp_path: Path) -> Searching:
    def over(*manual: VersionDocument, **named: object) -> SearchIndex:
        build(manual, tmp_path, kb_digest="k")
        return SearchIndex(tmp_path, **named)  # type: ignore[arg-type]

    return over


def said(pieces: tuple[SnippetPiece, ...]) -> str:
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


def codes(index: SearchIndex, query: str, on: date | None = DAY, **named: object) -> list[str]:
    return [hit.code for hit in index.search(query, on, **named).hits]  # type: ignore[arg-type]


def test_exact_code_comes_first_then_title_then_heading_then_body(searching: Searching) -> None:
    """The order in which officers expect to land."""
    index = searching(
        version("WA1.1", "Other", "wa9.9 is mentioned here with wa9.9 and wa9.9"),
        version("WA1.2", "Other", "A partner partner partner partner in the body"),
        version("WA1.3", "Other", Passage("WA1.3(a)", "Partner", "Income of another")),
        version("WA1.4", "Partner", "Income of another"),
        version("WA9.9", "Last", "Nothing"),
    )
    assert codes(index, "partner") == ["WA1.4", "WA1.3", "WA1.2"]
    assert codes(index, "wa9.9") == ["WA9.9", "WA1.1"]
    assert codes(index, "partner WA9-9")[0] == "WA9.9"
    assert index.search("partner wa9.9", DAY).code == "WA9.9"


def test_instructions_that_hold_all_words_come_first_and_are_counted(searching: Searching) -> None:
    """Any word ranks, but the reader is told how many hold all."""
    index = searching(
        version("WA1.1", "One", "income income income income income"),
        version("WA1.2", "Two", "a partner has a very long list of other things beside any income at all"),
        version("WA1.3", "Three", "nothing of the sort"),
    )
    found = index.search("partner income", DAY)
    assert [hit.code for hit in found.hits] == ["WA1.2", "WA1.1"]
    assert (found.total, found.holding_all) == (2, 1)


def test_hit_points_at_the_best_passage_with_the_words_marked(searching: Searching) -> None:
    """Otherwise the reader has to find the words again."""
    index = searching(
        version(
            "WA1.1",
            "Funds",
            "Officers look at papers.",
            Passage("WA1.1(b)", "Evidence", "Bank statements <b>show</b> sufficient\n funds & means."),
        )
    )
    hit = index.search('statements "sufficient funds"', DAY).hits[0]
    assert (hit.pinpoint, hit.heading) == ("WA1.1(b)", "Evidence")
    assert said(hit.snippet) == "Bank [statements] <b>show</b> [sufficient] [funds] & means."


def test_long_passage_is_cut_around_the_words(searching: Searching) -> None:
    """A snippet of a table of five thousand words is no snippet."""
    words = [f"word{number}" for number in range(400)]
    words[200] = "partner"
    hit = searching(version("WA1.1", "T", " ".join(words))).search("partner", DAY).hits[0]
    assert "[partner]" in said(hit.snippet)
    assert said(hit.snippet).startswith("… ")
    assert said(hit.snippet).endswith(" …")
    assert len(said(hit.snippet).split()) < 50


def test_passage_that_a_citation_names_is_the_one_shown(searching: Searching) -> None:
    """`WA1.1(c)` asks for (c), whatever else mentions it."""
    index = searching(
        version("WA1.1", "T", "see WA1.1(c) here", "two", "three", Passage("WA1.1(c)(ii)", "", "four"))
    )
    assert index.search("wa1.1(c)", DAY).hits[0].pinpoint == "WA1.1(c)"
    assert index.search("wa1 1 (c)(ii)", DAY).hits[0].pinpoint == "WA1.1(c)(ii)"


def test_version_known_only_by_date_is_found_by_title_and_code_and_says_so(searching: Searching) -> None:
    """That a text isn't held is an answer too."""
    index = searching(version("WA1.1", "Partnership evidence", text_held=False))
    for query in ("partnership", "WA1.1"):
        hit = index.search(query, DAY).hits[0]
        assert (hit.text_held, hit.snippet, hit.pinpoint) == (False, (), "")


def test_damaged_text_is_searched_but_never_quoted(searching: Searching) -> None:
    """Words may be missing from it, so quoting it would be quoting what was never written."""
    hit = searching(version("WA1.1", "T", "some words of it", damaged=True)).search("words", DAY).hits[0]
    assert (hit.damaged, hit.snippet, hit.pinpoint, hit.heading) == (True, (), "", "")


def test_disputed_answer_is_found_and_says_so(searching: Searching) -> None:
    """Both candidates could be in force, and the reader must know that it is not settled."""
    dispute = ((date(2024, 1, 1), None),)
    index = searching(
        version("WA1.1", "T", "alpha", in_force=(), disputed=dispute),
        version("WA1.1", "T", "alpha beta", number=1, in_force=(), disputed=dispute),
    )
    found = index.search("alpha", DAY)
    assert (found.total, found.hits[0].answer) == (1, "disputed")
    assert set(found.hits[0].matching_versions) == {"WA1.1@0", "WA1.1@1"}
    assert index.search("beta", DAY).hits[0].matching_versions == ("WA1.1@1",)


def test_ended_instruction_is_found_only_when_asked_for(searching: Searching) -> None:
    """An ended instruction among those in force would be applied."""
    end = date(2023, 1, 1)
    gone = version(
        "WA1.1", "T", "alpha", effective_until=end, in_force=((date(2020, 1, 1), end),), ended=((end, None),)
    )
    index = searching(gone, version("WA1.2", "T", "alpha"))
    assert codes(index, "alpha") == ["WA1.2"]
    assert codes(index, "alpha status:ended") == ["WA1.1"]
    assert codes(index, "alpha", status="ended") == ["WA1.1"]
    assert codes(index, "alpha ended:..2023") == ["WA1.1"]
    assert codes(index, "alpha", date(2022, 12, 31)) == ["WA1.1", "WA1.2"]
    assert index.search("alpha status:ended", DAY).hits[0].answer == "ended"


def test_any_time_shows_the_newest_matching_version_and_in_which_the_words_stand(
    searching: Searching,
) -> None:
    """An adviser asks when the words were there."""
    bounds = [date(2012, 1, 1), date(2015, 1, 1), date(2018, 1, 1), date(2023, 7, 1), None]
    texts = ["alpha", "alpha beta", "alpha", "gamma"]
    manual = [
        version(
            "WA1.1", "T", text, number=number, effective_from=bounds[number], effective_until=bounds[number + 1],
            in_force=((bounds[number], bounds[number + 1]),),
        )
        for number, text in enumerate(texts)
    ]  # fmt: skip
    index = searching(*manual)
    hit = index.search("alpha", None).hits[0]
    assert hit.version_id == "WA1.1@2"
    assert hit.matching_versions == ("WA1.1@2", "WA1.1@1", "WA1.1@0")
    assert hit.versions == VersionsMatched(matching=3, of=4, held=4, first_year=2012, last_year=2023)
    assert str(hit.versions) == "in 3 of 4 versions, 2012 to 2023"
    assert str(index.search("gamma", None).hits[0].versions) == "in 1 of 4 versions, since 2023"
    assert index.search("alpha", DAY).total == 0


def test_first_and_last_tells_when_a_phrase_stood(searching: Searching) -> None:
    """The question behind half of all disputes about wording."""
    bounds = [date(2012, 1, 1), date(2015, 1, 1), date(2018, 1, 1), None]
    manual = [
        version(
            "WA1.1", "The exact words", *texts, number=number, effective_from=bounds[number],
            effective_until=bounds[number + 1], text_held=bool(texts),
        )
        for number, texts in enumerate([["has the exact words"], ["The exact, words"], []])
    ]  # fmt: skip
    index = searching(*manual, version("WA1.2", "T", "the exact words"))
    stood = index.first_and_last("the EXACT words", Code("WA1.1"))
    assert (stood.first, stood.first_from) == ("WA1.1@0", date(2012, 1, 1))
    assert (stood.last, stood.last_until) == ("WA1.1@1", date(2018, 1, 1))
    assert (stood.of, stood.not_held) == (3, 1)
    assert index.first_and_last("exact word", Code("WA1.1")).matching == ()
    assert index.first_and_last("", Code("WA1.1")).first is None
    with pytest.raises(NotFound):
        index.first_and_last("x", Code("ZZ9.9"))


def test_macrons_and_accents_fold_for_matching_and_stay_for_display(searching: Searching) -> None:
    """Few people type a macron, and every text prints it."""
    index = searching(version("WA1.1", "Wānanga", "Te reo Māori, Ma\u0304ori, Zoë"))
    for query in ("wananga", "Wānanga", "maori", "MĀORI", "zoe", '"maori maori zoe"'):
        assert index.search(query, DAY).total == 1, query
    assert "[Māori], [Māori]" in said(index.search("maori", DAY).hits[0].snippet)


def test_abbreviations_are_searched_in_full_disclosed_and_switched_off(searching: Searching) -> None:
    """Queries come in one vocabulary and texts in another."""
    index = searching(version("WA1.1", "T", "An accredited employer work visa is granted"))
    found = index.search("AEWV", DAY)
    assert (found.total, found.holding_all) == (1, 1)
    assert found.expanded == ("accredited employer work visa",)
    assert "[accredited]" in said(found.hits[0].snippet)
    assert index.search("AEWV", DAY, expand=False).total == 0
    assert index.search('"AEWV"', DAY).expanded == ()


def test_longest_run_of_words_is_expanded_and_each_direction_is_as_written() -> None:
    """`partner visa` is no visa of a partner, and `a <> b` bridges both ways."""
    vocabulary = read_vocabulary("one two = three\none = four\nfive <> six # remark\n\n# remark\n")
    words = Ranked((Word("one"), Word("two"), Word("six")))
    tree, also = expand(words, vocabulary)
    assert also == ("three", "five")
    assert isinstance(tree, Ranked)
    assert tree.should == (
        Expanded((Word("one"), Word("two")), (Word("three"),)),
        Expanded((Word("six"),), (Word("five"),)),
    )
    assert expand(Word("two"), vocabulary) == (Word("two"), ())
    assert expand(Phrase(("one",)), vocabulary) == (Phrase(("one",)), ())


@pytest.mark.parametrize("line", ["just words", "= x", "x =", "a <> ", "a = b | "])
def test_line_of_the_vocabulary_that_is_neither_form_is_an_error(line: str) -> None:
    """A slip in an edited file must not silently drop an expansion."""
    with pytest.raises(IndexFault, match="line 2"):
        read_vocabulary(f"a = b\n{line}")


def test_bundled_vocabulary_can_be_read() -> None:
    """It is data that people edit."""
    vocabulary = bundled_vocabulary()
    assert vocabulary.meant[("polici",)] == (("instructions",),)
    assert vocabulary.meant[("instruct",)] == (("policy",),)
    assert len(vocabulary.meant) > 60


def test_did_you_mean_comes_from_words_of_the_day_only_when_hits_are_few(searching: Searching) -> None:
    """A correction from another day's text would leak it; quoted words, codes and dates mean what they say."""
    begins = ((date(2025, 1, 1), None),)
    index = searching(
        *(version(f"WA1.{number}", "T", "accredited employer 2024") for number in range(1, 6)),
        version("WA2.1", "T", "sanctuary", in_force=begins, effective_from=date(2025, 1, 1)),
    )
    assert index.search("acredited employer", DAY).did_you_mean == "accredited employer"
    assert index.search("acredited employer", DAY).total == 5
    assert index.search("employer", DAY).did_you_mean is None
    assert index.search('"acredited"', DAY).did_you_mean is None
    assert index.search("2025 WA9.9", DAY).did_you_mean is None
    assert index.search("sanctuery", DAY).did_you_mean is None
    assert index.search("sanctuery", date(2025, 1, 1)).did_you_mean == "sanctuary"


def test_facets_count_all_hits_and_filters_restrict(searching: Searching) -> None:
    """Counts over the page shown would be wrong; so would those of what was filtered away."""
    index = searching(
        version("WA1.1", "T", "alpha"),
        version("WA1.2", "T", "alpha", kind="chapter", effective_from=date(2022, 2, 2)),
        version("R1.1", "T", "alpha"),
    )
    found = index.search("alpha", DAY, limit=1)
    assert (found.total, len(found.hits)) == (3, 1)
    assert found.facets == {
        "part": {"Work visas": 2, "Residence": 1},
        "status": {"in_force": 3},
        "kind": {"section": 2, "chapter": 1},
        "year": {"2022": 1, "2020": 2},
    }
    assert codes(index, "alpha", part="Work visas") == ["WA1.1", "WA1.2"]
    assert codes(index, "alpha", part="WA", kind="chapter") == ["WA1.2"]
    assert codes(index, "alpha part:R") == ["R1.1"]
    assert codes(index, "alpha", status="sleeping") == []
    assert codes(index, "alpha", part="wa1") == ["WA1.1", "WA1.2"]
    assert codes(index, "alpha", part="WA2") == []
    assert codes(index, "alpha", year=2022) == ["WA1.2"]
    assert codes(index, "alpha", year=0) == []
    assert codes(index, "alpha code:WA*") == ["WA1.1", "WA1.2"]
    assert codes(index, "", part="Residence") == ["R1.1"]
    assert codes(index, "") == []
    assert codes(index, "-alpha", part="Residence") == []


def test_sort_offset_and_limit(searching: Searching) -> None:
    """Pages of results must neither overlap nor leave out."""
    index = searching(
        *(
            version(f"WA1.{n}", "T", "alpha " * n, effective_from=date(2020 + n % 3, 1, n))
            for n in (1, 2, 9, 10, 11)
        )
    )
    assert codes(index, "alpha", sort="code") == ["WA1.1", "WA1.2", "WA1.9", "WA1.10", "WA1.11"]
    assert codes(index, "alpha", sort="date") == ["WA1.11", "WA1.2", "WA1.10", "WA1.1", "WA1.9"]
    whole = codes(index, "alpha")
    assert codes(index, "alpha", limit=2) + codes(index, "alpha", limit=9, offset=2) == whole
    assert codes(index, "alpha", limit=-1) == []
    assert codes(index, "alpha", offset=99) == []


def test_day_in_the_query_wins_over_the_argument(searching: Searching) -> None:
    """What is written in the box is what is asked."""
    found = searching(version("WA1.1", "T", "alpha")).search("alpha on:2019-12-31", DAY)
    assert (found.on, found.total) == (date(2019, 12, 31), 0)


def test_words_of_two_passages_make_no_phrase(searching: Searching) -> None:
    """A quotation across two clauses was never written."""
    index = searching(
        version("WA1.1", "sufficient", Passage("WA1.1(a)", "funds", "ends sufficient"), "funds begin")
    )
    assert index.search('"sufficient funds"', DAY).total == 0
    assert index.search('"ends funds"~5', DAY).total == 0
    assert index.search('"ends sufficient"', DAY).total == 1


def test_proximity_counts_words_on_either_side(searching: Searching) -> None:
    """`"job offer"~3` also means "offer of a job"."""
    index = searching(version("WA1.1", "T", "offers of another kind of jobs"))
    assert index.search('"job offer"~5', DAY).total == 1
    assert index.search('"job offer"~4', DAY).total == 0


def test_suggestions_are_codes_and_titles_of_the_day(searching: Searching) -> None:
    """A title that is not yet in force must not be offered."""
    later = {"in_force": ((date(2025, 1, 1), None),), "effective_from": date(2025, 1, 1)}
    index = searching(
        version("WA1.1", "Partnership evidence"),
        version("WA1.10", "Evidence of partnership"),
        version("WA2.1", "Partner income", **later),
    )
    assert [one.code for one in index.suggest("wa1", DAY)] == ["WA1.1", "WA1.10"]
    assert index.suggest("WA 1-1", DAY)[0].code == "WA1.1"
    assert index.suggest("partn", DAY) == (
        Suggestion(Code("WA1.1"), "Partnership evidence"),
        Suggestion(Code("WA1.10"), "Evidence of partnership"),
    )
    assert [one.code for one in index.suggest("evid partn", DAY)] == ["WA1.1", "WA1.10"]
    assert len(index.suggest("partn", date(2025, 6, 1))) == 3
    assert index.suggest("partn", DAY, limit=1) == index.suggest("partn", DAY)[:1]
    assert index.suggest("", DAY) == ()


def test_garbage_is_answered_within_the_time_of_a_query(searching: Searching) -> None:
    """A text box is open to everybody."""
    index = searching(*(version(f"WA1.{n}", "alpha", "alpha beta gamma") for n in range(1, 60)))
    for garbage in (
        "alpha " * 2000,
        "(" * 10_000,
        '"a' * 5000,
        "a* " * 3000,
        "\x00\uffff\ud800" * 3000,
        "~" * 10_000,
    ):
        found = index.search(garbage, DAY)
        assert found.total <= 59
        assert found.notes


# ---------------------------------------------------------------- what people type


@pytest.mark.parametrize("query", ["$400,000", "400,000", "400000", "$400,000.00"])
def test_an_amount_is_one_word(searching: Searching, query: str) -> None:
    """$400,000 found every text with "400" or "000", such as $1,400 and $2,000."""
    index = searching(
        version("WA1.1", "One", "cover of at least $400,000 for one event"),
        version("WA1.2", "Two", "from $1,400 to $2,000, or 400 of these"),
    )
    assert codes(index, query) == ["WA1.1"]


@pytest.mark.parametrize("query", ["full-time", "fulltime", "full time", "Full-Time"])
def test_a_compound_is_found_however_it_is_written(searching: Searching, query: str) -> None:
    """Whoever types it in one would miss the texts that write it apart."""
    index = searching(
        version("WA1.1", "One", "work that is full-time"),
        version("WA1.2", "Two", "full time study"),
        version("WA1.3", "Three", "fulltime"),
        version("WA1.4", "Four", "a full day, the time of which is known"),
    )
    assert sorted(codes(index, query)) == ["WA1.1", "WA1.2", "WA1.3"]


@pytest.mark.parametrize("query", ["s 61", "s61", "s61(1)", "section 61", "sec. 61", "Section 61(1)"])
def test_a_section_of_an_act_is_found_however_it_is_written(searching: Searching, query: str) -> None:
    """Three habits of writing are three answers to one question."""
    index = searching(
        version("WA1.1", "One", "a request under section 61 of the Act"),
        version("WA1.2", "Two", "see s 61(1)"),
        version("WA1.3", "Three", "see s61"),
        version("WA1.4", "Four", "this section, and 61 others"),
    )
    found = index.search(query, DAY, expand=False)
    assert sorted(hit.code for hit in found.hits) == ["WA1.1", "WA1.2", "WA1.3"]
    assert ("Places in a section" in " ".join(found.notes)) == ("(" in query)


@pytest.mark.parametrize("query", ["INZ1025", "INZ 1025", "inz-1025"])
def test_a_form_is_found_by_its_number(searching: Searching, query: str) -> None:
    """The number is printed in both ways."""
    index = searching(
        version("WA1.1", "One", "the form INZ 1025"),
        version("WA1.2", "Two", "INZ1025"),
        version("WA1.3", "Three", "INZ has 1025 officers"),
    )
    assert sorted(codes(index, query)) == ["WA1.1", "WA1.2"]


@pytest.mark.parametrize("query", ["30 hours", "30-hour"])
def test_a_number_belongs_to_the_unit_near_it(searching: Searching, query: str) -> None:
    """30 days and 40 hours are not 30 hours."""
    index = searching(
        version("WA1.1", "One", "work of 30 or more hours"),
        version("WA1.2", "Two", "30 hours"),
        version("WA1.3", "Three", "30 days in which nobody may work for long, and then 40 hours"),
    )
    assert sorted(codes(index, query)) == ["WA1.1", "WA1.2"]


def test_a_word_of_before_2010_finds_that_of_since_and_says_so(searching: Searching) -> None:
    """A search over the history would end where the Act changed the words."""
    index = searching(version("WA1.1", "One", "the policy"), version("WA1.2", "Two", "these instructions"))
    found = index.search("policy", DAY)
    assert [hit.code for hit in found.hits] == ["WA1.1", "WA1.2"]
    assert found.notes == (
        "The manual said “policy” before 29 November 2010 and has said “instructions” since; both were searched for.",
    )
    assert index.search("policy", DAY, expand=False).total == 1


def test_an_abbreviation_in_the_title_is_looked_for_in_titles(searching: Searching) -> None:
    """`title:` would let the long form stand anywhere."""
    index = searching(
        version("WA1.1", "Invitation to apply", "x"), version("WA1.2", "Other", "an invitation to apply")
    )
    assert codes(index, "title:ita") == ["WA1.1"]


def test_no_other_spelling_is_offered_for_a_word_that_is_right(searching: Searching) -> None:
    """ "labour hire" was read as "labour here"."""
    index = searching(version("WA1.1", "Labour", "labour that is done here, here and here"))
    assert index.search("labour hire", DAY).did_you_mean is None
    assert index.search("labuor", DAY).did_you_mean == "labour"


def test_another_spelling_is_searched_before_it_is_offered(searching: Searching) -> None:
    """A reader would be sent to a search that finds nothing."""
    index = searching(
        version("WA1.1", "One", "tuberculosis"), version("WA1.2", "Two", "tuberculosis and hospital")
    )
    found = index.search("tubercolosis", DAY)
    assert (found.did_you_mean, found.did_you_mean_total) == ("tuberculosis", 2)
    assert index.search("tubercolosis", DAY, part="Residence").did_you_mean is None
    assert index.search('tubercolosis "nothing"', DAY).did_you_mean is None


# ---------------------------------------------------------------- what a hit says of its day


def undated(
    code: str, title: str, *passages: str, until: date | None = None, number: int = 0
) -> VersionDocument:
    return version(
        code, title, *passages, number=number, effective_from=None, in_force=(), undated=((None, until),)
    )


def test_an_undated_instruction_is_found_by_its_title_alone(searching: Searching) -> None:
    """Its text may be of another day; its title is all that is known of this one."""
    index = searching(
        undated("WA1.1", "Partners of divers", "income of a partner", until=date(2025, 1, 1)),
        version("WA1.2", "Other", "income and partner"),
    )
    (hit,) = index.search("divers", DAY).hits
    assert (hit.code, hit.answer, hit.snippet, hit.pinpoint) == ("WA1.1", "undated", (), "")
    assert codes(index, "income") == ["WA1.2"]
    assert sorted(codes(index, "partner")) == ["WA1.1", "WA1.2"]
    assert codes(index, "status:undated") == ["WA1.1"]
    assert codes(index, "WA1.1") == ["WA1.1"]
    assert codes(index, "divers", date(2025, 1, 1)) == []
    assert sorted(codes(index, "income", None)) == ["WA1.1", "WA1.2"]
    assert index.suggest("div", DAY) == (Suggestion(Code("WA1.1"), "Partners of divers"),)
    assert index.search("partner", DAY).facets["status"] == {"in_force": 1, "undated": 1}


def test_a_disputed_hit_names_every_candidate(searching: Searching) -> None:
    """One of two versions would be shown as if it were the only one."""
    dispute = {"in_force": (), "disputed": ((date(2024, 1, 1), None),)}
    index = searching(
        version("WA1.1", "Old", "a partner", number=1, effective_from=date(2023, 1, 1), **dispute),
        version("WA1.1", "New", "a spouse", number=2, effective_from=date(2024, 1, 1), **dispute),
        version("WA1.2", "Other", "partner"),
    )
    found = {hit.code: hit for hit in index.search("+partner", DAY, expand=False).hits}
    assert found[Code("WA1.2")].candidates == ()
    hit = found[Code("WA1.1")]
    assert hit.version_id == "WA1.1@1"
    assert [(one.version_id, one.title, one.matches) for one in hit.candidates] == [
        ("WA1.1@1", "Old", True),
        ("WA1.1@2", "New", False),
    ]
    assert [one.effective_from for one in hit.candidates] == [date(2023, 1, 1), date(2024, 1, 1)]


def test_the_line_lies_below_the_instruction_cited_and_what_holds_all_words(searching: Searching) -> None:
    """A code that is named and lacks a word would stand below the line, though it was asked for by name."""
    index = searching(
        version("WA1.1", "One", "hours"),
        version("WA1.2", "Two", "income and wa1.1"),
        version("WA1.3", "Three", "income"),
    )
    found = index.search("income wa1.1", DAY)
    assert [(hit.code, hit.holds_all) for hit in found.hits] == [
        ("WA1.1", False),
        ("WA1.2", True),
        ("WA1.3", False),
    ]
    assert (found.holding_all, found.first_of_rest) == (1, 2)
    assert index.search("income wa1.1", DAY, sort="code").first_of_rest is None
    assert index.search("income", DAY).first_of_rest is None


def test_a_query_is_read_up_to_its_64th_word(searching: Searching) -> None:
    """Long questions lost the half that told."""
    index = searching(version("WA1.1", "One", "the last word"))
    many = [f"word{number}" for number in range(63)]
    assert codes(index, " ".join([*many, "last"])) == ["WA1.1"]
    found = index.search(" ".join([*many, "another", "last"]), DAY)
    assert found.total == 0
    assert "only the first ones" in found.notes[0]


def test_the_day_in_a_query_is_told_apart_from_its_words(searching: Searching) -> None:
    """The site makes an address of both."""
    index = searching(version("WA1.1", "One", "x"))
    assert index.day_in('job on:"15 August 2024" offer') == ("job offer", DAY)
    assert index.day_in("on:2020-01-01 job on:15/8/2024") == ("job", DAY)
    for query in ('"on:2024-08-15"', "on:someday job", "on: 2024-08-15", "job (on:2024-08-15"):
        assert index.day_in(query) is None
