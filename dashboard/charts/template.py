"""How every figure looks: the colours of a theme, and one Plotly template for each.

`assets/css/10-tokens.css` is the only place with raw colours; they are read from there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import plotly.io as pio

from dashboard.charts.look import BY_NAME, LIGHT, THEMES

TOKENS = Path(__file__).resolve().parents[2] / "assets" / "css" / "10-tokens.css"


CLEAR = "rgba(0,0,0,0)"
SIZE_LABEL, SIZE_SMALL = 11.5, 11
# Labels of axes stand where they are put: else Plotly measures each of them again for each of the others.
STEADY = {"ticklabeloverflow": "allow", "tickangle": 0}
CONFIG = {"displayModeBar": False, "displaylogo": False, "showSendToCloud": False, "doubleClick": False}

Palette = Mapping[str, str]


@cache
def palette(theme: str) -> Palette:
    """The colours and fonts of a theme by their names in the style sheet, without the dashes before them."""
    if theme == BY_NAME:
        return {name: f"var(--{name})" for name in palette(LIGHT)}
    text, _, _ = TOKENS.read_text(encoding="utf-8").partition("[data-stage]")
    light, _, dark = text.partition('[data-theme="dark"]')
    tokens = dict(re.findall(r"--([\w-]+):([^;}]+);", light if theme == LIGHT else light + dark))
    return {name: " ".join(value.split()).replace('"', "'") for name, value in tokens.items()}


def font(colours: Palette, size: float = SIZE_LABEL, *, ink: str = "ink-2", weight: int = 400) -> dict[str, Any]:
    """A font of labels; `ink` is a colour by its name."""
    return {"family": colours["sans"], "size": size, "color": colours[ink], "weight": weight}


def template_name(theme: str) -> str:
    """Under which name the template of a theme is registered with Plotly."""
    return f"ipi-{theme}"


def register_templates() -> None:
    """Makes the templates known to Plotly."""
    # no default template: Plotly would copy it into every figure before `to_parts` puts ours in its place
    pio.templates.default = None
    for theme in (*THEMES, BY_NAME):
        pio.templates[template_name(theme)] = _template(palette(theme))


def to_parts(figure: go.Figure, theme: str) -> dict[str, Any]:
    """A figure in plain parts with the registered template of its theme. The template is put into the parts, because
    Plotly would check and copy it for every figure, which takes longer than most figures do."""
    parts: dict[str, Any] = figure.to_plotly_json()
    parts["layout"]["template"] = _template_parts(theme)
    return parts


@cache
def _template_parts(theme: str) -> dict[str, Any]:
    parts: dict[str, Any] = pio.templates[template_name(theme)].to_plotly_json()
    return parts


def _template(colours: Palette) -> go.layout.Template:
    axis = {**STEADY, "fixedrange": True, "showgrid": False, "zeroline": False, "automargin": False}
    return go.layout.Template(
        layout={
            "paper_bgcolor": CLEAR,
            "plot_bgcolor": CLEAR,
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "showlegend": False,
            "font": font(colours),
            "hoverlabel": {
                "bgcolor": colours["ink"],
                "bordercolor": colours["ink"],
                "font": font(colours, 12, ink="card"),
                "align": "left",
                "namelength": 0,
            },
            "dragmode": False,
            "autosize": True,
            "xaxis": {**axis, "tickfont": font(colours, SIZE_SMALL)},
            "yaxis": {**axis, "tickfont": font(colours, SIZE_SMALL)},
            "geo": {"visible": False, "bgcolor": CLEAR, "fitbounds": False},
        }
    )


register_templates()
