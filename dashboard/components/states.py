"""The states: the list of all, and the page of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.components.lists import Cell, Column, Row, nothing, searched, sortable
from dashboard.components.sheet import facts, sheet
from dashboard.components.squares import squares, unit_for, unit_said
from dashboard.dataset.records import records
from dashboard.dataset.spelling import folded
from dashboard.metrics.registry import Entry
from dashboard.metrics.states import NO_STATES, SIZES, StatePage
from dashboard.strings import Words

if TYPE_CHECKING:
    import pandas as pd

LIST = "states"


def state_list(words: Words, table: pd.DataFrame, *, least: int, basis_label: str) -> html.Section:
    """Every state with what it has: `states_table` and `cities_table`, of cities of at least `least` people."""
    unit = unit_for(int(table["partnerships"].max()))
    columns = [
        Column(words("column.state")),
        Column(words("states.recorded" if unit == 1 else "states.recorded_units")),
        Column(words("states.partnerships"), is_number=True),
        Column(words("states.countries"), is_number=True),
        Column(words("states.programs"), is_number=True),
        Column(words("states.without", people=f"{least:,}"), is_number=True),
    ]
    rows = [
        Row(
            [
                Cell(html.A(row["name"], href=f"/states/{row['state']}", **{"data-keeps-view": ""}), row["name"]),
                Cell(squares(dated=row["dated"], named=row["partnerships"] - row["dated"], unit=unit), row["dated"]),
                *(Cell(row[name], row[name]) for name in ("partnerships", "countries", "programs")),
                Cell(words("states.of", part=row["without"], all=row["cities"]), row["without"]),
            ],
            spellings=f"{folded(row['name'])} {folded(row['state'])}",
        )
        for row in records(table)
    ]
    return sheet(
        LIST,
        list_headline(words, table, basis_label=basis_label),
        [
            searched(words, LIST, label=words("states.find")),
            sortable(words, LIST, columns, rows, caption=words("states.caption")),
        ],
        note=unit_said(words, words("states.note"), unit),
    )


def list_headline(words: Words, table: pd.DataFrame, *, basis_label: str) -> str:
    """How many of the states have a partnership, and which of the places on the list that are none."""
    is_state, has = ~table["state"].isin(NO_STATES), table["partnerships"] > 0
    count, total = int((is_state & has).sum()), int(is_state.sum())
    others = table.loc[~is_state & has, "name"].tolist()
    headline = words("states.headline", count=count, total=total, basis=basis_label)
    return headline + (words("states.also", names=words.listing(others)) if others else "")


def state_title(words: Words, page: StatePage) -> str:
    """The headline of a state."""
    if not page.partnerships:
        return words("state.none", state=page.name)
    return words("state.headline", state=page.name, count=len(page.partnerships), countries=page.countries)


def state_main(words: Words, page: StatePage, *, basis_label: str) -> list[Component]:
    """Partnerships, others that are documented, programs."""
    numbers = [
        (words("states.partnerships"), f"{len(page.partnerships)}"),
        (words("states.countries"), f"{page.countries}"),
        (words("states.programs"), f"{len(page.programs)}"),
    ]
    others = []
    if page.others:
        others = [html.H3(words("state.others", count=len(page.others))), _pairs(words, page.others)]
    programs = [
        html.Li(
            [html.B(row["title"]), html.Small(f" {row['sector']} · {row['us_community']}–{row['partner_community']}")]
        )
        for row in page.programs
    ]
    return [
        sheet(
            "state",
            state_title(words, page),
            [facts(numbers), _pairs(words, page.partnerships), *others],
            note=words("state.note", basis=basis_label),
        ),
        sheet(
            "state-programs",
            words("state.programs", count=len(programs), state=page.name),
            [html.Ul(programs, className="plain told")] if programs else [],
            note=words("programs.note"),
        ),
    ]


def state_cities(words: Words, page: StatePage) -> list[Component]:
    """Communities above the chosen size without a partnership, each a step from its match."""
    if not page.cities:
        return [nothing(words("state.no_cities", people=f"{page.least:,}"))]
    items = [
        html.Li(
            html.A(
                [city.name, html.Small(f" {city.population:,}")],
                href=f"/opportunities?community={city.id}#card-match",
                title=words("state.match", city=city.name),
                **{"data-keeps-view": f"community={city.id}&partner=&least="},
            )
        )
        for city in page.without
    ]
    return [
        html.P(
            words("state.without", part=len(page.without), all=page.cities, people=f"{page.least:,}"),
            className="prose strong",
        ),
        html.Ul(items, className="city-list"),
    ]


def size_select(words: Words, least: int) -> html.Div:
    """From which size on communities are listed; it goes into the address."""
    options = [{"value": f"{size}", "label": words("state.size", people=f"{size:,}")} for size in SIZES]
    return html.Div(
        [
            html.Label(words("state.least"), htmlFor="ask-least"),
            dbc.Select(id="ask-least", options=options, value=f"{least}"),
        ],
        className="select",
        **{"data-ask": "least"},
    )


def _pairs(words: Words, found: Sequence[Entry]) -> Component:
    if not found:
        return html.P(words("state.no_partnership"), className="prose")
    return html.Ul(
        [
            html.Li(
                [
                    html.A(
                        f"{each.us_community}–{each.partner_community}",
                        href=f"/partnerships/{each.id}",
                        **{"data-keeps-view": ""},
                    ),
                    html.Small(f" {each.country} · {each.start_year or words('registry.unknown')}"),
                ]
            )
            for each in found
        ],
        className="plain",
    )
