"""What survey answers say: shares of those who answered, with their uncertainty, small groups held back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import Any

import numpy as np
import pandas as pd

from dashboard.dataset.model import Dataset, Survey, Wave
from dashboard.filters import ANSWERS, COUNTRIES, Filters, Selection, apply_filters
from dashboard.metrics.disclosure import NO_RESPONDENTS, SUPPRESSED, Places, suppression_policy

Z_95 = 1.959963984540054
BARRIERS = "barriers"
COLUMNS = ("question", "option", "label", "count", "base", "share", "low", "high", "shown")
TEXT = pd.StringDtype(na_value=np.nan)
# the types of columns that are not texts
DTYPES: Mapping[str, Any] = {
    "year": np.dtype(np.int64),
    **dict.fromkeys(("count", "base"), pd.Int64Dtype()),
    **dict.fromkeys(("share", "low", "high", "change", "change_low", "change_high"), np.dtype(np.float64)),
}
# tables of barriers that are kept: where no answers came in yet, all views have the same few
KEPT_TABLES = 8
# the cells of one option, in the order of COLUMNS
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Thresholds:
    """Bases under which a group is hidden, shown as counts only, and marked as small."""

    hide_below: int = 5
    counts_below: int = 10
    small_below: int = 30


def wilson(count: int, base: int, z: float = Z_95) -> tuple[float, float]:
    """The Wilson score interval of a share count/base, as (low, high) in 0..1.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
    Raises ValueError where base is not positive or count lies outside 0..base.
    """
    if base <= 0 or not 0 <= count <= base:
        raise ValueError(f"no share of {count} in {base}")
    share, stack = count / base, z * z / base
    centre = (share + stack / 2) / (1 + stack)
    half = z * sqrt(share * (1 - share) / base + stack / (4 * base)) / (1 + stack)
    # rounding must not push a certain bound past the share it bounds
    return (0.0 if count == 0 else centre - half, 1.0 if count == base else centre + half)


def survey_of(dataset: Dataset, selection: Selection) -> Survey:
    """The survey, or the invented one where that was switched on."""
    return dataset.sample if selection.is_sample else dataset.survey


def newest_wave(survey: Survey, year: int) -> Wave | None:
    """The newest wave at or before a year; None where there is none."""
    return next((wave for wave in reversed(survey.waves) if wave.year <= year), None)


def selected_waves(dataset: Dataset, selection: Selection) -> list[Wave]:
    """The wave chosen, or all of them."""
    return [wave for wave in survey_of(dataset, selection).waves if selection.wave in (None, wave.id)]


def shown_wave(dataset: Dataset, selection: Selection, year: int) -> Wave | None:
    """The wave that a year shows: the one chosen, else the newest at or before the year; None where there is none."""
    if selection.wave is None:
        return newest_wave(survey_of(dataset, selection), year)
    return next(iter(selected_waves(dataset, selection)), None)


def barriers_table(
    dataset: Dataset, selection: Selection, *, thresholds: Thresholds, question: str = BARRIERS
) -> pd.DataFrame:
    """wave, question, option, label, shown (str), count, base (Int64), share, low, high (float): a row for each option
    that a wave offered, for the wave chosen or all of them.

    base: respondents of the selection who answered the question, or with `selection.is_of_asked` all who were asked;
    share: count / base, 0..1; low, high: its 95 % Wilson interval. shown: "yes"; "count" (base under `counts_below`:
    no shares); "hidden" (base under `hide_below`, or a group by which a smaller one could be worked out: no numbers
    at all); "nobody" (no answers came from there, so base is 0 and nothing is hidden); "cited" (a wave of
    themes, numbers never published). In each wave options come by share, then in the codebook's order.
    """
    # themes are the same wherever one looks
    has_places = any(wave.kind != "themes" for wave in selected_waves(dataset, selection))
    asked = Selection(
        "",
        selection.filters if has_places else Filters(),
        wave=selection.wave,
        is_sample=selection.is_sample,
        is_of_asked=selection.is_of_asked,
    )
    return _barriers_table(dataset, asked, thresholds, question)


@lru_cache(maxsize=KEPT_TABLES)
def _barriers_table(dataset: Dataset, selection: Selection, thresholds: Thresholds, question: str) -> pd.DataFrame:
    rows: list[Row] = []
    for wave in selected_waves(dataset, selection):
        if wave.kind == "themes":
            of_wave = _theme_rows(survey_of(dataset, selection), wave)
        else:
            places = selected_places(dataset, selection.filters)
            of_wave = answer_rows(dataset, selection, wave, places, thresholds, question=question)
        rows += [(wave.id, *row) for row in of_wave]
    return survey_table(rows, ("wave", *COLUMNS))


def _theme_rows(survey: Survey, wave: Wave) -> list[Row]:
    themes = zip(*(survey.themes[column].tolist() for column in ("wave", *COLUMNS[:3])), strict=True)
    return [(*names, *[None] * 5, "cited") for of, *names in themes if of == wave.id]


def answer_rows(
    dataset: Dataset,
    selection: Selection,
    wave: Wave,
    places: Places,
    thresholds: Thresholds,
    *,
    question: str = BARRIERS,
) -> list[Row]:
    """The rows of one question to people of some places, whatever places are selected, as far as they may be shown
    (`disclosure.py`), those ticked most first. A question that was not asked was asked of nobody."""
    least = max(thresholds.hide_below, 1)
    policy = suppression_policy(survey_of(dataset, selection), wave.id, least)
    counts, options = policy.counts, question_options(dataset, question)
    visibility = policy.visibility(places) if question in counts.answered else NO_RESPONDENTS
    if visibility == NO_RESPONDENTS:
        return [(question, *option, None, 0, None, None, None, NO_RESPONDENTS) for option in options]
    answered = policy.total(counts.answered[question], places)
    if visibility == SUPPRESSED or answered < least:
        return [(question, *option, *[None] * 5, SUPPRESSED) for option in options]
    base = policy.total(counts.asked, places) if selection.is_of_asked else answered
    rows = [
        (question, *option, *suppress(policy.total(table, places), base, thresholds, answered=answered))
        for option in options
        # an option that this wave did not offer was not "ticked by nobody"
        if (table := counts.ticked.get((question, option[0]))) is not None
    ]
    return sorted(rows, key=lambda row: -row[COLUMNS.index("count")])


def suppress(count: int, base: int, thresholds: Thresholds, *, answered: int) -> Row:
    """(count, base, share, low, high, shown) with what may not be shown as None. How much may is decided by how many
    `answered`, so that asking for another base shows no more."""
    if answered < max(thresholds.hide_below, 1):
        return (None, None, None, None, None, SUPPRESSED)
    if answered < thresholds.counts_below:
        return (count, base, None, None, None, "count")
    return (count, base, count / base, *wilson(count, base), "yes")


def question_options(dataset: Dataset, question: str) -> list[tuple[str, str]]:
    """(option, label) of a question, in the codebook's order."""
    codebook = dataset.tables["codebook"]
    rows = zip(*(codebook[column].tolist() for column in COLUMNS[:3]), strict=True)
    return [(option, label) for of, option, label in rows if of == question]


