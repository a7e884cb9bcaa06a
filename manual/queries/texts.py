"""The words and the title of one version, shown with every answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from manual.model import Block, Code, Finding, Instrument, Sha256, SitePath, Structure, Version
from manual.queries.state import State
from manual.store.forms import PageText


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionText:
    """The words of one version as its capture prints them, and that page's neighbours."""

    blocks: tuple[Block, ...]
    structure: Structure
    """`damaged` texts are never to be quoted; `flat` ones carry no labels."""
    capture: Sha256
    instrument: Instrument | None = None
    findings: tuple[Finding, ...] = ()
    """What reading that page brought up."""
    ancestors: tuple[SitePath, ...] = ()
    previous: SitePath | None = None
    next: SitePath | None = None


def text_of(state: State, version: Version) -> VersionText | None:
    if version.text_capture is None:
        return None
    found = state.reader.text(version.id)
    return _made(*found, version.text_capture) if found else None


def other_texts_of(state: State, version: Version) -> tuple[VersionText, ...]:
    """Other texts that were archived for the same first day, each once. If there are any, none counts as the text."""
    found: list[VersionText] = []
    for capture in version.other_texts:
        held = state.reader.text_in(capture, version.code)
        if held is not None and held[0].blocks not in [text.blocks for text in found]:
            found.append(_made(*held, capture))
    return tuple(found)


def _made(page: PageText, findings: tuple[Finding, ...], capture: Sha256) -> VersionText:
    return VersionText(
        blocks=page.blocks,
        structure=page.structure,
        capture=capture,
        instrument=page.instrument,
        findings=findings,
        ancestors=page.ancestors,
        previous=page.previous,
        next=page.next,
    )


def titles_on(state: State, on: date) -> dict[Code, str]:
    """Like `title_on` for every code at once, with few database queries."""
    answers = state.reader.answers_on(on)
    titles = state.kept("titles", state.reader.titles)
    found = {}
    for code in state.codes():
        word, versions = answers.get(code, ("", ()))
        named = versions if word in ("in_force", "ended", "disputed", "undated") else ()
        title = next((titles[id] for id in named if id in titles), "")
        found[code] = title or title_on(state, code, on)
    return found


def title_on(state: State, code: Code, on: date) -> str:
    """The title on a day; where that day has none, the newest one known."""
    for version in state.answer(code, on).named:
        if version.title:
            return version.title
    return newest_title(state, code)


def newest_title(state: State, code: Code) -> str:
    """Empty for an unknown code."""
    timeline = state.timeline(code)
    versions = timeline.history.versions if timeline else ()
    return next((version.title for version in reversed(versions) if version.title), "")
