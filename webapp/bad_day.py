"""Days that cannot be read: the page keeps what was typed and says beside the field what is expected."""

from __future__ import annotations

from datetime import date

from flask import Request

from manual.errors import DayError
from manual.pages.frame import Typed
from manual.pages.home_page import Mend, MendField
from manual.pages.links import code_segment
from webapp.asked import Asked, day_or_none

_FORMS = {
    "site.changes": ("changes", (("first", "From"), ("until", "and before"))),
    "site.compare_form": ("compare", (("first", "Earlier day"), ("second", "Later day"))),
}
"""Forms with days of their own, by the view that they are sent to: each field with its label on the page."""
MOST_TYPED = 80
"""Characters that are shown again of what was typed."""
_KEPT = ("on", "known", "layout")
_VIEWS = {"site.history": "/history", "site.compare_form": "/history"}
_PLACES = {"site.contents": "contents", "site.contents_on": "contents", "site.coverage": "coverage"}


def asked_in_spite(request: Request, today: date) -> Asked:
    """The rest of the request, so that it is not lost."""
    known = request.args.get("known", "")
    query = " ".join(request.args.get("q", "").split())
    return Asked(
        on=None,
        known=None if _problem(known, today) else day_or_none(known[:MOST_TYPED], today),
        query=query,
        at=request.args.get("at", "")[:MOST_TYPED],
    )


def typed_in_head(request: Request, today: date) -> Typed:
    """The day as typed in the form in the head, or in an address."""
    given = request.view_args or {}
    on = request.args.get("on", "") or str(given.get("day", ""))
    known = request.args.get("known", "")
    return Typed(
        at=request.args.get("at", "")[:MOST_TYPED] or _place(request),
        on=on[:MOST_TYPED],
        on_problem=_problem(on, today),
        known=known[:MOST_TYPED],
        known_problem=_problem(known, today),
    )


def to_mend(request: Request, today: date) -> Mend | None:
    """The form that was sent, if it has its own day fields and one of them cannot be read."""
    if request.endpoint not in _FORMS:
        return None
    form, fields = _FORMS[request.endpoint]
    given = [(name, label, request.args.get(name, "")) for name, label in fields]
    kept = [(name, request.args[name]) for name in _KEPT if request.args.get(name)]
    found = tuple(
        MendField(name=name, label=label, value=value[:MOST_TYPED], problem=_problem(value, today))
        for name, label, value in given
    )
    if not any(field.problem for field in found):
        return None
    code = str((request.view_args or {}).get("code", ""))
    return Mend(form=form, code=code, fields=found, kept=tuple(kept))


def _place(request: Request) -> str:
    code = str((request.view_args or {}).get("code", ""))
    endpoint = request.endpoint or ""
    return f"{code_segment(code)}{_VIEWS.get(endpoint, '')}" if code else _PLACES.get(endpoint, "home")


def _problem(text: str, today: date) -> str:
    """Why the text is not a day; empty if it is one or is empty."""
    try:
        day_or_none(text[:MOST_TYPED], today)
    except DayError as problem:
        return str(problem)
    return ""
