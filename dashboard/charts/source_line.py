"""What a figure rests on, as one line."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.charts.base import Chart, View
from dashboard.metrics.sources import sources


def source_line(chart: Chart, view: View) -> str:
    """ "Sources: IPI deck, 2007 and 56 more." """
    t = view.t
    if chart.is_sample(view):
        return t("sample.source")
    return cited_line(chart.sources(view), view)


def cited_line(ids: Iterable[str], view: View) -> str:
    """The same for any sources, by their ids."""
    t = view.t
    cited = sources(view.dataset, ids)
    if not cited:
        return t("card.sources_none")
    if len(cited) == 1:
        return t("card.sources_one", first=cited[0].name)
    return t("card.sources_more", first=cited[0].name, count=len(cited) - 1)
