"""Loading: what is read, what is kept, and what a kill at any moment leaves behind."""

from __future__ import annotations

import os
import random
import shutil
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from toy_pages import derive_anew, instruction, raw, run_in_child, take

import manual.load
import manual.stamp
from manual.captures import Archive, RawCapture
from manual.errors import StoreError
from manual.model import Code, Finding, When
from manual.queries import KnowledgeBase
from manual.store import files, rows
from manual.store.write import Writer

SEEN = date(2025, 1, 1)
ON = date(2024, 6, 1)
NEWER_PARSER = {"parser": "newer", "history": "newer"}
NEWER_RULES = {**manual.stamp.stamp(), "history": "newer"}


def _pages(codes: int, versions: int = 3) -> list[RawCapture]:
    """Every version of some codes as a page of its own."""
    found = []
    for number in range(1, codes + 1):
        days = [date(2020, 1, 1) + timedelta(days=200 * n + number) for n in range(versions)]
        for place, day in enumerate(days):
            newest = place == versions - 1
            page = instruction(
                f"ZC{number}.5",
                day,
                address=f"toys/{number}" if newest else f"toys/{number}-{place}",
                old=not newest,
                listed=[d for d in days if d != day][::-1],
                refs=[f"ZC{number % codes + 1}.5(a)"],
            )
            found.append(raw(page, SEEN))
    return found


def _everything(home: Path) -> list[object]:
    """Every answer there is, at every edge, and all else that can be asked."""
    with KnowledgeBase(home) as kb:
        answers: list[object] = [kb.history_of(code) for code in kb.codes()]
        answers += [kb.contents_on(When(ON)), kb.coverage(), kb.findings(), kb.newest_capture()]
        answers += [kb.changes_between(date(2000, 1, 1), date(2030, 1, 1))]
        answers += list(kb.documents())
        answers += [kb.referrers(code, When(ON)) for code in kb.codes()]
        return answers


def test_page_is_called_as_it_was_first_seen_whatever_came_in_first(tmp_path: Path) -> None:
    """What is said of a page that can't be read would depend on the order of loading."""
    late = raw(b"no page at all")
    early = replace(raw(b"no page at all", SEEN), filename="first.htm")
    take(tmp_path / "one", late, early)
    take(tmp_path / "other", late)
    take(tmp_path / "other", early)
    told = []
    for home in ("one", "other"):
        with KnowledgeBase(tmp_path / home) as kb:
            told.append([finding.message for finding in kb.findings("error")])
    assert told[0] == told[1]
    assert "first.htm" in told[0][0]


def test_summary_tells_new_from_known_and_understood_from_not(tmp_path: Path) -> None:
    """The person has to see what became of what was given."""
    captures = [*_pages(2), raw(b"no page at all", SEEN, "toys/x")]
    first = take(tmp_path, *captures)
    assert (first.read, first.new, first.known, first.understood, first.not_understood) == (7, 7, 0, 6, 1)
    assert first.findings["error"] == 1
    second = take(tmp_path, *captures, raw(instruction("ZC9.5", ON), SEEN))
    assert (second.read, second.new, second.known, second.understood, second.not_understood) == (
        8,
        1,
        7,
        7,
        1,
    )
    assert second.parsed == 1


