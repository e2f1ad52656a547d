"""The table tab of a chart, for all years at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np
import orjson

from dashboard.charts import Chart, View
from dashboard.charts.cells import cell_text
from dashboard.charts.chart import Ranked, growing, year_table
from dashboard.charts.track import Track
from dashboard.frames.steps import steps
from dashboard.metrics.partnerships import KEPT, WHOLE
from dashboard.metrics.table import ByYear, Table, YearTable
from dashboard.strings import Words

SAME = "same"
# bytes: what is shorter is not worth a place of its own
LEAST = 1_000
# tables whose cells are kept as texts: those of a survey's waves are the same for many choices
TABLES = 32


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


def table_tab(chart: Chart, rows: ByYear, view: View) -> dict[str, Any]:
    """headers, columns, count and order. Where the rows of a year begin those of the next, only the last are sent and
    how many of them count; where the same rows come in another order, they are sent in one and the order by year."""
    words = view.words
    if chart.shown is growing:
        tab = _growing(year_table(rows), chart.columns, words)
    elif isinstance(chart.shown, Ranked):
        tab = _ranked(year_table(rows), chart.shown, chart.columns, words)
    else:
        tab = _shown([chart.shown(rows, year) for year in rows.years], chart.columns, words)
    return {
        "headers": [{"text": words(f"column.{name}"), "is_number": tab.is_number[name]} for name in tab.columns],
        "columns": list(tab.columns.values()),
        "count": steps(tab.counts),
        "order": tab.order,
        "is_sample": chart.is_sample(view),
    }


def _growing(table: YearTable, names: Sequence[str], words: Words) -> Tab:
    """Of a chart that shows all years so far."""
    years, rows = table.years, len(next(iter(table.keys.values())))
    columns: dict[str, Any] = {}
    for name in names:
        if name == "year":
            columns[name] = np.repeat(years, rows).tolist()
        elif name in table.keys:
            columns[name] = _cells(table.keys[name], name, words) * len(years)
        elif name in table.values:
            columns[name] = table.values[name].ravel().tolist()
    is_number = {name: rows > 0 and name not in table.keys for name in columns}
    return Tab(columns, is_number, [rows * (at + 1) for at in range(len(years))])


def _ranked(table: YearTable, shown: Ranked, names: Sequence[str], words: Words) -> Tab:
    """Of one that shows the same rows in another order."""
    positions, order = one_order(shown.order, table)
    whole, places = table.part_of or (table, range(len(positions)))
    numbers, kept = _numbers(whole), [places[at] for at in positions]
    columns: dict[str, Any] = {}
    for name in names:
        if name in numbers:
            columns[name] = numbers[name].pick(kept).packed(steps)
        elif name in table.keys:
            columns[name] = _cells([table.keys[name][at] for at in positions], name, words)
    is_number = {name: bool(kept) and name in numbers for name in columns}
    return Tab(columns, is_number, [len(kept)] * len(table.years), order)


@lru_cache(maxsize=WHOLE)
def _numbers(table: YearTable) -> dict[str, Track]:
    """Its columns of numbers."""
    return {name: Track(array) for name, array in table.values.items()}


@lru_cache(maxsize=KEPT)
def one_order(order_of: Callable[[YearTable], np.ndarray], table: YearTable) -> tuple[list[int], Any]:
    """The order of the last year, and for each year where its rows stand in that (packed; None where it never
    changes). `order_of` gives positions of the rows, shape (years, rows)."""
    order = order_of(table)
    places = np.argsort(order[-1])[order]
    is_same = bool((places == np.arange(order.shape[1])).all())
    return order[-1].tolist(), None if is_same else steps(places)


def _shown(shown: Sequence[Table], names: Sequence[str], words: Words) -> Tab:
    """Of any other: `shown` are the rows of each year."""
    # years share a table where nothing changed
    tables, last = list(dict.fromkeys(shown)), shown[-1]
    names = [name for name in names if name in last.columns]
    is_growing = len(shown[0]) < len(last) and all(
        table[name] == last[name][: len(table)] for table in tables for name in names
    )
    kept, order = (dict.fromkeys(tables, last), None) if is_growing else in_one_order(shown, names[0])
    cells = {table: _all_cells(table, tuple(names), words) for table in set(kept.values())}
    columns = {name: steps([cells[kept[table]][at] for table in shown]) for at, name in enumerate(names)}
    return Tab(columns, {name: _is_number(last, name) for name in names}, [len(table) for table in shown], order)


def in_one_order(shown: Sequence[Table], key: str) -> tuple[dict[Table, Table], Any]:
    """For each table the same with its rows as in the last year, and for each year the positions in which they come
    (packed). The tables as they are, and None, where years do not have the same rows."""
    tables, last = list(dict.fromkeys(shown)), shown[-1]
    places = {cell: at for at, cell in enumerate(last[key])}
    if len(places) != len(last) or any(set(table[key]) != places.keys() for table in tables):
        return dict(zip(tables, tables, strict=True)), None
    orders = {table: [places[cell] for cell in table[key]] for table in tables}
    if all(order == orders[last] for order in orders.values()):
        return dict(zip(tables, tables, strict=True)), None
    sorted_back = {
        table: table.take(sorted(range(len(order)), key=order.__getitem__)) for table, order in orders.items()
    }
    return sorted_back, steps([orders[table] for table in shown])


@lru_cache(maxsize=TABLES)
def _all_cells(table: Table, names: tuple[str, ...], words: Words) -> list[list[str | int]]:
    return [_cells(table[name], name, words) for name in names]


def _cells(cells: Sequence[Any], name: str, words: Words) -> list[str | int]:
    """Cells as texts; whole numbers as they are, for the browser to write (`group`)."""
    if all(type(cell) is int for cell in cells):
        return list(cells)
    return [cell_text(name, cell, words) for cell in cells]


def _is_number(table: Table, name: str) -> bool:
    return bool(len(table)) and all(cell is None or isinstance(cell, int | float) for cell in table[name])
