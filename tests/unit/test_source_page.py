"""The web address of a version's page."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from manual.model import Capture, Code, Sha256, SitePath, Validity, Version, VersionId
from manual.pages.source_page import source_page


def version(address: str | None) -> Version:
    return Version(
        id=VersionId("v"), code=Code("A1"), title="Title", validity=Validity(date(2024, 1, 1)), basis_from="foot",
        basis_until=None, address=SitePath(address) if address else None,
    )  # fmt: skip


def capture(address: str | None) -> Capture:
    return Capture(
        sha256=Sha256("sha256:" + "0" * 64), media="html", address=address, site_path=None, captured_at=None,
        recorded_at=datetime(2026, 1, 1, tzinfo=UTC), filename="1.htm",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("address", "stated", "expected"),
    [
        ("opsmanual/1", None, "https://www.immigration.govt.nz/opsmanual/1.htm"),
        ("opsmanual-archive/1", None, "https://www.immigration.govt.nz/opsmanual-archive/1.HTM"),
        ("specimen/1", None, "https://specimen.example/specimen/1.htm"),
        ("opsmanual/1", "https://example.org/opsmanual/1.htm", "https://example.org/opsmanual/1.htm"),
        ("opsmanual/1", "javascript:alert(1)", "https://www.immigration.govt.nz/opsmanual/1.htm"),
        (None, "https://example.org/\x1b[31m", ""),
        (None, None, ""),
    ],
)
def test_address_is_the_stated_one_or_made_of_the_site_path(
    address: str | None, stated: str | None, expected: str
) -> None:
    """If it failed, a reader would be sent to a page that isn't the source, or to a script."""
    assert source_page(version(address), capture(stated)) == expected
