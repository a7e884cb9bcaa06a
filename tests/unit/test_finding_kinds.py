"""The kinds of findings in the code and those explained in ARCHITECTURE.md are the same."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SEVERITIES = {"error", "warning", "info"}
NAMED_BY_FUNCTION = {"trouble", "remark"}
KIND = re.compile(r"[a-z]+(?:_[a-z]+)+|truncated|undecodable")


def _words(nodes: list[ast.expr]) -> list[str | None]:
    return [
        node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
        for node in nodes
    ]


def _kinds_in(tree: ast.AST) -> Iterator[str]:
    """A kind follows its severity, in a call or a tuple, or is what `trouble` and `remark` are handed first."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            words = _words(node.args)
            if isinstance(node.func, ast.Name) and node.func.id in NAMED_BY_FUNCTION and words and words[0]:
                yield words[0]
        elif isinstance(node, ast.Tuple):
            words = _words(node.elts)
        else:
            continue
        yield from (b for a, b in pairwise(words) if a in SEVERITIES and b and KIND.fullmatch(b))


def test_every_kind_of_finding_is_explained() -> None:
    """If it failed, a keeper would meet a word in `inforce check` that nothing explains, or read of one long gone."""
    sources = [path for name in ("manual", "indexer", "webapp") for path in (PROJECT / name).rglob("*.py")]
    trees = [ast.parse(path.read_text("utf-8")) for path in sources]
    used = {kind for tree in trees for kind in _kinds_in(tree)}
    written = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    used |= {"not_understood", "parser_failed", "not_read"}  # chosen by a condition in `manual.load`
    section = (PROJECT / "ARCHITECTURE.md").read_text("utf-8").partition("## Findings")[2]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    explained = {kind for row in rows for kind in re.findall(r"`(\w+)`", row)}
    assert used - explained == set()
    assert explained - used - written == set()
