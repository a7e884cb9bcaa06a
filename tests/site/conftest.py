"""A home made of the specimen manual, once per run, and a fresh application for each test."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from indexer import build
from manual.captures import Archive, RawCapture
from manual.load import rebuild
from manual.model import Code, When
from manual.queries import KnowledgeBase
from manual.specimen import specimen_captures
from webapp import create_app

TODAY = date(2026, 9, 1)
RECORDED = datetime(2026, 8, 20, tzinfo=UTC)


def make_home(home: Path, captures: Sequence[RawCapture]) -> Path:
    """A whole home: archive, knowledge base, index."""
    home.mkdir(parents=True, exist_ok=True)
    archive = Archive(home)
    with archive.batch():
        for raw in captures:
            archive.add(raw, RECORDED)
    rebuild(home)
    with KnowledgeBase(home) as kb:
        build(kb.documents(), home / "index", kb_digest=kb.digest)
    return home


@pytest.fixture(scope="session")
def specimen_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_home(tmp_path_factory.mktemp("home"), list(specimen_captures()))


@pytest.fixture
def app(specimen_home: Path) -> Flask:
    return create_app({"HOME": specimen_home, "TODAY": lambda: TODAY, "TESTING": False})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Of a server of this process, for clients that speak HTTP: `http://127.0.0.1:PORT`."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    serving.join()
    server.server_close()


@dataclass(frozen=True, slots=True)
class Example:
    """A code and a day whose answer is a known word."""

    code: Code
    day: date

    @property
    def address(self) -> str:
        return f"/{self.code.replace(' ', '-')}/on/{self.day}"


@pytest.fixture(scope="session")
def examples(specimen_home: Path) -> dict[str, Example]:
    """For each word of the vocabulary a place in the specimen; `in_force` with labels, `unheld` without text."""
    found: dict[str, Example] = {"unknown_code": Example(Code("X99"), date(2020, 1, 1))}
    with KnowledgeBase(specimen_home) as kb:
        for code in kb.codes():
            for span in kb.history_of(code).spans:
                day = span.first or (span.until - timedelta(days=400) if span.until else TODAY)
                found.setdefault(_word(kb, code, day), Example(code, day))
    return found


def _word(kb: KnowledgeBase, code: Code, day: date) -> str:
    answer = kb.in_force_on(code, When(day))
    if answer.answer != "in_force" or answer.version is None:
        return answer.answer
    text = kb.text_of(answer.version)
    if text is None:
        return "unheld"
    labelled = any(block.kind == "item" and block.label == "(a)" for block in text.blocks)
    return "in_force" if labelled and text.structure == "full" else "other"


class Seen:
    """A page as a reader meets it."""

    def __init__(self, status: int, html: str) -> None:
        self.status = status
        self.html = html
        self.soup = BeautifulSoup(html, "html5lib")

    @property
    def main(self) -> Tag:
        found = self.soup.find("main")
        assert isinstance(found, Tag)
        return found

    @property
    def words(self) -> str:
        return " ".join(self.main.get_text(" ").split())

    @property
    def banner(self) -> str:
        found = self.soup.select_one(".day-line")
        return " ".join(found.get_text(" ").split()) if found else ""

    def hrefs(self) -> list[str]:
        return [str(a["href"]) for a in self.soup.select("a[href]")]


See = Callable[[str], Seen]


@pytest.fixture
def see(client: FlaskClient) -> See:
    def seen(address: str) -> Seen:
        response = client.get(address, follow_redirects=True)
        return Seen(response.status_code, response.get_data(as_text=True))

    return seen
