"""What a slide of a story says and shows: its view, its sentences with the facts of every year in them, its sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dashboard.charts import CHARTS, View
from dashboard.charts.base import of_each_year
from dashboard.charts.milestones import milestones
from dashboard.charts.source_line import cited_line
from dashboard.charts.viewport import STAGE
from dashboard.context import AppContext
from dashboard.dataset.records import records
from dashboard.dataset.story import Slide, gaps
from dashboard.filters import FILTERS, Filters, Selection, parse
from dashboard.metrics.sources import split_ids
from dashboard.metrics.story import pairs_of
from dashboard.page_texts import without_repeats
from dashboard.presentation.facts import FILTERED, fact_sources, facts
from dashboard.strings import FIRST_LANGUAGE

# regions that are named at the foot of a slide
MOST_REGIONS = 2
# the kinds of partnerships of which a slide with one number has squares
SQUARES = ("dated", "named", "open")
# what stands in the place of pairs where the filters leave none
NO_PAIRS = "talk.no_pairs"


def selection_of(slide: Slide, context: AppContext, filters: Filters) -> Selection:
    """What a slide shows: its own view, with the filters of the room in place of its own. A country takes the place of
    its regions, and regions that of its country."""
    own = parse(slide.view, context.choices).selection
    if filters["country"]:
        filters = filters.without("region")
    if filters["country"] or filters["region"]:
        own = own.without("region", "country")
    return own.having(**dict(filters.chosen))


def stage_view(context: AppContext, selection: Selection) -> View:
    """The view of a selection with the room of a stage."""
    return replace(context.view(selection), viewport=STAGE)


def slide_texts(slide: Slide, view: View, context: AppContext) -> dict[str, Any]:
    """The texts of one slide by path: one, or one for each year of the view's basis where it changes."""
    known = facts(view)
    years = view.basis.years
    texts = {
        f"slide.{name.replace(' ', '.')}": [
            text.format(**{gap: known[gap][at] for gap in known}) for at in range(len(years))
        ]
        for name, text in _own_texts(slide, view).items()
    }
    if slide.chart:
        texts |= _chart_texts(slide, view)
    texts |= {f"fact.{name}": list(known[name]) for name in SQUARES}
    packed = without_repeats(texts)
    packed.setdefault("slide.notes", "")
    # the notes of all slides stand in one place, which says in which language they are
    packed["slide.notes_lang"] = FIRST_LANGUAGE if "notes" in slide.untranslated else view.t.language
    packed["slide.source"] = _source_line(slide, view)
    packed["slide.filter"] = filter_of(view, context) if _follows_filters(slide) else ""
    if slide.kind == "pairs":
        packed["slide.message"] = "" if pairs_of(view.dataset, view.selection, slide.community) else view.t(NO_PAIRS)
    return packed


def follows_year(slide: Slide, texts: Mapping[str, Any]) -> bool:
    """Whether anything on a slide depends on the year; notes are not on it."""
    moving = (value for path, value in texts.items() if path.startswith("slide.") and path != "slide.notes")
    return bool(slide.chart) or any(isinstance(value, list) for value in moving)


def _follows_filters(slide: Slide) -> bool:
    """Whether what is counted on a slide is counted under the filters of its view, in whatever years."""
    return bool(slide.chart) or slide.kind == "pairs" or not named_facts(slide).isdisjoint(FILTERED)


def named_facts(slide: Slide) -> set[str]:
    """Facts that the words on a slide name; notes are not on it."""
    return {gap for key, text in slide.texts().items() if key != "notes" for gap in gaps(text)}


def _chart_texts(slide: Slide, view: View) -> dict[str, list[str]]:
    """What a chart says of itself."""
    chart = CHARTS[slide.chart]
    rows = chart.table(view)
    texts = {"slide.description": of_each_year(chart, view, lambda year: chart.description(rows, view, year))}
    if not slide.headline:
        texts["slide.headline"] = of_each_year(chart, view, lambda year: chart.headline(rows, view, year))
    return texts


