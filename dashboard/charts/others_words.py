"""What else the survey asked: the other questions of a wave, drawn like the one about barriers."""

from __future__ import annotations

from dashboard.charts import barriers, barriers_words
from dashboard.charts.chart import Chart, View, at_year
from dashboard.dataset.records import records
from dashboard.metrics.breakdown import others_table
from dashboard.metrics.table import ByYear, Table

# what a question may be, and the face of the card; the first that any of them is
FACES = {"yes": "chart", "count": "counts", "hidden": "hidden", "nobody": "nobody"}


def table(view: View) -> ByYear:
    """`others_table` of the selection."""
    return others_table(view.dataset, view.selection, thresholds=view.thresholds)


def face(rows: ByYear, _view: View, year: int) -> str:
    """ "chart" where any question has shares, "counts" where one has counts, "hidden" where too few answered, "nobody"
    where nobody was asked, else "empty"."""
    shown = set(rows.at(year)["shown"])
    return next((name for kind, name in FACES.items() if kind in shown), "empty")


def headline(rows: ByYear, view: View, year: int) -> str:
    """What leads in the first question that can be shown."""
    kind, words = face(rows, view, year), view.words
    if kind != "chart":
        return words(f"others.headline.{kind}")
    first = next(row for row in rows.at(year).rows() if row["shown"] == "yes")
    title = next(
        row["title"] for row in records(view.dataset.tables["questions"]) if row["question"] == first["question"]
    )
    return words("others.headline.leads", title=title, label=first["label"], percent=round(100 * first["share"]))


def description(rows: ByYear, view: View, year: int) -> str:
    """Every share with its base."""
    if face(rows, view, year) != "chart":
        return headline(rows, view, year)
    items = [
        view.words("others.item", label=row["label"], percent=round(100 * row["share"]), base=row["base"])
        for row in rows.at(year).rows()
        if row["shown"] == "yes"
    ]
    return view.words.listing(items)


def note(rows: ByYear, view: View, year: int) -> str:
    """Which wave, and what the bars are."""
    wave, kind = barriers_words.wave_shown(view, year), face(rows, view, year)
    if wave is None or kind not in {"chart", "counts"}:
        return ""
    if kind == "counts":
        return view.words("others.note_counts", wave=wave.title, counts=view.thresholds.counts_below)
    asked = view.words("barriers.note.asked") if view.selection.is_of_asked else ""
    now = rows.at(year)
    return " ".join(
        filter(None, (view.words("others.note", wave=wave.title), _several(now, view), asked, _left(now, view)))
    )


def _left(now: Table, view: View) -> str:
    """That there are questions without bars, where others have them."""
    kinds = {row["question"]: row["shown"] for row in now.rows()}
    without = [kind for kind in kinds.values() if kind != "yes"]
    return view.words("others.left", count=len(without)) if 0 < len(without) < len(kinds) else ""


def _several(now: Table, view: View) -> str:
    """That several answers were possible, where that is so for any question shown."""
    kinds = {row["question"]: row["kind"] for row in records(view.dataset.tables["questions"])}
    is_so = any(kinds[row["question"]] == "several" for row in now.rows())
    return view.words("others.several") if is_so else ""


CHART = Chart(
    id="others",
    table=table,
    shown=at_year,
    columns=("question", "label", "count", "base", "share", "low", "high", "shown"),
    headline=headline,
    description=description,
    note=note,
    sources=barriers_words.sources,
    face=face,
    is_sample=barriers_words.CHART.is_sample,
    draw=barriers.draw,
)
