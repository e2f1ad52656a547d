"""How a browser shows the page: what a figure has to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

LIGHT, DARK = "light", "dark"
THEMES = (LIGHT, DARK)
# with colours and fonts by their names in the style sheet, "var(--c3)": the stage's script puts in those of the theme
# shown, so that one answer serves both, also without a server
BY_NAME = "by-name"
NARROW = "narrow"


@dataclass(frozen=True)
class Look:
    """The theme, and whether the window is as narrow as a phone's."""

    theme: str = LIGHT
    is_narrow: bool = False

    def as_data(self) -> dict[str, Any]:
        """As the browser says it."""
        return {"theme": self.theme, NARROW: self.is_narrow}


def look_of(data: object) -> Look:
    """What a browser said; what is none is the usual look."""
    if not isinstance(data, dict):
        return Look()
    theme = data.get("theme")
    return Look(theme if theme in THEMES else LIGHT, data.get(NARROW) is True)
