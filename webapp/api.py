"""The JSON API under `/api/v1`: the answers of the command line's `--json`, described by OpenAPI.

A command's arguments are in the path, its options in the query. One table lists, for each address, what it takes, what
it returns and which function answers; both the views and the description are made from it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, g, redirect, request
from werkzeug.exceptions import MethodNotAllowed

from indexer import SearchIndex
from manual.citecheck import check
from manual.citecheck.letter import MOST_CHARACTERS
from manual.errors import IndexFault, UnknownCode
from manual.model import When
from manual.pages import json_answers, json_types
from manual.pages.found import found, part_meant
from manual.publisher import INZ, Publisher
from manual.queries import KnowledgeBase
from webapp import api_asked as asked
from webapp.api_asked import Parameter, day_in_path, limit, read_all
from webapp.api_schema import ROOT, described
from webapp.asked import BadRequest
from webapp.faults import problem
from webapp.replies import shared

api = Blueprint("api", __name__, url_prefix="/api")

Values = Mapping[str, Any]
"""What was asked: the value of each parameter by its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One address of the API."""

    path: str
    """Below the root, with parameters as OpenAPI writes them: `/show/{code}`."""
    says: str
    gives: type
    answer: Callable[[KnowledgeBase, Values], Any]
    parameters: tuple[Parameter, ...]

    @property
    def name(self) -> str:
        return self.path.split("/")[1]

    @property
    def rule(self) -> str:
        """The rule for Flask. A code may contain a slash, as codes of other schemes than the manual's do."""
        path = self.path.replace("{code}", "{path:code}")
        return f"/v1{path}".replace("{", "<").replace("}", ">")


# ---------------------------------------------------------------- who answers


def _kb() -> KnowledgeBase:
    return shared().holdings.kb


def _when(values: Values) -> When:
    return When(values["on"] or g.today, values["known"])


def _show(kb: KnowledgeBase, values: Values) -> json_types.Answer:
    what = found(kb, values["code"], _when(values))
    if what.answer.answer == "unknown_code":
        raise UnknownCode(what.answer.code, what.meant.near or what.answer.nearest_codes)
    return json_answers.shown(kb, what)


def _why(kb: KnowledgeBase, values: Values) -> json_types.Why:
    return json_answers.why(kb, values["code"], _when(values))


def _history(kb: KnowledgeBase, values: Values) -> json_types.History:
    return json_answers.history(kb, values["code"], values["known"])


def _compare(kb: KnowledgeBase, values: Values) -> json_types.Comparison:
    return json_answers.compare(kb, values["code"], values["one"], values["other"], values["known"])


def _contents(kb: KnowledgeBase, values: Values) -> json_types.Contents:
    return json_answers.contents(kb, _when(values))


def _changes(kb: KnowledgeBase, values: Values) -> json_types.Changes:
    first, until = values["from"], values["to"]
    answer = json_answers.changes(kb, first, until, values["known"], _stretch(values))
    answer["paging"] = _paging(values, sum(answer["totals"].values()))
    return answer


def _coming(kb: KnowledgeBase, values: Values) -> json_types.Coming:
    return json_answers.coming(kb, _when(values))


def _coverage(kb: KnowledgeBase, values: Values) -> json_types.Coverage:
    return json_answers.coverage(kb, values["known"])


def _check(kb: KnowledgeBase, values: Values) -> json_types.Check:
    answer = json_answers.check(kb, values["severity"], values["known"], _stretch(values))
    severities = [values["severity"]] if values["severity"] else list(answer["totals"])
    answer["paging"] = _paging(values, sum(answer["totals"][severity] for severity in severities))
    return answer


def _wanted(kb: KnowledgeBase, values: Values) -> json_types.Wanted:
    when = When(g.today, values["known"])
    answer = json_answers.wanted(kb, when, values["part"], values["stale"], _stretch(values))
    answer["paging"] = _paging(values, answer["totals"]["all"])
    return answer


def _search(kb: KnowledgeBase, values: Values) -> json_types.Search:
    on = values["on"] or g.today
    result = _index(kb, values["known"]).search(
        values["q"],
        None if on == asked.ANY else on,
        limit=values["limit"],
        offset=values["offset"],
        sort=values["sort"],
        part=part_meant(values["part"], kb.publisher) if values["part"] else None,
        status=values["status"],
        year=values["year"],
        expand=values["expand"] == "yes",
    )
    answer = json_answers.search(kb, result, g.today, values["known"])
    answer["paging"] = _paging(values, result.total)
    return answer


