"""The shipped files validate, and say what the initiative will quote in public."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from dashboard.charts import View, tiles
from dashboard.counting import rows_at
from dashboard.dataset import DOCUMENTED, Dataset
from dashboard.filters import Selection
from dashboard.metrics.partnerships import countries_table, growth_table, map_context, tiles_table
from dashboard.settings import SHIPPED_DATA

SCI = Selection("sci-2007")
ALL = Selection(DOCUMENTED)
ASSETS = Path(__file__).parents[2] / "assets"
ViewOf = Callable[[str], View]


def tile_numbers(dataset: Dataset, selection: Selection, year: int) -> dict[str, int]:
    now = rows_at(tiles_table(dataset, selection), year)
    return dict(zip(now["name"], now["value"], strict=True))


def column(table: pd.DataFrame, name: str, key: str) -> dict[str, int]:
    return {str(each): number for each, number in zip(table[key], table[name], strict=True) if number}


def test_94_partnerships_in_31_countries_by_country_as_the_deck_says(dataset: Dataset) -> None:
    numbers = tile_numbers(dataset, SCI, 2007)
    assert (numbers["partnerships"], numbers["partnerships_upper"], numbers["countries"]) == (94, 94, 31)
    now = rows_at(map_context(dataset, SCI), 2007)
    counts = dataset.snapshots[0].counts
    assert column(now, "partnerships", "country_iso3") == dict(
        zip(counts["country_iso3"], counts["partnerships"], strict=True)
    )


def test_the_94_by_region(dataset: Dataset, view_of: ViewOf) -> None:
    now = rows_at(growth_table(dataset, SCI, regions=view_of("").regions), 2007)
    assert column(now, "partnerships", "region") == {
        "Sub-Saharan Africa": 35,
        "Western Asia": 26,
        "Northern Africa": 9,
        "Central Asia": 9,
        "Southern Asia": 6,
        "South-eastern Asia": 6,
        "Southern Europe": 3,
    }


def test_research_progress_and_communities(dataset: Dataset) -> None:
    numbers = tile_numbers(dataset, SCI, 2007)
    assert (numbers["identified"], numbers["dated"], numbers["total"]) == (68, 60, 94)
    assert (numbers["us_communities"], numbers["us_states"]) == (51, 26)
    assert rows_at(countries_table(dataset, SCI), 2007)["unidentified"].sum() == 26


@pytest.mark.parametrize(("year", "dated"), [(1973, 2), (1990, 19), (2000, 35), (2005, 52), (2007, 60)])
def test_dated_by_year(dataset: Dataset, year: int, dated: int) -> None:
    assert rows_at(map_context(dataset, SCI), year)["dated"].sum() == dated


def test_2000_is_at_least_36_and_up_to_69(dataset: Dataset) -> None:
    numbers = tile_numbers(dataset, SCI, 2000)
    assert (numbers["partnerships"], numbers["partnerships_upper"]) == (36, 69)


def test_all_documented(dataset: Dataset) -> None:
    basis = dataset.bases[DOCUMENTED]
    numbers = tile_numbers(dataset, ALL, basis.last_year)
    assert len(basis.rows) == 218
    assert (numbers["partnerships"], numbers["countries"], numbers["dated"]) == (215, 44, 137)
    assert (basis.first_year, basis.last_year) == (1972, 2026)


def test_what_no_source_dates_is_known_by_the_year_of_collection(dataset: Dataset) -> None:
    rows = dataset.bases[DOCUMENTED].rows.set_index("id")
    assert rows.at["omaha-ne--kabul-afg", "known_by"] == dataset.about.collection_year


def test_new_since_the_initiative_began(dataset: Dataset) -> None:
    assert tile_numbers(dataset, SCI, 2007)["new_since_2002"] == 24
    newest = tile_numbers(dataset, Selection(DOCUMENTED), 2026)
    assert (newest["new_since_2002"], newest["dated"]) == (93, 137), "three that ended are in neither"


def test_every_country_is_on_the_map(dataset: Dataset) -> None:
    drawn = {feature["id"] for feature in json.loads((ASSETS / "map" / "world.json").read_text())["features"]}
    points = dataset.tables["map_points"].set_index("country_iso3")["is_small"]
    undrawn = set(dataset.countries["iso3"]) - drawn
    assert undrawn <= {"MYT"}, "a country without borders needs its circle"
    assert all(points[code] == "yes" for code in undrawn)


def test_every_state_is_on_the_map(dataset: Dataset) -> None:
    drawn = {feature["id"] for feature in json.loads((ASSETS / "map" / "us-states.json").read_text())["features"]}
    assert set(dataset.partnerships["us_state"]) - {""} <= drawn


@pytest.mark.parametrize("name", ["world.json", "hatch.json", "us-states.json", "us-hatch.json"])
def test_borders_turn_clockwise_so_that_no_country_fills_the_globe(name: str) -> None:
    """Plotly draws with d3-geo, where a ring turning the other way means everything but the country."""
    for feature in json.loads((ASSETS / "map" / name).read_text())["features"]:
        geometry = feature["geometry"]
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        for rings in polygons:
            assert signed_area(rings[0]) < 0, feature["id"]


def signed_area(ring: list[list[float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def test_every_source_cited_exists_and_every_row_cites_one(dataset: Dataset) -> None:
    known = set(dataset.sources["id"])
    for name, table in dataset.tables.items():
        if "source_ids" in table.columns and name != "waves":
            cited = {source for joined in table["source_ids"] for source in joined.split(";")}
            assert cited <= known, name
            assert "" not in cited, name


def test_the_survey_of_2006_has_themes_and_no_numbers(dataset: Dataset) -> None:
    survey = dataset.survey
    assert [(wave.id, wave.kind) for wave in survey.waves] == [("2006", "themes")]
    assert survey.answers.empty
    labels = survey.themes.groupby("theme_group", sort=False)["label"].agg(list).to_dict()
    assert labels["barriers"] == ["Terrorism", "Travel restrictions", "Safety concerns"]
    assert labels["reasons"] == ["Lack of understanding about Islam", "Post-9/11 atmosphere"]


def test_the_codebook_has_the_options_of_the_question(dataset: Dataset) -> None:
    codebook = dataset.tables["codebook"]
    options = codebook[codebook["question"] == "barriers"]
    assert dict(zip(options["option"], options["label"], strict=True)) == {
        "terrorism": "Terrorism",
        "travel": "Travel restrictions",
        "safety": "Safety concerns",
        "understanding": "Lack of understanding about Islam",
        "atmosphere": "Post-9/11 atmosphere",
        "funding": "Lack of funding",
        "staff": "Lack of staff or volunteers",
        "visas": "Visa rules",
        "language": "Language",
        "interest": "Little community interest",
        "other": "Other",
    }


def test_everything_invented_says_sample(dataset: Dataset) -> None:
    assert all("SAMPLE" in wave.title for wave in dataset.sample.waves)
    assert dataset.sample.answers["respondent"].str.startswith("SAMPLE").all()
    assert dataset.sample.is_sample
    assert not dataset.survey.is_sample


def test_the_sample_has_several_waves_regions_and_states(dataset: Dataset) -> None:
    answers = dataset.sample.answers
    assert len(dataset.sample.waves) >= 4
    assert answers["region"].nunique() >= 6
    assert answers["us_state"].nunique() >= 20


def test_the_decks_nine_milestones_are_marked(dataset: Dataset) -> None:
    marked = dataset.tables["milestones"]["deck_words"]
    assert (marked != "").sum() == 9


def test_tiles_of_the_page_say_the_same(view_of: ViewOf) -> None:
    view = view_of("?year=2000")
    tile = tiles.tiles_by_year(view)["partnerships"][view.basis.years.index(2000)]
    assert (tile.value, tile.number, tile.range) == (36, "36", "to 69")


def test_the_readme_of_the_data_names_every_file() -> None:
    text = (SHIPPED_DATA / "README.md").read_text(encoding="utf-8")
    for path in SHIPPED_DATA.rglob("*"):
        if path.is_file() and path.name != "README.md":
            assert path.name in text, path


# UN M49, "Standard country or area codes for statistical use": the sub-region of every country in scope. Kosovo is not
# in it; its neighbours are Southern Europe.
M49 = {
    "Northern Africa": "DZA EGY ESH LBY MAR SDN TUN",
    "Sub-Saharan Africa": "BEN BFA CIV CMR COM DJI ETH GAB GIN GMB GNB MLI MOZ MRT MYT NER NGA SEN SLE SOM TCD TGO UGA",
    "Latin America and the Caribbean": "GUY SUR",
    "Central Asia": "KAZ KGZ TJK TKM UZB",
    "South-eastern Asia": "BRN IDN MYS",
    "Southern Asia": "AFG BGD IRN MDV PAK",
    "Western Asia": "ARE AZE BHR IRQ JOR KWT LBN OMN PSE QAT SAU SYR TUR YEM",
    "Southern Europe": "ALB BIH XKX",
}


def test_regions_are_those_of_m49(dataset: Dataset) -> None:
    found: dict[str, set[str]] = {}
    for code, region in zip(dataset.countries["iso3"], dataset.countries["region"], strict=True):
        found.setdefault(region, set()).add(code)
    assert found == {region: set(codes.split()) for region, codes in M49.items()}
