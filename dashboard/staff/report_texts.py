"""The words of the report: editors write them by section and variant, see them as they will stand, and approve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from urllib.parse import urlencode

from flask import Blueprint, Response, flash, request
from markupsafe import Markup

from dashboard.charts import View
from dashboard.context import AppContext
from dashboard.dataset.problems import BadData
from dashboard.dataset.report_words import CAPTIONS, LONGEST, SECTIONS, Approval, SectionWords, digest_of
from dashboard.filters import Selection, parse, query_of, to_query
from dashboard.presentation.facts import NAMES, facts
from dashboard.report.contents import ORDER, chosen_of
from dashboard.report.words import filled, plain, to_html, words_of
from dashboard.staff.area import (
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
from dashboard.store.accounts import now
from dashboard.store.changes import Conflict, Edit, commit
from dashboard.store.report_texts import LastChange, last_changes, load_approvals, load_words, newest_data_change
from dashboard.store.tables import REPORT_APPROVALS, REPORT_WORDS
from dashboard.strings import Catalog

PATH = f"{PREFIX}/report"
PAGES = (Page(PATH, "staff.report.title", "staff.report.title_what", EDITOR),)
WAY = "staff report"
LONGEST_REASON = 2000


@dataclass(frozen=True)
class Variant:
    """One report: its view, the year it is of, in few words of what it is; `view` is the query that approvals are of,
    `of_words` the one that words are of, which has its filters alone."""

    shown: View
    year: int
    of: str
    view: str
    of_words: str

    def to_markup(self, words: SectionWords) -> Markup:
        """Words as they will stand in it."""
        return to_html(filled(words.text, self.shown, self.year))

    def numbers(self) -> list[tuple[str, str]]:
        """The names that words may have, with what each is in it."""
        at, known = self.shown.basis.years.index(self.year), facts(self.shown)
        return [(name, known[name][at]) for name in NAMES]


def variant_of(context: AppContext, query: str) -> Variant:
    """The report of an address, or of its part from the question mark on."""
    selection = plain(parse(query_of(query), context.choices).selection)
    view = context.view(selection)
    year = selection.year if selection.year is not None else view.basis.last_year
    of_words = Selection(context.choices.default_basis, selection.filters)
    return Variant(
        view,
        year,
        chosen_of(view, year),
        to_query(selection, context.choices),
        to_query(of_words, context.choices),
    )


@dataclass(frozen=True)
class SectionRow:
    """One section on the list: what stands in it (None for nothing), as HTML, whether that is its own, who wrote it."""

    id: str
    name: str
    words: SectionWords | None
    markup: Markup
    is_own: bool
    changed: LastChange | None


def routes(area: StaffArea) -> Blueprint:
    """Its addresses."""
    pages, t = Blueprint("staff_report", __name__), area.t

    def asked() -> Variant:
        return variant_of(area.data.current, request.values.get("of", ""))

    def path_of(variant: Variant, section: str = "") -> str:
        query = f"?{urlencode({'of': variant.view})}" if variant.view else ""
        return f"{PATH}/{section}{query}" if section else f"{PATH}{query}"

    @pages.get("/report")
    @allow(EDITOR)
    def show_report() -> Response:
        variant, context = asked(), area.data.current
        with area.database.reading() as connection:
            words, approvals = load_words(connection), load_approvals(connection)
            changes, newest = last_changes(connection), newest_data_change(connection)
        found = words_of(words, variant.shown.selection, variant.shown.choices)
        rows = []
        for name in (*ORDER, *CAPTIONS):
            each = found.get(name)
            markup = variant.to_markup(each) if each else Markup()
            is_own = each is not None and each.view == variant.of_words
            changed = changes.get((each.section, each.view)) if each else None
            rows.append(SectionRow(name, section_name(name, t), each, markup, is_own, changed))
        notices = parse(query_of(request.values.get("of", "")), context.choices).notices
        known = dict.fromkeys([*(each.view for each in words), *(each.view for each in approvals), ""])
        others = [variant_of(context, view) for view in known]
        digest = digest_of(each.words for each in rows if each.words)
        approval = next((each for each in approvals if each.view == variant.view), None)
        return area.render(
            "report/list",
            variant=variant,
            variants=[(each.view, each.of if each.view else t("staff.report.of_whole")) for each in others],
            is_unknown=bool(notices),
            rows=[each for each in rows if each.id not in CAPTIONS],
            captions=[each for each in rows if each.id in CAPTIONS],
            approval=approval,
            state=state_of(approval, digest, is_sample=variant.shown.selection.is_sample),
            digest=digest,
            newest=newest,
            path=path_of(variant),
            path_of=lambda section: path_of(variant, section),
            public=f"/report{variant.view}",
        )

    @pages.get("/report/<section>")
    @allow(EDITOR)
    def show_section(section: str) -> Response:
        area.or_404(section if section in SECTIONS else None)
        variant = asked()
        with area.database.reading() as connection:
            words = load_words(connection)
        own = next((each for each in words if (each.section, each.view) == (section, variant.of_words)), None)
        typed = {"text": own.text, "by": own.by} if own else {"text": "", "by": ""}
        return render_form(variant, section, typed, before=typed if own else {})

    def render_form(
        variant: Variant,
        section: str,
        typed: Mapping[str, str],
        status: int = 200,
        *,
        before: Mapping[str, str],
        current: Mapping[str, str] | None = None,
        is_preview: bool = False,
        **values: object,
    ) -> Response:
        text = plain_text(typed["text"])
        shows = is_preview and bool(text) and not values.get("errors")
        words = SectionWords(section, text, by=typed["by"])
        return area.render(
            "report/write",
            status,
            variant=variant,
            heading=t("staff.report.form.title", section=section_name(section, t), of=variant.of),
            typed=typed,
            before=dict(before),
            current=current,
            preview=variant.to_markup(words) if shows else None,
            numbers=variant.numbers(),
            example="{partnerships}",
            action=f"{PATH}/{section}",
            back=path_of(variant),
            **values,
        )

    @pages.post("/report/<section>")
    @allow(EDITOR)
    def save(section: str) -> Response:
        area.or_404(section if section in SECTIONS else None)
        variant, form = asked(), request.form
        typed = {name: form.get(name, "") for name in ("text", "by", "reason")}
        seen = {name: str(text) for name, text in read_object(form.get("before", "")).items() if name in {"text", "by"}}
        text, by = plain_text(typed["text"]), " ".join(typed["by"].split())
        do = form.get("do", "")
        errors = {} if do == "delete" else errors_of(text, by, t)
        if errors or do == "preview":
            status = 400 if errors else 200
            return render_form(variant, section, typed, status, before=seen, errors=errors, is_preview=True)
        if do == "delete" and not seen:
            return go_to(path_of(variant))
        after = {"section": section, "view": variant.of_words, "signed": by, "text": text}
        was = {"text": seen.get("text", ""), "signed": seen.get("by", "")} if seen else {}
        if do != "delete" and was == {"text": text, "signed": by}:
            flash(t("staff.report.form.same"))
            return go_to(path_of(variant))
        key = (section, variant.of_words) if seen else None
        edit = Edit(REPORT_WORDS.name, key, None if do == "delete" else after, was)
        what = "staff.report.form.took_out" if do == "delete" else "staff.report.form.changed"
        try:
            commit(
                area.database,
                [edit],
                who=signed_in_account().email,
                way=WAY,
                what=t(what, section=section_name(section, t), of=variant.of),
                check=area.check,
                reason=typed["reason"].strip()[:LONGEST_REASON],
            )
        except Conflict as conflict:
            there = dict(conflict.current or {})
            current = {"text": there.get("text", ""), "by": there.get("signed", "")}
            before = current if there else {}
            return render_form(variant, section, typed, 409, before=before, current=current)
        except BadData as error:
            return render_form(variant, section, typed, 400, before=seen, errors=field_errors(error, t))
        flash(t("staff.report.form.deleted" if do == "delete" else "staff.report.form.saved"))
        return go_to(path_of(variant))

    @pages.post("/report")
    @allow(EDITOR)
    def approve() -> Response:
        variant, form, account = asked(), request.form, signed_in_account()
        with area.database.reading() as connection:
            approval = next((each for each in load_approvals(connection) if each.view == variant.view), None)
            newest, words = newest_data_change(connection), load_words(connection)
        found = words_of(words, variant.shown.selection, variant.shown.choices)
        digest = digest_of(found.values())
        key = (variant.view,) if approval else None
        if form.get("do") == "withdraw":
            edit, what, said = Edit(REPORT_APPROVALS.name, key, None), "entry_withdrawn", "withdrawn"
            if approval is None:
                return go_to(path_of(variant))
        elif problem := problem_of(variant, form, digest, newest, has_name=bool(account.name)):
            flash(t(f"staff.report.approval.{problem}"), "wrong")
            return go_to(path_of(variant))
        else:
            after = {
                "view": variant.view,
                "approved_by": account.name,
                "on_date": f"{now():%Y-%m-%d}",
                "words": digest,
                "after": str(newest),
            }
            edit, what, said = Edit(REPORT_APPROVALS.name, key, after), "entry", "done"
        text = t(f"staff.report.approval.{what}", of=variant.of)
        try:
            commit(area.database, [edit], who=account.email, way=WAY, what=text, check=area.check)
        except Conflict:
            flash(t("staff.report.approval.meanwhile"), "wrong")
            return go_to(path_of(variant))
        flash(t(f"staff.report.approval.{said}"))
        return go_to(path_of(variant))

    return pages


def problem_of(variant: Variant, form: Mapping[str, str], digest: str, newest: int, *, has_name: bool) -> str:
    """Why it cannot be approved as it was seen; "" where it can."""
    if variant.shown.selection.is_sample:
        return "sample"
    if not has_name:
        return "no_name"
    return "" if (form.get("digest"), form.get("newest")) == (digest, str(newest)) else "meanwhile"


def state_of(approval: Approval | None, digest: str, *, is_sample: bool) -> str:
    """What is said of the approval of a report with words of a digest."""
    if is_sample:
        return "sample"
    if approval is None:
        return "draft"
    if approval.words != digest:
        return "words_changed"
    return "older" if approval.is_before_data else "approved"


def section_name(section: str, t: Catalog) -> str:
    """What a section or a caption is called."""
    head, _, figure = section.partition("-")
    return t(f"staff.report.caption.{figure}") if head == "caption" else t(f"report.section.{section}")


def plain_text(text: str) -> str:
    """What was typed, with line ends of one kind and without blanks around it."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def errors_of(text: str, by: str, t: Catalog) -> dict[str, object]:
    """What is wrong with words, by field; names that are not known by their line."""
    errors: dict[str, object] = {}
    if not text:
        errors["text"] = t("staff.report.form.blank")
    elif lines := wrong_lines(text, t):
        errors["text"] = lines
    for name, typed in (("text", text), ("by", by)):
        if len(typed) > LONGEST[name]:
            errors[name] = t("staff.report.form.too_long", most=LONGEST[name])
    return errors


def wrong_lines(text: str, t: Catalog) -> list[str]:
    """A sentence for each line whose braces say nothing that is known."""
    found = []
    for at, line in enumerate(text.splitlines(), 1):
        try:
            parts = [(gap, form, turn) for _, gap, form, turn in Formatter().parse(line) if gap is not None]
        except ValueError:
            found.append(t("staff.report.form.line_braces", line=at))
            continue
        for gap, form, turn in parts:
            if not gap or form or turn:
                found.append(t("staff.report.form.line_braces", line=at))
            elif gap not in NAMES:
                found.append(t("staff.report.form.line_unknown", line=at, name=f"{{{gap}}}"))
    return found
