"""The cards of charts: headline and tools, the graph between what stands before and after it, a table in its
place, the source line."""

from __future__ import annotations

import json
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.charts import CHARTS
from dashboard.charts.figures import PAPER
from dashboard.charts.map.areas import class_labels, edges_of
from dashboard.charts.milestones import milestones
from dashboard.charts.template import CONFIG
from dashboard.components.advisories import full_lines
from dashboard.components.raw_html import RawHtml
from dashboard.context import AppContext
from dashboard.dataset.labels import has_label, label_of
from dashboard.dataset.model import DOCUMENTED
from dashboard.filters import ANSWERS, Selection
from dashboard.metrics import panel
from dashboard.page_request import PageRequest
from dashboard.templating import PageText, has_template, render

# graphs that a wheel or two fingers zoom
MAPS = ("map", "openings", "pair")
# whose figure a narrow window scrolls to the side, by the arrow keys too (assets/css/45-survey.css)
SCROLLED = ("regions",)
# what "whole map" sets
HOME = {"geo.projection.scale": 1, "geo.center": None, "geo.projection.rotation.lon": 12}
# confidence -> how many of three dots are full
CONFIDENCE = {"high": 3, "medium": 2, "low": 1}
# how many names a panel lists: of candidates, and of pairings beyond those that the count had
NAMED_CANDIDATES, NAMED_EXCESS = 4, 6


def graph_card(name: str, request: PageRequest, *, has_note: bool = False) -> html.Section:
    """The card of a chart that Plotly draws, between what its templates `<name>_before` and `<name>_after` say; where
    it has none, what all charts say there ("chart"), or all of the survey ("answers"). `has_note`: the note
    stands below the headline, as it does in every card of answers."""
    page, values = request.page, card_values(request.context).get(name, {})
    # Dash's own `responsive=True` draws every figure twice; see docs/decisions/0001-the-second-house.md
    config = {**CONFIG, "responsive": False, "scrollZoom": name in MAPS}
    graph = dcc.Graph(id=name, figure=request.figure(name), responsive="auto", config=config)
    inside: list[Component] = [graph]
    if name == "growth":
        inside = [
            RawHtml(page.render("under"), id="under", className="over"),
            graph,
            RawHtml(page.render("over"), id="over", className="over"),
        ]
    rule = f"{name}.face=chart"
    plot = html.Div(
        inside,
        id=f"chart-{name}",
        className="plot",
        hidden=not page.is_shown(rule),
        **{"data-show": rule},
    )
    before, after = (_around(name, part, page, values) for part in ("before", "after"))
    return card(name, page, [*before, plot, *_plot_of_paper(name, request), *after], has_note=has_note)


def is_of_answers(name: str) -> bool:
    """Whether a chart shows answers of the survey, which may be invented, and says how they are to be read."""
    return CHARTS[name].counts == ANSWERS


def _around(name: str, part: str, page: PageText, values: dict[str, Any]) -> list[Component]:
    """What stands before or after the graph of a chart."""
    names = (name, *(("answers",) if is_of_answers(name) else ()), "chart")
    template = next(f"{each}_{part}" for each in names if has_template(f"{each}_{part}"))
    return [RawHtml(page.render(template, name=name, **values), className="contents")]


def _plot_of_paper(name: str, request: PageRequest) -> list[Component]:
    """The figure that a chart has for paper, where its own is too wide for a sheet."""
    paper = name + PAPER
    if paper not in request.payload.figures:
        return []
    config = {**CONFIG, "responsive": False}
    graph = dcc.Graph(id=paper, figure=request.figure(paper), responsive=False, config=config)
    rule = f"{name}.face=chart"
    shown = {"data-show": rule, "hidden": not request.page.is_shown(rule)}
    return [html.Div(graph, id=f"chart-{paper}", className="plot plot-of-paper", **shown)]


