"""The filter bar: what counts, the year, state and survey, regions, and what is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import dash_bootstrap_components as dbc
from dash import html

from dashboard.components.bind import icon, show, text
from dashboard.frames.answer import ANY
from dashboard.strings import Words

Options = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class MoreFilter:
    """A filter behind "More filters": its name in the address, its title, its options as (value, label)."""

    name: str
    title: str
    options: Options


def filter_bar(
    words: Words,
    *,
    bases: Options,
    states: Options,
    waves: Options,
    regions: Sequence[str],
    more: Sequence[MoreFilter],
    basis: str,
    has_year: bool = True,
    has_state: bool = True,
) -> html.Section:
    """Options are (value, label). `more` are the filters behind "More filters". A page without year shows all years,
    and has no survey to choose."""
    year = _year(words) if has_year else html.P(words("filter.every_year"), className="every-year")
    state = [_select("filter-state", words("filter.state"), [(ANY, words("filter.state_all")), *states])]
    wave = [_select("filter-wave", words("filter.wave"), [(ANY, words("filter.wave_newest")), *waves])]
    return html.Section(
        [
            _bases(words, bases, basis),
            year,
            *(state if has_state else []),
            *(wave if has_year else []),
            _regions(words, regions, more),
        ],
        className="filters",
        **{"aria-label": words("filter.heading"), **({} if has_year else {"data-every-year": ""})},
    )


def _bases(words: Words, bases: Options, basis: str) -> html.Div:
    radios = dbc.RadioItems(
        id="filter-basis",
        options=[{"value": value, "label": label} for value, label in bases],
        value=basis,
        className="segments",
        inline=True,
    )
    return html.Div(radios, role="group", **{"aria-label": words("filter.basis")})


def _year(words: Words) -> html.Div:
    """Play, the year in large, and a native slider, which screen readers and touch know how to use."""
    play = html.Button(
        [icon("play"), html.Span(words("filter.play"), className="unseen")],
        id="play",
        type="button",
        className="play",
        title=words("filter.play"),
        **{
            "data-play": words("filter.play"),
            "data-pause": words("filter.pause"),
            "data-step": words("filter.step"),
        },
    )
    slider = html.Div(
        [
            html.I(className="rail"),
            html.I(className="done"),
            html.Label(words("filter.year"), htmlFor="filter-year", className="unseen"),
            dbc.Input(id="filter-year", type="range", min=0, max=1, step=1, value=1, debounce=True),
            html.Div(id="year-ticks", className="ticks", **{"aria-hidden": "true"}),
        ],
        className="track",
        id="year-track",
    )
    return html.Div([play, html.Output(**text("year")), slider], className="year")


def _select(name: str, label: str, options: Options) -> html.Div:
    select = dbc.Select(id=name, options=[{"value": value, "label": text_} for value, text_ in options], value=ANY)
    return html.Div([html.Label(label, htmlFor=name), select], className="select")


def _regions(words: Words, regions: Sequence[str], more: Sequence[MoreFilter]) -> html.Div:
    everything = html.Button(
        words("filter.all_regions"), type="button", className="chip all", **{"data-clear": "region"}
    )
    options = [
        {
            "value": region,
            "label": [
                html.I(className=f"swatch-{at + 1}"),
                html.Span(region),
                html.Em(**text(f"regions.{at}"), **show(f"regions.{at}.ever")),
            ],
        }
        for at, region in enumerate(regions)
    ]
    checks = dbc.Checklist(id="filter-region", options=options, value=[], className="checks", inline=True)
    chosen = html.Div(
        id="chosen",
        className="chosen-list",
        role="group",
        **{"aria-label": words("filter.chosen"), "data-remove": words("filter.remove", name="{name}")},
    )
    reset = html.Button(
        words("action.reset"), id="reset", type="button", className="quiet-link reset", **{"data-reset": ""}
    )
    return html.Div(
        [everything, checks, *([_more(words, more)] if more else []), chosen, reset],
        className="chips",
        role="group",
        **{"aria-label": words("filter.regions")},
    )


def _more(words: Words, filters: Sequence[MoreFilter]) -> html.Details:
    """A menu of all other filters; each option is a button that says whether it is chosen."""
    groups = [
        html.Div(
            [
                html.Strong(each.title, id=f"more-{each.name}"),
                *(
                    html.Button(
                        label,
                        type="button",
                        **{"data-set": f"{each.name}={value}", "data-many": "", "aria-pressed": "false"},
                    )
                    for value, label in each.options
                ),
            ],
            className="group",
            role="group",
            **{"aria-labelledby": f"more-{each.name}"},
        )
        for each in filters
    ]
    summary = html.Summary(words("filter.more"), className="chip")
    return html.Details([summary, html.Div(groups, className="items")], className="menu more")
