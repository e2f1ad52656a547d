"""The overview: five tiles, map, growth, barriers, countries."""

from __future__ import annotations

from dash import dcc, html

from dashboard.charts.map_base import class_labels
from dashboard.charts.milestones import milestones
from dashboard.components import cards, filters, shell, tiles
from dashboard.dataset.records import records
from dashboard.frames.answer import House, wave_options
from dashboard.selection import Selection


def layout(house: House) -> html.Div:
    """The page without any number: the frames fill it."""
    words, dataset = house.words, house.dataset
    left = html.Div(
        [
            cards.map_card(words, classes=class_labels()),
            cards.growth_card(words, milestones=_milestones(house)),
        ],
        className="column",
    )
    right = html.Div(
        [cards.barriers_card(words, themes=_themes(house)), cards.countries_card(words)], className="column"
    )
    bar = filters.filter_bar(
        words,
        bases=[(basis, house.basis_label(basis)) for basis in dataset.bases],
        states=_states(house),
        waves=wave_options(house, is_sample=False),
        regions=house.choices.regions,
        basis=house.choices.default_basis,
    )
    main = html.Main(
        [
            html.H1(words("app.title"), className="unseen"),
            bar,
            shell.notices(words),
            shell.paper_line(words),
            tiles.strip(words),
            html.Div([left, right], className="grid", id="figures", tabIndex="-1"),
        ]
    )
    wires = [
        dcc.Store(id="view"),
        dcc.Store(id="frames"),
        dcc.Store(id="arrived"),
        dcc.Store(id="sources-of"),
        dcc.Store(id="chosen-by-control"),
    ]
    return html.Div(
        [
            shell.skip_link(words),
            shell.header(words),
            main,
            shell.footer(words, collected=dataset.about.collected.isoformat()),
            shell.sources_dialog(words),
            shell.toast(words),
            *wires,
        ],
        className="app",
    )


def _states(house: House) -> list[tuple[str, str]]:
    """(code, name) of the states that have a named partnership on any basis."""
    known = set(house.dataset.partnerships["us_state"])
    table = house.dataset.tables["us_states"].sort_values("name")
    return [(row["state"], row["name"]) for row in records(table) if row["state"] in known]


def _milestones(house: House) -> dict[str, list[tuple[str, str]]]:
    listed = {}
    for basis in house.dataset.bases.values():
        rows = milestones(house.view(Selection(basis.id)), basis.years)
        listed[basis.id] = [(row["short_title"] or row["title"], row["date"][:4]) for row in rows]
    return listed


def _themes(house: House) -> dict[str, list[tuple[str, list[str]]]]:
    """By wave of themes: (title of a group, its themes)."""
    table = house.dataset.survey.themes
    return {
        str(wave): [(str(title), list(group["label"])) for title, group in rows.groupby("group_title", sort=False)]
        for wave, rows in table.groupby("wave", sort=False)
    }
