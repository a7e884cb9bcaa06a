"""HTML pages with frame lines, feet, headings and marks in odd places: what is text, what is not, what is said."""

from __future__ import annotations

import pytest

from manual.model import ParsedPage, Sha256, SitePath
from manual.parse import parse_capture
from tests.parsed_page import blocks, own

BANNER = "These are archived immigration instructions that are no longer current"
FOOT = '<p class="effectivedate">Effective 01/02/2020</p>'
HEADING = '<p class="heading4" id="t1">ZZ9.1 Gates of the harbour</p>'
CLAUSE = '<p class="bodytext">A gate is shut at night.</p>'
LIST = (
    '<table class="relatedtopics belowtopictext"><tr><td>'
    '<p class="relatedheading">PREVIOUS IMMIGRATION INSTRUCTIONS</p>'
    '<p class="relateditem"><a href="2.htm">ZZ9.1 Gates of the harbour (01/02/2015)</a></p></td></tr></table>'
)


def source(
    inside: str, *, above: str = "", below: str = "", title: str = "ZZ9.1 Gates of the harbour"
) -> str:
    return (
        f'<html><head><title>{title}</title></head><body>{above}<table class="layout"><tr><td id="main">{inside}'
        f"</td></tr></table>{below}</body></html>"
    )


def parsed(
    inside: str, *, above: str = "", below: str = "", title: str = "ZZ9.1 Gates of the harbour"
) -> ParsedPage:
    return parse(source(inside, above=above, below=below, title=title))


def parse(text: str) -> ParsedPage:
    return parse_capture(
        text.encode(), media="html", site_path=SitePath("opsmanual/1"), sha256=Sha256("sha256:0")
    )


def texts(page: ParsedPage) -> list[str]:
    cells = [cell.text for block in blocks(page) for row in block.rows for cell in row]
    return [block.text for block in blocks(page) if block.text] + cells


def kinds(page: ParsedPage) -> list[str]:
    return [finding.kind for finding in page.findings]


def said(page: ParsedPage, kind: str) -> str:
    return "\n".join(finding.message for finding in page.findings if finding.kind == kind)


# ---------------------------------------------------------------- frame


@pytest.mark.parametrize(
    "clause",
    [
        "A warden must not accept a chart that is no longer current.",
        "A pass lapses when it is no longer current",
        "You are here: in a berth that belongs to another boat.",
        "This is not current policy for boats with two masts.",
        "Print this page and sign it.",
        "Top of page one states the name of the boat.",
        "Next topic",
        "Archived charts must be burnt.",
    ],
)
def test_sentence_of_the_text_is_text_whatever_it_says(clause: str) -> None:
    """If it failed, a clause would disappear and take its instruction out of force."""
    page = parsed(f'{HEADING}{CLAUSE}<p class="bodytext">{clause}</p>{CLAUSE}{FOOT}')
    assert clause in texts(page)
    assert not own(page).shown_as_old


@pytest.mark.parametrize("clause", [BANNER, "- This is not current policy -"])
def test_banner_in_the_midst_of_the_text_is_kept_there_and_said(clause: str) -> None:
    """If it failed, a quotation of the banner would take its instruction out of force, or pass unnoticed."""
    page = parsed(f'{HEADING}{CLAUSE}<p class="bodytext">{clause}</p>{CLAUSE}{FOOT}')
    assert clause in texts(page)
    assert not own(page).shown_as_old
    assert "frame_in_text" in kinds(page)


@pytest.mark.parametrize(
    "inside",
    [
        f"<p>{BANNER}</p>{HEADING}{CLAUSE}{FOOT}",
        f"<p><b>ARCHIVED</b><br>These are archived<br>immigration instructions that are no longer current</p>"
        f"{HEADING}{CLAUSE}{FOOT}",
        f"<p>ARCHIVED</p><p>These are archived</p><p>immigration instructions</p><p>that are no longer current</p>"
        f"{HEADING}{CLAUSE}{FOOT}",
        f"<h2>{BANNER}.</h2>{HEADING}{CLAUSE}{FOOT}",
        f"<table><tr><td>{BANNER}</td></tr></table>{HEADING}{CLAUSE}{FOOT}",
        f"<div><center><font>- This is not current policy -</font></center></div>{HEADING}{CLAUSE}{FOOT}",
        f"{HEADING}<p>{BANNER}</p>{CLAUSE}{FOOT}",
        f"{HEADING}{CLAUSE}{FOOT}<p>{BANNER}</p>",
        "<p>- This is not current policy -<br>To see the current Harbour Manual go to "
        "www.immigration.govt.nz/opsmanual</p>"
        f"{HEADING}{CLAUSE}{FOOT}",
    ],
)
def test_banner_is_known_wherever_the_frame_stands_and_however_it_is_broken(inside: str) -> None:
    """If it failed, an archived page would look like one in force, or the frame be quoted as its text."""
    page = parsed(inside)
    assert own(page).shown_as_old
    assert texts(page) == ["A gate is shut at night."]


