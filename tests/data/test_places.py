"""The cities: which ones are there, and that the partnerships find theirs among them."""

from __future__ import annotations

from dashboard.dataset import Dataset
from dashboard.settings import SHIPPED_DATA

US_LEAST, PARTNER_LEAST, ALWAYS = 25_000, 100_000, 3


def test_every_country_in_scope_has_its_largest_cities(dataset: Dataset) -> None:
    cities = dataset.tables["partner_cities"]
    sizes = cities.groupby("country_iso3")["population"]
    assert set(sizes.groups) == set(dataset.countries["iso3"])
    assert sizes.size().min() == ALWAYS
    small = cities[cities["population"] < PARTNER_LEAST]
    ranks = sizes.rank(ascending=False, method="first")
    assert (ranks.loc[small.index] <= ALWAYS).all()


def test_us_cities_are_of_the_stated_size_and_no_parts_of_others(dataset: Dataset) -> None:
    cities = dataset.tables["us_cities"]
    assert cities["population"].min() >= US_LEAST
    names = set(zip(cities["name"], cities["us_state"], strict=True))
    assert {("New York City", "NY"), ("Houston", "TX"), ("San Juan", "PR")} <= names
    assert not {("Manhattan", "NY"), ("South Boston", "MA"), ("New South Memphis", "TN")} & names


def test_the_files_are_small(dataset: Dataset) -> None:
    sizes = [path.stat().st_size for path in sorted((SHIPPED_DATA / "places").glob("*.csv"))]
    assert len(sizes) == 2
    assert sum(sizes) < 200_000
