"""What survey answers say: shares of those who answered, with their uncertainty, small groups held back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import sqrt
from typing import Any

import numpy as np

from dashboard.dataset.model import Dataset, Survey, Wave
from dashboard.dataset.records import records
from dashboard.metrics.disclosure import HIDDEN, NOBODY, OPEN, rule_of
from dashboard.metrics.table import SteppedTable, Table
from dashboard.selection import Selection

Z_95 = 1.959963984540054
# the regions and the state whose answers a selection shows, and whether shares are of all who were asked
Asked = tuple[tuple[str, ...], str | None, bool]
COLUMNS = ("question", "option", "label", "count", "base", "share", "low", "high", "shown")


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
    share, spread = count / base, z * z / base
    centre = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / base + spread / (4 * base)) / (1 + spread)
    # rounding must not push a certain bound past the share it bounds
    return (0.0 if count == 0 else centre - half, 1.0 if count == base else centre + half)


def survey_of(dataset: Dataset, selection: Selection) -> Survey:
    """The survey, or the invented one where that was switched on."""
    return dataset.sample if selection.is_sample else dataset.survey


def wave_at(survey: Survey, year: int, *, chosen: str | None = None) -> Wave | None:
    """The wave chosen, else the newest at or before a year; None where there is none."""
    if chosen is not None:
        return next((wave for wave in survey.waves if wave.id == chosen), None)
    return next((wave for wave in reversed(survey.waves) if wave.year <= year), None)


@lru_cache(maxsize=32)
def barriers_table(
    dataset: Dataset,
    selection: Selection,
    *,
    question: str = "barriers",
    thresholds: Thresholds = Thresholds(),
) -> SteppedTable:
    """question, option, label, count, base, share, low, high, shown, by the wave that a year shows.

    base: respondents of the selection who answered the question, or with `selection.is_of_asked` all who were asked;
    share: count / base, 0..1; low, high: its 95 % Wilson interval. shown: "yes"; "count" (base under `counts_below`:
    no shares); "hidden" (base under `hide_below`, or a group by which a smaller one could be worked out: no numbers
    at all); "nobody" (no answers came from there, so base is 0 and nothing is hidden); "cited" (a wave of
    themes, numbers never published). Options come by share, then in the codebook's order,
    without those that the wave did not offer; no rows before the first wave.
    """
    survey = survey_of(dataset, selection)
    years = dataset.bases[selection.basis].years
    steps: list[tuple[int, Table]] = [(years.start, Table({name: [] for name in COLUMNS}))]
    waves = survey.waves if selection.wave is None else [wave_at(survey, years[-1], chosen=selection.wave)]
    for wave in waves:
        if wave is not None:
            first = years.start if selection.wave is not None else wave.year
            asked = (answer_regions(dataset, selection), selection.state, selection.is_of_asked)
            steps.append((first, _wave_table(dataset, survey, wave, question, thresholds, asked)))
    return SteppedTable(years, steps)


@lru_cache(maxsize=512)
def _wave_table(
    dataset: Dataset, survey: Survey, wave: Wave, question: str, thresholds: Thresholds, asked: Asked
) -> Table:
    if wave.kind == "themes":
        return _themes_table(survey, wave)
    group = _numbers(survey, wave, question, thresholds, asked)
    rows: list[tuple[Any, ...]] = []
    for option in _options(dataset, question):
        # an option that this wave did not offer was not "ticked by nobody"
        if option["option"] in group.counts or not group.counts:
            cells = _cells(group, option["option"], thresholds)
            rows.append((question, option["option"], option["label"], *cells))
    rows.sort(key=lambda row: -(row[3] or 0))
    return _table(rows)


@lru_cache(maxsize=32)
def _themes_table(survey: Survey, wave: Wave) -> Table:
    themes = survey.themes[survey.themes["wave"] == wave.id]
    return _table([(row["question"], row["option"], row["label"], *[None] * 5, "cited") for row in records(themes)])


@lru_cache(maxsize=32)
def _options(dataset: Dataset, question: str) -> list[dict[str, str]]:
    """The codebook's rows for a question."""
    codebook = dataset.tables["codebook"]
    return records(codebook[codebook["question"] == question])


@dataclass(frozen=True)
class Group:
    """The people of a selection at one question: `base` (those who answered, or all who were asked), how many
    `answered` and how many ticked each option; all 0 and empty where `state` is "hidden" or "nobody"."""

    state: str
    base: int = 0
    answered: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)


def _cells(group: Group, option: str, thresholds: Thresholds) -> tuple[object, ...]:
    if group.state == NOBODY:
        return (None, 0, None, None, None, NOBODY)
    return share(group.counts.get(option, 0), group.base, thresholds, answered=group.answered)


def _numbers(survey: Survey, wave: Wave, question: str, thresholds: Thresholds, asked: Asked) -> Group:
    """What may be shown of those asked (`disclosure.py`). Answers are kept by region, never by country: a country
    shows its region. A question that was not asked was asked of nobody."""
    regions, state, is_of_asked = asked
    least = max(thresholds.hide_below, 1)
    rule = rule_of(survey, wave.id, least)
    if question not in rule.counts.answered:
        return Group(NOBODY)
    verdict = rule.of(regions, state)
    if verdict != OPEN:
        return Group(verdict)
    places = np.ix_(*rule.counts.rows(regions, state))
    answered = int(rule.counts.answered[question][places].sum())
    ticked = {option: table for (of, option), table in rule.counts.ticked.items() if of == question}
    if answered < least:
        return Group(HIDDEN)
    counts = {option: int(table[places].sum()) for option, table in ticked.items()}
    base = int(rule.counts.asked[places].sum()) if is_of_asked else answered
    return Group(OPEN, base, answered, counts)


def answer_regions(dataset: Dataset, selection: Selection) -> tuple[str, ...]:
    """The regions whose answers a selection shows; () for all."""
    if selection.country is None:
        return selection.regions
    countries = dataset.countries
    return tuple(countries.loc[countries["iso3"] == selection.country, "region"])


def share(
    count: int, base: int, thresholds: Thresholds, *, answered: int | None = None
) -> tuple[int | None, int | None, float | None, float | None, float | None, str]:
    """(count, base, share, low, high, shown) with what may not be shown as None. How much may is decided by how many
    `answered` (None: all of the base), so that asking for another base shows no more."""
    answered = base if answered is None else answered
    if answered < max(thresholds.hide_below, 1):
        return (None, None, None, None, None, "hidden")
    if answered < thresholds.counts_below:
        return (count, base, None, None, None, "count")
    low, high = wilson(count, base)
    return (count, base, count / base, low, high, "yes")


def _table(rows: Sequence[tuple[object, ...]]) -> Table:
    columns = zip(*rows, strict=True) if rows else [[] for _ in COLUMNS]
    return Table({name: list(cells) for name, cells in zip(COLUMNS, columns, strict=True)})  # type: ignore[arg-type]
