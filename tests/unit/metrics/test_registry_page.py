from __future__ import annotations

import pytest

from dashboard.context import AppContext
from dashboard.dataset.model import Dataset
from dashboard.filters import choices_of, parse
from dashboard.metrics.registry import entries
from dashboard.metrics.registry_page import ROWS, registry_page
from tests.unit.metrics.test_registry import search

QUERIES = ("", "?basis=documented", "?basis=documented&region=Western+Asia", "?country=TUR", "?state=TX&year=1990")


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("text", ["", "turkey", "istanbul houston", "cote", "constantinople", "tx", "no such place"])
def test_pages_are_the_list_cut(app_context: AppContext, query: str, text: str) -> None:
    selection = parse(query, app_context.choices).selection
    whole = [each.id for each in search(entries(app_context.dataset, selection), text)]
    ids: list[str] = []
    page = registry_page(app_context.dataset, selection, find=text, sort="", start=0)
    for start in range(0, max(page.matching, 1), ROWS):
        page = registry_page(app_context.dataset, selection, find=text, sort="country", start=start)
        ids += [each.id for each in page.entries]
    assert page.matching == len(whole)
    assert ids == whole


def test_columns_sort_both_ways_and_what_is_missing_stands_last(dataset: Dataset) -> None:
    selection = parse("?basis=documented", choices_of(dataset)).selection

    def years(sort: str) -> list[int | None]:
        whole = [registry_page(dataset, selection, find="", sort=sort, start=at).entries for at in (0, ROWS)]
        return [each.start_year for page in whole for each in page]

    up, down = years("since"), years("-since")
    known = [year for year in up if year is not None]
    assert known == sorted(known)
    assert known == up[: len(known)]
    assert [year for year in down if year is not None] == known[::-1]
    assert down[len(known) :] == up[len(known) :]


def test_a_start_past_the_end_is_the_last_page(app_context: AppContext) -> None:
    selection = parse("?basis=documented", app_context.choices).selection
    page = registry_page(app_context.dataset, selection, find="", sort="nonsense", start=10_000)
    assert page.start + len(page.entries) == page.matching
    assert page.sort == "country"
