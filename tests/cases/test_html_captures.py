"""HTML captures whose right reading is known: each file of the shared cases stands for its kind."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from manual.captures import RawCapture, read_paths
from manual.load import load
from manual.model import Code, Finding, ParsedPage, Ref, Sha256, When
from manual.parse import parse_capture
from manual.queries import KnowledgeBase
from tests.parsed_page import blocks, own

pytestmark = pytest.mark.shared

NOW = datetime(2026, 11, 26, 1, tzinfo=UTC)


def captures_of(path: Path) -> tuple[list[RawCapture], list[Finding]]:
    found = list(read_paths([path]))
    return [f for f in found if isinstance(f, RawCapture)], [f for f in found if isinstance(f, Finding)]


def page_of(path: Path) -> ParsedPage:
    """The last page in a file: in a package of the viewer, the topic in its frame."""
    raw = captures_of(path)[0][-1]
    return parse_capture(raw.data, media=raw.media, site_path=raw.site_path, sha256=Sha256("sha256:0"))


def words(page: ParsedPage) -> str:
    return "\n".join(block.text for block in blocks(page))


def said(page: ParsedPage, kind: str) -> str:
    return "\n".join(finding.message for finding in page.findings if finding.kind == kind)


# ---------------------------------------------------------------- pages


def test_foot_that_is_not_effective_states_no_start(cases: Path) -> None:
    """Read as a start, or passed over, it would leave a rescinded instruction in force."""
    page = page_of(cases / "pages" / "html" / "92010.htm")
    assert own(page).starts == ()
    assert "Rescinded" not in words(page)
    assert own(page).lists_versions


def test_banner_broken_over_lines_is_frame(cases: Path) -> None:
    """Read as text, the page would be in force and begin with the words of its banner."""
    page = page_of(cases / "pages" / "html" / "92012.htm")
    assert own(page).shown_as_old
    assert words(page) == "Wardens row."


def test_headings_of_the_newer_shape_are_read(cases: Path) -> None:
    """Otherwise the page has no heading, and its list of versions is text."""
    page = page_of(cases / "pages" / "html" / "92013.htm")
    assert (page.code, page.title) == ("QZ9.11", "Boats")
    listed = [st for st in page.statements if st.kind == "listed"]
    assert [(st.address, st.starts[0].day) for st in listed] == [("opsmanual/2", date(2009, 11, 29))]
    assert own(page).lists_versions
    assert [block.label for block in blocks(page) if block.kind == "item"] == ["•"]


def test_older_version_below_the_list_is_a_text_of_its_own(cases: Path) -> None:
    """Read as one, the boat would be green and red at once."""
    page = page_of(cases / "pages" / "mhtml" / "QZ5.10-with-old.mhtml")
    (old,) = page.others
    assert ("green" in words(page), "red" in words(page)) == (True, False)
    assert ("green" in words(old), "red" in words(old)) == (False, True)
    assert (own(page).address, own(old).address) == ("opsmanual/90001", None)
    assert (own(page).shown_as_old, own(old).shown_as_old) == (False, True)
    assert [c.day for c in own(page).starts] == [date(2025, 12, 8)]
    assert {c.day for c in own(old).starts} == {date(2023, 2, 1)}
    assert {block.pinpoint for block in blocks(old)} == {"QZ5.10(a)", "QZ5.10(b)"}


def test_page_without_an_older_version_is_one_text(cases: Path) -> None:
    """The same page, saved before anything was added below."""
    assert page_of(cases / "pages" / "mhtml" / "QZ5.10.mhtml").others == ()


# ---------------------------------------------------------------- reports


@pytest.mark.parametrize(
    ("name", "code", "day"),
    [
        ("wb1.mhtml", "ZN1.1", "2015-08-15T00:30:00+00:00"),
        ("wb2.htm", "ZN1.5", "2015-08-15T00:30:00+00:00"),
        ("wb3.html", "ZN1.10", "2015-08-15T00:30:00+00:00"),
        ("with_current/wb2.html", "ZX1.5", "2015-08-15T00:30:00+00:00"),
        ("12_wayback_url.warc", "ZM1.12", "2024-08-15T00:00:00+00:00"),
    ],
)
def test_r07_address_of_a_web_archive_says_when_the_page_was_seen(
    cases: Path, name: str, code: str, day: str
) -> None:
    """By the container's date, what stood there years ago would be what stands there today."""
    path = cases / "reports" / "r07_wayback_day" / name
    [raw], findings = captures_of(path)
    assert findings == []
    assert raw.captured_at is not None
    assert raw.captured_at.isoformat() == day
    assert raw.address is not None
    assert raw.address.startswith("https://www.immigration.govt.nz/opsmanual/")
    assert page_of(path).code == code


