"""All partnerships in a grid (dash-ag-grid), to be edited in place.

The grid is a Dash app of its own that stands below the staff area: its document is a page of the area, and it has no
callbacks. What is edited is kept by the script (`assets/staff/registry_grid.js`), checked by the address `check` with
the rules of the forms, and saved by an ordinary form. Nothing of it is loaded by pages of the public.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from dash import Dash
from dash.development.base_component import ComponentRegistry
from flask import Blueprint, Flask, Response, g, has_request_context, make_response, request
from markupsafe import Markup

from dashboard.dataset.model import Dataset
from dashboard.dataset.problems import BadData
from dashboard.staff.area import CONTRIBUTOR, PREFIX, StaffArea, allow, field_errors, go_to, read_object
from dashboard.staff.registry.edits import EDITABLE, Cells, is_open
from dashboard.staff.registry.pages import change_row, what_changed
from dashboard.staff.registry.rules import cell_errors, choices, hint, missing_of, name_of, problems_of
from dashboard.staff.registry.saving import Clash, Saved, clashes, only_cells, save
from dashboard.staff.sources import kind_choices, source_labels
from dashboard.store.changes import Edit
from dashboard.store.registry import Row, Rows, read_rows
from dashboard.strings import Catalog

PATH = f"{PREFIX}/registry"
GRID = f"{PATH}/grid/"
GRID_ID = "registry-grid"
YEARS = ("start_year", "known_by", "end_year")
SHOWN = (
    *("us_community", "us_state", "partner_community", "country_iso3", "start_year", "known_by", "end_year"),
    *("status", "kind", "confidence", "source_ids", "note"),
)
WIDTHS = {"us_community": 190, "partner_community": 190, "country_iso3": 150, "source_ids": 130, "note": 320}
NARROW_COLUMN = 110
# what Dash would load of libraries that are not in the grid
UNUSED = re.compile(
    r'<script src="[^"]*/(?:deps/polyfill@|dash_table/|dcc/|dash_bootstrap_components/)[^"]*"></script>'
)
MOST_EDITS = 1000
# the editor of remarks would cut off the rest without a word; what is too long for the data is said at the cell
LONGEST_TYPED = 100_000
# the tokens of css/10-tokens.css, so that the grid is light or dark with the page
THEME = {
    "backgroundColor": "var(--card)",
    "foregroundColor": "var(--ink)",
    "textColor": "var(--ink)",
    "headerTextColor": "var(--ink-2)",
    "headerBackgroundColor": "var(--card)",
    "chromeBackgroundColor": "var(--card)",
    "menuBackgroundColor": "var(--card)",
    "inputBackgroundColor": "var(--card)",
    "inputTextColor": "var(--ink)",
    "inputPlaceholderTextColor": "var(--ink-2)",
    "borderColor": "var(--line)",
    "inputBorder": "1px solid var(--edge)",
    "accentColor": "var(--count)",
    "oddRowBackgroundColor": "var(--card)",
    "tooltipBackgroundColor": "var(--ink)",
    "tooltipTextColor": "var(--card)",
    "fontFamily": "inherit",
    "fontSize": "0.875rem",
    "spacing": "6px",
}
# as the script keeps what was typed: by id of the row, the cells as they were seen and as they were typed
Changes = Mapping[str, tuple[Mapping[str, str], Mapping[str, str]]]


class GridApp(Dash):
    """Dash whose document is a page of the staff area."""

    def __init__(self, area: StaffArea, server: Flask) -> None:
        self.area = area
        super().__init__(
            __name__,
            server=server,
            use_pages=False,
            pages_folder="",
            routes_pathname_prefix=GRID,
            requests_pathname_prefix=area.settings.path.rstrip("/") + GRID,
            include_assets_files=False,
            update_title=None,
            title=area.t("staff.registry.title"),
        )
        self.layout = self.make_layout

    def make_layout(self) -> Any:
        """The grid with all rows; one without any where nobody asks for it. Dash makes the layout twice while it sets
        itself up, and looks at nothing in it but whether it is a component."""
        from dash_ag_grid import AgGrid

        if not has_request_context() or not request.path.endswith("/_dash-layout"):
            return AgGrid(id=GRID_ID)
        return build_grid(read_rows(self.area.database), self.area.data.current.dataset, self.area.t)

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]
        """The document: the page of the registry, with Dash's parts in it."""
        parts["scripts"] = UNUSED.sub("", parts["scripts"])
        rows: Rows = g.get("registry_rows") or read_rows(self.area.database)
        changes: Changes = g.get("registry_changes", {})
        kept = {key: {"typed": typed, "seen": seen} for key, (typed, seen) in changes.items()}
        reply = self.area.render(
            "registry",
            parts={name: Markup(part) for name, part in parts.items()},
            errors=g.get("registry_errors", {}),
            typed=request.form,
            edits=json.dumps(kept) if kept else "",
            unsaved=_unsaved(self.area, rows, changes),
            clashes=g.get("registry_clashes", []),
            names={key: name_of(row, rows, self.area.t) for key, row in rows.partnerships.items()},
            total=len(rows.partnerships),
            open=sum(map(is_open, rows.partnerships.values())),
            sources=source_labels(rows),
            kinds=kind_choices(self.area.t),
        )
        return reply.get_data(as_text=True)


