"""The panel of a country says the years that the tables hold."""

from __future__ import annotations

from dashboard.dataset import Dataset
from dashboard.metrics.panel import country_panel
from dashboard.selection import Selection


def test_years_are_said_where_they_are_recorded(dataset: Dataset) -> None:
    panel = country_panel(dataset, Selection("sci-2007", country="TUR"), basis_label="SCI")
    starts = {pair.us_name: pair.start for pair in panel.pairs}
    assert starts["Houston, TX"] == 1988
    rows = dataset.partnerships[dataset.partnerships["id"].isin([pair.id for pair in panel.pairs])]
    assert sorted(filter(None, starts.values())) == sorted(rows["start_year"].dropna().astype(int))


def test_what_is_not_recorded_is_none(dataset: Dataset) -> None:
    for iso3 in dataset.countries["iso3"]:
        for pair in country_panel(dataset, Selection("documented", country=iso3), basis_label="").pairs:
            row = dataset.partnerships.set_index("id").loc[pair.id]
            assert (pair.start is None) == bool(row.isna()["start_year"])
            assert (pair.known_by is None) == bool(row.isna()["known_by"])