def test_quoted_banner_is_said_of_another_page() -> None:
    """A page that tells what archived pages look like would be one."""
    page = parsed(f"{HEADING}<p>A page headed “{BANNER}” is not to be used.</p>{CLAUSE}{FOOT}")
    assert not own(page).shown_as_old
    assert len(texts(page)) == 2


def test_policy_that_ceases_above_the_heading_is_told_as_its_end() -> None:
    """The line was dropped as if it spoke of the whole edition, and its end was lost."""
    page = parsed(f"<p>This policy ceases to be effective from 29 November 2010.</p>{HEADING}{CLAUSE}{FOOT}")
    assert [str(end.day) for end in own(page).ends] == ["2010-11-29"]


def test_foot_with_the_mark_of_a_footnote_is_a_foot() -> None:
    """Its version would have no first day."""
    page = parsed(f'{HEADING}{CLAUSE}<p class="effectivedate">Effective 01/04/2021<sup>1</sup></p>')
    assert [(str(start.day), start.basis) for start in own(page).starts] == [("2021-04-01", "foot")]


def test_banner_outside_the_topic_is_known() -> None:
    """If it failed, an archive that frames its pages itself would show old ones as current."""
    for page in (
        parsed(HEADING + CLAUSE + FOOT, above=f"<p>{BANNER}</p>"),
        parsed(HEADING + CLAUSE + FOOT, below=f"<p>{BANNER}</p>"),
    ):
        assert own(page).shown_as_old


@pytest.mark.parametrize(
    "line",
    [
        f"{BANNER}. The gate of the north pier was widened.",
        f"The gate of the north pier was widened. {BANNER}",
        "These are archived immigration instructionThe gate of the north pier was widened.",
    ],
)
def test_words_beside_a_banner_are_kept_and_said(line: str) -> None:
    """If it failed, a clause that ran into the banner would be lost in silence."""
    page = parsed(f"<p>{line}</p>{HEADING}{CLAUSE}{FOOT}")
    assert own(page).shown_as_old
    assert "gate of the north pier was widened." in " ".join(texts(page))
    assert "outside_frame" in kinds(page)


def test_frame_lines_of_a_page_without_frame_and_foot_are_no_text() -> None:
    """If it failed, `Top of page` would be compared as the last clause."""
    page = parse(f"<html><body>{HEADING}{CLAUSE}<p>Top of page | Print this page</p></body></html>")
    assert texts(page) == ["A gate is shut at night."]


def test_bar_of_a_web_archive_is_no_text() -> None:
    """If it failed, every copy of a web archive would differ from the page itself."""
    bar = '<div id="wm-ipp-base"><p>12 captures</p><p>15 Aug 2015</p></div>'
    assert texts(parsed(HEADING + CLAUSE + FOOT, above=bar)) == ["A gate is shut at night."]


# ---------------------------------------------------------------- headings, rows, feet


@pytest.mark.parametrize("tag", ["h1", "h2", "h3", "h4", "p"])
def test_heading_and_lists_may_be_any_element(tag: str) -> None:
    """If it failed, a topic of the publisher's newer shape would have no heading, or its list be read as text."""
    page = parsed(
        HEADING.replace("<p", f"<{tag}").replace("</p>", f"</{tag}>")
        + CLAUSE
        + f'<{tag} class="headingopsmanual">ZZ9.1.5 Small gates</{tag}>{CLAUSE}{FOOT}'
        + LIST.replace('<p class="relatedheading">PREVIOUS IMMIGRATION INSTRUCTIONS</p>',
                       f'<{tag} class="relatedheading">PREVIOUS IMMIGRATION INSTRUCTIONS</{tag}>')
    )  # fmt: skip
    assert (page.code, page.title) == ("ZZ9.1", "Gates of the harbour")
    assert [st.kind for st in page.statements] == ["page", "listed"]
    assert "ZZ9.1.5" in [block.pinpoint for block in blocks(page)]
    assert own(page).lists_versions


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("ZZ9.1 Gates of the...", "ZZ9.1 Gates of the harbour"),
        ("ZZ9.1 Gates of the harbour", "ZZ9.1 Gates of the harbour"),
        ("ZZ9.1 Gates of the harbour", "ZZ9.1 Gates of the..."),
    ],
)
def test_heading_printed_twice_is_one(first: str, second: str) -> None:
    """If it failed, the places of the text would be called after a heading that isn't there."""
    page = parsed(
        f'<p class="heading4">{first}</p><p class="heading4">{second}</p>'
        f'<ol class="listletter"><li>a gate</li></ol>{FOOT}'
    )
    assert (page.title, own(page).title_truncated) == ("Gates of the harbour", False)
    assert [block.pinpoint for block in blocks(page)] == ["ZZ9.1(a)"]


@pytest.mark.parametrize("row", ['<p><a href="2.htm">{}</a></p>', "<p>{}</p>"])
def test_row_right_below_the_heading_is_no_heading(row: str) -> None:
    """If it failed, a chapter page that is only a list would bear the date of its earlier version."""
    page = parsed(HEADING + row.format("ZZ9.1 Gates of the harbour (01/02/2015)"))
    assert (own(page).suffix, own(page).starts, own(page).shown_as_old) == ("", (), False)


