"""Everything the page shows for one selection, for all years at once, as plain JSON.

The browser picks the frame of a year and puts each value where the page asks for it (`assets/js`). It knows nothing
of partnerships: paths, texts, figures and tables all come from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd

from dashboard.charts import CHARTS, Chart, View, countries, tiles
from dashboard.charts.chart import note_of, of_each_year
from dashboard.charts.file_names import stem_without_year
from dashboard.frames import page_texts
from dashboard.frames.steps import steps
from dashboard.frames.tabs import one_order, table_tab
from dashboard.metrics.sources import sources

Frames = dict[str, Any]


@dataclass(frozen=True)
class Contents:
    """What the frames of a page hold: the charts on it, by id, and whether the tiles are there."""

    charts: tuple[str, ...] = ()
    has_tiles: bool = False


OVERVIEW = Contents(charts=("map", "growth", "barriers", "countries"), has_tiles=True)
# texts that only one card needs
CARD_TEXTS: Mapping[str, Callable[[View], page_texts.Texts]] = MappingProxyType(
    {
        "map": page_texts.legend_texts,
        "barriers": page_texts.barriers_texts,
        "countries": page_texts.countries_texts,
        "regions": page_texts.regions_texts,
        "waves": page_texts.waves_texts,
        "others": page_texts.others_texts,
    }
)


def build_frames(view: View, contents: Contents = OVERVIEW, *, basis_label: str) -> Frames:
    """first, last: the years. group: from which number on digits are written in groups, and the mark between. texts:
    path -> text. charts: id -> figure and moving, for those drawn by Plotly. tables: id -> headers, columns, count and
    order, for the table tabs. list: the ranked countries. sparks: path -> lower, upper. What depends on the year is
    packed by `steps`."""
    texts = page_texts.region_texts(view) | page_texts.view_texts(view, basis_label=basis_label)
    charts: dict[str, Any] = {}
    tables: dict[str, Any] = {}
    for chart in (CHARTS[name] for name in contents.charts):
        rows = chart.table(view)
        texts |= {f"{chart.id}.{name}": values for name, values in _chart_texts(chart, rows, view).items()}
        if chart.id in CARD_TEXTS:
            texts |= CARD_TEXTS[chart.id](view)
        tables[chart.id] = table_tab(chart, rows, view)
        if chart.draw is not None:
            charts[chart.id] = _packed(chart, rows, view)
    frames: Frames = {
        "first": view.basis.first_year,
        "last": view.basis.last_year,
        "group": view.words.number_style(),
        "charts": charts,
        "tables": tables,
    }
    if countries.CHART.id in contents.charts:
        frames["list"] = _ranked_list(view)
    if contents.has_tiles:
        texts |= page_texts.tile_texts(view)
        trends = tiles.trends(view).items()
        frames["sparks"] = {f"tiles.{name}": {"lower": low, "upper": high} for name, (low, high) in trends}
    return frames | {"texts": {path: steps(values) for path, values in texts.items()}}


def source_line(chart: Chart, view: View) -> str:
    """ "Sources: IPI deck, 2007 and 56 more." """
    words = view.words
    if chart.is_sample(view):
        return words("sample.source")
    return cited_line(chart.sources(view), view)


def cited_line(ids: Iterable[str], view: View) -> str:
    """The same for any sources, by their ids."""
    words = view.words
    cited = sources(view.dataset, ids)
    if not cited:
        return words("card.sources_none")
    if len(cited) == 1:
        return words("card.sources_one", first=cited[0].name)
    return words("card.sources_more", first=cited[0].name, count=len(cited) - 1)


def _chart_texts(chart: Chart, rows: pd.DataFrame, view: View) -> page_texts.Texts:
    size = len(view.basis.years)
    by_year: page_texts.Texts = {
        name: of_each_year(chart, view, lambda year, describe=describe: describe(rows, view, year))  # type: ignore[misc]
        for name, describe in (
            ("headline", chart.headline),
            ("description", chart.description),
            ("note", lambda *view_of_year: note_of(chart, *view_of_year)),
            ("face", chart.display_state),
        )
    }
    fixed = {
        "source": source_line(chart, view),
        "file": stem_without_year(chart.id, view, is_sample=chart.is_sample(view)),
        "message": view.words("card.empty_filters"),
        "can_reset": "1",
    }
    return by_year | {name: [value] * size for name, value in fixed.items()}


def _packed(chart: Chart, rows: pd.DataFrame, view: View) -> dict[str, Any]:
    if chart.draw is None:
        return {}
    drawing = chart.draw(rows, view)
    frames = of_each_year(chart, view, drawing.moving)
    return {
        "figure": drawing.figure,
        "moving": {path: steps([frame[path] for frame in frames]) for path in frames[0]}
        | {path: each.packed(steps) for path, each in drawing.tracks.items()},
    }


def _ranked_list(view: View) -> dict[str, Any]:
    """keys and names, numbers and marks by year, and the order of each year (null where it is always the same)."""
    rows, years = countries.table(view), view.basis.years
    positions, order = one_order(countries.order(rows, years))
    keys = rows.iloc[positions]
    return {
        "keys": keys["country_iso3"].tolist(),
        "names": keys["country"].tolist(),
        "numbers": countries.numbers(rows, years, view.words).pick(positions).packed(steps),
        "marks": countries.squares(rows, years, countries.unit_of_squares(view)).pick(positions).packed(steps),
        "order": order,
    }
