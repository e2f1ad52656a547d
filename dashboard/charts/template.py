"""How every figure looks: one Plotly template for each theme."""

from __future__ import annotations

from functools import cache
from typing import Any

import plotly.graph_objects as go
import plotly.io as pio

from dashboard.charts.look import BY_NAME, THEMES
from dashboard.charts.palette import Palette, palette

CLEAR = "rgba(0,0,0,0)"
SIZE_LABEL, SIZE_SMALL = 11.5, 11
# Labels of axes stand where they are put: else Plotly measures each of them again for each of the others.
STEADY = {"ticklabeloverflow": "allow", "tickangle": 0}
CONFIG = {"displayModeBar": False, "displaylogo": False, "showSendToCloud": False, "doubleClick": False}


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
    parts["layout"]["template"] = template_parts(theme)
    return parts


@cache
def template_parts(theme: str) -> dict[str, Any]:
    """The template of a theme, in plain parts."""
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
