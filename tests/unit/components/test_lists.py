"""Lists: found, sorted, cut, and rendered."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from dashboard.components.lists import (
    MOST_AT_ONCE,
    ListColumn,
    ListPage,
    ListState,
    list_count,
    narrow_rows,
    read_list_state,
)
from dashboard.context import AppContext
from dashboard.dataset.spelling import normalize
from dashboard.filters import list_param, parse
from dashboard.strings import Catalog
from dashboard.templating import environment

City = tuple[str, int | None]
CITIES: Sequence[City] = [("Çorum", 3), ("Ankara", None), ("Zarqa", 1), ("Adapazarı", 2)]
TEMPLATE = """{% from "list.html" import list_table with context %}
{% call(row) list_table(page, columns, "Cities") %}<tr><td>{{ row[0] }}</td></tr>{% endcall %}"""


def narrowed(cities: Sequence[City] = CITIES, *, find: str = "", sort: str = "", start: int = 0) -> ListPage[City]:
    return narrow_rows(
        cities,
        ListState("cities", find, sort, start),
        spelled=lambda city: normalize(city[0]),
        values={"name": lambda city: city[0], "number": lambda city: city[1]},
    )


@pytest.mark.parametrize(
    ("state", "names"),
    [
        ({}, ["Çorum", "Ankara", "Zarqa", "Adapazarı"]),
        ({"sort": "name"}, ["Adapazarı", "Ankara", "Çorum", "Zarqa"]),
        ({"sort": "-name"}, ["Zarqa", "Çorum", "Ankara", "Adapazarı"]),
        ({"sort": "number"}, ["Zarqa", "Adapazarı", "Çorum", "Ankara"]),
        ({"sort": "-number"}, ["Çorum", "Adapazarı", "Zarqa", "Ankara"]),
        ({"sort": "nothing"}, ["Çorum", "Ankara", "Zarqa", "Adapazarı"]),
        ({"find": "corum"}, ["Çorum"]),
        ({"find": " ADAPAZARI "}, ["Adapazarı"]),
        ({"find": "a z"}, ["Zarqa", "Adapazarı"]),
        ({"find": "…"}, ["Çorum", "Ankara", "Zarqa", "Adapazarı"]),
    ],
)
def test_what_is_found_and_in_which_order(state: dict[str, str], names: list[str]) -> None:
    page = narrowed(find=state.get("find", ""), sort=state.get("sort", ""))
    assert [name for name, _ in page.rows] == names


def test_a_long_list_goes_by_pages(t: Catalog) -> None:
    cities = [(f"City {number}", number) for number in range(2 * MOST_AT_ONCE + 1)]
    first, last = narrowed(cities), narrowed(cities, start=2 * MOST_AT_ONCE + 400)
    assert (first.before, first.after, len(first.rows)) == (None, MOST_AT_ONCE, MOST_AT_ONCE)
    assert (last.before, last.after, len(last.rows)) == (MOST_AT_ONCE, None, 1)
    assert list_count(t, first) == "1 to 500 of 1001"
    assert list_count(t, narrowed(find="c")) == "1 of 4 shown"
    assert list_count(t, narrowed()) == "4 shown"


def test_names_of_the_address(app_context: AppContext) -> None:
    selection = parse("?find=baku&sort=-since&start=500&find-states=ka", app_context.choices).selection
    assert read_list_state(selection, "registry") == ListState("registry", "baku", "-since", 500)
    assert read_list_state(selection, "states") == ListState("states", "ka")
    assert list_param("registry", "find") == "find"
    assert parse("?start=-3", app_context.choices).selection.page_param("start") == "-3"
    assert read_list_state(parse("?start=-3", app_context.choices).selection, "registry").start == 0


def test_headings_sort_and_say_how_it_is_sorted(t: Catalog) -> None:
    columns = [ListColumn("name", "Name"), ListColumn("number", "Number", is_number=True), ListColumn("", "More")]
    page = narrowed(sort="number")
    markup = environment().from_string(TEMPLATE).render(page=page, columns=columns, t=t)
    assert re.findall(r'data-set="([^"]+)"', markup) == ["sort-cities=name", "sort-cities=number"]
    assert re.findall(r'aria-sort="(\w+)"', markup) == ["ascending"]
    assert re.findall(r"<td>([^<]+)", markup) == ["Zarqa", "Adapazarı", "Çorum", "Ankara"]
    assert "disabled" not in markup
