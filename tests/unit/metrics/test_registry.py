"""The registry, the research board, states and programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import pytest

from dashboard.dataset import DOCUMENTED, Dataset
from dashboard.dataset.records import records
from dashboard.dataset.spelling import normalize
from dashboard.filters import Filters, Selection
from dashboard.metrics import programs as program_metrics
from dashboard.metrics.programs import programs, success_stories
from dashboard.metrics.registry import UNIDENTIFIED, Entry, candidates, entries, find_entry, programs_of
from dashboard.metrics.registry_file import COLUMNS, registry_table
from dashboard.metrics.research import QUESTIONS, other_years, progress_table, questions_table
from dashboard.metrics.sources import cited_in
from dashboard.metrics.states import cities_table, state_names, state_page, states_table

SCI, ALL = Selection("sci-2007"), Selection(DOCUMENTED)


def search(of: Sequence[Entry], text: str) -> list[Entry]:
    """Those in which every word of `text` begins a part of a spelling, as a browser and the registry by pages search."""
    t = [normalize(word) for word in text.split()]
    return [each for each in of if all(word in each.spellings for word in t)]


def one(dataset: Dataset, key: str) -> Entry:
    entry = find_entry(dataset, key)
    assert entry is not None
    return entry


def names(dataset: Dataset, text: str, selection: Selection = SCI) -> set[str]:
    return {each.us_name or each.id for each in search(entries(dataset, selection), text)}


def test_every_row_is_there_also_those_not_identified(dataset: Dataset) -> None:
    found = entries(dataset, SCI)
    assert len(found) == 94
    assert sum(each.recorded == UNIDENTIFIED for each in found) == 26
    assert len(entries(dataset, ALL)) == 218
    assert all(one(dataset, key).id == key for key in dataset.partnerships["id"])
    assert find_entry(dataset, "nobody") is None


def test_filters_and_year_are_those_of_the_page(dataset: Dataset) -> None:
    assert {each.region for each in entries(dataset, SCI.having(region="Western Asia"))} == {"Western Asia"}
    # at least 36 by 2000, as the tile says
    assert len(entries(dataset, Selection("sci-2007", year=2000))) == 36


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Turkey Istanbul", "Houston, TX"),
        ("türkiye", "Houston, TX"),
        ("Constantinople", "Houston, TX"),
        ("COTE D'IVOIRE", "San Francisco, CA"),
        ("Ivoire", "San Francisco, CA"),
        ("texas baku", "Houston, TX"),
        ("Ségou", "Richmond, VA"),
        ("segou", "Richmond, VA"),
    ],
)
def test_search_knows_old_and_accented_spellings(dataset: Dataset, text: str, who: str) -> None:
    assert who in names(dataset, text, ALL if "gou" in text else SCI)


def test_search_for_nothing_finds_everything_and_for_nonsense_nothing(dataset: Dataset) -> None:
    assert len(search(entries(dataset, SCI), "  ")) == 94
    assert search(entries(dataset, SCI), "zzzz") == []


def test_candidates_belong_to_the_country_and_are_not_counted(dataset: Dataset) -> None:
    basis = dataset.bases["sci-2007"]
    found = candidates(dataset, basis.snapshot, Filters.of(country="TUR"))
    assert found
    assert {each.country_iso3 for each in found} == {"TUR"}
    assert not {each.id for each in found} & set(basis.rows["id"])
    assert candidates(dataset, dataset.bases[DOCUMENTED].snapshot, Filters.of(country="TUR")) == []


def test_programs_of_a_partnership(dataset: Dataset) -> None:
    found = programs_of(dataset, one(dataset, "houston-tx--baku-aze"))
    assert {row["title"] for row in found} >= {"Azerbaijani music and culture events"}
    assert programs_of(dataset, one(dataset, "not-yet-identified-afg-1")) == []


@pytest.mark.parametrize("selection", [SCI, ALL.having(region="Western Asia")])
def test_the_table_of_the_registry_says_what_its_entries_say(dataset: Dataset, selection: Selection) -> None:
    table, found = registry_table(dataset, selection), entries(dataset, selection)
    rows = records(table)
    assert list(table.columns) == COLUMNS
    assert [row["id"] for row in rows] == [each.id for each in found]
    for row, each in zip(rows, found, strict=True):
        for name, cell in row.items():
            wanted = ";".join(source.id for source in each.sources) if name == "source_ids" else getattr(each, name)
            assert cell == wanted, (each.id, name)
    assert set(cited_in(table)) == {source.id for each in found for source in each.sources}


def test_research_progress_adds_up(dataset: Dataset) -> None:
    table = progress_table(dataset, SCI)
    assert len(table) == 31
    assert table[["counted", "identified", "dated"]].sum().tolist() == [94, 68, 60]
    # a folder keeps no log of conversations, which is not the same as that there were none
    assert table[["contacted", "surveyed"]].isna().all(axis=None)
    still_open = table["counted"] - table["identified"]
    assert still_open[0] == still_open.max()


def test_who_was_contacted_is_counted_where_there_is_a_log(dataset: Dataset) -> None:
    def with_log(ids: list[str], surveyed: list[bool]) -> Dataset:
        log = {"partnership_id": ids, "is_contacted": [True] * len(ids), "is_surveyed": surveyed}
        return replace(dataset, contacts=pd.DataFrame(log))

    nobody = progress_table(with_log([], []), SCI)
    assert nobody[["contacted", "surveyed"]].sum().tolist() == [0, 0]
    # one that SCI did not count, one that is in no registry any more
    ids = ["not-yet-identified-afg-1", "gering-and-scottsbluff-ne--bamyan-afg", "council-bluffs-ia--herat-afg", "gone"]
    log = with_log(ids, [True, False, True, True])
    for basis, wanted in ((SCI, (2, 1)), (ALL, (2, 1))):
        found = {
            row["country_iso3"]: (row["contacted"], row["surveyed"]) for row in records(progress_table(log, basis))
        }
        assert found.pop("AFG") == wanted
        assert set(found.values()) == {(0, 0)}


def test_open_questions(dataset: Dataset) -> None:
    table = questions_table(dataset, SCI)
    of = {kind: table[table["kind"] == kind] for kind in QUESTIONS}
    assert of["cities"]["number"].sum() == 26
    assert len(of["start_year"]) == 68 - 60
    assert {"Iraq", "Malaysia"} == set(of["counts"]["country"])
    assert {"New Haven, CT–Freetown", "Houston, TX–Abu Dhabi"} <= set(of["other_year"]["about"])
    assert sum(map(len, of.values())) == len(table)
    assert (table["about"] != "").all()


@pytest.mark.parametrize(
    ("note", "years"),
    [
        ("also listed in Wikipedia 2023", []),
        ("a 2014 mayor's press release says established 1997; New Haven Independent says 1996", [1997, 2014]),
        ("formal agreement signed in Abu Dhabi 2002; also listed in Wikipedia 2023", [2002]),
        ("signed 1996", []),
    ],
)
def test_other_years_of_a_remark(note: str, years: list[int]) -> None:
    assert other_years(note, 1996) == years


def test_a_state(dataset: Dataset) -> None:
    page = state_page(dataset, SCI, "TX", least=250_000)
    assert {each.us_state for each in page.partnerships} == {"TX"}
    assert "Houston" not in {city.name for city in page.without}
    assert "El Paso" in {city.name for city in page.without}
    assert all(city.population >= 250_000 for city in page.without)
    assert len(page.without) < page.cities
    everything = dataset.partnerships
    assert len(page.partnerships) + len(page.others) == int((everything["us_state"] == "TX").sum())
    with pytest.raises(KeyError):
        state_page(dataset, SCI, "ZZ")


@pytest.mark.parametrize("filters", [{}, {"country": "TUR"}, {"region": "Western Asia", "state": "OH"}])
def test_the_list_of_states_says_what_their_pages_say(dataset: Dataset, filters: dict[str, str]) -> None:
    selection = SCI.having(**filters)
    table = states_table(dataset, selection.without("state"))
    for row in records(table.merge(cities_table(dataset, dataset.bases["sci-2007"]))):
        page = state_page(dataset, selection, row["state"])
        assert row == {
            "state": page.state,
            "name": page.name,
            "partnerships": len(page.partnerships),
            "dated": sum(each.start_year is not None for each in page.partnerships),
            "countries": page.countries,
            "programs": len(page.programs),
            "cities": page.cities,
            "without": len(page.without),
        }


def test_the_page_of_a_state_keeps_its_state_and_obeys_every_other_filter(dataset: Dataset) -> None:
    page = state_page(dataset, SCI.having(country="TUR", state="OH"), "TX")
    assert {each.us_state for each in [*page.partnerships, *page.others]} == {"TX"}
    assert {each.country_iso3 for each in [*page.partnerships, *page.others]} == {"TUR"}
    assert {(row["us_state"], row["country_iso3"]) for row in page.programs} == {("TX", "TUR")}
    assert page.name == state_names(dataset)["TX"]


def test_programs_by_sector_region_year_and_tag(dataset: Dataset) -> None:
    found = programs(dataset, SCI)
    table = dataset.tables["programs"]
    assert len(found) == len(table)
    assert program_metrics.by_sector(found) == table["sector"].value_counts().to_dict()
    assert program_metrics.by_tag(found)["youth"] == int(table["tags"].str.contains("youth").sum())
    years = program_metrics.by_year(found)
    assert years[None] == int(table["year"].isna().sum())
    assert list(years)[-1] is None
    assert {each.country_iso3 for each in programs(dataset, SCI.having(country="MLI"))} == {"MLI"}


def test_stories_begin_with_those_of_the_deck(dataset: Dataset) -> None:
    stories = success_stories(dataset, SCI)
    assert [each.entry.partner_community for each in stories[:3]] == ["Baku", "Istanbul", "Abu Dhabi"]
    assert [each.is_in_deck for each in stories[:4]] == [True, True, True, False]
    sizes = [len(each.programs) for each in stories[3:]]
    assert sizes == sorted(sizes, reverse=True)
    assert min(sizes) >= 2


@pytest.mark.parametrize("filters", [{"region": "Central Asia"}, {"country": "TUR"}, {"state": "TX", "country": "AZE"}])
def test_stories_are_of_partnerships_that_pass_the_filters(dataset: Dataset, filters: dict[str, str]) -> None:
    stories = success_stories(dataset, SCI.having(**filters))
    everything = {each.entry.id: each for each in success_stories(dataset, SCI)}
    column = {"region": "region", "country": "country_iso3", "state": "us_state"}

    def passes(entry: Entry) -> bool:
        return all(getattr(entry, column[name]) == value for name, value in filters.items())

    assert [each.entry.id for each in stories] == [name for name, each in everything.items() if passes(each.entry)]
    assert stories
    assert all(each == everything[each.entry.id] for each in stories)
