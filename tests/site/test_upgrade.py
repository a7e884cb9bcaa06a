"""The site of a home that another version of the program derived."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from manual.store import files
from manual.store.write import Writer
from tests.site.conftest import TODAY
from webapp import create_app


@pytest.mark.parametrize(
    "address", ["/", "/contents", "/J1.1", "/J1.1/history", "/search?q=boat", "/X99", "/coverage"]
)
def test_every_page_says_that_an_upgrade_is_not_finished(
    specimen_home: Path, tmp_path: Path, address: str
) -> None:
    """Readers would take answers of yesterday's rules for today's, also from their browser's cache."""
    home = tmp_path / "home"
    shutil.copytree(specimen_home, home)
    client = create_app({"HOME": home, "TODAY": lambda: TODAY}).test_client()
    fresh = client.get(address)
    assert "inforce rebuild" not in fresh.get_data(as_text=True)
    with Writer(files.path_in(home)) as writer:
        writer.set_meta(history="another")
    tag = {"If-None-Match": fresh.headers["ETag"]} if "ETag" in fresh.headers else {}
    outdated = create_app({"HOME": home, "TODAY": lambda: TODAY}).test_client().get(address, headers=tag)
    assert outdated.status_code == fresh.status_code
    assert "inforce rebuild" in outdated.get_data(as_text=True)
