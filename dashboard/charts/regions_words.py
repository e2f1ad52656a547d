"""The words of the barriers by region, and which face a year shows."""

from __future__ import annotations

from dashboard.charts import barriers_words, regions, regions_stage
from dashboard.charts.chart import Chart, Drawing, View, at_year
from dashboard.charts.screen import STAGE
from dashboard.metrics.breakdown import regions_table
from dashboard.metrics.table import ByYear, Table


def table(view: View) -> ByYear:
    """`regions_table` of the selection."""
    return regions_table(view.dataset, view.selection, regions=view.regions, thresholds=view.thresholds)


def face(rows: ByYear, _view: View, year: int) -> str:
    """ "chart" where any region's numbers may be shown, "hidden" where there are answers but none may, "nobody"
    where there are none, else "empty"."""
    shown = set(rows.at(year)["shown"])
    if shown & {"yes", "count"}:
        return "chart"
    return next((kind for kind in ("hidden", "nobody") if kind in shown), "empty")


def headline(rows: ByYear, view: View, year: int) -> str:
    """In how many regions enough answered to be read on their own."""
    now, words = rows.at(year), view.words
    kind = face(rows, view, year)
    if kind != "chart":
        return words(f"regions.headline.{kind}", least=view.thresholds.hide_below)
    total = len(set(now["region"]))
    readable = len({row["region"] for row in now.rows() if row["shown"] == "yes"})
    small = len(
        {row["region"] for row in now.rows() if row["shown"] == "yes" and row["base"] < view.thresholds.small_below}
    )
    if total == 1:
        return words("regions.headline.single", region=now["region"][0])
    if not readable:
        return words("regions.headline.counts", total=total)
    kind = "small" if small == readable else "some"
    return words(f"regions.headline.{kind}", count=readable, total=total)


def description(rows: ByYear, view: View, year: int) -> str:
    """For each region that is shown the option named most, with its count and base."""
    now, words = rows.at(year), view.words
    items = []
    for region in regions.regions_of(now, "yes", "count"):
        first = next(row for row in now.rows() if row["region"] == region)
        items.append(words("regions.description.item", **first))
    if not items:
        return headline(rows, view, year)
    hidden = regions.regions_of(now, "hidden")
    tail = words("regions.hidden", least=view.thresholds.hide_below, regions=words.listing(hidden)) if hidden else ""
    return " ".join(
        filter(None, (words("regions.description.all", items=words.listing(items)), tail, _nobody(now, view)))
    )


def note(rows: ByYear, view: View, year: int) -> str:
    """Which wave, and how to read it."""
    wave = barriers_words.wave_shown(view, year)
    if wave is None or face(rows, view, year) != "chart":
        return ""
    note = view.words(
        "regions.note", wave=wave.title, small=view.thresholds.small_below, counts=view.thresholds.counts_below
    )
    asked = view.words("barriers.note.asked") if view.selection.is_of_asked else ""
    return " ".join(filter(None, (note, asked, _nobody(rows.at(year), view))))


def _nobody(now: Table, view: View) -> str:
    """From where no answers came: not the same as hidden."""
    regions_without = regions.regions_of(now, "nobody")
    return view.words("regions.nobody", regions=view.words.listing(regions_without)) if regions_without else ""


def draw(rows: ByYear, view: View) -> Drawing:
    """The picture with the room that there is."""
    return regions_stage.draw(rows, view) if view.screen == STAGE else regions.draw(rows, view)


CHART = Chart(
    id="regions",
    table=table,
    shown=at_year,
    columns=("region", "label", "count", "base", "share", "low", "high", "shown"),
    headline=headline,
    description=description,
    note=note,
    sources=barriers_words.sources,
    face=face,
    is_sample=barriers_words.CHART.is_sample,
    draw=draw,
)
