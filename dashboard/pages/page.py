"""What a page is: an address, what its frames hold, and the pieces that stand on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dash.development.base_component import Component

from dashboard.filters import Selection, parse
from dashboard.frames import Contents, House

Pieces = Sequence[Component]


@dataclass(frozen=True)
class Asked:
    """One address that was asked for: `key` is what the path says behind that of the page ("TX" of /states/TX, ""
    where nothing), `query` its part from "?" on, `selection` what that means."""

    house: House
    key: str
    query: str

    @property
    def selection(self) -> Selection:
        """What the query chooses."""
        return parse(self.query, self.house.choices).selection


def no_parts(_asked: Asked) -> Mapping[str, Pieces]:
    """The `parts` of a page that the frames fill alone."""
    return {}


@dataclass(frozen=True)
class Page:
    """One page. `id` names it in the catalogue (page.<id>.name, .title), `path` is its address.

    `contents` is what its frames hold. `body` makes what stands between header and footer. `parts` makes again, by
    the id of an element with `data-part`, those pieces of the body that follow the selection and are no figures.
    `has_key` tells, for a page whose path goes on ("/states/TX"), whether there is such a page; None: it does not go
    on. `title` makes the title of one whose title depends on the key. `is_bare` leaves out header and footer,
    `is_in_navigation` puts it into the header.
    """

    id: str
    path: str
    contents: Contents
    body: Callable[[Asked], Pieces]
    parts: Callable[[Asked], Mapping[str, Pieces]] = no_parts
    has_key: Callable[[House, str], bool] | None = None
    title: Callable[[Asked], str] | None = None
    is_bare: bool = False
    is_in_navigation: bool = True

    def figures(self, key: str) -> tuple[str, ...]:
        """The charts that are seen: a page whose path goes on has its own only there."""
        return self.contents.charts if key or self.has_key is None else ()
