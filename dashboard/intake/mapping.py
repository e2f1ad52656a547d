"""A mapping kept beside the exports of a survey, so that next time nothing has to be told again."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dashboard.dataset.problems import BadData, toml_problem
from dashboard.intake.responses import Responses

# rarer texts may be of one person, and are not kept in a file
KEPT_FROM = 5
HEAD = """# How the columns and words of a survey tool's export are understood (import-survey --map).
# [questions]  a heading of the export = a question of survey/codebook.csv, or "" to leave it out
# [places]     a heading = "country", "region" or "state"
# [texts.…]    a text that people chose or typed = an option of that question
"""


@dataclass(frozen=True)
class Mapped:
    """What a mapping file says: heading to question code, heading to kind of place, and by question text to option."""

    questions: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read_mapping(path: Path) -> Mapped:
    """The mapping of a file; an empty one where it is not there yet. Raises BadData where it cannot be read."""
    if not path.exists():
        return Mapped()
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        return Mapped(
            _texts(values.get("questions", {})),
            _texts(values.get("places", {})),
            {name: _texts(texts) for name, texts in values.get("texts", {}).items()},
        )
    except (tomllib.TOMLDecodeError, OSError, ValueError, AttributeError) as error:
        raise BadData([toml_problem(path.name, error)]) from None


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    for key, value in values.items():
        if not isinstance(value, str):
            raise ValueError(f"{key} = {value!r}")
    return dict(values)


def write_mapping(path: Path, responses: Responses, before: Mapped) -> None:
    """Keeps how a file was understood, and what was told before."""
    questions = {**{found.heading: found.question.code for found in responses.answered}, **before.questions}
    places = {**dict(responses.places), **before.places}
    lines = [HEAD, "[questions]", *map(_line, questions.items()), "", "[places]", *map(_line, places.items())]
    for found in responses.answered:
        told = dict(before.texts.get(found.question.code, {}))
        if found.question.has_other:
            often = {text: "other" for text, many in found.unmatched.items() if many >= KEPT_FROM}
            told = {**often, **told}
        if told:
            lines += ["", f"[texts.{json.dumps(found.question.code)}]", *map(_line, told.items())]
    # what somebody corrected there stays until the new is whole
    new = path.with_name(path.name + ".new")
    try:
        new.write_text("\n".join(lines) + "\n", encoding="utf-8")
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise


def _line(pair: tuple[str, str]) -> str:
    key, value = (json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F") for text in pair)
    return f"{key} = {value}"
