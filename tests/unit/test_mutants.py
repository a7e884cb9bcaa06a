"""The mutation tester changes what it says, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from mutants.mutating import Mutant, mutants_of, named_in, reasons_in
from mutants.run import COPIED, ROOT, SOURCES, Copy, Warm, chosen_tests, unchanged

BOATS = b'''"""Which boats are \xe2\x80\x9cafloat\xe2\x80\x9d."""

from __future__ import annotations


def afloat(boats: dict[str, int], least: int = 3) -> list[str] | None:
    """All 7 of them."""
    found = []
    for name, depth in sorted(boats.items()):
        if not name:
            continue
        if depth < least and boats.get(name, 1) > 0:
            found.append(f"{name} 12")
    return found
'''


def _changes(source: bytes) -> set[str]:
    return {f"{mutant.was} => {mutant.becomes}" for mutant in mutants_of("boats.py", source)}


@pytest.mark.parametrize(
    "change",
    [
        "depth < least => (depth <= least)",
        "depth < least => (depth >= least)",
        "boats.get(name, 1) > 0 => (boats.get(name, 1) >= 0)",
        "depth < least and boats.get(name, 1) > 0 => (depth < least or boats.get(name, 1) > 0)",
        "depth < least and boats.get(name, 1) > 0 => (depth < least)",
        "depth < least and boats.get(name, 1) > 0 => (not (depth < least and boats.get(name, 1) > 0))",
        "not name => (name)",
        "not name => True",
        "not name => False",
        "[] => None",
        "boats.get(name, 1) => (boats.get(name))",
        "3 => 4",
        "3 => (2)",
        "sorted => list",
        "continue => pass",
        'found.append(f"{name} 12") => pass',
        "return found => return None",
    ],
)
def test_kinds_of_change(change: str) -> None:
    """A kind of mistake would not be looked for."""
    assert change in _changes(BOATS)


def test_words_for_people_annotations_and_docstrings_stay() -> None:
    """Mutants that no test of answers could notice would hide those that one should."""
    assert not any("12" in change and "append" not in change for change in _changes(BOATS))
    assert not any("7" in change or "annotations" in change for change in _changes(BOATS))


def test_what_nothing_can_notice_stays() -> None:
    """To who asks for yes or no, nothing is no; and `strict` asserts what the lines before have seen to."""
    source = b"def no(a, b):\n    zip(a, b, strict=True)\n    return False\n"
    assert _changes(source) == {"False => True", "zip(a, b, strict=True) => pass"}


def test_change_touches_its_own_stretch_of_the_text_alone() -> None:
    """With letters of several bytes before it another place would be changed."""
    mutant = next(m for m in mutants_of("boats.py", BOATS) if m.becomes == "(depth <= least)")
    changed = mutant.applied(BOATS)
    assert changed == BOATS.replace(b"depth < least", b"(depth <= least)")
    assert (mutant.line, mutant.source) == (12, "if depth < least and boats.get(name, 1) > 0:")


def test_every_mutant_compiles_and_differs() -> None:
    """One that can't be loaded is always noticed and would flatter the tests."""
    for mutant in mutants_of("boats.py", BOATS):
        compile(mutant.applied(BOATS), "boats.py", "exec")
        assert mutant.applied(BOATS) != BOATS


def test_equivalent_mutants_are_named_by_file_line_and_mutation(tmp_path: Path) -> None:
    """A mutant that was judged once would have to be judged again in every run."""
    mutant = mutants_of("boats.py", BOATS)[0]
    path = tmp_path / "equivalent.txt"
    path.write_text("# why\n\n" + "\t".join(mutant.name) + "\n", "utf-8")
    assert named_in(path) == {mutant.name}
    path.write_text("boats.py\tno mutation\n", "utf-8")
    with pytest.raises(ValueError, match="line 1"):
        named_in(path)


def test_every_named_equivalent_has_a_reason() -> None:
    """Nobody could check that it changes nothing."""
    told = reasons_in(ROOT / "tests" / "mutants" / "equivalent.txt")
    assert sum(told.values()) == len(named_in(ROOT / "tests" / "mutants" / "equivalent.txt"))
    assert all(len(reason) > 15 for reason in told)


