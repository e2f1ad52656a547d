"""The filter bar with the choices of the data in it: the same on every page that has one."""

from __future__ import annotations

from dash import html

from dashboard.components import filters
from dashboard.dataset.records import records
from dashboard.filters import FILTERS, MORE
from dashboard.frames import House
from dashboard.frames.answer import wave_options
from dashboard.pages.page import Asked


def filter_bar(asked: Asked, *, has_year: bool = True, has_state: bool = True) -> html.Section:
    """What counts, year and survey, state, regions; what they stand at comes with the frames."""
    house = asked.house
    return filters.filter_bar(
        house.words,
        bases=[(basis, house.basis_label(basis)) for basis in house.dataset.bases],
        states=_states(house),
        waves=wave_options(house, is_sample=asked.selection.is_sample),
        regions=house.choices.regions,
        more=_more(house),
        basis=house.choices.default_basis,
        has_year=has_year,
        has_state=has_state,
    )


def _more(house: House) -> list[filters.MoreFilter]:
    """The filters behind "More filters", as the registry lists them."""
    options = {each.name: house.choices.options[each.name] for each in FILTERS if each.control == MORE}
    titles = {each.name: house.words(each.title) for each in FILTERS}
    return [
        filters.MoreFilter(
            name,
            titles[name],
            [(value, option.label or house.words(f"filter.{name}.{value}")) for value, option in of.items()],
        )
        for name, of in options.items()
    ]


def _states(house: House) -> list[tuple[str, str]]:
    """(code, name) of the states that have a named partnership on any basis."""
    known = set(house.dataset.partnerships["us_state"])
    table = house.dataset.tables["us_states"].sort_values("name")
    return [(row["state"], row["name"]) for row in records(table) if row["state"] in known]
