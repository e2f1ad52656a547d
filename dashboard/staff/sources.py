"""Sources: all of them, what cites each, to add and to mend; and the part of other forms in which one is chosen or
added, because every change of the collection names where it is read."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from flask import Blueprint, Response, abort, request

from dashboard.dataset.problems import BadData
from dashboard.dataset.schema import SOURCES
from dashboard.dataset.spelling import normalize
from dashboard.staff.area import CONTRIBUTOR, PREFIX, Page, StaffArea, allow, field_errors, go_to, read_object
from dashboard.staff.changing import submit
from dashboard.store.changes import Conflict, Edit
from dashboard.store.registry import Citation, Row, Rows, cited_by, proposed_ids, read_rows
from dashboard.strings import Catalog

PATH = f"{PREFIX}/sources"
PAGES = (Page(PATH, "staff.sources.title", "staff.sources.title_what"),)
WAY = "staff sources"
KINDS = ("primary", "secondary")
COLUMNS = ("title", "short_title", "url", "kind")
NUMBERED = re.compile(r"s([0-9]+)")
WEB = re.compile(r"https?://[^\s/]+(/\S*)?")
# of a title in a list to choose from, in characters
LONGEST_LABEL = 110
LONGEST_REASON = 2000
BETWEEN = " · "


@dataclass(frozen=True)
class Choice:
    """What somebody gave as the source of a change. `id` is "" where nothing is chosen; `edits` make it where it is
    new; `errors` are by field."""

    id: str = ""
    edits: tuple[Edit, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict)


def label_of(source: Mapping[str, str]) -> str:
    """How a source stands in a list to choose from: its id, which makes it certain, and what people know it by."""
    title = source["title"]
    names = [source["id"], source["short_title"], title if len(title) < LONGEST_LABEL else title[:LONGEST_LABEL] + "…"]
    return BETWEEN.join(filter(None, names))


def source_labels(rows: Rows) -> list[str]:
    """All sources to choose from, the newest first."""
    return [label_of(source) for source in reversed([*rows.sources.values()])]


def kind_choices(t: Catalog) -> list[tuple[str, str]]:
    """The kinds of a source, with their words."""
    return [(kind, t(f"staff.sources.kind.{kind}")) for kind in KINDS]


def choose_source(area: StaffArea, rows: Rows, form: Mapping[str, str]) -> Choice:
    """The source that a form names: one that there is, in `source`, or a new one, in `source_title` and the rest."""
    t = area.t
    named = form.get("source", "").strip()
    new = {name: form.get(f"source_{name}", "").strip() for name in COLUMNS}
    is_new = bool(new["title"] or new["url"] or new["short_title"])
    if named and is_new:
        return Choice(errors={"source": t("staff.sources.both")})
    if named:
        found = find_source(rows, named)
        return Choice(found) if found else Choice(errors={"source": t("staff.sources.not_found")})
    if not is_new:
        return Choice(errors={"source": t("staff.sources.none_chosen")})
    errors = {f"source_{name}": text for name, text in faults_of(rows, new, t).items()}
    if errors:
        return Choice(errors=errors)
    key = next_id({*rows.sources, *proposed_ids(area.database, SOURCES.table)})
    return Choice(key, (Edit(SOURCES.table, None, {"id": key, **new}),))


def find_source(rows: Rows, named: str) -> str:
    """The id of a source by what was typed: its id, its line in the list, its address or its title; "" where nothing
    fits, or several."""
    key = named.partition(BETWEEN)[0].strip()
    if key in rows.sources:
        return key
    found = [each["id"] for each in rows.sources.values() if named in (each["url"], each["title"], each["short_title"])]
    return found[0] if len(found) == 1 else ""


def faults_of(rows: Rows, cells: Mapping[str, str], t: Catalog, *, but: str = "") -> dict[str, str]:
    """What is wrong with the cells of a source, by column; `but`: the id of the one they belong to."""
    errors = {}
    if not cells["title"]:
        errors["title"] = t("staff.sources.title_needed")
    if cells["kind"] not in KINDS:
        errors["kind"] = t("staff.sources.kind_needed")
    if cells["url"] and not WEB.fullmatch(cells["url"]):
        errors["url"] = t("staff.sources.bad_url")
    others = [each for key, each in rows.sources.items() if key != but]
    same = next((each["id"] for each in others if cells["url"] and each["url"] == cells["url"]), "")
    if same and not but:
        errors["url"] = t("staff.sources.known", id=same)
    return errors


def next_id(taken: Collection[str]) -> str:
    """The next number of a source, s411 after s410."""
    numbers = [int(found[1]) for each in taken if (found := NUMBERED.fullmatch(each))]
    return f"s{max(numbers, default=0) + 1:03}"


def reason_error(reason: str, t: Catalog) -> dict[str, str]:
    """What is wrong with why somebody changes something, as of the field `reason`."""
    if not reason:
        return {"reason": t("staff.sources.reason_needed")}
    return {"reason": t("staff.sources.reason_long", most=LONGEST_REASON)} if len(reason) > LONGEST_REASON else {}


def routes(area: StaffArea) -> Blueprint:
    """Its addresses."""
    pages, t = Blueprint("staff_sources", __name__), area.t

    def show(rows: Rows, source: Row | None, status: int = 200, **values: object) -> Response:
        cited: list[Citation] = cited_by(area.database).get(source["id"], []) if source else []
        given = {"typed": source or {"kind": "secondary"}, "seen": dict(source or {}), **values}
        return area.render("source", status, source=source, cited=cited, kinds=kind_choices(t), **given)

    @pages.get("/sources")
    @allow(CONTRIBUTOR)
    def list_sources() -> Response:
        rows, cited = read_rows(area.database), cited_by(area.database)
        asked = request.args.get("q", "").strip()
        wanted = normalize(asked)
        found = [each for each in reversed([*rows.sources.values()]) if wanted in normalize(" ".join(each.values()))]
        counts = {key: len(by) for key, by in cited.items()}
        return area.render("sources", sources=found, counts=counts, asked=asked, total=len(rows.sources))

    @pages.get("/sources/new")
    @allow(CONTRIBUTOR)
    def show_new() -> Response:
        return show(read_rows(area.database), None)

    def source_of(rows: Rows, key: str) -> Row:
        if key not in rows.sources:
            what, link = t("staff.registry.no_source_what", id=key), t("staff.registry.to_list")
            abort(area.render_message(404, t("staff.registry.no_source"), what, back=PATH, link=link))
        return rows.sources[key]

    @pages.get("/sources/<key>")
    @allow(CONTRIBUTOR)
    def show_one(key: str) -> Response:
        rows = read_rows(area.database)
        return show(rows, source_of(rows, key))

    @pages.post("/sources/new")
    @allow(CONTRIBUTOR)
    def add() -> Response:
        return save(read_rows(area.database), None)

    @pages.post("/sources/<key>")
    @allow(CONTRIBUTOR)
    def mend(key: str) -> Response:
        rows = read_rows(area.database)
        return save(rows, source_of(rows, key))

    def save(rows: Rows, source: Row | None) -> Response:
        """A new source, or one that is mended or taken away."""
        form = request.form
        cells, reason = {name: form.get(name, "").strip() for name in COLUMNS}, form.get("reason", "").strip()
        shown = read_object(form.get("seen", ""))
        seen = {name: str(shown.get(name, "")) for name in COLUMNS}
        changed = {name: cell for name, cell in cells.items() if cell != seen[name]}
        key = source["id"] if source else next_id({*rows.sources, *proposed_ids(area.database, SOURCES.table)})
        errors: dict[str, object] = {}
        if source and form.get("do") == "remove":
            edit, kind = Edit(SOURCES.table, (key,), None, seen), "removed"
            if cited_by(area.database).get(key):
                errors[""] = t("staff.sources.is_cited")
        else:
            errors |= faults_of(rows, cells, t, but=key if source else "")
            if source:
                edit, kind = Edit(SOURCES.table, (key,), changed, {name: seen[name] for name in changed}), "mended"
            else:
                edit, kind = Edit(SOURCES.table, None, {"id": key, **cells}), "added"
            if source and not changed:
                errors[""] = t("staff.sources.nothing_changed")
        errors |= reason_error(reason, t)
        if not errors:
            what = t(f"staff.sources.what_{kind}", id=key, title=(source or cells)["title"])
            try:
                is_done = submit(area, [edit], way=WAY, what=what, reason=reason)
            except BadData as error:
                errors.update(field_errors(error, t))
            except Conflict as conflict:
                if source is None:
                    errors[""] = t("staff.sources.taken_meanwhile")
                now = dict(conflict.current or {}) if source else {}
                for name, before in edit.before.items():
                    if now.get(name, "") != before:
                        errors[name] = t("staff.sources.other_wrote", now=now.get(name, "") or t("partnerships.blank"))
                seen = {name: now.get(name, "") for name in COLUMNS}
            else:
                is_there = kind == "mended" or (kind == "added" and is_done)
                return go_to(f"{PATH}/{key}" if is_there else PATH)
        return show(rows, source, 400, errors=errors, typed=form, seen=seen)

    return pages
