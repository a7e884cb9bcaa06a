"""All captures of a generated manual."""

from __future__ import annotations

from tests.property.truth.circulars import take_circulars
from tests.property.truth.publisher import Taken, take_pages
from tests.property.truth.world import Manual


def take_captures(manual: Manual) -> tuple[Taken, ...]:
    """The pages that people saved, and the circulars that they kept."""
    return (*take_pages(manual), *take_circulars(manual))
