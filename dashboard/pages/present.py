"""The stage: the story of the data, or the views a visitor collected, one idea a slide."""

from __future__ import annotations

from dash import html

from dashboard.charts.map_areas import class_labels, edges_of
from dashboard.components import stage
from dashboard.components.story import SHOWABLE
from dashboard.frames import Contents
from dashboard.pages.page import Asked, Page, Pieces
from dashboard.stage.frames import entry_count, themes_of


def body(asked: Asked) -> Pieces:
    """The slides, one of each chart to copy for collected views, and what lies over them."""
    house = asked.house
    words, story = house.words, house.dataset.story
    themes = themes_of(house)
    classes = class_labels(edges_of(house.dataset), words)
    slides = [
        stage.slide(
            words,
            kind=each.kind,
            chart=each.chart,
            plays=each.plays,
            entries=entry_count(each, house),
            name=f"stage-{at}",
            classes=classes,
            themes=themes,
        )
        for at, each in enumerate(story, 1)
    ]
    models = [
        stage.slide(
            words,
            kind="chart",
            chart=chart,
            plays=False,
            entries=0,
            name=f"model-{chart}",
            classes=classes,
            themes=themes,
        )
        for chart in SHOWABLE
    ]
    offers = [region for region in house.choices.regions if region in set(house.dataset.countries["region"])]
    return [
        html.Div(
            slides or [stage.empty(words)],
            id="stage",
            className="stage",
            tabIndex="-1",
            **{
                "data-offline": words("stage.offline", date="{date}"),
                "data-of": words("stage.of", at="{at}", all="{all}"),
            },
        ),
        html.Div(models, id="models", hidden=True, **{"data-charts": " ".join(SHOWABLE)}),
        *stage.around(words, regions=offers),
    ]


PAGE = Page(id="present", path="/present", contents=Contents(), body=body, is_bare=True, is_in_navigation=False)
