"""The search page: everything on it is for the day, or the time, for which it was asked."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.site.conftest import See


def hrefs(see: See, address: str) -> list[str]:
    return [str(a["href"]) for a in see(address).soup.select(".hits h2 a")]


def test_a_day_in_the_query_becomes_the_day_of_the_page(client: FlaskClient, see: See) -> None:
    """The words of 2012 stood beside links to the other words of today."""
    answer = client.get("/search?q=on:2012-06-01+lantern+makers&when=any&sort=date&page=3")
    assert answer.status_code == 303
    address = answer.headers["Location"]
    assert address == "/search?q=lantern+makers&sort=date&on=2012-06-01"
    page = see(address)
    assert "1 June 2012" in page.words
    links = hrefs(see, address)
    assert links
    assert all("/on/2012-06-01" in href for href in links)


@pytest.mark.parametrize("query", ["on:2012-13-01 visa", '"on:2012-06-01" visa', "visa on 2012-06-01"])
def test_what_is_no_day_of_the_query_leads_nowhere(client: FlaskClient, query: str) -> None:
    """A phrase would be cut, or a day guessed."""
    assert client.get("/search", query_string={"q": query}).status_code == 200


def test_a_day_alone_in_the_query_is_a_search_without_words(client: FlaskClient) -> None:
    """It would find the whole manual, or go round in circles."""
    address = client.get("/search?q=on:2012-06-01").headers["Location"]
    assert client.get(address).status_code == 200


def test_a_search_of_any_time_speaks_of_no_day(see: See) -> None:
    """The title named a day on which nobody had asked, and the offers were those of that day."""
    page = see("/search?q=lantern&when=any&on=2026-08-01")
    title = page.soup.title
    assert title is not None
    assert "(on " not in title.get_text()
    assert "O1.1" in [str(option["value"]) for option in page.soup.select("#offers option")]
    assert "O1.1" not in [
        str(o["value"]) for o in see("/search?q=lantern&on=2026-08-01").soup.select("#offers option")
    ]


def test_undated_instructions_are_found_by_title_and_marked(see: See) -> None:
    """Most codes of a young copy are undated; a search that leaves them out seems to say that they don't exist."""
    page = see("/search?q=wildlife+science&on=2026-08-01")
    (hit,) = [li for li in page.soup.select(".hits li") if "Z Wildlife" in li.get_text(" ", strip=True)]
    assert hit.select_one(".tag.undated") is not None
    marked = see("/search?q=status:undated+wildlife&on=2026-08-01").soup.select(".hits li")
    assert marked
    assert all(li.select_one(".tag.undated") for li in marked)


def test_a_disputed_hit_names_what_may_have_been_in_force(see: See) -> None:
    """One text of several was shown as if it were the one."""
    for page in range(1, 4):
        hits = see(f"/search?q=status:disputed&when=&on=2026-08-01&page={page}").soup.select(".hits li")
        for li in hits:
            assert li.select_one(".tag.disputed")
            assert "What may have been in force:" in li.get_text(" ", strip=True)
            assert li.select("p.quiet a")
            assert all("/version/" in str(a["href"]) for a in li.select("p.quiet a"))
        if hits:
            return
    pytest.fail("nothing in dispute was found")


def test_a_line_parts_hits_with_all_the_words_from_the_rest(see: See) -> None:
    """Far below lies what holds one word of four, and looks like an answer."""
    page = see("/search?q=medical+insurance+hospital&on=2026-08-01")
    (line,) = page.soup.select(".rest")
    said = line.get_text()
    whole = int(said.split()[0])
    assert len(line.find_previous_siblings("li")) == whole
    assert f"{whole} hold" in said
    assert not see("/search?q=medical+insurance+hospital&on=2026-08-01&sort=code").soup.select(".rest")
    assert not see("/search?q=insurance&on=2026-08-01").soup.select(".rest")


def test_a_correction_is_offered_with_what_it_finds(see: See) -> None:
    """A reader would have to try it to learn that it finds nothing either."""
    words = see("/search?q=tubercolosis&on=2026-08-01").words
    assert "Did you mean tuberculosis ? It finds 2 instructions." in words.replace(
        "tuberculosis?", "tuberculosis ?"
    )
