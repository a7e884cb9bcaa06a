"""Records of `manual.model` as compact JSON and back, without losing a bit.

A record becomes the list of its fields' values, trailing defaults left out; a day becomes its ordinal,
a moment its ISO text. The shape follows the dataclasses, so a changed record changes `fingerprint`, and
a file written in another shape is derived anew instead of being misread.
"""

from __future__ import annotations

import dataclasses
import json
import zlib
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import (
    Any,
    Generic,
    Literal,
    NamedTuple,
    NewType,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

T = TypeVar("T")
Plain = Callable[[Any], Any]

_AS_IT_IS = (str, int, bool, float)


class Codec(NamedTuple, Generic[T]):
    """Turns one type into values that JSON knows, and back."""

    encode: Callable[[T], Any]
    decode: Callable[[Any], T]

    def dumps(self, value: T) -> str:
        return dumps(self.encode(value))

    def loads(self, text: str | bytes) -> T:
        return self.decode(json.loads(text))

    def deflate(self, value: T) -> bytes:
        """For what is large: JSON, deflated; its Adler-32 notices a damaged file."""
        return zlib.compress(self.dumps(value).encode(), 1)

    def inflate(self, data: bytes) -> T:
        """Raises ValueError where the bytes are damaged."""
        try:
            return self.loads(zlib.decompress(data))
        except zlib.error as problem:
            raise ValueError(f"damaged: {problem}") from problem


def dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@cache
def codec(kind: Any) -> Codec[Any]:
    """For a record, a tuple of such, a day, a moment, plain text or a number, or one of these or None."""
    if dataclasses.is_dataclass(kind):
        return _record(kind)
    if isinstance(kind, NewType):
        return codec(kind.__supertype__)
    if get_origin(kind) is tuple:
        return _sequence(kind)
    if get_origin(kind) in (Union, UnionType):
        return _optional(kind)
    if kind is datetime:
        return Codec(datetime.isoformat, datetime.fromisoformat)
    if kind is date:
        return Codec(date.toordinal, date.fromordinal)
    if kind in _AS_IT_IS or get_origin(kind) is Literal:
        return Codec(_same, _same)
    raise TypeError(f"no way to store {kind!r}")


def _same(value: Any) -> Any:
    return value


def _optional(kind: Any) -> Codec[Any]:
    inner_kinds = [arg for arg in get_args(kind) if arg is not NoneType]
    if len(inner_kinds) != 1:
        raise TypeError(f"no way to store {kind!r}")
    inner = codec(inner_kinds[0])
    if inner.encode is _same:
        return inner
    encode, decode = inner.encode, inner.decode
    return Codec(
        lambda value: None if value is None else encode(value),
        lambda value: None if value is None else decode(value),
    )


def _sequence(kind: Any) -> Codec[Any]:
    """Tuples of any length of one type (`tuple[X, ...]`) and tuples of fixed length (`tuple[X, Y]`)."""
    args = get_args(kind)
    if len(args) == 2 and args[1] is Ellipsis:
        inner = codec(args[0])
        if inner.encode is _same:
            return Codec(list, tuple)
        encode, decode = inner.encode, inner.decode
        return Codec(
            lambda values: [encode(value) for value in values],
            lambda values: tuple([decode(value) for value in values]),
        )
    inners = [codec(arg) for arg in args]
    return Codec(
        lambda values: [c.encode(v) for c, v in zip(inners, values, strict=True)],
        lambda values: tuple([c.decode(v) for c, v in zip(inners, values, strict=True)]),
    )


class _Fields:
    """How the fields of one record are turned. Found on first use, since a record may contain itself."""

    def __init__(self, kind: Any) -> None:
        self.encoders: list[tuple[str, Plain | None, Any]] = []
        self.decoders: list[tuple[str, Plain | None]] = []
        hints = get_type_hints(kind)
        for field in dataclasses.fields(kind):
            inner = codec(hints[field.name])
            self.encoders.append((field.name, _unless_same(inner.encode), field.default))
            self.decoders.append((field.name, _unless_same(inner.decode)))


def _unless_same(turn: Plain) -> Plain | None:
    return None if turn is _same else turn


def _record(kind: Any) -> Codec[Any]:
    fields: _Fields | None = None

    def encode(record: Any) -> list[Any]:
        nonlocal fields
        known = fields = fields or _Fields(kind)
        values = []
        used = 0
        for count, (name, turn, default) in enumerate(known.encoders, 1):
            value = getattr(record, name)
            if value != default or type(value) is not type(default):
                used = count
            values.append(value if turn is None else turn(value))
        return values[:used]

    def decode(values: list[Any]) -> Any:
        nonlocal fields
        known = fields = fields or _Fields(kind)
        if len(values) > len(known.decoders):
            raise ValueError(f"{len(values)} values for {kind.__name__}, which has {len(known.decoders)}")
        found = {
            name: value if turn is None else turn(value)
            for (name, turn), value in zip(known.decoders, values, strict=False)
        }
        return kind(**found)

    return Codec(encode, decode)


def fingerprint(kinds: Iterable[Any]) -> str:
    """A short name of the shape of these records, as they are written down; the same in every process."""
    shapes = [
        (kind.__name__, [(f.name, str(f.type), _default(f)) for f in dataclasses.fields(kind)])
        for kind in kinds
    ]
    return f"{zlib.crc32(repr(sorted(shapes)).encode()):08x}"


def _default(field: dataclasses.Field[Any]) -> str:
    return "" if field.default is dataclasses.MISSING else repr(field.default)