def _index(kb: KnowledgeBase, known: date | None) -> SearchIndex:
    """The index of this state of the knowledge base, or of what was known by a day. Raises IndexFault if there is
    none."""
    here = shared().holdings
    index = here.index_at(known)
    if index is here.index_or_none() and index.digest != kb.digest:
        raise IndexFault("The search index was made from another state of the knowledge base.")
    return index


def _terms(kb: KnowledgeBase, values: Values) -> json_types.Terms:
    return json_answers.terms(kb, values["term"] or "", _when(values))


def _beside(kb: KnowledgeBase, values: Values) -> json_types.Works:
    answer = json_answers.works(kb, values["kind"], values["known"], _stretch(values))
    answer["paging"] = _paging(values, answer["total"])
    return answer


def _stretch(values: Values) -> slice:
    return slice(values["offset"], values["offset"] + values["limit"])


def _paging(values: Values, total: int) -> json_types.Paging:
    offset, at_once = values["offset"], values["limit"]
    later = offset + at_once
    more = later < total and later <= asked.LAST_OFFSET
    return {
        "offset": offset,
        "limit": at_once,
        "total": total,
        "next": _this_address({"offset": later}) if more else None,
    }


def _this_address(other: Mapping[str, object]) -> str:
    """The requested address with some parameters changed."""
    parameters = {name: request.args[name] for name in request.args} | {k: str(v) for k, v in other.items()}
    return f"{shared().settings.origin}{quote(request.root_path + request.path)}?{urlencode(parameters)}"


# ---------------------------------------------------------------- the table

_DIALS = (asked.ON, asked.KNOWN)
_PAGED = (limit(100), asked.OFFSET)


@cache
def endpoints(publisher: Publisher) -> tuple[Endpoint, ...]:
    """The table. Only the pattern of a code depends on the publisher."""
    code = asked.code(publisher)
    return (
        Endpoint(
            path="/show/{code}",
            says="What was in force under a code on a day, and its text where that is held.",
            gives=json_types.Answer,
            answer=_show,
            parameters=(code, *_DIALS),
        ),
        Endpoint(
            path="/why/{code}",
            says="What stands behind an answer: statements, versions considered, rules, and what would settle it.",
            gives=json_types.Why,
            answer=_why,
            parameters=(code, *_DIALS),
        ),
        Endpoint(
            path="/history/{code}",
            says="Every version of a code, and how each bound is known.",
            gives=json_types.History,
            answer=_history,
            parameters=(code, asked.KNOWN),
        ),
        Endpoint(
            path="/compare/{code}/{one}/{other}",
            says="The words of an instruction on two days, clause by clause.",
            gives=json_types.Comparison,
            answer=_compare,
            parameters=(
                code,
                day_in_path("one", "The day of the old text.", "2024-08-15"),
                day_in_path("other", "The day of the new text.", "2025-04-01"),
                asked.KNOWN,
            ),
        ),
        Endpoint(
            path="/contents",
            says="The table of contents as of a day, with the answer for each code.",
            gives=json_types.Contents,
            answer=_contents,
            parameters=_DIALS,
        ),
        Endpoint(
            path="/changes/{from}/{to}",
            says="What began, was replaced, ended or was revoked in the whole manual.",
            gives=json_types.Changes,
            answer=_changes,
            parameters=(
                day_in_path("from", "The first day.", "2025-01-01"),
                day_in_path("to", "The day after the last one.", "2025-07-01"),
                asked.KNOWN,
                *_PAGED,
            ),
        ),
        Endpoint(
            path="/coming",
            says="What is announced and not yet in force on a day.",
            gives=json_types.Coming,
            answer=_coming,
            parameters=_DIALS,
        ),
        Endpoint(
            path="/search",
            says="Instructions whose text or title holds the words, as in force on a day or at any time.",
            gives=json_types.Search,
            answer=_search,
            parameters=(
                asked.WORDS,
                asked.ON_OR_ANY,
                asked.KNOWN,
                asked.PART,
                asked.STATUS,
                asked.YEAR,
                asked.SORT,
                asked.EXPAND,
                limit(20),
                asked.OFFSET,
            ),
        ),
        Endpoint(
            path="/terms",
            says="Terms that instructions in force on a day define, and where.",
            gives=json_types.Terms,
            answer=_terms,
            parameters=(asked.TERM, *_DIALS),
        ),
        Endpoint(
            path="/beside",
            says="Law, plain-language accounts, circulars and notices, each with the code to ask for it.",
            gives=json_types.Works,
            answer=_beside,
            parameters=(asked.KIND, asked.KNOWN, *_PAGED),
        ),
        Endpoint(
            path="/wanted",
            says="The pages whose text is not held and would matter, most useful first.",
            gives=json_types.Wanted,
            answer=_wanted,
            parameters=(asked.below(publisher), asked.STALE, asked.KNOWN, *_PAGED),
        ),
        Endpoint(
            path="/coverage",
            says="How complete this copy is, part by part.",
            gives=json_types.Coverage,
            answer=_coverage,
            parameters=(asked.KNOWN,),
        ),
        Endpoint(
            path="/check",
            says="Findings: what the pages state that can't all be true, and what was not understood.",
            gives=json_types.Check,
            answer=_check,
            parameters=(asked.SEVERITY, asked.KNOWN, *_PAGED),
        ),
    )


