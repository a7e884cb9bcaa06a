"""The shapes of `json_types` as JSON Schema, to describe the answers to programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import NoneType, UnionType
from typing import (
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

Schema = dict[str, Any]

_PLAIN: Mapping[object, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}
_DAY: Schema = {"type": "string", "format": "date"}
_NULL: Schema = {"type": "null"}


def schema_of(kind: Any, schemas: dict[str, Schema], at: str) -> Schema:
    """The JSON schema of a type of `json_types`. Objects stand in `schemas` by their names and are referred to: `at`
    is the path to `schemas`, such as `#/$defs`.

    Raises TypeError for a type that no answer should have.
    """
    if is_typeddict(kind):
        return _object(kind, schemas, at)
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
        return _one_of([schema_of(one, schemas, at) for one in of])
    if origin is list:
        return {"type": "array", "items": schema_of(of[0], schemas, at)}
    if origin is dict and of[0] is str:
        return {"type": "object", "additionalProperties": schema_of(of[1], schemas, at)}
    raise TypeError(f"no schema for {kind!r}")


def _one_of(schemas: Sequence[Schema]) -> Schema:
    """A schema for several alternatives. A plain type that may be null gets the short form."""
    if len(schemas) == 2 and _NULL in schemas:
        other = next(one for one in schemas if one != _NULL)
        if "type" in other and "enum" not in other:
            return other | {"type": [other["type"], "null"]}
    return {"anyOf": list(schemas)}


def _object(kind: Any, schemas: dict[str, Schema], at: str) -> Schema:
    name = kind.__name__
    if name not in schemas:
        schemas[name] = {}  # an object may hold others of its own kind
        hints = get_type_hints(kind, include_extras=True)
        # asked of the hints themselves: `__required_keys__` does not see it where annotations are kept as text
        optional = {key for key, hint in hints.items() if get_origin(hint) is NotRequired}
        plain = {key: get_args(hint)[0] if key in optional else hint for key, hint in hints.items()}
        schemas[name] |= {
            "type": "object",
            "description": said_of(kind),
            "properties": {key: schema_of(hint, schemas, at) for key, hint in plain.items()},
            "required": [key for key in hints if key not in optional],
        }
    return {"$ref": f"{at}/{name}"}


def said_of(kind: type) -> str:
    """The type's own docstring; its name if it has none."""
    return " ".join((kind.__dict__.get("__doc__") or kind.__name__).split())
