"""Which tool wrote a file, and what each of its columns is. One small reader of headings for each tool."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard.dataset.spelling import folded
from dashboard.intake.grid import Grid

SURVEYMONKEY, GOOGLE, MICROSOFT, QUALTRICS, KOBO, LONG, PLAIN = (
    "surveymonkey",
    "google",
    "microsoft",
    "qualtrics",
    "kobo",
    "long",
    "plain",
)
ANSWER_HEADINGS = {"response", "openendedresponse", ""}
BINARY = {"", "0", "1", "true", "false"}
OTHER_TEXT = re.compile(r"^other\b.*\((please )?specify|^other.*text$|^other$|please specify", re.IGNORECASE)


@dataclass(frozen=True)
class Field:
    """One column as the tool meant it. `question` is its heading; `option` the option that it stands for, "" where
    the cells hold the answers themselves; `is_text` where they hold what was typed beside an option "Other"."""

    at: int
    question: str
    option: str = ""
    is_text: bool = False

    @property
    def heading(self) -> str:
        """How the preview calls the column."""
        return f"{self.question} / {self.option}" if self.option else self.question


@dataclass(frozen=True)
class Layout:
    """How one tool writes. `separator` joins several answers in a cell; `is_binary`: columns of options hold 1 and 0,
    otherwise whatever is not blank is a tick; `has_every_option`: an option without a column was not asked."""

    tool: str
    header_rows: int
    fields: tuple[Field, ...]
    separator: str = ""
    is_binary: bool = False
    has_every_option: bool = False


def detect(grid: Grid) -> Layout:
    """The layout of a file. The plain one, a heading above each column, where it is no tool's."""
    for reader in READERS:
        layout = reader(grid)
        if layout is not None:
            return layout
    fields = tuple(Field(at, cell) for at, cell in enumerate(grid.head[0]) if cell)
    return Layout(PLAIN, 1, fields, ";" if grid.delimiter != ";" else ",")


def _cells(grid: Grid, row: int) -> Sequence[str]:
    return grid.head[row] if row < len(grid.head) else ()


def _long(grid: Grid) -> Layout | None:
    headings = {folded(cell) for cell in _cells(grid, 0)}
    if not {"respondent", "question", "option"} <= headings:
        return None
    return Layout(LONG, 1, tuple(Field(at, cell) for at, cell in enumerate(grid.head[0]) if cell))


def _qualtrics(grid: Grid) -> Layout | None:
    third = _cells(grid, 2)
    if not any(cell.startswith("{") and "ImportId" in cell for cell in third):
        return None
    fields = []
    for at, (code, text) in enumerate(zip(grid.head[0], grid.head[1], strict=True)):
        if not code:
            continue
        stem, number, is_text = _qualtrics_code(code)
        if stem and number:
            question, option = _last_part(text)
            if is_text:
                question, option = _last_part(question) if option.casefold() == "text" else (question, option)
            fields.append(Field(at, _without_selected(question), option or number, is_text))
        else:
            fields.append(Field(at, _without_selected(text) or code, "", is_text))
    return Layout(QUALTRICS, 3, tuple(fields), ",", has_every_option=True)


def _qualtrics_code(code: str) -> tuple[str, str, bool]:
    """Q3_11_TEXT is option 11 of Q3, the text of it; Q3#1_2 is of a matrix."""
    match = re.fullmatch(r"(.+?)_(\d+)(_TEXT)?", code)
    if match:
        return match.group(1), match.group(2), bool(match.group(3))
    return ("", "", code.endswith("_TEXT"))


def _last_part(text: str) -> tuple[str, str]:
    before, mark, after = text.rpartition(" - ")
    return (before.strip(), after.strip()) if mark else (text, "")


def _without_selected(text: str) -> str:
    return re.sub(r"\s+-\s+Selected Choice$", "", text, flags=re.IGNORECASE)


def _kobo(grid: Grid) -> Layout | None:
    header = _cells(grid, 0)
    has_marks = bool(
        {"_uuid", "_submission_time", "meta/instanceID", "formhub/uuid", "KEY", "instanceID"} & set(header)
    )
    below = grid.below(1)
    fields, options = [], 0
    for at, cell in enumerate(header):
        if not cell:
            continue
        question, _, option = cell.rpartition("/")
        if question and not cell.startswith(("meta/", "formhub/")) and _is_binary(below, at):
            fields.append(Field(at, _leaf(question), option))
            options += 1
        else:
            fields.append(Field(at, cell if cell.startswith(("meta/", "formhub/")) else _leaf(cell)))
    if not (options >= 2 or (has_marks and (options or grid.delimiter == ";"))):
        return None
    return Layout(KOBO, 1, tuple(fields), " ", is_binary=True)


def _leaf(path: str) -> str:
    """ "barriers" of "group_two/barriers"."""
    return path.rpartition("/")[2]


def _is_binary(grid: Grid, at: int) -> bool:
    column = grid.columns[at]
    used = column.counts() > 0
    return column.is_kept and all(
        value.casefold() in BINARY for value, is_used in zip(column.values, used, strict=True) if is_used
    )


def _microsoft(grid: Grid) -> Layout | None:
    header = {folded(cell) for cell in _cells(grid, 0)}
    if not {"starttime", "completiontime"} <= header:
        return None
    return Layout(MICROSOFT, 1, tuple(Field(at, cell) for at, cell in enumerate(grid.head[0]) if cell), ";")


def _google(grid: Grid) -> Layout | None:
    header = _cells(grid, 0)
    if not header or folded(header[0]) not in {"timestamp", "zeitstempel", "horodateur", "marcatemporal"}:
        return None
    return Layout(GOOGLE, 1, tuple(Field(at, cell) for at, cell in enumerate(header) if cell), ", ")


def _surveymonkey(grid: Grid) -> Layout | None:
    first, second = _cells(grid, 0), _cells(grid, 1)
    has_marks = {"respondentid", "collectorid"} <= {folded(cell) for cell in first}
    kinds = {folded(cell) for cell in second}
    has_gaps = any(not top and below for top, below in zip(first, second, strict=True)) if second else False
    if not (has_gaps and (has_marks or kinds & {"response", "openendedresponse"} or _has_gap_run(first, second))):
        return None
    fields = []
    question = ""
    for at, (top, below) in enumerate(zip(first, second, strict=True)):
        question = top or question
        if not question or (not top and not below):
            continue
        is_answer = folded(below) in ANSWER_HEADINGS
        is_text = not is_answer and bool(OTHER_TEXT.search(below))
        fields.append(Field(at, question, "" if is_answer else below, is_text))
    return Layout(SURVEYMONKEY, 2, tuple(fields), has_every_option=True)


def _has_gap_run(first: Sequence[str], second: Sequence[str]) -> bool:
    """A heading over at least three named columns: one question, its options below."""
    run = 0
    for top, below in zip(first, second, strict=True):
        run = 0 if top else run + bool(below)
        if run >= 2:
            return True
    return False


READERS: tuple[Callable[[Grid], Layout | None], ...] = (_long, _qualtrics, _kobo, _microsoft, _google, _surveymonkey)
