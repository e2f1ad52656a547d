"""What single charts put on their slides; that all slides have the same numbers is tested in `tests/unit/exports/`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from pptx.dml.color import RGBColor

from dashboard.charts import CHARTS
from dashboard.charts.base import SlideForm
from dashboard.charts.bundle import Bundle
from dashboard.charts.palette import light_colours
from dashboard.charts.slide_frame import Frame, Writing, put_text
from dashboard.context import AppContext
from dashboard.dataset.records import records
from dashboard.exports import bundle_of
from dashboard.exports.as_pptx import pptx_file
from tests.unit.exports.reading import ViewOf, bundle, charts_of, slides, texts
from tests.unit.test_colours import tokens

if TYPE_CHECKING:
    from pptx.slide import Slide


@pytest.mark.parametrize("has_card_note", [True, False])
def test_a_chart_stands_on_its_slide_as_it_says(app_context: AppContext, view_of: ViewOf, has_card_note: bool) -> None:
    """Whoever adds a chart says it in the chart's own folder, and nowhere else."""

    def draw(slide: Slide, bundle: Bundle, frame: Frame) -> list[Any]:
        box = frame.text_box(slide)
        put_text(box, [f"drawn in {bundle.year}"], Writing(size=20))
        return [box]

    form = SlideForm(draw, lambda _view, year: [f"asked in {year}"], has_card_note=has_card_note)
    made = bundle_of(app_context, replace(CHARTS["pace"], slide=form), view_of(""), 1999)
    (slide,) = slides(pptx_file([made]))
    (box,) = [shape for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text == "drawn in 1999"]
    assert box._element._nvXxPr.cNvPr.get("descr") == made.description
    assert "asked in 1999" in slide.notes_slide.notes_text_frame.text.split("\n")
    assert made.note and (made.note in texts(slide)) is has_card_note


def test_the_slide_of_growth_has_what_stands_beside_the_bars(app_context: AppContext, view_of: ViewOf) -> None:
    whole = slides(pptx_file([bundle(app_context, view_of, "growth", "")]))[0]
    assert "Published totals: 94, 2007 · 100, 2009" in texts(whole)
    assert "1 Wheelchairs for Peace 2002 · 2 YES program 2003" in texts(whole)
    notes = whole.notes_slide.notes_text_frame.text
    assert "9 Egypt" in texts(whole) and "\n100, 2009: US partnerships in Muslim-majority countries" in notes
    # a slide alone says of which part of the whole it is
    early = slides(pptx_file([bundle(app_context, view_of, "growth", "?region=Western+Asia&year=2002")]))[0]
    assert "Published totals" not in texts(early) and "Milestones: 1 Wheelchairs for Peace 2002" in texts(early)
    assert "YES program" not in texts(early)
    assert "SCI’s 94, 2002; Regions: Western Asia" in texts(early)


def test_slides_are_in_the_dashboards_colours(app_context: AppContext, view_of: ViewOf) -> None:
    light = tokens("light")
    (native,) = charts_of(slides(pptx_file([bundle(app_context, view_of, "growth", "")]))[0])
    regions = [each for each in native.plots[0].series if each.name in app_context.choices.regions]
    drawn = {each.name: each.format.fill.fore_color.rgb for each in regions}
    assert len(drawn) == 7
    for at, region in enumerate(app_context.choices.regions[:7], start=1):
        if region in drawn:
            assert drawn[region] == RGBColor.from_string(light[f"r{at}"][1:].upper())
    assert dict(light_colours()) == {name: colour[1:] for name, colour in light.items()}


def test_themes_are_written_out(app_context: AppContext, view_of: ViewOf) -> None:
    made: Bundle = bundle(app_context, view_of, "barriers", "")
    said = texts(slides(pptx_file([made]))[0])
    assert all(label in said for label in made.table["label"])
    assert "no numbers were published" in said


@pytest.mark.parametrize(("name", "by"), [("regions", "region"), ("waves", "year")])
def test_answers_side_by_side_are_written_with_them(
    app_context: AppContext, view_of: ViewOf, name: str, by: str
) -> None:
    made = bundle(app_context, view_of, name, "?sample=1&basis=documented")
    (grid,) = (shape.table for shape in slides(pptx_file([made]))[0].shapes if shape.has_table)
    heads = [cell.text for cell in grid.rows[0].cells][1:]
    for line in list(grid.rows)[1:]:
        label, *cells = (cell.text for cell in line.cells)
        for head, cell in zip(heads, cells, strict=True):
            (row,) = (each for each in records(made.table) if each["label"] == label and str(each[by]) == head)
            if row["shown"] in {"hidden", "nobody"}:
                assert cell == {"hidden": "hidden", "nobody": "no answers"}[row["shown"]]
            else:
                assert cell.endswith(f"{row['count']}/{row['base']}")
                assert ("%" in cell) == (row["shown"] == "yes")
