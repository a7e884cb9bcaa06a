"""A real Chromium for the tests of the site and of the edition.

Tests that ask for it skip where there is none, except in CI, where it must be there.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
QUIET = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)  # fmt: skip
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def started(profile: Path, *, script: bool = True) -> webdriver.Chrome:
    """A browser with an empty profile, JavaScript on or off."""
    if not (CHROMIUM and DRIVER):
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium and chromedriver must be installed in CI")
        pytest.skip("there is no Chromium with its chromedriver here")
    options = Options()
    options.binary_location = CHROMIUM
    for argument in (*QUIET, f"--user-data-dir={profile}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    if not script:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    return webdriver.Chrome(options=options, service=Service(DRIVER))


def look(driver: webdriver.Chrome, url: str, width: int = 1280, scheme: str = "light") -> None:
    """Open `url` on a screen of `width` pixels for a reader who prefers `scheme`."""
    features = [
        {"name": "prefers-color-scheme", "value": scheme},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    driver.get(url)


def faults(driver: webdriver.Chrome) -> list[str]:
    """What axe finds on the page that is open, one line for each element."""
    driver.execute_script(_axe_source())
    found: dict[str, Any] = driver.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        "axe.run(document, {runOnly: {type: 'tag', values: arguments[0]}, resultTypes: ['violations']})"
        ".then(r => done({ok: r.violations}), e => done({error: String(e)}));",
        AXE_RULES,
    )
    assert "error" not in found, found
    return [
        f"{fault['id']} ({fault['impact']}): {node['html'][:160]} {node['failureSummary'][:200]}"
        for fault in found["ok"]
        for node in fault["nodes"]
    ]


def _axe_source() -> str:
    """The axe that comes with the development dependencies, or a newer one that INFORCE_AXE names."""
    if newer := os.environ.get("INFORCE_AXE"):
        return Path(newer).read_text("utf-8")
    import axe_core_python

    return (Path(axe_core_python.__file__).parent / "axe.min.js").read_text("utf-8")
