"""The history held against an enumerator of all worlds that fit the evidence."""

from __future__ import annotations

import pytest

from manual.history import history_of, in_force_on
from tests.property.worlds.enumerator import plain_worlds, reply_on
from tests.property.worlds.evidence import CODE, printed, said_by
from tests.property.worlds.replies import agrees, told_by_program, told_by_worlds
from tests.property.worlds.sets import SETS, day

CASES = [(name, when) for name, each in SETS.items() for when in each.answers]


@pytest.mark.parametrize(("name", "when"), CASES)
def test_the_enumerator_gives_the_answers_of_the_small_sets(name: str, when: str) -> None:
    """An enumerator that departs from the definition would judge the history by another one."""
    told = told_by_worlds(reply_on(plain_worlds(SETS[name].evidence, seconds=20), day(when)))
    assert agrees(told, SETS[name].answers[when]), f"{printed(SETS[name].evidence)}\n{when}: {told}"


@pytest.mark.parametrize(("name", "when"), CASES)
def test_the_history_gives_the_answers_of_the_small_sets(name: str, when: str) -> None:
    """Each small set settles one question about what pages prove."""
    history = history_of(CODE, said_by(SETS[name].evidence))
    told = told_by_program(history, in_force_on(history, day(when)))
    assert agrees(told, SETS[name].answers[when]), f"{printed(SETS[name].evidence)}\n{when}: {told}"
