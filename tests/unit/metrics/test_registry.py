"""The registry, the research board, states and programs."""

from __future__ import annotations

import pytest

from dashboard.dataset import DOCUMENTED, Dataset
from dashboard.metrics import programs as program_metrics
from dashboard.metrics.programs import programs, success_stories
from dashboard.metrics.registry import (
    UNIDENTIFIED,
    all_entries,
    candidates,
    entries,
    programs_of,
    search,
)
from dashboard.metrics.registry_file import cited_in, registry_table
from dashboard.metrics.research import QUESTIONS, other_years, progress, questions, questions_table
from dashboard.metrics.states import state_page
from dashboard.selection import Selection

SCI, ALL = Selection("sci-2007"), Selection(DOCUMENTED)


def names(dataset: Dataset, text: str, selection: Selection = SCI) -> set[str]:
    return {each.us_name or each.id for each in search(entries(dataset, selection), text)}


def test_every_row_is_there_also_those_not_identified(dataset: Dataset) -> None:
    found = entries(dataset, SCI)
    assert len(found) == 94
    assert sum(each.recorded == UNIDENTIFIED for each in found) == 26
    assert len(entries(dataset, ALL)) == 218
    assert len(all_entries(dataset)) == len(dataset.partnerships)


def test_filters_and_year_are_those_of_the_page(dataset: Dataset) -> None:
    assert {each.region for each in entries(dataset, Selection("sci-2007", regions=("Western Asia",)))} == {
        "Western Asia"
    }
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
    found = candidates(dataset, basis, "TUR")
    assert found
    assert not {each.id for each in found} & set(basis.rows["id"])
    assert candidates(dataset, dataset.bases[DOCUMENTED], "TUR") == []


def test_programs_of_a_partnership(dataset: Dataset) -> None:
    found = programs_of(dataset, all_entries(dataset)["houston-tx--baku-aze"])
    assert {row["title"] for row in found} >= {"Azerbaijani music and culture events"}
    assert programs_of(dataset, all_entries(dataset)["not-yet-identified-afg-1"]) == []


@pytest.mark.parametrize("selection", [SCI, Selection("documented", regions=("Western Asia",))])
def test_the_table_of_the_registry_says_what_its_entries_say(dataset: Dataset, selection: Selection) -> None:
    rows, found = list(registry_table(dataset, selection).rows()), entries(dataset, selection)
    assert [row["id"] for row in rows] == [each.id for each in found]
    for row, each in zip(rows, found, strict=True):
        for name, cell in row.items():
            wanted = ";".join(source.id for source in each.sources) if name == "source_ids" else getattr(each, name)
            assert cell == wanted, (each.id, name)
    assert set(cited_in(registry_table(dataset, selection))) == {source.id for each in found for source in each.sources}


def test_research_progress_adds_up(dataset: Dataset) -> None:
    rows = progress(dataset, SCI)
    assert len(rows) == 31
    assert [sum(getattr(row, name) for row in rows) for name in ("counted", "identified", "dated")] == [94, 68, 60]
    assert {(row.contacted, row.surveyed) for row in rows} == {(None, None)}
    assert rows[0].counted - rows[0].identified == max(row.counted - row.identified for row in rows)


def test_open_questions(dataset: Dataset) -> None:
    found = questions(dataset, SCI)
    of = {kind: [each for each in found if each.kind == kind] for kind in QUESTIONS}
    assert sum(each.number for each in of["cities"]) == 26
    assert len(of["start_year"]) == 68 - 60
    assert {"Iraq", "Malaysia"} == {each.country for each in of["counts"]}
    assert "New Haven, CT–Freetown" in {each.about for each in of["other_year"]}
    assert "Houston, TX–Abu Dhabi" in {each.about for each in of["other_year"]}
    assert len(questions_table(found)) == len(found)
    assert all("zzz" not in each.about and each.about for each in found)


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


def test_programs_by_sector_region_year_and_tag(dataset: Dataset) -> None:
    found = programs(dataset, SCI)
    table = dataset.tables["programs"]
    assert len(found) == len(table)
    assert program_metrics.by_sector(found) == table["sector"].value_counts().to_dict()
    assert sum(program_metrics.by_region(found).values()) == len(table)
    assert program_metrics.by_tag(found)["youth"] == int(table["tags"].str.contains("youth").sum())
    years = program_metrics.by_year(found)
    assert years[None] == int(table["year"].isna().sum())
    assert list(years)[-1] is None
    assert {each.country_iso3 for each in programs(dataset, Selection("sci-2007", country="MLI"))} == {"MLI"}


def test_stories_begin_with_those_of_the_deck(dataset: Dataset) -> None:
    stories = success_stories(dataset, programs(dataset, SCI))
    assert [each.entry.partner_community for each in stories[:3]] == ["Baku", "Istanbul", "Abu Dhabi"]
    assert [each.is_in_deck for each in stories[:4]] == [True, True, True, False]
    sizes = [len(each.programs) for each in stories[3:]]
    assert sizes == sorted(sizes, reverse=True)
    assert min(sizes) >= 2
