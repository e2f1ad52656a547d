"""What the figures of survey answers share: frames of waves, words without marks, lines in one trace, the stamp."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from textwrap import wrap
from typing import Any

from dashboard.charts import View
from dashboard.charts.frames import Frames, frames_of
from dashboard.charts.palette import Palette
from dashboard.charts.template import font

Row = dict[str, Any]
# target ("0", "layout") -> attribute -> its value in one wave
Parts = Mapping[str, Mapping[str, Any]]
Point = tuple[float, float]


def frames_by_moment(view: View, moment: Callable[[View, int], Hashable], build: Callable[[Any], Parts]) -> Frames:
    """The frames of a figure that `build` makes of what a year shows (`moment`: a wave, or None before the first): once
    for each of them, and the same object in all its years."""
    moments = [moment(view, year) for year in view.basis.years]
    known = {each: build(each) for each in dict.fromkeys(moments)}
    return frames_of([known[each] for each in moments])


def text_trace(look: Mapping[str, Any], position: str = "middle right") -> dict[str, Any]:
    """Words alone; `look` is their font. They may stand outside the axes."""
    return {
        "type": "scatter",
        "mode": "text",
        "textposition": position,
        "textfont": dict(look),
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def line_trace(colour: str, *, width: float = 1, dash: str = "solid") -> dict[str, Any]:
    """Lines with gaps between them. (Shapes would say the same, but Plotly draws everything anew when one changes.)"""
    return {
        "type": "scatter",
        "mode": "lines",
        "line": {"color": colour, "width": width, "dash": dash},
        "connectgaps": False,
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def as_lines(lines: Sequence[Sequence[Point]]) -> dict[str, list[float | None]]:
    """x and y of lines, each through its points, with a gap after each."""
    points: list[tuple[float | None, float | None]] = []
    for line in lines:
        points += [*line, (None, None)]
    return {"x": [x for x, _ in points], "y": [y for _, y in points]}


def rectangle(left: float, bottom: float, right: float, top: float) -> list[Point]:
    """The outline of a rectangle as a line."""
    return [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]


def as_texts(texts: Sequence[tuple[float, float, str]]) -> dict[str, list[Any]]:
    """x, y and text of words at their places."""
    return {name: [each[at] for each in texts] for at, name in enumerate(("x", "y", "text"))}


def in_lines(text: str, longest: int) -> str:
    """A text in lines of so many letters at most."""
    return "<br>".join(wrap(text, longest))


def stamp(text: str, colours: Palette, *, x: float, y: float, size: float) -> dict[str, Any]:
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
        "font": font(colours, size, ink="sample-edge", weight=700),
    }
