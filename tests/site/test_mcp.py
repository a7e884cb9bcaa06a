"""The tools for assistants, asked by the SDK's own client: in memory, and once over standard input and output."""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import anyio
import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from manual.cli import cli
from manual.cli.printed import FINDINGS
from manual.model import Code, When
from manual.pages.frame import DISCLAIMER
from manual.pages.words import SPECIMEN_SAID
from manual.publisher import INZ
from manual.queries import KnowledgeBase
from tests.site.conftest import Example

mcp = pytest.importorskip("mcp", reason="the extra mcp is not installed")

from mcp import Client, StdioServerParameters, stdio_client  # noqa: E402
from mcp.server.mcpserver import MCPServer  # noqa: E402
from mcp.types import CallToolResult  # noqa: E402

from manual.mcp import server  # noqa: E402

TODAY = date(2026, 9, 1)
T = TypeVar("T")
TOOLS = {
    "show", "search", "history", "compare", "changes", "contents", "coverage", "why", "terms", "beside", "citecheck"
}  # fmt: skip


@cache
def tools_of(home: Path) -> MCPServer[Any]:
    """One server for many clients, one after another."""
    return server(home, today=lambda: TODAY)


def asked(home: Path, questions: Callable[[Client], Awaitable[T]]) -> T:
    """What a client in memory is told."""

    async def run() -> T:
        async with Client(tools_of(home)) as client:
            return await questions(client)

    return anyio.run(run)


def call(home: Path, tool: str, **arguments: Any) -> CallToolResult:
    return asked(home, lambda client: client.call_tool(tool, arguments))


def words_of(result: CallToolResult) -> str:
    (content,) = result.content
    assert content.type == "text"
    return content.text


def printed(home: Path, *words: str) -> Any:
    """What the command line prints as JSON."""
    return json.loads(CliRunner().invoke(cli, ["--home", str(home), *words, "--json"]).stdout)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same day for the command line as for the tools."""
    for module in ("asking", "searching"):
        __import__(f"manual.cli.{module}")
        monkeypatch.setattr(f"manual.cli.{module}.today", lambda: TODAY)


def test_every_tool_says_what_it_gives(specimen_home: Path) -> None:
    """A client can't check or use data whose shape nothing states."""
    tools = {tool.name: tool for tool in asked(specimen_home, lambda client: client.list_tools()).tools}
    assert tools.keys() == TOOLS
    for tool in tools.values():
        assert tool.output_schema is not None
        assert tool.name == "citecheck" or "rests_on" in tool.output_schema["properties"]
        assert tool.description
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
    answers = tools["show"].output_schema["properties"]["answer"]["enum"]
    assert set(answers) == {
        "in_force", "ended", "before_record", "not_yet", "disputed", "undated", "unknown_code"
    }  # fmt: skip


QUESTIONS: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    ("history", {"code": "j1.1"}, ("history", "j1.1")),
    ("history", {"code": "K1.15", "known": "2024-06-01"}, ("history", "K1.15", "--known", "2024-06-01")),
    ("why", {"code": "J1.1", "on": "2021-08-01"}, ("why", "J1.1", "--on", "2021-08-01")),
    (
        "compare",
        {"code": "J1.1", "one": "1/8/2024", "other": "2025-04-01"},
        ("compare", "J1.1", "2024-08-01", "2025-04-01"),
    ),
    (
        "changes",
        {"first": "2021-01-01", "until": "2021-02-01"},
        ("changes", "2021-01-01", "2021-02-01"),
    ),
    ("contents", {"on": "2021-03-01"}, ("contents", "--on", "2021-03-01")),
    ("coverage", {}, ("coverage",)),
    ("beside", {}, ("beside",)),
    ("show", {"code": "circular 2024/07"}, ("show", "circular 2024/07")),
    ("search", {"words": "harbour fee"}, ("search", "harbour fee")),
    ("search", {"words": "harbour", "any_time": True}, ("search", "harbour", "--any-time")),
    (
        "search",
        {"words": "hours", "on": "2023-03-01", "known": "2024-06-01"},
        ("search", "hours", "--on", "2023-03-01", "--known", "2024-06-01"),
    ),
]


@pytest.mark.parametrize(("tool", "arguments", "command"), QUESTIONS, ids=lambda value: str(value)[:40])
def test_data_equal_what_the_command_prints(
    specimen_home: Path, tool: str, arguments: dict[str, Any], command: tuple[str, ...]
) -> None:
    """Two surfaces with two answers: one of them is wrong."""
    result = call(specimen_home, tool, **arguments)
    assert not result.is_error
    assert result.structured_content == printed(specimen_home, *command)


