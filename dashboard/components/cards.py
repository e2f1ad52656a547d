"""The four cards of the overview, each with what only it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.components.bind import attributes, choose, icon, icon_button, show, text
from dashboard.components.card import card, plot
from dashboard.filters import ANSWERED, ASKED
from dashboard.strings import Words

MODES = ("countries", "states", "links")


def map_card(words: Words, *, classes: Sequence[str]) -> html.Section:
    """`classes` are the labels of the legend's ramp."""
    modes = [
        html.Button(
            words(f"map.mode.{mode}"),
            type="button",
            **choose("map", mode),
            **{"data-stays": "", "aria-pressed": "false"},
        )
        for mode in MODES
    ]
    group = html.Div(modes, className="tabs modes", role="group", **{"aria-label": words("map.mode.label")})
    zoom = html.Div(
        [
            icon_button(name, words(f"action.zoom_{act}"), **{"data-zoom": act, "data-of": "map"})
            for name, act in (("plus", "in"), ("minus", "out"), ("whole", "reset"))
        ],
        className="zoom",
    )
    page = html.A(
        className="state-link",
        **text("view.state_page"),
        **attributes(href="view.state_address"),
        **show("view.state_page"),
    )
    return card(words, "map", [plot("map"), group, page, _legend(words, classes), zoom])


def _legend(words: Words, classes: Sequence[str]) -> html.Div:
    ramp = [html.Span([html.I(className=f"ramp-{at}"), label]) for at, label in enumerate(classes, start=1)]
    is_area = show("view.map", "countries", "states")
    items: list[Component] = [
        html.B(words("map.legend.title"), **show("map.legend", "exact")),
        html.B(words("map.legend.title_least"), **show("map.legend", "least")),
        html.Div(ramp, className="ramp", **is_area),
        _item("u-hatch", words("map.legend.uncertain"), **show("map.legend", "least")),
        _item("none", words("map.legend.none"), **show("view.none", "all")),
        _item("none", words("map.legend.none_with_state"), **show("view.none", "with_state")),
        _item("none", words("map.legend.none_state"), **show("view.none", "by_state")),
        _item("scope", words("map.legend.scope"), **show("view.map", "links")),
        _item("circle", words("map.legend.circle"), **show("view.map", "countries")),
        _item("land", words("map.legend.outside"), **show("view.map", "countries", "links")),
        _item("dimmed", words("map.legend.dimmed"), **show("view.dims")),
        _item("solid", words("map.legend.link_dated"), **show("view.map", "links")),
        _item("dash", words("map.legend.link_undated"), **show("view.map", "links")),
        _item("dot", words("map.legend.community")),
    ]
    return html.Div(items, className="legend")


def _item(look: str, label: str, **more: str) -> html.Span:
    return html.Span([html.I(className=look), label], className="item", **more)


def growth_card(words: Words, *, milestones: Mapping[str, Sequence[tuple[str, str]]]) -> html.Section:
    """`milestones` by basis: (short title, year) in the order of their numbers."""
    lists = [
        html.Ol(
            [
                html.Li([html.B(f"{number} "), f"{title} ", html.Span(year)])
                for number, (title, year) in enumerate(items, start=1)
            ],
            className="milestones",
            **show("view.basis", basis),
            **{"aria-label": words("growth.milestones")},
        )
        for basis, items in milestones.items()
    ]
    marks = html.Div(lists, **show("growth.face", "chart"))
    target = html.A(
        words("growth.target"), href="/opportunities#card-pace", className="target", **{"data-keeps-view": ""}
    )
    return card(words, "growth", [marks, plot("growth")], under=[target])


def barriers_card(words: Words, *, themes: Mapping[str, Sequence[tuple[str, Sequence[str]]]]) -> html.Section:
    """`themes` by wave: (title of the group, its themes)."""
    cited = [
        html.Div(
            [html.Div([html.H3(title), html.Ul([html.Li(label) for label in labels])]) for title, labels in groups],
            className="themes",
            **show("barriers.themes_of", wave),
        )
        for wave, groups in themes.items()
    ]
    offer = html.Div(
        [
            html.Span(words("barriers.cited"), **show("barriers.face", "themes")),
            html.Button(
                words("barriers.show_sample"),
                type="button",
                className="dashed",
                **choose("sample", "1"),
                **show("view.is_real"),
            ),
            html.Button(
                words("barriers.hide_sample"),
                type="button",
                className="dashed",
                **choose("sample", "1"),
                **show("view.is_sample"),
            ),
        ],
        className="cited",
    )
    why = [
        html.Div(
            [icon("lock", **show("barriers.face", "hidden")), html.Span(**text("barriers.message"))],
            className="empty",
            **show("barriers.face", "hidden", "counts", "nobody"),
        ),
    ]
    go_first = html.Button(
        type="button",
        className="button",
        **{"data-stays": ""},
        **text("barriers.first_wave"),
        **attributes(data_set="barriers.first_wave_set"),
        **show("barriers.first_wave"),
    )
    tag = html.Span(words("sample.tag"), className="tag", **show("view.is_sample"))
    return card(
        words,
        "barriers",
        [*cited, plot("barriers"), base_switch(words), *why],
        # the space keeps the two words apart for who hears them
        before_headline=[tag, " "],
        after=[offer],
        when_empty=[go_first],
        note_on_top=True,
    )


def base_switch(words: Words) -> html.Div:
    """What the shares are of: those who answered, or all who were asked. For every figure of answers on the page."""
    buttons = [
        html.Button(
            words(f"base.{base}"),
            type="button",
            title=words(f"base.{base}_says"),
            **choose("base", base),
            **{"data-stays": "", "aria-pressed": "false"},
        )
        for base in (ANSWERED, ASKED)
    ]
    return html.Div(
        [html.Span(words("base.of"), **{"aria-hidden": "true"}), *buttons],
        className="tabs base-switch",
        role="group",
        **{"aria-label": words("base.label")},
        **show("barriers.face", "chart", "counts"),
    )


def countries_card(words: Words, *, panel: Sequence[Component]) -> html.Section:
    """The list, and in its place the panel of the country that was chosen."""
    marks = [
        html.Span([html.I(className=f"u u-{mark}"), words(f"countries.legend.{name}")], **show(path, *values))
        for mark, name, path, values in (
            ("d", "dated", "countries.face", ("chart",)),
            ("n", "named", "countries.face", ("chart",)),
            ("o", "open", "countries.has_open", ("1",)),
            ("m", "maybe", "countries.has_maybe", ("1",)),
        )
    ]
    ranks = html.Div(
        className="ranks",
        **{"data-list": "countries", "data-label": words("countries.choose", country="{name}")},
        **show("countries.list"),
    )
    legend = html.Div(marks, className="legendrow", **show("countries.list"))
    place = html.Div(
        panel, id="panel", className="panel", tabIndex="-1", **{"data-part": ""}, **show("countries.panel")
    )
    back = icon_button(
        "close",
        words("action.back_to_list"),
        **{"data-clear": "country", "data-escape": ""},
        **show("countries.panel"),
    )
    deck = html.Span(className="deck-name", **text("countries.deck_name"), **show("countries.panel"))
    return card(words, "countries", [ranks, legend, place], modes=[deck, back])
