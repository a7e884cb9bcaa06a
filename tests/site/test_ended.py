"""The page of an instruction that has ended says what may still govern an application made before its end."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from manual.captures import RawCapture
from manual.model import SitePath
from tests.site.conftest import TODAY, Seen, make_home
from webapp import create_app

PAGE = """<html><head><title>{code} x</title></head><body><table><tr><td id="main">
<p class="heading4">{code} {title}</p>{text}
<p class="effectivedate">Effective {day}</p></td></tr></table></body></html>"""
KEPT = "Applications made on or before 4 May 2019 are decided under these instructions."
ENDED = "These instructions ceased to have effect on 1 July 2021."
SENT_ON = "Applications lodged before 1 July 2021 are decided under ZY1.1 as it then stood."
UNRELATED = "Applications lodged before 3 March 2020 had another fee."


def paragraphs(*said: str) -> str:
    return "".join(f'<p class="bodytext">{one}</p>' for one in said)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """An instruction that ended, with a clause in its last text and one in an instruction that refers to it."""
    pages = [
        ("ZY1.1", "Old rates", paragraphs(KEPT, ENDED), "01/01/2015"),
        ("ZY1.5", "New rates", paragraphs(SENT_ON, UNRELATED), "01/07/2021"),
        ("ZY1.9", "Old forms", paragraphs("Some words.", ENDED), "01/01/2015"),
    ]
    raws = [
        RawCapture(
            data=PAGE.format(code=code, title=title, text=text, day=day).encode(), media="html", address=None,
            site_path=SitePath(f"opsmanual/{n}"), captured_at=datetime(2026, 8, 1, tzinfo=UTC), filename=f"{n}.htm",
        )
        for n, (code, title, text, day) in enumerate(pages)
    ]  # fmt: skip
    return create_app(
        {"HOME": make_home(tmp_path_factory.mktemp("ended"), raws), "TODAY": lambda: TODAY}
    ).test_client()


def seen_at(client: FlaskClient, address: str) -> Seen:
    response = client.get(address)
    return Seen(response.status_code, response.get_data(as_text=True))


def test_ended_instruction_lists_the_clauses_of_its_last_text(client: FlaskClient) -> None:
    """An application of 2019 would be decided under what came later."""
    seen = seen_at(client, "/ZY1.1")
    assert seen.soup.select(".validity .tag.ended")
    (own,) = seen.soup.select(".answer > .clauses li")
    assert KEPT in own.get_text()
    assert str(own.a["href"]).startswith("/ZY1.1/on/2015-01-01#ZY1.1")  # type: ignore[index]


def test_clauses_of_today_are_listed_where_they_refer_to_it_and_no_others(client: FlaskClient) -> None:
    """The clause that sends an applicant back to it stands in another instruction; others would drown it."""
    words = [line.get_text() for line in seen_at(client, "/ZY1.1").soup.select(".answer .live .clauses li")]
    assert len(words) == 1
    assert SENT_ON in words[0]
    assert "ZY1.5" in words[0]


def test_nothing_found_is_said_of_the_text_and_not_of_the_law(client: FlaskClient) -> None:
    """A reader would take the silence of one text for the answer."""
    words = seen_at(client, "/ZY1.9").words
    assert "No clause of its last text was found to name a cut-off" in words
    assert "may be put in other words" in words


def test_instruction_in_force_has_no_such_list(client: FlaskClient) -> None:
    """Its own clauses are in its text."""
    assert not seen_at(client, "/ZY1.5").soup.select(".clauses")
