"""How every figure looks: fonts, sizes, colours by name, margins.

Colours are names of CSS variables ("var(--c1)"): `assets/css/10-tokens.css` is the only place with raw ones, and the
browser puts in those of the theme it shows.
"""

from __future__ import annotations

from typing import Any

SIZE_LABEL = 11.5
SIZE_SMALL = 11
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


def texts(look: dict[str, Any], position: str = "middle right") -> dict[str, Any]:
    """A trace of words alone; `look` is their font. Places and words come with the year."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": [],
        "y": [],
        "text": [],
        "textposition": position,
        "textfont": look,
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def stamp(text: str, *, x: float, y: float, size: float) -> dict[str, Any]:
    """A word across a figure that says what it is made of. x and y are parts of the plot, 0..1."""
    return {
        "text": text,
        "xref": "paper",
        "yref": "paper",
        "x": x,
        "y": y,
        "showarrow": False,
        "textangle": -14,
        "opacity": 0.14,
        "font": font(size, ink="sample-edge", weight=700),
    }


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
