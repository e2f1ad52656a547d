"""The form in which a person says what headings and words mean: what it has to choose from, and what it said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.dataset import Dataset
from dashboard.intake.codebook import Question, codebook_of
from dashboard.intake.grid import plain
from dashboard.intake.mapping import KINDS, LEAVE_OUT, SAYS
from dashboard.staff.imports.reading import key_of
from dashboard.strings import Catalog

# what a select says: as it was found; it ticks nothing, or names no place
AS_IT_IS, NONE = "", "none"
LONGEST_TEXT = 400
# groups of what can be chosen: (heading, pairs of value and label)
Choices = list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True)
class Meanings:
    """Texts of which a person may say what they mean. `name`: what their fields are called; `shown`: texts of the files
    with how often; `rare`: how many more there are; `told`: what was said of them; `as_found`: what it means to say
    nothing."""

    name: str
    title: str
    told: Mapping[str, str]
    choices: Choices
    as_found: str = ""
    hint: str = ""
    shown: Sequence[tuple[str, int]] = ()
    rare: int = 0

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Texts with what was said of them; those that were only said stand below."""
        many: dict[str, int | None] = {**dict.fromkeys(self.told), **dict(self.shown)}
        texts = dict.fromkeys([*(text for text, _ in self.shown), *self.told])
        chosen = {text: said or NONE for text, said in self.told.items()}
        return [
            {"text": text, "many": many[text], "chosen": chosen.get(text, AS_IT_IS), "key": key_of(text)}
            for text in texts
        ]

    def changed(self, form: Mapping[str, str]) -> dict[str, str]:
        """Words and what they mean, with what a form says: of those that it shows, and of one more that somebody typed.
        What could not be chosen is left out."""
        allowed = values_of(self.choices)
        said = {**self.told}
        for row in self.rows:
            choice = form.get(f"{self.name}-{row['key']}")
            if choice == AS_IT_IS:
                said.pop(row["text"], None)
            elif choice in allowed:
                said[row["text"]] = meaning_of(choice)
        new, meaning = form.get(f"{self.name}-new", "").strip()[:LONGEST_TEXT], form.get(f"{self.name}-new-is", "")
        if new and meaning in allowed:
            said[new] = meaning_of(meaning)
        return said


def meaning_of(choice: str) -> str:
    """What a mapping says for a choice."""
    return "" if choice == NONE else choice


def values_of(choices: Choices) -> set[str]:
    """Everything that can be chosen."""
    return {value for _, pairs in choices for value, _ in pairs}


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
    if question is None or not mark:
        return question.title if question else use
    if option not in question.labels:
        return t("staff.imports.columns.option_unknown", title=question.title)
    return t("staff.imports.columns.option", title=question.title, option=question.labels[option])


def words_of_questions(
    questions: Sequence[Question], told: Mapping[str, Any], result: Mapping[str, Any], t: Catalog
) -> dict[str, Meanings]:
    """The texts of each question."""
    seen = {each["code"]: each for each in result.get("preview", {}).get("questions", [])}
    nothing = [(NONE, t("staff.imports.columns.none")), (LEAVE_OUT, t("staff.imports.columns.leave_out"))]
    return {
        question.code: Meanings(
            f"text-{question.code}",
            t("staff.imports.columns.texts", title=question.title),
            told.get("texts", {}).get(question.code, {}),
            [("", nothing), (question.title, list(question.labels.items()))],
            t("staff.imports.columns.as_other" if question.has_other else "staff.imports.columns.as_nothing"),
            shown=[
                (text, many)
                for kind in ("unknown_options", "unmatched")
                for text, many in seen.get(question.code, {}).get(kind, [])
            ],
            rare=seen.get(question.code, {}).get("rare", 0),
        )
        for question in questions
    }


