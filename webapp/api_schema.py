"""The description of the API in OpenAPI 3.1, made from its table and the types of its answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from manual.pages import json_types
from manual.pages.frame import DISCLAIMER, NAME
from manual.pages.json_schema import Schema, said_of, schema_of
from webapp.api_asked import LETTER_SCHEMA

if TYPE_CHECKING:
    from webapp.api import Endpoint

ROOT = "/api/v1"
_AT = "#/components/schemas"
_ABOUT = f"""The answers of {NAME} as JSON: what the command line prints with `--json`.

{DISCLAIMER}

Days are ISO dates; a period includes its first day and excludes its last; unknown is null. Every answer says in
`rests_on` what it rests on. Fields may be added and none is renamed. Whatever can't be answered is a problem document
(RFC 9457). Nothing can be written; all but a letter to be checked is asked with GET. Answers carry an ETag and may be
read from any origin."""


def described(endpoints: Sequence[Endpoint], server: str) -> Schema:
    """The whole document. `server`: the path of the API's root, with the prefix under which this manual is served."""
    schemas: dict[str, Schema] = {}
    schema_of(json_types.Problem, schemas, _AT)
    paths = {one.path: {"get": _operation(one, schemas)} for one in endpoints}
    paths["/citecheck"] = {"post": _citecheck(schemas)}
    return {
        "openapi": "3.1.0",
        "info": {"title": f"{NAME} API", "version": "1", "description": _ABOUT},
        "servers": [{"url": server}],
        "paths": paths,
        "components": {"schemas": dict(sorted(schemas.items()))},
    }


def _operation(endpoint: Endpoint, schemas: dict[str, Schema]) -> Schema:
    headers = {"ETag": {"description": "Changes when the answer can.", "schema": {"type": "string"}}}
    responses: Schema = {
        "200": {
            "description": said_of(endpoint.gives),
            "headers": headers,
            "content": {"application/json": {"schema": schema_of(endpoint.gives, schemas, _AT)}},
        },
        "400": _problem("What was asked can't be understood."),
        "503": _problem("There is nothing to answer from just now."),
        "default": _problem("Any other problem."),
    }
    if "{from}" in endpoint.path:
        responses["303"] = {"description": "The days were given in the other order."}
    if any(one.name in ("code", "part") for one in endpoint.parameters):
        responses["404"] = _problem("Not known here; the nearest codes are offered.")
    return {
        "operationId": endpoint.name,
        "summary": endpoint.says,
        "parameters": [one.described() for one in endpoint.parameters],
        "responses": dict(sorted(responses.items())),
    }


def _citecheck(schemas: dict[str, Schema]) -> Schema:
    """The only address that takes a request body: a letter describes a case and must not be put into an address."""
    return {
        "operationId": "citecheck",
        "summary": "Whether a letter quotes the versions that applied. The letter is read, checked and forgotten.",
        "requestBody": {"required": True, "content": {"application/json": {"schema": LETTER_SCHEMA}}},
        "responses": {
            "200": {
                "description": said_of(json_types.Citecheck),
                "content": {"application/json": {"schema": schema_of(json_types.Citecheck, schemas, _AT)}},
            },
            "400": _problem("What was sent can't be understood."),
            "503": _problem("There is nothing to answer from just now."),
            "default": _problem("Any other problem."),
        },
    }


def _problem(says: str) -> Schema:
    return {
        "description": says,
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
