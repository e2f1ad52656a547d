"""Headlines say what the numbers say."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import CHARTS, View, tiles
from dashboard.charts.cells import cell_text
from dashboard.charts.figures import FIGURES
from dashboard.charts.look import Look
from dashboard.charts.map.figure import AREAS
from dashboard.charts.ranking import MOST_NAMED, PART, part_in_words, top_contributors
from dashboard.page_texts import view_texts
from dashboard.strings import Catalog

ViewOf = Callable[[str], View]


@pytest.mark.parametrize(
    ("chart", "query", "year", "sentence"),
    [
        ("map", "", 2007, "Nigeria, Türkiye, Iraq and Senegal hold a third of the 94 partnerships"),
        ("map", "", 2000, "By 2000, at least 20 of the 31 countries had a partner; up to 30 may have"),
        ("map", "?country=TUR", 2007, "Türkiye: 9 in the 2007 count, 6 of them known by name"),
        ("map", "?country=TUR", 2000, "Türkiye: at least 3 and up to 6 by 2000"),
        ("map", "?state=TX", 1980, "The one partnership is with Azerbaijan"),
        ("map", "?country=MDV", 2007, "No partnership of this selection is on record by 2007"),
        ("growth", "", 2007, "24 of the 60 dated partnerships began after 2001; 34 carry no start year"),
        (
            "growth",
            "",
            2000,
            "By 2000: at least 36 partnerships, and up to 69 if every undated one had begun",
        ),
        ("map", "?country=IRN", 2007, "Iran: 1 in the 2007 count, known by name"),
        ("map", "?country=TUR&state=TX", 2007, "Türkiye: 1 partnership known to be with Texas"),
        ("map", "?state=TX&map=states", 2007, "Texas: 5 partnerships on record by 2007"),
        ("map", "?country=IRQ&map=links", 2007, "Iraq: 6 pairings of named cities by 2007"),
        ("growth", "?state=CA", 2007, "4 of the 9 dated partnerships began after 2001; 1 carries no start year"),
        ("growth", "?country=LBN", 2007, "Lebanon: 1 of 2 has a recorded start year, 2006"),
        ("growth", "?country=MYS", 2007, "Malaysia: 2 on record by 2007, none with a recorded start year"),
        ("growth", "?country=MYS", 2001, "Malaysia: none on record by 2001; up to 2 may have begun"),
        ("growth", "?country=MYS", 2005, "Malaysia: no start is recorded by 2005; at least 1, up to 2"),
        ("growth", "?country=SEN", 1975, "Senegal: none on record by 1975; up to 2 may have begun"),
        ("map", "?country=SEN", 1975, "Senegal: none on record by 1975; up to 2 may have begun"),
        ("map", "?country=KAZ", 2007, "Kazakhstan: 3 in the 2007 count, none known by name"),
        ("countries", "?state=CA", 2007, "9 countries have a partnership with California on record"),
        ("growth", "?state=TX", 2000, "By 2000: 3 partnerships, all with a recorded start year"),
        ("barriers", "", 2007, "Terrorism, travel restrictions and safety concerns stood in the way in 2006"),
        ("barriers", "", 2005, "No survey before 2006"),
        ("barriers", "?sample=1&state=TX", 2007, "Too few answered here in 2006 to show anything"),
        ("barriers", "?sample=1&state=DC", 2007, "No answers came from here in 2006"),
        ("others", "?sample=1&region=Northern+Africa", 2007, "Too few answered the other questions to give shares"),
        ("others", "?sample=1&state=DC", 2007, "No answers to other questions came from here"),
        ("others", "?sample=1&state=TX", 2007, "Too few answered the other questions to show anything"),
        ("countries", "", 2007, "9 of 31 countries have a single partnership; 16 are fully identified"),
        ("countries", "", 2000, "For 10 of 31 countries nothing shows whether ties had begun by 2000"),
    ],
)
def test_headlines(view_of: ViewOf, chart: str, query: str, year: int, sentence: str) -> None:
    view = view_of(query)
    rows = CHARTS[chart].table(view)
    assert CHARTS[chart].headline(rows, view, year) == sentence


def test_with_a_state_chosen_nothing_is_said_of_those_whose_state_nobody_knows(view_of: ViewOf) -> None:
    """26 of SCI's 94 are not identified and so have no state: any of them may be in California."""
    view = view_of("?state=CA")
    said = tiles.progress(view)
    assert (said["title"], said["open"]) == ("California: 10 identified, 9 dated", "26 have no known state")
    assert tiles.tiles_by_year(view)["partnerships"][-1].detail == "with a known state"