def test_named_equivalents_exist() -> None:
    """A name that fits nothing any more is left over from an older source, and hides nothing."""
    names = named_in(ROOT / "tests" / "mutants" / "equivalent.txt")
    sources = {name[0] for name in names}
    there = {m.name for path in sources for m in mutants_of(path, (ROOT / path).read_bytes())}
    assert names <= there


def test_every_source_that_is_mutated_has_tests() -> None:
    """A run of two hours would break off at the first source without any."""
    for pattern in SOURCES:
        for path in ROOT.glob(pattern):
            assert chosen_tests(str(path.relative_to(ROOT)))


def test_mutant_is_noticed_by_a_test_that_speaks_of_it(tmp_path: Path) -> None:
    """A copy that ran the unchanged source would let every mutant survive."""
    copy = Copy(tmp_path)
    assert {path.name for path in copy.folder.iterdir()} >= set(COPIED)
    test = copy.folder / "tests" / "test_boats.py"
    asks = "from manual.dates import parse_day\n\n\ndef test_day():\n    assert parse_day('9/10/2023').month == 10\n"
    test.write_text(asks, "utf-8")
    warm = Warm(copy, ["tests/test_boats.py"])
    source = (ROOT / "manual" / "dates.py").read_bytes()
    for wrong in (b"", b"\n\ndef parse_day(text):\n    return date(2023, 9, 10)\n"):
        copy.write("manual/dates.py", source + wrong)
        assert copy.passes(["tests/test_boats.py"], 60) is not bool(wrong)
        assert warm.run(["tests/test_boats.py"], 60, changed="manual/dates.py")[0] is not bool(wrong)
    copy.write("manual/dates.py", source)
    assert warm.run(["tests/test_boats.py"], 60)[0]
    assert not copy.passes(["tests/test_boats.py"], 0.01)
    endless = source.replace(
        b"def parse_day(", b"def parse_day(*_):\n    while True: pass\n\n\ndef _parse_day("
    )
    copy.write("manual/dates.py", endless)
    assert not warm.run(["tests/test_boats.py"], 0.2, changed="manual/dates.py")[0]
    warm.close()


def test_tests_that_call_the_changed_function_run_alone(tmp_path: Path) -> None:
    """A run would take many times longer."""
    copy = Copy(tmp_path)
    (copy.folder / "tests" / "test_boats.py").write_text(
        "from pathlib import Path\n\nfrom manual import dates\n\nRAN = Path('ran')\n\n\n"
        "def test_day():\n    RAN.write_text('day')\n    assert dates.parse_day('9/10/2023').month == 10\n\n\n"
        "def test_month():\n    RAN.write_text('month')\n    assert dates.in_words(dates.LATEST)\n",
        "utf-8",
    )
    warm = Warm(copy, ["tests/test_boats.py"])
    assert warm.run(["tests"], 60)[0]  # a folder is all that stands in it
    base = unchanged(warm, ["tests/test_boats.py"])
    source = (ROOT / "manual" / "dates.py").read_bytes()
    lines = source.splitlines()
    mutants = [m for m in mutants_of("manual/dates.py", source) if m.function is not None]
    mutant = next(m for m in mutants if m.function and b"def parse_day(" in lines[m.function[0] - 1])
    assert base.callers(mutant) == ["tests/test_boats.py::test_day"]
    warm.run(base.callers(mutant), 60)
    assert (copy.folder / "ran").read_text() == "day"
    warm.close()


def test_what_stands_outside_of_the_body_of_a_function_is_told_apart() -> None:
    """A default is worked out where the function is loaded, not where it runs."""
    found = {mutant.was: mutant.function for mutant in mutants_of("boats.py", BOATS)}
    assert found["3"] is None
    assert found["depth < least"] == (6, 14)


def test_mutant_names_are_of_one_line() -> None:
    """A name with a line break could not be written into the list."""
    found: list[Mutant] = []
    for path in (ROOT / "manual" / "history").glob("*.py"):
        found += mutants_of(path.name, path.read_bytes())
    assert found
    assert not any(set("\n\t") & set("".join(mutant.name)) for mutant in found)
