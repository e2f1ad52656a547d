"""The overview: its layout, one server callback for a choice, one clientside callback for the year.

Beside these only what is fetched when somebody opens it: the table of a card, and sources.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from dash import ClientsideFunction, Dash, Input, Output, State, ctx, dcc, html, no_update, register_page

from dashboard.charts import CHARTS
from dashboard.charts.cells import cell_text, cells_of
from dashboard.filters import Selection, parse
from dashboard.frames import House
from dashboard.frames.answer import ANY, wave_options
from dashboard.metrics.sources import sources
from dashboard.second.components.cards import card_values, countries_card, graph_card, panel_markup
from dashboard.second.components.filter_bar import filter_bar
from dashboard.second.components.raw_html import RawHtml
from dashboard.second.context import current_house, look_of, look_of_request
from dashboard.second.payload import (
    CARDS,
    GRAPHS,
    Overview,
    build_overview,
    control_places,
    controls,
    notices_of,
    selection_query,
    without_page_params,
)
from dashboard.second.templating import PageText, render
from dashboard.strings import Words

COLUMNS = (("map", "growth"), ("barriers", "countries"))
PATH = "/"


def register(app: Dash, words: Words) -> None:
    """Registers the page with Dash, and its callbacks with an app. (`register_page` and callbacks of modules are
    global to a process, which has several apps in tests, and two of them while the old pages are there.)"""
    register_page(
        __name__,
        path=PATH,
        name=words("page.overview.name"),
        title=words("page.overview.title"),
        description=words("app.description"),
        layout=layout,
    )
    _add_callbacks(app)


def read_address(query: str) -> tuple[House, Selection, Overview, int, list[str]]:
    """What the query of an address shows to the browser that asks: the data, the selection, all of it for every year,
    the position of the year, and what was not understood."""
    house, parsed = current_house(), parse(query, current_house().choices)
    overview = build_overview(house, without_page_params(parsed.selection), look_of_request())
    return (
        house,
        parsed.selection,
        overview,
        overview.position(parsed.selection.year),
        notices_of(parsed.notices, house),
    )


def layout(**query: str | list[str]) -> html.Main:
    """The page at an address, with its figures: no callback runs until something is changed."""
    house, selection, overview, at, notices = read_address(urlencode(query, doseq=True))
    words, page = house.words, PageText(house.words, overview.texts, at)
    look, values = look_of_request(), card_values(house)
    cards = {name: graph_card(name, page, overview.figure(name, at), values[name]) for name in GRAPHS}
    cards["countries"] = countries_card(page, house, selection)
    grid = [html.Div([cards[name] for name in names], className="column") for names in COLUMNS]
    return html.Main(
        [
            dcc.Store(id="frames", data=overview.store(at, notices=notices)),
            dcc.Store(id="shape", data=overview.shape),
            dcc.Store(id="look", data=look.as_data()),
            # a store without data would call its callbacks at once
            dcc.Store(id="opened", data=""),
            html.H1(words("page.overview.title"), className="unseen"),
            filter_bar(house, selection, page, years=overview.years, at=at),
            RawHtml(id="notices", className="notices", attributes={"role": "status", **_notice_words(words)}),
            RawHtml(page.render("paper"), className="contents"),
            RawHtml(
                page.render("tiles"),
                tag="section",
                className="tiles",
                attributes={"aria-label": words("tiles.heading"), "data-waits": ""},
            ),
            html.Div(grid, id="figures", className="grid", tabIndex="-1", **{"data-waits": ""}),
        ]
    )


def _notice_words(words: Words) -> dict[str, str]:
    said = {
        "heading": "notice.heading",
        "dismiss": "action.dismiss",
        "failed": "notice.failed",
        "retry": "notice.retry",
        "waiting": "connection.waiting",
        "again": "connection.again",
    }
    return {f"data-{name}": words(key) for name, key in said.items()} | {"data-repeats": "frames"}


def first_text(query: str, *, header: str, footer: str) -> str:
    """Title, key figures and headlines as HTML, which the document says before any script has run."""
    house, selection, overview, at, _ = read_address(query)
    page = PageText(house.words, overview.texts, at)
    return page.render(
        "first",
        header=header,
        footer=footer,
        columns=COLUMNS,
        regions=house.choices.regions,
        bases=[(house.basis_label(basis), basis == selection.basis) for basis in house.choices.bases],
        selects=[house.words("filter.state"), house.words("filter.wave")],
    )


# ---- callbacks
CHOICE = control_places()


def _add_callbacks(app: Dash) -> None:
    app.callback(
        output={
            "figures": {name: Output(name, "figure") for name in GRAPHS},
            "frames": Output("frames", "data"),
            "shape": Output("shape", "data"),
            "panel": Output("panel", "markup"),
            "first": Output("filter-year", "min"),
            "last": Output("filter-year", "max"),
            "waves": Output("filter-wave", "options"),
            # a choice that another takes away is not left standing in its control
            "choice": {name: Output(*place) for name, place in CHOICE.items()},
        },
        inputs={"choice": {name: Input(*place) for name, place in CHOICE.items()}, "look": Input("look", "data")},
        state={"year": State("filter-year", "value"), "shape": State("shape", "data")},
        prevent_initial_call=True,
    )(select)
    app.callback(
        *(Output(f"table-{name}", "markup") for name in CARDS), Input("opened", "data"), prevent_initial_call=True
    )(open_table)
    app.callback(Output("sources-list", "markup"), Input("sources-of", "data"), prevent_initial_call=True)(list_sources)
    app.clientside_callback(
        ClientsideFunction("overview", "showYear"),
        Output("year-track", "style"),
        Input("frames", "data"),
        Input("filter-year", "value"),
    )
    for function, graph, (component, prop) in (
        ("pickArea", "map", CHOICE["country"]),
        ("pickState", "map", CHOICE["state"]),
    ):
        app.clientside_callback(
            ClientsideFunction("overview", function),
            Output(component, prop, allow_duplicate=True),
            Input(graph, "clickData"),
            State(component, prop),
            prevent_initial_call=True,
        )
    app.clientside_callback(
        ClientsideFunction("overview", "pickYear"),
        Output("filter-year", "value"),
        Input("growth", "clickData"),
        prevent_initial_call=True,
    )


def select(choice: Mapping[str, Any], look: object, year: object, shape: object) -> dict[str, Any]:
    """The figures of a choice at the year shown, and the frames of every other. Where the map is the one before, it
    stays."""
    house, drawn_for = current_house(), look_of(look)
    selection = without_page_params(parse(selection_query(choice), house.choices).selection)
    overview = build_overview(house, selection, drawn_for)
    at = overview.position(int(str(year)) if str(year).isdigit() else None)
    keeps_map = shape == overview.shape
    changed = {each["prop_id"].rpartition(".")[0] for each in ctx.triggered}
    has_panel = selection.country is not None or CHOICE["country"][0] in changed
    first, last = overview.years if CHOICE["basis"][0] in changed else (no_update, no_update)
    now = controls(house, selection)
    return {
        "figures": {name: no_update if keeps_map and name == "map" else overview.figure(name, at) for name in GRAPHS},
        "frames": overview.store(at, keeps_map=keeps_map),
        "shape": no_update if keeps_map else overview.shape,
        "panel": panel_markup(house, selection) if has_panel else no_update,
        "first": first,
        "last": last,
        "waves": _waves(house, selection) if CHOICE["sample"][0] in changed else no_update,
        "choice": {name: no_update if choice[name] == now[name].value else now[name].value for name in CHOICE},
    }


def _waves(house: House, selection: Selection) -> list[dict[str, str]]:
    newest = (ANY, house.words("filter.wave_newest"))
    options = (newest, *wave_options(house, is_sample=selection.is_sample))
    return [{"value": value, "label": label} for value, label in options]


def open_table(opened: object) -> tuple[Any, ...]:
    """The table of the card whose tab was opened: {card, query, year}."""
    if not isinstance(opened, dict) or opened.get("card") not in CARDS:
        return (no_update,) * len(CARDS)
    house, name, year = current_house(), opened["card"], opened.get("year")
    selection = parse(str(opened.get("query", "")), house.choices).selection
    view = house.view(without_page_params(selection))
    years = view.basis.years
    chart, shown_year = CHARTS[name], year if isinstance(year, int) and year in years else years[-1]
    rows = chart.shown(chart.table(view), view, shown_year)
    columns = [column for column in chart.columns if column in rows]
    cells = {column: cells_of(rows[column]) for column in columns}
    head = [
        (house.words(f"column.{column}"), all(isinstance(cell, int | float) for cell in cells[column]))
        for column in columns
    ]
    texts = zip(*([cell_text(name_, cell, house.words) for cell in cells[name_]] for name_ in columns), strict=True)
    markup = render("table", house.words, head=head, rows=list(texts))
    return tuple(markup if card == name else no_update for card in CARDS)


def list_sources(asked: object) -> Any:
    """The sources of a card, or of all ("all"), when their dialog is opened: {card, query}."""
    if not isinstance(asked, dict):
        return no_update
    house, card = current_house(), asked.get("card")
    view = house.view(without_page_params(parse(str(asked.get("query", "")), house.choices).selection))
    names = CARDS if card == "all" else [card] if card in CARDS else []
    cited = sources(house.dataset, [source for name in names for source in CHARTS[name].sources(view)])
    return render("sources", house.words, sources=cited)
