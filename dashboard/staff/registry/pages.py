"""One partnership as a form: to correct, to identify, to end, to add."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, abort, request

from dashboard.dataset.model import DOCUMENTED
from dashboard.dataset.spelling import normalize
from dashboard.metrics.cities import partner_cities, partnered_abroad, us_cities
from dashboard.staff.area import CONTRIBUTOR, PREFIX, StaffArea, allow, go_to, signed_in_account
from dashboard.staff.registry import edits as edits_of
from dashboard.staff.registry.edits import COLUMNS, EDITABLE, UNKNOWN, YES, Cells, alike, is_open
from dashboard.staff.registry.rules import MISSING, cell_errors, choices, hint, missing_of, name_of, problems_of
from dashboard.staff.registry.saving import Saved, clashes, read_cells, save, typed_cells
from dashboard.staff.sources import kind_choices, source_labels
from dashboard.store.changes import Edit
from dashboard.store.proposals import Proposal, list_proposals
from dashboard.store.registry import Row, Rows, current_ids, proposed_ids, read_rows
from dashboard.store.staff_tables import ASKED, OPEN

PATH = f"{PREFIX}/registry"
HISTORY = f"{PREFIX}/history"
ENDING = ("end_year", "status")
ENDED = ("ended", "inactive", "suspended")
MOST_CITIES = 24
NEW = {"status": UNKNOWN, "kind": "sister city", "confidence": "medium"}


@dataclass(frozen=True)
class Field:
    """A field of the form of a partnership. `choices` are pairs of value and label, none where it is typed; `list` is
    the id of the list that it suggests from."""

    name: str
    label: str
    hint: str
    choices: Sequence[tuple[str, str]]
    list: str = ""
    is_long: bool = False


def add_routes(pages: Blueprint, area: StaffArea) -> None:
    """The addresses of the forms, and of a list that needs no script."""
    t = area.t

    def fields(rows: Rows, names: Sequence[str] = EDITABLE) -> list[Field]:
        lists = {"us_community": "us-cities", "partner_community": "partner-cities"}
        return [
            Field(
                name,
                t(f"staff.registry.column.{name}"),
                hint(name, area.data.current.dataset, t),
                [pair for pair in choices(name, rows, t) if names != ENDING or pair[0] in ENDED or name != "status"],
                lists.get(name, ""),
                name == "note",
            )
            for name in names
        ]

    def show(
        rows: Rows,
        row: Row | None,
        status: int = 200,
        *,
        typed: Cells | None = None,
        seen: Cells | None = None,
        names: Sequence[str] = EDITABLE,
        errors: Mapping[str, object] | None = None,
        twins: Sequence[str] = (),
    ) -> Response:
        """The form of a row, of a new one where there is none. `twins`: rows that it may be the same as."""
        cells = typed or row or NEW
        before = seen if seen is not None else row or {}

        def named(ids: Sequence[str]) -> list[tuple[str, str]]:
            return [(key, name_of(rows.partnerships[key], rows, t)) for key in ids]

        is_ending, is_to_identify = names == ENDING, row is not None and is_open(row)
        is_to_name = row is None or is_to_identify
        return area.render(
            "registry_end" if is_ending else "registry_row",
            status,
            errors=errors or {},
            typed=cells,
            row=row,
            name=name_of(row, rows, t) if row else "",
            is_to_identify=is_to_identify,
            fields=fields(rows, names),
            seen=json.dumps({name: before.get(name, "") for name in COLUMNS}, ensure_ascii=False),
            twins=named(twins),
            missing=[t(f"staff.registry.missing.{each}") for each in (missing_of(row) if row else ())],
            proposals=_proposals(area, row["id"]) if row else [],
            candidates=named(_candidates(rows, row)) if row and is_to_identify else [],
            cities=_free_cities(area, cells.get("country_iso3", "")) if is_to_name else [],
            partner_cities=_cities(area, cells.get("country_iso3", "")) if is_to_name else [],
            us_cities=[city.full_name for city in us_cities(area.data.current.dataset).values()] if is_to_name else [],
            sources=source_labels(rows),
            kinds=kind_choices(area.t),
            others=named([key for key in rows.partnerships if row and key != row["id"]]) if not is_ending else [],
            alike=named(alike(rows, row, but=row["id"])) if row else [],
            cited=[rows.sources[key] for key in row["source_ids"].split(";") if key in rows.sources] if row else [],
            history=any(page.path == HISTORY for page in area.pages),
            is_public=row is not None and row["id"] in set(area.data.current.dataset.partnerships["id"]),
        )

    def row_of(rows: Rows, key: str) -> Row:
        """The row of a partnership; one that goes by another id by now is found there."""
        if key not in rows.partnerships:
            if now := current_ids(area.database).get(key):
                abort(go_to(f"{PATH}/{now}"))
            what, link = t("staff.registry.no_partnership_what", id=key), t("staff.registry.to_list")
            abort(area.render_message(404, t("staff.registry.no_partnership"), what, back=f"{PATH}/list", link=link))
        return rows.partnerships[key]

    @pages.get("/registry/list")
    @allow(CONTRIBUTOR)
    def list_all() -> Response:
        rows, asked = read_rows(area.database), request.args.get("q", "").strip()
        lack = request.args.get("lack", "")
        found = []
        for key, row in rows.partnerships.items():
            name, lacks = name_of(row, rows, t), missing_of(row)
            spelled = normalize(f"{name} {rows.states.get(row['us_state'], '')} {key}")
            if normalize(asked) in spelled and (not lack or lack in lacks):
                words = [t(f"staff.registry.missing.{each}") for each in lacks]
                found.append((rows.countries.get(row["country_iso3"], ""), name, key, row, words))
        found.sort(key=lambda each: (each[0], is_open(each[3]), each[1]))
        total = len(rows.partnerships)
        lacking = [(each, t(f"staff.registry.missing.{each}")) for each in MISSING]
        return area.render("registry_list", found=found, asked=asked, lack=lack, lacking=lacking, total=total)

    @pages.get("/registry/new")
    @allow(CONTRIBUTOR)
    def show_new() -> Response:
        country = request.args.get("country", "")
        return show(read_rows(area.database), None, typed={**NEW, "country_iso3": country})

    @pages.post("/registry/new")
    @allow(CONTRIBUTOR)
    def add() -> Response:
        filled = _with_places(area, typed_cells(request.form))
        rows = read_rows(area.database)
        twins = [] if request.form.get("is_other") else alike(rows, filled)
        errors = _errors(area, rows, "", filled) | ({"": t("staff.registry.alike")} if twins else {})
        key = ""

        def make(now: Rows, source: str) -> tuple[Sequence[Edit], str]:
            nonlocal key
            made = edits_of.add(now, filled, source, taken=proposed_ids(area.database, "partnerships"))
            new = dict(made[0].after or {})
            key = new["id"]
            return made, t("staff.registry.what.added", name=name_of(new, now, t))

        saved = save(area, request.form, make, errors=errors)
        if saved.is_done:
            return go_to(f"{PATH}/{key}" if signed_in_account().is_editor else PATH)
        if saved.conflict:
            twins = alike(saved.rows, filled)
            saved.errors = {"": t("staff.registry.alike" if twins else "staff.registry.changed_meanwhile")}
        return show(saved.rows, None, 400, typed=request.form, errors=saved.errors, twins=twins)

    @pages.get("/registry/<key>")
    @allow(CONTRIBUTOR)
    def show_row(key: str) -> Response:
        rows = read_rows(area.database)
        row = row_of(rows, key)
        typed = {**row, "note": edits_of.without_open_remark(row["note"])} if is_open(row) else row
        return show(rows, row, typed=typed)

    @pages.get("/registry/<key>/end")
    @allow(CONTRIBUTOR)
    def show_end(key: str) -> Response:
        rows = read_rows(area.database)
        row = row_of(rows, key)
        return show(rows, row, names=ENDING, typed={"end_year": row["end_year"], "status": "ended"})

    @pages.post("/registry/<key>/end", defaults={"names": ENDING})
    @pages.post("/registry/<key>", defaults={"names": EDITABLE})
    @allow(CONTRIBUTOR)
    def change(key: str, names: Sequence[str]) -> Response:
        form, rows = request.form, read_rows(area.database)
        typed, seen = typed_cells(form, names), read_cells(form.get("seen", ""))
        if key not in rows.partnerships and (now := current_ids(area.database).get(key)):
            return show_beside(rows, now, typed, seen, names, said=t("staff.registry.moved"))
        row = row_of(rows, key)
        is_identifying = is_open(row) and not is_open({**row, **typed})
        if is_identifying:
            typed = _with_places(area, {**row, **typed})
            typed = {name: typed[name] for name in EDITABLE}
        twins = [] if form.get("is_other") or not is_identifying else alike(rows, {**row, **typed}, but=key)
        errors = _errors(area, rows, key, {**row, **typed})
        errors |= {"": t("staff.registry.alike")} if twins else {}
        changed = {name: cell for name, cell in typed.items() if cell != seen.get(name, "")}
        if names == ENDING and not (typed.get("end_year") or typed.get("status") in ENDED[1:]):
            errors["end_year"] = t("staff.registry.end_year_needed")
        if not changed and not errors:
            errors[""] = t("staff.registry.nothing_changed")
        new = key

        def make(now: Rows, source: str) -> tuple[Sequence[Edit], str]:
            nonlocal new
            made, new = change_row(area, now, key, typed, seen, source)
            return made, what_changed(area, now, key, changed, is_ending=names == ENDING)

        saved = save(area, form, make, subject=f"partnership:{key}", errors=errors)
        if saved.is_done:
            return go_to(f"{PATH}/{new if signed_in_account().is_editor else key}")
        return show_again(saved, key, typed, seen, names, twins)

    def show_again(
        saved: Saved, key: str, typed: Cells, seen: Cells, names: Sequence[str], twins: Sequence[str]
    ) -> Response:
        if saved.conflict is not None:
            return show_beside(saved.rows, key, typed, seen, names)
        row = row_of(saved.rows, key)
        return show(saved.rows, row, 400, typed=request.form, seen=seen, errors=saved.errors, names=names, twins=twins)

    def show_beside(
        rows: Rows, key: str, typed: Cells, seen: Cells, names: Sequence[str], *, said: str = ""
    ) -> Response:
        """The row as others made it meanwhile, with what was typed. What they wrote is seen now; where this person
        changed nothing, it is what stands in the form. `said`: what became of the row."""
        row = row_of(rows, key)
        form: dict[str, str] = dict(request.form.items())
        form |= {name: row[name] for name, cell in typed.items() if cell == seen.get(name, "")}
        errors: dict[str, object] = {each.column: each.text(t) for each in clashes(area, rows, {key: (typed, seen)})}
        if said or not errors:
            errors[""] = said or t("staff.registry.changed_meanwhile")
        return show(rows, row, 409, typed=form, seen=row, errors=errors, names=names)


def change_row(
    area: StaffArea, rows: Rows, key: str, typed: Cells, seen: Cells, source: str
) -> tuple[Sequence[Edit], str]:
    """Corrects a row, or identifies it where it was not and is now. The id that it then has."""
    if key not in rows.partnerships:
        return [Edit("partnerships", (key,), dict(typed), dict(seen))], key
    row = rows.partnerships[key]
    if is_open(row) and not is_open({**row, **typed}):
        taken = {*proposed_ids(area.database, "partnerships"), *current_ids(area.database)}
        made = edits_of.identify(rows, key, typed, seen, source, taken=taken)
        return made, (made[0].after or {})["id"]
    return edits_of.correct(rows, key, typed, seen, source), key


def what_changed(area: StaffArea, rows: Rows, key: str, changed: Cells, *, is_ending: bool = False) -> str:
    """What was done to a row, in one sentence."""
    t, row = area.t, rows.partnerships.get(key, {})
    if not row:
        return key
    name, new = name_of(row, rows, t), {**row, **changed}
    if is_open(row) and not is_open(new):
        return t("staff.registry.what.identified", name=name_of(new, rows, t), open=name)
    if is_ending:
        return t("staff.registry.what.ended", name=name)
    columns = ", ".join(t(f"staff.registry.column.{each}") for each in changed)
    return t("staff.registry.what.corrected", name=name, columns=columns)


def _errors(area: StaffArea, rows: Rows, key: str, cells: Cells) -> dict[str, object]:
    """What is wrong with the cells of a row: by the rules of the data, and a row that is made needs both its ends."""
    found: dict[str, object] = {}
    # the source of a new row is chosen below
    full = {**cells, "source_ids": cells.get("source_ids") or next(iter(rows.sources), "")}
    for problems in cell_errors(problems_of(rows, area.data.current.dataset, {key: full}), area.t).values():
        for column, texts in problems.items():
            found[next((name for name in column.split(", ") if name in EDITABLE), "")] = texts
    if not key:
        for name in ("us_community", "partner_community", "country_iso3"):
            if not cells.get(name):
                found[name] = area.t("problem.blank.what") + " " + area.t("problem.blank.remedy")
    return found


def _with_places(area: StaffArea, typed: Mapping[str, str]) -> dict[str, str]:
    """The cells with coordinates where they are blank and the list of cities has the name."""
    dataset, cells = area.data.current.dataset, dict(typed)
    name, _, state = cells.get("us_community", "").rpartition(", ")
    if name and state.upper() == state and len(state) == 2:
        cells |= {"us_community": name, "us_state": cells.get("us_state") or state}
    ours = (city for city in us_cities(dataset).values() if city.state == cells.get("us_state"))
    theirs = (city for city in partner_cities(dataset).values() if city.country_iso3 == cells.get("country_iso3"))
    for end, places in (("us", ours), ("partner", theirs)):
        wanted = normalize(cells.get(f"{end}_community", ""))
        if not wanted or cells.get(f"{end}_lat") or cells.get(f"{end}_lon"):
            continue
        for city in places:
            if wanted in {normalize(city.name), *map(normalize, filter(None, city.also_called.split(";")))}:
                cells |= {f"{end}_lon": f"{city.place[0]:g}", f"{end}_lat": f"{city.place[1]:g}"}
                break
    return cells


def _proposals(area: StaffArea, key: str) -> list[Proposal]:
    """What waits for an editor about a partnership: all of it for editors, for a contributor one's own."""
    account = signed_in_account()
    waiting = list_proposals(area.database, states=(OPEN, ASKED), subject=f"partnership:{key}")
    return [each for each in waiting if account.is_editor or each.author == account.email]


def _candidates(rows: Rows, row: Cells) -> list[str]:
    """Named pairings of the country that may be the one which was counted: nothing says whether they were."""
    snapshots = [of for of, key in rows.members if key == row["id"] and rows.members[of, key]["is_member"] == YES]
    return [
        each["id"]
        for each in rows.partnerships.values()
        if each["country_iso3"] == row["country_iso3"] and not is_open(each)
        for snapshot in snapshots
        if rows.members.get((snapshot, each["id"]), {}).get("is_member", UNKNOWN) == UNKNOWN
    ]


def _cities(area: StaffArea, country: str) -> list[str]:
    """Cities of a country by size; of all countries where none is chosen yet."""
    found = partner_cities(area.data.current.dataset).values()
    return [city.name for city in found if not country or city.country_iso3 == country]


def _free_cities(area: StaffArea, country: str) -> list[str]:
    """The largest cities of a country that are in no named partnership."""
    dataset = area.data.current.dataset
    partnered = partnered_abroad(dataset, dataset.bases[DOCUMENTED])
    found = [each for key, each in partner_cities(dataset).items() if key not in partnered]
    return [city.name for city in found if city.country_iso3 == country][:MOST_CITIES]
