"""The pages of an import, step by step: bring files, see how they were read, say what headings mean, look, accept."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any

from flask import Blueprint, Response, flash, jsonify, request

from dashboard.dataset.problems import BadData, describe_each
from dashboard.dataset.schema import FIRST_YEAR, LAST_YEAR
from dashboard.intake.arguments import SEPARATORS
from dashboard.intake.codebook import codebook_of
from dashboard.intake.mapping import told_text
from dashboard.intake.partnership_plan import NEW
from dashboard.intake.survey_import import wave_of
from dashboard.intake.templates import templates
from dashboard.intake.tools import LONG, NAMES
from dashboard.staff.area import (
    CONTRIBUTOR,
    EDITOR,
    PREFIX,
    Fields,
    Page,
    StaffArea,
    allow,
    go_to,
    read_object,
    signed_in_account,
)
from dashboard.staff.changing import undo_change
from dashboard.staff.guard import is_below
from dashboard.staff.imports import mapping_form
from dashboard.staff.imports.lists import KINDS as ROW_KINDS
from dashboard.staff.imports.lists import choices_of, look_at_list
from dashboard.staff.imports.reading import Readers
from dashboard.staff.imports.receiving import received
from dashboard.staff.imports.surveys import look_at_survey, told_of
from dashboard.store import changes, uploads
from dashboard.store.changes import DependsOn, NothingToUndo
from dashboard.store.commands import entry_line
from dashboard.store.staff_tables import PARTNERSHIP_LIST, SURVEY
from dashboard.store.uploads import ACCEPTED, READ, Upload

PATH = f"{PREFIX}/import"
PAGES = (Page(PATH, "staff.imports.title", "staff.imports.title_what"),)
KINDS_HERE = (SURVEY, PARTNERSHIP_LIST)
STEPS = ("found", "columns", "preview")
COLUMNS_ON_PAGE, ROWS_ON_PAGE = 100, 200
MOST_FILES = 20
# why the data would not hold any more, when an import is undone
MOST_PROBLEMS = 5
LONGEST_TEXT = 400
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# how often what is too old is looked for, by each worker
PURGED_EVERY = 3600.0


def routes(area: StaffArea) -> Blueprint:
    """Its addresses."""
    pages, t = Blueprint("staff_imports", __name__), area.t
    readers = Readers(area, {SURVEY: look_at_survey, PARTNERSHIP_LIST: look_at_list})
    purge_old(area, pages)

    def may_see(upload: Upload) -> bool:
        """One's own may be seen, and by editors all."""
        account = signed_in_account()
        return upload.kind in KINDS_HERE and (account.is_editor or upload.account_id == account.id)

    def mine(number: int) -> Upload | None:
        found = uploads.find_upload(area.database, number)
        return with_blanks(found) if found is not None and may_see(found) else None

    def of_upload(
        step: str, method: str = "GET", *, role: str = CONTRIBUTOR, kind: str = "", is_open: bool = False
    ) -> Callable[[Callable[[Upload], Response]], Callable[[int], Response]]:
        """The address of a function of one upload, for who may see it. What is for one kind of upload, or for what was
        not accepted yet (`is_open`), leads elsewhere for another one."""

        def add(view: Callable[[Upload], Response]) -> Callable[[int], Response]:
            @allow(role)
            @wraps(view)
            def answer(number: int) -> Response:
                upload = mine(number)
                if upload is None:
                    return gone()
                if (kind and upload.kind != kind) or (is_open and upload.state == ACCEPTED):
                    return go_to(f"{PATH}/{number}")
                return view(upload)

            pages.add_url_rule(f"/import/<int:number>{step}", view_func=answer, methods=[method])
            return answer

        return add

    def files_sent(already: int = 0) -> tuple[list[tuple[str, bytes]], dict[str, str]]:
        """The files of a form, beside so many that are there already; and what is wrong with them."""
        files = received(request.files.getlist("files"))
        if not files:
            return files, {"files": t("staff.imports.no_file")}
        too_many = t("staff.imports.too_many_files", most=MOST_FILES)
        return files, {"files": too_many} if already + len(files) > MOST_FILES else {}

    def show_start(status: int = 200, **values: Any) -> Response:
        seen = [with_blanks(each) for each in uploads.list_uploads(area.database) if may_see(each)]
        days = uploads.KEPT_FOR.days
        return area.render("imports", status, uploads=seen, days=days, **for_bringing(), **values)

    def for_bringing() -> dict[str, Any]:
        """What the form needs in which files are brought."""
        waves = [wave for wave in area.data.current.dataset.survey.waves if wave.kind == "answers"]
        return {"waves": waves, "most_mb": area.settings.max_request_mb}

    def gone() -> Response:
        flash(t("staff.imports.gone"), "wrong")
        return go_to(PATH)

    def show_step(upload: Upload, step: str, status: int = 200, **values: Any) -> Response:
        is_list = upload.kind == PARTNERSHIP_LIST
        steps = [each for each in STEPS if not (is_list and each == "columns")]
        of_upload = {"upload": upload, "result": upload.result, "is_list": is_list}
        return area.render(f"imports_{step}", status, step=step, steps=steps, say=readers.t, **of_upload, **values)

    def look_again(upload: Upload, step: str) -> Response:
        """Reads it anew with what was chosen; the page after that is the step."""
        readers.start(upload.id)
        return go_to(f"{PATH}/{upload.id}/reading?then={step}")

    def busy(upload: Upload) -> Response | None:
        """Where to go instead while somebody reads it, or after it was accepted."""
        if upload.state == ACCEPTED:
            return go_to(f"{PATH}/{upload.id}/done")
        return go_to(f"{PATH}/{upload.id}/reading") if upload.state in ("new", "reading") else None

    @pages.get("/import")
    @allow(CONTRIBUTOR)
    def start() -> Response:
        return show_start()

    @pages.post("/import")
    @allow(CONTRIBUTOR)
    def bring() -> Response:
        form = request.form
        kind = form.get("kind", "")
        files, errors = files_sent()
        options: dict[str, Any] = {}
        if kind == SURVEY:
            options, more = survey_options(area, form)
            errors |= more
        elif kind != PARTNERSHIP_LIST:
            errors["kind"] = t("staff.imports.no_kind")
        if errors:
            return show_start(400, errors=errors, typed=form)
        # files of a wave are one import; each list is one of its own
        groups = [files] if kind == SURVEY else [[file] for file in files]
        account = signed_in_account()
        numbers = [uploads.add_upload(area.database, account.id, kind, options, group) for group in groups]
        for number in numbers:
            readers.start(number)
        return go_to(f"{PATH}/{numbers[0]}/reading?then=found" if len(numbers) == 1 else PATH)

    @pages.get("/import/template/<kind>")
    @allow(CONTRIBUTOR)
    def send_template(kind: str) -> Response:
        if kind not in KINDS_HERE:
            return go_to(PATH)
        name, body = next(pair for pair in templates(area.data.current.dataset, t).items() if pair[0].startswith(kind))
        return download(name, body, XLSX)

    @of_upload("")
    def go_on(upload: Upload) -> Response:
        is_ready = upload.state == READ and not upload.result.get("problems")
        return busy(upload) or go_to(f"{PATH}/{upload.id}/{'preview' if is_ready else 'found'}")

    @of_upload("/reading")
    def show_reading(upload: Upload) -> Response:
        then = request.args.get("then", "")
        then = then if then in STEPS else ""
        if upload.state not in ("new", "reading"):
            return go_to(after_reading(upload, then))
        return area.render("imports_reading", upload=upload, then=then)

    @pages.get("/import/<int:number>/state")
    @allow(CONTRIBUTOR)
    def tell_state(number: int) -> Response:
        upload = mine(number)
        if upload is None:
            return jsonify(state="gone", progress=1.0, is_over=True)
        is_over = upload.state not in ("new", "reading") or upload.is_stale
        return jsonify(state=upload.state, progress=round(upload.progress, 3), is_over=is_over)

    @of_upload("/read", "POST")
    def read_again(upload: Upload) -> Response:
        return look_again(upload, "found")

    @of_upload("/found")
    def show_found(upload: Upload) -> Response:
        return busy(upload) or show_found_page(upload)

    def show_found_page(upload: Upload, status: int = 200, **values: Any) -> Response:
        facts = {file.id: Fields() for file in upload.files}
        facts |= {each["id"]: Fields(each) for each in upload.result.get("files", [])}
        names = {mark: t(f"staff.imports.found.{name}") for name, mark in SEPARATORS.items()}
        told = upload.options.get("files", {})
        said = {file.id: Fields(told.get(str(file.id), {})) for file in upload.files}
        given = (upload.options, values.get("typed", {}))
        wave_said = Fields({name: text for pairs in given for name, text in pairs.items() if text})
        return show_step(
            upload,
            "found",
            status,
            facts=facts,
            tool_pairs=[(tool, t(f"import.tool.{tool}")) for tool in NAMES if tool != LONG],
            sheet_pairs=lambda sheets: [(sheet, sheet) for sheet in sheets],
            separator_pairs=[(name, names[mark]) for name, mark in SEPARATORS.items()],
            separator_name=lambda mark: names.get(mark, mark),
            separator_key=lambda mark: next((name for name, each in SEPARATORS.items() if each == mark), ""),
            said=said,
            wave_said=wave_said,
            **for_bringing(),
            **values,
        )

    @of_upload("/found", "POST", is_open=True)
    def change_reading(upload: Upload) -> Response:
        said, errors = reading_options(area, upload, request.form)
        changed: dict[str, Any] = {"files": said}
        if upload.kind == SURVEY:
            wave, more = survey_options(area, request.form)
            errors |= more
            changed |= wave
        else:
            changed["list"] = {**upload.options.get("list", {}), "us_city": typed_text(request.form, "us_city")}
        if errors:
            return show_found_page(upload, 400, errors=errors, typed=request.form)
        uploads.change_options(area.database, upload.id, changed)
        return look_again(upload, "preview" if upload.kind == PARTNERSHIP_LIST else "columns")

    @of_upload("/files", "POST", kind=SURVEY, is_open=True)
    def change_files(upload: Upload) -> Response:
        files, errors = files_sent(len(upload.files))
        if (gone_id := request.form.get("remove", type=int)) is not None:
            if gone_id in {file.id for file in upload.files}:
                uploads.remove_file(area.database, upload.id, gone_id)
        elif errors:
            return show_found_page(upload, 400, errors=errors)
        else:
            uploads.add_files(area.database, upload.id, files)
        return look_again(upload, "found")

    @of_upload("/columns", kind=SURVEY)
    def show_columns(upload: Upload) -> Response:
        return busy(upload) or show_columns_page(upload)

    def show_columns_page(
        upload: Upload, status: int = 200, *, touched: Mapping[str, str] | None = None, **values: Any
    ) -> Response:
        """`touched`: what somebody changed in the form and what is not kept."""
        dataset, told = area.data.current.dataset, upload.options.get("told", {})
        questions, words = codebook_of(dataset), mapping_form.all_words(dataset, told, upload.result, t)
        columns, paging = page_of(upload.result.get("columns", []), COLUMNS_ON_PAGE)
        there = mapping_form.fields_of_form(told, upload.result, words)
        return show_step(
            upload,
            "columns",
            status,
            columns=[
                {**each, "taken": "; ".join(mapping_form.use_text(use, questions, t) for use in each["uses"])}
                for each in columns
            ],
            **paging,
            seen=json.dumps(there),
            chosen={**there, **(touched or {})},
            column_choices=mapping_form.choices_of_columns(questions, t),
            all_words=words,
            **values,
        )

    @of_upload("/columns", "POST", kind=SURVEY, is_open=True)
    def change_columns(upload: Upload) -> Response:
        if "begin_anew" in request.form:
            uploads.change_options(area.database, upload.id, {"told": {}, "kept_at": "", "is_begun_anew": True})
            return look_again(upload, "columns")
        # what this person did not touch stays as others said it meanwhile
        dataset, seen = area.data.current.dataset, read_object(request.form.get("seen", ""))
        touched = {name: said for name, said in request.form.items() if said != seen.get(name)}
        told = upload.options.get("told", {})
        words = mapping_form.all_words(dataset, told, upload.result, t)
        there = mapping_form.fields_of_form(told, upload.result, words)
        choices = {each.name: each.choices for each in words}
        choices["column"] = mapping_form.choices_of_columns(codebook_of(dataset), t)
        if clashes := mapping_form.clashes(there, seen, touched, choices, t):
            return show_columns_page(upload, 409, touched=touched, typed=touched, errors=clashes)
        told = mapping_form.changed(told, touched, upload.result, dataset, t)
        # what somebody has said once is not overlaid by what was kept
        uploads.change_options(area.database, upload.id, {"told": told, "is_begun_anew": True})
        flash(t("staff.imports.columns.saved"))
        page = request.form.get("next_page", "")
        return look_again(upload, f"columns&page={page}" if page.isdigit() else "preview")

    @of_upload("/map.toml")
    def send_map(upload: Upload) -> Response:
        if upload.kind != SURVEY:
            return gone()
        text = upload.result.get("map") or told_text(told_of(upload.options))
        return download(f"{upload.options['wave']}.map.toml", text, "application/toml; charset=utf-8")

    @of_upload("/preview")
    def show_preview(upload: Upload) -> Response:
        if upload.kind == SURVEY:
            return busy(upload) or show_step(upload, "preview", can_accept=can_accept(upload))
        rows = upload.result.get("rows", {})
        kinds = [kind for kind in ROW_KINDS if rows.get(kind)]
        kind = request.args.get("kind", "")
        kind = kind if kind in kinds else next(iter(kinds), "")
        of_kind, paging = page_of(rows.get(kind, []), ROWS_ON_PAGE)
        return busy(upload) or show_step(
            upload,
            "preview",
            kinds=kinds,
            kind=kind,
            rows=[Fields(row) for row in of_kind],
            shown=json.dumps({f"alike-{row['key']}": row["choice"] for row in of_kind} if kind == "alike" else {}),
            **paging,
            new=NEW,
            list_said=Fields(upload.options.get("list", {})),
            column_texts=[f"{heading} = {name}" for heading, name in upload.result.get("columns", [])],
            can_accept=can_accept(upload),
        )

    @of_upload("/preview", "POST", kind=PARTNERSHIP_LIST, is_open=True)
    def change_list(upload: Upload) -> Response:
        said = dict(upload.options.get("list", {}))
        if "options" in request.form:
            said |= {name: name in request.form for name in ("remove_missing", "with_hidden")}
        else:
            shown = read_object(request.form.get("shown", ""))
            said["choices"] = choices_of(said.get("choices", {}), request.form, shown, upload.result)
        uploads.change_options(area.database, upload.id, {"list": said})
        return look_again(upload, "preview")

    @of_upload("/ask", "POST")
    def ask_editor(upload: Upload) -> Response:
        if can_accept(upload):
            uploads.change_options(area.database, upload.id, {"is_waiting": True})
            flash(t("staff.imports.asked"))
        return go_to(f"{PATH}/{upload.id}")

    @of_upload("/accept", "POST", role=EDITOR)
    def accept(upload: Upload) -> Response:
        if not can_accept(upload):
            return go_to(f"{PATH}/{upload.id}")
        # of two who accept, or one who presses twice, the first one does it; the page of the other waits for that
        if request.form.get("seen") == upload.result.get("digest"):
            readers.start(upload.id, accepted_by=signed_in_account())
        return go_to(f"{PATH}/{upload.id}/reading?then=preview")

    @of_upload("/discard", "POST")
    def throw_away(upload: Upload) -> Response:
        uploads.discard(area.database, upload.id)
        flash(t("staff.imports.discarded"))
        return go_to(PATH)

    @of_upload("/done")
    def show_done(upload: Upload) -> Response:
        if upload.state != ACCEPTED:
            return go_to(f"{PATH}/{upload.id}")
        with area.database.reading() as connection:
            entry = next((each for each in changes.history(connection) if each.id == upload.entry_id), None)
        return area.render("imports_done", upload=upload, entry=entry, is_list=upload.kind == PARTNERSHIP_LIST)

    @of_upload("/undo", "POST", role=EDITOR)
    def undo(upload: Upload) -> Response:
        if upload.state != ACCEPTED or upload.entry_id is None:
            return gone()
        try:
            entry = undo_change(area, upload.entry_id)
        except DependsOn as error:
            later = "; ".join(entry_line(each, t) for each in error.entries)
            flash(t("staff.imports.undo_depends", later=later), "wrong")
        except NothingToUndo:
            flash(t("staff.imports.undo_nothing"), "wrong")
        except BadData as error:
            flash(describe_each(error.problems, t, most=MOST_PROBLEMS), "wrong")
        else:
            flash(t("staff.imports.undone", number=entry.id))
        return go_to(f"{PATH}/{upload.id}/done")

    return pages


