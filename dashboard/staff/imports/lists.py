"""A list of partnerships, looked at row by row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from dashboard.dataset import Dataset
from dashboard.dataset.records import records
from dashboard.intake.partnership_file import FileRow, PartnershipFile, read_list
from dashboard.intake.partnership_plan import NEW, ListOptions, Plan, commit_list, plan_list
from dashboard.intake.partnership_preview import pairing_text
from dashboard.staff.imports.reading import LONGEST_SHOWN, Job, Look, key_of
from dashboard.store.accounts import Account
from dashboard.store.cells import spell
from dashboard.store.changes import Entry

# in the order in which a person has to do with them
KINDS = ("alike", "held", "words", "years", "new", "changed", "removed", "missing", "same")


def look_at_list(job: Job) -> Look:
    """Reads the list of an upload, and says what each of its rows would do."""
    facts: dict[str, Any] = {}
    result: dict[str, Any] = {"files": [facts], "problems": []}
    asked = ListOptions(**job.upload.options.get("list", {}))
    found = job.look_at_file(0, facts, partial(read_list, us_city=asked.us_city))
    if found is None:
        return Look(result, is_read=False)
    facts |= {
        "sheet": found.sheet,
        "header_row": found.header_row,
        "separator": found.separator,
        "titles": [],
        "headings": [heading[:LONGEST_SHOWN] for heading, _ in found.columns],
        "rows": len(found.rows),
    }
    name = facts["name"]
    plan = plan_list(found, job.dataset, asked, name=name, progress=job.progress_between(0.8, 0.95))
    result |= {
        "columns": [list(pair) for pair in found.columns],
        "left_alone": list(found.left_alone),
        "us_city": found.us_city,
        "filled": list(found.filled),
        "has_own_ids": any(row.has_own_id for row in found.rows),
        "has_hidden": any(row.is_hidden for row in found.rows),
        "outside": dict(found.outside),
        "rows": rows_of(plan, found, job.dataset, asked),
        "counts": plan.counts,
        "has_changes": plan.has_changes,
        "done": plan.counts,
    }
    digest = key_of(json.dumps([result["rows"], facts], sort_keys=True))

    def accept(by: Account) -> Entry:
        return commit_list(job.area.database, job.dataset, plan, job.t, name=name, **job.change(by))

    return Look(result, is_read=True, digest=digest, accept=accept if plan.has_changes else None)


def rows_of(plan: Plan, file: PartnershipFile, dataset: Dataset, asked: ListOptions) -> dict[str, list[dict[str, Any]]]:
    """What happens to each row, by kind. A row that is alike stands there with what was chosen, and once more where
    that has put it."""
    labels = {
        row["id"]: pairing_text({name: spell(cell) for name, cell in row.items()})
        for row in records(dataset.partnerships)
    }
    takes = {new: old for old, new in plan.identified}
    by_key = {row.key: row for row in file.rows}

    def line(row: FileRow, **more: Any) -> dict[str, Any]:
        return {"row": row.number, "label": pairing_text(row.cells), "is_hidden": row.is_hidden, **more}

    def known(key: str) -> dict[str, Any]:
        return {"id": key, "label": labels.get(key, key)}

    return {
        "alike": [
            line(
                by_key[key],
                key=key_of(key),
                row_key=key,
                options=[known(other) for other in others],
                choice=asked.choices.get(key, "") if asked.choices.get(key, "") in (*others, NEW) else "",
            )
            for key, others in plan.alike.items()
        ],
        "held": [line(row, why=kind, id=key) for row, kind, key in plan.held if kind != "alike"],
        "words": [line(row, cells=[[column, text]]) for row, column, text in plan.words],
        "years": [line(row, cells=[[column, " / ".join(years)]]) for row, column, years in plan.years],
        "new": [line(row, id=new["id"], takes=takes.get(new["id"], "")) for row, new in plan.added],
        "changed": [
            line(row, id=key, changes=[[name, before, after] for name, (before, after) in changes.items()])
            for row, key, changes in plan.changed
        ],
        "removed": [known(key) for key in plan.removed],
        "missing": [known(key) for key in plan.missing],
        "same": [line(row, id=key) for row, key in plan.unchanged],
    }


def choices_of(
    said: Mapping[str, str], form: Mapping[str, str], shown: Mapping[str, str], result: Mapping[str, Any]
) -> dict[str, str]:
    """What is said of rows that are alike, by the keys of the rows, with what a form says: only what could be chosen,
    and only what this person touched. `shown`: what the form said when it was opened."""
    choices = {**said}
    for row in result.get("rows", {}).get("alike", []):
        name = f"alike-{row['key']}"
        choice = form.get(name)
        if choice is None or choice == shown.get(name):
            continue
        if choice == "":
            choices.pop(row["row_key"], None)
        elif choice in (NEW, *(option["id"] for option in row["options"])):
            choices[row["row_key"]] = choice
    return choices