def test_heading_by_its_class_outranks_any_line_above_it() -> None:
    """If it failed, broken markup above the topic would file the page under another code."""
    page = parsed(HEADING + CLAUSE + FOOT, above="<p>ZZ9.5 Overview of gates</p>", title="Manual")
    assert (page.code, page.title) == ("ZZ9.1", "Gates of the harbour")
    assert "ZZ9.5" in " ".join(block.label + block.text for block in blocks(page))


def test_row_that_broken_markup_moved_above_the_heading_is_none() -> None:
    """If it failed, the page would bear the date of an earlier version, and be taken for old."""
    row = '<p><a href="2.htm">ZZ9.1 Gates of the harbour (01/02/2015)</a></p>'
    page = parse(f"<html><body>{FOOT}{row}<h3>ZZ9.1 Gates of the harbour</h3>{CLAUSE}</body></html>")
    assert (own(page).suffix, own(page).shown_as_old) == ("", False)
    assert [st.kind for st in page.statements] == ["page", "listed"]


def test_row_of_a_list_is_never_the_heading() -> None:
    """If it failed, a page that lost its heading would pass for the earlier version that it lists."""
    page = parsed(CLAUSE + FOOT + LIST)
    assert (page.code, own(page).suffix) == ("ZZ9.1", "")
    assert "heading_from_title" in kinds(page)


def test_rows_below_the_foot_are_a_list_without_its_heading() -> None:
    """If it failed, the names of other instructions would be clauses of this one."""
    page = parsed(f"{HEADING}{CLAUSE}{FOOT}<p>ZZ9.5 Overview of gates</p><p>ZZ9.10 Gates (owners)</p>")
    assert texts(page) == ["A gate is shut at night."]
    assert [st.code for st in page.statements] == ["ZZ9.1", "ZZ9.5", "ZZ9.10"]


def test_sentence_below_the_foot_that_begins_with_a_code_is_text() -> None:
    """If it failed, a late clause would become a row and be lost from the text."""
    page = parsed(f"{HEADING}{CLAUSE}{FOOT}<p>ZZ9.5 applies to gates of wood.</p>")
    assert "ZZ9.5 applies to gates of wood." in texts(page)


def test_see_also_within_the_text_heads_no_list() -> None:
    """If it failed, the clauses below it would leave the text."""
    page = parsed(f"{HEADING}{CLAUSE}<p>See also</p><p>ZZ9.5 Overview of gates</p>{CLAUSE}{FOOT}")
    assert [st.kind for st in page.statements] == ["page"]
    assert "ZZ9.5" in " ".join(block.label + block.text for block in blocks(page))


def test_unknown_heading_of_a_list_is_said_and_a_long_one_is_text() -> None:
    """If it failed, words in the place of a list's heading would be lost in silence."""
    short = LIST.replace("PREVIOUS IMMIGRATION INSTRUCTIONS", "Gates that were")
    assert "Gates that were" in said(parsed(HEADING + CLAUSE + FOOT + short), "unknown_shape")
    clause = "Every gate that was built before the flood must be painted green by its owner within one month."
    assert clause in texts(
        parsed(HEADING + CLAUSE + FOOT + LIST.replace("PREVIOUS IMMIGRATION INSTRUCTIONS", clause))
    )


def test_words_beside_the_foot_are_kept_and_the_foot_still_counts() -> None:
    """If it failed, a clause that shares a paragraph with the foot would vanish, or the start be lost."""
    for line in ("Effective 01/02/2020<br>A gate has a bell.", "A gate has a bell. Effective 01/02/2020",
                 "Effective 01/02/2020 A gate has a bell."):  # fmt: skip
        page = parsed(f'{HEADING}{CLAUSE}<p class="effectivedate">{line}</p>')
        assert "A gate has a bell." in texts(page), line
        assert [claim.basis for claim in own(page).starts] == ["foot"], line
        assert "unusual_foot" in kinds(page)


@pytest.mark.parametrize(
    "foot",
    ["Effective 01/02/2020 to 03/03/2021", "No longer effective 01/02/2020", "Not effective: 01/02/2020",
     "Effective 01/02/2020 (until 03/03/2021)", "Closed", "In the discretion of the warden"],
)  # fmt: skip
def test_foot_that_says_more_than_a_start_states_no_start_alone(foot: str) -> None:
    """If it failed, a version that ended would be in force for ever."""
    page = parsed(f'{HEADING}{CLAUSE}<p class="effectivedate">{foot}</p>')
    assert own(page).ends
    assert foot in said(page, "unusual_foot")


