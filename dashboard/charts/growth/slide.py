"""The slide of the growth chart: stacked columns, and what its card says beside the bars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.charts.base import SlideForm, View
from dashboard.charts.bundle import Bundle
from dashboard.charts.growth.data import published_totals
from dashboard.charts.milestones import milestones
from dashboard.charts.slide_charts import DESK_LETTERS, Bars, bar_chart, letters
from dashboard.charts.slide_frame import Frame, Writing, put_text
from dashboard.charts.slide_tables import draw_sentence
from dashboard.dataset.labels import label_of
from dashboard.dataset.records import records

if TYPE_CHECKING:
    from pptx.slide import Slide

REGION_COLOURS = 8
# inches below the bars for published totals and milestones
LINES_TALL = 0.75


def draw_growth(slide: Slide, bundle: Bundle, frame: Frame) -> list[Any]:
    """Stacked columns by year: dated by region, year not recorded, what may have begun before."""
    table, t = bundle.table, bundle.t
    if bundle.display_state != "chart" or not len(table):
        return draw_sentence(slide, bundle, frame)
    years = list(dict.fromkeys(table["year"]))
    regions = list(dict.fromkeys(table["region"]))
    cells = {(row["year"], row["region"]): row for row in records(table)}
    stacks = [
        Bars(
            label_of(t, "region", str(region)),
            [cells[year, region]["dated"] for year in years],
            f"r{_colour_number(bundle, str(region))}",
        )
        for region in regions
    ]
    undated = [sum(cells[year, region]["undated"] for region in regions) for year in years]
    upper = [
        sum(cells[year, region]["upper"] - cells[year, region]["partnerships"] for region in regions) for year in years
    ]
    stacks.append(Bars(t("column.undated"), undated, "hatch", "hatched"))
    stacks.append(Bars(t("column.maybe"), upper, "ink-3", "outlined"))
    # in large letters there is no room for them; the notes have them
    lines = _beside(bundle.view, bundle.year) if letters(bundle) <= DESK_LETTERS else []
    over, under = frame.split(LINES_TALL if lines else 0)
    chart = bar_chart(slide, over, [str(year) for year in years], stacks, is_upright=True, size=letters(bundle))
    if not lines:
        return [chart]
    said = under.text_box(slide)
    put_text(said, lines, Writing(size=DESK_LETTERS, ink="ink-2"))
    return [chart, said]


def _colour_number(bundle: Bundle, region: str) -> int:
    """The number of a region's colour."""
    return min(bundle.view.regions.index(region) + 1, REGION_COLOURS)


def _beside(view: View, year: int) -> list[str]:
    """What stands on the card beside the bars, as lines: totals somebody published, and the numbered milestones up to
    the year."""
    t = view.t
    totals = [t("growth.end.total_plain", number=each.number, year=int(each.when)) for each in published_totals(view)]
    found = milestones(view.dataset, range(view.basis.first_year, year + 1))
    named = [
        t("growth.milestone", at=at, title=row["short_title"] or row["title"], year=row["date"][:4])
        for at, row in enumerate(found, start=1)
    ]
    lines = [("growth.published", totals), ("growth.milestones_in", named)]
    return [t(key, items=t.beside(items)) for key, items in lines if items]


def growth_notes(view: View, year: int) -> list[str]:
    """The same for the presenter: totals with what they count, milestones with their dates."""
    t = view.t
    totals = [
        t("growth.total_in_full", number=each.number, year=int(each.when), scope=each.who)
        for each in published_totals(view)
    ]
    found = milestones(view.dataset, range(view.basis.first_year, year + 1))
    named = [
        t("growth.milestone", at=at, title=row["title"], year=row["date"]) for at, row in enumerate(found, start=1)
    ]
    # an empty line between these and the usual ones
    lines = [""]
    for key, items in (("growth.published", totals), ("growth.milestones_in", named)):
        lines += [t(key, items="").strip(), *items] if items else []
    return lines


SLIDE = SlideForm(draw_growth, growth_notes)
