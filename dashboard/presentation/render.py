"""A story to the slides of a file: every sentence as it stands in the year a slide shows, every chart as its bundle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dashboard.charts import CHARTS, View
from dashboard.charts.base import mark_sample
from dashboard.context import AppContext
from dashboard.dataset.story import Slide
from dashboard.exports import Bundle, bundle_of
from dashboard.exports.rendered_slide import RenderedSlide
from dashboard.filters import Selection, parse
from dashboard.metrics.sources import sources
from dashboard.presentation.facts import facts
from dashboard.presentation.slides import (
    SQUARES,
    cited_ids,
    follows_year,
    is_invented,
    selection_of,
    slide_texts,
    source_of,
    stage_view,
)


def render_story(
    context: AppContext, query: str, *, years: Mapping[int, int] | None = None, slides: Sequence[Slide] | None = None
) -> list[RenderedSlide]:
    """The story of the data, or these slides, under the regions and the country of an address.

    years: where the room has moved a slide (from 1) to another year than its own; one that its view has not is left.
    """
    filters, moved = parse(query, context.choices).selection.filters, years or {}
    shown = context.dataset.story if slides is None else slides
    found = []
    for at, slide in enumerate(shown, 1):
        selection = selection_of(slide, context, filters)
        possible = context.dataset.bases[selection.basis].years
        year = moved.get(at, selection.year)
        found.append(_render_slide(slide, context, replace(selection, year=year if year in possible else None)))
    return found


def _render_slide(slide: Slide, context: AppContext, selection: Selection) -> RenderedSlide:
    view = stage_view(context, selection)
    year = selection.year if selection.year is not None else view.basis.last_year
    position = year - view.basis.years[0]
    by_year = slide_texts(slide, view, context)
    texts = {path: str(text[position] if isinstance(text, list) else text) for path, text in by_year.items()}
    line, t = source_of(slide, view), context.t
    foot = line
    if follows_year(slide, by_year):
        basis = t("files.basis", basis=context.basis_label(view.selection.basis), year=year)
        foot = t("talk.foot", source=line, basis=basis)
    if left_out := texts["slide.filter"]:
        foot = t("talk.shows", foot=foot, filter=left_out)
    known = {name: int(facts(view)[name][position]) for name in SQUARES} if slide.kind == "number" else {}
    cited = [] if is_invented(slide, view) else sources(view.dataset, cited_ids(slide, view))
    made = RenderedSlide(
        kind=slide.kind,
        headline=texts.get("slide.headline", ""),
        words=texts.get("slide.words", ""),
        number=texts.get("slide.number", ""),
        entries=_entries(texts),
        squares=known,
        notes=texts["slide.notes"],
        foot=foot,
        sources=cited,
    )
    return (
        replace(made, bundle=_bundle(slide, made, line, view=view, year=year, context=context)) if slide.chart else made
    )


def _entries(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """(term, text) of every entry that says something in this year."""
    count = sum(1 for path in texts if path.startswith("slide.items.") and path.endswith(".text"))
    pairs = [tuple(texts.get(f"slide.items.{at}.{name}", "") for name in ("term", "text")) for at in range(count)]
    return [(term, text) for term, text in pairs if text]


def _bundle(slide: Slide, made: RenderedSlide, line: str, *, view: View, year: int, context: AppContext) -> Bundle:
    """The chart with the words of its slide; a headline of the story's own says SAMPLE too."""
    chart = CHARTS[slide.chart]
    bundle = bundle_of(context, chart, view, year)
    headline = mark_sample(chart, made.headline, view) if slide.headline else bundle.headline
    return replace(
        bundle, headline=headline.replace("**", ""), notes=made.notes, source_line=line, sources=made.sources
    )
