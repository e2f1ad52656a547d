"""The map of one thing: a partnership, or all of a U.S. state, by the key of the page. It does not follow the year."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.charts.base import Chart, View, every_row, never_changing, never_sample, once_a_view
from dashboard.charts.slide_tables import TABLE
from dashboard.filters import PARTNERSHIPS
from dashboard.metrics.registry import Entry, entries, find_entry
from dashboard.metrics.sources import cited_in

MOST_LABELS = 14
# on a phone there is room for the names of one pair
MOST_NARROW_LABELS = 2


@once_a_view
def entries_of_key(view: View) -> list[Entry]:
    """The named partnerships of the key: the one it is the id of, or those of the state it names that count under the
    other filters; none for another key."""
    if not view.key:
        return []
    entry = find_entry(view.dataset, view.key)
    if entry is not None:
        return [entry] if entry.is_identified else []
    of_state = entries(view.dataset, view.selection.having(state=view.key).without_year())
    return [each for each in of_state if each.is_identified]


def table(view: View) -> pd.DataFrame:
    """us_community, partner_community, country (str), start_year (Int64), located ("yes" or "no"); a row a named
    partnership."""
    rows = [
        (
            each.us_name,
            each.partner_community,
            each.country,
            each.start_year,
            "yes" if each.us_place and each.partner_place else "no",
        )
        for each in entries_of_key(view)
    ]
    columns = ["us_community", "partner_community", "country", "start_year", "located"]
    return pd.DataFrame(rows, columns=columns).astype({"start_year": "Int64"})


def headline(rows: pd.DataFrame, view: View, _year: int) -> str:
    """How many of how many are drawn."""
    drawn = int((rows["located"] == "yes").sum())
    if len(rows) == 1:
        return view.t("pair.single" if drawn else "pair.single_unlocated")
    return view.t("pair.many", count=drawn, total=len(rows))


def description(rows: pd.DataFrame, view: View, year: int) -> str:
    """The pairs by name; the headline where there are none."""
    if rows.empty:
        return headline(rows, view, year)
    pairs = (rows["us_community"] + "–" + rows["partner_community"]).tolist()
    return view.t("pair.description", names=view.t.listing(pairs))


def note(_rows: pd.DataFrame, view: View, _year: int) -> str:
    """Where the places come from, whose boundaries."""
    return view.t("pair.note")


def sources(view: View) -> Sequence[str]:
    """Those of the partnerships, of places and of boundaries."""
    about = view.dataset.about.sources
    partnerships = view.dataset.partnerships
    cited = cited_in(partnerships[partnerships["id"].isin([each.id for each in entries_of_key(view)])])
    return tuple(dict.fromkeys([*cited, *about.get("coordinates", ()), *about.get("boundaries", ())]))


def display_state(rows: pd.DataFrame, _view: View, _year: int) -> str:
    """ "chart", or "empty" where no city is known."""
    return "chart" if (rows["located"] == "yes").any() else "empty"


CHART = Chart(
    id="pair",
    counts=PARTNERSHIPS,
    table=table,
    shown=every_row,
    moment=never_changing,
    columns=("us_community", "partner_community", "country", "start_year"),
    headline=headline,
    description=description,
    note=note,
    sources=sources,
    display_state=display_state,
    is_sample=never_sample,
    slide=TABLE,
)
