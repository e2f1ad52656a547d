"""The words of `lists.toml`: headings and months of lists of sister cities."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from dashboard.dataset.schema import PARTNERSHIPS
from dashboard.dataset.spelling import normalize


@lru_cache(maxsize=1)
def list_words() -> Mapping[str, Any]:
    """What the file says."""
    return tomllib.loads(Path(__file__).with_name("lists.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def columns_by_heading() -> Mapping[str, str]:
    """Folded headings to columns of partnerships.csv."""
    spelled = {normalize(name): name for name in PARTNERSHIPS.column_names()}
    for name, headings in list_words()["headings"].items():
        spelled |= {normalize(heading): name for heading in headings}
    return spelled


@lru_cache(maxsize=1)
def weak_headings() -> frozenset[str]:
    """Folded headings that say the U.S. city only where no other column does."""
    return frozenset(map(normalize, list_words()["weak_us"]))