@pytest.mark.parametrize(
    ("foot", "starts", "ends"),
    [
        ("Effective as from 1 February 2020", ["2020-02-01"], []),
        ("Effective Saturday 1 February 2020", ["2020-02-01"], []),
        ("In force from 1/2/2020", ["2020-02-01"], []),
        ("Effective 01/02/2020 to 03/03/2021", ["2020-02-01"], [("2021-03-03", "either", "end")]),
        ("Effective until 03/03/2021", [], [("2021-03-03", "either", "end")]),
        ("Ceased to be effective from 01/02/2020", [], [("2020-02-01", "excluded", "end")]),
        ("Deleted 01/02/2020", [], [("2020-02-01", "excluded", "end")]),
        ("Expires 01/02/2020", [], [("2020-02-01", "either", "end")]),
        ("Not effective: 01/02/2020", [], [("None", "excluded", "unclear")]),
        ("Effective 01/02/2020 (revoked 03/03/2021)", ["2020-02-01"], [("2021-03-03", "excluded", "end")]),
        ("Archived 01/02/2020", [], [("None", "excluded", "unclear")]),
        ("Was effective 01/02/2020", ["2020-02-01"], [("None", "excluded", "unclear")]),
        ("Last updated 01/02/2020", [], [("None", "excluded", "unclear")]),
        ("Effective: to be advised", [], []),
    ],
)
def test_words_in_the_place_of_the_foot_are_read_as_a_sentence(
    foot: str, starts: list[str], ends: list[tuple[str, str, str]]
) -> None:
    """A foot that is not "Effective" never gives a version in force, whatever it says."""
    page = own(parsed(f'{HEADING}{CLAUSE}<p class="effectivedate">{foot}</p>'))
    assert [str(start.day) for start in page.starts] == starts
    assert [(str(end.day), end.reading, end.kind) for end in page.ends] == ends


@pytest.mark.parametrize("css", ["headingopsmanual", "heading5"])
def test_heading_of_ending_between_clauses_is_no_foot(css: str) -> None:
    """If it failed, a sub-heading of what was taken out would end the whole page."""
    page = parsed(f'{HEADING}{CLAUSE}<p class="{css}">Revoked 03/03/2021</p><p>A gate was open.</p>{FOOT}')
    assert own(page).ends == ()
    assert "Revoked 03/03/2021" in said(page, "bound_of_part") + " ".join(texts(page))
    assert "bound_of_part" in kinds(page)


def test_words_beside_a_foot_of_their_own_end_nothing() -> None:
    """If it failed, "Last updated" below the foot would dispute a version in force."""
    page = own(parsed(f'{HEADING}{CLAUSE}{FOOT}<p class="effectivedate">Last updated 03/03/2021</p>'))
    assert [str(start.day) for start in page.starts] == ["2020-02-01"]
    assert page.ends == ()


def test_long_words_in_the_place_of_the_foot_are_text() -> None:
    """If it failed, a clause with the wrong class would be lost."""
    clause = "A gate that is broken must be mended by its owner, " * 4 + "at once."
    page = parsed(f'{HEADING}{CLAUSE}<p class="effectivedate">{clause}</p>')
    assert " ".join(clause.split()) in texts(page)


# ---------------------------------------------------------------- a second text, a page that breaks off


def test_second_heading_of_the_code_below_the_list_begins_another_text() -> None:
    """If it failed, the clauses of an older version would be clauses of the one in force."""
    old = '<p class="heading4" id="t1">ZZ9.1 Gates of the harbour (01/02/2015)</p><p>A gate is open.</p>'
    page = parsed(HEADING + CLAUSE + FOOT + LIST + old + FOOT.replace("2020", "2015"))
    (other,) = page.others
    assert (texts(page), texts(other)) == (["A gate is shut at night."], ["A gate is open."])
    assert (own(page).address, own(other).address) == ("opsmanual/1", None)
    assert (own(page).shown_as_old, own(other).shown_as_old) == (False, True)
    assert [claim.day.year for claim in own(page).starts] == [2020]
    assert {claim.day.year for claim in own(other).starts} == {2015}


def test_subheading_below_an_earlier_foot_begins_no_other_text() -> None:
    """If it failed, half of a page with two feet would be filed as another version."""
    sub = '<p class="heading4">ZZ9.1.5 Small gates</p>'
    page = parsed(HEADING + CLAUSE + FOOT + sub + CLAUSE + FOOT)
    assert page.others == ()
    assert "ZZ9.1.5" in [block.pinpoint for block in blocks(page)]


def test_list_at_the_end_of_a_page_that_breaks_off_vouches_for_no_gap() -> None:
    """If it failed, versions in the lost half of the list would be taken never to have been."""
    whole = source(HEADING + CLAUSE + FOOT + LIST)
    assert own(parse(whole)).lists_versions
    cut = parse(whole[: whole.index("</td></tr></table></td>")])
    assert not own(cut).lists_versions
    assert not own(cut).text_damaged
    assert "truncated" in kinds(cut)


def test_page_that_breaks_off_in_its_text_is_damaged() -> None:
    """If it failed, half a text would look like an amendment."""
    whole = source(HEADING + CLAUSE + CLAUSE + FOOT)
    assert own(parse(whole[: whole.index('</p><p class="effectivedate')])).text_damaged


