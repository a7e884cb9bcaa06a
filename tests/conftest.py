"""Fixtures that every test may use."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, settings
from soak import SOAK

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

SHARED = Path(__file__).resolve().parents[2] / "shared"

settings.register_profile(
    "default", max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "soak", max_examples=SOAK, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(  # a mutant is noticed or not: the same each time, and nobody reads the example
    "mutants",
    max_examples=100,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real captures, which is not part of the project; the test skips where it is absent."""
    if not (SHARED / "captures").is_dir():
        pytest.skip("the folder of real captures (../shared) is not here")
    return SHARED


@pytest.fixture(scope="module")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """A real browser; the test skips where there is none."""
    from tests.chromium import started  # selenium only where a browser is asked for

    driver = started(tmp_path_factory.mktemp("profile"))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def plain_chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """With JavaScript off."""
    from tests.chromium import started

    driver = started(tmp_path_factory.mktemp("profile"), script=False)
    yield driver
    driver.quit()
