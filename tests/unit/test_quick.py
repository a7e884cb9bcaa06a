"""Records that are made quickly behave as the standard library's."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from operator import ge, gt, le, lt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manual import model, quick


@quick._quick_dataclass(frozen=True, slots=True, order=True)
class Quick:
    """A record with all that fields may have."""

    number: int
    word: str = "none"
    aside: int | None = dataclasses.field(default=None, compare=False)


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Standard:
    """The same from the standard library."""

    number: int
    word: str = "none"
    aside: int | None = dataclasses.field(default=None, compare=False)


@quick._quick_dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A record whose fields must be named; those with defaults may come first."""

    word: str = ""
    number: int


@quick._quick_dataclass(frozen=True, slots=True)
class Picky:
    """A record that looks at what it is made of."""

    number: int

    def __post_init__(self) -> None:
        if self.number < 0:
            raise ValueError("below nothing")


def test_a_record_may_refuse_what_it_is_made_of() -> None:
    """A dial set to a moment instead of a day would be believed."""
    assert [Picky(n).number for n in (1, 2)] == [1, 2]
    for _ in range(2):  # the first time and any other
        with pytest.raises(ValueError, match="below nothing"):
            Picky(-1)


VALUES = st.tuples(st.integers(0, 2), st.sampled_from(["", "a", "b"]), st.none() | st.integers(0, 1))


@given(VALUES, VALUES)
def test_records_compare_hash_and_print_as_the_standard_ones_do(one: Any, other: Any) -> None:
    """Sets of statements, and so histories, would come out differently."""
    quick_pair, standard_pair = (Quick(*one), Quick(*other)), (Standard(*one), Standard(*other))
    assert (quick_pair[0] == quick_pair[1]) == (standard_pair[0] == standard_pair[1])
    for compare in (lt, le, gt, ge):
        assert compare(*quick_pair) == compare(*standard_pair)
    assert hash(quick_pair[0]) == hash(standard_pair[0])
    assert repr(quick_pair[0]) == repr(standard_pair[0]).replace("Standard", "Quick")
    assert dataclasses.astuple(quick_pair[0]) == one


@pytest.mark.parametrize("use", [hash, repr, lambda record: record == record, lambda record: record < record])
def test_the_first_use_of_a_class_gives_what_later_ones_give(use: Any) -> None:
    """The stand-ins would show, once per process."""
    fresh = quick._quick_dataclass(frozen=True, slots=True, order=True)(
        type("Fresh", (), {"__annotations__": {"a": "int", "b": "int"}, "b": 2, "__doc__": "Fresh."})
    )
    record = fresh(1)
    assert use(record) == use(record)
    assert use(fresh(1)) == use(record)
    assert record != (1, 2)
    assert record.__eq__((1, 2)) is NotImplemented


def test_records_refuse_change_and_unknown_fields() -> None:
    """A record shared by all threads could be changed under them."""
    record = Quick(1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        record.number = 2
    with pytest.raises(dataclasses.FrozenInstanceError):
        del record.number
    with pytest.raises(dataclasses.FrozenInstanceError):
        record.other = 2
    with pytest.raises(TypeError, match=r"Quick\.__init__\(\) missing 1 required positional argument"):
        Quick()
    with pytest.raises(TypeError, match="positional"):
        Named("word", 1)
    assert Named(number=1).word == ""


def test_records_can_be_copied_replaced_and_sent_to_another_process() -> None:
    """Worker processes could not hand back what they read."""
    record = Quick(1, "a", 3)
    assert pickle.loads(pickle.dumps(record)) == copy.deepcopy(record) == record
    assert dataclasses.replace(record, word="b") == Quick(1, "b", 3)
    assert pickle.loads(pickle.dumps(record)).aside == 3


def test_every_record_of_the_model_has_fields_and_words_about_it() -> None:
    """Without a docstring the standard decorator works out a signature, which takes longer than all the rest."""
    records = [
        kind for kind in vars(model).values() if isinstance(kind, type) and dataclasses.is_dataclass(kind)
    ]
    assert len(records) >= 20
    assert not [
        kind.__name__ for kind in records if not kind.__doc__ or kind.__doc__.startswith(f"{kind.__name__}(")
    ]


def test_what_can_not_be_made_quickly_is_refused() -> None:
    """A class would silently lack what it asked for."""
    with pytest.raises(TypeError, match="frozen"):
        quick._quick_dataclass(frozen=False, slots=True)
    with pytest.raises(TypeError, match="default factory"):
        quick._quick_dataclass(frozen=True, slots=True)(
            type(
                "Bad",
                (),
                {
                    "__annotations__": {"a": "list"},
                    "a": dataclasses.field(default_factory=list),
                    "__doc__": "Bad.",
                },
            )
        )
