"""The words of the growth chart."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import pandas as pd

from dashboard.charts import tiles
from dashboard.charts.base import Chart, View, each_year, never_sample, once_a_view, until_year
from dashboard.charts.growth.slide import SLIDE
from dashboard.charts.milestones import milestones
from dashboard.counting import by_year, first_rows, first_years, selected_events
from dashboard.dataset.labels import label_of
from dashboard.dataset.model import Basis, Dataset
from dashboard.filters import PARTNERSHIPS
from dashboard.metrics.partnerships import growth_table
from dashboard.metrics.sources import ids_under, split_ids
from dashboard.strings import Catalog

# sentences that are kept: many years, and many choices of regions, have the same
SENTENCES = 1000


@once_a_view
def table(view: View) -> pd.DataFrame:
    """`growth_table` of the selection, regions in their usual order."""
    return growth_table(view.dataset, view.selection, regions=view.regions)


def headline(_table: pd.DataFrame, view: View, year: int) -> str:
    """How many began when, and how many nobody dated."""
    t, position = view.t, view.basis.years.index(year)
    dated, undated, upper = (view.totals[name][position] for name in ("dated", "undated", "upper"))
    if upper == 0:
        return t("growth.headline.nothing", year=year)
    if view.country_name:
        return _country(view, year, dated, undated, upper)
    if upper > dated + undated:
        return t("growth.headline.at_least", year=year, count=dated + undated, upper=upper)
    since = view.dataset.about.initiative_first_year
    recent = tiles.figures(view)[f"new_since_{since}"][position]
    if year >= since and dated and not undated:
        return t("growth.headline.recent_whole", recent=recent, dated=dated, before=since - 1)
    if year >= since and dated:
        return t("growth.headline.recent", recent=recent, dated=dated, before=since - 1, count=undated)
    if not undated:
        return t("growth.headline.dated_whole", year=year, count=dated)
    return t("growth.headline.dated", year=year, dated=dated, count=undated)


def _country(view: View, year: int, dated: int, undated: int, upper: int) -> str:
    t, name = view.t, view.country_name
    if not dated and upper == undated:
        return t("growth.headline.country_known", country=name, year=year, count=upper)
    if not dated and not undated:
        return t("growth.headline.country_perhaps", country=name, year=year, upper=upper)
    if not dated:
        return t("growth.headline.country_undated", country=name, year=year, lower=undated, upper=upper)
    if upper > dated + undated:
        return t("growth.headline.country_range", country=name, year=year, lower=dated + undated, upper=upper)
    first = first_years(selected_events(view.basis, view.selection.filters))[view.selection.country or ""]
    return t("growth.headline.country", country=name, count=dated, lower=dated + undated, first=first, year=year)


def description(_table: pd.DataFrame, view: View, year: int) -> str:
    """Sums of the year, then each region's part."""
    years = view.basis.years
    position = years.index(year)
    dated, undated, upper = (view.totals[name][position] for name in ("dated", "undated", "upper"))
    text = view.t(
        "growth.description",
        first=years[0],
        year=year,
        dated=dated,
        undated=undated,
        lower=dated + undated,
        upper=upper,
    )
    return view.t.sentences(text, _by_region(_dated_by_region(view)[position], view.t))


@once_a_view
def _dated_by_region(view: View) -> list[tuple[tuple[str, int], ...]]:
    """By year the regions that have any dated ones, and how many."""
    rows, years = table(view), view.basis.years
    regions = first_rows(rows, years, "region")
    return [
        tuple((region, number) for region, number in zip(regions, numbers, strict=True) if number)
        for numbers in by_year(rows, years, "dated").tolist()
    ]


@lru_cache(maxsize=SENTENCES)
def _by_region(numbers: tuple[tuple[str, int], ...], t: Catalog) -> str:
    if not numbers:
        return ""
    parts = [_of_region(region, number, t) for region, number in numbers]
    return t("growth.description_regions", parts=t.listing(parts))


@lru_cache(maxsize=SENTENCES)
def _of_region(region: str, number: int, t: Catalog) -> str:
    return t("growth.end.region_plain", region=label_of(t, "region", region), number=number)


def note(_table: pd.DataFrame, view: View, _year: int) -> str:
    """How the bars are counted."""
    return view.t("growth.note")


def sources(view: View) -> Sequence[str]:
    """Ids of the sources of the partnerships, published totals and milestones shown."""
    cited = [*ids_under(view.basis, view.selection), *_published(view.dataset), *_milestones(view.dataset, view.basis)]
    return tuple(dict.fromkeys(cited))


@lru_cache(maxsize=4)
def _published(dataset: Dataset) -> list[str]:
    return [source for joined in dataset.tables["totals"]["source_ids"] for source in split_ids(joined)]


@lru_cache(maxsize=8)
def _milestones(dataset: Dataset, basis: Basis) -> list[str]:
    return [source for row in milestones(dataset, basis.years) for source in split_ids(row["source_ids"])]


def display_state(table: pd.DataFrame, _view: View, _year: int) -> str:
    """ "chart", or "empty" where the selection has nothing in any year."""
    return "empty" if table.empty else "chart"


CHART = Chart(
    id="growth",
    counts=PARTNERSHIPS,
    table=table,
    shown=until_year,
    moment=each_year,
    columns=("year", "region", "dated", "undated", "upper"),
    headline=headline,
    description=description,
    note=note,
    sources=sources,
    display_state=display_state,
    is_sample=never_sample,
    slide=SLIDE,
)
