"""The overview: five tiles, map, growth, barriers, countries."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html

from dashboard.charts.map_base import class_labels
from dashboard.charts.milestones import milestones
from dashboard.components import cards, shell, tiles
from dashboard.components.panel import country_panel
from dashboard.frames import OVERVIEW, House
from dashboard.metrics import panel
from dashboard.pages.bar import filter_bar
from dashboard.pages.page import Asked, Page, Pieces
from dashboard.selection import Selection


def body(asked: Asked) -> Pieces:
    """The page without any number: the frames fill it."""
    house = asked.house
    words = house.words
    left = html.Div(
        [
            cards.map_card(words, classes=class_labels()),
            cards.growth_card(words, milestones=_milestones(house)),
        ],
        className="column",
    )
    right = html.Div(
        [
            cards.barriers_card(words, themes=themes(house)),
            cards.countries_card(words, panel=parts(asked)["panel"]),
        ],
        className="column",
    )
    return [
        filter_bar(asked),
        shell.notices(words),
        shell.paper_line(words),
        tiles.strip(words),
        html.Div([left, right], className="grid", id="figures", tabIndex="-1"),
    ]


def parts(asked: Asked) -> Mapping[str, Pieces]:
    """The panel of the country an address names; empty where it names none."""
    house, selection = asked.house, asked.selection
    if selection.country is None:
        return {"panel": []}
    found = panel.country_panel(house.dataset, selection, basis_label=house.basis_label(selection.basis))
    return {"panel": country_panel(found, house.words)}


def _milestones(house: House) -> dict[str, list[tuple[str, str]]]:
    listed = {}
    for basis in house.dataset.bases.values():
        rows = milestones(house.view(Selection(basis.id)), basis.years)
        listed[basis.id] = [(row["short_title"] or row["title"], row["date"][:4]) for row in rows]
    return listed


def themes(house: House) -> dict[str, list[tuple[str, list[str]]]]:
    """By wave of themes: (title of a group, its themes)."""
    table = house.dataset.survey.themes
    return {
        str(wave): [(str(title), list(group["label"])) for title, group in rows.groupby("group_title", sort=False)]
        for wave, rows in table.groupby("wave", sort=False)
    }


PAGE = Page(id="overview", path="/", contents=OVERVIEW, body=body, parts=parts)
