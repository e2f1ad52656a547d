"""The panel of a country says the years that the tables hold."""

from __future__ import annotations

from html import unescape

from dashboard.components.cards import panel_markup
from dashboard.context import AppContext
from dashboard.counting import rows_at
from dashboard.dataset import DOCUMENTED, Dataset
from dashboard.filters import Selection
from dashboard.metrics.panel import CountryPanel, country_panel
from dashboard.metrics.partnerships import tiles_table
from tests.markup import text_of

SCI, ALL = Selection("sci-2007"), Selection(DOCUMENTED)


def test_years_are_said_where_they_are_recorded(dataset: Dataset) -> None:
    panel = country_panel(dataset, SCI.having(country="TUR"), basis_label="SCI")
    starts = {pair.us_name: pair.start_year for pair in panel.pairs}
    assert starts["Houston, TX"] == 1986
    rows = dataset.partnerships[dataset.partnerships["id"].isin([pair.id for pair in panel.pairs])]
    assert sorted(filter(None, starts.values())) == sorted(rows["start_year"].dropna().astype(int))


def test_what_is_not_recorded_is_none(dataset: Dataset) -> None:
    for iso3 in dataset.countries["iso3"]:
        for pair in country_panel(dataset, ALL.having(country=iso3), basis_label="").pairs:
            row = dataset.partnerships.set_index("id").loc[pair.id]
            assert (pair.start_year is None) == bool(row.isna()["start_year"])
            assert (pair.known_by is None) == bool(row.isna()["known_by"])


def test_the_panel_says_what_travelers_are_advised_as_published(app_context: AppContext) -> None:
    def panel(iso3: str) -> str:
        return panel_markup(app_context, ALL.having(country=iso3))

    assert "as of 7 October 2026:" in panel("AFG") and "level 4, do not travel, 20 February 2026" in panel("AFG")
    assert "travel-advisories/destination.afg.html" in panel("AFG") and "not a judgement" in panel("AFG")
    for text in ("West Bank: level 3, reconsider travel", "Gaza: level 4, do not travel", "Official page for Gaza"):
        assert text in panel("PSE")
    assert "none of its own on record" in panel("ESH") and "level" not in panel("ESH").split("State Department")[1][:60]


def test_the_panel_counts_what_the_tiles_count(dataset: Dataset) -> None:
    """Those that ended are listed, but not among the counted: Türkiye has 32 documented pairings, 2 of them ended."""
    panel = country_panel(dataset, ALL.having(country="TUR"), basis_label="")
    assert (panel.counted, panel.identified, panel.ended, len(panel.pairs)) == (30, 30, 2, 32)
    for name, basis in dataset.bases.items():
        for iso3 in dataset.countries["iso3"]:
            selection = Selection(name).having(country=iso3)
            tiles = rows_at(tiles_table(dataset, selection), basis.last_year)
            total = dict(zip(tiles["name"], tiles["value"], strict=True))["partnerships"]
            assert country_panel(dataset, selection, basis_label="").counted == total


def test_with_a_state_chosen_the_panel_is_of_that_state_and_says_so(dataset: Dataset) -> None:
    panel = country_panel(dataset, SCI.having(country="TUR", state="TX"), basis_label="SCI")
    assert (panel.basis_label, panel.counted) == ("SCI · TX", 1)
    table = dataset.partnerships
    is_there = (table["country_iso3"] == "TUR") & (table["us_state"] == "TX")
    assert panel.counted + len(panel.candidates) + panel.later == int(is_there.sum())
    programs = dataset.tables["programs"]
    is_there = (programs["country_iso3"] == "TUR") & (programs["us_state"] == "TX")
    assert [title for title, *_ in panel.programs] == programs.loc[is_there, "title"].tolist()


def test_a_country_whose_pairings_do_not_count_leads_to_them(app_context: AppContext) -> None:
    """Guyana has one that is documented and none of the 94; Maldives has neither."""

    def panel(iso3: str, basis: str = "sci-2007") -> str:
        return panel_markup(app_context, Selection(basis).having(country=iso3))

    assert 'data-set="basis=documented"' in panel("GUY")
    assert 'data-set="basis' not in panel("MDV") + panel("GUY", "documented") + panel("TUR")


def test_more_documented_by_the_year_of_a_count_than_it_has_is_said(dataset: Dataset, app_context: AppContext) -> None:
    """Azerbaijan: one counted, Houston–Baku of 1976 and Honolulu–Baku of 1998 documented."""

    def panel(country: str, basis: str = "sci-2007", state: str | None = None) -> CountryPanel:
        return country_panel(dataset, Selection(basis).having(country=country, state=state), basis_label="")

    found = panel("AZE").excess
    assert found is not None
    assert (found.counted, found.year, set(found.names)) == (1, 2007, {"Honolulu–Baku", "Houston–Baku"})
    assert panel("AZE", "documented").excess == found
    assert panel("AZE", state="TX").excess is None, "a count of a country is not one of a state"
    assert panel("NGA").excess is None
    said = {iso3: text_of(panel_markup(app_context, SCI.having(country=iso3))) for iso3 in ("AZE", "BEN")}
    assert "Sources document 2 by 2007: " in said["AZE"]
    assert "SCI counted 1; which of them is not recorded." in said["AZE"]
    assert "SCI counted 0." in said["BEN"]


def test_every_panel_names_every_partnership_with_its_sources(dataset: Dataset, app_context: AppContext) -> None:
    for basis in dataset.bases:
        for iso3 in dataset.countries["iso3"]:
            selection = Selection(basis).having(country=iso3)
            panel, markup = (
                country_panel(dataset, selection, basis_label=""),
                unescape(panel_markup(app_context, selection)),
            )
            said = text_of(markup)
            for pair in panel.pairs:
                assert pair.us_name in said and pair.partner_community in said, pair.id
                assert all(source.name in said and source.address in markup for source in pair.sources), pair.id
