"""The payload of a page: everything that it shows for one selection, for all years, as JSON for the store `frames`.

What the keys mean is in `assets/second/README.md`. The browser picks what belongs to the year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import orjson

from dashboard.charts import CHARTS, Chart, View, countries, tiles
from dashboard.charts.chart import note_of, of_each_year
from dashboard.charts.map_countries import number_text
from dashboard.counting import by_year
from dashboard.filters import ASKED, CHIPS, FILTERS, LIST, MAPS, Filter, Notice, Selection, to_query
from dashboard.frames import House, page_texts
from dashboard.frames.answer import ANY, chosen_chips, notice_texts
from dashboard.frames.build import CARD_TEXTS, source_line
from dashboard.second.context import Look
from dashboard.second.figures.barriers import build_barriers_figure, build_barriers_frames
from dashboard.second.figures.frames import Frames, figure_at
from dashboard.second.figures.growth import build_growth_figure, build_growth_overlay, read_growth
from dashboard.second.figures.map import build_map_figure, build_map_frames, drawn_selection, figure_view
from dashboard.second.figures.theme import palette
from dashboard.strings import Words

CARDS = ("map", "growth", "barriers", "countries")
GRAPHS = CARDS[:3]
KEPT = 32
# kinds of squares in the ranked list, in their order
MARKS = ("dated", "named", "unidentified", "maybe")


@dataclass(frozen=True)
class Overview:
    """All that the overview shows for a selection without its year. `figures` by graph, in plain parts; `shape` is the
    same for selections whose maps differ in attributes only; `body` is the payload but for what a request adds."""

    years: tuple[int, int]
    figures: Mapping[str, Mapping[str, Any]]
    frames: Mapping[str, Frames]
    texts: Mapping[str, Any]
    shape: str
    body: bytes

    def position(self, year: int | None) -> int:
        """The position of a year; of one outside, the nearest; None stands for the last."""
        first, last = self.years
        return (last if year is None else min(max(year, first), last)) - first

    def figure(self, graph: str, at: int) -> dict[str, Any]:
        """The figure of a graph at the position of a year."""
        return figure_at(self.figures[graph], self.frames[graph], at)

    def store(self, at: int, *, notices: Sequence[str] = (), keeps_map: bool = False) -> str:
        """The text of the store: Dash would walk through every number of an object, twice."""
        head = orjson.dumps({"at": at, "notices": list(notices), "keeps_map": keeps_map})
        return (head[:-1] + b"," + self.body[1:]).decode()


@lru_cache(maxsize=KEPT)
def build_overview(house: House, selection: Selection, look: Look) -> Overview:
    """`selection` without its year. The same in every worker, so what is remembered never has to be told to others."""
    view = house.view(selection)
    colours, theme, is_narrow = palette(look.theme), look.theme, look.is_narrow
    growth = read_growth(CHARTS["growth"].table(view), view, is_narrow=is_narrow)
    of_map = MapFigure(house, drawn_selection(figure_view(view)), look, figure_view(view))
    figures = {
        "map": _map_figure(of_map),
        "growth": build_growth_figure(growth, view, colours, theme=theme, is_narrow=is_narrow).to_plotly_json(),
        "barriers": _barriers_figure(house.words, look, is_sample=selection.is_sample),
    }
    frames: dict[str, Frames] = {
        "map": build_map_frames(view, colours, is_narrow=is_narrow),
        "growth": {},
        "barriers": build_barriers_frames(CHARTS["barriers"].table(view), view),
    }
    texts = build_texts(view, basis_label=house.basis_label(selection.basis))
    years = (view.basis.first_year, view.basis.last_year)
    body = {
        "years": years,
        "graphs": frames,
        "texts": texts,
        "ranking": build_ranking(view),
        "sparks": {f"tiles.{name}": [list(low), list(high)] for name, (low, high) in tiles.trends(view).items()},
        "over": build_growth_overlay(growth, view, is_narrow=is_narrow),
        "chosen": chosen_chips(house, selection),
        "query": to_query(selection, house.choices),
        "controls": controls(house, selection),
        "look": look.as_data(),
    }
    shape = f"{to_query(of_map.selection, house.choices)} {house.version} {theme} {is_narrow}"
    return Overview(years, figures, frames, texts, shape, orjson.dumps(body))


@dataclass(frozen=True)
class MapFigure:
    """What a figure of the map depends on, and the view to make it of, in which more may be computed already."""

    house: House
    selection: Selection
    look: Look
    view: View = field(compare=False)


@lru_cache(maxsize=KEPT)
def _map_figure(of: MapFigure) -> dict[str, Any]:
    look = of.look
    figure = build_map_figure(of.view, palette(look.theme), theme=look.theme, is_narrow=look.is_narrow)
    parts: dict[str, Any] = figure.to_plotly_json()
    return parts


@lru_cache(maxsize=8)
def _barriers_figure(words: Words, look: Look, *, is_sample: bool) -> dict[str, Any]:
    figure = build_barriers_figure(
        words, palette(look.theme), theme=look.theme, is_sample=is_sample, is_narrow=look.is_narrow
    )
    parts: dict[str, Any] = figure.to_plotly_json()
    return parts


# ---- texts
def build_texts(view: View, *, basis_label: str) -> dict[str, Any]:
    """Every text that depends on the selection, by path: one, or one for each year where it changes."""
    texts = page_texts.region_texts(view) | page_texts.view_texts(view, basis_label=basis_label)
    for name in CARDS:
        texts |= _card_texts(CHARTS[name], view)
        if name in CARD_TEXTS:
            texts |= CARD_TEXTS[name](view)
    texts |= page_texts.tile_texts(view)
    return {path: values[0] if values.count(values[0]) == len(values) else values for path, values in texts.items()}


def _card_texts(chart: Chart, view: View) -> page_texts.Texts:
    rows = chart.table(view)

    def note(year: int) -> str:
        return note_of(chart, rows, view, year)

    by_name = {
        "headline": lambda year: chart.headline(rows, view, year),
        "description": lambda year: chart.description(rows, view, year),
        "note": note,
        "face": lambda year: chart.display_state(rows, view, year),
    }
    texts = {f"{chart.id}.{name}": of_each_year(chart, view, tell) for name, tell in by_name.items()}
    fixed = {"source": source_line(chart, view), "message": view.words("card.empty_filters"), "can_reset": "1"}
    return texts | {f"{chart.id}.{name}": [text] for name, text in fixed.items()}


def build_ranking(view: View) -> dict[str, Any]:
    """The list of countries: of each row its key and name, by year its number and how many squares of each kind; the
    order of the rows in each year, None where it is that of the year before."""
    rows, years = countries.table(view), view.basis.years
    unit, order = countries.unit_of_squares(view), countries.order(rows, years).tolist()
    size = len(rows) // len(years)
    spans = zip(*(by_year(rows, years, name).tolist() for name in ("partnerships", "upper")), strict=True)
    marks = [-(-by_year(rows, years, name) // unit) for name in MARKS]
    return {
        "keys": rows["country_iso3"].head(size).tolist(),
        "names": rows["country"].head(size).tolist(),
        "numbers": [
            [number_text(view.words, low, high) for low, high in zip(lows, highs, strict=True)] for lows, highs in spans
        ],
        "marks": [
            list(map(list, zip(*of_year, strict=True)))
            for of_year in zip(*(each.tolist() for each in marks), strict=True)
        ],
        "orders": [None if at and each == order[at - 1] else each for at, each in enumerate(order)],
    }


# ---- what is chosen
@dataclass(frozen=True)
class Control:
    """Where a name of the address stands on the page: a component and its property. `value` as it is, `empty` what
    takes the choice away: a list where several values can be chosen."""

    id: str
    property: str
    value: str | list[str]
    empty: str | list[str]


def controls(house: House, selection: Selection) -> dict[str, Control]:
    """By name of the address."""
    values: dict[str, tuple[str | list[str], str | list[str]]] = {
        "basis": (selection.basis, house.choices.default_basis),
        **{each.name: _value_and_nothing(each, selection) for each in FILTERS},
        "wave": (selection.wave or ANY, ANY),
        "map": (selection.map, MAPS[0]),
        "base": (ASKED if selection.is_of_asked else "", ""),
        "sample": ("1" if selection.is_sample else "", ""),
        "room": ("1" if selection.is_large_print else "", ""),
    }
    return {name: Control(*place, *values[name]) for name, place in control_places().items()}


def _value_and_nothing(each: Filter, selection: Selection) -> tuple[str | list[str], str | list[str]]:
    """What the control of a filter has, and what it has where nothing is chosen: a list of dbc keeps "" for itself."""
    values = selection.filters[each.name]
    if each.is_multiple:
        return list(values), []
    nothing = ANY if each.control in (CHIPS, LIST) else ""
    return (*values, nothing)[0], nothing


def control_places() -> dict[str, tuple[str, str]]:
    """By name of the address, the component and its property that hold the choice: the same whatever the data."""
    filters = {
        each.name: (f"filter-{each.name}", "value")
        if each.control in (CHIPS, LIST)
        else (f"choice-{each.name}", "data")
        for each in FILTERS
    }
    stores = {name: (f"choice-{name}", "data") for name in ("map", "base", "sample", "room")}
    return {"basis": ("filter-basis", "value"), **filters, "wave": ("filter-wave", "value"), **stores}


def selection_query(values: Mapping[str, Any]) -> str:
    """The address that values of controls mean, by name; `parse` takes of it what it can, whatever came."""
    listed = {name: value if isinstance(value, list) else [value] for name, value in values.items()}
    return urlencode(
        [(name, str(each)) for name, each_of in listed.items() for each in each_of if each not in (None, "", ANY)]
    )


def notices_of(notices: Sequence[Notice], house: House) -> list[str]:
    """What could not be taken as it stood, as sentences."""
    return notice_texts(tuple(notices), house.words)


def without_page_params(selection: Selection) -> Selection:
    """A selection as this page shows it: the same for all years, without what other pages ask."""
    return replace(selection.without_year(), page_params=())
