"""Cities find their partnerships; countries without one are those the basis does not count."""

from __future__ import annotations

import pytest

from dashboard.dataset import DOCUMENTED, Dataset
from dashboard.filters import Selection
from dashboard.metrics.cities import largest_cities, partner_cities, partnered_abroad, partnered_us, us_cities
from dashboard.metrics.openings import COLUMNS, openings_table

SCI, ALL = Selection("sci-2007"), Selection(DOCUMENTED)


def us_city(dataset: Dataset, name: str) -> str:
    return next(city.id for city in us_cities(dataset).values() if city.full_name == name)


@pytest.mark.parametrize(
    ("name", "has_in_94", "has_documented"),
    [
        ("Houston, TX", True, True),
        # the partnership says New York, GeoNames says New York City: the place is the same
        ("New York City, NY", True, True),
        ("Austin, TX", False, True),
        ("El Paso, TX", False, False),
        ("Portland, OR", False, True),
    ],
)
def test_a_us_city_finds_its_partnerships(dataset: Dataset, name: str, has_in_94: bool, has_documented: bool) -> None:
    city = us_city(dataset, name)
    assert (city in partnered_us(dataset, dataset.bases["sci-2007"])) is has_in_94
    assert (city in partnered_us(dataset, dataset.bases[DOCUMENTED])) is has_documented


def test_a_city_abroad_is_found_by_place_where_it_is_spelled_otherwise(dataset: Dataset) -> None:
    cities = partner_cities(dataset)
    has = partnered_abroad(dataset, dataset.bases[DOCUMENTED])
    basrah = next(city for city in cities.values() if city.name == "Basrah")
    assert has[basrah.id] == ("houston-tx--basra-irq",)


def test_no_partnership_belongs_to_two_cities(dataset: Dataset) -> None:
    for basis in dataset.bases.values():
        for found in (partnered_us(dataset, basis), partnered_abroad(dataset, basis)):
            ids = [each for of in found.values() for each in of]
            assert len(ids) == len(set(ids))
            assert set(ids) <= set(basis.rows["id"])


def test_openings_and_partner_countries_are_all_listed_countries(dataset: Dataset) -> None:
    """31 of the 62 have a partner under the 94; every other one is Pew's or the OIC's."""
    table = openings_table(dataset, SCI)
    with_partner = set(dataset.bases["sci-2007"].rows["country_iso3"])
    assert len(table) == 31
    assert set(table["country_iso3"]) == set(dataset.countries["iso3"]) - with_partner
    assert ((table["is_pew"] == "yes") | (table["is_oic"] == "yes")).all()


def test_openings_heed_region_and_year(dataset: Dataset) -> None:
    western = openings_table(dataset, SCI.having(region="Western Asia"))
    assert western["country"].tolist() == [
        "Saudi Arabia",
        "Syria",
        "Yemen",
        "Oman",
        "Kuwait",
        "Qatar",
        "Bahrain",
    ]
    early = openings_table(dataset, Selection("sci-2007", year=1990))
    assert early["maybe"].any()
    assert len(early) > 31


def test_a_country_or_a_state_narrows_no_comparison_of_countries(dataset: Dataset) -> None:
    table = openings_table(dataset, SCI)
    assert openings_table(dataset, SCI.having(country="TUR")).equals(table)
    assert openings_table(dataset, SCI.having(state="TX")).equals(table)


def test_what_research_found_beside_the_basis_is_said(dataset: Dataset) -> None:
    documented = openings_table(dataset, SCI).set_index("country_iso3")["documented"]
    rows = dataset.partnerships
    assert documented["XKX"] == int((rows["country_iso3"] == "XKX").sum()) > 0
    assert "XKX" not in set(openings_table(dataset, ALL)["country_iso3"])


def test_an_openings_table_has_its_columns(dataset: Dataset) -> None:
    table = openings_table(dataset, SCI)
    assert list(table.columns) == COLUMNS
    assert len(table) == 31
    names = [city.name for city in largest_cities(dataset)["SAU"]]
    assert dict(zip(table["country_iso3"], table["cities"], strict=True))["SAU"] == "; ".join(names)