# ---------------------------------------------------------------- addresses


def _endpoints() -> tuple[Endpoint, ...]:
    return endpoints(shared().settings.publisher)


def _view(name: str, **path: str) -> Response:
    endpoint = next(one for one in _endpoints() if one.name == name)
    values = read_all(endpoint.parameters, path, request.args)
    if name == "changes" and values["from"] > values["to"]:  # as on the site: two days bound one period
        days = f"{values['to']}/{values['from']}"
        query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
        return redirect(f"{request.root_path}{ROOT}/changes/{days}{query}", 303)  # type: ignore[return-value]
    return _reply(endpoint.answer(_kb(), values))


def _reply(body: Any) -> Response:
    response = Response(json.dumps(body, ensure_ascii=False), content_type="application/json")
    if "tag" in g:
        response.headers["ETag"] = f'"{g.tag}"'
    if body.get("paging") and body["paging"]["next"]:
        response.headers["Link"] = f'<{body["paging"]["next"]}>; rel="next"'
    return response


for _endpoint in endpoints(INZ):  # the addresses are the same for all publishers
    api.add_url_rule(
        _endpoint.rule,
        endpoint=_endpoint.name,
        view_func=partial(_view, _endpoint.name),
        methods=["GET"],
        merge_slashes=False,
    )


@api.post("/v1/citecheck")
def citecheck() -> Response:
    """Check a letter against every version. Nothing of it is kept."""
    request.max_content_length = 4 * MOST_CHARACTERS
    if not request.is_json:
        raise BadRequest(
            "The letter must be sent as JSON.", "Send it with Content-Type: application/json.", 415
        )
    sent = asked.letter_asked(request.get_json(silent=True))
    kb = _kb()
    with kb.steady():
        report = check(sent.letter, sent.days, kb, _index(kb, sent.known), sent.known)
        return _reply(json_answers.citechecked(kb, report))


@api.get("/v1/citecheck")
def citecheck_is_sent() -> Response:
    """The answer to GET: a letter must not be put into an address."""
    raise MethodNotAllowed(["POST", "OPTIONS"])


@api.get("/v1/openapi.json")
def openapi() -> Response:
    """The description of the API in OpenAPI 3.1."""
    return _reply(described(_endpoints(), f"{request.root_path}{ROOT}"))


@api.get("")
@api.get("/")
@api.get("/v1")
@api.get("/<path:rest>")
def elsewhere(rest: str = "") -> Response:
    """The answer to any other address below `/api`: it says where the description is."""
    address = f"{shared().settings.origin}{request.root_path}{ROOT}/openapi.json"
    return problem(
        404, "There is no such page", f"Nothing stands at this address. {address} describes the API."
    )


@api.after_request
def _open_to_all(response: Response) -> Response:
    """Allow pages of any site to read the answers (CORS). No cookies are involved and nothing can be written."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Link"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if request.method == "OPTIONS":
        posted = request.path == f"{ROOT}/citecheck"
        allowed = "POST, OPTIONS" if posted else "GET, HEAD, OPTIONS"
        response.headers["Allow"] = response.headers["Access-Control-Allow-Methods"] = allowed
        response.headers["Access-Control-Allow-Headers"] = "Content-Type" if posted else "If-None-Match"
    return response
