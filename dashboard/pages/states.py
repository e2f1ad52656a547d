"""The U.S. states, and the page of each: for whoever coordinates one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dash import Dash, html, register_page

from dashboard.charts.countries.text import MOST_SQUARES, marks, unit_of
from dashboard.components.cards import graph_card
from dashboard.components.filter_bar import filter_bar
from dashboard.components.frame import notices, page_frame, paper_line
from dashboard.components.lists import (
    ListCard,
    ListColumn,
    list_card,
    list_markup,
    list_parts,
    narrow_rows,
    read_list_state,
)
from dashboard.components.raw_html import RawHtml
from dashboard.components.sheets import back_link, not_known
from dashboard.components.unit_chart import unit_said
from dashboard.context import AppContext
from dashboard.current import current_context
from dashboard.dataset.place_names import state_terms
from dashboard.dataset.records import records
from dashboard.dataset.spelling import normalize
from dashboard.metrics.states import (
    LEAST_POPULATION,
    NO_STATES,
    SIZES,
    StatePage,
    cities_table,
    state_names,
    state_page,
    states_table,
)
from dashboard.page_request import PageRequest, answer, read_address, read_choice
from dashboard.pages.shared import add_choice_callback, in_words
from dashboard.payload import Contents
from dashboard.strings import Catalog
from dashboard.templating import render

if TYPE_CHECKING:
    import pandas as pd

# the list of all, and the page of one: each has its own store and callback
PAGE, PAGE_OF_ONE = "states", "state"
PATH = "/states"
LIST = "states"
CONTENTS, CONTENTS_OF_ONE = Contents(follows_year=False), Contents(charts=("pair",), follows_year=False)
MAIN, CITIES = "state-part", "cities-part"


def register(app: Dash) -> None:
    """Registers both pages with Dash, and their callbacks with an app."""
    description = in_words("app.description")
    register_page(
        __name__,
        path=PATH,
        id=PAGE,
        title=in_words("page.states.title"),
        layout=layout,
        description=description,
        headline=headline,
    )
    register_page(
        f"{__name__}.one",
        path_template=f"{PATH}/<code>",
        id=PAGE_OF_ONE,
        title=title,
        layout=layout_of_one,
        find_key=find_key,
        description=description,
        headline=headline_of_one,
        contents=CONTENTS_OF_ONE,
    )
    for page, contents, parts, select in (
        (PAGE, CONTENTS, list_parts(LIST), select_list),
        (PAGE_OF_ONE, CONTENTS_OF_ONE, [MAIN, CITIES], select_one),
    ):
        add_choice_callback(app, page, contents, select, parts=parts)


# ---- which state a path names
def find_key(context: AppContext, text: str) -> str | None:
    """The code of the state that the end of a path names, by whatever spelling ("TX", "tx", "Texas"); None for none."""
    return context.choices.spellings["state"].get(normalize(text))


def title(code: str = "") -> str:
    """The title of the page of a state."""
    context = current_context()
    key = find_key(context, code)
    if key is None:
        return context.t("app.not_found_title")
    return context.t("page.states.title_of", name=state_names(context.dataset)[key])


# ---- the list
def layout(**query: str | list[str]) -> html.Div:
    """The list of states at an address."""
    request = read_address(query, CONTENTS)
    t = request.context.t
    children = [
        filter_bar(request, has_year=False, has_state=False),
        notices(request),
        paper_line(request),
        html.Div(
            list_card(t, state_list(request)),
            className="pages-column",
            id="figures",
            tabIndex="-1",
            **{"data-waits": ""},
        ),
    ]
    return page_frame(PAGE, request, children, title=t("page.states.title"))


def select_list(choice: object) -> dict[str, Any]:
    """The list that a choice shows."""
    request = read_choice(choice, CONTENTS)
    return answer(request, list_markup(request.context.t, state_list(request)))


def headline(request: PageRequest) -> str:
    """How many states have a partnership."""
    return _list_headline(request, _table(request))


def state_list(request: PageRequest) -> ListCard:
    """Every state with what it has, whatever state is chosen elsewhere: each is a row of its own."""
    context, selection = request.context, request.selection
    t, basis = context.t, context.dataset.bases[selection.basis]
    states = _table(request)
    table = states.merge(cities_table(context.dataset, basis))
    unit, terms = unit_of(int(table["partnerships"].max()), MOST_SQUARES), state_terms(context.dataset)
    columns = [
        ListColumn("name", t("column.state")),
        ListColumn("dated", t("states.recorded" if unit == 1 else "states.recorded_units")),
        ListColumn("partnerships", t("states.partnerships"), is_number=True),
        ListColumn("countries", t("states.countries"), is_number=True),
        ListColumn("programs", t("states.programs"), is_number=True),
        ListColumn("without", t("states.without", people=LEAST_POPULATION), is_number=True),
    ]
    page = narrow_rows(
        records(table),
        read_list_state(selection, LIST),
        spelled=lambda row: " ".join(map(normalize, (*terms[row["state"]], row["state"]))),
        values={column.key: lambda row, key=column.key: row[key] for column in columns},  # type: ignore[misc]
        name_key=context.dataset.naming.folded_key,
    )

    def letters(row: Mapping[str, Any]) -> str:
        return marks(row["dated"], row["partnerships"] - row["dated"], 0, 0, unit)

    return ListCard(
        page,
        headline=_list_headline(request, states),
        rows=render("state_rows", t, list=page, columns=columns, marks=letters),
        label=t("states.find"),
        note=unit_said(t, t("states.note"), unit),
    )


def _table(request: PageRequest) -> pd.DataFrame:
    return states_table(request.context.dataset, request.selection.without("state"))


def _list_headline(request: PageRequest, table: pd.DataFrame) -> str:
    """How many of the states have a partnership, and which of the places on the list that are none."""
    is_state, has = ~table["state"].isin(NO_STATES), table["partnerships"] > 0
    count, total = int((is_state & has).sum()), int(is_state.sum())
    others = table.loc[~is_state & has, "name"].tolist()
    t, basis = request.context.t, request.context.basis_label(request.selection.basis)
    key = "states.headline_also" if others else "states.headline"
    return t(key, count=count, total=total, basis=basis, names=t.listing(others))


# ---- one state
def layout_of_one(code: str = "", **query: str | list[str]) -> html.Div:
    """The page of the state that a path names."""
    context = current_context()
    key = find_key(context, code)
    if key is None:
        return not_known(context.t)
    request = read_address(query, CONTENTS_OF_ONE, key)
    t, state = context.t, _state(request)
    parts = state_parts(request)
    children = [
        filter_bar(request, has_year=False, has_state=False),
        notices(request),
        paper_line(request),
        back_link(t("state.back"), PATH),
        html.Div(
            [
                RawHtml(parts[MAIN], id=MAIN, className="column", attributes={"data-waits": ""}),
                html.Div([graph_card("pair", request), _cities_card(t, state, parts[CITIES])], className="column"),
            ],
            className="grid pages-grid",
            id="figures",
            tabIndex="-1",
        ),
    ]
    return page_frame(PAGE_OF_ONE, request, children, title=title(key), section=PAGE)


def select_one(choice: object) -> dict[str, Any]:
    """What a choice shows of a state."""
    request = read_choice(choice, CONTENTS_OF_ONE)
    return answer(request, state_parts(request) if find_key(request.context, request.key) else {})


def headline_of_one(request: PageRequest) -> str:
    """How many partnerships a state has, with how many countries."""
    return state_headline(request.context.t, _state(request))


def state_headline(t: Catalog, state: StatePage) -> str:
    """The headline of a state."""
    if not state.partnerships:
        return t("state.none", state=state.name)
    return t("state.headline", state=state.name, count=len(state.partnerships), countries=state.countries)


def state_parts(request: PageRequest) -> dict[str, str]:
    """What follows the filters and the size of cities, by id."""
    context = request.context
    t, state = context.t, _state(request)
    main = render(
        "state",
        t,
        state=state,
        title=state_headline(t, state),
        basis_label=context.basis_label(request.selection.basis),
    )
    return {MAIN: main, CITIES: render("state_cities", t, state=state)}


def _state(request: PageRequest) -> StatePage:
    least = request.selection.page_param("least")
    size = int(least) if least in map(str, SIZES) else LEAST_POPULATION
    return state_page(request.context.dataset, request.selection, request.key, least=size)


def _cities_card(t: Catalog, state: StatePage, cities: str) -> html.Section:
    size = render("state_size", t, sizes=SIZES, least=state.least)
    # the choice of sizes is no part that comes anew with each choice, so that the keyboard stays in it
    return html.Section(
        [
            RawHtml(
                render("sheet_head", t, name="state-cities", headline=t("state.cities", state=state.name)),
                tag="header",
            ),
            html.Div(
                [
                    RawHtml(
                        size,
                        className="select",
                        attributes={"data-ask": "least", "data-default": str(LEAST_POPULATION)},
                    ),
                    RawHtml(cities, id=CITIES, attributes={"aria-live": "polite", "data-waits": ""}),
                ],
                className="body",
            ),
            RawHtml(render("list_source", t, source=t("match.source")), className="source"),
        ],
        id="card-state-cities",
        className="card sheet",
        **{"aria-labelledby": "headline-state-cities"},
    )