def test_a_specimen_is_introduced_as_one(specimen_home: Path) -> None:
    """An assistant would take invented instructions for the authority's."""

    async def introduced(client: Client) -> str:
        return client.instructions or ""

    said = asked(specimen_home, introduced)
    assert SPECIMEN_SAID in said
    assert INZ.authority not in said
    assert DISCLAIMER in said


def test_every_word_of_the_vocabulary_comes_as_data(
    specimen_home: Path, examples: dict[str, Example]
) -> None:
    """An assistant that is told of a dispute by an error will answer from memory."""
    for word, example in examples.items():
        result = call(specimen_home, "show", code=example.code, on=str(example.day))
        assert not result.is_error
        assert result.structured_content is not None
        assert result.structured_content == printed(
            specimen_home, "show", example.code, "--on", str(example.day)
        )
        expected = "in_force" if word in ("unheld", "other") else word
        assert result.structured_content["answer"] == expected
        if word == "unheld":
            assert result.structured_content["version"]["text"] is None
            assert "not held" in words_of(result)


def test_every_text_carries_citation_validity_source_and_what_it_is_not(
    specimen_home: Path, examples: dict[str, Example]
) -> None:
    """What is quoted without these can't be checked by whoever reads the assistant's letter."""
    example = examples["in_force"]
    result = call(specimen_home, "show", code=example.code, on=str(example.day))
    data = result.structured_content
    assert data is not None
    said = words_of(result)
    assert data["version"]["text"][0]["text"] in said
    assert f"Cite as: {data['citation']}." in said
    assert "In force from" in said
    assert f"Source: {data['version']['source_url']}" in said
    assert said.endswith(DISCLAIMER)
    assert SPECIMEN_SAID in said
    compared = words_of(call(specimen_home, "compare", code="J1.1", one="2024-08-01", other="2025-04-01"))
    assert compared.count("Cite as: J1.1, as in force on") == 2
    for tool, arguments in (("coverage", {}), ("search", {"words": "harbour"}), ("contents", {})):
        assert words_of(call(specimen_home, tool, **arguments)).endswith(DISCLAIMER)


@pytest.mark.parametrize(
    ("tool", "more"),
    [("show", {}), ("history", {}), ("why", {}), ("compare", {"one": "2020-01-01", "other": "2021-01-01"})],
)
def test_an_unknown_code_is_an_answer(specimen_home: Path, tool: str, more: dict[str, str]) -> None:
    """With the nearest codes, and in the shape of the question."""
    result = call(specimen_home, tool, code="J19", **more)
    assert not result.is_error
    data = result.structured_content
    assert data is not None
    assert data["code"] == "J19"
    assert "unknown_code" in json.dumps(data)
    assert data["nearest_codes"]
    assert data["nearest_codes"][0] in words_of(result)


def test_no_tool_passes_over_an_argument_that_it_does_not_have(specimen_home: Path) -> None:
    """An assistant that asks `show` with `date` for 2019 would be given the text of today."""
    for tool in asked(specimen_home, lambda client: client.list_tools()).tools:
        assert tool.input_schema["additionalProperties"] is False
        needed = dict.fromkeys(tool.input_schema.get("required", []), "J1.1")
        result = call(specimen_home, tool.name, **needed, moment="2019-08-15")
        assert result.is_error
        assert "moment" in words_of(result)


@pytest.mark.parametrize("tool", ["search", "contents"])
def test_an_unknown_part_is_said_to_be_unknown(specimen_home: Path, tool: str) -> None:
    """An empty list would be taken for the news that nothing there holds the words."""
    arguments = {"words": "visa"} if tool == "search" else {}
    result = call(specimen_home, tool, part="ZZ", **arguments)
    assert not result.is_error
    assert "The code ZZ is not known here. Nearest: Z" in words_of(result)
    assert result.structured_content is not None
    assert "Z" in result.structured_content["nearest_codes"]
    known = call(specimen_home, tool, part="K", **arguments).structured_content
    assert known is not None
    assert "nearest_codes" not in known


