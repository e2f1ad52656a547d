"""The filter bar: what counts, the year, and every filter of the registry where its entry says that its control
stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.choice import ANY, Control, controls, wave_choices
from dashboard.components.raw_html import RawHtml
from dashboard.context import AppContext
from dashboard.filters import CHIPS, FILTERS, LIST, MORE, Filter, Selection
from dashboard.page_request import PageRequest
from dashboard.templating import PageText

Options = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class MoreFilter:
    """A filter behind "More filters": its name in the address, its title, its options, which of them are chosen."""

    name: str
    title: str
    options: Options
    chosen: Sequence[str]


def filter_bar(request: PageRequest, *, has_year: bool = True, has_state: bool = True) -> html.Section:
    """The bar as a request sets it. A page without year shows all years, or that of the
    address, and has no survey to choose."""
    context, selection, page = request.context, request.selection, request.page
    t, found = context.t, controls(context, selection)
    lists = [
        _list(each, context, found[each.name])
        for each in FILTERS
        if each.control == LIST and (has_state or each.name != "state")
    ]
    wave = _select(found["wave"], t("filter.wave"), wave_choices(context, selection))
    return html.Section(
        [
            _bases(context, found["basis"]),
            *([_year(page, request.payload.years, request.at)] if has_year else []),
            # a page without a slider that is of one year says itself of which
            *([] if request.contents.follows_year else [html.P(t("filter.every_year"), className="every-year")]),
            *lists,
            *([wave] if has_year else []),
            _chips(context, selection, page),
        ],
        className="filters",
        **{"aria-label": t("filter.heading")},
    )


def _bases(context: AppContext, control: Control) -> html.Div:
    options = [{"value": basis, "label": context.basis_label(basis)} for basis in context.choices.bases]
    radios = dbc.RadioItems(id=control.id, options=options, value=control.value, className="segments", inline=True)
    return html.Div(radios, role="group", **{"aria-label": context.t("filter.basis")})


def _year(page: PageText, years: tuple[int, int], at: int) -> html.Div:
    """Play, the year in large, and a native slider, which screen readers and touch know how to use."""
    t, (first, last) = page.t, years
    said = {"data-play": t("filter.play"), "data-pause": t("filter.pause"), "data-step": t("filter.step")}
    play = RawHtml(
        page.render("play"),
        id="play",
        tag="button",
        className="play",
        attributes={"type": "button", "title": t("filter.play"), **said},
    )
    rail = '<i class="rail"></i><i class="done"></i><div class="ticks" id="year-ticks" aria-hidden="true"></div>'
    track = html.Div(
        [
            RawHtml(rail, className="contents"),
            html.Label(t("filter.year"), htmlFor="filter-year", className="unseen"),
            dbc.Input(id="filter-year", type="range", min=first, max=last, step=1, value=first + at),
        ],
        id="year-track",
        className="track",
        style={"--at": at / max(last - first, 1)},
    )
    year = RawHtml(page.text("year"), tag="output", attributes={"data-text": "year"})
    return html.Div([play, year, track], className="year")


def _list(each: Filter, context: AppContext, control: Control) -> html.Div:
    t = context.t
    options = [(ANY, t(f"{each.title}_all")), *_options(each, context)]
    return _select(control, t(each.title), [{"value": value, "label": label} for value, label in options])


def _select(control: Control, label: str, options: list[dict[str, str]]) -> html.Div:
    select = dbc.Select(id=control.id, options=options, value=control.value)
    return html.Div([html.Label(label, htmlFor=control.id), select], className="select")


def _options(each: Filter, context: AppContext) -> Options:
    """(value, label) of a filter's options: those that a partnership has in the data."""
    options = context.choices.options[each.name].values()
    there = _values_in_data(each, context)
    return [
        (option.value, option.label or context.t(f"filter.{each.name}.{option.value}"))
        for option in options
        if option.value in there
    ]


def _values_in_data(each: Filter, context: AppContext) -> set[str]:
    column = each.columns["partnerships"]
    named = context.dataset.partnerships
    if column in named:
        return set(named[column])
    return {value for basis in context.dataset.bases.values() for value in basis.rows[column].unique()}


def _chips(context: AppContext, selection: Selection, page: PageText) -> html.Div:
    t = context.t
    everything = RawHtml(
        t("filter.all_regions"),
        tag="button",
        className="chip all",
        attributes={
            "type": "button",
            "data-clear": "region",
            "aria-pressed": "false" if selection.regions else "true",
        },
    )
    found = controls(context, selection)
    checks: list[Component] = [
        dbc.Checklist(
            id=found[each.name].id,
            options=[
                {"value": value, "label": _chip_label(number, option.label, page)}
                for number, (value, option) in enumerate(context.choices.options[each.name].items(), start=1)
            ],
            value=found[each.name].value,
            className="checks",
            inline=True,
        )
        for each in FILTERS
        if each.control == CHIPS
    ]
    chosen = RawHtml(
        id="chosen",
        className="chosen-list",
        attributes={
            "role": "group",
            "aria-label": t("filter.chosen"),
            "data-remove": t("filter.remove", name="{name}"),
        },
    )
    reset = RawHtml(
        t("action.reset"),
        id="reset",
        tag="button",
        className="quiet-link reset",
        attributes={"type": "button", "data-reset": "", "hidden": True},
    )
    return html.Div(
        [everything, *checks, *_more(context, selection, page), chosen, reset],
        className="chips",
        role="group",
        **{"aria-label": t("filter.regions")},
    )


def _chip_label(number: int, region: str, page: PageText) -> RawHtml:
    return RawHtml(page.render("region_label", number=number, region=region), tag="span", className="contents")


def _more(context: AppContext, selection: Selection, page: PageText) -> list[RawHtml]:
    """A menu of all other filters, nothing where there are none."""
    filters = [
        MoreFilter(
            each.name,
            context.t(each.title),
            [
                (option.value, option.label or context.t(f"filter.{each.name}.{option.value}"))
                for option in context.choices.options[each.name].values()
            ],
            selection.filters[each.name],
        )
        for each in FILTERS
        if each.control == MORE
    ]
    markup = page.render("more_filters", filters=filters)
    return [RawHtml(markup, tag="details", className="menu more")] if filters else []
