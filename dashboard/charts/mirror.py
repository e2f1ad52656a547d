"""Figures of bars where one reads from right to left: names stand at the right, and bars grow from there to the left.

Only such figures are mirrored. Time runs from left to right in every language, and so does the world
(docs/decisions/0113-time-runs-from-left-to-right.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from dashboard.charts.base import View
from dashboard.charts.frames import LAYOUT, DrawnFigure, Frames

Parts = dict[str, Any]
More = ParamSpec("More")
SIDES = {"left": "right", "right": "left"}


def mirrored(build: Callable[Concatenate[View, More], DrawnFigure]) -> Callable[Concatenate[View, More], DrawnFigure]:
    """A figure that is mirrored in languages that are written from right to left."""

    @wraps(build)
    def built(view: View, /, *more: More.args, **named: More.kwargs) -> DrawnFigure:
        drawn = build(view, *more, **named)
        if not view.t.is_from_right:
            return drawn
        return DrawnFigure(mirror_figure(drawn.figure), mirror_frames(drawn.frames), drawn.shape)

    return built


def mirror_figure(figure: Mapping[str, Any]) -> Parts:
    """A figure in plain parts, mirrored: its axis of numbers, its margins, and where its texts stand."""
    layout = dict(figure["layout"])
    margin, across = layout["margin"], layout["xaxis"]
    layout["margin"] = {**margin, "l": margin["r"], "r": margin["l"]}
    # the axis of the options and that of the numbers; of some figures the range comes with the year
    layout["yaxis"] = {**layout["yaxis"], "side": "right"}
    if "range" in across:
        layout["xaxis"] = {**across, "range": across["range"][::-1]}
    if "annotations" in layout:
        layout["annotations"] = [_mirror_note(note) for note in layout["annotations"]]
    return {"data": [_mirror_trace(trace) for trace in figure["data"]], "layout": layout}


def mirror_frames(frames: Frames) -> Frames:
    """What the year changes in a mirrored figure. What is one object in several years stays one."""
    known: dict[int, Any] = {}

    def mirror(attribute: str, value: Any) -> Any:
        if id(value) not in known:
            known[id(value)] = value[::-1] if attribute == "xaxis.range" else [_mirror_note(each) for each in value]
        return known[id(value)]

    return {
        target: {
            attribute: [mirror(attribute, value) for value in by_year]
            if target == LAYOUT and attribute in ("xaxis.range", "annotations")
            else by_year
            for attribute, by_year in attributes.items()
        }
        for target, attributes in frames.items()
    }


def _mirror_trace(trace: Parts) -> Parts:
    if "textposition" not in trace:
        return trace
    height, side = trace["textposition"].split(" ")
    return {**trace, "textposition": f"{height} {SIDES.get(side, side)}"}


def _mirror_note(note: Parts) -> Parts:
    """An annotation; what is placed in parts of the whole width is counted from the other side."""
    mirrored_note = dict(note)
    for name in ("xanchor", "align"):
        if name in note:
            mirrored_note[name] = SIDES.get(note[name], note[name])
    if "xshift" in note:
        mirrored_note["xshift"] = -note["xshift"]
    if note.get("xref") == "paper":
        mirrored_note["x"] = 1 - note["x"]
    return mirrored_note