def test_left_out_end_tags_are_no_break() -> None:
    """If it failed, pages saved by tools that leave such tags out would never vouch for anything."""
    whole = source(HEADING + CLAUSE + FOOT + LIST)
    page = parse(
        whole.replace("</body></html>", "").replace(
            "</td></tr></table></td></tr></table>", "</table></table>"
        )
    )
    assert own(page).lists_versions
    assert "truncated" not in kinds(page)


# ---------------------------------------------------------------- raised, struck and unseen words


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("A fee of $25,000<sup>1</sup> is due.", "A fee of $25,000¹ is due."),
        ("10<sup>6</sup> and 10<sup>-3</sup>", "10⁶ and 10⁻³"),
        ("CO<sub>2</sub>, x<sub>max</sub>", "CO₂, x_(max)"),
        ("7<sup>see note b</sup>", "7^(see note b)"),
        ("on 1<sup>st</sup> April, the 22<SUP>nd</SUP>", "on 1st April, the 22nd"),
        ("<a href='2.htm'>ZZ9.5<sup>2</sup></a> applies", "ZZ9.5² applies"),
        ("5<span style='vertical-align: super'>2</span>", "5²"),
        ("a gate<sup>*</sup> and<sup> </sup>a pier", "a gate* and a pier"),
    ],
)  # fmt: skip
def test_raised_and_lowered_words_keep_their_meaning(markup: str, text: str) -> None:
    """If it failed, $25,000 with a note would be quoted as $250,001, ten to the sixth as one hundred and six."""
    assert texts(parsed(f"{HEADING}<p>{markup}</p>{FOOT}")) == [text]


@pytest.mark.parametrize(
    ("markup", "text", "gone"),
    [
        ("The fee was <s>100</s> 120 coins.", "The fee was 120 coins.", "100"),
        ("A gate is <strike>not</strike> shut.", "A gate is shut.", "not"),
        ("A <del>raft</del> <ins>gate</ins>.", "A gate.", "raft"),
        ("It is <span style='COLOR: red; text-decoration:line-through'>never</span> open.", "It is open.", "never"),
        ("It is <font class='strikethrough'>never</font> open.", "It is open.", "never"),
        ("It is <b>sometimes <s>never</s></b> open.", "It is sometimes open.", "never"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "frame",
    ["<p>{}</p>", "{}", "<ol class='listletter'><li>{}</li></ol>",
     "<table border='1'><tr><td>{}</td><td>x</td></tr></table>",
     "<p class='note'>{}</p>", "<pre>{}</pre>", "<blockquote>{}</blockquote>", "<h3>{}</h3>"],
)  # fmt: skip
def test_struck_words_are_no_text_and_stand_in_a_finding(
    markup: str, text: str, gone: str, frame: str
) -> None:
    """If it failed, words that the publisher struck out would be quoted as law, or vanish without a trace."""
    page = parsed(f"{HEADING}{frame.format(markup)}{FOOT}")
    assert text in texts(page)
    assert gone not in " ".join(texts(page)).split()
    assert repr(gone) in said(page, "struck_words")


@pytest.mark.parametrize(
    "markup",
    ["<p><s>A gate is open.</s></p>", "<s><p>A gate is open.</p></s>",
     "<p style='text-decoration: line-through'>A gate is open.</p>",
     "<ol style='text-decoration: line-through'><li>A gate is open.</li></ol>", "<del>A gate is open.</del>",
     "<table border='1'><tr style='text-decoration: line-through'><td>A gate is open.</td></tr>"
     "<tr><td>x</td></tr></table>"],
)  # fmt: skip
def test_struck_blocks_are_no_text_and_stand_in_a_finding(markup: str) -> None:
    """The same for whole clauses."""
    page = parsed(f"{HEADING}{CLAUSE}{markup}{FOOT}")
    assert "open" not in " ".join(texts(page))
    assert "A gate is open." in said(page, "struck_words")


def test_struck_words_that_no_reader_sees_are_said_once() -> None:
    """If it failed, one lost clause would be reported as two."""
    hidden = (
        "<table border='1'><tr><td><noscript><s>A gate is open.</s></noscript></td><td>x</td></tr></table>"
    )
    page = parsed(f"{HEADING}{CLAUSE}{hidden}{FOOT}")
    assert "A gate is open." in said(page, "words_left_out")
    assert said(page, "struck_words") == ""


@pytest.mark.parametrize(
    "line",
    ['<p>SEE ALSO <s>dredgers</s></p>', f'<p class="relatedheading">{"Lamps and buoys " * 6} <s>dredgers</s></p>',
     f'<p class="effectivedate">{"Lamps and buoys " * 9} <s>dredgers</s></p>'],
)  # fmt: skip
def test_struck_words_beside_a_list_or_a_foot_are_said_once(line: str) -> None:
    """If it failed, words struck out in the heading of a list would vanish, or be reported as two clauses."""
    page = parsed(f"{HEADING}{CLAUSE}{FOOT}{line}")
    assert said(page, "struck_words").count("dredgers") == 1


def test_struck_item_keeps_the_labels_of_those_below() -> None:
    """If it failed, (c) would be cited as (b)."""
    page = parsed(f'{HEADING}<ol class="listletter"><li>one</li><li><s>two</s></li><li>three</li></ol>{FOOT}')
    assert [(block.label, block.text) for block in blocks(page)] == [
        ("(a)", "one"),
        ("(b)", ""),
        ("(c)", "three"),
    ]


def test_struck_words_name_the_place_they_stood_at() -> None:
    """If it failed, a reader of one clause could not know that words of it were struck out."""
    page = parsed(f'{HEADING}<ol class="listletter"><li>one</li><li>two <s>three</s></li></ol>{FOOT}')
    assert [f.locator for f in page.findings if f.kind == "struck_words"] == ["ZZ9.1(b)"]


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<iframe src='x'>nine gates</iframe>", "nine gates"),
        ("<object data='x.pdf'>nine gates</object>", "nine gates"),
        ("<noscript>nine gates</noscript>", "nine gates"),
        ("<noscript>nine <b>gates</b></noscript>", "nine gates"),
        ("<template>nine gates</template>", "nine gates"),
        ("<input value='nine gates'>", "nine gates"),
        ("<!-- <p class='bodytext'>nine gates</p> -->", "nine gates"),
    ],
)
def test_words_that_no_reader_sees_are_said(markup: str, words: str) -> None:
    """If it failed, a clause inside such an element would be lost in silence."""
    page = parsed(f"{HEADING}<p>There are {markup} in all.</p>{FOOT}")
    assert words in said(page, "words_left_out")
    assert texts(page) == ["There are in all."]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<math><mi>x</mi><mo>=</mo><mn>2</mn></math>", "x=2"),
        ("<math><msup><mi>x</mi><mn>2</mn></msup></math>", "x²"),
        ("<math><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>3</mn></mfrac></math>", "(a+b)/3"),
        ("<svg><text>nine</text><text>gates</text></svg>", "nine gates"),
        ("<video>nine gates</video>", "nine gates"),
    ],
)  # fmt: skip
def test_words_of_formulas_and_drawings_are_kept(markup: str, text: str) -> None:
    """If it failed, a formula would be missing from the clause that rests on it."""
    page = parsed(f"{HEADING}<p>Count {markup} each day.</p>{FOOT}")
    assert texts(page) == [f"Count {text} each day."]


