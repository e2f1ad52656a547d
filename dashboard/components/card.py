"""The card around every figure: headline, tabs, the figure or why there is none, its source."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.components import story
from dashboard.components.bind import attributes, icon, icon_button, show, text
from dashboard.components.menu import card_menu
from dashboard.strings import Words


def card(
    words: Words,
    name: str,
    body: Sequence[Component],
    *,
    modes: Sequence[Component] = (),
    before_headline: Sequence[Component | str] = (),
    after: Sequence[Component] = (),
    when_empty: Sequence[Component] = (),
    under: Sequence[Component] = (),
    note_on_top: bool = False,
) -> html.Section:
    """`name` is the chart's id: its headline, description, faces and source are the frames' `<name>.…`.

    `modes` are buttons before the tabs, `after` stands below the figure and above the source line, `under` are
    links before that, `when_empty` are ways out of the empty state.
    """
    headline = html.H2([*before_headline, html.Span(**text(f"{name}.headline"))], id=f"headline-{name}")
    header = html.Header([headline, _tabs(words, name, modes)])
    description = html.P(className="unseen", id=f"description-{name}", **text(f"{name}.description"))
    top = [html.P(className="subline", **text(f"{name}.note"), **show(f"{name}.note"))] if note_on_top else []
    chart = html.Div(
        [
            description,
            *body,
            empty(words, name, "empty", [html.Span(**text(f"{name}.message")), *when_empty]),
            *after,
        ],
        className="body",
        **{"data-face": "chart"},
    )
    table = html.Div(
        className="rows",
        hidden=True,
        tabIndex="0",
        role="group",
        **{"data-face": "table", "data-table": name, "aria-labelledby": f"headline-{name}"},
    )
    return html.Section(
        [header, *top, chart, table, _source(words, name, note_on_top=note_on_top, under=under)],
        className=f"card card-{name}",
        id=f"card-{name}",
        **{"aria-labelledby": f"headline-{name}", "aria-describedby": f"description-{name}"},
        **attributes(data_shows=f"{name}.face", data_file=f"{name}.file"),
    )


def table_card(words: Words, name: str) -> html.Section:
    """A card whose figure is its table; the browser makes its rows, for Dash takes a minute for some thousand cells."""
    headline = html.H2(html.Span(**text(f"{name}.headline")), id=f"headline-{name}")
    tools = html.Div([story.add_button(words, name), card_menu(words, name)], className="tabs")
    table = html.Div(
        className="rows",
        tabIndex="0",
        role="group",
        **{"data-table": name, "aria-labelledby": f"headline-{name}"},
    )
    return html.Section(
        [
            html.Header([headline, tools]),
            html.P(className="subline", id=f"description-{name}", **text(f"{name}.description")),
            table,
            _source(words, name, note_on_top=False),
        ],
        className=f"card card-table card-{name}",
        id=f"card-{name}",
        **{"aria-labelledby": f"headline-{name}", "aria-describedby": f"description-{name}"},
        **attributes(data_shows=f"{name}.face", data_file=f"{name}.file"),
    )


def plot(name: str) -> html.Div:
    """Where Plotly draws; the graph is made when there is something to draw."""
    return html.Div(
        html.Div(**{"data-plot": name}), id=f"chart-{name}", className="plot", **show(f"{name}.face", "chart")
    )


def empty(words: Words, name: str, display_state: str, what: Sequence[Component]) -> html.Div:
    """A designed state instead of a picture: what is not there, and what to do."""
    reset = html.Button(
        words("card.reset"),
        type="button",
        className="button",
        **{"data-reset": ""},
        **show(f"{name}.can_reset"),
    )
    return html.Div([*what, reset], className="empty", **show(f"{name}.face", display_state))


def _tabs(words: Words, name: str, modes: Sequence[Component]) -> html.Div:
    tabs = [
        html.Button(
            words(f"action.{tab}"),
            type="button",
            **{"data-tab": tab, "aria-pressed": "true" if tab == "chart" else "false"},
        )
        for tab in ("chart", "table")
    ]
    acts = [
        story.add_button(words, name),
        icon_button("full", words("action.full_screen"), **{"data-full-screen": ""}),
        card_menu(words, name),
    ]
    return html.Div([*modes, *tabs, *acts], className="tabs")


def _source(words: Words, name: str, *, note_on_top: bool, under: Sequence[Component] = ()) -> html.Div:
    """The note, the source line that opens the sources of the figure, and the way to how it is counted."""
    about = html.A(
        icon("info"),
        href=f"/sources#counted-{name}",
        className="about",
        title=words("evidence.about_figure"),
        **{"data-keeps-view": "", "aria-label": words("evidence.about_figure")},
    )
    source = html.Button(type="button", **{"data-sources": name}, **text(f"{name}.source"))
    note = [] if note_on_top else [html.Span(className="note", **text(f"{name}.note"))]
    return html.Div([*note, html.Span([*under, source, about], className="rests")], className="source")
