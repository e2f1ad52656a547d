"""Two partnerships that are one: beside each other, what of each stays, and what happens to what belongs to them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from flask import Blueprint, Response, request

from dashboard.staff.area import CONTRIBUTOR, PREFIX, StaffArea, allow, go_to
from dashboard.staff.registry import edits as edits_of
from dashboard.staff.registry.edits import COLUMNS, EDITABLE, is_open
from dashboard.staff.registry.rules import cell_errors, name_of, problems_of
from dashboard.staff.registry.saving import read_cells, save
from dashboard.staff.sources import kind_choices, source_labels
from dashboard.store.changes import Edit
from dashboard.store.registry import Rows, current_ids, proposed_ids, read_rows

PATH = f"{PREFIX}/registry"
SIDES = FIRST, SECOND = "a", "b"


def add_routes(pages: Blueprint, area: StaffArea) -> None:
    """Its addresses."""
    t = area.t

    def show(rows: Rows, keys: tuple[str, str], status: int = 200, *, errors: object = None) -> Response:
        one, other = (rows.partnerships[key] for key in keys)
        form = request.form
        picked = {name: form.get(f"pick_{name}") or _better(one[name], other[name]) for name in EDITABLE}
        titles = {each.id: each.title for each in area.data.current.dataset.snapshots}
        names = {side: name_of(rows.partnerships[key], rows, t) for side, key in zip(SIDES, keys, strict=True)}
        return area.render(
            "registry_merge",
            status,
            a=one,
            b=other,
            names=names,
            keep=form.get("keep") or (SECOND if is_open(one) and not is_open(other) else FIRST),
            columns=[(name, t(f"staff.registry.column.{name}")) for name in EDITABLE],
            picked=picked,
            seen={
                side: json.dumps({n: row[n] for n in COLUMNS}) for side, row in zip(SIDES, (one, other), strict=True)
            },
            members=[
                (names[side], titles.get(of, of), rows.members.get((of, key), {}).get("is_member", "unknown"))
                for of in rows.snapshots
                for side, key in zip(SIDES, keys, strict=True)
            ],
            places=[titles.get(of, of) for of in edits_of.leaves_a_place(rows, *keys)],
            conflicts=sum(row["partnership_id"] in keys for row in rows.conflicts),
            joined=edits_of.joined(one["source_ids"], other["source_ids"]).split(";"),
            sources=source_labels(rows),
            kinds=kind_choices(area.t),
            errors=errors or {},
            typed=form,
        )

    def choose(rows: Rows, error: str = "", status: int = 200) -> Response:
        """The page on which the two are named."""
        names = [(key, name_of(row, rows, t)) for key, row in rows.partnerships.items()]
        typed = {side: request.values.get(side, "") for side in SIDES}
        errors = {"b" if typed["a"] in rows.partnerships else "a": error} if error else {}
        return area.render("registry_merge_choose", status, names=names, typed=typed, errors=errors)

    def asked(rows: Rows) -> tuple[tuple[str, str], str]:
        """The two ids, and what is wrong with them."""
        one, other = (request.values.get(side, "").strip() for side in SIDES)
        is_there = one in rows.partnerships and other in rows.partnerships
        wrong = "" if is_there and one != other else "merge_same" if is_there else "merge_unknown"
        return (one, other), t(f"staff.registry.{wrong}") if wrong else ""

    @pages.get("/registry/merge")
    @allow(CONTRIBUTOR)
    def show_merge() -> Response:
        rows = read_rows(area.database)
        keys, wrong = asked(rows)
        if wrong:
            return choose(rows, wrong if all(keys) else "", 400 if all(keys) else 200)
        return show(rows, keys)

    @pages.post("/registry/merge")
    @allow(CONTRIBUTOR)
    def merge() -> Response:
        form, rows = request.form, read_rows(area.database)
        keys, wrong = asked(rows)
        if wrong:
            return choose(rows, wrong, 400)
        by_side = dict(zip(SIDES, keys, strict=True))
        keep = form.get("keep", FIRST) if form.get("keep") in SIDES else FIRST
        kept, gone = by_side[keep], by_side[SECOND if keep == FIRST else FIRST]
        seen = {by_side[side]: read_cells(form.get(f"seen_{side}", "")) for side in SIDES}
        picked = {name: form.get(f"pick_{name}", keep) for name in EDITABLE}
        typed = {name: seen[by_side.get(side, kept)].get(name, "") for name, side in picked.items()}
        stays = {**rows.partnerships[kept], **typed}
        wrong_cells = cell_errors(problems_of(rows, area.data.current.dataset, {kept: stays}), t).get(kept, {})
        errors: dict[str, object] = {name if name in EDITABLE else "": texts for name, texts in wrong_cells.items()}

        def make(now: Rows, source: str) -> tuple[Sequence[Edit], str]:
            if not {kept, gone} <= set(now.partnerships):
                return [Edit("partnerships", (key,), None, seen[key]) for key in (kept, gone)], ""
            taken = {*proposed_ids(area.database, "partnerships"), *current_ids(area.database)}
            made = edits_of.merge(now, kept, gone, typed, (seen[kept], seen[gone]), source, taken=taken)
            old = name_of(now.partnerships[gone], now, t)
            return made, t("staff.registry.what.merged", name=name_of(stays, now, t), gone=old)

        saved = save(area, form, make, subject=f"partnership:{kept}", errors=errors)
        if saved.is_done:
            return go_to(f"{PATH}/{kept}")
        if saved.conflict:
            if not {kept, gone} <= set(saved.rows.partnerships):
                return choose(saved.rows, t("staff.registry.merge_unknown"), 409)
            return show(saved.rows, keys, 409, errors={"": t("staff.registry.changed_meanwhile")})
        return show(saved.rows, keys, 400, errors=saved.errors)


def _better(one: str, other: str) -> str:
    """The side whose cell says more."""
    return SECOND if (not one and other) or (one == edits_of.UNKNOWN and other not in {"", one}) else FIRST
