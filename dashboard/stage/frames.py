"""Everything the stage shows, for all years, as JSON: the frames of each view once, and of each slide its texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import orjson

from dashboard.charts import CHARTS, View
from dashboard.charts.milestones import milestones
from dashboard.charts.screen import STAGE
from dashboard.dataset.records import records
from dashboard.dataset.story import Slide, gaps
from dashboard.filters import FILTERS, Filters, Selection, parse, to_query
from dashboard.frames import Contents, House
from dashboard.frames.build import build_frames, cited_line
from dashboard.frames.steps import steps
from dashboard.metrics.sources import split_ids
from dashboard.metrics.story import pairs_of
from dashboard.stage.facts import fact_sources, facts

REMEMBERED = 64
# regions that are named at the foot of a slide
MOST_REGIONS = 2


def stage_answer(house: House, query: str, slides: Sequence[Slide] | None = None) -> str:
    """JSON for the story under the regions and the country of an address.

    query: their one spelling. views: by spelling of a selection, its frames (`build_frames`, no tables) at the size of
    the stage. slides: each with view, year (where it starts), texts (path -> packed), moves (whether the year matters).
    Without `slides` it is the story of the data.
    """
    shown = house.dataset.story if slides is None else tuple(slides)
    return _answer(house, shown, parse(query, house.choices).selection.filters)


@lru_cache(maxsize=REMEMBERED)
def _answer(house: House, slides: tuple[Slide, ...], filters: Filters) -> str:
    selections = [selection_of(slide, house, filters) for slide in slides]
    charts: dict[Selection, set[str]] = {}
    for slide, selection in zip(slides, selections, strict=True):
        charts.setdefault(selection.without_year(), set()).update({slide.chart} - {""})
    views = {selection: stage_view(house, selection) for selection in charts}
    body = {
        "query": to_query(Selection(house.choices.default_basis, filters), house.choices),
        "views": {
            to_query(selection, house.choices): _frames(house, views[selection], names)
            for selection, names in charts.items()
        },
        "slides": [
            slide_frames(slide, views[selection.without_year()], house) | {"year": selection.year}
            for slide, selection in zip(slides, selections, strict=True)
        ],
    }
    return orjson.dumps(body).decode()


def selection_of(slide: Slide, house: House, filters: Filters) -> Selection:
    """What a slide shows: its own view, with the filters of the room in place of its own. A country takes the place of
    its regions, and regions that of its country."""
    own = parse(slide.view, house.choices).selection
    if filters["country"]:
        filters = filters.without("region")
    if filters["country"] or filters["region"]:
        own = own.without("region", "country")
    return own.having(**dict(filters.chosen))


def stage_view(house: House, selection: Selection) -> View:
    """The view of a selection with the room of a stage."""
    return replace(house.view(selection), screen=STAGE)


def _frames(house: House, view: View, charts: set[str]) -> dict[str, Any]:
    contents = Contents(charts=tuple(name for name in CHARTS if name in charts), has_tiles=True)
    frames = build_frames(view, contents, basis_label=house.basis_label(view.selection.basis))
    del frames["tables"], frames["sparks"]
    # a swipe over a map is one over the slide, and a map that was moved by chance stays so for the whole talk
    frames["charts"] = {name: _fixed(chart) for name, chart in frames["charts"].items()}
    return frames


def _fixed(chart: Mapping[str, Any]) -> dict[str, Any]:
    figure = chart["figure"]
    return {**chart, "figure": {**figure, "layout": {**figure["layout"], "dragmode": False}}}


def slide_frames(slide: Slide, view: View, house: House) -> dict[str, Any]:
    """view, texts, moves of one slide."""
    known = facts(view)
    years = range(len(view.basis.years))
    texts = {
        f"slide.{name.replace(' ', '.')}": [text.format(**{gap: known[gap][at] for gap in known}) for at in years]
        for name, text in _texts(slide, view).items()
    }
    if slide.chart and not slide.headline:
        chart = CHARTS[slide.chart]
        rows = chart.table(view)
        texts["slide.headline"] = [chart.headline(rows, view, year) for year in view.basis.years]
        texts["slide.description"] = [chart.description(rows, view, year) for year in view.basis.years]
    for name in ("dated", "named", "open"):
        texts[f"fact.{name}"] = list(known[name])
    packed = {path: steps(values) for path, values in texts.items()}
    notes = packed.get("slide.notes", "")
    said = {path: value for path, value in packed.items() if path != "slide.notes"}
    is_moving = bool(slide.chart) or any(isinstance(value, dict) for value in said.values())
    return {
        "view": to_query(view.selection.without_year(), house.choices),
        "texts": said
        | {"slide.source": _source(slide, view), "slide.notes": notes}
        | {"slide.filter": filter_of(view, house) if is_moving or slide.kind == "pairs" else ""},
        "moves": is_moving,
    }


def filter_of(view: View, house: House) -> str:
    """What a view leaves out, in few words: "Western Asia, Texas"; "" where it shows everything on the usual basis."""
    selection, words = view.selection, view.words
    regions = selection.regions
    parts = [
        house.basis_label(selection.basis) if selection.basis != house.choices.default_basis else "",
        words("stage.regions", count=len(regions)) if len(regions) > MOST_REGIONS else ", ".join(regions),
        *(", ".join(view.labels(each.name)) for each in FILTERS if each.name != "region"),
        selection.wave or "",
    ]
    return ", ".join(part for part in parts if part)


def _texts(slide: Slide, view: View) -> Mapping[str, str]:
    """Key -> text with gaps: the slide's own, and the entries that are made from the data."""
    if slide.kind == "milestones":
        rows = milestones(view.dataset, view.basis.years)
        made = [(row["date"][:4], row["short_title"] or row["title"]) for row in rows]
    elif slide.kind == "pairs":
        names = dict(zip(view.dataset.countries["iso3"], view.dataset.countries["name"], strict=True))
        words = view.words
        made = [
            (
                item.partner_community,
                words("stage.pair_since", country=names[item.country_iso3], year=item.first)
                if item.is_dated
                else words("stage.pair", country=names[item.country_iso3]),
            )
            for item in pairs_of(view.dataset, view.selection, slide.community)
        ]
    else:
        made = [(item.term, item.text) for item in slide.items]
    own = {key: text for key, text in slide.texts().items() if not key.startswith("items")}
    # what comes from the data is no place for gaps
    plain = slide.kind in {"milestones", "pairs"}
    entries: dict[str, str] = {}
    for at, pair in enumerate(made):
        for name, text in zip(("term", "text"), pair, strict=True):
            entries[f"items {at} {name}"] = text.replace("{", "{{").replace("}", "}}") if plain else text
    return own | entries


