"""The words of the waves compared, and which face a year shows."""

from __future__ import annotations

from typing import Any

from dashboard.charts import barriers_words, waves, waves_stage
from dashboard.charts.chart import Chart, Drawing, View, at_year
from dashboard.charts.screen import STAGE
from dashboard.metrics.breakdown import waves_table
from dashboard.metrics.table import ByYear, Table


def table(view: View) -> ByYear:
    """`waves_table` of the selection."""
    return waves_table(view.dataset, view.selection, thresholds=view.thresholds)


def face(rows: ByYear, _view: View, year: int) -> str:
    """ "chart" where at least two waves have shares, "hidden" where answers are too few for that, else "empty"."""
    now = rows.at(year)
    shown = {row["wave"] for row in now.rows() if row["shown"] == "yes"}
    if len(shown) > 1:
        return "chart"
    return "hidden" if len(set(now["wave"])) > 1 else "empty"


def _latest(now: Table) -> list[dict[str, Any]]:
    """The rows of the newest wave that can be compared with the first."""
    found = [row for row in now.rows() if row["change"] is not None]
    return [row for row in found if row["wave"] == found[-1]["wave"]]


def headline(rows: ByYear, view: View, year: int) -> str:
    """What changed by more than chance allows between the first wave and the newest; nothing else is a change."""
    words, kind = view.words, face(rows, view, year)
    if kind != "chart":
        return words(f"waves.headline.{kind}")
    now = rows.at(year)
    latest, first = _latest(now), min(now["year"])
    moved = [row for row in latest if row["change_low"] > 0 or row["change_high"] < 0]
    if not moved:
        return words("waves.headline.none", first=first, last=latest[0]["year"])
    parts = [
        words.listing([words.lower_first(row["label"]) for row in sorted(side, key=lambda row: -abs(row["change"]))])
        for side in ([row for row in moved if row["change"] > 0], [row for row in moved if row["change"] < 0])
    ]
    more, less = parts
    which = "both" if more and less else "more" if more else "less"
    return words(f"waves.headline.{which}", more=more, less=less, first=first)


def description(rows: ByYear, view: View, year: int) -> str:
    """Each option's newest share and its difference to the first wave."""
    if face(rows, view, year) != "chart":
        return headline(rows, view, year)
    items = [
        view.words(
            "waves.description.item",
            label=row["label"],
            percent=round(100 * row["share"]),
            change=waves.change_text(row, view),
        )
        for row in _latest(rows.at(year))
    ]
    return view.words("waves.description.all", items="; ".join(items))


def note(rows: ByYear, view: View, year: int) -> str:
    """How to read it, and what the ring means."""
    if face(rows, view, year) != "chart":
        return ""
    # where letters are large a ring is the first survey
    cited = view.words("waves.note_cited") if waves.cited(view) and not _is_large(view) else ""
    asked = view.words("barriers.note.asked") if view.selection.is_of_asked else ""
    return " ".join(filter(None, (view.words("waves.note"), asked, cited)))


def draw(rows: ByYear, view: View) -> Drawing:
    """The picture with the room that there is."""
    return waves_stage.draw(rows, view) if _is_large(view) else waves.draw(rows, view)


def _is_large(view: View) -> bool:
    """On the stage, and under the room switch."""
    return view.screen == STAGE or view.selection.is_room


CHART = Chart(
    id="waves",
    table=table,
    shown=at_year,
    columns=("year", "label", "count", "base", "share", "low", "high", "change", "change_low", "change_high", "shown"),
    headline=headline,
    description=description,
    note=note,
    sources=barriers_words.sources,
    face=face,
    is_sample=barriers_words.CHART.is_sample,
    draw=draw,
)
