"""The generator of large manuals."""

from __future__ import annotations

import importlib.util
import sys
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from bs4 import BeautifulSoup


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    """The script as a module: tests/bench is no package."""
    path = Path(__file__).resolve().parents[1] / "bench" / "generate.py"
    spec = importlib.util.spec_from_file_location("bench_generate", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_one_seed_gives_one_manual(generate: ModuleType) -> None:
    """Figures measured on different manuals can't be compared."""
    first, again = (list(generate.Generator(60, 7).files()) for _ in range(2))
    assert first == again
    assert first != list(generate.Generator(60, 8).files())


@pytest.mark.parametrize("pages", [1, 2, 97, 400])
def test_manual_has_as_many_version_pages_as_asked_and_its_contents(
    generate: ModuleType, tmp_path: Path, pages: int
) -> None:
    """ "15,000 versions" has to mean 15,000."""
    assert generate.write(tmp_path / "new", pages=pages, seed=1) == pages + 1
    assert len(list((tmp_path / "new").glob("*.htm"))) == pages + 1


def test_pages_are_about_600_words_and_mostly_repeat_their_last_version(generate: ModuleType) -> None:
    """Short or all-different pages would flatter the parser and the index."""
    files = dict(generate.Generator(300, 3, 5).files())
    made = generate.Generator(300, 3, 5)
    lengths, repeated = [], []
    for part in made.parts:
        for instruction in (i for chapter in part[2] for i in chapter.instructions):
            texts = [_clauses(files[f"{page}.htm"]) for page in instruction.ids]
            lengths += [sum(len(clause.split()) for clause in clauses) for clauses in texts]
            repeated += [len(set(a) & set(b)) / len(set(b)) for a, b in pairwise(texts)]
    assert 540 < sum(lengths) / len(lengths) < 660
    assert sum(repeated) / len(repeated) > 0.8


def _clauses(html: str) -> list[str]:
    main = BeautifulSoup(html, "html.parser").select_one("td#main")
    assert main is not None
    return [line for line in main.get_text("\n").splitlines() if line.strip() and "Effective" not in line]


def test_page_without_pages_is_refused(generate: ModuleType) -> None:
    """An empty manual would make every figure a division by zero."""
    with pytest.raises(ValueError, match="at least 1"):
        generate.Generator(0, 1)