def test_what_is_not_shown_by_any_browser_is_not_said() -> None:
    """If it failed, every page would carry findings about its scripts."""
    hidden = (
        "<script>var gates = 9;</script><style>p {}</style><!-- a note --><input type='hidden' value='x'>"
    )
    assert parsed(HEADING + hidden + CLAUSE + FOOT).findings == ()


def test_list_inside_the_last_item_is_still_a_list() -> None:
    """If it failed, broken markup would make clauses of the names of other versions, and lose the history."""
    page = parsed(f'{HEADING}<ol class="listletter"><li>a gate<li>a pier{FOOT}{LIST}')
    assert [st.kind for st in page.statements] == ["page", "listed"]
    assert texts(page) == ["a gate", "a pier"]


# ---------------------------------------------------------------- references to what was


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("See (Archived ZZ9.5).", "unresolved"),
        ("See the former ZZ9.5(a).", "unresolved"),
        ("See an earlier version of ZZ9.5.", "unresolved"),
        ("See ZZ9.5 (archived).", "unresolved"),
        ("A boat that was archived. ZZ9.5 applies.", "resolved"),
        ("See ZZ9.5, not the archived one.", "resolved"),
        ("A previous ZZ9.5 pass counts.", "resolved"),
    ],
)
def test_reference_to_an_archived_instruction_does_not_lead_to_todays(text: str, state: str) -> None:
    """If it failed, a reader would be shown today's rule where the text means the one before."""
    page = parsed(f"{HEADING}<p>{text}</p>{FOOT}")
    assert [ref.state for block in blocks(page) for ref in block.refs] == [state]
    assert ("reference_unresolved" in kinds(page)) == (state == "unresolved")


def test_row_in_which_a_page_breaks_off_is_no_version() -> None:
    """If it failed, a row whose date was cut off would be a version of unknown start, in force in place of the page."""
    rows = "".join(
        f'<p class="relateditem"><a href="8{n}.htm">ZU1.1 Bollards (01/02/201{n})</a></p>' for n in (8, 7)
    )
    page = (
        '<html><body><table><tr><td id="main"><p class="heading4">ZU1.1 Bollards</p><p class="bodytext">Iron.</p>'
        '<p class="effectivedate">Effective 01/02/2020</p><table class="relatedtopics belowtopictext"><tr><td>'
        f'<p class="relatedheading">PREVIOUS IMMIGRATION INSTRUCTIONS</p>{rows}'
        '<p class="relateditem"><a href="86.htm">ZU1.1 Bollards'
    )
    for end, listed in ((" (01/0", 2), ("", 2), (" (01/02/2016)</a>", 3)):
        read = parse_capture(
            (page + end).encode(), media="html", site_path=SitePath("opsmanual/1"), sha256=Sha256("sha256:0")
        )
        assert sum(st.kind == "listed" for st in read.statements) == listed
        assert "truncated" in [finding.kind for finding in read.findings]


