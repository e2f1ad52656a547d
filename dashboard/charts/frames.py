"""What the year changes in a figure: by trace, the value of each attribute in every year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# trace (its number as text) or "layout" -> attribute ("marker.color") -> the value in each year
Frames = Mapping[str, Mapping[str, list[Any]]]
LAYOUT = "layout"


@dataclass(frozen=True)
class DrawnFigure:
    """A figure in plain parts (`go.Figure.to_plotly_json()`), and what the year changes in it; of a figure that does
    not follow the year, nothing.

    Figures of the same `shape` that is not "" differ only in what their frames hold: the one that is drawn stays, with
    its zoom, and takes other values.
    """

    figure: Mapping[str, Any]
    frames: Frames = field(default_factory=dict)
    shape: str = ""

    def at(self, position: int) -> dict[str, Any]:
        """The figure at the position of a year."""
        return figure_at(self.figure, self.frames, position)


def figure_at(figure: Mapping[str, Any], frames: Frames, at: int) -> dict[str, Any]:
    """A figure in plain parts with the values of a year put in; what was given stays as it is."""
    data, layout = [dict(trace) for trace in figure["data"]], dict(figure["layout"])
    for target, attributes in frames.items():
        part = layout if target == LAYOUT else data[int(target)]
        for attribute, by_year in attributes.items():
            _put(part, attribute.split("."), by_year[at])
    return {"data": data, "layout": layout}


def _put(part: dict[str, Any], steps: list[str], value: Any) -> None:
    for step in steps[:-1]:
        part[step] = dict(part.get(step) or {})
        part = part[step]
    part[steps[-1]] = value
