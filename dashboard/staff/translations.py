"""What the data calls things in other languages: each text beside its translations, to fill in and to mend."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from babel import Locale
from flask import Blueprint, Response, request

from dashboard.dataset.problems import BadData
from dashboard.dataset.schema import TABLES, Column
from dashboard.dataset.validate import UNSEEN
from dashboard.staff.area import EDITOR, PREFIX, Page, StaffArea, allow, field_errors, go_to, read_object
from dashboard.staff.changing import submit
from dashboard.staff.sources import reason_error
from dashboard.store.changes import Conflict, Edit
from dashboard.store.tables import TRANSLATIONS
from dashboard.store.translations import Text, load_texts
from dashboard.strings import FIRST_LANGUAGE, Catalog

PATH = f"{PREFIX}/translations"
PAGES = (Page(PATH, "staff.translations.title", "staff.translations.title_what", EDITOR),)
WAY = "staff translations"
# columns of a row that say where its text stands
PLACES = {
    "milestones": ("date", "title"),
    "questions": ("wording",),
    "codebook": ("question", "option"),
    "themes": ("wave", "group_title"),
    "waves": ("year",),
    "sample_waves": ("year",),
}
BREAKS = re.compile(r"[ \t\r\n]+")
BETWEEN = " · "


@dataclass(frozen=True)
class Language:
    """One of those into which it is translated. `name` is the English one; `missing`: how many texts have none."""

    code: str
    name: str
    direction: str
    missing: int


@dataclass(frozen=True)
class Wanted:
    """What is asked for: translations into one language ("" for all), of texts alone that lack one."""

    language: str = ""
    is_missing: bool = False

    @property
    def query(self) -> str:
        """It as the end of an address."""
        parts = [*([f"language={self.language}"] if self.language else []), *(["missing=1"] if self.is_missing else [])]
        return "?" + "&".join(parts) if parts else ""

    def fits(self, text: Text) -> bool:
        """Whether a text is one of them."""
        shown = [self.language] if self.language else TRANSLATIONS
        return not self.is_missing or any(not text.translations[each] for each in shown)


@dataclass(frozen=True)
class Typed:
    """One translation as somebody typed it, and `seen`, what stood there when the page was made."""

    text: Text
    language: str
    cell: str
    seen: str

    @property
    def field(self) -> str:
        """The field in which it was typed."""
        return self.text.field(self.language)

    @property
    def now(self) -> str:
        """What stands there now."""
        return self.text.translations[self.language]


def place_of(text: Text) -> str:
    """Where a text stands: a date, the wording of a question."""
    cells = [text.row.get(name, "") for name in PLACES[text.table] if name != text.name]
    return BETWEEN.join(cell for cell in cells if cell and cell != text.english)


def read_wanted() -> Wanted:
    """What the address asks for; a language that there is not is none."""
    language = request.args.get("language", "")
    return Wanted(language if language in TRANSLATIONS else "", request.args.get("missing") == "1")


def read_typed(texts: Sequence[Text], form: Mapping[str, str]) -> Iterator[Typed]:
    """What was changed of the fields of a form: it differs from what stood there, and from what stands there now."""
    seen = read_object(form.get("seen", ""))
    for text in texts:
        for language in TRANSLATIONS:
            field = text.field(language)
            if field not in form:
                continue
            typed = Typed(text, language, plain(form[field]), str(seen.get(field, "")))
            if typed.cell not in (typed.seen, typed.now):
                yield typed


def plain(text: str) -> str:
    """A text as one line; a space that does not break stays one."""
    return BREAKS.sub(" ", text).strip(" ")


def faults_of(typed: Collection[Typed], t: Catalog) -> dict[str, str]:
    """What is wrong with texts, by field."""
    found = {}
    for each in typed:
        longest = column_of(each).longest
        if len(each.cell) > longest:
            found[each.field] = t("staff.translations.long", most=longest, count=len(each.cell))
        elif any(not char.isprintable() and char not in UNSEEN for char in each.cell):
            found[each.field] = t("staff.translations.unprintable")
    return found


def column_of(typed: Typed) -> Column:
    """The column in which it is kept."""
    name = typed.text.columns[typed.language]
    return next(each for each in TABLES[typed.text.table].columns if each.name == name)


def edits_of(typed: Collection[Typed]) -> list[Edit]:
    """The change, a row an edit: a row may have several texts in several languages."""
    found: dict[tuple[str, tuple[str, ...]], tuple[dict[str, str], dict[str, str]]] = {}
    for each in typed:
        name = each.text.columns[each.language]
        for key in each.text.keys:
            after, before = found.setdefault((each.text.table, key), ({}, {}))
            after[name], before[name] = each.cell, each.seen
    return [Edit(table, key, after, before) for (table, key), (after, before) in found.items()]


def routes(area: StaffArea) -> Blueprint:
    """Its addresses."""
    pages, t = Blueprint("staff_translations", __name__), area.t

    def name_of(language: str) -> str:
        return str(Locale(language).get_display_name(FIRST_LANGUAGE))

    def show(texts: Sequence[Text], status: int = 200, **values: object) -> Response:
        wanted, form = read_wanted(), request.form
        languages = [
            Language(
                code, name_of(code), Locale(code).text_direction, sum(not each.translations[code] for each in texts)
            )
            for code in TRANSLATIONS
        ]
        shown = [each for each in languages if wanted.language in ("", each.code)]
        # what somebody typed stays, though nothing may be missing there any more
        found = [each for each in texts if wanted.fits(each) or any(each.field(one.code) in form for one in shown)]
        by_table: dict[str, list[Text]] = {}
        for each in found:
            by_table.setdefault(each.table, []).append(each)
        # what nobody typed is what stands there now, though it may be another text than the form was sent with
        typed = {each.field: each.cell for each in read_typed(texts, form)}
        return area.render(
            "translations",
            status,
            tables=by_table,
            count=len(found),
            total=len(texts),
            languages=languages,
            shown=shown,
            wanted=wanted,
            seen=json.dumps(
                {each.field(one.code): each.translations[one.code] for each in found for one in shown},
                ensure_ascii=False,
            ),
            place_of=place_of,
            typed={**typed, "reason": form.get("reason", "")},
            **values,
        )

    @pages.get("/translations")
    @allow(EDITOR)
    def show_translations() -> Response:
        return show(load_texts(area.database))

    @pages.post("/translations")
    @allow(EDITOR)
    def save() -> Response:
        texts, reason = load_texts(area.database), request.form.get("reason", "").strip()
        typed = list(read_typed(texts, request.form))
        errors: dict[str, object] = {**clashes(texts), **faults_of(typed, t), **reason_error(reason, t)}
        if not typed and not errors.get(""):
            errors[""] = t("staff.translations.nothing_changed")
        if not errors:
            what = what_of(typed)
            try:
                submit(area, edits_of(typed), way=WAY, what=what, reason=reason)
            except BadData as error:
                errors[""] = [line for lines in field_errors(error, t).values() for line in lines]
            except Conflict:
                # since the texts were read, a moment ago
                texts = load_texts(area.database)
                errors = {**clashes(texts)} or {"": t("staff.registry.changed_meanwhile")}
            else:
                return go_to(f"{PATH}{read_wanted().query}")
        return show(texts, 400, errors=errors)

    def clashes(texts: Sequence[Text]) -> dict[str, str]:
        """Where somebody else wrote something meanwhile, by field; "" has what was typed for texts that are gone."""
        blank, form = t("partnerships.blank"), request.form
        found = {
            each.field: t("staff.registry.clash", now=each.now or blank, mine=each.cell or blank)
            for each in read_typed(texts, form)
            if each.now != each.seen
        }
        there = {each.field(language) for each in texts for language in TRANSLATIONS}
        seen = read_object(form.get("seen", ""))
        lost = [plain(form[name]) for name in seen if name in form and name not in there and form[name] != seen[name]]
        return {**found, **({"": t("staff.translations.gone", texts=t.listing(lost))} if lost else {})}

    def what_of(typed: Sequence[Typed]) -> str:
        into = {each.language for each in typed}
        languages = t.names(name_of(code) for code in TRANSLATIONS if code in into)
        if len(typed) == 1:
            return t("staff.translations.what_one", language=languages, text=typed[0].text.english)
        return t("staff.translations.what", count=len(typed), languages=languages)

    return pages
