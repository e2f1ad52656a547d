"""Survey answers side by side: by region, by wave, and the other questions. Built from the tables of `survey.py`, so
that what is held back there is held back here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import sqrt

from dashboard.dataset.model import Dataset, Survey, Wave
from dashboard.dataset.records import records
from dashboard.metrics import survey
from dashboard.metrics.disclosure import wave_counts
from dashboard.metrics.survey import Thresholds, barriers_table, survey_of, wave_at, wilson
from dashboard.metrics.table import SteppedTable, Table
from dashboard.selection import Selection

BARRIERS = "barriers"
REGION_COLUMNS = ("region", *survey.COLUMNS)
WAVE_COLUMNS = ("wave", "year", *survey.COLUMNS, "change", "change_low", "change_high")


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
) -> SteppedTable:
    """region, and the columns of `barriers_table`, for each region of the selection: what its own answers say, by the
    wave that a year shows. No rows for a wave of themes, and none while a state is chosen: the few answers that a
    state and a region share would not stay private."""
    chosen = survey.answer_regions(dataset, selection) or tuple(regions)
    if selection.state is not None:
        chosen = ()
    waves = {wave.id for wave in survey_of(dataset, selection).waves if wave.kind == "answers"}

    def of_wave(wave: Wave) -> Table:
        if wave.id not in waves:
            return _empty(REGION_COLUMNS)
        alone = [
            replace(selection, regions=(region,), country=None, wave=wave.id) for region in chosen if region in regions
        ]
        last = dataset.bases[selection.basis].last_year
        tables = [barriers_table(dataset, each, thresholds=thresholds).at(last) for each in alone]
        rows = [
            (each.regions[0], *row.values()) for each, table in zip(alone, tables, strict=True) for row in table.rows()
        ]
        return _table(rows, REGION_COLUMNS)

    return _by_wave(dataset, selection, of_wave, REGION_COLUMNS)


def waves_table(dataset: Dataset, selection: Selection, *, thresholds: Thresholds) -> SteppedTable:
    """wave, year, the columns of `barriers_table`, and change, change_low, change_high (−1..1): by how much a share
    differs from that of the first wave with answers, with its 95 % Newcombe interval. In a year, the waves of answers
    up to it; whatever wave is chosen. None where either share is not shown, and in the first wave."""
    everything = survey_of(dataset, selection)
    years = dataset.bases[selection.basis].years
    steps: list[tuple[int, Table]] = [(years.start, _empty(WAVE_COLUMNS))]
    rows: list[tuple[object, ...]] = []
    first: dict[str, dict[str, object]] = {}
    for wave in (wave for wave in everything.waves if wave.kind == "answers"):
        table = barriers_table(dataset, replace(selection, wave=wave.id), thresholds=thresholds).at(years[-1])
        for row in table.rows():
            before = first.get(str(row["option"]))
            rows.append((wave.id, wave.year, *row.values(), *_change(row, before)))
        first = first or {str(row["option"]): row for row in table.rows() if row["shown"] == "yes"}
        steps.append((wave.year, _table(rows, WAVE_COLUMNS)))
    return SteppedTable(years, steps)


def _change(row: dict[str, object], before: dict[str, object] | None) -> tuple[float | None, ...]:
    if before is None or row["shown"] != "yes":
        return (None, None, None)
    counts = [int(str(each[name])) for each in (row, before) for name in ("count", "base")]
    return (counts[0] / counts[1] - counts[2] / counts[3], *newcombe(*counts))


def others_table(dataset: Dataset, selection: Selection, *, thresholds: Thresholds) -> SteppedTable:
    """The columns of `barriers_table` for every question but that about barriers, in the order of the questions; no
    rows for a wave of themes."""
    questions = [row["question"] for row in records(dataset.tables["questions"]) if row["question"] != BARRIERS]
    everything = survey_of(dataset, selection)

    def of_wave(wave: Wave) -> Table:
        if wave.kind != "answers":
            return _empty(survey.COLUMNS)
        last = dataset.bases[selection.basis].last_year
        chosen = replace(selection, wave=wave.id)
        asked = [question for question in questions if _is_asked(everything, wave, question)]
        tables = [barriers_table(dataset, chosen, question=each, thresholds=thresholds).at(last) for each in asked]
        return _table([tuple(row.values()) for table in tables for row in table.rows()], survey.COLUMNS)

    return _by_wave(dataset, selection, of_wave, survey.COLUMNS)


def _is_asked(everything: Survey, wave: Wave, question: str) -> bool:
    return question in wave_counts(everything, wave.id).answered


def _by_wave(
    dataset: Dataset, selection: Selection, of_wave: Callable[[Wave], Table], columns: Sequence[str]
) -> SteppedTable:
    """A table that changes with the wave: the one chosen at every year, else each from its year on."""
    everything, years = survey_of(dataset, selection), dataset.bases[selection.basis].years
    steps: list[tuple[int, Table]] = [(years.start, _empty(columns))]
    if selection.wave is not None:
        wave = wave_at(everything, years[-1], chosen=selection.wave)
        return SteppedTable(years, [*steps, (years.start, of_wave(wave))] if wave else steps)
    return SteppedTable(years, [*steps, *((wave.year, of_wave(wave)) for wave in everything.waves)])


def _empty(columns: Sequence[str]) -> Table:
    return Table({name: [] for name in columns})


def _table(rows: Sequence[tuple[object, ...]], columns: Sequence[str]) -> Table:
    cells = zip(*rows, strict=True) if rows else [[] for _ in columns]
    return Table({name: list(column) for name, column in zip(columns, cells, strict=True)})  # type: ignore[arg-type]
