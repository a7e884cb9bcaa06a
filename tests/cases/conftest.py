"""Fixtures of the shared cases."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def cases(shared: Path) -> Path:
    """The folder of cases whose right reading is known; the test skips where it is absent."""
    folder = shared / "cases"
    if not folder.is_dir():
        pytest.skip("the folder of cases (../shared/cases) is not here")
    return folder
