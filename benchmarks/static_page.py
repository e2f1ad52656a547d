"""Writes the page the dashboard is measured against: one file with Plotly, boundaries, numbers and fonts inlined.

    python benchmarks/static_page.py OUT.html [--lean]

It is what a good afternoon's work makes of the same charts: Plotly draws them once, and a step of the slider is three
calls of Plotly.restyle. Nothing of the dashboard's own scripts is in it. What it draws: benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import base64
import copy
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.expected import (
    AREAS,
    HATCH,
    ROOT,
    TOKENS,
    Json,
    coloured,
    frames_of,
    light_tokens,
    moving_at,
    shipped_house,
    tiles_at,
    years_of,
)

QUERY = "?sample=1"
CHARTS = ("map", "growth", "barriers")
TEMPLATE = Path(__file__).with_name("static.html")
PLOTLY = ROOT / "assets/vendor/plotly-cut.min.js"
# pixels of the dashboard's plots at 1440 × 900; a run measures them anew
SIZES: Mapping[str, tuple[int, int]] = {"map": (834, 303), "growth": (834, 188), "barriers": (550, 190)}


def build(frames: Json, sizes: Mapping[str, tuple[int, int]] = SIZES, *, is_lean: bool = False) -> str:
    """The page. `is_lean` leaves out of the figures whatever a year change does not touch, and skips a restyle whose
    values are those already shown."""
    tokens = light_tokens()
    positions = range(len(years_of(frames)))
    figures = {name: _figure(frames, name, sizes[name], tokens) for name in CHARTS}
    if is_lean:
        figures = {name: _without_extras(name, figure) for name, figure in figures.items()}
    data = {
        "isLean": is_lean,
        "first": frames["first"],
        "last": frames["last"],
        "tiles": [tiles_at(frames, at) for at in positions],
        "areas": [moving_at(frames, "map", f"data.{AREAS}.z", at) for at in positions],
        "hatch": [moving_at(frames, "map", f"data.{HATCH}.z", at) for at in positions],
        "bars": [trace["y"] for trace in figures["growth"]["data"] if trace["type"] == "bar"],
        **_waves(frames, tokens),
        "figures": figures,
    }
    parts = {
        "FONTS": _fonts(),
        "PLOTLY": PLOTLY.read_text("utf-8"),
        "GEO": _geo(figures["map"]),
        "DATA": _json(data),
    }
    page = TEMPLATE.read_text("utf-8")
    for name, text in parts.items():
        page = page.replace(f"/*{name}*/", text)
    return page


def _figure(frames: Json, chart: str, size: tuple[int, int], tokens: dict[str, str]) -> Json:
    """The dashboard's figure of the last year in the light theme, all of its traces."""
    last = len(years_of(frames)) - 1
    figure: Json = copy.deepcopy(frames["charts"][chart]["figure"])
    for path in frames["charts"][chart]["moving"]:
        if path != "overlay":
            _put(figure, path.split("."), moving_at(frames, chart, path, last))
    figure["layout"] |= {"width": size[0], "height": size[1]}
    made: Json = coloured(figure, tokens)
    return made


def _put(target: Any, steps: list[str], value: Any) -> None:
    for step in steps[:-1]:
        target = target[int(step)] if isinstance(target, list) else target.setdefault(step, {})
    target[steps[-1]] = value


def _without_extras(chart: str, figure: Json) -> Json:
    """Only what a year moves: no circles, points and names on the map, no milestones and totals over the bars."""
    if chart == "map":
        return figure | {"data": figure["data"][: HATCH + 1]}
    if chart == "growth":
        bars = [trace for trace in figure["data"] if trace["type"] == "bar"]
        return {"data": bars, "layout": figure["layout"] | {"shapes": [], "annotations": []}}
    return figure


def _waves(frames: Json, tokens: dict[str, str]) -> Json:
    """waveOf: by year the number of the survey shown; waves: what Plotly.update takes for each."""
    waves: list[Json] = []
    wave_of: list[int] = []
    for at in range(len(years_of(frames))):
        moved = {path: moving_at(frames, "barriers", path, at) for path in frames["charts"]["barriers"]["moving"]}
        moved = coloured(moved, tokens)
        wave = {
            "data": {
                path.removeprefix("data.0."): [value] for path, value in moved.items() if path.startswith("data.")
            },
            "layout": {
                path.removeprefix("layout."): value for path, value in moved.items() if path.startswith("layout.")
            },
        }
        if wave not in waves:
            waves.append(wave)
        wave_of.append(waves.index(wave))
    return {"waves": waves, "waveOf": wave_of}


def _geo(figure: Json) -> str:
    """The boundaries the map asks for, by the address it asks at."""
    names = dict.fromkeys(trace["geojson"] for trace in figure["data"] if "geojson" in trace)
    files = ((name, (ROOT / name.lstrip("/")).read_text("utf-8")) for name in names)
    return "{" + ",".join(f"{json.dumps(name)}:{text}" for name, text in files) + "}"


def _fonts() -> str:
    """The dashboard's fonts with their bytes in the style sheet."""
    faces = re.findall(r"@font-face\{[^}]*\}", TOKENS.read_text("utf-8"))

    def inlined(found: re.Match[str]) -> str:
        content = (TOKENS.parent / found[1]).read_bytes()
        return f"url(data:font/woff2;base64,{base64.b64encode(content).decode()})"

    return re.sub(r"url\(([^)]*)\)", inlined, "\n".join(faces))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")


def main() -> None:
    """Writes the page of the shipped data."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--lean", action="store_true")
    options = parser.parse_args()
    page = build(frames_of(shipped_house(), QUERY), is_lean=options.lean)
    options.out.write_text(page, encoding="utf-8")
    print(f"{options.out}: {len(page.encode()):,} bytes")


if __name__ == "__main__":
    main()
