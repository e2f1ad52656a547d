"""Where next: openings on the map and as a list, matches for a city, pace and target, the shortlist."""

from __future__ import annotations

import json
from typing import Any

from dash import Dash, html, register_page
from dash.development.base_component import Component

from dashboard.charts import View
from dashboard.components.advisories import full_lines
from dashboard.components.cards import graph_card
from dashboard.components.filter_bar import filter_bar
from dashboard.components.frame import notices, page_frame, paper_line
from dashboard.components.matches import chosen_cities, find_matches, has_level_4, read_weights
from dashboard.components.raw_html import RawHtml
from dashboard.context import AppContext
from dashboard.dataset.labels import label_of
from dashboard.dataset.records import records
from dashboard.filters import Selection
from dashboard.metrics.advisories import advisories, last_read
from dashboard.metrics.cities import largest_cities
from dashboard.metrics.match import DEFAULT_WEIGHTS, LEAST_WEIGHT, MOST_WEIGHT
from dashboard.metrics.openings import openings_table
from dashboard.page_request import PageRequest, answer, read_address, read_choice
from dashboard.page_texts import Texts
from dashboard.pages.shared import add_choice_callback, in_words
from dashboard.payload import Contents
from dashboard.strings import Catalog
from dashboard.templating import render

PAGE = "opportunities"
OPENINGS, MATCH = "openings-part", "match-part"
# of an entry of the shortlist, in the order of its file
SHORTLIST_COLUMNS = ("us", "abroad", "score", "why")


def asked_texts(view: View) -> Texts:
    """What the inputs of the page stand at: cities by their names, weights, level 4."""
    selection = view.selection
    us, abroad = chosen_cities(view.dataset, selection)
    values = {
        "community": us.full_name if us else "",
        "partner": abroad.full_name if abroad else "",
        **{f"weights.{name}": value for name, value in read_weights(selection.page_param("weights")).items()},
        "travel": "all" if has_level_4(selection) else "1-3",
    }
    return {f"ask.{name}": str(value) for name, value in values.items()}


CONTENTS = Contents(charts=("openings", "pace"), follows_year=False, texts=asked_texts)


def register(app: Dash) -> None:
    """Registers the page with Dash, and its callback with an app."""
    register_page(
        __name__,
        path="/opportunities",
        id=PAGE,
        title=in_words("page.opportunities.title"),
        description=in_words("app.description"),
        layout=layout,
    )
    add_choice_callback(app, PAGE, CONTENTS, select, parts=[OPENINGS, MATCH])


def layout(**query: str | list[str]) -> html.Div:
    """The map beside its list, the match over the whole width, then the pace beside the shortlist."""
    request = read_address(query, CONTENTS)
    context, selection, t = request.context, request.selection, request.context.t
    listed = RawHtml(openings_markup(context, selection), id=OPENINGS)
    grid = [
        graph_card("openings", request),
        _sheet("opening-list", t("openings.list_title"), [listed], note=t("openings.list_note")),
        _match_sheet(request),
        graph_card("pace", request),
        _shortlist(t),
    ]
    children = [
        filter_bar(request, has_year=False, has_state=False),
        notices(request),
        paper_line(request),
        html.Div(grid, id="figures", className="grid openings-grid", tabIndex="-1", **{"data-waits": ""}),
    ]
    return page_frame(PAGE, request, children, title=t("page.opportunities.title"))


def select(choice: object) -> dict[str, Any]:
    """The figures of a choice, and the lists of openings and matches."""
    request = read_choice(choice, CONTENTS)
    context, selection = request.context, request.selection
    return answer(request, {OPENINGS: openings_markup(context, selection), MATCH: match_markup(context, selection)})


def _match_sheet(request: PageRequest) -> html.Section:
    """What is asked at the left, what is found at the right."""
    context, t, read = request.context, request.context.t, last_read(request.context.dataset)
    note = [t("match.note"), *([t("advisory.note", as_of=t.date(read.isoformat()))] if read else [])]
    asking = request.page.render("match_controls", usual=DEFAULT_WEIGHTS, least=LEAST_WEIGHT, most=MOST_WEIGHT)
    found = RawHtml(match_markup(context, request.selection), id=MATCH, attributes={"aria-live": "polite"})
    body = html.Div([RawHtml(asking), found], className="asked")
    return _sheet("match", t("match.title"), [body], note=t.sentences(*note), source=t("match.source"))


def _sheet(name: str, headline: str, body: list[Component], *, note: str, source: str = "") -> html.Section:
    """A card of words: headline, a quiet line under it, what it says, what that rests on."""
    return html.Section(
        [
            html.Header(html.H2(headline, id=f"headline-{name}")),
            html.P(note, className="subline"),
            html.Div(body, className="body"),
            *([html.Div(html.Span(source), className="source")] if source else []),
        ],
        id=f"card-{name}",
        className="card sheet",
        **{"aria-labelledby": f"headline-{name}"},
    )


def _shortlist(t: Catalog) -> RawHtml:
    """What was saved in this browser; the script fills it."""
    columns = json.dumps([[name, t(f"shortlist.{name}")] for name in SHORTLIST_COLUMNS], ensure_ascii=False)
    return RawHtml(
        render("shortlist", t, columns=columns),
        tag="section",
        id="card-shortlist",
        className="card sheet",
        attributes={"aria-labelledby": "headline-shortlist"},
    )


def openings_markup(context: AppContext, selection: Selection) -> str:
    """The countries without a partnership, by region, with their advisories and largest cities."""
    t, table = context.t, openings_table(context.dataset, selection.without_year())
    return render(
        "opening_list",
        t,
        groups=[
            (label_of(t, "region", str(region)), list(records(rows)))
            for region, rows in table.groupby("region", sort=False)
        ],
        advisories=advisories(context.dataset),
        cities=largest_cities(context.dataset),
        basis=context.basis_label(selection.basis),
    )


def match_markup(context: AppContext, selection: Selection) -> str:
    """The matches of the cities that the address names, or an example."""
    return render(
        "match",
        context.t,
        found=find_matches(context, selection),
        basis=context.basis_label(selection.basis),
        full_lines=full_lines,
    )
