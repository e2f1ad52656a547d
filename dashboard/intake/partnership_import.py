"""A list of partnerships into the data, in steps: read, planned row by row, looked at, and then all of it or nothing.
The command line and the staff area go the same way."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.dataset.model import Dataset
from dashboard.dataset.problems import BadData
from dashboard.dataset.spelling import normalize
from dashboard.intake.list_columns import how_many_needed
from dashboard.intake.partnership_file import PartnershipFile, read_partnerships
from dashboard.intake.partnership_plan import Plan, Planner, as_in_the_file, plan_edits
from dashboard.intake.places import places_of
from dashboard.intake.spreadsheet import AS_FOUND, HowToRead, no_progress, read_grids
from dashboard.intake.text_file import Progress
from dashboard.store.changes import Check, Entry, commit
from dashboard.store.database import Database
from dashboard.strings import Catalog


@dataclass(frozen=True)
class ListOptions:
    """What a person has said of a list: the U.S. city of all its rows, whether pairings that it does not have go,
    whether rows that a filter hides count, and of rows that are alike what each is (an id or "new", by its key)."""

    us_city: str = ""
    remove_missing: bool = False
    with_hidden: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)


def read_list(
    path: Path,
    dataset: Dataset,
    *,
    most_bytes: int,
    told: HowToRead = AS_FOUND,
    us_city: str = "",
    progress: Progress = no_progress,
) -> PartnershipFile:
    """The rows of a list. Raises BadData with every cell that cannot be taken in."""
    grids = read_grids(
        path, most_bytes=most_bytes, progress=progress, told=told, fit=how_many_needed, is_first_enough=True
    )
    cities = frozenset(normalize(name) for name in dataset.tables["partner_cities"]["name"])
    ids = frozenset(dataset.partnerships["id"])
    return read_partnerships(grids[0], places_of(dataset), ids, cities, us_city=us_city, header_row=told.header_row)


def plan_list(file: PartnershipFile, dataset: Dataset, options: ListOptions, *, name: str) -> Plan:
    """What a list would change. `name`: of the file, which becomes the source of what names none."""
    planner = Planner(dataset, file=name, date=datetime.date.today().isoformat(), choices=options.choices)
    return planner.go(file.rows, remove_missing=options.remove_missing, with_hidden=options.with_hidden)


def counts_of(plan: Plan) -> dict[str, int]:
    """How many rows come, change and go."""
    return {"added": len(plan.added), "changed": len(plan.changed), "removed": len(plan.removed)}


def commit_list(
    database: Database,
    dataset: Dataset,
    plan: Plan,
    t: Catalog,
    *,
    name: str,
    who: str,
    way: str,
    check: Check,
    reason: str = "",
) -> Entry:
    """Does what a plan says. Raises BadData with the rows of the person's own file, Conflict, DatabaseProblem."""
    edits, order = plan_edits(plan, dataset)
    label = t("partnerships.label", file=name, **counts_of(plan))
    try:
        return commit(database, edits, who=who, way=way, what=label, check=check, reason=reason)
    except BadData as error:
        raise BadData(as_in_the_file(error.problems, order, plan, name)) from None
