"""The built wheel, installed where nothing else of the project is, runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("manual", "indexer", "webapp")


def run(*command: str | Path, cwd: Path) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "INFORCE"))}
    done = subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder, cwd=ROOT)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def bin_folder(wheel: Path) -> Path:
    """Commands of an environment that holds the wheel; it borrows the locked packages, and nothing is fetched."""
    environment = wheel.parent / "environment"
    run(sys.executable, "-m", "venv", "--without-pip", environment, cwd=wheel.parent)
    bin_folder = environment / ("Scripts" if sys.platform == "win32" else "bin")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", bin_folder / "python")
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=wheel.parent)
    [site_packages] = environment.rglob("site-packages")
    # Python reads no .pth file in a folder that one adds: the project itself, installed to be edited, is not there.
    (site_packages / "locked.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return bin_folder


def test_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    """A template or a table that was left out is missed only when somebody asks for its page."""
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted - held == set()
    assert {f"manual/export/_project/{path.name}" for path in (ROOT / "build").glob("*.rst")} <= held
    assert not [name for name in held if name.startswith(("tests/", "build/"))]


def test_installed_command_loads_a_page_and_shows_it(bin_folder: Path, tmp_path: Path) -> None:
    """The project would work from its own folder alone."""
    assert "show" in run(bin_folder / "inforce", "--help", cwd=tmp_path)
    page = ROOT / "tests" / "pages" / "general_instruction.htm"
    code = json.loads(page.with_suffix(".htm.json").read_text("utf-8"))["code"]
    home = ("--home", str(tmp_path / "home"))
    run(bin_folder / "inforce", *home, "load", str(page), "--captured", "2026-08-11", cwd=tmp_path)
    shown: dict[str, Any] = json.loads(
        run(bin_folder / "inforce", *home, "show", code, "--on", "2026-08-11", "--json", cwd=tmp_path)
    )
    assert (shown["code"], shown["answer"], shown["version"]["text_held"]) == (code, "in_force", True)
    where = "import manual; print(manual.__file__)"
    assert "environment" in run(bin_folder / "python", "-c", where, cwd=tmp_path)
