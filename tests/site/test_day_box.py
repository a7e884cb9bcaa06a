"""The day box leads to the page that the reader is on, on another day; also after a day that can't be read."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.site.conftest import See

LAW = "/law/specimen-harbours-act-1999/s49"
PLACES = {
    "/": "/?on=2025-08-20",
    "/J1.1": "/J1.1/on/2025-08-20",
    "/J1.1/on/2019-01-01": "/J1.1/on/2025-08-20",
    "/J1.1/history": "/J1.1/history?on=2025-08-20",
    "/J1.1/version/J1.1@2018-03-12": "/J1.1/on/2025-08-20",
    "/J1.1/compare/2019-01-01/2023-01-01": "/J1.1/on/2025-08-20",
    "/contents": "/contents/on/2025-08-20",
    "/changes/2024-01-01/2025-01-01": "/changes/2024-01-01/2025-01-01?on=2025-08-20",
    LAW: f"{LAW}?on=2025-08-20",
    f"{LAW}?on=1990-01-01&known=2026-08-20": f"{LAW}?on=2025-08-20&known=2026-08-20",
    "/law": "/law?on=2025-08-20",
    "/circulars": "/circulars?on=2025-08-20",
    "/circulars/2024-07": "/circulars/2024-07?on=2025-08-20",
    "/notices": "/notices?on=2025-08-20",
    "/notices/visa-pak-12": "/notices/visa-pak-12?on=2025-08-20",
    "/terms": "/terms?on=2025-08-20",
    "/coming": "/coming?on=2025-08-20",
    "/wanted": "/wanted?on=2025-08-20",
    "/coverage": "/coverage?on=2025-08-20",
    "/findings": "/findings?on=2025-08-20",
    "/search": "/search?on=2025-08-20",
    "/how-to-search": "/how-to-search?on=2025-08-20",
    "/citecheck": "/citecheck?on=2025-08-20",
    "/about": "/about?on=2025-08-20",
}


def _sent(see: See, address: str, **typed: str) -> str:
    """Where the form in the head leads from a page, with its fields as they stand there but for those typed."""
    soup = see(address).soup
    form = soup.select_one("form#jump")
    assert form is not None
    fields = [*form.select("input[name]"), *soup.select("input[form=jump]")]
    given = {str(field["name"]): str(field.get("value", "")) for field in fields}
    return f"{form['action']}?{urlencode(given | typed)}"


def _place(address: str) -> tuple[str, dict[str, list[str]]]:
    parts = urlsplit(address)
    return parts.path, parse_qs(parts.query)


@pytest.mark.parametrize("address", PLACES)
def test_another_day_leads_to_the_same_page(see: See, client: FlaskClient, address: str) -> None:
    """Asking for the law of another day led to the first page, and the way had to be gone again."""
    response = client.get(_sent(see, address, on="20 August 2025"))
    assert response.status_code == 303
    assert _place(response.headers["Location"]) == _place(PLACES[address])


@pytest.mark.parametrize(
    "address", [a for a in PLACES if "/on/" not in a and not a.startswith("/J1.1/") and "?" not in a]
)
def test_after_a_day_that_is_none_the_right_one_leads_to_the_same_page(
    see: See, client: FlaskClient, address: str
) -> None:
    """The form of the error page forgot where the reader was."""
    bad = f"{address}?on=31+February+2025"
    assert see(bad).status == 400
    response = client.get(_sent(see, bad, on="20/8/2025"))
    assert _place(response.headers["Location"]) == _place(PLACES[address])


@pytest.mark.parametrize(("address", "says"), [
    (f"{LAW}?on=2025-08-20", "This page answers for 20 August 2025"),
    ("/terms?on=2025-08-20", "This page answers for 20 August 2025"),
    ("/circulars/2024-07?on=2025-08-20", "The day is set to 20 August 2025"),
    ("/notices?on=2025-08-20", "The day is set to 20 August 2025"),
])  # fmt: skip
def test_a_page_says_whether_it_answers_for_the_day(see: See, address: str, says: str) -> None:
    """A circular says the same on every day, and a provision does not."""
    assert says in see(address).banner
