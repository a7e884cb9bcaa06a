"""Shared by the readers of law, circulars and notices: lines with their positions, names of Acts, keys of works."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from manual.citation.provisions import with_laws
from manual.citation.references import find_refs
from manual.dates import PRINTED_DAY, parse_printed_day
from manual.errors import DayError
from manual.model import Block, Code, Finding, Ref, Severity, Work
from manual.publisher import Publisher


@dataclass(frozen=True, slots=True)
class Said:
    """One line that is not empty. `number`: its number, counting all lines from 1; `indent`: its leading spaces."""

    number: int
    indent: int
    text: str

    @property
    def locator(self) -> str:
        return f"line {self.number}"


def said_in(text: str) -> list[Said]:
    """The lines of a text that are not empty."""
    found = []
    for number, raw in enumerate(text.replace("\u00a0", " ").expandtabs(4).split("\n"), 1):
        words = " ".join(raw.split())
        if words:
            found.append(Said(number, len(raw) - len(raw.lstrip()), words))
    return found


def days_in(text: str) -> Iterator[tuple[date, str, int]]:
    """Each day printed in full and the position where it begins. Days that do not exist are skipped."""
    for match in PRINTED_DAY.finditer(text):
        try:
            yield parse_printed_day(match[0]), match[0], match.start()
        except DayError:
            continue


def key(scheme: str, *names: str) -> Code:
    """The key of a work: `law:immigration-act-2009/s28`."""
    return Work(scheme, "/".join(names)).key


def refs_in(text: str, code: Code, publisher: Publisher) -> tuple[Ref, ...]:
    """The references in a text outside the manual. "(a) above" means a clause of that text and is left out."""
    found = with_laws(find_refs(text, here="", code=Code(""), publisher=publisher), publisher)
    return tuple(ref for ref in found if not ref.target.startswith("("))


def paragraphs(
    lines: Iterable[Said], code: Code, publisher: Publisher, *, kind: str = "paragraph", first: int = 1
) -> tuple[Block, ...]:
    """Each line as a paragraph with its references."""
    return tuple(
        Block(
            kind="paragraph",
            text=line.text,
            pinpoint=f"{kind} {number}",
            refs=refs_in(line.text, code, publisher),
        )
        for number, line in enumerate(lines, first)
    )


def finding(severity: Severity, kind: str, message: str, code: Code | None, line: Said | None) -> Finding:
    return Finding(severity, kind, message, code, locator=line.locator if line else "")
