"""Renders pages, with one template environment for the site and the static edition, so that they cannot differ."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from manual.dates import in_words, printed
from manual.model import SitePath
from manual.pages.frame import CAUTION, DISCLAIMER, NAME, SITE_NAME, Frame
from manual.pages.held import comparable
from manual.pages.links import Links, Place, found_at
from manual.pages.saving import SAVING
from manual.pages.source_page import address_of_page
from manual.pages.text import head_rows
from manual.pages.words import (
    ANSWER_LABEL,
    AS_KEEPER_SAYS,
    DAMAGED,
    NOT_HELD,
    NOT_YET,
    SCHEME_NAMES,
    SETTLE,
    SPECIMEN_SAID,
    TEXTS_DISPUTED,
    UNTITLED,
    circular_named,
    citation,
    counted,
    further_reasons,
    gap_sentence,
    is_invented,
    last_seen_sentence,
    short_validity,
    starts_after,
    successor_words,
)

HERE = Path(__file__).resolve().parent
TEMPLATES = HERE / "templates"
STATIC = HERE / "static"


class Page(Protocol):
    """What every page object has."""

    @property
    def template(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def place(self) -> Place: ...
    @property
    def status(self) -> int: ...


@cache
def environment() -> Environment:
    """The Jinja environment: escaping on, unknown names an error, templates compiled once per process."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(
        words=in_words,
        printed=printed,
        counted=counted,
        cited=lambda pinpoint, answer: citation(answer, pinpoint),
        invented=is_invented,
        last_seen=last_seen_sentence,
        gap=gap_sentence,
        further_reasons=further_reasons,
        starts_after=starts_after,
        period=short_validity,
        comparable=comparable,
        answer_label=lambda answer: ANSWER_LABEL[answer.answer].lower(),
        found_at=found_at,
        circular_named=circular_named,
        successor_words=successor_words,
        authority_kind=lambda scheme, number: SCHEME_NAMES[scheme][number != 1],
        head_rows=head_rows,
        bare=lambda sha256: sha256.removeprefix("sha256:"),
    )
    made.globals.update(
        NAME=NAME,
        SITE_NAME=SITE_NAME,
        NOT_YET=NOT_YET,
        UNTITLED=UNTITLED,
        SPECIMEN_SAID=SPECIMEN_SAID,
        CAUTION=CAUTION,
        AS_KEEPER_SAYS=AS_KEEPER_SAYS,
        SAVING=SAVING,
        contents_address=lambda publisher: address_of_page(SitePath(f"{publisher.folder}/toc"), publisher),
        DISCLAIMER=DISCLAIMER,
    )
    made.globals.update(NOT_HELD=NOT_HELD, DAMAGED=DAMAGED, SETTLE=SETTLE, TEXTS_DISPUTED=TEXTS_DISPUTED)
    return made


def render(page: Page, links: Links, frame: Frame, **more: Any) -> str:
    """`page` as HTML."""
    return environment().get_template(page.template).render(page=page, links=links, frame=frame, **more)


@cache
def drawing_digest() -> str:
    """A digest of the templates, static files and modules of pages. It is part of every ETag, since changed rendering
    changes the page."""
    seen = hashlib.sha256()
    for folder in (HERE, TEMPLATES, STATIC):
        for path in sorted(folder.iterdir()):
            if path.is_file():
                seen.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return seen.hexdigest()[:16]