def test_a_country_without_partners_in_the_state_is_not_said_to_have_none(view_of: ViewOf) -> None:
    """Iraq has seven, none of them known to be with California."""
    view = view_of("?state=CA")
    areas = FIGURES["map"](view, Look()).at(view.basis.years.index(2007))["data"][AREAS]
    hover = next(text for text in areas["text"] if "Iraq" in text)
    assert hover == "<b>Iraq</b><br>none known with California"
    assert view_texts(view, basis_label="")["view.none"] == "with_state"
    assert view_texts(view_of(""), basis_label="")["view.none"] == "all"


def test_the_map_of_links_says_how_many_of_the_years_partnerships_it_cannot_draw(view_of: ViewOf) -> None:
    view = view_of("?map=links")
    rows = CHARTS["map"].table(view)
    assert CHARTS["map"].note(rows, view, 2007).startswith("31 partnerships are not drawn")
    assert CHARTS["map"].note(rows, view, 1980).startswith("Boundaries")


def test_a_list_of_one_is_said_as_one(view_of: ViewOf) -> None:
    view = view_of("?country=IRQ")
    assert CHARTS["countries"].description(CHARTS["countries"].table(view), view, 2007).startswith("List of 1 country ")


NUMBERS = st.lists(st.integers(0, 30), max_size=40)


@given(numbers=NUMBERS)
def test_top_contributors_never_name_some_of_several_equals(numbers: list[int]) -> None:
    names = [f"n{at}" for at in range(len(numbers))]
    [chosen] = top_contributors(np.array([numbers], dtype=int), names)
    assert len(chosen) <= MOST_NAMED
    if chosen:
        least = min(numbers[at] for at in chosen)
        assert all(numbers[at] < least for at in range(len(numbers)) if at not in chosen)
        before = sum(numbers[at] for at in chosen[:-1])
        assert before < sum(numbers) * PART


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (1 / 3, "a third"),
        (0.345, "a third"),
        (0.36, "36%"),
        (0.5, "half"),
        (0.26, "a quarter"),
        (1.0, "all"),
        (0.99, "99%"),
    ],
)
def test_parts_in_words(t: Catalog, part: float, said: str) -> None:
    assert part_in_words(part, t) == said


def test_cells_of_the_table_tab(t: Catalog) -> None:
    assert cell_text("share", 0.5763, t) == "58%"
    assert cell_text("count", None, t) == "–"
    assert cell_text("shown", "hidden", t) == "hidden"
    assert cell_text("state", "", t) == "State not known"
    assert cell_text("dated", 0, t) == "0"


def test_the_trend_of_new_ones_is_of_what_the_tile_counts(view_of: ViewOf) -> None:
    """Before 2002 the tile counts the last ten years, and its trend ends at that number."""
    view = view_of("")
    trends, shown = tiles.trends(view), tiles.tiles_by_year(view)["new"]
    for position, year in enumerate(view.basis.years):
        name = {tiles.SINCE: "new", tiles.RECENT: "recent"}[tiles.counted_since(view, year)]
        assert trends[name][0][position] == shown[position].value
    assert tiles.counted_since(view, 2001) == tiles.RECENT
