"""How it grew: bars of dated partnerships by region, a hatched bar of undated ones, the upper bound as an outline,
published totals as diamonds, milestones as numbers."""

from __future__ import annotations

from datetime import date

from dashboard.charts.base import View
from dashboard.charts.growth.scale import Total
from dashboard.dataset.labels import label_of
from dashboard.dataset.records import records


def published_totals(view: View) -> list[Total]:
    """Totals somebody published: for the whole initiative, or for the country chosen by the snapshot shown. With
    another filter none is comparable, so none is shown."""
    snapshot, selection = view.dataset.snapshot(view.basis.id), view.selection
    others = selection.filters.without("region", "country")
    if selection.country is not None and snapshot is not None and not others:
        counts = snapshot.counts
        numbers = counts.loc[counts["country_iso3"] == selection.country, "partnerships"]
        return [Total(float(snapshot.year), int(number), snapshot.title) for number in numbers]
    if selection.filters:
        return []
    rows = records(view.dataset.tables["totals"])
    return [
        Total(year_of(row["date"]), int(row["partnerships"]), label_of(view.t, "scope", row["scope"])) for row in rows
    ]


def year_of(text: str) -> float:
    """ "2009-03-03" as 2009.17, "2007" as 2007: a date on an axis of years."""
    year, *rest = text.split("-")
    if not rest:
        return float(year)
    day = date(int(year), int(rest[0]), int(rest[1]) if len(rest) > 1 else 15)
    return int(year) + (day.timetuple().tm_yday - 1) / 365
