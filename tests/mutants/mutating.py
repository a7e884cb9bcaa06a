"""Small changes to a source, each of which a test should notice.

A change replaces one stretch of the text, so that what surrounds it stays as it is printed. Words for people
(docstrings, f-strings), annotations and decorators are left alone: no test of answers speaks of them.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add,
}  # fmt: skip
OPPOSITE: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.GtE, ast.LtE: ast.Gt, ast.Gt: ast.LtE, ast.GtE: ast.Lt,
}  # fmt: skip
RENAMED = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list"}
Edit = tuple[ast.AST, str]
"""A node and the text to stand in its place."""


@dataclass(frozen=True, slots=True, order=True)
class Mutant:
    """One changed source. `was` and `becomes` are in one line each, for people and for `equivalent.txt`."""

    path: str
    line: int
    was: str
    becomes: str
    source: str
    """The stripped source line on which it begins."""
    start: int
    end: int
    function: tuple[int, int] | None
    """The first and last line of the innermost function in whose body it stands."""
    text: str
    """What stands instead of the bytes from `start` (included) to `end` (excluded)."""

    @property
    def name(self) -> tuple[str, str, str]:
        return self.path, self.source, f"{self.was} => {self.becomes}"

    def applied(self, source: bytes) -> bytes:
        return source[: self.start] + self.text.encode() + source[self.end :]


def mutants_of(path: str, source: bytes) -> list[Mutant]:
    """Every change that still compiles, in the order of the source, each once."""
    tree = ast.parse(source)
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    found: dict[tuple[int, int, str], Mutant] = {}
    for node, text in _edits(tree):
        mutant = _mutant(path, source, starts, functions, node, text)
        if _compiles(mutant, source, starts, tree):
            found.setdefault((mutant.start, mutant.end, mutant.text), mutant)
    return sorted(found.values(), key=lambda mutant: (mutant.start, mutant.end, mutant.text))


Function = ast.FunctionDef | ast.AsyncFunctionDef


def _mutant(
    path: str, source: bytes, starts: list[int], functions: list[Function], node: ast.AST, text: str
) -> Mutant:
    where: ast.stmt = node  # type: ignore[assignment]
    assert where.end_lineno is not None
    assert where.end_col_offset is not None
    start = starts[where.lineno - 1] + where.col_offset
    end = starts[where.end_lineno - 1] + where.end_col_offset
    line = source[starts[where.lineno - 1] : starts[where.lineno]].decode().strip()
    was = " ".join(source[start:end].decode().split())
    function = None
    for each in functions:  # outer ones first
        assert each.end_lineno is not None
        begun = (each.body[0].lineno, each.body[0].col_offset) <= (where.lineno, where.col_offset)
        if begun and where.end_lineno <= each.end_lineno:
            function = min(part.lineno for part in (each, *each.decorator_list)), each.end_lineno
    return Mutant(path, where.lineno, was, text, line, start, end, function, text)


def _compiles(mutant: Mutant, source: bytes, starts: list[int], tree: ast.Module) -> bool:
    """Whether the statement of the module in which it stands still compiles."""
    first = next(each.lineno for each in reversed(tree.body) if each.lineno <= mutant.line)
    last = next(each.end_lineno for each in tree.body if (each.end_lineno or 0) >= mutant.line)
    assert last is not None
    before, after = starts[first - 1], starts[last]
    changed = source[before : mutant.start] + mutant.text.encode() + source[mutant.end : after]
    try:
        compile(changed, "mutant", "exec")
    except (SyntaxError, ValueError):
        return False
    return True


def _edits(node: ast.AST) -> Iterator[Edit]:
    for child in _changeable(node):
        yield from _edits_of(child)
        yield from _edits(child)


def _changeable(node: ast.AST) -> Iterator[ast.AST]:
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        if isinstance(node, ast.keyword) and node.arg == "strict":
            continue  # `zip(…, strict=True)` asserts what the lines before have seen to
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_for_people(child):
                yield child


def _is_for_people(node: ast.AST) -> bool:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True  # a docstring
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        return True
    return isinstance(node, ast.JoinedStr | ast.Assert | ast.Import | ast.ImportFrom)


def _edits_of(node: ast.AST) -> Iterator[Edit]:
    yield from _of_operators(node)
    yield from _of_conditions(node)
    yield from _of_constants(node)
    yield from _of_calls(node)
    yield from _of_statements(node)


def _of_operators(node: ast.AST) -> Iterator[Edit]:
    """`<=` and `>=` for `<`, `and` for `or`, `+` for `-`; one operand less; no `not`."""
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            for others in (SWAPPED, OPPOSITE):
                if type(operator) in others:
                    changed = copy.deepcopy(node)
                    changed.ops[place] = others[type(operator)]()  # type: ignore[call-overload]
                    yield node, _text(changed)
    elif isinstance(node, ast.BoolOp):
        changed_op = copy.deepcopy(node)
        changed_op.op = SWAPPED[type(node.op)]()  # type: ignore[assignment]
        yield node, _text(changed_op)
        for place in range(len(node.values)):
            fewer = copy.deepcopy(node)
            del fewer.values[place]
            yield node, _text(fewer if len(fewer.values) > 1 else fewer.values[0])
    elif isinstance(node, ast.BinOp) and type(node.op) in SWAPPED:
        changed_bin = copy.deepcopy(node)
        changed_bin.op = SWAPPED[type(node.op)]()  # type: ignore[assignment]
        yield node, _text(changed_bin)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node, _text(node.operand)


def _of_conditions(node: ast.AST) -> Iterator[Edit]:
    """The other way round, always and never; for a filter: none."""
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        yield node.test, _text(ast.UnaryOp(ast.Not(), node.test))
    if isinstance(node, ast.If | ast.IfExp):
        yield node.test, "True"
        yield node.test, "False"
    elif isinstance(node, ast.comprehension):
        for test in node.ifs:
            yield test, "True"


def _of_constants(node: ast.AST) -> Iterator[Edit]:
    if not isinstance(node, ast.Constant):
        return
    if isinstance(node.value, bool):
        yield node, str(not node.value)
    elif isinstance(node.value, int):
        yield node, str(node.value + 1)
        yield node, f"({node.value - 1})"


def _of_calls(node: ast.AST) -> Iterator[Edit]:
    """`max` for `min`, and `get` without what it gives in the absence of anything."""
    if not isinstance(node, ast.Call):
        return
    if isinstance(node.func, ast.Name) and node.func.id in RENAMED:
        yield node.func, RENAMED[node.func.id]
    elif isinstance(node.func, ast.Attribute) and node.func.attr == "get" and len(node.args) == 2:
        changed = copy.deepcopy(node)
        del changed.args[1]
        yield node, _text(changed)


def _of_statements(node: ast.AST) -> Iterator[Edit]:
    """Nothing is returned or kept; a statement is left out."""
    if isinstance(node, ast.Return) and node.value is not None:
        if not _is_nothing(node.value) and not isinstance(node.value, ast.JoinedStr):
            yield node, "return None"
    elif isinstance(node, ast.Assign) and not _is_nothing(node.value):
        if isinstance(node.targets[0], ast.Name):
            if node.targets[0].id.islower():  # without a constant of a module nothing can be loaded
                yield node.value, "None"
        elif isinstance(node.targets[0], ast.Attribute | ast.Subscript):
            yield node, "pass"
    elif isinstance(node, ast.Expr | ast.AugAssign | ast.Continue | ast.Break | ast.Raise):
        yield node, "pass"


def _is_nothing(node: ast.AST) -> bool:
    """Whether it is no more than None to who asks for yes or no."""
    return isinstance(node, ast.Constant) and (node.value is None or node.value is False)


def _text(node: ast.AST) -> str:
    return f"({ast.unparse(node)})"


def named_in(path: Path) -> set[tuple[str, str, str]]:
    """The names of the mutants that change nothing, one per line: file, source line, mutation, with tabs between."""
    return set(_names(path.read_text("utf-8").splitlines()))


def _names(lines: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            parts = tuple(line.split("\t"))
            if len(parts) != 3:
                raise ValueError(
                    f"line {number} has {len(parts)} parts; expected file, source line and mutation"
                )
            yield parts


def reasons_in(path: Path) -> dict[str, int]:
    """The reasons that stand above the names, and how many names stand below each."""
    found: dict[str, int] = {}
    reason = ""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("#"):
            reason = line.removeprefix("# ")
        elif line.strip():
            found[reason] = found.get(reason, 0) + 1
    return found