def with_blanks(upload: Upload) -> Upload:
    """The same for a template: what was not chosen, or not found, is blank."""
    return replace(upload, options=Fields(upload.options), result=Fields(upload.result))


def download(name: str, body: str | bytes, kind: str) -> Response:
    """A file to be kept."""
    return Response(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def survey_options(area: StaffArea, form: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """The wave that files become, and what is wrong with it by field."""
    t = area.t
    name, year, title = (typed_text(form, field) for field in ("wave", "year", "title"))
    errors: dict[str, str] = {}
    number = int(year) if year.isascii() and year.isdigit() and len(year) < 5 else None
    if year and number is None:
        errors["year"] = t("staff.imports.bad_year", first=FIRST_YEAR, last=LAST_YEAR)
    elif wave_of(name, number, title, t) is None:
        errors["wave"] = t("staff.imports.bad_wave", first=FIRST_YEAR, last=LAST_YEAR)
    elif any(wave.id == name and wave.kind != "answers" for wave in area.data.current.dataset.survey.waves):
        errors["wave"] = t("staff.imports.wave_of_themes", wave=name)
    return {"wave": name, "year": number, "title": title}, errors


def reading_options(area: StaffArea, upload: Upload, form: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """What a form says of how each file is to be read, and what is wrong with it by field."""
    said: dict[str, Any] = {}
    errors: dict[str, str] = {}
    facts = {each["id"]: each for each in upload.result.get("files", [])}
    before = upload.options.get("files", {})
    for file in upload.files:
        known = facts.get(file.id, {})
        row = typed_text(form, f"header_row-{file.id}")
        if row and not (row.isascii() and row.isdigit() and 1 <= int(row[:4]) <= 30):
            errors[f"header_row-{file.id}"] = area.t("staff.imports.bad_row")
            continue
        sheet = form.get(f"sheet-{file.id}", "")
        tool = form.get(f"tool-{file.id}", "")
        said[str(file.id)] = {
            **before.get(str(file.id), {}),
            "sheet": sheet if sheet in known.get("sheets", []) else "",
            "header_row": int(row) if row else None,
            "separator": SEPARATORS.get(form.get(f"separator-{file.id}", ""), ""),
            "tool": tool if tool in NAMES else "",
        }
    return said, errors


def can_accept(upload: Upload) -> bool:
    """Whether what is shown can be accepted."""
    result = upload.result
    is_sound = upload.state == READ and not result.get("problems") and bool(result.get("digest"))
    return is_sound and (upload.kind == SURVEY or bool(result.get("has_changes")))


def after_reading(upload: Upload, then: str) -> str:
    """The page that one waits for: where something is wrong, the one on which it can be mended."""
    if upload.state == ACCEPTED:
        return f"{PATH}/{upload.id}/done"
    if upload.state != READ:
        return f"{PATH}/{upload.id}/found"
    page = request.args.get("page", "")
    if then == "preview" and upload.result.get("problems"):
        then = "columns"
    return f"{PATH}/{upload.id}/{then or 'found'}" + (f"?page={page}" if then == "columns" and page.isdigit() else "")


def page_of(rows: Sequence[Any], on_page: int) -> tuple[Sequence[Any], dict[str, int]]:
    """The rows of the page that an address asks for; and which page of how many that is."""
    pages_there = max(-(-len(rows) // on_page), 1)
    page = min(max(request.args.get("page", 1, type=int), 1), pages_there)
    return rows[(page - 1) * on_page : page * on_page], {"page": page, "pages_there": pages_there}


def typed_text(form: Mapping[str, str], name: str) -> str:
    """One line of a form."""
    return "".join(char for char in form.get(name, "") if char.isprintable()).strip()[:LONGEST_TEXT]


def purge_old(area: StaffArea, pages: Blueprint) -> None:
    """Throws away what is too old, now and then, whatever of the staff area is asked for: answers of respondents do not
    stay because nobody comes back to them."""
    purged_at = float("-inf")

    @pages.before_app_request
    def purge() -> None:
        nonlocal purged_at
        if is_below(request.path) and time.monotonic() - purged_at > PURGED_EVERY:
            purged_at = time.monotonic()
            uploads.purge(area.database)
