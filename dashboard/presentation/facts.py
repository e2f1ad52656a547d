"""The facts that a slide's sentences may name ("{partnerships}"): for each year as text, and what they rest on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from dashboard.charts import View
from dashboard.charts.base import once_a_view
from dashboard.dataset.model import Wave
from dashboard.dataset.records import records
from dashboard.metrics.programs import program_rows
from dashboard.metrics.sources import cited_in, ids_under
from dashboard.metrics.story import story_table
from dashboard.metrics.survey import survey_of

COUNTED = (
    "partnerships",
    "countries",
    "us_communities",
    "us_states",
    "identified",
    "dated",
    "named",
    "open",
    "undated",
)
OTHERS = ("total", "begun", "majority", "majority_none", "programs", "sectors")
THEMES = {"barriers": "barriers", "reasons": "reasons", "wishes": "wishes"}
FIXED = ("year", "initiative_year", "survey_year")
# those that are other numbers under a filter
FILTERED = (*COUNTED, *OTHERS)
# every name a gap may have; docs/story.md says what each is, a test compares the two
NAMES = (*COUNTED, *OTHERS, *THEMES, *FIXED)


@once_a_view
def facts(view: View) -> Mapping[str, Sequence[str]]:
    """Name -> its text in each year of the view's basis, for all of `NAMES`."""
    years = list(view.basis.years)
    numbers = {name: of["value"].tolist() for name, of in view.compute(story_table).groupby("name")}
    since = view.dataset.about.initiative_first_year
    numbers["begun"] = numbers[f"new_since_{since}"]
    counted = {name: [view.t.number(number) for number in numbers[name]] for name in (*COUNTED, *OTHERS)}
    wave = _themes_wave(view)
    phrases = {name: _cited(view, wave, group) for name, group in THEMES.items()}
    fixed = {**phrases, "initiative_year": str(since), "survey_year": str(wave.year) if wave else _missing(view)}
    return counted | {name: [text] * len(years) for name, text in fixed.items()} | {"year": [str(y) for y in years]}


def fact_sources(view: View, names: Collection[str]) -> list[str]:
    """Ids of the sources under these facts, each once."""
    dataset, named, ids = view.dataset, set(names), list[str]()
    if named & {*COUNTED, "total", "begun"}:
        ids += ids_under(view.basis, view.selection)
    if named & {"majority", "majority_none"}:
        ids += dataset.about.sources.get("scope", ())
    if named & {"programs", "sectors"}:
        ids += cited_in(program_rows(dataset, view.selection.filters))
    if named & {*THEMES, "survey_year"}:
        wave = _themes_wave(view)
        ids += wave.source_ids if wave else ()
    return list(dict.fromkeys(ids))


def _themes_wave(view: View) -> Wave | None:
    """The first wave that says what respondents cited."""
    return next((wave for wave in survey_of(view.dataset, view.selection).waves if wave.kind == "themes"), None)


def _cited(view: View, wave: Wave | None, group: str) -> str:
    """The themes of a group as a phrase; a dash where none was published."""
    themes = view.dataset.survey.themes
    if wave is None:
        return _missing(view)
    rows = records(themes[(themes["wave"] == wave.id) & (themes["theme_group"] == group)])
    return view.t.listing([view.t.lower_first(row["label"]) for row in rows]) or _missing(view)


def _missing(view: View) -> str:
    return view.t("cell.missing")
