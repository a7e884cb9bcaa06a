"""Addresses of law, circulars, notices and defined terms."""

from __future__ import annotations

from flask import Blueprint, Response, g, redirect, request

from manual.errors import NotFound
from manual.model import Code, Work
from manual.pages.terms_page import terms_page
from manual.pages.work_page import LISTS, beside_page, work_page
from manual.queries.beside import Scheme
from webapp.asked import asked_of
from webapp.replies import links_for, reply, shared

beside = Blueprint("beside", __name__)


@beside.get("/law")
def law() -> Response:
    return _list(("law",))


@beside.get("/circulars")
def circulars() -> Response:
    return _list(("circular",))


@beside.get("/notices")
def notices() -> Response:
    return _list(("notice",))


def _list(schemes: tuple[Scheme, ...]) -> Response:
    asked = asked_of(request, g.today)
    return reply(beside_page(shared().holdings.kb, asked.known, schemes, LISTS[schemes]), asked)


@beside.get("/terms")
def terms() -> Response:
    asked = asked_of(request, g.today)
    return reply(terms_page(shared().holdings.kb, asked.when(g.today)), asked)


@beside.get("/law/<act>/<place>")
def provision(act: str, place: str) -> Response:
    return _work("law", f"{act}/{place}".lower())


@beside.get("/circulars/<number>")
def circular(number: str) -> Response:
    return _work("circular", number)


@beside.get("/notices/<name>")
def notice(name: str) -> Response:
    return _work("notice", name)


def _work(scheme: str, code: str) -> Response:
    asked = asked_of(request, g.today)
    try:
        key: Code = Work(scheme, code).key
    except ValueError as problem:
        raise NotFound(code) from problem
    return reply(work_page(shared().holdings.kb, key, asked.when(g.today)), asked)


@beside.get("/<any(law, circular, notice):scheme>:<path:code>")
def by_key(scheme: str, code: str) -> Response:
    """Redirect from the key of a work, as used in JSON, to its page."""
    links = links_for(asked_of(request, g.today))
    return redirect(links.work(Work(scheme, code).key), 301)  # type: ignore[return-value]
