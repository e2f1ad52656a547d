"""Native charts for slides: stacked bars, and what every chart on a slide looks like. Their numbers are in the workbook
inside, so that a person can edit them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.charts.bundle import Bundle
from dashboard.charts.cells import safe
from dashboard.charts.slide_frame import Frame, Writing, rgb, set_font
from dashboard.charts.viewport import STAGE

if TYPE_CHECKING:
    from pptx.slide import Slide

# points of labels: for a desk, and for the last row of a room
DESK_LETTERS, ROOM_LETTERS = 12, 14
GAP = 30
MOST_LABELS = 12
MOST_TICKS = 5


@dataclass(frozen=True)
class Bars:
    """One part of every bar: its name, its numbers, its colour by name. `look` is filled, hatched (year not
    recorded), outlined or dashed (may be)."""

    name: str
    numbers: Sequence[int | float]
    ink: str
    look: str = "filled"


def letters(bundle: Bundle) -> float:
    """How large the letters of a chart are, in points."""
    return ROOM_LETTERS if bundle.view.viewport == STAGE else DESK_LETTERS


def bar_chart(
    slide: Slide,
    frame: Frame,
    labels: Sequence[str],
    stacks: Sequence[Bars],
    *,
    is_upright: bool,
    size: float,
    most: int | None = None,
) -> Any:
    """Stacked bars, upright by year or lying by place, the first on top; `most` is where the axis ends, `size` that of
    the letters."""
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION

    kind = XL_CHART_TYPE.COLUMN_STACKED if is_upright else XL_CHART_TYPE.BAR_STACKED
    shape, chart = add_chart(slide, frame, kind, labels, stacks)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = GAP // 3 if is_upright else GAP * 2, 100
    for series, bars in zip(plot.series, stacks, strict=True):
        paint(series.format, bars)
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.RIGHT if is_upright else XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    set_font(chart.legend.font, Writing(size=size, ink="ink-2"))
    format_axes(chart, is_upright=is_upright, most=most, size=size)
    _label_every(chart.category_axis, -(-len(labels) // MOST_LABELS) if is_upright else 1)
    return shape


def paint(look: Any, bars: Bars) -> None:
    """Hatching means that the year is not recorded, an outline that something may be, as everywhere."""
    from pptx.enum.dml import MSO_LINE, MSO_PATTERN
    from pptx.util import Pt

    ink = rgb(bars.ink)
    if bars.look == "filled":
        look.fill.solid()
        look.fill.fore_color.rgb = ink
        return
    if bars.look == "hatched":
        look.fill.patterned()
        look.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        look.fill.fore_color.rgb, look.fill.back_color.rgb = ink, rgb("card")
    else:
        look.fill.background()
    look.line.color.rgb, look.line.width = ink, Pt(0.75)
    if bars.look == "dashed":
        look.line.dash_style = MSO_LINE.SQUARE_DOT


def add_chart(
    slide: Slide, frame: Frame, kind: Any, labels: Sequence[str], stacks: Sequence[Bars], number_format: str = "General"
) -> tuple[Any, Any]:
    """A new chart in its frame, as (shape, chart)."""
    from pptx.chart.data import CategoryChartData

    data = CategoryChartData(number_format=number_format)
    # the workbook inside would take a label that begins like a formula for one
    data.categories = [str(safe(label)) for label in labels]
    for bars in stacks:
        data.add_series(str(safe(bars.name)), bars.numbers)
    shape = slide.shapes.add_chart(kind, *frame.emu(), data)
    shape.chart.has_title = False
    return shape, shape.chart


def format_axes(chart: Any, *, is_upright: bool, most: int | None, size: float, number_format: str = "General") -> None:
    """Names along one axis, numbers from zero to `most` along the other, with faint lines."""
    from pptx.enum.chart import XL_TICK_MARK
    from pptx.util import Pt

    names, numbers = chart.category_axis, chart.value_axis
    names.reverse_order = not is_upright
    for axis in (names, numbers):
        set_font(axis.tick_labels.font, Writing(size=size, ink="ink-2"))
        axis.major_tick_mark = XL_TICK_MARK.NONE
    names.format.line.color.rgb = rgb("ink-3")
    numbers.format.line.fill.background()
    numbers.minimum_scale, numbers.maximum_scale = 0, most
    if most is not None and most > MOST_TICKS:
        numbers.major_unit = -(-most // MOST_TICKS)
    numbers.tick_labels.number_format, numbers.tick_labels.number_format_is_linked = number_format, False
    numbers.has_major_gridlines = True
    numbers.major_gridlines.format.line.color.rgb, numbers.major_gridlines.format.line.width = rgb("line"), Pt(0.75)


def _label_every(axis: Any, step: int) -> None:
    """So many labels only that they stand upright; the schema has this before the last two elements."""
    from pptx.oxml.ns import qn

    made = axis._element.makeelement(qn("c:tickLblSkip"), {"val": str(step)})
    axis._element.find("{*}noMultiLvlLbl").addprevious(made)