def filter_of(view: View, context: AppContext) -> str:
    """What a view leaves out, in few words: "Western Asia, Texas"; "" where it shows everything on the usual basis."""
    selection, t = view.selection, view.t
    regions = selection.regions
    parts = [
        context.basis_label(selection.basis) if selection.basis != context.choices.default_basis else "",
        t("stage.regions", count=len(regions)) if len(regions) > MOST_REGIONS else t.names(view.labels("region")),
        *(t.names(view.labels(each.name)) for each in FILTERS if each.name != "region"),
        selection.wave or "",
    ]
    return t.names(parts)


def _own_texts(slide: Slide, view: View) -> Mapping[str, str]:
    """Key -> text with gaps: the slide's own, and the entries that are made from the data."""
    if slide.kind == "milestones":
        rows = milestones(view.dataset, view.basis.years)
        made = [(row["date"][:4], row["short_title"] or row["title"]) for row in rows]
    elif slide.kind == "pairs":
        made = _pairs(slide, view)
    else:
        made = [(item.term, item.text) for item in slide.items]
    own = {key: text for key, text in slide.texts().items() if not key.startswith("items")}
    # texts that come from the data are not filled: a brace in them is no gap
    is_plain = slide.kind in {"milestones", "pairs"}
    entries: dict[str, str] = {}
    for at, pair in enumerate(made):
        for name, text in zip(("term", "text"), pair, strict=True):
            entries[f"items {at} {name}"] = text.replace("{", "{{").replace("}", "}}") if is_plain else text
    return own | entries


def _pairs(slide: Slide, view: View) -> list[tuple[str, str]]:
    """The partners of a slide's community, and of each its country and year."""
    names, t = dict(zip(view.dataset.countries["iso3"], view.dataset.countries["name"], strict=True)), view.t
    return [
        (
            item.partner_community,
            t("stage.pair_since", country=names[item.country_iso3], year=item.first)
            if item.is_dated
            else t("stage.pair", country=names[item.country_iso3]),
        )
        for item in pairs_of(view.dataset, view.selection, slide.community)
    ]


def entry_count(slide: Slide, context: AppContext) -> int:
    """How many entries a slide has at most, so that there is a place for each."""
    view = stage_view(context, parse(slide.view, context.choices).selection)
    return sum(1 for key in _own_texts(slide, view) if key.endswith(" text"))


# ---- sources
def source_of(slide: Slide, view: View) -> str:
    """What a slide rests on as one line: its chart's sources, those of the facts it names, those it cites."""
    if is_invented(slide, view):
        return view.t("sample.source")
    ids = cited_ids(slide, view)
    return cited_line(ids, view) if ids else ""


def _source_line(slide: Slide, view: View) -> str:
    """The line under a slide."""
    line = source_of(slide, view)
    return view.t.sentences(line, view.t("stage.boundaries") if slide.chart == "map" else "")


def is_invented(slide: Slide, view: View) -> bool:
    """Whether a slide shows answers of the sample."""
    return bool(slide.chart) and CHARTS[slide.chart].is_sample(view)


def cited_ids(slide: Slide, view: View) -> list[str]:
    """Ids of the sources under a slide; some may stand there twice."""
    ids = list(CHARTS[slide.chart].sources(view)) if slide.chart else []
    ids += [*slide.sources, *fact_sources(view, named_facts(slide))]
    if slide.kind == "milestones":
        ids += [each for row in milestones(view.dataset, view.basis.years) for each in split_ids(row["source_ids"])]
    if slide.kind == "pairs":
        chosen = {item.id for item in pairs_of(view.dataset, view.selection, slide.community)}
        rows = view.dataset.partnerships[view.dataset.partnerships["id"].isin(chosen)]
        ids += [each for row in records(rows) for each in split_ids(row["source_ids"])]
    return ids


def themes_by_wave(context: AppContext) -> dict[str, list[tuple[str, list[str]]]]:
    """By wave of themes: (title of a group, its themes)."""
    table = context.dataset.survey.themes
    return {
        str(wave): [(str(title), list(group["label"])) for title, group in rows.groupby("group_title", sort=False)]
        for wave, rows in table.groupby("wave", sort=False)
    }
