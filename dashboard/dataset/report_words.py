"""What people write into the report: `report.toml` to checked texts.

Only what the file can say of itself is checked here. Whether its names are facts and its views can be shown is known
where facts and views are (`dashboard/report/check.py`).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.dataset.problems import Problem
from dashboard.dataset.story import gaps

REPORT = "report.toml"
# sections of the report that are people's alone; the others are computed, and words stand at their beginning
FOREWORD, CONCLUSIONS, RECOMMENDATIONS = "foreword", "conclusions", "recommendations"
WRITTEN = (FOREWORD, CONCLUSIONS, RECOMMENDATIONS)
COMPUTED = ("summary", "where", "growth", "barriers", "partnerships", "programs", "openings", "research", "method")
# words below the caption of a figure
CAPTIONS = ("caption-map", "caption-growth", "caption-barriers", "caption-openings")
SECTIONS = (*WRITTEN, *COMPUTED, *CAPTIONS)
# what a text of TOML cannot hold as it is, of what a person can type
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
KEYS = ("section", "view", "by", "text")
LONGEST: Mapping[str, int] = {"view": 400, "by": 120, "text": 20_000}


@dataclass(frozen=True)
class SectionWords:
    """The words of one section in one variant. `view` is the selection as in an address, "" for every report; `by` is
    who signs, `text` Markdown in which names like "{partnerships}" stand for numbers; `row` is the line of the file
    in which the entry begins, `rows` the lines of the names, in their order, each (name, line)."""

    section: str
    text: str
    view: str = ""
    by: str = ""
    row: int = 0
    rows: tuple[tuple[str, int], ...] = ()

    def row_of(self, name: str) -> int:
        """The line in which a name stands for the first time; that of the entry where it cannot be found."""
        return dict(reversed(self.rows)).get(name, self.row)


def read_report_words(values: Mapping[str, Any], source: str, problems: list[Problem]) -> tuple[SectionWords, ...]:
    """The texts of `report.toml`, whose own text is `source`; what is wrong is added to the problems, by row."""
    rows = rows_of_entries(source)
    for key in values.keys() - {"words"}:
        problems.append(Problem(REPORT, "unknown_key", row_of(source, key), key, details={"choices": "words"}))
    entries = values.get("words", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        problems.append(Problem(REPORT, "report_words", row_of(source, "words"), "words", str(entries)))
        return ()
    found: dict[tuple[str, str], SectionWords] = {}
    for entry, row in zip(entries, rows, strict=False):
        words = _words(entry, row, source, problems)
        if words is None:
            continue
        first = found.setdefault((words.section, words.view), words)
        if first is not words:
            details = {"first": first.row}
            problems.append(Problem(REPORT, "repeated_words", row, "section", words.section, details))
    return tuple(found.values())


def to_toml(words: Iterable[SectionWords]) -> str:
    """The text of `report.toml` with these words; "" without any."""
    return "\n".join(_entry(each) for each in words)


def _entry(words: SectionWords) -> str:
    lines = ["[[words]]"]
    for key in ("section", "view", "by"):
        if text := getattr(words, key):
            lines.append(f"{key} = {_quoted(text)}")
    # a line of the text is a line of the file, so that what is wrong with it is found
    text = words.text.replace("\\", "\\\\").replace('"""', '""\\"')
    return "\n".join([*lines, f'text = """\n{CONTROL.sub(_escaped, text)}\n"""\n'])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def digest_of(words: Iterable[SectionWords]) -> str:
    """What tells words apart, whatever order they are in: an approval is of these and no others."""
    texts = sorted((each.section, each.view, each.by, each.text) for each in words)
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()[:24]


@dataclass(frozen=True)
class Approval:
    """Somebody approved the report of an address, `view` its query, on a date (2026-11-28), with words of a digest;
    `is_before_data`: the data was changed since."""

    view: str
    by: str
    on_date: str
    words: str
    is_before_data: bool


def _words(entry: Mapping[str, Any], row: int, source: str, problems: list[Problem]) -> SectionWords | None:
    before = len(problems)

    def wrong(kind: str, key: str, value: object = "", **details: object) -> None:
        problems.append(Problem(REPORT, kind, row, key, str(value), details))

    for key in entry.keys() - set(KEYS):
        wrong("unknown_key", key, choices=", ".join(KEYS))
    for key in KEYS:
        if not isinstance(entry.get(key, ""), str):
            wrong("not_a_text", key, entry[key])
    if len(problems) > before:
        return None
    if entry.get("section") not in SECTIONS:
        wrong("choice", "section", entry.get("section", ""), choices=", ".join(SECTIONS))
    if not entry.get("text", "").strip():
        wrong("blank", "text")
    for key, longest in LONGEST.items():
        if len(entry.get(key, "")) > longest:
            wrong("too_long", key, entry[key], longest=longest)
    try:
        gaps(entry.get("text", ""))
    except ValueError:
        wrong("braces", "text", entry["text"].strip())
    if len(problems) > before:
        return None
    texts = {key: entry.get(key, "").strip() for key in KEYS}
    named = [(name, row_of(source, f"{{{name}}}", after=row)) for name in dict.fromkeys(gaps(texts["text"]))]
    return SectionWords(**texts, row=row, rows=tuple((name, at) for name, at in named if at is not None))


def rows_of_entries(source: str) -> list[int]:
    """The lines, from 1, in which entries of words begin."""
    return [at for at, line in enumerate(source.splitlines(), 1) if line.strip().replace(" ", "") == "[[words]]"]


def row_of(source: str, text: str, *, after: int = 1) -> int | None:
    """The first line, from 1, with a text in it, at or after a line; None where there is none."""
    lines = enumerate(source.splitlines(), 1)
    return next((at for at, line in lines if at >= after and text in line), None)
