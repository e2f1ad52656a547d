"""What stands in the middle of a slide: native charts of a bundle's table, a table, a picture, themes, a sentence.

Each function takes (slide, bundle, frame) and returns the shape it made, or several.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard.charts.barriers import text as barriers_words
from dashboard.charts.cells import cell_text, cells_of
from dashboard.charts.growth import text as growth_words
from dashboard.dataset.records import records
from dashboard.exports.bundle import Bundle
from dashboard.exports.cells import safe
from dashboard.exports.slide import Frame, Writing, put_text, rgb, set_font
from dashboard.exports.slide_charts import DESK_LETTERS, Bars, bar_chart, letters, shares_chart
from dashboard.strings import Catalog

if TYPE_CHECKING:
    from pptx.slide import Slide

# rows of a table that fit one slide, and rows of one list of bars
MOST_ROWS = 14
ROWS_A_LIST, ROOM_ROWS = 16, 11
MOST_PLACES = 64
REGION_COLOURS = 8
# inches below the bars for published totals and milestones
LINES_TALL = 0.75

# rows of a table that fit in letters of the usual size
ROWS_AT_FULL_SIZE = 11


def growth(slide: Slide, bundle: Bundle, frame: Frame) -> Any:
    """Stacked columns by year: dated by region, year not recorded, what may have begun before."""
    table, t = bundle.table, bundle.t
    if bundle.display_state != "chart" or not len(table):
        return sentence(slide, bundle, frame)
    years = list(dict.fromkeys(table["year"]))
    regions = list(dict.fromkeys(table["region"]))
    cells = {(row["year"], row["region"]): row for row in records(table)}
    stacks = [
        Bars(str(region), [cells[year, region]["dated"] for year in years], f"r{_place(bundle, str(region))}")
        for region in regions
    ]
    undated = [sum(cells[year, region]["undated"] for region in regions) for year in years]
    upper = [
        sum(cells[year, region]["upper"] - cells[year, region]["partnerships"] for region in regions) for year in years
    ]
    stacks.append(Bars(t("column.undated"), undated, "hatch", "hatched"))
    stacks.append(Bars(t("column.maybe"), upper, "ink-3", "outlined"))
    # in large letters there is no room for them; the notes have them
    lines = growth_words.beside(bundle.view, bundle.year) if letters(bundle) <= DESK_LETTERS else []
    over, under = frame.split(LINES_TALL if lines else 0)
    chart = bar_chart(slide, over, [str(year) for year in years], stacks, is_upright=True, size=letters(bundle))
    if not lines:
        return chart
    said = under.text_box(slide)
    put_text(said, lines, Writing(size=DESK_LETTERS, ink="ink-2"))
    return [chart, said]


def barriers(slide: Slide, bundle: Bundle, frame: Frame) -> Any:
    """Shares with their intervals; themes where no shares were published; counts; or why there is nothing."""
    if bundle.display_state == "chart":
        return shares_chart(slide, frame, bundle)
    if bundle.display_state == "themes":
        return themes(slide, bundle, frame)
    return table(slide, bundle, frame) if bundle.display_state == "counts" else sentence(slide, bundle, frame)


def places(slide: Slide, bundle: Bundle, frame: Frame) -> Any:
    """Bars of the places with most partnerships, in as many lists as they need; of more than fit, the first."""
    rows = bundle.table
    name = next(each.name for each in bundle.columns)
    rows = rows[rows["upper"] > 0]
    if bundle.chart != "countries":
        rows = rows.sort_values(["partnerships", "upper", name], ascending=[False, False, True], kind="stable")
    if rows.empty:
        return sentence(slide, bundle, frame)
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


def themes(slide: Slide, bundle: Bundle, frame: Frame) -> list[Any]:
    """What was cited, a column a group; no mark is filled, for nothing was measured."""
    size = 1.5 * letters(bundle)
    said = frame.text_box(slide)
    put_text(said, [bundle.t("barriers.cited")], Writing(size=0.9 * size, ink="ink-2"))
    lower = Frame(frame.left, frame.top + 0.7, frame.width, frame.height - 0.7)
    groups = barriers_words.cited_groups(bundle.view, bundle.year)
    made = [said]
    for (title, labels), place in zip(groups, lower.columns(len(groups)), strict=True):
        head, box = (
            place.text_box(slide),
            Frame(place.left, place.top + 0.85, place.width, place.height - 0.85).text_box(slide),
        )
        put_text(head, [title], Writing(size=size, ink="ink-3", is_bold=True))
        put_text(box, [f"○  {label}" for label in labels], Writing(size=1.2 * size))
        made += [head, box]
    return made


def table(slide: Slide, bundle: Bundle, frame: Frame) -> Any:
    """The table tab as a table, as many rows as fit."""
    columns = [each for each in bundle.columns if bundle.table[each.name].notna().any()]
    rows = min(len(bundle.table), MOST_ROWS)
    if not rows:
        return sentence(slide, bundle, frame)
    texts = [
        [
            column.title,
            *(cell_text(column.name, cell, bundle.t) for cell in cells_of(bundle.table[column.name].head(rows))),
        ]
        for column in columns
    ]
    return _grid(slide, texts, frame)


def crossed(slide: Slide, bundle: Bundle, frame: Frame, *, by: str) -> Any:
    """A row an option, a column for each value of `by`: "79% 15/19", or that it is hidden."""
    t, rows = bundle.t, records(bundle.table)
    if bundle.display_state != "chart":
        return sentence(slide, bundle, frame)
    groups = list(dict.fromkeys(row[by] for row in rows))
    options = dict.fromkeys(row["option"] for row in rows)
    labels = {row["option"]: row["label"] for row in rows}
    cells = {(row["option"], row[by]): row for row in rows}
    texts = [["", *(labels[option] for option in options)]]
    texts += [[str(group), *(_cell(cells.get((option, group)), t) for option in options)] for group in groups]
    return _grid(slide, texts, frame, first=2.5)


def _cell(row: dict[str, Any] | None, t: Catalog) -> str:
    if row is None:
        return t("cell.missing")
    if row["count"] is None:
        return cell_text("shown", row["shown"], t)
    part = f"{cell_text('share', row['share'], t)}  " if row["share"] is not None else ""
    return f"{part}{row['count']}/{row['base']}"


def _grid(slide: Slide, columns: Sequence[Sequence[str]], frame: Frame, *, first: float | None = None) -> Any:
    """A table of texts by column, the first row its head. `first`: inches of the first column, so that its labels
    stand on one line."""
    from pptx.util import Inches

    rows = len(columns[0])
    made = slide.shapes.add_table(rows, len(columns), *frame.emu())
    if first is not None:
        rest = (frame.width - first) / max(len(columns) - 1, 1)
        for at, column in enumerate(made.table.columns):
            column.width = Inches(rest if at else first)
    size = 13 if rows <= ROWS_AT_FULL_SIZE else 11
    for at, texts in enumerate(columns):
        for row, text in enumerate(texts):
            cell = made.table.cell(row, at)
            cell.text = str(safe(text))
            cell.fill.solid()
            cell.fill.fore_color.rgb = rgb("sunk" if row == 0 else "card")
            cell.margin_top = cell.margin_bottom = Inches(0.02)
            set_font(cell.text_frame.paragraphs[0].font, Writing(size=size, is_bold=row == 0))
    return made


def sentence(slide: Slide, bundle: Bundle, frame: Frame) -> Any:
    """The description, large: what there is to say where there is nothing to draw."""
    box = frame.text_box(slide)
    put_text(box, [bundle.description], Writing(size=24, ink="ink-2"))
    return box


def picture(slide: Slide, png: bytes, frame: Frame) -> Any:
    """A picture as large as the frame takes, in its middle."""
    shape = slide.shapes.add_picture(io.BytesIO(png), 0, 0)
    left, top, width, height = frame.emu()
    scale = min(width / shape.width, height / shape.height)
    shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
    shape.left, shape.top = left + (width - shape.width) // 2, top + (height - shape.height) // 2
    return shape


def fade(shape: Any) -> None:
    """Lets what is under a text show through."""
    from pptx.oxml.ns import qn

    for colour in shape._element.xpath(".//a:srgbClr"):
        alpha = colour.makeelement(qn("a:alpha"), {"val": "18000"})
        colour.append(alpha)


def _place(bundle: Bundle, region: str) -> int:
    """The number of a region's colour."""
    return min(bundle.view.regions.index(region) + 1, REGION_COLOURS)
