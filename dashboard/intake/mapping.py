"""A mapping kept beside the exports of a survey, so that next time nothing has to be told again."""

from __future__ import annotations

import difflib
import json
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from dashboard.dataset.problems import BadData, Problem, toml_problem
from dashboard.dataset.spelling import normalize
from dashboard.intake.cells import NO, UNANSWERED, YES
from dashboard.intake.codebook import Question
from dashboard.intake.grid import Grid, plain
from dashboard.intake.headers import Field
from dashboard.intake.responses import Responses

# rarer texts may be of one person, and are not kept in a file
KEPT_FROM = 5
MOST_EXAMPLES = 4
LEAVE_OUT = "leave out"
KINDS = ("country", "region", "state")
SAYS = {"yes": YES, "no": NO, "no answer": UNANSWERED}
SECTIONS = ("questions", "places", "place_words", "texts", "ticks")
HEAD = """# How the columns and words of a survey tool's export are understood (import-survey --map).
# [questions]    a heading of the export = a question of survey/codebook.csv, or "leave out". Several headings may be
#                one question. A column that stands for one option: "question / option", such as "barriers / visas".
# [places]       a heading = "country", "region" or "state" (of the partner; U.S. state), or "leave out"
# [place_words]  a word for a place in the answers = a sub-region, a country or a U.S. state; "" for none
# [texts.…]      a text that people chose or typed = an option of that question; "" where it ticks nothing ("None of
#                these"), "leave out" where it is no answer
# [ticks]        what the cells of option columns say, where it is not yes or no = "yes", "no" or "no answer"
"""


@dataclass(frozen=True)
class Mapped:
    """What a mapping file says. `questions`: heading to question ("" or LEAVE_OUT: left out); `places`: heading to kind
    of place; `place_words`: text to place; `texts`: by question text to option; `ticks`: text of a cell to yes, no."""

    questions: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    place_words: Mapping[str, str] = field(default_factory=dict)
    ticks: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _question_keys(self) -> Mapping[str, str]:
        return {plain(key): value for key, value in self.questions.items()}

    @cached_property
    def _place_keys(self) -> Mapping[str, str]:
        kinds = {plain(key): value for key, value in self.questions.items() if value in KINDS}
        return kinds | {plain(key): value for key, value in self.places.items()}

    @cached_property
    def _tick_keys(self) -> Mapping[str, str]:
        return {normalize(key): SAYS.get(value.casefold(), "") for key, value in self.ticks.items()}

    def question_of(self, column: Field) -> str | None:
        """The question that a column is said to be: its code, "code/option", LEAVE_OUT; None where nothing is."""
        for name in column.names:
            said = self._question_keys.get(plain(name))
            if said is not None and said not in KINDS:
                code, mark, option = said.partition("/")
                return LEAVE_OUT if is_left_out(said) else f"{code.strip()}{mark}{option.strip()}"
        return LEAVE_OUT if self.place_of(column) == LEAVE_OUT else None

    def place_of(self, column: Field) -> str | None:
        """The kind of place that a column is said to be, LEAVE_OUT, or None where nothing is said."""
        for name in column.names:
            if (said := self._place_keys.get(plain(name))) is not None:
                return LEAVE_OUT if is_left_out(said) else said
        return None

    def is_confirmed(self, column: Field) -> bool:
        """Whether a person has said which question a column is."""
        return self.question_of(column) not in {None, LEAVE_OUT}

    def tick_of(self, value: str) -> str:
        """What a cell of an option column is said to be (YES, NO, UNANSWERED), "" where nothing is."""
        return self._tick_keys.get(normalize(value), "")


def read_mapping(path: Path) -> Mapped:
    """The mapping of a file; an empty one where it is not there yet. Raises BadData where it cannot be read."""
    if not path.exists():
        return Mapped()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise BadData([toml_problem(path.name, error)]) from None
    return parse_mapping(text, path.name)


def parse_mapping(text: str, name: str) -> Mapped:
    """The mapping that a text of TOML is; problems call it `name`. Raises BadData where it is none."""
    try:
        values = tomllib.loads(text)
        if strange := [section for section in values if section not in SECTIONS]:
            known = {"known": ", ".join(SECTIONS)}
            raise BadData([Problem(name, "map_section", column=section, details=known) for section in strange])
        texts = {question: _texts(texts) for question, texts in values.pop("texts", {}).items()}
        return Mapped(**{section: _texts(pairs) for section, pairs in values.items()}, texts=texts)
    except (ValueError, AttributeError) as error:
        raise BadData([toml_problem(name, error)]) from None


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    for key, value in values.items():
        if not isinstance(value, str):
            raise ValueError(f"{key} = {value!r}")
    return dict(values)


def with_options(mapped: Mapped, questions: Sequence[Question]) -> Mapped:
    """The same with the codes of options in place of their labels, and without words that name none."""
    texts: dict[str, dict[str, str]] = {}
    for question in questions:
        for text, said in mapped.texts.get(question.code, {}).items():
            option = said.casefold() if is_left_out(said) else question.option(said)
            if option or is_left_out(said):
                texts.setdefault(question.code, {})[text] = option
    return replace(mapped, texts=texts)


def is_left_out(said: str) -> bool:
    """Whether a word of a mapping says that something is nothing, or is to be left out."""
    return said.casefold() in {"", LEAVE_OUT}


def of_headings(mapped: Mapped, fields: Sequence[Field]) -> Mapped:
    """The same without headings that are none of these columns: what was told of another sheet or row is no mistake."""
    known = {plain(text) for column in fields for text in column.names}
    questions, places = (
        {heading: said for heading, said in pairs.items() if plain(heading) in known}
        for pairs in (mapped.questions, mapped.places)
    )
    return replace(mapped, questions=questions, places=places)