def test_r09_raised_words_keep_their_meaning_and_struck_ones_are_set_apart(cases: Path) -> None:
    """Otherwise the fee is $25,0001, an area 106 metres, and what was struck out is quoted as law."""
    page = page_of(cases / "reports" / "r09_sup_and_strike" / "86010.htm")
    first, second = (block.text for block in blocks(page))
    assert first == "The fee is $25,000¹ and the area is 10⁶ metres, x₁."
    assert second == "The fee was 120 coins. It is due. A boat."
    for gone in ("100", "not", "raft"):
        assert repr(gone) in said(page, "struck_words")


def test_r09_raised_digits_make_another_text(cases: Path) -> None:
    """Were they alike, 106 and ten to the sixth would be two captures of one version."""
    keep = cases / "reports" / "r09_sup_and_strike" / "keep"
    assert own(page_of(keep / "96046.htm")).text_digest != own(page_of(keep / "96047.htm")).text_digest


@pytest.mark.parametrize(
    ("name", "text"), [("96089", "The fee is 120 coins."), ("96091", "The fee is 120 coins.")]
)
def test_r09_struck_words_are_in_no_version(cases: Path, name: str, text: str) -> None:
    """Compared with the next version, words struck out already would look taken out by it."""
    assert words(page_of(cases / "reports" / "r09_sup_and_strike" / "keep" / f"{name}.htm")) == text


def test_r16_words_in_foreign_elements_are_kept_or_said(cases: Path) -> None:
    """Lost in silence, a formula or a fallback text would be missing from a clause."""
    page = page_of(cases / "reports" / "r16_foreign_elements" / "86012.htm")
    there = words(page) + "\n" + said(page, "words_left_out")
    for word in ("x=2", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen"):
        assert word in there
    assert "text" not in words(page)


def references(page: ParsedPage, words: str) -> list[Ref]:
    return [ref for block in blocks(page) if words in block.text for ref in block.refs]


def test_r19_reference_to_an_archived_instruction_leads_nowhere(cases: Path) -> None:
    """A link to today's would show another rule than the text means."""
    page = page_of(cases / "reports" / "r19_archived_reference" / "84003.htm")
    assert [ref.state for ref in references(page, "(Archived ZR1.5)")] == ["unresolved", "unresolved"]
    assert {ref.state for ref in references(page, "See ZR1.1, ZR1.5")} == {"resolved"}


def test_r19_code_that_no_page_knows_is_followed_to_nothing(cases: Path, tmp_path: Path) -> None:
    """A link to it would lead to an error."""
    load(tmp_path, [cases / "reports" / "r19_archived_reference"], captured=date(2026, 8, 10), now=NOW)
    with KnowledgeBase(tmp_path) as kb:
        assert kb.follow("ZR9.9", When(date(2026, 8, 10))).answer == "unknown_code"
        assert kb.follow("ZR1.5", When(date(2026, 8, 10))).answer == "in_force"
        assert kb.in_force_on(Code("ZR1.10"), When(date(2026, 8, 10))).answer == "in_force"