@pytest.mark.parametrize("when", [{"on": "2019-08-15"}, {"any_time": True}])
def test_every_piece_that_is_found_carries_validity_and_source(
    specimen_home: Path, when: dict[str, Any]
) -> None:
    """A piece quoted from a list of hits could be of any day, and of any page."""
    result = call(specimen_home, "search", words="applications", limit=5, **when)
    data, lines = result.structured_content, words_of(result).splitlines()
    assert data is not None
    assert data["hits"]
    with KnowledgeBase(specimen_home) as kb:
        for hit in data["hits"]:
            place, version = hit["pinpoint"] or hit["code"], kb.version(hit["version_id"])
            [line] = [one for one in lines if one.startswith((f"Cite as: {place}", f"{place}: "))]
            assert f"{place}, as in force on 15 August 2019" in line if "on" in when else "20" in line
            if version.text_held:
                assert "Source: https://specimen.example/" in line
    [said] = [
        line for line in words_of(call(specimen_home, "terms", term="berth")).splitlines() if "Cite" in line
    ]
    assert "Q1.1.1(b), as in force on 1 September 2026" in said
    assert "Source: https://specimen.example/" in said


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("show", {"code": "J1.1", "on": "31/2/2020"}, "is not a day"),
        ("show", {"code": "!!"}, "is not a code"),
        ("show", {"code": "999999999"}, "is not known here"),
        ("changes", {"first": "2022-01-01", "until": "2021-01-01"}, "lies before"),
        (
            "changes",
            {"first": "2021-01-01", "until": "2022-01-01", "offset": -1},
            "greater than or equal to 0",
        ),
        ("changes", {"first": "2021-01-01", "until": "2022-01-01", "limit": 0}, "greater than or equal to 1"),
        ("search", {"words": "fee", "on": "2021-01-01", "any_time": True}, "exclude each other"),
        ("search", {"words": "fee", "limit": 5000}, "less than or equal to 100"),
        ("search", {"words": "fee " * 100_000}, "at most 2000 characters"),
        ("show", {"code": "A" * 1_000_000}, "at most 200 characters"),
        ("show", {"code": "J1.1", "date": "2019-08-15"}, "date"),
        ("search", {"words": "fee", "day": "2019-08-15"}, "day"),
    ],
)
def test_what_can_not_be_understood_is_told_in_words(
    specimen_home: Path, tool: str, arguments: dict[str, Any], said: str
) -> None:
    """The SDK hides the words of other exceptions, and the assistant would not learn what to ask instead."""
    result = call(specimen_home, tool, **arguments)
    assert result.is_error
    assert said in words_of(result)
    assert "Traceback" not in words_of(result)


