"""The payload of a page: everything that it shows for one selection, for all years, as JSON for the store `frames`.

What the keys mean is in `assets/README.md`. The browser picks what belongs to the year.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

import orjson

from dashboard import page_texts
from dashboard.charts import CHARTS, Chart, View, tiles
from dashboard.charts.base import note_of, of_each_year
from dashboard.charts.countries import text as countries
from dashboard.charts.figures import FIGURES, PAPER, DrawnFigure
from dashboard.charts.file_names import filename_without_year
from dashboard.charts.growth.figure import build_overlay
from dashboard.charts.look import Look
from dashboard.charts.map.places import number_text
from dashboard.charts.source_line import source_line
from dashboard.choice import chosen_chips, controls, wave_choices
from dashboard.context import AppContext
from dashboard.counting import by_year, first_rows
from dashboard.filters import Selection, to_query
from dashboard.page_texts import CARD_TEXTS

KEPT = 4
# kinds of squares in the ranked list, in their order
MARKS = ("dated", "named", "unidentified", "maybe")


@dataclass(frozen=True)
class Contents:
    """What a page shows: its charts, by id, in the order in which they stand; the tiles or not. `follows_year` is
    False for a page without a slider, which shows all years and leaves the year in the address for the others. `texts`
    makes those that only this page shows, by path, one or one a year."""

    charts: tuple[str, ...] = ()
    has_tiles: bool = False
    follows_year: bool = True
    texts: Callable[[View], page_texts.Texts] | None = None

    @property
    def graphs(self) -> tuple[str, ...]:
        """The figures that Plotly draws, those of paper among them."""
        return tuple(name for chart in self.charts for name in (chart, chart + PAPER) if name in FIGURES)


@dataclass(frozen=True)
class Payload:
    """All that a page shows for a selection without its year. `figures` by graph, `shapes` of those that have one;
    `body` is the JSON but for what a request adds."""

    years: tuple[int, int]
    figures: Mapping[str, DrawnFigure]
    texts: Mapping[str, Any]
    shapes: Mapping[str, str]
    body: bytes

    def position(self, year: int | None) -> int:
        """The position of a year; of one outside, the nearest; None stands for the last."""
        first, last = self.years
        return (last if year is None else min(max(year, first), last)) - first

    def kept(self, shapes: Mapping[str, object]) -> list[str]:
        """The graphs that stay, where figures of these shapes are drawn."""
        return [name for name, shape in self.shapes.items() if shapes.get(name) == shape]

    def store(self, at: int, *, notices: Sequence[str] = (), kept: Collection[str] = ()) -> str:
        """The text of the store: Dash would walk through every number of an object, twice."""
        head = orjson.dumps({"at": at, "notices": list(notices), "kept": list(kept)})
        return (head[:-1] + b"," + self.body[1:]).decode()


@lru_cache(maxsize=KEPT)
def build_payload(context: AppContext, selection: Selection, look: Look, contents: Contents, key: str = "") -> Payload:
    """`selection` without its year; `key` is what the path of the page says behind its own ("TX" of /states/TX). The
    same in every worker, so what is remembered never has to be told to others."""
    view = context.view(selection, key)
    figures = {name: FIGURES[name](view, look) for name in contents.graphs}
    shapes = {name: f"{each.shape} {context.version}" for name, each in figures.items() if each.shape}
    texts = build_texts(view, contents, basis_label=context.basis_label(selection.basis))
    years = (view.basis.first_year, view.basis.last_year)
    body = {
        "years": years,
        "graphs": {name: each.frames for name, each in figures.items()},
        "texts": texts,
        "shapes": shapes,
        "chosen": chosen_chips(context, selection),
        "query": to_query(selection, context.choices),
        "controls": {name: asdict(each) for name, each in controls(context, selection).items()},
        "options": {"filter-wave": wave_choices(context, selection)},
        "look": look.as_data(),
        "version": context.version,
        "charts": contents.charts,
        "key": key,
        "follows_year": contents.follows_year,
    }
    if "countries" in contents.charts:
        body["ranking"] = build_ranking(view)
    if "growth" in contents.charts:
        body["over"] = build_overlay(view, look)
    if contents.has_tiles:
        body["sparks"] = {f"tiles.{name}": [list(low), list(high)] for name, (low, high) in tiles.trends(view).items()}
    return Payload(years, figures, texts, shapes, orjson.dumps(body))


# ---- texts
def build_texts(view: View, contents: Contents, *, basis_label: str) -> dict[str, Any]:
    """Every text that depends on the selection, by path: one, or one for each year where it changes."""
    texts = page_texts.region_texts(view) | page_texts.view_texts(view, basis_label=basis_label)
    for name in contents.charts:
        texts |= _card_texts(CHARTS[name], view)
        if name in CARD_TEXTS:
            texts |= CARD_TEXTS[name](view)
    if contents.has_tiles:
        texts |= page_texts.tile_texts(view)
    if contents.texts:
        texts |= contents.texts(view)
    return page_texts.without_repeats(texts)


def _card_texts(chart: Chart, view: View) -> page_texts.Texts:
    rows = chart.table(view)
    by_name = {
        "headline": lambda year: chart.headline(rows, view, year),
        "description": lambda year: chart.description(rows, view, year),
        "note": lambda year: note_of(chart, rows, view, year),
        "face": lambda year: chart.display_state(rows, view, year),
    }
    texts = {name: of_each_year(chart, view, tell) for name, tell in by_name.items()} | {
        "source": source_line(chart, view),
        "file": filename_without_year(chart.id, view, is_sample=chart.is_sample(view)),
        "message": view.t("card.empty_filters"),
        "can_reset": "1",
    }
    return {f"{chart.id}.{name}": text for name, text in texts.items()}


def build_ranking(view: View) -> dict[str, Any]:
    """The list of countries: of each row its key and name, by year its number and how many squares of each kind; the
    order of the rows in each year, None where it is that of the year before."""
    rows, years = countries.table(view), view.basis.years
    unit, order = countries.unit_of_squares(view), countries.order(rows, view).tolist()
    spans = zip(*(by_year(rows, years, name).tolist() for name in ("partnerships", "upper")), strict=True)
    marks = [-(-by_year(rows, years, name) // unit) for name in MARKS]
    return {
        "keys": first_rows(rows, years, "country_iso3"),
        "names": first_rows(rows, years, "country"),
        "numbers": [
            [number_text(view.t, low, high) for low, high in zip(lows, highs, strict=True)] for lows, highs in spans
        ],
        "marks": [
            list(map(list, zip(*of_year, strict=True)))
            for of_year in zip(*(each.tolist() for each in marks), strict=True)
        ],
        "orders": [None if at and each == order[at - 1] else each for at, each in enumerate(order)],
    }
