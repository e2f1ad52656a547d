"""The table tab of a chart, for all years at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import orjson
import pandas as pd

from dashboard.charts import Chart, View
from dashboard.charts.cells import cell_text, cells_of
from dashboard.charts.chart import Ranked, until_year
from dashboard.charts.track import Track
from dashboard.counting import by_year
from dashboard.frames.steps import steps
from dashboard.strings import Words

SAME = "same"
# bytes: what is shorter is not worth a place of its own
LEAST = 1_000


def shared(
    tabs: Mapping[str, dict[str, Any]], ranked: Mapping[str, Any]
) -> tuple[dict[str, dict[str, Any]], dict[str, Any], list[Any]]:
    """The same tabs and ranked list, and what is in more than one place of them, which is sent once: {"same": position}
    stands where it was. Map and countries have the same columns, and where every start is recorded these are alike."""
    texts = {id_: [orjson.dumps(each) for each in (*tab["columns"], tab["order"])] for id_, tab in tabs.items()}
    of_list = {name: orjson.dumps(each) for name, each in ranked.items()}
    times = Counter(chain(*texts.values(), of_list.values()))
    kept = [text for text, count in times.items() if count > 1 and len(text) >= LEAST]
    instead = {text: {SAME: at} for at, text in enumerate(kept)}

    def sent(text: bytes) -> Any:
        return instead.get(text) or orjson.Fragment(text)

    made = {}
    for id_, tab in tabs.items():
        *columns, order = map(sent, texts[id_])
        made[id_] = {**tab, "columns": columns, "order": order}
    return made, {name: sent(text) for name, text in of_list.items()}, [orjson.Fragment(text) for text in kept]


@dataclass(frozen=True)
class Tab:
    """By column the cells of all years, packed, and whether they are numbers; how many rows each year has; the order of
    its rows, packed, where it is not always the same."""

    columns: dict[str, Any]
    is_number: dict[str, bool]
    counts: Sequence[int]
    order: Any = None


def table_tab(chart: Chart, rows: pd.DataFrame, view: View) -> dict[str, Any]:
    """headers, columns, count and order. Where the rows of a year begin those of the next, only the last are sent and
    how many of them count; where the same rows come in another order, they are sent in one and the order by year."""
    words = view.words
    if chart.shown is until_year:
        tab = _growing(rows, view, chart.columns)
    elif isinstance(chart.shown, Ranked):
        tab = _ranked(rows, view, chart.shown, chart.columns)
    else:
        tab = _by_moment(chart, rows, view)
    return {
        "headers": [{"text": words(f"column.{name}"), "is_number": tab.is_number[name]} for name in tab.columns],
        "columns": list(tab.columns.values()),
        "count": steps(tab.counts),
        "order": tab.order,
        "is_sample": chart.is_sample(view),
    }


def _growing(table: pd.DataFrame, view: View, names: Sequence[str]) -> Tab:
    """Of a chart that shows all years so far."""
    is_number = {name: bool(len(table)) and pd.api.types.is_numeric_dtype(table[name]) for name in names}
    columns = {name: _texts(table[name], name, view.words) for name in names}
    counts = np.searchsorted(table["year"].to_numpy(), np.array(view.basis.years), side="right")
    return Tab(columns, is_number, counts.tolist())


def _ranked(table: pd.DataFrame, view: View, shown: Ranked, names: Sequence[str]) -> Tab:
    """Of one that shows the same rows in another order."""
    years = view.basis.years
    positions, order = one_order(shown.order(table, years))
    columns: dict[str, Any] = {}
    is_number: dict[str, bool] = {}
    for name in (name for name in names if name in table):
        is_number[name] = bool(positions) and pd.api.types.is_integer_dtype(table[name])
        if is_number[name]:
            columns[name] = Track(by_year(table, years, name)).pick(positions).packed(steps)
        else:
            columns[name] = _texts(table[name].iloc[positions], name, view.words)
    return Tab(columns, is_number, [len(positions)] * len(years), order)


def one_order(order: np.ndarray) -> tuple[list[int], Any]:
    """The order of the last year, and for each year where its rows stand in that (packed; None where it never
    changes). `order`: positions of the rows, shape (years, rows)."""
    places = np.argsort(order[-1])[order]
    is_same = bool((places == np.arange(order.shape[1])).all())
    return order[-1].tolist(), None if is_same else steps(places)


def _by_moment(chart: Chart, rows: pd.DataFrame, view: View) -> Tab:
    """Of any other: the rows of each wave, or the same in every year."""
    years = view.basis.years
    moments = [chart.moment(view, year) for year in years]
    shown: dict[Hashable, pd.DataFrame] = {}
    for moment, year in zip(moments, years, strict=True):
        if moment not in shown:
            shown[moment] = chart.shown(rows, view, year)
    last = shown[moments[-1]]
    names = [name for name in chart.columns if name in last]
    cells = {moment: [_texts(table[name], name, view.words) for name in names] for moment, table in shown.items()}
    columns = {name: steps([cells[moment][at] for moment in moments]) for at, name in enumerate(names)}
    is_number = {name: bool(len(last)) and pd.api.types.is_numeric_dtype(last[name]) for name in names}
    return Tab(columns, is_number, [len(shown[moment]) for moment in moments])


def _texts(column: pd.Series, name: str, words: Words) -> list[str | int]:
    """Cells as texts; whole numbers as they are, for the browser to write (`group`)."""
    cells = cells_of(column)
    if all(type(cell) is int for cell in cells):
        return cells
    return [cell_text(name, cell, words) for cell in cells]
