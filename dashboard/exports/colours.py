"""Colours for files, which are light."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from dashboard.charts.look import LIGHT
from dashboard.charts.palette import palette

HEX = re.compile(r"#([0-9A-Fa-f]{6})")


@cache
def light_colours() -> Mapping[str, str]:
    """Name of a token of the light theme -> six hexadecimal digits, for those that are plain colours."""
    found = {name: HEX.fullmatch(value) for name, value in palette(LIGHT).items()}
    return {name: match[1] for name, match in found.items() if match}
