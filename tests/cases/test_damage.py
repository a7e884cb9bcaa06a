"""Damaged captures: what is wrong is said, nothing of the text is lost, and every later load works."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path

import pytest

from manual.captures import Archive, RawCapture, read_paths
from manual.load import LoadSummary, load
from manual.model import Code, Finding, ParsedPage, Sha256, SitePath, When
from manual.parse import decode, parse_capture
from manual.queries import KnowledgeBase

pytestmark = pytest.mark.shared

NOW = datetime(2026, 11, 26, 1, tzinfo=UTC)
IMPOSSIBLE = ["w4.warc", "w5.warc", "d1.mhtml", "d2.mhtml"]
UNLIKELY = ["f1.warc", "f2.warc"]


@pytest.fixture(scope="module")
def damage(cases: Path) -> Path:
    return cases / "damage"


def take_in(home: Path, path: Path, captured: date | None = None) -> LoadSummary:
    return load(home, [path], captured=captured, now=NOW)


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_damaged_date_is_said_and_counts_for_nothing(damage: Path, name: str) -> None:
    """Kept, it would stop every later load of its home."""
    found = list(read_paths([damage / name]))
    assert [f.captured_at for f in found if isinstance(f, RawCapture)] == [None]
    assert [f.kind for f in found if isinstance(f, Finding)] == ["moment_unknown"]


@pytest.mark.parametrize("name", UNLIKELY)
def test_day_on_which_the_page_cannot_have_been_seen_is_said_and_unknown(
    damage: Path, tmp_path: Path, name: str
) -> None:
    """Believed, it would vouch for the instruction in 1970, or in 2099."""
    take_in(tmp_path, damage / name)
    archive = Archive(tmp_path)
    assert [capture.captured_at for capture in archive.captures()] == [None]
    [finding] = archive.findings()
    assert finding.kind == "moment_unknown"
    assert "the two days can't both be true" in finding.message
    with KnowledgeBase(tmp_path) as kb:
        answer = kb.in_force_on(Code("WA3.15"), When(date(1980, 1, 1)))
        assert answer.answer != "in_force"


@pytest.mark.parametrize("name", [*IMPOSSIBLE, *UNLIKELY])
def test_every_later_load_works(damage: Path, shared: Path, tmp_path: Path, name: str) -> None:
    """One such file would otherwise cost a person all that comes after it."""
    take_in(tmp_path, damage / name)
    later = take_in(tmp_path, shared / "captures" / "77179.htm", date(2026, 8, 10))
    assert (later.understood, later.changed) == (1, True)
    again = take_in(tmp_path, damage / name)
    assert (again.new, again.changed) == (0, False)
    with KnowledgeBase(tmp_path) as kb:
        answer = kb.in_force_on(Code("WA3.15"), When(date(2026, 1, 5)))
        assert answer.answer == "in_force"
        assert answer.version is not None
        assert answer.version.validity.effective_from == date(2025, 12, 8)


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+00:00"])
def test_home_that_took_such_a_day_in_works_again(shared: Path, tmp_path: Path, moment: str) -> None:
    """A home is never lost to a date that an older program believed."""
    take_in(tmp_path, shared / "captures" / "77177.htm", date(2026, 8, 10))
    log = tmp_path / "captures" / "log.jsonl"
    log.write_text(re.sub(r'"captured_at": "[^"]*"', f'"captured_at": "{moment}"', log.read_text()))
    assert take_in(tmp_path, shared / "captures" / "77179.htm", date(2026, 8, 10)).changed
    with KnowledgeBase(tmp_path) as kb:
        assert kb.in_force_on(Code("WA3.15"), When(date(2026, 1, 5))).answer == "in_force"


# ---------------------------------------------------------------- words


def parsed(path: Path) -> ParsedPage:
    return parse_capture(
        path.read_bytes(), media="html", site_path=SitePath("opsmanual/1"), sha256=Sha256("sha256:0")
    )


_WORD = re.compile(r"[\w']+")


def printed_words(path: Path) -> Counter[str]:
    """All words between the tags of a page's body, by a reader that knows nothing of HTML."""
    text = re.sub(r"(?is)<head\b.*?</head>|<script.*?</script>", " ", decode(path.read_bytes())[0])
    return Counter(_WORD.findall(unescape(re.sub(r"<[^<>]*>", " ", text)).lower()))


def kept_words(page: ParsedPage) -> Counter[str]:
    texts = [f.message for f in page.findings]
    for block in (block for top in page.blocks for block in top.walk()):
        texts += [block.text, block.label if block.kind == "heading" else ""]
        texts += [cell.text for row in block.rows for cell in row]
    for st in page.statements:
        texts += [st.code, st.title, st.suffix, *(claim.raw for claim in st.starts)]
    return Counter(_WORD.findall(" ".join(texts).lower()))


FRAME = Counter(
    ("top", "of", "page", "print", "this", "page", "effective", "in", "this", "section", "previous", "immigration",
     "instructions")
)  # fmt: skip
"""The viewer's words, and those that a list and a foot are known by."""


@pytest.mark.parametrize("name", ["lost1_999.htm", "lost2_1219.htm", "no-longer-current.htm"])
def test_no_word_of_a_damaged_page_is_lost_in_silence(damage: Path, name: str) -> None:
    """Words inside a formula or beside a banner are words of the instruction until somebody has looked."""
    path = damage / name
    lost = printed_words(path) - kept_words(parsed(path)) - FRAME
    in_broken_tag = Counter() if name != "lost2_1219.htm" else Counter(
        ["a", "id", "h60005", "class", "newwindow", "tablink", "title", "j1", "1", "general", "instructions", "on10"]
    )  # fmt: skip
    assert lost - in_broken_tag == Counter()


def test_words_in_a_formula_are_said(damage: Path) -> None:
    """A formula's layout is lost in a line of text: a reader must know where to look."""
    assert "unknown_shape" in [f.kind for f in parsed(damage / "lost1_999.htm").findings]


def test_list_inside_broken_markup_is_still_read(damage: Path) -> None:
    """Otherwise the history of the code would be a clause of its text."""
    page = parsed(damage / "lost1_999.htm")
    assert len([st for st in page.statements if st.kind == "listed"]) == 28


def test_words_beside_a_banner_are_said_and_the_page_is_old(damage: Path) -> None:
    """A damaged banner is a banner: the page is never shown as current for it."""
    page = parsed(damage / "lost2_1219.htm")
    assert page.statements[0].shown_as_old
    assert "outside_frame" in [f.kind for f in page.findings]


def test_clause_that_ends_like_a_banner_is_text(damage: Path, tmp_path: Path) -> None:
    """Taken for a banner, it disappeared and took its instruction out of force."""
    path = tmp_path / "opsmanual" / "77177.htm"
    path.parent.mkdir()
    path.write_bytes((damage / "no-longer-current.htm").read_bytes())
    take_in(tmp_path / "home", path, date(2026, 8, 10))
    page = parsed(path)
    assert any(block.text.endswith("that is no longer current.") for block in page.blocks)
    with KnowledgeBase(tmp_path / "home") as kb:
        answer = kb.in_force_on(Code("WA3.15"), When(date(2026, 8, 10)))
        assert answer.answer == "in_force"
        assert answer.version is not None
        assert answer.version.validity.effective_from == date(2025, 12, 8)