def other_words(
    dataset: Dataset, told: Mapping[str, Any], result: Mapping[str, Any], t: Catalog
) -> dict[str, Meanings]:
    """Words for places, and what the cells of option columns say."""
    seen = result.get("preview", {})
    groups: dict[str, Iterable[str]] = {
        "regions": set(dataset.countries["region"]),
        "countries": dataset.countries["name"],
        "states": dataset.tables["us_states"]["name"],
    }
    places = [
        (t(f"staff.imports.columns.{key}"), [(name, name) for name in sorted(each)]) for key, each in groups.items()
    ]
    ticks = [(word, t(f"staff.imports.columns.{word.replace(' ', '_')}")) for word in SAYS]
    return {
        "place_words": Meanings(
            "place",
            t("staff.imports.columns.places"),
            told.get("place_words", {}),
            [("", [(NONE, t("staff.imports.columns.place_none"))]), *places],
            t("staff.imports.columns.place_found"),
            shown=[(text, many) for text, many in seen.get("unmatched_places", [])],
            rare=seen.get("rare_places", 0),
        ),
        "ticks": Meanings(
            "tick",
            t("staff.imports.columns.ticks"),
            told.get("ticks", {}),
            [("", ticks)],
            hint=t("staff.imports.columns.ticks_what"),
        ),
    }


def all_words(dataset: Dataset, told: Mapping[str, Any], result: Mapping[str, Any], t: Catalog) -> list[Meanings]:
    """Everything that the form asks below the headings."""
    questions = words_of_questions(codebook_of(dataset), told, result, t)
    return [*questions.values(), *other_words(dataset, told, result, t).values()]


def fields_of_form(told: Mapping[str, Any], result: Mapping[str, Any], words: Iterable[Meanings]) -> dict[str, str]:
    """What stands in the fields of the form. What was told since the files were read goes before what was read."""
    columns = result.get("columns", [])
    values = {f"column-{each['key']}": _said_of(told, each["heading"]) or str(each["told"]) for each in columns}
    return values | {f"{each.name}-{row['key']}": row["chosen"] for each in words for row in each.rows}


def clashes(
    there: Mapping[str, str],
    seen: Mapping[str, str],
    touched: Mapping[str, str],
    choices: Mapping[str, Choices],
    t: Catalog,
) -> dict[str, str]:
    """What both chose, in words, by the fields that somebody else has set to something else since they were seen.
    `choices`: what there is to choose from, by the beginning of the names of fields."""

    def text_of(name: str, value: str) -> str:
        of_it = (
            (group, label) for group, pairs in choices[name.rpartition("-")[0]] for key, label in pairs if key == value
        )
        group, label = next(of_it, ("", t("staff.imports.columns.as_found")))
        return f"{group}: {label}" if group else label

    return {
        name: t("staff.imports.columns.clash", now=text_of(name, there[name]), mine=text_of(name, said))
        for name, said in touched.items()
        if name in there and name in seen and there[name] not in {seen[name], said}
    }


def changed(
    told: Mapping[str, Any], form: Mapping[str, str], result: Mapping[str, Any], dataset: Dataset, t: Catalog
) -> dict[str, Any]:
    """What was told, with what a form says put in its place. What the form does not ask stays; what it could not have
    asked is left out."""
    questions = codebook_of(dataset)
    of_questions = words_of_questions(questions, told, result, t).items()
    return {
        **_headings(told, form, result, values_of(choices_of_columns(questions, t))),
        "texts": {code: texts for code, words in of_questions if (texts := words.changed(form))},
        **{name: words.changed(form) for name, words in other_words(dataset, told, result, t).items()},
    }


def _headings(
    told: Mapping[str, Any], form: Mapping[str, str], result: Mapping[str, Any], allowed: set[str]
) -> dict[str, Any]:
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


def _said_of(told: Mapping[str, Any], heading: str) -> str:
    """What was told of a heading, "" where nothing was."""
    pairs = {**told.get("questions", {}), **told.get("places", {})}
    return next((str(use) for each, use in pairs.items() if plain(each) == plain(heading)), "")
