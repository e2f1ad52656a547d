"""What a page has to show for a selection in each year, read from the frames: `probe.js` compares the two."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from dashboard.frames import AppContext, answer
from dashboard.frames.steps import value_at

from dashboard.dataset import load
from dashboard.settings import SHIPPED_DATA
from dashboard.strings import load_catalog

ROOT = Path(__file__).parents[1]
TOKENS = ROOT / "assets/css/10-tokens.css"
# the map's traces that a year recolours: countries, stripes over them
AREAS, HATCH = 1, 2
TILES = {
    "partnerships": "kpi-partnerships",
    "countries": "kpi-countries",
    "us_communities": "kpi-us-communities",
    "new": "kpi-new",
}
VARIABLE = re.compile(r"var\(--([\w-]+)\)")

Json = dict[str, Any]


def shipped_house() -> AppContext:
    """The data and words the dashboard ships with."""
    return AppContext(load(SHIPPED_DATA), load_catalog("en"))


def frames_of(app_context: AppContext, query: str) -> Json:
    """What the dashboard answers for an address."""
    frames: Json = json.loads(answer(app_context, query))
    return frames


def years_of(frames: Json) -> range:
    """The years of some frames; the position of a year is its place in them."""
    return range(frames["first"], frames["last"] + 1)


def light_tokens() -> dict[str, str]:
    """Name -> value of every design token of the light theme."""
    css = re.sub(r"/\*.*?\*/", "", TOKENS.read_text("utf-8"), flags=re.DOTALL)
    block = css.partition(":root {")[2].partition("}")[0]
    return {name: " ".join(value.split()) for name, value in re.findall(r"--([\w-]+):([^;]+)", block)}


def coloured(value: Any, tokens: dict[str, str]) -> Any:
    """A figure, or a part of one, with colours and fonts in place of the names of tokens."""
    if isinstance(value, str):
        return VARIABLE.sub(lambda found: tokens[found[1]].strip(), value)
    if isinstance(value, list):
        return [coloured(each, tokens) for each in value]
    if isinstance(value, dict):
        return {key: coloured(each, tokens) for key, each in value.items()}
    return value


def moving_at(frames: Json, chart: str, path: str, position: int) -> Any:
    """A value of a chart that depends on the year."""
    return value_at(frames["charts"][chart]["moving"][path], position)


def tiles_at(frames: Json, position: int) -> dict[str, list[str]]:
    """Id of a tile -> its number and the small print beside it."""
    texts = frames["texts"]
    return {
        node: [str(value_at(texts[f"tiles.{name}.{part}"], position)) for part in ("number", "range")]
        for name, node in TILES.items()
    }


def expected(frames: Json) -> Json:
    """Everything the probe compares, by position of the year."""
    tokens = light_tokens()
    positions = range(len(years_of(frames)))
    return {
        "first": frames["first"],
        "tiles": [tiles_at(frames, at) for at in positions],
        "areas": _fills(frames, AREAS, tokens),
        "hatch": _fills(frames, HATCH, tokens),
        "growth": {**_plot_area(frames, "growth"), "bars": _bars(frames), "labels": _overlay_labels(frames)},
        "barriers": {**_plot_area(frames, "barriers"), "shares": _shares(frames), "names": _names(frames)},
    }


def _fills(frames: Json, trace: int, tokens: dict[str, str]) -> list[list[str]]:
    """By year the colour of each area: z is the number of a colour, of which the scale has two stops each."""
    scale = coloured(frames["charts"]["map"]["figure"]["data"][trace]["colorscale"], tokens)
    colours = [colour for _, colour in scale[::2]]
    positions = range(len(years_of(frames)))
    return [[colours[z] for z in moving_at(frames, "map", f"data.{trace}.z", at)] for at in positions]


def _plot_area(frames: Json, chart: str) -> Json:
    """Where a value stands in pixels: margins and axes."""
    layout = frames["charts"][chart]["figure"]["layout"]
    return {"margin": layout["margin"], "x": layout["xaxis"]["range"], "y": layout["yaxis"].get("range")}


def _bars(frames: Json) -> list[list[int]]:
    return [trace["y"] for trace in frames["charts"]["growth"]["figure"]["data"] if trace["type"] == "bar"]


def _overlay_labels(frames: Json) -> list[list[str]]:
    """By year the labels beside the line of the year; only the dashboard has them."""
    positions = range(len(years_of(frames)))
    found = []
    for at in positions:
        items = [item for item in moving_at(frames, "growth", "overlay", at) if item and "rows" in item]
        rows = [row for item in items for row in item["rows"] if row]
        found.append(["".join(text for text, _ in parts) for _, _, _, parts in rows])
    return found


def _has_bars(frames: Json, position: int) -> bool:
    return bool(value_at(frames["texts"]["barriers.face"], position) == "chart")


def _shares(frames: Json) -> list[list[float]]:
    positions = range(len(years_of(frames)))
    return [moving_at(frames, "barriers", "data.0.x", at) if _has_bars(frames, at) else [] for at in positions]


def _names(frames: Json) -> list[list[str]]:
    positions = range(len(years_of(frames)))
    return [
        moving_at(frames, "barriers", "layout.yaxis.ticktext", at) if _has_bars(frames, at) else [] for at in positions
    ]
