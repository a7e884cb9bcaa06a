"""A letter held against the specimen: in process, on the site and on the command line."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from letters import LetterWriter

from indexer import SearchIndex
from manual.citecheck import Day, Report, check, letter_of, read_letter
from manual.cli import cli
from manual.model import Block, Code, Version, When
from manual.queries import KnowledgeBase


@pytest.fixture(scope="module")
def kb(specimen_home: Path) -> KnowledgeBase:
    return KnowledgeBase(specimen_home)


@pytest.fixture(scope="module")
def index(specimen_home: Path) -> SearchIndex:
    return SearchIndex.open(specimen_home / "index")


def verdicts(report: Report) -> list[str]:
    return [judgement.verdict for q in report.quotations for judgement in q.judgements]


def test_generated_letters_get_the_right_verdict(kb: KnowledgeBase, index: SearchIndex) -> None:
    wrong, seen = [], set()
    for quote in LetterWriter(kb).letters(seed=11, count=120):
        report = check(read_letter(quote.letter.encode(), "letter"), [Day("", quote.on)], kb, index)
        marked = [q for q in report.quotations if q.quoted.how == "marks"]
        verdict = marked[0].judgements[0].verdict
        seen.add(verdict)
        if verdict not in quote.expected:
            wrong.append((quote, verdict))
    assert not wrong
    assert {"in_force_then", "superseded_then", "elsewhere", "altered", "not_found"} <= seen


def clause(kb: KnowledgeBase, code: Code, number: int = -1) -> tuple[str, date]:
    """Words and first day of a version that is held."""
    version = [v for v in kb.history_of(code).versions if v.text_held][number]
    text = kb.text_of(version)
    assert text is not None
    assert version.validity.effective_from is not None
    words = next(
        b.text
        for top in text.blocks
        for b in top.walk()
        if len(b.text.split()) > 14 and "specimen" not in b.text
    )
    return words, version.validity.effective_from


def test_unmarked_words_are_found_and_a_change_in_their_midst_is_seen(
    kb: KnowledgeBase, index: SearchIndex
) -> None:
    words, on = clause(kb, Code("J1.1"))
    plain = check(letter_of([(f"We note that {words}", False)], "l"), [Day("", on)], kb, index)
    assert verdicts(plain) == ["in_force_then"]
    parts = words.split()
    changed = " ".join([*parts[:6], "seventeen", *parts[7:]])
    report = check(letter_of([(f"We note that {changed} {words}", False)], "l"), [Day("", on)], kb, index)
    assert "altered" in verdicts(report)


def test_no_verdict_rests_on_a_text_that_is_not_held(kb: KnowledgeBase, index: SearchIndex) -> None:
    code = Code("J1.1")
    words, _ = clause(kb, code)
    unheld = next(
        v for v in kb.history_of(code).versions if not v.text_held and v.validity.effective_from is not None
    )
    days = [Day("", unheld.validity.effective_from), Day("before", date(1990, 1, 1))]  # type: ignore[arg-type]
    report = check(letter_of([(f"Under {code}: “{words}”", False)], "l"), days, kb, index)
    assert verdicts(report) == ["not_held", "not_held"]
    assert all(j.reasons and j.not_held for j in report.quotations[0].judgements)


def test_the_place_cited_counts(kb: KnowledgeBase, index: SearchIndex) -> None:
    version = next(
        v
        for code in kb.codes()
        for v in reversed(kb.history_of(code).versions)
        if v.text_held
        and v.validity.effective_from
        and kb.text_of(v).structure == "full"  # type: ignore[union-attr]
        and kb.in_force_on(code, When(v.validity.effective_from)).version == v
        and len(_labelled(kb, v)) > 1
    )
    first, other, *_ = _labelled(kb, version)
    day = [Day("", version.validity.effective_from)]  # type: ignore[arg-type]
    right = check(letter_of([(f"{first.pinpoint}: “{first.text}”", False)], "l"), day, kb, index)
    wrong = check(letter_of([(f"{other.pinpoint}: “{first.text}”", False)], "l"), day, kb, index)
    assert verdicts(right) == ["in_force_then"]
    assert verdicts(wrong) == ["elsewhere"]


def test_words_beside_a_citation_of_something_else_are_elsewhere(
    kb: KnowledgeBase, index: SearchIndex
) -> None:
    words, on = clause(kb, Code("J1.1"))
    for cited in ("J9.95", "J1.1(zz)", "J1.1(y)"):
        report = check(letter_of([(f"{cited} says: “{words}”", False)], "l"), [Day("", on)], kb, index)
        assert verdicts(report) == ["elsewhere"], cited


def _labelled(kb: KnowledgeBase, version: Version) -> list[Block]:
    text = kb.text_of(version)
    assert text is not None
    blocks = [b for top in text.blocks for b in top.walk()]
    return [b for b in blocks if b.pinpoint.endswith(")") and len(b.text.split()) > 7 and "“" not in b.text]


def test_a_letter_that_quotes_nothing(kb: KnowledgeBase, index: SearchIndex) -> None:
    report = check(
        letter_of([("Sehr geehrte Frau Muster, wir danken Ihnen.", False)], "l"),
        [Day("", date(2024, 1, 1))],
        kb,
        index,
    )
    assert not report.quotations
    assert not report.citations


def test_three_words_get_no_verdict(kb: KnowledgeBase, index: SearchIndex) -> None:
    report = check(
        letter_of([("J1.1 says “the spare badge”.", False)], "l"), [Day("", date(2024, 1, 1))], kb, index
    )
    assert [q.judgements for q in report.quotations] == [()]


def test_a_thousand_quotations_are_all_looked_at(kb: KnowledgeBase, index: SearchIndex) -> None:
    words, on = clause(kb, Code("J1.1"))
    letter = letter_of([(f"J1.1 says “{words}” again.", False)] * 1000, "l")
    assert verdicts(check(letter, [Day("", on)], kb, index)) == ["in_force_then"] * 1000


# ---------------------------------------------------------------- on the site, on the command line


def test_the_form_gives_the_report_and_keeps_nothing(
    client: FlaskClient, kb: KnowledgeBase, capsys: pytest.CaptureFixture[str]
) -> None:
    words, on = clause(kb, Code("J1.1"))
    letter = f"J1.1 says “{words}” <script>alert(1)</script>"
    for given in (
        {"text": letter},
        {"letter": (io.BytesIO(letter.encode()), "decline.txt")},
        {"text": letter + " filler" * 100_000},
    ):
        response = client.post("/citecheck", data={"on": str(on), "days": "decision = 2 May 2025", **given})
        assert response.status_code == (400 if len(str(given)) > 500_000 else 200)
        assert response.headers["Cache-Control"] == "no-store"
        assert "ETag" not in response.headers
        assert "<script>" not in response.text
    page = client.post("/citecheck", data={"on": str(on), "text": letter}).text
    assert "in force then" in page
    assert 'id="q1"' in page
    assert words not in client.get("/citecheck").text
    assert words not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"on": "2024-08-15"}, "neither a file nor a text"),
        ({"on": "2024-08-15", "text": "   "}, "neither a file nor a text"),
        ({"on": "31/2/2024", "text": "words"}, "31/2/2024"),
        ({"text": "words"}, "no day was given"),
        ({"on": "2024-08-15", "days": "decision", "text": "words"}, "expected NAME=DAY"),
        ({"on": "2024-08-15", "letter": (io.BytesIO(b"\x00\x01"), "x.bin")}, "bytes that are no text"),
    ],
)
def test_what_the_form_refuses(client: FlaskClient, form: dict[str, object], says: str) -> None:
    response = client.post("/citecheck", data=form)
    assert response.status_code == 400
    assert says in response.text


def test_a_day_before_every_record_is_answered(client: FlaskClient) -> None:
    page = client.post("/citecheck", data={"on": "1900-01-01", "text": "J1.1 says “" + "word " * 20 + "”"})
    assert "lies before the record" in page.text


def test_the_command(specimen_home: Path, kb: KnowledgeBase, tmp_path: Path) -> None:
    words, on = clause(kb, Code("J1.1"))
    letter = tmp_path / "letter.txt"
    letter.write_text(f"J1.1 says “{words}” and “I was ill on that very day”.", encoding="utf-8")
    marked = tmp_path / "marked.html"
    call = ["--home", str(specimen_home), "citecheck", str(letter), "--on", str(on)]
    done = CliRunner().invoke(cli, [*call, "--json", "--marked", str(marked)])
    found = json.loads(done.stdout)
    assert done.exit_code == 1
    assert found["totals"] == {
        "in_force_then": 1, "superseded_then": 0, "elsewhere": 0, "altered": 0, "not_found": 1, "not_held": 0
    }  # fmt: skip
    assert [q["text"] for q in found["quotations"]] == [words, "I was ill on that very day"]
    assert "in force then" in marked.read_text(encoding="utf-8")
    assert "in force then" in CliRunner().invoke(cli, call).stdout
    assert CliRunner().invoke(cli, call[:-2]).exit_code == 2
