"""Which of several ends counts (rule 6), and what is said of an end, of a gap and of the last sight."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import combinations

import pytest

from manual.history.answers import in_force_on, touching
from manual.history.why import why_of
from manual.model import EndClaim
from tests.evidence import (
    CODE,
    archived,
    captured,
    caveats,
    day,
    ends,
    history,
    kinds,
    live,
    on,
    over,
    page,
    rows,
    said,
    said_pairs,
)

RANKS = (("text",), ("note", "revocation"), ("foot",), ("circular",), ("suffix",), ("listed",))
STRONGER = [(one, other) for above, below in combinations(RANKS, 2) for one in above for other in below]
EQUAL = [("note", "revocation"), ("text", "text"), ("foot", "foot"), ("suffix", "suffix")]


def ended(*bases: str) -> tuple[object, object, bool]:
    """The end of a version that two pages state on two days by these bases, and whether they are said to disagree."""
    claims = [(f"{basis} excluded 0{n}/06/2014", n) for n, basis in enumerate(bases, 1)]
    shown = (
        captured("01/06/2015", page("foot 01/01/2012", at=f"manual/{n}", ends=ends(claim)), capture=str(n))
        for claim, n in claims
    )
    h = history(*shown)
    (version,) = h.versions
    return version.validity.effective_until, version.basis_until, "ends_disagree" in kinds(h)


@pytest.mark.parametrize(("strong", "weak"), STRONGER)
def test_stronger_statement_of_an_end_counts(strong: str, weak: str) -> None:
    """Rule 6: words of the body, then notes and revocations, feet, circulars, titles and lists."""
    assert ended(strong, weak) == (day("01/06/2014"), strong, False)
    assert ended(weak, strong) == (day("02/06/2014"), strong, False)


@pytest.mark.parametrize(("one", "other"), EQUAL)
def test_ends_of_one_rank_on_two_days_are_both_possible(one: str, other: str) -> None:
    """Neither outweighs the other, and it is said."""
    assert ended(one, other) == (None, "dispute", True)


def test_old_mark_alone_ends_nothing_and_is_the_only_reason() -> None:
    """A reason that it had ended would contradict the one that nobody knows what came after it."""
    h = history(captured("01/06/2015", archived("01/01/2012")))
    for when in ("01/06/2013", "01/06/2016"):
        (reason,) = on(h, when).reasons
        assert "ended" not in reason


def test_finding_about_an_end_touches_the_answer_of_a_version_without_a_start() -> None:
    """Its end is the only day by which such a version can be told."""
    h = history(
        captured("01/06/2015", said("contents", ends=ends("suffix either 30/03/2014"))),
        captured("01/06/2018", live("01/01/2016")),
    )
    found = on(h, "01/06/2014").findings
    assert [finding.kind for finding in found] == ["end_ambiguous"]
    newest = [version for version in h.versions if version.starts]
    assert touching(h.findings, newest) == ()


def test_history_was_last_seen_on_the_last_day_of_any_of_its_versions() -> None:
    h = history(captured("01/06/2013", live("01/01/2012")), captured("01/06/2018", live("01/01/2016")))
    assert h.last_seen == day("01/06/2018")
    assert h.last_seen_exact


def test_findings_of_two_captures_stand_in_the_order_of_the_captures() -> None:
    """Two loads of the same captures would print different reports."""
    shown = page("foot 01/01/2099", at="manual/1")
    h = history(*(captured("01/06/2015", shown, capture=name) for name in ("d", "b", "a", "c", "e")))
    order = [finding.capture for finding in h.findings if finding.kind == "start_far_ahead"]
    assert order == sorted(order, key=str)
    assert len(order) == 5


def test_end_on_the_first_day_is_named_as_not_after_the_start() -> None:
    """Rule 23: the reason would speak of two starts that nobody stated."""
    h = history(captured("01/06/2014", live("01/01/2012", ends=ends("text excluded 01/01/2012"))))
    assert "ends_before_start" in kinds(h)
    assert any("not after this start" in reason for reason in on(h, "31/12/2011").reasons)


@pytest.mark.parametrize(
    ("later", "words"), [("01/09/2012", "was not shown any more"), ("01/09/2013", "may never have begun")]
)
def test_finding_says_what_became_of_an_announcement(later: str, words: str) -> None:
    """A keeper would look for a version that was taken back, or take back one that may have begun."""
    seen_on = later.replace("01/09", "01/10")
    h = history(
        captured("01/06/2012", live("01/01/2013", text_digest="A")),
        captured(seen_on, live(later, text_digest="B")),
    )
    (message,) = (finding.message for finding in h.findings if finding.kind == "announcement_gone")
    assert words in message


@pytest.mark.parametrize(
    ("end", "on_day", "ambiguous"),
    [
        (ends("suffix either 01/01/2014"), "01/01/2014", True),
        (ends("revocation excluded 01/01/2014"), "01/01/2014", False),
        (over(), "02/01/2012", False),
    ],
)
def test_rule_9_is_named_where_a_day_has_two_readings(
    end: tuple[EndClaim, ...], on_day: str, ambiguous: bool
) -> None:
    """Rule 9 is about "to D" alone; a keeper would look for words that decide what is not in doubt."""
    told = why_of(CODE, said_pairs(captured("01/06/2015", live("01/01/2012", ends=end))), day(on_day))
    assert any(rule.startswith("9:") for rule in told.rules) is ambiguous


TWINS = (
    *captured("01/06/2015", live("01/01/2014"), rows("01/01/2012", "01/01/2012", at=5)),
    *captured(
        "01/06/2015",
        page("foot 01/01/2012", at="manual/5", ends=ends("text excluded 01/01/2013")),
        capture="page",
    ),
)
"""Two versions of one day, of one of which the page is held; and the page in force that lists both."""


def test_reason_of_a_version_that_ended_long_after_its_start_blames_no_end() -> None:
    """Two versions of one day are in question, and the end of one has nothing to do with it."""
    answer = on(history(*TWINS), "01/06/2012")
    assert answer.answer == "disputed"
    assert not any("not after this start" in reason for reason in answer.reasons)


def test_what_follows_a_disputed_day_begins_after_it() -> None:
    """A reader who goes on would stay with the versions in dispute."""
    following = on(history(*TWINS), "01/01/2012").next
    assert following is not None
    assert following.validity.effective_from == day("01/01/2014")


def test_rule_19_is_named_where_one_of_several_is_known_from_a_list() -> None:
    rules = why_of(CODE, said_pairs(*TWINS), day("01/06/2012")).rules
    assert any(rule.startswith("19:") for rule in rules)


def test_end_is_sure_up_to_the_last_day_on_which_it_was_shown() -> None:
    """After that day something may have begun and gone before the next known start (rule 28)."""
    shown = said("contents", ends=ends("suffix excluded 01/01/2014"))
    h = history(
        captured("01/06/2014", shown),
        captured("01/06/2017", shown),
        captured("01/06/2020", live("01/01/2019")),
    )
    assert caveats(h, "01/06/2016") == (None, True)
    assert caveats(h, "01/06/2017") == (None, True)
    assert caveats(h, "01/06/2018") == (None, False)


@pytest.mark.parametrize("when", ["01/01/2014", None])
def test_page_in_force_contradicts_no_words_that_may_end_nothing(when: str | None) -> None:
    """Unclear words are not refuted by a later sight, and nobody has to look into it."""
    unclear = EndClaim(day(when) if when else None, "text", "excluded", kind="unclear")
    h = history(
        captured("01/06/2013", live("01/01/2012", ends=(unclear,))),
        captured("01/06/2015", live("01/01/2012")),
    )
    assert "end_contradicted" not in kinds(h)


def test_moment_is_no_day_to_ask_for() -> None:
    """A day of another time zone would be answered (Python counts a moment as a day)."""
    shown = captured("01/06/2013", live("01/01/2012"))
    moment = datetime(2013, 6, 1, 12, 0, tzinfo=UTC)
    with pytest.raises(TypeError, match="datetime"):
        in_force_on(history(shown), moment)
    with pytest.raises(TypeError, match="datetime"):
        why_of(CODE, said_pairs(shown), moment)


def test_stronger_words_of_an_unknown_day_do_not_outweigh_a_foot_of_a_known_one() -> None:
    """Rule 27, in either direction: both days of the start are possible."""
    h = history(
        captured("01/06/2014", live("01/01/2012", text_digest="A")),
        captured(None, page("text 01/03/2012", at="manual/1", text_digest="A")),
    )
    assert "starts_disagree" in kinds(h)
    assert [on(h, when).answer for when in ("01/02/2012", "01/06/2012")] == ["disputed", "in_force"]


def test_ends_of_a_version_are_told_by_their_days() -> None:
    """A list of them would look as if the later day had been stated first."""
    h = history(
        captured(
            "01/06/2016",
            page(
                "foot 01/01/2012",
                at="manual/1",
                ends=ends("text excluded 01/06/2015", "suffix excluded 01/06/2014"),
            ),
        )
    )
    assert [end.day for end in h.versions[0].ends] == [day("01/06/2014"), day("01/06/2015")]


@pytest.mark.parametrize(("title", "told"), [("Orchard work", False), ("Lamps", True)])
def test_line_of_another_title_is_told_and_one_of_the_same_is_not(title: str, told: bool) -> None:
    """The page was seen in force after the line: the line is of it, and one of the two titles is wrong."""
    h = history(
        captured("01/06/2013", said("contents", title=title)), captured("01/06/2015", live("01/01/2012"))
    )
    assert len(h.versions) == 1
    assert ("title_differs" in kinds(h)) is told
