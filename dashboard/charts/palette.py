"""The colours and fonts of a theme. `assets/css/10-tokens.css` is the only place that has them; they are read from
there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from dashboard.charts.look import BY_NAME, LIGHT

HEX = re.compile(r"#([0-9A-Fa-f]{6})")
TOKENS = Path(__file__).resolve().parents[2] / "assets" / "css" / "10-tokens.css"

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


@cache
def light_colours() -> Mapping[str, str]:
    """Name of a token of the light theme -> six hexadecimal digits, for those that are plain colours: what files, which
    are light, are coloured with."""
    found = {name: HEX.fullmatch(value) for name, value in palette(LIGHT).items()}
    return {name: match[1] for name, match in found.items() if match}
