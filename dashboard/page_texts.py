"""Texts of the page that belong to no single chart: what is chosen, legends, why a card is empty.

Each function gives path -> its text, or a list of one a year.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from dashboard.charts import Chart, View, tiles
from dashboard.charts.barriers import text as barriers_words
from dashboard.charts.base import of_each_year
from dashboard.charts.countries import text as countries
from dashboard.charts.others import text as others_words
from dashboard.charts.pace import text as pace
from dashboard.charts.pair import text as pair
from dashboard.charts.regions import text as regions_words
from dashboard.charts.waves import text as waves_words
from dashboard.counting import by_year, count_by_year, selected_events
from dashboard.dataset.place_names import deck_label
from dashboard.filters import FILTERS
from dashboard.metrics.panel import pair_states
from dashboard.metrics.states import state_names
from dashboard.metrics.survey import survey_of

Texts = dict[str, Any]


def tile_texts(view: View) -> Texts:
    """tiles.<name>.value, number, range, label, detail; tiles.new.trend; tiles.progress.…"""
    years = view.basis.years
    texts: Texts = {"tiles.new.trend": [tiles.counted_since(view, year) for year in years]}
    for name, of_years in tiles.tiles_by_year(view).items():
        for field, values in zip(tiles.Tile._fields, zip(*of_years, strict=True), strict=True):
            texts[f"tiles.{name}.{field}"] = list(values)
    return texts | {f"tiles.progress.{name}": value for name, value in tiles.progress(view).items()}


def region_texts(view: View) -> Texts:
    """regions.<place>: how many partnerships each region has, whatever regions are chosen: what its chip says.
    regions.<place>.ever: whether it has any in any year; one that never has is not offered."""
    events = selected_events(view.basis, view.selection.filters.without("region", "country"))
    counts = count_by_year(events, view.basis.years, "region", view.regions)
    texts: Texts = {f"regions.{at}": numbers for at, numbers in enumerate(counts.partnerships.T.tolist())}
    has_any = (counts.upper.max(axis=0) > 0).tolist()
    return texts | {f"regions.{at}.ever": _flag(each) for at, each in enumerate(has_any)}


def view_texts(view: View, *, basis_label: str) -> Texts:
    """view.…: what is chosen, for legends, for paper and for what depends on it."""
    selection, years = view.selection, view.basis.years
    dims_states = selection.map == "states" and selection.state is not None
    dims_countries = selection.map == "countries" and bool(selection.regions or selection.country)
    dims_links = selection.map == "links" and bool(selection.filters)
    labels = [
        label
        for each in FILTERS
        for label in (selection.filters[each.name] if each.has_short_labels else view.labels(each.name))
    ]
    chosen = view.t.beside(labels)
    summary = [view.t.sentences(view.t("card.basis", basis=basis_label, year=year), chosen) for year in years]
    return {
        "year": list(years),
        "view.summary": summary,
        "view.map": selection.map,
        "view.basis": selection.basis,
        "view.none": _meaning_of_none(view),
        "view.dims": _flag(dims_states or dims_countries or dims_links),
        "view.is_sample": _flag(selection.is_sample),
        "view.is_real": _flag(not selection.is_sample),
        "view.state_page": _state_page(view),
        "view.state_address": f"/states/{selection.state}" if selection.state else "",
    }


def _meaning_of_none(view: View) -> str:
    """What an area without a partnership lacks. With a U.S. state chosen it may have some with other states."""
    of_countries = "with_state" if view.selection.state else "all"
    return {"countries": of_countries, "states": "by_state"}.get(view.selection.map, "")


def _state_page(view: View) -> str:
    """The name of the page of the chosen state, "" where none is chosen."""
    if view.selection.state is None:
        return ""
    return view.t("map.state_page", count=view.identified, state=view.state_name)


def legend_texts(view: View) -> Texts:
    """map.legend: whether all numbers of a year are exact or the least there can have been."""
    known = tiles.figures(view)
    spans = zip(known["partnerships"], known["partnerships_upper"], strict=True)
    return {"map.legend": ["exact" if low == high else "least" for low, high in spans]}


def barriers_texts(view: View) -> Texts:
    """Which themes show, why there is nothing, and the way to the first wave."""
    t, years = view.t, view.basis.years
    chart, table = barriers_words.CHART, barriers_words.table(view)
    states = of_each_year(chart, view, lambda year: chart.display_state(table, view, year))
    waves = survey_of(view.dataset, view.selection).waves
    first = waves[0].year if waves else None
    is_reachable = first is not None and first in years
    of_years = [barriers_words.wave_of(view, year) for year in years]
    themes = [wave.id if wave and state == "themes" else "" for wave, state in zip(of_years, states, strict=True)]
    no_wave = t("barriers.empty_face", year=first) if first is not None else t("barriers.none_face")
    messages = [_why_not(state, view) or no_wave for state in states]
    return {
        "barriers.themes_of": themes,
        "barriers.message": messages,
        "barriers.can_reset": "",
        "barriers.first_wave": t("barriers.go_to_first", year=first) if is_reachable else "",
        "barriers.first_wave_set": f"year={first}" if is_reachable else "",
    }


def _why_not(state: str, view: View) -> str:
    """Why a card of answers has no figure: counts only, held back, or nobody asked; "" for its other states."""
    if state not in {"counts", "hidden", "nobody"}:
        return ""
    limits = {"counts": view.thresholds.counts_below, "least": view.thresholds.hide_below}
    return view.t(f"barriers.{state}_face", **limits)


def regions_texts(view: View) -> Texts:
    """Why there are no regions, and `survey_texts`, which the page of the survey needs with them."""
    return survey_texts(view) | _answers_texts(
        regions_words.CHART, view, view.t("regions.no_state") if view.selection.state else ""
    )


def waves_texts(view: View) -> Texts:
    """Why waves are not compared."""
    return _answers_texts(waves_words.CHART, view, "", hidden=view.t("waves.too_few"))


def others_texts(view: View) -> Texts:
    """Why there are no other questions."""
    return _answers_texts(others_words.CHART, view, "")


def _answers_texts(chart: Chart, view: View, why: str, *, hidden: str = "") -> Texts:
    """<chart>.message by year: `why` where given, else by its state (`hidden`: what a chart says itself of answers that
    are held back); no choice of other places would help where it is empty."""
    table = chart.table(view)

    def message(year: int) -> str:
        state = chart.display_state(table, view, year)
        held_back = hidden if state == "hidden" else ""
        return why or held_back or (chart.headline(table, view, year) if state == "empty" else _why_not(state, view))

    return {f"{chart.id}.message": of_each_year(chart, view, message), f"{chart.id}.can_reset": ""}


def survey_texts(view: View) -> Texts:
    """survey.has_answers and .is_waiting: whether the wave of a year has answers or, if any, themes."""
    of_years = [barriers_words.wave_of(view, year) for year in view.basis.years]
    has_answers = [wave is not None and wave.kind == "answers" for wave in of_years]
    return {
        "survey.has_answers": [_flag(each) for each in has_answers],
        "survey.is_waiting": [_flag(not each) for each in has_answers],
    }


def countries_texts(view: View) -> Texts:
    """The list or, once a country is chosen, its panel; which squares the legend explains."""
    rows, years = countries.table(view), view.basis.years
    has_panel = view.selection.country is not None
    has_any, has_open, has_maybe = (
        (by_year(rows, years, name).max(axis=1, initial=0) > 0).tolist() for name in ("upper", "unidentified", "maybe")
    )
    texts: Texts = {
        "countries.list": [_flag(not has_panel and each) for each in has_any],
        "countries.panel": _flag(has_panel),
        "countries.has_open": [_flag(each) for each in has_open],
        "countries.has_maybe": [_flag(each) for each in has_maybe],
        "countries.deck_name": _deck_name(view),
    }
    if has_panel:
        texts |= {
            "countries.face": "panel",
            "countries.headline": view.country_name,
            "countries.note": view.t("countries.panel_note"),
        }
        texts |= {f"panel.{name}": states for name, states in pair_states(view.dataset, view.selection, years).items()}
    return texts


def _deck_name(view: View) -> str:
    """The deck's own spelling of the chosen country, where it differs from today's name."""
    if view.selection.country is None:
        return ""
    label = deck_label(view.dataset, view.selection.country)
    return view.t("panel.deck", label=label) if label else ""


def pair_texts(view: View) -> Texts:
    """Why nothing is drawn where no filter is to blame: the cities are not placed, or the state has no partnership."""
    table = pair.table(view)
    if table.empty and view.selection.filters:
        return {}
    name = state_names(view.dataset).get(view.key) if table.empty else None
    why = view.t("state.none", state=name) if name else pair.headline(table, view, view.basis.last_year)
    return {"pair.message": why, "pair.can_reset": ""}


def pace_texts(view: View) -> Texts:
    """What the boxes for a target and its year stand at, and what they can be."""
    now, aim = pace.pace_and_goal(view)
    first, last = pace.years_to_choose(now)
    return {
        "ask.target": str(aim.target),
        "ask.target.least": "1",
        "ask.target.most": str(pace.MOST_TARGET),
        "ask.by": str(aim.year),
        "ask.by.least": str(first),
        "ask.by.most": str(last),
    }


def _flag(value: bool) -> str:
    return "1" if value else ""


def without_repeats(texts: Mapping[str, Any]) -> Texts:
    """The same, one text where that of every year is the same."""
    return {
        path: text[0] if isinstance(text, list) and text.count(text[0]) == len(text) else text
        for path, text in texts.items()
    }


# texts that only one card needs
CARD_TEXTS: Mapping[str, Callable[[View], Texts]] = MappingProxyType(
    {
        "map": legend_texts,
        "barriers": barriers_texts,
        "countries": countries_texts,
        "regions": regions_texts,
        "waves": waves_texts,
        "others": others_texts,
        "pace": pace_texts,
        "pair": pair_texts,
    }
)
