"""Errors as pages, or as problem JSON (RFC 9457) if JSON was asked for. They show nothing about the machine."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from manual.errors import (
    CitationError,
    DayError,
    IndexFault,
    ManualError,
    NotFound,
    StoreError,
    UnknownCode,
)
from manual.home import is_home
from manual.pages.home_page import ErrorPage
from manual.pages.instruction import UnknownCodePage
from webapp.asked import BadRequest
from webapp.bad_day import asked_in_spite, to_mend, typed_in_head
from webapp.replies import draw, shared, specimen_address

_STATUS: tuple[tuple[type[ManualError], int, str], ...] = (
    (CitationError, 400, "That is not a code"),
    (NotFound, 404, "Not known here"),
    (StoreError, 503, "There is nothing to answer from"),
    (IndexFault, 503, "Search is not ready"),
)
_DO = {
    "That is not a day": "Write the day first, then the month, then the year with four digits.",
    "There is nothing to answer from": "Whoever keeps this copy can load pages or rebuild it; then try again.",
    "Search is not ready": "Codes can be gone to directly, and the contents can be browsed, in the meantime.",
}


def answer_faults(app: Flask) -> None:
    app.register_error_handler(ManualError, _told)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def wants_json() -> bool:
    """Whether the request prefers JSON to a page. `/api` always gets JSON."""
    if request.path == "/api" or request.path.startswith("/api/"):
        return True
    offers = ["text/html", "application/problem+json", "application/json"]
    return (request.accept_mimetypes.best_match(offers, default="text/html") or "").endswith("json")


def problem(status: int, title: str, detail: str, **more: Any) -> Response:
    """A problem document. `type` is left at its default, about:blank, so `title` says what the status means."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return Response(json.dumps(body, ensure_ascii=False), status, content_type="application/problem+json")


def unknown_code(page: UnknownCodePage) -> Response:
    """The problem document for an unknown code."""
    return problem(
        404, page.title, page.sentence, answer="unknown_code", nearest=[code for code, _ in page.nearest]
    )


def _fault(status: int, title: str, detail: str, do: str = "", *, no_text: bool = False) -> Response:
    if wants_json():
        return problem(status, title, detail, **({"do": do} if do else {}))
    specimen = specimen_address() if no_text else ""
    page = ErrorPage(title=title, detail=detail, do=do, status=status, no_text=no_text, specimen=specimen)
    body = draw(page, asked_in_spite(request, shared().settings.today()))
    return Response(body, status, content_type="text/html; charset=utf-8")


def _bad_day(error: DayError) -> Response:
    today = shared().settings.today()
    title = "That is not a day"
    if wants_json():
        return problem(400, title, str(error))
    mend = to_mend(request, today)
    page = ErrorPage(title=title, detail=str(error), do=_DO[title], status=400, mend=mend)
    body = draw(page, asked_in_spite(request, today), typed=typed_in_head(request, today))
    return Response(body, 400, content_type="text/html; charset=utf-8")


def _told(error: ManualError) -> Response:
    if isinstance(error, DayError):
        return _bad_day(error)
    if isinstance(error, BadRequest):
        return _fault(error.status, "That can’t be answered", str(error), error.do)
    if isinstance(error, UnknownCode) and wants_json():
        return problem(404, "Not known here", str(error), answer="unknown_code", nearest=list(error.near))
    for kind, status, title in _STATUS:
        if isinstance(error, kind):
            # The message of a store or index fault names files of this machine; readers need only the fact.
            detail = str(error) if status < 500 else _PLAIN[title]
            if status >= 500:
                current_app.logger.warning("%s The home is %s.", error, shared().settings.home)
            if kind is StoreError and not is_home(shared().settings.home.path):
                detail = "Nothing was loaded into this copy yet."
            return _fault(status, title, detail, _DO.get(title, ""), no_text=kind is StoreError)
    return _unforeseen(error)


_PLAIN = {
    "There is nothing to answer from": "The knowledge base of this copy can’t be read just now.",
    "Search is not ready": "The search index of this copy can’t be read just now.",
}


def _http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return Response(error.get_body(), error.code, error.get_headers())
    if error.code >= 500:
        return _unforeseen(error)
    title = {404: "There is no such page", 405: "This can only be read", 413: "That is too much"}.get(
        error.code, HTTPStatus(error.code).phrase
    )
    response = _fault(
        error.code, title, "Nothing stands at this address." if error.code == 404 else error.name + "."
    )
    if error.code == 405:
        allowed = error.valid_methods if isinstance(error, MethodNotAllowed) else None
        response.headers["Allow"] = ", ".join(sorted(allowed or ("GET", "HEAD", "OPTIONS")))
    return response


def _unforeseen(error: Exception) -> Response:
    current_app.logger.error("unforeseen error at %s", request.path, exc_info=error)
    detail = "Something went wrong here, and not in what you asked. It was written down for whoever keeps this copy."
    try:
        return _fault(500, "That went wrong", detail)
    except Exception:  # the error page itself failed: answer without a template
        return Response(f"500 That went wrong. {detail}\n", 500, content_type="text/plain; charset=utf-8")
