"""What must hold between columns and between tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from dashboard.dataset.bases import is_left_out
from dashboard.dataset.model import Snapshot
from dashboard.dataset.problems import Problem
from dashboard.dataset.read import ROW
from dashboard.dataset.records import records_where
from dashboard.dataset.schema import MAP_POINTS, PARTNERSHIPS, SAMPLE_TABLES, TABLES

# columns of years and dates in which something has happened, and to which axes are drawn
HAPPENED = {
    "partnerships": ("start_year", "known_by", "end_year"),
    "totals": ("date",),
    "published_counts": ("date",),
    "programs": ("year",),
    "travel_advisories": ("issued", "as_of"),
}
NOTHING: Mapping[str, object] = MappingProxyType({})


def check_relations(
    tables: Mapping[str, pd.DataFrame], sample_waves: pd.DataFrame, sample_answers: pd.DataFrame
) -> list[Problem]:
    """All rules of the folder that one cell cannot show."""
    problems = check_partnerships(tables["partnerships"])
    # a country whose own row or point is faulty is said once, there
    is_unplaced = ~tables["countries"]["iso3"].isin(tables["map_points"]["country_iso3"])
    unplaced = records_where(tables["countries"], is_unplaced)
    problems += _of_rows(unplaced, TABLES["countries"].file, "not_on_map", "iso3", {"file": MAP_POINTS.file})
    problems += _advised_cities(tables["travel_advisories"], tables["partner_cities"])
    regions = set(tables["countries"]["region"])
    options = set(zip(tables["codebook"]["question"], tables["codebook"]["option"], strict=True))
    for waves, answers, file in (
        (tables["waves"], tables["answers"], TABLES["answers"].file),
        (sample_waves, sample_answers, SAMPLE_TABLES["answers"]),
    ):
        problems += _unknown(answers, "wave", set(waves["wave"]), file, "waves")
        problems += _unknown(answers, "region", {*regions, ""}, file, "countries")
        problems += _unknown_options(answers, options, file)
        is_unasked = answers["wave"].isin(waves["wave"][waves["kind"] == "themes"])
        problems += _of_rows(records_where(answers, is_unasked), file, "themes_only", "wave")
    problems += _unknown(tables["themes"], "wave", set(tables["waves"]["wave"]), TABLES["themes"].file, "waves")
    problems += _unknown_options(tables["themes"], options, TABLES["themes"].file)
    return problems


def check_partnerships(partnerships: pd.DataFrame) -> list[Problem]:
    """What must hold within a row of a partnership."""
    return [*_years_in_order(partnerships), *_coordinates_in_pairs(partnerships)]


def check_years(tables: Mapping[str, pd.DataFrame], snapshots: Iterable[Snapshot], *, last_year: int) -> list[Problem]:
    """No year that an axis is drawn to is after `last_year`: what has not happened yet is on no record, so it is a slip
    of the pen, and one such row would draw every axis and the slider out to it."""
    problems = []
    for name, columns in HAPPENED.items():
        table = tables[name]
        for column in columns:
            is_date = table[column].dtype != "Int16"
            years = table[column].map(_year_of).astype(int) if is_date else table[column]
            late = records_where(table, years > last_year)
            problems += _of_rows(late, TABLES[name].file, "future", column, {"last_year": last_year})
    problems += [
        Problem(f"snapshots/{each.id}/snapshot.toml", "future", None, "year", str(each.year), {"last_year": last_year})
        for each in snapshots
        if each.year > last_year
    ]
    return problems


def _year_of(date: str) -> int:
    return int(date[:4] or 0)


def check_snapshot(snapshot: Snapshot, partnerships: pd.DataFrame, prefix: str) -> list[Problem]:
    """In each country the members are as many as were counted; none began after the count, none is left out."""
    known = partnerships[["id", "country_iso3", "start_year", "status", "confidence"]]
    members = snapshot.members.merge(known, left_on="partnership_id", right_on="id")
    members = members[members["is_member"] == "yes"]
    found = members.groupby("country_iso3").size()
    counted = snapshot.counts.set_index("country_iso3")["partnerships"]
    problems = []
    for country in sorted({*found.index, *counted.index}):
        has, needs = int(found.get(country, 0)), int(counted.get(country, 0))
        if has != needs:
            rows = snapshot.counts.loc[snapshot.counts["country_iso3"] == country, ROW]
            row = int(rows.iloc[0]) if len(rows) else None
            details = {"members": has, "counted": needs}
            problems.append(Problem(prefix + "counts.csv", "snapshot_sum", row, "partnerships", country, details))
    late = records_where(members, members["start_year"] > snapshot.year)
    refused = records_where(members, is_left_out(members["status"], members["confidence"]))
    file, column, year = prefix + "members.csv", "partnership_id", {"year": snapshot.year}
    problems += _of_rows(late, file, "member_too_late", column, year, named=("start_year",))
    problems += _of_rows(refused, file, "member_left_out", column, named=("status",))
    return problems


def _years_in_order(partnerships: pd.DataFrame) -> list[Problem]:
    problems = []
    for column in ("start_year", "known_by"):
        for row in records_where(partnerships, partnerships[column] > partnerships["end_year"]):
            details = {"column": column, "year": row[column]}
            problems += _of_rows([row], PARTNERSHIPS.file, "ends_before", "end_year", details)
    return problems


def _advised_cities(advisories: pd.DataFrame, cities: pd.DataFrame) -> list[Problem]:
    """An advisory for a part of a country names cities of that country, so that none is missed by a slip of the pen."""
    known = set(zip(cities["country_iso3"].tolist(), cities["id"].tolist(), strict=True))
    return [
        Problem(
            TABLES["travel_advisories"].file, "reference", row[ROW], "cities", city, {"table": "places/partner_cities"}
        )
        for row in records_where(advisories, advisories["cities"] != "")
        for city in row["cities"].split(";")
        if known and (row["country_iso3"], city.strip()) not in known
    ]


def _coordinates_in_pairs(partnerships: pd.DataFrame) -> list[Problem]:
    problems = []
    for end in ("us", "partner"):
        is_half = partnerships[f"{end}_lat"].isna() != partnerships[f"{end}_lon"].isna()
        half = records_where(partnerships, is_half)
        problems += _of_rows(half, PARTNERSHIPS.file, "half_coordinate", f"{end}_lat, {end}_lon", value="id")
    return problems


def _unknown(table: pd.DataFrame, column: str, known: Iterable[str], file: str, where: str) -> list[Problem]:
    strange = records_where(table, ~table[column].isin(list(known)))
    return _of_rows(strange, file, "reference", column, {"table": where})


def _unknown_options(table: pd.DataFrame, known: set[tuple[str, str]], file: str) -> list[Problem]:
    different = table[["question", "option"]].drop_duplicates()
    if set(zip(different["question"], different["option"], strict=True)) <= known:
        return []
    is_strange = [pair not in known for pair in zip(table["question"], table["option"], strict=True)]
    strange = records_where(table, pd.Series(is_strange, index=table.index))
    return _of_rows(strange, file, "reference", "option", {"table": "codebook"})


def _of_rows(
    rows: Iterable[Mapping[str, Any]],
    file: str,
    kind: str,
    column: str,
    details: Mapping[str, object] = NOTHING,
    *,
    value: str = "",
    named: Iterable[str] = (),
) -> list[Problem]:
    """A problem for each of these rows, with its value in `column`, or in `value`; its text names what these columns
    have."""
    return [
        Problem(
            file, kind, row[ROW], column, str(row[value or column]), {**details, **{name: row[name] for name in named}}
        )
        for row in rows
    ]
