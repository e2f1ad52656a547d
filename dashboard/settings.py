"""Every setting of the dashboard: one frozen object, read once from the environment.

`docs/settings.md` has the table of them; a test compares the two.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SHIPPED_DATA = Path(__file__).resolve().parent.parent / "data"
# what may stand in a header: scheme and host, perhaps a port, perhaps all hosts below one
SITE = re.compile(r"https?://(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d{1,5})?")
NOBODY = "none"


class BadSetting(ValueError):
    """A setting of the environment that cannot be used; the text says which and what is allowed."""


@dataclass(frozen=True)
class Settings:
    """What the environment decides. Fields are named like their variables, in lower case."""

    host: str = "127.0.0.1"
    port: int = 8050
    data: Path = SHIPPED_DATA
    language: str = "en"
    max_file_mb: int = 200
    hide_below: int = 5
    counts_below: int = 10
    small_below: int = 30
    keep_versions: int = 10
    embed_sites: str = NOBODY

    @property
    def frame_ancestors(self) -> str:
        """The sites that may show a card in a frame, as browsers want it."""
        return "'none'" if self.embed_sites == NOBODY else self.embed_sites


# field of Settings -> environment variable. HOST and PORT have the names that hosting platforms set.
VARIABLES: Mapping[str, str] = {
    "host": "HOST",
    "port": "PORT",
    "data": "DASHBOARD_DATA",
    "language": "DASHBOARD_LANGUAGE",
    "max_file_mb": "DASHBOARD_MAX_FILE_MB",
    "hide_below": "DASHBOARD_HIDE_BELOW",
    "counts_below": "DASHBOARD_COUNTS_BELOW",
    "small_below": "DASHBOARD_SMALL_BELOW",
    "embed_sites": "DASHBOARD_EMBED_SITES",
    "keep_versions": "DASHBOARD_KEEP_VERSIONS",
}


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of an environment; a blank variable counts as not set.

    Raises BadSetting for a number that is none or is out of range.
    """
    defaults = Settings()
    values: dict[str, object] = {}
    for field, variable in VARIABLES.items():
        text = environment.get(variable, "").strip()
        if not text:
            continue
        default = getattr(defaults, field)
        if isinstance(default, int):
            values[field] = _whole_number(variable, text, most=65535 if field == "port" else 1_000_000)
        elif isinstance(default, Path):
            values[field] = Path(text).expanduser()
        elif field == "embed_sites":
            values[field] = _sites(variable, text)
        else:
            values[field] = text
    settings = Settings(**values)  # type: ignore[arg-type]
    if not settings.hide_below <= settings.counts_below <= settings.small_below:
        raise BadSetting(
            f"{VARIABLES['hide_below']} ({settings.hide_below}) must not exceed {VARIABLES['counts_below']} "
            f"({settings.counts_below}), nor that {VARIABLES['small_below']} ({settings.small_below})."
        )
    return settings


def _sites(variable: str, text: str) -> str:
    """Sites joined by blanks, from a list with blanks or commas between them."""
    sites = text.replace(",", " ").split()
    for site in sites:
        if text != NOBODY and not SITE.fullmatch(site):
            raise BadSetting(f"{variable} has {site!r}: give sites such as https://www.example.org, or none.")
    return " ".join(sites)


def _whole_number(variable: str, text: str, *, most: int) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= most:
        raise BadSetting(f"{variable} is {text!r}: give a whole number from 1 to {most}.")
    return int(text)
