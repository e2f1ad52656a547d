"""The card of each chart with what it needs of the data: the same on every page that shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from dash import html

from dashboard.charts.map_areas import class_labels, edges_of
from dashboard.charts.milestones import milestones
from dashboard.components import cards, survey
from dashboard.components.card import card, plot, table_card
from dashboard.components.opportunities import openings_legend
from dashboard.components.panel import country_panel
from dashboard.frames import House
from dashboard.metrics import panel
from dashboard.pages.page import Asked, Pieces


def country_parts(asked: Asked) -> Mapping[str, Pieces]:
    """The panel of the country an address names; empty where it names none."""
    house, selection = asked.house, asked.selection
    if selection.country is None:
        return {"panel": []}
    found = panel.country_panel(house.dataset, selection, basis_label=house.basis_label(selection.basis))
    return {"panel": country_panel(found, house.words)}


def _map(asked: Asked) -> html.Section:
    return cards.map_card(asked.house.words, classes=class_labels(edges_of(asked.house.dataset), asked.house.words))


def _growth(asked: Asked) -> html.Section:
    return cards.growth_card(asked.house.words, milestones=_milestones(asked.house))


def _barriers(asked: Asked) -> html.Section:
    return cards.barriers_card(asked.house.words, themes=_themes(asked.house))


def _countries(asked: Asked) -> html.Section:
    return cards.countries_card(asked.house.words, panel=country_parts(asked)["panel"])


def _answers(name: str, asked: Asked) -> html.Section:
    return survey.survey_card(asked.house.words, name)


def _openings(asked: Asked) -> html.Section:
    return card(asked.house.words, "openings", [plot("openings"), openings_legend(asked.house.words)])


def _plain(name: str, asked: Asked) -> html.Section:
    return card(asked.house.words, name, [plot(name)])


def _table(name: str, asked: Asked) -> html.Section:
    return table_card(asked.house.words, name)


# every one of these is served alone, too (dashboard/pages/embed.py)
CARDS: Mapping[str, Callable[[Asked], html.Section]] = MappingProxyType(
    {
        "map": _map,
        "growth": _growth,
        "barriers": _barriers,
        "countries": _countries,
        **{name: partial(_answers, name) for name in ("regions", "others", "waves")},
        "openings": _openings,
        **{name: partial(_plain, name) for name in ("pace", "pair")},
        **{name: partial(_table, name) for name in ("coverage", "conflicts", "sources")},
    }
)


def _milestones(house: House) -> dict[str, list[tuple[str, str]]]:
    listed = {}
    for basis in house.dataset.bases.values():
        rows = milestones(house.dataset, basis.years)
        listed[basis.id] = [(row["short_title"] or row["title"], row["date"][:4]) for row in rows]
    return listed


def _themes(house: House) -> dict[str, list[tuple[str, list[str]]]]:
    """By wave of themes: (title of a group, its themes)."""
    table = house.dataset.survey.themes
    return {
        str(wave): [(str(title), list(group["label"])) for title, group in rows.groupby("group_title", sort=False)]
        for wave, rows in table.groupby("wave", sort=False)
    }
