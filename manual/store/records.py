"""Records of `manual.model` as compact JSON and back, without losing a bit.

A record becomes a list of its fields' values without trailing defaults, a day its ordinal, a moment its ISO text. The
format follows the dataclasses: a changed record changes `fingerprint`, and a file in another format is derived again
instead of being misread.
"""

from __future__ import annotations

import dataclasses
import json
import zlib
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Generic, Literal, NewType, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Plain = Callable[[Any], Any]

_AS_IT_IS = (str, int, bool, float)


@dataclasses.dataclass(frozen=True, slots=True)
class Codec(Generic[T]):
    """Converts one type to JSON values and back."""

    encode: Callable[[T], Any]
    decode: Callable[[Any], T]

    def dumps(self, value: T) -> str:
        return dumps(self.encode(value))

    def loads(self, text: str | bytes) -> T:
        return self.decode(json.loads(text))

    def deflate(self, value: T) -> bytes:
        """For large values: compressed JSON, whose Adler-32 checksum shows damage."""
        return zlib.compress(self.dumps(value).encode(), 1)

    def inflate(self, data: bytes) -> T:
        """Raises ValueError if the bytes are damaged."""
        try:
            return self.loads(zlib.decompress(data))
        except zlib.error as problem:
            raise ValueError(f"damaged: {problem}") from problem


def dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@cache
def codec(kind: Any) -> Codec[Any]:
    """The codec for a record, a tuple of records, a day, a moment, text, a number, or an optional one of these."""
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
    """Codecs of one record's fields. Made on first use, since a record may contain itself."""

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
    """A short identifier of the stored format of these records; the same in every process."""
    shapes = [
        (kind.__name__, [(f.name, str(f.type), _default(f)) for f in dataclasses.fields(kind)])
        for kind in kinds
    ]
    return f"{zlib.crc32(repr(sorted(shapes)).encode()):08x}"


def _default(field: dataclasses.Field[Any]) -> str:
    return "" if field.default is dataclasses.MISSING else repr(field.default)
