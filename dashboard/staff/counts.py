"""The next count: begun as a draft, its countries and members typed or brought, published with one press."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, flash, request

from dashboard.dataset import Dataset, describe_each
from dashboard.dataset.problems import BadData
from dashboard.dataset.spelling import plain_letters
from dashboard.intake.country_counts import CountryCounts, read_counts
from dashboard.intake.places import places_of
from dashboard.intake.spreadsheet import read_grid
from dashboard.staff.area import (
    CONTRIBUTOR,
    EDITOR,
    PREFIX,
    Page,
    StaffArea,
    allow,
    field_errors,
    go_to,
    signed_in_account,
)
from dashboard.staff.count_rules import CARD, LONGEST, MEMBER, SOURCE, Look, edits_of, look_at, whole
from dashboard.staff.imports.receiving import received
from dashboard.staff.partnership_names import name_partnerships
from dashboard.staff.sources import choose_source, kind_choices, source_labels
from dashboard.store import count_drafts as store
from dashboard.store.changes import Conflict, commit
from dashboard.store.count_drafts import CountDraft, DraftChanged
from dashboard.store.registry import Rows, current_ids, read_rows

PATH = f"{PREFIX}/counts"
PAGES = (Page(PATH, "staff.counts.title", "staff.counts.title_what"),)
WAY = "staff counts"
MOST_FILE_MB = 5


def routes(area: StaffArea) -> Blueprint:
    """Its addresses."""
    pages, t = Blueprint("staff_counts", __name__), area.t

    def look(draft: CountDraft, dataset: Dataset) -> Look:
        names = name_partnerships(dataset, t, dataset.partnerships["id"])
        return look_at(draft, dataset, t, {key: each.name for key, each in names.items()})

    def errors_of(draft: CountDraft, found: Look, rows: Rows) -> dict[str, object]:
        """Everything that stands in the way of publishing, by field."""
        return {**found.errors, **choose_source(area, rows, draft.card).errors}

    def render_list(status: int = 200, **values: object) -> Response:
        snapshots, drafts = area.data.current.dataset.snapshots, store.list_drafts(area.database)
        return area.render("counts/list", status, snapshots=snapshots, drafts=drafts, **values)

    def render_draft(draft: CountDraft, status: int = 200, **values: object) -> Response:
        rows = read_rows(area.database)
        found = look(draft, area.dataset())
        standing = errors_of(draft, found, rows)
        # a draft that was just begun has not gone wrong: what is missing is listed where it is published
        given = {"is_conflict": False, "problems": standing, **values}
        return area.render(
            "counts/draft",
            status,
            draft=draft,
            typed=draft.card,
            look=found,
            sources=source_labels(rows),
            kinds=kind_choices(t),
            most_mb=MOST_FILE_MB,
            **given,
        )

    def draft_of(key: str) -> CountDraft:
        """The draft that a form was sent for; where it is gone meanwhile, the list of them says so."""
        draft = store.find_draft(area.database, key)
        if draft is None:
            flash(t("staff.counts.gone"), "wrong")
            abort(go_to(PATH))
        return draft

    def keep(key: str, **changed: Any) -> None:
        """Saves what a form changes of a draft. Raises DraftChanged where it is not the one that the form showed."""
        mark, number = request.form.get("mark", ""), signed_in_account().id
        store.save_draft(area.database, key, mark=mark, account_id=number, **changed)

    @pages.get("/counts")
    @allow(CONTRIBUTOR)
    def list_all() -> Response:
        return render_list()

    @pages.post("/counts")
    @allow(CONTRIBUTOR)
    def begin() -> Response:
        typed = {name: _plain(request.form.get(name, ""))[:LONGEST] for name in ("title", "counted_by", "year")}
        errors = {name: t("staff.counts.needed") for name in ("title", "counted_by") if not typed[name]}
        if whole(typed["year"]) is None or len(typed["year"]) != 4:
            errors["year"] = t("staff.counts.four_digits")
        if errors:
            return render_list(400, typed=request.form, errors=errors)
        label = f"{typed['counted_by']}’s {{count}}"
        wanted = f"{_slug(typed['counted_by'])}-{typed['year']}"
        like = request.form.get("like", "")
        number = signed_in_account().id
        key = store.begin_draft(area.database, wanted, {**typed, "label": label}, account_id=number, like=like)
        flash(t("staff.counts.begun"))
        return go_to(f"{PATH}/{key}")

    @pages.get("/counts/<key>")
    @allow(CONTRIBUTOR)
    def show_draft(key: str) -> Response:
        return render_draft(area.or_404(store.find_draft(area.database, key)))

    @pages.post("/counts/<key>")
    @allow(CONTRIBUTOR)
    def save(key: str) -> Response:
        card = {name: _plain(request.form.get(name, ""))[: 4 * LONGEST] for name in (*CARD, *SOURCE)}
        counts = _counts(request.form)
        try:
            keep(key, card=card, counts=counts)
        except DraftChanged:
            now = draft_of(key)
            return render_draft(replace(now, card={**now.card, **card}, counts=counts), 400, is_conflict=True)
        saved = draft_of(key)
        found = look(saved, area.dataset())
        wrong = {name: text for name, text in found.errors.items() if name.startswith("count-")}
        if wrong:
            return render_draft(saved, 400, errors=wrong)
        flash(t("staff.counts.saved", sum=found.sum))
        return go_to(f"{PATH}/{key}" + ("/members" if request.form.get("do") == "members" else ""))

    @pages.post("/counts/<key>/file")
    @allow(CONTRIBUTOR)
    def bring(key: str) -> Response:
        draft = draft_of(key)
        try:
            found = _read(received(request.files.getlist("file")), area.dataset())
        except BadData as error:
            return render_draft(draft, 400, errors={"file": describe_each(error.problems, t, most=10)})
        if found is None:
            return render_draft(draft, 400, errors={"file": t("staff.counts.no_file")})
        counts = {country: str(count) for country, count in found.counts.items()}
        card = {"total": str(found.total)} if found.total is not None else {}
        try:
            keep(key, card=card, counts=counts)
        except DraftChanged:
            return render_draft(draft, 400, errors={"file": t("staff.counts.conflict")})
        first, second = found.columns
        flash(
            t("staff.counts.brought", countries=len(counts), sum=sum(found.counts.values()), first=first, second=second)
        )
        if found.left_out:
            rows = [t("staff.counts.row", row=row, text=f"{text} {cell}".strip()) for row, text, cell in found.left_out]
            flash(t("staff.counts.left_out", count=len(rows), rows=t.listing(rows[:10])), "wrong")
        return go_to(f"{PATH}/{key}")

    @pages.get("/counts/<key>/members")
    @allow(CONTRIBUTOR)
    def show_members(key: str) -> Response:
        return render_members(area.or_404(store.find_draft(area.database, key)))

    def render_members(draft: CountDraft, status: int = 200, *, is_conflict: bool = False) -> Response:
        found = look(draft, area.dataset())
        is_all = "all" in request.args
        shown = [each for each in found.countries if is_all or each.counted or each.ticked]
        shown = [each for each in shown if found.candidates.get(each.iso3) or each.counted]
        return area.render(
            "counts/members",
            status,
            draft=draft,
            look=found,
            shown=shown,
            is_all=is_all,
            is_conflict=is_conflict,
            answers=MEMBER,
        )

    @pages.post("/counts/<key>/members")
    @allow(CONTRIBUTOR)
    def save_members(key: str) -> Response:
        members = _members(request.form)
        try:
            keep(key, members=members)
        except DraftChanged:
            now = draft_of(key)
            return render_members(replace(now, members={**now.members, **members}), 400, is_conflict=True)
        if wrong := look(draft_of(key), area.dataset()).errors.get("members"):
            flash(wrong, "wrong")
            return go_to(f"{PATH}/{key}/members")
        flash(t("staff.counts.members_saved"))
        return go_to(f"{PATH}/{key}")

    @pages.post("/counts/<key>/publish")
    @allow(EDITOR)
    def publish(key: str) -> Response:
        draft = draft_of(key)
        if draft.mark != request.form.get("mark", ""):
            return render_draft(draft, 400, errors={"": t("staff.counts.conflict")})
        rows, dataset = read_rows(area.database), area.dataset()
        found = look(draft, dataset)
        errors = errors_of(draft, found, rows)
        if errors:
            return render_draft(draft, 400, errors=errors)
        source = choose_source(area, rows, draft.card)
        edits = [*source.edits, *edits_of(draft, found, source.id, t, current_ids(area.database))]
        label = draft.card["label"].format(count=found.sum)
        what = t("staff.counts.what", label=label, year=draft.card["year"], sum=found.sum)
        try:
            who, reason = signed_in_account().email, draft.card["title"]
            commit(area.database, edits, who=who, way=WAY, what=what, check=area.check, reason=reason)
        except BadData as error:
            texts = [line for lines in field_errors(error, t).values() for line in lines]
            return render_draft(draft, 400, errors={"": texts})
        except Conflict:
            return render_draft(draft, 400, errors={"": t("staff.counts.taken_meanwhile")})
        store.delete_draft(area.database, draft.id)
        flash(t("staff.counts.published", label=label))
        return go_to(PATH)

    @pages.post("/counts/<key>/delete")
    @allow(CONTRIBUTOR)
    def delete(key: str) -> Response:
        store.delete_draft(area.database, key)
        flash(t("staff.counts.deleted"))
        return go_to(PATH)

    return pages


def _plain(text: str) -> str:
    """What was typed into a line, without signs that nobody sees."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", plain_letters(text)).strip("-")[:40] or "count"


def _counts(form: Mapping[str, str]) -> dict[str, str]:
    """What was typed for each country; nothing for those left blank."""
    typed = {name.removeprefix("count-"): _plain(text)[:20] for name, text in form.items() if name.startswith("count-")}
    return {country: text for country, text in typed.items() if text and len(country) == 3}


def _members(form: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """What a page says of its partnerships."""
    said = {}
    for name, answer in form.items():
        if name.startswith("member-") and answer in MEMBER:
            key = name.removeprefix("member-")[:200]
            said[key] = (answer, _plain(form.get(f"reason-{key}", ""))[:LONGEST])
    return said


def _read(files: list[tuple[str, bytes]], dataset: Dataset) -> CountryCounts | None:
    """The counts of a file that was sent; None where none was. Raises BadData."""
    if not files:
        return None
    name, body = files[0]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(body)
        return read_counts(read_grid(path, most_bytes=MOST_FILE_MB * 1_000_000), places_of(dataset))
