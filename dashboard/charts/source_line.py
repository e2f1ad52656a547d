"""What a figure rests on, as one line."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.charts.base import Chart, View
from dashboard.metrics.sources import sources


def source_line(chart: Chart, view: View) -> str:
    """ "Sources: IPI deck, 2007 and 56 more." """
    words = view.words
    if chart.is_sample(view):
        return words("sample.source")
    return cited_line(chart.sources(view), view)


def cited_line(ids: Iterable[str], view: View) -> str:
    """The same for any sources, by their ids."""
    words = view.words
    cited = sources(view.dataset, ids)
    if not cited:
        return words("card.sources_none")
    if len(cited) == 1:
        return words("card.sources_one", first=cited[0].name)
    return words("card.sources_more", first=cited[0].name, count=len(cited) - 1)
