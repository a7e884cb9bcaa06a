"""Draws the pages of an edition: the site's page objects and templates in a frame without forms that need a server.

Only `base.html` and the pages that the site does not have are the edition's own; every template that words an
answer is the site's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader

from manual.dates import in_words
from manual.export.plan import HeldLinks, Plan
from manual.export.slim import slimmed
from manual.pages.frame import Frame
from manual.pages.render import TEMPLATES as SITE_TEMPLATES
from manual.pages.render import Page
from manual.pages.render import environment as site_environment
from manual.pages.version_view import Share
from manual.publisher import INZ, Publisher

HERE = Path(__file__).resolve().parent
TEMPLATES = HERE / "templates"
STATIC = HERE / "static"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What every page of one edition can say of the whole."""

    on: date
    history: bool
    made: date | None
    """The day the edition gives as its own: SOURCE_DATE_EPOCH where that is set, else the newest capture's. Never the
    clock, or two exports of one knowledge base would differ."""
    newest_capture: date | None
    specimen: Share
    digest: str
    codes: int
    in_force: int
    """Codes that are in force or disputed on the edition's day."""
    publisher: Publisher = INZ

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


def draw(
    page: Page, here: str, day: date, plan: Plan, facts: Facts, *, newest: date | None, **more: Any
) -> bytes:
    """`page` as the bytes of the file `here`, for `day`. `newest`: the newest capture that the page rests on."""
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
    template = environment().get_template(page.template)
    html = template.render(page=page, links=links, frame=frame, edition=facts, **more)
    html = _HASH.sub(r"\1…", tidied(html, other_day=day != plan.on))
    return slimmed(html, escaped="body" not in more).encode()


# What templates link to and the edition does not hold has an empty address. A line that is nothing but such a link
# goes; any other stays as words.
_DEAD_LINE = re.compile(r'<(li|p)><a [^>]*?href=""[^>]*>(?:(?!</a>).)*</a></\1>\n?', re.DOTALL)
_DEAD_COMPARE = re.compile(r' ?<a class="cmp" href="">.*?</a>', re.DOTALL)
_DEAD = re.compile(r'<a (?:[^>]*? )?href=""[^>]*>(.*?)</a>', re.DOTALL)
_NO_TOOLS = re.compile(r'<ul class="tools">\s*</ul>\n?')
# The number of versions is no part of an old version's page: an amendment would change all of them.
_VERSIONS = re.compile(r">History: [\d,]+ versions?</a>")
# manifest.json lists every capture's hash in full; the beginning finds it there.
_HASH = re.compile(r"(<code>[0-9a-f]{16})[0-9a-f]{48}(?=</code>)")
_TODAY_MARK = '<span class="k now"></span> today'
_DIRECTION = re.compile(r' dir="(?:auto|ltr)"|</?bdi>')
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]")


def tidied(html: str, *, other_day: bool) -> str:
    """`html` without links that lead nowhere, and without what changes although the page does not."""
    if 'href=""' in html:
        html = _DEAD_LINE.sub("", html)
        html = _DEAD_COMPARE.sub("", html)
        html = _DEAD.sub(r"\1", html)
        html = _NO_TOOLS.sub("", html)
    html = html.replace(_TODAY_MARK, _TODAY_MARK.replace("today", "the day of this edition"))
    if other_day:
        html = _VERSIONS.sub(">History</a>", html)
    if not _RIGHT_TO_LEFT.search(html):
        html = _DIRECTION.sub("", html)  # it would decide nothing on this page
    return html
