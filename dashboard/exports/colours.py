"""Colours for files, read from the one place that has them (assets/css/10-tokens.css): files are light."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

TOKENS = Path(__file__).resolve().parents[2] / "assets" / "css" / "10-tokens.css"


@lru_cache(maxsize=1)
def light_colours() -> Mapping[str, str]:
    """Name of a token of the light theme -> six hexadecimal digits, for those that are plain colours."""
    css = re.sub(r"/\*.*?\*/", "", TOKENS.read_text(encoding="utf-8"), flags=re.DOTALL)
    block = css.partition(":root {")[2].partition("}")[0]
    return MappingProxyType(dict(re.findall(r"--([\w-]+): #([0-9A-Fa-f]{6})\b", block)))