def answer_regions(dataset: Dataset, filters: Filters) -> tuple[str, ...]:
    """The regions whose answers filters show; () for all. Answers are kept by region, never by country: a country
    shows its region."""
    if not filters["country"]:
        return filters["region"]
    countries = apply_filters(dataset.countries, Filters.of(country=filters["country"]), COUNTRIES)
    return tuple(countries["region"].unique())


# the tables of the survey's page ask for the same places one after the other; that is a tenth of its time
@lru_cache(maxsize=1)
def selected_places(dataset: Dataset, filters: Filters) -> Places:
    """The places whose answers pass the filters."""
    if not filters:
        return Places()
    by_region = filters.without("country").having(region=answer_regions(dataset, filters))
    # "" is where nobody knows the place
    regions = np.array(["", *dataset.countries["region"].unique().tolist()], dtype=object)
    states = np.array(["", *dataset.tables["us_states"]["state"].tolist()], dtype=object)
    pairs = pd.DataFrame({"region": np.repeat(regions, len(states)), "us_state": np.tile(states, len(regions))})
    passing = apply_filters(pairs, by_region, ANSWERS)
    chosen_regions, chosen_states = frozenset(passing["region"].tolist()), frozenset(passing["us_state"].tolist())
    return Places(
        None if len(chosen_regions) == len(regions) else chosen_regions,
        None if len(chosen_states) == len(states) else chosen_states,
    )


def survey_table(rows: Sequence[Row], columns: Sequence[str]) -> pd.DataFrame:
    """Rows as a table with the types of `DTYPES`."""
    cells = zip(*rows, strict=True) if rows else [()] * len(columns)
    named = zip(columns, cells, strict=True)
    return pd.DataFrame({name: pd.array(list(values), dtype=DTYPES.get(name, TEXT)) for name, values in named})
