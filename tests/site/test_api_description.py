"""The description of the API in OpenAPI is true: testers that know nothing else find no difference."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator, FormatChecker

from manual.captures import RawCapture
from manual.load import load_captures
from manual.model import Block, Code, Ref, SitePath, When
from manual.pages.json_schema import schema_of
from manual.queries import KnowledgeBase
from tests.site.conftest import TODAY
from tests.toy_pages import instruction, raw, take
from webapp import create_app

START, NEXT = date(2008, 3, 1), date(2009, 5, 1)
DAYS = (date(2009, 1, 1), date(2019, 8, 15), TODAY)
ABOUT_MUCH = (
    "contents", "contents?on=2019-08-15", "changes/2010-01-01/2027-12-31?limit=1000", "coming", "coverage", "check",
    "coverage?known=2012-01-01", "beside?kind=law", "show/circular:2024-07", "terms?on=2025-08-20",
    "terms?term=berth&on=2025-08-20", "search?q=applications&on=any", "search?q=applications&on=2019-08-15",
    "search?q=zzz", "search?q=visa", "search?q=applications&on=2021-08-01", "show/60005",
    "show/law:specimen-harbours-act-1999/s49", "show/J1.1(b)?known=2026-08-11", "show/J1.1(zz)", "wanted?limit=1000",
    "wanted?part=K&stale=3", "wanted?part=Appendix&known=2026-08-11", "show/notice:visa-pak-12",
)  # fmt: skip


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


# ---------------------------------------------------------------- every answer, every field


@pytest.fixture(scope="module")
def described(specimen_home: Path) -> Any:
    return create_app({"HOME": specimen_home}).test_client().get("/api/v1/openapi.json").get_json()


@pytest.fixture(scope="module")
def odd_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the specimen lacks: two archived texts of one day, and law that another Act took the place of."""
    home = tmp_path_factory.mktemp("odd")
    law = "Immigration Act 1987 s 35A"
    block = Block(
        kind="paragraph", text=law, pinpoint="ZG1.5 paragraph 1", refs=(Ref(0, len(law), law, "law"),)
    )
    pages = [
        instruction(
            "ZG1.5", START, title="Gates", words=[words], address=f"opsmanual-archive/{words}", old=True
        )
        for words in ("7", "8")
    ]
    pages.append(instruction("ZG1.5", NEXT, title="Gates", blocks=(block,), address="opsmanual/9"))
    for page in pages:
        take(home, raw(page, date(2020, 1, 1)))
    return home


