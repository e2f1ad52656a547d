"""Survey answers side by side: by region, by wave, and the other questions. Built from the rows of `survey.py`, so
that what is held back there is held back here."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import pandas as pd

from dashboard.dataset.model import Dataset
from dashboard.filters import Selection
from dashboard.metrics.disclosure import Places, wave_counts
from dashboard.metrics.survey import (
    BARRIERS,
    COLUMNS,
    Row,
    Thresholds,
    answer_rows,
    selected_places,
    selected_waves,
    survey_of,
    survey_table,
    wilson,
)

REGION_COLUMNS = ("wave", "region", *COLUMNS)
WAVE_COLUMNS = ("wave", "year", *COLUMNS, "change", "change_low", "change_high")


def newcombe(count: int, base: int, before: int, base_before: int) -> tuple[float, float]:
    """The 95 % interval of the difference of two independent shares, count/base − before/base_before.

    R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine
    17 (1998), method 10: from the Wilson intervals of both. Raises ValueError as `wilson` does.
    """
    share, share_before = count / base if base else 0.0, before / base_before if base_before else 0.0
    low, high = wilson(count, base)
    low_before, high_before = wilson(before, base_before)
    change = share - share_before
    down = sqrt((share - low) ** 2 + (high_before - share_before) ** 2)
    up = sqrt((high - share) ** 2 + (share_before - low_before) ** 2)
    return change - down, change + up


def regions_table(
    dataset: Dataset, selection: Selection, *, regions: Sequence[str], thresholds: Thresholds
) -> pd.DataFrame:
    """wave, region (str), and the columns of `barriers_table`, for each of `regions` that passes the filters: what its
    own answers say, in the wave chosen or in each. No rows for a wave of themes, and none while a state is chosen: the
    few answers that a state and a region share would not stay private."""
    places = selected_places(dataset, selection.filters)
    if places.states is not None:
        return survey_table([], REGION_COLUMNS)
    rows = [
        (wave.id, region, *row)
        for wave in selected_waves(dataset, selection)
        if wave.kind == "answers"
        for region in regions
        if places.regions is None or region in places.regions
        for row in answer_rows(dataset, selection, wave, Places(frozenset({region})), thresholds)
    ]
    return survey_table(rows, REGION_COLUMNS)


def waves_table(dataset: Dataset, selection: Selection, *, thresholds: Thresholds) -> pd.DataFrame:
    """wave (str), year (int), the columns of `barriers_table`, and change, change_low, change_high (float, −1..1), for
    every wave of answers, whatever wave is chosen. change: by how much a share differs from that of the first wave with
    shares, with its 95 % Newcombe interval; missing where either share is, and in the first wave."""
    places = selected_places(dataset, selection.filters)
    rows: list[Row] = []
    first: dict[str, Row] = {}
    for wave in (wave for wave in survey_of(dataset, selection).waves if wave.kind == "answers"):
        of_wave = answer_rows(dataset, selection, wave, places, thresholds)
        rows += [(wave.id, wave.year, *row, *_change(row, first.get(row[1]))) for row in of_wave]
        first = first or {row[1]: row for row in of_wave if row[-1] == "yes"}
    return survey_table(rows, WAVE_COLUMNS)


def _change(row: Row, before: Row | None) -> tuple[float | None, ...]:
    if before is None or row[-1] != "yes":
        return (None, None, None)
    (count, base), (count_before, base_before) = row[3:5], before[3:5]
    return (count / base - count_before / base_before, *newcombe(count, base, count_before, base_before))


def others_table(dataset: Dataset, selection: Selection, *, thresholds: Thresholds) -> pd.DataFrame:
    """The columns of `barriers_table` for every question but that about barriers, in the order of the questions, in the
    wave chosen or in each; no rows for a wave of themes, none for a question that a wave did not ask."""
    places, survey = selected_places(dataset, selection.filters), survey_of(dataset, selection)
    questions = [question for question in dataset.tables["questions"]["question"] if question != BARRIERS]
    rows = [
        (wave.id, *row)
        for wave in selected_waves(dataset, selection)
        if wave.kind == "answers"
        for question in questions
        if question in wave_counts(survey, wave.id).answered
        for row in answer_rows(dataset, selection, wave, places, thresholds, question=question)
    ]
    return survey_table(rows, ("wave", *COLUMNS))
