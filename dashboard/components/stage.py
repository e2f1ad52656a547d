"""Slides as empty frames: what stands in them comes with the frames of the stage. No number is here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from markupsafe import Markup

from dashboard.charts import CHARTS
from dashboard.charts.figures import FIGURES
from dashboard.charts.map.areas import class_labels, edges_of
from dashboard.context import AppContext
from dashboard.dataset.story import TRANSLATED, Slide
from dashboard.filters import with_language
from dashboard.presentation.frames import LISTED
from dashboard.presentation.slides import entry_count, themes_by_wave
from dashboard.strings import FIRST_LANGUAGE
from dashboard.templating import render

# of a chart that is a table the stage shows the headline and what it says in words
SHOWABLE = tuple(CHARTS)
# the look of the lists on slides, by the kind of the slide
LISTS: Mapping[str, str] = MappingProxyType(
    {"list": "points", "steps": "steps", "milestones": "dates", "pairs": "pairs"}
)
# what a text says that nobody has translated
ENGLISH = Markup(' lang="{}" dir="ltr"').format(FIRST_LANGUAGE)
KEYS = ("next", "back", "ends", "full", "black", "notes", "year", "play", "region", "theme", "save", "help", "leave")


def slides_markup(context: AppContext) -> Markup:
    """The slides of the story of the data; what to do where there is none."""
    slides = [_slide(context, each, entries=entry_count(each, context)) for each in context.dataset.story]
    return Markup("").join(slides) or render("stage_none", context.t)


def around_markup(context: AppContext) -> Markup:
    """What lies over the slides when it is asked for: black, help, the regions, what was clicked; notes, clock and
    timer of the presenter's window; and a slide of each chart to copy for collected views."""
    offered = set(context.dataset.countries["region"])
    models = [_slide(context, Slide(id=chart, kind="chart", chart=chart), entries=0) for chart in SHOWABLE]
    return render(
        "stage_around",
        context.t,
        keys=KEYS,
        regions=[option for option in context.choices.options["region"].values() if option.value in offered],
        models=Markup("").join(models),
        in_english=with_language("", FIRST_LANGUAGE),
        contact=context.contact,
    )


def _slide(context: AppContext, slide: Slide, *, entries: int) -> Markup:
    return render(
        "stage_slide",
        context.t,
        kind=slide.kind,
        chart=slide.chart,
        is_pictured=bool(slide.chart) and CHARTS[slide.chart].slide.is_pictured_in_story,
        plays=slide.plays,
        entries=entries,
        in_english={key: ENGLISH if getattr(slide, key) and key in slide.untranslated else "" for key in TRANSLATED},
        lists=LISTS,
        listed=LISTED,
        drawn=FIGURES,
        classes=class_labels(edges_of(context.dataset), context.t),
        themes=themes_by_wave(context),
    )
