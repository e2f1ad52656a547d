"""HTML of components: the same elements, and nothing that data could break out of."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import html

from dashboard.components.markup import Writer, as_html


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
    made = as_html(dbc.Input(id="i", type="search", debounce=True))
    assert made == '<input id="i" type="search" class="form-control">'
    assert as_html(html.P("x", hidden=True)) == "<p hidden>x</p>"
    assert as_html(html.I(style={"--part": "0.5"})) == '<i style="--part:0.5"></i>'


def test_elements_have_the_values_of_the_frames() -> None:
    values = {"a.text": "<94>", "a.face": "chart", "a.none": None, "a.number": 2.0}
    writer = Writer(value=lambda path: values.get(path, ""))
    assert writer.write(html.B("old", **{"data-text": "a.text"})) == '<b data-text="a.text">&lt;94&gt;</b>'
    assert " hidden" in writer.write(html.B("x", **{"data-show": "a.face=table|empty"}))
    assert " hidden" not in writer.write(html.B("x", **{"data-show": "a.face=chart|empty"}))
    assert " hidden" in writer.write(html.B("x", **{"data-show": "a.none"}))
    assert 'data-value="2"' in writer.write(html.B("x", **{"data-attributes": "data-value=a.number"}))


def test_what_dash_holds_is_written_and_collected() -> None:
    radios = dbc.RadioItems(
        id="r", options=[{"value": "<a>", "label": "A"}, {"value": "b", "label": "B"}], value="b", className="c"
    )
    writer = Writer(live={"r": {"value": "<a>"}})
    text = writer.write(html.Div(radios))
    assert text.startswith('<div><div class="island" id="at-r"><div id="r" class="c">')
    assert writer.islands == [radios]
    assert radios.value == "<a>"
    assert text.count("checked") == 1 and text.index("checked") < text.index(">A</label>") < text.index('value="b"')


def test_lists_have_what_is_chosen() -> None:
    options = [{"value": "a", "label": "A & B"}, {"value": "b", "label": "C"}]
    text = as_html(dbc.Select(id="s", options=options, value="b"))
    assert '<option value="a">A &amp; B</option><option value="b" selected>C</option>' in text
