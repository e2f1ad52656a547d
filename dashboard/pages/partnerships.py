"""The registry, and the page of each partnership behind it."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html

from dashboard.components import registry, shell
from dashboard.components.bind import stacked
from dashboard.components.card import card, plot
from dashboard.components.contact import contact_lines
from dashboard.filters import Filters, Selection
from dashboard.frames import Contents, House
from dashboard.metrics.evidence import statements_of
from dashboard.metrics.registry import Entry, candidates, entries, find_entry, programs_of
from dashboard.metrics.registry_page import is_large, registry_page
from dashboard.pages.bar import filter_bar
from dashboard.pages.page import Asked, Page, Pieces


def body(asked: Asked) -> Pieces:
    """The list, or the page of the partnership that the path names."""
    words = asked.house.words
    if asked.key:
        return [shell.notices(words), shell.paper_line(words), *_entry(asked)]
    return [
        filter_bar(asked, has_year=False),
        shell.notices(words),
        shell.paper_line(words),
        html.Div(
            html.Div(parts(asked)["registry-part"], id="registry-part", **{"data-part": ""}),
            className="pages-column",
            id="figures",
            tabIndex="-1",
        ),
    ]


def parts(asked: Asked) -> Mapping[str, Pieces]:
    """The rows that the filters leave."""
    if asked.key:
        return {}
    house, selection = asked.house, asked.selection.without_year()
    if is_large(house.dataset, selection):
        return {"registry-part": [stacked(*_page(house, selection))]}
    children = registry.registry(
        house.words,
        entries(house.dataset, selection),
        basis_label=house.basis_label(selection.basis),
        rows=len(house.dataset.partnerships),
    )
    return {"registry-part": [stacked(*children)]}


def _page(house: House, selection: Selection) -> Pieces:
    """The page that an address names of a registry too large for one list."""
    find, sort, start = (selection.page_param(name) for name in ("find", "sort", "start"))
    at = int(start) if start.isdecimal() else 0
    page = registry_page(house.dataset, selection, find=find, sort=sort, start=at)
    return registry.registry_by_page(
        house.words,
        page,
        find=find,
        basis_label=house.basis_label(selection.basis),
        rows_in_data=len(house.dataset.partnerships),
    )


def _entry(asked: Asked) -> Pieces:
    house = asked.house
    dataset, words = house.dataset, house.words
    each = _entry_of(asked)
    belongs = {house.basis_label(snapshot.id): each.belongs[snapshot.id] for snapshot in dataset.snapshots}
    maybe = [
        one
        for snapshot in dataset.snapshots
        if each.belongs[snapshot.id] == "yes"
        for one in candidates(dataset, snapshot, Filters.of(country=each.country_iso3))
    ]
    drawn = [card(words, "pair", [plot("pair")])] if each.is_identified else []
    return registry.entry(
        words,
        each,
        belongs=belongs,
        programs=programs_of(dataset, each),
        candidates=maybe,
        statements=statements_of(dataset, each.id),
        contact=contact_lines(words, house.contact),
        map_card=drawn,
    )


def _is_known(house: House, key: str) -> bool:
    return bool((house.dataset.partnerships["id"] == key).any())


def _entry_of(asked: Asked) -> Entry:
    entry = find_entry(asked.house.dataset, asked.key)
    if entry is None:
        raise KeyError(asked.key)
    return entry


def _title(asked: Asked) -> str:
    words = asked.house.words
    if not asked.key:
        return words("page.partnerships.title")
    return words("page.partnerships.title_of", name=registry.entry_title(words, _entry_of(asked)))


PAGE = Page(
    id="partnerships",
    path="/partnerships",
    contents=Contents(charts=("pair",)),
    body=body,
    parts=parts,
    has_key=_is_known,
    title=_title,
)
