"""The U.S. states, and the page of each: for whoever coordinates one."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html

from dashboard.components import shell
from dashboard.components import states as pieces
from dashboard.components.bind import stacked
from dashboard.components.card import card, plot
from dashboard.components.sheet import sheet
from dashboard.frames import Contents, House
from dashboard.metrics.states import (
    LEAST_POPULATION,
    SIZES,
    StatePage,
    cities_table,
    state_names,
    state_page,
    states_table,
)
from dashboard.pages.bar import filter_bar
from dashboard.pages.page import Asked, Page, Pieces

LIST, MAIN, CITIES = "states-part", "state-part", "cities-part"


def body(asked: Asked) -> Pieces:
    """The list of states, or the one that the path names."""
    words = asked.house.words
    lists = parts(asked)
    bar = [filter_bar(asked, has_year=False, has_state=False), shell.notices(words), shell.paper_line(words)]
    if not asked.key:
        listed = html.Div(lists[LIST], id=LIST, **{"data-part": ""})
        return [*bar, html.Div(listed, className="pages-column", id="figures", tabIndex="-1")]
    page = _page(asked)
    cities = sheet(
        "state-cities",
        words("state.cities", state=page.name),
        [
            pieces.size_select(words, page.least),
            html.Div(lists[CITIES], id=CITIES, **{"data-part": "", "aria-live": "polite"}),
        ],
        source=[html.Span(words("match.source"))],
    )
    back = html.A(words("state.back"), href="/states", className="back", **{"data-keeps-view": ""})
    return [
        *bar,
        back,
        html.Div(
            [
                html.Div(lists[MAIN], id=MAIN, className="column", **{"data-part": ""}),
                html.Div([card(words, "pair", [plot("pair")]), cities], className="column"),
            ],
            className="grid pages-grid",
            id="figures",
            tabIndex="-1",
        ),
    ]


def parts(asked: Asked) -> Mapping[str, Pieces]:
    """What follows the basis and the size."""
    house = asked.house
    words, label = house.words, house.basis_label(asked.selection.basis)
    if not asked.key:
        # each row is a state of its own, so one that is chosen elsewhere hides no other
        table = states_table(house.dataset, asked.selection.without("state"))
        table = table.merge(cities_table(house.dataset, house.dataset.bases[asked.selection.basis]))
        return {LIST: [stacked(pieces.state_list(words, table, least=LEAST_POPULATION, basis_label=label))]}
    page = _page(asked)
    return {
        MAIN: [stacked(*pieces.state_main(words, page, basis_label=label))],
        CITIES: [stacked(*pieces.state_cities(words, page))],
    }


def _page(asked: Asked) -> StatePage:
    least = asked.selection.page_param("least")
    size = int(least) if least in map(str, SIZES) else LEAST_POPULATION
    return state_page(asked.house.dataset, asked.selection, asked.key, least=size)


def _is_known(house: House, key: str) -> bool:
    return key in state_names(house.dataset)


def _title(asked: Asked) -> str:
    words = asked.house.words
    if not asked.key:
        return words("page.states.title")
    return words("page.states.title_of", name=state_names(asked.house.dataset)[asked.key])


PAGE = Page(
    id="states",
    path="/states",
    contents=Contents(charts=("pair",)),
    body=body,
    parts=parts,
    has_key=_is_known,
    title=_title,
)
