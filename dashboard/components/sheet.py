"""A card of words: headline, text or a list, source line. What is no chart stands in one of these."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component


def sheet(
    name: str,
    headline: str,
    body: Sequence[Component],
    *,
    acts: Sequence[Component] = (),
    note: str = "",
    source: Sequence[Component | str] = (),
    class_name: str = "",
    level: int = 2,
) -> html.Section:
    """`name` makes the ids card-<name> and headline-<name>. `acts` are buttons beside the headline, `note` a quiet
    line under it, `source` what it rests on."""
    head = html.H2 if level == 2 else html.H3
    header = html.Header(
        [head(headline, id=f"headline-{name}"), *([html.Div(acts, className="tabs sheet-acts")] if acts else [])]
    )
    return html.Section(
        [
            header,
            *([html.P(note, className="subline")] if note else []),
            html.Div(body, className="body"),
            *([html.Div(source, className="source")] if source else []),
        ],
        className=f"card sheet {class_name}".strip(),
        id=f"card-{name}",
        **{"aria-labelledby": f"headline-{name}"},
    )


def facts(items: Sequence[tuple[str, str]]) -> html.Dl:
    """Small facts side by side: (what, value)."""
    return html.Dl([html.Div([html.Dt(what), html.Dd(value)]) for what, value in items], className="facts")
