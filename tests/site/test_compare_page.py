"""The page of a comparison."""

from __future__ import annotations

from tests.site.conftest import See

ADDRESS = "/K1.15/compare/2018-06-01/2021-03-01"


def test_each_change_is_numbered_and_leads_to_its_neighbours(see: See) -> None:
    """Changes would be searched for by scrolling, or a link lead nowhere."""
    soup = see(ADDRESS).soup
    ids = [str(one["id"]) for one in soup.select(".clause[id]")]
    assert ids == [f"change-{n + 1}" for n in range(len(ids))]
    assert len(ids) > 1
    links = [str(a["href"]) for a in soup.select(".steps a")]
    assert set(links) == {f"#{one}" for one in ids}
    assert len(links) == 2 * (len(ids) - 1)


def test_summary_can_be_taken_over_as_it_stands(see: See) -> None:
    """Each file note would word the same comparison otherwise."""
    box = see(ADDRESS).soup.select_one(".summary b")
    assert box is not None
    said = box.get_text()
    assert said.startswith(
        "Compared: K1.15, as in force on 1 June 2018 (1 April 2014 to 13 October 2019), with K1.15,"
    )
    assert "What differs:" in said
    assert "specimen.example" in said


def test_unchanged_versions_and_unheld_texts_have_no_summary(see: See) -> None:
    """Something would be said of texts that nobody compared."""
    for address in ("/J1.1/compare/2011-01-01/2019-02-01", "/J1.1/compare/2019-01-01/2019-02-01"):
        assert not see(address).soup.select(".summary, .steps")