def test_list_with_a_dated_row_that_names_no_code_vouches_for_no_gap() -> None:
    """The row may be a version between two others."""
    row = '<p class="relateditem"><a href="3.htm">Gates of the old harbour (01/02/2013)</a></p></td></tr></table>'
    page = own(parsed(HEADING + CLAUSE + FOOT + LIST.replace("</td></tr></table>", row)))
    assert not page.lists_versions
    assert own(parsed(HEADING + CLAUSE + FOOT + LIST)).lists_versions


def test_heading_by_its_element_begins_another_text_too() -> None:
    """If it failed, the page in force would have the older version's first day."""
    old = '<h4 id="t1">ZZ9.1 Gates of the harbour (01/02/2015)</h4><p>A gate is open.</p>'
    page = parsed(HEADING + CLAUSE + FOOT + LIST + old + FOOT.replace("2020", "2015"))
    (other,) = page.others
    assert [claim.day.year for claim in own(page).starts] == [2020]
    assert {claim.day.year for claim in own(other).starts} == {2015}


def test_banner_between_two_texts_is_the_second_ones() -> None:
    """The page in force would be old, and the days after its capture open."""
    banner = "<p>These are archived immigration instructions that are no longer current</p>"
    old = HEADING + "<p>A gate is open.</p>" + FOOT.replace("2020", "2015")
    page = parsed(HEADING + CLAUSE + FOOT + LIST + banner + old)
    (other,) = page.others
    assert (own(page).shown_as_old, own(other).shown_as_old) == (False, True)


def test_list_printed_again_below_the_older_text_is_the_pages() -> None:
    """Read as the older version's own, it would show a second version of its day."""
    old = HEADING.replace("harbour<", "harbour (01/02/2015)<") + "<p>A gate is open.</p>"
    page = parsed(HEADING + CLAUSE + FOOT + LIST + old + FOOT.replace("2020", "2015") + LIST)
    (other,) = page.others
    assert own(page).lists_versions
    assert [said.kind for said in other.statements] == ["page"]


def test_foot_at_which_a_page_was_cut_dates_nothing() -> None:
    """`26/11/20` may be the beginning of a day in 2012."""
    cut = source(HEADING + CLAUSE + FOOT).partition("/2020")[0] + "/20"
    page = parse(cut)
    assert own(page).starts == ()
    assert "malformed_date" in kinds(page)


# ---------------------------------------------------------------- boxes, marks and headings in other elements


@pytest.mark.parametrize(
    "box",
    [
        f'<table border="1"><tr><td><p>{BANNER}</p></td></tr></table>',
        f"<marquee>{BANNER}</marquee>",
        "<p>This is an archived immigration instruction that is no longer current</p>",
    ],
)
def test_banner_in_a_box_makes_the_page_old(box: str) -> None:
    """If it failed, an archived page would be answered as in force and its banner be a clause."""
    page = parsed(f"{box}{HEADING}{CLAUSE}{FOOT}")
    assert own(page).shown_as_old
    assert texts(page) == ["A gate is shut at night."]


@pytest.mark.parametrize("css", ["heading4", "bodytext", ""])
def test_mark_in_a_paragraph_of_its_own_is_the_heading_s(css: str) -> None:
    """If it failed, an ended instruction would be answered as in force."""
    page = parsed(f'{HEADING}<p class="{css}">(to 31/03/2021)</p>{CLAUSE}{FOOT}')
    assert [end.raw for end in own(page).ends] == ["31/03/2021"]
    assert texts(page) == ["A gate is shut at night."]


def test_mark_in_the_title_of_the_window_alone_counts() -> None:
    """If it failed, a mark of ending would pass in silence (rule 10)."""
    page = parsed(f"{HEADING}{CLAUSE}{FOOT}", title="ZZ9.1 Gates of the harbour (revoked 01/04/2021)")
    assert [end.raw for end in own(page).ends] == ["01/04/2021"]
    assert "mark_from_title" in kinds(page)
    other = parsed(f"{HEADING}{CLAUSE}{FOOT}", title="ZZ9.1 Gates (revoked 01/04/2021)")
    assert own(other).ends == ()


def test_mark_behind_a_colon_in_the_title_of_the_window_is_read() -> None:
    """If it failed, "closed" would become a word of the title, and pass in silence."""
    page = parsed(f"{HEADING}{CLAUSE}{FOOT}", title="ZZ9.1 Gates of the harbour: closed")
    assert page.title == "Gates of the harbour"
    assert [end.kind for end in own(page).ends] == ["unclear"]


def test_sub_heading_keeps_its_words_as_printed() -> None:
    """If it failed, "Locks: closed" would be quoted as "Locks closed"."""
    for words in ("Locks: closed", "Locks - revoked", "Locks (revoked 01/04/2021)", "Locks ..."):
        below = f'<p class="headingopsmanual">ZZ9.1.5 {words}</p><p class="bodytext">A lock is shut.</p>'
        page = parsed(f"{HEADING}{CLAUSE}{below}{FOOT}")
        assert texts(page)[1] == words
        assert own(page).ends == (), words