def check_mapping(
    mapped: Mapped,
    name: str,
    fields: Sequence[Field],
    questions: Sequence[Question],
    knows_place: Callable[[str], bool],
) -> list[Problem]:
    """Every word of a mapping that names nothing: headings that no file has, questions, options, places, ticks."""
    headings = {plain(text): None for column in fields for text in column.names}
    by_code = {question.code: question for question in questions}
    problems = []

    def wrong(kind: str, column: str, value: str, known: Iterable[str]) -> None:
        known = list(known)
        near = difflib.get_close_matches(value, known, 3, 0.5)
        details = {"near": "; ".join(f"“{text}”" for text in near or known[:12])}
        problems.append(Problem(name, kind, column=column, value=value, details=details))

    for section, pairs in (("questions", mapped.questions), ("places", mapped.places)):
        for heading, said in pairs.items():
            if plain(heading) not in headings:
                wrong("map_heading", f"[{section}]", heading, headings)
            code, _, option = (part.strip() for part in said.partition("/"))
            if is_left_out(said) or said in KINDS:
                continue
            if section == "places":
                wrong("map_kind", f"[places] {heading}", said, KINDS)
            elif code not in by_code:
                wrong("map_question", f"[questions] {heading}", code, [*by_code, LEAVE_OUT])
            elif option and not by_code[code].option(option):
                wrong("map_option", f"[questions] {heading}", option, by_code[code].options)
    for code, texts in mapped.texts.items():
        if code not in by_code:
            wrong("map_question", "[texts]", code, by_code)
            continue
        for text, option in texts.items():
            if not is_left_out(option) and not by_code[code].option(option):
                wrong("map_option", f"[texts.{code}] {text}", option, by_code[code].options)
    for text, place in mapped.place_words.items():
        if not is_left_out(place) and not knows_place(place):
            wrong("map_place", f"[place_words] {text}", place, ())
    for text, said in mapped.ticks.items():
        if said.casefold() not in SAYS:
            wrong("map_tick", f"[ticks] {text}", said, SAYS)
    return problems


def mapping_text(responses: Responses, before: Mapped) -> str:
    """How a file was understood, and what was told before, as a mapping."""
    places = {**dict(responses.places), **before.places}
    questions = {
        **{found.heading: found.question.code for found in responses.answered if found.is_one_column},
        **{heading: code for heading, code in before.questions.items() if heading not in places},
    }
    unplaced = {text: "" for text, many in responses.unmatched_places.items() if many >= KEPT_FROM}
    texts = {}
    for found in responses.answered:
        often = {text: "other" for text, many in found.unmatched.items() if many >= KEPT_FROM}
        told = before.texts.get(found.question.code, {})
        texts[found.question.code] = {**often, **told} if found.question.has_other else told
    words = {"place_words": {**unplaced, **before.place_words}, **_of_texts(texts), "ticks": before.ticks}
    sections = {"questions": questions, "places": places, **{name: pairs for name, pairs in words.items() if pairs}}
    return "\n".join([HEAD, "\n".join(_section(name, pairs) for name, pairs in sections.items())])


def told_text(mapped: Mapped) -> str:
    """A mapping of what a person has told, and nothing else."""
    sections = {name: getattr(mapped, name) for name in ("questions", "places", "place_words", "ticks")}
    return "\n".join([HEAD, *(_section(*each) for each in {**sections, **_of_texts(mapped.texts)}.items()), ""])


def _of_texts(texts: Mapping[str, Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    return {f"texts.{json.dumps(code)}": pairs for code, pairs in texts.items()}


def _section(name: str, pairs: Mapping[str, str]) -> str:
    """A section of a mapping, and the line end of its last line."""
    return "\n".join([f"[{name}]", *map(_line, pairs.items()), ""])


def template_text(grids: Sequence[tuple[Grid, Sequence[Field]]], questions: Sequence[Question]) -> str:
    """A mapping to fill in, for files that were not understood: every heading with what its cells say most often. The
    lines are comments until somebody takes the sign away, so nothing is told by leaving it as it is."""
    lines = [HEAD, "# Questions and their options:"]
    lines += [f"#   {question.code}: {', '.join(question.options)}" for question in questions]
    lines += ["", "# Take the # away from a line and fill it in.", "[questions]"]
    examples: dict[str, list[str]] = {}
    for grid, fields in grids:
        for column in fields:
            examples.setdefault(column.label, [repr(text) for text in examples_of(grid, column)])
    for heading, often in examples.items():
        lines.append(f"# {_line((heading, 'leave out'))}" + (f"   # {', '.join(often)}" if often else ""))
    lines += ["", "[places]", "", "[place_words]", ""]
    lines += [f"[texts.{json.dumps(question.code)}]\n" for question in questions]
    return "\n".join([*lines, "[ticks]", ""])


def examples_of(grid: Grid, column: Field) -> list[str]:
    """What stands most often in a column; rare texts may be of one person and are not shown."""
    used = sorted(grid.columns[column.at].used(), key=lambda item: -item[1])
    return [" ".join(value.split())[:40] for value, many in used if many >= KEPT_FROM][:MOST_EXAMPLES]


def write_mapping(path: Path, text: str) -> None:
    """Puts a mapping where it is kept, whole or not at all."""
    # what somebody corrected there stays until the new is whole
    new = path.with_name(path.name + ".new")
    try:
        new.write_text(text, encoding="utf-8")
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise


def _line(pair: tuple[str, str]) -> str:
    key, value = (json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F") for text in pair)
    return f"{key} = {value}"
