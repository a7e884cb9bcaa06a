"""Records of `manual.model` as compact JSON and back, without losing a bit.

A record becomes a list of its fields' values without trailing defaults, a day its ordinal, a moment its ISO text.
Behind the JSON stands its checksum, which is verified at every reading. The format follows the records: a changed
record changes `fingerprint`, and a file in another format is derived again instead of being misread.
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
SUM_LENGTH = 8


class Codec(NamedTuple, Generic[T]):
    """Converts one type to JSON values and back."""

    encode: Callable[[T], Any]
    decode: Callable[[Any], T]

    def dumps(self, value: T) -> str:
        """JSON, and behind it its CRC-32 in `SUM_LENGTH` hexadecimal digits."""
        text = dumps(self.encode(value))
        return f"{text}{zlib.crc32(text.encode()):08x}"

    def loads(self, text: str) -> T:
        """Raises ValueError where the text is not the one that was written."""
        said = text[:-SUM_LENGTH]
        if f"{zlib.crc32(said.encode()):08x}" != text[-SUM_LENGTH:]:
            raise ValueError("a record is not the one that was written")
        return self.decode(json.loads(said))

    def deflate(self, value: T) -> bytes:
        """For large values: the same, compressed."""
        return zlib.compress(self.dumps(value).encode(), 1)

    def inflate(self, data: bytes) -> T:
        """Raises ValueError if the bytes are damaged."""
        try:
            return self.loads(zlib.decompress(data).decode())
        except zlib.error as problem:
            raise ValueError(f"damaged: {problem}") from problem


def dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@cache
def codec(kind: Any) -> Codec[Any]:
    """The codec for a record, a tuple of records, a day, a moment, text, a number, or an optional one of these."""
    if dataclasses.is_dataclass(kind) or is_named_tuple(kind):
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
        for name, default in _fields_of(kind):
            inner = codec(hints[name])
            self.encoders.append((name, _unless_same(inner.encode), default))
            self.decoders.append((name, _unless_same(inner.decode)))


def is_named_tuple(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_field_defaults")


def _fields_of(kind: Any) -> list[tuple[str, Any]]:
    """The fields of a record, which is a dataclass or a named tuple, and their defaults."""
    if dataclasses.is_dataclass(kind):
        return [(field.name, field.default) for field in dataclasses.fields(kind)]
    return [(name, kind._field_defaults.get(name, dataclasses.MISSING)) for name in kind._fields]


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
    shapes = [(kind.__name__, _shape_of(kind)) for kind in kinds]
    return f"{zlib.crc32(repr(sorted(shapes)).encode()):08x}"


def _shape_of(kind: Any) -> list[tuple[str, str, str]]:
    """Name, type and default of each field."""
    hints = get_type_hints(kind)
    return [
        (name, str(hints[name]), "" if default is dataclasses.MISSING else repr(default))
        for name, default in _fields_of(kind)
    ]