@pytest.fixture(scope="module")
def old_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A circular with two days, and a term of before 29 November 2010 that another took the place of."""
    circular = Path(__file__).resolve().parents[1] / "pages" / "circular_two_days.txt"
    term = "ZW3.5 Old boats\n\n“Permit” means a leave to row in the harbour.\n\nEffective 01/07/2008"
    home = tmp_path_factory.mktemp("old")
    pages = [
        RawCapture(
            data=data, media="text", address=None, site_path=SitePath(place) if place else None,
            captured_at=datetime(2009, 1, 1, tzinfo=UTC), filename="old.txt",
        )
        for data, place in ((circular.read_bytes(), ""), (term.encode(), "opsmanual/1"))
    ]  # fmt: skip
    load_captures(home, pages, now=datetime(2026, 8, 1, tzinfo=UTC))
    return home


@pytest.fixture(scope="module")
def answers(specimen_home: Path, odd_home: Path, old_home: Path) -> list[tuple[str, Any]]:
    """Addresses and what they answer, enough of them for every word and every field."""
    client, odd, old = (
        create_app({"HOME": home, "TODAY": lambda: TODAY}).test_client()
        for home in (specimen_home, odd_home, old_home)
    )
    found = [(address, _body(client, address)) for address in (*_about_codes(specimen_home), *ABOUT_MUCH)]
    found += [(f"show/ZG1.5?on={day}", _body(odd, f"show/ZG1.5?on={day}")) for day in (START, NEXT)]
    found += [(address, _body(old, address)) for address in ("show/circular:2018-09", "terms?on=2009-01-01")]
    found.append(("citecheck", _citechecked(client, specimen_home)))
    return found


def _about_codes(home: Path) -> Iterator[str]:
    with KnowledgeBase(home) as kb:
        codes = kb.codes()
    for number, code in enumerate(codes):
        yield f"history/{code}"
        yield from (f"show/{code}?on={day}" for day in DAYS)
        yield f"compare/{code}/{DAYS[1]}/{DAYS[2]}"
        if number < 20:
            yield f"why/{code}?on={DAYS[1]}"


def _body(client: FlaskClient, address: str) -> Any:
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == 200, address
    return json.loads(response.data)


def _citechecked(client: FlaskClient, home: Path) -> Any:
    """A letter that quotes an old version as it was, and the one in force with another word."""
    with KnowledgeBase(home) as kb:
        quoted = [_longest(kb, Code("J1.1"), day) for day in (date(2023, 1, 1), TODAY)]
    quoted[1] = quoted[1].replace(" the ", " no ", 1)
    text = "".join(f"You rely on J1.1. It says: “{words}”\n\n" for words in quoted)
    response = client.post("/api/v1/citecheck", json={"text": text, "days": [{"on": str(TODAY)}]})
    assert response.status_code == 200
    return response.get_json()


def _longest(kb: KnowledgeBase, code: Code, day: date) -> str:
    version = kb.in_force_on(code, When(day)).version
    text = kb.text_of(version) if version else None
    assert text is not None
    return max((block.text for top in text.blocks for block in top.walk()), key=len)


def _schema(described: Any, address: str) -> Any:
    """That of a good answer."""
    name = address.partition("/")[0].partition("?")[0]
    (operation,) = (of for path, of in described["paths"].items() if path.split("/")[1] == name)
    (method,) = operation.values()
    return method["responses"]["200"]["content"]["application/json"]["schema"]


def test_every_answer_has_the_shape_that_is_described_and_no_other_field(
    described: Any, answers: list[tuple[str, Any]]
) -> None:
    """What a tester makes up is hardly ever a known code; and nobody would know of a field that is not described.

    For this test alone the description is closed: fields may be added.
    """
    components = deepcopy(described["components"])
    for schema in components["schemas"].values():
        assert "additionalProperties" not in schema
        schema["additionalProperties"] = False
    judges = {}
    for address, body in answers:
        name = address.partition("/")[0].partition("?")[0]
        if name not in judges:
            whole = {"components": components, **_schema(described, address)}
            Draft202012Validator.check_schema(whole)
            judges[name] = Draft202012Validator(whole, format_checker=FormatChecker())
        complaints = [
            f"{address} {list(error.absolute_path)}: {error.message[:200]}"
            for error in judges[name].iter_errors(body)
        ]
        assert complaints == []
    words = {body["answer"] for address, body in answers if address.startswith("show/")}
    assert words == {"in_force", "ended", "before_record", "not_yet", "disputed", "undated"}
    assert judges.keys() == {path.split("/")[1] for path in described["paths"]}


def test_every_field_that_is_described_is_given(
    described: Any, answers: list[tuple[str, Any]], client: FlaskClient
) -> None:
    """A reader of the description would wait for a field that no answer has."""
    schemas = described["components"]["schemas"]
    given: dict[str, set[str]] = defaultdict(set)

    def see(schema: Any, value: Any) -> None:
        """Goes through a value along its schema."""
        if "$ref" in schema and value is not None:
            name = schema["$ref"].rpartition("/")[2]
            given[name] |= value.keys()
            for key, inner in value.items():
                see(schemas[name]["properties"][key], inner)
        for one in (*schema.get("allOf", ()), *schema.get("anyOf", ())):
            if "$ref" in one and isinstance(value, dict):
                see(one, value)
        inside = schema.get("items") or schema.get("additionalProperties")
        for inner in (value.values() if isinstance(value, dict) else value) if inside and value else ():
            see(inside, inner)

    for address, body in answers:
        see(_schema(described, address), body)
    for problem in ("show/J1.11", "show/J1.1?on=0"):
        see({"$ref": "/Problem"}, client.get(f"/api/v1/{problem}").get_json())
    lacking = {name: schemas[name]["properties"].keys() - given[name] for name in schemas}
    assert {name: fields for name, fields in lacking.items() if fields} == {}


def test_whatever_an_answer_rests_on_is_promised(described: Any, answers: list[tuple[str, Any]]) -> None:
    """A program could not tell an answer that names what it rests on from one that might."""
    for address, body in answers:
        assert body["rests_on"]["knowledge_base"], address
        _, always = _schema(described, address)["allOf"]
        assert "rests_on" in always["required"]
        assert ("paging" in body) == ("paging" in always["required"]), address


def test_a_type_that_no_answer_may_have_is_refused() -> None:
    """A field would be described as anything at all, and nobody would notice."""
    with pytest.raises(TypeError):
        schema_of(set[str], {}, "#")
    with pytest.raises(TypeError):
        schema_of(Code, {}, "#")
