"""The next count: begun as a draft, its countries and members typed or brought, published with one press."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
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
    read_object,
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
from dashboard.strings import Catalog

PATH = f"{PREFIX}/counts"
PAGES = (Page(PATH, "staff.counts.title", "staff.counts.title_what"),)
WAY = "staff counts"
MOST_FILE_MB = 5
# somebody else may save a draft in the same moment
TRIES = 3


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
        given = {"is_conflict": False, "problems": standing, "seen": cells_of(draft), **values}
        return area.render(
            "counts/draft",
            status,
            draft=draft,
            typed=draft.card,
            look=found,
            sources=source_labels(rows),
            kinds=kind_choices(t),
            most_mb=MOST_FILE_MB,
            **{**given, "seen": json.dumps(given["seen"], ensure_ascii=False)},
        )

    def draft_of(key: str) -> CountDraft:
        """The draft that a form was sent for; where it is gone meanwhile, the list of them says so."""
        draft = store.find_draft(area.database, key)
        if draft is None:
            flash(t("staff.counts.gone"), "wrong")
            abort(go_to(PATH))
        return draft

    def keep_over(
        key: str,
        typed: Mapping[str, str],
        cells: Callable[[CountDraft], Mapping[str, str]],
        put: Callable[[CountDraft, Mapping[str, str]], CountDraft],
    ) -> Mine:
        """Saves what this person changed of what the form showed over what others saved meanwhile; nothing where
        somebody changed the same. `cells` gives the fields of a draft, `put` the draft with other ones."""
        seen = read_object(request.form.get("seen", ""))
        touched = {name: cell for name, cell in typed.items() if cell != seen.get(name, "")}
        for _ in range(TRIES):
            now = draft_of(key)
            there = cells(now)
            both = [name for name, cell in touched.items() if there.get(name, "") not in {seen.get(name, ""), cell}]
            mine = Mine(now, put(now, touched), {name: (there.get(name, ""), touched[name]) for name in both})
            if both:
                return mine
            draft = mine.draft
            with suppress(DraftChanged):
                keep(key, mark=now.mark, card=draft.card, counts=draft.counts, members=draft.members)
                return replace(mine, draft=draft_of(key))
        raise DraftChanged(key)

    def keep(key: str, *, mark: str, **changed: Any) -> None:
        """Saves parts of a draft. Raises DraftChanged where it is not the one that has the mark."""
        store.save_draft(area.database, key, mark=mark, account_id=signed_in_account().id, **changed)

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
        typed = {name: _plain(request.form[name])[: 4 * LONGEST] for name in (*CARD, *SOURCE) if name in request.form}
        typed |= _counts(request.form)
        mine = keep_over(key, typed, cells_of, with_cells)
        if mine.clashes:
            errors = mine.errors(t)
            return render_draft(mine.draft, 400, is_conflict=True, errors=errors, seen=cells_of(mine.now))
        saved = mine.draft
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
            keep(key, mark=request.form.get("mark", ""), card=card, counts=counts)
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

    def render_members(
        draft: CountDraft,
        status: int = 200,
        *,
        now: CountDraft | None = None,
        errors: Mapping[str, object] | None = None,
    ) -> Response:
        """`now`: the draft as others saved it, where that is another one."""
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
            seen=json.dumps(answers_of(now or draft), ensure_ascii=False),
            is_conflict=now is not None,
            errors=errors or {},
            answers=MEMBER,
        )

    @pages.post("/counts/<key>/members")
    @allow(CONTRIBUTOR)
    def save_members(key: str) -> Response:
        mine = keep_over(key, _members(request.form), answers_of, with_answers)
        if mine.clashes:
            return render_members(mine.draft, 400, now=mine.now, errors=mine.errors(t))
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
        take_off = store.take_off_list(key, mark=draft.mark)
        try:
            who, reason = signed_in_account().email, draft.card["title"]
            commit(area.database, edits, who=who, way=WAY, what=what, check=area.check, reason=reason, then=take_off)
        except BadData as error:
            texts = [line for lines in field_errors(error, t).values() for line in lines]
            return render_draft(draft, 400, errors={"": texts})
        except Conflict:
            return render_draft(draft, 400, errors={"": t("staff.counts.taken_meanwhile")})
        except DraftChanged:
            return render_draft(draft_of(key), 400, errors={"": t("staff.counts.conflict")})
        flash(t("staff.counts.published", label=label))
        return go_to(PATH)

    @pages.post("/counts/<key>/delete")
    @allow(CONTRIBUTOR)
    def delete(key: str) -> Response:
        draft = draft_of(key)
        try:
            store.delete_draft(area.database, key, mark=request.form.get("mark", ""))
        except DraftChanged:
            return render_draft(draft, 400, errors={"": t("staff.counts.saved_meanwhile", who=draft.writer)})
        flash(t("staff.counts.deleted"))
        return go_to(PATH)

    return pages


@dataclass(frozen=True)
class Mine:
    """What a person made of a draft: `now` is that of others, `draft` has what the person changed in it. `clashes`: the
    fields that both changed, with what is there and what the person typed."""

    now: CountDraft
    draft: CountDraft
    clashes: Mapping[str, tuple[str, str]]

    def errors(self, t: Catalog) -> dict[str, object]:
        """The same in words, by field."""
        blank = t("partnerships.blank")
        return {
            name: t("staff.counts.clash", who=self.now.writer, now=now or blank, mine=mine or blank)
            for name, (now, mine) in self.clashes.items()
        }


def cells_of(draft: CountDraft) -> dict[str, str]:
    """What the form of a draft shows, by field."""
    counts = {f"count-{country}": text for country, text in draft.counts.items()}
    # a list to choose from shows its first word where nobody has chosen
    return {**draft.card, "source_kind": draft.card.get("source_kind") or "secondary", **counts}


def with_cells(draft: CountDraft, typed: Mapping[str, str]) -> CountDraft:
    """A draft with other cells in these fields."""
    counts = {**draft.counts}
    counts |= {name.removeprefix("count-"): text for name, text in typed.items() if name.startswith("count-")}
    card = {**draft.card, **{name: text for name, text in typed.items() if not name.startswith("count-")}}
    return replace(draft, card=card, counts={country: text for country, text in counts.items() if text})


def answers_of(draft: CountDraft) -> dict[str, str]:
    """What the form of the members says, by field; nothing of those of whom nobody has said anything."""
    said = {f"member-{key}": answer for key, (answer, _) in draft.members.items() if answer != "unknown"}
    return {**said, **{f"reason-{key}": reason for key, (_, reason) in draft.members.items() if reason}}


def with_answers(draft: CountDraft, typed: Mapping[str, str]) -> CountDraft:
    """A draft with other answers in these fields."""
    said = {**answers_of(draft), **typed}
    keys = {*draft.members, *(name.partition("-")[2] for name in typed)}
    members = {key: (said.get(f"member-{key}") or "unknown", said.get(f"reason-{key}", "")) for key in keys}
    return replace(draft, members=members)


def _plain(text: str) -> str:
    """What was typed into a line, without signs that nobody sees."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", plain_letters(text)).strip("-")[:40] or "count"


def _counts(form: Mapping[str, str]) -> dict[str, str]:
    """What was typed for each country, by field."""
    return {
        name: _plain(text)[:20]
        for name, text in form.items()
        if name.startswith("count-") and len(name) == len("count-AFG")
    }


def _members(form: Mapping[str, str]) -> dict[str, str]:
    """What a page says of its partnerships, by field; who is not known to be one or not has no answer."""
    said = {}
    for name, answer in form.items():
        if name.startswith("member-") and answer in MEMBER:
            key = name.removeprefix("member-")[:200]
            said[f"member-{key}"] = "" if answer == "unknown" else answer
            said[f"reason-{key}"] = _plain(form.get(f"reason-{key}", ""))[:LONGEST]
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
