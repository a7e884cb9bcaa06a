"""Frozen dataclasses that are made quickly: what `dataclasses` compiles for each class is compiled when first used.

The standard decorator writes and compiles up to eleven functions for every class. With some thirty records that was a
third of the time from the shell to an answer, though most commands make few of them and compare fewer. Here a class
begins with stand-ins; the first call of one has the real functions made and put in its place, so nothing is slower
afterwards.

    from manual.quick import dataclass

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Citation: ...
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn

__all__ = ["dataclass"]

_COMPARING = ("__eq__", "__hash__", "__repr__")
_ORDERING = ("__lt__", "__le__", "__gt__", "__ge__")


def _quick_dataclass(
    *, frozen: bool, slots: bool, kw_only: bool = False, order: bool = False
) -> Callable[[type], type]:
    """As `dataclasses.dataclass`, for frozen records in slots without default factories; others are refused."""
    if not (frozen and slots):
        raise TypeError("only frozen dataclasses with slots are made here")

    def made(kind: type) -> type:
        cls: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(kind)
        if any(field.default_factory is not dataclasses.MISSING for field in dataclasses.fields(cls)):
            raise TypeError(f"{cls.__name__} has a default factory; make it with dataclasses")
        cls.__init__ = _first_init
        for name in _COMPARING + (_ORDERING if order else ()):
            setattr(cls, name, _first_call(name, cls, order))
        cls.__setattr__, cls.__delattr__ = _refuse_to_assign, _refuse_to_delete
        cls.__getstate__, cls.__setstate__ = _state, _set_state
        return cls  # type: ignore[no-any-return]

    return made


if TYPE_CHECKING:
    from dataclasses import dataclass  # to a type checker it is nothing else
else:
    dataclass = _quick_dataclass


# ---------------------------------------------------------------- making


def _first_init(self: Any, *args: Any, **named: Any) -> None:
    cls = type(self)
    cls.__init__ = _init_of(cls)
    self.__init__(*args, **named)


def _init_of(cls: Any) -> Callable[..., None]:
    """The function that `dataclasses` would have written."""
    fields = dataclasses.fields(cls)
    names: dict[str, Any] = {"__assign": object.__setattr__}
    arguments = ["self", "*"] if fields and fields[0].kw_only else ["self"]
    for field in fields:
        names[f"__default_{field.name}"] = field.default
        given = field.default is not dataclasses.MISSING
        arguments.append(f"{field.name}=__default_{field.name}" if given else field.name)
    body = "".join(f"    __assign(self, {field.name!r}, {field.name})\n" for field in fields)
    if hasattr(cls, "__post_init__"):
        body += "    self.__post_init__()\n"
    exec(f"def __init__({', '.join(arguments)}):\n{body or '    pass'}", names)
    made: Callable[..., None] = names["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


# ---------------------------------------------------------------- comparing, hashing, printing


def _first_call(name: str, cls: Any, order: bool) -> Callable[..., Any]:
    """A stand-in for one of the functions that compare, hash or print."""

    def stand_in(self: Any, *others: Any) -> Any:
        _complete(cls, order)
        return getattr(self, name)(*others)

    return stand_in


def _complete(cls: Any, order: bool) -> None:
    """Have `dataclasses` make all of them for a twin with the same fields, and take them over."""
    body: dict[str, Any] = {"__annotations__": {}, "__qualname__": cls.__qualname__, "__doc__": "A twin."}
    for field in dataclasses.fields(cls):
        body["__annotations__"][field.name] = field.type
        body[field.name] = dataclasses.field(repr=field.repr, hash=field.hash, compare=field.compare)
    twin = type(cls.__name__, (), body)
    dataclasses.dataclass(init=False, order=order, unsafe_hash=True)(twin)
    for name in _COMPARING + (_ORDERING if order else ()):
        setattr(cls, name, vars(twin)[name])


# ---------------------------------------------------------------- what all classes share


def _refuse_to_assign(self: object, name: str, value: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self.__slots__]


def _set_state(self: Any, state: list[Any]) -> None:
    for name, value in zip(self.__slots__, state, strict=True):
        object.__setattr__(self, name, value)
