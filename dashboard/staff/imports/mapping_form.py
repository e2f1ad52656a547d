"""The form in which a person says what headings and words mean: what it has to choose from, and what it said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.dataset import Dataset
from dashboard.dataset.records import records
from dashboard.intake.codebook import Question
from dashboard.intake.grid import plain
from dashboard.intake.mapping import KINDS, LEAVE_OUT, SAYS, Mapped
from dashboard.staff.imports.surveys import heading_key
from dashboard.strings import Catalog

# what a select says: as it was found; it ticks nothing; it names no place
AS_IT_IS, NONE = "", "none"
LONGEST_TEXT = 400
Told = dict[str, Any]
Choices = list[tuple[str, list[tuple[str, str]]]]


def changed(
    told: Mapping[str, Any],
    form: Mapping[str, str],
    result: Mapping[str, Any],
    questions: Sequence[Question],
    places: Sequence[str],
) -> Told:
    """What was told, with what a form says put in its place. What the form does not ask stays; what it could not have
    asked is left out."""
    return {
        **_headings(told, form, result, questions),
        "texts": {
            question.code: texts
            for question in questions
            if (texts := _texts(told.get("texts", {}).get(question.code, {}), form, result, question))
        },
        "place_words": _words(
            told.get("place_words", {}),
            form,
            "place",
            [text for text, _ in result.get("preview", {}).get("unmatched_places", [])],
            {NONE: "", **{place: place for place in places}},
        ),
        "ticks": _words(told.get("ticks", {}), form, "tick", [], {word: word for word in SAYS}),
    }


def choices_of_columns(questions: Sequence[Question], t: Catalog) -> Choices:
    """What a column can be said to be, in groups."""
    groups = [
        ("", [(LEAVE_OUT, t("staff.imports.columns.leave_out"))]),
        (t("staff.imports.columns.place"), [(kind, t(f"import.place_kind.{kind}")) for kind in KINDS]),
    ]
    for each in questions:
        whole = (each.code, t("staff.imports.columns.question", title=each.title))
        groups.append((each.title, [whole, *((f"{each.code}/{key}", label) for key, label in each.labels.items())]))
    return groups


def use_text(use: str, questions: Sequence[Question], t: Catalog) -> str:
    """What a column was taken for, in words."""
    if use in KINDS:
        return t(f"import.place_kind.{use}")
    code, mark, option = use.partition("/")
    question = next((each for each in questions if each.code == code), None)
    if question is None:
        return use
    if mark and option not in question.labels:
        return t("staff.imports.columns.option_unknown", title=question.title)
    return (
        t("staff.imports.columns.option", title=question.title, option=question.labels[option])
        if mark
        else question.title
    )


def words_of_questions(
    questions: Sequence[Question], told: Mapped, result: Mapping[str, Any], t: Catalog
) -> list[dict[str, Any]]:
    """For each question the texts of which somebody may say what they mean."""
    by_code = {each["code"]: each for each in result.get("preview", {}).get("questions", [])}
    found: list[dict[str, Any]] = []
    for question in questions:
        seen = by_code.get(question.code, {})
        shown = [*seen.get("unknown_options", []), *seen.get("unmatched", [])]
        nothing = [(NONE, t("staff.imports.columns.none")), (LEAVE_OUT, t("staff.imports.columns.leave_out"))]
        said = {text: NONE if option == "" else option for text, option in told.texts.get(question.code, {}).items()}
        found.append(
            {
                "code": question.code,
                "title": question.title,
                "has_other": question.has_other,
                "words": shown_words(shown, said),
                "rare": seen.get("rare", 0),
                "choices": [("", nothing), (question.title, list(question.labels.items()))],
            }
        )
    return found


def shown_words(shown: Sequence[tuple[str, int]], said: Mapping[str, str]) -> list[dict[str, Any]]:
    """Texts with what was said of them; those that were only said stand below."""
    rows = [{"text": text, "many": many, "chosen": said.get(text, AS_IT_IS)} for text, many in shown]
    rows += [
        {"text": text, "many": None, "chosen": choice}
        for text, choice in said.items()
        if text not in {known for known, _ in shown}
    ]
    return [{**row, "key": heading_key(str(row["text"]))} for row in rows]


def choices_of_places(dataset: Dataset, t: Catalog) -> Choices:
    """What a word for a place can mean, in groups."""
    headings = {"region": "regions", "country": "countries", "state": "states"}
    return [
        ("", [(NONE, t("staff.imports.columns.place_none"))]),
        *(
            (t(f"staff.imports.columns.{headings[kind]}"), [(name, name) for name in names])
            for kind, names in place_groups(dataset)
        ),
    ]


def choices_of_ticks(t: Catalog) -> Choices:
    """What a cell of an option column can say."""
    return [("", [(word, t(f"staff.imports.columns.{word.replace(' ', '_')}")) for word in SAYS])]


def uses_of(questions: Sequence[Question]) -> set[str]:
    """Everything that a column can be said to be."""
    codes = {question.code for question in questions}
    return {LEAVE_OUT, *KINDS, *codes, *(f"{each.code}/{option}" for each in questions for option in each.options)}


def _headings(
    told: Mapping[str, Any], form: Mapping[str, str], result: Mapping[str, Any], questions: Sequence[Question]
) -> Told:
    allowed = uses_of(questions)
    said = {name: dict(told.get(name, {})) for name in ("questions", "places")}
    for column in result.get("columns", []):
        use = form.get(f"column-{column['key']}")
        if use is None or (use and use not in allowed):
            continue
        for pairs in said.values():
            for heading in [each for each in pairs if plain(each) == plain(column["heading"])]:
                del pairs[heading]
        if use:
            said["places" if use in KINDS else "questions"][column["heading"]] = use
    return said


def _texts(
    told: Mapping[str, str], form: Mapping[str, str], result: Mapping[str, Any], question: Question
) -> dict[str, str]:
    seen = result.get("preview", {}).get("questions", [])
    found: Mapping[str, Any] = next((each for each in seen if each["code"] == question.code), {})
    shown = [text for name in ("unmatched", "unknown_options") for text, _ in found.get(name, [])]
    choices = {NONE: "", LEAVE_OUT: LEAVE_OUT, **{option: option for option in question.options}}
    return _words(told, form, f"text-{question.code}", shown, choices)


def _words(
    told: Mapping[str, str], form: Mapping[str, str], name: str, shown: Sequence[str], choices: Mapping[str, str]
) -> dict[str, str]:
    """Words and what they mean: those that the page shows, those told before, and one more that somebody typed."""
    said = dict(told)
    for text in dict.fromkeys([*shown, *told]):
        choice = form.get(f"{name}-{heading_key(text)}")
        if choice == AS_IT_IS:
            said.pop(text, None)
        elif choice is not None and choice in choices:
            said[text] = choices[choice]
    new = form.get(f"{name}-new", "").strip()[:LONGEST_TEXT]
    meaning = form.get(f"{name}-new-is", "")
    if new and meaning in choices:
        said[new] = choices[meaning]
    return said


def place_groups(dataset: Dataset) -> list[tuple[str, list[str]]]:
    """What a word can mean, by kind: sub-regions, countries, U.S. states."""
    return [
        ("region", sorted(set(dataset.countries["region"]))),
        ("country", sorted(row["name"] for row in records(dataset.countries))),
        ("state", sorted(row["name"] for row in records(dataset.tables["us_states"]))),
    ]
