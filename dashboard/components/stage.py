"""Slides as empty frames of HTML: what stands in them comes with the frames of the stage. No number is here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.charts import CHARTS
from dashboard.components.bind import show, text
from dashboard.strings import Words

Themes = Mapping[str, Sequence[tuple[str, Sequence[str]]]]
KEYS = ("next", "back", "ends", "full", "black", "notes", "year", "play", "region", "theme", "save", "help", "leave")


def slide(
    words: Words, *, kind: str, chart: str, plays: bool, entries: int, name: str, classes: Sequence[str], themes: Themes
) -> html.Section:
    """One slide; `entries` is how many items it may have, `name` what its plot is called."""
    bodies = {
        "title": lambda: [_headline(), _said("slide.words", "lead")],
        "words": lambda: [_headline(), _said("slide.words", "say")],
        "list": lambda: [_headline(), _entries(entries, "points", has_term=False)],
        "steps": lambda: [_headline(), _entries(entries, "steps")],
        "milestones": lambda: [_headline(), _entries(entries, "dates")],
        "pairs": lambda: [_headline(), _entries(entries, "pairs")],
        "number": lambda: [_number(words)],
        "chart": lambda: [_headline(), *_chart(words, chart, name, classes, themes), *_play(words, plays)],
    }
    return html.Section(
        [
            html.Div(bodies[kind](), className="room"),
            html.Div(className="tag", children=words("sample.tag"), **show("view.is_sample")),
            _foot(),
        ],
        className=f"slide slide-{kind}" + (f" of-{chart}" if chart else ""),
        **{"data-slide-of": name, "aria-roledescription": words("stage.slide")},
    )


def _headline() -> html.H2:
    return html.H2(**{"data-said": "slide.headline"})


def _said(path: str, look: str) -> html.P:
    return html.P(className=look, **{"data-said": path})


def _entries(count: int, look: str, *, has_term: bool = True) -> Component:
    rows = []
    for at in range(count):
        path = f"slide.items.{at}"
        term = [html.B(**{"data-said": f"{path}.term"})] if has_term else []
        rows.append(html.Li([*term, html.Span(**{"data-said": f"{path}.text"})], **show(f"{path}.text")))
    return html.Ul(rows, className=look)


def _number(words: Words) -> html.Div:
    marks = [
        html.Span([html.I(className=f"u u-{mark}"), html.B(**text(f"fact.{name}")), words(f"stage.key.{name}")])
        for mark, name in (("d", "dated"), ("n", "named"), ("o", "open"))
    ]
    squares = html.Div(className="squares", **{"data-marks": "tiles.progress.marks", "aria-hidden": "true"})
    return html.Div(
        [
            html.Div([html.Div(className="big", **{"data-said": "slide.number"}), _headline()]),
            html.Div([squares, html.Div(marks, className="keys")]),
        ],
        className="numbered",
    )


def _chart(words: Words, chart: str, name: str, classes: Sequence[str], themes: Themes) -> list[Component]:
    description = html.P(className="unseen", **text("slide.description"))
    if chart == "countries":
        return [description, html.Div(className="ranks", **{"data-list": "countries", "data-label": "{name}"})]
    if CHARTS[chart].draw is None:  # a table: what it says
        return [html.P(className="lead", **text("slide.description"))]
    where_drawn = {} if chart != "barriers" else show("barriers.face", "chart")
    # the inner one is magnified as a whole, with what the browser draws over the figure
    plot = html.Div(html.Div(html.Div(**{"data-plot": name}), className="plot"), className="screen", **where_drawn)
    if chart == "barriers":
        return [description, *_themes(words, themes), plot]
    if chart in KEYED:
        # what goes onto a slide as a picture (assets/js/83-stage-file.js)
        return [description, html.Div([plot, KEYED[chart](words, classes)], className="drawn")]
    return [description, plot]


def _themes(words: Words, themes: Themes) -> list[Component]:
    cited = [
        html.Div(
            [html.Div([html.H3(title), html.Ul([html.Li(label) for label in labels])]) for title, labels in groups],
            className="cited",
            **show("barriers.themes_of", wave),
        )
        for wave, groups in themes.items()
    ]
    why = html.P(
        className="say", **text("barriers.message"), **show("barriers.face", "hidden", "counts", "nobody", "empty")
    )
    note = html.P(words("barriers.cited"), className="quiet", **show("barriers.face", "themes"))
    return [*cited, note, why]


def _map_key(words: Words, classes: Sequence[str]) -> html.Div:
    ramp = [html.Span([html.I(className=f"ramp-{at}"), label]) for at, label in enumerate(classes, start=1)]
    is_area, is_links = show("view.map", "countries", "states"), show("view.map", "links")
    return html.Div(
        [
            html.Div(
                [
                    html.B(words("map.legend.title"), **show("map.legend", "exact")),
                    html.B(words("stage.at_least"), **show("map.legend", "least")),
                    *ramp,
                    html.Span([html.I(className="u-hatch"), words("stage.maybe")], **show("map.legend", "least")),
                    _look("none", words("stage.none")),
                ],
                **is_area,
            ),
            _look("solid", words("map.legend.link_dated"), **is_links),
            _look("dash", words("map.legend.link_undated"), **is_links),
            # beside the words for what is uncertain there is no room for land nobody asks about
            html.Div(
                _look("land", words("map.legend.outside"), **show("map.legend", "exact")),
                **show("view.map", "countries"),
            ),
            _look("dimmed", words("map.legend.dimmed"), **show("view.dims")),
        ],
        className="key",
    )


def _openings_key(words: Words, _classes: Sequence[str]) -> html.Div:
    names = ("open", "partner", "outside")
    return html.Div([_look(f"is-{name}", words(f"openings.legend.{name}")) for name in names], className="key")


def _look(look: str, label: str, **more: str) -> html.Span:
    return html.Span([html.I(className=look), label], **more)


# charts whose looks are named below them
KEYED: Mapping[str, Callable[[Words, Sequence[str]], html.Div]] = {"map": _map_key, "openings": _openings_key}


def _play(words: Words, plays: bool) -> list[Component]:
    if not plays:
        return []
    said = {"data-play": words("stage.play"), "data-pause": words("stage.pause"), "data-step": words("filter.step")}
    return [html.Button(words("stage.play"), type="button", className="run", **{"data-act": "play"}, **said)]


def _foot() -> html.Div:
    return html.Div(
        [
            html.Span(className="cites", **text("slide.source")),
            html.Span(className="copy"),
            html.Span(className="shows", **text("slide.filter")),
            html.Span([html.B(className="at-year"), html.Span(className="at")], className="where"),
        ],
        className="sfoot",
    )


def around(words: Words, *, regions: Sequence[str]) -> list[Component]:
    """What lies over the slides when it is asked for: black, help, the regions, what was clicked; and beside them in
    the presenter's window notes, clock and timer."""
    keys = html.Dl(
        [html.Div([html.Dt(words(f"stage.key_of.{key}")), html.Dd(words(f"stage.does.{key}"))]) for key in KEYS]
    )
    choose = [
        html.Button(words("filter.all_regions"), type="button", **{"data-region": ""}),
        *(html.Button(region, type="button", **{"data-region": region}) for region in regions),
    ]
    return [
        html.Div(
            className="stage-told",
            role="status",
            hidden=True,
            **{
                "data-making": words("talk.making"),
                "data-made": words("talk.made"),
                "data-failed": words("talk.failed"),
            },
        ),
        html.Div(className="black", hidden=True),
        _dialog(words, "stage-help", "stage.help", html.Div([keys, _act(words, "save")])),
        _dialog(words, "stage-regions", "filter.regions", html.Div(choose, className="choices")),
        html.Aside(
            [
                html.Div([html.B(className="clock"), html.Span(className="timer"), _act(words, "restart")]),
                html.Div(className="notes", tabIndex="0"),
                html.Div([_act(words, "back"), _act(words, "next"), _act(words, "black")], className="drive"),
            ],
            className="desk",
            **{"aria-label": words("stage.desk")},
        ),
    ]


def _act(words: Words, name: str) -> html.Button:
    return html.Button(words(f"stage.act.{name}"), type="button", className="button", **{"data-act": name})


def _dialog(words: Words, name: str, title: str, body: Component) -> html.Dialog:
    heading = html.H2(words(title), id=f"{name}-title")
    return html.Dialog([heading, body], id=name, className="over", **{"aria-labelledby": f"{name}-title"})


def empty(words: Words) -> html.Div:
    """There is no story: what to do."""
    return html.Div([html.H2(words("stage.none_title")), html.P(words("stage.none_what"))], className="lost")
