"""What a request works on: the data that is shown at that moment, and how its browser shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, g, request

from dashboard.frames import House
from dashboard.second.figures.theme import DARK, LIGHT, THEMES

# written by assets/second/early.js before anything is asked: "dark", "light-narrow"
LOOK_COOKIE = "look"
NARROW = "narrow"


@dataclass(frozen=True)
class Look:
    """What a figure needs to know of its browser: the theme, and whether the window is as narrow as a phone's."""

    theme: str = LIGHT
    is_narrow: bool = False

    def as_data(self) -> dict[str, Any]:
        """As the store `look` has it."""
        return {"theme": self.theme, NARROW: self.is_narrow}


def current_house() -> House:
    """The data that the request began with, so that one answer is of one version of it."""
    if "house" not in g:
        g.house = current_app.extensions["live"].house
    house: House = g.house
    return house


def look_of_request() -> Look:
    """How the browser that asks shows the page, as it said in a cookie."""
    said = request.cookies.get(LOOK_COOKIE, "").split("-")
    return Look(DARK if DARK in said else LIGHT, NARROW in said)


def look_of(data: object) -> Look:
    """The same from the store; what is none is the usual look."""
    if not isinstance(data, dict):
        return Look()
    theme = data.get("theme")
    return Look(theme if theme in THEMES else LIGHT, data.get(NARROW) is True)