def add_routes(pages: Blueprint, area: StaffArea) -> None:
    """The page of the grid, what it asks while somebody types, and the form that saves."""
    area.prefixes[GRID] = CONTRIBUTOR
    t = area.t
    apps: list[GridApp] = []

    @pages.record_once
    def build(state: Any) -> None:
        apps.append(_build_app(area, state.app))

    def show(status: int = 200) -> Response:
        return make_response(str(apps[0].index()), status)

    @pages.get("/registry")
    @allow(CONTRIBUTOR)
    def show_grid() -> Response:
        return show()

    @pages.post("/registry/check")
    @allow(CONTRIBUTOR)
    def check() -> dict[str, Any]:
        """What is wrong with cells that are not saved yet, and the list of them."""
        rows = read_rows(area.database)
        changes = _changes_of(rows)
        html = area.render("registry_unsaved", unsaved=_unsaved(area, rows, changes)).get_data(as_text=True)
        return {"problems": _problems(area, rows, changes), "html": html}

    @pages.post("/registry")
    @allow(CONTRIBUTOR)
    def save_all() -> Response:
        rows = read_rows(area.database)
        changes = _changes_of(rows)
        errors: dict[str, object] = {}
        if not changes:
            errors[""] = t("staff.registry.nothing_changed")
        if _problems(area, rows, changes):
            errors[""] = t("staff.registry.cells_wrong")
        subject = f"partnership:{next(iter(changes))}" if len(changes) == 1 else ""

        def make(now: Rows, source: str) -> tuple[list[Edit], str]:
            made: list[Edit] = []
            for key, (typed, seen) in changes.items():
                made += change_row(area, now, key, typed, seen, source)[0]
            if len(changes) == 1:
                (key, (typed, _)), *_rest = changes.items()
                return made, what_changed(area, now, key, typed)
            names = [name_of(now.partnerships[key], now, t) for key in changes if key in now.partnerships]
            return made, t("staff.registry.what.several", count=len(changes), names="; ".join(names))

        saved = save(area, request.form, make, subject=subject, errors=errors)
        if saved.is_done:
            return go_to(PATH)
        return show_again(saved, changes)

    def show_again(saved: Saved, changes: Changes) -> Response:
        found: list[Clash] = []
        if saved.conflict:
            found = clashes(area, saved.rows, changes)
            # what the others wrote is seen now, and is what stays where this person takes a cell back
            changes = {
                key: (typed, {name: saved.rows.partnerships[key][name] for name in typed})
                for key, (typed, _) in changes.items()
                if key in saved.rows.partnerships
            }
            saved.errors = {"": t("staff.registry.changed_meanwhile")}
        if saved.bad:
            saved.errors = {"": _sentences(saved.bad, saved.rows, t)}
        g.registry_rows, g.registry_changes = saved.rows, changes
        g.registry_errors, g.registry_clashes = saved.errors, found
        return show(409 if saved.conflict else 400)


