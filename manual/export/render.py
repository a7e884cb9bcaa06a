"""Renders the pages of an edition: the site's page objects and templates, in a frame without forms for a server.

Only `base.html` and pages that the site does not have are the edition's own templates; every template that words an
answer is the site's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader

from manual.dates import in_words
from manual.export.plan import HeldLinks, Plan
from manual.pages.frame import Frame
from manual.pages.render import TEMPLATES as SITE_TEMPLATES
from manual.pages.render import Page
from manual.pages.render import environment as site_environment
from manual.publisher import INZ, Publisher

HERE = Path(__file__).resolve().parent
TEMPLATES = HERE / "templates"
STATIC = HERE / "static"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What every page of an edition can say about the whole."""

    on: date
    history: bool
    made: date | None
    """The day the edition gives as its own: SOURCE_DATE_EPOCH where that is set, else the newest capture's. Never the
    clock, or two exports of one knowledge base would differ."""
    newest_capture: date | None
    specimen: bool
    digest: str
    codes: int
    in_force: int
    """Codes that are in force or disputed on the edition's day."""
    publisher: Publisher = INZ
    searches: tuple[tuple[str, str], ...] = ()
    """Words of the searches that have a feed, with its address."""

    @property
    def holds(self) -> str:
        if self.history:
            return f"every known version of every instruction; its own day is {in_words(self.on)}"
        return f"the instructions as on {in_words(self.on)}, and no other day"


@cache
def environment() -> Environment:
    """The site's environment with the edition's templates before its own."""
    made = site_environment().overlay(
        loader=ChoiceLoader([FileSystemLoader(TEMPLATES), FileSystemLoader(SITE_TEMPLATES)])
    )
    return made


@cache
def edition_environment() -> Environment:
    """The same for pages beside a manifest, which lists the full hash of each capture, so that pages print only its
    start."""
    made = environment().overlay()
    made.filters = {**made.filters, "bare": lambda sha256: sha256.removeprefix("sha256:")[:16] + "…"}
    return made


def draw(
    page: Page, here: str, day: date, plan: Plan, facts: Facts, *, newest: date | None, **more: Any
) -> bytes:
    """`page` as the bytes of the file `here`, for `day`. `newest`: the newest capture on which the page rests."""
    links = HeldLinks(here=here, on=day, plan=plan)
    frame = Frame(
        publisher=facts.publisher,
        today=plan.on,
        on=day,
        day_chosen=True,
        newest_capture=newest,
        specimen=facts.specimen,
        made_on=facts.made,
    )
    template = edition_environment().get_template(page.template)
    return template.render(page=page, links=links, frame=frame, edition=facts, **more).encode()
