"""Memento: a client of RFC 7089 that knows nothing of this site finds the version in force at a moment."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from memento_client import MementoClient

from manual.model import Code, When
from manual.queries import KnowledgeBase
from tests.site.conftest import TODAY, Example
from webapp import create_app
from webapp.memento import MEDIA

NOON = "Thu, 15 Aug 2019 12:00:00 GMT"


def head(client: FlaskClient, address: str, moment: str = "") -> tuple[int, dict[str, str]]:
    response = client.get(address, headers={"Accept-Datetime": moment} if moment else {})
    return response.status_code, dict(response.headers)


# ---------------------------------------------------------------- a client that others wrote


@pytest.mark.parametrize("asked_at", ["/J1.1", "/J1.1/on/2023-01-01"])
def test_a_client_is_led_to_the_version_in_force_at_the_moment(address: str, asked_at: str) -> None:
    """Whoever follows the standard would get another version, or none."""
    with MementoClient(timegate_uri="") as client:
        found = client.get_memento_info(f"{address}{asked_at}", datetime(2019, 8, 15, 11, 0, tzinfo=UTC))
    assert found["original_uri"] == f"{address}/J1.1"
    assert found["timegate_uri"] == f"{address}/J1.1"
    closest = found["mementos"]["closest"]
    assert closest["uri"] == [f"{address}/J1.1/on/2019-08-15"]
    assert closest["http_status_code"] == 200
    began = datetime(2018, 3, 11, 11, 0, tzinfo=UTC)  # midnight of 12 March
    assert closest["datetime"].replace(tzinfo=UTC) == began
    assert found["mementos"]["first"]["uri"] == [f"{address}/J1.1/on/2010-11-29"]
    assert found["mementos"]["last"]["uri"] == [f"{address}/J1.1/on/2025-07-01"]


def test_a_client_is_told_of_no_version_before_the_record(address: str) -> None:
    """The first version would be passed off as what stood before it."""
    with MementoClient(timegate_uri="") as client:
        found = client.get_memento_info(f"{address}/J1.1", datetime(1999, 8, 15, 12, 0, tzinfo=UTC))
    assert "mementos" not in found


# ---------------------------------------------------------------- what the standard asks


@pytest.mark.parametrize("moment", ["", NOON, "Sun, 15 Aug 1999 12:00:00 GMT", "yesterday"])
@pytest.mark.parametrize(
    "address", ["/J1.1", "/j1-1", "/X99", "/J1.1?on=2024-08-15", "/J1.1?known=2000-01-01"]
)
def test_every_answer_of_a_timegate_says_that_it_depends_on_the_moment(
    client: FlaskClient, address: str, moment: str
) -> None:
    """A cache would give the answer for one moment to whoever asks for another."""
    for _ in range(2):
        assert "Accept-Datetime" in head(client, address, moment)[1]["Vary"]


def test_only_a_timegate_is_another_page_at_another_moment(client: FlaskClient) -> None:
    """Every made-up moment would fill the cache with one more copy of a page."""
    for address in ("/J1.1/on/2019-08-15", "/J1.1/history", "/coming"):
        tags = {head(client, address, moment)[1]["ETag"] for moment in ("", NOON, "yesterday")}
        assert len(tags) == 1, address


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("Sun, 11 Mar 2018 10:59:59 GMT", "2018-03-11"),  # a second before midnight, in daylight time
        ("Sun, 11 Mar 2018 11:00:00 GMT", "2018-03-12"),
        ("Mon, 04 May 2020 11:59:59 GMT", "2020-05-04"),  # and in standard time
        ("Mon, 04 May 2020 12:00:00 GMT", "2020-05-05"),
        ("Sat, 28 Sep 2019 12:00:00 GMT", "2019-09-29"),  # the day of 23 hours, on which daylight time begins
        ("Sun, 29 Sep 2019 10:59:59 GMT", "2019-09-29"),
        ("Sun, 29 Sep 2019 11:00:00 GMT", "2019-09-30"),
        ("Sat, 06 Apr 2019 11:00:00 GMT", "2019-04-07"),  # the day of 25 hours, on which it ends
        ("Sun, 07 Apr 2019 11:59:59 GMT", "2019-04-07"),
        ("Sun, 07 Apr 2019 12:00:00 GMT", "2019-04-08"),
    ],
)
def test_midnight_where_the_publisher_is_decides_the_day(client: FlaskClient, moment: str, day: str) -> None:
    """For half of each day the version of the day before would be shown, or of the day after."""
    status, headers = head(client, "/J1.1", moment)
    assert (status, headers["Location"]) == (302, f"/J1.1/on/{day}")
    assert "accept-datetime" in headers["Vary"].lower()
    assert "Memento-Datetime" not in headers
    assert 'rel="original timegate"' in headers["Link"]


def test_before_the_record_is_a_404_with_the_page_of_the_answer(client: FlaskClient) -> None:
    """A bare 404 would say nothing; a 302 would lead to what nobody knows to have stood then."""
    before = {"Accept-Datetime": "Sun, 15 Aug 1999 12:00:00 GMT"}
    response = client.get("/J1.1", headers=before)
    assert response.status_code == client.get("/J1.1", headers=before).status_code == 404
    assert "Accept-Datetime" in response.headers["Vary"]
    assert "ETag" not in response.headers
    page = response.get_data(as_text=True)
    assert "Before the record" in page
    assert "16 August 1999" in page
    # and nothing of it is kept for whoever asks without a moment
    assert client.get("/J1.1").status_code == 200
    assert "<title>J1.1 " in client.get("/J1.1").get_data(as_text=True)


@pytest.mark.parametrize(
    "moment",
    [
        "yesterday", "2019-08-15", "Fri, 15 Aug 2019 12:00:00 GMT", "Thu, 31 Feb 2019 12:00:00 GMT",
        "Thu, 15 Aug 2019 12:00:00 +1200", "Thu, 15 Aug 2019 25:00:00 GMT", "Thu, 15 Aug 0019 12:00:00 GMT", "",
    ],
)  # fmt: skip
def test_a_moment_that_is_none_is_refused(client: FlaskClient, moment: str) -> None:
    """It would be read as some other one, or as now."""
    assert client.get("/J1.1").status_code == 200  # it is kept, and is no answer for a moment
    response = client.get("/J1.1", headers={"Accept-Datetime": moment})
    assert response.status_code == 400
    assert "Accept-Datetime" in response.get_data(as_text=True)


def test_each_answer_is_a_memento_from_the_first_day_on_which_it_holds(
    client: FlaskClient, specimen_home: Path, examples: dict[str, Example]
) -> None:
    """The datetime would be that of a capture, which says nothing about force."""
    with KnowledgeBase(specimen_home) as kb:
        for word in ("in_force", "disputed", "ended", "unheld"):
            example = examples[word]
            answer = kb.in_force_on(example.code, When(example.day))
            _, headers = head(client, example.address)
            began = parsedate_to_datetime(headers["Memento-Datetime"]).astimezone(kb.publisher.zone)
            assert answer.span is not None
            assert (began.date(), began.hour) == (answer.span.first, 0)
            if answer.answer == "in_force" and answer.version and answer.version.validity.effective_from:
                assert began.date() >= answer.version.validity.effective_from
    for word in ("before_record", "not_yet", "undated"):
        assert "Memento-Datetime" not in head(client, examples[word].address)[1], word


def test_a_page_from_the_cache_says_the_same_as_one_just_drawn(client: FlaskClient) -> None:
    """The second reader of a page would not be told that it is a Memento."""
    for address in ("/J1.1", "/J1.1/on/2019-08-15"):
        first, second = head(client, address), head(client, address)
        assert first == second
        assert "Link" in first[1]
        tag = first[1]["ETag"]
        again = client.get(address, headers={"If-None-Match": tag})
        assert again.status_code == 304
        assert again.headers["Link"] == first[1]["Link"]


def test_a_kept_page_is_never_given_for_a_moment(client: FlaskClient) -> None:
    """Whoever asks for 2019 would get the page of today, since it was asked for before."""
    tag = head(client, "/J1.1")[1]["ETag"]
    asked = {"Accept-Datetime": NOON, "If-None-Match": tag}
    assert client.get("/J1.1", headers=asked).status_code == 302


def test_the_timemap_lists_every_run_that_can_be_shown(client: FlaskClient, specimen_home: Path) -> None:
    """A crawler of Mementos would miss versions, or be sent to days without one."""
    response = client.get("/J1.1/timemap")
    assert response.content_type == MEDIA
    lines = response.get_data(as_text=True).split(",\n")
    with KnowledgeBase(specimen_home) as kb:
        spans = kb.history_of(Code("J1.1")).spans
    days = [s.first for s in spans if s.first and s.answer in ("in_force", "disputed", "ended")]
    assert [line.partition(">")[0].rpartition("/")[2] for line in lines[2:]] == [str(day) for day in days]
    assert 'rel="first memento"' in lines[2]
    assert 'rel="last memento"' in lines[-1]
    assert client.get("/X99/timemap").status_code == 404


def test_both_dials_are_kept_on_the_way(client: FlaskClient) -> None:
    """A question about what was known by then would be answered with all pages."""
    status, headers = head(client, "/J1.1?known=2026-08-11", NOON)
    assert (status, headers["Location"]) == (302, "/J1.1/on/2019-08-16?known=2026-08-11")
    assert "?known=2026-08-11" in headers["Link"]


def test_addresses_name_the_host_of_the_settings(specimen_home: Path) -> None:
    """Behind a proxy they would lead to a machine that nobody can reach."""
    app = create_app({"HOME": specimen_home, "TODAY": lambda: TODAY, "ORIGIN": "https://manual.example"})
    assert "<https://manual.example/J1.1/timemap>" in head(app.test_client(), "/J1.1")[1]["Link"]


def test_a_version_of_unknown_start_has_a_datetime_that_a_page_vouches_for(specimen_home: Path) -> None:
    """The moment of the beginning would be invented."""
    app = create_app({"HOME": specimen_home, "TODAY": lambda: TODAY})
    with KnowledgeBase(specimen_home) as kb:
        for code in kb.codes():
            for span in kb.history_of(code).spans:
                if span.answer != "in_force" or span.first is None:
                    continue
                version = kb.version(span.versions[0])
                if version.validity.effective_from is None:
                    assert version.first_seen is not None
                    assert version.first_seen <= span.first
                    _, headers = head(app.test_client(), f"/{code.replace(' ', '-')}/on/{span.first}")
                    began = parsedate_to_datetime(headers["Memento-Datetime"]).astimezone(kb.publisher.zone)
                    assert began.date() == span.first
                    assert began.date() >= date(2026, 8, 1)
                    return
    raise AssertionError("the specimen holds no version of unknown start")