def test_sub_heading_about_what_ended_ends_nothing() -> None:
    """If it failed, a page with the heading "Expired passes" would be answered as ended."""
    for words in ("Expired passes", "Withdrawn applications", "Revoked or expired passes"):
        below = f'<p class="headingopsmanual">ZZ9.1.5 {words}</p><p class="bodytext">A pass is kept.</p>'
        assert own(parsed(f"{HEADING}{CLAUSE}{below}{FOOT}")).ends == (), words


def test_heading_in_a_division_is_no_clause() -> None:
    """If it failed, the heading would stand twice: as title and as text."""
    page = parsed(f"{HEADING.replace('<p', '<div').replace('</p', '</div')}{CLAUSE}{FOOT}")
    assert page.title == "Gates of the harbour"
    assert texts(page) == ["A gate is shut at night."]


def test_clause_that_announces_what_is_missing_is_damaged() -> None:
    """If it failed, half a clause would be offered for quoting."""
    page = parsed(f'{HEADING}<p class="bodytext">A gate is shut for a boat that:</p>{FOOT}')
    assert page.structure == "damaged"
    whole = parsed(f"{HEADING}<p>A gate is shut for a boat that:</p><ol><li>has no bell.</li></ol>{FOOT}")
    assert whole.structure == "full"
    note = "<p class=note>Note: A bell rings.</p>"
    noted = parsed(
        f"{HEADING}<p>A gate is shut for a boat that:</p>{note}<ol><li>has no bell.</li></ol>{FOOT}"
    )
    assert noted.structure == "full"
    loose = parsed(f"{HEADING}<p>A gate is shut for a boat that:</p>{note}<p>has no bell.</p>{FOOT}")
    assert loose.structure == "full"


@pytest.mark.parametrize(
    "row",
    [
        "ZZ9.02 Gates of the harbour (26/11/2018)",
        "ZZ8.1 Gates\u00a0of the  Harbour (26/11/2018)",
        "Gates of the harbour (26/11/2018)",
    ],
)
def test_dated_row_with_the_page_s_title_is_a_misprint_however_typed(row: str) -> None:
    """If it failed, days that may be of a version with a misprinted code would be answered without a doubt."""
    page = parsed(
        f"{HEADING}{CLAUSE}{FOOT}{LIST.replace('</p></td>', f'</p><p class=relateditem>{row}</p></td>')}"
    )
    listed = [st for st in page.statements if st.kind == "listed"]
    assert [(st.code, st.misprinted) for st in listed] == [("ZZ9.1", False), ("ZZ9.1", True)]
    assert "code_misprinted" in kinds(page)


@pytest.mark.parametrize("gap", ["<br>", " "])
def test_page_in_one_cell_is_taken_apart(gap: str) -> None:
    """If it failed, the whole page would be its title, and its end and its foot be lost (91006)."""
    lines = (
        "ZZ9.1 Gates of the harbour (to 03/05/2018)",
        "Note: These instructions cease to be effective from 03 May 2018",
        "To gain a berth, a boat must ring.",
        "Effective 21.11.2016",
    )
    page = parse(f"<title>{lines[0]}</title><table><tr><td>{gap.join(lines)}</td></tr></table>")
    assert page.title == "Gates of the harbour"
    assert [str(claim.day) for claim in own(page).starts] == ["2016-11-21"]
    assert {str(end.day) for end in own(page).ends} == {"2018-05-03"}
    assert "To gain a berth, a boat must ring." in texts(page)


@pytest.mark.parametrize(
    "row",
    [
        "<a>ZZ9.1 Gates of the harbour<br>(29/11/2010)</a>",
        "<a>ZZ9.1 Gates of the harbour</a></p><p class=relateditem>(29/11/2010)",
        "<a>ZZ9.1</a> <a>Gates of the harbour (29/11/2010)</a>",
        "<a>ZZ9.1 Gates of the</a></p><p class=relateditem>harbour (29/11/2010)",
    ],
)
def test_row_in_several_pieces_is_one_row(row: str) -> None:
    """If it failed, the version would have no day, and its day no version."""
    row = row.replace("<a>", '<a href="7.htm">')
    heading = '<p class="relatedheading">PREVIOUS IMMIGRATION INSTRUCTIONS</p>'
    table = f'<table class="relatedtopics belowtopictext"><tr><td>{heading}<p class="relateditem">{row}</p></table>'
    page = parsed(f"{HEADING}{CLAUSE}{FOOT}{table}")
    known = [st for st in page.statements if st.kind == "listed"]
    assert [(str(st.starts[0].day), st.address) for st in known] == [("2010-11-29", "opsmanual/7")]


def test_title_over_two_lines_is_one_title() -> None:
    """If it failed, the second line of a title would be a clause where the page has no other."""
    page = parsed(
        '<p class="heading4" id="t1">ZZ9.1 Gates<br>of the harbour</p>', title="ZZ9.1 Gates of the harbour"
    )
    assert page.title == "Gates of the harbour"
    assert page.blocks == ()
