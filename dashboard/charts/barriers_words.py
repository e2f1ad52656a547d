"""The words of the barriers card, and which of its faces a year shows: themes, a chart, counts, or why nothing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from dashboard.charts import barriers
from dashboard.charts.chart import Chart, View, at_year
from dashboard.dataset.model import Survey, Wave
from dashboard.metrics.survey import answer_regions, barriers_table, survey_of, wave_at
from dashboard.metrics.table import ByYear, Table

THEME_GROUP = "barriers"


def table(view: View) -> ByYear:
    """The table of the question about barriers (`barriers_table`)."""
    return barriers_table(view.dataset, view.selection, thresholds=view.thresholds)


def wave_shown(view: View, year: int) -> Wave | None:
    """The wave a year shows; None before the first."""
    return wave_at(survey_of(view.dataset, view.selection), year, chosen=view.selection.wave)


def face(rows: ByYear, _view: View, year: int) -> str:
    """ "themes", "chart", "counts" (too few for shares), "hidden" (too few for anything), "nobody" (nobody was
    asked), "empty" (no wave yet)."""
    now = rows.at(year)
    kinds = {"cited": "themes", "yes": "chart", "count": "counts", "hidden": "hidden", "nobody": "nobody"}
    return kinds[now["shown"][0]] if len(now) else "empty"


def headline(rows: ByYear, view: View, year: int) -> str:
    """What stands in the way, or why that cannot be said."""
    return _sentence(rows.at(year), face(rows, view, year), view, year)


def _sentence(now: Table, kind: str, view: View, year: int) -> str:
    words, wave = view.words, wave_shown(view, year)
    if wave is None:
        waves = survey_of(view.dataset, view.selection).waves
        return words("barriers.headline.empty", year=waves[0].year) if waves else words("barriers.headline.none")
    if kind == "themes":
        cited = _cited(survey_of(view.dataset, view.selection), wave)
        sentence = words.listing([words.lower_first(label) for label in cited])
        return words("barriers.headline.themes", themes=sentence[:1].upper() + sentence[1:], year=wave.year)
    if kind in {"hidden", "counts", "nobody"}:
        return words(f"barriers.headline.{kind}", year=wave.year, least=view.thresholds.hide_below)
    return _leading(now, view, wave)


def cited_groups(view: View, year: int) -> list[tuple[str, list[str]]]:
    """(title of a group, its themes) of the wave of themes that a year shows; [] where it shows none."""
    wave, themes = wave_shown(view, year), survey_of(view.dataset, view.selection).themes
    rows = themes[themes["wave"] == (wave.id if wave else "")]
    return [(str(title), list(group["label"])) for title, group in rows.groupby("group_title", sort=False)]


@lru_cache(maxsize=64)
def _cited(survey: Survey, wave: Wave) -> list[str]:
    """The themes that a wave named as barriers."""
    themes = survey.themes
    return list(themes[(themes["wave"] == wave.id) & (themes["theme_group"] == THEME_GROUP)]["label"])


def _leading(now: Table, view: View, wave: Wave) -> str:
    """The option that leads, or all whose intervals reach into its own: those cannot be ranked."""
    words = view.words
    rows = list(now.rows())
    first = rows[0]
    if not first["count"]:
        return words("barriers.headline.nothing_ticked", year=wave.year)
    tied = [row for row in rows if row["high"] >= first["low"] and row["count"]]
    percent = round(100 * first["share"])
    if len(tied) == 1:
        return words("barriers.headline.leads", label=first["label"], percent=percent, year=wave.year)
    if len(tied) == 2:
        return words(
            "barriers.headline.two",
            first=first["label"],
            second=words.lower_first(tied[1]["label"]),
            percent=percent,
            other=round(100 * tied[1]["share"]),
        )
    return words("barriers.headline.many", label=first["label"], percent=percent, count=len(tied) - 1)


def description(rows: ByYear, view: View, year: int) -> str:
    """The themes or the shares with their intervals, in words."""
    now, words = rows.at(year), view.words
    kind = face(rows, view, year)
    if kind == "themes":
        labels = [str(label) for label in now["label"]]
        return words("barriers.description.themes", labels=words.listing(labels))
    if kind != "chart":
        return headline(rows, view, year)
    items = [
        words(
            "barriers.description.item",
            label=row["label"],
            percent=round(100 * row["share"]),
            low=round(100 * row["low"]),
            high=round(100 * row["high"]),
        )
        for row in now.rows()
    ]
    of_whom = "shares_asked" if view.selection.is_of_asked else "shares"
    return words(f"barriers.description.{of_whom}", base=now["base"][0], items=words.listing(items))


def note(rows: ByYear, view: View, year: int) -> str:
    """Who was asked what, and how to read it."""
    now, words, kind = rows.at(year), view.words, face(rows, view, year)
    wave = wave_shown(view, year)
    if wave is None or kind == "themes":
        return ""
    regions = answer_regions(view.dataset, view.selection)
    place = words("barriers.note.place", regions=words.listing(regions)) if regions else ""
    base = now["base"][0] if kind in {"chart", "counts"} else None
    which = "shares" if kind == "chart" else kind
    # where only counts are shown, the base was too small to be read at all
    is_small = kind == "chart" and base is not None and base < view.thresholds.small_below
    small = words("barriers.note.small") if is_small else ""
    text = words(
        f"barriers.note.{which}",
        wave=wave.title,
        base=base,
        least=view.thresholds.hide_below,
        counts=view.thresholds.counts_below,
    )
    asked = words("barriers.note.asked") if base is not None and view.selection.is_of_asked else ""
    return " ".join(part for part in (text, asked, small, place) if part)


def sources(view: View) -> Sequence[str]:
    """Ids of the sources of the wave chosen, or of all waves; none for the sample."""
    chosen = view.selection.wave
    waves = [wave for wave in survey_of(view.dataset, view.selection).waves if chosen in (None, wave.id)]
    return tuple(dict.fromkeys(source for wave in waves for source in wave.source_ids))


CHART = Chart(
    id="barriers",
    table=table,
    shown=at_year,
    columns=("label", "count", "base", "share", "low", "high", "shown"),
    headline=headline,
    description=description,
    note=note,
    sources=sources,
    face=face,
    is_sample=lambda view: view.selection.is_sample,
    draw=barriers.draw,
)
