"""The description of the API in OpenAPI is true: testers that know nothing else find no difference."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator, FormatChecker

from manual.model import Code
from manual.pages.json_schema import schema_of
from manual.queries import KnowledgeBase
from tests.site.conftest import TODAY
from webapp import create_app

DAYS = (date(2009, 1, 1), date(2019, 8, 15), TODAY)


def test_requests_made_from_the_description_are_answered_as_it_says(address: str, tmp_path: Path) -> None:
    """A client generated from it would break, or bad input would be answered as if it were good."""
    command = [
        str(Path(sys.executable).with_name("schemathesis")), "run", f"{address}/api/v1/openapi.json",
        "--max-examples", "10", "--generation-deterministic", "--no-color", "--phases", "examples,coverage,fuzzing",
    ]  # fmt: skip
    ran = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=300, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "No issues found" in ran.stdout
    assert "Selected: 14/14" in ran.stdout


@pytest.fixture(scope="module")
def judges(specimen_home: Path) -> dict[str, Draft202012Validator]:
    """For each address what holds an answer against the description."""
    client = create_app({"HOME": specimen_home, "TODAY": lambda: TODAY}).test_client()
    described = client.get("/api/v1/openapi.json").get_json()
    found = {}
    for path, operation in described["paths"].items():
        good = next(iter(operation.values()))["responses"]["200"]["content"]["application/json"]["schema"]
        whole = {"components": described["components"], **good}
        Draft202012Validator.check_schema(whole)
        found[path.split("/")[1]] = Draft202012Validator(whole, format_checker=FormatChecker())
    return found


def _answered(client: FlaskClient, judges: dict[str, Draft202012Validator], address: str) -> Any:
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == 200, address
    body = json.loads(response.data)
    complaints = [
        f"{address} {list(error.absolute_path)}: {error.message[:200]}"
        for error in judges[address.partition("/")[0].partition("?")[0]].iter_errors(body)
    ]
    assert complaints == []
    return body


def test_every_answer_about_every_code_has_the_shape_that_is_described(
    client: FlaskClient, judges: dict[str, Draft202012Validator], specimen_home: Path
) -> None:
    """What a tester makes up is hardly ever a code that is known."""
    with KnowledgeBase(specimen_home) as kb:
        codes = kb.codes()
    words = set()
    for code in codes:
        _answered(client, judges, f"history/{code}")
        for day in DAYS:
            words.add(_answered(client, judges, f"show/{code}?on={day}")["answer"])
        _answered(client, judges, f"compare/{code}/{DAYS[1]}/{DAYS[2]}")
    for code in codes[:20]:
        _answered(client, judges, f"why/{code}?on={DAYS[1]}")
    assert words == {"in_force", "ended", "before_record", "not_yet", "disputed", "undated"}


@pytest.mark.parametrize(
    "address",
    [
        "contents", "contents?on=2019-08-15", "changes/2010-01-01/2027-12-31?limit=1000", "coming", "coverage", "check",
        "coverage?known=2012-01-01", "beside?kind=law", "show/circular:2024-07", "terms?on=2025-08-20",
        "terms?term=berth&on=2025-08-20", "search?q=applications&on=any", "search?q=applications&on=2019-08-15",
        "search?q=zzz", "show/law:specimen-harbours-act-1999/s49", "show/J1.1(b)?known=2026-08-11", "show/J1.1(zz)",
        "wanted?limit=1000", "wanted?part=K&stale=3", "wanted?part=Appendix&known=2024-06-01",
    ],
)  # fmt: skip
def test_answers_about_the_whole_have_the_shape_that_is_described(
    client: FlaskClient, judges: dict[str, Draft202012Validator], address: str
) -> None:
    """The same for what is not about one code."""
    _answered(client, judges, address)


def test_a_type_that_no_answer_may_have_is_refused() -> None:
    """A field would be described as anything at all, and nobody would notice."""
    with pytest.raises(TypeError):
        schema_of(set[str], {}, "#")
    with pytest.raises(TypeError):
        schema_of(Code, {}, "#")
