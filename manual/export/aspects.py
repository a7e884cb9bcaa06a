"""What the pages about the whole show of one code, as hashes.

A list of the contents, or of a year's changes, is as it was if it shows of every code what it showed before. So for
each such page a code has an *aspect*: a hash of its line. Pages that no changed code has another aspect for are kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from manual.export.plan import Plan
from manual.export.watched import Watched, short_hash
from manual.model import Block, Code, When
from manual.queries.results import VersionChange

INDEX = "genindex.html"
INVENTORY = "objects.inv"
LISTED = frozenset({"in_force", "disputed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexLine:
    """A title, or a term that an instruction defines."""

    words: str
    code: Code
    pinpoint: str = ""
    defined: bool = False


def contents_address(plan: Plan, day: date) -> str:
    return "contents.html" if day == plan.on else f"contents/on/{day.isoformat()}.html"


def changes_address(first: date, until: date) -> str:
    return f"changes/{first.isoformat()}/{until.isoformat()}.html"


def aspects_of(kb: Watched, plan: Plan, code: Code) -> dict[str, str]:
    """By address of a page about the whole what it shows of `code`; of nothing that is not there."""
    found = {INVENTORY: short_hash(kb.title_of(code, When(plan.on)))}
    for day in (*plan.contents_days, plan.on):
        entries = [(entry.title, entry.status) for entry in kb.entries_on(code, When(day))]
        said = f"{entries} {plan.answer_page(code, day)}"
        found[contents_address(plan, day)] = short_hash(said)
    changes = [(change.day, _change(plan, code, change)) for change in kb.changes_of(code)]
    for first, until in plan.changes:
        among = [said for day, said in changes if first <= day < until]
        if among:
            found[changes_address(first, until)] = short_hash("\n".join(among))
    lines = [(line.words, line.pinpoint, line.defined) for line in index_lines(kb, code, plan.on)]
    if lines:
        found[INDEX] = json.dumps(lines, ensure_ascii=False)  # in full: the page is made of them
    return found


def _change(plan: Plan, code: Code, change: VersionChange) -> str:
    """What the list of a year shows of a change: see `_changes.html`."""
    before = date.fromordinal(change.day.toordinal() - 1)
    shown = (
        change.day,
        change.kind,
        change.title,
        change.part,
        change.disputed,
        bool(change.old),
        bool(change.new),
    )
    pages = [plan.answer_page(code, change.day), plan.compare_page(code, before, change.day)]
    return repr((shown, pages))


def differing_pages(old: Mapping[str, str], new: Mapping[str, str]) -> frozenset[str]:
    return frozenset(page for page in old.keys() | new.keys() if old.get(page) != new.get(page))


# ---------------------------------------------------------------- A to Z

# A clause that defines a term: the term in quotes, or a few words at the beginning, then "means".
# yes: “Sponsor” means a person who … | Acceptable employment means employment that …
# no: By all means an officer may … | This means that
_DEFINES = re.compile(
    r"(?:“(?P<quoted>[^”]{2,60})”|'(?P<single>[^']{2,60})'|(?P<bare>[A-Z][\w’-]*(?: [\w’-]+){0,4}?))"
    r" (?:means|is defined as)\b"
)
_NO_TERM = frozenset(["this", "that", "it", "by", "which", "in", "for", "such", "what"])


def index_lines(kb: Watched, code: Code, on: date) -> Iterator[IndexLine]:
    """The title of a code on a day, and the terms that its text defines."""
    entry = next(iter(kb.entries_on(code, When(on))), None)
    if entry is None or entry.status not in LISTED:
        return
    if entry.title:
        yield IndexLine(words=entry.title, code=code)
    yield from _defined(kb, code, on)


def index_lines_from(code: Code, aspect: str) -> Iterator[IndexLine]:
    """The lines that an aspect holds."""
    for words, pinpoint, defined in json.loads(aspect):
        yield IndexLine(words=words, code=code, pinpoint=pinpoint, defined=defined)


def _defined(kb: Watched, code: Code, on: date) -> Iterator[IndexLine]:
    answer = kb.in_force_on(code, When(on))
    if answer.answer != "in_force" or answer.version is None:
        return
    text = kb.text_of(answer.version)
    if text is None or text.structure == "damaged" or answer.version.other_texts:
        return
    for block in _walk(text.blocks):
        match = _DEFINES.match(block.text.lstrip())
        if match:
            term = match["quoted"] or match["single"] or match["bare"]
            if term.split()[0].lower() not in _NO_TERM:
                yield IndexLine(words=term, code=code, pinpoint=block.pinpoint, defined=True)


def _walk(blocks: Sequence[Block]) -> Iterator[Block]:
    for top in blocks:
        yield from top.walk()
