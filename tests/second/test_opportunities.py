"""Opportunities on stock Dash: the same words and elements as the page that it replaces."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import orjson
import pytest
from dashboard.components.markup import as_html
from dashboard.pages.page import Asked

from dashboard.charts import CHARTS, View
from dashboard.charts.base import figure_at
from dashboard.charts.figures import FIGURES
from dashboard.charts.look import THEMES, Look
from dashboard.charts.template import palette
from dashboard.charts.viewport import DESK, STAGE
from dashboard.context import House
from dashboard.filters import parse
from dashboard.pages import opportunities
from dashboard.pages.opportunities import match_markup, openings_markup

Views = Callable[[str], View]
ADDRESSES = (
    "",
    "?basis=documented",
    "?region=Western+Asia",
    "?region=Western+Asia&region=Southern+Europe&basis=documented",
    "?community=5074472",
    "?community=5074472&weights=0-2-2-1-2",
    "?community=5419384",
    "?community=5419384&travel=all&region=Western+Asia",
    "?partner=281133",
    "?basis=documented&partner=745044&community=5074472&weights=5-5-0-0-5",
    "?community=0",
    "?country=TUR&status=active",
    "?state=CA&target=300&by=2040",
)


class Elements(HTMLParser):
    """The elements of a page with their attributes and texts, in order, whatever blanks are between them."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[tuple[str, object]] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        # links within the page leave out its path
        self.found.append((tag, {name: (value or "").replace("/opportunities?", "?") for name, value in attributes}))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(("/", tag))

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if not text:
            return
        if self.found and self.found[-1][0] == "text":
            text = f"{self.found.pop()[1]} {text}"
        self.found.append(("text", text))


def elements(markup: str) -> list[tuple[str, object]]:
    return Elements(markup).found


@pytest.mark.parametrize("query", ADDRESSES)
def test_lists_are_those_of_the_page_before(query: str, house: House) -> None:
    before = opportunities.parts(Asked(house, "", query))
    selection = parse(query, house.choices).selection
    for name, markup in (
        (opportunities.OPENINGS, openings_markup(house, selection)),
        (opportunities.MATCH, match_markup(house, selection)),
    ):
        assert elements(markup) == elements(as_html(before[name])), name


@pytest.mark.parametrize("query", ADDRESSES)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["openings", "pace"])
def test_figures_are_those_of_the_page_before(name: str, theme: str, query: str, view_of: Views) -> None:
    for screen in (DESK, STAGE):
        view = replace(view_of(query), screen=screen)
        chart = CHARTS[name]
        assert chart.draw is not None
        before = coloured(figure_at(chart.draw(chart.table(view), view), view.basis.last_year), palette(theme))
        now = plain(FIGURES[name](view, Look(theme)).figure)
        assert len(now["data"]) == len(before["data"])
        for trace, old in zip(now["data"], before["data"], strict=True):
            # the land has one colour at both ends of its scale
            told = {key: old[key] for key in old.keys() - {"hovertext", "colorscale", "zmax"}}
            assert {key: trace.get(key) for key in told} == told
            assert trace.get("text", "") == old.get("hovertext", old.get("text", ""))
        for part in ("shapes", "annotations"):
            assert now["layout"].get(part) == before["layout"].get(part)
        for part in ("geo.lonaxis.range", "geo.lataxis.range", "xaxis.range", "yaxis.range", "yaxis.gridcolor"):
            assert at_path(now["layout"], part) == at_path(before["layout"], part), part


def test_names_are_left_out_on_a_phone(view_of: Views) -> None:
    figure = FIGURES["openings"](view_of(""), Look(is_narrow=True)).figure
    assert len(figure["data"]) == 3
    assert figure["layout"]["geo"]["lonaxis"]["range"] == [-20, 146]


@pytest.mark.parametrize("name", ["openings", "pace"])
def test_a_figure_stays_where_only_other_parts_change(name: str, view_of: Views) -> None:
    shapes = [FIGURES[name](view_of(query), Look()).shape for query in ("", "?community=5074472", "?weights=0-2-2-1-2")]
    assert len(set(shapes)) == 1
    others = ("?basis=documented", "?region=Western+Asia", "?target=300") if name == "pace" else ("?basis=documented",)
    for query in others:
        assert FIGURES[name](view_of(query), Look()).shape not in shapes
    assert FIGURES[name](view_of(""), Look("dark")).shape not in shapes


def coloured(part: Any, colours: Mapping[str, str]) -> Any:
    """A figure of the page before with the colours of a theme, as its browser had it."""
    if isinstance(part, str):
        return re.sub(r"var\(--([\w-]+)\)", lambda found: colours[found[1]], part)
    if isinstance(part, Mapping):
        return {key: coloured(each, colours) for key, each in part.items()}
    if isinstance(part, list | tuple):
        return [coloured(each, colours) for each in part]
    return part


def plain(figure: Mapping[str, Any]) -> dict[str, Any]:
    """A figure as it is sent: lists and numbers."""
    sent: dict[str, Any] = json.loads(orjson.dumps(figure, default=list, option=orjson.OPT_SERIALIZE_NUMPY))
    return sent


def at_path(part: Any, path: str) -> Any:
    for step in path.split("."):
        part = (part or {}).get(step)
    return part