def source_of(slide: Slide, view: View) -> str:
    """What a slide rests on as one line: its chart's sources, those of the facts it names, those it cites."""
    if is_invented(slide, view):
        return view.words("sample.source")
    ids = cited_ids(slide, view)
    return cited_line(ids, view) if ids else ""


def _source(slide: Slide, view: View) -> str:
    """The line under a slide."""
    line = source_of(slide, view)
    return " ".join([line, view.words("stage.boundaries")]) if slide.chart == "map" else line


def is_invented(slide: Slide, view: View) -> bool:
    """Whether a slide shows answers of the sample."""
    return bool(slide.chart) and CHARTS[slide.chart].is_sample(view)


def cited_ids(slide: Slide, view: View) -> list[str]:
    """Ids of the sources under a slide; some may stand there twice."""
    ids = list(CHARTS[slide.chart].sources(view)) if slide.chart else []
    named = [gap for key, text in slide.texts().items() if key != "notes" for gap in gaps(text)]
    ids += [*slide.sources, *fact_sources(view, named)]
    if slide.kind == "milestones":
        ids += [each for row in milestones(view.dataset, view.basis.years) for each in split_ids(row["source_ids"])]
    if slide.kind == "pairs":
        chosen = {item.id for item in pairs_of(view.dataset, view.selection, slide.community)}
        rows = view.dataset.partnerships[view.dataset.partnerships["id"].isin(chosen)]
        ids += [each for row in records(rows) for each in split_ids(row["source_ids"])]
    return ids


def entry_count(slide: Slide, house: House) -> int:
    """How many entries a slide has at most, so that there is a place for each."""
    view = stage_view(house, parse(slide.view, house.choices).selection)
    return sum(1 for key in _texts(slide, view) if key.endswith(" text"))


def themes_of(house: House) -> dict[str, list[tuple[str, list[str]]]]:
    """By wave of themes: (title of a group, its themes)."""
    table = house.dataset.survey.themes
    return {
        str(wave): [(str(title), list(group["label"])) for title, group in rows.groupby("group_title", sort=False)]
        for wave, rows in table.groupby("wave", sort=False)
    }
