"""The slide of the barriers, and of the other questions, which are drawn like them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dashboard.charts.base import SlideForm, View
from dashboard.charts.bundle import Bundle
from dashboard.charts.palette import light_colours
from dashboard.charts.slide_charts import GAP, Bars, add_chart, format_axes, letters, paint
from dashboard.charts.slide_frame import Frame, Writing, put_text, set_font
from dashboard.charts.slide_tables import draw_sentence, draw_table
from dashboard.dataset.records import records
from dashboard.metrics.survey import shown_wave, survey_of

if TYPE_CHECKING:
    from pptx.slide import Slide

LIMITS = """<c:errBars {names}>
<c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>
<c:plus>{plus}</c:plus><c:minus>{minus}</c:minus>
<c:spPr><a:ln w="15875"><a:solidFill><a:srgbClr val="{ink}"/></a:solidFill></a:ln></c:spPr></c:errBars>"""


def draw_barriers(slide: Slide, bundle: Bundle, frame: Frame) -> list[Any]:
    """Shares with their intervals; themes where no shares were published; counts; or why there is nothing."""
    if bundle.display_state == "chart":
        return [_shares_chart(slide, bundle, frame)]
    if bundle.display_state == "themes":
        return _draw_themes(slide, bundle, frame)
    return draw_table(slide, bundle, frame) if bundle.display_state == "counts" else draw_sentence(slide, bundle, frame)


def _shares_chart(slide: Slide, bundle: Bundle, frame: Frame) -> Any:
    """Shares of those who answered as lying bars, the largest on top, with their 95 % intervals."""
    from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION

    rows = [row for row in records(bundle.table) if row["shown"] == "yes"]
    bars = Bars(bundle.t("column.share"), [row["share"] for row in rows], "sample-soft" if bundle.is_sample else "c3")
    shape, chart = add_chart(slide, frame, XL_CHART_TYPE.BAR_CLUSTERED, [row["label"] for row in rows], [bars], "0%")
    plot = chart.plots[0]
    plot.gap_width = GAP * 2
    paint(plot.series[0].format, bars)
    chart.has_legend = False
    plot.has_data_labels = True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = "0%", False
    plot.data_labels.position = XL_LABEL_POSITION.INSIDE_BASE
    set_font(
        plot.data_labels.font, Writing(size=letters(bundle), ink="ink" if bundle.is_sample else "card", is_bold=True)
    )
    format_axes(chart, is_upright=False, most=1, size=letters(bundle), number_format="0%")
    _limits(plot.series[0], [row["high"] - row["share"] for row in rows], [row["share"] - row["low"] for row in rows])
    return shape


def _limits(series: Any, plus: Sequence[float], minus: Sequence[float]) -> None:
    """Error bars, which the library does not write itself."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    def numbers(values: Sequence[float]) -> str:
        points = "".join(f'<c:pt idx="{at}"><c:v>{value!r}</c:v></c:pt>' for at, value in enumerate(values))
        return f'<c:numLit><c:formatCode>0%</c:formatCode><c:ptCount val="{len(values)}"/>{points}</c:numLit>'

    text = LIMITS.format(names=nsdecls("c", "a"), plus=numbers(plus), minus=numbers(minus), ink=light_colours()["ink"])
    # PowerPoint's schema wants error bars before the categories
    series._element.find("{*}cat").addprevious(parse_xml(text))


def _draw_themes(slide: Slide, bundle: Bundle, frame: Frame) -> list[Any]:
    """What was cited, a column a group; no mark is filled, for nothing was measured."""
    size = 1.5 * letters(bundle)
    said = frame.text_box(slide)
    put_text(said, [bundle.t("barriers.cited")], Writing(size=0.9 * size, ink="ink-2"))
    lower = Frame(frame.left, frame.top + 0.7, frame.width, frame.height - 0.7)
    groups = _cited_groups(bundle.view, bundle.year)
    made = [said]
    for (title, labels), place in zip(groups, lower.columns(len(groups)), strict=True):
        head = place.text_box(slide)
        box = Frame(place.left, place.top + 0.85, place.width, place.height - 0.85).text_box(slide)
        put_text(head, [title], Writing(size=size, ink="ink-3", is_bold=True))
        put_text(box, [f"○  {label}" for label in labels], Writing(size=1.2 * size))
        made += [head, box]
    return made


def _cited_groups(view: View, year: int) -> list[tuple[str, list[str]]]:
    """(title of a group, its themes) of the wave of themes that a year shows; [] where it shows none."""
    wave = shown_wave(view.dataset, view.selection, year)
    themes = survey_of(view.dataset, view.selection).themes
    rows = themes[themes["wave"] == (wave.id if wave else "")]
    return [(str(title), list(group["label"])) for title, group in rows.groupby("group_title", sort=False)]


SLIDE = SlideForm(draw_barriers)
