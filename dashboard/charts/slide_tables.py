"""What stands on a slide where there is no native chart: tables and a sentence.

Functions that take (slide, bundle, frame) can be the `draw` of a chart's `SlideForm`; they return the shapes they made.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dashboard.charts.base import SlideForm
from dashboard.charts.bundle import Bundle
from dashboard.charts.cells import cell_text, cells_of, safe
from dashboard.charts.slide_frame import Frame, Writing, put_text, rgb, set_font
from dashboard.dataset.records import records
from dashboard.strings import Catalog

if TYPE_CHECKING:
    from pptx.slide import Slide

# rows of a table that fit one slide, and those that fit in letters of the usual size
MOST_ROWS, ROWS_AT_FULL_SIZE = 14, 11


def draw_table(slide: Slide, bundle: Bundle, frame: Frame) -> list[Any]:
    """The table tab as a table, as many rows as fit."""
    columns = [each for each in bundle.columns if bundle.table[each.name].notna().any()]
    rows = min(len(bundle.table), MOST_ROWS)
    if not rows:
        return draw_sentence(slide, bundle, frame)
    texts = [
        [
            column.title,
            *(cell_text(column.name, cell, bundle.t) for cell in cells_of(bundle.table[column.name].head(rows))),
        ]
        for column in columns
    ]
    return [_grid(slide, texts, frame)]


def draw_crossed(slide: Slide, bundle: Bundle, frame: Frame, *, by: str) -> list[Any]:
    """A row an option, a column for each value of `by`: "79% 15/19", or that it is hidden."""
    t, rows = bundle.t, records(bundle.table)
    if bundle.display_state != "chart":
        return draw_sentence(slide, bundle, frame)
    groups = list(dict.fromkeys(row[by] for row in rows))
    options = dict.fromkeys(row["option"] for row in rows)
    labels = {row["option"]: row["label"] for row in rows}
    cells = {(row["option"], row[by]): row for row in rows}
    texts = [["", *(labels[option] for option in options)]]
    for group in groups:
        texts.append([cell_text(by, group, t), *(_cell(cells.get((option, group)), t) for option in options)])
    return [_grid(slide, texts, frame, first=2.5)]


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


def draw_sentence(slide: Slide, bundle: Bundle, frame: Frame) -> list[Any]:
    """The description, large: what there is to say where there is nothing to draw."""
    box = frame.text_box(slide)
    put_text(box, [bundle.description], Writing(size=24, ink="ink-2"))
    return [box]


# the form of charts that are tables, and of those whose figure no native chart can draw
TABLE = SlideForm(draw_table, is_table=True)
