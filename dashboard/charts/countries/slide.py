"""The slide of the countries, as bars; the map has the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard.charts.base import SlideForm
from dashboard.charts.bundle import Bundle
from dashboard.charts.cells import cell_text
from dashboard.charts.slide_charts import DESK_LETTERS, Bars, bar_chart, letters
from dashboard.charts.slide_frame import Frame
from dashboard.charts.slide_tables import draw_sentence

if TYPE_CHECKING:
    from pptx.slide import Slide

# rows of one list of bars: for a desk, and for the last row of a room
ROWS_A_LIST, ROOM_ROWS = 16, 11
MOST_PLACES = 64


def draw_places(slide: Slide, bundle: Bundle, frame: Frame) -> list[Any]:
    """A bar for each place that has or may have partnerships, in the order of the table. Many places are in several
    lists side by side; of more than fit, the first are drawn."""
    rows, name = bundle.table[bundle.table["upper"] > 0], bundle.columns[0].name
    if rows.empty:
        return draw_sentence(slide, bundle, frame)
    kept = rows.head(MOST_PLACES)
    longest = ROOM_ROWS if letters(bundle) > DESK_LETTERS else ROWS_A_LIST
    lists = -(-len(kept) // longest) if len(kept) > longest else 1
    size = -(-len(kept) // lists)
    most = int(kept["upper"].max())
    made = []
    for at, place in enumerate(frame.columns(lists)):
        part = kept.iloc[at * size : (at + 1) * size]
        labels = [cell_text(name, cell, bundle.t) for cell in part[name]]
        chart = bar_chart(slide, place, labels, _parts(part, bundle), is_upright=False, most=most, size=letters(bundle))
        made.append(chart)
    return made


def _parts(rows: pd.DataFrame, bundle: Bundle) -> list[Bars]:
    """The parts of each bar, as the squares of the page show them."""
    t = bundle.t
    maybe = (rows["upper"] - rows["partnerships"]).tolist()
    bars = [Bars(t("column.dated"), rows["dated"].tolist(), "count")]
    if "named" in rows.columns:
        bars.append(Bars(t("column.named"), rows["named"].tolist(), "hatch", "hatched"))
        bars.append(Bars(t("column.unidentified"), rows["unidentified"].tolist(), "ink-2", "outlined"))
    else:
        bars.append(Bars(t("column.undated"), rows["undated"].tolist(), "hatch", "hatched"))
    return [*bars, Bars(t("column.maybe"), maybe, "ink-3", "dashed")]


# the note of the card explains squares
SLIDE = SlideForm(draw_places, has_card_note=False)