def build_grid(rows: Rows, dataset: Dataset, t: Catalog) -> Any:
    """The grid as a component of Dash."""
    from dash_ag_grid import AgGrid

    columns = [_column(name, rows, dataset, t) for name in SHOWN]
    opening = {
        "headerName": t("staff.registry.column.open"),
        "field": "id",
        "cellRenderer": "RegistryLink",
        "width": 90,
        "filter": False,
        "sortable": False,
        "pinned": "left",
    }
    lacking = {"field": "missing", "headerName": t("staff.registry.column.missing"), "width": 230, "wrapText": False}
    return AgGrid(
        id=GRID_ID,
        columnDefs=[opening, *columns[:7], lacking, *columns[7:]],
        rowData=[_shown(row, rows, t) for row in rows.partnerships.values()],
        getRowId="params.data.id",
        defaultColDef={
            "filter": "agTextColumnFilter",
            "floatingFilter": True,
            "sortable": True,
            "resizable": True,
            "tooltipValueGetter": {"function": "registryTooltip(params)"},
            "cellClass": {"function": "registryClass(params)"},
        },
        dashGridOptions={
            "theme": {"function": f"themeQuartz.withParams({json.dumps(THEME)})"},
            "singleClickEdit": False,
            "stopEditingWhenCellsLoseFocus": True,
            "undoRedoCellEditing": True,
            "enterNavigatesVerticallyAfterEdit": True,
            "tooltipShowDelay": 300,
            "animateRows": False,
            "ensureDomOrder": True,
            "localeText": {"noRowsToShow": t("staff.registry.none_found")},
        },
        style={"height": "70vh", "minHeight": "24rem"},
        className="",
    )


def _column(name: str, rows: Rows, dataset: Dataset, t: Catalog) -> dict[str, Any]:
    column: dict[str, Any] = {
        "field": name,
        "headerName": t(f"staff.registry.column.{name}"),
        "headerTooltip": hint(name, dataset, t),
        "width": WIDTHS.get(name, NARROW_COLUMN),
    }
    if name == "source_ids":
        return column
    column |= {"editable": True, "cellRenderer": "RegistryCell"}
    if name in YEARS:
        column |= {"filter": "agNumberColumnFilter", "valueParser": {"function": "registryYear(params.newValue)"}}
    elif found := choices(name, rows, t):
        # countries are chosen by their names; all else is short, and stands as it is kept
        values = [
            label if name == "country_iso3" else value for value, label in found if value or name != "country_iso3"
        ]
        column |= {"cellEditor": "agSelectCellEditor", "cellEditorParams": {"values": values}}
    elif name == "note":
        column |= {
            "cellEditor": "agLargeTextCellEditor",
            "cellEditorPopup": True,
            "cellEditorParams": {"maxLength": LONGEST_TYPED, "rows": 6, "cols": 50},
        }
    return column


def _shown(row: Row, rows: Rows, t: Catalog) -> dict[str, Any]:
    """A row as the grid has it."""
    years = {name: int(row[name]) if row[name] else None for name in YEARS}
    missing = ", ".join(t(f"staff.registry.missing.{each}") for each in missing_of(row))
    country = rows.countries.get(row["country_iso3"], row["country_iso3"])
    name = name_of(row, rows, t)
    return {
        **{name: row[name] for name in ("id", *SHOWN)},
        **years,
        "country_iso3": country,
        "missing": missing,
        "name": name,
    }


