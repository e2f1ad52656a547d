"""The rules of a partnership's cells in words: what may stand in each, what is wrong with what was typed, what a row
lacks."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.dataset.about import last_possible_year
from dashboard.dataset.model import Dataset
from dashboard.dataset.problems import BadData, Problem
from dashboard.dataset.read import raw_table
from dashboard.dataset.relations import HAPPENED, check_partnerships, check_years
from dashboard.dataset.schema import FIRST_YEAR, PARTNERSHIPS, Column
from dashboard.dataset.validate import typed as typed_table
from dashboard.staff.area import field_errors
from dashboard.staff.registry.edits import COLUMNS, EDITABLE, Cells, is_open
from dashboard.store.registry import Rows
from dashboard.strings import Catalog

FIRST_ROW = 2
SHAPE: Mapping[str, Column] = {column.name: column for column in PARTNERSHIPS.columns}
COORDINATES = ("us_lat", "us_lon", "partner_lat", "partner_lon")
# whose problems belong to a field of the form, though they are found elsewhere
FIELD_OF = {"member_too_late": "start_year", "member_left_out": "status"}
MISSING = ("cities", "start_year", "us_state", "coordinates", "confidence")
# names that a row which has them must not lose
NAMES = ("us_community", "partner_community")


def hint(column: str, dataset: Dataset, t: Catalog) -> str:
    """What may stand in the cells of a column."""
    last_year = last_possible_year(dataset.about)
    return t(f"staff.registry.hint.{column}", first_year=FIRST_YEAR, last_year=last_year)


def choices(column: str, rows: Rows, t: Catalog) -> list[tuple[str, str]]:
    """The values that a cell of a column can be chosen from, and their words; none where it is typed."""
    if column == "country_iso3":
        return [("", ""), *sorted(rows.countries.items(), key=lambda pair: pair[1])]
    if column == "us_state":
        return [("", t("staff.registry.not_known")), *sorted(rows.states.items(), key=lambda pair: pair[1])]
    words = [(choice, t(f"staff.registry.word.{choice}")) for choice in SHAPE[column].choices]
    return words if SHAPE[column].needed or not words else [("", t("staff.registry.not_known")), *words]


def problems_of(rows: Rows, dataset: Dataset, cells: Mapping[str, Cells]) -> list[tuple[str, Problem]]:
    """What is wrong with cells of rows, as (id, problem); `cells` has all of each row, by an id or any other name. What
    only the whole collection shows, such as the sum of a count, is found when they are saved."""
    if not cells:
        return []
    numbered = [{**row, "id": f"row-{at}"} for at, row in enumerate(cells.values())]
    texts = [[row.get(name, "") for name in COLUMNS] for row in numbered]
    raw = raw_table(COLUMNS, texts, range(FIRST_ROW, FIRST_ROW + len(texts)))
    keys = {"countries": rows.countries, "us_states": rows.states, "sources": rows.sources}
    table, found = typed_table(raw, PARTNERSHIPS, name=PARTNERSHIPS.file, keys=keys)
    none = {name: pd.DataFrame({column: pd.Series(dtype=str) for column in HAPPENED[name]}) for name in HAPPENED}
    found += check_partnerships(table)
    found += check_years({**none, "partnerships": table}, (), last_year=last_possible_year(dataset.about))
    names = list(cells)
    problems = [(names[(each.row or FIRST_ROW) - FIRST_ROW], each) for each in found]
    for key, row in cells.items():
        if key in rows.partnerships and not is_open(rows.partnerships[key]):
            problems += [(key, Problem(PARTNERSHIPS.file, "blank", None, name)) for name in NAMES if not row.get(name)]
    return problems


def cell_errors(problems: list[tuple[str, Problem]], t: Catalog) -> dict[str, dict[str, list[str]]]:
    """The same as sentences, by id and column."""
    by_id: dict[str, list[Problem]] = {}
    for key, problem in problems:
        by_id.setdefault(key, []).append(problem)
    return {key: field_errors(BadData(of_row), t) for key, of_row in by_id.items()}


def form_errors(error: BadData, t: Catalog) -> dict[str, list[str]]:
    """What is wrong, by field of the form of a row; "" has what belongs to none of them."""
    found: dict[str, list[str]] = {}
    for problem in error.problems:
        for column, sentences in field_errors(BadData([problem]), t).items():
            names = [FIELD_OF.get(problem.kind, column), *column.split(", ")]
            name = next((each for each in names if each in EDITABLE), "")
            line = found.setdefault(name, [])
            line += [each for each in sentences if each not in line]
            if problem.kind == "snapshot_sum":
                country = t("staff.registry.of_count", country=problem.value)
                line[-1] = f"{country} {line[-1]}"
    return found


def missing_of(row: Cells) -> list[str]:
    """What is not known of a row, as codes of MISSING."""
    if is_open(row):
        return ["cities"]
    return [
        *(["start_year"] if not row["start_year"] else []),
        *(["us_state"] if not row["us_state"] else []),
        *(["coordinates"] if not all(row[name] for name in COORDINATES) else []),
        *(["confidence"] if row["confidence"] == "low" else []),
    ]


def name_of(row: Cells, rows: Rows, t: Catalog) -> str:
    """What a partnership is called: "Houston, TX–Baku, Azerbaijan"."""
    country = rows.countries.get(row["country_iso3"], row["country_iso3"])
    if is_open(row):
        return t("staff.registry.open", country=country, id=row.get("id", "").rpartition("-")[2])
    us = ", ".join(filter(None, (row["us_community"], row["us_state"])))
    return f"{us}–{row['partner_community']}, {country}"