def test_same_pages_again_change_nothing(tmp_path: Path) -> None:
    """Loading is idempotent: the file is not even rewritten."""
    take(tmp_path, *_pages(3))
    before = files.path_in(tmp_path).stat()
    again = take(tmp_path, *_pages(3))
    assert (again.changed, again.parsed, again.codes) == (False, 0, 0)
    after = files.path_in(tmp_path).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_only_new_pages_are_read_and_only_their_codes_derived(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large manual must not be read again for one amended page."""
    captures = _pages(5)
    take(tmp_path, *captures[:-1])
    derived: list[Code] = []
    real = rows.history_of

    def counted(code: Code, said: object, **how: object) -> object:
        derived.append(code)
        return real(code, said, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(rows, "history_of", counted)
    summary = take(tmp_path, *captures)
    assert summary.parsed == 1
    assert derived == ["ZC5.5"]


def test_bit_by_bit_equals_at_once_equals_rebuilt_in_any_order(tmp_path: Path) -> None:
    """What is answered may depend on what was loaded, never on how."""
    captures = _pages(4)
    at_once = take(tmp_path / "a", *captures)
    shuffled = random.Random(3).sample(captures, len(captures))
    for capture in shuffled:
        last = take(tmp_path / "b", capture)
    twice = take(tmp_path / "c", *shuffled, *captures)
    assert at_once.digest == last.digest == twice.digest
    right = _everything(tmp_path / "a")
    assert _everything(tmp_path / "b") == right
    assert _everything(tmp_path / "c") == right
    assert derive_anew(tmp_path / "b").digest == at_once.digest
    assert _everything(tmp_path / "b") == right


def test_deleted_knowledge_base_comes_back_equal(tmp_path: Path) -> None:
    """`captures/` alone is authority."""
    take(tmp_path, *_pages(4))
    right = _everything(tmp_path)
    files.path_in(tmp_path).unlink()
    derive_anew(tmp_path)
    assert _everything(tmp_path) == right


def test_same_bytes_seen_later_move_last_seen_without_a_new_reading(tmp_path: Path) -> None:
    """A page saved again unchanged vouches for its version on the later day too."""
    page = instruction("ZC1.5", date(2024, 1, 1))
    take(tmp_path, raw(page, date(2024, 2, 1)))
    later = take(tmp_path, raw(page, date(2024, 5, 1)))
    assert (later.parsed, later.changed, later.new) == (0, True, 0)
    with KnowledgeBase(tmp_path) as kb:
        assert kb.in_force_on(Code("ZC1.5"), When(date(2024, 6, 1))).as_last_seen == date(2024, 5, 1)
        known = kb.in_force_on(Code("ZC1.5"), When(date(2024, 6, 1), date(2024, 3, 1)))
        assert known.as_last_seen == date(2024, 2, 1)


def test_page_without_a_day_was_last_seen_on_no_known_day(tmp_path: Path) -> None:
    """If it failed, the day of loading would vouch for an instruction that may have ended long before (rule 27)."""
    take(tmp_path, raw(instruction("ZC1.5", date(2024, 1, 1))))
    with KnowledgeBase(tmp_path) as kb:
        history = kb.history_of(Code("ZC1.5"))
        answer = kb.in_force_on(Code("ZC1.5"), When(date(2026, 3, 2)))
    assert (history.last_seen, history.last_seen_exact) == (None, False)
    assert (answer.answer, answer.as_last_seen, answer.as_last_seen_exact) == ("in_force", None, False)


def test_address_learnt_later_replaces_the_unknown_one(tmp_path: Path) -> None:
    """The same bytes first without, then with their address are one page, not two."""
    page = instruction("ZC1.5", date(2024, 1, 1))
    bare = raw(page, SEEN)
    nowhere = RawCapture(
        data=bare.data, media="html", address=None, site_path=None, captured_at=None, filename="x.htm"
    )
    take(tmp_path, nowhere)
    take(tmp_path, bare)
    with KnowledgeBase(tmp_path) as kb:
        assert kb.coverage().captures == 1
        assert len(kb.history_of(Code("ZC1.5")).versions) == 1


def test_page_that_fails_in_the_parser_costs_only_itself(tmp_path: Path) -> None:
    """One fault of our own must not keep fifteen thousand pages out."""
    summary = take(tmp_path, raw(b"fault", SEEN, "toys/y"), *_pages(1))
    assert (summary.understood, summary.not_understood) == (3, 1)
    with KnowledgeBase(tmp_path) as kb:
        (finding,) = kb.findings("error")
        assert finding.kind == "parser_failed"
        assert "ZeroDivisionError" in finding.message
        assert [page.kind for page in kb.other_documents()] == ["not_understood"]


def test_unreadable_source_is_reported_and_the_rest_is_read(tmp_path: Path) -> None:
    """A broken member of an archive is a finding of this load."""
    captures = _pages(1)
    trouble = Finding("error", "unreadable", "can't be read", locator="x.zip!y.htm")
    summary = take(tmp_path, captures[0], trouble, *captures[1:])
    assert summary.problems == (trouble,)
    assert (summary.read, summary.understood, summary.not_understood) == (4, 3, 1)
    assert summary.findings["error"] == 1


def test_lost_original_is_a_finding_and_what_was_read_of_it_is_kept(tmp_path: Path) -> None:
    """What the archive has lost must neither live on unnoticed, nor take an answer with it."""
    take(tmp_path, *_pages(1), raw(instruction("ZC9.5", ON), SEEN))
    with KnowledgeBase(tmp_path) as kb:
        version = kb.in_force_on(Code("ZC9.5"), When(SEEN)).version
        assert version is not None
        assert version.text_capture is not None
        name = version.text_capture.removeprefix("sha256:")
    next((tmp_path / "captures").rglob(name)).unlink()
    assert take(tmp_path).changed
    with KnowledgeBase(tmp_path) as kb:
        assert kb.in_force_on(Code("ZC9.5"), When(SEEN)).answer == "in_force"
        assert [finding.kind for finding in kb.findings("error")] == ["original_missing"]


def test_newer_parser_reads_every_page_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Improved reading has to reach pages that were loaded long ago."""
    captures = _pages(2)
    take(tmp_path, *captures)
    monkeypatch.setattr(manual.load, "stamp", lambda: NEWER_PARSER)
    monkeypatch.setattr(manual.stamp, "stamp", lambda: NEWER_PARSER)
    assert take(tmp_path).parsed == len(captures)
    assert not take(tmp_path).changed


def test_newer_rules_derive_every_history_again_without_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change of the rules about dates must reach every code."""
    take(tmp_path, *_pages(2))
    monkeypatch.setattr(manual.load, "stamp", lambda: NEWER_RULES)
    monkeypatch.setattr(manual.stamp, "stamp", lambda: NEWER_RULES)
    summary = take(tmp_path)
    assert (summary.parsed, summary.codes) == (0, 2)


@pytest.mark.parametrize("key", ["parser", "history"])
def test_home_of_another_program_answers_as_outdated_until_the_next_load(tmp_path: Path, key: str) -> None:
    """After an upgrade yesterday's wrong answers would be given without a word, and kept for ever."""
    take(tmp_path, *_pages(2))
    right = _everything(tmp_path)
    with Writer(files.path_in(tmp_path)) as writer:
        writer.set_meta(**{key: "another"})
    with KnowledgeBase(tmp_path) as kb:
        assert kb.outdated
    summary = take(tmp_path)
    assert (summary.changed, summary.codes, summary.parsed) == (True, 2, 6 if key == "parser" else 0)
    with KnowledgeBase(tmp_path) as kb:
        assert not kb.outdated
    assert _everything(tmp_path) == right


def test_empty_load_makes_a_knowledge_base_that_knows_nothing(tmp_path: Path) -> None:
    """ "Nothing is known" is an answer too."""
    take(tmp_path)
    with KnowledgeBase(tmp_path) as kb:
        assert kb.codes() == ()
        assert kb.newest_capture() is None
        assert kb.in_force_on(Code("ZC1.5"), When(ON)).answer == "unknown_code"
        assert kb.contents_on(When(ON)).entries == ()


class _Bomb:
    """Kills the process at its n-th call."""

    def __init__(self, moment: int) -> None:
        self.left = moment

    def armed(self, call: Callable[..., object]) -> Callable[..., object]:
        def wrapped(*args: object, **kwargs: object) -> object:
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*args, **kwargs)

        return wrapped


