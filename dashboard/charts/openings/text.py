"""The map of countries in scope without a partnership, and its words. It does not follow the year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from dashboard.charts.base import Chart, View, every_row, never_changing, never_sample
from dashboard.charts.projection import Canvas
from dashboard.charts.slide_tables import TABLE
from dashboard.filters import COMPARED, obeyed
from dashboard.metrics.openings import openings_table
from dashboard.metrics.sources import ids_under

OPEN, PARTNER, OUTSIDE = range(3)
# from Guyana to Indonesia, Albania to Mozambique: farther out there is no opening, so this map shows less than the
# overview's
CANVAS = Canvas(lon_range=(-66.0, 147.0), lat_range=(-27.0, 53.0), size=(834.0, 372.0))
# the names of those with the largest cities; all are in the list beside the map
MOST_LABELS, MOST_STAGE_LABELS = 18, 8
# a country is taken for a circle of its area; its name may be this many times as wide
NAME_ROOM = 1.35
# by whether regions are chosen, and whether research has found pairings
HEADLINES = {
    (False, False): "openings.headline",
    (True, False): "openings.headline_in",
    (False, True): "openings.headline_found",
    (True, True): "openings.headline_in_found",
}
COLOURS = ("accent-soft", "c2", "d1")
EDGES = ("accent", "card", "card")


def table(view: View) -> pd.DataFrame:
    """`openings_table` of the last year of the basis."""
    return openings_table(view.dataset, view.selection.without_year())


def headline(rows: pd.DataFrame, view: View, _year: int) -> str:
    """How many countries, and in how many research has found something."""
    t = view.t
    if rows.empty:
        return t("openings.headline_none")
    known = int((rows["documented"] > 0).sum())
    where = t.listing(view.labels("region"))
    return t(HEADLINES[bool(where), bool(known)], count=len(rows), where=where, known=known)


def description(rows: pd.DataFrame, view: View, _year: int) -> str:
    """The countries by name."""
    names = view.t.listing(rows["country"].tolist())
    return view.t("openings.description", count=len(rows), names=names)


def note(_rows: pd.DataFrame, view: View, _year: int) -> str:
    """Who is meant, and whose boundaries."""
    return view.t("openings.note")


def sources(view: View) -> Sequence[str]:
    """Those of scope, cities and boundaries, then those of the partnerships that count elsewhere."""
    cited, filters = view.dataset.about.sources, obeyed(view.selection.filters, COMPARED)
    known = [*cited.get("scope", ()), *cited.get("coordinates", ()), *cited.get("boundaries", ())]
    return tuple(dict.fromkeys([*known, *ids_under(view.basis, replace(view.selection, filters=filters))]))


def display_state(rows: pd.DataFrame, _view: View, _year: int) -> str:
    """ "chart", or "empty" where every country has a partnership."""
    return "chart" if len(rows) else "empty"


CHART = Chart(
    id="openings",
    counts=COMPARED,
    table=table,
    shown=every_row,
    moment=never_changing,
    columns=("country", "region", "is_pew", "is_oic", "documented", "cities"),
    headline=headline,
    description=description,
    note=note,
    sources=sources,
    display_state=display_state,
    is_sample=never_sample,
    slide=TABLE,
)
