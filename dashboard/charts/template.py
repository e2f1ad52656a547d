"""How every figure looks: fonts, sizes, colours by name, margins.

Colours are names of CSS variables ("var(--c1)"): `assets/css/10-tokens.css` is the only place with raw ones, and the
browser puts in those of the theme it shows.
"""

from __future__ import annotations

from typing import Any

SIZE_LABEL = 11.5
CLEAR = "rgba(0,0,0,0)"
# Labels of axes stand where they are put: else Plotly measures each of them again for each of the others, in case one
# is cut by the edge or has to be turned, which takes a third of drawing a chart.
STEADY = {"ticklabeloverflow": "allow", "tickangle": 0}


def colour(name: str) -> str:
    """A colour of tokens.css by its name."""
    return f"var(--{name})"


def font(size: float = SIZE_LABEL, *, ink: str = "ink-2", weight: int = 400) -> dict[str, Any]:
    """A font of the labels; `ink` is a colour by its name."""
    return {"family": "var(--sans)", "size": size, "color": colour(ink), "weight": weight}


def layout(**more: Any) -> dict[str, Any]:
    """The layout all figures start from; `more` adds to it and replaces."""
    hover = {
        "bgcolor": colour("ink"),
        "bordercolor": colour("ink"),
        "font": {**font(12, ink="card")},
        "align": "left",
        "namelength": 0,
    }
    return {
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "showlegend": False,
        "font": font(),
        "hoverlabel": hover,
        "dragmode": False,
        "template": {"layout": {"xaxis": STEADY, "yaxis": STEADY}},
        **more,
    }