_PLACES = (
    (os, "fsync"),
    (os, "replace"),
    (os, "write"),
    (shutil, "copyfile"),
    (Writer, "begin"),
    (Writer, "commit"),
    (Writer, "add_page"),
    (Writer, "set_sightings"),
    (Writer, "put_history"),
    (Writer, "put_links"),
    (Writer, "finish"),
    (files, "switch_in"),
    (files, "discard"),
    (Archive, "add"),
    (Archive, "flush"),
)


def _killed_at(moment: int, home: Path, captures: list[RawCapture]) -> bool:
    """Load in a child that dies at the n-th step; False if it came to its end before."""

    def work() -> None:
        bomb = _Bomb(moment)
        manual.load._PAGES_PER_COMMIT = 8  # so that work is kept in between
        for owner, name in _PLACES:
            setattr(owner, name, bomb.armed(getattr(owner, name)))
        take(home, *captures)

    status = run_in_child(work)
    assert status in (0, signal.SIGKILL), "the load failed in another way than by the kill"
    return status == signal.SIGKILL


def test_kill_at_any_moment_leaves_the_old_answers_and_the_next_load_completes(tmp_path: Path) -> None:
    """A crash must cost time only: never an answer, never a capture."""
    before, more = _pages(3), _pages(6)
    take(tmp_path / "before", *before)
    take(tmp_path / "after", *before, *more)
    old, new = _everything(tmp_path / "before"), _everything(tmp_path / "after")
    moment, kills = 1, 0
    while True:
        home = tmp_path / f"at-{moment}"
        take(home, *before)
        if not _killed_at(moment, home, more):
            break
        kills += 1
        assert _everything(home) in (old, new)
        list(Archive(home).captures())
        take(home, *more)
        assert _everything(home) == new
        assert sorted(path.name for path in home.iterdir()) == ["captures", "kb.lock", "kb.sqlite"]
        moment += 3 if moment > 12 else 1
    assert kills > 20


def test_killed_load_is_taken_up_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hours of reading must not be lost to a closed lid."""
    captures = _pages(8)
    read: list[str] = []
    import toy_pages

    real = toy_pages.parse
    monkeypatch.setattr(toy_pages, "parse", lambda data, **kw: read.append(kw["sha256"]) or real(data, **kw))

    def work() -> None:
        manual.load._PAGES_PER_COMMIT = 8
        bomb = _Bomb(20)
        Writer.add_page = bomb.armed(Writer.add_page)  # type: ignore[method-assign]
        take(tmp_path, *captures)

    assert run_in_child(work) == signal.SIGKILL
    summary = take(tmp_path, *captures)
    assert summary.new == 0
    assert 0 < len(read) < len(captures)
    take(tmp_path / "whole", *captures)
    assert _everything(tmp_path) == _everything(tmp_path / "whole")


def test_full_disk_keeps_the_old_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Running out of space must be said, and must cost nothing that was there."""
    take(tmp_path, *_pages(2))
    old = _everything(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(StoreError, match="No space left"):
        take(tmp_path, *_pages(3))
    monkeypatch.undo()
    assert _everything(tmp_path) == old
    assert take(tmp_path, *_pages(3)).changed