def _changes_of(rows: Rows) -> dict[str, tuple[dict[str, str], dict[str, str]]]:
    """What the script kept, by id of the row, with codes of countries in place of their names. What is no such thing,
    and cells that are as they were seen, are left out."""
    found = read_object(request.form.get("edits", ""))
    codes = {name: code for code, name in rows.countries.items()}

    def coded(name: str, cell: str) -> str:
        return codes.get(cell, cell) if name == "country_iso3" else cell

    changes = {}
    for key, each in found.items() if len(found) <= MOST_EDITS else ():
        parts = each if isinstance(each, dict) else {}
        seen = {name: coded(name, cell) for name, cell in only_cells(parts.get("seen")).items()}
        typed = {name: coded(name, cell.strip()) for name, cell in only_cells(parts.get("typed")).items()}
        typed = {name: cell for name, cell in typed.items() if name in EDITABLE and cell != seen.get(name, "")}
        if typed:
            changes[key] = (typed, {name: seen.get(name, "") for name in typed})
    return changes


def _problems(area: StaffArea, rows: Rows, changes: Changes) -> dict[str, dict[str, str]]:
    """What is wrong with what was typed, in words, by id and column."""
    cells: dict[str, Cells] = {
        key: {**rows.partnerships[key], **typed} for key, (typed, _) in changes.items() if key in rows.partnerships
    }
    found = cell_errors(problems_of(rows, area.data.current.dataset, cells), area.t)
    gone = {key: {"id": area.t("staff.registry.is_gone")} for key in changes if key not in rows.partnerships}
    said = {
        key: {name: " ".join(texts) for columns, texts in by_column.items() for name in columns.split(", ")}
        for key, by_column in found.items()
    }
    return said | gone


def _unsaved(area: StaffArea, rows: Rows, changes: Changes) -> list[dict[str, Any]]:
    """What is not saved yet, for the list below the grid."""
    t, problems, found = area.t, _problems(area, rows, changes), []
    for key, (typed, seen) in changes.items():
        row = rows.partnerships.get(key)
        wrong = problems.get(key, {})
        cells = []
        for name in typed:
            before, after = (_words(name, part[name], rows, t) for part in (seen, typed))
            column = t(f"staff.registry.column.{name}")
            cells.append(
                {"name": name, "column": column, "before": before, "after": after, "wrong": wrong.get(name, "")}
            )
        others = " ".join(text for name, text in wrong.items() if name not in typed)
        named = name_of(row, rows, t) if row else key
        found.append({"id": key, "name": named, "cells": cells, "wrong": others, "is_there": row is not None})
    return found


def _sentences(bad: BadData, rows: Rows, t: Catalog) -> list[str]:
    """What only the whole collection shows, each with the partnership or the country that it is about."""
    found = []
    for problem in bad.problems:
        of = rows.partnerships.get(problem.value)
        about = name_of(of, rows, t) if of else rows.countries.get(problem.value, problem.value)
        found += [f"{about}: {' '.join(texts)}" for texts in field_errors(BadData([problem]), t).values()]
    return list(dict.fromkeys(found))


def _words(name: str, cell: str, rows: Rows, t: Catalog) -> str:
    if not cell:
        return t("partnerships.blank")
    return rows.countries.get(cell, cell) if name == "country_iso3" else cell


def _build_app(area: StaffArea, server: Flask) -> GridApp:
    """The app of the grid. Dash loads every library of components that was ever imported on every page of every app,
    and names it there; the grid's is taken from that list again, and given to this app alone."""
    import dash_ag_grid

    name = dash_ag_grid.__name__
    if name in ComponentRegistry.registry:
        ComponentRegistry.registry.discard(name)
    ComponentRegistry.children_props.pop(name, None)
    app = GridApp(area, server)
    for script in vars(dash_ag_grid)["_js_dist"]:
        app.scripts.append_script(script)
    return app