def countries_card(page: PageText, context: AppContext, selection: Selection) -> html.Section:
    """The list, and in its place the panel of the country that was chosen."""
    rule = "countries.panel"
    place = RawHtml(
        panel_markup(context, selection),
        id="panel",
        className="panel",
        attributes={"tabIndex": -1, "data-show": rule, **({} if page.is_shown(rule) else {"hidden": True})},
    )
    return card("countries", page, [RawHtml(page.render("countries_before"), className="contents"), place])


def panel_markup(context: AppContext, selection: Selection) -> str:
    """The panel of the country chosen; "" where none is."""
    if selection.country is None:
        return ""
    t = context.t
    found = panel.country_panel(context.dataset, selection, basis_label=context.basis_label(selection.basis))
    names = found.excess.names if found.excess else []
    conflicts = [
        t("panel.conflict_item", number=number, date=date, scope=label_of(t, "scope", scope))
        for number, date, scope in found.published
    ]
    return render(
        "panel",
        t,
        panel=found,
        country=selection.country,
        contact=context.contact,
        has_tell_form=context.has_tell_form,
        fullness=CONFIDENCE,
        everything=DOCUMENTED,
        most_candidates=NAMED_CANDIDATES,
        excess_names=[*names[:NAMED_EXCESS], *(["…"] if len(names) > NAMED_EXCESS else [])],
        conflicts=conflicts if len(conflicts) > 1 else [],
        scopes=[scope for *_, scope in found.published if not has_label(t, "scope", scope)],
        advisories=found.advisories,
        advised_as_of=t.date(max((each.as_of for each in found.advisories), default="")) if found.advisories else "",
        advisory_text=full_lines(t, found.advisories),
        advisory_sources=list(dict.fromkeys(source for each in found.advisories for source in each.sources)),
    )


def card_values(context: AppContext) -> dict[str, dict[str, Any]]:
    """By card, what its templates need of the data."""
    bases, themes = context.dataset.bases.values(), context.dataset.survey.themes
    return {
        "map": {
            "classes": class_labels(edges_of(context.dataset), context.t),
            "home": json.dumps(HOME),
        },
        "growth": {
            "milestones": {
                basis.id: [
                    (row["short_title"] or row["title"], row["date"][:4])
                    for row in milestones(context.dataset, basis.years)
                ]
                for basis in bases
            }
        },
        "barriers": {
            "themes": {
                str(wave): [
                    (str(title), list(group["label"])) for title, group in rows.groupby("group_title", sort=False)
                ]
                for wave, rows in themes.groupby("wave", sort=False)
            }
        },
    }


def card_attributes(name: str, page: PageText) -> dict[str, str]:
    """What the element of a card says of itself: its name, its state and its file, as texts of the page."""
    return {
        "aria-labelledby": f"headline-{name}",
        "aria-describedby": f"description-{name}",
        "data-attributes": f"data-shows={name}.face;data-file={name}.file",
        "data-shows": page.text(f"{name}.face"),
        "data-file": page.text(f"{name}.file"),
    }


def card(name: str, page: PageText, body: list[Component], *, has_note: bool = False) -> html.Section:
    """A card around its body: headline and tools, the table tab, the source line. `has_note`: what its note says
    stands below the headline, as it does in every card of answers."""
    has_answers = is_of_answers(name)
    is_noted = has_note or has_answers
    note = [RawHtml(page.render("card_note", name=name), className="contents")] if is_noted else []
    headline = {"role": "group", "aria-labelledby": f"headline-{name}"}
    by_keys = {"tabIndex": "0", **headline} if name in SCROLLED else {}
    return html.Section(
        [
            RawHtml(page.render("card_head", name=name, has_answers=has_answers), tag="header"),
            *note,
            html.Div(body, className="body", **{"data-face": "chart", **by_keys}),
            RawHtml(
                id=f"table-{name}",
                className="rows",
                attributes={
                    "data-face": "table",
                    "data-table": name,
                    "hidden": True,
                    "tabIndex": 0,
                    **headline,
                },
            ),
            RawHtml(page.render("card_source", name=name, has_note=not is_noted), className="source"),
        ],
        id=f"card-{name}",
        className=f"card card-{name}",
        **card_attributes(name, page),
    )
