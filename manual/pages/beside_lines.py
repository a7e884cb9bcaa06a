"""Works beside the manual, as lines for people. Apart from their JSON, which showing an instruction need not import."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from manual.dates import in_words
from manual.model import History
from manual.pages.as_text import Lines, line
from manual.pages.changed_words import words_changed_in
from manual.pages.words import (
    SCHEME_NAMES,
    WHICH_ACT,
    change_words,
    circular_named,
    short_validity,
    successor_words,
)
from manual.queries import KnowledgeBase
from manual.queries.beside import LawCited, Scheme

if TYPE_CHECKING:
    from manual.beside_index import WorksFound
    from manual.pages.found import Found


def beside_lines(found: WorksFound) -> Lines:
    """The same for people."""
    if found.total:
        yield line("Beside the manual:", "strong")
    for work in found.shown:
        yield line(f"{SCHEME_NAMES[work.scheme][0]}: {work.title}", indent=2)
        if work.words:
            yield line(work.words, "faint", indent=4)


def around_lines(kb: KnowledgeBase, found: Found) -> Lines:
    """What stands beside an instruction, for people; each work with the key by which it may be asked for."""
    around = kb.around(found.answer)
    if around.laws:
        yield line("The law it rests on:")
    for law in around.laws:
        yield line(f"- {_law_words(law)}", indent=2)
    if around.circulars:
        yield line("Circulars:")
    for change in around.circulars:
        yield line(f"- {circular_named(change.circular)}: {change_words(change)}", indent=2)
    if around.notices:
        yield line("Notices that name it:")
    for notice in around.notices:
        yield line(f"- {notice.title} ({notice.key})", indent=2)
    changed = words_changed_in(found.answer, found.text.blocks, kb.publisher) if found.text else ()
    if changed:
        yield line(f"Words that changed on {in_words(changed[0].day)}:")
    for word in changed:
        yield line(f"- {word.before}: since then {word.since}", indent=2)


def _law_words(law: LawCited) -> str:
    where = f" ({law.held})" if law.held else f" (latest version: {law.address})" if law.address else ""
    if not law.provision.act and not law.successor:
        where = f" ({WHICH_ACT})"
    since = f"; {successor_words(law.successor)}" if law.successor else ""
    held = f" ({law.successor_held})" if law.successor_held else ""
    return f"{law.provision.printed}{where}{since}{held}"


def circular_lines(kb: KnowledgeBase, history: History, known: date | None) -> Lines:
    """The circulars behind the versions of a history."""
    behind = [(version, kb.circulars_behind(version, known)) for version in history.versions]
    if any(changes for _, changes in behind):
        yield line("Circulars behind them:")
    for version, changes in behind:
        for change in changes:
            day = f" from {in_words(change.day)}" if change.day else ""
            said = f"{circular_named(change.circular)}: {change.happens}{day}"
            yield line(f"- {short_validity(version)}: {said}", indent=2)


def all_works_lines(kb: KnowledgeBase, scheme: Scheme | None, known: date | None) -> Lines:
    """Every work beside the manual, by kind, with the key by which it may be asked for."""
    every = kb.works_beside(scheme, known)
    if not every:
        yield line("None is held.")
    for kind in dict.fromkeys(work.scheme for work in every):
        yield line(SCHEME_NAMES[kind][1].capitalize(), "strong")
        for work in every:
            if work.scheme == kind:
                yield line(f"{work.key}  {work.title}".rstrip(), indent=2)
