"""Homes, pages and answers for the tests of what is lost: small, real in form, and read by the real parser."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from manual.captures import Archive
from manual.load import load
from manual.model import When
from manual.queries import KnowledgeBase

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SEEN = date(2025, 1, 1)
DAYS = (date(2019, 1, 1), date(2020, 6, 1), date(2025, 2, 1))


def page(number: int, words: str = "") -> str:
    row = (
        f'<p class="relateditem"><a href="92{number:03}.htm">ZK1.{number} Kites {number} (01/02/2018)</a></p>'
    )
    heading = '<p class="relatedheading">PREVIOUS IMMIGRATION INSTRUCTIONS</p>'
    related = f'<table class="relatedtopics belowtopictext"><tr><td>{heading}{row}</td></tr></table>'
    return (
        f"<!DOCTYPE html><html><head><title>ZK1.{number} Kites {number}</title></head><body>"
        f'<table><tr><td id="main"><p id="t91{number:03}" class="heading4">ZK1.{number} Kites {number}</p>'
        f'<p class="bodytext">A kite {number} flies, see ZK1.{number + 1}. {words}</p>'
        f'<ol class="listletter"><li>with a string</li><li>on a day that is no {number}</li></ol>'
        f'<p class="effectivedate">Effective 01/02/2020</p>{related}</td></tr></table></body></html>'
    )


def contents() -> str:
    rows = "".join(f'<p><a href="91{n:03}.htm">ZK1.{n} Kites {n}</a></p>' for n in range(1, 30))
    tops = "<p>Administration</p><p>Residence</p><p>ZK Kites</p><p>ZK1 Kites</p>"
    return f"<!DOCTYPE html><html><body>{tops}{rows}</body></html>"


def folder_of(path: Path, pages: range, words: str = "") -> Path:
    path.mkdir(parents=True, exist_ok=True)
    for number in pages:
        (path / f"91{number:03}.htm").write_text(page(number, words), "utf-8")
    return path


def answers(home: Path) -> list[str]:
    """All that is said: answers, texts, contents, findings."""
    with KnowledgeBase(home) as kb:
        return said_by(kb)


def said_by(kb: KnowledgeBase) -> list[str]:
    found = [kb.in_force_on(code, When(day)) for code in kb.codes() for day in DAYS]
    said = [repr(answer) for answer in found]
    said += [repr(kb.text_of(answer.version)) for answer in found if answer.version]
    said += [repr(kb.history_of(code)) for code in kb.codes()]
    said += [repr(kb.contents_on(When(SEEN))), repr(sorted(map(repr, kb.findings())))]
    return said


def take_in(home: Path, folder: Path) -> None:
    load(home, [folder], captured=SEEN, now=NOW)


def litter(home: Path) -> list[str]:
    """Files that nothing needs once a load has ended."""
    names = [path.name for path in home.rglob("*") if path.is_file()]
    return [n for n in names if n.endswith((".part", ".aside", ".new", ".building", ".copy", "-journal"))]


def whole(home: Path) -> bool:
    archive = Archive(home)
    return all(archive.has_whole(capture.sha256) for capture in archive.captures())


def in_child(work: Callable[[], object]) -> int:
    """The process that does it, in a group of its own."""
    child = os.fork()
    if child:
        return child
    try:
        os.setpgid(0, 0)
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        work()
    except BaseException:
        os._exit(1)
    os._exit(0)


def end(child: int) -> int:
    """Kill it, with what it started; gives how it ended."""
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:
        os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]