def test_no_fault_shows_a_path_of_this_machine(specimen_home: Path, tmp_path: Path) -> None:
    """A missing index and a knowledge base that went away are told without the names of their files."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "kb.sqlite").write_bytes((specimen_home / "kb.sqlite").read_bytes())

    async def both(client: Client) -> list[CallToolResult]:
        unindexed = await client.call_tool("search", {"words": "fee"})
        (home / "kb.sqlite").write_bytes(b"no database at all")
        return [unindexed, await client.call_tool("show", {"code": "J1.1"})]

    for result in asked(home, both):
        assert result.is_error
        assert "can’t be" in words_of(result)
        assert str(tmp_path) not in words_of(result)
        assert "sqlite" not in words_of(result)


def test_a_part_of_the_contents_is_what_stands_under_it(specimen_home: Path) -> None:
    """The whole is too long for most clients; a part must be cut out of the same list."""
    whole = call(specimen_home, "contents").structured_content
    part = call(specimen_home, "contents", part="j1").structured_content
    assert whole is not None
    assert part is not None
    assert part["totals"] == whole["totals"]
    assert [e["code"] for e in part["entries"]] == [
        e["code"] for e in whole["entries"] if e["code"] == "J1" or e["parent"] == "J1"
    ]
    assert call(specimen_home, "contents", part="Nowhere").structured_content["entries"] == []  # type: ignore[index]


def test_changes_come_in_stretches_that_join(specimen_home: Path) -> None:
    """One that falls between two stretches would never be seen."""

    def changes(**more: int) -> dict[str, Any]:
        data = call(
            specimen_home, "changes", first="2015-01-01", until="2026-01-01", **more
        ).structured_content
        assert data is not None
        return data

    whole = changes()
    parts = [changes(limit=7, offset=offset) for offset in range(0, 21, 7)]
    assert [one for part in parts for one in part["changes"]] == whole["changes"][:21]
    assert {json.dumps(part["totals"]) for part in parts} == {json.dumps(whole["totals"])}


def test_coverage_counts_what_the_base_counts(specimen_home: Path) -> None:
    """An assistant that says how complete this copy is must not guess."""
    data = call(specimen_home, "coverage").structured_content
    with KnowledgeBase(specimen_home) as kb:
        total = kb.coverage().total
    assert data is not None
    assert (data["total"]["versions"], data["total"]["held"]) == (total.versions, total.held)


def test_a_letter_gets_the_verdicts_of_the_command_line(specimen_home: Path, tmp_path: Path) -> None:
    """An assistant that quotes from memory is held to the text that applied."""
    with KnowledgeBase(specimen_home) as kb:
        version = kb.in_force_on(Code("J1.1"), When(date(2026, 1, 1))).version
        assert version is not None
        held = kb.text_of(version)
    assert held is not None
    quoted = max((block.text for block in held.blocks), key=len)
    letter = (
        f"You rely on J1.1.\nIt says: “{quoted}”\nIt also says “no umbrella may ever be left on any bench”.\n"
    )
    file = tmp_path / "letter"
    file.write_text(letter, "utf-8")
    result = call(specimen_home, "citecheck", text=letter, on="1/1/2026", days=["decision=2012-01-01"])
    days = ("--on", "2026-01-01", "--day", "decision=2012-01-01")
    data = result.structured_content
    assert data is not None
    assert data == printed(specimen_home, "citecheck", str(file), *days)
    first, second = ([day["verdict"] for day in one["days"]] for one in data["quotations"])
    assert first[0] == "in_force_then"
    assert second[0] == "not_found"
    tools = {tool.name: tool for tool in asked(specimen_home, lambda client: client.list_tools()).tools}
    Draft202012Validator(tools["citecheck"].output_schema).validate(data)
    assert DISCLAIMER in words_of(result)
    for wrong, said in (
        ({"text": "", "on": "2026-01-01"}, "expected"),
        ({"text": letter, "days": ["2012"]}, "no name"),
        ({"text": letter}, "Say which day decides"),
    ):
        refused = call(specimen_home, "citecheck", **wrong)
        assert refused.is_error
        assert said in words_of(refused)


def test_data_have_the_shapes_that_are_published(specimen_home: Path, examples: dict[str, Example]) -> None:
    """A client that checks what it is given would refuse a true answer."""
    tools = {tool.name: tool for tool in asked(specimen_home, lambda client: client.list_tools()).tools}
    questions = [(tool, arguments) for tool, arguments, _ in QUESTIONS]
    questions += [("show", {"code": one.code, "on": str(one.day)}) for one in examples.values()]
    questions += [("history", {"code": "J19"}), ("why", {"code": "J19"})]
    for tool, arguments in questions:
        found = call(specimen_home, tool, **arguments).structured_content
        Draft202012Validator(tools[tool].output_schema).validate(found)


def test_over_standard_input_and_output(specimen_home: Path) -> None:
    """As a client starts it: nothing but the protocol may stand on standard output."""

    async def run() -> CallToolResult:
        command = StdioServerParameters(
            command=sys.executable, args=["-m", "manual.cli", "--home", str(specimen_home), "mcp"]
        )
        async with Client(stdio_client(command)) as client:
            assert {tool.name for tool in (await client.list_tools()).tools} == TOOLS
            return await client.call_tool("show", {"code": "J1.1", "on": "2024-08-15"})

    expected = printed(specimen_home, "show", "J1.1", "--on", "2024-08-15")
    assert anyio.run(run).structured_content == expected


def test_without_the_extra_the_command_says_how_to_install_it(
    specimen_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything else works without it."""
    monkeypatch.delitem(sys.modules, "manual.mcp")
    monkeypatch.delattr("manual.mcp")
    for name in [name for name in sys.modules if name == "mcp" or name.startswith("mcp.")]:
        monkeypatch.setitem(sys.modules, name, None)
    ran = CliRunner().invoke(cli, ["--home", str(specimen_home), "mcp"])
    assert ran.exit_code == FINDINGS
    assert 'pip install "inforce[mcp]"' in ran.stderr
    assert ran.stdout == ""


def test_a_home_without_a_knowledge_base_is_told_before_anybody_waits(tmp_path: Path) -> None:
    """A client would otherwise start a server that can answer nothing."""
    ran = CliRunner().invoke(cli, ["--home", str(tmp_path / "none"), "mcp"])
    assert ran.exit_code == FINDINGS
    assert "inforce load" in ran.stderr
    assert ran.stdout == ""
