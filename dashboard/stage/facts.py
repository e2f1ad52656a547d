"""The facts that a slide's sentences may name ("{partnerships}"): for each year as text, and what they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from dashboard.charts import View
from dashboard.dataset.model import Wave
from dashboard.dataset.records import records
from dashboard.metrics.sources import ids_under, split_ids
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
# every name a gap may have; docs/story.md says what each is, a test compares the two
NAMES = (*COUNTED, *OTHERS, *THEMES, *FIXED)


@lru_cache(maxsize=64)
def facts(view: View) -> Mapping[str, Sequence[str]]:
    """Name -> its text in each year of the view's basis, for all of `NAMES`."""
    table = story_table(view.dataset, view.selection)
    years = list(table.years)
    numbers = dict(zip(table.keys["name"], table.values["value"].T.tolist(), strict=True))
    since = view.dataset.about.initiative_first_year
    numbers["begun"] = numbers[f"new_since_{since}"]
    found = {name: [view.words.number(number) for number in numbers[name]] for name in (*COUNTED, *OTHERS)}
    wave = _themes_wave(view)
    phrases = {name: _cited(view, wave, group) for name, group in THEMES.items()}
    fixed = {**phrases, "initiative_year": str(since), "survey_year": str(wave.year) if wave else _missing(view)}
    return found | {name: [text] * len(years) for name, text in fixed.items()} | {"year": [str(y) for y in years]}


def fact_sources(view: View, names: Sequence[str]) -> list[str]:
    """Ids of the sources under these facts, each once."""
    dataset, asked, found = view.dataset, set(names), list[str]()
    if asked & {*COUNTED, "total", "begun"}:
        found += ids_under(view.basis, view.selection)
    if asked & {"majority", "majority_none"}:
        found += dataset.about.sources.get("scope", ())
    if asked & {"programs", "sectors"}:
        found += [each for joined in dataset.tables["programs"]["source_ids"] for each in split_ids(joined)]
    if asked & {*THEMES, "survey_year"}:
        wave = _themes_wave(view)
        found += wave.source_ids if wave else ()
    return list(dict.fromkeys(found))


def _themes_wave(view: View) -> Wave | None:
    """The first wave that says what respondents cited."""
    return next((wave for wave in survey_of(view.dataset, view.selection).waves if wave.kind == "themes"), None)


def _cited(view: View, wave: Wave | None, group: str) -> str:
    """The themes of a group as a phrase; a dash where none was published."""
    themes = view.dataset.survey.themes
    if wave is None:
        return _missing(view)
    rows = records(themes[(themes["wave"] == wave.id) & (themes["theme_group"] == group)])
    return view.words.listing([view.words.lower_first(row["label"]) for row in rows]) or _missing(view)


def _missing(view: View) -> str:
    return view.words("cell.missing")
