"""HTML of components: the same elements, and nothing that data could break out of."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import html

from dashboard.components.markup import as_html


def test_components_become_their_elements() -> None:
    made = html.Div([html.A("Houston", href="/x?a=1&b=2", className="c"), None, 7], id="d", **{"data-value": "1"})
    text = as_html(made)
    assert text.startswith('<div id="d" data-value="1"><a ')
    assert 'class="c"' in text
    assert 'href="/x?a=1&amp;b=2"' in text
    assert text.endswith(">Houston</a>7</div>")


def test_no_value_breaks_out() -> None:
    evil = '"><script>alert(1)</script>&'
    made = as_html([html.P(evil), html.B("x", title=evil, **{"data-keep": evil})])
    assert "<script" not in made
    assert made.count("<") == 4


def test_empty_elements_flags_and_styles() -> None:
    assert as_html(html.Br()) == "<br>"
    assert as_html(dbc.Input(id="i", type="search", debounce=True)) == '<input id="i" type="search">'
    assert as_html(html.P("x", hidden=True)) == "<p hidden>x</p>"
    assert as_html(html.I(style={"--part": "0.5"})) == '<i style="--part:0.5"></i>'
