"""The description of the API in OpenAPI 3.1, made of its table and of the types of its answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from manual.pages import json_types
from manual.pages.frame import DISCLAIMER, NAME

if TYPE_CHECKING:
    from webapp.api import Endpoint

ROOT = "/api/v1"
Schema = dict[str, Any]

_PLAIN: Mapping[object, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}
_DAY: Schema = {"type": "string", "format": "date"}
_NULL: Schema = {"type": "null"}
_ABOUT = f"""The answers of {NAME} as JSON: what the command line prints with `--json`.

{DISCLAIMER}

Days are ISO dates; a period includes its first day and excludes its last; unknown is null. Every answer says in
`rests_on` what it rests on. Fields may be added and none is renamed. Whatever can't be answered is a problem document
(RFC 9457). Only GET and HEAD are understood; answers carry an ETag and may be read from any origin."""


def described(endpoints: Sequence[Endpoint], server: str) -> Schema:
    """The whole document. `server`: the path of the API's root, with the prefix under which this manual is served."""
    schemas: dict[str, Schema] = {}
    schema_of(json_types.Problem, schemas)
    paths = {one.path: {"get": _operation(one, schemas)} for one in endpoints}
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
            "description": _said_of(endpoint.gives),
            "headers": headers,
            "content": {"application/json": {"schema": schema_of(endpoint.gives, schemas)}},
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


def _problem(says: str) -> Schema:
    return {
        "description": says,
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


# ---------------------------------------------------------------- types as schemas


def schema_of(kind: Any, schemas: dict[str, Schema]) -> Schema:
    """The JSON schema of a type of `json_types`. Objects stand in `schemas` by their names and are referred to.

    Raises TypeError for a type that no answer should have.
    """
    if is_typeddict(kind):
        return _object(kind, schemas)
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    if kind is NoneType:
        return dict(_NULL)
    origin, of = get_origin(kind), get_args(kind)
    if origin is Annotated and of[1:] == ("day",):
        return dict(_DAY)
    if origin is Literal:
        return {"type": "string", "enum": list(of)}
    if origin in (Union, UnionType):
        return _one_of([schema_of(one, schemas) for one in of])
    if origin is list:
        return {"type": "array", "items": schema_of(of[0], schemas)}
    if origin is dict and of[0] is str:
        return {"type": "object", "additionalProperties": schema_of(of[1], schemas)}
    raise TypeError(f"no schema for {kind!r}")


def _one_of(schemas: Sequence[Schema]) -> Schema:
    """A plain type that may be null is written in short."""
    if len(schemas) == 2 and _NULL in schemas:
        other = next(one for one in schemas if one != _NULL)
        if "type" in other and "enum" not in other:
            return other | {"type": [other["type"], "null"]}
    return {"anyOf": list(schemas)}


def _object(kind: Any, schemas: dict[str, Schema]) -> Schema:
    name = kind.__name__
    if name not in schemas:
        schemas[name] = {}  # an object may hold others of its own kind
        hints = get_type_hints(kind, include_extras=True)
        # asked of the hints themselves: `__required_keys__` does not see it where annotations are kept as text
        optional = {key for key, hint in hints.items() if get_origin(hint) is NotRequired}
        plain = {key: get_args(hint)[0] if key in optional else hint for key, hint in hints.items()}
        schemas[name] |= {
            "type": "object",
            "description": _said_of(kind),
            "properties": {key: schema_of(hint, schemas) for key, hint in plain.items()},
            "required": [key for key in hints if key not in optional],
        }
    return {"$ref": f"#/components/schemas/{name}"}


def _said_of(kind: type) -> str:
    """The docstring of a type itself; its name where it has none."""
    return " ".join((kind.__dict__.get("__doc__") or kind.__name__).split())
