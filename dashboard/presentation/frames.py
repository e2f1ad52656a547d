"""Everything the stage shows, for all years, as JSON: the frames of each view once, and of each slide its texts.

What the keys mean is in `assets/README.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, replace
from functools import lru_cache
from typing import Any

import orjson

from dashboard.addresses import with_asset_addresses
from dashboard.charts import CHARTS, View
from dashboard.charts.figures import FIGURES
from dashboard.charts.growth.figure import build_overlay
from dashboard.charts.look import BY_NAME, Look
from dashboard.charts.viewport import STAGE
from dashboard.context import AppContext
from dashboard.dataset.story import Slide
from dashboard.filters import Filters, Selection, parse, to_query
from dashboard.payload import Contents, build_ranking, build_texts
from dashboard.presentation.slides import follows_year, selection_of, slide_texts, stage_view

REMEMBERED = 64
LOOK = Look(BY_NAME)
# states of a card in which its chart shows something
SHOWN = ("chart", "themes")
# the chart that is a list
LISTED = "countries"
# a canvas of 4:3 is less wide, and so is the plot of growth, whose labels need the same room
SQUARE = replace(STAGE, growth=(STAGE.narrow_growth, STAGE.growth[1]), narrow_growth=0.0)


def stage_answer(context: AppContext, query: str, slides: Sequence[Slide] | None = None) -> str:
    """JSON for the story under the regions and the country of an address; without `slides` that of the data."""
    shown = context.dataset.story if slides is None else tuple(slides)
    return _answer(context, shown, parse(query, context.choices).selection.filters)


@lru_cache(maxsize=REMEMBERED)
def _answer(context: AppContext, slides: tuple[Slide, ...], filters: Filters) -> str:
    selections = [selection_of(slide, context, filters) for slide in slides]
    charts: dict[Selection, set[str]] = {}
    for slide, selection in zip(slides, selections, strict=True):
        charts.setdefault(selection.without_year(), set()).update({slide.chart} - {""})
    views = {selection: stage_view(context, selection) for selection in charts}
    shown = {selection: view_frames(context, views[selection], names) for selection, names in charts.items()}
    body = {
        "query": to_query(Selection(context.choices.default_basis, filters), context.choices),
        "views": {to_query(selection, context.choices): frames for selection, frames in shown.items()},
        "slides": [
            _slide_frames(
                slide,
                views[selection.without_year()],
                context,
                selection.year,
                shown[selection.without_year()]["texts"],
            )
            for slide, selection in zip(slides, selections, strict=True)
        ],
    }
    return orjson.dumps(body).decode()


def view_frames(context: AppContext, view: View, charts: Collection[str]) -> dict[str, Any]:
    """Figures, frames and texts of a view with these charts, at the size of the stage."""
    contents = Contents(charts=tuple(name for name in CHARTS if name in charts), has_tiles=True)
    body: dict[str, Any] = {
        "years": (view.basis.first_year, view.basis.last_year),
        "charts": _figures(view, contents.graphs),
        "texts": build_texts(view, contents, basis_label=context.basis_label(view.selection.basis)),
    }
    if "countries" in charts:
        body["ranking"] = build_ranking(view)
    if "growth" in charts:
        square = replace(view, viewport=SQUARE)
        body["over"] = build_overlay(view, LOOK)
        body["square"] = {"charts": _figures(square, ("growth",)), "over": build_overlay(square, LOOK)}
    return body


def _figures(view: View, names: Sequence[str]) -> Mapping[str, Any]:
    return {name: _drawing(asdict(FIGURES[name](view, LOOK))) for name in names}


def _drawing(figure_and_frames: dict[str, Any]) -> dict[str, Any]:
    """It names its boundaries as the page does, or a browser would load and keep them a second time."""
    with_asset_addresses(figure_and_frames["figure"])
    return figure_and_frames


def _slide_frames(
    slide: Slide, view: View, context: AppContext, year: int | None, of_view: Mapping[str, Any]
) -> dict[str, Any]:
    """view, year (where it starts), texts, moves (whether the year matters) of one slide."""
    texts = slide_texts(slide, view, context)
    return {
        "view": to_query(view.selection.without_year(), context.choices),
        "year": year,
        "texts": texts | (_instead(slide.chart, texts, of_view) if slide.chart else {}),
        "moves": follows_year(slide, texts),
    }


def _instead(chart: str, texts: Mapping[str, Any], of_view: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in the place of a figure that there is not: why, or what a table says. Nothing that the headline
    says already; `slide.instead` is for a slide with a title of a visitor's own."""
    headline, state, message = texts["slide.headline"], of_view[f"{chart}.face"], of_view[f"{chart}.message"]
    if chart in FIGURES or chart == LISTED:
        why = _by_year(lambda state, message: "" if state in SHOWN else message, state, message)
    else:
        why = texts["slide.description"]
    return {
        "slide.message": _by_year(lambda why, said: "" if why == said else why, why, headline),
        "slide.instead": why,
    }


def _by_year(choose: Callable[[str, str], str], first: Any, second: Any) -> Any:
    """A text made of two, each one or one a year."""
    count = max(len(each) if isinstance(each, list) else 1 for each in (first, second))
    pairs = zip(*(each if isinstance(each, list) else [each] * count for each in (first, second)), strict=True)
    made = [choose(*pair) for pair in pairs]
    return made if count > 1 else made[0]
